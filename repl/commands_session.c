/* commands_session.c -- opening, reloading, language, mode, scripts, leaving. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/choice.h"
#include "repl/command.h"
#include "repl/loading.h"
#include "repl/statement.h"

/* -e STATEMENT, one after the other. */
static Status run_given_statements(Program *program)
{
    Status status = STATUS_FINE;
    const char *text;
    for (size_t i = 0; (text = option_nth(&program->options, OPT_EXECUTE, i)); i++) {
        char name[24];
        snprintf(name, sizeof name, "-e %zu", i + 1);
        status = status_join(status, statement_input(program, name, text, strlen(text), false));
        if (status != STATUS_FINE)
            break;
    }
    return status;
}

/* Core errors of what was loaded, on stderr. */
static Status show_load_errors(Program *program)
{
    Arena *arena = scratch_new(program);
    ReportChoice choice = program_report_choice(program);
    out_flush(&program->out);
    const Diags *diags = snapshot_diags(program->snapshot);
    report_diags(&program->err, arena, &choice, diags);
    arena_free(arena);
    return diags->errors > 0 ? STATUS_FINDINGS : STATUS_FINE;
}

/* Statements from standard input when it is no terminal. */
static Status run_standard_input(Program *program)
{
    OpenedFile opened;
    OpenResult result = files_open(program->files, "-", NULL, &opened);
    if (result != OPEN_OK)
        return file_error(program, MESSAGE_CANNOT_READ, "-", 0);
    return statement_input(program, "-", opened.text, opened.length,
                           option_has(&program->options, OPT_KEEP_GOING));
}

Status shell_open(Program *program, const Arguments *arguments)
{
    Status status = STATUS_FINE;
    bool has_files = arguments->count > 0;
    if (has_files && !program_load(program, arguments->words, arguments->count, &status))
        return status;
    if (option_has(&program->options, OPT_EXECUTE)) {
        if (has_files)
            status = status_join(status, show_load_errors(program));
        return status_join(status, run_given_statements(program));
    }
    bool wants_prompt = isatty(STDIN_FILENO) && program->is_terminal;
    program->at_prompt = wants_prompt;      /* what is said next names commands of the prompt */
    if (has_files) {
        if (!option_has(&program->options, OPT_QUIET))
            overview_show(program);
        check_overview(program, &status);
    }
    if (wants_prompt)
        return shell_loop(program);
    if (!has_files)
        return run_standard_input(program);
    return status;
}

Status shell_run(Program *program, const Arguments *arguments)
{
    Status status = STATUS_FINE;
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_FILE_NEEDED, "command", "run", NULL);
    for (size_t i = 0; i < arguments->count && !program->wants_to_leave; i++)
        status = status_join(status,
                             statement_script(program, arguments->words[i],
                                              option_has(&program->options, OPT_KEEP_GOING)));
    return status;
}

Status prompt_run(Program *program, const Arguments *arguments)
{
    if (arguments->count != 1)
        return usage_error(program, MESSAGE_FILE_NEEDED, "command", ":run", NULL);
    return statement_script(program, arguments->words[0], false);
}

/* What is loaded, in one line. */
static void say_loaded(Program *program)
{
    say_count(program, &program->out, MESSAGE_LOADED,
              (int64_t)snapshot_entity_count(program->snapshot), "file", program->paths[0],
              NULL);
    out_print(&program->out, "\n");
}

/* What is loaded stays, with its texts, until something else is. */
static Status load_words(Program *program, char *const *words, size_t count)
{
    Status status = STATUS_FINE;
    Files *before = files_set_aside(program->files);
    if (!before)
        return STATUS_INTERNAL;
    if (!program_load(program, words, count, &status)) {
        files_put_back(program->files, before);
        return status;
    }
    program_forget_host(program);   /* its plugins may have changed */
    files_free(before);
    status = status_join(status, show_load_errors(program));
    if (program->at_prompt)
        say_loaded(program);
    return status;
}

/* In a script, a relative path starts from the script's folder; "a/b/../c" is shown as "a/c". */
static const char *from_script(const Program *program, Arena *arena, const char *path)
{
    const char *slash = program->script ? strrchr(program->script, '/') : NULL;
    if (!slash || path[0] == '/')
        return path;
    size_t length = (size_t)(slash - program->script);
    while (length > 0 && strncmp(path, "../", 3) == 0) {
        size_t start = length;
        while (start > 0 && program->script[start - 1] != '/')
            start--;
        if (start == length || program->script[start] == '.')
            break;
        length = start > 0 ? start - 1 : 0;
        path += 3;
    }
    return length > 0 ? arena_format(arena, "%.*s/%s", (int)length, program->script, path) : path;
}

Status prompt_load(Program *program, const Arguments *arguments)
{
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_FILE_NEEDED, "command", ":load", NULL);
    Arena *arena = scratch_new(program);
    char **paths = arena_array(arena, arguments->count + 1, sizeof *paths);
    for (size_t i = 0; i < arguments->count; i++)
        paths[i] = (char *)(uintptr_t)from_script(program, arena, arguments->words[i]);
    Status status = load_words(program, paths, arguments->count);
    arena_free(arena);
    return status;
}

Status prompt_reload(Program *program, const Arguments *arguments)
{
    (void)arguments;
    if (!statement_ready(program))
        return STATUS_USAGE;
    /* The list of paths is replaced while it is read from: keep a copy. */
    size_t count = program->path_count;
    char **paths = calloc(count + 1, sizeof *paths);
    for (size_t i = 0; paths && i < count; i++)
        paths[i] = strdup(program->paths[i]);
    Status status = paths ? load_words(program, paths, count) : STATUS_INTERNAL;
    files_list_free(paths);
    return status;
}

Status prompt_lang(Program *program, const Arguments *arguments)
{
    LangId language;
    if (arguments->count == 0) {
        say_line(program, &program->out, MESSAGE_LANGUAGE_IS, "language",
                 words_language_code(program->words, program->language), NULL);
        return STATUS_FINE;
    }
    if (!words_language_find(program->words, arguments->words[0], strlen(arguments->words[0]),
                             &language))
        return usage_error(program, MESSAGE_UNKNOWN_LANGUAGE_OPTION, "language",
                           arguments->words[0], NULL);
    program->language = language;
    program->language_forced = true;
    say_line(program, &program->out, MESSAGE_LANGUAGE_IS, "language",
             words_language_code(program->words, language), NULL);
    return STATUS_FINE;
}

Status prompt_mode(Program *program, const Arguments *arguments)
{
    uint16_t mode = program->mode;
    if (arguments->count > 0)
        mode = choice_find(program, arguments->words[0], choices_modes);
    if (!mode)
        return choice_error(program, ":mode", arguments->words[0], choices_modes);
    program->mode = mode;
    say_line(program, &program->out, MESSAGE_MODE_IS, "mode", choice_word(program, mode), NULL);
    return STATUS_FINE;
}

Status prompt_quit(Program *program, const Arguments *arguments)
{
    (void)arguments;
    program->wants_to_leave = true;
    return STATUS_FINE;
}
