/* amount.c -- adding, comparing and converting amounts; sums by unit. */
#include "lang/model/collection.h"

#include <string.h>

#include "lang/model/snapshot_rows.h"

/* ---- Families of time ------------------------------------------------------------------ */

typedef enum TimeFamily { TIME_CLOCK = 1, TIME_CIVIL, TIME_CALENDAR, TIME_WORK } TimeFamily;

typedef struct TimeUnitInfo {
    uint8_t family;
    uint8_t factor;             /* in the smallest unit of the family */
} TimeUnitInfo;

/* Minutes and hours, days and weeks, months and years: three families that never join.  Only
 * person-days become hours, where the alliance says how long a working day is. */
static TimeUnitInfo time_info(Unit unit)
{
    static const TimeUnitInfo infos[] = {
        [TIME_MINUTE] = {TIME_CLOCK, 1}, [TIME_HOUR] = {TIME_CLOCK, 60},
        [TIME_DAY] = {TIME_CIVIL, 1}, [TIME_WEEK] = {TIME_CIVIL, 7},
        [TIME_MONTH] = {TIME_CALENDAR, 1}, [TIME_YEAR] = {TIME_CALENDAR, 12},
        [TIME_PERSON_DAY] = {TIME_WORK, 1},
    };
    uint32_t index = UNIT_INDEX(unit);
    if (UNIT_FAMILY(unit) != UNIT_TIME || index >= sizeof infos / sizeof infos[0])
        return (TimeUnitInfo){0};
    return infos[index];
}

/* The number in another unit of the same family. */
static bool rescale(Decimal number, Unit from, Unit to, Decimal *result)
{
    TimeUnitInfo source = time_info(from), target = time_info(to);
    if (from == to) {
        *result = number;
        return true;
    }
    if (!source.family || source.family != target.family)
        return false;
    Decimal smallest;
    if (!decimal_multiply(number, decimal_of(source.factor), &smallest))
        return false;
    return decimal_divide(smallest, decimal_of(target.factor), result);
}

/* ---- Arithmetic ------------------------------------------------------------------------ */

static bool is_plain_zero(Amount amount)
{
    return amount.unit == 0 && amount.per == 0 && amount.number.coefficient == 0;
}

/* Sums stand in the smaller of two units, where they are exact: 8 days, not 1.14 weeks. */
static bool add_converted(Amount *kept, Amount amount, bool *converts)
{
    bool is_smaller = time_info(amount.unit).factor < time_info(kept->unit).factor;
    Unit unit = is_smaller ? amount.unit : kept->unit;
    Decimal left, right;
    *converts = kept->per == amount.per && rescale(kept->number, kept->unit, unit, &left)
        && rescale(amount.number, amount.unit, unit, &right);
    if (!*converts || !decimal_add(left, right, &kept->number))
        return false;
    kept->unit = unit;
    return true;
}

bool amount_add(Amount a, Amount b, Amount *result)
{
    bool converts;
    if (is_plain_zero(a)) {
        *result = b;
        return true;
    }
    if (is_plain_zero(b)) {
        *result = a;
        return true;
    }
    if (!add_converted(&a, b, &converts))
        return false;
    *result = a;
    return true;
}

/* How long a working day is: an amount of minutes or hours. */
static bool workday(const Snapshot *snapshot, size_t alliance, Amount *result)
{
    EntityId entity = snapshot && alliance < snapshot_alliance_count(snapshot)
        ? snapshot_alliance_entity(snapshot, alliance) : 0;
    if (!entity)
        return false;
    Value value = entity_property(snapshot, entity, PROPERTY_WORKDAY);
    if (value.kind != VALUE_AMOUNT || time_info(value.as.amount->unit).family != TIME_CLOCK)
        return false;
    *result = *value.as.amount;
    return true;
}

bool amount_convert(const Snapshot *snapshot, size_t alliance, Amount amount, Unit unit,
                    Amount *result)
{
    Amount converted = amount;
    TimeFamily from = (TimeFamily)time_info(amount.unit).family;
    TimeFamily to = (TimeFamily)time_info(unit).family;
    Amount day;
    if (from == TIME_WORK && to == TIME_CLOCK) {
        if (!workday(snapshot, alliance, &day)
            || !decimal_multiply(amount.number, day.number, &converted.number))
            return false;
        converted.unit = day.unit;
    } else if (from == TIME_CLOCK && to == TIME_WORK) {
        Decimal number;
        if (!workday(snapshot, alliance, &day)
            || !rescale(amount.number, amount.unit, day.unit, &number)
            || !decimal_divide(number, day.number, &converted.number))
            return false;
        converted.unit = unit;
    }
    if (!rescale(converted.number, converted.unit, unit, &converted.number))
        return false;
    converted.unit = unit;
    *result = converted;
    return true;
}

enum { COMPARE_DIFFERENT = 2, COMPARE_FAMILIES = 3 };

int amount_compare(const Snapshot *snapshot, size_t alliance, Amount a, Amount b)
{
    if (is_plain_zero(a) || is_plain_zero(b))
        return decimal_compare(a.number, b.number);
    if (a.per != b.per)
        return COMPARE_DIFFERENT;
    if (a.unit == b.unit)
        return decimal_compare(a.number, b.number);
    if (UNIT_FAMILY(a.unit) != UNIT_TIME || UNIT_FAMILY(b.unit) != UNIT_TIME)
        return COMPARE_DIFFERENT;
    TimeUnitInfo first = time_info(a.unit), second = time_info(b.unit);
    Decimal left, right;
    if (first.family == second.family) {
        if (!decimal_multiply(a.number, decimal_of(first.factor), &left)
            || !decimal_multiply(b.number, decimal_of(second.factor), &right))
            return COMPARE_DIFFERENT;
        return decimal_compare(left, right);
    }
    Amount converted;
    if (first.family == TIME_WORK || second.family == TIME_WORK)
        return amount_convert(snapshot, alliance, b, a.unit, &converted)
            ? decimal_compare(a.number, converted.number) : COMPARE_DIFFERENT;
    return COMPARE_FAMILIES;
}

/* ---- A rate over its period ------------------------------------------------------------ */

/* Months from the first day to the last one, both included: whole months, then the days left as
 * a part of the month in which they stand. */
static bool count_months(Date start, Date end, Decimal *result)
{
    Date first = {start.day, DATE_DAY}, after = {date_last_day(end) + 1, DATE_DAY};
    int year, month, day, last_year, last_month, last_day;
    date_parts(first, &year, &month, &day);
    date_parts(after, &last_year, &last_month, &last_day);
    int64_t months = (int64_t)(last_year - year) * 12 + (last_month - month);
    Date reached;
    if (!date_add_months(first, months, &reached))
        return false;
    if (reached.day > after.day) {
        months--;
        if (!date_add_months(first, months, &reached))
            return false;
    }
    date_parts(reached, &year, &month, &day);
    Decimal part;
    return decimal_divide(decimal_of(after.day - reached.day),
                          decimal_of(date_month_days(year, month)), &part)
        && decimal_add(decimal_of(months), part, result);
}

bool amount_total(Amount rate, Period period, Amount *result)
{
    if (period.start_unknown || period.end_unknown || !rate.per)
        return false;
    int64_t days = (int64_t)date_last_day(period.end) - period.start.day + 1;
    TimeUnitInfo info = time_info(rate.per);
    Decimal count, number;
    if (days < 0)
        return false;
    if (info.family == TIME_CIVIL) {
        if (!decimal_divide(decimal_of(days), decimal_of(info.factor), &count))
            return false;
    } else if (info.family == TIME_CALENDAR) {
        if (!count_months(period.start, period.end, &count)
            || !decimal_divide(count, decimal_of(info.factor), &count))
            return false;
    } else {
        return false;
    }
    if (!decimal_multiply(rate.number, decimal_trim(count), &number))
        return false;
    *result = (Amount){decimal_trim(number), rate.unit, 0};
    return true;
}

/* ---- Sums by unit ---------------------------------------------------------------------- */

/* The sum of one unit.  When it has more digits than a number may have, it cannot be told: its
 * parts count as not known then, since any other sum would be a wrong one. */
typedef struct Sum {
    Amount amount;
    uint32_t parts;
    bool is_lost;
} Sum;

struct BagBuilder {
    Arena *arena;
    Sum *sums;
    size_t count, capacity;
    uint32_t unknown;
    bool is_too_large;
};

BagBuilder *bag_new(Arena *arena)
{
    BagBuilder *builder = arena_alloc(arena, sizeof *builder);
    builder->arena = arena;
    return builder;
}

static void add_amount(BagBuilder *builder, Amount amount)
{
    for (size_t i = 0; i < builder->count; i++) {
        Sum *sum = &builder->sums[i];
        Amount kept = sum->amount;
        bool converts;
        bool fits = add_converted(&kept, amount, &converts);
        if (!converts)
            continue;
        sum->parts++;
        if (fits && !sum->is_lost)
            sum->amount = kept;
        else
            sum->is_lost = builder->is_too_large = true;
        return;
    }
    builder->sums = arena_grow(builder->arena, builder->sums, &builder->capacity,
                               builder->count + 1, sizeof *builder->sums);
    builder->sums[builder->count++] = (Sum){amount, 1, false};
}

static void add_bag(BagBuilder *builder, const Bag *bag)
{
    for (uint32_t i = 0; i < bag->count; i++)
        add_amount(builder, bag->amounts[i]);
    builder->unknown += bag->unknown;
}

bool bag_add(BagBuilder *builder, Value value)
{
    switch ((ValueKind)value.kind) {
    case VALUE_AMOUNT:
        add_amount(builder, *value.as.amount);
        return true;
    case VALUE_NUMBER:
        add_amount(builder, (Amount){.number = value.as.number});
        return true;
    case VALUE_BAG:
        add_bag(builder, value.as.bag);
        return true;
    case VALUE_UNKNOWN: case VALUE_POISON:
        builder->unknown++;
        return true;
    case VALUE_ABSENT: case VALUE_NONE:
        return true;
    case VALUE_TEXT: case VALUE_WORD: case VALUE_BOOL: case VALUE_DATE: case VALUE_PERIOD:
    case VALUE_TARGET: case VALUE_ENTITY: case VALUE_LIST: case VALUE_KIND:
        break;
    }
    return false;
}

bool bag_is_too_large(const BagBuilder *builder)
{
    return builder->is_too_large;
}

const Bag *bag_done(BagBuilder *builder)
{
    Bag *bag = arena_alloc(builder->arena, sizeof *bag);
    Amount *amounts = arena_array(builder->arena, builder->count + 1, sizeof *amounts);
    *bag = (Bag){.amounts = amounts, .unknown = builder->unknown};
    for (size_t i = 0; i < builder->count; i++) {
        if (builder->sums[i].is_lost)
            bag->unknown += builder->sums[i].parts;
        else
            amounts[bag->count++] = builder->sums[i].amount;
    }
    return bag;
}
