# tests/local.mk -- what tries to break it.  A suite is any program or script that prints
# TAP; tests/run runs them all and counts (its opening comment has the protocol).

# Unit tests of lang/, linked with liballiance.a alone.  One a line: tests/unit/test_NAME is
# made from tests/unit/test_NAME.c.
UNIT_TESTS =
UNIT_TESTS += tests/unit/test_arena
UNIT_TESTS += tests/unit/test_arena_small
UNIT_TESTS += tests/unit/test_assertion
UNIT_TESTS += tests/unit/test_complete
UNIT_TESTS += tests/unit/test_date
UNIT_TESTS += tests/unit/test_decimal
UNIT_TESTS += tests/unit/test_diag
UNIT_TESTS += tests/unit/test_extension
UNIT_TESTS += tests/unit/test_fields
UNIT_TESTS += tests/unit/test_evaluation_memory
UNIT_TESTS += tests/unit/test_lexer
UNIT_TESTS += tests/unit/test_names
UNIT_TESTS += tests/unit/test_names_bound
UNIT_TESTS += tests/unit/test_order
UNIT_TESTS += tests/unit/test_parser
UNIT_TESTS += tests/unit/test_pattern
UNIT_TESTS += tests/unit/test_printer
UNIT_TESTS += tests/unit/test_query
UNIT_TESTS += tests/unit/test_reading_memory
UNIT_TESTS += tests/unit/test_source
UNIT_TESTS += tests/unit/test_utf8
UNIT_TESTS += tests/unit/test_value_text
UNIT_TESTS += tests/unit/test_version
UNIT_TESTS += tests/unit/test_words

# Tests of the plugin host in C, linked with libhost.a too.  One a line, and for each
# line one tests_host_test_NAME_LDADD = $(HOST_TEST_LIBS).
HOST_TESTS =
HOST_TESTS += tests/host/test_kernels
tests_host_test_kernels_LDADD = $(HOST_TEST_LIBS)
HOST_TESTS += tests/host/test_methods
tests_host_test_methods_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
tests_host_test_methods_LDADD = $(HOST_TEST_LIBS)
HOST_TESTS += tests/host/test_record
tests_host_test_record_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
tests_host_test_record_LDADD = $(HOST_TEST_LIBS)
HOST_TESTS += tests/host/test_sandbox
tests_host_test_sandbox_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_host_test_sandbox_LDADD = $(HOST_TEST_LIBS)
HOST_TESTS += tests/host/test_trust
tests_host_test_trust_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_host_test_trust_LDADD = $(HOST_TEST_LIBS)

# Test scripts (.sh, .py, .lua, or executable), one a line.
SMALL_SUITES =
SMALL_SUITES += tests/plugins/examples.sh
SMALL_SUITES += tests/prompt.py
SMALL_SUITES += tests/installed.sh
SMALL_SUITES += tests/hostile.sh
SMALL_SUITES += tests/examples.py
SMALL_SUITES += tests/coverage.py
SMALL_SUITES += tests/language.py
SMALL_SUITES += tests/confidential.py
SMALL_SUITES += tests/new.py
SMALL_SUITES += tests/settings.py
SMALL_SUITES += tests/trials.py
SMALL_SUITES += tests/statuses.py
SMALL_SUITES += tests/saving.py
SMALL_SUITES += tests/formats.py
SMALL_SUITES += tests/transcripts.py
SMALL_SUITES += tests/checks.py
SMALL_SUITES += tests/checks/perfect.py
SMALL_SUITES += tests/checks/undefined.py
SMALL_SUITES += tests/checks/severity.py
SMALL_SUITES += tests/documents.py
SMALL_SUITES += tests/plugins/api.py
SMALL_SUITES += tests/plugins/hostile.py
SMALL_SUITES += tests/plugins/order.py
SMALL_SUITES += tests/plugins/trust.py
SMALL_SUITES += tests/views.py
SMALL_SUITES += tests/large.py
SMALL_SUITES += tests/figures.py
SMALL_SUITES += tests/analyses.py
SMALL_SUITES += tests/lua/run.lua
SMALL_SUITES += tests/second_evaluator.py
SMALL_SUITES += tests/vocabulary.lua
SMALL_SUITES += tests/docs.py
SMALL_SUITES += tests/layers.lua
SMALL_SUITES += tests/runner.sh
SMALL_SUITES += tests/setup.sh
SMALL_SUITES += tests/install.sh
SMALL_SUITES += tests/hardening.sh

# What takes long or needs a heavy consumer: the small tier under the sanitizers, the builds of a
# release, analysis tools, a browser.  Run by ./dev test --full only; the longest first.
FULL_SUITES =
FULL_SUITES += tests/sanitized.sh
FULL_SUITES += tests/release.sh
FULL_SUITES += tests/lint
FULL_SUITES += tests/full/pages.py

# Fuzz targets, one a line: tests/fuzz/fuzz_NAME is made from tests/fuzz/fuzz_NAME.c, which
# defines LLVMFuzzerTestOneInput.  Without --enable-fuzz they replay their seeds, as suites.
FUZZ_TARGETS =
FUZZ_TARGETS += tests/fuzz/fuzz_expression
FUZZ_TARGETS += tests/fuzz/fuzz_utf8
FUZZ_TARGETS += tests/fuzz/fuzz_lexer
FUZZ_TARGETS += tests/fuzz/fuzz_parser
FUZZ_TARGETS += tests/fuzz/fuzz_printer
FUZZ_TARGETS += tests/fuzz/fuzz_model
tests_fuzz_fuzz_model_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
tests_fuzz_fuzz_model_LDADD = $(FUZZ_MAIN) $(HOST_TEST_LIBS)
FUZZ_TARGETS += tests/fuzz/fuzz_record
tests_fuzz_fuzz_record_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
tests_fuzz_fuzz_record_LDADD = $(FUZZ_MAIN) $(HOST_TEST_LIBS)

tests_unit_test_reading_memory_SOURCES = tests/unit/test_reading_memory.c
tests_unit_test_reading_memory_SOURCES += tests/generated/maker.c
tests_unit_test_reading_memory_SOURCES += tests/generated/maker_statement.c
tests_unit_test_reading_memory_SOURCES += tests/generated/maker_value.c

# The arena again with tiny blocks, where every edge is met often.
tests_unit_test_arena_small_SOURCES = tests/unit/test_arena.c lang/base/arena.c lang/base/env.c
tests_unit_test_arena_small_CPPFLAGS = $(AM_CPPFLAGS) -DARENA_SMALL

# ---- How they are built and run --------------------------------------------------------

if HAVE_CMOCKA
check_PROGRAMS += $(UNIT_TESTS) $(HOST_TESTS)
endif
check_PROGRAMS += $(FUZZ_TARGETS)

# ./dev bench: times, memory and growth, as ratios.  Not suites: no test depends on time.
BENCHES =
check_PROGRAMS += $(BENCHES)
# Runs commands in turns and says what they cost.
BENCHES += tests/bench/measure
tests_bench_measure_LDADD =
# Times the stages of the library.
BENCHES += tests/bench/calls
tests_bench_calls_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(LUA_CFLAGS)
tests_bench_calls_LDADD = libhost.a $(LANG_LIBS) $(HOST_LIBS)

BENCHES += tests/bench/inside
tests_bench_inside_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_bench_inside_LDADD = $(LANG_LIBS)
# Times the kernels of games against plain loops.
BENCHES += tests/bench/games
tests_bench_games_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
tests_bench_games_LDADD = libhost.a -lm

# libreplay.a has a main, which only a fuzz target takes from it.
check_LIBRARIES = libreplay.a
libreplay_a_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE
libreplay_a_SOURCES = tests/fuzz/replay.c
if ENABLE_FUZZ
FUZZ_MAIN = $(FUZZ_ENGINE)
else
FUZZ_MAIN = libreplay.a
endif

LDADD = $(FUZZ_MAIN) $(LANG_LIBS) $(CMOCKA_LIBS)
HOST_TEST_LIBS = libhost.a $(LANG_LIBS) $(HOST_LIBS) $(CMOCKA_LIBS)

# The cases of the language through liballiance.a alone.
LANGUAGE_SUITE = tests/language/run
check_PROGRAMS += $(LANGUAGE_SUITE)

# Files that a generator writes, formatted and translated.  GENERATED=100000 asks for so many.
GENERATED_SUITE = tests/generated/run
check_PROGRAMS += $(GENERATED_SUITE)
tests_generated_run_SOURCES = tests/generated/run.c
tests_generated_run_SOURCES += tests/generated/maker.c
tests_generated_run_SOURCES += tests/generated/maker.h
tests_generated_run_SOURCES += tests/generated/maker_statement.c
tests_generated_run_SOURCES += tests/generated/maker_value.c
tests_generated_run_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
tests_generated_run_LDADD = $(HOST_TEST_LIBS)

# The list that tests/run reads: one "TIER PATH" a line.
tests/suites: Makefile
	$(AM_V_GEN)$(MKDIR_P) tests && { \
	    for suite in $(UNIT_TESTS) $(HOST_TESTS) $(FUZZ_TARGETS); do echo "unit $$suite"; done; \
	    for suite in $(LANGUAGE_SUITE) $(GENERATED_SUITE) $(SMALL_SUITES); do echo "small $$suite"; done; \
	    for suite in $(FULL_SUITES); do echo "full $$suite"; done; } > $@
CLEANFILES += tests/suites

check-programs: all
	@$(MAKE) $(AM_MAKEFLAGS) $(check_LIBRARIES) $(check_PROGRAMS) tests/suites

bench-programs: all
	@$(MAKE) $(AM_MAKEFLAGS) $(BENCHES)

fuzz-programs: all
	@$(MAKE) $(AM_MAKEFLAGS) $(FUZZ_TARGETS)

# With SUITES=WORDS, only those whose name contains one of the words.
check-local: tests/suites
	LUA='$(LUA)' $(srcdir)/tests/run $(SUITES)

check-full: check-programs
	LUA='$(LUA)' $(srcdir)/tests/run --full

.PHONY: check-programs check-full fuzz-programs bench-programs

EXTRA_DIST += tests/run
EXTRA_DIST += tests/unit/model.h
EXTRA_DIST += tests/unit/evaluated.h
EXTRA_DIST += tests/fuzz/run
EXTRA_DIST += tests/unit/tree_dump.h
EXTRA_DIST += tests/bench/run
EXTRA_DIST += tests/bench/generate.lua
EXTRA_DIST += tests/bench/peer.js
EXTRA_DIST += tests/bench/peer.lua
EXTRA_DIST += tests/bench/peer_count.sql
EXTRA_DIST += tests/bench/peer_export.sql
EXTRA_DIST += tests/bench/peer_load.sql
EXTRA_DIST += tests/bench/peer_portfolio.lua
EXTRA_DIST += tests/bench/peer_query.sql
EXTRA_DIST += tests/bench/portfolio.lua
EXTRA_DIST += tests/bench/peer_rules.sql
EXTRA_DIST += tests/bench/rules
EXTRA_DIST += tests/tap.sh
EXTRA_DIST += tests/tap.lua
EXTRA_DIST += $(SMALL_SUITES)
EXTRA_DIST += $(FULL_SUITES)

# The checks that ship, on whole files.
EXTRA_DIST += tests/checks/perfect.alliance
EXTRA_DIST += tests/checks/perfect.en.alliance

# The cases of the language (tests/language/README.md) and their runner.
EXTRA_DIST += tests/language.py
EXTRA_DIST += tests/examples.py
EXTRA_DIST += tests/transcripts
EXTRA_DIST += tests/trials
EXTRA_DIST += tests/docs.py
EXTRA_DIST += tests/language

# The published methods: examples with their sources, and what runs them.
EXTRA_DIST += tests/data/oracles.json
EXTRA_DIST += tests/data/README.md
EXTRA_DIST += tests/data/sarif-2.1.0.schema.json
EXTRA_DIST += tests/lua/compare.lua
EXTRA_DIST += tests/lua/draw.lua
EXTRA_DIST += tests/lua/facts.lua
EXTRA_DIST += tests/lua/figured.lua
EXTRA_DIST += tests/lua/edges.lua
EXTRA_DIST += tests/lua/json.lua
EXTRA_DIST += tests/lua/oracles.lua
EXTRA_DIST += tests/lua/properties.lua
EXTRA_DIST += tests/lua/samples.lua
EXTRA_DIST += tests/lua/table.lua
EXTRA_DIST += tests/hostile

# Plugins that misbehave; plugins/hostile.py says how a file tells what must become of it.
EXTRA_DIST += tests/plugins/api
EXTRA_DIST += tests/plugins/hostile

# What a fuzz target begins with.
EXTRA_DIST += tests/fuzz/seeds/fuzz_expression/queries
EXTRA_DIST += tests/fuzz/seeds/fuzz_expression/requetes
EXTRA_DIST += tests/fuzz/seeds/fuzz_record/end
EXTRA_DIST += tests/fuzz/seeds/fuzz_record/finding
