/* snapshot.h -- what the texts mean: entities, their properties and relations; immutable.
 *
 * A snapshot holds one or several alliances (a portfolio), each a root file with its imports and
 * its own namespace.  Entities are rows in the order of reading (files in order, imports at their
 * place, declarations from top to bottom; what stands in a block follows its owner).  Everything
 * returned lives as long as the snapshot.
 */
#ifndef LANG_MODEL_SNAPSHOT_H
#define LANG_MODEL_SNAPSHOT_H

#include "lang/model/value.h"

typedef struct Snapshot Snapshot;

typedef struct SettingShape {       /* an option of a plugin: what `settings` may say of it */
    const char *name;               /* the same in every language */
    const char *type;               /* "bool", "integer", "number", "text", "word", "list", "date",
                                       "duration", "money" or "percent" */
    const char *minimum, *maximum;  /* of a number, or NULL */
    const char *const *values;      /* of a word: these only; or NULL */
    size_t value_count;
} SettingShape;

/* What the program knows of plugins, for `accept` and `settings`. */
typedef struct Plugins {
    void *context;
    /* A plugin by its id or word in any language, or NULL; only_checks: that is a check.
     * *is_known false: it may be one that cannot be asked for its options. */
    const void *(*find)(void *context, const char *name, bool only_checks, bool *is_known);
    /* Its options, one by one; false: there are no more. */
    bool (*setting)(void *context, const void *plugin, size_t index, SettingShape *shape);
    bool has_profile;               /* `profile:` may stand in alliance.conf */
} Plugins;

typedef struct Reading {            /* how to read: what the program decides */
    const Words *words;             /* NULL: the shipped ones */
    const Vocabulary *vocabulary;   /* NULL: the shipped one */
    LangId language;                /* of texts without a header: LANG_EN */
    bool is_script;                 /* `:` commands are allowed */
    const Plugins *plugins;         /* NULL: none are known, and settings are taken as they come */
} Reading;

/* Reads and binds root files (opened through env->open_file); NULL only when memory runs out.
 * A root called alliance.conf is read as what it is: settings, and a profile.
 * A root that cannot be opened is a diagnostic (E402..) and an alliance without entities. */
Snapshot *snapshot_read(const Env *env, const Reading *reading, const char *const *paths,
                        size_t path_count);
/* The same for one text in memory, named `path` in messages (stdin, the prompt, tests). */
Snapshot *snapshot_read_text(const Env *env, const Reading *reading, const char *path,
                             const char *text, size_t length);
void snapshot_free(Snapshot *snapshot);     /* NULL is fine */

const Env *snapshot_env(const Snapshot *snapshot);
Arena *snapshot_arena(const Snapshot *snapshot);
Names *snapshot_names(const Snapshot *snapshot);
const Words *snapshot_words(const Snapshot *snapshot);
const Vocabulary *snapshot_vocabulary(const Snapshot *snapshot);
Diags *snapshot_diags(const Snapshot *snapshot);    /* of reading and binding; sorted */
bool snapshot_has_errors(const Snapshot *snapshot);

/* Files, in order of reading. */
size_t snapshot_file_count(const Snapshot *snapshot);
const Tree *snapshot_tree(const Snapshot *snapshot, size_t file);
Source *snapshot_source(const Snapshot *snapshot, size_t file);
LangId snapshot_language(const Snapshot *snapshot, size_t file);

/* Alliances: the roots. */
size_t snapshot_alliance_count(const Snapshot *snapshot);
size_t snapshot_alliance_file(const Snapshot *snapshot, size_t alliance);   /* its root file;
                                   SIZE_MAX: it could not be opened */
EntityId snapshot_alliance_entity(const Snapshot *snapshot, size_t alliance);   /* 0: no block */
/* Its rows are those from `first` to before `last`; SIZE_MAX: those of all.  Statements alike. */
void snapshot_alliance_rows(const Snapshot *snapshot, size_t alliance, EntityId *first,
                            EntityId *last);

/* Entities. */
size_t snapshot_entity_count(const Snapshot *snapshot);     /* ids 1..count */
KindId entity_kind(const Snapshot *snapshot, EntityId entity);
NameId entity_name(const Snapshot *snapshot, EntityId entity);      /* 0: none */
const char *entity_title(const Snapshot *snapshot, EntityId entity, size_t *length);  /* or NULL */
EntityId entity_owner(const Snapshot *snapshot, EntityId entity);   /* block it stands in, or 0 */
size_t entity_alliance(const Snapshot *snapshot, EntityId entity);
size_t entity_file(const Snapshot *snapshot, EntityId entity);
Span entity_span(const Snapshot *snapshot, EntityId entity);    /* its name, title, or kind word */
bool entity_name_is_made(const Snapshot *snapshot, EntityId entity);    /* from its title */
bool entity_is_confidential(const Snapshot *snapshot, EntityId entity); /* its own or owner's */

Value entity_amount(const Snapshot *snapshot, EntityId entity);     /* MEASURED; else ABSENT */
Value entity_key(const Snapshot *snapshot, EntityId entity);        /* KEYED; else ABSENT */
Value entity_keyed(const Snapshot *snapshot, EntityId entity);      /* KEYED: after the colon */
void entity_ends(const Snapshot *snapshot, EntityId entity, Value *from, Value *to);    /* LINK */

/* Its path for people and machines: name, or owner/kind/"title" or key, "#2" for a second equal
 * one. */
const char *entity_path(const Snapshot *snapshot, EntityId entity);
const char *entity_path_in(const Snapshot *snapshot, Arena *arena, EntityId entity);

/* Properties, as written; an index goes through them in order. */
typedef struct PropertyRow {
    PropertyId property;        /* 0: an x- property; see name */
    NameId name;                /* the word as written */
    NodeId node;                /* the PROPERTY node in the entity's file */
    Value value;
    bool assumption, confidential;
    const char *source;         /* or NULL */
} PropertyRow;

unsigned entity_property_count(const Snapshot *snapshot, EntityId entity);
PropertyRow entity_property_row(const Snapshot *snapshot, EntityId entity, unsigned index);
/* Declared value only: ABSENT when not written. */
Value entity_property(const Snapshot *snapshot, EntityId entity, PropertyId property);
bool entity_find_row(const Snapshot *snapshot, EntityId entity, PropertyId property,
                     PropertyRow *row);
bool entity_find_custom(const Snapshot *snapshot, EntityId entity, NameId x_name,
                        PropertyRow *row);
/* Notes on the entity's own head, in block properties or parentheses: same thing. */
PropertyRow entity_head_notes(const Snapshot *snapshot, EntityId entity);

/* For who goes through the entities in order and shows what they refer to: fetches that of some
 * entities further on, which otherwise is waited for.  Nothing depends on it. */
void snapshot_expect(const Snapshot *snapshot, EntityId entity);

/* Children: what stands in its block, in order. */
EntityId entity_first_child(const Snapshot *snapshot, EntityId entity);
EntityId entity_next_sibling(const Snapshot *snapshot, EntityId entity);

/* Names. */
EntityId snapshot_find(const Snapshot *snapshot, size_t alliance, NameId name);     /* 0: none */
EntityId snapshot_find_in_space(const Snapshot *snapshot, size_t alliance, NameId space,
                                NameId name);   /* space.name; 0: none */
/* A file that could have declared names is not there (which was told); SIZE_MAX: of any. */
bool snapshot_is_incomplete(const Snapshot *snapshot, size_t alliance);
EntityId snapshot_find_path(const Snapshot *snapshot, size_t alliance, const char *path);

/* Uses: every place that refers to an entity. Built at the first question. */
typedef struct Use {
    EntityId by;                /* who refers to it */
    PropertyId property;        /* 0: key, link end */
    NodeId node;                /* in by's file */
} Use;
const Use *entity_uses(const Snapshot *snapshot, EntityId entity, size_t *count);

/* Statements that are evaluated, not declared: in file order. */
typedef struct Statement {
    uint8_t kind;               /* NODE_ASSERT, CHECK, SHOW, QUERY, SCENARIO, ACCEPT, SETTINGS,
                                   CHANGE, REMOVE, BASE, ADD, DROP, COMMAND */
    uint32_t file;
    size_t alliance;
    NodeId node;
} Statement;
size_t snapshot_statement_count(const Snapshot *snapshot);
Statement snapshot_statement(const Snapshot *snapshot, size_t index);

/* `accept`: whose findings are kept aside, by whom and until when.  One that was refused (an
 * unknown check or name, no reason) is not among them. */
typedef struct Acceptance {
    const char *check;              /* as written: an id, or a word of some language */
    const EntityId *entities;       /* everything a finding speaks of must be among them */
    size_t entity_count;            /* 0: it is for all */
    const char *reason;
    const char *author;             /* a text, or NULL */
    EntityId author_entity;         /* or somebody of the alliance, or 0 */
    bool has_until;
    Date until;                     /* its last day counts */
    size_t alliance, file;
    Span span;
} Acceptance;
/* Those of an alliance are [*first, *last); SIZE_MAX: of all. */
void snapshot_acceptances(const Snapshot *snapshot, size_t alliance, size_t *first, size_t *last);
Acceptance snapshot_acceptance(const Snapshot *snapshot, size_t index);

/* One option of a `settings` block; what was refused is not among them. */
typedef struct SettingValue {
    const char *plugin;             /* as written: an id, or a word of some language */
    const char *option;
    Value value;
    size_t alliance, file;
} SettingValue;
void snapshot_settings(const Snapshot *snapshot, size_t alliance, size_t *first, size_t *last);
SettingValue snapshot_setting(const Snapshot *snapshot, size_t index);

/* What `alliance.conf` says in `profile:`, a word of its list; 0: nothing. */
uint16_t snapshot_conf_profile(const Snapshot *snapshot);

/* Confidential things gone, their values `?`: what exporters see.  `audience` is a
 * partner who may see what is theirs (filtered.c says what that is), in every alliance that knows
 * them by this name, or 0.  *left_out counts what was left out.  The result has
 * the same ids; entities that are gone answer entity_is_gone.  It borrows from `snapshot`,
 * which must outlive it. */
Snapshot *snapshot_filtered(const Snapshot *snapshot, EntityId audience, size_t *left_out);
bool entity_is_gone(const Snapshot *snapshot, EntityId entity);
size_t snapshot_left_out(const Snapshot *snapshot);     /* 0 of a snapshot that is whole */
/* How many confidential items the files hold: things with all that stands in their block, and
 * values of other things. */
size_t snapshot_confidential(const Snapshot *snapshot);
/* Does a statement name something that is gone, or hold its exact title? */
bool snapshot_is_hidden(const Snapshot *snapshot, const Statement *statement);

#endif
