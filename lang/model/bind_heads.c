/* bind_heads.c -- the first word of a declaration or property, and the form of a head. */
#include "lang/model/bind.h"

#include <string.h>

#include "lang/base/utf8.h"

/* ---- Looking words up ------------------------------------------------------------------ */

static unsigned slot_of(NameId word, unsigned more)
{
    return (word * 31u + more) & (BIND_SLOTS - 1);
}

KindId bind_kind(Binder *binder, NameId word)
{
    KindSlot *slot = &binder->kind_slots[slot_of(word, 0)];
    if (slot->word != word || slot->language != binder->language) {
        const Snapshot *snapshot = binder->snapshot;
        const WordMeaning *meaning = words_find(snapshot->words, snapshot->names,
                                                binder->language, word, ROLE_KIND, 0);
        *slot = (KindSlot){word, binder->language, meaning ? meaning->id : 0};
    }
    return slot->kind;
}

/* The property of this kind that a word of this language means; a property's own scope comes
 * before what every kind has. */
static const PropertyInfo *find_property(const Binder *binder, LangId language, KindId kind,
                                         NameId word)
{
    const Snapshot *snapshot = binder->snapshot;
    const PropertyInfo *common = NULL;
    size_t count;
    const WordMeaning *meanings = words_meanings(snapshot->words, snapshot->names, word, &count);
    for (size_t i = 0; i < count; i++) {
        const WordMeaning *meaning = &meanings[i];
        if (meaning->language != language || meaning->role != ROLE_PROPERTY
            || (meaning->scope != 0 && meaning->scope != kind))
            continue;
        const PropertyInfo *info = vocabulary_property(snapshot->vocabulary, kind, meaning->id);
        if (info && meaning->scope == kind)
            return info;
        common = info ? info : common;
    }
    return common;
}

const PropertyInfo *bind_property(Binder *binder, KindId kind, NameId word)
{
    PropertySlot *slot = &binder->property_slots[slot_of(word, kind * 7u)];
    if (slot->word != word || slot->kind != kind || slot->language != binder->language)
        *slot = (PropertySlot){word, binder->language, kind,
                               find_property(binder, binder->language, kind, word)};
    return slot->info;
}

static const PropertyInfo *foreign_property(const Binder *binder, KindId kind, NameId word,
                                            LangId *language)
{
    unsigned count = words_language_count(binder->snapshot->words);
    for (LangId other = 0; other < count; other++) {
        if (other == binder->language)
            continue;
        const PropertyInfo *info = find_property(binder, other, kind, word);
        *language = other;
        if (info && !info->is_derived)
            return info;
    }
    return NULL;
}

bool bind_is_custom(const Binder *binder, NameId word)
{
    const char *text = names_text(binder->snapshot->names, word);
    return (text[0] == 'x' || text[0] == 'X') && text[1] == '-';
}

/* ---- Where a kind may stand ------------------------------------------------------------ */

uint16_t bind_place_of(KindId owner)
{
    switch (owner) {
    case 0:
        return PLACE_TOP;
    case KIND_ALLIANCE:
        return PLACE_ALLIANCE;
    case KIND_PARTNER:
        return PLACE_PARTNER;
    case KIND_GOAL:
        return PLACE_GOAL;
    case KIND_KPI:
        return PLACE_KPI;
    case KIND_MILESTONE:
        return PLACE_MILESTONE;
    case KIND_PILOT:
        return PLACE_PILOT;
    default:
        return 0;
    }
}

static void arg_kind(Binder *binder, Diag *diag, const char *placeholder, KindId kind)
{
    diag_arg_word(&binder->snapshot->diags, diag, placeholder, ROLE_KIND, kind, 0);
}

/* The kinds in whose block this kind may stand, as a list of words. */
static void arg_places(Binder *binder, Diag *diag, uint16_t places)
{
    static const struct { uint16_t place; KindId kind; } rows[] = {
        {PLACE_ALLIANCE, KIND_ALLIANCE}, {PLACE_PARTNER, KIND_PARTNER}, {PLACE_GOAL, KIND_GOAL},
        {PLACE_KPI, KIND_KPI}, {PLACE_MILESTONE, KIND_MILESTONE}, {PLACE_PILOT, KIND_PILOT},
    };
    Snapshot *snapshot = binder->snapshot;
    DiagArg *items = arena_array(snapshot->arena, sizeof rows / sizeof rows[0], sizeof *items);
    uint32_t count = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (places & rows[i].place)
            items[count++] = (DiagArg){.kind = ARG_WORD, .role = ROLE_KIND,
                                       .id = rows[i].kind};
    diag_arg(&snapshot->diags, diag, (DiagArg){.name = "places", .kind = ARG_LIST,
                                               .items = items, .item_count = count});
}

static void report_misplaced(Binder *binder, NodeId declaration, KindId kind, KindId owner)
{
    uint16_t places = vocabulary_kind(binder->snapshot->vocabulary, kind)->places;
    Diag *diag = bind_report(binder, owner ? MESSAGE_KIND_IN_BLOCK : MESSAGE_KIND_AT_TOP,
                             declaration);
    arg_kind(binder, diag, "kind", kind);
    if (owner)
        arg_kind(binder, diag, "owner", owner);
    if (places & ~(unsigned)PLACE_TOP) {
        arg_places(binder, diag, places);
        bind_help(binder, diag, MESSAGE_HELP_KIND_PLACES, EDIT_NONE);
    }
    if (owner && (places & PLACE_TOP))
        bind_help(binder, diag, MESSAGE_HELP_KIND_TOP, EDIT_NONE);
}

/* ---- The first word -------------------------------------------------------------------- */

static void report_missing_colon(Binder *binder, NodeId node)
{
    Span span = node_span(bind_node(binder, node));
    Diag *diag = bind_report(binder, MESSAGE_COLON_MISSING, node);
    bind_arg_source(binder, diag, "word", span);
    DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_COLON, EDIT_LIKELY);
    bind_edit(binder, help, (Span){span.end, span.end}, ":");
}

/* A property word of another language, for this kind: E105; true when it was one. */
static bool report_foreign_property(Binder *binder, NodeId node, KindId kind)
{
    NameId word = bind_node(binder, node)->data;
    LangId language = 0;
    const PropertyInfo *info = foreign_property(binder, kind, word, &language);
    if (!info)
        return false;
    WordMeaning meaning = {language, ROLE_PROPERTY, info->id, kind};
    bind_report_foreign(binder, node_span(bind_node(binder, node)), word, &meaning);
    return true;
}

/* `start date: 2026-03-01` for a property that is one word with a hyphen; false: it is not. */
static bool report_split_word(Binder *binder, NodeId node, KindId owner)
{
    Snapshot *snapshot = binder->snapshot;
    NodeId key = bind_node(binder, node)->child;
    if ((bind_node(binder, node)->flags & NODE_HEAD) != HEAD_KEYED || !key
        || (bind_node(binder, key)->kind != NODE_WORD && bind_node(binder, key)->kind != NODE_PATH))
        return false;
    const char *joined = arena_format(binder->scratch, "%s-%s",
                                      names_text(snapshot->names, bind_node(binder, node)->data),
                                      names_text(snapshot->names, bind_node(binder, key)->data));
    NameId whole = names_intern(snapshot->names, joined, strlen(joined));
    const PropertyInfo *info = bind_property(binder, owner, whole);
    const Confusion *confusion = info ? NULL
                                      : bind_confusion(binder, whole, ROLE_PROPERTY, owner);
    if (confusion)
        info = vocabulary_property(snapshot->vocabulary, owner, confusion->id);
    if (!info || info->is_derived)
        return false;
    Span span = {bind_node(binder, node)->start, bind_node(binder, key)->end};
    Diag *diag = bind_report_span(binder, MESSAGE_UNKNOWN_PROPERTY, span);
    arg_kind(binder, diag, "kind", owner);
    bind_arg_source(binder, diag, "property", span);
    bind_help_write(binder, diag, EDIT_SAFE, span,
                    words_text(snapshot->words, binder->language, ROLE_PROPERTY, info->id, owner,
                               WORD_USUAL));
    return true;
}

/* The first word in a block is no kind: what was meant? One message, whatever it is. */
static void report_unknown_item(Binder *binder, NodeId node, KindId owner)
{
    NameId word = bind_node(binder, node)->data;
    const PropertyInfo *info = bind_property(binder, owner, word);
    if (info && !info->is_derived) {
        report_missing_colon(binder, node);
        return;
    }
    if (report_foreign_property(binder, node, owner)
        || report_split_word(binder, node, owner))
        return;
    bind_unknown_property(binder, node, owner);
}

/* Says that no kind is called so; gives the kind that was meant when only one can be, so that
 * what the block holds is looked at in the same run, and 0 else. */
static KindId report_unknown_statement(Binder *binder, NodeId node)
{
    Snapshot *snapshot = binder->snapshot;
    NameId word = bind_node(binder, node)->data;
    Span span = node_span(bind_node(binder, node));
    Diag *diag = bind_report(binder, MESSAGE_UNKNOWN_STATEMENT, node);
    bind_arg_source(binder, diag, "word", span);

    const WordMeaning *plural = words_find(snapshot->words, snapshot->names, binder->language,
                                           word, ROLE_COLLECTION, 0);
    const char *instead = NULL;
    const Confusion *confusion = bind_confusion(binder, word, ROLE_KIND, PLACE_TOP);
    if (!confusion)
        confusion = bind_confusion(binder, word, ROLE_KIND, 0);
    if (plural)
        instead = words_text(snapshot->words, binder->language, ROLE_KIND, plural->id, 0,
                             WORD_USUAL);
    else if (confusion)
        instead = confusion->instead
            ? confusion->instead
            : words_text(snapshot->words, binder->language, ROLE_KIND, confusion->id, 0,
                         WORD_USUAL);
    if (instead) {
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_REPLACE, EDIT_LIKELY);
        bind_help_arg(binder, help, "old", bind_source_text(binder, span));
        bind_help_arg(binder, help, "new", instead);
        bind_edit(binder, help, span, instead);
        return plural ? plural->id : confusion->instead ? 0 : confusion->id;
    }
    KindId meant = bind_suggest_kinds(binder, diag, span, word, PLACE_TOP);
    if (!meant)
        bind_help(binder, diag, MESSAGE_HELP_LIST_KINDS, EDIT_NONE);
    return meant;
}

/* The kind of a declaration, or 0 when it was reported. */
static KindId head_kind(Binder *binder, NodeId declaration, KindId owner)
{
    const Node *node = bind_node(binder, declaration);
    KindId kind = bind_kind(binder, node->data);
    if (kind || (node->flags & NODE_POISONED))
        return kind;
    const WordMeaning *foreign = bind_foreign(binder, node->data, ROLE_KIND, 0);
    if (foreign) {
        bind_report_foreign(binder, node_span(node), node->data, foreign);
        return foreign->id;
    }
    if (!owner)
        return report_unknown_statement(binder, declaration);
    report_unknown_item(binder, declaration, owner);
    return 0;
}

/* How a keyed kind is written, by the type of its key. */
static void help_key(Binder *binder, Diag *diag, KindId kind)
{
    MessageId example = MESSAGE_HELP_KEY_REFERENCE;
    switch ((PropertyType)vocabulary_kind(binder->snapshot->vocabulary, kind)->key_type) {
    case TYPE_DATE:
        example = MESSAGE_HELP_KEY_DATE;
        break;
    case TYPE_DURATION:
        example = MESSAGE_HELP_KEY_DURATION;
        break;
    case TYPE_WORD:
        example = MESSAGE_HELP_KEY_WORD;
        break;
    default:
        break;
    }
    bind_help(binder, diag, example, EDIT_EXAMPLE);
}

/* ---- Properties nobody has ------------------------------------------------------------- */

/* What is usually meant by this word, and may stand in such a block; NULL: nobody knows. */
static const char *usual_word(Binder *binder, NameId word, KindId kind)
{
    const Snapshot *snapshot = binder->snapshot;
    WordRole role = ROLE_PROPERTY;
    uint16_t scope = kind;
    const Confusion *confusion = bind_confusion(binder, word, ROLE_PROPERTY, kind);
    if (!confusion) {
        confusion = bind_confusion(binder, word, role = ROLE_KIND, scope = bind_place_of(kind));
        if (!confusion)
            return NULL;
        scope = 0;
    }
    return confusion->instead ? confusion->instead
                              : words_text(snapshot->words, binder->language, role,
                                           confusion->id, scope, WORD_USUAL);
}

/* The kinds that do have this property, when the word is one: it was written in the wrong block.
 * False: nothing has it. */
static bool help_other_kinds(Binder *binder, Diag *diag, NameId word)
{
    enum { KINDS_SHOWN = 4 };
    Snapshot *snapshot = binder->snapshot;
    DiagArg *items = arena_array(snapshot->arena, KINDS_SHOWN, sizeof *items);
    uint32_t count = 0;
    uint16_t kinds = vocabulary_kind_count(snapshot->vocabulary);
    const char *right = names_text(snapshot->names, word);
    for (KindId kind = 1; kind <= kinds && count < KINDS_SHOWN; kind++) {
        const PropertyInfo *info = find_property(binder, binder->language, kind, word);
        const Confusion *confusion = info ? NULL
                                          : bind_confusion(binder, word, ROLE_PROPERTY, kind);
        if ((info && !info->is_derived) || confusion)
            items[count++] = (DiagArg){.kind = ARG_WORD, .role = ROLE_KIND, .id = kind};
        if (confusion)
            right = words_text(snapshot->words, binder->language, ROLE_PROPERTY, confusion->id,
                               kind, WORD_USUAL);
    }
    if (count == 0)
        return false;
    DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_OTHER_KINDS, EDIT_NONE);
    bind_help_arg(binder, help, "right", right);
    diag_text_arg(&snapshot->diags, &help->text,
                  (DiagArg){.name = "kinds", .kind = ARG_LIST, .items = items,
                            .item_count = count});
    return true;
}

void bind_unknown_property(Binder *binder, NodeId property, KindId kind)
{
    Snapshot *snapshot = binder->snapshot;
    NameId word = bind_node(binder, property)->data;
    Span span = node_span(bind_node(binder, property));
    bool is_property = bind_node(binder, property)->kind == NODE_PROPERTY;
    if (is_property && report_foreign_property(binder, property, kind))
        return;
    KindId other = bind_kind(binder, word);
    uint16_t place = bind_place_of(kind);
    if (is_property && other
        && (vocabulary_kind(snapshot->vocabulary, other)->places & place)) {
        bool is_keyed = vocabulary_kind(snapshot->vocabulary, other)->head == HEAD_KEYED;
        Diag *diag = bind_report(binder, is_keyed ? MESSAGE_KEY_EXPECTED : MESSAGE_KIND_WITH_COLON,
                                 property);
        arg_kind(binder, diag, "kind", other);
        if (is_keyed)
            help_key(binder, diag, other);
        else
            bind_help(binder, diag, MESSAGE_HELP_WITHOUT_COLON, EDIT_NONE);
        return;
    }
    const PropertyInfo *info = bind_property(binder, kind, word);
    Diag *diag = bind_report(binder, info ? MESSAGE_DERIVED_PROPERTY : MESSAGE_UNKNOWN_PROPERTY,
                             property);
    arg_kind(binder, diag, "kind", kind);
    bind_arg_source(binder, diag, "property", span);
    if (info) {
        if (info->id == PROPERTY_NAME || info->id == PROPERTY_TITLE)
            bind_help(binder, diag, MESSAGE_HELP_NAME_IN_HEAD, EDIT_EXAMPLE);
        return;
    }
    const char *instead = usual_word(binder, word, kind);
    if (instead) {
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_REPLACE, EDIT_LIKELY);
        bind_help_arg(binder, help, "old", bind_source_text(binder, span));
        bind_help_arg(binder, help, "new", instead);
        bind_edit(binder, help, span, instead);
        return;
    }
    if (!bind_suggest_properties(binder, diag, span, word, kind)
        && !help_other_kinds(binder, diag, word))
        bind_help(binder, diag, MESSAGE_HELP_CUSTOM_PROPERTY, EDIT_NONE);
}

/* ---- The form of a head ---------------------------------------------------------------- */

static NodeId child_text(const Binder *binder, NodeId declaration)
{
    for (NodeId id = bind_node(binder, declaration)->child; id; id = bind_node(binder, id)->next)
        if (bind_node(binder, id)->kind == NODE_TEXT)
            return id;
    return 0;
}

/* `success Trust`: the words would be the title, in quotes. */
static void report_title_expected(Binder *binder, NodeId declaration, KindId kind)
{
    NodeId child = bind_node(binder, declaration)->child;
    bool is_word = child && bind_node(binder, child)->kind == NODE_WORD;
    Diag *diag = bind_report(binder, MESSAGE_TITLE_EXPECTED, is_word ? child : declaration);
    arg_kind(binder, diag, "kind", kind);
    if (!is_word || child_text(binder, declaration)) {
        bind_help(binder, diag, MESSAGE_HELP_TITLE_ONLY, EDIT_NONE);
        return;
    }
    Span span = node_span(bind_node(binder, child));
    const char *quoted = arena_format(binder->snapshot->arena, "\"%s\"",
                                      bind_source_text(binder, span));
    bind_help_write(binder, diag, EDIT_LIKELY, span, quoted);
}

static void report_name_expected(Binder *binder, NodeId declaration, KindId kind)
{
    Diag *diag = bind_report(binder, MESSAGE_NAME_MISSING, declaration);
    arg_kind(binder, diag, "kind", kind);
    bind_help(binder, diag, MESSAGE_HELP_NAME_OR_TITLE, EDIT_EXAMPLE);
}

static void report_nothing_brought(Binder *binder, NodeId declaration, KindId kind)
{
    Diag *diag = bind_report(binder, MESSAGE_NOTHING_BROUGHT, declaration);
    arg_kind(binder, diag, "kind", kind);
    bind_help(binder, diag, MESSAGE_HELP_MEASURE_AMOUNT, EDIT_EXAMPLE);
    NodeId child = bind_node(binder, declaration)->child;
    if (child && bind_node(binder, child)->kind == NODE_WORD) {
        Span span = node_span(bind_node(binder, child));
        const char *quoted = arena_format(binder->snapshot->arena, "\"%s\"",
                                          bind_source_text(binder, span));
        DiagHelp *help = bind_help(binder, diag, MESSAGE_HELP_MEASURE_TITLE, EDIT_LIKELY);
        bind_help_arg(binder, help, "new", quoted);
        bind_edit(binder, help, span, quoted);
    } else {
        bind_help(binder, diag, MESSAGE_HELP_MEASURE_UNKNOWN, EDIT_EXAMPLE);
    }
}

static void report_key_expected(Binder *binder, NodeId declaration, KindId kind, Head shape)
{
    const KindInfo *info = vocabulary_kind(binder->snapshot->vocabulary, kind);
    MessageId message = MESSAGE_KEY_EXPECTED;
    NodeId child = bind_node(binder, declaration)->child;
    NodeId at = declaration;
    if (shape != HEAD_EMPTY && shape != HEAD_LINK && child) {
        message = info->key_type == TYPE_DATE && bind_node(binder, child)->kind == NODE_WORD
            ? MESSAGE_KEY_DATE_EXPECTED : MESSAGE_KEY_WITHOUT_COLON;
        at = child;
    }
    Diag *diag = bind_report(binder, message, at);
    arg_kind(binder, diag, "kind", kind);
    help_key(binder, diag, kind);
}

static void report_arrow_expected(Binder *binder, NodeId declaration, KindId kind)
{
    Diag *diag = bind_report_span(binder, MESSAGE_ARROW_EXPECTED,
                                  node_span(bind_node(binder, declaration)));
    arg_kind(binder, diag, "kind", kind);
    bind_help(binder, diag, MESSAGE_HELP_LINK, EDIT_EXAMPLE);
}

/* Compares the shape of the head with what the kind takes; false: reported. */
static bool check_shape(Binder *binder, NodeId declaration, KindId kind)
{
    const KindInfo *info = vocabulary_kind(binder->snapshot->vocabulary, kind);
    Head shape = (Head)(bind_node(binder, declaration)->flags & NODE_HEAD);
    switch ((Head)info->head) {
    case HEAD_NAMED:
        if (shape == HEAD_NAMED || shape == HEAD_TITLED
            || (shape == HEAD_EMPTY && kind == KIND_ALLIANCE))
            return true;
        report_name_expected(binder, declaration, kind);
        return false;
    case HEAD_TITLED:
        if (shape == HEAD_TITLED)
            return true;
        if (shape == HEAD_EMPTY)
            report_name_expected(binder, declaration, kind);
        else
            report_title_expected(binder, declaration, kind);
        return false;
    case HEAD_MEASURED:
        if (shape == HEAD_MEASURED || shape == HEAD_TITLED
            || (shape == HEAD_NAMED && child_text(binder, declaration)))
            return true;
        report_nothing_brought(binder, declaration, kind);
        return false;
    case HEAD_KEYED:
        if (shape == HEAD_KEYED)
            return true;
        report_key_expected(binder, declaration, kind, shape);
        return false;
    case HEAD_LINK:
        if (shape == HEAD_LINK)
            return true;
        report_arrow_expected(binder, declaration, kind);
        return false;
    case HEAD_EMPTY:
        break;
    }
    return true;
}

/* ---- Names and titles ------------------------------------------------------------------ */

static void check_reserved(Binder *binder, NodeId word, EntityRow *row)
{
    Snapshot *snapshot = binder->snapshot;
    NameId name = bind_node(binder, word)->data;
    CoreId core = words_core(snapshot->words, snapshot->names, binder->language, name);
    if (!core || !words_is_reserved(core) || (row->flags & ENTITY_POISONED))
        return;
    Diag *diag = bind_report(binder, MESSAGE_RESERVED_NAME, word);
    bind_arg_name(binder, diag, "name", name);
    bind_help(binder, diag, MESSAGE_HELP_RESERVED_NAME, EDIT_NONE);
    row->flags |= ENTITY_POISONED;
}

static bool is_blank_text(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned size;
        int32_t code = utf8_decode(text + i, length - i, &size);
        if (code < 0 || !utf8_is_blank(code))
            return false;
        i += size;
    }
    return true;
}

bool bind_is_empty_text(const Binder *binder, NodeId text)
{
    size_t length;
    if (text_begins(binder->tree, bind_node(binder, text)))
        return false;
    const char *bytes = tree_text(binder->tree, text, &length);
    return is_blank_text(bytes, length);
}

static void name_from_title(Binder *binder, KindId kind, EntityRow *row)
{
    size_t length;
    const char *title = tree_text(binder->tree, row->title, &length);
    row->name = bind_made_name(binder, title, length);
    row->flags |= ENTITY_MADE_NAME;
    if (row->name || (row->flags & ENTITY_POISONED))
        return;
    Diag *diag = bind_report(binder, MESSAGE_TITLE_WITHOUT_NAME, row->title);
    arg_kind(binder, diag, "kind", kind);
    bind_help(binder, diag, MESSAGE_HELP_NAME_OR_TITLE, EDIT_EXAMPLE);
    row->flags |= ENTITY_POISONED;
}

void bind_head(Binder *binder, NodeId declaration, KindId owner, EntityRow *row)
{
    const Node *node = bind_node(binder, declaration);
    row->head = node->flags & NODE_HEAD;
    if (node->flags & NODE_POISONED)
        row->flags |= ENTITY_POISONED;
    bool was_poisoned = row->flags & ENTITY_POISONED;
    KindId kind = head_kind(binder, declaration, owner);
    row->kind = kind;
    bind_write_id(binder, declaration, kind);

    const KindInfo *info = vocabulary_kind(binder->snapshot->vocabulary, kind);
    const PropertyInfo *property = owner && kind && row->head != HEAD_KEYED
        ? bind_property(binder, owner, node->data) : NULL;
    if (!kind) {
        row->flags |= ENTITY_POISONED;
    } else if (!was_poisoned && property && !property->is_derived
               && !(info->places & bind_place_of(owner))) {
        report_missing_colon(binder, declaration);
        row->flags |= ENTITY_POISONED;
        row->kind = 0;
        return;
    } else if (!was_poisoned && !(info->places & bind_place_of(owner))) {
        report_misplaced(binder, declaration, kind, owner);
        row->flags |= ENTITY_POISONED;
    } else if (!was_poisoned && !check_shape(binder, declaration, kind)) {
        row->flags |= ENTITY_POISONED;
    }

    NodeId child = bind_node(binder, declaration)->child;
    bool may_have_name = kind == 0 || info->head == HEAD_NAMED || info->head == HEAD_MEASURED;
    bool shape_has_name = row->head == HEAD_NAMED || row->head == HEAD_MEASURED;
    if (child && shape_has_name && may_have_name
        && bind_node(binder, child)->kind == NODE_WORD) {
        row->name = bind_node(binder, child)->data;
        row->spot = child;
        bind_write_id(binder, child, ID_ENTITY);
        check_reserved(binder, child, row);
        if (!*names_text(binder->snapshot->names, row->name)) {     /* refused by the lexer */
            row->name = 0;
            row->flags |= ENTITY_POISONED;
        }
    }
    row->title = row->head == HEAD_KEYED ? 0 : child_text(binder, declaration);
    if (row->head == HEAD_LINK && row->title) {     /* its ends may be texts, too */
        NodeId third = node_child(binder->tree, declaration, 2);
        row->title = third && bind_node(binder, third)->kind == NODE_TEXT ? third : 0;
    }
    if (row->title && bind_is_empty_text(binder, row->title)) {     /* said by the parser */
        row->flags |= ENTITY_POISONED;
        row->title = 0;
    }
    if (!row->spot)
        row->spot = row->title;
    if (!row->name && row->title && kind && info->head == HEAD_NAMED)
        name_from_title(binder, kind, row);
}

/* ---- Values in heads ------------------------------------------------------------------- */

static bool bind_measure(Binder *binder, const KindInfo *kind, const EntityRow *row,
                         Record *record)
{
    NodeId id = bind_node(binder, row->node)->child;
    while (id && bind_node(binder, id)->kind == NODE_WORD)
        id = bind_node(binder, id)->next;
    if (!id || (bind_node(binder, id)->kind != NODE_AMOUNT
                && bind_node(binder, id)->kind != NODE_UNKNOWN))
        return false;
    const Node *node = bind_node(binder, row->node);
    Expected expected = {.type = kind->amount_is_money ? TYPE_MONEY : TYPE_AMOUNT,
                         .word = node->data, .span = node_span(node),
                         .is_head = true, .is_measure = true};
    *record = (Record){.property = HEAD_AMOUNT, .node = id};
    bind_value(binder, id, &expected, record);
    return true;
}

static unsigned bind_key(Binder *binder, const KindInfo *kind, const EntityRow *row,
                         Record records[2])
{
    const Node *node = bind_node(binder, row->node);
    NodeId key = node->child;
    if (!key)
        return 0;
    Expected expected = {.type = kind->key_type, .list = kind->key_list,
                         .refs = kind->key_refs, .ref_count = kind->key_ref_count,
                         .word = node->data, .span = node_span(node),
                         .is_head = true, .is_key = true};
    records[0] = (Record){.property = HEAD_KEY, .node = key};
    bind_value(binder, key, &expected, &records[0]);

    NodeId value = bind_node(binder, key)->next;
    if (!value)
        return 1;
    Expected after = {.type = kind->value_type, .list = 0,
                      .minimum = kind->value_minimum, .maximum = kind->value_maximum,
                      .word = expected.word, .span = expected.span, .is_head = true,
                      .rate_by_any = row->kind == KIND_VALUATION};
    bind_default_range(&after);
    records[1] = (Record){.property = HEAD_VALUE, .node = value};
    bind_value(binder, value, &after, &records[1]);
    records[1].flags |= bind_notes(binder, value);
    return 2;
}

static unsigned bind_ends(Binder *binder, const EntityRow *row, Record records[2])
{
    const Node *node = bind_node(binder, row->node);
    NodeId from = node->child;
    NodeId to = from ? bind_node(binder, from)->next : 0;
    if (!to)
        return 0;
    Expected expected = {.type = TYPE_REF, .word = node->data, .span = node_span(node),
                         .is_head = true, .is_key = true};
    records[0] = (Record){.property = HEAD_FROM, .node = from};
    bind_value(binder, from, &expected, &records[0]);
    records[1] = (Record){.property = HEAD_TO, .node = to};
    bind_value(binder, to, &expected, &records[1]);
    return 2;
}

unsigned bind_head_values(Binder *binder, const EntityRow *row, Record records[2])
{
    const KindInfo *kind = vocabulary_kind(binder->snapshot->vocabulary, row->kind);
    if (row->kind == 0)
        return 0;
    switch ((Head)kind->head) {
    case HEAD_MEASURED:
        return row->head == HEAD_MEASURED && bind_measure(binder, kind, row, &records[0]);
    case HEAD_KEYED:
        return row->head == HEAD_KEYED ? bind_key(binder, kind, row, records) : 0;
    case HEAD_LINK:
        return row->head == HEAD_LINK ? bind_ends(binder, row, records) : 0;
    case HEAD_EMPTY: case HEAD_NAMED: case HEAD_TITLED:
        break;
    }
    return 0;
}
