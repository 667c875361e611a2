/* document.h -- a document on its way out, to a file, a folder or standard output.
 *
 * What a plugin gives is kept until it is known to be whole, and written then or not at all.
 * What is too long for that goes to a temporary file beside its place meanwhile.
 */
#ifndef REPL_DOCUMENT_H
#define REPL_DOCUMENT_H

#include "repl/files.h"
#include "repl/program.h"

typedef struct Part Part;

typedef struct Document {
    Program *program;
    const char *path;       /* a file, or a folder when its parts have names; NULL: shown */
    bool force;             /* replaces what exists */
    Part *first, *last;
    size_t held;            /* bytes kept here */
    bool is_shown;          /* goes to standard output as it comes */
    bool is_saving;         /* goes to a file as it comes */
    Saving saving;
    int problem;            /* errno: it cannot be written there */
} Document;

void document_init(Document *document, Program *program, const char *path, bool force);
/* Takes what the host gives; belongs to the document. */
Output document_output(Document *document);
/* The document is whole: it is written, or shown; tells what could not be. */
Status document_finish(Document *document);
/* Tells why it could not be taken; false: that was not what went wrong. */
bool document_failed(Document *document, Status *status);
/* Frees it; a file that is not finished is as if it had never been begun. */
void document_clear(Document *document);

#endif
