/* loading.c -- see loading.h. */
#include "repl/loading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "repl/settings.h"

typedef struct PathList {
    char **paths;
    size_t count;
} PathList;

static bool add_path(PathList *list, const char *path)
{
    char **bigger = reallocarray(list->paths, list->count + 2, sizeof *bigger);
    if (!bigger)
        return false;
    list->paths = bigger;
    list->paths[list->count] = strdup(path);
    if (!list->paths[list->count])
        return false;
    list->paths[++list->count] = NULL;
    return true;
}

static bool add_folder(Program *program, PathList *list, const char *folder, Status *status)
{
    size_t count;
    char **found = files_list(folder, &count);
    if (!found) {
        *status = status_join(*status,
                              file_error(program, MESSAGE_CANNOT_READ, folder, errno));
        return true;
    }
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++)
        fine = add_path(list, found[i]);
    if (count == 0)
        *status = status_join(*status,
                              usage_error(program, MESSAGE_EMPTY_FOLDER, "folder", folder, NULL));
    files_list_free(found);
    return fine;
}

static int errno_of(OpenResult result)
{
    switch (result) {
    case OPEN_OK:
        return 0;
    case OPEN_NOT_FOUND:
        return ENOENT;
    case OPEN_OUTSIDE:
    case OPEN_UNREADABLE:
        return EACCES;
    case OPEN_NOT_A_FILE:
        return EINVAL;
    case OPEN_TOO_LARGE:
        return EFBIG;
    case OPEN_NO_MEMORY:
        break;
    }
    return ENOMEM;
}

/* Roots that cannot be opened are said here, so that the language need not. */
static void keep_readable(Program *program, PathList *list, Status *status)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        OpenedFile opened;
        OpenResult result = files_open(program->files, list->paths[i], NULL, &opened);
        if (result == OPEN_OK) {
            list->paths[kept++] = list->paths[i];
            continue;
        }
        *status = status_join(*status, file_error(program, MESSAGE_CANNOT_READ, list->paths[i],
                                                  errno_of(result)));
        free(list->paths[i]);
    }
    list->count = kept;
    if (list->paths)
        list->paths[kept] = NULL;
}

/* In a folder, a file without an `alliance` is only there to be imported: it is read as a root
 * only when no other file imports it; the snapshot knows which alliances have no entity. */
static void take_snapshot(Program *program, Snapshot *snapshot, PathList *list)
{
    program_forget_checked(program);
    snapshot_free(program->snapshot);
    files_list_free(program->paths);
    program->snapshot = snapshot;
    program->paths = list->paths;
    program->path_count = list->count;
    if (!program->language_forced && snapshot_file_count(snapshot) > 0)
        program->language = snapshot_language(snapshot, 0);
}

bool program_load(Program *program, char *const *what, size_t count, Status *status)
{
    PathList list = {0};
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++)
        fine = files_is_folder(what[i]) ? add_folder(program, &list, what[i], status)
                                        : add_path(&list, what[i]);
    if (fine)
        keep_readable(program, &list, status);
    if (!fine || list.count == 0) {
        files_list_free(list.paths);
        return false;
    }
    settings_enter(program, list.paths[0]);
    PluginsAsked asked = {.program = program, .first = list.paths[0]};
    Plugins plugins = settings_plugins(&asked);
    Reading reading = {.words = program->words, .language = LANG_EN,
                       .is_script = program->reads_script, .plugins = &plugins};
    Snapshot *snapshot = snapshot_read(&program->env, &reading,
                                       (const char *const *)list.paths, list.count);
    if (!snapshot) {
        say_line(program, &program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        files_list_free(list.paths);
        *status = STATUS_INTERNAL;
        return false;
    }
    take_snapshot(program, snapshot, &list);
    return true;
}

bool program_load_text(Program *program, const char *name, const char *text, size_t length)
{
    PluginsAsked asked = {.program = program,
                          .first = program->path_count > 0 ? program->paths[0] : "."};
    Plugins plugins = settings_plugins(&asked);
    Reading reading = {.words = program->words, .language = program->language,
                       .plugins = &plugins};
    settings_enter(program, asked.first);
    PathList list = {0};
    Snapshot *snapshot = snapshot_read_text(&program->env, &reading, name, text, length);
    if (!snapshot || !add_path(&list, name)) {
        snapshot_free(snapshot);
        files_list_free(list.paths);
        say_line(program, &program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        return false;
    }
    LangId language = program->language;
    take_snapshot(program, snapshot, &list);
    program->language = language;
    return true;
}
