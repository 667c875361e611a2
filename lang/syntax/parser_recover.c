/* parser_recover.c -- tokens for the parser, and how it goes on after a mistake.
 *
 * One fault gives one message: at most one syntax error a line, none where the lexer has
 * complained.  Whether a block lacks its brace is asked of the whole file: braces are counted
 * once, at the first doubt.
 */

#include <string.h>

#include "lang/syntax/lexer_parts.h"
#include "lang/syntax/parser_parts.h"

/* ---- tokens ---- */

static void shift(Parser *parser)
{
    if (parser->ahead_count == 0) {
        lexer_next(parser->lexer, &parser->token);
        return;
    }
    parser->token = parser->ahead[0];
    parser->ahead_count--;
    for (unsigned i = 0; i < parser->ahead_count; i++)
        parser->ahead[i] = parser->ahead[i + 1];
}

const Token *parser_peek(Parser *parser, unsigned distance)
{
    if (distance == 0)
        return &parser->token;
    while (parser->ahead_count < distance)
        lexer_next(parser->lexer, &parser->ahead[parser->ahead_count++]);
    return &parser->ahead[distance - 1];
}

/* In parentheses an end of line says nothing. */
static APART void shift_over_lines(Parser *parser)
{
    while (token_is(parser, TOKEN_NEWLINE) && !parser_begins_statement(parser, 1, true))
        shift(parser);
}

void parser_advance(Parser *parser)
{
    parser->previous = (Span){parser->token.start, parser->token.end};
    shift(parser);
    if (parser->paren_count > 0)
        shift_over_lines(parser);
    if (parser->token.has_error)
        parser->error_line = parser->token.line_offset + 1;
}

bool parser_take(Parser *parser, TokenKind kind)
{
    if (!token_is(parser, kind))
        return false;
    parser_advance(parser);
    return true;
}

void parser_skip_lines(Parser *parser)
{
    while (token_is(parser, TOKEN_NEWLINE) || token_is(parser, TOKEN_DOC)) {
        if (parser_peek(parser, 1)->kind != TOKEN_DOC
            && parser_begins_statement(parser, 1, true))
            break;
        parser_advance(parser);
    }
    if (token_is(parser, TOKEN_END))
        parser_goes_on(parser);
}

bool parser_ends_statement(const Parser *parser)
{
    return token_is(parser, TOKEN_NEWLINE) || token_is(parser, TOKEN_CLOSE)
           || token_is(parser, TOKEN_END) || token_is(parser, TOKEN_DOC);
}

/* ---- core words ---- */

enum { NOT_IT, OF_THIS_LANGUAGE, OF_ANOTHER };

static int match_core(const Parser *parser, NameId name, CoreId core)
{
    size_t count;
    int match = NOT_IT;
    const WordMeaning *meanings = words_meanings(parser->words, parser->names, name, &count);

    for (size_t i = 0; i < count; i++) {
        bool is_own = meanings[i].language == parser->language;
        if (meanings[i].role == ROLE_CORE && meanings[i].id == core) {
            if (is_own)
                return OF_THIS_LANGUAGE;
            match = OF_ANOTHER;
        }
    }
    /* A word that says something in this language is taken at its word. */
    for (size_t i = 0; match == OF_ANOTHER && i < count; i++)
        if (meanings[i].language == parser->language
            && (meanings[i].role == ROLE_CORE || meanings[i].role == ROLE_KIND
                || meanings[i].role == ROLE_COLLECTION))
            return NOT_IT;
    return match;
}

bool parser_is_core(Parser *parser, const Token *token, CoreId core)
{
    return token->kind == TOKEN_WORD && match_core(parser, token->name, core) != NOT_IT;
}

bool parser_at_core(Parser *parser, CoreId core)
{
    return parser_is_core(parser, &parser->token, core);
}

/* The language of which this is that core word. */
static LangId language_of(const Parser *parser, NameId name, CoreId core)
{
    for (LangId language = 0; language < words_language_count(parser->words); language++)
        if (words_is_core(parser->words, parser->names, language, name, core))
            return language;
    return parser->language;
}

bool parser_take_core(Parser *parser, CoreId core)
{
    if (!token_is(parser, TOKEN_WORD))
        return false;
    int match = match_core(parser, parser->token.name, core);
    if (match == NOT_IT)
        return false;
    if (match == OF_ANOTHER) {
        Span span = {parser->token.start, parser->token.end};
        Diag *diag = parser_report(parser, MESSAGE_FOREIGN_WORD, span);
        lexer_explain_foreign(parser->lexer, diag, span,
                              language_of(parser, parser->token.name, core),
                              parser_core_text(parser, core));
    }
    parser_advance(parser);
    return true;
}

const char *parser_core_text(const Parser *parser, CoreId core)
{
    return words_text(parser->words, parser->language, ROLE_CORE, core, 0, WORD_USUAL);
}

/* ---- for a prompt ---- */

void parser_note_expected(Parser *parser, unsigned expectation)
{
    Probe *probe = parser->probe;

    if (probe->is_decided || !token_is(parser, TOKEN_END))
        return;
    if (!probe->expects) {
        probe->property = parser->property;
        probe->source = parser->source;
        if (parser->depth > 0) {
            probe->kind = parser->open[parser->depth - 1].word;
            probe->block = parser->open[parser->depth - 1].block;
        }
    }
    probe->expects |= expectation;
}

void parser_goes_on(Parser *parser)
{
    if (!parser->probe || parser->probe->unfinished)
        return;
    parser->probe->unfinished = true;
    if (parser->depth > 0)
        parser->probe->innermost = parser->open[parser->depth - 1].head;
}

/* ---- what is wrong ---- */

static uint32_t line_of(const Parser *parser, uint32_t byte)
{
    const Lexer *lexer = parser->lexer;

    if (byte >= parser->token.line_offset && !token_is(parser, TOKEN_END))
        return parser->token.line_offset;
    while (byte > lexer->first) {
        if (lexer_line_end(lexer, byte - 1)
            || (byte >= 2 && lexer_line_end(lexer, byte - 2) == 2)
            || (byte >= 3 && lexer_line_end(lexer, byte - 3) == 3))
            break;
        byte--;
    }
    return byte;
}

static bool is_said(const Parser *parser, uint32_t line)
{
    if (parser->error_line == line + 1)
        return true;
    for (unsigned i = 0; i < parser->ahead_count; i++)
        if (parser->ahead[i].has_error && parser->ahead[i].line_offset == line)
            return true;
    return false;
}

static Diag *report_anyway(Parser *parser, MessageId message, Span span)
{
    parser->tree->syntax_errors++;
    return diag_add(parser->diags, message, parser->tree->source, span, parser->language);
}

Diag *parser_report(Parser *parser, MessageId message, Span span)
{
    uint32_t line = line_of(parser, span.start);

    if (is_said(parser, line))
        return NULL;
    parser->error_line = line + 1;
    return report_anyway(parser, message, span);
}

void parser_arg_span(Parser *parser, Diag *diag, const char *name, Span span)
{
    if (diag)
        diag_arg_text(parser->diags, diag, name, parser->lexer->text + span.start,
                      span.end - span.start);
}

void parser_arg_core(Parser *parser, Diag *diag, const char *name, CoreId core)
{
    if (diag)
        diag_arg_word(parser->diags, diag, name, ROLE_CORE, core, 0);
}

void parser_help(Parser *parser, Diag *diag, MessageId help)
{
    if (diag)
        diag_help(parser->diags, diag, help, EDIT_NONE);
}

void parser_help_edit(Parser *parser, Diag *diag, MessageId help, Confidence confidence,
                      Span span, const char *right)
{
    lexer_help_edit(parser->lexer, diag, help, confidence, span.start, span.end, right);
}

/* ---- braces of the whole file ---- */

typedef struct Brace {
    uint32_t at;
    int32_t before;             /* depth before it */
    int32_t lowest;             /* lowest depth from it on */
} Brace;

struct Braces {
    Brace *items;
    size_t count, capacity;
};

static void add_brace(Parser *parser, const Token *token, int32_t *depth)
{
    struct Braces *braces = parser->braces;
    int32_t after = *depth + (token->kind == TOKEN_OPEN ? 1 : -1);

    braces->items = arena_grow(parser->tree->arena, braces->items, &braces->capacity,
                               braces->count + 1, sizeof *braces->items);
    braces->items[braces->count++] = (Brace){token->start, *depth, after};
    *depth = after;
}

static void count_braces(Parser *parser)
{
    Lexer *lexer = lexer_new(parser->tree, NULL, parser->words);
    Token token;
    bool after_matches = false;
    int32_t depth = 0;

    parser->braces = arena_alloc(parser->tree->arena, sizeof *parser->braces);
    lexer_language(lexer, parser->language);
    do {
        lexer_next(lexer, &token);
        if (token.kind == TOKEN_SLASH && after_matches)
            lexer_pattern(lexer, &(Token){.start = token.start, .end = token.end}, &token);
        if (token.kind == TOKEN_OPEN || token.kind == TOKEN_CLOSE)
            add_brace(parser, &token, &depth);
        after_matches = parser_is_core(parser, &token, CORE_MATCHES);
    } while (token.kind != TOKEN_END);

    struct Braces *braces = parser->braces;
    for (size_t i = braces->count; i-- > 1;)
        if (braces->items[i].lowest < braces->items[i - 1].lowest)
            braces->items[i - 1].lowest = braces->items[i].lowest;
}

/* If all open blocks ended here, would no `}` be too many later? */
static bool may_close_at(Parser *parser, uint32_t byte)
{
    if (!parser->braces)
        count_braces(parser);
    const struct Braces *braces = parser->braces;
    size_t low = 0, high = braces->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (braces->items[middle].at < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low == braces->count || braces->items[low].lowest >= braces->items[low].before;
}

/* ---- where statements begin ---- */

bool parser_is_statement_core(CoreId core)
{
    switch (core) {
    case CORE_IMPORT: case CORE_BASE: case CORE_EXTENSION: case CORE_CHANGE: case CORE_REMOVE:
    case CORE_ASSERT: case CORE_CHECK: case CORE_SHOW: case CORE_QUERY: case CORE_SCENARIO:
    case CORE_ACCEPT: case CORE_SETTINGS:
        return true;
    default:
        return false;
    }
}

bool parser_is_operator_word(Parser *parser, const Token *token)
{
    static const CoreId operators[] = {
        CORE_AND, CORE_OR, CORE_NOT, CORE_IN, CORE_IS, CORE_WHERE, CORE_ELSE, CORE_CONTAINS,
        CORE_MATCHES, CORE_HAS, CORE_PER, CORE_OF,
    };

    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (words_is_core(parser->words, parser->names, parser->language, token->name,
                          operators[i]))
            return true;
    return false;
}

/* Does this word open a statement of the core, or name a kind? */
static void look_up_first(const Parser *parser, NameId name, bool *core, bool *kind)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(parser->words, parser->names, name, &count);

    *core = *kind = false;
    for (size_t i = 0; i < count; i++) {
        if (meanings[i].role == ROLE_CORE && parser_is_statement_core(meanings[i].id))
            *core = true;
        else if (meanings[i].role == ROLE_KIND)
            *kind = true;
    }
}

bool parser_begins_statement(Parser *parser, unsigned distance, bool properties)
{
    const Token *token = parser_peek(parser, distance);

    if (token->kind == TOKEN_CLOSE || token->kind == TOKEN_DOC || token->kind == TOKEN_COLON)
        return true;
    if (token->kind != TOKEN_WORD)
        return false;
    const Token *next = parser_peek(parser, distance + 1);
    token = parser_peek(parser, distance);
    if (next->kind == TOKEN_COLON)
        return properties;

    bool core, kind;
    look_up_first(parser, token->name, &core, &kind);
    switch ((TokenKind)next->kind) {
    case TOKEN_WORD:
        return (core || kind) && !parser_is_operator_word(parser, next);
    case TOKEN_TEXT:
        return core || kind;
    case TOKEN_LEFT:
        return core;
    case TOKEN_NUMBER: case TOKEN_UNKNOWN: case TOKEN_DATE: case TOKEN_OPEN: case TOKEN_CURRENCY:
        return kind;
    default:
        return false;
    }
}

/* At the margin inside a block: a statement of the core, or something with a name of its own. */
static bool cannot_stand_in_block(Parser *parser)
{
    const Token *next = parser_peek(parser, 1);
    const OpenBlock *open = &parser->open[parser->depth - 1];
    bool core, kind;

    if (!parser_begins_statement(parser, 0, false))
        return false;
    look_up_first(parser, parser->token.name, &core, &kind);
    if (core && open->is_scenario && (parser_at_core(parser, CORE_CHANGE)
                                      || parser_at_core(parser, CORE_REMOVE)))
        return false;
    if (core)
        return true;
    if (open->is_scenario)
        return false;
    if (next->kind == TOKEN_WORD)
        return parser_peek(parser, 2)->kind != TOKEN_COLON;
    return parser->open[0].word == parser->token.name;
}

bool parser_closes_here(Parser *parser)
{
    const Token *token = &parser->token;

    return parser->depth > 0 && token->kind == TOKEN_WORD && token->line_start
           && token->start == token->line_offset && cannot_stand_in_block(parser)
           && may_close_at(parser, token->start);
}

/* A word of a head as an argument: a kind in the language shown, else as it was typed. */
static bool kind_argument(Parser *parser, NameId word, DiagArg *argument)
{
    const WordMeaning *kind = words_find(parser->words, parser->names, parser->language, word,
                                         ROLE_KIND, 0);

    argument->kind = kind ? ARG_WORD : ARG_TEXT;
    argument->role = ROLE_KIND;
    argument->id = kind ? kind->id : 0;
    argument->text = names_text(parser->names, word);
    return kind != NULL;
}

static void point_at_next(Parser *parser, Diag *diag, Span by)
{
    Source *source = parser->tree->source;
    DiagArg word = {.name = "word"};
    NameId name = names_intern(parser->names, source->text + by.start, by.end - by.start);
    bool is_kind = kind_argument(parser, name, &word);
    DiagRelated *related = diag_related(parser->diags, diag,
                                        is_kind ? MESSAGE_LABEL_KIND_STARTS_HERE
                                                : MESSAGE_LABEL_STARTS_HERE, source, by);

    diag_text_arg(parser->diags, &related->place.label, word);
}

/* The last byte that was read before this point, blanks and ends of line apart. */
static uint32_t last_byte(const Parser *parser, uint32_t from)
{
    uint32_t last = parser->previous.end > 0 ? parser->previous.end - 1 : 0;

    while (last > from) {
        uint8_t class = class_of(parser->lexer->text[last]) & CLASS;
        if (class != CLASS_LINE && class != CLASS_BLANK)
            break;
        last--;
    }
    return last;
}

void parser_report_unclosed(Parser *parser, const OpenBlock *open, Span by)
{
    DiagArg kind = {.name = "kind"};

    if (!open->word) {          /* a brace that belongs to nothing was reported */
        parser_goes_on(parser);
        return;
    }
    bool is_named = kind_argument(parser, open->word, &kind) && open->name;
    Diag *diag = report_anyway(parser, is_named ? MESSAGE_BLOCK_UNCLOSED_NAMED
                                                : MESSAGE_BLOCK_UNCLOSED, open->brace);

    diag_arg(parser->diags, diag, kind);
    if (is_named) {
        const char *name = names_text(parser->names, open->name);
        diag_arg_text(parser->diags, diag, "name", name, strlen(name));
    }
    Position last = source_position(parser->tree->source, last_byte(parser, open->brace.start));
    diag_arg_number(parser->diags, diag, "line", last.line);
    if (by.end > by.start)
        point_at_next(parser, diag, by);
    diag_help(parser->diags, diag, MESSAGE_HELP_CLOSE_BLOCK, EDIT_NONE);
    diag_note(parser->diags, diag, MESSAGE_NOTE_READ_AS_CLOSED);
    parser_goes_on(parser);
}

/* ---- going on ---- */

void parser_give_up_parens(Parser *parser)
{
    parser->paren_count = 0;
    lexer_close_parens(parser->lexer);
}

/* Over a block whose content nobody wants; an unclosed one ends where its file says so. */
void parser_skip_block(Parser *parser)
{
    unsigned level = 0;

    for (;;) {
        bool was_line = token_is(parser, TOKEN_NEWLINE);
        if (token_is(parser, TOKEN_END))
            return;
        if (token_is(parser, TOKEN_OPEN))
            level++;
        else if (token_is(parser, TOKEN_CLOSE))
            level--;
        parser_advance(parser);
        if (level == 0)
            return;
        if (was_line && token_is(parser, TOKEN_WORD)
            && parser->token.start == parser->token.line_offset
            && parser_begins_statement(parser, 0, false)
            && may_close_at(parser, parser->token.start))
            return;
    }
}

void parser_skip_head(Parser *parser)
{
    parser_give_up_parens(parser);
    while (!parser_ends_statement(parser) && !token_is(parser, TOKEN_OPEN)
           && !token_is(parser, TOKEN_LEFT))
        parser_advance(parser);
}

void parser_skip_line(Parser *parser)
{
    parser_give_up_parens(parser);
    while (!parser_ends_statement(parser)) {
        if (token_is(parser, TOKEN_OPEN))
            parser_skip_block(parser);
        else
            parser_advance(parser);
    }
    parser_take(parser, TOKEN_NEWLINE);
}

/* `5 -3`: a minus between two numbers wants blanks on both sides. */
static bool is_glued_minus(Parser *parser)
{
    return token_is(parser, TOKEN_MINUS) && !parser_peek(parser, 1)->blank_before
           && parser_peek(parser, 1)->kind != TOKEN_NEWLINE;
}

void parser_report_same_line(Parser *parser)
{
    Span word = {parser->token.start, parser->token.end};
    bool has_comma = parser->lexer->text[parser->previous.start] == ',';
    Span gap = {has_comma ? parser->previous.start : parser->previous.end, word.start};
    uint32_t line = line_of(parser, word.start);

    if (parser->depth == 0) {   /* a new line would not help: nothing is open */
        Diag *outside = parser_report(parser, MESSAGE_PROPERTY_OUTSIDE, word);
        parser_arg_span(parser, outside, "word", word);
        parser_help(parser, outside, MESSAGE_HELP_IN_BLOCK);
        return;
    }
    Diag *diag = parser_report(parser, has_comma ? MESSAGE_PROPERTY_AFTER_COMMA
                                                 : MESSAGE_LINE_REST_PROPERTY, word);
    if (diag) {
        parser_arg_span(parser, diag, "word", word);
        parser->lines_line = line;
        parser->lines_help = diag_help(parser->diags, diag, MESSAGE_HELP_NEW_LINE, EDIT_SAFE);
    }
    if (!parser->lines_help || parser->lines_line != line)
        return;
    const char *indent = arena_format(parser->tree->arena, "\n%*s", (int)parser->depth * 2, "");
    diag_edit(parser->diags, parser->lines_help, parser->tree->source, gap, indent);
}

/* `n'est pas`, `isn't`: said as one speaks, where the language has a word of its own. */
static bool is_spoken_negation(const Parser *parser, Span span)
{
    const char *word = parser->lexer->text + span.start;
    size_t length = span.end - span.start;
    const char *mark;

    if (parser->token.kind != TOKEN_WORD || length < 3)
        return false;
    if ((word[0] == 'n' || word[0] == 'N')
        && (word[1] == '\'' || (length > 4 && memcmp(word + 1, "\u2019", 3) == 0)))
        return true;
    mark = word + length - 2;
    return memcmp(mark, "'t", 2) == 0
           || (length > 4 && memcmp(word + length - 4, "\u2019t", 4) == 0);
}

bool parser_end(Parser *parser)
{
    Span span = {parser->token.start, parser->token.end};

    if (parser->closed_at && parser->token.start == parser->closed_at)
        return true;            /* a block was closed before this line */
    if (parser_ends_statement(parser)) {
        parser_take(parser, TOKEN_NEWLINE);
        return true;
    }
    if (token_is(parser, TOKEN_WORD) && parser_peek(parser, 1)->kind == TOKEN_COLON) {
        parser_report_same_line(parser);
    } else if (is_glued_minus(parser)) {
        Diag *diag = parser_report(parser, MESSAGE_MINUS_WITHOUT_BLANKS, span);
        parser_help(parser, diag, MESSAGE_HELP_MINUS_BLANKS);
    } else if (!token_is(parser, TOKEN_BAD)) {
        Diag *diag = parser_report(parser, MESSAGE_LINE_REST, span);
        parser_arg_span(parser, diag, "rest", span);
        parser_help(parser, diag, is_spoken_negation(parser, span) ? MESSAGE_HELP_NEGATION
                                                                   : MESSAGE_HELP_ONE_LINE_EACH);
    }
    parser_skip_line(parser);
    return false;
}
