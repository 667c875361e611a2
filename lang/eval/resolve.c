/* resolve.c -- what a name in an expression means.
 *
 * A word is looked up in the current element (its fields, then its relations), then among the
 * words of the list that it is compared with, then among entities, then among collections.  On
 * the other side of a comparison with a list or a reference, the words of that list and the
 * entities come first.  After a dot only fields and relations are meant.
 */
#include "lang/eval/parts.h"

#include "lang/eval/complain.h"

#include <string.h>

/* One path being resolved. */
typedef struct Walk {
    const Binding *binding;
    Evaluation *evaluation;
    NodeId node;                /* the PATH */
    FieldPath path;
    Type type;                  /* of what was read so far */
    bool is_poisoned;           /* a declaration of this name could not be read, which was told */
} Walk;

/* ---- Words -------------------------------------------------------------------------- */

static const WordMeaning *meanings(const Binding *binding, NameId word, size_t *count)
{
    return words_meanings(binding->evaluation->words, binding->evaluation->names, word, count);
}

/* The id that a word of the tree's language has in this role; 0: none. */
static uint16_t word_id(const Binding *binding, NameId word, WordRole role)
{
    size_t count;
    const WordMeaning *rows = meanings(binding, word, &count);

    for (size_t i = 0; i < count; i++)
        if (rows[i].language == binding->tree->language && rows[i].role == role)
            return rows[i].id;
    return 0;
}

static bool is_custom(const Binding *binding, NameId word)
{
    const char *text = names_text(binding->evaluation->names, word);
    return (text[0] == 'x' || text[0] == 'X') && text[1] == '-' && text[2];
}

/* The property of a kind that a word of the tree's language means; NULL: none. */
static const PropertyInfo *kind_property(const Binding *binding, KindId kind, NameId word)
{
    size_t count;
    const WordMeaning *rows = meanings(binding, word, &count);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].language != binding->tree->language || rows[i].role != ROLE_PROPERTY
            || (rows[i].scope && rows[i].scope != kind))
            continue;
        const PropertyInfo *info =
            vocabulary_property(binding->evaluation->vocabulary, kind, rows[i].id);
        if (info)
            return info;
    }
    return NULL;
}

/* The same for an entity of several kinds: the first kind that has it, which is told too. */
static const PropertyInfo *find_property(const Binding *binding, const Type *type, NameId word,
                                         KindId *owner)
{
    const PropertyInfo *info = NULL;

    for (uint16_t i = 0; i < type->kind_count && !info; i++)
        info = kind_property(binding, *owner = type->kinds[i], word);
    if (type->kind_count)
        return info;
    uint16_t kinds = vocabulary_kind_count(binding->evaluation->vocabulary);
    for (KindId kind = 1; kind <= kinds && !info; kind++)
        info = kind_property(binding, *owner = kind, word);
    return info;
}

/* ---- Relations ---------------------------------------------------------------------- */

static bool names_kind(const KindId *kinds, uint16_t count, KindId kind)
{
    for (uint16_t i = 0; i < count; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

static bool is_reference(PropertyType type)
{
    return type == TYPE_REF || type == TYPE_REFS || type == TYPE_REF_OR_TEXT
        || type == TYPE_REF_OR_TEXTS;
}

static unsigned place_in(KindId owner)
{
    static const struct { KindId kind; Place place; } places[] = {
        {KIND_ALLIANCE, PLACE_ALLIANCE}, {KIND_PARTNER, PLACE_PARTNER}, {KIND_GOAL, PLACE_GOAL},
        {KIND_KPI, PLACE_KPI}, {KIND_MILESTONE, PLACE_MILESTONE}, {KIND_PILOT, PLACE_PILOT},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].kind == owner)
            return places[i].place;
    return 0;
}

/* Whether entities of `kind` can stand in an `owner`, or refer to it by a property made for it
 * (collection_related). */
static bool kinds_related(const Vocabulary *vocabulary, KindId owner, KindId kind)
{
    const KindInfo *info = vocabulary_kind(vocabulary, kind);

    if (owner == KIND_ALLIANCE || (info->places & place_in(owner)) || info->head == HEAD_LINK)
        return true;
    if (info->head == HEAD_KEYED && info->key_type == TYPE_REF
        && names_kind(info->key_refs, info->key_ref_count, owner))
        return true;
    for (uint16_t i = 0; i < info->property_count; i++) {
        const PropertyInfo *property = &info->properties[i];
        if (!property->is_derived && is_reference((PropertyType)property->type)
            && names_kind(property->refs, property->ref_count, owner))
            return true;
    }
    return false;
}

static bool type_related(const Binding *binding, const Type *type, KindId kind)
{
    const Vocabulary *vocabulary = binding->evaluation->vocabulary;

    for (uint16_t i = 0; i < type->kind_count; i++)
        if (kinds_related(vocabulary, type->kinds[i], kind))
            return true;
    return type->kind_count == 0;
}

static const KindId *one_kind(Evaluation *evaluation, KindId kind)
{
    KindId *kinds = arena_array(evaluation->arena, 1, sizeof *kinds);
    *kinds = kind;
    return kinds;
}

/* ---- Steps -------------------------------------------------------------------------- */

/* Tells the printer what a word of the tree is (node.h), so that it can be translated. */
static void mark(const Binding *binding, NodeId node, unsigned role, unsigned id)
{
    if (!binding->is_quiet)
        binding->tree->nodes[node].id = (uint16_t)(role | id);
}

/* The same for a word that may be written otherwise elsewhere: its list, or whose field it is. */
static void mark_in(const Binding *binding, NodeId node, unsigned role, unsigned id,
                    uint16_t scope)
{
    Node *at = &binding->tree->nodes[node];

    mark(binding, node, role, id);
    if (!binding->is_quiet && scope <= NODE_SCOPE)
        at->flags = (uint8_t)((at->flags & ~NODE_SCOPE) | scope);
}

static void add_step(Walk *walk, StepKind kind, uint16_t id, NameId name)
{
    walk->path.steps[walk->path.step_count++] =
        (Step){.kind = (uint8_t)kind, .id = id, .name = name};
}

/* A field of one known kind needs no question for each entity.  (The nature of a contribution
 * may follow from its amount, so it is not just what was written.) */
static void be_sure(Walk *walk, const PropertyInfo *info)
{
    Step *step = &walk->path.steps[walk->path.step_count - 1];

    step->is_sure = walk->type.kind_count == 1;
    step->is_written = step->is_sure && !info->is_derived && info->id != PROPERTY_NATURE;
}

/* One word after an entity (or several): a field, an x- property or a relation. */
static bool take_step(Walk *walk, NodeId node)
{
    NameId word = tree_node(walk->binding->tree, node)->data;
    Evaluation *evaluation = walk->evaluation;
    bool was_list = walk->type.is_list;
    KindId kind_with = 0;
    const PropertyInfo *info = find_property(walk->binding, &walk->type, word, &kind_with);

    if (info) {
        mark_in(walk->binding, node, ID_PROPERTY, info->id, kind_with);
        add_step(walk, STEP_FIELD, info->id, word);
        walk->path.steps[walk->path.step_count - 1].owner = kind_with;
        be_sure(walk, info);
        walk->type = type_of_property(info);
        walk->type.is_list |= was_list;
        return true;
    }
    if (is_custom(walk->binding, word)) {
        add_step(walk, STEP_CUSTOM, 0, word);
        walk->type = (Type){.family = FAMILY_ANY, .is_list = was_list, .is_open = true};
        return true;
    }
    KindId kind = word_id(walk->binding, word, ROLE_COLLECTION);
    if (kind && type_related(walk->binding, &walk->type, kind)) {
        mark(walk->binding, node, ID_COLLECTION, kind);
        add_step(walk, STEP_RELATED, kind, word);
        walk->type = type_of_kind(one_kind(evaluation, kind), true);
        return true;
    }
    return false;
}

static Formula *poison(const Walk *walk)
{
    return formula_new(walk->binding, FORMULA_POISON, walk->node, 0);
}

static Formula *finish(Walk *walk)
{
    Formula *formula = formula_new(walk->binding, FORMULA_PATH, walk->node, 0);

    formula->path = walk->path;
    formula->type = walk->type;
    return formula;
}

/* The words from `rest` on, each a step from what was read before. */
static Formula *take_rest(Walk *walk, NodeId rest)
{
    const Tree *tree = walk->binding->tree;

    for (NodeId id = rest; id; id = tree_node(tree, id)->next) {
        bool is_entity = walk->type.family == FAMILY_ENTITY;
        if (is_entity && take_step(walk, id))
            continue;
        if (!walk->binding->is_quiet)
            complain_no_field(walk->binding, id, &walk->type);
        return poison(walk);
    }
    return finish(walk);
}

static NodeId second_word(const Walk *walk)
{
    return tree_node(walk->binding->tree, walk->node)->child;
}

/* ---- The first word ----------------------------------------------------------------- */

static Formula *constant(const Binding *binding, NodeId node, Value value, Type type)
{
    Formula *formula = formula_new(binding, FORMULA_CONSTANT, node, 0);

    formula->constant = value;
    formula->type = type;
    return formula;
}

static Formula *constant_word(const Binding *binding, NodeId node, NameId word, ListId list)
{
    const Vocabulary *vocabulary = binding->evaluation->vocabulary;
    size_t count;
    const WordMeaning *rows = meanings(binding, word, &count);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].role != ROLE_LISTED || rows[i].language != binding->tree->language)
            continue;
        if (rows[i].scope != list && !vocabulary_list_has(vocabulary, list, rows[i].id, NULL))
            continue;
        mark_in(binding, node, ID_LISTED, rows[i].id, list);
        Value value = value_of_kind(VALUE_WORD);
        value.list = list;
        value.as.word = rows[i].id;
        return constant(binding, node, value, *binding->expected);
    }
    return NULL;
}

static Formula *constant_text(const Binding *binding, NodeId node, NameId word)
{
    Value value = value_of_kind(VALUE_TEXT);

    value.as.text = names_text(binding->evaluation->names, word);
    value.count = names_length(binding->evaluation->names, word);
    return constant(binding, node, value, type_simple(FAMILY_TEXT));
}

/* A word where the other side of the comparison says what is meant. */
static Formula *expected_word(const Binding *binding, NodeId node, NameId word)
{
    const Type *expected = binding->expected;
    uint16_t id;

    if (!expected)
        return NULL;
    if (expected->family == FAMILY_WORD && expected->list)
        return constant_word(binding, node, word, expected->list);
    if (expected->family == FAMILY_TEXT && expected->is_open)
        return constant_text(binding, node, word);
    if (expected->family == FAMILY_TRUTH && (id = word_id(binding, word, ROLE_YES_NO))) {
        mark(binding, node, ID_YES_NO, id);
        Value value = value_of_kind(VALUE_BOOL);
        value.as.truth = id == 1;
        return constant(binding, node, value, type_simple(FAMILY_TRUTH));
    }
    if (expected->family == FAMILY_KIND) {
        bool is_plural = !(id = word_id(binding, word, ROLE_KIND));
        if (is_plural && !(id = word_id(binding, word, ROLE_COLLECTION)))
            return NULL;
        mark(binding, node, is_plural ? ID_COLLECTION : ID_KIND, id);
        Value value = value_of_kind(VALUE_KIND);
        value.as.word = id;
        return constant(binding, node, value, type_simple(FAMILY_KIND));
    }
    return NULL;
}

/* The columns of rows that are no entities: a measure by its word, a path by its words. */
static bool column_fits(const Walk *walk, const Column *column, NodeId *rest)
{
    const Binding *binding = walk->binding;
    Names *names = walk->evaluation->names;
    NodeId id = walk->node;
    NameId word = tree_node(binding->tree, id)->data;

    if (column->measure) {
        *rest = tree_node(binding->tree, id)->child;
        return words_core(walk->evaluation->words, names, binding->tree->language, word)
            == column->measure;
    }
    const FieldPath *path = &column->formula->path;
    NodeId next = tree_node(binding->tree, id)->child;
    for (uint32_t i = 0; i < path->step_count; i++) {
        if (i && !next)
            return false;
        if (i) {
            word = tree_node(binding->tree, next)->data;
            next = tree_node(binding->tree, next)->next;
        }
        if (names_folded(names, word) != names_folded(names, path->steps[i].name))
            return false;
    }
    *rest = next;
    return path->step_count > 0;
}

/* The words of a column mean what they meant where it was made. */
static void mark_column(const Walk *walk, const Column *column)
{
    NodeId node = walk->node;

    if (column->measure)
        mark(walk->binding, node, ID_CORE, column->measure);
    for (uint32_t i = 0; !column->measure && i < column->formula->path.step_count; i++) {
        const Step *step = &column->formula->path.steps[i];
        if (step->kind == STEP_FIELD)
            mark_in(walk->binding, node, ID_PROPERTY, step->id, step->owner);
        else if (step->kind != STEP_CUSTOM)
            mark(walk->binding, node, ID_COLLECTION, step->id);
        node = i ? tree_node(walk->binding->tree, node)->next : second_word(walk);
    }
}

static Formula *find_column(Walk *walk)
{
    const Scope *scope = walk->binding->scope;

    for (size_t i = 0; i < scope->column_count; i++) {
        NodeId rest;
        if (!column_fits(walk, &scope->columns[i], &rest))
            continue;
        mark_column(walk, &scope->columns[i]);
        walk->path.root = ROOT_CELL;
        walk->path.id = (uint32_t)i;
        walk->type = scope->columns[i].type;
        return take_rest(walk, rest);
    }
    return NULL;
}

static Formula *find_in_element(Walk *walk, NameId word)
{
    (void) word;
    const Scope *scope = walk->binding->scope;

    if (scope->shape == SHAPE_ROW)
        return find_column(walk);
    if (scope->shape != SHAPE_ENTITY)
        return NULL;
    walk->path.root = ROOT_ELEMENT;
    walk->type = scope->type;
    if (!take_step(walk, walk->node))
        return NULL;
    return take_rest(walk, second_word(walk));
}

/* The entities of this name: one, but over a portfolio perhaps one in each alliance. */
static size_t find_entities(Evaluation *evaluation, NameId word, EntityId *found, size_t room)
{
    size_t count = 0;
    size_t alliances = snapshot_alliance_count(evaluation->snapshot);

    if (evaluation->alliance != SIZE_MAX) {
        EntityId entity = snapshot_find(evaluation->snapshot, evaluation->alliance, word);
        if (entity && count < room)
            found[count++] = entity;
        return count;
    }
    for (size_t i = 0; i < alliances && count < room; i++) {
        EntityId entity = snapshot_find(evaluation->snapshot, i, word);
        if (entity)
            found[count++] = entity;
    }
    return count;
}

static Value entity_value(EntityId entity)
{
    Value value = value_of_kind(VALUE_ENTITY);
    value.as.entity = entity;
    return value;
}

static Formula *several_entities(Walk *walk, const EntityId *found, size_t count)
{
    Value *items = arena_array(walk->evaluation->arena, count, sizeof *items);
    Value list = value_of_kind(VALUE_LIST);

    mark(walk->binding, walk->node, ID_ENTITY, 0);
    for (size_t i = 0; i < count; i++)
        items[i] = entity_value(found[i]);
    list.as.items = items;
    list.count = (uint32_t)count;
    Type type = type_simple(FAMILY_ENTITY);
    type.is_list = true;
    return constant(walk->binding, walk->node, list, type);
}

/* What a path goes on with once its first word named an entity. */
static Formula *from_entity(Walk *walk, EntityId entity)
{
    KindId kind = entity_kind(walk->evaluation->snapshot, entity);

    mark(walk->binding, walk->node, ID_ENTITY, 0);
    walk->path.root = ROOT_ENTITY;
    walk->path.id = entity;
    walk->type = type_of_kind(one_kind(walk->evaluation, kind), false);
    if (tree_node(walk->binding->tree, walk->node)->child)
        return take_rest(walk, second_word(walk));
    return constant(walk->binding, walk->node, entity_value(entity), walk->type);
}

static Formula *find_entity(Walk *walk, NameId word)
{
    EntityId found[256];
    size_t count = find_entities(walk->evaluation, word, found, sizeof found / sizeof *found);

    if (!count)
        return NULL;
    if (!entity_kind(walk->evaluation->snapshot, found[0])) {
        walk->is_poisoned = true;
        return NULL;
    }
    if (!walk->binding->is_quiet && walk->evaluation->alliance != SIZE_MAX)
        complain_other_spelling(walk->binding, walk->node, found[0]);
    if (count == 1)
        return from_entity(walk, found[0]);
    if (tree_node(walk->binding->tree, walk->node)->child)
        return NULL;
    return several_entities(walk, found, count);
}

/* `space.name`: a name in a file imported `as space`; more words may follow. */
static Formula *find_in_space(Walk *walk, NameId word)
{
    Evaluation *evaluation = walk->evaluation;
    const Tree *tree = walk->binding->tree;
    NodeId second = tree_node(tree, walk->node)->child;

    if (!second || evaluation->alliance == SIZE_MAX)
        return NULL;
    EntityId entity = snapshot_find_in_space(evaluation->snapshot, evaluation->alliance, word,
                                             tree_node(tree, second)->data);
    if (!entity)
        return NULL;
    KindId kind = entity_kind(evaluation->snapshot, entity);
    mark(walk->binding, walk->node, ID_ENTITY, 0);
    mark(walk->binding, second, ID_ENTITY, 0);
    walk->path.root = ROOT_ENTITY;
    walk->path.id = entity;
    walk->type = type_of_kind(one_kind(evaluation, kind), false);
    NodeId rest = tree_node(tree, second)->next;
    if (!rest)
        return constant(walk->binding, walk->node, entity_value(entity), walk->type);
    return take_rest(walk, rest);
}

static Formula *find_collection(Walk *walk, NameId word)
{
    const Binding *binding = walk->binding;
    KindId kind = word_id(binding, word, ROLE_COLLECTION);
    bool is_singular = !kind && binding->may_be_singular;

    if (is_singular)
        kind = word_id(binding, word, ROLE_KIND);
    if (!kind)
        return NULL;
    mark(binding, walk->node, is_singular ? ID_KIND : ID_COLLECTION, kind);
    walk->path.root = ROOT_COLLECTION;
    walk->path.id = kind;
    walk->path.name = word;
    walk->type = type_of_kind(one_kind(walk->evaluation, kind), true);
    return take_rest(walk, second_word(walk));
}

/* `alliance` is the alliance itself: `alliance.status`, `alliance.partners`. */
static Formula *find_alliance(Walk *walk, NameId word)
{
    Evaluation *evaluation = walk->evaluation;

    if (word_id(walk->binding, word, ROLE_KIND) != KIND_ALLIANCE)
        return NULL;
    mark(walk->binding, walk->node, ID_KIND, KIND_ALLIANCE);
    walk->path.root = ROOT_COLLECTION;
    walk->path.id = KIND_ALLIANCE;
    walk->path.name = word;
    walk->type = type_of_kind(one_kind(evaluation, KIND_ALLIANCE), true);
    bool is_one = evaluation->alliance != SIZE_MAX
               || snapshot_alliance_count(evaluation->snapshot) == 1;
    if (is_one) {       /* one value, not a list with one value */
        size_t alliance = evaluation->alliance == SIZE_MAX ? 0 : evaluation->alliance;
        walk->path.root = ROOT_ENTITY;
        walk->path.id = snapshot_alliance_entity(evaluation->snapshot, alliance);
        walk->type.is_list = false;
    }
    return take_rest(walk, second_word(walk));
}

/* `alliance.partners`, also in a file without an `alliance` block: the whole collection. */
static Formula *find_alliance_collection(Walk *walk, NameId word)
{
    const Tree *tree = walk->binding->tree;
    NodeId second = tree_node(tree, walk->node)->child;
    KindId kind;

    if (!second || word_id(walk->binding, word, ROLE_KIND) != KIND_ALLIANCE
        || !(kind = word_id(walk->binding, tree_node(tree, second)->data, ROLE_COLLECTION)))
        return NULL;
    mark(walk->binding, walk->node, ID_KIND, KIND_ALLIANCE);
    mark(walk->binding, second, ID_COLLECTION, kind);
    walk->path.root = ROOT_COLLECTION;
    walk->path.id = kind;
    walk->path.name = tree_node(tree, second)->data;
    walk->type = type_of_kind(one_kind(walk->evaluation, kind), true);
    return take_rest(walk, tree_node(tree, second)->next);
}

/* ---- Saved queries ------------------------------------------------------------------ */

enum { QUERY_DEPTH = 8 };   /* saved queries that use saved queries */

static Formula *find_query(Walk *walk, NameId word)
{
    Evaluation *evaluation = walk->evaluation;
    const Snapshot *snapshot = evaluation->snapshot;
    NameId folded = names_folded(evaluation->names, word);

    if (evaluation->depth >= QUERY_DEPTH || tree_node(walk->binding->tree, walk->node)->child)
        return NULL;
    for (size_t i = 0; i < snapshot_statement_count(snapshot); i++) {
        Statement statement = snapshot_statement(snapshot, i);
        const Tree *tree;
        if (statement.kind != NODE_QUERY || !(tree = snapshot_tree(snapshot, statement.file))
            || (evaluation->alliance != SIZE_MAX && statement.alliance != evaluation->alliance))
            continue;
        NodeId name = tree_node(tree, statement.node)->child;
        if (!name || names_folded(evaluation->names, tree_node(tree, name)->data) != folded)
            continue;
        mark(walk->binding, walk->node, ID_ENTITY, 0);
        evaluation->depth++;
        Formula *formula = formula_bind(evaluation, tree, tree_node(tree, name)->next);
        evaluation->depth--;
        return formula;
    }
    return NULL;
}

/* ---- Paths -------------------------------------------------------------------------- */

static Formula *find_expected(Walk *walk, NameId word)
{
    const Binding *binding = walk->binding;
    bool is_bare = tree_node(binding->tree, walk->node)->child == 0;
    Formula *formula = is_bare ? expected_word(binding, walk->node, word) : NULL;

    if (formula)
        return formula;
    if (binding->expected && binding->expected->family == FAMILY_ENTITY && is_bare)
        return find_entity(walk, word);
    return NULL;
}

static bool is_poisoned(const Walk *walk)
{
    return tree_node(walk->binding->tree, walk->node)->flags & NODE_POISONED;
}

Formula *resolve_path(const Binding *binding, NodeId node)
{
    static Formula *(*const find[])(Walk *walk, NameId word) = {
        find_expected, find_alliance_collection, find_in_element, find_entity, find_in_space,
        find_collection, find_alliance, find_query,
    };
    Evaluation *evaluation = binding->evaluation;
    NameId word = tree_node(binding->tree, node)->data;
    Walk walk = {.binding = binding, .evaluation = evaluation, .node = node};
    unsigned room = node_child_count(binding->tree, node) + 1;

    if (is_poisoned(&walk))
        return poison(&walk);
    for (size_t i = 0; i < sizeof find / sizeof *find; i++) {
        walk.path = (FieldPath){.steps = arena_array(evaluation->arena, room, sizeof(Step))};
        Formula *formula = find[i](&walk, word);
        if (formula)
            return formula;
    }
    /* Nothing else is meant: a custom property takes bare words as texts. */
    if (binding->expected && binding->expected->family == FAMILY_ANY
        && binding->expected->is_open && !tree_node(binding->tree, node)->child)
        return constant_text(binding, node, word);
    if (!binding->is_quiet && !walk.is_poisoned)
        complain_unknown(binding, node);
    return poison(&walk);
}
