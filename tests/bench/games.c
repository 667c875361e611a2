/* games.c -- times the kernels of games against plain loops, in one paired run.
 *
 *     games            a line per row: what, ours, theirs, ours / theirs, the ratio that must hold
 *
 * Each row runs both sides in turns and takes the medians, since the speed of a machine
 * drifts; the status is 1 if a ratio is above its limit.  "Theirs" is what a textbook says
 * written in C: the sum over subsets for each player, the removal of one player after the
 * other, one shuffle after the other.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plugins/host/kernels.h"

enum { TURNS = 5, SEED = 20240607, COUNCIL = 100, QUOTA = 2500, SAMPLED = 20, ORDERS = 20000 };

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- The game of a table: capped sum of weights, and more together --------------------------- */

typedef struct {
    unsigned players;
    double weight[KERNEL_TABLE_PLAYERS];
    double sums[KERNEL_BLOCK];          /* weights of the low players, by coalition */
    double *table;                      /* of the textbook */
    double shapley[KERNEL_TABLE_PLAYERS], textbook[KERNEL_TABLE_PLAYERS];
} Game;

static double worth(double sum, int size)
{
    return (sum < 60 ? sum : 60) + 0.25 * size * size;
}

/* Values made when they are asked for, as a built-in game does. */
static void fill(void *context, uint32_t first, uint32_t count, double *values)
{
    const Game *game = context;
    double above = 0;

    for (unsigned p = 12; p < game->players; p++)
        above += first >> p & 1 ? game->weight[p] : 0;
    for (uint32_t j = 0; j < count; j++)
        values[j] = worth(above + game->sums[j], __builtin_popcount(first + j));
}

static void ours_table(void *context)
{
    Game *game = context;

    game->sums[0] = 0;
    for (uint32_t j = 1; j < KERNEL_BLOCK; j++)
        game->sums[j] = game->sums[j & (j - 1)] + game->weight[__builtin_ctz(j)];
    kernel_shapley(game->players, fill, game, game->shapley);
}

static void theirs_table(void *context)
{
    Game *game = context;
    unsigned n = game->players;
    double weight[KERNEL_TABLE_PLAYERS], way = 1.0 / n;
    double *sums = game->table;

    for (unsigned s = 0; s < n; s++) {
        weight[s] = way;
        way = way * (s + 1) / (n - 1 - s > 0 ? n - 1 - s : 1);
    }
    sums[0] = 0;
    for (uint32_t s = 1; s < 1u << n; s++)
        sums[s] = sums[s & (s - 1)] + game->weight[__builtin_ctz(s)];
    for (uint32_t s = 0; s < 1u << n; s++)
        sums[s] = worth(sums[s], __builtin_popcount(s));
    for (unsigned p = 0; p < n; p++) {
        double sum = 0;
        for (uint32_t s = 0; s < 1u << n; s++)
            if (!(s >> p & 1))
                sum += weight[__builtin_popcount(s)] * (sums[s | 1u << p] - sums[s]);
        game->textbook[p] = sum;
    }
}

static bool same_tables(const void *context)
{
    const Game *game = context;

    for (unsigned p = 0; p < game->players; p++)
        if (game->shapley[p] - game->textbook[p] > 1e-6
            || game->textbook[p] - game->shapley[p] > 1e-6)
            return false;
    return true;
}

/* ---- A vote of a hundred ---------------------------------------------------------------------- */

typedef struct {
    uint32_t weights[COUNCIL];
    KernelCount *room, *row, *swings, *plain;
} Vote;

static void ours_vote(void *context)
{
    Vote *vote = context;

    kernel_voting_swings(COUNCIL, QUOTA, vote->weights, true, vote->room, vote->swings);
}

static void theirs_vote(void *context)
{
    Vote *vote = context;
    KernelCount *count = vote->room, *left = vote->row;

    memset(count, 0, (COUNCIL + 1) * (size_t)QUOTA * sizeof *count);
    count[0] = 1;
    for (unsigned p = 0; p < COUNCIL; p++)
        for (size_t s = p + 1; s >= 1; s--)
            for (uint32_t w = QUOTA; w-- > vote->weights[p];)
                count[s * QUOTA + w] += count[(s - 1) * QUOTA + w - vote->weights[p]];
    for (unsigned p = 0; p < COUNCIL; p++) {
        uint32_t weight = vote->weights[p];
        for (size_t s = 0; s < COUNCIL; s++) {
            KernelCount swings = 0;
            for (uint32_t w = 0; w < QUOTA; w++) {
                left[s * QUOTA + w] = count[s * QUOTA + w];
                if (s > 0 && w >= weight)
                    left[s * QUOTA + w] -= left[(s - 1) * QUOTA + w - weight];
                if (w + weight >= QUOTA)
                    swings += left[s * QUOTA + w];
            }
            vote->plain[p * COUNCIL + s] = swings;
        }
    }
}

static bool same_votes(const void *context)
{
    const Vote *vote = context;

    return memcmp(vote->swings, vote->plain, COUNCIL * COUNCIL * sizeof *vote->swings) == 0;
}

/* ---- Random orders ------------------------------------------------------------------------------ */

typedef struct {
    double weight[SAMPLED], sums[SAMPLED], gains[SAMPLED];
    uint32_t order[SAMPLED];
    KernelGain results[SAMPLED];
} Sample;

static bool ask(void *context, const uint32_t *order, unsigned players, double *gains)
{
    const Sample *sample = context;
    double sum = 0, before = 0;

    for (unsigned i = 0; i < players; i++) {
        sum += sample->weight[order[i]];
        double after = worth(sum, (int)i + 1);
        gains[i] = after - before;
        before = after;
    }
    return true;
}

static void ours_sample(void *context)
{
    Sample *sample = context;

    kernel_sample(SAMPLED, ORDERS, SEED, ask, sample, sample->order, sample->gains,
                  sample->results);
}

static void theirs_sample(void *context)
{
    Sample *sample = context;
    KernelRandom random;

    kernel_random_seed(&random, SEED);
    memset(sample->sums, 0, sizeof sample->sums);
    for (uint32_t p = 0; p < SAMPLED; p++)
        sample->order[p] = p;
    for (int turn = 0; turn < ORDERS; turn++) {
        for (uint32_t i = SAMPLED; i-- > 1;) {
            uint32_t j = kernel_random_below(&random, i + 1), moved = sample->order[i];
            sample->order[i] = sample->order[j];
            sample->order[j] = moved;
        }
        double sum = 0, before = 0;
        for (unsigned i = 0; i < SAMPLED; i++) {
            sum += sample->weight[sample->order[i]];
            double after = worth(sum, (int)i + 1);
            sample->sums[sample->order[i]] += after - before;
            before = after;
        }
    }
}

static bool same_samples(const void *context)
{
    const Sample *sample = context;

    for (unsigned p = 0; p < SAMPLED; p++)
        if (sample->results[p].sum < sample->sums[p] || sample->results[p].sum > sample->sums[p])
            return false;
    return true;
}

/* ---- Paired runs ---------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

/* Times both sides in turns; false if the ratio is above the limit or the results differ. */
static bool row(const char *what, double limit, void (*ours)(void *), void (*theirs)(void *),
                bool (*same)(const void *), void *context)
{
    double own[TURNS], other[TURNS];

    for (int turn = 0; turn < TURNS; turn++) {
        double start = seconds();
        ours(context);
        double middle = seconds();
        theirs(context);
        own[turn] = middle - start;
        other[turn] = seconds() - middle;
    }
    qsort(own, TURNS, sizeof *own, by_value);
    qsort(other, TURNS, sizeof *other, by_value);
    double ratio = own[TURNS / 2] / other[TURNS / 2];
    bool good = ratio <= limit && same(context);
    printf("%-34s %9.2f ms %9.2f ms %7.3f   must be <= %.2f%s\n", what, 1e3 * own[TURNS / 2],
           1e3 * other[TURNS / 2], ratio, limit, same(context) ? "" : "   RESULTS DIFFER");
    return good;
}

static bool table_row(const char *what, unsigned players)
{
    Game *game = calloc(1, sizeof *game);
    bool good = false;

    if (game && (game->table = malloc(((size_t)1 << players) * sizeof *game->table))) {
        game->players = players;
        for (unsigned p = 0; p < players; p++)
            game->weight[p] = 1 + (double)(p * 7 % 11);
        good = row(what, 1.0, ours_table, theirs_table, same_tables, game);
        free(game->table);
    }
    free(game);
    return good;
}

static bool vote_row(void)
{
    Vote vote;
    size_t room = kernel_voting_room(COUNCIL, QUOTA, true) * sizeof(KernelCount);
    bool good = false;

    for (unsigned p = 0; p < COUNCIL; p++)
        vote.weights[p] = 1 + p * 37 % 100;
    vote.room = malloc(room);
    vote.row = malloc(room);
    vote.swings = malloc(COUNCIL * COUNCIL * sizeof *vote.swings);
    vote.plain = malloc(COUNCIL * COUNCIL * sizeof *vote.plain);
    if (vote.room && vote.row && vote.swings && vote.plain)
        good = row("vote, n = 100, quota 2500", 4.0, ours_vote, theirs_vote, same_votes, &vote);
    free(vote.room);
    free(vote.row);
    free(vote.swings);
    free(vote.plain);
    return good;
}

static bool sample_row(void)
{
    Sample sample = { .weight = { 0 } };

    for (unsigned p = 0; p < SAMPLED; p++)
        sample.weight[p] = 1 + (double)(p * 7 % 11);
    return row("sample, n = 20, 20 000 orders", 3.0, ours_sample, theirs_sample, same_samples,
               &sample);
}

int main(void)
{
    printf("%-34s %12s %12s %7s\n", "games", "ours", "plain C", "ratio");
    bool good = table_row("Shapley of a table, n = 16", 16);
    good = table_row("Shapley of a table, n = 20", 20) && good;
    good = table_row("Shapley of a table, n = 24", 24) && good;
    good = vote_row() && good;
    good = sample_row() && good;
    return good ? 0 : 1;
}
