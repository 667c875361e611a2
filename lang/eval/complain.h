/* complain.h -- the diagnostics of expressions, in one place. */
#ifndef LANG_EVAL_COMPLAIN_H
#define LANG_EVAL_COMPLAIN_H

#include "lang/eval/parts.h"

/* Names. */
void complain_unknown(const Binding *binding, NodeId path);             /* E201, E205, E105 */
void complain_no_field(const Binding *binding, NodeId word, const Type *type);  /* E308, E105 */
void complain_other_spelling(const Binding *binding, NodeId node, EntityId entity);  /* W101 */
bool complain_unit(Evaluation *evaluation, const Tree *tree, NameId word, Span span);  /* E301 */

/* Types, at a node: what stands there is not what is expected there. */
void complain_collection(const Binding *binding, NodeId node, const Type *type);    /* E135 */
void complain_condition(const Binding *binding, NodeId node, const Formula *found); /* E138, E309 */
void complain_list(const Binding *binding, NodeId node, const Type *type);  /* E309 */
void complain_not_ordered(const Binding *binding, NodeId node, const Type *type);   /* E309 */
void complain_not_summed(const Binding *binding, NodeId node, const Type *type);    /* E309 */
void complain_not_text(const Binding *binding, NodeId node, const Type *type);      /* E309 */
void complain_types(const Binding *binding, NodeId node, const Formula *left,
                    const Formula *right);                              /* E309, E305 */
void complain_arithmetic(const Binding *binding, NodeId node, Operator operator,
                         const Formula *left, const Formula *right);    /* E306 */
void complain_pattern(const Binding *binding, NodeId node, const PatternError *error);  /* E139 */

void complain_take(const Binding *binding, NodeId node);                 /* E141 */

/* While evaluating. */

/* A value as an argument of a diagnostic, which says it in the language of its sentence. */
DiagArg complain_value(Evaluation *evaluation, const char *name, Value value);
void complain_clash(Evaluation *evaluation, const Formula *formula);    /* E305, E306, E309 */
void complain_sort(Evaluation *evaluation, const Formula *path, Value first, Value second,
                   EntityId first_entity, EntityId second_entity);      /* E306 */
void complain_work(Evaluation *evaluation, const Tree *tree, NodeId node);  /* E155 */

#endif
