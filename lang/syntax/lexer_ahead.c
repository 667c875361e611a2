/* lexer_ahead.c -- in a large text, sees words before they are read, so that what is known about
 * them comes out of memory meanwhile.
 *
 * A name is looked up at places of memory that have nothing to do with one another, and in a
 * large text each is a wait longer than reading a line.  So the lines to come are gone through
 * for plain words and texts: where they end is kept, the hash of a word too, and its slot is
 * asked for; its record follows when the slot is there.  Nothing depends on what is seen: inside
 * a comment or a long text it is nonsense that nobody asks about.
 */

#include "lang/syntax/lexer_parts.h"

enum { AHEAD_BYTES = 200 };     /* about a microsecond of reading */

static void see(Ahead *ahead, uint32_t start, uint32_t end, uint32_t hash)
{
    ahead->seen[ahead->last++ % SEEN] = (Seen){start, end, hash};
}

static uint32_t see_word(Lexer *lexer, uint32_t start)
{
    uint32_t end = lexer_plain_word_end(lexer, start);

    if (class_of(byte_at(lexer, end)) & MAY_JOIN)
        return end;
    uint32_t hash = names_hash(lexer->names, lexer->text + start, end - start);
    names_expect_slot(lexer->names, hash);
    see(lexer->ahead, start, end, hash);
    return end;
}

static uint32_t see_text(Lexer *lexer, uint32_t start)
{
    uint32_t stop = lexer_text_stop(lexer, start + 1), end = stop;

    while (end < lexer->length && (class_of(lexer->text[end]) & CLASS) == CLASS_HIGH)
        end = lexer_text_stop(lexer, end + 1);
    if (byte_at(lexer, end) != '"')
        return end;
    if (end == stop)
        see(lexer->ahead, start, end, 0);
    return end + 1;
}

void lexer_looks_ahead(Lexer *lexer)
{
    lexer->ahead = arena_alloc(lexer->tree->arena, sizeof *lexer->ahead);
}

void lexer_look_ahead(Lexer *lexer)
{
    Ahead *ahead = lexer->ahead;
    const char *text = lexer->text;
    uint32_t at = ahead->at > lexer->at ? ahead->at : lexer->at;
    uint32_t stop = lexer->length - lexer->at > AHEAD_BYTES ? lexer->at + AHEAD_BYTES
                                                            : lexer->length;

    while (ahead->last - ahead->first < SEEN) {
        while (at < stop && !(class_of(text[at]) & OPENS))
            at++;
        if (at >= stop)
            break;
        at = text[at] == '"' ? see_text(lexer, at) : see_word(lexer, at);
    }
    ahead->at = at;
}
