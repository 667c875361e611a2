/* filtered.c -- the snapshot without its confidential things: what exporters see.
 *
 * Ids stay, so that what was said about an entity holds in both.  What is confidential is gone,
 * and every value that was, or that named something that is gone, is `?`.  A confidential thing
 * belongs to the partner in whose block it stands, or whom its property `partner` names, or that it
 * is itself; a confidential value to whom its thing belongs.
 */
#include <stdlib.h>
#include <string.h>

#include "lang/model/snapshot_rows.h"

enum { NODES_DEEP = 512 };      /* of a statement; deeper than the parser goes */

/* ---- Whose it is ----------------------------------------------------------------------- */

/* The audience, or the partner of its name in another alliance. */
static bool is_audience(const Snapshot *snapshot, EntityId entity, EntityId audience)
{
    const EntityRow *row = &snapshot->entities[entity], *reader = &snapshot->entities[audience];
    if (entity == audience)
        return true;
    return row->kind == reader->kind && row->name && reader->name
           && names_folded(snapshot->names, row->name)
                  == names_folded(snapshot->names, reader->name)
           && entity_alliance(snapshot, entity) != entity_alliance(snapshot, audience);
}

static bool names_audience(const Snapshot *snapshot, EntityId entity, EntityId audience)
{
    const Record *record = entity_record(snapshot, entity, PROPERTY_PARTNER);
    if (!record)
        return false;
    if (record->kind == VALUE_ENTITY)
        return is_audience(snapshot, record->first, audience);
    for (uint32_t i = 0; record->kind == VALUE_LIST && i < record->second; i++) {
        const Value *item = &snapshot->items[record->first + i];
        if (item->kind == VALUE_ENTITY && is_audience(snapshot, item->as.entity, audience))
            return true;
    }
    return false;
}

static bool belongs_to(const Snapshot *snapshot, EntityId entity, EntityId audience)
{
    for (; entity && audience; entity = snapshot->entities[entity].owner)
        if (is_audience(snapshot, entity, audience)
            || names_audience(snapshot, entity, audience))
            return true;
    return false;
}

/* ---- Hiding ---------------------------------------------------------------------------- */

/* One thing, with all that stands in its block. */
static bool is_item(const Snapshot *snapshot, EntityId entity)
{
    const EntityRow *row = &snapshot->entities[entity];
    return (row->flags & ENTITY_CONFIDENTIAL)
           && (row->owner == 0 || !(snapshot->entities[row->owner].flags & ENTITY_CONFIDENTIAL));
}

size_t snapshot_confidential(const Snapshot *snapshot)
{
    size_t count = 0;
    for (EntityId i = 1; i <= snapshot->entity_count; i++) {
        count += is_item(snapshot, i);
        if (snapshot->entities[i].flags & ENTITY_CONFIDENTIAL)
            continue;
        for (uint32_t r = snapshot->entities[i].first_record;
             r < snapshot->entities[i + 1].first_record; r++)
            count += (snapshot->records[r].flags & RECORD_CONFIDENTIAL) != 0;
    }
    return count;
}

static size_t hide_entities(Snapshot *filtered, EntityId audience)
{
    size_t hidden = 0;
    for (EntityId i = 1; i <= filtered->entity_count; i++) {
        EntityRow *row = &filtered->entities[i];
        if (!(row->flags & ENTITY_CONFIDENTIAL) || belongs_to(filtered, i, audience))
            continue;
        row->flags |= ENTITY_GONE;
        hidden += row->owner == 0 || !(filtered->entities[row->owner].flags & ENTITY_GONE);
    }
    return hidden;
}

static void make_unknown(Record *record)
{
    *record = (Record){.property = record->property, .node = record->node,
                       .kind = VALUE_UNKNOWN, .flags = RECORD_CONFIDENTIAL};
}

static bool is_gone(const Snapshot *snapshot, EntityId entity)
{
    return snapshot->entities[entity].flags & ENTITY_GONE;
}

/* A value that names something that is gone. */
static void hide_references(Snapshot *filtered, Record *record)
{
    if (record->kind == VALUE_ENTITY && is_gone(filtered, record->first)) {
        make_unknown(record);
        return;
    }
    for (uint32_t i = 0; record->kind == VALUE_LIST && i < record->second; i++) {
        Value *item = &filtered->items[record->first + i];
        if (item->kind == VALUE_ENTITY && is_gone(filtered, item->as.entity))
            *item = (Value){.kind = VALUE_UNKNOWN};
    }
}

static size_t hide_values(Snapshot *filtered, EntityId audience)
{
    size_t hidden = 0;
    for (EntityId i = 1; i <= filtered->entity_count; i++) {
        bool may_see = belongs_to(filtered, i, audience);
        for (uint32_t r = filtered->entities[i].first_record;
             r < filtered->entities[i + 1].first_record; r++) {
            Record *record = &filtered->records[r];
            if (is_gone(filtered, i)) {
                make_unknown(record);
            } else if (record->flags & RECORD_CONFIDENTIAL && !may_see) {
                make_unknown(record);
                hidden++;
            } else {
                hide_references(filtered, record);
            }
        }
    }
    return hidden;
}

/* ---- Statements ------------------------------------------------------------------------ */

static int compare_titles(const void *a, const void *b)
{
    const HiddenTitle *left = a, *right = b;
    size_t least = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->text, right->text, least);
    return order ? order : (left->length > right->length) - (left->length < right->length);
}

static void gather_titles(Snapshot *filtered)
{
    const Snapshot *whole = filtered->whole;
    size_t capacity = 0;
    for (EntityId i = 1; i <= filtered->entity_count; i++) {
        size_t length;
        const char *title = is_gone(filtered, i) ? entity_title(whole, i, &length) : NULL;
        if (!title)
            continue;
        filtered->hidden_titles =
            arena_grow(filtered->arena, filtered->hidden_titles, &capacity,
                       filtered->hidden_count + 1, sizeof *filtered->hidden_titles);
        filtered->hidden_titles[filtered->hidden_count++] = (HiddenTitle){title, length};
    }
    if (filtered->hidden_count > 0)
        qsort(filtered->hidden_titles, filtered->hidden_count, sizeof *filtered->hidden_titles,
              compare_titles);
}

static bool is_hidden_title(const Snapshot *filtered, const Tree *tree, NodeId node)
{
    HiddenTitle key;
    key.text = tree_text(tree, node, &key.length);
    return filtered->hidden_count > 0
           && bsearch(&key, filtered->hidden_titles, filtered->hidden_count, sizeof key,
                      compare_titles);
}

/* `shadow`, or `people.shadow`. */
static bool is_hidden_name(const Snapshot *filtered, const Tree *tree, NodeId node,
                           size_t alliance)
{
    const Node *path = tree_node(tree, node);
    EntityId entity = snapshot_find(filtered->whole, alliance, path->data);
    if (!entity && path->child)
        entity = snapshot_find_in_space(filtered->whole, alliance, path->data,
                                        tree_node(tree, path->child)->data);
    return entity && is_gone(filtered, entity);
}

bool snapshot_is_hidden(const Snapshot *snapshot, const Statement *statement)
{
    const Tree *tree = snapshot->files[statement->file].tree;
    NodeId stack[NODES_DEEP];
    size_t depth = 0;
    if (!snapshot->whole || !tree)
        return false;
    /* Down to the first child, else to the next one, else up. */
    for (NodeId node = statement->node; node;) {
        const Node *at = tree_node(tree, node);
        bool is_name = at->kind == NODE_PATH || at->kind == NODE_WORD;
        if ((is_name && is_hidden_name(snapshot, tree, node, statement->alliance))
            || (at->kind == NODE_TEXT && is_hidden_title(snapshot, tree, node)))
            return true;
        if (at->child) {
            if (depth == NODES_DEEP)
                return true;    /* rather too much hidden than too little */
            stack[depth++] = node;
            node = at->child;
            continue;
        }
        while (depth > 0 && !tree_node(tree, node)->next)
            node = stack[--depth];
        node = depth > 0 ? tree_node(tree, node)->next : 0;
    }
    return false;
}

/* ---- A filtered snapshot --------------------------------------------------------------- */

static void *copy_array(Arena *arena, const void *array, size_t count, size_t size)
{
    void *copy = arena_array(arena, count ? count : 1, size);
    if (count)
        memcpy(copy, array, count * size);
    return copy;
}

size_t snapshot_left_out(const Snapshot *snapshot)
{
    return snapshot->left_out;
}

static size_t hide_all(Snapshot *filtered, EntityId audience)
{
    Arena *arena = filtered->arena;
    const Snapshot *whole = filtered->whole;
    filtered->entities = copy_array(arena, whole->entities, whole->entity_count + 2,
                                    sizeof *whole->entities);
    filtered->records = copy_array(arena, whole->records, whole->record_count,
                                   sizeof *whole->records);
    filtered->items = copy_array(arena, whole->items, whole->item_count, sizeof *whole->items);
    size_t hidden = hide_entities(filtered, audience);
    hidden += hide_values(filtered, audience);
    gather_titles(filtered);
    return hidden;
}

Snapshot *snapshot_filtered(const Snapshot *snapshot, EntityId audience, size_t *left_out)
{
    Arena *arena = arena_new(snapshot->env);
    jmp_buf boundary;
    *left_out = 0;
    if (!arena || setjmp(boundary)) {
        arena_free(arena);
        return NULL;
    }
    arena_guard(arena, &boundary);
    Snapshot *filtered = arena_alloc(arena, sizeof *filtered);
    *filtered = *snapshot;
    filtered->arena = arena;
    filtered->whole = snapshot;
    filtered->audience = audience;
    filtered->lookups = arena_alloc(arena, sizeof *filtered->lookups);
    /* Most files keep nothing back: the arrays are those of the whole, which nobody writes to. */
    if (snapshot_confidential(snapshot) > 0)
        *left_out = filtered->left_out = hide_all(filtered, audience);
    arena_guard(arena, NULL);
    return filtered;
}
