/* vocabulary_rows.h -- what a Vocabulary is made of.
 *
 * Only vocabulary.c, the reader of extensions and the generated gen/vocabulary.c (which defines
 * vocabulary_tables from stdlib/vocabulary) see this; everybody else asks vocabulary.h.  Rows
 * are found by their id, so row 0 of every array is empty.
 */
#ifndef LANG_MODEL_VOCABULARY_ROWS_H
#define LANG_MODEL_VOCABULARY_ROWS_H

#include "lang/model/vocabulary.h"

struct Vocabulary {
    const KindInfo *kinds;              /* by KindId */
    const ListInfo *lists;              /* by ListId */
    const char *const *property_ids;    /* by PropertyId, derived fields among them */
    const char *const *word_ids;        /* by WordId */
    const PropertyInfo *common;         /* what every kind has (note, tags, name, file ..) */
    uint16_t kind_count, list_count;    /* the highest ids */
    uint16_t property_count, word_count;
    uint16_t common_count;              /* rows of common, from 0 */
    Arena *arena;                       /* of an extended vocabulary; NULL: shipped */
};

/* The shipped vocabulary; defined by gen/vocabulary.c. */
extern const Vocabulary vocabulary_tables;

#endif
