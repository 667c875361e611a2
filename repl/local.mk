# repl/local.mk -- the program: options, commands, prompt, what is shown.

bin_PROGRAMS += alliance

alliance_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(READLINE_CFLAGS)
alliance_LDADD = libhost.a $(LANG_LIBS) $(HOST_LIBS)
alliance_SOURCES =
alliance_SOURCES += repl/answer.c
alliance_SOURCES += repl/answer.h
alliance_SOURCES += repl/choice.c
alliance_SOURCES += repl/choice.h
alliance_SOURCES += repl/command.c
alliance_SOURCES += repl/command.h
alliance_SOURCES += repl/commands_check.c
alliance_SOURCES += repl/commands_document.c
alliance_SOURCES += repl/commands_explain.c
alliance_SOURCES += repl/commands_fmt.c
alliance_SOURCES += repl/commands_help.c
alliance_SOURCES += repl/commands_look.c
alliance_SOURCES += repl/commands_new.c
alliance_SOURCES += repl/commands_plugin.c
alliance_SOURCES += repl/commands_session.c
alliance_SOURCES += repl/commands_todo.c
alliance_SOURCES += repl/document.c
alliance_SOURCES += repl/document.h
alliance_SOURCES += repl/examples.c
alliance_SOURCES += repl/examples.h
alliance_SOURCES += repl/files.c
alliance_SOURCES += repl/files.h
alliance_SOURCES += repl/layout.c
alliance_SOURCES += repl/layout.h
alliance_SOURCES += repl/line.c
alliance_SOURCES += repl/line.h
alliance_SOURCES += repl/loading.c
alliance_SOURCES += repl/loading.h
alliance_SOURCES += repl/line_editor.h
alliance_SOURCES += repl/line_plain.c
alliance_SOURCES += repl/main.c
alliance_SOURCES += repl/nearest.c
alliance_SOURCES += repl/nearest.h
alliance_SOURCES += repl/opening.c
alliance_SOURCES += repl/opening.h
alliance_SOURCES += repl/options.c
alliance_SOURCES += repl/options.h
alliance_SOURCES += repl/out.c
alliance_SOURCES += repl/out.h
alliance_SOURCES += repl/page.c
alliance_SOURCES += repl/page.h
alliance_SOURCES += repl/program.c
alliance_SOURCES += repl/program.h
alliance_SOURCES += repl/report.c
alliance_SOURCES += repl/report.h
alliance_SOURCES += repl/report_json.c
alliance_SOURCES += repl/settings.c
alliance_SOURCES += repl/settings.h
alliance_SOURCES += repl/shell.c
alliance_SOURCES += repl/signals.c
alliance_SOURCES += repl/signals.h
alliance_SOURCES += repl/statement.c
alliance_SOURCES += repl/statement.h
alliance_SOURCES += repl/suggest.c
alliance_SOURCES += repl/suggest.h

if HAVE_READLINE
alliance_SOURCES += repl/line_readline.c
else
EXTRA_DIST += repl/line_readline.c
endif
