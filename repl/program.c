/* program.c -- see program.h. */
#include "repl/program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/layout.h"
#include "repl/nearest.h"

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
    bool is_written = message != MESSAGE_CANNOT_READ;
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

void program_forget_checked(Program *program)
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
    program_forget_host(program);
    program_forget_failures(program);
    snapshot_free(program->snapshot);
    snapshot_free(program->conf);
    files_free(program->files);
    files_list_free(program->paths);
    options_clear(&program->options);
    out_clear(&program->out);
    out_clear(&program->err);
}

/* ---- Plugins ----------------------------------------------------------------------- */

static bool is_project(const Program *program, const char *project)
{
    if (!project || !program->project)
        return project == program->project;
    return strcmp(project, program->project) == 0;
}

void program_forget_host(Program *program)
{
    program_forget_checked(program);        /* it speaks of the plugins that go */
    host_free(program->host);
    free(program->project);
    program->host = NULL;
    program->project = NULL;
}

Host *program_host_for(Program *program, const char *first)
{
    char project[4096], data[4096], plugins[4200], state[4096];
    const char *paths[64];
    size_t count = 0;
    bool has_conf = false;
    bool has_project = files_project(first, project, sizeof project, &has_conf) && has_conf;
    if (program->host && is_project(program, has_project ? project : NULL))
        return program->host;
    program_forget_host(program);
    program->project = has_project ? strdup(project) : NULL;
    while (count < 64 && (paths[count] = option_nth(&program->options, OPT_PLUGIN, count)))
        count++;
    const char *data_folder = files_of_user("XDG_DATA_HOME", ".local/share", data, sizeof data);
    if (data_folder)
        snprintf(plugins, sizeof plugins, "%s/plugins", data_folder);
    const char *jobs = option_value(&program->options, OPT_JOBS);
    HostOptions options = {
        .paths = paths,
        .path_count = count,
        .project = has_project ? project : NULL,
        .user_folder = data_folder ? plugins : NULL,
        .state_folder = files_of_user("XDG_STATE_HOME", ".local/state", state, sizeof state),
        .trust_project = option_has(&program->options, OPT_TRUST_PROJECT),
        .isolate = !option_has(&program->options, OPT_NO_ISOLATE),
        .jobs = options_number(jobs),
        .traces = program->traces,
    };
    program->host = host_new(&program->env, &options);
    if (!program->host)
        say_line(program, &program->err, MESSAGE_NO_HOST, NULL);
    else
        host_set_conf(program->host, program->conf);
    return program->host;
}

const char *program_nearest_plugin(Program *program, unsigned types, const char *wrong)
{
    Host *host = program_host(program);
    Arena *arena = scratch_new(program);
    Nearest nearest;
    nearest_begin(&nearest, arena, wrong, strlen(wrong));
    for (size_t i = 0; host && i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        const char *own = plugin->word[program->language] ? plugin->word[program->language]
                                                          : plugin->id;
        if (!(types & 1u << plugin->type))
            continue;
        nearest_offer(&nearest, plugin->id, own, false);
        for (LangId language = 0; language < LANG_COUNT; language++)
            nearest_offer(&nearest, plugin->word[language], own, language == program->language);
    }
    arena_free(arena);
    return nearest.word;
}

const Diags *program_conf_diags(const Program *program)
{
    static const Diags none;
    return program->conf ? snapshot_diags(program->conf) : &none;
}

/* Before anything is loaded: the first word of the command line that is a file or folder. */
static const char *first_path(const Program *program)
{
    if (program->path_count > 0)
        return program->paths[0];
    for (size_t i = 0; i < program->options.word_count; i++)
        if (access(program->options.words[i], F_OK) == 0)
            return program->options.words[i];
    return ".";
}

Host *program_host(Program *program)
{
    return program_host_for(program, first_path(program));
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
