/* handle_entity.c -- entities in Lua: fields, relations, notes, places. */
#include "plugins/host/handle_private.h"

#include <string.h>

/* ---- Entities -------------------------------------------------------------------------- */

EntityId to_entity(lua_State *L, int index)
{
    EntityId entity = as_entity(L, index);
    if (!entity)
        luaL_typeerror(L, index, "entity");
    return entity;
}

/* The kind's property nearest to a wrong name, for the message. */
static const char *nearest_property(const Snapshot *snapshot, KindId kind, const char *name)
{
    const Vocabulary *vocabulary = snapshot_vocabulary(snapshot);
    const KindInfo *info = vocabulary_kind(vocabulary, kind);
    const char *best = NULL;
    size_t length = strlen(name);
    unsigned limit = (unsigned)(length / 3) + 1, nearest = limit + 1;
    for (uint16_t i = 0; i < info->property_count; i++) {
        const char *id = vocabulary_property_id(vocabulary, info->properties[i].id);
        unsigned distance = utf8_distance(name, length, id, strlen(id), limit);
        if (distance < nearest) {
            nearest = distance;
            best = id;
        }
    }
    return best;
}

/* The property of a name for this entity; an error when its kind has none such. */
static PropertyId check_property(lua_State *L, Binding *binding, EntityId entity, const char *name)
{
    const Snapshot *snapshot = binding->snapshot;
    KindId kind = entity_kind(snapshot, entity);
    PropertyId property = vocabulary_find_property(snapshot_vocabulary(snapshot), name);
    if (property && field_exists(snapshot, kind, property))
        return property;
    const char *id = vocabulary_kind(snapshot_vocabulary(snapshot), kind)->id;
    const char *nearest = nearest_property(snapshot, kind, name);
    if (nearest)
        luaL_error(L, "the kind %s has no property '%s'; the nearest is '%s'", id, name, nearest);
    luaL_error(L, "the kind %s has no property '%s'", id, name);
    return 0;
}

static int push_custom(lua_State *L, Binding *binding, EntityId entity, const char *name)
{
    PropertyRow row;
    NameId id = names_find(snapshot_names(binding->snapshot), name, strlen(name));
    if (id && entity_find_custom(binding->snapshot, entity, id, &row))
        handle_push(L, binding, row.value);
    else
        lua_pushnil(L);
    return 1;
}

static void push_title(lua_State *L, Binding *binding, EntityId entity)
{
    size_t length;
    const char *title = entity_title(binding->snapshot, entity, &length);
    if (title)
        lua_pushlstring(L, title, length);
    else
        lua_pushnil(L);
}

static void push_name(lua_State *L, Binding *binding, EntityId entity)
{
    NameId name = entity_name(binding->snapshot, entity);
    if (name)
        lua_pushstring(L, names_text(snapshot_names(binding->snapshot), name));
    else
        lua_pushnil(L);
}

static void push_label(lua_State *L, Binding *binding, EntityId entity)
{
    lua_pushstring(L, entity_label(binding->arena, binding->snapshot, entity,
                                   binding->language));
}

static const KindInfo *kind_info(const Snapshot *snapshot, EntityId entity)
{
    return vocabulary_kind(snapshot_vocabulary(snapshot), entity_kind(snapshot, entity));
}

/* Heads and the like: fields that are no properties.  X(name, what it pushes) */
typedef enum HeadField {
    FIELD_NAME = 1, FIELD_TITLE, FIELD_LABEL, FIELD_KIND, FIELD_FILE, FIELD_LINE, FIELD_PATH,
    FIELD_OWNER, FIELD_AMOUNT, FIELD_KEY, FIELD_VALUE, FIELD_FROM, FIELD_TO,
} HeadField;

static int push_head_field(lua_State *L, Binding *binding, EntityId entity, HeadField field)
{
    const Snapshot *snapshot = binding->snapshot;
    Source *source;
    Value from, to;
    switch (field) {
    case FIELD_NAME:
        push_name(L, binding, entity);
        return 1;
    case FIELD_TITLE:
        push_title(L, binding, entity);
        return 1;
    case FIELD_LABEL:
        push_label(L, binding_of(L), entity);
        return 1;
    case FIELD_KIND:
        lua_pushstring(L, kind_info(snapshot, entity)->id);
        return 1;
    case FIELD_FILE:
        lua_pushstring(L, snapshot_source(snapshot, entity_file(snapshot, entity))->path);
        return 1;
    case FIELD_LINE:
        source = snapshot_source(snapshot, entity_file(snapshot, entity));
        lua_pushinteger(L, source_position(source, entity_span(snapshot, entity).start).line);
        return 1;
    case FIELD_PATH:
        lua_pushstring(L, entity_path(snapshot, entity));
        return 1;
    case FIELD_OWNER:
        if (entity_owner(snapshot, entity))
            push_entity(L, entity_owner(snapshot, entity));
        else
            lua_pushnil(L);
        return 1;
    case FIELD_AMOUNT:
        if (kind_info(snapshot, entity)->head != HEAD_MEASURED)
            return 0;
        handle_push(L, binding, entity_amount(snapshot, entity));
        return 1;
    case FIELD_KEY:
        if (kind_info(snapshot, entity)->head != HEAD_KEYED)
            return 0;
        handle_push(L, binding, entity_key(snapshot, entity));
        return 1;
    case FIELD_VALUE:
        if (kind_info(snapshot, entity)->head != HEAD_KEYED)
            return 0;
        handle_push(L, binding, entity_keyed(snapshot, entity));
        return 1;
    case FIELD_FROM:
    case FIELD_TO:
        if (kind_info(snapshot, entity)->head != HEAD_LINK)
            return 0;
        entity_ends(snapshot, entity, &from, &to);
        handle_push(L, binding, field == FIELD_FROM ? from : to);
        return 1;
    }
    return 0;
}

/* partner.contributions: what of a kind stands in its block or refers to it. */
static void push_relation(lua_State *L, Binding *binding, EntityId entity, KindId kind)
{
    size_t count;
    lua_Integer index = 0;
    const EntityId *related =
        collection_related(binding->snapshot, binding->arena, entity, kind, &count);
    lua_createtable(L, (int)(count > 1000000 ? 1000000 : count), 0);
    for (size_t i = 0; i < count; i++) {
        if (entity_is_gone(binding->snapshot, related[i]))
            continue;
        push_entity(L, related[i]);
        lua_rawseti(L, -2, ++index);
    }
}

/* What a property is for a kind; NULL: the kind has none such.  The kind asked last is known,
 * since a plugin goes through what is of one kind. */
static const PropertyInfo *info_of(const Binding *binding, Field *field, KindId kind)
{
    if (field->kind != kind) {
        field->info = vocabulary_property(snapshot_vocabulary(binding->snapshot), kind,
                                          field->property);
        field->kind = kind;
    }
    return field->info;
}

/* The id of a word, from the table at upvalue 3, which fills with those that are asked for. */
static void push_word(lua_State *L, const Binding *binding, WordId word)
{
    if (lua_rawgeti(L, lua_upvalueindex(3), word) == LUA_TSTRING)
        return;
    lua_pop(L, 1);
    lua_pushstring(L, vocabulary_word_id(snapshot_vocabulary(binding->snapshot), word));
    lua_pushvalue(L, -1);
    lua_rawseti(L, lua_upvalueindex(3), word);
}

/* entity.key: a method, what stands in its head, a field of its kind, a collection, or x-. */
static int entity_index(lua_State *L)
{
    Binding *binding = bound(L);
    Fields *fields = binding->entity_fields;
    EntityId entity = (EntityId)(uintptr_t)lua_touserdata(L, 1);
    const Snapshot *snapshot = binding->snapshot;
    const char *name;
    Field *field = field_named(L, fields, &name);
    if (field) {
        if (field->is_method)
            return push_method(L, fields, field);
        if (field->code && push_head_field(L, binding, entity, (HeadField)field->code))
            return 1;
        const PropertyInfo *info =
            field->property ? info_of(binding, field, entity_kind(snapshot, entity)) : NULL;
        if (info) {
            if (info->is_derived)
                binding_of(L);
            Value value = field_of(snapshot, binding->arena, entity, info);
            if (value.kind == VALUE_WORD)
                push_word(L, binding, value.as.word);
            else
                handle_push(L, binding, value);
            return 1;
        }
        /* `owner` is the block it stands in where the kind has no such property. */
        if (field->property == PROPERTY_OWNER)
            return push_head_field(L, binding, entity, FIELD_OWNER);
        if (field->relation) {
            push_relation(L, binding_of(L), entity, field->relation);
            return 1;
        }
    } else if (name[0] == 'x' && name[1] == '-') {
        return push_custom(L, binding, entity, name);
    }
    check_property(L, binding, entity, name);
    return 0;
}

static int entity_tostring(lua_State *L)
{
    push_label(L, binding_of(L), to_entity(L, 1));
    return 1;
}

/* Is the name that of a value in the head of this kind? */
static bool is_head(const Binding *binding, EntityId entity, const char *name)
{
    const KindInfo *kind = vocabulary_kind(snapshot_vocabulary(binding->snapshot),
                                           entity_kind(binding->snapshot, entity));
    if (strcmp(name, "amount") == 0)
        return kind->head == HEAD_MEASURED;
    if (strcmp(name, "key") == 0 || strcmp(name, "value") == 0)
        return kind->head == HEAD_KEYED;
    return kind->head == HEAD_LINK && (strcmp(name, "from") == 0 || strcmp(name, "to") == 0);
}

/* A declared value by name, for is_unknown and the like. */
static Value declared(lua_State *L, Binding *binding, EntityId entity, const char *name)
{
    PropertyRow row = {.value = {.kind = VALUE_ABSENT}};
    if (name[0] == 'x' && name[1] == '-') {
        NameId id = names_find(snapshot_names(binding->snapshot), name, strlen(name));
        if (id)
            entity_find_custom(binding->snapshot, entity, id, &row);
        return row.value;
    }
    if (is_head(binding, entity, name)) {
        Value from, to;
        entity_ends(binding->snapshot, entity, &from, &to);
        return strcmp(name, "amount") == 0  ? entity_amount(binding->snapshot, entity)
            : strcmp(name, "key") == 0   ? entity_key(binding->snapshot, entity)
            : strcmp(name, "value") == 0 ? entity_keyed(binding->snapshot, entity)
            : strcmp(name, "from") == 0  ? from
                                         : to;
    }
    PropertyId property = check_property(L, binding, entity, name);
    return field_value(binding->snapshot, binding->arena, entity, property);
}

static int entity_is_unknown(lua_State *L)
{
    Value value = declared(L, binding_of(L), to_entity(L, 1), luaL_checkstring(L, 2));
    lua_pushboolean(L, value.kind == VALUE_UNKNOWN);
    return 1;
}

static int entity_is_none(lua_State *L)
{
    Value value = declared(L, binding_of(L), to_entity(L, 1), luaL_checkstring(L, 2));
    lua_pushboolean(L, value.kind == VALUE_NONE);
    return 1;
}

static int entity_has(lua_State *L)
{
    Value value = declared(L, binding_of(L), to_entity(L, 1), luaL_checkstring(L, 2));
    bool empty = value.kind == VALUE_LIST && value.count == 0;
    bool known = value.kind != VALUE_ABSENT && value.kind != VALUE_UNKNOWN
                 && value.kind != VALUE_NONE && value.kind != VALUE_POISON;
    lua_pushboolean(L, known && !empty);
    return 1;
}

/* A place is a table {file, start, stop, entity, property}; the program checks it again. */
static void push_place(lua_State *L, Binding *binding, EntityId entity, Span span)
{
    lua_createtable(L, 0, 4);
    lua_pushinteger(L, (lua_Integer)entity_file(binding->snapshot, entity));
    lua_setfield(L, -2, "file");
    lua_pushinteger(L, span.start);
    lua_setfield(L, -2, "start");
    lua_pushinteger(L, span.end);
    lua_setfield(L, -2, "stop");
    lua_pushinteger(L, (lua_Integer)entity);
    lua_setfield(L, -2, "row");
}

/* What was written for a property; an error when its kind has none such. */
static bool find_row(lua_State *L, Binding *binding, EntityId entity, const char *name,
                     PropertyRow *row)
{
    if (name[0] == 'x' && name[1] == '-') {
        NameId id = names_find(snapshot_names(binding->snapshot), name, strlen(name));
        return id && entity_find_custom(binding->snapshot, entity, id, row);
    }
    if (is_head(binding, entity, name))
        return false;
    PropertyId property = check_property(L, binding, entity, name);
    return entity_find_row(binding->snapshot, entity, property, row);
}

static int entity_where(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    PropertyRow row;
    Span span = entity_span(binding->snapshot, entity);
    const Tree *tree = snapshot_tree(binding->snapshot, entity_file(binding->snapshot, entity));
    if (!lua_isnoneornil(L, 2) && tree
        && find_row(L, binding, entity, luaL_checkstring(L, 2), &row) && row.node) {
        NodeId value = node_child(tree, row.node, 0);
        span = value ? node_extent(tree, value) : node_span(tree_node(tree, row.node));
    }
    push_place(L, binding, entity, span);
    return 1;
}

/* properties(): ids of what is written in its block, in order; x- names as written. */
static int entity_properties(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    unsigned count = entity_property_count(binding->snapshot, entity);
    lua_createtable(L, (int)count, 0);
    for (unsigned i = 0; i < count; i++) {
        PropertyRow row = entity_property_row(binding->snapshot, entity, i);
        lua_pushstring(L, row.property
                              ? vocabulary_property_id(snapshot_vocabulary(binding->snapshot),
                                                       row.property)
                              : names_text(snapshot_names(binding->snapshot), row.name));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* ask(property): whom to ask about a `?`, or nil; of the head without a property. */
static int entity_ask(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    Value value = {.kind = VALUE_ABSENT};
    if (!lua_isnoneornil(L, 2))
        value = declared(L, binding, entity, luaL_checkstring(L, 2));
    else if (entity_amount(binding->snapshot, entity).kind == VALUE_UNKNOWN)
        value = entity_amount(binding->snapshot, entity);
    else
        value = entity_keyed(binding->snapshot, entity);
    if (value.kind == VALUE_UNKNOWN && value.as.text)
        lua_pushlstring(L, value.as.text, value.count);
    else
        lua_pushnil(L);
    return 1;
}

static int entity_used_by(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    const char *only = luaL_optstring(L, 2, NULL);
    KindId kind = only ? vocabulary_find_kind(snapshot_vocabulary(binding->snapshot), only) : 0;
    size_t count;
    lua_Integer index = 0;
    if (only && !kind)
        return luaL_error(L, "there is no kind '%s'", only);
    const Use *uses = entity_uses(binding->snapshot, entity, &count);
    lua_newtable(L);
    EntityId last = 0;
    for (size_t i = 0; i < count; i++) {
        if ((kind && entity_kind(binding->snapshot, uses[i].by) != kind) || uses[i].by == last
            || entity_is_gone(binding->snapshot, uses[i].by))
            continue;
        last = uses[i].by;
        push_entity(L, uses[i].by);
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

static int entity_children(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = to_entity(L, 1);
    const char *only = luaL_optstring(L, 2, NULL);
    KindId kind = only ? vocabulary_find_kind(snapshot_vocabulary(binding->snapshot), only) : 0;
    lua_Integer index = 0;
    if (only && !kind)
        return luaL_error(L, "there is no kind '%s'", only);
    lua_newtable(L);
    for (EntityId child = entity_first_child(binding->snapshot, entity); child;
         child = entity_next_sibling(binding->snapshot, child)) {
        if ((kind && entity_kind(binding->snapshot, child) != kind)
            || entity_is_gone(binding->snapshot, child))
            continue;
        push_entity(L, child);
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

static int entity_is_a(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    KindId kind = vocabulary_find_kind(vocabulary, luaL_checkstring(L, 2));
    if (!kind)
        return luaL_error(L, "there is no kind '%s'", lua_tostring(L, 2));
    lua_pushboolean(L, entity_kind(binding->snapshot, to_entity(L, 1)) == kind);
    return 1;
}

/* Notes of a property, or of the entity's head without a name. */
static PropertyRow notes_of(lua_State *L, Binding *binding)
{
    PropertyRow row = {0};
    EntityId entity = to_entity(L, 1);
    if (lua_isnoneornil(L, 2))
        return entity_head_notes(binding->snapshot, entity);
    find_row(L, binding, entity, luaL_checkstring(L, 2), &row);
    return row;
}

static int entity_source(lua_State *L)
{
    PropertyRow row = notes_of(L, binding_of(L));
    if (row.source)
        lua_pushstring(L, row.source);
    else
        lua_pushnil(L);
    return 1;
}

static int entity_is_assumption(lua_State *L)
{
    lua_pushboolean(L, notes_of(L, binding_of(L)).assumption);
    return 1;
}

static int entity_confidential(lua_State *L)
{
    Binding *binding = binding_of(L);
    bool own = entity_is_confidential(binding->snapshot, to_entity(L, 1));
    lua_pushboolean(L, own || notes_of(L, binding).confidential);
    return 1;
}

/* ---- Opening ---------------------------------------------------------------------------- */

void open_entities(lua_State *L, Binding *binding)
{
    static const luaL_Reg methods[] = {
        {"is_unknown", entity_is_unknown}, {"is_none", entity_is_none}, {"has", entity_has},
        {"where", entity_where}, {"used_by", entity_used_by}, {"children", entity_children},
        {"is_a", entity_is_a}, {"source", entity_source},
        {"is_assumption", entity_is_assumption}, {"is_confidential", entity_confidential},
        {"properties", entity_properties}, {"ask", entity_ask},
        {NULL, NULL},
    };
    static const luaL_Reg meta[] = {{"__tostring", entity_tostring}, {NULL, NULL}};
    static const struct { const char *name; HeadField field; } heads[] = {
        {"name", FIELD_NAME}, {"title", FIELD_TITLE}, {"label", FIELD_LABEL},
        {"kind", FIELD_KIND}, {"file", FIELD_FILE}, {"line", FIELD_LINE},
        {"path", FIELD_PATH}, {"parent", FIELD_OWNER}, {"amount", FIELD_AMOUNT},
        {"key", FIELD_KEY}, {"value", FIELD_VALUE}, {"from", FIELD_FROM}, {"to", FIELD_TO},
    };
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    const Words *words = snapshot_words(binding->snapshot);
    uint16_t properties = vocabulary_property_count(vocabulary);
    uint16_t kinds = vocabulary_kind_count(vocabulary);
    Fields *fields = binding->entity_fields = push_fields(L, properties + kinds + 64);
    for (PropertyId property = 1; property <= properties; property++) {
        const char *id = vocabulary_property_id(vocabulary, property);
        Field *field = id ? field_make(L, fields, id) : NULL;
        if (field && !field->property)
            field->property = property;
    }
    for (KindId kind = 1; kind <= kinds; kind++) {
        const char *plural = words_text(words, LANG_EN, ROLE_COLLECTION, kind, 0, WORD_PLURAL);
        Field *field = plural ? field_make(L, fields, plural) : NULL;
        if (field && !field->relation)
            field->relation = kind;
    }
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        field_make(L, fields, heads[i].name)->code = (int)heads[i].field;
    make_methods(L, fields, methods);
    lua_createtable(L, 512, 0);                 /* words: their ids are small numbers */
    fill_type(L, entity_index, 3, meta);
}
