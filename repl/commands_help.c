/* commands_help.c -- `help`, `list`, `version`, `complete`, and what authors of
 * plugins ask. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/host/host.h"
#include "repl/answer.h"
#include "repl/choice.h"
#include "repl/command.h"
#include "repl/examples.h"
#include "repl/layout.h"
#include "repl/line.h"
#include "repl/loading.h"
#include "repl/nearest.h"
#include "repl/page.h"
#include "repl/suggest.h"

/* ---- list ---------------------------------------------------------------------------------- */

typedef struct Listing {        /* rows of id, word, sentence */
    Program *program;
    JsonWriter *json;           /* NULL: text */
    size_t count;
} Listing;

/* {"message": null, "levels": {"idea": "note", "framing": "warning"}} */
static void json_severity(JsonWriter *json, const PluginSeverity *severity)
{
    json_open(json, '{');
    json_key_text(json, "message", severity->message);
    json_key(json, "levels");
    json_open(json, '{');
    if (!strchr(severity->levels, '='))
        json_key_text(json, "idea", severity->levels);
    for (const char *at = strchr(severity->levels, '=') ? severity->levels : ""; *at;) {
        char status[64], level[16];
        size_t name = strcspn(at, "="), value = strcspn(at + name + 1, " ");
        snprintf(status, sizeof status, "%.*s", (int)name, at);
        snprintf(level, sizeof level, "%.*s", (int)value, at + name + 1);
        json_key_text(json, status, level);
        at += name + 1 + value;
        at += *at == ' ';
    }
    json_close(json, '}');
    json_close(json, '}');
}

/* What a check has besides, for programs: all that `explain` says but its examples. */
static void json_check(JsonWriter *json, const PluginInfo *check, LangId language)
{
    json_key_text(json, "why", check->about[language]);
    json_key_text(json, "profile", check->profile);
    json_key(json, "severity");
    json_open(json, '[');
    for (size_t i = 0; i < check->severity_count; i++)
        json_severity(json, &check->severities[i]);
    json_close(json, ']');
    json_key_text(json, "source", check->source[language]);
    json_key(json, "options");
    json_open(json, '[');
    for (size_t i = 0; i < check->option_count; i++) {
        const PluginOption *option = &check->options[i];
        json_open(json, '{');
        json_key_text(json, "name", option->shape.name);
        json_key_text(json, "type", option->shape.type);
        json_key_text(json, "default", option->default_text);
        json_key_bool(json, "convention", option->is_convention);
        json_key_text(json, "about", option->about[language]);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void list_row_of(Listing *listing, const char *id, const char *word, const char *about,
                        const PluginInfo *check)
{
    listing->count++;
    if (!listing->json) {
        page_pair(listing->program, word && *word ? word : id, about ? about : "", 26);
        return;
    }
    json_open(listing->json, '{');
    json_key_text(listing->json, "id", id);
    json_key_text(listing->json, "word", word && *word ? word : id);
    json_key_text(listing->json, "about", about ? about : "");
    if (check)
        json_check(listing->json, check, listing->program->language);
    json_close(listing->json, '}');
}

static void list_row(Listing *listing, const char *id, const char *word, const char *about)
{
    list_row_of(listing, id, word, about, NULL);
}

static void list_kinds(Listing *listing, const char *of)
{
    const Program *program = listing->program;
    const Vocabulary *vocabulary = page_vocabulary(program);
    (void)of;
    for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++)
        list_row(listing, vocabulary_kind(vocabulary, kind)->id,
                 page_word(program, ROLE_KIND, kind, 0), page_about(program, ROLE_KIND, kind, 0));
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
    const Vocabulary *vocabulary = page_vocabulary(program);
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
            snprintf(word, sizeof word, "%s.%s", page_word(program, ROLE_KIND, kind, 0),
                     page_word(program, ROLE_PROPERTY, property->id, kind));
            list_row(listing, id, only ? page_word(program, ROLE_PROPERTY, property->id, kind)
                                       : word,
                     page_about(program, ROLE_PROPERTY, property->id, kind));
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
            list_row_of(listing, plugin->id, plugin->word[language],
                        plugin->load_error ? plugin->load_error : plugin->title[language],
                        type == PLUGIN_CHECK ? plugin : NULL);
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

static MessageId origin_message(PluginOrigin origin)
{
    switch (origin) {
    case ORIGIN_OPTION:
        return MESSAGE_PLUGIN_FROM_OPTION;
    case ORIGIN_PROJECT:
        return MESSAGE_PLUGIN_FROM_PROJECT;
    case ORIGIN_USER:
        return MESSAGE_PLUGIN_FROM_USER;
    case ORIGIN_SHIPPED:
        break;
    }
    return MESSAGE_PLUGIN_SHIPPED;
}

/* "check, in your folder: PATH (not allowed yet); runs instead of PATH" */
static const char *plugin_text(Program *program, Arena *arena, const PluginInfo *plugin)
{
    static const MessageId types[] = {MESSAGE_PLUGIN_IS_CHECK, MESSAGE_PLUGIN_IS_VIEW,
                                      MESSAGE_PLUGIN_IS_EXPORT, MESSAGE_PLUGIN_IS_IMPORT};
    DiagArg hidden = {.name = "path", .kind = ARG_TEXT,
                      .text = plugin->hides ? plugin->hides->path : ""};
    bool is_shipped = plugin->origin == ORIGIN_SHIPPED;
    return arena_format(
        arena, "%s, %s%s%s%s%s", program_text(program, arena, types[plugin->type]),
        program_text(program, arena, origin_message(plugin->origin)),
        is_shipped ? "" : program_text(program, arena, MESSAGE_COLON),
        is_shipped ? "" : plugin->path,
        plugin->is_trusted ? "" : program_text(program, arena, MESSAGE_PLUGIN_UNTRUSTED),
        plugin->hides ? report_text(arena, program->words, program->language,
                                    MESSAGE_PLUGIN_HIDES, &hidden, 1) : "");
}

static void list_plugins(Listing *listing, const char *of)
{
    Program *program = listing->program;
    Host *host = program_host(program);
    (void)of;
    for (size_t i = 0; host && i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        Arena *arena = scratch_new(program);
        list_row(listing, plugin->id, plugin->word[program->language],
                 plugin->load_error ? plugin->load_error : plugin_text(program, arena, plugin));
        arena_free(arena);
    }
}

static void list_words(Listing *listing, const char *of)
{
    const Program *program = listing->program;
    (void)of;
    for (CoreId core = 1; core < CORE_ID_END; core++)
        list_row(listing, words_text(program->words, LANG_EN, ROLE_CORE, core, 0, WORD_USUAL),
                 page_word(program, ROLE_CORE, core, 0), page_about(program, ROLE_CORE, core, 0));
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
                     page_about(program, ROLE_COMMAND, command_rows[i].id, 0));
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
    size_t index = 0;
    Example example;
    Arena *arena = scratch_new(listing->program);
    (void)of;
    while (example_next(listing->program, arena, &index, &example))
        list_row(listing, example.name, example.name, example.about);
    arena_free(arena);
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

/* No such list: the nearest one, or what there is.  At the prompt kinds are lists, too. */
static Status unknown_list(Program *program, Arena *arena, const char *what)
{
    const char *lists = choice_list(program, arena, choices_lists);
    Nearest nearest;
    nearest_begin(&nearest, arena, what, strlen(what));
    for (LangId language = 0; language < words_language_count(program->words); language++) {
        bool is_own = language == program->language;
        KindId kinds = program->at_prompt ? vocabulary_kind_count(page_vocabulary(program)) : 0;
        for (size_t i = 0; choices_lists[i]; i++)
            nearest_offer(&nearest,
                          words_text(program->words, language, ROLE_CHOICE, choices_lists[i], 0,
                                     WORD_USUAL),
                          choice_word(program, choices_lists[i]), is_own);
        for (KindId kind = 1; kind <= kinds; kind++)
            nearest_offer(&nearest,
                          words_text(program->words, language, ROLE_KIND, kind, 0, WORD_PLURAL),
                          words_text(program->words, program->language, ROLE_KIND, kind, 0,
                                     WORD_PLURAL), is_own);
    }
    return nearest.word ? usage_error(program, MESSAGE_UNKNOWN_LIST_NEAR, "list", what, "nearest",
                                      nearest.word, "lists", lists, NULL)
                        : usage_error(program, MESSAGE_USAGE_LIST, "lists", lists, NULL);
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
        status = unknown_list(program, arena, what);
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
        return nothing_to_explain(program, of);
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
                page_heading(program, words_text(program->words, program->language, ROLE_COLLECTION,
                                            kind, 0, WORD_PLURAL));
            last = kind;
            NameId name = entity_name(snapshot, entity);
            const char *title = entity_title(snapshot, entity, &length);
            Arena *arena = scratch_new(program);
            if (name) {
                page_pair(program, names_text(snapshot_names(snapshot), name),
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
            page_pair(program, option_rows[i].name,
                 program_text(program, arena, option_rows[i].about), 18);
        }
    arena_free(arena);
}

void command_usage(Program *program, const CommandRow *row)
{
    Out *out = &program->out;
    page_heading(program, command_word(program, row));
    say_paragraphs(program, page_about(program, ROLE_COMMAND, row->id, 0));
    Arena *arena = scratch_new(program);
    const char *id = words_text(program->words, LANG_EN, ROLE_COMMAND, row->id, 0, WORD_USUAL);
    MessageId usage = message_find(arena_format(arena, "usage-%s", id));
    if (usage) {
        out_print(out, "\n");
        say_line(program, out, usage, "lists", choice_list(program, arena, choices_lists), NULL);
    }
    arena_free(arena);
    if (row->shell)
        show_options(program, row->options);
}

/* The same for a view, whose title and options are its plugin's. */
void command_view_usage(Program *program, const PluginInfo *view)
{
    const char *word = command_view_word(program, view), *about = view->about[program->language];
    page_heading(program, word);
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
    page_heading_message(program, MESSAGE_VIEWS_HEADING);
    for (const PluginInfo *view; (view = command_view(program, &index));) {
        char word[64];
        snprintf(word, sizeof word, "%s%s", mark, command_view_word(program, view));
        page_pair(program, word, view->title[program->language], 14);
    }
}

static void help_program(Program *program)
{
    Out *out = &program->out;
    Arena *arena = scratch_new(program);
    say_line(program, out, MESSAGE_HELP_PROGRAM, NULL);
    out_print(out, "\n");
    page_heading_message(program, MESSAGE_COMMANDS_HEADING);
    for (size_t i = 0; i < command_count; i++)
        if (command_rows[i].shell)
            page_pair(program, command_word(program, &command_rows[i]),
                 page_about(program, ROLE_COMMAND, command_rows[i].id, 0), 14);
    help_views(program, "");
    out_print(out, "\n");
    page_heading_message(program, MESSAGE_OPTIONS_HEADING);
    for (int i = 0; i < OPT_COUNT; i++)
        if (option_rows[i].groups & FOR_ALL)
            page_pair(program, option_rows[i].name,
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
    page_heading_message(program, MESSAGE_COMMANDS_HEADING);
    for (size_t i = 0; i < command_count; i++) {
        char word[64];
        if (!command_rows[i].prompt)
            continue;
        snprintf(word, sizeof word, ":%s", command_word(program, &command_rows[i]));
        page_pair(program, word, page_about(program, ROLE_COMMAND, command_rows[i].id, 0), 14);
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
            status = status_join(status, explain_topic(program, arguments->words[i]));
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
    out_print(&program->out, "readline %s\n", line_edits() ? "yes" : "no");
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
