/* assertion.c -- `assert` and `check`: what does not hold, with the values that show why.
 *
 * A failed condition is evaluated again part by part: each operand is labelled with its value,
 * a quantified condition names up to five elements with their places, and what was not known is
 * listed.
 */
#include "lang/eval/assertion.h"

#include <string.h>

#include "lang/eval/complain.h"
#include "lang/eval/parts.h"
#include "lang/syntax/printer.h"

enum {
    ELEMENTS_SHOWN = 5,
    MISSING_SHOWN = 12,
    MEMBERS_SHOWN = 4,          /* of one value found by `distinct` */
    HEADLINE = 200,             /* bytes of a condition without `else` */
};

typedef enum Outcome { OUTCOME_NOT_RUN, OUTCOME_HOLDS, OUTCOME_FAILS, OUTCOME_UNTOLD } Outcome;

/* One statement being told about. */
typedef struct Report {
    Evaluation *evaluation;
    const Tree *tree;
    NodeId statement;
    Formula *condition;
    Diag *diag;
    unsigned elements;          /* labelled so far */
    size_t more;                /* and not */
} Report;

/* ---- Small helps -------------------------------------------------------------------- */

static LangId language_of(const Report *report)
{
    return report->tree->language;
}

static Arena *arena_of(const Report *report)
{
    return report->evaluation->diags->arena;
}

static DiagRelated *label(const Report *report, MessageId message, Source *source, Span span,
                          const char *name, const char *text)
{
    Diags *diags = report->evaluation->diags;
    DiagRelated *related = diag_related(diags, report->diag, message, source, span);

    if (name)
        diag_text_arg(diags, &related->place.label,
                      (DiagArg){.name = name, .kind = ARG_TEXT, .text = text});
    return related;
}

static void label_entity(const Report *report, MessageId message, EntityId entity,
                         const char *name, const char *text)
{
    const Snapshot *snapshot = report->evaluation->snapshot;

    label(report, message, snapshot_source(snapshot, entity_file(snapshot, entity)),
          entity_span(snapshot, entity), name, text);
}

static void note_list(const Report *report, MessageId message, DiagArg *items, uint32_t count)
{
    Diags *diags = report->evaluation->diags;
    DiagHelp *note = diag_note(diags, report->diag, message);

    diag_text_arg(diags, &note->text, (DiagArg){.name = "list", .kind = ARG_LIST,
                                                .items = items, .item_count = count});
}

static void note_count(const Report *report, MessageId message, size_t count)
{
    Diags *diags = report->evaluation->diags;
    DiagHelp *note = diag_note(diags, report->diag, message);

    diag_text_arg(diags, &note->text, (DiagArg){.name = "count", .kind = ARG_NUMBER,
                                                .number = (int64_t)count});
}

/* ---- Elements ----------------------------------------------------------------------- */

static void tell_element(Report *report, MessageId message, EntityId entity, const char *name,
                         const char *text)
{
    if (entity && report->elements < ELEMENTS_SHOWN) {
        report->elements++;
        label_entity(report, message, entity, name, text);
    } else
        report->more++;
}

static const char *source_text(const Report *report, const Formula *formula)
{
    return print_node(arena_of(report), formula->tree, formula->node,
                      report->evaluation->words, language_of(report));
}

/* The elements that make a quantified condition false. */
static void tell_elements(Report *report, Formula *formula)
{
    Evaluation *evaluation = report->evaluation;
    size_t base = evaluation->buffer_count;
    Table table;

    if (formula->operation == CORE_EXISTS)
        return;
    pipe_run(evaluation, formula->pipe, NULL, &table);
    for (size_t i = 0; i < table.count && evaluation_goes_on(evaluation); i++) {
        Element element;
        pipe_element(&table, &formula->pipe->scope, i, &element);
        if (formula->operation == CORE_NO)
            tell_element(report, MESSAGE_LABEL_FOUND, element.entity, NULL, NULL);
        else if (element_truth(evaluation, formula, &element) != TRUTH_FALSE)
            continue;
        else if (formula->has)
            tell_element(report, MESSAGE_LABEL_HAS_NONE, element.entity, "field",
                         source_text(report, formula->parts[0]));
        else
            tell_element(report, MESSAGE_LABEL_DOES_NOT_HOLD, element.entity, NULL, NULL);
    }
    evaluation->buffer_count = base;
}

/* ---- What `distinct` found ---------------------------------------------------------- */

/* The values of one field, each with some of those that have it. */
typedef struct Found {
    Groups *groups;
    EntityId (*members)[MEMBERS_SHOWN];
    size_t *counts;
    size_t member_capacity, count_capacity;
} Found;

static void find_value(Report *report, Found *found, Value value, EntityId entity)
{
    Arena *arena = report->evaluation->arena;
    bool is_new;

    if (value.kind == VALUE_LIST) {
        for (uint32_t i = 0; i < value.count; i++)
            find_value(report, found, value.as.items[i], entity);
        return;
    }
    if (!value_is_known(value))
        return;
    size_t group = groups_add(found->groups, &value, &is_new);
    found->members = arena_grow(arena, found->members, &found->member_capacity, group + 1,
                                sizeof *found->members);
    found->counts = arena_grow(arena, found->counts, &found->count_capacity, group + 1,
                               sizeof *found->counts);
    size_t member = found->counts[group]++;
    if (member < MEMBERS_SHOWN)
        found->members[group][member] = entity;
}

/* "association (adb, unis-cite)" */
static DiagArg found_argument(const Report *report, const Found *found, size_t group)
{
    const Snapshot *snapshot = report->evaluation->snapshot;
    Arena *arena = arena_of(report);
    const char *text = NULL;

    for (size_t i = 0; i < found->counts[group] && i < MEMBERS_SHOWN; i++) {
        const char *name = entity_path(snapshot, found->members[group][i]);
        text = text ? arena_format(arena, "%s, %s", text, name) : name;
    }
    const char **texts = arena_array(arena, LANG_COUNT, sizeof *texts);
    const char *more = found->counts[group] > MEMBERS_SHOWN ? ", \xE2\x80\xA6" : "";
    for (LangId language = 0; language < LANG_COUNT; language++)
        texts[language] = arena_format(
            arena, "%s (%s%s)",
            value_text(arena, snapshot, groups_cells(found->groups)[group], language),
            text ? text : "", more);
    return (DiagArg){.kind = ARG_TEXTS, .texts = texts};
}

static bool counts_distinct(const Formula *formula)
{
    if (formula->kind != FORMULA_COUNT || !formula->pipe->stage_count)
        return false;
    const Stage *last = &formula->pipe->stages[formula->pipe->stage_count - 1];
    return last->core == CORE_DISTINCT && last->count == 1
        && last->before.shape == SHAPE_ENTITY;
}

static void tell_found(Report *report, Formula *formula)
{
    Evaluation *evaluation = report->evaluation;
    Found found = {.groups = groups_new(evaluation, 1)};
    size_t base = evaluation->buffer_count;
    Pipe before = *formula->pipe;
    Stage *distinct = &before.stages[--before.stage_count];
    Table table;

    pipe_run(evaluation, &before, NULL, &table);
    for (size_t i = 0; i < table.count && evaluation_goes_on(evaluation); i++) {
        Element element = {.entity = table.entities[i]};
        find_value(report, &found, formula_value(evaluation, distinct->paths[0], &element),
                   element.entity);
    }
    evaluation->buffer_count = base;
    size_t count = groups_count(found.groups);
    if (!count || count > MISSING_SHOWN)
        return;
    DiagArg *items = arena_array(arena_of(report), count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = found_argument(report, &found, i);
    note_list(report, MESSAGE_NOTE_FOUND, items, (uint32_t)count);
}

/* ---- Parts -------------------------------------------------------------------------- */

static MessageId expectation(Operator operator)
{
    switch (operator) {
    case OPERATOR_DIFFERENT:
        return MESSAGE_LABEL_EXPECTED_DIFFERENT;
    case OPERATOR_LESS:
        return MESSAGE_LABEL_EXPECTED_LESS;
    case OPERATOR_AT_MOST:
        return MESSAGE_LABEL_EXPECTED_AT_MOST;
    case OPERATOR_MORE:
        return MESSAGE_LABEL_EXPECTED_MORE;
    case OPERATOR_AT_LEAST:
        return MESSAGE_LABEL_EXPECTED_AT_LEAST;
    case OPERATOR_EQUAL:
    case OPERATOR_PLUS:
    case OPERATOR_MINUS:
    case OPERATOR_TIMES:
    case OPERATOR_DIVIDED:
        break;
    }
    return MESSAGE_LABEL_EXPECTED;
}

/* An operand with its value, or what it should have been. */
static void tell_operand(Report *report, Formula *operand, MessageId message)
{
    Value value = formula_value(report->evaluation, operand, NULL);

    if (value.kind == VALUE_ABSENT)     /* told where it should stand */
        return;
    DiagRelated *related = label(report, message, operand->tree->source,
                                 node_extent(operand->tree, operand->node), NULL, NULL);
    diag_text_arg(report->evaluation->diags, &related->place.label,
                  complain_value(report->evaluation, "value", value));
}

static void tell_comparison(Report *report, Formula *formula)
{
    Formula *left = formula->parts[0], *right = formula->parts[1];
    bool is_constant = right->kind == FORMULA_CONSTANT;

    tell_operand(report, left, MESSAGE_LABEL_VALUE);
    tell_operand(report, right,
                 is_constant ? expectation((Operator)formula->operation) : MESSAGE_LABEL_VALUE);
    for (int i = 0; i < 2; i++)
        if (counts_distinct(formula->parts[i]))
            tell_found(report, formula->parts[i]);
}

static void tell_parts(Report *report, Formula *formula)
{
    Evaluation *evaluation = report->evaluation;

    switch ((FormulaKind)formula->kind) {
    case FORMULA_AND:
    case FORMULA_OR:
        for (uint32_t i = 0; i < formula->part_count; i++)
            if (formula_truth(evaluation, formula->parts[i], NULL) != TRUTH_TRUE)
                tell_parts(report, formula->parts[i]);
        break;
    case FORMULA_NOT:
        tell_parts(report, formula->parts[0]);
        break;
    case FORMULA_COMPARE:
        tell_comparison(report, formula);
        break;
    case FORMULA_IS:
    case FORMULA_IN:
    case FORMULA_CONTAINS:
    case FORMULA_MATCHES:
        tell_operand(report, formula->parts[0], MESSAGE_LABEL_VALUE);
        break;
    case FORMULA_QUANTIFIED:
        tell_elements(report, formula);
        break;
    case FORMULA_PATH:
        tell_operand(report, formula, MESSAGE_LABEL_VALUE);
        break;
    case FORMULA_POISON:
    case FORMULA_CONSTANT:
    case FORMULA_ARITHMETIC:
    case FORMULA_COUNT:
    case FORMULA_MEASURE:
    case FORMULA_PIPE:
        break;
    }
}

/* ---- What is not known -------------------------------------------------------------- */

static const char *property_word(const Report *report, EntityId entity, PropertyId property,
                                 LangId language)
{
    KindId kind = entity_kind(report->evaluation->snapshot, entity);
    const char *word = words_text(report->evaluation->words, language, ROLE_PROPERTY, property,
                                  kind, WORD_USUAL);

    return word ? word : vocabulary_property_id(report->evaluation->vocabulary, property);
}

/* "adb (type)" */
static DiagArg missing_item(const Report *report, const Missing *missing)
{
    const char *path = entity_path(report->evaluation->snapshot, missing->entity);
    const char **texts = arena_array(arena_of(report), LANG_COUNT, sizeof *texts);

    for (LangId language = 0; language < LANG_COUNT; language++)
        texts[language] = arena_format(
            arena_of(report), "%s (%s)", path,
            property_word(report, missing->entity, missing->property, language));
    return (DiagArg){.kind = ARG_TEXTS, .texts = texts};
}

static void list_missing(const Report *report, const Missing *missing, size_t count,
                         MessageId message)
{
    DiagArg *items = arena_array(arena_of(report), MISSING_SHOWN + 1, sizeof *items);
    uint32_t listed = 0;
    size_t rest = 0;

    for (size_t i = 0; i < count; i++)
        if (!missing[i].property)
            continue;
        else if (listed < MISSING_SHOWN)
            items[listed++] = missing_item(report, &missing[i]);
        else
            rest++;
    if (rest)
        items[listed++] = (DiagArg){.kind = ARG_TEXT, .text = "\xE2\x80\xA6"};
    if (listed)
        note_list(report, message, items, listed);
}

/* A value that is `?` may say whom to ask. */
static void label_field(const Report *report, Source *source, Span span, Value value,
                        const char *field)
{
    Diags *diags = report->evaluation->diags;
    bool is_open = value.kind == VALUE_UNKNOWN || value.kind == VALUE_BAG;
    bool has_ask = value.kind == VALUE_UNKNOWN && value.as.text;
    DiagRelated *related = label(report, has_ask ? MESSAGE_LABEL_NOT_KNOWN_ASK
                                         : is_open ? MESSAGE_LABEL_NOT_KNOWN
                                                   : MESSAGE_LABEL_NOT_WRITTEN,
                                 source, span, "field", field);

    if (has_ask)
        diag_text_arg(diags, &related->place.label,
                      (DiagArg){.name = "ask", .kind = ARG_TEXT, .text = value.as.text});
}

/* Where the value should stand: its `?`, or what it belongs to. */
static void label_missing(const Report *report, const Missing *missing)
{
    const Snapshot *snapshot = report->evaluation->snapshot;
    EntityId entity = missing->entity;
    Value value = field_value(snapshot, report->evaluation->arena, entity, missing->property);
    const Tree *tree = snapshot_tree(snapshot, entity_file(snapshot, entity));
    Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    Span span = entity_span(snapshot, entity);
    PropertyRow row;

    if (tree && entity_find_row(snapshot, entity, missing->property, &row)) {
        NodeId node = tree_node(tree, row.node)->child;
        span = node_extent(tree, node ? node : row.node);
    }
    label_field(report, source, span, value, property_word(report, entity, missing->property,
                                                           language_of(report)));
}

/* One note for each reason, whatever the number of elements it holds for. */
static void tell_reasons(const Report *report, const Missing *missing, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_new = missing[i].reason != 0;
        for (size_t before = 0; before < i && is_new; before++)
            is_new = missing[before].reason != missing[i].reason;
        if (is_new)
            diag_note(report->evaluation->diags, report->diag, missing[i].reason);
    }
}

static void tell_missing(Report *report)
{
    size_t count;
    const Missing *missing = evaluation_missing(report->evaluation, &count);
    unsigned labelled = 0;

    for (size_t i = 0; i < count && labelled < ELEMENTS_SHOWN; i++)
        if (missing[i].property && missing[i].entity) {
            label_missing(report, &missing[i]);
            labelled++;
        }
    list_missing(report, missing, count, MESSAGE_NOTE_MISSING);
    tell_reasons(report, missing, count);
}

/* ---- Statements --------------------------------------------------------------------- */

/* The bytes of a condition that make a headline; the whole of it stands under the message. */
static size_t headline_length(const char *printed)
{
    size_t length = strlen(printed);

    if (length <= HEADLINE)
        return length;
    for (length = HEADLINE; ((unsigned char)printed[length] & 0xC0) == 0x80;)
        length--;
    return length;
}

static void begin(Report *report, MessageId message)
{
    Evaluation *evaluation = report->evaluation;
    NodeId condition = tree_node(report->tree, report->statement)->child;
    NodeId text = tree_node(report->tree, condition)->next;
    const char *printed = print_node(arena_of(report), report->tree, condition,
                                     evaluation->words, language_of(report));
    size_t kept = headline_length(printed);

    if (printed[kept])
        printed = arena_format(arena_of(report), "%.*s\xE2\x80\xA6", (int)kept, printed);
    report->diag = diag_add(evaluation->diags, message, report->tree->source,
                            node_extent(report->tree, condition), language_of(report));
    diag_arg_text(evaluation->diags, report->diag, "condition", printed, strlen(printed));
    if (text && tree_node(report->tree, text)->kind == NODE_TEXT) {
        size_t length;
        const char *headline = tree_text(report->tree, text, &length);
        report->diag->headline = arena_copy(arena_of(report), headline, length);
    }
}

static void tell_failure(Report *report, bool is_assert, const Missing *missing, size_t count)
{
    begin(report, is_assert ? MESSAGE_ASSERTION_FAILED : MESSAGE_CHECK_FAILED);
    tell_parts(report, report->condition);
    if (report->more)
        note_count(report, MESSAGE_NOTE_MORE_ELEMENTS, report->more);
    list_missing(report, missing, count, MESSAGE_NOTE_NOT_COUNTED);
    if (is_assert)
        diag_note(report->evaluation->diags, report->diag, MESSAGE_NOTE_ASSERT);
}

/* Only the operands that can be named; a value that is not known is listed with its place. */
static void tell_untold(Report *report)
{
    begin(report, MESSAGE_CANNOT_TELL);
    if (report->condition->kind == FORMULA_COMPARE)
        tell_operand(report, report->condition->parts[0], MESSAGE_LABEL_VALUE);
    tell_missing(report);
}

static Outcome run_statement(Evaluation *evaluation, const Tree *tree, NodeId statement)
{
    const Node *node = tree_node(tree, statement);
    Report report = {.evaluation = evaluation, .tree = tree, .statement = statement};

    if (!node->child || (node->flags & NODE_POISONED))
        return OUTCOME_NOT_RUN;
    evaluation->missing_count = 0;
    report.condition = formula_bind_condition(evaluation, tree, node->child);
    if (report.condition->kind == FORMULA_POISON)
        return OUTCOME_NOT_RUN;
    Truth truth = formula_truth(evaluation, report.condition, NULL);
    if (evaluation_tell(evaluation, report.condition))
        return OUTCOME_NOT_RUN;
    if (truth == TRUTH_TRUE)
        return OUTCOME_HOLDS;
    if (truth == TRUTH_UNKNOWN) {
        tell_untold(&report);
        return OUTCOME_UNTOLD;
    }
    size_t count = evaluation->missing_count;
    Missing *missing = arena_array(evaluation->arena, count + 1, sizeof *missing);
    if (count)
        memcpy(missing, evaluation->missing, count * sizeof *missing);
    tell_failure(&report, node->kind == NODE_ASSERT, missing, count);
    return OUTCOME_FAILS;
}

typedef struct Ran {
    const Tree *tree;
    NodeId statement;
    Outcome outcome;
} Ran;

static void run_guarded(Evaluation *evaluation, void *data)
{
    Ran *ran = data;
    ran->outcome = run_statement(evaluation, ran->tree, ran->statement);
}

static void bind_guarded(Evaluation *evaluation, void *data)
{
    const Ran *ran = data;
    NodeId node = tree_node(ran->tree, ran->statement)->child;

    if (tree_node(ran->tree, ran->statement)->flags & NODE_POISONED)
        return;
    if (tree_node(ran->tree, ran->statement)->kind == NODE_QUERY && node)
        node = tree_node(ran->tree, node)->next;    /* past its name */
    bool is_condition = tree_node(ran->tree, ran->statement)->kind == NODE_ASSERT
                     || tree_node(ran->tree, ran->statement)->kind == NODE_CHECK;
    if (node && is_condition)
        formula_bind_condition(evaluation, ran->tree, node);
    else if (node)
        formula_bind(evaluation, ran->tree, node);
}

static bool is_evaluated(uint8_t kind)
{
    return kind == NODE_ASSERT || kind == NODE_CHECK || kind == NODE_SHOW || kind == NODE_QUERY;
}

static void count_outcome(AssertionCounts *counts, uint8_t kind, Outcome outcome)
{
    switch (outcome) {
    case OUTCOME_HOLDS:
        counts->passed++;
        break;
    case OUTCOME_FAILS:
        counts->failed++;
        counts->failed_asserts += kind == NODE_ASSERT;
        break;
    case OUTCOME_UNTOLD:
        counts->cannot_tell++;
        break;
    case OUTCOME_NOT_RUN:
        counts->not_run++;
        break;
    }
}

/* Runs or binds one statement with memory of its own. */
static void run_one(const Snapshot *snapshot, Diags *diags, Statement statement, bool only_bind,
                    AssertionCounts *counts)
{
    bool is_run = !only_bind && (statement.kind == NODE_ASSERT || statement.kind == NODE_CHECK);
    Ran ran = {.tree = snapshot_tree(snapshot, statement.file), .statement = statement.node};
    Evaluation *evaluation =
        ran.tree ? evaluation_new(snapshot, statement.alliance, diags) : NULL;

    if (evaluation && !evaluation_guard(evaluation, is_run ? run_guarded : bind_guarded, &ran))
        ran.outcome = OUTCOME_NOT_RUN;
    if (is_run)
        count_outcome(counts, statement.kind, ran.outcome);
    evaluation_free(evaluation);
}

static bool is_cancelled(const Snapshot *snapshot)
{
    const volatile int *cancel = snapshot_env(snapshot)->cancel;
    return cancel && *cancel;
}

void assertions_run(const Snapshot *snapshot, Diags *diags, AssertionCounts *counts)
{
    *counts = (AssertionCounts){.passed = 0};
    for (size_t i = 0; i < snapshot_statement_count(snapshot); i++) {
        Statement statement = snapshot_statement(snapshot, i);
        if (!is_evaluated(statement.kind) || snapshot_is_hidden(snapshot, &statement))
            continue;
        if (!is_cancelled(snapshot))
            run_one(snapshot, diags, statement, false, counts);
        else if (statement.kind == NODE_ASSERT || statement.kind == NODE_CHECK)
            counts->not_run++;
    }
}

void expressions_bind(const Snapshot *snapshot, Diags *diags)
{
    AssertionCounts counts = {.passed = 0};

    for (size_t i = 0; i < snapshot_statement_count(snapshot); i++) {
        Statement statement = snapshot_statement(snapshot, i);
        if (is_evaluated(statement.kind) && !is_cancelled(snapshot))
            run_one(snapshot, diags, statement, true, &counts);
    }
}

Truth assertion_run(Evaluation *evaluation, const Tree *tree, NodeId statement)
{
    Ran ran = {.tree = tree, .statement = statement};

    if (!evaluation_guard(evaluation, run_guarded, &ran))
        return TRUTH_UNKNOWN;
    return ran.outcome == OUTCOME_HOLDS ? TRUTH_TRUE
         : ran.outcome == OUTCOME_FAILS ? TRUTH_FALSE : TRUTH_UNKNOWN;
}
