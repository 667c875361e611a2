/* host_registry.h -- which plugins there are, where each comes from, and which one wins. */
#ifndef PLUGINS_HOST_HOST_REGISTRY_H
#define PLUGINS_HOST_HOST_REGISTRY_H

#include <sys/stat.h>

#include "plugins/host/host.h"
#include "plugins/host/worker.h"

/* A plugin with its text. */
typedef struct Plugin {
    PluginInfo info;
    const char *source;         /* Lua text, in the host's arena or embedded */
    size_t length;
    const char *chunk;          /* its name in messages */
    LibFile *libs;              /* the files of lib/ in a plugin folder */
    size_t lib_count;
    bool is_hidden;             /* another of the same type and id wins over it */
} Plugin;

/* A file or folder as it was when it was read. */
typedef struct Seen {
    const char *path;
    struct timespec modified;
    off_t size;
    ino_t inode;
} Seen;

struct Host {
    const Env *env;
    Arena *arena;
    HostOptions options;        /* texts copied */
    Plugin **plugins;           /* sorted by type, id, origin */
    size_t count, capacity;
    bool has_looked;
    Seen *seen;                 /* what the plugins of folders were read from */
    size_t seen_count, seen_capacity;
    const Snapshot *conf;       /* alliance.conf, or NULL */
    Snapshot *empty;            /* for reading tables of strangers */
};

/* Finds all plugins, once. */
void registry_fill(Host *host);
const Plugin *registry_of(const Host *host, const PluginInfo *info);
Task registry_task(const Plugin *plugin);
/* Adds spec/NAME.lua of a plugin folder that is tested to its files, as "spec/NAME". */
void registry_read_specs(Host *host, const Plugin *plugin);

/* The index of the shipped ones, made at build time by stdlib/index.lua. */
extern const PluginInfo shipped_plugins[];
extern const size_t shipped_plugin_count;

/* trust.c: the state of a project's plugins folder. */
typedef struct Trust {
    bool holds;                 /* every file is as recorded, or --trust-project was said */
    const char *problem;        /* why its plugins may not even then be read, or NULL; static */
    TrustFile *files;           /* with the hashes that were looked at; in the host's arena */
    size_t count;
} Trust;
Trust trust_of(Host *host, const char *folder);
/* Is this what was looked at?  `path` is relative to the plugins folder. */
bool trust_covers(const Trust *trust, const char *path, const char *bytes, size_t length);
/* Files and folders that somebody else may change are refused; *problem is a static sentence. */
bool trust_may_read(const struct stat *status, const char **problem);

#endif
