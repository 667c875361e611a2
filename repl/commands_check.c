/* commands_check.c -- `check`, `:check`, `:why`, `:todo`: what is found, and what is asked. */
#include <stdlib.h>
#include <string.h>

#include "repl/command.h"
#include "repl/statement.h"

/* ---- Running ----------------------------------------------------------------------- */

/* Core diagnostics, assertions and plugins over what is loaded; keeps the result for `:why`. */
static bool run_checks(Program *program, const char *const *only, size_t only_count)
{
    Host *host = program_host(program);
    if (!host)
        return false;
    arena_free(program->checked_arena);
    program->checked_arena = scratch_new(program);
    program->checked = (CheckRun){0};
    program->asserted = arena_alloc(program->checked_arena, sizeof *program->asserted);
    diags_init(program->asserted, program->checked_arena);
    program->asserted->limit = program->env.limits.diagnostics;
    if (only_count == 0) {
        AssertionCounts counts;
        assertions_run(program->snapshot, program->asserted, &counts);
        diags_sort(program->asserted);
    }
    CheckChoice choice = {
        .only = only,
        .only_count = only_count,
        .profile = option_value(&program->options, OPT_PROFILE),
        .language = program->language,
    };
    return host_check(host, program->snapshot, &choice, program->checked_arena,
                      &program->checked);
}

typedef struct Totals {
    size_t errors, warnings, notes, questions, accepted;
    size_t cannot_tell;
} Totals;

static void count_list(const Diags *diags, Totals *totals)
{
    for (size_t i = 0; i < diags->count; i++) {
        const Diag *diag = diags->items[i];
        if (diag->finding && diag->finding->is_accepted)
            totals->accepted++;
        else if (diag->finding && diag->finding->is_question)
            totals->questions++;
        else if (diag->severity == SEVERITY_ERROR)
            totals->errors++;
        else if (diag->severity == SEVERITY_WARNING)
            totals->warnings++;
        else
            totals->notes++;
        if ((diag->finding && diag->finding->is_cannot_tell)
            || (diag->code && strcmp(diag->code, "W602") == 0))
            totals->cannot_tell++;
    }
}

static Totals count_all(const Program *program)
{
    Totals totals = {0};
    count_list(snapshot_diags(program->snapshot), &totals);
    count_list(program->asserted, &totals);
    count_list(&program->checked.findings, &totals);
    return totals;
}

/* --strict: what cannot be told is an error. */
static void make_strict(Diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        Diag *diag = diags->items[i];
        if ((diag->code && strcmp(diag->code, "W602") == 0)
            || (diag->finding && diag->finding->is_cannot_tell))
            diag->severity = SEVERITY_ERROR;
    }
}

static Status status_of(const Program *program, const Totals *totals)
{
    const char *fail_on = option_value(&program->options, OPT_FAIL_ON);
    Status status = STATUS_FINE;
    size_t grave = totals->errors;
    if (fail_on && strcmp(fail_on, "warning") == 0)
        grave += totals->warnings;
    if (fail_on && strcmp(fail_on, "note") == 0)
        grave += totals->warnings + totals->notes + totals->questions;
    if (fail_on && strcmp(fail_on, "never") == 0)
        grave = 0;
    if (grave > 0)
        status = STATUS_FINDINGS;
    if (program->checked.not_checked > 0)
        status = status_join(status, STATUS_PLUGIN);
    return status;
}

/* ---- Showing ----------------------------------------------------------------------- */

static MessageId outcome_message(Outcome outcome)
{
    switch (outcome) {
    case OUTCOME_OK:
    case OUTCOME_LOAD_ERROR:
        return MESSAGE_OUTCOME_LOAD_ERROR;
    case OUTCOME_PLUGIN_ERROR:
        return MESSAGE_OUTCOME_PLUGIN_ERROR;
    case OUTCOME_TIME:
        return MESSAGE_OUTCOME_TIME;
    case OUTCOME_MEMORY:
        return MESSAGE_OUTCOME_MEMORY;
    case OUTCOME_OUTPUT:
        return MESSAGE_OUTCOME_OUTPUT;
    case OUTCOME_CRASHED:
        return MESSAGE_OUTCOME_CRASHED;
    case OUTCOME_SKIPPED:
        return MESSAGE_OUTCOME_SKIPPED;
    case OUTCOME_UNTRUSTED:
        return MESSAGE_OUTCOME_UNTRUSTED;
    case OUTCOME_CANCELLED:
        break;
    }
    return MESSAGE_OUTCOME_CANCELLED;
}

static void show_not_checked(Program *program)
{
    for (size_t i = 0; i < program->checked.outcome_count; i++) {
        const PluginOutcome *outcome = &program->checked.outcomes[i];
        if (outcome->outcome == OUTCOME_OK)
            continue;
        const char *name = outcome->plugin->word[program->language];
        out_style(&program->out, STYLE_WARNING);
        say(program, &program->out, MESSAGE_NOT_CHECKED_WORD, NULL);
        out_style(&program->out, STYLE_PLAIN);
        say(program, &program->out, outcome_message(outcome->outcome), "plugin",
            name ? name : outcome->plugin->id, NULL);
        if (outcome->reason) {
            out_print(&program->out, " ");
            out_string(&program->out, outcome->reason);
        }
        out_print(&program->out, "\n");
    }
    if (program->checked.not_checked > 0)
        out_print(&program->out, "\n");
}

/* Everything found in one list, numbered for `:why`. */
static const Diag *nth_found(const Program *program, size_t number)
{
    const Diags *const lists[] = {snapshot_diags(program->snapshot), program->asserted,
                                  &program->checked.findings};
    for (size_t i = 0; i < 3; i++) {
        if (!lists[i])
            continue;
        if (number <= lists[i]->count)
            return number > 0 ? lists[i]->items[number - 1] : NULL;
        number -= lists[i]->count;
    }
    return NULL;
}

/* A finding on one or two lines: number, severity, sentence, place. */
static void show_short(Program *program, Arena *arena, const Diag *diag, size_t number)
{
    Out *out = &program->out;
    ReportChoice choice = program_report_choice(program);
    LangId language = report_language(&choice, diag);
    bool question = diag->finding && diag->finding->is_question;
    Style style = diag->severity == SEVERITY_ERROR     ? STYLE_ERROR
        : diag->severity == SEVERITY_WARNING ? STYLE_WARNING
                                             : STYLE_NOTE;
    MessageId mark = question                     ? MESSAGE_QUESTION_WORD
        : diag->severity == SEVERITY_ERROR   ? MESSAGE_SEVERITY_ERROR
        : diag->severity == SEVERITY_WARNING ? MESSAGE_SEVERITY_WARNING
                                             : MESSAGE_SEVERITY_NOTE;
    const char *text = diag->finding && diag->finding->text[language]
                           ? diag->finding->text[language]
        : diag->headline ? diag->headline
                         : diag_message_text(arena, program->words, language, diag);
    out_print(out, "%3zu. ", number);
    out_style(out, style);
    out_string(out, report_text(arena, program->words, language, mark, NULL, 0));
    out_style(out, STYLE_PLAIN);
    out_print(out, " ");
    out_string(out, text);
    if (diag->primary.source) {
        Position at = source_position(diag->primary.source, diag->primary.span.start);
        out_style(out, STYLE_FAINT);
        out_print(out, "  (");
        out_string(out, diag->primary.source->path);
        out_print(out, ":%u", at.line);
        if (diag->code) {
            out_print(out, ", ");
            out_string(out, diag->code);
        }
        out_print(out, ")");
        out_style(out, STYLE_PLAIN);
    }
    if (diag->finding && diag->finding->is_accepted)
        say(program, out, MESSAGE_ACCEPTED_SHORT, "reason",
            diag->finding->accepted_reason ? diag->finding->accepted_reason : "", NULL);
    out_print(out, "\n");
}

static void show_counts(Program *program)
{
    Out *out = &program->out;
    Totals totals = count_all(program);
    Style style = totals.errors ? STYLE_ERROR : totals.warnings ? STYLE_WARNING : STYLE_GOOD;
    out_style(out, style);
    say_count(program, out, MESSAGE_SUMMARY_ERRORS, (int64_t)totals.errors, NULL);
    say_count(program, out, MESSAGE_SUMMARY_WARNINGS, (int64_t)totals.warnings, NULL);
    say_count(program, out, MESSAGE_SUMMARY_FILES,
              (int64_t)snapshot_file_count(program->snapshot), NULL);
    out_style(out, STYLE_PLAIN);
    if (totals.notes > 0)
        say_count(program, out, MESSAGE_SUMMARY_NOTES, (int64_t)totals.notes, NULL);
    if (totals.questions > 0)
        say_count(program, out, MESSAGE_SUMMARY_QUESTIONS, (int64_t)totals.questions, NULL);
    if (totals.accepted > 0)
        say_count(program, out, MESSAGE_SUMMARY_ACCEPTED, (int64_t)totals.accepted, NULL);
    if (program->checked.not_checked > 0)
        say_count(program, out, MESSAGE_SUMMARY_NOT_CHECKED,
                  (int64_t)program->checked.not_checked, NULL);
    if (snapshot_has_errors(program->snapshot))
        say(program, out, MESSAGE_SUMMARY_INCOMPLETE, NULL);
    out_print(out, "\n");
}

/* In full: the command line. */
static void show_full(Program *program, Arena *arena)
{
    ReportChoice choice = program_report_choice(program);
    report_diags(&program->out, arena, &choice, snapshot_diags(program->snapshot));
    report_diags(&program->out, arena, &choice, program->asserted);
    report_diags(&program->out, arena, &choice, &program->checked.findings);
    show_not_checked(program);
}

/* In short: the prompt, and `alliance FILE`.  Errors of the file itself are always in full. */
static void show_list(Program *program, Arena *arena)
{
    const Diags *const lists[] = {snapshot_diags(program->snapshot), program->asserted,
                                  &program->checked.findings};
    ReportChoice choice = program_report_choice(program);
    size_t number = 0, questions = 0;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < lists[i]->count; j++) {
            const Diag *diag = lists[i]->items[j];
            number++;
            if (diag->finding && diag->finding->is_question)
                questions++;
            else if (i == 0 && diag->severity == SEVERITY_ERROR)
                report_diag(&program->out, arena, &choice, diag, number);
            else
                show_short(program, arena, diag, number);
        }
    if (number > questions)
        out_print(&program->out, "\n");
    show_not_checked(program);
    show_counts(program);
    if (number > questions && program->at_prompt)
        say_line(program, &program->out, MESSAGE_TRY_WHY, NULL);
    if (questions > 0 && program->at_prompt)
        say_line(program, &program->out, MESSAGE_TRY_TODO, NULL);
}

void check_overview(Program *program, Status *status)
{
    Arena *arena = scratch_new(program);
    if (!run_checks(program, NULL, 0)) {
        *status = status_join(*status, STATUS_INTERNAL);
    } else {
        show_list(program, arena);
        Totals totals = count_all(program);
        *status = status_join(*status, status_of(program, &totals));
    }
    arena_free(arena);
}

static bool write_out(void *context, const char *bytes, size_t length)
{
    Out *out = context;
    out_raw(out, bytes, length);
    return !out->failed;
}

static void show_machine(Program *program, Arena *arena, bool sarif)
{
    JsonWriter json;
    char today[DATE_TEXT];
    ReportChoice choice = program_report_choice(program);
    const Diags *const lists[] = {snapshot_diags(program->snapshot), program->asserted,
                                  &program->checked.findings};
    today[date_write((Date){program->env.today, DATE_DAY}, today)] = '\0';
    ReportRun run = {
        .today = today,
        .language = program->language,
        .diags = lists,
        .list_count = 3,
        .outcomes = program->checked.outcomes,
        .outcome_count = program->checked.outcome_count,
        .host = program->host,
        .file_count = snapshot_file_count(program->snapshot),
        .timing = option_has(&program->options, OPT_TIMING),
    };
    json_init(&json, write_out, &program->out, true);
    if (sarif)
        report_sarif(&json, arena, &choice, &run);
    else
        report_json(&json, arena, &choice, &run);
    json_end(&json);
    out_print(&program->out, "\n");
}

/* ---- The command --------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *const *choices)
{
    for (; *choices; choices++)
        if (strcmp(word, *choices) == 0)
            return true;
    return false;
}

static Status choose_checks(Program *program, const char *const *ids, size_t count)
{
    Host *host = program_host(program);
    if (!host)
        return STATUS_INTERNAL;
    for (size_t i = 0; i < count; i++)
        if (!host_find(host, PLUGIN_CHECK, ids[i]))
            return usage_error(program, MESSAGE_UNKNOWN_CHECK, "check", ids[i], NULL);
    return STATUS_FINE;
}

Status shell_check(Program *program, const Arguments *arguments)
{
    static const char *const formats[] = {"text", "json", "sarif", NULL};
    static const char *const levels[] = {"error", "warning", "note", "never", NULL};
    static const char *const profiles[] = {"light", "standard", "strict", NULL};
    const char *format = option_value(&program->options, OPT_FORMAT);
    const char *fail_on = option_value(&program->options, OPT_FAIL_ON);
    const char *profile = option_value(&program->options, OPT_PROFILE);
    const char *only[64];
    size_t only_count = 0;
    Status status = STATUS_FINE;
    if (format && !is_one_of(format, formats))
        return usage_error(program, MESSAGE_BAD_CHOICE, "option", "--format", "value", format,
                           "choices", "text, json, sarif", NULL);
    if (fail_on && !is_one_of(fail_on, levels))
        return usage_error(program, MESSAGE_BAD_CHOICE, "option", "--fail-on", "value", fail_on,
                           "choices", "error, warning, note, never", NULL);
    if (profile && !is_one_of(profile, profiles))
        return usage_error(program, MESSAGE_BAD_CHOICE, "option", "--profile", "value", profile,
                           "choices", "light, standard, strict", NULL);
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_FILE_NEEDED, "command",
                           words_text(program->words, program->language, ROLE_COMMAND,
                                      COMMAND_CHECK, 0, WORD_USUAL),
                           NULL);
    if (!program_load(program, arguments->words, arguments->count, &status))
        return status;
    while (only_count < 64
           && (only[only_count] = option_nth(&program->options, OPT_ONLY, only_count)))
        only_count++;
    Status chosen = choose_checks(program, only, only_count);
    if (chosen != STATUS_FINE)
        return status_join(status, chosen);
    if (!run_checks(program, only, only_count))
        return status_join(status, STATUS_INTERNAL);
    if (option_has(&program->options, OPT_STRICT)) {
        make_strict(program->asserted);
        make_strict(&program->checked.findings);
    }
    Arena *arena = scratch_new(program);
    if (format && strcmp(format, "text") != 0)
        show_machine(program, arena, strcmp(format, "sarif") == 0);
    else {
        show_full(program, arena);
        if (!option_has(&program->options, OPT_QUIET))
            show_counts(program);
    }
    arena_free(arena);
    Totals totals = count_all(program);
    return status_join(status, status_of(program, &totals));
}

Status prompt_check(Program *program, const Arguments *arguments)
{
    if (!statement_ready(program))
        return STATUS_USAGE;
    const char *const *only = (const char *const *)arguments->words;
    Status status = choose_checks(program, only, arguments->count);
    if (status != STATUS_FINE)
        return status;
    Arena *arena = scratch_new(program);
    if (run_checks(program, only, arguments->count)) {
        show_list(program, arena);
        Totals totals = count_all(program);
        status = status_of(program, &totals);
    } else {
        status = STATUS_INTERNAL;
    }
    arena_free(arena);
    return status;
}

Status prompt_why(Program *program, const Arguments *arguments)
{
    char *end = NULL;
    unsigned long number = arguments->count ? strtoul(arguments->words[0], &end, 10) : 0;
    if (!statement_ready(program))
        return STATUS_USAGE;
    if (!program->checked_arena) {
        say_line(program, &program->err, MESSAGE_CHECK_FIRST, NULL);
        return STATUS_USAGE;
    }
    const Diag *diag = end && *end == '\0' ? nth_found(program, number) : NULL;
    if (!diag) {
        say_line(program, &program->err, MESSAGE_NO_SUCH_FINDING, NULL);
        return STATUS_USAGE;
    }
    Arena *arena = scratch_new(program);
    ReportChoice choice = program_report_choice(program);
    report_diag(&program->out, arena, &choice, diag, number);
    for (size_t i = 0; diag->finding && i < diag->finding->value_count; i++) {
        out_print(&program->out, "   ");
        out_string(&program->out, diag->finding->values[i].name);
        out_print(&program->out, " = ");
        out_string(&program->out, diag->finding->values[i].text);
        out_print(&program->out, "\n");
    }
    arena_free(arena);
    return STATUS_FINE;
}

/* ---- Open questions ------------------------------------------------------------------ */

/* One `?`: its owner, what it is, and how to ask for it. */
static void show_question(Program *program, Arena *arena, EntityId entity,
                          const PropertyRow *row)
{
    Out *out = &program->out;
    const Snapshot *snapshot = program->snapshot;
    LangId language = program->language;
    KindId kind = entity_kind(snapshot, entity);
    Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    const Tree *tree = snapshot_tree(snapshot, entity_file(snapshot, entity));
    const char *word = row->property ? words_text(program->words, language, ROLE_PROPERTY,
                                                  row->property, kind, WORD_USUAL)
                                     : names_text(snapshot_names(snapshot), row->name);
    const char *ask = row->property ? words_ask(program->words, language, ROLE_PROPERTY,
                                                row->property, kind)
                                    : NULL;
    out_print(out, "  ");
    out_style(out, STYLE_STRONG);
    out_string(out, word ? word : "");
    out_style(out, STYLE_PLAIN);
    if (ask) {
        out_string(out, program_text(program, arena, MESSAGE_COLON));
        out_string(out, ask);
    }
    if (row->value.as.text)
        say(program, out, MESSAGE_ASK_WHOM, "whom",
            arena_copy(arena, row->value.as.text, row->value.count), NULL);
    if (tree && row->node) {
        out_style(out, STYLE_FAINT);
        out_print(out, "  (");
        out_string(out, source->path);
        out_print(out, ":%u)",
                  source_position(source, tree_node(tree, row->node)->start).line);
        out_style(out, STYLE_PLAIN);
    }
    out_print(out, "\n");
}

/* The `?` of a head: the question of its kind. */
static void show_head_question(Program *program, Arena *arena, EntityId entity, Value value)
{
    Out *out = &program->out;
    const Snapshot *snapshot = program->snapshot;
    Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    const char *ask = words_ask(program->words, program->language, ROLE_KIND,
                                entity_kind(snapshot, entity), 0);
    out_print(out, "  ");
    out_string(out, ask ? ask : "?");
    if (value.as.text)
        say(program, out, MESSAGE_ASK_WHOM, "whom",
            arena_copy(arena, value.as.text, value.count), NULL);
    out_style(out, STYLE_FAINT);
    out_print(out, "  (");
    out_string(out, source->path);
    out_print(out, ":%u)", source_position(source, entity_span(snapshot, entity).start).line);
    out_style(out, STYLE_PLAIN);
    out_print(out, "\n");
}

/* "partenaire Orange", or "partenaire Orange, contribution Tablettes" for what stands in it. */
static void owner_name(Program *program, Arena *arena, EntityId entity)
{
    Out *out = &program->out;
    const Snapshot *snapshot = program->snapshot;
    LangId language = program->language;
    EntityId owner = entity_owner(snapshot, entity);
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    NameId name = entity_name(snapshot, entity);
    Value key = entity_key(snapshot, entity);
    if (owner) {
        owner_name(program, arena, owner);
        out_print(out, ", ");
    }
    out_string(out, words_text(program->words, language, ROLE_KIND,
                               entity_kind(snapshot, entity), 0, WORD_NOUN));
    out_style(out, STYLE_STRONG);
    if (title || name || key.kind != VALUE_ABSENT)
        out_print(out, " ");
    if (title)
        out_text(out, title, length);
    else if (name)
        out_string(out, names_text(snapshot_names(snapshot), name));
    else if (key.kind != VALUE_ABSENT)
        out_string(out, value_text(arena, snapshot, key, language));
    out_style(out, STYLE_PLAIN);
}

static void show_owner(Program *program, Arena *arena, EntityId entity)
{
    owner_name(program, arena, entity);
    out_print(&program->out, "\n");
}

Status prompt_todo(Program *program, const Arguments *arguments)
{
    (void)arguments;
    if (!statement_ready(program))
        return STATUS_USAGE;
    const Snapshot *snapshot = program->snapshot;
    Arena *arena = scratch_new(program);
    size_t total = 0;
    for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot); entity++) {
        bool shown = false;
        Value amount = entity_amount(snapshot, entity);
        Value keyed = entity_keyed(snapshot, entity);
        if (amount.kind == VALUE_UNKNOWN || keyed.kind == VALUE_UNKNOWN) {
            show_owner(program, arena, entity);
            show_head_question(program, arena, entity,
                               amount.kind == VALUE_UNKNOWN ? amount : keyed);
            shown = true;
            total++;
        }
        for (unsigned i = 0; i < entity_property_count(snapshot, entity); i++) {
            PropertyRow row = entity_property_row(snapshot, entity, i);
            if (row.value.kind != VALUE_UNKNOWN)
                continue;
            if (!shown)
                show_owner(program, arena, entity);
            shown = true;
            show_question(program, arena, entity, &row);
            total++;
        }
    }
    say_count(program, &program->out,
              total ? MESSAGE_TODO_COUNT : MESSAGE_TODO_NOTHING, (int64_t)total, NULL);
    out_print(&program->out, "\n");
    arena_free(arena);
    return STATUS_FINE;
}
