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

/* A text of the catalogue in the language of the run, with one argument or none (name NULL). */
static const char *text_with(const Tally *tally, MessageId message, DiagArg arg)
{
    DiagText text = {.message = message, .args = &arg, .arg_count = arg.name != NULL};
    return diag_text(tally->host->arena, words_shipped(), tally->language, &text, NULL);
}

static const char *text_of(const Tally *tally, MessageId message)
{
    return text_with(tally, message, (DiagArg){0});
}

static const char *text_naming(const Tally *tally, MessageId message, const char *name,
                               const char *value)
{
    return text_with(tally, message, (DiagArg){.name = name, .kind = ARG_TEXT, .text = value});
}

static void write_line(const Tally *tally, const char *line)
{
    tally->output->write(tally->output->context, line, strlen(line));
}

static void say(const Tally *tally, bool fine, const char *what, const char *why)
{
    *tally->passed += fine;
    *tally->failed += !fine;
    write_line(tally, arena_format(tally->host->arena, "%s %s: %s%s%s\n", fine ? "ok" : "not ok",
                                   tally->plugin->id, what, why ? ": " : "", why ? why : ""));
}

/* What is no fault, but worth knowing. */
static void remark(const Tally *tally, const char *what)
{
    write_line(tally,
               arena_format(tally->host->arena, "# %s: %s\n", tally->plugin->id, what));
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
static const char *ending(const Tally *tally, Outcome outcome)
{
    return text_of(tally, outcome == OUTCOME_TIME     ? MESSAGE_TEST_TIME
                          : outcome == OUTCOME_MEMORY ? MESSAGE_TEST_MUCH_MEMORY
                          : outcome == OUTCOME_OUTPUT ? MESSAGE_TEST_OUTPUT
                                                      : MESSAGE_TEST_ENDING);
}

/* Why the findings are not what was promised; NULL: they are. */
static const char *judge(const Tally *tally, Arena *arena, const Example *example, bool is_bad,
                         const Snapshot *snapshot, const CheckRun *run)
{
    const Diags *core = snapshot_diags(snapshot);
    for (size_t i = 0; i < core->count; i++)
        if (core->items[i]->severity == SEVERITY_ERROR && core->items[i]->code[0] == 'E')
            return text_naming(tally, MESSAGE_TEST_EXAMPLE_ERROR, "code", core->items[i]->code);
    if (run->outcome_count > 0 && run->outcomes[0].outcome != OUTCOME_OK) {
        const PluginOutcome *end = &run->outcomes[0];
        if (!end->reason || end->outcome == OUTCOME_PLUGIN_ERROR)
            return end->reason ? end->reason : ending(tally, end->outcome);
        return arena_format(arena, "%s %s", ending(tally, end->outcome), end->reason);
    }
    for (size_t i = 0; is_bad && i < example->expect_count; i++)
        if (!was_found(&run->findings, example->expect[i]))
            return text_naming(tally, MESSAGE_TEST_MISSING, "message", example->expect[i]);
    for (size_t i = 0; i < run->findings.count; i++) {
        const char *message = run->findings.items[i]->finding->message;
        bool expected = is_expected(example, message);
        if (is_bad ? !expected && example->expect_count > 0
                   : expected || example->expect_count == 0)
            return text_naming(tally, MESSAGE_TEST_EXTRA, "message", message);
    }
    if (is_bad && run->findings.count == 0)
        return text_of(tally, MESSAGE_TEST_NOTHING);
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
    if (!arena)
        return;
    const char *what = text_with(tally, is_bad ? MESSAGE_TEST_WRONG_EXAMPLE
                                               : MESSAGE_TEST_RIGHT_EXAMPLE,
                                 (DiagArg){.name = "number", .kind = ARG_NUMBER,
                                           .number = (int64_t)number});
    Snapshot *snapshot =
        snapshot_read_text(tally->host->env, &reading, "example", text, strlen(text));
    if (!snapshot) {
        say(tally, false, what, text_of(tally, MESSAGE_TEST_NO_MEMORY));
    } else {
        const char *only[] = {tally->plugin->id};
        CheckChoice choice = {.only = only, .only_count = 1, .language = tally->language};
        CheckRun run;
        bool could = host_check(tally->host, snapshot, &choice, arena, &run);
        const char *why = could ? judge(tally, arena, example, is_bad, snapshot, &run)
                                : text_of(tally, MESSAGE_TEST_NOT_RUN);
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
        say(tally, false, text_of(tally, MESSAGE_TEST_SPEC), plugin->info.load_error);
        return;
    }
    Task task = registry_task(plugin);
    TaskEnd end;
    Job job = {.snapshot = tally->host->empty, .mode = "examples", .tasks = &task,
               .task_count = 1, .language = tally->language,
               .isolate = tally->host->options.isolate, .seconds = 2};
    worker_run(&job, 1, tally->host->arena, take_example, &examples, &end);
    if (end.outcome != OUTCOME_OK)
        say(tally, false, text_of(tally, MESSAGE_TEST_EXAMPLES),
            end.reason ? end.reason : ending(tally, end.outcome));
    bool has_bad = false, has_good = false;
    for (size_t i = 0; i < examples.count; i++) {
        has_bad |= examples.items[i].bad != NULL;
        has_good |= examples.items[i].good != NULL;
    }
    if (plugin->info.type == PLUGIN_CHECK && end.outcome == OUTCOME_OK && !(has_bad && has_good))
        say(tally, false, text_of(tally, MESSAGE_TEST_EXAMPLES),
            text_of(tally, MESSAGE_TEST_BOTH_EXAMPLES));
    for (size_t i = 0; i < examples.count; i++) {
        if (examples.items[i].bad)
            test_text(tally, &examples, i + 1, true);
        if (examples.items[i].good)
            test_text(tally, &examples, i + 1, false);
    }
    for (size_t i = 0; i < examples.message_count; i++)
        if (!examples.messages[i].is_shown)
            remark(tally, text_naming(tally, MESSAGE_TEST_NOT_SHOWN, "message",
                                      examples.messages[i].name));
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
        say(&tally, plugin->info.load_error == NULL, text_of(&tally, MESSAGE_TEST_TABLE),
            plugin->info.load_error);
        if (!plugin->info.load_error)
            test_plugin(&tally, plugin);
    }
    host_free(own);
    return found;
}
