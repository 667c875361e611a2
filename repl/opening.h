/* opening.h -- starts a run of the program: what its command line and its surroundings say. */
#ifndef REPL_OPENING_H
#define REPL_OPENING_H

#include "repl/program.h"

/* Fills a program from the command line, the locale, the terminal and the clock.  false: it goes no
 * further, *status says how it ends, and why was said.  program_close in either case. */
bool program_open(Program *program, int argc, char **argv, Status *status);

/* Columns of the terminal now; 100 when nothing says. */
unsigned opening_width(void);

#endif
