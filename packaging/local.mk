# packaging/local.mk -- what a package of the project is made from, and how it is worked on.

EXTRA_DIST += dev
EXTRA_DIST += packaging/packages
EXTRA_DIST += m4/alliance.m4

# The manual pages are made from `alliance help` by packaging/manual.lua, and kept; tests/installed.sh says
# when they are stale.  The examples are linked from the documentation, whose pages lead to them.
EXTRA_DIST += packaging/manual.lua
dist_man_MANS = packaging/alliance.1
frmandir = $(mandir)/fr/man1
EXTRA_DIST += packaging/alliance.fr.1
install-data-local:
	$(MKDIR_P) "$(DESTDIR)$(frmandir)"
	$(INSTALL_DATA) $(srcdir)/packaging/alliance.fr.1 "$(DESTDIR)$(frmandir)/alliance.1"
	$(MKDIR_P) "$(DESTDIR)$(docdir)"
	rm -f "$(DESTDIR)$(docdir)/examples"
	ln -s "$(pkgdatadir)/examples" "$(DESTDIR)$(docdir)/examples"
uninstall-local:
	rm -f "$(DESTDIR)$(frmandir)/alliance.1" "$(DESTDIR)$(docdir)/examples"

# What shells propose after `alliance`.
bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = packaging/completion/alliance
zshcompletiondir = $(datadir)/zsh/site-functions
dist_zshcompletion_DATA = packaging/completion/_alliance
fishcompletiondir = $(datadir)/fish/vendor_completions.d
dist_fishcompletion_DATA = packaging/completion/alliance.fish
