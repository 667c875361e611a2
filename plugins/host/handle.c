/* handle.c -- see handle.h: how a value becomes Lua, and what is opened. */
#include "plugins/host/handle_private.h"

#include <string.h>

void binding_renew(Binding *binding)
{
    const Env *env = arena_env(binding->arena);
    Arena *arena = arena_new(env);
    if (!arena)
        longjmp(*binding->boundary, 1);
    arena_free(binding->arena);
    binding->arena = arena;
    arena_guard(arena, binding->boundary);
}

/* ---- Pushing --------------------------------------------------------------------------- */

void push_entity(lua_State *L, EntityId entity)      /* [-0, +1] */
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)entity);
}

void push_registered(lua_State *L, const char *name)     /* [-0, +1] */
{
    lua_getfield(L, LUA_REGISTRYINDEX, name);
}

/* Where the metatable of values stands in the registry: by address, which is quick. */
static const char value_key;

Held *as_held(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &value_key);
    bool is_held = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is_held ? lua_touserdata(L, index) : NULL;
}

static void push_held(lua_State *L, Value value)        /* [-0, +1] */
{
    size_t amounts = value.kind == VALUE_BAG ? value.as.bag->count * sizeof(Amount) : 0;
    Held *held = lua_newuserdatauv(L, sizeof *held + amounts, 0);
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
        if (amounts > 0)
            memcpy(held->amounts, value.as.bag->amounts, amounts);
        held->body.bag.amounts = held->amounts;
        held->value.as.bag = &held->body.bag;
        break;
    default:
        break;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &value_key);
    lua_setmetatable(L, -2);
}

void push_amount(lua_State *L, Amount amount)
{
    push_held(L, (Value){.kind = VALUE_AMOUNT, .as.amount = &amount});
}

void push_date(lua_State *L, Date date)
{
    push_held(L, (Value){.kind = VALUE_DATE, .as.date = date});
}

void push_decimal(lua_State *L, Decimal number)
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
        luaL_checkstack(L, 8, "too many values");
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

/* ---- Opening ------------------------------------------------------------------------------ */

void set_functions(lua_State *L, const luaL_Reg *functions)
{
    for (; functions->name; functions++) {      /* the table is at -1 */
        lua_pushcfunction(L, functions->func);
        lua_setfield(L, -2, functions->name);
    }
}

/* ---- Names of fields --------------------------------------------------------------------- */

Fields *push_fields(lua_State *L, int most)
{
    size_t size = sizeof(Fields) + ((size_t)most + 1) * sizeof(Field);
    lua_createtable(L, 0, most);
    Fields *fields = lua_newuserdatauv(L, size, 0);
    memset(fields, 0, size);
    fields->most = most;
    return fields;
}

Field *field_make(lua_State *L, Fields *fields, const char *name)
{
    lua_pushstring(L, name);                    /* names fields name */
    const char *own = lua_tostring(L, -1);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -4) == LUA_TNUMBER) {
        Field *known = &fields->items[lua_tointeger(L, -1)];
        lua_pop(L, 2);
        return known;
    }
    lua_pop(L, 1);
    if (fields->count == fields->most)
        luaL_error(L, "there are too many names");
    Field *field = &fields->items[++fields->count];
    field->name = own;
    field->kind = (KindId)-1;
    lua_pushinteger(L, fields->count);
    lua_rawset(L, -4);
    return field;
}

void make_methods(lua_State *L, Fields *fields, const luaL_Reg *methods)
{
    for (; methods->name; methods++) {
        Field *field = field_make(L, fields, methods->name);
        field->is_method = true;
        lua_pushcfunction(L, methods->func);
        lua_rawseti(L, -3, field - fields->items);
    }
}

/* Looks in the table.  From now on the name is known by its address if that is where the table's
 * own copy stands, which nothing moves or frees. */
Field *field_asked(lua_State *L, Fields *fields, const char *name)
{
    Field *field = NULL;
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNUMBER)
        field = &fields->items[lua_tointeger(L, -1)];
    lua_pop(L, 1);
    if (field && field->name == name)
        fields->recent[field_slot(name)] = field;
    return field;
}

static int refuse_write(lua_State *L)
{
    return luaL_error(L, "the model is read-only");
}

void fill_type(lua_State *L, lua_CFunction index, int upvalues, const luaL_Reg *meta)
{
    lua_pushcclosure(L, index, upvalues);       /* the fields: only so that they are kept */
    lua_setfield(L, -2, "__index");
    set_functions(L, meta);
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
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
    *(Binding **)lua_getextraspace(L) = binding;    /* new coroutines get it, too */
    open_constant(L, "alliance.unknown", "?");
    open_constant(L, "alliance.none", "none");
    push_entity(L, 0);          /* all light userdata have one metatable */
    lua_newtable(L);
    open_entities(L, binding);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    luaL_newmetatable(L, VALUE_TYPE);
    open_values(L, binding);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &value_key);
    lua_newtable(L);
    open_model(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "alliance.unknown");
    lua_setfield(L, -2, "unknown");
    lua_getfield(L, LUA_REGISTRYINDEX, "alliance.none");
    lua_setfield(L, -2, "none");
}
