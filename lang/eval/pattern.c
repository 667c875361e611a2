/* pattern.c -- PCRE2 patterns that always end: the one file that knows PCRE2.
 *
 * PCRE2 starts its match limit anew at each place where a match may begin, so a long text
 * could cost its length times the limit.  Hence a text is searched in chunks of starting
 * places (an offset limit), first with a small limit for each start; only a chunk that meets
 * it is cut in two and tried again with a larger one.  What is spent that way is counted: a
 * match has a budget, and so has the pattern over all its texts.  Steps do not count how far a
 * repeated character runs, so a text has a longest length too.
 */
#include "lang/eval/pattern.h"

#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lang/base/utf8.h"

enum {
    CHUNK = 4096,               /* starting places tried in one call */
    FIRST_STEPS = 32,           /* for each start, at first */
    GROWTH = 16,                /* of that limit, for a chunk that met it */
    MATCH_FACTOR = 100,         /* a text may cost so many times the limit of one start ... */
    PATTERN_FACTOR = 2000,      /* ... and all texts of a pattern so many */
    NESTING = 64,               /* parentheses in a pattern */
    PART = 16,                  /* starts that get a larger limit together */
    PARTS = 16,                 /* more than log2(CHUNK / PART) parts wait at a time */
    LONGEST = 65536,            /* bytes of a text: one step may read all of it, at each start */
};

struct Pattern {
    const Env *env;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    uint64_t steps;             /* the limit for one start */
    uint64_t spent;             /* by all matches so far */
    bool is_whole;              /* \G: chunks would change its meaning */
};

/* One text being searched. */
typedef struct Search {
    Pattern *pattern;
    const char *text;
    size_t length;
    uint64_t budget;            /* steps that may still be spent */
} Search;

/* ---- Memory ------------------------------------------------------------------------- */

static void *take(PCRE2_SIZE size, void *arena)
{
    return arena_alloc(arena, size);
}

static void give_back(void *block, void *arena)
{
    (void) block;
    (void) arena;               /* everything ends with the arena */
}

/* ---- Patterns ----------------------------------------------------------------------- */

static PatternFault fault_of(int number)
{
    switch (number) {
    case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS:
        return PATTERN_FAULT_UNCLOSED_GROUP;
    case PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS:
        return PATTERN_FAULT_UNOPENED_GROUP;
    case PCRE2_ERROR_MISSING_SQUARE_BRACKET:
        return PATTERN_FAULT_UNCLOSED_SET;
    case PCRE2_ERROR_CLASS_RANGE_ORDER:
        return PATTERN_FAULT_BACKWARD_RANGE;
    case PCRE2_ERROR_QUANTIFIER_INVALID:
        return PATTERN_FAULT_NOTHING_TO_REPEAT;
    case PCRE2_ERROR_END_BACKSLASH:
    case PCRE2_ERROR_UNKNOWN_ESCAPE:
    case PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED:
        return PATTERN_FAULT_ESCAPE;
    case PCRE2_ERROR_PATTERN_TOO_LARGE:
    case PCRE2_ERROR_PATTERN_STRING_TOO_LONG:
    case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP:
        return PATTERN_FAULT_TOO_LONG;
    default:
        return PATTERN_FAULT_OTHER;
    }
}

MessageId pattern_fault_message(PatternFault fault)
{
    static const MessageId messages[] = {
        [PATTERN_FAULT_OTHER] = MESSAGE_PATTERN_OTHER,
        [PATTERN_FAULT_UNCLOSED_GROUP] = MESSAGE_PATTERN_UNCLOSED_GROUP,
        [PATTERN_FAULT_UNOPENED_GROUP] = MESSAGE_PATTERN_UNOPENED_GROUP,
        [PATTERN_FAULT_UNCLOSED_SET] = MESSAGE_PATTERN_UNCLOSED_SET,
        [PATTERN_FAULT_BACKWARD_RANGE] = MESSAGE_PATTERN_BACKWARD_RANGE,
        [PATTERN_FAULT_NOTHING_TO_REPEAT] = MESSAGE_PATTERN_NOTHING_TO_REPEAT,
        [PATTERN_FAULT_ESCAPE] = MESSAGE_PATTERN_ESCAPE,
        [PATTERN_FAULT_TOO_LONG] = MESSAGE_PATTERN_TOO_LONG,
    };

    return messages[fault];
}

/* Where the outermost group, or the set, opens that nothing closes: PCRE2 gives the end of the
 * pattern, which helps nobody.  `otherwise` when no such place is found. */
static size_t opening(const char *text, size_t length, PatternFault fault, size_t otherwise)
{
    size_t depth = 0, group = otherwise;
    for (size_t at = 0; at < length; at++) {
        size_t close = at + 1;
        switch (text[at]) {
        case '\\':
            at++;
            break;
        case '(':
            if (depth++ == 0)
                group = at;
            break;
        case ')':
            depth -= depth > 0;
            break;
        case '[':               /* up to its `]`; one that comes first belongs to the set */
            close += close < length && text[close] == '^';
            close += close < length && text[close] == ']';
            while (close < length && text[close] != ']')
                close += text[close] == '\\' ? 2 : 1;
            if (close >= length)
                return fault == PATTERN_FAULT_UNCLOSED_SET ? at : otherwise;
            at = close;
            break;
        default:
            break;
        }
    }
    return fault == PATTERN_FAULT_UNCLOSED_GROUP && depth > 0 ? group : otherwise;
}

static void tell_error(int number, const char *text, size_t length, size_t offset,
                       PatternError *error)
{
    if (!error)
        return;
    error->fault = fault_of(number);
    error->offset = offset;
    if (error->fault == PATTERN_FAULT_UNCLOSED_GROUP || error->fault == PATTERN_FAULT_UNCLOSED_SET)
        error->offset = opening(text, length, error->fault, offset);
    if (pcre2_get_error_message(number, (PCRE2_UCHAR *)error->text, sizeof error->text) < 0)
        error->text[sizeof error->text - 1] = '\0';
}

static bool mentions_last_match(const char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == '\\' && text[++i] == 'G')
            return true;
    return false;
}

static pcre2_compile_context *compile_context(pcre2_general_context *general, uint64_t longest)
{
    pcre2_compile_context *context = pcre2_compile_context_create(general);

    pcre2_set_max_pattern_length(context, longest);
    pcre2_set_parens_nest_limit(context, NESTING);
    pcre2_set_newline(context, PCRE2_NEWLINE_ANY);
    return context;
}

Pattern *pattern_new(Arena *arena, const char *text, size_t length, bool caseless,
                     PatternError *error)
{
    const Limits *limits = &arena_env(arena)->limits;
    uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    int number;
    PCRE2_SIZE offset;

    if (caseless)
        options |= PCRE2_CASELESS;
    pcre2_general_context *general = pcre2_general_context_create(take, give_back, arena);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, length, options, &number, &offset,
                                     compile_context(general, limits->pattern_bytes));
    if (!code) {
        tell_error(number, text, length, offset, error);
        return NULL;
    }

    Pattern *pattern = arena_alloc(arena, sizeof *pattern);
    pattern->env = arena_env(arena);
    pattern->code = code;
    pattern->data = pcre2_match_data_create_from_pattern(code, general);
    pattern->context = pcre2_match_context_create(general);
    pattern->steps = limits->pattern_steps;
    pattern->is_whole = mentions_last_match(text, length);
    pcre2_set_heap_limit(pattern->context, (uint32_t)(limits->pattern_heap / 1024));
    return pattern;
}

uint64_t pattern_spent(const Pattern *pattern)
{
    return pattern->spent;
}

/* ---- Matching ----------------------------------------------------------------------- */

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static void spend(Search *search, uint64_t steps)
{
    search->budget -= smaller(search->budget, steps);
    search->pattern->spent += steps;
}

/* Tries the starts from..last with this limit for each; PCRE2's answer. */
static int attempt(Search *search, size_t from, size_t last, uint64_t steps)
{
    Pattern *pattern = search->pattern;

    pcre2_set_match_limit(pattern->context, (uint32_t)steps);
    pcre2_set_offset_limit(pattern->context, last);
    return pcre2_match(pattern->code, (PCRE2_SPTR)search->text, search->length, from,
                       PCRE2_NO_UTF_CHECK, pattern->data, pattern->context);
}

static bool met_limit(int answer)
{
    return answer == PCRE2_ERROR_MATCHLIMIT || answer == PCRE2_ERROR_DEPTHLIMIT
        || answer == PCRE2_ERROR_HEAPLIMIT;
}

/* The next place after `at` where a character begins. */
static size_t character_from(const Search *search, size_t at)
{
    while (at < search->length && ((unsigned char)search->text[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Searches the starts from..last (both included), enlarging the limit where it is met.  The
 * parts of a chunk are kept on a small stack: the part to try next is on top. */
static PatternMatch search_chunk(Search *search, size_t from, size_t last)
{
    struct { size_t from, last; uint64_t steps; } parts[PARTS];
    Pattern *pattern = search->pattern;
    int count = 0;

    parts[count].from = from;
    parts[count].last = last;
    parts[count++].steps = smaller(FIRST_STEPS, pattern->steps);
    while (count) {
        size_t first = parts[count - 1].from, end = parts[count - 1].last;
        uint64_t steps = parts[--count].steps;
        size_t starts = end - first + 1;
        int answer = attempt(search, first, end, steps);

        spend(search, steps > FIRST_STEPS ? starts * steps : starts);
        if (answer >= 0)
            return PATTERN_YES;
        if (answer == PCRE2_ERROR_NOMATCH)
            continue;
        if (!met_limit(answer) || steps >= pattern->steps || search->budget == 0)
            return PATTERN_LIMIT;

        size_t middle = character_from(search, first + (end - first) / 2 + 1);
        if (starts > PART && middle <= end && count + 2 <= PARTS) {
            parts[count].from = middle;
            parts[count].last = end;
            parts[count++].steps = steps;
            end = middle - 1;
        } else
            steps = smaller(steps * GROWTH, pattern->steps);
        parts[count].from = first;
        parts[count].last = end;
        parts[count++].steps = steps;
    }
    return PATTERN_NO;
}

/* A pattern with \G is searched in one go, with a limit that keeps the whole in the budget. */
static PatternMatch search_whole(Search *search, size_t from)
{
    size_t starts = search->length - from + 1;
    uint64_t steps = smaller(search->budget / starts + 1, search->pattern->steps);
    int answer = attempt(search, from, search->length, steps);

    spend(search, starts * (answer == PCRE2_ERROR_NOMATCH || answer >= 0 ? 1 : steps));
    if (answer >= 0)
        return PATTERN_YES;
    return answer == PCRE2_ERROR_NOMATCH ? PATTERN_NO : PATTERN_LIMIT;
}

static PatternMatch search_from(Pattern *pattern, const char *text, size_t length, size_t from)
{
    Search search = {pattern, text, length, pattern->steps * MATCH_FACTOR + length};

    if (from > length)
        return PATTERN_NO;
    if (length > LONGEST || pattern->spent > pattern->steps * PATTERN_FACTOR
        || utf8_valid(text, length) < length)
        return PATTERN_LIMIT;
    from = character_from(&search, from);
    if (pattern->is_whole)
        return search_whole(&search, from);
    for (size_t at = from; ; ) {
        size_t next = length - at > CHUNK ? character_from(&search, at + CHUNK) : length + 1;
        PatternMatch answer = search_chunk(&search, at, next - 1);
        if (answer != PATTERN_NO || next > length)
            return answer;
        if (pattern->env->cancel && *pattern->env->cancel)
            return PATTERN_LIMIT;
        at = next;
    }
}

PatternMatch pattern_match(Pattern *pattern, const char *text, size_t length, size_t *start,
                           size_t *end)
{
    size_t group[1][2], count = 1;
    PatternMatch answer = pattern_match_from(pattern, text, length, 0, group, &count);

    if (answer == PATTERN_YES && start)
        *start = group[0][0];
    if (answer == PATTERN_YES && end)
        *end = group[0][1];
    return answer;
}

PatternMatch pattern_match_from(Pattern *pattern, const char *text, size_t length, size_t from,
                                size_t groups[][2], size_t *group_count)
{
    PatternMatch answer = search_from(pattern, text ? text : "", length, from);
    if (answer != PATTERN_YES)
        return answer;

    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(pattern->data);
    size_t found = pcre2_get_ovector_count(pattern->data);
    if (found < *group_count)
        *group_count = found;
    for (size_t i = 0; i < *group_count; i++) {
        bool is_set = places[2 * i] != PCRE2_UNSET;
        groups[i][0] = is_set ? places[2 * i] : PATTERN_UNSET;
        groups[i][1] = is_set ? places[2 * i + 1] : PATTERN_UNSET;
    }
    return answer;
}
