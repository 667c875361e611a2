/* out.h -- the one way to a terminal, a pipe or a text: buffered, checked, never trusting.
 *
 * Text that comes from files or plugins goes through out_text, which shows every control
 * character, direction mark and broken byte as an escape, on a terminal and in a pipe alike.
 * Only the program's own layout goes through out_print and out_style.
 */
#ifndef REPL_OUT_H
#define REPL_OUT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum Style {
    STYLE_PLAIN, STYLE_ERROR, STYLE_WARNING, STYLE_NOTE, STYLE_HELP, STYLE_PLACE, STYLE_STRONG,
    STYLE_FAINT, STYLE_GOOD,
} Style;

typedef struct Out {
    int descriptor;         /* -1: keep everything in `bytes` */
    bool colour;
    bool failed;            /* a write failed; error says why (errno) */
    int error;
    char *bytes;
    size_t length, capacity;
    struct Out *other;      /* flushed before this one takes anything, so that what a person sees
                             * on one terminal is in order; or NULL */
} Out;

void out_init(Out *out, int descriptor, bool colour);
void out_clear(Out *out);                   /* frees; does not flush */
bool out_flush(Out *out);                   /* false: something was lost */

void out_text(Out *out, const char *bytes, size_t length);      /* sanitised; newlines escaped */
void out_string(Out *out, const char *text);                    /* the same, NUL-terminated */
/* Why something failed; with a trace, whose lines stay lines. */
void out_reason(Out *out, const char *reason, bool has_trace);
void out_lines(Out *out, const char *text, size_t length);      /* sanitised; LF and TAB stay */
/* The same, but the colours of a drawn page stay, when there are colours at all. */
void out_drawn(Out *out, const char *text, size_t length);
void out_raw(Out *out, const char *bytes, size_t length);       /* a document: bytes as they are */
void out_print(Out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_style(Out *out, Style style);
void out_spaces(Out *out, size_t count);
void out_repeat(Out *out, char c, size_t count);

/* Columns that out_text will take for these bytes. */
size_t out_width(const char *bytes, size_t length);
/* Writes text padded with spaces to a width, cut with an ellipsis when it is longer. */
void out_cell(Out *out, const char *text, size_t width, bool right);

#endif
