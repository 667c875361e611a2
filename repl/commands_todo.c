/* commands_todo.c -- `:todo`: everything that is not known yet, by owner, each asked once: what is
 * written `?`, and what the checks ask. */
#include <stdlib.h>
#include <string.h>

#include "repl/command.h"
#include "repl/layout.h"
#include "repl/statement.h"

typedef struct Question {
    EntityId owner;
    const char *word;           /* of the property, or NULL: about the whole */
    const char *text;           /* the question, or NULL: the word says it */
    const char *whom;           /* whom to ask, or NULL */
    bool is_confidential;       /* the value; of the whole, its owner says */
    Source *source;
    Span span;
} Question;

typedef struct Questions {
    Arena *arena;
    Question *items;
    size_t count, capacity;
} Questions;

static void add_question(Questions *questions, Question question)
{
    if (questions->count == questions->capacity) {
        size_t capacity = questions->capacity ? questions->capacity * 2 : 64;
        Question *bigger = arena_array(questions->arena, capacity, sizeof *bigger);
        if (questions->count > 0)
            memcpy(bigger, questions->items, questions->count * sizeof *bigger);
        questions->items = bigger;
        questions->capacity = capacity;
    }
    questions->items[questions->count++] = question;
}

/* ---- What is written `?` --------------------------------------------------------------- */

static const char *whom_of(Arena *arena, Value unknown)
{
    return unknown.as.text ? arena_copy(arena, unknown.as.text, unknown.count) : NULL;
}

/* `?`, or something that goes on with it: `with: adb, ?`, `2024-10..?`. */
static bool is_open(const Value *value)
{
    if (value->kind == VALUE_PERIOD)
        return value->as.period->start_unknown || value->as.period->end_unknown;
    for (uint32_t i = 0; value->kind == VALUE_LIST && i < value->count; i++)
        if (value->as.items[i].kind == VALUE_UNKNOWN)
            return true;
    return value->kind == VALUE_UNKNOWN;
}

static void gather_entity(Program *program, Questions *questions, EntityId entity)
{
    const Snapshot *snapshot = program->snapshot;
    const Words *words = program->words;
    LangId language = program->language;
    KindId kind = entity_kind(snapshot, entity);
    Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    const Tree *tree = snapshot_tree(snapshot, entity_file(snapshot, entity));
    Value heads[] = {entity_amount(snapshot, entity), entity_keyed(snapshot, entity)};
    for (size_t i = 0; i < 2; i++)
        if (heads[i].kind == VALUE_UNKNOWN)
            add_question(questions, (Question){
                .owner = entity, .text = words_ask(words, language, ROLE_KIND, kind, 0),
                .whom = whom_of(questions->arena, heads[i]), .source = source,
                .span = entity_span(snapshot, entity)});
    for (unsigned i = 0; i < entity_property_count(snapshot, entity); i++) {
        PropertyRow row = entity_property_row(snapshot, entity, i);
        if (!is_open(&row.value))
            continue;
        Question question = {
            .owner = entity, .source = source, .span = entity_span(snapshot, entity),
            .whom = row.value.kind == VALUE_UNKNOWN ? whom_of(questions->arena, row.value) : NULL,
            .is_confidential = row.confidential};
        question.word = row.property ? words_text(words, language, ROLE_PROPERTY, row.property,
                                                  kind, WORD_USUAL)
                                     : names_text(snapshot_names(snapshot), row.name);
        if (row.property)
            question.text = words_ask(words, language, ROLE_PROPERTY, row.property, kind);
        if (tree && row.node) {
            const Node *node = tree_node(tree, row.node);
            question.span = (Span){node->start, node->end};
        }
        add_question(questions, question);
    }
}

/* ---- What the checks ask ---------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const Question *left = a, *right = b;
    if (left->source != right->source)
        return strcmp(left->source->path, right->source->path) < 0 ? -1 : 1;
    if (left->span.start != right->span.start)
        return left->span.start < right->span.start ? -1 : 1;
    return 0;
}

/* Whether a `?` is written at a place: on its line, and the last that begins before it.  The items
 * are in order of place. */
static bool is_written_at(const Questions *questions, size_t count, Source *source, Span span)
{
    size_t low = 0, high = count;
    Question wanted = {.source = source, .span = span};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_place(&questions->items[middle], &wanted) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || questions->items[low - 1].source != source)
        return false;
    Span before = questions->items[low - 1].span;
    return span.start < before.end
           || source_position(source, span.start).line
                  == source_position(source, before.start).line;
}

/* The entity that a place of a file belongs to: the last one that begins before it. */
static EntityId entity_at(const Questions *entities, Source *source, Span span)
{
    size_t low = 0, high = entities->count;
    Question wanted = {.source = source, .span = span};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_place(&entities->items[middle], &wanted) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && entities->items[low - 1].source == source ? entities->items[low - 1].owner
                                                                : 0;
}

static Questions places_of_entities(Program *program, Arena *arena)
{
    const Snapshot *snapshot = program->snapshot;
    Questions places = {.arena = arena};
    for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot); entity++)
        add_question(&places, (Question){
            .owner = entity,
            .source = snapshot_source(snapshot, entity_file(snapshot, entity)),
            .span = entity_span(snapshot, entity)});
    qsort(places.items, places.count, sizeof *places.items, by_place);
    return places;
}

/* What a check asks is added, unless a `?` at its place asks already. */
static void gather_checks(Program *program, Questions *questions)
{
    Questions places = {0};
    size_t written = questions->count;
    ReportChoice choice = program_report_choice(program);
    if (written > 0)
        qsort(questions->items, written, sizeof *questions->items, by_place);
    for (size_t i = 0; i < program->checked.findings.count; i++) {
        const Diag *diag = program->checked.findings.items[i];
        if (!diag->finding || !diag->finding->is_question || diag->finding->is_accepted
            || !diag->primary.source)
            continue;
        const char *text = diag->finding->text[report_language(&choice, diag)];
        if (is_written_at(questions, written, diag->primary.source, diag->primary.span))
            continue;
        if (!places.arena)
            places = places_of_entities(program, questions->arena);
        add_question(questions, (Question){
            .owner = entity_at(&places, diag->primary.source, diag->primary.span),
            .text = text, .source = diag->primary.source, .span = diag->primary.span});
    }
}

/* ---- Showing ---------------------------------------------------------------------------- */

static int by_owner(const void *a, const void *b)
{
    const Question *left = a, *right = b;
    if (left->owner != right->owner)
        return left->owner < right->owner ? -1 : 1;
    return by_place(a, b);
}

static void show_question(Program *program, Arena *arena, const Question *question)
{
    enum { INDENT = 4 };
    Out *out = &program->out;
    size_t column = 2, limit = program_limit(program);
    out_print(out, "  ");
    if (question->word) {
        out_style(out, STYLE_STRONG);
        out_string(out, question->word);
        out_style(out, STYLE_PLAIN);
        column += out_width(question->word, strlen(question->word));
    }
    if (question->word && question->text) {
        const char *colon = program_text(program, arena, MESSAGE_COLON);
        out_string(out, colon);
        column += out_width(colon, strlen(colon));
    }
    const char *text = question->text ? question->text : question->word ? "" : "?";
    if (question->whom) {
        DiagArg whom = {.name = "whom", .kind = ARG_TEXT, .text = question->whom};
        text = arena_format(arena, "%s%s", text,
                            report_text(arena, program->words, program->language,
                                        MESSAGE_ASK_WHOM, &whom, 1));
    }
    if (question->is_confidential)
        text = arena_format(arena, "%s %s", text,
                            program_text(program, arena, MESSAGE_CONFIDENTIAL_MARK));
    column = layout_text(out, text, column, INDENT, limit);
    const char *place = arena_format(
        arena, "(%s:%u)", question->source->path,
        source_position(question->source, question->span.start).line);
    if (column + 2 + out_width(place, strlen(place)) > limit) {
        out_print(out, "\n");
        out_spaces(out, INDENT);
    } else {
        out_print(out, "  ");
    }
    out_style(out, STYLE_FAINT);
    out_string(out, place);
    out_style(out, STYLE_PLAIN);
    out_print(out, "\n");
}

/* "partenaire Orange", or "partenaire Orange, contribution Tablettes" for what stands in it. */
static void show_owner(Program *program, Arena *arena, EntityId entity)
{
    Out *out = &program->out;
    const Snapshot *snapshot = program->snapshot;
    EntityId owner = entity_owner(snapshot, entity);
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    NameId name = entity_name(snapshot, entity);
    Value key = entity_key(snapshot, entity), amount = entity_amount(snapshot, entity);
    const char *label = NULL;
    if (owner) {
        show_owner(program, arena, owner);
        out_print(out, ", ");
    }
    out_string(out, words_text(program->words, program->language, ROLE_KIND,
                               entity_kind(snapshot, entity), 0, WORD_NOUN));
    if (title)
        label = arena_copy(arena, title, length);
    else if (name)
        label = names_text(snapshot_names(snapshot), name);
    else if (key.kind != VALUE_ABSENT)
        label = value_text(arena, snapshot, key, program->language);
    else if (amount.kind != VALUE_ABSENT && amount.kind != VALUE_UNKNOWN)
        label = value_text(arena, snapshot, amount, program->language);
    if (label) {
        out_print(out, " ");
        out_style(out, STYLE_STRONG);
        out_string(out, label);
        out_style(out, STYLE_PLAIN);
    }
    if (entity_is_confidential(snapshot, entity)
        && !(owner && entity_is_confidential(snapshot, owner))) {
        out_print(out, " ");
        say(program, out, MESSAGE_CONFIDENTIAL_MARK, NULL);
    }
}

Status prompt_todo(Program *program, const Arguments *arguments)
{
    (void)arguments;
    if (!statement_ready(program))
        return STATUS_USAGE;
    if (!program->checked_arena && !check_run(program, NULL, 0))
        return STATUS_INTERNAL;
    const Snapshot *snapshot = program->snapshot;
    Arena *arena = scratch_new(program);
    Questions questions = {.arena = arena};
    for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot); entity++)
        gather_entity(program, &questions, entity);
    gather_checks(program, &questions);
    if (questions.count > 0)
        qsort(questions.items, questions.count, sizeof *questions.items, by_owner);
    for (size_t i = 0; i < questions.count && !*program->cancel; i++) {
        const Question *question = &questions.items[i];
        if (question->owner && (i == 0 || question->owner != questions.items[i - 1].owner)) {
            show_owner(program, arena, question->owner);
            out_print(&program->out, "\n");
        }
        show_question(program, arena, question);
    }
    say_count(program, &program->out,
              questions.count ? MESSAGE_TODO_COUNT : MESSAGE_TODO_NOTHING,
              (int64_t)questions.count, NULL);
    out_print(&program->out, "\n");
    arena_free(arena);
    return STATUS_FINE;
}
