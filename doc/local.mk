# doc/local.mk -- what is written about the project.

dist_doc_DATA =
dist_doc_DATA += LICENSE.plugins.md
dist_doc_DATA += doc/decisions.md
dist_doc_DATA += doc/reference/language.md
dist_doc_DATA += doc/reference/program.md
dist_doc_DATA += doc/reference/plugins.md
dist_doc_DATA += doc/reference/methods.md

# Made from stdlib/ by `lua5.4 stdlib/compile.lua --reference`, and kept, so that a reader of
# the sources finds them; tests/vocabulary.lua says when they are stale.

dist_doc_DATA += doc/reference/vocabulary.md
dist_doc_DATA += doc/reference/vocabulaire.md

EXTRA_DIST += README.md
EXTRA_DIST += README.fr.md
EXTRA_DIST += CONTRIBUTING.md

# Writes the map of the sources into CONTRIBUTING.md.
EXTRA_DIST += doc/map.lua

EXTRA_DIST += LICENSE
EXTRA_DIST += .clang-format
EXTRA_DIST += .luacheckrc
EXTRA_DIST += .ci/run
