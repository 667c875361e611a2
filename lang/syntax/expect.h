/* expect.h -- what may stand at a place of an input: noted by the parser, told by complete.h. */
#ifndef LANG_SYNTAX_EXPECT_H
#define LANG_SYNTAX_EXPECT_H

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

#endif
