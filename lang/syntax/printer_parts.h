/* printer_parts.h -- what the two files of the printer share; nobody else includes it. */
#ifndef LANG_SYNTAX_PRINTER_PARTS_H
#define LANG_SYNTAX_PRINTER_PARTS_H

#include "lang/syntax/lexer.h"
#include "lang/syntax/printer.h"

enum {
    BLOCKS = 72,                /* blocks inside one another, with room to spare */
    BLOCK_ACCEPT = 0xffff,      /* in place of a kind: what `accept` holds */
};

typedef struct Printer {
    Arena *arena;
    const Tree *tree;
    const Words *words;
    LangId from, to;
    bool one_line;              /* a piece for a message: no comments, no line breaks */

    char *out;
    size_t length, capacity;

    Lexer *lexer;
    Token token;                /* the one to print */
    NodeId next_node;           /* the next one that a token may belong to */
    NodeKind last_node;         /* kind of the node of the last token, or NODE_NULL */
    uint32_t end;               /* of the last token, in the source */
    bool glued;                 /* no blank after the last token */
    bool of_waits;              /* `de` was read, not written: it may lose its vowel */
    bool of_is_due;             /* `of` was read as a part of the next word */
    bool pattern_is_next;       /* `matches` was the last token */
    bool just_opened;           /* the last thing written is `{` */
    bool wants_empty_line;      /* before the next statement */
    uint32_t path_end;          /* dots and slashes before it belong to one name */

    unsigned depth;             /* open blocks */
    unsigned indent;            /* of an item */
    bool is_inline[BLOCKS];
    KindId kinds[BLOCKS];       /* of what each block describes; kinds[depth + 1]: the next one */
    bool in_accept;             /* here `pour` is FOR, elsewhere BY */
    bool kind_is_next;          /* after `change`, `remove`, `drop` */
    bool name_is_next;          /* a name that is declared */
    bool check_is_next;
    bool is_feminine;           /* the last thing named is a property of that gender */
    bool in_value;              /* after the colon of a property */

    uint32_t *declared;         /* folded name and spelling, in pairs: a hash table */
    uint32_t declared_mask;
} Printer;

void printer_write(Printer *printer, const char *bytes, size_t length);
void printer_puts(Printer *printer, const char *text);

/* What a word is written as; `node` 0 is a core word between operands. */
const char *printer_word(Printer *printer, NodeId node);
const char *printer_core(const Printer *printer, CoreId core);
void printer_amount(Printer *printer, NodeId node);
void printer_date(Printer *printer, NodeId node);
void printer_long_text(Printer *printer, NodeId node);
/* Remembers how names are spelled where they are declared. */
void printer_declare_names(Printer *printer);

#endif
