/* commands_new.c -- `new` and `plugin new`: files to begin with. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repl/choice.h"
#include "repl/command.h"
#include "repl/examples.h"
#include "repl/files.h"

/* ---- Names ------------------------------------------------------------------------------- */

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), end = strlen(ending);
    return length > end && strcmp(text + length - end, ending) == 0;
}

/* What a file may be called: with a letter or a digit, which its title is made of; nothing hidden,
 * nothing that a terminal would not show, nothing that a shell takes for its own in quotes. */
static bool is_file_name(const char *path)
{
    const char *name = last_part(path);
    if (!*name || *name == '.' || *name == '-' || utf8_valid(path, strlen(path)) != strlen(path))
        return false;
    for (const char *at = path; *at; at++)
        if ((unsigned char)*at < ' ' || strchr("\"$`\\!\177", *at))
            return false;
    size_t length = strcspn(name, ".");
    unsigned step;
    for (size_t at = 0; at < length; at += step)
        if (utf8_is_continue(utf8_decode(name + at, length - at, &step)) && name[at] != '_')
            return true;
    return false;
}

/* The path as a shell and the prompt take it: in quotes, when anything in it is not plain. */
static const char *typed_path(Arena *arena, const char *path)
{
    for (const char *at = path; *at; at++)
        if (!((unsigned char)*at >= 128 || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z')
              || (*at >= '0' && *at <= '9') || strchr("./_-", *at)))
            return arena_format(arena, "\"%s\"", path);
    return path;
}

/* "our-garden" is called "Our garden". */
static const char *title_of(Arena *arena, const char *name)
{
    size_t length = strcspn(name, ".");
    char *title = arena_copy(arena, name, length);
    for (size_t i = 0; i < length; i++)
        if (title[i] == '-' || title[i] == '_')
            title[i] = ' ';
    if (title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    return title;
}

/* "Our garden" may be referred to as `our-garden `, with a blank behind; "" when that would be no
 * word.  `before` begins it. */
static const char *short_name(Arena *arena, const char *before, const char *file)
{
    size_t length, size;
    char *name = arena_format(arena, "%s%.*s", before, (int)strcspn(file, "."), file);
    length = strlen(name);
    bool may_join = false;
    for (size_t i = 0; i < length; i++)
        if (name[i] == ' ')
            name[i] = '-';
    if (name[0] >= 'A' && name[0] <= 'Z')
        name[0] = (char)(name[0] - 'A' + 'a');
    name = (char *)(uintptr_t)utf8_nfc(arena, name, length, &size);
    for (size_t at = 0; at < size;) {
        unsigned step;
        int32_t code = utf8_decode(name + at, size - at, &step);
        bool joins = code == '-' || code == '\'';
        if (joins ? !may_join || at + step == size
                  : !(at == 0 ? utf8_is_start(code) : utf8_is_continue(code)))
            return "";
        may_join = !joins;
        at += step;
    }
    return arena_format(arena, "%.*s ", (int)size, name);
}

/* ---- A first file ------------------------------------------------------------------------ */

static const char *word(const Program *program, WordRole role, uint16_t id, uint16_t scope)
{
    return words_text(program->words, program->language, role, id, scope, WORD_USUAL);
}

/* "  # The question\n  property: value\n" */
static const char *asked(const Program *program, Arena *arena, const char *ask, const char *line,
                         const char *value)
{
    const char *question = ask ? arena_format(arena, "  # %s\n", ask) : "";
    return arena_format(arena, "%s  %s%s%s\n", question, line,
                        report_text(arena, program->words, program->language, MESSAGE_COLON,
                                    NULL, 0),
                        value);
}

static const char *asked_property(const Program *program, Arena *arena, PropertyId property,
                                  const char *value)
{
    const char *ask = words_ask(program->words, program->language, ROLE_PROPERTY, property,
                                KIND_ALLIANCE);
    return asked(program, arena, ask, word(program, ROLE_PROPERTY, property, KIND_ALLIANCE), value);
}

/* The kind that fills a box: its id, or its English plural, is that of the box. */
static KindId kind_of_box(const Program *program, const char *box)
{
    const Vocabulary *vocabulary = vocabulary_shipped();
    for (KindId kind = 1; kind <= vocabulary_kind_count(vocabulary); kind++) {
        const char *plural = words_text(program->words, LANG_EN, ROLE_COLLECTION, kind, 0,
                                        WORD_PLURAL);
        if ((plural && strcmp(plural, box) == 0)
            || strcmp(vocabulary_kind(vocabulary, kind)->id, box) == 0)
            return kind;
    }
    return 0;
}

/* The nine boxes of the canvas, in the order in which the method fills them. */
static const char *boxes(const Program *program, Arena *arena)
{
    const Vocabulary *vocabulary = vocabulary_shipped();
    const KindInfo *box = vocabulary_kind(vocabulary, KIND_BOX);
    const char *text = "";
    for (uint16_t i = 0; i < box->property_count; i++) {
        const ListInfo *list = box->properties[i].list
                                   ? vocabulary_list(vocabulary, box->properties[i].list) : NULL;
        for (uint16_t j = 0; list && j < list->count; j++) {
            KindId kind = kind_of_box(program, vocabulary_word_id(vocabulary, list->words[j]));
            const char *head = arena_format(arena, "%s %s", word(program, ROLE_KIND, KIND_BOX, 0),
                                            word(program, ROLE_LISTED, list->words[j],
                                                 box->properties[i].list));
            const char *ask = kind ? words_ask(program->words, program->language, ROLE_KIND, kind,
                                               0) : NULL;
            text = arena_format(arena, "%s%s", text, asked(program, arena, ask, head, "?"));
        }
        if (list)
            break;
    }
    return text;
}

/* The first file at `path`; `before` begins the name of its alliance. */
static const char *first_file_named(Program *program, Arena *arena, const char *path,
                                    const char *before)
{
    const Words *words = program->words;
    const Vocabulary *vocabulary = vocabulary_shipped();
    const PropertyInfo *status = vocabulary_property(vocabulary, KIND_ALLIANCE, PROPERTY_STATUS);
    const char *file = last_part(path), *title = title_of(arena, file);
    DiagArg args[] = {{.name = "title", .kind = ARG_TEXT, .text = title},
                      {.name = "file", .kind = ARG_TEXT,
                       .text = typed_path(arena, file)}};
    const char *horizon = arena_format(arena, "%s 1 %s", word(program, ROLE_KIND, KIND_HORIZON, 0),
                                       word(program, ROLE_UNIT, TIME_YEAR, 0));
    const char *text = arena_format(
        arena, "%s %s %s %d\n\n# %s\n# %s\n\n%s %s%s {\n%s%s%s%s\n%s}\n",
        word(program, ROLE_CORE, CORE_LANGUAGE, 0), words_language_code(words, program->language),
        word(program, ROLE_CORE, CORE_VERSION, 0), ALLIANCE_LANGUAGE_VERSION,
        report_text(arena, words, program->language, MESSAGE_NEW_INTRO, args, 2),
        report_text(arena, words, program->language, MESSAGE_NEW_NEXT, args, 2),
        word(program, ROLE_KIND, KIND_ALLIANCE, 0), short_name(arena, before, file),
        print_quoted(arena, title, strlen(title)),
        asked_property(program, arena, PROPERTY_PURPOSE, "?"),
        asked_property(program, arena, PROPERTY_TERRITORY, "?"),
        asked_property(program, arena, PROPERTY_STATUS,
                       word(program, ROLE_LISTED,
                            vocabulary_list(vocabulary, status->list)->words[0], status->list)),
        asked(program, arena, words_ask(words, program->language, ROLE_KIND, KIND_HORIZON, 0),
              horizon, "?"),
        boxes(program, arena));
    return text;
}

/* A name that the language keeps for itself, or a title of which none can be made, is told apart
 * by the word for an alliance. */
static const char *first_file(Program *program, Arena *arena, const char *path)
{
    const char *text = first_file_named(program, arena, path, "");
    Reading reading = {.words = program->words, .language = program->language};
    Snapshot *snapshot = snapshot_read_text(&program->env, &reading, path, text, strlen(text));
    if (!snapshot || snapshot_has_errors(snapshot))
        text = first_file_named(program, arena, path,
                                arena_format(arena, "%s-",
                                             word(program, ROLE_KIND, KIND_ALLIANCE, 0)));
    snapshot_free(snapshot);
    return text;
}

/* ---- new --------------------------------------------------------------------------------- */

static Status write_new(Program *program, const char *path, const char *text, size_t length)
{
    int problem = files_save(path, text, length, false);
    if (problem == EEXIST)
        return file_error(program, MESSAGE_NEW_EXISTS, path, 0);
    return problem ? file_error(program, MESSAGE_CANNOT_WRITE, path, problem) : STATUS_FINE;
}

static Status new_from(Program *program, Arena *arena, const char *path, const char *name)
{
    Example example;
    const char *nearest;
    if (example_find(program, arena, name, &example, &nearest))
        return write_new(program, path, example.text, example.length);
    return nearest ? usage_error(program, MESSAGE_UNKNOWN_EXAMPLE_NEAR, "name", name, "nearest",
                                 nearest, NULL)
                   : usage_error(program, MESSAGE_UNKNOWN_EXAMPLE, "name", name, NULL);
}

Status shell_new(Program *program, const Arguments *arguments)
{
    const char *from = option_value(&program->options, OPT_FROM);
    if (arguments->count != 1)
        return usage_error(program, MESSAGE_USAGE_NEW, NULL);
    const char *name = arguments->words[0];
    if (!is_file_name(name))
        return usage_error(program, MESSAGE_NEW_BAD_NAME, "name", name, NULL);
    Arena *arena = scratch_new(program);
    const char *path = ends_with(name, ".alliance") ? name
                                                    : arena_format(arena, "%s.alliance", name);
    Status status;
    if (from) {
        status = new_from(program, arena, path, from);
    } else {
        const char *text = first_file(program, arena, path);
        status = write_new(program, path, text, strlen(text));
    }
    if (status == STATUS_FINE && !option_has(&program->options, OPT_QUIET))
        say_line(program, &program->out, MESSAGE_NEW_WRITTEN, "file", path, "shown",
                 typed_path(arena, path), NULL);
    arena_free(arena);
    return status;
}

/* ---- plugin new -------------------------------------------------------------------------- */

/* A word, or pack/word. */
static bool is_check_id(const char *id)
{
    unsigned parts = 1;
    bool at_start = true;
    for (; *id; id++) {
        bool is_letter = *id >= 'a' && *id <= 'z';
        if (*id == '/' && !at_start)
            parts++;
        else if (!is_letter && (at_start || !((*id >= '0' && *id <= '9') || *id == '-')))
            return false;
        at_start = *id == '/';
    }
    return !at_start && parts <= 2;
}

/* A template, with what stands between `{{` and `}}` filled in. */
static const char *filled(Arena *arena, const char *text, const char *id, const char *folder,
                          const char *title)
{
    const struct {
        const char *name, *value;
    } values[] = {{"{{id}}", id}, {"{{folder}}", folder}, {"{{title}}", title}};
    const char *made = "";
    for (const char *at = text; *at;) {
        const char *next = strstr(at, "{{");
        size_t before = next ? (size_t)(next - at) : strlen(at);
        made = arena_format(arena, "%s%.*s", made, (int)before, at);
        at += before;
        for (size_t i = 0; *at && i < sizeof values / sizeof values[0]; i++)
            if (strncmp(at, values[i].name, strlen(values[i].name)) == 0) {
                made = arena_format(arena, "%s%s", made, values[i].value);
                at += strlen(values[i].name);
                break;
            }
    }
    return made;
}

static const char *template_text(const Program *program, Arena *arena, const char *name)
{
    const char *path = arena_format(arena, "stdlib/templates/%s/%s",
                                    words_language_code(program->words, program->language), name);
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].path, path) == 0)
            return embedded_files[i].text;
    return "";
}

Status plugin_new(Program *program, const Arguments *arguments)
{
    static const struct {
        const char *name, *of;
    } parts[] = {{"plugin.lua", "plugin.lua"}, {"spec/questions.lua", "spec.lua"},
                 {"README.md", "readme.md"}};
    if (arguments->count != 3 || !choice_find(program, arguments->words[1], choices_makeable))
        return usage_error(program, MESSAGE_USAGE_PLUGIN_NEW, NULL);
    const char *id = arguments->words[2], *folder = last_part(id);
    if (!is_check_id(id))
        return usage_error(program, MESSAGE_NEW_BAD_ID, "name", id, NULL);
    if (mkdir(folder, 0777) != 0)
        return errno == EEXIST ? file_error(program, MESSAGE_NEW_EXISTS, folder, 0)
                               : file_error(program, MESSAGE_CANNOT_WRITE, folder, errno);
    Arena *arena = scratch_new(program);
    Status status = STATUS_FINE;
    const char *spec = arena_format(arena, "%s/spec", folder);
    if (mkdir(spec, 0777) != 0)
        status = file_error(program, MESSAGE_CANNOT_WRITE, spec, errno);
    for (size_t i = 0; status == STATUS_FINE && i < sizeof parts / sizeof parts[0]; i++) {
        const char *text = filled(arena, template_text(program, arena, parts[i].of), id, folder,
                                  title_of(arena, folder));
        status = write_new(program, arena_format(arena, "%s/%s", folder, parts[i].name), text,
                           strlen(text));
    }
    if (status != STATUS_FINE) {        /* half a plugin would be in the way of the next try */
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            unlink(arena_format(arena, "%s/%s", folder, parts[i].name));
        rmdir(spec);
        rmdir(folder);
    }
    if (status == STATUS_FINE && !option_has(&program->options, OPT_QUIET))
        say_line(program, &program->out, MESSAGE_NEW_PLUGIN_WRITTEN, "folder", folder, NULL);
    arena_free(arena);
    return status;
}
