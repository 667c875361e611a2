/* handle.h -- the model as a plugin sees it: read-only handles on rows, and exact values.
 *
 * Everything is registered in one Lua table, `host`, that only the boot script sees; it builds
 * the plugin's `ctx` and `model` from it.  A handle is an entity's row; the snapshot outlives
 * the state, since a worker works on one snapshot and ends.
 */
#ifndef PLUGINS_HOST_HANDLE_H
#define PLUGINS_HOST_HANDLE_H

#include <setjmp.h>

#include <lua.h>

#include "lang/lang.h"

typedef struct Binding {          /* what the functions of a state work on */
    const Snapshot *snapshot;
    const Snapshot *conf;       /* alliance.conf: settings below those of the files; or NULL */
    Arena *arena;               /* for one call: what Lua gets is always a copy */
    jmp_buf *boundary;          /* where to go when there is no memory for it */
    size_t alliance;            /* the one being checked, or SIZE_MAX: all */
    LangId language;
    struct Fields *entity_fields, *value_fields;    /* what may be asked for; the state's own */
} Binding;

/* Pushes the table of host functions; `binding` must outlive the state. [-0, +1] */
void handle_open(lua_State *L, Binding *binding);

/* Pushes a value in the form of doc/reference/plugins.md. [-0, +1] */
void handle_push(lua_State *L, Binding *binding, Value value);

#endif
