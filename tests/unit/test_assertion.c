/* test_assertion.c -- asserts and checks: what holds, what fails and shows why, what cannot be
 * told. */
#include "tests/unit/evaluated.h"

#include "lang/syntax/printer.h"

static const char MODEL[] =
    "language en version 1\n"
    "partner orange \"Orange\"\n"
    "partner adb \"ADB Solidatech\" {\n  type: association\n  brings 10 EUR \"x\"\n}\n"
    "partner macif {\n  type: foundation\n  brings ? \"y\"\n}\n"
    "partner unis-cit\xC3\xA9 { type: association }\n"
    "goal g1 { owner: adb }\n"
    "goal g2\n"
    "goal g3\n"
    "kpi k1 { goal: g1 }\n"
    "milestone m1 {\n  date: 2024-02-01\n  decision: go\n}\n"
    "milestone m2 { date: 2024-02 }\n"
    "milestone m3 { date: 2024-03 }\n"
    "milestone m4 { date: 2025 }\n"
    "body council { decides: yes }\n";

/* Everything a diagnostic shows, a line each: its code and headline or message, then the labels
 * of its related places, then its notes and help. */
static void write_diag(Model *model, const Diag *diag)
{
    const Words *words = snapshot_words(model->snapshot);
    char text[400];

    snprintf(text, sizeof text, "%s %s\n", diag->code,
             diag->headline ? diag->headline
                            : diag_message_text(model->arena, words, LANG_EN, diag));
    append(model, text);
    for (const DiagRelated *one = diag->related; one; one = one->next) {
        Position at = source_position(one->place.source, one->place.span.start);
        snprintf(text, sizeof text, "  %u:%u %s\n", at.line, at.column,
                 diag_text(model->arena, words, LANG_EN, &one->place.label, &diag->text));
        append(model, text);
    }
    for (const DiagHelp *one = diag->help; one; one = one->next) {
        snprintf(text, sizeof text, "  = %s\n",
                 diag_text(model->arena, words, LANG_EN, &one->text, &diag->text));
        append(model, text);
    }
}

/* Runs the statement after the model; what it says, and its outcome. */
static const char *run(Model *model, const char *statement)
{
    AssertionCounts counts;
    char text[4000];

    snprintf(text, sizeof text, "%s%s\n", MODEL, statement);
    model_open(model, text);
    assertions_run(model->snapshot, &model->diags, &counts);
    for (size_t i = 0; i < model->diags.count; i++) {
        check_sentences(model, model->diags.items[i]);
        write_diag(model, model->diags.items[i]);
    }
    snprintf(text, sizeof text, "%zu %zu %zu %zu %zu", counts.passed, counts.failed,
             counts.cannot_tell, counts.not_run, counts.failed_asserts);
    append(model, text);
    return model->line;
}

typedef struct Run {
    const char *statement, *says;
} Run;

static void run_all(const Run *runs, size_t count)
{
    size_t wrong = 0;

    for (size_t i = 0; i < count; i++) {
        Model model;
        const char *says = run(&model, runs[i].statement);
        if (strcmp(says, runs[i].says) != 0) {
            print_error("%s\nexpected:\n%s\nsaid:\n%s\n", runs[i].statement, runs[i].says, says);
            wrong++;
        }
        model_close(&model);
    }
    assert_int_equal(wrong, 0);
}

#define RUN(runs) run_all(runs, sizeof runs / sizeof *runs)

/* Passed, failed, cannot tell, not run, failed asserts. */
static void test_outcomes(void **state)
{
    static const Run runs[] = {
        {"assert count(partners) = 4", "1 0 0 0 0"},
        {"check exists goals", "1 0 0 0 0"},
        {"check exists goal where owner = adb", "1 0 0 0 0"},
        {"check no partner where type = school", "W602 this cannot be told yet: "
         "no partner where type = school\n  2:9 `type` is missing here\n"
         "  = not known: orange (type)\n0 0 1 0 0"},
        {"check every body: decides", "1 0 0 0 0"},
        {"check every milestone where decision is not empty: date < today", "1 0 0 0 0"},
        {"check not count(partners) = 3", "1 0 0 0 0"},
        {"check count(goals) >= 3 and count(kpis) = 1 or count(risks) > 0", "1 0 0 0 0"},
        {"check no risks", "1 0 0 0 0"},
        {"check every risk has owner", "1 0 0 0 0"},
        {"check sum(value of brings) = 0", "E201 nothing here is called `brings`\n"
         "  = replace `brings` with `contributions`\n"
         "  = what can be asked for: partners, contributions, "
         "goals, kpis, milestones, bodies\n0 0 0 1 0"},
        {"show kpis | sort nonsense", "E201 nothing here is called `nonsense`\n"
         "  = fields: goal, baseline, target, threshold, worst, frequency, means, measured-by, "
         "latest, progress, due, name, title, kind, file, line, alliance\n0 0 0 0 0"},
    };
    (void) state;
    RUN(runs);
}

static void test_failures_show_their_values(void **state)
{
    static const Run runs[] = {
        {"assert count(partners | distinct type) >= 3 else \"Three types\"",
         "E601 Three types\n  24:8 here: 2\n  24:43 expected at least 3\n"
         "  = found: association (adb, unis-cit\xC3\xA9), foundation (macif)\n"
         "  = not counted, for want of a value: orange (type)\n"
         "  = this is an `assert`: nothing is exported until it is true\n0 1 0 0 1"},
        {"check every goal has kpis else \"Measure each goal\"",
         "W601 Measure each goal\n  13:6 nothing for `kpis` here\n"
         "  14:6 nothing for `kpis` here\n0 1 0 0 0"},
        {"check no goals where owner is empty",
         "W601 this is not so: no goals where owner is empty\n  13:6 found here\n"
         "  14:6 found here\n0 1 0 0 0"},
        {"check every milestone where date < today: decision is not empty",
         "W601 this is not so: every milestone where date < today: decision is not empty\n"
         "  20:11 it does not hold here\n0 1 0 0 0"},
        {"check count(goals) = 2 or count(kpis) = 2",
         "W601 this is not so: count(goals) = 2 or count(kpis) = 2\n  24:7 here: 3\n"
         "  24:22 expected 2\n  24:27 here: 1\n  24:41 expected 2\n0 1 0 0 0"},
        {"check adb.type = foundation",
         "W601 this is not so: adb.type = foundation\n  24:7 here: association\n"
         "  24:18 expected foundation\n0 1 0 0 0"},
    };
    (void) state;
    RUN(runs);
}

static void test_what_cannot_be_told(void **state)
{
    static const Run runs[] = {
        {"check sum(value of contributions) >= 1 EUR",
         "W602 this cannot be told yet: sum(value of contributions) >= 1 EUR\n"
         "  24:7 here: 10 EUR, 1 not known\n  9:12 `value` is not known yet\n"
         "  = not known: macif/brings/\"y\" (value)\n0 0 1 0 0"},
        {"check orange.type = company",
         "W602 this cannot be told yet: orange.type = company\n"
         "  2:9 `type` is missing here\n  = not known: orange (type)\n0 0 1 0 0"},
        {"check m3.date > 2024-03-15",
         "W602 this cannot be told yet: m3.date > 2024-03-15\n  24:7 here: March 2024\n"
         "  = a date is not precise enough to tell\n0 0 1 0 0"},
    };
    (void) state;
    RUN(runs);
}

/* At most five elements are shown, the rest is counted. */
static void test_many_elements(void **state)
{
    Model model;
    AssertionCounts counts;
    char text[2000] = "language en version 1\n";
    unsigned related = 0;

    (void) state;
    for (int i = 0; i < 12; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "goal g%d\n", i);
    strcat(text, "check every goal has kpis\n");
    model_open(&model, text);
    assertions_run(model.snapshot, &model.diags, &counts);
    assert_int_equal(model.diags.count, 1);
    for (DiagRelated *one = model.diags.items[0]->related; one; one = one->next)
        related++;
    assert_int_equal(related, 5);
    const char *note = diag_text(model.arena, snapshot_words(model.snapshot), LANG_EN,
                                 &model.diags.items[0]->help->text, &model.diags.items[0]->text);
    assert_string_equal(note, "and 7 more");
    model_close(&model);
}

/* Binding writes what a word is into its node, so that the tree can be translated. */
static void test_binding_marks_the_tree(void **state)
{
    static const char text[] =
        "language en version 1\npartner a { type: school }\n"
        "check no partners where type = school and name = \"b\" and since < today + 2 months\n";
    Model model;
    size_t marked[8] = {0};

    (void) state;
    model_open(&model, text);
    expressions_bind(model.snapshot, &model.diags);
    assert_int_equal(model.diags.count, 0);
    const Tree *tree = snapshot_tree(model.snapshot, 0);
    NodeId check = snapshot_statement(model.snapshot, 0).node;
    for (NodeId id = check; id < tree->count; id++) {
        const Node *node = tree_node(tree, id);
        if (node->kind == NODE_PATH)
            marked[(node->id & ID_ROLE) >> 13]++;
        if (node->kind == NODE_AMOUNT)
            assert_int_equal(node->id, TIME_MONTH);
    }
    assert_int_equal(marked[ID_COLLECTION >> 13], 1);
    assert_int_equal(marked[ID_PROPERTY >> 13], 3);
    assert_int_equal(marked[ID_LISTED >> 13], 1);
    assert_int_equal(marked[0], 0);
    model_close(&model);
}

/* Words that mean several things are translated as what they mean where they stand. */
static void test_a_bound_tree_translates(void **state)
{
    static const char text[] =
        "language en version 1\n"
        "\n"
        "partner sum { type: school }\n"
        "\n"
        "check no partners where type = school and expertise is empty\n"
        "show contributions where nature = expertise | sum value per partner | sort sum desc\n"
        "show contributions where partner = sum or partner.title is unknown\n"
        "show alliance.partners | sort name | show name, type\n"
        "check every partner: feels >= 2 or since < today - 2 months\n"
        "query few = partners | take 3\n"
        "show few | count\n";
    static const char french[] =
        "langue fr version 1\n"
        "\n"
        "partenaire sum { type : \xC3\xA9tablissement-scolaire }\n"
        "\n"
        "v\xC3\xA9rifier aucun partenaires dont type = \xC3\xA9tablissement-scolaire et "
        "expertise est vide\n"
        "montrer contributions dont nature = expertise | somme montant par partenaire | "
        "trier somme d\xC3\xA9" "croissant\n"
        "montrer contributions dont partenaire = sum ou partenaire.titre est inconnu\n"
        "montrer alliance.partenaires | trier nom | montrer nom, type\n"
        "v\xC3\xA9rifier chaque partenaire : ressenti >= 2 ou depuis < aujourd'hui - 2 mois\n"
        "requ\xC3\xAAte few = partenaires | prendre 3\n"
        "montrer few | nombre\n";
    Model model;

    (void) state;
    model_open(&model, text);
    expressions_bind(model.snapshot, &model.diags);
    assert_int_equal(model.diags.count, 0);
    PrinterText printed = print_translated(model.arena, snapshot_tree(model.snapshot, 0),
                                           snapshot_words(model.snapshot), LANG_FR,
                                           &model.diags);
    assert_non_null(printed.bytes);
    assert_string_equal(printed.bytes, french);
    model_close(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outcomes),
        cmocka_unit_test(test_failures_show_their_values),
        cmocka_unit_test(test_what_cannot_be_told),
        cmocka_unit_test(test_many_elements),
        cmocka_unit_test(test_binding_marks_the_tree),
        cmocka_unit_test(test_a_bound_tree_translates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
