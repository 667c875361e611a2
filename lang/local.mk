# lang/local.mk -- the language as a library: liballiance.a, usable alone.
# Floors from below to above; each file uses only what stands under it.

lib_LIBRARIES += liballiance.a

LANG_CFLAGS = $(PCRE2_CFLAGS) $(UTF8PROC_CFLAGS)
LANG_LIBS = liballiance.a $(PCRE2_LIBS) $(UTF8PROC_LIBS)

liballiance_a_CPPFLAGS = $(AM_CPPFLAGS) $(LANG_CFLAGS)
liballiance_a_SOURCES =

# lang/base: what any C program could use
liballiance_a_SOURCES += lang/base/arena.c
liballiance_a_SOURCES += lang/base/date.c
liballiance_a_SOURCES += lang/base/decimal.c
liballiance_a_SOURCES += lang/base/env.c
liballiance_a_SOURCES += lang/base/names.c
liballiance_a_SOURCES += lang/base/utf8.c

# lang/syntax: text to tree and tree to text
liballiance_a_SOURCES += lang/syntax/diag.c
liballiance_a_SOURCES += lang/syntax/diag_text.c
liballiance_a_SOURCES += lang/syntax/source.c
liballiance_a_SOURCES += lang/syntax/words.c
liballiance_a_SOURCES += lang/syntax/node.c
liballiance_a_SOURCES += lang/syntax/lexer.c
liballiance_a_SOURCES += lang/syntax/lexer_ahead.c
liballiance_a_SOURCES += lang/syntax/lexer_mark.c
liballiance_a_SOURCES += lang/syntax/lexer_number.c
liballiance_a_SOURCES += lang/syntax/lexer_text.c
liballiance_a_SOURCES += lang/syntax/parser.c
liballiance_a_SOURCES += lang/syntax/parser_statement.c
liballiance_a_SOURCES += lang/syntax/parser_value.c
liballiance_a_SOURCES += lang/syntax/parser_expression.c
liballiance_a_SOURCES += lang/syntax/parser_recover.c
liballiance_a_SOURCES += lang/syntax/complete.c
liballiance_a_SOURCES += lang/syntax/printer_word.c
liballiance_a_SOURCES += lang/syntax/printer.c
liballiance_a_SOURCES += lang/syntax/lexer_parts.h
liballiance_a_SOURCES += lang/syntax/parser_parts.h
liballiance_a_SOURCES += lang/syntax/printer_parts.h

# lang/model: tree and vocabulary to meaning
liballiance_a_SOURCES += lang/model/amount.c
liballiance_a_SOURCES += lang/model/bind.c
liballiance_a_SOURCES += lang/model/bind_amounts.c
liballiance_a_SOURCES += lang/model/bind_heads.c
liballiance_a_SOURCES += lang/model/bind_names.c
liballiance_a_SOURCES += lang/model/bind_rules.c
liballiance_a_SOURCES += lang/model/bind_settings.c
liballiance_a_SOURCES += lang/model/bind_statements.c
liballiance_a_SOURCES += lang/model/bind_suggest.c
liballiance_a_SOURCES += lang/model/bind_values.c
liballiance_a_SOURCES += lang/model/collection.c
liballiance_a_SOURCES += lang/model/fields.c
liballiance_a_SOURCES += lang/model/files.c
liballiance_a_SOURCES += lang/model/filtered.c
liballiance_a_SOURCES += lang/model/paths.c
liballiance_a_SOURCES += lang/model/snapshot.c
liballiance_a_SOURCES += lang/model/value_text.c
liballiance_a_SOURCES += lang/model/bind.h
liballiance_a_SOURCES += lang/model/snapshot_rows.h
liballiance_a_SOURCES += lang/model/vocabulary.c
liballiance_a_SOURCES += lang/model/vocabulary_read.c

# lang/eval: expressions, queries, assertions, patterns
liballiance_a_SOURCES += lang/eval/assertion.c
liballiance_a_SOURCES += lang/eval/complain.c
liballiance_a_SOURCES += lang/eval/complain.h
liballiance_a_SOURCES += lang/eval/compute.c
liballiance_a_SOURCES += lang/eval/expression.c
liballiance_a_SOURCES += lang/eval/formula.c
liballiance_a_SOURCES += lang/eval/literal.c
liballiance_a_SOURCES += lang/eval/order.c
liballiance_a_SOURCES += lang/eval/parts.h
liballiance_a_SOURCES += lang/eval/pattern.c
liballiance_a_SOURCES += lang/eval/pipe.c
liballiance_a_SOURCES += lang/eval/query.c
liballiance_a_SOURCES += lang/eval/resolve.c
liballiance_a_SOURCES += lang/eval/type.c

# lang/change: edits as text, comparing two snapshots

# lang: the public face
liballiance_a_SOURCES += lang/version.c

# Installed: lang.h and what it includes.
nobase_pkginclude_HEADERS =
nobase_pkginclude_HEADERS += lang/base/arena.h
nobase_pkginclude_HEADERS += lang/base/date.h
nobase_pkginclude_HEADERS += lang/base/decimal.h
nobase_pkginclude_HEADERS += lang/base/env.h
nobase_pkginclude_HEADERS += lang/base/names.h
nobase_pkginclude_HEADERS += lang/base/utf8.h
nobase_pkginclude_HEADERS += lang/syntax/complete.h
nobase_pkginclude_HEADERS += lang/syntax/diag.h
nobase_pkginclude_HEADERS += lang/syntax/expect.h
nobase_pkginclude_HEADERS += lang/syntax/lexer.h
nobase_pkginclude_HEADERS += lang/syntax/node.h
nobase_pkginclude_HEADERS += lang/syntax/parser.h
nobase_pkginclude_HEADERS += lang/syntax/printer.h
nobase_pkginclude_HEADERS += lang/syntax/source.h
nobase_pkginclude_HEADERS += lang/syntax/words.h
nobase_pkginclude_HEADERS += lang/syntax/words_rows.h
nobase_pkginclude_HEADERS += lang/model/collection.h
nobase_pkginclude_HEADERS += lang/model/snapshot.h
nobase_pkginclude_HEADERS += lang/model/value.h
nobase_pkginclude_HEADERS += lang/model/vocabulary.h
nobase_pkginclude_HEADERS += lang/model/vocabulary_rows.h
nobase_pkginclude_HEADERS += lang/eval/assertion.h
nobase_pkginclude_HEADERS += lang/eval/expression.h
nobase_pkginclude_HEADERS += lang/eval/pattern.h
nobase_pkginclude_HEADERS += lang/eval/query.h
nobase_pkginclude_HEADERS += lang/lang.h

pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = lang/liballiance.pc
# Made from stdlib/, and included by the headers above.
nodist_pkginclude_HEADERS = gen/words_ids.h gen/messages.h
