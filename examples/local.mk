# examples/local.mk -- alliances a person would learn from, installed with the program.

# One a line.
EXAMPLES =
EXAMPLES += examples/silver-geek.alliance
EXAMPLES += examples/silver-geek.en.alliance
EXAMPLES += examples/agir-ensemble.alliance
EXAMPLES += examples/agir-ensemble.en.alliance
EXAMPLES += examples/anti-gaspi.alliance
EXAMPLES += examples/anti-gaspi.en.alliance
EXAMPLES += examples/arche.alliance
EXAMPLES += examples/arche.en.alliance
EXAMPLES += examples/colorama.alliance
EXAMPLES += examples/colorama.en.alliance
EXAMPLES += examples/ligne-textile.alliance
EXAMPLES += examples/ligne-textile.en.alliance
EXAMPLES += examples/pluri-elles.alliance
EXAMPLES += examples/pluri-elles.en.alliance
EXAMPLES += examples/tournee.alliance
EXAMPLES += examples/tournee.en.alliance
EXAMPLES += examples/scripts/tour.alliance
EXAMPLES += examples/scripts/tour.en.alliance
EXAMPLES += examples/scripts/funder.alliance
EXAMPLES += examples/scripts/funder.en.alliance
EXAMPLES += examples/README.md

nobase_dist_pkgdata_DATA += $(EXAMPLES)
