# packaging/local.mk -- what a package of the project is made from, and how it is worked on.

EXTRA_DIST += dev
EXTRA_DIST += packaging/packages
EXTRA_DIST += m4/alliance.m4
