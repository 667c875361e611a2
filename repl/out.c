/* out.c -- see out.h. */
#include "repl/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lang/lang.h"

enum { FLUSH_AT = 1 << 16, AT_ONCE = 1 << 14 };     /* what is long is not copied first */

void out_init(Out *out, int descriptor, bool colour)
{
    *out = (Out){.descriptor = descriptor, .colour = colour};
}

void out_clear(Out *out)
{
    env_reallocate(NULL, out->bytes, out->capacity, 0);
    out->bytes = NULL;
    out->length = out->capacity = 0;
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

bool out_flush(Out *out)
{
    if (out->descriptor >= 0 && out->length > 0) {
        if (!out->failed && !write_all(out->descriptor, out->bytes, out->length)) {
            out->failed = true;
            out->error = errno;
        }
        out->length = 0;
    }
    return !out->failed;
}

void out_raw(Out *out, const char *bytes, size_t length)
{
    if (out->failed || length == 0)
        return;
    if (out->other && out->other->length > 0)
        out_flush(out->other);
    if (out->descriptor >= 0 && (length >= AT_ONCE || out->length + length > FLUSH_AT))
        out_flush(out);
    if (out->descriptor >= 0 && length >= AT_ONCE) {
        if (!write_all(out->descriptor, bytes, length)) {
            out->failed = true;
            out->error = errno;
        }
        return;
    }
    if (out->length + length + 1 > out->capacity) {
        size_t capacity = out->capacity ? out->capacity * 2 : 1 << 12;
        while (capacity < out->length + length + 1)
            capacity *= 2;
        char *bigger = env_reallocate(NULL, out->bytes, out->capacity, capacity);
        if (!bigger) {
            out->failed = true;
            out->error = ENOMEM;
            return;
        }
        out->bytes = bigger;
        out->capacity = capacity;
    }
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    out->bytes[out->length] = '\0';
}

/* How a code point is shown: itself, or as an escape in `text`. */
static bool is_shown_as_is(int32_t code, bool keep_lines)
{
    if (code == '\n' || code == '\t')
        return keep_lines;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        return false;
    if (code < 0x300)
        return code != 0xad;
    if (code == 0x200c || code == 0x200d)
        return true;
    if (code == 0x2028 || code == 0x2029 || code == 0x200e || code == 0x200f || code == 0x61c
        || code == 0x180e)
        return false;
    if (code >= 0xe0000 && code <= 0xe007f)
        return false;
    if ((code >= 0xfff9 && code <= 0xfffb) || (code >= 0xfdd0 && code <= 0xfdef)
        || (code & 0xfffe) == 0xfffe)
        return false;
    return !utf8_is_invisible(code);
}

static size_t escape(int32_t code, unsigned char byte, char text[16])
{
    int length = code < 0 ? snprintf(text, 16, "\\x%02X", byte)
        : code == '\n'    ? snprintf(text, 16, "\\n")
        : code == '\t'    ? snprintf(text, 16, "\\t")
                          : snprintf(text, 16, "\\u{%X}", (unsigned)code);
    return (size_t)length;
}

static void write_safe(Out *out, const char *bytes, size_t length, bool keep_lines)
{
    size_t from = 0;
    for (size_t i = 0; i < length;) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= 0x20 && byte < 0x7f) {
            i++;
            continue;
        }
        unsigned size;
        int32_t code = utf8_decode(bytes + i, length - i, &size);
        if (code < 0 || !is_shown_as_is(code, keep_lines)) {
            char text[16];
            out_raw(out, bytes + from, i - from);
            out_raw(out, text, escape(code, byte, text));
            from = i + size;
        }
        i += size;
    }
    out_raw(out, bytes + from, length - from);
}

void out_text(Out *out, const char *bytes, size_t length)
{
    write_safe(out, bytes, length, false);
}

void out_string(Out *out, const char *text)
{
    out_text(out, text, strlen(text));
}

void out_reason(Out *out, const char *reason, bool has_trace)
{
    write_safe(out, reason, strlen(reason), has_trace);
}

void out_lines(Out *out, const char *text, size_t length)
{
    write_safe(out, text, length, true);
}

/* How long a colour is at the start of a text, of those that pages are drawn with: none that hides
 * text, blinks or does more.  0: something else. */
static size_t colour_length(const char *text, size_t length)
{
    static const char *const colours[] = {"\033[0m",  "\033[1m",  "\033[2m",  "\033[31m",
                                          "\033[32m", "\033[33m", "\033[36m"};
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        size_t size = strlen(colours[i]);
        if (length >= size && memcmp(text, colours[i], size) == 0)
            return size;
    }
    return 0;
}

void out_drawn(Out *out, const char *text, size_t length)
{
    size_t from = 0;
    for (size_t i = 0; out->colour && i < length;) {
        const char *escape_at = memchr(text + i, '\033', length - i);
        if (!escape_at)
            break;
        i = (size_t)(escape_at - text);
        size_t colour = colour_length(text + i, length - i);
        if (colour == 0) {
            i++;
            continue;
        }
        write_safe(out, text + from, i - from, true);
        out_raw(out, text + i, colour);
        i += colour;
        from = i;
    }
    write_safe(out, text + from, length - from, true);
}

void out_print(Out *out, const char *format, ...)
{
    char small[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    if ((size_t)length < sizeof small) {
        out_raw(out, small, (size_t)length);
        return;
    }
    char *large = malloc((size_t)length + 1);
    if (!large) {
        out->failed = true;
        out->error = ENOMEM;
        return;
    }
    va_start(arguments, format);
    vsnprintf(large, (size_t)length + 1, format, arguments);
    va_end(arguments);
    out_raw(out, large, (size_t)length);
    free(large);
}

void out_style(Out *out, Style style)
{
    /* Colours that hold on dark and on light; the text always says the same without them. */
    static const char *const code[] = {
        [STYLE_PLAIN] = "\033[0m",      [STYLE_ERROR] = "\033[1;31m",
        [STYLE_WARNING] = "\033[1;33m", [STYLE_NOTE] = "\033[1;36m",
        [STYLE_HELP] = "\033[1;32m",    [STYLE_PLACE] = "\033[34m",
        [STYLE_STRONG] = "\033[1m",     [STYLE_FAINT] = "\033[2m",
        [STYLE_GOOD] = "\033[32m",
    };
    if (out->colour)
        out_raw(out, code[style], strlen(code[style]));
}

void out_repeat(Out *out, char c, size_t count)
{
    char run[64];
    memset(run, c, sizeof run);
    while (count > 0) {
        size_t now = count < sizeof run ? count : sizeof run;
        out_raw(out, run, now);
        count -= now;
    }
}

void out_spaces(Out *out, size_t count)
{
    out_repeat(out, ' ', count);
}

/* Walks over text as out_text shows it; stops before `limit` columns; gives bytes taken. */
static size_t take_columns(const char *bytes, size_t length, size_t limit, size_t *columns)
{
    size_t i = 0, total = 0;
    while (i < length) {
        unsigned char byte = (unsigned char)bytes[i];
        unsigned size = 1;
        size_t width = 1;
        if (byte < 0x20 || byte >= 0x7f) {
            char text[16];
            int32_t code = utf8_decode(bytes + i, length - i, &size);
            if (code >= 0 && is_shown_as_is(code, false))
                width = utf8_width(bytes + i, size);
            else
                width = escape(code, byte, text);
        }
        if (total + width > limit)
            break;
        total += width;
        i += size;
    }
    *columns = total;
    return i;
}

size_t out_width(const char *bytes, size_t length)
{
    size_t columns;
    take_columns(bytes, length, (size_t)-1 / 2, &columns);
    return columns;
}

void out_cell(Out *out, const char *text, size_t width, bool right)
{
    size_t length = strlen(text), columns;
    size_t taken = take_columns(text, length, width, &columns);
    bool cut = taken < length;
    if (cut && width > 0)
        taken = take_columns(text, length, width - 1, &columns);
    size_t used = columns + (cut && width > 0);
    size_t pad = used < width ? width - used : 0;
    if (right)
        out_spaces(out, pad);
    out_text(out, text, taken);
    if (cut && width > 0)
        out_raw(out, "\xe2\x80\xa6", 3);
    if (!right)
        out_spaces(out, pad);
}
