/* command.h -- the commands: one table for the command line and the prompt.
 *
 * A row names a command by its id; its words, sentence and examples in every language come from
 * stdlib/words (`command` rows).  To add a command: a row here, its words there, a function.
 * Each view is a command of its own, too, under the words and the title that its plugin gives.
 */
#ifndef REPL_COMMAND_H
#define REPL_COMMAND_H

#include "repl/program.h"

/* What an argument is: for completion and help. */
typedef enum ArgumentKind {
    ARGUMENT_NONE, ARGUMENT_FILES, ARGUMENT_FILE, ARGUMENT_QUERY, ARGUMENT_NAME,
    ARGUMENT_CHECKS, ARGUMENT_FORMAT, ARGUMENT_TOPIC, ARGUMENT_WHAT, ARGUMENT_LANGUAGE,
    ARGUMENT_MODE, ARGUMENT_NUMBER, ARGUMENT_TEXT, ARGUMENT_PATTERN, ARGUMENT_FOLDER,
} ArgumentKind;

typedef struct Arguments {      /* what follows the command */
    char *const *words;
    size_t count;
    const char *rest;           /* at the prompt: the raw rest of the line; else NULL */
} Arguments;

typedef Status CommandFunction(Program *program, const Arguments *arguments);

typedef struct CommandRow {
    uint16_t id;                /* COMMAND_CHECK ... of words_ids.h */
    CommandFunction *shell;     /* `alliance check ...`; NULL: only at the prompt */
    CommandFunction *prompt;    /* `:check ...`; NULL: only on the command line */
    unsigned options;           /* OptionGroup bits */
    ArgumentKind first, second;
} CommandRow;

extern const CommandRow command_rows[];
extern const size_t command_count;

/* What a word stands for as a command: a row of the table, or a view by its own name, which is run
 * as `view NAME` is. */
typedef struct Command {
    const CommandRow *row;      /* NULL: none */
    const PluginInfo *view;     /* with the row of `view`, or NULL */
    const char *nearest;        /* without a row: a word to suggest, or NULL */
    bool ambiguous;             /* without a row: several begin like this */
    bool is_whole;              /* the word itself, not only its beginning */
} Command;

/* Finds it in any language (accents optional; at the prompt any unique prefix will do).  A row of
 * the table wins over a view that is called the same, so that no plugin takes a command away. */
Command command_find(Program *program, const char *word, size_t length, bool at_prompt);
/* The views that are commands, one after the other: NULL at the end. */
const PluginInfo *command_view(Program *program, size_t *index);
/* Words in the program's language. */
const char *command_word(const Program *program, const CommandRow *row);
const char *command_view_word(const Program *program, const PluginInfo *view);

/* Runs what the command line says. */
Status command_line(Program *program);
/* Runs `:word rest` at the prompt or in a script. */
Status command_run(Program *program, const char *word, size_t length, const char *rest);

/* Pages: how to use a command or a view, and whatever a word may mean (`explain`, `help`).  When
 * there is nothing of this name, explain_command gives false and explain_topic says so. */
void command_usage(Program *program, const CommandRow *row);
void command_view_usage(Program *program, const PluginInfo *view);
void explain_options(Program *program, const PluginInfo *plugin);
bool explain_command(Program *program, const char *word);
/* There is nothing to say about this: says so, with the nearest thing about which there is. */
Status nothing_to_explain(Program *program, const char *id);
Status explain_topic(Program *program, const char *id);

/* The functions of the rows. */
/* `check --only ID FILE...`, as if it had been given so. */
Status shell_check_only(Program *program, const char *id, const Arguments *files);
Status shell_view_of(Program *program, const PluginInfo *view, const Arguments *arguments);
Status prompt_view_of(Program *program, const PluginInfo *view, const Arguments *arguments);
CommandFunction shell_check, shell_query, shell_show, shell_run, shell_export, shell_fmt,
    shell_list, shell_explain, shell_trust, shell_complete, shell_version, shell_help,
    shell_view, shell_plugin, shell_api, shell_open, shell_new, plugin_new;
CommandFunction prompt_help, prompt_explain, prompt_todo, prompt_check, prompt_show, prompt_list,
    prompt_export, prompt_load, prompt_reload, prompt_lang, prompt_mode, prompt_quit,
    prompt_version, prompt_run, prompt_view, prompt_why, prompt_find, prompt_where,
    prompt_apropos, prompt_plugins, prompt_trust;

#endif
