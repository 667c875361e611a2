/* diag.h -- diagnostics as data; words come last.
 *
 * A diagnostic is a message id with arguments, a place, related places, help lines (with edits)
 * and values.  Nothing here knows a language until diag_text is asked.  Message ids, codes,
 * severities and texts come from stdlib/messages through gen/messages.h: MESSAGE_UNKNOWN_NAME
 * is the row `message unknown-name` (or `text unknown-name`).
 */
#ifndef LANG_SYNTAX_DIAG_H
#define LANG_SYNTAX_DIAG_H

#include "lang/syntax/source.h"
#include "lang/syntax/words.h"
#include "messages.h"           /* generated: MessageId, message tables */

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE } Severity;
typedef enum Confidence { EDIT_NONE, EDIT_SAFE, EDIT_LIKELY, EDIT_EXAMPLE } Confidence;

/* An argument is kept neutral until a language is known. */
typedef enum ArgKind {
    ARG_TEXT,       /* verbatim: a name, a piece of source */
    ARG_WORD,       /* a word of the tables: role, id, scope (its word in the language shown) */
    ARG_NUMBER,     /* a count, for agreement and digits */
    ARG_MESSAGE,    /* another message without arguments */
    ARG_TEXTS,      /* one text in each language: a value, a unit */
    ARG_LIST,       /* several ARG_TEXT or ARG_WORD, joined with commas */
} ArgKind;

typedef struct DiagArg {
    const char *name;           /* the placeholder: "kind", "name" (static) */
    ArgKind kind;
    const char *text;           /* ARG_TEXT */
    const char *const *texts;   /* ARG_TEXTS: LANG_COUNT of them */
    WordRole role;              /* ARG_WORD */
    uint16_t id, scope;
    int64_t number;             /* ARG_NUMBER */
    MessageId message;          /* ARG_MESSAGE */
    const struct DiagArg *items;    /* ARG_LIST */
    uint32_t item_count;
} DiagArg;

typedef struct DiagText {       /* a message with its arguments */
    MessageId message;          /* 0: none */
    DiagArg *args;
    uint32_t arg_count;
    uint8_t written_in;         /* 1 + the language of the file it speaks of; 0: of no file */
} DiagText;

typedef struct DiagPlace {      /* source NULL: no place */
    Source *source;
    Span span;
    DiagText label;
} DiagPlace;

typedef struct DiagEdit {
    Source *source;
    Span span;
    const char *text;
} DiagEdit;

typedef struct DiagHelp {
    DiagText text;
    bool is_note;               /* context ("note:") rather than what to do ("help:") */
    Confidence confidence;
    DiagEdit *edits;
    uint32_t edit_count;
    struct DiagHelp *next;
} DiagHelp;

typedef struct DiagRelated {
    DiagPlace place;
    struct DiagRelated *next;
} DiagRelated;

/* What a plugin's finding has besides. Texts are ready-made per language by the plugin. */
typedef struct DiagFinding DiagFinding;     /* plugins/host/record.h */

typedef struct Diag {
    DiagText text;              /* its message gives code, severity and label text */
    Severity severity;
    const char *code;           /* "E201", or "plugin/word" for a finding */
    DiagPlace primary;
    DiagRelated *related;
    DiagHelp *help;
    const char *headline;       /* the `else` text of an assert or check, or NULL */
    LangId language;            /* of the file it speaks about */
    const DiagFinding *finding; /* NULL for the core's own */
    uint32_t order;             /* in which it was added */
    DiagRelated *last_related;  /* where the lists grow */
    DiagHelp *last_help;
} Diag;

typedef struct Diags {
    Arena *arena;
    Diag **items;
    size_t count, capacity;
    uint64_t limit;             /* past it, only counted */
    uint64_t dropped;
    size_t errors, warnings, notes;     /* those dropped too */
    Diag *scratch;              /* what diag_add gives past the limit; not among the items */
} Diags;

void diags_init(Diags *diags, Arena *arena);    /* the limit is that of the arena's Env */

/* Adds a diagnostic and returns it; never NULL (past the limit: a scratch one, to which nothing
 * can be added).  The arguments are added after, with the functions below; texts are copied,
 * but `name` must be a static text. */
Diag *diag_add(Diags *diags, MessageId message, Source *source, Span span, LangId language);
void diag_arg_text(Diags *diags, Diag *diag, const char *name, const char *text, size_t length);
void diag_arg_word(Diags *diags, Diag *diag, const char *name, WordRole role, uint16_t id,
                   uint16_t scope);
void diag_arg_number(Diags *diags, Diag *diag, const char *name, int64_t number);
void diag_arg(Diags *diags, Diag *diag, DiagArg arg);

/* A related place with its label message (arguments of the diagnostic hold there too). */
DiagRelated *diag_related(Diags *diags, Diag *diag, MessageId label, Source *source, Span span);

/* A help or note line; arguments of the diagnostic hold there too, more may be added to
 * help->text with diag_text_arg.  Edits make it applicable. */
DiagHelp *diag_help(Diags *diags, Diag *diag, MessageId text, Confidence confidence);
DiagHelp *diag_note(Diags *diags, Diag *diag, MessageId text);
void diag_text_arg(Diags *diags, DiagText *text, DiagArg arg);
void diag_edit(Diags *diags, DiagHelp *help, Source *source, Span span, const char *text);

/* Sorts by file, line, column (those without a place first), and merges identical ones: same
 * message, place and arguments.  Call once, when all are known. */
void diags_sort(Diags *diags);

const char *message_code(MessageId message);            /* "E201", or "" for a text */
Severity message_severity(MessageId message);
const char *message_id(MessageId message);              /* "unknown-name" */
MessageId message_find(const char *id);                 /* 0: none */

/* The sentence in a language, in the arena; `parent` supplies arguments not in `text`
 * (NULL: none).  What a catalogue may write is listed at the top of stdlib/compile.lua;
 * besides, {name:one|many} goes by the number of things in a list, and by the gender of a
 * word.  Words of the tables that stand in back quotes are what is written in a file, so they are
 * in the language of that file.  What is between braces and names no argument is left as it is.
 *
 * diag_message_text gives the headline if there is one; diag_label_text the label under the
 * primary place, "" when there is none. */
const char *diag_text(Arena *arena, const Words *words, LangId language, const DiagText *text,
                      const DiagText *parent);
const char *diag_fill(Arena *arena, const Words *words, LangId language, const char *pattern,
                      const DiagText *text, const DiagText *parent);
const char *diag_message_text(Arena *arena, const Words *words, LangId language,
                              const Diag *diag);
const char *diag_label_text(Arena *arena, const Words *words, LangId language, const Diag *diag);

/* A page of `explain` for a code (stdlib/messages/X/pages.alliance); false: there is none. */
typedef struct MessagePage {
    const char *title, *about, *wrong, *right;
} MessagePage;
bool message_page(const char *code, LangId language, MessagePage *page);

/* What `help` says of the method (stdlib/messages/X/topics.alliance): topic `index`, counted from
 * 0, as a language says it; false: there are not so many. The texts live as long as the program. */
typedef struct MessageTopic {
    const char *id, *word, *title, *about;
} MessageTopic;
bool message_topic(size_t index, LangId language, MessageTopic *topic);

#endif
