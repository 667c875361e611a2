/* names.c -- one copy of each name: a table of 32-bit hashes over records that never move.
 *
 * A record is the text of a name, so that finding one touches two places in memory: its slot
 * and its record.  Records fill chunks; a reference to a record is the chunk's number and the
 * place in it, in 32 bits.  Growing the table needs the hashes in the slots only.  What is asked
 * about a name that is known already stands in an array by its id, close together.
 */

#include "lang/base/names.h"

#include <string.h>

#include "lang/base/utf8.h"

typedef struct Record {
    NameId id;
    uint32_t length;
    char text[];            /* with a NUL */
} Record;

typedef struct Entry {      /* by id */
    uint32_t reference;     /* of the record */
    NameId folded;          /* 0: not asked yet */
    uint32_t meaning;
} Entry;

typedef struct Slot {
    uint32_t hash;
    uint32_t reference;     /* of the record, plus one; 0: free */
} Slot;

enum {
    UNIT = 8,               /* records begin at multiples of it */
    PLACE_BITS = 19,        /* so a chunk is 4 MiB at most, but for a giant name alone in it */
    FIRST_CHUNK = 4096,
    LARGEST_CHUNK = UNIT << PLACE_BITS,
    CHUNKS = 1 << (32 - PLACE_BITS),
};

struct Names {
    Arena *arena;
    Slot *slots;            /* a power of two of them, two thirds full at most */
    uint32_t mask;
    uint32_t room;          /* names until the slots must grow */
    Entry *entries;         /* by id */
    size_t capacity;        /* of entries */
    uint32_t count;
    uint64_t seed;

    char **chunks;
    size_t chunk_capacity;
    uint32_t chunk_count;
    size_t chunk_used, chunk_size;      /* of the last chunk */
    size_t next_chunk;
};

/* ---- hashes ---- */

static uint64_t load8(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t load4(const char *bytes)
{
    uint32_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The two halves of a product, each bit of which depends on many bits of both factors. */
static uint64_t mixed(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 Wide;
    Wide product = (Wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static const uint64_t STEP = 0x9E3779B97F4A7C15u, TURN = 0xD6E8FEB86659FD93u;

static uint32_t hash_of(uint64_t seed, const char *bytes, size_t length)
{
    uint64_t hash = seed ^ TURN ^ (length * STEP);
    uint64_t first, last;

    if (length >= 8) {
        size_t at = 0;
        for (; length - at > 16; at += 16)
            hash = mixed(load8(bytes + at) ^ STEP ^ hash, load8(bytes + at + 8) ^ TURN);
        if (length - at > 8)
            hash = mixed(load8(bytes + at) ^ hash, TURN);
        first = load8(bytes + length - 8);      /* may overlap what was taken already */
        last = 0;
    } else if (length >= 4) {
        first = load4(bytes);
        last = load4(bytes + length - 4);
    } else {
        first = length ? (unsigned char)bytes[0] : 0;
        last = length ? (uint64_t)(unsigned char)bytes[length / 2] << 8
                            | (unsigned char)bytes[length - 1]
                      : 0;
    }
    hash = mixed(hash ^ first, TURN ^ last ^ (last << 32));
    hash = mixed(hash, STEP);
    return (uint32_t)hash ^ (uint32_t)(hash >> 32);
}

static bool same_bytes(const char *a, const char *b, size_t length)
{
    if (length > 16)
        return memcmp(a, b, length) == 0;
    if (length >= 8)
        return ((load8(a) ^ load8(b)) | (load8(a + length - 8) ^ load8(b + length - 8))) == 0;
    if (length >= 4)
        return ((load4(a) ^ load4(b)) | (load4(a + length - 4) ^ load4(b + length - 4))) == 0;
    for (size_t i = 0; i < length; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static bool is_ascii(const char *bytes, size_t length)
{
    size_t at = 0;
    uint64_t all = 0;

    for (; length - at >= 8; at += 8)
        all |= load8(bytes + at);
    for (; at < length; at++)
        all |= (unsigned char)bytes[at];
    return (all & 0x8080808080808080u) == 0;
}

/* ---- records and slots ---- */

static Record *record_at(const Names *names, uint32_t reference)
{
    size_t place = (size_t)(reference & ((1u << PLACE_BITS) - 1)) * UNIT;

    return (Record *)(void *)(names->chunks[reference >> PLACE_BITS] + place);
}

static Record *record_of(const Names *names, NameId name)
{
    return record_at(names, names->entries[name].reference);
}

/* The slot of this name, or the free one where it would be. */
static Slot *slot_of(const Names *names, uint32_t hash, const char *bytes, size_t length)
{
    for (uint32_t at = hash & names->mask;; at = (at + 1) & names->mask) {
        Slot *slot = &names->slots[at];
        if (!slot->reference)
            return slot;
        if (slot->hash != hash)
            continue;
        const Record *record = record_at(names, slot->reference - 1);
        if (record->length == length && same_bytes(record->text, bytes, length))
            return slot;
    }
}

static void make_slots(Names *names, uint32_t count)
{
    names->slots = arena_array(names->arena, count, sizeof *names->slots);
    names->mask = count - 1;
    names->room = count / 3 * 2;
}

static void grow_slots(Names *names)
{
    Slot *old = names->slots;
    uint32_t old_count = names->mask + 1;

    if (old_count > UINT32_MAX / 2)     /* more names than ids: as good as no memory */
        arena_alloc(names->arena, SIZE_MAX);
    make_slots(names, 2 * old_count);
    for (uint32_t i = 0; i < old_count; i++) {
        if (!old[i].reference)
            continue;
        uint32_t at = old[i].hash & names->mask;
        while (names->slots[at].reference)
            at = (at + 1) & names->mask;
        names->slots[at] = old[i];
    }
    arena_release(names->arena, old, old_count, sizeof *old);
}

static void add_chunk(Names *names, size_t needed)
{
    if (names->chunk_count == CHUNKS - 1)
        arena_alloc(names->arena, SIZE_MAX);
    size_t size = needed > names->next_chunk ? needed : names->next_chunk;
    names->chunks = arena_grow(names->arena, names->chunks, &names->chunk_capacity,
                               (size_t)names->chunk_count + 1, sizeof *names->chunks);
    names->chunks[names->chunk_count++] = arena_alloc(names->arena, size);
    names->chunk_size = size;
    names->chunk_used = 0;
    if (names->next_chunk < LARGEST_CHUNK)
        names->next_chunk *= 2;
}

/* Copies a new name; the reference of its record. */
static uint32_t add_record(Names *names, const char *bytes, size_t length)
{
    size_t size = (sizeof(Record) + length + 1 + UNIT - 1) & ~(size_t)(UNIT - 1);

    if (length > UINT32_MAX)
        arena_alloc(names->arena, SIZE_MAX);
    if (size > names->chunk_size - names->chunk_used)
        add_chunk(names, size);
    uint32_t reference = (names->chunk_count - 1) << PLACE_BITS
                         | (uint32_t)(names->chunk_used / UNIT);
    Record *record = record_at(names, reference);
    record->length = (uint32_t)length;
    if (length)
        memcpy(record->text, bytes, length);
    names->chunk_used += size;

    if (names->count + 1 >= names->capacity)
        names->entries = arena_grow(names->arena, names->entries, &names->capacity,
                                    (size_t)names->count + 2, sizeof *names->entries);
    record->id = ++names->count;
    names->entries[record->id].reference = reference;
    return reference;
}

/* ---- the public face ---- */

Names *names_new(Arena *arena)
{
    Names *names = arena_alloc(arena, sizeof *names);

    names->arena = arena;
    names->seed = mixed(arena_env(arena)->seed ^ STEP, TURN);
    names->next_chunk = FIRST_CHUNK;
    make_slots(names, 256);
    add_record(names, "", 0);       /* no name: id 0, found by nobody */
    names->count = 0;
    names->entries[0] = names->entries[1];
    record_of(names, NAME_NONE)->id = NAME_NONE;
    return names;
}

static NameId intern(Names *names, const char *bytes, size_t length, bool composed)
{
    uint32_t hash = hash_of(names->seed, bytes, length);
    Slot *slot = slot_of(names, hash, bytes, length);

    if (slot->reference)
        return record_at(names, slot->reference - 1)->id;
    if (!composed && !is_ascii(bytes, length)) {
        size_t new_length;
        const char *text = utf8_nfc(names->arena, bytes, length, &new_length);
        if (text != bytes)
            return intern(names, text, new_length, true);
    }
    if (names->count >= names->room) {
        grow_slots(names);
        slot = slot_of(names, hash, bytes, length);
    }
    uint32_t reference = add_record(names, bytes, length);
    slot->hash = hash;
    slot->reference = reference + 1;
    return names->count;
}

NameId names_intern(Names *names, const char *bytes, size_t length)
{
    return intern(names, bytes, length, false);
}

NameId names_find(const Names *names, const char *bytes, size_t length)
{
    Slot *slot = slot_of(names, hash_of(names->seed, bytes, length), bytes, length);

    if (!slot->reference && !is_ascii(bytes, length)) {
        size_t new_length;
        const char *text = utf8_nfc(names->arena, bytes, length, &new_length);
        if (text != bytes)
            slot = slot_of(names, hash_of(names->seed, text, new_length), text, new_length);
    }
    return slot->reference ? record_at(names, slot->reference - 1)->id : NAME_NONE;
}

static NameId fold(Names *names, const Record *record)
{
    char few[256];
    size_t length;

    if (record->length <= sizeof few
        && utf8_fold_latin(record->text, record->length, few, &length)) {
        if (length == record->length && memcmp(few, record->text, length) == 0)
            return record->id;
        return intern(names, few, length, true);
    }
    const char *text = utf8_fold(names->arena, record->text, record->length, &length);
    return intern(names, text, length, true);
}

NameId names_folded(Names *names, NameId name)
{
    if (!names->entries[name].folded) {
        NameId folded = fold(names, record_of(names, name));
        names->entries[name].folded = folded;       /* folding may have moved the entries */
    }
    return names->entries[name].folded;
}

void names_expect(const Names *names, NameId name)
{
    __builtin_prefetch(&names->entries[name]);
}

const char *names_text(const Names *names, NameId name)
{
    return record_of(names, name)->text;
}

uint32_t names_length(const Names *names, NameId name)
{
    return record_of(names, name)->length;
}

uint32_t names_count(const Names *names)
{
    return names->count;
}

uint32_t names_meaning(const Names *names, NameId name)
{
    return names->entries[name].meaning;
}

void names_set_meaning(Names *names, NameId name, uint32_t meaning)
{
    names->entries[name].meaning = meaning;
}
