/* files.c -- see files.h.  One open, one descriptor, one read: what is cited is what was read. */
#include "repl/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct FileEntry {
    struct FileEntry *next;
    char *path;             /* as shown */
    char *root;             /* project folder that its imports must stay in */
    dev_t device;
    ino_t inode;
    bool is_given;          /* has no identity on disk */
    char *text;
    size_t length;
} FileEntry;

struct Files {
    FileEntry *entries;
    uint64_t file_bytes;
};

Files *files_new(uint64_t file_bytes)
{
    Files *files = calloc(1, sizeof *files);
    if (files)
        files->file_bytes = file_bytes;
    return files;
}

void files_free(Files *files)
{
    while (files && files->entries) {
        FileEntry *entry = files->entries;
        files->entries = entry->next;
        free(entry->path);
        free(entry->root);
        free(entry->text);
        free(entry);
    }
    free(files);
}

Files *files_set_aside(Files *files)
{
    Files *aside = files_new(files->file_bytes);
    if (aside) {
        aside->entries = files->entries;
        files->entries = NULL;
    }
    return aside;
}

/* After what was read since, which may be in use as well. */
void files_put_back(Files *files, Files *aside)
{
    FileEntry **end = &files->entries;
    while (*end)
        end = &(*end)->next;
    *end = aside->entries;
    aside->entries = NULL;
    files_free(aside);
}

/* Room for a text.  A large one gets large pages where it fills them: touching memory for the
 * first time is a good part of the time that reading takes. */
static char *new_room(size_t size)
{
    const size_t huge = (size_t)2 << 20;
    void *room = NULL;
    if (size < huge)
        return malloc(size);
    if (posix_memalign(&room, huge, size) != 0)
        return NULL;
    (void)madvise(room, size & ~(huge - 1), MADV_HUGEPAGE);     /* a wish, no more */
    return room;
}

/* Reads what the descriptor holds, at most limit + 1 bytes, whatever its size says. */
static OpenResult read_all(int descriptor, uint64_t limit, size_t guess, char **text,
                           size_t *length)
{
    size_t capacity = guess + 4096, used = 0;
    char *bytes = new_room(capacity);
    if (!bytes)
        return OPEN_NO_MEMORY;
    for (;;) {
        if (used == capacity) {
            char *bigger = reallocarray(bytes, capacity, 2);
            if (!bigger) {
                free(bytes);
                return OPEN_NO_MEMORY;
            }
            bytes = bigger;
            capacity *= 2;
        }
        ssize_t got = read(descriptor, bytes + used, capacity - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            free(bytes);
            return OPEN_UNREADABLE;
        }
        if (got == 0)
            break;
        used += (size_t)got;
        if (used > limit) {
            free(bytes);
            return OPEN_TOO_LARGE;
        }
    }
    if (used == capacity) {
        char *bigger = realloc(bytes, capacity + 1);
        if (!bigger) {
            free(bytes);
            return OPEN_NO_MEMORY;
        }
        bytes = bigger;
    }
    bytes[used] = '\0';
    *text = bytes;
    *length = used;
    return OPEN_OK;
}

static OpenResult result_of_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return OPEN_NOT_FOUND;
    case EXDEV:
    case ELOOP:
        return OPEN_OUTSIDE;
    case ENXIO:
    case ENODEV:
        return OPEN_NOT_A_FILE;
    case ENOMEM:
        return OPEN_NO_MEMORY;
    default:
        return OPEN_UNREADABLE;
    }
}

static const FileEntry *find_path(const Files *files, const char *path)
{
    for (const FileEntry *entry = files->entries; entry; entry = entry->next)
        if (strcmp(entry->path, path) == 0)
            return entry;
    return NULL;
}

static const FileEntry *find_identity(const Files *files, const struct stat *status)
{
    for (const FileEntry *entry = files->entries; entry; entry = entry->next)
        if (!entry->is_given && entry->inode == status->st_ino
            && entry->device == status->st_dev)
            return entry;
    return NULL;
}

static OpenResult answer(const FileEntry *entry, OpenedFile *result)
{
    *result = (OpenedFile){entry->path, entry->text, entry->length};
    return OPEN_OK;
}

/* Takes text (malloc'ed) over. */
static FileEntry *add_entry(Files *files, const char *path, const char *root, char *text,
                            size_t length)
{
    FileEntry *entry = calloc(1, sizeof *entry);
    if (entry) {
        entry->path = strdup(path);
        entry->root = strdup(root);
        entry->text = text;
        entry->length = length;
    }
    if (!entry || !entry->path || !entry->root) {
        if (entry) {
            free(entry->path);
            free(entry->root);
        }
        free(entry);
        free(text);
        return NULL;
    }
    entry->next = files->entries;
    files->entries = entry;
    return entry;
}

bool files_give(Files *files, const char *name, const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (!copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    FileEntry *entry = add_entry(files, name, ".", copy, length);
    if (entry)
        entry->is_given = true;
    return entry != NULL;
}

/* The part of a path before its last slash ("." when there is none). */
static void folder_of(const char *path, char *folder, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        snprintf(folder, size, ".");
    else if (slash == path)
        snprintf(folder, size, "/");
    else
        snprintf(folder, size, "%.*s", (int)(slash - path), path);
}

bool files_project(const char *path, char *folder, size_t size, bool *has_conf)
{
    char start[4096], up[4096];
    *has_conf = false;
    if (files_is_folder(path))
        snprintf(start, sizeof start, "%s", path);
    else
        folder_of(path, start, sizeof start);
    snprintf(up, sizeof up, "%s", start);
    for (int depth = 0; depth < 64; depth++) {
        char conf[4200];
        struct stat status, parent;
        snprintf(conf, sizeof conf, "%s/alliance.conf", up);
        if (stat(conf, &status) == 0 && S_ISREG(status.st_mode)) {
            *has_conf = true;
            return (size_t)snprintf(folder, size, "%s", up) < size;
        }
        size_t length = strlen(up);
        if (length + 4 >= sizeof up || stat(up, &status) != 0)
            break;
        memcpy(up + length, "/..", 4);
        if (stat(up, &parent) != 0
            || (parent.st_ino == status.st_ino && parent.st_dev == status.st_dev))
            break;      /* the root of the file system */
    }
    return (size_t)snprintf(folder, size, "%s", start) < size;
}

/* Joins an import's path with its importer's folder, below the root; resolves "." and "..".
 * false: it leaves the root, or is not a relative path with slashes. */
static bool join_below(const char *root, const char *from, const char *path, char *below,
                       size_t size)
{
    char joined[8192], folder[4096];
    if (path[0] == '/' || path[0] == '~' || path[0] == '\0' || strchr(path, '\\')
        || (path[0] && path[1] == ':') || strstr(path, "://"))
        return false;
    folder_of(from, folder, sizeof folder);
    const char *inside = folder;
    size_t root_length = strlen(root);
    if (strcmp(root, ".") == 0 && folder[0] != '/')
        inside = strcmp(folder, ".") == 0 ? "" : folder;
    else if (strncmp(folder, root, root_length) == 0
             && (folder[root_length] == '/' || folder[root_length] == '\0'))
        inside = folder + root_length + (folder[root_length] == '/');
    else
        inside = "";    /* the project was found upwards ("dir/.."): see below */
    if ((size_t)snprintf(joined, sizeof joined, "%s/%s", inside, path) >= sizeof joined)
        return false;

    size_t length = 0;
    for (char *part = joined; *part;) {
        char *end = strchr(part, '/');
        size_t count = end ? (size_t)(end - part) : strlen(part);
        if (count == 2 && memcmp(part, "..", 2) == 0) {
            if (length == 0)
                return false;
            while (length > 0 && below[length - 1] != '/')
                length--;
            if (length > 0)
                length--;
        } else if (count > 0 && !(count == 1 && part[0] == '.')) {
            if (length + count + 2 > size)
                return false;
            if (length > 0)
                below[length++] = '/';
            memcpy(below + length, part, count);
            length += count;
        }
        if (!end)
            break;
        part = end + 1;
    }
    below[length] = '\0';
    return length > 0;
}

static int open_below(const char *root, const char *below)
{
    int folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return -1;
    struct open_how how = {
        .flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    int descriptor = (int)syscall(SYS_openat2, folder, below, &how, sizeof how);
    int problem = errno;
    if (descriptor < 0 && problem == ENOSYS) {
        /* An old kernel: no link anywhere on the way. */
        char part[4096];
        descriptor = folder;
        folder = -1;
        for (const char *at = below; descriptor >= 0 && *at;) {
            const char *end = strchr(at, '/');
            size_t count = end ? (size_t)(end - at) : strlen(at);
            if (count >= sizeof part) {
                close(descriptor);
                errno = ENAMETOOLONG;
                return -1;
            }
            memcpy(part, at, count);
            part[count] = '\0';
            int next = openat(descriptor, part,
                              O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
                                  | (end ? O_DIRECTORY : 0));
            problem = errno;
            close(descriptor);
            descriptor = next;
            at += count + (end != NULL);
        }
    }
    if (folder >= 0)
        close(folder);
    errno = problem;
    return descriptor;
}

static OpenResult read_descriptor(Files *files, int descriptor, const char *shown,
                                  const char *root, OpenedFile *result)
{
    struct stat status;
    char *text;
    size_t length;
    if (fstat(descriptor, &status) != 0)
        return OPEN_UNREADABLE;
    if (!S_ISREG(status.st_mode))
        return OPEN_NOT_A_FILE;
    const FileEntry *known = find_identity(files, &status);
    if (known)
        return answer(known, result);
    if ((uint64_t)status.st_size > files->file_bytes)
        return OPEN_TOO_LARGE;
    OpenResult read = read_all(descriptor, files->file_bytes, (size_t)status.st_size, &text,
                               &length);
    if (read != OPEN_OK)
        return read;
    FileEntry *entry = add_entry(files, shown, root, text, length);
    if (!entry)
        return OPEN_NO_MEMORY;
    entry->device = status.st_dev;
    entry->inode = status.st_ino;
    return answer(entry, result);
}

static OpenResult open_standard_input(Files *files, OpenedFile *result)
{
    char *text;
    size_t length;
    const FileEntry *known = find_path(files, "-");
    if (known)
        return answer(known, result);
    OpenResult read = read_all(STDIN_FILENO, files->file_bytes, 0, &text, &length);
    if (read != OPEN_OK)
        return read;
    FileEntry *entry = add_entry(files, "-", ".", text, length);
    if (!entry)
        return OPEN_NO_MEMORY;
    entry->is_given = true;
    return answer(entry, result);
}

OpenResult files_open(void *context, const char *path, const char *from, OpenedFile *result)
{
    Files *files = context;
    char root[4096], below[4096], shown[8192];
    const FileEntry *importer = from ? find_path(files, from) : NULL;
    int descriptor;

    if (!from) {
        bool has_conf;
        if (strcmp(path, "-") == 0)
            return open_standard_input(files, result);
        const FileEntry *given = find_path(files, path);
        if (given && given->is_given)
            return answer(given, result);
        if (!files_project(path, root, sizeof root, &has_conf))
            return OPEN_NOT_FOUND;
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        snprintf(shown, sizeof shown, "%s", path);
    } else {
        if (!importer)
            return OPEN_NOT_FOUND;
        snprintf(root, sizeof root, "%s", importer->root);
        /* A root found upwards reads "a/b/../..": paths below it start from its real place. */
        const char *base = importer->path;
        char real_root[4096], real_from[4096];
        if (strstr(root, "/..") && realpath(root, real_root) && realpath(base, real_from)) {
            snprintf(root, sizeof root, "%s", real_root);
            base = real_from;
        }
        if (!join_below(root, base, path, below, sizeof below))
            return OPEN_OUTSIDE;
        descriptor = open_below(root, below);
        char folder[4096];
        folder_of(importer->path, folder, sizeof folder);
        if (strcmp(folder, ".") == 0 && strncmp(importer->path, "./", 2) != 0)
            snprintf(shown, sizeof shown, "%s", path);
        else
            snprintf(shown, sizeof shown, "%s/%s", folder, path);
    }
    if (descriptor < 0)
        return result_of_errno();
    OpenResult opened = read_descriptor(files, descriptor, shown,
                                        from ? importer->root : root, result);
    close(descriptor);
    return opened;
}

bool files_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool files_are_one(const char *path, const char *other)
{
    struct stat one, two;
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_ino == two.st_ino
           && one.st_dev == two.st_dev;
}

bool files_is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

const char *files_of_user(const char *variable, const char *fallback, char *folder, size_t size)
{
    const char *base = getenv(variable), *home = getenv("HOME");
    int length;
    if (base && base[0] == '/')
        length = snprintf(folder, size, "%s/alliance-lang", base);
    else if (home && home[0] == '/')
        length = snprintf(folder, size, "%s/%s/alliance-lang", home, fallback);
    else
        return NULL;
    return length > 0 && (size_t)length < size ? folder : NULL;
}

/* ---- Folders ------------------------------------------------------------------------- */

typedef struct PathList {
    char **paths;
    size_t count, capacity;
} PathList;

static bool path_add(PathList *list, const char *path)
{
    if (list->count + 1 >= list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        char **bigger = reallocarray(list->paths, capacity, sizeof *bigger);
        if (!bigger)
            return false;
        list->paths = bigger;
        list->capacity = capacity;
    }
    list->paths[list->count] = strdup(path);
    if (!list->paths[list->count])
        return false;
    list->paths[++list->count] = NULL;
    return true;
}

/* A script starts with `#!/`: it speaks of alliances, it is none. */
static bool is_script(const char *path)
{
    char start[3] = "";
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    bool found = read(descriptor, start, sizeof start) == 3 && memcmp(start, "#!/", 3) == 0;
    close(descriptor);
    return found;
}

static bool list_folder(PathList *list, const char *folder, int depth)
{
    DIR *dir = depth < 32 ? opendir(folder) : NULL;
    if (!dir)
        return depth > 0;       /* a folder below that cannot be read is passed over */
    struct dirent *item;
    bool fine = true;
    while (fine && (item = readdir(dir))) {
        char path[8192];
        struct stat status;
        size_t length = strlen(item->d_name);
        if (item->d_name[0] == '.')
            continue;
        if ((size_t)snprintf(path, sizeof path, "%s%s%s", folder,
                             folder[strlen(folder) - 1] == '/' ? "" : "/", item->d_name)
                >= sizeof path
            || lstat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            fine = list_folder(list, path, depth + 1);
        else if (S_ISREG(status.st_mode) && length > 9
                 && strcmp(item->d_name + length - 9, ".alliance") == 0 && !is_script(path))
            fine = path_add(list, path);
    }
    closedir(dir);
    return fine;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **files_list(const char *folder, size_t *count)
{
    PathList list = {0};
    *count = 0;
    if (!list_folder(&list, folder, 0)) {
        int problem = errno;
        files_list_free(list.paths);
        errno = problem;
        return NULL;
    }
    if (!list.paths)
        return calloc(1, sizeof(char *));
    qsort(list.paths, list.count, sizeof *list.paths, by_bytes);
    *count = list.count;
    return list.paths;
}

void files_list_free(char **paths)
{
    if (!paths)
        return;
    for (char **path = paths; *path; path++)
        free(*path);
    free(paths);
}

/* ---- Writing ------------------------------------------------------------------------- */

/* What is there keeps its mode and, as far as we may, its owner. */
static void copy_mode(int descriptor, const char *path)
{
    struct stat status;
    mode_t mask;
    if (stat(path, &status) == 0) {
        if (fchown(descriptor, status.st_uid, status.st_gid) != 0)
            errno = 0;
        fchmod(descriptor, status.st_mode & 07777);
        return;
    }
    mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
}

/* Opens what is written meanwhile: in the folder of the target, without a name where the file
 * system can do that, so that nothing is left there whatever ends the program; else with one. */
static int open_meanwhile(Saving *saving)
{
    char folder[4096];
    folder_of(saving->target, folder, sizeof folder);
    const char *slash = strrchr(saving->target, '/');
    if ((size_t)snprintf(saving->temporary, sizeof saving->temporary, "%s/.%.200s.XXXXXX", folder,
                         slash ? slash + 1 : saving->target)
        >= sizeof saving->temporary)
        return ENAMETOOLONG;
    saving->descriptor = access("/proc/self/fd", X_OK) == 0
                             ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600)
                             : -1;
    saving->is_named = saving->descriptor < 0;
    if (saving->is_named)
        saving->descriptor = mkstemp(saving->temporary);
    if (saving->descriptor < 0)
        return errno;
    fcntl(saving->descriptor, F_SETFD, FD_CLOEXEC);
    return 0;
}

int saving_begin(Saving *saving, const char *path, bool force)
{
    struct stat status;
    bool exists = lstat(path, &status) == 0;
    saving->force = force;
    if (exists && !force)
        return EEXIST;
    /* Through a link, its target is replaced and the link stays. */
    if (!exists || !realpath(path, saving->target))
        if ((size_t)snprintf(saving->target, sizeof saving->target, "%s", path)
            >= sizeof saving->target)
            return ENAMETOOLONG;
    if (exists && stat(saving->target, &status) == 0 && !S_ISREG(status.st_mode))
        return S_ISDIR(status.st_mode) ? EISDIR : EINVAL;

    int problem = open_meanwhile(saving);
    if (problem)
        return problem;
    copy_mode(saving->descriptor, saving->target);
    return 0;
}

int saving_write(Saving *saving, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(saving->descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* The name of what was written is on the disk, too. */
static int sync_folder(const char *path)
{
    char folder[4096];
    int problem = 0;
    folder_of(path, folder, sizeof folder);
    int parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0)
        return 0;
    if (fsync(parent) != 0 && errno != EINVAL)
        problem = errno;
    close(parent);
    return problem;
}

/* Gives a name to what has none: that of the target, or one beside it when the target may be
 * replaced. */
static int give_name(Saving *saving)
{
    char open_file[40];
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", saving->descriptor);
    if (!saving->force)
        return linkat(AT_FDCWD, open_file, AT_FDCWD, saving->target, AT_SYMLINK_FOLLOW) == 0
                   ? 0 : errno;
    char *end = saving->temporary + strlen(saving->temporary) - strlen("XXXXXX");
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(end, sizeof "XXXXXX", "%06x", ((unsigned)getpid() * 1000 + i) & 0xffffff);
        if (linkat(AT_FDCWD, open_file, AT_FDCWD, saving->temporary, AT_SYMLINK_FOLLOW)
            == 0) {
            saving->is_named = true;
            return 0;
        }
        if (errno != EEXIST)
            return errno;
    }
    return EEXIST;
}

int saving_end(Saving *saving, bool keep)
{
    int problem = keep && fsync(saving->descriptor) != 0 ? errno : 0;
    if (keep && problem == 0 && !saving->is_named)
        problem = give_name(saving);
    if (close(saving->descriptor) != 0 && problem == 0)
        problem = errno;
    bool is_kept = keep && problem == 0;
    /* Without force, nothing that came meanwhile is replaced. */
    if (is_kept && saving->is_named
        && (saving->force ? rename(saving->temporary, saving->target)
                          : link(saving->temporary, saving->target)) != 0) {
        problem = errno;
        is_kept = false;
    }
    if (saving->is_named && (!is_kept || !saving->force))
        unlink(saving->temporary);
    return is_kept ? sync_folder(saving->target) : problem;
}

int files_save(const char *path, const char *bytes, size_t length, bool force)
{
    Saving saving;
    int problem = saving_begin(&saving, path, force);
    if (problem)
        return problem;
    problem = saving_write(&saving, bytes, length);
    int ending = saving_end(&saving, problem == 0);
    return problem ? problem : ending;
}
