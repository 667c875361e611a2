/* answer.h -- answers of queries as tables, lines, JSON and CSV. */
#ifndef REPL_ANSWER_H
#define REPL_ANSWER_H

#include "repl/program.h"

/* Prints an answer in the program's mode ("table", "line", "json", "csv"). */
void answer_print(Program *program, Evaluation *evaluation, const Answer *answer,
                  uint16_t mode);

/* A table: cells row by row, heads first; wide ones are wrapped by columns or turned to lines. */
typedef struct Table {
    size_t column_count, row_count;
    const char *const *heads;       /* NULL: none */
    const char *const *cells;
    const bool *right;              /* columns of numbers; NULL: none */
} Table;
void table_print(Program *program, Out *out, const Table *table);

#endif
