/* trust.c -- the plugins of a project folder run only while every byte of them is the one that
 * was looked at.
 *
 * The store is a file of the user's state folder, one line a project: the SHA-256 of the sorted
 * list of (relative path, SHA-256), a blank, the length of the real path, a blank, the path.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugins/host/host_registry.h"
#include "plugins/host/sha256.h"

enum { TRUST_FILES = 4096, TRUST_DEPTH = 8, STORE_BYTES = 1 << 20 };

bool trust_may_read(const struct stat *status, const char **problem)
{
    if (status->st_uid != geteuid() && status->st_uid != 0)
        *problem = "it belongs to another user";
    else if (status->st_mode & S_IWOTH)
        *problem = "anybody may change it";
    else
        return true;
    return false;
}

/* ---- What there is ----------------------------------------------------------------- */

typedef struct Walk {
    Arena *arena;
    TrustFile *files;
    size_t count, capacity;
    const char *problem;
} Walk;

static bool hash_file(const char *path, char hex[65])
{
    char block[1 << 14];
    Sha256 hash;
    ssize_t got;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    sha256_init(&hash);
    while ((got = read(descriptor, block, sizeof block)) > 0)
        sha256_add(&hash, block, (size_t)got);
    close(descriptor);
    sha256_hex(&hash, hex);
    return got == 0;
}

static void walk_folder(Walk *walk, const char *folder, const char *relative, int depth);

static void walk_item(Walk *walk, const char *path, const char *name, int depth)
{
    struct stat status;
    if (lstat(path, &status) != 0) {
        walk->problem = "one of its files cannot be read";
    } else if (S_ISLNK(status.st_mode)) {
        walk->problem = "its plugins folder holds a link, which could change unseen";
    } else if (S_ISDIR(status.st_mode)) {
        if (depth >= TRUST_DEPTH)
            walk->problem = "its plugins folder is nested too deeply";
        else
            walk_folder(walk, path, name, depth + 1);
    } else if (!S_ISREG(status.st_mode)) {
        walk->problem = "its plugins folder holds something that is no file";
    } else if (trust_may_read(&status, &walk->problem)) {
        walk->files = arena_grow(walk->arena, walk->files, &walk->capacity, walk->count + 1,
                                 sizeof *walk->files);
        TrustFile *file = &walk->files[walk->count++];
        file->path = name;
        if (!hash_file(path, file->hash))
            walk->problem = "one of its files cannot be read";
        else if (walk->count > TRUST_FILES)
            walk->problem = "its plugins folder holds too many files";
    }
}

static void walk_folder(Walk *walk, const char *folder, const char *relative, int depth)
{
    struct stat status;
    struct dirent *item;
    DIR *dir = NULL;
    if (lstat(folder, &status) != 0)
        walk->problem = "it has no plugins folder that can be read";
    else if (!S_ISDIR(status.st_mode))
        walk->problem = "its plugins folder is a link, or no folder";
    else if (trust_may_read(&status, &walk->problem) && !(dir = opendir(folder)))
        walk->problem = "its plugins folder cannot be read";
    while (dir && !walk->problem && (item = readdir(dir))) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        char *path = arena_format(walk->arena, "%s/%s", folder, item->d_name);
        char *name = relative[0] ? arena_format(walk->arena, "%s/%s", relative, item->d_name)
                                 : arena_copy(walk->arena, item->d_name, strlen(item->d_name));
        walk_item(walk, path, name, depth);
    }
    if (dir)
        closedir(dir);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const TrustFile *)a)->path, ((const TrustFile *)b)->path);
}

bool host_trust_list(Host *host, const char *folder, Arena *arena, TrustFile **files,
                     size_t *count, const char **problem)
{
    Walk walk = {.arena = arena};
    struct stat status;
    (void)host;
    if (stat(folder, &status) != 0)
        walk.problem = "its folder cannot be read";
    else if (trust_may_read(&status, &walk.problem))
        walk_folder(&walk, arena_format(arena, "%s/plugins", folder), "", 0);
    if (walk.count > 0)
        qsort(walk.files, walk.count, sizeof *walk.files, by_path);
    *files = walk.files;
    *count = walk.count;
    *problem = walk.problem;
    return walk.problem == NULL;
}

/* One hash for the whole folder: names end with a NUL, which no name holds. */
static void hash_list(const TrustFile *files, size_t count, char hex[65])
{
    Sha256 hash;
    sha256_init(&hash);
    for (size_t i = 0; i < count; i++) {
        sha256_add(&hash, files[i].path, strlen(files[i].path) + 1);
        sha256_add(&hash, files[i].hash, 64);
    }
    sha256_hex(&hash, hex);
}

/* ---- What was said ----------------------------------------------------------------- */

static bool store_path(const Host *host, char *path, size_t size)
{
    return host->options.state_folder
           && (size_t)snprintf(path, size, "%s/trusted", host->options.state_folder) < size;
}

/* The store's text when it is ours alone, or NULL; malloc'ed. */
static char *read_store(const char *path)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    char *text = NULL;
    if (descriptor < 0)
        return NULL;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)
        && status.st_uid == geteuid() && !(status.st_mode & 077)
        && status.st_size <= STORE_BYTES && (text = malloc((size_t)status.st_size + 1))) {
        size_t used = 0;
        ssize_t got = 1;
        while (used < (size_t)status.st_size && got > 0) {
            got = read(descriptor, text + used, (size_t)status.st_size - used);
            used += got > 0 ? (size_t)got : 0;
        }
        text[used] = '\0';
    }
    close(descriptor);
    return text;
}

static char *entry_of(const char *real, const char *hex)
{
    char *entry = malloc(strlen(real) + 128);
    if (entry)
        snprintf(entry, strlen(real) + 128, "%s %zu %s\n", hex, strlen(real), real);
    return entry;
}

/* Does the store say that this folder, as it is now, was looked at? */
static bool is_recorded(const Host *host, const char *folder, const char *hex)
{
    char path[PATH_MAX], real[PATH_MAX];
    if (!store_path(host, path, sizeof path) || !realpath(folder, real) || strchr(real, '\n'))
        return false;
    char *store = read_store(path), *entry = entry_of(real, hex);
    bool holds = false;
    for (const char *at = store; at && entry && *at && !holds;) {
        holds = strncmp(at, entry, strlen(entry)) == 0;
        at = strchr(at, '\n');
        at += at != NULL;
    }
    free(store);
    free(entry);
    return holds;
}

Trust trust_of(Host *host, const char *folder)
{
    Trust trust = {0};
    char hex[65];
    if (!host_trust_list(host, folder, host->arena, &trust.files, &trust.count, &trust.problem))
        return trust;
    hash_list(trust.files, trust.count, hex);
    trust.holds = host->options.trust_project || is_recorded(host, folder, hex);
    return trust;
}

bool trust_covers(const Trust *trust, const char *path, const char *bytes, size_t length)
{
    char hex[65];
    host_sha256(bytes, length, hex);
    for (size_t i = 0; i < trust->count; i++)
        if (strcmp(trust->files[i].path, path) == 0)
            return strcmp(trust->files[i].hash, hex) == 0;
    return false;
}

static bool make_folders(const char *folder)
{
    char path[PATH_MAX];
    if ((size_t)snprintf(path, sizeof path, "%s", folder) >= sizeof path)
        return false;
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* The new store: old entries of other folders, then this one; written whole or not at all. */
static bool write_store(const char *path, const char *store, const char *real,
                        const char *entry)
{
    char temporary[PATH_MAX + 16];
    snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    int descriptor = mkstemp(temporary);
    if (descriptor < 0)
        return false;
    bool fine = fchmod(descriptor, 0600) == 0;
    for (const char *at = store ? store : ""; *at && fine;) {
        size_t length = strcspn(at, "\n");
        const char *own = memchr(at, '/', length);
        bool same = own && strlen(real) == length - (size_t)(own - at)
                    && memcmp(own, real, strlen(real)) == 0;
        if (!same && length > 0)
            fine = write(descriptor, at, length) == (ssize_t)length
                   && write(descriptor, "\n", 1) == 1;
        at += length + (at[length] == '\n');
    }
    fine = fine && write(descriptor, entry, strlen(entry)) == (ssize_t)strlen(entry)
           && fsync(descriptor) == 0;
    fine = close(descriptor) == 0 && fine && rename(temporary, path) == 0;
    if (!fine)
        unlink(temporary);
    return fine;
}

bool host_trust_record(Host *host, const char *folder, const char **problem)
{
    char path[PATH_MAX], real[PATH_MAX], hex[65];
    *problem = NULL;
    if (!store_path(host, path, sizeof path)) {
        *problem = "there is no home folder to remember it in";
        return false;
    }
    if (!realpath(folder, real) || strchr(real, '\n')) {
        *problem = "the name of the folder cannot be written down";
        return false;
    }
    TrustFile *files;
    size_t count;
    Arena *arena = arena_new(host->env);
    bool is_listed = arena && host_trust_list(host, folder, arena, &files, &count, problem);
    if (is_listed)
        hash_list(files, count, hex);
    arena_free(arena);
    if (!is_listed)
        return false;
    char *store = read_store(path), *entry = entry_of(real, hex);
    bool fine = entry && make_folders(host->options.state_folder)
                && write_store(path, store, real, entry);
    if (!fine)
        *problem = "the list of trusted folders cannot be written";
    free(store);
    free(entry);
    return fine;
}
