/* kernels_lua.c -- the kernels as the Lua module alliance.kernels.
 *
 * All memory is userdata, so that an error raised by a caller's function leaks nothing and the
 * worker's allocator counts it.
 */
#include "plugins/host/kernels_lua.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "plugins/host/kernels.h"

/* Lua aligns for its own numbers; counts of 128 bits want more. */
static void *room_for(lua_State *L, size_t count, size_t size)
{
    const size_t alignment = _Alignof(max_align_t);
    char *bytes = lua_newuserdatauv(L, count * size + alignment, 0);

    return bytes + (alignment - (uintptr_t)bytes % alignment) % alignment;
}

static unsigned check_players(lua_State *L, int index, lua_Integer most)
{
    lua_Integer players = luaL_checkinteger(L, index);

    luaL_argcheck(L, players >= 1 && players <= most, index, "number of players out of range");
    return (unsigned)players;
}

/* ---- shapley_table(v, n) ------------------------------------------------------------------- */

static void fill_real(void *context, uint32_t first, uint32_t count, double *values)
{
    memcpy(values, (const double *)context + first, count * sizeof *values);
}

static void fill_whole(void *context, uint32_t first, uint32_t count, int64_t *values)
{
    memcpy(values, (const int64_t *)context + first, count * sizeof *values);
}

/* The list at index 1 as floats by coalition; on the stack of L. */
static double *read_real(lua_State *L, unsigned players)
{
    double *values = room_for(L, (size_t)1 << players, sizeof *values);
    lua_Integer index = 1;

    values[0] = 0;
    for (uint32_t s = UINT32_C(1) << (players - 1); s; s = kernel_next_coalition(players, s)) {
        if (lua_rawgeti(L, 1, index++) != LUA_TNUMBER)
            luaL_argerror(L, 1, "the values are numbers");
        values[s] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return values;
}

/* The same as integers, and the largest size of one. */
static int64_t *read_whole(lua_State *L, unsigned players, double *largest)
{
    int64_t *values = room_for(L, (size_t)1 << players, sizeof *values);
    lua_Integer index = 1;

    values[0] = 0;
    *largest = 0;
    for (uint32_t s = UINT32_C(1) << (players - 1); s; s = kernel_next_coalition(players, s)) {
        lua_rawgeti(L, 1, index++);
        if (!lua_isinteger(L, -1))
            luaL_argerror(L, 1, "the values are all integers or all floats");
        values[s] = lua_tointeger(L, -1);
        *largest = fmax(*largest, fabs((double)values[s]));
        lua_pop(L, 1);
    }
    return values;
}

static int shapley_whole(lua_State *L, unsigned players)
{
    int64_t numerators[KERNEL_TABLE_PLAYERS], denominator;
    double largest;
    int64_t *values = read_whole(L, players, &largest);

    if (!kernel_shapley_whole(players, fill_whole, values, largest, numerators, &denominator)) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, (int)players, 0);
    for (unsigned p = 0; p < players; p++) {
        lua_pushinteger(L, numerators[p]);
        lua_rawseti(L, -2, (lua_Integer)(players - p));
    }
    lua_pushinteger(L, denominator);
    return 2;
}

static int shapley_real(lua_State *L, unsigned players)
{
    double shapley[KERNEL_TABLE_PLAYERS];

    kernel_shapley(players, fill_real, read_real(L, players), shapley);
    lua_createtable(L, (int)players, 0);
    for (unsigned p = 0; p < players; p++) {
        lua_pushnumber(L, shapley[p]);
        lua_rawseti(L, -2, (lua_Integer)(players - p));
    }
    return 1;
}

static int shapley_table(lua_State *L)
{
    unsigned players = check_players(L, 2, KERNEL_TABLE_PLAYERS);

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argcheck(L, lua_rawlen(L, 1) == ((size_t)1 << players) - 1, 1,
                  "one value per coalition is needed");
    lua_rawgeti(L, 1, 1);
    bool whole = lua_isinteger(L, -1);
    lua_pop(L, 1);
    return whole ? shapley_whole(L, players) : shapley_real(L, players);
}

/* ---- voting_swings(quota, weights, by_size) -------------------------------------------------- */

/* As the plain version does it, so that both round alike. */
static void push_count(lua_State *L, KernelCount count)
{
    uint64_t high = (uint64_t)(count >> 64), low = (uint64_t)count;

    if (high == 0 && low <= INT64_MAX)
        lua_pushinteger(L, (lua_Integer)low);
    else
        lua_pushnumber(L, (double)high * 0x1p64 + (double)low);
}

static void push_counts(lua_State *L, const KernelCount *counts, unsigned count)
{
    lua_createtable(L, (int)count, 0);
    for (unsigned i = 0; i < count; i++) {
        push_count(L, counts[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static int voting_swings(lua_State *L)
{
    uint32_t weights[KERNEL_VOTING_PLAYERS];
    lua_Integer quota = luaL_checkinteger(L, 1);
    bool by_size = lua_toboolean(L, 3);

    luaL_argcheck(L, quota >= 1 && quota <= INT32_MAX, 1, "quota out of range");
    luaL_checktype(L, 2, LUA_TTABLE);
    size_t length = lua_rawlen(L, 2);
    luaL_argcheck(L, length >= 1 && length <= KERNEL_VOTING_PLAYERS, 2,
                  "number of players out of range");
    unsigned players = (unsigned)length;
    for (unsigned p = 0; p < players; p++) {
        lua_rawgeti(L, 2, (lua_Integer)p + 1);
        lua_Integer weight = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : -1;
        luaL_argcheck(L, weight >= 0 && weight <= quota, 2, "weight out of range");
        weights[p] = (uint32_t)weight;
        lua_pop(L, 1);
    }

    unsigned sizes = by_size ? players : 1;
    KernelCount *swings = room_for(L, (size_t)players * sizes, sizeof *swings);
    KernelCount *room = room_for(L, kernel_voting_room(players, (uint32_t)quota, by_size),
                                 sizeof *room);
    kernel_voting_swings(players, (uint32_t)quota, weights, by_size, room, swings);
    if (!by_size) {
        push_counts(L, swings, players);
        return 1;
    }
    lua_createtable(L, (int)players, 0);
    for (unsigned p = 0; p < players; p++) {
        push_counts(L, swings + (size_t)p * sizes, sizes);
        lua_rawseti(L, -2, (lua_Integer)p + 1);
    }
    return 1;
}

/* ---- sample(n, value, permutations, seed) ---------------------------------------------------- */

enum { VALUE = 2, MEMBERS = 5 };    /* places on the stack */

typedef struct {
    lua_State *L;
    double empty;           /* the value of the empty coalition */
} Sampled;

/* What the caller's function gives for the first `count` members. */
static double value_of(lua_State *L, unsigned count)
{
    lua_pushvalue(L, VALUE);
    lua_pushvalue(L, MEMBERS);
    lua_pushinteger(L, (lua_Integer)count);
    lua_call(L, 2, 1);
    if (lua_type(L, -1) != LUA_TNUMBER)
        luaL_error(L, "sample: the value of a coalition is a number, not %s",
                   luaL_typename(L, -1));
    double value = lua_tonumber(L, -1);
    lua_pop(L, 1);
    return value;
}

static bool ask_gains(void *context, const uint32_t *order, unsigned players, double *gains)
{
    Sampled *sampled = context;
    lua_State *L = sampled->L;
    double before = sampled->empty;

    for (unsigned i = 0; i < players; i++) {
        lua_pushinteger(L, (lua_Integer)order[i] + 1);
        lua_rawseti(L, MEMBERS, (lua_Integer)i + 1);
        double after = value_of(L, i + 1);
        gains[i] = after - before;
        before = after;
    }
    for (unsigned i = 0; i < players; i++) {
        lua_pushnil(L);
        lua_rawseti(L, MEMBERS, (lua_Integer)i + 1);
    }
    return true;
}

static void push_list(lua_State *L, const KernelGain *results, unsigned players, size_t offset)
{
    lua_createtable(L, (int)players, 0);
    for (unsigned p = 0; p < players; p++) {
        double value;
        memcpy(&value, (const char *)&results[p] + offset, sizeof value);
        lua_pushnumber(L, value);
        lua_rawseti(L, -2, (lua_Integer)p + 1);
    }
}

static int sample(lua_State *L)
{
    unsigned players = check_players(L, 1, KERNEL_SAMPLE_PLAYERS);
    lua_Integer orders = luaL_checkinteger(L, 3), seed = luaL_checkinteger(L, 4);

    luaL_checktype(L, VALUE, LUA_TFUNCTION);
    luaL_argcheck(L, orders >= 1, 3, "at least one order is needed");
    lua_settop(L, 4);
    lua_createtable(L, (int)players, 0);
    uint32_t *order = room_for(L, players, sizeof *order);
    double *gains = room_for(L, players, sizeof *gains);
    KernelGain *results = room_for(L, players, sizeof *results);
    Sampled sampled = { L, value_of(L, 0) };

    kernel_sample(players, (uint64_t)orders, (uint64_t)seed, ask_gains, &sampled, order, gains,
                  results);
    push_list(L, results, players, offsetof(KernelGain, sum));
    push_list(L, results, players, offsetof(KernelGain, lowest));
    push_list(L, results, players, offsetof(KernelGain, highest));
    return 3;
}

/* ---- sample_size(range, epsilon, delta, k) --------------------------------------------------- */

static int sample_size(lua_State *L)
{
    double range = luaL_checknumber(L, 1), epsilon = luaL_checknumber(L, 2);
    double delta = luaL_checknumber(L, 3), k = luaL_checknumber(L, 4);

    lua_pushnumber(L, kernel_sample_size(range, epsilon, delta, k));
    return 1;
}

int luaopen_alliance_kernels(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "shapley_table", shapley_table },
        { "voting_swings", voting_swings },
        { "sample", sample },
        { "sample_size", sample_size },
        { NULL, NULL },
    };

    luaL_newlib(L, functions);
    return 1;
}
