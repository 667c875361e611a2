/* compute.c -- comparing and computing with values: exact, by unit, and half-known.
 *
 * What is not known stays so.  An average, minimum or maximum may also be in doubt: value.count
 * says how many values it lacks, and no comparison with it can be told.
 */
#include "lang/eval/parts.h"

#include <string.h>

#include "lang/base/utf8.h"

Value value_of_kind(ValueKind kind)
{
    return (Value){.kind = (uint8_t)kind};
}

Value value_number(Decimal number)
{
    Value value = value_of_kind(VALUE_NUMBER);
    value.as.number = number;
    return value;
}

Value value_amount(Amount *slot, Amount amount)
{
    if (!amount.unit && !amount.per)
        return value_number(amount.number);
    Value value = value_of_kind(VALUE_AMOUNT);
    *slot = amount;
    value.as.amount = slot;
    return value;
}

bool value_is_known(Value value)
{
    return value.kind != VALUE_ABSENT && value.kind != VALUE_UNKNOWN
        && value.kind != VALUE_POISON;
}

/* A number as an amount without a unit. */
static Amount as_amount(Value value)
{
    if (value.kind == VALUE_AMOUNT)
        return *value.as.amount;
    return (Amount){.number = value.as.number};
}

static bool is_zero(Amount amount)
{
    return amount.number.coefficient == 0;
}

/* ---- Sums --------------------------------------------------------------------------- */

static size_t statement_alliance(const Evaluation *evaluation)
{
    return evaluation->alliance == SIZE_MAX ? 0 : evaluation->alliance;
}

/* Joins the amounts of a bag when they convert into each other (hours and minutes). */
static bool join(Evaluation *evaluation, const Bag *bag, Amount *result)
{
    *result = bag->amounts[0];
    for (uint32_t i = 1; i < bag->count; i++) {
        Amount converted;
        if (!amount_convert(evaluation->snapshot, statement_alliance(evaluation),
                            bag->amounts[i], result->unit, &converted)
            || !amount_add(*result, converted, result))
            return false;
    }
    return true;
}

bool bag_single(Evaluation *evaluation, const Bag *bag, Value *value, Amount *slot)
{
    Amount amount = {0};

    if (bag->unknown || (bag->count && !join(evaluation, bag, &amount)))
        return false;
    *value = value_amount(slot, amount);
    return true;
}

/* ---- Order -------------------------------------------------------------------------- */

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

static int lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

static int ascii_order(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t shorter = a_length < b_length ? a_length : b_length;

    for (size_t i = 0; i < shorter; i++)
        if (lower(a[i]) != lower(b[i]))
            return lower(a[i]) < lower(b[i]) ? -1 : 1;
    return a_length == b_length ? 0 : a_length < b_length ? -1 : 1;
}

/* Two texts by their folded keys: capitals and accents make no difference. */
static int text_order(Evaluation *evaluation, const char *a, size_t a_length, const char *b,
                      size_t b_length)
{
    if (is_ascii(a, a_length) && is_ascii(b, b_length))
        return ascii_order(a, a_length, b, b_length);
    size_t a_size, b_size;
    const char *a_key = utf8_fold(evaluation->arena, a, a_length, &a_size);
    const char *b_key = utf8_fold(evaluation->arena, b, b_length, &b_size);
    size_t shorter = a_size < b_size ? a_size : b_size;
    int order = memcmp(a_key, b_key, shorter);
    if (order)
        return order < 0 ? -1 : 1;
    return a_size == b_size ? 0 : a_size < b_size ? -1 : 1;
}

/* A text names an entity by its title or its name. */
static int entity_text_order(Evaluation *evaluation, EntityId entity, Value text)
{
    const Snapshot *snapshot = evaluation->snapshot;
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    NameId name = entity_name(snapshot, entity);

    if (title && text_order(evaluation, title, length, text.as.text, text.count) == 0)
        return 0;
    if (name
        && text_order(evaluation, names_text(evaluation->names, name),
                      names_length(evaluation->names, name), text.as.text, text.count) == 0)
        return 0;
    return 1;
}

static int word_order(const Evaluation *evaluation, Value left, Value right)
{
    uint16_t left_rank, right_rank;

    if (left.as.word == right.as.word)
        return 0;
    ListId list = left.list ? left.list : right.list;
    if (!vocabulary_list_has(evaluation->vocabulary, list, left.as.word, &left_rank)
        || !vocabulary_list_has(evaluation->vocabulary, list, right.as.word, &right_rank))
        return 1;
    return left_rank < right_rank ? -1 : 1;
}

static int amount_order(Evaluation *evaluation, Amount left, Amount right)
{
    bool bare = (!left.unit && is_zero(left)) || (!right.unit && is_zero(right));

    if ((!left.unit && !right.unit && !left.per && !right.per) || bare)
        return decimal_compare(left.number, right.number);
    int order = amount_compare(evaluation->snapshot, statement_alliance(evaluation), left, right);
    return order == 2 ? ORDER_UNITS : order == 3 ? ORDER_CALENDAR : order;
}

static bool is_quantity(Value value)
{
    return value.kind == VALUE_NUMBER || value.kind == VALUE_AMOUNT;
}

static int bag_order(Evaluation *evaluation, Value left, Value right)
{
    Amount left_slot, right_slot;
    Value values[2] = {left, right};
    Amount *slots[2] = {&left_slot, &right_slot};
    bool is_known = true;

    for (int i = 0; i < 2; i++) {
        if (values[i].kind != VALUE_BAG)
            continue;
        Bag known = *values[i].as.bag;
        is_known = is_known && !known.unknown;
        known.unknown = 0;
        if (!bag_single(evaluation, &known, &values[i], slots[i]))
            return ORDER_BAG;
    }
    if (!is_quantity(values[0]) || !is_quantity(values[1]))
        return ORDER_TYPES;
    int order = amount_order(evaluation, as_amount(values[0]), as_amount(values[1]));
    return is_known || order > ORDER_UNTOLD ? order : ORDER_UNTOLD;
}

static int truth_order(bool left, bool right)
{
    return left == right ? 0 : left < right ? -1 : 1;
}

int value_order(Evaluation *evaluation, Value left, Value right)
{
    if (left.kind == VALUE_BAG || right.kind == VALUE_BAG)
        return bag_order(evaluation, left, right);
    if (is_quantity(left) && is_quantity(right))
        return amount_order(evaluation, as_amount(left), as_amount(right));
    if (left.kind == VALUE_ENTITY && right.kind == VALUE_TEXT)
        return entity_text_order(evaluation, left.as.entity, right);
    if (left.kind == VALUE_TEXT && right.kind == VALUE_ENTITY)
        return entity_text_order(evaluation, right.as.entity, left);
    if (left.kind != right.kind)
        return ORDER_TYPES;
    switch ((ValueKind)left.kind) {
    case VALUE_TEXT:
        return text_order(evaluation, left.as.text, left.count, right.as.text, right.count);
    case VALUE_WORD:
        return word_order(evaluation, left, right);
    case VALUE_KIND:
        return left.as.word == right.as.word ? 0 : 1;
    case VALUE_BOOL:
        return truth_order(left.as.truth, right.as.truth);
    case VALUE_DATE: {
        int order = date_compare(left.as.date, right.as.date);
        return order == 2 ? ORDER_UNTOLD : order;
    }
    case VALUE_ENTITY:
        return left.as.entity == right.as.entity ? 0 : 1;
    case VALUE_NUMBER:
    case VALUE_AMOUNT:
    case VALUE_BAG:
    case VALUE_PERIOD:
    case VALUE_TARGET:
    case VALUE_LIST:
    case VALUE_ABSENT:
    case VALUE_UNKNOWN:
    case VALUE_NONE:
    case VALUE_POISON:
        break;
    }
    return ORDER_TYPES;
}

/* ---- Comparing ---------------------------------------------------------------------- */

static bool holds(Operator operator, int order)
{
    switch (operator) {
    case OPERATOR_EQUAL:
        return order == 0;
    case OPERATOR_DIFFERENT:
        return order != 0;
    case OPERATOR_LESS:
        return order < 0;
    case OPERATOR_AT_MOST:
        return order <= 0;
    case OPERATOR_MORE:
        return order > 0;
    case OPERATOR_AT_LEAST:
        return order >= 0;
    case OPERATOR_PLUS:
    case OPERATOR_MINUS:
    case OPERATOR_TIMES:
    case OPERATOR_DIVIDED:
        break;
    }
    return false;
}

static void keep_clash(Clash *clash, int order, Value left, Value right)
{
    static const uint8_t kinds[] = {
        [ORDER_UNITS] = CLASH_UNITS, [ORDER_CALENDAR] = CLASH_CALENDAR,
        [ORDER_BAG] = CLASH_BAG, [ORDER_TYPES] = CLASH_TYPES,
    };

    if (!clash || clash->kind)
        return;
    clash->kind = kinds[order];
    clash->left = left;
    clash->right = right;
}

static bool is_doubtful(Value value)
{
    return value.count && (value.kind == VALUE_NUMBER || value.kind == VALUE_AMOUNT);
}

static Truth compare_single(Evaluation *evaluation, Operator operator, Value left, Value right,
                            Clash *clash)
{
    if (left.kind == VALUE_NONE || right.kind == VALUE_NONE)
        return TRUTH_FALSE;
    if (!value_is_known(left) || !value_is_known(right))
        return TRUTH_UNKNOWN;
    if (is_doubtful(left) || is_doubtful(right))
        return TRUTH_UNKNOWN;

    int order = value_order(evaluation, left, right);
    if (order == ORDER_UNTOLD) {
        if (clash)
            clash->told++;
        return TRUTH_UNKNOWN;
    }
    if (order > ORDER_UNTOLD) {
        keep_clash(clash, order, left, right);
        return TRUTH_UNKNOWN;
    }
    if (clash)
        clash->told++;
    return holds(operator, order) ? TRUTH_TRUE : TRUTH_FALSE;
}

/* Whether the list holds the value; a `?` in it leaves that open. */
static Truth list_has(Evaluation *evaluation, Value list, Value value, Clash *clash)
{
    Truth result = TRUTH_FALSE;

    if (value.kind == VALUE_NONE)
        return TRUTH_FALSE;
    for (uint32_t i = 0; i < list.count; i++) {
        Truth one = compare_single(evaluation, OPERATOR_EQUAL, list.as.items[i], value, clash);
        if (one == TRUTH_TRUE)
            return TRUTH_TRUE;
        if (one == TRUTH_UNKNOWN)
            result = TRUTH_UNKNOWN;
    }
    if (!list.count && !value_is_known(value))
        return TRUTH_UNKNOWN;
    return result;
}

static Truth negate(Truth truth)
{
    return truth == TRUTH_UNKNOWN ? truth : truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

/* Two lists are equal when one has all of the other; for one value, `=` means "contains". */
static Truth compare_lists(Evaluation *evaluation, Value left, Value right, Clash *clash)
{
    Truth result = TRUTH_TRUE;

    if (left.kind != VALUE_LIST) {
        Value swapped = left;
        left = right;
        right = swapped;
    }
    if (right.kind != VALUE_LIST)
        return list_has(evaluation, left, right, clash);
    for (uint32_t i = 0; i < right.count; i++) {
        Truth one = list_has(evaluation, left, right.as.items[i], clash);
        if (one == TRUTH_FALSE)
            return TRUTH_FALSE;
        if (one == TRUTH_UNKNOWN)
            result = TRUTH_UNKNOWN;
    }
    return result;
}

Truth compare_values(Evaluation *evaluation, Operator operator, Value left, Value right,
                     Clash *clash)
{
    if (left.kind != VALUE_LIST && right.kind != VALUE_LIST)
        return compare_single(evaluation, operator, left, right, clash);
    if (left.kind == VALUE_NONE || right.kind == VALUE_NONE)
        return TRUTH_FALSE;
    if (!value_is_known(left) || !value_is_known(right))
        return TRUTH_UNKNOWN;
    if (operator != OPERATOR_EQUAL && operator != OPERATOR_DIFFERENT) {
        keep_clash(clash, ORDER_TYPES, left, right);
        return TRUTH_UNKNOWN;
    }
    Truth truth = compare_lists(evaluation, left, right, clash);
    return operator == OPERATOR_EQUAL ? truth : negate(truth);
}

/* ---- Computing ---------------------------------------------------------------------- */

static bool is_percent(Value value)
{
    return value.kind == VALUE_AMOUNT && UNIT_FAMILY(value.as.amount->unit) == UNIT_PERCENT;
}

static Value too_large(Evaluation *evaluation)
{
    note_reason(evaluation, 0, MESSAGE_REASON_TOO_LARGE);
    return value_of_kind(VALUE_UNKNOWN);
}

/* A percentage multiplies or divides anything: 15 % * 200 EUR is 30 EUR. */
static Value apply_percent(Evaluation *evaluation, Operator operator, Amount amount,
                           Decimal percent, Amount *slot)
{
    Decimal number, hundred = decimal_of(100);
    bool done = operator == OPERATOR_TIMES
        ? decimal_multiply(amount.number, percent, &number)
            && decimal_divide(number, hundred, &number)
        : decimal_multiply(amount.number, hundred, &number)
            && decimal_divide(number, percent, &number);

    if (!done)
        return too_large(evaluation);
    amount.number = decimal_trim(number);
    return value_amount(slot, amount);
}

static Value multiply(Evaluation *evaluation, Value left, Value right, Amount *slot,
                      Clash *clash)
{
    if (is_percent(left))
        return apply_percent(evaluation, OPERATOR_TIMES, as_amount(right),
                             left.as.amount->number, slot);
    if (is_percent(right))
        return apply_percent(evaluation, OPERATOR_TIMES, as_amount(left),
                             right.as.amount->number, slot);
    Amount a = as_amount(left), b = as_amount(right);
    if ((a.unit || a.per) && (b.unit || b.per)) {
        keep_clash(clash, ORDER_UNITS, left, right);
        return value_of_kind(VALUE_UNKNOWN);
    }
    Amount result = a.unit || a.per ? a : b;
    if (!decimal_multiply(a.number, b.number, &result.number))
        return too_large(evaluation);
    return value_amount(slot, result);
}

static Value divide(Evaluation *evaluation, Value left, Value right, Amount *slot, Clash *clash)
{
    Amount a = as_amount(left), b = as_amount(right);

    if (b.number.coefficient == 0) {
        note_reason(evaluation, 0, MESSAGE_REASON_DIVIDED_BY_ZERO);
        return value_of_kind(VALUE_UNKNOWN);
    }
    if (is_percent(right))
        return apply_percent(evaluation, OPERATOR_DIVIDED, a, b.number, slot);
    if (b.unit || b.per) {
        keep_clash(clash, ORDER_UNITS, left, right);
        return value_of_kind(VALUE_UNKNOWN);
    }
    Amount result = a;
    if (!decimal_divide(a.number, b.number, &result.number))
        return too_large(evaluation);
    result.number = decimal_trim(result.number);
    return value_amount(slot, result);
}

static bool subtract_or_add(Operator operator, Amount a, Amount b, Amount *result)
{
    if (operator == OPERATOR_MINUS)
        b.number.coefficient = -b.number.coefficient;
    return amount_add(a, b, result);
}

static Value add_amounts(Evaluation *evaluation, Operator operator, Value left, Value right,
                         Amount *slot, Clash *clash)
{
    Amount a = as_amount(left), b = as_amount(right), result;

    if (!a.unit && !b.unit && !a.per && !b.per) {
        Decimal number;
        bool done = operator == OPERATOR_PLUS ? decimal_add(a.number, b.number, &number)
                                              : decimal_subtract(a.number, b.number, &number);
        return done ? value_number(number) : too_large(evaluation);
    }
    Amount converted;
    if (subtract_or_add(operator, a, b, &result)
        || (amount_convert(evaluation->snapshot, statement_alliance(evaluation), b, a.unit,
                           &converted)
            && subtract_or_add(operator, a, converted, &result)))
        return value_amount(slot, result);
    if (a.unit == b.unit && a.per == b.per)
        return too_large(evaluation);
    bool are_times = UNIT_FAMILY(a.unit) == UNIT_TIME && UNIT_FAMILY(b.unit) == UNIT_TIME;
    keep_clash(clash, are_times && a.per == b.per ? ORDER_CALENDAR : ORDER_UNITS, left, right);
    return value_of_kind(VALUE_UNKNOWN);
}

/* The whole number of days or months in a duration; false: hours, fractions, too many. */
static bool duration_parts(Amount amount, int64_t *days, int64_t *months)
{
    enum { BEYOND = 4000000 };      /* days or months: out of the calendar from any date */
    int64_t number;

    *days = *months = 0;
    if (amount.per || UNIT_FAMILY(amount.unit) != UNIT_TIME
        || !decimal_is_integer(decimal_trim(amount.number), &number))
        return false;
    if (number > BEYOND || number < -BEYOND)
        number = number > 0 ? BEYOND : -BEYOND;
    switch (UNIT_INDEX(amount.unit)) {
    case TIME_DAY:
        *days = number;
        return true;
    case TIME_WEEK:
        *days = 7 * number;
        return true;
    case TIME_MONTH:
        *months = number;
        return true;
    case TIME_YEAR:
        *months = 12 * number;
        return true;
    default:
        return false;
    }
}

static Value move_date(Evaluation *evaluation, Operator operator, Value date, Value duration,
                       Clash *clash)
{
    int64_t days, months;
    Value result = date;

    if (!duration_parts(as_amount(duration), &days, &months)) {
        keep_clash(clash, ORDER_UNITS, date, duration);
        return value_of_kind(VALUE_UNKNOWN);
    }
    if (operator == OPERATOR_MINUS) {
        days = -days;
        months = -months;
    }
    uint8_t precision = date.as.date.precision;
    if ((days && precision != DATE_DAY) || (months % 12 && precision == DATE_YEAR)) {
        note_reason(evaluation, 0, MESSAGE_REASON_DATE_NOT_PRECISE);
        return value_of_kind(VALUE_UNKNOWN);
    }
    bool fits = months ? date_add_months(date.as.date, months, &result.as.date)
                       : !days || date_add_days(date.as.date, days, &result.as.date);
    return fits ? result : too_large(evaluation);
}

static Value days_between(Evaluation *evaluation, Date later, Date earlier, Amount *slot)
{
    if (later.precision != DATE_DAY || earlier.precision != DATE_DAY) {
        note_reason(evaluation, 0, MESSAGE_REASON_DATE_NOT_PRECISE);
        return value_of_kind(VALUE_UNKNOWN);
    }
    Amount days = {decimal_of((int64_t)later.day - earlier.day), UNIT(UNIT_TIME, TIME_DAY),
                   0};
    return value_amount(slot, days);
}

/* Sums are added and subtracted unit by unit, and multiplied by a number or a percentage. */
static Value compute_bags(Evaluation *evaluation, Operator operator, Value left, Value right,
                          Clash *clash)
{
    BagBuilder *builder = bag_new(evaluation->arena);
    bool is_sum = operator == OPERATOR_PLUS || operator == OPERATOR_MINUS;
    Value sides[2] = {left, right};

    if (!is_sum && (left.kind != VALUE_BAG || right.kind == VALUE_BAG)) {
        if (operator == OPERATOR_TIMES && right.kind == VALUE_BAG && left.kind != VALUE_BAG)
            return compute_bags(evaluation, operator, right, left, clash);
        keep_clash(clash, ORDER_BAG, left, right);
        return value_of_kind(VALUE_UNKNOWN);
    }
    uint32_t unknown = 0;
    for (int side = 0; side < (is_sum ? 2 : 1); side++) {
        bool is_bag = sides[side].kind == VALUE_BAG;
        Amount one = {0};
        if (!is_bag)
            one = as_amount(sides[side]);
        Bag single = {&one, 1, 0};
        const Bag *bag = is_bag ? sides[side].as.bag : &single;
        unknown += bag->unknown;
        for (uint32_t i = 0; i < bag->count; i++) {
            Amount *slot = arena_alloc(evaluation->arena, sizeof *slot);
            Value amount = value_amount(slot, bag->amounts[i]);
            if (!is_sum)
                amount = compute(evaluation, operator, amount, right, slot, clash);
            else if (side == 1 && operator == OPERATOR_MINUS)
                amount = compute(evaluation, OPERATOR_TIMES, value_number(decimal_of(-1)),
                                 amount, slot, clash);
            if (!value_is_known(amount) || !bag_add(builder, amount))
                return value_of_kind(VALUE_UNKNOWN);
        }
    }
    for (uint32_t i = 0; i < unknown; i++)
        bag_add(builder, value_of_kind(VALUE_UNKNOWN));
    if (bag_is_too_large(builder))
        note_reason(evaluation, 0, MESSAGE_REASON_TOO_LARGE);
    Value result = value_of_kind(VALUE_BAG);
    result.as.bag = bag_done(builder);
    return result;
}

static Value compute_known(Evaluation *evaluation, Operator operator, Value left, Value right,
                           Amount *slot, Clash *clash)
{
    if (left.kind == VALUE_DATE && right.kind == VALUE_DATE && operator == OPERATOR_MINUS)
        return days_between(evaluation, left.as.date, right.as.date, slot);
    if (left.kind == VALUE_DATE && is_quantity(right)
        && (operator == OPERATOR_PLUS || operator == OPERATOR_MINUS))
        return move_date(evaluation, operator, left, right, clash);
    if (right.kind == VALUE_DATE && is_quantity(left) && operator == OPERATOR_PLUS)
        return move_date(evaluation, operator, right, left, clash);
    bool left_sums = is_quantity(left) || left.kind == VALUE_BAG;
    bool right_sums = is_quantity(right) || right.kind == VALUE_BAG;
    if (!left_sums || !right_sums) {
        keep_clash(clash, ORDER_TYPES, left, right);
        return value_of_kind(VALUE_UNKNOWN);
    }
    if (left.kind == VALUE_BAG || right.kind == VALUE_BAG)
        return compute_bags(evaluation, operator, left, right, clash);
    if (operator == OPERATOR_TIMES)
        return multiply(evaluation, left, right, slot, clash);
    if (operator == OPERATOR_DIVIDED)
        return divide(evaluation, left, right, slot, clash);
    return add_amounts(evaluation, operator, left, right, slot, clash);
}

Value compute(Evaluation *evaluation, Operator operator, Value left, Value right, Amount *slot,
              Clash *clash)
{
    if (left.kind == VALUE_POISON || right.kind == VALUE_POISON)
        return value_of_kind(VALUE_POISON);
    if (left.kind == VALUE_NONE || right.kind == VALUE_NONE)
        return value_of_kind(VALUE_NONE);
    if (!value_is_known(left) || !value_is_known(right))
        return value_of_kind(VALUE_UNKNOWN);

    uint32_t doubt = is_doubtful(left) ? left.count : is_doubtful(right) ? right.count : 0;
    Value result = compute_known(evaluation, operator, left, right, slot, clash);
    if (doubt && is_quantity(result))
        result.count = doubt;
    if (value_is_known(result) && clash)
        clash->told++;
    return result;
}
