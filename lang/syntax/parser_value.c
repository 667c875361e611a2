/* parser_value.c -- literals, values and the notes after them.
 *
 *   Value  = "?" | NONE [ TEXT ] | Entry { "," Entry } [ "," "?" ] ;
 *   Entry  = TEXT | LONGTEXT | Range | Path ;
 *   Range  = [ Bound ] Point [ ".." ( Point | "?" ) ] [ BY Point ] ;
 *   Point  = DATE | Amount ;
 *   Amount = [ "+" | "-" ] NUMBER [ "%" | Unit [ "/" WORD ] ] ;
 *   Notes  = "(" Note { "," Note } ")" ;
 */

#include <string.h>

#include "lang/syntax/lexer_parts.h"
#include "lang/syntax/parser_parts.h"

static Span token_span(const Token *token)
{
    return (Span){token->start, token->end};
}

/* ---- literals ---- */

NodeId parser_token_node(Parser *parser, NodeKind kind, uint32_t data, uint8_t flags)
{
    NodeId node = parser_node(parser, kind, token_span(&parser->token));

    parser_at(parser, node)->data = data;
    parser_at(parser, node)->flags =
        (uint8_t)(flags | (parser->token.has_error ? NODE_POISONED : 0));
    parser_advance(parser);
    return node;
}

static bool is_empty_text(const Parser *parser, NodeId node)
{
    size_t length;
    const char *text = tree_text(parser->tree, node, &length);

    for (size_t at = 0; at < length; at++)
        if (text[at] != ' ' && text[at] != '\t' && text[at] != '\n')
            return false;
    return true;
}

NodeId parser_text(Parser *parser)
{
    const Token *token = &parser->token;
    Span span = token_span(token);
    bool has_error = token->has_error;
    uint8_t flags = token->flags & (TEXT_LONG | TEXT_GUILLEMETS | TEXT_CURLY);

    if (token->flags & TOKEN_UNCLOSED && token->flags & TEXT_LONG
        && token->end == parser->tree->source->length)
        parser_goes_on(parser);
    NodeId node = parser_token_node(parser, NODE_TEXT, token->text, flags);
    if (!has_error && !text_begins(parser->tree, parser_at(parser, node))
        && is_empty_text(parser, node)) {
        Diag *diag = parser_report(parser, MESSAGE_TEXT_EMPTY, span);
        parser_help(parser, diag, MESSAGE_HELP_QUESTION_MARK);
        parser_poison(parser, node);
    }
    return node;
}

NodeId parser_word(Parser *parser)
{
    return parser_token_node(parser, NODE_WORD, parser->token.name, 0);
}

/* Path = WORD { "." WORD } */
NodeId parser_path(Parser *parser)
{
    NodeId path = parser_token_node(parser, NODE_PATH, parser->token.name, 0);
    Children parts = parser_children(path);

    while (token_is(parser, TOKEN_DOT) && !parser->token.blank_before) {
        Span dot = token_span(&parser->token);
        parser_advance(parser);
        parser_expects(parser, EXPECT_FIELD);
        if (parser->probe && token_is(parser, TOKEN_END))
            parser->probe->is_decided = true;
        if (!token_is(parser, TOKEN_WORD) || parser->token.blank_before) {
            Diag *diag = parser_report(parser, MESSAGE_FIELD_EXPECTED, dot);
            parser_help(parser, diag, MESSAGE_HELP_FIELD);
            parser_poison(parser, path);
            return path;
        }
        NodeId part = parser_word(parser);
        parser_at(parser, path)->end = parser_at(parser, part)->end;
        parser_add(parser, &parts, part);
    }
    return path;
}

bool parser_at_amount(const Parser *parser)
{
    return token_is(parser, TOKEN_NUMBER) || token_is(parser, TOKEN_PLUS)
           || token_is(parser, TOKEN_MINUS) || token_is(parser, TOKEN_CURRENCY);
}

static bool scale_by(Decimal *number, int64_t factor)
{
    for (; factor > 1; factor /= 10) {
        if (number->scale > 0) {
            number->scale--;
            continue;
        }
        if (number->coefficient > INT64_MAX / 10)
            return false;
        number->coefficient *= 10;
    }
    return number->coefficient < 1000000000000000000;
}

static bool is_time_unit(const Parser *parser, NameId name)
{
    return words_find(parser->words, parser->names, parser->language, name, ROLE_UNIT, 0);
}

/* After a number no core word is a unit, but for the words of time (`min`). */
static bool is_unit_word(const Parser *parser)
{
    NameId name = parser->token.name;

    if (!token_is(parser, TOKEN_WORD))
        return false;
    return is_time_unit(parser, name)
           || !words_core(parser->words, parser->names, parser->language, name);
}

static void take_unit(Parser *parser, AmountLiteral *amount, bool in_data)
{
    const Token *token = &parser->token;

    amount->unit_span = token_span(token);
    if (token->kind == TOKEN_CURRENCY) {
        amount->currency = token->currency;
        if (!scale_by(&amount->number, token->number.coefficient))
            parser_report(parser, MESSAGE_NUMBER_TOO_LONG, amount->unit_span);
    } else {
        amount->unit = token->name;
        amount->currency = words_currency(names_text(parser->names, token->name),
                                          names_length(parser->names, token->name));
    }
    parser_advance(parser);

    const Token *per = token_is(parser, TOKEN_SLASH) ? parser_peek(parser, 1) : NULL;
    if (!per || per->kind != TOKEN_WORD || (!in_data && !is_time_unit(parser, per->name)))
        return;
    parser_advance(parser);
    amount->per = parser->token.name;
    amount->per_span = token_span(&parser->token);
    parser_advance(parser);
}

/* `$ 12`, `EUR 12`: the number comes first. */
static void report_currency_first(Parser *parser, Span currency)
{
    const Token *number = &parser->token;
    Span span = {currency.start, number->end};
    Diag *diag = parser_report(parser, MESSAGE_CURRENCY_FIRST, span);

    if (!diag)
        return;
    const char *text = parser->lexer->text;
    parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, span,
                     arena_format(parser->tree->arena, "%.*s %.*s",
                                  (int)(number->end - number->start), text + number->start,
                                  (int)(currency.end - currency.start), text + currency.start));
}

static NodeId keep_amount(Parser *parser, Span span, const AmountLiteral *amount)
{
    Tree *tree = parser->tree;
    NodeId node = parser_node(parser, NODE_AMOUNT, span);

    tree->amounts = arena_grow(tree->arena, tree->amounts, &tree->amount_capacity,
                               tree->amount_count + 1, sizeof *tree->amounts);
    tree->amounts[tree->amount_count] = *amount;
    parser_at(parser, node)->data = (uint32_t)tree->amount_count++;
    return node;
}

/* `50 per cent`: two words that the table of confusions knows as the sign.  Told, and taken. */
static bool take_percent_words(Parser *parser, Span number)
{
    number.end = parser->previous.end;
    const Token *second = token_is(parser, TOKEN_WORD) ? parser_peek(parser, 1) : NULL;
    if (!second || second->kind != TOKEN_WORD)
        return false;
    Arena *arena = parser->tree->arena;
    const char *text = parser->lexer->text;
    const char *joined = arena_format(arena, "%s-%s", names_text(parser->names, parser->token.name),
                                      names_text(parser->names, second->name));
    size_t count;
    const WordMeaning *meanings = words_meanings(
        parser->words, parser->names, names_intern(parser->names, joined, strlen(joined)), &count);
    for (size_t i = 0; i < count; i++) {
        if (meanings[i].role != ROLE_CONFUSED
            || words_confusion(parser->words, meanings[i].id)->role != ROLE_PERCENT)
            continue;
        Span words = {parser->token.start, second->end};
        Diag *diag = parser_report(parser, MESSAGE_PERCENT_IN_WORDS, words);
        parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_SAFE,
                         (Span){number.start, words.end},
                         arena_format(arena, "%.*s %%", (int)(number.end - number.start),
                                      text + number.start));
        parser_advance(parser);
        parser_advance(parser);
        return true;
    }
    return false;
}

/* Takes a currency in front of its number, in disorder; true when it did. */
static bool take_currency_first(Parser *parser, AmountLiteral *amount)
{
    const Token *next = parser_peek(parser, 1);

    if (next->kind != TOKEN_NUMBER)
        return false;
    Span currency = token_span(&parser->token);
    amount->unit_span = currency;
    amount->currency = parser->token.kind == TOKEN_CURRENCY ? parser->token.currency : 0;
    parser_advance(parser);
    report_currency_first(parser, currency);
    amount->number = parser->token.number;
    parser_advance(parser);
    return true;
}

NodeId parser_amount(Parser *parser, bool in_data)
{
    AmountLiteral amount = {0};
    Span span = token_span(&parser->token);
    bool is_negative = token_is(parser, TOKEN_MINUS), has_error = parser->token.has_error;

    if (token_is(parser, TOKEN_PLUS) || is_negative) {
        amount.has_sign = 1;
        parser_advance(parser);
    }
    if (token_is(parser, TOKEN_CURRENCY)) {
        if (!take_currency_first(parser, &amount)) {
            Diag *diag = parser_report(parser, MESSAGE_NUMBER_EXPECTED,
                                       token_span(&parser->token));
            parser_help(parser, diag, MESSAGE_HELP_AMOUNT);
            return 0;
        }
        has_error = true;
    } else if (token_is(parser, TOKEN_NUMBER)) {
        has_error = has_error || parser->token.has_error;
        amount.number = parser->token.number;
        parser_advance(parser);
        if (token_is(parser, TOKEN_PERCENT)) {
            amount.is_percent = 1;
            amount.unit_span = token_span(&parser->token);
            parser_advance(parser);
        } else if (in_data && take_percent_words(parser, span)) {
            amount.is_percent = 1;
        } else {
            parser_expects(parser, EXPECT_UNIT);
            if (token_is(parser, TOKEN_CURRENCY) || is_unit_word(parser))
                take_unit(parser, &amount, in_data);
        }
    } else {
        Diag *diag = parser_report(parser, MESSAGE_NUMBER_EXPECTED, span);
        parser_help(parser, diag, MESSAGE_HELP_AMOUNT);
        return 0;
    }
    if (is_negative)
        amount.number.coefficient = -amount.number.coefficient;
    span.end = parser->previous.end;
    NodeId node = keep_amount(parser, span, &amount);
    if (has_error)
        parser_poison(parser, node);
    return node;
}

/* ---- ranges ---- */

static NodeId point(Parser *parser)
{
    if (token_is(parser, TOKEN_DATE))
        return parser_token_node(parser, NODE_DATE, (uint32_t)parser->token.day,
                                 parser->token.flags);
    return parser_amount(parser, true);
}

static bool at_point(const Parser *parser)
{
    return token_is(parser, TOKEN_DATE) || parser_at_amount(parser);
}

static Bound bound_of(TokenKind kind)
{
    switch (kind) {
    case TOKEN_LESS: return BOUND_LESS;
    case TOKEN_AT_MOST: return BOUND_AT_MOST;
    case TOKEN_MORE: return BOUND_MORE;
    case TOKEN_AT_LEAST: return BOUND_AT_LEAST;
    default: return BOUND_NONE;
    }
}

static NodeId date_expected(Parser *parser, Span after)
{
    Diag *diag = parser_report(parser, MESSAGE_DATE_EXPECTED, after);

    parser_arg_span(parser, diag, "after", after);
    parser_help(parser, diag, MESSAGE_HELP_DATE);
    return 0;
}

/* After `..`: a point, or `?`. */
static NodeId high_end(Parser *parser)
{
    Span dots = token_span(&parser->token);

    parser_advance(parser);
    parser_expects(parser, EXPECT_VALUE);
    if (token_is(parser, TOKEN_UNKNOWN))
        return parser_token_node(parser, NODE_UNKNOWN, 0, 0);
    return at_point(parser) ? point(parser) : date_expected(parser, dots);
}

/* A date, or a number that can only be a year. */
static bool is_date(const Token *token)
{
    int64_t year;
    return token->kind == TOKEN_DATE
           || (token->kind == TOKEN_NUMBER && decimal_is_integer(token->number, &year)
               && token->number.scale == 0 && year >= 1900 && year < 2200);
}

/* How many words stand before a date here, at most two; 3: no date follows them. */
static unsigned words_before_date(Parser *parser)
{
    unsigned words = 0;
    while (words < 2 && parser_peek(parser, words)->kind == TOKEN_WORD)
        words++;
    const Token *date = parser_peek(parser, words);
    return is_date(date) && (words > 0 || date->kind == TOKEN_DATE) ? words : 3;
}

/* `1000 seniors before 2024-06-30`, `pour fin juin 2024`: what stands between an amount and its
 * date is BY and nothing else.  Told, and taken. */
static void take_words(Parser *parser, unsigned words, MessageId message, Span place)
{
    Arena *arena = parser->tree->arena;
    const Token *date = parser_peek(parser, words);
    Diag *diag = parser_report(parser, message, place);
    if (diag) {
        bool has_by = message == MESSAGE_DEADLINE_WORDS;
        const char *by = parser_core_text(parser, CORE_BY);
        const char *right = arena_format(arena, "%s %.*s", by, (int)(date->end - date->start),
                                         parser->lexer->text + date->start);
        DiagHelp *help = diag_help(parser->diags, diag, MESSAGE_HELP_WRITE, EDIT_SAFE);
        parser_arg_core(parser, diag, "by", CORE_BY);
        diag_text_arg(parser->diags, &help->text,
                      (DiagArg){.name = "right", .kind = ARG_TEXT, .text = right});
        diag_edit(parser->diags, help, parser->tree->source,
                  (Span){parser->token.start, date->start},
                  has_by ? "" : arena_format(arena, "%s ", by));
    }
    while (words-- > 0)
        parser_advance(parser);
}

/* A date after an amount, with a word or two in front of it, is a deadline without its BY. */
static bool takes_deadline(Parser *parser)
{
    unsigned words = words_before_date(parser);
    if (words > 2)
        return false;
    const Token *last = parser_peek(parser, words ? words - 1 : 0);
    take_words(parser, words, MESSAGE_DEADLINE_WITHOUT_BY, (Span){parser->token.start, last->end});
    return true;
}

static NodeId deadline(Parser *parser)
{
    Span by = token_is(parser, TOKEN_WORD) ? token_span(&parser->token) : parser->previous;

    parser_take_core(parser, CORE_BY);
    parser_skip_lines(parser);
    parser_expects(parser, EXPECT_VALUE);
    unsigned words = token_is(parser, TOKEN_WORD) ? words_before_date(parser) : 0;
    if (words == 1 || words == 2)
        take_words(parser, words, MESSAGE_DEADLINE_WORDS,
                   (Span){parser->token.start, parser_peek(parser, words - 1)->end});
    return at_point(parser) ? point(parser) : date_expected(parser, by);
}

/* The month that a word names in the language of the file; 0: none. */
static int month_of(const Parser *parser, const Token *token)
{
    const WordMeaning *month = token->kind == TOKEN_WORD
        ? words_find(parser->words, parser->names, parser->language, token->name, ROLE_MONTH, 0)
        : NULL;
    return month ? month->id : 0;
}

/* `200 kg avant juin`, `pour fin juin`: a month that ends the value and has no year.  Told, with
 * the next one of that name; nothing is taken. */
static bool is_month_alone(Parser *parser)
{
    Arena *arena = parser->tree->arena;
    unsigned words = 0;
    int year, this_month, this_day;

    if (!parser->property || !token_is(parser, TOKEN_WORD))
        return false;
    while (words < 2 && !month_of(parser, parser_peek(parser, words))
           && parser_peek(parser, words)->kind == TOKEN_WORD)
        words++;
    const Token *last = parser_peek(parser, words);
    int month = month_of(parser, last);
    TokenKind after = month ? (TokenKind)parser_peek(parser, words + 1)->kind : TOKEN_WORD;
    if (after != TOKEN_NEWLINE && after != TOKEN_CLOSE && after != TOKEN_END)
        return false;
    Span whole = {parser->token.start, last->end}, word = token_span(last);
    date_parts((Date){arena_env(arena)->today, DATE_DAY}, &year, &this_month, &this_day);
    Diag *diag = parser_report(parser, MESSAGE_DATE_WITHOUT_YEAR, word);
    parser_arg_span(parser, diag, "date", word);
    parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_LIKELY, whole,
                     arena_format(arena, "%s %.*s %d", parser_core_text(parser, CORE_BY),
                                  (int)(word.end - word.start), parser->lexer->text + word.start,
                                  year + (month < this_month)));
    return true;
}

/* `2026-03 to 2026-06`: the second end of a period after a word.  Told, and taken; 0: there is
 * none. */
static NodeId end_after_word(Parser *parser, NodeId low)
{
    Span first = node_span(parser_at(parser, low)), word = token_span(&parser->token);
    const Token *end = token_is(parser, TOKEN_WORD) ? parser_peek(parser, 1) : NULL;

    if (!end || end->kind != TOKEN_DATE || parser_at(parser, low)->kind != NODE_DATE
        || parser_at_core(parser, CORE_BY))
        return 0;
    const char *text = parser->lexer->text;
    Span whole = {first.start, end->end};
    const char *right = arena_format(parser->tree->arena, "%.*s..%.*s",
                                     (int)(first.end - first.start), text + first.start,
                                     (int)(end->end - end->start), text + end->start);
    Diag *diag = parser_report(parser, MESSAGE_PERIOD_WITHOUT_DOTS, word);
    parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, whole, right);
    parser_advance(parser);
    return point(parser);
}

/* 0: reported. */
static NodeId range(Parser *parser)
{
    Span start = token_span(&parser->token);
    Bound bound = bound_of((TokenKind)parser->token.kind);
    NodeId low, high = 0, by = 0, whole = 0;

    if (bound != BOUND_NONE) {
        whole = parser_node(parser, NODE_RANGE, start);
        parser_advance(parser);
        if (!at_point(parser)) {
            Diag *diag = parser_report(parser, MESSAGE_NUMBER_EXPECTED, start);
            parser_help(parser, diag, MESSAGE_HELP_AMOUNT);
            return 0;
        }
    }
    if (!(low = point(parser)))
        return 0;
    if (token_is(parser, TOKEN_DOTS) && !(high = high_end(parser)))
        return 0;
    if (!high)
        high = end_after_word(parser, low);
    if (is_month_alone(parser))
        return 0;
    if ((parser_at_core(parser, CORE_BY) || takes_deadline(parser))
        && !(by = deadline(parser)))
        return 0;
    if (!whole && !high && !by)
        return low;

    if (!whole)
        whole = parser_node(parser, NODE_RANGE, start);
    Children ends = parser_children(whole);
    parser_add(parser, &ends, low);
    if (high)
        parser_add(parser, &ends, high);
    if (by)
        parser_add(parser, &ends, by);
    Node *node = parser_at(parser, whole);
    node->flags = (uint8_t)((int)bound | (high ? RANGE_HIGH : 0) | (by ? RANGE_BY : 0));
    node->end = parser->previous.end;
    return whole;
}

/* ---- lists ---- */

/* Bare words side by side, to the end of the line: bind knows what they should have been. */
static NodeId run(Parser *parser, uint32_t start)
{
    NodeId node = parser_node(parser, NODE_RUN, (Span){start, start});
    bool has_error = false;

    while (!parser_ends_statement(parser) && !token_is(parser, TOKEN_OPEN)) {
        has_error = has_error || parser->token.has_error;
        parser_advance(parser);
    }
    parser_at(parser, node)->end = parser->previous.end;
    if (has_error || parser->error_line == parser->token.line_offset + 1) {
        parser_poison(parser, node);
    } else {
        parser->tree->syntax_errors++;
        parser->error_line = parser->token.line_offset + 1;
    }
    return node;
}

/* `from 2026-03-01 to 2026-06-30`: told once, with both ends as they ought to stand. */
static NodeId period_in_words(Parser *parser, Span word)
{
    const char *text = parser->lexer->text;
    Span low = token_span(&parser->token), high = token_span(parser_peek(parser, 2));
    Span whole = {word.start, high.end};
    Diag *diag = parser_report(parser, MESSAGE_PERIOD_WITHOUT_DOTS, whole);

    parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, whole,
                     arena_format(parser->tree->arena, "%.*s..%.*s", (int)(low.end - low.start),
                                  text + low.start, (int)(high.end - high.start),
                                  text + high.start));
    NodeId date = point(parser);
    parser_poison(parser, date);
    parser_advance(parser);
    parser_advance(parser);
    return date;
}

/* `EUR 12` and `Monday 3 June 2024`: words that ought not to stand before the rest. */
static NodeId word_before(Parser *parser, Span word)
{
    AmountLiteral amount = {0};
    const char *text = parser->lexer->text + word.start;

    const Token *second = token_is(parser, TOKEN_DATE) && parser_peek(parser, 1)->kind == TOKEN_WORD
                              ? parser_peek(parser, 2) : NULL;
    if (second && second->kind == TOKEN_DATE)
        return period_in_words(parser, word);
    if (token_is(parser, TOKEN_DATE)) {
        Diag *diag = parser_report(parser, MESSAGE_DATE_FORM, (Span){word.start,
                                                                    parser->token.end});
        parser_arg_span(parser, diag, "date", (Span){word.start, parser->token.end});
        parser_help_edit(parser, diag, MESSAGE_HELP_DELETE_WORD, EDIT_SAFE,
                         (Span){word.start, parser->token.start}, "");
        NodeId date = point(parser);
        parser_poison(parser, date);
        return date;
    }
    amount.currency = words_currency(text, word.end - word.start);
    amount.unit_span = word;
    report_currency_first(parser, word);
    amount.number = parser->token.number;
    parser_advance(parser);
    NodeId node = keep_amount(parser, (Span){word.start, parser->previous.end}, &amount);
    parser_poison(parser, node);
    return node;
}

static bool is_currency_word(const Parser *parser, Span word)
{
    size_t count;
    const char *text = parser->lexer->text + word.start;

    if (words_currency(text, word.end - word.start))
        return true;
    NameId name = names_intern(parser->names, text, word.end - word.start);
    const WordMeaning *meanings = words_meanings(parser->words, parser->names, name, &count);
    for (size_t i = 0; i < count; i++)
        if (meanings[i].role == ROLE_CONFUSED
            && words_confusion(parser->words, meanings[i].id)->role == ROLE_CURRENCY)
            return true;
    return false;
}

/* A path, or what bare words turn out to be.  `first` is where the value starts. */
static NodeId bare_words(Parser *parser, uint32_t first)
{
    Span word = token_span(&parser->token);
    const Token *next = parser_peek(parser, 1);

    if ((next->kind == TOKEN_NUMBER && is_currency_word(parser, word))
        || next->kind == TOKEN_DATE) {
        parser_advance(parser);
        return word_before(parser, word);
    }
    NodeId path = parser_path(parser);
    bool goes_on = token_is(parser, TOKEN_NUMBER)
                   || (token_is(parser, TOKEN_WORD) && parser_peek(parser, 1)->kind != TOKEN_COLON);
    return goes_on ? run(parser, first) : path;
}

/* `with: a,` before the end of the block or another property: E133 at the comma.  Another
 * property on the same line is told by who reads properties. */
static bool ends_after_comma(Parser *parser, Span comma)
{
    parser_skip_lines(parser);
    if (token_is(parser, TOKEN_WORD) && parser_peek(parser, 1)->kind == TOKEN_COLON)
        return true;
    bool is_end = token_is(parser, TOKEN_NEWLINE) || token_is(parser, TOKEN_CLOSE)
                  || token_is(parser, TOKEN_END);
    if (!is_end)
        return false;
    Diag *diag = parser_report(parser, MESSAGE_LIST_ENDS_WITH_COMMA, comma);
    parser_help_edit(parser, diag, MESSAGE_HELP_DELETE_COMMA, EDIT_SAFE, comma, "");
    return true;
}

static NodeId entry(Parser *parser, uint32_t first)
{
    parser_expects(parser, EXPECT_VALUE);
    switch ((TokenKind)parser->token.kind) {
    case TOKEN_TEXT: return parser_text(parser);
    case TOKEN_WORD: return bare_words(parser, first);
    case TOKEN_UNKNOWN: return parser_token_node(parser, NODE_UNKNOWN, 0, 0);
    case TOKEN_NUMBER: case TOKEN_DATE: case TOKEN_CURRENCY: case TOKEN_PLUS: case TOKEN_MINUS:
    case TOKEN_LESS: case TOKEN_AT_MOST: case TOKEN_MORE: case TOKEN_AT_LEAST:
        return range(parser);
    default:
        break;
    }
    Span span = token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_VALUE_EXPECTED, span);
    parser_arg_span(parser, diag, "found", span);
    parser_help(parser, diag, MESSAGE_HELP_VALUE);
    return 0;
}

/* None = NONE [ TEXT ] */
static NodeId none(Parser *parser)
{
    NodeId node = parser_node(parser, NODE_NONE, token_span(&parser->token));
    Children children = parser_children(node);

    parser_take_core(parser, CORE_NONE);
    if (token_is(parser, TOKEN_TEXT))
        parser_add(parser, &children, parser_text(parser));
    parser_at(parser, node)->end = parser->previous.end;
    return node;
}

static bool at_none(Parser *parser)
{
    if (!parser_at_core(parser, CORE_NONE))
        return false;
    switch ((TokenKind)parser_peek(parser, 1)->kind) {
    case TOKEN_TEXT: case TOKEN_NEWLINE: case TOKEN_CLOSE: case TOKEN_END: case TOKEN_LEFT:
    case TOKEN_DOC:
        return true;
    default:
        return false;
    }
}

/* Takes off what was added after `last`. */
static void cut_after(Parser *parser, Children *children, NodeId last)
{
    children->last = last;
    if (last)
        parser_at(parser, last)->next = 0;
    else
        parser_at(parser, children->parent)->child = 0;
}

static bool list(Parser *parser, Children *children)
{
    NodeId before = children->last;
    uint32_t first = parser->token.start;
    uint64_t count = 0;
    bool all_bare = true;

    for (;;) {
        if (!all_bare)
            first = parser->token.start;
        bool is_unknown = token_is(parser, TOKEN_UNKNOWN);
        NodeId item = entry(parser, first);
        if (!item)
            return false;
        NodeKind kind = (NodeKind)parser_at(parser, item)->kind;
        if (kind == NODE_RUN && all_bare)
            cut_after(parser, children, before);    /* it holds the words before it too */
        parser_add(parser, children, item);
        if (kind == NODE_RUN)
            return true;
        all_bare = all_bare && kind == NODE_PATH;
        if (!token_is(parser, TOKEN_COMMA) || is_unknown)
            return true;
        if (++count == parser->limits->list_items) {
            parser_report(parser, MESSAGE_LIST_TOO_LONG, token_span(&parser->token));
            return false;
        }
        Span comma = token_span(&parser->token);
        parser_advance(parser);
        parser_expects(parser, EXPECT_VALUE);
        if (ends_after_comma(parser, comma))
            return true;
    }
}

bool parser_values(Parser *parser, Children *children, Span colon)
{
    bool is_read;
    NodeId owner = children->parent;

    parser_expects(parser, EXPECT_VALUE);
    bool has_error = parser->token.has_error;
    if (parser_ends_statement(parser)) {
        Diag *diag = parser_report(parser, MESSAGE_VALUE_MISSING, colon);
        parser_help(parser, diag, MESSAGE_HELP_VALUE_MISSING);
        is_read = false;
    } else if (at_none(parser)) {
        parser_add(parser, children, none(parser));
        is_read = true;
    } else {
        is_read = list(parser, children);
    }
    if (is_read && token_is(parser, TOKEN_LEFT))
        parser_notes(parser, children);
    if (!is_read || has_error)
        parser_poison(parser, owner);
    return is_read;
}

/* ---- notes ---- */

static const CoreId note_words[] = {
    CORE_ASSUMPTION, CORE_CONFIDENTIAL, CORE_SOURCE, CORE_ASK,
};

void parser_quoted(Parser *parser, Children *children, Span after)
{
    if (token_is(parser, TOKEN_TEXT)) {
        parser_add(parser, children, parser_text(parser));
        return;
    }
    Span span = parser_ends_statement(parser) ? after : token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_TEXT_EXPECTED, span);
    parser_arg_span(parser, diag, "after", after);
    if (diag && token_is(parser, TOKEN_WORD))
        parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_LIKELY, span,
                         arena_format(parser->tree->arena, "\"%.*s\"",
                                      (int)(span.end - span.start),
                                      parser->lexer->text + span.start));
    parser_poison(parser, children->parent);
}

/* Note = ASSUMPTION | CONFIDENTIAL | SOURCE TEXT | ASK TEXT; false: the rest is not read. */
static bool note(Parser *parser, Children *children)
{
    Span word = token_span(&parser->token);
    CoreId core = 0;

    parser_expects(parser, EXPECT_NOTE);
    for (size_t i = 0; i < sizeof note_words / sizeof note_words[0] && !core; i++)
        if (parser_at_core(parser, note_words[i]))
            core = note_words[i];
    if (!core) {
        if (parser_ends_statement(parser) || token_is(parser, TOKEN_OPEN))
            return false;           /* the missing `)` says it all */
        Diag *diag = parser_report(parser, MESSAGE_NOTE_UNKNOWN, word);
        parser_arg_span(parser, diag, "word", word);
        parser_help(parser, diag, MESSAGE_HELP_NOTES);
        return false;
    }
    NodeId node = parser_node(parser, NODE_NOTE, word);
    Children parts = parser_children(node);
    parser_at(parser, node)->data = core;
    parser_take_core(parser, core);
    if (core == CORE_SOURCE || core == CORE_ASK)
        parser_quoted(parser, &parts, word);
    parser_at(parser, node)->end = parser->previous.end;
    parser_add(parser, children, node);
    return !(parser_at(parser, node)->flags & NODE_POISONED);
}

void parser_notes(Parser *parser, Children *children)
{
    if (!parser_enter(parser))
        return;
    do {
        if (!note(parser, children)) {
            while (!parser_ends_statement(parser) && !token_is(parser, TOKEN_RIGHT)
                   && !token_is(parser, TOKEN_OPEN))
                parser_advance(parser);
            break;
        }
    } while (parser_take(parser, TOKEN_COMMA));
    parser_leave(parser);
}
