# stdlib/local.mk -- what every session starts with: vocabulary, words, messages, and the
# Lua modules for authors of plugins.

nobase_dist_pkgdata_DATA =

# stdlib/lua: the modules that a plugin can require; embedded by plugins/local.mk
STDLIB_LUA =
STDLIB_LUA += stdlib/lua/coalitions.lua
STDLIB_LUA += stdlib/lua/concordance.lua
STDLIB_LUA += stdlib/lua/exchange.lua
STDLIB_LUA += stdlib/lua/finance.lua
STDLIB_LUA += stdlib/lua/games.lua
STDLIB_LUA += stdlib/lua/goals.lua
STDLIB_LUA += stdlib/lua/inequality.lua
STDLIB_LUA += stdlib/lua/linear.lua
STDLIB_LUA += stdlib/lua/mactor.lua
STDLIB_LUA += stdlib/lua/network.lua
STDLIB_LUA += stdlib/lua/plain_kernels.lua
STDLIB_LUA += stdlib/lua/random.lua
STDLIB_LUA += stdlib/lua/rational.lua
STDLIB_LUA += stdlib/lua/schedule.lua
STDLIB_LUA += stdlib/lua/stakeholders.lua

nobase_dist_pkgdata_DATA += $(STDLIB_LUA)

# The data files, in the language's own block syntax, one a line.
STDLIB_FILES =

# stdlib/vocabulary: neutral ids and types

# stdlib/words: one file per language

# stdlib/messages: one folder per language

nobase_dist_pkgdata_DATA += $(STDLIB_FILES)

# The C tables and headers that stdlib/compile.lua makes of the data, one a line
# (gen/NAME.c, in the folder of the build).  All are made in one go, which the stamp
# stands for:   lua5.4 compile.lua OUTPUT-FOLDER ROOT FILE...
STDLIB_TABLES =

nodist_liballiance_a_SOURCES = $(STDLIB_TABLES)
BUILT_SOURCES += $(STDLIB_TABLES)
CLEANFILES += $(STDLIB_TABLES) gen/tables.stamp

gen/tables.stamp: stdlib/compile.lua $(STDLIB_FILES)
	$(AM_V_GEN)$(MKDIR_P) gen && rm -f $@ && touch $@.new && \
	    $(LUA) $(srcdir)/stdlib/compile.lua gen $(srcdir) $(STDLIB_FILES) && mv $@.new $@

# The tables are newer than the stamp; one that was deleted is made again.
$(STDLIB_TABLES): gen/tables.stamp
	@test -f $@ || { rm -f gen/tables.stamp; $(MAKE) $(AM_MAKEFLAGS) gen/tables.stamp; }

EXTRA_DIST += stdlib/embed.lua
