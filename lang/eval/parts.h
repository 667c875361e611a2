/* parts.h -- expressions once bound: what the files of lang/eval/ share.
 *
 * A tree says what was typed; a formula says what it means: every name is a resolved field, an
 * entity, a word or a collection, every literal a value, and all types were compared.  Binding
 * tells each mistake once, with its place; evaluating a formula then looks up nothing by name.
 */
#ifndef LANG_EVAL_PARTS_H
#define LANG_EVAL_PARTS_H

#include "lang/eval/pattern.h"
#include "lang/model/collection.h"

typedef struct Evaluation Evaluation;       /* expression.h */
typedef struct Missing Missing;             /* the same */

/* ---- Types -------------------------------------------------------------------------- */

/* What values have in common that may be compared.  X(FAMILY, message that names it) */
#define FAMILIES(X)                     \
    X(ANY, FAMILY_ANY)                  \
    X(TEXT, FAMILY_TEXT)                \
    X(WORD, FAMILY_WORD)                \
    X(KIND, FAMILY_KIND)                \
    X(TRUTH, FAMILY_TRUTH)              \
    X(NUMBER, FAMILY_NUMBER)            \
    X(AMOUNT, FAMILY_AMOUNT)            \
    X(DATE, FAMILY_DATE)                \
    X(PERIOD, FAMILY_PERIOD)            \
    X(TARGET, FAMILY_TARGET)            \
    X(ENTITY, FAMILY_ENTITY)            \
    X(BAG, FAMILY_BAG)                  \
    X(TABLE, FAMILY_TABLE)              \
    X(POISON, FAMILY_ANY)

typedef enum Family {
#define FAMILY_ENUM(family, message) FAMILY_##family,
    FAMILIES(FAMILY_ENUM)
#undef FAMILY_ENUM
    FAMILY_COUNT
} Family;

typedef struct Type {
    uint8_t family;
    uint8_t unit;               /* AMOUNT: its UnitFamily; UNIT_NONE: not known before */
    bool is_list;               /* several of them */
    bool is_open;               /* ENTITY: or a text; TEXT: a word that needs no quotes */
    ListId list;                /* WORD: its list, or 0 */
    PropertyId field;           /* where it comes from, or 0 */
    const KindId *kinds;        /* ENTITY: what it may be */
    uint16_t kind_count;        /* 0: anything */
} Type;

Type type_simple(Family family);
Type type_of_kind(const KindId *kind, bool is_list);
Type type_of_property(const PropertyInfo *info);
Type type_of_value(Value value);
MessageId type_message(const Type *type);       /* "an amount of money", "a date" */
PropertyType type_shown(const Type *type);      /* for the column of an answer */
bool type_is_ordered(const Type *type);         /* has a less and a more */

/* Whether values of the two types can be equal, or one be less than the other. */
typedef enum Likeness { LIKE, UNLIKE_TYPES, UNLIKE_UNITS } Likeness;
Likeness types_compare(const Type *left, const Type *right);

/* ---- Where names are looked up ------------------------------------------------------ */

/* One column of rows that are no entities: the groups of `per`, the rows of `distinct`. */
typedef struct Column {
    const struct Formula *formula;  /* the path, in the scope before; NULL for a measure */
    CoreId measure;
    Type type;
} Column;

typedef enum Shape { SHAPE_NOTHING, SHAPE_ENTITY, SHAPE_ROW, SHAPE_VALUE } Shape;

/* What one element is: an entity of some kinds, a row of columns, or a bare value. */
typedef struct Scope {
    Shape shape;
    Type type;                  /* ENTITY, VALUE: of one element */
    const Column *columns;      /* ROW */
    size_t column_count;
} Scope;

/* One element while evaluating. */
typedef struct Element {
    EntityId entity;
    const Value *cells;         /* ROW: its cells; VALUE: the value */
} Element;

/* ---- Paths -------------------------------------------------------------------------- */

typedef enum Root {
    ROOT_ELEMENT,       /* the element's entity */
    ROOT_CELL,          /* id: the column of the element's row */
    ROOT_ENTITY,        /* id: an entity */
    ROOT_COLLECTION,    /* id: a kind, in the alliance or in all of them */
} Root;

typedef enum StepKind {
    STEP_FIELD,         /* id: PropertyId */
    STEP_RELATED,       /* id: KindId */
    STEP_CUSTOM,        /* name: x-something */
} StepKind;

typedef struct Step {
    uint8_t kind;
    bool is_sure;       /* FIELD: every entity that comes here has it */
    bool is_written;    /* FIELD: sure, and what it gives stands in the file as it is */
    uint16_t id;
    KindId owner;       /* FIELD: a kind that has it, for its word in another language */
    NameId name;        /* the word as typed */
} Step;

typedef struct FieldPath {
    uint8_t root;
    uint32_t id;
    NameId name;        /* of the root as typed, when it is a word of its own */
    Step *steps;
    uint32_t step_count;
} FieldPath;

/* ---- Formulas ----------------------------------------------------------------------- */

typedef enum FormulaKind {
    FORMULA_POISON,     /* a mistake was told */
    FORMULA_CONSTANT,
    FORMULA_PATH,
    FORMULA_OR, FORMULA_AND, FORMULA_NOT,
    FORMULA_COMPARE,    /* operation: Operator */
    FORMULA_IS,         /* operation: CoreId */
    FORMULA_IN,         /* parts: subject, values.. */
    FORMULA_CONTAINS,
    FORMULA_MATCHES,
    FORMULA_ARITHMETIC, /* operation: Operator */
    FORMULA_COUNT,      /* pipe */
    FORMULA_MEASURE,    /* operation: CoreId; parts: path; pipe, or NULL: the path is a list */
    FORMULA_PIPE,
    FORMULA_QUANTIFIED, /* operation: CoreId; pipe; parts: [what holds of each] */
} FormulaKind;

/* What made a comparison or a sum impossible for some elements: told when it was for all. */
typedef enum ClashKind {
    CLASH_NONE, CLASH_UNITS, CLASH_CALENDAR, CLASH_BAG, CLASH_TYPES
} ClashKind;

typedef struct Clash {
    uint64_t told;              /* elements for which it could be computed */
    uint8_t kind;               /* of the first that could not */
    Value left, right;
} Clash;

typedef struct Pipe Pipe;
typedef struct Formula Formula;

struct Formula {
    uint8_t kind;
    bool is_negated;
    bool has;                   /* QUANTIFIED: `has`, not a condition */
    uint16_t operation;
    Type type;
    const Tree *tree;
    NodeId node;
    Formula **parts;
    uint32_t part_count;
    Value constant;             /* CONSTANT */
    FieldPath path;             /* PATH */
    Pipe *pipe;
    Pattern *pattern;           /* MATCHES */
    Clash *clash;               /* COMPARE, IN, CONTAINS, ARITHMETIC, MEASURE */
    Amount slot;                /* where the result of ARITHMETIC is kept */
};

typedef struct SortKey {
    Formula *path;
    bool is_descending;
} SortKey;

typedef struct Stage {
    CoreId core;                /* WHERE SORT TAKE SHOW DISTINCT COUNT SUM AVERAGE MIN MAX */
    NodeId node;
    Formula *condition;         /* WHERE */
    SortKey *keys;              /* SORT */
    Formula **paths;            /* SHOW, DISTINCT */
    size_t count;               /* of keys or paths */
    uint64_t take;
    Formula *measured;          /* measures */
    Formula *per;               /* COUNT, measures; or NULL */
    Clash *clash;               /* measures */
    Scope before, after;
} Stage;

struct Pipe {
    Formula *source;
    Scope source_scope;
    Stage *stages;
    size_t stage_count;
    Scope scope;                /* of what comes out */
    bool is_value;              /* ends in one value: count, sum.. without per */
    bool keeps_untold;          /* the rows that the last `where` could not tell are wanted */
};

/* ---- Evaluations -------------------------------------------------------------------- */

struct Evaluation {
    const Snapshot *snapshot;
    size_t alliance;            /* SIZE_MAX: all of them */
    Diags *diags;
    Arena *arena;
    const Words *words;
    const Vocabulary *vocabulary;
    Names *names;
    Missing *missing;
    size_t missing_count, missing_capacity;
    uint64_t work, look_at;     /* the meter, and when to look at it */
    bool is_stopped;            /* cancelled, or too much work */
    bool was_cancelled;
    bool ran_out;               /* of memory */
    unsigned depth;             /* saved queries inside saved queries */
    struct Buffer **buffers;    /* rows that `where` keeps, while they are wanted */
    size_t buffer_count, buffer_capacity;   /* in use; made */
};

/* Binding.  Never NULL: FORMULA_POISON when a mistake was told. */
Formula *formula_bind(Evaluation *evaluation, const Tree *tree, NodeId node);
Formula *formula_bind_condition(Evaluation *evaluation, const Tree *tree, NodeId node);
/* Any expression as a pipe (a path that gives entities is one without stages), or NULL. */
Pipe *formula_pipe(Evaluation *evaluation, Formula *formula);

/* A literal as a value; POISON when its unit is wrong, which is told. */
Value literal_value(Evaluation *evaluation, const Tree *tree, NodeId node);

/* What binds a path and the other expressions call each other with. */
typedef struct Binding {
    Evaluation *evaluation;
    const Tree *tree;
    const Scope *scope;
    const Type *expected;       /* what the other side of a comparison is, or NULL */
    bool may_be_singular;       /* after every, no, exists */
    bool is_quiet;              /* only ask whether it resolves */
} Binding;
Formula *resolve_path(const Binding *binding, NodeId path);
Formula *bind_formula(const Binding *binding, NodeId node);
Pipe *bind_pipe(const Binding *binding, NodeId node);
Formula *formula_new(const Binding *binding, FormulaKind kind, NodeId node, uint32_t parts);
Scope scope_of_elements(const Formula *formula);

/* Runs something whose memory may run out: false then, which is told; the answers are void. */
bool evaluation_guard(Evaluation *evaluation, void (*run)(Evaluation *evaluation, void *data),
                      void *data);
/* Tells what came out only while evaluating; true when an answer would be wrong. */
bool evaluation_tell(Evaluation *evaluation, const Formula *formula);

/* Evaluating. */
Value formula_value(Evaluation *evaluation, Formula *formula, const Element *element);
Truth formula_truth(Evaluation *evaluation, Formula *formula, const Element *element);
Value path_value(Evaluation *evaluation, const Formula *formula, const Element *element);
/* Counts one piece of work; false: stop. */
bool evaluation_goes_on(Evaluation *evaluation);
void note_missing(Evaluation *evaluation, const Formula *formula, const Element *element);
void note_reason(Evaluation *evaluation, EntityId entity, MessageId reason);
/* Tells the clashes that left nothing to compute; true when there was one. */
bool formula_tell_clashes(Evaluation *evaluation, const Formula *formula);

typedef struct Table {
    size_t count;
    const EntityId *entities;   /* ENTITY */
    const Value *cells;         /* ROW: count * width; VALUE: count */
    size_t width;
    bool is_value;
    Value value;
    size_t untold;              /* rows that a `where` left out, `?` in a list */
    const EntityId *untold_rows;    /* when the pipe keeps them */
    size_t without;             /* rows that `distinct` left out, having no value */
    bool is_poisoned;           /* a mistake was told while running */
} Table;

/* Runs a pipe.  Rows may stand in a buffer of the evaluation: they hold until the caller sets
 * buffer_count back to what it was before. */
void pipe_run(Evaluation *evaluation, Pipe *pipe, const Element *element, Table *table);
void pipe_element(const Table *table, const Scope *scope, size_t row, Element *element);
Value measure_value(Evaluation *evaluation, Formula *formula, const Element *element);
/* The entities that an `alliance`, or any other entity, is related to. */
const EntityId *entity_related(Evaluation *evaluation, EntityId entity, KindId kind,
                               size_t *count);
/* Whether what a quantified condition asks of each holds of this one. */
Truth element_truth(Evaluation *evaluation, Formula *quantified, const Element *element);

/* ---- Values (compute.c, order.c) ---------------------------------------------------- */

/* How two values stand: -1, 0, 1, or one of these. */
enum { ORDER_UNTOLD = 2, ORDER_UNITS, ORDER_CALENDAR, ORDER_BAG, ORDER_TYPES };
int value_order(Evaluation *evaluation, Value left, Value right);
Truth compare_values(Evaluation *evaluation, Operator operator, Value left, Value right,
                     Clash *clash);
Value compute(Evaluation *evaluation, Operator operator, Value left, Value right,
              Amount *slot, Clash *clash);
bool value_is_known(Value value);
/* A sum with one unit as an amount: false for several units or a part not known. */
bool bag_single(Evaluation *evaluation, const Bag *bag, Value *value, Amount *slot);
Value value_number(Decimal number);
Value value_of_kind(ValueKind kind);
Value value_amount(Amount *slot, Amount amount);    /* a NUMBER when it has no unit */

/* Sorting: the rows 0..count-1 in a stable order of `columns` (values by row, one array a
 * key); what is not known comes last.  False: a column has several units: *column says which,
 * *first and *second are rows that differ. */
typedef struct SortColumn {
    const Value *values;
    bool is_descending;
} SortColumn;
bool order_rows(Evaluation *evaluation, const SortColumn *columns, size_t column_count,
                uint32_t *rows, size_t count, size_t *column, size_t *first, size_t *second);

/* Grouping: rows of cells that are the same. */
typedef struct Groups Groups;
Groups *groups_new(Evaluation *evaluation, size_t width);
size_t groups_add(Groups *groups, const Value *cells, bool *is_new);    /* the group's number */
size_t groups_count(const Groups *groups);
const Value *groups_cells(const Groups *groups);    /* count * width */

#endif
