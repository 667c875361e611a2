/* parser_expression.c -- conditions, queries and what they are made of.
 *
 * One grammar for values and collections: whatever stands where one value is expected is
 * judged when it is bound.  Operator words are looked for after an operand only, `not`, `today`
 * and measures before one only, so that all of them may also be names of properties.
 */

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/parser_parts.h"

static NodeId or_condition(Parser *parser);

static Span token_span(const Token *token)
{
    return (Span){token->start, token->end};
}

static bool is_own_core(const Parser *parser, const Token *token, CoreId core)
{
    return token->kind == TOKEN_WORD
           && words_is_core(parser->words, parser->names, parser->language, token->name, core);
}

/* A node that starts where its first operand does, and ends with the last token taken. */
static NodeId node_from(Parser *parser, NodeKind kind, uint32_t start)
{
    return parser_node(parser, kind, (Span){start, parser->previous.end});
}

static NodeId node_of_two(Parser *parser, NodeKind kind, uint32_t start, NodeId a, NodeId b)
{
    NodeId node = node_from(parser, kind, start);
    Children children = parser_children(node);

    parser_add(parser, &children, a);
    parser_add(parser, &children, b);
    return node;
}

/* ---- parentheses ---- */

bool parser_enter(Parser *parser)
{
    Span span = token_span(&parser->token);

    if (parser->paren_count >= STACK || parser->paren_count >= parser->limits->nesting) {
        Diag *diag = parser_report(parser, MESSAGE_PARENTHESES_TOO_DEEP, span);
        if (diag)
            diag_arg_number(parser->diags, diag, "limit", (int64_t)parser->limits->nesting);
        return false;
    }
    parser->parens[parser->paren_count++] = span;
    parser_advance(parser);
    return true;
}

bool parser_leave(Parser *parser)
{
    if (parser->paren_count == 0)
        return false;           /* given up already */
    if (token_is(parser, TOKEN_RIGHT)) {
        parser->paren_count--;
        parser_advance(parser);
        return true;
    }
    if (token_is(parser, TOKEN_END))
        parser_goes_on(parser);
    if (parser_ends_statement(parser) || token_is(parser, TOKEN_OPEN)) {
        Diag *diag = parser_report(parser, MESSAGE_PARENTHESIS_UNCLOSED,
                                   parser->parens[parser->paren_count - 1]);
        parser_help(parser, diag, MESSAGE_HELP_CLOSE_PARENTHESIS);
    } else {
        Span span = token_span(&parser->token);
        Diag *diag = parser_report(parser, MESSAGE_LINE_REST, span);
        parser_arg_span(parser, diag, "rest", span);
        parser_help(parser, diag, token_is(parser, TOKEN_COMMA)
                                      ? MESSAGE_HELP_ONE_THING
                                      : MESSAGE_HELP_OPERATOR_OR_PARENTHESIS);
    }
    parser_give_up_parens(parser);
    return false;
}

/* ---- operands ---- */

static bool is_gap(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The word that ends before a byte, blanks and ends of line apart: what a reader sees last. */
static Span word_before(const Parser *parser, uint32_t end)
{
    const char *text = parser->tree->source->text;

    while (end > 0 && is_gap(text[end - 1]))
        end--;
    uint32_t start = end;
    while (start > 0 && !is_gap(text[start - 1]))
        start--;
    return (Span){start, end};
}

static NodeId missing_operand(Parser *parser)
{
    bool at_end = parser_ends_statement(parser);
    Span span = at_end ? parser->previous : token_span(&parser->token);

    if (at_end && span.end > span.start && is_gap(parser->tree->source->text[span.start]))
        span = word_before(parser, span.start);

    if (at_end && parser->paren_count > 0) {
        parser_leave(parser);
        return 0;
    }
    Diag *diag = parser_report(parser, MESSAGE_OPERAND_MISSING, span);
    parser_arg_span(parser, diag, "where", span);
    parser_help(parser, diag, MESSAGE_HELP_OPERAND);
    return 0;
}

/* A list of paths may follow where only one is wanted; a missing one is E137. */
static NodeId path_expected(Parser *parser, Span after)
{
    parser_expects(parser, EXPECT_FIELD);
    if (token_is(parser, TOKEN_WORD) && !parser_is_operator_word(parser, &parser->token))
        return parser_path(parser);
    bool at_end = parser_ends_statement(parser);
    Diag *diag = parser_report(parser, MESSAGE_PATH_EXPECTED,
                               at_end ? after : token_span(&parser->token));
    parser_arg_span(parser, diag, "after", after);
    parser_help(parser, diag, MESSAGE_HELP_PATH);
    return 0;
}

/* A number, a date or a text is no collection. */
static bool is_collection(Parser *parser, NodeId node)
{
    NodeKind kind = (NodeKind)parser_at(parser, node)->kind;

    if (kind != NODE_AMOUNT && kind != NODE_DATE && kind != NODE_TEXT && kind != NODE_TODAY)
        return true;
    Span span = node_span(parser_at(parser, node));
    Diag *diag = parser_report(parser, MESSAGE_COLLECTION_EXPECTED, span);
    parser_arg_span(parser, diag, "found", span);
    parser_help(parser, diag, MESSAGE_HELP_COLLECTION);
    return false;
}

static const CoreId measures[] = {CORE_SUM, CORE_AVERAGE, CORE_MIN, CORE_MAX};

static CoreId measure_at(Parser *parser, bool own_only)
{
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++)
        if (is_own_core(parser, &parser->token, measures[i])
            || (!own_only && parser_at_core(parser, measures[i])))
            return measures[i];
    return 0;
}

/* `d'activites` where OF is due: the elided word and the word after it are two. */
static bool split_elision(Parser *parser)
{
    const char *of = parser_core_text(parser, CORE_OF);
    size_t length = of ? strlen(of) : 0;
    const Token *token = &parser->token;

    if (length < 2 || of[length - 1] != 'e' || token->kind != TOKEN_WORD)
        return false;
    const char *text = parser->tree->source->text + token->start;
    size_t left = token->end - token->start, stem = length - 1, apostrophe = 1;
    if (left <= stem + 1)
        return false;
    for (size_t i = 0; i < stem; i++)
        if ((text[i] | 0x20) != of[i])
            return false;
    if (left > stem + 3 && memcmp(text + stem, "\xE2\x80\x99", 3) == 0)
        apostrophe = 3;
    else if (text[stem] != '\'')
        return false;
    uint32_t skipped = (uint32_t)(stem + apostrophe);
    unsigned size;
    if (!utf8_is_start(utf8_decode(text + skipped, left - skipped, &size)))
        return false;
    parser->token.start += skipped;
    parser->token.name = names_intern(parser->names, text + skipped, left - skipped);
    return true;
}

/* Call = COUNT "(" Pipe ")" | Measure "(" Path [ OF Pipe ] ")" */
static NodeId call(Parser *parser, CoreId core)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_CALL, word);
    Children children = parser_children(node);
    NodeId first;

    parser_at(parser, node)->data = core;
    parser_advance(parser);
    if (!parser_enter(parser))
        return 0;
    if (core == CORE_COUNT) {
        if (!(first = parser_pipe(parser)) || !is_collection(parser, first))
            return 0;
    } else if (!(first = path_expected(parser, word))) {
        return 0;
    }
    parser_add(parser, &children, first);
    if (core != CORE_COUNT) {
        parser_expects(parser, EXPECT_OPERATOR);
        if (split_elision(parser) || parser_take_core(parser, CORE_OF)) {
            parser_skip_lines(parser);
            NodeId pipe = parser_pipe(parser);
            if (!pipe || !is_collection(parser, pipe))
                return 0;
            parser_add(parser, &children, pipe);
        }
    }
    if (!parser_leave(parser))
        return 0;
    parser_at(parser, node)->end = parser->previous.end;
    return node;
}

/* `type = unknown`: what is unknown is not compared, it *is* unknown. */
static NodeId compared_with_unknown(Parser *parser)
{
    Span span = token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_COMPARED_WITH_UNKNOWN, span);

    parser_arg_span(parser, diag, "word", span);
    parser_help(parser, diag, MESSAGE_HELP_IS_UNKNOWN);
    return 0;
}

static NodeId word_operand(Parser *parser, bool after_compare)
{
    const Token *token = &parser->token;
    bool before_paren = parser_peek(parser, 1)->kind == TOKEN_LEFT;
    CoreId core = before_paren ? measure_at(parser, true) : 0;

    token = &parser->token;
    if (before_paren && is_own_core(parser, token, CORE_COUNT))
        core = CORE_COUNT;
    if (core)
        return call(parser, core);
    if (is_own_core(parser, token, CORE_TODAY)) {
        NodeId node = parser_node(parser, NODE_TODAY, token_span(token));
        parser_advance(parser);
        return node;
    }
    if (after_compare
        && (is_own_core(parser, token, CORE_UNKNOWN) || is_own_core(parser, token, CORE_EMPTY)))
        return compared_with_unknown(parser);
    bool is_answer = after_compare && words_find(parser->words, parser->names, parser->language,
                                                 token->name, ROLE_YES_NO, 0);
    if (!is_answer && parser_is_operator_word(parser, token))
        return missing_operand(parser);
    return parser_path(parser);
}

/* Factor = Amount | DATE | TEXT | TODAY | Call | Path | "(" Pipe ")" */
static NodeId factor(Parser *parser, bool after_compare)
{
    NodeId node;

    parser_expects(parser, EXPECT_OPERAND);
    switch ((TokenKind)parser->token.kind) {
    case TOKEN_PLUS: case TOKEN_MINUS:
        if (parser_peek(parser, 1)->kind != TOKEN_NUMBER)
            return missing_operand(parser);
        return parser_amount(parser, false);
    case TOKEN_NUMBER: case TOKEN_CURRENCY:
        return parser_amount(parser, false);
    case TOKEN_DATE:
        return parser_token_node(parser, NODE_DATE, (uint32_t)parser->token.day,
                                 parser->token.flags);
    case TOKEN_TEXT:
        return parser_token_node(parser, NODE_TEXT, parser->token.text,
                                 parser->token.flags & (uint8_t)~TOKEN_UNCLOSED);
    case TOKEN_LEFT:
        if (!parser_enter(parser) || !(node = parser_pipe(parser)) || !parser_leave(parser))
            return 0;
        return node;
    case TOKEN_WORD:
        return word_operand(parser, after_compare);
    default:
        return missing_operand(parser);
    }
}

/* ---- sums and products ---- */

static bool is_too_deep(Parser *parser)
{
    if (++parser->levels <= parser->limits->recursion)
        return false;
    Diag *diag = parser_report(parser, MESSAGE_EXPRESSION_TOO_DEEP, token_span(&parser->token));
    if (diag)
        diag_arg_number(parser->diags, diag, "limit", (int64_t)parser->limits->recursion);
    return true;
}

static NodeId binary(Parser *parser, uint32_t start, NodeId left, Operator operator,
                     NodeId right)
{
    NodeId node = node_of_two(parser, NODE_BINARY, start, left, right);

    parser_at(parser, node)->data = operator;
    return node;
}

/* Term = Factor { ( "*" | "/" ) Factor } */
static NodeId term(Parser *parser, bool after_compare)
{
    uint32_t start = parser->token.start;
    NodeId left = factor(parser, after_compare);

    while (left && (token_is(parser, TOKEN_TIMES) || token_is(parser, TOKEN_SLASH))) {
        Operator operator = token_is(parser, TOKEN_TIMES) ? OPERATOR_TIMES : OPERATOR_DIVIDED;
        if (is_too_deep(parser))
            return 0;
        parser_advance(parser);
        parser_skip_lines(parser);
        NodeId right = factor(parser, false);
        left = right ? binary(parser, start, left, operator, right) : 0;
    }
    return left;
}

/* A minus is one between blanks only: `5 -3` is two numbers. */
static bool at_sum_operator(Parser *parser)
{
    if (token_is(parser, TOKEN_PLUS))
        return true;
    if (!token_is(parser, TOKEN_MINUS) || !parser->token.blank_before)
        return false;
    const Token *next = parser_peek(parser, 1);
    return next->blank_before || next->line_start || next->kind == TOKEN_NEWLINE
           || next->kind == TOKEN_END;
}

/* Sum = Term { ( "+" | "-" ) Term } */
static NodeId sum(Parser *parser, bool after_compare)
{
    uint32_t start = parser->token.start;
    unsigned levels = parser->levels;
    NodeId left = term(parser, after_compare);

    while (left && at_sum_operator(parser)) {
        Operator operator = token_is(parser, TOKEN_PLUS) ? OPERATOR_PLUS : OPERATOR_MINUS;
        if (is_too_deep(parser))
            return 0;
        parser_advance(parser);
        parser_skip_lines(parser);
        NodeId right = term(parser, false);
        left = right ? binary(parser, start, left, operator, right) : 0;
    }
    parser->levels = levels;
    return left;
}

/* ---- tests ---- */

static Operator compare_of(TokenKind kind)
{
    switch (kind) {
    case TOKEN_EQUAL: return OPERATOR_EQUAL;
    case TOKEN_DIFFERENT: return OPERATOR_DIFFERENT;
    case TOKEN_LESS: return OPERATOR_LESS;
    case TOKEN_AT_MOST: return OPERATOR_AT_MOST;
    case TOKEN_MORE: return OPERATOR_MORE;
    case TOKEN_AT_LEAST: return OPERATOR_AT_LEAST;
    default: return 0;
    }
}

static NodeId comparison_expected(Parser *parser, Span after)
{
    Span span = parser_ends_statement(parser) ? after : token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_COMPARISON_EXPECTED, span);
    parser_arg_span(parser, diag, "after", after);
    parser_help(parser, diag, MESSAGE_HELP_COMPARISON);
    return 0;
}

/* IS [ NOT ] ( EMPTY | UNKNOWN | NONE ) */
static NodeId is_test(Parser *parser, uint32_t start, NodeId subject)
{
    static const CoreId states[] = {CORE_EMPTY, CORE_UNKNOWN, CORE_NONE};
    Span word = token_span(&parser->token);
    CoreId state = 0;

    parser_take_core(parser, CORE_IS);
    parser_skip_lines(parser);
    bool is_negated = parser_take_core(parser, CORE_NOT);
    parser_expects(parser, EXPECT_OPERATOR);
    for (size_t i = 0; i < sizeof states / sizeof states[0] && !state; i++)
        if (parser_at_core(parser, states[i]))
            state = states[i];
    if (!state)
        return comparison_expected(parser, word);
    parser_take_core(parser, state);
    NodeId node = node_from(parser, NODE_IS, start);
    Children children = parser_children(node);
    parser_add(parser, &children, subject);
    parser_at(parser, node)->data = state;
    parser_at(parser, node)->flags = is_negated ? NODE_NEGATED : 0;
    return node;
}

/* IN "(" Sum { "," Sum } ")" */
static NodeId in_test(Parser *parser, uint32_t start, NodeId subject)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_IN, (Span){start, word.end});
    Children children = parser_children(node);
    uint64_t count = 0;

    parser_take_core(parser, CORE_IN);
    parser_skip_lines(parser);
    if (!token_is(parser, TOKEN_LEFT)) {
        Diag *diag = parser_report(parser, MESSAGE_LIST_EXPECTED,
                                   parser_ends_statement(parser) ? word
                                                                 : token_span(&parser->token));
        parser_help(parser, diag, MESSAGE_HELP_IN_LIST);
        return 0;
    }
    if (!parser_enter(parser))
        return 0;
    parser_add(parser, &children, subject);
    do {
        NodeId value = sum(parser, true);
        if (!value)
            return 0;
        parser_add(parser, &children, value);
        if (++count > parser->limits->list_items) {
            parser_report(parser, MESSAGE_LIST_TOO_LONG, token_span(&parser->token));
            return 0;
        }
    } while (parser_take(parser, TOKEN_COMMA));
    if (!parser_leave(parser))
        return 0;
    parser_at(parser, node)->end = parser->previous.end;
    return node;
}

/* MATCHES PATTERN */
static NodeId matches_test(Parser *parser, uint32_t start, NodeId subject)
{
    Span word = token_span(&parser->token);
    Token pattern;

    parser_take_core(parser, CORE_MATCHES);
    if (!token_is(parser, TOKEN_SLASH) || parser->ahead_count > 0) {
        Span span = parser_ends_statement(parser) ? word : token_span(&parser->token);
        Diag *diag = parser_report(parser, MESSAGE_PATTERN_EXPECTED, span);
        parser_help(parser, diag, MESSAGE_HELP_PATTERN);
        return 0;
    }
    lexer_pattern(parser->lexer, &parser->token, &pattern);
    parser->token = pattern;
    parser_advance(parser);
    bool is_closed = !(pattern.flags & TOKEN_UNCLOSED);
    uint32_t end = pattern.end - (is_closed ? 1 : 0) - (pattern.flags & NODE_CASELESS ? 1 : 0);
    NodeId node = node_from(parser, NODE_MATCHES, start);
    NodeId text = parser_node(parser, NODE_PATTERN, (Span){pattern.start + 1, end});
    Children children = parser_children(node);
    parser_at(parser, text)->flags = pattern.flags & NODE_CASELESS;
    if (!is_closed) {
        parser->error_line = pattern.line_offset + 1;
        return 0;
    }
    parser_add(parser, &children, subject);
    parser_add(parser, &children, text);
    return node;
}

static NodeId contains_test(Parser *parser, uint32_t start, NodeId subject)
{
    parser_take_core(parser, CORE_CONTAINS);
    parser_skip_lines(parser);
    NodeId value = sum(parser, true);
    return value ? node_of_two(parser, NODE_CONTAINS, start, subject, value) : 0;
}

/* The last word of a path: what a prompt needs to know of the left side of a comparison. */
static NameId last_name(Parser *parser, NodeId path)
{
    const Node *node = parser_at(parser, path);

    if (node->kind != NODE_PATH)
        return NAME_NONE;
    for (NodeId child = node->child; child; child = node->next) {
        node = parser_at(parser, child);
        if (!node->next)
            break;
    }
    return node->data;
}

static NodeId compare_test(Parser *parser, uint32_t start, NodeId subject, Operator compare)
{
    parser_advance(parser);
    parser_skip_lines(parser);
    if (parser->probe)
        parser->probe->word = last_name(parser, subject);
    NodeId value = sum(parser, true);
    if (!value)
        return 0;
    NodeId node = node_of_two(parser, NODE_COMPARE, start, subject, value);
    parser_at(parser, node)->data = compare;
    return node;
}

static bool is_list_test(Parser *parser, const Token *token)
{
    return parser_is_core(parser, token, CORE_IN) || parser_is_core(parser, token, CORE_CONTAINS)
           || parser_is_core(parser, token, CORE_MATCHES);
}

/* Test = Sum [ Compare Sum | IS .. | [ NOT ] ( IN .. | CONTAINS Sum | MATCHES PATTERN ) ] */
static NodeId test(Parser *parser)
{
    uint32_t start = parser->token.start;
    NodeId subject = sum(parser, false), node;

    if (!subject)
        return 0;
    parser_expects(parser, EXPECT_OPERATOR);
    Operator compare = compare_of((TokenKind)parser->token.kind);
    if (compare)
        return compare_test(parser, start, subject, compare);
    if (!token_is(parser, TOKEN_WORD))
        return subject;
    if (parser_at_core(parser, CORE_IS))
        return is_test(parser, start, subject);

    Span word = token_span(&parser->token);
    bool is_negated = parser_at_core(parser, CORE_NOT);
    if (is_negated) {
        parser_take_core(parser, CORE_NOT);
        parser_skip_lines(parser);
        if (!is_list_test(parser, &parser->token))
            return comparison_expected(parser, word);
    }
    if (parser_at_core(parser, CORE_IN))
        node = in_test(parser, start, subject);
    else if (parser_at_core(parser, CORE_CONTAINS))
        node = contains_test(parser, start, subject);
    else if (parser_at_core(parser, CORE_MATCHES))
        node = matches_test(parser, start, subject);
    else
        return subject;
    if (node && is_negated)
        parser_at(parser, node)->flags |= NODE_NEGATED;
    return node;
}

/* Not = NOT Not | Test */
static NodeId not_condition(Parser *parser)
{
    uint32_t starts[STACK];
    unsigned count = 0;

    while (is_own_core(parser, &parser->token, CORE_NOT)) {
        if (count == STACK) {
            parser_report(parser, MESSAGE_EXPRESSION_TOO_DEEP, token_span(&parser->token));
            return 0;
        }
        starts[count++] = parser->token.start;
        parser_advance(parser);
        parser_skip_lines(parser);
    }
    NodeId node = test(parser);
    while (node && count > 0) {
        NodeId inner = node;
        node = node_from(parser, NODE_NOT, starts[--count]);
        Children children = parser_children(node);
        parser_add(parser, &children, inner);
    }
    return node;
}

/* Several operands joined by one word: the node is made with the second. */
static NodeId joined(Parser *parser, CoreId core, NodeKind kind, NodeId (*operand)(Parser *))
{
    uint32_t start = parser->token.start;
    NodeId first = operand(parser), node = 0;
    Children children = {0};

    if (!first)
        return 0;
    while (parser_at_core(parser, core)) {
        parser_take_core(parser, core);
        parser_skip_lines(parser);
        NodeId next = operand(parser);
        if (!next)
            return 0;
        if (!node) {
            node = node_from(parser, kind, start);
            children = parser_children(node);
            parser_add(parser, &children, first);
        }
        parser_add(parser, &children, next);
        parser_at(parser, node)->end = parser->previous.end;
    }
    return node ? node : first;
}

/* And = Not { AND Not } */
static NodeId and_condition(Parser *parser)
{
    return joined(parser, CORE_AND, NODE_AND, not_condition);
}

/* Or = And { OR And } */
static NodeId or_condition(Parser *parser)
{
    return joined(parser, CORE_OR, NODE_OR, and_condition);
}

/* ---- steps ---- */

static NodeId where_step(Parser *parser)
{
    NodeId step = parser_node(parser, NODE_STEP, token_span(&parser->token));
    Children children = parser_children(step);

    parser_at(parser, step)->data = CORE_WHERE;
    parser_take_core(parser, CORE_WHERE);
    parser_skip_lines(parser);
    NodeId condition = or_condition(parser);
    if (!condition)
        return 0;
    parser_add(parser, &children, condition);
    return step;
}

static NodeId sort_key(Parser *parser, Span after)
{
    uint32_t start = parser->token.start;
    NodeId path = path_expected(parser, after);

    if (!path)
        return 0;
    NodeId key = node_from(parser, NODE_SORTKEY, start);
    Children children = parser_children(key);
    parser_add(parser, &children, path);
    parser_expects(parser, EXPECT_OPERATOR);
    CoreId direction = parser_at_core(parser, CORE_ASC) ? CORE_ASC
                       : parser_at_core(parser, CORE_DESC) ? CORE_DESC : 0;
    if (direction) {
        parser_take_core(parser, direction);
        parser_at(parser, key)->data = direction;
        parser_at(parser, key)->end = parser->previous.end;
    }
    return key;
}

static NodeId plain_path(Parser *parser, Span after)
{
    return path_expected(parser, after);
}

static bool listed(Parser *parser, Children *children, Span word,
                   NodeId (*item)(Parser *, Span))
{
    do {
        parser_skip_lines(parser);
        NodeId node = item(parser, word);
        if (!node)
            return false;
        parser_add(parser, children, node);
    } while (parser_take(parser, TOKEN_COMMA));
    return true;
}

static bool taken(Parser *parser, Children *children)
{
    if (!token_is(parser, TOKEN_NUMBER)) {
        Span span = parser_ends_statement(parser) ? parser->previous
                                                  : token_span(&parser->token);
        Diag *diag = parser_report(parser, MESSAGE_TAKE_NUMBER, span);
        parser_help(parser, diag, MESSAGE_HELP_TAKE);
        return false;
    }
    NodeId amount = parser_amount(parser, false);
    if (amount)
        parser_add(parser, children, amount);
    return amount != 0;
}

static bool grouped(Parser *parser, Children *children)
{
    Span word = token_span(&parser->token);

    parser_expects(parser, EXPECT_OPERATOR);
    if (!parser_take_core(parser, CORE_PER))
        return true;
    parser_skip_lines(parser);
    NodeId path = path_expected(parser, word);
    if (path)
        parser_add(parser, children, path);
    return path != 0;
}

static CoreId step_at(Parser *parser)
{
    static const CoreId steps[] = {
        CORE_SORT, CORE_TAKE, CORE_SHOW, CORE_DISTINCT, CORE_COUNT,
    };

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (parser_at_core(parser, steps[i]))
            return steps[i];
    return measure_at(parser, false);
}

static NodeId step_expected(Parser *parser, Span bar)
{
    Span span = parser_ends_statement(parser) ? bar : token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_STEP_EXPECTED, span);
    parser_arg_span(parser, diag, "found", span);
    parser_help(parser, diag, MESSAGE_HELP_STEPS);
    return 0;
}

/* What stands after `|`. */
static NodeId step(Parser *parser, Span bar)
{
    Span word = token_span(&parser->token);
    bool is_read = true;

    parser_expects(parser, EXPECT_STEP);
    if (!token_is(parser, TOKEN_WORD))
        return step_expected(parser, bar);
    if (parser_at_core(parser, CORE_WHERE))
        return where_step(parser);
    CoreId core = step_at(parser);
    if (!core)
        return step_expected(parser, bar);
    NodeId node = parser_node(parser, NODE_STEP, word);
    Children children = parser_children(node);
    parser_at(parser, node)->data = core;
    parser_take_core(parser, core);
    switch (core) {
    case CORE_SORT: is_read = listed(parser, &children, word, sort_key); break;
    case CORE_SHOW: case CORE_DISTINCT:
        is_read = listed(parser, &children, word, plain_path);
        break;
    case CORE_TAKE: is_read = taken(parser, &children); break;
    case CORE_COUNT: is_read = grouped(parser, &children); break;
    default: is_read = listed(parser, &children, word, plain_path)
                       && grouped(parser, &children);
    }
    return is_read ? node : 0;
}

/* Past the line ends after a bar; `show` begins statements, too, but a step is due here. */
static void skip_to_step(Parser *parser)
{
    parser_skip_lines(parser);
    if (token_is(parser, TOKEN_NEWLINE)
        && parser_is_core(parser, parser_peek(parser, 1), CORE_SHOW))
        parser_advance(parser);
}

static bool where_twice(Parser *parser)
{
    if (!parser_at_core(parser, CORE_WHERE))
        return false;
    Span span = token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_WHERE_TWICE, span);
    parser_help(parser, diag, MESSAGE_HELP_WHERE_TWICE);
    return true;
}

/* Takes steps into a pipe made around `first`; 0: reported. */
static NodeId with_steps(Parser *parser, uint32_t start, NodeId first)
{
    NodeId pipe = 0;
    Children children = {0};

    for (;;) {
        Span bar = token_span(&parser->token);
        bool has_bar = token_is(parser, TOKEN_PIPE);
        if (!has_bar && (pipe || !parser_at_core(parser, CORE_WHERE)))
            break;
        if (!pipe) {
            if (!is_collection(parser, first))
                return 0;
            pipe = node_from(parser, NODE_PIPE, start);
            children = parser_children(pipe);
            parser_add(parser, &children, first);
        }
        if (has_bar) {
            parser_advance(parser);
            skip_to_step(parser);
        }
        NodeId next = has_bar ? step(parser, bar) : where_step(parser);
        if (!next)
            return 0;
        parser_add(parser, &children, next);
        parser_at(parser, pipe)->end = parser->previous.end;
        parser_expects(parser, EXPECT_OPERATOR);
    }
    if (pipe && where_twice(parser))
        return 0;
    return pipe ? pipe : first;
}

/* Pipe = Or [ WHERE Or ] { "|" Step } */
NodeId parser_pipe(Parser *parser)
{
    uint32_t start = parser->token.start;
    NameId source = parser->source;
    bool is_word = token_is(parser, TOKEN_WORD);

    if (is_word && parser_peek(parser, 1)->kind != TOKEN_LEFT)
        parser->source = parser->token.name;
    NodeId first = or_condition(parser);
    NodeId pipe = first ? with_steps(parser, start, first) : 0;
    if (!token_is(parser, TOKEN_END))
        parser->source = source;
    return pipe;
}

/* ---- conditions ---- */

/* EVERY ( Path | "(" Pipe ")" ) [ WHERE Or ] */
static NodeId every_source(Parser *parser, Span word)
{
    uint32_t start = parser->token.start;
    NodeId first = 0;

    parser_expects(parser, EXPECT_OPERAND);
    if (token_is(parser, TOKEN_WORD) && !parser_is_operator_word(parser, &parser->token)) {
        parser->source = parser->token.name;
        first = parser_path(parser);
    } else if (token_is(parser, TOKEN_LEFT)) {
        if (!parser_enter(parser) || !(first = parser_pipe(parser)) || !parser_leave(parser))
            return 0;
    } else {
        Span span = parser_ends_statement(parser) ? word : token_span(&parser->token);
        Diag *diag = parser_report(parser, MESSAGE_COLLECTION_EXPECTED, span);
        parser_arg_span(parser, diag, "found", span);
        parser_help(parser, diag, MESSAGE_HELP_COLLECTION);
        return 0;
    }
    parser_expects(parser, EXPECT_OPERATOR);
    if (!parser_at_core(parser, CORE_WHERE))
        return first;
    if (!is_collection(parser, first))
        return 0;
    NodeId pipe = node_from(parser, NODE_PIPE, start);
    Children children = parser_children(pipe);
    parser_add(parser, &children, first);
    NodeId where = where_step(parser);
    if (!where)
        return 0;
    parser_add(parser, &children, where);
    parser_at(parser, pipe)->end = parser->previous.end;
    return pipe;
}

/* ( HAS Path | ":" Or ) */
static NodeId every_condition(Parser *parser, NodeId quantified, Span word)
{
    parser_expects(parser, EXPECT_OPERATOR);
    if (parser_at_core(parser, CORE_HAS)) {
        Span has = token_span(&parser->token);
        parser_take_core(parser, CORE_HAS);
        parser_skip_lines(parser);
        parser_at(parser, quantified)->flags |= NODE_HAS;
        return path_expected(parser, has);
    }
    if (parser_take(parser, TOKEN_COLON)) {
        parser_skip_lines(parser);
        return or_condition(parser);
    }
    Span span = parser_ends_statement(parser) ? word : token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_EVERY_WITHOUT_CONDITION, span);
    parser_help(parser, diag, MESSAGE_HELP_EVERY);
    return 0;
}

static NodeId quantified(Parser *parser, CoreId core)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_QUANTIFIED, word), pipe, condition;
    Children children = parser_children(node);

    parser_at(parser, node)->data = core;
    parser_take_core(parser, core);
    if (core == CORE_EVERY) {
        pipe = every_source(parser, word);
    } else {
        parser_expects(parser, EXPECT_OPERAND);
        if (parser_ends_statement(parser)) {
            Diag *diag = parser_report(parser, MESSAGE_COLLECTION_EXPECTED, word);
            parser_arg_span(parser, diag, "found", word);
            parser_help(parser, diag, MESSAGE_HELP_COLLECTION);
            return 0;
        }
        pipe = parser_pipe(parser);
        if (pipe && !is_collection(parser, pipe))
            return 0;
    }
    if (!pipe)
        return 0;
    parser_add(parser, &children, pipe);
    if (core == CORE_EVERY) {
        if (!(condition = every_condition(parser, node, word)))
            return 0;
        parser_add(parser, &children, condition);
    }
    parser_at(parser, node)->end = parser->previous.end;
    return node;
}

/* Condition = ( NO | EXISTS ) Pipe | EVERY .. | Pipe */
NodeId parser_condition(Parser *parser)
{
    static const CoreId quantifiers[] = {CORE_NO, CORE_EXISTS, CORE_EVERY};

    parser_expects(parser, EXPECT_OPERAND);
    for (size_t i = 0; i < sizeof quantifiers / sizeof quantifiers[0]; i++)
        if (parser_at_core(parser, quantifiers[i]))
            return quantified(parser, quantifiers[i]);
    return parser_pipe(parser);
}
