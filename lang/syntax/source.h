/* source.h -- one text with its name, and where a byte of it stands.
 *
 * A Span is two byte offsets, half open, into one source.  Lines and columns are counted from 1,
 * columns in Unicode code points; both are computed when shown, from a table of line starts
 * built at the first question.
 */
#ifndef LANG_SYNTAX_SOURCE_H
#define LANG_SYNTAX_SOURCE_H

#include "lang/base/arena.h"

typedef struct Span {
    uint32_t start, end;
} Span;

typedef struct Position {
    uint32_t byte;          /* from 0 */
    uint32_t line, column;  /* from 1 */
} Position;

typedef struct Source {
    Arena *arena;
    const char *path;       /* as shown to a person */
    const char *text;       /* borrowed from the Env, or in the arena */
    uint32_t length;
    uint32_t index;         /* its number among the files of the snapshot, from 0 */
    uint32_t *lines;        /* byte offsets of line starts; NULL until asked */
    uint32_t line_count;
    Position last;          /* the last answer: where the next count may begin */
} Source;

/* The text is borrowed, the path is copied. */
Source *source_new(Arena *arena, const char *path, const char *text, size_t length);

/* A byte past the end is taken for the end.  Each byte that is not UTF-8 is a column. */
Position source_position(Source *source, uint32_t byte);
uint32_t source_line_at(Source *source, uint32_t byte);      /* the line alone, from 1 */
uint32_t source_offset(Source *source, uint32_t line, uint32_t column);  /* inverse, clamped */

/* Lines end at LF, CR LF, CR, VT, NEL, U+2028, U+2029; after the last end stands one more line,
 * maybe empty.  A byte order mark stands before the first line. */
uint32_t source_line_count(Source *source);
Span source_line(Source *source, uint32_t line);    /* without its end */

#endif
