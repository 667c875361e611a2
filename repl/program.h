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
    Snapshot *snapshot;         /* what is loaded, or NULL */
    char **paths;               /* of its roots, NULL-ended */
    size_t path_count;
    CheckRun checked;           /* the last `check`, for `:why`, `:todo` */
    Arena *checked_arena;
    Diags *asserted;            /* what assert and check statements said then */
    const Diag **numbered;      /* what `:why N` speaks of, in the arena of the check */
    size_t numbered_count;
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

/* Reads files and folders as one snapshot in place of what is loaded.  Usage and file errors are
 * said; *status joins them.  false: nothing could be loaded, and what was there stays. */
bool program_load(Program *program, char *const *what, size_t count, Status *status);
bool program_load_text(Program *program, const char *name, const char *text, size_t length);

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
