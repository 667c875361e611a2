/* type.c -- what kind of thing an expression gives, known before it is evaluated. */
#include "lang/eval/parts.h"

#include <string.h>

Type type_simple(Family family)
{
    return (Type){.family = (uint8_t)family};
}

Type type_of_kind(const KindId *kind, bool is_list)
{
    return (Type){.family = FAMILY_ENTITY, .is_list = is_list, .kinds = kind, .kind_count = 1};
}

/* The one table from the types of the vocabulary to those of expressions. */
static const struct { uint8_t family, unit; bool is_list, is_open; } OF_PROPERTY[TYPE_COUNT] = {
    [TYPE_NONE] = {FAMILY_ANY, 0, false, false},
    [TYPE_TEXT] = {FAMILY_TEXT, 0, false, false},
    [TYPE_TEXTS] = {FAMILY_TEXT, 0, true, false},
    [TYPE_LINK] = {FAMILY_TEXT, 0, false, false},
    [TYPE_DATE] = {FAMILY_DATE, 0, false, false},
    [TYPE_PERIOD] = {FAMILY_PERIOD, 0, false, false},
    [TYPE_DURATION] = {FAMILY_AMOUNT, UNIT_TIME, false, false},
    [TYPE_MONEY] = {FAMILY_AMOUNT, UNIT_MONEY, false, false},
    [TYPE_AMOUNT] = {FAMILY_AMOUNT, 0, false, false},
    [TYPE_NUMBER] = {FAMILY_NUMBER, 0, false, false},
    [TYPE_INTEGERS] = {FAMILY_NUMBER, 0, true, false},
    [TYPE_PERCENT] = {FAMILY_AMOUNT, UNIT_PERCENT, false, false},
    [TYPE_TARGET] = {FAMILY_TARGET, 0, false, false},
    [TYPE_LEVEL] = {FAMILY_NUMBER, 0, false, false},
    [TYPE_POSITION] = {FAMILY_NUMBER, 0, false, false},
    [TYPE_YES_NO] = {FAMILY_TRUTH, 0, false, false},
    [TYPE_WORD] = {FAMILY_WORD, 0, false, false},
    [TYPE_WORDS] = {FAMILY_WORD, 0, true, false},
    [TYPE_OPEN_WORDS] = {FAMILY_TEXT, 0, true, true},
    [TYPE_REF] = {FAMILY_ENTITY, 0, false, false},
    [TYPE_REFS] = {FAMILY_ENTITY, 0, true, false},
    [TYPE_REF_OR_TEXT] = {FAMILY_ENTITY, 0, false, true},
    [TYPE_REF_OR_TEXTS] = {FAMILY_ENTITY, 0, true, true},
    [TYPE_BAG] = {FAMILY_BAG, 0, false, false},
    [TYPE_ENTITIES] = {FAMILY_ENTITY, 0, true, false},
    [TYPE_ANY] = {FAMILY_ANY, 0, false, false},
};

Type type_of_property(const PropertyInfo *info)
{
    Type type = {
        .family = OF_PROPERTY[info->type].family,
        .unit = OF_PROPERTY[info->type].unit,
        .is_list = OF_PROPERTY[info->type].is_list,
        .is_open = OF_PROPERTY[info->type].is_open,
        .list = info->list,
        .field = info->id,
        .kinds = info->refs,
        .kind_count = info->ref_count,
    };

    if (info->id == PROPERTY_KIND)      /* its word is known by every language */
        type.family = FAMILY_KIND;
    return type;
}

Type type_of_value(Value value)
{
    Type type = {.family = FAMILY_ANY};

    switch ((ValueKind)value.kind) {
    case VALUE_ABSENT:
    case VALUE_UNKNOWN:
    case VALUE_NONE:
    case VALUE_POISON:
        break;
    case VALUE_TEXT:
        type.family = FAMILY_TEXT;
        break;
    case VALUE_WORD:
        type.family = FAMILY_WORD;
        type.list = value.list;
        break;
    case VALUE_KIND:
        type.family = FAMILY_KIND;
        break;
    case VALUE_BOOL:
        type.family = FAMILY_TRUTH;
        break;
    case VALUE_NUMBER:
        type.family = FAMILY_NUMBER;
        break;
    case VALUE_AMOUNT:
        type.family = FAMILY_AMOUNT;
        type.unit = (uint8_t)UNIT_FAMILY(value.as.amount->unit);
        break;
    case VALUE_DATE:
        type.family = FAMILY_DATE;
        break;
    case VALUE_PERIOD:
        type.family = FAMILY_PERIOD;
        break;
    case VALUE_TARGET:
        type.family = FAMILY_TARGET;
        break;
    case VALUE_ENTITY:
        type.family = FAMILY_ENTITY;
        break;
    case VALUE_LIST:
        if (value.count)
            type = type_of_value(value.as.items[0]);
        type.is_list = true;
        break;
    case VALUE_BAG:
        type.family = FAMILY_BAG;
        break;
    }
    return type;
}

MessageId type_message(const Type *type)
{
#define FAMILY_MESSAGE(family, message) [FAMILY_##family] = MESSAGE_##message,
    static const MessageId messages[FAMILY_COUNT] = { FAMILIES(FAMILY_MESSAGE) };
#undef FAMILY_MESSAGE
    static const MessageId units[] = {
        [UNIT_NONE] = MESSAGE_FAMILY_AMOUNT,
        [UNIT_PERCENT] = MESSAGE_FAMILY_PERCENT,
        [UNIT_MONEY] = MESSAGE_FAMILY_MONEY,
        [UNIT_TIME] = MESSAGE_FAMILY_TIME,
        [UNIT_COUNT] = MESSAGE_FAMILY_AMOUNT,
    };

    if (type->is_list)
        return type->family == FAMILY_ENTITY ? MESSAGE_FAMILY_COLLECTION : MESSAGE_FAMILY_LIST;
    if (type->family == FAMILY_AMOUNT)
        return units[type->unit];
    return messages[type->family];
}

PropertyType type_shown(const Type *type)
{
    static const PropertyType units[] = {
        [UNIT_NONE] = TYPE_AMOUNT,
        [UNIT_PERCENT] = TYPE_PERCENT,
        [UNIT_MONEY] = TYPE_MONEY,
        [UNIT_TIME] = TYPE_DURATION,
        [UNIT_COUNT] = TYPE_AMOUNT,
    };

    switch ((Family)type->family) {
    case FAMILY_TEXT:
        return type->is_list ? TYPE_TEXTS : TYPE_TEXT;
    case FAMILY_WORD:
        return type->is_list ? TYPE_WORDS : TYPE_WORD;
    case FAMILY_KIND:
        return TYPE_TEXT;
    case FAMILY_TRUTH:
        return TYPE_YES_NO;
    case FAMILY_NUMBER:
        return type->is_list ? TYPE_INTEGERS : TYPE_NUMBER;
    case FAMILY_AMOUNT:
        return units[type->unit];
    case FAMILY_DATE:
        return TYPE_DATE;
    case FAMILY_PERIOD:
        return TYPE_PERIOD;
    case FAMILY_TARGET:
        return TYPE_TARGET;
    case FAMILY_ENTITY:
        return type->is_list ? TYPE_ENTITIES : type->is_open ? TYPE_REF_OR_TEXT : TYPE_REF;
    case FAMILY_BAG:
        return TYPE_BAG;
    case FAMILY_ANY:
    case FAMILY_TABLE:
    case FAMILY_POISON:
    case FAMILY_COUNT:
        break;
    }
    return TYPE_ANY;
}

bool type_is_ordered(const Type *type)
{
    switch ((Family)type->family) {
    case FAMILY_ANY:
    case FAMILY_POISON:
    case FAMILY_TEXT:
    case FAMILY_WORD:
    case FAMILY_NUMBER:
    case FAMILY_AMOUNT:
    case FAMILY_DATE:
    case FAMILY_BAG:
        return !type->is_list;
    case FAMILY_KIND:
    case FAMILY_TRUTH:
    case FAMILY_PERIOD:
    case FAMILY_TARGET:
    case FAMILY_ENTITY:
    case FAMILY_TABLE:
    case FAMILY_COUNT:
        break;
    }
    return false;
}

static bool is_any(const Type *type)
{
    return type->family == FAMILY_ANY || type->family == FAMILY_POISON;
}

/* Amounts, bags and numbers meet when the unit is only known from each value: an amount may be
 * a bare number, and a sum of nothing is zero of anything. */
static Likeness quantities_compare(const Type *left, const Type *right)
{
    if (left->family == FAMILY_AMOUNT && right->family == FAMILY_AMOUNT)
        return left->unit && right->unit && left->unit != right->unit ? UNLIKE_UNITS : LIKE;
    if ((left->family == FAMILY_NUMBER && right->unit)
        || (right->family == FAMILY_NUMBER && left->unit))
        return UNLIKE_UNITS;
    return LIKE;
}

static bool is_quantity(const Type *type)
{
    return type->family == FAMILY_AMOUNT || type->family == FAMILY_BAG
        || type->family == FAMILY_NUMBER;
}

/* A text names an entity by its title, an open reference may be a text. */
static bool may_be_text(const Type *type)
{
    return type->family == FAMILY_TEXT || type->family == FAMILY_ENTITY;
}

Likeness types_compare(const Type *left, const Type *right)
{
    if (is_any(left) || is_any(right))
        return LIKE;
    if (is_quantity(left) && is_quantity(right))
        return quantities_compare(left, right);
    if (may_be_text(left) && may_be_text(right))
        return LIKE;
    if (left->family != right->family || left->family == FAMILY_PERIOD
        || left->family == FAMILY_TARGET || left->family == FAMILY_TABLE)
        return UNLIKE_TYPES;
    return LIKE;
}
