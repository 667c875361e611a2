# doc/local.mk -- what is written about the project.

dist_doc_DATA =
dist_doc_DATA += LICENSE.plugins.md
dist_doc_DATA += doc/decisions.md

EXTRA_DIST += LICENSE
EXTRA_DIST += .clang-format
EXTRA_DIST += .luacheckrc
EXTRA_DIST += .ci/run
