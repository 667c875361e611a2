/* node.c -- questions about a tree. */

#include "lang/syntax/node.h"

#include <string.h>

#include "lang/base/utf8.h"

static bool is_blank_at(const char *text, uint32_t at, uint32_t end, unsigned *size)
{
    int32_t code = utf8_decode(text + at, end - at, size);

    return code >= 0 && utf8_is_blank(code);
}

/* What stands between guillemets, without the blanks at both ends. */
static Span trimmed(const char *text, Span span)
{
    unsigned size;

    while (span.start < span.end && is_blank_at(text, span.start, span.end, &size))
        span.start += size;
    for (;;) {
        uint32_t at = span.end;
        if (at <= span.start)
            return span;
        do
            at--;
        while (at > span.start && ((unsigned char)text[at] & 0xC0) == 0x80);
        if (!is_blank_at(text, at, span.end, &size))
            return span;
        span.end = at;
    }
}

static Span content(const Source *source, const Node *node)
{
    uint32_t open = 1, close = 1;
    Span span = node_span(node);

    if (node->flags & TEXT_GUILLEMETS)
        open = close = 2;
    else if (node->flags & TEXT_CURLY)
        open = close = 3;
    if (span.end - span.start < open + close)
        return (Span){span.start, span.start};
    span.start += open;
    span.end -= close;
    return node->flags & TEXT_GUILLEMETS ? trimmed(source->text, span) : span;
}

const char *tree_text(const Tree *tree, NodeId text, size_t *length)
{
    const Node *node = tree_node(tree, text);
    Span span = node_span(node);

    if (node->kind == NODE_NOTE || node->kind == NODE_NONE) {
        *length = 0;
        return node->child ? tree_text(tree, node->child, length) : "";
    }
    if (node->kind == NODE_TEXT && node->data) {
        const CookedText *cooked = &tree->texts[node->data - 1];
        *length = cooked->length;
        return cooked->bytes;
    }
    if (node->kind == NODE_TEXT && !(node->flags & TEXT_RAW))
        span = content(tree->source, node);
    *length = span.end - span.start;
    return tree->source->text + span.start;
}

/* The last node that hangs on this one, going down along last children. */
Span node_extent(const Tree *tree, NodeId node)
{
    Span span = node_span(tree_node(tree, node));
    NodeId at = tree_node(tree, node)->child;

    while (at) {
        const Node *child = tree_node(tree, at);
        if (child->end > span.end)
            span.end = child->end;
        at = child->next ? child->next : child->child;
    }
    return span;
}

unsigned node_child_count(const Tree *tree, NodeId node)
{
    unsigned count = 0;

    for (NodeId child = tree_node(tree, node)->child; child; child = tree_node(tree, child)->next)
        count++;
    return count;
}

NodeId node_child(const Tree *tree, NodeId node, unsigned index)
{
    NodeId child = tree_node(tree, node)->child;

    while (child && index-- > 0)
        child = tree_node(tree, child)->next;
    return child;
}

NodeId node_child_of(const Tree *tree, NodeId node, NodeKind kind)
{
    NodeId child = tree_node(tree, node)->child;

    while (child && tree_node(tree, child)->kind != kind)
        child = tree_node(tree, child)->next;
    return child;
}

const char *node_kind_name(NodeKind kind)
{
    static const char *const names[NODE_KIND_COUNT] = {
#define NODE_NAME(kind, about) [NODE_##kind] = #kind,
        NODE_KINDS(NODE_NAME)
#undef NODE_NAME
    };

    return kind > NODE_NULL && kind < NODE_KIND_COUNT ? names[kind] : "NULL";
}

NodeId tree_at(const Tree *tree, uint32_t byte)
{
    NodeId best = TREE_ROOT, child = tree_node(tree, TREE_ROOT)->child;

    while (child) {
        Span extent = node_extent(tree, child);
        if (extent.start <= byte && byte < extent.end) {
            best = child;
            child = tree_node(tree, child)->child;
        } else {
            child = tree_node(tree, child)->next;
        }
    }
    return best;
}
