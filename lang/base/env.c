/* env.c -- the default surroundings: memory from the system, no files, no limits lowered. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1       /* mremap */
#endif

#include "lang/base/env.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* From this size on a block is pages of its own: they come zeroed, cost nothing until they are
 * touched, and mremap moves them without copying.  Sanitizers see more in malloc. */
#if defined(__SANITIZE_ADDRESS__) || !defined(MREMAP_MAYMOVE)
#define MAPPED_SIZE SIZE_MAX
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define MAPPED_SIZE SIZE_MAX
#endif
#endif
#ifndef MAPPED_SIZE
#ifdef ARENA_SMALL
#define MAPPED_SIZE ((size_t)4096)
#else
#define MAPPED_SIZE ((size_t)1 << 17)
#endif
#endif

#ifdef MREMAP_MAYMOVE

enum { PAGES = 65536 };         /* a multiple of every usual page size */

/* Large areas are worth large pages: the first touch of a page costs three times less.  The
 * system gives them only to areas that are a whole number of them. */
static const size_t HUGE_SIZE = (size_t)2 << 20;

static size_t whole_pages(size_t size)
{
    size_t page = size >= HUGE_SIZE ? HUGE_SIZE : PAGES;

    return (size + page - 1) & ~(page - 1);
}

static void *advised(void *pages, size_t size)
{
#ifdef MADV_HUGEPAGE
    if (size >= HUGE_SIZE)
        (void)madvise(pages, whole_pages(size), MADV_HUGEPAGE);     /* a wish, no more */
#endif
    return pages;
}

static void *map_pages(size_t size)
{
    if (size > SIZE_MAX - HUGE_SIZE)
        return NULL;
    void *pages = mmap(NULL, whole_pages(size), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return pages == MAP_FAILED ? NULL : advised(pages, size);
}

static void *remap_pages(void *pages, size_t old_size, size_t new_size)
{
    if (new_size > SIZE_MAX - HUGE_SIZE)
        return NULL;
    void *moved = mremap(pages, whole_pages(old_size), whole_pages(new_size), MREMAP_MAYMOVE);
    if (moved == MAP_FAILED)
        return NULL;
    if (new_size < old_size)    /* the rest of the last page must be zero for a later growth */
        memset((char *)moved + new_size, 0, whole_pages(new_size) - new_size);
    return advised(moved, new_size);
}

static void unmap_pages(void *pages, size_t size)
{
    munmap(pages, whole_pages(size));
}

#else

static void *map_pages(size_t size)
{
    return calloc(1, size);
}

static void *remap_pages(void *pages, size_t old_size, size_t new_size)
{
    (void)old_size;
    return realloc(pages, new_size);
}

static void unmap_pages(void *pages, size_t size)
{
    (void)size;
    free(pages);
}

#endif

static void release(void *block, size_t size)
{
    if (block && size >= MAPPED_SIZE)
        unmap_pages(block, size);
    else
        free(block);
}

void *env_reallocate(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context;
    if (new_size == 0) {
        release(block, old_size);
        return NULL;
    }
    if (!block)
        return new_size >= MAPPED_SIZE ? map_pages(new_size) : calloc(1, new_size);
    if (old_size >= MAPPED_SIZE && new_size >= MAPPED_SIZE)
        return remap_pages(block, old_size, new_size);
    if (old_size < MAPPED_SIZE && new_size < MAPPED_SIZE) {
        char *moved = realloc(block, new_size);
        if (moved && new_size > old_size)
            memset(moved + old_size, 0, new_size - old_size);
        return moved;
    }

    void *moved = new_size >= MAPPED_SIZE ? map_pages(new_size) : calloc(1, new_size);
    if (moved) {
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
        release(block, old_size);
    }
    return moved;
}

static OpenResult no_file(void *context, const char *path, const char *from,
                          OpenedFile *result)
{
    (void)context;
    (void)path;
    (void)from;
    (void)result;
    return OPEN_NOT_FOUND;
}

void env_init(Env *env)
{
    *env = (Env){
        .reallocate = env_reallocate,
        .open_file = no_file,
        .today = 10957,         /* 2000-01-01 */
#define LIMIT_DEFAULT(field, option, value) .limits.field = value,
        LIMITS(LIMIT_DEFAULT)
#undef LIMIT_DEFAULT
    };
}

bool limits_lower(Limits *limits, const char *option, uint64_t value)
{
    static const struct { const char *option; size_t offset; } rows[] = {
#define LIMIT_ROW(field, option, value) { option, offsetof(Limits, field) },
        LIMITS(LIMIT_ROW)
#undef LIMIT_ROW
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(option, rows[i].option) != 0)
            continue;
        uint64_t *limit = (uint64_t *)(void *)((char *)limits + rows[i].offset);
        if (value > *limit)
            return false;
        *limit = value;
        return true;
    }
    return false;
}
