/* test_utf8.c -- decoding, classes, NFC, folding and distances, much of it exhaustively. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "lang/base/utf8.h"

static Env env;

static Arena *new_arena(void)
{
    env_init(&env);
    return arena_new(&env);
}

/* ---- decoding ---- */

/* The table of well-formed sequences of the Unicode standard (table 3-7): first and second
 * byte; any further one is 80..BF. */
static const struct { int32_t first, first_last, second, second_last; unsigned size; } forms[] = {
    { 0x00, 0x7F, 0, 0, 1 },          { 0xC2, 0xDF, 0x80, 0xBF, 2 },
    { 0xE0, 0xE0, 0xA0, 0xBF, 3 },    { 0xE1, 0xEC, 0x80, 0xBF, 3 },
    { 0xED, 0xED, 0x80, 0x9F, 3 },    { 0xEE, 0xEF, 0x80, 0xBF, 3 },
    { 0xF0, 0xF0, 0x90, 0xBF, 4 },    { 0xF1, 0xF3, 0x80, 0xBF, 4 },
    { 0xF4, 0xF4, 0x80, 0x8F, 4 },
};

static unsigned well_formed(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (bytes[0] < forms[i].first || bytes[0] > forms[i].first_last)
            continue;
        if (length < forms[i].size)
            return 0;
        if (forms[i].size > 1
            && (bytes[1] < forms[i].second || bytes[1] > forms[i].second_last))
            return 0;
        for (unsigned at = 2; at < forms[i].size; at++)
            if (bytes[at] < 0x80 || bytes[at] > 0xBF)
                return 0;
        return forms[i].size;
    }
    return 0;
}

static void check_sequence(const unsigned char *bytes, size_t length)
{
    unsigned size, expected = well_formed(bytes, length);
    int32_t code = utf8_decode((const char *)bytes, length, &size);

    if ((code >= 0) != (expected > 0) || size != (expected ? expected : 1))
        fail_msg("%02X %02X %02X %02X: %d, %u", bytes[0], bytes[1], bytes[2], bytes[3],
                 (int)code, size);
    if (code < 0)
        return;
    char again[4];
    if (utf8_encode(code, again) != size || memcmp(again, bytes, size) != 0)
        fail_msg("U+%04X is written in another way", (unsigned)code);
}

static void test_every_three_bytes(void **state)
{
    unsigned char bytes[4] = { 0 };
    (void)state;

    for (unsigned i = 0; i < 1u << 24; i++) {
        bytes[0] = (unsigned char)(i >> 16);
        bytes[1] = (unsigned char)(i >> 8);
        bytes[2] = (unsigned char)i;
        check_sequence(bytes, 3);
    }
}

static void test_four_bytes_and_what_is_cut(void **state)
{
    static const unsigned char edges[] = { 0x00, 0x7F, 0x80, 0x8F, 0x90, 0xBF, 0xC0, 0xFF };
    unsigned char bytes[4];
    (void)state;

    for (unsigned lead = 0xE0; lead <= 0xFF; lead++) {
        for (unsigned second = 0; second < 256; second++) {
            for (unsigned i = 0; i < 64; i++) {
                bytes[0] = (unsigned char)lead;
                bytes[1] = (unsigned char)second;
                bytes[2] = edges[i / 8];
                bytes[3] = edges[i % 8];
                for (size_t length = 1; length <= 4; length++)
                    check_sequence(bytes, length);
            }
        }
    }
}

static void test_every_code_point(void **state)
{
    (void)state;
    for (int32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        unsigned size;
        if (code == 0xD800)
            code = 0xE000;
        unsigned length = utf8_encode(code, bytes);
        assert_int_equal(length, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
        assert_int_equal(utf8_decode(bytes, length, &size), code);
        assert_int_equal(size, length);
    }
}

static void test_where_text_stops_being_valid(void **state)
{
    static const char *const wrong[] = {
        "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
        "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98",
    };
    static const char *const before[] = { "x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80" };
    char text[128];
    (void)state;

    assert_int_equal(utf8_valid("", 0), 0);
    for (size_t kind = 0; kind < 4; kind++) {
        size_t one = strlen(before[kind]);
        for (size_t count = 0; count < 24; count++) {
            for (size_t i = 0; i < count; i++)
                memcpy(text + i * one, before[kind], one);
            size_t length = count * one;
            assert_int_equal(utf8_valid(text, length), length);
            for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
                size_t bad = strlen(wrong[i]);
                memcpy(text + length, wrong[i], bad);
                assert_int_equal(utf8_valid(text, length + bad), length);
                memcpy(text + length + bad, "and so on", 9);
                assert_int_equal(utf8_valid(text, length + bad + 9), length);
            }
        }
    }
    assert_int_equal(utf8_valid("a\0b", 3), 3);
}

static void test_counts_and_widths(void **state)
{
    static const struct { const char *text; size_t count, width; } cases[] = {
        { "", 0, 0 },
        { "partner", 7, 7 },
        { "a longer text, of more than eight bytes", 39, 39 },
        { "unis-cit\xC3\xA9", 9, 9 },
        { "unis-cite\xCC\x81", 10, 9 },                     /* with a mark of its own */
        { "12 500 \xE2\x82\xAC", 8, 8 },
        { "\xE5\x8D\x94\xE5\x83\x8D", 2, 4 },               /* two Chinese characters */
        { "\xF0\x9F\xA4\x9D ok", 4, 5 },                    /* a handshake */
        { "\xEF\xBC\xA1", 1, 2 },                           /* a wide A */
        { "\xD0\xB9\xD0\xBE\xD0\xB4\xD0\xB9\xD0\xBE\xD0\xB4", 6, 6 },
        { "\ta", 2, 2 },
        { "\xE2\x80\x8B", 1, 0 },                           /* U+200B */
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].text);
        assert_int_equal(utf8_count(cases[i].text, length), cases[i].count);
        assert_int_equal(utf8_width(cases[i].text, length), cases[i].width);
    }
}

/* ---- classes ---- */

/* From DerivedCoreProperties of Unicode: s begins a word, c goes on in one, - neither. */
static void test_letters(void **state)
{
    static const struct { int32_t code; char what; } cases[] = {
        { 'a', 's' }, { 'z', 's' }, { 'A', 's' }, { 'Z', 's' }, { '@', '-' }, { '[', '-' },
        { '`', '-' }, { '{', '-' }, { '0', 'c' }, { '9', 'c' }, { '/', '-' }, { ':', '-' },
        { '_', 'c' }, { '-', '-' }, { '\'', '-' }, { ' ', '-' }, { 0, '-' }, { 0x7F, '-' },
        { 0xAA, 's' }, { 0xB5, 's' }, { 0xB7, 'c' }, { 0xBA, 's' }, { 0xC0, 's' },
        { 0xD7, '-' }, { 0xF7, '-' }, { 0xE9, 's' }, { 0x153, 's' }, { 0x2B0, 's' },
        { 0x2C2, '-' }, { 0x300, 'c' }, { 0x36F, 'c' }, { 0x37A, '-' }, { 0x37E, '-' },
        { 0x387, 'c' }, { 0x3A9, 's' }, { 0x439, 's' }, { 0x5D0, 's' }, { 0x660, 'c' },
        { 0x94D, 'c' }, { 0xE33, 'c' }, { 0xEB3, 'c' }, { 0x1369, 'c' }, { 0x1371, 'c' },
        { 0x1885, 's' }, { 0x1886, 's' }, { 0x19DA, 'c' }, { 0x2019, '-' }, { 0x200C, '-' },
        { 0x200D, '-' }, { 0x203F, 'c' }, { 0x2118, 's' }, { 0x212E, 's' }, { 0x2160, 's' },
        { 0x20AC, '-' }, { 0x2E2F, '-' }, { 0x3005, 's' }, { 0x309B, '-' }, { 0x309C, '-' },
        { 0x30A2, 's' }, { 0x4E00, 's' }, { 0xAC00, 's' }, { 0xFC5D, 's' }, { 0xFC5E, '-' },
        { 0xFC63, '-' }, { 0xFC64, 's' }, { 0xFDF9, 's' }, { 0xFDFA, '-' }, { 0xFDFB, '-' },
        { 0xFE70, '-' }, { 0xFE71, 's' }, { 0xFE72, '-' }, { 0xFE73, 's' }, { 0xFE74, '-' },
        { 0xFE76, '-' }, { 0xFE77, 's' }, { 0xFE78, '-' }, { 0xFE7A, '-' }, { 0xFE7C, '-' },
        { 0xFE7E, '-' }, { 0xFE7F, 's' }, { 0xFF21, 's' }, { 0xFF9E, 'c' }, { 0xFF9F, 'c' },
        { 0x10400, 's' }, { 0x1F91D, '-' }, { 0x20000, 's' }, { 0xE0100, 'c' },
        { 0xE0001, '-' }, { 0x10FFFF, '-' }, { 0x378, '-' }, { 0xE000, '-' },
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (utf8_is_start(cases[i].code) != (cases[i].what == 's')
            || utf8_is_continue(cases[i].code) != (cases[i].what != '-'))
            fail_msg("U+%04X", (unsigned)cases[i].code);
    }
    assert_false(utf8_is_start(-1));
    assert_false(utf8_is_continue(-1));
}

/* The characters of a class, as ranges; every other code point is not one. */
static void check_class(bool (*is)(int32_t), const int32_t (*ranges)[2])
{
    for (int32_t code = 0; code <= 0x10FFFF; code++) {
        bool expected = false;
        for (size_t i = 0; ranges[i][1]; i++)
            expected = expected || (code >= ranges[i][0] && code <= ranges[i][1]);
        if (is(code) != expected)
            fail_msg("U+%04X", (unsigned)code);
    }
}

static void test_blanks_ends_of_line_and_what_is_refused(void **state)
{
    static const int32_t blanks[][2] = {
        { 9, 9 }, { 32, 32 }, { 0xA0, 0xA0 }, { 0x2000, 0x200A }, { 0x202F, 0x202F },
        { 0x205F, 0x205F }, { 0x3000, 0x3000 }, { 0, 0 },
    };
    static const int32_t ends[][2] = {
        { 10, 11 }, { 13, 13 }, { 0x85, 0x85 }, { 0x2028, 0x2029 }, { 0, 0 },
    };
    static const int32_t refused[][2] = {
        { 0, 8 }, { 12, 12 }, { 14, 31 }, { 0x7F, 0x84 }, { 0x86, 0x9F }, { 0xAD, 0xAD },
        { 0x61C, 0x61C }, { 0x180E, 0x180E }, { 0x200B, 0x200B }, { 0x200E, 0x200F },
        { 0x202A, 0x202E }, { 0x2060, 0x2060 }, { 0x2066, 0x2069 }, { 0xFEFF, 0xFEFF },
        { 0xE0001, 0xE007F }, { 0, 0 },
    };
    (void)state;

    check_class(utf8_is_blank, blanks);
    check_class(utf8_is_newline, ends);
    check_class(utf8_is_invisible, refused);
}

static void test_letters_that_join(void **state)
{
    static const int32_t joining[] = { 0x645, 0x6CC, 0x915, 0x94D, 0x9B0, 0xDCA, 0xD4D, 0x717,
                                       0x1820, 0x1000, 0x1780, 0xA840 };
    static const int32_t others[] = { 'a', 0xE9, 0x3B1, 0x439, 0x5D0, 0x661, 0x966, 0x4E00,
                                      0xAC00, 0x1F468, ' ', '-', 0x60C, -1, 0x10FFFF };
    (void)state;

    for (size_t i = 0; i < sizeof joining / sizeof joining[0]; i++)
        assert_true(utf8_joins(joining[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(utf8_joins(others[i]));
}

/* ---- NFC ---- */

static void check_nfc(Arena *arena, const char *text, const char *expected)
{
    size_t length;
    const char *composed = utf8_nfc(arena, text, strlen(text), &length);

    assert_int_equal(length, strlen(expected));
    assert_memory_equal(composed, expected, length);
    if (strcmp(text, expected) == 0)
        assert_ptr_equal(composed, text);
    else
        assert_int_equal(composed[length], '\0');
}

static void test_nfc(void **state)
{
    static const struct { const char *text, *expected; } cases[] = {
        { "", "" },
        { "plain", "plain" },
        { "cit\xC3\xA9", "cit\xC3\xA9" },
        { "cite\xCC\x81", "cit\xC3\xA9" },
        { "\xE2\x84\xAB", "\xC3\x85" },                         /* the Angstrom sign */
        { "\xE2\x84\xA6", "\xCE\xA9" },                         /* the Ohm sign */
        { "\xCC\x81", "\xCC\x81" },                             /* a mark alone */
        { "a\xCC\xA3\xCC\x82", "\xE1\xBA\xAD" },                /* two marks on one letter */
        { "a\xCC\x82\xCC\xA3", "\xE1\xBA\xAD" },                /* ... in the other order */
        { "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", "\xEA\xB0\x81" },     /* Hangul, by letters */
        { "\xEA\xB0\x80\xE1\x86\xA8", "\xEA\xB0\x81" },         /* a syllable and a letter */
        { "\xE0\xA4\x95\xE0\xA4\xBC", "\xE0\xA4\x95\xE0\xA4\xBC" },     /* excluded */
        { "\xE0\xA5\x98", "\xE0\xA4\x95\xE0\xA4\xBC" },         /* the letter so excluded */
        { "\xE0\xA7\x87\xE0\xA6\xBE", "\xE0\xA7\x8B" },         /* two vowel signs, class 0 */
        { "\xD0\xB8\xCC\x86", "\xD0\xB9" },
        { "\xE2\x80\x99 \xE2\x82\xAC \xE5\x8D\x94", "\xE2\x80\x99 \xE2\x82\xAC \xE5\x8D\x94" },
        { "\xEF\xAC\x81", "\xEF\xAC\x81" },                     /* a ligature stays */
    };
    Arena *arena = new_arena();
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_nfc(arena, cases[i].text, cases[i].expected);
    arena_free(arena);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Against the library's own way, which is right but slow on hostile text. */
static void test_nfc_of_generated_texts(void **state)
{
    static const int32_t pieces[] = {
        'a', 'e', 'K', ' ', 0xE9, 0x300, 0x301, 0x323, 0x327, 0x345, 0x34F, 0x1100, 0x1161,
        0x11A8, 0xAC00, 0x9C7, 0x9BE, 0x9D7, 0x915, 0x93C, 0x958, 0x212B, 0x1EAD, 0x1F82,
        0x3B1, 0x2019, 0x438, 0x306, 0x5D0, 0x5BC, 0x1D15E, 0xFB2C, 0x3099, 0x304B, 0xF900,
        0x11099, 0x110BA, 0x1B06, 0x1B35, 0x1133E, 0x11347, 0x378,
    };
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    uint32_t seed = 12345;
    (void)state;

    for (int round = 0; round < 200; round++) {
        Arena *arena = new_arena();
        for (int i = 0; i < 500; i++) {
            char text[200];
            size_t length = 0;
            unsigned count = 1 + next_random(&seed) % (round % 10 ? 8 : 40);
            for (unsigned n = 0; n < count; n++)
                length += utf8_encode(pieces[next_random(&seed) % PIECES], text + length);
            text[length] = '\0';
            char *expected = (char *)utf8proc_NFC((const utf8proc_uint8_t *)text);
            assert_non_null(expected);
            check_nfc(arena, text, expected);
            free(expected);
        }
        arena_free(arena);
    }
}

/* One base with very many marks in the worst order takes no more than a moment. */
static void test_many_marks(void **state)
{
    enum { MARKS = 200000 };
    Arena *arena = new_arena();
    char *text = arena_array(arena, 2 * MARKS + 1, 1);
    size_t length, folded_length;
    (void)state;

    text[0] = 'x';
    for (int i = 0; i < MARKS; i++)
        memcpy(text + 1 + 2 * i, i % 2 ? "\xCC\xA3" : "\xCC\x81", 2);
    const char *composed = utf8_nfc(arena, text, 2 * MARKS + 1, &length);
    /* x and a dot below are one letter of three bytes; then all dots, then all accents */
    assert_int_equal(length, 2 * MARKS + 1);
    for (size_t i = 1; i < length; i += 2)
        assert_memory_equal(composed + i, i < MARKS ? "\xCC\xA3" : "\xCC\x81", 2);
    const char *folded = utf8_fold(arena, text, 2 * MARKS + 1, &folded_length);
    assert_int_equal(folded_length, 1);
    assert_int_equal(folded[0], 'x');
    arena_free(arena);
}

/* ---- folding ---- */

static void test_folding(void **state)
{
    static const struct { const char *text, *expected; } cases[] = {
        { "", "" },
        { "macif", "macif" },
        { "Macif", "macif" },
        { "BENEFICIAIRE", "beneficiaire" },
        { "B\xC3\xA9n\xC3\xA9" "ficiaire", "beneficiaire" },
        { "BE\xCC\x81NE\xCC\x81" "FICIAIRE", "beneficiaire" },
        { "\xC5\x93uvre", "oeuvre" },
        { "\xC5\x92UVRE", "oeuvre" },
        { "\xC3\x86gis", "aegis" },
        { "\xC7\xBD", "ae" },                                   /* ae with an acute */
        { "l\xE2\x80\x99" "arche", "l'arche" },
        { "l'arche", "l'arche" },
        { "Stra\xC3\x9F" "e", "strasse" },
        { "STRA\xE1\xBA\x9E" "E", "strasse" },
        { "\xC3\x8Ele-de-France_2", "ile-de-france_2" },
        { "\xC3\x98re", "\xC3\xB8re" },                         /* o with a stroke: a letter */
        { "\xC5\x81\xC3\xB3" "d\xC5\xBA", "\xC5\x82odz" },
        { "\xCE\xAC", "\xCE\xB1" },                             /* Greek: marks fall */
        { "\xCE\x91\xCC\x81", "\xCE\xB1" },
        { "\xE1\xBE\xB3", "\xCE\xB1" },                         /* iota subscript falls too */
        { "\xCE\xA3\xCF\x82", "\xCF\x83\xCF\x83" },             /* the two sigmas */
        { "\xD0\x99", "\xD0\xB9" },                             /* Cyrillic: marks stay */
        { "\xD0\x98\xCC\x86", "\xD0\xB9" },
        { "\xD0\x81", "\xD1\x91" },
        { "\xD8\xA7\xD9\x93", "\xD8\xA2" },                     /* Arabic: composed */
        { "\xE0\xA4\x95\xE0\xA4\xBC", "\xE0\xA4\x95\xE0\xA4\xBC" },
        { "a\xD0\x98\xCC\x86\x65\xCC\x81", "a\xD0\xB9" "e" },
        { "\xCC\x81x", "\xCC\x81x" },                           /* no base at all */
        { "1\xCC\x81", "1\xCC\x81" },
        { "\xEF\xAC\x81n", "fin" },
        { "\xC4\xB0stanbul", "istanbul" },
        { "\xE2\x84\xAA", "k" },                                /* the Kelvin sign */
        { "\xE5\x8D\x94\xF0\x9F\xA4\x9D", "\xE5\x8D\x94\xF0\x9F\xA4\x9D" },
        { "\xC2\xAB \xC3\x89t\xC3\xA9 \xC2\xBB", "\xC2\xAB ete \xC2\xBB" },
    };
    Arena *arena = new_arena();
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length;
        const char *folded = utf8_fold(arena, cases[i].text, strlen(cases[i].text), &length);
        assert_int_equal(length, strlen(cases[i].expected));
        assert_memory_equal(folded, cases[i].expected, length);
    }
    size_t length;
    const char *same = "unis-cite";
    assert_ptr_equal(utf8_fold(arena, same, 9, &length), same);
    arena_free(arena);
}

static void test_folding_of_long_texts(void **state)
{
    enum { WORDS = 5000 };
    Arena *arena = new_arena();
    static const char *const words[] = { "\xC3\x89t\xC3\xA9 ", "\xD0\x99 " };
    static const char *const expected[] = { "ete ", "\xD0\xB9 " };
    (void)state;

    for (int kind = 0; kind < 2; kind++) {
        size_t one = strlen(words[kind]), folded_one = strlen(expected[kind]), length;
        char *text = arena_array(arena, WORDS * one, 1);
        for (size_t i = 0; i < WORDS; i++)
            memcpy(text + i * one, words[kind], one);
        const char *folded = utf8_fold(arena, text, WORDS * one, &length);
        assert_int_equal(length, WORDS * folded_one);
        for (size_t i = 0; i < WORDS; i++)
            assert_memory_equal(folded + i * folded_one, expected[kind], folded_one);
    }
    arena_free(arena);
}

/* A key folds to itself, and the short way gives what the long way gives. */
static void test_folding_of_every_code_point(void **state)
{
    Arena *arena = new_arena();
    (void)state;

    for (int32_t code = 1; code <= 0x10FFFF; code++) {
        char text[8], quick[8];
        size_t once_length, twice_length, long_length, quick_length;
        if (code == 0xD800)
            code = 0xE000;
        if (code % 0x4000 == 0) {
            arena_free(arena);
            arena = new_arena();
        }
        size_t length = utf8_encode(code, text);
        const char *once = utf8_fold(arena, text, length, &once_length);
        const char *twice = utf8_fold(arena, once, once_length, &twice_length);
        if (once_length != twice_length || memcmp(once, twice, once_length) != 0)
            fail_msg("U+%04X folds twice to something else", (unsigned)code);
        assert_int_equal(utf8_valid(once, once_length), once_length);
        if (!utf8_fold_latin(text, length, quick, &quick_length))
            continue;
        memmove(text + 2, text, length);
        memcpy(text, "\xD0\xB9", 2);        /* a Cyrillic letter asks for the long way */
        const char *slow = utf8_fold(arena, text, length + 2, &long_length);
        assert_int_equal(long_length, quick_length + 2);
        assert_memory_equal(slow + 2, quick, quick_length);
    }
    arena_free(arena);
}

static void test_folding_twice_of_generated_texts(void **state)
{
    static const int32_t pieces[] = {
        'a', 'E', 0xC9, 0x300, 0x345, 0x34F, 0x327, 0x3B1, 0x1F82, 0x418, 0x306, 0x149, 0x130,
        0x1E9A, 0x153, 0x1FD, 0x2019, 0xDF, 0xFB01, 0x587, 0x1100, 0x1161, 0x915, 0x93C, 0x20D0,
        0x1DC4, 0x13A0, 0xAB70, 0x10400, 0x1F0, 0x390, '1', '-', 0x2BC, 0xB5, 0x17F,
    };
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    uint32_t seed = 777;
    (void)state;

    for (int round = 0; round < 100; round++) {
        Arena *arena = new_arena();
        for (int i = 0; i < 500; i++) {
            char text[64];
            size_t length = 0, once_length, twice_length, composed_length;
            for (unsigned n = 1 + next_random(&seed) % 8; n > 0; n--)
                length += utf8_encode(pieces[next_random(&seed) % PIECES], text + length);
            const char *once = utf8_fold(arena, text, length, &once_length);
            const char *twice = utf8_fold(arena, once, once_length, &twice_length);
            assert_int_equal(once_length, twice_length);
            assert_memory_equal(once, twice, once_length);
            /* and two forms of one text have one key */
            const char *composed = utf8_nfc(arena, text, length, &composed_length);
            const char *key = utf8_fold(arena, composed, composed_length, &twice_length);
            assert_int_equal(twice_length, once_length);
            assert_memory_equal(key, once, once_length);
        }
        arena_free(arena);
    }
}

/* ---- nearness ---- */

/* The definition, by recursion: short words only. */
static unsigned by_definition(const char *a, size_t i, const char *b, size_t j)
{
    if (i == 0 || j == 0)
        return (unsigned)(i + j);
    unsigned best = by_definition(a, i - 1, b, j - 1) + (a[i - 1] != b[j - 1]);
    unsigned other = by_definition(a, i - 1, b, j) + 1;
    if (other < best)
        best = other;
    other = by_definition(a, i, b, j - 1) + 1;
    if (other < best)
        best = other;
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        other = by_definition(a, i - 2, b, j - 2) + 1;
        if (other < best)
            best = other;
    }
    return best;
}

static void test_distances_by_definition(void **state)
{
    uint32_t seed = 99;
    (void)state;

    for (int round = 0; round < 20000; round++) {
        char a[6], b[6];
        size_t a_length = next_random(&seed) % 6, b_length = next_random(&seed) % 6;
        for (size_t i = 0; i < a_length; i++)
            a[i] = (char)('a' + next_random(&seed) % 3);
        for (size_t i = 0; i < b_length; i++)
            b[i] = (char)('a' + next_random(&seed) % 3);
        unsigned exact = by_definition(a, a_length, b, b_length);
        for (unsigned most = 0; most < 7; most++)
            assert_int_equal(utf8_distance(a, a_length, b, b_length, most),
                             exact <= most ? exact : most + 1);
    }
}

static void test_distances(void **state)
{
    static const struct { const char *a, *b; unsigned most, expected; } cases[] = {
        { "ornage", "orange", 3, 1 },  { "orange", "orange", 0, 0 },
        { "ca", "abc", 9, 3 },         { "tpye", "type", 1, 1 },
        { "", "abc", 9, 3 },           { "", "abc", 1, 2 },
        { "macif", "adb", 2, 3 },      { "\xC3\xB8re", "ore", 2, 1 },
        { "\xE5\x8D\x94", "", 2, 1 },  { "partner", "partners", 1, 1 },
    };
    char a[400], b[400];
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(utf8_distance(cases[i].a, strlen(cases[i].a), cases[i].b,
                                       strlen(cases[i].b), cases[i].most),
                         cases[i].expected);

    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    b[7] = 'b';
    assert_int_equal(utf8_distance(a, 256, b, 256, 3), 1);
    assert_int_equal(utf8_distance(a, 257, b, 257, 3), 4);      /* too long to be measured */
    assert_int_equal(utf8_distance(a, 400, a, 400, 3), 0);
    memset(b, 'b', sizeof b);
    assert_int_equal(utf8_distance(a, 256, b, 256, 1000), 256);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_three_bytes),
        cmocka_unit_test(test_four_bytes_and_what_is_cut),
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_where_text_stops_being_valid),
        cmocka_unit_test(test_counts_and_widths),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_blanks_ends_of_line_and_what_is_refused),
        cmocka_unit_test(test_letters_that_join),
        cmocka_unit_test(test_nfc),
        cmocka_unit_test(test_nfc_of_generated_texts),
        cmocka_unit_test(test_many_marks),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_folding_of_long_texts),
        cmocka_unit_test(test_folding_of_every_code_point),
        cmocka_unit_test(test_folding_twice_of_generated_texts),
        cmocka_unit_test(test_distances_by_definition),
        cmocka_unit_test(test_distances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
