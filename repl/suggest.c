/* suggest.c -- see suggest.h.  The grammar says what may stand there (input_place), the tables
 * and what is loaded give the words. */
#include "repl/suggest.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "repl/choice.h"
#include "repl/command.h"
#include "repl/examples.h"

typedef struct Suggest {
    Program *program;
    Arena *arena;
    LangId language;            /* of the input */
    const char *prefix;         /* folded */
    size_t prefix_length;
    LineCandidate *candidates;
    size_t count, most;
    size_t looked;              /* names gone through: keeps the answer quick */
} Suggest;

enum { LOOK_MOST = 200000 };

static bool matches(Suggest *suggest, const char *word)
{
    size_t length;
    if (suggest->prefix_length == 0)
        return true;
    const char *folded = utf8_fold(suggest->arena, word, strlen(word), &length);
    return length >= suggest->prefix_length
           && memcmp(folded, suggest->prefix, suggest->prefix_length) == 0;
}

static void offer(Suggest *suggest, const char *word, const char *after, const char *about,
                  bool closes)
{
    if (!word || !*word || suggest->count >= suggest->most || !matches(suggest, word))
        return;
    for (size_t i = 0; i < suggest->count; i++) {
        size_t length = strlen(word);
        const char *known = suggest->candidates[i].text;
        if (strncmp(known, word, length) == 0 && strcmp(known + length, after) == 0)
            return;
    }
    size_t word_length = strlen(word), after_length = strlen(after);
    char *text = malloc(word_length + after_length + 1);
    if (!text)
        return;
    memcpy(text, word, word_length);
    memcpy(text + word_length, after, after_length + 1);
    suggest->candidates[suggest->count++] =
        (LineCandidate){text, about ? strdup(about) : NULL, closes};
}

static const Words *words_of(const Suggest *suggest)
{
    return suggest->program->words;
}

static void offer_role(Suggest *suggest, WordRole role, uint16_t id, uint16_t scope,
                       unsigned form, const char *after)
{
    const Words *words = words_of(suggest);
    offer(suggest, words_text(words, suggest->language, role, id, scope, form), after,
          words_about(words, suggest->language, role, id, scope), after[0] == '\0');
}

static void offer_core(Suggest *suggest, const CoreId *cores, size_t count)
{
    for (size_t i = 0; i < count; i++)
        offer_role(suggest, ROLE_CORE, cores[i], 0, WORD_USUAL, "");
}

/* ---- Vocabulary ---------------------------------------------------------------------- */

static const Vocabulary *vocabulary_of(const Suggest *suggest)
{
    return suggest->program->snapshot ? snapshot_vocabulary(suggest->program->snapshot)
                                      : vocabulary_shipped();
}

static uint16_t place_of_kind(KindId kind)
{
    switch (kind) {
    case 0:
        return PLACE_TOP;
    case KIND_ALLIANCE:
        return PLACE_ALLIANCE;
    case KIND_PARTNER:
        return PLACE_PARTNER;
    case KIND_GOAL:
        return PLACE_GOAL;
    case KIND_KPI:
        return PLACE_KPI;
    case KIND_MILESTONE:
        return PLACE_MILESTONE;
    case KIND_PILOT:
        return PLACE_PILOT;
    default:
        return 0;
    }
}

static void offer_kinds(Suggest *suggest, uint16_t places)
{
    const Vocabulary *vocabulary = vocabulary_of(suggest);
    for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++)
        if (vocabulary_kind(vocabulary, kind)->places & places)
            offer_role(suggest, ROLE_KIND, kind, 0, WORD_USUAL, "");
}

static void offer_collections(Suggest *suggest)
{
    const Vocabulary *vocabulary = vocabulary_of(suggest);
    for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++)
        offer(suggest, words_text(words_of(suggest), suggest->language, ROLE_COLLECTION, kind, 0,
                                  WORD_PLURAL),
              "", words_about(words_of(suggest), suggest->language, ROLE_KIND, kind, 0), true);
}

static KindId kind_of_word(Suggest *suggest, Names *names, NameId word)
{
    const WordMeaning *meaning =
        word ? words_find(words_of(suggest), names, suggest->language, word, ROLE_KIND, 0)
             : NULL;
    if (word && !meaning)
        meaning = words_find(words_of(suggest), names, suggest->language, word, ROLE_COLLECTION,
                             0);
    return meaning ? meaning->id : 0;
}

static bool is_given(Suggest *suggest, Names *names, const InputPlace *place,
                     PropertyId property, KindId kind)
{
    for (unsigned i = 0; i < place->given_count; i++) {
        const WordMeaning *meaning = words_find(words_of(suggest), names, suggest->language,
                                                place->given[i], ROLE_PROPERTY, kind);
        if (meaning && meaning->id == property)
            return true;
    }
    return false;
}

static void offer_properties(Suggest *suggest, Names *names, const InputPlace *place,
                             KindId kind)
{
    const char *colon = suggest->language == LANG_FR ? " : " : ": ";
    const KindInfo *info = kind ? vocabulary_kind(vocabulary_of(suggest), kind) : NULL;
    for (uint16_t i = 0; info && i < info->property_count; i++) {
        const PropertyInfo *property = &info->properties[i];
        if (!property->is_derived && !is_given(suggest, names, place, property->id, kind))
            offer_role(suggest, ROLE_PROPERTY, property->id, kind, WORD_USUAL, colon);
    }
}

static void offer_fields(Suggest *suggest, KindId kind)
{
    const KindInfo *info = kind ? vocabulary_kind(vocabulary_of(suggest), kind) : NULL;
    for (uint16_t i = 0; info && i < info->property_count; i++)
        offer_role(suggest, ROLE_PROPERTY, info->properties[i].id, kind, WORD_USUAL, "");
}

static void offer_list(Suggest *suggest, ListId list)
{
    const ListInfo *info = list ? vocabulary_list(vocabulary_of(suggest), list) : NULL;
    for (uint16_t i = 0; info && i < info->count; i++)
        offer_role(suggest, ROLE_LISTED, info->words[i], list, WORD_USUAL, "");
}

static bool is_among(KindId kind, const KindId *kinds, uint16_t count)
{
    for (uint16_t i = 0; i < count; i++)
        if (kinds[i] == kind)
            return true;
    return count == 0;
}

/* Names of what is loaded, of the right kinds. */
static void offer_names(Suggest *suggest, const KindId *kinds, uint16_t count)
{
    const Snapshot *snapshot = suggest->program->snapshot;
    size_t total = snapshot ? snapshot_entity_count(snapshot) : 0;
    for (EntityId entity = 1; entity <= total && suggest->looked < LOOK_MOST; entity++) {
        NameId name = entity_name(snapshot, entity);
        suggest->looked++;
        if (!name || !is_among(entity_kind(snapshot, entity), kinds, count))
            continue;
        size_t length;
        const char *title = entity_title(snapshot, entity, &length);
        char *about = title ? arena_copy(suggest->arena, title, length) : NULL;
        offer(suggest, names_text(snapshot_names(snapshot), name), "", about, true);
        if (suggest->count >= suggest->most)
            return;
    }
}

static const PropertyInfo *property_of_word(Suggest *suggest, Names *names, NameId word,
                                            KindId kind)
{
    const WordMeaning *meaning = words_find(words_of(suggest), names, suggest->language, word,
                                            ROLE_PROPERTY, kind);
    return meaning ? vocabulary_property(vocabulary_of(suggest), kind, meaning->id) : NULL;
}

/* The words or names that a property takes; false: it takes neither. */
static bool offer_taken(Suggest *suggest, const PropertyInfo *property)
{
    switch ((PropertyType)property->type) {
    case TYPE_WORD:
    case TYPE_WORDS:
        offer_list(suggest, property->list);
        return true;
    case TYPE_REF:
    case TYPE_REFS:
    case TYPE_REF_OR_TEXT:
    case TYPE_REF_OR_TEXTS:
        offer_names(suggest, property->refs, property->ref_count);
        return true;
    case TYPE_YES_NO:
        offer_role(suggest, ROLE_YES_NO, 1, 0, WORD_USUAL, "");
        offer_role(suggest, ROLE_YES_NO, 2, 0, WORD_USUAL, "");
        return true;
    default:
        return false;
    }
}

static void offer_value(Suggest *suggest, Names *names, const InputPlace *place, KindId kind)
{
    const PropertyInfo *property = property_of_word(suggest, names, place->property, kind);
    if (!property)
        return;
    offer_taken(suggest, property);
    offer(suggest, "?", "",
          words_ask(words_of(suggest), suggest->language, ROLE_PROPERTY, property->id, kind),
          true);
}

static void offer_units(Suggest *suggest)
{
    for (uint16_t unit = 1; unit <= TIME_PERSON_DAY; unit++)
        offer_role(suggest, ROLE_UNIT, unit, 0, WORD_USUAL, "");
    static const char *const currencies[] = {"EUR", "CHF", "GBP", "USD", "CAD", "XOF"};
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        offer(suggest, currencies[i], "", NULL, true);
}

/* ---- Files, commands, plugins ---------------------------------------------------------- */

static void offer_files(Suggest *suggest, const char *typed, size_t length)
{
    char folder[4096];
    const char *slash = NULL;
    for (size_t i = 0; i < length; i++)
        if (typed[i] == '/')
            slash = typed + i;
    size_t folder_length = slash ? (size_t)(slash - typed) + 1 : 0;
    if (folder_length + 2 > sizeof folder)
        return;
    memcpy(folder, typed, folder_length);
    memcpy(folder + folder_length, folder_length ? "" : ".", folder_length ? 1 : 2);
    DIR *dir = opendir(folder);
    struct dirent *item;
    while (dir && (item = readdir(dir)) && suggest->count < suggest->most) {
        char path[8192], shown[8192];
        struct stat status;
        size_t name_length = strlen(item->d_name);
        if (item->d_name[0] == '.'
            || (size_t)snprintf(path, sizeof path, "%s/%s", folder, item->d_name) >= sizeof path
            || stat(path, &status) != 0
            || (size_t)snprintf(shown, sizeof shown, "%.*s%s", (int)folder_length, typed,
                                item->d_name)
                   >= sizeof shown)
            continue;
        if (S_ISDIR(status.st_mode))
            offer(suggest, shown, "/", NULL, false);
        else if (name_length > 9 && strcmp(item->d_name + name_length - 9, ".alliance") == 0)
            offer(suggest, shown, "", NULL, true);
    }
    if (dir)
        closedir(dir);
}

static void offer_views(Suggest *suggest)
{
    size_t index = 0;
    for (const PluginInfo *view; (view = command_view(suggest->program, &index));)
        offer(suggest, command_view_word(suggest->program, view), "",
              view->title[suggest->program->language], true);
}

static void offer_examples(Suggest *suggest)
{
    size_t index = 0;
    Example example;
    while (example_next(suggest->program, suggest->arena, &index, &example))
        offer(suggest, example.name, "", example.about, true);
}

static void offer_commands(Suggest *suggest)
{
    for (size_t i = 0; i < command_count; i++)
        if (command_rows[i].prompt)
            offer(suggest, command_word(suggest->program, &command_rows[i]), "",
                  words_about(words_of(suggest), suggest->program->language, ROLE_COMMAND,
                              command_rows[i].id, 0),
                  true);
    offer_views(suggest);
}

/* The options of a view, to be followed by a value. */
static void offer_settings(Suggest *suggest, const PluginInfo *view)
{
    for (size_t i = 0; i < view->option_count; i++)
        offer(suggest, view->options[i].shape.name, "=", view->options[i].about[suggest->language],
              false);
}

static void offer_plugins(Suggest *suggest, PluginType type)
{
    Host *host = program_host(suggest->program);
    LangId language = suggest->program->language;
    for (size_t i = 0; host && i < host_plugin_count(host); i++) {
        const PluginInfo *plugin = host_plugin(host, i);
        if (plugin->type == type)
            offer(suggest, plugin->word[language] ? plugin->word[language] : plugin->id, "",
                  plugin->title[language], true);
    }
}

static void offer_topics(Suggest *suggest)
{
    MessageTopic topic;
    for (size_t i = 0; message_topic(i, suggest->program->language, &topic); i++)
        offer(suggest, topic.word, "", topic.title, true);
}

static void offer_choices(Suggest *suggest, const uint16_t *choices)
{
    for (size_t i = 0; choices[i]; i++)
        offer(suggest, choice_word(suggest->program, choices[i]), "",
              choice_about(suggest->program, choices[i]), true);
}

/* The first argument of a command of the table. */
static void offer_row_argument(Suggest *suggest, const CommandRow *row, const char *typed,
                               size_t length)
{
    switch (row->first) {
    case ARGUMENT_FILES:
        if (row->id == COMMAND_CHECK) {
            offer_plugins(suggest, PLUGIN_CHECK);
            break;
        }
        offer_files(suggest, typed, length);
        break;
    case ARGUMENT_FILE:
    case ARGUMENT_FOLDER:
        offer_files(suggest, typed, length);
        break;
    case ARGUMENT_NAME:
        offer_names(suggest, NULL, 0);
        break;
    case ARGUMENT_CHECKS:
        offer_plugins(suggest, PLUGIN_CHECK);
        break;
    case ARGUMENT_FORMAT:
        if (row->id != COMMAND_VIEW)
            offer_plugins(suggest, PLUGIN_EXPORT);
        offer_plugins(suggest, PLUGIN_VIEW);
        break;
    case ARGUMENT_TOPIC:
        offer_commands(suggest);
        offer_kinds(suggest, 0xffff);
        offer_plugins(suggest, PLUGIN_CHECK);
        offer_topics(suggest);
        break;
    case ARGUMENT_LANGUAGE:
        for (LangId i = 0; i < words_language_count(words_of(suggest)); i++)
            offer(suggest, words_language_code(words_of(suggest), i), "", NULL, true);
        break;
    case ARGUMENT_MODE:
        offer_choices(suggest, choices_modes);
        break;
    case ARGUMENT_WHAT:
        offer_choices(suggest, choices_lists);
        if (suggest->program->snapshot)
            offer_collections(suggest);
        break;
    case ARGUMENT_NONE:
    case ARGUMENT_QUERY:
    case ARGUMENT_NUMBER:
    case ARGUMENT_TEXT:
    case ARGUMENT_PATTERN:
        break;
    }
}

static void offer_argument(Suggest *suggest, const char *command, const char *typed,
                           size_t length)
{
    Command found = command_find(suggest->program, command, strlen(command), true);
    if (found.view)
        offer_settings(suggest, found.view);
    else if (found.row)
        offer_row_argument(suggest, found.row, typed, length);
}

static size_t before_blanks(const char *text, size_t at)
{
    while (at > 0 && strchr(" \t\n", text[at - 1]))
        at--;
    return at;
}

static size_t before_word(const char *text, size_t at)
{
    while (at > 0 && !strchr(" \t\n()|,=<>!", text[at - 1]))
        at--;
    return at;
}

/* Whether a comparison or a list has begun just before: then a name may well follow. */
static bool follows_sign(const char *text, size_t at)
{
    at = before_blanks(text, at);
    return at > 0 && strchr("=<>(,", text[at - 1]);
}

/* The field that is compared just before, in `type = ` or `type in (a, `; 0: none. */
static NameId field_compared(Names *names, const char *text, size_t at)
{
    at = before_blanks(text, at);
    if (at > 0 && strchr("(,", text[at - 1])) {
        while (at > 0 && text[at - 1] != '(')
            at--;
        at = before_word(text, before_blanks(text, at > 0 ? at - 1 : 0));
    } else if (at > 0 && strchr("=<>", text[at - 1])) {
        while (at > 0 && strchr("=<>!", text[at - 1]))
            at--;
    } else {
        return 0;
    }
    size_t end = before_blanks(text, at), start = before_word(text, end);
    return end > start ? names_intern(names, text + start, end - start) : 0;
}

/* ---- Expressions ---------------------------------------------------------------------- */

static void offer_expression(Suggest *suggest, Names *names, const InputPlace *place,
                             const char *text)
{
    static const CoreId operators[] = {CORE_WHERE, CORE_AND, CORE_OR, CORE_IS, CORE_IN,
                                       CORE_CONTAINS, CORE_MATCHES, CORE_ELSE};
    static const CoreId operands[] = {CORE_NOT, CORE_TODAY, CORE_COUNT, CORE_SUM, CORE_AVERAGE,
                                      CORE_MIN, CORE_MAX};
    static const CoreId steps[] = {CORE_WHERE, CORE_SORT, CORE_TAKE, CORE_SHOW, CORE_DISTINCT,
                                   CORE_COUNT, CORE_SUM, CORE_AVERAGE, CORE_MIN, CORE_MAX};
    KindId source = kind_of_word(suggest, names, place->source);
    NameId compared = place->expects & EXPECT_OPERAND
                          ? field_compared(names, text, place->prefix.start) : 0;
    const PropertyInfo *field = source && compared
                                    ? property_of_word(suggest, names, compared, source) : NULL;
    if (field && offer_taken(suggest, field))
        return;
    if (place->expects & EXPECT_STEP)
        offer_core(suggest, steps, sizeof steps / sizeof steps[0]);
    if (place->expects & EXPECT_FIELD)
        offer_fields(suggest, source);
    if (place->expects & EXPECT_OPERAND) {
        offer_fields(suggest, source);
        if (!source)
            offer_collections(suggest);
        offer_core(suggest, operands, sizeof operands / sizeof operands[0]);
        if (!source || follows_sign(text, place->prefix.start))
            offer_names(suggest, NULL, 0);
    }
    if (place->expects & EXPECT_OPERATOR)
        offer_core(suggest, operators, sizeof operators / sizeof operators[0]);
}

static void offer_all(Suggest *suggest, Names *names, const InputPlace *place, const char *text,
                      size_t cursor)
{
    static const CoreId statements[] = {CORE_CHECK, CORE_ASSERT, CORE_SHOW, CORE_QUERY,
                                        CORE_EVERY, CORE_NO, CORE_EXISTS, CORE_COUNT, CORE_SUM};
    static const CoreId notes[] = {CORE_ASSUMPTION, CORE_CONFIDENTIAL, CORE_SOURCE, CORE_ASK};
    KindId kind = kind_of_word(suggest, names, place->kind);
    const char *typed = text + place->prefix.start;
    size_t length = cursor - place->prefix.start;
    if (place->expects & EXPECT_COMMAND)
        offer_commands(suggest);
    if ((place->expects & EXPECT_ARGUMENT) && place->word)
        offer_argument(suggest, names_text(names, place->word), typed, length);
    if (place->expects & EXPECT_FILE)
        offer_files(suggest, typed, length);
    if (place->expects & EXPECT_ITEM) {
        offer_properties(suggest, names, place, kind);
        offer_kinds(suggest, place_of_kind(kind));
    }
    if (place->expects & EXPECT_VALUE)
        offer_value(suggest, names, place, kind);
    if (place->expects & EXPECT_UNIT)
        offer_units(suggest);
    if (place->expects & EXPECT_NOTE)
        offer_core(suggest, notes, sizeof notes / sizeof notes[0]);
    if (place->expects & EXPECT_KIND)
        offer_kinds(suggest, PLACE_TOP);
    if (place->expects & EXPECT_REFERENCE)
        offer_names(suggest, kind ? &kind : NULL, kind ? 1 : 0);
    if (place->expects & EXPECT_CHECK)
        offer_plugins(suggest, PLUGIN_CHECK);
    offer_expression(suggest, names, place, text);
    if (place->expects & EXPECT_STATEMENT) {
        offer_core(suggest, statements, sizeof statements / sizeof statements[0]);
        offer_collections(suggest);
        offer_kinds(suggest, PLACE_TOP);
    }
}

/* ---- The command line of a shell -------------------------------------------------------- */

enum { SHELL_WORDS_MOST = 64 };

typedef struct ShellLine {      /* `$ alliance check --only eq`, up to the cursor */
    const char *words[SHELL_WORDS_MOST];
    size_t lengths[SHELL_WORDS_MOST];
    size_t count;               /* at least one: the one being typed, maybe empty */
    Command command;            /* without a row: none yet */
    size_t argument;            /* which one of the command is being typed, from 0 */
    bool makes;                 /* the one before is `new` */
    const OptionRow *of;        /* the option whose value is being typed, or NULL */
} ShellLine;

static const OptionRow *option_called(const char *word, size_t length)
{
    for (size_t i = 0; i < OPT_COUNT; i++) {
        const OptionRow *row = &option_rows[i];
        if ((strlen(row->name) == length && memcmp(row->name, word, length) == 0)
            || (length == 2 && word[0] == '-' && row->letter && word[1] == row->letter))
            return row;
    }
    return NULL;
}

static void read_shell_line(Suggest *suggest, const char *text, size_t cursor, ShellLine *line)
{
    *line = (ShellLine){.count = 0};
    for (size_t at = 0; line->count < SHELL_WORDS_MOST;) {
        while (at < cursor && text[at] == ' ')
            at++;
        size_t from = at;
        while (at < cursor && text[at] != ' ')
            at++;
        line->words[line->count] = text + from;
        line->lengths[line->count++] = at - from;
        if (at >= cursor)
            break;
    }
    for (size_t i = 2; i < line->count; i++) {      /* after `$ alliance` */
        bool is_last = i + 1 == line->count, is_option = line->words[i][0] == '-';
        if (line->of) {
            line->of = is_last ? line->of : NULL;
        } else if (is_option && !is_last) {
            const OptionRow *row = option_called(line->words[i], line->lengths[i]);
            line->of = row && row->takes_value ? row : NULL;
        } else if (!is_option && !is_last && !line->command.row) {
            line->command = command_find(suggest->program, line->words[i], line->lengths[i], false);
            line->argument = 0;
        } else if (!is_option && !is_last) {
            const char *word = arena_copy(suggest->arena, line->words[i], line->lengths[i]);
            line->makes = choice_find(suggest->program, word, choices_plugin) == CHOICE_NEW;
            line->argument++;
        }
    }
}

static void offer_shell_options(Suggest *suggest, const CommandRow *row)
{
    for (size_t i = 0; i < OPT_COUNT; i++)
        if (option_rows[i].groups & (FOR_ALL | (row ? row->options : 0)))
            offer(suggest, option_rows[i].name, "",
                  program_text(suggest->program, suggest->arena, option_rows[i].about), true);
}

static void offer_option_value(Suggest *suggest, const ShellLine *line)
{
    const char *typed = line->words[line->count - 1];
    size_t length = line->lengths[line->count - 1];
    const CommandRow *row = line->command.row;
    switch ((OptionId)(line->of - option_rows)) {
    case OPT_LANG:
    case OPT_TO:
        for (LangId i = 0; i < words_language_count(words_of(suggest)); i++)
            offer(suggest, words_language_code(words_of(suggest), i), "", NULL, true);
        break;
    case OPT_COLOR:
        offer_choices(suggest, choices_colours);
        break;
    case OPT_FAIL_ON:
        offer_choices(suggest, choices_levels);
        break;
    case OPT_PROFILE:
        offer_choices(suggest, choices_profiles);
        break;
    case OPT_ONLY:
        offer_plugins(suggest, PLUGIN_CHECK);
        break;
    case OPT_FORMAT:
        offer_choices(suggest, !row || row->id == COMMAND_CHECK ? choices_reports
                               : row->id == COMMAND_QUERY       ? choices_answers
                                                                : choices_plain);
        break;
    case OPT_FROM:
        offer_examples(suggest);
        break;
    case OPT_SET:
        if (line->command.view)
            offer_settings(suggest, line->command.view);
        break;
    default:
        offer_files(suggest, typed, length);
        break;
    }
}

static void offer_shell_argument(Suggest *suggest, const ShellLine *line)
{
    const char *typed = line->words[line->count - 1];
    size_t length = line->lengths[line->count - 1];
    const CommandRow *row = line->command.row;
    if (!row) {
        for (size_t i = 0; i < command_count; i++)
            if (command_rows[i].shell)
                offer_role(suggest, ROLE_COMMAND, command_rows[i].id, 0, WORD_USUAL, "");
        offer_views(suggest);
        offer_files(suggest, typed, length);
        return;
    }
    if (row->id == COMMAND_PLUGIN && line->argument == 0)
        offer_choices(suggest, choices_plugin);
    if (row->id == COMMAND_PLUGIN && line->argument == 1 && line->makes) {
        offer_choices(suggest, choices_makeable);
        return;
    }
    bool is_first = !line->command.view && line->argument == 0;
    if (is_first && (row->first == ARGUMENT_FORMAT || row->first == ARGUMENT_WHAT
                     || row->first == ARGUMENT_TOPIC)) {
        offer_row_argument(suggest, row, typed, length);
        return;
    }
    offer_files(suggest, typed, length);
}

/* What may follow in a shell, after `$ `: words of the session's language, options, files. */
static void offer_shell(Suggest *suggest, const char *text, size_t cursor, size_t *start)
{
    ShellLine line;
    read_shell_line(suggest, text, cursor, &line);
    const char *typed = line.words[line.count - 1];
    size_t length = line.lengths[line.count - 1];
    suggest->language = suggest->program->language;
    suggest->prefix = utf8_fold(suggest->arena, typed, length, &suggest->prefix_length);
    *start = (size_t)(typed - text);
    if (line.of)
        offer_option_value(suggest, &line);
    else if (length > 0 && typed[0] == '-')
        offer_shell_options(suggest, line.command.row);
    else
        offer_shell_argument(suggest, &line);
}

size_t suggest_complete(void *context, const char *text, size_t cursor, size_t *start,
                        LineCandidate *candidates, size_t most)
{
    Program *program = context;
    Arena *arena = scratch_new(program);
    Names *names = names_new(arena);
    LangId language = program->language;
    if (!program->language_forced && program->snapshot
        && snapshot_file_count(program->snapshot) > 0)
        language = snapshot_language(program->snapshot, 0);
    if (!program->at_prompt && cursor >= 2 && strncmp(text, "$ ", 2) == 0) {
        Suggest shell = {.program = program, .arena = arena, .candidates = candidates,
                         .most = most};
        offer_shell(&shell, text, cursor, start);
        arena_free(arena);
        return shell.count;
    }
    InputPlace place = input_place(arena, names, program->words, language, text, cursor);
    Suggest suggest = {.program = program, .arena = arena, .language = language,
                       .candidates = candidates, .most = most};
    suggest.prefix = utf8_fold(arena, text + place.prefix.start, cursor - place.prefix.start,
                               &suggest.prefix_length);
    *start = place.prefix.start;
    offer_all(&suggest, names, &place, text, cursor);
    arena_free(arena);
    return suggest.count;
}
