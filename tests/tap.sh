# shellcheck shell=sh disable=SC2034
# tap.sh -- what a test script in shell says its results with.
#
#   . "$SRCDIR/tests/tap.sh"
#   needs tmux                            # skips the whole script if tmux is missing
#   is "$(command)" "wanted" "what is tested"
#   check "what is tested" command arguments      # passes if the command does
#   done_testing

tap_count=0
tap_failed=0

pass() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s\n' "$tap_count" "$1"
}

# fail WHAT [DETAILS]
fail() {
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    printf 'not ok %d - %s\n' "$tap_count" "$1"
    [ -z "${2-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

# skip WHAT WHY: WHY begins with "needs" if a tool is missing.
skip() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# is GOT WANTED WHAT
is() {
    if [ "$1" = "$2" ]; then
        pass "$3"
    else
        fail "$3" "wanted: $2
got:    $1"
    fi
}

# check WHAT COMMAND...
check() {
    tap_what=$1
    shift
    if tap_output=$("$@" 2>&1); then
        pass "$tap_what"
    else
        fail "$tap_what" "$tap_output"
    fi
}

# needs TOOL...: leaves the script, as skipped, at the first tool that is missing.
needs() {
    for tap_tool; do
        if ! command -v "$tap_tool" >/dev/null 2>&1; then
            [ "$tap_count" -eq 0 ] || { skip "the rest" "needs $tap_tool"; done_testing; exit 0; }
            printf '1..0 # SKIP needs %s\n' "$tap_tool"
            exit 0
        fi
    done
}

done_testing() {
    printf '1..%d\n' "$tap_count"
}
