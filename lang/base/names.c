/* names.c -- one copy of each name: a table of 32-bit hashes over records that never move.
 *
 * Finding a name touches two places in memory: its slot and its record, which holds its text and
 * whatever else is asked about a name.  Records fill chunks; an id is the chunk's number and the
 * place in it.  Growing the table needs the hashes in the slots only.
 */

#include "lang/base/names.h"

#include <string.h>

#include "lang/base/utf8.h"

enum {
    FIRST_CHUNK = 4096,
    LARGEST_CHUNK = NAME_UNIT << NAME_PLACE,    /* but for a giant name alone in its chunk */
    CHUNK_MARGIN = 64,                          /* so that it fills whole pages with its header */
    CHUNKS = 1 << (NAME_BITS - NAME_PLACE),
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

/* What comes before the last sixteen bytes. */
static APART uint64_t hash_long(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t at = 0; length - at > 16; at += 16)
        hash = mixed(load8(bytes + at) ^ STEP ^ hash, load8(bytes + at + 8) ^ TURN);
    return hash;
}

static inline uint32_t hash_of(uint64_t seed, const char *bytes, size_t length)
{
    uint64_t hash = seed ^ (length * STEP);
    uint64_t first, last;       /* bytes of the middle may be in both */

    if (length > 16) {
        hash = hash_long(hash, bytes, length);
        bytes += length - 16;
        length = 16;
    }
    if (length >= 8) {
        first = load8(bytes);
        last = load8(bytes + length - 8);
    } else if (length >= 4) {
        first = load4(bytes);
        last = load4(bytes + length - 4);
    } else {
        first = length ? (unsigned char)bytes[0] : 0;
        last = length ? (uint64_t)(unsigned char)bytes[length / 2] << 8
                            | (unsigned char)bytes[length - 1]
                      : 0;
    }
    hash = mixed(first ^ STEP ^ hash, last ^ TURN);
    hash = mixed(hash ^ seed, STEP);
    return (uint32_t)hash ^ (uint32_t)(hash >> 32);
}

static inline bool same_bytes(const char *a, const char *b, size_t length)
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

/* Eight bytes at a time: is there one above ASCII, or a capital letter? */
typedef struct Look {
    uint64_t high, capital;     /* not zero: yes */
} Look;

static Look look_at(const char *bytes, size_t length)
{
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
    Look look = {0};

    for (size_t at = 0; at < length; at += 8) {
        uint64_t word = 0;
        if (length - at >= 8)
            word = load8(bytes + at);
        else
            memcpy(&word, bytes + at, length - at);
        look.high |= word & highs;
        look.capital |= ((word + ones * (0x80 - 'A')) ^ (word + ones * (0x80 - 'Z' - 1))) & highs;
    }
    return look;
}

/* ---- records and slots ---- */

/* The slot of this name, or the free one where it would be. */
static inline NameHash *slot_of(const Names *names, uint32_t hash, const char *bytes,
                                size_t length)
{
    for (uint32_t at = hash & names->mask;; at = (at + 1) & names->mask) {
        NameHash *slot = &names->slots[at];
        if (!slot->name)
            return slot;
        if (slot->hash != hash)
            continue;
        const NameRecord *record = name_record(names, slot->name);
        if (record->length == length && same_bytes(record->text, bytes, length))
            return slot;
    }
}

/* More names than there are ids: as good as no memory. */
static void no_room(Names *names)
{
    arena_alloc(names->arena, SIZE_MAX);
}

static void make_slots(Names *names, uint32_t count)
{
    names->slots = arena_array(names->arena, count, sizeof *names->slots);
    names->mask = count - 1;
    names->room = count / 3 * 2;
}

static void grow_slots(Names *names, uint32_t count)
{
    NameHash *old = names->slots;
    uint32_t old_count = names->mask + 1;

    make_slots(names, count);
    for (uint32_t i = 0; i < old_count; i++) {
        if (!old[i].name)
            continue;
        uint32_t at = old[i].hash & names->mask;
        while (names->slots[at].name)
            at = (at + 1) & names->mask;
        names->slots[at] = old[i];
    }
    arena_release(names->arena, old, old_count, sizeof *old);
}

static void add_chunk(Names *names, size_t needed)
{
    if (names->chunk_count == CHUNKS)
        no_room(names);
    size_t size = names->next_chunk - CHUNK_MARGIN;
    if (size < needed)
        size = needed;
    names->chunks = arena_grow(names->arena, names->chunks, &names->chunk_capacity,
                               (size_t)names->chunk_count + 1, sizeof *names->chunks);
    names->chunks[names->chunk_count++] = arena_alloc(names->arena, size);
    names->chunk_size = size;
    names->chunk_used = 0;
    if (names->next_chunk < LARGEST_CHUNK)
        names->next_chunk *= 2;
}

/* Copies a new name. */
static NameId add_record(Names *names, const char *bytes, size_t length)
{
    size_t size = (sizeof(NameRecord) + length + 1 + NAME_UNIT - 1) & ~(size_t)(NAME_UNIT - 1);

    if (length > UINT32_MAX)
        no_room(names);
    if (size > names->chunk_size - names->chunk_used)
        add_chunk(names, size);
    NameId name = (names->chunk_count - 1) << NAME_PLACE
                  | (uint32_t)(names->chunk_used / NAME_UNIT);
    NameRecord *record = name_record(names, name);
    record->length = (uint32_t)length;
    if (length)
        memcpy(record->text, bytes, length);
    names->chunk_used += size;
    return name;
}

/* ---- the public face ---- */

Names *names_new(Arena *arena)
{
    Names *names = arena_alloc(arena, sizeof *names);

    names->arena = arena;
    names->seed = mixed(arena_env(arena)->seed ^ STEP, TURN);
    names->next_chunk = FIRST_CHUNK;
    make_slots(names, 256);
    add_record(names, "", 0);       /* no name: the first record, which no slot knows */
    return names;
}

void names_reserve(Names *names, size_t count)
{
    uint32_t slots = names->mask + 1;

    if (count >= 1u << NAME_BITS)
        no_room(names);
    while (count > slots / 3 * 2)
        slots *= 2;
    if (slots > names->mask + 1)
        grow_slots(names, slots);
}

/* A name that is new as it stands; it may be known in NFC. */
static APART NameId add_name(Names *names, uint32_t hash, const char *bytes, size_t length)
{
    Look look = look_at(bytes, length);

    if (look.high) {
        size_t new_length;
        const char *text = utf8_nfc(names->arena, bytes, length, &new_length);
        if (text != bytes)
            return names_intern(names, text, new_length);
    }
    if (names->count >= names->room)
        names_reserve(names, (size_t)names->room + 1);
    NameId name = add_record(names, bytes, length);
    *slot_of(names, hash, bytes, length) = (NameHash){hash, name};
    names->count++;
    if (!look.high && !look.capital)
        name_record(names, name)->folded = name;
    return name;
}

uint32_t names_hash(const Names *names, const char *bytes, size_t length)
{
    return hash_of(names->seed, bytes, length);
}

NameId names_intern(Names *names, const char *bytes, size_t length)
{
    return names_intern_hashed(names, hash_of(names->seed, bytes, length), bytes, length);
}

NameId names_intern_hashed(Names *names, uint32_t hash, const char *bytes, size_t length)
{
    const NameHash *slot = slot_of(names, hash, bytes, length);

    return slot->name ? slot->name : add_name(names, hash, bytes, length);
}

NameId names_find(const Names *names, const char *bytes, size_t length)
{
    const NameHash *slot = slot_of(names, hash_of(names->seed, bytes, length), bytes, length);

    if (!slot->name && look_at(bytes, length).high) {
        size_t new_length;
        const char *text = utf8_nfc(names->arena, bytes, length, &new_length);
        if (text != bytes)
            slot = slot_of(names, hash_of(names->seed, text, new_length), text, new_length);
    }
    return slot->name;
}

NameId names_fold(Names *names, NameId name)
{
    NameRecord *record = name_record(names, name);
    char few[256];
    const char *text = few;
    size_t length;

    if (record->length > sizeof few
        || !utf8_fold_latin(record->text, record->length, few, &length))
        text = utf8_fold(names->arena, record->text, record->length, &length);
    bool is_same = length == record->length && memcmp(text, record->text, length) == 0;
    record->folded = is_same ? name : names_intern(names, text, length);
    return record->folded;
}
