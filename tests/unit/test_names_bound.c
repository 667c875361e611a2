/* test_names_bound.c -- namespaces, made names, references, suggestions, imports. */
#include "tests/unit/model.h"

static void test_names_and_titles(void **state)
{
    Model model;
    model_read(&model,
               "partner orange \"Orange\"\n"
               "partner \"L'Arche de No\xc3\xa9\"\n"
               "link orange -> \"L'Arche de No\xc3\xa9\"\n"
               "link l-arche-de-noe -> ORANGE\n");
    const Diag *diag = only_diag(&model, "W101");   /* ORANGE only: a made name has no spelling */
    assert_int_equal(source_position(diag->primary.source, diag->primary.span.start).line, 5);
    EntityId made = entity_called(&model, "l-arche-de-noe");
    assert_true(entity_name_is_made(model.snapshot, made));
    assert_string_equal(field_text(&model, made, PROPERTY_TITLE), "L'Arche de No\xc3\xa9");
    assert_int_equal(entity_called(&model, "Orange"), 1);
    model_close(&model);
    (void)state;
}

static void test_close_names(void **state)
{
    Model model;
    model_read(&model,
               "partner orange\npartner grange\npartner adb\n"
               "activity a { owner: ornage }\n");
    const Diag *diag = only_diag(&model, "E201");
    assert_string_equal(message_of(&model, diag, LANG_EN), "no partner is called `ornage`");
    assert_string_equal(message_of(&model, diag, LANG_FR),
                        "aucun partenaire ne s'appelle `ornage`");
    assert_string_equal(help_of(&model, diag, 0, LANG_EN), "replace `ornage` with `orange`");
    assert_string_equal(help_of(&model, diag, 1, LANG_EN), "replace `ornage` with `grange`");
    assert_string_equal(help_of(&model, diag, 2, LANG_EN), "other names: adb");
    assert_string_equal(diag->help->edits[0].text, "orange");
    model_close(&model);
    (void)state;
}

static void test_unknown_name_is_said_once(void **state)
{
    Model model;
    model_read(&model,
               "partner orange\n"
               "activity a { with: nobody }\nactivity b { with: nobody }\n"
               "activity c { with: Nobody }\n");
    const Diag *diag = only_diag(&model, "E201");
    unsigned places = 0;
    for (const DiagRelated *related = diag->related; related; related = related->next)
        places++;
    assert_int_equal(places, 2);
    model_close(&model);
    (void)state;
}

static void test_elision(void **state)
{
    Model model;
    model_read_in(&model, "langue fr version 1\n",
                  "partenaire arche\nlien arche -> l'arche\n");
    const Diag *diag = only_diag(&model, "E201");
    assert_string_equal(help_of(&model, diag, 0, LANG_FR), "remplacer `l'arche` par `arche`");
    model_close(&model);
    (void)state;
}

static void test_duplicate_across_imports(void **state)
{
    static TestFile files[] = {
        {"main.alliance", "import \"people.alliance\"\npartner orange\n"},
        {"people.alliance", "langue fr version 1\nobjectif Orange\n"},
        {NULL, NULL},
    };
    Model model;
    model_open(&model, files);
    const Diag *diag = only_diag(&model, "E202");
    assert_string_equal(diag->primary.source->path, "main.alliance");
    assert_string_equal(message_of(&model, diag, LANG_EN),
                        "a partner and a goal are both called `Orange`");
    assert_string_equal(diag->related->place.source->path, "people.alliance");
    model_close(&model);
    (void)state;
}

/* Two spaces hide their names; the same file without a space shows them too. */
static void test_spaces(void **state)
{
    static TestFile files[] = {
        {"main.alliance",
         "import \"a.alliance\" as north\nimport \"b.alliance\" as south\nimport \"b.alliance\"\n"
         "partner hall\nlink north.hall -> hall\nlink south.club -> club\n"},
        {"a.alliance", "partner hall\npartner garden\nlink hall -> garden\n"},
        {"b.alliance", "partner club\n"},
        {NULL, NULL},
    };
    Model model;
    model_open(&model, files);
    assert_quiet(&model);
    Names *names = snapshot_names(model.snapshot);
    NameId north = names_intern(names, "north", 5), hall = names_intern(names, "hall", 4);
    EntityId own = entity_called(&model, "hall");
    EntityId other = snapshot_find_in_space(model.snapshot, 0, north, hall);
    assert_int_not_equal(other, 0);
    assert_int_not_equal(own, other);
    assert_int_equal(snapshot_find(model.snapshot, 0, names_intern(names, "garden", 6)), 0);
    assert_int_equal(snapshot_find_path(model.snapshot, 0, "north.hall"), other);
    model_close(&model);
    (void)state;
}

static void test_a_failed_import_is_one_message(void **state)
{
    static TestFile files[] = {
        {"main.alliance", "import \"lost.alliance\"\npartner a\nlink a -> b\nlink c -> d\n"},
        {NULL, NULL},
    };
    Model model;
    model_open(&model, files);
    const Diag *diag = only_diag(&model, "E402");
    assert_string_equal(message_of(&model, diag, LANG_EN), "there is no file `lost.alliance`");
    assert_true(snapshot_is_incomplete(model.snapshot, 0));
    model_close(&model);
    (void)state;
}

/* A shared file belongs to each alliance of a portfolio, with rows of its own. */
static void test_portfolio(void **state)
{
    static TestFile files[] = {
        {"one.alliance", "import \"shared.alliance\"\nalliance one\nlink one -> hall\n"},
        {"two.alliance", "alliance two\nimport \"shared.alliance\"\npartner own\n"},
        {"shared.alliance", "partner hall\n"},
        {NULL, NULL},
    };
    Model model;
    env_init(&model.env);
    model.env.open_file = open_test_file;
    model.env.files = files;
    Reading reading = {.language = LANG_EN};
    const char *paths[] = {"one.alliance", "two.alliance"};
    model.snapshot = snapshot_read(&model.env, &reading, paths, 2);
    assert_non_null(model.snapshot);
    model.arena = arena_new(&model.env);
    assert_quiet(&model);
    size_t count;
    collection_of(model.snapshot, 0, KIND_PARTNER, &count);
    assert_int_equal(count, 1);
    const EntityId *second = collection_of(model.snapshot, 1, KIND_PARTNER, &count);
    assert_int_equal(count, 2);
    collection_of(model.snapshot, SIZE_MAX, KIND_PARTNER, &count);
    assert_int_equal(count, 3);
    assert_int_equal(entity_alliance(model.snapshot, second[0]), 1);
    assert_int_equal(snapshot_file_count(model.snapshot), 3);
    EntityId two = snapshot_alliance_entity(model.snapshot, 1);
    assert_string_equal(field_text(&model, two, PROPERTY_NAME), "two");
    model_close(&model);
    (void)state;
}

static void test_extension(void **state)
{
    static TestFile files[] = {
        {"main.alliance",
         "extension \"garden.alliance\"\n"
         "partner hall { soil: clay }\n"
         "garden plot \"The plot\" { area: 120 m2 / keeper: hall / soil: sand }\n"
         "garden plot-2 { soil: rock }\n"},
        {"garden.alliance",
         "language en version 1\n"
         "list soil { words: clay, sand }\n"
         "kind garden {\n  head: named\n  places: top\n  property area: amount\n"
         "  property keeper: ref, partner\n  property soil: word, soil\n}\n"
         "kind partner { property soil: word, soil }\n"
         "kind garden \"garden\" {\n  plural: \"gardens\"\n"
         "  about: \"A place where things grow.\"\n}\n"},
        {NULL, NULL},
    };
    static char text[512];
    size_t length = 0;
    for (const char *at = files[0].text; *at; at++) {       /* ` / ` stands for a line's end */
        bool ends = strncmp(at, " / ", 3) == 0;
        text[length++] = ends ? '\n' : *at;
        at += ends ? 2 : 0;
    }
    text[length] = '\0';
    files[0].text = text;
    Model model;
    model_open(&model, files);
    only_diag(&model, "E205");
    EntityId plot = entity_called(&model, "plot");
    const Vocabulary *vocabulary = snapshot_vocabulary(model.snapshot);
    KindId garden = vocabulary_find_kind(vocabulary, "garden");
    assert_int_equal(entity_kind(model.snapshot, plot), garden);
    assert_string_equal(field_text(&model, plot, vocabulary_find_property(vocabulary, "area")),
                        "120 m2");
    assert_string_equal(field_text(&model, plot, vocabulary_find_property(vocabulary, "soil")),
                        "sand");
    assert_string_equal(words_about(snapshot_words(model.snapshot), LANG_EN, ROLE_KIND, garden, 0),
                        "A place where things grow.");
    model_close(&model);
    (void)state;
}

/* When memory runs out, reading gives nothing, and nothing is left behind. */
static long allocations_left;

static void *few_allocations(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context, (void)old_size;
    if (new_size == 0) {
        test_free(block);
        return NULL;
    }
    if (allocations_left-- <= 0)
        return NULL;
    return test_realloc(block, new_size);
}

static void test_out_of_memory(void **state)
{
    static const char text[] = "language en version 1\npartner a \"A\" { type: company }\n"
                               "link a -> nobody\n";
    Env env;
    env_init(&env);
    env.reallocate = few_allocations;
    Reading reading = {.language = LANG_EN};
    unsigned refused = 0;
    for (long most = 0;; most++) {
        allocations_left = most;
        Snapshot *snapshot = snapshot_read_text(&env, &reading, "t", text, sizeof text - 1);
        if (snapshot) {
            assert_int_equal(snapshot_diags(snapshot)->errors, 1);
            snapshot_free(snapshot);
            break;
        }
        refused++;
    }
    assert_true(refused >= 2);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_and_titles),
        cmocka_unit_test(test_close_names),
        cmocka_unit_test(test_unknown_name_is_said_once),
        cmocka_unit_test(test_elision),
        cmocka_unit_test(test_duplicate_across_imports),
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_a_failed_import_is_one_message),
        cmocka_unit_test(test_portfolio),
        cmocka_unit_test(test_extension),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
