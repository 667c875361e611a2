/* decimal.c -- exact decimal numbers: every step in 128 bits, then fitted into 18 digits. */

#include "lang/base/decimal.h"

#include <string.h>

__extension__ typedef __int128 Wide;

static const int64_t LARGEST = 999999999999999999;      /* 18 digits */

static const int64_t powers[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000,
    100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000,
    10000000000000000,
};

static bool fits(Wide coefficient)
{
    return coefficient <= LARGEST && coefficient >= -LARGEST;
}

/* The quotient to the nearest integer, the even one when there are two. */
static Wide divided(Wide number, Wide divisor)
{
    if (divisor < 0) {
        number = -number;
        divisor = -divisor;
    }
    Wide quotient = number / divisor, rest = number % divisor;
    Wide twice = 2 * (rest < 0 ? -rest : rest);

    if (twice > divisor || (twice == divisor && quotient % 2 != 0))
        quotient += number < 0 ? -1 : 1;
    return quotient;
}

/* Stores coefficient / 10^scale.  Final zeros give way when there are too many digits, and
 * rounding when there are more than 8 decimals. */
static bool fitted(Wide coefficient, unsigned scale, Decimal *result)
{
    while (scale > 0 && (scale > DECIMAL_SCALE || !fits(coefficient)) && coefficient % 10 == 0) {
        coefficient /= 10;
        scale--;
    }
    if (scale > DECIMAL_SCALE) {
        coefficient = divided(coefficient, powers[scale - DECIMAL_SCALE]);
        scale = DECIMAL_SCALE;
    }
    if (!fits(coefficient))
        return false;
    result->coefficient = (int64_t)coefficient;
    result->scale = (uint8_t)scale;
    return true;
}

Decimal decimal_of(int64_t integer)
{
    return (Decimal){ .coefficient = integer };
}

bool decimal_parse(const char *digits, size_t length, Decimal *result)
{
    size_t at = 0, point = 0;
    bool negative = length > 0 && digits[0] == '-';
    int64_t coefficient = 0;

    at += negative;
    size_t first = at;
    for (; at < length; at++) {
        if (digits[at] == '.' && !point && at > first) {
            point = at;
            continue;
        }
        if (digits[at] < '0' || digits[at] > '9')
            return false;
        int digit = digits[at] - '0';
        if (coefficient > (LARGEST - digit) / 10)
            return false;
        coefficient = coefficient * 10 + digit;
    }
    size_t scale = point ? length - point - 1 : 0;
    if (at == first || (point && scale == 0) || scale > DECIMAL_SCALE)
        return false;
    result->coefficient = negative ? -coefficient : coefficient;
    result->scale = (uint8_t)scale;
    return true;
}

size_t decimal_write(Decimal value, char out[DECIMAL_TEXT])
{
    char backwards[DECIMAL_TEXT];
    size_t count = 0, length = 0;
    uint64_t rest = value.coefficient < 0 ? -(uint64_t)value.coefficient
                                          : (uint64_t)value.coefficient;

    while (rest > 0 || count <= value.scale) {
        backwards[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value.coefficient < 0)
        out[length++] = '-';
    while (count > 0) {
        if (count == value.scale)
            out[length++] = '.';
        out[length++] = backwards[--count];
    }
    out[length] = '\0';
    return length;
}

/* Both coefficients at the larger scale. */
static unsigned aligned(Decimal a, Decimal b, Wide *a_wide, Wide *b_wide)
{
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;

    *a_wide = (Wide)a.coefficient * powers[scale - a.scale];
    *b_wide = (Wide)b.coefficient * powers[scale - b.scale];
    return scale;
}

bool decimal_add(Decimal a, Decimal b, Decimal *result)
{
    Wide a_wide, b_wide;
    unsigned scale = aligned(a, b, &a_wide, &b_wide);

    return fitted(a_wide + b_wide, scale, result);
}

bool decimal_subtract(Decimal a, Decimal b, Decimal *result)
{
    Wide a_wide, b_wide;
    unsigned scale = aligned(a, b, &a_wide, &b_wide);

    return fitted(a_wide - b_wide, scale, result);
}

bool decimal_multiply(Decimal a, Decimal b, Decimal *result)
{
    return fitted((Wide)a.coefficient * b.coefficient, (unsigned)a.scale + b.scale, result);
}

bool decimal_divide(Decimal a, Decimal b, Decimal *result)
{
    if (b.coefficient == 0)
        return false;

    for (unsigned scale = DECIMAL_SCALE;; scale--) {
        /* a / b = (a.coefficient * 10^b.scale) / (b.coefficient * 10^a.scale) */
        Wide number = (Wide)a.coefficient * powers[b.scale + scale];
        Wide divisor = (Wide)b.coefficient * powers[a.scale];
        Wide quotient = divided(number, divisor);
        if (fits(quotient)) {
            while (scale > a.scale && quotient % 10 == 0) {
                quotient /= 10;
                scale--;
            }
            result->coefficient = (int64_t)quotient;
            result->scale = (uint8_t)scale;
            return true;
        }
        if (scale == 0)
            return false;
    }
}

int decimal_compare(Decimal a, Decimal b)
{
    Wide a_wide, b_wide;

    aligned(a, b, &a_wide, &b_wide);
    return (a_wide > b_wide) - (a_wide < b_wide);
}

Decimal decimal_trim(Decimal value)
{
    while (value.scale > 0 && value.coefficient % 10 == 0) {
        value.coefficient /= 10;
        value.scale--;
    }
    return value;
}

bool decimal_is_integer(Decimal value, int64_t *integer)
{
    Decimal whole = decimal_trim(value);

    if (whole.scale > 0)
        return false;
    *integer = whole.coefficient;
    return true;
}

double decimal_double(Decimal value)
{
    return (double)value.coefficient / (double)powers[value.scale];
}
