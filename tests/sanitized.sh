# shellcheck shell=sh
# sanitized.sh -- every suite of the small tier once more, with memory and arithmetic watched.
# shellcheck source=tests/tap.sh
. "$SRCDIR/tests/tap.sh"

folder=$BUILDDIR/sanitized
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

build() {
    mkdir -p "$folder" && cd "$folder" || return 1
    { [ -f Makefile ] || "$SRCDIR/configure" -q --enable-sanitize CFLAGS='-O1 -g'; } &&
        make -s -j "$jobs" check-programs
}

check "it builds with the sanitizers" build
if [ "$tap_failed" -eq 0 ]; then
    (cd "$folder" && unset ALLIANCE && "$SRCDIR/tests/run") >"$TMPDIR/said"
    grep -E '^(ok|FAIL) ' "$TMPDIR/said" >"$TMPDIR/suites"
    while read -r outcome suite counts; do
        if [ "$outcome" = ok ]; then
            pass "$suite $counts"
        else
            fail "$suite $counts" "$(awk -v suite="$suite" '
                /^(ok|FAIL) / { inside = $2 == suite } inside' "$TMPDIR/said")"
        fi
    done <"$TMPDIR/suites"
    check "something was tried" test -s "$TMPDIR/suites"
fi
done_testing
