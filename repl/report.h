/* report.h -- diagnostics as a person or a program reads them: text, JSON, SARIF. */
#ifndef REPL_REPORT_H
#define REPL_REPORT_H

#include "lang/lang.h"
#include "plugins/host/host.h"
#include "plugins/io/json_writer.h"
#include "repl/out.h"

typedef struct ReportChoice {
    const Words *words;
    bool language_forced;       /* --lang, :lang: every message in `language` */
    LangId language;            /* else each in the language of its file */
    size_t shown_per_file;      /* 50 for a terminal */
    bool at_prompt;             /* say `:explain` rather than `alliance explain` */
    bool plain;                 /* --plain: no frames, one sentence a line */
    size_t wrap;                /* columns that sentences keep to (layout_limit) */
} ReportChoice;

LangId report_language(const ReportChoice *choice, const Diag *diag);

/* One diagnostic with its source lines; `number` > 0 is printed before it (`:why 2`). */
void report_diag(Out *out, Arena *scratch, const ReportChoice *choice, const Diag *diag,
                 size_t number);

/* All of them, at most shown_per_file a file; the rest counted. Returns how many were shown. */
size_t report_diags(Out *out, Arena *scratch, const ReportChoice *choice, const Diags *diags);

/* One diagnostic as the object of doc/reference/program.md, with the fields of a finding. */
void report_json_diag(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                      const Diag *diag);

/* What went wrong without a place: a wrong use, a file that cannot be read. */
typedef struct ReportFailure {
    const char *code;               /* "usage", "file" */
    char *text;
    struct ReportFailure *next;
} ReportFailure;
void report_json_failure(JsonWriter *json, const ReportFailure *failure);

/* What a whole `check` has to say (doc/reference/program.md), as JSON or SARIF 2.1.0. */
typedef struct ReportRun {
    const char *today;
    LangId language;
    const Diags *const *diags;      /* several lists, one after the other */
    size_t list_count;
    const PluginOutcome *outcomes;
    size_t outcome_count;
    Host *host;                     /* for the rules of SARIF; may be NULL */
    size_t file_count;
    const ReportFailure *failures;  /* NULL: none */
    bool timing;
} ReportRun;

void report_json(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                 const ReportRun *run);
void report_sarif(JsonWriter *json, Arena *scratch, const ReportChoice *choice,
                  const ReportRun *run);

/* A program text (a `text` row of the catalogue) in a language, with arguments. */
const char *report_text(Arena *scratch, const Words *words, LangId language, MessageId message,
                        const DiagArg *args, uint32_t arg_count);

const char *outcome_word(Outcome outcome);      /* "ok", "load-error", ... (neutral) */

#endif
