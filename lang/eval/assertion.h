/* assertion.h -- `assert` and `check`: run over a snapshot, they give diagnostics. */
#ifndef LANG_EVAL_ASSERTION_H
#define LANG_EVAL_ASSERTION_H

#include "lang/eval/expression.h"

typedef struct AssertionCounts {
    size_t passed, failed, cannot_tell, not_run;
    size_t failed_asserts;      /* they stop exporters */
} AssertionCounts;

/* Runs every assert and check of the snapshot in order: E601, W601, W602 with the values of each
 * part and up to five elements with their places; E3xx for expressions that cannot hold.  The
 * expressions of `show` and saved queries are bound too, so that their mistakes are told. */
void assertions_run(const Snapshot *snapshot, Diags *diags, AssertionCounts *counts);

/* Binds every assert, check, show and saved query without evaluating it: tells their mistakes,
 * and writes ids into their nodes, so that a tree can be translated. */
void expressions_bind(const Snapshot *snapshot, Diags *diags);

/* One statement (the prompt). */
Truth assertion_run(Evaluation *evaluation, const Tree *tree, NodeId statement);

#endif
