/* layout.h -- text in lines that fit the terminal. */
#ifndef REPL_LAYOUT_H
#define REPL_LAYOUT_H

#include "repl/out.h"

/* Columns of a line of text on a terminal of this width: at most 100.  0 is no terminal: no end,
 * since a pipe keeps one sentence on one line. */
size_t layout_limit(unsigned width);

/* Writes text from `column` on, breaking between words before `limit`; the lines after the first
 * begin at `indent`.  Gives the column after it. */
size_t layout_text(Out *out, const char *text, size_t column, size_t indent, size_t limit);

/* Paragraphs, each line of the text one; a line end after the last. */
void layout_lines(Out *out, const char *text, size_t indent, size_t limit);

#endif
