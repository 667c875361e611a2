/* parser_statement.c -- heads of declarations, properties, and the statements of the core.
 *
 * Each rule of the grammar stands over the function that reads it.  Heads are told apart by
 * their shape; which shape a kind wants is asked when it is bound.
 */

#include <string.h>

#include "lang/syntax/parser_parts.h"

static Span token_span(const Token *token)
{
    return (Span){token->start, token->end};
}

/* ---- heads ---- */

/* `partner macif Fondation Macif`: words after a name were to be its title. Inside a block, as in
 * `receives Help from people`, hardly anything has a name: all of the words are the title. */
static void report_free_words(Parser *parser, NodeId declaration)
{
    Node *node = parser_at(parser, declaration);
    Span name = parser->previous, span = parser->depth ? name : token_span(&parser->token);
    bool is_kind = words_find(parser->words, parser->names, parser->language, node->data,
                              ROLE_KIND, 0);

    while (!parser_ends_statement(parser) && !token_is(parser, TOKEN_OPEN)
           && !token_is(parser, TOKEN_LEFT))
        parser_advance(parser);
    span.end = parser->previous.end;
    if (!is_kind) {             /* bind has something to say about the first word */
        parser->tree->syntax_errors++;
        return;
    }
    parser_poison(parser, declaration);
    Diag *diag = parser_report(parser, MESSAGE_TEXT_UNQUOTED, span);
    if (diag)
        parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_LIKELY, span,
                         arena_format(parser->tree->arena, "\"%.*s\"",
                                      (int)(span.end - span.start),
                                      parser->tree->source->text + span.start));
    if (!parser->depth) {
        Span whole = {name.start, span.end};
        parser_help_edit(parser, diag, MESSAGE_HELP_WHOLE_TITLE, EDIT_EXAMPLE, whole,
                         arena_format(parser->tree->arena, "\"%.*s\"",
                                      (int)(whole.end - whole.start),
                                      parser->tree->source->text + whole.start));
    }
    if (diag)
        diag_note(parser->diags, diag, MESSAGE_NOTE_QUOTES);
}

/* Reference "->" Reference [ TEXT ], the first of which was read. */
static Head link_head(Parser *parser, Children *children)
{
    Span arrow = token_span(&parser->token);

    parser_advance(parser);
    parser_skip_lines(parser);
    parser_expects(parser, EXPECT_REFERENCE);
    if (token_is(parser, TOKEN_WORD)) {
        parser_add(parser, children, parser_path(parser));
    } else if (token_is(parser, TOKEN_TEXT)) {
        parser_add(parser, children, parser_text(parser));
    } else {
        Diag *diag = parser_report(parser, MESSAGE_NAME_EXPECTED, arrow);
        parser_arg_span(parser, diag, "after", arrow);
        parser_help(parser, diag, MESSAGE_HELP_LINK);
        parser_poison(parser, children->parent);
        return HEAD_LINK;
    }
    if (token_is(parser, TOKEN_TEXT))
        parser_add(parser, children, parser_text(parser));
    return HEAD_LINK;
}

/* Key ":" Value, the key of which was read. */
static Head keyed_head(Parser *parser, Children *children)
{
    Span colon = token_span(&parser->token);

    parser_advance(parser);
    if (!parser_values(parser, children, colon))
        parser_skip_line(parser);
    return HEAD_KEYED;
}

/* `brings "Land" 5 000 EUR`: the amount comes first. */
static void report_amount_after_title(Parser *parser, Children *children, Span title)
{
    Span span = token_span(&parser->token);
    const char *text = parser->tree->source->text;

    while (!parser_ends_statement(parser) && !token_is(parser, TOKEN_OPEN)
           && !token_is(parser, TOKEN_LEFT))
        parser_advance(parser);
    span.end = parser->previous.end;
    parser_poison(parser, children->parent);
    Diag *diag = parser_report(parser, MESSAGE_AMOUNT_AFTER_TITLE, span);
    if (diag)
        parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_LIKELY,
                         (Span){title.start, span.end},
                         arena_format(parser->tree->arena, "%.*s %.*s",
                                      (int)(span.end - span.start), text + span.start,
                                      (int)(title.end - title.start), text + title.start));
}

static Head titled_head(Parser *parser, Children *children)
{
    Span title = token_span(&parser->token);

    parser_add(parser, children, parser_text(parser));
    if (parser->depth > 0 && (token_is(parser, TOKEN_NUMBER) || token_is(parser, TOKEN_CURRENCY)))
        report_amount_after_title(parser, children, title);
    if (token_is(parser, TOKEN_COLON))
        return keyed_head(parser, children);
    if (token_is(parser, TOKEN_ARROW))
        return link_head(parser, children);
    return HEAD_TITLED;
}

/* After `link`, two names and the arrow between them. */
static void report_arrow(Parser *parser, Children *children)
{
    Span span = parser_ends_statement(parser) ? parser->previous : token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_ARROW_EXPECTED, span);

    parser_help(parser, diag, MESSAGE_HELP_LINK);
    parser_poison(parser, children->parent);
    parser_skip_head(parser);
}

/* `type company` in a block: a property without its colon.  Bind says so (E113), since it knows
 * which properties the kind has; here it is only counted, so that the file is not laid out. */
static bool lacks_colon(Parser *parser, NameId word, Head shape)
{
    if (parser->depth == 0 || shape == HEAD_KEYED || shape == HEAD_LINK)
        return false;
    const Words *words = parser->words;
    const WordMeaning *owner = words_find(words, parser->names, parser->language,
                                          parser->open[parser->depth - 1].word, ROLE_KIND, 0);

    return owner && words_find(words, parser->names, parser->language, word, ROLE_PROPERTY,
                               owner->id);
}

/* `reading 2024-01-31 420 seniors`: only a key starts with a date.  After a word that is no kind,
 * bind has something to say about the word. */
static Head dated_head(Parser *parser, Children *children)
{
    Span date = token_span(&parser->token);
    NameId word = parser_at(parser, children->parent)->data;

    parser_add(parser, children,
               parser_token_node(parser, NODE_DATE, (uint32_t)parser->token.day,
                                 parser->token.flags));
    if (token_is(parser, TOKEN_COLON))
        return keyed_head(parser, children);
    if (lacks_colon(parser, word, HEAD_MEASURED)
        || !words_find(parser->words, parser->names, parser->language, word, ROLE_KIND, 0)) {
        parser->tree->syntax_errors++;
        parser_skip_head(parser);
        return HEAD_MEASURED;
    }
    Diag *diag = parser_report(parser, MESSAGE_COLON_MISSING, date);
    parser_arg_span(parser, diag, "word", date);
    parser_help(parser, diag, MESSAGE_HELP_READING);
    parser_poison(parser, children->parent);
    parser_skip_head(parser);
    return HEAD_KEYED;
}

/* ( Amount | "?" ) [ TEXT ], or an amount as a key */
static Head measured_head(Parser *parser, Children *children)
{
    if (token_is(parser, TOKEN_UNKNOWN)) {
        parser_add(parser, children, parser_token_node(parser, NODE_UNKNOWN, 0, 0));
    } else {
        NodeId amount = parser_amount(parser, true);
        if (!amount) {
            parser_poison(parser, children->parent);
            parser_skip_head(parser);
            return HEAD_MEASURED;
        }
        parser_add(parser, children, amount);
        if (token_is(parser, TOKEN_COLON))
            return keyed_head(parser, children);
    }
    if (token_is(parser, TOKEN_TEXT))
        parser_add(parser, children, parser_text(parser));
    return HEAD_MEASURED;
}

/* What follows a first name decides what it was.  Of all kinds only `link` has an arrow, so a
 * missing one can be told. */
static Head named_head(Parser *parser, Children *children, KindId kind)
{
    NodeId name = parser_path(parser);
    bool is_path = parser_at(parser, name)->child != 0;

    parser_add(parser, children, name);
    if (token_is(parser, TOKEN_ARROW))
        return link_head(parser, children);
    if (kind == KIND_LINK) {
        report_arrow(parser, children);
        return HEAD_LINK;
    }
    if (token_is(parser, TOKEN_COLON))
        return keyed_head(parser, children);
    if (is_path) {
        Span span = node_span(parser_at(parser, name));
        Diag *diag = parser_report(parser, MESSAGE_NAME_DOTTED, span);
        parser_arg_span(parser, diag, "name", span);
        parser_help(parser, diag, MESSAGE_HELP_NAME_DOTTED);
        parser_poison(parser, children->parent);
    }
    parser_at(parser, name)->kind = NODE_WORD;
    parser_at(parser, name)->child = 0;
    if (parser_at_amount(parser) || token_is(parser, TOKEN_UNKNOWN))
        return measured_head(parser, children);
    if (token_is(parser, TOKEN_TEXT))
        parser_add(parser, children, parser_text(parser));
    else if (token_is(parser, TOKEN_WORD) && parser_peek(parser, 1)->kind != TOKEN_COLON)
        report_free_words(parser, children->parent);
    return HEAD_NAMED;
}

/* Head = Key ":" Value | Reference "->" Reference [ TEXT ] | [ WORD ] ( Amount | "?" ) [ TEXT ]
 *      | WORD [ TEXT ] | TEXT */
static Head head(Parser *parser, Children *children, KindId kind)
{
    switch ((TokenKind)parser->token.kind) {
    case TOKEN_WORD: return named_head(parser, children, kind);
    case TOKEN_TEXT: return titled_head(parser, children);
    case TOKEN_DATE: return dated_head(parser, children);
    case TOKEN_NUMBER: case TOKEN_PLUS: case TOKEN_MINUS: case TOKEN_CURRENCY:
    case TOKEN_UNKNOWN:
        return measured_head(parser, children);
    default: return HEAD_EMPTY;
    }
}

/* The first word and the name of a head, for what is said about its block. */
static OpenBlock block_of(Parser *parser, NodeId node, NameId word, NodeId name)
{
    OpenBlock open = {.head = node_span(parser_at(parser, node)), .word = word};

    if (name) {
        const Node *named = parser_at(parser, name);
        open.head.end = named->end;
        if (named->kind == NODE_WORD || named->kind == NODE_PATH)
            open.name = named->data;
    }
    return open;
}

/* [ Notes ] [ Block ] NL */
static void rest_of_head(Parser *parser, Children *children, OpenBlock open)
{
    if (token_is(parser, TOKEN_LEFT))
        parser_notes(parser, children);
    if (token_is(parser, TOKEN_OPEN))
        parser_add(parser, children, parser_block(parser, open));
    parser_end(parser);
}

/* Declaration = WORD Head [ Notes ] [ Block ] NL */
NodeId parser_declaration(Parser *parser, KindId kind)
{
    NameId word = parser->token.name;
    NodeId node = parser_node(parser, NODE_DECLARATION, token_span(&parser->token));
    Children children = parser_children(node);

    parser_at(parser, node)->data = word;
    parser->tree->declarations++;
    parser_advance(parser);
    if (parser->takes_colon && parser_take(parser, TOKEN_COLON))
        parser->takes_colon = false;
    if (parser->probe && token_is(parser, TOKEN_END)) {
        parser_expects(parser, kind == KIND_LINK ? EXPECT_REFERENCE : EXPECT_NOTHING);
        parser->probe->word = word;
    }
    Head shape = head(parser, &children, kind);
    parser_at(parser, node)->flags |= (uint8_t)shape;
    parser->tree->syntax_errors += lacks_colon(parser, word, shape);
    rest_of_head(parser, &children, block_of(parser, node, word, parser_at(parser, node)->child));
    return node;
}

/* ---- items of a block ---- */

/* `cost = 300 EUR` in a block: the sign of other languages for a colon. */
bool parser_at_equal(Parser *parser)
{
    return token_is(parser, TOKEN_WORD) && parser_peek(parser, 1)->kind == TOKEN_EQUAL;
}

static bool at_property(Parser *parser)
{
    return token_is(parser, TOKEN_WORD) && parser_peek(parser, 1)->kind == TOKEN_COLON;
}

/* Property = WORD ":" Value [ Notes ] NL */
NodeId parser_property(Parser *parser)
{
    NodeId node = parser_node(parser, NODE_PROPERTY, token_span(&parser->token));
    Children children = parser_children(node);
    bool has_error = parser->token.has_error;

    parser_at(parser, node)->data = parser->token.name;
    parser->property = parser->token.name;
    parser_advance(parser);
    Span colon = token_span(&parser->token);
    if (token_is(parser, TOKEN_EQUAL)) {
        Diag *diag = parser_report(parser, MESSAGE_COLON_NOT_EQUAL, colon);
        parser_arg_span(parser, diag, "word", parser->previous);
        parser_help_edit(parser, diag, MESSAGE_HELP_COLON_NOT_EQUAL, EDIT_SAFE, colon, ":");
    }
    parser_advance(parser);
    if (!parser_values(parser, &children, colon))
        parser_skip_line(parser);
    else if (token_is(parser, TOKEN_COLON)
             && words_find(parser->words, parser->names, parser->language,
                           parser_at(parser, node)->data, ROLE_KIND, 0)) {
        parser->tree->syntax_errors++;      /* `reading: 2026-06-01: 20 kg`: bind says how */
        parser_skip_line(parser);
    } else if (parser->depth > 0 && at_property(parser))
        parser_report_same_line(parser);    /* and read as if it had its own line */
    else
        parser_end(parser);
    if (has_error)
        parser_poison(parser, node);
    parser->property = 0;
    return node;
}

/* Path ":" Value [ Notes ] NL, at the prompt */
NodeId parser_set(Parser *parser)
{
    NodeId node = parser_node(parser, NODE_SET, token_span(&parser->token));
    Children children = parser_children(node);
    Token word = parser->token;
    NodeId path = parser_path(parser), last = parser_at(parser, path)->child;

    while (last && parser_at(parser, last)->next)
        last = parser_at(parser, last)->next;
    parser->property = last ? parser_at(parser, last)->data : word.name;
    parser_add(parser, &children, path);
    Span colon = token_span(&parser->token);
    if (!parser_take(parser, TOKEN_COLON)) {
        Diag *diag = parser_report(parser, MESSAGE_COLON_MISSING, colon);
        parser_arg_span(parser, diag, "word", token_span(&word));
        parser_help(parser, diag, MESSAGE_HELP_PROPERTY);
        parser_poison(parser, node);
        parser_skip_line(parser);
    } else if (!parser_values(parser, &children, colon)) {
        parser_skip_line(parser);
    } else {
        parser_end(parser);
    }
    return node;
}

/* Is this a path with a colon after it?  (Only the prompt asks, and for two parts at most.) */
bool parser_at_set(Parser *parser)
{
    if (!token_is(parser, TOKEN_WORD))
        return false;
    if (parser_peek(parser, 1)->kind == TOKEN_COLON)
        return true;
    return parser_peek(parser, 1)->kind == TOKEN_DOT
           && parser_peek(parser, 2)->kind == TOKEN_WORD
           && parser_peek(parser, 3)->kind == TOKEN_COLON;
}

/* Add = ADD WORD ":" Value NL */
static NodeId add_node(Parser *parser, NodeKind kind, CoreId core)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, kind, word);
    Children children = parser_children(node);

    parser_take_core(parser, core);
    parser_expects(parser, EXPECT_ITEM);
    if (parser->depth == 0 && parser->mode == PARSE_PROMPT && parser_at_set(parser)) {
        parser_add(parser, &children, parser_set(parser));
    } else if (at_property(parser)) {
        parser_add(parser, &children, parser_property(parser));
    } else {
        Diag *diag = parser_report(parser, MESSAGE_COLON_MISSING, word);
        parser_arg_span(parser, diag, "word", word);
        parser_help(parser, diag, MESSAGE_HELP_ADD);
        parser_poison(parser, node);
        parser_skip_line(parser);
    }
    return node;
}

/* Drop = DROP ( WORD ":" Value | WORD ( Key | TEXT ) ) NL */
static NodeId drop_node(Parser *parser)
{
    const Token *first = parser_peek(parser, 1), *second = parser_peek(parser, 2);
    bool at_prompt = parser->depth == 0 && parser->mode == PARSE_PROMPT;
    if (first->kind != TOKEN_WORD || second->kind == TOKEN_COLON
        || (at_prompt && second->kind == TOKEN_DOT))
        return add_node(parser, NODE_DROP, CORE_DROP);

    NodeId node = parser_node(parser, NODE_DROP, token_span(&parser->token));
    Children children = parser_children(node);
    parser_take_core(parser, CORE_DROP);
    Span kind = token_span(&parser->token);
    parser_add(parser, &children, parser_word(parser));
    if (token_is(parser, TOKEN_TEXT)) {
        parser_add(parser, &children, parser_text(parser));
    } else if (token_is(parser, TOKEN_WORD)) {
        parser_add(parser, &children, parser_path(parser));
    } else if (token_is(parser, TOKEN_DATE)) {
        parser_add(parser, &children,
                   parser_token_node(parser, NODE_DATE, (uint32_t)parser->token.day,
                                     parser->token.flags));
    } else if (parser_at_amount(parser)) {
        parser_add(parser, &children, parser_amount(parser, true));
    } else {
        Diag *diag = parser_report(parser, MESSAGE_NAME_EXPECTED, kind);
        parser_arg_span(parser, diag, "after", kind);
        parser_help(parser, diag, MESSAGE_HELP_DROP);
        parser_poison(parser, node);
    }
    parser_end(parser);
    return node;
}

/* ---- statements of the core ---- */

/* A block is due here. */
static void required_block(Parser *parser, Children *children, OpenBlock open)
{
    if (token_is(parser, TOKEN_OPEN)) {
        parser_add(parser, children, parser_block(parser, open));
        return;
    }
    if (!parser_ends_statement(parser))
        return;                 /* parser_end says what is there */
    Diag *diag = parser_report(parser, MESSAGE_BLOCK_EXPECTED, open.head);
    const char *word = names_text(parser->names, open.word);
    if (diag)
        diag_arg_text(parser->diags, diag, "word", word, strlen(word));
    parser_help(parser, diag, parser_at(parser, children->parent)->kind == NODE_ACCEPT
                                  ? MESSAGE_HELP_ACCEPT : MESSAGE_HELP_BLOCK);
    parser_poison(parser, children->parent);
}

static void file_name(Parser *parser, Children *children, Span word)
{
    parser_expects(parser, EXPECT_FILE);
    if (parser->probe && token_is(parser, TOKEN_TEXT) && (parser->token.flags & TOKEN_UNCLOSED)
        && parser->token.end == parser->tree->source->length)
        parser->probe->expects |= EXPECT_FILE;      /* in the middle of its name */
    parser_quoted(parser, children, word);
}

/* Import = IMPORT TEXT [ AS WORD ] NL ;  Extension = EXTENSION TEXT NL */
static NodeId import_node(Parser *parser, NodeKind kind, CoreId core)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, kind, word);
    Children children = parser_children(node);

    parser_take_core(parser, core);
    file_name(parser, &children, word);
    if (kind == NODE_IMPORT && parser_take_core(parser, CORE_AS)) {
        if (token_is(parser, TOKEN_WORD)) {
            parser_add(parser, &children, parser_word(parser));
        } else {
            Diag *diag = parser_report(parser, MESSAGE_NAME_EXPECTED, parser->previous);
            parser_arg_span(parser, diag, "after", parser->previous);
            parser_help(parser, diag, MESSAGE_HELP_IMPORT_AS);
        }
    }
    parser_end(parser);
    return node;
}

/* Base = BASE TEXT [ WITHOUT WORD { "," WORD } ] NL */
static NodeId base_node(Parser *parser)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_BASE, word);
    Children children = parser_children(node);

    parser_take_core(parser, CORE_BASE);
    file_name(parser, &children, word);
    if (parser_take_core(parser, CORE_WITHOUT)) {
        do {
            parser_skip_lines(parser);
            if (!token_is(parser, TOKEN_WORD)) {
                Diag *diag = parser_report(parser, MESSAGE_COLLECTION_EXPECTED,
                                           parser->previous);
                parser_arg_span(parser, diag, "found", parser->previous);
                parser_help(parser, diag, MESSAGE_HELP_COLLECTION);
                break;
            }
            parser_add(parser, &children, parser_word(parser));
        } while (parser_take(parser, TOKEN_COMMA));
    }
    parser_end(parser);
    return node;
}

/* WORD Reference, after `change` and `remove`; false: reported. */
static bool target(Parser *parser, Children *children, Span word)
{
    parser_expects(parser, EXPECT_KIND);
    Span kind = token_span(&parser->token);
    if (!token_is(parser, TOKEN_WORD)) {
        Diag *diag = parser_report(parser, MESSAGE_KIND_EXPECTED,
                                   parser_ends_statement(parser) ? word : kind);
        parser_arg_span(parser, diag, "after", word);
        parser_help(parser, diag, MESSAGE_HELP_TARGET);
        return false;
    }
    NameId name = parser->token.name;
    parser_add(parser, children, parser_word(parser));
    if (parser->probe && token_is(parser, TOKEN_END)) {
        parser_expects(parser, EXPECT_REFERENCE);
        parser->probe->kind = name;
    }
    if (token_is(parser, TOKEN_TEXT)) {
        parser_add(parser, children, parser_text(parser));
        return true;
    }
    if (token_is(parser, TOKEN_WORD)) {
        parser_add(parser, children, parser_path(parser));
        return true;
    }
    bool is_kind = words_find(parser->words, parser->names, parser->language, name, ROLE_KIND, 0);
    Diag *diag = parser_report(parser, is_kind ? MESSAGE_NAME_EXPECTED : MESSAGE_KIND_EXPECTED,
                               kind);
    parser_arg_span(parser, diag, "after", is_kind ? kind : word);
    parser_help(parser, diag, MESSAGE_HELP_TARGET);
    return false;
}

/* Change = CHANGE WORD Reference Block NL ;  Remove = REMOVE WORD Reference NL */
static NodeId change_node(Parser *parser, NodeKind kind, CoreId core)
{
    Span word = token_span(&parser->token);
    NameId name = parser->token.name;
    NodeId node = parser_node(parser, kind, word);
    Children children = parser_children(node);

    parser_take_core(parser, core);
    if (!target(parser, &children, word)) {
        parser_poison(parser, node);
        parser_skip_line(parser);
        return node;
    }
    if (kind == NODE_CHANGE) {
        NodeId kind_word = parser_at(parser, node)->child;
        OpenBlock open = block_of(parser, node, parser_at(parser, kind_word)->data,
                                  children.last);
        open.head = (Span){word.start, parser->previous.end};
        if (!token_is(parser, TOKEN_OPEN))
            open.word = name;
        required_block(parser, &children, open);
    }
    parser_end(parser);
    return node;
}

/* Check = ( ASSERT | CHECK ) Condition [ ELSE TEXT ] NL */
static NodeId check_node(Parser *parser, NodeKind kind, CoreId core)
{
    NodeId node = parser_node(parser, kind, token_span(&parser->token));
    Children children = parser_children(node);

    parser_take_core(parser, core);
    NodeId condition = parser_condition(parser);
    if (!condition) {
        parser_poison(parser, node);
        parser_skip_line(parser);
        return node;
    }
    parser_add(parser, &children, condition);
    Span word = token_span(&parser->token);
    if (parser_take_core(parser, CORE_ELSE)) {
        parser_skip_lines(parser);
        parser_quoted(parser, &children, word);
    }
    if (!parser_end(parser))
        parser_poison(parser, node);
    return node;
}

/* Show = SHOW Pipe NL; at the prompt and in a query the word is left out. */
NodeId parser_show(Parser *parser, bool has_word)
{
    NodeId node = parser_node(parser, NODE_SHOW, token_span(&parser->token));
    Children children = parser_children(node);

    if (has_word)
        parser_take_core(parser, CORE_SHOW);
    NodeId pipe = parser_pipe(parser);
    if (!pipe) {
        parser_poison(parser, node);
        parser_skip_line(parser);
        return node;
    }
    parser_add(parser, &children, pipe);
    if (!parser_end(parser))
        parser_poison(parser, node);
    return node;
}

/* SavedQuery = QUERY WORD "=" Pipe NL */
static NodeId query_node(Parser *parser)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_QUERY, word), pipe = 0;
    Children children = parser_children(node);

    parser_take_core(parser, CORE_QUERY);
    if (!token_is(parser, TOKEN_WORD)) {
        Diag *diag = parser_report(parser, MESSAGE_NAME_EXPECTED, word);
        parser_arg_span(parser, diag, "after", word);
        parser_help(parser, diag, MESSAGE_HELP_QUERY);
    } else {
        Span name = token_span(&parser->token);
        parser_add(parser, &children, parser_word(parser));
        if (parser_take(parser, TOKEN_EQUAL)) {
            parser_skip_lines(parser);
            pipe = parser_pipe(parser);
        } else {
            Diag *diag = parser_report(parser, MESSAGE_EQUALS_MISSING, name);
            parser_arg_span(parser, diag, "name", name);
            parser_help(parser, diag, MESSAGE_HELP_QUERY);
        }
    }
    if (!pipe) {
        parser_poison(parser, node);
        parser_skip_line(parser);
        return node;
    }
    parser_add(parser, &children, pipe);
    if (!parser_end(parser))
        parser_poison(parser, node);
    return node;
}

/* Scenario = SCENARIO WORD [ TEXT ] "{" .. "}" NL */
static NodeId scenario_node(Parser *parser)
{
    Span word = token_span(&parser->token);
    NameId core_word = parser->token.name;
    NodeId node = parser_node(parser, NODE_SCENARIO, word);
    Children children = parser_children(node);

    parser_take_core(parser, CORE_SCENARIO);
    if (!token_is(parser, TOKEN_WORD)) {
        Diag *diag = parser_report(parser, MESSAGE_NAME_EXPECTED, word);
        parser_arg_span(parser, diag, "after", word);
        parser_help(parser, diag, MESSAGE_HELP_SCENARIO);
        parser_poison(parser, node);
        parser_skip_line(parser);
        return node;
    }
    NodeId name = parser_word(parser);
    parser_add(parser, &children, name);
    if (token_is(parser, TOKEN_TEXT))
        parser_add(parser, &children, parser_text(parser));
    OpenBlock open = block_of(parser, node, core_word, name);
    open.is_scenario = true;
    required_block(parser, &children, open);
    parser_end(parser);
    return node;
}

/* CheckId = WORD [ "/" WORD ] */
static NodeId check_id(Parser *parser, Span after)
{
    parser_expects(parser, EXPECT_CHECK);
    if (!token_is(parser, TOKEN_WORD)) {
        Diag *diag = parser_report(parser, MESSAGE_NAME_EXPECTED, after);
        parser_arg_span(parser, diag, "after", after);
        parser_help(parser, diag, MESSAGE_HELP_CHECK_ID);
        return 0;
    }
    NodeId path = parser_token_node(parser, NODE_PATH, parser->token.name, 0);
    if (token_is(parser, TOKEN_SLASH) && parser_peek(parser, 1)->kind == TOKEN_WORD) {
        Children parts = parser_children(path);
        parser_advance(parser);
        parser_add(parser, &parts, parser_word(parser));
        parser_at(parser, path)->end = parser->previous.end;
    }
    return path;
}

/* Accept = ACCEPT CheckId [ FOR Reference { "," Reference } ] Block NL
 * Settings = SETTINGS CheckId Block NL */
static NodeId accept_node(Parser *parser, NodeKind kind, CoreId core)
{
    Span word = token_span(&parser->token);
    NameId core_word = parser->token.name;
    NodeId node = parser_node(parser, kind, word);
    Children children = parser_children(node);

    parser_take_core(parser, core);
    NodeId id = check_id(parser, word);
    if (!id) {
        parser_poison(parser, node);
        parser_skip_line(parser);
        return node;
    }
    parser_add(parser, &children, id);
    if (kind == NODE_ACCEPT && parser_take_core(parser, CORE_FOR)) {
        do {
            parser_skip_lines(parser);
            parser_expects(parser, EXPECT_REFERENCE);
            if (token_is(parser, TOKEN_WORD)) {
                parser_add(parser, &children, parser_path(parser));
            } else if (token_is(parser, TOKEN_TEXT)) {
                parser_add(parser, &children, parser_text(parser));
            } else {
                Diag *diag = parser_report(parser, MESSAGE_NAME_EXPECTED, parser->previous);
                parser_arg_span(parser, diag, "after", parser->previous);
                parser_help(parser, diag, MESSAGE_HELP_ACCEPT);
                break;
            }
        } while (parser_take(parser, TOKEN_COMMA));
    }
    required_block(parser, &children, block_of(parser, node, core_word, id));
    parser_end(parser);
    return node;
}

NodeId parser_core_statement(Parser *parser, CoreId core)
{
    switch (core) {
    case CORE_IMPORT: return import_node(parser, NODE_IMPORT, core);
    case CORE_EXTENSION: return import_node(parser, NODE_EXTENSION, core);
    case CORE_BASE: return base_node(parser);
    case CORE_CHANGE: return change_node(parser, NODE_CHANGE, core);
    case CORE_REMOVE: return change_node(parser, NODE_REMOVE, core);
    case CORE_ASSERT: return check_node(parser, NODE_ASSERT, core);
    case CORE_CHECK: return check_node(parser, NODE_CHECK, core);
    case CORE_SHOW: return parser_show(parser, true);
    case CORE_QUERY: return query_node(parser);
    case CORE_SCENARIO: return scenario_node(parser);
    case CORE_ACCEPT: return accept_node(parser, NODE_ACCEPT, core);
    case CORE_SETTINGS: return accept_node(parser, NODE_SETTINGS, core);
    case CORE_ADD: return add_node(parser, NODE_ADD, core);
    default: return drop_node(parser);
    }
}
