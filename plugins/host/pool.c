/* pool.c -- see pool.h. */
#include "plugins/host/pool.h"

#include <stdlib.h>
#include <string.h>

enum { SLAB_BYTES = 1 << 16 };

#if defined(__SANITIZE_ADDRESS__)
#define IS_WATCHED 1            /* each block on its own, so that a wrong use of one is found */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_WATCHED 1
#endif
#endif
#ifndef IS_WATCHED
#define IS_WATCHED 0
#endif

/* The list of blocks of a size; POOL_CLASSES: they come from the C library. */
static size_t class_of(size_t size)
{
    size_t class = (size - 1) / POOL_STEP;
    return IS_WATCHED || class > POOL_CLASSES ? POOL_CLASSES : class;
}

static bool add_slab(Pool *pool)
{
    char *slab = malloc(SLAB_BYTES);
    if (!slab)
        return false;
    *(void **)slab = pool->slabs;
    pool->slabs = slab;
    pool->at = slab + POOL_STEP;
    pool->end = slab + SLAB_BYTES;
    return true;
}

/* What is left of a slab and too short for a block stays there. */
static void *take(Pool *pool, size_t size)
{
    size_t class = class_of(size);
    if (class == POOL_CLASSES)
        return malloc(size);
    void *block = pool->free[class];
    if (block) {
        pool->free[class] = *(void **)block;
        return block;
    }
    size_t whole = (class + 1) * POOL_STEP;
    if ((size_t)(pool->end - pool->at) < whole && !add_slab(pool))
        return NULL;
    block = pool->at;
    pool->at += whole;
    return block;
}

static void give_back(Pool *pool, void *block, size_t size)
{
    size_t class = class_of(size);
    if (class == POOL_CLASSES) {
        free(block);
        return;
    }
    *(void **)block = pool->free[class];
    pool->free[class] = block;
}

static void *resize(Pool *pool, void *block, size_t old_size, size_t new_size)
{
    size_t old_class = class_of(old_size), new_class = class_of(new_size);
    if (old_class == POOL_CLASSES && new_class == POOL_CLASSES)
        return realloc(block, new_size);
    if (old_class == new_class)
        return block;
    void *moved = take(pool, new_size);
    if (!moved)
        return NULL;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    give_back(pool, block, old_size);
    return moved;
}

void *pool_allocate(void *context, void *block, size_t old_size, size_t new_size)
{
    Pool *pool = context;
    size_t old = block ? old_size : 0;      /* without a block, it says what the block is for */
    if (new_size == 0) {
        pool->used -= old;
        if (old)
            give_back(pool, block, old);
        return NULL;
    }
    if (new_size > old && pool->used + (new_size - old) > pool->limit) {
        pool->met = true;
        return NULL;
    }
    void *result = old ? resize(pool, block, old, new_size) : take(pool, new_size);
    if (result) {
        pool->used += new_size - old;
        if (pool->used > pool->highest)
            pool->highest = pool->used;
    }
    return result;
}

void pool_clear(Pool *pool)
{
    while (pool->slabs) {
        void *slab = pool->slabs;
        pool->slabs = *(void **)slab;
        free(slab);
    }
    *pool = (Pool){.limit = pool->limit};
}
