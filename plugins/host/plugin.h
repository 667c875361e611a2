/* plugin.h -- what a plugin is, how a run of it may end, and what is asked of one that makes a
 * document. */
#ifndef PLUGINS_HOST_PLUGIN_H
#define PLUGINS_HOST_PLUGIN_H

#include "lang/lang.h"

typedef enum PluginType { PLUGIN_CHECK, PLUGIN_VIEW, PLUGIN_EXPORT, PLUGIN_IMPORT } PluginType;
typedef enum PluginOrigin {     /* first one wins by (type, id) */
    ORIGIN_OPTION,              /* --plugin PATH */
    ORIGIN_PROJECT,             /* plugins/ beside alliance.conf: needs trust */
    ORIGIN_USER,                /* the user's data folder */
    ORIGIN_SHIPPED,             /* embedded */
} PluginOrigin;

typedef enum Outcome {
    OUTCOME_OK, OUTCOME_LOAD_ERROR, OUTCOME_PLUGIN_ERROR, OUTCOME_TIME, OUTCOME_MEMORY,
    OUTCOME_OUTPUT, OUTCOME_CRASHED, OUTCOME_SKIPPED, OUTCOME_UNTRUSTED, OUTCOME_CANCELLED,
} Outcome;

typedef struct PluginOption {
    SettingShape shape;         /* name, type, limits */
    const char *default_text, *about[LANG_COUNT];
    bool is_convention;         /* no published source gives the default */
} PluginOption;

typedef struct PluginSeverity {
    const char *message;        /* whose own it is; NULL: of all the others */
    const char *levels;         /* "warning", or by status: "idea=note framing=warning" */
} PluginSeverity;

typedef struct PluginInfo {     /* read from the table that the plugin returns, or the index */
    PluginType type;
    PluginOrigin origin;
    const char *id;             /* "equity", "acme/charter" */
    const char *word[LANG_COUNT];       /* its name in each language (id when it has none) */
    const char *title[LANG_COUNT];
    const char *about[LANG_COUNT];      /* Markdown: why it matters, what to do */
    const char *source[LANG_COUNT];     /* where the rule comes from, or NULL */
    const char *category, *profile;     /* checks */
    const PluginSeverity *severities;   /* checks: that of all, then those of messages */
    size_t severity_count;
    bool wants_findings;        /* views: they are given what checks find */
    const char *const *findings;        /* ids of these checks; none: all of the profile */
    size_t findings_count;
    const char *path;           /* file, or "shipped" */
    const char *const *formats; /* exporters: file endings */
    size_t format_count;
    const PluginOption *options;
    size_t option_count;
    const char *example_bad, *example_good;     /* checks: the first example, or NULL */
    bool is_trusted;
    const struct PluginInfo *hides;     /* the plugin of the same type and id it wins over */
    const char *load_error;     /* why it cannot be loaded, or NULL */
} PluginInfo;

typedef enum Medium {
    MEDIUM_TERMINAL, MEDIUM_PLAIN, MEDIUM_HTML, MEDIUM_MARKDOWN, MEDIUM_SVG, MEDIUM_JSON,
} Medium;

typedef struct Setting { const char *name, *value; } Setting;

/* One thing that was found, for a view that wants findings; texts in the language of the run. */
typedef struct DocumentFinding {
    const char *check;          /* id of the check, or NULL: a rule of the language or the file */
    const char *category;       /* of the check, or NULL */
    const char *code;           /* "equity/felt", "W601" */
    const char *text, *why;     /* why: NULL when it does not say */
    const char *const *next;    /* what to do */
    size_t next_count;
    const char *severity;       /* "error", "warning", "note" */
    const char *sort;           /* "finding", "question", "cannot-tell" */
    const char *property;       /* of a question, or NULL */
    const char *const *objects; /* paths of the entities concerned, the one it is about first */
    size_t object_count;
} DocumentFinding;

typedef struct DocumentChoice {
    const Setting *settings;    /* -O key=value */
    size_t setting_count;
    LangId language;
    Medium medium;              /* of views */
    unsigned width;             /* terminal columns */
    bool colour;
    size_t left_out;            /* confidential items that the snapshot lacks, for the footer */
    size_t confidential;        /* those that it has */
    const char *file_hash;      /* for the footer, or NULL */
    const DocumentFinding *findings;    /* for a view that wants them */
    size_t finding_count;
    size_t not_checked;         /* checks that could not run */
} DocumentChoice;

#endif
