/* expression.c -- the value of a bound expression, and whether a condition holds. */
#include "lang/eval/expression.h"

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/eval/complain.h"

/* ---- Evaluations -------------------------------------------------------------------- */

enum {
    LOOK_EVERY = 4096,          /* pieces of work between two looks at the meter */
    MISSING_MOST = 1000,        /* values listed as missing; the rest is only not known */
};

Evaluation *evaluation_new(const Snapshot *snapshot, size_t alliance, Diags *diags)
{
    Arena *arena = arena_new(snapshot_env(snapshot));
    jmp_buf boundary;

    if (!arena)
        return NULL;
    if (setjmp(boundary)) {
        arena_free(arena);
        return NULL;
    }
    arena_guard(arena, &boundary);
    Evaluation *evaluation = arena_alloc(arena, sizeof *evaluation);
    evaluation->snapshot = snapshot;
    evaluation->alliance = alliance;
    evaluation->diags = diags;
    evaluation->arena = arena;
    evaluation->words = snapshot_words(snapshot);
    evaluation->vocabulary = snapshot_vocabulary(snapshot);
    evaluation->names = snapshot_names(snapshot);
    evaluation->look_at = LOOK_EVERY;
    arena_guard(arena, NULL);
    return evaluation;
}

void evaluation_free(Evaluation *evaluation)
{
    if (evaluation)
        arena_free(evaluation->arena);
}

Arena *evaluation_arena(const Evaluation *evaluation)
{
    return evaluation->arena;
}

const Missing *evaluation_missing(const Evaluation *evaluation, size_t *count)
{
    *count = evaluation->missing_count;
    return evaluation->missing;
}

bool evaluation_was_cancelled(const Evaluation *evaluation)
{
    return evaluation->was_cancelled;
}

/* Looks up from the work: was it cancelled, is it too much? */
static bool look(Evaluation *evaluation)
{
    const Env *env = snapshot_env(evaluation->snapshot);

    evaluation->look_at = evaluation->work + LOOK_EVERY;
    if (env->cancel && *env->cancel) {
        evaluation->was_cancelled = true;
        evaluation->is_stopped = true;
    } else if (evaluation->work > env->limits.work)
        evaluation->is_stopped = true;
    return !evaluation->is_stopped;
}

bool evaluation_goes_on(Evaluation *evaluation)
{
    if (evaluation->is_stopped)
        return false;
    return ++evaluation->work < evaluation->look_at || look(evaluation);
}

static void keep_missing(Evaluation *evaluation, Missing missing)
{
    size_t newest = evaluation->missing_count > 16 ? evaluation->missing_count - 16 : 0;

    if (evaluation->missing_count >= MISSING_MOST)
        return;
    for (size_t i = newest; i < evaluation->missing_count; i++) {
        const Missing *known = &evaluation->missing[i];
        if (known->entity == missing.entity && known->property == missing.property
            && known->reason == missing.reason)
            return;
    }
    evaluation->missing =
        arena_grow(evaluation->arena, evaluation->missing, &evaluation->missing_capacity,
                   evaluation->missing_count + 1, sizeof *evaluation->missing);
    evaluation->missing[evaluation->missing_count++] = missing;
}

void note_reason(Evaluation *evaluation, EntityId entity, MessageId reason)
{
    keep_missing(evaluation, (Missing){.entity = entity, .reason = reason});
}

/* ---- Paths -------------------------------------------------------------------------- */

static Value list_of(Evaluation *evaluation, const EntityId *entities, size_t count)
{
    Value list = value_of_kind(VALUE_LIST);
    Value *items = arena_array(evaluation->arena, count + 1, sizeof *items);

    for (size_t i = 0; i < count; i++) {
        items[i] = value_of_kind(VALUE_ENTITY);
        items[i].as.entity = entities[i];
    }
    list.as.items = items;
    list.count = (uint32_t)count;
    return list;
}

/* An `alliance` has every entity of its file and imports as a relation. */
const EntityId *entity_related(Evaluation *evaluation, EntityId entity, KindId kind,
                               size_t *count)
{
    const Snapshot *snapshot = evaluation->snapshot;

    if (entity_kind(snapshot, entity) == KIND_ALLIANCE)
        return collection_of(snapshot, entity_alliance(snapshot, entity), kind, count);
    return collection_related(snapshot, evaluation->arena, entity, kind, count);
}

static Value custom_value(Evaluation *evaluation, EntityId entity, NameId name)
{
    PropertyRow row;

    if (!entity_find_custom(evaluation->snapshot, entity, name, &row))
        return value_of_kind(VALUE_ABSENT);
    return row.value;
}

static Value entity_step(Evaluation *evaluation, EntityId entity, const Step *step)
{
    const Snapshot *snapshot = evaluation->snapshot;
    size_t count;

    if (!entity)
        return value_of_kind(VALUE_ABSENT);
    switch ((StepKind)step->kind) {
    case STEP_FIELD:
        if (step->is_written && !entity_is_gone(snapshot, entity))
            return entity_property(snapshot, entity, step->id);
        if (!step->is_sure && !field_exists(snapshot, entity_kind(snapshot, entity), step->id))
            return value_of_kind(VALUE_NONE);
        return field_value(snapshot, evaluation->arena, entity, step->id);
    case STEP_CUSTOM:
        return custom_value(evaluation, entity, step->name);
    case STEP_RELATED: {
        const EntityId *entities = entity_related(evaluation, entity, step->id, &count);
        return list_of(evaluation, entities, count);
    }
    }
    return value_of_kind(VALUE_ABSENT);
}

static Value value_step(Evaluation *evaluation, Value value, const Step *step);

/* A step from several things: all that comes out, one list. */
static Value list_step(Evaluation *evaluation, Value list, const Step *step)
{
    Value *items = NULL;
    size_t count = 0, capacity = 0;

    for (uint32_t i = 0; i < list.count && evaluation_goes_on(evaluation); i++) {
        Value one = value_step(evaluation, list.as.items[i], step);
        size_t more = one.kind == VALUE_LIST ? one.count : 1;
        if (one.kind == VALUE_NONE)
            continue;
        items = arena_grow(evaluation->arena, items, &capacity, count + more, sizeof *items);
        if (one.kind == VALUE_LIST)
            memcpy(items + count, one.as.items, more * sizeof *items);
        else
            items[count] = one;
        count += more;
    }
    Value result = value_of_kind(VALUE_LIST);
    result.as.items = items;
    result.count = (uint32_t)count;
    return result;
}

static Value value_step(Evaluation *evaluation, Value value, const Step *step)
{
    if (value.kind == VALUE_ENTITY)
        return entity_step(evaluation, value.as.entity, step);
    if (value.kind == VALUE_LIST)
        return list_step(evaluation, value, step);
    if (value.kind == VALUE_TEXT)       /* an open reference that names nothing declared */
        return value_of_kind(VALUE_NONE);
    return value;                       /* not known, does not apply, poisoned */
}

/* `contributions.value`: one list from the whole collection, without one of the entities. */
static Value collection_steps(Evaluation *evaluation, const FieldPath *path)
{
    size_t count;
    const EntityId *entities =
        collection_of(evaluation->snapshot, evaluation->alliance, (KindId)path->id, &count);
    Value value = list_of(evaluation, entities, count);

    for (uint32_t i = 0; i < path->step_count; i++)
        value = value_step(evaluation, value, &path->steps[i]);
    return value;
}

Value path_value(Evaluation *evaluation, const Formula *formula, const Element *element)
{
    const FieldPath *path = &formula->path;
    Value value;
    uint32_t next = 0;

    switch ((Root)path->root) {
    case ROOT_ELEMENT:
        value = entity_step(evaluation, element->entity, &path->steps[0]);
        next = 1;
        break;
    case ROOT_CELL:
        value = element->cells[path->id];
        break;
    case ROOT_ENTITY:
        value = value_of_kind(path->id ? VALUE_ENTITY : VALUE_ABSENT);
        value.as.entity = path->id;
        break;
    case ROOT_COLLECTION:
    default:
        return collection_steps(evaluation, path);
    }
    for (; next < path->step_count; next++)
        value = value_step(evaluation, value, &path->steps[next]);
    return value;
}

/* Which entities of a path lack the last thing asked of them. */
static void note_step(Evaluation *evaluation, Value from, const Step *steps, uint32_t count)
{
    if (!count)
        return;
    if (from.kind == VALUE_LIST) {
        for (uint32_t i = 0; i < from.count; i++)
            note_step(evaluation, from.as.items[i], steps, count);
        return;
    }
    if (from.kind != VALUE_ENTITY)
        return;
    Value value = entity_step(evaluation, from.as.entity, &steps[0]);
    bool is_lacking = value.kind == VALUE_ABSENT || value.kind == VALUE_UNKNOWN
                   || (value.kind == VALUE_BAG && value.as.bag->unknown);
    if (value.kind == VALUE_LIST)
        for (uint32_t i = 0; i < value.count; i++)
            is_lacking = is_lacking || value.as.items[i].kind == VALUE_UNKNOWN;
    if (is_lacking && steps[0].kind == STEP_FIELD)
        keep_missing(evaluation,
                     (Missing){.entity = from.as.entity, .property = steps[0].id});
    else
        note_step(evaluation, value, steps + 1, count - 1);
}

static void note_path(Evaluation *evaluation, const FieldPath *path, const Element *element)
{
    Value from = value_of_kind(VALUE_ENTITY);
    size_t count;

    switch ((Root)path->root) {
    case ROOT_ELEMENT:
        from.as.entity = element->entity;
        break;
    case ROOT_ENTITY:
        from.as.entity = path->id;
        break;
    case ROOT_COLLECTION: {
        const EntityId *entities =
            collection_of(evaluation->snapshot, evaluation->alliance, (KindId)path->id, &count);
        from = list_of(evaluation, entities, count);
        break;
    }
    case ROOT_CELL:
        from = element->cells[path->id];
        break;
    }
    note_step(evaluation, from, path->steps, path->step_count);
}

void note_missing(Evaluation *evaluation, const Formula *formula, const Element *element)
{
    if (evaluation->missing_count >= MISSING_MOST)
        return;
    if (formula->kind == FORMULA_PATH)
        note_path(evaluation, &formula->path, element);
    else if (formula->kind == FORMULA_ARITHMETIC)
        for (uint32_t i = 0; i < formula->part_count; i++)
            note_missing(evaluation, formula->parts[i], element);
}

/* ---- Truth -------------------------------------------------------------------------- */

static Truth negated(Truth truth, bool is_negated)
{
    if (!is_negated || truth == TRUTH_UNKNOWN)
        return truth;
    return truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static Truth truth_of(bool is_true)
{
    return is_true ? TRUTH_TRUE : TRUTH_FALSE;
}

/* Missing values that made no difference are not worth telling. */
static Truth told(Evaluation *evaluation, Truth truth, size_t missing_before)
{
    if (truth != TRUTH_UNKNOWN)
        evaluation->missing_count = missing_before;
    return truth;
}

static Truth junction_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Truth decides = formula->kind == FORMULA_AND ? TRUTH_FALSE : TRUTH_TRUE;
    Truth result = negated(decides, true);
    size_t before = evaluation->missing_count;

    for (uint32_t i = 0; i < formula->part_count; i++) {
        Truth one = formula_truth(evaluation, formula->parts[i], element);
        if (one == decides)
            return told(evaluation, decides, before);
        if (one == TRUTH_UNKNOWN)
            result = TRUTH_UNKNOWN;
    }
    return told(evaluation, result, before);
}

/* Names what was not known in an operand. */
static void note_operand(Evaluation *evaluation, const Formula *operand, Value value,
                         const Element *element)
{
    if (value.kind != VALUE_NONE && value.kind != VALUE_POISON)
        note_missing(evaluation, operand, element);
}

/* Adds what one comparison met to what its formula met so far. */
static void add_clash(Clash *all, const Clash *one)
{
    all->told += one->told;
    if (all->kind || !one->kind)
        return;
    all->kind = one->kind;
    all->left = one->left;
    all->right = one->right;
}

/* Why two values that are known cannot be compared; 0: one of them is not known. */
static MessageId untold_reason(const Clash *clash, Value left, Value right)
{
    if (clash->kind)
        return MESSAGE_REASON_OTHER_UNIT;
    return left.kind == VALUE_DATE && right.kind == VALUE_DATE
        ? MESSAGE_REASON_DATE_NOT_PRECISE : 0;
}

static Truth compare_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Value left = formula_value(evaluation, formula->parts[0], element);
    Value right = formula_value(evaluation, formula->parts[1], element);
    Clash clash = {.told = 0};
    Truth truth =
        compare_values(evaluation, (Operator)formula->operation, left, right, &clash);

    add_clash(formula->clash, &clash);
    if (truth == TRUTH_UNKNOWN) {
        MessageId reason = untold_reason(&clash, left, right);
        note_operand(evaluation, formula->parts[0], left, element);
        note_operand(evaluation, formula->parts[1], right, element);
        if (reason)
            note_reason(evaluation, element ? element->entity : 0, reason);
    }
    return truth;
}

static bool is_empty(Value value)
{
    return value.kind == VALUE_ABSENT || (value.kind == VALUE_LIST && value.count == 0);
}

static Truth is_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Formula *subject = formula->parts[0];
    Value value;

    if (subject->kind == FORMULA_PIPE) {
        size_t base = evaluation->buffer_count;
        Table table;
        pipe_run(evaluation, subject->pipe, element, &table);
        evaluation->buffer_count = base;
        if (table.is_poisoned)
            return TRUTH_UNKNOWN;
        value = table.is_value ? table.value : value_of_kind(VALUE_LIST);
        value.count = table.is_value ? value.count : (uint32_t)table.count;
        if (!table.is_value && !table.count && table.untold && formula->operation == CORE_EMPTY)
            return TRUTH_UNKNOWN;
    } else
        value = formula_value(evaluation, subject, element);
    if (value.kind == VALUE_POISON)
        return TRUTH_UNKNOWN;
    bool holds = formula->operation == CORE_EMPTY ? is_empty(value)
               : formula->operation == CORE_UNKNOWN ? value.kind == VALUE_UNKNOWN
                                                    : value.kind == VALUE_NONE;
    return negated(truth_of(holds), formula->is_negated);
}

static Truth in_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Value left = formula_value(evaluation, formula->parts[0], element);
    Truth result = TRUTH_FALSE;

    if (left.kind == VALUE_NONE)
        return TRUTH_FALSE;
    for (uint32_t i = 1; i < formula->part_count; i++) {
        Value right = formula_value(evaluation, formula->parts[i], element);
        Truth one = compare_values(evaluation, OPERATOR_EQUAL, left, right, formula->clash);
        if (one == TRUTH_TRUE)
            return negated(TRUTH_TRUE, formula->is_negated);
        if (one == TRUTH_UNKNOWN) {
            result = TRUTH_UNKNOWN;
            note_operand(evaluation, formula->parts[i], right, element);
        }
    }
    if (result == TRUTH_UNKNOWN)
        note_operand(evaluation, formula->parts[0], left, element);
    return negated(result, formula->is_negated);
}

/* Whether the folded text holds the other one. */
static bool text_contains(Evaluation *evaluation, Value text, Value part)
{
    size_t length, size;
    const char *whole = utf8_fold(evaluation->arena, text.as.text, text.count, &length);
    const char *wanted = utf8_fold(evaluation->arena, part.as.text, part.count, &size);

    for (size_t i = 0; size <= length && i <= length - size; i++)
        if (memcmp(whole + i, wanted, size) == 0)
            return true;
    return false;
}

static Truth contains_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Value left = formula_value(evaluation, formula->parts[0], element);
    Value right = formula_value(evaluation, formula->parts[1], element);
    Truth truth;

    if (left.kind == VALUE_NONE || right.kind == VALUE_NONE)
        return TRUTH_FALSE;
    if (left.kind == VALUE_TEXT && right.kind == VALUE_TEXT)
        truth = truth_of(text_contains(evaluation, left, right));
    else
        truth = compare_values(evaluation, OPERATOR_EQUAL, left, right, formula->clash);
    if (truth == TRUTH_UNKNOWN) {
        note_operand(evaluation, formula->parts[0], left, element);
        note_operand(evaluation, formula->parts[1], right, element);
    }
    return negated(truth, formula->is_negated);
}

static Truth match_text(Evaluation *evaluation, Formula *formula, Value value,
                        const Element *element)
{
    uint64_t before = pattern_spent(formula->pattern);
    PatternMatch match =
        pattern_match(formula->pattern, value.as.text, value.count, NULL, NULL);

    /* A repeated character may run to the end of the text from each place in it. */
    evaluation->work += (pattern_spent(formula->pattern) - before) / 8
                      + (uint64_t)value.count * value.count / 512;
    if (match != PATTERN_LIMIT)
        return truth_of(match == PATTERN_YES);
    note_reason(evaluation, element ? element->entity : 0, MESSAGE_REASON_PATTERN_LIMIT);
    return TRUTH_UNKNOWN;
}

/* A pattern holds of a list when it matches one of the texts in it. */
static Truth matches_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Value value = formula_value(evaluation, formula->parts[0], element);
    Value one = value;
    const Value *items = value.kind == VALUE_LIST ? value.as.items : &one;
    uint32_t count = value.kind == VALUE_LIST ? value.count : 1;
    Truth result = TRUTH_FALSE;

    if (value.kind == VALUE_NONE)
        return TRUTH_FALSE;
    for (uint32_t i = 0; i < count && result != TRUTH_TRUE; i++) {
        Truth match = TRUTH_FALSE;
        if (items[i].kind == VALUE_TEXT)
            match = match_text(evaluation, formula, items[i], element);
        else if (!value_is_known(items[i])) {
            match = TRUTH_UNKNOWN;
            note_operand(evaluation, formula->parts[0], value, element);
        }
        if (match != TRUTH_FALSE)
            result = match;
    }
    return negated(result, formula->is_negated);
}

static Truth value_truth(Evaluation *evaluation, Formula *formula, Value value,
                         const Element *element)
{
    if (value.kind == VALUE_BOOL)
        return truth_of(value.as.truth);
    if (value.kind == VALUE_NONE)
        return TRUTH_FALSE;
    note_operand(evaluation, formula, value, element);
    return TRUTH_UNKNOWN;
}

/* ---- Quantified conditions ---------------------------------------------------------- */

/* Whether an element has the thing: `?` leaves that open, `none` is an answer. */
static Truth has_truth(Evaluation *evaluation, Formula *path, const Element *element)
{
    Value value = formula_value(evaluation, path, element);

    if (value.kind == VALUE_POISON)
        return TRUTH_UNKNOWN;
    if (value.kind == VALUE_UNKNOWN) {
        note_missing(evaluation, path, element);
        return TRUTH_UNKNOWN;
    }
    return truth_of(!is_empty(value));
}

Truth element_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Formula *test = formula->parts[0];
    size_t before = evaluation->missing_count;
    Truth truth = formula->has ? has_truth(evaluation, test, element)
                               : formula_truth(evaluation, test, element);

    return told(evaluation, truth, before);
}

/* What holds of rows that the last `where` could not tell: whether they belong or not, they do
 * no harm when the rest holds of them. */
static Truth untold_truth(Evaluation *evaluation, Formula *formula, const Table *table)
{
    for (size_t i = 0; i < table->untold; i++) {
        Element element = {.entity = table->untold_rows ? table->untold_rows[i] : 0};
        if (!table->untold_rows
            || element_truth(evaluation, formula, &element) != TRUTH_TRUE)
            return TRUTH_UNKNOWN;
    }
    return TRUTH_TRUE;
}

static Truth every_truth(Evaluation *evaluation, Formula *formula, const Table *table)
{
    Truth result = untold_truth(evaluation, formula, table);

    for (size_t i = 0; i < table->count && evaluation_goes_on(evaluation); i++) {
        Element element;
        pipe_element(table, &formula->pipe->scope, i, &element);
        Truth one = element_truth(evaluation, formula, &element);
        if (one == TRUTH_FALSE)
            return TRUTH_FALSE;
        if (one == TRUTH_UNKNOWN)
            result = TRUTH_UNKNOWN;
    }
    return result;
}

static Truth quantified_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    size_t base = evaluation->buffer_count, before = evaluation->missing_count;
    Table table;
    Truth truth;

    pipe_run(evaluation, formula->pipe, element, &table);
    if (table.is_poisoned)
        truth = TRUTH_UNKNOWN;
    else if (formula->operation == CORE_EVERY)
        truth = every_truth(evaluation, formula, &table);
    else if (table.count)
        truth = truth_of(formula->operation == CORE_EXISTS);
    else
        truth = table.untold ? TRUTH_UNKNOWN : truth_of(formula->operation == CORE_NO);
    evaluation->buffer_count = base;
    if (evaluation->is_stopped)
        return TRUTH_UNKNOWN;
    return told(evaluation, truth, before);
}

Truth formula_truth(Evaluation *evaluation, Formula *formula, const Element *element)
{
    if (!evaluation_goes_on(evaluation))
        return TRUTH_UNKNOWN;
    switch ((FormulaKind)formula->kind) {
    case FORMULA_OR:
    case FORMULA_AND:
        return junction_truth(evaluation, formula, element);
    case FORMULA_NOT:
        return negated(formula_truth(evaluation, formula->parts[0], element), true);
    case FORMULA_COMPARE:
        return compare_truth(evaluation, formula, element);
    case FORMULA_IS:
        return is_truth(evaluation, formula, element);
    case FORMULA_IN:
        return in_truth(evaluation, formula, element);
    case FORMULA_CONTAINS:
        return contains_truth(evaluation, formula, element);
    case FORMULA_MATCHES:
        return matches_truth(evaluation, formula, element);
    case FORMULA_QUANTIFIED:
        return quantified_truth(evaluation, formula, element);
    case FORMULA_POISON:
        return TRUTH_UNKNOWN;
    case FORMULA_CONSTANT:
    case FORMULA_PATH:
    case FORMULA_ARITHMETIC:
    case FORMULA_COUNT:
    case FORMULA_MEASURE:
    case FORMULA_PIPE:
        break;
    }
    return value_truth(evaluation, formula, formula_value(evaluation, formula, element), element);
}

/* ---- Values ------------------------------------------------------------------------- */

static Value count_value(Evaluation *evaluation, Formula *formula, const Element *element)
{
    size_t base = evaluation->buffer_count;
    Table table;

    pipe_run(evaluation, formula->pipe, element, &table);
    evaluation->buffer_count = base;
    if (table.is_poisoned)
        return value_of_kind(VALUE_POISON);
    return value_number(decimal_of((int64_t)table.count));
}

static Value pipe_value(Evaluation *evaluation, Formula *formula, const Element *element)
{
    size_t base = evaluation->buffer_count;
    Table table;
    Value result;

    pipe_run(evaluation, formula->pipe, element, &table);
    if (table.is_poisoned)
        result = value_of_kind(VALUE_POISON);
    else if (table.is_value)
        result = table.value;
    else if (formula->pipe->scope.shape == SHAPE_ENTITY)
        result = list_of(evaluation, table.entities, table.count);
    else {
        result = value_of_kind(VALUE_LIST);
        result.as.items = table.cells;
        result.count = (uint32_t)(table.count * table.width);
    }
    evaluation->buffer_count = base;
    return result;
}

static Value truth_value(Truth truth)
{
    Value value = value_of_kind(truth == TRUTH_UNKNOWN ? VALUE_UNKNOWN : VALUE_BOOL);

    if (truth != TRUTH_UNKNOWN)
        value.as.truth = truth == TRUTH_TRUE;
    return value;
}

Value formula_value(Evaluation *evaluation, Formula *formula, const Element *element)
{
    switch ((FormulaKind)formula->kind) {
    case FORMULA_CONSTANT:
        return formula->constant;
    case FORMULA_PATH:
        if (!evaluation_goes_on(evaluation))
            return value_of_kind(VALUE_UNKNOWN);
        return path_value(evaluation, formula, element);
    case FORMULA_ARITHMETIC: {
        Value left = formula_value(evaluation, formula->parts[0], element);
        Value right = formula_value(evaluation, formula->parts[1], element);
        return compute(evaluation, (Operator)formula->operation, left, right, &formula->slot,
                       formula->clash);
    }
    case FORMULA_COUNT:
        return count_value(evaluation, formula, element);
    case FORMULA_MEASURE:
        return measure_value(evaluation, formula, element);
    case FORMULA_PIPE:
        return pipe_value(evaluation, formula, element);
    case FORMULA_POISON:
        return value_of_kind(VALUE_POISON);
    case FORMULA_OR:
    case FORMULA_AND:
    case FORMULA_NOT:
    case FORMULA_COMPARE:
    case FORMULA_IS:
    case FORMULA_IN:
    case FORMULA_CONTAINS:
    case FORMULA_MATCHES:
    case FORMULA_QUANTIFIED:
        break;
    }
    return truth_value(formula_truth(evaluation, formula, element));
}

/* ---- The public face ---------------------------------------------------------------- */

bool evaluation_tell(Evaluation *evaluation, const Formula *formula)
{
    if (evaluation->is_stopped && !evaluation->was_cancelled)
        complain_work(evaluation, formula->tree, formula->node);
    return formula_tell_clashes(evaluation, formula) || evaluation->is_stopped;
}

/* An evaluation makes its answer in its own arena, interns names in the snapshot's, and tells
 * mistakes in that of the diagnostics: all three may run out, and have boundaries of their own
 * before and after. */
bool evaluation_guard(Evaluation *evaluation, void (*run)(Evaluation *evaluation, void *data),
                      void *data)
{
    Arena *const arenas[] = {
        evaluation->arena, snapshot_arena(evaluation->snapshot), evaluation->diags->arena,
    };
    enum { ARENAS = sizeof arenas / sizeof *arenas };
    jmp_buf *before[ARENAS], boundary;

    for (size_t i = 0; i < ARENAS; i++)
        before[i] = arena_boundary(arenas[i]);
    if (setjmp(boundary) == 0) {
        for (size_t i = 0; i < ARENAS; i++)
            arena_guard(arenas[i], &boundary);
        run(evaluation, data);
    } else {
        evaluation->is_stopped = true;
        evaluation->ran_out = true;
    }
    for (size_t i = 0; i < ARENAS; i++)
        arena_guard(arenas[i], before[i]);
    return !evaluation->ran_out;
}

bool evaluation_ran_out(const Evaluation *evaluation)
{
    return evaluation->ran_out;
}
