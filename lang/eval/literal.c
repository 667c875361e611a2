/* literal.c -- amounts, dates and texts of an expression as values. */
#include "lang/eval/parts.h"

#include <string.h>

#include "lang/eval/complain.h"

/* What the unit of a literal is written with: the evaluation marks the tree for the printer. */
static void mark_units(const Tree *tree, NodeId node, Amount amount)
{
    uint32_t unit = UNIT_FAMILY(amount.unit) == UNIT_TIME ? UNIT_INDEX(amount.unit) : 0;
    uint32_t per = UNIT_FAMILY(amount.per) == UNIT_TIME ? UNIT_INDEX(amount.per) : 0;

    tree->nodes[node].id = (uint16_t)(unit | per << 8);
}

static Unit time_unit(Evaluation *evaluation, const Tree *tree, NameId word)
{
    const WordMeaning *meaning =
        words_find(evaluation->words, evaluation->names, tree->language, word, ROLE_UNIT, 0);

    return meaning ? UNIT(UNIT_TIME, meaning->id) : 0;
}

static bool find_unit(Evaluation *evaluation, const Tree *tree, NameId word, Span span,
                      Unit *unit)
{
    *unit = time_unit(evaluation, tree, word);
    if (*unit)
        return true;
    if (complain_unit(evaluation, tree, word, span))
        return false;
    *unit = snapshot_counted_unit(evaluation->snapshot, word);
    return true;
}

static Value amount_literal(Evaluation *evaluation, const Tree *tree, NodeId node)
{
    const AmountLiteral *literal = &tree->amounts[tree_node(tree, node)->data];
    Amount amount = {.number = literal->number};

    if (literal->is_percent)
        amount.unit = UNIT(UNIT_PERCENT, 0);
    else if (literal->currency)
        amount.unit = UNIT(UNIT_MONEY, literal->currency);
    else if (literal->unit
             && !find_unit(evaluation, tree, literal->unit, literal->unit_span, &amount.unit))
        return value_of_kind(VALUE_POISON);
    if (literal->per
        && !find_unit(evaluation, tree, literal->per, literal->per_span, &amount.per))
        return value_of_kind(VALUE_POISON);
    mark_units(tree, node, amount);
    return value_amount(arena_alloc(evaluation->arena, sizeof(Amount)), amount);
}

static Value text_literal(const Tree *tree, NodeId node)
{
    Value value = value_of_kind(VALUE_TEXT);
    size_t length;

    value.as.text = tree_text(tree, node, &length);
    value.count = (uint32_t)length;
    return value;
}

Value literal_value(Evaluation *evaluation, const Tree *tree, NodeId node)
{
    const Node *at = tree_node(tree, node);
    Value value = value_of_kind(VALUE_DATE);

    switch ((NodeKind)at->kind) {
    case NODE_AMOUNT:
        return amount_literal(evaluation, tree, node);
    case NODE_TEXT:
        return text_literal(tree, node);
    case NODE_DATE:
        value.as.date = (Date){.day = (int32_t)at->data, .precision = at->flags & 3};
        return value;
    case NODE_TODAY:
        value.as.date = (Date){.day = snapshot_env(evaluation->snapshot)->today,
                               .precision = DATE_DAY};
        return value;
    default:
        return value_of_kind(VALUE_POISON);
    }
}
