# stdlib/local.mk -- what every session starts with: vocabulary, words, messages, and the
# Lua modules for authors of plugins.

nobase_dist_pkgdata_DATA =

# stdlib/lua: the modules that a plugin can require; embedded by plugins/local.mk
STDLIB_LUA =

nobase_dist_pkgdata_DATA += $(STDLIB_LUA)

# The data files, in the language's own block syntax, one a line.
STDLIB_FILES =

# stdlib/vocabulary: neutral ids and types

# stdlib/words: one file per language

# stdlib/messages: one folder per language

nobase_dist_pkgdata_DATA += $(STDLIB_FILES)

# The C tables that stdlib/compile.lua makes of the data, one a line; all are made in one
# go, which the stamp stands for.
STDLIB_TABLES =

nodist_liballiance_a_SOURCES = $(STDLIB_TABLES)
CLEANFILES += $(STDLIB_TABLES) gen/tables.stamp

EXTRA_DIST += stdlib/embed.lua
