/* bind_statements.c -- what is not a declaration: kept in order for those who evaluate it, and
 * what of it needs no evaluation is looked at here.
 *
 * Replicas and scenarios are understood and not evaluated yet: their words get ids, so that they
 * can be translated, their values are checked, and one note a statement says so.
 */
#include "lang/model/bind.h"

#include <string.h>

/* ---- Keeping --------------------------------------------------------------------------- */

static void keep(Binder *binder, NodeId node)
{
    Snapshot *snapshot = binder->snapshot;
    snapshot->statements = arena_grow(snapshot->arena, snapshot->statements,
                                      &snapshot->statement_capacity,
                                      snapshot->statement_count + 1,
                                      sizeof *snapshot->statements);
    snapshot->statements[snapshot->statement_count++] =
        (Statement){.kind = bind_node(binder, node)->kind, .file = binder->file,
                    .alliance = binder->alliance, .node = node};
}

static void check_base(Binder *binder, NodeId node)
{
    const FileRow *file = &binder->snapshot->files[binder->file];
    if (binder->file != binder->snapshot->alliances[binder->alliance].file) {
        Diag *diag = bind_report(binder, MESSAGE_BASE_IN_IMPORT, node);
        bind_help(binder, diag, MESSAGE_HELP_ALLIANCE_IN_IMPORT, EDIT_NONE);
        bind_poison(binder, node);
        return;
    }
    if (file->base == node)
        return;
    Diag *diag = bind_report(binder, MESSAGE_SECOND_BASE, node);
    diag_related(&binder->snapshot->diags, diag, MESSAGE_LABEL_FIRST_BASE, file->source,
                 node_span(bind_node(binder, file->base)));
    bind_poison(binder, node);
}

void bind_statement(Binder *binder, NodeId statement)
{
    if (bind_node(binder, statement)->kind == NODE_BASE)
        check_base(binder, statement);
    keep(binder, statement);
}

/* ---- Changes: replicas and scenarios --------------------------------------------------- */

static void loose_block(Binder *binder, NodeId block, KindId kind);

static void loose_property(Binder *binder, NodeId node, KindId kind)
{
    const Node *property = bind_node(binder, node);
    const PropertyInfo *info = bind_property(binder, kind, property->data);
    Record record = {.node = node};
    if (info && !info->is_derived) {
        Expected expected;
        bind_write_id(binder, node, info->id);
        bind_expect(binder, info, node, &expected);
        if (!(property->flags & NODE_POISONED))
            bind_value(binder, property->child, &expected, &record);
    } else if (bind_is_custom(binder, property->data)) {
        bind_custom(binder, property->child, &record);
    } else if (!(property->flags & NODE_POISONED)) {
        bind_unknown_property(binder, node, kind);
    }
}

/* A declaration inside a change: its head is looked at, and no row is made. */
static void loose_declaration(Binder *binder, NodeId node, KindId owner)
{
    EntityRow row = {.file = binder->file, .node = node};
    bind_head(binder, node, owner, &row);
    if (!row.kind)
        return;
    Record records[2];
    bind_head_values(binder, &row, records);
    NodeId block = node_child_of(binder->tree, node, NODE_BLOCK);
    if (block)
        loose_block(binder, block, row.kind);
}

/* `drop brings "Title"`, `drop reading 2024-01-31`: the kind of what goes. */
static void loose_drop(Binder *binder, NodeId node)
{
    NodeId word = bind_node(binder, node)->child;
    if (!word || bind_node(binder, word)->kind != NODE_WORD)
        return;
    KindId kind = bind_kind(binder, bind_node(binder, word)->data);
    if (kind)
        bind_write_id(binder, word, (uint16_t)(ID_KIND | kind));
}

/* `add role: "x"`: only lists have something added or dropped. */
static void check_list(Binder *binder, NodeId node, KindId kind)
{
    const Node *property = bind_node(binder, node);
    const PropertyInfo *info = bind_property(binder, kind, property->data);
    if (!info || info->is_derived || (property->flags & NODE_POISONED)
        || bind_is_list_type(info->type))
        return;
    Diag *diag = bind_report(binder, MESSAGE_NOT_A_LIST, node);
    bind_arg_name(binder, diag, "property", property->data);
    bind_help(binder, diag, MESSAGE_HELP_NOT_A_LIST, EDIT_EXAMPLE);
}

static void loose_block(Binder *binder, NodeId block, KindId kind)
{
    for (NodeId id = bind_node(binder, block)->child; id; id = bind_node(binder, id)->next) {
        NodeId property = bind_node(binder, id)->child;
        switch ((NodeKind)bind_node(binder, id)->kind) {
        case NODE_PROPERTY:
            loose_property(binder, id, kind);
            break;
        case NODE_DECLARATION:
            loose_declaration(binder, id, kind);
            break;
        case NODE_ADD:
        case NODE_DROP:
            if (property && bind_node(binder, property)->kind == NODE_PROPERTY) {
                loose_property(binder, property, kind);
                check_list(binder, property, kind);
            } else {
                loose_drop(binder, id);
            }
            break;
        default:
            break;
        }
    }
}

static KindId change_kind(Binder *binder, NodeId word)
{
    NameId name = bind_node(binder, word)->data;
    Span span = node_span(bind_node(binder, word));
    KindId kind = bind_kind(binder, name);
    if (!kind) {
        const WordMeaning *foreign = bind_foreign(binder, name, ROLE_KIND, 0);
        if (foreign) {
            bind_report_foreign(binder, span, name, foreign);
            kind = foreign->id;
        } else {
            Diag *diag = bind_report(binder, MESSAGE_KIND_UNKNOWN, word);
            bind_arg_name(binder, diag, "word", name);
            bind_suggest_kinds(binder, diag, span, name, PLACE_TOP | PLACE_ALLIANCE);
            return 0;
        }
    }
    bind_write_id(binder, word, (uint16_t)(ID_KIND | kind));
    return kind;
}

/* In a scenario of a file that is no replica, what goes or changes must be there. */
static void check_changed(Binder *binder, NodeId reference, KindId kind)
{
    Snapshot *snapshot = binder->snapshot;
    if (bind_node(binder, reference)->kind != NODE_PATH
        || bind_node(binder, reference)->child
        || snapshot->scopes[binder->scope].is_incomplete)
        return;
    NameId name = bind_node(binder, reference)->data;
    uint32_t known = scope_lookup(snapshot, binder->scope, names_folded(snapshot->names, name));
    if (known && !(known & SLOT_SPACE)
        && (snapshot->entities[known].kind == kind || snapshot->entities[known].kind == 0))
        return;
    Diag *diag = bind_report(binder, MESSAGE_NOTHING_TO_CHANGE, reference);
    diag_arg_word(&snapshot->diags, diag, "kind", ROLE_KIND, kind, 0);
    bind_arg_name(binder, diag, "name", name);
    bind_suggest_entities(binder, diag, node_span(bind_node(binder, reference)), name,
                          binder->scope, &kind, 1);
}

/* CHANGE and REMOVE, wherever they stand. */
static void loose_change(Binder *binder, NodeId node, bool in_scenario)
{
    NodeId word = bind_node(binder, node)->child;
    if (!word || bind_node(binder, word)->kind != NODE_WORD
        || bind_node(binder, node)->flags & NODE_POISONED)
        return;
    KindId kind = change_kind(binder, word);
    NodeId reference = bind_node(binder, word)->next;
    if (!kind || !reference)
        return;
    if (bind_node(binder, reference)->kind == NODE_PATH)
        bind_write_id(binder, reference, ID_ENTITY);
    if (in_scenario)
        check_changed(binder, reference, kind);
    NodeId block = node_child_of(binder->tree, node, NODE_BLOCK);
    if (block)
        loose_block(binder, block, kind);
}

static void loose_scenario(Binder *binder, NodeId node)
{
    NodeId block = node_child_of(binder->tree, node, NODE_BLOCK);
    if (!block)
        return;
    for (NodeId id = bind_node(binder, block)->child; id; id = bind_node(binder, id)->next) {
        NodeKind kind = (NodeKind)bind_node(binder, id)->kind;
        if (kind == NODE_CHANGE || kind == NODE_REMOVE)
            loose_change(binder, id, true);
        else if (kind == NODE_DECLARATION)
            loose_declaration(binder, id, 0);
    }
}

static void note_later(Binder *binder, NodeId node)
{
    bind_report(binder, MESSAGE_NOT_EVALUATED_YET, node);
}

/* ---- All of them ----------------------------------------------------------------------- */

static void report_no_replica(Binder *binder, NodeId node)
{
    Diag *diag = bind_report(binder, MESSAGE_NOT_A_REPLICA, node);
    bind_arg_source(binder, diag, "word", node_span(bind_node(binder, node)));
    bind_help(binder, diag, MESSAGE_HELP_EDIT_DECLARATION, EDIT_NONE);
    bind_help(binder, diag, MESSAGE_HELP_BASE_FIRST, EDIT_EXAMPLE);
}

static void bind_change(Binder *binder, NodeId node)
{
    NodeKind kind = (NodeKind)bind_node(binder, node)->kind;
    bool is_replica = binder->snapshot->files[binder->file].base != 0;
    if (bind_node(binder, node)->flags & NODE_POISONED)
        return;
    if (!is_replica) {
        report_no_replica(binder, node);
        return;
    }
    if (kind == NODE_CHANGE || kind == NODE_REMOVE)
        loose_change(binder, node, false);
    note_later(binder, node);
}

void bind_statements(Binder *binder, uint32_t first, uint32_t last)
{
    Snapshot *snapshot = binder->snapshot;
    for (uint32_t i = first; i < last; i++) {
        Statement statement = snapshot->statements[i];
        if (statement.file != binder->file)
            bind_enter(binder, statement.file);
        binder->quiet_names = statement.kind == NODE_CHANGE || statement.kind == NODE_SCENARIO;
        switch ((NodeKind)statement.kind) {
        case NODE_CHANGE: case NODE_REMOVE: case NODE_ADD: case NODE_DROP:
            bind_change(binder, statement.node);
            break;
        case NODE_SCENARIO:
            loose_scenario(binder, statement.node);
            note_later(binder, statement.node);
            break;
        case NODE_BASE:
            if (!(bind_node(binder, statement.node)->flags & NODE_POISONED))
                note_later(binder, statement.node);
            break;
        case NODE_ACCEPT:
            bind_accept(binder, statement.node);
            break;
        case NODE_SETTINGS:
            bind_settings(binder, statement.node);
            break;
        case NODE_SET:
            bind_conf_property(binder, statement.node);
            break;
        default:
            break;
        }
    }
    binder->quiet_names = false;
}
