/* test_methods.c -- runs tests/lua/run.lua in a program that offers the C kernels. */
#include <stdio.h>
#include <stdlib.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "plugins/host/kernels_lua.h"

int main(int argc, char **argv)
{
    const char *root = getenv("SRCDIR");
    char path[4096];
    lua_State *L = luaL_newstate();

    if (!L || !root || snprintf(path, sizeof path, "%s/tests/lua/run.lua", root) >= 4096) {
        fprintf(stderr, "test_methods: SRCDIR must name the root of the project\n");
        return 2;
    }
    luaL_openlibs(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
    lua_pushcfunction(L, luaopen_alliance_kernels);
    lua_setfield(L, -2, "alliance.kernels");
    lua_pop(L, 1);

    lua_createtable(L, argc, 1);
    lua_pushstring(L, path);
    lua_rawseti(L, -2, 0);
    for (int i = 1; i < argc; i++) {
        lua_pushstring(L, argv[i]);
        lua_rawseti(L, -2, i);
    }
    lua_setglobal(L, "arg");
    if (luaL_dofile(L, path)) {     /* ends the program itself when all went well */
        fprintf(stderr, "test_methods: %s\n", lua_tostring(L, -1));
        return 1;
    }
    return 0;
}
