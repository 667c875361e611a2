/* run.c -- files that a generator writes over the whole grammar and vocabulary: each is valid,
 * its form is its own form, and translating it there and back loses nothing (TAP).
 *
 *   run [COUNT [SEED]]      COUNT files, from this seed on; --print SEED shows one
 *
 * $GENERATED is the count when none is given: 2,000 else.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/host/value_json.h"
#include "tests/generated/maker.h"

enum { USUAL_COUNT = 2000, SHOWN_FAULTS = 3 };

typedef enum Law { VALID, FORM, MEANING, OWN, OTHER, BACK, LAW_COUNT } Law;

static const char *const laws[LAW_COUNT] = {
    "is read without an error",
    "fmt(fmt(x)) = fmt(x)",
    "tree(fmt(x)) = tree(x)",
    "fmt --to its own language = fmt, where every word has its usual form",
    "in the other language it is formatted, without an error, and says the same",
    "and back again it has the same bytes",
};

typedef struct Text {
    const char *bytes;
    size_t length;
} Text;

/* A text that was read; the snapshot looks at its surroundings as long as it lives. */
typedef struct Read {
    Env env;
    Text text;
    Snapshot *snapshot;
} Read;

/* ---- Files in memory ----------------------------------------------------------------------- */

static OpenResult open_text(void *context, const char *path, const char *from, OpenedFile *result)
{
    const Text *text = context;
    if (strcmp(path, "made.alliance") != 0)
        return made_open(context, path, from, result);
    *result = (OpenedFile){"made.alliance", text->bytes, text->length};
    return OPEN_OK;
}

/* Lives in the arena, but for its snapshot, which the caller frees. */
static Read *read_text(Arena *arena, Text text)
{
    static const char *const paths[] = {"made.alliance"};
    Read *read = arena_alloc(arena, sizeof *read);
    env_init(&read->env);
    read->text = text;
    read->env.open_file = open_text;
    read->env.files = &read->text;
    Reading reading = {.language = LANG_EN};
    read->snapshot = snapshot_read(&read->env, &reading, paths, 1);
    if (read->snapshot)
        expressions_bind(read->snapshot, snapshot_diags(read->snapshot));
    return read;
}

/* In the arena; NULL: there is none. */
static const char *first_error(Arena *arena, const Snapshot *snapshot)
{
    if (!snapshot)
        return "no memory";
    const Diags *diags = snapshot_diags(snapshot);
    for (size_t i = 0; i < diags->count; i++) {
        const Diag *diag = diags->items[i];
        if (diag->severity != SEVERITY_ERROR)
            continue;
        Position at = source_position(diag->primary.source, diag->primary.span.start);
        return arena_format(arena, "%u:%u %s %s", at.line, at.column, diag->code,
                            diag_message_text(arena, words_shipped(), LANG_EN, diag));
    }
    return NULL;
}

/* ---- The neutral tree ---------------------------------------------------------------------- */

typedef struct Written {
    Arena *arena;
    char *bytes;
    size_t length, capacity;
} Written;

static bool write_json(void *context, const char *bytes, size_t length)
{
    Written *written = context;
    written->bytes = arena_grow(written->arena, written->bytes, &written->capacity,
                                written->length + length + 1, 1);
    memcpy(written->bytes + written->length, bytes, length);
    written->length += length;
    written->bytes[written->length] = '\0';
    return true;
}

static Text tree_of(Arena *arena, const Snapshot *snapshot)
{
    Written written = {.arena = arena};
    JsonWriter json;
    json_init(&json, write_json, &written, true);
    model_json(&json, snapshot, false);
    json_end(&json);
    return (Text){written.bytes, written.length};
}

/* ---- Laws ---------------------------------------------------------------------------------- */

static bool same(Text a, Text b)
{
    return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

/* The first line in which they differ. */
static const char *difference(Arena *arena, Text a, Text b)
{
    size_t line = 0, i = 0;
    while (i < a.length && i < b.length && a.bytes[i] == b.bytes[i])
        if (a.bytes[i++] == '\n')
            line = i;
    return arena_format(arena, "\n#   %.*s\n#   %.*s", (int)strcspn(a.bytes + line, "\n"), a.bytes + line,
                        (int)strcspn(b.bytes + line, "\n"), b.bytes + line);
}

static Text formatted(Arena *arena, Text text)
{
    Diags diags;
    diags_init(&diags, arena);
    Tree *tree = parse(arena, names_new(arena), words_shipped(),
                       source_new(arena, "made.alliance", text.bytes, text.length), LANG_EN,
                       PARSE_FILE, &diags);
    if (tree->syntax_errors)
        return (Text){"", 0};
    PrinterText printed = print_tree(arena, tree, words_shipped());
    return (Text){printed.bytes, printed.length};
}

static Text translated(Arena *arena, const Snapshot *snapshot, LangId to)
{
    Diags diags;
    diags_init(&diags, arena);
    PrinterText printed = print_translated(arena, snapshot_tree(snapshot, 0), words_shipped(), to,
                                           &diags);
    return printed.bytes ? (Text){printed.bytes, printed.length} : (Text){"", 0};
}

/* What is wrong with the translation and its way back; *law: which law it is. */
static const char *fault_of_translation(Arena *arena, const Maker *maker, const Snapshot *snapshot,
                                        Text form, Text tree, Law *law)
{
    Text own = translated(arena, snapshot, maker->language);
    *law = OWN;
    if (maker->is_tidy && !same(own, form))
        return difference(arena, form, own);
    LangId other = maker->language == LANG_EN ? LANG_FR : LANG_EN;
    Text there = translated(arena, snapshot, other);
    *law = OTHER;
    if (!same(formatted(arena, there), there))
        return difference(arena, there, formatted(arena, there));
    Read *second = read_text(arena, there);
    const char *fault = first_error(arena, second->snapshot);
    if (!fault && !same(tree_of(arena, second->snapshot), tree))
        fault = difference(arena, tree, tree_of(arena, second->snapshot));
    if (!fault) {
        Text back = translated(arena, second->snapshot, maker->language);
        *law = BACK;
        fault = same(back, own) ? NULL : difference(arena, own, back);
    }
    snapshot_free(second->snapshot);
    return fault;
}

/* The form, and what is read from it. */
static const char *fault_of_form(Arena *arena, Text form, Text tree, Law *law)
{
    Text again = formatted(arena, form);
    *law = FORM;
    if (form.length == 0 || !same(form, again))
        return difference(arena, form, again);
    *law = MEANING;
    Read *second = read_text(arena, form);
    const char *fault = first_error(arena, second->snapshot);
    if (!fault && !same(tree, tree_of(arena, second->snapshot)))
        fault = difference(arena, tree, tree_of(arena, second->snapshot));
    snapshot_free(second->snapshot);
    return fault;
}

static const char *fault_of(Arena *arena, const Maker *maker, Law *law)
{
    Text text = {maker->text, maker->length};
    Read *read = read_text(arena, text);
    const char *fault = first_error(arena, read->snapshot);
    *law = VALID;
    if (!fault) {
        Text form = formatted(arena, text), tree = tree_of(arena, read->snapshot);
        fault = fault_of_form(arena, form, tree, law);
        if (!fault)
            fault = fault_of_translation(arena, maker, read->snapshot, form, tree, law);
    }
    snapshot_free(read->snapshot);
    return fault;
}

/* ---- What was written at least once ---------------------------------------------------------- */

static unsigned missing(const char *what, const unsigned *counts, size_t first, size_t end,
                        const char *(*name)(uint16_t))
{
    unsigned none = 0;
    for (size_t i = first; i < end; i++)
        if (!counts[i]) {
            none++;
            printf("# never written: %s %s\n", what, name ? name((uint16_t)i) : "");
        }
    return none;
}

static const char *kind_name(uint16_t id) { return vocabulary_kind(vocabulary_shipped(), id)->id; }
static const char *property_name(uint16_t id) { return vocabulary_property_id(vocabulary_shipped(), id); }
static const char *listed_name(uint16_t id) { return vocabulary_word_id(vocabulary_shipped(), id); }
static const char *core_name(uint16_t id) { return words_text(words_shipped(), LANG_EN, ROLE_CORE, id, 0, WORD_USUAL); }

/* Whether everything that a file may say was said.  Words of an extension, the header, replicas and
 * what is derived are left out. */
static bool is_whole(Tally *tally)
{
    const Vocabulary *vocabulary = vocabulary_shipped();
    for (PropertyId id = 1; id < PROPERTY_ID_END; id++) {
        bool is_written = false;
        for (KindId kind = 1; kind < KIND_ID_END; kind++) {
            const PropertyInfo *property = vocabulary_property(vocabulary, kind, id);
            is_written = is_written || (property && !property->is_derived);
        }
        tally->properties[id] += !is_written;
    }
    tally->types[TYPE_NONE] = tally->types[TYPE_BAG] = tally->types[TYPE_ENTITIES] = tally->types[TYPE_ANY] = 1;
    static const CoreId elsewhere[] = {CORE_BASE, CORE_EXTENSION, CORE_WITHOUT};
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
        tally->cores[elsewhere[i]]++;
    for (WordId word = 1; word < WORD_ID_END; word++)   /* hundreds of currencies: some is enough */
        tally->listed[word] += words_currency(listed_name(word), strlen(listed_name(word))) != 0;
    unsigned none = missing("kind", tally->kinds, 1, KIND_ID_END, kind_name)
        + missing("property", tally->properties, 1, PROPERTY_ID_END, property_name)
        + missing("word", tally->listed, 1, WORD_ID_END, listed_name)
        + missing("core word", tally->cores, CORE_IMPORT, CORE_ID_END, core_name)
        + missing("type", tally->types, 0, TYPE_COUNT, NULL)
        + missing("unit", tally->units, 1, TIME_ID_END, NULL);
    return none == 0 && tally->comments && tally->docs && tally->notes && tally->unknown && tally->none
        && tally->custom;
}

/* ---- The run ------------------------------------------------------------------------------- */

static int print_one(uint64_t seed)
{
    static Tally tally;
    Env env;
    Maker maker;
    Law law;
    env_init(&env);
    Arena *arena = arena_new(&env);
    make_file(&maker, arena, &tally, seed);
    fwrite(maker.text, 1, maker.length, stdout);
    const char *fault = fault_of(arena, &maker, &law);
    if (fault)
        fprintf(stderr, "seed %" PRIu64 ": not so: %s: %s\n", seed, laws[law], fault);
    arena_free(arena);
    return fault != NULL;
}

int main(int argc, char **argv)
{
    static Tally tally;
    const char *asked = getenv("GENERATED");
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : asked ? strtoul(asked, NULL, 10) : USUAL_COUNT;
    uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    unsigned long faults[LAW_COUNT] = {0}, bytes = 0;
    Env env;

    if (argc > 2 && strcmp(argv[1], "--print") == 0)
        return print_one(first);
    env_init(&env);
    for (uint64_t seed = first; seed < first + count; seed++) {
        Maker maker;
        Law law;
        Arena *arena = arena_new(&env);
        make_file(&maker, arena, &tally, seed);
        bytes += maker.length;
        const char *fault = fault_of(arena, &maker, &law);
        if (fault && faults[law]++ < SHOWN_FAULTS)
            printf("# seed %" PRIu64 ": not so: %s: %s\n", seed, laws[law], fault);
        arena_free(arena);
    }
    printf("# %lu files from seed %" PRIu64 ", %lu bytes\n", count, first, bytes);
    for (Law law = 0; law < LAW_COUNT; law++)
        printf("%sok %d - %s\n", faults[law] ? "not " : "", law + 1, laws[law]);
    printf("%sok %d - every kind, property, word, type and statement was written\n", is_whole(&tally) ? "" : "not ",
           LAW_COUNT + 1);
    printf("1..%d\n", LAW_COUNT + 1);
    return 0;
}
