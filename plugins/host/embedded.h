/* embedded.h -- the files that ship (Lua, templates, examples), as the build put them into the
 * program. */
#ifndef PLUGINS_HOST_EMBEDDED_H
#define PLUGINS_HOST_EMBEDDED_H

#include <stddef.h>

/* One file: its path in the project ("plugins/checks/equity.lua") and its bytes, which
 * are also NUL-terminated.  Both live as long as the program. */
typedef struct {
    const char *path;
    const char *text;
    size_t length;
} EmbeddedFile;

/* Every file, in byte order of the paths. */
extern const EmbeddedFile embedded_files[];
extern const size_t embedded_file_count;

#endif
