/* parser.h -- text to tree, reporting each mistake once; it knows no kind and no property. */
#ifndef LANG_SYNTAX_PARSER_H
#define LANG_SYNTAX_PARSER_H

#include "lang/syntax/diag.h"
#include "lang/syntax/node.h"

typedef enum ParseMode {
    PARSE_FILE,         /* an opened file: commands are E112 */
    PARSE_SCRIPT,       /* a script: `:` commands are statements */
    PARSE_SETTINGS,     /* alliance.conf: `settings`, and properties of its own (SET) */
    PARSE_PROMPT,       /* one input of the prompt: also a bare query (a SHOW), and edits */
    PARSE_QUERY,        /* one Pipe (a SHOW), nothing else: the query of a command line */
    PARSE_STATEMENTS,   /* statements typed elsewhere (-e): as PARSE_SCRIPT, no header needed */
} ParseMode;

/* How a file of this name is read: alliance.conf as what it is, any other as it is said. */
ParseMode parse_mode(const char *path, ParseMode otherwise);

/* Reads the source into a tree of the arena; never NULL.  Mistakes are in diags, what could be
 * understood is in the tree.  `language` holds until a header says otherwise (and for prompt
 * and queries, which have none). */
Tree *parse(Arena *arena, Names *names, const Words *words, Source *source, LangId language,
            ParseMode mode, Diags *diags);

#endif
