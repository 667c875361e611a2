/* maker_value.c -- see maker.h: values of every type, as many ways as there are to write one. */
#include "tests/generated/maker.h"

#include <stdio.h>
#include <string.h>

/* ---- Numbers and amounts ----------------------------------------------------------------- */

/* Digits grouped by blanks, by `_`, or not at all; never three decimals but after 0. */
static void make_decimal(Maker *maker, unsigned whole, bool may_have_decimals)
{
    static const char *const groups[] = {"", " ", "_", "\xe2\x80\xaf"};
    static const char *const decimals[] = {"5", "25", "00", "1250", "07"};
    const char *group = groups[maker->is_tidy ? 1 : make_number(maker, 4)];
    char text[32];
    if (whole >= 1000)
        snprintf(text, sizeof text, "%u%s%03u", whole / 1000, group, whole % 1000);
    else
        snprintf(text, sizeof text, "%u", whole);
    make_bytes(maker, text);
    if (!may_have_decimals || make_number(maker, 3))
        return;
    bool comma = words_decimal_comma(maker->words, maker->language) && (maker->is_tidy || make_number(maker, 3));
    make_bytes(maker, comma ? "," : ".");
    make_bytes(maker, whole == 0 && make_once_in(maker, 2) ? "125" : decimals[make_number(maker, 5)]);
}

static unsigned some_number(Maker *maker)
{
    static const unsigned orders[] = {2, 10, 100, 1000, 10000, 1000000};
    return make_number(maker, orders[make_number(maker, 6)]);
}

/* The unit after a number: as one, or as many. */
static void make_time_unit(Maker *maker, unsigned unit, unsigned count)
{
    maker->tally->units[unit]++;
    make_word(maker, ROLE_UNIT, (uint16_t)unit, 0, count > 1 ? WORD_PLURAL : WORD_USUAL);
}

static void make_money(Maker *maker)
{
    static const char *const codes[] = {"EUR", "USD", "GBP", "CHF", "XOF"};
    static const char *const signs[] = {"\xe2\x82\xac", "$", "\xc2\xa3", "k\xe2\x82\xac", "M\xe2\x82\xac"};
    unsigned whole = some_number(maker);
    if (make_once_in(maker, 4)) {
        make_decimal(maker, whole % 1000, false);
        if (maker->is_tidy || make_number(maker, 4))
            make_blank(maker);
        make_bytes(maker, signs[make_number(maker, 5)]);
    } else {
        make_decimal(maker, whole, true);
        make_blank(maker);
        make_bytes(maker, codes[make_number(maker, 5)]);
    }
}

static void make_duration(Maker *maker)
{
    unsigned count = 1 + make_number(maker, 40);
    make_decimal(maker, count, false);
    make_blank(maker);
    make_time_unit(maker, 1 + make_number(maker, TIME_ID_END - 1), count);
}

static void make_rate(Maker *maker)
{
    make_bytes(maker, "/");
    make_time_unit(maker, TIME_DAY + make_number(maker, TIME_YEAR - TIME_DAY + 1), 1);
}

void make_measure(Maker *maker, bool is_money)
{
    static const char *const units[] = {"seniors", "tablets", "\xc3\xa9l\xc3\xa8ves", "PME", "kWh"};
    unsigned form = is_money ? 0 : make_number(maker, 6);
    if (maker->unit) {
        make_decimal(maker, some_number(maker), false);
        make_blank(maker);
        make_bytes(maker, maker->unit);
        return;
    }
    switch (form) {
    case 0: case 1:
        make_money(maker);
        break;
    case 2: case 3:
        make_duration(maker);
        break;
    case 4:
        make_decimal(maker, some_number(maker) % 200, true);
        make_bytes(maker, make_once_in(maker, 2) || maker->is_tidy ? " %" : "%");
        return;
    default:
        make_decimal(maker, some_number(maker), false);
        make_blank(maker);
        make_bytes(maker, units[make_number(maker, 5)]);
    }
    if (make_once_in(maker, 4))
        make_rate(maker);
}

/* ---- Dates ------------------------------------------------------------------------------- */

void make_date(Maker *maker, unsigned after)
{
    unsigned year = 2000 + after, month = 1 + make_number(maker, 12), day = 1 + make_number(maker, 28);
    char text[32];
    switch (make_number(maker, 6)) {
    case 0:
        snprintf(text, sizeof text, "%u-%02u", year, month);
        make_bytes(maker, text);
        return;
    case 1:
        snprintf(text, sizeof text, "%u", year);
        make_bytes(maker, text);
        return;
    case 2: case 3:
        if (!maker->is_tidy) {      /* in words, which the formatter makes digits of */
            if (make_number(maker, 3)) {
                snprintf(text, sizeof text, "%u", day);
                make_bytes(maker, text);
                make_bytes(maker, day == 1 && maker->language == LANG_FR ? "er " : " ");
            }
            make_word(maker, ROLE_MONTH, (uint16_t)month, 0, WORD_USUAL);
            snprintf(text, sizeof text, " %u", year);
            make_bytes(maker, text);
            return;
        }
        break;
    default:
        break;
    }
    snprintf(text, sizeof text, "%u-%02u-%02u", year, month, day);
    make_bytes(maker, text);
}

static void make_period(Maker *maker)
{
    unsigned after = make_number(maker, 20), form = make_number(maker, 6);
    if (form == 0) {
        make_date(maker, after);
        return;
    }
    make_date(maker, after);
    make_bytes(maker, maker->is_tidy || make_number(maker, 4) ? ".." : " .. ");
    if (form == 1)
        make_bytes(maker, "?");
    else
        make_date(maker, after + 1 + make_number(maker, 9));
}

static void make_target(Maker *maker)
{
    static const char *const bounds[] = {"< ", "<= ", "> ", ">= ", "\xe2\x89\xa5 ", "<="};
    unsigned form = make_number(maker, 4);
    if (form == 0) {
        char text[32];
        unsigned low = make_number(maker, 90);
        snprintf(text, sizeof text, "%u..%u ", low, low + make_number(maker, 10));
        make_bytes(maker, text);
        make_bytes(maker, maker->unit ? maker->unit : "%");
    } else {
        if (form == 1)
            make_bytes(maker, bounds[make_number(maker, 6)]);
        make_measure(maker, false);
    }
    if (make_once_in(maker, 3)) {
        make_blank(maker);
        make_core(maker, CORE_BY);
        make_blank(maker);
        make_date(maker, make_number(maker, 30));
    }
}

/* ---- Texts ------------------------------------------------------------------------------- */

/* Several lines; its first stands under the word before it. */
static void make_long_text(Maker *maker)
{
    static const char *const lines[] = {"One line.", "  A second, further in: \"quoted\".", "", "# no comment", "}",
                                        "Fin \xc3\xa9""crite."};
    make_bytes(maker, "\"\"\"");
    unsigned count = 1 + make_number(maker, 4);
    for (unsigned i = 0; i < count; i++) {
        const char *line = lines[i ? make_number(maker, 6) : 0];
        make_bytes(maker, maker->line_end);
        make_bytes(maker, *line ? "    " : "");
        make_bytes(maker, line);
    }
    make_bytes(maker, maker->line_end);
    make_bytes(maker, "    \"\"\"");
}

static void make_whole(Maker *maker, int32_t minimum, int32_t maximum, bool is_signed)
{
    int32_t number = minimum == maximum ? (int32_t)make_number(maker, 20)
                                        : minimum + (int32_t)make_number(maker, (unsigned)(maximum - minimum + 1));
    char text[16];
    snprintf(text, sizeof text, is_signed && number > 0 ? "+%d" : "%d", (int)number);
    make_bytes(maker, text);
}

/* ---- Values ------------------------------------------------------------------------------ */

static void make_one(Maker *maker, const Wanted *wanted)
{
    static const char *const tags[] = {"digital", "elders", "\xc3\xa9t\xc3\xa9", "peer-help", "Nord"};
    const ListInfo *list = wanted->list ? vocabulary_list(maker->vocabulary, wanted->list) : NULL;
    const MadeName *name = NULL;
    WordId word;
    switch (wanted->type) {
    case TYPE_TEXT: case TYPE_TEXTS: case TYPE_NONE: case TYPE_BAG: case TYPE_ENTITIES: case TYPE_ANY: case TYPE_COUNT:
        if (wanted->type == TYPE_TEXT && wanted->may_be_long && make_once_in(maker, 10))
            make_long_text(maker);
        else
            make_quoted(maker);
        return;
    case TYPE_LINK:
        make_bytes(maker, make_once_in(maker, 2) ? "\"https://example.org/a?b=c#d\"" : "\"notes/meeting.md\"");
        return;
    case TYPE_DATE:
        make_date(maker, make_number(maker, 30));
        return;
    case TYPE_PERIOD:
        make_period(maker);
        return;
    case TYPE_DURATION:
        make_duration(maker);
        return;
    case TYPE_MONEY:
        make_money(maker);
        return;
    case TYPE_AMOUNT:
        make_measure(maker, false);
        return;
    case TYPE_NUMBER:
        make_decimal(maker, some_number(maker), true);
        return;
    case TYPE_INTEGERS: case TYPE_LEVEL:
        make_whole(maker, wanted->minimum, wanted->maximum, false);
        return;
    case TYPE_POSITION:
        make_whole(maker, wanted->minimum, wanted->maximum, true);
        return;
    case TYPE_PERCENT:
        make_whole(maker, wanted->minimum, wanted->maximum, wanted->minimum < 0);
        make_bytes(maker, " %");
        return;
    case TYPE_TARGET:
        make_target(maker);
        return;
    case TYPE_YES_NO:
        make_word(maker, ROLE_YES_NO, (uint16_t)(1 + make_number(maker, 2)), 0, WORD_USUAL);
        return;
    case TYPE_WORD: case TYPE_WORDS:
        word = list->words[make_number(maker, list->count)];
        maker->tally->listed[word]++;
        make_word(maker, ROLE_LISTED, word, wanted->list, WORD_USUAL);
        return;
    case TYPE_OPEN_WORDS:
        make_bytes(maker, tags[make_number(maker, 5)]);
        return;
    case TYPE_REF_OR_TEXT: case TYPE_REF_OR_TEXTS:
    case TYPE_REF: case TYPE_REFS:
        name = make_pick(maker, wanted->kinds, wanted->kind_count);
        if ((wanted->type == TYPE_REF_OR_TEXT || wanted->type == TYPE_REF_OR_TEXTS)
            && (!name || make_once_in(maker, 3)))
            make_quoted(maker);
        else if (name)
            make_reference(maker, name);
        else
            make_bytes(maker, "?");
        return;
    }
}

static bool is_list(PropertyType type)
{
    return type == TYPE_TEXTS || type == TYPE_INTEGERS || type == TYPE_WORDS || type == TYPE_OPEN_WORDS
        || type == TYPE_REFS || type == TYPE_REF_OR_TEXTS;
}

void make_typed(Maker *maker, const Wanted *wanted)
{
    maker->tally->types[wanted->type]++;
    make_one(maker, wanted);
    if (!is_list(wanted->type) || (wanted->kind_count && !make_pick(maker, wanted->kinds, wanted->kind_count)))
        return;
    for (unsigned more = make_number(maker, 4); more > 1; more--) {
        make_bytes(maker, ",");
        if (make_once_in(maker, 6))
            make_line(maker);
        else
            make_blank(maker);
        make_one(maker, wanted);
    }
    if (make_once_in(maker, 10))
        make_bytes(maker, ", ?");
}

bool make_value(Maker *maker, const Wanted *wanted)
{
    if (make_once_in(maker, 14)) {
        make_bytes(maker, "?");
        maker->tally->unknown++;
        return false;
    }
    if (make_once_in(maker, 20)) {
        make_core(maker, CORE_NONE);
        maker->tally->none++;
        if (make_once_in(maker, 2)) {
            make_blank(maker);
            make_quoted(maker);
        }
        return true;
    }
    make_typed(maker, wanted);
    return true;
}

void make_notes(Maker *maker, bool is_unknown)
{
    static const CoreId notes[] = {CORE_ASSUMPTION, CORE_CONFIDENTIAL, CORE_SOURCE, CORE_ASK};
    unsigned first = make_number(maker, 3), count = 1 + make_number(maker, 3 - first);
    if (is_unknown && make_once_in(maker, 2))
        first = 3, count = 1;
    make_blank(maker);
    make_bytes(maker, "(");
    for (unsigned i = first; i < first + count; i++) {
        if (i > first) {
            make_bytes(maker, ",");
            make_blank(maker);
        }
        make_core(maker, notes[i]);
        maker->tally->notes++;
        if (notes[i] == CORE_SOURCE || notes[i] == CORE_ASK) {
            make_blank(maker);
            make_quoted(maker);
        }
    }
    make_bytes(maker, ")");
}
