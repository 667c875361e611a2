/* pool.h -- the memory of one Lua state: counted, limited, and quick.
 *
 * A check makes small tables and texts, looks at them and drops them: small blocks are cut
 * from large ones and go round in lists by size, which takes a tenth off the time of all checks.
 * What the state asked for is counted, and no more than the limit is given.
 */
#ifndef PLUGINS_HOST_POOL_H
#define PLUGINS_HOST_POOL_H

#include <stdbool.h>
#include <stddef.h>

enum { POOL_STEP = 16, POOL_CLASSES = 16 };     /* blocks of 16, 32 .. 256 bytes */

typedef struct Pool {
    size_t used, highest, limit;        /* bytes asked for */
    bool met;                           /* the limit was met */
    void *free[POOL_CLASSES];           /* each begins with a pointer to the next one */
    char *at, *end;                     /* what is left of the newest slab */
    void *slabs;                        /* each begins with a pointer to the one before */
} Pool;

/* A lua_Alloc; the context is a Pool, zero but for its limit. */
void *pool_allocate(void *context, void *block, size_t old_size, size_t new_size);
/* Gives back all slabs, once the state is closed or lost. */
void pool_clear(Pool *pool);

#endif
