/* names.h -- one copy of each name, so that names compare with ==.
 *
 * A NameId stands for a spelling (NFC, as typed).  Its folded key (utf8.h: utf8_fold) is a
 * NameId too: two spellings of one word have the same names_folded.  0 is no name.
 */
#ifndef LANG_BASE_NAMES_H
#define LANG_BASE_NAMES_H

#include "lang/base/arena.h"

typedef uint32_t NameId;
typedef struct Names Names;

enum { NAME_NONE = 0 };

Names *names_new(Arena *arena);     /* lives in the arena */

/* The id of these bytes (valid UTF-8, made NFC here when it is not). */
NameId names_intern(Names *names, const char *bytes, size_t length);
NameId names_find(const Names *names, const char *bytes, size_t length);   /* 0: never seen */
NameId names_folded(Names *names, NameId name);
void names_expect(const Names *names, NameId name);     /* soon: fetches what will be asked */
const char *names_text(const Names *names, NameId name);    /* NUL-terminated; "" for 0 */
uint32_t names_length(const Names *names, NameId name);     /* bytes */
uint32_t names_count(const Names *names);

/* A word's meaning in the tables (words.h keeps it here so that a word is looked up once). */
uint32_t names_meaning(const Names *names, NameId name);    /* 0: not asked yet */
void names_set_meaning(Names *names, NameId name, uint32_t meaning);

#endif
