/* examples.h -- the example alliances that ship, in the language of the session. */
#ifndef REPL_EXAMPLES_H
#define REPL_EXAMPLES_H

#include "repl/program.h"

typedef struct Example {
    char name[64];              /* "silver-geek" */
    const char *about;          /* the sentence that it opens with; in the arena */
    const char *text;
    size_t length;
} Example;

/* One after the other, from *index on; false: there are no more. */
bool example_next(Program *program, Arena *arena, size_t *index, Example *example);
/* By name; *nearest: one that is nearly called so, or NULL. */
bool example_find(Program *program, Arena *arena, const char *name, Example *example,
                  const char **nearest);

#endif
