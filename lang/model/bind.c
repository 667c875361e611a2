/* bind.c -- goes through the files of an alliance: first the rows, then their values. */
#include "lang/model/bind.h"

#include <string.h>

/* ---- Diagnostics about the file being bound -------------------------------------------- */

Diag *bind_report_span(Binder *binder, MessageId message, Span span)
{
    const FileRow *file = &binder->snapshot->files[binder->file];
    return diag_add(&binder->snapshot->diags, message, file->source, span, binder->language);
}

Diag *bind_report(Binder *binder, MessageId message, NodeId node)
{
    return bind_report_span(binder, message, node_span(bind_node(binder, node)));
}

DiagHelp *bind_help(Binder *binder, Diag *diag, MessageId text, Confidence confidence)
{
    return diag_help(&binder->snapshot->diags, diag, text, confidence);
}

void bind_help_write(Binder *binder, Diag *diag, Confidence confidence, Span span,
                     const char *text)
{
    DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_WRITE, confidence);
    bind_help_arg(binder, help, "right", text);
    bind_edit(binder, help, span, text);
}

void bind_edit(Binder *binder, DiagHelp *help, Span span, const char *text)
{
    Snapshot *snapshot = binder->snapshot;
    diag_edit(&snapshot->diags, help, snapshot->files[binder->file].source, span, text);
}

void bind_arg_name(Binder *binder, Diag *diag, const char *placeholder, NameId name)
{
    const Names *names = binder->snapshot->names;
    diag_arg_text(&binder->snapshot->diags, diag, placeholder, names_text(names, name),
                  names_length(names, name));
}

void bind_arg_source(Binder *binder, Diag *diag, const char *placeholder, Span span)
{
    const Source *source = binder->snapshot->files[binder->file].source;
    diag_arg_text(&binder->snapshot->diags, diag, placeholder, source->text + span.start,
                  span.end - span.start);
}

void bind_help_arg(Binder *binder, DiagHelp *help, const char *placeholder, const char *text)
{
    diag_text_arg(&binder->snapshot->diags, &help->text,
                  (DiagArg){.name = placeholder, .kind = ARG_TEXT, .text = text});
}

const char *bind_source_text(Binder *binder, Span span)
{
    const Source *source = binder->snapshot->files[binder->file].source;
    return arena_copy(binder->snapshot->arena, source->text + span.start,
                      span.end - span.start);
}

void bind_enter(Binder *binder, uint32_t file)
{
    FileRow *row = &binder->snapshot->files[file];
    binder->file = file;
    binder->tree = row->tree;
    binder->language = row->tree->language;
    binder->scope = scope_find(binder->snapshot, row->scope - 1);
}

/* ---- First pass: rows ------------------------------------------------------------------ */

/* `##` lines stand before what they speak about; kept until the values are read. */
static void remember_docs(Binder *binder, NodeId doc, EntityId entity)
{
    binder->docs = arena_grow(binder->scratch, binder->docs, &binder->doc_capacity,
                              binder->doc_count + 1, sizeof *binder->docs);
    binder->docs[binder->doc_count++] = (EntityDoc){entity, doc};
}

static EntityId add_row(Binder *binder, NodeId node, EntityId owner)
{
    Snapshot *snapshot = binder->snapshot;
    /* One before the first, one behind the last: where its records end. */
    snapshot->entities = arena_grow(snapshot->arena, snapshot->entities,
                                    &snapshot->entity_capacity, snapshot->entity_count + 3,
                                    sizeof *snapshot->entities);
    EntityId entity = (EntityId)++snapshot->entity_count;
    snapshot->entities[entity] =
        (EntityRow){.file = binder->file, .node = node, .owner = owner};
    return entity;
}

static bool has_room(Binder *binder, NodeId node)
{
    Snapshot *snapshot = binder->snapshot;
    if (snapshot->entity_count < snapshot->env->limits.entities)
        return true;
    if (!binder->is_full) {
        Diag *diag = bind_report(binder, MESSAGE_TOO_MANY_ENTITIES, node);
        diag_arg_number(&snapshot->diags, diag, "limit",
                        (int64_t)snapshot->env->limits.entities);
    }
    binder->is_full = true;
    return false;
}

static EntityId declare(Binder *binder, NodeId node, EntityId owner, NodeId doc);

/* The declarations in a block, in order, chained as children of their owner. */
static void declare_children(Binder *binder, NodeId block, EntityId owner)
{
    EntityId last = 0;
    NodeId doc = 0;
    for (NodeId id = bind_node(binder, block)->child; id; id = bind_node(binder, id)->next) {
        NodeKind kind = (NodeKind)bind_node(binder, id)->kind;
        if (kind == NODE_DOC) {
            doc = doc ? doc : id;
            continue;
        }
        if (kind == NODE_DECLARATION) {
            EntityId child = declare(binder, id, owner, doc);
            EntityRow *rows = binder->snapshot->entities;
            if (child && last)
                rows[last].next_sibling = child;
            else if (child)
                rows[owner].first_child = child;
            last = child ? child : last;
        } else if (kind == NODE_ADD || kind == NODE_DROP) {
            bind_statement(binder, id);
        }
        doc = 0;
    }
}

static EntityId declare(Binder *binder, NodeId node, EntityId owner, NodeId doc)
{
    Snapshot *snapshot = binder->snapshot;
    if (!has_room(binder, node))
        return 0;
    EntityId entity = add_row(binder, node, owner);
    EntityRow row = snapshot->entities[entity];
    KindId owner_kind = owner ? snapshot->entities[owner].kind : 0;
    bool in_nothing = owner && owner_kind == 0;     /* its owner could not be read */
    if (in_nothing)
        bind_poison(binder, node);
    bind_head(binder, node, owner_kind, &row);
    if (row.kind == 0 && owner) {           /* an item that is nothing: reported, and gone */
        snapshot->entity_count--;
        return 0;
    }
    snapshot->entities[entity] = row;
    if (doc)
        remember_docs(binder, doc, entity);
    if (row.name && !bind_declare(binder, entity))
        snapshot->entities[entity].flags |= ENTITY_POISONED;

    NodeId block = node_child_of(binder->tree, node, NODE_BLOCK);
    if (block)
        declare_children(binder, block, entity);
    return entity;
}

static void check_alliance(Binder *binder, EntityId entity)
{
    Snapshot *snapshot = binder->snapshot;
    AllianceRow *alliance = &snapshot->alliances[binder->alliance];
    EntityRow *row = &snapshot->entities[entity];
    MessageId message = 0;
    if (binder->file != alliance->file)
        message = MESSAGE_ALLIANCE_IN_IMPORT;
    else if (alliance->entity)
        message = MESSAGE_SECOND_ALLIANCE;
    if (!message) {
        alliance->entity = entity;
        return;
    }
    if (!(row->flags & ENTITY_POISONED)) {
        Diag *diag = bind_report(binder, message, row->node);
        if (message == MESSAGE_SECOND_ALLIANCE) {
            const EntityRow *first = &snapshot->entities[alliance->entity];
            diag_related(&snapshot->diags, diag, MESSAGE_LABEL_FIRST_ALLIANCE,
                         snapshot->files[first->file].source,
                         node_span(tree_node(snapshot->files[first->file].tree, first->node)));
            bind_help(binder, diag, MESSAGE_HELP_ONE_ALLIANCE, EDIT_NONE);
        } else {
            bind_help(binder, diag, MESSAGE_HELP_ALLIANCE_IN_IMPORT, EDIT_NONE);
        }
    }
    row->kind = 0;
    row->flags |= ENTITY_POISONED;
}

static void declare_file(Binder *binder, uint32_t file);

static void declare_import(Binder *binder, uint32_t file, NodeId statement)
{
    const FileRow *row = &binder->snapshot->files[file];
    for (uint32_t i = 0; i < row->import_count; i++)
        if (row->imports[i].node == statement && row->imports[i].file != FILE_NONE) {
            declare_file(binder, row->imports[i].file);
            bind_enter(binder, file);
            return;
        }
}

/* The rows of a file, an import being read at its place. */
static void declare_file(Binder *binder, uint32_t file)
{
    Snapshot *snapshot = binder->snapshot;
    if (snapshot->files[file].declared == binder->alliance + 1)
        return;
    snapshot->files[file].declared = binder->alliance + 1;
    bind_enter(binder, file);
    bind_spaces(binder, file);

    NodeId doc = 0;
    for (NodeId id = bind_node(binder, TREE_ROOT)->child; id; id = bind_node(binder, id)->next) {
        switch ((NodeKind)bind_node(binder, id)->kind) {
        case NODE_DOC:
            doc = doc ? doc : id;
            continue;
        case NODE_IMPORT:
            declare_import(binder, file, id);
            break;
        case NODE_DECLARATION: {
            EntityId entity = declare(binder, id, 0, doc);
            if (entity && snapshot->entities[entity].kind == KIND_ALLIANCE)
                check_alliance(binder, entity);
            break;
        }
        case NODE_HEADER:
        case NODE_EXTENSION:
        case NODE_ERROR:
            break;
        default:
            bind_statement(binder, id);
        }
        doc = 0;
    }
}

/* ---- Second pass: values --------------------------------------------------------------- */

static Record *add_record(Binder *binder, uint16_t property, NodeId node)
{
    Snapshot *snapshot = binder->snapshot;
    snapshot->records = arena_grow(snapshot->arena, snapshot->records,
                                   &snapshot->record_capacity, snapshot->record_count + 1,
                                   sizeof *snapshot->records);
    Record *record = &snapshot->records[snapshot->record_count++];
    *record = (Record){.property = property, .node = node};
    return record;
}

/* Binding a value may add items to other arrays, never records: the last one stays in place. */
static Record *last_record(Binder *binder)
{
    return &binder->snapshot->records[binder->snapshot->record_count - 1];
}

static void report_duplicate(Binder *binder, NodeId again, NodeId first)
{
    Diag *diag = bind_report(binder, MESSAGE_DUPLICATE_PROPERTY, again);
    bind_arg_source(binder, diag, "property", node_span(bind_node(binder, again)));
    diag_related(&binder->snapshot->diags, diag, MESSAGE_LABEL_FIRST_VALUE,
                 binder->snapshot->files[binder->file].source,
                 node_span(bind_node(binder, first)));
    bind_help(binder, diag, MESSAGE_HELP_ONE_VALUE, EDIT_NONE);
}

/* Each property once: remembers who was seen last with it. */
static NodeId seen_before(Binder *binder, EntityId entity, uint16_t property, NodeId node)
{
    SeenProperty *seen = &binder->seen[property];
    if (seen->entity == entity)
        return seen->node;
    *seen = (SeenProperty){entity, node};
    return 0;
}

static NodeId custom_seen_before(Binder *binder, EntityId entity, NameId word, NodeId node)
{
    NameId key = names_folded(binder->snapshot->names, word);
    uint32_t index = bind_number(binder, &binder->custom_names, key,
                                 (uint32_t)binder->custom_count);
    if (index == binder->custom_count)
        binder->custom = arena_grow(binder->scratch, binder->custom, &binder->custom_capacity,
                                    ++binder->custom_count, sizeof *binder->custom);
    SeenProperty *seen = &binder->custom[index];
    if (seen->entity == entity)
        return seen->node;
    *seen = (SeenProperty){entity, node};
    return 0;
}

/* `confidential: yes` and `assumption: yes` in a block are notes of the head. */
static void note_head_property(Binder *binder, EntityId entity, const Record *record)
{
    EntityRow *row = &binder->snapshot->entities[entity];
    if (record->kind != VALUE_BOOL || !record->first)
        return;
    if (record->property == PROPERTY_CONFIDENTIAL)
        row->flags |= ENTITY_CONFIDENTIAL;
    if (record->property == PROPERTY_ASSUMPTION)
        row->flags |= ENTITY_ASSUMPTION;
}

static void bind_custom_property(Binder *binder, EntityId entity, NodeId node)
{
    NodeId before = custom_seen_before(binder, entity, bind_node(binder, node)->data, node);
    if (before) {
        report_duplicate(binder, node, before);
        return;
    }
    add_record(binder, 0, node);
    Record record = {.node = node};
    bind_custom(binder, bind_node(binder, node)->child, &record);
    record.flags |= bind_notes(binder, bind_node(binder, node)->child);
    *last_record(binder) = record;
}

static void bind_one_property(Binder *binder, EntityId entity, NodeId node)
{
    const Node *property = bind_node(binder, node);
    KindId kind = binder->snapshot->entities[entity].kind;
    const PropertyInfo *info = kind ? bind_property(binder, kind, property->data) : NULL;
    if (!info || info->is_derived) {
        if (bind_is_custom(binder, property->data))
            bind_custom_property(binder, entity, node);
        else if (kind && !(property->flags & NODE_POISONED))
            bind_unknown_property(binder, node, kind);
        return;
    }
    bind_write_id(binder, node, info->id);
    NodeId before = seen_before(binder, entity, info->id, node);
    if (before) {
        report_duplicate(binder, node, before);
        return;
    }
    add_record(binder, info->id, node);
    Record record = {.property = info->id, .node = node};
    if (bind_node(binder, node)->flags & NODE_POISONED) {
        record.kind = VALUE_POISON;
    } else {
        Expected expected;
        bind_expect(binder, info, node, &expected);
        binder->owner = kind;
        bind_value(binder, bind_node(binder, node)->child, &expected, &record);
        binder->owner = 0;
    }
    record.flags |= bind_notes(binder, bind_node(binder, node)->child);
    *last_record(binder) = record;
    if (info->id == PROPERTY_CONFIDENTIAL || info->id == PROPERTY_ASSUMPTION)
        note_head_property(binder, entity, &record);
}

/* ---- An entity ------------------------------------------------------------------------- */

static void add_head_values(Binder *binder, const EntityRow *row)
{
    Record records[2];
    unsigned count = bind_head_values(binder, row, records);
    for (unsigned i = 0; i < count; i++)
        *add_record(binder, records[i].property, records[i].node) = records[i];
}

/* Several `##` lines are one note: their texts, a line each, kept with the first. */
static void join_docs(Binder *binder, NodeId first)
{
    Tree *tree = binder->tree;
    NodeId next = bind_node(binder, first)->next;
    if (!next || bind_node(binder, next)->kind != NODE_DOC || bind_node(binder, first)->data)
        return;
    char *joined = NULL;
    size_t length = 0, capacity = 0;
    for (NodeId id = first; id && bind_node(binder, id)->kind == NODE_DOC;
         id = bind_node(binder, id)->next) {
        size_t size;
        const char *text = tree_text(tree, id, &size);
        joined = arena_grow(tree->arena, joined, &capacity, length + size + 1, 1);
        if (id != first)
            joined[length++] = '\n';
        memcpy(joined + length, text, size);
        length += size;
    }
    tree->texts = arena_grow(tree->arena, tree->texts, &tree->text_capacity,
                             tree->text_count + 1, sizeof *tree->texts);
    tree->texts[tree->text_count++] = (CookedText){joined, (uint32_t)length};
    tree->nodes[first].data = (uint32_t)tree->text_count;
}

/* A `##` comment is the note of what follows it. */
static void bind_docs(Binder *binder, EntityId entity)
{
    if (binder->doc_next >= binder->doc_count
        || binder->docs[binder->doc_next].entity != entity)
        return;
    NodeId doc = binder->docs[binder->doc_next++].node;
    seen_before(binder, entity, PROPERTY_NOTE, doc);
    join_docs(binder, doc);
    Record *record = add_record(binder, PROPERTY_NOTE, doc);
    record->kind = VALUE_TEXT;
    record->first = doc;
}

static void bind_entity(Binder *binder, EntityId entity)
{
    Snapshot *snapshot = binder->snapshot;
    EntityRow *row = &snapshot->entities[entity];
    if (row->file != binder->file)
        bind_enter(binder, row->file);
    row->first_record = (uint32_t)snapshot->record_count;
    if (row->owner)
        row->flags |= snapshot->entities[row->owner].flags & ENTITY_CONFIDENTIAL;
    uint8_t notes = bind_notes(binder, bind_node(binder, row->node)->child);
    if (notes & RECORD_CONFIDENTIAL)
        row->flags |= ENTITY_CONFIDENTIAL;
    if (notes & RECORD_ASSUMPTION)
        row->flags |= ENTITY_ASSUMPTION;

    add_head_values(binder, row);
    bind_docs(binder, entity);
    NodeId block = node_child_of(binder->tree, row->node, NODE_BLOCK);
    if (!block)
        return;
    for (NodeId id = bind_node(binder, block)->child; id; id = bind_node(binder, id)->next)
        if (bind_node(binder, id)->kind == NODE_PROPERTY)
            bind_one_property(binder, entity, id);
}

/* ---- Looking ahead --------------------------------------------------------------------- */

/* In a large file a name's record and its entity are far apart in memory, and each costs a wait.
 * They are fetched one after the other while the entities before are bound. */
enum { AHEAD_RECORD = 12, AHEAD_ENTITY = 6, AHEAD_NODES = 32, FEW_ENTITIES = 4096 };

static void expect_record(Binder *binder, NameId name)
{
    NamesAhead *ahead = &binder->ahead;
    names_expect(binder->snapshot->names, name);
    ahead->names[ahead->added++ % AHEAD_NAMES] = name;
}

static void expect_entity(const Binder *binder, NameId name)
{
    const Snapshot *snapshot = binder->snapshot;
    uint32_t known = scope_lookup(snapshot, binder->scope, names_folded(snapshot->names, name));
    if (!(known & SLOT_SPACE))
        __builtin_prefetch(&snapshot->entities[known]);
}

/* The names in the nodes of an entity to come, if it is of this file. */
static void expect_names(Binder *binder, EntityId entity)
{
    const EntityRow *row = &binder->snapshot->entities[entity];
    if (row->file != binder->file)
        return;
    NodeId end = row[1].file == row->file && row[1].node > row->node ? row[1].node : row->node;
    if (end > row->node + AHEAD_NODES)
        end = row->node + AHEAD_NODES;
    for (NodeId id = row->node; id < end; id++)
        if (bind_node(binder, id)->kind == NODE_PATH)
            expect_record(binder, bind_node(binder, id)->data);
}

static void look_ahead(Binder *binder, EntityId entity, EntityId last)
{
    NamesAhead *ahead = &binder->ahead;
    if (last - entity > AHEAD_RECORD)
        expect_names(binder, entity + AHEAD_RECORD);
    ahead->until[(entity + AHEAD_RECORD) % AHEAD_ENTITIES] = ahead->added;
    uint32_t until = ahead->until[(entity + AHEAD_ENTITY) % AHEAD_ENTITIES];
    while (ahead->taken != until)
        expect_entity(binder, ahead->names[ahead->taken++ % AHEAD_NAMES]);
}

/* ---- Alliances ------------------------------------------------------------------------- */

static void bind_alliance(Binder *binder, uint32_t alliance)
{
    Snapshot *snapshot = binder->snapshot;
    AllianceRow *row = &snapshot->alliances[alliance];
    binder->alliance = alliance;
    binder->titles = NULL;
    binder->title_capacity = 0;
    binder->doc_count = binder->doc_next = 0;
    row->first = row->last = (EntityId)snapshot->entity_count + 1;
    row->first_statement = row->last_statement = (uint32_t)snapshot->statement_count;
    if (row->file == FILE_NONE)
        return;

    files_scope(snapshot, alliance);
    declare_file(binder, row->file);
    row->last = (EntityId)snapshot->entity_count + 1;
    row->last_statement = (uint32_t)snapshot->statement_count;

    binder->file = FILE_NONE;
    binder->ahead = (NamesAhead){0};
    bool is_large = row->last - row->first > FEW_ENTITIES;
    for (EntityId entity = row->first; entity < row->last; entity++) {
        if (is_large)
            look_ahead(binder, entity, row->last);
        bind_entity(binder, entity);
    }
    snapshot->entities[row->last].first_record = (uint32_t)snapshot->record_count;
    bind_statements(binder, row->first_statement, row->last_statement);
    bind_rules(binder);
}

void bind_all(Snapshot *snapshot, const Reading *reading, Arena *scratch)
{
    Binder *binder = arena_alloc(scratch, sizeof *binder);
    binder->snapshot = snapshot;
    binder->reading = reading;
    binder->scratch = scratch;
    size_t properties = (size_t)vocabulary_property_count(snapshot->vocabulary) + 1;
    binder->seen = arena_array(scratch, properties, sizeof *binder->seen);
    size_t expected = 2;
    for (size_t file = 0; file < snapshot->file_count; file++)
        expected += snapshot->files[file].tree->declarations;
    snapshot->entities = arena_grow(snapshot->arena, NULL, &snapshot->entity_capacity, expected,
                                    sizeof *snapshot->entities);
    for (uint32_t alliance = 0; alliance < snapshot->alliance_count; alliance++)
        bind_alliance(binder, alliance);
}
