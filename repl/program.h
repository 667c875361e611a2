/* program.h -- one run of the program: its options, its files, what is loaded, where it speaks. */
#ifndef REPL_PROGRAM_H
#define REPL_PROGRAM_H

#include "lang/lang.h"
#include "plugins/host/host.h"
#include "repl/files.h"
#include "repl/options.h"
#include "repl/out.h"
#include "repl/report.h"

/* Exit statuses, by what happened; status_join keeps the graver one (70 > 2 > 3 > 4 > 1 > 0). */
typedef enum Status {
    STATUS_FINE = 0,
    STATUS_FINDINGS = 1,        /* findings at or above --fail-on, a failed assert */
    STATUS_USAGE = 2,
    STATUS_FILE = 3,            /* a file cannot be read or written */
    STATUS_PLUGIN = 4,          /* a plugin failed or was stopped: not everything was checked */
    STATUS_INTERNAL = 70,
    STATUS_INTERRUPTED = 130,
} Status;

Status status_join(Status a, Status b);

/* What the user has set for every run; a command line says otherwise (settings.h). */
typedef struct OwnSettings {
    char language[8];           /* "": not set, as below */
    char color[8];              /* a word of choices_colours */
    bool has_editor, is_vi;
} OwnSettings;

typedef struct Program {
    Env env;
    Files *files;
    Options options;
    Out out, err;
    const Words *words;
    LangId language;            /* of messages that belong to no file */
    bool language_forced;
    bool at_prompt;             /* the prompt is running: commands speak of what is loaded */
    bool is_terminal;           /* standard output is one */
    unsigned width;             /* of the terminal, in columns */
    Host *host;                 /* opened at the first need */
    bool traces;                /* of plugins that fail: who called whom, for their authors */
    PluginOutcome made;         /* how the last document went; its reason is gone */
    char *project;              /* folder of alliance.conf whose plugins they are, or NULL */
    Snapshot *conf;             /* alliance.conf of what is loaded, or NULL */
    OwnSettings own;
    Snapshot *snapshot;         /* what is loaded, or NULL */
    char **paths;               /* of its roots, NULL-ended */
    size_t path_count;
    CheckRun checked;           /* the last `check`, for `:why`, `:todo` */
    Arena *checked_arena;
    Diags *asserted;            /* what assert and check statements said then */
    const Diag **numbered;      /* what `:why N` speaks of, in the arena of the check */
    size_t numbered_count;
    bool *wrong_files;          /* by file: whether its alliance has errors of its own */
    uint16_t mode;              /* of answers: CHOICE_TABLE, CHOICE_LINE... */
    ReportFailure *failures, *last_failure;     /* with --format json: said in its one object */
    bool printed_json;          /* that object was written */
    Status last;                /* of the last command */
    bool wants_to_leave;
    bool reads_script;          /* program_load: `:` commands may stand in what is read */
    const char *script;         /* path of the script that runs, or NULL; `:load` starts there */
    volatile int *cancel;       /* set by Ctrl-C while something runs */
} Program;

void program_close(Program *program);       /* opening.h opens it */

Host *program_host(Program *program);       /* NULL: said why */
/* The plugins that belong to what is opened: those of the project of its first file, too. */
Host *program_host_for(Program *program, const char *first);
/* The word of the plugin of these types (bits 1 << PluginType) that is nearest to a misspelt one,
 * in the program's language; NULL: none is near.  In the host. */
const char *program_nearest_plugin(Program *program, unsigned types, const char *wrong);
void program_forget_host(Program *program);         /* it is made anew when it is asked for */
void program_forget_checked(Program *program);      /* the last check and its numbers */
/* What is wrong in alliance.conf; empty without one. */
const Diags *program_conf_diags(const Program *program);

ReportChoice program_report_choice(const Program *program);

/* Says a program text: pairs of placeholder and text follow, ended by NULL. No line end. */
void say(Program *program, Out *out, MessageId message, ...);
/* The same, with a line end. */
void say_line(Program *program, Out *out, MessageId message, ...);
/* With a count first, for agreement: placeholder "count". */
void say_count(Program *program, Out *out, MessageId message, int64_t count, ...);
/* Paragraphs from the left margin, each line of the text one, on standard output. */
void say_paragraphs(Program *program, const char *text);
/* Columns that a line of text keeps to. */
size_t program_limit(const Program *program);
/* The text of a message without arguments, in the program's language (arena of the call). */
const char *program_text(Program *program, Arena *arena, MessageId message);

/* A wrong use: a sentence (as JSON when --format is json), STATUS_USAGE.  Pairs as in say. */
Status usage_error(Program *program, MessageId message, ...);
/* A file that cannot be read or written: sentence with the reason, STATUS_FILE. */
Status file_error(Program *program, MessageId message, const char *path, int problem);

/* What was kept for the one JSON object: the object itself when nothing else was written, else
 * sentences on standard error. */
void program_say_failures(Program *program, Status status);
void program_forget_failures(Program *program);     /* they were said */

Arena *scratch_new(Program *program);       /* an arena for one command; never NULL (exits 70) */

#endif
