# doc/local.mk -- what is written about the project.

dist_doc_DATA =
dist_doc_DATA += doc/decisions.md
