/* names.h -- one copy of each name, so that names compare with ==.
 *
 * A NameId stands for a spelling (NFC, as typed).  Its folded key (utf8.h: utf8_fold) is a
 * NameId too: two spellings of one word have the same names_folded.  0 is no name.  Ids grow, but
 * not one by one: an id says where the name's record lies, so that one look finds all about it.
 */
#ifndef LANG_BASE_NAMES_H
#define LANG_BASE_NAMES_H

#include "lang/base/arena.h"

typedef uint32_t NameId;

enum {
    NAME_NONE = 0,
    NAME_BITS = 28,             /* ids are below 1 << NAME_BITS */
    NAME_UNIT = 8,              /* records begin at multiples of it */
    NAME_PLACE = 19,            /* bits of the place in a chunk; above them, the chunk */
};

typedef struct NameRecord {
    NameId folded;              /* 0: not asked yet */
    uint32_t meaning;           /* as a word */
    uint32_t owner;             /* in the model */
    uint32_t length;
    char text[];                /* with a NUL */
} NameRecord;

typedef struct NameHash {
    uint32_t hash;
    NameId name;                /* 0: free */
} NameHash;

typedef struct Names {          /* for names.c and the short functions below */
    Arena *arena;
    char **chunks;              /* of records, which never move */
    size_t chunk_capacity;
    uint32_t chunk_count;
    size_t chunk_used, chunk_size;      /* of the last chunk */
    size_t next_chunk;

    NameHash *slots;            /* a power of two of them, two thirds full at most */
    uint32_t mask;
    uint32_t count;
    uint32_t room;              /* names until the slots must grow */
    uint64_t seed;
} Names;

static inline NameRecord *name_record(const Names *names, NameId name)
{
    size_t place = (size_t)(name & ((1u << NAME_PLACE) - 1)) * NAME_UNIT;

    return (NameRecord *)(void *)(names->chunks[name >> NAME_PLACE] + place);
}

Names *names_new(Arena *arena);     /* lives in the arena */

/* Makes room for so many names at once: a hint, for speed. */
void names_reserve(Names *names, size_t count);

/* The id of these bytes (valid UTF-8, made NFC here when it is not). */
NameId names_intern(Names *names, const char *bytes, size_t length);
/* The same in steps, for who sees a name some time before its id is needed: its hash, then its
 * slot and what is behind it are fetched meanwhile. */
uint32_t names_hash(const Names *names, const char *bytes, size_t length);
static inline void names_expect_slot(const Names *names, uint32_t hash)
{
    __builtin_prefetch(&names->slots[hash & names->mask]);
}
static inline void names_expect(const Names *names, NameId name)
{
    __builtin_prefetch(name_record(names, name));
}
static inline void names_expect_hash(const Names *names, uint32_t hash)
{
    uint32_t at = hash & names->mask;

    while (names->slots[at].hash != hash && names->slots[at].name)
        at = (at + 1) & names->mask;
    names_expect(names, names->slots[at].name);
}
NameId names_intern_hashed(Names *names, uint32_t hash, const char *bytes, size_t length);

NameId names_find(const Names *names, const char *bytes, size_t length);   /* 0: never seen */
NameId names_fold(Names *names, NameId name);           /* for names_folded */
static inline NameId names_folded(Names *names, NameId name)
{
    NameId folded = name_record(names, name)->folded;

    return folded ? folded : names_fold(names, name);
}
static inline const char *names_text(const Names *names, NameId name)
{
    return name_record(names, name)->text;      /* NUL-terminated; "" for 0 */
}
static inline uint32_t names_length(const Names *names, NameId name)
{
    return name_record(names, name)->length;    /* bytes */
}
static inline uint32_t names_count(const Names *names)
{
    return names->count;
}

/* A word's meaning in the tables (words.h keeps it here so that a word is looked up once);
 * 0: not asked yet. */
static inline uint32_t names_meaning(const Names *names, NameId name)
{
    return name_record(names, name)->meaning;
}
static inline void names_set_meaning(Names *names, NameId name, uint32_t meaning)
{
    name_record(names, name)->meaning = meaning;
}

/* What the model knows by this name, where one of its namespaces has it so; 0 before. */
static inline uint32_t *names_owner(const Names *names, NameId name)
{
    return &name_record(names, name)->owner;
}

#endif
