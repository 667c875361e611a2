/* arena.h -- memory grouped by lifetime: many allocations, one free.
 *
 * Everything made in an arena ends with it.  When memory runs out, the arena jumps to its
 * boundary (arena_guard): whoever set it drops the arena and answers "out of memory"; no other
 * code tests for failure.  Memory is handed out zeroed and aligned to 8 bytes (16 from 16 up).
 */
#ifndef LANG_BASE_ARENA_H
#define LANG_BASE_ARENA_H

#include "lang/base/env.h"

typedef struct Arena Arena;

Arena *arena_new(const Env *env);       /* NULL when there is no memory */
void arena_free(Arena *arena);          /* NULL is fine */
const Env *arena_env(const Arena *arena);

/* Where to go when memory runs out: longjmp(*boundary, 1).  To run out without a boundary is
 * the caller's bug, and stops the program. */
void arena_guard(Arena *arena, jmp_buf *boundary);
jmp_buf *arena_boundary(const Arena *arena);    /* the one in force, or NULL */

void *arena_alloc(Arena *arena, size_t size);
void *arena_array(Arena *arena, size_t count, size_t size);     /* checked product */
char *arena_copy(Arena *arena, const char *bytes, size_t length);   /* unaligned; adds a NUL */
char *arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Grows an array owned by the arena to at least `needed` elements; *capacity is updated, the
 * new part is zeroed.  Begin with NULL and 0, or with what arena_array(count, size) gave.  Big
 * arrays move by the allocator, so old copies do not pile up. */
void *arena_grow_now(Arena *arena, void *array, size_t *capacity, size_t needed, size_t size);
static inline void *arena_grow(Arena *arena, void *array, size_t *capacity, size_t needed,
                               size_t size)
{
    return needed <= *capacity ? array : arena_grow_now(arena, array, capacity, needed, size);
}

/* Gives a big array back before the end (a table that was copied to a larger one); a small one
 * waits for the end.  The capacity and size are those of the last arena_grow or arena_array. */
void arena_release(Arena *arena, void *array, size_t capacity, size_t size);

size_t arena_bytes(const Arena *arena);     /* taken from the allocator so far */

#endif
