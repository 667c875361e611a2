# examples/local.mk -- alliances a person would learn from, installed with the program.

# One a line.
EXAMPLES =

nobase_dist_pkgdata_DATA += $(EXAMPLES)
