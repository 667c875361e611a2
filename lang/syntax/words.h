/* words.h -- the words of every language, as tables over neutral ids.
 *
 * The rows come from stdlib/words and stdlib/vocabulary through gen/words.c; an extension file
 * adds rows at run time to a Words of its own.  A word may mean several things; what it means at
 * a place is the reader's question (core word here? property of this kind?).
 */
#ifndef LANG_SYNTAX_WORDS_H
#define LANG_SYNTAX_WORDS_H

#include "lang/base/names.h"
#include "words_ids.h"      /* generated: LANG_EN.., CORE_IMPORT.., KIND_.., PROPERTY_.., ... */

typedef uint8_t LangId;         /* LANG_EN, LANG_FR; LANG_COUNT languages are shipped */
typedef uint16_t KindId;        /* 0: none */
typedef uint16_t PropertyId;    /* properties and derived fields share one numbering; 0: none */
typedef uint16_t ListId;        /* a closed list of words; 0: none */
typedef uint16_t WordId;        /* a listed word; the same id in every list; 0: none */
typedef uint16_t CoreId;        /* a core word; 0: none */

typedef enum WordRole {
    ROLE_NONE,
    ROLE_CORE,          /* id: CoreId */
    ROLE_KIND,          /* id: KindId, singular */
    ROLE_COLLECTION,    /* id: KindId, plural */
    ROLE_PROPERTY,      /* id: PropertyId, scope: KindId or 0 for every kind */
    ROLE_LISTED,        /* id: WordId, scope: ListId */
    ROLE_UNIT,          /* id: TimeUnit (units.h ids), any form */
    ROLE_MONTH,         /* id: 1..12 */
    ROLE_YES_NO,        /* id: 1 yes, 2 no */
    ROLE_COMMAND,       /* id: CommandId */
    ROLE_CHECK,         /* id: shipped check id */
    ROLE_CHOICE,        /* id: what an option or a command of the program takes */
    ROLE_CONFUSED,      /* id: row of the confusion table: what people write for something else */
    ROLE_CURRENCY,      /* only of what a Confusion means: id as words_currency gives it */
    ROLE_PERCENT,       /* the same: the sign `%` */
    ROLE_END
} WordRole;

typedef struct WordMeaning {
    uint8_t language;   /* LangId */
    uint8_t role;       /* WordRole */
    uint16_t id, scope;
} WordMeaning;

typedef struct Words Words;

/* The shipped words: constant, no work at start.  words_extend copies them to add rows. */
const Words *words_shipped(void);
Words *words_extend(Arena *arena, const Words *from);

unsigned words_language_count(const Words *words);
const char *words_language_code(const Words *words, LangId language);      /* "fr" */
bool words_language_find(const Words *words, const char *code, size_t length, LangId *language);

/* All meanings of a word, whatever its spelling; remembered in names. Count 0: none. */
const WordMeaning *words_meanings(const Words *words, Names *names, NameId word,
                                  size_t *count);

/* The one meaning with this role in this language (scope 0: any); NULL: none. */
const WordMeaning *words_find(const Words *words, Names *names, LangId language, NameId word,
                              WordRole role, uint16_t scope);
CoreId words_core(const Words *words, Names *names, LangId language, NameId word);  /* or 0 */
/* One word may be two core words (`pour` is BY and FOR): is it this one? */
bool words_is_core(const Words *words, Names *names, LangId language, NameId word, CoreId core);

/* How a word is written. A form that the row lacks is the usual one.  WORD_PLURAL of a kind is its
 * collection; WORD_NOUN names one of it (`contribution`, where the keyword is `brings`). */
typedef enum WordForm {
    WORD_USUAL, WORD_PLURAL, WORD_FEMININE, WORD_NOUN, WORD_FORM_COUNT
} WordForm;
const char *words_text(const Words *words, LangId language, WordRole role, uint16_t id,
                       uint16_t scope, unsigned form);
bool words_is_feminine(const Words *words, LangId language, WordRole role, uint16_t id);

/* The sentence that says what it is, and the question that helps to answer it; NULL: none. */
const char *words_about(const Words *words, LangId language, WordRole role, uint16_t id,
                        uint16_t scope);
const char *words_ask(const Words *words, LangId language, WordRole role, uint16_t id,
                      uint16_t scope);

/* What is put before a noun, with the blank that follows: "an ", "de la ", "l'". */
typedef enum Article {
    ARTICLE_A, ARTICLE_THE, ARTICLE_OF, ARTICLE_NO, ARTICLE_NAMED, ARTICLE_COUNT
} Article;
const char *words_article(const Words *words, LangId language, Article article,
                          const char *noun, bool is_feminine);

/* How a language writes: its own name, `12,5`, `label : value`, and `0 errors` or `0 erreur`. */
const char *words_language_name(const Words *words, LangId language);
bool words_decimal_comma(const Words *words, LangId language);
bool words_spaced_colon(const Words *words, LangId language);
bool words_is_plural(const Words *words, LangId language, int64_t number);

/* Expression words cannot name an entity: and or not in is where ... */
bool words_is_reserved(CoreId core);

/* What people write for something else: `budget` for the property `cost` ... */
typedef struct Confusion {
    WordRole role;          /* of what is meant */
    uint16_t id, scope;
    const char *instead;    /* a form to show ("type: foundation"), or NULL: the word itself */
} Confusion;
const Confusion *words_confusion(const Words *words, uint16_t row);

/* Currencies: ISO 4217 in capitals, and the signs. 0: none.  The id is the code's row + 1. */
uint16_t words_currency(const char *code, size_t length);
const char *words_currency_code(uint16_t currency);
unsigned words_currency_decimals(uint16_t currency);

#endif
