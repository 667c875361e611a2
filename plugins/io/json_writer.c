/* json_writer.c -- see json_writer.h. */
#include "plugins/io/json_writer.h"

#include <stdio.h>
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

static void put(JsonWriter *json, const char *bytes, size_t length)
{
    if (json->used + length > sizeof json->buffer)
        flush(json);
    if (length > sizeof json->buffer) {
        if (!json->failed && !json->write(json->context, bytes, length))
            json->failed = true;
        return;
    }
    memcpy(json->buffer + json->used, bytes, length);
    json->used += length;
}

static void put_char(JsonWriter *json, char c)
{
    if (json->used == sizeof json->buffer)
        flush(json);
    json->buffer[json->used++] = c;
}

static void new_line(JsonWriter *json)
{
    static const char blanks[] = "\n                                ";
    size_t width = 2 * (size_t)json->depth;

    if (!json->indent || (json->lines && json->depth > json->lines))
        return;
    put(json, blanks, width < sizeof blanks - 1 ? width + 1 : 1);
    for (unsigned i = 0; width >= sizeof blanks - 1 && i < json->depth; i++)
        put(json, "  ", 2);
}

static void before_value(JsonWriter *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (!json->first[json->depth])
        put_char(json, ',');
    if (json->depth > 0)
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
    bool has_lines = !json->first[json->depth] && (!json->lines || json->depth <= json->lines);
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

/* Bytes that need no escape, from here on. */
static size_t plain_run(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length && !is_special[(unsigned char)text[i]])
        i++;
    return i;
}

static void put_string(JsonWriter *json, const char *text, size_t length)
{
    put_char(json, '"');
    while (length > 0) {
        size_t run = plain_run(text, length);
        put(json, text, run);
        text += run;
        length -= run;
        if (length == 0)
            break;
        unsigned char c = (unsigned char)*text;
        char escaped[8];
        size_t taken = 1;
        if (c == '"' || c == '\\') {
            escaped[0] = '\\';
            escaped[1] = (char)c;
            put(json, escaped, 2);
        } else if (c == '\n') {
            put(json, "\\n", 2);
        } else if (c == '\t') {
            put(json, "\\t", 2);
        } else if (c >= 0x80) {
            unsigned code;
            taken = mark_length(text, length, &code);
            if (taken) {
                snprintf(escaped, sizeof escaped, "\\u%04x", code & 0xffff);
                put(json, escaped, 6);
            } else {
                put_char(json, (char)c);
                taken = 1;
            }
        } else {
            snprintf(escaped, sizeof escaped, "\\u%04x", c);
            put(json, escaped, 6);
        }
        text += taken;
        length -= taken;
    }
    put_char(json, '"');
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

void json_key(JsonWriter *json, const char *key)
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
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    json_decimal_text(json, text);
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

void json_key_text(JsonWriter *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

void json_key_integer(JsonWriter *json, const char *key, int64_t number)
{
    json_key(json, key);
    json_integer(json, number);
}

void json_key_bool(JsonWriter *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}
