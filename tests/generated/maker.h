/* maker.h -- writes valid files of the language: any seed gives one, the same one every time. */
#ifndef TESTS_GENERATED_MAKER_H
#define TESTS_GENERATED_MAKER_H

#include "lang/lang.h"

enum { MADE_NAMES = 96, MADE_STATEMENTS = 16 };

/* How often each thing was written, in all files together. */
typedef struct Tally {
    unsigned kinds[KIND_ID_END], properties[PROPERTY_ID_END], listed[WORD_ID_END];
    unsigned types[TYPE_COUNT], cores[CORE_ID_END], units[TIME_ID_END];
    unsigned comments, docs, notes, unknown, none, custom;
} Tally;

typedef struct MadeName {
    KindId kind;
    char text[48];              /* how others refer to it */
    char title[48];             /* or "" */
} MadeName;

typedef struct Maker {
    uint64_t state;             /* of the generator of numbers */
    Arena *arena;
    const Words *words;
    const Vocabulary *vocabulary;
    Tally *tally;
    LangId language;
    bool is_tidy;               /* words in their usual form, which the formatter leaves alone */
    const char *line_end, *unit;        /* unit: of every amount, while it is set */
    char *text;                 /* what is written */
    size_t length, capacity;
    MadeName names[MADE_NAMES];
    size_t name_count;
    unsigned serial;            /* makes names, titles and keys unique */
    unsigned indent;
} Maker;

/* Writes the file of a seed, which stays in the arena with a NUL behind it. */
void make_file(Maker *maker, Arena *arena, Tally *tally, uint64_t seed);
/* Opens what made files import (an Env.open_file). */
OpenResult made_open(void *context, const char *path, const char *from, OpenedFile *result);

/* A number from 0 to below - 1; true once in so many times. */
unsigned make_number(Maker *maker, unsigned below);
bool make_once_in(Maker *maker, unsigned times);

void make_bytes(Maker *maker, const char *text);
void make_blank(Maker *maker);
void make_line(Maker *maker);                   /* ends a line, begins the next */
void make_open_block(Maker *maker);
void make_close_block(Maker *maker);
void make_quoted(Maker *maker);
void make_core(Maker *maker, CoreId core);
void make_word(Maker *maker, WordRole role, uint16_t id, uint16_t scope, unsigned form);
void make_property_word(Maker *maker, const PropertyInfo *property, KindId kind);
void make_colon(Maker *maker);
/* One of the names of these kinds; NULL: there is none. */
const MadeName *make_pick(Maker *maker, const KindId *kinds, size_t count);
void make_reference(Maker *maker, const MadeName *name);

/* maker_value.c: what stands after a colon. */
typedef struct Wanted {
    PropertyType type;
    ListId list;
    int32_t minimum, maximum;
    const KindId *kinds;
    size_t kind_count;
    bool may_be_long;           /* a text of several lines may stand here */
} Wanted;
bool make_value(Maker *maker, const Wanted *wanted);    /* false: it is `?` */
void make_typed(Maker *maker, const Wanted *wanted);
void make_date(Maker *maker, unsigned after);           /* in a year of 2000 + after */
void make_measure(Maker *maker, bool is_money);
void make_notes(Maker *maker, bool is_unknown);

/* maker_statement.c: checks, queries and the other statements of the core. */
void make_statement(Maker *maker);

#endif
