/* chunks.h -- Lua texts as functions; those that ship are compiled once for all states.
 *
 * A check runs in a state of its own, and each state needs the boot script and the modules: to
 * compile them again and again was most of what a check of a small file took.  So the first
 * state dumps what it compiled, and the others read that.  Only what ships is kept; the text of
 * a plugin is always compiled, as text.
 */
#ifndef PLUGINS_HOST_CHUNKS_H
#define PLUGINS_HOST_CHUNKS_H

#include <stdbool.h>
#include <stddef.h>

#include <lua.h>

/* The Lua text of a module, plugin or boot file that ships; NULL: there is none. */
const char *chunk_source(const char *path, size_t *length);

/* Replaces the environment at the top by the function of a text that is called `name` in
 * messages, or by the error. [-1, +1] */
bool chunk_load(lua_State *L, const char *source, size_t length, const char *name);

/* The same for a file that ships; false without an error, and nothing is pushed: there is none.
 * An error of the file itself is raised. [-1, +1 or +0] */
bool chunk_load_shipped(lua_State *L, const char *path);

/* Compiles what every state needs, and the modules that these texts of plugins require, before
 * processes part: once for all workers, and once for all commands at the prompt. */
void chunks_prepare(const char *const *texts, size_t count);

#endif
