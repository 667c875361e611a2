/* test_fields.c -- values, amounts, derived fields, relations, paths, the filtered snapshot.
 *
 * Expected values are worked out by hand from the reference.
 */
#include "tests/unit/model.h"

#include <stdio.h>

/* ---- Values ---------------------------------------------------------------------------- */

static void test_values_as_text(void **state)
{
    Model model;
    model_read(&model,
               "goal g\n"
               "activity a {\n  cost: 12 500 EUR\n  period: 2024-01..2024-06-30\n"
               "  duration: 2 weeks\n  goals: g, ?\n}\n"
               "kpi k {\n  goal: g\n  target: 1000 seniors by 2024-06-30\n"
               "  threshold: 1 senior\n  baseline: 0 seniors\n  frequency: 1 month\n}\n"
               "alliance s { sdg: 3, 10 }\n"
               "body b { decides: yes }\n");
    assert_quiet(&model);
    EntityId activity = entity_called(&model, "a"), kpi = entity_called(&model, "k");
    assert_string_equal(field_text(&model, activity, PROPERTY_COST), "12 500 EUR");
    assert_string_equal(field_text(&model, activity, PROPERTY_PERIOD),
                        "January 2024 \xe2\x80\x93 30 June 2024");
    assert_string_equal(field_text(&model, activity, PROPERTY_DURATION), "2 weeks");
    assert_string_equal(field_text(&model, activity, PROPERTY_GOALS), "g, not known");
    assert_string_equal(field_text(&model, kpi, PROPERTY_TARGET),
                        "1 000 seniors by 30 June 2024");
    assert_string_equal(field_text(&model, kpi, PROPERTY_THRESHOLD), "1 senior");
    assert_string_equal(field_text(&model, kpi, PROPERTY_FREQUENCY), "1 month");
    assert_string_equal(field_text(&model, kpi, PROPERTY_DUE), "30 June 2024");
    assert_string_equal(field_text(&model, entity_called(&model, "s"), PROPERTY_SDG), "3, 10");
    assert_string_equal(field_text(&model, entity_called(&model, "b"), PROPERTY_DECIDES), "yes");
    Value value = field_value(model.snapshot, model.arena, activity, PROPERTY_COST);
    assert_string_equal(value_text(model.arena, model.snapshot, value, LANG_FR), "12 500 EUR");
    value = field_value(model.snapshot, model.arena, kpi, PROPERTY_DUE);
    assert_string_equal(value_text(model.arena, model.snapshot, value, LANG_FR), "30 juin 2024");
    model_close(&model);
    (void)state;
}

static void test_not_known_and_none(void **state)
{
    Model model;
    model_read(&model,
               "partner a {\n  interest: ? (ask \"the board\")\n"
               "  contact: none \"run by volunteers\"\n}\n");
    assert_quiet(&model);
    EntityId partner = entity_called(&model, "a");
    Value interest = entity_property(model.snapshot, partner, PROPERTY_INTEREST);
    assert_int_equal(interest.kind, VALUE_UNKNOWN);
    assert_int_equal(interest.count, strlen("the board"));
    assert_memory_equal(interest.as.text, "the board", interest.count);
    Value contact = entity_property(model.snapshot, partner, PROPERTY_CONTACT);
    assert_int_equal(contact.kind, VALUE_NONE);
    assert_memory_equal(contact.as.text, "run by volunteers", contact.count);
    assert_int_equal(entity_property(model.snapshot, partner, PROPERTY_ROLE).kind, VALUE_ABSENT);
    model_close(&model);
    (void)state;
}

static void test_notes(void **state)
{
    Model model;
    model_read(&model,
               "## Met in June,\n## at the fair.\n"
               "partner a (source \"minutes\") {\n"
               "  role: \"Host\" (assumption, source \"a call\")\n  feels: 1 (confidential)\n"
               "  x-siret: \"123\"\n}\n");
    assert_quiet(&model);
    EntityId partner = entity_called(&model, "a");
    PropertyRow row;
    assert_true(entity_find_row(model.snapshot, partner, PROPERTY_ROLE, &row));
    assert_true(row.assumption);
    assert_false(row.confidential);
    assert_string_equal(row.source, "a call");
    assert_true(entity_find_row(model.snapshot, partner, PROPERTY_FEELS, &row));
    assert_true(row.confidential);
    assert_string_equal(entity_head_notes(model.snapshot, partner).source, "minutes");
    assert_string_equal(field_text(&model, partner, PROPERTY_NOTE), "Met in June,\nat the fair.");
    NameId siret = names_intern(snapshot_names(model.snapshot), "X-SIRET", 7);
    assert_true(entity_find_custom(model.snapshot, partner, siret, &row));
    assert_int_equal(row.property, 0);
    assert_int_equal(entity_property_count(model.snapshot, partner), 4);
    model_close(&model);
    (void)state;
}

static void test_nothing_but_a_name(void **state)
{
    Model model;
    model_read(&model, "partner a\n");
    EntityId partner = entity_called(&model, "a");
    PropertyRow row;
    assert_int_equal(entity_property_count(model.snapshot, partner), 0);
    assert_false(entity_find_row(model.snapshot, partner, PROPERTY_ROLE, &row));
    assert_false(entity_find_custom(model.snapshot, partner, entity_name(model.snapshot, partner),
                                    &row));
    assert_int_equal(entity_amount(model.snapshot, partner).kind, VALUE_ABSENT);
    model_close(&model);
    (void)state;
}

/* ---- Amounts --------------------------------------------------------------------------- */

static Amount amount(int64_t number, Unit unit, Unit per)
{
    return (Amount){decimal_of(number), unit, per};
}

static void test_amounts(void **state)
{
    Unit hour = UNIT(UNIT_TIME, TIME_HOUR), minute = UNIT(UNIT_TIME, TIME_MINUTE);
    Unit day = UNIT(UNIT_TIME, TIME_DAY), week = UNIT(UNIT_TIME, TIME_WEEK);
    Unit month = UNIT(UNIT_TIME, TIME_MONTH), year = UNIT(UNIT_TIME, TIME_YEAR);
    Unit work = UNIT(UNIT_TIME, TIME_PERSON_DAY);
    Unit euro = UNIT(UNIT_MONEY, words_currency("EUR", 3));
    Amount result;
    assert_true(amount_add(amount(90, minute, 0), amount(1, hour, 0), &result));
    assert_int_equal(amount_compare(NULL, 0, result, amount(150, minute, 0)), 0);
    assert_true(amount_add(amount(1, week, 0), amount(1, day, 0), &result));
    assert_int_equal(amount_compare(NULL, 0, result, amount(8, day, 0)), 0);
    assert_false(amount_add(amount(1, hour, 0), amount(1, day, 0), &result));
    assert_false(amount_add(amount(1, euro, 0), amount(1, euro, month), &result));
    assert_int_equal(amount_compare(NULL, 0, amount(31, day, 0), amount(1, month, 0)), 3);
    assert_int_equal(amount_compare(NULL, 0, amount(12, month, 0), amount(1, year, 0)), 0);
    assert_int_equal(amount_compare(NULL, 0, amount(1, euro, 0), amount(1, hour, 0)), 2);
    assert_int_equal(amount_compare(NULL, 0, amount(0, 0, 0), amount(1, euro, 0)), -1);

    Model model;
    model_read(&model, "alliance a { workday: 7 h }\n");
    assert_true(amount_convert(model.snapshot, 0, amount(2, work, 0), hour, &result));
    assert_int_equal(amount_compare(NULL, 0, result, amount(14, hour, 0)), 0);
    assert_int_equal(amount_compare(model.snapshot, 0, amount(21, hour, 0), amount(3, work, 0)), 0);
    assert_false(amount_convert(NULL, 0, amount(2, work, 0), hour, &result));
    model_close(&model);
    (void)state;
}

static Period period(const char *start, const char *end)
{
    Period result = {0};
    assert_true(date_parse(start, strlen(start), &result.start));
    assert_true(date_parse(end, strlen(end), &result.end));
    return result;
}

static void test_rates_over_periods(void **state)
{
    Unit hour = UNIT(UNIT_TIME, TIME_HOUR), month = UNIT(UNIT_TIME, TIME_MONTH);
    Unit week = UNIT(UNIT_TIME, TIME_WEEK), year = UNIT(UNIT_TIME, TIME_YEAR);
    Amount total;
    assert_true(amount_total(amount(35, hour, month), period("2024-01-01", "2024-06-30"), &total));
    assert_int_equal(amount_compare(NULL, 0, total, amount(210, hour, 0)), 0);
    assert_true(amount_total(amount(35, hour, month), period("2024-01", "2024-06"), &total));
    assert_int_equal(amount_compare(NULL, 0, total, amount(210, hour, 0)), 0);
    assert_true(amount_total(amount(10, hour, week), period("2024-01-01", "2024-01-28"), &total));
    assert_int_equal(amount_compare(NULL, 0, total, amount(40, hour, 0)), 0);
    assert_true(amount_total(amount(120, hour, year), period("2024", "2024"), &total));
    assert_int_equal(amount_compare(NULL, 0, total, amount(120, hour, 0)), 0);
    Period open = period("2024-01", "2024-06");
    open.end_unknown = true;
    assert_false(amount_total(amount(35, hour, month), open, &total));
    (void)state;
}

static void test_bags(void **state)
{
    Model model;
    model_read(&model, "partner a\n");
    Unit euro = UNIT(UNIT_MONEY, words_currency("EUR", 3)), hour = UNIT(UNIT_TIME, TIME_HOUR);
    Amount amounts[] = {amount(40000, euro, 0), amount(35, hour, UNIT(UNIT_TIME, TIME_MONTH)),
                        amount(10000, euro, 0)};
    BagBuilder *builder = bag_new(model.arena);
    for (int i = 0; i < 3; i++)
        assert_true(bag_add(builder, (Value){.kind = VALUE_AMOUNT, .as.amount = &amounts[i]}));
    assert_true(bag_add(builder, (Value){.kind = VALUE_UNKNOWN}));
    assert_true(bag_add(builder, (Value){.kind = VALUE_NONE}));
    assert_false(bag_add(builder, (Value){.kind = VALUE_BOOL}));
    Value bag = {.kind = VALUE_BAG, .as.bag = bag_done(builder)};
    assert_string_equal(value_text(model.arena, model.snapshot, bag, LANG_EN),
                        "50 000 EUR + 35 h/month, 1 not known");
    assert_string_equal(value_text(model.arena, model.snapshot, bag, LANG_FR),
                        "50 000 EUR + 35 h/mois, 1 inconnu");
    model_close(&model);
    (void)state;
}

/* ---- Derived fields -------------------------------------------------------------------- */

static void test_contributions(void **state)
{
    Model model;
    model_read(&model,
               "activity w\n"
               "partner a {\n"
               "  brings 40 000 EUR \"Grant\" { for: w }\n"
               "  brings 35 h/month \"Coordination\" { period: 2024-01..2024-06 }\n"
               "  brings 10 h/month \"Help\"\n"
               "  brings ? \"Money\" { nature: money }\n"
               "  brings \"Field knowledge\"\n"
               "}\n");
    assert_quiet(&model);
    EntityId partner = entity_called(&model, "a");
    assert_string_equal(field_text(&model, partner, PROPERTY_TOTAL),
                        "40 000 EUR + 210 h + 10 h/month, 1 not known");
    assert_string_equal(field_text(&model, partner, PROPERTY_MONEY), "40 000 EUR, 1 not known");
    assert_string_equal(field_text(&model, partner, PROPERTY_TIME), "210 h + 10 h/month");
    EntityId grant = entity_first_child(model.snapshot, partner);
    EntityId coordination = entity_next_sibling(model.snapshot, grant);
    EntityId help = entity_next_sibling(model.snapshot, coordination);
    assert_string_equal(field_text(&model, grant, PROPERTY_VALUE), "40 000 EUR");
    assert_string_equal(field_text(&model, grant, PROPERTY_NATURE), "money");
    assert_string_equal(field_text(&model, grant, PROPERTY_PARTNER), "a");
    assert_string_equal(field_text(&model, coordination, PROPERTY_TOTAL), "210 h");
    assert_int_equal(field_value(model.snapshot, model.arena, help, PROPERTY_TOTAL).kind,
                     VALUE_UNKNOWN);
    assert_int_equal(field_value(model.snapshot, model.arena, help, PROPERTY_NATURE).kind,
                     VALUE_ABSENT);
    assert_true(field_exists(model.snapshot, KIND_BRINGS, PROPERTY_TOTAL));
    assert_false(field_exists(model.snapshot, KIND_GOAL, PROPERTY_TOTAL));
    size_t count;
    const EntityId *related = collection_related(model.snapshot, model.arena,
                                                 entity_called(&model, "w"), KIND_BRINGS, &count);
    assert_int_equal(count, 1);
    assert_int_equal(related[0], grant);
    collection_related(model.snapshot, model.arena, partner, KIND_BRINGS, &count);
    assert_int_equal(count, 5);
    model_close(&model);
    (void)state;
}

static void test_indicators(void **state)
{
    Model model;
    model_read(&model,
               "goal g\n"
               "kpi k {\n  goal: g\n  baseline: 200 seniors\n"
               "  target: 1000 seniors by 2024-06-30\n"
               "  reading 2024-01: 400 seniors\n  reading 2024-03-31: 600 seniors\n"
               "  reading 2024-05-31: ?\n}\n"
               "kpi less {\n  goal: g\n  target: <= 30 %\n  reading 2024: 45 %\n}\n");
    assert_quiet(&model);
    EntityId kpi = entity_called(&model, "k");
    assert_string_equal(field_text(&model, kpi, PROPERTY_LATEST), "600 seniors");
    assert_string_equal(field_text(&model, kpi, PROPERTY_PROGRESS), "50 %");
    assert_int_equal(field_value(model.snapshot, model.arena, entity_called(&model, "less"),
                                 PROPERTY_PROGRESS).kind, VALUE_UNKNOWN);
    size_t count;
    collection_related(model.snapshot, model.arena, entity_called(&model, "g"), KIND_KPI, &count);
    assert_int_equal(count, 2);
    const Use *uses = entity_uses(model.snapshot, entity_called(&model, "g"), &count);
    assert_int_equal(count, 2);
    assert_int_equal(uses[0].by, kpi);
    assert_int_equal(uses[0].property, PROPERTY_GOAL);
    model_close(&model);
    (void)state;
}

/* ---- Paths and filtering --------------------------------------------------------------- */

static void test_paths(void **state)
{
    Model model;
    model_read(&model,
               "goal g\n"
               "partner a {\n  brings 10 EUR \"Support\"\n  brings 20 EUR \"Support\"\n"
               "  position g: +3\n}\n"
               "kpi k {\n  goal: g\n  reading 2024-01-31: 4 seniors\n}\n"
               "impact \"Trust\"\nlink a -> g\n");
    assert_quiet(&model);
    static const char *const paths[] = {"g", "a", "a/brings/\"Support\"", "a/brings/\"Support\"#2",
                                        "a/position/g", "k", NULL, "impact/\"Trust\"",
                                        "link/a->g"};
    for (EntityId entity = 1; entity <= snapshot_entity_count(model.snapshot); entity++) {
        const char *path = entity_path(model.snapshot, entity);
        if (paths[entity - 1])
            assert_string_equal(path, paths[entity - 1]);
        assert_int_equal(snapshot_find_path(model.snapshot, 0, path), entity);
    }
    assert_int_equal(snapshot_find_path(model.snapshot, 0, "a/brings/\"Other\""), 0);
    model_close(&model);
    (void)state;
}

/* Few things in a block are compared, many are counted in a table: it is the same number. */
static void test_paths_of_equals(void **state)
{
    enum { EQUALS = 100 };
    static char text[EQUALS * 40 + 100] = "partner a {\n";
    char wanted[40];
    Model model;
    for (int i = 0; i < EQUALS; i++)
        strcat(text, i % 3 == 2 ? "  receives 1 EUR \"Gift\"\n" : "  brings 1 EUR \"Gift\"\n");
    strcat(text, "}\npartner b { brings 1 EUR \"Gift\" }\nlink a -> b\nlink b -> a\nlink a -> b\n");
    for (int step = 1; step >= -1; step -= 2) {     /* the table comes late, or first */
        model_read(&model, text);
        assert_quiet(&model);
        for (int i = step > 0 ? 0 : EQUALS - 1; i >= 0 && i < EQUALS; i += step) {
            int before = i % 3 == 2 ? i / 3 : i - i / 3;
            int length = snprintf(wanted, sizeof wanted, "a/%s/\"Gift\"",
                                  i % 3 == 2 ? "receives" : "brings");
            if (before > 0)
                snprintf(wanted + length, sizeof wanted - (size_t)length, "#%d", before + 1);
            assert_string_equal(entity_path(model.snapshot, (EntityId)i + 2), wanted);
        }
        assert_string_equal(entity_path(model.snapshot, EQUALS + 3), "b/brings/\"Gift\"");
        assert_string_equal(entity_path(model.snapshot, EQUALS + 4), "link/a->b");
        assert_string_equal(entity_path(model.snapshot, EQUALS + 5), "link/b->a");
        assert_string_equal(entity_path(model.snapshot, EQUALS + 6), "link/a->b#2");
        model_close(&model);
    }
    (void)state;
}

static void test_filtered(void **state)
{
    Model model;
    model_read(&model,
               "partner secret (confidential) {\n  role: \"Funder\"\n  brings 10 EUR \"Gift\"\n}\n"
               "partner open {\n  role: \"Host\"\n  feels: 1 (confidential)\n}\n"
               "activity w { with: secret, open }\n");
    assert_quiet(&model);
    EntityId secret = entity_called(&model, "secret"), open = entity_called(&model, "open");
    size_t left_out, count, length;
    Snapshot *filtered = snapshot_filtered(model.snapshot, 0, &left_out);
    assert_non_null(filtered);
    assert_int_equal(left_out, 2);      /* the partner with all that it has, and one value */
    assert_true(entity_is_gone(filtered, secret));
    assert_true(entity_is_gone(filtered, secret + 1));
    assert_false(entity_is_gone(filtered, open));
    collection_of(filtered, 0, KIND_PARTNER, &count);
    assert_int_equal(count, 1);
    assert_int_equal(entity_property(filtered, open, PROPERTY_FEELS).kind, VALUE_UNKNOWN);
    assert_int_equal(entity_property(filtered, open, PROPERTY_ROLE).kind, VALUE_TEXT);
    assert_null(entity_title(filtered, secret, &length));
    assert_int_equal(field_value(filtered, model.arena, secret, PROPERTY_ROLE).kind, VALUE_UNKNOWN);
    EntityId activity = entity_called(&model, "w");
    Value with = entity_property(filtered, activity, PROPERTY_WITH);
    assert_int_equal(with.as.items[0].kind, VALUE_UNKNOWN);
    assert_int_equal(with.as.items[1].as.entity, open);
    NameId name = names_intern(snapshot_names(filtered), "secret", 6);
    assert_int_equal(snapshot_find(filtered, 0, name), 0);
    assert_string_equal(entity_path(filtered, secret), "?");
    snapshot_free(filtered);

    filtered = snapshot_filtered(model.snapshot, secret, &left_out);    /* its own eyes */
    assert_int_equal(left_out, 1);
    assert_false(entity_is_gone(filtered, secret));
    snapshot_free(filtered);
    Value feels = entity_property(model.snapshot, open, PROPERTY_FEELS);
    assert_int_equal(feels.kind, VALUE_NUMBER);     /* the whole one is as it was */
    assert_int_equal(feels.level, 1);
    model_close(&model);
    (void)state;
}

/* A sum beyond what a number may hold is no number, and never the sum of some of its parts. */
static void test_sums_that_are_too_large(void **state)
{
    char text[8000] = "partner a {\n";
    Model model;
    for (unsigned i = 0; i < 20; i++)
        strcat(text, "  brings 999 999 999 999 999.99 EUR\n");
    strcat(text, "  brings 2 h\n}\npartner b {\n  brings 999 999 999 999 999.99 EUR\n  brings 0.01 EUR\n}\n");
    model_read(&model, text);
    assert_string_equal(field_text(&model, entity_called(&model, "a"), PROPERTY_TOTAL), "2 h, 20 not known");
    assert_string_equal(field_text(&model, entity_called(&model, "b"), PROPERTY_TOTAL),
                        "1 000 000 000 000 000.00 EUR");
    model_close(&model);
    (void)state;
}

/* Arrays of the snapshot grow by doubling: every number of entities around where they do. */
static void test_every_number_of_entities(void **state)
{
    char text[8000] = "";
    for (size_t count = 1; count <= 300; count++) {
        Model model;
        size_t left_out;
        snprintf(text + strlen(text), 40, "partner p%zu { feels: 3 }\n", count);
        model_read(&model, text);
        assert_int_equal(snapshot_entity_count(model.snapshot), count);
        Snapshot *filtered = snapshot_filtered(model.snapshot, 0, &left_out);
        assert_non_null(filtered);
        assert_int_equal(left_out, 0);
        assert_int_equal(entity_property_count(filtered, (EntityId)count), 1);
        assert_string_equal(field_text(&model, (EntityId)count, PROPERTY_FEELS), "3");
        snapshot_free(filtered);
        model_close(&model);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_number_of_entities),
        cmocka_unit_test(test_sums_that_are_too_large),
        cmocka_unit_test(test_values_as_text),
        cmocka_unit_test(test_not_known_and_none),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_nothing_but_a_name),
        cmocka_unit_test(test_amounts),
        cmocka_unit_test(test_rates_over_periods),
        cmocka_unit_test(test_bags),
        cmocka_unit_test(test_contributions),
        cmocka_unit_test(test_indicators),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_paths_of_equals),
        cmocka_unit_test(test_filtered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
