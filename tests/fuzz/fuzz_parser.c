/* fuzz_parser.c -- any bytes in any mode: a tree whose nodes hang together, diagnostics inside
 * the text, and an answer of the prompt at every cut. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lang/syntax/complete.h"
#include "lang/syntax/parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A macro, so that the line of the call is the one reported. */
#define must(condition) ((condition) ? (void)0 : abort())

/* Every node is the child of one node at most, and stands inside the text. */
static void hangs_together(const Tree *tree)
{
    uint8_t *seen = arena_alloc(tree->arena, tree->count);

    for (NodeId id = 1; id < tree->count; id++) {
        const Node *node = tree_node(tree, id);
        must(node->kind > NODE_NULL && node->kind < NODE_KIND_COUNT);
        must(node->start <= node->end && node->end <= tree->source->length);
        must(node->child < tree->count && node->next < tree->count);
        uint32_t start = 0;
        for (NodeId child = node->child; child; child = tree_node(tree, child)->next) {
            must(!seen[child]);
            seen[child] = 1;
            must(tree_node(tree, child)->start >= start);
            start = tree_node(tree, child)->start;
        }
    }
}

static void is_inside(const Diag *diag, size_t length)
{
    must(diag->primary.span.start <= diag->primary.span.end);
    must(diag->primary.span.end <= length);
    must(diag->code && diag->code[0] == 'E');
    for (const DiagRelated *related = diag->related; related; related = related->next)
        must(related->place.span.end <= length);
    for (const DiagHelp *help = diag->help; help; help = help->next)
        for (uint32_t i = 0; i < help->edit_count; i++)
            must(help->edits[i].span.start <= help->edits[i].span.end
                 && help->edits[i].span.end <= length);
}

static void parses(const char *text, size_t length, LangId language, ParseMode mode)
{
    Env env;
    Diags diags;

    env_init(&env);
    Arena *arena = arena_new(&env);
    diags_init(&diags, arena);
    Tree *tree = parse(arena, names_new(arena), words_shipped(),
                       source_new(arena, "fuzz", text, length), language, mode, &diags);
    hangs_together(tree);
    must((tree->syntax_errors > 0) || diags.errors == 0);
    must(diags.errors <= tree->syntax_errors);
    for (size_t i = 0; i < diags.count; i++) {
        is_inside(diags.items[i], length);
        must(*diag_message_text(arena, words_shipped(), LANG_EN, diags.items[i]) != '\0');
        must(*diag_message_text(arena, words_shipped(), LANG_FR, diags.items[i]) != '\0');
    }
    diags_sort(&diags);
    if (length > 0)
        tree_at(tree, (uint32_t)(length / 2));
    arena_free(arena);
}

static void asks(const char *text, size_t length, LangId language)
{
    Env env;

    env_init(&env);
    Arena *arena = arena_new(&env);
    InputOpen open = input_state(arena, words_shipped(), language, text, length);
    must(open.innermost.end <= length);
    InputPlace place = input_place(arena, names_new(arena), words_shipped(), language, text,
                                   length);
    must(place.prefix.start <= place.prefix.end && place.prefix.end == length);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    LangId language = length % 2 ? LANG_FR : LANG_EN;

    parses(text, length, LANG_EN, PARSE_FILE);
    parses(text, length, language, (ParseMode)(length % 5));
    asks(text, length, language);
    asks(text, length / 2, language);
    return 0;
}
