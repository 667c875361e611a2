/* value.h -- what a property holds and what an expression gives: exact, unit-aware, half-known.
 *
 * A Value is small and copied freely; what it points at lives in the arena it was made in (the
 * snapshot's for properties, the evaluation's for results).  UNKNOWN (`?`), NONE (does not
 * apply), ABSENT (not written) and POISON (an error was reported) are values.
 */
#ifndef LANG_MODEL_VALUE_H
#define LANG_MODEL_VALUE_H

#include "lang/base/date.h"
#include "lang/base/decimal.h"
#include "lang/base/names.h"
#include "lang/model/vocabulary.h"

typedef uint32_t EntityId;      /* row + 1; 0: none */

/* Unit: 0 none (a bare number), else a family and an index. */
typedef uint32_t Unit;
typedef enum UnitFamily {
    UNIT_NONE, UNIT_PERCENT,
    UNIT_MONEY,                 /* index: currency (words.h) */
    UNIT_TIME,                  /* index: TimeUnit of words_ids.h, minute to person-day */
    UNIT_COUNT,                 /* index: folded NameId of the counted word, singular */
} UnitFamily;
#define UNIT(family, index) (((Unit)(family) << 28) | ((Unit)(index) & 0x0fffffff))
#define UNIT_FAMILY(unit) ((UnitFamily)((unit) >> 28))
#define UNIT_INDEX(unit) ((unit) & 0x0fffffff)

typedef struct Amount {
    Decimal number;
    Unit unit;
    Unit per;                   /* 0: not a rate */
} Amount;

typedef struct Period {
    Date start, end;
    bool start_unknown, end_unknown;    /* `?` at that end */
} Period;

typedef struct Target {
    uint8_t bound;              /* Bound; NONE means "at least", or a range when has_high */
    bool has_high, has_by;
    Amount low, high;
    Date by;
} Target;

typedef struct Bag {            /* a sum by unit: 50 000 EUR + 35 h/month, 2 not known */
    const Amount *amounts;
    uint32_t count;
    uint32_t unknown;           /* how many were left out because they are not known */
} Bag;

typedef enum ValueKind {
    VALUE_ABSENT, VALUE_UNKNOWN, VALUE_NONE, VALUE_POISON,
    VALUE_TEXT, VALUE_WORD, VALUE_BOOL, VALUE_NUMBER, VALUE_AMOUNT, VALUE_DATE, VALUE_PERIOD,
    VALUE_TARGET, VALUE_ENTITY, VALUE_LIST, VALUE_BAG,
    VALUE_KIND,                 /* `.kind` of an entity */
} ValueKind;

typedef struct Value {
    uint8_t kind;               /* ValueKind */
    uint8_t level;              /* NUMBER: 1 when it is a level or position (shown as such) */
    ListId list;                /* WORD: the list it belongs to, for words and order */
    uint32_t count;             /* TEXT: bytes; LIST: items; an average, minimum or maximum:
                                   how many values were not known */
    union {
        const char *text;       /* TEXT; NONE: the reason; UNKNOWN: the `ask`; may be NULL */
        uint16_t word;          /* WORD: WordId; KIND: KindId */
        bool truth;             /* BOOL */
        Decimal number;         /* NUMBER */
        const Amount *amount;   /* AMOUNT (a bare number is NUMBER, never AMOUNT) */
        Date date;              /* DATE */
        const Period *period;
        const Target *target;
        EntityId entity;
        const struct Value *items;      /* LIST */
        const Bag *bag;
    } as;
} Value;

/* The four answers of a test. */
typedef enum Truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN } Truth;

#endif
