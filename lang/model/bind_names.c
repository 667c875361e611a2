/* bind_names.c -- names: which entity has one, and what a reference means. */
#include "lang/model/bind.h"

#include <string.h>

#include "lang/base/utf8.h"

enum {
    FEW_PLACES = 20,            /* an unknown name is shown at so many places */
    TITLE_WORK = 1000,          /* entities of one title looked at for one reference */
};

/* ---- Tables of names ------------------------------------------------------------------- */

static uint32_t first_slot(const NameTable *table, NameId folded)
{
    return (folded * 2654435761u >> 7) & (table->capacity - 1);
}

NameSlot *name_table_find(const NameTable *table, NameId folded)
{
    if (!table->capacity)
        return NULL;
    uint32_t mask = table->capacity - 1;
    for (uint32_t i = first_slot(table, folded);; i = (i + 1) & mask) {
        if (table->slots[i].name == folded || table->slots[i].name == 0)
            return &table->slots[i];
    }
}

static void table_reserve(Arena *arena, NameTable *table, size_t needed)
{
    if (needed * 2 <= table->capacity)
        return;
    NameTable old = *table;
    uint32_t capacity = old.capacity ? old.capacity : 32;
    while (capacity < needed * 2)
        capacity *= 2;
    table->slots = arena_array(arena, capacity, sizeof *table->slots);
    table->capacity = capacity;
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.slots[i].name)
            *name_table_find(table, old.slots[i].name) = old.slots[i];
}

uint32_t scope_lookup(const Snapshot *snapshot, uint32_t scope, NameId folded)
{
    if (scope == 0)
        return *names_owner(snapshot->names, folded);
    const NameSlot *slot = name_table_find(&snapshot->scopes[scope].names, folded);
    return slot && slot->name ? slot->entity : 0;
}

/* Where the scope being bound keeps what it knows by this name: 0 when that is new. */
static uint32_t *scope_place(Binder *binder, NameId folded)
{
    Snapshot *snapshot = binder->snapshot;
    if (binder->scope == 0)
        return names_owner(snapshot->names, folded);
    NameTable *table = &snapshot->scopes[binder->scope].names;
    table_reserve(snapshot->arena, table, (size_t)table->count + 1);
    NameSlot *slot = name_table_find(table, folded);
    if (!slot->name) {
        slot->name = folded;
        table->count++;
    }
    return &slot->entity;
}

/* ---- Declaring ------------------------------------------------------------------------- */

static Span spot_of(const Snapshot *snapshot, const EntityRow *row)
{
    const Tree *tree = snapshot->files[row->file].tree;
    return node_span(tree_node(tree, row->spot ? row->spot : row->node));
}

static void report_duplicate(Binder *binder, const EntityRow *row, const EntityRow *first)
{
    Snapshot *snapshot = binder->snapshot;
    Diags *diags = &snapshot->diags;
    bool same_kind = row->kind == first->kind;
    Diag *diag = bind_report_span(binder,
                                  same_kind ? MESSAGE_DUPLICATE_NAME
                                            : MESSAGE_DUPLICATE_NAME_OF_KINDS,
                                  spot_of(snapshot, row));
    bind_arg_name(binder, diag, "name", first->name);
    diag_arg_word(diags, diag, "kind", ROLE_KIND, row->kind, 0);
    diag_arg_word(diags, diag, "other", ROLE_KIND, first->kind, 0);
    diag_related(diags, diag, MESSAGE_LABEL_DECLARED_HERE, snapshot->files[first->file].source,
                 spot_of(snapshot, first));
    if ((row->flags | first->flags) & ENTITY_MADE_NAME)
        diag_note(diags, diag, MESSAGE_NOTE_MADE_NAME);
    else if (row->name != first->name)
        diag_note(diags, diag, MESSAGE_NOTE_FOLDING);
    DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_OTHER_NAME, EDIT_EXAMPLE);
    size_t length = 0;
    const char *title = row->title ? tree_text(binder->tree, row->title, &length) : NULL;
    NameId made = title ? bind_made_name(binder, title, length) : 0;
    const char *example = made && !scope_lookup(snapshot, binder->scope, made)
        ? names_text(snapshot->names, made)
        : arena_format(snapshot->arena, "%s-2", names_text(snapshot->names, first->name));
    bind_help_arg(binder, help, "new", example);
}

static void report_space_clash(Binder *binder, Span span, NameId name, const FileRow *file,
                               Span first)
{
    Diag *diag = bind_report_span(binder, MESSAGE_NAME_IS_SPACE, span);
    bind_arg_name(binder, diag, "name", name);
    diag_related(&binder->snapshot->diags, diag, MESSAGE_LABEL_DECLARED_HERE, file->source,
                 first);
}

bool bind_declare(Binder *binder, EntityId entity)
{
    Snapshot *snapshot = binder->snapshot;
    EntityRow *row = &snapshot->entities[entity];
    NameId folded = names_folded(snapshot->names, row->name);
    uint32_t *place = scope_place(binder, folded);
    if (!*place) {
        *place = entity;
        return true;
    }
    if (*place & SLOT_SPACE) {
        const Space *space = &snapshot->spaces[*place & ~SLOT_SPACE];
        const FileRow *file = &snapshot->files[space->file];
        if (!(row->flags & ENTITY_POISONED))
            report_space_clash(binder, spot_of(snapshot, row), row->name, file,
                               node_span(tree_node(file->tree, space->node)));
        return false;
    }
    const EntityRow *first = &snapshot->entities[*place];
    if (first->kind == 0) {         /* it could not be read: the name is free */
        *place = entity;
        return true;
    }
    if (!((row->flags | first->flags) & ENTITY_POISONED))
        report_duplicate(binder, row, first);
    return false;
}

/* The spaces of a file's imports, and room for the names that it declares. */
void bind_spaces(Binder *binder, uint32_t file)
{
    Snapshot *snapshot = binder->snapshot;
    const FileRow *row = &snapshot->files[file];
    NameTable *table = &snapshot->scopes[binder->scope].names;
    if (binder->scope != 0)
        table_reserve(snapshot->arena, table,
                      (size_t)table->count + row->tree->declarations + row->import_count + 1);

    for (uint32_t i = 0; i < row->import_count; i++) {
        const Import *import = &row->imports[i];
        if (!import->space)
            continue;
        bind_write_id(binder, import->space_node, ID_ENTITY);
        uint32_t *place = scope_place(binder, import->space);
        if (*place) {
            const EntityRow *other = *place & SLOT_SPACE ? NULL : &snapshot->entities[*place];
            const Space *space = other ? NULL : &snapshot->spaces[*place & ~SLOT_SPACE];
            const FileRow *at = &snapshot->files[other ? other->file : space->file];
            report_space_clash(binder, node_span(bind_node(binder, import->space_node)),
                               import->space, at,
                               other ? spot_of(snapshot, other)
                                     : node_span(tree_node(at->tree, space->node)));
            continue;
        }
        snapshot->spaces = arena_grow(snapshot->arena, snapshot->spaces,
                                      &snapshot->space_capacity, snapshot->space_count + 1,
                                      sizeof *snapshot->spaces);
        Space *space = &snapshot->spaces[snapshot->space_count];
        space->file = file;
        space->node = import->space_node;
        space->scope = import->file == FILE_NONE
            ? FILE_NONE
            : scope_find(snapshot, snapshot->files[import->file].scope - 1);
        *place = SLOT_SPACE | (uint32_t)snapshot->space_count++;
    }
}

/* ---- Names made from titles ------------------------------------------------------------ */

NameId bind_made_name(Binder *binder, const char *title, size_t length)
{
    size_t folded_length;
    const char *folded = utf8_fold(binder->scratch, title, length, &folded_length);
    char *made = arena_alloc(binder->scratch, folded_length + 1);
    size_t end = 0;
    bool has_letter = false, gap = false;
    for (size_t i = 0; i < folded_length;) {
        unsigned size;
        int32_t code = utf8_decode(folded + i, folded_length - i, &size);
        if (code >= 0 && code != '_' && utf8_is_continue(code)) {
            if (gap && end)
                made[end++] = '-';
            gap = false;
            has_letter |= utf8_is_start(code);
            memcpy(made + end, folded + i, size);
            end += size;
        } else {
            gap = true;
        }
        i += size;
    }
    if (!has_letter || end > binder->snapshot->env->limits.name_bytes)
        return 0;
    return names_intern(binder->snapshot->names, made, end);
}

/* ---- Spelling -------------------------------------------------------------------------- */

/* The same bytes once both apostrophes are one. */
static bool same_spelling(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t i = 0, j = 0;
    while (i < a_length && j < b_length) {
        bool a_mark = a_length - i >= 3 && memcmp(a + i, "\xe2\x80\x99", 3) == 0;
        bool b_mark = b_length - j >= 3 && memcmp(b + j, "\xe2\x80\x99", 3) == 0;
        char left = a_mark ? '\'' : a[i], right = b_mark ? '\'' : b[j];
        if (left != right)
            return false;
        i += a_mark ? 3 : 1;
        j += b_mark ? 3 : 1;
    }
    return i == a_length && j == b_length;
}

static void report_spelling(Binder *binder, NodeId node, const EntityRow *row,
                            const char *declared, const char *edit)
{
    Snapshot *snapshot = binder->snapshot;
    Diag *diag = bind_report(binder, MESSAGE_OTHER_SPELLING, node);
    diag_arg_text(&snapshot->diags, diag, "name", declared, strlen(declared));
    diag_related(&snapshot->diags, diag, MESSAGE_LABEL_SPELLED_HERE,
                 snapshot->files[row->file].source, spot_of(snapshot, row));
    bind_help_write(binder, diag, EDIT_SAFE, node_span(bind_node(binder, node)), edit);
}

static void check_spelling(Binder *binder, NodeId node, NameId typed, const EntityRow *row)
{
    const Names *names = binder->snapshot->names;
    if (typed == row->name || (row->flags & ENTITY_MADE_NAME))
        return;
    const char *declared = names_text(names, row->name);
    if (same_spelling(names_text(names, typed), names_length(names, typed), declared,
                      names_length(names, row->name)))
        return;
    report_spelling(binder, node, row, declared, declared);
}

/* ---- Kinds ----------------------------------------------------------------------------- */

static bool kind_fits(KindId kind, const KindId *kinds, uint16_t count)
{
    if (count == 0)
        return true;
    for (uint16_t i = 0; i < count; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

static void arg_kinds(Binder *binder, Diag *diag, const KindId *kinds, uint16_t count)
{
    Snapshot *snapshot = binder->snapshot;
    DiagArg *items = arena_array(snapshot->arena, count, sizeof *items);
    for (uint16_t i = 0; i < count; i++)
        items[i] = (DiagArg){.kind = ARG_WORD, .role = ROLE_KIND, .id = kinds[i]};
    diag_arg(&snapshot->diags, diag, (DiagArg){.name = "expected", .kind = ARG_LIST,
                                               .items = items, .item_count = count});
}

/* Which property of the same block takes such a thing: "a goal is written after `goals`". */
static void help_right_property(Binder *binder, Diag *diag, KindId kind)
{
    const Snapshot *snapshot = binder->snapshot;
    const KindInfo *owner = vocabulary_kind(snapshot->vocabulary, binder->owner);
    for (uint16_t i = 0; binder->owner && i < owner->property_count; i++) {
        const PropertyInfo *info = &owner->properties[i];
        const char *word = words_text(snapshot->words, binder->language, ROLE_PROPERTY, info->id,
                                      binder->owner, WORD_USUAL);
        if (info->is_derived || info->ref_count == 0 || !word
            || !kind_fits(kind, info->refs, info->ref_count))
            continue;
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_RIGHT_PROPERTY, EDIT_NONE);
        bind_help_arg(binder, help, "right", word);
        return;
    }
}

static void report_wrong_kind(Binder *binder, NodeId node, const EntityRow *row,
                              const KindId *kinds, uint16_t count, NameId property)
{
    Snapshot *snapshot = binder->snapshot;
    Diag *diag = bind_report(binder, MESSAGE_WRONG_KIND, node);
    bind_arg_source(binder, diag, "name", node_span(bind_node(binder, node)));
    bind_arg_name(binder, diag, "property", property);
    diag_arg_word(&snapshot->diags, diag, "kind", ROLE_KIND, row->kind, 0);
    arg_kinds(binder, diag, kinds, count);
    diag_related(&snapshot->diags, diag, MESSAGE_LABEL_DECLARED_SO,
                 snapshot->files[row->file].source, spot_of(snapshot, row));
    if (bind_node(binder, node)->kind == NODE_PATH)
        bind_suggest_entities(binder, diag, node_span(bind_node(binder, node)),
                              bind_node(binder, node)->data, binder->scope, kinds, count);
    help_right_property(binder, diag, row->kind);
}

/* ---- Unknown names --------------------------------------------------------------------- */

/* A name is reported once; the other places where it stands are added to the report. */
static bool said_before(Binder *binder, uint32_t scope, NameId folded, Span span)
{
    NameSlot *slot = name_table_find(&binder->unknown_names, folded);
    if (!slot || !slot->name)
        return false;
    UnknownName *unknown = &binder->unknown[slot->entity];
    if (unknown->scope != scope)
        return false;
    if (unknown->places++ < FEW_PLACES)
        diag_related(&binder->snapshot->diags, unknown->diag, MESSAGE_LABEL_ALSO_HERE,
                     binder->snapshot->files[binder->file].source, span);
    return true;
}

uint32_t bind_number(Binder *binder, NameTable *table, NameId folded, uint32_t fresh)
{
    table_reserve(binder->scratch, table, (size_t)table->count + 1);
    NameSlot *slot = name_table_find(table, folded);
    if (!slot->name) {
        table->count++;
        *slot = (NameSlot){folded, fresh};
    }
    return slot->entity;
}

static void remember_unknown(Binder *binder, uint32_t scope, NameId folded, Diag *diag)
{
    binder->unknown = arena_grow(binder->scratch, binder->unknown, &binder->unknown_capacity,
                                 binder->unknown_count + 1, sizeof *binder->unknown);
    bind_number(binder, &binder->unknown_names, folded, 0);
    name_table_find(&binder->unknown_names, folded)->entity = (uint32_t)binder->unknown_count;
    binder->unknown[binder->unknown_count++] = (UnknownName){scope, folded, diag, 1};
}

/* `l'arche` where only `arche` is known: the elided word is what was meant. */
NameId bind_without_elision(Binder *binder, NameId name)
{
    static const char *const starts[] = {"l'", "d'", "qu'", "l\xe2\x80\x99", "d\xe2\x80\x99",
                                         "qu\xe2\x80\x99"};
    Names *names = binder->snapshot->names;
    const char *text = names_text(names, name);
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i]);
        if (strncmp(text, starts[i], length) == 0)
            return names_find(names, text + length, names_length(names, name) - length);
    }
    return 0;
}

static void report_unknown(Binder *binder, NodeId node, NameId typed, uint32_t scope,
                           const KindId *kinds, uint16_t count)
{
    Snapshot *snapshot = binder->snapshot;
    Span span = node_span(bind_node(binder, node));
    NameId folded = names_folded(snapshot->names, typed);
    if (said_before(binder, scope, folded, span))
        return;
    Diag *diag = bind_report(binder, count == 1 ? MESSAGE_UNKNOWN_NAME
                                                : MESSAGE_UNKNOWN_NAME_OF_ANY, node);
    if (count == 1)
        diag_arg_word(&snapshot->diags, diag, "kind", ROLE_KIND, kinds[0], 0);
    bind_arg_name(binder, diag, "name", typed);
    remember_unknown(binder, scope, folded, diag);

    NameId rest = bind_without_elision(binder, typed);
    uint32_t known = rest ? scope_lookup(snapshot, scope, names_folded(snapshot->names, rest)) : 0;
    if (known && !(known & SLOT_SPACE)) {
        const char *text = names_text(snapshot->names, snapshot->entities[known].name);
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_REPLACE, EDIT_LIKELY);
        bind_help_arg(binder, help, "old", names_text(snapshot->names, typed));
        bind_help_arg(binder, help, "new", text);
        bind_edit(binder, help, span, text);
        return;
    }
    DiagHelp *last = diag->last_help;
    bind_suggest_entities(binder, diag, span, typed, scope, kinds, count);
    if (count == 1 && diag->last_help == last && !binder->text_would_do) {
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_DECLARE, EDIT_EXAMPLE);
        bind_help_arg(binder, help, "new", names_text(snapshot->names, typed));
    }
    if (binder->text_would_do)
        bind_help_write(binder, diag, EDIT_LIKELY, span,
                        arena_format(snapshot->arena, "\"%s\"",
                                     names_text(snapshot->names, typed)));
}

/* ---- References by name ---------------------------------------------------------------- */

static EntityId found(Binder *binder, NodeId node, NodeId word, NameId typed, EntityId entity,
                      const KindId *kinds, uint16_t count, NameId property)
{
    const EntityRow *row = &binder->snapshot->entities[entity];
    if (row->kind == 0)
        return 0;
    if (!kind_fits(row->kind, kinds, count)) {
        if (!(row->flags & ENTITY_POISONED))
            report_wrong_kind(binder, node, row, kinds, count, property);
        return 0;
    }
    check_spelling(binder, word, typed, row);
    return entity;
}

static EntityId reference_in_space(Binder *binder, NodeId node, const KindId *kinds,
                                   uint16_t count, NameId property)
{
    Snapshot *snapshot = binder->snapshot;
    NodeId last = bind_node(binder, node)->child;
    NameId first = bind_node(binder, node)->data;
    uint32_t known = scope_lookup(snapshot, binder->scope, names_folded(snapshot->names, first));
    if (!(known & SLOT_SPACE) || bind_node(binder, last)->next) {
        if (snapshot->scopes[binder->scope].is_incomplete)
            return 0;
        Diag *diag = bind_report(binder, MESSAGE_UNKNOWN_SPACE, node);
        bind_arg_name(binder, diag, "name", first);
        bind_help(binder, diag, MESSAGE_HELP_SPACE, EDIT_EXAMPLE);
        return 0;
    }
    uint32_t scope = snapshot->spaces[known & ~SLOT_SPACE].scope;
    if (scope == FILE_NONE)
        return 0;
    NameId typed = bind_node(binder, last)->data;
    bind_write_id(binder, last, ID_ENTITY);
    known = scope_lookup(snapshot, scope, names_folded(snapshot->names, typed));
    if (known && !(known & SLOT_SPACE))
        return found(binder, node, last, typed, known, kinds, count, property);
    if (!snapshot->scopes[scope].is_incomplete)
        report_unknown(binder, last, typed, scope, kinds, count);
    return 0;
}

static EntityId reference_by_name(Binder *binder, NodeId node, const KindId *kinds,
                                  uint16_t count, NameId property)
{
    Snapshot *snapshot = binder->snapshot;
    bind_write_id(binder, node, ID_ENTITY);
    if (bind_node(binder, node)->child)
        return reference_in_space(binder, node, kinds, count, property);
    NameId typed = bind_node(binder, node)->data;
    uint32_t known = scope_lookup(snapshot, binder->scope, names_folded(snapshot->names, typed));
    if (known && !(known & SLOT_SPACE))
        return found(binder, node, node, typed, known, kinds, count, property);
    if (snapshot->scopes[binder->scope].is_incomplete || binder->quiet_names)
        return 0;
    if (known) {
        Diag *diag = bind_report(binder, MESSAGE_SPACE_AS_ENTITY, node);
        bind_arg_name(binder, diag, "name", typed);
        bind_help(binder, diag, MESSAGE_HELP_SPACE, EDIT_EXAMPLE);
        return 0;
    }
    report_unknown(binder, node, typed, binder->scope, kinds, count);
    return 0;
}

/* ---- References by title --------------------------------------------------------------- */

static uint64_t hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash ^ hash >> 29;
}

static const char *folded_title(Binder *binder, EntityId entity, size_t *length)
{
    const Snapshot *snapshot = binder->snapshot;
    const EntityRow *row = &snapshot->entities[entity];
    size_t raw_length;
    const char *raw = tree_text(snapshot->files[row->file].tree, row->title, &raw_length);
    return utf8_fold(binder->scratch, raw, raw_length, length);
}

static TitleSlot *title_slot(Binder *binder, uint64_t hash)
{
    uint32_t mask = binder->title_capacity - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask)
        if (binder->titles[i].entity == 0 || binder->titles[i].hash == hash)
            return &binder->titles[i];
}

/* All titles of the alliance; those that are equal are chained in order.  What a link says is no
 * title: nothing refers to it, least of all its own ends. */
static void make_titles(Binder *binder)
{
    Snapshot *snapshot = binder->snapshot;
    EntityId first = snapshot->alliances[binder->alliance].first;
    EntityId last = (EntityId)snapshot->entity_count + 1;
    uint32_t capacity = 64;
    while (capacity < (uint64_t)(last - first) * 2)
        capacity *= 2;
    binder->titles = arena_array(binder->scratch, capacity, sizeof *binder->titles);
    binder->title_capacity = capacity;
    binder->title_first = first;
    binder->title_next = arena_array(binder->scratch, (size_t)(last - first) + 1,
                                     sizeof *binder->title_next);
    for (EntityId entity = last - 1; entity >= first; entity--) {
        const EntityRow *row = &snapshot->entities[entity];
        if (!row->title || row->head == HEAD_LINK)
            continue;
        size_t length;
        const char *title = folded_title(binder, entity, &length);
        TitleSlot *slot = title_slot(binder, hash_bytes(title, length));
        binder->title_next[entity - first] = slot->entity;
        *slot = (TitleSlot){hash_bytes(title, length), entity};
    }
}

typedef struct TitleMatch {
    EntityId fits, again;       /* first two of a right kind */
    EntityId other;             /* first of another kind */
} TitleMatch;

static bool is_named_kind(const Snapshot *snapshot, KindId kind)
{
    return vocabulary_kind(snapshot->vocabulary, kind)->head == HEAD_NAMED;
}

static TitleMatch match_title(Binder *binder, NodeId text, const KindId *kinds, uint16_t count)
{
    Snapshot *snapshot = binder->snapshot;
    if (!binder->titles)
        make_titles(binder);
    size_t raw_length, length;
    const char *raw = tree_text(binder->tree, text, &raw_length);
    const char *folded = utf8_fold(binder->scratch, raw, raw_length, &length);
    EntityId entity = title_slot(binder, hash_bytes(folded, length))->entity;
    TitleMatch match = {0};
    for (unsigned work = 0; entity && work < TITLE_WORK; work++) {
        const EntityRow *row = &snapshot->entities[entity];
        size_t other_length;
        const char *other = folded_title(binder, entity, &other_length);
        uint32_t scope = scope_find(snapshot, snapshot->files[row->file].scope - 1);
        if (other_length == length && memcmp(other, folded, length) == 0
            && scope == binder->scope && row->kind) {
            if (!kind_fits(row->kind, kinds, count)) {
                match.other = match.other ? match.other : entity;
            } else if (match.fits && is_named_kind(snapshot, row->kind)
                       && !is_named_kind(snapshot, snapshot->entities[match.fits].kind)) {
                match.fits = entity;
                match.again = 0;
            } else if (!match.fits) {
                match.fits = entity;
            } else if (!match.again
                       && is_named_kind(snapshot, row->kind)
                           == is_named_kind(snapshot, snapshot->entities[match.fits].kind)) {
                match.again = entity;
            }
        }
        entity = binder->title_next[entity - binder->title_first];
    }
    return match;
}

static void report_ambiguous(Binder *binder, NodeId text, TitleMatch match)
{
    Snapshot *snapshot = binder->snapshot;
    Diag *diag = bind_report(binder, MESSAGE_AMBIGUOUS_TITLE, text);
    bind_arg_source(binder, diag, "title", node_span(bind_node(binder, text)));
    EntityId both[] = {match.fits, match.again};
    for (int i = 0; i < 2; i++) {
        const EntityRow *row = &snapshot->entities[both[i]];
        diag_related(&snapshot->diags, diag, MESSAGE_LABEL_HAS_TITLE,
                     snapshot->files[row->file].source, spot_of(snapshot, row));
        if (!row->name || (row->flags & ENTITY_MADE_NAME))
            continue;
        const char *name = names_text(snapshot->names, row->name);
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_WRITE_NAME, EDIT_EXAMPLE);
        bind_help_arg(binder, help, "new", name);
    }
}

static void check_title_spelling(Binder *binder, NodeId text, EntityId entity)
{
    const Snapshot *snapshot = binder->snapshot;
    const EntityRow *row = &snapshot->entities[entity];
    size_t length, declared_length;
    const char *typed = tree_text(binder->tree, text, &length);
    const char *declared = tree_text(snapshot->files[row->file].tree, row->title,
                                     &declared_length);
    if (same_spelling(typed, length, declared, declared_length))
        return;
    const char *shown = arena_format(snapshot->arena, "\"%.*s\"", (int)declared_length, declared);
    report_spelling(binder, text, row, arena_copy(snapshot->arena, declared, declared_length),
                    shown);
}

EntityId bind_title(Binder *binder, NodeId text, const KindId *kinds, uint16_t count)
{
    TitleMatch match = match_title(binder, text, kinds, count);
    if (!match.fits || match.again)
        return 0;
    check_title_spelling(binder, text, match.fits);
    return match.fits;
}

static EntityId reference_by_title(Binder *binder, NodeId text, const KindId *kinds,
                                   uint16_t count, NameId property)
{
    Snapshot *snapshot = binder->snapshot;
    TitleMatch match = match_title(binder, text, kinds, count);
    if (match.again) {
        report_ambiguous(binder, text, match);
        return 0;
    }
    if (match.fits) {
        check_title_spelling(binder, text, match.fits);
        return match.fits;
    }
    if (snapshot->scopes[binder->scope].is_incomplete || binder->quiet_names)
        return 0;
    if (match.other) {
        report_wrong_kind(binder, text, &snapshot->entities[match.other], kinds, count,
                          property);
        return 0;
    }
    Diag *diag = bind_report(binder, MESSAGE_UNKNOWN_TITLE, text);
    bind_arg_source(binder, diag, "title", node_span(bind_node(binder, text)));
    size_t length;
    const char *bytes = tree_text(binder->tree, text, &length);
    NameId made = bind_made_name(binder, bytes, length);
    if (made)
        bind_suggest_entities(binder, diag, node_span(bind_node(binder, text)), made,
                              binder->scope, kinds, count);
    return 0;
}

EntityId bind_reference(Binder *binder, NodeId node, const KindId *kinds, uint16_t count,
                        NameId property)
{
    if (bind_node(binder, node)->kind == NODE_TEXT)
        return reference_by_title(binder, node, kinds, count, property);
    return reference_by_name(binder, node, kinds, count, property);
}
