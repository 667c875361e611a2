/* host.c -- see host.h: chooses plugins, runs them in workers, and takes what they send. */
#include "plugins/host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugins/host/embedded.h"
#include "plugins/host/host_registry.h"
#include "plugins/host/sha256.h"
#include "plugins/host/value_json.h"

/* ---- Opening ----------------------------------------------------------------------- */

/* A copy of a text of somebody else, or NULL. */
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
    if (host->options.jobs == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        host->options.jobs = processors > 0 && processors < 64 ? (unsigned)processors : 1;
    }
    return host;
}

void host_set_conf(Host *host, const Snapshot *conf)
{
    host->conf = conf;
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
    for (size_t i = 0; i < host->count; i++) {
        const PluginInfo *plugin = &host->plugins[i]->info;
        /* One that can run wins over one that only has the name. */
        if (plugin->type == type && !host->plugins[i]->is_hidden && is_called(arena, plugin, id)
            && (!found || !found->is_trusted || found->load_error))
            found = plugin;
    }
    arena_free(arena);
    return found;
}

/* ---- Checks: choosing -------------------------------------------------------------- */

static unsigned profile_rank(const char *profile)
{
    if (profile && strcmp(profile, "light") == 0)
        return 1;
    return profile && strcmp(profile, "strict") == 0 ? 3 : 2;
}

/* What an alliance is checked by that names no profile: that of alliance.conf, or standard. */
static unsigned profile_of_conf(const Snapshot *conf)
{
    uint16_t word = conf ? snapshot_conf_profile(conf) : 0;
    return word ? profile_rank(vocabulary_word_id(snapshot_vocabulary(conf), word)) : 2;
}

/* The profile of the files: the most demanding of its alliances. */
static unsigned profile_of(const Snapshot *snapshot, const Snapshot *conf)
{
    const Vocabulary *vocabulary = snapshot_vocabulary(snapshot);
    unsigned rank = 0, otherwise = profile_of_conf(conf);
    for (size_t i = 0; i < snapshot_alliance_count(snapshot); i++) {
        EntityId alliance = snapshot_alliance_entity(snapshot, i);
        Value value = {.kind = VALUE_ABSENT};
        if (alliance)
            value = entity_property(snapshot, alliance, PROPERTY_PROFILE);
        unsigned own = value.kind == VALUE_WORD
                           ? profile_rank(vocabulary_word_id(vocabulary, value.as.word))
                           : otherwise;
        rank = own > rank ? own : rank;
    }
    return rank ? rank : otherwise;
}

static bool is_chosen(Arena *arena, const CheckChoice *choice, unsigned rank,
                      const PluginInfo *plugin)
{
    if (plugin->type != PLUGIN_CHECK)
        return false;
    for (size_t i = 0; i < choice->only_count; i++)
        if (is_called(arena, plugin, choice->only[i]))
            return true;
    return choice->only_count == 0 && profile_rank(plugin->profile) <= rank;
}

/* ---- Checks: taking findings ------------------------------------------------------- */

enum {
    FINDINGS = 10000,           /* of one plugin */
    FINDINGS_ROOM = 1 << 14,    /* more than that: the order of findings goes task by task */
    RELATED = 16,               /* places besides the one it is at */
};

typedef struct Taking {
    const Snapshot *snapshot;
    const Task *tasks;
    Arena *arena;
    CheckRun *run;
    uint32_t *counts;           /* findings by task */
} Taking;

static Taking taking_new(const Snapshot *snapshot, const Task *tasks, size_t count, Arena *arena,
                         CheckRun *run)
{
    *run = (CheckRun){0};
    diags_init(&run->findings, arena);
    run->findings.limit = UINT64_MAX;       /* each plugin has its own */
    return (Taking){snapshot, tasks, arena, run, arena_array(arena, count + 1, sizeof(uint32_t))};
}

static Severity severity_named(const char *name)
{
    if (name && strcmp(name, "error") == 0)
        return SEVERITY_ERROR;
    return name && strcmp(name, "warning") == 0 ? SEVERITY_WARNING : SEVERITY_NOTE;
}

/* Out of the middle of a letter. */
static uint32_t to_letter(const Source *source, int64_t at)
{
    while (at > 0 && (uint64_t)at < source->length
           && ((unsigned char)source->text[at] & 0xc0) == 0x80)
        at--;
    return (uint32_t)at;
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
    *span = (Span){to_letter(*source, start), to_letter(*source, stop)};
    return true;
}

static void take_texts(const Record *record, const char *name, const char *texts[LANG_COUNT])
{
    const Words *words = words_shipped();
    const Record *table = record_field(record, name);
    for (LangId language = 0; table && language < LANG_COUNT; language++)
        texts[language] = record_text(table, words_language_code(words, language));
}

/* The texts of a list; what is no text is "". */
static const char *const *take_list(Arena *arena, const Record *list, size_t *count)
{
    *count = record_length(list);
    const char **texts = arena_array(arena, *count + 1, sizeof *texts);
    for (size_t i = 0; i < *count; i++) {
        texts[i] = record_string(record_item(list, i + 1));
        texts[i] = texts[i] ? texts[i] : "";
    }
    return texts;
}

static void take_next(Arena *arena, const Record *record, DiagFinding *finding)
{
    const Words *words = words_shipped();
    const Record *table = record_field(record, "next");
    for (LangId language = 0; table && language < LANG_COUNT; language++) {
        size_t count;
        finding->next[language] =
            take_list(arena, record_field(table, words_language_code(words, language)), &count);
        finding->next_count =
            language == 0 || count < finding->next_count ? count : finding->next_count;
    }
}

/* In the order of their names, as a record has them. */
static void take_values(Arena *arena, const Record *record, DiagFinding *finding)
{
    const Record *table = record_field(record, "values");
    size_t count = table && table->tag == RECORD_TABLE ? table->as.table.count : 0;
    FindingValue *values = arena_array(arena, count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        const RecordPair *pair = &table->as.table.pairs[i];
        const char *name = record_string(&pair->key), *text = record_string(&pair->value);
        if (name && text)
            values[finding->value_count++] = (FindingValue){name, text};
    }
    finding->values = values;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
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

/* What kind of record it is; false: of none that a check may send. */
static bool take_type(const char *type, DiagFinding *finding)
{
    finding->is_question = strcmp(type, "question") == 0;
    finding->is_cannot_tell = strcmp(type, "cannot_tell") == 0;
    return finding->is_question || finding->is_cannot_tell || strcmp(type, "finding") == 0;
}

static void take_related(const Taking *taking, Diag *diag, const Record *record)
{
    const Record *related = record_field(record, "related");
    Source *source;
    Span span;
    for (size_t i = 1; i <= RELATED && record_item(related, i); i++)
        if (take_place(taking->snapshot, record_item(related, i), &source, &span))
            diag_related(&taking->run->findings, diag, MESSAGE_FINDING_RELATED, source, span);
}

static bool take_finding(void *context, size_t task, const Record *record, size_t bytes)
{
    Taking *taking = context;
    Arena *arena = taking->arena;
    const PluginInfo *plugin = taking->tasks[task].plugin;
    const char *type = record_text(record, "type"), *message = record_text(record, "message");
    Source *source;
    Span span;
    (void)bytes;
    if (!type || strcmp(type, "log") == 0)
        return type != NULL;
    DiagFinding *finding = arena_alloc(arena, sizeof *finding);
    if (!message || taking->counts[task] >= FINDINGS || !take_type(type, finding)
        || !take_place(taking->snapshot, record_field(record, "place"), &source, &span))
        return false;
    finding->plugin = plugin->id;
    finding->message = message;
    memcpy(finding->source, plugin->source, sizeof finding->source);
    finding->is_confidential = record_flag(record, "confidential");
    take_texts(record, "text", finding->text);
    take_texts(record, "why", finding->why);
    take_next(arena, record, finding);
    finding->objects = take_list(arena, record_field(record, "objects"), &finding->object_count);
    take_values(arena, record, finding);
    take_acceptance(record, finding);

    Diag *diag = diag_add(&taking->run->findings, MESSAGE_FINDING, source, span,
                          snapshot_language(taking->snapshot, source->index));
    diag->code = arena_format(arena, "%s/%s", plugin->id, message);
    diag->severity = severity_named(record_text(record, "severity"));
    diag->finding = finding;
    /* Whatever worker was quicker, those at one place stand in the order of the plugins. */
    diag->order = (uint32_t)(task * FINDINGS_ROOM) + taking->counts[task]++;
    set_fingerprint(arena, diag->code, finding);
    take_related(taking, diag, record);
    return true;
}

/* ---- Checks: running --------------------------------------------------------------- */

/* What is known before anything runs: untrusted, unreadable. */
static bool end_before(const Plugin *plugin, TaskEnd *end)
{
    if (!plugin->info.is_trusted) {
        end->outcome = OUTCOME_UNTRUSTED;
        end->reason = plugin->info.load_error;
    } else if (plugin->info.load_error || !plugin->source) {
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
    unsigned rank = choice->profile ? profile_rank(choice->profile)
                                    : profile_of(snapshot, host->conf);
    const Plugin **chosen = arena_array(arena, host->count + 1, sizeof *chosen);
    Task *tasks = arena_array(arena, host->count + 1, sizeof *tasks);
    size_t *of_task = arena_array(arena, host->count + 1, sizeof *of_task);
    TaskEnd *ends = arena_array(arena, host->count + 1, sizeof *ends);
    size_t task_count = 0, count = 0;
    for (size_t i = 0; i < host->count; i++)
        if (!host->plugins[i]->is_hidden && is_chosen(arena, choice, rank, &host->plugins[i]->info))
            chosen[count++] = host->plugins[i];

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
    Job job = {.snapshot = snapshot, .conf = host->conf, .mode = "check",
               .tasks = tasks, .task_count = task_count,
               .language = choice->language, .isolate = host->options.isolate,
               .traces = host->options.traces,
               .seconds = 2.0 * (double)(1 + entities / 10000)};
    Taking taking = taking_new(snapshot, tasks, task_count, arena, run);
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

/* ---- Documents --------------------------------------------------------------------- */

typedef struct Writing {
    const Snapshot *snapshot;
    const Output *output;
    bool has_model;             /* it was asked for */
    bool owes_model;            /* and is to be written before anything else */
    bool began, failed;
    bool has_name;              /* it is several files */
    char tail[4];               /* the beginning of a letter whose rest has not come yet */
    size_t tail_length;
    const char *problem;        /* why it was refused, or NULL */
} Writing;

static bool begin_part(Writing *writing, const char *name)
{
    writing->began = true;
    writing->failed = writing->failed || !writing->output->begin(writing->output->context, name);
    return !writing->failed;
}

static bool write_part(Writing *writing, const char *bytes, size_t length)
{
    if (!writing->began && !begin_part(writing, NULL))
        return false;
    writing->failed = writing->failed
                      || (length > 0
                          && !writing->output->write(writing->output->context, bytes, length));
    return !writing->failed;
}

/* How long is the letter that this byte begins? */
static size_t letter_length(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
}

/* Text only: a letter may be cut by the pieces, but every byte belongs to one. */
static bool write_text(Writing *writing, const char *bytes, size_t length)
{
    while (writing->tail_length > 0 && length > 0) {
        writing->tail[writing->tail_length++] = *bytes++;
        length--;
        if (writing->tail_length < letter_length(writing->tail[0]))
            continue;
        if (utf8_valid(writing->tail, writing->tail_length) != writing->tail_length)
            return false;
        if (!write_part(writing, writing->tail, writing->tail_length))
            return false;
        writing->tail_length = 0;
    }
    if (length == 0)
        return true;
    size_t valid = utf8_valid(bytes, length), rest = length - valid;
    if (rest > 0 && (rest >= 4 || rest >= letter_length(bytes[valid])))
        return false;
    memcpy(writing->tail, bytes + valid, rest);
    writing->tail_length = rest;
    return write_part(writing, bytes, valid);
}

/* A relative name: no part of it empty or beginning with a dot, nothing strange in it. */
static bool is_file_name(const char *name)
{
    bool at_start = true;
    for (; name && *name; name++) {
        if ((unsigned char)*name < ' ' || *name == 127 || *name == '\\'
            || (at_start && (*name == '.' || *name == '/')))
            return false;
        at_start = *name == '/';
    }
    return name && !at_start;
}

static bool is_cancelled(const Snapshot *snapshot)
{
    const Env *env = snapshot_env(snapshot);
    return env->cancel && *env->cancel;
}

static bool write_model_piece(void *context, const char *bytes, size_t length)
{
    Writing *writing = context;
    writing->failed = writing->failed || is_cancelled(writing->snapshot);
    return write_part(writing, bytes, length);
}

/* The model need not come through a pipe: it is ours. */
static bool write_model(Writing *writing)
{
    JsonWriter json;
    if (!writing->owes_model)
        return true;
    writing->owes_model = false;
    json_init(&json, write_model_piece, writing, true);
    json.lines = 2;             /* an entity a line */
    if ((!model_json(&json, writing->snapshot, true) || !write_part(writing, "\n", 1))
        && !writing->failed)
        writing->problem = "there is no memory for the model";
    return !writing->problem && !writing->failed;
}

/* Once: to ask for it costs the plugin nothing, and us a lot. */
static bool take_model(Writing *writing)
{
    if (writing->tail_length > 0)
        writing->problem = "what it wrote is no UTF-8 text";
    else if (writing->has_model)
        writing->problem = "a document has the model once";
    writing->has_model = writing->owes_model = true;
    return !writing->problem;
}

/* Whatever follows the model; what is last need not be kept until all is known. */
static void end_document(Writing *writing)
{
    if (writing->tail_length > 0)
        writing->problem = "what it wrote is no UTF-8 text";
    else if (writing->owes_model && writing->output->sure)
        writing->output->sure(writing->output->context);
    if (!writing->problem)
        write_model(writing);
}

static bool take_piece(void *context, size_t task, const Record *record, size_t bytes)
{
    Writing *writing = context;
    const char *type = record_text(record, "type");
    const Record *piece = record_field(record, "bytes");
    (void)task;
    (void)bytes;
    if (type && strcmp(type, "log") == 0)
        return true;
    if (type && strcmp(type, "file") == 0) {
        const char *name = record_text(record, "name");
        if (!is_file_name(name) || writing->tail_length > 0)
            writing->problem = "the name of a file in it makes no sense";
        else if (writing->began ? !writing->has_name : writing->has_model)
            writing->problem = "it has a text before its first file";
        else if (!write_model(writing))
            return false;
        writing->has_name = true;
        return !writing->problem && begin_part(writing, name);
    }
    if (type && strcmp(type, "model") == 0)
        return take_model(writing);
    if (!type || strcmp(type, "write") != 0 || !piece || piece->tag != RECORD_STRING
        || !write_model(writing))
        return false;
    if (!write_text(writing, piece->as.string.bytes, piece->as.string.length)
        && !writing->failed)
        writing->problem = "what it wrote is no UTF-8 text";
    return !writing->problem && !writing->failed;
}

bool host_document(Host *host, const Snapshot *snapshot, const PluginInfo *info,
                   const DocumentChoice *choice, const Output *output, Arena *arena,
                   PluginOutcome *outcome, bool *wrong_setting)
{
    const Plugin *plugin = registry_of(host, info);
    TaskEnd end = {.outcome = OUTCOME_OK};
    *outcome = (PluginOutcome){.plugin = info};
    if (!end_before(plugin, &end)) {
        Task task = registry_task(plugin);
        size_t entities = snapshot_entity_count(snapshot);
        Job job = {.snapshot = snapshot, .conf = host->conf, .mode = "document",
                   .tasks = &task, .task_count = 1,
                   .language = choice->language, .document = choice,
                   .isolate = host->options.isolate, .traces = host->options.traces,
                   .seconds = 30.0 * (double)(1 + entities / 100000)};
        Writing writing = {.snapshot = snapshot, .output = output};
        worker_run(&job, 1, arena, take_piece, &writing, &end);
        if (end.outcome == OUTCOME_OK)
            end_document(&writing);
        if (writing.problem || (writing.failed && end.outcome == OUTCOME_OK)) {
            end.outcome = is_cancelled(snapshot) ? OUTCOME_CANCELLED : OUTCOME_OUTPUT;
            end.reason = writing.problem;
        }
    }
    *wrong_setting = end.wrong_setting;
    outcome->outcome = end.outcome;
    outcome->reason = end.reason;
    outcome->microseconds = end.microseconds;
    outcome->memory = end.memory;
    return end.outcome == OUTCOME_OK;
}

/* ---- For authors ------------------------------------------------------------------- */

/* What a module says of itself: the comments that begin a line, each before its function; what
 * stands before something local is left out. */
static const char *module_text(Arena *arena, const char *text, size_t size)
{
    char *out = arena_alloc(arena, 2 * size + 1);
    size_t length = 0, block = 0;           /* where the comment that goes on began */
    for (const char *at = text; *at;) {
        size_t line = strcspn(at, "\n"), skip = strspn(at, "-"), end = line;
        bool is_function = strncmp(at, "function ", 9) == 0;
        if (strncmp(at, "local ", 6) == 0)
            length = block;
        if (skip >= 2 || is_function) {
            skip = is_function ? 9 : skip + (at[skip] == ' ');
            if (!is_function && at[skip] == '-')        /* -- ---- the head of a part ---- */
                skip += strspn(at + skip, "- ");
            while (!is_function && end > skip && strchr("- ", at[end - 1]))
                end--;
            if (end > skip)
                memcpy(out + length, at + skip, end - skip);
            length += end > skip ? end - skip : 0;
            out[length++] = '\n';
        } else if (length > block) {
            out[length++] = '\n';
            block = length;
        }
        if (is_function) {
            out[length++] = '\n';
            block = length;
        }
        at += line + (at[line] == '\n');
    }
    out[length] = '\0';
    return out;
}

/* What a module says of itself, or the list of modules. */
bool host_api_text(Host *host, const char *module, Arena *arena, const char **text)
{
    (void)host;
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
        *text = module_text(arena, embedded_files[i].text, embedded_files[i].length);
        return true;
    }
    *text = names;
    return module == NULL;
}

void host_sha256(const char *bytes, size_t length, char hex[65])
{
    Sha256 hash;
    sha256_init(&hash);
    sha256_add(&hash, bytes, length);
    sha256_hex(&hash, hex);
}
