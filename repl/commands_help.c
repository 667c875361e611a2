/* commands_help.c -- `help`, `explain`, `list`, `version`, `complete`, and what authors of
 * plugins ask. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/host/host.h"
#include "repl/answer.h"
#include "repl/choice.h"
#include "repl/command.h"
#include "repl/layout.h"
#include "repl/suggest.h"

/* ---- Words ---------------------------------------------------------------------------- */

static const char *about_of(const Program *program, WordRole role, uint16_t id, uint16_t scope)
{
    const char *about = words_about(program->words, program->language, role, id, scope);
    return about ? about : "";
}

static const char *word_of(const Program *program, WordRole role, uint16_t id, uint16_t scope)
{
    const char *word = words_text(program->words, program->language, role, id, scope, WORD_USUAL);
    return word ? word : "";
}

static const Vocabulary *vocabulary_of(const Program *program)
{
    return program->snapshot ? snapshot_vocabulary(program->snapshot) : vocabulary_shipped();
}

static void pair(Program *program, const char *word, const char *about, size_t width)
{
    Out *out = &program->out;
    out_print(out, "  ");
    out_style(out, STYLE_STRONG);
    out_cell(out, word, width, false);
    out_style(out, STYLE_PLAIN);
    out_print(out, "  ");
    layout_text(out, about, width + 4, width + 4, program_limit(program));
    out_print(out, "\n");
}

/* An example in the language, shown as a block. */
static void sample(Program *program, const char *text)
{
    Out *out = &program->out;
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        size_t end = i + strcspn(text + i, "\n");
        out_print(out, "    ");
        out_text(out, text + i, end - i);
        out_print(out, "\n");
        i = end + (text[end] == '\n');
    }
}

static void heading(Program *program, const char *text)
{
    out_style(&program->out, STYLE_STRONG);
    out_string(&program->out, text);
    out_style(&program->out, STYLE_PLAIN);
    out_print(&program->out, "\n");
}

static void heading_message(Program *program, MessageId message)
{
    out_style(&program->out, STYLE_STRONG);
    say(program, &program->out, message, NULL);
    out_style(&program->out, STYLE_PLAIN);
    out_print(&program->out, "\n");
}

/* ---- Kinds and properties --------------------------------------------------------------- */

/* What a property takes, in words; in the arena. */
static const char *type_text(Program *program, Arena *arena, const PropertyInfo *property)
{
    const Vocabulary *vocabulary = vocabulary_of(program);
    const ListInfo *list = property->list ? vocabulary_list(vocabulary, property->list) : NULL;
    const char *text = "";
    for (uint16_t i = 0; list && i < list->count; i++)
        text = arena_format(arena, "%s%s%s", text, i ? ", " : "",
                            word_of(program, ROLE_LISTED, list->words[i], property->list));
    if (list)
        return text;
    text = property_type_word((PropertyType)property->type);
    for (uint16_t i = 0; i < property->ref_count; i++)
        text = arena_format(arena, "%s%s%s", text, i ? ", " : " (",
                            word_of(program, ROLE_KIND, property->refs[i], 0));
    return property->ref_count ? arena_format(arena, "%s)", text) : text;
}

static void show_property(Program *program, KindId kind, const PropertyInfo *property)
{
    enum { NAME = 20, TEXT = NAME + 4 };
    Out *out = &program->out;
    Arena *arena = scratch_new(program);
    const char *ask = words_ask(program->words, program->language, ROLE_PROPERTY, property->id,
                                kind);
    const char *about = about_of(program, ROLE_PROPERTY, property->id, kind);
    size_t limit = program_limit(program);
    out_print(out, "  ");
    out_style(out, STYLE_STRONG);
    out_cell(out, word_of(program, ROLE_PROPERTY, property->id, kind), NAME, false);
    out_style(out, STYLE_PLAIN);
    out_print(out, "  ");
    layout_text(out, about, TEXT, TEXT, limit);
    out_print(out, "\n%*s", TEXT, "");
    out_style(out, STYLE_FAINT);
    layout_text(out, type_text(program, arena, property), TEXT, TEXT, limit);
    out_style(out, STYLE_PLAIN);
    if (ask) {
        out_print(out, "\n%*s", TEXT, "");
        layout_text(out, ask, TEXT, TEXT, limit);
    }
    out_print(out, "\n");
    arena_free(arena);
}

static void explain_kind(Program *program, KindId kind)
{
    const KindInfo *info = vocabulary_kind(vocabulary_of(program), kind);
    const char *ask = words_ask(program->words, program->language, ROLE_KIND, kind, 0);
    heading(program, word_of(program, ROLE_KIND, kind, 0));
    say_paragraphs(program, about_of(program, ROLE_KIND, kind, 0));
    if (ask)
        say_paragraphs(program, ask);
    out_print(&program->out, "\n");
    heading_message(program, MESSAGE_PROPERTIES_HEADING);
    for (uint16_t i = 0; i < info->property_count; i++)
        if (!info->properties[i].is_derived)
            show_property(program, kind, &info->properties[i]);
    bool derived = false;
    for (uint16_t i = 0; i < info->property_count; i++) {
        if (!info->properties[i].is_derived)
            continue;
        if (!derived) {
            out_print(&program->out, "\n");
            heading_message(program, MESSAGE_DERIVED_HEADING);
            derived = true;
        }
        pair(program, word_of(program, ROLE_PROPERTY, info->properties[i].id, kind),
             about_of(program, ROLE_PROPERTY, info->properties[i].id, kind), 20);
    }
}

/* ---- explain ----------------------------------------------------------------------------- */

static bool explain_code(Program *program, const char *code)
{
    MessagePage page;
    char upper[8] = "";
    for (size_t i = 0; code[i] && i + 1 < sizeof upper; i++)
        upper[i] = (char)toupper((unsigned char)code[i]);
    if (!message_page(upper, program->language, &page))
        return false;
    out_style(&program->out, STYLE_STRONG);
    out_print(&program->out, "%s", upper);
    out_style(&program->out, STYLE_PLAIN);
    out_print(&program->out, "  ");
    out_string(&program->out, page.title);
    out_print(&program->out, "\n\n");
    say_paragraphs(program, page.about);
    if (page.wrong && *page.wrong) {
        out_print(&program->out, "\n");
        heading_message(program, MESSAGE_WRONG_HEADING);
        sample(program, page.wrong);
    }
    if (page.right && *page.right) {
        out_print(&program->out, "\n");
        heading_message(program, MESSAGE_RIGHT_HEADING);
        sample(program, page.right);
    }
    return true;
}

static void explain_options(Program *program, const PluginInfo *plugin)
{
    if (plugin->option_count == 0)
        return;
    out_print(&program->out, "\n");
    heading_message(program, MESSAGE_OPTIONS_HEADING);
    for (size_t i = 0; i < plugin->option_count; i++) {
        const PluginOption *option = &plugin->options[i];
        out_print(&program->out, "  ");
        out_style(&program->out, STYLE_STRONG);
        out_string(&program->out, option->name);
        out_style(&program->out, STYLE_PLAIN);
        out_print(&program->out, " = ");
        out_string(&program->out, option->default_text ? option->default_text : "");
        out_print(&program->out, "  ");
        const char *about = option->about[program->language];
        out_string(&program->out, about ? about : "");
        out_print(&program->out, "\n");
    }
}

static void view_usage(Program *program, const PluginInfo *view);

static void explain_one_plugin(Program *program, const PluginInfo *plugin)
{
    LangId language = program->language;
    out_style(&program->out, STYLE_STRONG);
    out_string(&program->out, plugin->word[language] ? plugin->word[language] : plugin->id);
    out_style(&program->out, STYLE_PLAIN);
    if (plugin->title[language]) {
        out_print(&program->out, "  ");
        out_string(&program->out, plugin->title[language]);
    }
    out_print(&program->out, "\n\n");
    if (plugin->about[language])
        say_paragraphs(program, plugin->about[language]);
    if (plugin->source[language])
        say_line(program, &program->out, MESSAGE_SOURCE_LINE, "source", plugin->source[language],
                 NULL);
    if (plugin->type == PLUGIN_CHECK && plugin->profile)
        say_line(program, &program->out, MESSAGE_PROFILE_LINE, "profile", plugin->profile, NULL);
    explain_options(program, plugin);
    if (plugin->example_bad) {
        out_print(&program->out, "\n");
        heading_message(program, MESSAGE_WRONG_HEADING);
        sample(program, plugin->example_bad);
    }
    if (plugin->example_good) {
        out_print(&program->out, "\n");
        heading_message(program, MESSAGE_RIGHT_HEADING);
        sample(program, plugin->example_good);
    }
}

/* A check, a document, a view: all that are called so, since a check and the view of what it looks
 * at may share a name. */
static bool explain_plugin(Program *program, const char *word)
{
    static const PluginType types[] = {PLUGIN_CHECK, PLUGIN_EXPORT, PLUGIN_VIEW};
    Host *host = program_host(program);
    bool any = false;
    for (size_t i = 0; host && i < sizeof types / sizeof types[0]; i++) {
        const PluginInfo *plugin = host_find(host, types[i], word);
        if (!plugin)
            continue;
        if (any)
            out_print(&program->out, "\n");
        any = true;
        if (plugin->type == PLUGIN_VIEW)
            view_usage(program, plugin);
        else
            explain_one_plugin(program, plugin);
    }
    return any;
}

/* A kind, its plural, a property or a core word, in any language. */
static bool explain_word(Program *program, const char *word)
{
    Arena *arena = scratch_new(program);
    Names *names = names_new(arena);
    size_t count;
    bool shown = false;
    const WordMeaning *meanings =
        words_meanings(program->words, names, names_intern(names, word, strlen(word)), &count);
    for (size_t i = 0; i < count && !shown; i++)
        if (meanings[i].role == ROLE_KIND || meanings[i].role == ROLE_COLLECTION) {
            explain_kind(program, meanings[i].id);
            shown = true;
        }
    KindId last = 0;
    bool is_property = false;
    for (size_t i = 0; i < count; i++) {
        if (meanings[i].role != ROLE_PROPERTY)
            continue;
        const Vocabulary *vocabulary = vocabulary_of(program);
        for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++) {
            const PropertyInfo *property = vocabulary_property(vocabulary, kind, meanings[i].id);
            bool fits = meanings[i].scope == 0 || meanings[i].scope == kind;
            if (!property || !fits || kind <= last)
                continue;
            if (!is_property)
                out_print(&program->out, shown ? "\n" : "");
            is_property = true;
            last = kind;
            out_style(&program->out, STYLE_FAINT);
            out_string(&program->out, word_of(program, ROLE_KIND, kind, 0));
            out_style(&program->out, STYLE_PLAIN);
            out_print(&program->out, "\n");
            show_property(program, kind, property);
        }
    }
    for (size_t i = 0; i < count && !shown && !is_property; i++)
        if (meanings[i].role == ROLE_CORE) {
            heading(program, word_of(program, ROLE_CORE, meanings[i].id, 0));
            say_paragraphs(program, about_of(program, ROLE_CORE, meanings[i].id, 0));
            shown = true;
        }
    arena_free(arena);
    return shown || is_property;
}

/* What is said of the method, by the word of a topic in any language. */
static bool explain_topic(Program *program, const char *word, bool is_next)
{
    MessageTopic topic;
    Arena *arena = scratch_new(program);
    Names *names = names_new(arena);
    NameId wanted = names_folded(names, names_intern(names, word, strlen(word)));
    bool found = false;
    for (size_t i = 0; !found && message_topic(i, program->language, &topic); i++)
        for (LangId language = 0; !found && language < LANG_COUNT; language++) {
            MessageTopic other;
            message_topic(i, language, &other);
            NameId own = names_intern(names, other.word, strlen(other.word));
            found = names_folded(names, own) == wanted;
        }
    arena_free(arena);
    if (!found)
        return false;
    if (is_next)
        out_print(&program->out, "\n");
    heading(program, topic.title);
    out_print(&program->out, "\n");
    say_paragraphs(program, topic.about);
    return true;
}

static void command_usage(Program *program, const CommandRow *row);

static bool explain_command(Program *program, const char *word)
{
    if (*word == ':')
        word++;
    Command command = command_find(program, word, strlen(word), false);
    if (!command.row) {         /* one of the prompt, written whole */
        command = command_find(program, word, strlen(word), true);
        if (command.row && strlen(command_word(program, command.row)) != strlen(word))
            command.row = NULL;
    }
    if (command.row && command.view)
        view_usage(program, command.view);
    else if (command.row)
        command_usage(program, command.row);
    return command.row != NULL;
}

static Status explain(Program *program, const Arguments *arguments)
{
    Status status = STATUS_FINE;
    for (size_t i = 0; i < arguments->count; i++) {
        const char *id = arguments->words[i];
        if (i > 0)
            out_print(&program->out, "\n");
        bool shown = explain_code(program, id) || explain_plugin(program, id)
                     || explain_word(program, id);
        if (!explain_topic(program, id, shown) && !shown && !explain_command(program, id))
            status = usage_error(program, MESSAGE_NOTHING_TO_EXPLAIN, "id", id, NULL);
    }
    return status;
}

Status shell_explain(Program *program, const Arguments *arguments)
{
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_USAGE_EXPLAIN, NULL);
    return explain(program, arguments);
}

Status prompt_explain(Program *program, const Arguments *arguments)
{
    return shell_explain(program, arguments);
}

/* ---- list ---------------------------------------------------------------------------------- */

typedef struct Listing {        /* rows of id, word, sentence */
    Program *program;
    JsonWriter *json;           /* NULL: text */
    size_t count;
} Listing;

static void list_row(Listing *listing, const char *id, const char *word, const char *about)
{
    listing->count++;
    if (!listing->json) {
        pair(listing->program, word && *word ? word : id, about ? about : "", 26);
        return;
    }
    json_open(listing->json, '{');
    json_key_text(listing->json, "id", id);
    json_key_text(listing->json, "word", word && *word ? word : id);
    json_key_text(listing->json, "about", about ? about : "");
    json_close(listing->json, '}');
}

static void list_kinds(Listing *listing, const char *of)
{
    const Program *program = listing->program;
    const Vocabulary *vocabulary = vocabulary_of(program);
    (void)of;
    for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++)
        list_row(listing, vocabulary_kind(vocabulary, kind)->id,
                 word_of(program, ROLE_KIND, kind, 0), about_of(program, ROLE_KIND, kind, 0));
}

static KindId kind_called(Program *program, const char *word)
{
    Arena *arena = scratch_new(program);
    Names *names = names_new(arena);
    size_t count;
    KindId kind = 0;
    const WordMeaning *meanings =
        words_meanings(program->words, names, names_intern(names, word, strlen(word)), &count);
    for (size_t i = 0; i < count; i++)
        if (meanings[i].role == ROLE_KIND || meanings[i].role == ROLE_COLLECTION)
            kind = meanings[i].id;
    arena_free(arena);
    return kind;
}

static void list_properties(Listing *listing, const char *of)
{
    const Program *program = listing->program;
    const Vocabulary *vocabulary = vocabulary_of(program);
    KindId only = of ? kind_called(listing->program, of) : 0;
    for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++) {
        const KindInfo *info = vocabulary_kind(vocabulary, kind);
        if (only ? kind != only : of != NULL)
            continue;
        for (uint16_t i = 0; i < info->property_count; i++) {
            const PropertyInfo *property = &info->properties[i];
            char id[256], word[256];
            snprintf(id, sizeof id, "%s.%s", info->id,
                     vocabulary_property_id(vocabulary, property->id));
            snprintf(word, sizeof word, "%s.%s", word_of(program, ROLE_KIND, kind, 0),
                     word_of(program, ROLE_PROPERTY, property->id, kind));
            list_row(listing, id, only ? word_of(program, ROLE_PROPERTY, property->id, kind)
                                       : word,
                     about_of(program, ROLE_PROPERTY, property->id, kind));
        }
    }
}

static void list_plugin_type(Listing *listing, PluginType type)
{
    Program *program = listing->program;
    Host *host = program_host(program);
    LangId language = program->language;
    for (size_t i = 0; host && i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        if (plugin->type == type && host_find(host, type, plugin->id) == plugin)
            list_row(listing, plugin->id, plugin->word[language],
                     plugin->load_error ? plugin->load_error : plugin->title[language]);
    }
}

static void list_checks(Listing *listing, const char *of)
{
    (void)of;
    list_plugin_type(listing, PLUGIN_CHECK);
}

static void list_formats(Listing *listing, const char *of)
{
    (void)of;
    list_plugin_type(listing, PLUGIN_EXPORT);
    list_plugin_type(listing, PLUGIN_VIEW);
}

static const char *origin_word(PluginOrigin origin)
{
    switch (origin) {
    case ORIGIN_OPTION:
        return "--plugin";
    case ORIGIN_PROJECT:
        return "project";
    case ORIGIN_USER:
        return "user";
    case ORIGIN_SHIPPED:
        break;
    }
    return "shipped";
}

static void list_plugins(Listing *listing, const char *of)
{
    static const char *const types[] = {"check", "view", "export", "import"};
    Program *program = listing->program;
    Host *host = program_host(program);
    (void)of;
    for (size_t i = 0; host && i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        char about[512];
        snprintf(about, sizeof about, "%s, %s%s%s%s%s%s", types[plugin->type],
                 origin_word(plugin->origin),
                 plugin->origin == ORIGIN_SHIPPED ? "" : ": ",
                 plugin->origin == ORIGIN_SHIPPED ? "" : plugin->path,
                 plugin->is_trusted ? "" : " (untrusted)", plugin->hides ? ", hides " : "",
                 plugin->hides ? plugin->hides->path : "");
        list_row(listing, plugin->id, plugin->id, plugin->load_error ? plugin->load_error : about);
    }
}

static void list_words(Listing *listing, const char *of)
{
    const Program *program = listing->program;
    (void)of;
    for (CoreId core = 1; core < CORE_ID_END; core++)
        list_row(listing, words_text(program->words, LANG_EN, ROLE_CORE, core, 0, WORD_USUAL),
                 word_of(program, ROLE_CORE, core, 0), about_of(program, ROLE_CORE, core, 0));
}

static void list_commands(Listing *listing, const char *of)
{
    const Program *program = listing->program;
    (void)of;
    for (size_t i = 0; i < command_count; i++)
        if (program->at_prompt ? command_rows[i].prompt != NULL : command_rows[i].shell != NULL)
            list_row(listing,
                     words_text(program->words, LANG_EN, ROLE_COMMAND, command_rows[i].id, 0,
                                WORD_USUAL),
                     command_word(program, &command_rows[i]),
                     about_of(program, ROLE_COMMAND, command_rows[i].id, 0));
    list_plugin_type(listing, PLUGIN_VIEW);
}

static void list_codes(Listing *listing, const char *of)
{
    (void)of;
    static const char letters[] = "EWN";
    for (size_t i = 0; letters[i]; i++)
        for (unsigned number = 1; number < 1000; number++) {
            char code[8];
            MessagePage page;
            snprintf(code, sizeof code, "%c%03u", letters[i], number);
            if (message_page(code, listing->program->language, &page))
                list_row(listing, code, code, page.title);
        }
}

static void list_topics(Listing *listing, const char *of)
{
    MessageTopic topic;
    (void)of;
    for (size_t i = 0; message_topic(i, listing->program->language, &topic); i++)
        list_row(listing, topic.id, topic.word, topic.title);
}

static void list_examples(Listing *listing, const char *of)
{
    (void)of;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const char *path = embedded_files[i].path;
        if (strncmp(path, "examples/", 9) != 0)
            continue;
        const char *title = strchr(embedded_files[i].text, '"');
        size_t length = title ? strcspn(title + 1, "\"\n") : 0;
        char about[200];
        snprintf(about, sizeof about, "%.*s", (int)(length < 190 ? length : 190),
                 title ? title + 1 : "");
        list_row(listing, path + 9, path + 9, about);
    }
}

static void list_of(Listing *listing, uint16_t what, const char *of)
{
    static void (*const show[])(Listing *, const char *) = {
        [CHOICE_KINDS] = list_kinds,       [CHOICE_PROPERTIES] = list_properties,
        [CHOICE_CHECKS] = list_checks,     [CHOICE_FORMATS] = list_formats,
        [CHOICE_PLUGINS] = list_plugins,   [CHOICE_EXAMPLES] = list_examples,
        [CHOICE_WORDS] = list_words,       [CHOICE_COMMANDS] = list_commands,
        [CHOICE_CODES] = list_codes,       [CHOICE_TOPICS] = list_topics,
    };
    show[what](listing, of);
}

static bool write_out(void *context, const char *bytes, size_t length)
{
    Out *out = context;
    out_raw(out, bytes, length);
    return !out->failed;
}

Status shell_list(Program *program, const Arguments *arguments)
{
    uint16_t format;
    Status status = choice_option(program, OPT_FORMAT, choices_plain, CHOICE_TEXT, &format);
    if (status != STATUS_FINE)
        return status;
    bool as_json = format == CHOICE_JSON;
    Arena *arena = scratch_new(program);
    const char *what = arguments->count > 0 ? arguments->words[0] : "";
    const char *of = arguments->count > 1 ? arguments->words[1] : NULL;
    uint16_t list = choice_find(program, what, choices_lists);
    if (!list)
        status = usage_error(program, MESSAGE_USAGE_LIST, "lists",
                             choice_list(program, arena, choices_lists), NULL);
    arena_free(arena);
    if (!list)
        return status;
    JsonWriter json;
    Listing listing = {program, as_json ? &json : NULL, 0};
    if (as_json) {
        program->printed_json = true;
        json_init(&json, write_out, &program->out, true);
        json_open(&json, '[');
    }
    list_of(&listing, list, of);
    if (as_json) {
        json_close(&json, ']');
        json_end(&json);
        out_print(&program->out, "\n");
    }
    if (listing.count == 0 && of)
        return usage_error(program, MESSAGE_NOTHING_TO_EXPLAIN, "id", of, NULL);
    return STATUS_FINE;
}

/* `:list` alone: what is loaded, by kind; `:list partners`: those. */
static Status list_loaded(Program *program, KindId only)
{
    const Snapshot *snapshot = program->snapshot;
    if (!snapshot) {
        say_line(program, &program->err, MESSAGE_NOTHING_LOADED, NULL);
        return STATUS_USAGE;
    }
    KindId last = 0;
    size_t shown = 0;
    for (KindId kind = 1; kind <= vocabulary_kind_count(snapshot_vocabulary(snapshot)); kind++) {
        if (only && kind != only)
            continue;
        for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot); entity++) {
            size_t length;
            if (entity_kind(snapshot, entity) != kind)
                continue;
            if (kind != last)
                heading(program, words_text(program->words, program->language, ROLE_COLLECTION,
                                            kind, 0, WORD_PLURAL));
            last = kind;
            NameId name = entity_name(snapshot, entity);
            const char *title = entity_title(snapshot, entity, &length);
            Arena *arena = scratch_new(program);
            if (name) {
                pair(program, names_text(snapshot_names(snapshot), name),
                     title ? arena_copy(arena, title, length) : "", 24);
            } else {
                out_print(&program->out, "  ");
                out_string(&program->out,
                           entity_label(arena, snapshot, entity, program->language));
                out_print(&program->out, "\n");
            }
            arena_free(arena);
            if (++shown >= 5000) {
                say_line(program, &program->out, MESSAGE_LIST_CUT, NULL);
                return STATUS_FINE;
            }
        }
    }
    if (shown == 0)
        say_line(program, &program->out, MESSAGE_LIST_EMPTY, NULL);
    return STATUS_FINE;
}

Status prompt_list(Program *program, const Arguments *arguments)
{
    if (arguments->count == 0)
        return list_loaded(program, 0);
    KindId kind = kind_called(program, arguments->words[0]);
    if (kind)
        return list_loaded(program, kind);
    return shell_list(program, arguments);
}

/* ---- help ---------------------------------------------------------------------------------- */

/* The options of a group, each with its sentence. */
static void show_options(Program *program, unsigned groups)
{
    bool any = false;
    Arena *arena = scratch_new(program);
    for (int i = 0; i < OPT_COUNT; i++)
        if (option_rows[i].groups & groups) {
            if (!any)
                out_print(&program->out, "\n");
            any = true;
            pair(program, option_rows[i].name,
                 program_text(program, arena, option_rows[i].about), 18);
        }
    arena_free(arena);
}

static void command_usage(Program *program, const CommandRow *row)
{
    Out *out = &program->out;
    heading(program, command_word(program, row));
    say_paragraphs(program, about_of(program, ROLE_COMMAND, row->id, 0));
    MessageId usage = MESSAGE_USAGE_PLAIN;
    switch (row->id) {
    case COMMAND_CHECK:
        usage = MESSAGE_USAGE_CHECK;
        break;
    case COMMAND_QUERY:
        usage = MESSAGE_USAGE_QUERY;
        break;
    case COMMAND_SHOW:
        usage = MESSAGE_USAGE_SHOW;
        break;
    case COMMAND_EXPORT:
        usage = MESSAGE_USAGE_EXPORT;
        break;
    case COMMAND_VIEW:
        usage = MESSAGE_USAGE_VIEW;
        break;
    case COMMAND_FMT:
        usage = MESSAGE_USAGE_FMT;
        break;
    case COMMAND_LIST:
        usage = MESSAGE_USAGE_LIST;
        break;
    case COMMAND_EXPLAIN:
        usage = MESSAGE_USAGE_EXPLAIN;
        break;
    case COMMAND_RUN:
        usage = MESSAGE_USAGE_RUN;
        break;
    case COMMAND_TRUST:
        usage = MESSAGE_USAGE_TRUST;
        break;
    case COMMAND_PLUGIN:
        usage = MESSAGE_USAGE_PLUGIN;
        break;
    case COMMAND_FIND:
        usage = MESSAGE_USAGE_FIND;
        break;
    default:
        break;
    }
    if (usage != MESSAGE_USAGE_PLAIN) {
        out_print(out, "\n");
        Arena *lists = scratch_new(program);
        say_line(program, out, usage, "lists", choice_list(program, lists, choices_lists), NULL);
        arena_free(lists);
    }
    if (row->shell)
        show_options(program, row->options);
}

/* The same for a view, whose title and options are its plugin's. */
static void view_usage(Program *program, const PluginInfo *view)
{
    const char *word = command_view_word(program, view), *about = view->about[program->language];
    heading(program, word);
    if (view->title[program->language])
        say_paragraphs(program, view->title[program->language]);
    if (about) {
        out_print(&program->out, "\n");
        say_paragraphs(program, about);
    }
    out_print(&program->out, "\n");
    say_line(program, &program->out, MESSAGE_USAGE_VIEW_OF, "view", word, NULL);
    explain_options(program, view);
    show_options(program, FOR_VIEW);
}

/* The views, each a command of its own. */
static void help_views(Program *program, const char *mark)
{
    size_t index = 0;
    out_print(&program->out, "\n");
    heading_message(program, MESSAGE_VIEWS_HEADING);
    for (const PluginInfo *view; (view = command_view(program, &index));) {
        char word[64];
        snprintf(word, sizeof word, "%s%s", mark, command_view_word(program, view));
        pair(program, word, view->title[program->language], 14);
    }
}

static void help_program(Program *program)
{
    Out *out = &program->out;
    Arena *arena = scratch_new(program);
    say_line(program, out, MESSAGE_HELP_PROGRAM, NULL);
    out_print(out, "\n");
    heading_message(program, MESSAGE_COMMANDS_HEADING);
    for (size_t i = 0; i < command_count; i++)
        if (command_rows[i].shell)
            pair(program, command_word(program, &command_rows[i]),
                 about_of(program, ROLE_COMMAND, command_rows[i].id, 0), 14);
    help_views(program, "");
    out_print(out, "\n");
    heading_message(program, MESSAGE_OPTIONS_HEADING);
    for (int i = 0; i < OPT_COUNT; i++)
        if (option_rows[i].groups & FOR_ALL)
            pair(program, option_rows[i].name,
                 program_text(program, arena, option_rows[i].about), 18);
    out_print(out, "\n");
    say_line(program, out, MESSAGE_HELP_STATUSES, NULL);
    arena_free(arena);
}

static void help_prompt(Program *program)
{
    Out *out = &program->out;
    say_line(program, out, MESSAGE_HELP_PROMPT, NULL);
    out_print(out, "\n");
    heading_message(program, MESSAGE_COMMANDS_HEADING);
    for (size_t i = 0; i < command_count; i++) {
        char word[64];
        if (!command_rows[i].prompt)
            continue;
        snprintf(word, sizeof word, ":%s", command_word(program, &command_rows[i]));
        pair(program, word, about_of(program, ROLE_COMMAND, command_rows[i].id, 0), 14);
    }
    help_views(program, ":");
    out_print(out, "\n");
    say_line(program, out, MESSAGE_HELP_TOPICS, NULL);
}

Status shell_help(Program *program, const Arguments *arguments)
{
    if (arguments->count == 0) {
        help_program(program);
        return STATUS_FINE;
    }
    Status status = STATUS_FINE;
    for (size_t i = 0; i < arguments->count; i++)
        if (!explain_command(program, arguments->words[i]))
            status = status_join(status, explain(program, &(Arguments){arguments->words + i, 1,
                                                                        NULL}));
    return status;
}

Status prompt_help(Program *program, const Arguments *arguments)
{
    if (arguments->count > 0)
        return shell_help(program, arguments);
    help_prompt(program);
    return STATUS_FINE;
}

/* ---- version, complete ----------------------------------------------------------------------- */

Status shell_version(Program *program, const Arguments *arguments)
{
    (void)arguments;
    out_print(&program->out, "alliance %s\n", lang_version());
    if (!option_has(&program->options, OPT_VERBOSE))
        return STATUS_FINE;
    out_print(&program->out, "language %d, plugin api 1, json 1\n", ALLIANCE_LANGUAGE_VERSION);
#ifdef HAVE_READLINE
    out_print(&program->out, "readline yes\n");
#else
    out_print(&program->out, "readline no\n");
#endif
#ifdef __linux__
    out_print(&program->out, "seccomp yes, openat2 yes\n");
#else
    out_print(&program->out, "seccomp no, openat2 no\n");
#endif
    return STATUS_FINE;
}

Status prompt_version(Program *program, const Arguments *arguments)
{
    return shell_version(program, arguments);
}

/* complete "LINE" [CURSOR] [FILE...]: one candidate a line, its sentence after a tab. */
Status shell_complete(Program *program, const Arguments *arguments)
{
    enum { MOST = 500 };
    Status status = STATUS_FINE;
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_USAGE_COMPLETE, NULL);
    const char *line = arguments->words[0];
    size_t cursor = strlen(line), start;
    if (arguments->count > 1) {
        unsigned long given = strtoul(arguments->words[1], NULL, 10);
        cursor = given < cursor ? given : cursor;
        while (cursor > 0 && ((unsigned char)line[cursor] & 0xc0) == 0x80)
            cursor--;
    }
    if (arguments->count > 2)
        program_load(program, arguments->words + 2, arguments->count - 2, &status);
    LineCandidate *candidates = calloc(MOST, sizeof *candidates);
    if (!candidates)
        return STATUS_INTERNAL;
    size_t count = suggest_complete(program, line, cursor, &start, candidates, MOST);
    for (size_t i = 0; i < count; i++) {
        out_string(&program->out, candidates[i].text);
        if (candidates[i].about) {
            out_print(&program->out, "\t");
            out_string(&program->out, candidates[i].about);
        }
        out_print(&program->out, "\n");
        free(candidates[i].text);
        free(candidates[i].about);
    }
    free(candidates);
    return status;
}
