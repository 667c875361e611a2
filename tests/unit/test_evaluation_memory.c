/* test_evaluation_memory.c -- each allocation of an evaluation fails once: the answer is void,
 * nothing is lost, and the same question is answered afterwards. */
#include "tests/unit/evaluated.h"

static const char TEXT[] =
    "language en version 1\n"
    "partner adb \"ADB\" {\n  type: association\n  brings 10 EUR \"Grant\"\n  brings ? \"Time\"\n}\n"
    "partner macif {\n  type: foundation\n  brings 20 EUR \"Money\"\n}\n"
    "goal g { owner: adb }\n";

static const char *const QUERIES[] = {
    "contributions | sum value per partner.type | sort sum desc | take 1",
    "partners where title matches /a(b|d)*/i and count(contributions where value > 5 EUR) > 0",
    "partners | distinct type, title | sort title",
    "goals where owner = adb and name = \"G\" | show owner, name",
};

/* An allocator that fails from a certain call on. */
typedef struct Failing {
    long left;                  /* calls that succeed; negative: all */
} Failing;

static void *reallocate(void *context, void *block, size_t old_size, size_t new_size)
{
    Failing *failing = context;

    if (new_size > 0 && failing->left >= 0 && failing->left-- == 0) {
        failing->left = 0;
        return NULL;
    }
    return env_reallocate(NULL, block, old_size, new_size);
}

/* Asks once; true when it was answered. */
static bool ask_once(const Snapshot *snapshot, Diags *diags, const char *query, size_t *rows)
{
    Answer answer;
    Evaluation *evaluation = evaluation_new(snapshot, 0, diags);

    if (!evaluation)
        return false;
    bool is_answered = query_text(evaluation, query, strlen(query), LANG_EN, &answer);
    assert_int_equal(evaluation_ran_out(evaluation), !is_answered);
    *rows = is_answered ? answer.row_count : 0;
    evaluation_free(evaluation);
    return is_answered;
}

static void test_every_allocation_fails_once(void **state)
{
    Model model;

    (void) state;
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++) {
        Failing failing = {.left = -1};
        size_t rows, expected, failures = 0;
        model_open(&model, TEXT);
        assert_true(ask_once(model.snapshot, &model.diags, QUERIES[i], &expected));
        model.env.reallocate = reallocate;
        model.env.memory = &failing;
        for (long at = 0; at < 500; at++) {
            failing.left = at;
            if (ask_once(model.snapshot, &model.diags, QUERIES[i], &rows)) {
                assert_int_equal(rows, expected);
                break;
            }
            failures++;
        }
        assert_true(failures > 0 && failures < 500);
        failing.left = -1;
        assert_true(ask_once(model.snapshot, &model.diags, QUERIES[i], &rows));
        assert_int_equal(rows, expected);
        model.env.reallocate = env_reallocate;
        model_close(&model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
