/* loading.h -- reads files into the program: what is loaded, and what the project sets for it. */
#ifndef REPL_LOADING_H
#define REPL_LOADING_H

#include "repl/program.h"

/* Reads files and folders as one snapshot in place of what is loaded.  Usage and file errors are
 * said; *status joins them.  false: nothing could be loaded, and what was there stays. */
bool program_load(Program *program, char *const *what, size_t count, Status *status);
bool program_load_text(Program *program, const char *name, const char *text, size_t length);

#endif
