/* report_json.c -- diagnostics for programs: JSON of our own, and SARIF 2.1.0. */
#include <string.h>

#include "repl/report.h"

static const char *severity_word(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTE:
        break;
    }
    return "note";
}

const char *outcome_word(Outcome outcome)
{
    switch (outcome) {
    case OUTCOME_OK:
        return "ok";
    case OUTCOME_LOAD_ERROR:
        return "load-error";
    case OUTCOME_PLUGIN_ERROR:
        return "plugin-error";
    case OUTCOME_TIME:
        return "time-limit";
    case OUTCOME_MEMORY:
        return "memory-limit";
    case OUTCOME_OUTPUT:
        return "output-limit";
    case OUTCOME_CRASHED:
        return "crashed";
    case OUTCOME_SKIPPED:
        return "skipped";
    case OUTCOME_UNTRUSTED:
        return "untrusted";
    case OUTCOME_CANCELLED:
        break;
    }
    return "cancelled";
}

static const char *confidence_word(Confidence confidence)
{
    switch (confidence) {
    case EDIT_SAFE:
        return "safe";
    case EDIT_LIKELY:
        return "likely";
    case EDIT_EXAMPLE:
        return "example";
    case EDIT_NONE:
        break;
    }
    return NULL;
}

static const char *sentence(Arena *scratch, const ReportChoice *choice, LangId language,
                            const Diag *diag)
{
    if (diag->finding && diag->finding->text[language])
        return diag->finding->text[language];
    if (diag->headline)
        return diag->headline;
    return diag_message_text(scratch, choice->words, language, diag);
}

static void json_position(JsonWriter *json, const char *key, Position position)
{
    json_key(json, key);
    json_open(json, '{');
    json_key_integer(json, "byte", position.byte);
    json_key_integer(json, "line", position.line);
    json_key_integer(json, "column", position.column);
    json_close(json, '}');
}

static void json_place(JsonWriter *json, const DiagPlace *place, const char *label)
{
    json_open(json, '{');
    json_key_text(json, "file", place->source->path);
    json_position(json, "start", source_position(place->source, place->span.start));
    json_position(json, "end", source_position(place->source, place->span.end));
    if (label && label[0])
        json_key_text(json, "label", label);
    json_close(json, '}');
}

/* An argument as neutral data: texts, numbers, and the ids of words. */
static void json_arg(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                     const DiagArg *arg)
{
    switch (arg->kind) {
    case ARG_TEXT:
        json_text(json, arg->text);
        return;
    case ARG_TEXTS:
        json_text(json, arg->texts[LANG_EN]);
        return;
    case ARG_NUMBER:
        json_integer(json, arg->number);
        return;
    case ARG_WORD:
        json_text(json, words_text(choice->words, LANG_EN, arg->role, arg->id, arg->scope,
                                   WORD_USUAL));
        return;
    case ARG_MESSAGE:
        json_text(json, message_id(arg->message));
        return;
    case ARG_LIST:
        json_open(json, '[');
        for (uint32_t i = 0; i < arg->item_count; i++)
            json_arg(json, scratch, choice, &arg->items[i]);
        json_close(json, ']');
        return;
    }
}

static void json_finding(JsonWriter *json, LangId language, const DiagFinding *finding)
{
    json_key_text(json, "plugin", finding->plugin);
    json_key_text(json, "fingerprint", finding->fingerprint);
    if (finding->why[language])
        json_key_text(json, "why", finding->why[language]);
    json_key(json, "next");
    json_open(json, '[');
    for (size_t i = 0; i < finding->next_count; i++)
        json_text(json, finding->next[language][i]);
    json_close(json, ']');
    if (finding->source[language])
        json_key_text(json, "source", finding->source[language]);
    json_key(json, "objects");
    json_open(json, '[');
    for (size_t i = 0; i < finding->object_count; i++)
        json_text(json, finding->objects[i]);
    json_close(json, ']');
    json_key(json, "values");
    json_open(json, '{');
    for (size_t i = 0; i < finding->value_count; i++)
        json_key_text(json, finding->values[i].name, finding->values[i].text);
    json_close(json, '}');
    if (finding->is_question)
        json_key_bool(json, "question", true);
    if (finding->is_cannot_tell)
        json_key_bool(json, "cannot_tell", true);
    if (finding->is_confidential)
        json_key_bool(json, "confidential", true);
    if (finding->is_accepted) {
        json_key(json, "accepted");
        json_open(json, '{');
        json_key_text(json, "reason", finding->accepted_reason);
        json_key_text(json, "by", finding->accepted_by);
        json_key_text(json, "until", finding->accepted_until);
        json_close(json, '}');
    }
}

void report_json_diag(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                      const Diag *diag)
{
    LangId language = report_language(choice, diag);
    json_open(json, '{');
    json_key_text(json, "code", diag->code);
    json_key_text(json, "severity", severity_word(diag->severity));
    json_key_text(json, "id",
                  diag->finding ? diag->finding->message : message_id(diag->text.message));
    json_key(json, "args");
    json_open(json, '{');
    for (uint32_t i = 0; i < diag->text.arg_count; i++) {
        json_key(json, diag->text.args[i].name);
        json_arg(json, scratch, choice, &diag->text.args[i]);
    }
    json_close(json, '}');
    json_key_text(json, "message", sentence(scratch, choice, language, diag));
    if (diag->primary.source) {
        json_key(json, "primary");
        json_place(json, &diag->primary, diag_label_text(scratch, choice->words, language, diag));
    }
    json_key(json, "related");
    json_open(json, '[');
    for (const DiagRelated *related = diag->related; related; related = related->next)
        if (related->place.source)
            json_place(json, &related->place,
                       diag_text(scratch, choice->words, language, &related->place.label,
                                 &diag->text));
    json_close(json, ']');
    json_key(json, "help");
    json_open(json, '[');
    for (const DiagHelp *help = diag->help; help; help = help->next) {
        json_open(json, '{');
        json_key_text(json, "text", diag_text(scratch, choice->words, language, &help->text,
                                              &diag->text));
        if (help->is_note)
            json_key_bool(json, "note", true);
        if (help->confidence != EDIT_NONE)
            json_key_text(json, "confidence", confidence_word(help->confidence));
        if (help->edit_count > 0) {
            json_key(json, "edits");
            json_open(json, '[');
            for (uint32_t i = 0; i < help->edit_count; i++) {
                json_open(json, '{');
                json_key_integer(json, "start", help->edits[i].span.start);
                json_key_integer(json, "end", help->edits[i].span.end);
                json_key_text(json, "text", help->edits[i].text);
                json_close(json, '}');
            }
            json_close(json, ']');
        }
        json_close(json, '}');
    }
    json_close(json, ']');
    if (diag->finding)
        json_finding(json, language, diag->finding);
    json_close(json, '}');
}

void report_json_failure(JsonWriter *json, const ReportFailure *failure)
{
    json_open(json, '{');
    json_key_text(json, "code", failure->code);
    json_key_text(json, "severity", "error");
    json_key_text(json, "message", failure->text);
    json_close(json, '}');
}

static bool is_accepted(const Diag *diag)
{
    return diag->finding && diag->finding->is_accepted;
}

static void json_diags(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                       const ReportRun *run, bool accepted)
{
    json_key(json, accepted ? "accepted" : "diagnostics");
    json_open(json, '[');
    for (const ReportFailure *failure = accepted ? NULL : run->failures; failure;
         failure = failure->next)
        report_json_failure(json, failure);
    for (size_t i = 0; i < run->list_count; i++)
        for (size_t j = 0; j < run->diags[i]->count; j++)
            if (is_accepted(run->diags[i]->items[j]) == accepted)
                report_json_diag(json, scratch, choice, run->diags[i]->items[j]);
    json_close(json, ']');
}

void report_json(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                 const ReportRun *run)
{
    size_t counts[3] = {0}, not_checked = 0;
    for (const ReportFailure *failure = run->failures; failure; failure = failure->next)
        counts[SEVERITY_ERROR]++;
    for (size_t i = 0; i < run->list_count; i++)
        for (size_t j = 0; j < run->diags[i]->count; j++)
            if (!is_accepted(run->diags[i]->items[j]))
                counts[run->diags[i]->items[j]->severity]++;
    json_open(json, '{');
    json_key_integer(json, "version", 1);
    json_key_text(json, "today", run->today);
    json_key_text(json, "language", words_language_code(choice->words, run->language));
    json_diags(json, scratch, choice, run, false);
    json_diags(json, scratch, choice, run, true);
    json_key(json, "not_checked");
    json_open(json, '[');
    for (size_t i = 0; i < run->outcome_count; i++) {
        const PluginOutcome *outcome = &run->outcomes[i];
        if (outcome->outcome == OUTCOME_OK)
            continue;
        not_checked++;
        json_open(json, '{');
        json_key_text(json, "plugin", outcome->plugin->id);
        json_key_text(json, "outcome", outcome_word(outcome->outcome));
        json_key_text(json, "reason", outcome->reason);
        json_close(json, '}');
    }
    json_close(json, ']');
    if (run->timing) {
        json_key(json, "timing");
        json_open(json, '{');
        for (size_t i = 0; i < run->outcome_count; i++)
            json_key_integer(json, run->outcomes[i].plugin->id, run->outcomes[i].microseconds);
        json_close(json, '}');
    }
    json_key(json, "summary");
    json_open(json, '{');
    json_key_integer(json, "errors", (int64_t)counts[SEVERITY_ERROR]);
    json_key_integer(json, "warnings", (int64_t)counts[SEVERITY_WARNING]);
    json_key_integer(json, "notes", (int64_t)counts[SEVERITY_NOTE]);
    json_key_integer(json, "not_checked", (int64_t)not_checked);
    json_key_integer(json, "files", (int64_t)run->file_count);
    json_close(json, '}');
    json_close(json, '}');
}

/* ---- SARIF --------------------------------------------------------------------------- */

static const char *rule_of(const Diag *diag)
{
    return diag->finding ? diag->finding->plugin : diag->code;
}

static void sarif_message(JsonWriter *json, const char *key, const char *text)
{
    json_key(json, key);
    json_open(json, '{');
    json_key_text(json, "text", text);
    json_close(json, '}');
}

/* A path as a relative URI: percent-encoded but for what a path may hold. */
static void sarif_uri(JsonWriter *json, Arena *scratch, const char *path)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t length = strlen(path), used = 0;
    char *uri = arena_alloc(scratch, length * 3 + 1);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)path[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                     || strchr("-._~/", c);
        if (plain) {
            uri[used++] = (char)c;
            continue;
        }
        uri[used++] = '%';
        uri[used++] = hex[c >> 4];
        uri[used++] = hex[c & 15];
    }
    json_key(json, "artifactLocation");
    json_open(json, '{');
    json_key(json, "uri");
    json_string(json, uri, used);
    json_close(json, '}');
}

static void sarif_region(JsonWriter *json, const char *key, Source *source, Span span)
{
    Position start = source_position(source, span.start);
    Position end = source_position(source, span.end);
    json_key(json, key);
    json_open(json, '{');
    json_key_integer(json, "startLine", start.line);
    json_key_integer(json, "startColumn", start.column);
    json_key_integer(json, "endLine", end.line);
    json_key_integer(json, "endColumn", end.column);
    json_close(json, '}');
}

static void sarif_location(JsonWriter *json, Arena *scratch, const DiagPlace *place,
                           const char *label)
{
    json_open(json, '{');
    json_key(json, "physicalLocation");
    json_open(json, '{');
    sarif_uri(json, scratch, place->source->path);
    sarif_region(json, "region", place->source, place->span);
    json_close(json, '}');
    if (label && label[0])
        sarif_message(json, "message", label);
    json_close(json, '}');
}

static void sarif_fixes(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                        LangId language, const Diag *diag)
{
    bool opened = false;
    for (const DiagHelp *help = diag->help; help; help = help->next) {
        if (help->edit_count == 0)
            continue;
        if (!opened) {
            json_key(json, "fixes");
            json_open(json, '[');
            opened = true;
        }
        json_open(json, '{');
        sarif_message(json, "description",
                      diag_text(scratch, choice->words, language, &help->text, &diag->text));
        json_key(json, "artifactChanges");
        json_open(json, '[');
        json_open(json, '{');
        sarif_uri(json, scratch, help->edits[0].source->path);
        json_key(json, "replacements");
        json_open(json, '[');
        for (uint32_t i = 0; i < help->edit_count; i++) {
            json_open(json, '{');
            sarif_region(json, "deletedRegion", help->edits[i].source, help->edits[i].span);
            sarif_message(json, "insertedContent", help->edits[i].text);
            json_close(json, '}');
        }
        json_close(json, ']');
        json_close(json, '}');
        json_close(json, ']');
        json_close(json, '}');
    }
    if (opened)
        json_close(json, ']');
}

static void sarif_result(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                         const Diag *diag)
{
    LangId language = report_language(choice, diag);
    json_open(json, '{');
    json_key_text(json, "ruleId", rule_of(diag));
    json_key_text(json, "level", severity_word(diag->severity));
    sarif_message(json, "message", sentence(scratch, choice, language, diag));
    if (diag->primary.source) {
        json_key(json, "locations");
        json_open(json, '[');
        sarif_location(json, scratch, &diag->primary,
                       diag_label_text(scratch, choice->words, language, diag));
        json_close(json, ']');
    }
    bool has_related = false;
    for (const DiagRelated *related = diag->related; related; related = related->next)
        has_related = has_related || related->place.source;
    if (has_related) {
        json_key(json, "relatedLocations");
        json_open(json, '[');
        for (const DiagRelated *related = diag->related; related; related = related->next)
            if (related->place.source)
                sarif_location(json, scratch, &related->place,
                               diag_text(scratch, choice->words, language,
                                         &related->place.label, &diag->text));
        json_close(json, ']');
    }
    if (diag->finding) {
        json_key(json, "partialFingerprints");
        json_open(json, '{');
        json_key_text(json, "allianceFinding/v1", diag->finding->fingerprint);
        json_close(json, '}');
    }
    if (is_accepted(diag)) {
        json_key(json, "suppressions");
        json_open(json, '[');
        json_open(json, '{');
        json_key_text(json, "kind", "inSource");
        if (diag->finding->accepted_reason)
            json_key_text(json, "justification", diag->finding->accepted_reason);
        json_close(json, '}');
        json_close(json, ']');
    }
    sarif_fixes(json, scratch, choice, language, diag);
    json_close(json, '}');
}

/* The rules named by the results, each once, in order of first use. */
static void sarif_rules(JsonWriter *json, const ReportChoice *choice, const ReportRun *run)
{
    json_key(json, "rules");
    json_open(json, '[');
    const char *seen[512];
    size_t seen_count = 0;
    for (size_t i = 0; i < run->list_count; i++)
        for (size_t j = 0; j < run->diags[i]->count; j++) {
            const Diag *diag = run->diags[i]->items[j];
            const char *rule = rule_of(diag);
            bool known = seen_count == sizeof seen / sizeof seen[0];
            for (size_t k = 0; k < seen_count && !known; k++)
                known = strcmp(seen[k], rule) == 0;
            if (known)
                continue;
            seen[seen_count++] = rule;
            json_open(json, '{');
            json_key_text(json, "id", rule);
            MessagePage page;
            const PluginInfo *plugin =
                diag->finding && run->host ? host_find(run->host, PLUGIN_CHECK, rule) : NULL;
            if (plugin && plugin->title[run->language])
                sarif_message(json, "shortDescription", plugin->title[run->language]);
            if (plugin && plugin->about[run->language])
                sarif_message(json, "help", plugin->about[run->language]);
            if (!plugin && message_page(rule, report_language(choice, diag), &page)) {
                sarif_message(json, "shortDescription", page.title);
                sarif_message(json, "help", page.about);
            }
            json_close(json, '}');
        }
    json_close(json, ']');
}

static void sarif_notification(JsonWriter *json, const char *text)
{
    json_open(json, '{');
    json_key_text(json, "level", "error");
    sarif_message(json, "message", text);
    json_close(json, '}');
}

/* What was not looked at: files that cannot be read, checks that did not end. */
static void sarif_invocation(JsonWriter *json, Arena *scratch, const ReportRun *run)
{
    bool complete = !run->failures;
    for (size_t i = 0; i < run->outcome_count; i++)
        complete = complete && run->outcomes[i].outcome == OUTCOME_OK;
    json_open(json, '{');
    json_key_bool(json, "executionSuccessful", complete);
    json_key(json, "toolExecutionNotifications");
    json_open(json, '[');
    for (const ReportFailure *failure = run->failures; failure; failure = failure->next)
        sarif_notification(json, failure->text);
    for (size_t i = 0; i < run->outcome_count; i++) {
        const PluginOutcome *outcome = &run->outcomes[i];
        if (outcome->outcome != OUTCOME_OK)
            sarif_notification(json, arena_format(scratch, "%s: not checked (%s)%s%s",
                                                  outcome->plugin->id,
                                                  outcome_word(outcome->outcome),
                                                  outcome->reason ? ": " : "",
                                                  outcome->reason ? outcome->reason : ""));
    }
    json_close(json, ']');
    json_close(json, '}');
}

void report_sarif(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                  const ReportRun *run)
{
    json_open(json, '{');
    json_key_text(json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_key_text(json, "version", "2.1.0");
    json_key(json, "runs");
    json_open(json, '[');
    json_open(json, '{');
    json_key(json, "tool");
    json_open(json, '{');
    json_key(json, "driver");
    json_open(json, '{');
    json_key_text(json, "name", "alliance");
    json_key_text(json, "version", lang_version());
    json_key_text(json, "language", words_language_code(choice->words, run->language));
    sarif_rules(json, choice, run);
    json_close(json, '}');
    json_close(json, '}');
    json_key_text(json, "columnKind", "unicodeCodePoints");
    json_key(json, "invocations");
    json_open(json, '[');
    sarif_invocation(json, scratch, run);
    json_close(json, ']');
    json_key(json, "results");
    json_open(json, '[');
    for (size_t i = 0; i < run->list_count; i++)
        for (size_t j = 0; j < run->diags[i]->count; j++)
            sarif_result(json, scratch, choice, run->diags[i]->items[j]);
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
}
