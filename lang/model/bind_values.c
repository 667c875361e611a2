/* bind_values.c -- what stands after a colon, read as the type that its place takes. */
#include "lang/model/bind.h"

#include <string.h>

/* ---- Words for types and for what was found -------------------------------------------- */

static MessageId type_message(uint8_t type)
{
    switch ((PropertyType)type) {
    case TYPE_TEXT: case TYPE_TEXTS:
        return MESSAGE_TYPE_TEXT;
    case TYPE_LINK:
        return MESSAGE_TYPE_LINK;
    case TYPE_DATE:
        return MESSAGE_TYPE_DATE;
    case TYPE_PERIOD:
        return MESSAGE_TYPE_PERIOD;
    case TYPE_DURATION:
        return MESSAGE_TYPE_DURATION;
    case TYPE_MONEY:
        return MESSAGE_TYPE_MONEY;
    case TYPE_AMOUNT: case TYPE_BAG:
        return MESSAGE_TYPE_AMOUNT;
    case TYPE_NUMBER:
        return MESSAGE_TYPE_NUMBER;
    case TYPE_INTEGERS:
        return MESSAGE_TYPE_INTEGERS;
    case TYPE_PERCENT:
        return MESSAGE_TYPE_PERCENT;
    case TYPE_TARGET:
        return MESSAGE_TYPE_TARGET;
    case TYPE_LEVEL:
        return MESSAGE_TYPE_LEVEL;
    case TYPE_POSITION:
        return MESSAGE_TYPE_POSITION;
    case TYPE_YES_NO:
        return MESSAGE_TYPE_YES_NO;
    case TYPE_WORD: case TYPE_WORDS: case TYPE_OPEN_WORDS:
        return MESSAGE_TYPE_WORD;
    case TYPE_REF: case TYPE_REFS: case TYPE_ENTITIES:
        return MESSAGE_TYPE_REFERENCE;
    case TYPE_REF_OR_TEXT: case TYPE_REF_OR_TEXTS:
        return MESSAGE_TYPE_REFERENCE_OR_TEXT;
    case TYPE_NONE: case TYPE_ANY: case TYPE_COUNT:
        break;
    }
    return MESSAGE_TYPE_VALUE;
}

static MessageId example_message(uint8_t type)
{
    switch ((PropertyType)type) {
    case TYPE_TEXT: case TYPE_TEXTS:
        return MESSAGE_EXAMPLE_TEXT;
    case TYPE_LINK:
        return MESSAGE_EXAMPLE_LINK;
    case TYPE_DATE:
        return MESSAGE_EXAMPLE_DATE;
    case TYPE_PERIOD:
        return MESSAGE_EXAMPLE_PERIOD;
    case TYPE_DURATION:
        return MESSAGE_EXAMPLE_DURATION;
    case TYPE_MONEY:
        return MESSAGE_EXAMPLE_MONEY;
    case TYPE_AMOUNT: case TYPE_BAG:
        return MESSAGE_EXAMPLE_AMOUNT;
    case TYPE_NUMBER:
        return MESSAGE_EXAMPLE_NUMBER;
    case TYPE_INTEGERS:
        return MESSAGE_EXAMPLE_INTEGERS;
    case TYPE_PERCENT:
        return MESSAGE_EXAMPLE_PERCENT;
    case TYPE_TARGET:
        return MESSAGE_EXAMPLE_TARGET;
    case TYPE_LEVEL:
        return MESSAGE_EXAMPLE_LEVEL;
    case TYPE_POSITION:
        return MESSAGE_EXAMPLE_POSITION;
    case TYPE_YES_NO:
        return MESSAGE_EXAMPLE_YES_NO;
    case TYPE_WORD: case TYPE_WORDS: case TYPE_OPEN_WORDS:
        return MESSAGE_EXAMPLE_WORD;
    case TYPE_REF: case TYPE_REFS: case TYPE_ENTITIES:
        return MESSAGE_EXAMPLE_REFERENCE;
    case TYPE_REF_OR_TEXT: case TYPE_REF_OR_TEXTS:
        return MESSAGE_EXAMPLE_REFERENCE_OR_TEXT;
    case TYPE_NONE: case TYPE_ANY: case TYPE_COUNT:
        break;
    }
    return 0;
}

MessageId unit_message(Unit unit, Unit per)
{
    switch (UNIT_FAMILY(unit)) {
    case UNIT_PERCENT:
        return MESSAGE_GIVEN_PERCENT;
    case UNIT_MONEY:
        return per ? MESSAGE_GIVEN_MONEY_RATE : MESSAGE_GIVEN_MONEY;
    case UNIT_TIME:
        return per ? MESSAGE_GIVEN_TIME_RATE : MESSAGE_GIVEN_TIME;
    case UNIT_COUNT:
        return per ? MESSAGE_GIVEN_COUNT_RATE : MESSAGE_GIVEN_COUNT;
    case UNIT_NONE:
        break;
    }
    return MESSAGE_GIVEN_NUMBER;
}

static MessageId found_message(const Binder *binder, NodeId id, const Amount *amount)
{
    switch ((NodeKind)bind_node(binder, id)->kind) {
    case NODE_TEXT:
        return MESSAGE_GIVEN_TEXT;
    case NODE_PATH:
        return MESSAGE_GIVEN_WORD;
    case NODE_DATE:
        return MESSAGE_GIVEN_DATE;
    case NODE_RANGE:
        return MESSAGE_GIVEN_RANGE;
    case NODE_NONE:
        return MESSAGE_GIVEN_NONE;
    default:
        return amount ? unit_message(amount->unit, amount->per) : MESSAGE_GIVEN_NUMBER;
    }
}

/* ---- Wrong types ----------------------------------------------------------------------- */

static Diag *report_on_value(Binder *binder, MessageId message, NodeId value,
                             const Expected *expected)
{
    Diag *diag = bind_report(binder, message, value);
    bind_arg_name(binder, diag, "property", expected->word);
    return diag;
}

static void relate_property(Binder *binder, Diag *diag, const Expected *expected)
{
    diag_arg(&binder->snapshot->diags, diag,
             (DiagArg){.name = "expected", .kind = ARG_MESSAGE,
                       .message = type_message(expected->type)});
    diag_related(&binder->snapshot->diags, diag, MESSAGE_LABEL_EXPECTS,
                 binder->snapshot->files[binder->file].source, expected->span);
}

/* E303; the amount, when there is one, says more of what was found. */
static void report_type(Binder *binder, NodeId value, const Expected *expected,
                        const Amount *amount)
{
    Diag *diag = report_on_value(binder, MESSAGE_WRONG_TYPE, value, expected);
    relate_property(binder, diag, expected);
    diag_arg(&binder->snapshot->diags, diag,
             (DiagArg){.name = "found", .kind = ARG_MESSAGE,
                       .message = found_message(binder, value, amount)});
    MessageId example = example_message(expected->type);
    if (example)
        bind_help(binder, diag, example, EDIT_EXAMPLE);
    if (expected->type == TYPE_MONEY && amount && UNIT_FAMILY(amount->unit) == UNIT_TIME)
        bind_help(binder, diag, MESSAGE_HELP_TIME_GIVEN, EDIT_EXAMPLE);
}

static void report_several(Binder *binder, NodeId second, const Expected *expected)
{
    Diag *diag = report_on_value(binder, MESSAGE_ONE_VALUE, second, expected);
    relate_property(binder, diag, expected);
    bind_help(binder, diag, MESSAGE_HELP_ONE_OF_THEM, EDIT_NONE);
}

static void report_range(Binder *binder, NodeId value, const Expected *expected)
{
    Diags *diags = &binder->snapshot->diags;
    Diag *diag = report_on_value(binder, MESSAGE_OUT_OF_RANGE, value, expected);
    diag_arg_number(diags, diag, "low", expected->minimum);
    diag_arg_number(diags, diag, "high", expected->maximum);
    relate_property(binder, diag, expected);
}

static void help_quote(Binder *binder, Diag *diag, NodeId value)
{
    Span span = node_extent(binder->tree, value);
    const char *quoted = arena_format(binder->snapshot->arena, "\"%s\"",
                                      bind_source_text(binder, span));
    bind_help_write(binder, diag, EDIT_LIKELY, span, quoted);
}

/* E104: words where a text is due. */
static void report_unquoted(Binder *binder, NodeId value)
{
    Diag *diag = bind_report_span(binder, MESSAGE_TEXT_UNQUOTED, node_extent(binder->tree, value));
    help_quote(binder, diag, value);
    diag_note(&binder->snapshot->diags, diag, MESSAGE_NOTE_QUOTES);
}

/* The known name in a piece of text between `from` and `to`, such as `la mairie`, or its only word;
 * NULL: none, or several. */
static const char *name_among(Binder *binder, const char *from, const char *to)
{
    Snapshot *snapshot = binder->snapshot;
    const char *found = NULL, *only = NULL;     /* what is known; a single word that is not */
    size_t words = 0;
    while (from < to) {
        size_t length = 0;
        while (from + length < to && from[length] != ' ' && from[length] != '\t')
            length++;
        NameId word = length ? names_intern(snapshot->names, from, length) : 0;
        words += word != 0;
        only = word && words == 1 ? names_text(snapshot->names, word) : NULL;
        NameId bare = word ? bind_without_elision(binder, word) : 0;
        NameId folded = word ? names_folded(snapshot->names, bare ? bare : word) : 0;
        uint32_t known = folded ? scope_lookup(snapshot, binder->scope, folded) : 0;
        if (known && !(known & SLOT_SPACE)) {
            if (found)
                return NULL;
            found = names_text(snapshot->names, snapshot->entities[known].name);
        }
        from += length + 1;
    }
    return found ? found : only;
}

/* Where a piece ends: at a comma or at the word for AND; `next` is where the next one begins. */
static const char *piece_end(Binder *binder, const char *from, const char *end,
                             const char **next)
{
    const Snapshot *snapshot = binder->snapshot;
    for (const char *at = from; at < end; at++) {
        *next = at + 1;
        if (*at == ',' || *at == '&')
            return at;
        if (*at != ' ')
            continue;
        size_t length = 0;
        while (at + 1 + length < end && at[1 + length] != ' ')
            length++;
        NameId word = length ? names_intern(snapshot->names, at + 1, length) : 0;
        *next = at + 1 + length;
        if (word && words_is_core(snapshot->words, snapshot->names, binder->language, word,
                                  CORE_AND))
            return at;
    }
    *next = end;
    return end;
}

/* `the council and the school` as `council, school`; NULL when no such names are known. */
static const char *names_of_run(Binder *binder, Span span)
{
    Arena *arena = binder->snapshot->arena;
    const char *text = binder->snapshot->files[binder->file].source->text;
    const char *at = text + span.start, *end = text + span.end, *list = NULL;
    while (at < end) {
        const char *next;
        const char *name = name_among(binder, at, piece_end(binder, at, end, &next));
        if (!name)
            return NULL;
        list = list ? arena_format(arena, "%s, %s", list, name) : name;
        at = next;
    }
    return list;
}

/* E120: several words where names are due. */
static void report_names(Binder *binder, NodeId value, const Expected *expected)
{
    Span span = node_extent(binder->tree, value);
    Diag *diag = bind_report_span(binder, MESSAGE_NAMES_IN_A_ROW, span);
    bind_arg_name(binder, diag, "property", expected->word);
    const char *list = names_of_run(binder, span);
    if (list)
        bind_help_write(binder, diag, EDIT_LIKELY, span, list);
    else
        bind_help(binder, diag, MESSAGE_HELP_NAMES_IN_A_ROW, EDIT_EXAMPLE);
}

/* Words side by side: which message depends on what the place takes. */
static void report_run(Binder *binder, NodeId value, const Expected *expected)
{
    switch ((PropertyType)expected->type) {
    case TYPE_TEXT: case TYPE_TEXTS: case TYPE_LINK: case TYPE_REF_OR_TEXT:
    case TYPE_REF_OR_TEXTS: case TYPE_OPEN_WORDS: case TYPE_NONE:
        report_unquoted(binder, value);
        return;
    case TYPE_WORD: case TYPE_WORDS: {
        Span span = node_extent(binder->tree, value);
        Diag *diag = bind_report_span(binder, MESSAGE_WORD_NOT_LISTED, span);
        bind_arg_source(binder, diag, "word", span);
        bind_arg_name(binder, diag, "property", expected->word);
        char *joined = arena_copy(binder->scratch,
                                  binder->snapshot->files[binder->file].source->text + span.start,
                                  span.end - span.start);
        for (char *at = joined; *at; at++)
            *at = *at == ' ' ? '-' : *at;
        NameId word = names_intern(binder->snapshot->names, joined, strlen(joined));
        const WordMeaning *meaning = words_find(binder->snapshot->words, binder->snapshot->names,
                                                binder->language, word, ROLE_LISTED,
                                                expected->list);
        if (meaning)
            bind_help_write(binder, diag, EDIT_SAFE, span,
                            words_text(binder->snapshot->words, binder->language, ROLE_LISTED,
                                       meaning->id, expected->list, WORD_USUAL));
        else
            bind_suggest_words(binder, diag, span, word, expected);
        return;
    }
    case TYPE_REF: case TYPE_REFS: case TYPE_ENTITIES:
        report_names(binder, value, expected);
        return;
    default: {
        Diag *diag = bind_report_span(binder, MESSAGE_WORDS_FOR_VALUE,
                                      node_extent(binder->tree, value));
        bind_arg_name(binder, diag, "property", expected->word);
        relate_property(binder, diag, expected);
        MessageId example = example_message(expected->type);
        bind_help(binder, diag, example ? example : MESSAGE_HELP_LEFT_OVER, EDIT_EXAMPLE);
    }
    }
}

/* ---- Closed lists and yes-no ----------------------------------------------------------- */

static void report_word(Binder *binder, NodeId value, const Expected *expected)
{
    Span span = node_extent(binder->tree, value);
    Diag *diag = bind_report_span(binder, MESSAGE_WORD_NOT_LISTED, span);
    bind_arg_source(binder, diag, "word", span);
    bind_arg_name(binder, diag, "property", expected->word);
    NameId typed = bind_node(binder, value)->data;
    if (expected->list)
        bind_suggest_words(binder, diag, span, typed, expected);
    else
        bind_help(binder, diag, MESSAGE_EXAMPLE_YES_NO, EDIT_EXAMPLE);
}

/* Finds a word by role in the file's language; 0: reported (E105 or E205). */
static uint16_t find_word(Binder *binder, NodeId value, const Expected *expected, WordRole role)
{
    Snapshot *snapshot = binder->snapshot;
    const Node *node = bind_node(binder, value);
    if (!node->child) {
        const WordMeaning *meaning = words_find(snapshot->words, snapshot->names,
                                                binder->language, node->data, role,
                                                expected->list);
        if (meaning)
            return meaning->id;
        const WordMeaning *foreign = bind_foreign(binder, node->data, role, expected->list);
        if (foreign) {
            bind_report_foreign(binder, node_span(node), node->data, foreign);
            return 0;
        }
    }
    report_word(binder, value, expected);
    return 0;
}

static bool bind_word(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    if (bind_node(binder, value)->kind != NODE_PATH) {
        report_type(binder, value, expected, NULL);
        return false;
    }
    uint16_t word = find_word(binder, value, expected, ROLE_LISTED);
    if (!word)
        return false;
    bind_write_id(binder, value, (uint16_t)(ID_LISTED | word));
    if (expected->list <= NODE_SCOPE)       /* one word may be written otherwise in another list */
        binder->tree->nodes[value].flags |= (uint8_t)expected->list;
    record->kind = VALUE_WORD;
    record->first = word;
    record->second = expected->list;
    return true;
}

static bool bind_yes_no(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    if (bind_node(binder, value)->kind != NODE_PATH) {
        report_type(binder, value, expected, NULL);
        return false;
    }
    uint16_t answer = find_word(binder, value, expected, ROLE_YES_NO);
    if (!answer)
        return false;
    bind_write_id(binder, value, (uint16_t)(ID_YES_NO | answer));
    record->kind = VALUE_BOOL;
    record->first = answer == 1;
    return true;
}

/* ---- Texts ----------------------------------------------------------------------------- */

static bool bind_text(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    NodeKind kind = (NodeKind)bind_node(binder, value)->kind;
    if (kind == NODE_PATH) {
        if (expected->type != TYPE_OPEN_WORDS) {
            report_unquoted(binder, value);
            return false;
        }
    } else if (kind != NODE_TEXT) {
        report_type(binder, value, expected, NULL);
        return false;
    } else if (bind_is_empty_text(binder, value)) {
        return false;               /* said by the parser */
    }
    record->kind = VALUE_TEXT;
    record->first = value;
    return true;
}

/* An address of the web, or a file of the project: nothing that runs or reaches out. */
static bool bind_address(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    if (!bind_text(binder, value, expected, record))
        return false;
    size_t length;
    const char *text = tree_text(binder->tree, value, &length);
    bool has_scheme = false;
    for (size_t i = 0; i < length && text[i] != '/'; i++)
        has_scheme |= text[i] == ':';
    bool is_web = (length > 8 && memcmp(text, "https://", 8) == 0)
        || (length > 7 && memcmp(text, "http://", 7) == 0);
    if ((has_scheme && !is_web) || text[0] == '/' || text[0] == '~') {
        report_type(binder, value, expected, NULL);
        return false;
    }
    return true;
}

/* ---- References ------------------------------------------------------------------------ */

static bool bind_entity(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    NodeKind kind = (NodeKind)bind_node(binder, value)->kind;
    bool may_be_text = expected->type == TYPE_REF_OR_TEXT || expected->type == TYPE_REF_OR_TEXTS;
    if (kind == NODE_TEXT && bind_is_empty_text(binder, value))
        return false;
    if (kind == NODE_TEXT && may_be_text) {
        EntityId entity = bind_title(binder, value, expected->refs, expected->ref_count);
        record->kind = entity ? VALUE_ENTITY : VALUE_TEXT;
        record->first = entity ? entity : value;
        return true;
    }
    if (kind != NODE_TEXT && kind != NODE_PATH) {
        report_type(binder, value, expected, NULL);
        return false;
    }
    binder->text_would_do = may_be_text;
    EntityId entity = bind_reference(binder, value, expected->refs, expected->ref_count,
                                     expected->word);
    binder->text_would_do = false;
    record->kind = VALUE_ENTITY;
    record->first = entity;
    return entity != 0;
}

/* ---- Dates and periods ----------------------------------------------------------------- */

static bool bind_day(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    Date date;
    if (!bind_date(binder, value, &date)) {
        report_type(binder, value, expected, NULL);
        return false;
    }
    record->kind = VALUE_DATE;
    record->first = (uint32_t)date.day;
    record->second = date.precision;
    return true;
}

static uint32_t keep_period(Binder *binder, Period period)
{
    Snapshot *snapshot = binder->snapshot;
    snapshot->periods = arena_grow(snapshot->arena, snapshot->periods,
                                   &snapshot->period_capacity, snapshot->period_count + 1,
                                   sizeof *snapshot->periods);
    snapshot->periods[snapshot->period_count] = period;
    return (uint32_t)snapshot->period_count++;
}

static bool read_period(const Binder *binder, NodeId value, Period *period)
{
    const Node *node = bind_node(binder, value);
    *period = (Period){0};
    if (node->kind != NODE_RANGE) {             /* a month or a year is a period, too */
        if (!bind_date(binder, value, &period->start))
            return false;
        period->end = period->start;
        return true;
    }
    if ((node->flags & (RANGE_BOUND | RANGE_BY)) || !(node->flags & RANGE_HIGH))
        return false;
    NodeId low = node->child, high = bind_node(binder, low)->next;
    if (bind_node(binder, low)->kind == NODE_UNKNOWN)
        period->start_unknown = true;
    else if (!bind_date(binder, low, &period->start))
        return false;
    if (bind_node(binder, high)->kind == NODE_UNKNOWN)
        period->end_unknown = true;
    else if (!bind_date(binder, high, &period->end))
        return false;
    return true;
}

static bool bind_period(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    Period period;
    if (!read_period(binder, value, &period)) {
        report_type(binder, value, expected, NULL);
        return false;
    }
    if (!period.start_unknown && !period.end_unknown
        && date_compare(period.end, period.start) == -1) {
        Diag *diag = bind_report(binder, MESSAGE_PERIOD_BACKWARDS, value);
        bind_arg_name(binder, diag, "property", expected->word);
        char start[DATE_TEXT], end[DATE_TEXT];
        date_write(period.start, start);
        date_write(period.end, end);
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_SWAP, EDIT_LIKELY);
        const char *swapped = arena_format(binder->snapshot->arena, "%s..%s", end, start);
        bind_help_arg(binder, help, "new", swapped);
        bind_edit(binder, help, node_span(bind_node(binder, value)), swapped);
        return false;
    }
    record->kind = VALUE_PERIOD;
    record->first = keep_period(binder, period);
    return true;
}

/* ---- Amounts --------------------------------------------------------------------------- */

static AmountPlace place_of(const Expected *expected)
{
    if (expected->type == TYPE_MONEY)
        return AMOUNT_MONEY;
    if (expected->type == TYPE_DURATION)
        return AMOUNT_DURATION;
    return expected->rate_by_any ? AMOUNT_RATE_BY_ANY : AMOUNT_ANY;
}

static bool amount_fits(const Amount *amount, uint8_t type)
{
    UnitFamily family = UNIT_FAMILY(amount->unit);
    switch ((PropertyType)type) {
    case TYPE_MONEY:
        return family == UNIT_MONEY;
    case TYPE_DURATION:
        return family == UNIT_TIME && !amount->per;
    case TYPE_PERCENT:
        return family == UNIT_PERCENT && !amount->per;
    case TYPE_NUMBER: case TYPE_INTEGERS: case TYPE_LEVEL: case TYPE_POSITION:
        return family == UNIT_NONE && !amount->per;
    default:
        return true;
    }
}

static bool in_range(Decimal number, const Expected *expected)
{
    return expected->minimum == expected->maximum
        || (decimal_compare(number, decimal_of(expected->minimum)) >= 0
            && decimal_compare(number, decimal_of(expected->maximum)) <= 0);
}

static bool bind_quantity(Binder *binder, NodeId value, const Expected *expected,
                          Record *record)
{
    if (bind_node(binder, value)->kind != NODE_AMOUNT) {
        report_type(binder, value, expected, NULL);
        return false;
    }
    Amount amount;
    if (!bind_amount(binder, value, place_of(expected), &amount))
        return false;
    if (!amount_fits(&amount, expected->type)) {
        report_type(binder, value, expected, &amount);
        return false;
    }
    bool is_level = expected->type == TYPE_LEVEL || expected->type == TYPE_POSITION;
    int64_t integer;
    if ((is_level || expected->type == TYPE_INTEGERS)
        && !decimal_is_integer(amount.number, &integer)) {
        Diag *diag = report_on_value(binder, MESSAGE_WHOLE_NUMBER, value, expected);
        relate_property(binder, diag, expected);
        if (expected->type == TYPE_INTEGERS)
            bind_help(binder, diag, MESSAGE_HELP_TWO_NUMBERS, EDIT_EXAMPLE);
        return false;
    }
    if (!in_range(amount.number, expected)) {
        report_range(binder, value, expected);
        return false;
    }
    bool is_bare = UNIT_FAMILY(amount.unit) == UNIT_NONE && !amount.per;
    record->kind = is_bare ? VALUE_NUMBER : VALUE_AMOUNT;
    record->first = is_bare ? bind_keep_number(binder, amount.number)
                            : bind_keep_amount(binder, amount);
    record->flags |= is_level ? RECORD_LEVEL : 0;
    return true;
}

/* ---- Targets --------------------------------------------------------------------------- */

static uint32_t keep_target(Binder *binder, Target target)
{
    Snapshot *snapshot = binder->snapshot;
    snapshot->targets = arena_grow(snapshot->arena, snapshot->targets,
                                   &snapshot->target_capacity, snapshot->target_count + 1,
                                   sizeof *snapshot->targets);
    snapshot->targets[snapshot->target_count] = target;
    return (uint32_t)snapshot->target_count++;
}

/* `80..100 %`: the unit is written once. */
static bool bind_target_range(Binder *binder, NodeId value, NodeId high,
                              const Expected *expected, Target *target)
{
    if (bind_node(binder, high)->kind == NODE_UNKNOWN)
        return true;
    if (bind_node(binder, high)->kind != NODE_AMOUNT) {
        report_type(binder, high, expected, NULL);
        return false;
    }
    if (!bind_amount(binder, high, AMOUNT_ANY, &target->high))
        return false;
    target->has_high = true;
    if (!target->low.unit && !target->low.per) {
        target->low.unit = target->high.unit;
        target->low.per = target->high.per;
    }
    if (target->low.unit != target->high.unit || target->low.per != target->high.per) {
        Diag *diag = report_on_value(binder, MESSAGE_RANGE_UNITS, value, expected);
        bind_help(binder, diag, MESSAGE_EXAMPLE_TARGET, EDIT_EXAMPLE);
        return false;
    }
    if (decimal_compare(target->high.number, target->low.number) < 0) {
        Diag *diag = report_on_value(binder, MESSAGE_RANGE_BACKWARDS, value, expected);
        diag_related(&binder->snapshot->diags, diag, MESSAGE_LABEL_RANGE_END,
                     binder->snapshot->files[binder->file].source,
                     node_span(bind_node(binder, high)));
        return false;
    }
    return true;
}

static bool bind_target(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    const Node *node = bind_node(binder, value);
    Target target = {.bound = BOUND_NONE};
    NodeId low = value;
    if (node->kind == NODE_RANGE) {
        target.bound = node->flags & RANGE_BOUND;
        low = node->child;
    }
    uint8_t flags = node->kind == NODE_RANGE ? node->flags : 0;
    if (!low || bind_node(binder, low)->kind != NODE_AMOUNT) {
        report_type(binder, value, expected, NULL);
        return false;
    }
    if (!bind_amount(binder, low, AMOUNT_ANY, &target.low))
        return false;
    NodeId next = node->kind == NODE_RANGE ? bind_node(binder, low)->next : 0;
    if (flags & RANGE_HIGH) {
        if (!bind_target_range(binder, value, next, expected, &target))
            return false;
        next = bind_node(binder, next)->next;
    }
    if (flags & RANGE_BY) {
        target.has_by = bind_date(binder, next, &target.by);
        if (!target.has_by) {
            Diag *diag = report_on_value(binder, MESSAGE_BY_DATE, next, expected);
            bind_help(binder, diag, MESSAGE_EXAMPLE_TARGET, EDIT_EXAMPLE);
            return false;
        }
    }
    record->kind = VALUE_TARGET;
    record->first = keep_target(binder, target);
    return true;
}

/* ---- One value ------------------------------------------------------------------------- */

static bool bind_single(Binder *binder, NodeId value, const Expected *expected, Record *record)
{
    switch ((NodeKind)bind_node(binder, value)->kind) {
    case NODE_ERROR:
        return false;
    case NODE_RUN:
        report_run(binder, value, expected);
        return false;
    case NODE_NONE:
        report_type(binder, value, expected, NULL);
        return false;
    default:
        break;
    }
    if (bind_node(binder, value)->flags & NODE_POISONED
        && bind_node(binder, value)->kind != NODE_PATTERN)
        return false;
    switch ((PropertyType)expected->type) {
    case TYPE_TEXT: case TYPE_TEXTS: case TYPE_OPEN_WORDS:
        return bind_text(binder, value, expected, record);
    case TYPE_LINK:
        return bind_address(binder, value, expected, record);
    case TYPE_DATE:
        return bind_day(binder, value, expected, record);
    case TYPE_PERIOD:
        return bind_period(binder, value, expected, record);
    case TYPE_DURATION: case TYPE_MONEY: case TYPE_AMOUNT: case TYPE_NUMBER:
    case TYPE_INTEGERS: case TYPE_PERCENT: case TYPE_LEVEL: case TYPE_POSITION:
        return bind_quantity(binder, value, expected, record);
    case TYPE_TARGET:
        return bind_target(binder, value, expected, record);
    case TYPE_YES_NO:
        return bind_yes_no(binder, value, expected, record);
    case TYPE_WORD: case TYPE_WORDS:
        return bind_word(binder, value, expected, record);
    case TYPE_REF: case TYPE_REFS: case TYPE_REF_OR_TEXT: case TYPE_REF_OR_TEXTS:
        return bind_entity(binder, value, expected, record);
    case TYPE_NONE: case TYPE_BAG: case TYPE_ENTITIES: case TYPE_ANY: case TYPE_COUNT:
        break;
    }
    return false;
}

/* ---- Lists ----------------------------------------------------------------------------- */

bool bind_is_list_type(uint8_t type)
{
    return type == TYPE_TEXTS || type == TYPE_INTEGERS || type == TYPE_WORDS
        || type == TYPE_OPEN_WORDS || type == TYPE_REFS || type == TYPE_REF_OR_TEXTS;
}

static bool ends_values(const Binder *binder, NodeId node)
{
    if (!node)
        return true;
    uint8_t kind = bind_node(binder, node)->kind;
    return kind == NODE_NOTE || kind == NODE_BLOCK || kind == NODE_DOC;
}

static void add_item(Binder *binder, const Record *record)
{
    Snapshot *snapshot = binder->snapshot;
    Value item = snapshot_record_value(snapshot, binder->tree, record);
    if (item.kind == VALUE_AMOUNT) {        /* the side array may move: this one must not */
        Amount *kept = arena_alloc(snapshot->arena, sizeof *kept);
        *kept = *item.as.amount;
        item.as.amount = kept;
    }
    snapshot->items = arena_grow(snapshot->arena, snapshot->items, &snapshot->item_capacity,
                                 snapshot->item_count + 1, sizeof *snapshot->items);
    snapshot->items[snapshot->item_count++] = item;
}

static void bind_list(Binder *binder, NodeId first, const Expected *expected, Record *record)
{
    Snapshot *snapshot = binder->snapshot;
    record->kind = VALUE_LIST;
    record->first = (uint32_t)snapshot->item_count;
    for (NodeId value = first; !ends_values(binder, value);
         value = bind_node(binder, value)->next) {
        Record item = {.node = value, .kind = VALUE_POISON};
        if (bind_node(binder, value)->kind == NODE_UNKNOWN)
            item.kind = VALUE_UNKNOWN;
        else if (!bind_single(binder, value, expected, &item))
            item.kind = VALUE_POISON;
        add_item(binder, &item);
    }
    record->second = (uint32_t)snapshot->item_count - record->first;
}

static NodeId ask_text(const Binder *binder, NodeId first)
{
    for (NodeId id = first; id; id = bind_node(binder, id)->next)
        if (bind_node(binder, id)->kind == NODE_NOTE && bind_node(binder, id)->data == CORE_ASK)
            return bind_node(binder, id)->child;
    return 0;
}

/* `?` and `none`, which every type takes; false: it is something else. */
static bool bind_unknown(Binder *binder, NodeId first, bool is_measure, Record *record)
{
    const Node *node = bind_node(binder, first);
    if (!is_measure && !ends_values(binder, node->next))
        return false;
    if (node->kind == NODE_UNKNOWN) {
        record->kind = VALUE_UNKNOWN;
        record->first = ask_text(binder, node->next);
        return true;
    }
    if (node->kind != NODE_NONE)
        return false;
    record->kind = VALUE_NONE;
    record->first = node->child;
    return true;
}

void bind_value(Binder *binder, NodeId first, const Expected *expected, Record *record)
{
    if (ends_values(binder, first)) {
        record->kind = VALUE_POISON;
        return;
    }
    if (!expected->is_key && bind_unknown(binder, first, expected->is_measure, record))
        return;
    if (bind_is_list_type(expected->type)) {
        bind_list(binder, first, expected, record);
        return;
    }
    NodeId second = bind_node(binder, first)->next;
    if (!ends_values(binder, second) && !expected->is_key && !expected->is_measure) {
        report_several(binder, second, expected);
        record->kind = VALUE_POISON;
        return;
    }
    if (!bind_single(binder, first, expected, record))
        record->kind = VALUE_POISON;
}

/* ---- x- properties --------------------------------------------------------------------- */

static void bind_custom_item(Binder *binder, NodeId value, Record *record)
{
    static const Expected amount = {.type = TYPE_AMOUNT}, target = {.type = TYPE_TARGET};
    bool fits = true;
    Period period;
    switch ((NodeKind)bind_node(binder, value)->kind) {
    case NODE_TEXT: case NODE_PATH:
        record->kind = VALUE_TEXT;
        record->first = value;
        break;
    case NODE_AMOUNT:
        fits = bind_quantity(binder, value, &amount, record);
        break;
    case NODE_DATE:
        record->kind = VALUE_DATE;
        record->first = bind_node(binder, value)->data;
        record->second = bind_node(binder, value)->flags & 3;
        break;
    case NODE_RANGE:
        if (read_period(binder, value, &period)) {
            record->kind = VALUE_PERIOD;
            record->first = keep_period(binder, period);
        } else {
            fits = bind_target(binder, value, &target, record);
        }
        break;
    case NODE_UNKNOWN:
        record->kind = VALUE_UNKNOWN;
        break;
    case NODE_RUN:
        report_run(binder, value, &(Expected){.type = TYPE_TEXT});
        fits = false;
        break;
    default:
        fits = false;
    }
    if (!fits)
        record->kind = VALUE_POISON;
}

void bind_custom(Binder *binder, NodeId first, Record *record)
{
    Snapshot *snapshot = binder->snapshot;
    if (ends_values(binder, first)) {
        record->kind = VALUE_POISON;
        return;
    }
    if (bind_unknown(binder, first, false, record))
        return;
    if (ends_values(binder, bind_node(binder, first)->next)) {
        bind_custom_item(binder, first, record);
        return;
    }
    record->kind = VALUE_LIST;
    record->first = (uint32_t)snapshot->item_count;
    for (NodeId value = first; !ends_values(binder, value);
         value = bind_node(binder, value)->next) {
        Record item = {.node = value};
        bind_custom_item(binder, value, &item);
        if (item.kind == VALUE_PERIOD || item.kind == VALUE_TARGET)
            item = (Record){.node = value, .kind = VALUE_TEXT, .first = value};
        add_item(binder, &item);
    }
    record->second = (uint32_t)snapshot->item_count - record->first;
}

/* ---- Notes and what a property takes --------------------------------------------------- */

uint8_t bind_notes(Binder *binder, NodeId first)
{
    uint8_t flags = 0;
    for (NodeId id = first; id; id = bind_node(binder, id)->next) {
        if (bind_node(binder, id)->kind != NODE_NOTE)
            continue;
        switch (bind_node(binder, id)->data) {
        case CORE_ASSUMPTION:
            flags |= RECORD_ASSUMPTION;
            break;
        case CORE_CONFIDENTIAL:
            flags |= RECORD_CONFIDENTIAL;
            break;
        case CORE_SOURCE:
            flags |= RECORD_SOURCE;
            break;
        default:
            break;
        }
    }
    return flags;
}

void bind_default_range(Expected *expected)
{
    if (expected->minimum != expected->maximum)
        return;
    if (expected->type == TYPE_LEVEL || expected->type == TYPE_POSITION)
        expected->maximum = 4;
    if (expected->type == TYPE_POSITION)
        expected->minimum = -4;
}

void bind_expect(const Binder *binder, const PropertyInfo *info, NodeId node,
                 Expected *expected)
{
    *expected = (Expected){
        .type = info->type, .list = info->list,
        .minimum = info->minimum, .maximum = info->maximum,
        .refs = info->refs, .ref_count = info->ref_count,
        .word = bind_node(binder, node)->data, .span = node_span(bind_node(binder, node)),
    };
    bind_default_range(expected);
}
