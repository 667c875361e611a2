/* snapshot.c -- reading a snapshot, and answers about its files and entities. */
#include "lang/model/snapshot_rows.h"

#include <string.h>

/* ---- Reading --------------------------------------------------------------------------- */

typedef struct Text {           /* a text in memory in place of paths */
    const char *path, *bytes;
    size_t length;
} Text;

static Snapshot *snapshot_new(const Env *env, const Reading *reading, Arena *arena)
{
    Snapshot *snapshot = arena_alloc(arena, sizeof *snapshot);
    snapshot->arena = arena;
    snapshot->env = env;
    snapshot->words = reading->words ? reading->words : words_shipped();
    snapshot->vocabulary = reading->vocabulary ? reading->vocabulary : vocabulary_shipped();
    snapshot->language = reading->language;
    snapshot->names = names_new(arena);
    diags_init(&snapshot->diags, arena);
    snapshot->lookups = arena_alloc(arena, sizeof *snapshot->lookups);
    return snapshot;
}

static void read_all(Snapshot *snapshot, const Reading *reading, const char *const *paths,
                     size_t count, const Text *text, Arena *scratch)
{
    snapshot->alliances = arena_array(snapshot->arena, count, sizeof *snapshot->alliances);
    snapshot->alliance_count = count;
    for (size_t i = 0; i < count; i++)
        snapshot->alliances[i].file =
            text ? files_load_text(snapshot, reading, text->path, text->bytes, text->length)
                 : files_load(snapshot, reading, paths[i]);
    bind_all(snapshot, reading, scratch);
    diags_sort(&snapshot->diags);
}

/* Everything is in two arenas; when memory runs out, both go, and nothing else is held. */
static Snapshot *read_snapshot(const Env *env, const Reading *reading,
                               const char *const *paths, size_t count, const Text *text)
{
    Arena *arena = arena_new(env);
    Arena *scratch = arena_new(env);
    jmp_buf boundary;
    if (!arena || !scratch || setjmp(boundary)) {
        arena_free(arena);
        arena_free(scratch);
        return NULL;
    }
    arena_guard(arena, &boundary);
    arena_guard(scratch, &boundary);
    Snapshot *snapshot = snapshot_new(env, reading, arena);
    read_all(snapshot, reading, paths, count, text, scratch);
    arena_free(scratch);
    arena_guard(arena, NULL);
    return snapshot;
}

Snapshot *snapshot_read(const Env *env, const Reading *reading, const char *const *paths,
                        size_t path_count)
{
    return read_snapshot(env, reading, paths, path_count, NULL);
}

Snapshot *snapshot_read_text(const Env *env, const Reading *reading, const char *path,
                             const char *text, size_t length)
{
    Text given = {path, text, length};
    return read_snapshot(env, reading, NULL, 1, &given);
}

void snapshot_free(Snapshot *snapshot)
{
    if (snapshot)
        arena_free(snapshot->arena);
}

/* ---- Parts ----------------------------------------------------------------------------- */

const Env *snapshot_env(const Snapshot *snapshot)
{
    return snapshot->env;
}

Arena *snapshot_arena(const Snapshot *snapshot)
{
    return snapshot->arena;
}

Names *snapshot_names(const Snapshot *snapshot)
{
    return snapshot->names;
}

const Words *snapshot_words(const Snapshot *snapshot)
{
    return snapshot->words;
}

const Vocabulary *snapshot_vocabulary(const Snapshot *snapshot)
{
    return snapshot->vocabulary;
}

Diags *snapshot_diags(const Snapshot *snapshot)
{
    return (Diags *)&snapshot->diags;
}

bool snapshot_has_errors(const Snapshot *snapshot)
{
    return snapshot->diags.errors > 0;
}

/* ---- Files and alliances --------------------------------------------------------------- */

size_t snapshot_file_count(const Snapshot *snapshot)
{
    return snapshot->file_count;
}

const Tree *snapshot_tree(const Snapshot *snapshot, size_t file)
{
    return snapshot->files[file].tree;
}

Source *snapshot_source(const Snapshot *snapshot, size_t file)
{
    return snapshot->files[file].source;
}

LangId snapshot_language(const Snapshot *snapshot, size_t file)
{
    return snapshot->files[file].tree->language;
}

size_t snapshot_alliance_count(const Snapshot *snapshot)
{
    return snapshot->alliance_count;
}

size_t snapshot_alliance_file(const Snapshot *snapshot, size_t alliance)
{
    uint32_t file = snapshot->alliances[alliance].file;
    return file == FILE_NONE ? SIZE_MAX : file;
}

EntityId snapshot_alliance_entity(const Snapshot *snapshot, size_t alliance)
{
    EntityId entity = snapshot->alliances[alliance].entity;
    return entity && entity_is_gone(snapshot, entity) ? 0 : entity;
}

void snapshot_alliance_rows(const Snapshot *snapshot, size_t alliance, EntityId *first,
                            EntityId *last)
{
    bool is_one = alliance != SIZE_MAX;
    *first = is_one ? snapshot->alliances[alliance].first : 1;
    *last = is_one ? snapshot->alliances[alliance].last : (EntityId)snapshot->entity_count + 1;
}

size_t snapshot_statement_count(const Snapshot *snapshot)
{
    return snapshot->statement_count;
}

/* The first of `count` rows whose alliance is not before this one: rows stand in their order. */
static size_t first_of_alliance(const Snapshot *snapshot, size_t count, size_t alliance,
                                uint32_t (*alliance_of)(const Snapshot *, size_t))
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (alliance_of(snapshot, middle) < alliance)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t alliance_of_acceptance(const Snapshot *snapshot, size_t index)
{
    return snapshot->acceptances[index].alliance;
}

static uint32_t alliance_of_setting(const Snapshot *snapshot, size_t index)
{
    return snapshot->settings[index].alliance;
}

void snapshot_acceptances(const Snapshot *snapshot, size_t alliance, size_t *first, size_t *last)
{
    size_t count = snapshot->acceptance_count;
    bool is_one = alliance != SIZE_MAX;
    *first = is_one ? first_of_alliance(snapshot, count, alliance, alliance_of_acceptance) : 0;
    *last = is_one ? first_of_alliance(snapshot, count, alliance + 1, alliance_of_acceptance)
                   : count;
}

void snapshot_settings(const Snapshot *snapshot, size_t alliance, size_t *first, size_t *last)
{
    size_t count = snapshot->setting_count;
    bool is_one = alliance != SIZE_MAX;
    *first = is_one ? first_of_alliance(snapshot, count, alliance, alliance_of_setting) : 0;
    *last = is_one ? first_of_alliance(snapshot, count, alliance + 1, alliance_of_setting) : count;
}

Acceptance snapshot_acceptance(const Snapshot *snapshot, size_t index)
{
    const AcceptanceRow *row = &snapshot->acceptances[index];
    return (Acceptance){
        .check = row->check, .entities = row->entities, .entity_count = row->entity_count,
        .reason = row->reason, .author = row->author_text,
        .author_entity = row->author && !entity_is_gone(snapshot, row->author) ? row->author : 0,
        .has_until = row->has_until, .until = row->until,
        .alliance = row->alliance, .file = row->file,
        .span = node_span(tree_node(snapshot->files[row->file].tree, row->node)),
    };
}

SettingValue snapshot_setting(const Snapshot *snapshot, size_t index)
{
    const SettingRow *row = &snapshot->settings[index];
    return (SettingValue){
        .plugin = row->plugin, .option = row->option,
        .value = snapshot_record_value(snapshot, snapshot->files[row->file].tree, &row->record),
        .alliance = row->alliance, .file = row->file,
    };
}

uint16_t snapshot_conf_profile(const Snapshot *snapshot)
{
    return snapshot->conf_profile;
}

Statement snapshot_statement(const Snapshot *snapshot, size_t index)
{
    return snapshot->statements[index];
}

/* ---- Entities -------------------------------------------------------------------------- */

size_t snapshot_entity_count(const Snapshot *snapshot)
{
    return snapshot->entity_count;
}

KindId entity_kind(const Snapshot *snapshot, EntityId entity)
{
    return entity_row(snapshot, entity)->kind;
}

NameId entity_name(const Snapshot *snapshot, EntityId entity)
{
    const EntityRow *row = entity_row(snapshot, entity);
    return row->flags & ENTITY_GONE ? 0 : row->name;
}

const Tree *entity_tree(const Snapshot *snapshot, EntityId entity)
{
    return snapshot->files[entity_row(snapshot, entity)->file].tree;
}

const char *entity_title(const Snapshot *snapshot, EntityId entity, size_t *length)
{
    const EntityRow *row = entity_row(snapshot, entity);
    if (!row->title || row->flags & ENTITY_GONE) {
        *length = 0;
        return NULL;
    }
    return tree_text(entity_tree(snapshot, entity), row->title, length);
}

EntityId entity_owner(const Snapshot *snapshot, EntityId entity)
{
    return entity_row(snapshot, entity)->owner;
}

/* Alliances own ranges of rows, in order. */
size_t entity_alliance(const Snapshot *snapshot, EntityId entity)
{
    size_t low = 0, high = snapshot->alliance_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (snapshot->alliances[middle].first <= entity)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t entity_file(const Snapshot *snapshot, EntityId entity)
{
    return entity_row(snapshot, entity)->file;
}

Span entity_span(const Snapshot *snapshot, EntityId entity)
{
    const EntityRow *row = entity_row(snapshot, entity);
    return node_span(tree_node(entity_tree(snapshot, entity), row->spot ? row->spot : row->node));
}

bool entity_name_is_made(const Snapshot *snapshot, EntityId entity)
{
    return entity_row(snapshot, entity)->flags & ENTITY_MADE_NAME;
}

bool entity_is_confidential(const Snapshot *snapshot, EntityId entity)
{
    return entity_row(snapshot, entity)->flags & ENTITY_CONFIDENTIAL;
}

bool entity_is_gone(const Snapshot *snapshot, EntityId entity)
{
    return entity_row(snapshot, entity)->flags & ENTITY_GONE;
}

static EntityId skip_gone(const Snapshot *snapshot, EntityId entity)
{
    while (entity && entity_is_gone(snapshot, entity))
        entity = entity_row(snapshot, entity)->next_sibling;
    return entity;
}

EntityId entity_first_child(const Snapshot *snapshot, EntityId entity)
{
    return skip_gone(snapshot, entity_row(snapshot, entity)->first_child);
}

EntityId entity_next_sibling(const Snapshot *snapshot, EntityId entity)
{
    return skip_gone(snapshot, entity_row(snapshot, entity)->next_sibling);
}

/* ---- Records as values ----------------------------------------------------------------- */

static void text_of(const Snapshot *snapshot, const Tree *tree, NodeId id, Value *value)
{
    const Node *node = tree_node(tree, id);
    size_t length;
    if (node->kind == NODE_PATH && !node->child) {
        value->as.text = names_text(snapshot->names, node->data);
        value->count = names_length(snapshot->names, node->data);
        return;
    }
    if (node->kind == NODE_TEXT || node->kind == NODE_NOTE) {
        value->as.text = tree_text(tree, id, &length);
    } else if (node->kind == NODE_DOC && node->data) {
        value->as.text = tree->texts[node->data - 1].bytes;
        length = tree->texts[node->data - 1].length;
    } else if (node->kind == NODE_DOC) {
        value->as.text = tree_text(tree, id, &length);
    } else {
        Span span = node_extent(tree, id);
        value->as.text = tree->source->text + span.start;
        length = span.end - span.start;
    }
    value->count = (uint32_t)length;
}

Value snapshot_record_value(const Snapshot *snapshot, const Tree *tree, const Record *record)
{
    Value value = {.kind = record->kind};
    switch ((ValueKind)record->kind) {
    case VALUE_UNKNOWN: case VALUE_NONE:
        if (record->first) {
            text_of(snapshot, tree, record->first, &value);
        }
        break;
    case VALUE_TEXT:
        text_of(snapshot, tree, record->first, &value);
        break;
    case VALUE_WORD:
        value.list = (ListId)record->second;
        value.as.word = (WordId)record->first;
        break;
    case VALUE_BOOL:
        value.as.truth = record->first != 0;
        break;
    case VALUE_NUMBER:
        value.level = (record->flags & RECORD_LEVEL) != 0;
        value.as.number = snapshot->numbers[record->first];
        break;
    case VALUE_AMOUNT:
        value.as.amount = &snapshot->amounts[record->first];
        break;
    case VALUE_DATE:
        value.as.date = (Date){(int32_t)record->first, (uint8_t)record->second};
        break;
    case VALUE_PERIOD:
        value.as.period = &snapshot->periods[record->first];
        break;
    case VALUE_TARGET:
        value.as.target = &snapshot->targets[record->first];
        break;
    case VALUE_ENTITY:
        value.as.entity = record->first;
        break;
    case VALUE_LIST:
        value.as.items = snapshot->items + record->first;
        value.count = record->second;
        break;
    case VALUE_ABSENT: case VALUE_POISON: case VALUE_BAG: case VALUE_KIND:
        break;
    }
    return value;
}

const Record *entity_record(const Snapshot *snapshot, EntityId entity, uint16_t property)
{
    if (!snapshot->record_count)
        return NULL;
    const Record *record = snapshot->records + entity_row(snapshot, entity)->first_record;
    const Record *end = snapshot->records + entity_row(snapshot, entity + 1)->first_record;
    for (; record < end; record++)
        if (record->property == property)
            return record;
    return NULL;
}

static Value value_of(const Snapshot *snapshot, EntityId entity, uint16_t property)
{
    const Record *record = entity_record(snapshot, entity, property);
    if (!record)
        return (Value){.kind = VALUE_ABSENT};
    return snapshot_record_value(snapshot, entity_tree(snapshot, entity), record);
}

Value entity_amount(const Snapshot *snapshot, EntityId entity)
{
    return value_of(snapshot, entity, HEAD_AMOUNT);
}

Value entity_key(const Snapshot *snapshot, EntityId entity)
{
    return value_of(snapshot, entity, HEAD_KEY);
}

Value entity_keyed(const Snapshot *snapshot, EntityId entity)
{
    return value_of(snapshot, entity, HEAD_VALUE);
}

void entity_ends(const Snapshot *snapshot, EntityId entity, Value *from, Value *to)
{
    *from = value_of(snapshot, entity, HEAD_FROM);
    *to = value_of(snapshot, entity, HEAD_TO);
}

Value entity_property(const Snapshot *snapshot, EntityId entity, PropertyId property)
{
    return property ? value_of(snapshot, entity, property) : (Value){.kind = VALUE_ABSENT};
}

/* ---- Looking ahead -------------------------------------------------------------------- */

enum { ROWS_AHEAD = 16, NAMES_AHEAD = 8, FEW_ITEMS = 4 };

/* The row of what is referred to, or its name once the row is there. */
static void expect_one(const Snapshot *snapshot, EntityId entity, bool is_row_there)
{
    const EntityRow *row = entity_row(snapshot, entity);
    if (is_row_there)
        names_expect(snapshot->names, row->name);
    else
        __builtin_prefetch(row);
}

static void expect_references(const Snapshot *snapshot, EntityId entity, bool is_row_there)
{
    if (entity > snapshot->entity_count || !snapshot->record_count)
        return;
    const Record *record = snapshot->records + entity_row(snapshot, entity)->first_record;
    const Record *end = snapshot->records + entity_row(snapshot, entity + 1)->first_record;
    for (; record < end; record++) {
        if (record->kind == VALUE_ENTITY)
            expect_one(snapshot, record->first, is_row_there);
        uint32_t count = record->kind == VALUE_LIST ? record->second : 0;
        for (uint32_t i = 0; i < count && i < FEW_ITEMS; i++) {
            const Value *item = &snapshot->items[record->first + i];
            if (item->kind == VALUE_ENTITY)
                expect_one(snapshot, item->as.entity, is_row_there);
        }
    }
}

void snapshot_expect(const Snapshot *snapshot, EntityId entity)
{
    expect_references(snapshot, entity + ROWS_AHEAD, false);
    expect_references(snapshot, entity + NAMES_AHEAD, true);
}

/* ---- Rows of properties ---------------------------------------------------------------- */

static const char *source_note(const Snapshot *snapshot, const Tree *tree, NodeId first)
{
    for (NodeId id = first; id; id = tree_node(tree, id)->next) {
        const Node *node = tree_node(tree, id);
        if (node->kind != NODE_NOTE || node->data != CORE_SOURCE || !node->child)
            continue;
        size_t length;
        const char *text = tree_text(tree, node->child, &length);
        return arena_copy(snapshot->arena, text, length);
    }
    return NULL;
}

static PropertyRow property_row(const Snapshot *snapshot, EntityId entity, const Record *record)
{
    const Tree *tree = entity_tree(snapshot, entity);
    const Node *node = tree_node(tree, record->node);
    bool is_property = node->kind == NODE_PROPERTY;
    PropertyRow row = {
        .property = record->property, .node = record->node,
        .name = is_property ? node->data : 0,
        .value = snapshot_record_value(snapshot, tree, record),
        .assumption = record->flags & RECORD_ASSUMPTION,
        .confidential = record->flags & RECORD_CONFIDENTIAL,
    };
    if (record->flags & RECORD_SOURCE)
        row.source = source_note(snapshot, tree, is_property ? node->child : record->node);
    return row;
}

/* Head values are records too, but no properties. */
static const Record *first_property(const Snapshot *snapshot, EntityId entity, unsigned *count)
{
    *count = 0;
    if (!snapshot->record_count)        /* no array to point into */
        return NULL;
    const Record *record = snapshot->records + entity_row(snapshot, entity)->first_record;
    const Record *end = snapshot->records + entity_row(snapshot, entity + 1)->first_record;
    while (record < end && record->property >= HEAD_FIRST)
        record++;
    *count = entity_is_gone(snapshot, entity) ? 0 : (unsigned)(end - record);
    return record;
}

unsigned entity_property_count(const Snapshot *snapshot, EntityId entity)
{
    unsigned count;
    first_property(snapshot, entity, &count);
    return count;
}

PropertyRow entity_property_row(const Snapshot *snapshot, EntityId entity, unsigned index)
{
    unsigned count;
    const Record *record = first_property(snapshot, entity, &count);
    return property_row(snapshot, entity, record + index);
}

bool entity_find_row(const Snapshot *snapshot, EntityId entity, PropertyId property,
                     PropertyRow *row)
{
    const Record *record = property ? entity_record(snapshot, entity, property) : NULL;
    if (!record || entity_is_gone(snapshot, entity))
        return false;
    *row = property_row(snapshot, entity, record);
    return true;
}

bool entity_find_custom(const Snapshot *snapshot, EntityId entity, NameId x_name,
                        PropertyRow *row)
{
    unsigned count;
    const Record *record = first_property(snapshot, entity, &count);
    const Tree *tree = entity_tree(snapshot, entity);
    NameId folded = names_folded(snapshot->names, x_name);
    for (; count > 0; count--, record++) {
        if (record->property != 0)
            continue;
        if (names_folded(snapshot->names, tree_node(tree, record->node)->data) != folded)
            continue;
        *row = property_row(snapshot, entity, record);
        return true;
    }
    return false;
}

PropertyRow entity_head_notes(const Snapshot *snapshot, EntityId entity)
{
    const EntityRow *entity_at = entity_row(snapshot, entity);
    const Tree *tree = entity_tree(snapshot, entity);
    PropertyRow row = {
        .node = entity_at->node,
        .value = {.kind = VALUE_ABSENT},
        .assumption = entity_at->flags & ENTITY_ASSUMPTION,
        .confidential = entity_at->flags & ENTITY_CONFIDENTIAL,
    };
    if (entity_at->flags & ENTITY_GONE)
        return row;
    row.source = source_note(snapshot, tree, tree_node(tree, entity_at->node)->child);
    Value source = entity_property(snapshot, entity, PROPERTY_SOURCE);
    if (!row.source && source.kind == VALUE_TEXT)
        row.source = arena_copy(snapshot->arena, source.as.text, source.count);
    return row;
}

/* ---- Names ----------------------------------------------------------------------------- */

/* The entity that a scope knows by this name; 0: none, a space, or one that was filtered out. */
static EntityId entity_in_scope(const Snapshot *snapshot, uint32_t scope, NameId name)
{
    uint32_t known = scope_lookup(snapshot, scope, names_folded(snapshot->names, name));
    return known & SLOT_SPACE || entity_is_gone(snapshot, known) ? 0 : known;
}

EntityId snapshot_find(const Snapshot *snapshot, size_t alliance, NameId name)
{
    uint32_t file = alliance < snapshot->alliance_count ? snapshot->alliances[alliance].file
                                                        : FILE_NONE;
    if (file == FILE_NONE || !name)
        return 0;
    return entity_in_scope(snapshot, snapshot->alliances[alliance].scope, name);
}

bool snapshot_is_incomplete(const Snapshot *snapshot, size_t alliance)
{
    for (size_t i = 0; i < snapshot->alliance_count; i++)
        if ((alliance == SIZE_MAX || alliance == i)
            && (snapshot->alliances[i].file == FILE_NONE
                || snapshot->scopes[snapshot->alliances[i].scope].is_incomplete))
            return true;
    return false;
}

EntityId snapshot_find_in_space(const Snapshot *snapshot, size_t alliance, NameId space,
                                NameId name)
{
    if (alliance >= snapshot->alliance_count
        || snapshot->alliances[alliance].file == FILE_NONE)
        return 0;
    uint32_t known = scope_lookup(snapshot, snapshot->alliances[alliance].scope,
                                  names_folded(snapshot->names, space));
    if (!(known & SLOT_SPACE))
        return 0;
    uint32_t target = snapshot->spaces[known & ~SLOT_SPACE].scope;
    return target == FILE_NONE ? 0 : entity_in_scope(snapshot, target, name);
}
