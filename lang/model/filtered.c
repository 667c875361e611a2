/* filtered.c -- the snapshot without its confidential things: what exporters see.
 *
 * Ids stay, so that what was said about an entity holds in both.  What is confidential is gone,
 * and every value that was, or that named something that is gone, is `?`.
 */
#include <string.h>

#include "lang/model/snapshot_rows.h"

/* Whether an entity, or what owns it, is the audience or stands in its block. */
static bool belongs_to(const Snapshot *snapshot, EntityId entity, EntityId audience)
{
    for (; entity && audience; entity = snapshot->entities[entity].owner)
        if (entity == audience)
            return true;
    return false;
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

static void *copy_array(Arena *arena, const void *array, size_t count, size_t size)
{
    void *copy = arena_array(arena, count ? count : 1, size);
    if (count)
        memcpy(copy, array, count * size);
    return copy;
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
    filtered->entities = copy_array(arena, snapshot->entities, snapshot->entity_count + 2,
                                    sizeof *snapshot->entities);
    filtered->records = copy_array(arena, snapshot->records, snapshot->record_count,
                                   sizeof *snapshot->records);
    filtered->items = copy_array(arena, snapshot->items, snapshot->item_count,
                                 sizeof *snapshot->items);
    size_t hidden = hide_entities(filtered, audience);
    *left_out = hidden + hide_values(filtered, audience);
    arena_guard(arena, NULL);
    return filtered;
}
