/* pattern.h -- PCRE2 patterns with limits; the one place that knows PCRE2. */
#ifndef LANG_EVAL_PATTERN_H
#define LANG_EVAL_PATTERN_H

#include "lang/base/arena.h"

typedef struct Pattern Pattern;
typedef enum PatternMatch { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT } PatternMatch;

typedef struct PatternError {
    size_t offset;          /* in the pattern, bytes */
    char text[128];         /* PCRE2's own sentence (English) */
} PatternError;

/* Compiled in the arena (freed with it); UTF, UCP; NULL and *error when it is wrong. */
Pattern *pattern_new(Arena *arena, const char *text, size_t length, bool caseless,
                     PatternError *error);
/* Never runs longer than the limits of the Env allow: PATTERN_LIMIT then. */
PatternMatch pattern_match(Pattern *pattern, const char *text, size_t length, size_t *start,
                           size_t *end);
PatternMatch pattern_match_from(Pattern *pattern, const char *text, size_t length, size_t from,
                                size_t groups[][2], size_t *group_count);

#endif
