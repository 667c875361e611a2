/* maker_statement.c -- see maker.h: expressions that make sense, and the statements around them. */
#include "tests/generated/maker.h"

#include <stdio.h>
#include <string.h>

static void make_condition(Maker *maker, KindId kind, unsigned depth);

/* ---- What a collection offers ------------------------------------------------------------ */

/* A kind that queries may go through. */
static KindId some_kind(Maker *maker)
{
    static const KindId kinds[] = {KIND_PARTNER, KIND_GOAL, KIND_KPI, KIND_BRINGS, KIND_ACTIVITY, KIND_NEED, KIND_MILESTONE,
                                   KIND_PHASE, KIND_RISK, KIND_FUNDING, KIND_BENEFICIARY, KIND_COMMITMENT, KIND_STAKEHOLDER,
                                   KIND_RESOURCE, KIND_AGREEMENT, KIND_TERRITORY};
    return kinds[make_number(maker, sizeof kinds / sizeof kinds[0])];
}

static void make_collection(Maker *maker, KindId kind)
{
    make_word(maker, ROLE_COLLECTION, kind, 0, WORD_USUAL);
}

/* A declared property of the kind, of one of the types asked for (bits); NULL: none was met. */
static const PropertyInfo *some_property(Maker *maker, KindId kind, uint32_t types)
{
    const KindInfo *info = vocabulary_kind(maker->vocabulary, kind);
    if (info->property_count == 0)
        return NULL;
    size_t start = make_number(maker, info->property_count);
    for (size_t i = 0; i < info->property_count; i++) {
        const PropertyInfo *property = &info->properties[(start + i) % info->property_count];
        if (!property->is_derived && types >> property->type & 1)
            return property;
    }
    return NULL;
}

#define BIT(type) (UINT32_C(1) << TYPE_##type)

/* A word between blanks; at times the line ends before it. */
static void make_join(Maker *maker, CoreId core)
{
    if (make_once_in(maker, 6))
        make_line(maker);
    else
        make_blank(maker);
    make_core(maker, core);
    make_blank(maker);
}

static void make_spaced(Maker *maker, CoreId core)
{
    make_blank(maker);
    make_core(maker, core);
    make_blank(maker);
}

/* ---- Tests -------------------------------------------------------------------------------- */

static void make_text_test(Maker *maker)
{
    static const char *const patterns[] = {"/senior|a\xc3\xaen\xc3\xa9/i", "/^[A-Z]{2,}\\/x$/", "/\\p{Lu}.*/", "/a b/"};
    switch (make_number(maker, 4)) {
    case 0:
        make_bytes(maker, make_once_in(maker, 2) ? " = " : " != ");
        make_quoted(maker);
        return;
    case 1:
        if (make_once_in(maker, 3)) {
            make_blank(maker);
            make_core(maker, CORE_NOT);
        }
        make_spaced(maker, CORE_CONTAINS);
        make_quoted(maker);
        return;
    case 2:
        make_spaced(maker, CORE_MATCHES);
        make_bytes(maker, patterns[make_number(maker, 4)]);
        return;
    default:
        make_spaced(maker, CORE_IN);
        make_bytes(maker, "(");
        make_quoted(maker);
        make_bytes(maker, ", ");
        make_quoted(maker);
        make_bytes(maker, ")");
    }
}

static void make_listed(Maker *maker, const PropertyInfo *property)
{
    make_typed(maker, &(Wanted){TYPE_WORD, property->list, 0, 0, NULL, 0, false});
}

static void make_word_test(Maker *maker, const PropertyInfo *property)
{
    if (make_number(maker, 3)) {
        make_bytes(maker, make_once_in(maker, 3) ? " != " : " = ");
        make_listed(maker, property);
        return;
    }
    if (make_once_in(maker, 2)) {
        make_blank(maker);
        make_core(maker, CORE_NOT);
    }
    make_spaced(maker, CORE_IN);
    make_bytes(maker, "(");
    make_listed(maker, property);
    make_bytes(maker, ", ");
    make_listed(maker, property);
    make_bytes(maker, ")");
}

static void make_comparison(Maker *maker)
{
    static const char *const signs[] = {" < ", " <= ", " > ", " >= ", " = ", " != ", " \xe2\x89\xa5 ", "<"};
    make_bytes(maker, signs[make_number(maker, maker->is_tidy ? 6 : 8)]);
}

static void make_day(Maker *maker)
{
    if (make_once_in(maker, 2)) {
        char text[24];
        snprintf(text, sizeof text, "2024-%02u-%02u", 1 + make_number(maker, 12), 1 + make_number(maker, 28));
        make_bytes(maker, text);
        return;
    }
    make_core(maker, CORE_TODAY);
    if (make_once_in(maker, 2)) {
        make_bytes(maker, make_once_in(maker, 2) ? " + 3 " : " - 3 ");
        make_word(maker, ROLE_UNIT, TIME_MONTH, 0, WORD_PLURAL);
    }
}

static void make_property_test(Maker *maker, const PropertyInfo *property)
{
    switch ((PropertyType)property->type) {
    case TYPE_TEXT:
        make_text_test(maker);
        return;
    case TYPE_WORD:
        make_word_test(maker, property);
        return;
    case TYPE_DATE:
        make_comparison(maker);
        make_day(maker);
        return;
    case TYPE_MONEY:
        make_comparison(maker);
        make_bytes(maker, make_once_in(maker, 2) ? "1 000 EUR" : "12 k\xe2\x82\xac");
        return;
    case TYPE_LEVEL: case TYPE_POSITION: case TYPE_NUMBER:
        make_comparison(maker);
        make_bytes(maker, "2");
        return;
    case TYPE_PERCENT:
        make_comparison(maker);
        make_bytes(maker, "50 %");
        return;
    default:
        break;
    }
    static const CoreId states[] = {CORE_EMPTY, CORE_UNKNOWN, CORE_NONE};
    make_spaced(maker, CORE_IS);
    if (make_once_in(maker, 3)) {
        make_core(maker, CORE_NOT);
        make_blank(maker);
    }
    make_core(maker, states[make_number(maker, 3)]);
}

/* A test of an element of the kind; anything can be empty. */
static void make_test(Maker *maker, KindId kind)
{
    const uint32_t types = BIT(TEXT) | BIT(WORD) | BIT(DATE) | BIT(MONEY) | BIT(LEVEL) | BIT(NUMBER) | BIT(PERCENT);
    const PropertyInfo *property = some_property(maker, kind, make_once_in(maker, 4) ? ~UINT32_C(0) : types);
    if (!property || make_once_in(maker, 8)) {
        make_word(maker, ROLE_PROPERTY, PROPERTY_TITLE, 0, WORD_USUAL);
        make_text_test(maker);
        return;
    }
    make_property_word(maker, property, kind);
    make_property_test(maker, property);
}

static void make_condition(Maker *maker, KindId kind, unsigned depth)
{
    switch (depth == 0 ? 0 : make_number(maker, 6)) {
    case 1: case 2:
        make_condition(maker, kind, depth - 1);
        make_join(maker, make_once_in(maker, 2) ? CORE_AND : CORE_OR);
        make_condition(maker, kind, depth - 1);
        return;
    case 3:
        make_core(maker, CORE_NOT);
        make_bytes(maker, " (");
        make_condition(maker, kind, depth - 1);
        make_bytes(maker, ")");
        return;
    case 4:
        make_bytes(maker, "(");
        make_condition(maker, kind, depth - 1);
        make_bytes(maker, ")");
        return;
    default:
        make_test(maker, kind);
    }
}

/* ---- Queries ------------------------------------------------------------------------------ */

static void make_bar(Maker *maker)
{
    if (make_once_in(maker, 5))
        make_line(maker);
    else
        make_blank(maker);
    make_bytes(maker, "|");
    make_blank(maker);
}

static void make_field(Maker *maker, KindId kind, uint32_t types)
{
    const PropertyInfo *property = some_property(maker, kind, types);
    if (property)
        make_property_word(maker, property, kind);
    else
        make_word(maker, ROLE_PROPERTY, PROPERTY_TITLE, 0, WORD_USUAL);
}

static void make_last_step(Maker *maker, KindId kind)
{
    const uint32_t words = BIT(WORD) | BIT(TEXT), any = ~UINT32_C(0);
    switch (make_number(maker, 6)) {
    case 0:
        make_bar(maker);
        make_core(maker, CORE_COUNT);
        if (make_once_in(maker, 2)) {
            make_spaced(maker, CORE_PER);
            make_field(maker, kind, words);
        }
        return;
    case 1:
        make_bar(maker);
        make_core(maker, CORE_DISTINCT);
        make_blank(maker);
        make_field(maker, kind, words);
        return;
    case 2: case 3:
        make_bar(maker);
        make_core(maker, CORE_SHOW);
        make_blank(maker);
        make_word(maker, ROLE_PROPERTY, PROPERTY_NAME, 0, WORD_USUAL);
        make_bytes(maker, ", ");
        make_field(maker, kind, any);
        return;
    default:
        return;
    }
}

static void make_pipe(Maker *maker)
{
    static const CoreId orders[] = {CORE_ASC, CORE_DESC};
    static const CoreId measures[] = {CORE_SUM, CORE_AVERAGE, CORE_MIN, CORE_MAX};
    KindId kind = some_kind(maker);
    if (make_once_in(maker, 6)) {
        make_collection(maker, KIND_BRINGS);
        make_bar(maker);
        make_core(maker, measures[make_number(maker, 4)]);
        make_blank(maker);
        make_word(maker, ROLE_PROPERTY, PROPERTY_WORTH, KIND_BRINGS, WORD_USUAL);
        if (make_once_in(maker, 2)) {
            make_spaced(maker, CORE_PER);
            make_word(maker, ROLE_PROPERTY, PROPERTY_NATURE, KIND_BRINGS, WORD_USUAL);
        }
        return;
    }
    make_collection(maker, kind);
    if (make_once_in(maker, 2)) {
        make_join(maker, CORE_WHERE);
        make_condition(maker, kind, 2);
    }
    if (make_once_in(maker, 3)) {
        make_bar(maker);
        make_core(maker, CORE_WHERE);
        make_blank(maker);
        make_condition(maker, kind, 1);
    }
    if (make_once_in(maker, 3)) {
        make_bar(maker);
        make_core(maker, CORE_SORT);
        make_blank(maker);
        make_field(maker, kind, BIT(TEXT) | BIT(WORD) | BIT(DATE) | BIT(LEVEL));
        if (make_once_in(maker, 2)) {
            make_blank(maker);
            make_core(maker, orders[make_number(maker, 2)]);
        }
        make_bytes(maker, ", ");
        make_word(maker, ROLE_PROPERTY, PROPERTY_NAME, 0, WORD_USUAL);
    }
    if (make_once_in(maker, 4)) {
        make_bar(maker);
        make_core(maker, CORE_TAKE);
        make_bytes(maker, " 3");
    }
    make_last_step(maker, kind);
}

/* ---- What is asserted --------------------------------------------------------------------- */

static void make_counted(Maker *maker)
{
    make_core(maker, CORE_COUNT);
    make_bytes(maker, "(");
    KindId kind = some_kind(maker);
    make_collection(maker, kind);
    if (make_once_in(maker, 2)) {
        make_blank(maker);
        make_core(maker, CORE_WHERE);
        make_blank(maker);
        make_condition(maker, kind, 1);
    }
    make_bytes(maker, ")");
}

static void make_quantified(Maker *maker)
{
    static const CoreId words[] = {CORE_NO, CORE_EXISTS, CORE_EVERY};
    CoreId word = words[make_number(maker, 3)];
    KindId kind = some_kind(maker);
    make_word(maker, ROLE_CORE, word, 0,
              words_is_feminine(maker->words, maker->language, ROLE_KIND, kind) ? WORD_FEMININE : WORD_USUAL);
    maker->tally->cores[word]++;
    make_blank(maker);
    if (word == CORE_EVERY && (maker->is_tidy || make_once_in(maker, 2)))
        make_word(maker, ROLE_KIND, kind, 0, WORD_NOUN);
    else
        make_collection(maker, kind);
    if (word != CORE_EVERY || make_once_in(maker, 3)) {
        make_join(maker, CORE_WHERE);
        make_condition(maker, kind, 1);
    }
    if (word != CORE_EVERY)
        return;
    if (make_once_in(maker, 2)) {
        make_spaced(maker, CORE_HAS);
        make_field(maker, kind, ~UINT32_C(0));
    } else {
        make_colon(maker);
        make_condition(maker, kind, 2);
    }
}

static void make_claim(Maker *maker)
{
    static const char *const sums[] = {"2 + 2 = 4", "(1 + 2) * 3 >= 9", "12.5 EUR * 2 = 25 EUR", "1 h + 30 min > 1 h",
                                       "10 / 4 = 2.5", "50 % * 10 EUR = 5 EUR", "2024-03-01 - 2024-02-01 = 29 days"};
    static const char *const sommes[] = {"2 + 2 = 4", "(1 + 2) * 3 >= 9", "12,5 EUR * 2 = 25 EUR", "1 h + 30 min > 1 h",
                                         "10 / 4 = 2,5", "50 % * 10 EUR = 5 EUR", "2024-03-01 - 2024-02-01 = 29 jours"};
    switch (make_number(maker, 5)) {
    case 0:
        make_bytes(maker, (maker->language == LANG_FR ? sommes : sums)[make_number(maker, 7)]);
        return;
    case 1:
        make_counted(maker);
        make_comparison(maker);
        make_counted(maker);
        make_bytes(maker, make_once_in(maker, 2) ? " * 2 + 1" : "");
        return;
    case 2:
        make_core(maker, CORE_SUM);
        make_bytes(maker, "(");
        make_word(maker, ROLE_PROPERTY, PROPERTY_WORTH, KIND_BRINGS, WORD_USUAL);
        make_spaced(maker, CORE_OF);
        make_collection(maker, KIND_BRINGS);
        make_bytes(maker, ")");
        make_comparison(maker);
        make_bytes(maker, "100 EUR");
        return;
    default:
        make_quantified(maker);
    }
}

/* ---- Statements --------------------------------------------------------------------------- */

static void make_check_id(Maker *maker)
{
    make_word(maker, ROLE_CHECK, (uint16_t)(1 + make_number(maker, CHECK_ID_END - 1)), 0, WORD_USUAL);
}

static void make_accept(Maker *maker)
{
    make_core(maker, CORE_ACCEPT);
    make_blank(maker);
    make_check_id(maker);
    const MadeName *name = make_pick(maker, NULL, 0);
    if (name && make_once_in(maker, 2)) {
        make_spaced(maker, CORE_FOR);
        make_reference(maker, name);
    }
    make_open_block(maker);
    make_line(maker);
    make_core(maker, CORE_REASON);
    make_colon(maker);
    make_quoted(maker);
    make_line(maker);
    if (make_once_in(maker, 2)) {
        make_core(maker, CORE_AUTHOR);
        make_colon(maker);
        make_quoted(maker);
        make_line(maker);
    }
    if (make_once_in(maker, 2)) {
        make_core(maker, CORE_UNTIL);
        make_colon(maker);
        make_bytes(maker, "2030-12-31");
        make_line(maker);
    }
    make_close_block(maker);
}

/* What is changed in a thing: a property of its own, and words of a list. */
static void make_change(Maker *maker, KindId kind)
{
    static const CoreId edits[] = {CORE_ADD, CORE_DROP};
    const PropertyInfo *tags = vocabulary_property(maker->vocabulary, kind, PROPERTY_TAGS);
    make_open_block(maker);
    make_line(maker);
    make_property_word(maker, vocabulary_property(maker->vocabulary, kind, PROPERTY_NOTE), kind);
    make_colon(maker);
    make_quoted(maker);
    make_line(maker);
    for (size_t i = 0; i < 2; i++) {
        make_core(maker, edits[i]);
        make_blank(maker);
        make_property_word(maker, tags, kind);
        make_colon(maker);
        make_bytes(maker, i ? "old" : "new");
        make_line(maker);
    }
    make_close_block(maker);
}

static void make_scenario(Maker *maker)
{
    static const KindId kinds[] = {KIND_PARTNER, KIND_GOAL, KIND_ACTIVITY};
    char text[24];
    make_core(maker, CORE_SCENARIO);
    snprintf(text, sizeof text, " what-if-z%u ", ++maker->serial);
    make_bytes(maker, text);
    make_quoted(maker);
    make_open_block(maker);
    make_line(maker);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const MadeName *name = make_pick(maker, &kinds[i], 1);
        bool goes = make_once_in(maker, 3);
        if (!name || strchr(name->text, '.'))
            continue;
        make_core(maker, goes ? CORE_REMOVE : CORE_CHANGE);
        make_blank(maker);
        make_word(maker, ROLE_KIND, kinds[i], 0, WORD_USUAL);
        make_blank(maker);
        make_bytes(maker, name->text);
        if (!goes)
            make_change(maker, kinds[i]);
        make_line(maker);
    }
    make_close_block(maker);
}

void make_statement(Maker *maker)
{
    char text[24];
    switch (make_number(maker, 7)) {
    case 0: case 1:
        make_core(maker, make_once_in(maker, 3) ? CORE_ASSERT : CORE_CHECK);
        make_blank(maker);
        make_claim(maker);
        if (make_once_in(maker, 3)) {
            make_join(maker, CORE_ELSE);
            make_quoted(maker);
        }
        break;
    case 2:
        make_core(maker, CORE_SHOW);
        make_blank(maker);
        make_pipe(maker);
        break;
    case 3:
        make_core(maker, CORE_QUERY);
        snprintf(text, sizeof text, " asked-z%u = ", ++maker->serial);
        make_bytes(maker, text);
        make_pipe(maker);
        break;
    case 4:
        make_accept(maker);
        break;
    case 5:
        make_core(maker, CORE_SETTINGS);
        make_blank(maker);
        make_check_id(maker);
        make_bytes(maker, " { tolerance: 30 % }");
        break;
    default:
        make_scenario(maker);
    }
    make_line(maker);
}
