/* line_readline.c -- GNU readline by its callback interface, inside our own loop; the one file
 * that knows readline.
 *
 * The library is opened at the first line that is to be edited, since most runs edit none:
 * linking its two thousand symbols would be a fifth of the time that a start takes.
 */
#include "config.h"

#include "repl/line_editor.h"

#include <dlfcn.h>
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

/* ---- The library ---------------------------------------------------------------------- */

#define SYMBOLS(X)                                                                            \
    X(add_history) X(append_history) X(clear_history) X(emacs_standard_keymap)                \
    X(history_base) X(history_comment_char) X(history_get) X(history_length)                  \
    X(history_truncate_file) X(history_write_timestamps) X(read_history)                      \
    X(rl_attempted_completion_function) X(rl_attempted_completion_over) X(rl_bind_key_in_map) \
    X(rl_callback_handler_install) X(rl_callback_handler_remove) X(rl_callback_read_char)     \
    X(rl_callback_sigcleanup) X(rl_catch_signals) X(rl_catch_sigwinch)                        \
    X(rl_completer_quote_characters) X(rl_completion_append_character)                        \
    X(rl_completion_display_matches_hook) X(rl_completion_matches)                            \
    X(rl_completion_word_break_hook) X(rl_forced_update_display) X(rl_free_line_state)        \
    X(rl_get_screen_size) X(rl_getc_function) X(rl_initialize) X(rl_line_buffer)              \
    X(rl_prep_term_function) X(rl_prep_terminal) X(rl_readline_name) X(rl_replace_line)       \
    X(rl_resize_terminal) X(rl_sort_completion_matches) X(rl_variable_bind)                   \
    X(stifle_history) X(using_history) X(vi_insertion_keymap) X(vi_movement_keymap)

static struct {                 /* addresses of its functions and variables */
#define SYMBOL_MEMBER(name) __typeof__(name) *name;
    SYMBOLS(SYMBOL_MEMBER)
#undef SYMBOL_MEMBER
} lib;

static bool find_symbols(void)
{
    void *library = dlopen(READLINE_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
#define SYMBOL_FIND(name)                                           \
    if (!(lib.name = (__typeof__(lib.name))dlsym(library, #name)))  \
        return false;
    SYMBOLS(SYMBOL_FIND)
#undef SYMBOL_FIND
    return true;
}

/* Tells those who make packages what is opened so (https://systemd.io/ELF_DLOPEN_METADATA). */
#define DLOPEN_NOTE                                                                           \
    "[{\"feature\":\"editing\",\"description\":\"editing and history at the prompt\","            \
    "\"priority\":\"recommended\",\"soname\":[\"" READLINE_LIBRARY "\"]}]"

static const struct {
    uint32_t name_size, text_size, type;
    char name[4], text[sizeof DLOPEN_NOTE];
} dlopen_note __attribute__((used, section(".note.dlopen"), aligned(4))) = {
    4, sizeof DLOPEN_NOTE, 0x407c0c0a, "FDO", DLOPEN_NOTE,
};

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
    lib.rl_callback_handler_remove();
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
    *lib.rl_completion_append_character = candidate->closes ? ' ' : '\0';
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
    *lib.rl_attempted_completion_over = 1;
    forget_candidates();
    if (!editor.setup.complete)
        return NULL;
    editor.candidate_count =
        editor.setup.complete(editor.setup.context, *lib.rl_line_buffer, (size_t)end, &from,
                              editor.candidates, CANDIDATES);
    editor.lead = from > (size_t)start ? from - (size_t)start : 0;
    if (editor.candidate_count == 0 || from > (size_t)end)
        return NULL;
    return lib.rl_completion_matches(text, next_candidate);
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
    lib.rl_get_screen_size(&rows, &columns);
    size_t room = columns > 48 ? (size_t)columns - 28 : 20;      /* what sentences have */
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
                size_t width = out_width(about, strlen(about));
                out_cell(&out, about, width < room ? width : room, false);
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
    lib.rl_forced_update_display();
}

/* ---- History ------------------------------------------------------------------------- */

static void open_history(void)
{
    lib.using_history();
    lib.stifle_history(HISTORY_MOST);
    *lib.history_comment_char = '#';
    *lib.history_write_timestamps = 1;  /* else an input of several lines comes back in pieces */
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
    lib.read_history(editor.setup.history_path);
    editor.known_history = (size_t)*lib.history_length;
}

/* Adds what this session said to what other sessions may have written meanwhile. */
static void write_history_file(void)
{
    int new_entries = *lib.history_length - (int)editor.known_history;
    if (!editor.setup.history_path || new_entries <= 0)
        return;
    if (lib.append_history(new_entries, editor.setup.history_path) == 0)
        lib.history_truncate_file(editor.setup.history_path, HISTORY_MOST);
}

static void readline_remember(const char *input)
{
    size_t length = strlen(input);
    int count = *lib.history_length;
    HIST_ENTRY *last = count > 0 ? lib.history_get(*lib.history_base + count - 1) : NULL;
    if (length == 0 || length > LINE_MOST || input[0] == ' ' || input[0] == '\t')
        return;     /* a line that begins with a blank is not kept */
    if (last && strcmp(last->line, input) == 0)
        return;
    lib.add_history(input);
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
    lib.rl_prep_terminal(meta);
    if (tcgetattr(STDIN_FILENO, &terminal) != 0)
        return;
    terminal.c_cc[VMIN] = 0;
    terminal.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal);
}

static void set_keys(void)
{
    *lib.rl_getc_function = next_key;
    *lib.rl_prep_term_function = prepare_terminal;
    lib.rl_bind_key_in_map(NO_KEY, do_nothing, *lib.emacs_standard_keymap);
    lib.rl_bind_key_in_map(NO_KEY, do_nothing, *lib.vi_insertion_keymap);
    lib.rl_bind_key_in_map(NO_KEY, do_nothing, *lib.vi_movement_keymap);
}

/* ---- The seam ------------------------------------------------------------------------ */

static bool readline_open(const LineSetup *setup)
{
    editor.setup = *setup;
    *lib.rl_readline_name = "Alliance";
    *lib.rl_catch_signals = 0;
    *lib.rl_catch_sigwinch = 0;
    *lib.rl_attempted_completion_function = attempt;
    *lib.rl_completion_word_break_hook = word_break;
    *lib.rl_completer_quote_characters = "";
    *lib.rl_sort_completion_matches = 0;    /* ours come in the order that helps */
    *lib.rl_completion_display_matches_hook = show_candidates;
    lib.rl_variable_bind("enable-bracketed-paste", "on");
    lib.rl_variable_bind("completion-ignore-case", "on");
    lib.rl_initialize();
    if (setup->editing_mode)
        lib.rl_variable_bind("editing-mode", setup->editing_mode);
    set_keys();
    open_history();
    return true;
}

static void readline_close(void)
{
    if (editor.is_installed) {
        lib.rl_callback_handler_remove();
        editor.is_installed = false;
    }
    write_history_file();
    forget_candidates();
    lib.clear_history();
}

static bool readline_has_more(void)
{
    struct pollfd watched = {STDIN_FILENO, POLLIN, 0};
    return poll(&watched, 1, 0) > 0 && (watched.revents & POLLIN);
}

static LineEvent on_signal(void)
{
    SignalsSeen seen = signals_take();
    if (seen.resized)
        lib.rl_resize_terminal();
    if (seen.leave)
        return LINE_LEAVE;
    if (!seen.interrupt)
        return LINE_NOTHING;
    lib.rl_free_line_state();
    lib.rl_callback_sigcleanup();
    lib.rl_replace_line("", 0);
    lib.rl_callback_handler_remove();
    editor.is_installed = false;
    if (write(STDOUT_FILENO, "\n", 1) < 0)
        return LINE_LEAVE;
    return LINE_INTERRUPT;
}

static LineEvent readline_read(const char *prompt, char **line)
{
    if (!editor.is_installed) {
        lib.rl_callback_handler_install(prompt, take_line);
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
            lib.rl_callback_read_char();
    }
    if (editor.at_end)
        return LINE_END;
    *line = editor.line;
    return LINE_READY;
}

const LineEditor *line_readline(void)
{
    static const LineEditor readline_editor = {
        readline_open, readline_close, readline_read, readline_has_more, readline_remember,
    };
    return find_symbols() ? &readline_editor : NULL;
}
