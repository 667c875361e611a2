/* layout.c -- see layout.h. */
#include "repl/layout.h"

#include <string.h>

enum { COLUMNS_MOST = 100, COLUMNS_LEAST = 20 };

size_t layout_limit(unsigned width)
{
    if (width == 0)
        return (size_t)-1 / 2;
    if (width < COLUMNS_LEAST)
        return COLUMNS_LEAST;
    return width < COLUMNS_MOST ? width : COLUMNS_MOST;
}

/* Punctuation that no line begins with: French has a blank before it. */
static bool holds_on(const char *text, const char *end)
{
    if (text >= end)
        return false;
    return strchr(";:!?", *text) || (end - text > 1 && memcmp(text, "\xc2\xbb", 2) == 0);
}

/* Bytes up to the next place where a line may break. */
static size_t piece_of(const char *text, const char *end)
{
    size_t length = 0;
    for (;;) {
        while (text + length < end && text[length] != ' ')
            length++;
        bool opens = length >= 2 && memcmp(text + length - 2, "\xc2\xab", 2) == 0;
        if (text + length >= end || !(opens || holds_on(text + length + 1, end)))
            return length;
        length++;
    }
}

/* layout_text for text that need not end with NUL. */
static size_t lay_out(Out *out, const char *text, size_t size, size_t column, size_t indent,
                      size_t limit)
{
    const char *end = text + size;
    bool at_start = true;
    while (text < end) {
        size_t length = piece_of(text, end);
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

/* How far the lines of an item of a list stand in: `- ` and `1. ` begin one. */
static size_t hang_of(const char *text)
{
    if (strncmp(text, "- ", 2) == 0)
        return 2;
    return text[0] >= '1' && text[0] <= '9' && text[1] == '.' && text[2] == ' ' ? 3 : 0;
}

void layout_lines(Out *out, const char *text, size_t indent, size_t limit)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t hang = hang_of(text);
        lay_out(out, text, length, 0, indent + hang, limit);
        out_print(out, "\n");
        text += length + (text[length] == '\n');
    }
}
