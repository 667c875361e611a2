/* bind_settings.c -- `accept` and `settings`: which check is meant, for whom, and whether what is
 * set is an option that it has; and what alliance.conf sets besides. */
#include "lang/model/bind.h"

#include <string.h>

#include "lang/base/utf8.h"

/* ---- Which plugin ---------------------------------------------------------------------- */

/* `equity`, or `acme/charter`, as the program knows plugins. */
static const char *plugin_name(Binder *binder, NodeId path)
{
    const Names *names = binder->snapshot->names;
    const char *first = names_text(names, bind_node(binder, path)->data);
    NodeId second = bind_node(binder, path)->child;
    if (!second)
        return first;
    return arena_format(binder->snapshot->arena, "%s/%s", first,
                        names_text(names, bind_node(binder, second)->data));
}

static void report_unknown_plugin(Binder *binder, NodeId path, bool only_checks)
{
    Span span = node_extent(binder->tree, path);
    NameId name = bind_node(binder, path)->data;
    const WordMeaning *foreign = bind_node(binder, path)->child
                                     ? NULL : bind_foreign(binder, name, ROLE_CHECK, 0);
    if (foreign) {
        bind_report_foreign(binder, span, name, foreign);
        return;
    }
    Diag *diag = bind_report_span(binder, only_checks ? MESSAGE_ACCEPT_UNKNOWN_CHECK
                                                      : MESSAGE_SETTINGS_UNKNOWN_PLUGIN, span);
    bind_arg_source(binder, diag, "name", span);
    if (!bind_node(binder, path)->child)
        bind_suggest_checks(binder, diag, span, name);
    bind_help(binder, diag, only_checks ? MESSAGE_HELP_LIST_CHECKS : MESSAGE_HELP_LIST_PLUGINS,
              EDIT_NONE);
}

/* What has no place in alliance.conf, or in the user's own. */
static void report_not_here(Binder *binder, NodeId path)
{
    const Plugins *plugins = binder->reading->plugins;
    Span span = node_extent(binder->tree, path);
    Diag *diag = bind_report_span(binder, MESSAGE_CONF_PROPERTY, span);
    bind_arg_source(binder, diag, "property", span);
    bind_help(binder, diag, plugins && !plugins->has_profile ? MESSAGE_HELP_OWN_SETTINGS
                                                             : MESSAGE_HELP_CONF, EDIT_NONE);
}

/* Finds the plugin of an `accept` or `settings`; *plugin: one whose options are known, or NULL.
 * false: there is none of this name, which was reported. */
static bool find_plugin(Binder *binder, NodeId path, bool only_checks, const void **plugin)
{
    const Snapshot *snapshot = binder->snapshot;
    const Plugins *plugins = binder->reading->plugins;
    NameId name = bind_node(binder, path)->data;
    const WordMeaning *meaning = NULL;
    bool is_known = true;
    *plugin = NULL;
    if (!bind_node(binder, path)->child)
        meaning = words_find(snapshot->words, snapshot->names, binder->language, name,
                             ROLE_CHECK, 0);
    if (meaning)
        bind_write_id(binder, path, (uint16_t)(ID_CHECK | meaning->id));
    if (plugins)
        *plugin = plugins->find(plugins->context, plugin_name(binder, path), only_checks,
                                &is_known);
    if (!is_known)
        *plugin = NULL;
    bool is_shipped = meaning && (only_checks || !plugins);
    bool is_of_pack = bind_node(binder, path)->child != 0;
    if (*plugin || !is_known || is_shipped || (!plugins && (!only_checks || is_of_pack)))
        return true;
    if (plugins && !plugins->has_profile)
        report_not_here(binder, path);
    else
        report_unknown_plugin(binder, path, only_checks);
    return false;
}

/* ---- Acceptance ------------------------------------------------------------------------ */

static void check_expiry(Binder *binder, NodeId property, Date until)
{
    if (binder->snapshot->env->today <= date_last_day(until))
        return;
    char text[DATE_TEXT];
    date_write(until, text);
    Diag *diag = bind_report(binder, MESSAGE_ACCEPT_EXPIRED, property);
    diag_arg_text(&binder->snapshot->diags, diag, "date", text, strlen(text));
    bind_help(binder, diag, MESSAGE_HELP_ACCEPT_EXPIRED, EDIT_NONE);
}

static void report_accept_property(Binder *binder, NodeId property)
{
    NameId word = bind_node(binder, property)->data;
    static const CoreId cores[] = {CORE_REASON, CORE_AUTHOR, CORE_UNTIL};
    const WordMeaning *foreign = bind_foreign(binder, word, ROLE_CORE, 0);
    for (size_t i = 0; foreign && i < sizeof cores / sizeof cores[0]; i++)
        if (foreign->id == cores[i]) {
            bind_report_foreign(binder, node_span(bind_node(binder, property)), word, foreign);
            return;
        }
    Diag *diag = bind_report(binder, MESSAGE_UNKNOWN_ACCEPT_PROPERTY, property);
    bind_arg_name(binder, diag, "property", word);
    bind_help(binder, diag, MESSAGE_HELP_ACCEPT_PROPERTIES, EDIT_NONE);
}

static const char *kept_text(Binder *binder, const Record *record)
{
    Value value = snapshot_record_value(binder->snapshot, binder->tree, record);
    return value.kind == VALUE_TEXT
               ? arena_copy(binder->snapshot->arena, value.as.text, value.count) : NULL;
}

/* One property of an `accept` block, into what is accepted. */
static void bind_accept_property(Binder *binder, NodeId property, AcceptanceRow *row)
{
    Snapshot *snapshot = binder->snapshot;
    const Node *node = bind_node(binder, property);
    static const CoreId cores[] = {CORE_REASON, CORE_AUTHOR, CORE_UNTIL};
    CoreId core = 0;
    for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++)
        if (words_is_core(snapshot->words, snapshot->names, binder->language, node->data,
                          cores[i]))
            core = cores[i];
    Expected expected = {.word = node->data, .span = node_span(node), .type = TYPE_TEXT};
    if (core == CORE_UNTIL)
        expected.type = TYPE_DATE;
    else if (core == CORE_AUTHOR)
        expected.type = TYPE_REF_OR_TEXT;
    else if (core != CORE_REASON) {
        if (!(node->flags & NODE_POISONED))
            report_accept_property(binder, property);
        return;
    }
    bind_write_id(binder, property, core);
    if (core == CORE_REASON)
        row->has_reason = true;         /* one that is wrong was told as what it is */
    if (node->flags & NODE_POISONED)
        return;
    Record record = {.node = property};
    bind_value(binder, node->child, &expected, &record);
    if (core == CORE_REASON) {
        row->reason = kept_text(binder, &record);
    } else if (core == CORE_AUTHOR) {
        row->author_text = kept_text(binder, &record);
        row->author = record.kind == VALUE_ENTITY ? record.first : 0;
    } else if (record.kind == VALUE_DATE) {
        row->has_until = true;
        row->until = (Date){.day = (int32_t)record.first, .precision = (uint8_t)record.second};
        check_expiry(binder, property, row->until);
    }
}

static void keep_acceptance(Binder *binder, const AcceptanceRow *row)
{
    Snapshot *snapshot = binder->snapshot;
    snapshot->acceptances = arena_grow(snapshot->arena, snapshot->acceptances,
                                       &snapshot->acceptance_capacity,
                                       snapshot->acceptance_count + 1,
                                       sizeof *snapshot->acceptances);
    snapshot->acceptances[snapshot->acceptance_count++] = *row;
}

void bind_accept(Binder *binder, NodeId node)
{
    NodeId path = bind_node(binder, node)->child;
    if (bind_node(binder, node)->flags & NODE_POISONED || !path)
        return;
    AcceptanceRow row = {.check = plugin_name(binder, path), .alliance = binder->alliance,
                         .file = binder->file, .node = node};
    const void *plugin;
    NodeId block = 0;
    EntityId *entities = NULL;
    size_t capacity = 0;
    bool is_known = find_plugin(binder, path, true, &plugin);
    for (NodeId id = bind_node(binder, path)->next; id; id = bind_node(binder, id)->next) {
        NodeKind kind = (NodeKind)bind_node(binder, id)->kind;
        if (kind == NODE_BLOCK)
            block = id;
        if (kind != NODE_PATH && kind != NODE_TEXT)
            continue;
        EntityId entity = bind_reference(binder, id, NULL, 0, 0);
        is_known = is_known && entity;      /* what names nobody is not for everybody */
        entities = arena_grow(binder->snapshot->arena, entities, &capacity,
                              row.entity_count + 1, sizeof *entities);
        entities[row.entity_count++] = entity;
    }
    row.entities = entities;
    for (NodeId id = block ? bind_node(binder, block)->child : 0; id;
         id = bind_node(binder, id)->next)
        if (bind_node(binder, id)->kind == NODE_PROPERTY)
            bind_accept_property(binder, id, &row);
    if (!row.has_reason) {
        Diag *diag = bind_report(binder, MESSAGE_ACCEPT_WITHOUT_REASON, node);
        bind_help(binder, diag, MESSAGE_HELP_ACCEPT_REASON, EDIT_EXAMPLE);
    } else if (is_known && row.reason) {
        keep_acceptance(binder, &row);
    }
}

/* ---- Settings -------------------------------------------------------------------------- */

static PropertyType type_of_shape(const SettingShape *shape)
{
    static const struct {
        const char *name;
        PropertyType type;
    } types[] = {
        {"bool", TYPE_YES_NO},   {"integer", TYPE_NUMBER},    {"number", TYPE_NUMBER},
        {"text", TYPE_TEXT},     {"word", TYPE_OPEN_WORDS},   {"list", TYPE_OPEN_WORDS},
        {"date", TYPE_DATE},     {"duration", TYPE_DURATION}, {"money", TYPE_MONEY},
        {"percent", TYPE_PERCENT},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(shape->type, types[i].name) == 0)
            return types[i].type;
    return TYPE_TEXT;
}

static bool is_bare_number(Binder *binder, NodeId value)
{
    const Node *node = value ? bind_node(binder, value) : NULL;
    const AmountLiteral *amount = node && node->kind == NODE_AMOUNT
                                      ? &binder->tree->amounts[node->data] : NULL;
    return amount && !amount->unit && !amount->currency && !amount->is_percent;
}

/* Where a number stands to a limit: -1 below, 0 at it, 1 above; `otherwise` without one. */
static int compare_limit(const char *text, Decimal number, int otherwise)
{
    Decimal limit;
    return text && decimal_parse(text, strlen(text), &limit) ? decimal_compare(number, limit)
                                                             : otherwise;
}

/* E310: below or above what the option takes. */
static bool in_limits(Binder *binder, NodeId value, const SettingShape *shape,
                      const Expected *expected, Decimal number)
{
    Diags *diags = &binder->snapshot->diags;
    if (compare_limit(shape->minimum, number, 1) >= 0
        && compare_limit(shape->maximum, number, -1) <= 0)
        return true;
    MessageId message = !shape->maximum ? MESSAGE_SETTING_TOO_LOW
                        : !shape->minimum ? MESSAGE_SETTING_TOO_HIGH
                                          : MESSAGE_SETTING_OUT_OF_RANGE;
    Diag *diag = bind_report(binder, message, value);
    bind_arg_name(binder, diag, "option", expected->word);
    if (shape->minimum)
        diag_arg_text(diags, diag, "low", shape->minimum, strlen(shape->minimum));
    if (shape->maximum)
        diag_arg_text(diags, diag, "high", shape->maximum, strlen(shape->maximum));
    return false;
}

static bool number_fits(Binder *binder, NodeId value, const SettingShape *shape,
                        const Expected *expected, const Record *record)
{
    const Snapshot *snapshot = binder->snapshot;
    Decimal number = record->kind == VALUE_NUMBER ? snapshot->numbers[record->first]
                                                  : snapshot->amounts[record->first].number;
    int64_t integer;
    if (strcmp(shape->type, "integer") == 0 && !decimal_is_integer(number, &integer)) {
        Diag *diag = bind_report(binder, MESSAGE_WHOLE_NUMBER, value);
        bind_arg_name(binder, diag, "property", expected->word);
        return false;
    }
    return in_limits(binder, value, shape, expected, number);
}

/* Is this word, as typed, that text, but for case and accents? */
static bool is_word(Binder *binder, NameId typed, const char *text)
{
    Names *names = binder->snapshot->names;
    size_t length;
    const char *folded = utf8_fold(binder->scratch, text, strlen(text), &length);
    NameId key = names_folded(names, typed);
    return names_length(names, key) == length
           && memcmp(names_text(names, key), folded, length) == 0;
}

/* A word is one of those that the option lists, in its neutral form. */
static bool word_fits(Binder *binder, NodeId value, const SettingShape *shape,
                      const Expected *expected)
{
    const Node *node = bind_node(binder, value);
    NameId typed = node->data;
    for (size_t i = 0; i < shape->value_count && node->kind == NODE_PATH; i++)
        if (is_word(binder, typed, shape->values[i]))
            return true;
    Span span = node_extent(binder->tree, value);
    Diag *diag = bind_report_span(binder, MESSAGE_WORD_NOT_LISTED, span);
    bind_arg_source(binder, diag, "word", span);
    bind_arg_name(binder, diag, "property", expected->word);
    bind_suggest_texts(binder, diag, span, node->kind == NODE_PATH ? typed : 0, shape->values,
                       shape->value_count, MESSAGE_NOTE_WORDS);
    return false;
}

/* The value of an option; false: reported. */
static bool bind_setting_value(Binder *binder, NodeId property, const SettingShape *shape,
                               Record *record)
{
    const Node *node = bind_node(binder, property);
    NodeId value = node->child;
    Expected expected = {.word = node->data, .span = node_span(node),
                         .type = (uint8_t)type_of_shape(shape)};
    bool is_number = expected.type == TYPE_NUMBER || expected.type == TYPE_PERCENT;
    if (expected.type == TYPE_PERCENT && is_bare_number(binder, value))
        expected.type = TYPE_NUMBER;        /* `largest-share: 60` */
    bind_value(binder, value, &expected, record);
    if (record->kind == VALUE_POISON)
        return false;
    if (record->kind == VALUE_UNKNOWN || record->kind == VALUE_NONE)
        return false;                       /* as if it were not there */
    if (is_number)
        return number_fits(binder, value, shape, &expected, record);
    bool is_one = strcmp(shape->type, "word") == 0;
    if (is_one && bind_node(binder, value)->next) {
        Diag *diag = bind_report(binder, MESSAGE_ONE_VALUE, bind_node(binder, value)->next);
        bind_arg_name(binder, diag, "property", node->data);
        return false;
    }
    bool fits = true;
    for (NodeId id = value; shape->value_count > 0 && id; id = bind_node(binder, id)->next)
        fits = fits && word_fits(binder, id, shape, &expected);
    return fits;
}

static void report_unknown_setting(Binder *binder, NodeId property, NodeId path,
                                   const void *plugin)
{
    const Plugins *plugins = binder->reading->plugins;
    Span span = node_span(bind_node(binder, property));
    SettingShape shape;
    size_t count = 0;
    while (plugins->setting(plugins->context, plugin, count, &shape))
        count++;
    const char **names = arena_array(binder->scratch, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        plugins->setting(plugins->context, plugin, i, &shape);
        names[i] = arena_copy(binder->snapshot->arena, shape.name, strlen(shape.name));
    }
    Diag *diag = bind_report_span(binder, count ? MESSAGE_SETTING_UNKNOWN
                                                : MESSAGE_SETTING_NONE, span);
    bind_arg_source(binder, diag, "option", span);
    bind_arg_source(binder, diag, "plugin", node_extent(binder->tree, path));
    bind_suggest_texts(binder, diag, span, bind_node(binder, property)->data, names, count,
                       MESSAGE_NOTE_SETTINGS);
}

/* The option of this name; false: the plugin has none. */
static bool find_shape(Binder *binder, const void *plugin, NameId name, SettingShape *shape)
{
    const Plugins *plugins = binder->reading->plugins;
    for (size_t i = 0; plugins->setting(plugins->context, plugin, i, shape); i++)
        if (is_word(binder, name, shape->name))
            return true;
    return false;
}

static void bind_setting(Binder *binder, NodeId property, NodeId path, const void *plugin)
{
    Snapshot *snapshot = binder->snapshot;
    const Node *node = bind_node(binder, property);
    SettingRow row = {.plugin = plugin_name(binder, path),
                      .option = names_text(snapshot->names, node->data),
                      .alliance = binder->alliance, .file = binder->file,
                      .record = {.node = property}};
    if (node->flags & NODE_POISONED || !node->child)
        return;
    if (plugin) {
        SettingShape shape;
        if (!find_shape(binder, plugin, node->data, &shape)) {
            report_unknown_setting(binder, property, path, plugin);
            return;
        }
        row.option = arena_copy(snapshot->arena, shape.name, strlen(shape.name));
        if (!bind_setting_value(binder, property, &shape, &row.record))
            return;
    } else {
        bind_custom(binder, node->child, &row.record);
    }
    snapshot->settings = arena_grow(snapshot->arena, snapshot->settings,
                                    &snapshot->setting_capacity, snapshot->setting_count + 1,
                                    sizeof *snapshot->settings);
    snapshot->settings[snapshot->setting_count++] = row;
}

void bind_settings(Binder *binder, NodeId node)
{
    NodeId path = bind_node(binder, node)->child;
    const void *plugin;
    if (bind_node(binder, node)->flags & NODE_POISONED || !path
        || !find_plugin(binder, path, false, &plugin))
        return;
    NodeId block = node_child_of(binder->tree, node, NODE_BLOCK);
    for (NodeId id = block ? bind_node(binder, block)->child : 0; id;
         id = bind_node(binder, id)->next)
        if (bind_node(binder, id)->kind == NODE_PROPERTY)
            bind_setting(binder, id, path, plugin);
}

/* ---- alliance.conf --------------------------------------------------------------------- */

void bind_conf_property(Binder *binder, NodeId node)
{
    Snapshot *snapshot = binder->snapshot;
    NodeId path = bind_node(binder, node)->child;
    if (bind_node(binder, node)->flags & NODE_POISONED || !path)
        return;
    const Plugins *plugins = binder->reading->plugins;
    NameId word = bind_node(binder, path)->data;
    const PropertyInfo *info = bind_node(binder, path)->child
                                   ? NULL : bind_property(binder, KIND_ALLIANCE, word);
    if (!info || info->id != PROPERTY_PROFILE || (plugins && !plugins->has_profile)) {
        Span span = node_extent(binder->tree, path);
        const WordMeaning *foreign = bind_foreign(binder, word, ROLE_PROPERTY, 0);
        if (foreign && foreign->id == PROPERTY_PROFILE) {
            bind_report_foreign(binder, span, word, foreign);
            return;
        }
        report_not_here(binder, path);
        return;
    }
    bind_write_id(binder, path, (uint16_t)(ID_PROPERTY | info->id));
    Expected expected;
    Record record = {.node = node};
    bind_expect(binder, info, path, &expected);
    bind_value(binder, bind_node(binder, path)->next, &expected, &record);
    if (record.kind == VALUE_WORD)
        snapshot->conf_profile = (uint16_t)record.first;
}
