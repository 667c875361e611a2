/* test_lexer.c -- source text on the left, the tokens it is made of on the right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/syntax/lexer.h"

typedef struct Case {
    const char *source, *tokens;
} Case;

typedef struct Reading {
    Env env;
    Arena *arena;
    Tree tree;
    Diags diags;
    Lexer *lexer;
} Reading;

static void reading_init(Reading *reading, const char *text, size_t length, LangId language)
{
    env_init(&reading->env);
    reading->arena = arena_new(&reading->env);
    reading->tree = (Tree){.arena = reading->arena, .names = names_new(reading->arena),
                           .language = language,
                           .source = source_new(reading->arena, "test", text, length)};
    diags_init(&reading->diags, reading->arena);
    reading->lexer = lexer_new(&reading->tree, &reading->diags, words_shipped());
}

/* Appends the name of a token and what it holds: `number(12.50)`. */
static void spell(const Reading *reading, const Token *token, char *out, size_t size)
{
    static const char *const names[][2] = {
#define TOKEN_NAME(kind, text) {#kind, text},
        TOKEN_KINDS(TOKEN_NAME)
#undef TOKEN_NAME
    };
    const char *const *name = names[token->kind];
    char text[64] = "";
    Date date = {.day = token->day, .precision = token->flags & 3};
    size_t length = 0, at = strlen(out);

    if (token->kind == TOKEN_WORD) {
        snprintf(text, sizeof text, "(%s)", names_text(reading->tree.names, token->name));
    } else if (token->kind == TOKEN_NUMBER && !token->has_error) {
        text[0] = '(';
        length = decimal_write(token->number, text + 1);
        strcpy(text + 1 + length, ")");
    } else if (token->kind == TOKEN_DATE && !token->has_error) {
        text[0] = '(';
        length = date_write(date, text + 1);
        strcpy(text + 1 + length, ")");
    } else if (token->kind == TOKEN_TEXT && token->text) {
        const CookedText *cooked = &reading->tree.texts[token->text - 1];
        snprintf(text, sizeof text, "(%.*s)", (int)cooked->length, cooked->bytes);
    } else if (token->kind == TOKEN_CURRENCY) {
        snprintf(text, sizeof text, "(%s)", words_currency_code(token->currency));
    }
    snprintf(out + at, size - at, "%s%s%s", at ? " " : "",
             *name[1] ? name[1] : name[0], text);
}

/* Prints what differs; the number of differences, 0 or 1. */
static int tokens_are(LangId language, const char *source, const char *expected, bool ahead)
{
    Reading reading;
    char got[1024] = "";
    Token token;

    reading_init(&reading, source, strlen(source), language);
    if (ahead)
        lexer_looks_ahead(reading.lexer);
    for (;;) {
        lexer_next(reading.lexer, &token);
        if (token.kind == TOKEN_END)
            break;
        spell(&reading, &token, got, sizeof got);
    }
    for (size_t i = 0; i < reading.diags.count; i++) {
        size_t at = strlen(got);
        snprintf(got + at, sizeof got - at, " %s", reading.diags.items[i]->code);
    }
    int wrong = strcmp(got, expected) != 0;
    if (wrong)
        print_error("`%s`%s\n  gives    %s\n  expected %s\n", source, ahead ? ", ahead" : "", got,
                    expected);
    arena_free(reading.arena);
    return wrong;
}

/* The same whether the lexer looks ahead or not; an end of line comes before it can. */
static int reads_as(LangId language, const char *source, const char *expected)
{
    char later[1024];
    bool is_first = strchr("\xEF\xFF", source[0]) || strncmp(source, "#!", 2) == 0;

    snprintf(later, sizeof later, "\n%s", source);
    return tokens_are(language, source, expected, false)
           + (is_first ? 0 : tokens_are(language, later, expected, true));
}

static void test_words_and_marks(void **state)
{
    static const Case cases[] = {
        {"", ""},
        {"partner macif", "WORD(partner) WORD(macif)"},
        {"a{b}", "WORD(a) { WORD(b) }"},
        {"unis-cit\xC3\xA9", "WORD(unis-cit\xC3\xA9)"},
        {"aujourd'hui l\xE2\x80\x99" "arche", "WORD(aujourd'hui) WORD(l\xE2\x80\x99" "arche)"},
        {"a->b", "WORD(a) -> WORD(b)"},
        {"a - b", "WORD(a) - WORD(b)"},
        {"a.b..c", "WORD(a) . WORD(b) .. WORD(c)"},
        {"< <= > >= = != | / % ? + * ( ) , :", "< <= > >= = != | / % ? + * ( ) , :"},
        {"\xE2\x89\xA0 \xE2\x89\xA4 \xE2\x89\xA5", "!= <= >="},
        {"e\xCC\x81t\xC3\xA9", "WORD(\xC3\xA9t\xC3\xA9)"},            /* kept in NFC */
        {"x\xC2\xA0y\xE2\x80\xAFz", "WORD(x) WORD(y) WORD(z)"},
        {"a # comment \xC3\xA9\nb", "WORD(a) NEWLINE WORD(b)"},
        {"== <> && ||", "= != WORD(and) WORD(or) E114 E114 E114 E114"},
        {"a; b", "WORD(a) NEWLINE WORD(b) E111"},
        {"[a, b]", "WORD(a) , WORD(b) E115"},
        {"@@ a", "BAD WORD(a) E116"},
        {"a \xE2\x86\x92 b", "WORD(a) -> WORD(b) E116"},
        {"ora\xE2\x80\x8Bnge", "WORD(orange) E102"},
    };
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        wrong += reads_as(LANG_EN, cases[i].source, cases[i].tokens);
    assert_int_equal(wrong, 0);
}

static void test_lines(void **state)
{
    static const Case cases[] = {
        {"a\nb", "WORD(a) NEWLINE WORD(b)"},
        {"a\r\nb\rc\vd", "WORD(a) NEWLINE WORD(b) NEWLINE WORD(c) NEWLINE WORD(d)"},
        {"a\xC2\x85" "b\xE2\x80\xA8" "c\xE2\x80\xA9" "d",
         "WORD(a) NEWLINE WORD(b) NEWLINE WORD(c) NEWLINE WORD(d)"},
        {"\n\n a \n\n# x\n\nb\n", "WORD(a) NEWLINE WORD(b) NEWLINE"},
        {"{\na\n}", "{ WORD(a) NEWLINE }"},
        {"a\n| b", "WORD(a) | WORD(b)"},
        {"a\n# c\n\n  where b", "WORD(a) WORD(where) WORD(b)"},
        {"a\nAND b", "WORD(a) WORD(AND) WORD(b)"},
        {"a\nor : b", "WORD(a) NEWLINE WORD(or) : WORD(b)"},
        {"a\norder", "WORD(a) NEWLINE WORD(order)"},
        {"## note\na", "DOC WORD(a)"},
        {"a ## no note\nb", "WORD(a) NEWLINE WORD(b)"},
        {"a\n## one\n## two\nb", "WORD(a) NEWLINE DOC DOC WORD(b)"},
        {"#!/bin/x\na", "WORD(a)"},
        {"a\n#!/bin/x", "WORD(a) NEWLINE E122"},
        {"#! expect ok\na", "WORD(a)"},
        {"  #! anything\na", "WORD(a)"},
    };
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        wrong += reads_as(LANG_EN, cases[i].source, cases[i].tokens);
    wrong += reads_as(LANG_FR, "a\ndont b", "WORD(a) WORD(dont) WORD(b)");
    wrong += reads_as(LANG_FR, "a\nwhere b", "WORD(a) NEWLINE WORD(where) WORD(b)");
    wrong += reads_as(LANG_FR, "a\no\xC3\xB9 b", "WORD(a) WORD(o\xC3\xB9) WORD(b)");     /* folds to ou */
    assert_int_equal(wrong, 0);
}

static void test_numbers(void **state)
{
    static const Case cases[] = {
        {"12500", "NUMBER(12500)"},
        {"12 500", "NUMBER(12500)"},
        {"12  500_000", "NUMBER(12500000)"},
        {"12\xC2\xA0" "500.50", "NUMBER(12500.50)"},
        {"0.125", "NUMBER(0.125)"},
        {"1..3", "NUMBER(1) .. NUMBER(3)"},
        {"1.5..2", "NUMBER(1.5) .. NUMBER(2)"},
        {"1.1250 h", "NUMBER(1.1250) WORD(h)"},
        {"12%", "NUMBER(12) %"},
        {"12\xE2\x82\xAC", "NUMBER(12) CURRENCY(EUR)"},
        {"12 k\xE2\x82\xAC 3M$", "NUMBER(12) CURRENCY(EUR) NUMBER(3) CURRENCY(USD)"},
        {"5-3", "NUMBER(5) - NUMBER(3)"},
        {"100/2", "NUMBER(100) / NUMBER(2)"},
        {"12,500", "NUMBER E103"},
        {"1.500", "NUMBER E103"},
        {"1.500.000", "NUMBER E103"},
        {"1,500.50", "NUMBER E103"},
        {"1,5", "NUMBER E103"},
        {"12 50", "NUMBER E103"},
        {"1234 567", "NUMBER E103"},
        {"007", "NUMBER E103"},
        {"06 12 34 56 78", "NUMBER E103"},
        {"1,2,3", "NUMBER E107"},
        {"(1,2)", "( NUMBER ) E107"},
        {"35h", "NUMBER WORD(h) E106"},
        {"3eme", "WORD(3eme) E106"},
        {"a 3eme", "WORD(a) WORD(3eme) E106"},
        {"123456789012345", "NUMBER(123456789012345)"},
        {"1234567890123456", "NUMBER E153"},
        {"0.12345678", "NUMBER(0.12345678)"},
        {"0.123456789", "NUMBER E153"},
    };
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        wrong += reads_as(LANG_EN, cases[i].source, cases[i].tokens);
    wrong += reads_as(LANG_FR, "1,5", "NUMBER(1.5)");
    wrong += reads_as(LANG_FR, "0,125", "NUMBER(0.125)");
    wrong += reads_as(LANG_FR, "12,500", "NUMBER E103");
    wrong += reads_as(LANG_FR, "3, 10", "NUMBER(3) , NUMBER(10)");
    wrong += reads_as(LANG_FR, "3, 4,5", "NUMBER(3) , NUMBER E107");
    wrong += reads_as(LANG_FR, "(1,2)", "( NUMBER ) E107");
    assert_int_equal(wrong, 0);
}

static void test_dates(void **state)
{
    static const Case cases[] = {
        {"2024-06-30", "DATE(2024-06-30)"},
        {"2024-06", "DATE(2024-06)"},
        {"2024-01-01..2024-06-30", "DATE(2024-01-01) .. DATE(2024-06-30)"},
        {"30 June 2024", "DATE(2024-06-30)"},
        {"June 2024", "DATE(2024-06)"},
        {"3 july 2024", "DATE(2024-07-03)"},
        {"2024", "NUMBER(2024)"},
        {"30 June", "NUMBER(30) WORD(June)"},
        {"June 24 seniors", "WORD(June) NUMBER(24) WORD(seniors)"},
        {"2024-02-30", "DATE E108"},
        {"2024-13", "DATE E108"},
        {"2024-6", "DATE E108"},
        {"06/2024", "DATE E108"},
        {"30/06/2024", "DATE E108"},
        {"30.06.2024", "DATE E108"},
        {"7-2-1", "DATE E108"},
        {"2024-06-30T10", "DATE E108"},
        {"1st August 2024", "DATE E108"},
        {"March 1, 2024", "DATE E108"},
        {"30 Jun 2024", "DATE E108"},
        {"31 June 2024", "DATE E108"},
        {"30 juin 2024", "DATE E105"},
        {"12.03", "NUMBER(12.03)"},
    };
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        wrong += reads_as(LANG_EN, cases[i].source, cases[i].tokens);
    wrong += reads_as(LANG_FR, "30 juin 2024", "DATE(2024-06-30)");
    wrong += reads_as(LANG_FR, "1er ao\xC3\xBBt 2024", "DATE(2024-08-01)");
    wrong += reads_as(LANG_FR, "1ER AOUT 2024", "DATE(2024-08-01)");
    wrong += reads_as(LANG_FR, "2e ao\xC3\xBBt 2024", "DATE E108");
    assert_int_equal(wrong, 0);
}

static void test_texts(void **state)
{
    static const Case cases[] = {
        {"\"plain\"", "TEXT"},                          /* a slice of the source */
        {"\"a \\\"b\\\" \\\\ \\n \\t \\u{e9}\"", "TEXT(a \"b\" \\ \n \t \xC3\xA9)"},
        {"\xC2\xAB a \xC2\xAB b \xC2\xBB c \xC2\xBB", "TEXT"},
        {"\xE2\x80\x9Cx\xE2\x80\x9D y", "TEXT WORD(y)"},
        {"\"e\xCC\x81\"", "TEXT(\xC3\xA9)"},
        {"\"a\xE2\x80\x8B" "b\"", "TEXT(ab) E102"},
        {"\"a\\qb\\z\"", "TEXT(ab) E117"},
        {"\"\\u{0}\\u{110000}\"", "TEXT() E117"},
        {"\"open\nb", "TEXT(open) NEWLINE WORD(b) E109"},
        {"\"open {\nb", "TEXT(open) { WORD(b) E109"},
        {"{ a \"open }\nb", "{ WORD(a) TEXT(open) } NEWLINE WORD(b) E109"},
        {"'x' y", "TEXT(x) WORD(y) E110"},
        {"\xE2\x80\x9Ex\xE2\x80\x9C y", "TEXT(x) WORD(y) E110"},
        {"\"\"\"\n  a\n    b\n\n  \"\"\" c", "TEXT(a\n  b\n) WORD(c)"},
        {"\"\"\"\r\na\r\n\"\"\"", "TEXT(a)"},
        {"\"\"\" a\n b\n \"\"\"", "TEXT(b) E118"},
        {"\"\"\"a\"\"\" b", "TEXT(a) WORD(b) E118"},
        {"\"\"\"\n  a\n b\n  \"\"\"", "TEXT(a\nb) E119"},
        {"x: \"\"\"\n  a\ny: b", "WORD(x) : TEXT(  a) NEWLINE WORD(y) : WORD(b) E109"},
        {"x: \"\"\"\n  a\ny: \"\"\"\n  b\n  \"\"\"",
         "WORD(x) : TEXT(  a) NEWLINE WORD(y) : TEXT(b) E109"},
    };
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        wrong += reads_as(LANG_EN, cases[i].source, cases[i].tokens);
    assert_int_equal(wrong, 0);
}

/* Bytes that are not UTF-8 are one fault, however many there are. */
static void test_encodings(void **state)
{
    int wrong = 0;

    (void)state;
    wrong += reads_as(LANG_EN, "a \xE9 b\nc \xE9\xE8 d # \xE9", "WORD(a) WORD(b) NEWLINE WORD(c) WORD(d) E101");
    wrong += reads_as(LANG_EN, "\xEF\xBB\xBF" "a", "WORD(a)");
    wrong += reads_as(LANG_EN, "a\xEF\xBB\xBF", "WORD(a) E102");
    wrong += reads_as(LANG_EN, "\xFF\xFE" "a", " E101");
    assert_int_equal(wrong, 0);
}

static void test_places(void **state)
{
    Reading reading;
    Token token;
    const char *text = "ab\n  \xC3\xA9t\xC3\xA9 12";

    (void)state;
    reading_init(&reading, text, strlen(text), LANG_EN);
    lexer_next(reading.lexer, &token);
    assert_true(token.line_start && !token.blank_before);
    assert_int_equal(token.end, 2);
    lexer_next(reading.lexer, &token);
    assert_int_equal(token.kind, TOKEN_NEWLINE);
    lexer_next(reading.lexer, &token);
    assert_true(token.line_start && token.blank_before);
    assert_int_equal(token.start, 5);
    assert_int_equal(token.end, 10);
    assert_int_equal(token.line_offset, 3);
    lexer_next(reading.lexer, &token);
    assert_true(!token.line_start && token.blank_before);
    for (int i = 0; i < 3; i++) {
        lexer_next(reading.lexer, &token);
        assert_int_equal(token.kind, TOKEN_END);
        assert_int_equal(token.start, strlen(text));
    }
    arena_free(reading.arena);
}

static void test_patterns(void **state)
{
    Reading reading;
    Token slash, pattern;
    const char *text = "/a\\/b \"{/i c";

    (void)state;
    reading_init(&reading, text, strlen(text), LANG_EN);
    lexer_next(reading.lexer, &slash);
    assert_int_equal(slash.kind, TOKEN_SLASH);
    lexer_pattern(reading.lexer, &slash, &pattern);
    assert_int_equal(pattern.kind, TOKEN_PATTERN);
    assert_int_equal(pattern.end, 10);
    assert_int_equal(pattern.flags, NODE_CASELESS);
    lexer_next(reading.lexer, &slash);
    assert_int_equal(slash.kind, TOKEN_WORD);
    assert_int_equal(reading.diags.count, 0);
    arena_free(reading.arena);
}

/* Limits of a name and of a token hold for the first byte too many, and not before. */
static void test_limits(void **state)
{
    Reading reading;
    Token token;
    char text[64];

    (void)state;
    for (uint32_t extra = 0; extra < 2; extra++) {
        memset(text, 'a', sizeof text);
        reading_init(&reading, text, 16 + extra, LANG_EN);
        reading.env.limits.name_bytes = 16;
        lexer_next(reading.lexer, &token);
        assert_int_equal(token.kind, TOKEN_WORD);
        assert_int_equal(reading.diags.count, extra);
        arena_free(reading.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_marks), cmocka_unit_test(test_lines),
        cmocka_unit_test(test_numbers),         cmocka_unit_test(test_dates),
        cmocka_unit_test(test_texts),           cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_places),          cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
