/* calls.c -- times a rule written in Lua and asked of each partner, against a bare call.
 *
 *     calls FILE               a line per row: what, ns a call, the bare call, the ratio, its limit
 *
 * The bare call is lua_pcall of a function that compares an integer.  Ours is the whole way that
 * a check takes: the rows of the model, a handle, the function, what it reads.  Both run in turns,
 * medians of processor time; the status is 1 if a ratio is above its limit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <lauxlib.h>
#include <lualib.h>

#include "plugins/host/handle.h"

enum { TURNS = 9, BARE_CALLS = 200000 };

typedef struct {
    const char *what, *rule;
    double limit;               /* 0: none, only shown */
} Row;

static const Row rows[] = {
    {"nothing", "return function() end", 0},
    {"one field, a word", "return function(_, p) return p.type == 'company' end", 4},
    {"two fields, a word and what is not written",
     "return function(_, p) return p.type == 'company' and 1 or p.sector == nil end", 4},
    {"the title, a text of its own for each", "return function(_, p) return #p.title < 8 end", 0},
    {"what refers to it, a list", "return function(_, p) return #p.contributions > 9 end", 0},
};

static double nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

static int order(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(double *values)
{
    qsort(values, TURNS, sizeof *values, order);
    return values[TURNS / 2];
}

/* ---- Both sides --------------------------------------------------------------------------- */

typedef struct {
    lua_State *bare, *ours;
    Binding binding;
    size_t partners;
} Case;

/* ns a call: the function is at the top of the state. */
static double call_bare(lua_State *L)
{
    double before = nanoseconds();

    for (lua_Integer i = 0; i < BARE_CALLS; i++) {
        lua_pushvalue(L, -1);
        lua_pushinteger(L, i);
        if (lua_pcall(L, 1, 1, 0) != LUA_OK)
            return 0;
        lua_pop(L, 1);
    }
    return (nanoseconds() - before) / BARE_CALLS;
}

/* The host's functions are at 1, the visitors at the top. */
static double call_ours(const Case *one)
{
    lua_State *L = one->ours;
    double before = nanoseconds();

    lua_getfield(L, 1, "visit");
    lua_pushvalue(L, -2);
    lua_newtable(L);
    lua_call(L, 2, 0);
    return (nanoseconds() - before) / (double)one->partners;
}

static bool time_row(Case *one, const Row *row)
{
    double ours[TURNS], bare[TURNS];

    lua_newtable(one->ours);
    if (luaL_dostring(one->ours, row->rule) != LUA_OK)
        return false;
    lua_setfield(one->ours, -2, "partner");
    for (int turn = -1; turn < TURNS; turn++) {      /* the first one fills the caches */
        double a = call_ours(one), b = call_bare(one->bare);
        if (turn >= 0) {
            ours[turn] = a;
            bare[turn] = b;
        }
    }
    lua_pop(one->ours, 1);
    double mine = median(ours), theirs = median(bare), ratio = mine / theirs;
    printf("a rule that reads %-44s %6.0f ns  bare call %4.0f ns  %5.2f", row->what, mine, theirs,
           ratio);
    if (row->limit > 0)
        printf("  limit %.1f%s", row->limit, ratio > row->limit ? "  ABOVE" : "");
    printf("\n");
    return row->limit == 0 || ratio <= row->limit;
}

/* ---- The model ------------------------------------------------------------------------------ */

static OpenResult open_file(void *context, const char *path, const char *from, OpenedFile *result)
{
    FILE *input = fopen(path, "rb");
    long size = 0;
    char *text = NULL;

    (void)context;
    (void)from;
    if (!input)
        return OPEN_NOT_FOUND;
    if (fseek(input, 0, SEEK_END) == 0 && (size = ftell(input)) > 0
        && (text = malloc((size_t)size))) {
        rewind(input);
        result->length = fread(text, 1, (size_t)size, input);
    }
    fclose(input);
    result->text = text;
    result->path = path;
    return text ? OPEN_OK : OPEN_UNREADABLE;
}

int main(int argc, char **argv)
{
    Env env;
    Case one = {.bare = luaL_newstate(), .ours = luaL_newstate()};
    size_t count;
    bool all_hold = true;

    if (argc != 2 || !one.bare || !one.ours) {
        fprintf(stderr, "usage: calls FILE\n");
        return 2;
    }
    env_init(&env);
    env.open_file = open_file;
    Snapshot *snapshot = snapshot_read(&env, &(Reading){.language = LANG_EN},
                                       (const char *const *)&argv[1], 1);
    if (!snapshot || snapshot_has_errors(snapshot)) {
        fprintf(stderr, "calls: %s cannot be read\n", argv[1]);
        return 2;
    }
    collection_of(snapshot, SIZE_MAX, KIND_PARTNER, &count);
    one.partners = count;
    one.binding = (Binding){.snapshot = snapshot, .alliance = 0, .arena = arena_new(&env)};
    luaL_openlibs(one.ours);
    handle_open(one.ours, &one.binding);
    if (luaL_dostring(one.bare, "return function(i) return i > 0 end") != LUA_OK || count == 0)
        return 2;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        all_hold = time_row(&one, &rows[i]) && all_hold;
    return all_hold ? 0 : 1;
}
