/* snapshot_rows.h -- how a snapshot is laid out; for lang/model only.
 *
 * Everything is an array with 32-bit indices: an entity is a row of 40 bytes, a value a record of
 * 16 bytes.  Texts stay in their source (a record keeps the node), amounts, periods and targets
 * stand in side arrays.  Rows are in the order of reading, so the records of an entity are those
 * from its first_record to that of the next row.
 */
#ifndef LANG_MODEL_SNAPSHOT_ROWS_H
#define LANG_MODEL_SNAPSHOT_ROWS_H

#include "lang/model/snapshot.h"

enum { FILE_NONE = UINT32_MAX };

/* A value that stands in a head is a record with one of these in place of a property. */
enum {
    HEAD_AMOUNT = 0xffff,
    HEAD_KEY = 0xfffe,
    HEAD_VALUE = 0xfffd,    /* KEYED: after the colon */
    HEAD_FROM = 0xfffc,     /* LINK */
    HEAD_TO = 0xfffb,
    HEAD_FIRST = 0xfff0,    /* from here on, no property */
};

enum {                      /* flags of a record */
    RECORD_ASSUMPTION = 1 << 0,
    RECORD_CONFIDENTIAL = 1 << 1,
    RECORD_SOURCE = 1 << 2,     /* a NOTE SOURCE stands in its node */
    RECORD_LEVEL = 1 << 3,      /* NUMBER: shown as a level */
};

typedef struct Record {
    uint16_t property;      /* PropertyId, 0 for x-, or HEAD_.. */
    uint8_t kind;           /* ValueKind */
    uint8_t flags;
    NodeId node;            /* PROPERTY, or the head's value */
    uint32_t first;         /* by kind: TEXT, NONE, UNKNOWN the TEXT node (0: none) or, for an x-
                               word, the PATH node; WORD the WordId; BOOL; NUMBER index in numbers;
                               AMOUNT, PERIOD, TARGET index; DATE day; ENTITY id; LIST first item */
    uint32_t second;        /* WORD: ListId; DATE: precision; LIST: count */
} Record;

enum {                      /* flags of an entity */
    ENTITY_POISONED = 1 << 0,
    ENTITY_CONFIDENTIAL = 1 << 1,   /* its own or its owner's */
    ENTITY_GONE = 1 << 2,           /* filtered out */
    ENTITY_ASSUMPTION = 1 << 3,
    ENTITY_MADE_NAME = 1 << 4,      /* the name was made from the title */
};

typedef struct EntityRow {
    uint16_t kind;          /* KindId; 0: what it is could not be read */
    uint8_t flags;
    uint8_t head;           /* Head, as written */
    uint32_t file;
    NodeId node;
    NodeId spot;            /* name or title node: what a message underlines; 0: the node */
    NameId name;
    NodeId title;
    EntityId owner, first_child, next_sibling;
    uint32_t first_record;
} EntityRow;

typedef struct Import {     /* one import statement */
    NodeId node;
    uint32_t file;          /* FILE_NONE: it failed */
    NameId space;           /* folded; 0: none */
    NodeId space_node;
} Import;

typedef struct FileRow {
    Tree *tree;
    Source *source;
    const char *path;           /* its one name; the source has the one that is shown */
    Import *imports;
    size_t import_capacity;
    uint32_t import_count;
    bool is_loading;            /* its imports are being read: another import of it is a circle */
    bool is_incomplete;         /* an import or base is not there: its names are unknown */
    NodeId base;                /* first BASE statement, or 0 */
    uint32_t scope;             /* 1 + where its names live, while its alliance is bound */
    uint32_t visited;           /* 1 + the alliance that went through it last */
    uint32_t declared;          /* 1 + the alliance that declared its entities last */
} FileRow;

typedef struct AllianceRow {
    uint32_t file;
    EntityId first, last;       /* rows [first, last) */
    EntityId entity;            /* its `alliance` block, or 0 */
    uint32_t scope;             /* names of its root file */
    uint32_t first_statement, last_statement;
} AllianceRow;

/* Names to entities: open addressing, a power of two, at most half full. */
typedef struct NameSlot {
    NameId name;                /* folded; 0: free */
    uint32_t entity;            /* EntityId, or SLOT_SPACE and the index of a Space */
} NameSlot;

typedef struct NameTable {
    NameSlot *slots;
    uint32_t count, capacity;
} NameTable;

enum { SLOT_SPACE = 0x80000000u };

typedef struct Space {
    uint32_t scope;             /* its target; FILE_NONE: the import failed, silent */
    uint32_t file;              /* where it is declared */
    NodeId node;
} Space;

/* One namespace: the files that import each other without `as`.  Most readings have one only, and
 * what the first one knows stands with the names themselves (names_owner). */
typedef struct Scope {
    NameTable names;            /* of another than the first */
    bool is_incomplete;         /* a file that would have given names is not there */
    uint32_t alliance;
    uint32_t merged;            /* itself, or the scope that took it in */
} Scope;

typedef struct CountedUnit {    /* what counts are of, as people wrote it */
    NameId key;                 /* folded, singular */
    NameId singular, plural;    /* first spelling of each, or 0 */
} CountedUnit;

typedef struct TitleSlot {
    uint64_t hash;
    EntityId entity;            /* first with this title; 0: free */
} TitleSlot;

typedef struct Kinds {          /* ids of the rows of each kind, made at the first question */
    EntityId *entities;         /* grouped by kind, in order */
    uint32_t *starts;           /* by KindId, one more at the end */
} Kinds;

typedef struct Uses {
    Use *uses;
    uint32_t *starts;           /* by EntityId, one more at the end */
} Uses;

/* Children and referring entities of a kind, for collection_related. */
typedef struct Lookups {
    Kinds kinds;
    Uses uses;
    bool has_kinds, has_uses;
    const uint32_t *equals;     /* paths.c: the number of each nameless entity among its equals */
} Lookups;

typedef struct AcceptanceRow {
    const char *check;
    EntityId *entities;
    uint32_t entity_count, alliance, file;
    NodeId node;
    bool has_reason, has_until;
    Date until;
    const char *reason, *author_text;
    EntityId author;
} AcceptanceRow;

typedef struct SettingRow {
    const char *plugin, *option;
    uint32_t alliance, file;
    Record record;
} SettingRow;

typedef struct HiddenTitle {
    const char *text;
    size_t length;
} HiddenTitle;

struct Snapshot {
    Arena *arena;
    const Env *env;
    Names *names;
    const Words *words;
    const Vocabulary *vocabulary;
    Diags diags;
    LangId language;            /* of texts without a header */
    Words *own_words;           /* extended, or NULL */
    Vocabulary *own_vocabulary;

    FileRow *files;
    size_t file_count, file_capacity;
    uint32_t *paths;            /* hashed by path: file + 1 */
    uint32_t path_capacity;
    AllianceRow *alliances;
    size_t alliance_count;
    Scope *scopes;
    size_t scope_count, scope_capacity;
    Space *spaces;
    size_t space_count, space_capacity;

    EntityRow *entities;        /* [0] unused; one sentinel after the last */
    size_t entity_count, entity_capacity;
    Record *records;
    size_t record_count, record_capacity;
    Decimal *numbers;
    size_t number_count, number_capacity;
    Amount *amounts;
    size_t amount_count, amount_capacity;
    Period *periods;
    size_t period_count, period_capacity;
    Target *targets;
    size_t target_count, target_capacity;
    Value *items;
    size_t item_count, item_capacity;
    Statement *statements;
    size_t statement_count, statement_capacity;
    AcceptanceRow *acceptances;
    size_t acceptance_count, acceptance_capacity;
    SettingRow *settings;
    size_t setting_count, setting_capacity;
    uint16_t conf_profile;
    CountedUnit *units;         /* hashed by key */
    size_t unit_count, unit_capacity;

    Lookups *lookups;
    const Snapshot *whole;      /* a filtered snapshot: what it was made from */
    EntityId audience;
    size_t left_out;            /* confidential items that it lacks */
    HiddenTitle *hidden_titles; /* of what is gone, sorted by bytes */
    size_t hidden_count;
};

/* Rows, for the files of lang/model. */
static inline const EntityRow *entity_row(const Snapshot *snapshot, EntityId entity)
{
    return &snapshot->entities[entity];
}
const Record *entity_record(const Snapshot *snapshot, EntityId entity, uint16_t property);
Value snapshot_record_value(const Snapshot *snapshot, const Tree *tree, const Record *record);
const Tree *entity_tree(const Snapshot *snapshot, EntityId entity);

/* files.c: reads a root with everything it imports; its number among the files. */
uint32_t files_load(Snapshot *snapshot, const Reading *reading, const char *path);
uint32_t files_load_text(Snapshot *snapshot, const Reading *reading, const char *path,
                         const char *text, size_t length);
/* Puts the files of an alliance into scopes; the scope that stands for one of them. */
void files_scope(Snapshot *snapshot, uint32_t alliance);
uint32_t scope_find(Snapshot *snapshot, uint32_t scope);

/* The slot of a folded name, or the free one where it belongs; NULL: no slots at all. */
NameSlot *name_table_find(const NameTable *table, NameId folded);
/* What a scope knows by a folded name, as in NameSlot.entity; 0: nothing. */
uint32_t scope_lookup(const Snapshot *snapshot, uint32_t scope, NameId folded);

/* bind_amounts.c: the unit of a counted word, and how people wrote it. */
Unit unit_counted(Snapshot *snapshot, NameId word);
const CountedUnit *counted_unit(const Snapshot *snapshot, NameId key);

/* bind.c: makes the rows of every alliance; `scratch` may be dropped after. */
void bind_all(Snapshot *snapshot, const Reading *reading, Arena *scratch);

#endif
