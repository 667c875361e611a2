/* model.h -- what the tests of lang/model share: a snapshot of a text, and short questions. */
#ifndef TESTS_UNIT_MODEL_H
#define TESTS_UNIT_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "lang/model/collection.h"

typedef struct Model {
    Env env;
    Snapshot *snapshot;
    Arena *arena;
} Model;

/* A file of the tests: name and text; the last one has no name. */
typedef struct TestFile {
    const char *name, *text;
} TestFile;

static inline OpenResult open_test_file(void *files, const char *path, const char *from,
                                        OpenedFile *result)
{
    (void)from;
    for (const TestFile *file = files; file->name; file++)
        if (strcmp(file->name, path) == 0) {
            *result = (OpenedFile){file->name, file->text, strlen(file->text)};
            return OPEN_OK;
        }
    return OPEN_NOT_FOUND;
}

/* Reads the first of the files, which may import the others. */
static inline void model_open(Model *model, TestFile *files)
{
    env_init(&model->env);
    model->env.open_file = open_test_file;
    model->env.files = files;
    Reading reading = {.language = LANG_EN};
    const char *paths[] = {files[0].name};
    model->snapshot = snapshot_read(&model->env, &reading, paths, 1);
    assert_non_null(model->snapshot);
    model->arena = arena_new(&model->env);
    assert_non_null(model->arena);
}

/* Reads a text after the header of its language. */
static inline void model_read_in(Model *model, const char *header, const char *text)
{
    char whole[8192];
    size_t length = strlen(header);
    assert_true(length + strlen(text) < sizeof whole);
    memcpy(whole, header, length);
    memcpy(whole + length, text, strlen(text) + 1);
    env_init(&model->env);
    Reading reading = {.language = LANG_EN};
    model->snapshot = snapshot_read_text(&model->env, &reading, "t.alliance", whole,
                                         strlen(whole));
    assert_non_null(model->snapshot);
    model->arena = arena_new(&model->env);
    assert_non_null(model->arena);
}

static inline void model_read(Model *model, const char *text)
{
    model_read_in(model, "language en version 1\n", text);
}

static inline void model_close(Model *model)
{
    arena_free(model->arena);
    snapshot_free(model->snapshot);
}

static inline EntityId entity_called(const Model *model, const char *name)
{
    Names *names = snapshot_names(model->snapshot);
    EntityId entity = snapshot_find(model->snapshot, 0, names_intern(names, name, strlen(name)));
    if (!entity)
        fail_msg("nothing is called %s", name);
    return entity;
}

static inline const char *field_text(const Model *model, EntityId entity, PropertyId field)
{
    Value value = field_value(model->snapshot, model->arena, entity, field);
    return value_text(model->arena, model->snapshot, value, LANG_EN);
}

/* The diagnostic of this code, which has to be the only one. */
static inline const Diag *only_diag(const Model *model, const char *code)
{
    const Diags *diags = snapshot_diags(model->snapshot);
    if (diags->count != 1)
        fail_msg("%zu diagnostics in place of one", diags->count);
    assert_string_equal(diags->items[0]->code, code);
    return diags->items[0];
}

static inline void assert_quiet(const Model *model)
{
    const Diags *diags = snapshot_diags(model->snapshot);
    if (diags->count)
        fail_msg("%s: %s", diags->items[0]->code,
                 diag_message_text(model->arena, snapshot_words(model->snapshot), LANG_EN,
                                   diags->items[0]));
}

static inline const char *message_of(const Model *model, const Diag *diag, LangId language)
{
    return diag_message_text(model->arena, snapshot_words(model->snapshot), language, diag);
}

/* A help or note line by its number, from 0; "" when there are fewer. */
static inline const char *help_of(const Model *model, const Diag *diag, unsigned index,
                                  LangId language)
{
    const DiagHelp *help = diag->help;
    while (help && index-- > 0)
        help = help->next;
    return help ? diag_text(model->arena, snapshot_words(model->snapshot), language,
                            &help->text, &diag->text)
                : "";
}

#endif
