/* suggest.h -- what could come next: completion for the prompt, editors and shells. */
#ifndef REPL_SUGGEST_H
#define REPL_SUGGEST_H

#include "repl/line.h"
#include "repl/program.h"

/* A LineCompleter; context is the Program.  Nothing is evaluated.  Away from the prompt, a text
 * that begins with `$ ` is the command line of a shell. */
size_t suggest_complete(void *context, const char *text, size_t cursor, size_t *start,
                        LineCandidate *candidates, size_t most);

#endif
