/* kernels_lua.h -- the kernels as the Lua module alliance.kernels. */
#ifndef PLUGINS_HOST_KERNELS_LUA_H
#define PLUGINS_HOST_KERNELS_LUA_H

#include <lua.h>

/* Pushes the table of functions; for luaL_requiref or package.preload.  Its functions are
 * those of stdlib/lua/plain_kernels.lua, where each is described, with the same results. */
int luaopen_alliance_kernels(lua_State *L);

#endif
