# shellcheck shell=sh disable=SC2016
# runner.sh -- tests/run itself: whatever a suite does, it is counted for what it is.
# shellcheck source=tests/tap.sh
. "$SRCDIR/tests/tap.sh"

# suite NAME BODY: a suite for the runner to run, in a build folder of its own.
suite() {
    mkdir -p "$TMPDIR/build/tests"
    printf '#!/bin/sh\n%s\n' "$2" >"$TMPDIR/build/tests/$1"
    chmod +x "$TMPDIR/build/tests/$1"
    echo "${3-small} tests/$1" >>"$TMPDIR/build/tests/suites"
}

# counted WHAT WANTED-LAST-LINE WANTED-STATUS [OPTION...]: runs what was made, and forgets it.
counted() {
    what=$1 line=$2 wanted=$3
    shift 3
    # The caller's CI, if any, is not what these tests are about.
    said=$(cd "$TMPDIR/build" && env CI="${ci-}" LIMIT="${limit-60}" "$SRCDIR/tests/run" "$@")
    status=$?
    is "$(printf '%s\n' "$said" | tail -n 1) / $status" "$line / $wanted" "$what"
    rm -rf "$TMPDIR/build"
}

suite good 'echo 1..2; echo ok 1 - a; echo ok 2 - b'
counted "what passes" "2 passed, 0 failed" 0

suite good 'echo ok 1 - a; echo 1..1'
suite bad 'echo 1..2; echo ok 1 - a; echo not ok 2 - b'
counted "one suite that fails beside one that passes" "2 passed, 1 failed" 1

suite skips 'echo 1..2; echo ok 1 - a; echo "ok 2 - b # SKIP needs rockets"'
counted "a missing tool" "1 passed, 0 failed, 1 skipped" 0

ci=true
suite skips 'echo 1..2; echo ok 1 - a; echo "ok 2 - b # SKIP needs rockets"'
counted "a missing tool where CI is true" "1 passed, 1 failed" 1

suite skips 'echo 1..2; echo ok 1 - a; echo "ok 2 - b # SKIP has no meaning here"'
counted "what has no meaning here, where CI is true" "1 passed, 0 failed, 1 skipped" 0
ci=

suite skips 'echo 1..2; echo ok 1 - a; echo "not ok 2 # SKIP test_of_walls"'
counted "what cmocka skips" "1 passed, 0 failed, 1 skipped" 0

suite bad 'echo 1..2; echo ok 1 - a; echo "not ok 2 - b # SKIP is no word here"'
counted "what fails is no skipped test, whatever its name" "1 passed, 1 failed" 1

suite skips 'echo "1..0 # SKIP needs rockets"'
counted "nothing but skipped is no success" "0 passed, 0 failed, 1 skipped" 1

suite silent 'echo hello'
counted "no plan" "0 passed, 1 failed" 1

suite short 'echo 1..3; echo ok 1 - a'
counted "fewer tests than planned" "1 passed, 1 failed" 1

suite status 'echo 1..1; echo ok 1 - a; exit 7'
counted "a status other than 0" "1 passed, 1 failed" 1

suite killed 'echo 1..1; echo ok 1 - a; kill -9 $$'
counted "a suite that is killed" "1 passed, 1 failed" 1

limit=1
suite slow 'echo 1..1; echo ok 1 - a; exec sleep 30'
counted "a suite that does not end" "1 passed, 1 failed" 1
limit=60

suite reports 'echo 1..1
    file=${ASAN_OPTIONS#*log_path=}; echo "a bad read" >"${file%%:*}.1"; echo ok 1 - a'
counted "a sanitizer that reports, whatever the suite says" "1 passed, 1 failed" 1

suite small 'echo 1..1; echo ok 1 - a'
suite browser 'echo 1..1; echo ok 1 - a' full
counted "the small tier alone" "1 passed, 0 failed" 0

suite small 'echo 1..1; echo ok 1 - a'
suite browser 'echo 1..1; echo ok 1 - a' full
counted "both tiers" "2 passed, 0 failed" 0 --full

suite small 'echo 1..1; echo not ok 1 - a'
suite browser 'echo 1..1; echo ok 1 - a' full
counted "what the full tier adds" "1 passed, 0 failed" 0 --rest

suite small 'echo 1..1; echo ok 1 - a'
suite other 'echo 1..1; echo not ok 1 - a'
counted "only what has a word in its name" "1 passed, 0 failed" 0 sma

suite missing ''
rm "$TMPDIR/build/tests/missing"
counted "a suite that is not there" "0 passed, 1 failed" 1

suite stdin 'if read -r line; then echo not ok 1; else echo ok 1 - no input; fi; echo 1..1'
counted "a suite has no input to wait for" "1 passed, 0 failed" 0

done_testing
