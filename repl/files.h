/* files.h -- the files that the language asks for, and the rule that an import never leaves the
 * project folder: the nearest folder, from the opened file upwards, that holds alliance.conf,
 * else the folder of the opened file. */
#ifndef REPL_FILES_H
#define REPL_FILES_H

#include "lang/lang.h"

typedef struct Files Files;

Files *files_new(uint64_t file_bytes);      /* NULL: no memory */
void files_free(Files *files);
/* Sets aside what was read, so that it is read again: then either it is put back, since it is still
 * spoken of, or files_free frees its texts.  NULL: no memory, and nothing was set aside. */
Files *files_set_aside(Files *files);
void files_put_back(Files *files, Files *aside);

/* Env.open_file; context is Files. A path without `from` is the user's: "-" is standard input. */
OpenResult files_open(void *context, const char *path, const char *from, OpenedFile *result);

/* Gives a text a name, so that it can be opened by it (-e, tests). Copied. */
bool files_give(Files *files, const char *name, const char *text, size_t length);

/* All `.alliance` files of a folder, recursive, no dot names, byte order; NULL-ended list to be
 * freed by files_list_free.  NULL: the folder cannot be read (errno). */
char **files_list(const char *folder, size_t *count);
void files_list_free(char **paths);

bool files_is_folder(const char *path);
bool files_is_file(const char *path);
bool files_are_one(const char *path, const char *other);    /* two names of one thing */
/* A folder of the user: $VARIABLE/alliance-lang, else $HOME/FALLBACK/alliance-lang; NULL: there is
 * none.  It need not exist. */
const char *files_of_user(const char *variable, const char *fallback, char *folder, size_t size);
/* The project folder of a path ("." when it is the current one): in `folder`, at most size. */
bool files_project(const char *path, char *folder, size_t size, bool *has_conf);

/* A file being written, whole or not at all: a temporary file beside it, fsync, rename. */
typedef struct Saving {
    int descriptor;
    bool force;
    bool is_named;              /* what is written meanwhile has a name: `temporary` */
    char target[4096], temporary[4352];
} Saving;

/* force false: fails with EEXIST when something is there.  0, or errno; then nothing was begun. */
int saving_begin(Saving *saving, const char *path, bool force);
int saving_write(Saving *saving, const char *bytes, size_t length);     /* 0, or errno */
/* keep false: it is as if it had never been begun.  0, or errno. */
int saving_end(Saving *saving, bool keep);

/* All at once: 0, or errno. */
int files_save(const char *path, const char *bytes, size_t length, bool force);

#endif
