/* value_json.c -- see value_json.h. */
#include "plugins/host/value_json.h"

#include <string.h>

static void json_unit(JsonWriter *json, Arena *arena, const Snapshot *snapshot, Amount amount)
{
    if (amount.unit)
        json_key_text(json, "unit", unit_text(arena, snapshot, amount.unit, 0,
                                              decimal_of(1), LANG_EN));
    if (amount.per)
        json_key_text(json, "per", unit_text(arena, snapshot, amount.per, 0, decimal_of(1),
                                             LANG_EN));
}

static void json_number_key(JsonWriter *json, const char *key, Decimal number)
{
    char digits[DECIMAL_TEXT];
    size_t length = decimal_write(number, digits);
    json_key(json, key);
    json_string(json, digits, length);
}

static void json_amount(JsonWriter *json, Arena *arena, const Snapshot *snapshot, Amount amount)
{
    json_open(json, '{');
    json_number_key(json, "number", amount.number);
    json_unit(json, arena, snapshot, amount);
    json_close(json, '}');
}

static void json_date_key(JsonWriter *json, const char *key, Date date)
{
    char text[DATE_TEXT];
    size_t length = date_write(date, text);
    json_key(json, key);
    json_string(json, text, length);
}

static void json_period(JsonWriter *json, const Period *period)
{
    char text[2 * DATE_TEXT + 4];
    size_t length = 0;
    if (period->start_unknown)
        text[length++] = '?';
    else
        length = date_write(period->start, text);
    memcpy(text + length, "..", 2);
    length += 2;
    if (period->end_unknown)
        text[length++] = '?';
    else
        length += date_write(period->end, text + length);
    json_string(json, text, length);
}

static void json_target(JsonWriter *json, Arena *arena, const Snapshot *snapshot,
                        const Target *target)
{
    static const char *const bounds[] = {
        [BOUND_NONE] = ">=", [BOUND_LESS] = "<", [BOUND_AT_MOST] = "<=", [BOUND_MORE] = ">",
        [BOUND_AT_LEAST] = ">=",
    };
    json_open(json, '{');
    json_key_text(json, "bound", target->has_high ? ".." : bounds[target->bound]);
    json_number_key(json, "number", target->low.number);
    if (target->has_high)
        json_number_key(json, "to", target->high.number);
    else {
        json_key(json, "to");
        json_null(json);
    }
    json_unit(json, arena, snapshot, target->low);
    if (target->has_by)
        json_date_key(json, "by", target->by);
    json_close(json, '}');
}

static void json_bag(JsonWriter *json, Arena *arena, const Snapshot *snapshot, const Bag *bag)
{
    json_open(json, '{');
    json_key(json, "amounts");
    json_open(json, '[');
    for (uint32_t i = 0; i < bag->count; i++)
        json_amount(json, arena, snapshot, bag->amounts[i]);
    json_close(json, ']');
    json_key_integer(json, "unknown", bag->unknown);
    json_close(json, '}');
}

void value_json(JsonWriter *json, Arena *arena, const Snapshot *snapshot, Value value)
{
    char digits[DECIMAL_TEXT], date[DATE_TEXT];
    switch ((ValueKind)value.kind) {
    case VALUE_ABSENT:
    case VALUE_POISON:
        json_null(json);
        return;
    case VALUE_UNKNOWN:
        json_open(json, '{');
        json_key_bool(json, "unknown", true);
        if (value.as.text) {
            json_key(json, "ask");
            json_string(json, value.as.text, value.count);
        }
        json_close(json, '}');
        return;
    case VALUE_NONE:
        json_open(json, '{');
        json_key(json, "none");
        json_string(json, value.as.text ? value.as.text : "", value.as.text ? value.count : 0);
        json_close(json, '}');
        return;
    case VALUE_TEXT:
        json_string(json, value.as.text, value.count);
        return;
    case VALUE_WORD:
        json_text(json, vocabulary_word_id(snapshot_vocabulary(snapshot), value.as.word));
        return;
    case VALUE_KIND:
        json_text(json, vocabulary_kind(snapshot_vocabulary(snapshot), value.as.word)->id);
        return;
    case VALUE_BOOL:
        json_bool(json, value.as.truth);
        return;
    case VALUE_NUMBER:
        digits[decimal_write(value.as.number, digits)] = '\0';
        if (value.level || (value.as.number.scale == 0))
            json_decimal_text(json, digits);
        else
            json_text(json, digits);
        return;
    case VALUE_AMOUNT:
        json_amount(json, arena, snapshot, *value.as.amount);
        return;
    case VALUE_DATE:
        json_string(json, date, date_write(value.as.date, date));
        return;
    case VALUE_PERIOD:
        json_period(json, value.as.period);
        return;
    case VALUE_TARGET:
        json_target(json, arena, snapshot, value.as.target);
        return;
    case VALUE_ENTITY:
        json_text(json, entity_path_in(snapshot, arena, value.as.entity));
        return;
    case VALUE_LIST:
        json_open(json, '[');
        for (uint32_t i = 0; i < value.count; i++)
            value_json(json, arena, snapshot, value.as.items[i]);
        json_close(json, ']');
        return;
    case VALUE_BAG:
        json_bag(json, arena, snapshot, value.as.bag);
        return;
    }
}

/* ---- The model ---------------------------------------------------------------------- */

static void json_noted(JsonWriter *json, Arena *arena, const Snapshot *snapshot,
                       const PropertyRow *row)
{
    if (!row->assumption && !row->confidential && !row->source) {
        value_json(json, arena, snapshot, row->value);
        return;
    }
    json_open(json, '{');
    json_key(json, "value");
    value_json(json, arena, snapshot, row->value);
    if (row->assumption)
        json_key_bool(json, "assumption", true);
    if (row->source)
        json_key_text(json, "source", row->source);
    if (row->confidential)
        json_key_bool(json, "confidential", true);
    json_close(json, '}');
}

static void json_properties(JsonWriter *json, Arena *arena, const Snapshot *snapshot,
                            EntityId entity)
{
    const Vocabulary *vocabulary = snapshot_vocabulary(snapshot);
    unsigned count = entity_property_count(snapshot, entity);
    if (count == 0)
        return;
    json_key(json, "properties");
    json_open(json, '{');
    for (unsigned i = 0; i < count; i++) {
        PropertyRow row = entity_property_row(snapshot, entity, i);
        if (row.value.kind == VALUE_POISON)
            continue;
        json_key(json, row.property ? vocabulary_property_id(vocabulary, row.property)
                                    : names_text(snapshot_names(snapshot), row.name));
        json_noted(json, arena, snapshot, &row);
    }
    json_close(json, '}');
}

static void json_notes(JsonWriter *json, const Snapshot *snapshot, EntityId entity)
{
    PropertyRow notes = entity_head_notes(snapshot, entity);
    if (!notes.assumption && !notes.confidential && !notes.source)
        return;
    json_key(json, "notes");
    json_open(json, '{');
    if (notes.assumption)
        json_key_bool(json, "assumption", true);
    if (notes.source)
        json_key_text(json, "source", notes.source);
    if (notes.confidential)
        json_key_bool(json, "confidential", true);
    json_close(json, '}');
}

static void json_head(JsonWriter *json, Arena *arena, const Snapshot *snapshot, EntityId entity)
{
    const KindInfo *kind =
        vocabulary_kind(snapshot_vocabulary(snapshot), entity_kind(snapshot, entity));
    NameId name = entity_name(snapshot, entity);
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    EntityId owner = entity_owner(snapshot, entity);
    json_key_text(json, "kind", kind->id);
    if (name) {
        json_key(json, "name");
        json_string(json, names_text(snapshot_names(snapshot), name),
                    names_length(snapshot_names(snapshot), name));
    }
    if (title) {
        json_key(json, "title");
        json_string(json, title, length);
    }
    if (owner)
        json_key_text(json, "in", entity_path_in(snapshot, arena, owner));
    if (kind->head == HEAD_KEYED) {
        json_key(json, "key");
        value_json(json, arena, snapshot, entity_key(snapshot, entity));
        json_key(json, "value");
        value_json(json, arena, snapshot, entity_keyed(snapshot, entity));
    }
    if (kind->head == HEAD_MEASURED) {
        json_key(json, "amount");
        value_json(json, arena, snapshot, entity_amount(snapshot, entity));
    }
    if (kind->head == HEAD_LINK) {
        Value from, to;
        entity_ends(snapshot, entity, &from, &to);
        json_key(json, "from");
        value_json(json, arena, snapshot, from);
        json_key(json, "to");
        value_json(json, arena, snapshot, to);
    }
}

static void json_entity(JsonWriter *json, Arena *arena, const Snapshot *snapshot,
                        EntityId entity, bool with_places)
{
    Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    json_open(json, '{');
    json_head(json, arena, snapshot, entity);
    json_properties(json, arena, snapshot, entity);
    json_notes(json, snapshot, entity);
    if (with_places) {
        json_key(json, "at");
        json_open(json, '{');
        json_key_text(json, "file", source->path);
        json_key_integer(json, "line",
                         source_line_at(source, entity_span(snapshot, entity).start));
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void json_statement(JsonWriter *json, Arena *arena, const Snapshot *snapshot,
                           const Statement *statement)
{
    static const char *const names[NODE_KIND_COUNT] = {
        [NODE_ASSERT] = "assert", [NODE_CHECK] = "check", [NODE_SHOW] = "show",
        [NODE_QUERY] = "query", [NODE_SCENARIO] = "scenario", [NODE_ACCEPT] = "accept",
        [NODE_SETTINGS] = "settings", [NODE_CHANGE] = "change", [NODE_REMOVE] = "remove",
        [NODE_BASE] = "base", [NODE_ADD] = "add", [NODE_DROP] = "drop",
    };
    const Tree *tree = snapshot_tree(snapshot, statement->file);
    if (!tree || !names[statement->kind] || snapshot_is_hidden(snapshot, statement))
        return;
    json_open(json, '{');
    json_key_text(json, "statement", names[statement->kind]);
    bool is_check = statement->kind == NODE_ASSERT || statement->kind == NODE_CHECK;
    NodeId shown = is_check ? node_child(tree, statement->node, 0) : statement->node;
    json_key_text(json, "text",
                  print_node(arena, tree, shown, snapshot_words(snapshot), LANG_EN));
    NodeId otherwise = is_check ? node_child(tree, statement->node, 1) : 0;
    if (otherwise && tree_node(tree, otherwise)->kind == NODE_TEXT) {
        size_t length;
        const char *text = tree_text(tree, otherwise, &length);
        json_key(json, "else");
        json_string(json, text, length);
    }
    json_close(json, '}');
}

/* What one entity needs; given back now and then, so that memory stays flat whatever the size of
 * the model. */
typedef struct Scratch {
    const Env *env;
    Arena *arena;
    jmp_buf boundary;           /* where to go without memory */
} Scratch;

static Arena *scratch_arena(Scratch *scratch)
{
    if (scratch->arena && arena_bytes(scratch->arena) <= 1 << 20)
        return scratch->arena;
    arena_free(scratch->arena);
    scratch->arena = arena_new(scratch->env);
    if (!scratch->arena)
        longjmp(scratch->boundary, 1);
    arena_guard(scratch->arena, &scratch->boundary);
    return scratch->arena;
}

static void json_files(JsonWriter *json, const Snapshot *snapshot)
{
    json_key(json, "files");
    json_open(json, '[');
    for (size_t i = 0; i < snapshot_file_count(snapshot); i++)
        json_text(json, snapshot_source(snapshot, i)->path);
    json_close(json, ']');
}

static void json_model(JsonWriter *json, Scratch *scratch, const Snapshot *snapshot,
                       bool with_places)
{
    json_open(json, '{');
    json_key_integer(json, "version", 1);
    if (with_places) {
        json_files(json, snapshot);
        json_key_integer(json, "left_out", (int64_t)snapshot_left_out(snapshot));
    }
    json_key(json, "entities");
    json_open(json, '[');
    size_t count = snapshot_entity_count(snapshot);
    for (EntityId entity = 1; entity <= count && !json->failed; entity++) {
        snapshot_expect(snapshot, entity);
        if (!entity_is_gone(snapshot, entity))
            json_entity(json, scratch_arena(scratch), snapshot, entity, with_places);
    }
    json_close(json, ']');
    json_key(json, "statements");
    json_open(json, '[');
    for (size_t i = 0; i < snapshot_statement_count(snapshot) && !json->failed; i++) {
        Statement statement = snapshot_statement(snapshot, i);
        json_statement(json, scratch_arena(scratch), snapshot, &statement);
    }
    json_close(json, ']');
    json_close(json, '}');
}

static bool write_guarded(JsonWriter *json, Scratch *scratch, const Snapshot *snapshot,
                          bool with_places)
{
    if (setjmp(scratch->boundary))
        return false;
    arena_guard(snapshot_arena(snapshot), &scratch->boundary);
    json_model(json, scratch, snapshot, with_places);
    return json_end(json);
}

bool model_json(JsonWriter *json, const Snapshot *snapshot, bool with_places)
{
    Scratch scratch = {.env = snapshot_env(snapshot)};
    Arena *shared = snapshot_arena(snapshot);
    jmp_buf *before = arena_boundary(shared);
    bool fine = write_guarded(json, &scratch, snapshot, with_places);
    arena_guard(shared, before);
    arena_free(scratch.arena);
    return fine;
}
