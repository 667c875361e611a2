/* fuzz_expression.c -- any text as questions: each is answered or told what is wrong, and the
 * second time in the same way.
 *
 * An input that begins as a file of the language is read as one, and its checks are run.  Any
 * other is asked line by line of a small model with unknown values, several units and a list
 * that goes on.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lang/eval/assertion.h"
#include "lang/eval/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { MOST_LINES = 64, MOST_BYTES = 16384 };

static const char MODEL[] =
    "language en version 1\n"
    "alliance sg \"Silver Geek\" {\n  status: idea\n  workday: 7 h\n}\n"
    "partner orange \"Orange\"\n"
    "partner adb \"ADB Solidatech\" {\n  type: association\n  feels: 3\n  tags: young, digital\n"
    "  x-siret: \"123\"\n  brings 10 000 EUR \"Grant\" { nature: money }\n"
    "  brings 35 h/month \"Time\" { period: 2024-01..2024-06 }\n  position train: +3\n}\n"
    "partner macif {\n  type: ?\n  since: 2023\n  brings ? \"Help\"\n  brings 12 days \"Days\"\n}\n"
    "goal train { owner: adb }\n"
    "goal ties {\n  owner: adb, macif\n  weight: 3\n  horizon: none \"always\"\n}\n"
    "kpi k {\n  goal: train\n  baseline: 0 h\n  target: 10 h by 2024-06\n  reading 2024-01: 4 h\n}\n"
    "activity visits {\n  goals: ties, train\n  with: macif, ?\n}\n"
    "milestone m {\n  date: 2024-02\n  decision: go\n}\n"
    "body council { decides: yes }\n"
    "link adb -> macif \"knows\"\n"
    "query rich = contributions where value >= 20 000 EUR\n";

static void must(bool condition)
{
    if (!condition)
        abort();
}

/* Small limits, so that no input takes long. */
static void few_limits(Env *env)
{
    env_init(env);
    env->today = 19783;
    must(limits_lower(&env->limits, "work", 2000000));
    must(limits_lower(&env->limits, "pattern-steps", 2000));
}

typedef struct Outcome {
    bool is_answered;
    size_t diagnostics, rows, columns, untold;
} Outcome;

static Outcome ask(const Snapshot *snapshot, const char *text, size_t length, LangId language)
{
    Arena *arena = arena_new(snapshot_env(snapshot));
    Diags diags;
    Answer answer;

    must(arena != NULL);
    diags_init(&diags, arena);
    Evaluation *evaluation = evaluation_new(snapshot, 0, &diags);
    must(evaluation != NULL);
    Outcome outcome = {.is_answered = query_text(evaluation, text, length, language, &answer)};
    outcome.diagnostics = diags.count;
    if (outcome.is_answered) {
        outcome.rows = answer.row_count;
        outcome.columns = answer.column_count;
        outcome.untold = answer.untold;
        must(answer.is_value || answer.column_count > 0);
        if (answer.is_value)
            value_text(arena, snapshot, answer.value, language);
        for (size_t i = 0; i < answer.row_count * answer.column_count; i++)
            value_text(arena, snapshot, answer.cells[i], language);
    } else
        must(diags.errors > 0 || snapshot_has_errors(snapshot));    /* poisoned names are silent */
    for (size_t i = 0; i < diags.count; i++)
        diag_message_text(arena, snapshot_words(snapshot), language, diags.items[i]);
    evaluation_free(evaluation);
    arena_free(arena);
    return outcome;
}

static void ask_twice(const Snapshot *snapshot, const char *text, size_t length)
{
    for (LangId language = 0; language < LANG_COUNT; language++) {
        Outcome first = ask(snapshot, text, length, language);
        Outcome second = ask(snapshot, text, length, language);
        must(first.is_answered == second.is_answered && first.rows == second.rows
             && first.columns == second.columns && first.untold == second.untold
             && first.diagnostics == second.diagnostics);
    }
}

static void ask_lines(const char *text, size_t length)
{
    Env env;
    Reading reading = {.language = LANG_EN};

    few_limits(&env);
    Snapshot *snapshot =
        snapshot_read_text(&env, &reading, "model.alliance", MODEL, sizeof MODEL - 1);
    must(snapshot != NULL && !snapshot_has_errors(snapshot));
    for (unsigned lines = 0; lines < MOST_LINES; lines++) {
        const char *end = memchr(text, '\n', length);
        size_t size = end ? (size_t)(end - text) : length;
        ask_twice(snapshot, text, size);
        if (!end)
            break;
        text += size + 1;
        length -= size + 1;
    }
    snapshot_free(snapshot);
}

static void run_file(const char *text, size_t length)
{
    Env env;
    Reading reading = {.language = LANG_EN};
    AssertionCounts counts;

    few_limits(&env);
    Snapshot *snapshot = snapshot_read_text(&env, &reading, "a.alliance", text, length);
    must(snapshot != NULL);
    Diags *diags = snapshot_diags(snapshot);
    expressions_bind(snapshot, diags);
    size_t bound = diags->count;
    assertions_run(snapshot, diags, &counts);
    must(diags->count + diags->dropped >= bound + counts.failed + counts.cannot_tell);
    must(counts.failed_asserts <= counts.failed);
    ask_twice(snapshot, "partners | sort title desc", 26);
    snapshot_free(snapshot);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;

    if (length > MOST_BYTES)
        return 0;
    if (length > 5 && memcmp(text, "langu", 5) == 0)
        run_file(text, length);
    else
        ask_lines(text, length);
    return 0;
}
