/* program.c -- see program.h. */
#include "repl/program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/layout.h"

Status status_join(Status a, Status b)
{
    static const Status order[] = {STATUS_INTERRUPTED, STATUS_INTERNAL, STATUS_USAGE,
                                   STATUS_FILE, STATUS_PLUGIN, STATUS_FINDINGS, STATUS_FINE};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return a;
}

/* ---- What the program says --------------------------------------------------------- */

Arena *scratch_new(Program *program)
{
    Arena *arena = arena_new(&program->env);
    if (!arena) {
        static const char sentence[] = "alliance: out of memory\n";
        if (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0)
            exit(STATUS_INTERNAL);
        exit(STATUS_INTERNAL);
    }
    return arena;
}

size_t program_limit(const Program *program)
{
    return layout_limit(program->is_terminal ? program->width : 0);
}

enum { SAY_ARGUMENTS = 8 };

static uint32_t take_pairs(DiagArg args[SAY_ARGUMENTS], uint32_t count, va_list pairs)
{
    const char *name;
    while (count < SAY_ARGUMENTS && (name = va_arg(pairs, const char *)))
        args[count++] = (DiagArg){.name = name, .kind = ARG_TEXT,
                                  .text = va_arg(pairs, const char *)};
    return count;
}

static void say_args(Program *program, Out *out, MessageId message, const DiagArg *args,
                     uint32_t count)
{
    Arena *arena = scratch_new(program);
    const char *text = report_text(arena, program->words, program->language, message, args,
                                   count);
    out_lines(out, text, strlen(text));
    arena_free(arena);
}

void say(Program *program, Out *out, MessageId message, ...)
{
    DiagArg args[SAY_ARGUMENTS];
    va_list pairs;
    va_start(pairs, message);
    uint32_t count = take_pairs(args, 0, pairs);
    va_end(pairs);
    say_args(program, out, message, args, count);
}

void say_line(Program *program, Out *out, MessageId message, ...)
{
    DiagArg args[SAY_ARGUMENTS];
    va_list pairs;
    va_start(pairs, message);
    uint32_t count = take_pairs(args, 0, pairs);
    va_end(pairs);
    Arena *arena = scratch_new(program);
    layout_lines(out, report_text(arena, program->words, program->language, message, args, count),
                 0, program_limit(program));
    arena_free(arena);
}

void say_count(Program *program, Out *out, MessageId message, int64_t number, ...)
{
    DiagArg args[SAY_ARGUMENTS] = {{.name = "count", .kind = ARG_NUMBER, .number = number}};
    va_list pairs;
    va_start(pairs, number);
    uint32_t count = take_pairs(args, 1, pairs);
    va_end(pairs);
    say_args(program, out, message, args, count);
}

void say_paragraphs(Program *program, const char *text)
{
    layout_lines(&program->out, text, 0, program_limit(program));
}

const char *program_text(Program *program, Arena *arena, MessageId message)
{
    return report_text(arena, program->words, program->language, message, NULL, 0);
}

static bool has_format(const Program *program, const char *wanted)
{
    const char *format = option_value(&program->options, OPT_FORMAT);
    return format && strcmp(format, wanted) == 0;
}

static bool out_json(void *context, const char *bytes, size_t length)
{
    Out *out = context;
    out_raw(out, bytes, length);
    return !out->failed;
}

static bool keep_failure(Program *program, const char *code, const char *text)
{
    ReportFailure *failure = calloc(1, sizeof *failure);
    if (!failure || !(failure->text = strdup(text))) {
        free(failure);
        return false;
    }
    failure->code = code;
    if (program->last_failure)
        program->last_failure->next = failure;
    else
        program->failures = failure;
    program->last_failure = failure;
    return true;
}

static void say_sentence(Program *program, const char *text)
{
    size_t limit = program_limit(program);
    out_print(&program->err, "alliance: ");
    layout_text(&program->err, text, sizeof "alliance: " - 1, 0, limit);
    out_print(&program->err, "\n");
}

/* An error that has no place: on stderr as a sentence, or kept for the one JSON object. */
static void say_error(Program *program, const char *code, const char *text)
{
    bool is_data = has_format(program, "json") || has_format(program, "sarif");
    if (!is_data || !keep_failure(program, code, text))
        say_sentence(program, text);
}

static void failures_json(JsonWriter *json, const ReportFailure *failure, Status status)
{
    json_open(json, '{');
    json_key_integer(json, "version", 1);
    json_key(json, "diagnostics");
    json_open(json, '[');
    for (; failure; failure = failure->next)
        report_json_failure(json, failure);
    json_close(json, ']');
    json_key_integer(json, "status", status);
    json_close(json, '}');
}

static void failures_sarif(Program *program, JsonWriter *json)
{
    Arena *arena = scratch_new(program);
    ReportChoice choice = program_report_choice(program);
    ReportRun run = {.language = program->language, .failures = program->failures};
    report_sarif(json, arena, &choice, &run);
    arena_free(arena);
}

void program_say_failures(Program *program, Status status)
{
    JsonWriter json;
    const ReportFailure *failure = program->failures;
    if (!failure)
        return;
    if (program->printed_json) {
        for (; failure; failure = failure->next)
            say_sentence(program, failure->text);
        return;
    }
    json_init(&json, out_json, &program->out, true);
    if (has_format(program, "sarif"))
        failures_sarif(program, &json);
    else
        failures_json(&json, failure, status);
    json_end(&json);
    out_print(&program->out, "\n");
}

void program_forget_failures(Program *program)
{
    while (program->failures) {
        ReportFailure *failure = program->failures;
        program->failures = failure->next;
        free(failure->text);
        free(failure);
    }
    program->last_failure = NULL;
}

Status usage_error(Program *program, MessageId message, ...)
{
    DiagArg args[SAY_ARGUMENTS];
    va_list pairs;
    Arena *arena = scratch_new(program);
    va_start(pairs, message);
    uint32_t count = take_pairs(args, 0, pairs);
    va_end(pairs);
    say_error(program, "usage",
              report_text(arena, program->words, program->language, message, args, count));
    arena_free(arena);
    return STATUS_USAGE;
}

Status file_error(Program *program, MessageId message, const char *path, int problem)
{
    Arena *arena = scratch_new(program);
    bool is_written = message == MESSAGE_CANNOT_WRITE;
    MessageId reason = problem == ENOENT && is_written ? MESSAGE_PROBLEM_NO_FOLDER
        : problem == ENOENT                 ? MESSAGE_PROBLEM_MISSING
        : problem == EACCES || problem == EPERM ? MESSAGE_PROBLEM_PERMISSION
        : problem == EISDIR                 ? MESSAGE_PROBLEM_FOLDER
        : problem == ENOTDIR                ? MESSAGE_PROBLEM_NOT_A_FOLDER
        : problem == EEXIST                 ? MESSAGE_PROBLEM_EXISTS
        : problem == ENOSPC || problem == EDQUOT ? MESSAGE_PROBLEM_FULL
        : problem == EROFS                  ? MESSAGE_PROBLEM_READ_ONLY
        : problem == EFBIG                  ? MESSAGE_PROBLEM_TOO_LARGE
        : problem == EINVAL                 ? MESSAGE_PROBLEM_NOT_A_FILE
        : problem == ENOMEM                 ? MESSAGE_PROBLEM_MEMORY
                                            : MESSAGE_PROBLEM_OTHER;
    DiagArg args[] = {
        {.name = "file", .kind = ARG_TEXT, .text = path},
        {.name = "reason", .kind = ARG_TEXT, .text = program_text(program, arena, reason)},
    };
    say_error(program, "file",
              report_text(arena, program->words, program->language, message, args, 2));
    arena_free(arena);
    return STATUS_FILE;
}

/* ---- Closing ----------------------------------------------------------------------- */

static void forget_checked(Program *program)
{
    arena_free(program->checked_arena);
    program->checked_arena = NULL;
    program->checked = (CheckRun){0};
    program->asserted = NULL;
    program->numbered = NULL;
    program->numbered_count = 0;
}

void program_close(Program *program)
{
    forget_checked(program);
    program_forget_failures(program);
    snapshot_free(program->snapshot);
    host_free(program->host);
    files_free(program->files);
    files_list_free(program->paths);
    options_clear(&program->options);
    out_clear(&program->out);
    out_clear(&program->err);
}

/* ---- Plugins ----------------------------------------------------------------------- */

/* A folder of the user: $VARIABLE/alliance-lang, else $HOME/fallback/alliance-lang. */
static const char *user_folder(const char *variable, const char *fallback, char *folder,
                               size_t size)
{
    const char *base = getenv(variable), *home = getenv("HOME");
    int length;
    if (base && base[0] == '/')
        length = snprintf(folder, size, "%s/alliance-lang", base);
    else if (home && home[0] == '/')
        length = snprintf(folder, size, "%s/%s/alliance-lang", home, fallback);
    else
        return NULL;
    return length > 0 && (size_t)length < size ? folder : NULL;
}

/* The plugins that belong to what is opened: those of the project of its first file, too. */
static Host *host_for(Program *program, const char *first)
{
    char project[4096], data[4096], plugins[4200], state[4096];
    const char *paths[64];
    size_t count = 0;
    bool has_conf = false;
    if (program->host)
        return program->host;
    while (count < 64 && (paths[count] = option_nth(&program->options, OPT_PLUGIN, count)))
        count++;
    bool has_project = files_project(first, project, sizeof project, &has_conf) && has_conf;
    const char *data_folder = user_folder("XDG_DATA_HOME", ".local/share", data, sizeof data);
    if (data_folder)
        snprintf(plugins, sizeof plugins, "%s/plugins", data_folder);
    const char *jobs = option_value(&program->options, OPT_JOBS);
    HostOptions options = {
        .paths = paths,
        .path_count = count,
        .project = has_project ? project : NULL,
        .user_folder = data_folder ? plugins : NULL,
        .state_folder = user_folder("XDG_STATE_HOME", ".local/state", state, sizeof state),
        .trust_project = option_has(&program->options, OPT_TRUST_PROJECT),
        .isolate = !option_has(&program->options, OPT_NO_ISOLATE),
        .jobs = options_number(jobs),
    };
    program->host = host_new(&program->env, &options);
    if (!program->host)
        say_line(program, &program->err, MESSAGE_NO_HOST, NULL);
    return program->host;
}

Host *program_host(Program *program)
{
    return host_for(program, program->path_count > 0 ? program->paths[0] : ".");
}

/* ---- Loading ----------------------------------------------------------------------- */

typedef struct PathList {
    char **paths;
    size_t count;
} PathList;

static bool add_path(PathList *list, const char *path)
{
    char **bigger = reallocarray(list->paths, list->count + 2, sizeof *bigger);
    if (!bigger)
        return false;
    list->paths = bigger;
    list->paths[list->count] = strdup(path);
    if (!list->paths[list->count])
        return false;
    list->paths[++list->count] = NULL;
    return true;
}

static bool add_folder(Program *program, PathList *list, const char *folder, Status *status)
{
    size_t count;
    char **found = files_list(folder, &count);
    if (!found) {
        *status = status_join(*status,
                              file_error(program, MESSAGE_CANNOT_READ, folder, errno));
        return true;
    }
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++)
        fine = add_path(list, found[i]);
    if (count == 0)
        *status = status_join(*status,
                              usage_error(program, MESSAGE_EMPTY_FOLDER, "folder", folder, NULL));
    files_list_free(found);
    return fine;
}

static int errno_of(OpenResult result)
{
    switch (result) {
    case OPEN_OK:
        return 0;
    case OPEN_NOT_FOUND:
        return ENOENT;
    case OPEN_OUTSIDE:
    case OPEN_UNREADABLE:
        return EACCES;
    case OPEN_NOT_A_FILE:
        return EINVAL;
    case OPEN_TOO_LARGE:
        return EFBIG;
    case OPEN_NO_MEMORY:
        break;
    }
    return ENOMEM;
}

/* Roots that cannot be opened are said here, so that the language need not. */
static void keep_readable(Program *program, PathList *list, Status *status)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        OpenedFile opened;
        OpenResult result = files_open(program->files, list->paths[i], NULL, &opened);
        if (result == OPEN_OK) {
            list->paths[kept++] = list->paths[i];
            continue;
        }
        *status = status_join(*status, file_error(program, MESSAGE_CANNOT_READ, list->paths[i],
                                                  errno_of(result)));
        free(list->paths[i]);
    }
    list->count = kept;
    if (list->paths)
        list->paths[kept] = NULL;
}

/* In a folder, a file without an `alliance` is only there to be imported: it is read as a root
 * only when no other file imports it; the snapshot knows which alliances have no entity. */
static void take_snapshot(Program *program, Snapshot *snapshot, PathList *list)
{
    forget_checked(program);
    snapshot_free(program->snapshot);
    files_list_free(program->paths);
    program->snapshot = snapshot;
    program->paths = list->paths;
    program->path_count = list->count;
    if (!program->language_forced && snapshot_file_count(snapshot) > 0)
        program->language = snapshot_language(snapshot, 0);
}

/* What is being opened, for questions about its checks. */
typedef struct Opening {
    Program *program;
    const char *first;
} Opening;

static bool is_check(void *context, const char *name)
{
    const Opening *opening = context;
    Host *host = host_for(opening->program, opening->first);
    return host && host_find(host, PLUGIN_CHECK, name);
}

bool program_load(Program *program, char *const *what, size_t count, Status *status)
{
    PathList list = {0};
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++)
        fine = files_is_folder(what[i]) ? add_folder(program, &list, what[i], status)
                                        : add_path(&list, what[i]);
    if (fine)
        keep_readable(program, &list, status);
    if (!fine || list.count == 0) {
        files_list_free(list.paths);
        return false;
    }
    Opening opening = {program, list.paths[0]};
    Reading reading = {.words = program->words, .language = LANG_EN,
                       .is_script = program->reads_script, .is_check = is_check,
                       .checks = &opening};
    Snapshot *snapshot = snapshot_read(&program->env, &reading,
                                       (const char *const *)list.paths, list.count);
    if (!snapshot) {
        say_line(program, &program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        files_list_free(list.paths);
        *status = STATUS_INTERNAL;
        return false;
    }
    take_snapshot(program, snapshot, &list);
    return true;
}

bool program_load_text(Program *program, const char *name, const char *text, size_t length)
{
    Opening opening = {program, program->path_count > 0 ? program->paths[0] : "."};
    Reading reading = {.words = program->words, .language = program->language,
                       .is_check = is_check, .checks = &opening};
    PathList list = {0};
    Snapshot *snapshot = snapshot_read_text(&program->env, &reading, name, text, length);
    if (!snapshot || !add_path(&list, name)) {
        snapshot_free(snapshot);
        files_list_free(list.paths);
        say_line(program, &program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        return false;
    }
    LangId language = program->language;
    take_snapshot(program, snapshot, &list);
    program->language = language;
    return true;
}

ReportChoice program_report_choice(const Program *program)
{
    return (ReportChoice){
        .words = program->words,
        .language_forced = program->language_forced,
        .language = program->language,
        .shown_per_file = 50,
        .at_prompt = program->at_prompt,
        .plain = option_has(&program->options, OPT_PLAIN),
        .wrap = program_limit(program),
    };
}
