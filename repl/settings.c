/* settings.c -- see settings.h. */
#include "repl/settings.h"

#include <stdio.h>
#include <string.h>

#include "repl/files.h"
#include "repl/report.h"

/* ---- The plugins that settings speak of ------------------------------------------------ */

/* Is the pack of this name here, whole?  What it lacks then is a mistake; else it may be missing
 * where the file is read, or may not be read yet. */
static bool has_pack(Host *host, const char *name)
{
    size_t length = strcspn(name, "/") + 1;
    bool has_one = false;
    for (size_t i = 0; i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        if (!plugin->is_trusted || plugin->load_error)
            return false;
        has_one = has_one || strncmp(plugin->id, name, length) == 0;
    }
    return has_one;
}

/* All that are called so, since a check and a view may share a name. */
static const void *find_plugins(void *context, const char *name, bool only_checks,
                                bool *is_known)
{
    static const PluginType types[ASKED_PLUGINS] = {PLUGIN_CHECK, PLUGIN_VIEW, PLUGIN_EXPORT,
                                                    PLUGIN_IMPORT};
    PluginsAsked *asked = context;
    Host *host = program_host_for(asked->program, asked->first);
    size_t count = 0;
    *is_known = true;
    for (size_t i = 0; host && i < (only_checks ? 1 : ASKED_PLUGINS); i++) {
        const PluginInfo *plugin = host_find(host, types[i], name);
        if (plugin)
            asked->found[count++] = plugin;
        if (plugin && (!plugin->is_trusted || plugin->load_error))
            *is_known = false;
    }
    asked->found_count = count;
    if (count == 0)
        *is_known = !host || !strchr(name, '/') || has_pack(host, name);
    return count > 0 ? asked : NULL;
}

static bool setting_of(void *context, const void *found, size_t index, SettingShape *shape)
{
    const PluginsAsked *asked = found;
    (void)context;
    for (size_t i = 0; i < asked->found_count; i++) {
        const PluginInfo *plugin = asked->found[i];
        if (index < plugin->option_count) {
            *shape = plugin->options[index].shape;
            return true;
        }
        index -= plugin->option_count;
    }
    return false;
}

Plugins settings_plugins(PluginsAsked *asked)
{
    return (Plugins){.context = asked, .find = find_plugins, .setting = setting_of,
                     .has_profile = true};
}

/* ---- The project ----------------------------------------------------------------------- */

/* alliance.conf of a folder, as a person would write it: `a/b/../..` is `.`, unless links make it
 * another one. */
static void path_of_conf(const char *folder, char *path, size_t size)
{
    char plain[4096];
    snprintf(plain, sizeof plain, "%s", folder);
    for (char *up; (up = strstr(plain, "/.."));) {
        char *part = up;
        while (part > plain && part[-1] != '/')
            part--;
        if (part == up || strncmp(part, "..", 2) == 0)
            break;
        const char *rest = up + 3 + (up[3] == '/');
        memmove(part, rest, strlen(rest) + 1);
    }
    size_t length = strlen(plain);
    if (length > 1 && plain[length - 1] == '/')
        plain[length - 1] = '\0';
    if (!plain[0])
        snprintf(plain, sizeof plain, ".");
    const char *shown = files_are_one(plain, folder) ? plain : folder;
    if (strcmp(shown, ".") == 0)
        snprintf(path, size, "alliance.conf");
    else
        snprintf(path, size, "%s/alliance.conf", shown);
}

void settings_enter(Program *program, const char *first)
{
    char folder[4096], path[4200];
    bool has_conf = false;
    bool is_found = files_project(first, folder, sizeof folder, &has_conf) && has_conf;
    if (program->host)
        host_set_conf(program->host, NULL);
    snapshot_free(program->conf);
    program->conf = NULL;
    if (!is_found)
        return;
    path_of_conf(folder, path, sizeof path);
    PluginsAsked asked = {.program = program, .first = first};
    Plugins plugins = settings_plugins(&asked);
    Reading reading = {.words = program->words, .language = LANG_EN, .plugins = &plugins};
    const char *paths[] = {path};
    program->conf = snapshot_read(&program->env, &reading, paths, 1);
    if (program->host)
        host_set_conf(program->host, program->conf);
}

/* ---- The user's own -------------------------------------------------------------------- */

static const char *const languages[] = {"en", "fr"};
static const char *const colours[] = {"auto", "always", "never"};
static const char *const editors[] = {"emacs", "vi"};

static const SettingShape own_shapes[] = {
    {.name = "language", .type = "word", .values = languages, .value_count = 2},
    {.name = "color", .type = "word", .values = colours, .value_count = 3},
    {.name = "editor", .type = "word", .values = editors, .value_count = 2},
};

static const void *find_program(void *context, const char *name, bool only_checks,
                                bool *is_known)
{
    (void)context;
    *is_known = true;
    bool is_it = strcmp(name, "program") == 0 || strcmp(name, "programme") == 0;
    return is_it && !only_checks ? own_shapes : NULL;
}

static bool own_setting(void *context, const void *found, size_t index, SettingShape *shape)
{
    (void)context;
    (void)found;
    if (index >= sizeof own_shapes / sizeof own_shapes[0])
        return false;
    *shape = own_shapes[index];
    return true;
}

static void take_own(Program *program, const Snapshot *own)
{
    size_t first, last;
    snapshot_settings(own, SIZE_MAX, &first, &last);
    for (size_t i = first; i < last; i++) {
        SettingValue setting = snapshot_setting(own, i);
        if (setting.value.kind != VALUE_LIST || setting.value.count == 0)
            continue;
        Value word = setting.value.as.items[0];
        char text[8];
        snprintf(text, sizeof text, "%.*s", (int)word.count, word.as.text);
        if (strcmp(setting.option, "language") == 0)
            snprintf(program->own.language, sizeof program->own.language, "%s", text);
        else if (strcmp(setting.option, "color") == 0)
            snprintf(program->own.color, sizeof program->own.color, "%s", text);
        else
            program->own.is_vi = strcmp(text, "vi") == 0;
        program->own.has_editor |= strcmp(setting.option, "editor") == 0;
    }
}

void settings_read_own(Program *program)
{
    char folder[4096], path[4200];
    if (!files_of_user("XDG_CONFIG_HOME", ".config", folder, sizeof folder))
        return;
    snprintf(path, sizeof path, "%s/alliance.conf", folder);
    if (!files_is_file(path))
        return;
    Files *files = files_new((uint64_t)1 << 20);
    if (!files)
        return;
    Env env = program->env;
    env.open_file = files_open;
    env.files = files;
    Plugins plugins = {.find = find_program, .setting = own_setting};
    Reading reading = {.words = program->words, .language = LANG_EN, .plugins = &plugins};
    const char *paths[] = {path};
    Snapshot *own = snapshot_read(&env, &reading, paths, 1);
    Arena *arena = scratch_new(program);
    if (own) {
        ReportChoice choice = program_report_choice(program);
        take_own(program, own);
        report_diags(&program->err, arena, &choice, snapshot_diags(own));
    }
    arena_free(arena);
    snapshot_free(own);
    files_free(files);
}
