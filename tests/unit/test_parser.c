/* test_parser.c -- source text and the tree it becomes, and how reading goes on after mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/syntax/parser.h"
#include "tests/unit/tree_dump.h"

typedef struct Case {
    const char *source, *expected;
} Case;

/* The dump of the tree, then the codes with their places: ` E130@2:11`. */
static int parses_as(ParseMode mode, LangId language, const char *source, const char *expected)
{
    Env env;
    Diags diags;

    env_init(&env);
    Arena *arena = arena_new(&env);
    diags_init(&diags, arena);
    Source *text = source_new(arena, "test", source, strlen(source));
    Tree *tree = parse(arena, names_new(arena), words_shipped(), text, language, mode, &diags);
    const char *got = tree_dump(arena, tree, false);
    diags_sort(&diags);
    for (size_t i = 0; i < diags.count; i++) {
        Position at = source_position(text, diags.items[i]->primary.span.start);
        got = arena_format(arena, "%s %s@%u:%u", got, diags.items[i]->code, at.line, at.column);
    }
    const char *whole = arena_format(arena, "(file%s%s", *expected == '(' ? " " : "", expected);
    int wrong = strcmp(got, whole) != 0;
    if (wrong)
        print_error("`%s`\n  gives    %s\n  expected %s\n", source, got, whole);
    arena_free(arena);
    return wrong;
}

static void all_parse_as(ParseMode mode, LangId language, const Case *cases, size_t count)
{
    int wrong = 0;

    for (size_t i = 0; i < count; i++)
        wrong += parses_as(mode, language, cases[i].source, cases[i].expected);
    assert_int_equal(wrong, 0);
}

#define CHECK(mode, language, cases) \
    all_parse_as(mode, language, cases, sizeof(cases) / sizeof(cases)[0])

static void test_heads(void **state)
{
    static const Case cases[] = {
        {"", ")"},
        {"partner macif \"Fondation\"",
         "(declaration partner named (word macif) (text \"Fondation\")))"},
        {"partner \"Fondation\"", "(declaration partner titled (text \"Fondation\")))"},
        {"partner", "(declaration partner empty))"},
        {"brings 35 h/month \"Time\"",
         "(declaration brings measured (amount 35 h per month) (text \"Time\")))"},
        {"brings ? \"Money\"", "(declaration brings measured (unknown) (text \"Money\")))"},
        {"funding grant 20 000 EUR",
         "(declaration funding measured (word grant) (amount 20000 EUR)))"},
        {"reading 2024-01-31: 420 seniors",
         "(declaration reading keyed (date 2024-01-31) (amount 420 seniors)))"},
        {"position scale-up: +3", "(declaration position keyed (path scale-up) (amount signed 3)))"},
        {"horizon 6 months: \"x\"",
         "(declaration horizon keyed (amount 6 months) (text \"x\")))"},
        {"position \"A goal\": -2",
         "(declaration position keyed (text \"A goal\") (amount signed -2)))"},
        {"link a -> b \"hosts\"", "(declaration link link (path a) (path b) (text \"hosts\")))"},
        {"link \"A\" -> s.b", "(declaration link link (text \"A\") (path s (word b))))"},
        {"partner a (assumption, source \"x\") {\n}",
         "(declaration partner named (word a) (note assumption) (note source (text \"x\")) (block)))"},
    };

    (void)state;
    CHECK(PARSE_STATEMENTS, LANG_EN, cases);
}

#define OWNER "(declaration a named (word b) (block (property p "
static void test_values(void **state)
{
    static const Case cases[] = {
        {"a b { p: ? }", OWNER "(unknown)))))"},
        {"a b { p: none }", OWNER "(none)))))"},
        {"a b { p: none \"why\" }", OWNER "(none (text \"why\"))))))"},
        {"a b { p: x, y.z, \"t\" }", OWNER "(path x) (path y (word z)) (text \"t\")))))"},
        {"a b { p: x, ? }", OWNER "(path x) (unknown)))))"},
        {"a b { p: x,\n\n y\n}", OWNER "(path x) (path y)))))"},
        {"a b { p: 12 k\xE2\x82\xAC }", OWNER "(amount 12000 sign EUR)))))"},
        {"a b { p: 1.25 M$ }", OWNER "(amount 1250000 sign USD)))))"},
        {"a b { p: 15 % }", OWNER "(amount 15%)))))"},
        {"a b { p: <= 10 % }", OWNER "(range <= (amount 10%))))))"},
        {"a b { p: 80..100 % }", OWNER "(range high (amount 80) (amount 100%))))))"},
        {"a b { p: 2024-01..? }", OWNER "(range high (date 2024-01) (unknown))))))"},
        {"a b { p: 10 seniors by 2024-06-30 }",
         OWNER "(range by (amount 10 seniors) (date 2024-06-30))))))"},
        {"a b { p: 2024..2025 by 2027 }",
         OWNER "(range high by (amount 2024) (amount 2025) (amount 2027))))))"},
        {"a b { p: 30 min }", OWNER "(amount 30 min)))))"},
        {"a b { p: 1 cup (confidential) }", OWNER "(amount 1 cup) (note confidential)))))"},
        {"a b { p: \"x\" (ask \"c\") }", OWNER "(text \"x\") (note ask (text \"c\"))))))"},
    };

    (void)state;
    CHECK(PARSE_STATEMENTS, LANG_EN, cases);
}

static void test_statements(void **state)
{
    static const Case cases[] = {
        {"import \"a.alliance\" as s", "(import (text \"a.alliance\") (word s)))"},
        {"base \"b\" without partners, readings",
         "(base (text \"b\") (word partners) (word readings)))"},
        {"extension \"x\"", "(extension (text \"x\")))"},
        {"change partner a {\n add w: b\n drop w: c\n drop brings \"G\"\n drop reading 2024-01\n}",
         "(change (word partner) (path a) (block (add (property w (path b))) (drop (property w "
         "(path c))) (drop (word brings) (text \"G\")) (drop (word reading) (date 2024-01)))))"},
        {"remove partner \"A\"", "(remove (word partner) (text \"A\")))"},
        {"scenario s \"S\" {\n remove partner a\n change goal g { owner: b }\n partner c\n}",
         "(scenario (word s) (text \"S\") (block (remove (word partner) (path a)) (change (word goal) "
         "(path g) (block (property owner (path b)))) (declaration partner named (word c)))))"},
        {"accept pack/equity for a, b {\n reason: \"r\"\n}",
         "(accept (path pack (word equity)) (path a) (path b) (block (property reason (text "
         "\"r\")))))"},
        {"settings equity { tolerance: 30 % }",
         "(settings (path equity) (block (property tolerance (amount 30%)))))"},
        {"query q = partners", "(query (word q) (path partners)))"},
        {":export canvas out.html\npartner a",
         "(command export (text \"canvas out.html\")) (declaration partner named (word a)))"},
        {":why \xE2\x80\x8B" "2", "(command why (text \"\xE2\x80\x8B" "2\"))) E102@1:6"},
        {"## Met in June.\npartner a",
         "(doc \"Met in June.\") (declaration partner named (word a)))"},
        {"partner goal \"x\"\ngoal partner", "(declaration partner named (word goal) (text \"x\")) "
                                            "(declaration goal named (word partner)))"},
    };

    (void)state;
    CHECK(PARSE_STATEMENTS, LANG_EN, cases);
}

static void test_expressions(void **state)
{
    static const Case cases[] = {
        {"a + b * c", "(show (binary + (path a) (binary * (path b) (path c)))))"},
        {"a - b - c", "(show (binary - (binary - (path a) (path b)) (path c))))"},
        {"(a + b) / 2", "(show (binary / (binary + (path a) (path b)) (amount 2))))"},
        {"a or b and not c = 1",
         "(show (or (path a) (and (path b) (not (compare = (path c) (amount 1)))))))"},
        {"a or b or c", "(show (or (path a) (path b) (path c))))"},
        {"a or (b or c)", "(show (or (path a) (or (path b) (path c)))))"},
        {"type is not empty", "(show (is empty not (path type))))"},
        {"type not in (a, b)", "(show (in not (path type) (path a) (path b))))"},
        {"title contains \"x\"", "(show (contains (path title) (text \"x\"))))"},
        {"title matches /a\\/{b/i", "(show (matches (path title) (pattern /a\\/{b/i))))"},
        {"today + 3 months", "(show (binary + (today) (amount 3 months))))"},
        {"decides = no", "(show (compare = (path decides) (path no))))"},
        {"30 min", "(show (amount 30 min)))"},
        {"progress < 50 % and due < today",
         "(show (and (compare < (path progress) (amount 50%)) (compare < (path due) (today)))))"},
        {"12 EUR/month", "(show (amount 12 EUR per month)))"},
        {"12 EUR/money", "(show (binary / (amount 12 EUR) (path money))))"},
        {"count(partners where type = a) >= 3",
         "(show (compare >= (call count (pipe (path partners) (step where (compare = (path type) "
         "(path a))))) (amount 3))))"},
        {"sum(value of contributions)",
         "(show (call sum (path value) (path contributions))))"},
        {"partners where a = b | sort money desc, name | take 3 | count",
         "(show (pipe (path partners) (step where (compare = (path a) (path b))) (step sort (sortkey "
         "desc (path money)) (sortkey (path name))) (step take (amount 3)) (step count))))"},
        {"contributions | sum value per partner | show partner, value",
         "(show (pipe (path contributions) (step sum (path value) (path partner)) (step show (path "
         "partner) (path value)))))"},
        {"a |\nshow b |\n\n take 1",
         "(show (pipe (path a) (step show (path b)) (step take (amount 1)))))"},
        {"(partners where a) | count",
         "(show (pipe (pipe (path partners) (step where (path a))) (step count))))"},
        {"a.b.c", "(show (path a (word b) (word c))))"},
        {"min(cost of activities)", "(show (call min (path cost) (path activities))))"},
    };
    static const Case checks[] = {
        {"check every goal has kpis else \"x\"",
         "(check (quantified every has (path goal) (path kpis)) (text \"x\")))"},
        {"check no partners where type is unknown",
         "(check (quantified no (pipe (path partners) (step where (is unknown (path type)))))))"},
        {"assert every milestone where date < today: decision is not empty",
         "(assert (quantified every (pipe (path milestone) (step where (compare < (path date) "
         "(today)))) (is empty not (path decision)))))"},
        {"assert exists kpis", "(assert (quantified exists (path kpis))))"},
        {"assert a =\n  1\n  and b\n", "(assert (and (compare = (path a) (amount 1)) (path b))))"},
        {"assert count(a\n  where b in (c,\n d)) = 1",
         "(assert (compare = (call count (pipe (path a) (step where (in (path b) (path c) (path "
         "d))))) (amount 1))))"},
    };
    static const Case french[] = {
        {"somme(co\xC3\xBBt d'activit\xC3\xA9s) = 1",
         "(show (compare = (call sum (path co\xC3\xBBt) (path activit\xC3\xA9s)) (amount 1))))"},
        {"a dont b est non vide | trier c d\xC3\xA9" "croissant",
         "(show (pipe (path a) (step where (is empty not (path b))) (step sort (sortkey desc (path "
         "c))))))"},
        {"partners where a = b",
         "(show (pipe (path partners) (step where (compare = (path a) (path b)))))) E105@1:10"},
        {"propre = non", "(show (compare = (path propre) (path non))))"},
        {"co\xC3\xBBt > 1,5 k\xE2\x82\xAC", "(show (compare > (path co\xC3\xBBt) (amount 1500 sign "
                                            "EUR))))"},
    };

    (void)state;
    CHECK(PARSE_QUERY, LANG_EN, cases);
    CHECK(PARSE_STATEMENTS, LANG_EN, checks);
    CHECK(PARSE_QUERY, LANG_FR, french);
}

/* What the prompt takes for a question, for an edit, for a declaration. */
static void test_prompt(void **state)
{
    static const Case cases[] = {
        {"macif", "(show (path macif)))"},
        {"macif.money", "(show (path macif (word money))))"},
        {"2 + 2", "(show (binary + (amount 2) (amount 2))))"},
        {"partners | count", "(show (pipe (path partners) (step count))))"},
        {"partners where a", "(show (pipe (path partners) (step where (path a)))))"},
        {"partner macif", "(declaration partner named (word macif)))"},
        {"partner \"Macif\" { }", "(declaration partner titled (text \"Macif\") (block)))"},
        {"partnr macif", "(declaration partnr named (word macif)))"},
        {"macif.interest: \"x\"", "(set (path macif (word interest)) (text \"x\")))"},
        {"add macif.tags: a", "(add (set (path macif (word tags)) (path a))))"},
        {"remove partner macif", "(remove (word partner) (path macif)))"},
        {":why 2", "(command why (text \"2\")))"},
        {"count(partners)", "(show (call count (path partners))))"},
    };

    (void)state;
    CHECK(PARSE_PROMPT, LANG_EN, cases);
}

static void test_header(void **state)
{
    static const Case cases[] = {
        {"language en version 1\npartner a",
         "(header en (amount 1)) (declaration partner named (word a)))"},
        {"# c\n\nLANGUE fr\npartenaire a", "(header fr) (declaration partenaire named (word a)))"},
        {"partner a", "(declaration partner named (word a)))"},
        {"language de\npartnr", "(header de)) E001@1:10"},
        {"language en version 2\nx", "(header en)) E002@1:21"},
        {"partner a\nlanguage en", "(declaration partner named (word a)) (error)) E004@2:1"},
        {"alliance a {\n  territoire : ?\n}\npartner", ") E003@2:3"},
        {"alliance a {\n  territory: ?\n}\npartenaire b",
         "(declaration alliance named (word a) (block (property territory (unknown)))) "
         "(declaration partenaire named (word b)))"},
    };

    (void)state;
    CHECK(PARSE_FILE, LANG_EN, cases);
}

/* One fault, one message; what follows is read as if nothing had happened. */
static void test_recovery(void **state)
{
    static const Case cases[] = {
        {"partner a {\n type: b\npartner c { type: d }\ngoal g",
         "(declaration partner named (word a) (block poisoned (property type (path b)))) "
         "(declaration partner named (word c) (block (property type (path d)))) "
         "(declaration goal named (word g))) E130@1:11"},
        {"partner a {\n brings 3 h {\n  for: x\npartner c",
         "(declaration partner named (word a) (block poisoned (declaration brings measured (amount 3 "
         "h) (block poisoned (property for (path x)))))) (declaration partner named (word c))) "
         "E130@1:11 E130@2:13"},
        {"partner a {\ngoal g\n}\npartner b",
         "(declaration partner named (word a) (block (declaration goal named (word g)))) "
         "(declaration partner named (word b)))"},
        {"partner a {\n}\n}\npartner b",
         "(declaration partner named (word a) (block)) (declaration partner named (word b))) E121@3:1"},
        {"partner a {\n check x = 1\n role: \"r\"\n}",
         "(declaration partner named (word a) (block (error (check (compare = (path x) (amount 1)))) "
         "(property role (text \"r\"))))) E112@2:2"},
        {"partner a {\n type:\n role: \"x\"\n}",
         "(declaration partner named (word a) (block (property type poisoned) (property role (text "
         "\"x\"))))) E133@2:6"},
        {"activity w {\n with: a,\n cost: 1 EUR\n}",
         "(declaration activity named (word w) (block (property with (path a)) (property cost "
         "(amount 1 EUR))))) E133@2:9"},
        {"partner a { type: b role: \"x\" }",
         "(declaration partner named (word a) (block (property type (path b)) "
         "(property role (text \"x\"))))) E120@1:21"},
        {"partner a { type: b, role: \"x\", note: ? }",
         "(declaration partner named (word a) (block (property type (path b)) "
         "(property role (text \"x\")) (property note (unknown))))) E120@1:22"},
        {"partner a Fondation Macif {\n type: b\n}",
         "(declaration partner named poisoned (word a) (block (property type (path b))))) E104@1:11"},
        {"a b { p: x y z }", "(declaration a named (word b) (block (property p (run)))))"},
        {"link a b\nlink c -> d",
         "(declaration link link poisoned (path a)) (declaration link link (path c) (path d))) "
         "E125@1:8"},
        {"partner a \"x {\n type: b\n}\npartner c",
         "(declaration partner named (word a) (text \"x\" poisoned) (block (property type (path b)))) "
         "(declaration partner named (word c))) E109@1:11"},
        {"assert (a = 1\npartner b", "(assert poisoned) (declaration partner named (word b))) E129@1:8"},
        {"check a = and\npartner b", "(check poisoned) (declaration partner named (word b))) E133@1:11"},
        {"check a = 1 b c\npartner c", "(check poisoned (compare = (path a) (amount 1 b))) "
                                       "(declaration partner named (word c))) E120@1:15"},
        {"show partners |\npartner a",
         "(show poisoned) (declaration partner named (word a))) E136@1:15"},
        {"a b { p: EUR 12 }",
         "(declaration a named (word b) (block (property p (amount 12 sign EUR poisoned))))) "
         "E134@1:10"},
        {"type: company\npartner a", "(error) (declaration partner named (word a))) E123@1:1"},
        {":save\npartner a", "(error) (declaration partner named (word a))) E112@1:1"},
        {"change macif { }", "(change poisoned (word macif))) E126@1:8"},
        {"remove partner", "(remove poisoned (word partner))) E128@1:8"},
        {"query q partners", "(query poisoned (word q))) E113@1:7"},
        {"partner a\n{\n role: \"x\"\n}\npartner b",
         "(declaration partner named (word a)) (error (block (property role (text \"x\")))) "
         "(declaration partner named (word b))) E122@2:1"},
        {"import people\npartner a",
         "(import poisoned) (declaration partner named (word a))) E124@1:8"},
    };

    (void)state;
    CHECK(PARSE_FILE, LANG_EN, cases);
}

static void test_core_words_of_the_other_language(void **state)
{
    static const Case cases[] = {
        {"importer \"x\"", "(import (text \"x\"))) E105@1:1"},
        {"show partners dont type = a",
         "(show (pipe (path partners) (step where (compare = (path type) (path a)))))) E105@1:15"},
        {"a b { p: \"x\" (hypoth\xC3\xA8se) }",
         "(declaration a named (word b) (block (property p (text \"x\") (note assumption))))) "
         "E105@1:15"},
        {"assert ou.a = 1", "(assert (compare = (path ou (word a)) (amount 1))))"},
    };

    (void)state;
    CHECK(PARSE_STATEMENTS, LANG_EN, cases);
}

static char *repeated(char *out, const char *text, int count)
{
    for (int i = 0; i < count; i++) {
        strcpy(out, text);
        out += strlen(text);
    }
    return out;
}

static int codes_of(const char *source, const char *expected)
{
    Env env;
    Diags diags;
    char got[64] = "";

    env_init(&env);
    Arena *arena = arena_new(&env);
    diags_init(&diags, arena);
    parse(arena, names_new(arena), words_shipped(),
          source_new(arena, "test", source, strlen(source)), LANG_EN, PARSE_STATEMENTS, &diags);
    for (size_t i = 0; i < diags.count && i < 8; i++) {
        strcat(got, diags.items[i]->code);
        strcat(got, " ");
    }
    arena_free(arena);
    return strcmp(got, expected);
}

/* At each limit nothing is said, one step further exactly one message. */
static void test_limits(void **state)
{
    static char text[200000];

    (void)state;
    for (int extra = 0; extra < 2; extra++) {
        char *at = repeated(text, "a b {\n", 8 + extra);
        repeated(at, "}\n", 8 + extra);
        assert_int_equal(codes_of(text, extra ? "E151 " : ""), 0);

        at = repeated(text, "show ", 1);
        at = repeated(at, "(", 64 + extra);
        at = repeated(at, "1", 1);
        repeated(at, ")", 64 + extra);
        assert_int_equal(codes_of(text, extra ? "E151 " : ""), 0);

        at = repeated(text, "show ", 1);
        at = repeated(at, "not ", 64 + extra);
        repeated(at, "a", 1);
        assert_int_equal(codes_of(text, extra ? "E151 " : ""), 0);

        at = repeated(text, "show 1", 1);
        repeated(at, " + 1", 200 + extra);
        assert_int_equal(codes_of(text, extra ? "E151 " : ""), 0);
    }
}

static void test_questions_about_a_tree(void **state)
{
    static const char *const text = "partner a {\n  role: \"x\"\n}\n";
    Env env;
    Diags diags;

    (void)state;
    env_init(&env);
    Arena *arena = arena_new(&env);
    diags_init(&diags, arena);
    Tree *tree = parse(arena, names_new(arena), words_shipped(),
                       source_new(arena, "test", text, strlen(text)), LANG_EN, PARSE_FILE, &diags);
    NodeId partner = node_child(tree, TREE_ROOT, 0);

    assert_int_equal(node_child_count(tree, TREE_ROOT), 1);
    assert_int_equal(node_child(tree, TREE_ROOT, 1), 0);
    assert_int_equal(node_extent(tree, partner).start, 0);
    assert_int_equal(node_extent(tree, partner).end, 25);
    assert_int_equal(node_span(tree_node(tree, partner)).end, 7);
    NodeId block = node_child_of(tree, partner, NODE_BLOCK);
    assert_int_equal(tree_node(tree, block)->start, 10);
    assert_int_equal(node_child_of(tree, partner, NODE_TEXT), 0);
    assert_int_equal(tree_node(tree, tree_at(tree, 8))->kind, NODE_WORD);
    assert_int_equal(tree_node(tree, tree_at(tree, 15))->kind, NODE_PROPERTY);
    assert_int_equal(tree_node(tree, tree_at(tree, 21))->kind, NODE_TEXT);
    assert_int_equal(tree_node(tree, tree_at(tree, 25))->kind, NODE_FILE);
    assert_string_equal(node_kind_name(NODE_PROPERTY), "PROPERTY");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_prompt),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_recovery),
        cmocka_unit_test(test_core_words_of_the_other_language),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_questions_about_a_tree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
