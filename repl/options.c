/* options.c -- see options.h. */
#include "repl/options.h"

#include <stdlib.h>
#include <string.h>

const OptionRow option_rows[OPT_COUNT] = {
#define OPTION_ROW(name, long_name, short_name, takes, groups, message) \
    [OPT_##name] = {long_name, short_name, takes, groups, MESSAGE_##message},
    OPTIONS(OPTION_ROW)
#undef OPTION_ROW
};

static int find_long(const char *name, size_t length)
{
    for (int i = 0; i < OPT_COUNT; i++)
        if (strlen(option_rows[i].name) == length
            && memcmp(option_rows[i].name, name, length) == 0)
            return i;
    return -1;
}

static int find_letter(char letter)
{
    for (int i = 0; i < OPT_COUNT; i++)
        if (option_rows[i].letter == letter)
            return i;
    return -1;
}

static void add(Options *options, int id, const char *value)
{
    options->given[options->given_count++] = (OptionGiven){(OptionId)id, value};
}

/* --name, --name=value, --name value; returns how many words of argv were used. */
static int read_long(Options *options, int left, char **argv, OptionProblem *problem)
{
    const char *equals = strchr(argv[0], '=');
    size_t length = equals ? (size_t)(equals - argv[0]) : strlen(argv[0]);
    int id = find_long(argv[0], length);
    if (id < 0) {
        *problem = OPTION_UNKNOWN;
    } else if (!option_rows[id].takes_value) {
        if (equals)
            *problem = OPTION_EXTRA_VALUE;
        add(options, id, NULL);
    } else if (equals) {
        add(options, id, equals + 1);
    } else if (left > 1) {
        add(options, id, argv[1]);
        return 2;
    } else {
        *problem = OPTION_NO_VALUE;
    }
    return 1;
}

/* -q, -qi, -oPATH, -o PATH. */
static int read_letters(Options *options, int left, char **argv, OptionProblem *problem)
{
    for (const char *letter = argv[0] + 1; *letter; letter++) {
        int id = find_letter(*letter);
        if (id < 0) {
            *problem = OPTION_UNKNOWN;
            return 1;
        }
        if (!option_rows[id].takes_value) {
            add(options, id, NULL);
            continue;
        }
        if (letter[1]) {
            add(options, id, letter + 1);
            return 1;
        }
        if (left < 2) {
            *problem = OPTION_NO_VALUE;
            return 1;
        }
        add(options, id, argv[1]);
        return 2;
    }
    return 1;
}

OptionProblem options_read(Options *options, int argc, char **argv, const char **culprit)
{
    OptionProblem problem = OPTION_FINE;
    size_t total = 0;
    for (int i = 1; i < argc; i++)
        total += strlen(argv[i]) + 1;
    *options = (Options){0};
    options->given = calloc(total + 1, sizeof *options->given);
    options->words = calloc((size_t)argc + 1, sizeof *options->words);
    if (!options->given || !options->words)
        return OPTION_NO_MEMORY;
    for (int i = 1; i < argc && problem == OPTION_FINE;) {
        char *word = argv[i];
        *culprit = word;
        if (strcmp(word, "--") == 0) {
            for (i++; i < argc; i++)
                options->words[options->word_count++] = argv[i];
        } else if (word[0] == '-' && word[1] == '-') {
            i += read_long(options, argc - i, argv + i, &problem);
        } else if (word[0] == '-' && word[1]) {
            i += read_letters(options, argc - i, argv + i, &problem);
        } else {
            options->words[options->word_count++] = word;
            i++;
        }
    }
    return problem;
}

bool options_add(Options *options, OptionId id, const char *value)
{
    OptionGiven *given = reallocarray(options->given, options->given_count + 1, sizeof *given);
    if (!given)
        return false;
    options->given = given;
    add(options, (int)id, value);
    return true;
}

void options_clear(Options *options)
{
    free(options->given);
    free(options->words);
    *options = (Options){0};
}

bool option_has(const Options *options, OptionId id)
{
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].id == id)
            return true;
    return false;
}

const char *option_value(const Options *options, OptionId id)
{
    for (size_t i = options->given_count; i > 0; i--)
        if (options->given[i - 1].id == id)
            return options->given[i - 1].value;
    return NULL;
}

const char *option_nth(const Options *options, OptionId id, size_t index)
{
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].id == id && index-- == 0)
            return options->given[i].value;
    return NULL;
}

const char *option_nearest(const char *wrong)
{
    const char *best = NULL;
    size_t length = strcspn(wrong, "=");
    unsigned limit = (unsigned)(length > 2 ? (length - 2) / 3 + 1 : 1), nearest = limit + 1;
    for (int i = 0; i < OPT_COUNT; i++) {
        unsigned distance = utf8_distance(wrong, length, option_rows[i].name,
                                          strlen(option_rows[i].name), limit);
        if (distance < nearest) {
            nearest = distance;
            best = option_rows[i].name;
        }
    }
    return best;
}

unsigned options_number(const char *text)
{
    size_t length = text ? strspn(text, "0123456789") : 0;
    unsigned number = 0;
    if (length == 0 || length > 5 || text[length] != '\0')
        return 0;
    for (size_t i = 0; i < length; i++)
        number = number * 10 + (unsigned)(text[i] - '0');
    return number;
}
