# stdlib/local.mk -- what every session starts with: vocabulary, words, messages, and the
# Lua modules for authors of plugins.

nobase_dist_pkgdata_DATA =

# stdlib/lua: the modules that a plugin can require; embedded by plugins/local.mk
STDLIB_LUA =
STDLIB_LUA += stdlib/lua/agenda.lua
STDLIB_LUA += stdlib/lua/blocks.lua
STDLIB_LUA += stdlib/lua/canvas.lua
STDLIB_LUA += stdlib/lua/coalitions.lua
STDLIB_LUA += stdlib/lua/concordance.lua
STDLIB_LUA += stdlib/lua/csv.lua
STDLIB_LUA += stdlib/lua/dot.lua
STDLIB_LUA += stdlib/lua/exchange.lua
STDLIB_LUA += stdlib/lua/figures.lua
STDLIB_LUA += stdlib/lua/finance.lua
STDLIB_LUA += stdlib/lua/games.lua
STDLIB_LUA += stdlib/lua/goals.lua
STDLIB_LUA += stdlib/lua/html.lua
STDLIB_LUA += stdlib/lua/inequality.lua
STDLIB_LUA += stdlib/lua/json.lua
STDLIB_LUA += stdlib/lua/linear.lua
STDLIB_LUA += stdlib/lua/mactor.lua
STDLIB_LUA += stdlib/lua/markdown.lua
STDLIB_LUA += stdlib/lua/network.lua
STDLIB_LUA += stdlib/lua/number.lua
STDLIB_LUA += stdlib/lua/plain_kernels.lua
STDLIB_LUA += stdlib/lua/random.lua
STDLIB_LUA += stdlib/lua/rational.lua
STDLIB_LUA += stdlib/lua/render_html.lua
STDLIB_LUA += stdlib/lua/render_json.lua
STDLIB_LUA += stdlib/lua/render_markdown.lua
STDLIB_LUA += stdlib/lua/render_svg.lua
STDLIB_LUA += stdlib/lua/render_terminal.lua
STDLIB_LUA += stdlib/lua/schedule.lua
STDLIB_LUA += stdlib/lua/sections.lua
STDLIB_LUA += stdlib/lua/stakeholders.lua
STDLIB_LUA += stdlib/lua/svg.lua
STDLIB_LUA += stdlib/lua/text.lua
STDLIB_LUA += stdlib/lua/views.lua

nobase_dist_pkgdata_DATA += $(STDLIB_LUA)

# The data files, in the language's own block syntax, one a line.
STDLIB_FILES =

# stdlib/vocabulary: neutral ids and types
STDLIB_FILES += stdlib/vocabulary/frame.alliance
STDLIB_FILES += stdlib/vocabulary/partners.alliance
STDLIB_FILES += stdlib/vocabulary/goals.alliance
STDLIB_FILES += stdlib/vocabulary/canvas.alliance
STDLIB_FILES += stdlib/vocabulary/calendar.alliance
STDLIB_FILES += stdlib/vocabulary/growth.alliance
STDLIB_FILES += stdlib/vocabulary/core.alliance
STDLIB_FILES += stdlib/vocabulary/currencies.alliance
STDLIB_FILES += stdlib/vocabulary/program.alliance

# stdlib/words: one folder per language
STDLIB_FILES += stdlib/words/en/core.alliance
STDLIB_FILES += stdlib/words/en/frame.alliance
STDLIB_FILES += stdlib/words/en/partners.alliance
STDLIB_FILES += stdlib/words/en/goals.alliance
STDLIB_FILES += stdlib/words/en/canvas.alliance
STDLIB_FILES += stdlib/words/en/calendar.alliance
STDLIB_FILES += stdlib/words/en/growth.alliance
STDLIB_FILES += stdlib/words/en/confusions.alliance
STDLIB_FILES += stdlib/words/en/reference.alliance
STDLIB_FILES += stdlib/words/fr/core.alliance
STDLIB_FILES += stdlib/words/fr/frame.alliance
STDLIB_FILES += stdlib/words/fr/partners.alliance
STDLIB_FILES += stdlib/words/fr/goals.alliance
STDLIB_FILES += stdlib/words/fr/canvas.alliance
STDLIB_FILES += stdlib/words/fr/calendar.alliance
STDLIB_FILES += stdlib/words/fr/growth.alliance
STDLIB_FILES += stdlib/words/fr/confusions.alliance
STDLIB_FILES += stdlib/words/fr/reference.alliance

# stdlib/messages: one folder per language
STDLIB_FILES += stdlib/messages/en/model.alliance
STDLIB_FILES += stdlib/messages/en/names.alliance
STDLIB_FILES += stdlib/messages/en/topics.alliance
STDLIB_FILES += stdlib/messages/en/pages-eval.alliance
STDLIB_FILES += stdlib/messages/en/pages-model.alliance
STDLIB_FILES += stdlib/messages/fr/model.alliance
STDLIB_FILES += stdlib/messages/en/eval.alliance
STDLIB_FILES += stdlib/messages/fr/eval.alliance
STDLIB_FILES += stdlib/messages/fr/names.alliance
STDLIB_FILES += stdlib/messages/fr/topics.alliance
STDLIB_FILES += stdlib/messages/fr/pages-eval.alliance
STDLIB_FILES += stdlib/messages/fr/pages-model.alliance
STDLIB_FILES += stdlib/messages/en/program.alliance
STDLIB_FILES += stdlib/messages/fr/program.alliance
STDLIB_FILES += stdlib/messages/en/syntax.alliance
STDLIB_FILES += stdlib/messages/en/pages-syntax.alliance
STDLIB_FILES += stdlib/messages/fr/syntax.alliance
STDLIB_FILES += stdlib/messages/fr/pages-syntax.alliance

nobase_dist_pkgdata_DATA += $(STDLIB_FILES)

# The C tables and headers that stdlib/compile.lua makes of the data, one a line
# (gen/NAME.c, in the folder of the build).  All are made in one go, which the stamp
# stands for:   lua5.4 compile.lua OUTPUT-FOLDER ROOT FILE...
STDLIB_TABLES =
STDLIB_TABLES += gen/words_ids.h
STDLIB_TABLES += gen/words.c
STDLIB_TABLES += gen/vocabulary.c
STDLIB_TABLES += gen/messages.h
STDLIB_TABLES += gen/messages.c

# The compiler of the data: compile.lua and its parts, one a line.
STDLIB_COMPILER = stdlib/compile.lua
STDLIB_COMPILER += stdlib/compiler/ctext.lua
STDLIB_COMPILER += stdlib/compiler/fold.lua
STDLIB_COMPILER += stdlib/compiler/messages.lua
STDLIB_COMPILER += stdlib/compiler/reader.lua
STDLIB_COMPILER += stdlib/compiler/reference.lua
STDLIB_COMPILER += stdlib/compiler/reference_messages.lua
STDLIB_COMPILER += stdlib/compiler/reference_topics.lua
STDLIB_COMPILER += stdlib/compiler/tables_vocabulary.lua
STDLIB_COMPILER += stdlib/compiler/tables_words.lua
STDLIB_COMPILER += stdlib/compiler/verify.lua
STDLIB_COMPILER += stdlib/compiler/vocabulary.lua
STDLIB_COMPILER += stdlib/compiler/words.lua

nodist_liballiance_a_SOURCES = $(STDLIB_TABLES)
BUILT_SOURCES += $(STDLIB_TABLES)
CLEANFILES += $(STDLIB_TABLES) gen/tables.stamp

gen/tables.stamp: $(STDLIB_COMPILER) $(STDLIB_FILES)
	$(AM_V_GEN)$(MKDIR_P) gen && rm -f $@ && touch $@.new && \
	    $(LUA) $(srcdir)/stdlib/compile.lua gen $(srcdir) $(STDLIB_FILES) && mv $@.new $@

# The tables are newer than the stamp; one that was deleted is made again.
$(STDLIB_TABLES): gen/tables.stamp
	@test -f $@ || { rm -f gen/tables.stamp; $(MAKE) $(AM_MAKEFLAGS) gen/tables.stamp; }

EXTRA_DIST += $(STDLIB_COMPILER)
EXTRA_DIST += stdlib/embed.lua

# What `alliance plugin new` writes; embedded by plugins/local.mk.
TEMPLATES =
TEMPLATES += stdlib/templates/en/plugin.lua
TEMPLATES += stdlib/templates/en/readme.md
TEMPLATES += stdlib/templates/en/spec.lua
TEMPLATES += stdlib/templates/fr/plugin.lua
TEMPLATES += stdlib/templates/fr/readme.md
TEMPLATES += stdlib/templates/fr/spec.lua
EXTRA_DIST += $(TEMPLATES)
