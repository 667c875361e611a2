/* commands_check.c -- `check`, `:check`, `:why`: what is found, why, and what to do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repl/choice.h"
#include "repl/command.h"
#include "repl/layout.h"
#include "repl/loading.h"
#include "repl/statement.h"

/* ---- Running ----------------------------------------------------------------------- */

/* What is numbered for `:why`: errors, then warnings, then notes, each as they stand. */
static void number_found(Program *program)
{
    enum { LISTS = 4 };
    const Diags *const lists[LISTS] = {program_conf_diags(program),
                                       snapshot_diags(program->snapshot), program->asserted,
                                       &program->checked.findings};
    size_t most = 0;
    for (size_t i = 0; i < LISTS; i++)
        most += lists[i]->count;
    program->numbered = arena_array(program->checked_arena, most + 1, sizeof *program->numbered);
    program->numbered_count = 0;
    static const Severity order[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE};
    for (size_t rank = 0; rank < sizeof order / sizeof order[0]; rank++)
        for (size_t i = 0; i < LISTS; i++)
            for (size_t j = 0; j < lists[i]->count; j++) {
                const Diag *diag = lists[i]->items[j];
                bool aside = diag->finding
                             && (diag->finding->is_question || diag->finding->is_accepted);
                if (diag->severity == order[rank] && !aside)
                    program->numbered[program->numbered_count++] = diag;
            }
}

/* The files of an alliance one of whose files has errors: its root and what came with it. */
static void mark_wrong_files(Program *program)
{
    const Snapshot *snapshot = program->snapshot;
    const Diags *diags = snapshot_diags(snapshot);
    size_t files = snapshot_file_count(snapshot), end = files;
    bool *has_error = arena_array(program->checked_arena, files + 1, sizeof *has_error);
    program->wrong_files = arena_array(program->checked_arena, files + 1, sizeof *has_error);
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i]->severity == SEVERITY_ERROR && diags->items[i]->primary.source)
            has_error[diags->items[i]->primary.source->index] = true;
    for (size_t i = snapshot_alliance_count(snapshot); i-- > 0;) {
        size_t root = snapshot_alliance_file(snapshot, i);
        if (root >= end)                /* it could not be opened */
            continue;
        bool is_wrong = false;
        for (size_t file = root; file < end; file++)
            is_wrong |= has_error[file];
        for (size_t file = root; file < end; file++)
            program->wrong_files[file] = is_wrong;
        end = root;
    }
}

static CheckChoice check_choice(Program *program, const char *const *only, size_t only_count)
{
    const char *word = option_value(&program->options, OPT_PROFILE);
    uint16_t profile = word ? choice_find(program, word, choices_profiles) : 0;
    return (CheckChoice){
        .only = only,
        .only_count = only_count,
        .profile = profile ? choice_id(program, profile) : NULL,
        .language = program->language,
    };
}

/* Core diagnostics, assertions and plugins over what is loaded; keeps the result for `:why`. */
bool check_run(Program *program, const char *const *only, size_t only_count)
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
    CheckChoice choice = check_choice(program, only, only_count);
    bool fine = host_check(host, program->snapshot, &choice, program->checked_arena,
                           &program->checked);
    number_found(program);
    mark_wrong_files(program);
    return fine;
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
    count_list(program_conf_diags(program), &totals);
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

static Status status_of(Program *program, const Totals *totals)
{
    const char *word = option_value(&program->options, OPT_FAIL_ON);
    uint16_t level = word ? choice_find(program, word, choices_levels) : CHOICE_ERROR;
    size_t grave = level == CHOICE_NEVER ? 0 : totals->errors;
    if (level == CHOICE_WARNING || level == CHOICE_NOTE)
        grave += totals->warnings;
    if (level == CHOICE_NOTE)
        grave += totals->notes + totals->questions;
    Status status = grave > 0 ? STATUS_FINDINGS : STATUS_FINE;
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
            out_reason(&program->out, outcome->reason, program->traces);
        }
        out_print(&program->out, "\n");
    }
    if (program->checked.not_checked > 0)
        out_print(&program->out, "\n");
}

/* The sentence of a diagnostic: a plugin's own, the `else` text of a check, or the catalogue's. */
static const char *sentence_of(Program *program, Arena *arena, const Diag *diag, LangId language)
{
    if (diag->finding && diag->finding->text[language])
        return diag->finding->text[language];
    if (diag->headline)
        return diag->headline;
    return diag_message_text(arena, program->words, language, diag);
}

/* " (garden.alliance:12)", faint, on the next line when it does not fit. */
static void show_place(Program *program, Arena *arena, const Diag *diag, size_t column,
                       size_t indent)
{
    Out *out = &program->out;
    if (!diag->primary.source)
        return;
    const char *path = diag->primary.source->path;
    unsigned line = source_position(diag->primary.source, diag->primary.span.start).line;
    const char *place = arena_format(arena, "(%s:%u)", path, line);
    if (column + 2 + out_width(place, strlen(place)) > program_limit(program)) {
        out_print(out, "\n");
        out_spaces(out, indent);
    } else {
        out_print(out, "  ");
    }
    out_style(out, STYLE_FAINT);
    out_string(out, place);
    out_style(out, STYLE_PLAIN);
}

/* " until 30 June 2027": a date as people write it. */
static const char *until_text(Program *program, Arena *arena, const char *text, LangId language)
{
    Value value = {.kind = VALUE_DATE};
    int year, month, day = 0;
    DiagArg arg = {.name = "until", .kind = ARG_TEXT, .text = text};
    if (date_parse(text, strlen(text), &value.as.date)) {
        date_parts(value.as.date, &year, &month, &day);
        arg.text = value_text(arena, program->snapshot, value, language);
    }
    return report_text(arena, program->words, language,
                       day ? MESSAGE_ACCEPTED_UNTIL : MESSAGE_ACCEPTED_UNTIL_MONTH, &arg, 1);
}

/* "(accepted by the committee until 30 June 2027: wanted)" */
static const char *accepted_text(Program *program, Arena *arena, const DiagFinding *finding,
                                 LangId language)
{
    DiagArg args[] = {
        {.name = "by", .kind = ARG_TEXT, .text = finding->accepted_by},
        {.name = "until", .kind = ARG_TEXT, .text = finding->accepted_until},
        {.name = "reason", .kind = ARG_TEXT, .text = finding->accepted_reason},
    };
    static const MessageId pieces[] = {MESSAGE_ACCEPTED_BY, MESSAGE_ACCEPTED_UNTIL,
                                       MESSAGE_ACCEPTED_REASON};
    const char *text = report_text(arena, program->words, language, MESSAGE_ACCEPTED_WORD, NULL,
                                   0);
    for (size_t i = 0; i < sizeof args / sizeof args[0]; i++)
        if (args[i].text)
            text = arena_format(arena, "%s%s", text,
                                pieces[i] == MESSAGE_ACCEPTED_UNTIL
                                    ? until_text(program, arena, args[i].text, language)
                                    : report_text(arena, program->words, language, pieces[i],
                                                  &args[i], 1));
    return arena_format(arena, "(%s)", text);
}

/* A finding in short: number or mark, severity, sentence, place. */
static void show_short(Program *program, Arena *arena, const Diag *diag, size_t number)
{
    enum { INDENT = 5 };
    Out *out = &program->out;
    ReportChoice choice = program_report_choice(program);
    LangId language = report_language(&choice, diag);
    bool is_question = diag->finding && diag->finding->is_question;
    bool is_accepted = diag->finding && diag->finding->is_accepted;
    size_t column = INDENT;
    if (number > 0)
        out_print(out, "%3zu. ", number);
    else
        out_print(out, "   %c ", is_question ? '?' : '-');
    if (!is_question) {
        MessageId mark = diag->severity == SEVERITY_ERROR ? MESSAGE_SEVERITY_ERROR
            : diag->severity == SEVERITY_WARNING          ? MESSAGE_SEVERITY_WARNING
                                                          : MESSAGE_SEVERITY_NOTE;
        const char *word = report_text(arena, program->words, language, mark, NULL, 0);
        const char *colon = report_text(arena, program->words, language, MESSAGE_COLON, NULL, 0);
        out_style(out, diag->severity == SEVERITY_ERROR     ? STYLE_ERROR
                       : diag->severity == SEVERITY_WARNING ? STYLE_WARNING
                                                            : STYLE_NOTE);
        out_string(out, word);
        out_style(out, STYLE_PLAIN);
        out_string(out, colon);
        column += out_width(word, strlen(word)) + out_width(colon, strlen(colon));
    }
    const char *sentence = sentence_of(program, arena, diag, language);
    if (is_accepted)
        sentence = arena_format(arena, "%s %s", sentence,
                                accepted_text(program, arena, diag->finding, language));
    if (diag->finding && diag->finding->is_confidential)
        sentence = arena_format(arena, "%s %s", sentence,
                                report_text(arena, program->words, language,
                                            MESSAGE_CONFIDENTIAL_MARK, NULL, 0));
    column = layout_text(out, sentence, column, INDENT, program_limit(program));
    show_place(program, arena, diag, column, INDENT);
    out_print(out, "\n");
}

static void show_counts(Program *program)
{
    Out line;
    Totals totals = count_all(program);
    out_init(&line, -1, false);
    say_count(program, &line, MESSAGE_SUMMARY_ERRORS, (int64_t)totals.errors, NULL);
    say_count(program, &line, MESSAGE_SUMMARY_WARNINGS, (int64_t)totals.warnings, NULL);
    say_count(program, &line, MESSAGE_SUMMARY_FILES,
              (int64_t)snapshot_file_count(program->snapshot), NULL);
    if (totals.notes > 0)
        say_count(program, &line, MESSAGE_SUMMARY_NOTES, (int64_t)totals.notes, NULL);
    if (totals.questions > 0)
        say_count(program, &line, MESSAGE_SUMMARY_QUESTIONS, (int64_t)totals.questions, NULL);
    if (totals.accepted > 0)
        say_count(program, &line, MESSAGE_SUMMARY_ACCEPTED, (int64_t)totals.accepted, NULL);
    if (program->checked.not_checked > 0)
        say_count(program, &line, MESSAGE_SUMMARY_NOT_CHECKED,
                  (int64_t)program->checked.not_checked, NULL);
    if (snapshot_has_errors(program->snapshot))
        say(program, &line, MESSAGE_SUMMARY_INCOMPLETE, NULL);
    out_style(&program->out, totals.errors     ? STYLE_ERROR
                             : totals.warnings ? STYLE_WARNING
                                               : STYLE_GOOD);
    layout_text(&program->out, line.bytes ? line.bytes : "", 0, 0, program_limit(program));
    out_style(&program->out, STYLE_PLAIN);
    out_print(&program->out, "\n");
    out_clear(&line);
    if (totals.errors == 0 && snapshot_file_count(program->snapshot) > 0
        && snapshot_entity_count(program->snapshot) == 0) {
        Arena *arena = scratch_new(program);
        layout_text(&program->out, program_text(program, arena, MESSAGE_NOTHING_WRITTEN), 0, 0,
                    program_limit(program));
        out_print(&program->out, "\n");
        arena_free(arena);
    }
}

void finding_show(Program *program, Arena *arena, const Diag *diag)
{
    show_short(program, arena, diag, 0);
}

/* ---- For views --------------------------------------------------------------------------- */

static const char *severity_id(Severity severity)
{
    return severity == SEVERITY_ERROR ? "error" : severity == SEVERITY_WARNING ? "warning" : "note";
}

/* A question that a plugin asks of a property says which one among its values. */
static const char *property_of(const DiagFinding *finding)
{
    for (size_t i = 0; i < finding->value_count; i++)
        if (strcmp(finding->values[i].name, "property") == 0)
            return finding->values[i].text;
    return NULL;
}

static DocumentFinding for_view(Program *program, Arena *arena, const Diag *diag)
{
    const DiagFinding *finding = diag->finding;
    LangId language = program->language;
    DocumentFinding row = {
        .code = diag->code ? diag->code : "",
        .text = sentence_of(program, arena, diag, language),
        .severity = severity_id(diag->severity),
        .sort = "finding",
    };
    if (!finding) {
        if (strcmp(row.code, "W602") == 0)
            row.sort = "cannot-tell";
        return row;
    }
    row.check = finding->plugin;
    const PluginInfo *check = host_find(program->host, PLUGIN_CHECK, finding->plugin);
    row.category = check ? check->category : NULL;
    row.why = finding->why[language];
    row.next = finding->next[language];
    row.next_count = finding->next[language] ? finding->next_count : 0;
    row.objects = finding->objects;
    row.object_count = finding->object_count;
    if (finding->is_question)
        row.sort = "question";
    else if (finding->is_cannot_tell)
        row.sort = "cannot-tell";
    row.property = property_of(finding);
    return row;
}

/* What is accepted is settled; of the language's own diagnostics, those about what the alliance
 * says (W6nn), not about how it is written. */
static bool is_for_view(const Diag *diag)
{
    if (diag->finding)
        return !diag->finding->is_accepted;
    return diag->code && strncmp(diag->code, "W6", 2) == 0 && strcmp(diag->code, "W604") != 0;
}

void check_for_view(Program *program, const PluginInfo *view, const Snapshot *snapshot,
                    Arena *arena, DocumentChoice *choice)
{
    Host *host = program_host(program);
    Diags nothing = {.count = 0}, asserted;
    AssertionCounts counts;
    CheckRun run = {0};
    CheckChoice checks = check_choice(program, view->findings, view->findings_count);
    diags_init(&asserted, arena);
    asserted.limit = program->env.limits.diagnostics;
    bool all = view->findings_count == 0;
    if (all)
        assertions_run(snapshot, &asserted, &counts);
    diags_sort(&asserted);
    if (host)
        host_check(host, snapshot, &checks, arena, &run);
    /* What was said when the files were read may name what a filtered snapshot does not show. */
    bool has_read = all && snapshot == program->snapshot;
    const Diags *const lists[] = {has_read ? snapshot_diags(snapshot) : &nothing, &asserted,
                                  &run.findings};
    size_t most = lists[0]->count + lists[1]->count + lists[2]->count;
    DocumentFinding *rows = arena_array(arena, most + 1, sizeof *rows);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            if (is_for_view(lists[i]->items[j]))
                rows[choice->finding_count++] = for_view(program, arena, lists[i]->items[j]);
    choice->findings = rows;
    choice->not_checked = run.not_checked;
}

/* ---- Errors first ----------------------------------------------------------------------- */

/* While the files of an alliance have errors, what checks only warn of or remark on may come from
 * them, and would bury them: it is counted in one line. */
static bool is_withheld(const Program *program, const Diag *diag)
{
    const Source *source = diag->primary.source;
    bool is_wrong = source ? program->wrong_files[source->index]
                           : snapshot_has_errors(program->snapshot);
    return is_wrong && diag->finding && diag->severity != SEVERITY_ERROR;
}

static size_t count_withheld(const Program *program)
{
    const Diags *all = &program->checked.findings;
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        count += is_withheld(program, all->items[i]);
    return count;
}

static void show_withheld(Program *program)
{
    Out line;
    size_t count = count_withheld(program);
    if (count == 0)
        return;
    out_init(&line, -1, false);
    say_count(program, &line, MESSAGE_WITHHELD, (int64_t)count, NULL);
    layout_text(&program->out, line.bytes ? line.bytes : "", 0, 0, program_limit(program));
    out_print(&program->out, "\n");
    out_clear(&line);
}

/* Where to begin: the first of several errors, which often explains those after it. */
static void show_first(Program *program, Arena *arena)
{
    size_t errors = 0;
    const Diag *first = NULL;
    for (size_t i = 0; i < program->numbered_count; i++) {
        const Diag *diag = program->numbered[i];
        if (diag->severity != SEVERITY_ERROR)
            break;
        errors++;
        if (!first && diag->primary.source)
            first = diag;
    }
    if (errors < 2 || !first)
        return;
    unsigned line = source_position(first->primary.source, first->primary.span.start).line;
    say_line(program, &program->out, MESSAGE_BEGIN_WITH, "place",
             arena_format(arena, "%s:%u", first->primary.source->path, line), NULL);
}

/* Findings that were set aside, and questions, one line each under a heading. */
static void show_lines(Program *program, Arena *arena, MessageId heading, bool questions)
{
    bool any = false;
    for (size_t i = 0; i < program->checked.findings.count; i++) {
        const Diag *diag = program->checked.findings.items[i];
        const DiagFinding *finding = diag->finding;
        if (!finding || finding->is_question != questions || finding->is_accepted == questions
            || is_withheld(program, diag))
            continue;
        if (!any) {
            out_style(&program->out, STYLE_STRONG);
            say(program, &program->out, heading, NULL);
            out_style(&program->out, STYLE_PLAIN);
            out_print(&program->out, "\n");
        }
        any = true;
        show_short(program, arena, diag, 0);
    }
    if (any)
        out_print(&program->out, "\n");
}

/* What report_diags shows of the findings: neither questions nor what was accepted. */
static Diags plain_findings(Program *program, Arena *arena, bool quiet)
{
    const Diags *all = &program->checked.findings;
    Diags plain = *all;
    plain.items = arena_array(arena, all->count + 1, sizeof *plain.items);
    plain.count = 0;
    for (size_t i = 0; i < all->count; i++) {
        Diag *diag = all->items[i];
        if (diag->finding && (diag->finding->is_question || diag->finding->is_accepted))
            continue;
        if ((!quiet || diag->severity != SEVERITY_NOTE) && !is_withheld(program, diag))
            plain.items[plain.count++] = diag;
    }
    return plain;
}

/* In full: the command line. */
static void show_full(Program *program, Arena *arena)
{
    bool quiet = option_has(&program->options, OPT_QUIET);
    ReportChoice choice = program_report_choice(program);
    Diags plain = plain_findings(program, arena, quiet);
    report_diags(&program->out, arena, &choice, program_conf_diags(program));
    report_diags(&program->out, arena, &choice, snapshot_diags(program->snapshot));
    report_diags(&program->out, arena, &choice, program->asserted);
    report_diags(&program->out, arena, &choice, &plain);
    if (!quiet) {
        show_lines(program, arena, MESSAGE_QUESTIONS_HEADING, true);
        show_lines(program, arena, MESSAGE_ACCEPTED_HEADING, false);
    }
    show_not_checked(program);
    if (!quiet) {
        show_withheld(program);
        show_counts(program);
        show_first(program, arena);
    }
}

static bool has_advice(const Diag *diag)
{
    for (const DiagHelp *help = diag->help; help; help = help->next)
        if (!help->is_note)
            return true;
    return false;
}

/* The first of what is shown of which `:why` says more: why it matters, or what to do; 0: none. */
static size_t first_explained(const Program *program, bool with_notes)
{
    LangId language = program->language;
    for (size_t i = 0; i < program->numbered_count; i++) {
        const Diag *diag = program->numbered[i];
        const DiagFinding *finding = diag->finding;
        if (is_withheld(program, diag) || (diag->severity == SEVERITY_NOTE && !with_notes))
            continue;
        if (finding ? finding->why[language] || finding->next_count > 0 : has_advice(diag))
            return i + 1;
    }
    return 0;
}

/* What to type next. */
static void show_hints(Program *program, const Totals *totals, size_t hidden, bool with_notes)
{
    Out *out = &program->out;
    if (option_has(&program->options, OPT_QUIET))
        return;
    if (!program->at_prompt) {
        if (snapshot_has_errors(program->snapshot))
            return;
        if (program->numbered_count + totals->questions > 0)
            say_line(program, out, MESSAGE_TRY_CHECK, "file", program->paths[0], NULL);
        return;
    }
    size_t explained = first_explained(program, with_notes);
    if (explained > 0) {
        char number[24];
        snprintf(number, sizeof number, "%zu", explained);
        say_line(program, out, MESSAGE_TRY_WHY, "number", number, NULL);
    }
    if (hidden > 0)
        say_line(program, out, MESSAGE_TRY_NOTES, NULL);
    if (totals->questions > 0)
        say_line(program, out, MESSAGE_TRY_TODO, NULL);
}

/* In short: the prompt, and `alliance FILE`, where notes are only counted.  Errors of the file
 * itself are in full. */
static void show_list(Program *program, Arena *arena, bool with_notes)
{
    enum { SHOWN_MOST = 50 };
    ReportChoice choice = program_report_choice(program);
    size_t hidden = 0, shown = 0;
    bool ends_blank = false;            /* what was shown last has a blank line after it */
    for (size_t i = 0; i < program->numbered_count; i++) {
        const Diag *diag = program->numbered[i];
        if (is_withheld(program, diag))
            continue;
        if (diag->severity == SEVERITY_NOTE && !with_notes) {
            hidden++;
            continue;
        }
        if (shown++ >= SHOWN_MOST)
            continue;
        ends_blank = diag->severity == SEVERITY_ERROR && !diag->finding && diag->primary.source;
        if (ends_blank)
            report_diag(&program->out, arena, &choice, diag, i + 1);
        else
            show_short(program, arena, diag, i + 1);
    }
    if (shown > SHOWN_MOST) {
        say_count(program, &program->out, MESSAGE_AND_MORE, (int64_t)(shown - SHOWN_MOST), NULL);
        out_print(&program->out, "\n");
        ends_blank = false;
    }
    if (shown > 0 && !ends_blank)
        out_print(&program->out, "\n");
    show_not_checked(program);
    if (!option_has(&program->options, OPT_QUIET)) {
        show_withheld(program);
        show_counts(program);
        show_first(program, arena);
    }
    Totals totals = count_all(program);
    show_hints(program, &totals, hidden, with_notes);
}

enum { CHECKS_MOST = 64 };

static Status choose_checks(Program *program, const char *const *ids, size_t count)
{
    Host *host = program_host(program);
    if (!host)
        return STATUS_INTERNAL;
    for (size_t i = 0; i < count; i++)
        if (!host_find(host, PLUGIN_CHECK, ids[i])) {
            const char *nearest = program_nearest_plugin(program, 1u << PLUGIN_CHECK, ids[i]);
            return nearest ? usage_error(program, MESSAGE_UNKNOWN_CHECK_NEAR, "check", ids[i],
                                         "nearest", nearest, NULL)
                           : usage_error(program, MESSAGE_UNKNOWN_CHECK, "check", ids[i], NULL);
        }
    return STATUS_FINE;
}

/* --only CHECK, as often as it is given. */
static size_t given_checks(const Program *program, const char *only[CHECKS_MOST])
{
    size_t count = 0;
    while (count < CHECKS_MOST && (only[count] = option_nth(&program->options, OPT_ONLY, count)))
        count++;
    return count;
}

void check_overview(Program *program, Status *status)
{
    const char *only[CHECKS_MOST];
    size_t count = given_checks(program, only);
    Status chosen = choose_checks(program, only, count);
    if (chosen != STATUS_FINE) {
        *status = status_join(*status, chosen);
        return;
    }
    Arena *arena = scratch_new(program);
    if (!check_run(program, only, count)) {
        *status = status_join(*status, STATUS_INTERNAL);
    } else {
        show_list(program, arena, false);
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
    const Diags *const lists[] = {program_conf_diags(program), snapshot_diags(program->snapshot),
                                  program->asserted, &program->checked.findings};
    today[date_write((Date){program->env.today, DATE_DAY}, today)] = '\0';
    ReportRun run = {
        .today = today,
        .language = program->language,
        .diags = lists,
        .list_count = sizeof lists / sizeof lists[0],
        .outcomes = program->checked.outcomes,
        .outcome_count = program->checked.outcome_count,
        .host = program->host,
        .file_count = snapshot_file_count(program->snapshot),
        .failures = program->failures,
        .timing = option_has(&program->options, OPT_TIMING),
    };
    program->printed_json = true;
    json_init(&json, write_out, &program->out, true);
    if (sarif)
        report_sarif(&json, arena, &choice, &run);
    else
        report_json(&json, arena, &choice, &run);
    json_end(&json);
    out_print(&program->out, "\n");
    program_forget_failures(program);
}

/* ---- The command --------------------------------------------------------------------- */

/* Loads the files, checks them, and shows what was found. */
static Status check_files(Program *program, const Arguments *files, const char *const *only,
                          size_t only_count, uint16_t format)
{
    Status status = STATUS_FINE;
    if (!program_load(program, files->words, files->count, &status))
        return status;
    Status chosen = choose_checks(program, only, only_count);
    if (chosen != STATUS_FINE)
        return status_join(status, chosen);
    if (!check_run(program, only, only_count))
        return status_join(status, STATUS_INTERNAL);
    if (option_has(&program->options, OPT_STRICT)) {
        make_strict(program->asserted);
        make_strict(&program->checked.findings);
    }
    Arena *arena = scratch_new(program);
    if (format != CHOICE_TEXT)
        show_machine(program, arena, format == CHOICE_SARIF);
    else
        show_full(program, arena);
    arena_free(arena);
    Totals totals = count_all(program);
    return status_join(status, status_of(program, &totals));
}

Status shell_check(Program *program, const Arguments *arguments)
{
    uint16_t format, level, profile;
    const char *only[CHECKS_MOST];
    Status status = choice_option(program, OPT_FORMAT, choices_reports, CHOICE_TEXT, &format);
    if (status == STATUS_FINE)
        status = choice_option(program, OPT_FAIL_ON, choices_levels, CHOICE_ERROR, &level);
    if (status == STATUS_FINE)
        status = choice_option(program, OPT_PROFILE, choices_profiles, 0, &profile);
    if (status != STATUS_FINE)
        return status;
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_FILE_NEEDED, "command",
                           words_text(program->words, program->language, ROLE_COMMAND,
                                      COMMAND_CHECK, 0, WORD_USUAL),
                           NULL);
    size_t count = given_checks(program, only);
    return check_files(program, arguments, only, count, format);
}

Status shell_check_only(Program *program, const char *id, const Arguments *files)
{
    return check_files(program, files, &id, 1, CHOICE_TEXT);
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
    if (check_run(program, only, arguments->count)) {
        show_list(program, arena, true);
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
    if (arguments->count == 0)
        return usage_error(program, MESSAGE_USAGE_WHY, NULL);
    if (!program->checked_arena) {
        say_line(program, &program->err, MESSAGE_CHECK_FIRST, NULL);
        return STATUS_USAGE;
    }
    bool is_there = end && *end == '\0' && number > 0 && number <= program->numbered_count;
    const Diag *diag = is_there ? program->numbered[number - 1] : NULL;
    if (!diag) {
        say_line(program, &program->err, MESSAGE_NO_SUCH_FINDING, NULL);
        return STATUS_USAGE;
    }
    Arena *arena = scratch_new(program);
    ReportChoice choice = program_report_choice(program);
    report_diag(&program->out, arena, &choice, diag, number);
    arena_free(arena);
    return STATUS_FINE;
}
