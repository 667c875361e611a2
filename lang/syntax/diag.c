/* diag.c -- diagnostics as data: gathered, sorted and merged.  diag_text.c gives them words. */

#include "lang/syntax/diag.h"

#include <stdlib.h>
#include <string.h>

void diags_init(Diags *diags, Arena *arena)
{
    *diags = (Diags){ .arena = arena, .limit = arena_env(arena)->limits.diagnostics };
}

static void count(Diags *diags, Severity severity, size_t change)
{
    switch (severity) {
    case SEVERITY_ERROR:
        diags->errors += change;
        break;
    case SEVERITY_WARNING:
        diags->warnings += change;
        break;
    case SEVERITY_NOTE:
        diags->notes += change;
        break;
    }
}

/* The diagnostic past the limit, as if it were new. */
static Diag *scratch(Diags *diags)
{
    if (!diags->scratch) {
        diags->scratch = arena_alloc(diags->arena, sizeof *diags->scratch);
        diags->scratch->related = arena_alloc(diags->arena, sizeof *diags->scratch->related);
        diags->scratch->help = arena_alloc(diags->arena, sizeof *diags->scratch->help);
    }
    DiagRelated *related = diags->scratch->related;
    DiagHelp *help = diags->scratch->help;
    *related = (DiagRelated){ 0 };
    *help = (DiagHelp){ 0 };
    *diags->scratch = (Diag){ .related = related, .help = help };
    diags->dropped++;
    return diags->scratch;
}

static Diag *added(Diags *diags)
{
    if (diags->count >= diags->limit)
        return scratch(diags);
    diags->items = arena_grow(diags->arena, diags->items, &diags->capacity, diags->count + 1,
                              sizeof *diags->items);
    Diag *diag = arena_alloc(diags->arena, sizeof *diag);
    diag->order = (uint32_t)diags->count;
    diags->items[diags->count++] = diag;
    return diag;
}

Diag *diag_add(Diags *diags, MessageId message, Source *source, Span span, LangId language)
{
    Diag *diag = added(diags);

    diag->text.message = message;
    diag->text.written_in = (uint8_t)(language + 1);
    diag->severity = message_severity(message);
    diag->code = message_code(message);
    diag->primary.source = source;
    diag->primary.span = span;
    diag->language = language;
    count(diags, diag->severity, 1);
    return diag;
}

/* ---- arguments ---- */

static bool is_scratch(const Diags *diags, const DiagText *text)
{
    return diags->scratch
           && (text == &diags->scratch->text || text == &diags->scratch->help->text
               || text == &diags->scratch->related->place.label
               || text == &diags->scratch->primary.label);
}

/* Room for one more in an array that has room up to the next power of two. */
static void *with_room(Diags *diags, void *array, uint32_t count, size_t size)
{
    if (count & (count - 1))
        return array;
    size_t room = count ? 2 * (size_t)count : 1;
    void *larger = arena_array(diags->arena, room, size);
    if (count)
        memcpy(larger, array, count * size);
    return larger;
}

void diag_text_arg(Diags *diags, DiagText *text, DiagArg arg)
{
    if (is_scratch(diags, text))
        return;
    text->args = with_room(diags, text->args, text->arg_count, sizeof *text->args);
    text->args[text->arg_count++] = arg;
}

void diag_arg(Diags *diags, Diag *diag, DiagArg arg)
{
    diag_text_arg(diags, &diag->text, arg);
}

void diag_arg_text(Diags *diags, Diag *diag, const char *name, const char *text, size_t length)
{
    if (diag == diags->scratch)
        return;
    diag_arg(diags, diag,
             (DiagArg){ .name = name,
                        .kind = ARG_TEXT,
                        .text = arena_copy(diags->arena, text, length) });
}

void diag_arg_word(Diags *diags, Diag *diag, const char *name, WordRole role, uint16_t id,
                   uint16_t scope)
{
    diag_arg(diags, diag,
             (DiagArg){ .name = name, .kind = ARG_WORD, .role = role, .id = id,
                        .scope = scope });
}

void diag_arg_number(Diags *diags, Diag *diag, const char *name, int64_t number)
{
    diag_arg(diags, diag, (DiagArg){ .name = name, .kind = ARG_NUMBER, .number = number });
}

/* ---- related places, help, edits ---- */

DiagRelated *diag_related(Diags *diags, Diag *diag, MessageId label, Source *source, Span span)
{
    if (diag == diags->scratch)
        return diag->related;

    DiagRelated **last = diag->last_related ? &diag->last_related->next : &diag->related;
    while (*last)
        last = &(*last)->next;
    DiagRelated *related = *last = arena_alloc(diags->arena, sizeof *related);
    diag->last_related = related;
    related->place.source = source;
    related->place.span = span;
    related->place.label.message = label;
    return related;
}

DiagHelp *diag_help(Diags *diags, Diag *diag, MessageId text, Confidence confidence)
{
    if (diag == diags->scratch)
        return diag->help;

    DiagHelp **last = diag->last_help ? &diag->last_help->next : &diag->help;
    while (*last)
        last = &(*last)->next;
    DiagHelp *help = *last = arena_alloc(diags->arena, sizeof *help);
    diag->last_help = help;
    help->text.message = text;
    help->confidence = confidence;
    return help;
}

DiagHelp *diag_note(Diags *diags, Diag *diag, MessageId text)
{
    DiagHelp *note = diag_help(diags, diag, text, EDIT_NONE);

    note->is_note = true;
    return note;
}

void diag_edit(Diags *diags, DiagHelp *help, Source *source, Span span, const char *text)
{
    if (diags->scratch && help == diags->scratch->help)
        return;
    help->edits = with_room(diags, help->edits, help->edit_count, sizeof *help->edits);
    help->edits[help->edit_count++] = (DiagEdit){
        .source = source,
        .span = span,
        .text = arena_copy(diags->arena, text, strlen(text)),
    };
}

/* ---- order ---- */

static int order_of_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Same file and same start: 0. */
static int order_of_places(const DiagPlace *a, const DiagPlace *b)
{
    if (!a->source || !b->source)
        return (a->source != NULL) - (b->source != NULL);
    if (a->source != b->source) {
        int order = order_of_numbers(a->source->index, b->source->index);
        return order ? order : strcmp(a->source->path, b->source->path);
    }
    return order_of_numbers(a->span.start, b->span.start);
}

static int order_of_diags(const void *left, const void *right)
{
    const Diag *a = *(Diag *const *)left, *b = *(Diag *const *)right;
    int order = order_of_places(&a->primary, &b->primary);

    return order ? order : order_of_numbers(a->order, b->order);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_args(const DiagArg *a, uint32_t a_count, const DiagArg *b, uint32_t b_count);

static bool same_arg(const DiagArg *a, const DiagArg *b)
{
    if (a->kind != b->kind || !same_text(a->name, b->name))
        return false;
    switch (a->kind) {
    case ARG_TEXT:
        return same_text(a->text, b->text);
    case ARG_WORD:
        return a->role == b->role && a->id == b->id && a->scope == b->scope;
    case ARG_NUMBER:
        return a->number == b->number;
    case ARG_TEXTS:
        for (LangId language = 0; language < LANG_COUNT; language++)
            if (!same_text(a->texts[language], b->texts[language]))
                return false;
        return true;
    case ARG_MESSAGE:
        return a->message == b->message;
    case ARG_LIST:      /* of texts and words, so no deeper */
        return same_args(a->items, a->item_count, b->items, b->item_count);
    }
    return false;
}

static bool same_args(const DiagArg *a, uint32_t a_count, const DiagArg *b, uint32_t b_count)
{
    if (a_count != b_count)
        return false;
    for (uint32_t i = 0; i < a_count; i++)
        if (!same_arg(&a[i], &b[i]))
            return false;
    return true;
}

static bool same_diag(const Diag *a, const Diag *b)
{
    return a->text.message == b->text.message && same_text(a->code, b->code)
           && a->finding == b->finding && same_text(a->headline, b->headline)
           && a->primary.source == b->primary.source
           && a->primary.span.end == b->primary.span.end
           && same_args(a->text.args, a->text.arg_count, b->text.args, b->text.arg_count);
}

void diags_sort(Diags *diags)
{
    if (diags->count > 1)
        qsort(diags->items, diags->count, sizeof *diags->items, order_of_diags);

    size_t kept = 0, first = 0;         /* first: of those at the same place */
    for (size_t i = 0; i < diags->count; i++) {
        Diag *diag = diags->items[i];
        if (kept && order_of_places(&diags->items[kept - 1]->primary, &diag->primary) != 0)
            first = kept;
        bool is_new = true;
        for (size_t j = first; j < kept && is_new; j++)
            is_new = !same_diag(diags->items[j], diag);
        if (is_new)
            diags->items[kept++] = diag;
        else
            count(diags, diag->severity, (size_t)-1);
    }
    diags->count = kept;
}
