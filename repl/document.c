/* document.c -- see document.h. */
#include "repl/document.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    HELD_FOR_FILE = 16 << 20,       /* bytes kept here before a file is begun */
    HELD_AT_MOST = 1 << 30,
};

struct Part {
    char *name;             /* NULL: the only one */
    Out bytes;
    Part *next;
};

void document_init(Document *document, Program *program, const char *path, bool force)
{
    *document = (Document){.program = program, .path = path, .force = force};
}

void document_clear(Document *document)
{
    if (document->is_saving)
        saving_end(&document->saving, false);
    while (document->first) {
        Part *part = document->first;
        document->first = part->next;
        out_clear(&part->bytes);
        free(part->name);
        free(part);
    }
    *document = (Document){.program = document->program};
}

/* ---- Taking ---------------------------------------------------------------------------- */

static bool fail(Document *document, int problem)
{
    document->problem = document->problem ? document->problem : problem;
    return problem == 0;
}

static bool begin_part(void *context, const char *name)
{
    Document *document = context;
    Part *part = calloc(1, sizeof *part);
    if (!part || (name && !(part->name = strdup(name)))) {
        free(part);
        return fail(document, ENOMEM);
    }
    out_init(&part->bytes, -1, false);
    if (document->last)
        document->last->next = part;
    else
        document->first = part;
    document->last = part;
    return true;
}

/* From now on it goes where it belongs as it comes, what was kept first. */
static bool pass_on(Document *document)
{
    Out *bytes = &document->first->bytes;
    const char *kept = bytes->bytes ? bytes->bytes : "";
    int problem = 0;
    if (document->path) {
        problem = saving_begin(&document->saving, document->path, document->force);
        document->is_saving = problem == 0;
        if (problem == 0)
            problem = saving_write(&document->saving, kept, bytes->length);
    } else {
        document->is_shown = true;
        out_raw(&document->program->out, kept, bytes->length);
    }
    out_clear(bytes);
    document->held = 0;
    return fail(document, problem);
}

static bool is_one(const Document *document)
{
    return document->first && document->first == document->last && !document->first->name;
}

static bool write_part(void *context, const char *bytes, size_t length)
{
    Document *document = context;
    Out *out = &document->program->out;
    if (document->problem || (!document->last && !begin_part(context, NULL)))
        return false;
    if (document->is_saving)
        return fail(document, saving_write(&document->saving, bytes, length));
    if (document->is_shown) {
        out_raw(out, bytes, length);
        return !out->failed;
    }
    if (document->held > HELD_AT_MOST - length)
        return fail(document, EFBIG);
    out_raw(&document->last->bytes, bytes, length);
    document->held += length;
    if (document->last->bytes.failed)
        return fail(document, ENOMEM);
    return document->held <= HELD_FOR_FILE || !document->path || !is_one(document)
           || pass_on(document);
}

/* Nothing of it can fail any more: it need not be kept, but for a terminal, which is shown no
 * byte as it is. */
static void be_sure(void *context)
{
    Document *document = context;
    bool is_looked_at = document->program->is_terminal || document->program->at_prompt;
    if (!document->first)
        begin_part(document, NULL);
    if (is_one(document) && !document->is_saving && (document->path || !is_looked_at))
        pass_on(document);
}

Output document_output(Document *document)
{
    return (Output){document, begin_part, write_part, be_sure};
}

/* ---- Writing --------------------------------------------------------------------------- */

static Status cannot_write(const Document *document, const char *path, int problem)
{
    return file_error(document->program, MESSAGE_CANNOT_WRITE, path, problem);
}

static Status told(const Document *document, const char *path, int problem)
{
    Program *program = document->program;
    if (problem)
        return cannot_write(document, path, problem);
    if (!option_has(&program->options, OPT_QUIET))
        say_line(program, program->at_prompt ? &program->out : &program->err, MESSAGE_WROTE,
                 "file", path, NULL);
    return STATUS_FINE;
}

/* A relative name without "..", so that a plugin writes nowhere but below the folder. */
static bool is_safe_name(const char *name)
{
    if (name[0] == '/' || name[0] == '\0' || strchr(name, '\\'))
        return false;
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (part[0] == '.' || part[0] == '/' || part[0] == '\0')
            return false;
    return true;
}

static Status write_one(const Document *document, const Part *part, const char *path)
{
    const char *bytes = part->bytes.bytes ? part->bytes.bytes : "";
    return told(document, path, files_save(path, bytes, part->bytes.length, document->force));
}

static Status write_folder(const Document *document)
{
    Status status = STATUS_FINE;
    const char *path = document->path;
    if (!path)
        return usage_error(document->program, MESSAGE_OUTPUT_NEEDED, NULL);
    if (!files_is_folder(path) && mkdir(path, 0777) != 0)
        return cannot_write(document, path, errno);
    for (const Part *part = document->first; part; part = part->next) {
        char full[8192];
        if (!is_safe_name(part->name) || strchr(part->name, '/')
            || (size_t)snprintf(full, sizeof full, "%s/%s", path, part->name) >= sizeof full)
            return cannot_write(document, part->name, EINVAL);
        status = status_join(status, write_one(document, part, full));
    }
    return status;
}

Status document_finish(Document *document)
{
    Program *program = document->program;
    Status status = STATUS_FINE;
    if (document_failed(document, &status) || !document->first || document->is_shown)
        return status;
    if (document->is_saving) {
        document->is_saving = false;
        return told(document, document->path, saving_end(&document->saving, true));
    }
    if (document->first->name)
        return write_folder(document);
    if (document->path)
        return write_one(document, document->first, document->path);
    const Out *kept = &document->first->bytes;
    if (program->is_terminal || program->at_prompt)
        out_drawn(&program->out, kept->bytes ? kept->bytes : "", kept->length);
    else
        out_raw(&program->out, kept->bytes ? kept->bytes : "", kept->length);
    return status;
}

bool document_failed(Document *document, Status *status)
{
    *status = STATUS_FINE;
    if (document->is_shown && document->program->out.failed)
        return true;            /* main says it, if it is worth a word */
    if (!document->problem)
        return false;
    if (document->path)
        *status = cannot_write(document, document->path, document->problem);
    else if (document->problem == EFBIG)
        *status = usage_error(document->program, MESSAGE_DOCUMENT_TOO_LARGE, NULL);
    else {
        say_line(document->program, &document->program->err, MESSAGE_OUT_OF_MEMORY, NULL);
        *status = STATUS_INTERNAL;
    }
    return true;
}
