/* complete.c -- is this input finished, and what may stand at its end?
 *
 * Both questions are answered by reading the input as the prompt would, with a probe in the
 * parser: it notes what was due when the end came.  Nothing is guessed from the outside.
 */

#include "lang/syntax/complete.h"

#include "lang/syntax/lexer_parts.h"
#include "lang/syntax/parser_parts.h"

static Tree *read_input(Arena *scratch, Names *names, const Words *words, LangId language,
                        const char *text, size_t length, Diags *diags, Probe *probe)
{
    Source *source = source_new(scratch, "", text, length);

    diags_init(diags, scratch);
    return parser_run(scratch, names, words, source, language, PARSE_PROMPT, diags, probe);
}

/* Nothing but notes (`##`) and blank lines? */
static bool says_nothing(const Tree *tree, const Diags *diags)
{
    NodeId child = tree_node(tree, TREE_ROOT)->child;

    while (child && tree_node(tree, child)->kind == NODE_DOC)
        child = tree_node(tree, child)->next;
    return child == 0 && diags->count == 0;
}

InputOpen input_state(Arena *scratch, const Words *words, LangId language, const char *text,
                      size_t length)
{
    Probe probe = {0};
    Diags diags;
    Tree *tree = read_input(scratch, names_new(scratch), words, language, text, length, &diags,
                            &probe);
    InputOpen open = {INPUT_COMPLETE, probe.innermost};

    if (probe.unfinished)
        open.state = INPUT_UNFINISHED;
    else if (says_nothing(tree, &diags))
        open.state = INPUT_EMPTY;
    return open;
}

/* ---- the word being typed ---- */

/* The last two tokens before the end. */
typedef struct Tail {
    Token last, before;
} Tail;

static Tail tail_of(Tree *tree, const Words *words)
{
    Lexer *lexer = lexer_new(tree, NULL, words);
    Tail tail = {.last.kind = TOKEN_NEWLINE, .before.kind = TOKEN_NEWLINE};
    Token token;

    for (;;) {
        lexer_next(lexer, &token);
        if (token.kind == TOKEN_END)
            return tail;
        tail.before = tail.last;
        tail.last = token;
    }
}

/* Where the last line starts, and whether it is a command. */
static uint32_t command_line(const Source *source)
{
    uint32_t at = source->length;

    while (at > 0 && source->text[at - 1] != '\n' && source->text[at - 1] != '\r')
        at--;
    while (at < source->length && (source->text[at] == ' ' || source->text[at] == '\t'))
        at++;
    return at < source->length && source->text[at] == ':' ? at + 1 : 0;
}

/* The arguments of a command are split at blanks only: file names, patterns. */
static Span command_prefix(const Source *source, uint32_t from)
{
    uint32_t at = source->length;

    while (at > from && source->text[at - 1] != ' ' && source->text[at - 1] != '\t')
        at--;
    return (Span){at, source->length};
}

/* What is being typed at the end, maybe nothing. *quoted: it is inside quotes. */
static Span prefix_of(Tree *tree, const Words *words, bool *quoted)
{
    const Source *source = tree->source;
    uint32_t command = command_line(source);

    *quoted = false;
    if (command)
        return command_prefix(source, command);
    Tail tail = tail_of(tree, words);
    if (tail.last.end == source->length && tail.last.kind == TOKEN_WORD)
        return (Span){tail.last.start, tail.last.end};
    bool is_joint = tail.last.end == source->length && tail.last.kind == TOKEN_MINUS
                    && tail.before.kind == TOKEN_WORD && !tail.last.blank_before;
    if (is_joint)
        return (Span){tail.before.start, source->length};
    if (tail.last.kind == TOKEN_TEXT && (tail.last.flags & TOKEN_UNCLOSED)) {
        *quoted = true;
        if (!(tail.last.flags & TEXT_LONG))
            return (Span){tail.last.start + 1, source->length};
    }
    return (Span){source->length, source->length};
}

/* ---- what is due ---- */

/* The properties that the block has already, without the one whose value is being typed. */
static void note_given(Arena *scratch, InputPlace *place, const Tree *tree, NodeId block)
{
    unsigned count = node_child_count(tree, block), given = 0;
    NameId *names = arena_array(scratch, count + 1, sizeof *names);

    for (NodeId item = tree_node(tree, block)->child; item; item = tree_node(tree, item)->next)
        if (tree_node(tree, item)->kind == NODE_PROPERTY
            && (tree_node(tree, item)->next || !place->property))
            names[given++] = tree_node(tree, item)->data;
    place->given = names;
    place->given_count = given;
}

InputPlace input_place(Arena *scratch, Names *names, const Words *words, LangId language,
                       const char *text, size_t length)
{
    Probe probe = {0};
    Diags diags;
    bool quoted;
    Tree bare = {.arena = scratch, .source = source_new(scratch, "", text, length),
                 .names = names, .language = language};
    InputPlace place = {.prefix = prefix_of(&bare, words, &quoted)};
    size_t end = quoted ? length : place.prefix.start;
    Tree *tree = read_input(scratch, names, words, language, text, end, &diags, &probe);

    place.expects = quoted ? probe.expects & EXPECT_FILE : probe.expects;
    place.kind = probe.kind;
    place.property = probe.property;
    place.word = probe.word;
    place.source = probe.source;
    if (probe.block)
        note_given(scratch, &place, tree, probe.block);
    return place;
}
