/* bind_rules.c -- what several values say together, looked at once all are bound.
 *
 * Units of one indicator, keys given twice in one block, properties that are required from a
 * status on, and a cost that is told in two ways.
 */
#include "lang/model/bind.h"

#include "lang/model/collection.h"

static Span record_span(const Snapshot *snapshot, const EntityRow *row, NodeId node)
{
    const Tree *tree = snapshot->files[row->file].tree;
    NodeId value = tree_node(tree, node)->kind == NODE_PROPERTY ? tree_node(tree, node)->child
                                                                : node;
    return node_span(tree_node(tree, value ? value : node));
}

static Span entity_spot(const Snapshot *snapshot, const EntityRow *row)
{
    const Tree *tree = snapshot->files[row->file].tree;
    return node_span(tree_node(tree, row->spot ? row->spot : row->node));
}

/* ---- Units of one indicator ------------------------------------------------------------ */

typedef struct Measure {            /* an amount of an indicator */
    EntityId entity;
    NodeId node;
    Unit unit, per;
    bool is_known;
} Measure;

static Measure measure_of(const Snapshot *snapshot, EntityId entity, uint16_t property)
{
    const Record *record = entity_record(snapshot, entity, property);
    if (!record)
        return (Measure){0};
    Value value = snapshot_record_value(snapshot, entity_tree(snapshot, entity), record);
    Measure measure = {.entity = entity, .node = record->node, .is_known = true};
    switch ((ValueKind)value.kind) {
    case VALUE_NUMBER:
        break;
    case VALUE_AMOUNT:
        measure.unit = value.as.amount->unit;
        measure.per = value.as.amount->per;
        break;
    case VALUE_TARGET:
        measure.unit = value.as.target->low.unit;
        measure.per = value.as.target->low.per;
        break;
    default:
        measure.is_known = false;
    }
    return measure;
}

/* Units of time are one family; a rate and an amount are not. */
static bool units_agree(const Measure *a, const Measure *b)
{
    if ((a->per != 0) != (b->per != 0))
        return false;
    bool both_time = UNIT_FAMILY(a->unit) == UNIT_TIME && UNIT_FAMILY(b->unit) == UNIT_TIME;
    return both_time || a->unit == b->unit;
}

static void arg_unit(Binder *binder, Diag *diag, const char *placeholder, const Measure *measure)
{
    Snapshot *snapshot = binder->snapshot;
    const char *text = unit_text(snapshot->arena, snapshot, measure->unit, measure->per,
                                 decimal_of(2), binder->language);
    diag_arg(&snapshot->diags, diag,
             (DiagArg){.name = placeholder, .kind = ARG_TEXT, .text = text});
}

static MessageId counted_message(const Measure *measure)
{
    switch (UNIT_FAMILY(measure->unit)) {
    case UNIT_PERCENT:
        return MESSAGE_LABEL_REFERENCE_PERCENT;
    case UNIT_NONE:
        return measure->per ? MESSAGE_LABEL_REFERENCE_UNIT : MESSAGE_LABEL_REFERENCE_NUMBER;
    case UNIT_MONEY: case UNIT_TIME: case UNIT_COUNT:
        break;
    }
    return MESSAGE_LABEL_REFERENCE_UNIT;
}

static void report_units(Binder *binder, EntityId kpi, const Measure *reference,
                         const Measure *wrong)
{
    Snapshot *snapshot = binder->snapshot;
    const EntityRow *row = &snapshot->entities[kpi];
    const EntityRow *at = &snapshot->entities[wrong->entity];
    bind_enter(binder, at->file);
    Diag *diag = bind_report_span(binder, MESSAGE_KPI_UNITS,
                                  record_span(snapshot, at, wrong->node));
    if (row->name)
        bind_arg_name(binder, diag, "kpi", row->name);
    diag_arg(&snapshot->diags, diag,
             (DiagArg){.name = "found", .kind = ARG_MESSAGE,
                       .message = unit_message(wrong->unit, wrong->per)});
    arg_unit(binder, diag, "unit", reference);
    const EntityRow *from = &snapshot->entities[reference->entity];
    diag_related(&snapshot->diags, diag, counted_message(reference),
                 snapshot->files[from->file].source,
                 record_span(snapshot, from, reference->node));
    MessageId same = reference->unit || reference->per ? MESSAGE_HELP_SAME_UNIT
                                                       : MESSAGE_HELP_BARE_NUMBER;
    if (UNIT_FAMILY(reference->unit) == UNIT_PERCENT)
        same = MESSAGE_EXAMPLE_PERCENT;
    bind_help(binder, diag, same, EDIT_EXAMPLE);
    bind_help(binder, diag, MESSAGE_HELP_OTHER_TARGET, EDIT_NONE);
}

static void check_units(Binder *binder, EntityId kpi)
{
    static const PropertyId properties[] = {PROPERTY_TARGET, PROPERTY_BASELINE,
                                            PROPERTY_THRESHOLD, PROPERTY_WORST};
    const Snapshot *snapshot = binder->snapshot;
    Measure reference = {0};
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++) {
        Measure measure = measure_of(snapshot, kpi, properties[i]);
        if (!measure.is_known)
            continue;
        if (!reference.is_known) {
            reference = measure;
        } else if (!units_agree(&reference, &measure)) {
            report_units(binder, kpi, &reference, &measure);
            return;
        }
    }
    for (EntityId child = snapshot->entities[kpi].first_child; child;
         child = snapshot->entities[child].next_sibling) {
        if (snapshot->entities[child].kind != KIND_READING)
            continue;
        Measure measure = measure_of(snapshot, child, HEAD_VALUE);
        if (!measure.is_known)
            continue;
        if (!reference.is_known) {
            reference = measure;
        } else if (!units_agree(&reference, &measure)) {
            report_units(binder, kpi, &reference, &measure);
            return;
        }
    }
}

/* ---- Keys given twice ------------------------------------------------------------------ */

typedef struct KeySlot {
    EntityId entity;                /* 0: free */
    uint64_t hash;
} KeySlot;

typedef struct KeySet {
    KeySlot *slots;
    uint64_t capacity;
} KeySet;

/* Two keys are the same when their records are: dates with their precision, words, entities. */
static bool key_of(const Snapshot *snapshot, EntityId entity, uint64_t *key)
{
    const Record *record = entity_record(snapshot, entity, HEAD_KEY);
    if (!record)
        return false;
    switch ((ValueKind)record->kind) {
    case VALUE_DATE: case VALUE_WORD: case VALUE_ENTITY:
        *key = (uint64_t)record->first << 8 | (record->second & 0xff);
        return true;
    case VALUE_AMOUNT: {
        const Amount *amount = &snapshot->amounts[record->first];
        Decimal number = decimal_trim(amount->number);
        *key = (uint64_t)number.coefficient * 31u + number.scale + (uint64_t)amount->unit * 131u;
        return true;
    }
    default:
        return false;
    }
}

static bool same_key(const Snapshot *snapshot, EntityId a, EntityId b)
{
    uint64_t first = 0, second = 0;
    return snapshot->entities[a].owner == snapshot->entities[b].owner
        && snapshot->entities[a].kind == snapshot->entities[b].kind
        && key_of(snapshot, a, &first) && key_of(snapshot, b, &second) && first == second;
}

static void report_key(Binder *binder, EntityId again, EntityId first)
{
    Snapshot *snapshot = binder->snapshot;
    const EntityRow *row = &snapshot->entities[again], *other = &snapshot->entities[first];
    bind_enter(binder, row->file);
    NodeId key = entity_record(snapshot, again, HEAD_KEY)->node;
    Span span = node_span(bind_node(binder, key));
    Diag *diag = bind_report_span(binder, MESSAGE_DUPLICATE_KEY, span);
    bind_arg_source(binder, diag, "key", span);
    diag_arg_word(&snapshot->diags, diag, "kind", ROLE_KIND, row->kind, 0);
    diag_related(&snapshot->diags, diag, MESSAGE_LABEL_FIRST_VALUE,
                 snapshot->files[other->file].source,
                 record_span(snapshot, other, entity_record(snapshot, first, HEAD_KEY)->node));
    bind_help(binder, diag, MESSAGE_HELP_ONE_VALUE, EDIT_NONE);
}

static void check_key(Binder *binder, KeySet *keys, EntityId entity)
{
    const Snapshot *snapshot = binder->snapshot;
    const EntityRow *row = &snapshot->entities[entity];
    uint64_t key;
    if (!row->kind || !key_of(snapshot, entity, &key))
        return;
    uint64_t hash = (key * 0x9e3779b97f4a7c15u ^ row->owner * 0xff51afd7ed558ccdu) + row->kind;
    hash ^= hash >> 31;
    for (uint64_t i = hash & (keys->capacity - 1);; i = (i + 1) & (keys->capacity - 1)) {
        KeySlot *slot = &keys->slots[i];
        if (!slot->entity) {
            *slot = (KeySlot){entity, hash};
            return;
        }
        if (slot->hash == hash && same_key(snapshot, slot->entity, entity)) {
            report_key(binder, entity, slot->entity);
            return;
        }
    }
}

/* ---- Required properties --------------------------------------------------------------- */

static uint16_t status_rank(const Snapshot *snapshot, uint32_t alliance)
{
    EntityId entity = snapshot->alliances[alliance].entity;
    const Record *status = entity ? entity_record(snapshot, entity, PROPERTY_STATUS) : NULL;
    uint16_t rank = 0;
    if (status && status->kind == VALUE_WORD)
        vocabulary_list_has(snapshot->vocabulary, (ListId)status->second,
                            (WordId)status->first, &rank);
    return (uint16_t)(rank + 1);
}

static void check_required(Binder *binder, EntityId entity, uint16_t rank)
{
    Snapshot *snapshot = binder->snapshot;
    const EntityRow *row = &snapshot->entities[entity];
    const KindInfo *kind = vocabulary_kind(snapshot->vocabulary, row->kind);
    for (uint16_t i = 0; i < kind->property_count; i++) {
        const PropertyInfo *info = &kind->properties[i];
        if (!info->required_from || info->required_from > rank
            || entity_record(snapshot, entity, info->id))
            continue;
        bind_enter(binder, row->file);
        Span span = entity_spot(snapshot, row);
        Diag *diag = bind_report_span(binder, MESSAGE_REQUIRED_PROPERTY, span);
        bind_arg_source(binder, diag, "name", span);
        diag_arg_word(&snapshot->diags, diag, "kind", ROLE_KIND, row->kind, 0);
        diag_arg_word(&snapshot->diags, diag, "property", ROLE_PROPERTY, info->id, row->kind);
        EntityId alliance = snapshot->alliances[binder->alliance].entity;
        const Record *status = alliance ? entity_record(snapshot, alliance, PROPERTY_STATUS)
                                        : NULL;
        const EntityRow *at = &snapshot->entities[alliance];
        if (status)
            diag_related(&snapshot->diags, diag, MESSAGE_LABEL_STATUS,
                         snapshot->files[at->file].source,
                         record_span(snapshot, at, status->node));
        bind_help(binder, diag, MESSAGE_HELP_REQUIRED, EDIT_EXAMPLE);
    }
}

/* ---- A cost told twice ----------------------------------------------------------------- */

static void check_cost(Binder *binder, EntityId cost)
{
    Snapshot *snapshot = binder->snapshot;
    const Record *record = entity_record(snapshot, cost, PROPERTY_FOR);
    if (!record || record->kind != VALUE_LIST)
        return;
    for (uint32_t i = 0; i < record->second; i++) {
        const Value *item = &snapshot->items[record->first + i];
        if (item->kind != VALUE_ENTITY)
            continue;
        const EntityRow *activity = &snapshot->entities[item->as.entity];
        const Record *own = activity->kind == KIND_ACTIVITY
            ? entity_record(snapshot, item->as.entity, PROPERTY_COST) : NULL;
        if (!own || own->kind != VALUE_AMOUNT)
            continue;
        const EntityRow *row = &snapshot->entities[cost];
        bind_enter(binder, row->file);
        Diag *diag = bind_report_span(binder, MESSAGE_COST_TWICE, entity_spot(snapshot, row));
        if (activity->name)
            bind_arg_name(binder, diag, "activity", activity->name);
        diag_related(&snapshot->diags, diag, MESSAGE_LABEL_OTHER_COST,
                     snapshot->files[activity->file].source,
                     record_span(snapshot, activity, own->node));
        bind_help(binder, diag, MESSAGE_HELP_COST_TWICE, EDIT_NONE);
        return;
    }
}

/* ---- All of them ----------------------------------------------------------------------- */

static KeySet key_set(Binder *binder, EntityId first, EntityId last)
{
    const Snapshot *snapshot = binder->snapshot;
    uint64_t keyed = 0, capacity = 16;
    for (EntityId entity = first; entity < last; entity++)
        keyed += snapshot->entities[entity].head == HEAD_KEYED;
    while (capacity < keyed * 2)
        capacity *= 2;
    return (KeySet){arena_array(binder->scratch, capacity, sizeof(KeySlot)), capacity};
}

static bool requires_something(const KindInfo *kind)
{
    for (uint16_t i = 0; i < kind->property_count; i++)
        if (kind->properties[i].required_from)
            return true;
    return false;
}

void bind_rules(Binder *binder)
{
    Snapshot *snapshot = binder->snapshot;
    const AllianceRow *alliance = &snapshot->alliances[binder->alliance];
    EntityId first = alliance->first, last = alliance->last;
    uint16_t rank = status_rank(snapshot, binder->alliance);
    KeySet keys = key_set(binder, first, last);
    uint16_t kinds = vocabulary_kind_count(snapshot->vocabulary);
    bool *requires_some = arena_array(binder->scratch, (size_t)kinds + 1, sizeof(bool));
    for (uint16_t i = 1; i <= kinds; i++)
        requires_some[i] = requires_something(vocabulary_kind(snapshot->vocabulary, i));

    for (EntityId entity = first; entity < last; entity++) {
        const EntityRow *row = &snapshot->entities[entity];
        if (row->flags & ENTITY_POISONED)
            continue;
        if (row->kind == KIND_KPI)
            check_units(binder, entity);
        else if (row->kind == KIND_COST)
            check_cost(binder, entity);
        if (row->head == HEAD_KEYED)
            check_key(binder, &keys, entity);
        if (requires_some[row->kind])
            check_required(binder, entity, rank);
    }
}
