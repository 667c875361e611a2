/* formula.c -- binds the tree of an expression: names are resolved, types compared, and every
 * mistake told once, before anything is evaluated. */
#include "lang/eval/parts.h"

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/eval/complain.h"

Formula *formula_new(const Binding *binding, FormulaKind kind, NodeId node, uint32_t parts)
{
    Formula *formula = arena_alloc(binding->evaluation->arena, sizeof *formula);

    formula->kind = (uint8_t)kind;
    formula->tree = binding->tree;
    formula->node = node;
    if (parts)
        formula->parts = arena_array(binding->evaluation->arena, parts, sizeof(Formula *));
    if (kind == FORMULA_POISON)
        formula->type = type_simple(FAMILY_POISON);
    return formula;
}

static const Node *node_of(const Binding *binding, NodeId node)
{
    return tree_node(binding->tree, node);
}

static void add_part(Formula *formula, Formula *part)
{
    formula->parts[formula->part_count++] = part;
}

static bool is_poison(const Formula *formula)
{
    return formula->kind == FORMULA_POISON;
}

static Formula *poison(const Binding *binding, NodeId node)
{
    return formula_new(binding, FORMULA_POISON, node, 0);
}

static bool any_poison(const Formula *formula)
{
    for (uint32_t i = 0; i < formula->part_count; i++)
        if (is_poison(formula->parts[i]))
            return true;
    return false;
}

static Formula *with_clash(const Binding *binding, Formula *formula)
{
    formula->clash = arena_alloc(binding->evaluation->arena, sizeof *formula->clash);
    return formula;
}

static Binding expecting(const Binding *binding, const Type *expected)
{
    Binding inner = *binding;
    inner.expected = expected;
    inner.may_be_singular = false;
    return inner;
}

static Binding inside(const Binding *binding, const Scope *scope)
{
    Binding inner = *binding;
    inner.scope = scope;
    inner.expected = NULL;
    inner.may_be_singular = false;
    return inner;
}

/* ---- Literals ----------------------------------------------------------------------- */

static Formula *bind_literal(const Binding *binding, NodeId node)
{
    Value value = literal_value(binding->evaluation, binding->tree, node);

    if (value.kind == VALUE_POISON)
        return poison(binding, node);
    Formula *formula = formula_new(binding, FORMULA_CONSTANT, node, 0);
    formula->constant = value;
    formula->type = type_of_value(value);
    return formula;
}

/* ---- Conditions --------------------------------------------------------------------- */

static Formula *bind_condition(const Binding *binding, NodeId node)
{
    Binding plain = expecting(binding, NULL);
    Formula *formula = bind_formula(&plain, node);

    if (is_poison(formula) || formula->type.family == FAMILY_ANY
        || (formula->type.family == FAMILY_TRUTH && !formula->type.is_list))
        return formula;
    complain_condition(binding, node, formula);
    return poison(binding, node);
}

static Formula *bind_junction(const Binding *binding, NodeId node, FormulaKind kind)
{
    Formula *formula = formula_new(binding, kind, node, node_child_count(binding->tree, node));

    formula->type = type_simple(FAMILY_TRUTH);
    for (NodeId id = node_of(binding, node)->child; id; id = node_of(binding, id)->next)
        add_part(formula, bind_condition(binding, id));
    return any_poison(formula) ? poison(binding, node) : formula;
}

static bool is_bare_word(const Binding *binding, NodeId node)
{
    return node_of(binding, node)->kind == NODE_PATH && !node_of(binding, node)->child;
}

static bool resolves_alone(const Binding *binding, NodeId node)
{
    Binding quiet = expecting(binding, NULL);
    quiet.is_quiet = true;
    return !is_poison(resolve_path(&quiet, node));
}

/* Binds two operands, each knowing what the other one is: in `association = type` it is the
 * right side that says what the left one means. */
static void bind_operands(const Binding *binding, NodeId left, NodeId right, Formula *formula)
{
    bool is_told_by_right = is_bare_word(binding, left) && !resolves_alone(binding, left);
    /* When neither side means anything, it is the left one that is misspelt. */
    bool right_first = is_told_by_right
        && (!is_bare_word(binding, right) || resolves_alone(binding, right));
    NodeId first = right_first ? right : left, second = right_first ? left : right;
    Binding alone = expecting(binding, NULL);

    Formula *one = bind_formula(&alone, first);
    Binding knowing = expecting(binding, is_poison(one) ? NULL : &one->type);
    knowing.is_quiet = binding->is_quiet || is_poison(one);   /* what it means depends on that */
    Formula *other = bind_formula(&knowing, second);
    add_part(formula, right_first ? other : one);
    add_part(formula, right_first ? one : other);
}

static bool is_zero(const Formula *formula)
{
    return formula->kind == FORMULA_CONSTANT && formula->constant.kind == VALUE_NUMBER
        && formula->constant.as.number.coefficient == 0;
}

static bool operands_compare(const Formula *left, const Formula *right)
{
    if (types_compare(&left->type, &right->type) == LIKE)
        return true;
    bool quantities = left->type.family != FAMILY_NUMBER || right->type.family != FAMILY_NUMBER;
    bool amounts = (is_zero(left) && right->type.family == FAMILY_AMOUNT)
                || (is_zero(right) && left->type.family == FAMILY_AMOUNT);
    return quantities && amounts;       /* zero is zero of anything */
}

static Formula *bind_compare(const Binding *binding, NodeId node)
{
    Formula *formula = formula_new(binding, FORMULA_COMPARE, node, 2);
    NodeId left = node_of(binding, node)->child;
    Operator operator = (Operator)node_of(binding, node)->data;

    bind_operands(binding, left, node_of(binding, left)->next, formula);
    if (any_poison(formula))
        return poison(binding, node);
    Formula *a = formula->parts[0], *b = formula->parts[1];
    bool is_equality = operator == OPERATOR_EQUAL || operator == OPERATOR_DIFFERENT;
    if (!operands_compare(a, b)) {
        complain_types(binding, node, a, b);
        return poison(binding, node);
    }
    if (!is_equality && !(type_is_ordered(&a->type) && type_is_ordered(&b->type))) {
        Formula *unordered = type_is_ordered(&a->type) ? b : a;
        complain_not_ordered(binding, unordered->node, &unordered->type);
        return poison(binding, node);
    }
    formula->operation = (uint16_t)operator;
    formula->type = type_simple(FAMILY_TRUTH);
    return with_clash(binding, formula);
}

static Formula *bind_is(const Binding *binding, NodeId node)
{
    Formula *formula = formula_new(binding, FORMULA_IS, node, 1);
    Binding plain = expecting(binding, NULL);

    add_part(formula, bind_formula(&plain, node_of(binding, node)->child));
    if (any_poison(formula))
        return poison(binding, node);
    formula->operation = (uint16_t)node_of(binding, node)->data;
    formula->is_negated = node_of(binding, node)->flags & NODE_NEGATED;
    formula->type = type_simple(FAMILY_TRUTH);
    return formula;
}

static Formula *bind_in(const Binding *binding, NodeId node)
{
    Formula *formula =
        formula_new(binding, FORMULA_IN, node, node_child_count(binding->tree, node));
    NodeId subject = node_of(binding, node)->child;
    Binding plain = expecting(binding, NULL);
    Formula *left = bind_formula(&plain, subject);
    Binding knowing = expecting(binding, is_poison(left) ? NULL : &left->type);
    bool is_wrong = is_poison(left);

    knowing.is_quiet = binding->is_quiet || is_wrong;

    add_part(formula, left);
    for (NodeId id = node_of(binding, subject)->next; id; id = node_of(binding, id)->next) {
        Formula *value = bind_formula(&knowing, id);
        add_part(formula, value);
        if (!is_poison(value) && !is_poison(left) && !operands_compare(left, value)) {
            complain_types(binding, id, left, value);
            is_wrong = true;
        }
    }
    if (is_wrong || any_poison(formula))
        return poison(binding, node);
    formula->is_negated = node_of(binding, node)->flags & NODE_NEGATED;
    formula->type = type_simple(FAMILY_TRUTH);
    return with_clash(binding, formula);
}

/* A list contains a value; a text contains a text. */
static Formula *bind_contains(const Binding *binding, NodeId node)
{
    Formula *formula = formula_new(binding, FORMULA_CONTAINS, node, 2);
    NodeId subject = node_of(binding, node)->child;
    Binding plain = expecting(binding, NULL);

    add_part(formula, bind_formula(&plain, subject));
    Formula *left = formula->parts[0];
    Binding knowing = expecting(binding, is_poison(left) ? NULL : &left->type);
    knowing.is_quiet = binding->is_quiet || is_poison(left);
    add_part(formula, bind_formula(&knowing, node_of(binding, subject)->next));
    if (any_poison(formula))
        return poison(binding, node);
    Formula *right = formula->parts[1];
    if (!left->type.is_list && left->type.family != FAMILY_TEXT
        && left->type.family != FAMILY_ANY && !left->type.is_open) {
        complain_list(binding, left->node, &left->type);
        return poison(binding, node);
    }
    if (!operands_compare(left, right)) {
        complain_types(binding, node, left, right);
        return poison(binding, node);
    }
    formula->is_negated = node_of(binding, node)->flags & NODE_NEGATED;
    formula->type = type_simple(FAMILY_TRUTH);
    return with_clash(binding, formula);
}

static Pattern *compile_pattern(const Binding *binding, NodeId node)
{
    const Node *pattern = node_of(binding, node);
    Arena *arena = binding->evaluation->arena;
    PatternError error;
    size_t length;
    const char *text = utf8_nfc(arena, binding->tree->source->text + pattern->start,
                                pattern->end - pattern->start, &length);
    Pattern *compiled =
        pattern_new(arena, text, length, pattern->flags & NODE_CASELESS, &error);

    if (!compiled)
        complain_pattern(binding, node, &error);
    return compiled;
}

static Formula *bind_matches(const Binding *binding, NodeId node)
{
    Formula *formula = formula_new(binding, FORMULA_MATCHES, node, 1);
    NodeId subject = node_of(binding, node)->child;
    NodeId pattern = node_of(binding, subject)->next;
    Binding plain = expecting(binding, NULL);

    add_part(formula, bind_formula(&plain, subject));
    if (any_poison(formula) || !pattern || node_of(binding, pattern)->kind != NODE_PATTERN)
        return poison(binding, node);
    const Type *type = &formula->parts[0]->type;
    if (type->family != FAMILY_TEXT && type->family != FAMILY_ANY && !type->is_open) {
        complain_not_text(binding, subject, type);
        return poison(binding, node);
    }
    formula->pattern = compile_pattern(binding, pattern);
    if (!formula->pattern)
        return poison(binding, node);
    formula->is_negated = node_of(binding, node)->flags & NODE_NEGATED;
    formula->type = type_simple(FAMILY_TRUTH);
    return formula;
}

/* ---- Arithmetic --------------------------------------------------------------------- */

static bool is_quantity(const Type *type)
{
    return !type->is_list
        && (type->family == FAMILY_NUMBER || type->family == FAMILY_AMOUNT
            || type->family == FAMILY_BAG || type->family == FAMILY_ANY);
}

static bool has_unit(const Type *type)
{
    return type->family == FAMILY_AMOUNT && type->unit != UNIT_NONE;
}

static bool is_percent(const Type *type)
{
    return has_unit(type) && type->unit == UNIT_PERCENT;
}

static bool multiply_types(const Type *a, const Type *b, Type *result)
{
    if (!is_quantity(a) || !is_quantity(b) || (a->family == FAMILY_BAG && b->family == FAMILY_BAG))
        return false;
    if (has_unit(a) && has_unit(b) && !is_percent(a) && !is_percent(b))
        return false;
    if (a->family == FAMILY_BAG && has_unit(b) && !is_percent(b))
        return false;
    if (b->family == FAMILY_BAG && has_unit(a) && !is_percent(a))
        return false;
    bool takes_b = is_percent(a) || a->family == FAMILY_NUMBER;
    *result = takes_b ? *b : *a;
    return true;
}

static bool divide_types(const Type *a, const Type *b, Type *result)
{
    if (!is_quantity(a) || !is_quantity(b) || b->family == FAMILY_BAG)
        return false;
    if (has_unit(b) && !is_percent(b))
        return false;
    *result = *a;
    return true;
}

static bool move_types(Operator operator, const Type *a, const Type *b, Type *result)
{
    bool a_is_date = a->family == FAMILY_DATE, b_is_date = b->family == FAMILY_DATE;

    if (a_is_date && b_is_date) {
        *result = type_simple(FAMILY_AMOUNT);
        result->unit = UNIT_TIME;
        return operator == OPERATOR_MINUS;
    }
    const Type *other = a_is_date ? b : a;
    if (b_is_date && operator == OPERATOR_MINUS)
        return false;
    *result = type_simple(FAMILY_DATE);
    return (other->family == FAMILY_AMOUNT && (!other->unit || other->unit == UNIT_TIME))
        || other->family == FAMILY_ANY;
}

static bool add_types(const Type *a, const Type *b, Type *result)
{
    if (!is_quantity(a) || !is_quantity(b))
        return false;
    if (a->family == FAMILY_BAG || b->family == FAMILY_BAG) {
        *result = type_simple(FAMILY_BAG);
        return true;
    }
    if (types_compare(a, b) != LIKE)
        return false;
    *result = has_unit(b) ? *b : *a;
    return true;
}

static bool arithmetic_type(Operator operator, const Type *a, const Type *b, Type *result)
{
    if (a->is_list || b->is_list)
        return false;
    if (operator == OPERATOR_TIMES)
        return multiply_types(a, b, result);
    if (operator == OPERATOR_DIVIDED)
        return divide_types(a, b, result);
    if (a->family == FAMILY_DATE || b->family == FAMILY_DATE)
        return move_types(operator, a, b, result);
    return add_types(a, b, result);
}

/* What does not depend on any element is computed once. */
static Formula *fold(const Binding *binding, Formula *formula)
{
    for (uint32_t i = 0; i < formula->part_count; i++)
        if (formula->parts[i]->kind != FORMULA_CONSTANT)
            return formula;
    Value value = formula_value(binding->evaluation, formula, NULL);
    if (formula->clash->kind) {
        complain_clash(binding->evaluation, formula);
        return poison(binding, formula->node);
    }
    if (!value_is_known(value))
        return formula;
    formula->kind = FORMULA_CONSTANT;
    formula->constant = value;
    formula->type = type_of_value(value);
    return formula;
}

static Formula *bind_arithmetic(const Binding *binding, NodeId node)
{
    Formula *formula = formula_new(binding, FORMULA_ARITHMETIC, node, 2);
    NodeId left = node_of(binding, node)->child;
    Operator operator = (Operator)node_of(binding, node)->data;
    Binding plain = expecting(binding, NULL);

    add_part(formula, bind_formula(&plain, left));
    add_part(formula, bind_formula(&plain, node_of(binding, left)->next));
    if (any_poison(formula))
        return poison(binding, node);
    Formula *a = formula->parts[0], *b = formula->parts[1];
    if (!arithmetic_type(operator, &a->type, &b->type, &formula->type)) {
        complain_arithmetic(binding, node, operator, a, b);
        return poison(binding, node);
    }
    formula->type.field = 0;
    formula->operation = (uint16_t)operator;
    return fold(binding, with_clash(binding, formula));
}

/* ---- Collections -------------------------------------------------------------------- */

/* What one element is of something that gives several. */
Scope scope_of_elements(const Formula *formula)
{
    Scope scope = {.shape = SHAPE_NOTHING};

    if (formula->kind == FORMULA_PIPE)
        return formula->pipe->scope;
    scope.type = formula->type;
    scope.type.is_list = false;
    scope.shape = formula->type.family == FAMILY_ENTITY && !formula->type.is_open
        ? SHAPE_ENTITY : SHAPE_VALUE;
    return scope;
}

static bool is_collection(const Formula *formula)
{
    return formula->type.is_list || formula->type.family == FAMILY_TABLE;
}

Pipe *formula_pipe(Evaluation *evaluation, Formula *formula)
{
    if (formula->kind == FORMULA_PIPE)
        return formula->pipe;
    if (!is_collection(formula))
        return NULL;
    Pipe *pipe = arena_alloc(evaluation->arena, sizeof *pipe);
    pipe->source = formula;
    pipe->source_scope = pipe->scope = scope_of_elements(formula);
    return pipe;
}

Pipe *bind_pipe(const Binding *binding, NodeId node)
{
    Formula *formula = bind_formula(binding, node);

    if (is_poison(formula))
        return NULL;
    Pipe *pipe = formula_pipe(binding->evaluation, formula);
    if (!pipe || pipe->is_value) {
        complain_collection(binding, node, &formula->type);
        return NULL;
    }
    return pipe;
}

static Formula *bind_count(const Binding *binding, NodeId node)
{
    Formula *formula = formula_new(binding, FORMULA_COUNT, node, 0);
    Binding plain = expecting(binding, NULL);

    formula->pipe = bind_pipe(&plain, node_of(binding, node)->child);
    if (!formula->pipe)
        return poison(binding, node);
    formula->type = type_simple(FAMILY_NUMBER);
    return formula;
}

static bool is_summed(const Type *type)
{
    return type->family == FAMILY_AMOUNT || type->family == FAMILY_NUMBER
        || type->family == FAMILY_BAG || type->family == FAMILY_ANY;
}

/* What a measure of these values gives; false: they have none, which was told. */
static bool measure_type(const Binding *binding, CoreId measure, const Formula *measured,
                         Type *result)
{
    Type one = measured->type;

    one.is_list = false;
    if (measure == CORE_MIN || measure == CORE_MAX) {
        *result = one;
        if (type_is_ordered(&one))
            return true;
        complain_not_ordered(binding, measured->node, &one);
        return false;
    }
    if (!is_summed(&one)) {
        complain_not_summed(binding, measured->node, &one);
        return false;
    }
    *result = measure == CORE_SUM ? type_simple(FAMILY_BAG) : one;
    return true;
}

/* sum(value of contributions), or sum(contributions.value). */
static Formula *bind_measure(const Binding *binding, NodeId node)
{
    Formula *formula = formula_new(binding, FORMULA_MEASURE, node, 1);
    NodeId path = node_of(binding, node)->child, of = node_of(binding, path)->next;
    Binding plain = expecting(binding, NULL);

    formula->operation = (uint16_t)node_of(binding, node)->data;
    if (of) {
        formula->pipe = bind_pipe(&plain, of);
        if (!formula->pipe)
            return poison(binding, node);
        plain = inside(binding, &formula->pipe->scope);
    }
    Formula *measured = bind_formula(&plain, path);
    add_part(formula, measured);
    if (is_poison(measured))
        return poison(binding, node);
    if (!of && !measured->type.is_list) {
        complain_collection(binding, path, &measured->type);
        return poison(binding, node);
    }
    if (!measure_type(binding, formula->operation, measured, &formula->type))
        return poison(binding, node);
    return with_clash(binding, formula);
}

/* ---- Pipes -------------------------------------------------------------------------- */

static bool bind_sort(const Binding *inner, NodeId step, Stage *stage)
{
    unsigned count = node_child_count(inner->tree, step);
    bool fine = true;

    stage->keys = arena_array(inner->evaluation->arena, count + 1, sizeof *stage->keys);
    for (NodeId id = node_of(inner, step)->child; id; id = node_of(inner, id)->next) {
        NodeId path = node_of(inner, id)->child;
        Formula *formula = bind_formula(inner, path);
        SortKey *key = &stage->keys[stage->count++];
        key->path = formula;
        key->is_descending = node_of(inner, id)->data == CORE_DESC;
        if (is_poison(formula)) {
            fine = false;
            continue;
        }
        Type type = formula->type;
        bool sortable = type_is_ordered(&type) || type.family == FAMILY_TRUTH
                     || type.family == FAMILY_KIND
                     || (type.family == FAMILY_ENTITY && !type.is_list);
        if (!sortable) {
            complain_not_ordered(inner, path, &type);
            fine = false;
        }
    }
    return fine;
}

static bool bind_paths(const Binding *inner, NodeId step, Stage *stage)
{
    unsigned count = node_child_count(inner->tree, step);
    bool fine = true;

    stage->paths = arena_array(inner->evaluation->arena, count + 1, sizeof *stage->paths);
    for (NodeId id = node_of(inner, step)->child; id; id = node_of(inner, id)->next) {
        Formula *path = bind_formula(inner, id);
        stage->paths[stage->count++] = path;
        fine = fine && !is_poison(path);
    }
    return fine;
}

static Column column_of(const Formula *path)
{
    return (Column){.formula = path, .type = path->type};
}

static Scope rows_of(Evaluation *evaluation, size_t count)
{
    Scope scope = {.shape = SHAPE_ROW, .column_count = count};
    scope.columns = arena_array(evaluation->arena, count + 1, sizeof(Column));
    return scope;
}

static void scope_of_paths(Evaluation *evaluation, Stage *stage)
{
    stage->after = rows_of(evaluation, stage->count);
    for (size_t i = 0; i < stage->count; i++)
        ((Column *)stage->after.columns)[i] = column_of(stage->paths[i]);
}

static void scope_of_groups(Evaluation *evaluation, Stage *stage, Type measured)
{
    stage->after = rows_of(evaluation, 2);
    Column *columns = (Column *)stage->after.columns;
    columns[0] = column_of(stage->per);
    columns[0].type.is_list = false;    /* each of several is a group */
    columns[1] = (Column){.measure = stage->core, .type = measured};
}

static bool bind_take(const Binding *inner, NodeId step, Stage *stage)
{
    NodeId amount = node_of(inner, step)->child;
    int64_t number;

    if (!amount || node_of(inner, amount)->kind != NODE_AMOUNT)
        return false;
    Value value = literal_value(inner->evaluation, inner->tree, amount);
    if (value.kind != VALUE_NUMBER || !decimal_is_integer(value.as.number, &number)
        || number < 0) {
        if (value.kind != VALUE_POISON)
            complain_take(inner, amount);
        return false;
    }
    stage->take = (uint64_t)number;
    return true;
}

static bool bind_measures(const Binding *inner, NodeId step, Stage *stage, Type *type)
{
    NodeId path = node_of(inner, step)->child;
    bool counts = stage->core == CORE_COUNT;
    NodeId per = counts ? path : path ? node_of(inner, path)->next : 0;

    *type = type_simple(FAMILY_NUMBER);
    if (!counts) {
        if (!path)
            return false;
        stage->clash = arena_alloc(inner->evaluation->arena, sizeof *stage->clash);
        stage->measured = bind_formula(inner, path);
        if (is_poison(stage->measured)
            || !measure_type(inner, stage->core, stage->measured, type))
            return false;
    }
    if (!per)
        return true;
    stage->per = bind_formula(inner, per);
    return !is_poison(stage->per);
}

/* One step: what it does, and what an element is after it. */
static bool bind_stage(const Binding *binding, NodeId step, const Scope *before, Stage *stage)
{
    Evaluation *evaluation = binding->evaluation;
    Binding inner = inside(binding, before);
    Type measured;

    *stage = (Stage){.core = (CoreId)node_of(binding, step)->data, .node = step,
                     .before = *before, .after = *before};
    switch (stage->core) {
    case CORE_WHERE:
        stage->condition = bind_condition(&inner, node_of(binding, step)->child);
        return !is_poison(stage->condition);
    case CORE_SORT:
        return bind_sort(&inner, step, stage);
    case CORE_TAKE:
        return bind_take(&inner, step, stage);
    case CORE_SHOW:
        if (!bind_paths(&inner, step, stage))
            return false;
        if (before->shape != SHAPE_ENTITY)
            scope_of_paths(evaluation, stage);
        return true;
    case CORE_DISTINCT:
        if (!bind_paths(&inner, step, stage))
            return false;
        scope_of_paths(evaluation, stage);
        return true;
    default:
        if (!bind_measures(&inner, step, stage, &measured))
            return false;
        if (stage->per)
            scope_of_groups(evaluation, stage, measured);
        else
            stage->after = (Scope){.shape = SHAPE_NOTHING, .type = measured};
        return true;
    }
}

static Formula *bind_steps(const Binding *binding, NodeId node, Pipe *pipe)
{
    NodeId source = node_of(binding, node)->child;
    Scope scope = pipe->source_scope;
    bool fine = true;

    for (NodeId id = node_of(binding, source)->next; id && fine; id = node_of(binding, id)->next) {
        if (node_of(binding, id)->kind != NODE_STEP
            || (node_of(binding, id)->flags & NODE_POISONED)) {
            fine = false;
        } else if (scope.shape == SHAPE_NOTHING) {
            complain_collection(binding, id, &scope.type);
            fine = false;
        } else {
            Stage *stage = &pipe->stages[pipe->stage_count++];
            fine = bind_stage(binding, id, &scope, stage);
            scope = stage->after;
        }
    }
    if (!fine)
        return poison(binding, node);
    Formula *formula = formula_new(binding, FORMULA_PIPE, node, 0);
    pipe->scope = scope;
    pipe->is_value = scope.shape == SHAPE_NOTHING;
    formula->pipe = pipe;
    formula->type = scope.type;
    formula->type.is_list = !pipe->is_value;
    if (scope.shape == SHAPE_ROW)
        formula->type = type_simple(FAMILY_TABLE);
    return formula;
}

static Formula *bind_piped(const Binding *binding, NodeId node)
{
    NodeId source = node_of(binding, node)->child;
    unsigned steps = node_child_count(binding->tree, node);
    Binding outer = *binding;

    if (source && !node_of(binding, source)->next)
        return bind_formula(binding, source);
    outer.expected = NULL;
    Formula *from = source ? bind_formula(&outer, source) : NULL;
    if (!from || is_poison(from))
        return poison(binding, node);
    if (!is_collection(from)) {
        complain_collection(binding, source, &from->type);
        return poison(binding, node);
    }
    Pipe *pipe = arena_alloc(binding->evaluation->arena, sizeof *pipe);
    pipe->source = from;
    pipe->source_scope = scope_of_elements(from);
    pipe->stages = arena_array(binding->evaluation->arena, steps, sizeof *pipe->stages);
    return bind_steps(binding, node, pipe);
}

/* ---- Quantified conditions ---------------------------------------------------------- */

static void keep_untold(Pipe *pipe)
{
    if (pipe->stage_count && pipe->stages[pipe->stage_count - 1].core == CORE_WHERE)
        pipe->keeps_untold = true;
}

static Formula *bind_quantified(const Binding *binding, NodeId node)
{
    const Node *quantified = node_of(binding, node);
    Formula *formula = formula_new(binding, FORMULA_QUANTIFIED, node, 1);
    NodeId source = quantified->child;
    NodeId test = source ? node_of(binding, source)->next : 0;
    Binding plain = expecting(binding, NULL);

    plain.may_be_singular = true;
    formula->operation = (uint16_t)quantified->data;
    formula->has = quantified->flags & NODE_HAS;
    formula->type = type_simple(FAMILY_TRUTH);
    formula->pipe = source ? bind_pipe(&plain, source) : NULL;
    if (!formula->pipe)
        return poison(binding, node);
    keep_untold(formula->pipe);
    if (!test)
        return formula->operation == CORE_EVERY ? poison(binding, node) : formula;
    Binding inner = inside(binding, &formula->pipe->scope);
    add_part(formula, formula->has ? bind_formula(&inner, test) : bind_condition(&inner, test));
    return any_poison(formula) ? poison(binding, node) : formula;
}

/* ---- Any expression ----------------------------------------------------------------- */

Formula *bind_formula(const Binding *binding, NodeId node)
{
    const Node *at = node_of(binding, node);

    if (!node || (at->flags & NODE_POISONED))
        return poison(binding, node);
    switch ((NodeKind)at->kind) {
    case NODE_OR:
        return bind_junction(binding, node, FORMULA_OR);
    case NODE_AND:
        return bind_junction(binding, node, FORMULA_AND);
    case NODE_NOT:
        return bind_junction(binding, node, FORMULA_NOT);
    case NODE_COMPARE:
        return bind_compare(binding, node);
    case NODE_IS:
        return bind_is(binding, node);
    case NODE_IN:
        return bind_in(binding, node);
    case NODE_CONTAINS:
        return bind_contains(binding, node);
    case NODE_MATCHES:
        return bind_matches(binding, node);
    case NODE_BINARY:
        return bind_arithmetic(binding, node);
    case NODE_CALL:
        return at->data == CORE_COUNT ? bind_count(binding, node) : bind_measure(binding, node);
    case NODE_PIPE:
        return bind_piped(binding, node);
    case NODE_QUANTIFIED:
        return bind_quantified(binding, node);
    case NODE_PATH:
    case NODE_WORD:
        return resolve_path(binding, node);
    case NODE_TEXT:
    case NODE_AMOUNT:
    case NODE_DATE:
    case NODE_TODAY:
        return bind_literal(binding, node);
    default:
        return poison(binding, node);   /* what the parser could not read, it told */
    }
}

static const Scope NOTHING = {.shape = SHAPE_NOTHING};

Formula *formula_bind(Evaluation *evaluation, const Tree *tree, NodeId node)
{
    Binding binding = {.evaluation = evaluation, .tree = tree, .scope = &NOTHING};
    return bind_formula(&binding, node);
}

Formula *formula_bind_condition(Evaluation *evaluation, const Tree *tree, NodeId node)
{
    Binding binding = {.evaluation = evaluation, .tree = tree, .scope = &NOTHING};
    return bind_condition(&binding, node);
}
