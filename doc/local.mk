# doc/local.mk -- what is written about the project.

# Installed with their folders, so that the links between them hold.
nobase_dist_doc_DATA =
nobase_dist_doc_DATA += README.md
nobase_dist_doc_DATA += README.fr.md
nobase_dist_doc_DATA += CONTRIBUTING.md
nobase_dist_doc_DATA += LICENSE.plugins.md
nobase_dist_doc_DATA += doc/decisions.md
nobase_dist_doc_DATA += doc/design.md
nobase_dist_doc_DATA += doc/coverage.md
nobase_dist_doc_DATA += doc/reference/alliance.schema.json
nobase_dist_doc_DATA += doc/reference/language.md
nobase_dist_doc_DATA += doc/reference/program.md
nobase_dist_doc_DATA += doc/reference/plugins.md
nobase_dist_doc_DATA += doc/reference/methods.md
nobase_dist_doc_DATA += doc/reference/performance.md

# Made from stdlib/ by `lua5.4 stdlib/compile.lua --reference`, and kept, so that a reader of
# the sources finds them; tests/vocabulary.lua says when they are stale.

nobase_dist_doc_DATA += doc/reference/vocabulary.md
nobase_dist_doc_DATA += doc/reference/vocabulaire.md
nobase_dist_doc_DATA += doc/reference/messages.md
nobase_dist_doc_DATA += doc/reference/messages.fr.md
nobase_dist_doc_DATA += doc/reference/method.md
nobase_dist_doc_DATA += doc/reference/methode.md

# The guide, one folder a language, with the file that it ends with.
nobase_dist_doc_DATA += doc/guide/en/1-start.md
nobase_dist_doc_DATA += doc/guide/en/2-who-counts.md
nobase_dist_doc_DATA += doc/guide/en/3-three-questions.md
nobase_dist_doc_DATA += doc/guide/en/4-canvas.md
nobase_dist_doc_DATA += doc/guide/en/5-masterplan.md
nobase_dist_doc_DATA += doc/guide/en/6-calendar.md
nobase_dist_doc_DATA += doc/guide/en/7-roles.md
nobase_dist_doc_DATA += doc/guide/en/8-evaluate.md
nobase_dist_doc_DATA += doc/guide/en/9-scale-up.md
nobase_dist_doc_DATA += doc/guide/en/README.md
nobase_dist_doc_DATA += doc/guide/en/authors.md
nobase_dist_doc_DATA += doc/guide/en/garden-complete.alliance
nobase_dist_doc_DATA += doc/guide/en/people-data.md
nobase_dist_doc_DATA += doc/guide/fr/1-commencer.md
nobase_dist_doc_DATA += doc/guide/fr/2-qui-compte.md
nobase_dist_doc_DATA += doc/guide/fr/3-trois-questions.md
nobase_dist_doc_DATA += doc/guide/fr/4-canevas.md
nobase_dist_doc_DATA += doc/guide/fr/5-masterplan.md
nobase_dist_doc_DATA += doc/guide/fr/6-calendrier.md
nobase_dist_doc_DATA += doc/guide/fr/7-roles.md
nobase_dist_doc_DATA += doc/guide/fr/8-evaluer.md
nobase_dist_doc_DATA += doc/guide/fr/9-essaimer.md
nobase_dist_doc_DATA += doc/guide/fr/README.md
nobase_dist_doc_DATA += doc/guide/fr/auteurs.md
nobase_dist_doc_DATA += doc/guide/fr/donnees-personnelles.md
nobase_dist_doc_DATA += doc/guide/fr/potager-complet.alliance


# Writes the map of the sources into CONTRIBUTING.md.
EXTRA_DIST += doc/map.lua

# Pictures of real sessions and documents, and what makes them.
EXTRA_DIST += doc/pictures/make.lua
nobase_dist_doc_DATA += doc/pictures/prompt.svg
nobase_dist_doc_DATA += doc/pictures/prompt.fr.svg
nobase_dist_doc_DATA += doc/pictures/canvas.svg
nobase_dist_doc_DATA += doc/pictures/canvas.fr.svg

EXTRA_DIST += LICENSE
EXTRA_DIST += .clang-format
EXTRA_DIST += .luacheckrc
EXTRA_DIST += .ci/run
