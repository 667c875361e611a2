/* complete.h -- what a prompt asks before it reads: is this input finished, what is open, and
 * what may stand here? */
#ifndef LANG_SYNTAX_COMPLETE_H
#define LANG_SYNTAX_COMPLETE_H

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
typedef enum Expectation {
    EXPECT_NOTHING = 0,
    EXPECT_STATEMENT = 1 << 0,      /* core statement words, kinds allowed at `place` */
    EXPECT_ITEM = 1 << 1,           /* properties and kinds of the block's kind */
    EXPECT_VALUE = 1 << 2,          /* a value of `property` of `kind` */
    EXPECT_OPERAND = 1 << 3,        /* expression: fields, collections, names */
    EXPECT_OPERATOR = 1 << 4,
    EXPECT_STEP = 1 << 5,
    EXPECT_NOTE = 1 << 6,
    EXPECT_FILE = 1 << 7,           /* a file name in quotes */
    EXPECT_COMMAND = 1 << 8,        /* a `:` command's name */
    EXPECT_ARGUMENT = 1 << 9,       /* its argument; `word` is the command */
    EXPECT_KIND = 1 << 10,          /* after change, remove */
    EXPECT_REFERENCE = 1 << 11,     /* a name; `kind` when known */
    EXPECT_UNIT = 1 << 12,
    EXPECT_CHECK = 1 << 13,         /* after accept, settings */
    EXPECT_FIELD = 1 << 14,         /* after a dot, or a path of a step */
} Expectation;

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
