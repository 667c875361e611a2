/* page.h -- what `help`, `explain` and `list` write their pages with. */
#ifndef REPL_PAGE_H
#define REPL_PAGE_H

#include "repl/program.h"

/* Words and sentences of the tables in the program's language; "" when there is none. */
const char *page_word(const Program *program, WordRole role, uint16_t id, uint16_t scope);
const char *page_about(const Program *program, WordRole role, uint16_t id, uint16_t scope);
/* The vocabulary of what is loaded, else the one that ships. */
const Vocabulary *page_vocabulary(const Program *program);

/* On standard output: a word in `width` columns and its sentence, wrapped beside it. */
void page_pair(Program *program, const char *word, const char *about, size_t width);
void page_sample(Program *program, const char *text);       /* lines of a file, as a block */
void page_heading(Program *program, const char *text);
void page_heading_message(Program *program, MessageId message);

#endif
