/* statement.h -- statements typed at the prompt, given with -e, or standing in a script. */
#ifndef REPL_STATEMENT_H
#define REPL_STATEMENT_H

#include "repl/program.h"

/* Something is loaded; else says that `:load` would help. */
bool statement_ready(Program *program);

/* Runs one input of the prompt (several lines, several statements); stops at the first one that
 * fails unless keep_going. */
Status statement_input(Program *program, const char *name, const char *text, size_t length,
                       bool keep_going);

/* Runs what a script file says, in order. */
Status statement_script(Program *program, const char *path, bool keep_going);

/* The short picture of what is loaded, then what the checks say: `alliance FILE`. */
void overview_show(Program *program);
void check_overview(Program *program, Status *status);
/* Runs the checks (none named: all) over what is loaded and keeps what they found; false: the
 * plugins could not be prepared, and it was said. */
bool check_run(Program *program, const char *const *only, size_t only_count);

/* What the checks that a view names find in a snapshot; in the arena.  The findings that the prompt
 * has numbered stay as they are. */
void check_for_view(Program *program, const PluginInfo *view, const Snapshot *snapshot,
                    Arena *arena, DocumentChoice *choice);

/* One finding in short, without a number. */
void finding_show(Program *program, Arena *arena, const Diag *diag);

/* The prompt itself; returns when the person leaves. */
Status shell_loop(Program *program);

#endif
