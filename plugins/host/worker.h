/* worker.h -- a forked process that runs plugins, and what the program hears from it.
 *
 * The worker shares the snapshot copy-on-write, keeps only its pipe, and may do nothing but
 * compute and write to it (sandbox.h).  Records come back; the program believes none of them
 * before record_read has looked.  A worker that loops, grows or dies costs one plugin.
 */
#ifndef PLUGINS_HOST_WORKER_H
#define PLUGINS_HOST_WORKER_H

#include <lua.h>
#include <sys/types.h>

#include "plugins/host/plugin.h"
#include "plugins/host/record.h"

enum {
    WORKER_MEMORY = 64 << 20,           /* of the Lua state */
    WORKER_OUTPUT = 64 << 20,           /* findings of one plugin */
    REASON_BYTES = 4096,                /* of what went wrong */
    WORKER_NO_WALLS = 99,               /* how a worker exits: nothing was run */
    WORKER_GONE = 98,                   /* nobody listens any more */
    WORKER_SPENT = 96,                  /* what ended left something behind: begin anew */
};

/* A module of a plugin folder: require "lib.NAME". */
typedef struct LibFile {
    const char *name, *text;
    size_t length;
} LibFile;

/* What a worker runs: one plugin after the other, each in a state of its own. */
typedef struct Task {
    const PluginInfo *plugin;
    const char *source;                 /* its Lua text */
    size_t length;
    const char *chunk;                  /* its name in messages: "equity.lua" */
    const LibFile *libs;
    size_t lib_count;
} Task;

typedef struct Job {
    const Snapshot *snapshot;
    const Snapshot *conf;               /* alliance.conf, or NULL */
    const char *mode;                   /* "check", "document", "manifest", "test" */
    const Task *tasks;
    size_t task_count;
    LangId language;
    const DocumentChoice *document;     /* mode "document" */
    bool isolate;
    double seconds;                     /* CPU time for one plugin */
    bool traces;                        /* an error says who called whom */
} Job;

/* Called for each record of a plugin, in order; false stops the worker. */
typedef bool RecordReceiver(void *context, size_t task, const Record *record, size_t bytes);

typedef struct TaskEnd {
    Outcome outcome;
    const char *reason;                 /* in the arena, or NULL */
    bool wrong_setting;                 /* PLUGIN_ERROR: an option that it does not take */
    int64_t microseconds;
    size_t memory;
} TaskEnd;

/* Runs every task, at most `jobs` workers at once; ends[i] says how each ended.  Records are
 * given to the receiver worker by worker as they come; those of one task are in order. */
void worker_run(const Job *job, unsigned jobs, Arena *arena, RecordReceiver *receive,
                void *context, TaskEnd *ends);

/* Used by the worker's side: runs one task in a new state and sends records to descriptor
 * (run.c).  false: it could not be cleared away, and the worker should run nothing else. */
bool task_run(const Job *job, size_t task, int descriptor);

#endif
