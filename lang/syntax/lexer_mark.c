/* lexer_mark.c -- punctuation and signs: those of the language, and what stands for them in
 * other places, which is reported and read as what was meant. */

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/lexer_parts.h"

bool lexer_currency(Lexer *lexer, Token *token)
{
    uint32_t start = lexer->at, end = lexer_sign_end(lexer, start);

    if (end == start)
        return false;
    char first = lexer->text[start];
    bool has_prefix = first == 'k' || first == 'M';
    uint32_t sign = start + has_prefix;
    const char *code = lexer->text[sign] == '$' ? "USD"
                       : (unsigned char)lexer->text[sign] == 0xC2 ? "GBP" : "EUR";

    token->kind = TOKEN_CURRENCY;
    token->currency = words_currency(code, 3);
    token->number = decimal_of(!has_prefix ? 1 : first == 'k' ? 1000 : 1000000);
    lexer->at = end;
    return true;
}

static void take_foreign_operator(Lexer *lexer, Token *token, uint32_t length, TokenKind kind,
                                  const char *right)
{
    uint32_t start = lexer->at;
    Diag *diag = lexer_report(lexer, MESSAGE_OPERATOR_FOREIGN, start, start + length);

    lexer_report_text(lexer, diag, "typed", start, start + length);
    lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, start, start + length, right);
    lexer->at += length;
    token->kind = (uint8_t)kind;
    if (kind == TOKEN_WORD)
        token->name = names_intern(lexer->names, right, strlen(right));
}

const char *lexer_core_text(const Lexer *lexer, CoreId core)
{
    return words_text(lexer->words, lexer->language, ROLE_CORE, core, 0, WORD_USUAL);
}

/* `[` and `]` are passed over: what stands between them is read as if they were not there. */
void lexer_bracket(Lexer *lexer)
{
    uint32_t start = lexer->at++;

    if (lexer->text[start] == ']' && lexer->brackets > 0) {
        lexer->brackets--;
        lexer->error = true;
        return;
    }
    if (lexer->text[start] == '[')
        lexer->brackets++;
    Diag *diag = lexer_report(lexer, MESSAGE_BRACKET, start, start + 1);
    if (diag)
        diag_help(lexer->diags, diag, MESSAGE_HELP_LIST_WITHOUT_BRACKETS, EDIT_NONE);
}

/* Ends the statement, as it was meant to; before the end of a line or a block it is just too
 * much. */
static void take_semicolon(Lexer *lexer, Token *token)
{
    uint32_t start = lexer->at++;
    uint32_t next = lexer_skip_blanks(lexer, lexer->at);
    bool at_end = next >= lexer->length || lexer_line_end(lexer, next)
                  || lexer->text[next] == '}' || lexer->text[next] == '#';
    Diag *diag = lexer_report(lexer, MESSAGE_SEMICOLON, start, start + 1);

    if (diag && at_end)
        lexer_help_edit(lexer, diag, MESSAGE_HELP_DELETE_CHARACTER, EDIT_SAFE, start, start + 1,
                        "");
    else if (diag)
        diag_edit(lexer->diags, diag_help(lexer->diags, diag, MESSAGE_HELP_NEW_LINE, EDIT_SAFE),
                  lexer->tree->source, (Span){start, next}, "\n");
    token->kind = TOKEN_NEWLINE;
}

/* Characters that look like those of the language, and what they are read as. */
typedef struct Lookalike {
    int32_t code;
    const char *right;
    TokenKind kind;
} Lookalike;

static const Lookalike lookalikes[] = {
    {0x2010, "-", TOKEN_MINUS}, {0x2011, "-", TOKEN_MINUS}, {0x2012, "-", TOKEN_MINUS},
    {0x2013, "-", TOKEN_MINUS}, {0x2014, "-", TOKEN_MINUS}, {0x2212, "-", TOKEN_MINUS},
    {0x2026, "..", TOKEN_DOTS}, {0x2192, "->", TOKEN_ARROW}, {0x21D2, "->", TOKEN_ARROW},
    {0xD7, "*", TOKEN_TIMES}, {0xF7, "/", TOKEN_SLASH}, {0xFF1A, ":", TOKEN_COLON},
    {0xFF0C, ",", TOKEN_COMMA}, {0xFF08, "(", TOKEN_LEFT}, {0xFF09, ")", TOKEN_RIGHT},
    {0xFF05, "%", TOKEN_PERCENT}, {0xFF1F, "?", TOKEN_UNKNOWN}, {0xFF5B, "{", TOKEN_OPEN},
    {0xFF5D, "}", TOKEN_CLOSE},
};

/* Between two dates or numbers a dash means `from .. to`. */
static bool is_between_ends(const Lexer *lexer, uint32_t after)
{
    return (lexer->last == TOKEN_DATE || lexer->last == TOKEN_NUMBER)
           && digit_at(lexer, lexer_skip_blanks(lexer, after));
}

static void take_unknown(Lexer *lexer, Token *token, int32_t code, unsigned size)
{
    uint32_t start = lexer->at, end = start + size;
    unsigned next;

    for (size_t i = 0; i < sizeof lookalikes / sizeof lookalikes[0]; i++) {
        if (lookalikes[i].code != code)
            continue;
        Lookalike like = lookalikes[i];
        if (like.kind == TOKEN_MINUS && is_between_ends(lexer, end))
            like.right = "..", like.kind = TOKEN_DOTS;
        Diag *diag = lexer_report(lexer, MESSAGE_CHARACTER_LOOKALIKE, start, end);
        lexer_report_text(lexer, diag, "character", start, end);
        lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_LIKELY, start, end, like.right);
        token->kind = (uint8_t)like.kind;
        lexer->at = end;
        return;
    }
    while (end < lexer->length && lexer_code(lexer, end, &next) == code)
        end += next;
    Diag *diag = lexer_report(lexer, MESSAGE_CHARACTER_UNKNOWN, start, end);
    lexer_report_text(lexer, diag, "character", start, start + size);
    if (diag)
        diag_help(lexer->diags, diag, MESSAGE_HELP_DELETE_OR_QUOTE, EDIT_NONE);
    token->kind = TOKEN_BAD;
    lexer->at = end;
}

const uint8_t lexer_marks[256] = {
    ['{'] = TOKEN_OPEN, ['}'] = TOKEN_CLOSE, ['('] = TOKEN_LEFT, [')'] = TOKEN_RIGHT,
    [':'] = TOKEN_COLON, [','] = TOKEN_COMMA, ['|'] = TOKEN_PIPE, ['/'] = TOKEN_SLASH,
    ['%'] = TOKEN_PERCENT, ['?'] = TOKEN_UNKNOWN, ['+'] = TOKEN_PLUS, ['*'] = TOKEN_TIMES,
    ['-'] = TOKEN_MINUS, ['.'] = TOKEN_DOT, ['='] = TOKEN_EQUAL, ['<'] = TOKEN_LESS,
    ['>'] = TOKEN_MORE,
};

/* Marks of two characters, and those of other languages (E114). */
static bool take_pair(Lexer *lexer, Token *token)
{
    char first = lexer->text[lexer->at], second = byte_at(lexer, lexer->at + 1);
    TokenKind kind = TOKEN_BAD;

    switch (first << 8 | second) {
    case '.' << 8 | '.': kind = TOKEN_DOTS; break;
    case '-' << 8 | '>': kind = TOKEN_ARROW; break;
    case '!' << 8 | '=': kind = TOKEN_DIFFERENT; break;
    case '<' << 8 | '=': kind = TOKEN_AT_MOST; break;
    case '>' << 8 | '=': kind = TOKEN_AT_LEAST; break;
    case '=' << 8 | '=': take_foreign_operator(lexer, token, 2, TOKEN_EQUAL, "="); return true;
    case '=' << 8 | '<': take_foreign_operator(lexer, token, 2, TOKEN_AT_MOST, "<="); return true;
    case '=' << 8 | '>': take_foreign_operator(lexer, token, 2, TOKEN_ARROW, "->"); return true;
    case '<' << 8 | '>':
        take_foreign_operator(lexer, token, 2, TOKEN_DIFFERENT, "!=");
        return true;
    case '&' << 8 | '&':
        take_foreign_operator(lexer, token, 2, TOKEN_WORD, lexer_core_text(lexer, CORE_AND));
        return true;
    case '|' << 8 | '|':
        take_foreign_operator(lexer, token, 2, TOKEN_WORD, lexer_core_text(lexer, CORE_OR));
        return true;
    default:
        return false;
    }
    token->kind = (uint8_t)kind;
    lexer->at += 2;
    return true;
}

static void count_paren(Lexer *lexer, TokenKind kind)
{
    if (kind == TOKEN_LEFT)
        lexer->parens++;
    else if (kind == TOKEN_RIGHT && lexer->parens > 0)
        lexer->parens--;
}

void lexer_mark(Lexer *lexer, Token *token)
{
    char byte = lexer->text[lexer->at];

    if (byte == '"') {
        lexer_text(lexer, token);
    } else if (byte == '\'' || byte == '`') {
        lexer_foreign_quote(lexer, token, byte, 1);
    } else if (byte == ';') {
        take_semicolon(lexer, token);
    } else if (!take_pair(lexer, token)) {
        token->kind = lexer_marks[(unsigned char)byte];
        if (token->kind) {
            count_paren(lexer, (TokenKind)token->kind);
            lexer->at++;
        } else if (!lexer_currency(lexer, token)) {
            take_unknown(lexer, token, byte, 1);
        }
    }
}

void lexer_high_mark(Lexer *lexer, Token *token, int32_t code, unsigned size)
{
    switch (code) {
    case 0xAB: case 0x201C:                 /* double quotes of the language */
        lexer_text(lexer, token);
        return;
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2039: case 0x203A:
    case 0x201D: case 0x201E: case 0x201F: case 0xBB:
        lexer_foreign_quote(lexer, token, code, size);
        return;
    case 0x2260: token->kind = TOKEN_DIFFERENT; break;
    case 0x2264: token->kind = TOKEN_AT_MOST; break;
    case 0x2265: token->kind = TOKEN_AT_LEAST; break;
    default:
        if (!lexer_currency(lexer, token))
            take_unknown(lexer, token, code, size);
        return;
    }
    lexer->at += size;
}
