/* lexer.h -- bytes to tokens; it makes no keywords, and never stops.
 *
 * The parser takes one token at a time.  A token with a lexical error was reported once and
 * is marked; what it should have been is guessed so that the parser need not say more.
 */
#ifndef LANG_SYNTAX_LEXER_H
#define LANG_SYNTAX_LEXER_H

#include "lang/syntax/diag.h"
#include "lang/syntax/node.h"

/* X(KIND, "spelling, for punctuation") */
#define TOKEN_KINDS(X)                                                                  \
    X(END, "") X(NEWLINE, "") X(WORD, "") X(NUMBER, "") X(DATE, "") X(TEXT, "")         \
    X(CURRENCY, "") X(PATTERN, "") X(DOC, "") X(BAD, "")                                \
    X(OPEN, "{") X(CLOSE, "}") X(LEFT, "(") X(RIGHT, ")") X(COLON, ":") X(COMMA, ",")   \
    X(DOT, ".") X(DOTS, "..") X(ARROW, "->") X(PIPE, "|") X(SLASH, "/") X(PERCENT, "%") \
    X(UNKNOWN, "?") X(EQUAL, "=") X(DIFFERENT, "!=") X(LESS, "<") X(AT_MOST, "<=")      \
    X(MORE, ">") X(AT_LEAST, ">=") X(PLUS, "+") X(MINUS, "-") X(TIMES, "*")

typedef enum TokenKind {
#define TOKEN_ENUM(kind, text) TOKEN_##kind,
    TOKEN_KINDS(TOKEN_ENUM)
#undef TOKEN_ENUM
    TOKEN_KIND_COUNT
} TokenKind;

enum { TOKEN_UNCLOSED = 0x80 };     /* its closing quote or slash is missing */

typedef struct Token {
    uint8_t kind;           /* TokenKind */
    bool has_error;         /* reported; keep quiet on its line */
    bool line_start;        /* first on its line */
    bool blank_before;      /* blanks stand between it and the token before */
    uint8_t flags;          /* TEXT: TEXT_..; PATTERN: NODE_CASELESS; DATE: precision;
                               TEXT, PATTERN: TOKEN_UNCLOSED */
    uint16_t currency;      /* CURRENCY */
    uint32_t start, end;
    uint32_t line_offset;   /* start of its line: start - line_offset == 0 is the left margin */
    NameId name;            /* WORD */
    Decimal number;         /* NUMBER; CURRENCY: 1, 1000 or 1000000 (k, M) */
    int32_t day;            /* DATE */
    uint32_t text;          /* TEXT: 0, or 1 + index of its cooked text in the tree */
} Token;

typedef struct Lexer Lexer;

/* Reads `tree->source`; words go to tree->names, cooked texts to tree->texts. */
Lexer *lexer_new(Tree *tree, Diags *diags, const Words *words);
void lexer_language(Lexer *lexer, LangId language);     /* known after the header */
/* From now on it sees words some lines before it reads them: the same tokens, faster where names
 * are many more than the caches of the machine hold. */
void lexer_looks_ahead(Lexer *lexer);
void lexer_next(Lexer *lexer, Token *token);
/* Reads a pattern from just after the opening slash (only the parser knows where one is due). */
void lexer_pattern(Lexer *lexer, const Token *slash, Token *token);
/* A `(` was given up: ends of line count again. */
void lexer_close_parens(Lexer *lexer);
/* The raw rest of the line after `from` (for `:` commands). */
Span lexer_rest_of_line(Lexer *lexer, uint32_t from);
/* The end of the word with which `rest` starts, and its name; rest.start and 0: there is none. */
uint32_t lexer_first_word(Lexer *lexer, Span rest, NameId *name);

#endif
