/* commands_explain.c -- `explain`: one page on a code, a check, a document, a kind, a property, a
 * word or a command. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "repl/choice.h"
#include "repl/command.h"
#include "repl/layout.h"
#include "repl/nearest.h"
#include "repl/page.h"

/* ---- Kinds and properties --------------------------------------------------------------- */

/* What a property takes, in words; in the arena. */
static const char *type_text(Program *program, Arena *arena, const PropertyInfo *property)
{
    const Vocabulary *vocabulary = page_vocabulary(program);
    const ListInfo *list = property->list ? vocabulary_list(vocabulary, property->list) : NULL;
    const char *text = "";
    for (uint16_t i = 0; list && i < list->count; i++)
        text = arena_format(arena, "%s%s%s", text, i ? ", " : "",
                            page_word(program, ROLE_LISTED, list->words[i], property->list));
    if (list)
        return text;
    const char *id = arena_format(arena, "type-%s",
                                  property_type_word((PropertyType)property->type));
    text = program_text(program, arena, message_find(id));
    for (uint16_t i = 0; i < property->ref_count; i++)
        text = arena_format(arena, "%s%s%s", text,
                            i ? ", " : program_text(program, arena, MESSAGE_COLON),
                            page_word(program, ROLE_KIND, property->refs[i], 0));
    return text;
}

static void show_property(Program *program, KindId kind, const PropertyInfo *property)
{
    enum { NAME = 20, TEXT = NAME + 4 };
    Out *out = &program->out;
    Arena *arena = scratch_new(program);
    const char *ask = words_ask(program->words, program->language, ROLE_PROPERTY, property->id,
                                kind);
    const char *about = page_about(program, ROLE_PROPERTY, property->id, kind);
    size_t limit = program_limit(program);
    out_print(out, "  ");
    out_style(out, STYLE_STRONG);
    out_cell(out, page_word(program, ROLE_PROPERTY, property->id, kind), NAME, false);
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
    const KindInfo *info = vocabulary_kind(page_vocabulary(program), kind);
    const char *ask = words_ask(program->words, program->language, ROLE_KIND, kind, 0);
    page_heading(program, page_word(program, ROLE_KIND, kind, 0));
    say_paragraphs(program, page_about(program, ROLE_KIND, kind, 0));
    if (ask)
        say_paragraphs(program, ask);
    out_print(&program->out, "\n");
    page_heading_message(program, MESSAGE_PROPERTIES_HEADING);
    for (uint16_t i = 0; i < info->property_count; i++)
        if (!info->properties[i].is_derived)
            show_property(program, kind, &info->properties[i]);
    bool derived = false;
    for (uint16_t i = 0; i < info->property_count; i++) {
        if (!info->properties[i].is_derived)
            continue;
        if (!derived) {
            out_print(&program->out, "\n");
            page_heading_message(program, MESSAGE_DERIVED_HEADING);
            derived = true;
        }
        page_pair(program, page_word(program, ROLE_PROPERTY, info->properties[i].id, kind),
             page_about(program, ROLE_PROPERTY, info->properties[i].id, kind), 20);
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
        page_heading_message(program, MESSAGE_WRONG_HEADING);
        page_sample(program, page.wrong);
    }
    if (page.right && *page.right) {
        out_print(&program->out, "\n");
        page_heading_message(program, MESSAGE_RIGHT_HEADING);
        page_sample(program, page.right);
    }
    return true;
}

/* ---- Plugins ------------------------------------------------------------------------------ */

/* "60 %": the default of an option, as one would write it. */
static const char *default_text(Arena *arena, const PluginOption *option)
{
    const char *text = option->default_text ? option->default_text : "";
    return strcmp(option->shape.type, "percent") == 0 ? arena_format(arena, "%s %%", text) : text;
}

void explain_options(Program *program, const PluginInfo *plugin)
{
    if (plugin->option_count == 0)
        return;
    Arena *arena = scratch_new(program);
    out_print(&program->out, "\n");
    page_heading_message(program, MESSAGE_OPTIONS_HEADING);
    for (size_t i = 0; i < plugin->option_count; i++) {
        const PluginOption *option = &plugin->options[i];
        const char *value = default_text(arena, option);
        const char *head = *value ? arena_format(arena, "%s = %s", option->shape.name, value)
                                  : option->shape.name;
        const char *about = option->about[program->language];
        if (option->is_convention)
            about = arena_format(arena, "%s %s", about ? about : "",
                                 program_text(program, arena, MESSAGE_CONVENTION));
        page_pair(program, head, about ? about : "", 22);
    }
    arena_free(arena);
}

/* The level of a status in "framing=warning idea=note", or in "warning"; "" when it has none of its
 * own. */
static const char *level_of(Arena *arena, const char *levels, const char *status)
{
    if (!strchr(levels, '='))
        return levels;
    size_t length = strlen(status);
    for (const char *at = levels; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strncmp(at, status, length) == 0 && at[length] == '=')
            return arena_copy(arena, at + length + 1, strcspn(at + length + 1, " "));
    return "";
}

static const char *level_word(Program *program, Arena *arena, const char *level)
{
    MessageId message = strcmp(level, "error") == 0     ? MESSAGE_SEVERITY_ERROR
                        : strcmp(level, "warning") == 0 ? MESSAGE_SEVERITY_WARNING
                                                        : MESSAGE_SEVERITY_NOTE;
    return program_text(program, arena, message);
}

/* "note; warning from framing on": one piece for each status where it changes. */
static const char *levels_text(Program *program, Arena *arena, const char *levels)
{
    const Vocabulary *vocabulary = page_vocabulary(program);
    const PropertyInfo *status = vocabulary_property(vocabulary, KIND_ALLIANCE, PROPERTY_STATUS);
    const ListInfo *list = vocabulary_list(vocabulary, status->list);
    const char *text = NULL, *last = "";
    for (uint16_t i = 0; i < list->count; i++) {
        const char *level = level_of(arena, levels, vocabulary_word_id(vocabulary, list->words[i]));
        if (!*level && !text)
            level = "note";         /* before the first that is named */
        if (!*level || strcmp(level, last) == 0)
            continue;
        DiagArg args[] = {
            {.name = "level", .kind = ARG_TEXT, .text = level_word(program, arena, level)},
            {.name = "status", .kind = ARG_TEXT,
             .text = page_word(program, ROLE_LISTED, list->words[i], status->list)},
        };
        text = text ? arena_format(arena, "%s%s", text,
                                   report_text(arena, program->words, program->language,
                                               MESSAGE_SEVERITY_FROM, args, 2))
                    : args[0].text;
        last = level;
    }
    return text ? text : "";
}

static void explain_severity(Program *program, const PluginInfo *plugin)
{
    Arena *arena = scratch_new(program);
    for (size_t i = 0; i < plugin->severity_count; i++) {
        const PluginSeverity *severity = &plugin->severities[i];
        const char *text = levels_text(program, arena, severity->levels);
        if (severity->message)
            say_line(program, &program->out, MESSAGE_SEVERITY_OF_MESSAGE, "check", plugin->id,
                     "message", severity->message, "levels", text, NULL);
        else
            say_line(program, &program->out, MESSAGE_SEVERITY_LINE, "levels", text, NULL);
    }
    arena_free(arena);
}

/* An example of a check, in the language of the session. */
static void explain_example(Program *program, MessageId title, const char *example)
{
    if (!example)
        return;
    Arena *arena = scratch_new(program);
    Reading reading = {.words = program->words, .language = LANG_EN};
    Snapshot *snapshot = snapshot_read_text(&program->env, &reading, "", example, strlen(example));
    const char *shown = example;
    if (snapshot && !snapshot_has_errors(snapshot) && program->language != LANG_EN) {
        Diags diags;
        diags_init(&diags, arena);
        PrinterText text = print_translated(arena, snapshot_tree(snapshot, 0), program->words,
                                            program->language, &diags);
        const char *first = text.bytes ? strchr(text.bytes, '\n') : NULL;
        shown = first ? first + 1 : example;        /* without the header it was given */
        shown += shown[0] == '\n';
    }
    out_print(&program->out, "\n");
    page_heading_message(program, title);
    page_sample(program, shown);
    snapshot_free(snapshot);
    arena_free(arena);
}

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
    out_print(&program->out, "\n");
    if (plugin->type == PLUGIN_CHECK) {
        uint16_t profile = plugin->profile ? choice_find(program, plugin->profile,
                                                         choices_profiles) : 0;
        explain_severity(program, plugin);
        if (profile)
            say_line(program, &program->out, MESSAGE_PROFILE_LINE, "profile",
                     choice_word(program, profile), NULL);
    }
    if (plugin->source[language])
        say_line(program, &program->out, MESSAGE_SOURCE_LINE, "source", plugin->source[language],
                 NULL);
    explain_options(program, plugin);
    explain_example(program, MESSAGE_WRONG_HEADING, plugin->example_bad);
    explain_example(program, MESSAGE_RIGHT_HEADING, plugin->example_good);
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
            command_view_usage(program, plugin);
        else
            explain_one_plugin(program, plugin);
    }
    return any;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The first kind in which a property says the same, asks the same and takes the same; with
 * `is_shown`, a line with all of them. */
static KindId kind_like(Program *program, KindId kind, const PropertyInfo *property, bool is_shown)
{
    const Vocabulary *vocabulary = page_vocabulary(program);
    const Words *words = program->words;
    Arena *arena = scratch_new(program);
    const char *type = type_text(program, arena, property), *kinds = "";
    KindId first = 0;
    for (KindId other = 1; other <= vocabulary_kind_count(vocabulary); other++) {
        const PropertyInfo *same = vocabulary_property(vocabulary, other, property->id);
        if (!same
            || !is_same_text(page_about(program, ROLE_PROPERTY, property->id, kind),
                             page_about(program, ROLE_PROPERTY, property->id, other))
            || !is_same_text(words_ask(words, program->language, ROLE_PROPERTY, property->id,
                                       kind),
                             words_ask(words, program->language, ROLE_PROPERTY, property->id,
                                       other))
            || !is_same_text(type, type_text(program, arena, same)))
            continue;
        kinds = arena_format(arena, "%s%s%s", kinds, first ? ", " : "",
                             page_word(program, ROLE_KIND, other, 0));
        first = first ? first : other;
    }
    if (is_shown) {
        out_style(&program->out, STYLE_FAINT);
        layout_text(&program->out, kinds, 0, 0, program_limit(program));
        out_style(&program->out, STYLE_PLAIN);
        out_print(&program->out, "\n");
    }
    arena_free(arena);
    return first;
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
        const Vocabulary *vocabulary = page_vocabulary(program);
        for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++) {
            const PropertyInfo *property = vocabulary_property(vocabulary, kind, meanings[i].id);
            bool fits = meanings[i].scope == 0 || meanings[i].scope == kind;
            if (!property || !fits || kind <= last)
                continue;
            last = kind;
            if (kind_like(program, kind, property, false) < kind)
                continue;       /* it stands with the first kind where it is the same */
            if (!is_property)
                out_print(&program->out, shown ? "\n" : "");
            is_property = true;
            kind_like(program, kind, property, true);
            show_property(program, kind, property);
        }
    }
    for (size_t i = 0; i < count && !shown && !is_property; i++)
        if (meanings[i].role == ROLE_CORE) {
            page_heading(program, page_word(program, ROLE_CORE, meanings[i].id, 0));
            say_paragraphs(program, page_about(program, ROLE_CORE, meanings[i].id, 0));
            shown = true;
        }
    arena_free(arena);
    return shown || is_property;
}

bool explain_command(Program *program, const char *word)
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
        command_view_usage(program, command.view);
    else if (command.row)
        command_usage(program, command.row);
    return command.row != NULL;
}

/* What is said of the method, by the word of a topic in any language. */
static bool explain_method(Program *program, const char *word, bool is_next)
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
    page_heading(program, topic.title);
    out_print(&program->out, "\n");
    say_paragraphs(program, topic.about);
    return true;
}

/* ---- What there is nothing to say about -------------------------------------------------- */

static void offer_codes(Nearest *nearest, Arena *arena)
{
    static const char letters[] = "EWN";
    MessagePage page;
    for (size_t i = 0; letters[i]; i++)
        for (unsigned number = 1; number < 1000; number++) {
            const char *code = arena_format(arena, "%c%03u", letters[i], number);
            if (message_page(code, LANG_EN, &page))
                nearest_offer(nearest, code, code, true);
        }
}

static void offer_words(Nearest *nearest, Program *program, LangId language)
{
    const Vocabulary *vocabulary = page_vocabulary(program);
    bool is_own = language == program->language;
    MessageTopic topic;
    for (size_t i = 0; i < command_count; i++) {
        const char *word = words_text(program->words, language, ROLE_COMMAND, command_rows[i].id, 0,
                                      WORD_USUAL);
        nearest_offer(nearest, word, word, is_own);
    }
    for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++) {
        const KindInfo *info = vocabulary_kind(vocabulary, kind);
        const char *word = words_text(program->words, language, ROLE_KIND, kind, 0, WORD_USUAL);
        nearest_offer(nearest, word, word, is_own);
        for (uint16_t i = 0; i < info->property_count; i++) {
            word = words_text(program->words, language, ROLE_PROPERTY, info->properties[i].id, kind,
                              WORD_USUAL);
            nearest_offer(nearest, word, word, is_own);
        }
    }
    for (size_t i = 0; message_topic(i, language, &topic); i++)
        nearest_offer(nearest, topic.word, topic.word, is_own);
}

Status nothing_to_explain(Program *program, const char *id)
{
    Arena *arena = scratch_new(program);
    Nearest nearest;
    nearest_begin(&nearest, arena, id, strlen(id));
    for (LangId language = 0; language < words_language_count(program->words); language++)
        offer_words(&nearest, program, language);
    Host *host = program_host(program);
    for (size_t i = 0; host && i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        nearest_offer(&nearest, plugin->id, plugin->id, false);
        for (LangId language = 0; language < LANG_COUNT; language++)
            nearest_offer(&nearest, plugin->word[language], plugin->word[language],
                          language == program->language);
    }
    offer_codes(&nearest, arena);
    Status status = nearest.word
                        ? usage_error(program, MESSAGE_NOTHING_TO_EXPLAIN_NEAR, "id", id, "nearest",
                                      nearest.word, NULL)
                        : usage_error(program, MESSAGE_NOTHING_TO_EXPLAIN, "id", id, NULL);
    arena_free(arena);
    return status;
}

Status explain_topic(Program *program, const char *id)
{
    bool shown = explain_code(program, id) || explain_plugin(program, id)
                 || explain_word(program, id);
    if (explain_method(program, id, shown) || shown || explain_command(program, id))
        return STATUS_FINE;
    return nothing_to_explain(program, id);
}

Status shell_explain(Program *program, const Arguments *arguments)
{
    Status status = STATUS_FINE;
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_USAGE_EXPLAIN, NULL);
    for (size_t i = 0; i < arguments->count; i++) {
        if (i > 0)
            out_print(&program->out, "\n");
        status = status_join(status, explain_topic(program, arguments->words[i]));
    }
    return status;
}

Status prompt_explain(Program *program, const Arguments *arguments)
{
    return shell_explain(program, arguments);
}
