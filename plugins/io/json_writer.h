/* json_writer.h -- JSON out: a stream of values that is always well formed.
 *
 * Used for findings, answers and the whole model.  Strings are valid UTF-8 with `<`, `>`, `&`,
 * U+2028 and U+2029 escaped, so the result can stand inside a page.  Numbers that matter are
 * written as text by the caller (exact decimals); json_integer is for counts and places.
 */
#ifndef PLUGINS_IO_JSON_WRITER_H
#define PLUGINS_IO_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct JsonWriter {
    bool (*write)(void *context, const char *bytes, size_t length);
    void *context;
    bool indent;            /* one value a line, two blanks a level */
    unsigned lines;         /* down to this depth, when it is not 0; below, all on one line */
    bool failed;            /* a write said no */
    unsigned depth;
    bool first[64];         /* nothing written yet at this depth */
    bool after_key;
    size_t used;
    char buffer[65536];
} JsonWriter;

void json_init(JsonWriter *json, bool (*write)(void *, const char *, size_t), void *context,
               bool indent);
bool json_end(JsonWriter *json);            /* flushes; false when something was lost */

void json_open(JsonWriter *json, char bracket);     /* '{' or '[' */
void json_close(JsonWriter *json, char bracket);    /* '}' or ']' */
void json_string(JsonWriter *json, const char *text, size_t length);
void json_text(JsonWriter *json, const char *text);     /* NULL: null */
void json_integer(JsonWriter *json, int64_t number);
void json_decimal_text(JsonWriter *json, const char *number);   /* a number, written as given */
void json_bool(JsonWriter *json, bool value);
void json_null(JsonWriter *json);

void json_key_any(JsonWriter *json, const char *key);
/* A key that needs no escape. */
void json_key_plain(JsonWriter *json, const char *key, size_t length);

/* A key that stands in the program is known to be plain, and how long it is, at compile time. */
static inline void json_key(JsonWriter *json, const char *key)
{
    if (__builtin_constant_p(strlen(key)))
        json_key_plain(json, key, strlen(key));
    else
        json_key_any(json, key);
}

/* Key and value in one call. */
static inline void json_key_text(JsonWriter *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static inline void json_key_integer(JsonWriter *json, const char *key, int64_t number)
{
    json_key(json, key);
    json_integer(json, number);
}

static inline void json_key_bool(JsonWriter *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

#endif
