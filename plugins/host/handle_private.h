/* handle_private.h -- what the files behind handle.h share. */
#ifndef PLUGINS_HOST_HANDLE_PRIVATE_H
#define PLUGINS_HOST_HANDLE_PRIVATE_H

#include <lauxlib.h>

#include "plugins/host/handle.h"

#define ENTITY_TYPE "alliance.entity"
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

/* The binding of a function made by set_functions or open_type: its first upvalue.  To be asked
 * for at the start of a function: what stands in its arena from earlier calls may go. */
static inline Binding *binding_of(lua_State *L)
{
    Binding *binding = lua_touserdata(L, lua_upvalueindex(1));
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

/* The kind whose collection has this English word; 0: none (handle_model.c). */
KindId kind_of_plural(const Binding *binding, const char *word);

/* Sets functions with (binding, the table itself) as upvalues in the table at -1. [-0, +0] */
void set_functions(lua_State *L, Binding *binding, const luaL_Reg *functions);
/* A metatable whose __index has (binding, fields) as upvalues; fields are at -1. [-1, +0] */
void open_type(lua_State *L, Binding *binding, const char *type, lua_CFunction index,
               const luaL_Reg *meta);

void open_entities(lua_State *L, Binding *binding);     /* handle_entity.c */
void open_values(lua_State *L, Binding *binding);       /* handle_value.c */
void open_model(lua_State *L, Binding *binding);        /* handle_model.c: in the table at -1 */

#endif
