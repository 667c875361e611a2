/* lang.h -- the language: text in, snapshots, diagnostics and values out.
 *
 * The one header of lang/ that the other folders include.  Nothing behind it prints,
 * exits, opens a file, or knows that Lua or a terminal exists.
 */
#ifndef LANG_LANG_H
#define LANG_LANG_H

/* The version of this library, as "0.1.0".  Borrowed; lives as long as the program. */
const char *lang_version(void);

#endif
