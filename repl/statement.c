/* statement.c -- see statement.h.  A statement is read with the names of what is loaded, so
 * that it can be evaluated over it. */
#include "repl/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repl/answer.h"
#include "repl/command.h"
#include "repl/loading.h"

bool statement_ready(Program *program)
{
    if (program->snapshot)
        return true;
    say_line(program, &program->err, MESSAGE_NOTHING_LOADED, NULL);
    return false;
}

/* The alliance that statements speak of: the only one, or all. */
static size_t alliance_of(const Program *program)
{
    return snapshot_alliance_count(program->snapshot) == 1 ? 0 : SIZE_MAX;
}

static void show_diags(Program *program, Arena *arena, Diags *diags)
{
    ReportChoice choice = program_report_choice(program);
    diags_sort(diags);
    out_flush(&program->out);
    report_diags(&program->err, arena, &choice, diags);
}

/* Where a query's words come from: --lang if given, else the file's, else the program's. */
static LangId input_language(const Program *program)
{
    if (program->language_forced || snapshot_file_count(program->snapshot) == 0)
        return program->language;
    return snapshot_language(program->snapshot, 0);
}

static bool has_errors(const Diags *diags)
{
    return diags->errors > 0;
}

static Status answer_pipe(Program *program, Evaluation *evaluation, const Tree *tree,
                          NodeId pipe, const Diags *diags)
{
    Answer answer;
    if (query_answer(evaluation, tree, pipe, &answer) && !has_errors(diags))
        answer_print(program, evaluation, &answer, program->mode);
    return has_errors(diags) ? STATUS_FINDINGS : STATUS_FINE;
}

static Status run_test(Program *program, Evaluation *evaluation, const Tree *tree, NodeId node,
                       Diags *diags)
{
    Truth truth = assertion_run(evaluation, tree, node);
    bool is_assert = tree_node(tree, node)->kind == NODE_ASSERT;
    if (truth == TRUTH_TRUE && program->at_prompt && diags->count == 0)
        say_line(program, &program->out, MESSAGE_HOLDS, NULL);
    return (is_assert && truth == TRUTH_FALSE) || has_errors(diags) ? STATUS_FINDINGS
                                                                     : STATUS_FINE;
}

static Status run_command(Program *program, const Tree *tree, NodeId node)
{
    const Node *command = tree_node(tree, node);
    const char *word = names_text(tree->names, command->data);
    NodeId rest = node_child(tree, node, 0);
    size_t length = 0;
    const char *text = rest ? tree_text(tree, rest, &length) : "";
    char *copy = malloc(length + 1), *name = strdup(word);
    if (!copy || !name) {
        free(copy);
        free(name);
        return STATUS_INTERNAL;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    /* The command may load another file: nothing of the tree is used after it. */
    Status status = command_run(program, name, strlen(name), copy);
    free(copy);
    free(name);
    return status;
}

/* ---- What is of a file --------------------------------------------------------------- */

/* Does a kind begin like this, in any language, also one of an extension? */
static bool is_kind(const Snapshot *snapshot, NameId word)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(snapshot_words(snapshot),
                                                 snapshot_names(snapshot), word, &count);
    for (size_t i = 0; i < count; i++)
        if (meanings[i].role == ROLE_KIND)
            return true;
    return false;
}

/* `list partners`, where `:list partners` was meant; NULL: the word is no command of the prompt. */
static const char *as_command(Program *program, Arena *arena, const char *line, size_t length)
{
    size_t word = strcspn(line, " \t\r\n");
    Command command = command_find(program, line, word < length ? word : length, true);
    if (!command.row || !command.is_whole)
        return NULL;
    while (length > 0 && strchr(" \t\r\n", line[length - 1]))
        length--;
    return arena_format(arena, ":%.*s", (int)length, line);
}

/* A line that begins with no word of the language: said as it is said of a file, in which nothing
 * but this line is written, at its place; then how a question is asked, or which command it is. */
static void say_unknown(Program *program, Arena *arena, const Tree *tree, NodeId node)
{
    const Source *source = tree->source;
    const Node *line = tree_node(tree, node);
    size_t end = line->next ? tree_node(tree, line->next)->start : source->length;
    char *alone = arena_copy(arena, source->text, end);
    for (size_t i = 0; i < line->start; i++)
        if (alone[i] != '\n')
            alone[i] = ' ';
    Reading reading = {.words = snapshot_words(program->snapshot),
                       .vocabulary = snapshot_vocabulary(program->snapshot),
                       .language = tree->language, .is_script = true};
    Snapshot *read = snapshot_read_text(&program->env, &reading, source->path, alone, end);
    const Diags *all = read ? snapshot_diags(read) : NULL;
    Diags shown;
    diags_init(&shown, arena);
    for (size_t i = 0; all && i < all->count && shown.count == 0; i++) {
        Diag *diag = all->items[i];
        if (diag->text.message != MESSAGE_UNKNOWN_STATEMENT)
            continue;
        size_t length = strcspn(alone + line->start, "\n");
        const char *command = as_command(program, arena, alone + line->start, length);
        if (command)            /* rather than words that are spelt nearly so */
            diag->help = diag->last_help = NULL;
        DiagHelp *help = diag_help(&shown, diag, command ? MESSAGE_HELP_COLON_COMMAND
                                                         : MESSAGE_HELP_ASK, EDIT_NONE);
        if (command)
            diag_text_arg(&shown, &help->text, (DiagArg){.name = "right", .kind = ARG_TEXT,
                                                         .text = command});
        shown.items = &all->items[i];
        shown.count = shown.errors = 1;
    }
    ReportChoice choice = program_report_choice(program);
    out_flush(&program->out);
    report_diags(&program->err, arena, &choice, &shown);
    snapshot_free(read);
}

/* Declarations and edits are part of a file, not yet of the prompt; in a script they were read
 * when it was loaded. */
static Status run_declaration(Program *program, Arena *arena, const Tree *tree, NodeId node)
{
    const Node *declaration = tree_node(tree, node);
    if (program->script)
        return STATUS_FINE;
    if (declaration->kind == NODE_DECLARATION
        && !is_kind(program->snapshot, (NameId)declaration->data)) {
        say_unknown(program, arena, tree, node);
        return STATUS_FINDINGS;
    }
    say_line(program, program->at_prompt ? &program->out : &program->err, MESSAGE_EDIT_THE_FILE,
             NULL);
    return STATUS_USAGE;
}

/* One statement of a tree. */
static Status run_one(Program *program, const Tree *tree, NodeId node)
{
    NodeKind kind = (NodeKind)tree_node(tree, node)->kind;
    Status status = STATUS_FINE;
    if (kind == NODE_COMMAND)
        return run_command(program, tree, node);
    if (tree_node(tree, node)->flags & NODE_POISONED)
        return STATUS_FINDINGS;
    Arena *arena = scratch_new(program);
    Diags diags;
    diags_init(&diags, arena);
    diags.limit = program->env.limits.diagnostics;
    Evaluation *evaluation = evaluation_new(program->snapshot, alliance_of(program), &diags);
    switch (kind) {
    case NODE_SHOW:
        status = answer_pipe(program, evaluation, tree, node_child(tree, node, 0), &diags);
        break;
    case NODE_ASSERT:
    case NODE_CHECK:
        status = run_test(program, evaluation, tree, node, &diags);
        break;
    case NODE_QUERY:
        if (program->at_prompt)
            status = answer_pipe(program, evaluation, tree, node_child(tree, node, 1), &diags);
        break;
    case NODE_HEADER:
    case NODE_DOC:
        break;
    case NODE_PIPE:
    case NODE_PATH:
    case NODE_CALL:
    case NODE_AMOUNT:
    case NODE_DATE:
    case NODE_TEXT:
    case NODE_TODAY:
    case NODE_BINARY:
    case NODE_COMPARE:
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
    case NODE_IS:
    case NODE_IN:
    case NODE_CONTAINS:
    case NODE_MATCHES:
    case NODE_QUANTIFIED:
        status = answer_pipe(program, evaluation, tree, node, &diags);
        break;
    default:
        status = run_declaration(program, arena, tree, node);
        break;
    }
    show_diags(program, arena, &diags);
    evaluation_free(evaluation);
    arena_free(arena);
    return status;
}

/* Reads a text with the names of what is loaded. */
static Tree *read_statements(Program *program, Arena *arena, Source *source, LangId language,
                             ParseMode mode, Diags *diags)
{
    diags_init(diags, arena);
    diags->limit = program->env.limits.diagnostics;
    return parse(arena, snapshot_names(program->snapshot), program->words, source, language,
                 mode, diags);
}

/* The statements of an input in order; a command may replace what is loaded. */
static Status run_input(Program *program, const char *name, const char *text, size_t length,
                        bool keep_going)
{
    Status status = STATUS_FINE;
    size_t done = 0;
    for (;;) {
        /* A command may have replaced the snapshot: read again with its names. */
        Arena *arena = scratch_new(program);
        Diags diags;
        Source *source = source_new(arena, name, text, length);
        Tree *tree = read_statements(program, arena, source, input_language(program),
                                     PARSE_PROMPT, &diags);
        if (done == 0 && diags.count > 0)
            show_diags(program, arena, &diags);
        if (diags.errors > 0) {
            arena_free(arena);
            return STATUS_FINDINGS;
        }
        NodeId node = node_child(tree, TREE_ROOT, (unsigned)done);
        if (!node) {
            arena_free(arena);
            return status;
        }
        Status one = run_one(program, tree, node);
        arena_free(arena);
        done++;
        status = status_join(status, one);
        if ((one != STATUS_FINE && !keep_going) || program->wants_to_leave
            || *program->cancel)
            return status;
    }
}

Status statement_input(Program *program, const char *name, const char *text, size_t length,
                       bool keep_going)
{
    if (!program->snapshot && !program_load_text(program, name, "", 0))
        return STATUS_INTERNAL;
    /* A command may forget the file that the text came from. */
    char *copy = malloc(length + 1);
    if (!copy)
        return STATUS_INTERNAL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    Status status = run_input(program, name, copy, length, keep_going);
    free(copy);
    return status;
}

/* ---- Scripts ------------------------------------------------------------------------- */

static Status script_errors(Program *program)
{
    const Diags *diags = snapshot_diags(program->snapshot);
    Arena *arena = scratch_new(program);
    ReportChoice choice = program_report_choice(program);
    report_diags(&program->err, arena, &choice, diags);
    arena_free(arena);
    return diags->errors > 0 ? STATUS_FINDINGS : STATUS_FINE;
}

/* The statements of a script in order, each read with the names of what is then loaded. */
static Status run_script(Program *program, const char *path, const OpenedFile *opened,
                         LangId language, bool keep_going)
{
    Status status = STATUS_FINE;
    for (unsigned done = 0;; done++) {
        Arena *arena = scratch_new(program);
        Diags diags;
        Source *source = source_new(arena, path, opened->text, opened->length);
        Tree *tree = read_statements(program, arena, source, language, PARSE_SCRIPT, &diags);
        NodeId node = node_child(tree, TREE_ROOT, done);
        Status one = node ? run_one(program, tree, node) : STATUS_FINE;
        arena_free(arena);
        status = status_join(status, one);
        if (!node || (one != STATUS_FINE && !keep_going) || program->wants_to_leave
            || *program->cancel)
            return status;
    }
}

Status statement_script(Program *program, const char *path, bool keep_going)
{
    OpenedFile opened;
    Status status = STATUS_FINE;
    char *only[] = {(char *)(uintptr_t)path};
    program->reads_script = true;
    bool loaded = program_load(program, only, 1, &status);
    program->reads_script = false;
    if (!loaded)
        return status;
    status = script_errors(program);
    if (status != STATUS_FINE && !keep_going)
        return status;
    if (files_open(program->files, path, NULL, &opened) != OPEN_OK)
        return STATUS_FILE;
    /* `:load` forgets what was read: the script's text is kept aside. */
    char *text = malloc(opened.length + 1);
    if (!text)
        return STATUS_INTERNAL;
    memcpy(text, opened.text, opened.length);
    opened.text = text;
    const char *outer = program->script;
    program->script = path;
    status = status_join(status, run_script(program, path, &opened,
                                            snapshot_language(program->snapshot, 0),
                                            keep_going));
    program->script = outer;
    free(text);
    return status;
}
