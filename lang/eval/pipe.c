/* pipe.c -- runs a pipe: rows go in at the source, and each step makes other rows of them.
 *
 * Rows of entities are arrays of ids: the source's own, or what a `where` kept in a buffer of
 * the evaluation, so that nothing is allocated for an element.  Rows of `distinct` and `per` are
 * cells.
 */
#include "lang/eval/parts.h"

#include <string.h>

#include "lang/eval/complain.h"

typedef struct Buffer {
    EntityId *ids;
    size_t capacity;
} Buffer;

/* One run of one pipe. */
typedef struct Run {
    Evaluation *evaluation;
    Pipe *pipe;
    Table *table;
    bool owns_rows;             /* table->entities stands in a buffer: it may be written */
} Run;

/* Room for ids; taken again when the caller gives buffers back. */
static EntityId *take_buffer(Evaluation *evaluation, size_t count)
{
    if (evaluation->buffer_count == evaluation->buffer_capacity) {
        size_t made = evaluation->buffer_capacity;
        evaluation->buffers =
            arena_grow(evaluation->arena, evaluation->buffers, &evaluation->buffer_capacity,
                       made + 1, sizeof *evaluation->buffers);
        for (size_t i = made; i < evaluation->buffer_capacity; i++)
            evaluation->buffers[i] = arena_alloc(evaluation->arena, sizeof(Buffer));
    }
    Buffer *buffer = evaluation->buffers[evaluation->buffer_count++];
    buffer->ids = arena_grow(evaluation->arena, buffer->ids, &buffer->capacity, count + 1,
                             sizeof *buffer->ids);
    return buffer->ids;
}

void pipe_element(const Table *table, const Scope *scope, size_t row, Element *element)
{
    *element = (Element){.entity = 0};
    if (scope->shape == SHAPE_ENTITY)
        element->entity = table->entities[row];
    else
        element->cells = table->cells + row * table->width;
}

/* What an element is by a path that stands for the element itself: bare values have no fields. */
static Value element_value(const Table *table, const Scope *scope, size_t row)
{
    if (scope->shape != SHAPE_ENTITY)
        return table->cells[row * table->width];
    Value value = value_of_kind(VALUE_ENTITY);
    value.as.entity = table->entities[row];
    return value;
}

/* ---- Sources ------------------------------------------------------------------------ */

/* Entities of a list; a `?` among them is one that cannot be told. */
static void table_of_entities(Evaluation *evaluation, Value list, Table *table)
{
    EntityId *ids = take_buffer(evaluation, list.count);

    for (uint32_t i = 0; i < list.count; i++)
        if (list.as.items[i].kind == VALUE_ENTITY)
            ids[table->count++] = list.as.items[i].as.entity;
        else if (!value_is_known(list.as.items[i]))
            table->untold++;
    table->entities = ids;
}

static void table_of_values(Evaluation *evaluation, Value list, Table *table)
{
    Value *cells = arena_array(evaluation->arena, list.count + 1, sizeof *cells);

    for (uint32_t i = 0; i < list.count; i++)
        if (value_is_known(list.as.items[i]))
            cells[table->count++] = list.as.items[i];
        else
            table->untold++;
    table->cells = cells;
    table->width = 1;
}

/* The entities that a path gives directly, without making a list of values; false: it does not. */
static bool entities_of_path(Evaluation *evaluation, const Formula *formula,
                             const Element *element, Table *table)
{
    const FieldPath *path = &formula->path;

    if (formula->kind != FORMULA_PATH)
        return false;
    if (path->root == ROOT_COLLECTION && path->step_count == 0) {
        table->entities = collection_of(evaluation->snapshot, evaluation->alliance,
                                        (KindId)path->id, &table->count);
        return true;
    }
    if (path->step_count != 1 || path->steps[0].kind != STEP_RELATED
        || (path->root != ROOT_ELEMENT && path->root != ROOT_ENTITY))
        return false;
    EntityId entity = path->root == ROOT_ENTITY ? path->id : element->entity;
    if (entity)
        table->entities =
            entity_related(evaluation, entity, path->steps[0].id, &table->count);
    return true;
}

static void run_source(Run *run, const Element *element)
{
    Evaluation *evaluation = run->evaluation;
    Formula *source = run->pipe->source;
    Table *table = run->table;

    *table = (Table){.count = 0};
    if (source->kind == FORMULA_PIPE) {
        pipe_run(evaluation, source->pipe, element, table);
        return;
    }
    if (entities_of_path(evaluation, source, element, table))
        return;
    Value value = formula_value(evaluation, source, element);
    if (value.kind == VALUE_POISON)
        table->is_poisoned = true;
    if (value.kind == VALUE_UNKNOWN) {
        note_missing(evaluation, source, element);
        table->untold = 1;
    }
    Value one = value;
    if (value.kind != VALUE_LIST) {     /* a single value where several may stand, or nothing */
        bool has_one = value_is_known(value) && value.kind != VALUE_NONE;
        value = value_of_kind(VALUE_LIST);
        value.as.items = &one;
        value.count = has_one;
    }
    if (run->pipe->source_scope.shape == SHAPE_ENTITY) {
        table_of_entities(evaluation, value, table);
        run->owns_rows = true;
    } else
        table_of_values(evaluation, value, table);
}

/* ---- where, sort, take -------------------------------------------------------------- */

/* Keeps the rows of these numbers, in this order. */
static void pick_rows(Run *run, const uint32_t *rows, size_t count, const Scope *scope)
{
    Evaluation *evaluation = run->evaluation;
    Table *table = run->table;

    if (scope->shape == SHAPE_ENTITY) {
        EntityId *ids = take_buffer(evaluation, count);
        for (size_t i = 0; i < count; i++)
            ids[i] = table->entities[rows[i]];
        table->entities = ids;
        run->owns_rows = true;
    } else {
        Value *cells = arena_array(evaluation->arena, count * table->width + 1, sizeof *cells);
        for (size_t i = 0; i < count; i++)
            memcpy(cells + i * table->width, table->cells + rows[i] * table->width,
                   table->width * sizeof *cells);
        table->cells = cells;
    }
    table->count = count;
}

static void keep_untold_row(Run *run, EntityId **rows, size_t *capacity, size_t count,
                            EntityId entity)
{
    *rows = arena_grow(run->evaluation->arena, *rows, capacity, count + 1, sizeof **rows);
    (*rows)[count] = entity;
}

/* A row that could not be told is left out and counted. */
static void where_entities(Run *run, Stage *stage, bool keeps_untold)
{
    Evaluation *evaluation = run->evaluation;
    Table *table = run->table;
    EntityId *kept = run->owns_rows ? (EntityId *)table->entities
                                    : take_buffer(evaluation, table->count);
    EntityId *untold_rows = NULL;
    size_t count = 0, untold = 0, capacity = 0;

    for (size_t i = 0; i < table->count && evaluation_goes_on(evaluation); i++) {
        Element element = {.entity = table->entities[i]};
        size_t missing = evaluation->missing_count;
        Truth truth = formula_truth(evaluation, stage->condition, &element);
        if (truth != TRUTH_UNKNOWN)
            evaluation->missing_count = missing;
        if (truth == TRUTH_TRUE)
            kept[count++] = element.entity;
        else if (truth == TRUTH_UNKNOWN) {
            if (keeps_untold)
                keep_untold_row(run, &untold_rows, &capacity, untold, element.entity);
            untold++;
        }
    }
    table->entities = kept;
    table->count = count;
    table->untold_rows = keeps_untold && !table->untold ? untold_rows : NULL;
    table->untold += untold;
    run->owns_rows = true;
}

static void where_cells(Run *run, Stage *stage)
{
    Evaluation *evaluation = run->evaluation;
    Table *table = run->table;
    uint32_t *rows = arena_array(evaluation->arena, table->count + 1, sizeof *rows);
    size_t count = 0;

    for (size_t i = 0; i < table->count && evaluation_goes_on(evaluation); i++) {
        Element element;
        pipe_element(table, &stage->before, i, &element);
        Truth truth = formula_truth(evaluation, stage->condition, &element);
        if (truth == TRUTH_TRUE)
            rows[count++] = (uint32_t)i;
        else if (truth == TRUTH_UNKNOWN)
            table->untold++;
    }
    pick_rows(run, rows, count, &stage->before);
}

static void run_where(Run *run, Stage *stage)
{
    bool is_last = stage == &run->pipe->stages[run->pipe->stage_count - 1];

    if (stage->before.shape == SHAPE_ENTITY)
        where_entities(run, stage, is_last && run->pipe->keeps_untold);
    else
        where_cells(run, stage);
}

static EntityId entity_at(const Table *table, const Scope *scope, size_t row)
{
    return scope->shape == SHAPE_ENTITY ? table->entities[row] : 0;
}

static void run_sort(Run *run, Stage *stage)
{
    Evaluation *evaluation = run->evaluation;
    Table *table = run->table;
    SortColumn *columns = arena_array(evaluation->arena, stage->count + 1, sizeof *columns);
    uint32_t *rows = arena_array(evaluation->arena, table->count + 1, sizeof *rows);
    size_t column, first, second;

    for (size_t i = 0; i < stage->count; i++) {
        Value *values = arena_array(evaluation->arena, table->count + 1, sizeof *values);
        for (size_t row = 0; row < table->count && evaluation_goes_on(evaluation); row++) {
            Element element;
            pipe_element(table, &stage->before, row, &element);
            values[row] = formula_value(evaluation, stage->keys[i].path, &element);
        }
        columns[i] = (SortColumn){values, stage->keys[i].is_descending};
    }
    if (evaluation->is_stopped)
        return;
    if (order_rows(evaluation, columns, stage->count, rows, table->count, &column, &first,
                   &second)) {
        pick_rows(run, rows, table->count, &stage->before);
        return;
    }
    complain_sort(evaluation, stage->keys[column].path, columns[column].values[first],
                  columns[column].values[second], entity_at(table, &stage->before, first),
                  entity_at(table, &stage->before, second));
    table->is_poisoned = true;
}

static void run_take(Run *run, const Stage *stage)
{
    if (run->table->count > stage->take)
        run->table->count = (size_t)stage->take;
}

/* ---- show, distinct ----------------------------------------------------------------- */

static void element_cells(Run *run, const Stage *stage, const Element *element, Value *cells)
{
    for (size_t i = 0; i < stage->count; i++)
        cells[i] = formula_value(run->evaluation, stage->paths[i], element);
}

static void set_cells(Table *table, const Value *cells, size_t count, size_t width)
{
    table->entities = NULL;
    table->cells = cells;
    table->count = count;
    table->width = width;
}

/* Rows of cells are narrowed at once; rows of entities stay entities until they are shown. */
static void run_show(Run *run, Stage *stage)
{
    Table *table = run->table;

    if (stage->before.shape == SHAPE_ENTITY)
        return;
    Value *cells = arena_array(run->evaluation->arena, table->count * stage->count + 1,
                               sizeof *cells);
    for (size_t i = 0; i < table->count; i++) {
        Element element;
        pipe_element(table, &stage->before, i, &element);
        element_cells(run, stage, &element, cells + i * stage->count);
    }
    set_cells(table, cells, table->count, stage->count);
}

static bool all_missing(const Value *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cells[i].kind != VALUE_ABSENT && cells[i].kind != VALUE_UNKNOWN)
            return false;
    return true;
}

/* Adds a row; of a single list, each value is a row of its own. */
static void add_distinct(Run *run, Stage *stage, Groups *groups, Value *cells,
                         const Element *element)
{
    bool is_new;

    if (stage->count == 1 && cells[0].kind == VALUE_LIST) {
        Value list = cells[0];
        for (uint32_t i = 0; i < list.count; i++)
            add_distinct(run, stage, groups, (Value *)&list.as.items[i], element);
        if (list.count)
            return;
        cells[0] = value_of_kind(VALUE_ABSENT);
    }
    if (all_missing(cells, stage->count)) {
        for (size_t i = 0; i < stage->count; i++)
            note_missing(run->evaluation, stage->paths[i], element);
        run->table->without++;
        return;
    }
    groups_add(groups, cells, &is_new);
}

static void run_distinct(Run *run, Stage *stage)
{
    Evaluation *evaluation = run->evaluation;
    Table *table = run->table;
    Groups *groups = groups_new(evaluation, stage->count);
    Value *cells = arena_array(evaluation->arena, stage->count + 1, sizeof *cells);

    for (size_t i = 0; i < table->count && evaluation_goes_on(evaluation); i++) {
        Element element;
        pipe_element(table, &stage->before, i, &element);
        element_cells(run, stage, &element, cells);
        add_distinct(run, stage, groups, cells, &element);
    }
    set_cells(table, groups_cells(groups), groups_count(groups), stage->count);
}

/* ---- Measures ----------------------------------------------------------------------- */

/* One sum, average, minimum or maximum under way. */
typedef struct Measuring {
    Evaluation *evaluation;
    CoreId measure;
    Clash *clash;
    BagBuilder *sum;            /* SUM, AVERAGE */
    Value best;                 /* MIN, MAX; ABSENT: nothing yet */
    size_t count;               /* values that were known */
    size_t unknown;
    bool has_clashed;
} Measuring;

static Measuring measuring(Evaluation *evaluation, CoreId measure, Clash *clash)
{
    Measuring one = {.evaluation = evaluation, .measure = measure, .clash = clash};

    if (measure == CORE_SUM || measure == CORE_AVERAGE)
        one.sum = bag_new(evaluation->arena);
    return one;
}

static void clash_with(Measuring *measuring, Value value)
{
    measuring->has_clashed = true;
    if (measuring->clash && !measuring->clash->kind) {
        measuring->clash->kind = CLASH_BAG;
        measuring->clash->left = measuring->best;
        measuring->clash->right = value;
    }
}

static void measure_best(Measuring *measuring, Value value)
{
    if (measuring->best.kind == VALUE_ABSENT) {
        measuring->best = value;
        return;
    }
    int order = value_order(measuring->evaluation, value, measuring->best);
    if (order == ORDER_UNTOLD)
        measuring->unknown++;
    else if (order > 1)
        clash_with(measuring, value);
    else if (measuring->measure == CORE_MIN ? order < 0 : order > 0)
        measuring->best = value;
}

/* True when it was counted as not known. */
static bool measure_add(Measuring *measuring, Value value)
{
    bool lacking = false;

    if (value.kind == VALUE_NONE)
        return false;
    if (value.kind == VALUE_LIST) {
        for (uint32_t i = 0; i < value.count; i++)
            lacking |= measure_add(measuring, value.as.items[i]);
        return lacking;
    }
    if (!value_is_known(value)) {
        measuring->unknown++;
        return true;
    }
    if (!measuring->sum) {
        measuring->count++;
        measure_best(measuring, value);
        return false;
    }
    if (value.kind != VALUE_BAG) {
        measuring->count++;
        if (!bag_add(measuring->sum, value))
            clash_with(measuring, value);
        return false;
    }
    for (uint32_t i = 0; i < value.as.bag->count; i++) {
        Amount slot;
        measuring->count++;
        bag_add(measuring->sum, value_amount(&slot, value.as.bag->amounts[i]));
    }
    measuring->unknown += value.as.bag->unknown;
    return value.as.bag->unknown > 0;
}

static Value bag_value(Measuring *measuring)
{
    Value value = value_of_kind(VALUE_BAG);

    for (size_t i = 0; i < measuring->unknown; i++)
        bag_add(measuring->sum, value_of_kind(VALUE_UNKNOWN));
    value.as.bag = bag_done(measuring->sum);
    return value;
}

/* The sum must be of one unit, whatever is not known of it. */
static Value average_value(Measuring *measuring)
{
    Evaluation *evaluation = measuring->evaluation;
    Amount *slot = arena_alloc(evaluation->arena, sizeof *slot);
    Value sum = value_of_kind(VALUE_BAG), single;

    sum.as.bag = bag_done(measuring->sum);
    if (bag_is_too_large(measuring->sum))
        return value_of_kind(VALUE_UNKNOWN);
    if (!bag_single(evaluation, sum.as.bag, &single, slot)) {
        measuring->best = sum;
        clash_with(measuring, sum);
        return value_of_kind(VALUE_UNKNOWN);
    }
    return compute(evaluation, OPERATOR_DIVIDED, single,
                   value_number(decimal_of((int64_t)measuring->count)), slot, NULL);
}

/* Values that are not known leave an average, minimum or maximum in doubt. */
static Value measure_done(Measuring *measuring)
{
    Value result;

    if (measuring->has_clashed)
        return value_of_kind(VALUE_UNKNOWN);
    if (measuring->sum && bag_is_too_large(measuring->sum))
        note_reason(measuring->evaluation, 0, MESSAGE_REASON_TOO_LARGE);
    if (measuring->measure == CORE_SUM)
        result = bag_value(measuring);
    else if (!measuring->count)
        return value_of_kind(VALUE_UNKNOWN);
    else
        result = measuring->measure == CORE_AVERAGE ? average_value(measuring)
                                                    : measuring->best;
    if (!measuring->has_clashed && measuring->clash)
        measuring->clash->told++;
    if (result.kind == VALUE_NUMBER || result.kind == VALUE_AMOUNT)
        result.count = (uint32_t)measuring->unknown;
    return result;
}

Value measure_value(Evaluation *evaluation, Formula *formula, const Element *element)
{
    Measuring one = measuring(evaluation, formula->operation, formula->clash);
    Formula *measured = formula->parts[0];
    size_t base = evaluation->buffer_count;

    if (!formula->pipe) {
        Value value = formula_value(evaluation, measured, element);
        if (value.kind == VALUE_POISON)
            return value;
        if (measure_add(&one, value))
            note_missing(evaluation, measured, element);
        return measure_done(&one);
    }
    Table table;
    pipe_run(evaluation, formula->pipe, element, &table);
    for (size_t i = 0; i < table.count && evaluation_goes_on(evaluation); i++) {
        Element row;
        pipe_element(&table, &formula->pipe->scope, i, &row);
        if (measure_add(&one, formula_value(evaluation, measured, &row)))
            note_missing(evaluation, measured, &row);
    }
    evaluation->buffer_count = base;
    if (table.is_poisoned)
        return value_of_kind(VALUE_POISON);
    return measure_done(&one);
}

static void run_total(Run *run, Stage *stage)
{
    Evaluation *evaluation = run->evaluation;
    Table *table = run->table;
    Measuring one = measuring(evaluation, stage->core, stage->clash);

    table->is_value = true;
    if (stage->core == CORE_COUNT) {
        table->value = value_number(decimal_of((int64_t)table->count));
        return;
    }
    for (size_t i = 0; i < table->count && evaluation_goes_on(evaluation); i++) {
        Element element;
        pipe_element(table, &stage->before, i, &element);
        if (measure_add(&one, formula_value(evaluation, stage->measured, &element)))
            note_missing(evaluation, stage->measured, &element);
    }
    table->value = measure_done(&one);
}

/* Groups under way: what is counted or measured of each. */
typedef struct Grouping {
    Run *run;
    Stage *stage;
    Groups *groups;
    Measuring *measured;        /* by group */
    size_t measured_capacity;
    uint64_t *counts;
    size_t count_capacity;
} Grouping;

static void add_to_group(Grouping *grouping, Value key, Value value)
{
    Evaluation *evaluation = grouping->run->evaluation;
    Stage *stage = grouping->stage;
    bool is_new;

    if (key.kind == VALUE_LIST) {       /* the element belongs to several groups */
        for (uint32_t i = 0; i < key.count; i++)
            add_to_group(grouping, key.as.items[i], value);
        if (key.count)
            return;
        key = value_of_kind(VALUE_ABSENT);
    }
    size_t group = groups_add(grouping->groups, &key, &is_new);
    if (stage->core == CORE_COUNT) {
        grouping->counts = arena_grow(evaluation->arena, grouping->counts,
                                      &grouping->count_capacity, group + 1,
                                      sizeof *grouping->counts);
        grouping->counts[group]++;
        return;
    }
    grouping->measured = arena_grow(evaluation->arena, grouping->measured,
                                    &grouping->measured_capacity, group + 1,
                                    sizeof *grouping->measured);
    if (is_new)
        grouping->measured[group] = measuring(evaluation, stage->core, stage->clash);
    measure_add(&grouping->measured[group], value);
}

static void finish_groups(Grouping *grouping)
{
    Table *table = grouping->run->table;
    size_t count = groups_count(grouping->groups);
    const Value *keys = groups_cells(grouping->groups);
    Value *cells = arena_array(grouping->run->evaluation->arena, 2 * count + 1, sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        cells[2 * i] = keys[i];
        cells[2 * i + 1] = grouping->stage->core == CORE_COUNT
            ? value_number(decimal_of((int64_t)grouping->counts[i]))
            : measure_done(&grouping->measured[i]);
    }
    set_cells(table, cells, count, 2);
}

static void run_groups(Run *run, Stage *stage)
{
    Evaluation *evaluation = run->evaluation;
    Table *table = run->table;
    Grouping grouping = {.run = run, .stage = stage, .groups = groups_new(evaluation, 1)};

    for (size_t i = 0; i < table->count && evaluation_goes_on(evaluation); i++) {
        Element element;
        pipe_element(table, &stage->before, i, &element);
        Value key = formula_value(evaluation, stage->per, &element);
        Value value = stage->measured ? formula_value(evaluation, stage->measured, &element)
                                      : element_value(table, &stage->before, i);
        add_to_group(&grouping, key, value);
    }
    finish_groups(&grouping);
}

/* ---- Pipes -------------------------------------------------------------------------- */

static void run_stage(Run *run, Stage *stage)
{
    switch (stage->core) {
    case CORE_WHERE:
        run_where(run, stage);
        break;
    case CORE_SORT:
        run_sort(run, stage);
        break;
    case CORE_TAKE:
        run_take(run, stage);
        break;
    case CORE_SHOW:
        run_show(run, stage);
        break;
    case CORE_DISTINCT:
        run_distinct(run, stage);
        break;
    default:
        if (stage->per)
            run_groups(run, stage);
        else
            run_total(run, stage);
    }
}

void pipe_run(Evaluation *evaluation, Pipe *pipe, const Element *element, Table *table)
{
    Run run = {.evaluation = evaluation, .pipe = pipe, .table = table};

    run_source(&run, element);
    for (size_t i = 0; i < pipe->stage_count && !table->is_poisoned; i++)
        run_stage(&run, &pipe->stages[i]);
}
