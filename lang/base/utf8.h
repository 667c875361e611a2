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

bool utf8_is_start(int32_t code);       /* may begin a word: XID_Start, exactly */
bool utf8_is_continue(int32_t code);    /* may go on in a word: XID_Continue, exactly */
/* Refused in source (E102): controls other than tab and line ends, direction marks, and what
 * has no width.  U+FEFF is among them: whoever allows it at the start looks first. */
bool utf8_is_invisible(int32_t code);
bool utf8_is_blank(int32_t code);       /* space, tab and the blanks of the language */
bool utf8_is_newline(int32_t code);     /* LF, CR, U+000B, U+0085, U+2028, U+2029 */
bool utf8_joins(int32_t code);          /* a letter after which U+200C, U+200D may stand */

/* A copy in the arena in NFC; returns bytes itself when it already is.  The bytes must be valid
 * UTF-8, here and below: utf8_valid stands at the door. */
const char *utf8_nfc(Arena *arena, const char *bytes, size_t length, size_t *result_length);

/* The folded key: NFC, U+2019 to ', marks U+0300..036F dropped after a Latin or Greek base,
 * full case folding, oe and ae for the ligatures.  ASCII lower case comes back unchanged. */
const char *utf8_fold(Arena *arena, const char *bytes, size_t length, size_t *result_length);

/* The same for texts of ASCII, Latin letters and U+2019 alone, without memory: out has room for
 * length bytes.  False: the text needs utf8_fold (out may have been written to). */
bool utf8_fold_latin(const char *bytes, size_t length, char *out, size_t *result_length);

size_t utf8_count(const char *bytes, size_t length);    /* code points */
size_t utf8_width(const char *bytes, size_t length);    /* columns in a terminal; a tab is 1 */

/* Restricted Damerau-Levenshtein distance of two folded keys, at most `most` + 1, which is also
 * the answer for what is longer than UTF8_DISTANCE_LONGEST code points and not the same. */
enum { UTF8_DISTANCE_LONGEST = 256 };

unsigned utf8_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                       unsigned most);

#endif
