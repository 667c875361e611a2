/* expression.h -- the value of an expression over a snapshot, in three-valued logic. */
#ifndef LANG_EVAL_EXPRESSION_H
#define LANG_EVAL_EXPRESSION_H

#include "lang/model/collection.h"

/* What could not be told, and why: for W602 and "cannot tell" in answers. */
typedef struct Missing {
    EntityId entity;
    PropertyId property;        /* 0: see reason */
    MessageId reason;           /* pattern limit, no single unit ... or 0 */
} Missing;

typedef struct Evaluation Evaluation;   /* one statement being evaluated; owns its answers */

Evaluation *evaluation_new(const Snapshot *snapshot, size_t alliance, Diags *diags);
void evaluation_free(Evaluation *evaluation);
Arena *evaluation_arena(const Evaluation *evaluation);

const Missing *evaluation_missing(const Evaluation *evaluation, size_t *count);
bool evaluation_was_cancelled(const Evaluation *evaluation);
/* Memory ran out on the way: the answer is void, the snapshot is as before. */
bool evaluation_ran_out(const Evaluation *evaluation);

#endif
