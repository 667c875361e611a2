/* line_editor.h -- what an editor of lines is, for the files that are one and for line.c. */
#ifndef REPL_LINE_EDITOR_H
#define REPL_LINE_EDITOR_H

#include "repl/line.h"

typedef struct LineEditor {     /* the functions of line.h */
    bool (*open)(const LineSetup *setup);
    void (*close)(void);
    LineEvent (*read)(const char *prompt, char **line);
    bool (*has_more)(void);
    void (*remember)(const char *input);
} LineEditor;

extern const LineEditor line_plain;
const LineEditor *line_readline(void);      /* NULL: readline is not installed here */

#endif
