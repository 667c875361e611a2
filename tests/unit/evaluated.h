/* evaluated.h -- asks a small model and writes the answer as one line, for the tests of
 * evaluation.
 *
 * An answer of one value is its English text.  A table is its rows joined by " / ", cells joined
 * by ", ", `-` for what is not written; then "(N untold)".  A mistake is its code and column.
 */
#ifndef TESTS_UNIT_EVALUATED_H
#define TESTS_UNIT_EVALUATED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "lang/eval/assertion.h"
#include "lang/eval/query.h"

typedef struct Model {
    Env env;
    Snapshot *snapshot;
    Arena *arena;               /* of what the tests write */
    Diags diags;
    char line[4000];
} Model;

static void model_open(Model *model, const char *text)
{
    Date today;

    memset(model, 0, sizeof *model);
    env_init(&model->env);
    assert_true(date_make(2024, 3, 1, &today));
    model->env.today = today.day;
    Reading reading = {.language = LANG_EN};
    model->snapshot = snapshot_read_text(&model->env, &reading, "a.alliance", text, strlen(text));
    assert_non_null(model->snapshot);
    model->arena = arena_new(&model->env);
    assert_non_null(model->arena);
    diags_init(&model->diags, model->arena);
}

static void model_close(Model *model)
{
    arena_free(model->arena);
    snapshot_free(model->snapshot);
}

static void append(Model *model, const char *text)
{
    size_t used = strlen(model->line);
    snprintf(model->line + used, sizeof model->line - used, "%s", text);
}

/* Every sentence of a diagnostic in both languages has all its arguments. */
static void check_sentence(Model *model, const DiagText *text, const DiagText *parent)
{
    for (LangId language = 0; language < LANG_COUNT; language++) {
        const char *sentence =
            diag_text(model->arena, snapshot_words(model->snapshot), language, text, parent);
        if (strchr(sentence, '{'))
            fail_msg("an argument is missing: %s", sentence);
    }
}

static void check_sentences(Model *model, const Diag *diag)
{
    const Words *words = snapshot_words(model->snapshot);

    check_sentence(model, &diag->text, NULL);
    for (LangId language = 0; language < LANG_COUNT; language++) {
        const char *label = diag_label_text(model->arena, words, language, diag);
        assert_true(!label || !strchr(label, '{'));
    }
    for (const DiagRelated *one = diag->related; one; one = one->next)
        check_sentence(model, &one->place.label, &diag->text);
    for (const DiagHelp *one = diag->help; one; one = one->next)
        check_sentence(model, &one->text, &diag->text);
}

static inline void append_diags(Model *model)
{
    for (size_t i = 0; i < model->diags.count; i++) {
        const Diag *diag = model->diags.items[i];
        check_sentences(model, diag);
        char text[80];
        Position at = source_position(diag->primary.source, diag->primary.span.start);
        snprintf(text, sizeof text, "%s%s %u:%u", *model->line ? " " : "", diag->code, at.line,
                 at.column);
        append(model, text);
    }
}

static inline void append_cell(Model *model, Value value)
{
    append(model, value.kind == VALUE_ABSENT
                      ? "-" : value_text(model->arena, model->snapshot, value, LANG_EN));
}

static inline void append_table(Model *model, const Answer *answer)
{
    for (size_t row = 0; row < answer->row_count; row++) {
        append(model, row ? " / " : "");
        for (size_t i = 0; i < answer->column_count; i++) {
            append(model, i ? ", " : "");
            append_cell(model, answer->cells[row * answer->column_count + i]);
        }
    }
}

/* The answer to a query, as one line; it holds until the next one. */
static inline const char *ask_in(Model *model, const char *query, LangId language)
{
    Answer answer;
    char text[40];

    model->line[0] = '\0';
    diags_init(&model->diags, model->arena);
    Evaluation *evaluation =
        evaluation_new(model->snapshot, snapshot_alliance_count(model->snapshot) > 1 ? SIZE_MAX : 0,
                       &model->diags);
    assert_non_null(evaluation);
    bool is_answered = query_text(evaluation, query, strlen(query), language, &answer);
    if (is_answered && answer.is_value)
        append_cell(model, answer.value);
    else if (is_answered)
        append_table(model, &answer);
    if (is_answered && answer.untold) {
        snprintf(text, sizeof text, " (%zu untold)", answer.untold);
        append(model, text);
    }
    append_diags(model);
    assert_true(is_answered || model->diags.count > 0);
    evaluation_free(evaluation);
    return model->line;
}

/* The ids of the columns of an answer. */
static inline const char *columns_of(Model *model, const char *query)
{
    Answer answer;

    model->line[0] = '\0';
    diags_init(&model->diags, model->arena);
    Evaluation *evaluation = evaluation_new(model->snapshot, 0, &model->diags);
    assert_non_null(evaluation);
    assert_true(query_text(evaluation, query, strlen(query), LANG_EN, &answer));
    for (size_t i = 0; i < answer.column_count; i++) {
        append(model, i ? ", " : "");
        append(model, answer.columns[i].id);
    }
    evaluation_free(evaluation);
    return model->line;
}

typedef struct Question {
    const char *query, *answer;
} Question;

static inline void ask_all(const char *text, const Question *questions, size_t count, LangId language)
{
    Model model;
    size_t wrong = 0;

    model_open(&model, text);
    for (size_t i = 0; i < count; i++) {
        const char *answer = ask_in(&model, questions[i].query, language);
        if (strcmp(answer, questions[i].answer) == 0)
            continue;
        print_error("%s\n  expected: %s\n  answered: %s\n", questions[i].query,
                    questions[i].answer, answer);
        wrong++;
    }
    model_close(&model);
    assert_int_equal(wrong, 0);
}

#define ASK(text, questions) \
    ask_all(text, questions, sizeof questions / sizeof *questions, LANG_EN)

#endif
