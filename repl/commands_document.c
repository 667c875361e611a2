/* commands_document.c -- `export` and `view`: documents made by plugins, written by us. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "repl/choice.h"
#include "repl/command.h"
#include "repl/document.h"
#include "repl/loading.h"
#include "repl/statement.h"

/* ---- What the file says must not be exported ------------------------------------------- */

/* Core errors and failed asserts stop an export; findings of checks do not. */
static bool may_export(Program *program)
{
    Arena *arena = scratch_new(program);
    Diags diags;
    AssertionCounts counts;
    ReportChoice choice = program_report_choice(program);
    out_flush(&program->out);
    diags_init(&diags, arena);
    diags.limit = program->env.limits.diagnostics;
    bool fine = !snapshot_has_errors(program->snapshot) && !program_conf_diags(program)->errors;
    if (!fine) {
        report_diags(&program->err, arena, &choice, program_conf_diags(program));
        report_diags(&program->err, arena, &choice, snapshot_diags(program->snapshot));
    } else {
        assertions_run(program->snapshot, &diags, &counts);
        fine = counts.failed_asserts == 0;
        if (!fine) {
            diags_sort(&diags);
            report_diags(&program->err, arena, &choice, &diags);
        }
    }
    if (!fine)
        say_line(program, &program->err, MESSAGE_NOTHING_EXPORTED, NULL);
    arena_free(arena);
    return fine;
}

/* ---- Media --------------------------------------------------------------------------- */

typedef struct MediumRow {
    uint16_t choice;
    const char *ending;
    Medium medium;
} MediumRow;

static const MediumRow media[] = {
    {CHOICE_HTML, ".html", MEDIUM_HTML},       {CHOICE_MARKDOWN, ".md", MEDIUM_MARKDOWN},
    {CHOICE_SVG, ".svg", MEDIUM_SVG},          {CHOICE_JSON, ".json", MEDIUM_JSON},
    {CHOICE_TEXT, ".txt", MEDIUM_PLAIN},       {CHOICE_HTML, ".htm", MEDIUM_HTML},
};

/* What follows the last dot of a file's name, dot included; NULL: nothing does. */
static const char *ending_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name && dot[1] ? dot : NULL;
}

/* -O format=WORD, else the ending of the output file, else the default.  false, and told: there is
 * no such format, or the ending promises another than what can be written. */
static bool choose_medium(Program *program, const PluginInfo *plugin, const Setting *settings,
                          size_t count, const char *path, Medium otherwise, Medium *medium)
{
    const char *ending = path && plugin->type == PLUGIN_VIEW ? ending_of(path) : NULL;
    bool is_known = ending == NULL;
    *medium = otherwise;
    for (size_t i = 0; ending && i < sizeof media / sizeof media[0]; i++)
        if (strcasecmp(ending, media[i].ending) == 0) {
            *medium = media[i].medium;
            is_known = true;
        }
    const char *word = option_value(&program->options, OPT_FORMAT);
    for (size_t i = 0; i < count; i++)
        if (strcmp(settings[i].name, "format") == 0)
            word = settings[i].value;
    if (!word && !is_known)
        usage_error(program, MESSAGE_UNKNOWN_ENDING, "path", path, "ending", ending, NULL);
    if (!word)
        return is_known;
    uint16_t choice = choice_find(program, word, choices_media);
    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++)
        if (media[i].choice == choice) {
            *medium = media[i].medium;
            return true;
        }
    choice_error(program, "-O format", word, choices_media);
    return false;
}

enum { SETTINGS_MOST = 64 };

typedef struct Settings {
    Setting items[SETTINGS_MOST];
    size_t count;
} Settings;

/* "name=value"; "format" is the program's. */
static Status read_setting(Program *program, Arena *arena, const char *text, Settings *settings)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return usage_error(program, MESSAGE_BAD_SETTING, "setting", text, NULL);
    if (settings->count < SETTINGS_MOST)
        settings->items[settings->count++] =
            (Setting){arena_copy(arena, text, (size_t)(equals - text)), equals + 1};
    return STATUS_FINE;
}

/* -O name=value of the command line, then those typed at the prompt. */
static Status read_settings(Program *program, Arena *arena, const Arguments *typed,
                            Settings *settings)
{
    const char *text;
    Status status = STATUS_FINE;
    for (size_t i = 0; (text = option_nth(&program->options, OPT_SET, i)); i++)
        status = status_join(status, read_setting(program, arena, text, settings));
    for (size_t i = 0; i < typed->count && status == STATUS_FINE; i++)
        status = read_setting(program, arena, typed->words[i], settings);
    return status;
}

/* ---- Making -------------------------------------------------------------------------- */

static bool is_called(const Snapshot *snapshot, Arena *arena, EntityId entity, const char *key,
                      size_t key_length)
{
    size_t length, folded_length;
    NameId name = entity_name(snapshot, entity);
    const char *text = name ? names_text(snapshot_names(snapshot), name) : NULL;
    const char *title = entity_title(snapshot, entity, &length);
    const char *folded = text ? utf8_fold(arena, text, strlen(text), &folded_length) : NULL;
    if (folded && folded_length == key_length && memcmp(folded, key, key_length) == 0)
        return true;
    folded = title ? utf8_fold(arena, title, length, &folded_length) : NULL;
    return folded && folded_length == key_length && memcmp(folded, key, key_length) == 0;
}

/* --for PARTNER, by name or title: whose confidential things stay; 0 without it. */
static EntityId audience(Program *program, Status *status)
{
    const char *name = option_value(&program->options, OPT_FOR);
    const Snapshot *snapshot = program->snapshot;
    if (!name)
        return 0;
    Arena *arena = scratch_new(program);
    size_t length;
    const char *key = utf8_fold(arena, name, strlen(name), &length);
    EntityId found = 0, other = 0;
    for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot) && !found; entity++) {
        if (!is_called(snapshot, arena, entity, key, length))
            continue;
        if (entity_kind(snapshot, entity) == KIND_PARTNER)
            found = entity;
        other = entity;
    }
    arena_free(arena);
    if (!found)
        *status = usage_error(program, other ? MESSAGE_FOR_NO_PARTNER : MESSAGE_NO_PARTNER_CALLED,
                              "name", name, NULL);
    return found;
}

static const char *hash_of_first(Program *program, char hex[65])
{
    if (snapshot_file_count(program->snapshot) == 0)
        return NULL;
    const Source *source = snapshot_source(program->snapshot, 0);
    host_sha256(source->text, source->length, hex);
    return hex;
}

/* What the document holds, or lacks, that is not for everybody. */
static void say_confidential(Program *program, const DocumentChoice *choice)
{
    if (option_has(&program->options, OPT_QUIET))
        return;
    Out *out = program->at_prompt ? &program->out : &program->err;
    out_flush(&program->out);
    if (choice->left_out > 0) {
        say_count(program, out, MESSAGE_LEFT_OUT, (int64_t)choice->left_out, NULL);
        out_print(out, "\n");
    }
    if (choice->confidential > 0) {
        say_count(program, out, MESSAGE_HOLDS_CONFIDENTIAL, (int64_t)choice->confidential, NULL);
        out_print(out, "\n");
    }
}

/* Runs one exporter or view over what is loaded, into `path` or standard output, with the settings
 * of the command line and those `typed`. */
static Status make(Program *program, const PluginInfo *plugin, const Arguments *typed,
                   const char *path, Medium otherwise, bool force)
{
    char hex[65];
    Settings settings = {.count = 0};
    Arena *arena = scratch_new(program);
    Document document;
    PluginOutcome outcome = {0};
    bool wrong_setting = false;
    document_init(&document, program, path, force);
    Status status = read_settings(program, arena, typed, &settings);
    DocumentChoice choice = {.settings = settings.items, .setting_count = settings.count,
                             .language = program->language, .width = program->width};
    if (status == STATUS_FINE
        && !choose_medium(program, plugin, settings.items, settings.count, path, otherwise,
                          &choice.medium))
        status = STATUS_USAGE;
    EntityId reader = status == STATUS_FINE ? audience(program, &status) : 0;
    if (status != STATUS_FINE) {
        arena_free(arena);
        return status;
    }
    bool on_screen = choice.medium == MEDIUM_TERMINAL && !path
                     && (program->is_terminal || program->at_prompt);
    if (choice.medium == MEDIUM_TERMINAL && option_has(&program->options, OPT_PLAIN))
        choice.medium = MEDIUM_PLAIN;
    choice.colour = program->out.colour && !path;
    if (plugin->type == PLUGIN_VIEW)        /* only a page has a footer that says it */
        choice.file_hash = hash_of_first(program, hex);
    Snapshot *filtered = NULL;
    const Snapshot *shown = program->snapshot;
    if (!option_has(&program->options, OPT_CONFIDENTIAL) && !on_screen) {
        filtered = snapshot_filtered(program->snapshot, reader, &choice.left_out);
        shown = filtered;
    }
    choice.confidential = snapshot_confidential(program->snapshot) - choice.left_out;
    if (shown && plugin->wants_findings)
        check_for_view(program, plugin, shown, arena, &choice);
    Output output = document_output(&document);
    if (!shown) {
        say_line(program, &program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        status = STATUS_INTERNAL;
    } else if (host_document(program_host(program), shown, plugin, &choice, &output, arena,
                             &outcome, &wrong_setting)
               && outcome.outcome == OUTCOME_OK) {
        status = document_finish(&document);
        if (status == STATUS_FINE && !on_screen)
            say_confidential(program, &choice);
    } else if (document_failed(&document, &status)) {
        ;                       /* it was told */
    } else if (wrong_setting) {
        status = usage_error(program, MESSAGE_WRONG_SETTING, "reason",
                             outcome.reason ? outcome.reason : "", NULL);
    } else {
        out_flush(&program->out);
        say(program, &program->err, MESSAGE_EXPORT_FAILED, "plugin", plugin->id, NULL);
        out_print(&program->err, " ");
        out_reason(&program->err,
                   outcome.reason ? outcome.reason : outcome_word(outcome.outcome),
                   program->traces);
        out_print(&program->err, "\n");
        status = STATUS_PLUGIN;
    }
    program->made = outcome;
    program->made.reason = NULL;
    document_clear(&document);
    if (filtered && filtered != program->snapshot)
        snapshot_free(filtered);
    arena_free(arena);
    return status;
}

/* An exporter of that name, or a view (then a document). */
static const PluginInfo *find_format(Program *program, const char *word)
{
    Host *host = program_host(program);
    if (!host)
        return NULL;
    const PluginInfo *plugin = host_find(host, PLUGIN_EXPORT, word);
    return plugin ? plugin : host_find(host, PLUGIN_VIEW, word);
}

static Status unknown_format(Program *program, const char *word)
{
    const char *nearest =
        program_nearest_plugin(program, 1u << PLUGIN_VIEW | 1u << PLUGIN_EXPORT, word);
    return nearest ? usage_error(program, MESSAGE_UNKNOWN_FORMAT_NEAR, "format", word, "nearest",
                                 nearest, NULL)
                   : usage_error(program, MESSAGE_UNKNOWN_FORMAT, "format", word, NULL);
}

/* A document of what the command line names: an exporter, or a view as a page. */
static Status make_from_shell(Program *program, const PluginInfo *plugin,
                              const Arguments *files, Medium otherwise, bool as_document)
{
    Status status = STATUS_FINE;
    const char *path = option_value(&program->options, OPT_OUTPUT);
    PluginType type = plugin->type;
    Arena *arena = scratch_new(program);
    const char *id = arena_copy(arena, plugin->id, strlen(plugin->id));
    if (!program_load(program, files->words, files->count, &status)) {
        arena_free(arena);
        return status;
    }
    /* What is loaded decides which plugins there are. */
    Host *host = program_host(program);
    plugin = host ? host_find(host, type, id) : NULL;
    if (!plugin)
        status = status_join(status, unknown_format(program, id));
    else if (as_document && !may_export(program))
        status = status_join(status, STATUS_FINDINGS);
    else
        status = status_join(status, make(program, plugin, &(Arguments){0}, path, otherwise,
                                          option_has(&program->options, OPT_FORCE)));
    arena_free(arena);
    return status;
}

/* What follows the first `count` arguments. */
static Arguments after(const Arguments *arguments, size_t count)
{
    return (Arguments){arguments->words + count, arguments->count - count, arguments->rest};
}

Status shell_export(Program *program, const Arguments *arguments)
{
    if (arguments->count < 2)
        return usage_error(program, MESSAGE_USAGE_EXPORT, NULL);
    const PluginInfo *plugin = find_format(program, arguments->words[0]);
    if (!plugin)
        return unknown_format(program, arguments->words[0]);
    Arguments files = after(arguments, 1);
    return make_from_shell(program, plugin, &files, MEDIUM_HTML, true);
}

/* :export FORMAT [FILE] [name=value]... [--force] */
Status prompt_export(Program *program, const Arguments *arguments)
{
    if (!statement_ready(program))
        return STATUS_USAGE;
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_USAGE_PROMPT_EXPORT, NULL);
    const PluginInfo *plugin = find_format(program, arguments->words[0]);
    if (!plugin)
        return unknown_format(program, arguments->words[0]);
    if (!may_export(program))
        return STATUS_FINDINGS;
    const char *path = NULL, *other = NULL;
    bool force = false;
    Arena *arena = scratch_new(program);
    char **words = arena_array(arena, arguments->count + 1, sizeof *words);
    Arguments typed = {words, 0, NULL};
    for (size_t i = 1; i < arguments->count; i++)
        if (strcmp(arguments->words[i], "--force") == 0)
            force = true;
        else if (strchr(arguments->words[i], '='))
            words[typed.count++] = arguments->words[i];
        else if (path)
            other = arguments->words[i];
        else
            path = arguments->words[i];
    bool is_view = plugin->type == PLUGIN_VIEW;
    Status status = other ? usage_error(program, MESSAGE_TWO_PATHS, "path", path, "other", other,
                                        NULL)
                          : make(program, plugin, &typed, path,
                                 path || !is_view ? MEDIUM_HTML : MEDIUM_TERMINAL, force);
    arena_free(arena);
    return status;
}

Status shell_view_of(Program *program, const PluginInfo *view, const Arguments *arguments)
{
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_USAGE_VIEW_OF, "view",
                           command_view_word(program, view), NULL);
    return make_from_shell(program, view, arguments, MEDIUM_TERMINAL, false);
}

Status prompt_view_of(Program *program, const PluginInfo *view, const Arguments *arguments)
{
    if (!statement_ready(program))
        return STATUS_USAGE;
    return make(program, view, arguments, NULL, MEDIUM_TERMINAL, false);
}

static const PluginInfo *find_view(Program *program, const char *word)
{
    Host *host = program_host(program);
    return host ? host_find(host, PLUGIN_VIEW, word) : NULL;
}

Status shell_view(Program *program, const Arguments *arguments)
{
    if (arguments->count < 2)
        return usage_error(program, MESSAGE_USAGE_VIEW, NULL);
    const PluginInfo *view = find_view(program, arguments->words[0]);
    if (!view)
        return unknown_format(program, arguments->words[0]);
    Arguments files = after(arguments, 1);
    return shell_view_of(program, view, &files);
}

Status prompt_view(Program *program, const Arguments *arguments)
{
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_USAGE_VIEW, NULL);
    const PluginInfo *view = find_view(program, arguments->words[0]);
    if (!view)
        return unknown_format(program, arguments->words[0]);
    Arguments typed = after(arguments, 1);
    return prompt_view_of(program, view, &typed);
}
