/* test_reading_memory.c -- each allocation of reading, binding, judging and filtering a file fails,
 * once or from then on: there is no snapshot or a whole one, and no memory is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/generated/maker.h"

enum { FILES = 300, MOST_CALLS = 2000 };

/* An allocator that refuses one call, or all from that call on; it counts what is not given back. */
typedef struct Failing {
    long left;                  /* calls that succeed; negative: all */
    bool once;
    size_t bytes;               /* in use */
    bool has_failed;
} Failing;

static void *reallocate(void *context, void *block, size_t old_size, size_t new_size)
{
    Failing *failing = context;
    if (new_size > 0 && failing->left >= 0 && failing->left-- == 0) {
        failing->left = failing->once ? -1 : 0;
        failing->has_failed = true;
        return NULL;
    }
    void *moved = env_reallocate(NULL, block, old_size, new_size);
    if (moved || new_size == 0)
        failing->bytes += new_size - old_size;
    return moved;
}

typedef struct Files {
    const char *text;
    size_t length;
} Files;

static OpenResult open_file(void *context, const char *path, const char *from, OpenedFile *result)
{
    const Files *files = context;
    if (strcmp(path, "made.alliance") != 0)
        return made_open(context, path, from, result);
    *result = (OpenedFile){"made.alliance", files->text, files->length};
    return OPEN_OK;
}

/* Reads, judges and filters once; what came of it, to be compared: entities, diagnostics. */
static bool use_once(Files *files, Failing *failing, size_t counts[3])
{
    static const char *const paths[] = {"made.alliance"};
    Env env;
    env_init(&env);
    env.reallocate = reallocate;
    env.memory = failing;
    env.open_file = open_file;
    env.files = files;
    failing->has_failed = false;
    Reading reading = {.language = LANG_EN};
    Snapshot *snapshot = snapshot_read(&env, &reading, paths, 1);
    if (!snapshot) {
        assert_true(failing->has_failed);
        return false;
    }
    AssertionCounts asserted;
    assertions_run(snapshot, snapshot_diags(snapshot), &asserted);
    Snapshot *filtered = snapshot_filtered(snapshot, 0, &counts[2]);
    bool is_whole = filtered && !failing->has_failed;
    counts[0] = snapshot_entity_count(snapshot);
    counts[1] = snapshot_diags(snapshot)->count;
    snapshot_free(filtered);
    snapshot_free(snapshot);
    return is_whole;
}

static void test_every_allocation_fails(void **state)
{
    static Tally tally;
    unsigned long injections = 0;
    for (uint64_t seed = 1; seed <= FILES; seed++) {
        Env plain;
        Maker maker;
        env_init(&plain);
        Arena *arena = arena_new(&plain);
        make_file(&maker, arena, &tally, seed);
        Files files = {maker.text, maker.length};
        Failing failing = {.left = -1};
        size_t expected[3], counts[3];
        assert_true(use_once(&files, &failing, expected));
        assert_int_equal(failing.bytes, 0);
        for (int once = 0; once < 2; once++) {
            long at = 0;
            for (; at < MOST_CALLS; at++) {
                failing.left = at;
                failing.once = once;
                bool is_whole = use_once(&files, &failing, counts);
                assert_int_equal(failing.bytes, 0);
                if (is_whole)
                    break;
                injections++;
            }
            assert_true(at > 0 && at < MOST_CALLS);
            assert_memory_equal(counts, expected, sizeof counts);
        }
        arena_free(arena);
    }
    print_message("# %lu allocations refused\n", injections);
    assert_true(injections > 4000);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
