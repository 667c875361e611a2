/* test_extension.c -- what an extension adds can be said, is judged and is told what is wrong with
 * it; its mistakes leave the rest as it was. */
#include "tests/unit/model.h"

#include <stdio.h>

/* Reads main.alliance, whose first line imports the extension; the codes of its diagnostics. */
static const char *codes_of(const char *extension, const char *text)
{
    static char codes[400];
    char whole[4000];
    snprintf(whole, sizeof whole, "language en version 1\nextension \"e.alliance\"\n%s", text);
    TestFile files[] = {{"main.alliance", whole}, {"e.alliance", extension}, {NULL, NULL}};
    Model model;
    model_open(&model, files);
    const Diags *diags = snapshot_diags(model.snapshot);
    codes[0] = '\0';
    for (size_t i = 0; i < diags->count; i++) {
        const Diag *diag = diags->items[i];
        Position at = source_position(diag->primary.source, diag->primary.span.start);
        size_t used = strlen(codes);
        snprintf(codes + used, sizeof codes - used, "%s%s %s:%u", used ? ", " : "", diag->code,
                 diag->primary.source->path, at.line);
        for (LangId language = 0; language < LANG_COUNT; language++)
            assert_null(strchr(message_of(&model, diag, language), '{'));
    }
    model_close(&model);
    return codes;
}

static void test_every_head(void **state)
{
    static const char extension[] =
        "language en version 1\n"
        "list season { words: spring, autumn }\n"
        "kind plot {\n  head: named\n  places: top\n  property area: amount\n}\n"
        "kind remark {\n  head: titled\n  places: top, alliance, partner, goal, kpi, milestone, pilot\n"
        "  property season: word, season\n}\n"
        "kind rent {\n  head: measured\n  value: money\n  places: partner\n}\n"
        "kind harvest {\n  head: measured\n  value: amount\n}\n"
        "kind visit {\n  head: keyed\n  key: date\n  value: level\n  range: 0..3\n}\n"
        "kind yield {\n  head: keyed\n  key: word, season\n  value: amount\n}\n"
        "kind care {\n  head: keyed\n  key: ref, plot\n  value: text\n  places: partner\n}\n"
        "kind path-to {\n  head: link\n}\n";
    static const char right[] =
        "alliance x {\n  remark \"Here\"\n}\n"
        "plot north { area: 12 m2 }\n"
        "partner a {\n  rent 12 EUR/month \"Low\"\n  care north: \"Every day\"\n  remark \"And here\"\n}\n"
        "harvest 30 boxes \"Apples\"\nharvest ?\n"
        "visit 2024-05-01: 3\nyield spring: 12 boxes\n"
        "remark \"Everywhere\" { season: autumn }\n"
        "path-to north -> a\n";
    assert_string_equal(codes_of(extension, right), "");
    assert_string_equal(codes_of(extension, "visit 2024-05-01: 4\n"), "E310 main.alliance:3");
    assert_string_equal(codes_of(extension, "partner a { rent 12 h }\n"), "E303 main.alliance:3");
    assert_string_equal(codes_of(extension, "rent 12 EUR\n"), "E112 main.alliance:3");
    assert_string_equal(codes_of(extension, "remark \"x\" { season: winter }\n"), "E205 main.alliance:3");
    assert_string_equal(codes_of(extension, "yield winter: 12 boxes\n"), "E205 main.alliance:3");
    assert_string_equal(codes_of(extension, "plot \"x\" { volume: 3 }\n"), "E204 main.alliance:3");
    assert_string_equal(codes_of(extension, "harvest \"Apples\"\n"), "");
    (void)state;
}

static void test_properties_of_what_ships(void **state)
{
    static const char extension[] =
        "language en version 1\n"
        "kind partner {\n  property chair: ref, partner\n  property seats: integers { range: 1..9 }\n"
        "  property audited: yes-no { required-from: framing }\n}\n"
        "property colour: open-words\n"
        "list partner-type { words: museum }\n";
    assert_string_equal(codes_of(extension, "partner a {\n  chair: b\n  seats: 3, 9\n  audited: yes\n  colour: red\n"
                                            "  type: museum\n}\npartner b\ngoal g { colour: blue, green }\n"), "");
    assert_string_equal(codes_of(extension, "goal g\npartner a { chair: g }\n"), "E206 main.alliance:4");
    assert_string_equal(codes_of(extension, "partner a { seats: 10 }\n"), "E310 main.alliance:3");
    assert_string_equal(codes_of(extension, "goal g { seats: 3 }\n"), "E204 main.alliance:3");
    /* Expected from a status on, as those that ship: `type` is, too. */
    assert_string_equal(codes_of(extension, "alliance x {\n  status: framing\n  territory: ?\n}\npartner a {\n"
                                            "  type: museum\n  audited: ?\n}\n"), "");
    assert_string_equal(codes_of(extension, "alliance x {\n  status: framing\n  territory: ?\n}\npartner a { type: museum }\n"),
                        "W603 main.alliance:7");
    (void)state;
}

static void test_words_of_two_languages(void **state)
{
    static const char extension[] =
        "langue fr version 1\n"
        "kind garden {\n  property area: amount\n}\n"
        "kind garden \"jardin\" {\n  plural: \"jardins\"\n  gender: masculine\n  about: \"Un lieu.\"\n  ask: \"O\xC3\xB9 ?\"\n"
        "  property area \"surface\" { about: \"Sa taille.\" }\n}\n"
        "list soil {\n  word clay \"argile\" { feminine: \"argileuse\" }\n  word sand\n}\n"
        "kind garden { property soil: word, soil }\n";
    assert_string_equal(codes_of(extension, "garden a {\n  area: 12 m2\n  soil: clay\n}\ngarden b { soil: sand }\n"), "");
    (void)state;
}

/* Each mistake is told at its place in the extension; what is right beside it still counts. */
static void test_mistakes(void **state)
{
    static const struct { const char *extension, *codes; } rows[] = {
        {"language en version 1\nkind a { head: sideways }\n", "E205 e.alliance:2"},
        {"language en version 1\nkind a { property b: colour }\n", "E205 e.alliance:2"},
        {"language en version 1\nkind a { property b: ref, nobody }\n", "E201 e.alliance:2"},
        {"language en version 1\nkind a { property b: word, no-list }\n", "E201 e.alliance:2"},
        {"language en version 1\nkind a {\n  head: keyed\n  key: nothing\n}\n", "E205 e.alliance:4"},
        {"language en version 1\npartner a\n", "E122 e.alliance:2"},
        {"language en version 1\nassert 1 = 1\n", "E122 e.alliance:2"},
        {"language en version 1\nkind \"A title\"\n", "E122 e.alliance:2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char extension[400];
        snprintf(extension, sizeof extension, "%slist soil { words: clay }\nkind bed { property soil: word, soil }\n",
                 rows[i].extension);
        const char *codes = codes_of(extension, "bed b { soil: clay }\n");
        if (strcmp(codes, rows[i].codes) != 0)
            fail_msg("%s: expected %s, got %s", rows[i].extension, rows[i].codes, codes);
    }
    (void)state;
}

/* What an extension leaves open is no reason to fall. */
static void test_what_is_left_open(void **state)
{
    static const char extension[] =
        "language en version 1\n"
        "kind a {\n  property free: word\n  property any: ref\n  property many: refs\n"
        "  property wide: number { range: 1 }\n}\n"
        "kind b {\n  head: keyed\n}\n"
        "kind c\n"
        "list empty\n"
        "kind d { property e: word, empty }\n";
    static const char *const texts[] = {
        "a x { free: anything }\n", "a x {\n  any: x\n  many: x, x\n}\n", "a x { wide: 12 }\n", "b 2024-01-01: \"x\"\n", "b x: 3\n",
        "c x \"X\"\n", "d x { e: nothing }\n", "b\n", "show b\ncheck every a has free\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        codes_of(extension, texts[i]);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_head),
        cmocka_unit_test(test_properties_of_what_ships),
        cmocka_unit_test(test_words_of_two_languages),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_what_is_left_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
