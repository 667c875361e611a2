/* complain.c -- the diagnostics of expressions: what was meant, what stands there, what to write.
 *
 * A mistake in an expression is told at the word or operand that causes it; the other side of a
 * comparison is a related place.  Arguments stay neutral until a language is known.
 */
#include "lang/eval/complain.h"

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/printer.h"

/* ---- Building blocks ---------------------------------------------------------------- */

static Diag *report(Evaluation *evaluation, const Tree *tree, NodeId node, MessageId message)
{
    return diag_add(evaluation->diags, message, tree->source, node_span(tree_node(tree, node)),
                    tree->language);
}

static Diag *report_at(const Binding *binding, NodeId node, MessageId message)
{
    return report(binding->evaluation, binding->tree, node, message);
}

static void arg_message(Evaluation *evaluation, Diag *diag, const char *name, MessageId message)
{
    diag_arg(evaluation->diags, diag,
             (DiagArg){.name = name, .kind = ARG_MESSAGE, .message = message});
}

static void arg_name(Evaluation *evaluation, Diag *diag, const char *name, NameId word)
{
    diag_arg_text(evaluation->diags, diag, name, names_text(evaluation->names, word),
                  names_length(evaluation->names, word));
}

static void arg_source(Evaluation *evaluation, Diag *diag, const char *name, const Tree *tree,
                       NodeId node)
{
    Span span = node_extent(tree, node);
    diag_arg_text(evaluation->diags, diag, name, tree->source->text + span.start,
                  span.end - span.start);
}

static void arg_text(Evaluation *evaluation, Diag *diag, const char *name, const char *text)
{
    diag_arg_text(evaluation->diags, diag, name, text, strlen(text));
}

static void help_text(Evaluation *evaluation, DiagHelp *help, const char *name, const char *text)
{
    char *copy = arena_copy(evaluation->diags->arena, text, strlen(text));
    diag_text_arg(evaluation->diags, &help->text,
                  (DiagArg){.name = name, .kind = ARG_TEXT, .text = copy});
}

static void edit_word(Evaluation *evaluation, DiagHelp *help, const Tree *tree, Span span,
                      const char *text)
{
    char *copy = arena_copy(evaluation->diags->arena, text, strlen(text));
    diag_edit(evaluation->diags, help, tree->source, span, copy);
}

static void help_write(Evaluation *evaluation, Diag *diag, const Tree *tree, Span span,
                       const char *text, Confidence confidence)
{
    DiagHelp *help = diag_help(evaluation->diags, diag, MESSAGE_HELP_WRITE, confidence);
    help_text(evaluation, help, "right", text);
    edit_word(evaluation, help, tree, span, text);
}

/* The span of one word of a path: the PATH itself is its first word only up to the dot. */
static Span word_span(const Tree *tree, NodeId node)
{
    Span span = node_span(tree_node(tree, node));
    NodeId second = tree_node(tree, node)->kind == NODE_PATH ? tree_node(tree, node)->child : 0;

    if (second)
        for (span.end = span.start; tree->source->text[span.end] != '.'
             && span.end < tree_node(tree, second)->start;)
            span.end++;
    return span;
}

/* ---- Candidates --------------------------------------------------------------------- */

enum { NEAREST = 3, FEW = 12, MANY = 48 };

/* What a word could have been: the nearest ones, and all of them when they are few. */
typedef struct Candidates {
    Evaluation *evaluation;
    LangId language;
    const char *typed;          /* folded */
    size_t typed_length;
    unsigned most;              /* farther is no suggestion */
    const char *nearest[NEAREST];
    unsigned distance[NEAREST];
    unsigned near_count;
    DiagArg listed[MANY];
    unsigned count;             /* of all; more than `limit`: not listed */
    unsigned limit;             /* FEW, but the fields of one kind are always listed */
} Candidates;

static Candidates candidates(const Binding *binding, NameId word)
{
    Evaluation *evaluation = binding->evaluation;
    NameId folded = names_folded(evaluation->names, word);
    size_t length = names_length(evaluation->names, folded);
    unsigned third =
        (unsigned)(utf8_count(names_text(evaluation->names, folded), length) / 3);

    return (Candidates){.evaluation = evaluation, .language = binding->tree->language,
                        .typed = names_text(evaluation->names, folded),
                        .typed_length = length, .most = third ? third : length > 1, .limit = FEW};
}

static void keep_nearest(Candidates *list, const char *text, unsigned distance)
{
    unsigned at = list->near_count;

    for (unsigned i = 0; i < list->near_count; i++)
        if (strcmp(list->nearest[i], text) == 0)
            return;
    while (at > 0 && list->distance[at - 1] > distance)
        at--;
    if (at >= NEAREST)
        return;
    if (list->near_count < NEAREST)
        list->near_count++;
    for (unsigned i = list->near_count - 1; i > at; i--) {
        list->nearest[i] = list->nearest[i - 1];
        list->distance[i] = list->distance[i - 1];
    }
    list->nearest[at] = text;
    list->distance[at] = distance;
}

/* A word that could stand there; listed ones are shown when they are few. */
static void candidate(Candidates *list, const char *text, bool is_listed)
{
    size_t length;

    if (!text || !*text)
        return;
    const char *folded =
        utf8_fold(list->evaluation->arena, text, strlen(text), &length);
    unsigned distance =
        utf8_distance(list->typed, list->typed_length, folded, length, list->most);
    if (distance <= list->most)
        keep_nearest(list, text, distance);
    if (!is_listed)
        return;
    if (list->count < MANY)
        list->listed[list->count] = (DiagArg){.kind = ARG_TEXT, .text = text};
    list->count++;
}

static void candidate_fields(Candidates *list, KindId kind)
{
    const Words *words = list->evaluation->words;
    const KindInfo *info = vocabulary_kind(list->evaluation->vocabulary, kind);

    list->limit = MANY;
    for (uint16_t i = 0; info && i < info->property_count; i++)
        candidate(list, words_text(words, list->language, ROLE_PROPERTY, info->properties[i].id,
                                   kind, WORD_USUAL), true);
    for (PropertyId id = PROPERTY_NAME; id <= PROPERTY_ALLIANCE; id++)
        candidate(list, words_text(words, list->language, ROLE_PROPERTY, id, 0, WORD_USUAL),
                  true);
}

static void candidate_columns(Candidates *list, const Scope *scope)
{
    const Words *words = list->evaluation->words;

    for (size_t i = 0; i < scope->column_count; i++) {
        const Column *column = &scope->columns[i];
        if (column->measure)
            candidate(list, words_text(words, list->language, ROLE_CORE, column->measure, 0,
                                       WORD_USUAL), true);
        else if (column->formula->path.step_count)
            candidate(list, names_text(list->evaluation->names,
                                       column->formula->path.steps[0].name), true);
    }
}

static void candidate_scope(Candidates *list, const Scope *scope)
{
    if (scope->shape == SHAPE_ROW)
        candidate_columns(list, scope);
    else if (scope->shape == SHAPE_ENTITY)
        for (uint16_t i = 0; i < scope->type.kind_count; i++)
            candidate_fields(list, scope->type.kinds[i]);
}

/* Every collection may be meant; listed are those that have something in them. */
static void candidate_collections(Candidates *list, bool are_listed)
{
    Evaluation *evaluation = list->evaluation;
    uint16_t kinds = vocabulary_kind_count(evaluation->vocabulary);

    for (KindId kind = 1; kind <= kinds; kind++) {
        size_t count;
        collection_of(evaluation->snapshot, evaluation->alliance, kind, &count);
        candidate(list, words_text(evaluation->words, list->language, ROLE_KIND, kind, 0,
                                   WORD_PLURAL), are_listed && count);
    }
}

/* Names are compared as long as that costs little. */
static void candidate_entities(Candidates *list)
{
    Evaluation *evaluation = list->evaluation;
    size_t count = snapshot_entity_count(evaluation->snapshot);
    enum { MOST = 20000 };

    for (EntityId entity = 1; entity <= count && entity <= MOST; entity++) {
        NameId name = entity_name(evaluation->snapshot, entity);
        if (name && (evaluation->alliance == SIZE_MAX
                     || entity_alliance(evaluation->snapshot, entity) == evaluation->alliance))
            candidate(list, names_text(evaluation->names, name), false);
    }
}

static void candidate_words(Candidates *list, ListId id)
{
    const ListInfo *info = vocabulary_list(list->evaluation->vocabulary, id);

    for (uint16_t i = 0; info && i < info->count; i++)
        candidate(list, words_text(list->evaluation->words, list->language, ROLE_LISTED,
                                   info->words[i], id, WORD_USUAL), true);
}

/* Help lines with the nearest, and a note with all of them. */
static void tell_candidates(const Candidates *list, Diag *diag, const Tree *tree, Span span,
                            MessageId note)
{
    Evaluation *evaluation = list->evaluation;
    char *old = arena_copy(evaluation->diags->arena, tree->source->text + span.start,
                           span.end - span.start);

    for (unsigned i = 0; i < list->near_count; i++) {
        DiagHelp *help = diag_help(evaluation->diags, diag, MESSAGE_HELP_REPLACE, EDIT_LIKELY);
        help_text(evaluation, help, "old", old);
        help_text(evaluation, help, "new", list->nearest[i]);
        edit_word(evaluation, help, tree, span, list->nearest[i]);
    }
    if (!note || !list->count || list->count > list->limit)
        return;
    DiagArg *items = arena_array(evaluation->diags->arena, list->count, sizeof *items);
    memcpy(items, list->listed, list->count * sizeof *items);
    DiagHelp *line = diag_note(evaluation->diags, diag, note);
    diag_text_arg(evaluation->diags, &line->text,
                  (DiagArg){.name = "list", .kind = ARG_LIST, .items = items,
                            .item_count = list->count});
}

/* ---- Names -------------------------------------------------------------------------- */

/* A name of one or two letters that is a word of another language only once its accents are off
 * (`a` and the French word for `at`) is a name. */
static bool is_short_by_chance(const Binding *binding, NameId word, const WordMeaning *meaning)
{
    const char *typed = names_text(binding->evaluation->names, word);
    const char *there = words_text(binding->evaluation->words, meaning->language,
                                   (WordRole)meaning->role, meaning->id, meaning->scope,
                                   WORD_USUAL);

    return strlen(typed) <= 2 && there && strcmp(typed, there) != 0;
}

/* A meaning of the word in another language that could stand in an expression; NULL: none. */
static const WordMeaning *foreign_meaning(const Binding *binding, NameId word)
{
    static const WordRole roles[] = {
        ROLE_PROPERTY, ROLE_COLLECTION, ROLE_LISTED, ROLE_KIND, ROLE_YES_NO,
    };
    size_t count;
    const WordMeaning *rows =
        words_meanings(binding->evaluation->words, binding->evaluation->names, word, &count);

    const WordMeaning *foreign = NULL;

    for (size_t role = 0; role < sizeof roles / sizeof *roles; role++)
        for (size_t i = 0; i < count; i++) {
            if (rows[i].role != roles[role])
                continue;
            if (rows[i].language == binding->tree->language)
                return NULL;            /* one word of both languages: it is at home */
            if (!foreign && !is_short_by_chance(binding, word, &rows[i]))
                foreign = &rows[i];
        }
    return foreign;
}

static void arg_language(Evaluation *evaluation, Diag *diag, const char *name, LangId language)
{
    const char *id = arena_format(evaluation->arena, "language-%s",
                                  words_language_code(evaluation->words, language));
    arg_message(evaluation, diag, name, message_find(id));
}

/* E105 with the translation as an edit. */
static void report_foreign(Evaluation *evaluation, const Tree *tree, Span span, NameId word,
                           const WordMeaning *meaning)
{
    bool is_plural = meaning->role == ROLE_COLLECTION;
    const char *text =
        words_text(evaluation->words, tree->language,
                   is_plural ? ROLE_KIND : (WordRole)meaning->role, meaning->id, meaning->scope,
                   is_plural ? WORD_PLURAL : WORD_USUAL);
    Diag *diag = diag_add(evaluation->diags, MESSAGE_FOREIGN_WORD, tree->source, span,
                          tree->language);

    arg_name(evaluation, diag, "word", word);
    arg_language(evaluation, diag, "language", meaning->language);
    arg_language(evaluation, diag, "here", tree->language);
    if (text)
        help_write(evaluation, diag, tree, span, text, EDIT_SAFE);
}

static bool complain_foreign(const Binding *binding, NodeId node, NameId word)
{
    const WordMeaning *meaning = foreign_meaning(binding, word);

    if (meaning)
        report_foreign(binding->evaluation, binding->tree, word_span(binding->tree, node), word,
                       meaning);
    return meaning != NULL;
}

/* The keyword of a kind where its collection is meant: `brings` for `contributions`. */
static void suggest_plural(const Binding *binding, Candidates *list, NameId word)
{
    const WordMeaning *kind = words_find(binding->evaluation->words, binding->evaluation->names,
                                         binding->tree->language, word, ROLE_KIND, 0);

    if (kind)
        keep_nearest(list, words_text(binding->evaluation->words, binding->tree->language,
                                      ROLE_KIND, kind->id, 0, WORD_PLURAL), 0);
}

/* What people write for something else: `budget` for `cost`. */
static void suggest_confused(const Binding *binding, Candidates *list, NameId word,
                             const Type *type)
{
    Evaluation *evaluation = binding->evaluation;
    size_t count;
    const WordMeaning *rows =
        words_meanings(evaluation->words, evaluation->names, word, &count);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].role != ROLE_CONFUSED || rows[i].language != binding->tree->language)
            continue;
        const Confusion *meant = words_confusion(evaluation->words, rows[i].id);
        KindId kind = type && type->kind_count ? type->kinds[0] : 0;
        if (meant->role == ROLE_PROPERTY
            && (!kind || !vocabulary_property(evaluation->vocabulary, kind, meant->id)))
            continue;
        if (meant->role != ROLE_PROPERTY && meant->role != ROLE_KIND)
            continue;
        const char *text = words_text(evaluation->words, list->language, meant->role, meant->id,
                                      meant->role == ROLE_PROPERTY ? kind : meant->scope,
                                      meant->role == ROLE_KIND ? WORD_PLURAL : WORD_USUAL);
        if (text)
            keep_nearest(list, text, 0);
    }
}

/* What people write for a word of this list: `shop` for `company`. */
static const char *meant_word(const Binding *binding, NameId word, ListId list)
{
    const Words *words = binding->evaluation->words;
    LangId language = binding->tree->language;
    size_t count;
    const WordMeaning *rows = words_meanings(words, binding->evaluation->names, word, &count);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].role != ROLE_CONFUSED || rows[i].language != language)
            continue;
        const Confusion *meant = words_confusion(words, rows[i].id);
        if (meant->role == ROLE_LISTED && meant->scope == list)
            return words_text(words, language, ROLE_LISTED, meant->id, list, WORD_USUAL);
    }
    return NULL;
}

static void complain_word(const Binding *binding, NodeId node, NameId word)
{
    Evaluation *evaluation = binding->evaluation;
    const Type *expected = binding->expected;
    Diag *diag = report_at(binding, node, MESSAGE_WORD_NOT_COMPARED);
    Candidates list = candidates(binding, word);

    arg_name(evaluation, diag, "word", word);
    diag_arg_word(evaluation->diags, diag, "property", ROLE_PROPERTY, expected->field, 0);
    candidate_words(&list, expected->list);
    const char *meant = meant_word(binding, word, expected->list);
    if (meant)
        keep_nearest(&list, meant, 0);
    tell_candidates(&list, diag, binding->tree, word_span(binding->tree, node),
                    MESSAGE_NOTE_WORDS);
}

void complain_unknown(const Binding *binding, NodeId node)
{
    Evaluation *evaluation = binding->evaluation;
    const Type *expected = binding->expected;
    const Scope *scope = binding->scope;
    NameId word = tree_node(binding->tree, node)->data;
    Span span = word_span(binding->tree, node);
    bool is_bare = !tree_node(binding->tree, node)->child;

    if (complain_foreign(binding, node, word))
        return;
    if (expected && expected->family == FAMILY_WORD && expected->list && is_bare) {
        complain_word(binding, node, word);
        return;
    }
    if (snapshot_is_incomplete(evaluation->snapshot, evaluation->alliance))
        return;             /* a file that could have declared it is not there, which was told */
    Diag *diag = diag_add(evaluation->diags, MESSAGE_UNKNOWN_IN_EXPRESSION,
                          binding->tree->source, span, binding->tree->language);
    arg_name(evaluation, diag, "name", word);
    Candidates list = candidates(binding, word);
    suggest_plural(binding, &list, word);
    suggest_confused(binding, &list, word, scope->shape == SHAPE_ENTITY ? &scope->type : NULL);
    candidate_scope(&list, scope);
    candidate_entities(&list);
    candidate_collections(&list, scope->shape == SHAPE_NOTHING);
    tell_candidates(&list, diag, binding->tree, span,
                    scope->shape == SHAPE_NOTHING ? MESSAGE_NOTE_COLLECTIONS
                                                  : MESSAGE_NOTE_FIELDS);
}

void complain_no_field(const Binding *binding, NodeId node, const Type *type)
{
    Evaluation *evaluation = binding->evaluation;
    NameId word = tree_node(binding->tree, node)->data;
    Span span = node_span(tree_node(binding->tree, node));
    Diag *diag;

    if (type->family != FAMILY_ENTITY) {
        diag = report_at(binding, node, MESSAGE_NOTHING_AFTER_DOT);
        arg_message(evaluation, diag, "type", type_message(type));
        return;
    }
    if (complain_foreign(binding, node, word))
        return;
    if (type->kind_count == 1) {
        diag = report_at(binding, node, MESSAGE_NO_SUCH_FIELD);
        diag_arg_word(evaluation->diags, diag, "kind", ROLE_KIND, type->kinds[0], 0);
    } else
        diag = report_at(binding, node, MESSAGE_NO_SUCH_FIELD_HERE);
    arg_name(evaluation, diag, "field", word);
    Candidates list = candidates(binding, word);
    suggest_confused(binding, &list, word, type);
    for (uint16_t i = 0; i < type->kind_count; i++)
        candidate_fields(&list, type->kinds[i]);
    candidate_collections(&list, false);
    tell_candidates(&list, diag, binding->tree, span, MESSAGE_NOTE_FIELDS);
}

/* Apostrophes of both kinds are one spelling. */
static bool same_spelling(const char *a, const char *b)
{
    static const char curly[] = "\xE2\x80\x99";

    while (*a && *b) {
        bool a_mark = strncmp(a, curly, 3) == 0, b_mark = strncmp(b, curly, 3) == 0;
        if (!a_mark && !b_mark && *a != *b)
            return false;
        if ((a_mark && !b_mark && *b != '\'') || (b_mark && !a_mark && *a != '\''))
            return false;
        a += a_mark ? 3 : 1;
        b += b_mark ? 3 : 1;
    }
    return *a == *b;
}

void complain_other_spelling(const Binding *binding, NodeId node, EntityId entity)
{
    Evaluation *evaluation = binding->evaluation;
    const Snapshot *snapshot = evaluation->snapshot;
    NameId typed = tree_node(binding->tree, node)->data, name = entity_name(snapshot, entity);
    const char *declared = names_text(evaluation->names, name);

    if (typed == name || entity_name_is_made(snapshot, entity)
        || same_spelling(names_text(evaluation->names, typed), declared))
        return;
    Span span = word_span(binding->tree, node);
    Diag *diag = diag_add(evaluation->diags, MESSAGE_OTHER_SPELLING, binding->tree->source,
                          span, binding->tree->language);
    arg_text(evaluation, diag, "name", declared);
    diag_related(evaluation->diags, diag, MESSAGE_LABEL_SPELLED_HERE,
                 snapshot_source(snapshot, entity_file(snapshot, entity)),
                 entity_span(snapshot, entity));
    help_write(evaluation, diag, binding->tree, span, declared, EDIT_SAFE);
}

/* A unit written as people write it (`euros`, `d`), or in another language; true: told. */
bool complain_unit(Evaluation *evaluation, const Tree *tree, NameId word, Span span)
{
    size_t count;
    const WordMeaning *rows =
        words_meanings(evaluation->words, evaluation->names, word, &count);

    for (size_t i = 0; i < count; i++) {
        bool is_here = rows[i].language == tree->language;
        if (!is_here && (rows[i].role == ROLE_UNIT || rows[i].role == ROLE_MONTH)) {
            report_foreign(evaluation, tree, span, word, &rows[i]);
            return true;
        }
        if (!is_here || rows[i].role != ROLE_CONFUSED)
            continue;
        const Confusion *meant = words_confusion(evaluation->words, rows[i].id);
        if (meant->role != ROLE_CURRENCY && meant->role != ROLE_UNIT)
            continue;
        const char *instead = meant->instead;
        if (!instead && meant->role == ROLE_CURRENCY)
            instead = words_currency_code(meant->id);
        if (!instead)
            instead = words_text(evaluation->words, tree->language, ROLE_UNIT, meant->id, 0,
                                 WORD_USUAL);
        Diag *diag = diag_add(evaluation->diags, MESSAGE_UNKNOWN_UNIT, tree->source, span,
                              tree->language);
        arg_name(evaluation, diag, "unit", word);
        if (instead)
            help_write(evaluation, diag, tree, span, instead, EDIT_LIKELY);
        return true;
    }
    return false;
}

/* ---- Types -------------------------------------------------------------------------- */

/* A message about what one place holds: {type}, and its source text {text}. */
static Diag *complain_type(const Binding *binding, NodeId node, MessageId message,
                           const Type *type)
{
    Diag *diag = report_at(binding, node, message);

    arg_message(binding->evaluation, diag, "type", type_message(type));
    arg_source(binding->evaluation, diag, "text", binding->tree, node);
    return diag;
}

void complain_collection(const Binding *binding, NodeId node, const Type *type)
{
    Diag *diag = complain_type(binding, node, MESSAGE_NOT_A_COLLECTION, type);
    diag_help(binding->evaluation->diags, diag, MESSAGE_HELP_COLLECTION, EDIT_EXAMPLE);
}

void complain_condition(const Binding *binding, NodeId node, const Formula *found)
{
    bool is_field = found->kind == FORMULA_PATH;
    Diag *diag = complain_type(binding, node,
                               is_field ? MESSAGE_FIELD_AS_CONDITION
                                        : MESSAGE_CONDITION_EXPECTED, &found->type);
    diag_help(binding->evaluation->diags, diag,
              found->type.is_list || found->type.family == FAMILY_TABLE
                  ? MESSAGE_HELP_CONDITION_LIST : MESSAGE_HELP_CONDITION, EDIT_EXAMPLE);
}

void complain_list(const Binding *binding, NodeId node, const Type *type)
{
    Diag *diag = complain_type(binding, node, MESSAGE_LIST_OR_TEXT_EXPECTED, type);
    diag_help(binding->evaluation->diags, diag, MESSAGE_HELP_EQUAL, EDIT_EXAMPLE);
}

void complain_not_ordered(const Binding *binding, NodeId node, const Type *type)
{
    complain_type(binding, node, MESSAGE_NO_ORDER, type);
}

void complain_not_summed(const Binding *binding, NodeId node, const Type *type)
{
    Diag *diag = complain_type(binding, node, MESSAGE_NOT_A_QUANTITY, type);
    diag_help(binding->evaluation->diags, diag, MESSAGE_HELP_COUNT, EDIT_EXAMPLE);
}

void complain_not_text(const Binding *binding, NodeId node, const Type *type)
{
    complain_type(binding, node, MESSAGE_TEXT_MATCHED, type);
}

void complain_take(const Binding *binding, NodeId node)
{
    report_at(binding, node, MESSAGE_TAKE_WHOLE);
}

/* What stands on a side: `cost` holds money, or: this is money. */
static void label_side(Evaluation *evaluation, Diag *diag, const Formula *side,
                       const char *name)
{
    DiagRelated *related =
        diag_related(evaluation->diags, diag, MESSAGE_LABEL_THIS_IS, side->tree->source,
                     node_extent(side->tree, side->node));
    diag_text_arg(evaluation->diags, &related->place.label,
                  (DiagArg){.name = name, .kind = ARG_MESSAGE,
                            .message = type_message(&side->type)});
}

/* A word in quotes where a listed word is due: the same word without them. */
static bool complain_quoted_word(const Binding *binding, const Formula *field,
                                 const Formula *text)
{
    Evaluation *evaluation = binding->evaluation;

    if (field->type.family != FAMILY_WORD || text->kind != FORMULA_CONSTANT
        || text->constant.kind != VALUE_TEXT)
        return false;
    NameId word = names_intern(evaluation->names, text->constant.as.text, text->constant.count);
    Diag *diag = report(evaluation, text->tree, text->node, MESSAGE_QUOTED_WORD);
    Candidates list = candidates(binding, word);
    diag_arg_word(evaluation->diags, diag, "property", ROLE_PROPERTY, field->type.field, 0);
    candidate_words(&list, field->type.list);
    tell_candidates(&list, diag, text->tree, node_extent(text->tree, text->node),
                    MESSAGE_NOTE_WORDS);
    return true;
}

void complain_types(const Binding *binding, NodeId node, const Formula *left,
                    const Formula *right)
{
    Evaluation *evaluation = binding->evaluation;
    bool is_whole = left->type.family == right->type.family
        && (left->type.family == FAMILY_PERIOD || left->type.family == FAMILY_TARGET);

    (void) node;
    if (complain_quoted_word(binding, left, right) || complain_quoted_word(binding, right, left))
        return;
    if (is_whole) {
        complain_type(binding, left->node, MESSAGE_NOT_COMPARED_WHOLE, &left->type);
        return;
    }
    Diag *diag = report(evaluation, right->tree, right->node, MESSAGE_TYPES_COMPARED);
    arg_message(evaluation, diag, "left", type_message(&left->type));
    arg_message(evaluation, diag, "right", type_message(&right->type));
    label_side(evaluation, diag, left, "type");
    if (right->type.family == FAMILY_NUMBER && left->type.family == FAMILY_DATE)
        diag_help(evaluation->diags, diag, MESSAGE_HELP_YEAR, EDIT_EXAMPLE);
    else if (right->type.family == FAMILY_NUMBER && left->type.family == FAMILY_AMOUNT)
        diag_help(evaluation->diags, diag, MESSAGE_HELP_UNIT, EDIT_EXAMPLE);
}

void complain_arithmetic(const Binding *binding, NodeId node, Operator operator,
                         const Formula *left, const Formula *right)
{
    Evaluation *evaluation = binding->evaluation;
    bool is_sum = operator == OPERATOR_PLUS || operator == OPERATOR_MINUS;
    bool are_amounts = left->type.family == FAMILY_AMOUNT && right->type.family == FAMILY_AMOUNT;
    Diag *diag = report_at(binding, node, is_sum || !are_amounts ? MESSAGE_DO_NOT_COMBINE
                                                                 : MESSAGE_DO_NOT_MULTIPLY);

    arg_message(evaluation, diag, "left", type_message(&left->type));
    arg_message(evaluation, diag, "right", type_message(&right->type));
    label_side(evaluation, diag, left, "type");
    label_side(evaluation, diag, right, "type");
    diag_help(evaluation->diags, diag,
              is_sum ? MESSAGE_HELP_ADD_SAME_UNIT : MESSAGE_HELP_MULTIPLY_NUMBER, EDIT_NONE);
}

void complain_pattern(const Binding *binding, NodeId node, const PatternError *error)
{
    Diag *diag = report_at(binding, node, MESSAGE_PATTERN_WRONG);

    diag_arg_number(binding->evaluation->diags, diag, "place", (int64_t)error->offset + 1);
    arg_message(binding->evaluation, diag, "reason", pattern_fault_message(error->fault));
    if (error->fault == PATTERN_FAULT_OTHER) {
        DiagHelp *note =
            diag_note(binding->evaluation->diags, diag, MESSAGE_NOTE_PATTERN_ENGINE);
        help_text(binding->evaluation, note, "sentence", error->text);
    }
}

/* ---- While evaluating --------------------------------------------------------------- */

DiagArg complain_value(Evaluation *evaluation, const char *name, Value value)
{
    Arena *arena = evaluation->diags->arena;
    const char **texts = arena_array(arena, LANG_COUNT, sizeof *texts);

    for (LangId language = 0; language < LANG_COUNT; language++)
        texts[language] = value_text(arena, evaluation->snapshot, value, language);
    return (DiagArg){.name = name, .kind = ARG_TEXTS, .texts = texts};
}

/* The unit of an amount, in each language; of a number, that it has none. */
static DiagArg unit_argument(Evaluation *evaluation, Value value)
{
    if (value.kind != VALUE_AMOUNT)
        return (DiagArg){.kind = ARG_MESSAGE, .message = MESSAGE_NO_UNIT};
    const Amount *amount = value.as.amount;
    Arena *arena = evaluation->diags->arena;
    const char **texts = arena_array(arena, LANG_COUNT, sizeof *texts);
    bool has_unit = false;
    for (LangId language = 0; language < LANG_COUNT; language++) {
        texts[language] = unit_text(arena, evaluation->snapshot, amount->unit, amount->per,
                                    amount->number, language);
        has_unit |= texts[language] != NULL;
    }
    return has_unit ? (DiagArg){.kind = ARG_TEXTS, .texts = texts}
                    : (DiagArg){.kind = ARG_MESSAGE, .message = MESSAGE_NO_UNIT};
}

/* Adds a unit once. */
static void add_unit_argument(DiagArg *items, uint32_t *count, DiagArg unit)
{
    for (uint32_t i = 0; i < *count; i++)
        if (items[i].kind == unit.kind
            && (!unit.texts || strcmp(items[i].texts[0], unit.texts[0]) == 0))
            return;
    if (*count < FEW)
        items[(*count)++] = unit;
}

static void add_unit(Evaluation *evaluation, DiagArg *items, uint32_t *count, Value value)
{
    Amount slot;

    if (value.kind == VALUE_BAG)
        for (uint32_t i = 0; i < value.as.bag->count; i++)
            add_unit(evaluation, items, count, value_amount(&slot, value.as.bag->amounts[i]));
    else if (value.kind == VALUE_AMOUNT || value.kind == VALUE_NUMBER)
        add_unit_argument(items, count, unit_argument(evaluation, value));
}

/* {units}: those of two values, in the order of the values. */
static void arg_units(Evaluation *evaluation, Diag *diag, Value left, Value right)
{
    DiagArg *items = arena_array(evaluation->diags->arena, FEW, sizeof *items);
    uint32_t count = 0;

    add_unit(evaluation, items, &count, left);
    add_unit(evaluation, items, &count, right);
    diag_arg(evaluation->diags, diag,
             (DiagArg){.name = "units", .kind = ARG_LIST, .items = items, .item_count = count});
}

static Diag *complain_units(Evaluation *evaluation, const Formula *formula, MessageId message)
{
    const Clash *clash = formula->clash;
    Diag *diag = report(evaluation, formula->tree, formula->node, message);

    arg_units(evaluation, diag, clash->left, clash->right);
    return diag;
}

void complain_clash(Evaluation *evaluation, const Formula *formula)
{
    const Clash *clash = formula->clash;
    bool is_comparison = formula->kind != FORMULA_ARITHMETIC && formula->kind != FORMULA_MEASURE;
    Type left = type_of_value(clash->left), right = type_of_value(clash->right);
    Diag *diag;

    switch ((ClashKind)clash->kind) {
    case CLASH_CALENDAR:
        diag = complain_units(evaluation, formula, MESSAGE_MONTHS_AGAINST_DAYS);
        diag_help(evaluation->diags, diag, MESSAGE_HELP_FROM_A_DATE, EDIT_EXAMPLE);
        break;
    case CLASH_BAG:
        diag = complain_units(evaluation, formula, MESSAGE_SEVERAL_UNITS);
        diag_help(evaluation->diags, diag, MESSAGE_HELP_ONE_UNIT, EDIT_EXAMPLE);
        break;
    case CLASH_UNITS:
        complain_units(evaluation, formula,
                       is_comparison ? MESSAGE_UNITS_COMPARED : MESSAGE_UNITS_DO_NOT_COMBINE);
        break;
    case CLASH_TYPES:
    case CLASH_NONE:
        diag = report(evaluation, formula->tree, formula->node,
                      is_comparison ? MESSAGE_TYPES_COMPARED : MESSAGE_DO_NOT_COMBINE);
        arg_message(evaluation, diag, "left", type_message(&left));
        arg_message(evaluation, diag, "right", type_message(&right));
        break;
    }
}

static void label_value(Evaluation *evaluation, Diag *diag, EntityId entity, Value value)
{
    const Snapshot *snapshot = evaluation->snapshot;

    if (!entity)
        return;
    DiagRelated *related =
        diag_related(evaluation->diags, diag, MESSAGE_LABEL_VALUE,
                     snapshot_source(snapshot, entity_file(snapshot, entity)),
                     entity_span(snapshot, entity));
    diag_text_arg(evaluation->diags, &related->place.label,
                  complain_value(evaluation, "value", value));
}

void complain_sort(Evaluation *evaluation, const Formula *path, Value first, Value second,
                   EntityId first_entity, EntityId second_entity)
{
    Diag *diag = report(evaluation, path->tree, path->node, MESSAGE_SORT_SEVERAL_UNITS);

    arg_source(evaluation, diag, "text", path->tree, path->node);
    arg_units(evaluation, diag, first, second);
    if (first_entity != second_entity)
        label_value(evaluation, diag, first_entity, first);
    label_value(evaluation, diag, second_entity, second);
    diag_help(evaluation->diags, diag, MESSAGE_HELP_ONE_UNIT, EDIT_EXAMPLE);
}

void complain_work(Evaluation *evaluation, const Tree *tree, NodeId node)
{
    report(evaluation, tree, node, MESSAGE_TOO_MUCH_WORK);
}

/* ---- Clashes of a whole formula ----------------------------------------------------- */

static bool tell_all(Evaluation *evaluation, Formula *const *formulas, size_t count)
{
    bool found = false;

    for (size_t i = 0; i < count; i++)
        found |= formulas[i] && formula_tell_clashes(evaluation, formulas[i]);
    return found;
}

static bool tell_stage(Evaluation *evaluation, const Stage *stage)
{
    bool found = stage->condition && formula_tell_clashes(evaluation, stage->condition);

    if (stage->clash && stage->clash->kind && !stage->clash->told) {
        Formula measured = *stage->measured;
        measured.kind = FORMULA_MEASURE;
        measured.clash = stage->clash;
        complain_clash(evaluation, &measured);
        found = true;
    }
    return found;
}

static bool tell_pipe(Evaluation *evaluation, const Pipe *pipe)
{
    bool found = formula_tell_clashes(evaluation, pipe->source);

    for (size_t i = 0; i < pipe->stage_count; i++)
        found |= tell_stage(evaluation, &pipe->stages[i]);
    return found;
}

bool formula_tell_clashes(Evaluation *evaluation, const Formula *formula)
{
    bool found = tell_all(evaluation, formula->parts, formula->part_count);

    if (formula->pipe)
        found |= tell_pipe(evaluation, formula->pipe);
    if (!formula->clash || !formula->clash->kind || formula->clash->told)
        return found;
    complain_clash(evaluation, formula);
    return true;
}
