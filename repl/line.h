/* line.h -- the line editor behind a small seam: GNU readline, or plain reading.
 *
 * line_readline.c is the only file that knows readline.
 */
#ifndef REPL_LINE_H
#define REPL_LINE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum LineEvent {
    LINE_NOTHING,       /* woken without a whole line */
    LINE_READY,         /* a line is there */
    LINE_INTERRUPT,     /* Ctrl-C */
    LINE_END,           /* Ctrl-D on an empty line, or the end of the input */
    LINE_LEAVE,         /* TERM or HUP */
} LineEvent;

typedef struct LineCandidate {
    char *text;         /* what would stand there (malloc'ed, taken over) */
    char *about;        /* one sentence, or NULL (malloc'ed, taken over) */
    bool closes;        /* a blank follows */
} LineCandidate;

/* Fills candidates for text[0..cursor); `start` is where the word to replace begins.  At most
 * `most`; returns how many. */
typedef size_t LineCompleter(void *context, const char *text, size_t cursor, size_t *start,
                             LineCandidate *candidates, size_t most);

typedef struct LineSetup {
    int wake;                   /* descriptor of signals.h */
    const char *history_path;   /* NULL: no history is kept */
    LineCompleter *complete;
    void *context;              /* of complete */
    bool colour;
    const char *editing_mode;   /* "vi", "emacs", or NULL: as ~/.inputrc says */
} LineSetup;

bool line_edits(void);          /* readline is built in, and installed here */

bool line_open(const LineSetup *setup);
void line_close(void);          /* puts the terminal back, writes the history */

/* Shows the prompt and waits.  LINE_READY: *line is malloc'ed and the caller's. */
LineEvent line_read(const char *prompt, char **line);
/* Something was pasted or typed ahead: more input is already there. */
bool line_has_more(void);
void line_remember(const char *input);      /* a whole input, for the history */

#endif
