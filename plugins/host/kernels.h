/* kernels.h -- the heavy loops behind cooperative games: plain C over the caller's arrays.
 *
 * A coalition of n players is an integer, player p (from 0) being the bit of value 2^p.
 * Nothing here allocates, knows Lua, or keeps state.
 */
#ifndef PLUGINS_HOST_KERNELS_H
#define PLUGINS_HOST_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KERNEL_TABLE_PLAYERS = 24,      /* 2^24 values are read in some 50 ms */
    KERNEL_VOTING_PLAYERS = 127,    /* counts of coalitions have 128 bits */
    KERNEL_SAMPLE_PLAYERS = 65536,
    KERNEL_BLOCK = 4096,            /* values asked for at a time, at most */
};

/* ---- A table of values: the Shapley value ------------------------------------------------- */

/* Writes the values of the coalitions first, first + 1, ... first + count - 1, asked for in
 * rising order; count is a power of two up to KERNEL_BLOCK.  The empty coalition is worth 0. */
typedef void KernelFill(void *context, uint32_t first, uint32_t count, double *values);
typedef void KernelFillWhole(void *context, uint32_t first, uint32_t count, int64_t *values);

/* Writes the Shapley value of each player, in floating point.  False, and nothing written,
 * for 0 players or more than KERNEL_TABLE_PLAYERS. */
bool kernel_shapley(unsigned players, KernelFill *fill, void *context, double *shapley);

/* The same without rounding: writes numerators over one denominator, the least common
 * multiple of 1..players.  largest is the largest size of a value; false, and nothing
 * written, when sums could outgrow 64 bits, too. */
bool kernel_shapley_whole(unsigned players, KernelFillWhole *fill, void *context,
                          double largest, int64_t *numerators, int64_t *denominator);

/* Games list their values by size, then by the players in lexicographic order.  With player
 * 1 as the highest bit, the coalition after this one in that order: the first is 1 << (players
 * - 1); 0 after the coalition of all. */
uint32_t kernel_next_coalition(unsigned players, uint32_t coalition);

/* ---- Weighted votes: counts of swings ----------------------------------------------------- */

__extension__ typedef unsigned __int128 KernelCount;

/* How many counts kernel_voting_swings needs to work in. */
size_t kernel_voting_room(unsigned players, uint32_t quota, bool by_size);

/* Counts for each player the coalitions of the others that lose without him and win with
 * him: for by_size, swings[player * players + size] by the size of the coalition he joins,
 * otherwise swings[player].  The counts are exact.  False, and nothing written, unless players
 * is 1 to KERNEL_VOTING_PLAYERS, quota is above 0, and no weight is above the quota. */
bool kernel_voting_swings(unsigned players, uint32_t quota, const uint32_t *weights,
                          bool by_size, KernelCount *room, KernelCount *swings);

/* ---- Random orders: estimates -------------------------------------------------------------- */

/* xoshiro256** (Blackman and Vigna 2018), its state filled by SplitMix64.  Not for secrets. */
typedef struct KernelRandom {
    uint64_t state[4];
} KernelRandom;

void kernel_random_seed(KernelRandom *random, uint64_t seed);
uint64_t kernel_random_bits(KernelRandom *random);
uint32_t kernel_random_below(KernelRandom *random, uint32_t bound); /* bound from 1 to 2^31 */

/* How many orders keep the errors of k estimates below epsilon at once, except with the
 * probability delta, when what a player adds spans at most range (Hoeffding's bound). */
double kernel_sample_size(double range, double epsilon, double delta, double k);

/* Writes gains[i], what player order[i] adds to those before him; false stops the sampling. */
typedef bool KernelGains(void *context, const uint32_t *order, unsigned players,
                         double *gains);

typedef struct KernelGain {     /* of one player over all orders */
    double sum, lowest, highest;
} KernelGain;

/* Draws orders of arrival from a seed and sums what each player adds.  order and gains are
 * room for one entry per player.  False when asked to stop, or unless players is 1 to
 * KERNEL_SAMPLE_PLAYERS. */
bool kernel_sample(unsigned players, uint64_t orders, uint64_t seed, KernelGains *ask,
                   void *context, uint32_t *order, double *gains, KernelGain *results);

#endif
