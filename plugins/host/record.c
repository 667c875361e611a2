/* record.c -- see record.h. */
#include "plugins/host/record.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* ---- Writing (worker) ------------------------------------------------------------------ */

typedef struct Writer {
    char **bytes;
    size_t *length, *capacity;
    size_t values;
    const char *problem;
} Writer;

static bool put(Writer *writer, const void *bytes, size_t length)
{
    if (*writer->length + length > RECORD_BYTES) {
        writer->problem = "the result is too large";
        return false;
    }
    if (*writer->length + length > *writer->capacity) {
        size_t capacity = (*writer->length + length) * 2 + 256;
        char *bigger = realloc(*writer->bytes, capacity);
        if (!bigger) {
            writer->problem = "there is not enough memory for the result";
            return false;
        }
        *writer->bytes = bigger;
        *writer->capacity = capacity;
    }
    memcpy(*writer->bytes + *writer->length, bytes, length);
    *writer->length += length;
    return true;
}

static bool put_tag(Writer *writer, RecordTag tag)
{
    uint8_t byte = (uint8_t)tag;
    return put(writer, &byte, 1);
}

static bool write_value(Writer *writer, lua_State *L, int index, unsigned depth);

/* A table as count and pairs; raw access, so that no metamethod runs. */
static bool write_table(Writer *writer, lua_State *L, int index, unsigned depth)
{
    uint32_t count = 0;
    if (depth >= RECORD_DEPTH || !lua_checkstack(L, 8)) {
        writer->problem = "the result is nested too deeply (is there a cycle?)";
        return false;
    }
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        count++;
    if (!put_tag(writer, RECORD_TABLE) || !put(writer, &count, sizeof count))
        return false;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {       /* key value */
        int type = lua_type(L, -2);
        if (type != LUA_TSTRING && !lua_isinteger(L, -2)) {
            writer->problem = "a table in the result has a key that is no text and no integer";
            lua_pop(L, 2);
            return false;
        }
        if (!write_value(writer, L, lua_gettop(L) - 1, depth)
            || !write_value(writer, L, lua_gettop(L), depth)) {
            lua_pop(L, 2);
            return false;
        }
    }
    return true;
}

static bool write_value(Writer *writer, lua_State *L, int index, unsigned depth)
{
    if (++writer->values > RECORD_VALUES) {
        writer->problem = "the result has too many values";
        return false;
    }
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return put_tag(writer, RECORD_NIL);
    case LUA_TBOOLEAN:
        return put_tag(writer, lua_toboolean(L, index) ? RECORD_TRUE : RECORD_FALSE);
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            int64_t integer = lua_tointeger(L, index);
            return put_tag(writer, RECORD_INTEGER) && put(writer, &integer, sizeof integer);
        } else {
            double number = lua_tonumber(L, index);
            return put_tag(writer, RECORD_NUMBER) && put(writer, &number, sizeof number);
        }
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        if (length > UINT32_MAX) {
            writer->problem = "the result is too large";
            return false;
        }
        uint32_t size = (uint32_t)length;
        return put_tag(writer, RECORD_STRING) && put(writer, &size, sizeof size)
               && put(writer, text, length);
    }
    case LUA_TTABLE:
        return write_table(writer, L, index, depth + 1);
    default:
        writer->problem = "the result holds something that is no text, number, boolean or table";
        return false;
    }
}

bool record_write(lua_State *L, int index, char **bytes, size_t *length, size_t *capacity,
                  const char **problem)
{
    Writer writer = {bytes, length, capacity, 0, NULL};
    uint32_t size = 0;
    size_t start = *length;
    bool fine = put(&writer, &size, sizeof size)
                && write_value(&writer, L, lua_absindex(L, index), 0);
    if (!fine) {
        *length = start;
        *problem = writer.problem;
        return false;
    }
    size = (uint32_t)(*length - start - sizeof size);
    memcpy(*bytes + start, &size, sizeof size);
    return true;
}

/* ---- Reading (program) ----------------------------------------------------------------- */

typedef struct Reader {
    Arena *arena;
    const char *at, *end;
    size_t values;
} Reader;

static bool take(Reader *reader, void *bytes, size_t length)
{
    if ((size_t)(reader->end - reader->at) < length)
        return false;
    memcpy(bytes, reader->at, length);
    reader->at += length;
    return true;
}

/* A copy of the text; bytes that are not UTF-8 become question marks. */
static const char *take_text(Reader *reader, size_t length)
{
    char *text = arena_copy(reader->arena, reader->at, length);
    for (size_t i = 0; i < length;) {
        unsigned size;
        if (utf8_decode(text + i, length - i, &size) < 0)
            text[i] = '?';
        i += size;
    }
    reader->at += length;
    return text;
}

static bool read_value(Reader *reader, Record *record, unsigned depth);

static bool read_table(Reader *reader, Record *record, unsigned depth)
{
    uint32_t count;
    /* A pair takes two bytes at least: a count that cannot be true is refused at once. */
    if (depth > RECORD_DEPTH || !take(reader, &count, sizeof count)
        || (size_t)count * 2 > (size_t)(reader->end - reader->at))
        return false;
    record->as.table.pairs = arena_array(reader->arena, (size_t)count + 1, sizeof(RecordPair));
    record->as.table.count = count;
    for (uint32_t i = 0; i < count; i++) {
        RecordPair *pair = &record->as.table.pairs[i];
        if (!read_value(reader, &pair->key, depth) || !read_value(reader, &pair->value, depth)
            || (pair->key.tag != RECORD_STRING && pair->key.tag != RECORD_INTEGER))
            return false;
    }
    return true;
}

static bool read_value(Reader *reader, Record *record, unsigned depth)
{
    uint32_t length;
    if (++reader->values > RECORD_VALUES || !take(reader, &record->tag, 1))
        return false;
    switch (record->tag) {
    case RECORD_NIL:
    case RECORD_FALSE:
    case RECORD_TRUE:
        return true;
    case RECORD_INTEGER:
        return take(reader, &record->as.integer, sizeof record->as.integer);
    case RECORD_NUMBER:
        return take(reader, &record->as.number, sizeof record->as.number);
    case RECORD_STRING:
        if (!take(reader, &length, sizeof length)
            || length > (size_t)(reader->end - reader->at))
            return false;
        record->as.string.length = length;
        record->as.string.bytes = take_text(reader, length);
        return true;
    case RECORD_TABLE:
        return read_table(reader, record, depth + 1);
    default:
        return false;
    }
}

bool record_read(Arena *arena, const char *bytes, size_t length, Record *record)
{
    Reader reader = {arena, bytes, bytes + length, 0};
    return read_value(&reader, record, 0) && reader.at == reader.end;
}

const Record *record_field(const Record *table, const char *name)
{
    size_t length = strlen(name);
    if (!table || table->tag != RECORD_TABLE)
        return NULL;
    for (size_t i = 0; i < table->as.table.count; i++) {
        const Record *key = &table->as.table.pairs[i].key;
        if (key->tag == RECORD_STRING && key->as.string.length == length
            && memcmp(key->as.string.bytes, name, length) == 0)
            return &table->as.table.pairs[i].value;
    }
    return NULL;
}

const char *record_text(const Record *table, const char *name)
{
    const Record *field = record_field(table, name);
    return field && field->tag == RECORD_STRING ? field->as.string.bytes : NULL;
}

int64_t record_integer(const Record *table, const char *name, int64_t fallback)
{
    const Record *field = record_field(table, name);
    return field && field->tag == RECORD_INTEGER ? field->as.integer : fallback;
}

bool record_flag(const Record *table, const char *name)
{
    const Record *field = record_field(table, name);
    return field && field->tag == RECORD_TRUE;
}

const Record *record_item(const Record *table, size_t index)
{
    if (!table || table->tag != RECORD_TABLE)
        return NULL;
    /* Arrays arrive in order, so the index is usually where it seems. */
    if (index >= 1 && index <= table->as.table.count) {
        const RecordPair *guess = &table->as.table.pairs[index - 1];
        if (guess->key.tag == RECORD_INTEGER && guess->key.as.integer == (int64_t)index)
            return &guess->value;
    }
    for (size_t i = 0; i < table->as.table.count; i++) {
        const RecordPair *pair = &table->as.table.pairs[i];
        if (pair->key.tag == RECORD_INTEGER && pair->key.as.integer == (int64_t)index)
            return &pair->value;
    }
    return NULL;
}

size_t record_length(const Record *table)
{
    size_t length = 0;
    while (record_item(table, length + 1))
        length++;
    return length;
}
