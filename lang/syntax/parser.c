/* parser.c -- a file, its header, its statements and its blocks: text to tree.
 *
 * A statement is told by its first word: a core word of statements, else a declaration, whose
 * kind is checked when it is bound.  What cannot be read is reported once, and reading goes on
 * with the next line.
 */

#include "lang/syntax/parser.h"

#include <string.h>

#include "lang/syntax/lexer_parts.h"
#include "lang/syntax/parser_parts.h"

enum {
    BYTES_PER_NODE = 16,        /* about, in a large file; memory not used costs nothing */
    LARGE_TEXT = 2 << 20,       /* from here on it pays to look ahead */
};

static Span token_span(const Token *token)
{
    return (Span){token->start, token->end};
}

/* ---- nodes ---- */

static APART void grow_nodes(Tree *tree)
{
    tree->nodes = arena_grow(tree->arena, tree->nodes, &tree->capacity, tree->count + 1,
                             sizeof *tree->nodes);
}

NodeId parser_node(Parser *parser, NodeKind kind, Span span)
{
    Tree *tree = parser->tree;

    if (tree->count == tree->capacity)
        grow_nodes(tree);
    Node *node = &tree->nodes[tree->count];
    *node = (Node){.kind = (uint8_t)kind, .start = span.start, .end = span.end};
    return (NodeId)tree->count++;
}

Children parser_children(NodeId parent)
{
    return (Children){parent, 0};
}

void parser_add(Parser *parser, Children *children, NodeId child)
{
    if (!child)
        return;
    if (children->last)
        parser_at(parser, children->last)->next = child;
    else
        parser_at(parser, children->parent)->child = child;
    children->last = child;
}

void parser_poison(Parser *parser, NodeId node)
{
    parser_at(parser, node)->flags |= NODE_POISONED;
}

/* What the first word of a line says, looked up once. */
typedef struct FirstWord {
    CoreId core;                /* opens a statement or an item; 0: none, or a kind comes first */
    KindId kind;                /* in the language of the file; 0: none */
    bool is_collection;         /* the same, in the plural */
    bool is_header;             /* in whatever language */
} FirstWord;

static FirstWord first_word(const Parser *parser)
{
    FirstWord word = {0};
    bool is_decided = false;
    size_t count;
    const WordMeaning *meanings = words_meanings(parser->words, parser->names,
                                                 parser->token.name, &count);

    for (size_t i = 0; i < count; i++) {
        CoreId id = meanings[i].id;
        bool is_own = meanings[i].language == parser->language;
        bool opens = meanings[i].role == ROLE_CORE
                     && (parser_is_statement_core(id) || id == CORE_ADD || id == CORE_DROP);
        bool is_kind = is_own && meanings[i].role == ROLE_KIND;
        if (opens && !is_decided)
            word.core = id;
        else if (is_kind && !is_decided)
            word.core = 0;
        is_decided = is_decided || is_kind || (opens && is_own);
        if (is_kind && !word.kind)
            word.kind = id;
        word.is_collection |= is_own && meanings[i].role == ROLE_COLLECTION;
        word.is_header |= meanings[i].role == ROLE_CORE && id == CORE_LANGUAGE;
    }
    return word;
}

static bool is_core_of_any(const Parser *parser, NameId name, CoreId core)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(parser->words, parser->names, name, &count);

    for (size_t i = 0; i < count; i++)
        if (meanings[i].role == ROLE_CORE && meanings[i].id == core)
            return true;
    return false;
}

/* ---- blocks ---- */

/* A statement of the core where only items stand. */
static NodeId misplaced(Parser *parser, CoreId core)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_ERROR, word);
    Children children = parser_children(node);
    Diag *diag = parser_report(parser, MESSAGE_STATEMENT_MISPLACED, word);

    parser_arg_span(parser, diag, "word", word);
    parser_help(parser, diag, MESSAGE_HELP_AFTER_BLOCK);
    parser_add(parser, &children, parser_core_statement(parser, core));
    return node;
}

/* A line that starts with no word. */
static NodeId unreadable(Parser *parser)
{
    Span span = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_ERROR, span);

    if (token_is(parser, TOKEN_OPEN)) {
        Children children = parser_children(node);
        Diag *diag = parser_report(parser, MESSAGE_BRACE_ALONE, span);
        parser_help(parser, diag, MESSAGE_HELP_BRACE_ALONE);
        parser_add(parser, &children, parser_block(parser, (OpenBlock){.head = span}));
        parser_end(parser);
        return node;
    }
    if (!token_is(parser, TOKEN_BAD)) {
        Diag *diag = parser_report(parser, MESSAGE_LINE_START, span);
        parser_arg_span(parser, diag, "found", span);
        parser_help(parser, diag, parser->depth ? MESSAGE_HELP_ITEM : MESSAGE_HELP_STATEMENT);
    }
    parser_advance(parser);
    parser_skip_line(parser);
    return node;
}

static NodeId doc_node(Parser *parser)
{
    NodeId node = parser_node(parser, NODE_DOC, token_span(&parser->token));

    parser_advance(parser);
    return node;
}

static NodeId command_node(Parser *parser);

/* Item = Property | Declaration | Add | Drop; in a scenario Change | Remove | Declaration */
static NodeId item(Parser *parser, const OpenBlock *open)
{
    if (token_is(parser, TOKEN_DOC))
        return doc_node(parser);
    if (token_is(parser, TOKEN_COLON))
        return command_node(parser);
    if (!token_is(parser, TOKEN_WORD))
        return unreadable(parser);
    if (parser_peek(parser, 1)->kind == TOKEN_COLON || parser_at_equal(parser)) {
        if (!open->is_scenario)
            return parser_property(parser);
        Span word = token_span(&parser->token);
        Diag *diag = parser_report(parser, MESSAGE_PROPERTY_OUTSIDE, word);
        parser_arg_span(parser, diag, "word", word);
        parser_help(parser, diag, MESSAGE_HELP_IN_SCENARIO);
        NodeId node = parser_node(parser, NODE_ERROR, word);
        parser_skip_line(parser);
        return node;
    }
    FirstWord first = first_word(parser);
    CoreId core = first.core;
    if (!core)
        return parser_declaration(parser, first.kind);
    bool is_change = core == CORE_CHANGE || core == CORE_REMOVE;
    if (open->is_scenario ? is_change : core == CORE_ADD || core == CORE_DROP)
        return parser_core_statement(parser, core);
    return misplaced(parser, core);
}

/* At the end of the input: does it end where something new may begin? */
static bool at_fresh_line(const Parser *parser)
{
    uint8_t last = parser->lexer->before_last;

    return last == TOKEN_NEWLINE || last == TOKEN_OPEN || last == TOKEN_DOC;
}

static void items(Parser *parser, Children *children, const OpenBlock *open)
{
    while (!parser->closing && !token_is(parser, TOKEN_CLOSE) && !token_is(parser, TOKEN_END)) {
        if (parser_take(parser, TOKEN_NEWLINE))
            continue;
        if (parser_closes_here(parser)) {
            parser->closing = true;
            parser->closed_by = token_span(&parser->token);
            parser->closed_at = parser->token.start;
            return;
        }
        parser_give_up_parens(parser);
        parser_add(parser, children, item(parser, open));
    }
    if (!parser->closing && at_fresh_line(parser))
        parser_expects(parser, EXPECT_ITEM);
}

/* Passes over a block that is nested too deep. */
static NodeId too_deep(Parser *parser)
{
    Span brace = token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_BLOCKS_TOO_DEEP, brace);

    if (diag)
        diag_arg_number(parser->diags, diag, "limit", (int64_t)parser->limits->block_depth);
    NodeId node = parser_node(parser, NODE_ERROR, brace);
    parser_skip_block(parser);
    return node;
}

/* Block = "{" { Item | NL } "}" */
NodeId parser_block(Parser *parser, OpenBlock open)
{
    if (parser->depth >= parser->limits->block_depth || parser->depth >= STACK)
        return too_deep(parser);
    open.brace = token_span(&parser->token);
    open.block = parser_node(parser, NODE_BLOCK, open.brace);
    parser->open[parser->depth++] = open;
    Children children = parser_children(open.block);
    NameId property = parser->property;

    parser->property = 0;
    parser_advance(parser);
    items(parser, &children, &open);
    bool is_closed = !parser->closing && token_is(parser, TOKEN_CLOSE);
    if (!is_closed)
        parser_report_unclosed(parser, &open, parser->closed_by);
    parser->depth--;
    if (is_closed) {
        parser_at(parser, open.block)->end = parser->token.end;
        parser_advance(parser);
    } else {
        parser_at(parser, open.block)->end = parser->previous.end;
        parser_poison(parser, open.block);
    }
    if (parser->depth == 0) {
        parser->closing = false;
        parser->closed_by = (Span){0, 0};
    }
    if (!token_is(parser, TOKEN_END))
        parser->property = property;
    return open.block;
}

/* ---- statements ---- */

/* Command = ":" WORD RAW-REST-OF-LINE; only in scripts and at the prompt */
static NodeId command_node(Parser *parser)
{
    Span colon = token_span(&parser->token);
    bool is_allowed = parser->depth == 0
                      && (parser->mode == PARSE_SCRIPT || parser->mode == PARSE_PROMPT
                          || parser->mode == PARSE_STATEMENTS);
    Span rest = lexer_rest_of_line(parser->lexer, colon.end);
    NodeId node = parser_node(parser, is_allowed ? NODE_COMMAND : NODE_ERROR, colon);
    Children children = parser_children(node);

    parser->ahead_count = 0;
    uint32_t end = lexer_first_word(parser->lexer, rest, &parser_at(parser, node)->data);
    Span word = {rest.start, end}, arguments = lexer_rest_of_line(parser->lexer, end);
    parser_at(parser, node)->end = end > colon.end ? end : colon.end;
    lexer_check(parser->lexer, rest);
    if (!is_allowed) {
        Diag *diag = parser_report(parser, MESSAGE_COMMAND_MISPLACED,
                                   (Span){colon.start, parser_at(parser, node)->end});
        parser_arg_span(parser, diag, "word", word);
        parser_help(parser, diag, MESSAGE_HELP_RUN_SCRIPT);
    } else {
        NodeId text = parser_node(parser, NODE_TEXT, arguments);
        parser_at(parser, text)->flags = TEXT_RAW;
        parser_add(parser, &children, text);
        if (parser->probe && parser->lexer->at == parser->lexer->length) {
            bool has_word = parser->lexer->length > end && end > rest.start;
            parser->probe->expects = has_word ? EXPECT_ARGUMENT : EXPECT_COMMAND;
            parser->probe->word = parser_at(parser, node)->data;
        }
    }
    parser_advance(parser);
    parser_take(parser, TOKEN_NEWLINE);
    return node;
}

/* `partner: adb`: a declaration has no colon; it is said, and read on without it. */
static NodeId declaration_with_colon(Parser *parser, KindId kind)
{
    Span word = token_span(&parser->token), colon, what;
    const Token *next = parser_peek(parser, 1);

    colon = token_span(next);
    what = token_span(parser_peek(parser, 2));
    Diag *diag = parser_report(parser, MESSAGE_DECLARATION_WITH_COLON, colon);
    if (diag) {
        const char *text = parser->lexer->text;
        diag_arg_word(parser->diags, diag, "kind", ROLE_KIND, kind, 0);
        parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_SAFE,
                         (Span){word.start, what.end},
                         arena_format(parser->tree->arena, "%.*s %.*s",
                                      (int)(word.end - word.start), text + word.start,
                                      (int)(what.end - what.start), text + what.start));
        if (words_find(parser->words, parser->names, parser->language, parser->token.name,
                       ROLE_PROPERTY, 0))
            parser_help(parser, diag, MESSAGE_HELP_OR_IN_BLOCK);
    }
    parser->takes_colon = true;
    NodeId node = parser_declaration(parser, kind);
    parser_poison(parser, node);
    return node;
}

/* `type: company` where nothing is open. */
static NodeId property_outside(Parser *parser)
{
    Span word = token_span(&parser->token);
    const WordMeaning *kind = words_find(parser->words, parser->names, parser->language,
                                         parser->token.name, ROLE_KIND, 0);
    const Token *value = parser_peek(parser, 2);
    if (kind && kind->id != KIND_LINK
        && (value->kind == TOKEN_WORD || value->kind == TOKEN_TEXT))
        return declaration_with_colon(parser, kind->id);
    NodeId node = parser_node(parser, NODE_ERROR, word);
    Diag *diag = parser_report(parser, MESSAGE_PROPERTY_OUTSIDE, word);

    parser_arg_span(parser, diag, "word", word);
    parser_help(parser, diag, MESSAGE_HELP_IN_BLOCK);
    parser_skip_line(parser);
    return node;
}

static NodeId late_header(Parser *parser)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_ERROR, word);
    Diag *diag = parser_report(parser, MESSAGE_HEADER_LATE, word);

    parser_help(parser, diag, MESSAGE_HELP_HEADER_FIRST);
    parser_skip_line(parser);
    return node;
}

/* At the prompt a word that is followed by an operator, a dot or nothing is a question. */
static bool is_question(Parser *parser, KindId kind)
{
    if (parser->mode != PARSE_PROMPT)
        return false;
    if (!token_is(parser, TOKEN_WORD))
        return true;
    const Token *next = parser_peek(parser, 1);
    switch ((TokenKind)next->kind) {
    case TOKEN_TEXT: case TOKEN_DATE: case TOKEN_UNKNOWN: case TOKEN_OPEN:
        return false;
    case TOKEN_NUMBER: case TOKEN_CURRENCY: case TOKEN_BAD:
        return !kind;
    case TOKEN_PLUS: case TOKEN_MINUS:
        return !kind || parser_peek(parser, 2)->blank_before;
    case TOKEN_WORD:            /* a WHERE of another language is one: it will be told */
        return parser_is_operator_word(parser, next)
               || (!kind && parser_is_core(parser, parser_peek(parser, 1), CORE_WHERE));
    default:
        return true;
    }
}

/* In a file, a line that can only be a question: a collection alone, or a word before a bar or
 * WHERE.  (`partner where { }` would rather be a partner of that name.) */
static bool is_query_alone(Parser *parser, const FirstWord *first)
{
    const Token *next = parser_peek(parser, 1);

    if (parser->mode == PARSE_PROMPT)
        return false;
    if (next->kind == TOKEN_NEWLINE || next->kind == TOKEN_END)
        return first->is_collection && !first->kind;
    if (next->kind != TOKEN_WORD)
        return next->kind == TOKEN_PIPE;
    return words_is_core(parser->words, parser->names, parser->language, next->name, CORE_WHERE)
           && (!first->kind || parser_peek(parser, 2)->kind == TOKEN_WORD);
}

static NodeId query_alone(Parser *parser)
{
    Span word = token_span(&parser->token);
    Source *source = parser->tree->source;
    Span line = source_line(source, source_position(source, word.start).line);
    Diag *diag = parser_report(parser, MESSAGE_QUERY_ALONE, word);
    const char *show = parser_core_text(parser, CORE_SHOW);

    parser_arg_core(parser, diag, "show", CORE_SHOW);
    if (diag) {
        const char *query = arena_copy(parser->tree->arena, source->text + word.start,
                                       line.end - word.start);
        DiagHelp *help = diag_help(parser->diags, diag, MESSAGE_HELP_SHOW_QUERY, EDIT_LIKELY);
        diag_text_arg(parser->diags, &help->text,
                      (DiagArg){.name = "right", .kind = ARG_TEXT,
                                .text = arena_format(parser->tree->arena, "%s %s", show, query)});
        diag_edit(parser->diags, help, source, (Span){word.start, word.start},
                  arena_format(parser->tree->arena, "%s ", show));
        help = diag_help(parser->diags, diag, MESSAGE_HELP_QUERY_COMMAND, EDIT_NONE);
        diag_text_arg(parser->diags, &help->text,
                      (DiagArg){.name = "query", .kind = ARG_TEXT, .text = query});
    }
    NodeId node = parser_show(parser, false);
    parser_poison(parser, node);
    return node;
}

/* In alliance.conf: settings, and `profile: strict`. */
static NodeId settings_statement(Parser *parser, CoreId core)
{
    Span word = token_span(&parser->token);
    NodeId node = parser_node(parser, NODE_ERROR, word);

    if (core == CORE_SETTINGS)
        return parser_core_statement(parser, core);
    Diag *diag = parser_report(parser, MESSAGE_NOT_IN_SETTINGS, word);
    parser_arg_span(parser, diag, "word", word);
    parser_arg_core(parser, diag, "settings", CORE_SETTINGS);
    parser_help(parser, diag, MESSAGE_HELP_IN_ALLIANCE_FILE);
    parser_skip_line(parser);
    return node;
}

static NodeId statement(Parser *parser)
{
    switch ((TokenKind)parser->token.kind) {
    case TOKEN_DOC: return doc_node(parser);
    case TOKEN_COLON: return command_node(parser);
    case TOKEN_WORD: break;
    default: return is_question(parser, 0) ? parser_show(parser, false) : unreadable(parser);
    }
    FirstWord first = first_word(parser);
    CoreId core = first.core;
    if (first.is_header && parser_peek(parser, 1)->kind == TOKEN_WORD)
        return late_header(parser);
    bool may_set = parser->mode == PARSE_PROMPT || parser->mode == PARSE_SETTINGS;
    if (may_set && parser_at_set(parser))
        return parser_set(parser);
    if (parser->mode == PARSE_SETTINGS)
        return settings_statement(parser, core);
    if (parser_peek(parser, 1)->kind == TOKEN_COLON)
        return property_outside(parser);
    bool is_edit = core == CORE_ADD || core == CORE_DROP;
    if (core && (!is_edit || parser->mode == PARSE_PROMPT))
        return parser_core_statement(parser, core);
    if (is_edit)
        return misplaced(parser, core);
    if (is_query_alone(parser, &first))
        return query_alone(parser);
    if (!is_question(parser, first.kind))
        return parser_declaration(parser, first.kind);
    if (parser->probe && parser_peek(parser, 1)->kind == TOKEN_END)
        parser->probe->word = parser->token.name;   /* a kind may still become a declaration */
    return parser_show(parser, false);
}

static void extra_brace(Parser *parser)
{
    Span span = token_span(&parser->token);
    Diag *diag = parser_report(parser, MESSAGE_BRACE_EXTRA, span);

    parser_help_edit(parser, diag, MESSAGE_HELP_DELETE_BRACE, EDIT_LIKELY, span, "");
    parser_advance(parser);
}

static bool names_file(const Tree *tree, NodeId statement)
{
    NodeKind kind = (NodeKind)tree_node(tree, statement)->kind;

    return kind == NODE_IMPORT || kind == NODE_EXTENSION || kind == NODE_BASE;
}

static void statements(Parser *parser, Children *children)
{
    while (!token_is(parser, TOKEN_END)) {
        if (parser_take(parser, TOKEN_NEWLINE))
            continue;
        parser_give_up_parens(parser);
        parser->property = 0;
        parser->source = 0;
        if (token_is(parser, TOKEN_CLOSE)) {
            extra_brace(parser);
            continue;
        }
        NodeId node = statement(parser);
        parser_add(parser, children, node);
        parser->tree->names_files |= names_file(parser->tree, node);
    }
    if (parser->probe && !parser->probe->expects && at_fresh_line(parser))
        parser_expects(parser, EXPECT_STATEMENT);
}

/* ---- the header ---- */

enum { NEWEST_VERSION = 1 };

static void unknown_language(Parser *parser, Span code)
{
    Diag *diag = parser_report(parser, MESSAGE_LANGUAGE_UNKNOWN, code);

    parser_arg_span(parser, diag, "code", code);
    parser_help(parser, diag, MESSAGE_HELP_LANGUAGES);
    parser->tree->stopped = true;
}

static void header_version(Parser *parser, Children *children)
{
    const Token *token = &parser->token;
    Span word = parser->previous, span = token_span(token);
    int64_t version;

    if (!token_is(parser, TOKEN_NUMBER)) {
        Diag *diag = parser_report(parser, MESSAGE_VERSION_EXPECTED, word);
        parser_help(parser, diag, MESSAGE_HELP_HEADER);
        return;
    }
    bool is_integer = decimal_is_integer(token->number, &version);
    if (!is_integer || version < 1 || version > NEWEST_VERSION) {
        Diag *diag = parser_report(parser, MESSAGE_VERSION_NEWER, span);
        parser_arg_span(parser, diag, "version", span);
        if (diag)
            diag_arg_number(parser->diags, diag, "newest", NEWEST_VERSION);
        parser_help(parser, diag, MESSAGE_HELP_VERSION);
        parser->tree->stopped = true;
        return;
    }
    parser->tree->version = (uint32_t)version;
    parser_add(parser, children, parser_amount(parser, false));
}

/* Which languages have this word as a kind, a statement, or (before a colon) a property? */
static unsigned languages_of(Parser *parser, NameId name, bool before_colon)
{
    size_t count;
    unsigned languages = 0;
    const WordMeaning *meanings = words_meanings(parser->words, parser->names, name, &count);

    for (size_t i = 0; i < count; i++) {
        bool counts = before_colon ? meanings[i].role == ROLE_PROPERTY
                      : meanings[i].role == ROLE_KIND
                            || (meanings[i].role == ROLE_CORE
                                && parser_is_statement_core(meanings[i].id));
        if (counts)
            languages |= 1u << meanings[i].language;
    }
    return languages;
}

/* "langue fr version 1" */
static const char *header_line(const Parser *parser, LangId language)
{
    const Words *words = parser->words;

    return arena_format(parser->tree->arena, "%s %s %s %d",
                        words_text(words, language, ROLE_CORE, CORE_LANGUAGE, 0, WORD_USUAL),
                        words_language_code(words, language),
                        words_text(words, language, ROLE_CORE, CORE_VERSION, 0, WORD_USUAL),
                        NEWEST_VERSION);
}

static void report_missing_header(Parser *parser, Span word, LangId language)
{
    Diag *diag = parser_report(parser, MESSAGE_HEADER_MISSING, word);
    const char *line = arena_format(parser->tree->arena, "%s\n", header_line(parser, language));

    if (diag)
        diag->language = language;
    parser_arg_span(parser, diag, "word", word);
    parser_help_edit(parser, diag, MESSAGE_HELP_ADD_HEADER, EDIT_SAFE,
                     (Span){0, 0}, line);
    parser->tree->language = language;
    parser->tree->stopped = true;
}

/* May a statement or a property begin after this token? */
static bool begins_line(const Token *token)
{
    return token->kind == TOKEN_NEWLINE || token->kind == TOKEN_OPEN
        || token->kind == TOKEN_CLOSE || token->kind == TOKEN_DOC;
}

/* Without a header, the first word that belongs to one language only decides.  When that is not
 * the language read, nothing else is said about the file (E003). */
static bool is_of_another_language(Parser *parser)
{
    Lexer *lexer = lexer_new(parser->tree, NULL, parser->words);
    Token token, next;
    bool starts = true, is_first = true;

    lexer_next(lexer, &token);
    while (token.kind != TOKEN_END) {
        lexer_next(lexer, &next);
        if (starts && token.kind == TOKEN_WORD) {
            if (is_first && next.kind == TOKEN_WORD
                && is_core_of_any(parser, token.name, CORE_LANGUAGE))
                return false;
            is_first = false;
            unsigned languages = languages_of(parser, token.name, next.kind == TOKEN_COLON);
            bool is_one = languages && (languages & (languages - 1)) == 0;
            if (is_one && languages == 1u << parser->language)
                return false;
            if (is_one) {
                report_missing_header(parser, token_span(&token),
                                      (LangId)__builtin_ctz(languages));
                return true;
            }
        }
        starts = begins_line(&token);
        token = next;
    }
    return false;
}

/* A first line that names the wrong language: said of that line, not of each word after it. */
static void report_other_language(Parser *parser, Span code, Span line, LangId language)
{
    Diag *diag = parser_report(parser, MESSAGE_HEADER_OTHER_LANGUAGE, code);

    parser_arg_span(parser, diag, "code", code);
    if (diag) {
        lexer_arg_language(parser->lexer, diag, "language", language);
        diag->language = language;
    }
    parser_help_edit(parser, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, line,
                     header_line(parser, language));
    parser->tree->language = language;
    parser->tree->stopped = true;
}

/* `kind garden`, `list soil`, `property colour`: the rows of an extension, whose words are the same
 * in every language. */
static bool is_extension_row(const Parser *parser, const Token *word, const Token *next)
{
    const char *text = names_text(parser->names, word->name);

    return next->kind == TOKEN_WORD
        && (strcmp(text, "kind") == 0 || strcmp(text, "list") == 0
            || strcmp(text, "property") == 0);
}

/* Is what follows the first line in another language than it names?  Only words that begin a line
 * and belong to one language tell: two of another language, and more than of this one, say so,
 * and then nothing else is said about the file (E105).  Once this language leads well, the rest
 * is not looked at: a large file is not read twice. */
static bool is_written_otherwise(Parser *parser, Span code, Span line)
{
    enum { FEWEST = 2, LEAD = 8 };
    unsigned counts[LANG_COUNT] = {0};
    LangId own = parser->language, other = own == 0;    /* the one most written of the others */
    bool starts = false;

    if (parser->probe)
        return false;
    Lexer *lexer = lexer_new(parser->tree, NULL, parser->words);
    Token token, next;
    lexer_next(lexer, &token);
    while (token.kind != TOKEN_END && counts[own] < counts[other] + LEAD) {
        lexer_next(lexer, &next);
        if (starts && token.kind == TOKEN_WORD) {
            if (is_extension_row(parser, &token, &next))
                return false;
            unsigned languages = languages_of(parser, token.name, next.kind == TOKEN_COLON);
            for (LangId language = 0; language < LANG_COUNT; language++) {
                counts[language] += languages == 1u << language;
                if (language != own && counts[language] > counts[other])
                    other = language;
            }
        }
        starts = begins_line(&token) && token.start >= line.end;
        token = next;
    }
    if (counts[other] < FEWEST || counts[other] <= counts[own])
        return false;
    report_other_language(parser, code, line, other);
    return true;
}

/* Header = ( "language" | "langue" ) WORD [ "version" NUMBER ] NL */
static void header(Parser *parser, Children *file)
{
    NodeId node = parser_node(parser, NODE_HEADER, token_span(&parser->token));
    Children children = parser_children(node);
    LangId language;

    parser_add(parser, file, node);
    parser->tree->has_header = true;
    parser_advance(parser);
    Token code = parser->token;
    const char *text = names_text(parser->names, code.name);
    parser_at(parser, node)->data = code.name;
    parser_at(parser, node)->end = code.end;
    if (!words_language_find(parser->words, text, strlen(text), &language)) {
        unknown_language(parser, token_span(&code));
        return;
    }
    parser->language = language;
    parser->tree->language = language;
    lexer_language(parser->lexer, language);
    parser_advance(parser);
    if (token_is(parser, TOKEN_WORD)
        && is_core_of_any(parser, parser->token.name, CORE_VERSION)) {
        parser_advance(parser);
        header_version(parser, &children);
    }
    Span line = {parser_at(parser, node)->start, parser->previous.end};
    if (!parser->tree->stopped && !is_written_otherwise(parser, token_span(&code), line))
        parser_end(parser);
}

/* ---- a whole input ---- */

static void read_file(Parser *parser, Children *file)
{
    parser_advance(parser);
    while (token_is(parser, TOKEN_NEWLINE) || token_is(parser, TOKEN_DOC)) {
        if (token_is(parser, TOKEN_DOC))
            parser_add(parser, file, doc_node(parser));
        else
            parser_advance(parser);
    }
    if (token_is(parser, TOKEN_WORD) && first_word(parser).is_header
        && parser_peek(parser, 1)->kind == TOKEN_WORD)
        header(parser, file);
    if (!parser->tree->stopped)
        statements(parser, file);
}

static void read_query(Parser *parser, Children *file)
{
    parser_advance(parser);
    while (parser_take(parser, TOKEN_NEWLINE))
        continue;
    parser_add(parser, file, parser_show(parser, false));
    while (token_is(parser, TOKEN_NEWLINE))
        parser_advance(parser);
    if (!token_is(parser, TOKEN_END) && parser->tree->syntax_errors == 0) {
        Span span = token_span(&parser->token);
        Diag *diag = parser_report(parser, MESSAGE_LINE_REST, span);
        parser_arg_span(parser, diag, "rest", span);
        parser_help(parser, diag, MESSAGE_HELP_ONE_QUERY);
    }
}

Tree *parser_run(Arena *arena, Names *names, const Words *words, Source *source,
                 LangId language, ParseMode mode, Diags *diags, Probe *probe)
{
    Tree *tree = arena_alloc(arena, sizeof *tree);
    Parser parser = {.tree = tree, .names = names, .words = words, .diags = diags, .mode = mode,
                     .language = language, .limits = &arena_env(arena)->limits, .probe = probe};
    bool wants_header = mode == PARSE_FILE || mode == PARSE_SCRIPT || mode == PARSE_SETTINGS;

    tree->arena = arena;
    tree->source = source;
    tree->names = names;
    tree->language = language;
    tree->count = 1;            /* node 0 is none */
    tree->nodes = arena_grow(arena, NULL, &tree->capacity, 64 + source->length / BYTES_PER_NODE,
                             sizeof *tree->nodes);
    parser.open = arena_array(arena, STACK, sizeof *parser.open);
    Children file = parser_children(parser_node(&parser, NODE_FILE, (Span){0, source->length}));

    parser.lexer = lexer_new(tree, diags, words);
    if (source->length >= LARGE_TEXT)
        lexer_looks_ahead(parser.lexer);
    parser.token = (Token){.kind = TOKEN_NEWLINE};
    if (wants_header && is_of_another_language(&parser))
        return tree;
    if (mode == PARSE_QUERY) {
        read_query(&parser, &file);
    } else if (wants_header) {
        read_file(&parser, &file);
    } else {
        parser_advance(&parser);
        statements(&parser, &file);
    }
    return tree;
}

ParseMode parse_mode(const char *path, ParseMode otherwise)
{
    const char *slash = strrchr(path, '/');
    return strcmp(slash ? slash + 1 : path, "alliance.conf") == 0 ? PARSE_SETTINGS : otherwise;
}

Tree *parse(Arena *arena, Names *names, const Words *words, Source *source, LangId language,
            ParseMode mode, Diags *diags)
{
    return parser_run(arena, names, words, source, language, mode, diags, NULL);
}
