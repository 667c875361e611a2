/* examples.c -- see examples.h. */
#include "repl/examples.h"
#include "repl/nearest.h"

#include <stdio.h>
#include <string.h>

/* Its header says in which language it is. */
static bool is_in_language(const Program *program, const EmbeddedFile *file)
{
    const char *code = words_language_code(program->words, program->language);
    size_t word = strcspn(file->text, " ");
    const char *at = file->text + word + strspn(file->text + word, " ");
    return strncmp(at, code, strlen(code)) == 0 && strchr(" \n", at[strlen(code)]);
}

/* The lines of its first comment, up to the one that ends a sentence. */
static const char *opening_of(Arena *arena, const char *text)
{
    const char *about = "";
    const char *at = text;
    while (*at && strncmp(at, "# ", 2) != 0)
        at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
    while (strncmp(at, "# ", 2) == 0) {
        size_t length = strcspn(at, "\n");
        about = arena_format(arena, "%s%s%.*s", about, *about ? " " : "", (int)length - 2, at + 2);
        if (at[length - 1] == '.')
            break;
        at += length + (at[length] == '\n');
    }
    return about;
}

bool example_next(Program *program, Arena *arena, size_t *index, Example *example)
{
    static const char folder[] = "examples/";
    for (; *index < embedded_file_count; (*index)++) {
        const EmbeddedFile *file = &embedded_files[*index];
        if (strncmp(file->path, folder, sizeof folder - 1) != 0
            || !is_in_language(program, file))
            continue;
        const char *name = file->path + sizeof folder - 1;
        *example = (Example){.about = opening_of(arena, file->text), .text = file->text,
                             .length = file->length};
        snprintf(example->name, sizeof example->name, "%.*s", (int)strcspn(name, "."), name);
        (*index)++;
        return true;
    }
    return false;
}

bool example_find(Program *program, Arena *arena, const char *name, Example *example,
                  const char **nearest)
{
    size_t index = 0;
    Example other;
    Nearest near;
    nearest_begin(&near, arena, name, strlen(name));
    while (example_next(program, arena, &index, &other)) {
        if (strcmp(other.name, name) == 0) {
            *example = other;
            return true;
        }
        nearest_offer(&near, other.name, arena_copy(arena, other.name, strlen(other.name)), true);
    }
    *nearest = near.word;
    return false;
}
