/* test_pattern.c -- patterns find what they should, and hostile ones end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lang/eval/pattern.h"

typedef struct Fixture {
    Env env;
    Arena *arena;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;

    env_init(&fixture.env);
    fixture.arena = arena_new(&fixture.env);
    assert_non_null(fixture.arena);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_free(fixture->arena);
    return 0;
}

static PatternMatch try(Fixture *fixture, const char *pattern, const char *text, bool caseless)
{
    PatternError error;
    Pattern *compiled =
        pattern_new(fixture->arena, pattern, strlen(pattern), caseless, &error);

    assert_non_null(compiled);
    return pattern_match(compiled, text, strlen(text), NULL, NULL);
}

static void test_plain_matches(void **state)
{
    static const struct { const char *pattern, *text; bool caseless; PatternMatch expected; } cases[] = {
        {"senior|a\xC3\xAEn\xC3\xA9", "Les a\xC3\xAEn\xC3\xA9s", false, PATTERN_YES},
        {"SENIOR", "senior", false, PATTERN_NO},
        {"SENIOR", "senior", true, PATTERN_YES},
        {"\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9", true, PATTERN_YES},
        {"\\bcl\xC3\xA9\\b", "la cl\xC3\xA9 du sol", false, PATTERN_YES},
        {"^\\w+$", "\xC5\x93uvre", false, PATTERN_YES},
        {"^.$", "\xE2\x82\xAC", false, PATTERN_YES},
        {"a\\/b", "a/b", false, PATTERN_YES},
        {"", "", false, PATTERN_YES},
        {"x$", "", false, PATTERN_NO},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(try(*state, cases[i].pattern, cases[i].text, cases[i].caseless),
                         cases[i].expected);
}

static void test_place_of_a_match(void **state)
{
    Fixture *fixture = *state;
    Pattern *pattern = pattern_new(fixture->arena, "(b)(c)?", 7, false, NULL);
    size_t start, end, groups[4][2], count = 4;

    assert_int_equal(pattern_match(pattern, "aab", 3, &start, &end), PATTERN_YES);
    assert_int_equal(start, 2);
    assert_int_equal(end, 3);
    assert_int_equal(pattern_match_from(pattern, "abab", 4, 2, groups, &count), PATTERN_YES);
    assert_int_equal(count, 3);
    assert_int_equal(groups[0][0], 3);
    assert_int_equal(groups[1][1], 4);
    assert_true(groups[2][0] == PATTERN_UNSET);
    count = 1;
    assert_int_equal(pattern_match_from(pattern, "abab", 4, 4, groups, &count), PATTERN_NO);
    assert_int_equal(pattern_match_from(pattern, "abab", 4, 9, groups, &count), PATTERN_NO);
}

static void test_wrong_patterns_say_where(void **state)
{
    static const struct { const char *pattern; size_t offset; PatternFault fault; } cases[] = {
        {"a(b", 1, PATTERN_FAULT_UNCLOSED_GROUP}, {"a)b", 1, PATTERN_FAULT_UNOPENED_GROUP},
        {"[z-a]", 3, PATTERN_FAULT_BACKWARD_RANGE}, {"a\\Cb", 3, PATTERN_FAULT_ESCAPE},
        {"(?<n>a", 0, PATTERN_FAULT_UNCLOSED_GROUP}, {"*a", 0, PATTERN_FAULT_NOTHING_TO_REPEAT},
        {"b[a", 1, PATTERN_FAULT_UNCLOSED_SET}, {"(?<=a+)b", 0, PATTERN_FAULT_OTHER},
        {"(a)[)](b(c)", 6, PATTERN_FAULT_UNCLOSED_GROUP}, {"\\((", 2, PATTERN_FAULT_UNCLOSED_GROUP},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PatternError error = {.offset = 99};
        assert_null(pattern_new(fixture->arena, cases[i].pattern, strlen(cases[i].pattern),
                                false, &error));
        assert_int_equal(error.offset, cases[i].offset);
        assert_int_equal(error.fault, cases[i].fault);
        assert_true(strlen(error.text) > 0);
    }
}

static void test_long_patterns_are_refused(void **state)
{
    Fixture *fixture = *state;
    char pattern[1100];
    PatternError error;

    memset(pattern, 'a', sizeof pattern);
    assert_null(pattern_new(fixture->arena, pattern, sizeof pattern, false, &error));
    assert_non_null(pattern_new(fixture->arena, pattern, 1024, false, &error));
    memset(pattern, '(', 500);
    assert_null(pattern_new(fixture->arena, pattern, 500, false, &error));
}

/* A match far in a long text is found, whatever the chunk it begins in. */
static void test_long_texts(void **state)
{
    Fixture *fixture = *state;
    static char text[300000];
    Pattern *pattern = pattern_new(fixture->arena, "\xC3\xA9t\xC3\xA9\\d", 7, false, NULL);

    for (size_t at = 4080; at < 4110; at++) {
        size_t start, end;
        memset(text, 'x', 9000);
        memcpy(text + at, "\xC3\xA9t\xC3\xA9" "7", 6);
        assert_int_equal(pattern_match(pattern, text, 9000, &start, &end), PATTERN_YES);
        assert_int_equal(start, at);
        assert_int_equal(end, at + 6);
    }
    memset(text, 'x', sizeof text);
    assert_int_equal(pattern_match(pattern, text, 65536, NULL, NULL), PATTERN_NO);
    assert_int_equal(pattern_match(pattern, text, sizeof text, NULL, NULL), PATTERN_LIMIT);
}

/* Each takes exponential or quadratic time in an engine without limits. */
static void test_hostile_patterns_end(void **state)
{
    static const char *const patterns[] = {
        "(a+)+$", "(a*)*b", "(a|aa)+$", "(a|a?)+b", "(.*)*\\1x", "((a{0,50}){0,50}){0,50}b",
        "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?:a?){30}a{30}b", "(a?|a)*c",
        "(?R)?a(?R)?b", "(?=(a+))\\1*b", "(\\w+\\s?)*:", "\\G(a|a)*b", "(?:.*,){12}z",
        "(?<!a{1,9})(a+)*\\d", "a.*a.*a.*a.*a.*b",
    };
    enum { LENGTH = 20000 };
    Fixture *fixture = *state;
    char *text = malloc(LENGTH);

    assert_non_null(text);
    memset(text, 'a', LENGTH);
    memcpy(text + LENGTH - 12, "!bcxyz:;Z9,1", 12);     /* whatever must come last is there */
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        PatternError error;
        Pattern *pattern =
            pattern_new(fixture->arena, patterns[i], strlen(patterns[i]), false, &error);
        if (!pattern)
            continue;       /* refused is a good answer too */
        clock_t before = clock();
        PatternMatch match = pattern_match(pattern, text, LENGTH, NULL, NULL);
        double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
        if (seconds > 5)
            fail_msg("pattern %s took %.1f s", patterns[i], seconds);
        assert_int_not_equal(match, 77);
    }
    free(text);
}

static void test_a_limit_is_not_a_no(void **state)
{
    Fixture *fixture = *state;
    char text[64];

    memset(text, 'a', sizeof text);
    Pattern *pattern = pattern_new(fixture->arena, "(a+)+$|never", 12, false, NULL);
    text[63] = '!';
    assert_int_equal(pattern_match(pattern, text, sizeof text, NULL, NULL), PATTERN_LIMIT);
    assert_true(pattern_spent(pattern) > 0);
}

/* A pattern that spent its budget over many texts stops at once. */
static void test_the_budget_is_over_all_texts(void **state)
{
    Fixture *fixture = *state;
    char text[64];
    clock_t before = clock();

    memset(text, 'a', sizeof text);
    text[63] = '!';
    Pattern *pattern = pattern_new(fixture->arena, "(a+)+$", 6, false, NULL);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(pattern_match(pattern, text, sizeof text, NULL, NULL), PATTERN_LIMIT);
    assert_true((double)(clock() - before) / CLOCKS_PER_SEC < 20);
}

static void test_bytes_that_are_no_text(void **state)
{
    Fixture *fixture = *state;
    Pattern *pattern = pattern_new(fixture->arena, "a", 1, false, NULL);

    assert_int_equal(pattern_match(pattern, "\xFF" "a", 2, NULL, NULL), PATTERN_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain_matches, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_place_of_a_match, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_patterns_say_where, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_patterns_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hostile_patterns_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_limit_is_not_a_no, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_budget_is_over_all_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bytes_that_are_no_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
