/* parser_parts.h -- what the files of the parser share; only they and complete.c include it. */
#ifndef LANG_SYNTAX_PARSER_PARTS_H
#define LANG_SYNTAX_PARSER_PARTS_H

#include "lang/syntax/expect.h"
#include "lang/syntax/lexer.h"
#include "lang/syntax/parser.h"

enum { LOOK_AHEAD = 3, STACK = 64 };

typedef struct Children {       /* a node that gets its children one by one */
    NodeId parent, last;
} Children;

typedef struct OpenBlock {
    Span brace;                 /* its `{` */
    Span head;                  /* `partner macif`: the first word and the name */
    NameId word, name;          /* of its head; name 0: none */
    NodeId block;
    bool is_scenario;
} OpenBlock;

/* What a prompt wants to know about the end of its input; filled while the parser reads. */
typedef struct Probe {
    unsigned expects;           /* Expectation bits at the end */
    bool is_decided;            /* nothing else may stand there */
    bool unfinished;            /* the end came where more is due */
    NameId kind, property, word, source;
    NodeId block;               /* innermost open block at the end, or 0 */
    Span innermost;             /* its head */
} Probe;

typedef struct Parser {
    Tree *tree;
    Names *names;
    const Words *words;
    Diags *diags;
    Lexer *lexer;
    ParseMode mode;
    LangId language;
    const Limits *limits;

    Token token;                /* the one to be taken next */
    Token ahead[LOOK_AHEAD];
    unsigned ahead_count;
    Span previous;              /* the last one taken */
    uint32_t error_line;        /* line_offset of the last line with an error, plus one */
    DiagHelp *lines_help;       /* the advice to give each property of a line its own */
    uint32_t lines_line;        /* line_offset of that line */

    OpenBlock *open;            /* blocks that are open, innermost last */
    unsigned depth;
    bool closing;               /* a statement at the margin closes all open blocks */
    bool takes_colon;           /* the declaration to come has a colon too many, which was told */
    Span closed_by;
    uint32_t closed_at;         /* where that statement starts */
    Span parens[STACK];         /* parentheses that are open */
    unsigned paren_count;
    unsigned levels;            /* operators of which one holds the other */

    struct Braces *braces;      /* of the whole file; counted at the first doubt */
    Probe *probe;               /* NULL: nobody asks */
    NameId property;            /* whose value is read */
    NameId source;              /* collection that feeds the expression */
} Parser;

/* ---- tokens (parser_recover.c) ---- */

void parser_advance(Parser *parser);
const Token *parser_peek(Parser *parser, unsigned distance);   /* 1: the one after token */
static inline bool token_is(const Parser *parser, TokenKind kind)
{
    return parser->token.kind == kind;
}
bool parser_take(Parser *parser, TokenKind kind);
/* After an operator or a comma the statement goes on with the next line. */
void parser_skip_lines(Parser *parser);
bool parser_is_core(Parser *parser, const Token *token, CoreId core);
/* The core word here, in any language; one of another language is E105 and understood. */
bool parser_at_core(Parser *parser, CoreId core);
bool parser_take_core(Parser *parser, CoreId core);
bool parser_ends_statement(const Parser *parser);   /* NEWLINE, `}`, the end */
void parser_note_expected(Parser *parser, unsigned expectation);
static inline void parser_expects(Parser *parser, unsigned expectation)
{
    if (parser->probe)
        parser_note_expected(parser, expectation);
}
void parser_goes_on(Parser *parser);                /* at the end of the input more is due */

/* ---- nodes ---- */

NodeId parser_node(Parser *parser, NodeKind kind, Span span);
static inline Node *parser_at(Parser *parser, NodeId node) { return &parser->tree->nodes[node]; }
Children parser_children(NodeId parent);
void parser_add(Parser *parser, Children *children, NodeId child);
void parser_poison(Parser *parser, NodeId node);

/* ---- what is wrong (parser_recover.c) ---- */

/* Says so, unless this line has its message already; NULL then. */
Diag *parser_report(Parser *parser, MessageId message, Span span);
void parser_arg_span(Parser *parser, Diag *diag, const char *name, Span span);
void parser_arg_core(Parser *parser, Diag *diag, const char *name, CoreId core);
void parser_help(Parser *parser, Diag *diag, MessageId help);
void parser_help_edit(Parser *parser, Diag *diag, MessageId help, Confidence confidence,
                      Span span, const char *right);
const char *parser_core_text(const Parser *parser, CoreId core);
/* To the end of the line; blocks on the way are passed over whole. */
void parser_skip_line(Parser *parser);
void parser_skip_block(Parser *parser);            /* token is `{` */
/* As parser_skip_line, but stops before a `{` or `(`. */
void parser_skip_head(Parser *parser);
/* The end of a statement; what is left over is E120 (or better). */
bool parser_end(Parser *parser);
/* Token begins another property on the line of the last one: says so once a line, with an edit
 * for each. */
void parser_report_same_line(Parser *parser);
/* Does a statement begin with the line of `token`? (a core statement, a kind with a head, or
 * `WORD :` when `properties` count) */
bool parser_begins_statement(Parser *parser, unsigned distance, bool properties);
/* A word at the left margin inside a block: does the block end before it? */
bool parser_closes_here(Parser *parser);
void parser_report_unclosed(Parser *parser, const OpenBlock *open, Span by);
bool parser_is_statement_core(CoreId core);
bool parser_is_operator_word(Parser *parser, const Token *token);

/* ---- values (parser_value.c) ---- */

/* A node for the token, marked when the lexer has complained about it; takes the token. */
NodeId parser_token_node(Parser *parser, NodeKind kind, uint32_t data, uint8_t flags);
NodeId parser_text(Parser *parser);                 /* token is TEXT */
NodeId parser_word(Parser *parser);                 /* token is WORD */
NodeId parser_path(Parser *parser);                 /* token is WORD */
NodeId parser_amount(Parser *parser, bool in_data); /* sign, NUMBER or CURRENCY */
bool parser_at_amount(const Parser *parser);
/* Values and notes after a colon; false: reported, the rest of the line was passed over. */
bool parser_values(Parser *parser, Children *children, Span colon);
void parser_notes(Parser *parser, Children *children);
void parser_quoted(Parser *parser, Children *children, Span after);    /* TEXT, or E124 */

/* ---- expressions (parser_expression.c) ---- */

NodeId parser_pipe(Parser *parser);                 /* 0: reported */
NodeId parser_condition(Parser *parser);
bool parser_enter(Parser *parser);          /* token is `(`; false: too deep, reported */
bool parser_leave(Parser *parser);          /* `)`; false: E129 or E120 was reported */
void parser_give_up_parens(Parser *parser); /* ends of line count again */

/* ---- statements (parser_statement.c) ---- */

NodeId parser_declaration(Parser *parser, KindId kind);     /* of its first word; 0: none */
NodeId parser_property(Parser *parser);             /* token is WORD, `:` follows */
NodeId parser_set(Parser *parser);                  /* Path ":" Value, at the prompt */
bool parser_at_set(Parser *parser);
bool parser_at_equal(Parser *parser);       /* WORD "=", where `:` is due */
NodeId parser_show(Parser *parser, bool has_word);   /* without: a bare pipe */
NodeId parser_core_statement(Parser *parser, CoreId core);

/* ---- blocks and files (parser.c) ---- */

NodeId parser_block(Parser *parser, OpenBlock head);    /* token is `{` */
Tree *parser_run(Arena *arena, Names *names, const Words *words, Source *source,
                 LangId language, ParseMode mode, Diags *diags, Probe *probe);

#endif
