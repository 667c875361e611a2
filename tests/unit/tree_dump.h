/* tree_dump.h -- a tree as one line of text, for tests: `(property role (text "Host"))`. */
#ifndef TESTS_UNIT_TREE_DUMP_H
#define TESTS_UNIT_TREE_DUMP_H

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lang/syntax/node.h"

typedef struct Dump {
    Arena *arena;
    const Tree *tree;
    bool is_folded;             /* names by their folded key: what formatting may not change */
    char *out;
    size_t length, capacity;
} Dump;

static inline void dump_write(Dump *dump, const char *bytes, size_t length)
{
    dump->out = arena_grow(dump->arena, dump->out, &dump->capacity, dump->length + length + 1, 1);
    memcpy(dump->out + dump->length, bytes, length);
    dump->length += length;
    dump->out[dump->length] = '\0';
}

static inline void dump_puts(Dump *dump, const char *text)
{
    dump_write(dump, text, strlen(text));
}

static inline void dump_name(Dump *dump, NameId name)
{
    Names *names = dump->tree->names;

    if (dump->is_folded)
        name = names_folded(names, name);
    dump_puts(dump, " ");
    dump_puts(dump, names_text(names, name));
}

/* A unit by its neutral form: formatting may choose the plural. */
static inline void dump_unit(Dump *dump, const char *label, NameId unit)
{
    const Words *words = words_shipped();
    Names *names = dump->tree->names;
    const WordMeaning *meaning = words_find(words, names, dump->tree->language, unit, ROLE_UNIT, 0);

    if (!unit)
        return;
    dump_puts(dump, label);
    if (dump->is_folded && meaning)
        dump_puts(dump, words_text(words, LANG_EN, ROLE_UNIT, meaning->id, 0, WORD_USUAL));
    else
        dump_name(dump, unit);
}

static inline void dump_amount(Dump *dump, const AmountLiteral *amount)
{
    char number[DECIMAL_TEXT];
    size_t length = decimal_write(amount->number, number);

    dump_puts(dump, amount->has_sign ? " signed " : " ");
    dump_write(dump, number, length);
    if (amount->is_percent)
        dump_puts(dump, "%");
    if (amount->currency && !amount->unit)
        dump_puts(dump, " sign");
    if (amount->currency) {
        dump_puts(dump, " ");
        dump_puts(dump, words_currency_code(amount->currency));
    } else {
        dump_unit(dump, "", amount->unit);
    }
    dump_unit(dump, " per", amount->per);
}

static inline const char *dump_core(uint32_t core)
{
    const char *text = words_text(words_shipped(), LANG_EN, ROLE_CORE, (uint16_t)core, 0,
                                  WORD_USUAL);

    return text ? text : "";
}

static inline const char *dump_operator(uint32_t operator)
{
    static const char *const texts[] = {"", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"};

    return operator < sizeof texts / sizeof texts[0] ? texts[operator] : "";
}

static inline void dump_data(Dump *dump, NodeId id)
{
    static const char *const heads[] = {"empty", "named", "titled", "measured", "keyed", "link"};
    static const char *const bounds[] = {"", " <", " <=", " >", " >="};
    const Node *node = tree_node(dump->tree, id);
    Date date = {.day = (int32_t)node->data, .precision = node->flags & 3};
    char text[DATE_TEXT];
    size_t length;
    const char *content;

    switch ((NodeKind)node->kind) {
    case NODE_DECLARATION:
        dump_name(dump, node->data);
        dump_puts(dump, " ");
        dump_puts(dump, heads[node->flags & NODE_HEAD]);
        break;
    case NODE_HEADER: case NODE_PROPERTY: case NODE_WORD: case NODE_PATH:
        dump_name(dump, node->data);
        break;
    case NODE_COMMAND:
        if (node->data)
            dump_name(dump, node->data);
        break;
    case NODE_TEXT: case NODE_DOC:
        content = tree_text(dump->tree, id, &length);
        dump_puts(dump, " \"");
        dump_write(dump, content, length);
        dump_puts(dump, "\"");
        break;
    case NODE_PATTERN:
        dump_puts(dump, " /");
        dump_write(dump, dump->tree->source->text + node->start, node->end - node->start);
        dump_puts(dump, node->flags & NODE_CASELESS ? "/i" : "/");
        break;
    case NODE_AMOUNT: dump_amount(dump, &dump->tree->amounts[node->data]); break;
    case NODE_DATE:
        dump_puts(dump, " ");
        dump_write(dump, text, date_write(date, text));
        break;
    case NODE_RANGE:
        dump_puts(dump, bounds[node->flags & RANGE_BOUND]);
        dump_puts(dump, node->flags & RANGE_HIGH ? " high" : "");
        dump_puts(dump, node->flags & RANGE_BY ? " by" : "");
        break;
    case NODE_COMPARE: case NODE_BINARY:
        dump_puts(dump, " ");
        dump_puts(dump, dump_operator(node->data));
        break;
    case NODE_NOTE: case NODE_IS: case NODE_CALL: case NODE_STEP: case NODE_SORTKEY:
    case NODE_QUANTIFIED:
        if (node->data) {
            dump_puts(dump, " ");
            dump_puts(dump, dump_core(node->data));
        }
        if (node->kind == NODE_QUANTIFIED && node->flags & NODE_HAS)
            dump_puts(dump, " has");
        break;
    default:
        break;
    }
    bool is_test = node->kind == NODE_IS || node->kind == NODE_IN || node->kind == NODE_CONTAINS
                   || node->kind == NODE_MATCHES;
    if (is_test && node->flags & NODE_NEGATED)
        dump_puts(dump, " not");
    if (node->flags & NODE_POISONED)
        dump_puts(dump, " poisoned");
}

static inline void dump_node(Dump *dump, NodeId id)
{
    const Node *node = tree_node(dump->tree, id);
    const char *kind = node_kind_name((NodeKind)node->kind);

    dump_puts(dump, "(");
    for (size_t i = 0; kind[i]; i++)
        dump_write(dump, &(char){(char)tolower((unsigned char)kind[i])}, 1);
    dump_data(dump, id);
    for (NodeId child = node->child; child; child = tree_node(dump->tree, child)->next) {
        bool is_comment = tree_node(dump->tree, child)->kind == NODE_DOC;
        bool is_header = tree_node(dump->tree, child)->kind == NODE_HEADER;
        if (dump->is_folded && (is_comment || is_header))
            continue;           /* compared as comments; a header may have been added */
        dump_puts(dump, " ");
        dump_node(dump, child);
    }
    dump_puts(dump, ")");
}

static inline const char *tree_dump(Arena *arena, const Tree *tree, bool is_folded)
{
    Dump dump = {.arena = arena, .tree = tree, .is_folded = is_folded};

    dump_node(&dump, TREE_ROOT);
    return dump.out;
}

#endif
