/* commands_plugin.c -- `trust`, `plugin`, `api`: what owners of folders and authors need. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/choice.h"
#include "repl/command.h"

/* Shows every file that would be trusted, asks, and records; without a terminal it only shows. */
Status shell_trust(Program *program, const Arguments *arguments)
{
    const char *given = arguments->count > 0 ? arguments->words[0] : ".";
    char folder[4096];
    bool has_conf;
    TrustFile *files;
    size_t count;
    const char *problem = NULL;
    Host *host = program_host(program);
    if (!host || !files_project(given, folder, sizeof folder, &has_conf))
        return STATUS_INTERNAL;
    if (!has_conf)
        return usage_error(program, MESSAGE_TRUST_NO_PROJECT, "folder", given, NULL);
    Arena *arena = scratch_new(program);
    if (!host_trust_list(host, folder, arena, &files, &count, &problem)) {
        say_line(program, &program->err, MESSAGE_TRUST_REFUSED, "reason",
                 problem ? problem : "", NULL);
        arena_free(arena);
        return STATUS_FILE;
    }
    for (size_t i = 0; i < count; i++) {
        out_print(&program->out, "  %.16s  ", files[i].hash);
        out_string(&program->out, files[i].path);
        out_print(&program->out, "\n");
    }
    Status status = STATUS_FINE;
    if (count == 0) {
        say_line(program, &program->out, MESSAGE_TRUST_NOTHING, "folder", folder, NULL);
    } else {
        char reply[16] = "";
        say(program, &program->out, MESSAGE_TRUST_QUESTION, NULL);
        out_flush(&program->out);
        bool can_ask = isatty(STDIN_FILENO);
        ssize_t got = can_ask ? read(STDIN_FILENO, reply, sizeof reply - 1) : 0;
        bool yes = got > 0 && reply[0] && strchr("yYoO", reply[0]);
        out_print(&program->out, can_ask ? "" : "\n");
        if (!yes) {
            say_line(program, &program->out, MESSAGE_TRUST_NO, NULL);
            status = STATUS_PLUGIN;
        } else if (host_trust_record(host, folder, &problem)) {
            say_line(program, &program->out, MESSAGE_TRUST_DONE, NULL);
        } else {
            say_line(program, &program->err, MESSAGE_TRUST_REFUSED, "reason",
                     problem ? problem : "", NULL);
            status = STATUS_FILE;
        }
    }
    arena_free(arena);
    return status;
}

static bool begin(void *context, const char *name)
{
    (void)context;
    (void)name;
    return true;
}

static bool write_lines(void *context, const char *bytes, size_t length)
{
    Out *out = context;
    out_lines(out, bytes, length);
    return !out->failed;
}

/* ---- One plugin over files ------------------------------------------------------------------ */

/* A plugin from the path that was given, or one called so when there is no path. */
static bool is_meant(Host *host, const PluginInfo *plugin, const char *given, bool is_path)
{
    if (!is_path)
        return host_find(host, plugin->type, given) == plugin;
    size_t length = strlen(given);
    while (length > 1 && given[length - 1] == '/')
        length--;
    return plugin->origin == ORIGIN_OPTION && strncmp(plugin->path, given, length) == 0
           && (plugin->path[length] == '\0' || plugin->path[length] == '/');
}

static Status unknown_plugin(Program *program, const char *given)
{
    const char *nearest = program_nearest_plugin(program, ~0u, given);
    return nearest ? usage_error(program, MESSAGE_UNKNOWN_PLUGIN_NEAR, "plugin", given, "nearest",
                                 nearest, NULL)
                   : usage_error(program, MESSAGE_UNKNOWN_PLUGIN, "plugin", given, NULL);
}

static void say_cost(Program *program, const char *id, const PluginOutcome *outcome)
{
    char time[32], memory[32];
    snprintf(time, sizeof time, "%lld", (long long)(outcome->microseconds + 999) / 1000);
    snprintf(memory, sizeof memory, "%zu", (outcome->memory + 1023) / 1024);
    out_flush(&program->out);
    say_line(program, &program->err, MESSAGE_PLUGIN_RAN, "plugin", id, "time", time, "memory",
             memory, NULL);
}

/* Findings, or the document on the terminal, then what it cost. */
static Status run_one(Program *program, PluginType type, const char *id, const Arguments *files)
{
    Host *host = program_host_for(program, files->words[0]);
    const PluginInfo *plugin = host ? host_find(host, type, id) : NULL;
    Status status;
    if (!plugin)
        return STATUS_INTERNAL;
    if (plugin->load_error) {
        say(program, &program->err, MESSAGE_OUTCOME_LOAD_ERROR, "plugin", id, NULL);
        out_print(&program->err, " ");
        out_reason(&program->err, plugin->load_error, program->traces);
        out_print(&program->err, "\n");
        return STATUS_PLUGIN;
    }
    if (type == PLUGIN_CHECK) {
        status = shell_check_only(program, id, files);
        if (program->checked.outcome_count > 0)
            say_cost(program, id, &program->checked.outcomes[0]);
    } else {
        status = shell_view_of(program, plugin, files);
        say_cost(program, id, &program->made);
    }
    return status;
}

/* plugin run PLUGIN FILE...: one plugin, by its path or its name, with what an author wants to
 * know: what it gives, what it costs, and who called whom when it fails. */
static Status plugin_run(Program *program, const Arguments *arguments)
{
    if (arguments->count < 3)
        return usage_error(program, MESSAGE_USAGE_PLUGIN, NULL);
    const char *given = arguments->words[1];
    Arguments files = {arguments->words + 2, arguments->count - 2, NULL};
    bool is_path = access(given, F_OK) == 0;
    if (is_path && !options_add(&program->options, OPT_PLUGIN, given))
        return STATUS_INTERNAL;
    program->traces = true;
    program_forget_host(program);
    Host *host = program_host_for(program, files.words[0]);
    if (!host)
        return STATUS_INTERNAL;
    Arena *arena = scratch_new(program);
    size_t count = host_plugin_count(host), meant = 0;
    const char **ids = arena_array(arena, count + 1, sizeof *ids);
    PluginType *types = arena_array(arena, count + 1, sizeof *types);
    for (size_t i = 0; i < count; i++) {        /* copied: loading may make another host */
        const PluginInfo *plugin = host_plugin(host, i);
        if (!is_meant(host, plugin, given, is_path))
            continue;
        ids[meant] = arena_copy(arena, plugin->id, strlen(plugin->id));
        types[meant++] = plugin->type;
    }
    Status status = meant == 0 ? unknown_plugin(program, given) : STATUS_FINE;
    for (size_t i = 0; i < meant; i++)
        status = status_join(status, run_one(program, types[i], ids[i], &files));
    arena_free(arena);
    return status;
}

/* ---- Commands ------------------------------------------------------------------------------- */

/* plugin test PATH...: the table, its examples and specs; plugin new: see commands_new.c. */
Status shell_plugin(Program *program, const Arguments *arguments)
{
    uint16_t what = arguments->count > 0
                        ? choice_find(program, arguments->words[0], choices_plugin) : 0;
    if (what == CHOICE_NEW)
        return plugin_new(program, arguments);
    if (what == CHOICE_RUN)
        return plugin_run(program, arguments);
    if (arguments->count < 2 || what != CHOICE_TEST)
        return usage_error(program, MESSAGE_USAGE_PLUGIN, NULL);
    Host *host = program_host(program);
    if (!host)
        return STATUS_INTERNAL;
    Output output = {.context = &program->out, .begin = begin, .write = write_lines};
    size_t passed = 0, failed = 0;
    for (size_t i = 1; i < arguments->count; i++) {
        size_t more_passed = 0, more_failed = 0;
        if (!host_plugin_test(host, arguments->words[i], program->language, &output,
                              &more_passed, &more_failed))
            more_failed++;
        passed += more_passed;
        failed += more_failed;
    }
    char passed_text[32], failed_text[32];
    snprintf(passed_text, sizeof passed_text, "%zu", passed);
    snprintf(failed_text, sizeof failed_text, "%zu", failed);
    say_line(program, &program->out, MESSAGE_TEST_COUNT, "passed", passed_text, "failed",
             failed_text, NULL);
    return failed > 0 || passed == 0 ? STATUS_PLUGIN : STATUS_FINE;
}

Status shell_api(Program *program, const Arguments *arguments)
{
    Host *host = program_host(program);
    const char *module = arguments->count > 0 ? arguments->words[0] : NULL;
    const char *text;
    Status status = STATUS_FINE;
    if (!host)
        return STATUS_INTERNAL;
    Arena *arena = scratch_new(program);
    if (host_api_text(host, module, arena, &text))
        out_lines(&program->out, text, strlen(text));
    else
        status = usage_error(program, MESSAGE_NO_SUCH_MODULE, "module", module ? module : "",
                             NULL);
    arena_free(arena);
    return status;
}
