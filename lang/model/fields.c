/* fields.c -- a field of an entity: written in the file, or derived from what is. */
#include "lang/model/collection.h"

#include <string.h>

#include "lang/model/snapshot_rows.h"

static Value absent(void)
{
    return (Value){.kind = VALUE_ABSENT};
}

static Value unknown(void)
{
    return (Value){.kind = VALUE_UNKNOWN};
}

static Value amount_value(Arena *arena, Amount amount)
{
    if (!amount.unit && !amount.per)
        return (Value){.kind = VALUE_NUMBER, .as.number = amount.number};
    Amount *kept = arena_alloc(arena, sizeof *kept);
    *kept = amount;
    return (Value){.kind = VALUE_AMOUNT, .as.amount = kept};
}

static bool value_amount(Value value, Amount *amount)
{
    if (value.kind == VALUE_NUMBER)
        *amount = (Amount){.number = value.as.number};
    else if (value.kind == VALUE_AMOUNT)
        *amount = *value.as.amount;
    else
        return false;
    return true;
}

static Value text_value(const char *text, size_t length)
{
    return (Value){.kind = VALUE_TEXT, .count = (uint32_t)length, .as.text = text};
}

static Value entity_value(EntityId entity)
{
    return entity ? (Value){.kind = VALUE_ENTITY, .as.entity = entity} : absent();
}

/* ---- What every entity has ------------------------------------------------------------- */

static Value common_field(const Snapshot *snapshot, EntityId entity, PropertyId field)
{
    size_t length;
    const char *text;
    NameId name;
    switch (field) {
    case PROPERTY_NAME:
        name = entity_name(snapshot, entity);
        return name ? text_value(names_text(snapshot->names, name),
                                 names_length(snapshot->names, name)) : absent();
    case PROPERTY_TITLE:
        text = entity_title(snapshot, entity, &length);
        return text ? text_value(text, length) : absent();
    case PROPERTY_KIND:
        return (Value){.kind = VALUE_KIND, .as.word = entity_kind(snapshot, entity)};
    case PROPERTY_FILE:
        text = snapshot->files[entity_file(snapshot, entity)].source->path;
        return text_value(text, strlen(text));
    case PROPERTY_LINE: {
        Source *source = snapshot->files[entity_file(snapshot, entity)].source;
        uint32_t start = entity_span(snapshot, entity).start;
        return (Value){.kind = VALUE_NUMBER,
                       .as.number = decimal_of(source_position(source, start).line)};
    }
    case PROPERTY_ALLIANCE:
        return entity_value(snapshot_alliance_entity(snapshot,
                                                     entity_alliance(snapshot, entity)));
    default:
        return absent();
    }
}

/* ---- Measured things ------------------------------------------------------------------- */

/* A rate over its period, as an amount; `?` when the period is not known. */
static Value total_of(const Snapshot *snapshot, Arena *arena, EntityId entity)
{
    Value value = entity_amount(snapshot, entity);
    if (value.kind != VALUE_AMOUNT || !value.as.amount->per)
        return value;
    Value period = entity_property(snapshot, entity, PROPERTY_PERIOD);
    Amount total;
    if (period.kind == VALUE_PERIOD
        && amount_total(*value.as.amount, *period.as.period, &total))
        return amount_value(arena, total);
    return unknown();
}

/* What a partner's total is made of: a rate that has no period stays a rate. */
static Value total_or_rate(const Snapshot *snapshot, Arena *arena, EntityId entity)
{
    Value total = total_of(snapshot, arena, entity);
    Value amount = entity_amount(snapshot, entity);
    return total.kind == VALUE_UNKNOWN && amount.kind == VALUE_AMOUNT ? amount : total;
}

static bool is_of_family(Value value, PropertyId field)
{
    Amount amount;
    if (field == PROPERTY_TOTAL || !value_amount(value, &amount))
        return field == PROPERTY_TOTAL;
    UnitFamily family = UNIT_FAMILY(amount.unit);
    return field == PROPERTY_MONEY ? family == UNIT_MONEY : family == UNIT_TIME;
}

/* An amount that is not known may be one of money or of time: its nature tells, if it is said. */
static bool unknown_counts(const Snapshot *snapshot, EntityId entity, PropertyId field)
{
    if (field == PROPERTY_TOTAL)
        return true;
    Value nature = entity_property(snapshot, entity, PROPERTY_NATURE);
    if (nature.kind != VALUE_WORD)
        return true;
    return (nature.as.word == WORD_MONEY) == (field == PROPERTY_MONEY);
}

static Value partner_sum(const Snapshot *snapshot, Arena *arena, EntityId partner,
                         PropertyId field)
{
    BagBuilder *builder = bag_new(arena);
    for (EntityId child = entity_first_child(snapshot, partner); child;
         child = entity_next_sibling(snapshot, child)) {
        if (entity_kind(snapshot, child) != KIND_BRINGS)
            continue;
        Value value = total_or_rate(snapshot, arena, child);
        bool is_unknown = value.kind == VALUE_UNKNOWN || value.kind == VALUE_POISON;
        if (is_unknown ? unknown_counts(snapshot, child, field) : is_of_family(value, field))
            bag_add(builder, value);
    }
    return (Value){.kind = VALUE_BAG, .as.bag = bag_done(builder)};
}

/* The nature of a contribution that says none: money, when it is an amount of money. */
static Value nature_of(const Snapshot *snapshot, EntityId entity, const PropertyInfo *info)
{
    Value nature = entity_property(snapshot, entity, PROPERTY_NATURE);
    Amount amount;
    if (nature.kind != VALUE_ABSENT || !value_amount(entity_amount(snapshot, entity), &amount)
        || UNIT_FAMILY(amount.unit) != UNIT_MONEY
        || !vocabulary_list_has(snapshot->vocabulary, info->list, WORD_MONEY, NULL))
        return nature;
    return (Value){.kind = VALUE_WORD, .list = info->list, .as.word = WORD_MONEY};
}

/* ---- Indicators ------------------------------------------------------------------------ */

/* The last reading whose value is known, by the end of the day, month or year it is dated. */
static Value latest_of(const Snapshot *snapshot, EntityId kpi)
{
    Value latest = absent();
    int32_t last_day = INT32_MIN;
    bool some_unknown = false;
    for (EntityId child = entity_first_child(snapshot, kpi); child;
         child = entity_next_sibling(snapshot, child)) {
        Value key = entity_key(snapshot, child);
        if (entity_kind(snapshot, child) != KIND_READING || key.kind != VALUE_DATE)
            continue;
        Value value = entity_keyed(snapshot, child);
        Amount amount;
        if (!value_amount(value, &amount)) {
            some_unknown |= value.kind == VALUE_UNKNOWN || value.kind == VALUE_POISON;
            continue;
        }
        if (date_last_day(key.as.date) >= last_day) {
            last_day = date_last_day(key.as.date);
            latest = value;
        }
    }
    return latest.kind == VALUE_ABSENT && some_unknown ? unknown() : latest;
}

static bool same_unit(const Snapshot *snapshot, EntityId kpi, Amount *amount, Amount like)
{
    return amount->per == like.per
        && (amount->unit == like.unit
            || amount_convert(snapshot, entity_alliance(snapshot, kpi), *amount, like.unit,
                              amount));
}

/* (latest - baseline) / (target - baseline), in percent. */
static Value progress_of(const Snapshot *snapshot, Arena *arena, EntityId kpi)
{
    Value target_value = entity_property(snapshot, kpi, PROPERTY_TARGET);
    Amount latest, baseline;
    Value latest_value = latest_of(snapshot, kpi);
    if (latest_value.kind == VALUE_ABSENT || target_value.kind == VALUE_ABSENT)
        return absent();
    if (target_value.kind != VALUE_TARGET || !value_amount(latest_value, &latest)
        || !value_amount(entity_property(snapshot, kpi, PROPERTY_BASELINE), &baseline))
        return unknown();
    Amount target = target_value.as.target->low;
    Decimal done, whole, ratio;
    if (!same_unit(snapshot, kpi, &latest, target) || !same_unit(snapshot, kpi, &baseline, target)
        || !decimal_subtract(latest.number, baseline.number, &done)
        || !decimal_subtract(target.number, baseline.number, &whole)
        || !decimal_multiply(done, decimal_of(100), &done)
        || !decimal_divide(done, whole, &ratio))
        return unknown();
    return amount_value(arena, (Amount){.number = decimal_trim(ratio),
                                        .unit = UNIT(UNIT_PERCENT, 0)});
}

static Value due_of(const Snapshot *snapshot, EntityId kpi)
{
    Value target = entity_property(snapshot, kpi, PROPERTY_TARGET);
    if (target.kind == VALUE_TARGET)
        return target.as.target->has_by
            ? (Value){.kind = VALUE_DATE, .as.date = target.as.target->by} : absent();
    return target.kind == VALUE_UNKNOWN || target.kind == VALUE_POISON ? unknown() : absent();
}

/* ---- All of them ----------------------------------------------------------------------- */

bool field_exists(const Snapshot *snapshot, KindId kind, PropertyId field)
{
    return vocabulary_property(snapshot->vocabulary, kind, field) != NULL;
}

static Value derived(const Snapshot *snapshot, Arena *arena, EntityId entity,
                     const PropertyInfo *info)
{
    Value from, to;
    EntityId owner;
    bool is_partner = entity_kind(snapshot, entity) == KIND_PARTNER;
    switch (info->id) {
    case PROPERTY_KEY:
        return entity_key(snapshot, entity);
    case PROPERTY_VALUE:
        return entity_row(snapshot, entity)->head == HEAD_KEYED
            ? entity_keyed(snapshot, entity) : entity_amount(snapshot, entity);
    case PROPERTY_TOTAL:
    case PROPERTY_MONEY:
    case PROPERTY_TIME:
        return is_partner ? partner_sum(snapshot, arena, entity, info->id)
                          : total_of(snapshot, arena, entity);
    case PROPERTY_LATEST:
        return latest_of(snapshot, entity);
    case PROPERTY_PROGRESS:
        return progress_of(snapshot, arena, entity);
    case PROPERTY_DUE:
        return due_of(snapshot, entity);
    case PROPERTY_FROM:
        entity_ends(snapshot, entity, &from, &to);
        return from;
    case PROPERTY_TO:
        entity_ends(snapshot, entity, &from, &to);
        return to;
    default:
        break;
    }
    owner = entity_owner(snapshot, entity);
    if (info->type == TYPE_REF && info->ref_count == 1 && owner
        && entity_kind(snapshot, owner) == info->refs[0] && info->id != PROPERTY_ALLIANCE)
        return entity_value(owner);
    return common_field(snapshot, entity, info->id);
}

/* A thing that is gone is an open question: what it held cannot be told. */
Value field_of(const Snapshot *snapshot, Arena *arena, EntityId entity, const PropertyInfo *info)
{
    if (entity_is_gone(snapshot, entity))
        return unknown();
    if (info->is_derived)
        return derived(snapshot, arena, entity, info);
    if (info->id == PROPERTY_NATURE)
        return nature_of(snapshot, entity, info);
    return entity_property(snapshot, entity, info->id);
}

Value field_value(const Snapshot *snapshot, Arena *arena, EntityId entity, PropertyId field)
{
    KindId kind = entity_kind(snapshot, entity);
    const PropertyInfo *info = vocabulary_property(snapshot->vocabulary, kind, field);
    return info ? field_of(snapshot, arena, entity, info) : (Value){.kind = VALUE_POISON};
}
