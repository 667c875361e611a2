/* collection.c -- relations: all of a kind, and who refers to whom.
 *
 * The indices are made at the first question, for the whole snapshot, by counting: no hashing,
 * no lists, and nothing that grows faster than what was read.
 */
#include "lang/model/collection.h"

#include <stdlib.h>
#include <string.h>

#include "lang/model/snapshot_rows.h"

/* ---- All of a kind --------------------------------------------------------------------- */

static bool is_listed(const EntityRow *row)
{
    return row->kind != 0 && !(row->flags & ENTITY_GONE);
}

static const Kinds *kinds_of(const Snapshot *snapshot)
{
    Lookups *lookups = snapshot->lookups;
    if (lookups->has_kinds)
        return &lookups->kinds;
    size_t count = (size_t)vocabulary_kind_count(snapshot->vocabulary) + 2;
    uint32_t *starts = arena_array(snapshot->arena, count, sizeof *starts);
    for (EntityId i = 1; i <= snapshot->entity_count; i++)
        if (is_listed(&snapshot->entities[i]))
            starts[snapshot->entities[i].kind + 1]++;
    for (size_t i = 1; i < count; i++)
        starts[i] += starts[i - 1];
    EntityId *entities = arena_array(snapshot->arena, starts[count - 1] + 1u, sizeof *entities);
    uint32_t *next = arena_array(snapshot->arena, count, sizeof *next);
    memcpy(next, starts, count * sizeof *next);
    for (EntityId i = 1; i <= snapshot->entity_count; i++)
        if (is_listed(&snapshot->entities[i]))
            entities[next[snapshot->entities[i].kind]++] = i;
    lookups->kinds = (Kinds){entities, starts};
    lookups->has_kinds = true;
    return &lookups->kinds;
}

/* The first of sorted ids that is not below `least`. */
static uint32_t lower_bound(const EntityId *ids, uint32_t low, uint32_t high, EntityId least)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ids[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const EntityId *collection_of(const Snapshot *snapshot, size_t alliance, KindId kind,
                              size_t *count)
{
    *count = 0;
    if (kind == 0 || kind > vocabulary_kind_count(snapshot->vocabulary))
        return NULL;
    const Kinds *kinds = kinds_of(snapshot);
    uint32_t low = kinds->starts[kind], high = kinds->starts[kind + 1];
    if (alliance != SIZE_MAX) {
        const AllianceRow *row = &snapshot->alliances[alliance];
        low = lower_bound(kinds->entities, low, high, row->first);
        high = lower_bound(kinds->entities, low, high, row->last);
    }
    *count = high - low;
    return kinds->entities + low;
}

/* ---- Uses ------------------------------------------------------------------------------ */

typedef struct UseFill {
    const Snapshot *snapshot;
    uint32_t *next;             /* by entity: where its next use goes; NULL: only count */
    uint32_t *starts;
    Use *uses;
} UseFill;

static void note_use(UseFill *fill, EntityId by, const Record *record, EntityId used,
                     NodeId node)
{
    if (!fill->next) {
        fill->starts[used + 1]++;
        return;
    }
    PropertyId property = record->property >= HEAD_FIRST ? 0 : record->property;
    fill->uses[fill->next[used]++] = (Use){by, property, node};
}

static void note_record(UseFill *fill, EntityId by, const Record *record)
{
    const Snapshot *snapshot = fill->snapshot;
    const Tree *tree = entity_tree(snapshot, by);
    NodeId node = record->node;
    if (tree_node(tree, node)->kind == NODE_PROPERTY)
        node = tree_node(tree, node)->child;
    if (record->kind == VALUE_ENTITY) {
        note_use(fill, by, record, record->first, node);
        return;
    }
    for (uint32_t i = 0; record->kind == VALUE_LIST && i < record->second; i++) {
        const Value *item = &snapshot->items[record->first + i];
        if (item->kind == VALUE_ENTITY)
            note_use(fill, by, record, item->as.entity, node);
        node = node ? tree_node(tree, node)->next : 0;
    }
}

static void note_all(UseFill *fill)
{
    const Snapshot *snapshot = fill->snapshot;
    for (EntityId by = 1; by <= snapshot->entity_count; by++) {
        if (entity_is_gone(snapshot, by))
            continue;
        uint32_t end = snapshot->entities[by + 1].first_record;
        for (uint32_t i = snapshot->entities[by].first_record; i < end; i++)
            note_record(fill, by, &snapshot->records[i]);
    }
}

static const Uses *uses_of(const Snapshot *snapshot)
{
    Lookups *lookups = snapshot->lookups;
    if (lookups->has_uses)
        return &lookups->uses;
    size_t count = snapshot->entity_count + 2;
    UseFill fill = {.snapshot = snapshot};
    fill.starts = arena_array(snapshot->arena, count, sizeof *fill.starts);
    note_all(&fill);
    for (size_t i = 1; i < count; i++)
        fill.starts[i] += fill.starts[i - 1];
    fill.uses = arena_array(snapshot->arena, fill.starts[count - 1] + 1u, sizeof *fill.uses);
    fill.next = arena_array(snapshot->arena, count, sizeof *fill.next);
    memcpy(fill.next, fill.starts, count * sizeof *fill.next);
    note_all(&fill);
    lookups->uses = (Uses){fill.uses, fill.starts};
    lookups->has_uses = true;
    return &lookups->uses;
}

const Use *entity_uses(const Snapshot *snapshot, EntityId entity, size_t *count)
{
    const Uses *uses = uses_of(snapshot);
    *count = uses->starts[entity + 1] - uses->starts[entity];
    return uses->uses + uses->starts[entity];
}

/* ---- Relations ------------------------------------------------------------------------- */

/* A property made for a kind names it, and a link ties its two ends; a property that takes any
 * kind (of a comment) ties nothing to it. */
static bool is_made_for(const Snapshot *snapshot, KindId by, PropertyId property, KindId kind)
{
    const PropertyInfo *info = vocabulary_property(snapshot->vocabulary, by, property);
    const KindInfo *key = vocabulary_kind(snapshot->vocabulary, by);
    const KindId *refs = info ? info->refs : key->key_refs;
    uint16_t count = info ? info->ref_count : key->key_ref_count;
    if (key->head == HEAD_LINK)
        return true;
    for (uint16_t i = 0; i < count; i++)
        if (refs[i] == kind)
            return true;
    return false;
}

static int order_ids(const void *a, const void *b)
{
    EntityId left = *(const EntityId *)a, right = *(const EntityId *)b;
    return (left > right) - (left < right);
}

const EntityId *collection_related(const Snapshot *snapshot, Arena *arena, EntityId entity,
                                   KindId kind, size_t *count)
{
    EntityId *found = NULL;
    size_t capacity = 0, length = 0;
    for (EntityId child = entity_first_child(snapshot, entity); child;
         child = entity_next_sibling(snapshot, child)) {
        if (entity_kind(snapshot, child) != kind)
            continue;
        found = arena_grow(arena, found, &capacity, length + 1, sizeof *found);
        found[length++] = child;
    }
    size_t use_count, children = length;
    const Use *uses = entity_uses(snapshot, entity, &use_count);
    KindId own = entity_kind(snapshot, entity);
    for (size_t i = 0; i < use_count; i++) {
        EntityId by = uses[i].by;
        if (entity_kind(snapshot, by) != kind || (length && found[length - 1] == by)
            || !is_made_for(snapshot, kind, uses[i].property, own))
            continue;
        found = arena_grow(arena, found, &capacity, length + 1, sizeof *found);
        found[length++] = by;
    }
    if (children && length > children) {        /* both are in order: one order of both */
        qsort(found, length, sizeof *found, order_ids);
        size_t kept = 0;
        for (size_t i = 0; i < length; i++)
            if (kept == 0 || found[kept - 1] != found[i])
                found[kept++] = found[i];
        length = kept;
    }
    *count = length;
    return found;
}
