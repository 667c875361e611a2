/* collection.h -- relations and derived fields: what a query may ask of an entity beyond what
 * was written (partner.contributions, goal.kpis, kpi.latest, contribution.total ...). */
#ifndef LANG_MODEL_COLLECTION_H
#define LANG_MODEL_COLLECTION_H

#include "lang/model/snapshot.h"

/* All entities of a kind in an alliance (or in all: SIZE_MAX), in order of reading. */
const EntityId *collection_of(const Snapshot *snapshot, size_t alliance, KindId kind,
                              size_t *count);

/* Entities of `kind` that stand in `entity`'s block or refer to it by a property made for it
 * (goal.kpis, goal.activities, partner.contributions), in order of reading. */
const EntityId *collection_related(const Snapshot *snapshot, Arena *arena, EntityId entity,
                                   KindId kind, size_t *count);

/* A field of an entity, declared, common, or derived; `arena` takes what must be computed.
 * ABSENT when not written; a field the kind does not have is POISON (ask field_exists first). */
Value field_value(const Snapshot *snapshot, Arena *arena, EntityId entity, PropertyId field);
bool field_exists(const Snapshot *snapshot, KindId kind, PropertyId field);
/* The same, for who has looked up what the field is for the entity's kind. */
Value field_of(const Snapshot *snapshot, Arena *arena, EntityId entity,
               const PropertyInfo *field);

/* The unit that a word after a number counts, when it is no unit of time: `seniors`. */
Unit snapshot_counted_unit(const Snapshot *snapshot, NameId word);

/* Amount arithmetic (value.h): false when units do not combine or on overflow. */
bool amount_add(Amount a, Amount b, Amount *result);
/* -1, 0, 1; 2: different units (cannot tell); 3: days against months (E305). */
int amount_compare(const Snapshot *snapshot, size_t alliance, Amount a, Amount b);
/* The amount in another unit of its family (hours in minutes; person-days by `workday`). */
bool amount_convert(const Snapshot *snapshot, size_t alliance, Amount amount, Unit unit,
                    Amount *result);
bool amount_total(Amount rate, Period period, Amount *result);   /* a rate over its period */

/* A bag being summed. */
typedef struct BagBuilder BagBuilder;
BagBuilder *bag_new(Arena *arena);
/* UNKNOWN is counted, NONE skipped; false: not an amount */
bool bag_add(BagBuilder *builder, Value value);
/* A sum has more digits than a number may have: its parts count as not known. */
bool bag_is_too_large(const BagBuilder *builder);
const Bag *bag_done(BagBuilder *builder);

/* An entity as a person calls it: its title, its name, else "contribution of Orange". */
const char *entity_label(Arena *arena, const Snapshot *snapshot, EntityId entity,
                         LangId language);
/* A value as a person reads it in a language ("12 500 EUR", "30 juin 2024", "not known"). */
const char *value_text(Arena *arena, const Snapshot *snapshot, Value value, LangId language);
/* Unit's word(s) in a language: "EUR", "h/mois", "seniors". */
const char *unit_text(Arena *arena, const Snapshot *snapshot, Unit unit, Unit per,
                      Decimal number, LangId language);

#endif
