/* examples.c -- `alliance plugin test`: a plugin keeps what its own examples promise.
 *
 * Each `bad` must give exactly the messages of `expect` (in any number), each `good` must give
 * none of them; examples are read in the language that their first line names, else in English.
 */
#include <stdio.h>
#include <string.h>

#include "plugins/host/host_registry.h"

typedef struct Example {
    const char *bad, *good;         /* NULL: not given */
    const char **expect;
    size_t expect_count;
} Example;

typedef struct Promise {            /* a message that the plugin may report */
    const char *name;
    bool is_shown;                  /* by one of the examples */
} Promise;

typedef struct Examples {
    Arena *arena;
    Example *items;
    size_t count, capacity;
    Promise *messages;
    size_t message_count;
} Examples;

typedef struct Tally {
    Host *host;
    const PluginInfo *plugin;
    LangId language;
    const Output *output;
    size_t *passed, *failed;
} Tally;

static const char *keep(Arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

static void take_messages(Examples *examples, const Record *names)
{
    size_t count = record_length(names);
    examples->messages = arena_array(examples->arena, count + 1, sizeof *examples->messages);
    for (size_t i = 0; i < count; i++) {
        const char *name = record_string(record_item(names, i + 1));
        if (name)
            examples->messages[examples->message_count++].name = keep(examples->arena, name);
    }
}

static bool take_example(void *context, size_t task, const Record *record, size_t bytes)
{
    Examples *examples = context;
    const char *type = record_text(record, "type");
    (void)task;
    (void)bytes;
    if (type && strcmp(type, "messages") == 0)
        take_messages(examples, record_field(record, "names"));
    if (!type || strcmp(type, "example") != 0)
        return type != NULL;
    examples->items = arena_grow(examples->arena, examples->items, &examples->capacity,
                                 examples->count + 1, sizeof *examples->items);
    Example *example = &examples->items[examples->count++];
    const Record *expect = record_field(record, "expect");
    size_t count = record_length(expect);
    example->bad = keep(examples->arena, record_text(record, "bad"));
    example->good = keep(examples->arena, record_text(record, "good"));
    example->expect = arena_array(examples->arena, count + 1, sizeof *example->expect);
    for (size_t i = 0; i < count; i++) {
        const Record *item = record_item(expect, i + 1);
        if (item->tag == RECORD_STRING)
            example->expect[example->expect_count++] = item->as.string.bytes;
    }
    return true;
}

static void say(const Tally *tally, bool fine, const char *what, const char *why)
{
    char line[1024];
    int length = snprintf(line, sizeof line, "%s %s: %s%s%s\n", fine ? "ok" : "not ok",
                          tally->plugin->id, what, why ? ": " : "", why ? why : "");
    *tally->passed += fine;
    *tally->failed += !fine;
    if (length > 0)
        tally->output->write(tally->output->context, line,
                             (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

/* What is no fault, but worth knowing. */
static void remark(const Tally *tally, const char *what, const char *name)
{
    char line[256];
    int length = snprintf(line, sizeof line, "# %s: %s '%s'\n", tally->plugin->id, what, name);
    if (length > 0)
        tally->output->write(tally->output->context, line,
                             (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

static bool was_found(const Diags *findings, const char *message)
{
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->items[i]->finding->message, message) == 0)
            return true;
    return false;
}

static bool is_expected(const Example *example, const char *message)
{
    for (size_t i = 0; i < example->expect_count; i++)
        if (strcmp(example->expect[i], message) == 0)
            return true;
    return false;
}

/* What stopped a check that gave no reason of its own. */
static const char *ending(Outcome outcome)
{
    switch (outcome) {
    case OUTCOME_TIME: return "the check took too long and was stopped: does every loop end?";
    case OUTCOME_MEMORY: return "the check took too much memory and was stopped";
    case OUTCOME_OUTPUT: return "the check said too much and was stopped";
    default: return "the check did not end well";
    }
}

/* Why the findings are not what was promised; NULL: they are. */
static const char *judge(Arena *arena, const Example *example, bool is_bad,
                         const Snapshot *snapshot, const CheckRun *run)
{
    const Diags *core = snapshot_diags(snapshot);
    for (size_t i = 0; i < core->count; i++)
        if (core->items[i]->severity == SEVERITY_ERROR && core->items[i]->code[0] == 'E')
            return arena_format(arena, "the example itself has the error %s",
                                core->items[i]->code);
    if (run->outcome_count > 0 && run->outcomes[0].outcome != OUTCOME_OK) {
        const PluginOutcome *end = &run->outcomes[0];
        if (!end->reason || end->outcome == OUTCOME_PLUGIN_ERROR)
            return end->reason ? end->reason : ending(end->outcome);
        return arena_format(arena, "%s %s", ending(end->outcome), end->reason);
    }
    for (size_t i = 0; is_bad && i < example->expect_count; i++)
        if (!was_found(&run->findings, example->expect[i]))
            return arena_format(arena, "'%s' was expected and not found", example->expect[i]);
    for (size_t i = 0; i < run->findings.count; i++) {
        const char *message = run->findings.items[i]->finding->message;
        bool expected = is_expected(example, message);
        if (is_bad ? !expected && example->expect_count > 0
                   : expected || example->expect_count == 0)
            return arena_format(arena, "'%s' was found and not expected", message);
    }
    if (is_bad && run->findings.count == 0)
        return "nothing was found in it";
    return NULL;
}

static void mark_shown(Examples *examples, const Diags *findings)
{
    for (size_t i = 0; i < examples->message_count; i++)
        examples->messages[i].is_shown |= was_found(findings, examples->messages[i].name);
}

static void test_text(const Tally *tally, Examples *examples, size_t number, bool is_bad)
{
    const Example *example = &examples->items[number - 1];
    const char *text = is_bad ? example->bad : example->good;
    Reading reading = {.language = LANG_EN};
    Arena *arena = arena_new(tally->host->env);
    char what[64];
    if (!arena)
        return;
    snprintf(what, sizeof what, "%s example %zu", is_bad ? "bad" : "good", number);
    Snapshot *snapshot =
        snapshot_read_text(tally->host->env, &reading, "example", text, strlen(text));
    if (!snapshot) {
        say(tally, false, what, "there is not enough memory");
    } else {
        const char *only[] = {tally->plugin->id};
        CheckChoice choice = {.only = only, .only_count = 1, .language = tally->language};
        CheckRun run;
        bool could = host_check(tally->host, snapshot, &choice, arena, &run);
        const char *why = could ? judge(arena, example, is_bad, snapshot, &run)
                                : "the check could not be run";
        say(tally, why == NULL, what, why);
        if (could)
            mark_shown(examples, &run.findings);
    }
    snapshot_free(snapshot);
    arena_free(arena);
}

static void test_plugin(const Tally *tally, const Plugin *plugin)
{
    Examples examples = {.arena = tally->host->arena};
    registry_read_specs(tally->host, plugin);
    if (plugin->info.load_error) {
        say(tally, false, "spec", plugin->info.load_error);
        return;
    }
    Task task = registry_task(plugin);
    TaskEnd end;
    Job job = {.snapshot = tally->host->empty, .mode = "examples", .tasks = &task,
               .task_count = 1, .language = tally->language,
               .isolate = tally->host->options.isolate, .seconds = 2};
    worker_run(&job, 1, tally->host->arena, take_example, &examples, &end);
    if (end.outcome != OUTCOME_OK)
        say(tally, false, "examples", end.reason ? end.reason : ending(end.outcome));
    bool has_bad = false, has_good = false;
    for (size_t i = 0; i < examples.count; i++) {
        has_bad |= examples.items[i].bad != NULL;
        has_good |= examples.items[i].good != NULL;
    }
    if (plugin->info.type == PLUGIN_CHECK && end.outcome == OUTCOME_OK && !(has_bad && has_good))
        say(tally, false, "examples", "a check shows at least one bad and one good example");
    for (size_t i = 0; i < examples.count; i++) {
        if (examples.items[i].bad)
            test_text(tally, &examples, i + 1, true);
        if (examples.items[i].good)
            test_text(tally, &examples, i + 1, false);
    }
    for (size_t i = 0; i < examples.message_count; i++)
        if (!examples.messages[i].is_shown)
            remark(tally, "no example shows the message", examples.messages[i].name);
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
        Tally tally = {own, &plugin->info, language, output, passed, failed};
        found = true;
        say(&tally, plugin->info.load_error == NULL, "the table", plugin->info.load_error);
        if (!plugin->info.load_error)
            test_plugin(&tally, plugin);
    }
    host_free(own);
    return found;
}
