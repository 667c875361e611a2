# repl/local.mk -- the program: options, commands, prompt, what is shown.

bin_PROGRAMS += alliance

alliance_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(READLINE_CFLAGS)
alliance_LDADD = libhost.a $(LANG_LIBS) $(HOST_LIBS) $(READLINE_LIBS)
alliance_SOURCES =
alliance_SOURCES += repl/main.c
