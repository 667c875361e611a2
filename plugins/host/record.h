/* record.h -- what crosses the pipe between a worker and the program, checked on arrival.
 *
 * A record is one Lua value: nil, boolean, integer, number, string or table (keys: integers and
 * strings).  On the wire: 4 bytes of length, then a tag byte and its payload, tables as count
 * and pairs.  The reader trusts nothing: lengths, depth, counts and keys are checked, and a
 * stream that breaks the rules ends the worker.  Texts are made UTF-8 where they are asked for.
 */
#ifndef PLUGINS_HOST_RECORD_H
#define PLUGINS_HOST_RECORD_H

#include <lua.h>

#include "lang/lang.h"

enum {
    RECORD_DEPTH = 16,              /* tables within tables */
    RECORD_VALUES = 1000000,        /* in one record */
    RECORD_BYTES = 64 << 20,        /* of one record */
};

typedef enum RecordTag {
    RECORD_NIL, RECORD_FALSE, RECORD_TRUE, RECORD_INTEGER, RECORD_NUMBER, RECORD_STRING,
    RECORD_TABLE,
} RecordTag;

typedef struct Record Record;
typedef struct RecordPair RecordPair;

struct Record {
    uint8_t tag;                    /* RecordTag */
    union {
        int64_t integer;
        double number;
        struct { char *bytes; size_t length; } string;      /* any bytes, and a NUL */
        struct { RecordPair *pairs; size_t count; } table;
    } as;
};

struct RecordPair {
    Record key, value;
};

/* Worker: appends the value at `index` to *bytes (realloc'ed); false: too deep, too large, or
 * of a type that cannot cross (*problem says which, static). */
bool record_write(lua_State *L, int index, char **bytes, size_t *length, size_t *capacity,
                  const char **problem);

/* A record of a few texts and whole numbers, made without Lua and without memory. */
typedef struct RecordField {
    const char *name;
    const char *text;           /* NULL: the number */
    int64_t number;
} RecordField;
/* The bytes written, its length among them; texts are cut to fit. */
size_t record_write_fields(const RecordField *fields, uint32_t count, char *bytes, size_t size);

/* Program: reads one record (without its length) into the arena; false: it breaks the rules.
 * In tables, integers come first and rise, then texts in the order of their bytes; no key stands
 * twice. */
bool record_read(Arena *arena, const char *bytes, size_t length, Record *record);

/* Fields of a table by name; NULL or the fallback when absent or of another type. */
const Record *record_field(const Record *table, const char *name);
/* UTF-8 without NUL, whatever came ('?' for other bytes), or NULL: none.  record_string: of a
 * record that is a text itself. */
const char *record_text(const Record *table, const char *name);
const char *record_string(const Record *record);
int64_t record_integer(const Record *table, const char *name, int64_t fallback);
bool record_flag(const Record *table, const char *name);
/* The index-th element (from 1) of an array part; NULL: none. */
const Record *record_item(const Record *table, size_t index);
size_t record_length(const Record *table);      /* of the array part */

#endif
