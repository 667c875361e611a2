/* nearest.h -- the word that is nearest to a misspelt one: commands, checks, topics, names.
 *
 * Near is the distance of utf8_distance between folded words, at most a third of what was
 * typed and at least one; of equally near ones, the first of the language of the session is kept.
 */
#ifndef REPL_NEAREST_H
#define REPL_NEAREST_H

#include "lang/lang.h"

typedef struct Nearest {
    Arena *arena;
    const char *key;            /* what was typed, folded */
    size_t length;
    unsigned limit, distance;   /* the farthest that is near; that of the best so far */
    bool is_own;                /* the best is a word of the session's language */
    const char *word;           /* the best, as it is shown; NULL: none is near */
} Nearest;

/* What was typed need not be valid UTF-8: then nothing is near.  The arena outlives the search. */
void nearest_begin(Nearest *nearest, Arena *arena, const char *typed, size_t length);

/* Compares with a word (NULL: with none), which is shown as `shown`, kept and not copied. */
void nearest_offer(Nearest *nearest, const char *word, const char *shown, bool is_own);

#endif
