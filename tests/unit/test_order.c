/* test_order.c -- rows in order and in groups, by values of every type; worked out by hand. */
#include "tests/unit/evaluated.h"

static const char MODEL[] =
    "language en version 1\n"
    "alliance x {\n  workday: 7 h\n}\n"
    "partner a \"Zo\xC3\xA9\" {\n"
    "  type: school\n  feels: 3\n  since: 2023\n  decision-time: 2 weeks\n  tags: b, a\n"
    "  identifier: \"12\"\n  brings 5 EUR \"x\"\n}\n"
    "partner b \"abel\" {\n"
    "  type: association\n  feels: 1\n  since: 2022-06-30\n  decision-time: 3 days\n  tags: a\n"
    "  identifier: \"\xC3\x89t\xC3\xA9\"\n  brings 5.00 EUR \"y\"\n}\n"
    "partner c \"Abel\" {\n"
    "  type: school\n  feels: ?\n  since: 2024-02\n  decision-time: 1 week\n  tags: b, a\n"
    "  identifier: \"ete\"\n  brings 9 EUR \"z\"\n}\n"
    "partner d {\n  type: none \"a person\"\n}\n"
    "beneficiary old {\n  fragile: yes\n  number: 10 seniors\n}\n"
    "beneficiary young {\n  fragile: no\n  number: 10 seniors\n}\n"
    "beneficiary all {\n  number: 7 %\n}\n"
    "goal g {\n  partner: b\n  weight: 1.50\n}\n"
    "goal h {\n  partner: a\n  weight: 1.5\n}\n"
    "goal i {\n  weight: 10\n}\n"
    "kpi k {\n  target: >= 10 h by 2024-05\n}\n"
    "kpi l {\n  target: >= 10 h by 2024-05\n}\n"
    "kpi m {\n  target: 80..100 %\n}\n"
    "kpi n {\n  target: 80..90 %\n}\n"
    "phase p {\n  period: 2024-01..2024-06\n}\n"
    "phase q {\n  period: 2024-01..2024-06\n}\n"
    "phase r {\n  period: 2024-01..?\n}\n"
    "phase s {\n  period: 2024\n}\n";

static void test_sort(void **state)
{
    static const Question questions[] = {
        /* Texts by their folded form, capitals first among equals; what is missing last. */
        {"partners | sort title | show name", "c / b / a / d"},
        {"partners | sort title desc | show name", "a / b / c / d"},
        {"partners | sort identifier | show name", "a / c / b / d"},
        /* Words in the order of their list, stable; does not apply is last, too. */
        {"partners | sort type | show name", "b / a / c / d"},
        {"partners | sort type desc | show name", "a / c / b / d"},
        {"partners | sort type desc, name desc | show name", "c / a / b / d"},
        {"partners | sort feels | show name", "b / a / c / d"},
        {"partners | sort since | show name", "b / a / c / d"},
        {"partners | sort since desc | show name", "c / a / b / d"},
        {"partners | sort decision-time | show name", "b / c / a / d"},
        {"partners | sort money desc | show name", "c / a / b / d"},
        {"beneficiaries | sort fragile | show name", "young / old / all"},
        {"beneficiaries | sort fragile desc | show name", "old / young / all"},
        {"goals | sort partner | show name", "h / g / i"},
        {"goals | sort weight desc, name | show name", "i / g / h"},
        {"beneficiaries | sort number | show name", "E306 1:22"},
        {"partners | sort name desc | take 2 | show name", "d / c"},
        {"partners | sort kind, name desc | take 1 | show name", "d"},
    };
    (void)state;
    ASK(MODEL, questions);
}

static void test_groups(void **state)
{
    static const Question questions[] = {
        {"partners | count per type", "school, 2 / association, 1 / does not apply, 1"},
        {"partners | count per feels", "3, 1 / 1, 1 / not known, 1 / -, 1"},
        {"partners | distinct identifier", "12 / \xC3\x89t\xC3\xA9 (1 untold)"},
        /* A list is as many values as it has. */
        {"partners | distinct tags", "b / a (1 untold)"},
        {"partners | count per tags", "b, 2 / a, 3 / -, 1"},
        {"partners | distinct since", "2023 / 30 June 2022 / February 2024 (1 untold)"},
        {"partners | count per total", "5 EUR, 2 / 9 EUR, 1 / 0, 1"},
        {"partners | distinct decision-time | count", "3 (1 untold)"},
        {"contributions | distinct value", "5 EUR / 9 EUR"},
        {"contributions | count per partner", "a, 1 / b, 1 / c, 1"},
        {"beneficiaries | count per fragile", "yes, 1 / no, 1 / -, 1"},
        {"beneficiaries | count per number", "10 seniors, 2 / 7 %, 1"},
        {"goals | count per weight", "1.50, 2 / 10, 1"},
        {"goals | count per partner", "b, 1 / a, 1 / -, 1"},
        {"kpis | count per target",
         ">= 10 h by May 2024, 2 / 80..100 %, 1 / 80..90 %, 1"},
        {"phases | count per period",
         "January 2024 \xE2\x80\x93 June 2024, 2 / January 2024 \xE2\x80\x93 ?, 1 / 2024, 1"},
        {"partners | distinct kind | count", "1"},
    };
    (void)state;
    ASK(MODEL, questions);
}

/* More groups than the first table has places for. */
static void test_many_groups(void **state)
{
    char text[20000] = "language en version 1\n";
    static const Question questions[] = {
        {"partners | distinct identifier | count", "150"},
        {"partners | sort identifier desc | take 2 | show name", "p149 / p299"},
    };
    for (int i = 0; i < 300; i++) {
        char one[64];
        snprintf(one, sizeof one, "partner p%03d { identifier: \"%03d\" }\n", i, i % 150);
        strcat(text, one);
    }
    (void)state;
    ASK(text, questions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_many_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
