/* chunks.c -- see chunks.h. */
#include "plugins/host/chunks.h"

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "plugins/host/embedded.h"

/* What a file that ships was compiled to: one for each row of embedded_files. */
typedef struct Compiled {
    char *bytes;                /* NULL: not yet */
    size_t length, capacity;
} Compiled;

static Compiled *compiled;      /* of this process; a worker gets what there was at the fork */

static bool find(const char *path, size_t *index)
{
    size_t low = 0, high = embedded_file_count;
    while (low < high) {
        *index = low + (high - low) / 2;
        int order = strcmp(embedded_files[*index].path, path);
        if (order == 0)
            return true;
        if (order < 0)
            low = *index + 1;
        else
            high = *index;
    }
    return false;
}

const char *chunk_source(const char *path, size_t *length)
{
    size_t index;
    if (!find(path, &index))
        return NULL;
    *length = embedded_files[index].length;
    return embedded_files[index].text;
}

/* The environment at -2 becomes the only upvalue of the function at -1. [-2, +1] */
static void set_environment(lua_State *L)
{
    lua_insert(L, -2);                          /* chunk env */
    if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);          /* a chunk that uses no global has no environment */
}

bool chunk_load(lua_State *L, const char *source, size_t length, const char *name)
{
    if (luaL_loadbufferx(L, source, length, name, "t") != LUA_OK) {     /* env error */
        lua_remove(L, -2);
        return false;
    }
    set_environment(L);
    return true;
}

static int keep_piece(lua_State *L, const void *bytes, size_t length, void *context)
{
    Compiled *kept = context;
    (void)L;
    if (kept->length + length > kept->capacity) {
        size_t capacity = 2 * (kept->length + length);
        char *bigger = realloc(kept->bytes, capacity);
        if (!bigger)
            return 1;
        kept->bytes = bigger;
        kept->capacity = capacity;
    }
    memcpy(kept->bytes + kept->length, bytes, length);
    kept->length += length;
    return 0;
}

/* Keeps the function at -1 for other states; without memory, they compile it again. */
static void keep(lua_State *L, size_t index)
{
    Compiled kept = {0};
    if (!compiled)
        compiled = calloc(embedded_file_count, sizeof *compiled);
    if (compiled && lua_dump(L, keep_piece, &kept, 0) == 0)
        compiled[index] = kept;
    else
        free(kept.bytes);
}

/* Pushes the function of a file that ships, without its environment, or the error. [-0, +1] */
static int push_function(lua_State *L, size_t index)
{
    const EmbeddedFile *file = &embedded_files[index];
    if (compiled && compiled[index].bytes)
        return luaL_loadbufferx(L, compiled[index].bytes, compiled[index].length, file->path, "b");
    lua_pushfstring(L, "=%s", file->path);
    int status = luaL_loadbufferx(L, file->text, file->length, lua_tostring(L, -1), "t");
    lua_remove(L, -2);
    if (status == LUA_OK)
        keep(L, index);
    return status;
}

bool chunk_load_shipped(lua_State *L, const char *path)
{
    size_t index;
    if (!find(path, &index)) {
        lua_pop(L, 1);
        return false;
    }
    if (push_function(L, index) != LUA_OK)
        lua_error(L);
    set_environment(L);
    return true;
}

/* ---- Before processes part --------------------------------------------------------------- */

static void compile(lua_State **L, const char *path);

/* Compiles the modules that a text requires by name, and theirs. */
static void compile_required(lua_State **L, const char *text)
{
    static const char word[] = "require", start[] = "alliance.";
    char path[80] = "stdlib/lua/";
    size_t folder = strlen(path);
    while ((text = strstr(text, word))) {
        text += sizeof word - 1;
        text += strspn(text, " (");
        if (*text++ != '"' || strncmp(text, start, sizeof start - 1) != 0)
            continue;
        text += sizeof start - 1;
        size_t length = strcspn(text, "\"\n");
        if (length + folder + sizeof ".lua" > sizeof path)
            continue;
        memcpy(path + folder, text, length);
        memcpy(path + folder + length, ".lua", sizeof ".lua");
        compile(L, path);
    }
}

/* In a state that is made when there is something to compile. */
static void compile(lua_State **L, const char *path)
{
    size_t index;
    if (!find(path, &index) || (compiled && compiled[index].bytes))
        return;
    if (!*L && !(*L = luaL_newstate()))
        return;
    bool is_kept = push_function(*L, index) == LUA_OK && compiled && compiled[index].bytes;
    lua_settop(*L, 0);
    if (is_kept)                /* else it may stand in a circle */
        compile_required(L, embedded_files[index].text);
}

void chunks_prepare(const char *const *texts, size_t count)
{
    static const char *const paths[] = {
        "plugins/host/lua/boot.lua", "plugins/host/lua/manifest.lua",
        "plugins/host/lua/context.lua", "plugins/host/lua/check.lua",
        "plugins/host/lua/document.lua", "plugins/host/lua/options.lua",
    };
    lua_State *L = NULL;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        compile(&L, paths[i]);
    for (size_t i = 0; i < count; i++)
        compile_required(&L, texts[i]);
    if (L)
        lua_close(L);
}
