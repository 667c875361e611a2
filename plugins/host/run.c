/* run.c -- the worker's side: a Lua state with an allow-list, the boot script, and the pipe.
 *
 * Everything that decides (the table's rules, ctx, messages, blocks) is in boot.lua and its
 * neighbours; C gives the few things that Lua cannot do.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lualib.h>

#include "plugins/host/embedded.h"
#include "plugins/host/handle.h"
#include "plugins/host/kernels_lua.h"
#include "plugins/host/worker.h"
#include "plugins/io/json_writer.h"

/* ---- Memory --------------------------------------------------------------------------- */

typedef struct Meter {
    size_t used, highest, limit;
    bool met;                   /* the limit was met */
} Meter;

static void *counted(void *context, void *block, size_t old_size, size_t new_size)
{
    Meter *meter = context;
    size_t old = block ? old_size : 0;
    if (new_size == 0) {
        meter->used -= old;
        free(block);
        return NULL;
    }
    if (new_size > old && meter->used + (new_size - old) > meter->limit) {
        meter->met = true;
        return NULL;
    }
    void *bigger = realloc(block, new_size);
    if (bigger) {
        meter->used += new_size - old;
        if (meter->used > meter->highest)
            meter->highest = meter->used;
    }
    return bigger;
}

/* ---- The pipe -------------------------------------------------------------------------- */

typedef struct Run {
    const Job *job;
    size_t task;
    int descriptor;
    Binding binding;
    Diags diags;
    Meter meter;
    size_t sent;
    char *bytes;                /* of a record being made */
    size_t length, capacity;
} Run;

static void write_all(Run *run, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(run->descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            _exit(98);          /* the program is gone */
        bytes += written;
        length -= (size_t)written;
        run->sent += (size_t)written;
    }
}

static void flush_record(Run *run)
{
    write_all(run, run->bytes, run->length);
    run->length = 0;
}

static Run *run_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

/* send(table): one record to the program. */
static int host_send(lua_State *L)
{
    Run *run = run_of(L);
    const char *problem;
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!record_write(L, 1, &run->bytes, &run->length, &run->capacity, &problem))
        return luaL_error(L, "%s", problem);
    if (run->length >= 1 << 16)
        flush_record(run);
    if (run->sent > WORKER_OUTPUT && strcmp(run->job->mode, "check") == 0)
        return luaL_error(L, "too many findings");
    return 0;
}

/* A piece of a document, as its own record: {type = "write", bytes = ...}. */
static void send_bytes(Run *run, const char *bytes, size_t length)
{
    static const char head[] = {RECORD_TABLE, 2, 0, 0, 0, RECORD_STRING, 4, 0, 0, 0, 't', 'y',
                                'p', 'e', RECORD_STRING, 5, 0, 0, 0, 'w', 'r', 'i', 't', 'e',
                                RECORD_STRING, 5, 0, 0, 0, 'b', 'y', 't', 'e', 's',
                                RECORD_STRING};
    uint32_t size = (uint32_t)length, total = (uint32_t)(sizeof head + sizeof size + length);
    flush_record(run);
    write_all(run, (const char *)&total, sizeof total);
    write_all(run, head, sizeof head);
    write_all(run, (const char *)&size, sizeof size);
    write_all(run, bytes, length);
}

/* write(text) */
static int host_write(lua_State *L)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    if (length > RECORD_BYTES / 2)
        return luaL_error(L, "this piece of the document is too large");
    send_bytes(run_of(L), bytes, length);
    return 0;
}

static bool model_piece(void *context, const char *bytes, size_t length)
{
    send_bytes(context, bytes, length);
    return true;
}

static bool model_begin(void *context, const char *name)
{
    (void)context;
    (void)name;
    return true;
}

/* model(): the whole model as JSON (Annex B), written by the host itself. */
static int host_model(lua_State *L)
{
    Run *run = run_of(L);
    Output output = {run, model_begin, model_piece};
    if (!host_model_json(run->job->snapshot, &output))
        return luaL_error(L, "the model could not be written");
    return 0;
}

/* alliance(index): from now on the model is that alliance (from 1), or all of them (0). */
static int host_choose(lua_State *L)
{
    Run *run = run_of(L);
    lua_Integer index = luaL_checkinteger(L, 1);
    size_t count = snapshot_alliance_count(run->job->snapshot);
    if (index < 0 || (size_t)index > count)
        return luaL_error(L, "there is no such alliance");
    run->binding.alliance = index == 0 ? SIZE_MAX : (size_t)index - 1;
    return 0;
}

/* ---- Modules ----------------------------------------------------------------------------- */

const char *lua_source(const char *folder, const char *path, size_t *length, bool *owned)
{
    (void)folder;
    *owned = false;
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].path, path) == 0) {
            *length = embedded_files[i].length;
            return embedded_files[i].text;
        }
    return NULL;
}

/* Text chunks only, with the environment table at the top as its only upvalue. [-1, +1] */
static bool load_chunk(lua_State *L, const char *source, size_t length, const char *name)
{
    if (luaL_loadbufferx(L, source, length, name, "t") != LUA_OK) {     /* env error */
        lua_remove(L, -2);
        return false;
    }
    lua_insert(L, -2);                                                  /* chunk env */
    if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);          /* a chunk that uses no global has no environment */
    return true;
}

/* module(path, env): the chunk of an embedded file in an environment, or nil. */
static int host_module(lua_State *L)
{
    Run *run = run_of(L);
    const char *path = luaL_checkstring(L, 1);
    size_t length;
    bool owned;
    luaL_checktype(L, 2, LUA_TTABLE);
    const char *source = lua_source(run->job->folder, path, &length, &owned);
    if (!source) {
        lua_pushnil(L);
        return 1;
    }
    lua_settop(L, 2);
    lua_pushfstring(L, "=%s", path);
    lua_insert(L, 2);                           /* path name env */
    if (!load_chunk(L, source, length, lua_tostring(L, 2)))
        return lua_error(L);
    return 1;
}

/* plugin(env): the chunk of the plugin that runs; an error when it cannot be read. */
static int host_plugin_chunk(lua_State *L)
{
    Run *run = run_of(L);
    const Task *task = &run->job->tasks[run->task];
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushfstring(L, "=%s", task->chunk);
    lua_insert(L, 1);
    if (!load_chunk(L, task->source, task->length, lua_tostring(L, 1)))
        return lua_error(L);
    return 1;
}

/* ---- What a plugin may reach ---------------------------------------------------------------- */

/* Removes what reaches outside or gives addresses; boot.lua wraps the rest. */
static void close_libraries(lua_State *L)
{
    static const char *const globals[] = {"dofile", "load", "loadfile", "collectgarbage",
                                          "print", "warn"};
    for (size_t i = 0; i < sizeof globals / sizeof globals[0]; i++) {
        lua_pushnil(L);
        lua_setglobal(L, globals[i]);
    }
    lua_getglobal(L, "string");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);
    lua_getglobal(L, "math");
    lua_pushnil(L);
    lua_setfield(L, -2, "randomseed");
    lua_pop(L, 1);
}

static void open_libraries(lua_State *L)
{
    static const luaL_Reg libraries[] = {
        {LUA_GNAME, luaopen_base},         {LUA_TABLIBNAME, luaopen_table},
        {LUA_STRLIBNAME, luaopen_string},  {LUA_MATHLIBNAME, luaopen_math},
        {LUA_UTF8LIBNAME, luaopen_utf8},   {LUA_COLIBNAME, luaopen_coroutine},
        {NULL, NULL},
    };
    for (const luaL_Reg *library = libraries; library->name; library++) {
        luaL_requiref(L, library->name, library->func, 1);
        lua_pop(L, 1);
    }
    /* Numbers that look random are the same in every run. */
    lua_getglobal(L, "math");
    lua_getfield(L, -1, "randomseed");
    lua_pushinteger(L, 20240630);
    lua_call(L, 1, 0);
    lua_pop(L, 1);
    close_libraries(L);
}

/* The settings of a document or a check, as the boot script takes them. */
static void push_job(lua_State *L, Run *run)
{
    const Job *job = run->job;
    const Snapshot *snapshot = job->snapshot;
    const PluginInfo *plugin = job->tasks[run->task].plugin;
    const Words *words = snapshot_words(snapshot);
    char today[DATE_TEXT];
    static const char *const media[] = {"terminal", "plain", "html", "markdown", "svg", "json"};
    lua_newtable(L);
    lua_pushstring(L, job->mode);
    lua_setfield(L, -2, "mode");
    lua_pushstring(L, words_language_code(words, job->language));
    lua_setfield(L, -2, "lang");
    lua_pushlstring(L, today,
                    date_write((Date){snapshot_env(snapshot)->today, DATE_DAY}, today));
    lua_setfield(L, -2, "today");
    lua_pushinteger(L, (lua_Integer)snapshot_alliance_count(snapshot));
    lua_setfield(L, -2, "alliances");
    lua_pushstring(L, plugin->id ? plugin->id : "");
    lua_setfield(L, -2, "id");
    lua_pushstring(L, lang_version());
    lua_setfield(L, -2, "version");
    lua_newtable(L);
    for (LangId language = 0; language < words_language_count(words); language++) {
        lua_pushstring(L, words_language_code(words, language));
        lua_rawseti(L, -2, language + 1);
    }
    lua_setfield(L, -2, "languages");
    lua_newtable(L);
    for (size_t i = 0; i < snapshot_file_count(snapshot); i++) {
        lua_pushstring(L, snapshot_source(snapshot, i)->path);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "files");
    const DocumentChoice *document = job->document;
    if (!document)
        return;
    lua_pushstring(L, media[document->medium]);
    lua_setfield(L, -2, "medium");
    lua_pushinteger(L, document->width);
    lua_setfield(L, -2, "width");
    lua_pushboolean(L, document->colour);
    lua_setfield(L, -2, "colour");
    lua_pushinteger(L, (lua_Integer)document->left_out);
    lua_setfield(L, -2, "left_out");
    lua_pushstring(L, document->file_hash ? document->file_hash : "");
    lua_setfield(L, -2, "hash");
    lua_newtable(L);
    for (size_t i = 0; i < document->setting_count; i++) {
        lua_pushstring(L, document->settings[i].value);
        lua_setfield(L, -2, document->settings[i].name);
    }
    lua_setfield(L, -2, "settings");
}

static void open_host(lua_State *L, Run *run)
{
    static const luaL_Reg functions[] = {
        {"send", host_send}, {"write", host_write}, {"model_json", host_model},
        {"choose", host_choose}, {"module", host_module}, {"plugin", host_plugin_chunk},
        {NULL, NULL},
    };
    handle_open(L, &run->binding);
    for (const luaL_Reg *function = functions; function->name; function++) {
        lua_pushlightuserdata(L, run);
        lua_pushcclosure(L, function->func, 1);
        lua_setfield(L, -2, function->name);
    }
    lua_pushcfunction(L, luaopen_alliance_kernels);
    lua_setfield(L, -2, "kernels");
}

/* ---- One task ------------------------------------------------------------------------------- */

/* An error value of any kind as a text, cut: it may be huge, or lie. */
static int describe(lua_State *L)
{
    size_t length;
    const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : NULL;
    if (!text)
        lua_pushfstring(L, "an error that is no text but a %s", luaL_typename(L, 1));
    else
        lua_pushlstring(L, text, length > 4096 ? 4096 : length);
    return 1;
}

static int boot(lua_State *L)
{
    Run *run = lua_touserdata(L, 1);
    size_t length;
    bool owned;
    open_libraries(L);
    const char *source =
        lua_source(run->job->folder, "plugins/host/lua/boot.lua", &length, &owned);
    if (!source)
        return luaL_error(L, "the boot script is missing");
    lua_pushglobaltable(L);
    if (!load_chunk(L, source, length, "=boot.lua"))
        return lua_error(L);
    open_host(L, run);
    push_job(L, run);
    lua_call(L, 2, 0);
    return 0;
}

static void send_end(Run *run, const char *outcome, const char *reason)
{
    /* The state may be broken: the record is made in a small new one. */
    lua_State *L = luaL_newstate();
    const char *problem;
    if (!L)
        _exit(97);
    lua_newtable(L);
    lua_pushstring(L, "end");
    lua_setfield(L, -2, "type");
    lua_pushstring(L, outcome);
    lua_setfield(L, -2, "outcome");
    lua_pushinteger(L, (lua_Integer)run->meter.highest);
    lua_setfield(L, -2, "memory");
    if (reason) {
        lua_pushstring(L, reason);
        lua_setfield(L, -2, "reason");
    }
    if (!record_write(L, -1, &run->bytes, &run->length, &run->capacity, &problem))
        _exit(97);
    lua_close(L);
    flush_record(run);
}

/* "load-error: …" and the like come from boot.lua; any other error is the plugin's. */
static void send_failure(Run *run, const char *text)
{
    static const char *const outcomes[] = {"load-error", "skipped", "output"};
    if (run->meter.met && strstr(text, "not enough memory")) {
        send_end(run, "memory", NULL);
        return;
    }
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        size_t length = strlen(outcomes[i]);
        if (strncmp(text, outcomes[i], length) == 0 && text[length] == ':') {
            send_end(run, outcomes[i], text + length + 1 + (text[length + 1] == ' '));
            return;
        }
    }
    send_end(run, strstr(text, "too many findings") ? "output" : "plugin-error", text);
}

static int protected_describe(lua_State *L, char *text, size_t size)
{
    lua_pushcfunction(L, describe);
    lua_insert(L, -2);
    if (lua_pcall(L, 1, 1, 0) != LUA_OK || !lua_isstring(L, -1)) {
        memcpy(text, "not enough memory", 18);
        return 0;
    }
    size_t length;
    const char *described = lua_tolstring(L, -1, &length);
    if (length >= size)
        length = size - 1;
    memcpy(text, described, length);
    text[length] = '\0';
    return 0;
}

void task_run(const Job *job, size_t task, int descriptor)
{
    char text[4200];
    Run run = {.job = job, .task = task, .descriptor = descriptor,
               .meter = {.limit = WORKER_MEMORY}};
    run.binding = (Binding){.snapshot = job->snapshot, .arena = arena_new(snapshot_env(job->snapshot)),
                            .alliance = SIZE_MAX, .language = job->language,
                            .diags = &run.diags};
    lua_State *L = run.binding.arena ? lua_newstate(counted, &run.meter) : NULL;
    if (!L) {
        send_end(&run, "memory", NULL);
        return;
    }
    diags_init(&run.diags, run.binding.arena);
    jmp_buf boundary;
    if (setjmp(boundary)) {
        /* The arena of the values ran out: the state is left as it is, the worker goes on. */
        send_end(&run, "memory", NULL);
        return;
    }
    arena_guard(run.binding.arena, &boundary);
    lua_pushcfunction(L, boot);
    lua_pushlightuserdata(L, &run);
    if (lua_pcall(L, 1, 0, 0) == LUA_OK) {
        send_end(&run, "ok", NULL);
    } else {
        protected_describe(L, text, sizeof text);
        send_failure(&run, text);
    }
    lua_close(L);
    arena_free(run.binding.arena);
    free(run.bytes);
}
