/* test_date.c -- every day from 0001 to 9999 against a calendar that counts day by day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "lang/base/date.h"

/* The calendar by hand: one day after another. */
typedef struct Calendar {
    int year, month, day;
    int32_t number;
} Calendar;

static int days_of(int year, int month)
{
    switch (month) {
    case 2:
        if (year % 400 == 0)
            return 29;
        if (year % 100 == 0)
            return 28;
        return year % 4 == 0 ? 29 : 28;
    case 4: case 6: case 9: case 11:
        return 30;
    default:
        return 31;
    }
}

static void next_day(Calendar *calendar)
{
    calendar->number++;
    if (calendar->day++ < days_of(calendar->year, calendar->month))
        return;
    calendar->day = 1;
    if (calendar->month++ < 12)
        return;
    calendar->month = 1;
    calendar->year++;
}

/* 0001-01-01 was 719162 days before 1970-01-01 (date -ud 0001-01-01 +%s). */
static const Calendar first_day = { 1, 1, 1, -719162 };

static Date make(int year, int month, int day)
{
    Date date;

    assert_true(date_make(year, month, day, &date));
    return date;
}

static void test_every_day(void **state)
{
    Calendar calendar = first_day;
    char text[DATE_TEXT], expected[64];
    unsigned days = 0;
    (void)state;

    for (; calendar.year <= 9999; next_day(&calendar)) {
        int year, month, day;
        Date date = make(calendar.year, calendar.month, calendar.day), again;
        if (date.day != calendar.number || date.precision != DATE_DAY)
            fail_msg("%d-%d-%d is day %d, not %d", calendar.year, calendar.month, calendar.day,
                     (int)calendar.number, (int)date.day);
        date_parts(date, &year, &month, &day);
        if (year != calendar.year || month != calendar.month || day != calendar.day)
            fail_msg("day %d is not %d-%d-%d", (int)calendar.number, year, month, day);
        if (date_last_day(date) != date.day)
            fail_msg("%d-%d-%d ends on day %d", year, month, day, (int)date_last_day(date));
        if (days++ % 7 == 0) {
            snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
            assert_int_equal(date_write(date, text), 10);
            assert_string_equal(text, expected);
            assert_true(date_parse(text, 10, &again));
            assert_int_equal(again.day, date.day);
            assert_int_equal(again.precision, DATE_DAY);
        }
    }
    assert_int_equal(days, 3652059);
}

static void test_every_month_and_year(void **state)
{
    Calendar calendar = first_day;
    char text[DATE_TEXT], expected[64];
    int32_t year_start = calendar.number;
    (void)state;

    while (calendar.year <= 9999) {
        int year = calendar.year, month = calendar.month;
        int year_seen, month_seen, day_seen;
        int32_t month_start = calendar.number;
        if (month == 1)
            year_start = month_start;
        int days = 0;
        for (; calendar.month == month && calendar.year == year; next_day(&calendar))
            days++;
        assert_int_equal(date_month_days(year, month), days);
        Date date = make(year, month, 0);
        assert_int_equal(date.day, month_start);
        assert_int_equal(date.precision, DATE_MONTH);
        assert_int_equal(date_last_day(date), calendar.number - 1);
        date_parts(date, &year_seen, &month_seen, &day_seen);
        assert_true(year_seen == year && month_seen == month && day_seen == 0);
        snprintf(expected, sizeof expected, "%04d-%02d", year, month);
        assert_int_equal(date_write(date, text), 7);
        assert_string_equal(text, expected);
        if (month < 12)
            continue;
        date = make(year, 0, 0);
        assert_int_equal(date.day, year_start);
        assert_int_equal(date.precision, DATE_YEAR);
        assert_int_equal(date_last_day(date), calendar.number - 1);
        date_parts(date, &year_seen, &month_seen, &day_seen);
        assert_true(year_seen == year && month_seen == 0 && day_seen == 0);
        snprintf(expected, sizeof expected, "%04d", year);
        assert_int_equal(date_write(date, text), 4);
        assert_string_equal(text, expected);
    }
}

static void test_what_is_no_date(void **state)
{
    static const struct { int year, month, day; } cases[] = {
        { 0, 1, 1 }, { -1, 1, 1 }, { 10000, 1, 1 }, { 2024, 13, 1 }, { 2024, -1, 1 },
        { 2024, 1, 32 }, { 2024, 1, -1 }, { 2024, 4, 31 }, { 2023, 2, 29 }, { 1900, 2, 29 },
        { 2024, 2, 30 }, { 2024, 0, 5 }, { 0, 0, 0 }, { 10000, 0, 0 }, { 2024, 13, 0 },
        { INT32_MAX, 1, 1 }, { INT32_MIN, 1, 1 }, { 2024, INT32_MAX, 1 },
        { 2024, 1, INT32_MAX },
    };
    Date date = { .day = 77, .precision = 1 };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_false(date_make(cases[i].year, cases[i].month, cases[i].day, &date));
    assert_int_equal(date.day, 77);
    assert_true(date_make(2000, 2, 29, &date));
    assert_true(date_make(2024, 2, 29, &date));
    assert_int_equal(date_month_days(2024, 0), 0);
    assert_int_equal(date_month_days(2024, 13), 0);
}

static void test_text_that_is_no_date(void **state)
{
    static const char *const texts[] = {
        "", "2", "202", "20240", "2024-", "2024-1", "2024-13", "2024-00", "2024-06-", "2024/06",
        "2024-6-3", "2024-06-3", "2024-06-31", "2024-06-00", "2024.06.30", "2024-06/30",
        "2024-00-10", "0000", "0000-01-01", "-024", "2O24", "2024-0x", "2024-06-3x", " 2024",
        "2024-06-301", "+2024", "2024-02-30", "2023-02-29",
    };
    Date date;
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (date_parse(texts[i], strlen(texts[i]), &date))
            fail_msg("%s", texts[i]);
    assert_true(date_parse("2024-06-30", 7, &date));    /* the length counts */
    assert_int_equal(date.precision, DATE_MONTH);
    assert_true(date_parse("9999-12-31", 10, &date));
    assert_int_equal(date.day, 2932896);                /* date -ud 9999-12-31 +%s / 86400 */
    assert_true(date_parse("0001", 4, &date));
    assert_int_equal(date.day, -719162);
}

static void test_comparisons(void **state)
{
    static const struct { const char *a, *b; int expected; } cases[] = {
        { "2024-06-15", "2024-06-15", 0 },  { "2024-06-15", "2024-06-16", -1 },
        { "2024-06", "2024-07-01", -1 },    { "2024-06", "2024-06-15", 2 },
        { "2024-06", "2024-06-01", 2 },     { "2024-06", "2024-06-30", 2 },
        { "2024-06", "2024-05-31", 1 },     { "2024-06", "2024-06", 0 },
        { "2024-06", "2024-07", -1 },       { "2024", "2024-06", 2 },
        { "2024", "2024", 0 },              { "2024", "2025-01-01", -1 },
        { "2024", "2023-12-31", 1 },        { "2024", "2024-12-31", 2 },
        { "0001", "9999-12-31", -1 },
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Date a, b;
        assert_true(date_parse(cases[i].a, strlen(cases[i].a), &a));
        assert_true(date_parse(cases[i].b, strlen(cases[i].b), &b));
        assert_int_equal(date_compare(a, b), cases[i].expected);
        assert_int_equal(date_compare(b, a),
                         cases[i].expected == 2 ? 2 : -cases[i].expected);
    }
}

static void test_days_are_added(void **state)
{
    Date date = make(2024, 2, 28), result = { .day = 5 };
    (void)state;

    assert_true(date_add_days(date, 1, &result));
    assert_int_equal(result.day, make(2024, 2, 29).day);
    assert_true(date_add_days(date, 2, &result));
    assert_int_equal(result.day, make(2024, 3, 1).day);
    assert_true(date_add_days(date, -59, &result));
    assert_int_equal(result.day, make(2023, 12, 31).day);
    assert_true(date_add_days(make(1, 1, 1), 3652058, &result));
    assert_int_equal(result.day, make(9999, 12, 31).day);
    assert_true(date_add_days(result, -3652058, &result));
    assert_int_equal(result.day, make(1, 1, 1).day);

    result.day = 5;
    assert_false(date_add_days(make(1, 1, 1), 3652059, &result));
    assert_false(date_add_days(make(1, 1, 1), -1, &result));
    assert_false(date_add_days(make(9999, 12, 31), 1, &result));
    assert_false(date_add_days(date, INT64_MAX, &result));
    assert_false(date_add_days(date, INT64_MIN, &result));
    assert_false(date_add_days(make(2024, 2, 0), 1, &result));
    assert_false(date_add_days(make(2024, 0, 0), 0, &result));
    assert_int_equal(result.day, 5);
}

static void test_months_are_added(void **state)
{
    static const struct { const char *from; int64_t months; const char *to; } cases[] = {
        { "2024-01-31", 1, "2024-02-29" },   { "2023-01-31", 1, "2023-02-28" },
        { "2024-01-31", 2, "2024-03-31" },   { "2024-03-31", -1, "2024-02-29" },
        { "2024-02-29", 12, "2025-02-28" },  { "2024-02-29", 48, "2028-02-29" },
        { "2024-02-29", -12, "2023-02-28" }, { "2024-12-15", 1, "2025-01-15" },
        { "2024-01-15", -1, "2023-12-15" },  { "2024-06-30", 0, "2024-06-30" },
        { "2024-05-31", 6, "2024-11-30" },   { "2024-11", 2, "2025-01" },
        { "2024-01", -13, "2022-12" },       { "2024", 24, "2026" },
        { "2024", -12, "2023" },             { "2024", 5, NULL },
        { "2024", -1, NULL },                { "9999-12-31", 1, NULL },
        { "9999-12", 1, NULL },              { "9999", 12, NULL },
        { "0001-01-01", -1, NULL },          { "0001", -12, NULL },
        { "9999-11-30", 1, "9999-12-30" },   { "0001-02-28", -1, "0001-01-28" },
        { "0001-01-01", 119987, "9999-12-01" },
        { "0001-01-01", 119988, NULL },      { "2024-01-01", INT64_MAX, NULL },
        { "2024-01-01", INT64_MIN, NULL },   { "2024", INT64_MIN, NULL },
    };
    char text[DATE_TEXT];
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Date date, result = { .day = 5, .precision = 2 };
        assert_true(date_parse(cases[i].from, strlen(cases[i].from), &date));
        bool done = date_add_months(date, cases[i].months, &result);
        if (done != (cases[i].to != NULL))
            fail_msg("%s and %d months", cases[i].from, (int)cases[i].months);
        if (done) {
            date_write(result, text);
            assert_string_equal(text, cases[i].to);
        } else {
            assert_int_equal(result.day, 5);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_every_month_and_year),
        cmocka_unit_test(test_what_is_no_date),
        cmocka_unit_test(test_text_that_is_no_date),
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_days_are_added),
        cmocka_unit_test(test_months_are_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
