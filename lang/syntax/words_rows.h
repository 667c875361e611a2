/* words_rows.h -- what a Words is made of.
 *
 * Only words.c, the reader of extensions and the generated gen/words.c (which defines
 * words_tables from stdlib/words) see this; everybody else asks words.h.  Texts are offsets in
 * one array, so that nothing has to be relocated when the program starts; offset 0 is "none".
 */
#ifndef LANG_SYNTAX_WORDS_ROWS_H
#define LANG_SYNTAX_WORDS_ROWS_H

#include "lang/syntax/words.h"

typedef struct WordRow {        /* in the order of language, role, scope, id */
    uint16_t scope, id;
    uint32_t forms[WORD_FORM_COUNT];
    uint32_t about, ask;
    uint32_t is_feminine;
} WordRow;

typedef struct WordRange {      /* the rows of one role in one language: from .. to - 1 */
    uint16_t from, to;
} WordRange;

typedef struct WordKey {        /* a folded spelling and its meanings */
    uint32_t text;
    uint16_t length, first, count;
} WordKey;

typedef struct LanguageRow {
    const char *code, *name;
    const char *vowels;         /* the letters before which an article has its form for vowels */
    bool decimal_comma, spaced_colon, zero_is_plural;
    const char *articles[ARTICLE_COUNT][4];     /* masculine, feminine; the same before a vowel */
} LanguageRow;

typedef struct CurrencyRow {
    char code[4], sign[4];
    uint32_t decimals;
} CurrencyRow;

typedef struct WordsAdded WordsAdded;   /* the rows of extension files; words.c */

struct Words {
    const char *texts;
    const WordRow *rows;
    const WordRange (*ranges)[ROLE_END];    /* by language, then role */
    const WordMeaning *meanings;
    const WordKey *keys;                /* sorted */
    const uint16_t *slots;              /* 1 + index of the key, by hash; 0: empty */
    const Confusion *confusions;        /* from row 1 */
    const LanguageRow *languages;
    const CurrencyRow *currencies;      /* from row 1, sorted by code */
    const bool *reserved;               /* by CoreId */
    uint32_t key_count, slot_count;     /* slot_count is a power of two */
    uint16_t confusion_count, currency_count;
    WordsAdded *added;                  /* NULL: the shipped words alone */
};

/* The shipped words; defined by gen/words.c. */
extern const Words words_tables;

/* A row that an extension adds: texts live as long as the arena of words_extend, NULL is none. */
typedef struct WordAddition {
    LangId language;
    WordRole role;
    uint16_t id, scope;
    const char *forms[WORD_FORM_COUNT];
    const char *about, *ask;
    bool is_feminine;
} WordAddition;

/* Adds a row to words that words_extend gave: its usual, plural (as a collection, for a kind)
 * and feminine forms are read from now on.  A row that is there already is replaced. */
void words_add(Words *words, const WordAddition *row);

/* One more spelling that is read with this meaning, and never written. */
void words_add_spelling(Words *words, const char *spelling, WordMeaning meaning);

#endif
