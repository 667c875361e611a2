/* test_decimal.c -- exact decimals against arithmetic on digits written out, as on paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/base/decimal.h"

/* ---- arithmetic on paper: a sign and decimal digits, the smallest first ---- */

enum { DIGITS = 48, EIGHTEEN = 18 };

typedef struct Paper {
    bool negative;
    int digit[DIGITS];
} Paper;

/* The number in units of 10^-scale. */
static Paper paper_of(Decimal value, unsigned scale)
{
    Paper paper = { .negative = value.coefficient < 0 };
    int64_t rest = value.coefficient;

    for (unsigned i = scale - value.scale; rest != 0; i++) {
        paper.digit[i] = (int)(rest % 10 < 0 ? -(rest % 10) : rest % 10);
        rest /= 10;
    }
    return paper;
}

static int size_order(const Paper *a, const Paper *b)
{
    for (int i = DIGITS - 1; i >= 0; i--)
        if (a->digit[i] != b->digit[i])
            return a->digit[i] > b->digit[i] ? 1 : -1;
    return 0;
}

static bool is_nothing(const Paper *paper)
{
    for (int i = 0; i < DIGITS; i++)
        if (paper->digit[i])
            return false;
    return true;
}

static Paper paper_sum(Paper a, Paper b)
{
    Paper sum = { 0 };

    if (a.negative == b.negative) {
        int carry = 0;
        sum.negative = a.negative;
        for (int i = 0; i < DIGITS; i++) {
            int digit = a.digit[i] + b.digit[i] + carry;
            sum.digit[i] = digit % 10;
            carry = digit / 10;
        }
        return sum;
    }
    if (size_order(&a, &b) < 0) {
        Paper other = a;
        a = b;
        b = other;
    }
    int borrow = 0;
    sum.negative = a.negative;
    for (int i = 0; i < DIGITS; i++) {
        int digit = a.digit[i] - b.digit[i] - borrow;
        borrow = digit < 0;
        sum.digit[i] = digit + 10 * borrow;
    }
    return sum;
}

static Paper paper_product(const Paper *a, const Paper *b)
{
    Paper product = { .negative = a->negative != b->negative };

    for (int i = 0; i <= EIGHTEEN; i++) {
        int carry = 0;
        for (int j = 0; i + j < DIGITS; j++) {
            int digit = product.digit[i + j] + a->digit[i] * b->digit[j] + carry;
            product.digit[i + j] = digit % 10;
            carry = digit / 10;
        }
    }
    return product;
}

static void one_digit_less(Paper *paper)
{
    for (int i = 0; i < DIGITS; i++)
        paper->digit[i] = i + 1 < DIGITS ? paper->digit[i + 1] : 0;
}

/* Leaves out digits, to the nearest number, the even one in the middle; a rest that was left
 * out before counts as more than nothing. */
static void paper_round(Paper *paper, unsigned digits, bool rest)
{
    int first_gone = 0;

    for (unsigned i = 0; i < digits; i++) {
        rest = rest || first_gone > 0;
        first_gone = paper->digit[0];
        one_digit_less(paper);
    }
    if (digits && (first_gone > 5 || (first_gone == 5 && (rest || paper->digit[0] % 2)))) {
        Paper one = { .negative = paper->negative, .digit = { 1 } };
        *paper = paper_sum(*paper, one);
    }
}

static unsigned digit_count(const Paper *paper)
{
    unsigned count = DIGITS;

    while (count > 0 && paper->digit[count - 1] == 0)
        count--;
    return count;
}

/* The rule of the header: at most 8 decimals, at most 18 digits, final zeros give way. */
static bool paper_fit(Paper *paper, unsigned *scale)
{
    while (*scale > 0 && paper->digit[0] == 0
           && (*scale > DECIMAL_SCALE || digit_count(paper) > EIGHTEEN)) {
        one_digit_less(paper);
        --*scale;
    }
    if (*scale > DECIMAL_SCALE) {
        paper_round(paper, *scale - DECIMAL_SCALE, false);
        *scale = DECIMAL_SCALE;
    }
    return digit_count(paper) <= EIGHTEEN;
}

/* a / b by long division, to `scale` decimals rounded; a and b are in one unit. */
static Paper paper_quotient(const Paper *a, const Paper *b, unsigned scale)
{
    Paper divisor = *b, rest = { 0 }, quotient = { 0 };

    divisor.negative = false;
    for (int i = DIGITS - 1; i >= -(int)scale; i--) {
        for (int j = DIGITS - 1; j > 0; j--)
            rest.digit[j] = rest.digit[j - 1];
        rest.digit[0] = i >= 0 ? a->digit[i] : 0;
        int digit = 0;
        while (size_order(&rest, &divisor) >= 0) {
            Paper less = divisor;
            less.negative = true;
            rest = paper_sum(rest, less);
            digit++;
        }
        if (i + (int)scale < DIGITS)
            quotient.digit[i + (int)scale] = digit;
    }
    Paper twice = paper_sum(rest, rest);
    int half = size_order(&twice, &divisor);
    if (half > 0 || (half == 0 && quotient.digit[0] % 2)) {
        Paper one = { .digit = { 1 } };
        quotient = paper_sum(quotient, one);
    }
    quotient.negative = a->negative != b->negative;
    return quotient;
}

/* ---- values at the edges ---- */

enum { COEFFICIENTS = 23 };

static int64_t edge(unsigned number)
{
    static const int64_t edges[COEFFICIENTS] = {
        0, 1, 2, 3, 5, 7, 9, 10, 11, 25, 49, 50, 99, 100, 125, 333, 12345678, 99999999,
        100000000, 123456789012, 500000000000000000, 999999999999999998, 999999999999999999,
    };
    int64_t value = edges[number % COEFFICIENTS];

    return number < COEFFICIENTS ? value : -value;
}

typedef bool (*Operation)(Decimal a, Decimal b, Decimal *result);

static void check(Operation operation, Decimal a, Decimal b, bool fits, const Paper *expected,
                  unsigned scale)
{
    Decimal result = { .coefficient = 4711, .scale = 3 };
    char a_text[DECIMAL_TEXT], b_text[DECIMAL_TEXT];
    bool done = operation(a, b, &result);

    decimal_write(a, a_text);
    decimal_write(b, b_text);
    if (done != fits)
        fail_msg("%s and %s: fits is %d", a_text, b_text, done);
    if (!fits) {
        assert_int_equal(result.coefficient, 4711);
        assert_int_equal(result.scale, 3);
        return;
    }
    Paper seen = paper_of(result, result.scale);
    if (result.scale != scale || size_order(&seen, expected) != 0
        || (seen.negative != expected->negative && !is_nothing(&seen)))
        fail_msg("%s and %s: %lld / 10^%u, and a scale of %u is due", a_text, b_text,
                 (long long)result.coefficient, result.scale, scale);
}

static void check_pair(Decimal a, Decimal b)
{
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    Paper a_paper = paper_of(a, scale), b_paper = paper_of(b, scale);

    Paper sum = paper_sum(a_paper, b_paper);
    unsigned sum_scale = scale;
    bool fits = paper_fit(&sum, &sum_scale);
    check(decimal_add, a, b, fits, &sum, sum_scale);

    Paper less = b_paper;
    less.negative = !less.negative;
    sum = paper_sum(a_paper, less);
    sum_scale = scale;
    fits = paper_fit(&sum, &sum_scale);
    check(decimal_subtract, a, b, fits, &sum, sum_scale);

    int order = is_nothing(&sum) ? 0 : sum.negative ? -1 : 1;
    assert_int_equal(decimal_compare(a, b), order);

    Paper a_digits = paper_of(a, a.scale), b_digits = paper_of(b, b.scale);
    Paper product = paper_product(&a_digits, &b_digits);
    unsigned product_scale = (unsigned)a.scale + b.scale;
    fits = paper_fit(&product, &product_scale);
    check(decimal_multiply, a, b, fits, &product, product_scale);
}

static void check_quotient(Decimal a, Decimal b)
{
    unsigned unit = a.scale > b.scale ? a.scale : b.scale, scale = DECIMAL_SCALE;
    Paper a_paper = paper_of(a, unit), b_paper = paper_of(b, unit), quotient = { 0 };
    bool fits = false;

    if (b.coefficient != 0) {
        quotient = paper_quotient(&a_paper, &b_paper, scale);
        while (!(fits = digit_count(&quotient) <= EIGHTEEN) && scale > 0)
            quotient = paper_quotient(&a_paper, &b_paper, --scale);
        while (fits && scale > a.scale && quotient.digit[0] == 0) {
            one_digit_less(&quotient);
            scale--;
        }
    }
    check(decimal_divide, a, b, fits, &quotient, scale);
}

static void test_all_pairs_of_edges(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * COEFFICIENTS * 9; i++) {
        for (unsigned j = 0; j < 2 * COEFFICIENTS * 9; j++) {
            Decimal a = { edge(i / 9), (uint8_t)(i % 9) };
            Decimal b = { edge(j / 9), (uint8_t)(j % 9) };
            check_pair(a, b);
        }
    }
}

static void test_quotients_of_edges(void **state)
{
    static const uint8_t scales[] = { 0, 1, 2, 5, 8 };
    (void)state;

    for (unsigned i = 0; i < 2 * COEFFICIENTS * 5; i++) {
        for (unsigned j = i % 11; j < 2 * COEFFICIENTS * 5; j += 11) {
            Decimal a = { edge(i / 5), scales[i % 5] };
            Decimal b = { edge(j / 5), scales[j % 5] };
            check_quotient(a, b);
        }
    }
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 11;
}

static void test_generated_pairs(void **state)
{
    uint64_t seed = 42;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        Decimal value[2];
        for (int n = 0; n < 2; n++) {
            int64_t size = 1;
            for (uint64_t digits = next_random(&seed) % 19; digits > 0; digits--)
                size *= 10;
            value[n].coefficient = (int64_t)(next_random(&seed) % (uint64_t)size)
                                   * (next_random(&seed) % 2 ? 1 : -1);
            value[n].scale = (uint8_t)(next_random(&seed) % 9);
        }
        check_pair(value[0], value[1]);
        if (i % 20 == 0)
            check_quotient(value[0], value[1]);
    }
}

/* What a hand-made value may hold beyond 18 digits does no harm. */
static void test_beyond_eighteen_digits(void **state)
{
    static const int64_t extremes[] = { INT64_MIN, INT64_MIN + 1, INT64_MAX, -1, 1, 0 };
    char text[DECIMAL_TEXT];
    Decimal result;
    (void)state;

    for (unsigned i = 0; i < 6 * 9; i++) {
        for (unsigned j = 0; j < 6 * 9; j++) {
            Decimal a = { extremes[i / 9], (uint8_t)(i % 9) };
            Decimal b = { extremes[j / 9], (uint8_t)(j % 9) };
            decimal_add(a, b, &result);
            decimal_subtract(a, b, &result);
            decimal_multiply(a, b, &result);
            decimal_divide(a, b, &result);
            assert_int_equal(decimal_compare(a, b), -decimal_compare(b, a));
        }
    }
    assert_int_equal(decimal_write((Decimal){ INT64_MIN, 0 }, text), 20);
    assert_string_equal(text, "-9223372036854775808");
    assert_int_equal(decimal_write((Decimal){ INT64_MIN, 8 }, text), 21);
    assert_string_equal(text, "-92233720368.54775808");
    assert_false(decimal_divide((Decimal){ INT64_MIN, 0 }, decimal_of(-1), &result));
    assert_false(decimal_add((Decimal){ INT64_MIN, 0 }, decimal_of(0), &result));
}

static void test_written_and_read(void **state)
{
    static const struct { const char *text; int64_t coefficient; unsigned scale; } cases[] = {
        { "0", 0, 0 },
        { "7", 7, 0 },
        { "-7", -7, 0 },
        { "12.50", 1250, 2 },
        { "-12500.50", -1250050, 2 },
        { "0.00000001", 1, 8 },
        { "-0.5", -5, 1 },
        { "0.00", 0, 2 },
        { "999999999999999999", 999999999999999999, 0 },
        { "-9999999999.99999999", -999999999999999999, 8 },
        { "10", 10, 0 },
        { "1.0", 10, 1 },
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Decimal value;
        char text[DECIMAL_TEXT];
        assert_true(decimal_parse(cases[i].text, strlen(cases[i].text), &value));
        assert_int_equal(value.coefficient, cases[i].coefficient);
        assert_int_equal(value.scale, cases[i].scale);
        assert_int_equal(decimal_write(value, text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    Decimal value;
    assert_true(decimal_parse("0012", 4, &value));
    assert_int_equal(value.coefficient, 12);
    assert_true(decimal_parse("000000000000000000000001", 24, &value));
    assert_int_equal(value.coefficient, 1);
    assert_true(decimal_parse("-0", 2, &value));
    assert_int_equal(value.coefficient, 0);
    assert_true(decimal_parse("12.34", 2, &value));     /* the length counts */
    assert_int_equal(value.coefficient, 12);
}

static void test_what_is_no_number(void **state)
{
    static const char *const texts[] = {
        "", "-", ".", "-.", "1.", ".5", "-.5", "1..2", "1.2.3", "+1", "1e3", " 1", "1 ", "1,5",
        "--1", "1-", "0x1", "1000000000000000000", "-1000000000000000000",
        "99999999999999999999999999", "0.123456789", "1.000000000", "nan", "inf", "1_0",
        "\xD9\xA1",
    };
    Decimal value = { 5, 1 };
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (decimal_parse(texts[i], strlen(texts[i]), &value))
            fail_msg("%s", texts[i]);
    assert_int_equal(value.coefficient, 5);
    assert_false(decimal_parse("1\0", 2, &value));
}

static void test_small_questions(void **state)
{
    int64_t integer = -1;
    Decimal value;
    (void)state;

    value = decimal_trim((Decimal){ 125000, 4 });
    assert_int_equal(value.coefficient, 125);
    assert_int_equal(value.scale, 1);
    value = decimal_trim((Decimal){ 1200, 2 });
    assert_int_equal(value.coefficient, 12);
    assert_int_equal(value.scale, 0);
    value = decimal_trim((Decimal){ 1200, 0 });
    assert_int_equal(value.coefficient, 1200);
    value = decimal_trim((Decimal){ 0, 8 });
    assert_int_equal(value.scale, 0);

    assert_true(decimal_is_integer((Decimal){ 1200, 2 }, &integer));
    assert_int_equal(integer, 12);
    assert_false(decimal_is_integer((Decimal){ 1250, 2 }, &integer));
    assert_int_equal(integer, 12);
    assert_true(decimal_is_integer((Decimal){ 0, 8 }, &integer));
    assert_int_equal(integer, 0);
    assert_int_equal(decimal_of(-3).coefficient, -3);
    assert_int_equal(decimal_of(-3).scale, 0);

    assert_true(decimal_double((Decimal){ 125, 1 }) == 12.5);
    assert_true(decimal_double((Decimal){ -1, 0 }) == -1.0);
}

/* 10.00 / 4 keeps its two decimals; a third has eight, or as many as there is room for. */
static void test_how_quotients_look(void **state)
{
    static const struct { const char *a, *b, *expected; } cases[] = {
        { "10", "4", "2.5" },
        { "10.00", "4", "2.50" },
        { "10.00", "5", "2.00" },
        { "10", "5", "2" },
        { "1", "3", "0.33333333" },
        { "2", "3", "0.66666667" },
        { "-2", "3", "-0.66666667" },
        { "1000000000000", "3", "333333333333.333333" },
        { "1", "0.00000001", "100000000" },
        { "0.00000001", "2", "0.00000000" },
        { "0.00000003", "2", "0.00000002" },
        { "999999999999999999", "1", "999999999999999999" },
        { "0", "7", "0" },
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Decimal a, b, quotient;
        char text[DECIMAL_TEXT];
        assert_true(decimal_parse(cases[i].a, strlen(cases[i].a), &a));
        assert_true(decimal_parse(cases[i].b, strlen(cases[i].b), &b));
        assert_true(decimal_divide(a, b, &quotient));
        decimal_write(quotient, text);
        assert_string_equal(text, cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_pairs_of_edges),
        cmocka_unit_test(test_quotients_of_edges),
        cmocka_unit_test(test_generated_pairs),
        cmocka_unit_test(test_beyond_eighteen_digits),
        cmocka_unit_test(test_written_and_read),
        cmocka_unit_test(test_what_is_no_number),
        cmocka_unit_test(test_small_questions),
        cmocka_unit_test(test_how_quotients_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
