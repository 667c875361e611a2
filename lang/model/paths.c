/* paths.c -- the path of an entity, by which findings and documents designate it.
 *
 * A name, or owner/kind/"title" or key; the second one of the same owner, kind and label is
 * "#2".  Which are equal is found once, for all, so that writing every path stays linear.
 */
#include "lang/model/collection.h"

#include <string.h>

#include "lang/model/snapshot_rows.h"

static const char *path_in(const Snapshot *snapshot, Arena *arena, EntityId entity);

/* ---- Labels ---------------------------------------------------------------------------- */

static const char *end_label(const Snapshot *snapshot, Arena *arena, Value end)
{
    return end.kind == VALUE_ENTITY ? path_in(snapshot, arena, end.as.entity) : "?";
}

static const char *key_label(const Snapshot *snapshot, Arena *arena, Value key)
{
    if (key.kind == VALUE_ENTITY)
        return path_in(snapshot, arena, key.as.entity);
    if (key.kind == VALUE_WORD)
        return vocabulary_word_id(snapshot->vocabulary, key.as.word);
    return value_text(arena, snapshot, key, LANG_EN);
}

/* What designates a nameless entity within its owner. */
static const char *label_of(const Snapshot *snapshot, Arena *arena, EntityId entity)
{
    const EntityRow *row = entity_row(snapshot, entity);
    if (row->flags & ENTITY_GONE)
        return "";
    if (row->head == HEAD_KEYED)
        return key_label(snapshot, arena, entity_key(snapshot, entity));
    if (row->head == HEAD_LINK) {
        Value from, to;
        entity_ends(snapshot, entity, &from, &to);
        const char *first = end_label(snapshot, arena, from);
        return arena_format(arena, "%s->%s", first, end_label(snapshot, arena, to));
    }
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    if (title)
        return arena_format(arena, "\"%s\"", arena_copy(arena, title, length));
    Value amount = entity_amount(snapshot, entity);
    return amount.kind == VALUE_ABSENT ? "" : value_text(arena, snapshot, amount, LANG_EN);
}

/* ---- Equal ones ------------------------------------------------------------------------ */

enum { FEW_CHILDREN = 64 };

typedef struct LabelSlot {
    uint64_t hash;
    uint32_t count;             /* of those met so far; 0: free */
} LabelSlot;

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash_number(hash, length);
}

/* Equal for what has equal labels: of the label's parts, since most labels are never shown. */
static uint64_t hash_label(const Snapshot *snapshot, EntityId entity, uint64_t hash)
{
    const EntityRow *row = entity_row(snapshot, entity);
    Value from, to;
    size_t length;
    const char *text;
    hash = hash_number(hash, (uint64_t)row->owner << 16 | row->kind);
    if (row->head == HEAD_LINK) {
        entity_ends(snapshot, entity, &from, &to);
        hash = hash_number(hash, from.kind == VALUE_ENTITY ? from.as.entity : 0);
        return hash_number(hash, to.kind == VALUE_ENTITY ? to.as.entity : 0);
    }
    if (row->head != HEAD_KEYED && (text = entity_title(snapshot, entity, &length)))
        return hash_bytes(hash, text, length);
    text = label_of(snapshot, snapshot->arena, entity);
    return hash_bytes(hash, text, strlen(text));
}

static bool needs_label(const EntityRow *row)
{
    return !row->name && row->kind && !(row->flags & ENTITY_GONE);
}

/* The number of each nameless entity among its equals in its alliance, from 0; hashes of 64 bits
 * are taken for what they stand for. */
static const uint32_t *equals_of(const Snapshot *snapshot)
{
    Lookups *lookups = snapshot->lookups;
    if (lookups->equals)
        return lookups->equals;
    size_t count = snapshot->entity_count, nameless = 0, capacity = 64;
    uint32_t *equals = arena_array(snapshot->arena, count + 1, sizeof *equals);
    for (EntityId entity = 1; entity <= count; entity++)
        nameless += needs_label(entity_row(snapshot, entity));
    while (capacity < nameless * 2)
        capacity *= 2;
    LabelSlot *slots = arena_array(snapshot->arena, capacity, sizeof *slots);
    lookups->equals = equals;       /* paths in labels are those of named things, or first ones */
    for (size_t alliance = 0; alliance < snapshot->alliance_count; alliance++)
        for (EntityId entity = snapshot->alliances[alliance].first;
             entity < snapshot->alliances[alliance].last; entity++) {
            if (!needs_label(entity_row(snapshot, entity)))
                continue;
            uint64_t hash = hash_label(snapshot, entity, alliance + 1);
            size_t i = hash & (capacity - 1);
            while (slots[i].count && slots[i].hash != hash)
                i = (i + 1) & (capacity - 1);
            slots[i].hash = hash;
            equals[entity] = slots[i].count++;
        }
    arena_release(snapshot->arena, slots, capacity, sizeof *slots);
    return equals;
}

/* The same of one entity: in a block of few things they are compared, and no table is made. */
static uint32_t number_of(const Snapshot *snapshot, EntityId entity)
{
    EntityId owner = entity_row(snapshot, entity)->owner;
    unsigned seen = 0;
    uint32_t same = 0;
    if (!owner || snapshot->lookups->equals)
        return equals_of(snapshot)[entity];
    uint64_t hash = hash_label(snapshot, entity, 0);
    for (EntityId child = entity_row(snapshot, owner)->first_child; child != entity;
         child = entity_row(snapshot, child)->next_sibling) {
        if (!child || ++seen > FEW_CHILDREN)
            return equals_of(snapshot)[entity];
        if (needs_label(entity_row(snapshot, child)) && hash_label(snapshot, child, 0) == hash)
            same++;
    }
    return same;
}

/* ---- Paths ----------------------------------------------------------------------------- */

static const char *path_in(const Snapshot *snapshot, Arena *arena, EntityId entity)
{
    const EntityRow *row = entity_row(snapshot, entity);
    if (row->flags & ENTITY_GONE)
        return "?";
    if (row->name && !row->owner)
        return names_text(snapshot->names, row->name);
    const char *owner = row->owner ? path_in(snapshot, arena, row->owner) : NULL;
    const char *kind = vocabulary_kind(snapshot->vocabulary, row->kind)->id;
    kind = kind ? kind : "";
    if (row->name)
        return arena_format(arena, "%s/%s/%s", owner, kind, names_text(snapshot->names, row->name));
    uint32_t same = number_of(snapshot, entity);
    const char *label = label_of(snapshot, arena, entity);
    const char *again = same ? arena_format(arena, "#%u", same + 1) : "";
    return owner ? arena_format(arena, "%s/%s/%s%s", owner, kind, label, again)
                 : arena_format(arena, "%s/%s%s", kind, label, again);
}

const char *entity_path_in(const Snapshot *snapshot, Arena *arena, EntityId entity)
{
    return path_in(snapshot, arena, entity);
}

const char *entity_path(const Snapshot *snapshot, EntityId entity)
{
    return path_in(snapshot, snapshot->arena, entity);
}

/* ---- Finding by path ------------------------------------------------------------------- */

static EntityId find_word(const Snapshot *snapshot, size_t alliance, const char *word,
                          size_t length)
{
    NameId name = names_find(snapshot->names, word, length);
    EntityId found = name ? snapshot_find(snapshot, alliance, name) : 0;
    const char *dot = memchr(word, '.', length);
    if (found || !dot)
        return found;
    size_t rest = length - (size_t)(dot + 1 - word);
    NameId space = names_find(snapshot->names, word, (size_t)(dot - word));
    name = names_find(snapshot->names, dot + 1, rest);
    return space && name ? snapshot_find_in_space(snapshot, alliance, space, name) : 0;
}

/* Among an owner's children, and theirs: blocks are never deep. */
static EntityId find_below(const Snapshot *snapshot, EntityId owner, const char *path)
{
    for (EntityId child = entity_first_child(snapshot, owner); child;
         child = entity_next_sibling(snapshot, child)) {
        const char *own = entity_path(snapshot, child);
        if (strcmp(own, path) == 0)
            return child;
        size_t length = strlen(own);
        if (strncmp(own, path, length) == 0 && path[length] == '/') {
            EntityId found = find_below(snapshot, child, path);
            if (found)
                return found;
        }
    }
    return 0;
}

EntityId snapshot_find_path(const Snapshot *snapshot, size_t alliance, const char *path)
{
    const char *slash = strchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : strlen(path);
    if (alliance >= snapshot->alliance_count)
        return 0;
    EntityId owner = find_word(snapshot, alliance, path, length);
    if (!slash)
        return owner;
    EntityId found = owner ? find_below(snapshot, owner, path) : 0;
    for (KindId kind = 1; !found && kind <= vocabulary_kind_count(snapshot->vocabulary); kind++) {
        const char *id = vocabulary_kind(snapshot->vocabulary, kind)->id;
        if (!id || strlen(id) != length || memcmp(id, path, length) != 0)
            continue;
        size_t count;
        const EntityId *ids = collection_of(snapshot, alliance, kind, &count);
        for (size_t i = 0; i < count && !found; i++) {
            if (entity_owner(snapshot, ids[i]))
                continue;
            const char *own = entity_path(snapshot, ids[i]);
            size_t own_length = strlen(own);
            if (strcmp(own, path) == 0)
                found = ids[i];
            else if (strncmp(own, path, own_length) == 0 && path[own_length] == '/')
                found = find_below(snapshot, ids[i], path);
        }
    }
    return found;
}
