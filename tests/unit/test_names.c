/* test_names.c -- one id for each spelling, one folded key for each word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/base/names.h"

typedef struct Setting {
    Env env;
    Arena *arena;
    Names *names;
} Setting;

static int set_up(void **state)
{
    Setting *setting = calloc(1, sizeof *setting);

    env_init(&setting->env);
    setting->arena = arena_new(&setting->env);
    setting->names = names_new(setting->arena);
    *state = setting;
    return 0;
}

static int tear_down(void **state)
{
    Setting *setting = *state;

    arena_free(setting->arena);
    free(setting);
    return 0;
}

static NameId intern(Names *names, const char *text)
{
    return names_intern(names, text, strlen(text));
}

static void test_same_bytes_same_id(void **state)
{
    Names *names = ((Setting *)*state)->names;
    static const char *const words[] = { "a", "ab", "abc", "abcd", "abcde", "abcdefg",
                                         "abcdefgh", "abcdefghi", "macif", "unis-cit\xC3\xA9",
                                         "Macif", "" };
    NameId ids[12];

    assert_int_equal(names_count(names), 0);
    for (unsigned i = 0; i < 12; i++) {
        assert_int_equal(names_find(names, words[i], strlen(words[i])), NAME_NONE);
        ids[i] = intern(names, words[i]);
        assert_int_not_equal(ids[i], NAME_NONE);
        for (unsigned j = 0; j < i; j++)
            assert_int_not_equal(ids[j], ids[i]);
        assert_int_equal(names_count(names), i + 1);
    }
    for (unsigned i = 0; i < 12; i++) {
        assert_int_equal(intern(names, words[i]), ids[i]);
        assert_int_equal(names_find(names, words[i], strlen(words[i])), ids[i]);
        assert_string_equal(names_text(names, ids[i]), words[i]);
        assert_int_equal(names_length(names, ids[i]), strlen(words[i]));
    }
    assert_int_equal(names_count(names), 12);
}

static void test_no_name(void **state)
{
    Names *names = ((Setting *)*state)->names;

    assert_string_equal(names_text(names, NAME_NONE), "");
    assert_int_equal(names_length(names, NAME_NONE), 0);
    assert_int_equal(names_meaning(names, NAME_NONE), 0);
}

/* Only the bytes given count, whatever stands behind them; a NUL is a byte like another. */
static void test_bytes_are_counted(void **state)
{
    Names *names = ((Setting *)*state)->names;

    assert_int_equal(names_intern(names, "macif-rest", 5), intern(names, "macif"));
    NameId with_nul = names_intern(names, "a\0b", 3);
    assert_true(with_nul != intern(names, "a"));
    assert_int_equal(names_length(names, with_nul), 3);
    assert_memory_equal(names_text(names, with_nul), "a\0b", 4);
}

/* Every length, every position of a change: no two are taken for one another. */
static void test_near_names_differ(void **state)
{
    Names *names = ((Setting *)*state)->names;
    char text[80];
    uint32_t expected = 0;

    for (size_t length = 1; length < 80; length++) {
        memset(text, 'x', length);
        names_intern(names, text, length);
        assert_int_equal(names_count(names), ++expected);
        for (size_t at = 0; at < length; at++) {
            text[at] = 'y';
            names_intern(names, text, length);
            assert_int_equal(names_count(names), ++expected);
            text[at] = 'x';
        }
    }
}

static void test_spellings_are_composed(void **state)
{
    Names *names = ((Setting *)*state)->names;
    NameId composed = intern(names, "cit\xC3\xA9");

    assert_int_equal(intern(names, "cite\xCC\x81"), composed);
    assert_int_equal(names_find(names, "cite\xCC\x81", 6), composed);
    assert_int_equal(names_count(names), 1);
    NameId other = intern(names, "e\xCC\x82tre");
    assert_string_equal(names_text(names, other), "\xC3\xAAtre");
    assert_int_equal(intern(names, "\xC3\xAAtre"), other);
    assert_int_equal(names_find(names, "e\xCC\x80tre", 6), NAME_NONE);
}

static void test_folded_keys(void **state)
{
    Names *names = ((Setting *)*state)->names;
    NameId plain = intern(names, "beneficiaire");

    assert_int_equal(names_folded(names, plain), plain);
    assert_int_equal(names_folded(names, intern(names, "B\xC3\xA9n\xC3\xA9" "ficiaire")), plain);
    assert_int_equal(names_folded(names, intern(names, "BENEFICIAIRE")), plain);
    assert_int_equal(names_folded(names, intern(names, "BE\xCC\x81NE\xCC\x81" "FICIAIRE")), plain);
    assert_string_equal(names_text(names, names_folded(names, intern(names, "\xC5\x92uvre"))),
                        "oeuvre");
    assert_string_equal(
        names_text(names, names_folded(names, intern(names, "L\xE2\x80\x99" "Arche"))),
        "l'arche");
    NameId cyrillic = intern(names, "\xD0\x99\xD0\xBE\xD0\xB4");       /* short i: kept */
    assert_string_equal(names_text(names, names_folded(names, cyrillic)),
                        "\xD0\xB9\xD0\xBE\xD0\xB4");
    /* asked again: the same */
    assert_string_equal(names_text(names, names_folded(names, cyrillic)),
                        "\xD0\xB9\xD0\xBE\xD0\xB4");
    NameId folded = names_folded(names, cyrillic);
    assert_int_equal(names_folded(names, folded), folded);

    char long_name[1001];
    memset(long_name, 'Q', 1000);
    long_name[1000] = '\0';
    NameId key = names_folded(names, intern(names, long_name));
    assert_int_equal(names_length(names, key), 1000);
    assert_int_equal(strspn(names_text(names, key), "q"), 1000);
}

static void test_meanings(void **state)
{
    Names *names = ((Setting *)*state)->names;
    NameId a = intern(names, "partner"), b = intern(names, "goal");

    assert_int_equal(names_meaning(names, a), 0);
    names_set_meaning(names, a, 0xFFFFFFFFu);
    assert_int_equal(names_meaning(names, a), 0xFFFFFFFFu);
    assert_int_equal(names_meaning(names, b), 0);
    names_set_meaning(names, a, 7);
    assert_int_equal(names_meaning(names, a), 7);
    assert_string_equal(names_text(names, a), "partner");
}

/* The texts must stay where they are, and the ids count up, whatever the table does. */
static void test_many_names(void **state)
{
    enum { MANY = 200000 };
    Setting *setting = *state;
    Names *names = setting->names;
    const char **texts = malloc(MANY * sizeof *texts);
    NameId *ids = malloc(MANY * sizeof *ids), last = NAME_NONE;
    char text[32];

    for (unsigned i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%s%u", i % 3 ? "partner-" : "p", i);
        ids[i] = intern(names, text);
        assert_true(ids[i] > last && ids[i] < 1u << NAME_BITS);
        last = ids[i];
        texts[i] = names_text(names, ids[i]);
        names_set_meaning(names, ids[i], i);
    }
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%s%u", i % 3 ? "partner-" : "p", i);
        assert_int_equal(names_find(names, text, strlen(text)), ids[i]);
        assert_int_equal(intern(names, text), ids[i]);
        assert_ptr_equal(names_text(names, ids[i]), texts[i]);
        assert_string_equal(texts[i], text);
        assert_int_equal(names_meaning(names, ids[i]), i);
        assert_int_equal(names_folded(names, ids[i]), ids[i]);
    }
    assert_int_equal(names_count(names), MANY);
    /* 13 bytes of text, 16 of record, 8 to 24 of slot, and what is not full */
    assert_true(arena_bytes(setting->arena) < (size_t)MANY * 72);
    free(texts);
    free(ids);
}

static void test_giant_names(void **state)
{
    Names *names = ((Setting *)*state)->names;
    size_t length = (size_t)5 << 20;
    char *giant = malloc(length);

    memset(giant, 'g', length);
    NameId first = names_intern(names, giant, length);
    NameId small = intern(names, "small");
    giant[length - 1] = 'h';
    NameId second = names_intern(names, giant, length);
    assert_true(first != second);
    assert_int_equal(names_length(names, second), length);
    assert_memory_equal(names_text(names, second), giant, length);
    assert_int_equal(names_find(names, giant, length), second);
    assert_string_equal(names_text(names, small), "small");
    free(giant);
}

/* The seed changes where names stand, never what they are. */
static void test_seed_changes_no_answer(void **state)
{
    NameId ids[1000];

    (void)state;
    for (uint64_t seed = 0; seed < 5; seed++) {
        Env env;
        env_init(&env);
        env.seed = seed * 0x123456789ABCDEFu;
        Arena *arena = arena_new(&env);
        Names *names = names_new(arena);
        char text[16];
        for (unsigned i = 0; i < 1000; i++) {
            snprintf(text, sizeof text, "Name%u", i);
            NameId id = intern(names, text), folded = names_folded(names, id);
            assert_true(id != NAME_NONE && folded != NAME_NONE && folded != id);
            if (seed == 0)
                ids[i] = id;
            assert_int_equal(id, ids[i]);
            text[0] = 'n';
            assert_string_equal(names_text(names, folded), text);
        }
        arena_free(arena);
    }
}

int main(void)
{
#define NAMES_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        NAMES_TEST(test_same_bytes_same_id),
        NAMES_TEST(test_no_name),
        NAMES_TEST(test_bytes_are_counted),
        NAMES_TEST(test_near_names_differ),
        NAMES_TEST(test_spellings_are_composed),
        NAMES_TEST(test_folded_keys),
        NAMES_TEST(test_meanings),
        NAMES_TEST(test_many_names),
        NAMES_TEST(test_giant_names),
        cmocka_unit_test(test_seed_changes_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
