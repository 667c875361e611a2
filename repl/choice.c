/* choice.c -- see choice.h. */
#include "repl/choice.h"

#include <string.h>

const uint16_t choices_lists[] = {
    CHOICE_KINDS, CHOICE_PROPERTIES, CHOICE_CHECKS, CHOICE_FORMATS, CHOICE_PLUGINS,
    CHOICE_EXAMPLES, CHOICE_WORDS, CHOICE_COMMANDS, CHOICE_CODES, CHOICE_TOPICS, 0};
const uint16_t choices_plugin[] = {CHOICE_NEW, CHOICE_TEST, CHOICE_RUN, 0};
const uint16_t choices_makeable[] = {CHOICE_CHECK, 0};
const uint16_t choices_modes[] = {CHOICE_TABLE, CHOICE_LINE, CHOICE_CSV, CHOICE_JSON, 0};
const uint16_t choices_reports[] = {CHOICE_TEXT, CHOICE_JSON, CHOICE_SARIF, 0};
const uint16_t choices_answers[] = {CHOICE_TEXT, CHOICE_JSON, CHOICE_CSV, 0};
const uint16_t choices_plain[] = {CHOICE_TEXT, CHOICE_JSON, 0};
const uint16_t choices_levels[] = {CHOICE_ERROR, CHOICE_WARNING, CHOICE_NOTE, CHOICE_NEVER, 0};
const uint16_t choices_profiles[] = {CHOICE_LIGHT, CHOICE_STANDARD, CHOICE_STRICT, 0};
const uint16_t choices_colours[] = {CHOICE_AUTO, CHOICE_ALWAYS, CHOICE_NEVER, 0};
const uint16_t choices_media[] = {CHOICE_HTML, CHOICE_MARKDOWN, CHOICE_SVG, CHOICE_JSON,
                                  CHOICE_TEXT, 0};

uint16_t choice_find(Program *program, const char *word, const uint16_t *choices)
{
    Arena *arena = scratch_new(program);
    Names *names = names_new(arena);
    size_t count;
    uint16_t found = 0;
    const WordMeaning *meanings =
        words_meanings(program->words, names, names_intern(names, word, strlen(word)), &count);
    for (size_t i = 0; i < count && !found; i++)
        for (size_t j = 0; choices[j] && meanings[i].role == ROLE_CHOICE; j++)
            if (meanings[i].id == choices[j])
                found = choices[j];
    arena_free(arena);
    return found;
}

const char *choice_word(const Program *program, uint16_t choice)
{
    return words_text(program->words, program->language, ROLE_CHOICE, choice, 0, WORD_USUAL);
}

const char *choice_about(const Program *program, uint16_t choice)
{
    const char *about = words_about(program->words, program->language, ROLE_CHOICE, choice, 0);
    return about ? about : "";
}

const char *choice_id(const Program *program, uint16_t choice)
{
    return words_text(program->words, LANG_EN, ROLE_CHOICE, choice, 0, WORD_USUAL);
}

const char *choice_list(const Program *program, Arena *arena, const uint16_t *choices)
{
    const char *text = choice_word(program, choices[0]);
    for (size_t i = 1; choices[i]; i++)
        text = arena_format(arena, "%s, %s", text, choice_word(program, choices[i]));
    return text;
}

Status choice_error(Program *program, const char *of, const char *word, const uint16_t *choices)
{
    Arena *arena = scratch_new(program);
    Status status = usage_error(program, MESSAGE_BAD_CHOICE, "option", of, "value", word,
                                "choices", choice_list(program, arena, choices), NULL);
    arena_free(arena);
    return status;
}

Status choice_option(Program *program, OptionId option, const uint16_t *choices,
                     uint16_t otherwise, uint16_t *choice)
{
    const char *word = option_value(&program->options, option);
    *choice = word ? choice_find(program, word, choices) : otherwise;
    if (word && !*choice)
        return choice_error(program, option_rows[option].name, word, choices);
    return STATUS_FINE;
}
