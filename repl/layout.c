/* layout.c -- see layout.h. */
#include "repl/layout.h"

#include <string.h>

enum { COLUMNS_MOST = 100, COLUMNS_LEAST = 20 };

size_t layout_limit(const Program *program)
{
    if (!program->is_terminal)
        return (size_t)-1 / 2;
    if (program->width < COLUMNS_LEAST)
        return COLUMNS_LEAST;
    return program->width < COLUMNS_MOST ? program->width : COLUMNS_MOST;
}

/* layout_text for text that need not end with NUL. */
static size_t lay_out(Out *out, const char *text, size_t size, size_t column, size_t indent,
                      size_t limit)
{
    const char *end = text + size;
    bool at_start = true;
    while (text < end) {
        size_t length = 0;
        while (text + length < end && text[length] != ' ')
            length++;
        size_t width = out_width(text, length);
        if (!at_start && column + 1 + width > limit) {
            out_print(out, "\n");
            out_spaces(out, indent);
            column = indent;
        } else if (!at_start) {
            out_print(out, " ");
            column++;
        }
        out_text(out, text, length);
        column += width;
        at_start = false;
        text += length;
        while (text < end && *text == ' ')
            text++;
    }
    return column;
}

size_t layout_text(Out *out, const char *text, size_t column, size_t indent, size_t limit)
{
    return lay_out(out, text, strlen(text), column, indent, limit);
}

void layout_paragraphs(Program *program, const char *text)
{
    size_t limit = layout_limit(program);
    while (*text) {
        size_t length = strcspn(text, "\n");
        lay_out(&program->out, text, length, 0, 0, limit);
        out_print(&program->out, "\n");
        text += length + (text[length] == '\n');
    }
}
