/* sandbox.h -- the walls around a worker that do not depend on Lua. */
#ifndef PLUGINS_HOST_SANDBOX_H
#define PLUGINS_HOST_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* Closes every descriptor but `keep`, forbids more memory than now plus `memory`, and all system
 * calls but those of computing, time and writing to what is open.  Call in the worker, before
 * any plugin is read.  false: a wall could not be put up, and nothing must run. */
bool sandbox_enter(int keep, size_t memory);

/* Under sanitizers the memory and system call walls stay down; this says so. */
bool sandbox_is_whole(void);

/* Kills this process when it has used so much processor time from now; 0: never. */
void sandbox_deadline(double seconds);

#endif
