/* test_diag.c -- diagnostics: gathered, sorted, merged, and said in two languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "lang/syntax/diag.h"

typedef struct Setting {
    Env env;
    Arena *arena;
    Diags diags;
    Source *source;
} Setting;

static int set_up_with_limit(void **state, uint64_t limit)
{
    Setting *setting = calloc(1, sizeof *setting);

    env_init(&setting->env);
    setting->env.limits.diagnostics = limit;
    setting->arena = arena_new(&setting->env);
    diags_init(&setting->diags, setting->arena);
    setting->source = source_new(setting->arena, "sg.alliance", "one two three four", 18);
    *state = setting;
    return 0;
}

static int set_up(void **state)
{
    return set_up_with_limit(state, 100000);
}

static int set_up_three(void **state)
{
    return set_up_with_limit(state, 3);
}

static int tear_down(void **state)
{
    Setting *setting = *state;

    arena_free(setting->arena);
    free(setting);
    return 0;
}

static Diag *add(Setting *setting, uint32_t start, uint32_t end, const char *name)
{
    Diag *diag = diag_add(&setting->diags, MESSAGE_UNKNOWN_NAME, setting->source,
                          (Span){ start, end }, LANG_EN);
    diag_arg_word(&setting->diags, diag, "kind", ROLE_KIND, KIND_PARTNER, 0);
    diag_arg_text(&setting->diags, diag, "name", name, strlen(name));
    return diag;
}

/* ---- the catalogue ---- */

static void test_messages_have_codes(void **state)
{
    (void)state;
    assert_string_equal(message_code(MESSAGE_UNKNOWN_NAME), "E201");
    assert_string_equal(message_id(MESSAGE_UNKNOWN_NAME), "unknown-name");
    assert_int_equal(message_severity(MESSAGE_UNKNOWN_NAME), SEVERITY_ERROR);
    assert_string_equal(message_code(MESSAGE_CLOSE_NAME_HERE), "");
    assert_string_equal(message_code((MessageId)0), "");
    assert_string_equal(message_code((MessageId)60000), "");
}

static void test_messages_are_found(void **state)
{
    (void)state;
    for (unsigned i = 1; i < MESSAGE_ID_END; i++)
        assert_int_equal(message_find(message_id((MessageId)i)), i);
    assert_int_equal(message_find(""), 0);
    assert_int_equal(message_find("a"), 0);
    assert_int_equal(message_find("unknown-namf"), 0);
    assert_int_equal(message_find("zzz"), 0);
}

static void test_pages(void **state)
{
    MessagePage page;
    (void)state;

    assert_false(message_page("E999", LANG_EN, &page));
    assert_false(message_page("", LANG_EN, &page));
    for (uint32_t i = 0; i < page_count; i++) {
        const char *code = message_texts + page_rows[i].code;
        for (unsigned language = 0; language < LANG_COUNT; language++) {
            assert_true(message_page(code, (LangId)language, &page));
            assert_true(page.title[0] && page.about[0]);
        }
    }
}

/* Each catalogue row can be said: every placeholder has a form that there is. */
static void test_every_message_can_be_said(void **state)
{
    Setting *setting = *state;

    for (unsigned i = 1; i < MESSAGE_ID_END; i++) {
        DiagText text = { .message = (MessageId)i };
        for (unsigned language = 0; language < LANG_COUNT; language++)
            assert_true(diag_text(setting->arena, words_shipped(), (LangId)language, &text,
                                  NULL)[0]);
    }
}

/* ---- sentences ---- */

static const char *say(Setting *setting, LangId language, const char *pattern,
                       const DiagText *text)
{
    return diag_fill(setting->arena, words_shipped(), language, pattern, text, NULL);
}

static void test_words_agree(void **state)
{
    Setting *setting = *state;
    static const struct { const char *pattern, *partner, *activity; LangId language; } cases[] = {
        { "{kind}", "partner", "activity", LANG_EN },
        { "{kind:a} here", "a partner here", "an activity here", LANG_EN },
        { "{kind:the}", "the partner", "the activity", LANG_EN },
        { "{kind:of}", "of the partner", "of the activity", LANG_EN },
        { "{kind:no} is", "no partner is", "no activity is", LANG_EN },
        { "{kind:plural}", "partners", "activities", LANG_EN },
        { "x{kind:e}", "x", "x", LANG_EN },
        { "{kind}", "partenaire", "activit\xC3\xA9", LANG_FR },
        { "{kind:a}", "un partenaire", "une activit\xC3\xA9", LANG_FR },
        { "{kind:the}", "le partenaire", "l'activit\xC3\xA9", LANG_FR },
        { "{kind:of}", "du partenaire", "de l'activit\xC3\xA9", LANG_FR },
        { "{kind:no} ne", "aucun partenaire ne", "aucune activit\xC3\xA9 ne", LANG_FR },
        { "{kind:plural}", "partenaires", "activit\xC3\xA9s", LANG_FR },
        { "d\xC3\xA9" "clar\xC3\xA9{kind:e} ici", "d\xC3\xA9" "clar\xC3\xA9 ici",
          "d\xC3\xA9" "clar\xC3\xA9" "e ici", LANG_FR },
        { "{kind:e}", "", "e", LANG_FR },
        { "{kind:celui|celle}-ci", "celui-ci", "celle-ci", LANG_FR },
    };
    DiagArg kind = { .name = "kind", .kind = ARG_WORD, .role = ROLE_KIND };
    DiagText text = { .args = &kind, .arg_count = 1 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kind.id = KIND_PARTNER;
        assert_string_equal(say(setting, cases[i].language, cases[i].pattern, &text),
                            cases[i].partner);
        kind.id = KIND_ACTIVITY;
        assert_string_equal(say(setting, cases[i].language, cases[i].pattern, &text),
                            cases[i].activity);
    }
}

/* `brings` is what is written in a file; what it makes is a contribution. */
static void test_keyword_and_noun(void **state)
{
    Setting *setting = *state;
    DiagArg kind = { .name = "kind", .kind = ARG_WORD, .role = ROLE_KIND, .id = KIND_BRINGS };
    DiagText text = { .args = &kind, .arg_count = 1 };

    assert_string_equal(say(setting, LANG_EN, "write `{kind}` for {kind:a}", &text),
                        "write `brings` for a contribution");
    assert_string_equal(say(setting, LANG_EN, "this {kind}, {kind:plural}", &text),
                        "this contribution, contributions");
}

static void test_numbers(void **state)
{
    Setting *setting = *state;
    static const struct { int64_t number; const char *english, *french; } cases[] = {
        { 0, "0 errors", "0 erreur" },
        { 1, "1 error", "1 erreur" },
        { 2, "2 errors", "2 erreurs" },
        { 999, "999 errors", "999 erreurs" },
        { 9999, "9999 errors", "9999 erreurs" },
        { 10000, "10 000 errors", "10 000 erreurs" },
        { 1234567, "1 234 567 errors", "1 234 567 erreurs" },
        { -12345, "-12 345 errors", "-12 345 erreurs" },
        { INT64_MIN, "-9 223 372 036 854 775 808 errors",
          "-9 223 372 036 854 775 808 erreurs" },
    };
    DiagArg count = { .name = "count", .kind = ARG_NUMBER };
    DiagText text = { .args = &count, .arg_count = 1 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        count.number = cases[i].number;
        assert_string_equal(say(setting, LANG_EN, "{count} {count:error|errors}", &text),
                            cases[i].english);
        assert_string_equal(say(setting, LANG_FR, "{count} {count:erreur|erreurs}", &text),
                            cases[i].french);
    }
}

static void test_lists_and_messages(void **state)
{
    Setting *setting = *state;
    DiagArg items[] = {
        { .kind = ARG_TEXT, .text = "adb" },
        { .kind = ARG_WORD, .role = ROLE_KIND, .id = KIND_ACTIVITY },
        { .kind = ARG_TEXT, .text = "macif" },
    };
    DiagArg args[] = {
        { .name = "some", .kind = ARG_LIST, .items = items, .item_count = 3 },
        { .name = "one", .kind = ARG_LIST, .items = items, .item_count = 1 },
        { .name = "nothing", .kind = ARG_LIST },
        { .name = "other", .kind = ARG_MESSAGE, .message = MESSAGE_UNKNOWN_NAME },
    };
    DiagText text = { .args = args, .arg_count = 4 };

    assert_string_equal(say(setting, LANG_FR, "{some:autre|autres} : {some}", &text),
                        "autres : adb, activit\xC3\xA9, macif");
    assert_string_equal(say(setting, LANG_FR, "{one:autre|autres} : {one}", &text),
                        "autre : adb");
    assert_string_equal(say(setting, LANG_EN, "<{nothing}>", &text), "<>");
    assert_string_equal(say(setting, LANG_EN, "{other}", &text),
                        "{kind:no} is called `{name}`");
}

/* Braces are everyday characters of the language: what is no argument stays as it is. */
static void test_other_braces_stay(void **state)
{
    Setting *setting = *state;
    static const char *const same[] = {
        "", "no braces", "add a line with `}`", "a `{` alone", "{", "{}", "{ name }", "{name",
        "{name:", "{name:a", "{other}", "{other:a}", "{Name}", "{name:wrong}", "{name:}",
        "{name{name", "{name a}", "{name:{}",
    };
    DiagArg name = { .name = "name", .kind = ARG_TEXT, .text = "X" };
    DiagText text = { .args = &name, .arg_count = 1 };

    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_string_equal(say(setting, LANG_EN, same[i], &text), same[i]);
    assert_string_equal(say(setting, LANG_EN, "{{name}}", &text), "{X}");
    assert_string_equal(say(setting, LANG_EN, "{name}{name}", &text), "XX");
    assert_string_equal(say(setting, LANG_EN, "{ {name} }", &text), "{ X }");
    assert_string_equal(say(setting, LANG_EN, "{name}", NULL), "{name}");
}

static void test_what_is_typed_stays_data(void **state)
{
    Setting *setting = *state;
    DiagArg name = { .name = "name", .kind = ARG_TEXT, .text = "{name} %s {kind:a}" };
    DiagText text = { .args = &name, .arg_count = 1 };

    assert_string_equal(say(setting, LANG_EN, "`{name}`", &text), "`{name} %s {kind:a}`");

    char long_text[1000];
    for (size_t i = 0; i < 500; i++)
        memcpy(long_text + 2 * i, "\xC3\xA9", 2);
    long_text[998] = '\0';
    name.text = long_text;
    const char *said = say(setting, LANG_EN, "`{name}`", &text);
    assert_int_equal(strlen(said), 1 + 400 + 3 + 1);        /* 200 letters, and an ellipsis */
    assert_string_equal(said + 401, "\xE2\x80\xA6`");
}

static void test_arguments_of_the_parent(void **state)
{
    Setting *setting = *state;
    DiagArg own = { .name = "a", .kind = ARG_TEXT, .text = "own" };
    DiagArg outer[] = {
        { .name = "a", .kind = ARG_TEXT, .text = "outer" },
        { .name = "ab", .kind = ARG_TEXT, .text = "only outer" },
    };
    DiagText text = { .args = &own, .arg_count = 1 };
    DiagText parent = { .args = outer, .arg_count = 2 };

    assert_string_equal(diag_fill(setting->arena, words_shipped(), LANG_EN, "{a}, {ab}", &text,
                                  &parent),
                        "own, only outer");
}

static void test_a_diagnostic_is_said(void **state)
{
    Setting *setting = *state;
    const Words *words = words_shipped();
    Diag *diag = add(setting, 4, 7, "ornage");

    assert_string_equal(diag->code, "E201");
    assert_int_equal(diag->severity, SEVERITY_ERROR);
    assert_string_equal(diag_message_text(setting->arena, words, LANG_EN, diag),
                        "no partner is called `ornage`");
    assert_string_equal(diag_label_text(setting->arena, words, LANG_EN, diag),
                        "no partner has this name");
    DiagRelated *related = diag_related(&setting->diags, diag, MESSAGE_CLOSE_NAME_HERE,
                                        setting->source, (Span){ 0, 3 });
    assert_string_equal(
        diag_text(setting->arena, words, LANG_EN, &related->place.label, &diag->text),
        "a partner with a close name is declared here");
    diag->headline = "Partners should be of three types";
    assert_string_equal(diag_message_text(setting->arena, words, LANG_FR, diag),
                        "Partners should be of three types");
    diag->primary.label.message = MESSAGE_CLOSE_NAME_HERE;
    assert_string_equal(diag_label_text(setting->arena, words, LANG_EN, diag),
                        "a partner with a close name is declared here");
}

/* ---- gathering ---- */

static void test_order_and_lists(void **state)
{
    Setting *setting = *state;
    Diags *diags = &setting->diags;
    Diag *diag = add(setting, 4, 7, "x");
    char name[] = "before";

    diag_arg_text(diags, diag, "copied", name, 6);
    name[0] = 'B';
    assert_string_equal(diag->text.args[2].text, "before");
    for (int i = 0; i < 20; i++)
        diag_arg_number(diags, diag, "number", i);
    assert_int_equal(diag->text.arg_count, 23);
    for (int i = 0; i < 20; i++)
        assert_int_equal(diag->text.args[3 + i].number, i);

    for (uint32_t i = 0; i < 5; i++) {
        diag_related(diags, diag, MESSAGE_CLOSE_NAME_HERE, setting->source, (Span){ i, i + 1 });
        DiagHelp *help = i % 2 ? diag_note(diags, diag, MESSAGE_CLOSE_NAME_HERE)
                               : diag_help(diags, diag, MESSAGE_CLOSE_NAME_HERE, EDIT_SAFE);
        for (uint32_t j = 0; j < 2 * i; j++)
            diag_edit(diags, help, setting->source, (Span){ j, j }, "text");
        assert_int_equal(help->edit_count, 2 * i);
    }
    uint32_t seen = 0;
    for (DiagRelated *related = diag->related; related; related = related->next)
        assert_int_equal(related->place.span.start, seen++);
    assert_int_equal(seen, 5);
    seen = 0;
    for (DiagHelp *help = diag->help; help; help = help->next, seen++) {
        assert_int_equal(help->is_note, seen % 2);
        assert_int_equal(help->confidence, seen % 2 ? EDIT_NONE : EDIT_SAFE);
        assert_int_equal(help->edit_count, 2 * seen);
        for (uint32_t j = 0; j < help->edit_count; j++) {
            assert_int_equal(help->edits[j].span.start, j);
            assert_string_equal(help->edits[j].text, "text");
        }
    }
    assert_int_equal(seen, 5);
}

static void test_sorted_by_place(void **state)
{
    Setting *setting = *state;
    Diags *diags = &setting->diags;
    Source *second = source_new(setting->arena, "b.alliance", "text", 4);

    second->index = 1;
    diag_add(diags, MESSAGE_UNKNOWN_NAME, second, (Span){ 0, 1 }, LANG_EN);
    add(setting, 8, 9, "d");
    add(setting, 3, 5, "b");
    add(setting, 3, 4, "c");
    diag_add(diags, MESSAGE_UNKNOWN_NAME, NULL, (Span){ 0, 0 }, LANG_EN);
    add(setting, 0, 1, "a");
    diags_sort(diags);

    assert_int_equal(diags->count, 6);
    assert_null(diags->items[0]->primary.source);
    const char *expected = "abcd";
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(diags->items[1 + i]->text.args[1].text[0], expected[i]);
    assert_ptr_equal(diags->items[5]->primary.source, second);
    assert_int_equal(diags->errors, 6);
    assert_int_equal(diags->warnings + diags->notes, 0);
}

static void test_identical_ones_are_merged(void **state)
{
    Setting *setting = *state;
    Diags *diags = &setting->diags;

    for (int round = 0; round < 3; round++) {
        add(setting, 4, 7, "x");
        add(setting, 4, 7, "y");
        add(setting, 4, 6, "x");
        add(setting, 9, 12, "x");
        Diag *counted = add(setting, 4, 7, "x");
        diag_arg_number(diags, counted, "count", 3);
        Diag *headed = add(setting, 4, 7, "x");
        headed->headline = "a headline";
    }
    diags_sort(diags);
    assert_int_equal(diags->count, 6);
    assert_int_equal(diags->errors, 6);
    for (size_t i = 0; i < 6; i++)
        assert_true(diags->items[i]->order < 6);        /* the first of each is kept */
    diags_sort(diags);
    assert_int_equal(diags->count, 6);
}

static void test_lists_are_compared_by_content(void **state)
{
    Setting *setting = *state;
    DiagArg first[] = { { .kind = ARG_TEXT, .text = "a" }, { .kind = ARG_NUMBER, .number = 1 } };
    DiagArg same[] = { { .kind = ARG_TEXT, .text = "a" }, { .kind = ARG_NUMBER, .number = 1 } };
    DiagArg other[] = { { .kind = ARG_TEXT, .text = "a" }, { .kind = ARG_NUMBER, .number = 2 } };
    DiagArg *lists[] = { first, same, other, first };

    for (uint32_t i = 0; i < 4; i++) {
        Diag *diag = diag_add(&setting->diags, MESSAGE_UNKNOWN_NAME, setting->source,
                              (Span){ 0, 1 }, LANG_EN);
        diag_arg(&setting->diags, diag,
                 (DiagArg){ .name = "list", .kind = ARG_LIST, .items = lists[i],
                            .item_count = i == 3 ? 1 : 2 });
        diag_arg(&setting->diags, diag,
                 (DiagArg){ .name = "message", .kind = ARG_MESSAGE,
                            .message = MESSAGE_CLOSE_NAME_HERE });
    }
    diags_sort(&setting->diags);
    assert_int_equal(setting->diags.count, 3);
}

/* Each severity has its count, and merging takes from the right one. */
static void test_counts_by_severity(void **state)
{
    Setting *setting = *state;
    Diags *diags = &setting->diags;
    size_t expected[3] = { 0 };

    for (unsigned i = 1; i < MESSAGE_ID_END; i++) {
        expected[message_severity((MessageId)i)]++;
        for (int twice = 0; twice < 2; twice++)
            diag_add(diags, (MessageId)i, setting->source, (Span){ 1, 2 }, LANG_EN);
    }
    assert_int_equal(diags->errors, 2 * expected[SEVERITY_ERROR]);
    diags_sort(diags);
    assert_int_equal(diags->errors, expected[SEVERITY_ERROR]);
    assert_int_equal(diags->warnings, expected[SEVERITY_WARNING]);
    assert_int_equal(diags->notes, expected[SEVERITY_NOTE]);
}

/* Past the limit all is counted, nothing kept, and everything may still be called. */
static void test_past_the_limit(void **state)
{
    Setting *setting = *state;
    Diags *diags = &setting->diags;

    for (uint32_t i = 0; i < 3; i++)
        add(setting, i, i + 1, "kept");
    add(setting, 10, 11, "dropped");
    size_t bytes = arena_bytes(setting->arena);
    for (uint32_t i = 0; i < 5000; i++) {
        Diag *diag = add(setting, 11, 12, "dropped");
        diag_arg_number(diags, diag, "number", 1);
        diag_arg(diags, diag, (DiagArg){ .name = "x", .kind = ARG_TEXT, .text = "y" });
        DiagRelated *related = diag_related(diags, diag, MESSAGE_CLOSE_NAME_HERE,
                                            setting->source, (Span){ 0, 1 });
        DiagHelp *help = diag_help(diags, diag, MESSAGE_CLOSE_NAME_HERE, EDIT_SAFE);
        DiagArg arg = { .name = "a", .kind = ARG_TEXT, .text = "b" };
        diag_text_arg(diags, &help->text, arg);
        diag_text_arg(diags, &related->place.label, arg);
        diag_text_arg(diags, &diag->primary.label, arg);
        diag_note(diags, diag, MESSAGE_CLOSE_NAME_HERE);
        diag_edit(diags, help, setting->source, (Span){ 0, 1 }, "z");
    }
    assert_int_equal(arena_bytes(setting->arena), bytes);
    assert_int_equal(diags->count, 3);
    assert_int_equal(diags->dropped, 5001);
    assert_int_equal(diags->errors, 5004);
    diags_sort(diags);
    assert_int_equal(diags->count, 3);
    assert_int_equal(diags->errors, 5004);
}

int main(void)
{
#define DIAG_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages_have_codes),
        cmocka_unit_test(test_messages_are_found),
        cmocka_unit_test(test_pages),
        DIAG_TEST(test_every_message_can_be_said),
        DIAG_TEST(test_words_agree),
        DIAG_TEST(test_keyword_and_noun),
        DIAG_TEST(test_numbers),
        DIAG_TEST(test_lists_and_messages),
        DIAG_TEST(test_other_braces_stay),
        DIAG_TEST(test_what_is_typed_stays_data),
        DIAG_TEST(test_arguments_of_the_parent),
        DIAG_TEST(test_a_diagnostic_is_said),
        DIAG_TEST(test_order_and_lists),
        DIAG_TEST(test_sorted_by_place),
        DIAG_TEST(test_identical_ones_are_merged),
        DIAG_TEST(test_lists_are_compared_by_content),
        DIAG_TEST(test_counts_by_severity),
        cmocka_unit_test_setup_teardown(test_past_the_limit, set_up_three, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
