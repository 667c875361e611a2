/* node.h -- the tree: a flat array of nodes over one source.
 *
 * Nodes are numbered in the order in which they begin (an operation after its first operand);
 * 0 is no node.  A node's span is what a message should underline: the whole of a value, but
 * only the *first word* of a statement, declaration or property (node_extent gives the whole).
 * Literals are kept exact.  The parser
 * knows no kind: heads are told apart by their shape, and bind writes neutral ids into `id`.
 *
 * Bind, not the parser, says what is wrong with the first word of a declaration or property and
 * with its head: E122, E105, E112 (a kind that cannot stand there), E113 (`type company` in a
 * block is a DECLARATION), E128, E131, E204.  The parser has core words and shapes only.
 *
 * Nothing stands in the tree without need: a lone amount or date is an AMOUNT or a DATE, not a
 * RANGE; a pipe without steps is its source; one operand is no OR and no AND.  `where` without
 * a bar is a STEP like the others.  A core word of the other language was reported (E105) and
 * stands here as if it had been written in this one.  A declaration, property or value that the
 * parser has complained about is NODE_POISONED: say no more about it.
 */
#ifndef LANG_SYNTAX_NODE_H
#define LANG_SYNTAX_NODE_H

#include "lang/base/date.h"
#include "lang/base/decimal.h"
#include "lang/base/names.h"
#include "lang/syntax/source.h"
#include "lang/syntax/words.h"

typedef uint32_t NodeId;

/* X(KIND, "children; data") */
#define NODE_KINDS(X)                                                                       \
    X(FILE,        "statements")                                                            \
    X(HEADER,      "[AMOUNT version]; data: the code's NameId")                             \
    X(IMPORT,      "TEXT, [WORD space]")                                                    \
    X(BASE,        "TEXT, WORD.. (collections left out)")                                   \
    X(EXTENSION,   "TEXT")                                                                  \
    X(DECLARATION, "head (see Head), notes, [BLOCK]; data: the kind's NameId; flags: Head") \
    X(CHANGE,      "WORD kind, PATH or TEXT, BLOCK")                                        \
    X(REMOVE,      "WORD kind, PATH or TEXT")                                               \
    X(ADD,         "PROPERTY; at the prompt SET")                                           \
    X(DROP,        "PROPERTY, or WORD kind and its key (PATH, TEXT, DATE, AMOUNT); SET")    \
    X(SET,         "PATH (entity.property), values, notes: an edit at the prompt")          \
    X(ASSERT,      "condition, [TEXT]")                                                     \
    X(CHECK,       "condition, [TEXT]")                                                     \
    X(SHOW,        "pipe; also stands for the bare pipe of a prompt or a query")            \
    X(QUERY,       "WORD name, pipe")                                                       \
    X(SCENARIO,    "WORD name, [TEXT], BLOCK")                                              \
    X(ACCEPT,      "PATH check id (pack/word: two words), references.., BLOCK")             \
    X(SETTINGS,    "PATH check id, BLOCK")                                                  \
    X(COMMAND,     "data: NameId; TEXT: the raw rest of the line")                          \
    X(BLOCK,       "PROPERTY, DECLARATION, ADD, DROP, DOC; CHANGE, REMOVE in a scenario;"   \
                   " span from { to }")                                                     \
    X(PROPERTY,    "values, notes; data: the word's NameId")                                \
    X(NOTE,        "[TEXT]; data: CoreId ASSUMPTION, CONFIDENTIAL, SOURCE or ASK")          \
    X(DOC,         "a ## comment, just before the statement it belongs to among its"        \
                   " siblings; span of its text")                                           \
    X(WORD,        "data: NameId")                                                          \
    X(PATH,        "WORD.. after the first; data: NameId of the first word")                \
    X(TEXT,        "data: 0, or 1 + index in texts when cooked; flags: quotes")             \
    X(AMOUNT,      "data: index in amounts")                                                \
    X(DATE,        "data: day number; flags: DatePrecision")                                \
    X(RANGE,       "low, [high or UNKNOWN], [by]; flags: Bound and RANGE_.. bits")          \
    X(RUN,         "bare words side by side in a value, to the end of the line, already "   \
                   "counted as a syntax error: bind, which knows the property's type, "     \
                   "says E104 (text), E205 (list) or E120")                                 \
    X(UNKNOWN,     "?")                                                                     \
    X(NONE,        "[TEXT reason]")                                                         \
    X(OR,          "two or more")                                                           \
    X(AND,         "two or more")                                                           \
    X(NOT,         "one")                                                                   \
    X(COMPARE,     "two; data: Operator")                                                   \
    X(IS,          "one; data: CoreId EMPTY, UNKNOWN or NONE; flags: NODE_NEGATED")         \
    X(IN,          "subject, values..; flags: NODE_NEGATED")                                \
    X(CONTAINS,    "two; flags: NODE_NEGATED")                                              \
    X(MATCHES,     "subject, PATTERN; flags: NODE_NEGATED")                                 \
    X(PATTERN,     "span of the text between the slashes; flags: NODE_CASELESS")            \
    X(BINARY,      "two; data: Operator + - * /")                                           \
    X(TODAY,       "")                                                                      \
    X(CALL,        "COUNT: pipe; measure: PATH, [pipe]; data: CoreId")                      \
    X(PIPE,        "source, STEP..")                                                        \
    X(STEP,        "data: CoreId WHERE SORT TAKE SHOW DISTINCT COUNT SUM AVERAGE MIN MAX;"  \
                   " WHERE: condition; SORT: SORTKEY..; TAKE: AMOUNT; SHOW, DISTINCT:"      \
                   " PATH..; COUNT: [PATH per]; measure: PATH, [PATH per]")                 \
    X(SORTKEY,     "PATH; data: CoreId ASC, DESC or 0")                                     \
    X(QUANTIFIED,  "pipe, [condition or PATH of HAS]; data: CoreId NO EXISTS EVERY; "       \
                   "flags: NODE_HAS")                                                       \
    X(ERROR,       "what could not be read, or a statement out of its place (its child);"   \
                   " reported")

typedef enum NodeKind {
    NODE_NULL,
#define NODE_ENUM(kind, about) NODE_##kind,
    NODE_KINDS(NODE_ENUM)
#undef NODE_ENUM
    NODE_KIND_COUNT
} NodeKind;

typedef enum Head {         /* the shape of a declaration's head, and its first children */
    HEAD_EMPTY,             /* nothing */
    HEAD_NAMED,             /* WORD name, [TEXT title] */
    HEAD_TITLED,            /* TEXT title */
    HEAD_MEASURED,          /* [WORD name], AMOUNT or UNKNOWN, [TEXT title] */
    HEAD_KEYED,             /* key (DATE, AMOUNT, PATH, TEXT), then values and notes */
    HEAD_LINK,              /* two references (PATH or TEXT), [TEXT label] */
} Head;

enum {
    NODE_HEAD = 0x07,       /* DECLARATION: its Head */
    NODE_NEGATED = 0x08,
    NODE_CASELESS = 0x10,
    NODE_HAS = 0x20,
    NODE_SCOPE = 0x7f,      /* PATH or WORD bound to a listed word: its ListId, to a field: a KindId
                               that has it; 0: not told */
    NODE_POISONED = 0x80,   /* an error was reported here: later stages keep quiet */
    RANGE_BOUND = 0x07,     /* RANGE: its Bound */
    RANGE_HIGH = 0x08,      /* has a high end */
    RANGE_BY = 0x10,        /* has a date after `by` */
    TEXT_LONG = 0x01,       /* TEXT: was written with three quotes */
    TEXT_GUILLEMETS = 0x02,
    TEXT_CURLY = 0x04,
    TEXT_RAW = 0x08,        /* TEXT: no quotes at all: the rest of a command's line */
};

typedef enum Bound { BOUND_NONE, BOUND_LESS, BOUND_AT_MOST, BOUND_MORE, BOUND_AT_LEAST } Bound;

typedef enum Operator {
    OPERATOR_EQUAL = 1, OPERATOR_DIFFERENT, OPERATOR_LESS, OPERATOR_AT_MOST, OPERATOR_MORE,
    OPERATOR_AT_LEAST, OPERATOR_PLUS, OPERATOR_MINUS, OPERATOR_TIMES, OPERATOR_DIVIDED,
} Operator;

/* Node.id is written by bind (0 before, and for what is nobody's word).
 *   DECLARATION          KindId of its first word
 *   PROPERTY             PropertyId of its word; 0: an x- property; in an ACCEPT its CoreId
 *   AMOUNT               TimeUnit of the unit in the low byte, of what follows `/` in the high
 *   PATH, WORD           a role below, and the id in the low bits; each WORD of a PATH has its
 *                        own, the PATH itself has that of its first word
 * A printer translates what has such an id and copies the rest as it stands.  In checks and
 * queries the evaluation writes the ids of fields and collections. */
enum {
    ID_ROLE = 0xe000, ID_VALUE = 0x1fff,
    ID_CORE = 0,            /* not 0 as a whole: CoreId of a measure (`sort sum`) */
    ID_ENTITY = 0x2000,     /* names an entity or a space: never translated */
    ID_LISTED = 0x4000,     /* WordId */
    ID_YES_NO = 0x6000,     /* 1 yes, 2 no */
    ID_PROPERTY = 0x8000,   /* PropertyId: a field */
    ID_COLLECTION = 0xa000, /* KindId, written in the plural */
    ID_KIND = 0xc000,       /* KindId */
    ID_CHECK = 0xe000,      /* id of a shipped check */
};

typedef struct Node {
    uint8_t kind;           /* NodeKind */
    uint8_t flags;
    uint16_t id;            /* see above */
    uint32_t start, end;
    NodeId child;           /* first, or 0 */
    NodeId next;            /* sibling, or 0 */
    uint32_t data;
} Node;

typedef struct AmountLiteral {      /* as written; bind finds the unit */
    Decimal number;                 /* signed; k and M of `12 k EUR` signs already applied */
    NameId unit;                    /* the word after the number, or 0 */
    NameId per;                     /* the word after `/`, or 0 */
    uint16_t currency;              /* from a sign or a code in capitals, or 0 */
    uint8_t is_percent;
    uint8_t has_sign;               /* + or - was written */
    Span unit_span, per_span;       /* where unit and per stand */
} AmountLiteral;

typedef struct CookedText {         /* a text whose content is not a slice of its source */
    const char *bytes;
    uint32_t length;
} CookedText;

typedef struct Tree {
    Arena *arena;
    Source *source;
    Names *names;
    LangId language;
    uint32_t version;               /* of the header; 0: none written */
    bool has_header;
    bool stopped;                   /* E001 to E003, E105 of a header: not read */
    Node *nodes;                    /* nodes[0] is the null node, nodes[1] the FILE */
    size_t count, capacity;
    AmountLiteral *amounts;
    size_t amount_count, amount_capacity;
    CookedText *texts;
    size_t text_count, text_capacity;
    uint32_t declarations;          /* how many there are */
    bool names_files;               /* IMPORT, EXTENSION or BASE stands at the top */
    size_t syntax_errors;           /* E0xx, E1xx of this file; also those left to bind to say */
} Tree;

#define TREE_ROOT ((NodeId)1)

static inline const Node *tree_node(const Tree *tree, NodeId id) { return &tree->nodes[id]; }
static inline Span node_span(const Node *node) { return (Span){node->start, node->end}; }

/* The content of a TEXT (or NOTE's, DOC's) node: NFC, escapes read, no quotes. */
const char *tree_text(const Tree *tree, NodeId text, size_t *length);

/* Does this TEXT stand in plain quotes and begin with a character that is to be seen?  Then it is
 * not empty; else it takes a look at its content. */
static inline bool text_begins(const Tree *tree, const Node *text)
{
    if (text->flags != 0 || text->data != 0 || text->end - text->start < 3)
        return false;
    unsigned char first = (unsigned char)tree->source->text[text->start + 1];
    return first > ' ' && first < 0x7F;
}

/* From the first byte of the node to the last one of its last descendant. */
Span node_extent(const Tree *tree, NodeId node);
unsigned node_child_count(const Tree *tree, NodeId node);
NodeId node_child(const Tree *tree, NodeId node, unsigned index);       /* 0: none */
NodeId node_child_of(const Tree *tree, NodeId node, NodeKind kind);     /* first of it, or 0 */
const char *node_kind_name(NodeKind kind);

/* The innermost node whose extent holds this byte; the FILE when there is none. */
NodeId tree_at(const Tree *tree, uint32_t byte);

#endif
