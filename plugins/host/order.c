/* order.c -- see order.h. */
#include "plugins/host/order.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

/* ---- Lists ------------------------------------------------------------------------------ */

/* Is the value at `a` before the one at `b`?  By the function at 2, or by `<`. */
static bool is_before(lua_State *L, bool has_order, int a, int b)
{
    if (!has_order)
        return lua_compare(L, a, b, LUA_OPLT);
    a = lua_absindex(L, a);
    b = lua_absindex(L, b);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    lua_call(L, 2, 1);
    bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* Merges [start, middle) and [middle, stop) of the table at `from` into the one at `to`. */
static void merge(lua_State *L, bool has_order, int from, int to, lua_Integer start,
                  lua_Integer middle, lua_Integer stop)
{
    lua_Integer left = start, right = middle;
    for (lua_Integer at = start; at < stop; at++) {
        bool take_right = left == middle;
        if (left < middle && right < stop) {
            lua_rawgeti(L, from, right);
            lua_rawgeti(L, from, left);
            take_right = is_before(L, has_order, -2, -1);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, from, take_right ? right++ : left++);
        lua_rawseti(L, to, at);
    }
}

int host_sort(lua_State *L)
{
    bool has_order = !lua_isnoneornil(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    if (has_order)
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_Integer count = luaL_len(L, 1);
    lua_settop(L, 2);
    lua_createtable(L, count < 1 << 24 ? (int)count : 0, 0);        /* 3 */
    lua_createtable(L, count < 1 << 24 ? (int)count : 0, 0);        /* 4 */
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    int from = 3, to = 4;
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer start = 1; start <= count; start += 2 * width) {
            lua_Integer middle = start + width, stop = middle + width;
            middle = middle > count + 1 ? count + 1 : middle;
            merge(L, has_order, from, to, start, middle, stop > count + 1 ? count + 1 : stop);
        }
        int other = from;
        from = to;
        to = other;
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, from, i);
        lua_seti(L, 1, i);
    }
    return 0;
}

/* ---- Keys ------------------------------------------------------------------------------- */

typedef enum Rank { RANK_NONE, RANK_TRUTH, RANK_NUMBER, RANK_TEXT, RANK_ENTITY } Rank;

typedef struct Key {
    Rank rank;
    bool is_integer;
    lua_Integer integer;        /* of a whole number, of a truth, and the row of an entity */
    lua_Number number;          /* of any number */
    const char *text;           /* in the table, which keeps it */
    size_t length;
    lua_Integer place;          /* among the keys as they came */
} Key;

static Key key_at(lua_State *L, int index, lua_Integer place)
{
    Key key = {.place = place};
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        key.rank = RANK_TRUTH;
        key.integer = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        key.rank = RANK_NUMBER;
        key.is_integer = lua_isinteger(L, index);
        key.integer = key.is_integer ? lua_tointeger(L, index) : 0;
        key.number = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        key.rank = RANK_TEXT;
        key.text = lua_tolstring(L, index, &key.length);
        break;
    case LUA_TLIGHTUSERDATA:
        key.rank = RANK_ENTITY;
        key.integer = (lua_Integer)(uintptr_t)lua_touserdata(L, index);
        break;
    default:
        break;
    }
    return key;
}

static int compare_texts(const Key *a, const Key *b)
{
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, shorter);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int compare_keys(const void *left, const void *right)
{
    const Key *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == RANK_TEXT)
        return compare_texts(a, b);
    if (a->rank == RANK_NUMBER && !(a->is_integer && b->is_integer)) {
        int order = (a->number > b->number) - (a->number < b->number);
        /* So large that both look alike as fractions: the whole one comes first. */
        return order ? order : b->is_integer - a->is_integer;
    }
    return (a->integer > b->integer) - (a->integer < b->integer);
}

/* The keys of the table at 1, as they come, in a table at 2; true: they are those of a list. */
static bool gather(lua_State *L, lua_Integer *count)
{
    bool is_list = true;
    *count = 0;
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, 1);) {
        lua_pop(L, 1);
        ++*count;
        is_list = is_list && lua_isinteger(L, -1) && lua_tointeger(L, -1) == *count;
        lua_pushvalue(L, -1);
        lua_rawseti(L, 2, *count);
    }
    return is_list;
}

int host_keys(lua_State *L)
{
    lua_Integer count;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (gather(L, &count))
        return 1;
    Key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys, 0);      /* 3 */
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 2, i);
        keys[i - 1] = key_at(L, -1, i);
        if (keys[i - 1].rank == RANK_NONE) {
            lua_pushnil(L);
            lua_insert(L, -2);
            return 2;
        }
        lua_pop(L, 1);
    }
    qsort(keys, (size_t)count, sizeof *keys, compare_keys);
    lua_createtable(L, count < 1 << 24 ? (int)count : 0, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 2, keys[i - 1].place);
        lua_rawseti(L, -2, i);
    }
    return 1;
}

/* Upvalues: table, keys, how many were given. */
static int next_pair(lua_State *L)
{
    lua_Integer index = lua_tointeger(L, lua_upvalueindex(3));
    do {
        lua_settop(L, 0);
        if (lua_rawgeti(L, lua_upvalueindex(2), ++index) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
    } while (lua_gettable(L, lua_upvalueindex(1)) == LUA_TNIL);     /* it was removed meanwhile */
    lua_pushinteger(L, index);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

int host_pairs(lua_State *L)
{
    int count = host_keys(L);
    if (count == 2)
        return 2;
    lua_pushvalue(L, 1);
    lua_insert(L, -2);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}
