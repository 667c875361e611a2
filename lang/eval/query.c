/* query.c -- the answer of a query: one value, or a table with its columns. */
#include "lang/eval/query.h"

#include <string.h>

#include "lang/eval/parts.h"
#include "lang/syntax/parser.h"

/* The columns being chosen. */
typedef struct Columns {
    Evaluation *evaluation;
    AnswerColumn *shown;
    Formula **paths;            /* by column; NULL: a column of the rows */
    size_t count, capacity, path_capacity;
    KindId kind;                /* of the elements, or 0 */
} Columns;

/* ---- What a column is called -------------------------------------------------------- */

static const char *step_id(const Evaluation *evaluation, const Step *step)
{
    switch ((StepKind)step->kind) {
    case STEP_FIELD:
        return vocabulary_property_id(evaluation->vocabulary, step->id);
    case STEP_RELATED:
        return words_text(evaluation->words, LANG_EN, ROLE_KIND, step->id, 0, WORD_PLURAL);
    case STEP_CUSTOM:
        return names_text(evaluation->names, step->name);
    }
    return "";
}

static const char *source_of(Evaluation *evaluation, const Formula *formula)
{
    Span span = node_extent(formula->tree, formula->node);
    return arena_copy(evaluation->arena, formula->tree->source->text + span.start,
                      span.end - span.start);
}

/* The neutral id of a path: "value", "partner.type". */
static const char *path_id(Evaluation *evaluation, const Formula *formula)
{
    const FieldPath *path = &formula->path;
    const char *id = NULL;

    if (formula->kind != FORMULA_PATH || (path->root != ROOT_ELEMENT && path->root != ROOT_CELL)
        || path->step_count == 0)
        return source_of(evaluation, formula);
    for (uint32_t i = 0; i < path->step_count; i++) {
        const char *step = step_id(evaluation, &path->steps[i]);
        id = id ? arena_format(evaluation->arena, "%s.%s", id, step) : step;
    }
    return id;
}

static const NameId *path_names(Evaluation *evaluation, const Formula *formula)
{
    const FieldPath *path = &formula->path;
    NameId *names;

    if (formula->kind != FORMULA_PATH || path->step_count < 2)
        return NULL;
    names = arena_array(evaluation->arena, path->step_count + 1, sizeof *names);
    for (uint32_t i = 0; i < path->step_count; i++)
        names[i] = path->steps[i].name;
    return names;
}

/* The field that a path ends with, and the kind it belongs to where that is one kind. */
static void last_field(const Columns *columns, const Formula *formula, AnswerColumn *column)
{
    const FieldPath *path = &formula->path;

    if (formula->kind != FORMULA_PATH || !path->step_count)
        return;
    const Step *last = &path->steps[path->step_count - 1];
    if (last->kind == STEP_FIELD)
        column->field = last->id;
    if (last->kind == STEP_RELATED)
        column->related = last->id;
    if (last->kind == STEP_CUSTOM)
        column->name = last->name;
    if (path->step_count == 1)
        column->kind = columns->kind;
}

static AnswerColumn *add_column(Columns *columns, Formula *path)
{
    Arena *arena = columns->evaluation->arena;
    size_t index = columns->count++;

    columns->shown = arena_grow(arena, columns->shown, &columns->capacity, columns->count,
                                sizeof *columns->shown);
    columns->paths = arena_grow(arena, columns->paths, &columns->path_capacity, columns->count,
                                sizeof *columns->paths);
    columns->paths[index] = path;
    columns->shown[index] = (AnswerColumn){.id = ""};
    return &columns->shown[index];
}

static void add_path(Columns *columns, Formula *path)
{
    AnswerColumn *column = add_column(columns, path);

    last_field(columns, path, column);
    column->id = path_id(columns->evaluation, path);
    column->path = path_names(columns->evaluation, path);
    column->type = (uint8_t)type_shown(&path->type);
}

static bool has_column(const Columns *columns, const char *id)
{
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->shown[i].id, id) == 0)
            return true;
    return false;
}

/* ---- Default columns ---------------------------------------------------------------- */

/* A field of the element as if somebody had written it. */
static void add_field(Columns *columns, const Pipe *pipe, PropertyId field)
{
    Evaluation *evaluation = columns->evaluation;
    const PropertyInfo *info = columns->kind
        ? vocabulary_property(evaluation->vocabulary, columns->kind, field) : NULL;
    Formula *formula = arena_alloc(evaluation->arena, sizeof *formula);
    Step *step = arena_alloc(evaluation->arena, sizeof *step);

    if (columns->kind && !info)
        return;
    *step = (Step){.kind = STEP_FIELD, .id = field};
    formula->kind = FORMULA_PATH;
    formula->tree = pipe->source->tree;
    formula->node = pipe->source->node;
    formula->path = (FieldPath){.root = ROOT_ELEMENT, .steps = step, .step_count = 1};
    formula->type = info ? type_of_property(info) : type_simple(FAMILY_TEXT);
    add_path(columns, formula);
}

/* What stands in a partner, a kpi or a milestone is known by whose it is. */
static void add_owner(Columns *columns, const Pipe *pipe, const KindInfo *info)
{
    static const struct { unsigned place; PropertyId field; } owners[] = {
        {PLACE_PARTNER, PROPERTY_PARTNER}, {PLACE_KPI, PROPERTY_KPI},
        {PLACE_GOAL, PROPERTY_GOAL}, {PLACE_MILESTONE, PROPERTY_MILESTONE},
    };

    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        if (info->places & owners[i].place)
            add_field(columns, pipe, owners[i].field);
}

/* Whatever identifies one of its kind. */
static void add_identity(Columns *columns, const Pipe *pipe)
{
    const KindInfo *info = columns->kind
        ? vocabulary_kind(columns->evaluation->vocabulary, columns->kind) : NULL;
    Head head = info ? (Head)info->head : HEAD_NAMED;

    const Evaluation *evaluation = columns->evaluation;

    if (info && columns->kind != KIND_ALLIANCE && evaluation->alliance == SIZE_MAX
        && snapshot_alliance_count(evaluation->snapshot) > 1)
        add_field(columns, pipe, PROPERTY_ALLIANCE);    /* several: whose is it? */
    if (info && head != HEAD_NAMED)
        add_owner(columns, pipe, info);
    if (head == HEAD_NAMED || (head == HEAD_MEASURED && (info->places & PLACE_TOP)))
        add_field(columns, pipe, PROPERTY_NAME);
    if (head == HEAD_KEYED)
        add_field(columns, pipe, PROPERTY_KEY);
    else if (head == HEAD_LINK) {
        add_field(columns, pipe, PROPERTY_FROM);
        add_field(columns, pipe, PROPERTY_TO);
        add_field(columns, pipe, PROPERTY_TITLE);
    } else
        add_field(columns, pipe, PROPERTY_TITLE);
    if (head == HEAD_KEYED || head == HEAD_MEASURED)
        add_field(columns, pipe, PROPERTY_VALUE);
}

/* The fields that a condition looked at. */
static void add_used(Columns *columns, Formula *formula)
{
    if (formula->kind == FORMULA_PATH && formula->path.root == ROOT_ELEMENT
        && !has_column(columns, path_id(columns->evaluation, formula)))
        add_path(columns, formula);
    for (uint32_t i = 0; i < formula->part_count; i++)
        if (formula->kind != FORMULA_MEASURE)
            add_used(columns, formula->parts[i]);
}

static void add_used_by(Columns *columns, const Pipe *pipe)
{
    if (pipe->source->kind == FORMULA_PIPE)
        add_used_by(columns, pipe->source->pipe);
    for (size_t i = 0; i < pipe->stage_count; i++) {
        const Stage *stage = &pipe->stages[i];
        if (stage->before.shape != SHAPE_ENTITY)
            continue;
        if (stage->condition)
            add_used(columns, stage->condition);
        for (size_t key = 0; stage->core == CORE_SORT && key < stage->count; key++)
            add_used(columns, stage->keys[key].path);
    }
}

/* The last `show` of a pipe of entities; NULL: none. */
static const Stage *last_show(const Pipe *pipe)
{
    for (size_t i = pipe->stage_count; i > 0; i--)
        if (pipe->stages[i - 1].core == CORE_SHOW)
            return &pipe->stages[i - 1];
    return pipe->source->kind == FORMULA_PIPE ? last_show(pipe->source->pipe) : NULL;
}

static void columns_of_entities(Columns *columns, const Pipe *pipe)
{
    const Stage *show = last_show(pipe);

    if (show) {
        for (size_t i = 0; i < show->count; i++)
            add_path(columns, show->paths[i]);
        return;
    }
    add_identity(columns, pipe);
    add_used_by(columns, pipe);
}

static const char *measure_id(CoreId measure)
{
    switch (measure) {
    case CORE_COUNT:
        return "count";
    case CORE_SUM:
        return "sum";
    case CORE_AVERAGE:
        return "average";
    case CORE_MIN:
        return "min";
    default:
        return "max";
    }
}

/* The kind that a path of rows began with, for the word of its field. */
static void columns_of_rows(Columns *columns, const Pipe *pipe)
{
    const Scope *scope = &pipe->scope;
    const Scope *before = pipe->stage_count ? &pipe->stages[0].before : scope;

    if (before->shape == SHAPE_ENTITY && before->type.kind_count == 1)
        columns->kind = before->type.kinds[0];
    for (size_t i = 0; i < scope->column_count; i++) {
        const Column *from = &scope->columns[i];
        if (!from->measure) {
            add_path(columns, (Formula *)from->formula);
            columns->shown[i].type = (uint8_t)type_shown(&from->type);
            continue;
        }
        AnswerColumn *column = add_column(columns, NULL);
        column->measure = from->measure;
        column->id = measure_id(from->measure);
        column->type = (uint8_t)type_shown(&from->type);
    }
}

/* ---- Answers ------------------------------------------------------------------------ */

static void fill_entities(Columns *columns, const Table *table, Answer *answer)
{
    Evaluation *evaluation = columns->evaluation;
    Value *cells = arena_array(evaluation->arena, table->count * columns->count + 1,
                               sizeof *cells);
    EntityId *entities = arena_array(evaluation->arena, table->count + 1, sizeof *entities);

    for (size_t row = 0; row < table->count && evaluation_goes_on(evaluation); row++) {
        Element element = {.entity = table->entities[row]};
        entities[row] = element.entity;
        for (size_t i = 0; i < columns->count; i++)
            cells[row * columns->count + i] =
                formula_value(evaluation, columns->paths[i], &element);
    }
    answer->entities = entities;
    answer->cells = cells;
}

static void answer_table(Evaluation *evaluation, Pipe *pipe, Table *table, Answer *answer)
{
    Columns columns = {.evaluation = evaluation};

    if (pipe->scope.shape == SHAPE_ENTITY) {
        if (pipe->scope.type.kind_count == 1)
            columns.kind = pipe->scope.type.kinds[0];
        columns_of_entities(&columns, pipe);
        fill_entities(&columns, table, answer);
    } else {
        columns_of_rows(&columns, pipe);
        answer->cells = table->cells;
    }
    answer->columns = columns.shown;
    answer->column_count = columns.count;
    answer->row_count = table->count;
}

static void answer_value(Answer *answer, Value value)
{
    answer->is_value = true;
    answer->value = value;
}

/* A list of bare values has no columns: it is one value. */
static Value list_of_cells(const Table *table)
{
    Value list = value_of_kind(VALUE_LIST);

    list.as.items = table->cells;
    list.count = (uint32_t)table->count;
    return list;
}

static bool answer_formula(Evaluation *evaluation, Formula *formula, Answer *answer)
{
    Pipe *pipe = formula->kind == FORMULA_POISON ? NULL : formula_pipe(evaluation, formula);
    size_t base = evaluation->buffer_count;
    Table table = {.count = 0};

    if (formula->kind == FORMULA_POISON)
        return false;
    if (!pipe)
        answer_value(answer, formula_value(evaluation, formula, NULL));
    else {
        pipe_run(evaluation, pipe, NULL, &table);
        if (table.is_poisoned)
            return false;
        if (table.is_value)
            answer_value(answer, table.value);
        else if (pipe->scope.shape == SHAPE_VALUE)
            answer_value(answer, list_of_cells(&table));
        else
            answer_table(evaluation, pipe, &table, answer);
    }
    answer->untold = table.untold + table.without;
    evaluation->buffer_count = base;
    return !evaluation_tell(evaluation, formula);
}

/* ---- The public face ---------------------------------------------------------------- */

typedef struct Asked {
    const Tree *tree;
    NodeId pipe;
    const char *text;
    size_t length;
    LangId language;
    Answer *answer;
    bool is_answered;
} Asked;

static void answer_node(Evaluation *evaluation, void *data)
{
    Asked *asked = data;
    asked->is_answered = answer_formula(
        evaluation, formula_bind(evaluation, asked->tree, asked->pipe), asked->answer);
}

static void answer_text(Evaluation *evaluation, void *data)
{
    Asked *asked = data;
    const char *text = arena_copy(evaluation->arena, asked->text, asked->length);
    Source *source = source_new(evaluation->arena, "query", text, asked->length);
    size_t errors = evaluation->diags->errors;
    Tree *tree = parse(evaluation->arena, evaluation->names, evaluation->words, source,
                       asked->language, PARSE_QUERY, evaluation->diags);

    if (tree->syntax_errors || evaluation->diags->errors > errors)
        return;
    NodeId show = tree_node(tree, TREE_ROOT)->child;
    asked->tree = tree;
    asked->pipe = show ? tree_node(tree, show)->child : 0;
    if (asked->pipe)
        answer_node(evaluation, asked);
}

bool query_answer(Evaluation *evaluation, const Tree *tree, NodeId pipe, Answer *answer)
{
    Asked asked = {.tree = tree, .pipe = pipe, .answer = answer};

    *answer = (Answer){.is_value = false};
    return evaluation_guard(evaluation, answer_node, &asked) && asked.is_answered;
}

bool query_text(Evaluation *evaluation, const char *text, size_t length, LangId language,
                Answer *answer)
{
    Asked asked = {.text = text, .length = length, .language = language, .answer = answer};

    *answer = (Answer){.is_value = false};
    return evaluation_guard(evaluation, answer_text, &asked) && asked.is_answered;
}

const char *query_column_title(const Snapshot *snapshot, const AnswerColumn *column,
                               LangId language)
{
    const Words *words = snapshot_words(snapshot);
    const char *word = NULL;

    if (column->measure)
        word = words_text(words, language, ROLE_CORE, column->measure, 0, WORD_USUAL);
    else if (column->related)
        word = words_text(words, language, ROLE_KIND, column->related, 0, WORD_PLURAL);
    else if (column->field)
        word = words_text(words, language, ROLE_PROPERTY, column->field, column->kind,
                          WORD_USUAL);
    return word && *word ? word : column->id;
}
