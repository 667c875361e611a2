/* vocabulary_read.c -- `extension` files: kinds, properties, lists and words read at run time.
 *
 * An extension is written as stdlib/vocabulary and stdlib/words are: `kind garden { head: named
 * / places: top / property area: amount }` says what may be said, `kind garden "garden" {
 * plural: "gardens" / property area "area" { about: "..." } }` says its words, in the language of
 * the file's header.  What has no word in a language is called by its id there.  Data only: an
 * extension never runs anything.
 */
#include "lang/model/vocabulary_rows.h"

#include <string.h>

#include "lang/syntax/words_rows.h"

enum { MOST_IDS = 8000 };           /* ids of a kind: node.h keeps 13 bits for them */

typedef struct Reader {
    Vocabulary *vocabulary;
    Words *words;
    Tree *tree;
    Diags *diags;
    Arena *arena;
    bool is_fine;
} Reader;

/* ---- Copies ---------------------------------------------------------------------------- */

static void *copied(Arena *arena, const void *rows, size_t count, size_t size)
{
    void *copy = arena_array(arena, count, size);
    memcpy(copy, rows, count * size);
    return copy;
}

Vocabulary *vocabulary_extend(Arena *arena, const Vocabulary *from)
{
    Vocabulary *vocabulary = arena_alloc(arena, sizeof *vocabulary);
    *vocabulary = *from;
    vocabulary->arena = arena;
    return vocabulary;
}

/* One more row at the end: extensions are few, and a copy for each keeps the tables constant. */
static void *one_more(Reader *reader, const void *rows, uint16_t highest, size_t size)
{
    char *grown = arena_array(reader->arena, (size_t)highest + 2, size);
    if (rows)
        memcpy(grown, rows, ((size_t)highest + 1) * size);
    return grown;
}

/* ---- Reading the tree ------------------------------------------------------------------ */

static const Node *at(const Reader *reader, NodeId node)
{
    return tree_node(reader->tree, node);
}

static void complain(Reader *reader, NodeId node, MessageId message)
{
    reader->is_fine = false;
    diag_add(reader->diags, message, reader->tree->source, node_span(at(reader, node)),
             reader->tree->language);
}

static const char *word_of(const Reader *reader, NodeId node)
{
    return names_text(reader->tree->names, at(reader, node)->data);
}

static bool is_word(const Reader *reader, NodeId node, const char *word)
{
    return strcmp(word_of(reader, node), word) == 0;
}

static const char *text_at(const Reader *reader, NodeId node)
{
    size_t length;
    const char *bytes = tree_text(reader->tree, node, &length);
    return arena_copy(reader->arena, bytes, length);
}

static NodeId block_of(const Reader *reader, NodeId node)
{
    return node_child_of(reader->tree, node, NODE_BLOCK);
}

/* The values of `WORD: ...` in a block; 0: it is not there. */
static NodeId values_of(const Reader *reader, NodeId block, const char *word)
{
    for (NodeId id = block ? at(reader, block)->child : 0; id; id = at(reader, id)->next)
        if (at(reader, id)->kind == NODE_PROPERTY && is_word(reader, id, word))
            return at(reader, id)->child;
    return 0;
}

static const char *text_property(const Reader *reader, NodeId block, const char *word)
{
    NodeId value = values_of(reader, block, word);
    return value && at(reader, value)->kind == NODE_TEXT ? text_at(reader, value) : NULL;
}

/* The row of a fixed list that a PATH names, from 1; 0: none. */
static unsigned choice_of(const Reader *reader, NodeId value, const char *const *choices,
                          unsigned count)
{
    if (!value || at(reader, value)->kind != NODE_PATH)
        return 0;
    for (unsigned i = 0; i < count; i++)
        if (is_word(reader, value, choices[i]))
            return i + 1;
    return 0;
}

/* ---- Ids ------------------------------------------------------------------------------- */

static uint16_t add_id(Reader *reader, const char *const **ids, uint16_t *highest,
                       const char *id)
{
    const char **grown = one_more(reader, *ids, *highest, sizeof *grown);
    grown[++*highest] = id;
    *ids = grown;
    return *highest;
}

static PropertyId property_id(Reader *reader, const char *id)
{
    Vocabulary *vocabulary = reader->vocabulary;
    PropertyId known = vocabulary_find_property(vocabulary, id);
    if (known || vocabulary->property_count >= MOST_IDS)
        return known;
    return add_id(reader, &vocabulary->property_ids, &vocabulary->property_count, id);
}

static WordId word_id(Reader *reader, const char *id)
{
    Vocabulary *vocabulary = reader->vocabulary;
    WordId known = vocabulary_find_word(vocabulary, id);
    if (known || vocabulary->word_count >= MOST_IDS)
        return known;
    return add_id(reader, &vocabulary->word_ids, &vocabulary->word_count, id);
}

static ListId find_list(const Vocabulary *vocabulary, const char *id)
{
    for (uint16_t i = 1; i <= vocabulary->list_count; i++)
        if (vocabulary->lists[i].id && strcmp(vocabulary->lists[i].id, id) == 0)
            return i;
    return 0;
}

/* Until a word is given, an id is its own word, in every language, and that of its collection. */
static void call_by_id(Reader *reader, WordRole role, uint16_t id, uint16_t scope,
                       const char *word)
{
    unsigned count = words_language_count(reader->words);
    for (LangId language = 0; language < count; language++) {
        if (words_text(reader->words, language, role, id, scope, WORD_USUAL))
            continue;
        WordAddition row = {.language = language, .role = role, .id = id, .scope = scope};
        row.forms[WORD_USUAL] = word;
        row.forms[WORD_PLURAL] = role == ROLE_KIND ? word : NULL;
        words_add(reader->words, &row);
    }
}

/* ---- Types ----------------------------------------------------------------------------- */

static PropertyType type_of(const Reader *reader, NodeId value)
{
    if (!value || at(reader, value)->kind != NODE_PATH)
        return TYPE_NONE;
    for (PropertyType type = TYPE_NONE + 1; type < TYPE_COUNT; type++)
        if (is_word(reader, value, property_type_word(type)))
            return type;
    return TYPE_NONE;
}

typedef struct Typed {
    PropertyType type;
    ListId list;
    const KindId *refs;
    uint16_t ref_count;
} Typed;

/* TYPE, then the list or the kinds that it takes. */
static bool read_type(Reader *reader, NodeId first, Typed *typed)
{
    *typed = (Typed){.type = type_of(reader, first)};
    if (!typed->type) {
        if (first)
            complain(reader, first, MESSAGE_EXTENSION_TYPE);
        reader->is_fine = false;
        return false;
    }
    bool takes_list = typed->type == TYPE_WORD || typed->type == TYPE_WORDS;
    KindId *refs = NULL;
    size_t capacity = 0;
    for (NodeId id = at(reader, first)->next; id && at(reader, id)->kind == NODE_PATH;
         id = at(reader, id)->next) {
        const char *word = word_of(reader, id);
        KindId kind = takes_list ? 0 : vocabulary_find_kind(reader->vocabulary, word);
        if (takes_list)
            typed->list = find_list(reader->vocabulary, word);
        if (!kind && !typed->list) {
            complain(reader, id, MESSAGE_EXTENSION_UNKNOWN);
            return false;
        }
        refs = arena_grow(reader->arena, refs, &capacity, (size_t)typed->ref_count + 1,
                          sizeof *refs);
        if (kind)
            refs[typed->ref_count++] = kind;
    }
    typed->refs = refs;
    return true;
}

static void read_range(const Reader *reader, NodeId range, int32_t *low, int32_t *high)
{
    if (!range || at(reader, range)->kind != NODE_RANGE)
        return;
    NodeId first = at(reader, range)->child;
    NodeId second = first ? at(reader, first)->next : 0;
    int64_t numbers[2] = {0, 0};
    NodeId ends[2] = {first, second};
    for (int i = 0; i < 2; i++)
        if (!ends[i] || at(reader, ends[i])->kind != NODE_AMOUNT
            || !decimal_is_integer(reader->tree->amounts[at(reader, ends[i])->data].number,
                                   &numbers[i])
            || numbers[i] > INT32_MAX || numbers[i] < INT32_MIN)
            return;
    *low = (int32_t)numbers[0];
    *high = (int32_t)numbers[1];
}

/* ---- Properties ------------------------------------------------------------------------ */

static void status_of(const Reader *reader, NodeId block, PropertyInfo *info)
{
    NodeId value = values_of(reader, block, "required-from");
    const ListInfo *list = vocabulary_list(reader->vocabulary, LIST_ALLIANCE_STATUS);
    for (uint16_t i = 0; value && i < list->count; i++)
        if (is_word(reader, value, vocabulary_word_id(reader->vocabulary, list->words[i])))
            info->required_from = (uint8_t)(i + 1);
}

/* `property area: amount { required-from: framing }` */
static bool read_property(Reader *reader, NodeId node, KindId kind, PropertyInfo *info)
{
    NodeId name = at(reader, node)->child;
    Typed typed;
    if (!name || !read_type(reader, at(reader, name)->next, &typed))
        return false;
    const char *id = word_of(reader, name);
    NodeId block = block_of(reader, node);
    *info = (PropertyInfo){.id = property_id(reader, id), .type = (uint8_t)typed.type,
                           .list = typed.list, .refs = typed.refs,
                           .ref_count = typed.ref_count};
    read_range(reader, values_of(reader, block, "range"), &info->minimum, &info->maximum);
    status_of(reader, block, info);
    if (!info->id)
        return false;
    call_by_id(reader, ROLE_PROPERTY, info->id, kind, id);
    return true;
}

static void add_property(Reader *reader, KindId kind, const PropertyInfo *info)
{
    Vocabulary *vocabulary = reader->vocabulary;
    if (vocabulary_property(vocabulary, kind, info->id))
        return;
    KindInfo *kinds = copied(reader->arena, vocabulary->kinds,
                             (size_t)vocabulary->kind_count + 1, sizeof *kinds);
    KindInfo *row = &kinds[kind];
    PropertyInfo *rows = arena_array(reader->arena, (size_t)row->property_count + 1,
                                     sizeof *rows);
    if (row->property_count)
        memcpy(rows, row->properties, row->property_count * sizeof *rows);
    rows[row->property_count++] = *info;
    row->properties = rows;
    vocabulary->kinds = kinds;
}

static void add_common(Reader *reader, const PropertyInfo *info)
{
    Vocabulary *vocabulary = reader->vocabulary;
    PropertyInfo *rows = arena_array(reader->arena, (size_t)vocabulary->common_count + 1,
                                     sizeof *rows);
    memcpy(rows, vocabulary->common, vocabulary->common_count * sizeof *rows);
    rows[vocabulary->common_count++] = *info;
    vocabulary->common = rows;
}

/* ---- Kinds ----------------------------------------------------------------------------- */

static uint16_t places_of(const Reader *reader, NodeId block)
{
    static const char *const places[] = {"top", "alliance", "partner", "goal", "kpi",
                                         "milestone", "pilot"};
    uint16_t bits = 0;
    for (NodeId id = values_of(reader, block, "places"); id; id = at(reader, id)->next) {
        unsigned place = choice_of(reader, id, places, sizeof places / sizeof places[0]);
        if (place)
            bits |= (uint16_t)(1 << (place - 1));
    }
    return bits ? bits : PLACE_TOP;
}

static Head head_of(Reader *reader, NodeId block)
{
    static const char *const heads[] = {"named", "titled", "measured", "keyed", "link"};
    static const Head rows[] = {HEAD_NAMED, HEAD_TITLED, HEAD_MEASURED, HEAD_KEYED, HEAD_LINK};
    NodeId value = values_of(reader, block, "head");
    unsigned head = choice_of(reader, value, heads, sizeof heads / sizeof heads[0]);
    if (!head && value)
        complain(reader, value, MESSAGE_EXTENSION_HEAD);
    return head ? rows[head - 1] : HEAD_NAMED;
}

static KindId new_kind(Reader *reader, NodeId block, const char *id)
{
    Vocabulary *vocabulary = reader->vocabulary;
    KindInfo row = {.id = id, .head = (uint8_t)head_of(reader, block),
                    .places = places_of(reader, block)};
    Typed typed;
    NodeId value = values_of(reader, block, "value"), key = values_of(reader, block, "key");
    if (row.head == HEAD_KEYED && key && read_type(reader, key, &typed)) {
        row.key_type = (uint8_t)typed.type;
        row.key_list = typed.list;
        row.key_refs = typed.refs;
        row.key_ref_count = typed.ref_count;
    }
    if (value && read_type(reader, value, &typed)) {
        row.amount_is_money = row.head == HEAD_MEASURED && typed.type == TYPE_MONEY;
        row.value_type = row.head == HEAD_KEYED ? (uint8_t)typed.type : 0;
        read_range(reader, values_of(reader, block, "range"), &row.value_minimum,
                   &row.value_maximum);
    }
    if (vocabulary->kind_count >= MOST_IDS)
        return 0;
    KindInfo *kinds = one_more(reader, vocabulary->kinds, vocabulary->kind_count, sizeof *kinds);
    kinds[++vocabulary->kind_count] = row;
    vocabulary->kinds = kinds;
    call_by_id(reader, ROLE_KIND, vocabulary->kind_count, 0, id);
    return vocabulary->kind_count;
}

/* ---- Words ----------------------------------------------------------------------------- */

static void add_words(Reader *reader, NodeId node, WordRole role, uint16_t id, uint16_t scope)
{
    NodeId title = node_child_of(reader->tree, node, NODE_TEXT);
    NodeId block = block_of(reader, node);
    if (!title || !id)
        return;
    WordAddition row = {.language = reader->tree->language, .role = role, .id = id,
                        .scope = scope};
    row.forms[WORD_USUAL] = text_at(reader, title);
    row.forms[WORD_PLURAL] = text_property(reader, block, "plural");
    if (role == ROLE_KIND && !row.forms[WORD_PLURAL])
        row.forms[WORD_PLURAL] = row.forms[WORD_USUAL];
    row.forms[WORD_FEMININE] = text_property(reader, block, "feminine");
    row.about = text_property(reader, block, "about");
    row.ask = text_property(reader, block, "ask");
    NodeId gender = values_of(reader, block, "gender");
    row.is_feminine = gender && at(reader, gender)->kind == NODE_PATH
        && (is_word(reader, gender, "feminine") || is_word(reader, gender, "f"));
    words_add(reader->words, &row);
}

static void read_kind(Reader *reader, NodeId node)
{
    NodeId name = at(reader, node)->child;
    NodeId block = block_of(reader, node);
    const char *id = word_of(reader, name);
    KindId kind = vocabulary_find_kind(reader->vocabulary, id);
    if (!kind)
        kind = new_kind(reader, block, id);
    add_words(reader, node, ROLE_KIND, kind, 0);
    for (NodeId item = block && kind ? at(reader, block)->child : 0; item;
         item = at(reader, item)->next) {
        if (at(reader, item)->kind != NODE_DECLARATION || !is_word(reader, item, "property"))
            continue;
        PropertyInfo info;
        Head shape = (Head)(at(reader, item)->flags & NODE_HEAD);
        NodeId property = at(reader, item)->child;
        if (shape == HEAD_KEYED && read_property(reader, item, kind, &info))
            add_property(reader, kind, &info);
        else if (shape == HEAD_NAMED)
            add_words(reader, item, ROLE_PROPERTY,
                      vocabulary_find_property(reader->vocabulary, word_of(reader, property)),
                      kind);
    }
}

/* ---- Lists ----------------------------------------------------------------------------- */

static ListId new_list(Reader *reader, const char *id)
{
    Vocabulary *vocabulary = reader->vocabulary;
    if (vocabulary->list_count >= MOST_IDS)
        return 0;
    ListInfo *lists = one_more(reader, vocabulary->lists, vocabulary->list_count, sizeof *lists);
    lists[++vocabulary->list_count] = (ListInfo){.id = id};
    vocabulary->lists = lists;
    return vocabulary->list_count;
}

static void add_to_list(Reader *reader, ListId list, const char *id)
{
    Vocabulary *vocabulary = reader->vocabulary;
    WordId word = word_id(reader, id);
    if (!word || vocabulary_list_has(vocabulary, list, word, NULL))
        return;
    ListInfo *lists = copied(reader->arena, vocabulary->lists,
                             (size_t)vocabulary->list_count + 1, sizeof *lists);
    WordId *words = arena_array(reader->arena, (size_t)lists[list].count + 1, sizeof *words);
    if (lists[list].count)
        memcpy(words, lists[list].words, lists[list].count * sizeof *words);
    words[lists[list].count++] = word;
    lists[list].words = words;
    vocabulary->lists = lists;
    call_by_id(reader, ROLE_LISTED, word, list, id);
}

static void read_list(Reader *reader, NodeId node)
{
    NodeId block = block_of(reader, node);
    const char *id = word_of(reader, at(reader, node)->child);
    ListId list = find_list(reader->vocabulary, id);
    if (!list)
        list = new_list(reader, id);
    if (!list)
        return;
    for (NodeId value = values_of(reader, block, "words"); value; value = at(reader, value)->next)
        if (at(reader, value)->kind == NODE_PATH)
            add_to_list(reader, list, word_of(reader, value));
    for (NodeId item = block ? at(reader, block)->child : 0; item; item = at(reader, item)->next) {
        NodeId word = at(reader, item)->child;
        if (at(reader, item)->kind != NODE_DECLARATION || !is_word(reader, item, "word") || !word)
            continue;
        add_to_list(reader, list, word_of(reader, word));
        add_words(reader, item, ROLE_LISTED,
                  vocabulary_find_word(reader->vocabulary, word_of(reader, word)), list);
    }
}

/* ---- A file ---------------------------------------------------------------------------- */

bool vocabulary_read(Vocabulary *vocabulary, Words *words, const Tree *extension, Diags *diags)
{
    Reader reader = {.vocabulary = vocabulary, .words = words, .tree = (Tree *)extension,
                     .diags = diags, .arena = vocabulary->arena, .is_fine = true};
    for (NodeId id = at(&reader, TREE_ROOT)->child; id; id = at(&reader, id)->next) {
        const Node *node = at(&reader, id);
        if (node->kind == NODE_HEADER || node->kind == NODE_DOC || node->kind == NODE_ERROR
            || node->flags & NODE_POISONED)
            continue;
        bool is_named = node->kind == NODE_DECLARATION && node->child
            && (at(&reader, node->child)->kind == NODE_WORD
                || at(&reader, node->child)->kind == NODE_PATH);
        PropertyInfo info;
        if (is_named && is_word(&reader, id, "kind"))
            read_kind(&reader, id);
        else if (is_named && is_word(&reader, id, "list"))
            read_list(&reader, id);
        else if (is_named && is_word(&reader, id, "property")) {
            if (read_property(&reader, id, 0, &info) && info.id)
                add_common(&reader, &info);
        } else {
            complain(&reader, id, MESSAGE_EXTENSION_STATEMENT);
        }
    }
    return reader.is_fine;
}
