/* test_source.c -- lines and columns, against a count of characters from the start. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "lang/syntax/source.h"

static Env env;

static Arena *new_arena(void)
{
    env_init(&env);
    return arena_new(&env);
}

static Source *source_of(Arena *arena, const char *text)
{
    return source_new(arena, "a.alliance", text, strlen(text));
}

static void check_place(Source *source, uint32_t byte, uint32_t line, uint32_t column)
{
    Position place = source_position(source, byte);

    if (place.line != line || place.column != column)
        fail_msg("byte %u is at %u:%u, not at %u:%u", byte, place.line, place.column, line,
                 column);
    assert_int_equal(place.byte, byte);
}

static void test_places(void **state)
{
    Arena *arena = new_arena();
    /* byte:                             0123 45 6 7     89 */
    Source *source = source_of(arena, "ab\ncit\xC3\xA9 x\r\n\r\ry");
    (void)state;

    assert_string_equal(source->path, "a.alliance");
    assert_int_equal(source_line_count(source), 5);
    check_place(source, 0, 1, 1);
    check_place(source, 2, 1, 3);       /* the end of a line belongs to it */
    check_place(source, 3, 2, 1);
    check_place(source, 6, 2, 4);
    check_place(source, 7, 2, 4);       /* inside a character */
    check_place(source, 8, 2, 5);
    check_place(source, 10, 2, 7);
    check_place(source, 11, 2, 8);
    check_place(source, 12, 3, 1);
    check_place(source, 13, 4, 1);
    check_place(source, 14, 5, 1);
    check_place(source, 0, 1, 1);       /* and back */
    check_place(source, 9, 2, 6);
    Position end = source_position(source, 4000);
    assert_int_equal(end.byte, strlen("ab\ncit\xC3\xA9 x\r\n\r\ry"));
    assert_int_equal(end.line, 5);
    assert_int_equal(end.column, 2);
    arena_free(arena);
}

static void check_line(Source *source, uint32_t line, const char *expected)
{
    Span span = source_line(source, line);

    assert_int_equal(span.end - span.start, strlen(expected));
    assert_memory_equal(source->text + span.start, expected, strlen(expected));
}

static void test_every_end_of_line(void **state)
{
    static const char *const ends[] = { "\n", "\r\n", "\r", "\v", "\xC2\x85", "\xE2\x80\xA8",
                                        "\xE2\x80\xA9" };
    static const char *const bodies[] = { "", "x", "\xC3\xA9\xC3\xA9", "\xE2\x80\xA7 \xC2\x84" };
    (void)state;

    for (size_t i = 0; i < 7; i++) {
        for (size_t j = 0; j < 7; j++) {
            if (strcmp(ends[i], "\r") == 0 && strcmp(ends[j], "\n") == 0)
                continue;               /* together they are one */
            for (size_t body = 0; body < 4; body++) {
                Arena *arena = new_arena();
                const char *text = arena_format(arena, "a%s%s%s%sz", ends[i], bodies[body],
                                                body ? ends[j] : "", body ? bodies[body] : "");
                Source *source = source_of(arena, text);
                assert_int_equal(source_line_count(source), body ? 3 : 2);
                check_line(source, 1, "a");
                if (body) {
                    check_line(source, 2, bodies[body]);
                    check_line(source, 3, arena_format(arena, "%sz", bodies[body]));
                } else {
                    check_line(source, 2, "z");
                }
                arena_free(arena);
            }
        }
    }
}

static void test_lines_without_content(void **state)
{
    Arena *arena = new_arena();
    Source *source = source_new(arena, "", "", 0);
    (void)state;

    assert_int_equal(source_line_count(source), 1);
    check_line(source, 1, "");
    check_line(source, 0, "");
    check_line(source, 2, "");
    check_place(source, 0, 1, 1);

    source = source_of(arena, "\n\n");
    assert_int_equal(source_line_count(source), 3);
    for (uint32_t line = 1; line <= 3; line++)
        check_line(source, line, "");
    check_place(source, 2, 3, 1);

    source = source_of(arena, "\r\r\n\n\r");
    assert_int_equal(source_line_count(source), 5);
    for (uint32_t line = 1; line <= 5; line++)
        check_line(source, line, "");
    arena_free(arena);
}

static void test_a_byte_order_mark_is_before_the_first_line(void **state)
{
    Arena *arena = new_arena();
    Source *source = source_of(arena, "\xEF\xBB\xBFlangue fr\n");
    (void)state;

    check_line(source, 1, "langue fr");
    check_place(source, 3, 1, 1);
    check_place(source, 4, 1, 2);
    check_place(source, 0, 1, 1);
    check_place(source, 2, 1, 1);
    assert_int_equal(source_offset(source, 1, 1), 3);
    arena_free(arena);
}

static void test_bytes_that_are_no_text_are_columns(void **state)
{
    Arena *arena = new_arena();
    Source *source = source_of(arena, "\x80\xC3\x28\xE2\x80 \xC2");
    (void)state;

    for (uint32_t byte = 0; byte < 7; byte++)
        check_place(source, byte, 1, byte + 1);
    assert_int_equal(source_line_count(source), 1);
    arena_free(arena);
}

/* Each byte of a mixed text, in order, backwards and leaping, and back to its offset. */
static void test_against_a_count_from_the_start(void **state)
{
    static const char text[] = "language fr\n  intitul\xC3\xA9 : \xC2\xAB \xE5\x8D\x94\xE5\x83\x8D \xC2"
                               "\xBB\r\n\xF0\x9F\xA4\x9D\xF0\x9F\xA4\x9D \xE2\x82\xAC\xE2\x80\xA8x\v\n";
    enum { LENGTH = sizeof text - 1 };
    uint32_t lines[LENGTH + 1], columns[LENGTH + 1], line = 1, column = 1;
    bool starts[LENGTH + 1];
    (void)state;

    for (uint32_t i = 0; i <= LENGTH; i++) {
        unsigned char byte = (unsigned char)text[i];
        starts[i] = (byte & 0xC0) != 0x80 || i == LENGTH;
        lines[i] = line;
        columns[i] = starts[i] ? column : column - 1;
        column += starts[i];
        bool ends = byte == '\n' || byte == '\v' || byte == 0xA8;      /* of U+2028, here */
        if (ends) {
            line++;
            column = 1;
        }
    }
    Arena *arena = new_arena();
    Source *source = source_new(arena, "a", text, LENGTH);
    for (uint32_t i = 0; i <= LENGTH; i++)
        check_place(source, i, lines[i], columns[i]);
    for (uint32_t i = LENGTH + 1; i-- > 0;)
        check_place(source, i, lines[i], columns[i]);
    for (uint32_t i = 0; i < 1000; i++)
        check_place(source, i * 37 % LENGTH, lines[i * 37 % LENGTH], columns[i * 37 % LENGTH]);
    for (uint32_t i = 0; i <= LENGTH; i++)
        if (starts[i] && i <= source_line(source, lines[i]).end)
            assert_int_equal(source_offset(source, lines[i], columns[i]), i);
    arena_free(arena);
}

static void test_offsets_are_clamped(void **state)
{
    Arena *arena = new_arena();
    Source *source = source_of(arena, "ab\ncd\r\nef");
    (void)state;

    assert_int_equal(source_offset(source, 0, 0), 0);
    assert_int_equal(source_offset(source, 0, 2), 1);
    assert_int_equal(source_offset(source, 1, 0), 0);
    assert_int_equal(source_offset(source, 1, 99), 2);
    assert_int_equal(source_offset(source, 2, 3), 5);
    assert_int_equal(source_offset(source, 2, 99), 5);
    assert_int_equal(source_offset(source, 99, 1), 7);
    assert_int_equal(source_offset(source, 99, 99), 9);
    arena_free(arena);
}

/* Ten thousand questions about one line of a million characters. */
static void test_a_very_long_line(void **state)
{
    enum { LENGTH = 1000000 };
    Arena *arena = new_arena();
    char *text = arena_array(arena, LENGTH, 1);
    (void)state;

    memset(text, 'x', LENGTH);
    Source *source = source_new(arena, "long", text, LENGTH);
    clock_t start = clock();
    for (uint32_t i = 0; i < LENGTH; i += 100)
        check_place(source, i, 1, i + 1);
    /* one pass takes milliseconds, one for each question would take many seconds */
    assert_true((double)(clock() - start) < 2.0 * (double)CLOCKS_PER_SEC);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_every_end_of_line),
        cmocka_unit_test(test_lines_without_content),
        cmocka_unit_test(test_a_byte_order_mark_is_before_the_first_line),
        cmocka_unit_test(test_bytes_that_are_no_text_are_columns),
        cmocka_unit_test(test_against_a_count_from_the_start),
        cmocka_unit_test(test_offsets_are_clamped),
        cmocka_unit_test(test_a_very_long_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
