/* fuzz_lexer.c -- any bytes: tokens come in order, never overlap, and leave out nothing but
 * blanks, ends of line, comments, and characters that were reported. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/lexer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A macro, so that the line of the call is the one reported. */
#define must(condition) ((condition) ? (void)0 : abort())

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r' || byte == '\v';
}

/* No letter and no digit stands between two tokens, outside of comments. */
static void nothing_is_lost(const char *text, size_t from, size_t to)
{
    bool in_comment = false;

    for (size_t at = from; at < to; at++) {
        unsigned size;
        int32_t code = utf8_decode(text + at, to - at, &size);
        if (is_line_end(text[at]) || code == 0x85 || code == 0x2028 || code == 0x2029)
            in_comment = false;
        else if (text[at] == '#')
            in_comment = true;
        else if (!in_comment)
            must(code < 0x80 ? code < '0' || (code > '9' && code < 'A') || code == '[' || code == ']'
                                   || code == 0x7F
                             : !utf8_is_start(code));
    }
}

/* Looking ahead changes no token. */
static void ahead_is_the_same(const Env *env, LangId language, const char *text, size_t length)
{
    Arena *arenas[2];
    Lexer *lexers[2];
    Diags diags[2];
    Tree trees[2];
    Token tokens[2];

    for (int i = 0; i < 2; i++) {
        arenas[i] = arena_new(env);
        must(arenas[i]);
        trees[i] = (Tree){.arena = arenas[i], .names = names_new(arenas[i]), .language = language,
                          .source = source_new(arenas[i], "fuzz", text, length)};
        diags_init(&diags[i], arenas[i]);
        lexers[i] = lexer_new(&trees[i], &diags[i], words_shipped());
    }
    lexer_looks_ahead(lexers[1]);
    do {
        for (int i = 0; i < 2; i++)
            lexer_next(lexers[i], &tokens[i]);
        must(tokens[0].kind == tokens[1].kind && tokens[0].flags == tokens[1].flags);
        must(tokens[0].start == tokens[1].start && tokens[0].end == tokens[1].end);
        must(tokens[0].name == tokens[1].name && tokens[0].text == tokens[1].text);
        must(tokens[0].has_error == tokens[1].has_error);
    } while (tokens[0].kind != TOKEN_END);
    must(diags[0].count == diags[1].count);
    arena_free(arenas[0]);
    arena_free(arenas[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Env env;
    Diags diags;
    Token token = {0};
    size_t end = 0, count = 0;

    env_init(&env);
    Arena *arena = arena_new(&env);
    Tree tree = {.arena = arena, .names = names_new(arena),
                 .source = source_new(arena, "fuzz", (const char *)bytes, length),
                 .language = length > 0 && bytes[0] & 1 ? LANG_FR : LANG_EN};
    diags_init(&diags, arena);
    Lexer *lexer = lexer_new(&tree, &diags, words_shipped());
    bool is_text = diags.count == 0;

    do {
        lexer_next(lexer, &token);
        must(token.start >= end || token.kind == TOKEN_END);
        must(token.end >= token.start && token.end <= length);
        must(token.kind == TOKEN_END || token.kind == TOKEN_DOC || token.end > token.start);
        must(token.line_offset <= token.start || token.flags & TEXT_LONG);
        must(token.text <= tree.text_count);
        if (is_text && token.kind != TOKEN_DOC && token.start >= end)
            nothing_is_lost((const char *)bytes, end, token.start);
        if (token.kind != TOKEN_DOC)
            end = token.end;
        must(++count <= 2 * length + 2);
    } while (token.kind != TOKEN_END);
    must(diags.count <= diags.limit);
    ahead_is_the_same(&env, tree.language, (const char *)bytes, length);
    arena_free(arena);
    return 0;
}
