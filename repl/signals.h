/* signals.h -- handlers that only set a flag and wake the prompt. */
#ifndef REPL_SIGNALS_H
#define REPL_SIGNALS_H

#include <stdbool.h>

/* Set by Ctrl-C while something runs; whoever starts something clears it first. */
volatile int *signals_flag(void);

/* Standard descriptors that are closed get /dev/null; SIGPIPE and SIGXFSZ are ignored; core
 * dumps are off.  Call first of all. */
void signals_start(void);

/* Catches INT, TERM, HUP and WINCH for the prompt; the descriptor becomes readable when one
 * came.  -1: no pipe could be made. */
int signals_catch(void);

typedef struct SignalsSeen {
    bool interrupt, leave, resized;
} SignalsSeen;
SignalsSeen signals_take(void);     /* and forgets them */

#endif
