/* options.h -- the command line as data: one list of options, and what was given. */
#ifndef REPL_OPTIONS_H
#define REPL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang/lang.h"

/* Which commands take an option: bits for the groups of options. */
typedef enum OptionGroup {
    FOR_ALL = 1 << 0, FOR_CHECK = 1 << 1, FOR_QUERY = 1 << 2, FOR_RUN = 1 << 3,
    FOR_EXPORT = 1 << 4, FOR_FMT = 1 << 5, FOR_LIST = 1 << 6, FOR_VERSION = 1 << 7,
    FOR_PLUGIN = 1 << 8, FOR_VIEW = 1 << 9, FOR_NEW = 1 << 10,
} OptionGroup;

/* X(NAME, "--long", 'short' or 0, takes a value, groups, MESSAGE that explains it) */
#define OPTIONS(X)                                                                          \
    X(LANG, "--lang", 0, true, FOR_ALL, OPTION_LANG)                                        \
    X(TODAY, "--today", 0, true, FOR_ALL, OPTION_TODAY)                                     \
    X(COLOR, "--color", 0, true, FOR_ALL, OPTION_COLOR)                                     \
    X(PLAIN, "--plain", 0, false, FOR_ALL, OPTION_PLAIN)                                    \
    X(QUIET, "--quiet", 'q', false, FOR_ALL, OPTION_QUIET)                                  \
    X(EXECUTE, "--execute", 'e', true, FOR_ALL, OPTION_EXECUTE)                             \
    X(LIMIT, "--limit", 0, true, FOR_ALL, OPTION_LIMIT)                                     \
    X(JOBS, "--jobs", 0, true, FOR_ALL, OPTION_JOBS)                                        \
    X(PLUGIN, "--plugin", 0, true, FOR_ALL, OPTION_PLUGIN)                                  \
    X(TRUST_PROJECT, "--trust-project", 0, false, FOR_ALL, OPTION_TRUST_PROJECT)            \
    X(NO_ISOLATE, "--no-isolate", 0, false, FOR_ALL, OPTION_NO_ISOLATE)                     \
    X(HELP, "--help", 'h', false, FOR_ALL, OPTION_HELP)                                     \
    X(VERSION, "--version", 0, false, FOR_ALL, OPTION_VERSION)                              \
    X(FORMAT, "--format", 0, true,                                                          \
      FOR_CHECK | FOR_QUERY | FOR_LIST | FOR_PLUGIN | FOR_VIEW, OPTION_FORMAT)              \
    X(FAIL_ON, "--fail-on", 0, true, FOR_CHECK, OPTION_FAIL_ON)                             \
    X(STRICT, "--strict", 0, false, FOR_CHECK, OPTION_STRICT)                               \
    X(PROFILE, "--profile", 0, true, FOR_CHECK, OPTION_PROFILE)                             \
    X(ONLY, "--only", 0, true, FOR_CHECK, OPTION_ONLY)                                      \
    X(TIMING, "--timing", 0, false, FOR_CHECK, OPTION_TIMING)                               \
    X(KEEP_GOING, "--keep-going", 0, false, FOR_RUN, OPTION_KEEP_GOING)                     \
    X(OUTPUT, "--output", 'o', true, FOR_EXPORT | FOR_VIEW, OPTION_OUTPUT)                  \
    X(SET, "--set", 'O', true, FOR_EXPORT | FOR_VIEW, OPTION_SET)                           \
    X(FORCE, "--force", 0, false, FOR_EXPORT | FOR_VIEW, OPTION_FORCE)                      \
    X(CONFIDENTIAL, "--confidential", 0, false, FOR_EXPORT | FOR_VIEW, OPTION_CONFIDENTIAL) \
    X(FOR, "--for", 0, true, FOR_EXPORT | FOR_VIEW, OPTION_FOR)                             \
    X(CHECK, "--check", 0, false, FOR_FMT, OPTION_CHECK)                                    \
    X(DIFF, "--diff", 0, false, FOR_FMT, OPTION_DIFF)                                       \
    X(WRITE, "--write", 'i', false, FOR_FMT, OPTION_WRITE)                                  \
    X(TO, "--to", 0, true, FOR_FMT, OPTION_TO)                                              \
    X(FROM, "--from", 0, true, FOR_NEW, OPTION_FROM)                                        \
    X(VERBOSE, "--verbose", 'v', false, FOR_VERSION, OPTION_VERBOSE)

typedef enum OptionId {
#define OPTION_ENUM(name, long_name, short_name, takes, groups, message) OPT_##name,
    OPTIONS(OPTION_ENUM)
#undef OPTION_ENUM
    OPT_COUNT
} OptionId;

typedef struct OptionRow {
    const char *name;
    char letter;
    bool takes_value;
    unsigned groups;
    MessageId about;
} OptionRow;

extern const OptionRow option_rows[OPT_COUNT];

typedef struct OptionGiven {        /* one occurrence, in order */
    OptionId id;
    const char *value;              /* NULL for a flag */
} OptionGiven;

typedef struct Options {
    OptionGiven *given;
    size_t given_count;
    char **words;                   /* what is not an option, in order; words[0] may be a command */
    size_t word_count;
} Options;

typedef enum OptionProblem { OPTION_FINE, OPTION_UNKNOWN, OPTION_NO_VALUE, OPTION_EXTRA_VALUE,
                             OPTION_NO_MEMORY } OptionProblem;

/* Sorts argv into options and words; borrows its texts.  On a problem, *culprit names it. */
OptionProblem options_read(Options *options, int argc, char **argv, const char **culprit);
/* As if it had been given last; borrows the value.  false: there is no memory. */
bool options_add(Options *options, OptionId id, const char *value);
void options_clear(Options *options);

bool option_has(const Options *options, OptionId id);
const char *option_value(const Options *options, OptionId id);      /* the last one, or NULL */
/* The index-th value of a repeatable option, or NULL. */
const char *option_nth(const Options *options, OptionId id, size_t index);
/* What digits alone say, up to 99,999; 0 for NULL and for anything else. */
unsigned options_number(const char *text);
/* The nearest option to a misspelt one, or NULL. */
const char *option_nearest(const char *wrong);

#endif
