/* pattern.h -- PCRE2 patterns with limits; the one place that knows PCRE2. */
#ifndef LANG_EVAL_PATTERN_H
#define LANG_EVAL_PATTERN_H

#include "lang/base/arena.h"
#include "messages.h"           /* generated: MessageId */

typedef struct Pattern Pattern;
typedef enum PatternMatch { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT } PatternMatch;

/* What is wrong with a pattern, for a sentence in any language. */
typedef enum PatternFault {
    PATTERN_FAULT_OTHER,                /* see the text */
    PATTERN_FAULT_UNCLOSED_GROUP,       /* ( without ) */
    PATTERN_FAULT_UNOPENED_GROUP,       /* ) without ( */
    PATTERN_FAULT_UNCLOSED_SET,         /* [ without ] */
    PATTERN_FAULT_BACKWARD_RANGE,       /* [z-a] */
    PATTERN_FAULT_NOTHING_TO_REPEAT,    /* *a */
    PATTERN_FAULT_ESCAPE,               /* a backslash before what means nothing, or at the end */
    PATTERN_FAULT_TOO_LONG,
} PatternFault;

typedef struct PatternError {
    PatternFault fault;
    size_t offset;          /* in the pattern, bytes; of what is never closed: where it opens */
    char text[128];         /* PCRE2's own sentence (English) */
} PatternError;

/* The fault as a text of the catalogues: "a `(` is never closed". */
MessageId pattern_fault_message(PatternFault fault);

#define PATTERN_UNSET SIZE_MAX  /* both ends of a group that took no part in the match */

/* Compiled in the arena (freed with it); UTF, UCP; NULL and *error when it is wrong.  `error`
 * may be NULL.  The text of a pattern and those it is matched with are NFC. */
Pattern *pattern_new(Arena *arena, const char *text, size_t length, bool caseless,
                     PatternError *error);

/* Never runs longer than the limits of the Env allow: PATTERN_LIMIT then, for a text of more
 * than 64 KiB or that is not UTF-8, and when the Env says cancel.  `start` and `end` (may be
 * NULL) get the place of the match in bytes. */
PatternMatch pattern_match(Pattern *pattern, const char *text, size_t length, size_t *start,
                           size_t *end);

/* The same from a byte on.  *group_count says how many groups there is room for (group 0 is
 * the whole match), and gets how many were written. */
PatternMatch pattern_match_from(Pattern *pattern, const char *text, size_t length, size_t from,
                                size_t groups[][2], size_t *group_count);

/* Steps spent so far over all matches, for whoever meters work. */
uint64_t pattern_spent(const Pattern *pattern);

#endif
