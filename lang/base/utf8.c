/* utf8.c -- Unicode as the language needs it; the one place that knows utf8proc.
 *
 * Most bytes of a file are ASCII or Latin letters with accents: these are answered from small
 * tables.  The rest goes through code points, in buffers that grow in the caller's arena.
 */

#include "lang/base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* ---- bytes and code points ---- */

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

int32_t utf8_decode(const char *bytes, size_t length, unsigned *size)
{
    const unsigned char *at = (const unsigned char *)bytes;

    *size = 1;
    if (length == 0)
        return -1;
    if (at[0] < 0x80)
        return at[0];
    if (at[0] < 0xC2)
        return -1;
    if (at[0] < 0xE0) {
        if (length < 2 || !is_tail(at[1]))
            return -1;
        *size = 2;
        return (int32_t)((at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu));
    }
    if (at[0] < 0xF0) {
        if (length < 3 || !is_tail(at[1]) || !is_tail(at[2]))
            return -1;
        int32_t code = (int32_t)((at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6
                                 | (at[2] & 0x3Fu));
        if (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF))
            return -1;
        *size = 3;
        return code;
    }
    if (at[0] > 0xF4 || length < 4 || !is_tail(at[1]) || !is_tail(at[2]) || !is_tail(at[3]))
        return -1;
    int32_t code = (int32_t)((at[0] & 0x07u) << 18 | (at[1] & 0x3Fu) << 12
                             | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu));
    if (code < 0x10000 || code > 0x10FFFF)
        return -1;
    *size = 4;
    return code;
}

unsigned utf8_encode(int32_t code, char out[4])
{
    return (unsigned)utf8proc_encode_char(code, (utf8proc_uint8_t *)out);
}

static const uint64_t HIGH_BITS = 0x8080808080808080u;

static uint64_t load8(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The offset of the first byte that is not ASCII, from `at` on, or length. */
static size_t ascii_end(const char *bytes, size_t at, size_t length)
{
    while (length - at >= 8 && (load8(bytes + at) & HIGH_BITS) == 0)
        at += 8;
    while (at < length && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

size_t utf8_valid(const char *bytes, size_t length)
{
    size_t at = 0;
    unsigned size;

    while ((at = ascii_end(bytes, at, length)) < length) {
        do {
            if (utf8_decode(bytes + at, length - at, &size) < 0)
                return at;
            at += size;
        } while (at < length && (unsigned char)bytes[at] >= 0x80);
    }
    return length;
}

size_t utf8_count(const char *bytes, size_t length)
{
    size_t tails = 0, at = 0;

    for (; length - at >= 8; at += 8) {
        uint64_t word = load8(bytes + at);      /* a tail has bit 7 set and bit 6 clear */
        tails += (unsigned)__builtin_popcountll(word & ~(word << 1) & HIGH_BITS);
    }
    for (; at < length; at++)
        tails += is_tail((unsigned char)bytes[at]);
    return length - tails;
}

size_t utf8_width(const char *bytes, size_t length)
{
    size_t width = 0;
    unsigned size;

    for (size_t at = 0; at < length; at += size) {
        int32_t code = utf8_decode(bytes + at, length - at, &size);
        if (code >= ' ' && code < 0x7F)
            width++;
        else if (code == '\t' || code < 0)
            width++;
        else
            width += (unsigned)utf8proc_charwidth(code);
    }
    return width;
}

/* ---- classes of characters ---- */

typedef struct Range {
    int32_t first, last;
} Range;

static bool in_ranges(const Range *ranges, size_t count, int32_t code)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

#define IN(ranges, code) in_ranges(ranges, sizeof(ranges) / sizeof(ranges)[0], code)

static unsigned category_bit(int32_t code)
{
    if (code > 0x10FFFF)
        return 0;
    return 1u << utf8proc_get_property(code)->category;
}

#define CATEGORY(name) (1u << UTF8PROC_CATEGORY_##name)
static const unsigned LETTERS = CATEGORY(LU) | CATEGORY(LL) | CATEGORY(LT) | CATEGORY(LM)
                                | CATEGORY(LO) | CATEGORY(NL);
static const unsigned MARKS = CATEGORY(MN) | CATEGORY(MC);
static const unsigned FOLLOWERS = CATEGORY(ND) | CATEGORY(PC);

/* Letters that cannot be in a word: Pattern_Syntax, and those whose compatibility form would
 * not be one (so XID, not ID). */
static const Range no_word[] = {
    { 0x037A, 0x037A }, { 0x2E2F, 0x2E2F }, { 0x309B, 0x309C }, { 0xFC5E, 0xFC63 },
    { 0xFDFA, 0xFDFB }, { 0xFE70, 0xFE70 }, { 0xFE72, 0xFE72 }, { 0xFE74, 0xFE74 },
    { 0xFE76, 0xFE76 }, { 0xFE78, 0xFE78 }, { 0xFE7A, 0xFE7A }, { 0xFE7C, 0xFE7C },
    { 0xFE7E, 0xFE7E },
};

/* Letters that go on in a word but, for the same reason, do not begin one. */
static const Range no_start[] = {
    { 0x0E33, 0x0E33 }, { 0x0EB3, 0x0EB3 }, { 0xFF9E, 0xFF9F },
};

static const Range other_start[] = {
    { 0x1885, 0x1886 }, { 0x2118, 0x2118 }, { 0x212E, 0x212E },
};

static const Range other_continue[] = {
    { 0x00B7, 0x00B7 }, { 0x0387, 0x0387 }, { 0x1369, 0x1371 }, { 0x19DA, 0x19DA },
};

bool utf8_is_start(int32_t code)
{
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    if (category_bit(code) & LETTERS)
        return !IN(no_word, code) && !IN(no_start, code);
    return IN(other_start, code);
}

bool utf8_is_continue(int32_t code)
{
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z')
               || (code >= '0' && code <= '9') || code == '_';
    if (category_bit(code) & (LETTERS | MARKS | FOLLOWERS))
        return !IN(no_word, code);
    return IN(other_start, code) || IN(other_continue, code);
}

bool utf8_is_newline(int32_t code)
{
    return code == '\n' || code == '\r' || code == 0x0B || code == 0x85 || code == 0x2028
           || code == 0x2029;
}

bool utf8_is_invisible(int32_t code)
{
    static const Range unseen[] = {
        { 0x00AD, 0x00AD },     /* soft hyphen */
        { 0x061C, 0x061C },     /* direction marks ... */
        { 0x180E, 0x180E },
        { 0x200B, 0x200B },
        { 0x200E, 0x200F },
        { 0x202A, 0x202E },     /* ... embeddings, overrides ... */
        { 0x2060, 0x2060 },
        { 0x2066, 0x2069 },     /* ... and isolates */
        { 0xFEFF, 0xFEFF },
        { 0xE0001, 0xE007F },   /* tags */
    };

    if (code < 0xA0)
        return (code < ' ' && code != '\t' && !utf8_is_newline(code))
               || (code >= 0x7F && code != 0x85);
    return IN(unseen, code);
}

bool utf8_is_blank(int32_t code)
{
    return code == ' ' || code == '\t' || code == 0xA0 || (code >= 0x2000 && code <= 0x200A)
           || code == 0x202F || code == 0x205F || code == 0x3000;
}

bool utf8_joins(int32_t code)
{
    /* Arabic, Syriac and their neighbours; the scripts of India and South-East Asia;
     * Mongolian and 'Phags-pa; the presentation forms; Brahmic scripts beyond U+FFFF. */
    static const Range joining[] = {
        { 0x0620, 0x08FF }, { 0x0900, 0x0DFF }, { 0x0F00, 0x109F }, { 0x1700, 0x18AF },
        { 0x1900, 0x1CFF }, { 0xA800, 0xA8FF }, { 0xA900, 0xAAFF }, { 0xABC0, 0xABFF },
        { 0xFB50, 0xFDFF }, { 0xFE70, 0xFEFE }, { 0x10A00, 0x10A5F }, { 0x10AC0, 0x10AFF },
        { 0x10B80, 0x10BAF }, { 0x10D00, 0x10D3F }, { 0x10F30, 0x10FDF },
        { 0x11000, 0x11FFF }, { 0x1E900, 0x1E95F },
    };

    return code >= 0x0620 && IN(joining, code) && (category_bit(code) & (LETTERS | MARKS));
}

/* ---- buffers of code points ---- */

enum { FEW = 512 };     /* code points that need no memory of the arena */

typedef struct Codes {
    Arena *arena;
    int32_t *item;
    size_t count, capacity;
    int32_t few[FEW];
} Codes;

static void codes_begin(Codes *codes, Arena *arena)
{
    codes->arena = arena;
    codes->item = codes->few;
    codes->count = 0;
    codes->capacity = FEW;
}

/* Makes room for some more code points, and for the byte that utf8proc puts after them. */
static int32_t *codes_room(Codes *codes, size_t more)
{
    size_t needed = codes->count + more + 1;

    if (needed <= codes->capacity)
        return codes->item + codes->count;
    if (codes->item == codes->few) {
        size_t capacity = 0;
        int32_t *many = arena_grow(codes->arena, NULL, &capacity, 2 * needed, sizeof *many);
        memcpy(many, codes->few, codes->count * sizeof *many);
        codes->item = many;
        codes->capacity = capacity;
    } else {
        codes->item = arena_grow(codes->arena, codes->item, &codes->capacity, needed,
                                 sizeof *codes->item);
    }
    return codes->item + codes->count;
}

static void codes_end(Codes *codes)
{
    if (codes->item != codes->few)
        arena_release(codes->arena, codes->item, codes->capacity, sizeof *codes->item);
}

enum { LONGEST_MAPPING = 18 };  /* no character becomes more code points than that */

/* Adds what one character becomes: its decomposition, or its case folding. */
static void add_mapped(Codes *codes, int32_t code, utf8proc_option_t options)
{
    int boundary = 0;
    int32_t *room = codes_room(codes, LONGEST_MAPPING);
    utf8proc_ssize_t count = utf8proc_decompose_char(code, room, LONGEST_MAPPING, options,
                                                     &boundary);

    if (count <= 0 || count > LONGEST_MAPPING) {    /* not assigned: stands for itself */
        room[0] = code;
        count = 1;
    }
    codes->count += (size_t)count;
}

static unsigned mark_class(int32_t code)
{
    return (unsigned)utf8proc_get_property(code)->combining_class;
}

/* Sorts one run of marks by class, equal ones as they were.  A long run is a hostile one, and
 * takes time in proportion to its length, not to its square. */
static void sort_marks(Arena *arena, int32_t *marks, size_t count)
{
    if (count <= 16) {
        for (size_t i = 1; i < count; i++) {
            int32_t mark = marks[i];
            size_t place = i;
            for (; place > 0 && mark_class(marks[place - 1]) > mark_class(mark); place--)
                marks[place] = marks[place - 1];
            marks[place] = mark;
        }
        return;
    }

    size_t start[257] = { 0 };
    int32_t *sorted = arena_array(arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        start[mark_class(marks[i]) + 1]++;
    for (size_t i = 1; i < 257; i++)
        start[i] += start[i - 1];
    for (size_t i = 0; i < count; i++)
        sorted[start[mark_class(marks[i])]++] = marks[i];
    memcpy(marks, sorted, count * sizeof *marks);
    arena_release(arena, sorted, count, sizeof *sorted);
}

/* Puts each run of marks in canonical order. */
static void order_marks(Codes *codes)
{
    for (size_t i = 0; i < codes->count;) {
        size_t first = i;
        while (i < codes->count && codes->item[i] >= 0x300 && mark_class(codes->item[i]))
            i++;
        if (i > first + 1)
            sort_marks(codes->arena, codes->item + first, i - first);
        i += i == first;
    }
}

/* The canonical decomposition (NFD). */
static void decompose(Codes *codes, const char *bytes, size_t length)
{
    unsigned size;

    for (size_t at = 0; at < length; at += size) {
        int32_t code = utf8_decode(bytes + at, length - at, &size);
        if (code < 0xC0) {
            *codes_room(codes, 1) = code < 0 ? 0xFFFD : code;
            codes->count++;
        } else {
            add_mapped(codes, code, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
        }
    }
    order_marks(codes);
}

/* Composes what is decomposed and in order (NFC), and copies it to the arena. */
static const char *composed(Codes *codes, size_t *result_length)
{
    codes_room(codes, 1);
    utf8proc_ssize_t length = utf8proc_reencode(codes->item, (utf8proc_ssize_t)codes->count,
                                                UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    *result_length = length > 0 ? (size_t)length : 0;
    char *text = arena_copy(codes->arena, (const char *)codes->item, *result_length);
    codes_end(codes);
    return text;
}

/* ---- NFC ---- */

/* Whether a code point stays as it is in NFC whatever stands before it; may say no wrongly.
 * What joins with the letter before it is a mark, a Hangul letter or a Kirat Rai vowel. */
static bool is_composed(int32_t code)
{
    if (code < 0x300 || (code >= 0x2010 && code <= 0x2027))
        return true;
    if ((code >= 0x1100 && code <= 0x11FF) || (code >= 0x16D40 && code <= 0x16D7F)
        || (category_bit(code) & MARKS))
        return false;
    const utf8proc_property_t *property = utf8proc_get_property(code);
    return property->combining_class == 0
           && (property->decomp_seqindex == UINT16_MAX
               || property->decomp_type != 0);      /* 0: a canonical decomposition */
}

const char *utf8_nfc(Arena *arena, const char *bytes, size_t length, size_t *result_length)
{
    size_t at = 0;
    unsigned size;

    while ((at = ascii_end(bytes, at, length)) < length) {
        if (!is_composed(utf8_decode(bytes + at, length - at, &size)))
            break;
        at += size;
    }
    *result_length = length;
    if (at >= length)
        return bytes;

    Codes codes;
    codes_begin(&codes, arena);
    decompose(&codes, bytes, length);
    size_t new_length;
    const char *text = composed(&codes, &new_length);
    if (new_length == length && memcmp(text, bytes, length) == 0)
        return bytes;
    *result_length = new_length;
    return text;
}

/* ---- folding ---- */

/* The folded form of U+00C0 to U+017F where it is ASCII; else empty. */
static const char latin[][3] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "",  "n", "o", "o", "o", "o", "o",  "",  "",  "u", "u", "u", "u", "y", "",  "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "",  "n", "o", "o", "o", "o", "o",  "",  "",  "u", "u", "u", "u", "y", "",  "y",
    "a", "a", "a", "a", "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d", "d",
    "",  "",  "e", "e", "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g", "g",
    "g", "g", "g", "g", "h", "h", "",   "",  "i", "i", "i", "i", "i", "i", "i", "i",
    "i", "",  "",  "",  "j", "j", "k",  "k", "",  "l", "l", "l", "l", "l", "l", "",
    "",  "",  "",  "n", "n", "n", "n",  "n", "n", "",  "",  "",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
    "s", "s", "t", "t", "t", "t", "",   "",  "u", "u", "u", "u", "u", "u", "u", "u",
    "u", "u", "u", "u", "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z", "s",
};
_Static_assert(sizeof latin / sizeof latin[0] == 0x180 - 0xC0, "one row a letter");

bool utf8_fold_latin(const char *bytes, size_t length, char *out, size_t *result_length)
{
    size_t written = 0;

    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte < 0x80) {
            out[written++] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
            at++;
        } else if (byte >= 0xC3 && byte <= 0xC5 && at + 1 < length) {
            unsigned code = (byte & 0x1Fu) << 6 | ((unsigned char)bytes[at + 1] & 0x3Fu);
            const char *letters = latin[code - 0xC0];
            if (!letters[0])
                return false;
            out[written++] = letters[0];
            if (letters[1])
                out[written++] = letters[1];
            at += 2;
        } else if (length - at >= 3 && memcmp(bytes + at, "\xE2\x80\x99", 3) == 0) {
            out[written++] = '\'';
            at += 3;
        } else {
            return false;
        }
    }
    *result_length = written;
    return true;
}

/* Whether marks after this base are left out: Latin and Greek letters. */
static bool loses_marks(int32_t code)
{
    static const Range bases[] = {
        { 'A', 'Z' },           { 'a', 'z' },           { 0x00AA, 0x00AA },
        { 0x00BA, 0x00BA },     { 0x00C0, 0x00D6 },     { 0x00D8, 0x00F6 },
        { 0x00F8, 0x02B8 },     { 0x02E0, 0x02E4 },     { 0x0370, 0x0373 },
        { 0x0376, 0x0377 },     { 0x037A, 0x037D },     { 0x037F, 0x037F },
        { 0x0386, 0x0386 },     { 0x0388, 0x03E1 },     { 0x03F0, 0x03FF },
        { 0x1D00, 0x1D2A },     { 0x1D2C, 0x1D77 },     { 0x1D79, 0x1DBF },
        { 0x1E00, 0x1FFC },     { 0x2071, 0x2071 },     { 0x207F, 0x207F },
        { 0x2090, 0x209C },     { 0x2126, 0x2126 },     { 0x212A, 0x212B },
        { 0x2132, 0x2132 },     { 0x214E, 0x214E },     { 0x2160, 0x2188 },
        { 0x2C60, 0x2C7F },     { 0xA722, 0xA787 },     { 0xA78B, 0xA7FF },
        { 0xAB30, 0xAB65 },     { 0xFB00, 0xFB06 },     { 0xFF21, 0xFF3A },
        { 0xFF41, 0xFF5A },     { 0x10780, 0x107BF },   { 0x1DF00, 0x1DFFF },
    };

    return IN(bases, code);
}

static void fold_codes(Codes *folded, const Codes *decomposed)
{
    bool losing = false;    /* the last base is Latin or Greek */

    for (size_t i = 0; i < decomposed->count; i++) {
        int32_t code = decomposed->item[i];
        if (code >= 0x300 && code <= 0x36F && losing)
            continue;
        if (code == 0x2019) {
            *codes_room(folded, 1) = '\'';
            folded->count++;
        } else {
            add_mapped(folded, code, UTF8PROC_STABLE | UTF8PROC_CASEFOLD);
        }

        int32_t *last = folded->item + folded->count - 1;
        if (*last == 0xE6 || *last == 0x153) {          /* ae, oe in one letter */
            *last = *last == 0xE6 ? 'a' : 'o';
            codes_room(folded, 1)[0] = 'e';
            folded->count++;
            losing = true;
        } else if (!(category_bit(*last) & (MARKS | CATEGORY(ME)))) {
            losing = loses_marks(*last);
        }
    }
}

const char *utf8_fold(Arena *arena, const char *bytes, size_t length, size_t *result_length)
{
    char few[FEW];
    char *out = length <= sizeof few ? few : arena_array(arena, length, 1);
    size_t new_length;
    const char *text;

    if (utf8_fold_latin(bytes, length, out, &new_length)) {
        *result_length = new_length;
        if (new_length == length && memcmp(out, bytes, length) == 0)
            text = bytes;
        else
            text = arena_copy(arena, out, new_length);
        if (out != few)
            arena_release(arena, out, length, 1);
        return text;
    }
    if (out != few)
        arena_release(arena, out, length, 1);

    Codes decomposed, folded;
    codes_begin(&decomposed, arena);
    codes_begin(&folded, arena);
    decompose(&decomposed, bytes, length);
    fold_codes(&folded, &decomposed);
    codes_end(&decomposed);
    order_marks(&folded);       /* what kept two marks apart may be gone */
    return composed(&folded, result_length);
}

/* ---- order and nearness ---- */

/* Decodes into codes; false when there are more than UTF8_DISTANCE_LONGEST. */
static bool decode_all(const char *bytes, size_t length, int32_t *codes, unsigned *count)
{
    unsigned size;

    *count = 0;
    for (size_t at = 0; at < length; at += size) {
        if (*count == UTF8_DISTANCE_LONGEST)
            return false;
        codes[(*count)++] = utf8_decode(bytes + at, length - at, &size);
    }
    return true;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Three rows of the usual table are kept: a swap of neighbours looks two rows back. */
static unsigned distance(const int32_t *a, unsigned a_count, const int32_t *b,
                         unsigned b_count, unsigned most)
{
    unsigned rows[3][UTF8_DISTANCE_LONGEST + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];

    for (unsigned j = 0; j <= b_count; j++)
        above[j] = j;
    for (unsigned i = 1; i <= a_count; i++) {
        unsigned best = row[0] = i;
        for (unsigned j = 1; j <= b_count; j++) {
            unsigned cost = a[i - 1] != b[j - 1];
            row[j] = least(above[j - 1] + cost, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > most)        /* no later row is better, even by a swap: one row is worse
                                   than the row above it by one at most */
            return most + 1;
        unsigned *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return least(above[b_count], most + 1);
}

unsigned utf8_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                       unsigned most)
{
    int32_t a_codes[UTF8_DISTANCE_LONGEST], b_codes[UTF8_DISTANCE_LONGEST];
    unsigned a_count, b_count;

    if (a_length == b_length && memcmp(a, b, a_length) == 0)
        return 0;
    if (most >= UTF8_DISTANCE_LONGEST)
        most = UTF8_DISTANCE_LONGEST;
    if (!decode_all(a, a_length, a_codes, &a_count)
        || !decode_all(b, b_length, b_codes, &b_count))
        return most + 1;
    if ((a_count > b_count ? a_count - b_count : b_count - a_count) > most)
        return most + 1;
    return distance(a_codes, a_count, b_codes, b_count, most);
}
