/* printer.h -- tree to text: the one way to write a file, in any language.
 *
 * The printer knows no vocabulary: to translate, it asks a function for the word of a neutral
 * id that bind wrote into the nodes.  Order, comments and line breaks inside lists are kept.
 */
#ifndef LANG_SYNTAX_PRINTER_H
#define LANG_SYNTAX_PRINTER_H

#include "lang/syntax/diag.h"
#include "lang/syntax/node.h"

typedef struct PrinterText {
    const char *bytes;      /* in the arena */
    size_t length;
} PrinterText;

/* The formatted text of a tree without syntax errors (syntax_errors == 0 is required). */
PrinterText print_tree(Arena *arena, const Tree *tree, const Words *words);

/* The same in another language.  The tree must be bound without errors.  Names that the target
 * language reserves are reported (NULL bytes then). */
PrinterText print_translated(Arena *arena, const Tree *tree, const Words *words, LangId to,
                             Diags *diags);

/* One value or expression on one line, in a language, as it would stand in a file: for messages
 * ("the condition itself is printed in words") and for the neutral source in JSON (LANG_EN). */
const char *print_node(Arena *arena, const Tree *tree, NodeId node, const Words *words,
                       LangId language);

/* A text in quotes with escapes; a number grouped as the language writes it. */
const char *print_quoted(Arena *arena, const char *text, size_t length);
const char *print_decimal(Arena *arena, Decimal number, LangId language);

#endif
