/* bind.h -- what the parts of binding share; for lang/model/bind_*.c only.
 *
 * Binding goes through the files of an alliance twice: first it makes a row for every
 * declaration and puts names into their scope (bind.c, bind_heads.c), then, when every name is
 * known, it reads values (bind_values.c, bind_amounts.c) and looks at what several values say
 * together (bind_rules.c).  bind_names.c finds what a reference means, bind_suggest.c what was
 * perhaps meant.
 */
#ifndef LANG_MODEL_BIND_H
#define LANG_MODEL_BIND_H

#include "lang/model/snapshot_rows.h"

typedef struct KindSlot {           /* a word looked up before: files repeat their words */
    NameId word;
    LangId language;
    KindId kind;
} KindSlot;

typedef struct PropertySlot {
    NameId word;
    LangId language;
    KindId kind;
    const PropertyInfo *info;
} PropertySlot;

typedef struct UnitSlot {
    NameId word;
    LangId language;
    Unit unit;
} UnitSlot;

typedef struct UnknownName {        /* a name that was reported: said once */
    uint32_t scope;
    NameId name;
    Diag *diag;
    unsigned places;
} UnknownName;

typedef struct EntityDoc {          /* a `##` comment before a declaration */
    EntityId entity;
    NodeId node;
} EntityDoc;

typedef struct SeenProperty {       /* who had this property last, and where */
    EntityId entity;
    NodeId node;
} SeenProperty;

enum {
    BIND_SLOTS = 256,
    AHEAD_NAMES = 256, AHEAD_ENTITIES = 16,     /* powers of two */
};

typedef struct NamesAhead {         /* names in the entities to come, in their order */
    NameId names[AHEAD_NAMES];
    uint32_t added, taken;
    uint32_t until[AHEAD_ENTITIES]; /* by entity: how many were added with its own */
} NamesAhead;

typedef struct Binder {
    Snapshot *snapshot;
    const Reading *reading;
    uint32_t alliance;
    Arena *scratch;                 /* ends with binding */
    uint64_t compared;              /* bytes compared for suggestions: past a limit, no more */

    uint32_t file;                  /* being bound: these change together (bind_enter) */
    Tree *tree;
    LangId language;
    uint32_t scope;

    TitleSlot *titles;              /* made at the first reference by title */
    uint32_t title_capacity;
    EntityId title_first;
    EntityId *title_next;           /* by entity from title_first: the next one of its title */
    UnknownName *unknown;
    size_t unknown_count, unknown_capacity;
    NameTable unknown_names;        /* index in unknown */
    EntityDoc *docs;
    size_t doc_count, doc_capacity, doc_next;
    SeenProperty *seen;             /* by PropertyId */
    SeenProperty *custom;           /* the same for x- properties */
    size_t custom_count, custom_capacity;
    NameTable custom_names;         /* folded name to index in custom */
    bool is_full;                   /* no more entities are taken; said once */
    uint64_t suggestion_work;       /* names compared so far: searching must stay linear */
    bool text_would_do;             /* the place takes a text as well as a name */
    KindId owner;                   /* of the property being bound; 0: no property */
    bool quiet_names;               /* inside `change` and scenarios: names may be elsewhere */

    NamesAhead ahead;
    KindSlot kind_slots[BIND_SLOTS];
    PropertySlot property_slots[BIND_SLOTS];
    UnitSlot unit_slots[BIND_SLOTS];        /* units of time, and words that are none */
    UnitSlot count_slots[BIND_SLOTS];       /* counted things */
} Binder;

void bind_enter(Binder *binder, uint32_t file);

static inline const Node *bind_node(const Binder *binder, NodeId node)
{
    return &binder->tree->nodes[node];
}
static inline void bind_write_id(Binder *binder, NodeId node, uint16_t id)
{
    binder->tree->nodes[node].id = id;
}
static inline void bind_poison(Binder *binder, NodeId node)
{
    binder->tree->nodes[node].flags |= NODE_POISONED;
}

/* Diagnostics about the file being bound. */
Diag *bind_report(Binder *binder, MessageId message, NodeId node);
Diag *bind_report_span(Binder *binder, MessageId message, Span span);
DiagHelp *bind_help(Binder *binder, Diag *diag, MessageId text, Confidence confidence);
/* "write TEXT", with the edit that does so. */
void bind_help_write(Binder *binder, Diag *diag, Confidence confidence, Span span,
                     const char *text);
void bind_edit(Binder *binder, DiagHelp *help, Span span, const char *text);
void bind_arg_name(Binder *binder, Diag *diag, const char *placeholder, NameId name);
void bind_arg_source(Binder *binder, Diag *diag, const char *placeholder, Span span);
void bind_help_arg(Binder *binder, DiagHelp *help, const char *placeholder, const char *text);
const char *bind_source_text(Binder *binder, Span span);

/* bind_heads.c */
KindId bind_kind(Binder *binder, NameId word);
uint16_t bind_place_of(KindId owner);     /* Place bit; 0: no block */
/* What a declaration is: writes its kind, name and title into the row. */
void bind_head(Binder *binder, NodeId declaration, KindId owner, EntityRow *row);
const PropertyInfo *bind_property(Binder *binder, KindId kind, NameId word);
/* The word is no property of this kind: says so, in the one way that fits. */
void bind_unknown_property(Binder *binder, NodeId property, KindId kind);

bool bind_is_custom(const Binder *binder, NameId word);     /* x-something */
bool bind_is_empty_text(const Binder *binder, NodeId text);     /* nothing but blanks */

/* Binds the values in a head into `records` (two at most); returns how many. */
unsigned bind_head_values(Binder *binder, const EntityRow *row, Record records[2]);

/* bind_names.c */
bool bind_declare(Binder *binder, EntityId entity);     /* false: the name was taken */
void bind_spaces(Binder *binder, uint32_t file);
/* The number that a table in scratch memory has for a name; `fresh`, for one not yet in it. */
uint32_t bind_number(Binder *binder, NameTable *table, NameId folded, uint32_t fresh);
NameId bind_made_name(Binder *binder, const char *title, size_t length);
/* The entity that a PATH or TEXT names, of one of these kinds (none: any kind); 0 when there is
 * none, which has been reported unless the reference or its scope is poisoned. */
EntityId bind_reference(Binder *binder, NodeId node, const KindId *kinds, uint16_t count,
                        NameId property);
/* `l'arche` gives `arche`, if that was written anywhere; else 0. */
NameId bind_without_elision(Binder *binder, NameId name);
/* The same for a text that may also be just a text: 0 without a word. */
EntityId bind_title(Binder *binder, NodeId text, const KindId *kinds, uint16_t count);

/* bind_suggest.c: adds what was perhaps meant to a diagnostic about `span`. */
typedef struct Candidates {
    const char *names[3];           /* nearest first */
    const void *keys[3];
    unsigned distances[3];
    unsigned count, limit;
    const char *typed;              /* folded */
    size_t typed_length;
    uint64_t *compared;             /* the binder's */
} Candidates;

void candidates_init(Binder *binder, Candidates *candidates, NameId typed);
void bind_suggest_replace(Binder *binder, Diag *diag, Span span, const Candidates *candidates);
/* True when there was something near. */
bool bind_suggest_properties(Binder *binder, Diag *diag, Span span, NameId typed, KindId kind);
/* Gives the kind that was meant when only one is near, else 0. */
KindId bind_suggest_kinds(Binder *binder, Diag *diag, Span span, NameId typed, uint16_t place);
void bind_suggest_entities(Binder *binder, Diag *diag, Span span, NameId typed, uint32_t scope,
                           const KindId *kinds, uint16_t count);
void bind_suggest_checks(Binder *binder, Diag *diag, Span span, NameId typed);
/* Texts of somebody else (they must live as long as the snapshot); typed 0: only listed. */
void bind_suggest_texts(Binder *binder, Diag *diag, Span span, NameId typed,
                        const char *const *texts, size_t count, MessageId note);
/* The row of the confusion table for this word and role, or NULL. The scope of a property is the
 * kind, that of a kind its place, or 0 for any; that of a word of a list is the list. */
const Confusion *bind_confusion(Binder *binder, NameId typed, WordRole role, uint16_t scope);

/* A meaning in another language with this role (scope 0: any); NULL: none. */
const WordMeaning *bind_foreign(Binder *binder, NameId word, WordRole role, uint16_t scope);
/* E105 with the translation as an edit. */
void bind_report_foreign(Binder *binder, Span span, NameId word, const WordMeaning *meaning);

/* bind_amounts.c */
typedef enum AmountPlace {          /* what the place takes, for the right message */
    AMOUNT_ANY, AMOUNT_MONEY, AMOUNT_DURATION, AMOUNT_RATE_BY_ANY,
} AmountPlace;
/* Finds the units of an AMOUNT node and writes their ids; false: reported. */
bool bind_amount(Binder *binder, NodeId node, AmountPlace place, Amount *amount);
uint32_t bind_keep_amount(Binder *binder, Amount amount);       /* index in amounts */
uint32_t bind_keep_number(Binder *binder, Decimal number);
/* A year, a month or a day written as DATE or as a bare number of four digits. */
bool bind_date(const Binder *binder, NodeId node, Date *date);

/* bind_values.c */
typedef struct Expected {           /* what a place takes */
    uint8_t type;                   /* PropertyType */
    ListId list;
    int32_t minimum, maximum;
    const KindId *refs;
    uint16_t ref_count;
    NameId word;                    /* of the property or kind, for messages */
    Span span;                      /* where it is written */
    bool rate_by_any;               /* valuation: `15 EUR/tablet` */
    bool is_head;                   /* word is a kind's, not a property's */
    bool is_measure;                /* the amount of a measured head: a title may follow */
    bool is_key;                    /* what stands before the colon, or an end of a link */
} Expected;

/* The words of the list that is expected, nearest first. */
void bind_suggest_words(Binder *binder, Diag *diag, Span span, NameId typed,
                        const Expected *expected);

MessageId unit_message(Unit unit, Unit per);    /* "an amount of money", for found places */

bool bind_is_list_type(uint8_t type);           /* a PropertyType of several values */
/* Reads the value nodes from `first` to the first NOTE or BLOCK into a record. */
void bind_value(Binder *binder, NodeId first, const Expected *expected, Record *record);
/* The value of an x- property, by its shape. */
void bind_custom(Binder *binder, NodeId first, Record *record);
void bind_default_range(Expected *expected);    /* of levels and positions */
uint8_t bind_notes(Binder *binder, NodeId first);      /* RECORD_.. flags of the NOTEs */
void bind_expect(const Binder *binder, const PropertyInfo *info, NodeId node,
                 Expected *expected);

/* bind_rules.c: what several values say together, once all are bound. */
void bind_rules(Binder *binder);

/* bind_settings.c: `accept`, `settings`, and the properties of alliance.conf. */
void bind_accept(Binder *binder, NodeId statement);
void bind_settings(Binder *binder, NodeId statement);
void bind_conf_property(Binder *binder, NodeId statement);

/* bind_statements.c: what is not a declaration: kept in order, then looked at. */
void bind_statement(Binder *binder, NodeId statement);
void bind_statements(Binder *binder, uint32_t first, uint32_t last);

#endif
