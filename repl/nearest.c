/* nearest.c -- see nearest.h. */
#include "repl/nearest.h"

#include <string.h>

void nearest_begin(Nearest *nearest, Arena *arena, const char *typed, size_t length)
{
    *nearest = (Nearest){.arena = arena};
    if (utf8_valid(typed, length) != length)
        return;
    nearest->key = utf8_fold(arena, typed, length, &nearest->length);
    nearest->limit = nearest->length > 3 ? (unsigned)(nearest->length / 3) : nearest->length > 1;
    nearest->distance = nearest->limit + 1;
}

void nearest_offer(Nearest *nearest, const char *word, const char *shown, bool is_own)
{
    size_t length;
    if (!word || !nearest->limit)
        return;
    const char *folded = utf8_fold(nearest->arena, word, strlen(word), &length);
    unsigned distance = utf8_distance(nearest->key, nearest->length, folded, length,
                                      nearest->limit);
    bool is_better = distance < nearest->distance
                     || (distance == nearest->distance && distance <= nearest->limit && is_own
                         && !nearest->is_own);
    if (!is_better)
        return;
    nearest->distance = distance;
    nearest->word = shown;
    nearest->is_own = is_own;
}
