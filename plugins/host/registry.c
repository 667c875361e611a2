/* registry.c -- see registry.h.  Tables of strangers are read in a worker, like all they do. */
#include "plugins/host/host_registry.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugins/host/chunks.h"

enum { PLUGIN_BYTES = 4 << 20 };

/* ---- Files ------------------------------------------------------------------------------ */

static void remember(Host *host, const char *path, const struct stat *status)
{
    host->seen = arena_grow(host->arena, host->seen, &host->seen_capacity, host->seen_count + 1,
                            sizeof *host->seen);
    host->seen[host->seen_count++] = (Seen){arena_copy(host->arena, path, strlen(path)),
                                            status->st_mtim, status->st_size, status->st_ino};
}

bool host_is_stale(const Host *host)
{
    for (size_t i = 0; i < host->seen_count; i++) {
        const Seen *seen = &host->seen[i];
        struct stat now;
        if (stat(seen->path, &now) != 0 || now.st_ino != seen->inode || now.st_size != seen->size
            || now.st_mtim.tv_sec != seen->modified.tv_sec
            || now.st_mtim.tv_nsec != seen->modified.tv_nsec)
            return true;
    }
    return false;
}

/* One descriptor for looking and reading.  NULL and *problem: it may not, or cannot, be read. */
static char *read_file(Host *host, const char *path, bool may_be_link, size_t *length,
                       const char **problem)
{
    struct stat status;
    int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (may_be_link ? 0 : O_NOFOLLOW);
    int descriptor = open(path, flags);
    char *text = NULL;
    *problem = "its file cannot be read";
    if (descriptor < 0)
        return NULL;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
        if (status.st_size > PLUGIN_BYTES)
            *problem = "its file is too large";
        else if (trust_may_read(&status, problem))
            text = arena_alloc(host->arena, (size_t)status.st_size + 1);
        remember(host, path, &status);
    }
    if (text) {
        size_t used = 0;
        ssize_t got = 1;
        while (used < (size_t)status.st_size && got > 0) {
            got = read(descriptor, text + used, (size_t)status.st_size - used);
            used += got > 0 ? (size_t)got : 0;
        }
        *length = used;
    }
    close(descriptor);
    return text;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), end = strlen(ending);
    return length > end && strcmp(text + length - end, ending) == 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in a folder that are no dot names, in byte order; an empty list when there is none. */
static char **names_in(Host *host, const char *folder, size_t *count)
{
    Arena *arena = host->arena;
    struct stat status;
    char **names = NULL;
    size_t capacity = 0;
    DIR *dir = opendir(folder);
    struct dirent *item;
    *count = 0;
    if (dir && fstat(dirfd(dir), &status) == 0)
        remember(host, folder, &status);
    while (dir && (item = readdir(dir))) {
        if (item->d_name[0] == '.')
            continue;
        names = arena_grow(arena, names, &capacity, *count + 1, sizeof *names);
        names[(*count)++] = arena_copy(arena, item->d_name, strlen(item->d_name));
    }
    if (dir)
        closedir(dir);
    if (*count > 0)
        qsort(names, *count, sizeof *names, by_text);
    return names;
}

/* ---- Adding ----------------------------------------------------------------------------- */

static Plugin *add(Host *host, const PluginInfo *info)
{
    Plugin *plugin = arena_alloc(host->arena, sizeof *plugin);
    plugin->info = *info;
    host->plugins =
        arena_grow(host->arena, host->plugins, &host->capacity, host->count + 1,
                   sizeof *host->plugins);
    host->plugins[host->count++] = plugin;
    return plugin;
}

static void add_shipped(Host *host)
{
    for (size_t i = 0; i < shipped_plugin_count; i++) {
        Plugin *plugin = add(host, &shipped_plugins[i]);
        plugin->source = chunk_source(plugin->info.path, &plugin->length);
        plugin->chunk = plugin->info.path;
    }
}

/* Where a plugin was found, and what that says about it. */
typedef struct Found {
    PluginOrigin origin;
    const Trust *trust;         /* of a project, or NULL */
    const char *root;           /* the project's plugins folder, for names in `trust` */
} Found;

/* A file of a plugin; what changed since it was looked at is refused. */
static char *read_trusted(Host *host, const Found *found, const char *path, size_t *length,
                          const char **problem)
{
    char *text = read_file(host, path, !found->trust, length, problem);
    if (text && found->trust
        && !trust_covers(found->trust, path + strlen(found->root) + 1, text, *length)) {
        *problem = "its file changed while it was being read";
        return NULL;
    }
    return text;
}

/* Adds the Lua files of a folder to those of a plugin, named with a prefix. */
static void read_modules(Host *host, const Found *found, Plugin *plugin, const char *folder,
                         const char *prefix)
{
    size_t count;
    char **names = names_in(host, folder, &count);
    LibFile *libs = arena_array(host->arena, plugin->lib_count + count + 1, sizeof *libs);
    if (plugin->lib_count > 0)
        memcpy(libs, plugin->libs, plugin->lib_count * sizeof *libs);
    plugin->libs = libs;
    for (size_t i = 0; i < count; i++) {
        LibFile *lib = &plugin->libs[plugin->lib_count];
        const char *problem;
        if (!ends_with(names[i], ".lua"))
            continue;
        char *file = arena_format(host->arena, "%s/%s", folder, names[i]);
        lib->text = read_trusted(host, found, file, &lib->length, &problem);
        lib->name = arena_format(host->arena, "%s%.*s", prefix, (int)strlen(names[i]) - 4,
                                 names[i]);
        if (!lib->text)
            plugin->info.load_error = arena_format(host->arena, "%s: %s", file, problem);
        plugin->lib_count++;
    }
}

static void read_libs(Host *host, const Found *found, Plugin *plugin, const char *folder)
{
    read_modules(host, found, plugin, arena_format(host->arena, "%s/lib", folder), "");
}

void registry_read_specs(Host *host, const Plugin *plugin)
{
    static const char file[] = "/plugin.lua";
    const Found found = {.origin = plugin->info.origin};
    const char *path = plugin->info.path;
    size_t length = strlen(path), end = sizeof file - 1;
    if (length <= end || strcmp(path + length - end, file) != 0)
        return;
    for (size_t i = 0; i < host->count; i++)
        if (host->plugins[i] == plugin)
            read_modules(host, &found, host->plugins[i],
                         arena_format(host->arena, "%.*s/spec", (int)(length - end), path),
                         "spec/");
}

/* ---- The tables of strangers ---------------------------------------------------------------- */

static const char *text_in(Host *host, const Record *record, const char *name)
{
    const char *text = record_text(record, name);
    return text ? arena_copy(host->arena, text, strlen(text)) : NULL;
}

static void texts_in(Host *host, const Record *record, const char *name,
                     const char *texts[LANG_COUNT])
{
    const Words *words = words_shipped();
    const Record *table = record_field(record, name);
    for (LangId language = 0; table && language < LANG_COUNT; language++)
        texts[language] = text_in(host, table, words_language_code(words, language));
}

static PluginType type_named(const char *name)
{
    if (name && strcmp(name, "view") == 0)
        return PLUGIN_VIEW;
    if (name && strcmp(name, "export") == 0)
        return PLUGIN_EXPORT;
    return name && strcmp(name, "import") == 0 ? PLUGIN_IMPORT : PLUGIN_CHECK;
}

/* The texts of a list; what is no text is "". */
static const char *const *list_in(Host *host, const Record *list, size_t *count)
{
    *count = record_length(list);
    const char **texts = arena_array(host->arena, *count + 1, sizeof *texts);
    for (size_t i = 0; i < *count; i++) {
        const char *text = record_string(record_item(list, i + 1));
        texts[i] = text ? text : "";
    }
    return texts;
}

/* A word, or pack/word: what may stand in a file and in a message. */
static bool is_id(const char *id)
{
    unsigned parts = 1;
    bool at_start = true;
    for (; id && *id; id++) {
        bool is_letter = *id >= 'a' && *id <= 'z';
        bool is_more = !at_start && ((*id >= '0' && *id <= '9') || *id == '-');
        if (*id == '/' && !at_start)
            parts++;
        else if (!is_letter && !is_more)
            return false;
        at_start = *id == '/';
    }
    return id && !at_start && parts <= 2;
}

static void take_severities(Host *host, PluginInfo *info, const Record *record)
{
    const Record *list = record_field(record, "severities");
    size_t count = record_length(list);
    PluginSeverity *severities = arena_array(host->arena, count + 1, sizeof *severities);
    for (size_t i = 0; i < count; i++) {
        const Record *row = record_item(list, i + 1);
        const char *levels = text_in(host, row, "levels");
        severities[i] = (PluginSeverity){text_in(host, row, "message"), levels ? levels : ""};
    }
    info->severities = severities;
    info->severity_count = count;
}

static void take_options(Host *host, PluginInfo *info, const Record *record)
{
    const Record *list = record_field(record, "options");
    size_t count = record_length(list);
    PluginOption *options = arena_array(host->arena, count + 1, sizeof *options);
    for (size_t i = 0; i < count; i++) {
        const Record *row = record_item(list, i + 1);
        SettingShape *shape = &options[i].shape;
        shape->name = text_in(host, row, "name");
        shape->type = text_in(host, row, "type");
        shape->minimum = text_in(host, row, "min");
        shape->maximum = text_in(host, row, "max");
        shape->values = list_in(host, record_field(row, "values"), &shape->value_count);
        shape->values = shape->value_count ? shape->values : NULL;
        options[i].default_text = text_in(host, row, "default");
        options[i].is_convention = record_flag(row, "convention");
        texts_in(host, row, "about", options[i].about);
        if (!shape->name)
            shape->name = "";
        if (!shape->type)
            shape->type = "text";
    }
    info->options = options;
    info->option_count = count;
}

typedef struct Manifest {
    Host *host;
    PluginInfo *info;
} Manifest;

static bool take_manifest(void *context, size_t task, const Record *record, size_t bytes)
{
    Manifest *manifest = context;
    Host *host = manifest->host;
    PluginInfo *info = manifest->info;
    const char *type = record_text(record, "type");
    (void)task;
    (void)bytes;
    const char *id = record_text(record, "id"), *profile = record_text(record, "profile");
    if (!type || strcmp(type, "manifest") != 0)
        return true;
    if (!is_id(id) || !profile)
        return false;
    info->type = type_named(record_text(record, "kind"));
    info->id = text_in(host, record, "id");
    texts_in(host, record, "word", info->word);
    texts_in(host, record, "title", info->title);
    texts_in(host, record, "about", info->about);
    texts_in(host, record, "source", info->source);
    info->category = text_in(host, record, "category");
    info->profile = text_in(host, record, "profile");
    info->wants_findings = record_field(record, "findings") != NULL;
    info->findings = list_in(host, record_field(record, "findings"), &info->findings_count);
    info->example_bad = text_in(host, record, "bad");
    info->example_good = text_in(host, record, "good");
    take_options(host, info, record);
    take_severities(host, info, record);
    info->formats = list_in(host, record_field(record, "extensions"), &info->format_count);
    return true;
}

static void read_manifest(Host *host, Plugin *plugin)
{
    if (!host->empty)
        host->empty = snapshot_read_text(host->env, &(Reading){.language = LANG_EN}, "", "", 0);
    if (!host->empty)
        return;
    Task task = registry_task(plugin);
    Job job = {.snapshot = host->empty, .mode = "manifest", .tasks = &task, .task_count = 1,
               .language = LANG_EN, .isolate = host->options.isolate, .seconds = 2};
    Manifest manifest = {host, &plugin->info};
    TaskEnd end;
    worker_run(&job, 1, host->arena, take_manifest, &manifest, &end);
    if (end.outcome != OUTCOME_OK)
        plugin->info.load_error = end.reason ? end.reason : "it could not be loaded";
}

/* The id of a plugin that could not be asked for it: its file's name. */
static const char *id_from_path(Host *host, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (strcmp(name, "plugin.lua") == 0 && slash) {
        const char *start = slash;
        while (start > path && start[-1] != '/')
            start--;
        return arena_copy(host->arena, start, (size_t)(slash - start));
    }
    size_t length = strlen(name);
    return arena_copy(host->arena, name, ends_with(name, ".lua") ? length - 4 : length);
}

/* One plugin file; `folder` is its own folder when it is NAME/plugin.lua. */
static void add_file(Host *host, const Found *found, const char *path, const char *folder)
{
    PluginInfo info = {.origin = found->origin, .path = arena_copy(host->arena, path, strlen(path)),
                       .is_trusted = !found->trust || found->trust->holds,
                       .id = id_from_path(host, path), .profile = "light"};
    Plugin *plugin = add(host, &info);
    const char *problem = NULL;
    plugin->chunk = plugin->info.path;
    if (!info.is_trusted) {
        plugin->info.load_error = found->trust->problem;
        return;     /* not even its table is read */
    }
    plugin->source = read_trusted(host, found, path, &plugin->length, &problem);
    if (!plugin->source) {
        plugin->info.load_error = problem;
        return;
    }
    if (folder)
        read_libs(host, found, plugin, folder);
    if (!plugin->info.load_error)
        read_manifest(host, plugin);
}

/* A file, or a folder with plugin.lua. */
static bool add_path(Host *host, const Found *found, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    if (!S_ISDIR(status.st_mode)) {
        add_file(host, found, path, NULL);
        return true;
    }
    const char *inside = arena_format(host->arena, "%s/plugin.lua", path);
    if (stat(inside, &status) != 0)
        return false;
    add_file(host, found, inside, path);
    return true;
}

static void add_folder(Host *host, const Found *found, const char *folder)
{
    size_t count;
    char **names = names_in(host, folder, &count);
    for (size_t i = 0; i < count; i++) {
        char *path = arena_format(host->arena, "%s/%s", folder, names[i]);
        struct stat status;
        bool is_folder = lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
        if (is_folder || ends_with(names[i], ".lua"))
            add_path(host, found, path);
    }
}

static void add_missing(Host *host, const char *path)
{
    PluginInfo info = {.origin = ORIGIN_OPTION, .path = path, .id = id_from_path(host, path),
                       .is_trusted = true, .profile = "light",
                       .load_error = "there is no such file"};
    add(host, &info)->chunk = path;
}

/* ---- Who wins ------------------------------------------------------------------------------- */

static int by_type_id_origin(const void *a, const void *b)
{
    const PluginInfo *left = &(*(Plugin *const *)a)->info, *right = &(*(Plugin *const *)b)->info;
    if (left->type != right->type)
        return left->type < right->type ? -1 : 1;
    int order = strcmp(left->id ? left->id : "", right->id ? right->id : "");
    if (order)
        return order;
    if (left->origin != right->origin)
        return left->origin < right->origin ? -1 : 1;
    return strcmp(left->path ? left->path : "", right->path ? right->path : "");
}

static bool same_plugin(const PluginInfo *a, const PluginInfo *b)
{
    return a->type == b->type && a->id && b->id && strcmp(a->id, b->id) == 0;
}

/* Of those with one type and id, the first that can run hides what comes after it.  One that
 * cannot hides nothing: a stranger's file never switches off a check by its name. */
static void mark_hidden(Host *host)
{
    Plugin *winner = NULL;
    for (size_t i = 0; i < host->count; i++) {
        Plugin *plugin = host->plugins[i];
        if (winner && !same_plugin(&winner->info, &plugin->info))
            winner = NULL;
        if (winner) {
            plugin->is_hidden = true;
            if (!winner->info.hides)
                winner->info.hides = &plugin->info;
        } else if (plugin->info.is_trusted && !plugin->info.load_error) {
            winner = plugin;
        }
    }
}

void registry_fill(Host *host)
{
    if (host->has_looked)
        return;
    host->has_looked = true;
    add_shipped(host);
    Found found = {.origin = ORIGIN_OPTION};
    for (size_t i = 0; i < host->options.path_count; i++)
        if (!add_path(host, &found, host->options.paths[i]))
            add_missing(host, host->options.paths[i]);
    if (host->options.project) {
        char *folder = arena_format(host->arena, "%s/plugins", host->options.project);
        struct stat status;
        if (lstat(folder, &status) == 0) {
            Trust trust = trust_of(host, host->options.project);
            add_folder(host, &(Found){ORIGIN_PROJECT, &trust, folder}, folder);
        }
    }
    if (host->options.user_folder) {
        const char *problem;
        struct stat status;
        found.origin = ORIGIN_USER;
        if (stat(host->options.user_folder, &status) == 0 && trust_may_read(&status, &problem))
            add_folder(host, &found, host->options.user_folder);
    }
    if (host->count > 0)
        qsort(host->plugins, host->count, sizeof *host->plugins, by_type_id_origin);
    mark_hidden(host);
}

const Plugin *registry_of(const Host *host, const PluginInfo *info)
{
    (void)host;
    return (const Plugin *)info;        /* info is its first member */
}

Task registry_task(const Plugin *plugin)
{
    return (Task){&plugin->info, plugin->source, plugin->length, plugin->chunk, plugin->libs,
                  plugin->lib_count};
}
