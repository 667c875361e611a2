/* opening.c -- see opening.h. */
#include "config.h"

#include "repl/opening.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "repl/choice.h"
#include "repl/settings.h"
#include "repl/signals.h"

/* The language of a locale name such as fr_FR.UTF-8; English when it is none of ours. */
static LangId language_of_locale(const Words *words)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        LangId language;
        if (!value || !*value)
            continue;
        if (words_language_find(words, value, strcspn(value, "_.@"), &language))
            return language;
        return LANG_EN;
    }
    return LANG_EN;
}

static Status read_language(Program *program)
{
    const char *code = option_value(&program->options, OPT_LANG);
    if (!code && program->own.language[0])
        code = program->own.language;
    if (!code)
        return STATUS_FINE;
    if (!words_language_find(program->words, code, strlen(code), &program->language))
        return usage_error(program, MESSAGE_UNKNOWN_LANGUAGE_OPTION, "language", code, NULL);
    program->language_forced = true;
    return STATUS_FINE;
}

static int32_t day_of_today(void)
{
    time_t now = time(NULL);
    struct tm parts;
    Date date;
    if (!localtime_r(&now, &parts)
        || !date_make(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, &date))
        return 0;
    return date.day;
}

static Status read_today(Program *program)
{
    const char *text = option_value(&program->options, OPT_TODAY);
    Date date;
    if (!text) {
        program->env.today = day_of_today();
        return STATUS_FINE;
    }
    if (!date_parse(text, strlen(text), &date) || date.precision != DATE_DAY)
        return usage_error(program, MESSAGE_BAD_TODAY, "date", text, NULL);
    program->env.today = date.day;
    return STATUS_FINE;
}

static Status read_limits(Program *program)
{
    const char *text;
    for (size_t i = 0; (text = option_nth(&program->options, OPT_LIMIT, i)); i++) {
        const char *equals = strchr(text, '=');
        char name[32], *end = NULL;
        errno = 0;
        unsigned long long value = equals ? strtoull(equals + 1, &end, 10) : 0;
        if (!equals || (size_t)(equals - text) >= sizeof name || end == equals + 1 || *end
            || errno || equals[1] == '-')
            return usage_error(program, MESSAGE_BAD_LIMIT, "limit", text, NULL);
        snprintf(name, sizeof name, "%.*s", (int)(equals - text), text);
        if (!limits_lower(&program->env.limits, name, value))
            return usage_error(program, MESSAGE_BAD_LIMIT, "limit", text, NULL);
    }
    return STATUS_FINE;
}

/* Zero jobs would run nothing, and a number nobody can mean is a slip. */
static Status read_jobs(Program *program)
{
    const char *text;
    for (size_t i = 0; (text = option_nth(&program->options, OPT_JOBS, i)); i++)
        if (!options_number(text))
            return usage_error(program, MESSAGE_BAD_JOBS, "jobs", text, NULL);
    return STATUS_FINE;
}

/* In one process with what a person works on, a plugin has no walls: a debugger may want that,
 * and only a program that was built for one does it. */
static Status read_isolation(Program *program)
{
#ifdef WITH_NO_ISOLATE
    (void)program;
#else
    if (option_has(&program->options, OPT_NO_ISOLATE))
        return usage_error(program, MESSAGE_ALWAYS_ISOLATED, NULL);
#endif
    return STATUS_FINE;
}

static bool wants_colour(uint16_t choice, int descriptor)
{
    const char *terminal = getenv("TERM"), *no_colour = getenv("NO_COLOR"),
               *force = getenv("CLICOLOR_FORCE");
    if (choice != CHOICE_AUTO)
        return choice == CHOICE_ALWAYS;
    if (no_colour && *no_colour)
        return false;
    if (force && *force && strcmp(force, "0") != 0)
        return true;
    return isatty(descriptor) && terminal && strcmp(terminal, "dumb") != 0;
}

static Status read_colour(Program *program)
{
    uint16_t choice;
    const char *own = program->own.color;
    uint16_t otherwise = own[0] ? choice_find(program, own, choices_colours) : CHOICE_AUTO;
    Status status = choice_option(program, OPT_COLOR, choices_colours, otherwise, &choice);
    if (status != STATUS_FINE)
        return status;
    bool plain = option_has(&program->options, OPT_PLAIN);
    program->out.colour = !plain && wants_colour(choice, STDOUT_FILENO);
    program->err.colour = !plain && wants_colour(choice, STDERR_FILENO);
    return STATUS_FINE;
}

unsigned opening_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    unsigned width = options_number(columns);
    return width >= 20 && width <= 1000 ? width : 100;
}

bool program_open(Program *program, int argc, char **argv, Status *status)
{
    const char *culprit = NULL, *nearest;
    *program = (Program){.words = words_shipped(), .mode = CHOICE_TABLE};
    env_init(&program->env);
    out_init(&program->out, STDOUT_FILENO, false);
    out_init(&program->err, STDERR_FILENO, false);
    program->out.other = &program->err;
    program->err.other = &program->out;
    program->language = language_of_locale(program->words);
    program->is_terminal = isatty(STDOUT_FILENO);
    program->width = opening_width();
    program->cancel = signals_flag();
    program->env.cancel = program->cancel;
    *status = STATUS_FINE;

    OptionProblem problem = options_read(&program->options, argc, argv, &culprit);
    settings_read_own(program);
    *status = read_language(program);
    if (*status != STATUS_FINE)
        return false;
    switch (problem) {
    case OPTION_FINE:
        break;
    case OPTION_UNKNOWN:
        nearest = option_nearest(culprit);
        *status = nearest ? usage_error(program, MESSAGE_UNKNOWN_OPTION_NEAR, "option", culprit,
                                        "nearest", nearest, NULL)
                          : usage_error(program, MESSAGE_UNKNOWN_OPTION, "option", culprit,
                                        NULL);
        return false;
    case OPTION_NO_VALUE:
        *status = usage_error(program, MESSAGE_OPTION_WITHOUT_VALUE, "option", culprit, NULL);
        return false;
    case OPTION_EXTRA_VALUE:
        *status = usage_error(program, MESSAGE_OPTION_EXTRA_VALUE, "option", culprit, NULL);
        return false;
    case OPTION_NO_MEMORY:
        *status = STATUS_INTERNAL;
        return false;
    }
    *status = read_today(program);
    if (*status == STATUS_FINE)
        *status = read_limits(program);
    if (*status == STATUS_FINE)
        *status = read_jobs(program);
    if (*status == STATUS_FINE)
        *status = read_isolation(program);
    if (*status == STATUS_FINE)
        *status = read_colour(program);
    if (*status != STATUS_FINE)
        return false;
    program->files = files_new(program->env.limits.file_bytes);
    if (!program->files) {
        *status = STATUS_INTERNAL;
        return false;
    }
    program->env.open_file = files_open;
    program->env.files = program->files;
    return true;
}
