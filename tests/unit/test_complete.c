/* test_complete.c -- what a prompt is told about the end of an input: is it finished, what is
 * open, and what may stand there? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "lang/syntax/complete.h"

typedef struct Case {
    const char *input, *expected;
} Case;

static const char *spelled_state(Arena *arena, const char *text)
{
    static const char *const states[] = {"empty", "complete", "unfinished"};
    InputOpen open = input_state(arena, words_shipped(), LANG_EN, text, strlen(text));

    return arena_format(arena, "%s%s%.*s", states[open.state],
                        open.innermost.end > open.innermost.start ? ": " : "",
                        (int)(open.innermost.end - open.innermost.start),
                        text + open.innermost.start);
}

static const char *spelled_place(Arena *arena, const char *text)
{
    static const char *const names[] = {
        "statement", "item", "value", "operand", "operator", "step", "note", "file", "command",
        "argument", "kind", "reference", "unit", "check", "field",
    };
    Names *table = names_new(arena);
    InputPlace place = input_place(arena, table, words_shipped(), LANG_EN, text, strlen(text));
    const char *got = "";

    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        if (place.expects & 1u << i)
            got = arena_format(arena, "%s%s ", got, names[i]);
    got = arena_format(arena, "%s[%s]", got, text + place.prefix.start);
    const struct { const char *label; NameId name; } rest[] = {
        {"kind", place.kind}, {"property", place.property}, {"word", place.word},
        {"source", place.source},
    };
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        if (rest[i].name)
            got = arena_format(arena, "%s %s=%s", got, rest[i].label,
                               names_text(table, rest[i].name));
    for (unsigned i = 0; i < place.given_count; i++)
        got = arena_format(arena, "%s -%s", got, names_text(table, place.given[i]));
    return got;
}

static int differ(const Case *cases, size_t count,
                  const char *(*spelled)(Arena *, const char *))
{
    Env env;
    int wrong = 0;

    env_init(&env);
    for (size_t i = 0; i < count; i++) {
        Arena *arena = arena_new(&env);
        const char *got = spelled(arena, cases[i].input);
        if (strcmp(got, cases[i].expected) != 0) {
            print_error("`%s`\n  gives    %s\n  expected %s\n", cases[i].input, got,
                        cases[i].expected);
            wrong++;
        }
        arena_free(arena);
    }
    return wrong;
}

static void test_states(void **state)
{
    static const Case cases[] = {
        {"", "empty"},
        {"  \n\n", "empty"},
        {"# a comment", "empty"},
        {"partners", "complete"},
        {"partner a", "complete"},
        {"partner a {", "unfinished: partner a"},
        {"partner a {\n  role: \"x\"\n", "unfinished: partner a"},
        {"partner a {\n  brings 3 h {\n", "unfinished: brings 3 h"},
        {"partner a {\n}", "complete"},
        {"partner a { role: \"x\" }", "complete"},
        {"change partner macif {", "unfinished: change partner macif"},
        {"scenario s {", "unfinished: scenario s"},
        {"partners |", "unfinished"},
        {"partners |\n", "unfinished"},
        {"partners where", "unfinished"},
        {"partners where type =", "unfinished"},
        {"partners where a and", "unfinished"},
        {"2 +", "unfinished"},
        {"count(", "unfinished"},
        {"count(partners", "unfinished"},
        {"a.with: b,", "unfinished"},
        {"link a ->", "unfinished"},
        {"check every goal has", "unfinished"},
        {"check every goal:", "unfinished"},
        {"goal g {\n description: \"\"\"\n  text", "unfinished: goal g"},
        {"partner a \"open", "complete"},           /* a text of one line ends with its line */
        {"check", "complete"},
        {"}", "complete"},
        {"partner a { role: ? (source \"x\"", "unfinished: partner a"},
    };

    (void)state;
    assert_int_equal(differ(cases, sizeof cases / sizeof cases[0], spelled_state), 0);
}

static void test_places(void **state)
{
    static const Case cases[] = {
        {"", "statement []"},
        {"par", "statement [par]"},
        {"partner a\ngo", "statement [go]"},
        {"partner a \"A\"", "[]"},
        {"partner ", "operator [] word=partner source=partner"},
        {"partner a {\n  ", "item [] kind=partner"},
        {"partner a {\n  type: company\n  ro", "item [ro] kind=partner -type"},
        {"partner a { type: ", "value [] kind=partner property=type"},
        {"partner a {\n  role: \"x\"\n  type: ass",
         "value [ass] kind=partner property=type -role"},
        {"activity a { with: b, ", "value [] kind=activity property=with"},
        {"activity a { cost: 12 ", "unit [] kind=activity property=cost"},
        {"partner a { role: \"x\" (", "note [] kind=partner property=role"},
        {"partner a { role: \"x\" (assumption, so", "note [so] kind=partner property=role"},
        {"kpi k { target: 3 seniors by ", "value [] kind=kpi property=target"},
        {"partners ", "operator [] word=partners source=partners"},
        {"partners wh", "operator [wh] word=partners source=partners"},
        {"partners where ", "operand [] source=partners"},
        {"partners where ty", "operand [ty] source=partners"},
        {"partners where type = ", "operand [] word=type source=partners"},
        {"partners where type is ", "operator [] source=partners"},
        {"partners where type is not ", "operator [] source=partners"},
        {"partners | ", "step [] source=partners"},
        {"partners | so", "step [so] source=partners"},
        {"partners | sort ", "field [] source=partners"},
        {"partners | sort name de", "operator [de] source=partners"},
        {"contributions | sum value per ", "field [] source=contributions"},
        {"macif.", "field [] source=macif"},
        {"check no ", "operand []"},
        {"check every goal has ", "field [] source=goal"},
        {"check every goal: ow", "operand [ow] source=goal"},
        {"count(par", "operand [par]"},
        {"sum(value of ", "operand []"},
        {"import \"", "file []"},
        {"import \"dir/a", "file [dir/a]"},
        {"base \"x", "file [x]"},
        {":", "command []"},
        {":exp", "command [exp]"},
        {":export ", "argument [] word=export"},
        {":load dir/a-b.all", "argument [dir/a-b.all] word=load"},
        {"change ", "kind []"},
        {"remove par", "kind [par]"},
        {"change partner ", "reference [] kind=partner"},
        {"link a -> ", "reference []"},
        {"accept ", "check []"},
        {"accept equity for ma", "reference [ma]"},
        {"settings eq", "check [eq]"},
        {"macif.type: co", "value [co] property=type"},
        {"partner a \"in quo", "[in quo]"},
    };

    (void)state;
    assert_int_equal(differ(cases, sizeof cases / sizeof cases[0], spelled_place), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
