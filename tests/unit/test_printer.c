/* test_printer.c -- a text on the left, the one way to write it on the right; the second time
 * nothing changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "lang/syntax/parser.h"
#include "lang/syntax/printer.h"
#include "tests/unit/tree_dump.h"

#define EN "language en version 1\n"
#define FR "langue fr version 1\n"

typedef struct Case {
    const char *source, *expected;
} Case;

static Tree *parsed(Arena *arena, const char *text, size_t length)
{
    Diags diags;

    diags_init(&diags, arena);
    Tree *tree = parse(arena, names_new(arena), words_shipped(),
                       source_new(arena, "test", text, length), LANG_EN, PARSE_SCRIPT, &diags);
    assert_int_equal(tree->syntax_errors, 0);
    return tree;
}

static int prints_as(const char *source, const char *expected)
{
    Env env;
    int wrong = 0;

    env_init(&env);
    Arena *arena = arena_new(&env);
    Tree *tree = parsed(arena, source, strlen(source));
    PrinterText once = print_tree(arena, tree, words_shipped());
    if (strcmp(once.bytes, expected) != 0 || once.length != strlen(expected)) {
        print_error("`%s`\n gives\n%s\n expected\n%s\n", source, once.bytes, expected);
        wrong++;
    }
    Tree *again = parsed(arena, once.bytes, once.length);
    PrinterText twice = print_tree(arena, again, words_shipped());
    if (strcmp(once.bytes, twice.bytes) != 0) {
        print_error("`%s`\n the second time\n%s\n", once.bytes, twice.bytes);
        wrong++;
    }
    if (strcmp(tree_dump(arena, tree, true), tree_dump(arena, again, true)) != 0) {
        print_error("`%s`\n was %s\n is %s\n", source, tree_dump(arena, tree, true),
                    tree_dump(arena, again, true));
        wrong++;
    }
    arena_free(arena);
    return wrong;
}

static void all_print_as(const Case *cases, size_t count)
{
    int wrong = 0;

    for (size_t i = 0; i < count; i++)
        wrong += prints_as(cases[i].source, cases[i].expected);
    assert_int_equal(wrong, 0);
}

#define CHECK(cases) all_print_as(cases, sizeof(cases) / sizeof(cases)[0])

static void test_layout(void **state)
{
    static const Case cases[] = {
        {"", EN},
        {"partner a", EN "\npartner a\n"},
        {"\n\npartner a\n\n\n\npartner b\npartner c", EN "\npartner a\n\npartner b\npartner c\n"},
        {EN "partner a{type:company}", EN "\npartner a { type: company }\n"},
        {EN "partner a{\ntype:company}", EN "\npartner a {\n  type: company\n}\n"},
        {EN "partner a{}", EN "\npartner a { }\n"},
        {EN "partner a {\n}", EN "\npartner a {\n}\n"},
        {EN "partner a {\n\n type: company\n\n\n role: \"x\"\n\n}",
         EN "\npartner a {\n  type: company\n\n  role: \"x\"\n}\n"},
        {EN "partner a {\nbrings 3 h {\nfor:x\n}\n}\npartner b",
         EN "\npartner a {\n  brings 3 h {\n    for: x\n  }\n}\n\npartner b\n"},
        {EN "import  \"a\"  as b\nlink a->b\"c\"", EN "\nimport \"a\" as b\nlink a -> b \"c\"\n"},
        {EN "activity w { with:a,b , c }", EN "\nactivity w { with: a, b, c }\n"},
        {EN "activity w {\n with: a,\n   b,\n       c\n}",
         EN "\nactivity w {\n  with: a,\n    b,\n    c\n}\n"},
        {EN "partner a (assumption,source \"x\"){\n role:\"y\"(ask\"z\")\n}",
         EN "\npartner a (assumption, source \"x\") {\n  role: \"y\" (ask \"z\")\n}\n"},
        {EN ":export   canvas  out.html ", EN "\n:export canvas  out.html\n"},
        {EN "accept pack/equity for a,b {\nreason:\"r\"\n}",
         EN "\naccept pack/equity for a, b {\n  reason: \"r\"\n}\n"},
        {EN "change partner a {\nadd with:b\ndrop brings \"G\"\n}",
         EN "\nchange partner a {\n  add with: b\n  drop brings \"G\"\n}\n"},
        {"#!/usr/bin/env -S alliance run\npartner a",
         "#!/usr/bin/env -S alliance run\n" EN "\npartner a\n"},
    };

    (void)state;
    CHECK(cases);
}

static void test_comments(void **state)
{
    static const Case cases[] = {
        {"# top\npartner a", EN "\n# top\npartner a\n"},
        {EN "# only", EN "\n# only\n"},
        {EN "\npartner a    # behind  \n", EN "\npartner a # behind\n"},
        {EN "\npartner a {   # open\n# inside\n   type: company# glued\n# last\n} # close\n# end",
         EN "\npartner a { # open\n  # inside\n  type: company # glued\n  # last\n} # close\n\n# end\n"},
        {EN "\nactivity w {\n with: a, # first\n # second\n b\n}",
         EN "\nactivity w {\n  with: a, # first\n    # second\n    b\n}\n"},
        {EN "\nquery q = partners\n# why\nwhere type = company\n\n# and\n| count",
         EN "\nquery q = partners\n  # why\n  where type = company\n\n  # and\n  | count\n"},
        {EN "\n## Met in June.\npartner a", EN "\n## Met in June.\npartner a\n"},
        {EN "\npartner a\n  #! no directive\npartner b\n#! expect ok\n",
         EN "\npartner a\n #! no directive\npartner b\n#! expect ok\n"},
        {EN "\npartner a {\n type: company\n#! expect ok\n}",
         EN "\npartner a {\n  type: company\n#! expect ok\n}\n"},
        {EN "partner a\n\n# apart\n\npartner b", EN "\npartner a\n\n# apart\n\npartner b\n"},
    };

    (void)state;
    CHECK(cases);
}

static void test_spelling(void **state)
{
    static const Case cases[] = {
        {"PARTNER A {\n TYPE: Company\n}", EN "\npartner A {\n  type: company\n}\n"},
        {FR "activite a { cout: 10 eur }\nverifier chaque ACTIVITE possede objectifs",
         FR "\nactivit\xC3\xA9 a { co\xC3\xBBt : 10 eur }\n"
            "v\xC3\xA9rifier chaque activit\xC3\xA9 poss\xC3\xA8" "de objectifs\n"},
        /* Two words that fold alike: the one that was typed stays. */
        {FR "appui a { contact : rencontr\xC3\xA9 }",
         FR "\nappui a { contact : rencontr\xC3\xA9 }\n"},
        {FR "\xC3\xA9tape rencontre\nappui a { contact : rencontr\xC3\xA9 }",
         FR "\n\xC3\xA9tape rencontre\nappui a { contact : rencontr\xC3\xA9 }\n"},
        {FR "alliance a { statut : rencontre }", FR "\nalliance a { statut : rencontre }\n"},
        {"partner Unis-Cite\nlink unis-cite -> UNIS-CITE",
         EN "\npartner Unis-Cite\nlink Unis-Cite -> Unis-Cite\n"},
        {"partner a \xC2\xAB b \xC2\xBB", EN "\npartner a \"b\"\n"},
        {"partner a \xE2\x80\x9C" "b \"c\" \\\\\xE2\x80\x9D",
         EN "\npartner a \"b \\\"c\\\" \\\\\"\n"},
        {"partner a \"\\u{e9}\\u{200b}\\t\"", EN "\npartner a \"\xC3\xA9\\u{200b}\\t\"\n"},
        {EN "show a \xE2\x89\xA0 b", EN "\nshow a != b\n"},
        {EN "show  count( a )+(b)* 2", EN "\nshow count(a) + (b) * 2\n"},
        {EN "show a.b where title MATCHES /x y/i|Sort a DESC,b|take 3",
         EN "\nshow a.b where title matches /x y/i | sort a desc, b | take 3\n"},
        {EN "show a not  in(b,c) and not d is  not empty",
         EN "\nshow a not in (b, c) and not d is not empty\n"},
        {FR "exiger somme(co\xC3\xBBt de activit\xC3\xA9s) = 1 EUR",
         FR "\nexiger somme(co\xC3\xBBt d'activit\xC3\xA9s) = 1 EUR\n"},
        {FR "exiger somme(montant d'contributions) = 1 EUR",
         FR "\nexiger somme(montant de contributions) = 1 EUR\n"},
        {FR "exiger aucun activit\xC3\xA9", FR "\nexiger aucune activit\xC3\xA9\n"},
    };

    (void)state;
    CHECK(cases);
}

static void test_literals(void **state)
{
    static const Case cases[] = {
        {EN "a b { p: 12500.50 EUR }", EN "\na b { p: 12 500.50 EUR }\n"},
        {EN "a b { p: 12_500 EUR / month }", EN "\na b { p: 12 500 EUR/month }\n"},
        {EN "a b { p: 12 k\xE2\x82\xAC }", EN "\na b { p: 12 k\xE2\x82\xAC }\n"},
        {EN "a b { p: 12k\xE2\x82\xAC }", EN "\na b { p: 12 k\xE2\x82\xAC }\n"},
        {EN "a b { p: 15% }", EN "\na b { p: 15 % }\n"},
        {EN "a b { p: +3 }", EN "\na b { p: +3 }\n"},
        {EN "a b { p: 2024 }", EN "\na b { p: 2024 }\n"},           /* may be a year */
        {EN "a b { p: 2024 seniors }", EN "\na b { p: 2 024 seniors }\n"},
        {EN "a b { p: 20240 }", EN "\na b { p: 20 240 }\n"},
        {EN "a b { p: 1 weeks }", EN "\na b { p: 1 week }\n"},
        {EN "a b { p: 2 hours/Week }", EN "\na b { p: 2 h/week }\n"},
        {EN "a b { p: <=10 % }", EN "\na b { p: <= 10 % }\n"},
        {EN "a b { p: 80 .. 100 % by 2024-06 }", EN "\na b { p: 80..100 % by 2024-06 }\n"},
        {EN "a b { p: 03 JUNE 2024 }", EN "\na b { p: 3 June 2024 }\n"},
        {FR "a b { p: 12500.50 EUR }", FR "\na b { p : 12 500,50 EUR }\n"},
        {FR "a b { p: 1 aout 2024 }", FR "\na b { p : 1er ao\xC3\xBBt 2024 }\n"},
        {FR "a b { p: 5 j }", FR "\na b { p : 5 jours }\n"},
        {EN "a b {\n p: \"\"\"\n x\n   y\n\n z\n \"\"\"\n}",
         EN "\na b {\n  p: \"\"\"\n    x\n      y\n\n    z\n    \"\"\"\n}\n"},
        {EN "a b {\n p: \"\"\"\n \\u{20}\n \\\"\"\"\n \"\"\"\n}",
         EN "\na b {\n  p: \"\"\"\n    \\u{20}\n    \\\"\"\"\n    \"\"\"\n}\n"},
    };

    (void)state;
    CHECK(cases);
}

/* Words follow the tables and the ids of bind; names, titles and counted things stay. */
static void test_translation(void **state)
{
    static const char *const english =
        EN "\n# kept\npartner a \"A title\" {\n  type: company\n  brings 2 weeks \"Time\" { nature: "
           "equipment }\n}\n\nkpi k { target: 1 000.5 seniors by 30 June 2024 }\ncheck every goal has "
           "kpis\n  else \"Text\"\n";
    static const char *const french =
        FR "\n# kept\npartenaire a \"A title\" {\n  type : entreprise\n  apporte 2 semaines \"Time\" { "
           "nature : mat\xC3\xA9riel }\n}\n\nindicateur k { cible : 1 000,5 seniors pour 30 juin 2024 "
           "}\nv\xC3\xA9rifier chaque objectif poss\xC3\xA8" "de indicateurs\n  sinon \"Text\"\n";
    Env env;
    Diags diags;

    (void)state;
    env_init(&env);
    Arena *arena = arena_new(&env);
    diags_init(&diags, arena);
    PrinterText there = print_translated(arena, parsed(arena, english, strlen(english)),
                                         words_shipped(), LANG_FR, &diags);
    assert_string_equal(there.bytes, french);
    PrinterText back = print_translated(arena, parsed(arena, there.bytes, there.length),
                                        words_shipped(), LANG_EN, &diags);
    assert_string_equal(back.bytes, english);

    PrinterText none = print_translated(arena, parsed(arena, "partner ou", 10), words_shipped(),
                                        LANG_FR, &diags);
    assert_null(none.bytes);
    assert_int_equal(diags.count, 1);
    assert_string_equal(diags.items[0]->code, "E128");
    arena_free(arena);
}

static void test_pieces(void **state)
{
    static const char *const text = "check count(partners\n  where type = company) >= 3\n";
    Env env;

    (void)state;
    env_init(&env);
    Arena *arena = arena_new(&env);
    Tree *tree = parsed(arena, text, strlen(text));
    NodeId condition = node_child(tree, node_child(tree, TREE_ROOT, 0), 0);

    assert_string_equal(print_node(arena, tree, condition, words_shipped(), LANG_EN),
                        "count(partners where type = company) >= 3");
    assert_string_equal(print_node(arena, tree, node_child(tree, condition, 1), words_shipped(),
                                   LANG_EN), "3");
    assert_string_equal(print_node(arena, tree, condition, words_shipped(), LANG_FR),
                        "nombre(partenaires dont type = entreprise) >= 3");
    assert_string_equal(print_quoted(arena, "a \"b\"\n", 6), "\"a \\\"b\\\"\\n\"");
    arena_free(arena);
}

/* Never exactly three decimals, which could be taken for thousands. */
static void test_decimals(void **state)
{
    static const struct { const char *number, *en, *fr; } cases[] = {
        {"0", "0", "0"},          {"-12500.5", "-12 500.5", "-12 500,5"},
        {"999", "999", "999"},    {"1000", "1 000", "1 000"},
        {"0.125", "0.125", "0,125"}, {"1.125", "1.1250", "1,1250"},
        {"1.120", "1.12", "1,12"}, {"123456789.00", "123 456 789.00", "123 456 789,00"},
    };
    Env env;

    (void)state;
    env_init(&env);
    Arena *arena = arena_new(&env);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Decimal number;
        assert_true(decimal_parse(cases[i].number, strlen(cases[i].number), &number));
        assert_string_equal(print_decimal(arena, number, LANG_EN), cases[i].en);
        assert_string_equal(print_decimal(arena, number, LANG_FR), cases[i].fr);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),      cmocka_unit_test(test_comments),
        cmocka_unit_test(test_spelling),    cmocka_unit_test(test_literals),
        cmocka_unit_test(test_translation), cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_decimals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
