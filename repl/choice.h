/* choice.h -- what options and commands take, per language: ids here, words in stdlib. */
#ifndef REPL_CHOICE_H
#define REPL_CHOICE_H

#include "repl/program.h"

/* Choices are given as CHOICE_ ids (words_ids.h) ended by 0. */

/* The id that a word stands for among the choices, in any language (accents and capitals do not
 * count); 0: none of them. */
uint16_t choice_find(Program *program, const char *word, const uint16_t *choices);

const char *choice_word(const Program *program, uint16_t choice);       /* in its language */
const char *choice_about(const Program *program, uint16_t choice);      /* "" when not said */
const char *choice_id(const Program *program, uint16_t choice);         /* neutral: "json" */

/* "text, json, csv" in the program's language, in the arena. */
const char *choice_list(const Program *program, Arena *arena, const uint16_t *choices);

/* What is wrong with a word that is none of the choices of `of` ("--format"). */
Status choice_error(Program *program, const char *of, const char *word, const uint16_t *choices);

/* Reads an option: *choice is what it says, or `otherwise` when it is not given. */
Status choice_option(Program *program, OptionId option, const uint16_t *choices,
                     uint16_t otherwise, uint16_t *choice);

extern const uint16_t choices_lists[], choices_plugin[], choices_makeable[],
    choices_modes[], choices_reports[], choices_answers[],
    choices_plain[], choices_levels[], choices_profiles[], choices_colours[], choices_media[];

#endif
