/* test_value_text.c -- a value of every kind, in words of both languages. */
#include "tests/unit/model.h"

typedef struct Worded {
    const char *name;           /* of the entity */
    PropertyId field;
    const char *english, *french;
} Worded;

static const char MODEL[] =
    "alliance x {\n  values: \"Trust\", \"Joy\"\n  sdg: 3, 10\n  review: 6 months\n  start: 2024-08-01\n}\n"
    "partner a \"A\" {\n"
    "  type: local-authority\n  role: ?\n  brake: none\n  feels: 3\n  since: 2024-08-02\n  until: 2024\n"
    "  decision-time: 1 month\n  coordination: 1.5 h/month\n  tags: north, east\n"
    "  brings 12500.50 EUR \"Money\"\n  brings 1 senior \"One\"\n  brings ? \"More\"\n  brings ? \"Again\"\n}\n"
    "partner b {\n  brings 2 person-days\n  position g: +2\n}\n"
    "goal g {\n  own: yes\n  partner: b\n  weight: 1234567.25\n  worth: 1000 seniors\n}\n"
    "kpi k {\n  target: < 10 % by 2024-06-30\n}\n"
    "kpi l {\n  target: 1000 seniors/year\n}\n"
    "kpi m {\n  target: 10..20 h\n}\n"
    "kpi n {\n  target: >= 1 h by 2025\n}\n"
    "phase p {\n  period: 2024-01-01..2024-06\n}\n"
    "phase q {\n  period: 2024-03\n}\n"
    "milestone m1 {\n  date: 2024-08\n}\n";

static const Worded rows[] = {
    {"x", PROPERTY_VALUES, "Trust, Joy", "Trust, Joy"},
    {"x", PROPERTY_SDG, "3, 10", "3, 10"},
    {"x", PROPERTY_REVIEW, "6 months", "6 mois"},
    {"x", PROPERTY_START, "1 August 2024", "1er ao\xC3\xBBt 2024"},
    {"a", PROPERTY_TYPE, "local-authority", "collectivit\xC3\xA9"},
    {"a", PROPERTY_ROLE, "not known", "non connu"},
    {"a", PROPERTY_BRAKE, "does not apply", "sans objet"},
    {"a", PROPERTY_FEELS, "3", "3"},
    {"a", PROPERTY_SINCE, "2 August 2024", "2 ao\xC3\xBBt 2024"},
    {"a", PROPERTY_UNTIL, "2024", "2024"},
    {"a", PROPERTY_DECISION_TIME, "1 month", "1 mois"},
    {"a", PROPERTY_COORDINATION, "1.5 h/month", "1,5 h/mois"},
    {"a", PROPERTY_TAGS, "north, east", "north, east"},
    {"a", PROPERTY_TOTAL, "12 500.50 EUR + 1 senior, 2 not known", "12 500,50 EUR + 1 senior, 2 inconnus"},
    {"a", PROPERTY_IDENTIFIER, "", ""},
    {"b", PROPERTY_TIME, "2 person-days", "2 jours-personne"},
    {"g", PROPERTY_OWN, "yes", "oui"},
    {"g", PROPERTY_PARTNER, "b", "b"},
    {"g", PROPERTY_WEIGHT, "1 234 567.25", "1 234 567,25"},
    {"g", PROPERTY_WORTH, "1 000 seniors", "1 000 seniors"},
    {"g", PROPERTY_KIND, "goal", "objectif"},
    {"k", PROPERTY_TARGET, "< 10 % by 30 June 2024", "< 10 % pour le 30 juin 2024"},
    {"l", PROPERTY_TARGET, "1 000 seniors/year", "1 000 seniors/an"},
    {"m", PROPERTY_TARGET, "10..20 h", "10..20 h"},
    {"n", PROPERTY_TARGET, ">= 1 h by 2025", ">= 1 h pour 2025"},
    {"p", PROPERTY_PERIOD, "1 January 2024 \xE2\x80\x93 June 2024", "1er janvier 2024 \xE2\x80\x93 juin 2024"},
    {"q", PROPERTY_PERIOD, "March 2024", "mars 2024"},
    {"m1", PROPERTY_DATE, "August 2024", "ao\xC3\xBBt 2024"},
};

/* No-break spaces group digits and stand before signs; they are blanks for the eye. */
static const char *with_plain_blanks(Arena *arena, const char *text)
{
    char *plain = arena_alloc(arena, strlen(text) + 1), *at = plain;
    while (*text) {
        bool narrow = strncmp(text, "\xE2\x80\xAF", 3) == 0, wide = strncmp(text, "\xC2\xA0", 2) == 0;
        *at++ = narrow || wide ? ' ' : *text;
        text += narrow ? 3 : wide ? 2 : 1;
    }
    *at = '\0';
    return plain;
}

static void test_every_kind(void **state)
{
    Model model;
    size_t wrong = 0;
    model_read(&model, MODEL);
    assert_quiet(&model);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        EntityId entity = entity_called(&model, rows[i].name);
        Value value = field_value(model.snapshot, model.arena, entity, rows[i].field);
        for (LangId language = LANG_EN; language <= LANG_FR; language++) {
            const char *wanted = language == LANG_EN ? rows[i].english : rows[i].french;
            const char *got = with_plain_blanks(model.arena, value_text(model.arena, model.snapshot, value, language));
            if (strcmp(got, wanted) == 0)
                continue;
            print_error("%s, field %u: expected %s, got %s\n", rows[i].name, rows[i].field, wanted, got);
            wrong++;
        }
    }
    model_close(&model);
    assert_int_equal(wrong, 0);
    (void)state;
}

/* What has neither name nor title is called by whose it is. */
static void test_labels(void **state)
{
    static const struct { const char *kind, *english, *french; } labels[] = {
        {"brings", "2 person-days, contribution of b", "2 jours-personne, contribution de b"},
        {"position", "g, position of b", "g, position de b"},
    };
    Model model;
    model_read(&model, "goal g\npartner b {\n  brings 2 person-days\n  position g: +2\n}\nlink b -> g\n");
    const Vocabulary *vocabulary = snapshot_vocabulary(model.snapshot);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        KindId kind = vocabulary_find_kind(vocabulary, labels[i].kind);
        EntityId entity = 1;
        while (entity_kind(model.snapshot, entity) != kind)
            entity++;
        assert_string_equal(entity_label(model.arena, model.snapshot, entity, LANG_EN), labels[i].english);
        assert_string_equal(entity_label(model.arena, model.snapshot, entity, LANG_FR), labels[i].french);
    }
    assert_string_equal(entity_label(model.arena, model.snapshot, entity_called(&model, "b"), LANG_EN), "b");
    model_close(&model);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
