/* test_arena.c -- memory by arenas, on the default allocator and on one that fails on purpose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "lang/base/arena.h"
#include "lang/base/names.h"

/* An allocator that counts what is alive, fills what it adds with rubbish, and fails at one
 * call, or from it on. */
typedef struct Heap {
    size_t calls, alive, bytes;
    size_t fails_at;        /* 0: never */
    bool goes_on_failing;
} Heap;

static void *heap_reallocate(void *context, void *block, size_t old_size, size_t new_size)
{
    Heap *heap = context;

    if (new_size == 0) {
        heap->alive -= block != NULL;
        heap->bytes -= old_size;
        free(block);
        return NULL;
    }
    heap->calls++;
    if (heap->fails_at
        && (heap->calls == heap->fails_at
            || (heap->goes_on_failing && heap->calls > heap->fails_at)))
        return NULL;
    char *moved = malloc(new_size);
    assert_non_null(moved);
    memset(moved, 0xA5, new_size);
    if (block) {
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
        free(block);
    } else {
        assert_int_equal(old_size, 0);
        heap->alive++;
    }
    heap->bytes += new_size - old_size;
    return moved;
}

static Env heap_env(Heap *heap)
{
    Env env;

    env_init(&env);
    env.reallocate = heap_reallocate;
    env.memory = heap;
    return env;
}

static bool is_zero(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < length; i++)
        if (at[i])
            return false;
    return true;
}

/* Fills with a pattern of its own, to find two things that overlap. */
static void fill(unsigned char *bytes, size_t length, unsigned number)
{
    for (size_t i = 0; i < length; i++)
        bytes[i] = (unsigned char)(number * 31 + i + 1);
}

static bool is_filled(const unsigned char *bytes, size_t length, unsigned number)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != (unsigned char)(number * 31 + i + 1))
            return false;
    return true;
}

static const size_t sizes[] = { 0,    1,    7,     8,     15,    16,    17,     100,    4095,
                                4096, 4097, 16383, 16384, 32767, 32768, 100000, 1048575 };
enum { SIZES = sizeof sizes / sizeof sizes[0] };

static void check_allocations(const Env *env)
{
    enum { ROUNDS = 4 };
    unsigned char *made[SIZES * ROUNDS];
    Arena *arena = arena_new(env);
    assert_non_null(arena);

    for (unsigned i = 0; i < SIZES * ROUNDS; i++) {
        size_t size = sizes[i % SIZES];
        made[i] = arena_alloc(arena, size);
        assert_non_null(made[i]);
        assert_int_equal((uintptr_t)made[i] % (size >= 16 ? 16 : 8), 0);
        assert_true(is_zero(made[i], size));
        fill(made[i], size, i);
        assert_memory_equal(arena_copy(arena, "abc", 3), "abc", 4);
    }
    for (unsigned i = 0; i < SIZES * ROUNDS; i++)
        assert_true(is_filled(made[i], sizes[i % SIZES], i));
    arena_free(arena);
}

static void test_memory_is_zero_aligned_and_apart(void **state)
{
    Heap heap = { 0 };
    Env env = heap_env(&heap);
    (void)state;

    check_allocations(&env);
    assert_int_equal(heap.alive, 0);
    assert_int_equal(heap.bytes, 0);
    env_init(&env);
    check_allocations(&env);
}

static void test_bytes_are_those_of_the_allocator(void **state)
{
    Heap heap = { 0 };
    Env env = heap_env(&heap);
    Arena *arena = arena_new(&env);
    (void)state;

    assert_int_equal(arena_bytes(arena), heap.bytes);
    assert_true(heap.bytes < 20000);        /* so that a start stays cheap */
    for (int i = 0; i < 1000; i++)
        arena_alloc(arena, 100);
    assert_int_equal(arena_bytes(arena), heap.bytes);
#ifndef ARENA_SMALL
    assert_true(heap.calls < 20);           /* blocks get larger and larger */
#endif
    void *big = arena_array(arena, 1000, 1000);
    assert_int_equal(arena_bytes(arena), heap.bytes);
    size_t before = heap.bytes;
    arena_release(arena, big, 1000, 1000);
    assert_int_equal(arena_bytes(arena), heap.bytes);
    assert_true(before - heap.bytes >= 1000000);
    assert_ptr_equal(arena_env(arena), &env);
    arena_free(arena);
    assert_int_equal(heap.alive, 0);
    arena_free(NULL);
}

static void check_growth(const Env *env, size_t size, size_t first)
{
    Arena *arena = arena_new(env);
    size_t capacity = first, capacity_before = 0;
    unsigned char *array = first ? arena_array(arena, first, size) : NULL;
    size_t moves = 0;

    for (size_t i = 0; i * size < 3000000; i++) {
        capacity_before = capacity;
        array = arena_grow(arena, array, &capacity, i + 1, size);
        assert_true(capacity > i);
        if (capacity != capacity_before) {
            moves++;
            assert_true(is_zero(array + i * size, (capacity - i) * size));
        }
        fill(array + i * size, size, (unsigned)i);
        if (i % 1000 == 3)
            memset(arena_alloc(arena, 5), 1, 5);    /* something else comes in between */
    }
    for (size_t i = 0; i * size < 3000000; i++)
        assert_true(is_filled(array + i * size, size, (unsigned)i));
    assert_true(moves < 24);
    size_t same = capacity;
    assert_ptr_equal(arena_grow(arena, array, &capacity, 3, size), array);
    assert_int_equal(capacity, same);
    arena_free(arena);
}

static void test_arrays_grow_with_their_content(void **state)
{
    Heap heap = { 0 };
    Env env = heap_env(&heap), usual;
    (void)state;

    env_init(&usual);
    for (int i = 0; i < 2; i++) {
        const Env *which = i ? &usual : &env;
        check_growth(which, 1, 0);
        check_growth(which, 8, 0);
        check_growth(which, 24, 3);
        check_growth(which, 24, 40000);
        check_growth(which, 4000, 0);
        check_growth(which, 70000, 0);
    }
    assert_int_equal(heap.alive, 0);
}

static void test_big_arrays_leave_no_copies(void **state)
{
    Heap heap = { 0 };
    Env env = heap_env(&heap);
    Arena *arena = arena_new(&env);
    size_t capacity = 0;
    char *array = NULL;
    (void)state;

    for (size_t i = 1; i < 4000000; i += 1000)
        array = arena_grow(arena, array, &capacity, i, 1);
    assert_true(arena_bytes(arena) < capacity + 200000);
    arena_release(arena, array, capacity, 1);
    assert_true(arena_bytes(arena) < 200000);
    arena_free(arena);
    assert_int_equal(heap.alive, 0);
}

/* First, last and middle one of the list of big arrays, in each order. */
static void test_release_in_any_order(void **state)
{
    static const int orders[6][3] = {
        { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 },
    };
    (void)state;

    for (int order = 0; order < 6; order++) {
        for (int released = 0; released <= 3; released++) {
            Heap heap = { 0 };
            Env env = heap_env(&heap);
            Arena *arena = arena_new(&env);
            size_t capacity[3] = { 0 };
            char *array[3] = { NULL };
            for (int i = 0; i < 3; i++)
                array[i] = arena_grow(arena, NULL, &capacity[i], 50000, 1);
            for (int i = 0; i < released; i++)
                arena_release(arena, array[orders[order][i]], capacity[orders[order][i]], 1);
            assert_int_equal(heap.alive, 1 + 3 - released);
            for (int i = released; i < 3; i++) {
                int which = orders[order][i];
                array[which] = arena_grow(arena, array[which], &capacity[which], 200000, 1);
            }
            arena_alloc(arena, 70000);
            arena_free(arena);
            assert_int_equal(heap.alive, 0);
        }
    }
}

static void test_release_of_small_ones_waits(void **state)
{
    Heap heap = { 0 };
    Env env = heap_env(&heap);
    Arena *arena = arena_new(&env);
    size_t bytes = arena_bytes(arena);
    (void)state;

    char *small = arena_copy(arena, "still here", 10);
    arena_release(arena, small, 11, 1);
    arena_release(arena, NULL, 0, 8);
    assert_string_equal(small, "still here");
    assert_int_equal(arena_bytes(arena), bytes);
    arena_free(arena);
}

static void test_copies_and_formats(void **state)
{
    Heap heap = { 0 };
    Env env = heap_env(&heap);
    Arena *arena = arena_new(&env);
    (void)state;

    assert_string_equal(arena_copy(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_copy(arena, "", 0), "");
    assert_string_equal(arena_copy(arena, NULL, 0), "");
    assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 4);
    assert_string_equal(arena_format(arena, "%s:%d:%zu", "x", -3, (size_t)7), "x:-3:7");
    assert_string_equal(arena_format(arena, "%s", ""), "");

    char long_text[70001];
    for (size_t length = 250; length < 262; length++) {
        memset(long_text, 'y', length);
        long_text[length] = '\0';
        assert_string_equal(arena_format(arena, "%s", long_text), long_text);
    }
    memset(long_text, 'z', 70000);
    long_text[70000] = '\0';
    assert_string_equal(arena_format(arena, "%s", long_text), long_text);
    assert_string_equal(arena_copy(arena, long_text, 70000), long_text);
    assert_true(is_zero(arena_alloc(arena, 3000), 3000));
    arena_free(arena);
    assert_int_equal(heap.alive, 0);
}

/* ---- no memory ---- */

/* Work that uses every way to take memory; true when it came to its end. */
static bool work(const Env *env)
{
    Arena *arena = arena_new(env);
    jmp_buf boundary;

    if (!arena)
        return false;
    arena_guard(arena, &boundary);
    if (setjmp(boundary)) {
        arena_free(arena);
        return false;
    }

    Names *names = names_new(arena);
    size_t small = 0, big = 0;
    uint32_t *some = NULL;
    char *many = NULL;
    for (unsigned i = 0; i < 3000; i++) {
        const char *text = arena_format(arena, "Nom-%u-\xC3\x89", i);
        NameId name = names_intern(names, text, strlen(text));
        assert_true(names_folded(names, name) != name);
        some = arena_grow(arena, some, &small, i + 1, sizeof *some);
        many = arena_grow(arena, many, &big, (size_t)(i + 1) * 100, 1);
    }
    void *released = arena_array(arena, 100, 1000);
    arena_release(arena, released, 100, 1000);
    assert_int_equal(names_count(names), 6000);
    arena_free(arena);
    return true;
}

static void check_every_failure(bool goes_on_failing)
{
    bool done = false;
    size_t failures = 0;

    for (size_t fails_at = 1; !done; fails_at++) {
        Heap heap = { .fails_at = fails_at, .goes_on_failing = goes_on_failing };
        Env env = heap_env(&heap);
        done = work(&env);
        assert_int_equal(heap.alive, 0);
        assert_int_equal(heap.bytes, 0);
        failures += !done;
    }
    assert_in_range(failures, 12, 1000);
}

static void test_each_failure_goes_to_the_boundary(void **state)
{
    (void)state;
    check_every_failure(false);
    check_every_failure(true);
}

static void ask_too_much(Arena *arena, int way)
{
    size_t capacity = 0;
    char *array = arena_grow(arena, NULL, &capacity, 50000, 8);

    switch (way) {
    case 0: arena_alloc(arena, SIZE_MAX); break;
    case 1: arena_alloc(arena, SIZE_MAX - 8); break;
    case 2: arena_array(arena, SIZE_MAX / 2, 3); break;
    case 3: arena_array(arena, (size_t)1 << 33, (size_t)1 << 33); break;
    case 4: arena_copy(arena, "", SIZE_MAX); break;
    case 5: arena_grow(arena, array, &capacity, SIZE_MAX / 4, 8); break;
    case 6: arena_grow(arena, array, &capacity, SIZE_MAX / 8, 8); break;
    case 7: arena_grow(arena, array, &capacity, SIZE_MAX / 8 - 3, 8); break;
    }
}

static bool is_too_much(const Env *env, int way)
{
    jmp_buf boundary;
    Arena *arena = arena_new(env);

    arena_guard(arena, &boundary);
    if (setjmp(boundary)) {
        arena_free(arena);
        return true;
    }
    ask_too_much(arena, way);
    arena_free(arena);
    return false;
}

static void test_sizes_beyond_memory_go_to_the_boundary(void **state)
{
    Env env;
    (void)state;

    env_init(&env);
    for (int way = 0; way < 8; way++)
        assert_true(is_too_much(&env, way));
    assert_false(is_too_much(&env, 8));
}

/* ---- the environment ---- */

static void test_reallocate_adds_zeros(void **state)
{
    static const size_t steps[] = { 1,       100,     5000,    4096,    1048575, 1048576,
                                    3000000, 2000001, 2097152, 9000000, 4194304, 70000,
                                    1048577, 10,      65536,   1048576, 1114112, 1114111 };
    unsigned char *block = NULL;
    size_t old_size = 0;
    (void)state;

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        size_t size = steps[i], kept = old_size < size ? old_size : size;
        block = env_reallocate(NULL, block, old_size, size);
        assert_non_null(block);
        assert_true(is_filled(block, kept, 7));
        assert_true(is_zero(block + kept, size - kept));
        fill(block, size, 7);
        old_size = size;
    }
    assert_null(env_reallocate(NULL, block, old_size, 0));
    assert_null(env_reallocate(NULL, NULL, 0, 0));
}

static void test_environment_by_default(void **state)
{
    Env env;
    OpenedFile file = { 0 };
    (void)state;

    memset(&env, 0xFF, sizeof env);
    env_init(&env);
    assert_int_equal(env.open_file(env.files, "a.alliance", NULL, &file), OPEN_NOT_FOUND);
    assert_null(env.cancel);
    assert_int_equal(env.today, 10957);         /* date -ud 2000-01-01 +%s / 86400 */
    assert_int_equal(env.limits.file_bytes, 268435456);
    assert_int_equal(env.limits.nesting, 64);
}

static void test_limits_go_down_only(void **state)
{
    Env env;
    (void)state;

    env_init(&env);
    assert_true(limits_lower(&env.limits, "nesting", 10));
    assert_int_equal(env.limits.nesting, 10);
    assert_true(limits_lower(&env.limits, "nesting", 10));
    assert_false(limits_lower(&env.limits, "nesting", 11));
    assert_int_equal(env.limits.nesting, 10);
    assert_false(limits_lower(&env.limits, "no-such-limit", 1));
    assert_false(limits_lower(&env.limits, "", 1));
    assert_true(limits_lower(&env.limits, "work", 0));
    assert_int_equal(env.limits.work, 0);
    assert_int_equal(env.limits.file_bytes, 268435456);

#define LOWERED(field, option, value)                                   \
    assert_true(limits_lower(&env.limits, option, 1 + (value) / 1000000)  \
                || env.limits.field == 10 || env.limits.field == 0);
    LIMITS(LOWERED)
    assert_int_equal(env.limits.entities, 11);
    assert_int_equal(env.limits.pattern_heap, 3);
    assert_int_equal(env.limits.import_files, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zero_aligned_and_apart),
        cmocka_unit_test(test_bytes_are_those_of_the_allocator),
        cmocka_unit_test(test_arrays_grow_with_their_content),
        cmocka_unit_test(test_big_arrays_leave_no_copies),
        cmocka_unit_test(test_release_in_any_order),
        cmocka_unit_test(test_release_of_small_ones_waits),
        cmocka_unit_test(test_copies_and_formats),
        cmocka_unit_test(test_each_failure_goes_to_the_boundary),
        cmocka_unit_test(test_sizes_beyond_memory_go_to_the_boundary),
        cmocka_unit_test(test_reallocate_adds_zeros),
        cmocka_unit_test(test_environment_by_default),
        cmocka_unit_test(test_limits_go_down_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
