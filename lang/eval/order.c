/* order.c -- sorting and grouping values: each is prepared once, so that comparing is cheap. */
#include "lang/eval/parts.h"

#include <string.h>

#include "lang/base/utf8.h"

/* ---- Keys --------------------------------------------------------------------------- */

/* What a value is sorted by.  Texts by their folded key, then by code points (which is the
 * order of the bytes of UTF-8); words by their place in the list. */
typedef struct Key {
    uint8_t rank;               /* 0: known; 1: not known, last */
    uint8_t kind;               /* which of the below */
    uint32_t length, spelled;   /* of the texts */
    union {
        Decimal number;
        int64_t place;
        const char *folded;
    } as;
    const char *spelling;
} Key;

enum { KEY_NUMBER, KEY_PLACE, KEY_TEXT };

/* What the amounts of a column have in common. */
typedef struct Units {
    bool is_set;
    size_t row;                 /* of the first amount */
    Unit unit, per;
} Units;

static void text_key(Evaluation *evaluation, const char *text, size_t length, Key *key)
{
    size_t folded;

    key->kind = KEY_TEXT;
    key->as.folded = utf8_fold(evaluation->arena, text, length, &folded);
    key->length = (uint32_t)folded;
    key->spelling = text;
    key->spelled = (uint32_t)length;
}

static void entity_sort_key(Evaluation *evaluation, EntityId entity, Key *key)
{
    size_t length = 0;
    const char *title = entity_title(evaluation->snapshot, entity, &length);
    NameId name = entity_name(evaluation->snapshot, entity);

    if (name)
        text_key(evaluation, names_text(evaluation->names, name),
                 names_length(evaluation->names, name), key);
    else
        text_key(evaluation, title ? title : "", length, key);
}

static bool amount_key(Evaluation *evaluation, Amount amount, size_t row, Units *units, Key *key)
{
    size_t alliance = evaluation->alliance == SIZE_MAX ? 0 : evaluation->alliance;
    Amount converted;

    if (!units->is_set)
        *units = (Units){true, row, amount.unit, amount.per};
    if (amount.unit != units->unit) {
        if (!amount_convert(evaluation->snapshot, alliance, amount, units->unit, &converted))
            return false;
        amount = converted;
    }
    if (amount.per != units->per)
        return false;
    key->kind = KEY_NUMBER;
    key->as.number = amount.number;
    return true;
}

static void word_key(const Evaluation *evaluation, Value value, Key *key)
{
    uint16_t rank = 0;

    key->kind = KEY_PLACE;
    if (vocabulary_list_has(evaluation->vocabulary, value.list, value.as.word, &rank))
        key->as.place = rank;
    else
        key->as.place = value.as.word;
}

/* The key of one value; false: another unit than the values before. */
static bool make_key(Evaluation *evaluation, Value value, size_t row, Units *units, Key *key)
{
    Amount slot;

    *key = (Key){.rank = 0};
    switch ((ValueKind)value.kind) {
    case VALUE_TEXT:
        text_key(evaluation, value.as.text, value.count, key);
        return true;
    case VALUE_WORD:
        word_key(evaluation, value, key);
        return true;
    case VALUE_KIND:
        key->kind = KEY_PLACE;
        key->as.place = value.as.word;
        return true;
    case VALUE_BOOL:
        key->kind = KEY_PLACE;
        key->as.place = value.as.truth;
        return true;
    case VALUE_NUMBER:
        return amount_key(evaluation, (Amount){.number = value.as.number}, row, units, key);
    case VALUE_AMOUNT:
        return amount_key(evaluation, *value.as.amount, row, units, key);
    case VALUE_DATE:
        key->kind = KEY_PLACE;
        key->as.place = ((int64_t)value.as.date.day << 2) + value.as.date.precision;
        return true;
    case VALUE_ENTITY:
        entity_sort_key(evaluation, value.as.entity, key);
        return true;
    case VALUE_BAG: {
        Bag known = *value.as.bag;
        known.unknown = 0;
        if (known.count == 0) {         /* a sum of nothing: zero of anything */
            key->rank = value.as.bag->unknown > 0;
            return true;
        }
        if (!bag_single(evaluation, &known, &value, &slot))
            return false;
        return make_key(evaluation, value, row, units, key);
    }
    case VALUE_PERIOD:
    case VALUE_TARGET:
    case VALUE_LIST:
    case VALUE_NONE:
    case VALUE_ABSENT:
    case VALUE_UNKNOWN:
    case VALUE_POISON:
        break;
    }
    key->rank = 1;
    return true;
}

static int bytes_order(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

    if (order)
        return order;
    return a_length == b_length ? 0 : a_length < b_length ? -1 : 1;
}

static int key_order(const Key *a, const Key *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    switch (a->kind) {
    case KEY_NUMBER:
        return decimal_compare(a->as.number, b->as.number);
    case KEY_PLACE:
        return a->as.place == b->as.place ? 0 : a->as.place < b->as.place ? -1 : 1;
    default:
        break;
    }
    int order = bytes_order(a->as.folded, a->length, b->as.folded, b->length);
    return order ? order : bytes_order(a->spelling, a->spelled, b->spelling, b->spelled);
}

/* ---- Sorting ------------------------------------------------------------------------ */

typedef struct Order {
    Key *const *keys;           /* by column, then row */
    const SortColumn *columns;
    size_t count;
} Order;

/* What is not known comes last, whatever the direction. */
static int row_order(const Order *order, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < order->count; i++) {
        const Key *left = &order->keys[i][a], *right = &order->keys[i][b];
        if (left->rank != right->rank)
            return left->rank - right->rank;
        int one = left->rank ? 0 : key_order(left, right);
        if (one)
            return order->columns[i].is_descending ? -one : one;
    }
    return 0;
}

/* Merges two sorted runs; equal rows keep their order. */
static void merge(const Order *order, const uint32_t *from, size_t middle, size_t count,
                  uint32_t *to)
{
    size_t left = 0, right = middle;

    for (size_t i = 0; i < count; i++) {
        bool takes_left = right >= count
            || (left < middle && row_order(order, from[left], from[right]) <= 0);
        to[i] = takes_left ? from[left++] : from[right++];
    }
}

static void merge_sort(const Order *order, uint32_t *rows, uint32_t *spare, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t at = 0; at < count; at += 2 * width) {
            size_t rest = count - at, whole = rest < 2 * width ? rest : 2 * width;
            merge(order, rows + at, whole < width ? whole : width, whole, spare + at);
        }
        memcpy(rows, spare, count * sizeof *rows);
    }
}

bool order_rows(Evaluation *evaluation, const SortColumn *columns, size_t column_count,
                uint32_t *rows, size_t count, size_t *column, size_t *first, size_t *second)
{
    Key **keys = arena_array(evaluation->arena, column_count + 1, sizeof *keys);

    for (size_t i = 0; i < column_count; i++) {
        Units units = {.is_set = false};
        keys[i] = arena_array(evaluation->arena, count + 1, sizeof **keys);
        for (size_t row = 0; row < count; row++) {
            if (make_key(evaluation, columns[i].values[row], row, &units, &keys[i][row]))
                continue;
            *column = i;
            *first = units.is_set ? units.row : row;
            *second = row;
            return false;
        }
        for (size_t row = 0; row < count; row++) {
            Key *key = &keys[i][row];   /* a sum of nothing among amounts is zero */
            if (units.is_set && !key->rank && key->kind != KEY_NUMBER)
                *key = (Key){.kind = KEY_NUMBER};
        }
    }
    for (size_t row = 0; row < count; row++)
        rows[row] = (uint32_t)row;
    Order order = {keys, columns, column_count};
    uint32_t *spare = arena_array(evaluation->arena, count + 1, sizeof *spare);
    merge_sort(&order, rows, spare, count);
    return true;
}

/* ---- Groups ------------------------------------------------------------------------- */

/* Rows of cells, each once, in the order in which they first came; found by their hash. */
struct Groups {
    Evaluation *evaluation;
    size_t width;
    Value *cells;
    size_t cell_capacity;
    uint64_t *hashes;
    size_t hash_capacity;
    size_t count;
    uint32_t *slots;            /* 1 + group; 0: free */
    size_t slot_count;          /* a power of two */
};

enum { FIRST_SLOTS = 64 };

Groups *groups_new(Evaluation *evaluation, size_t width)
{
    Groups *groups = arena_alloc(evaluation->arena, sizeof *groups);

    groups->evaluation = evaluation;
    groups->width = width;
    groups->slot_count = FIRST_SLOTS;
    groups->slots = arena_array(evaluation->arena, FIRST_SLOTS, sizeof *groups->slots);
    return groups;
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    return mix(hash, length);
}

/* Folded, so that texts that are equal for `=` are one group. */
static uint64_t hash_text(const Groups *groups, Value value, uint64_t hash)
{
    size_t length;
    const char *folded =
        utf8_fold(groups->evaluation->arena, value.as.text, value.count, &length);

    return hash_bytes(hash, folded, length);
}

static uint64_t hash_number(Decimal number, uint64_t hash)
{
    Decimal trimmed = decimal_trim(number);
    return mix(mix(hash, (uint64_t)trimmed.coefficient), trimmed.scale);
}

static uint64_t hash_value(const Groups *groups, Value value, uint64_t hash)
{
    hash = mix(hash, value.kind);
    switch ((ValueKind)value.kind) {
    case VALUE_TEXT:
        return hash_text(groups, value, hash);
    case VALUE_WORD:
    case VALUE_KIND:
        return mix(hash, value.as.word);
    case VALUE_BOOL:
        return mix(hash, value.as.truth);
    case VALUE_NUMBER:
        return hash_number(value.as.number, hash);
    case VALUE_AMOUNT:
        return hash_number(value.as.amount->number,
                           mix(mix(hash, value.as.amount->unit), value.as.amount->per));
    case VALUE_DATE:
        return mix(mix(hash, (uint64_t)value.as.date.day), value.as.date.precision);
    case VALUE_ENTITY:
        return mix(hash, value.as.entity);
    case VALUE_PERIOD:
        return mix(mix(hash, (uint64_t)value.as.period->start.day),
                   (uint64_t)value.as.period->end.day);
    case VALUE_LIST:
        for (uint32_t i = 0; i < value.count; i++)
            hash = hash_value(groups, value.as.items[i], hash);
        return mix(hash, value.count);
    case VALUE_TARGET:
    case VALUE_BAG:
    case VALUE_ABSENT:
    case VALUE_UNKNOWN:
    case VALUE_NONE:
    case VALUE_POISON:
        break;
    }
    return hash;
}

static bool same_amounts(Amount a, Amount b)
{
    return a.unit == b.unit && a.per == b.per && decimal_compare(a.number, b.number) == 0;
}

static bool same_targets(const Target *a, const Target *b)
{
    return a->bound == b->bound && a->has_high == b->has_high && a->has_by == b->has_by
        && same_amounts(a->low, b->low) && (!a->has_high || same_amounts(a->high, b->high))
        && (!a->has_by || (a->by.day == b->by.day && a->by.precision == b->by.precision));
}

static bool same_bags(const Bag *a, const Bag *b)
{
    if (a->count != b->count || a->unknown != b->unknown)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same_amounts(a->amounts[i], b->amounts[i]))
            return false;
    return true;
}

static bool same_periods(const Period *a, const Period *b)
{
    return a->start.day == b->start.day && a->start.precision == b->start.precision
        && a->end.day == b->end.day && a->end.precision == b->end.precision
        && a->start_unknown == b->start_unknown && a->end_unknown == b->end_unknown;
}

static bool same_values(const Groups *groups, Value a, Value b)
{
    if (a.kind != b.kind)
        return false;
    switch ((ValueKind)a.kind) {
    case VALUE_AMOUNT:
        return same_amounts(*a.as.amount, *b.as.amount);
    case VALUE_DATE:
        return a.as.date.day == b.as.date.day && a.as.date.precision == b.as.date.precision;
    case VALUE_PERIOD:
        return same_periods(a.as.period, b.as.period);
    case VALUE_TARGET:
        return same_targets(a.as.target, b.as.target);
    case VALUE_BAG:
        return same_bags(a.as.bag, b.as.bag);
    case VALUE_LIST:
        if (a.count != b.count)
            return false;
        for (uint32_t i = 0; i < a.count; i++)
            if (!same_values(groups, a.as.items[i], b.as.items[i]))
                return false;
        return true;
    case VALUE_TEXT:
    case VALUE_WORD:
    case VALUE_KIND:
    case VALUE_BOOL:
    case VALUE_NUMBER:
    case VALUE_ENTITY:
        return value_order(groups->evaluation, a, b) == 0;
    case VALUE_ABSENT:
    case VALUE_UNKNOWN:
    case VALUE_NONE:
    case VALUE_POISON:
        break;
    }
    return true;
}

static bool same_rows(const Groups *groups, size_t group, const Value *cells)
{
    for (size_t i = 0; i < groups->width; i++)
        if (!same_values(groups, groups->cells[group * groups->width + i], cells[i]))
            return false;
    return true;
}

static void place(Groups *groups, size_t group)
{
    size_t mask = groups->slot_count - 1, slot = groups->hashes[group] & mask;

    while (groups->slots[slot])
        slot = (slot + 1) & mask;
    groups->slots[slot] = (uint32_t)group + 1;
}

static void enlarge(Groups *groups)
{
    groups->slot_count *= 4;
    groups->slots = arena_array(groups->evaluation->arena, groups->slot_count,
                                sizeof *groups->slots);
    for (size_t i = 0; i < groups->count; i++)
        place(groups, i);
}

static size_t add_group(Groups *groups, const Value *cells, uint64_t hash)
{
    Arena *arena = groups->evaluation->arena;
    size_t group = groups->count++;

    groups->cells = arena_grow(arena, groups->cells, &groups->cell_capacity,
                               groups->count * groups->width, sizeof *groups->cells);
    groups->hashes = arena_grow(arena, groups->hashes, &groups->hash_capacity, groups->count,
                                sizeof *groups->hashes);
    memcpy(groups->cells + group * groups->width, cells, groups->width * sizeof *cells);
    groups->hashes[group] = hash;
    place(groups, group);
    if (groups->count * 2 > groups->slot_count)
        enlarge(groups);
    return group;
}

size_t groups_add(Groups *groups, const Value *cells, bool *is_new)
{
    uint64_t hash = arena_env(groups->evaluation->arena)->seed + 1;
    size_t mask = groups->slot_count - 1;

    for (size_t i = 0; i < groups->width; i++)
        hash = hash_value(groups, cells[i], hash);
    hash = mix(hash, groups->width);
    *is_new = false;
    for (size_t slot = hash & mask; groups->slots[slot]; slot = (slot + 1) & mask) {
        size_t group = groups->slots[slot] - 1;
        if (groups->hashes[group] == hash && same_rows(groups, group, cells))
            return group;
    }
    *is_new = true;
    return add_group(groups, cells, hash);
}

size_t groups_count(const Groups *groups)
{
    return groups->count;
}

const Value *groups_cells(const Groups *groups)
{
    return groups->cells;
}
