/* registry.c -- see registry.h.  Tables of strangers are read in a worker, like all they do. */
#include "plugins/host/registry.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLUGIN_BYTES = 4 << 20 };

/* ---- Files ------------------------------------------------------------------------------ */

static char *read_file(Arena *arena, const char *path, size_t *length)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    char *text = NULL;
    if (descriptor < 0)
        return NULL;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)
        && status.st_size <= PLUGIN_BYTES) {
        text = arena_alloc(arena, (size_t)status.st_size + 1);
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
static char **names_in(Arena *arena, const char *folder, size_t *count)
{
    char **names = NULL;
    size_t capacity = 0;
    DIR *dir = opendir(folder);
    struct dirent *item;
    *count = 0;
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
        bool owned;
        plugin->source = lua_source(NULL, plugin->info.path, &plugin->length, &owned);
        plugin->chunk = plugin->info.path;
    }
}

static void read_libs(Host *host, Plugin *plugin, const char *folder)
{
    size_t count;
    char *path = arena_format(host->arena, "%s/lib", folder);
    char **names = names_in(host->arena, path, &count);
    plugin->libs = arena_array(host->arena, count + 1, sizeof *plugin->libs);
    for (size_t i = 0; i < count; i++) {
        LibFile *lib = &plugin->libs[plugin->lib_count];
        if (!ends_with(names[i], ".lua"))
            continue;
        lib->text = read_file(host->arena, arena_format(host->arena, "%s/%s", path, names[i]),
                              &lib->length);
        lib->name = arena_copy(host->arena, names[i], strlen(names[i]) - 4);
        plugin->lib_count += lib->text != NULL;
    }
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

static void take_options(Host *host, PluginInfo *info, const Record *record)
{
    const Record *list = record_field(record, "options");
    size_t count = record_length(list);
    PluginOption *options = arena_array(host->arena, count + 1, sizeof *options);
    for (size_t i = 0; i < count; i++) {
        const Record *row = record_item(list, i + 1);
        options[i].name = text_in(host, row, "name");
        options[i].type = text_in(host, row, "type");
        options[i].default_text = text_in(host, row, "default");
        texts_in(host, row, "about", options[i].about);
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
    if (!type || strcmp(type, "manifest") != 0)
        return true;
    info->type = type_named(record_text(record, "kind"));
    info->id = text_in(host, record, "id");
    texts_in(host, record, "word", info->word);
    texts_in(host, record, "title", info->title);
    texts_in(host, record, "about", info->about);
    info->source = text_in(host, record, "source");
    info->category = text_in(host, record, "category");
    info->profile = text_in(host, record, "profile");
    info->example_bad = text_in(host, record, "bad");
    info->example_good = text_in(host, record, "good");
    take_options(host, info, record);
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
static void add_file(Host *host, const char *path, const char *folder, PluginOrigin origin,
                     bool is_trusted)
{
    PluginInfo info = {.origin = origin, .path = arena_copy(host->arena, path, strlen(path)),
                       .is_trusted = is_trusted, .id = id_from_path(host, path),
                       .profile = "light"};
    Plugin *plugin = add(host, &info);
    const char *problem = NULL;
    plugin->chunk = plugin->info.path;
    if (!is_trusted)
        return;     /* not even its table is read */
    if (!trust_may_read(path, &problem)) {
        plugin->info.load_error = problem;
        return;
    }
    plugin->source = read_file(host->arena, path, &plugin->length);
    if (!plugin->source) {
        plugin->info.load_error = "its file cannot be read";
        return;
    }
    if (folder)
        read_libs(host, plugin, folder);
    read_manifest(host, plugin);
}

/* A file, or a folder with plugin.lua. */
static bool add_path(Host *host, const char *path, PluginOrigin origin, bool is_trusted)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    if (!S_ISDIR(status.st_mode)) {
        add_file(host, path, NULL, origin, is_trusted);
        return true;
    }
    const char *inside = arena_format(host->arena, "%s/plugin.lua", path);
    if (stat(inside, &status) != 0)
        return false;
    add_file(host, inside, path, origin, is_trusted);
    return true;
}

static void add_folder(Host *host, const char *folder, PluginOrigin origin, bool is_trusted)
{
    size_t count;
    char **names = names_in(host->arena, folder, &count);
    for (size_t i = 0; i < count; i++) {
        char *path = arena_format(host->arena, "%s/%s", folder, names[i]);
        struct stat status;
        bool is_folder = lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
        if (is_folder || ends_with(names[i], ".lua"))
            add_path(host, path, origin, is_trusted);
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
    return left->origin < right->origin ? -1 : left->origin > right->origin;
}

static void mark_hidden(Host *host)
{
    for (size_t i = 0; i + 1 < host->count; i++) {
        PluginInfo *winner = &host->plugins[i]->info;
        const PluginInfo *other = &host->plugins[i + 1]->info;
        if (winner->type == other->type && winner->id && other->id
            && strcmp(winner->id, other->id) == 0)
            winner->hides = other;
    }
}

void registry_fill(Host *host)
{
    if (host->has_looked)
        return;
    host->has_looked = true;
    add_shipped(host);
    for (size_t i = 0; i < host->options.path_count; i++)
        if (!add_path(host, host->options.paths[i], ORIGIN_OPTION, true))
            add_missing(host, host->options.paths[i]);
    if (host->options.project) {
        char *folder = arena_format(host->arena, "%s/plugins", host->options.project);
        bool is_trusted = host->options.trust_project || trust_holds(host, host->options.project);
        add_folder(host, folder, ORIGIN_PROJECT, is_trusted);
    }
    if (host->options.user_folder)
        add_folder(host, host->options.user_folder, ORIGIN_USER, true);
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
