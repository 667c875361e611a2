/* fuzz_record.c -- any bytes where a record should be: read or refused, and what is read can be
 * walked, has its keys in order, and took no more memory than it may. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/host/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void must(bool condition)
{
    if (!condition)
        abort();
}

static void walk(const Record *record, unsigned depth)
{
    must(depth <= RECORD_DEPTH + 1 && record->tag <= RECORD_TABLE);
    const char *text = record_string(record);
    must((text != NULL) == (record->tag == RECORD_STRING));
    if (text)
        must(utf8_valid(text, record->as.string.length) == record->as.string.length
             && strlen(text) == record->as.string.length);
    if (record->tag != RECORD_TABLE)
        return;
    must(record_length(record) <= record->as.table.count);
    for (size_t i = 0; i < record->as.table.count; i++) {
        const RecordPair *pair = &record->as.table.pairs[i];
        must(pair->key.tag == RECORD_INTEGER || pair->key.tag == RECORD_STRING);
        if (pair->key.tag == RECORD_INTEGER && pair->key.as.integer > 0)
            must(record_item(record, (size_t)pair->key.as.integer) == &pair->value);
        if (i > 0 && pair[-1].key.tag == RECORD_INTEGER && pair->key.tag == RECORD_INTEGER)
            must(pair[-1].key.as.integer < pair->key.as.integer);
        walk(&pair->value, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Env env;
    Record record;
    env_init(&env);
    Arena *arena = arena_new(&env);
    if (record_read(arena, (const char *)bytes, length, &record))
        walk(&record, 1);
    must(arena_bytes(arena) <= 64 * length + (1 << 20));
    arena_free(arena);
    return 0;
}
