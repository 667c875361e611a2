/* query.h -- the answer of a query: a table, or one value. */
#ifndef LANG_EVAL_QUERY_H
#define LANG_EVAL_QUERY_H

#include "lang/eval/expression.h"

typedef struct AnswerColumn {
    PropertyId field;           /* 0: a measure, a relation, an x- property, or nothing known */
    CoreId measure;             /* COUNT SUM AVERAGE MIN MAX, or 0 */
    KindId related;             /* a relation: entities of this kind; or 0 */
    NameId name;                /* an x- property, as typed; or 0 */
    const char *id;             /* neutral id for JSON: "title", "sum", "partner.type" */
    const NameId *path;         /* a path of several words, as typed, ended by 0; or NULL */
    KindId kind;                /* whose field, for its word; 0: any */
    uint8_t type;               /* PropertyType of the field */
} AnswerColumn;

typedef struct Answer {
    bool is_value;              /* one value instead of a table */
    Value value;
    const AnswerColumn *columns;
    size_t column_count;
    const Value *cells;         /* row by row */
    size_t row_count;
    const EntityId *entities;   /* one a row, or NULL when rows are groups */
    size_t untold;              /* rows left out because they could not be told */
} Answer;

/* The head of a column in a language: "partenaire", "somme"; its id when there is no word. */
const char *query_column_title(const Snapshot *snapshot, const AnswerColumn *column,
                               LangId language);

/* Evaluates a pipe (SHOW, QUERY, prompt, command line); lives in the evaluation. */
bool query_answer(Evaluation *evaluation, const Tree *tree, NodeId pipe, Answer *answer);

/* A whole query text: parsed in `language`, bound, evaluated in every alliance of the snapshot
 * (SIZE_MAX) or one.  false: see the diagnostics. */
bool query_text(Evaluation *evaluation, const char *text, size_t length, LangId language,
                Answer *answer);

#endif
