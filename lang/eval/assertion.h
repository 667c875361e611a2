/* assertion.h -- `assert` and `check`: run over a snapshot, they give diagnostics. */
#ifndef LANG_EVAL_ASSERTION_H
#define LANG_EVAL_ASSERTION_H

#include "lang/eval/expression.h"

typedef struct AssertionCounts {
    size_t passed, failed, cannot_tell, not_run;
    size_t failed_asserts;      /* they stop exporters */
} AssertionCounts;

/* Runs every assert and check of the snapshot in order: E601, W601, W602 with the values of each
 * part and up to five elements with their places; E3xx for expressions that cannot hold. */
void assertions_run(const Snapshot *snapshot, Diags *diags, AssertionCounts *counts);
/* One statement (the prompt). */
Truth assertion_run(Evaluation *evaluation, const Tree *tree, NodeId statement);

#endif
