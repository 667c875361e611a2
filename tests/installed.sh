#!/bin/sh
# installed.sh -- what comes with the program on a system: manual pages that say what `alliance help` says, and what shells
# propose after `alliance`.
. "$SRCDIR/tests/tap.sh"

check "the manual pages are fresh" "${LUA:-lua5.4}" "$SRCDIR/packaging/manual.lua" "$ALLIANCE" --check
if command -v groff >/dev/null; then
    for page in alliance.1 alliance.fr.1; do
        is "$(groff -man -ww -Kutf8 -Tutf8 -z "$SRCDIR/packaging/$page" 2>&1)" "" "$page: roff has nothing to say"
    done
else
    skip "roff reads the manual pages" "needs groff"
fi

# proposed LANG LINE: the words, without their sentences, on one line.
proposed() {
    "$ALLIANCE" --lang "$1" complete "\$ $2" | cut -f1 | tr '\n' ' ' | sed 's/ $//'
}

cd "$TMPDIR" || exit 1
mkdir folder
: >one.alliance
: >folder/two.alliance
is "$(proposed en 'alliance che')" "check" "a command"
is "$(proposed fr 'alliance ver')" "vérifier version" "commands in French, without the accent"
is "$(proposed fr 'alliance parties')" "parties-prenantes" "a view"
is "$(proposed en 'alliance o')" "one.alliance" "a file"
is "$(proposed en 'alliance check ' | tr ' ' '\n' | LC_ALL=C sort)" "folder/
one.alliance" "files of a command"
is "$(proposed en 'alliance check folder/')" "folder/two.alliance" "files of a folder"
is "$(proposed en 'alliance check --pr')" "--profile" "an option"
is "$(proposed en 'alliance query --pr')" "" "not that of another command"
is "$(proposed en 'alliance check --profile ')" "light standard strict" "what an option takes"
is "$(proposed fr 'alliance check --only objectif-c')" "objectif-commun" "a check, in French"
is "$(proposed en 'alliance check --only equity --fail-on no')" "note" "after other options"
is "$(proposed en 'alliance --lang fr export can')" "canvas" "a format, after an option that takes a value"
is "$(proposed en 'alliance export canvas on')" "one.alliance" "then a file"
is "$(proposed en 'alliance new x --from silver')" "silver-geek" "an example"
is "$(proposed en 'alliance plugin n')" "new" "what plugin does"
is "$(proposed fr 'alliance plugin créer ')" "vérification" "and what it makes"
is "$(proposed en 'alliance equity -O w')" "who=" "an option of a view"

if command -v bash >/dev/null; then
    ln -s "$ALLIANCE" alliance
    is "$(PATH=$PWD:$PATH bash -c '
        . "$SRCDIR/packaging/completion/alliance"
        compopt() { echo "no blank"; }
        COMP_LINE="alliance check --profile st" COMP_POINT=27
        _alliance
        echo "${COMPREPLY[@]}"
        COMP_LINE="alliance check fol" COMP_POINT=18
        _alliance
        echo "${COMPREPLY[@]}"' | tr '\n' '|')" "standard strict|no blank|folder/|" "bash asks the program"
else
    skip "bash asks the program" "needs bash"
fi
done_testing
