/* fuzz_model.c -- any bytes as a file: what it means can be said, found again, filtered, written
 * as JSON and, when nothing is wrong with it, translated there and back.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/host/value_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A macro, so that the line of the call is the one reported. */
#define must(condition) ((condition) ? (void)0 : abort())

static bool forget(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

static size_t json_length(const Snapshot *snapshot)
{
    size_t length = 0;
    JsonWriter *json = malloc(sizeof *json);
    must(json != NULL);
    json_init(json, forget, &length, false);
    model_json(json, snapshot, true);
    must(json_end(json));
    free(json);
    return length;
}

static Snapshot *read_text(const Env *env, const char *text, size_t length)
{
    Reading reading = {.language = LANG_EN};
    Snapshot *snapshot = snapshot_read_text(env, &reading, "fuzz", text, length);
    must(snapshot != NULL);
    expressions_bind(snapshot, snapshot_diags(snapshot));
    return snapshot;
}

/* When nothing is wrong, an entity is found by the path that designates it; things that are
 * declared twice share one. */
static void finds(const Snapshot *snapshot)
{
    bool has_errors = snapshot_has_errors(snapshot);
    size_t count = snapshot_entity_count(snapshot);
    for (EntityId entity = 1; entity <= count && entity < 64; entity++) {
        const char *path = entity_path(snapshot, entity);
        EntityId found = snapshot_find_path(snapshot, 0, path);
        must(has_errors || entity_is_gone(snapshot, entity)
             || (found && strcmp(entity_path(snapshot, found), path) == 0));
    }
}

static void translates(const Env *env, const Snapshot *snapshot)
{
    LangId own = snapshot_language(snapshot, 0), other = own == LANG_EN ? LANG_FR : LANG_EN;
    Arena *arena = arena_new(env);
    Diags diags;
    diags_init(&diags, arena);
    const Tree *tree = snapshot_tree(snapshot, 0);
    PrinterText here = print_translated(arena, tree, words_shipped(), own, &diags);
    PrinterText there = print_translated(arena, tree, words_shipped(), other, &diags);
    if (here.bytes && there.bytes) {        /* else a name is reserved over there */
        Snapshot *second = read_text(env, there.bytes, there.length);
        must(!snapshot_has_errors(second));
        PrinterText back = print_translated(arena, snapshot_tree(second, 0), words_shipped(), own, &diags);
        must(back.bytes && back.length == here.length && memcmp(back.bytes, here.bytes, here.length) == 0);
        snapshot_free(second);
    }
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Env env;
    env_init(&env);
    env.today = 19783;
    must(limits_lower(&env.limits, "work", 2000000));
    must(limits_lower(&env.limits, "pattern-steps", 2000));
    Snapshot *snapshot = read_text(&env, (const char *)bytes, length);
    const Diags *diags = snapshot_diags(snapshot);
    for (size_t i = 0; i < diags->count; i++)
        for (LangId language = 0; language < LANG_COUNT; language++)
            must(*diag_message_text(snapshot_arena(snapshot), words_shipped(), language, diags->items[i]));
    json_length(snapshot);
    finds(snapshot);
    size_t left_out;
    Snapshot *filtered = snapshot_filtered(snapshot, 0, &left_out);
    if (filtered) {
        must(json_length(filtered) <= json_length(snapshot) + 64 * left_out);
        finds(filtered);
        snapshot_free(filtered);
    }
    if (!snapshot_has_errors(snapshot))
        translates(&env, snapshot);
    snapshot_free(snapshot);
    return 0;
}
