# plugins/local.mk -- the plugin host, the writers, and the plugins that ship.

noinst_LIBRARIES += libhost.a

# What a program must link after libhost.a and liballiance.a.
HOST_LIBS = $(LUA_LIBS) $(JSON_LIBS) -lm

libhost_a_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(LUA_CFLAGS) $(JSON_CFLAGS)
libhost_a_SOURCES =
nodist_libhost_a_SOURCES =

# plugins/host: runs Lua plugins over a snapshot
libhost_a_SOURCES += plugins/host/embedded.h
libhost_a_SOURCES += plugins/host/host.h
libhost_a_SOURCES += plugins/host/kernels.c
libhost_a_SOURCES += plugins/host/kernels.h
libhost_a_SOURCES += plugins/host/kernels_lua.c
libhost_a_SOURCES += plugins/host/kernels_lua.h

# plugins/io: one reader or writer per foreign format, no Lua, no model

# The plugins that ship, one Lua file each: embedded in the program, and installed as
# files so that people can read and copy them.
SHIPPED_LUA =

# plugins/checks
SHIPPED_LUA += plugins/checks/equity.lua
SHIPPED_LUA += plugins/checks/measurable-goal.lua
SHIPPED_LUA += plugins/checks/reciprocity.lua
SHIPPED_LUA += plugins/checks/shared-goal.lua
SHIPPED_LUA += plugins/checks/three-questions.lua

# plugins/views
SHIPPED_LUA += plugins/views/canvas.lua

# plugins/exporters
SHIPPED_LUA += plugins/exporters/dot.lua
SHIPPED_LUA += plugins/exporters/json.lua

# plugins/importers

# Everything that ships as Lua, as bytes in one C file.
nodist_libhost_a_SOURCES += gen/embedded.c
CLEANFILES += gen/embedded.c
gen/embedded.c: stdlib/embed.lua $(SHIPPED_LUA) $(STDLIB_LUA)
	$(AM_V_GEN)$(MKDIR_P) gen && $(LUA) $(srcdir)/stdlib/embed.lua $@ $(srcdir) \
	    $(SHIPPED_LUA) $(STDLIB_LUA)

nobase_dist_pkgdata_DATA += $(SHIPPED_LUA)
