/* host.c -- see host.h: chooses plugins, runs them in workers, and takes what they send. */
#include "plugins/host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugins/host/embedded.h"
#include "plugins/host/registry.h"
#include "plugins/host/sha256.h"

/* ---- Opening ------------------------------------------------------------------------------- */

static const char *keep(Arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

Host *host_new(const Env *env, const HostOptions *options)
{
    Arena *arena = arena_new(env);
    if (!arena)
        return NULL;
    Host *host = arena_alloc(arena, sizeof *host);
    const char **paths = arena_array(arena, options->path_count + 1, sizeof *paths);
    for (size_t i = 0; i < options->path_count; i++)
        paths[i] = keep(arena, options->paths[i]);
    host->env = env;
    host->arena = arena;
    host->options = *options;
    host->options.paths = paths;
    host->options.project = keep(arena, options->project);
    host->options.user_folder = keep(arena, options->user_folder);
    host->options.state_folder = keep(arena, options->state_folder);
    host->options.stdlib = keep(arena, options->stdlib);
    if (host->options.jobs == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        host->options.jobs = processors > 0 && processors < 64 ? (unsigned)processors : 1;
    }
    return host;
}

void host_free(Host *host)
{
    if (!host)
        return;
    snapshot_free(host->empty);
    arena_free(host->arena);
}

size_t host_plugin_count(Host *host)
{
    registry_fill(host);
    return host->count;
}

const PluginInfo *host_plugin(Host *host, size_t index)
{
    registry_fill(host);
    return index < host->count ? &host->plugins[index]->info : NULL;
}

static bool same_folded(Arena *arena, const char *a, const char *b)
{
    size_t a_length, b_length;
    const char *a_key = utf8_fold(arena, a, strlen(a), &a_length);
    const char *b_key = utf8_fold(arena, b, strlen(b), &b_length);
    return a_length == b_length && memcmp(a_key, b_key, a_length) == 0;
}

static bool is_called(Arena *arena, const PluginInfo *plugin, const char *name)
{
    if (plugin->id && same_folded(arena, plugin->id, name))
        return true;
    for (LangId language = 0; language < LANG_COUNT; language++)
        if (plugin->word[language] && same_folded(arena, plugin->word[language], name))
            return true;
    return false;
}

const PluginInfo *host_find(Host *host, PluginType type, const char *id)
{
    const PluginInfo *found = NULL;
    registry_fill(host);
    Arena *arena = arena_new(host->env);
    if (!arena || utf8_valid(id, strlen(id)) != strlen(id)) {
        arena_free(arena);
        return NULL;
    }
    for (size_t i = 0; i < host->count && !found; i++)
        if (host->plugins[i]->info.type == type && is_called(arena, &host->plugins[i]->info, id))
            found = &host->plugins[i]->info;
    arena_free(arena);
    return found;
}

/* ---- Checks: choosing ------------------------------------------------------------------------ */

static unsigned profile_rank(const char *profile)
{
    if (profile && strcmp(profile, "light") == 0)
        return 1;
    return profile && strcmp(profile, "strict") == 0 ? 3 : 2;
}

/* The profile of the files: the most demanding of its alliances, standard when none says. */
static unsigned profile_of(const Snapshot *snapshot)
{
    const Vocabulary *vocabulary = snapshot_vocabulary(snapshot);
    unsigned rank = 0;
    for (size_t i = 0; i < snapshot_alliance_count(snapshot); i++) {
        EntityId alliance = snapshot_alliance_entity(snapshot, i);
        Value value = {.kind = VALUE_ABSENT};
        if (alliance)
            value = entity_property(snapshot, alliance, PROPERTY_PROFILE);
        unsigned own = value.kind == VALUE_WORD
                           ? profile_rank(vocabulary_word_id(vocabulary, value.as.word))
                           : 2;
        rank = own > rank ? own : rank;
    }
    return rank ? rank : 2;
}

static bool is_chosen(Host *host, Arena *arena, const CheckChoice *choice, unsigned rank,
                      const PluginInfo *plugin)
{
    if (plugin->type != PLUGIN_CHECK)
        return false;
    for (size_t i = 0; i < choice->only_count; i++)
        if (is_called(arena, plugin, choice->only[i]))
            return true;
    (void)host;
    return choice->only_count == 0 && profile_rank(plugin->profile) <= rank;
}

/* Is it hidden by one that wins over it? The list is sorted, so that one stands before it. */
static bool is_hidden(const Host *host, size_t index)
{
    return index > 0 && host->plugins[index - 1]->info.hides == &host->plugins[index]->info;
}

/* ---- Checks: taking findings -------------------------------------------------------------------- */

typedef struct Taking {
    Host *host;
    const Snapshot *snapshot;
    const Task *tasks;
    Arena *arena;
    CheckRun *run;
} Taking;

static Severity severity_named(const char *name)
{
    if (name && strcmp(name, "error") == 0)
        return SEVERITY_ERROR;
    return name && strcmp(name, "warning") == 0 ? SEVERITY_WARNING : SEVERITY_NOTE;
}

/* A place that a plugin named: only if there is such a file and span. */
static bool take_place(const Snapshot *snapshot, const Record *place, Source **source, Span *span)
{
    int64_t file = record_integer(place, "file", -1);
    int64_t start = record_integer(place, "start", -1), stop = record_integer(place, "stop", -1);
    if (file < 0 || (uint64_t)file >= snapshot_file_count(snapshot))
        return false;
    *source = snapshot_source(snapshot, (size_t)file);
    if (start < 0 || stop < start || (uint64_t)stop > (*source)->length)
        return false;
    *span = (Span){(uint32_t)start, (uint32_t)stop};
    return true;
}

static void take_texts(Arena *arena, const Record *record, const char *name,
                       const char *texts[LANG_COUNT])
{
    const Words *words = words_shipped();
    const Record *table = record_field(record, name);
    for (LangId language = 0; table && language < LANG_COUNT; language++)
        texts[language] = keep(arena, record_text(table, words_language_code(words, language)));
}

static void take_next(Arena *arena, const Record *record, DiagFinding *finding)
{
    const Words *words = words_shipped();
    const Record *table = record_field(record, "next");
    for (LangId language = 0; table && language < LANG_COUNT; language++) {
        const Record *list = record_field(table, words_language_code(words, language));
        size_t count = record_length(list);
        const char **texts = arena_array(arena, count + 1, sizeof *texts);
        for (size_t i = 0; i < count; i++) {
            const Record *item = record_item(list, i + 1);
            texts[i] = item->tag == RECORD_STRING ? item->as.string.bytes : "";
        }
        finding->next[language] = texts;
        finding->next_count =
            language == 0 || count < finding->next_count ? count : finding->next_count;
    }
}

static void take_values(Arena *arena, const Record *record, DiagFinding *finding)
{
    const Record *table = record_field(record, "values");
    size_t count = table && table->tag == RECORD_TABLE ? table->as.table.count : 0;
    FindingValue *values = arena_array(arena, count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        const RecordPair *pair = &table->as.table.pairs[i];
        if (pair->key.tag == RECORD_STRING && pair->value.tag == RECORD_STRING)
            values[finding->value_count++] =
                (FindingValue){pair->key.as.string.bytes, pair->value.as.string.bytes};
    }
    /* In one order, whatever the table's. */
    for (size_t i = 1; i < finding->value_count; i++)
        for (size_t j = i; j > 0 && strcmp(values[j].name, values[j - 1].name) < 0; j--) {
            FindingValue other = values[j];
            values[j] = values[j - 1];
            values[j - 1] = other;
        }
    finding->values = values;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void take_objects(Arena *arena, const Record *record, DiagFinding *finding)
{
    const Record *list = record_field(record, "objects");
    size_t count = record_length(list);
    const char **objects = arena_array(arena, count + 1, sizeof *objects);
    for (size_t i = 0; i < count; i++) {
        const Record *item = record_item(list, i + 1);
        objects[i] = item->tag == RECORD_STRING ? item->as.string.bytes : "";
    }
    finding->objects = objects;
    finding->object_count = count;
}

/* SHA-256 of the code and the sorted paths: stable when lines move and figures change. */
static void set_fingerprint(Arena *arena, const char *code, DiagFinding *finding)
{
    Sha256 hash;
    const char **sorted = arena_array(arena, finding->object_count + 1, sizeof *sorted);
    for (size_t i = 0; i < finding->object_count; i++)
        sorted[i] = finding->objects[i];
    if (finding->object_count > 0)
        qsort(sorted, finding->object_count, sizeof *sorted, by_text);
    sha256_init(&hash);
    sha256_add(&hash, code, strlen(code));
    for (size_t i = 0; i < finding->object_count; i++) {
        sha256_add(&hash, "\n", 1);
        sha256_add(&hash, sorted[i], strlen(sorted[i]));
    }
    sha256_hex(&hash, finding->fingerprint);
}

static void take_acceptance(const Record *record, DiagFinding *finding)
{
    const Record *accepted = record_field(record, "accepted");
    if (!accepted || accepted->tag != RECORD_TABLE)
        return;
    finding->is_accepted = true;
    finding->accepted_reason = record_text(accepted, "reason");
    finding->accepted_by = record_text(accepted, "by");
    finding->accepted_until = record_text(accepted, "until");
}

static bool take_finding(void *context, size_t task, const Record *record, size_t bytes)
{
    Taking *taking = context;
    Arena *arena = taking->arena;
    const char *type = record_text(record, "type"), *message = record_text(record, "message");
    Source *source;
    Span span;
    (void)bytes;
    if (!type || strcmp(type, "log") == 0)
        return type != NULL;
    if (!message || !take_place(taking->snapshot, record_field(record, "place"), &source, &span))
        return false;
    const PluginInfo *plugin = taking->tasks[task].plugin;
    DiagFinding *finding = arena_alloc(arena, sizeof *finding);
    finding->plugin = plugin->id;
    finding->message = message;
    finding->source = plugin->source;
    finding->is_question = strcmp(type, "question") == 0;
    finding->is_cannot_tell = strcmp(type, "cannot_tell") == 0;
    finding->is_confidential = record_flag(record, "confidential");
    take_texts(arena, record, "text", finding->text);
    take_texts(arena, record, "why", finding->why);
    take_next(arena, record, finding);
    take_objects(arena, record, finding);
    take_values(arena, record, finding);
    take_acceptance(record, finding);

    Diag *diag = diag_add(&taking->run->findings, MESSAGE_FINDING, source, span,
                          snapshot_language(taking->snapshot, source->index));
    diag->code = arena_format(arena, "%s/%s", plugin->id, message);
    diag->severity = severity_named(record_text(record, "severity"));
    diag->finding = finding;
    set_fingerprint(arena, diag->code, finding);
    const Record *related = record_field(record, "related");
    for (size_t i = 1; i <= record_length(related); i++)
        if (take_place(taking->snapshot, record_item(related, i), &source, &span))
            diag_related(&taking->run->findings, diag, MESSAGE_FINDING_RELATED, source, span);
    return true;
}

/* ---- Checks: running --------------------------------------------------------------------------- */

/* What is known before anything runs: untrusted, unreadable. */
static bool end_before(const Plugin *plugin, TaskEnd *end)
{
    if (!plugin->info.is_trusted)
        end->outcome = OUTCOME_UNTRUSTED;
    else if (plugin->info.load_error || !plugin->source) {
        end->outcome = OUTCOME_LOAD_ERROR;
        end->reason = plugin->info.load_error;
    } else
        return false;
    return true;
}

bool host_check(Host *host, const Snapshot *snapshot, const CheckChoice *choice, Arena *arena,
                CheckRun *run)
{
    registry_fill(host);
    unsigned rank = choice->profile ? profile_rank(choice->profile) : profile_of(snapshot);
    const Plugin **chosen = arena_array(arena, host->count + 1, sizeof *chosen);
    Task *tasks = arena_array(arena, host->count + 1, sizeof *tasks);
    size_t *of_task = arena_array(arena, host->count + 1, sizeof *of_task);
    TaskEnd *ends = arena_array(arena, host->count + 1, sizeof *ends);
    size_t task_count = 0, count = 0;
    for (size_t i = 0; i < host->count; i++)
        if (!is_hidden(host, i) && is_chosen(host, arena, choice, rank, &host->plugins[i]->info))
            chosen[count++] = host->plugins[i];

    *run = (CheckRun){0};
    diags_init(&run->findings, arena);
    run->findings.limit = host->env->limits.diagnostics;
    PluginOutcome *outcomes = arena_array(arena, count + 1, sizeof *outcomes);
    for (size_t i = 0; i < count; i++) {
        TaskEnd before = {.outcome = OUTCOME_OK};
        outcomes[i].plugin = &chosen[i]->info;
        if (end_before(chosen[i], &before)) {
            outcomes[i].outcome = before.outcome;
            outcomes[i].reason = before.reason;
            continue;
        }
        of_task[task_count] = i;
        tasks[task_count++] = registry_task(chosen[i]);
    }
    size_t entities = snapshot_entity_count(snapshot);
    Job job = {.snapshot = snapshot, .mode = "check", .tasks = tasks, .task_count = task_count,
               .language = choice->language, .isolate = host->options.isolate,
               .seconds = 2.0 * (double)(1 + entities / 10000)};
    Taking taking = {host, snapshot, tasks, arena, run};
    if (task_count > 0)
        worker_run(&job, host->options.jobs, arena, take_finding, &taking, ends);
    for (size_t i = 0; i < task_count; i++) {
        PluginOutcome *outcome = &outcomes[of_task[i]];
        outcome->outcome = ends[i].outcome;
        outcome->reason = ends[i].reason;
        outcome->microseconds = ends[i].microseconds;
        outcome->memory = ends[i].memory;
    }
    for (size_t i = 0; i < count; i++)
        run->not_checked += outcomes[i].outcome != OUTCOME_OK;
    run->outcomes = outcomes;
    run->outcome_count = count;
    diags_sort(&run->findings);
    return true;
}

/* ---- Documents ------------------------------------------------------------------------------------ */

typedef struct Writing {
    const Output *output;
    bool began, failed;
} Writing;

static bool take_piece(void *context, size_t task, const Record *record, size_t bytes)
{
    Writing *writing = context;
    const char *type = record_text(record, "type");
    const Record *piece;
    (void)task;
    (void)bytes;
    if (!type)
        return false;
    if (strcmp(type, "file") == 0) {
        const char *name = record_text(record, "name");
        writing->began = true;
        writing->failed = writing->failed || !name
                          || !writing->output->begin(writing->output->context, name);
    } else if (strcmp(type, "write") == 0) {
        piece = record_field(record, "bytes");
        if (!piece || piece->tag != RECORD_STRING)
            return false;
        if (!writing->began && !writing->output->begin(writing->output->context, NULL))
            writing->failed = true;
        writing->began = true;
        writing->failed =
            writing->failed
            || !writing->output->write(writing->output->context, piece->as.string.bytes,
                                       piece->as.string.length);
    }
    return !writing->failed;
}

bool host_document(Host *host, const Snapshot *snapshot, const PluginInfo *info,
                   const DocumentChoice *choice, const Output *output, Arena *arena,
                   PluginOutcome *outcome, bool *wrong_setting)
{
    static const char wrong[] = "wrong-setting: ";
    const Plugin *plugin = registry_of(host, info);
    TaskEnd end = {.outcome = OUTCOME_OK};
    *wrong_setting = false;
    *outcome = (PluginOutcome){.plugin = info};
    if (!end_before(plugin, &end)) {
        Task task = registry_task(plugin);
        size_t entities = snapshot_entity_count(snapshot);
        Job job = {.snapshot = snapshot, .mode = "document", .tasks = &task, .task_count = 1,
                   .language = choice->language, .document = choice,
                   .isolate = host->options.isolate,
                   .seconds = 30.0 * (double)(1 + entities / 100000)};
        Writing writing = {.output = output};
        worker_run(&job, 1, arena, take_piece, &writing, &end);
    }
    if (end.reason && strncmp(end.reason, wrong, sizeof wrong - 1) == 0) {
        *wrong_setting = true;
        end.reason += sizeof wrong - 1;
    }
    outcome->outcome = end.outcome;
    outcome->reason = end.reason;
    outcome->microseconds = end.microseconds;
    outcome->memory = end.memory;
    return end.outcome == OUTCOME_OK;
}

/* ---- For authors ------------------------------------------------------------------------------------ */

/* The opening comment of a module, or the list of modules. */
bool host_api_text(Host *host, const char *module, Arena *arena, const char **text)
{
    (void)host;
    size_t length = 0;
    char *names = arena_format(arena, "%s", "");
    for (size_t i = 0; i < embedded_file_count; i++) {
        const char *path = embedded_files[i].path;
        if (strncmp(path, "stdlib/lua/", 11) != 0)
            continue;
        const char *name = path + 11;
        size_t name_length = strlen(name) - 4;
        if (!module) {
            names = arena_format(arena, "%salliance.%.*s\n", names, (int)name_length, name);
            continue;
        }
        if (strncmp(module, "alliance.", 9) == 0)
            module += 9;
        if (strlen(module) != name_length || memcmp(module, name, name_length) != 0)
            continue;
        /* Every comment that begins a line, as it stands before what it describes. */
        char *out = arena_alloc(arena, embedded_files[i].length + 1);
        for (const char *at = embedded_files[i].text; *at;) {
            size_t line = strcspn(at, "\n");
            bool is_comment = line >= 2 && at[0] == '-' && at[1] == '-';
            bool is_function = strncmp(at, "function ", 9) == 0;
            if (is_comment || is_function) {
                size_t skip = is_comment ? (line > 2 && at[2] == ' ' ? 3 : 2) : 9;
                memcpy(out + length, at + skip, line - skip);
                length += line - skip;
                out[length++] = '\n';
                if (is_function)
                    out[length++] = '\n';
            }
            at += line + (at[line] == '\n');
        }
        *text = out;
        return true;
    }
    *text = names;
    return module == NULL;
}

/* One example: what the plugin says of it, against what it promised. */
static void test_text(Host *host, const Plugin *plugin, const char *source, bool is_bad,
                      LangId language, const Output *output, size_t *passed, size_t *failed)
{
    Arena *arena = arena_new(host->env);
    Snapshot *snapshot =
        arena ? snapshot_read_text(host->env, &(Reading){.language = LANG_EN}, "example",
                                   source, strlen(source))
              : NULL;
    bool fine = false;
    char line[512];
    const char *why = "it could not be read";
    if (snapshot) {
        Task task = registry_task(plugin);
        CheckRun run = {0};
        TaskEnd end;
        Job job = {.snapshot = snapshot, .mode = "check", .tasks = &task, .task_count = 1,
                   .language = language, .isolate = host->options.isolate, .seconds = 2};
        Taking taking = {host, snapshot, &task, arena, &run};
        diags_init(&run.findings, arena);
        run.findings.limit = 1000;
        worker_run(&job, 1, arena, take_finding, &taking, &end);
        bool has_findings = run.findings.count > 0;
        fine = end.outcome == OUTCOME_OK && !snapshot_has_errors(snapshot)
               && has_findings == is_bad;
        why = snapshot_has_errors(snapshot) ? "the example itself has errors"
            : end.outcome != OUTCOME_OK     ? (end.reason ? end.reason : "the check failed")
            : is_bad                        ? "nothing was found in the bad example"
                                            : "something was found in the good example";
    }
    *passed += fine;
    *failed += !fine;
    int length = snprintf(line, sizeof line, "%s %s: %s example%s%s\n", fine ? "ok" : "not ok",
                          plugin->info.id, is_bad ? "bad" : "good", fine ? "" : ": ",
                          fine ? "" : why);
    if (length > 0)
        output->write(output->context, line,
                      (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    snapshot_free(snapshot);
    arena_free(arena);
}

bool host_plugin_test(Host *host, const char *path, LangId language, const Output *output,
                      size_t *passed, size_t *failed)
{
    const char *paths[] = {path};
    HostOptions options = {.paths = paths, .path_count = 1, .isolate = host->options.isolate};
    Host *own = host_new(host->env, &options);
    bool found = false;
    if (!own)
        return false;
    registry_fill(own);
    for (size_t i = 0; i < own->count; i++) {
        const Plugin *plugin = own->plugins[i];
        if (plugin->info.origin != ORIGIN_OPTION)
            continue;
        found = true;
        bool loads = plugin->info.load_error == NULL;
        const char *line = arena_format(own->arena, "%s %s: the table%s%s\n",
                                        loads ? "ok" : "not ok", plugin->info.id,
                                        loads ? "" : ": ",
                                        loads ? "" : plugin->info.load_error);
        output->write(output->context, line, strlen(line));
        *passed += loads;
        *failed += !loads;
        if (!loads || plugin->info.type != PLUGIN_CHECK)
            continue;
        if (plugin->info.example_bad)
            test_text(own, plugin, plugin->info.example_bad, true, language, output, passed,
                      failed);
        if (plugin->info.example_good)
            test_text(own, plugin, plugin->info.example_good, false, language, output, passed,
                      failed);
    }
    host_free(own);
    return found;
}
