/* arena.c -- memory grouped by lifetime: blocks that fill up, and big arrays on their own.
 *
 * Small things are cut from blocks that double in size.  Anything of BIG bytes or more is an
 * allocation of its own with a header in front, so that it can grow by the allocator and be
 * given back; whether an array is big follows from its size alone.
 */

#include "lang/base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* With AddressSanitizer what was not handed out is poisoned, and something lies between any two
 * things, so that reading past the end of one is found as it is with malloc. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONED 1
#endif

#ifdef ARENA_POISONED
#include <sanitizer/asan_interface.h>
enum { BETWEEN = 16 };
#define POISON(start, size) ASAN_POISON_MEMORY_REGION(start, size)
#define UNPOISON(start, size) ASAN_UNPOISON_MEMORY_REGION(start, size)
#else
enum { BETWEEN = 0 };
#define POISON(start, size) ((void)(start), (void)(size))
#define UNPOISON(start, size) ((void)(start), (void)(size))
#endif

#ifdef ARENA_SMALL      /* a test build: every edge is met often */
enum { FIRST_BLOCK = 64, LARGEST_BLOCK = 512, BIG = 128 };
#else
enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 22, BIG = 32768 };
#endif

typedef struct Block Block;
typedef struct Big Big;

struct Block {
    Block *previous;
    size_t size;            /* with this header */
};

struct Big {
    Big *previous;
    Big *next;
    size_t size;            /* with this header */
    size_t unused;          /* keeps what follows aligned to 16 */
};

struct Arena {
    const Env *env;
    char *at;               /* the free part of the newest block: zero up to its end */
    char *end;
    Block *block;           /* the newest; the oldest holds this struct */
    Big *big;               /* the newest */
    jmp_buf *boundary;
    size_t bytes;
    size_t next_block;      /* size of the next block */
    bool comes_zeroed;      /* the allocator adds zeros */
};

_Static_assert(sizeof(Block) % 16 == 0 && sizeof(Big) % 16 == 0, "what follows is aligned");

static _Noreturn void out_of_memory(Arena *arena)
{
    assert(arena->boundary && "an arena that may run out of memory needs a boundary");
    if (!arena->boundary)
        __builtin_trap();
    longjmp(*arena->boundary, 1);
}

/* What is added to a block is zero, whoever allocates. */
static void *reallocate(Arena *arena, void *block, size_t old_size, size_t new_size)
{
    const Env *env = arena->env;
    char *moved = env->reallocate(env->memory, block, old_size, new_size);

    if (!moved)
        out_of_memory(arena);
    if (!arena->comes_zeroed)
        memset(moved + old_size, 0, new_size - old_size);
    arena->bytes += new_size - old_size;
    return moved;
}

Arena *arena_new(const Env *env)
{
    size_t size = sizeof(Block) + sizeof(Arena) + FIRST_BLOCK;
    Block *block = env->reallocate(env->memory, NULL, 0, size);

    if (!block)
        return NULL;
    bool comes_zeroed = env->reallocate == env_reallocate;
    if (!comes_zeroed)
        memset(block, 0, size);
    block->size = size;

    Arena *arena = (Arena *)(block + 1);
    arena->env = env;
    arena->at = (char *)(arena + 1);
    arena->end = (char *)block + size;
    arena->block = block;
    arena->bytes = size;
    arena->next_block = 2 * (size_t)FIRST_BLOCK;
    arena->comes_zeroed = comes_zeroed;
    POISON(arena->at, (size_t)(arena->end - arena->at));
    return arena;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    const Env *env = arena->env;
    for (Big *big = arena->big, *previous; big; big = previous) {
        previous = big->previous;
        env->reallocate(env->memory, big, big->size, 0);
    }
    for (Block *block = arena->block, *previous; block; block = previous) {
        previous = block->previous;     /* the arena itself goes with the last one */
        UNPOISON(block, block->size);
        env->reallocate(env->memory, block, block->size, 0);
    }
}

const Env *arena_env(const Arena *arena)
{
    return arena->env;
}

void arena_guard(Arena *arena, jmp_buf *boundary)
{
    arena->boundary = boundary;
}

jmp_buf *arena_boundary(const Arena *arena)
{
    return arena->boundary;
}

size_t arena_bytes(const Arena *arena)
{
    return arena->bytes;
}

static void add_block(Arena *arena, size_t size)
{
    size_t whole = arena->next_block;
    if (whole < sizeof(Block) + size)
        whole = sizeof(Block) + size;

    Block *block = reallocate(arena, NULL, 0, whole);
    block->previous = arena->block;
    block->size = whole;
    arena->block = block;
    arena->at = (char *)(block + 1);
    arena->end = (char *)block + whole;
    POISON(arena->at, (size_t)(arena->end - arena->at));
    if (arena->next_block < LARGEST_BLOCK)
        arena->next_block *= 2;
}

/* Cuts size < BIG bytes from the newest block, or from a new one. */
static void *cut(Arena *arena, size_t size, size_t alignment)
{
    size_t gap = (size_t)-(uintptr_t)arena->at & (alignment - 1);

    if (gap + size + BETWEEN > (size_t)(arena->end - arena->at)) {
        add_block(arena, size + BETWEEN);
        gap = 0;
    }
    char *start = arena->at + gap;
    arena->at = start + size + BETWEEN;
    UNPOISON(start, size);
    return start;
}

/* Puts a big block, new or moved, where its neighbours point. */
static void *linked(Arena *arena, Big *big, size_t size)
{
    big->size = size;
    if (big->previous)
        big->previous->next = big;
    if (big->next)
        big->next->previous = big;
    else
        arena->big = big;
    return big + 1;
}

static void *new_big(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(Big))
        out_of_memory(arena);
    Big *big = reallocate(arena, NULL, 0, sizeof(Big) + size);
    big->previous = arena->big;
    return linked(arena, big, sizeof(Big) + size);
}

static void *grow_big(Arena *arena, void *array, size_t size)
{
    if (size > SIZE_MAX - sizeof(Big))
        out_of_memory(arena);
    Big *big = (Big *)array - 1;
    big = reallocate(arena, big, big->size, sizeof(Big) + size);
    return linked(arena, big, sizeof(Big) + size);
}

void *arena_alloc(Arena *arena, size_t size)
{
    if (size >= BIG)
        return new_big(arena, size);
    return cut(arena, size, size < 16 ? 8 : 16);
}

static size_t product(Arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory(arena);
    return bytes;
}

void *arena_array(Arena *arena, size_t count, size_t size)
{
    return arena_alloc(arena, product(arena, count, size));
}

char *arena_copy(Arena *arena, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        out_of_memory(arena);
    char *copy = length + 1 >= BIG ? new_big(arena, length + 1) : cut(arena, length + 1, 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_format(Arena *arena, const char *format, ...)
{
    char text[256];
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0)
        return arena_copy(arena, "", 0);
    if ((size_t)length < sizeof text)
        return arena_copy(arena, text, (size_t)length);

    char *long_text = arena_alloc(arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(long_text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return long_text;
}

void *arena_grow_now(Arena *arena, void *array, size_t *capacity, size_t needed, size_t size)
{
    size_t count = *capacity < 4 ? 4 : *capacity;
    if (count <= SIZE_MAX / 2)
        count *= 2;
    if (count < needed)
        count = needed;
    size_t old_bytes = *capacity * size;
    size_t new_bytes = product(arena, count, size);
    char *result = array;

    if (old_bytes >= BIG) {
        result = grow_big(arena, array, new_bytes);
    } else if (new_bytes < BIG && old_bytes && result + old_bytes == arena->at
               && new_bytes - old_bytes <= (size_t)(arena->end - arena->at)) {
        arena->at += new_bytes - old_bytes;     /* the newest of its block grows in place */
    } else {
        result = arena_alloc(arena, new_bytes);
        if (old_bytes) {
            memcpy(result, array, old_bytes);
            POISON(array, old_bytes);       /* whoever kept the old place is wrong */
        }
    }
    *capacity = count;
    return result;
}

void arena_release(Arena *arena, void *array, size_t capacity, size_t size)
{
    if (!array || capacity * size < BIG)
        return;
    Big *big = (Big *)array - 1;
    if (big->previous)
        big->previous->next = big->next;
    if (big->next)
        big->next->previous = big->previous;
    else
        arena->big = big->previous;
    arena->bytes -= big->size;
    arena->env->reallocate(arena->env->memory, big, big->size, 0);
}
