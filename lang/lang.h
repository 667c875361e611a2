/* lang.h -- the alliance language: text in; snapshots, diagnostics, answers and text out.
 *
 * The one header of lang/ that other folders include.  Nothing behind it prints, exits, opens a
 * file by itself, depends on the locale or the clock, or knows Lua or a terminal.
 *
 *   Env env;  env_init(&env);  env.open_file = ...;
 *   Snapshot *snapshot = snapshot_read(&env, &reading, paths, count);
 *   ... snapshot_diags, query_text, assertions_run ...
 *   snapshot_free(snapshot);
 */
#ifndef LANG_LANG_H
#define LANG_LANG_H

#include "lang/base/arena.h"
#include "lang/base/date.h"
#include "lang/base/decimal.h"
#include "lang/base/env.h"
#include "lang/base/names.h"
#include "lang/base/utf8.h"
#include "lang/eval/assertion.h"
#include "lang/eval/expression.h"
#include "lang/eval/pattern.h"
#include "lang/eval/query.h"
#include "lang/model/collection.h"
#include "lang/model/snapshot.h"
#include "lang/model/value.h"
#include "lang/model/vocabulary.h"
#include "lang/syntax/complete.h"
#include "lang/syntax/diag.h"
#include "lang/syntax/parser.h"
#include "lang/syntax/printer.h"

#define ALLIANCE_LANGUAGE_VERSION 1

/* The version of this library, as "0.1.0".  Borrowed; lives as long as the program. */
const char *lang_version(void);

#endif
