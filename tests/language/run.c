/* run.c -- runs the cases of tests/language (see its README.md) through the library alone.
 *
 *   run [--messages [--lang en|fr]] [PART-OF-A-NAME]...
 *
 * Prints TAP: one line a case, comparing codes and places, and one line a page of explain, whose
 * wrong example has to give its code and whose right one no error.  What only the program can
 * answer (formatted texts, queries, commands) is language.py's business.  --messages prints
 * every diagnostic in full instead, for eyes.  $SRCDIR is where the sources are.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lang/eval/assertion.h"
#include "lang/model/snapshot.h"

enum { MOST_EXPECTED = 64, MOST_PATH = 4096 };

typedef struct Expected {
    char code[8];
    char file[256];             /* "": the case's own */
    unsigned line, column;      /* 0: any */
} Expected;

typedef struct Expectations {
    Expected all[MOST_EXPECTED];
    size_t count;
} Expectations;

typedef struct Case {
    char path[MOST_PATH];       /* of the file to open */
    char folder[MOST_PATH], file[MOST_PATH];
    bool is_quiet, is_judged;
    char today[16];
    Expectations now, later;
} Case;

typedef struct Options {
    bool messages;
    int language;               /* -1: that of the file */
    char **parts;
    int part_count;
} Options;

typedef struct Text {           /* a file read, kept for the run of a case */
    char *path, *bytes;
    struct Text *next;
} Text;

typedef struct Project {        /* what env->open_file sees */
    const Case *of;
    Text *texts;
} Project;

static unsigned tests, failures;

/* ---- Files ----------------------------------------------------------------------------- */

static char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t capacity = 4096, used = 0;
    char *bytes = malloc(capacity);
    while (bytes) {
        used += fread(bytes + used, 1, capacity - used, file);
        if (used < capacity)
            break;
        capacity *= 2;
        char *more = realloc(bytes, capacity);
        if (!more)
            free(bytes);
        bytes = more;
    }
    fclose(file);
    if (bytes)
        bytes[used] = '\0';
    *length = used;
    return bytes;
}

/* Joins a path to the folder of `from`, without `.` and `..`; false: it leaves the project. */
static bool resolve(const char *from, const char *path, char out[MOST_PATH])
{
    char joined[MOST_PATH * 2];
    const char *slash = from ? strrchr(from, '/') : NULL;
    snprintf(joined, sizeof joined, "%.*s%s", slash ? (int)(slash - from + 1) : 0,
             slash ? from : "", path);
    size_t length = 0;
    for (char *part = strtok(joined, "/"); part; part = strtok(NULL, "/")) {
        if (strcmp(part, ".") == 0)
            continue;
        if (strcmp(part, "..") == 0) {
            if (length == 0)
                return false;
            while (length > 0 && out[--length] != '/')
                continue;
            continue;
        }
        int added = snprintf(out + length, MOST_PATH - length, "%s%s", length ? "/" : "", part);
        if (added < 0 || (size_t)added >= MOST_PATH - length)
            return false;
        length += (size_t)added;
    }
    out[length] = '\0';
    return length > 0;
}

static OpenResult open_file(void *context, const char *path, const char *from,
                            OpenedFile *result)
{
    Project *project = context;
    char name[MOST_PATH], whole[MOST_PATH * 2];
    if (!resolve(from, path, name))
        return OPEN_OUTSIDE;
    snprintf(whole, sizeof whole, "%s/%s", project->of->folder, name);
    struct stat about;
    if (stat(whole, &about) != 0)
        return OPEN_NOT_FOUND;
    if (!S_ISREG(about.st_mode))
        return OPEN_NOT_A_FILE;
    Text *text = calloc(1, sizeof *text);
    if (!text)
        return OPEN_NO_MEMORY;
    text->path = strdup(name);
    text->bytes = read_whole(whole, &result->length);
    text->next = project->texts;
    project->texts = text;
    if (!text->path || !text->bytes)
        return OPEN_UNREADABLE;
    result->path = text->path;
    result->text = text->bytes;
    return OPEN_OK;
}

static void close_texts(Project *project)
{
    while (project->texts) {
        Text *next = project->texts->next;
        free(project->texts->path);
        free(project->texts->bytes);
        free(project->texts);
        project->texts = next;
    }
}

/* ---- What a case expects --------------------------------------------------------------- */

static bool is_code(const char *word)
{
    return strlen(word) == 4 && strchr("EWN", word[0]) && strspn(word + 1, "0123456789") == 3;
}

/* [FILE:]LINE[:COLUMN] */
static void read_place(const char *place, Expected *expected)
{
    const char *colon = strchr(place, ':');
    if (colon && strspn(place, "0123456789") != (size_t)(colon - place)) {
        const char *name = place;
        for (const char *at = place; at < colon; at++)
            if (*at == '/')
                name = at + 1;
        snprintf(expected->file, sizeof expected->file, "%.*s", (int)(colon - name), name);
        place = colon + 1;
    }
    char *end;
    expected->line = (unsigned)strtoul(place, &end, 10);
    if (*end == ':')
        expected->column = (unsigned)strtoul(end + 1, NULL, 10);
}

static void expect(Expectations *expectations, const char *code, const char *place)
{
    if (expectations->count == MOST_EXPECTED)
        return;
    Expected *expected = &expectations->all[expectations->count++];
    memset(expected, 0, sizeof *expected);
    snprintf(expected->code, sizeof expected->code, "%s", code);
    if (place)
        read_place(place, expected);
}

static void read_directive(Case *one, char *line)
{
    char *word = strtok(line, " \r");
    if (word && strcmp(word, "today") == 0) {
        const char *date = strtok(NULL, " \r");
        snprintf(one->today, sizeof one->today, "%s", date ? date : "");
    }
    if (!word || strcmp(word, "expect") != 0)
        return;
    word = strtok(NULL, " \r");
    if (!word)
        return;
    if (strcmp(word, "ok") == 0 || strcmp(word, "quiet") == 0) {
        one->is_judged = true;
        one->is_quiet = word[0] == 'q';
    } else if (strcmp(word, "later") == 0) {
        char *code = strtok(NULL, " \r");
        if (code && is_code(code))
            expect(&one->later, code, strtok(NULL, " \r"));
    } else if (is_code(word)) {
        one->is_judged = true;
        expect(&one->now, word, strtok(NULL, " \r"));
    }
}

/* The `#!` lines: all of a side file, or those of the file that say `expect`. */
static bool read_case(Case *one)
{
    char side[MOST_PATH];
    size_t length, stem = strlen(one->path) - strlen(".alliance");
    snprintf(side, sizeof side, "%.*s.expect", (int)stem, one->path);
    char *bytes = read_whole(side, &length);
    bool is_side = bytes != NULL;
    if (!bytes)
        bytes = read_whole(one->path, &length);
    if (!bytes)
        return false;
    bool found = false;
    for (char *line = bytes, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (strncmp(line, is_side ? "#! " : "#! expect ", is_side ? 3 : 10) != 0)
            continue;
        char copy[1024];
        snprintf(copy, sizeof copy, "%s", line + 3);
        read_directive(one, copy);
        found = true;
    }
    free(bytes);
    return found;
}

/* ---- Comparing ------------------------------------------------------------------------- */

typedef struct Found {
    const Diag *diag;
    const char *file;
    Position place;
    bool is_used;
} Found;

static bool fits(const Found *found, const Expected *expected, const Case *one)
{
    if (strcmp(found->diag->code, expected->code) != 0)
        return false;
    if (!expected->line)
        return true;
    return strcmp(found->file, expected->file[0] ? expected->file : one->file) == 0
        && found->place.line == expected->line
        && (!expected->column || found->place.column == expected->column);
}

static bool expects(const Expectations *expectations, char severity)
{
    for (size_t i = 0; i < expectations->count; i++)
        if (expectations->all[i].code[0] == severity)
            return true;
    return false;
}

/* Prints what differs when `say`; the number of differences. */
static unsigned compare(const Case *one, const Expectations *expectations, bool is_quiet,
                        Found *found, size_t count, bool say)
{
    unsigned differences = 0;
    bool warnings = is_quiet || expects(expectations, 'W'), notes = expects(expectations, 'N');
    for (size_t i = 0; i < count; i++)
        found[i].is_used = false;
    for (size_t i = 0; i < expectations->count; i++) {
        const Expected *expected = &expectations->all[i];
        bool seen = false;
        for (size_t j = 0; j < count && !(seen && expected->line); j++)
            if (!found[j].is_used && fits(&found[j], expected, one))
                seen = found[j].is_used = true;
        if (seen)
            continue;
        differences++;
        if (say)
            printf("# missing: %s %s%s%u:%u\n", expected->code, expected->file,
                   expected->file[0] ? ":" : "", expected->line, expected->column);
    }
    for (size_t j = 0; j < count; j++) {
        char severity = found[j].diag->code[0];
        if (found[j].is_used || (severity == 'W' && !warnings) || (severity == 'N' && !notes))
            continue;
        differences++;
        if (say)
            printf("# not expected: %s %s:%u:%u\n", found[j].diag->code, found[j].file,
                   found[j].place.line, found[j].place.column);
    }
    return differences;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static Found *find_all(const Diags *diags)
{
    Found *found = calloc(diags->count + 1, sizeof *found);
    for (size_t i = 0; found && i < diags->count; i++) {
        const Diag *diag = diags->items[i];
        found[i] = (Found){.diag = diag, .file = ""};
        if (!diag->primary.source)
            continue;
        found[i].file = base_name(diag->primary.source->path);
        found[i].place = source_position(diag->primary.source, diag->primary.span.start);
    }
    return found;
}

/* ---- For eyes -------------------------------------------------------------------------- */

static void print_message(const Snapshot *snapshot, const Diag *diag, int wanted)
{
    Arena *arena = snapshot_arena(snapshot);
    const Words *words = snapshot_words(snapshot);
    LangId language = wanted < 0 ? diag->language : (LangId)wanted;
    Position at = {0};
    if (diag->primary.source)
        at = source_position(diag->primary.source, diag->primary.span.start);
    printf("%s: %s\n  --> %s:%u:%u  (%s)\n", diag->code,
           diag_message_text(arena, words, language, diag),
           diag->primary.source ? diag->primary.source->path : "", at.line, at.column,
           diag_label_text(arena, words, language, diag));
    if (diag->primary.source)
        printf("      %.*s\n", (int)(diag->primary.span.end - diag->primary.span.start),
               diag->primary.source->text + diag->primary.span.start);
    for (const DiagRelated *related = diag->related; related; related = related->next) {
        at = source_position(related->place.source, related->place.span.start);
        printf("  ... %s:%u:%u: %s\n", related->place.source->path, at.line, at.column,
               diag_text(arena, words, language, &related->place.label, &diag->text));
    }
    for (const DiagHelp *help = diag->help; help; help = help->next)
        printf("  = %s: %s%s\n", help->is_note ? "note" : "help",
               diag_text(arena, words, language, &help->text, &diag->text),
               help->edit_count ? " (edit)" : "");
}

/* ---- Running --------------------------------------------------------------------------- */

static void prepare(Env *env, Project *project, const char *today)
{
    env_init(env);
    env->open_file = open_file;
    env->files = project;
    Date date;
    if (date_parse(today, strlen(today), &date))
        env->today = date.day;
}

static Snapshot *read_snapshot(const Case *one, Env *env, Project *project)
{
    prepare(env, project, one->today);
    const char *paths[] = {one->file};
    Reading reading = {.language = LANG_EN};
    Snapshot *snapshot = snapshot_read(env, &reading, paths, 1);
    if (snapshot) {
        AssertionCounts counts;
        assertions_run(snapshot, snapshot_diags(snapshot), &counts);
        diags_sort(snapshot_diags(snapshot));
    }
    return snapshot;
}

static void judge(const Case *one, const Snapshot *snapshot, const char *name)
{
    const Diags *diags = snapshot_diags(snapshot);
    Found *found = find_all(diags);
    bool fine = !one->is_judged;
    if (!fine)
        fine = compare(one, &one->now, one->is_quiet, found, diags->count, false) == 0
            || (one->later.count
                && compare(one, &one->later, false, found, diags->count, false) == 0);
    printf("%sok %u - %s\n", fine ? "" : "not ", ++tests, name);
    if (!fine) {
        failures++;
        compare(one, &one->now, one->is_quiet, found, diags->count, true);
    }
    free(found);
}

static bool is_chosen(const Options *options, const char *name)
{
    for (int i = 0; i < options->part_count; i++)
        if (strstr(name, options->parts[i]))
            return true;
    return options->part_count == 0;
}

static void run_case(const char *path, const char *name, const Options *options)
{
    Case one = {.today = "2026-01-15"};
    snprintf(one.path, sizeof one.path, "%s", path);
    snprintf(one.file, sizeof one.file, "%s", base_name(path));
    snprintf(one.folder, sizeof one.folder, "%.*s", (int)(base_name(path) - path - 1), path);
    if (!is_chosen(options, name) || !read_case(&one))
        return;
    Env env;
    Project project = {.of = &one};
    Snapshot *snapshot = read_snapshot(&one, &env, &project);
    if (!snapshot) {
        printf("not ok %u - %s\n# out of memory\n", ++tests, name);
        failures++;
    } else if (options->messages) {
        printf("---- %s\n", name);
        const Diags *diags = snapshot_diags(snapshot);
        for (size_t i = 0; i < diags->count; i++)
            print_message(snapshot, diags->items[i], options->language);
    } else {
        judge(&one, snapshot, name);
    }
    snapshot_free(snapshot);
    close_texts(&project);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void run_folder(const char *folder, const char *name, const Options *options)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, by_name);
    for (int i = 0; i < count; i++) {
        const char *entry = entries[i]->d_name;
        size_t length = strlen(entry);
        char path[MOST_PATH], below[MOST_PATH];
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", folder, entry);
        snprintf(below, sizeof below, "%s%s%s", name, *name ? "/" : "", entry);
        if (entry[0] != '.' && stat(path, &about) == 0) {
            if (S_ISDIR(about.st_mode))
                run_folder(path, below, options);
            else if (length > 9 && strcmp(entry + length - 9, ".alliance") == 0)
                run_case(path, below, options);
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* ---- Pages of explain ------------------------------------------------------------------ */

/* Whether reading an example gives this code; and whether it gives any error. */
static bool example_gives(const char *text, const char *code, bool *has_errors)
{
    Case none = {.folder = "/nowhere", .today = "2026-01-15"};
    Project project = {.of = &none};
    Env env;
    prepare(&env, &project, none.today);
    Reading reading = {.language = LANG_EN};
    Snapshot *snapshot = snapshot_read_text(&env, &reading, "example.alliance", text,
                                            strlen(text));
    bool found = false;
    *has_errors = true;
    if (snapshot) {
        AssertionCounts counts;
        assertions_run(snapshot, snapshot_diags(snapshot), &counts);
        const Diags *diags = snapshot_diags(snapshot);
        for (size_t i = 0; i < diags->count; i++)
            found |= strcmp(diags->items[i]->code, code) == 0;
        *has_errors = diags->errors > 0;
    }
    snapshot_free(snapshot);
    close_texts(&project);
    return found;
}

static void judge_page(const char *code, LangId language, const Options *options)
{
    MessagePage page;
    char name[64];
    snprintf(name, sizeof name, "page %s %s", code, words_language_code(words_shipped(), language));
    if (!is_chosen(options, name) || !message_page(code, language, &page)
        || !page.wrong || !*page.wrong)
        return;
    bool ignored, has_errors = false;
    bool wrong = example_gives(page.wrong, code, &ignored);
    bool right = !page.right || !*page.right || !example_gives(page.right, code, &has_errors);
    bool fine = wrong && right && !has_errors;
    printf("%sok %u - %s\n", fine ? "" : "not ", ++tests, name);
    failures += !fine;
    if (!wrong)
        printf("# the wrong example does not give %s\n", code);
    if (!right || has_errors)
        printf("# the right example is refused\n");
}

/* The wrong example of each page gives its code, and the right one no error. */
static void run_pages(const Options *options)
{
    const char *codes[MESSAGE_ID_END];
    size_t count = 0;
    for (unsigned id = 1; id < MESSAGE_ID_END; id++) {
        const char *code = message_code((MessageId)id);
        bool seen = !*code;
        for (size_t i = 0; i < count && !seen; i++)
            seen = strcmp(codes[i], code) == 0;
        if (seen)
            continue;
        codes[count++] = code;
        for (LangId language = 0; language < LANG_COUNT; language++)
            judge_page(code, language, options);
    }
}

int main(int count, char **arguments)
{
    Options options = {.language = -1};
    int next = 1;
    for (; next < count && strncmp(arguments[next], "--", 2) == 0; next++) {
        if (strcmp(arguments[next], "--messages") == 0) {
            options.messages = true;
        } else if (strcmp(arguments[next], "--lang") == 0 && next + 1 < count) {
            options.language = strcmp(arguments[++next], "fr") == 0 ? LANG_FR : LANG_EN;
        } else {
            fprintf(stderr, "run: unknown option %s\n", arguments[next]);
            return 2;
        }
    }
    options.parts = arguments + next;
    options.part_count = count - next;
    const char *root = getenv("SRCDIR");
    char folder[MOST_PATH];
    snprintf(folder, sizeof folder, "%s/tests/language", root ? root : ".");
    run_folder(folder, "", &options);
    if (!options.messages)
        run_pages(&options);
    if (!options.messages)
        printf("1..%u\n", tests);
    return failures ? 1 : 0;
}
