/* date.h -- civil dates, 0001-01-01 to 9999-12-31, proleptic Gregorian, with their precision.
 *
 * A day number counts days from 1970-01-01 (day 0).  A date remembers whether a day, a month or
 * a year was written; day is the first day it may stand for.  No clock, no time zone.
 */
#ifndef LANG_BASE_DATE_H
#define LANG_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum DatePrecision { DATE_YEAR, DATE_MONTH, DATE_DAY } DatePrecision;

typedef struct Date {
    int32_t day;                /* first day */
    uint8_t precision;          /* DatePrecision */
} Date;

enum { DATE_TEXT = 12 };

bool date_make(int year, int month, int day, Date *result);     /* month, day 0: not given */
void date_parts(Date date, int *year, int *month, int *day);    /* month, day 0 when not given */
int32_t date_last_day(Date date);           /* the last day that it may stand for */
size_t date_write(Date date, char out[DATE_TEXT]);      /* 2024-06-30, 2024-06, 2024 */
bool date_parse(const char *text, size_t length, Date *result);     /* the three forms above */

/* -1 before, 0 the same, 1 after, 2 cannot be told (2024-06 against 2024-06-15). */
int date_compare(Date a, Date b);

bool date_add_days(Date date, int64_t days, Date *result);      /* false out of range, or no day */
/* Adds months; keeps the day or takes the last one of the month.  To a year without month only
 * whole years can be added: false otherwise, and out of range. */
bool date_add_months(Date date, int64_t months, Date *result);
int date_month_days(int year, int month);

#endif
