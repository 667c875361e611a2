/* bind_suggest.c -- what was perhaps meant: words and names near to the one typed.
 *
 * Nearness is the restricted Damerau-Levenshtein distance of folded keys, at most a third of the
 * length and at least one (a single letter is near to nothing); at most three are shown, nearest
 * first.  Where there are few choices, the others are listed too.
 */
#include "lang/model/bind.h"

#include <string.h>

#include "lang/base/utf8.h"

enum {
    FEW = 12,                       /* names and properties that are listed in full */
    FEW_WORDS = 20,                 /* words of a list, which nobody can guess */
    SUGGESTION_WORK = 3000000,      /* names compared in one reading */
};

enum { COMPARED_MOST = 20000000 };

/* ---- Nearness -------------------------------------------------------------------------- */

void candidates_init(Binder *binder, Candidates *candidates, NameId typed)
{
    Names *names = binder->snapshot->names;
    NameId folded = names_folded(names, typed);
    *candidates = (Candidates){.compared = &binder->compared,
                               .typed = names_text(names, folded),
                               .typed_length = names_length(names, folded)};
    size_t letters = utf8_count(candidates->typed, candidates->typed_length);
    candidates->limit = letters >= 6 ? (unsigned)(letters / 3) : letters > 1;
}

static void insert(Candidates *candidates, unsigned distance, const char *shown,
                   const void *key)
{
    for (unsigned i = 0; i < candidates->count; i++)
        if (strcmp(candidates->names[i], shown) == 0)
            return;
    unsigned place = candidates->count;
    while (place > 0 && candidates->distances[place - 1] > distance)
        place--;
    if (place >= 3)
        return;
    unsigned last = candidates->count < 3 ? candidates->count++ : 2;
    for (unsigned i = last; i > place; i--) {
        candidates->names[i] = candidates->names[i - 1];
        candidates->keys[i] = candidates->keys[i - 1];
        candidates->distances[i] = candidates->distances[i - 1];
    }
    candidates->names[place] = shown;
    candidates->keys[place] = key;
    candidates->distances[place] = distance;
}

static void compare(Candidates *candidates, const char *folded, size_t length,
                    const char *shown, const void *key)
{
    size_t typed = candidates->typed_length;
    size_t difference = typed > length ? typed - length : length - typed;
    if (difference > (size_t)candidates->limit * 2)     /* bytes: a letter may take two */
        return;
    /* Many wrong names among many names: the first mistakes get suggestions, the rest none. */
    *candidates->compared += typed * length;
    if (*candidates->compared > COMPARED_MOST)
        return;
    unsigned distance = utf8_distance(candidates->typed, typed, folded, length,
                                      candidates->limit);
    if (distance > 0 && distance <= candidates->limit)
        insert(candidates, distance, shown, key);
}

/* A word of the tables: folded here, since it was perhaps never typed. */
static void add_word(Binder *binder, Candidates *candidates, const char *word)
{
    size_t length;
    const char *folded = utf8_fold(binder->scratch, word, strlen(word), &length);
    compare(candidates, folded, length, word, NULL);
}

/* ---- Showing --------------------------------------------------------------------------- */

void bind_suggest_replace(Binder *binder, Diag *diag, Span span, const Candidates *candidates)
{
    for (unsigned i = 0; i < candidates->count; i++) {
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_REPLACE, EDIT_LIKELY);
        bind_help_arg(binder, help, "old", bind_source_text(binder, span));
        bind_help_arg(binder, help, "new", candidates->names[i]);
        bind_edit(binder, help, span, candidates->names[i]);
    }
}

typedef struct Choices {            /* what exists, while it is few */
    const char *texts[FEW_WORDS];
    unsigned count;
} Choices;

static void choose(Choices *choices, const char *text)
{
    if (choices->count < FEW_WORDS)
        choices->texts[choices->count] = text;
    choices->count++;
}

static void list_choices(Binder *binder, Diag *diag, MessageId message, const Choices *choices,
                         const Candidates *shown, unsigned most)
{
    if (choices->count == 0 || choices->count > most)
        return;
    Snapshot *snapshot = binder->snapshot;
    DiagArg *items = arena_array(snapshot->arena, choices->count, sizeof *items);
    uint32_t count = 0;
    for (unsigned i = 0; i < choices->count; i++) {
        bool is_shown = false;
        for (unsigned j = 0; j < shown->count; j++)
            is_shown |= strcmp(choices->texts[i], shown->names[j]) == 0;
        if (!is_shown)
            items[count++] = (DiagArg){.kind = ARG_TEXT, .text = choices->texts[i]};
    }
    if (count == 0)
        return;
    DiagHelp *note = diag_note(&snapshot->diags, diag, message);
    diag_text_arg(&snapshot->diags, &note->text,
                  (DiagArg){.name = "list", .kind = ARG_LIST, .items = items,
                            .item_count = count});
}

/* Too many to list: where all of them are shown. */
static void help_see_all(Binder *binder, Diag *diag, const char *topic, unsigned count)
{
    DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_SEE_ALL, EDIT_NONE);
    bind_help_arg(binder, help, "topic", topic);
    diag_text_arg(&binder->snapshot->diags, &help->text,
                  (DiagArg){.name = "count", .kind = ARG_NUMBER, .number = count});
}

/* ---- Words of the tables --------------------------------------------------------------- */

void bind_suggest_words(Binder *binder, Diag *diag, Span span, NameId typed,
                        const Expected *expected)
{
    ListId list = expected->list;
    const Snapshot *snapshot = binder->snapshot;
    const ListInfo *info = vocabulary_list(snapshot->vocabulary, list);
    Candidates candidates;
    Choices choices = {.count = 0};
    candidates_init(binder, &candidates, typed);
    const Confusion *confusion = bind_confusion(binder, typed, ROLE_LISTED, list);
    if (confusion)                      /* what it is here, and nothing that only looks like it */
        insert(&candidates, 0, words_text(snapshot->words, binder->language, ROLE_LISTED,
                                          confusion->id, list, WORD_USUAL), NULL);
    for (uint16_t i = 0; i < info->count; i++) {
        const char *word = words_text(snapshot->words, binder->language, ROLE_LISTED,
                                      info->words[i], list, WORD_USUAL);
        if (!word)
            continue;
        if (!confusion)
            add_word(binder, &candidates, word);
        choose(&choices, word);
    }
    bind_suggest_replace(binder, diag, span, &candidates);
    list_choices(binder, diag, MESSAGE_NOTE_WORDS, &choices, &candidates,
                 candidates.count ? FEW : FEW_WORDS);
    if (choices.count > FEW_WORDS && candidates.count == 0)
        help_see_all(binder, diag, names_text(snapshot->names, expected->word), choices.count);
}

static void add_properties(Binder *binder, Candidates *candidates, Choices *choices,
                           const PropertyInfo *rows, uint16_t count, KindId kind)
{
    const Snapshot *snapshot = binder->snapshot;
    for (uint16_t i = 0; i < count; i++) {
        if (rows[i].is_derived)
            continue;
        const char *word = words_text(snapshot->words, binder->language, ROLE_PROPERTY,
                                      rows[i].id, kind, WORD_USUAL);
        if (!word)
            continue;
        add_word(binder, candidates, word);
        if (choices)
            choose(choices, word);
    }
}

bool bind_suggest_properties(Binder *binder, Diag *diag, Span span, NameId typed, KindId kind)
{
    const Snapshot *snapshot = binder->snapshot;
    const Vocabulary *vocabulary = snapshot->vocabulary;
    const KindInfo *info = vocabulary_kind(vocabulary, kind);
    Candidates candidates;
    Choices choices = {.count = 0};
    candidates_init(binder, &candidates, typed);
    add_properties(binder, &candidates, &choices, info->properties, info->property_count, kind);
    for (uint16_t i = 1; i <= vocabulary_kind_count(vocabulary); i++) {
        const char *word = NULL;
        if (vocabulary_kind(vocabulary, i)->places & bind_place_of(kind)
            && bind_place_of(kind) != PLACE_TOP)
            word = words_text(snapshot->words, binder->language, ROLE_KIND, i, 0, WORD_USUAL);
        if (word) {
            add_word(binder, &candidates, word);
            choose(&choices, word);
        }
    }
    static const PropertyId shared[] = {PROPERTY_NOTE, PROPERTY_SOURCE, PROPERTY_CONFIDENTIAL,
                                        PROPERTY_ASSUMPTION, PROPERTY_TAGS};
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        const char *word = words_text(snapshot->words, binder->language, ROLE_PROPERTY,
                                      shared[i], 0, WORD_USUAL);
        if (word)
            add_word(binder, &candidates, word);
    }
    bind_suggest_replace(binder, diag, span, &candidates);
    list_choices(binder, diag, MESSAGE_NOTE_PROPERTIES, &choices, &candidates, FEW);
    if (choices.count > FEW && candidates.count == 0)
        help_see_all(binder, diag, words_text(snapshot->words, binder->language, ROLE_KIND, kind,
                                              0, WORD_USUAL), choices.count);
    return candidates.count > 0;
}

KindId bind_suggest_kinds(Binder *binder, Diag *diag, Span span, NameId typed, uint16_t place)
{
    const Snapshot *snapshot = binder->snapshot;
    Candidates candidates;
    candidates_init(binder, &candidates, typed);
    for (uint16_t i = 1; i <= vocabulary_kind_count(snapshot->vocabulary); i++) {
        if (!(vocabulary_kind(snapshot->vocabulary, i)->places & place))
            continue;
        const char *word = words_text(snapshot->words, binder->language, ROLE_KIND, i, 0,
                                      WORD_USUAL);
        if (word)
            add_word(binder, &candidates, word);
    }
    static const CoreId statements[] = {CORE_IMPORT, CORE_BASE, CORE_EXTENSION, CORE_CHANGE,
                                        CORE_REMOVE, CORE_ASSERT, CORE_CHECK, CORE_SHOW,
                                        CORE_QUERY, CORE_SCENARIO, CORE_ACCEPT, CORE_SETTINGS};
    for (size_t i = 0; place == PLACE_TOP && i < sizeof statements / sizeof statements[0]; i++) {
        const char *word = words_text(snapshot->words, binder->language, ROLE_CORE,
                                      statements[i], 0, WORD_USUAL);
        if (word)
            add_word(binder, &candidates, word);
    }
    bind_suggest_replace(binder, diag, span, &candidates);
    if (candidates.count != 1)
        return 0;
    const WordMeaning *meant = words_find(
        snapshot->words, snapshot->names, binder->language,
        names_intern(snapshot->names, candidates.names[0], strlen(candidates.names[0])),
        ROLE_KIND, 0);
    return meant ? meant->id : 0;
}

void bind_suggest_checks(Binder *binder, Diag *diag, Span span, NameId typed)
{
    const Snapshot *snapshot = binder->snapshot;
    Candidates candidates;
    candidates_init(binder, &candidates, typed);
    for (uint16_t i = 1; i < CHECK_ID_END; i++) {
        const char *word = words_text(snapshot->words, binder->language, ROLE_CHECK, i, 0,
                                      WORD_USUAL);
        if (word)
            add_word(binder, &candidates, word);
    }
    bind_suggest_replace(binder, diag, span, &candidates);
}

void bind_suggest_texts(Binder *binder, Diag *diag, Span span, NameId typed,
                        const char *const *texts, size_t count, MessageId note)
{
    Candidates candidates = {.count = 0};
    Choices choices = {.count = 0};
    if (typed)
        candidates_init(binder, &candidates, typed);
    for (size_t i = 0; i < count; i++) {
        if (typed)
            add_word(binder, &candidates, texts[i]);
        choose(&choices, texts[i]);
    }
    bind_suggest_replace(binder, diag, span, &candidates);
    list_choices(binder, diag, note, &choices, &candidates, FEW_WORDS);
}

/* ---- Names of entities ----------------------------------------------------------------- */

static bool is_choice(Binder *binder, const EntityRow *row, uint32_t scope,
                      const KindId *kinds, uint16_t count)
{
    Snapshot *snapshot = binder->snapshot;
    if (!row->name || !row->kind || row->kind == KIND_ALLIANCE)
        return false;
    bool fits = count == 0;
    for (uint16_t i = 0; i < count; i++)
        fits |= kinds[i] == row->kind;
    return fits && scope_find(snapshot, snapshot->files[row->file].scope - 1) == scope;
}

void bind_suggest_entities(Binder *binder, Diag *diag, Span span, NameId typed, uint32_t scope,
                           const KindId *kinds, uint16_t count)
{
    Snapshot *snapshot = binder->snapshot;
    Candidates candidates;
    Choices choices = {.count = 0};
    candidates_init(binder, &candidates, typed);
    EntityId last = (EntityId)snapshot->entity_count;
    for (EntityId entity = snapshot->alliances[binder->alliance].first; entity <= last;
         entity++) {
        const EntityRow *row = &snapshot->entities[entity];
        if (binder->suggestion_work++ > SUGGESTION_WORK)
            break;
        if (!is_choice(binder, row, scope, kinds, count))
            continue;
        const char *name = names_text(snapshot->names, row->name);
        NameId folded = names_folded(snapshot->names, row->name);
        compare(&candidates, names_text(snapshot->names, folded),
                names_length(snapshot->names, folded), name, row);
        choose(&choices, name);
    }
    if (candidates.count) {
        const EntityRow *row = candidates.keys[0];
        const FileRow *file = &snapshot->files[row->file];
        DiagRelated *related = diag_related(
            &snapshot->diags, diag, MESSAGE_CLOSE_NAME_HERE, file->source,
            node_span(tree_node(file->tree, row->spot ? row->spot : row->node)));
        diag_text_arg(&snapshot->diags, &related->place.label,
                      (DiagArg){.name = "kind", .kind = ARG_WORD, .role = ROLE_KIND,
                                .id = row->kind});
    }
    bind_suggest_replace(binder, diag, span, &candidates);
    list_choices(binder, diag, MESSAGE_NOTE_OTHER_NAMES, &choices, &candidates, FEW);
}

/* ---- Confusions and other languages ---------------------------------------------------- */

static bool confusion_fits(const Binder *binder, const Confusion *confusion, WordRole role,
                           uint16_t scope)
{
    if (confusion->role != role)
        return false;
    if (role == ROLE_PROPERTY)
        return vocabulary_property(binder->snapshot->vocabulary, scope, confusion->id) != NULL;
    if (role == ROLE_LISTED)
        return confusion->scope == scope;
    if (role == ROLE_KIND && scope != 0)
        return vocabulary_kind(binder->snapshot->vocabulary, confusion->id)->places & scope;
    return true;
}

const Confusion *bind_confusion(Binder *binder, NameId typed, WordRole role, uint16_t scope)
{
    const Snapshot *snapshot = binder->snapshot;
    size_t count;
    const WordMeaning *meanings = words_meanings(snapshot->words, snapshot->names, typed, &count);
    for (size_t i = 0; i < count; i++) {
        if (meanings[i].role != ROLE_CONFUSED || meanings[i].language != binder->language)
            continue;
        const Confusion *confusion = words_confusion(snapshot->words, meanings[i].id);
        if (confusion && confusion_fits(binder, confusion, role, scope))
            return confusion;
    }
    return NULL;
}

const WordMeaning *bind_foreign(Binder *binder, NameId word, WordRole role, uint16_t scope)
{
    const Snapshot *snapshot = binder->snapshot;
    size_t count;
    const WordMeaning *meanings = words_meanings(snapshot->words, snapshot->names, word, &count);
    for (size_t i = 0; i < count; i++)
        if (meanings[i].role == role && meanings[i].language != binder->language
            && (scope == 0 || meanings[i].scope == scope))
            return &meanings[i];
    return NULL;
}

/* A language by the text `language-CODE` of the catalogues: "French", "anglais". */
static void arg_language(Binder *binder, Diag *diag, const char *placeholder, LangId language)
{
    const char *id = arena_format(binder->scratch, "language-%s",
                                  words_language_code(binder->snapshot->words, language));
    diag_arg(&binder->snapshot->diags, diag,
             (DiagArg){.name = placeholder, .kind = ARG_MESSAGE, .message = message_find(id)});
}

void bind_report_foreign(Binder *binder, Span span, NameId word, const WordMeaning *meaning)
{
    Snapshot *snapshot = binder->snapshot;
    Diag *diag = bind_report_span(binder, MESSAGE_FOREIGN_WORD, span);
    bind_arg_name(binder, diag, "word", word);
    arg_language(binder, diag, "language", meaning->language);
    arg_language(binder, diag, "here", binder->language);
    const char *text = words_text(snapshot->words, binder->language, (WordRole)meaning->role,
                                  meaning->id, meaning->scope, WORD_USUAL);
    if (text)
        bind_help_write(binder, diag, EDIT_SAFE, span, text);
}
