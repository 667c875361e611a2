# shellcheck shell=sh disable=SC2013,SC2016
# setup.sh -- ./dev and the table of packages, without installing or building anything.
# shellcheck source=tests/tap.sh
. "$SRCDIR/tests/tap.sh"

cd "$SRCDIR" || exit 1
table=packaging/packages

# ---- The table ---------------------------------------------------------------------------------

is "$(awk '!/^#/ && NF && NF < 7' $table)" "" "each row has a tier, five systems and what it is for"
is "$(awk '!/^#/ && NF && seen[$1 " " $2]++' $table)" "" "no package stands twice in a tier"
for package in $(grep -o 'ALLIANCE_MISSING(\[[^]]*\], \[[^]]*' configure.ac | sed 's/.*\[//'); do
    check "configure asks for $package, which is in the table" \
        grep -Eq "^(build|edit) +$package " $table
done
for package in $(grep -o 'lib[a-z0-9]*-dev' configure.ac | sort -u); do
    check "configure speaks of $package, which is in the table" grep -q " $package " $table
done

# ---- ./dev ------------------------------------------------------------------------------------

english() { LC_ALL=C ./dev "$@"; }
french() { LC_ALL=fr_FR.UTF-8 ./dev "$@"; }

is "$(english help | sed -n 's/^\.\/dev \([a-z]*\).*/\1/p' | sort -u | tr '\n' ' ')" \
    "$(french help | sed -n 's/^\.\/dev \([a-z]*\).*/\1/p' | sort -u | tr '\n' ' ')" \
    "the help has the same commands in both languages"
is "$(english help | wc -l)" "$(french help | wc -l)" "and as many lines"
check "English is what other languages get" sh -c "LC_ALL=de_DE.UTF-8 ./dev help | grep -q 'opens examples'"
check "LANG decides when nothing else does" \
    sh -c "env -u LC_ALL -u LC_MESSAGES LANG=fr_FR.UTF-8 ./dev help | grep -q 'ouvre examples'"
for word in run test asan fuzz cover lint bench dist deps clean; do
    check "the help has: $word" sh -c "LC_ALL=C ./dev help | grep -q -e '^./dev $word '"
done

said=$(english frobnicate 2>&1)
is $? 2 "an unknown command is a mistake of use"
is "$(printf '%s\n' "$said" | head -n 1)" './dev does not know "frobnicate"; this is what it knows:' \
    "and is answered with what there is"
said=$(english deps nonsense 2>&1)
is $? 2 "so is an unknown tier"

is "$(english deps --print build edit test)" "$(english deps --print)" "deps means what builds and tests"
is "$(english deps --print | sort | uniq -d)" "" "deps says each package once"
is "$(english deps --print fuzz | head -n 1)" "clang" "a tier can be chosen"

# On a system that is not Debian it installs nothing, and says what to type.
mkdir -p "$TMPDIR/bin"
for tool in sh env cat awk sed grep tr sort cksum dirname getconf printf id mkdir; do
    path=$(command -v $tool) && [ -x "$path" ] && ln -s "$path" "$TMPDIR/bin/$tool"
done
printf '#!/bin/sh\nexit 1\n' >"$TMPDIR/bin/pacman"
chmod +x "$TMPDIR/bin/pacman"
said=$(PATH=$TMPDIR/bin LC_ALL=C ./dev deps 2>&1)
is $? 3 "elsewhere than on Debian, deps stops"
check "and shows the command of that system" sh -c "printf '%s' '$said' | grep -q 'pacman -S --needed autoconf'"

# On Debian, without root and without a terminal: the line to type, and nothing else.
if [ "$(id -u)" -eq 0 ]; then id=1000; else id=$(id -u); fi
printf '#!/bin/sh\necho %s\n' "$id" >"$TMPDIR/bin/id.new"
rm -f "$TMPDIR/bin/id" "$TMPDIR/bin/pacman"
mv "$TMPDIR/bin/id.new" "$TMPDIR/bin/id"
printf '#!/bin/sh\nexit 1\n' >"$TMPDIR/bin/dpkg-query"
printf '#!/bin/sh\necho "apt-get ran" >>"%s/ran"\n' "$TMPDIR" >"$TMPDIR/bin/apt-get"
cp "$TMPDIR/bin/apt-get" "$TMPDIR/bin/sudo"
chmod +x "$TMPDIR/bin/id" "$TMPDIR/bin/dpkg-query" "$TMPDIR/bin/apt-get" "$TMPDIR/bin/sudo"
said=$(PATH=$TMPDIR/bin LC_ALL=C ./dev deps </dev/null 2>&1)
is $? 3 "without root and without a terminal, deps stops"
check "and shows the line to type" sh -c \
    "printf '%s' '$said' | grep -q 'apt-get update && apt-get install --no-install-recommends autoconf'"
check "nothing was run" test ! -e "$TMPDIR/ran"

# With everything there, nothing is asked of the network.
printf '#!/bin/sh\nshift 2\nfor one; do echo "install ok installed $one"; done\n' >"$TMPDIR/bin/dpkg-query"
printf '#!/bin/sh\necho 0\n' >"$TMPDIR/bin/id"
said=$(PATH=$TMPDIR/bin LC_ALL=C ./dev deps 2>&1)
is "$? $said" "0 Everything needed for: build edit test is installed." "what is there is not installed again"
check "not even the lists are fetched" test ! -e "$TMPDIR/ran"

done_testing
