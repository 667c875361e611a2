/* shell.c -- the prompt: lines become inputs, inputs become answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repl/command.h"
#include "repl/line.h"
#include "repl/opening.h"
#include "repl/signals.h"
#include "repl/statement.h"
#include "repl/suggest.h"

enum { INPUT_MOST = 1 << 20, PROMPT_MOST = 240 };

typedef struct Input {      /* lines gathered until they are a whole */
    char *text;
    size_t length, capacity;
} Input;

static bool input_add(Input *input, const char *line)
{
    size_t length = strlen(line);
    if (input->length + length + 2 > INPUT_MOST)
        return false;
    if (input->length + length + 2 > input->capacity) {
        size_t capacity = (input->length + length + 2) * 2;
        char *bigger = realloc(input->text, capacity);
        if (!bigger)
            return false;
        input->text = bigger;
        input->capacity = capacity;
    }
    if (input->length > 0)
        input->text[input->length++] = '\n';
    memcpy(input->text + input->length, line, length + 1);
    input->length += length;
    return true;
}

static void input_drop(Input *input)
{
    input->length = 0;
    if (input->text)
        input->text[0] = '\0';
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* The name of what is loaded, as the prompt shows it: the file's, without folder and ending. */
static void short_name(const Program *program, char *name, size_t size)
{
    const char *path = program->path_count > 0 ? program->paths[0] : "";
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t length = strlen(base), shown = 0;
    if (length > 9 && strcmp(base + length - 9, ".alliance") == 0)
        length -= 9;
    for (size_t i = 0; i < length && shown + 5 < size; i++)
        if ((unsigned char)base[i] >= 0x20 && base[i] != 0x7f)
            name[shown++] = base[i];
    name[shown] = '\0';
    if (program->path_count > 1)
        snprintf(name + shown, size - shown, " +%zu", program->path_count - 1);
}

static void first_prompt(const Program *program, char *prompt, size_t size)
{
    char name[80];
    short_name(program, name, sizeof name);
    if (name[0])
        snprintf(prompt, size, "alliance (%s)> ", name);
    else
        snprintf(prompt, size, "alliance> ");
}

/* The continuation prompt names the innermost thing that is open. */
static void next_prompt(const Input *input, const InputOpen *open, char *prompt, size_t size)
{
    char head[40] = "";
    size_t shown = 0;
    for (uint32_t i = open->innermost.start; i < open->innermost.end && i < input->length
         && shown + 5 < sizeof head; i++)
        if ((unsigned char)input->text[i] >= 0x20)
            head[shown++] = input->text[i];
    while (shown > 0 && ((unsigned char)head[shown - 1] & 0xc0) == 0x80)
        shown--;        /* never half a character */
    if (shown > 0 && (unsigned char)head[shown - 1] >= 0xc0)
        shown--;
    head[shown] = '\0';
    if (shown > 0)
        snprintf(prompt, size, "  %s ...> ", head);
    else
        snprintf(prompt, size, "  ...> ");
}

/* Words that leave or help without a colon. */
static const char *bare_command(const char *line)
{
    static const char *const words[][2] = {
        {"quit", "quit"}, {"exit", "quit"}, {"quitter", "quit"}, {"help", "help"},
        {"aide", "help"}, {"?", "help"},
    };
    size_t start = strspn(line, " \t"), length = strcspn(line + start, " \t\r\n");
    if (!is_blank(line + start + length))
        return NULL;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i][0]) == length && memcmp(words[i][0], line + start, length) == 0)
            return words[i][1];
    return NULL;
}

static void run_input(Program *program, const Input *input)
{
    const char *bare = bare_command(input->text);
    *signals_flag() = 0;
    program->width = opening_width();   /* the window may have another size by now */
    if (bare)
        program->last = command_run(program, bare, strlen(bare), "");
    else {
        Arena *arena = scratch_new(program);
        program->last = statement_input(program, program_text(program, arena, MESSAGE_TYPED_INPUT),
                                        input->text, input->length, false);
        arena_free(arena);
    }
    if (*signals_flag())
        say_line(program, &program->out, MESSAGE_STOPPED, NULL);
    signals_take();
    *signals_flag() = 0;
    out_flush(&program->out);
    out_flush(&program->err);
}

/* The history's place in the user's state folder, which is made when missing. */
static const char *history_path(char *path, size_t size)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char folder[4000];
    int length;
    if (state && state[0] == '/')
        length = snprintf(folder, sizeof folder, "%s", state);
    else if (home && home[0] == '/')
        length = snprintf(folder, sizeof folder, "%s/.local/state", home);
    else
        return NULL;
    if (length < 0 || (size_t)length + 16 >= sizeof folder)
        return NULL;
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    mkdir(folder, 0700);
    memcpy(folder + length, "/alliance-lang", sizeof "/alliance-lang");
    mkdir(folder, 0700);
    length = snprintf(path, size, "%s/history", folder);
    return length > 0 && (size_t)length < size ? path : NULL;
}

static LangId input_language(const Program *program)
{
    if (program->language_forced || !program->snapshot
        || snapshot_file_count(program->snapshot) == 0)
        return program->language;
    return snapshot_language(program->snapshot, 0);
}

/* Takes a line into the input; true when the input is whole. */
static bool take_line(Program *program, Input *input, const char *line, char *prompt,
                      size_t prompt_size)
{
    bool was_open = input->length > 0;
    if (was_open && is_blank(line) && !line_has_more()) {
        say_line(program, &program->out, MESSAGE_INPUT_DROPPED, NULL);
        out_flush(&program->out);
        input_drop(input);
        return false;
    }
    if (!input_add(input, line)) {
        say_line(program, &program->err, MESSAGE_INPUT_TOO_LONG, NULL);
        out_flush(&program->err);
        input_drop(input);
        return false;
    }
    if (line[strspn(line, " \t")] == ':' && !was_open)
        return true;        /* a command is one line */
    Arena *arena = scratch_new(program);
    InputOpen open = input_state(arena, program->words, input_language(program), input->text,
                                 input->length);
    arena_free(arena);
    if (open.state == INPUT_UNFINISHED) {
        next_prompt(input, &open, prompt, prompt_size);
        return false;
    }
    if (open.state == INPUT_EMPTY)
        input_drop(input);
    return open.state == INPUT_COMPLETE;
}

typedef struct Completion {     /* what the completer works with */
    Program *program;
    const Input *input;         /* the lines before the one being typed */
} Completion;

/* Completes the line as the end of the whole input. */
static size_t complete(void *context, const char *text, size_t cursor, size_t *start,
                       LineCandidate *candidates, size_t most)
{
    const Completion *completion = context;
    size_t before = completion->input->length;
    if (before == 0)
        return suggest_complete(completion->program, text, cursor, start, candidates, most);
    char *whole = malloc(before + cursor + 2);
    if (!whole)
        return 0;
    memcpy(whole, completion->input->text, before);
    whole[before] = '\n';
    memcpy(whole + before + 1, text, cursor);
    whole[before + 1 + cursor] = '\0';
    size_t count = suggest_complete(completion->program, whole, before + 1 + cursor, start,
                                    candidates, most);
    *start = *start > before ? *start - before - 1 : 0;
    free(whole);
    return count;
}

Status shell_loop(Program *program)
{
    char history[4096], prompt[PROMPT_MOST];
    Input input = {0};
    Completion completion = {program, &input};
    bool hinted = false;
    program->at_prompt = true;
    int wake = signals_catch();
    LineSetup setup = {
        .wake = wake,
        .history_path = history_path(history, sizeof history),
        .complete = complete,
        .context = &completion,
        .colour = program->out.colour,
        .editing_mode = !program->own.has_editor ? NULL : program->own.is_vi ? "vi" : "emacs",
    };
    if (!option_has(&program->options, OPT_QUIET))
        say_line(program, &program->out, line_edits() ? MESSAGE_WELCOME : MESSAGE_WELCOME_PLAIN,
                 "version", lang_version(), NULL);
    out_flush(&program->out);
    out_flush(&program->err);
    if (!line_open(&setup))
        return STATUS_INTERNAL;
    first_prompt(program, prompt, sizeof prompt);
    while (!program->wants_to_leave) {
        char *line = NULL;
        LineEvent event = line_read(prompt, &line);
        if (event == LINE_LEAVE)
            break;
        if (event == LINE_END && input.length == 0) {
            out_print(&program->out, "\n");
            break;
        }
        if (event == LINE_END || event == LINE_INTERRUPT) {
            if (input.length == 0 && event == LINE_INTERRUPT && !hinted) {
                say_line(program, &program->out, MESSAGE_CTRL_C_HINT, NULL);
                hinted = true;
            }
            input_drop(&input);
            *signals_flag() = 0;
            out_flush(&program->out);
            first_prompt(program, prompt, sizeof prompt);
            continue;
        }
        if (event == LINE_READY && take_line(program, &input, line, prompt, sizeof prompt)) {
            line_remember(input.text);
            run_input(program, &input);
            input_drop(&input);
        }
        free(line);
        if (input.length == 0)
            first_prompt(program, prompt, sizeof prompt);
    }
    line_close();
    free(input.text);
    out_flush(&program->out);
    return STATUS_FINE;
}
