/* kernels.c -- the heavy loops behind cooperative games: plain C over the caller's arrays.
 *
 * Shapley's value of a table.  What player p adds, on average, is the sum over the
 * coalitions S with p of v(S) (w[s-1] + w[s]), less the sum over all S of v(S) w[s], where s is
 * the size of S and w[s] = s! (n-s-1)! / n!.  Once every v(S) is weighted by its size, the n
 * sums of the first kind come from halving: the upper half of the table is the coalitions
 * with the top player; add it up, fold it onto the lower half, go on with one player less.
 * That is some 2 additions per coalition instead of n.  Values are asked for in blocks that
 * stay in the cache; the players above a block get the sum of the block, once.
 */
#include "plugins/host/kernels.h"

#include <math.h>
#include <string.h>

enum { BLOCK_BITS = 12 };

_Static_assert(1 << BLOCK_BITS == KERNEL_BLOCK, "a block is a power of two");

/* ---- A table of values -------------------------------------------------------------------- */

static unsigned population(uint32_t bits)
{
    unsigned count = 0;

    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

/* The same code for both kinds of number.  Sums are taken as four running sums: faster, and
 * the plain Lua version adds in the same order. */
#define DEFINE_FOLD(Number, Fill, sum_of, fold_block, fold)                                    \
static Number sum_of(const Number *part, uint32_t count)                                       \
{                                                                                              \
    Number a = 0, b = 0, c = 0, d = 0;                                                         \
    uint32_t i = 0;                                                                            \
                                                                                               \
    for (; i + 3 < count; i += 4) {                                                            \
        a += part[i];                                                                          \
        b += part[i + 1];                                                                      \
        c += part[i + 2];                                                                      \
        d += part[i + 3];                                                                      \
    }                                                                                          \
    for (; i < count; i++)                                                                     \
        a += part[i];                                                                          \
    return (a + b) + (c + d);                                                                  \
}                                                                                              \
                                                                                               \
/* Adds the sum of what holds each low bit to with[bit]; the sum of all. */                    \
static Number fold_block(Number *part, unsigned low, Number *with)                             \
{                                                                                              \
    for (unsigned bit = low; bit-- > 0;) {                                                     \
        uint32_t half = UINT32_C(1) << bit;                                                    \
        with[bit] += sum_of(part + half, half);                                                \
        for (uint32_t j = 0; j < half; j++)                                                    \
            part[j] += part[half + j];                                                         \
    }                                                                                          \
    return part[0];                                                                            \
}                                                                                              \
                                                                                               \
static void fold(unsigned players, Fill *fill, void *context, const Number *include,           \
                 const Number *exclude, Number *with)                                          \
{                                                                                              \
    unsigned low = players < BLOCK_BITS ? players : BLOCK_BITS;                                \
    uint32_t size = UINT32_C(1) << low, end = UINT32_C(1) << players;                          \
    uint8_t count[KERNEL_BLOCK] = { 0 };                                                       \
    Number values[KERNEL_BLOCK], part[KERNEL_BLOCK], without = 0;                              \
                                                                                               \
    for (uint32_t j = 1; j < size; j++)                                                        \
        count[j] = (uint8_t)(count[j >> 1] + (j & 1));                                         \
    for (unsigned bit = 0; bit < players; bit++)                                               \
        with[bit] = 0;                                                                         \
    for (uint32_t first = 0; first < end; first += size) {                                     \
        const Number *in = include + population(first >> low);                                 \
        const Number *out = exclude + population(first >> low);                                \
                                                                                               \
        fill(context, first, size, values);                                                    \
        if (first == 0)                                                                        \
            values[0] = 0;                                                                     \
        for (uint32_t j = 0; j < size; j++)                                                    \
            part[j] = values[j] * out[count[j]];                                               \
        without += sum_of(part, size);                                                         \
        for (uint32_t j = 0; j < size; j++)                                                    \
            part[j] = values[j] * in[count[j]];                                                \
        Number total = fold_block(part, low, with);                                            \
        for (unsigned bit = low; bit < players; bit++)                                         \
            if (first >> bit & 1)                                                              \
                with[bit] += total;                                                            \
    }                                                                                          \
    for (unsigned bit = 0; bit < players; bit++)                                               \
        with[bit] -= without;                                                                  \
}

DEFINE_FOLD(double, KernelFill, sum_of_real, fold_block_real, fold_real)
DEFINE_FOLD(int64_t, KernelFillWhole, sum_of_whole, fold_block_whole, fold_whole)
#undef DEFINE_FOLD

static int64_t binomial(unsigned n, unsigned k)
{
    int64_t result = 1;

    for (unsigned i = 1; i <= k; i++)
        result = result * (int64_t)(n - k + i) / (int64_t)i;
    return result;
}

bool kernel_shapley(unsigned players, KernelFill *fill, void *context, double *shapley)
{
    double weight[KERNEL_TABLE_PLAYERS + 1] = { 0 }, include[KERNEL_TABLE_PLAYERS + 1] = { 0 };

    if (players == 0 || players > KERNEL_TABLE_PLAYERS)
        return false;
    for (unsigned s = 0; s < players; s++)
        weight[s] = 1.0 / (double)(players * binomial(players - 1, s));
    for (unsigned s = 1; s <= players; s++)
        include[s] = weight[s - 1] + weight[s];
    fold_real(players, fill, context, include, weight, shapley);
    return true;
}

static int64_t least_common_multiple(unsigned n)
{
    int64_t multiple = 1;

    for (int64_t i = 2; i <= n; i++) {
        int64_t a = multiple, b = i;
        while (b) {
            int64_t rest = a % b;
            a = b;
            b = rest;
        }
        multiple = multiple / a * i;
    }
    return multiple;
}

/* The weights of all coalitions of a size add up to 1 / s with a player and 1 / (n - s)
 * without, so no sum passes largest * multiple * 2 (1 + 1/2 + ... + 1/n). */
static bool sums_fit(unsigned players, int64_t multiple, double largest)
{
    double harmonic = 0;

    for (unsigned i = 1; i <= players; i++)
        harmonic += 1.0 / i;
    return largest * (2.0 * (double)multiple * harmonic) < 0x1p62;
}

bool kernel_shapley_whole(unsigned players, KernelFillWhole *fill, void *context,
                          double largest, int64_t *numerators, int64_t *denominator)
{
    int64_t weight[KERNEL_TABLE_PLAYERS + 1] = { 0 }, include[KERNEL_TABLE_PLAYERS + 1] = { 0 };

    if (players == 0 || players > KERNEL_TABLE_PLAYERS)
        return false;
    int64_t multiple = least_common_multiple(players);
    if (!sums_fit(players, multiple, largest))
        return false;
    for (unsigned s = 0; s < players; s++)
        weight[s] = multiple / (players * binomial(players - 1, s));
    for (unsigned s = 1; s <= players; s++)
        include[s] = weight[s - 1] + weight[s];
    fold_whole(players, fill, context, include, weight, numerators);
    *denominator = multiple;
    return true;
}

/* What a coalition leaves out, as an integer, rises within one size. */
uint32_t kernel_next_coalition(unsigned players, uint32_t coalition)
{
    uint32_t all = (UINT32_C(1) << players) - 1;
    uint32_t rest = all & ~coalition;

    if (rest == 0)
        return 0;
    uint32_t low = rest & (~rest + 1);
    uint32_t carried = rest + low;
    uint32_t next = carried | (rest ^ carried) / low >> 2;
    if (next <= all)
        return all & ~next;
    return all & ~((UINT32_C(1) << (population(rest) - 1)) - 1);
}

/* ---- Weighted votes ----------------------------------------------------------------------- */

size_t kernel_voting_room(unsigned players, uint32_t quota, bool by_size)
{
    return (by_size ? (size_t)players + 1 : 1) * quota;
}

/* rows[size][weight] (one row for all sizes unless by_size) becomes the number of coalitions
 * that weigh that much, below the quota. */
static void count_coalitions(unsigned players, uint32_t quota, const uint32_t *weights,
                             bool by_size, KernelCount *rows)
{
    uint32_t top = 0;

    memset(rows, 0, kernel_voting_room(players, quota, by_size) * sizeof *rows);
    rows[0] = 1;
    for (unsigned p = 0; p < players; p++) {
        uint32_t weight = weights[p];
        top = weight < quota - 1 - top ? top + weight : quota - 1;
        for (size_t size = by_size ? p + 1 : 1; size >= 1; size--) {
            KernelCount *to = rows + (by_size ? size * quota : 0);
            const KernelCount *from = rows + (by_size ? (size - 1) * quota : 0);
            for (uint32_t w = top + 1; w-- > weight;)
                to[w] += from[w - weight];
        }
    }
}

/* Makes each row its running sum. */
static void accumulate(unsigned rows, uint32_t quota, KernelCount *counts)
{
    for (; rows; rows--, counts += quota)
        for (uint32_t w = 1; w < quota; w++)
            counts[w] += counts[w - 1];
}

/* Coalitions that weigh at least `from` and less than `to`. */
static KernelCount window(const KernelCount *sums, uint32_t from, uint32_t to)
{
    return sums[to - 1] - (from ? sums[from - 1] : 0);
}

/* Coalitions of one size without a player of this weight, that he makes win: with and
 * without him less those with him, which are those of one player fewer without him, shifted
 * by his weight, and so on down.  Unsigned arithmetic wraps, and the result fits. */
static KernelCount swings_of(const KernelCount *sums, size_t size, uint32_t weight,
                             uint32_t quota, bool by_size)
{
    KernelCount result = 0;
    bool add = true;

    for (uint32_t top = quota; top > 0 && weight > 0; add = !add) {
        uint32_t bottom = top > weight ? top - weight : 0;
        KernelCount part = window(sums + (by_size ? size * quota : 0), bottom, top);
        result = add ? result + part : result - part;
        top = bottom;
        if (by_size && size-- == 0)
            break;
    }
    return result;
}

bool kernel_voting_swings(unsigned players, uint32_t quota, const uint32_t *weights,
                          bool by_size, KernelCount *room, KernelCount *swings)
{
    size_t sizes = by_size ? players : 1;

    if (players == 0 || players > KERNEL_VOTING_PLAYERS || quota == 0)
        return false;
    for (unsigned p = 0; p < players; p++)
        if (weights[p] > quota)
            return false;

    count_coalitions(players, quota, weights, by_size, room);
    accumulate(by_size ? players + 1 : 1, quota, room);
    for (unsigned p = 0; p < players; p++)
        for (size_t size = 0; size < sizes; size++)
            swings[p * sizes + size] = swings_of(room, size, weights[p], quota, by_size);
    return true;
}

/* ---- Random orders ------------------------------------------------------------------------- */

static uint64_t rotate(uint64_t x, unsigned by)
{
    return x << by | x >> (64 - by);
}

void kernel_random_seed(KernelRandom *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        seed += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t mixed = (seed ^ seed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
        random->state[i] = mixed ^ mixed >> 31;
    }
}

uint64_t kernel_random_bits(KernelRandom *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

/* Lemire's way (2019): the rare draws that would favour some results are drawn again. */
uint32_t kernel_random_below(KernelRandom *random, uint32_t bound)
{
    uint64_t product = (kernel_random_bits(random) >> 32) * bound;

    if ((uint32_t)product < bound) {
        uint32_t least = (0 - bound) % bound;
        while ((uint32_t)product < least)
            product = (kernel_random_bits(random) >> 32) * bound;
    }
    return (uint32_t)(product >> 32);
}

double kernel_sample_size(double range, double epsilon, double delta, double k)
{
    return ceil(range * range * log(2 * k / delta) / (2 * (epsilon * epsilon)));
}

static void shuffle(KernelRandom *random, uint32_t *list, unsigned count)
{
    for (uint32_t i = count; i-- > 1;) {
        uint32_t j = kernel_random_below(random, i + 1);
        uint32_t moved = list[i];
        list[i] = list[j];
        list[j] = moved;
    }
}

bool kernel_sample(unsigned players, uint64_t orders, uint64_t seed, KernelGains *ask,
                   void *context, uint32_t *order, double *gains, KernelGain *results)
{
    KernelRandom random;

    if (players == 0 || players > KERNEL_SAMPLE_PLAYERS)
        return false;
    kernel_random_seed(&random, seed);
    for (unsigned p = 0; p < players; p++) {
        order[p] = p;
        results[p] = (KernelGain){ 0, HUGE_VAL, -HUGE_VAL };
    }
    for (; orders; orders--) {
        shuffle(&random, order, players);
        if (!ask(context, order, players, gains))
            return false;
        for (unsigned i = 0; i < players; i++) {
            KernelGain *gain = &results[order[i]];
            gain->sum += gains[i];
            if (gains[i] < gain->lowest)
                gain->lowest = gains[i];
            if (gains[i] > gain->highest)
                gain->highest = gains[i];
        }
    }
    return true;
}
