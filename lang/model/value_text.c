/* value_text.c -- a value as a person reads it, in a language. */
#include <string.h>

#include "lang/model/collection.h"
#include "lang/model/snapshot_rows.h"
#include "lang/syntax/printer.h"

/* ---- Texts under construction ---------------------------------------------------------- */

static const char *message_text(Arena *arena, const Snapshot *snapshot, LangId language,
                                MessageId message, int64_t count)
{
    DiagArg number = {.name = "count", .kind = ARG_NUMBER, .number = count};
    DiagText text = {.message = message, .args = &number, .arg_count = 1};
    return diag_text(arena, snapshot->words, language, &text, NULL);
}

static const char *join(Arena *arena, const char *first, const char *between,
                        const char *second)
{
    return *first ? arena_format(arena, "%s%s%s", first, between, second) : second;
}

/* ---- Units ----------------------------------------------------------------------------- */

static bool is_plural(const Words *words, LangId language, Decimal number)
{
    Decimal positive = number;
    if (positive.coefficient < 0)
        positive.coefficient = -positive.coefficient;
    int64_t integer;
    if (decimal_is_integer(positive, &integer))
        return words_is_plural(words, language, integer);
    if (words_is_plural(words, language, 0))        /* only one is singular */
        return true;
    return decimal_compare(positive, decimal_of(2)) >= 0;
}

static const char *counted_text(const Snapshot *snapshot, Unit unit, bool plural)
{
    NameId key = UNIT_INDEX(unit);
    const CountedUnit *counted = counted_unit(snapshot, key);
    if (!counted)
        return names_text(snapshot->names, key);
    NameId wanted = plural ? counted->plural : counted->singular;
    NameId other = plural ? counted->singular : counted->plural;
    return names_text(snapshot->names, wanted ? wanted : other);
}

static const char *one_unit(const Snapshot *snapshot, Unit unit, bool plural, LangId language)
{
    const char *text = NULL;
    switch (UNIT_FAMILY(unit)) {
    case UNIT_PERCENT:
        return "%";
    case UNIT_MONEY:
        return words_currency_code((uint16_t)UNIT_INDEX(unit));
    case UNIT_TIME:
        text = words_text(snapshot->words, language, ROLE_UNIT, (uint16_t)UNIT_INDEX(unit), 0,
                          plural ? WORD_PLURAL : WORD_USUAL);
        return text ? text : "";
    case UNIT_COUNT:
        return counted_text(snapshot, unit, plural);
    case UNIT_NONE:
        break;
    }
    return "";
}

const char *unit_text(Arena *arena, const Snapshot *snapshot, Unit unit, Unit per,
                      Decimal number, LangId language)
{
    const char *text = one_unit(snapshot, unit, is_plural(snapshot->words, language, number),
                                language);
    if (!per)
        return text;
    return arena_format(arena, "%s/%s", text, one_unit(snapshot, per, false, language));
}

static const char *amount_text(Arena *arena, const Snapshot *snapshot, Amount amount,
                               LangId language)
{
    const char *number = print_decimal(arena, amount.number, language);
    const char *unit = unit_text(arena, snapshot, amount.unit, amount.per, amount.number,
                                 language);
    return *unit ? arena_format(arena, "%s %s", number, unit) : number;
}

/* ---- Dates ----------------------------------------------------------------------------- */

static const char *date_text(Arena *arena, const Snapshot *snapshot, Date date, LangId language)
{
    int year, month, day;
    date_parts(date, &year, &month, &day);
    if (!month)
        return arena_format(arena, "%d", year);
    const char *name = words_text(snapshot->words, language, ROLE_MONTH, (uint16_t)month, 0,
                                  WORD_USUAL);
    if (!day)
        return arena_format(arena, "%s %d", name, year);
    const char *first = day == 1 ? message_text(arena, snapshot, language,
                                                MESSAGE_VALUE_FIRST_DAY, 1) : "";
    return *first ? arena_format(arena, "%s %s %d", first, name, year)
                  : arena_format(arena, "%d %s %d", day, name, year);
}

static const char *period_text(Arena *arena, const Snapshot *snapshot, const Period *period,
                               LangId language)
{
    const char *start = period->start_unknown ? "?"
        : date_text(arena, snapshot, period->start, language);
    const char *end = period->end_unknown ? "?"
        : date_text(arena, snapshot, period->end, language);
    return strcmp(start, end) == 0 ? start
                                   : arena_format(arena, "%s \xe2\x80\x93 %s", start, end);
}

static const char *target_text(Arena *arena, const Snapshot *snapshot, const Target *target,
                               LangId language)
{
    static const char *const bounds[] = {"", "< ", "<= ", "> ", ">= "};
    const char *text;
    if (target->has_high) {
        text = arena_format(arena, "%s..%s",
                            print_decimal(arena, target->low.number, language),
                            amount_text(arena, snapshot, target->high, language));
    } else {
        text = arena_format(arena, "%s%s", bounds[target->bound],
                            amount_text(arena, snapshot, target->low, language));
    }
    if (!target->has_by)
        return text;
    int year, month, day;
    date_parts(target->by, &year, &month, &day);
    const char *by = day ? message_text(arena, snapshot, language, MESSAGE_VALUE_BY_DAY, 0)
                         : words_text(snapshot->words, language, ROLE_CORE, CORE_BY, 0, WORD_USUAL);
    return arena_format(arena, "%s %s %s", text, by,
                        date_text(arena, snapshot, target->by, language));
}

/* ---- Values ---------------------------------------------------------------------------- */

static const char *bag_text(Arena *arena, const Snapshot *snapshot, const Bag *bag,
                            LangId language)
{
    const char *text = "";
    for (uint32_t i = 0; i < bag->count; i++)
        text = join(arena, text, " + ", amount_text(arena, snapshot, bag->amounts[i], language));
    if (!bag->unknown)
        return *text ? text : "0";
    return join(arena, text, ", ", message_text(arena, snapshot, language,
                                                MESSAGE_VALUE_NOT_KNOWN, bag->unknown));
}

static const char *entity_text(Arena *arena, const Snapshot *snapshot, EntityId entity)
{
    NameId name = entity_name(snapshot, entity);
    bool is_made = entity_row(snapshot, entity)->flags & ENTITY_MADE_NAME;
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    if (name && !(is_made && title))
        return names_text(snapshot->names, name);
    return title ? arena_copy(arena, title, length) : entity_path(snapshot, entity);
}

/* "contribution of Orange", "35 h, contribution of Orange": what has neither title nor name. */
static const char *nameless_text(Arena *arena, const Snapshot *snapshot, EntityId entity,
                                 LangId language)
{
    EntityId owner = entity_owner(snapshot, entity);
    Value amount = entity_amount(snapshot, entity), key = entity_key(snapshot, entity);
    const char *noun = words_text(snapshot->words, language, ROLE_KIND,
                                  entity_kind(snapshot, entity), 0, WORD_NOUN);
    const char *head = "";
    if (amount.kind != VALUE_ABSENT && amount.kind != VALUE_UNKNOWN)
        head = value_text(arena, snapshot, amount, language);
    else if (key.kind != VALUE_ABSENT && key.kind != VALUE_UNKNOWN)
        head = value_text(arena, snapshot, key, language);
    if (!owner)
        return join(arena, noun ? noun : "", *head ? " " : "", head);
    DiagArg args[] = {
        {.name = "noun", .kind = ARG_TEXT, .text = noun ? noun : ""},
        {.name = "owner", .kind = ARG_TEXT,
         .text = entity_label(arena, snapshot, owner, language)},
    };
    DiagText text = {.message = MESSAGE_NAMELESS_THING, .args = args, .arg_count = 2};
    return join(arena, head, ", ", diag_text(arena, snapshot->words, language, &text, NULL));
}

const char *entity_label(Arena *arena, const Snapshot *snapshot, EntityId entity, LangId language)
{
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    if (title)
        return arena_copy(arena, title, length);
    NameId name = entity_name(snapshot, entity);
    return name ? names_text(snapshot->names, name)
                : nameless_text(arena, snapshot, entity, language);
}

static const char *list_text(Arena *arena, const Snapshot *snapshot, Value value,
                             LangId language)
{
    char *text = NULL;
    size_t length = 0, capacity = 0;
    for (uint32_t i = 0; i < value.count; i++) {
        const char *item = value_text(arena, snapshot, value.as.items[i], language);
        size_t size = strlen(item);
        text = arena_grow(arena, text, &capacity, length + size + 3, 1);
        if (i) {
            memcpy(text + length, ", ", 2);
            length += 2;
        }
        memcpy(text + length, item, size);
        length += size;
    }
    return text ? arena_copy(arena, text, length) : "";
}

static const char *word_text(const Snapshot *snapshot, WordRole role, uint16_t id,
                             uint16_t scope, WordForm form, LangId language)
{
    const char *text = words_text(snapshot->words, language, role, id, scope, form);
    return text ? text : "";
}

const char *value_text(Arena *arena, const Snapshot *snapshot, Value value, LangId language)
{
    switch ((ValueKind)value.kind) {
    case VALUE_UNKNOWN:
        return message_text(arena, snapshot, language, MESSAGE_VALUE_UNKNOWN, 1);
    case VALUE_NONE:
        return message_text(arena, snapshot, language, MESSAGE_VALUE_NONE, 1);
    case VALUE_TEXT:
        return arena_copy(arena, value.as.text, value.count);
    case VALUE_WORD:
        return word_text(snapshot, ROLE_LISTED, value.as.word, value.list, WORD_USUAL, language);
    case VALUE_BOOL:
        return word_text(snapshot, ROLE_YES_NO, value.as.truth ? 1 : 2, 0, WORD_USUAL, language);
    case VALUE_NUMBER:
        return print_decimal(arena, value.as.number, language);
    case VALUE_AMOUNT:
        return amount_text(arena, snapshot, *value.as.amount, language);
    case VALUE_DATE:
        return date_text(arena, snapshot, value.as.date, language);
    case VALUE_PERIOD:
        return period_text(arena, snapshot, value.as.period, language);
    case VALUE_TARGET:
        return target_text(arena, snapshot, value.as.target, language);
    case VALUE_ENTITY:
        if (entity_name(snapshot, value.as.entity))
            return entity_text(arena, snapshot, value.as.entity);
        return entity_label(arena, snapshot, value.as.entity, language);
    case VALUE_LIST:
        return list_text(arena, snapshot, value, language);
    case VALUE_BAG:
        return bag_text(arena, snapshot, value.as.bag, language);
    case VALUE_KIND:
        return word_text(snapshot, ROLE_KIND, value.as.word, 0, WORD_NOUN, language);
    case VALUE_ABSENT: case VALUE_POISON:
        break;
    }
    return "";
}
