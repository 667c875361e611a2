/* inside.c -- times the stages of the library alone, without the start of a process.
 *
 *     inside FILE              a line a stage: milliseconds, nanoseconds an entity
 *
 * Medians of a few turns of processor time.  Reading is what snapshot_read takes with the
 * file's bytes in memory; its parts are reading the words (lexer) and the tree (parser, with
 * the words).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lang/lang.h"
#include "lang/syntax/lexer.h"

enum { TURNS = 7 };

typedef struct {
    Env env;
    char *text;
    size_t length;
    size_t entities;
    size_t bytes;               /* what the snapshot took */
    Snapshot *snapshot;
} Case;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return 1e3 * (double)time.tv_sec + 1e-6 * (double)time.tv_nsec;
}

static bool read_file(Case *file, const char *path)
{
    FILE *input = fopen(path, "rb");
    long size = 0;

    if (!input)
        return false;
    if (fseek(input, 0, SEEK_END) == 0 && (size = ftell(input)) > 0
        && (file->text = malloc((size_t)size))) {
        rewind(input);
        file->length = fread(file->text, 1, (size_t)size, input);
    }
    fclose(input);
    return file->length > 0 && file->length == (size_t)size;
}

/* What parse() and the lexer need, in an arena of their own. */
static Tree *parse_text(Case *file, Arena *arena)
{
    Names *names = names_new(arena);
    const Words *words = words_shipped();
    Diags diags;
    Source *source = source_new(arena, "model.alliance", file->text, file->length);

    diags_init(&diags, arena);
    return parse(arena, names, words, source, LANG_EN, PARSE_FILE, &diags);
}

static void stage_tree(Case *file)
{
    Arena *arena = arena_new(&file->env);

    parse_text(file, arena);
    arena_free(arena);
}

static void stage_read(Case *file)
{
    Reading reading = { .language = LANG_EN };

    snapshot_free(file->snapshot);
    file->snapshot = snapshot_read_text(&file->env, &reading, "model.alliance", file->text,
                                        file->length);
}

static void query(Case *file, const char *text)
{
    Arena *arena = arena_new(&file->env);
    Diags diags;
    Answer answer;

    diags_init(&diags, arena);
    Evaluation *evaluation = evaluation_new(file->snapshot, SIZE_MAX, &diags);
    if (!query_text(evaluation, text, strlen(text), LANG_EN, &answer))
        fprintf(stderr, "%s: not answered\n", text);
    evaluation_free(evaluation);
    arena_free(arena);
}

static void stage_sum(Case *file)
{
    query(file, "contributions | sum value per partner.type");
}

static void stage_where(Case *file)
{
    query(file, "partners where type = association | count");
}

static void stage_uses(Case *file)
{
    size_t count;

    entity_uses(file->snapshot, 1, &count);
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static void stage(Case *file, const char *what, void (*run)(Case *), int turns)
{
    double times[TURNS];

    for (int turn = 0; turn < turns; turn++) {
        double begin = now();
        run(file);
        times[turn] = now() - begin;
    }
    qsort(times, (size_t)turns, sizeof *times, by_value);
    double middle = times[turns / 2];
    printf("%-44s %9.2f ms", what, middle);
    if (file->entities)
        printf(" %9.0f ns an entity", 1e6 * middle / (double)file->entities);
    printf("\n");
}

int main(int argc, char **argv)
{
    Case file = { .entities = 0 };

    if (argc != 2 || !read_file(&file, argv[1])) {
        fprintf(stderr, "usage: inside FILE\n");
        return 2;
    }
    env_init(&file.env);
    stage_read(&file);
    if (!file.snapshot)
        return 1;
    file.entities = snapshot_entity_count(file.snapshot);
    file.bytes = arena_bytes(snapshot_arena(file.snapshot));
    printf("inside the library: %zu bytes, %zu entities, %.0f bytes of memory an entity%s\n",
           file.length, file.entities, (double)file.bytes / (double)file.entities,
           snapshot_has_errors(file.snapshot) ? ", WITH ERRORS" : "");
    stage(&file, "text to tree", stage_tree, TURNS);
    stage(&file, "text to snapshot, all bound", stage_read, TURNS);
    stage(&file, "who uses what, asked once", stage_uses, 1);
    stage(&file, "sum of contributions per type of partner", stage_sum, TURNS);
    stage(&file, "partners of one type", stage_where, TURNS);
    snapshot_free(file.snapshot);
    free(file.text);
    return 0;
}
