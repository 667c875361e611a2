/* test_words.c -- every word of the tables is found under the key that lang/base gives it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/words_rows.h"

typedef struct Setting {
    Env env;
    Arena *arena;
    Names *names;
    const Words *words;
} Setting;

static int set_up(void **state)
{
    Setting *setting = calloc(1, sizeof *setting);

    env_init(&setting->env);
    setting->arena = arena_new(&setting->env);
    setting->names = names_new(setting->arena);
    setting->words = words_shipped();
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

static NameId word(Setting *setting, const char *text)
{
    return names_intern(setting->names, text, strlen(text));
}

static bool means(Setting *setting, LangId language, const char *text, WordRole role,
                  uint16_t id, uint16_t scope)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(setting->words, setting->names,
                                                 word(setting, text), &count);

    for (size_t i = 0; i < count; i++)
        if (meanings[i].language == language && meanings[i].role == role
            && meanings[i].id == id && meanings[i].scope == scope)
            return true;
    return false;
}

/* The keys were folded by stdlib/compiler/fold.lua: lang/base must agree on each of them. */
static void test_every_form_is_found(void **state)
{
    Setting *setting = *state;
    const Words *words = setting->words;
    unsigned found = 0;

    for (LangId language = 0; language < LANG_COUNT; language++)
        for (int role = ROLE_CORE; role < ROLE_END; role++) {
            WordRange range = words->ranges[language][role];
            for (unsigned i = range.from; i < range.to; i++) {
                const WordRow *row = &words->rows[i];
                for (int form = WORD_USUAL; form < WORD_FORM_COUNT; form++) {
                    const char *text = words->texts + row->forms[form];
                    bool is_collection = role == ROLE_KIND
                        && (form == WORD_PLURAL || form == WORD_NOUN);
                    if (row->forms[form] == 0)
                        continue;
                    if (!means(setting, language, text,
                               is_collection ? ROLE_COLLECTION : (WordRole)role, row->id,
                               is_collection ? 0 : row->scope))
                        fail_msg("`%s` is not found (role %d, id %d)", text, role, row->id);
                    found++;
                }
            }
        }
    assert_true(found > 1000);
}

static void test_every_key_is_folded(void **state)
{
    Setting *setting = *state;
    const Words *words = setting->words;

    for (uint32_t i = 0; i < words->key_count; i++) {
        const char *key = words->texts + words->keys[i].text;
        size_t length;
        const char *folded = utf8_fold(setting->arena, key, words->keys[i].length, &length);
        assert_int_equal(length, words->keys[i].length);
        assert_memory_equal(folded, key, length);
    }
}

static void test_accents_and_capitals_do_not_count(void **state)
{
    Setting *setting = *state;

    assert_true(means(setting, LANG_FR, "BENEFICIAIRE", ROLE_KIND, KIND_BENEFICIARY, 0));
    assert_true(means(setting, LANG_FR, "b\303\251n\303\251ficiaire", ROLE_KIND,
                      KIND_BENEFICIARY, 0));
    assert_true(means(setting, LANG_FR, "jusqu\342\200\231au", ROLE_CORE, CORE_UNTIL, 0));
    assert_false(means(setting, LANG_EN, "partenaire", ROLE_KIND, KIND_PARTNER, 0));
    assert_true(means(setting, LANG_FR, "partenaire", ROLE_KIND, KIND_PARTNER, 0));
}

static void test_core_words(void **state)
{
    Setting *setting = *state;
    const Words *words = setting->words;
    Names *names = setting->names;

    assert_true(words_is_core(words, names, LANG_FR, word(setting, "pour"), CORE_BY));
    assert_true(words_is_core(words, names, LANG_FR, word(setting, "pour"), CORE_FOR));
    assert_false(words_is_core(words, names, LANG_EN, word(setting, "pour"), CORE_FOR));
    assert_int_equal(words_core(words, names, LANG_FR, word(setting, "dont")), CORE_WHERE);
    assert_int_equal(words_core(words, names, LANG_EN, word(setting, "dont")), 0);
    assert_int_equal(words_core(words, names, LANG_FR, word(setting, "aucune")), CORE_NO);
    assert_int_equal(words_core(words, names, LANG_FR, word(setting, "inconnues")), CORE_UNKNOWN);
    assert_string_equal(words_text(words, LANG_FR, ROLE_CORE, CORE_NO, 0, WORD_FEMININE),
                        "aucune");
    assert_string_equal(words_text(words, LANG_EN, ROLE_CORE, CORE_NO, 0, WORD_FEMININE), "no");
    assert_true(words_is_reserved(CORE_TODAY));
    assert_false(words_is_reserved(CORE_SHOW));
    assert_false(words_is_reserved(CORE_NONE));
}

static void test_property_words_by_kind(void **state)
{
    Setting *setting = *state;
    const Words *words = setting->words;
    Names *names = setting->names;
    NameId between = word(setting, "entre");
    const WordMeaning *found;

    found = words_find(words, names, LANG_FR, between, ROLE_PROPERTY, KIND_TENSION);
    assert_non_null(found);
    assert_int_equal(found->id, PROPERTY_BETWEEN);
    assert_null(words_find(words, names, LANG_FR, between, ROLE_PROPERTY, KIND_AGREEMENT));
    assert_string_equal(words_text(words, LANG_FR, ROLE_PROPERTY, PROPERTY_BETWEEN,
                                   KIND_AGREEMENT, WORD_USUAL), "signataires");
    assert_string_equal(words_text(words, LANG_FR, ROLE_PROPERTY, PROPERTY_PERIOD, KIND_PHASE,
                                   WORD_USUAL), "p\303\251riode");
    assert_string_equal(words_text(words, LANG_EN, ROLE_PROPERTY, PROPERTY_COST, 0, WORD_USUAL),
                        "cost");
    assert_non_null(words_ask(words, LANG_FR, ROLE_PROPERTY, PROPERTY_PERIOD, KIND_PHASE));
    assert_non_null(words_about(words, LANG_EN, ROLE_PROPERTY, PROPERTY_NAME, KIND_PARTNER));
    assert_null(words_text(words, LANG_EN, ROLE_PROPERTY, PROPERTY_ID_END, 0, WORD_USUAL));
}

static void test_kinds_units_and_the_rest(void **state)
{
    Setting *setting = *state;
    const Words *words = setting->words;

    assert_true(means(setting, LANG_FR, "contributions", ROLE_COLLECTION, KIND_BRINGS, 0));
    assert_string_equal(words_text(words, LANG_FR, ROLE_COLLECTION, KIND_BRINGS, 0, WORD_USUAL),
                        "contributions");
    assert_string_equal(words_text(words, LANG_FR, ROLE_KIND, KIND_BRINGS, 0, WORD_NOUN),
                        "contribution");
    assert_string_equal(words_text(words, LANG_FR, ROLE_KIND, KIND_PARTNER, 0, WORD_NOUN),
                        "partenaire");
    assert_true(words_is_feminine(words, LANG_FR, ROLE_KIND, KIND_ACTIVITY));
    assert_false(words_is_feminine(words, LANG_FR, ROLE_KIND, KIND_PARTNER));
    assert_true(means(setting, LANG_FR, "j", ROLE_UNIT, TIME_DAY, 0));
    assert_false(means(setting, LANG_EN, "j", ROLE_UNIT, TIME_DAY, 0));
    assert_string_equal(words_text(words, LANG_FR, ROLE_UNIT, TIME_DAY, 0, WORD_PLURAL),
                        "jours");
    assert_true(means(setting, LANG_FR, "aout", ROLE_MONTH, 8, 0));
    assert_true(means(setting, LANG_EN, "December", ROLE_MONTH, 12, 0));
    assert_true(means(setting, LANG_FR, "oui", ROLE_YES_NO, 1, 0));
    assert_true(means(setting, LANG_FR, "entreprise", ROLE_LISTED, WORD_COMPANY,
                      LIST_PARTNER_TYPE));
    assert_true(means(setting, LANG_FR, "argent", ROLE_LISTED, WORD_MONEY, LIST_BENEFIT_NATURE));
    assert_true(means(setting, LANG_FR, "verifier", ROLE_COMMAND, COMMAND_CHECK, 0));
    assert_true(means(setting, LANG_FR, "usine-a-gaz", ROLE_CHECK, CHECK_TOO_MANY_KPIS, 0));
}

static void test_confusions(void **state)
{
    Setting *setting = *state;
    const WordMeaning *found;
    const Confusion *confusion;

    found = words_find(setting->words, setting->names, LANG_EN, word(setting, "Sponsor"),
                       ROLE_CONFUSED, 0);
    assert_non_null(found);
    confusion = words_confusion(setting->words, found->id);
    assert_int_equal(confusion->role, ROLE_KIND);
    assert_int_equal(confusion->id, KIND_PARTNER);
    assert_string_equal(confusion->instead, "type: foundation");
    found = words_find(setting->words, setting->names, LANG_FR, word(setting, "euros"),
                       ROLE_CONFUSED, 0);
    confusion = words_confusion(setting->words, found->id);
    assert_int_equal(confusion->role, ROLE_CURRENCY);
    assert_string_equal(words_currency_code(confusion->id), "EUR");
    assert_null(words_confusion(setting->words, 0));
    assert_null(words_confusion(setting->words, UINT16_MAX));
    assert_true(setting->words->confusion_count >= 80);
}

static void test_currencies(void **state)
{
    (void)state;
    assert_string_equal(words_currency_code(words_currency("EUR", 3)), "EUR");
    assert_int_equal(words_currency("\342\202\254", 3), words_currency("EUR", 3));
    assert_int_equal(words_currency("$", 1), words_currency("USD", 3));
    assert_int_equal(words_currency("\302\243", 2), words_currency("GBP", 3));
    assert_int_equal(words_currency("eur", 3), 0);
    assert_int_equal(words_currency("PME", 3), 0);
    assert_int_equal(words_currency("EU", 2), 0);
    assert_int_equal(words_currency("", 0), 0);
    assert_int_equal(words_currency("AED", 3), 1);
    assert_string_equal(words_currency_code(words_currency("ZWL", 3)), "ZWL");
    assert_int_equal(words_currency_decimals(words_currency("EUR", 3)), 2);
    assert_int_equal(words_currency_decimals(words_currency("JPY", 3)), 0);
    assert_int_equal(words_currency_decimals(words_currency("TND", 3)), 3);
    assert_string_equal(words_currency_code(0), "");
}

static void test_languages(void **state)
{
    Setting *setting = *state;
    const Words *words = setting->words;
    LangId language = 99;

    assert_true(words_language_find(words, "fr", 2, &language));
    assert_int_equal(language, LANG_FR);
    assert_false(words_language_find(words, "f", 1, &language));
    assert_false(words_language_find(words, "de", 2, &language));
    assert_string_equal(words_language_code(words, LANG_EN), "en");
    assert_string_equal(words_language_name(words, LANG_FR), "fran\303\247ais");
    assert_true(words_decimal_comma(words, LANG_FR));
    assert_false(words_spaced_colon(words, LANG_EN));
    assert_true(words_is_plural(words, LANG_EN, 0));
    assert_false(words_is_plural(words, LANG_FR, 0));
    assert_false(words_is_plural(words, LANG_EN, 1));
    assert_true(words_is_plural(words, LANG_FR, 2));
}

static void test_articles(void **state)
{
    const Words *words = ((Setting *)*state)->words;

    assert_string_equal(words_article(words, LANG_EN, ARTICLE_A, "activity", false), "an ");
    assert_string_equal(words_article(words, LANG_EN, ARTICLE_A, "partner", false), "a ");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_A, "activit\303\251", true),
                        "une ");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_A, "objectif", false), "un ");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_THE, "\303\251tape", true), "l'");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_THE, "convention", true), "la ");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_OF, "partenaire", false), "du ");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_OF, "convention", true), "de la ");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_OF, "horizon", false), "de l'");
    assert_string_equal(words_article(words, LANG_FR, ARTICLE_NO, "instance", true), "aucune ");
}

static void test_extension(void **state)
{
    Setting *setting = *state;
    Words *words = words_extend(setting->arena, setting->words);
    WordAddition row = {
        .language = LANG_FR, .role = ROLE_KIND, .id = 500,
        .forms = {"jardin", "jardins", NULL, NULL}, .about = "Un lieu.",
    };
    WordMeaning spelling = {LANG_FR, ROLE_KIND, KIND_PARTNER, 0};

    setting->words = words;
    assert_false(means(setting, LANG_FR, "jardin", ROLE_KIND, 500, 0));
    words_add(words, &row);
    assert_true(means(setting, LANG_FR, "Jardin", ROLE_KIND, 500, 0));
    assert_true(means(setting, LANG_FR, "jardins", ROLE_COLLECTION, 500, 0));
    assert_string_equal(words_about(words, LANG_FR, ROLE_KIND, 500, 0), "Un lieu.");
    assert_null(words_text(words, LANG_EN, ROLE_KIND, 500, 0, WORD_USUAL));
    words_add_spelling(words, "activit\303\251", spelling);
    assert_true(means(setting, LANG_FR, "activite", ROLE_KIND, KIND_PARTNER, 0));
    assert_true(means(setting, LANG_FR, "activite", ROLE_KIND, KIND_ACTIVITY, 0));

    setting->words = words_extend(setting->arena, words);
    assert_true(means(setting, LANG_FR, "jardins", ROLE_COLLECTION, 500, 0));
    setting->words = words_shipped();
    assert_false(means(setting, LANG_FR, "jardin", ROLE_KIND, 500, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_form_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_key_is_folded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_accents_and_capitals_do_not_count, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_core_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_property_words_by_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kinds_units_and_the_rest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_confusions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_currencies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_languages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_articles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_extension, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
