/* commands_look.c -- looking at what is loaded: overview, `show`, `query`, `find`. */
#include <stdlib.h>
#include <string.h>

#include "repl/answer.h"
#include "repl/choice.h"
#include "repl/command.h"
#include "repl/layout.h"
#include "repl/loading.h"
#include "repl/statement.h"
#include "repl/nearest.h"

/* ---- Small things -------------------------------------------------------------------- */

static const char *title_of(const Program *program, Arena *arena, EntityId entity)
{
    size_t length;
    const char *title = entity_title(program->snapshot, entity, &length);
    return title ? arena_copy(arena, title, length) : entity_path(program->snapshot, entity);
}

static const char *kind_word(const Program *program, KindId kind, bool plural)
{
    const char *word = words_text(program->words, program->language,
                                  plural ? ROLE_COLLECTION : ROLE_KIND, kind, 0,
                                  plural ? WORD_PLURAL : WORD_USUAL);
    return word ? word : "";
}

static const char *property_word(const Program *program, KindId kind, PropertyId property)
{
    const char *word = words_text(program->words, program->language, ROLE_PROPERTY, property,
                                  kind, WORD_USUAL);
    return word ? word : vocabulary_property_id(snapshot_vocabulary(program->snapshot), property);
}

static void print_place(Program *program, EntityId entity)
{
    Source *source = snapshot_source(program->snapshot, entity_file(program->snapshot, entity));
    Position at = source_position(source, entity_span(program->snapshot, entity).start);
    out_style(&program->out, STYLE_FAINT);
    out_string(&program->out, source->path);
    out_print(&program->out, ":%u", at.line);
    out_style(&program->out, STYLE_PLAIN);
}

/* ---- Overview ------------------------------------------------------------------------ */

static void overview_alliance(Program *program, Arena *arena, size_t alliance)
{
    const Snapshot *snapshot = program->snapshot;
    Out *out = &program->out;
    EntityId entity = snapshot_alliance_entity(snapshot, alliance);
    out_style(out, STYLE_STRONG);
    out_string(out, entity ? title_of(program, arena, entity)
                           : snapshot_source(snapshot,
                                             snapshot_alliance_file(snapshot, alliance))->path);
    out_style(out, STYLE_PLAIN);
    out_print(out, "\n");
    static const PropertyId shown[] = {PROPERTY_PURPOSE, PROPERTY_TERRITORY, PROPERTY_STATUS};
    for (size_t i = 0; entity && i < sizeof shown / sizeof shown[0]; i++) {
        Value value = entity_property(snapshot, entity, shown[i]);
        if (value.kind == VALUE_ABSENT || value.kind == VALUE_POISON)
            continue;
        const char *line = arena_format(
            arena, "%s%s%s", property_word(program, KIND_ALLIANCE, shown[i]),
            program_text(program, arena, MESSAGE_COLON),
            value_text(arena, snapshot, value, program->language));
        out_print(out, "  ");
        layout_text(out, line, 2, 4, program_limit(program));
        out_print(out, "\n");
    }
}

static void overview_counts(Program *program, Arena *arena)
{
    const Snapshot *snapshot = program->snapshot;
    const Vocabulary *vocabulary = snapshot_vocabulary(snapshot);
    uint16_t kinds = vocabulary_kind_count(vocabulary);
    size_t *counts = arena_array(arena, (size_t)kinds + 1, sizeof *counts);
    for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot); entity++)
        if (entity_kind(snapshot, entity) <= kinds)
            counts[entity_kind(snapshot, entity)]++;
    bool first = true;
    size_t column = 2;
    for (KindId kind = 1; kind <= kinds; kind++) {
        if (counts[kind] == 0 || kind == KIND_ALLIANCE)
            continue;
        const char *word = words_text(program->words, program->language, ROLE_KIND, kind, 0,
                                      counts[kind] > 1 ? WORD_PLURAL : WORD_NOUN);
        size_t digits = 0;
        for (size_t rest = counts[kind]; rest; rest /= 10)
            digits++;
        size_t width = digits + 1 + out_width(word, strlen(word)) + 2;
        if (first || column + width > program->width) {
            out_print(&program->out, first ? "  " : ",\n  ");
            column = 2;
        } else {
            out_print(&program->out, ", ");
        }
        out_print(&program->out, "%zu ", counts[kind]);
        out_string(&program->out, word);
        column += width;
        first = false;
    }
    if (!first)
        out_print(&program->out, "\n");
}

void overview_show(Program *program)
{
    Arena *arena = scratch_new(program);
    size_t count = snapshot_alliance_count(program->snapshot);
    size_t named = 0;
    for (size_t i = 0; i < count; i++)
        if (count == 1 || snapshot_alliance_entity(program->snapshot, i)) {
            if (++named <= 20)
                overview_alliance(program, arena, i);
        }
    if (named > 20)
        say_count(program, &program->out, MESSAGE_AND_MORE, (int64_t)(named - 20), NULL);
    overview_counts(program, arena);
    out_print(&program->out, "\n");
    arena_free(arena);
}

/* ---- show NAME ----------------------------------------------------------------------- */

static void show_row(Program *program, Arena *arena, EntityId entity, const PropertyRow *row)
{
    Out *out = &program->out;
    const Snapshot *snapshot = program->snapshot;
    Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    const Tree *tree = snapshot_tree(snapshot, entity_file(snapshot, entity));
    const char *word = row->property
                           ? property_word(program, entity_kind(snapshot, entity), row->property)
                           : names_text(snapshot_names(snapshot), row->name);
    out_print(out, "  ");
    out_style(out, STYLE_STRONG);
    out_string(out, word);
    out_style(out, STYLE_PLAIN);
    out_string(out, program_text(program, arena, MESSAGE_COLON));
    const char *text = value_text(arena, snapshot, row->value, program->language);
    out_string(out, text);
    if (row->assumption)
        say(program, out, MESSAGE_ASSUMPTION_MARK, NULL);
    if (row->confidential) {
        out_print(out, " ");
        say(program, out, MESSAGE_CONFIDENTIAL_MARK, NULL);
    }
    if (row->source)
        say(program, out, MESSAGE_SOURCE_MARK, "source", row->source, NULL);
    if (tree && row->node) {
        out_style(out, STYLE_FAINT);
        out_print(out, "  (");
        out_string(out, source->path);
        out_print(out, ":%u)", source_position(source, tree_node(tree, row->node)->start).line);
        out_style(out, STYLE_PLAIN);
    }
    out_print(out, "\n");
}

static void show_head_line(Program *program, Arena *arena, EntityId entity, unsigned indent)
{
    Out *out = &program->out;
    const Snapshot *snapshot = program->snapshot;
    size_t length;
    const char *title = entity_title(snapshot, entity, &length);
    NameId name = entity_name(snapshot, entity);
    Value amount = entity_amount(snapshot, entity), key = entity_key(snapshot, entity);
    out_spaces(out, indent);
    out_style(out, STYLE_STRONG);
    out_string(out, kind_word(program, entity_kind(snapshot, entity), false));
    out_style(out, STYLE_PLAIN);
    if (name) {
        out_print(out, " ");
        out_string(out, names_text(snapshot_names(snapshot), name));
    }
    if (amount.kind != VALUE_ABSENT) {
        out_print(out, " ");
        out_string(out, value_text(arena, snapshot, amount, program->language));
    }
    if (key.kind != VALUE_ABSENT) {
        out_print(out, " ");
        out_string(out, value_text(arena, snapshot, key, program->language));
        out_string(out, program_text(program, arena, MESSAGE_COLON));
        out_string(out, value_text(arena, snapshot, entity_keyed(snapshot, entity),
                                   program->language));
    }
    if (title) {
        out_print(out, "  ");
        out_text(out, title, length);
    }
    if (entity_is_confidential(snapshot, entity)) {
        out_print(out, " ");
        say(program, out, MESSAGE_CONFIDENTIAL_MARK, NULL);
    }
    out_print(out, "  ");
    print_place(program, entity);
    out_print(out, "\n");
}

static void show_uses(Program *program, Arena *arena, EntityId entity)
{
    size_t count;
    const Use *uses = entity_uses(program->snapshot, entity, &count);
    if (count == 0)
        return;
    out_print(&program->out, "\n");
    say_count(program, &program->out, MESSAGE_USED_BY, (int64_t)count, NULL);
    out_print(&program->out, "\n");
    for (size_t i = 0; i < count && i < 50; i++) {
        KindId kind = entity_kind(program->snapshot, uses[i].by);
        out_print(&program->out, "  ");
        out_string(&program->out, kind_word(program, kind, false));
        out_print(&program->out, " ");
        size_t length;
        const char *title = entity_title(program->snapshot, uses[i].by, &length);
        if (title)
            out_text(&program->out, title, length);
        else
            out_string(&program->out,
                       entity_label(arena, program->snapshot, uses[i].by, program->language));
        if (uses[i].property) {
            out_print(&program->out, ", ");
            out_string(&program->out, property_word(program, kind, uses[i].property));
        }
        out_print(&program->out, "  ");
        print_place(program, uses[i].by);
        out_print(&program->out, "\n");
    }
}

static bool speaks_of(const Diag *diag, const char *path, const Source *source, Span span)
{
    if (diag->primary.source == source && diag->primary.span.start >= span.start
        && diag->primary.span.start < span.end)
        return true;
    for (size_t i = 0; diag->finding && i < diag->finding->object_count; i++)
        if (strcmp(diag->finding->objects[i], path) == 0)
            return true;
    return false;
}

/* What was found about an entity: in its statement, or by a check that names it. */
static void show_findings(Program *program, Arena *arena, EntityId entity)
{
    const Snapshot *snapshot = program->snapshot;
    const char *path = entity_path(snapshot, entity);
    const Source *source = snapshot_source(snapshot, entity_file(snapshot, entity));
    const Diags *const lists[] = {snapshot_diags(snapshot), program->asserted,
                                  &program->checked.findings};
    Span span = entity_span(snapshot, entity);
    bool any = false;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; lists[i] && j < lists[i]->count; j++) {
            if (!speaks_of(lists[i]->items[j], path, source, span))
                continue;
            if (!any) {
                out_print(&program->out, "\n");
                say_line(program, &program->out, MESSAGE_FOUND_ABOUT, NULL);
            }
            any = true;
            finding_show(program, arena, lists[i]->items[j]);
        }
}

static void show_entity(Program *program, Arena *arena, EntityId entity)
{
    const Snapshot *snapshot = program->snapshot;
    show_head_line(program, arena, entity, 0);
    for (unsigned i = 0; i < entity_property_count(snapshot, entity); i++) {
        PropertyRow row = entity_property_row(snapshot, entity, i);
        show_row(program, arena, entity, &row);
    }
    for (EntityId child = entity_first_child(snapshot, entity); child;
         child = entity_next_sibling(snapshot, child))
        show_head_line(program, arena, child, 2);
    show_uses(program, arena, entity);
    show_findings(program, arena, entity);
    out_print(&program->out, "\n");
}

/* By name or exact title, in every alliance; how many were shown. */
static size_t show_named(Program *program, const char *name)
{
    if (!program->checked_arena)
        check_run(program, NULL, 0);
    const Snapshot *snapshot = program->snapshot;
    Arena *arena = scratch_new(program);
    size_t shown = 0, length = strlen(name), key_length;
    const char *key = utf8_fold(arena, name, length, &key_length);
    for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot); entity++) {
        NameId own = entity_name(snapshot, entity);
        size_t title_length, folded_length;
        const char *title = entity_title(snapshot, entity, &title_length);
        const char *text = own ? names_text(snapshot_names(snapshot), own) : NULL;
        const char *folded = text ? utf8_fold(arena, text, strlen(text), &folded_length) : NULL;
        bool matches = folded && folded_length == key_length
                       && memcmp(folded, key, key_length) == 0;
        if (!matches && title) {
            folded = utf8_fold(arena, title, title_length, &folded_length);
            matches = folded_length == key_length && memcmp(folded, key, key_length) == 0;
        }
        if (matches) {
            show_entity(program, arena, entity);
            shown++;
        }
        if (arena_bytes(arena) > 1 << 22)
            break;
    }
    arena_free(arena);
    return shown;
}

static Status show_one(Program *program, const char *name)
{
    if (show_named(program, name) > 0)
        return STATUS_FINE;
    Arena *arena = scratch_new(program);
    Nearest nearest;
    nearest_begin(&nearest, arena, name, strlen(name));
    EntityId last = (EntityId)snapshot_entity_count(program->snapshot);
    for (EntityId entity = 1; entity <= last && arena_bytes(arena) < 1 << 24; entity++) {
        NameId own = entity_name(program->snapshot, entity);
        const char *text = own ? names_text(snapshot_names(program->snapshot), own) : NULL;
        nearest_offer(&nearest, text, text, true);
    }
    arena_free(arena);
    return nearest.word ? usage_error(program, MESSAGE_NOTHING_CALLED_NEAR, "name", name, "nearest",
                                      nearest.word, NULL)
                        : usage_error(program, MESSAGE_NOTHING_CALLED, "name", name, NULL);
}

Status shell_show(Program *program, const Arguments *arguments)
{
    Status status = STATUS_FINE;
    if (arguments->count < 2)
        return usage_error(program, MESSAGE_USAGE_SHOW, NULL);
    if (!program_load(program, arguments->words + 1, arguments->count - 1, &status))
        return status;
    return status_join(status, show_one(program, arguments->words[0]));
}

Status prompt_show(Program *program, const Arguments *arguments)
{
    if (!statement_ready(program))
        return STATUS_USAGE;
    if (arguments->count == 0) {
        overview_show(program);
        return STATUS_FINE;
    }
    Status status = STATUS_FINE;
    for (size_t i = 0; i < arguments->count; i++)
        status = status_join(status, show_one(program, arguments->words[i]));
    return status;
}

/* ---- query --------------------------------------------------------------------------- */

static bool write_out(void *context, const char *bytes, size_t length)
{
    Out *out = context;
    out_raw(out, bytes, length);
    return !out->failed;
}

/* What is wrong with a query, as the one JSON object. */
static void print_json_diags(Program *program, Arena *arena, const Diags *diags)
{
    JsonWriter json;
    ReportChoice choice = program_report_choice(program);
    program->printed_json = true;
    json_init(&json, write_out, &program->out, true);
    json_open(&json, '{');
    json_key_integer(&json, "version", 1);
    json_key(&json, "diagnostics");
    json_open(&json, '[');
    for (size_t i = 0; i < diags->count; i++)
        report_json_diag(&json, arena, &choice, diags->items[i]);
    json_close(&json, ']');
    json_key_integer(&json, "status", STATUS_FINDINGS);
    json_close(&json, '}');
    json_end(&json);
    out_print(&program->out, "\n");
}

Status shell_query(Program *program, const Arguments *arguments)
{
    uint16_t format;
    Status status = choice_option(program, OPT_FORMAT, choices_answers, CHOICE_TEXT, &format);
    if (status != STATUS_FINE)
        return status;
    if (arguments->count < 2)
        return usage_error(program, MESSAGE_USAGE_QUERY, NULL);
    const char *query = arguments->words[arguments->count - 1];
    if (!program_load(program, arguments->words, arguments->count - 1, &status))
        return status;
    LangId language = program->language;
    Arena *arena = scratch_new(program);
    ReportChoice choice = program_report_choice(program);
    out_flush(&program->out);
    if (snapshot_has_errors(program->snapshot)) {
        report_diags(&program->err, arena, &choice, snapshot_diags(program->snapshot));
        status = status_join(status, STATUS_FINDINGS);
    }
    Diags diags;
    diags_init(&diags, arena);
    diags.limit = program->env.limits.diagnostics;
    size_t alliance = snapshot_alliance_count(program->snapshot) == 1 ? 0 : SIZE_MAX;
    Evaluation *evaluation = evaluation_new(program->snapshot, alliance, &diags);
    Answer answer;
    bool fine = query_text(evaluation, query, strlen(query), language, &answer);
    diags_sort(&diags);
    if (format == CHOICE_JSON && !(fine && diags.errors == 0))
        print_json_diags(program, arena, &diags);
    else
        report_diags(&program->err, arena, &choice, &diags);
    if (fine && diags.errors == 0)
        answer_print(program, evaluation, &answer,
                     format == CHOICE_TEXT ? CHOICE_TABLE : format);
    else
        status = status_join(status, STATUS_FINDINGS);
    evaluation_free(evaluation);
    arena_free(arena);
    return status;
}

/* ---- find ---------------------------------------------------------------------------- */

/* /pattern/i, or a plain word (taken literally, without capitals). */
static Pattern *pattern_of(Arena *arena, const char *text, PatternError *error)
{
    size_t length = strlen(text);
    if (length >= 2 && text[0] == '/') {
        size_t end = length - 1;
        bool caseless = text[end] == 'i' && end > 1;
        end -= caseless;
        if (text[end] == '/')
            return pattern_new(arena, text + 1, end - 1, caseless, error);
    }
    char *quoted = arena_alloc(arena, length * 2 + 1);
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (strchr("\\^$.[]|()?*+{}/-#", text[i]))
            quoted[used++] = '\\';
        quoted[used++] = text[i];
    }
    return pattern_new(arena, quoted, used, true, error);
}

/* Says which character is wrong and why; the engine's own English only where nothing else is. */
static Status bad_pattern(Program *program, Arena *arena, const char *text,
                          const PatternError *error)
{
    size_t place = utf8_count(text + 1, error->offset) + 1;
    Status status = usage_error(program, MESSAGE_BAD_PATTERN,
                                "place", arena_format(arena, "%zu", place),
                                "reason", program_text(program, arena,
                                                       pattern_fault_message(error->fault)), NULL);
    if (error->fault == PATTERN_FAULT_OTHER)
        say_line(program, &program->err, MESSAGE_NOTE_PATTERN_ENGINE, "sentence", error->text,
                 NULL);
    return status;
}

Status prompt_find(Program *program, const Arguments *arguments)
{
    if (!statement_ready(program))
        return STATUS_USAGE;
    const char *rest = arguments->rest;
    while (*rest == ' ' || *rest == '\t')
        rest++;
    Arena *arena = scratch_new(program);
    size_t length = strlen(rest);
    while (length > 0 && (rest[length - 1] == ' ' || rest[length - 1] == '\t'))
        length--;
    char *text = arena_copy(arena, rest, length);
    PatternError error;
    Pattern *pattern = length ? pattern_of(arena, text, &error) : NULL;
    if (!pattern) {
        Status status = length ? bad_pattern(program, arena, text, &error)
                               : usage_error(program, MESSAGE_USAGE_FIND, NULL);
        arena_free(arena);
        return status;
    }
    size_t found = 0;
    const Snapshot *snapshot = program->snapshot;
    for (EntityId entity = 1; entity <= snapshot_entity_count(snapshot) && !*program->cancel;
         entity++) {
        size_t from, to, title_length;
        const char *title = entity_title(snapshot, entity, &title_length);
        bool matches = title
                       && pattern_match(pattern, title, title_length, &from, &to) == PATTERN_YES;
        for (unsigned i = 0; !matches && i < entity_property_count(snapshot, entity); i++) {
            PropertyRow row = entity_property_row(snapshot, entity, i);
            if (row.value.kind == VALUE_TEXT)
                matches = pattern_match(pattern, row.value.as.text, row.value.count, &from, &to)
                          == PATTERN_YES;
        }
        if (!matches)
            continue;
        show_head_line(program, arena, entity, 2);
        found++;
    }
    say_count(program, &program->out, MESSAGE_FOUND_COUNT, (int64_t)found, NULL);
    out_print(&program->out, "\n");
    arena_free(arena);
    return STATUS_FINE;
}
