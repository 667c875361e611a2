/* utf8.h -- Unicode as the language needs it; the one place that knows utf8proc. */
#ifndef LANG_BASE_UTF8_H
#define LANG_BASE_UTF8_H

#include "lang/base/arena.h"

/* Decodes one code point at bytes[0..length); *size gets its length in bytes.
 * -1 and *size = 1 when the bytes are not valid UTF-8 (overlong, surrogate, too large, cut). */
int32_t utf8_decode(const char *bytes, size_t length, unsigned *size);
unsigned utf8_encode(int32_t code, char out[4]);

/* The offset of the first byte that is not valid UTF-8, or length. */
size_t utf8_valid(const char *bytes, size_t length);

bool utf8_is_start(int32_t code);       /* may begin a word: XID_Start */
bool utf8_is_continue(int32_t code);    /* may go on in a word: XID_Continue */
bool utf8_is_invisible(int32_t code);   /* refused in source (E102) */
bool utf8_is_blank(int32_t code);       /* space, tab and the blanks of the language */
bool utf8_joins(int32_t code);          /* a letter after which U+200C, U+200D may stand */

/* A copy in the arena in NFC; returns bytes itself when it already is. */
const char *utf8_nfc(Arena *arena, const char *bytes, size_t length, size_t *result_length);

/* The folded key: NFC, U+2019 to ', marks U+0300..036F dropped after a Latin or Greek base,
 * full case folding, oe and ae for the ligatures.  ASCII lower case comes back unchanged. */
const char *utf8_fold(Arena *arena, const char *bytes, size_t length, size_t *result_length);

size_t utf8_count(const char *bytes, size_t length);    /* code points */
size_t utf8_width(const char *bytes, size_t length);    /* columns in a terminal */

/* Orders two texts by folded key, then by code point: <0, 0, >0. */
int utf8_compare(Arena *scratch, const char *a, size_t a_length, const char *b, size_t b_length);

/* Restricted Damerau-Levenshtein distance of two folded keys, at most `most` + 1. */
unsigned utf8_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                       unsigned most);

#endif
