/* handle_model.c -- the model in Lua: collections, queries, words, texts, statements. */
#include "plugins/host/handle_private.h"

#include <string.h>

/* ---- The model ------------------------------------------------------------------------- */

/* all(kind): the entities of a kind, in order of reading. */
static int host_all(lua_State *L)
{
    Binding *binding = binding_of(L);
    const char *id = luaL_checkstring(L, 1);
    KindId kind = vocabulary_find_kind(snapshot_vocabulary(binding->snapshot), id);
    size_t count;
    lua_Integer index = 0;
    if (!kind)
        return luaL_error(L, "there is no kind '%s'", id);
    const EntityId *entities =
        collection_of(binding->snapshot, binding->alliance, kind, &count);
    lua_createtable(L, (int)(count > 1000000 ? 1000000 : count), 0);
    for (size_t i = 0; i < count; i++) {
        if (entity_is_gone(binding->snapshot, entities[i]))
            continue;
        push_entity(L, entities[i]);
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

/* The kind of a collection's English word. */
KindId kind_of_plural(const Binding *binding, const char *word)
{
    const Words *words = snapshot_words(binding->snapshot);
    uint16_t count = vocabulary_kind_count(snapshot_vocabulary(binding->snapshot));
    for (KindId kind = 1; kind <= count; kind++) {
        const char *plural = words_text(words, LANG_EN, ROLE_COLLECTION, kind, 0, WORD_PLURAL);
        if (plural && strcmp(plural, word) == 0)
            return kind;
    }
    return 0;
}

/* kind_of("partners"): the kind of a collection's or kind's English word, or nil. */
static int host_kind_of(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    const char *word = luaL_checkstring(L, 1);
    KindId kind = kind_of_plural(binding, word);
    if (!kind)
        kind = vocabulary_find_kind(vocabulary, word);
    if (kind)
        lua_pushstring(L, vocabulary_kind(vocabulary, kind)->id);
    else
        lua_pushnil(L);
    return 1;
}

/* next(row): the next entity of the alliance in order of reading; nil at the end. */
static int host_next(lua_State *L)
{
    Binding *binding = binding_of(L);
    lua_Integer row = luaL_optinteger(L, 1, 0);
    EntityId first, last;
    snapshot_alliance_rows(binding->snapshot, binding->alliance, &first, &last);
    for (EntityId entity = row < first ? first : (EntityId)row + 1; entity < last; entity++) {
        if (entity_is_gone(binding->snapshot, entity))
            continue;
        lua_pushinteger(L, (lua_Integer)entity);
        push_entity(L, entity);
        return 2;
    }
    lua_pushnil(L);
    return 1;
}

/* visit(visitors, ctx): calls visitors[kind](ctx, entity) for each entity of the alliance, in
 * order of reading. */
static int host_visit(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    KindId kinds = vocabulary_kind_count(vocabulary);
    EntityId first, last;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    lua_createtable(L, kinds, 0);               /* 3: the function of each kind */
    bool *is_visited = lua_newuserdatauv(L, (size_t)kinds + 1, 0);
    is_visited[0] = false;
    for (KindId kind = 1; kind <= kinds; kind++) {
        lua_pushstring(L, vocabulary_kind(vocabulary, kind)->id);
        is_visited[kind] = lua_rawget(L, 1) != LUA_TNIL;
        lua_rawseti(L, 3, kind);
    }
    snapshot_alliance_rows(binding->snapshot, binding->alliance, &first, &last);
    for (EntityId entity = first; entity < last; entity++) {
        KindId kind = entity_kind(binding->snapshot, entity);
        if (!is_visited[kind] || entity_is_gone(binding->snapshot, entity))
            continue;
        lua_rawgeti(L, 3, kind);
        lua_pushvalue(L, 2);
        push_entity(L, entity);
        lua_call(L, 2, 0);
    }
    return 0;
}

static int host_find_name(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length;
    const char *name = luaL_checklstring(L, 1, &length);
    NameId id = names_find(snapshot_names(binding->snapshot), name, length);
    size_t alliance = binding->alliance == SIZE_MAX ? 0 : binding->alliance;
    EntityId entity = id ? snapshot_find(binding->snapshot, alliance, id) : 0;
    if (entity && !entity_is_gone(binding->snapshot, entity))
        push_entity(L, entity);
    else
        lua_pushnil(L);
    return 1;
}

static int host_alliance(lua_State *L)
{
    Binding *binding = binding_of(L);
    EntityId entity = binding->alliance == SIZE_MAX
                          ? (snapshot_alliance_count(binding->snapshot) == 1
                                 ? snapshot_alliance_entity(binding->snapshot, 0)
                                 : 0)
                          : snapshot_alliance_entity(binding->snapshot, binding->alliance);
    if (entity && !entity_is_gone(binding->snapshot, entity))
        push_entity(L, entity);
    else
        lua_pushnil(L);
    return 1;
}

static int host_query(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    Diags diags;
    Answer answer;
    diags_init(&diags, binding->arena);
    diags.limit = 20;
    Evaluation *evaluation = evaluation_new(binding->snapshot, binding->alliance, &diags);
    if (!evaluation)
        return luaL_error(L, "there is not enough memory for this query");
    if (!query_text(evaluation, text, length, LANG_EN, &answer) || diags.errors > 0) {
        const char *message =
            diags.count > 0 ? diag_message_text(binding->arena, snapshot_words(binding->snapshot),
                                                LANG_EN, diags.items[0])
                            : "it cannot be read";
        evaluation_free(evaluation);
        return luaL_error(L, "the query '%s' is wrong: %s", text, message);
    }
    if (answer.is_value) {
        handle_push(L, binding, answer.value);
    } else {
        lua_createtable(L, (int)(answer.row_count > 1000000 ? 1000000 : answer.row_count), 0);
        for (size_t row = 0; row < answer.row_count; row++) {
            if (answer.entities) {
                push_entity(L, answer.entities[row]);
            } else {
                lua_createtable(L, 0, (int)answer.column_count);
                for (size_t i = 0; i < answer.column_count; i++) {
                    handle_push(L, binding, answer.cells[row * answer.column_count + i]);
                    lua_setfield(L, -2, answer.columns[i].id);
                }
            }
            lua_rawseti(L, -2, (lua_Integer)row + 1);
        }
    }
    evaluation_free(evaluation);
    return 1;
}

/* ---- Words, texts ----------------------------------------------------------------------- */

static LangId to_language(lua_State *L, int index, const Binding *binding)
{
    LangId language = binding->language;
    const char *code = luaL_optstring(L, index, NULL);
    if (code)
        words_language_find(snapshot_words(binding->snapshot), code, strlen(code), &language);
    return language;
}

/* text(value, language): a value as a person reads it. */
static int host_text(lua_State *L)
{
    Binding *binding = binding_of(L);
    Held *held = as_held(L, 1);
    EntityId entity = as_entity(L, 1);
    if (entity)
        lua_pushstring(L, entity_label(binding->arena, binding->snapshot, entity,
                                       to_language(L, 2, binding)));
    else if (held)
        lua_pushstring(L, value_text(binding->arena, binding->snapshot, held->value,
                                     to_language(L, 2, binding)));
    else if (lua_isstring(L, 1)
             || luaL_getmetafield(L, 1, "__tostring") == LUA_TFUNCTION)
        luaL_tolstring(L, 1, NULL);
    else
        lua_pushstring(L, luaL_typename(L, 1));     /* never where it lies */
    return 1;
}

/* A word of a list: one word may be written in several ways, so a list of the kind comes first. */
static const char *listed_word(const Vocabulary *vocabulary, const Words *words, LangId language,
                               const char *id, const char *scope)
{
    WordId word = vocabulary_find_word(vocabulary, id);
    KindId kind = scope ? vocabulary_find_kind(vocabulary, scope) : 0;
    const KindInfo *info = kind ? vocabulary_kind(vocabulary, kind) : NULL;
    const char *text = NULL;
    uint16_t rank;
    for (uint16_t i = 0; word && info && !text && i < info->property_count; i++) {
        ListId list = info->properties[i].list;
        if (list && vocabulary_list_has(vocabulary, list, word, &rank))
            text = words_text(words, language, ROLE_LISTED, word, list, WORD_USUAL);
    }
    for (ListId list = 1; word && !text && list <= vocabulary_list_count(vocabulary); list++) {
        if (vocabulary_list_has(vocabulary, list, word, &rank))
            text = words_text(words, language, ROLE_LISTED, word, list, WORD_USUAL);
    }
    return text;
}

/* word(role, id, kind, language): a word of the vocabulary. */
static int host_word(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    const Words *words = snapshot_words(binding->snapshot);
    const char *role = luaL_checkstring(L, 1), *id = luaL_checkstring(L, 2);
    const char *scope = luaL_optstring(L, 3, NULL);
    LangId language = to_language(L, 4, binding);
    KindId kind = vocabulary_find_kind(vocabulary, id);
    const char *text = NULL;
    if (strcmp(role, "kind") == 0 && kind) {
        text = words_text(words, language, ROLE_KIND, kind, 0, WORD_USUAL);
    } else if (strcmp(role, "kinds") == 0 && kind) {
        text = words_text(words, language, ROLE_COLLECTION, kind, 0, WORD_PLURAL);
    } else if (strcmp(role, "property") == 0) {
        KindId of = scope ? vocabulary_find_kind(vocabulary, scope) : 0;
        PropertyId property = vocabulary_find_property(vocabulary, id);
        if (property)
            text = words_text(words, language, ROLE_PROPERTY, property, of, WORD_USUAL);
    } else if (strcmp(role, "ask") == 0 && !scope && kind) {
        text = words_ask(words, language, ROLE_KIND, kind, 0);
    } else if (strcmp(role, "ask") == 0 && scope) {
        KindId of = vocabulary_find_kind(vocabulary, scope);
        PropertyId property = vocabulary_find_property(vocabulary, id);
        if (property)
            text = words_ask(words, language, ROLE_PROPERTY, property, of);
    } else if (strcmp(role, "word") == 0) {
        text = listed_word(vocabulary, words, language, id, scope);
    }
    if (text)
        lua_pushstring(L, text);
    else
        lua_pushnil(L);
    return 1;
}

/* list(kind, property): the words of its closed list, in order; nil when it has none. */
static int host_list(lua_State *L)
{
    Binding *binding = binding_of(L);
    const Vocabulary *vocabulary = snapshot_vocabulary(binding->snapshot);
    KindId kind = vocabulary_find_kind(vocabulary, luaL_checkstring(L, 1));
    PropertyId id = vocabulary_find_property(vocabulary, luaL_checkstring(L, 2));
    const PropertyInfo *property = kind && id ? vocabulary_property(vocabulary, kind, id) : NULL;
    const ListInfo *list =
        property && property->list ? vocabulary_list(vocabulary, property->list) : NULL;
    if (!list) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, list->count, 0);
    for (uint16_t i = 0; i < list->count; i++) {
        lua_pushstring(L, vocabulary_word_id(vocabulary, list->words[i]));
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int host_width(lua_State *L)
{
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)utf8_width(text, length));
    return 1;
}

static int host_fold(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length, folded_length;
    const char *text = luaL_checklstring(L, 1, &length);
    if (utf8_valid(text, length) != length)
        return luaL_error(L, "this text is not valid UTF-8");
    const char *folded = utf8_fold(binding->arena, text, length, &folded_length);
    lua_pushlstring(L, folded, folded_length);
    return 1;
}

/* match(text, pattern, caseless): the first match, or nil; nil, "limit" when it gave up. */
static int host_match(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length, pattern_length, start, end;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *source = luaL_checklstring(L, 2, &pattern_length);
    PatternError error;
    Pattern *pattern =
        pattern_new(binding->arena, source, pattern_length, lua_toboolean(L, 3), &error);
    if (!pattern)
        return luaL_error(L, "this pattern is wrong: %s", error.text);
    switch (pattern_match(pattern, text, length, &start, &end)) {
    case PATTERN_YES:
        lua_pushlstring(L, text + start, end - start);
        return 1;
    case PATTERN_NO:
        lua_pushnil(L);
        return 1;
    case PATTERN_LIMIT:
        break;
    }
    lua_pushnil(L);
    lua_pushstring(L, "limit");
    return 2;
}

/* date("2024-06-30"): a date value, or nil. */
static int host_date(lua_State *L)
{
    size_t length;
    Date date;
    if (lua_isinteger(L, 1)) {
        lua_Integer day = lua_tointeger(L, 1);
        luaL_argcheck(L, day >= INT32_MIN / 2 && day <= INT32_MAX / 2, 1, "no such day");
        date = (Date){0, DATE_DAY};
        if (!date_add_days(date, day, &date))
            lua_pushnil(L);
        else
            push_date(L, date);
        return 1;
    }
    const char *text = luaL_checklstring(L, 1, &length);
    if (date_parse(text, length, &date))
        push_date(L, date);
    else
        lua_pushnil(L);
    return 1;
}

/* type(value): "entity", "amount", "date", "period", "target", "bag", or Lua's type. */
static int host_type(lua_State *L)
{
    static const char *const names[] = {
        [VALUE_AMOUNT] = "amount", [VALUE_DATE] = "date", [VALUE_PERIOD] = "period",
        [VALUE_TARGET] = "target", [VALUE_BAG] = "bag",
    };
    luaL_checkany(L, 1);
    Held *held = as_held(L, 1);
    if (as_entity(L, 1))
        lua_pushstring(L, "entity");
    else if (held)
        lua_pushstring(L, names[held->value.kind]);
    else
        lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

/* amount("2 months", "en"): an amount written in a language, or nil. */
static int host_amount(lua_State *L)
{
    Binding *binding = binding_of(L);
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    Diags diags;
    Answer answer = {0};
    diags_init(&diags, binding->arena);
    diags.limit = 1;
    Evaluation *evaluation = evaluation_new(binding->snapshot, binding->alliance, &diags);
    bool is_amount = evaluation
                     && query_text(evaluation, text, length, to_language(L, 2, binding), &answer)
                     && diags.errors == 0 && answer.is_value && answer.value.kind == VALUE_AMOUNT;
    if (is_amount)
        push_amount(L, *answer.value.as.amount);
    else
        lua_pushnil(L);
    if (evaluation)
        evaluation_free(evaluation);
    return 1;
}

static lua_Integer push_settings(lua_State *L, Binding *binding, const Snapshot *from,
                                 size_t alliance, lua_Integer index)
{
    size_t first, last;
    snapshot_settings(from, alliance, &first, &last);
    for (size_t i = first; i < last; i++) {
        SettingValue setting = snapshot_setting(from, i);
        lua_createtable(L, 0, 3);
        lua_pushstring(L, setting.plugin);
        lua_setfield(L, -2, "plugin");
        lua_pushstring(L, setting.option);
        lua_setfield(L, -2, "option");
        handle_push(L, binding, setting.value);
        lua_setfield(L, -2, "value");
        lua_rawseti(L, -2, ++index);
    }
    return index;
}

/* settings(): those of alliance.conf, then those of the alliance, in order: the last one holds.  Of
 * several alliances none speaks for the others. */
static int host_settings(lua_State *L)
{
    Binding *binding = binding_of(L);
    bool is_one = binding->alliance != SIZE_MAX
                  || snapshot_alliance_count(binding->snapshot) == 1;
    lua_Integer index = 0;
    lua_newtable(L);
    if (binding->conf)
        index = push_settings(L, binding, binding->conf, SIZE_MAX, index);
    if (is_one)
        push_settings(L, binding, binding->snapshot, binding->alliance, index);
    return 1;
}

/* acceptances(): what is accepted in the alliance, in order. */
static int host_acceptances(lua_State *L)
{
    Binding *binding = binding_of(L);
    lua_Integer index = 0;
    lua_newtable(L);
    size_t first, last;
    snapshot_acceptances(binding->snapshot, binding->alliance, &first, &last);
    for (size_t i = first; i < last; i++) {
        Acceptance accepted = snapshot_acceptance(binding->snapshot, i);
        lua_createtable(L, 0, 5);
        lua_pushstring(L, accepted.check);
        lua_setfield(L, -2, "check");
        lua_pushstring(L, accepted.reason);
        lua_setfield(L, -2, "reason");
        const char *author = accepted.author_entity
                                 ? entity_label(binding->arena, binding->snapshot,
                                                accepted.author_entity, binding->language)
                                 : accepted.author;
        lua_pushstring(L, author);
        lua_setfield(L, -2, "author");
        if (accepted.has_until) {
            push_date(L, accepted.until);
            lua_setfield(L, -2, "until");
        }
        lua_createtable(L, (int)accepted.entity_count, 0);
        for (size_t j = 0; j < accepted.entity_count; j++) {
            push_entity(L, accepted.entities[j]);
            lua_rawseti(L, -2, (lua_Integer)j + 1);
        }
        lua_setfield(L, -2, "entities");
        lua_rawseti(L, -2, ++index);
    }
    return 1;
}

static int host_row(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)to_entity(L, 1));
    return 1;
}

/* entity(row): the one of that row, or nil. */
static int host_entity(lua_State *L)
{
    Binding *binding = binding_of(L);
    lua_Integer row = lua_isinteger(L, 1) ? lua_tointeger(L, 1) : 0;
    EntityId first, last;
    snapshot_alliance_rows(binding->snapshot, binding->alliance, &first, &last);
    if (row >= first && row < last && !entity_is_gone(binding->snapshot, (EntityId)row))
        push_entity(L, (EntityId)row);
    else
        lua_pushnil(L);
    return 1;
}

void open_model(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"all", host_all}, {"next", host_next}, {"visit", host_visit},
        {"kind_of", host_kind_of}, {"find", host_find_name},
        {"alliance", host_alliance}, {"query", host_query}, {"text", host_text},
        {"word", host_word}, {"list", host_list}, {"width", host_width}, {"fold", host_fold},
        {"match", host_match}, {"date", host_date}, {"type", host_type},
        {"amount", host_amount}, {"settings", host_settings},
        {"acceptances", host_acceptances}, {"row", host_row}, {"entity", host_entity}, {NULL, NULL},
    };
    set_functions(L, functions);
}
