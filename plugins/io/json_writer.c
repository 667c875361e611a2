/* json_writer.c -- see json_writer.h. */
#include "plugins/io/json_writer.h"

#include <string.h>

void json_init(JsonWriter *json, bool (*write)(void *, const char *, size_t), void *context,
               bool indent)
{
    memset(json, 0, offsetof(JsonWriter, buffer));
    json->write = write;
    json->context = context;
    json->indent = indent;
    json->first[0] = true;
}

static void flush(JsonWriter *json)
{
    if (!json->failed && json->used > 0 && !json->write(json->context, json->buffer, json->used))
        json->failed = true;
    json->used = 0;
}

bool json_end(JsonWriter *json)
{
    flush(json);
    return !json->failed;
}

/* Makes room for a few bytes. */
static inline char *room(JsonWriter *json, size_t length)
{
    if (sizeof json->buffer - json->used < length)
        flush(json);
    return json->buffer + json->used;
}

static inline void put_char(JsonWriter *json, char c)
{
    *room(json, 1) = c;
    json->used++;
}

static void put(JsonWriter *json, const char *bytes, size_t length)
{
    while (length > 0) {
        char *to = room(json, 1);
        size_t left = sizeof json->buffer - json->used, now = length < left ? length : left;
        memcpy(to, bytes, now);
        json->used += now;
        bytes += now;
        length -= now;
    }
}

/* Does a value at this depth begin a line?  Below a certain depth all stays on one. */
static inline bool has_line(const JsonWriter *json)
{
    return json->indent && (json->lines == 0 || json->depth <= json->lines);
}

static void new_line(JsonWriter *json)
{
    size_t width = 2 * (size_t)json->depth;
    char *to = room(json, 1 + 2 * sizeof json->first);
    *to = '\n';
    memset(to + 1, ' ', width);
    json->used += 1 + width;
}

static inline void before_value(JsonWriter *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (!json->first[json->depth])
        put_char(json, ',');
    if (json->depth > 0 && has_line(json))
        new_line(json);
    json->first[json->depth] = false;
}

void json_open(JsonWriter *json, char bracket)
{
    before_value(json);
    put_char(json, bracket);
    if (json->depth + 1 >= sizeof json->first) {
        json->failed = true;
        return;
    }
    json->first[++json->depth] = true;
}

void json_close(JsonWriter *json, char bracket)
{
    bool has_lines = !json->first[json->depth] && has_line(json);
    if (json->depth > 0)
        json->depth--;
    if (has_lines)
        new_line(json);
    put_char(json, bracket);
}

/* Bytes that may need an escape. */
static const bool is_special[256] = {
    true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    ['"'] = true, ['\\'] = true, ['<'] = true, ['>'] = true, ['&'] = true, [0x7f] = true,
    [0xc2] = true, [0xd8] = true, [0xe2] = true,    /* what mark_length knows begins with these */
};

/* A character that is no text to see, but moves, hides or ends what is shown: control characters
 * above 127, marks of direction, separators of lines.  Its length in bytes, or 0. */
static size_t mark_length(const char *text, size_t length, unsigned *code)
{
    const unsigned char *at = (const unsigned char *)text;
    if (length < 2)
        return 0;
    if (at[0] < 0xe0) {
        *code = (unsigned)(at[0] & 0x1f) << 6 | (at[1] & 0x3f);
        return *code < 0xa0 || *code == 0x61c ? 2 : 0;
    }
    if (length < 3)
        return 0;
    *code = (unsigned)(at[0] & 0x0f) << 12 | (unsigned)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
    bool is_mark = *code == 0x200e || *code == 0x200f || (*code >= 0x2028 && *code <= 0x202e)
                   || (*code >= 0x2066 && *code <= 0x2069);
    return is_mark ? 3 : 0;
}

/* Sixteen bytes at once, in what the compiler has for it: does one of them need a look? */
typedef unsigned char Bytes __attribute__((vector_size(16)));
typedef uint64_t Halves __attribute__((vector_size(16)));

static inline bool has_special(Bytes bytes)
{
    Halves found = (Halves)((bytes < 0x20) | (bytes == '"') | (bytes == '\\') | (bytes == '<')
                            | (bytes == '>') | (bytes == '&') | (bytes == 0x7f)
                            | (bytes == 0xc2) | (bytes == 0xd8) | (bytes == 0xe2));
    return (found[0] | found[1]) != 0;
}

/* Copies a text without special bytes; false: it has one, and what was copied is void.  The last
 * bytes overlap those before, so that no length needs a loop over single bytes. */
static inline bool copy_plain(char *to, const char *text, size_t length)
{
    Bytes bytes;
    uint64_t first = 0, last = 0;
    uint32_t low, high;
    if (length >= sizeof bytes) {
        for (size_t i = 0; i < length; i += sizeof bytes) {
            if (length - i < sizeof bytes)
                i = length - sizeof bytes;
            memcpy(&bytes, text + i, sizeof bytes);
            if (has_special(bytes))
                return false;
            memcpy(to + i, &bytes, sizeof bytes);
        }
        return true;
    }
    if (length >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + length - sizeof last, sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + length - sizeof last, &last, sizeof last);
    } else if (length >= sizeof low) {
        memcpy(&low, text, sizeof low);
        memcpy(&high, text + length - sizeof high, sizeof high);
        memcpy(to, &low, sizeof low);
        memcpy(to + length - sizeof high, &high, sizeof high);
        first = last = (uint64_t)high << 32 | low;
    } else {
        for (size_t i = 0; i < length; i++) {
            if (is_special[(unsigned char)text[i]])
                return false;
            to[i] = text[i];
        }
        return true;
    }
    return !has_special((Bytes)(Halves){first, last});
}

/* A character that needs an escape, or only looked as if; its length. */
static size_t put_special(JsonWriter *json, const char *text, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char c = (unsigned char)*text;
    unsigned code = c;
    size_t taken = 1;
    char *to = room(json, 6);
    if (c == '"' || c == '\\' || c == '\n' || c == '\t') {
        to[0] = '\\';
        to[1] = c == '\n' ? 'n' : c == '\t' ? 't' : (char)c;
        json->used += 2;
        return 1;
    }
    if (c >= 0x80 && !(taken = mark_length(text, length, &code))) {
        put_char(json, (char)c);
        return 1;
    }
    to[0] = '\\';
    to[1] = 'u';
    for (int i = 0; i < 4; i++)
        to[2 + i] = digits[code >> (12 - 4 * i) & 15];
    json->used += 6;
    return taken;
}

/* Piece by piece, with escapes. */
static void put_pieces(JsonWriter *json, const char *text, size_t length)
{
    put_char(json, '"');
    while (length > 0) {
        size_t plain = 0;
        while (plain < length && !is_special[(unsigned char)text[plain]])
            plain++;
        put(json, text, plain);
        text += plain;
        length -= plain;
        if (length > 0) {
            size_t taken = put_special(json, text, length);
            text += taken;
            length -= taken;
        }
    }
    put_char(json, '"');
}

enum { LONGEST_WHOLE = sizeof ((JsonWriter *)NULL)->buffer / 8 };

static void put_string(JsonWriter *json, const char *text, size_t length)
{
    if (length <= LONGEST_WHOLE) {
        char *to = room(json, length + 2);
        if (copy_plain(to + 1, text, length)) {
            to[0] = to[length + 1] = '"';
            json->used += length + 2;
            return;
        }
    }
    put_pieces(json, text, length);
}

void json_string(JsonWriter *json, const char *text, size_t length)
{
    before_value(json);
    put_string(json, text, length);
}

void json_text(JsonWriter *json, const char *text)
{
    if (text)
        json_string(json, text, strlen(text));
    else
        json_null(json);
}

void json_key_plain(JsonWriter *json, const char *key, size_t length)
{
    before_value(json);
    if (length > LONGEST_WHOLE) {
        put_pieces(json, key, length);
    } else {
        char *to = room(json, length + 2);
        to[0] = to[length + 1] = '"';
        memcpy(to + 1, key, length);
        json->used += length + 2;
    }
    put_char(json, ':');
    if (json->indent && !json->lines)
        put_char(json, ' ');
    json->after_key = true;
}

void json_key_any(JsonWriter *json, const char *key)
{
    before_value(json);
    put_string(json, key, strlen(key));
    put_char(json, ':');
    if (json->indent && !json->lines)
        put_char(json, ' ');
    json->after_key = true;
}

void json_integer(JsonWriter *json, int64_t number)
{
    char text[24], *at = text + sizeof text;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        *--at = '-';
    before_value(json);
    put(json, at, (size_t)(text + sizeof text - at));
}

void json_decimal_text(JsonWriter *json, const char *number)
{
    before_value(json);
    put(json, number, strlen(number));
}

void json_bool(JsonWriter *json, bool value)
{
    json_decimal_text(json, value ? "true" : "false");
}

void json_null(JsonWriter *json)
{
    json_decimal_text(json, "null");
}
