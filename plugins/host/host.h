/* host.h -- runs Lua plugins over a snapshot, and believes nothing that they send back.
 *
 * The one header of plugins/ that the program includes.  Plugins run in forked workers; what
 * comes back over the pipe is checked like a file from a stranger.  A plugin that fails is an
 * outcome with a name and a reason, never the end of the run, and never a pass.
 */
#ifndef PLUGINS_HOST_HOST_H
#define PLUGINS_HOST_HOST_H

#include "lang/lang.h"
#include "plugins/host/embedded.h"
#include "plugins/host/plugin.h"

typedef struct Host Host;

typedef struct HostOptions {
    const char *const *paths;       /* --plugin */
    size_t path_count;
    const char *project;            /* folder of alliance.conf, or NULL */
    const char *user_folder;        /* data folder of the user, or NULL */
    const char *state_folder;       /* where trust is recorded, or NULL: nothing is trusted */
    bool trust_project;             /* --trust-project */
    bool isolate;                   /* false: in process, for debuggers and coverage */
    unsigned jobs;                  /* workers at once; 0: as many as processors */
    bool traces;                    /* the reason of a plugin's error ends with who called whom */
} HostOptions;

Host *host_new(const Env *env, const HostOptions *options);     /* options are copied */
void host_free(Host *host);

/* What alliance.conf says, below what files say themselves; NULL: nothing.  It must outlive what
 * is run with it. */
void host_set_conf(Host *host, const Snapshot *conf);

/* A file or folder of plugins changed since it was read: a new host would know others. */
bool host_is_stale(const Host *host);

/* Plugins known, hidden ones included, sorted by type and id. */
size_t host_plugin_count(Host *host);
const PluginInfo *host_plugin(Host *host, size_t index);
/* By id, or by its word in any language (accents optional); NULL: none. */
const PluginInfo *host_find(Host *host, PluginType type, const char *id);

/* What a finding has besides its Diag. */
typedef struct FindingValue {
    const char *name, *text;    /* text in the language of the run */
} FindingValue;

struct DiagFinding {
    const char *plugin, *message;       /* code = plugin/message */
    char fingerprint[65];               /* SHA-256 of code and sorted paths, hexadecimal */
    const char *text[LANG_COUNT];       /* the sentence, ready */
    const char *why[LANG_COUNT];        /* why it matters, or NULL */
    const char *const *next[LANG_COUNT];    /* what to do next */
    size_t next_count;
    const char *source[LANG_COUNT];
    const char *const *objects;         /* paths of the entities concerned */
    size_t object_count;
    const FindingValue *values;
    size_t value_count;
    bool is_question;           /* an open question rather than a fault: for the agenda */
    bool is_cannot_tell;        /* ctx:cannot_tell */
    bool is_accepted;           /* by an `accept` in the file */
    const char *accepted_reason, *accepted_by, *accepted_until;
    bool is_confidential;       /* speaks of a confidential thing */
};

typedef struct PluginOutcome {
    const PluginInfo *plugin;
    Outcome outcome;
    const char *reason;         /* one sentence, English or the plugin's own, or NULL */
    int64_t microseconds;
    size_t memory;              /* highest, bytes */
} PluginOutcome;

typedef struct CheckChoice {
    const char *const *only;    /* ids or words, or none: all of the profile */
    size_t only_count;
    const char *profile;        /* "light", "standard", "strict", or NULL: the file's */
    LangId language;            /* of values in findings */
} CheckChoice;

typedef struct CheckRun {
    Diags findings;             /* each with .finding; accepted and questions among them */
    const PluginOutcome *outcomes;      /* one for each check chosen */
    size_t outcome_count;
    size_t not_checked;         /* outcomes that are not OK */
} CheckRun;

/* Runs the chosen checks over every alliance of the snapshot; the result lives in `arena`. */
bool host_check(Host *host, const Snapshot *snapshot, const CheckChoice *choice, Arena *arena,
                CheckRun *run);

/* Where a document goes: the program gives these, and takes care of files. */
typedef struct Output {
    void *context;
    /* Begins a file of the document: NULL for the only one; a relative name otherwise. */
    bool (*begin)(void *context, const char *name);
    bool (*write)(void *context, const char *bytes, size_t length);
    /* The plugin is done, and the rest is the program's: it need not be kept.  Or NULL. */
    void (*sure)(void *context);
} Output;

/* Builds a view and renders it, or runs an exporter.  The snapshot should be filtered.
 * OUTCOME_OK, or what went wrong, with outcome->reason.  A wrong setting is a PLUGIN_ERROR whose
 * reason says so and *wrong_setting is true. */
bool host_document(Host *host, const Snapshot *snapshot, const PluginInfo *plugin,
                   const DocumentChoice *choice, const Output *output, Arena *arena,
                   PluginOutcome *outcome, bool *wrong_setting);

/* Trust: records path and SHA-256 of every plugin file of the project. */
typedef struct TrustFile { const char *path; char hash[65]; } TrustFile;
bool host_trust_list(Host *host, const char *folder, Arena *arena, TrustFile **files,
                     size_t *count, const char **problem);
bool host_trust_record(Host *host, const char *folder, const char **problem);

/* Authors: `alliance plugin test PATH`, `alliance api NAME`. */
bool host_plugin_test(Host *host, const char *path, LangId language, const Output *output,
                      size_t *passed, size_t *failed);
bool host_api_text(Host *host, const char *module, Arena *arena, const char **text);

/* SHA-256 in hexadecimal, for footers and fingerprints. */
void host_sha256(const char *bytes, size_t length, char hex[65]);

#endif
