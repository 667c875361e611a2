/* run.c -- the worker's side: a Lua state with an allow-list, the boot script, and the pipe.
 *
 * Everything that decides (the table's rules, ctx, messages, blocks) is in boot.lua and its
 * neighbours; C gives the few things that Lua cannot do.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lualib.h>

#include "plugins/host/chunks.h"
#include "plugins/host/handle.h"
#include "plugins/host/kernels_lua.h"
#include "plugins/host/order.h"
#include "plugins/host/pool.h"
#include "plugins/host/sandbox.h"
#include "plugins/host/value_json.h"
#include "plugins/host/worker.h"

enum { PIECE_BYTES = 1 << 18 };     /* of a document, in one record */

static const char too_many[] = "too many findings";

/* ---- The pipe -------------------------------------------------------------------------- */

typedef struct Run {
    const Job *job;
    size_t task;
    int descriptor;
    Binding binding;
    Pool pool;
    size_t sent;
    char *bytes;                /* of a record being made */
    size_t length, capacity;
    char *piece;                /* of a document, gathered; or NULL */
    size_t piece_length;
    bool has_model;             /* the model was asked for */
    bool is_silent;             /* what ended it needs no words */
    bool is_over;               /* finalizers may still run, and say nothing any more */
    double deadline;            /* in this process: seconds of processor time; 0: none */
    const char *ending;         /* the outcome of an error that is not the plugin's, or NULL */
    char place[LUA_IDSIZE + 16];    /* "check.lua:12": where it failed or was stopped, or "" */
} Run;

static void write_all(Run *run, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(run->descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            _exit(WORKER_GONE);
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

static void refuse_late(lua_State *L, const Run *run)
{
    if (run->is_over)
        luaL_error(L, "the run is over");
}

/* What was gathered of a document, as one record: {type = "write", bytes = ...}. */
static void flush_piece(Run *run)
{
    static const char head[] = {RECORD_TABLE, 2, 0, 0, 0, RECORD_STRING, 4, 0, 0, 0, 't', 'y',
                                'p', 'e', RECORD_STRING, 5, 0, 0, 0, 'w', 'r', 'i', 't', 'e',
                                RECORD_STRING, 5, 0, 0, 0, 'b', 'y', 't', 'e', 's',
                                RECORD_STRING};
    uint32_t size = (uint32_t)run->piece_length;
    uint32_t total = (uint32_t)(sizeof head + sizeof size) + size;
    if (size == 0)
        return;
    flush_record(run);
    write_all(run, (const char *)&total, sizeof total);
    write_all(run, head, sizeof head);
    write_all(run, (const char *)&size, sizeof size);
    write_all(run, run->piece, size);
    run->piece_length = 0;
}

/* send(table): one record to the program. */
static int host_send(lua_State *L)
{
    Run *run = run_of(L);
    const char *problem;
    luaL_checktype(L, 1, LUA_TTABLE);
    refuse_late(L, run);
    flush_piece(run);
    if (!record_write(L, 1, &run->bytes, &run->length, &run->capacity, &problem))
        return luaL_error(L, "%s", problem);
    if (run->length >= 1 << 16)
        flush_record(run);
    if (run->sent > WORKER_OUTPUT && strcmp(run->job->mode, "check") == 0)
        return luaL_error(L, "%s", too_many);
    return 0;
}

/* write(text) */
static int host_write(lua_State *L)
{
    Run *run = run_of(L);
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    refuse_late(L, run);
    if (!run->piece && !(run->piece = malloc(PIECE_BYTES)))
        return luaL_error(L, "not enough memory");
    while (length > 0) {
        size_t room = PIECE_BYTES - run->piece_length, now = length < room ? length : room;
        memcpy(run->piece + run->piece_length, bytes, now);
        run->piece_length += now;
        bytes += now;
        length -= now;
        if (run->piece_length == PIECE_BYTES)
            flush_piece(run);
    }
    return 0;
}

/* model(): the whole model as JSON stands here; the program has it, and writes it itself. */
static int host_model(lua_State *L)
{
    static const RecordField fields[] = {{"type", "model", 0}};
    char bytes[128];
    Run *run = run_of(L);
    refuse_late(L, run);
    if (run->has_model)
        return luaL_error(L, "a document has the model once");
    run->has_model = true;
    flush_piece(run);
    flush_record(run);
    write_all(run, bytes, record_write_fields(fields, 1, bytes, sizeof bytes));
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

/* Loads a text of the plugin under a name, whose end is kept where it is long; the environment
 * is at `env`. [-0, +1] */
static int push_chunk(lua_State *L, const char *source, size_t length, const char *name, int env)
{
    luaL_checktype(L, env, LUA_TTABLE);
    lua_pushfstring(L, "@%s", name);
    const char *shown = lua_tostring(L, -1);
    lua_pushvalue(L, env);
    if (!chunk_load(L, source, length, shown))
        return lua_error(L);
    return 1;
}

/* module(path, env): the chunk of an embedded file in an environment, or nil. */
static int host_module(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_pushvalue(L, 2);
    if (!chunk_load_shipped(L, path))
        lua_pushnil(L);
    return 1;
}

/* library(name, env): the chunk of a file in the plugin's own lib/, or nil. */
static int host_library(lua_State *L)
{
    Run *run = run_of(L);
    const Task *task = &run->job->tasks[run->task];
    const char *name = luaL_checkstring(L, 1);
    for (size_t i = 0; i < task->lib_count; i++)
        if (strcmp(task->libs[i].name, name) == 0) {
            lua_pushfstring(L, strncmp(name, "spec/", 5) == 0 ? "%s.lua" : "lib/%s.lua", name);
            return push_chunk(L, task->libs[i].text, task->libs[i].length, lua_tostring(L, -1), 2);
        }
    lua_pushnil(L);
    return 1;
}

/* plugin(env): the chunk of the plugin that runs; an error when it cannot be read. */
static int host_plugin_chunk(lua_State *L)
{
    Run *run = run_of(L);
    const Task *task = &run->job->tasks[run->task];
    return push_chunk(L, task->source, task->length, task->chunk, 1);
}

/* fail(outcome, text): an error that is an outcome of its own. */
static int host_fail(lua_State *L)
{
    static const char *const outcomes[] = {"load-error", "skipped", "wrong-setting", NULL};
    Run *run = run_of(L);
    run->ending = outcomes[luaL_checkoption(L, 1, NULL, outcomes)];
    luaL_checkstring(L, 2);
    lua_settop(L, 2);
    return lua_error(L);
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

/* A text field of the table at -1; none for NULL. */
static void set_text(lua_State *L, const char *name, const char *text)
{
    if (!text)
        return;
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

static void set_texts(lua_State *L, const char *name, const char *const *texts, size_t count)
{
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, texts[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, name);
}

/* What the checks found, for a view that wants it. */
static void push_findings(lua_State *L, const DocumentChoice *document)
{
    lua_newtable(L);
    for (size_t i = 0; i < document->finding_count; i++) {
        const DocumentFinding *finding = &document->findings[i];
        lua_newtable(L);
        set_text(L, "check", finding->check);
        set_text(L, "category", finding->category);
        set_text(L, "code", finding->code);
        set_text(L, "text", finding->text);
        set_text(L, "why", finding->why);
        set_text(L, "severity", finding->severity);
        set_text(L, "sort", finding->sort);
        set_text(L, "property", finding->property);
        set_texts(L, "next", finding->next, finding->next_count);
        set_texts(L, "objects", finding->objects, finding->object_count);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* The names of the files of spec/, for `plugin test`. [-0, +1] */
static void push_specs(lua_State *L, const Task *task)
{
    lua_Integer count = 0;
    lua_newtable(L);
    for (size_t i = 0; i < task->lib_count; i++)
        if (strncmp(task->libs[i].name, "spec/", 5) == 0) {
            lua_pushstring(L, task->libs[i].name);
            lua_rawseti(L, -2, ++count);
        }
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
    push_specs(L, &job->tasks[run->task]);
    lua_setfield(L, -2, "specs");
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
    lua_pushinteger(L, (lua_Integer)document->confidential);
    lua_setfield(L, -2, "confidential");
    lua_pushstring(L, document->file_hash ? document->file_hash : "");
    lua_setfield(L, -2, "hash");
    push_findings(L, document);
    lua_setfield(L, -2, "findings");
    lua_pushinteger(L, (lua_Integer)document->not_checked);
    lua_setfield(L, -2, "not_checked");
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
        {"choose", host_choose}, {"module", host_module}, {"library", host_library},
        {"plugin", host_plugin_chunk}, {"fail", host_fail}, {"sort", host_sort},
        {"keys", host_keys}, {"pairs", host_pairs}, {NULL, NULL},
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

/* Notes the innermost line of the plugin's own files that runs now.  Their names begin with `@`,
 * those of the modules that ship with `=`. */
static void note_place(Run *run, lua_State *L)
{
    lua_Debug frame;
    run->place[0] = '\0';
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.source[0] == '@' && frame.currentline > 0) {
            snprintf(run->place, sizeof run->place, "%s:%d", frame.short_src, frame.currentline);
            return;
        }
    }
}

/* An error begins with the plugin's own place: "check.lua:12: ...".  What went wrong in a module
 * that ships was asked there, and the place in the module comes last. */
static void put_place(const Run *run, char *text, size_t size)
{
    static const char *const shipped[] = {"stdlib/", "plugins/host/"};
    char whole[REASON_BYTES];
    const char *line = strrchr(run->place, ':');
    if (!line || strncmp(text, run->place, (size_t)(line + 1 - run->place)) == 0)
        return;
    size_t inner = 0, first = strcspn(text, "\n");      /* a trace may follow */
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++)
        if (strncmp(text, shipped[i], strlen(shipped[i])) == 0)
            inner = strcspn(text, " \n");
    bool is_inside = inner > 0 && text[inner] == ' ' && text[inner - 1] == ':';
    int length = is_inside ? snprintf(whole, sizeof whole, "%s: %.*s, in %.*s%s", run->place,
                                      (int)(first - inner - 1), text + inner + 1, (int)inner - 1,
                                      text, text + first)
                           : snprintf(whole, sizeof whole, "%s: %s", run->place, text);
    if (length > 0 && (size_t)length < sizeof whole && (size_t)length < size)
        memcpy(text, whole, (size_t)length + 1);
}

/* An error value of any kind as a text, cut: it may be huge, or lie. */
static int describe(lua_State *L)
{
    size_t length;
    const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : NULL;
    if (!text)
        lua_pushfstring(L, "an error that is no text but a %s", luaL_typename(L, 1));
    else if (length <= REASON_BYTES / 2)
        lua_pushlstring(L, text, length);
    else {      /* the beginning says where, the end says what */
        lua_pushlstring(L, text, REASON_BYTES / 4);
        lua_pushliteral(L, " ... ");
        lua_pushlstring(L, text + length - REASON_BYTES / 4, REASON_BYTES / 4);
        lua_concat(L, 3);
    }
    return 1;
}

static int boot(lua_State *L)
{
    Run *run = lua_touserdata(L, 1);
    open_libraries(L);
    lua_pushglobaltable(L);
    if (!chunk_load_shipped(L, "plugins/host/lua/boot.lua"))
        return luaL_error(L, "the boot script is missing");
    open_host(L, run);
    push_job(L, run);
    lua_call(L, 2, 0);
    return 0;
}

/* The last record of a task, made without Lua: the state may be out of memory. */
static void send_end(Run *run, const char *outcome, const char *reason)
{
    char bytes[REASON_BYTES + 256];
    RecordField fields[] = {
        {"type", "end", 0}, {"outcome", outcome, 0},
        {"memory", NULL, (int64_t)run->pool.highest}, {"reason", reason, 0},
    };
    size_t length = record_write_fields(fields, reason ? 4 : 3, bytes, sizeof bytes);
    flush_piece(run);
    flush_record(run);
    write_all(run, bytes, length);
}

/* It was stopped; when its time was over, where it was then. */
static void send_stopped(Run *run)
{
    char reason[sizeof run->place + 64];
    bool has_place = strcmp(run->ending, "time") == 0 && run->place[0];
    snprintf(reason, sizeof reason, "%s: it was here when its time was over", run->place);
    send_end(run, run->ending, has_place ? reason : NULL);
}

/* An error is the plugin's, unless the boot script or a limit ended the run. */
static void send_failure(Run *run, const char *text)
{
    if (run->pool.met && strstr(text, "not enough memory"))
        send_end(run, "memory", NULL);
    else if (run->ending && run->is_silent)
        send_stopped(run);
    else if (run->ending)
        send_end(run, run->ending, text);
    else if (run->sent > WORKER_OUTPUT && strstr(text, too_many))
        send_end(run, "output", NULL);
    else
        send_end(run, "plugin-error", text);
}

/* What the error at -1 says, cut. */
static void copy_error(lua_State *L, char *text, size_t size)
{
    static const char memory[] = "not enough memory";
    const char *described = memory;
    size_t length = sizeof memory - 1;
    lua_pushcfunction(L, describe);
    lua_insert(L, -2);
    if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_type(L, -1) == LUA_TSTRING)
        described = lua_tolstring(L, -1, &length);
    if (length >= size)
        length = size - 1;
    for (size_t i = 0; i < length; i++)
        text[i] = described[i] ? described[i] : '?';
    text[length] = '\0';
}

/* Behind what went wrong, who called whom, the innermost first: of functions written in Lua, ours
 * that merely pass a call on left out.  Only where it is asked for: an author reads it. */
static int with_trace(lua_State *L)
{
    enum { FRAMES_MOST = 30, LINE_BYTES = 200 };
    static const char ours[] = "plugins/host/lua/";
    lua_Debug frame;
    lua_pushcfunction(L, describe);
    lua_insert(L, 1);
    lua_settop(L, 2);
    lua_call(L, 1, 1);
    luaL_checkstack(L, FRAMES_MOST + 1, "for a trace");
    int shown = 0;
    for (int level = 1; shown < FRAMES_MOST && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sln", &frame);
        if (frame.currentline < 0 || strncmp(frame.short_src, ours, sizeof ours - 1) == 0)
            continue;
        char line[LINE_BYTES];
        if (frame.name)
            snprintf(line, sizeof line, "\n  %s:%d: %s", frame.short_src, frame.currentline,
                     frame.name);
        else
            snprintf(line, sizeof line, "\n  %s:%d", frame.short_src, frame.currentline);
        lua_pushstring(L, line);
        shown++;
    }
    lua_concat(L, shown + 1);
    return 1;
}

/* While the stack still stands: where an error went through the plugin. */
static int note_error(lua_State *L)
{
    Run *run = lua_touserdata(L, lua_upvalueindex(1));
    note_place(run, L);
    return run->job->traces ? with_trace(L) : 1;
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Without a worker of its own, Lua itself looks at the clock; new coroutines inherit this. */
static void look_at_clock(lua_State *L, lua_Debug *where)
{
    void *allocator_data;
    (void)where;
    lua_getallocf(L, &allocator_data);
    Run *run = (Run *)((char *)allocator_data - offsetof(Run, pool));
    const Env *env = snapshot_env(run->job->snapshot);
    if (env->cancel && *env->cancel)
        run->ending = "cancelled";
    else if (processor_seconds() > run->deadline)
        run->ending = "time";
    else
        return;
    run->is_silent = true;
    note_place(run, L);
    luaL_error(L, "it was stopped");
}

/* ---- When a worker's time is over ------------------------------------------------------------ */

static const double last_words = 0.25;      /* seconds of processor time to say where it was */
static Run *timed;              /* of this worker, or NULL; for the signal */
static lua_State *timed_state;

static void on_signal(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* Between two instructions of Lua: says where, and goes; nothing that the plugin wrote runs
 * again. */
static void tell_and_leave(lua_State *L, lua_Debug *where)
{
    (void)where;
    timed->ending = "time";
    note_place(timed, L);
    send_stopped(timed);
    _exit(WORKER_SPENT);
}

/* Code in C that goes on, or another coroutine, is killed by the second signal, without a word. */
static void time_is_over(int number)
{
    on_signal(number, SIG_DFL);
    sandbox_deadline(last_words);
    if (timed_state)
        lua_sethook(timed_state, tell_and_leave,
                    LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void watch_time(Run *run, lua_State *L)
{
    timed = run;
    timed_state = L;
    on_signal(SIGPROF, L ? time_is_over : SIG_DFL);
}

/* Runs the boot script; false: `text` says what went wrong. */
static bool run_state(Run *run, lua_State *L, char *text, size_t size)
{
    if (!run->job->isolate) {
        run->deadline = processor_seconds() + run->job->seconds;
        lua_sethook(L, look_at_clock, LUA_MASKCOUNT, 100000);
    }
    lua_pushlightuserdata(L, run);
    lua_pushcclosure(L, note_error, 1);
    lua_pushcfunction(L, boot);
    lua_pushlightuserdata(L, run);
    if (lua_pcall(L, 1, 0, -3) == LUA_OK)
        return true;
    copy_error(L, text, size);
    if (!run->ending)
        put_place(run, text, size);
    return false;
}

/* Where the arena of the values goes when memory runs out: false, and the state is lost. */
static bool run_guarded(Run *run, lua_State *L, bool *failed, char *text, size_t size)
{
    jmp_buf boundary;
    Arena *shared = snapshot_arena(run->job->snapshot);
    if (setjmp(boundary)) {
        watch_time(NULL, NULL);
        return false;
    }
    run->binding.boundary = &boundary;
    arena_guard(run->binding.arena, &boundary);
    if (run->job->isolate)
        arena_guard(shared, &boundary);     /* our own copy: the process is */
    if (run->job->isolate)
        watch_time(run, L);
    *failed = !run_state(run, L, text, size);
    if (run->job->isolate)
        watch_time(NULL, NULL);
    run->is_over = true;
    lua_close(L);       /* finalizers run before the end is told: they are the plugin's, too */
    if (run->job->isolate)
        arena_guard(shared, NULL);
    arena_guard(run->binding.arena, NULL);
    return true;
}

bool task_run(const Job *job, size_t task, int descriptor)
{
    char text[REASON_BYTES] = "";
    Run run = {.job = job, .task = task, .descriptor = descriptor,
               .pool = {.limit = WORKER_MEMORY}};
    run.binding = (Binding){.snapshot = job->snapshot, .conf = job->conf, .alliance = SIZE_MAX,
                            .arena = arena_new(snapshot_env(job->snapshot)),
                            .language = job->language};
    lua_State *L = run.binding.arena ? lua_newstate(pool_allocate, &run.pool) : NULL;
    bool is_whole = L != NULL, failed = false;
    if (L)                      /* a run is short: collect late; the limit holds all the same */
        lua_gc(L, LUA_GCINC, 400, 400, 0);
    if (L)
        is_whole = run_guarded(&run, L, &failed, text, sizeof text);
    if (!is_whole)
        send_end(&run, "memory", NULL);
    else if (failed)
        send_failure(&run, text);
    else
        send_end(&run, "ok", NULL);
    if (is_whole)
        arena_free(run.binding.arena);
    pool_clear(&run.pool);
    free(run.bytes);
    free(run.piece);
    return is_whole;
}
