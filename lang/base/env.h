/* env.h -- what the library asks of its surroundings: memory, files, the date, limits.
 *
 * lang/ has no globals, prints nothing, opens nothing and never exits.  Everything it needs
 * from outside comes through an Env, which the caller owns and which must outlive all that
 * was made with it.  Tests replace one entry to make memory or files fail on purpose.
 */
#ifndef LANG_BASE_ENV_H
#define LANG_BASE_ENV_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Before a function that is seldom needed by one that often runs: kept apart, it does not make
 * the other save registers and grow. */
#define APART __attribute__((noinline))

/* Limits: one list.  X(FIELD, "option-name", default).  A caller may lower them, a file never. */
#define LIMITS(X)                                          \
    X(file_bytes, "file-bytes", 268435456)                 \
    X(import_bytes, "import-bytes", 1073741824)            \
    X(import_files, "import-files", 1000)                  \
    X(import_depth, "import-depth", 32)                    \
    X(token_bytes, "token-bytes", 1048576)                 \
    X(name_bytes, "name-bytes", 1024)                      \
    X(block_depth, "block-depth", 8)                       \
    X(nesting, "nesting", 64)                              \
    X(recursion, "recursion", 200)                         \
    X(list_items, "list-items", 100000)                    \
    X(base_chain, "base-chain", 8)                         \
    X(entities, "entities", 10000000)                      \
    X(diagnostics, "diagnostics", 10000)                   \
    X(pattern_bytes, "pattern-bytes", 1024)                \
    X(pattern_steps, "pattern-steps", 100000)              \
    X(pattern_heap, "pattern-heap", 2097152)               \
    X(work, "work", 200000000)

typedef struct Limits {
#define LIMIT_FIELD(field, option, value) uint64_t field;
    LIMITS(LIMIT_FIELD)
#undef LIMIT_FIELD
} Limits;

/* The answer of Env.open_file.  OPEN_OK: the callback fills text, length, path. */
typedef enum OpenResult {
    OPEN_OK,
    OPEN_NOT_FOUND,
    OPEN_OUTSIDE,       /* outside of the project folder, or a path that is refused */
    OPEN_NOT_A_FILE,    /* a folder, a device, a pipe */
    OPEN_UNREADABLE,    /* permissions, I/O error */
    OPEN_TOO_LARGE,
    OPEN_NO_MEMORY,
} OpenResult;

typedef struct OpenedFile {
    const char *path;   /* the file's one name (same file, same path), NUL-terminated */
    const char *text;   /* its bytes; valid as long as the Env */
    size_t length;
} OpenedFile;

typedef struct Env {
    /* reallocate(context, block, old, new): like realloc; new == 0 frees; NULL on failure.
     * old is the size asked for before.  What is added need not be zero. */
    void *(*reallocate)(void *context, void *block, size_t old_size, size_t new_size);
    void *memory;               /* context of reallocate */

    /* Opens `path` as written in the file `from` (NULL: as the user gave it). */
    OpenResult (*open_file)(void *context, const char *path, const char *from,
                            OpenedFile *result);
    void *files;                /* context of open_file */

    int32_t today;              /* day number (date.h) that `today` stands for */
    Limits limits;
    uint64_t seed;              /* of hash tables, best random; no answer depends on it */
    const volatile int *cancel; /* not NULL and not 0: stop soon; answers are incomplete */
} Env;

/* Fills env with the defaults: env_reallocate, no files (open_file answers OPEN_NOT_FOUND),
 * no cancel, seed 0, today = 1 January 2000. */
void env_init(Env *env);

/* The default of Env.reallocate: the C library for small blocks, pages of the system for big
 * ones.  What it adds is zero, which an arena knows and then need not do again. */
void *env_reallocate(void *context, void *block, size_t old_size, size_t new_size);

/* Lowers the limit called `option` to value; false when there is none, or value is higher. */
bool limits_lower(Limits *limits, const char *option, uint64_t value);

#endif
