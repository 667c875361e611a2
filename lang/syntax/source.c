/* source.c -- where a byte of a text stands: a table of line starts, and a place remembered.
 *
 * Questions mostly come in the order of the text, so the last place answered is where the next
 * count begins: many questions about one very long line stay cheap.
 */

#include "lang/syntax/source.h"

#include <string.h>

#include "lang/base/utf8.h"

Source *source_new(Arena *arena, const char *path, const char *text, size_t length)
{
    Source *source = arena_alloc(arena, sizeof *source);

    if (length > UINT32_MAX - 1)
        arena_alloc(arena, SIZE_MAX);       /* the limit on files is far below */
    source->arena = arena;
    source->path = arena_copy(arena, path, strlen(path));
    source->text = text;
    source->length = (uint32_t)length;
    return source;
}

/* The length in bytes of the end of line that begins at `at`; 0: there is none. */
static uint32_t line_end(const Source *source, uint32_t at)
{
    const unsigned char *text = (const unsigned char *)source->text;
    uint32_t left = source->length - at;

    switch (text[at]) {
    case '\n':
    case '\v':
        return 1;
    case '\r':
        return left > 1 && text[at + 1] == '\n' ? 2 : 1;
    case 0xC2:          /* U+0085 */
        return left > 1 && text[at + 1] == 0x85 ? 2 : 0;
    case 0xE2:          /* U+2028, U+2029 */
        return left > 2 && text[at + 1] == 0x80 && (text[at + 2] | 1) == 0xA9 ? 3 : 0;
    default:
        return 0;
    }
}

/* A byte order mark stands before the first line, not in it. */
static uint32_t first_byte(const Source *source)
{
    return source->length >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* The next byte that may begin an end of line: eight are passed over at a time. */
static uint32_t next_candidate(const Source *source, uint32_t at)
{
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;

    for (uint64_t word; source->length - at >= sizeof word; at += (uint32_t)sizeof word) {
        memcpy(&word, source->text + at, sizeof word);
        uint64_t found = (word | (word - ones * 0x0E)) & highs;
        if (!found)
            continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        return at + (uint32_t)__builtin_ctzll(found) / 8;   /* the first is never a borrowed one */
#else
        break;
#endif
    }
    while (at < source->length && !((unsigned char)source->text[at] >= 0x80
                                    || (unsigned char)source->text[at] < 0x0E))
        at++;
    return at;
}

static void find_lines(Source *source)
{
    size_t capacity = 0;
    uint32_t count = 0, at = first_byte(source);
    uint32_t *lines = arena_grow(source->arena, NULL, &capacity, 1, sizeof *lines);

    lines[count++] = at;
    while ((at = next_candidate(source, at)) < source->length) {
        uint32_t end = line_end(source, at);
        at += end ? end : 1;
        if (!end)
            continue;
        lines = arena_grow(source->arena, lines, &capacity, (size_t)count + 1, sizeof *lines);
        lines[count++] = at;
    }
    source->lines = lines;
    source->line_count = count;
}

uint32_t source_line_count(Source *source)
{
    if (!source->lines)
        find_lines(source);
    return source->line_count;
}

/* The number from 0 of the line that holds this byte. */
static uint32_t line_of(Source *source, uint32_t byte)
{
    uint32_t low = 0, high = source_line_count(source);
    uint32_t last = source->last.line;

    if (last > 0 && source->lines[last - 1] <= byte) {      /* mostly near the last answer */
        low = last - 1;
        if (high - low > 32 && source->lines[low + 32] > byte)
            high = low + 32;
    }
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

Position source_position(Source *source, uint32_t byte)
{
    if (byte > source->length)
        byte = source->length;

    uint32_t line = line_of(source, byte);
    Position place = { .byte = source->lines[line], .line = line + 1, .column = 1 };
    if (source->last.line == place.line && source->last.byte <= byte)
        place = source->last;
    while (place.byte < byte) {
        unsigned size;
        utf8_decode(source->text + place.byte, source->length - place.byte, &size);
        if (size > byte - place.byte)
            break;              /* inside a character: the column is that of the character */
        place.byte += size;
        place.column++;
    }
    source->last = place;
    place.byte = byte;
    return place;
}

uint32_t source_line_at(Source *source, uint32_t byte)
{
    uint32_t line = line_of(source, byte);

    if (source->last.line != line + 1)
        source->last = (Position){ .byte = source->lines[line], .line = line + 1, .column = 1 };
    return line + 1;
}

uint32_t source_offset(Source *source, uint32_t line, uint32_t column)
{
    uint32_t count = source_line_count(source);
    Span span = source_line(source, line < 1 ? 1 : line > count ? count : line);

    while (column > 1 && span.start < span.end) {
        unsigned size;
        utf8_decode(source->text + span.start, span.end - span.start, &size);
        span.start += size;
        column--;
    }
    return span.start;
}

Span source_line(Source *source, uint32_t line)
{
    uint32_t count = source_line_count(source);

    if (line < 1 || line > count)
        return (Span){ source->length, source->length };
    uint32_t start = source->lines[line - 1];
    if (line == count)
        return (Span){ start, source->length };

    /* Its end is one to three bytes; the only one of two that begins inside another is CR LF. */
    uint32_t next = source->lines[line], end = next - 1;
    if (end >= start + 1 && line_end(source, end - 1) == 2)
        end--;
    else if (end >= start + 2 && line_end(source, end - 2) == 3)
        end -= 2;
    return (Span){ start, end };
}
