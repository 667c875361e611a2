/* lexer_number.c -- numbers and dates: what a run of digits is, and what it could be taken for.
 *
 * Dates are tried first.  Then digits may be grouped by blanks, since nothing in the language
 * has two numbers side by side.  What could be read in two ways is never guessed (E103, E107,
 * E108): the message gives the readings.
 */

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/lexer_parts.h"
#include "lang/syntax/printer.h"

enum {
    PARTS = 8,                  /* digit groups that are looked at one by one */
    WHOLE_DIGITS = 15,
    DECIMALS = DECIMAL_SCALE,
    ALL_DIGITS = 18,
};

static uint32_t digits_end(const Lexer *lexer, uint32_t at)
{
    while (digit_at(lexer, at))
        at++;
    return at;
}

static int small_number(const Lexer *lexer, uint32_t start, uint32_t end)
{
    int value = 0;

    for (uint32_t at = start; at < end && value < 100000; at++)
        value = value * 10 + (lexer->text[at] - '0');
    return value;
}

static bool starts_letter(const Lexer *lexer, uint32_t at)
{
    bool plain;

    return lexer_word_end(lexer, at, &plain) > at;
}

/* ---- dates ---- */

static void set_date(Token *token, Date date)
{
    token->kind = TOKEN_DATE;
    token->day = date.day;
    token->flags = date.precision;
}

static void neutral_date(Token *token)
{
    Date date;

    date_make(2000, 1, 1, &date);
    set_date(token, date);
}

/* A day of the month as each language says it: French has an ordinal for the first. */
static DiagArg day_argument(Lexer *lexer, const char *name, int day)
{
    Arena *arena = lexer->tree->arena;
    const char **texts = arena_array(arena, LANG_COUNT, sizeof *texts);

    for (LangId language = 0; language < LANG_COUNT; language++)
        texts[language] = arena_format(arena, day == 1 && language == LANG_FR ? "%der" : "%d", day);
    return (DiagArg){.name = name, .kind = ARG_TEXTS, .texts = texts};
}

/* A help line "write `2024-07-03` for 3 July 2024". */
static void help_reading(Lexer *lexer, Diag *diag, uint32_t start, uint32_t end, int year,
                         int month, int day, Confidence confidence)
{
    Date date;
    char text[DATE_TEXT];

    if (!diag || !date_make(year, month, day, &date))
        return;
    Arena *arena = lexer->tree->arena;
    const char *right = arena_copy(arena, text, date_write(date, text));
    DiagHelp *help = diag_help(lexer->diags, diag,
                               day ? MESSAGE_HELP_WRITE_DAY : MESSAGE_HELP_WRITE_MONTH,
                               confidence);
    diag_text_arg(lexer->diags, &help->text,
                  (DiagArg){.name = "right", .kind = ARG_TEXT, .text = right});
    diag_text_arg(lexer->diags, &help->text, day_argument(lexer, "day", day));
    diag_text_arg(lexer->diags, &help->text,
                  (DiagArg){.name = "month", .kind = ARG_WORD, .role = ROLE_MONTH,
                            .id = (uint16_t)month});
    diag_text_arg(lexer->diags, &help->text,
                  (DiagArg){.name = "year", .kind = ARG_TEXT,
                            .text = arena_format(arena, "%d", year)});
    diag_edit(lexer->diags, help, lexer->tree->source, (Span){start, end}, right);
}

typedef struct Groups {
    uint32_t start[PARTS], end[PARTS];
    char mark[PARTS];           /* before the group */
    unsigned count;             /* may pass PARTS: only counted then */
    uint32_t last;              /* where the run ends */
} Groups;

static unsigned group_length(const Groups *groups, unsigned i)
{
    return groups->end[i] - groups->start[i];
}

static int group_value(const Lexer *lexer, const Groups *groups, unsigned i)
{
    return small_number(lexer, groups->start[i], groups->end[i]);
}

/* Digit groups joined by `-`, `/` and `.`, from `start` on. */
static Groups date_groups(const Lexer *lexer, uint32_t start, uint32_t end)
{
    Groups groups = {.count = 1, .last = end};

    groups.start[0] = start;
    groups.end[0] = end;
    for (;;) {
        char mark = byte_at(lexer, groups.last);
        if ((mark != '-' && mark != '/' && mark != '.') || !digit_at(lexer, groups.last + 1))
            return groups;
        uint32_t from = groups.last + 1, to = digits_end(lexer, from);
        if (groups.count < PARTS) {
            groups.start[groups.count] = from;
            groups.end[groups.count] = to;
            groups.mark[groups.count] = mark;
        }
        groups.count++;
        groups.last = to;
    }
}

/* Is every mark this one? */
static bool all_marks(const Groups *groups, char mark)
{
    for (unsigned i = 1; i < groups->count && i < PARTS; i++)
        if (groups->mark[i] != mark)
            return false;
    return true;
}

/* 1 to 3 digits, then groups of three: thousands, whatever joins them. */
static bool is_thousands(const Groups *groups)
{
    if (groups->count > PARTS || group_length(groups, 0) > 3)
        return false;
    for (unsigned i = 1; i < groups->count; i++)
        if (group_length(groups, i) != 3)
            return false;
    return true;
}

static int full_year(int year, unsigned digits)
{
    return digits == 2 ? 2000 + year : year;
}

/* `03/07/2024`, `3.7.24`: day and month in some order, and a year. */
static bool is_short_form(const Groups *groups)
{
    return groups->count == 3 && group_length(groups, 0) <= 2 && group_length(groups, 1) <= 2
           && (group_length(groups, 2) == 4 || group_length(groups, 2) == 2);
}

static bool has_two_readings(const Lexer *lexer, const Groups *groups)
{
    int a = group_value(lexer, groups, 0), b = group_value(lexer, groups, 1);

    return is_short_form(groups) && a != b && a >= 1 && a <= 12 && b >= 1 && b <= 12;
}

static void month_argument(Lexer *lexer, Diag *diag, const char *name, int month)
{
    diag_arg_word(lexer->diags, diag, name, ROLE_MONTH, (uint16_t)month, 0);
}

/* The day is past the end of its month: the last one there is. */
static void help_last_day(Lexer *lexer, Diag *diag, uint32_t start, uint32_t end, int year,
                          int month, int day)
{
    Date date;
    int last = month >= 1 && month <= 12 ? date_month_days(year, month) : 31;

    if (!diag || day <= last || day > 31 || !date_make(year, month, last, &date))
        return;
    diag_arg_number(lexer->diags, diag, "last", last);
    month_argument(lexer, diag, "month", month);
    const char *shown = arena_format(lexer->tree->arena, "%d", year);
    diag_arg_text(lexer->diags, diag, "year", shown, strlen(shown));
    char text[DATE_TEXT];
    const char *right = arena_copy(lexer->tree->arena, text, date_write(date, text));
    lexer_help_edit(lexer, diag, MESSAGE_HELP_LAST_DAY, EDIT_EXAMPLE, start, end, right);
}

/* 3 July, or 7 March? */
static void report_two_dates(Lexer *lexer, const Groups *groups, uint32_t end)
{
    uint32_t start = groups->start[0];
    int a = group_value(lexer, groups, 0), b = group_value(lexer, groups, 1);
    int year = full_year(group_value(lexer, groups, 2), group_length(groups, 2));
    Diag *diag = lexer_report(lexer, MESSAGE_DATE_AMBIGUOUS, start, end);

    if (!diag)
        return;
    diag_arg(lexer->diags, diag, day_argument(lexer, "first-day", a));
    month_argument(lexer, diag, "first-month", b);
    diag_arg(lexer->diags, diag, day_argument(lexer, "second-day", b));
    month_argument(lexer, diag, "second-month", a);
    help_reading(lexer, diag, start, end, year, b, a, EDIT_EXAMPLE);
    help_reading(lexer, diag, start, end, year, a, b, EDIT_EXAMPLE);
    diag_note(lexer->diags, diag, MESSAGE_NOTE_WRITTEN_DATE);
}

static void report_date(Lexer *lexer, const Groups *groups, uint32_t end)
{
    uint32_t start = groups->start[0];
    bool is_ordered = groups->count == 3 && group_length(groups, 0) == 4
                      && group_length(groups, 1) <= 2 && group_length(groups, 2) <= 2;
    Date date;
    int year = full_year(group_value(lexer, groups, is_ordered ? 0 : 2),
                         group_length(groups, is_ordered ? 0 : 2));
    int month = group_value(lexer, groups, 1);
    int day = group_value(lexer, groups, is_ordered ? 2 : 0);
    bool is_real = (!is_ordered && !is_short_form(groups))
                   || date_make(year, month, day, &date)
                   || (!is_ordered && date_make(year, day, month, &date));
    if (has_two_readings(lexer, groups)) {
        report_two_dates(lexer, groups, end);
        return;
    }
    Diag *diag = lexer_report(lexer, is_real ? MESSAGE_DATE_FORM : MESSAGE_DATE_IMPOSSIBLE,
                              start, end);

    lexer_report_text(lexer, diag, "date", start, end);
    if (!diag)
        return;
    if (!is_real) {
        help_last_day(lexer, diag, start, end, year, month, day);
    } else if (is_short_form(groups) || is_ordered) {
        help_reading(lexer, diag, start, end, year, month, day, EDIT_LIKELY);
        if (!is_ordered && day != month)
            help_reading(lexer, diag, start, end, year, day, month, EDIT_LIKELY);
    } else if (groups->count == 2) {
        int a = group_value(lexer, groups, 0), b = group_value(lexer, groups, 1);
        bool year_first = group_length(groups, 0) == 4;
        help_reading(lexer, diag, start, end, year_first ? a : b, year_first ? b : a, 0,
                     EDIT_LIKELY);
    }
    if (is_real || !diag->help)
        diag_note(lexer->diags, diag, MESSAGE_NOTE_WRITTEN_DATE);
}

/* ---- dates without their year ---- */

/* Where a value of a property begins, and where the second end of a period does. */
static bool begins_value(const Lexer *lexer)
{
    return lexer->last == TOKEN_COLON || lexer->last == TOKEN_DOTS;
}

/* `12/05`, `3 mars`: the readings there are, in the year of today. */
static void report_yearless(Lexer *lexer, Token *token, Span span, int day, int month,
                            bool may_swap)
{
    Date today = {arena_env(lexer->tree->arena)->today, DATE_DAY};
    int year, this_month, this_day;
    Diag *diag = lexer_report(lexer, MESSAGE_DATE_WITHOUT_YEAR, span.start, span.end);

    date_parts(today, &year, &this_month, &this_day);
    lexer_report_text(lexer, diag, "date", span.start, span.end);
    help_reading(lexer, diag, span.start, span.end, year, month, day, EDIT_EXAMPLE);
    if (may_swap && day != month)
        help_reading(lexer, diag, span.start, span.end, year, day, month, EDIT_EXAMPLE);
    if (diag)
        diag_note(lexer->diags, diag, MESSAGE_NOTE_WRITTEN_DATE);
    neutral_date(token);
    lexer->at = span.end;
}

/* Two short groups where a value begins; a fraction (`1/2`) and a division are none. */
static bool take_yearless(Lexer *lexer, Token *token, const Groups *groups)
{
    int a = group_value(lexer, groups, 0), b = group_value(lexer, groups, 1);
    Date date;
    char next = byte_at(lexer, lexer_skip_blanks(lexer, groups->last));

    if (!begins_value(lexer) || groups->mark[1] == '.' || group_length(groups, 0) > 2
        || group_length(groups, 1) > 2 || (a < 10 && group_length(groups, 1) == 1)
        || starts_letter(lexer, groups->last) || (next && strchr("<>=!*+/", next))
        || (!date_make(2000, b, a, &date) && !date_make(2000, a, b, &date)))
        return false;
    report_yearless(lexer, token, (Span){groups->start[0], groups->last}, a, b, true);
    return true;
}

/* Two groups are a month, or a date in disorder, only if one of them has four digits. */
static bool take_two_groups(Lexer *lexer, Token *token, const Groups *groups)
{
    Date date;

    if (groups->mark[1] == '.')
        return false;
    if (group_length(groups, 0) != 4 && group_length(groups, 1) != 4)
        return false;
    if (groups->mark[1] == '-' && group_length(groups, 0) == 4 && group_length(groups, 1) == 2
        && date_make(group_value(lexer, groups, 0), group_value(lexer, groups, 1), 0, &date)) {
        set_date(token, date);
    } else {
        report_date(lexer, groups, groups->last);
        neutral_date(token);
    }
    lexer->at = groups->last;
    return true;
}

static bool take_date(Lexer *lexer, Token *token, uint32_t start, uint32_t end)
{
    Groups groups = date_groups(lexer, start, end);
    Date date;
    bool plain;

    if (groups.count == 1)
        return false;
    if (groups.count == 2)
        return take_yearless(lexer, token, &groups) || take_two_groups(lexer, token, &groups);
    if (all_marks(&groups, '.') && is_thousands(&groups))
        return false;

    uint32_t last = lexer_word_end(lexer, groups.last, &plain);     /* 2024-06-30T10 */
    if (groups.count == 3 && all_marks(&groups, '-') && group_length(&groups, 0) == 4
        && group_length(&groups, 1) == 2 && group_length(&groups, 2) == 2 && last == groups.last
        && date_make(group_value(lexer, &groups, 0), group_value(lexer, &groups, 1),
                     group_value(lexer, &groups, 2), &date)) {
        set_date(token, date);
    } else {
        report_date(lexer, &groups, last);
        neutral_date(token);
    }
    lexer->at = last;
    return true;
}

/* ---- written dates ---- */

typedef struct Month {
    uint16_t number;            /* 0: no month */
    bool is_short;              /* `Jan`: not how dates are written here */
    bool is_foreign;            /* of another language: */
    LangId language;
} Month;

static Month month_of(const Lexer *lexer, uint32_t start, uint32_t end)
{
    Month month = {0};
    size_t count;
    NameId name = names_intern(lexer->names, lexer->text + start, end - start);
    const WordMeaning *meanings = words_meanings(lexer->words, lexer->names, name, &count);

    for (size_t i = 0; i < count; i++) {
        bool is_foreign = meanings[i].language != lexer->language;
        if (meanings[i].role == ROLE_MONTH) {
            if (!month.number || month.is_short || (month.is_foreign && !is_foreign))
                month = (Month){meanings[i].id, false, is_foreign, meanings[i].language};
        } else if (meanings[i].role == ROLE_CONFUSED && !month.number) {
            const Confusion *confusion = words_confusion(lexer->words, meanings[i].id);
            if (confusion->role == ROLE_MONTH)
                month = (Month){confusion->id, true, is_foreign, meanings[i].language};
        }
    }
    return month;
}

/* Four digits and nothing glued to them, after blanks; 0: no year. */
static int year_after(const Lexer *lexer, uint32_t at, uint32_t *end)
{
    uint32_t start = lexer_skip_blanks(lexer, at);

    *end = digits_end(lexer, start);
    if (start == at || *end - start != 4)
        return 0;
    char next = byte_at(lexer, *end);
    if (((next == '-' || next == '/' || next == '.') && digit_at(lexer, *end + 1))
        || starts_letter(lexer, *end))
        return 0;
    return small_number(lexer, start, *end);
}

static void report_written(Lexer *lexer, uint32_t start, uint32_t end, int year, Month month,
                           int day)
{
    Date date;
    bool is_real = date_make(year, month.number, day, &date);
    Diag *diag = lexer_report(lexer, is_real ? MESSAGE_DATE_FORM : MESSAGE_DATE_IMPOSSIBLE,
                              start, end);

    lexer_report_text(lexer, diag, "date", start, end);
    help_reading(lexer, diag, start, end, year, month.number, day, EDIT_SAFE);
}

static void report_month_language(Lexer *lexer, uint32_t start, uint32_t end, Month month)
{
    const char *right = words_text(lexer->words, lexer->language, ROLE_MONTH, month.number, 0,
                                   WORD_USUAL);
    Diag *diag = lexer_report(lexer, MESSAGE_FOREIGN_WORD, start, end);

    lexer_explain_foreign(lexer, diag, (Span){start, end}, month.language, right);
}

/* Ends a written date whose parts are known; `word` is where its month stands. */
static void finish_written(Lexer *lexer, Token *token, Span whole, Span word, int year,
                           Month month, int day, bool is_usual)
{
    Date date;

    if (!is_usual || month.is_short || !date_make(year, month.number, day, &date)) {
        report_written(lexer, whole.start, whole.end, year, month, day);
        neutral_date(token);
    } else {
        if (month.is_foreign)
            report_month_language(lexer, word.start, word.end, month);
        set_date(token, date);
    }
    lexer->at = whole.end;
}

/* `30 June 2024`: the day was read up to `end`.  `1st`, `2e` are read, to say the right form. */
static bool take_written_date(Lexer *lexer, Token *token, uint32_t start, uint32_t end)
{
    bool plain, is_usual = true;
    uint32_t suffix_end = lexer_word_end(lexer, end, &plain);

    if (end - start > 2)
        return false;
    if (suffix_end > end) {     /* `1er` is how French writes the first day */
        uint32_t length = suffix_end - end;
        const char *suffix = lexer->text + end;
        is_usual = lexer->language == LANG_FR && end - start == 1 && lexer->text[start] == '1'
                   && length == 2 && (suffix[0] | 0x20) == 'e' && (suffix[1] | 0x20) == 'r';
        if (length > 5)
            return false;
    }
    uint32_t word = lexer_skip_blanks(lexer, suffix_end);
    uint32_t word_end = lexer_word_end(lexer, word, &plain);
    if (word == suffix_end || word_end == word || word_end - word > 24)
        return false;
    Month month = month_of(lexer, word, word_end);
    if (!month.number)
        return false;
    uint32_t after = word_end + (month.is_short && byte_at(lexer, word_end) == '.');
    uint32_t last;
    int year = year_after(lexer, after, &last), day = small_number(lexer, start, end);
    Date date;
    if (!year && begins_value(lexer) && !month.is_short && !month.is_foreign
        && date_make(2000, month.number, day, &date)) {
        report_yearless(lexer, token, (Span){start, word_end}, day, month.number, false);
        return true;
    }
    if (!year)
        return false;
    finish_written(lexer, token, (Span){start, last}, (Span){word, word_end}, year, month,
                   small_number(lexer, start, end), is_usual);
    return true;
}

bool lexer_month_date(Lexer *lexer, Token *token, uint32_t start, uint32_t end)
{
    uint32_t last, first = lexer_skip_blanks(lexer, end);

    if (end - start > 24)
        return false;
    uint32_t first_end = digits_end(lexer, first);
    if (first_end - first != 4 && first_end - first > 2)
        return false;
    Month month = month_of(lexer, start, end);
    if (!month.number)
        return false;

    int year = year_after(lexer, end, &last);
    if (year) {
        finish_written(lexer, token, (Span){start, last}, (Span){start, end}, year, month, 0,
                       true);
        return true;
    }
    /* `March 1, 2024` */
    uint32_t comma = first_end + (byte_at(lexer, first_end) == ',');
    if (first_end - first > 2 || !(year = year_after(lexer, comma, &last)))
        return false;
    finish_written(lexer, token, (Span){start, last}, (Span){start, end}, year, month,
                   small_number(lexer, first, first_end), false);
    return true;
}

/* ---- numbers ---- */

typedef struct Written {        /* a number as it stands */
    uint32_t start, end;
    Groups blanks;              /* groups of the whole part, joined by blanks or `_` */
    Groups marks;               /* group 0: all of the whole part; then `.` and `,` groups */
} Written;

/* A group that begins a date of its own is no part of this number. */
static bool begins_date(const Lexer *lexer, uint32_t start, uint32_t end)
{
    char mark = byte_at(lexer, end);

    return end - start == 4 && (mark == '-' || mark == '/') && digit_at(lexer, end + 1);
}

static void add_group(Groups *groups, uint32_t start, uint32_t end, char mark)
{
    if (groups->count < PARTS) {
        groups->start[groups->count] = start;
        groups->end[groups->count] = end;
        groups->mark[groups->count] = mark;
    }
    groups->count++;
    groups->last = end;
}

static Written scan_number(const Lexer *lexer, uint32_t start, uint32_t end)
{
    Written number = {.start = start};

    add_group(&number.blanks, start, end, 0);
    for (;;) {
        uint32_t next = end;
        if (byte_at(lexer, end) == '_')
            next = end + 1;
        else
            next = lexer_skip_blanks(lexer, end);
        if (next == end || !digit_at(lexer, next))
            break;
        uint32_t next_end = digits_end(lexer, next);
        if (begins_date(lexer, next, next_end))
            break;
        add_group(&number.blanks, next, next_end, ' ');
        end = next_end;
    }
    add_group(&number.marks, start, end, 0);
    for (;;) {
        char mark = byte_at(lexer, end);
        if ((mark != '.' && mark != ',') || !digit_at(lexer, end + 1))
            break;
        uint32_t next_end = digits_end(lexer, end + 1);
        add_group(&number.marks, end + 1, next_end, mark);
        end = next_end;
    }
    number.end = end;
    return number;
}

/* The digits of the whole part and, after `mark`, those of the last group, grouped by blanks. */
static const char *grouped(const Lexer *lexer, const Written *number, uint32_t whole_end,
                           uint32_t decimals_end)
{
    Arena *arena = lexer->tree->arena;
    size_t room = (size_t)(decimals_end - number->start) * 2 + 4, length = 0;
    char *digits = arena_alloc(arena, room), *text = arena_alloc(arena, room);
    uint32_t count = 0;

    for (uint32_t at = number->start; at < whole_end; at++)
        if (is_digit(lexer->text[at]) && !(count == 0 && lexer->text[at] == '0'))
            digits[count++] = lexer->text[at];
    if (count == 0)
        digits[count++] = '0';
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            text[length++] = ' ';
        text[length++] = digits[i];
    }
    if (decimals_end > whole_end) {
        text[length++] = lexer->decimal_comma ? ',' : '.';
        for (uint32_t at = whole_end; at < decimals_end; at++)
            if (is_digit(lexer->text[at]))
                text[length++] = lexer->text[at];
    }
    text[length] = '\0';
    return text;
}

static bool whole_is_zero(const Lexer *lexer, const Written *number)
{
    return number->blanks.count == 1 && number->blanks.end[0] - number->start == 1
           && lexer->text[number->start] == '0';
}

/* Said when a number can be read as something else; the readings follow as help. */
static Diag *report_number(Lexer *lexer, MessageId message, const Written *number)
{
    Diag *diag = lexer_report(lexer, message, number->start, number->end);

    lexer_report_text(lexer, diag, "number", number->start, number->end);
    return diag;
}

/* `12,500`: twelve thousand five hundred, or twelve and a half. */
static void report_two_readings(Lexer *lexer, const Written *number)
{
    Diag *diag = report_number(lexer, MESSAGE_NUMBER_AMBIGUOUS, number);
    uint32_t mark = number->marks.end[0], end = number->end;

    if (!diag)
        return;
    lexer_help_edit(lexer, diag, MESSAGE_HELP_NUMBER_WHOLE, EDIT_EXAMPLE, number->start, end,
                    grouped(lexer, number, end, end));
    bool drops_zero = lexer->text[end - 1] == '0';
    const char *decimal = grouped(lexer, number, mark, drops_zero ? end - 1 : end);
    if (!drops_zero)
        decimal = arena_format(lexer->tree->arena, "%s0", decimal);
    lexer_help_edit(lexer, diag, MESSAGE_HELP_NUMBER_DECIMAL, EDIT_EXAMPLE, number->start, end,
                    decimal);
    diag_note(lexer->diags, diag, MESSAGE_NOTE_NOTHING_GUESSED);
}

/* A comma in a number of a language that has none: decimals, or two numbers. */
static void report_comma(Lexer *lexer, const Written *number)
{
    Diag *diag = report_number(lexer, MESSAGE_NUMBER_COMMA, number);

    if (!diag)
        return;
    lexer_help_edit(lexer, diag, MESSAGE_HELP_NUMBER_DECIMAL, EDIT_EXAMPLE, number->start,
                    number->end, grouped(lexer, number, number->marks.end[0], number->end));
    diag_help(lexer->diags, diag, MESSAGE_HELP_LIST_BLANKS, EDIT_NONE);
}

/* `1.500.000`, `1,500.50`: thousands as other countries write them. */
static bool report_foreign_groups(Lexer *lexer, const Written *number)
{
    Groups thousands = number->marks;
    uint32_t whole_end = number->end;

    if (thousands.count > PARTS || number->blanks.count > 1)
        return false;
    if (thousands.mark[thousands.count - 1] != thousands.mark[1]) {
        thousands.count--;
        whole_end = thousands.end[thousands.count - 1];
    }
    if (!is_thousands(&thousands) || !all_marks(&thousands, thousands.mark[1]))
        return false;
    Diag *diag = report_number(lexer, MESSAGE_NUMBER_FOREIGN_GROUPS, number);
    lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, number->start, number->end,
                    grouped(lexer, number, whole_end, number->end));
    return true;
}

static void report_list(Lexer *lexer, const Written *number)
{
    Diag *diag = lexer_report(lexer, MESSAGE_LIST_WITHOUT_BLANKS, number->start, number->end);
    Arena *arena = lexer->tree->arena;

    if (!diag)
        return;
    char *right = arena_alloc(arena, (size_t)(number->end - number->start) * 2 + 1);
    size_t length = 0;
    for (uint32_t at = number->start; at < number->end; at++) {
        right[length++] = lexer->text[at];
        if (lexer->text[at] == ',')
            right[length++] = ' ';
    }
    lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_LIKELY, number->start, number->end,
                    right);
}

static bool groups_are_right(const Lexer *lexer, const Written *number)
{
    const Groups *groups = &number->blanks;

    if (groups->count == 1)
        return number->blanks.end[0] - number->start == 1 || lexer->text[number->start] != '0';
    return lexer->text[number->start] != '0' && is_thousands(groups);
}

static void report_groups(Lexer *lexer, const Written *number)
{
    bool is_zero = lexer->text[number->start] == '0';
    Diag *diag = report_number(lexer, is_zero ? MESSAGE_NUMBER_LEADING_ZERO
                                              : MESSAGE_NUMBER_GROUPS, number);

    if (!diag)
        return;
    if (number->marks.count == 1)
        lexer_help_edit(lexer, diag, MESSAGE_HELP_NUMBER_WHOLE, EDIT_LIKELY, number->start,
                        number->end, grouped(lexer, number, number->end, number->end));
    if (is_zero)
        diag_help(lexer->diags, diag, MESSAGE_HELP_IDENTIFIER_IN_QUOTES, EDIT_NONE);
    else if (number->blanks.count == 2 && number->marks.count == 1)
        diag_help(lexer->diags, diag, MESSAGE_HELP_LIST_BLANKS, EDIT_NONE);
}

/* Between other numbers of a list, or in parentheses, a comma without a blank is doubtful. */
static bool is_in_list(const Lexer *lexer, const Written *number)
{
    if (lexer->parens > 0)
        return true;
    if (lexer->last == TOKEN_COMMA && lexer->before_last == TOKEN_NUMBER)
        return true;
    uint32_t next = lexer_skip_blanks(lexer, number->end);
    return byte_at(lexer, next) == ',' && digit_at(lexer, lexer_skip_blanks(lexer, next + 1));
}

/* Is the number in doubt?  Then it was reported. */
static bool is_doubtful(Lexer *lexer, const Written *number)
{
    const Groups *marks = &number->marks;

    if (marks->count > 2) {
        if (!report_foreign_groups(lexer, number))
            report_list(lexer, number);
        return true;
    }
    if (marks->count == 2) {
        bool is_comma = marks->mark[1] == ',';
        bool is_doubled = group_length(marks, 1) == 3 && !whole_is_zero(lexer, number);
        if (is_comma && is_in_list(lexer, number)) {
            report_list(lexer, number);
            return true;
        }
        if (is_doubled) {
            report_two_readings(lexer, number);
            return true;
        }
        if (is_comma && !lexer->decimal_comma) {
            report_comma(lexer, number);
            return true;
        }
    }
    if (!groups_are_right(lexer, number)) {
        report_groups(lexer, number);
        return true;
    }
    return false;
}

static void set_number(Lexer *lexer, Token *token, const Written *number)
{
    char digits[ALL_DIGITS + 4];
    uint32_t count = 0, decimals = 0, whole = 0;
    size_t length = 0;
    bool has_mark = number->marks.count > 1;

    for (uint32_t at = number->start; at < number->end; at++) {
        bool is_decimal = has_mark && at >= number->marks.start[1];
        if (is_digit(lexer->text[at])) {
            count++;
            whole += !is_decimal;
            decimals += is_decimal;
        }
        if (count <= ALL_DIGITS && is_digit(lexer->text[at]))
            digits[length++] = lexer->text[at];
        else if (count <= ALL_DIGITS && has_mark && at == number->marks.end[0])
            digits[length++] = '.';
    }
    if (whole > WHOLE_DIGITS || decimals > DECIMALS || count > ALL_DIGITS) {
        Diag *diag = report_number(lexer, MESSAGE_NUMBER_TOO_LONG, number);
        if (diag)
            diag_help(lexer->diags, diag, MESSAGE_HELP_IDENTIFIER_IN_QUOTES, EDIT_NONE);
        return;
    }
    decimal_parse(digits, length, &token->number);
}

/* ---- letters glued to a number ---- */

static bool is_unit(const Lexer *lexer, uint32_t start, uint32_t end)
{
    size_t count;

    if (words_currency(lexer->text + start, end - start))
        return true;
    if (end - start > 32)
        return false;
    NameId name = names_intern(lexer->names, lexer->text + start, end - start);
    const WordMeaning *meanings = words_meanings(lexer->words, lexer->names, name, &count);
    for (size_t i = 0; i < count; i++)
        if (meanings[i].role == ROLE_UNIT)
            return true;
    return false;
}

/* `35h` wants a blank; `3eme` is a name that starts with a digit. */
static void take_glued(Lexer *lexer, Token *token, const Written *number, uint32_t word_end)
{
    bool is_amount = is_unit(lexer, number->end, word_end)
                     || (lexer->last != TOKEN_WORD && lexer->last != TOKEN_NEWLINE);
    uint32_t start = number->start;

    if (is_amount) {
        Diag *diag = lexer_report(lexer, MESSAGE_UNIT_GLUED, start, word_end);
        if (diag) {
            const char *right = arena_format(
                lexer->tree->arena, "%.*s %.*s", (int)(number->end - start), lexer->text + start,
                (int)(word_end - number->end), lexer->text + number->end);
            lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, start, word_end, right);
        }
        token->kind = TOKEN_NUMBER;
        lexer->at = number->end;
        return;
    }
    Diag *diag = lexer_report(lexer, MESSAGE_NAME_DIGIT, start, word_end);
    lexer_report_text(lexer, diag, "name", start, word_end);
    if (diag)
        diag_help(lexer->diags, diag, MESSAGE_HELP_NAME_LETTER, EDIT_NONE);
    token->kind = TOKEN_WORD;
    token->name = names_intern(lexer->names, lexer->text + start, word_end - start);
    lexer->at = word_end;
}

/* `12 k EUR`, `12K$`, `1,5 MEUR`: where the currency begins after a letter for thousands or
 * millions; 0: this is none of them, or the way that is read (`12 k$`). */
static uint32_t currency_after_letter(const Lexer *lexer, uint32_t end)
{
    uint32_t letter = lexer_skip_blanks(lexer, end);
    char first = byte_at(lexer, letter);
    bool plain;

    if ((first != 'k' && first != 'K' && first != 'M')
        || lexer_sign_end(lexer, letter) > letter)
        return 0;
    uint32_t at = lexer_skip_blanks(lexer, letter + 1);
    if (lexer_sign_end(lexer, at) > at)
        return at;
    uint32_t word_end = lexer_word_end(lexer, at, &plain);
    return words_currency(lexer->text + at, word_end - at) ? at : 0;
}

/* Told with the whole number; the currency is left to be read. */
static void take_thousands(Lexer *lexer, Token *token, const Written *number, uint32_t currency)
{
    uint32_t letter = lexer_skip_blanks(lexer, number->end), end = lexer_sign_end(lexer, currency);
    int64_t factor = byte_at(lexer, letter) == 'M' ? 1000000 : 1000;
    Decimal whole;
    bool plain;

    if (end == currency)
        end = lexer_word_end(lexer, currency, &plain);
    set_number(lexer, token, number);
    Diag *diag = lexer_report(lexer, MESSAGE_THOUSANDS_IN_LETTERS, letter, letter + 1);
    if (decimal_multiply(token->number, decimal_of(factor), &whole)) {
        Arena *arena = lexer->tree->arena;
        const char *right = arena_format(
            arena, "%s %.*s", print_decimal(arena, decimal_trim(whole), lexer->language),
            (int)(end - currency), lexer->text + currency);
        lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, number->start, end, right);
    }
    lexer->at = currency;
}

void lexer_number(Lexer *lexer, Token *token)
{
    uint32_t start = lexer->at, end = digits_end(lexer, start);
    char next = byte_at(lexer, end);
    bool plain;

    if ((next == '-' || next == '/' || next == '.') && digit_at(lexer, end + 1)
        && take_date(lexer, token, start, end))
        return;
    if (end - start <= 2 && (next == ' ' || (unsigned char)next >= 0x80
                             || (class_of(next) & CLASS) != CLASS_MARK)
        && take_written_date(lexer, token, start, end))
        return;

    Written number = scan_number(lexer, start, end);
    token->kind = TOKEN_NUMBER;
    lexer->at = number.end;

    uint32_t currency = currency_after_letter(lexer, number.end);
    uint32_t word_end = lexer_word_end(lexer, number.end, &plain);
    if (currency && !is_doubtful(lexer, &number))
        take_thousands(lexer, token, &number, currency);
    else if (word_end > number.end && lexer_sign_end(lexer, number.end) == number.end)
        take_glued(lexer, token, &number, word_end);
    else if (!is_doubtful(lexer, &number))
        set_number(lexer, token, &number);
}
