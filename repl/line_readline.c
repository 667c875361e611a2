/* line_readline.c -- GNU readline by its callback interface, inside our own loop; the one file
 * that knows readline. */
#include "repl/line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "lang/lang.h"
#include "repl/out.h"
#include "repl/signals.h"

enum { HISTORY_MOST = 10000, CANDIDATES = 500, LINE_MOST = 1 << 20 };

static struct {
    LineSetup setup;
    char *line;             /* what readline's handler was given */
    bool has_line, at_end, is_installed;
    LineCandidate candidates[CANDIDATES];
    size_t candidate_count, candidate_next;
    size_t lead;            /* bytes of readline's word before the one that is completed */
    size_t known_history;   /* entries that were on disk */
} editor;

static void take_line(char *line)
{
    rl_callback_handler_remove();
    editor.is_installed = false;
    editor.has_line = true;
    editor.at_end = line == NULL;
    editor.line = line;
}

/* ---- Completion ---------------------------------------------------------------------- */

static void forget_candidates(void)
{
    for (size_t i = 0; i < editor.candidate_count; i++) {
        free(editor.candidates[i].text);
        free(editor.candidates[i].about);
    }
    editor.candidate_count = editor.candidate_next = 0;
}

/* Readline's word may begin before ours (`:show`, `count(par`): what lies between is kept. */
static char *next_candidate(const char *text, int state)
{
    size_t lead = editor.lead;
    if (state == 0)
        editor.candidate_next = 0;
    if (editor.candidate_next >= editor.candidate_count)
        return NULL;
    const LineCandidate *candidate = &editor.candidates[editor.candidate_next++];
    rl_completion_append_character = candidate->closes ? ' ' : '\0';
    char *whole = malloc(lead + strlen(candidate->text) + 1);
    if (whole) {
        memcpy(whole, text, lead);
        memcpy(whole + lead, candidate->text, strlen(candidate->text) + 1);
    }
    return whole;
}

/* Replaces what readline would do: our words are not readline's, so the start is ours too. */
static char **attempt(const char *text, int start, int end)
{
    size_t from = (size_t)start;
    (void)text;
    rl_attempted_completion_over = 1;
    forget_candidates();
    if (!editor.setup.complete)
        return NULL;
    editor.candidate_count =
        editor.setup.complete(editor.setup.context, rl_line_buffer, (size_t)end, &from,
                              editor.candidates, CANDIDATES);
    editor.lead = from > (size_t)start ? from - (size_t)start : 0;
    if (editor.candidate_count == 0 || from > (size_t)end)
        return NULL;
    return rl_completion_matches(text, next_candidate);
}

/* Readline asks where the word begins before it asks for candidates. */
static char *word_break(void)
{
    static char breaks[] = " \t\n";
    return breaks;
}

/* Candidates with their sentence, one a line; only their names when they are many. */
static void show_candidates(char **matches, int count, int longest)
{
    Out out;
    (void)longest;
    out_init(&out, STDOUT_FILENO, editor.setup.colour);
    out_print(&out, "\n");
    bool with_sentence = count <= 24;
    int rows, columns;
    rl_get_screen_size(&rows, &columns);
    size_t cell = 1;
    for (int i = 1; i <= count; i++) {
        const char *shown = strlen(matches[i]) >= editor.lead ? matches[i] + editor.lead : "";
        size_t width = out_width(shown, strlen(shown));
        cell = width > cell ? width : cell;
    }
    if (columns > 2 && cell > (size_t)columns - 2)
        cell = (size_t)columns - 2;
    size_t across = columns > 0 ? (size_t)columns / (cell + 1) : 1;
    across = across > 0 ? across : 1;
    for (int i = 1; i <= count; i++) {
        const char *shown = strlen(matches[i]) >= editor.lead ? matches[i] + editor.lead : "";
        const char *about = NULL;
        for (size_t j = 0; j < editor.candidate_count && with_sentence; j++)
            if (strcmp(editor.candidates[j].text, shown) == 0)
                about = editor.candidates[j].about;
        if (with_sentence) {
            out_print(&out, "  ");
            out_style(&out, STYLE_STRONG);
            out_cell(&out, shown, about ? 24 : out_width(shown, strlen(shown)), false);
            out_style(&out, STYLE_PLAIN);
            if (about) {
                out_print(&out, "  ");
                out_style(&out, STYLE_FAINT);
                out_string(&out, about);
                out_style(&out, STYLE_PLAIN);
            }
            out_print(&out, "\n");
        } else {
            out_cell(&out, shown, cell, false);
            out_print(&out, (size_t)i % across == 0 || i == count ? "\n" : " ");
        }
    }
    out_flush(&out);
    out_clear(&out);
    rl_forced_update_display();
}

/* ---- History ------------------------------------------------------------------------- */

static void open_history(void)
{
    using_history();
    stifle_history(HISTORY_MOST);
    history_comment_char = '#';
    history_write_timestamps = 1;   /* else an input of several lines comes back in pieces */
    if (!editor.setup.history_path)
        return;
    struct stat status;
    if (lstat(editor.setup.history_path, &status) == 0
        && (!S_ISREG(status.st_mode) || status.st_uid != geteuid())) {
        editor.setup.history_path = NULL;   /* not ours: neither read nor written */
        return;
    }
    int descriptor = open(editor.setup.history_path,
                          O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        editor.setup.history_path = NULL;
        return;
    }
    fchmod(descriptor, 0600);
    close(descriptor);
    read_history(editor.setup.history_path);
    editor.known_history = (size_t)history_length;
}

/* Adds what this session said to what other sessions may have written meanwhile. */
static void write_history_file(void)
{
    int new_entries = history_length - (int)editor.known_history;
    if (!editor.setup.history_path || new_entries <= 0)
        return;
    if (append_history(new_entries, editor.setup.history_path) == 0)
        history_truncate_file(editor.setup.history_path, HISTORY_MOST);
}

void line_remember(const char *input)
{
    size_t length = strlen(input);
    HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (length == 0 || length > LINE_MOST || input[0] == ' ' || input[0] == '\t')
        return;     /* a line that begins with a blank is not kept */
    if (last && strcmp(last->line, input) == 0)
        return;
    add_history(input);
}

/* ---- Keys ------------------------------------------------------------------------------ */

/* Ctrl-C throws away what was typed and not yet read, so there may be no key where there was one:
 * then readline gets this, which does nothing, and we go on to look at the signal. */
enum { NO_KEY = 0 };

static int do_nothing(int count, int key)
{
    (void)count;
    (void)key;
    return 0;
}

static int next_key(FILE *stream)
{
    unsigned char key;
    for (;;) {
        ssize_t got = read(fileno(stream), &key, 1);
        if (got == 1)
            return key;
        if (got < 0 && errno != EINTR && errno != EAGAIN)
            return EOF;
        struct pollfd watched[2] = {{fileno(stream), POLLIN, 0}, {editor.setup.wake, POLLIN, 0}};
        poll(watched, editor.setup.wake >= 0 ? 2 : 1, -1);
        if (watched[1].revents & POLLIN)
            return NO_KEY;
        if (!(watched[0].revents & POLLIN) && (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL)))
            return EOF;
    }
}

/* As readline wants the terminal, but for one thing: reading never waits (next_key does). */
static void prepare_terminal(int meta)
{
    struct termios terminal;
    rl_prep_terminal(meta);
    if (tcgetattr(STDIN_FILENO, &terminal) != 0)
        return;
    terminal.c_cc[VMIN] = 0;
    terminal.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal);
}

static void set_keys(void)
{
    rl_getc_function = next_key;
    rl_prep_term_function = prepare_terminal;
    rl_bind_key_in_map(NO_KEY, do_nothing, emacs_standard_keymap);
    rl_bind_key_in_map(NO_KEY, do_nothing, vi_insertion_keymap);
    rl_bind_key_in_map(NO_KEY, do_nothing, vi_movement_keymap);
}

/* ---- The seam ------------------------------------------------------------------------ */

bool line_open(const LineSetup *setup)
{
    editor.setup = *setup;
    rl_readline_name = "Alliance";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_attempted_completion_function = attempt;
    rl_completion_word_break_hook = word_break;
    rl_completer_quote_characters = "";
    rl_sort_completion_matches = 0;     /* ours come in the order that helps */
    rl_completion_display_matches_hook = show_candidates;
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_variable_bind("completion-ignore-case", "on");
    rl_initialize();
    if (setup->editing_mode)
        rl_variable_bind("editing-mode", setup->editing_mode);
    set_keys();
    open_history();
    return true;
}

void line_close(void)
{
    if (editor.is_installed) {
        rl_callback_handler_remove();
        editor.is_installed = false;
    }
    write_history_file();
    forget_candidates();
    clear_history();
}

bool line_has_more(void)
{
    struct pollfd watched = {STDIN_FILENO, POLLIN, 0};
    return poll(&watched, 1, 0) > 0 && (watched.revents & POLLIN);
}

static LineEvent on_signal(void)
{
    SignalsSeen seen = signals_take();
    if (seen.resized)
        rl_resize_terminal();
    if (seen.leave)
        return LINE_LEAVE;
    if (!seen.interrupt)
        return LINE_NOTHING;
    rl_free_line_state();
    rl_callback_sigcleanup();
    rl_replace_line("", 0);
    rl_callback_handler_remove();
    editor.is_installed = false;
    if (write(STDOUT_FILENO, "\n", 1) < 0)
        return LINE_LEAVE;
    return LINE_INTERRUPT;
}

LineEvent line_read(const char *prompt, char **line)
{
    if (!editor.is_installed) {
        rl_callback_handler_install(prompt, take_line);
        editor.is_installed = true;
    }
    editor.has_line = false;
    while (!editor.has_line) {
        struct pollfd watched[2] = {{STDIN_FILENO, POLLIN, 0}, {editor.setup.wake, POLLIN, 0}};
        if (poll(watched, editor.setup.wake >= 0 ? 2 : 1, -1) < 0 && errno != EINTR)
            return LINE_END;
        LineEvent event = on_signal();
        if (event != LINE_NOTHING)
            return event;
        if (watched[0].revents & (POLLIN | POLLHUP | POLLERR))
            rl_callback_read_char();
    }
    if (editor.at_end)
        return LINE_END;
    *line = editor.line;
    return LINE_READY;
}
