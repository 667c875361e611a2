# plugins/local.mk -- the plugin host, the writers, and the plugins that ship.

noinst_LIBRARIES += libhost.a

# What a program must link after libhost.a and liballiance.a.
HOST_LIBS = $(LUA_LIBS) $(JSON_LIBS) -lm

libhost_a_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(LUA_CFLAGS) $(JSON_CFLAGS)
libhost_a_SOURCES =
nodist_libhost_a_SOURCES =

# plugins/host: runs Lua plugins over a snapshot
libhost_a_SOURCES += plugins/host/chunks.c
libhost_a_SOURCES += plugins/host/chunks.h
libhost_a_SOURCES += plugins/host/embedded.h
libhost_a_SOURCES += plugins/host/examples.c
libhost_a_SOURCES += plugins/host/handle.c
libhost_a_SOURCES += plugins/host/handle.h
libhost_a_SOURCES += plugins/host/handle_entity.c
libhost_a_SOURCES += plugins/host/handle_model.c
libhost_a_SOURCES += plugins/host/handle_private.h
libhost_a_SOURCES += plugins/host/handle_value.c
libhost_a_SOURCES += plugins/host/host.c
libhost_a_SOURCES += plugins/host/host.h
libhost_a_SOURCES += plugins/host/kernels.c
libhost_a_SOURCES += plugins/host/kernels.h
libhost_a_SOURCES += plugins/host/kernels_lua.c
libhost_a_SOURCES += plugins/host/kernels_lua.h
libhost_a_SOURCES += plugins/host/order.c
libhost_a_SOURCES += plugins/host/order.h
libhost_a_SOURCES += plugins/host/pool.c
libhost_a_SOURCES += plugins/host/pool.h
libhost_a_SOURCES += plugins/host/record.c
libhost_a_SOURCES += plugins/host/record.h
libhost_a_SOURCES += plugins/host/registry.c
libhost_a_SOURCES += plugins/host/host_registry.h
libhost_a_SOURCES += plugins/host/plugin.h
libhost_a_SOURCES += plugins/host/run.c
libhost_a_SOURCES += plugins/host/sandbox.c
libhost_a_SOURCES += plugins/host/sandbox.h
libhost_a_SOURCES += plugins/host/sha256.c
libhost_a_SOURCES += plugins/host/sha256.h
libhost_a_SOURCES += plugins/host/trust.c
libhost_a_SOURCES += plugins/host/value_json.c
libhost_a_SOURCES += plugins/host/value_json.h
libhost_a_SOURCES += plugins/host/worker.c
libhost_a_SOURCES += plugins/host/worker.h

# plugins/io: one reader or writer per foreign format, no Lua, no model
libhost_a_SOURCES += plugins/io/json_writer.c
libhost_a_SOURCES += plugins/io/json_writer.h

# The plugins that ship, one Lua file each: embedded in the program, and installed as
# files so that people can read and copy them.
SHIPPED_LUA =

# plugins/checks, in the order of the vocabulary
SHIPPED_LUA += plugins/checks/shared-goal.lua
SHIPPED_LUA += plugins/checks/reciprocity.lua
SHIPPED_LUA += plugins/checks/equity.lua
SHIPPED_LUA += plugins/checks/measurable-goal.lua
SHIPPED_LUA += plugins/checks/three-questions.lua
SHIPPED_LUA += plugins/checks/success-criteria.lua
SHIPPED_LUA += plugins/checks/kept-commitments.lua
SHIPPED_LUA += plugins/checks/go-no-go.lua
SHIPPED_LUA += plugins/checks/phases-in-order.lua
SHIPPED_LUA += plugins/checks/roles.lua
SHIPPED_LUA += plugins/checks/governance.lua
SHIPPED_LUA += plugins/checks/canvas-complete.lua
SHIPPED_LUA += plugins/checks/beneficiary-value.lua
SHIPPED_LUA += plugins/checks/canvas-consistent.lua
SHIPPED_LUA += plugins/checks/funding-balance.lua
SHIPPED_LUA += plugins/checks/funding-dependence.lua
SHIPPED_LUA += plugins/checks/divergence.lua
SHIPPED_LUA += plugins/checks/single-carrier.lua
SHIPPED_LUA += plugins/checks/decision-times.lua
SHIPPED_LUA += plugins/checks/pilot-first.lua
SHIPPED_LUA += plugins/checks/local-need.lua
SHIPPED_LUA += plugins/checks/missing-stakeholders.lua
SHIPPED_LUA += plugins/checks/support-actors.lua
SHIPPED_LUA += plugins/checks/scale-up-ready.lua
SHIPPED_LUA += plugins/checks/exit-plan.lua
SHIPPED_LUA += plugins/checks/posture.lua
SHIPPED_LUA += plugins/checks/three-impacts.lua
SHIPPED_LUA += plugins/checks/too-many-kpis.lua
SHIPPED_LUA += plugins/checks/levers.lua
SHIPPED_LUA += plugins/checks/coopetition.lua
SHIPPED_LUA += plugins/checks/complementarity.lua
SHIPPED_LUA += plugins/checks/trust.lua
SHIPPED_LUA += plugins/checks/uncovered-need.lua
SHIPPED_LUA += plugins/checks/figure-sources.lua
SHIPPED_LUA += plugins/checks/inertia.lua

# plugins/views
SHIPPED_LUA += plugins/views/agenda.lua
SHIPPED_LUA += plugins/views/alignment.lua
SHIPPED_LUA += plugins/views/calendar.lua
SHIPPED_LUA += plugins/views/canvas.lua
SHIPPED_LUA += plugins/views/dependence.lua
SHIPPED_LUA += plugins/views/equity.lua
SHIPPED_LUA += plugins/views/funding.lua
SHIPPED_LUA += plugins/views/report.lua
SHIPPED_LUA += plugins/views/stakeholders.lua

# plugins/exporters
SHIPPED_LUA += plugins/exporters/dot.lua
SHIPPED_LUA += plugins/exporters/json.lua

# plugins/importers

# plugins/host/lua: what runs in a worker before the plugin does
HOST_LUA =
HOST_LUA += plugins/host/lua/boot.lua
HOST_LUA += plugins/host/lua/check.lua
HOST_LUA += plugins/host/lua/context.lua
HOST_LUA += plugins/host/lua/document.lua
HOST_LUA += plugins/host/lua/manifest.lua
HOST_LUA += plugins/host/lua/options.lua
EXTRA_DIST += $(HOST_LUA)

# What is known of the shipped plugins without compiling one.
nodist_libhost_a_SOURCES += gen/plugin_index.c
CLEANFILES += gen/plugin_index.c
gen/plugin_index.c: stdlib/index.lua $(SHIPPED_LUA) $(STDLIB_LUA)
	$(AM_V_GEN)$(MKDIR_P) gen && $(LUA) $(srcdir)/stdlib/index.lua $@ $(srcdir) $(SHIPPED_LUA)
EXTRA_DIST += stdlib/index.lua

# Everything that ships as Lua, the templates and the examples, as bytes in one C file.
nodist_libhost_a_SOURCES += gen/embedded.c
CLEANFILES += gen/embedded.c
EMBEDDED = $(SHIPPED_LUA) $(STDLIB_LUA) $(HOST_LUA) $(TEMPLATES) $(EXAMPLE_FILES)
gen/embedded.c: stdlib/embed.lua $(EMBEDDED)
	$(AM_V_GEN)$(MKDIR_P) gen && $(LUA) $(srcdir)/stdlib/embed.lua $@ $(srcdir) $(EMBEDDED)

nobase_dist_pkgdata_DATA += $(SHIPPED_LUA)
