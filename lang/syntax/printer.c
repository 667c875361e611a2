/* printer.c -- tree to text: the one way to lay out a file.
 *
 * The tokens of the source are printed in their order, each with the spelling of the node that
 * it belongs to: nothing can be lost, and what stands between two tokens (comments, line
 * breaks) is at hand.  The tree says where an item starts and what a word is; layout follows
 * from two neighbouring tokens.
 */

#include "lang/syntax/printer.h"

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/lexer_parts.h"
#include "lang/syntax/printer_parts.h"

enum { NEWEST_VERSION = 1, STEP_IN = 2 };

/* ---- output ---- */

void printer_write(Printer *printer, const char *bytes, size_t length)
{
    if (printer->length + length + 1 > printer->capacity)
        printer->out = arena_grow(printer->arena, printer->out, &printer->capacity,
                                  printer->length + length + 1, 1);
    memcpy(printer->out + printer->length, bytes, length);
    printer->length += length;
}

void printer_puts(Printer *printer, const char *text)
{
    printer_write(printer, text, strlen(text));
}

static void blanks(Printer *printer, unsigned count)
{
    while (count-- > 0)
        printer_write(printer, " ", 1);
}

static bool at_line_start(const Printer *printer)
{
    return printer->length == 0 || printer->out[printer->length - 1] == '\n';
}

static void end_line(Printer *printer)
{
    if (!at_line_start(printer))
        printer_write(printer, "\n", 1);
}

/* One empty line at most, and none at the start of the file or of a block. */
static void empty_line(Printer *printer)
{
    end_line(printer);
    size_t length = printer->length;
    if (length > 0 && !printer->just_opened && (length < 2 || printer->out[length - 2] != '\n'))
        printer_write(printer, "\n", 1);
}

/* ---- what stands between two tokens ---- */

typedef struct Trivia {
    unsigned breaks;            /* line ends after the last comment */
    bool has_comment;
    bool has_empty_line;
} Trivia;

/* Between two tokens there are blanks, line ends and comments, nothing else. */
static Trivia trivia_between(const Printer *printer, uint32_t from, uint32_t to)
{
    Trivia trivia = {0};

    for (uint32_t at = from; at < to;) {
        uint32_t size = lexer_line_end(printer->lexer, at);
        if (size) {
            trivia.breaks++;
            trivia.has_empty_line = trivia.has_empty_line || trivia.breaks > 1;
            at += size;
        } else if (printer->lexer->text[at] == '#') {
            trivia.has_comment = true;
            trivia.breaks = 0;
            at = lexer_to_line_end(printer->lexer, at);
        } else {
            at++;
        }
    }
    return trivia;
}

static bool starts_line(const Printer *printer, uint32_t at)
{
    const Lexer *lexer = printer->lexer;

    return at == lexer->first || lexer_line_end(lexer, at - 1)
           || (at >= 2 && lexer_line_end(lexer, at - 2) == 2)
           || (at >= 3 && lexer_line_end(lexer, at - 3) == 3);
}

/* A comment keeps its bytes.  `#!` at the start of a line speaks to tools: it stays there, and
 * an indented one does not get there. */
static void print_comment(Printer *printer, uint32_t at, uint32_t end, unsigned indent)
{
    const char *text = printer->lexer->text;

    if (at + 1 < end && text[at + 1] == '!')
        indent = starts_line(printer, at) ? 0 : indent > 0 ? indent : 1;
    blanks(printer, indent);
    end = lexer_trim_blanks(printer->lexer, at, end);
    printer_write(printer, text + at, end - at);
    printer_write(printer, "\n", 1);
    printer->just_opened = false;
}

/* Prints the comments between two tokens; one that stands behind something stays there.  Says
 * whether an empty line that is wanted is still to be made. */
static bool print_comments(Printer *printer, uint32_t from, uint32_t to, unsigned indent,
                           bool wants_empty_line)
{
    unsigned breaks = at_line_start(printer);

    for (uint32_t at = from; at < to;) {
        uint32_t size = lexer_line_end(printer->lexer, at);
        if (size) {
            breaks++;
            at += size;
            continue;
        }
        if (printer->lexer->text[at] != '#') {
            at++;
            continue;
        }
        uint32_t end = lexer_to_line_end(printer->lexer, at);
        if (breaks == 0) {
            print_comment(printer, at, end, 1);
        } else {
            if (breaks > 1 || wants_empty_line)
                empty_line(printer);
            wants_empty_line = false;
            end_line(printer);
            print_comment(printer, at, end, indent);
        }
        breaks = 0;
        at = end;
    }
    return wants_empty_line;
}

/* ---- which node a token belongs to ---- */

/* Does this node own the token at its start? */
static bool owns_token(const Tree *tree, const Node *node)
{
    switch ((NodeKind)node->kind) {
    case NODE_SHOW:             /* a bare pipe has no word of its own */
        return !node->child || tree_node(tree, node->child)->start != node->start;
    case NODE_HEADER: case NODE_IMPORT: case NODE_BASE: case NODE_EXTENSION:
    case NODE_DECLARATION: case NODE_CHANGE: case NODE_REMOVE: case NODE_ADD: case NODE_DROP:
    case NODE_ASSERT: case NODE_CHECK: case NODE_QUERY: case NODE_SCENARIO: case NODE_ACCEPT:
    case NODE_SETTINGS: case NODE_COMMAND: case NODE_BLOCK: case NODE_PROPERTY: case NODE_NOTE:
    case NODE_WORD: case NODE_PATH: case NODE_TEXT: case NODE_AMOUNT: case NODE_DATE:
    case NODE_UNKNOWN: case NODE_NONE: case NODE_NOT: case NODE_TODAY: case NODE_CALL:
    case NODE_STEP: case NODE_QUANTIFIED:
        return true;
    default:
        return false;
    }
}

static bool is_item(NodeKind kind)
{
    switch (kind) {
    case NODE_HEADER: case NODE_IMPORT: case NODE_BASE: case NODE_EXTENSION:
    case NODE_DECLARATION: case NODE_CHANGE: case NODE_REMOVE: case NODE_ADD: case NODE_DROP:
    case NODE_SET: case NODE_ASSERT: case NODE_CHECK: case NODE_SHOW: case NODE_QUERY:
    case NODE_SCENARIO: case NODE_ACCEPT: case NODE_SETTINGS: case NODE_COMMAND:
    case NODE_PROPERTY:
        return true;
    default:
        return false;
    }
}

/* The node of the token, 0 for punctuation and operators; *item: the item that starts with it.
 * Nodes stand in the order of their tokens. */
static NodeId node_of_token(Printer *printer, NodeId *item)
{
    const Tree *tree = printer->tree;
    bool is_inside = printer->last_node == NODE_ADD || printer->last_node == NODE_DROP;

    *item = 0;
    while (printer->next_node < tree->count) {
        NodeId id = printer->next_node;
        const Node *node = tree_node(tree, id);
        if (node->start > printer->token.start)
            return 0;
        printer->next_node++;
        if (node->start < printer->token.start)
            continue;
        if (is_item((NodeKind)node->kind) && !*item && !is_inside)
            *item = id;
        if (owns_token(tree, node))
            return id;
    }
    return 0;
}

/* ---- layout ---- */

static bool has_several_lines(const Printer *printer, const Node *block)
{
    return lexer_to_line_end(printer->lexer, block->start) < block->end;
}

static bool has_long_block(const Printer *printer, NodeId item)
{
    NodeId block = node_child_of(printer->tree, item, NODE_BLOCK);

    return block && has_several_lines(printer, tree_node(printer->tree, block));
}

/* Starts the line of an item. */
static void start_item(Printer *printer, NodeId item)
{
    uint32_t from = printer->end, to = printer->token.start;
    Trivia trivia = trivia_between(printer, from, to);
    bool wants = printer->depth == 0 && printer->length > 0 && !trivia.has_empty_line
                 && (printer->wants_empty_line || has_long_block(printer, item));

    wants = print_comments(printer, from, to, printer->indent, wants);
    if (wants || trivia.breaks > 1)
        empty_line(printer);
    end_line(printer);
    blanks(printer, printer->indent);
    printer->wants_empty_line = false;
}

/* Starts the line of a `}`: no empty line before it. */
static void start_close(Printer *printer)
{
    print_comments(printer, printer->end, printer->token.start, printer->indent + STEP_IN,
                   false);
    end_line(printer);
    blanks(printer, printer->indent);
}

/* Inside a statement: a line break of the source is kept, one step further in. */
static bool continues_line(Printer *printer)
{
    uint32_t from = printer->end, to = printer->token.start;
    Trivia trivia = trivia_between(printer, from, to);

    if (printer->one_line || (trivia.breaks == 0 && !trivia.has_comment))
        return false;
    print_comments(printer, from, to, printer->indent + STEP_IN, false);
    end_line(printer);
    blanks(printer, printer->indent + STEP_IN);
    return true;
}

static bool is_part_of_path(const Printer *printer)
{
    return printer->token.start < printer->path_end;
}

static bool wants_blank(const Printer *printer)
{
    if (printer->glued || at_line_start(printer))
        return false;
    switch ((TokenKind)printer->token.kind) {
    case TOKEN_COMMA: case TOKEN_RIGHT: case TOKEN_DOTS:
        return false;
    case TOKEN_COLON:
        return words_spaced_colon(printer->words, printer->to);
    case TOKEN_DOT: case TOKEN_SLASH:
        return !is_part_of_path(printer);
    case TOKEN_LEFT:
        return printer->last_node != NODE_CALL;
    default:
        return true;
    }
}

static bool glues_next(const Printer *printer)
{
    switch ((TokenKind)printer->token.kind) {
    case TOKEN_LEFT: case TOKEN_DOTS: return true;
    case TOKEN_DOT: case TOKEN_SLASH: return is_part_of_path(printer);
    default: return false;
    }
}

/* ---- one token ---- */

static void open_block(Printer *printer, NodeId node)
{
    const Node *block = tree_node(printer->tree, node);

    printer_puts(printer, "{");
    if (printer->depth + 1 < BLOCKS)
        printer->depth++;
    bool is_inline = printer->one_line || !has_several_lines(printer, block);
    printer->is_inline[printer->depth] = is_inline;
    if (!is_inline)
        printer->indent += STEP_IN;
    printer->just_opened = !is_inline;
    printer->in_value = false;
}

static void close_block(Printer *printer)
{
    bool was_inline = printer->is_inline[printer->depth];

    printer_puts(printer, "}");
    if (printer->depth > 0)
        printer->depth--;
    if (!was_inline && printer->depth == 0)
        printer->wants_empty_line = true;
    printer->in_value = false;
}

static void print_header(Printer *printer)
{
    printer_puts(printer, printer_core(printer, CORE_LANGUAGE));
    printer_puts(printer, " ");
    printer_puts(printer, words_language_code(printer->words, printer->to));
    printer_puts(printer, " ");
    printer_puts(printer, printer_core(printer, CORE_VERSION));
    uint32_t version = printer->tree->version ? printer->tree->version : NEWEST_VERSION;
    printer_puts(printer, arena_format(printer->arena, " %u", version));
    printer->wants_empty_line = true;
}

/* What the words after this one are. */
static void expect_words(Printer *printer, const Node *node)
{
    Head head = (Head)(node->flags & NODE_HEAD);
    KindId *kind = &printer->kinds[printer->depth + 1 < BLOCKS ? printer->depth + 1 : 0];

    printer->name_is_next = printer->kind_is_next = printer->check_is_next = false;
    printer->in_accept = false;
    printer->in_value = false;
    switch ((NodeKind)node->kind) {
    case NODE_DECLARATION:
        printer->name_is_next = head == HEAD_NAMED
                                || (head == HEAD_MEASURED
                                    && tree_node(printer->tree, node->child)->kind == NODE_WORD);
        printer->in_value = true;
        break;
    case NODE_QUERY: case NODE_SCENARIO: case NODE_IMPORT:
        printer->name_is_next = true;
        *kind = 0;
        break;
    case NODE_CHANGE: case NODE_REMOVE:
        printer->kind_is_next = true;
        printer->in_value = true;
        break;
    case NODE_DROP:
        printer->kind_is_next = tree_node(printer->tree, node->child)->kind == NODE_WORD;
        printer->in_value = true;
        break;
    case NODE_ACCEPT:
        printer->in_accept = true;
        printer->check_is_next = true;
        *kind = BLOCK_ACCEPT;
        break;
    case NODE_SETTINGS:
        printer->check_is_next = true;
        *kind = 0;
        break;
    case NODE_PROPERTY: case NODE_SET:
        printer->in_value = true;
        break;
    default:
        break;
    }
}

/* `de` before a vowel loses its own; so it is written with the word after it. */
static void write_of(Printer *printer, const char *next)
{
    const char *of = printer_core(printer, CORE_OF);
    size_t length = strlen(of), folded_length;

    printer->of_waits = false;
    if (next) {
        const char *folded = utf8_fold(printer->arena, next, strlen(next), &folded_length);
        if (folded_length > 0 && strchr("aeiou", folded[0])) {
            printer_write(printer, of, length - 1);
            printer_puts(printer, "'");
            return;
        }
    }
    printer_puts(printer, of);
    if (next)
        printer_puts(printer, " ");
}

static bool is_elided(const Printer *printer)
{
    const char *of = printer_core(printer, CORE_OF);
    size_t length = of ? strlen(of) : 0;

    return length > 1 && of[length - 1] == 'e';
}

static void print_word(Printer *printer, NodeId node)
{
    const char *text = printer_word(printer, node);
    const Node *of_node = tree_node(printer->tree, node);
    bool is_of = node == 0
                 && words_is_core(printer->words, printer->tree->names, printer->from,
                                  printer->token.name, CORE_OF);

    if (is_of && is_elided(printer)) {
        printer->of_waits = true;
        printer->glued = true;
        return;
    }
    if (printer->of_waits)
        write_of(printer, text);
    printer_puts(printer, text);
    if (of_node->kind == NODE_PATH)
        printer->path_end = of_node->end;
    if (node)
        switch ((NodeKind)of_node->kind) {
        case NODE_WORD: case NODE_PATH: case NODE_NOTE: case NODE_NONE: case NODE_NOT:
        case NODE_TODAY: case NODE_CALL: case NODE_STEP: case NODE_QUANTIFIED:
            break;
        default:
            expect_words(printer, of_node);
        }
}

static void print_text_node(Printer *printer, NodeId node)
{
    size_t length;
    const char *text = tree_text(printer->tree, node, &length);
    bool is_long = tree_node(printer->tree, node)->flags & TEXT_LONG;

    if (is_long && !printer->one_line)
        printer_long_text(printer, node);
    else
        printer_puts(printer, print_quoted(printer->arena, text, length));
}

static void print_command(Printer *printer, NodeId node)
{
    const Node *command = tree_node(printer->tree, node);
    const Node *rest = tree_node(printer->tree, command->child);
    const char *text = printer->lexer->text;

    printer_puts(printer, ":");
    if (command->data)
        printer_puts(printer, names_text(printer->tree->names, command->data));
    if (rest->end > rest->start) {
        printer_puts(printer, " ");
        printer_write(printer, text + rest->start, rest->end - rest->start);
    }
}

static const char *mark_text(TokenKind kind)
{
    static const char *const texts[TOKEN_KIND_COUNT] = {
#define TOKEN_TEXT_OF(kind, text) [TOKEN_##kind] = text,
        TOKEN_KINDS(TOKEN_TEXT_OF)
#undef TOKEN_TEXT_OF
    };

    return texts[kind];
}

static uint32_t header_end(const Tree *tree, const Node *header)
{
    return header->child ? tree_node(tree, header->child)->end : header->end;
}

/* A slash after `matches` opens a pattern. */
static uint32_t print_pattern(Printer *printer)
{
    Token pattern;

    lexer_pattern(printer->lexer, &printer->token, &pattern);
    printer_write(printer, printer->lexer->text + pattern.start, pattern.end - pattern.start);
    return pattern.end;
}

/* Prints what the token is; returns where it ends in the source. */
static uint32_t print_content(Printer *printer, NodeId id)
{
    const Node *node = tree_node(printer->tree, id);

    switch ((NodeKind)node->kind) {
    case NODE_HEADER: print_header(printer); return header_end(printer->tree, node);
    case NODE_AMOUNT: printer_amount(printer, id); return node->end;
    case NODE_DATE: printer_date(printer, id); return node->end;
    case NODE_TEXT: print_text_node(printer, id); return node->end;
    case NODE_BLOCK: open_block(printer, id); return printer->token.end;
    case NODE_COMMAND:
        print_command(printer, id);
        lexer_rest_of_line(printer->lexer, node->start);
        return printer->lexer->at;
    default:
        break;
    }
    if (printer->token.kind == TOKEN_WORD)
        print_word(printer, id);
    else if (printer->token.kind == TOKEN_CLOSE)
        close_block(printer);
    else if (printer->token.kind == TOKEN_SLASH && printer->pattern_is_next)
        return print_pattern(printer);
    else
        printer_puts(printer, mark_text((TokenKind)printer->token.kind));
    return printer->token.end;
}

static void next_token(Printer *printer)
{
    do
        lexer_next(printer->lexer, &printer->token);
    while (printer->token.kind == TOKEN_NEWLINE || printer->token.kind == TOKEN_DOC
           || (printer->token.kind != TOKEN_END && printer->token.start < printer->end));
}

/* `d'activites` is one token of two words: `de` is noted, and the rest printed. */
static NodeId split_elision(Printer *printer, NodeId node)
{
    const Tree *tree = printer->tree;

    if (node || printer->token.kind != TOKEN_WORD || printer->next_node >= tree->count)
        return node;
    const Node *next = tree_node(tree, printer->next_node);
    while (!owns_token(tree, next) && printer->next_node + 1 < tree->count
           && next->start < printer->token.end)
        next = tree_node(tree, ++printer->next_node);
    if (next->start <= printer->token.start || next->start >= printer->token.end)
        return 0;
    printer->of_waits = is_elided(printer);
    printer->of_is_due = !printer->of_waits;
    return printer->next_node++;
}

static void separate(Printer *printer, NodeId item)
{
    bool is_inline = printer->one_line || printer->is_inline[printer->depth];
    bool closes = printer->token.kind == TOKEN_CLOSE;

    if (item && !is_inline) {
        start_item(printer, item);
    } else if (closes && !is_inline) {
        printer->indent -= STEP_IN;
        start_close(printer);
    } else {
        if (printer->of_waits
            && (printer->token.kind != TOKEN_WORD
                || trivia_between(printer, printer->end, printer->token.start).breaks > 0)) {
            write_of(printer, NULL);
            printer->glued = false;
        }
        if (!continues_line(printer) && wants_blank(printer))
            printer_puts(printer, " ");
    }
}

static void print_token(Printer *printer)
{
    NodeId item, node = node_of_token(printer, &item);
    const Names *names = printer->tree->names;

    separate(printer, item);
    node = split_elision(printer, node);
    if (printer->of_is_due) {
        printer_puts(printer, printer_core(printer, CORE_OF));
        printer_puts(printer, " ");
        printer->of_is_due = false;
    }
    printer->just_opened = false;
    bool is_matches = printer->token.kind == TOKEN_WORD && node == 0
                      && words_is_core(printer->words, (Names *)names, printer->from,
                                       printer->token.name, CORE_MATCHES);
    printer->end = print_content(printer, node);
    printer->pattern_is_next = is_matches;
    printer->glued = printer->of_waits || glues_next(printer);
    printer->last_node = (NodeKind)tree_node(printer->tree, node)->kind;
    next_token(printer);
}

/* ---- whole files ---- */

static Printer printer_for(Arena *arena, const Tree *tree, const Words *words, LangId to)
{
    Printer printer = {.arena = arena, .tree = tree, .words = words, .from = tree->language,
                       .to = to, .next_node = 1};
    Tree *reading = arena_alloc(arena, sizeof *reading);

    *reading = *tree;           /* the lexer may want to write; what it writes is not kept */
    reading->arena = arena;
    printer.lexer = lexer_new(reading, NULL, words);
    printer.end = printer.lexer->first;
    return printer;
}

/* A file without a header gets one: first of all, but after `#!/`. */
static void add_header(Printer *printer)
{
    Lexer *lexer = printer->lexer;
    uint32_t start = lexer->first;

    if (lexer->length - start >= 3 && memcmp(lexer->text + start, "#!/", 3) == 0) {
        uint32_t end = lexer_to_line_end(lexer, start);
        print_comment(printer, start, end, 0);
        printer->end = end + lexer_line_end(lexer, end);
    }
    print_header(printer);
    end_line(printer);
}

static PrinterText print_file(Printer *printer)
{
    const Tree *tree = printer->tree;

    printer_declare_names(printer);
    if (!tree->has_header)
        add_header(printer);
    next_token(printer);
    while (printer->token.kind != TOKEN_END)
        print_token(printer);
    if (print_comments(printer, printer->end, printer->lexer->length, 0,
                       printer->wants_empty_line && printer->length > 0))
        printer->wants_empty_line = false;
    end_line(printer);
    printer_write(printer, "", 1);
    return (PrinterText){printer->out, printer->length - 1};
}

PrinterText print_tree(Arena *arena, const Tree *tree, const Words *words)
{
    Printer printer = printer_for(arena, tree, words, tree->language);

    return print_file(&printer);
}

/* ---- translation ---- */

static bool is_reserved_in(const Tree *tree, const Words *words, LangId language, NameId name)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(words, tree->names, name, &count);

    for (size_t i = 0; i < count; i++)
        if (meanings[i].language == language && meanings[i].role == ROLE_CORE
            && words_is_reserved(meanings[i].id))
            return true;
    return false;
}

/* Names that are words of expressions in the other language: listed, in one message. */
static bool has_reserved_names(Arena *arena, const Tree *tree, const Words *words, LangId to,
                               Diags *diags)
{
    size_t count = 0, capacity = 0;
    DiagArg *names = NULL, *others = NULL;
    Span first = {0, 0};

    for (NodeId id = 1; id < tree->count; id++) {
        const Node *node = tree_node(tree, id), *name = tree_node(tree, node->child);
        if (node->kind != NODE_DECLARATION || name->kind != NODE_WORD
            || (node->flags & NODE_HEAD) == HEAD_KEYED
            || !is_reserved_in(tree, words, to, name->data))
            continue;
        size_t other_capacity = capacity;
        names = arena_grow(arena, names, &capacity, count + 1, sizeof *names);
        others = arena_grow(arena, others, &other_capacity, count + 1, sizeof *others);
        const char *text = names_text(tree->names, name->data);
        if (count == 0)
            first = node_span(name);
        names[count] = (DiagArg){.kind = ARG_TEXT, .text = text};
        others[count++] = (DiagArg){
            .kind = ARG_TEXT,
            .text = arena_format(arena, "%s-%s", text, names_text(tree->names, node->data))};
    }
    if (count == 0)
        return false;
    Diag *diag = diag_add(diags, MESSAGE_NAME_RESERVED_THERE, tree->source, first,
                          tree->language);
    diag_arg(diags, diag, (DiagArg){.name = "names", .kind = ARG_LIST, .items = names,
                                    .item_count = (uint32_t)count});
    DiagHelp *help = diag_help(diags, diag, MESSAGE_HELP_OTHER_NAMES, EDIT_NONE);
    diag_text_arg(diags, &help->text, (DiagArg){.name = "names", .kind = ARG_LIST,
                                                .items = others,
                                                .item_count = (uint32_t)count});
    return true;
}

PrinterText print_translated(Arena *arena, const Tree *tree, const Words *words, LangId to,
                             Diags *diags)
{
    if (has_reserved_names(arena, tree, words, to, diags))
        return (PrinterText){NULL, 0};
    Printer printer = printer_for(arena, tree, words, to);

    return print_file(&printer);
}

/* ---- a piece for a message ---- */

const char *print_node(Arena *arena, const Tree *tree, NodeId node, const Words *words,
                       LangId language)
{
    Printer printer = printer_for(arena, tree, words, language);
    Span extent = node_extent(tree, node);

    printer.one_line = true;
    printer.next_node = node;
    for (NodeId child = node; child; child = tree_node(tree, child)->child)
        if (child < printer.next_node)
            printer.next_node = child;
    printer.end = extent.start;
    lexer_seek(printer.lexer, extent.start);
    next_token(&printer);
    while (printer.token.kind != TOKEN_END && printer.token.start < extent.end)
        print_token(&printer);
    printer_write(&printer, "", 1);
    return printer.out;
}
