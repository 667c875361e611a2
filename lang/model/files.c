/* files.c -- reads a root file with all that it imports, and says which files share names.
 *
 * A file is read once however many times it is imported.  Opening is the caller's business
 * (env->open_file): here stand only the rules that hold everywhere, such as circles, depth and
 * paths that no project may write.
 */
#include "lang/model/snapshot_rows.h"

#include <string.h>

#include "lang/syntax/parser.h"

enum { BYTES_PER_NAME = 128 };  /* about, in a large file: rather too few names than too many */

typedef struct Step {           /* an import being followed */
    uint32_t file;
    NodeId node;
} Step;

typedef struct Loader {
    Snapshot *snapshot;
    Step *steps;
    unsigned depth;
    uint64_t bytes;             /* of all files of this root */
    uint32_t files;             /* opened for this root */
} Loader;

typedef struct Asked {          /* a file that a statement names */
    uint32_t from;              /* the file of the statement, or FILE_NONE */
    NodeId node;                /* its TEXT */
    const char *path;
    bool is_extension;
} Asked;

/* ---- Failures ------------------------------------------------------------------------- */

static MessageId failure_message(OpenResult result, bool is_extension)
{
    switch (result) {
    case OPEN_OUTSIDE:
        return MESSAGE_IMPORT_OUTSIDE;
    case OPEN_NOT_A_FILE:
        return MESSAGE_IMPORT_NOT_A_FILE;
    case OPEN_UNREADABLE:
    case OPEN_NO_MEMORY:
        return MESSAGE_IMPORT_UNREADABLE;
    case OPEN_TOO_LARGE:
        return MESSAGE_FILE_TOO_LARGE;
    case OPEN_NOT_FOUND:
    case OPEN_OK:
        break;
    }
    return is_extension ? MESSAGE_EXTENSION_NOT_FOUND : MESSAGE_IMPORT_NOT_FOUND;
}

static void report_failure(Loader *loader, const Asked *asked, MessageId message)
{
    Snapshot *snapshot = loader->snapshot;
    Diags *diags = &snapshot->diags;
    Diag *diag;
    if (asked->from == FILE_NONE) {
        Source *source = source_new(snapshot->arena, asked->path, "", 0);
        diag = diag_add(diags, message, source, (Span){0, 0}, snapshot->language);
    } else {
        const FileRow *file = &snapshot->files[asked->from];
        Span span = node_span(tree_node(file->tree, asked->node));
        diag = diag_add(diags, message, file->source, span, file->tree->language);
        if (!asked->is_extension)
            diag_note(diags, diag, MESSAGE_NOTE_IMPORT_NAMES);
    }
    diag_arg_text(diags, diag, "path", asked->path, strlen(asked->path));
    if (message == MESSAGE_IMPORT_NOT_FOUND || message == MESSAGE_EXTENSION_NOT_FOUND)
        diag_help(diags, diag, MESSAGE_HELP_IMPORT_PATH, EDIT_NONE);
    if (message == MESSAGE_IMPORT_OUTSIDE)
        diag_help(diags, diag, MESSAGE_HELP_IMPORT_INSIDE, EDIT_NONE);
    if (message == MESSAGE_TOO_MANY_IMPORTS)
        diag_arg_number(diags, diag, "limit", (int64_t)snapshot->env->limits.import_files);
    if (message == MESSAGE_IMPORTS_TOO_DEEP)
        diag_arg_number(diags, diag, "limit", (int64_t)snapshot->env->limits.import_depth);
}

static void report_circle(Loader *loader, const Asked *asked, uint32_t closed)
{
    Snapshot *snapshot = loader->snapshot;
    Diags *diags = &snapshot->diags;
    const FileRow *file = &snapshot->files[asked->from];
    Span span = node_span(tree_node(file->tree, asked->node));
    Diag *diag = diag_add(diags, MESSAGE_IMPORT_CIRCLE, file->source, span,
                          file->tree->language);
    unsigned first = 0;
    while (first < loader->depth && loader->steps[first].file != closed)
        first++;
    for (unsigned i = first; i < loader->depth; i++) {
        const FileRow *step = &snapshot->files[loader->steps[i].file];
        const FileRow *next = i + 1 < loader->depth
            ? &snapshot->files[loader->steps[i + 1].file] : &snapshot->files[closed];
        Span at = node_span(tree_node(step->tree, loader->steps[i].node));
        DiagHelp *note = diag_note(diags, diag, MESSAGE_NOTE_CIRCLE_STEP);
        diag_text_arg(diags, &note->text,
                      (DiagArg){.name = "file", .kind = ARG_TEXT, .text = step->path});
        diag_text_arg(diags, &note->text,
                      (DiagArg){.name = "line", .kind = ARG_NUMBER,
                                .number = source_position(step->source, at.start).line});
        diag_text_arg(diags, &note->text,
                      (DiagArg){.name = "other", .kind = ARG_TEXT, .text = next->path});
    }
    diag_help(diags, diag, MESSAGE_HELP_CIRCLE, EDIT_NONE);
}

/* ---- Files by path -------------------------------------------------------------------- */

static uint32_t hash_path(const char *path)
{
    uint32_t hash = 2166136261u;
    for (; *path; path++)
        hash = (hash ^ (unsigned char)*path) * 16777619u;
    return hash;
}

/* The slot of a path: its file, or the free slot where it belongs (file + 1; 0: free). */
static uint32_t *path_slot(Snapshot *snapshot, const char *path)
{
    uint32_t mask = snapshot->path_capacity - 1;
    for (uint32_t i = hash_path(path) & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &snapshot->paths[i];
        if (*slot == 0 || strcmp(snapshot->files[*slot - 1].path, path) == 0)
            return slot;
    }
}

static void remember_path(Snapshot *snapshot, uint32_t file)
{
    if ((snapshot->file_count + 1) * 2 > snapshot->path_capacity) {
        uint32_t capacity = snapshot->path_capacity ? snapshot->path_capacity * 2 : 64;
        snapshot->paths = arena_array(snapshot->arena, capacity, sizeof *snapshot->paths);
        snapshot->path_capacity = capacity;
        for (uint32_t i = 0; i < snapshot->file_count; i++)
            if (i != file)
                *path_slot(snapshot, snapshot->files[i].path) = i + 1;
    }
    *path_slot(snapshot, snapshot->files[file].path) = file + 1;
}

static uint32_t find_path(Snapshot *snapshot, const char *path)
{
    if (!snapshot->path_capacity)
        return FILE_NONE;
    uint32_t slot = *path_slot(snapshot, path);
    return slot ? slot - 1 : FILE_NONE;
}

/* ---- Reading -------------------------------------------------------------------------- */

static void load_statements(Loader *loader, uint32_t file);

static uint32_t read_text(Loader *loader, const char *path, const char *shown,
                          const char *text, size_t length, ParseMode mode)
{
    Snapshot *snapshot = loader->snapshot;
    uint32_t index = (uint32_t)snapshot->file_count;
    snapshot->files = arena_grow(snapshot->arena, snapshot->files, &snapshot->file_capacity,
                                 snapshot->file_count + 1, sizeof *snapshot->files);
    snapshot->file_count++;

    names_reserve(snapshot->names, length / BYTES_PER_NAME);
    Source *source = source_new(snapshot->arena, shown, text, length);
    source->index = index;
    FileRow *row = &snapshot->files[index];
    row->path = path;
    row->source = source;
    row->tree = parse(snapshot->arena, snapshot->names, snapshot->words, source,
                      snapshot->language, mode, &snapshot->diags);
    row->is_incomplete = row->tree->stopped;
    remember_path(snapshot, index);
    return index;
}

/* Paths that no file may write, whatever the folder: the program never sees them. */
static bool path_is_refused(const char *path)
{
    if (path[0] == '/' || path[0] == '~' || strchr(path, '\\'))
        return true;
    bool letter = (path[0] >= 'a' && path[0] <= 'z') || (path[0] >= 'A' && path[0] <= 'Z');
    return letter && path[1] == ':';
}

static OpenResult open_asked(Loader *loader, const Asked *asked, OpenedFile *opened)
{
    const Snapshot *snapshot = loader->snapshot;
    const Env *env = snapshot->env;
    const char *from = NULL;
    if (asked->from != FILE_NONE) {
        from = snapshot->files[asked->from].path;
        if (path_is_refused(asked->path))
            return OPEN_OUTSIDE;
    }
    if (!env->open_file)
        return OPEN_NOT_FOUND;
    OpenResult result = env->open_file(env->files, asked->path, from, opened);
    if (result == OPEN_OK && opened->length > env->limits.file_bytes)
        return OPEN_TOO_LARGE;
    return result;
}

/* The file that a statement names, read if it was not yet; FILE_NONE after a failure. */
static uint32_t load(Loader *loader, const Asked *asked, ParseMode mode)
{
    Snapshot *snapshot = loader->snapshot;
    const Limits *limits = &snapshot->env->limits;
    OpenedFile opened = {0};
    OpenResult result = open_asked(loader, asked, &opened);
    if (result != OPEN_OK) {
        report_failure(loader, asked, failure_message(result, asked->is_extension));
        return FILE_NONE;
    }
    uint32_t known = find_path(snapshot, opened.path);
    if (known != FILE_NONE) {
        if (!snapshot->files[known].is_loading)
            return known;
        report_circle(loader, asked, known);
        return FILE_NONE;
    }
    loader->bytes += opened.length;
    if (++loader->files > limits->import_files || loader->bytes > limits->import_bytes) {
        report_failure(loader, asked, MESSAGE_TOO_MANY_IMPORTS);
        return FILE_NONE;
    }
    if (loader->depth > limits->import_depth) {
        report_failure(loader, asked, MESSAGE_IMPORTS_TOO_DEEP);
        return FILE_NONE;
    }
    uint32_t file = read_text(loader, arena_copy(snapshot->arena, opened.path,
                                                 strlen(opened.path)),
                              opened.path, opened.text, opened.length, mode);
    if (!asked->is_extension)
        load_statements(loader, file);
    return file;
}

static const char *asked_path(Snapshot *snapshot, const Tree *tree, NodeId text)
{
    size_t length;
    const char *bytes = tree_text(tree, text, &length);
    return arena_copy(snapshot->arena, bytes, length);
}

static void load_import(Loader *loader, uint32_t file, NodeId statement)
{
    Snapshot *snapshot = loader->snapshot;
    const Tree *tree = snapshot->files[file].tree;
    NodeId text = node_child_of(tree, statement, NODE_TEXT);
    NodeId space = node_child_of(tree, statement, NODE_WORD);
    Import import = {.node = statement, .file = FILE_NONE, .space_node = space};
    if (space)
        import.space = names_folded(snapshot->names, tree_node(tree, space)->data);

    if (text && !(tree_node(tree, statement)->flags & NODE_POISONED)) {
        loader->steps[loader->depth++] = (Step){file, text};
        Asked asked = {.from = file, .node = text, .path = asked_path(snapshot, tree, text)};
        import.file = load(loader, &asked, PARSE_FILE);
        loader->depth--;
    }
    FileRow *row = &snapshot->files[file];
    if (import.file == FILE_NONE && !space)
        row->is_incomplete = true;
    row->imports = arena_grow(snapshot->arena, row->imports, &row->import_capacity,
                              (size_t)row->import_count + 1, sizeof *row->imports);
    row->imports[row->import_count++] = import;
}

static void load_extension(Loader *loader, uint32_t file, NodeId statement)
{
    Snapshot *snapshot = loader->snapshot;
    const Tree *tree = snapshot->files[file].tree;
    NodeId text = node_child_of(tree, statement, NODE_TEXT);
    if (!text || (tree_node(tree, statement)->flags & NODE_POISONED))
        return;
    size_t before = snapshot->file_count;
    Asked asked = {.from = file, .node = text, .path = asked_path(snapshot, tree, text),
                   .is_extension = true};
    uint32_t extension = load(loader, &asked, PARSE_FILE);
    if (extension == FILE_NONE || snapshot->file_count == before)
        return;
    if (!snapshot->own_vocabulary) {
        snapshot->own_vocabulary = vocabulary_extend(snapshot->arena, snapshot->vocabulary);
        snapshot->own_words = words_extend(snapshot->arena, snapshot->words);
        snapshot->vocabulary = snapshot->own_vocabulary;
        snapshot->words = snapshot->own_words;
    }
    vocabulary_read(snapshot->own_vocabulary, snapshot->own_words,
                    snapshot->files[extension].tree, &snapshot->diags);
}

static void load_statements(Loader *loader, uint32_t file)
{
    Snapshot *snapshot = loader->snapshot;
    const Tree *tree = snapshot->files[file].tree;
    snapshot->files[file].is_loading = true;
    NodeId id = tree->names_files ? tree_node(tree, TREE_ROOT)->child : 0;
    for (; id; id = tree_node(tree, id)->next) {
        NodeKind kind = (NodeKind)tree_node(tree, id)->kind;
        if (kind == NODE_IMPORT)
            load_import(loader, file, id);
        else if (kind == NODE_EXTENSION)
            load_extension(loader, file, id);
        else if (kind == NODE_BASE && !snapshot->files[file].base)
            snapshot->files[file].base = id;
    }
    FileRow *row = &snapshot->files[file];
    row->is_loading = false;
    if (row->base)
        row->is_incomplete = true;
}

static Loader loader_new(Snapshot *snapshot)
{
    size_t depth = (size_t)snapshot->env->limits.import_depth + 2;
    return (Loader){.snapshot = snapshot,
                    .steps = arena_array(snapshot->arena, depth, sizeof(Step))};
}

static ParseMode mode_of_root(const Reading *reading, const char *path)
{
    return parse_mode(path, reading->is_script ? PARSE_SCRIPT : PARSE_FILE);
}

uint32_t files_load(Snapshot *snapshot, const Reading *reading, const char *path)
{
    Loader loader = loader_new(snapshot);
    Asked asked = {.from = FILE_NONE, .path = path};
    return load(&loader, &asked, mode_of_root(reading, path));
}

uint32_t files_load_text(Snapshot *snapshot, const Reading *reading, const char *path,
                         const char *text, size_t length)
{
    Loader loader = loader_new(snapshot);
    const char *kept = arena_copy(snapshot->arena, path, strlen(path));
    uint32_t file = read_text(&loader, kept, kept, arena_copy(snapshot->arena, text, length),
                              length, mode_of_root(reading, path));
    load_statements(&loader, file);
    return file;
}

/* ---- Scopes --------------------------------------------------------------------------- */

typedef struct Waiting {        /* files imported `as` a space: they get a scope of their own */
    uint32_t *files;
    size_t count, capacity;
} Waiting;

static uint32_t scope_new(Snapshot *snapshot, uint32_t alliance)
{
    snapshot->scopes = arena_grow(snapshot->arena, snapshot->scopes,
                                  &snapshot->scope_capacity, snapshot->scope_count + 1,
                                  sizeof *snapshot->scopes);
    uint32_t scope = (uint32_t)snapshot->scope_count++;
    snapshot->scopes[scope].alliance = alliance;
    snapshot->scopes[scope].merged = scope;
    return scope;
}

uint32_t scope_find(Snapshot *snapshot, uint32_t scope)
{
    while (snapshot->scopes[scope].merged != scope)
        scope = snapshot->scopes[scope].merged;
    return scope;
}

static bool file_has_scope(const Snapshot *snapshot, uint32_t file, uint32_t alliance)
{
    uint32_t scope = snapshot->files[file].scope;
    return scope && snapshot->scopes[scope - 1].alliance == alliance;
}

/* Follows a file that shares the names of `scope`.  A file that two spaces import without `as`
 * makes one of both. */
static void share_scope(Snapshot *snapshot, uint32_t file, uint32_t scope, Waiting *waiting)
{
    FileRow *row = &snapshot->files[file];
    if (file_has_scope(snapshot, file, snapshot->scopes[scope].alliance)) {
        uint32_t other = scope_find(snapshot, row->scope - 1);
        snapshot->scopes[other].merged = scope_find(snapshot, scope);
        return;
    }
    row->scope = scope + 1;
    for (uint32_t i = 0; i < row->import_count; i++) {
        const Import *import = &row->imports[i];
        if (import->file == FILE_NONE)
            continue;
        if (!import->space) {
            share_scope(snapshot, import->file, scope, waiting);
            continue;
        }
        waiting->files = arena_grow(snapshot->arena, waiting->files, &waiting->capacity,
                                    waiting->count + 1, sizeof *waiting->files);
        waiting->files[waiting->count++] = import->file;
    }
}

/* Names that a failed import would have given are missing in every file of its scope. */
static void mark_incomplete(Snapshot *snapshot, uint32_t file, uint32_t alliance)
{
    FileRow *row = &snapshot->files[file];
    if (row->visited == alliance + 1)
        return;
    row->visited = alliance + 1;
    if (row->is_incomplete)
        snapshot->scopes[scope_find(snapshot, row->scope - 1)].is_incomplete = true;
    for (uint32_t i = 0; i < row->import_count; i++)
        if (row->imports[i].file != FILE_NONE)
            mark_incomplete(snapshot, row->imports[i].file, alliance);
}

void files_scope(Snapshot *snapshot, uint32_t alliance)
{
    uint32_t root = snapshot->alliances[alliance].file;
    Waiting waiting = {0};
    share_scope(snapshot, root, scope_new(snapshot, alliance), &waiting);
    for (size_t i = 0; i < waiting.count; i++)
        if (!file_has_scope(snapshot, waiting.files[i], alliance))
            share_scope(snapshot, waiting.files[i], scope_new(snapshot, alliance), &waiting);
    mark_incomplete(snapshot, root, alliance);
    snapshot->alliances[alliance].scope = scope_find(snapshot, snapshot->files[root].scope - 1);
}
