/* handle_private.h -- what the files behind handle.h share. */
#ifndef PLUGINS_HOST_HANDLE_PRIVATE_H
#define PLUGINS_HOST_HANDLE_PRIVATE_H

#include <lauxlib.h>

#include "plugins/host/handle.h"

#define VALUE_TYPE "alliance.value"

/* A value that Lua has no type for; what it points at was copied behind it, so that nothing in
 * Lua points into the arena. */
typedef struct Held {
    Value value;
    union {
        Amount amount;
        Period period;
        Target target;
        Bag bag;
    } body;
    Amount amounts[];           /* of the bag */
} Held;

enum { BINDING_BYTES = 4 << 20 };

/* A new arena instead of one that has grown. */
void binding_renew(Binding *binding);

/* The binding of a state stands beside it, where any function finds it at once. */
static inline Binding *bound(lua_State *L)
{
    return *(Binding **)lua_getextraspace(L);
}

/* The same, with room in its arena: what stands there from earlier calls may go. */
static inline Binding *binding_of(lua_State *L)
{
    Binding *binding = bound(L);
    if (arena_bytes(binding->arena) > BINDING_BYTES)
        binding_renew(binding);
    return binding;
}

/* Stack effects: [-popped, +pushed]. */
void push_entity(lua_State *L, EntityId entity);                /* [-0, +1] */
void push_registered(lua_State *L, const char *name);           /* [-0, +1] */
void push_amount(lua_State *L, Amount amount);                  /* [-0, +1] */
void push_date(lua_State *L, Date date);                        /* [-0, +1] */
void push_decimal(lua_State *L, Decimal number);                /* [-0, +1] */
EntityId to_entity(lua_State *L, int index);                    /* an error when it is none */

/* The entity at `index`, or 0: it is none.  An entity is its row as a light userdata: nothing
 * is made, kept or collected for it, equal ones are one key of a table, and no plugin can make
 * one, since Lua has no way to. */
static inline EntityId as_entity(lua_State *L, int index)
{
    return lua_islightuserdata(L, index) ? (EntityId)(uintptr_t)lua_touserdata(L, index) : 0;
}

/* The value at `index`, or NULL: it is none. */
Held *as_held(lua_State *L, int index);

/* The kind whose collection has this English word; 0: none (handle_model.c). */
KindId kind_of_plural(const Binding *binding, const char *word);

/* Sets functions in the table at -1. [-0, +0] */
void set_functions(lua_State *L, const luaL_Reg *functions);

/* ---- Names of fields: what an __index function may be asked for. */

enum { RECENT_NAMES = 256 };        /* a power of two */

typedef struct Field {
    const char *name;           /* where the copy of the table of names stands */
    int code;                   /* of values, and of heads: what it is; 0: no such thing */
    bool is_method;             /* the function stands in the table under the field's number */
    PropertyId property;        /* of entities; 0: no property is called so */
    KindId relation;            /* of entities; 0: no collection is called so */
    KindId kind;                /* the last kind that was asked for the property, and what it is */
    const PropertyInfo *info;
} Field;

/* Of the binding.  Lua keeps one copy of each short text, so a name that was asked for before is
 * known by its address; the table of names, upvalue 1 of an __index function, which is asked when
 * it is not, keeps these copies where they are. */
typedef struct Fields {
    Field *recent[RECENT_NAMES];
    int count, most;
    Field items[];              /* by number, from 1 */
} Fields;

static inline size_t field_slot(const char *name)
{
    return ((uintptr_t)name >> 4 ^ (uintptr_t)name >> 12) & (RECENT_NAMES - 1);
}

Field *field_asked(lua_State *L, Fields *fields, const char *name);

/* The field of the name at 2, which must be a text; NULL: there is none. [-0, +0] */
static inline Field *field_named(lua_State *L, Fields *fields, const char **name)
{
    if (!(*name = lua_tostring(L, 2)))
        luaL_typeerror(L, 2, "string");
    Field *recent = fields->recent[field_slot(*name)];
    return recent && recent->name == *name ? recent : field_asked(L, fields, *name);
}

/* Pushes the function of a field that is a method. [-0, +1] */
static inline int push_method(lua_State *L, const Fields *fields, const Field *field)
{
    lua_rawgeti(L, lua_upvalueindex(1), field - fields->items);
    return 1;
}

/* Pushes an empty table of names and its fields, at most `most`. [-0, +2] */
Fields *push_fields(lua_State *L, int most);
/* The field of that name, made when there is none; table and fields are at -2, -1. [-0, +0] */
Field *field_make(lua_State *L, Fields *fields, const char *name);
void make_methods(lua_State *L, Fields *fields, const luaL_Reg *methods);

/* Fills a metatable; above it stand the upvalues of its __index: names, fields and what more it
 * needs. [-upvalues, +0] */
void fill_type(lua_State *L, lua_CFunction index, int upvalues, const luaL_Reg *meta);

void open_entities(lua_State *L, Binding *binding);     /* handle_entity.c: metatable at -1 */
void open_values(lua_State *L, Binding *binding);       /* handle_value.c: metatable at -1 */
void open_model(lua_State *L);                          /* handle_model.c: in the table at -1 */

#endif
