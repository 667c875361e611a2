/* complete.h -- what a prompt asks before it reads: is this input finished, what is open, and
 * what may stand here? */
#ifndef LANG_SYNTAX_COMPLETE_H
#define LANG_SYNTAX_COMPLETE_H

#include "lang/syntax/expect.h"
#include "lang/syntax/node.h"

typedef enum InputState {
    INPUT_EMPTY,        /* only blanks and comments */
    INPUT_COMPLETE,     /* can be read now, rightly or wrongly */
    INPUT_UNFINISHED,   /* inside a block, a list or a text: ask for another line */
} InputState;

typedef struct InputOpen {
    InputState state;
    Span innermost;     /* the head of the innermost open block ("partner macif"), or empty */
} InputOpen;

InputOpen input_state(Arena *scratch, const Words *words, LangId language, const char *text,
                      size_t length);

/* What the grammar expects at the end of text[0..cursor), and what stands around it. */
typedef struct InputPlace {
    unsigned expects;           /* Expectation bits */
    Span prefix;                /* the word being typed (maybe empty), to be replaced */
    NameId kind;                /* kind word of the innermost open block, or 0 */
    NameId property;            /* property word before `:`, or 0 */
    NameId word;                /* command, or the word before */
    NameId source;              /* expression: the collection word that feeds it, or 0 */
    const NameId *given;        /* property words already in this block */
    unsigned given_count;
} InputPlace;

InputPlace input_place(Arena *scratch, Names *names, const Words *words, LangId language,
                       const char *text, size_t length);

#endif
