/* order.h -- the order of lists and of the keys of tables, which never depends on chance. */
#ifndef PLUGINS_HOST_ORDER_H
#define PLUGINS_HOST_ORDER_H

#include <lua.h>

/* sort(list [, before]): like table.sort, but equal things keep their order, and no clock and no
 * order function, however wrong, makes a difference from run to run. */
int host_sort(lua_State *L);

/* keys(table): its keys in order: no, yes, numbers, texts by bytes, entities as in the file.
 * nil and the key when one of them has no order. */
int host_keys(lua_State *L);

/* pairs(table): an iterator over its pairs in that order, or nil and the key. */
int host_pairs(lua_State *L);

#endif
