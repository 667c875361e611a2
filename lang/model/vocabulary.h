/* vocabulary.h -- kinds, properties, lists and units: what may be said, as tables.
 *
 * The rows come from stdlib/vocabulary through gen/vocabulary.c; `extension` files add rows to a
 * Vocabulary of their own.  Ids are those of words.h; words are found there.
 */
#ifndef LANG_MODEL_VOCABULARY_H
#define LANG_MODEL_VOCABULARY_H

#include "lang/syntax/diag.h"
#include "lang/syntax/node.h"
#include "lang/syntax/words.h"

/* X(TYPE, "word of the data files") */
#define PROPERTY_TYPES(X)                                                               \
    X(TEXT, "text") X(TEXTS, "texts") X(LINK, "link") X(DATE, "date")                   \
    X(PERIOD, "period") X(DURATION, "duration") X(MONEY, "money") X(AMOUNT, "amount")   \
    X(NUMBER, "number") X(INTEGERS, "integers") X(PERCENT, "percent")                   \
    X(TARGET, "target") X(LEVEL, "level") X(POSITION, "position") X(YES_NO, "yes-no")   \
    X(WORD, "word") X(WORDS, "words") X(OPEN_WORDS, "open-words") X(REF, "ref")         \
    X(REFS, "refs") X(REF_OR_TEXT, "ref-or-text") X(REF_OR_TEXTS, "ref-or-texts")       \
    /* only of derived fields: */                                                       \
    X(BAG, "bag") X(ENTITIES, "entities") X(ANY, "any")

typedef enum PropertyType {
    TYPE_NONE,
#define TYPE_ENUM(type, word) TYPE_##type,
    PROPERTY_TYPES(TYPE_ENUM)
#undef TYPE_ENUM
    TYPE_COUNT
} PropertyType;

typedef struct PropertyInfo {   /* a property of one kind */
    PropertyId id;
    uint8_t type;               /* PropertyType */
    bool is_derived;            /* computed, read-only */
    uint8_t required_from;      /* status rank (1 idea ..) from which it is required; 0: never */
    ListId list;                /* WORD, WORDS, or 0 */
    int32_t minimum, maximum;   /* numbers, levels, positions, percents; equal: unbounded */
    const KindId *refs;         /* REF..: kinds it may name; none: any */
    uint16_t ref_count;
} PropertyInfo;

typedef enum Place {            /* where a kind may stand: bits of KindInfo.places */
    PLACE_TOP = 1 << 0, PLACE_ALLIANCE = 1 << 1, PLACE_PARTNER = 1 << 2, PLACE_GOAL = 1 << 3,
    PLACE_KPI = 1 << 4, PLACE_MILESTONE = 1 << 5, PLACE_PILOT = 1 << 6,
} Place;

typedef struct KindInfo {
    const char *id;             /* neutral, English: "partner" */
    uint8_t head;               /* Head: NAMED, TITLED, MEASURED, KEYED, LINK */
    bool amount_is_money;       /* MEASURED: money only */
    uint16_t places;            /* Place bits */
    uint8_t key_type;           /* KEYED: DATE, DURATION, REF, WORD; PropertyType */
    uint8_t value_type;         /* KEYED: type of what stands after the colon */
    ListId key_list;
    int32_t value_minimum, value_maximum;
    const KindId *key_refs;
    uint16_t key_ref_count;
    const PropertyInfo *properties;     /* declared and derived, in the order of the data */
    uint16_t property_count;
} KindInfo;

typedef struct ListInfo {
    const char *id;
    const WordId *words;        /* in the order of the list, which is their sort order */
    uint16_t count;
} ListInfo;

typedef struct Vocabulary Vocabulary;

const Vocabulary *vocabulary_shipped(void);

/* A copy to which extension files may add.  Words gets their words. */
Vocabulary *vocabulary_extend(Arena *arena, const Vocabulary *from);
bool vocabulary_read(Vocabulary *vocabulary, Words *words, const Tree *extension, Diags *diags);

uint16_t vocabulary_kind_count(const Vocabulary *vocabulary);
const KindInfo *vocabulary_kind(const Vocabulary *vocabulary, KindId kind);
uint16_t vocabulary_property_count(const Vocabulary *vocabulary);  /* highest PropertyId */
const char *vocabulary_property_id(const Vocabulary *vocabulary, PropertyId property);
const char *vocabulary_word_id(const Vocabulary *vocabulary, WordId word);
const ListInfo *vocabulary_list(const Vocabulary *vocabulary, ListId list);
uint16_t vocabulary_list_count(const Vocabulary *vocabulary);
bool vocabulary_list_has(const Vocabulary *vocabulary, ListId list, WordId word,
                         uint16_t *rank);

/* The property of a kind (also those that every kind has); NULL: the kind has none such. */
const PropertyInfo *vocabulary_property(const Vocabulary *vocabulary, KindId kind,
                                        PropertyId property);

/* By neutral id, for the Lua API and for data files; 0: none. */
KindId vocabulary_find_kind(const Vocabulary *vocabulary, const char *id);
PropertyId vocabulary_find_property(const Vocabulary *vocabulary, const char *id);
WordId vocabulary_find_word(const Vocabulary *vocabulary, const char *id);
const char *property_type_word(PropertyType type);

#endif
