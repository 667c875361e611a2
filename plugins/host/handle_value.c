/* handle_value.c -- amounts, dates, periods, targets and sums in Lua, exact. */
#include "plugins/host/handle_private.h"

#include <string.h>

/* ---- Values ---------------------------------------------------------------------------- */

static Held *to_held(lua_State *L, int index)
{
    Held *held = as_held(L, index);
    if (!held)
        luaL_typeerror(L, index, VALUE_TYPE);
    return held;
}

/* Neutral: "EUR", "hour", "%", a counted word as it was written; nil for none. */
static void push_unit(lua_State *L, Binding *binding, Unit unit)
{
    static const char *const times[TIME_ID_END] = {
        [TIME_MINUTE] = "minute", [TIME_HOUR] = "hour",   [TIME_DAY] = "day",
        [TIME_WEEK] = "week",     [TIME_MONTH] = "month", [TIME_YEAR] = "year",
        [TIME_PERSON_DAY] = "person-day",
    };
    UnitFamily family = UNIT_FAMILY(unit);
    if (!unit)
        lua_pushnil(L);
    else if (family == UNIT_PERCENT)
        lua_pushstring(L, "%");
    else if (family == UNIT_TIME && UNIT_INDEX(unit) < TIME_ID_END)
        lua_pushstring(L, times[UNIT_INDEX(unit)]);
    else
        lua_pushstring(L, unit_text(binding->arena, binding->snapshot, unit, 0, decimal_of(1),
                                    LANG_EN));
}

/* What the fields of values are called.  X(code, name) */
#define VALUE_FIELDS(X)                                                                     \
    X(NUMBER, "number") X(TEXT, "text") X(UNIT, "unit") X(PER, "per") X(FAMILY, "family")   \
    X(FIRST, "first") X(LAST, "last") X(YEAR, "year") X(MONTH, "month") X(DAY, "day")       \
    X(BOUND, "bound") X(LOW, "low") X(HIGH, "high") X(BY, "by")                             \
    X(UNKNOWN, "unknown") X(AMOUNTS, "amounts")

typedef enum ValueField {
    FIELD_NONE,
#define FIELD_ENUM(code, name) FIELD_##code,
    VALUE_FIELDS(FIELD_ENUM)
#undef FIELD_ENUM
    FIELD_COUNT
} ValueField;

/* Each pushes the field and gives 1, or 0: such a value has none such. */
static int amount_field(lua_State *L, Binding *binding, const Amount *amount, ValueField field)
{
    static const char *const families[] = {"none", "percent", "money", "time", "count"};
    char text[DECIMAL_TEXT];
    switch (field) {
    case FIELD_NUMBER:
        push_decimal(L, amount->number);
        return 1;
    case FIELD_TEXT:
        lua_pushlstring(L, text, decimal_write(amount->number, text));
        return 1;
    case FIELD_UNIT:
        push_unit(L, binding, amount->unit);
        return 1;
    case FIELD_PER:
        push_unit(L, binding, amount->per);
        return 1;
    case FIELD_FAMILY:
        lua_pushstring(L, families[UNIT_FAMILY(amount->unit)]);
        return 1;
    default:
        return 0;
    }
}

static int push_part(lua_State *L, int part)        /* nil: the date does not say it */
{
    if (part)
        lua_pushinteger(L, part);
    else
        lua_pushnil(L);
    return 1;
}

static int date_field(lua_State *L, Date date, ValueField field)
{
    char text[DATE_TEXT];
    int year, month, day;
    switch (field) {
    case FIELD_TEXT:
        lua_pushlstring(L, text, date_write(date, text));
        return 1;
    case FIELD_FIRST:
        lua_pushinteger(L, date.day);
        return 1;
    case FIELD_LAST:
        lua_pushinteger(L, date_last_day(date));
        return 1;
    case FIELD_YEAR:
    case FIELD_MONTH:
    case FIELD_DAY:
        date_parts(date, &year, &month, &day);
        return push_part(L, field == FIELD_YEAR ? year : field == FIELD_MONTH ? month : day);
    default:
        return 0;
    }
}

static int period_field(lua_State *L, const Period *period, ValueField field)
{
    if (field != FIELD_FIRST && field != FIELD_LAST)
        return 0;
    bool first = field == FIELD_FIRST;
    if (first ? period->start_unknown : period->end_unknown)
        push_registered(L, "alliance.unknown");
    else
        push_date(L, first ? period->start : period->end);
    return 1;
}

static int target_field(lua_State *L, const Target *target, ValueField field)
{
    static const char *const bounds[] = {
        [BOUND_NONE] = ">=", [BOUND_LESS] = "<", [BOUND_AT_MOST] = "<=", [BOUND_MORE] = ">",
        [BOUND_AT_LEAST] = ">=",
    };
    switch (field) {
    case FIELD_BOUND:
        lua_pushstring(L, target->has_high ? ".." : bounds[target->bound]);
        return 1;
    case FIELD_LOW:
        push_amount(L, target->low);
        return 1;
    case FIELD_HIGH:
        if (target->has_high)
            push_amount(L, target->high);
        else
            lua_pushnil(L);
        return 1;
    case FIELD_BY:
        if (target->has_by)
            push_date(L, target->by);
        else
            lua_pushnil(L);
        return 1;
    default:
        return 0;
    }
}

static int bag_field(lua_State *L, const Bag *bag, ValueField field)
{
    if (field == FIELD_UNKNOWN) {
        lua_pushinteger(L, bag->unknown);
        return 1;
    }
    if (field != FIELD_AMOUNTS)
        return 0;
    lua_createtable(L, (int)bag->count, 0);
    for (uint32_t i = 0; i < bag->count; i++) {
        push_amount(L, bag->amounts[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int value_index(lua_State *L)
{
    Binding *binding = binding_of(L);
    Fields *fields = binding->value_fields;
    Held *held = lua_touserdata(L, 1);          /* who else could be asked here? */
    const char *name;
    const Field *field = field_named(L, fields, &name);
    if (field && field->is_method)
        return push_method(L, fields, field);
    ValueField code = field ? (ValueField)field->code : FIELD_NONE;
    int found = 0;
    switch ((ValueKind)held->value.kind) {
    case VALUE_AMOUNT:
        found = amount_field(L, binding, held->value.as.amount, code);
        break;
    case VALUE_DATE:
        found = date_field(L, held->value.as.date, code);
        break;
    case VALUE_PERIOD:
        found = period_field(L, held->value.as.period, code);
        break;
    case VALUE_TARGET:
        found = target_field(L, held->value.as.target, code);
        break;
    case VALUE_BAG:
        found = bag_field(L, held->value.as.bag, code);
        break;
    default:
        break;
    }
    return found ? found : luaL_error(L, "a value has no field '%s'", name);
}

static int value_tostring(lua_State *L)
{
    Binding *binding = binding_of(L);
    lua_pushstring(L, value_text(binding->arena, binding->snapshot, to_held(L, 1)->value,
                                 binding->language));
    return 1;
}

static const Amount *to_amount(lua_State *L, int index)
{
    Held *held = as_held(L, index);
    return held && held->value.kind == VALUE_AMOUNT ? held->value.as.amount : NULL;
}

static int refuse_units(lua_State *L)
{
    return luaL_error(L, "these two values have different units, or are no amounts");
}

static int value_add(lua_State *L)
{
    const Amount *a = to_amount(L, 1), *b = to_amount(L, 2);
    Amount sum;
    if (!a || !b || !amount_add(*a, *b, &sum))
        return refuse_units(L);
    push_amount(L, sum);
    return 1;
}

static int value_subtract(lua_State *L)
{
    const Amount *a = to_amount(L, 1), *b = to_amount(L, 2);
    Amount difference, negative;
    if (!a || !b)
        return refuse_units(L);
    negative = *b;
    negative.number.coefficient = -negative.number.coefficient;
    if (!amount_add(*a, negative, &difference))
        return refuse_units(L);
    push_amount(L, difference);
    return 1;
}

#define DECIMAL_BOUND 1000000000000000000      /* 18 digits */

/* A Lua number as an exact decimal of at most eight places. */
static bool to_decimal(lua_State *L, int index, Decimal *number)
{
    if (lua_isinteger(L, index)) {
        lua_Integer integer = lua_tointeger(L, index);
        *number = decimal_of(integer);
        return integer < DECIMAL_BOUND && integer > -DECIMAL_BOUND;
    }
    double value = lua_tonumber(L, index) * 1e8;
    if (!lua_isnumber(L, index) || !(value > -9e17 && value < 9e17))
        return false;
    *number = decimal_trim((Decimal){(int64_t)(value < 0 ? value - 0.5 : value + 0.5), 8});
    return true;
}

static int value_scale(lua_State *L, bool divide)
{
    int number_at = to_amount(L, 1) ? 2 : 1;
    const Amount *amount = to_amount(L, number_at == 2 ? 1 : 2);
    Amount result;
    Decimal factor;
    const Amount *other = divide ? to_amount(L, 2) : NULL;
    if (divide && amount && other) {        /* a share: both in one unit */
        if (amount->unit != other->unit || amount->per != other->per
            || other->number.coefficient == 0)
            return refuse_units(L);
        lua_pushnumber(L, decimal_double(amount->number) / decimal_double(other->number));
        return 1;
    }
    if (!amount || !to_decimal(L, number_at, &factor) || (divide && number_at == 1))
        return refuse_units(L);
    result = *amount;
    if (divide ? !decimal_divide(amount->number, factor, &result.number)
               : !decimal_multiply(amount->number, factor, &result.number))
        return luaL_error(L, "this number is too large, or divides by zero");
    push_amount(L, result);
    return 1;
}

static int value_multiply(lua_State *L)
{
    return value_scale(L, false);
}

static int value_divide(lua_State *L)
{
    return value_scale(L, true);
}

/* -1, 0, 1, or an error when it cannot be told. */
static int compare(lua_State *L)
{
    Binding *binding = bound(L);
    const Held *a = as_held(L, 1), *b = as_held(L, 2);
    int order = 2;
    if (!a || !b)
        return refuse_units(L);
    if (a->value.kind == VALUE_AMOUNT && b->value.kind == VALUE_AMOUNT)
        order = amount_compare(binding->snapshot,
                               binding->alliance == SIZE_MAX ? 0 : binding->alliance,
                               *a->value.as.amount, *b->value.as.amount);
    else if (a->value.kind == VALUE_DATE && b->value.kind == VALUE_DATE) {
        /* Sorting needs an order: the first day decides. */
        order = a->value.as.date.day < b->value.as.date.day ? -1
            : a->value.as.date.day > b->value.as.date.day   ? 1
                                                            : 0;
    }
    if (order > 1)
        return refuse_units(L);
    return order;
}

static int value_less(lua_State *L)
{
    lua_pushboolean(L, compare(L) < 0);
    return 1;
}

static int value_less_equal(lua_State *L)
{
    lua_pushboolean(L, compare(L) <= 0);
    return 1;
}

static int value_equal(lua_State *L)
{
    const Held *a = as_held(L, 1), *b = as_held(L, 2);
    bool same = a && b && a->value.kind == b->value.kind;
    if (same && a->value.kind == VALUE_AMOUNT)
        same = a->body.amount.unit == b->body.amount.unit
               && a->body.amount.per == b->body.amount.per
               && decimal_compare(a->body.amount.number, b->body.amount.number) == 0;
    else if (same && a->value.kind == VALUE_DATE)
        same = a->value.as.date.day == b->value.as.date.day
               && a->value.as.date.precision == b->value.as.date.precision;
    else if (same)
        same = a == b;
    lua_pushboolean(L, same);
    return 1;
}

static Date to_date(lua_State *L, int index)
{
    Held *held = to_held(L, index);
    if (held->value.kind != VALUE_DATE)
        luaL_error(L, "a date is needed here");
    return held->value.as.date;
}

/* date:before(other): true, false, or nil when it cannot be told. */
static int date_before(lua_State *L)
{
    int order = date_compare(to_date(L, 1), to_date(L, 2));
    if (order == 2)
        lua_pushnil(L);
    else
        lua_pushboolean(L, order < 0);
    return 1;
}

static lua_Integer field_integer(lua_State *L, int index, const char *name)
{
    lua_getfield(L, index, name);
    lua_Integer value = luaL_optinteger(L, -1, 0);
    lua_pop(L, 1);
    return value;
}

static int date_add(lua_State *L)
{
    Date date = to_date(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_Integer days = field_integer(L, 2, "days"), months = field_integer(L, 2, "months");
    if ((months && !date_add_months(date, months, &date))
        || (days && !date_add_days(date, days, &date)))
        return luaL_error(L, "this date is out of range, or has no day to count from");
    push_date(L, date);
    return 1;
}

/* duration:after(date): calendar months and years, or exact days and weeks. */
static int duration_after(lua_State *L)
{
    const Amount *amount = to_amount(L, 1);
    Date date = to_date(L, 2);
    int64_t count;
    if (!amount || UNIT_FAMILY(amount->unit) != UNIT_TIME || amount->per
        || !decimal_is_integer(amount->number, &count) || count > 10000000 || count < -10000000)
        return luaL_error(L, "a duration in whole days, weeks, months or years is needed here");
    bool fine;
    switch (UNIT_INDEX(amount->unit)) {
    case TIME_DAY:
        fine = date_add_days(date, count, &date);
        break;
    case TIME_WEEK:
        fine = date_add_days(date, count * 7, &date);
        break;
    case TIME_MONTH:
        fine = date_add_months(date, count, &date);
        break;
    case TIME_YEAR:
        fine = date_add_months(date, count * 12, &date);
        break;
    default:
        fine = false;
        break;
    }
    if (!fine)
        return luaL_error(L, "this duration cannot be added to this date");
    push_date(L, date);
    return 1;
}

/* bag:of("EUR"): the amount in that unit without a rate, or nil. */
static int bag_of(lua_State *L)
{
    Binding *binding = binding_of(L);
    Held *held = to_held(L, 1);
    const char *unit = luaL_checkstring(L, 2);
    if (held->value.kind != VALUE_BAG)
        return luaL_error(L, "a sum is needed here");
    const Bag *bag = held->value.as.bag;
    for (uint32_t i = 0; i < bag->count; i++) {
        push_unit(L, binding, bag->amounts[i].unit);
        const char *own = lua_tostring(L, -1);
        bool same = own && strcmp(own, unit) == 0 && !bag->amounts[i].per;
        lua_pop(L, 1);
        if (same) {
            push_amount(L, bag->amounts[i]);
            return 1;
        }
    }
    lua_pushnil(L);
    return 1;
}

/* ---- Opening ---------------------------------------------------------------------------- */

void open_values(lua_State *L, Binding *binding)
{
    static const luaL_Reg methods[] = {
        {"before", date_before}, {"add", date_add}, {"after", duration_after}, {"of", bag_of},
        {NULL, NULL},
    };
    static const luaL_Reg meta[] = {
        {"__add", value_add}, {"__sub", value_subtract}, {"__mul", value_multiply},
        {"__div", value_divide}, {"__lt", value_less}, {"__le", value_less_equal},
        {"__eq", value_equal}, {"__tostring", value_tostring}, {NULL, NULL},
    };
    static const struct { const char *name; ValueField code; } names[] = {
#define FIELD_ROW(code, name) {name, FIELD_##code},
        VALUE_FIELDS(FIELD_ROW)
#undef FIELD_ROW
    };
    Fields *fields = binding->value_fields = push_fields(L, FIELD_COUNT + 8);
    make_methods(L, fields, methods);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        field_make(L, fields, names[i].name)->code = (int)names[i].code;
    fill_type(L, value_index, 2, meta);
}
