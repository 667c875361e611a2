/* line.c -- picks the editor of lines: GNU readline where it is, else plain reading. */
#include "config.h"

#include "repl/line_editor.h"

static const LineEditor *editor;

static const LineEditor *best_editor(void)
{
#ifdef HAVE_READLINE
    const LineEditor *readline = line_readline();
    if (readline)
        return readline;
#endif
    return &line_plain;
}

bool line_edits(void)
{
    return best_editor() != &line_plain;
}

bool line_open(const LineSetup *setup)
{
    editor = best_editor();
    return editor->open(setup);
}

void line_close(void)
{
    editor->close();
}

LineEvent line_read(const char *prompt, char **line)
{
    return editor->read(prompt, line);
}

bool line_has_more(void)
{
    return editor->has_more();
}

void line_remember(const char *input)
{
    editor->remember(input);
}
