/* commands_plugin.c -- `trust`, `plugin`, `api`: what owners of folders and authors need. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
        bool yes = got > 0 && strchr("yYoO", reply[0]);
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

/* plugin test PATH...: the table, its examples and specs. */
Status shell_plugin(Program *program, const Arguments *arguments)
{
    const char *what = arguments->count > 0 ? arguments->words[0] : "";
    if (strcmp(what, "new") == 0)
        return plugin_new(program, arguments);
    if (arguments->count < 2 || strcmp(what, "test") != 0)
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
    out_print(&program->out, "%zu passed, %zu failed\n", passed, failed);
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
