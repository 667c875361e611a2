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

/* ---- Writing without Lua ------------------------------------------------------------------- */

typedef struct Fixed {
    char *bytes;
    size_t length, size;
} Fixed;

static void put_fixed(Fixed *fixed, const void *bytes, size_t length)
{
    memcpy(fixed->bytes + fixed->length, bytes, length);
    fixed->length += length;
}

/* A text with its tag, cut so that `reserve` bytes are left behind it. */
static void put_fixed_text(Fixed *fixed, const char *text, size_t reserve)
{
    uint8_t tag = RECORD_STRING;
    size_t taken = fixed->length + sizeof tag + sizeof(uint32_t) + reserve;
    size_t length = strlen(text), room = fixed->size > taken ? fixed->size - taken : 0;
    uint32_t size = (uint32_t)(length < room ? length : room);
    put_fixed(fixed, &tag, sizeof tag);
    put_fixed(fixed, &size, sizeof size);
    put_fixed(fixed, text, size);
}

size_t record_write_fields(const RecordField *fields, uint32_t count, char *bytes, size_t size)
{
    Fixed fixed = {bytes, sizeof(uint32_t), size};
    uint8_t tag = RECORD_TABLE;
    put_fixed(&fixed, &tag, sizeof tag);
    put_fixed(&fixed, &count, sizeof count);
    for (uint32_t i = 0; i < count; i++) {
        /* What the fields behind this one take at least. */
        size_t reserve = (size_t)(count - i - 1) * 64;
        put_fixed_text(&fixed, fields[i].name, reserve);
        if (fields[i].text) {
            put_fixed_text(&fixed, fields[i].text, reserve);
            continue;
        }
        tag = RECORD_INTEGER;
        put_fixed(&fixed, &tag, sizeof tag);
        put_fixed(&fixed, &fields[i].number, sizeof fields[i].number);
    }
    uint32_t length = (uint32_t)(fixed.length - sizeof length);
    memcpy(bytes, &length, sizeof length);
    return fixed.length;
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

static int order_of_keys(const void *a, const void *b)
{
    const Record *left = &((const RecordPair *)a)->key, *right = &((const RecordPair *)b)->key;
    if (left->tag != right->tag)
        return left->tag < right->tag ? -1 : 1;
    if (left->tag == RECORD_INTEGER)
        return (left->as.integer > right->as.integer) - (left->as.integer < right->as.integer);
    size_t shorter = left->as.string.length < right->as.string.length ? left->as.string.length
                                                                      : right->as.string.length;
    int order = memcmp(left->as.string.bytes, right->as.string.bytes, shorter);
    if (order)
        return order;
    return (left->as.string.length > right->as.string.length)
           - (left->as.string.length < right->as.string.length);
}

/* Keys in one order, whatever the hash of the worker; false: a key stands twice. */
static bool sort_pairs(RecordPair *pairs, size_t count)
{
    bool is_sorted = true;
    for (size_t i = 1; i < count && is_sorted; i++)
        is_sorted = order_of_keys(&pairs[i - 1], &pairs[i]) < 0;
    if (is_sorted)
        return true;
    qsort(pairs, count, sizeof *pairs, order_of_keys);
    for (size_t i = 1; i < count; i++)
        if (order_of_keys(&pairs[i - 1], &pairs[i]) == 0)
            return false;
    return true;
}

static bool read_value(Reader *reader, Record *record, unsigned depth);

static bool read_table(Reader *reader, Record *record, unsigned depth)
{
    uint32_t count;
    /* Memory is only taken for values that may come, and that the bytes have room for. */
    if (depth > RECORD_DEPTH || !take(reader, &count, sizeof count)
        || (size_t)count * 2 > (size_t)(reader->end - reader->at)
        || (size_t)count * 2 > RECORD_VALUES - reader->values)
        return false;
    reader->values += (size_t)count * 2;
    RecordPair *pairs = arena_array(reader->arena, (size_t)count + 1, sizeof *pairs);
    record->as.table.pairs = pairs;
    record->as.table.count = count;
    for (uint32_t i = 0; i < count; i++)
        if (!read_value(reader, &pairs[i].key, depth) || !read_value(reader, &pairs[i].value, depth)
            || (pairs[i].key.tag != RECORD_STRING && pairs[i].key.tag != RECORD_INTEGER))
            return false;
    return sort_pairs(pairs, count);
}

static bool read_value(Reader *reader, Record *record, unsigned depth)
{
    uint32_t length;
    if (!take(reader, &record->tag, 1))
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
        record->as.string.bytes = arena_copy(reader->arena, reader->at, length);
        reader->at += length;
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

/* Where the pair with this key is, or NULL. */
static const RecordPair *find_pair(const Record *table, const Record *key)
{
    const RecordPair wanted = {.key = *key};
    if (!table || table->tag != RECORD_TABLE || table->as.table.count == 0)
        return NULL;
    return bsearch(&wanted, table->as.table.pairs, table->as.table.count, sizeof wanted,
                   order_of_keys);
}

const Record *record_field(const Record *table, const char *name)
{
    const Record key = {RECORD_STRING, {.string = {(char *)(uintptr_t)name, strlen(name)}}};
    const RecordPair *pair = find_pair(table, &key);
    return pair ? &pair->value : NULL;
}

const char *record_string(const Record *record)
{
    if (!record || record->tag != RECORD_STRING)
        return NULL;
    char *text = record->as.string.bytes;
    size_t length = record->as.string.length;
    for (size_t i = 0; i < length;) {
        unsigned size;
        if (utf8_decode(text + i, length - i, &size) <= 0)
            memset(text + i, '?', size);
        i += size;
    }
    return text;
}

const char *record_text(const Record *table, const char *name)
{
    return record_string(record_field(table, name));
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
    const Record key = {RECORD_INTEGER, {.integer = (int64_t)index}};
    const RecordPair *pair = find_pair(table, &key);
    return pair ? &pair->value : NULL;
}

size_t record_length(const Record *table)
{
    size_t length = 0;
    while (record_item(table, length + 1))
        length++;
    return length;
}
