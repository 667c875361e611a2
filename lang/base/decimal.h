/* decimal.h -- exact decimal numbers: an integer and a scale; never binary floating point.
 *
 * value = coefficient / 10^scale, scale 0..8, at most 18 digits.  The scale as typed is kept
 * (12.50 stays 12.50).  Operations return false on overflow and leave *result alone.  What has
 * more than 8 decimals is rounded half to even at 8; a quotient too long for that, at as many
 * as 18 digits leave.  A quotient keeps the decimals of the dividend: 10.00 / 4 = 2.50.
 */
#ifndef LANG_BASE_DECIMAL_H
#define LANG_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Decimal {
    int64_t coefficient;
    uint8_t scale;
} Decimal;

enum { DECIMAL_TEXT = 32, DECIMAL_SCALE = 8 };

Decimal decimal_of(int64_t integer);
bool decimal_parse(const char *digits, size_t length, Decimal *result);  /* [-]d+[.d+] only */

/* Writes the plain form ("-12500.50"), no grouping; returns the length. */
size_t decimal_write(Decimal value, char out[DECIMAL_TEXT]);

bool decimal_add(Decimal a, Decimal b, Decimal *result);
bool decimal_subtract(Decimal a, Decimal b, Decimal *result);
bool decimal_multiply(Decimal a, Decimal b, Decimal *result);
bool decimal_divide(Decimal a, Decimal b, Decimal *result);     /* false for b = 0 too */
int decimal_compare(Decimal a, Decimal b);
Decimal decimal_trim(Decimal value);        /* without final zeros after the mark */
bool decimal_is_integer(Decimal value, int64_t *integer);
double decimal_double(Decimal value);       /* for drawings only */

#endif
