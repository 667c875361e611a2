/* test_kernels.c -- the kernels against published figures and against plain enumeration. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/host/kernels.h"

enum { SEED = 20240607 };

static void assert_near(double got, double wanted, double tolerance)
{
    if (!(fabs(got - wanted) <= tolerance))
        fail_msg("got %.17g, wanted %.17g", got, wanted);
}

static unsigned size_of(uint32_t coalition)
{
    unsigned size = 0;

    for (; coalition; coalition >>= 1)
        size += coalition & 1;
    return size;
}

/* ---- The order of coalitions --------------------------------------------------------------- */

static void test_coalitions_by_size_then_lexicographic(void **state)
{
    /* {1} {2} {3} {4} {12} {13} {14} {23} {24} {34} {123} {124} {134} {234} {1234} */
    static const uint32_t wanted[] = { 8, 4, 2, 1, 12, 10, 9, 6, 5, 3, 14, 13, 11, 7, 15, 0 };
    uint32_t coalition = 8;
    (void)state;

    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        assert_int_equal(coalition, wanted[i]);
        coalition = kernel_next_coalition(4, coalition);
    }
    assert_int_equal(kernel_next_coalition(1, 1), 0);
}

static void test_every_coalition_comes_once(void **state)
{
    enum { PLAYERS = 15 };
    uint8_t *seen = calloc(1u << PLAYERS, 1);
    uint32_t count = 0;
    (void)state;

    for (uint32_t s = 1u << (PLAYERS - 1); s; s = kernel_next_coalition(PLAYERS, s), count++)
        assert_int_equal(seen[s]++, 0);
    assert_int_equal(count, (1u << PLAYERS) - 1);
    free(seen);
}

/* ---- Shapley's value of a table -------------------------------------------------------------- */

static void fill_real(void *context, uint32_t first, uint32_t count, double *values)
{
    memcpy(values, (double *)context + first, count * sizeof *values);
}

static void fill_whole(void *context, uint32_t first, uint32_t count, int64_t *values)
{
    memcpy(values, (int64_t *)context + first, count * sizeof *values);
}

/* Published games, values by size then lexicographic, as tests/data/oracles.json has them. */
static const int64_t ezra[] = { 120, 60, 40,  30,  120, 120, 120, 60,
                                60,  40, 120, 120, 120, 60,  120 };
static const int64_t glove[] = { 0, 0, 0, 0, 1, 1, 1 };
static const int64_t taxi[] = { 6, 12, 42, 12, 42, 42, 42 };
static const int64_t majority[] = { 0, 0, 0, 1, 1, 1, 1 };
static const int64_t alone[] = { 7 };

static const struct {
    unsigned players;
    const int64_t *values;
    double shapley[4];
} published[] = {
    { 4, ezra, { 485.0 / 6, 125.0 / 6, 65.0 / 6, 15.0 / 2 } },
    { 3, glove, { 1.0 / 6, 1.0 / 6, 2.0 / 3 } },
    { 3, taxi, { 2, 5, 35 } },
    { 3, majority, { 1.0 / 3, 1.0 / 3, 1.0 / 3 } },
    { 1, alone, { 7 } },
};

static void test_published_games(void **state)
{
    (void)state;

    for (size_t game = 0; game < sizeof published / sizeof published[0]; game++) {
        unsigned n = published[game].players;
        double real[16] = { 0 }, shapley[4];
        int64_t whole[16] = { 0 }, numerators[4], denominator;
        size_t i = 0;

        for (uint32_t s = 1u << (n - 1); s; s = kernel_next_coalition(n, s), i++) {
            whole[s] = published[game].values[i];
            real[s] = (double)whole[s];
        }
        assert_true(kernel_shapley(n, fill_real, real, shapley));
        assert_true(kernel_shapley_whole(n, fill_whole, whole, 1000, numerators, &denominator));
        for (unsigned p = 0; p < n; p++) {
            double wanted = published[game].shapley[n - 1 - p];
            assert_near(shapley[p], wanted, 1e-12);
            assert_near((double)numerators[p] / (double)denominator, wanted, 1e-12);
        }
    }
}

/* From the definition: what each player adds, over all orders of arrival. */
static void add_orders(unsigned n, const double *values, uint32_t arrived, double *sums,
                       double *orders)
{
    if (arrived == (1u << n) - 1) {
        *orders += 1;
        return;
    }
    for (unsigned p = 0; p < n; p++) {
        uint32_t with = arrived | 1u << p;
        if (with == arrived)
            continue;
        double before = *orders;
        add_orders(n, values, with, sums, orders);
        sums[p] += (*orders - before) * (values[with] - values[arrived]);
    }
}

static void test_small_tables_against_all_orders(void **state)
{
    KernelRandom random;
    (void)state;

    kernel_random_seed(&random, SEED);
    for (unsigned n = 1; n <= 7; n++) {
        double values[128] = { 0 }, sums[7] = { 0 }, shapley[7], orders = 0;
        for (uint32_t s = 1; s < 1u << n; s++)
            values[s] = (double)kernel_random_below(&random, 1000) - 300;
        add_orders(n, values, 0, sums, &orders);
        assert_true(kernel_shapley(n, fill_real, values, shapley));
        for (unsigned p = 0; p < n; p++)
            assert_near(shapley[p], sums[p] / orders, 1e-9);
    }
}

/* The sum over subsets of the textbook; large enough for several blocks. */
static void test_blocks_against_the_textbook(void **state)
{
    KernelRandom random;
    (void)state;

    kernel_random_seed(&random, SEED);
    for (unsigned n = 11; n <= 15; n++) {
        uint32_t count = 1u << n;
        double *real = calloc(count, sizeof *real), shapley[15], total = 0;
        int64_t *whole = calloc(count, sizeof *whole), numerators[15], denominator;

        for (uint32_t s = 1; s < count; s++) {
            whole[s] = (int64_t)kernel_random_below(&random, 2000000) - 1000000;
            real[s] = (double)whole[s];
        }
        assert_true(kernel_shapley(n, fill_real, real, shapley));
        assert_true(kernel_shapley_whole(n, fill_whole, whole, 1e6, numerators, &denominator));
        for (unsigned p = 0; p < n; p++) {
            long double sum = 0;
            for (uint32_t s = 0; s < count; s++) {
                if (s >> p & 1)
                    continue;
                long double weight = 1.0L / n;      /* s! (n-s-1)! / n! */
                for (unsigned i = 1; i <= size_of(s); i++)
                    weight = weight * i / (n - i);
                sum += weight * ((long double)real[s | 1u << p] - (long double)real[s]);
            }
            assert_near(shapley[p], (double)sum, 1e-7);
            assert_near((double)numerators[p] / (double)denominator, (double)sum, 1e-9);
            total += shapley[p];
        }
        assert_near(total, real[count - 1], 1e-6);
        int64_t whole_total = 0;
        for (unsigned p = 0; p < n; p++)
            whole_total += numerators[p];
        assert_true(whole_total == whole[count - 1] * denominator);
        free(real);
        free(whole);
    }
}

static void fill_sizes(void *context, uint32_t first, uint32_t count, int64_t *values)
{
    (void)context;
    for (uint32_t j = 0; j < count; j++)
        values[j] = (int64_t)size_of(first + j) * size_of(first + j);
}

static void test_limits_of_tables(void **state)
{
    double values[2] = { 0, 1 }, shapley[25];
    int64_t whole[2] = { 0, 1 }, numerators[25], denominator = 0;
    (void)state;

    assert_false(kernel_shapley(0, fill_real, values, shapley));
    assert_false(kernel_shapley(25, fill_real, values, shapley));
    assert_false(kernel_shapley_whole(25, fill_whole, whole, 1, numerators, &denominator));
    assert_false(kernel_shapley_whole(1, fill_whole, whole, 0x1p62, numerators, &denominator));

    /* Everybody is alike, so everybody gets n^2 / n. */
    assert_true(kernel_shapley_whole(24, fill_sizes, NULL, 576, numerators, &denominator));
    assert_int_equal(denominator, 5354228880);
    for (unsigned p = 0; p < 24; p++)
        assert_true(numerators[p] == 24 * denominator);
}

/* ---- Weighted votes -------------------------------------------------------------------------- */

static void voting(unsigned n, uint32_t quota, const uint32_t *weights, bool by_size,
                   KernelCount *swings)
{
    KernelCount *room = malloc(kernel_voting_room(n, quota, by_size) * sizeof *room);

    assert_true(kernel_voting_swings(n, quota, weights, by_size, room, swings));
    free(room);
}

static double voting_shapley(unsigned n, const KernelCount *swings)
{
    double sum = 0, ways = n;   /* n times the coalitions of that size without the player */

    for (unsigned s = 0; s < n; s++) {
        sum += (double)swings[s] / ways;
        ways = ways * (n - 1 - s) / (s + 1);
    }
    return sum;
}

static void test_security_council(void **state)
{
    static const uint32_t weights[15] = { 7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    KernelCount swings[15], by_size[15 * 15];
    (void)state;

    voting(15, 39, weights, false, swings);
    voting(15, 39, weights, true, by_size);
    assert_true(swings[0] == 848 && swings[4] == 848);
    assert_true(swings[5] == 84 && swings[14] == 84);
    assert_near(voting_shapley(15, by_size), 421.0 / 2145, 1e-14);
    assert_near(voting_shapley(15, by_size + 14 * 15), 4.0 / 2145, 1e-15);
}

static void test_votes_against_enumeration(void **state)
{
    KernelRandom random;
    (void)state;

    kernel_random_seed(&random, SEED);
    for (int round = 0; round < 60; round++) {
        unsigned n = 1 + kernel_random_below(&random, 10);
        uint32_t weights[10], total = 0, counted[10][10] = { { 0 } };
        KernelCount by_size[100], swings[10];

        for (unsigned p = 0; p < n; p++)
            total += weights[p] = kernel_random_below(&random, 12);
        uint32_t quota = 1 + kernel_random_below(&random, total + 1);
        for (unsigned p = 0; p < n; p++)
            if (weights[p] > quota)
                weights[p] = quota;
        for (uint32_t s = 0; s < 1u << n; s++) {
            uint32_t weight = 0;
            for (unsigned p = 0; p < n; p++)
                weight += s >> p & 1 ? weights[p] : 0;
            for (unsigned p = 0; p < n; p++)
                if (!(s >> p & 1) && weight < quota && weight + weights[p] >= quota)
                    counted[p][size_of(s)]++;
        }
        voting(n, quota, weights, true, by_size);
        voting(n, quota, weights, false, swings);
        for (unsigned p = 0; p < n; p++) {
            uint32_t all = 0;
            for (unsigned s = 0; s < n; s++) {
                assert_true(by_size[p * n + s] == counted[p][s]);
                all += counted[p][s];
            }
            assert_true(swings[p] == all);
        }
    }
}

/* 127 equal players: each one's swings are the ways to choose 63 of the others, and
 * everybody has the same part. */
static void test_the_largest_vote(void **state)
{
    enum { N = KERNEL_VOTING_PLAYERS };
    uint32_t weights[N];
    KernelCount *by_size = malloc(N * N * sizeof *by_size), swings[N], ways = 1;
    double sum = 0;
    (void)state;

    for (unsigned p = 0; p < N; p++)
        weights[p] = 1;
    /* C(126, 63) by Pascal's triangle, one row in place. */
    KernelCount row[64] = { 1 };
    for (unsigned i = 1; i <= 126; i++)
        for (unsigned k = i < 63 ? i : 63; k >= 1; k--)
            row[k] += row[k - 1];
    ways = row[63];
    voting(N, 64, weights, false, swings);
    voting(N, 64, weights, true, by_size);
    for (unsigned p = 0; p < N; p++) {
        assert_true(swings[p] == ways);
        sum += voting_shapley(N, by_size + p * N);
    }
    assert_near(sum, 1, 1e-12);
    free(by_size);
}

static void test_limits_of_votes(void **state)
{
    uint32_t weights[KERNEL_VOTING_PLAYERS + 1] = { 1 };
    KernelCount room[4], swings[1];
    (void)state;

    assert_false(kernel_voting_swings(0, 1, weights, false, room, swings));
    assert_false(kernel_voting_swings(128, 1, weights, false, room, swings));
    assert_false(kernel_voting_swings(1, 0, weights, false, room, swings));
    weights[0] = 2;
    assert_false(kernel_voting_swings(1, 1, weights, false, room, swings));
}

/* ---- Random orders ---------------------------------------------------------------------------- */

/* The first numbers that the authors' own programs give. */
static void test_generator(void **state)
{
    static const uint64_t wanted[] = { 11520, 0, 1509978240, UINT64_C(1215971899390074240),
                                       UINT64_C(1216172134540287360) };
    static const uint64_t seeded[] = { UINT64_C(6457827717110365317),
                                       UINT64_C(3203168211198807973),
                                       UINT64_C(9817491932198370423),
                                       UINT64_C(4593380528125082431) };
    KernelRandom random = { { 1, 2, 3, 4 } };
    (void)state;

    for (size_t i = 0; i < 5; i++)
        assert_true(kernel_random_bits(&random) == wanted[i]);
    kernel_random_seed(&random, 1234567);
    for (size_t i = 0; i < 4; i++)
        assert_true(random.state[i] == seeded[i]);
}

static void test_draws_are_even(void **state)
{
    KernelRandom random;
    uint32_t counts[6] = { 0 };
    (void)state;

    kernel_random_seed(&random, SEED);
    for (int i = 0; i < 60000; i++)
        counts[kernel_random_below(&random, 6)]++;
    for (int i = 0; i < 6; i++)     /* six times the standard deviation of 91 */
        assert_in_range(counts[i], 10000 - 550, 10000 + 550);
    for (int i = 0; i < 1000; i++)
        assert_true(kernel_random_below(&random, UINT32_C(1) << 31) < UINT32_C(1) << 31);
    assert_int_equal(kernel_random_below(&random, 1), 0);
}

static void test_sample_sizes(void **state)
{
    (void)state;
    assert_true(kernel_sample_size(1, 0.01, 0.05, 1) == 18445);
    assert_true(kernel_sample_size(1, 0.01, 0.05, 15) == 31985);
    assert_true(kernel_sample_size(1, 0.02, 0.05, 1) == 4612);
    assert_true(kernel_sample_size(1, 0.05, 0.05, 1) == 738);
}

static const uint32_t council[15] = { 7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };

static bool council_gains(void *context, const uint32_t *order, unsigned players,
                          double *gains)
{
    uint32_t weight = 0;
    uint64_t *asked = context;

    for (unsigned i = 0; i < players; i++) {
        uint32_t after = weight + council[order[i]];
        gains[i] = weight < 39 && after >= 39 ? 1 : 0;
        weight = after;
    }
    return ++*asked < 100000;
}

static void test_sample_of_the_council(void **state)
{
    KernelGain first[15], again[15];
    uint32_t order[15];
    double gains[15];
    uint64_t asked = 0;
    (void)state;

    assert_true(kernel_sample(15, 31985, SEED, council_gains, &asked, order, gains, first));
    assert_int_equal(asked, 31985);
    for (unsigned p = 0; p < 15; p++) {
        double wanted = p < 5 ? 421.0 / 2145 : 4.0 / 2145;
        assert_near(first[p].sum / 31985, wanted, 0.01);
        assert_true(first[p].lowest == 0 && first[p].highest == 1);
    }
    asked = 0;
    assert_true(kernel_sample(15, 31985, SEED, council_gains, &asked, order, gains, again));
    assert_memory_equal(first, again, sizeof first);
    asked = 0;
    assert_true(kernel_sample(15, 31985, SEED + 1, council_gains, &asked, order, gains, again));
    assert_memory_not_equal(first, again, sizeof first);

    asked = 99990;
    assert_false(kernel_sample(15, 31985, SEED, council_gains, &asked, order, gains, again));
    assert_int_equal(asked, 100000);
    assert_false(kernel_sample(0, 1, SEED, council_gains, &asked, order, gains, again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coalitions_by_size_then_lexicographic),
        cmocka_unit_test(test_every_coalition_comes_once),
        cmocka_unit_test(test_published_games),
        cmocka_unit_test(test_small_tables_against_all_orders),
        cmocka_unit_test(test_blocks_against_the_textbook),
        cmocka_unit_test(test_limits_of_tables),
        cmocka_unit_test(test_security_council),
        cmocka_unit_test(test_votes_against_enumeration),
        cmocka_unit_test(test_the_largest_vote),
        cmocka_unit_test(test_limits_of_votes),
        cmocka_unit_test(test_generator),
        cmocka_unit_test(test_draws_are_even),
        cmocka_unit_test(test_sample_sizes),
        cmocka_unit_test(test_sample_of_the_council),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
