/* commands_fmt.c -- `fmt`: the one way to write a file, and its translation. */
#include <errno.h>
#include <string.h>

#include "repl/command.h"

/* ---- Differences --------------------------------------------------------------------- */

static size_t line_end(const char *text, size_t length, size_t from)
{
    const char *end = memchr(text + from, '\n', length - from);
    return end ? (size_t)(end - text) + 1 : length;
}

static void diff_line(Program *program, char mark, const char *text, size_t length)
{
    Out *out = &program->out;
    if (length > 0 && text[length - 1] == '\n')
        length--;
    out_style(out, mark == '-' ? STYLE_ERROR : mark == '+' ? STYLE_GOOD : STYLE_PLAIN);
    out_print(out, "%c", mark);
    out_text(out, text, length);
    out_style(out, STYLE_PLAIN);
    out_print(out, "\n");
}

/* The lines that differ between the common start and the common end: formatting keeps the order
 * of lines, so one hunk after the other by a short look ahead is enough. */
static void show_diff(Program *program, const char *path, const char *before, size_t before_length,
                      const char *after, size_t after_length)
{
    enum { LOOK_AHEAD = 64 };
    size_t i = 0, j = 0;
    out_print(&program->out, "--- ");
    out_string(&program->out, path);
    out_print(&program->out, "\n+++ ");
    out_string(&program->out, path);
    out_print(&program->out, " (fmt)\n");
    while (i < before_length || j < after_length) {
        size_t i_end = i < before_length ? line_end(before, before_length, i) : i;
        size_t j_end = j < after_length ? line_end(after, after_length, j) : j;
        if (i < before_length && j < after_length && i_end - i == j_end - j
            && memcmp(before + i, after + j, i_end - i) == 0) {
            i = i_end;
            j = j_end;
            continue;
        }
        /* Does a line of one side come back soon on the other? */
        size_t skip_before = 0, skip_after = 0, at = i;
        for (size_t n = 0; n < LOOK_AHEAD && at < before_length && !skip_before; n++) {
            size_t end = line_end(before, before_length, at);
            if (j < after_length && end - at == j_end - j
                && memcmp(before + at, after + j, end - at) == 0)
                skip_before = at;
            at = end;
        }
        at = j;
        for (size_t n = 0; n < LOOK_AHEAD && at < after_length && !skip_after; n++) {
            size_t end = line_end(after, after_length, at);
            if (i < before_length && end - at == i_end - i
                && memcmp(after + at, before + i, end - at) == 0)
                skip_after = at;
            at = end;
        }
        if (skip_after && (!skip_before || skip_after - j <= skip_before - i)) {
            for (; j < skip_after; j = line_end(after, after_length, j))
                diff_line(program, '+', after + j, line_end(after, after_length, j) - j);
        } else if (skip_before) {
            for (; i < skip_before; i = line_end(before, before_length, i))
                diff_line(program, '-', before + i, line_end(before, before_length, i) - i);
        } else {
            if (i < before_length)
                diff_line(program, '-', before + i, i_end - i);
            if (j < after_length)
                diff_line(program, '+', after + j, j_end - j);
            i = i_end;
            j = j_end;
        }
    }
}

/* ---- One file ------------------------------------------------------------------------ */

static void show_errors(Program *program, Arena *arena, Diags *diags)
{
    ReportChoice choice = program_report_choice(program);
    out_flush(&program->out);
    diags_sort(diags);
    report_diags(&program->err, arena, &choice, diags);
}

static void show_all_errors(Program *program, Arena *arena, const char *path)
{
    Reading reading = {.words = program->words, .language = LANG_EN, .is_script = true};
    const char *const paths[] = {path};
    Snapshot *snapshot = snapshot_read(&program->env, &reading, paths, 1);

    if (!snapshot) {
        say_line(program, &program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        return;
    }
    show_errors(program, arena, snapshot_diags(snapshot));
    snapshot_free(snapshot);
}

/* Formats without binding; false: the errors were shown. */
static bool format_text(Program *program, Arena *arena, const char *path,
                        const OpenedFile *opened, PrinterText *text)
{
    Diags diags;
    diags_init(&diags, arena);
    diags.limit = program->env.limits.diagnostics;
    Names *names = names_new(arena);
    Source *source = source_new(arena, path, opened->text, opened->length);
    Tree *tree = parse(arena, names, program->words, source, LANG_EN,
                       parse_mode(path, PARSE_SCRIPT), &diags);
    if (tree->syntax_errors > diags.errors) {
        show_all_errors(program, arena, path);      /* some are for bind to tell */
        return false;
    }
    if (tree->syntax_errors > 0 || tree->stopped) {
        show_errors(program, arena, &diags);
        return false;
    }
    *text = print_tree(arena, tree, program->words);
    return text->bytes != NULL;
}

/* Translates: the file must be bound without errors. */
static bool translate_text(Program *program, Arena *arena, const char *path, LangId to,
                           PrinterText *text)
{
    Reading reading = {.words = program->words, .language = LANG_EN, .is_script = true};
    const char *const paths[] = {path};
    ReportChoice choice = program_report_choice(program);
    Snapshot *snapshot = snapshot_read(&program->env, &reading, paths, 1);
    bool fine = false;
    if (!snapshot) {
        say_line(program, &program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        return false;
    }
    expressions_bind(snapshot, snapshot_diags(snapshot));
    out_flush(&program->out);
    if (snapshot_has_errors(snapshot)) {
        report_diags(&program->err, arena, &choice, snapshot_diags(snapshot));
    } else {
        Diags diags;
        diags_init(&diags, arena);
        diags.limit = program->env.limits.diagnostics;
        *text = print_translated(arena, snapshot_tree(snapshot, 0), snapshot_words(snapshot),
                                 to, &diags);
        fine = text->bytes != NULL;
        if (!fine)
            show_errors(program, arena, &diags);
    }
    snapshot_free(snapshot);
    return fine;
}

static int errno_of(OpenResult result)
{
    switch (result) {
    case OPEN_NOT_FOUND:
        return ENOENT;
    case OPEN_NOT_A_FILE:
        return EINVAL;
    case OPEN_TOO_LARGE:
        return EFBIG;
    case OPEN_NO_MEMORY:
        return ENOMEM;
    case OPEN_OK:
    case OPEN_OUTSIDE:
    case OPEN_UNREADABLE:
        break;
    }
    return EACCES;
}

static Status format_one(Program *program, const char *path, const LangId *to)
{
    OpenedFile opened;
    PrinterText text = {0};
    OpenResult result = files_open(program->files, path, NULL, &opened);
    if (result != OPEN_OK)
        return file_error(program, MESSAGE_CANNOT_READ, path, errno_of(result));
    Arena *arena = scratch_new(program);
    Status status = STATUS_FINE;
    bool fine = to ? translate_text(program, arena, path, *to, &text)
                   : format_text(program, arena, path, &opened, &text);
    bool same = fine && text.length == opened.length
                && memcmp(text.bytes, opened.text, text.length) == 0;
    if (!fine) {
        status = STATUS_FINDINGS;
    } else if (option_has(&program->options, OPT_CHECK)) {
        if (!same) {
            out_string(&program->out, path);
            out_print(&program->out, "\n");
            status = STATUS_FINDINGS;
        }
    } else if (option_has(&program->options, OPT_DIFF)) {
        if (!same)
            show_diff(program, path, opened.text, opened.length, text.bytes, text.length);
    } else if (option_has(&program->options, OPT_WRITE) && strcmp(path, "-") != 0) {
        int problem = same ? 0 : files_save(path, text.bytes, text.length, true);
        if (problem)
            status = file_error(program, MESSAGE_CANNOT_WRITE, path, problem);
    } else {
        out_raw(&program->out, text.bytes, text.length);
    }
    arena_free(arena);
    return status;
}

Status shell_fmt(Program *program, const Arguments *arguments)
{
    const char *code = option_value(&program->options, OPT_TO);
    LangId to;
    Status status = STATUS_FINE;
    bool several = arguments->count > 1
                   || (arguments->count == 1 && files_is_folder(arguments->words[0]));
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_FILE_NEEDED, "command", "fmt", NULL);
    if (code && !words_language_find(program->words, code, strlen(code), &to))
        return usage_error(program, MESSAGE_UNKNOWN_LANGUAGE_OPTION, "language", code, NULL);
    if (several && !option_has(&program->options, OPT_CHECK)
        && !option_has(&program->options, OPT_WRITE) && !option_has(&program->options, OPT_DIFF))
        return usage_error(program, MESSAGE_FMT_SEVERAL, NULL);
    for (size_t i = 0; i < arguments->count; i++) {
        if (!files_is_folder(arguments->words[i])) {
            status = status_join(status,
                                 format_one(program, arguments->words[i], code ? &to : NULL));
            continue;
        }
        size_t count;
        char **paths = files_list(arguments->words[i], &count);
        if (!paths) {
            status = status_join(status, file_error(program, MESSAGE_CANNOT_READ,
                                                    arguments->words[i], errno));
            continue;
        }
        for (size_t j = 0; j < count; j++)
            status = status_join(status, format_one(program, paths[j], code ? &to : NULL));
        files_list_free(paths);
    }
    return status;
}
