/* test_query.c -- queries over small models: what was asked, and the answer worked out by hand. */
#include "tests/unit/evaluated.h"

static const char PARTNERS[] =
    "language en version 1\n"
    "alliance sg \"Silver Geek\" {\n  status: idea\n  territory: ?\n}\n"
    "partner orange \"Orange\"\n"
    "partner adb \"ADB Solidatech\" {\n"
    "  type: association\n  feels: 3\n  tags: young, digital\n  x-siret: \"123\"\n"
    "  brings 10 000 EUR \"Grant\" {\n    nature: money\n    status: promised\n  }\n"
    "  brings 35 h/month \"Time\"\n"
    "}\n"
    "partner macif \"Fondation Macif\" {\n"
    "  type: foundation\n  feels: 1\n"
    "  brings 40 000 EUR \"Money\" {\n    nature: money\n    status: delivered\n  }\n"
    "  brings ? \"Help\" { nature: skills }\n"
    "}\n"
    "partner unis-cit\xC3\xA9 \"Unis-Cit\xC3\xA9\" {\n  type: association\n  feels: ?\n}\n"
    "goal training \"Train\" { owner: adb }\n"
    "goal ties \"Ties\" { owner: adb, macif }\n"
    "activity workshops \"Workshops\" {\n  goals: training\n  with: adb, orange\n}\n"
    "activity visits {\n  goals: ties, training\n  with: macif, ?\n}\n"
    "link adb -> macif \"knows\"\n"
    "query rich = contributions where value >= 20 000 EUR\n"
    "query richest = rich | take 1\n";

static void test_samples_of_the_reference(void **state)
{
    static const char text[] =
        "language en version 1\n"
        "partner a { type: association\n brings 5 EUR \"x\" }\n"
        "partner b { type: association\n brings 9 EUR \"y\" {\n nature: money\n status: promised\n } }\n"
        "partner c { type: school }\n"
        "kpi k {\n  baseline: 0 h\n  target: 10 h by 2024-05\n  reading 2024-01: 4 h\n}\n"
        "kpi l {\n  baseline: 0 h\n  target: 10 h by 2024-05\n  reading 2024-01: 6 h\n}\n"
        "kpi m {\n  target: 10 h by 2024-05\n  reading 2024-01: 4 h\n}\n";
    static const Question questions[] = {
        {"partners where type = association | sort money desc | show name", "b / a"},
        {"contributions where nature = money and status != delivered | show partner, value",
         "b, 9 EUR (1 untold)"},
        {"contributions | sum value per partner", "a, 5 EUR / b, 9 EUR"},
        {"kpis where progress < 50 % and due < today + 3 months | show name",
         "k (1 untold)"},
        {"partners | distinct type | count", "2"},
        {"alliance.partners where contributions is empty | show name", "c"},
    };
    (void) state;
    ASK(text, questions);
}

static void test_where(void **state)
{
    static const Question questions[] = {
        {"partners where type = association | show name", "adb / unis-cit\xC3\xA9 (1 untold)"},
        {"partners where type != association | show name", "macif (1 untold)"},
        {"partners where association = type | count", "2 (1 untold)"},
        {"partners where type in (foundation, school) | show name", "macif (1 untold)"},
        {"partners where type not in (foundation, school) | count", "2 (1 untold)"},
        {"partners where type is empty | show name", "orange"},
        {"partners where feels is unknown | show name", "unis-cit\xC3\xA9"},
        {"partners where feels is not empty | count", "3"},
        {"partners where feels > 1 | show name", "adb (2 untold)"},
        {"partners where not feels > 1 | show name", "macif (2 untold)"},
        {"partners where feels > 1 or type = association | show name",
         "adb / unis-cit\xC3\xA9 (1 untold)"},
        {"partners where feels > 1 and type = foundation | count", "0 (1 untold)"},
        {"partners where name = \"UNIS-CITE\" | show title", "Unis-Cit\xC3\xA9"},
        {"partners where title contains \"solida\" | show name", "adb"},
        {"partners where title matches /^unis/i | show name", "unis-cit\xC3\xA9"},
        {"partners where title not matches /a/ | show name", "unis-cit\xC3\xA9"},
        {"partners where tags = young | show name", "adb (3 untold)"},
        {"partners where tags contains digital | count", "1 (3 untold)"},
        {"partners where x-siret = \"123\" | show name", "adb (3 untold)"},
        {"goals where owner = macif | show name", "ties"},
        {"goals where owner != macif | show name", "training"},
        {"goals where owner contains adb | count", "2"},
        {"goals where owner = \"Fondation Macif\" | show name", "ties"},
        {"goals where owner.type = foundation | show name", "ties"},
        {"activities where with = adb | show name", "workshops (1 untold)"},
        {"activities where with = macif | show name", "visits"},
        {"activities where goals = training | count", "2"},
        {"contributions where value > 20 000 EUR | show title", "Money (2 untold)"},
        {"contributions where partner = adb | count", "2"},
        {"contributions where partner.type = association | show title", "Grant / Time"},
        {"partners where count(contributions where nature = money) = 1 | show name",
         "adb / macif"},
        {"partners where sum(value of contributions) > 1 EUR | count", "0 (2 untold)"},
        {"partners where kind = partner | count", "4"},
        {"partners where contributions.nature = skills | show name", "macif (1 untold)"},
        {"links where from = adb | show title", "knows"},
        {"partners where links is not empty | show name", "adb / macif"},
        {"partners where line < 8 | show name", "orange / adb"},
    };
    (void) state;
    ASK(PARTNERS, questions);
}

static void test_steps(void **state)
{
    static const Question questions[] = {
        {"partners | sort title | show name", "adb / macif / orange / unis-cit\xC3\xA9"},
        {"partners | sort feels desc, name | show name",
         "adb / macif / orange / unis-cit\xC3\xA9"},
        {"partners | sort type desc, name desc | show name",
         "macif / unis-cit\xC3\xA9 / adb / orange"},
        {"partners | take 2 | show name", "orange / adb"},
        {"partners | take 0 | count", "0"},
        {"partners | take 99 | count", "4"},
        {"partners | distinct type", "association / foundation (1 untold)"},
        {"partners | distinct type, feels",
         "association, 3 / foundation, 1 / association, not known (1 untold)"},
        {"activities | distinct with", "adb / orange / macif (1 untold)"},
        {"partners | count", "4"},
        {"partners | count per type", "-, 1 / association, 2 / foundation, 1"},
        {"activities | count per goals", "training, 2 / ties, 1"},
        {"contributions | sum value", "50 000 EUR + 35 h/month, 1 not known"},
        {"contributions | sum value per nature | sort nature desc",
         "skills, 1 not known / money, 50 000 EUR / -, 35 h/month"},
        {"contributions | sum value per partner.type",
         "association, 10 000 EUR + 35 h/month / foundation, 40 000 EUR, 1 not known"},
        {"contributions where nature = money | sum value per partner | sort sum desc | take 1",
         "macif, 40 000 EUR (1 untold)"},
        {"partners | average feels", "2"},
        {"partners | min feels", "1"},
        {"partners | max feels", "3"},
        {"contributions where nature = money | max value", "40 000 EUR (1 untold)"},
        {"contributions where nature = money | average value", "25 000 EUR (1 untold)"},
        {"partners where type = school | max feels", "not known (1 untold)"},
        {"partners where type = school | sum feels", "0 (1 untold)"},
        {"partners | count per type | where count > 1", "association, 2"},
        {"partners | count per type | show count", "1 / 2 / 1"},
        {"partners | show name | where feels = 3 | sort name", "adb (2 untold)"},
        {"(partners where type = association) | count", "2 (1 untold)"},
        {"rich | show title", "Money (2 untold)"},
        {"richest | count", "1 (2 untold)"},
        {"count(partners) * 2 + 1", "9"},
        {"adb.contributions | sum value", "10 000 EUR + 35 h/month"},
        {"macif.total", "40 000 EUR, 1 not known"},
        {"alliance.status", "idea"},
        {"sum(partners.money)", "50 000 EUR"},
        {"sum(value of contributions where nature = money)", "50 000 EUR"},
        {"max(feels of partners)", "3"},
        {"partners where name = nobody", "E201 1:23"},
    };
    (void) state;
    ASK(PARTNERS, questions);
}

static void test_columns(void **state)
{
    static const Question questions[] = {
        {"partners", "name, title"},
        {"partners where type = school | sort feels", "name, title, type, feels"},
        {"partners where name = \"x\"", "name, title"},
        {"partners | show type, name", "type, name"},
        {"contributions | show partner.type, value", "partner.type, value"},
        {"contributions | sum value per partner", "partner, sum"},
        {"partners | count per type", "type, count"},
        {"contributions where nature = money | average value per partner.type",
         "partner.type, average"},
        {"partners where contributions is empty", "name, title, contributions"},
        {"partners | distinct type, feels", "type, feels"},
        {"contributions", "partner, title, value"},
        {"partners | show x-siret", "x-siret"},
    };
    Model model;

    (void) state;
    model_open(&model, PARTNERS);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        assert_string_equal(columns_of(&model, questions[i].query), questions[i].answer);
    model_close(&model);
}

/* Each mistake once, with its code and its column. */
static void test_mistakes(void **state)
{
    static const Question questions[] = {
        {"ornage", "E201 1:1"},
        {"partners where titel = \"x\"", "E201 1:16"},
        {"partners where type = asociation", "E205 1:23"},
        {"partners where type in (school, scool)", "E205 1:33"},
        {"partners where type = \"school\"", "E309 1:23"},
        {"macif.foo", "E308 1:7"},
        {"contributions | show partner.foo", "E308 1:30"},
        {"macif.title.length", "E308 1:13"},
        {"partenaires | count", "E105 1:1"},
        {"partners where titre = \"x\"", "E105 1:16"},
        {"partners where type = \xC3\xA9" "cole", "E205 1:23"},
        {"1 | count", "E135 1:1"},
        {"macif | count", "E135 1:1"},
        {"partners | count | count", "E135 1:20"},
        {"count(1)", "E135 1:7"},
        {"sum(type of partners)", "E309 1:5"},
        {"partners where feels", "E309 1:16"},
        {"partners where 1 + 1", "E138 1:16"},
        {"partners where feels = 3 EUR", "E309 1:24"},
        {"partners where feels = today", "E309 1:24"},
        {"partners where title > 3", "E309 1:24"},
        {"partners where owner = adb", "E201 1:16"},
        {"goals where owner < adb", "E309 1:13"},
        {"contributions where value = \"x\"", "E309 1:29"},
        {"contributions where period = period", "E309 1:21"},
        {"contributions where value > 100 CHF", "E309 1:21"},
        {"contributions | sort value", "E306 1:22"},
        {"contributions | max value", "E306 1:21"},
        {"sum(value of contributions) > 1 EUR", "E306 1:1"},
        {"10 EUR + 5 h", "E306 1:1"},
        {"10 EUR * 5 EUR", "E306 1:1"},
        {"10 EUR + 5 %", "E306 1:1"},
        {"31 days <= 1 month", "E305 1:1"},
        {"35 h + 2 days", "E305 1:1"},
        {"today + 3 EUR", "E306 1:1"},
        {"partners where title matches /(/", "E139 1:31"},
        {"partners where feels matches /a/", "E309 1:16"},
        {"partners where feels contains 3", "E309 1:16"},
        {"10 euros > 5 EUR", "E301 1:4"},
        {"5 mois > 3 months", "E105 1:3"},
        {"partners | take 1.5", "E141 1:17"},
        {"UNIS-CITE.feels is unknown", "yes W101 1:1"},
        {"ornage.type = school", "E201 1:1"},
        {"adb.typ = association", "E308 1:5"},
        {"adb.typ in (association, nothing)", "E308 1:5"},
    };
    (void) state;
    ASK(PARTNERS, questions);
}

static void test_french(void **state)
{
    static const char text[] =
        "langue fr version 1\n"
        "partenaire adb \"ADB\" {\n  type : association\n  apporte 10 EUR \"Don\"\n}\n"
        "partenaire macif {\n  type : fondation\n  apporte 1 200,50 EUR \"Dons\"\n}\n";
    static const Question questions[] = {
        {"partenaires dont type = fondation | montrer nom", "macif"},
        {"contributions | somme montant par partenaire | trier somme d\xC3\xA9" "croissant",
         "macif, 1 200.50 EUR / adb, 10 EUR"},
        {"somme(montant de contributions)", "1 210.50 EUR"},
        {"nombre(partenaires dont contributions est non vide)", "2"},
        {"partenaires | prendre 1 | montrer titre", "ADB"},
        {"partenaires dont type parmi (association, fondation) | nombre", "2"},
        {"partners", "E105 1:1"},
    };
    (void) state;
    ask_all(text, questions, sizeof questions / sizeof *questions, LANG_FR);
}

/* A big collection is sorted as a small one: equal keys keep their order. */
static void test_sort_is_stable(void **state)
{
    static char text[60000];
    Model model;
    size_t used = (size_t)snprintf(text, sizeof text, "language en version 1\n");

    (void) state;
    for (int i = 0; i < 1000; i++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "partner p%d { feels: %d }\n", i, i * 7 % 5);
    model_open(&model, text);
    assert_string_equal(ask_in(&model, "partners | sort feels desc | take 4 | show name", LANG_EN),
                        "p2 / p7 / p12 / p17");
    assert_string_equal(ask_in(&model, "partners | sort feels | take 3 | show name", LANG_EN),
                        "p0 / p5 / p10");
    assert_string_equal(ask_in(&model, "partners | count per feels | sort feels", LANG_EN),
                        "0, 200 / 1, 200 / 2, 200 / 3, 200 / 4, 200");
    model_close(&model);
}

/* Heads as a person reads them, in the language asked for; measures and what is counted, too. */
static void test_heads_of_columns(void **state)
{
    static const struct { const char *query, *english, *french; } cases[] = {
        { "partners | show title, type", "title, type", "titre, type" },
        { "partners | count per type", "type, count", "type, nombre" },
        { "partners | show name, contributions", "name, contributions", "nom, contributions" },
    };
    Model model;

    (void) state;
    model_open(&model, "language en version 1\npartner p { type: school }\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Answer answer;
        diags_init(&model.diags, model.arena);
        Evaluation *evaluation = evaluation_new(model.snapshot, 0, &model.diags);
        assert_true(query_text(evaluation, cases[i].query, strlen(cases[i].query), LANG_EN,
                               &answer));
        for (LangId language = 0; language < LANG_COUNT; language++) {
            model.line[0] = '\0';
            for (size_t k = 0; k < answer.column_count; k++) {
                append(&model, k ? ", " : "");
                append(&model, query_column_title(model.snapshot, &answer.columns[k], language));
            }
            assert_string_equal(model.line, language == LANG_EN ? cases[i].english
                                                                : cases[i].french);
        }
        evaluation_free(evaluation);
    }
    model_close(&model);
}

/* Nothing that was cancelled is taken for an answer. */
static void test_cancel_and_limits(void **state)
{
    Model model;
    volatile int cancel = 1;
    static char text[20000];
    size_t used = (size_t)snprintf(text, sizeof text, "language en version 1\n");

    (void) state;
    for (int i = 0; i < 700; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "partner p%d\n", i);
    model_open(&model, text);
    diags_init(&model.diags, model.arena);
    Evaluation *evaluation = evaluation_new(model.snapshot, 0, &model.diags);
    Answer answer;
    const char query[] = "partners where count(partners where type is empty) = 700";
    model.env.cancel = &cancel;
    assert_false(query_text(evaluation, query, sizeof query - 1, LANG_EN, &answer));
    assert_true(evaluation_was_cancelled(evaluation));
    evaluation_free(evaluation);
    model.env.cancel = NULL;
    assert_true(limits_lower(&model.env.limits, "work", 100000));
    assert_string_equal(ask_in(&model, query, LANG_EN), "E155 1:1");
    model_close(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples_of_the_reference),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_heads_of_columns),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_french),
        cmocka_unit_test(test_sort_is_stable),
        cmocka_unit_test(test_cancel_and_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
