/* bind_amounts.c -- numbers with units: which unit a word after a number means. */
#include "lang/model/bind.h"

#include <string.h>

#include "lang/model/collection.h"
#include "lang/syntax/printer.h"

/* ---- Keeping --------------------------------------------------------------------------- */

uint32_t bind_keep_amount(Binder *binder, Amount amount)
{
    Snapshot *snapshot = binder->snapshot;
    snapshot->amounts = arena_grow(snapshot->arena, snapshot->amounts,
                                   &snapshot->amount_capacity, snapshot->amount_count + 1,
                                   sizeof *snapshot->amounts);
    snapshot->amounts[snapshot->amount_count] = amount;
    return (uint32_t)snapshot->amount_count++;
}

uint32_t bind_keep_number(Binder *binder, Decimal number)
{
    Snapshot *snapshot = binder->snapshot;
    snapshot->numbers = arena_grow(snapshot->arena, snapshot->numbers,
                                   &snapshot->number_capacity, snapshot->number_count + 1,
                                   sizeof *snapshot->numbers);
    snapshot->numbers[snapshot->number_count] = number;
    return (uint32_t)snapshot->number_count++;
}

/* ---- Counted things -------------------------------------------------------------------- */

static CountedUnit *unit_slot(const Snapshot *snapshot, NameId key)
{
    size_t mask = snapshot->unit_capacity - 1;
    for (size_t i = (key * 2654435761u >> 7) & mask;; i = (i + 1) & mask)
        if (snapshot->units[i].key == key || snapshot->units[i].key == 0)
            return &snapshot->units[i];
}

const CountedUnit *counted_unit(const Snapshot *snapshot, NameId key)
{
    if (!snapshot->unit_capacity)
        return NULL;
    const CountedUnit *unit = unit_slot(snapshot, key);
    return unit->key ? unit : NULL;
}

static void reserve_units(Snapshot *snapshot)
{
    if ((snapshot->unit_count + 1) * 2 <= snapshot->unit_capacity)
        return;
    CountedUnit *old = snapshot->units;
    size_t old_capacity = snapshot->unit_capacity;
    snapshot->unit_capacity = old_capacity ? old_capacity * 2 : 32;
    snapshot->units = arena_array(snapshot->arena, snapshot->unit_capacity,
                                  sizeof *snapshot->units);
    for (size_t i = 0; i < old_capacity; i++)
        if (old[i].key)
            *unit_slot(snapshot, old[i].key) = old[i];
}

/* `seniors`, `Senior`: one unit, whose first spelling of each number is kept for showing. */
Unit unit_counted(Snapshot *snapshot, NameId word)
{
    NameId folded = names_folded(snapshot->names, word);
    const char *text = names_text(snapshot->names, folded);
    uint32_t length = names_length(snapshot->names, folded);
    bool is_plural = length > 2 && (text[length - 1] == 's' || text[length - 1] == 'x');
    NameId key = is_plural ? names_intern(snapshot->names, text, length - 1) : folded;
    reserve_units(snapshot);
    CountedUnit *unit = unit_slot(snapshot, key);
    if (!unit->key) {
        unit->key = key;
        snapshot->unit_count++;
    }
    if (is_plural && !unit->plural)
        unit->plural = word;
    if (!is_plural && !unit->singular)
        unit->singular = word;
    return UNIT(UNIT_COUNT, key);
}

/* A query may count what no file does: the first spelling is kept for its answer too. */
Unit snapshot_counted_unit(const Snapshot *snapshot, NameId word)
{
    return unit_counted((Snapshot *)snapshot, word);
}

/* ---- Words after a number -------------------------------------------------------------- */

static bool is_capitals(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < 'A' || text[i] > 'Z')
            return false;
    return length > 0;
}

static Diag *report_unit(Binder *binder, Span span, NameId word)
{
    Diag *diag = bind_report_span(binder, MESSAGE_UNKNOWN_UNIT, span);
    bind_arg_name(binder, diag, "unit", word);
    return diag;
}

/* What people write for a unit or a currency: `euros`, `d`, `eur`. */
static bool report_confused_unit(Binder *binder, const AmountLiteral *literal, Span whole)
{
    Arena *arena = binder->snapshot->arena;
    const Words *words = binder->snapshot->words;
    const Confusion *confusion = bind_confusion(binder, literal->unit, ROLE_CURRENCY, 0);
    const char *instead = NULL;
    if (confusion)
        instead = words_currency_code(confusion->id);
    if (!confusion) {
        confusion = bind_confusion(binder, literal->unit, ROLE_UNIT, 0);
        if (confusion)
            instead = words_text(words, binder->language, ROLE_UNIT, confusion->id, 0,
                                 WORD_USUAL);
    }
    if (!confusion)
        confusion = bind_confusion(binder, literal->unit, ROLE_PERCENT, 0);
    if (!confusion)
        return false;
    Diag *diag = report_unit(binder, literal->unit_span, literal->unit);
    if (confusion->instead)
        instead = confusion->instead;
    if (instead)                /* the number and its unit, as they ought to stand */
        bind_help_write(binder, diag, EDIT_LIKELY, (Span){whole.start, literal->unit_span.end},
                        arena_format(arena, "%s %s",
                                     print_decimal(arena, literal->number, binder->language),
                                     instead));
    return true;
}

static bool report_foreign_unit(Binder *binder, NameId word, Span span)
{
    static const WordRole roles[] = {ROLE_UNIT, ROLE_MONTH};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        const WordMeaning *foreign = bind_foreign(binder, word, roles[i], 0);
        if (foreign) {
            bind_report_foreign(binder, span, word, foreign);
            return true;
        }
    }
    return false;
}

static void note_units(Binder *binder, Diag *diag)
{
    Snapshot *snapshot = binder->snapshot;
    DiagArg *items = arena_array(snapshot->arena, TIME_PERSON_DAY + 1, sizeof *items);
    uint32_t count = 0;
    for (uint16_t id = TIME_MINUTE; id <= TIME_PERSON_DAY; id++)
        items[count++] = (DiagArg){.kind = ARG_WORD, .role = ROLE_UNIT, .id = id};
    DiagHelp *note = diag_note(&snapshot->diags, diag, MESSAGE_NOTE_UNITS);
    diag_text_arg(&snapshot->diags, &note->text,
                  (DiagArg){.name = "list", .kind = ARG_LIST, .items = items,
                            .item_count = count});
}

static bool find_time_unit(Binder *binder, NameId word, Unit *unit)
{
    UnitSlot *slot = &binder->unit_slots[(word * 31u) & (BIND_SLOTS - 1)];
    if (slot->word != word || slot->language != binder->language) {
        const Snapshot *snapshot = binder->snapshot;
        const WordMeaning *meaning = words_find(snapshot->words, snapshot->names,
                                                binder->language, word, ROLE_UNIT, 0);
        *slot = (UnitSlot){word, binder->language, meaning ? UNIT(UNIT_TIME, meaning->id) : 0};
    }
    *unit = slot->unit;
    return slot->unit != 0;
}

/* The counting units seen before need no second look. */
static bool find_counted(Binder *binder, NameId word, Unit *unit)
{
    const UnitSlot *slot = &binder->count_slots[word & (BIND_SLOTS - 1)];
    *unit = slot->unit;
    return slot->word == word && slot->language == binder->language;
}

static Unit remember_counted(Binder *binder, NameId word)
{
    Unit unit = unit_counted(binder->snapshot, word);
    binder->count_slots[word & (BIND_SLOTS - 1)] = (UnitSlot){word, binder->language, unit};
    return unit;
}

static bool resolve_unit(Binder *binder, const AmountLiteral *literal, Span whole,
                         AmountPlace place, Unit *unit)
{
    if (find_time_unit(binder, literal->unit, unit))
        return true;
    if (place != AMOUNT_MONEY && place != AMOUNT_DURATION
        && find_counted(binder, literal->unit, unit))
        return true;
    if (report_confused_unit(binder, literal, whole)
        || report_foreign_unit(binder, literal->unit, literal->unit_span))
        return false;
    const Names *names = binder->snapshot->names;
    const char *text = names_text(names, literal->unit);
    size_t length = names_length(names, literal->unit);
    if (place == AMOUNT_MONEY && length == 3 && is_capitals(text, length)) {
        Diag *diag = bind_report_span(binder, MESSAGE_UNKNOWN_CURRENCY, literal->unit_span);
        bind_arg_name(binder, diag, "currency", literal->unit);
        bind_help(binder, diag, MESSAGE_HELP_CURRENCY, EDIT_EXAMPLE);
        return false;
    }
    if (place == AMOUNT_DURATION) {
        Diag *diag = report_unit(binder, literal->unit_span, literal->unit);
        note_units(binder, diag);
        return false;
    }
    *unit = remember_counted(binder, literal->unit);
    return true;
}

static bool resolve_per(Binder *binder, const AmountLiteral *literal, AmountPlace place,
                        Unit *per)
{
    if (find_time_unit(binder, literal->per, per))
        return true;
    if (report_foreign_unit(binder, literal->per, literal->per_span))
        return false;
    if (place == AMOUNT_RATE_BY_ANY) {
        *per = unit_counted(binder->snapshot, literal->per);
        return true;
    }
    Diag *diag = bind_report_span(binder, MESSAGE_UNKNOWN_RATE, literal->per_span);
    bind_arg_name(binder, diag, "unit", literal->per);
    const Confusion *confusion = bind_confusion(binder, literal->per, ROLE_UNIT, 0);
    if (confusion) {
        const char *instead = words_text(binder->snapshot->words, binder->language, ROLE_UNIT,
                                         confusion->id, 0, WORD_USUAL);
        if (instead)
            bind_help_write(binder, diag, EDIT_LIKELY, literal->per_span, instead);
    }
    note_units(binder, diag);
    return false;
}

bool bind_amount(Binder *binder, NodeId node, AmountPlace place, Amount *amount)
{
    const AmountLiteral *literal = &binder->tree->amounts[bind_node(binder, node)->data];
    Span whole = node_span(bind_node(binder, node));
    *amount = (Amount){.number = literal->number};
    if (literal->is_percent)
        amount->unit = UNIT(UNIT_PERCENT, 0);
    else if (literal->currency)
        amount->unit = UNIT(UNIT_MONEY, literal->currency);
    else if (literal->unit && !resolve_unit(binder, literal, whole, place, &amount->unit))
        return false;
    if (literal->per && !resolve_per(binder, literal, place, &amount->per))
        return false;
    uint32_t unit_id = UNIT_FAMILY(amount->unit) == UNIT_TIME ? UNIT_INDEX(amount->unit) : 0;
    uint32_t per_id = UNIT_FAMILY(amount->per) == UNIT_TIME ? UNIT_INDEX(amount->per) : 0;
    bind_write_id(binder, node, (uint16_t)(unit_id | per_id << 8));
    return true;
}

/* ---- Years ----------------------------------------------------------------------------- */

bool bind_date(const Binder *binder, NodeId id, Date *date)
{
    const Node *node = bind_node(binder, id);
    if (node->kind == NODE_DATE) {
        *date = (Date){.day = (int32_t)node->data, .precision = node->flags & 3};
        return true;
    }
    if (node->kind != NODE_AMOUNT)
        return false;
    const AmountLiteral *literal = &binder->tree->amounts[node->data];
    int64_t year;
    if (literal->unit || literal->per || literal->currency || literal->is_percent
        || literal->has_sign || literal->number.scale != 0
        || !decimal_is_integer(literal->number, &year) || year < 1000 || year > 9999)
        return false;
    return date_make((int)year, 0, 0, date);
}
