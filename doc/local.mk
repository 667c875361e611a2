# doc/local.mk -- what is written about the project.

dist_doc_DATA =
dist_doc_DATA += LICENSE.plugins.md
dist_doc_DATA += doc/decisions.md
dist_doc_DATA += doc/design.md
dist_doc_DATA += doc/coverage.md
dist_doc_DATA += doc/reference/language.md
dist_doc_DATA += doc/reference/program.md
dist_doc_DATA += doc/reference/plugins.md
dist_doc_DATA += doc/reference/methods.md
dist_doc_DATA += doc/reference/performance.md
dist_doc_DATA += doc/reference/alliance.schema.json

# Made from stdlib/ by `lua5.4 stdlib/compile.lua --reference`, and kept, so that a reader of
# the sources finds them; tests/vocabulary.lua says when they are stale.

dist_doc_DATA += doc/reference/vocabulary.md
dist_doc_DATA += doc/reference/vocabulaire.md
dist_doc_DATA += doc/reference/messages.md
dist_doc_DATA += doc/reference/messages.fr.md
dist_doc_DATA += doc/reference/method.md
dist_doc_DATA += doc/reference/methode.md

EXTRA_DIST += README.md
EXTRA_DIST += README.fr.md
EXTRA_DIST += CONTRIBUTING.md

# Writes the map of the sources into CONTRIBUTING.md.
EXTRA_DIST += doc/map.lua

# Pictures of real sessions and documents, and what makes them.
EXTRA_DIST += doc/pictures/make.lua
EXTRA_DIST += doc/pictures/prompt.svg
EXTRA_DIST += doc/pictures/prompt.fr.svg
EXTRA_DIST += doc/pictures/canvas.svg
EXTRA_DIST += doc/pictures/canvas.fr.svg

EXTRA_DIST += LICENSE
EXTRA_DIST += .clang-format
EXTRA_DIST += .luacheckrc
EXTRA_DIST += .ci/run
