/* settings.h -- what is set outside the files: alliance.conf of the project, and the user's own.
 *
 * Both are files of the language, with settings and nothing that could run or grant anything.
 */
#ifndef REPL_SETTINGS_H
#define REPL_SETTINGS_H

#include "repl/program.h"

/* The user's own: `settings program { language: fr }` in alliance.conf of the config folder.  What
 * is wrong there is said on standard error; what is right holds. */
void settings_read_own(Program *program);

/* Reads alliance.conf of the project of `first`, the first file that is opened, with what is wrong
 * in it, as program->conf: in place of the one there was. */
void settings_enter(Program *program, const char *first);

/* Which plugin `accept` and `settings` mean in the files being opened. */
enum { ASKED_PLUGINS = 4 };     /* of one name: one of each type */

typedef struct PluginsAsked {
    Program *program;
    const char *first;          /* file: its project's plugins count */
    const PluginInfo *found[ASKED_PLUGINS];     /* of the name asked for last */
    size_t found_count;
} PluginsAsked;
Plugins settings_plugins(PluginsAsked *asked);

#endif
