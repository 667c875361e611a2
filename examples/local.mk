# examples/local.mk -- alliances a person would learn from, installed with the program.

# One a line; embedded in the program by plugins/local.mk.
EXAMPLE_FILES =
EXAMPLE_FILES += examples/silver-geek.alliance
EXAMPLE_FILES += examples/silver-geek.en.alliance
EXAMPLE_FILES += examples/agir-ensemble.alliance
EXAMPLE_FILES += examples/agir-ensemble.en.alliance
EXAMPLE_FILES += examples/anti-gaspi.alliance
EXAMPLE_FILES += examples/anti-gaspi.en.alliance
EXAMPLE_FILES += examples/arche.alliance
EXAMPLE_FILES += examples/arche.en.alliance
EXAMPLE_FILES += examples/colorama.alliance
EXAMPLE_FILES += examples/colorama.en.alliance
EXAMPLE_FILES += examples/ligne-textile.alliance
EXAMPLE_FILES += examples/ligne-textile.en.alliance
EXAMPLE_FILES += examples/pluri-elles.alliance
EXAMPLE_FILES += examples/pluri-elles.en.alliance
EXAMPLE_FILES += examples/tournee.alliance
EXAMPLE_FILES += examples/tournee.en.alliance
EXAMPLE_FILES += examples/scripts/tour.alliance
EXAMPLE_FILES += examples/scripts/tour.en.alliance
EXAMPLE_FILES += examples/scripts/funder.alliance
EXAMPLE_FILES += examples/scripts/funder.en.alliance

nobase_dist_pkgdata_DATA += $(EXAMPLE_FILES) examples/README.md
