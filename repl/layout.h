/* layout.h -- text in lines that fit the terminal. */
#ifndef REPL_LAYOUT_H
#define REPL_LAYOUT_H

#include "repl/program.h"

/* Columns of a line of text: the terminal's, at most 100; no end when no one looks (pipes keep one
 * sentence on one line). */
size_t layout_limit(const Program *program);

/* Writes text from `column` on, breaking between words before `limit`; the lines after the first
 * begin at `indent`.  Gives the column after it. */
size_t layout_text(Out *out, const char *text, size_t column, size_t indent, size_t limit);

/* Paragraphs, each line of the text one; a line end after the last. */
void layout_lines(Out *out, const char *text, size_t indent, size_t limit);
/* The same from the left margin, on standard output. */
void layout_paragraphs(Program *program, const char *text);

#endif
