/* date.c -- civil dates by counting in eras of 400 years, which all have the same days. */

#include "lang/base/date.h"

enum {
    ERA_YEARS = 400,
    ERA_DAYS = 146097,
    EPOCH = 719468,             /* days from 0000-03-01 to 1970-01-01 */
    FIRST_YEAR = 1,
    LAST_YEAR = 9999,
};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_month_days(int year, int month)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Years begin in March here, so that the leap day is the last one. */
static int32_t day_number(int year, int month, int day)
{
    int from_march = month > 2 ? month - 3 : month + 9;
    int march_year = month > 2 ? year : year - 1;
    int era = march_year / ERA_YEARS;
    int of_era = march_year % ERA_YEARS;
    int of_year = (153 * from_march + 2) / 5 + day - 1;     /* 153 days every 5 months */

    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH;
}

static void civil(int32_t number, int *year, int *month, int *day)
{
    int from_start = number + EPOCH;
    int era = from_start / ERA_DAYS;
    int of_era = from_start % ERA_DAYS;
    /* Leap days before this one are taken out, so that years have 365 days. */
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * of_year + 2) / 153;

    *day = of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = era * ERA_YEARS + year_of_era + (*month <= 2);
}

bool date_make(int year, int month, int day, Date *result)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 0 || month > 12 || day < 0
        || (month == 0 && day > 0) || (day > 0 && day > date_month_days(year, month)))
        return false;
    result->day = day_number(year, month ? month : 1, day ? day : 1);
    result->precision = (uint8_t)(day ? DATE_DAY : month ? DATE_MONTH : DATE_YEAR);
    return true;
}

void date_parts(Date date, int *year, int *month, int *day)
{
    civil(date.day, year, month, day);
    if (date.precision != DATE_DAY)
        *day = 0;
    if (date.precision == DATE_YEAR)
        *month = 0;
}

int32_t date_last_day(Date date)
{
    int year, month, day;

    civil(date.day, &year, &month, &day);
    switch ((DatePrecision)date.precision) {
    case DATE_DAY:
        break;
    case DATE_MONTH:
        return day_number(year, month, date_month_days(year, month));
    case DATE_YEAR:
        return day_number(year, 12, 31);
    }
    return date.day;
}

static char *write_digits(char *out, int number, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return out + count;
}

size_t date_write(Date date, char out[DATE_TEXT])
{
    int year, month, day;
    char *at = out;

    date_parts(date, &year, &month, &day);
    at = write_digits(at, year, 4);
    if (month) {
        *at++ = '-';
        at = write_digits(at, month, 2);
    }
    if (day) {
        *at++ = '-';
        at = write_digits(at, day, 2);
    }
    *at = '\0';
    return (size_t)(at - out);
}

/* Reads `count` digits into *number. */
static bool read_digits(const char *text, int count, int *number)
{
    *number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

bool date_parse(const char *text, size_t length, Date *result)
{
    int year, month = 0, day = 0;

    if (length != 4 && length != 7 && length != 10)
        return false;
    if (!read_digits(text, 4, &year))
        return false;
    if (length >= 7 && (text[4] != '-' || !read_digits(text + 5, 2, &month) || month == 0))
        return false;
    if (length == 10 && (text[7] != '-' || !read_digits(text + 8, 2, &day) || day == 0))
        return false;
    return date_make(year, month, day, result);
}

int date_compare(Date a, Date b)
{
    int32_t a_last = date_last_day(a), b_last = date_last_day(b);

    if (a_last < b.day)
        return -1;
    if (b_last < a.day)
        return 1;
    return a.day == b.day && a_last == b_last ? 0 : 2;
}

bool date_add_days(Date date, int64_t days, Date *result)
{
    int32_t first = day_number(FIRST_YEAR, 1, 1), last = day_number(LAST_YEAR, 12, 31);

    if (date.precision != DATE_DAY || days < first - (int64_t)date.day
        || days > last - (int64_t)date.day)
        return false;
    result->day = (int32_t)(date.day + days);
    result->precision = DATE_DAY;
    return true;
}

bool date_add_months(Date date, int64_t months, Date *result)
{
    int64_t whole = (int64_t)LAST_YEAR * 12;
    int year, month, day;

    if (months > whole || months < -whole
        || (date.precision == DATE_YEAR && months % 12 != 0))
        return false;
    date_parts(date, &year, &month, &day);
    int64_t from_zero = year * (int64_t)12 + (month ? month - 1 : 0) + months;
    if (from_zero < 12 * FIRST_YEAR || from_zero >= 12 * (LAST_YEAR + 1))
        return false;
    year = (int)(from_zero / 12);
    if (month)
        month = (int)(from_zero % 12) + 1;
    if (day > date_month_days(year, month))
        day = date_month_days(year, month);
    return date_make(year, month, day, result);
}
