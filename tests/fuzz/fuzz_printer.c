/* fuzz_printer.c -- a text without syntax errors, laid out: no error, the same tree, the same
 * comments, and the second time the same bytes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lang/syntax/parser.h"
#include "lang/syntax/printer.h"
#include "lang/syntax/lexer.h"
#include "tests/unit/tree_dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A macro, so that the line of the call is the one reported. */
#define must(condition) ((condition) ? (void)0 : abort())

static Tree *parsed(Arena *arena, const char *text, size_t length, ParseMode mode)
{
    Diags diags;

    diags_init(&diags, arena);
    return parse(arena, names_new(arena), words_shipped(),
                 source_new(arena, "fuzz", text, length), LANG_EN, mode, &diags);
}

/* The comments of a text, one after the other, without blanks at their ends. */
static const char *comments_of(Arena *arena, const Tree *tree)
{
    const char *text = tree->source->text;
    char *comments = arena_alloc(arena, 2 * (size_t)tree->source->length + 2);
    size_t length = 0, end = 0;
    Token token;
    Tree reading = *tree;

    Lexer *lexer = lexer_new(&reading, NULL, words_shipped());
    lexer_language(lexer, tree->language);
    do {
        lexer_next(lexer, &token);
        bool inside = false;
        for (size_t at = end; at < token.start; at++) {
            bool ends = text[at] == '\n' || text[at] == '\r' || text[at] == '\v';
            inside = !ends && (inside || text[at] == '#');
            if (inside && text[at] != ' ' && text[at] != '\t')
                comments[length++] = text[at];
        }
        if (token.kind == TOKEN_COLON && token.line_start)
            lexer_rest_of_line(lexer, token.end);
        end = token.kind == TOKEN_DOC ? token.start : token.end;
    } while (token.kind != TOKEN_END);
    return comments;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Env env;

    env_init(&env);
    Arena *arena = arena_new(&env);
    Tree *tree = parsed(arena, (const char *)bytes, length, PARSE_SCRIPT);
    if (tree->syntax_errors > 0) {
        arena_free(arena);
        return 0;
    }
    PrinterText once = print_tree(arena, tree, words_shipped());
    Tree *again = parsed(arena, once.bytes, once.length, PARSE_SCRIPT);
    must(again->syntax_errors == 0 && again->has_header);
    PrinterText twice = print_tree(arena, again, words_shipped());
    must(once.length == twice.length && memcmp(once.bytes, twice.bytes, once.length) == 0);
    must(strcmp(tree_dump(arena, tree, true), tree_dump(arena, again, true)) == 0);
    must(strcmp(comments_of(arena, tree), comments_of(arena, again)) == 0);
    arena_free(arena);
    return 0;
}
