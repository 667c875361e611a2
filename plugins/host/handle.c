/* handle.c -- see handle.h.  Stack effects are noted as [-popped, +pushed]. */
#include "plugins/host/handle.h"

#include <lauxlib.h>
#include <string.h>

#include "plugins/host/value_json.h"

#define ENTITY_TYPE "alliance.entity"
#define VALUE_TYPE "alliance.value"

/* A value that Lua has no type for; what it points at was copied behind it. */
typedef struct Held {
    Value value;
    union {
        Amount amount;
        Period period;
        Target target;
        Bag bag;
    } body;
} Held;

static Binding *binding_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

static Binding *binding_in_registry(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "alliance.binding");
    Binding *binding = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return binding;
}

/* ---- Pushing --------------------------------------------------------------------------- */

static void push_entity(lua_State *L, EntityId entity)      /* [-0, +1] */
{
    lua_getfield(L, LUA_REGISTRYINDEX, "alliance.handles");
    if (lua_rawgeti(L, -1, (lua_Integer)entity) == LUA_TNIL) {
        lua_pop(L, 1);
        EntityId *handle = lua_newuserdatauv(L, sizeof *handle, 0);
        *handle = entity;
        luaL_setmetatable(L, ENTITY_TYPE);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)entity);
    }
    lua_remove(L, -2);
}

static void push_registered(lua_State *L, const char *name)     /* [-0, +1] */
{
    lua_getfield(L, LUA_REGISTRYINDEX, name);
}

static void push_held(lua_State *L, Value value)        /* [-0, +1] */
{
    Held *held = lua_newuserdatauv(L, sizeof *held, 0);
    held->value = value;
    switch ((ValueKind)value.kind) {
    case VALUE_AMOUNT:
        held->body.amount = *value.as.amount;
        held->value.as.amount = &held->body.amount;
        break;
    case VALUE_PERIOD:
        held->body.period = *value.as.period;
        held->value.as.period = &held->body.period;
        break;
    case VALUE_TARGET:
        held->body.target = *value.as.target;
        held->value.as.target = &held->body.target;
        break;
    case VALUE_BAG:
        held->body.bag = *value.as.bag;
        held->value.as.bag = &held->body.bag;
        break;
    default:
        break;
    }
    luaL_setmetatable(L, VALUE_TYPE);
}

static void push_amount(lua_State *L, Amount amount)
{
    push_held(L, (Value){.kind = VALUE_AMOUNT, .as.amount = &amount});
}

static void push_date(lua_State *L, Date date)
{
    push_held(L, (Value){.kind = VALUE_DATE, .as.date = date});
}

static void push_decimal(lua_State *L, Decimal number)
{
    int64_t integer;
    if (decimal_is_integer(number, &integer))
        lua_pushinteger(L, integer);
    else
        lua_pushnumber(L, decimal_double(number));
}

void handle_push(lua_State *L, Binding *binding, Value value)
{
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    luaL_checkstack(L, 8, "too many values");
    switch ((ValueKind)value.kind) {
    case VALUE_ABSENT:
    case VALUE_POISON:
        lua_pushnil(L);
        return;
    case VALUE_UNKNOWN:
        push_registered(L, "alliance.unknown");
        return;
    case VALUE_NONE:
        push_registered(L, "alliance.none");
        return;
    case VALUE_TEXT:
        lua_pushlstring(L, value.as.text, value.count);
        return;
    case VALUE_WORD:
        lua_pushstring(L, vocabulary_word_id(vocabulary, value.as.word));
        return;
    case VALUE_KIND:
        lua_pushstring(L, vocabulary_kind(vocabulary, value.as.word)->id);
        return;
    case VALUE_BOOL:
        lua_pushboolean(L, value.as.truth);
        return;
    case VALUE_NUMBER:
        push_decimal(L, value.as.number);
        return;
    case VALUE_ENTITY:
        push_entity(L, value.as.entity);
        return;
    case VALUE_LIST:
        lua_createtable(L, (int)(value.count > 1000000 ? 1000000 : value.count), 0);
        for (uint32_t i = 0; i < value.count; i++) {
            handle_push(L, binding, value.as.items[i]);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        return;
    case VALUE_AMOUNT:
    case VALUE_DATE:
    case VALUE_PERIOD:
    case VALUE_TARGET:
    case VALUE_BAG:
        push_held(L, value);
        return;
    }
    lua_pushnil(L);
}

/* ---- Entities -------------------------------------------------------------------------- */

static EntityId to_entity(lua_State *L, int index)
{
    return *(EntityId *)luaL_checkudata(L, index, ENTITY_TYPE);
}

/* The kind's property nearest to a wrong name, for the message. */
static const char *nearest_property(const Snapshot *snapshot, KindId kind, const char *name)
{
    const Vocabulary *vocabulary = snapshot_vocabulary(snapshot);
    const KindInfo *info = vocabulary_kind(vocabulary, kind);
    const char *best = NULL;
    size_t length = strlen(name);
    unsigned limit = (unsigned)(length / 3) + 1, nearest = limit + 1;
    for (uint16_t i = 0; i < info->property_count; i++) {
        const char *id = vocabulary_property_id(vocabulary, info->properties[i].id);
        unsigned distance = utf8_distance(name, length, id, strlen(id), limit);
        if (distance < nearest) {
            nearest = distance;
            best = id;
        }
    }
    return best;
}

/* The property of a name for this entity; an error when its kind has none such. */
static PropertyId check_property(lua_State *L, Binding *binding, EntityId entity, const char *name)
{
    const Snapshot *snapshot = binding->snapshot;
    KindId kind = entity_kind(snapshot, entity);
    PropertyId property = vocabulary_find_property(snapshot_vocabulary(snapshot), name);
    if (property && field_exists(snapshot, kind, property))
        return property;
    const char *id = vocabulary_kind(snapshot_vocabulary(snapshot), kind)->id;
    const char *nearest = nearest_property(snapshot, kind, name);
    if (nearest)
        luaL_error(L, "a %s has no property '%s'; the nearest is '%s'", id, name, nearest);
    luaL_error(L, "a %s has no property '%s'", id, name);
    return 0;
}

static int push_custom(lua_State *L, Binding *binding, EntityId entity, const char *name)
{
    PropertyRow row;
    NameId id = names_find(snapshot_names(binding->snapshot), name, strlen(name));
    if (id && entity_find_custom(binding->snapshot, entity, id, &row))
        handle_push(L, binding, row.value);
    else
        lua_pushnil(L);
    return 1;
}

static void push_title(lua_State *L, Binding *binding, EntityId entity)
{
    size_t length;
    const char *title = entity_title(binding->snapshot, entity, &length);
    if (title)
        lua_pushlstring(L, title, length);
    else
        lua_pushnil(L);
}

static void push_name(lua_State *L, Binding *binding, EntityId entity)
{
    NameId name = entity_name(binding->snapshot, entity);
    if (name)
        lua_pushstring(L, names_text(snapshot_names(binding->snapshot), name));
    else
        lua_pushnil(L);
}

static void push_label(lua_State *L, Binding *binding, EntityId entity)
{
    push_title(L, binding, entity);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        push_name(L, binding, entity);
    }
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushstring(L, entity_path(binding->snapshot, entity));
    }
}

/* Heads and the like: fields that are no properties.  X(name, what it pushes) */
typedef enum HeadField {
    FIELD_NAME = 1, FIELD_TITLE, FIELD_LABEL, FIELD_KIND, FIELD_FILE, FIELD_LINE, FIELD_PATH,
    FIELD_OWNER, FIELD_AMOUNT, FIELD_KEY, FIELD_VALUE, FIELD_FROM, FIELD_TO,
} HeadField;

static int push_head_field(lua_State *L, Binding *binding, EntityId entity, HeadField field)
{
    const Snapshot *snapshot = binding->snapshot;
    const KindInfo *kind =
        vocabulary_kind(snapshot_vocabulary(snapshot), entity_kind(snapshot, entity));
    Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    Value from, to;
    switch (field) {
    case FIELD_NAME:
        push_name(L, binding, entity);
        return 1;
    case FIELD_TITLE:
        push_title(L, binding, entity);
        return 1;
    case FIELD_LABEL:
        push_label(L, binding, entity);
        return 1;
    case FIELD_KIND:
        lua_pushstring(L, kind->id);
        return 1;
    case FIELD_FILE:
        lua_pushstring(L, source->path);
        return 1;
    case FIELD_LINE:
        lua_pushinteger(L, source_position(source, entity_span(snapshot, entity).start).line);
        return 1;
    case FIELD_PATH:
        lua_pushstring(L, entity_path(snapshot, entity));
        return 1;
    case FIELD_OWNER:
        if (entity_owner(snapshot, entity))
            push_entity(L, entity_owner(snapshot, entity));
        else
            lua_pushnil(L);
        return 1;
    case FIELD_AMOUNT:
        if (kind->head != HEAD_MEASURED)
            return 0;
        handle_push(L, binding, entity_amount(snapshot, entity));
        return 1;
    case FIELD_KEY:
        if (kind->head != HEAD_KEYED)
            return 0;
        handle_push(L, binding, entity_key(snapshot, entity));
        return 1;
    case FIELD_VALUE:
        if (kind->head != HEAD_KEYED)
            return 0;
        handle_push(L, binding, entity_keyed(snapshot, entity));
        return 1;
    case FIELD_FROM:
    case FIELD_TO:
        if (kind->head != HEAD_LINK)
            return 0;
        entity_ends(snapshot, entity, &from, &to);
        handle_push(L, binding, field == FIELD_FROM ? from : to);
        return 1;
    }
    return 0;
}

/* entity.key: a head field, a method (upvalue 3), an x- property, or a field of the kind. */
static int entity_index(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = *(EntityId *)lua_touserdata(L, 1);
    const char *name = luaL_checkstring(L, 2);
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(2));         /* head field, method, or property id */
    if (lua_isinteger(L, -1)) {
        int code = (int)lua_tointeger(L, -1);
        if (code > 0 && push_head_field(L, binding, entity, (HeadField)code))
            return 1;
        if (code < 0) {
            PropertyId property = (PropertyId)-code;
            if (field_exists(binding->snapshot, entity_kind(binding->snapshot, entity), property)) {
                handle_push(L, binding,
                            field_value(binding->snapshot, binding->arena, entity, property));
                return 1;
            }
        }
    } else if (lua_isfunction(L, -1)) {
        return 1;
    }
    if (name[0] == 'x' && name[1] == '-')
        return push_custom(L, binding, entity, name);
    PropertyId property = check_property(L, binding, entity, name);
    handle_push(L, binding, field_value(binding->snapshot, binding->arena, entity, property));
    return 1;
}

static int entity_equal(lua_State *L)
{
    lua_pushboolean(L, to_entity(L, 1) == to_entity(L, 2));
    return 1;
}

static int entity_tostring(lua_State *L)
{
    push_label(L, binding_of(L), to_entity(L, 1));
    return 1;
}

static int refuse_write(lua_State *L)
{
    return luaL_error(L, "the model is read-only");
}

/* A declared value by name, for is_unknown and the like. */
static Value declared(lua_State *L, Binding *binding, EntityId entity, const char *name)
{
    PropertyRow row = {.value = {.kind = VALUE_ABSENT}};
    if (name[0] == 'x' && name[1] == '-') {
        NameId id = names_find(snapshot_names(binding->snapshot), name, strlen(name));
        if (id)
            entity_find_custom(binding->snapshot, entity, id, &row);
        return row.value;
    }
    if (strcmp(name, "amount") == 0)
        return entity_amount(binding->snapshot, entity);
    const KindInfo *kind = vocabulary_kind(snapshot_vocabulary(binding->snapshot),
                                           entity_kind(binding->snapshot, entity));
    if (strcmp(name, "value") == 0 && kind->head == HEAD_KEYED)
        return entity_keyed(binding->snapshot, entity);
    PropertyId property = check_property(L, binding, entity, name);
    return field_value(binding->snapshot, binding->arena, entity, property);
}

static int entity_is_unknown(lua_State *L)
{
    Value value = declared(L, binding_of(L), to_entity(L, 1), luaL_checkstring(L, 2));
    lua_pushboolean(L, value.kind == VALUE_UNKNOWN);
    return 1;
}

static int entity_is_none(lua_State *L)
{
    Value value = declared(L, binding_of(L), to_entity(L, 1), luaL_checkstring(L, 2));
    lua_pushboolean(L, value.kind == VALUE_NONE);
    return 1;
}

static int entity_has(lua_State *L)
{
    Value value = declared(L, binding_of(L), to_entity(L, 1), luaL_checkstring(L, 2));
    bool empty = value.kind == VALUE_LIST && value.count == 0;
    bool known = value.kind != VALUE_ABSENT && value.kind != VALUE_UNKNOWN
                 && value.kind != VALUE_NONE && value.kind != VALUE_POISON;
    lua_pushboolean(L, known && !empty);
    return 1;
}

/* A place is a table {file, start, stop, entity, property}; the program checks it again. */
static void push_place(lua_State *L, Binding *binding, EntityId entity, Span span)
{
    lua_createtable(L, 0, 4);
    lua_pushinteger(L, (lua_Integer)entity_file(binding->snapshot, entity));
    lua_setfield(L, -2, "file");
    lua_pushinteger(L, span.start);
    lua_setfield(L, -2, "start");
    lua_pushinteger(L, span.end);
    lua_setfield(L, -2, "stop");
    lua_pushinteger(L, (lua_Integer)entity);
    lua_setfield(L, -2, "row");
}

static bool find_row(lua_State *L, Binding *binding, EntityId entity, const char *name,
                     PropertyRow *row)
{
    if (name[0] == 'x' && name[1] == '-') {
        NameId id = names_find(snapshot_names(binding->snapshot), name, strlen(name));
        return id && entity_find_custom(binding->snapshot, entity, id, row);
    }
    PropertyId property = vocabulary_find_property(snapshot_vocabulary(binding->snapshot), name);
    (void)L;
    return property && entity_find_row(binding->snapshot, entity, property, row);
}

static int entity_where(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    PropertyRow row;
    Span span = entity_span(binding->snapshot, entity);
    const Tree *tree = snapshot_tree(binding->snapshot, entity_file(binding->snapshot, entity));
    if (!lua_isnoneornil(L, 2) && tree
        && find_row(L, binding, entity, luaL_checkstring(L, 2), &row) && row.node) {
        NodeId value = node_child(tree, row.node, 0);
        span = value ? node_extent(tree, value) : node_span(tree_node(tree, row.node));
    }
    push_place(L, binding, entity, span);
    return 1;
}

static int entity_used_by(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    const char *only = luaL_optstring(L, 2, NULL);
    KindId kind = only ? vocabulary_find_kind(snapshot_vocabulary(binding->snapshot), only) : 0;
    size_t count;
    lua_Integer index = 0;
    const Use *uses = entity_uses(binding->snapshot, entity, &count);
    lua_newtable(L);
    EntityId last = 0;
    for (size_t i = 0; i < count; i++) {
        if ((kind && entity_kind(binding->snapshot, uses[i].by) != kind) || uses[i].by == last
            || entity_is_gone(binding->snapshot, uses[i].by))
            continue;
        last = uses[i].by;
        push_entity(L, uses[i].by);
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

static int entity_children(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    const char *only = luaL_optstring(L, 2, NULL);
    KindId kind = only ? vocabulary_find_kind(snapshot_vocabulary(binding->snapshot), only) : 0;
    lua_Integer index = 0;
    if (only && !kind)
        return luaL_error(L, "there is no kind '%s'", only);
    lua_newtable(L);
    for (EntityId child = entity_first_child(binding->snapshot, entity); child;
         child = entity_next_sibling(binding->snapshot, child)) {
        if ((kind && entity_kind(binding->snapshot, child) != kind)
            || entity_is_gone(binding->snapshot, child))
            continue;
        push_entity(L, child);
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

static int entity_is_a(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    KindId kind = vocabulary_find_kind(vocabulary, luaL_checkstring(L, 2));
    if (!kind)
        return luaL_error(L, "there is no kind '%s'", lua_tostring(L, 2));
    lua_pushboolean(L, entity_kind(binding->snapshot, to_entity(L, 1)) == kind);
    return 1;
}

/* Notes of a property, or of the entity's head without a name. */
static PropertyRow notes_of(lua_State *L, Binding *binding)
{
    PropertyRow row = {0};
    EntityId entity = to_entity(L, 1);
    if (lua_isnoneornil(L, 2))
        return entity_head_notes(binding->snapshot, entity);
    find_row(L, binding, entity, luaL_checkstring(L, 2), &row);
    return row;
}

static int entity_source(lua_State *L)
{
    PropertyRow row = notes_of(L, binding_of(L));
    if (row.source)
        lua_pushstring(L, row.source);
    else
        lua_pushnil(L);
    return 1;
}

static int entity_is_assumption(lua_State *L)
{
    lua_pushboolean(L, notes_of(L, binding_of(L)).assumption);
    return 1;
}

static int entity_confidential(lua_State *L)
{
    Binding *binding = binding_of(L);
    bool own = entity_is_confidential(binding->snapshot, to_entity(L, 1));
    lua_pushboolean(L, own || notes_of(L, binding).confidential);
    return 1;
}

/* ---- Values ---------------------------------------------------------------------------- */

static Held *to_held(lua_State *L, int index)
{
    return luaL_checkudata(L, index, VALUE_TYPE);
}

static void push_unit(lua_State *L, Binding *binding, Unit unit)
{
    if (!unit)
        lua_pushnil(L);
    else if (UNIT_FAMILY(unit) == UNIT_PERCENT)
        lua_pushstring(L, "%");
    else
        lua_pushstring(L, unit_text(binding->arena, binding->snapshot, unit, 0, decimal_of(1),
                                    LANG_EN));
}

static int amount_field(lua_State *L, Binding *binding, const Amount *amount, const char *name)
{
    static const char *const families[] = {"none", "percent", "money", "time", "count"};
    char text[DECIMAL_TEXT];
    if (strcmp(name, "number") == 0)
        push_decimal(L, amount->number);
    else if (strcmp(name, "text") == 0)
        lua_pushlstring(L, text, decimal_write(amount->number, text));
    else if (strcmp(name, "unit") == 0)
        push_unit(L, binding, amount->unit);
    else if (strcmp(name, "per") == 0)
        push_unit(L, binding, amount->per);
    else if (strcmp(name, "family") == 0)
        lua_pushstring(L, families[UNIT_FAMILY(amount->unit)]);
    else
        return 0;
    return 1;
}

static int date_field(lua_State *L, Date date, const char *name)
{
    char text[DATE_TEXT];
    int parts[3];
    static const char *const names[] = {"year", "month", "day"};
    if (strcmp(name, "text") == 0) {
        lua_pushlstring(L, text, date_write(date, text));
        return 1;
    }
    if (strcmp(name, "first") == 0) {
        lua_pushinteger(L, date.day);
        return 1;
    }
    if (strcmp(name, "last") == 0) {
        lua_pushinteger(L, date_last_day(date));
        return 1;
    }
    date_parts(date, &parts[0], &parts[1], &parts[2]);
    for (int i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0) {
            if (parts[i])
                lua_pushinteger(L, parts[i]);
            else
                lua_pushnil(L);
            return 1;
        }
    return 0;
}

static int period_field(lua_State *L, const Period *period, const char *name)
{
    bool first = strcmp(name, "first") == 0;
    if (!first && strcmp(name, "last") != 0)
        return 0;
    if (first ? period->start_unknown : period->end_unknown)
        push_registered(L, "alliance.unknown");
    else
        push_date(L, first ? period->start : period->end);
    return 1;
}

static int target_field(lua_State *L, const Target *target, const char *name)
{
    static const char *const bounds[] = {
        [BOUND_NONE] = ">=", [BOUND_LESS] = "<", [BOUND_AT_MOST] = "<=", [BOUND_MORE] = ">",
        [BOUND_AT_LEAST] = ">=",
    };
    if (strcmp(name, "bound") == 0)
        lua_pushstring(L, target->has_high ? ".." : bounds[target->bound]);
    else if (strcmp(name, "low") == 0)
        push_amount(L, target->low);
    else if (strcmp(name, "high") == 0 && target->has_high)
        push_amount(L, target->high);
    else if (strcmp(name, "by") == 0 && target->has_by)
        push_date(L, target->by);
    else if (strcmp(name, "high") == 0 || strcmp(name, "by") == 0)
        lua_pushnil(L);
    else
        return 0;
    return 1;
}

static int bag_field(lua_State *L, const Bag *bag, const char *name)
{
    if (strcmp(name, "unknown") == 0) {
        lua_pushinteger(L, bag->unknown);
        return 1;
    }
    if (strcmp(name, "amounts") != 0)
        return 0;
    lua_createtable(L, (int)bag->count, 0);
    for (uint32_t i = 0; i < bag->count; i++) {
        push_amount(L, bag->amounts[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int value_index(lua_State *L)
{
    Binding *binding = binding_of(L);
    Held *held = to_held(L, 1);
    const char *name = luaL_checkstring(L, 2);
    int found = 0;
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(2)) == LUA_TFUNCTION)
        return 1;
    switch ((ValueKind)held->value.kind) {
    case VALUE_AMOUNT:
        found = amount_field(L, binding, held->value.as.amount, name);
        break;
    case VALUE_DATE:
        found = date_field(L, held->value.as.date, name);
        break;
    case VALUE_PERIOD:
        found = period_field(L, held->value.as.period, name);
        break;
    case VALUE_TARGET:
        found = target_field(L, held->value.as.target, name);
        break;
    case VALUE_BAG:
        found = bag_field(L, held->value.as.bag, name);
        break;
    default:
        break;
    }
    return found ? found : luaL_error(L, "a value has no field '%s'", name);
}

static int value_tostring(lua_State *L)
{
    Binding *binding = binding_of(L);
    lua_pushstring(L, value_text(binding->arena, binding->snapshot, to_held(L, 1)->value,
                                 binding->language));
    return 1;
}

static const Amount *to_amount(lua_State *L, int index)
{
    Held *held = luaL_testudata(L, index, VALUE_TYPE);
    return held && held->value.kind == VALUE_AMOUNT ? held->value.as.amount : NULL;
}

static int refuse_units(lua_State *L)
{
    return luaL_error(L, "these two values have different units, or are no amounts");
}

static int value_add(lua_State *L)
{
    const Amount *a = to_amount(L, 1), *b = to_amount(L, 2);
    Amount sum;
    if (!a || !b || !amount_add(*a, *b, &sum))
        return refuse_units(L);
    push_amount(L, sum);
    return 1;
}

static int value_subtract(lua_State *L)
{
    const Amount *a = to_amount(L, 1), *b = to_amount(L, 2);
    Amount difference, negative;
    if (!a || !b)
        return refuse_units(L);
    negative = *b;
    negative.number.coefficient = -negative.number.coefficient;
    if (!amount_add(*a, negative, &difference))
        return refuse_units(L);
    push_amount(L, difference);
    return 1;
}

/* A Lua number as an exact decimal of at most eight places. */
static bool to_decimal(lua_State *L, int index, Decimal *number)
{
    if (lua_isinteger(L, index)) {
        *number = decimal_of(lua_tointeger(L, index));
        return true;
    }
    double value = lua_tonumber(L, index) * 1e8;
    if (!lua_isnumber(L, index) || !(value > -9e17 && value < 9e17))
        return false;
    *number = decimal_trim((Decimal){(int64_t)(value < 0 ? value - 0.5 : value + 0.5), 8});
    return true;
}

static int value_scale(lua_State *L, bool divide)
{
    int number_at = to_amount(L, 1) ? 2 : 1;
    const Amount *amount = to_amount(L, number_at == 2 ? 1 : 2);
    Amount result;
    Decimal factor;
    const Amount *other = divide ? to_amount(L, 2) : NULL;
    if (divide && amount && other) {        /* a share: both in one unit */
        if (amount->unit != other->unit || amount->per != other->per
            || other->number.coefficient == 0)
            return refuse_units(L);
        lua_pushnumber(L, decimal_double(amount->number) / decimal_double(other->number));
        return 1;
    }
    if (!amount || !to_decimal(L, number_at, &factor) || (divide && number_at == 1))
        return refuse_units(L);
    result = *amount;
    if (divide ? !decimal_divide(amount->number, factor, &result.number)
               : !decimal_multiply(amount->number, factor, &result.number))
        return luaL_error(L, "this number is too large, or divides by zero");
    push_amount(L, result);
    return 1;
}

static int value_multiply(lua_State *L)
{
    return value_scale(L, false);
}

static int value_divide(lua_State *L)
{
    return value_scale(L, true);
}

/* -1, 0, 1, or an error when it cannot be told. */
static int compare(lua_State *L)
{
    Binding *binding = binding_in_registry(L);
    const Held *a = to_held(L, 1), *b = to_held(L, 2);
    int order = 2;
    if (a->value.kind == VALUE_AMOUNT && b->value.kind == VALUE_AMOUNT)
        order = amount_compare(binding->snapshot, binding->alliance == SIZE_MAX ? 0 : binding->alliance,
                               *a->value.as.amount, *b->value.as.amount);
    else if (a->value.kind == VALUE_DATE && b->value.kind == VALUE_DATE) {
        /* Sorting needs an order: the first day decides. */
        order = a->value.as.date.day < b->value.as.date.day ? -1
            : a->value.as.date.day > b->value.as.date.day   ? 1
                                                            : 0;
    }
    if (order > 1)
        return refuse_units(L);
    return order;
}

static int value_less(lua_State *L)
{
    lua_pushboolean(L, compare(L) < 0);
    return 1;
}

static int value_less_equal(lua_State *L)
{
    lua_pushboolean(L, compare(L) <= 0);
    return 1;
}

static int value_equal(lua_State *L)
{
    const Held *a = to_held(L, 1), *b = to_held(L, 2);
    bool same = a->value.kind == b->value.kind;
    if (same && a->value.kind == VALUE_AMOUNT)
        same = a->body.amount.unit == b->body.amount.unit
               && a->body.amount.per == b->body.amount.per
               && decimal_compare(a->body.amount.number, b->body.amount.number) == 0;
    else if (same && a->value.kind == VALUE_DATE)
        same = a->value.as.date.day == b->value.as.date.day
               && a->value.as.date.precision == b->value.as.date.precision;
    else if (same)
        same = a == b;
    lua_pushboolean(L, same);
    return 1;
}

static Date to_date(lua_State *L, int index)
{
    Held *held = to_held(L, index);
    if (held->value.kind != VALUE_DATE)
        luaL_error(L, "a date is needed here");
    return held->value.as.date;
}

/* date:before(other): true, false, or nil when it cannot be told. */
static int date_before(lua_State *L)
{
    int order = date_compare(to_date(L, 1), to_date(L, 2));
    if (order == 2)
        lua_pushnil(L);
    else
        lua_pushboolean(L, order < 0);
    return 1;
}

static lua_Integer field_integer(lua_State *L, int index, const char *name)
{
    lua_getfield(L, index, name);
    lua_Integer value = luaL_optinteger(L, -1, 0);
    lua_pop(L, 1);
    return value;
}

static int date_add(lua_State *L)
{
    Date date = to_date(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_Integer days = field_integer(L, 2, "days"), months = field_integer(L, 2, "months");
    if ((months && !date_add_months(date, months, &date))
        || (days && !date_add_days(date, days, &date)))
        return luaL_error(L, "this date is out of range, or has no day to count from");
    push_date(L, date);
    return 1;
}

/* duration:after(date): calendar months and years, or exact days and weeks. */
static int duration_after(lua_State *L)
{
    const Amount *amount = to_amount(L, 1);
    Date date = to_date(L, 2);
    int64_t count;
    if (!amount || UNIT_FAMILY(amount->unit) != UNIT_TIME || amount->per
        || !decimal_is_integer(amount->number, &count))
        return luaL_error(L, "a duration in whole days, weeks, months or years is needed here");
    bool fine;
    switch (UNIT_INDEX(amount->unit)) {
    case TIME_DAY:
        fine = date_add_days(date, count, &date);
        break;
    case TIME_WEEK:
        fine = date_add_days(date, count * 7, &date);
        break;
    case TIME_MONTH:
        fine = date_add_months(date, count, &date);
        break;
    case TIME_YEAR:
        fine = date_add_months(date, count * 12, &date);
        break;
    default:
        fine = false;
        break;
    }
    if (!fine)
        return luaL_error(L, "this duration cannot be added to this date");
    push_date(L, date);
    return 1;
}

/* bag:of("EUR"): the amount in that unit without a rate, or nil. */
static int bag_of(lua_State *L)
{
    Binding *binding = binding_of(L);
    Held *held = to_held(L, 1);
    const char *unit = luaL_checkstring(L, 2);
    if (held->value.kind != VALUE_BAG)
        return luaL_error(L, "a sum is needed here");
    const Bag *bag = held->value.as.bag;
    for (uint32_t i = 0; i < bag->count; i++) {
        push_unit(L, binding, bag->amounts[i].unit);
        const char *own = lua_tostring(L, -1);
        bool same = own && strcmp(own, unit) == 0 && !bag->amounts[i].per;
        lua_pop(L, 1);
        if (same) {
            push_amount(L, bag->amounts[i]);
            return 1;
        }
    }
    lua_pushnil(L);
    return 1;
}

/* ---- The model ------------------------------------------------------------------------- */

/* all(kind): the entities of a kind, in order of reading. */
static int host_all(lua_State *L)
{
    Binding *binding = binding_of(L);
    const char *id = luaL_checkstring(L, 1);
    KindId kind = vocabulary_find_kind(snapshot_vocabulary(binding->snapshot), id);
    size_t count;
    lua_Integer index = 0;
    if (!kind)
        return luaL_error(L, "there is no kind '%s'", id);
    const EntityId *entities =
        collection_of(binding->snapshot, binding->alliance, kind, &count);
    lua_createtable(L, (int)(count > 1000000 ? 1000000 : count), 0);
    for (size_t i = 0; i < count; i++) {
        if (entity_is_gone(binding->snapshot, entities[i]))
            continue;
        push_entity(L, entities[i]);
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

static bool is_visible(const Binding *binding, EntityId entity)
{
    return !entity_is_gone(binding->snapshot, entity)
           && (binding->alliance == SIZE_MAX
               || entity_alliance(binding->snapshot, entity) == binding->alliance);
}

/* next(row): the next entity of the alliance in order of reading, its kind; nil at the end. */
static int host_next(lua_State *L)
{
    Binding *binding = binding_of(L);
    lua_Integer row = luaL_optinteger(L, 1, 0);
    size_t count = snapshot_entity_count(binding->snapshot);
    for (EntityId entity = (EntityId)row + 1; entity <= count; entity++) {
        if (!is_visible(binding, entity))
            continue;
        lua_pushinteger(L, (lua_Integer)entity);
        push_entity(L, entity);
        lua_pushstring(L, vocabulary_kind(snapshot_vocabulary(binding->snapshot),
                                          entity_kind(binding->snapshot, entity))->id);
        return 3;
    }
    lua_pushnil(L);
    return 1;
}

static int host_find_name(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length;
    const char *name = luaL_checklstring(L, 1, &length);
    NameId id = names_find(snapshot_names(binding->snapshot), name, length);
    EntityId entity =
        id ? snapshot_find(binding->snapshot, binding->alliance == SIZE_MAX ? 0 : binding->alliance, id)
           : 0;
    if (entity && !entity_is_gone(binding->snapshot, entity))
        push_entity(L, entity);
    else
        lua_pushnil(L);
    return 1;
}

static int host_alliance(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = binding->alliance == SIZE_MAX
                          ? (snapshot_alliance_count(binding->snapshot) == 1
                                 ? snapshot_alliance_entity(binding->snapshot, 0)
                                 : 0)
                          : snapshot_alliance_entity(binding->snapshot, binding->alliance);
    if (entity && !entity_is_gone(binding->snapshot, entity))
        push_entity(L, entity);
    else
        lua_pushnil(L);
    return 1;
}

static int host_query(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    Diags diags;
    Answer answer;
    diags_init(&diags, binding->arena);
    diags.limit = 20;
    Evaluation *evaluation = evaluation_new(binding->snapshot, binding->alliance, &diags);
    if (!evaluation)
        return luaL_error(L, "there is not enough memory for this query");
    if (!query_text(evaluation, text, length, LANG_EN, &answer) || diags.errors > 0) {
        const char *message =
            diags.count > 0 ? diag_message_text(binding->arena, snapshot_words(binding->snapshot),
                                                LANG_EN, diags.items[0])
                            : "it cannot be read";
        evaluation_free(evaluation);
        return luaL_error(L, "the query '%s' is wrong: %s", text, message);
    }
    if (answer.is_value) {
        handle_push(L, binding, answer.value);
    } else {
        lua_createtable(L, (int)(answer.row_count > 1000000 ? 1000000 : answer.row_count), 0);
        for (size_t row = 0; row < answer.row_count; row++) {
            if (answer.entities) {
                push_entity(L, answer.entities[row]);
            } else {
                lua_createtable(L, 0, (int)answer.column_count);
                for (size_t i = 0; i < answer.column_count; i++) {
                    handle_push(L, binding, answer.cells[row * answer.column_count + i]);
                    lua_setfield(L, -2, answer.columns[i].id);
                }
            }
            lua_rawseti(L, -2, (lua_Integer)row + 1);
        }
    }
    evaluation_free(evaluation);
    return 1;
}

/* ---- Words, texts ----------------------------------------------------------------------- */

static LangId to_language(lua_State *L, int index, const Binding *binding)
{
    LangId language = binding->language;
    const char *code = luaL_optstring(L, index, NULL);
    if (code)
        words_language_find(snapshot_words(binding->snapshot), code, strlen(code), &language);
    return language;
}

/* text(value, language): a value as a person reads it. */
static int host_text(lua_State *L)
{
    Binding *binding = binding_of(L);
    Held *held = luaL_testudata(L, 1, VALUE_TYPE);
    if (held)
        lua_pushstring(L, value_text(binding->arena, binding->snapshot, held->value,
                                     to_language(L, 2, binding)));
    else
        luaL_tolstring(L, 1, NULL);
    return 1;
}

/* word(role, id, kind, language): a word of the vocabulary. */
static int host_word(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    const Words *words = snapshot_words(binding->snapshot);
    const char *role = luaL_checkstring(L, 1), *id = luaL_checkstring(L, 2);
    const char *scope = luaL_optstring(L, 3, NULL);
    LangId language = to_language(L, 4, binding);
    KindId kind = vocabulary_find_kind(vocabulary, id);
    const char *text = NULL;
    if (strcmp(role, "kind") == 0 && kind) {
        text = words_text(words, language, ROLE_KIND, kind, 0, WORD_USUAL);
    } else if (strcmp(role, "kinds") == 0 && kind) {
        text = words_text(words, language, ROLE_COLLECTION, kind, 0, WORD_PLURAL);
    } else if (strcmp(role, "property") == 0) {
        KindId of = scope ? vocabulary_find_kind(vocabulary, scope) : 0;
        PropertyId property = vocabulary_find_property(vocabulary, id);
        if (property)
            text = words_text(words, language, ROLE_PROPERTY, property, of, WORD_USUAL);
    } else if (strcmp(role, "ask") == 0 && scope) {
        KindId of = vocabulary_find_kind(vocabulary, scope);
        PropertyId property = vocabulary_find_property(vocabulary, id);
        if (property)
            text = words_ask(words, language, ROLE_PROPERTY, property, of);
    } else if (strcmp(role, "word") == 0) {
        WordId word = vocabulary_find_word(vocabulary, id);
        for (ListId list = 1; word && !text && list <= vocabulary_list_count(vocabulary); list++) {
            uint16_t rank;
            if (vocabulary_list_has(vocabulary, list, word, &rank))
                text = words_text(words, language, ROLE_LISTED, word, list, WORD_USUAL);
        }
    }
    if (text)
        lua_pushstring(L, text);
    else
        lua_pushnil(L);
    return 1;
}

/* list(kind, property): the words of its closed list, in order; nil when it has none. */
static int host_list(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    KindId kind = vocabulary_find_kind(vocabulary, luaL_checkstring(L, 1));
    PropertyId id = vocabulary_find_property(vocabulary, luaL_checkstring(L, 2));
    const PropertyInfo *property = kind && id ? vocabulary_property(vocabulary, kind, id) : NULL;
    const ListInfo *list =
        property && property->list ? vocabulary_list(vocabulary, property->list) : NULL;
    if (!list) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, list->count, 0);
    for (uint16_t i = 0; i < list->count; i++) {
        lua_pushstring(L, vocabulary_word_id(vocabulary, list->words[i]));
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int host_width(lua_State *L)
{
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)utf8_width(text, length));
    return 1;
}

static int host_fold(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length, folded_length;
    const char *text = luaL_checklstring(L, 1, &length);
    if (utf8_valid(text, length) != length)
        return luaL_error(L, "this text is not valid UTF-8");
    const char *folded = utf8_fold(binding->arena, text, length, &folded_length);
    lua_pushlstring(L, folded, folded_length);
    return 1;
}

/* match(text, pattern, caseless): the first match, or nil; nil, "limit" when it gave up. */
static int host_match(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length, pattern_length, start, end;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *source = luaL_checklstring(L, 2, &pattern_length);
    PatternError error;
    Pattern *pattern =
        pattern_new(binding->arena, source, pattern_length, lua_toboolean(L, 3), &error);
    if (!pattern)
        return luaL_error(L, "this pattern is wrong: %s", error.text);
    switch (pattern_match(pattern, text, length, &start, &end)) {
    case PATTERN_YES:
        lua_pushlstring(L, text + start, end - start);
        return 1;
    case PATTERN_NO:
        lua_pushnil(L);
        return 1;
    case PATTERN_LIMIT:
        break;
    }
    lua_pushnil(L);
    lua_pushstring(L, "limit");
    return 2;
}

/* date("2024-06-30"): a date value, or nil. */
static int host_date(lua_State *L)
{
    size_t length;
    Date date;
    if (lua_isinteger(L, 1)) {
        date = (Date){(int32_t)lua_tointeger(L, 1), DATE_DAY};
        push_date(L, date);
        return 1;
    }
    const char *text = luaL_checklstring(L, 1, &length);
    if (date_parse(text, length, &date))
        push_date(L, date);
    else
        lua_pushnil(L);
    return 1;
}

/* type(value): "entity", "amount", "date", "period", "target", "bag", or Lua's type. */
static int host_type(lua_State *L)
{
    static const char *const names[] = {
        [VALUE_AMOUNT] = "amount", [VALUE_DATE] = "date", [VALUE_PERIOD] = "period",
        [VALUE_TARGET] = "target", [VALUE_BAG] = "bag",
    };
    luaL_checkany(L, 1);
    Held *held = luaL_testudata(L, 1, VALUE_TYPE);
    if (luaL_testudata(L, 1, ENTITY_TYPE))
        lua_pushstring(L, "entity");
    else if (held)
        lua_pushstring(L, names[held->value.kind]);
    else
        lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

/* statements(): accept and settings of the alliance as plain tables. */
static void push_value_of_node(lua_State *L, Binding *binding, const Tree *tree, NodeId node)
{
    const Node *at = tree_node(tree, node);
    char text[DECIMAL_TEXT + DATE_TEXT];
    size_t length;
    const char *bytes;
    switch ((NodeKind)at->kind) {
    case NODE_TEXT:
        bytes = tree_text(tree, node, &length);
        lua_pushlstring(L, bytes, length);
        return;
    case NODE_RANGE:
        push_value_of_node(L, binding, tree, at->child);
        return;
    case NODE_AMOUNT: {
        const AmountLiteral *amount = &tree->amounts[at->data];
        if (!amount->unit && !amount->is_percent && !amount->currency)
            push_decimal(L, amount->number);
        else
            lua_pushlstring(L, tree->source->text + at->start, at->end - at->start);
        return;
    }
    case NODE_DATE:
        length = date_write((Date){(int32_t)at->data, at->flags & 3}, text);
        lua_pushlstring(L, text, length);
        return;
    case NODE_PATH:
    case NODE_WORD:
        lua_pushstring(L, names_text(tree->names, at->data));
        return;
    default:
        lua_pushlstring(L, tree->source->text + at->start, at->end - at->start);
        return;
    }
}

static void push_path_text(lua_State *L, const Tree *tree, NodeId path)
{
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    luaL_addstring(&buffer, names_text(tree->names, tree_node(tree, path)->data));
    for (NodeId word = tree_node(tree, path)->child; word; word = tree_node(tree, word)->next) {
        luaL_addchar(&buffer, '/');
        luaL_addstring(&buffer, names_text(tree->names, tree_node(tree, word)->data));
    }
    luaL_pushresult(&buffer);
}

static int host_statements(lua_State *L)
{
    Binding *binding = binding_of(L);
    lua_Integer index = 0;
    lua_newtable(L);
    for (size_t i = 0; i < snapshot_statement_count(binding->snapshot); i++) {
        Statement statement = snapshot_statement(binding->snapshot, i);
        const Tree *tree = snapshot_tree(binding->snapshot, statement.file);
        if ((statement.kind != NODE_ACCEPT && statement.kind != NODE_SETTINGS) || !tree
            || (binding->alliance != SIZE_MAX && statement.alliance != binding->alliance))
            continue;
        lua_createtable(L, 0, 4);
        lua_pushstring(L, statement.kind == NODE_ACCEPT ? "accept" : "settings");
        lua_setfield(L, -2, "statement");
        lua_newtable(L);                            /* the entities it is for */
        lua_newtable(L);                            /* its properties, by word and by id */
        bool first = true;
        lua_Integer references = 0;
        for (NodeId child = tree_node(tree, statement.node)->child; child;
             child = tree_node(tree, child)->next) {
            const Node *node = tree_node(tree, child);
            if (first && (node->kind == NODE_PATH || node->kind == NODE_WORD)) {
                push_path_text(L, tree, child);
                lua_setfield(L, -4, "check");
                first = false;
            } else if (node->kind == NODE_PATH) {
                NameId name = node->data;
                EntityId entity = snapshot_find(binding->snapshot, statement.alliance, name);
                if (entity) {
                    push_entity(L, entity);
                    lua_rawseti(L, -3, ++references);
                }
            } else if (node->kind == NODE_BLOCK) {
                for (NodeId item = node->child; item; item = tree_node(tree, item)->next) {
                    const Node *property = tree_node(tree, item);
                    if (property->kind != NODE_PROPERTY || !property->child)
                        continue;
                    const char *id = property->id
                                         ? vocabulary_property_id(
                                             snapshot_vocabulary(binding->snapshot), property->id)
                                         : NULL;
                    push_value_of_node(L, binding, tree, property->child);
                    lua_pushvalue(L, -1);
                    lua_setfield(L, -3, names_text(tree->names, property->data));
                    if (id)
                        lua_setfield(L, -2, id);
                    else
                        lua_pop(L, 1);
                }
            }
        }
        lua_setfield(L, -3, "properties");
        lua_setfield(L, -2, "entities");
        lua_pushinteger(L, (lua_Integer)statement.file);
        lua_setfield(L, -2, "file");
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

static int host_row(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)to_entity(L, 1));
    return 1;
}

/* ---- Opening ------------------------------------------------------------------------------ */

static void set_functions(lua_State *L, Binding *binding, const luaL_Reg *functions)
{
    for (; functions->name; functions++) {      /* the table is at -1 */
        lua_pushlightuserdata(L, binding);
        lua_pushvalue(L, -2);
        lua_pushcclosure(L, functions->func, 2);
        lua_setfield(L, -2, functions->name);
    }
}

/* A metatable whose __index has (binding, fields) as upvalues; fields are at -1. [-1, +0] */
static void open_type(lua_State *L, Binding *binding, const char *type, lua_CFunction index,
                      const luaL_Reg *meta)
{
    luaL_newmetatable(L, type);                 /* fields meta */
    set_functions(L, binding, meta);
    lua_pushlightuserdata(L, binding);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, index, 2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

static void open_entities(lua_State *L, Binding *binding)
{
    static const luaL_Reg methods[] = {
        {"is_unknown", entity_is_unknown}, {"is_none", entity_is_none}, {"has", entity_has},
        {"where", entity_where}, {"used_by", entity_used_by}, {"children", entity_children},
        {"is_a", entity_is_a}, {"source", entity_source},
        {"is_assumption", entity_is_assumption}, {"is_confidential", entity_confidential},
        {NULL, NULL},
    };
    static const luaL_Reg meta[] = {
        {"__eq", entity_equal}, {"__tostring", entity_tostring}, {NULL, NULL},
    };
    static const struct { const char *name; HeadField field; } heads[] = {
        {"name", FIELD_NAME}, {"title", FIELD_TITLE}, {"label", FIELD_LABEL},
        {"kind", FIELD_KIND}, {"file", FIELD_FILE}, {"line", FIELD_LINE},
        {"path", FIELD_PATH}, {"owner", FIELD_OWNER}, {"amount", FIELD_AMOUNT},
        {"key", FIELD_KEY}, {"value", FIELD_VALUE}, {"from", FIELD_FROM}, {"to", FIELD_TO},
    };
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    lua_newtable(L);
    /* A property of that name wins over nothing; heads and methods win over properties. */
    for (PropertyId property = 1; property <= vocabulary_property_count(vocabulary); property++) {
        const char *id = vocabulary_property_id(vocabulary, property);
        if (!id)
            continue;
        lua_pushinteger(L, -(lua_Integer)property);
        lua_setfield(L, -2, id);
    }
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        lua_pushinteger(L, heads[i].field);
        lua_setfield(L, -2, heads[i].name);
    }
    /* `owner` is both: the block it stands in only where the kind has no such property. */
    PropertyId owner = vocabulary_find_property(vocabulary, "owner");
    if (owner) {
        lua_pushinteger(L, -(lua_Integer)owner);
        lua_setfield(L, -2, "owner");
        lua_pushinteger(L, FIELD_OWNER);
        lua_setfield(L, -2, "parent");
    }
    set_functions(L, binding, methods);
    open_type(L, binding, ENTITY_TYPE, entity_index, meta);
}

static void open_values(lua_State *L, Binding *binding)
{
    static const luaL_Reg methods[] = {
        {"before", date_before}, {"add", date_add}, {"after", duration_after}, {"of", bag_of},
        {NULL, NULL},
    };
    static const luaL_Reg meta[] = {
        {"__add", value_add}, {"__sub", value_subtract}, {"__mul", value_multiply},
        {"__div", value_divide}, {"__lt", value_less}, {"__le", value_less_equal},
        {"__eq", value_equal}, {"__tostring", value_tostring}, {NULL, NULL},
    };
    lua_newtable(L);
    set_functions(L, binding, methods);
    open_type(L, binding, VALUE_TYPE, value_index, meta);
}

static int constant_tostring(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    return 1;
}

/* `alliance.unknown`, `alliance.none`: values equal only to themselves. */
static void open_constant(lua_State *L, const char *name, const char *text)
{
    lua_newuserdatauv(L, 0, 0);
    lua_newtable(L);
    lua_pushstring(L, text);
    lua_pushcclosure(L, constant_tostring, 1);
    lua_setfield(L, -2, "__tostring");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, name);
}

void handle_open(lua_State *L, Binding *binding)
{
    static const luaL_Reg functions[] = {
        {"all", host_all}, {"next", host_next}, {"find", host_find_name},
        {"alliance", host_alliance}, {"query", host_query}, {"text", host_text},
        {"word", host_word}, {"list", host_list}, {"width", host_width}, {"fold", host_fold},
        {"match", host_match}, {"date", host_date}, {"type", host_type},
        {"statements", host_statements}, {"row", host_row}, {NULL, NULL},
    };
    lua_pushlightuserdata(L, binding);
    lua_setfield(L, LUA_REGISTRYINDEX, "alliance.binding");
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "alliance.handles");
    open_constant(L, "alliance.unknown", "?");
    open_constant(L, "alliance.none", "none");
    open_entities(L, binding);
    open_values(L, binding);
    lua_newtable(L);
    set_functions(L, binding, functions);
    lua_getfield(L, LUA_REGISTRYINDEX, "alliance.unknown");
    lua_setfield(L, -2, "unknown");
    lua_getfield(L, LUA_REGISTRYINDEX, "alliance.none");
    lua_setfield(L, -2, "none");
}
