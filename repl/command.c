/* command.c -- the table of commands, how one is found, and how a line is run. */
#include "repl/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/nearest.h"
#include "repl/signals.h"

const CommandRow command_rows[] = {
    /* id, on the command line, at the prompt, options, arguments */
    {COMMAND_CHECK, shell_check, prompt_check, FOR_CHECK, ARGUMENT_FILES, ARGUMENT_CHECKS},
    {COMMAND_QUERY, shell_query, NULL, FOR_QUERY, ARGUMENT_FILES, ARGUMENT_QUERY},
    {COMMAND_SHOW, shell_show, prompt_show, 0, ARGUMENT_NAME, ARGUMENT_FILES},
    {COMMAND_RUN, shell_run, prompt_run, FOR_RUN, ARGUMENT_FILE, ARGUMENT_NONE},
    {COMMAND_EXPORT, shell_export, prompt_export, FOR_EXPORT, ARGUMENT_FORMAT, ARGUMENT_FILES},
    {COMMAND_VIEW, shell_view, prompt_view, FOR_VIEW, ARGUMENT_FORMAT, ARGUMENT_FILES},
    {COMMAND_FMT, shell_fmt, NULL, FOR_FMT, ARGUMENT_FILES, ARGUMENT_NONE},
    {COMMAND_LIST, shell_list, prompt_list, FOR_LIST, ARGUMENT_WHAT, ARGUMENT_TEXT},
    {COMMAND_EXPLAIN, shell_explain, prompt_explain, FOR_LIST, ARGUMENT_TOPIC, ARGUMENT_NONE},
    {COMMAND_NEW, shell_new, NULL, FOR_NEW, ARGUMENT_TEXT, ARGUMENT_NONE},
    {COMMAND_TRUST, shell_trust, NULL, 0, ARGUMENT_FOLDER, ARGUMENT_NONE},
    {COMMAND_PLUGIN, shell_plugin, NULL, FOR_PLUGIN, ARGUMENT_TEXT, ARGUMENT_FILE},
    {COMMAND_API, shell_api, NULL, 0, ARGUMENT_TOPIC, ARGUMENT_NONE},
    {COMMAND_COMPLETE, shell_complete, NULL, 0, ARGUMENT_TEXT, ARGUMENT_NUMBER},
    {COMMAND_VERSION, shell_version, prompt_version, FOR_VERSION, ARGUMENT_NONE, ARGUMENT_NONE},
    {COMMAND_HELP, shell_help, prompt_help, 0, ARGUMENT_TOPIC, ARGUMENT_NONE},
    {COMMAND_TODO, NULL, prompt_todo, 0, ARGUMENT_NONE, ARGUMENT_NONE},
    {COMMAND_WHY, NULL, prompt_why, 0, ARGUMENT_NUMBER, ARGUMENT_NONE},
    {COMMAND_FIND, NULL, prompt_find, 0, ARGUMENT_PATTERN, ARGUMENT_NONE},
    {COMMAND_LOAD, NULL, prompt_load, 0, ARGUMENT_FILES, ARGUMENT_NONE},
    {COMMAND_RELOAD, NULL, prompt_reload, 0, ARGUMENT_NONE, ARGUMENT_NONE},
    {COMMAND_LANG, NULL, prompt_lang, 0, ARGUMENT_LANGUAGE, ARGUMENT_NONE},
    {COMMAND_MODE, NULL, prompt_mode, 0, ARGUMENT_MODE, ARGUMENT_NONE},
    {COMMAND_QUIT, NULL, prompt_quit, 0, ARGUMENT_NONE, ARGUMENT_NONE},
};

const size_t command_count = sizeof command_rows / sizeof command_rows[0];

const char *command_word(const Program *program, const CommandRow *row)
{
    return words_text(program->words, program->language, ROLE_COMMAND, row->id, 0, WORD_USUAL);
}

static bool applies(const CommandRow *row, bool at_prompt)
{
    return at_prompt ? row->prompt != NULL : row->shell != NULL;
}

const char *command_view_word(const Program *program, const PluginInfo *view)
{
    const char *word = view->word[program->language];
    return word ? word : view->id;
}

const PluginInfo *command_view(Program *program, size_t *index)
{
    Host *host = program_host(program);
    for (; host && *index < host_plugin_count(host); (*index)++) {
        const PluginInfo *view = host_plugin(host, *index);
        if (view->type == PLUGIN_VIEW && host_find(host, PLUGIN_VIEW, view->id) == view) {
            (*index)++;
            return view;
        }
    }
    return NULL;
}

/* ---- Finding ------------------------------------------------------------------------- */

/* What begins with the word typed, among commands of one sort. */
typedef struct Match {
    const CommandRow *row;
    const PluginInfo *view;
    bool several;
} Match;

typedef struct Search {
    Arena *arena;
    const char *key;            /* the word typed, folded */
    size_t length;
    bool at_prompt;             /* beginnings count */
    Match exact, prefix;
    Nearest nearest;
} Search;

/* Compares the word typed with one word of a command. */
static void look_at(Search *search, const char *word, bool is_own, const CommandRow *row,
                    const PluginInfo *view)
{
    size_t length;
    if (!word)
        return;
    const char *folded = utf8_fold(search->arena, word, strlen(word), &length);
    bool begins = length >= search->length && memcmp(folded, search->key, search->length) == 0;
    Match *match = length == search->length ? &search->exact : &search->prefix;
    if (begins && match == &search->exact && match->row)
        return;                 /* the first of that name, as everywhere */
    if (begins && (match == &search->exact || search->at_prompt)) {
        match->several = match->several || (match->row && match->row != row)
                         || (match->view && match->view != view);
        match->row = row;
        match->view = view;
    }
    nearest_offer(&search->nearest, word, word, is_own);
}

static void look_at_rows(Search *search, const Program *program)
{
    for (size_t i = 0; i < command_count; i++)
        for (LangId language = 0; language < words_language_count(program->words); language++)
            if (applies(&command_rows[i], search->at_prompt))
                look_at(search,
                        words_text(program->words, language, ROLE_COMMAND, command_rows[i].id, 0,
                                   WORD_USUAL),
                        language == program->language, &command_rows[i], NULL);
}

static const CommandRow *row_of_views(void)
{
    size_t i = 0;
    while (command_rows[i].id != COMMAND_VIEW)
        i++;
    return &command_rows[i];
}

static void look_at_views(Search *search, Program *program)
{
    size_t index = 0;
    for (const PluginInfo *view; (view = command_view(program, &index));) {
        look_at(search, view->id, !view->word[program->language], row_of_views(), view);
        for (LangId language = 0; language < LANG_COUNT; language++)
            look_at(search, view->word[language], language == program->language, row_of_views(),
                    view);
    }
}

/* Another word for a command: `also` in stdlib/words/. */
static void look_at_other_words(Search *search, const Program *program, const char *word,
                                size_t length)
{
    size_t count;
    Names *names = names_new(search->arena);
    const WordMeaning *meanings = words_meanings(program->words, names,
                                                 names_intern(names, word, length), &count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < command_count && meanings[i].role == ROLE_COMMAND; j++)
            if (command_rows[j].id == meanings[i].id
                && applies(&command_rows[j], search->at_prompt))
                search->exact.row = &command_rows[j];
}

/* An exact word of the table, of a view, then a beginning: of the table first, too. */
Command command_find(Program *program, const char *word, size_t length, bool at_prompt)
{
    Arena *arena = scratch_new(program);
    Search search = {.arena = arena, .at_prompt = at_prompt};
    search.key = utf8_fold(arena, word, length, &search.length);
    nearest_begin(&search.nearest, arena, word, length);
    if (search.length > 0)
        look_at_rows(&search, program);
    Match rows = search.prefix;
    search.prefix = (Match){0};
    if (search.length > 0 && !search.exact.row)
        look_at_views(&search, program);
    if (search.length > 0 && !search.exact.row)
        look_at_other_words(&search, program, word, length);
    arena_free(arena);
    Match found = search.exact.row ? search.exact : rows.row ? rows : search.prefix;
    if (!found.row || (found.several && !search.exact.row))
        return (Command){.nearest = search.nearest.word, .ambiguous = found.several};
    return (Command){.row = found.row, .view = found.view, .is_whole = search.exact.row};
}

/* A command that the language has a word for, but that is not of this place: it comes in a later
 * version, or is for the prompt, or for the command line only. */
static bool is_elsewhere(Program *program, const char *word, size_t length, MessageId *message)
{
    Arena *arena = scratch_new(program);
    Names *names = names_new(arena);
    size_t count;
    const WordMeaning *meanings =
        words_meanings(program->words, names, names_intern(names, word, length), &count);
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = meanings[i].role == ROLE_COMMAND;
        *message = MESSAGE_COMMAND_LATER;
        for (size_t j = 0; found && j < command_count; j++)
            if (command_rows[j].id == meanings[i].id)
                *message = command_rows[j].shell ? MESSAGE_COMMAND_OUTSIDE
                                                 : MESSAGE_COMMAND_AT_PROMPT;
    }
    arena_free(arena);
    return found;
}

/* Options that this command does not take are a mistake, said before anything runs. */
static Status refuse_options(Program *program, const CommandRow *row)
{
    for (size_t i = 0; i < program->options.given_count; i++) {
        const OptionRow *option = &option_rows[program->options.given[i].id];
        unsigned allowed = FOR_ALL | (row ? row->options : FOR_CHECK | FOR_RUN);
        if (!(option->groups & allowed))
            return usage_error(program, MESSAGE_OPTION_NOT_HERE, "option", option->name,
                               "command", row ? command_word(program, row) : "alliance", NULL);
    }
    return STATUS_FINE;
}

/* A word after a command that takes none. */
static Status refuse_words(Program *program, const CommandRow *row, const Arguments *arguments,
                           bool at_prompt)
{
    if (row->first != ARGUMENT_NONE || arguments->count == 0)
        return STATUS_FINE;
    return usage_error(program, at_prompt ? MESSAGE_PROMPT_WORD_TOO_MANY : MESSAGE_WORD_TOO_MANY,
                       "command", command_word(program, row), "word", arguments->words[0], NULL);
}

/* Written like a file, whatever commands there are; `./agenda` is one, `agenda` is a command. */
static bool is_path(const char *word)
{
    return strcmp(word, "-") == 0 || strchr(word, '/') || strchr(word, '.');
}

/* Is it surely no question, name or format, whether or not there is such a file?  (A question may
 * divide, with blanks around.) */
static bool names_file(const char *word)
{
    size_t length = strlen(word), ending = sizeof ".alliance" - 1;
    return (strchr(word, '/') && !strchr(word, ' '))
           || (length >= ending && strcmp(word + length - ending, ".alliance") == 0);
}

/* Is it a document or a view, even where a file is called the same? */
static bool is_format(Program *program, const char *word)
{
    Host *host = program_host(program);
    return host && (host_find(host, PLUGIN_EXPORT, word) || host_find(host, PLUGIN_VIEW, word));
}

/* A question, a name or a format among files: when it is the only word that is no file, it is
 * understood wherever it stands. */
static void put_in_order(Program *program, const CommandRow *row, char **words, size_t count)
{
    bool is_last = row->id == COMMAND_QUERY;
    bool is_first = row->id == COMMAND_SHOW || row->id == COMMAND_EXPORT || row->id == COMMAND_VIEW;
    size_t odd = count;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], "-") == 0 || access(words[i], F_OK) == 0)
            continue;
        if (odd < count)
            return;             /* two of them: it is said what is missing */
        odd = i;
    }
    size_t place = is_last ? count - 1 : 0;
    if (odd == count || odd == place || !(is_first || is_last) || names_file(words[odd]))
        return;
    if (is_first && row->id != COMMAND_SHOW && is_format(program, words[place]))
        return;
    char *word = words[odd];
    for (size_t i = odd; i != place; i = is_last ? i + 1 : i - 1)
        words[i] = words[is_last ? i + 1 : i - 1];
    words[place] = word;
}

/* Who types a command in French is answered in French, even where the locale says English, or
 * nothing; --lang wins, and so does the language of a file.  (English words are in every manual,
 * and say nothing about who types them.) */
static void speak_as_typed(Program *program, const char *word, const CommandRow *row)
{
    Arena *arena = scratch_new(program);
    Names *names = names_new(arena);
    LangId spoken = program->language;
    size_t count;
    const WordMeaning *meanings =
        words_meanings(program->words, names, names_intern(names, word, strlen(word)), &count);
    for (size_t i = 0; i < count; i++)
        if (meanings[i].role == ROLE_COMMAND && meanings[i].id == row->id) {
            spoken = meanings[i].language;
            if (spoken == program->language)
                break;
        }
    if (!program->language_forced && program->language == LANG_EN)
        program->language = spoken;
    arena_free(arena);
}

Status command_line(Program *program)
{
    const Options *options = &program->options;
    if (option_has(options, OPT_VERSION))
        return shell_version(program, &(Arguments){0});
    Arguments arguments = {options->words, options->word_count, NULL};
    const char *word = options->word_count > 0 ? options->words[0] : NULL;
    Command command = {0};
    if (word && !is_path(word))
        command = command_find(program, word, strlen(word), false);
    if (option_has(options, OPT_HELP)) {
        if (!command.row)
            arguments.count = 0;
        return shell_help(program, &arguments);
    }
    MessageId elsewhere;
    if (!command.row && word && !is_path(word) && access(word, F_OK) != 0) {
        if (is_elsewhere(program, word, strlen(word), &elsewhere))
            return usage_error(program, elsewhere, "command", word, NULL);
        return command.nearest ? usage_error(program, MESSAGE_UNKNOWN_COMMAND_NEAR, "command", word,
                                             "nearest", command.nearest, NULL)
                               : usage_error(program, MESSAGE_UNKNOWN_COMMAND, "command", word,
                                             NULL);
    }
    Status status = refuse_options(program, command.row);
    if (status != STATUS_FINE)
        return status;
    if (!command.row)
        return shell_open(program, &arguments);
    if (!command.view)
        speak_as_typed(program, word, command.row);
    arguments.words++;
    arguments.count--;
    status = refuse_words(program, command.row, &arguments, false);
    if (status != STATUS_FINE)
        return status;
    if (!command.view)
        put_in_order(program, command.row, options->words + 1, arguments.count);
    return command.view ? shell_view_of(program, command.view, &arguments)
                        : command.row->shell(program, &arguments);
}

/* Splits the rest of a line into words; quotes keep blanks together.  In the arena. */
static Arguments split(Arena *arena, const char *rest)
{
    size_t length = strlen(rest), count = 0, used = 0;
    char **words = arena_array(arena, length / 2 + 2, sizeof *words);
    char *bytes = arena_alloc(arena, length * 2 + 2);
    for (size_t i = 0; i < length;) {
        if (rest[i] == ' ' || rest[i] == '\t') {
            i++;
            continue;
        }
        words[count++] = bytes + used;
        for (char quote = 0; i < length && (quote || (rest[i] != ' ' && rest[i] != '\t')); i++) {
            if (quote && rest[i] == quote)
                quote = 0;
            else if (!quote && rest[i] == '"')
                quote = '"';
            else
                bytes[used++] = rest[i];
        }
        bytes[used++] = '\0';
    }
    return (Arguments){words, count, rest};
}

static const char *with_name(Arena *arena, const char *list, const char *key, size_t length,
                             const char *name)
{
    size_t size;
    const char *folded = name ? utf8_fold(arena, name, strlen(name), &size) : NULL;
    return folded && size >= length && memcmp(folded, key, length) == 0
               ? arena_format(arena, "%s%s`:%s`", list, *list ? ", " : "", name) : list;
}

/* "`:lancer`, `:langue`": the commands and views of the prompt that begin like this. */
static const char *beginning_with(Program *program, Arena *arena, const char *word)
{
    size_t length, index = 0;
    const char *key = utf8_fold(arena, word, strlen(word), &length), *list = "";
    for (size_t i = 0; i < command_count; i++) {
        const char *before = list;
        if (!applies(&command_rows[i], true))
            continue;
        list = with_name(arena, list, key, length, command_word(program, &command_rows[i]));
        for (LangId other = 0; list == before && other < words_language_count(program->words);
             other++)
            list = with_name(arena, list, key, length,
                             words_text(program->words, other, ROLE_COMMAND, command_rows[i].id, 0,
                                        WORD_USUAL));
    }
    for (const PluginInfo *view; !*list && (view = command_view(program, &index));)
        list = with_name(arena, list, key, length, command_view_word(program, view));
    return list;
}

Status command_run(Program *program, const char *word, size_t length, const char *rest)
{
    MessageId elsewhere;
    Command command = command_find(program, word, length, true);
    bool looks_back = command.row && command.row->id == COMMAND_WHY;
    if (!looks_back && program->host && host_is_stale(program->host)) {
        program_forget_host(program);
        command = command_find(program, word, length, true);
    }
    Arena *arena = scratch_new(program);
    char *name = arena_copy(arena, word, length);
    Status status = STATUS_USAGE;
    if (command.row) {
        Arguments arguments = split(arena, rest);
        *signals_flag() = 0;
        status = refuse_words(program, command.row, &arguments, true);
        if (status == STATUS_FINE)
            status = command.view ? prompt_view_of(program, command.view, &arguments)
                                  : command.row->prompt(program, &arguments);
    } else if (is_elsewhere(program, word, length, &elsewhere)) {
        usage_error(program, elsewhere, "command", name, NULL);
    } else if (command.ambiguous) {
        say_line(program, &program->err, MESSAGE_AMBIGUOUS_COMMAND, "command", name, "commands",
                 beginning_with(program, arena, name), NULL);
    } else if (command.nearest) {
        say_line(program, &program->err, MESSAGE_UNKNOWN_PROMPT_COMMAND_NEAR, "command", name,
                 "nearest", command.nearest, NULL);
    } else {
        say_line(program, &program->err, MESSAGE_UNKNOWN_PROMPT_COMMAND, "command", name, NULL);
    }
    arena_free(arena);
    return status;
}
