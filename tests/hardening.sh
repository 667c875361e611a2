# shellcheck shell=sh
# hardening.sh -- the program is built so that a fault in it is hard to use against anybody.
# shellcheck source=tests/tap.sh
. "$SRCDIR/tests/tap.sh"
needs readelf

if nm "$ALLIANCE" | grep -q -e __asan_init -e __gcov_init; then
    echo '1..0 # SKIP instrumented builds are not what people install'
    exit 0
fi

# shows WHAT OPTION PATTERN: readelf OPTION of the program has the pattern.
shows() {
    check "$1" sh -c "readelf $2 -W '$ALLIANCE' | grep -q -e '$3'"
}

shows "it is loaded at a random address" -h 'DYN (Position'
shows "its table of functions is read-only" -l GNU_RELRO
shows "and is filled before the program starts" -d 'NOW'
check "no stack can be executed" sh -c "! readelf -l -W '$ALLIANCE' | grep GNU_STACK | grep -q E"
check "stacks are watched" sh -c "nm -u '$BUILDDIR/liballiance.a' | grep -q __stack_chk_fail"
if grep -q '^CFLAGS = .*-O[1-3]' "$BUILDDIR/Makefile"; then
    shows "the C library checks lengths" --dyn-syms '_chk@'
else
    skip "the C library checks lengths" "only optimised builds can"
fi
check "it looks for its libraries in no folder of its own" \
    sh -c "! readelf -d -W '$ALLIANCE' | grep -q -e RPATH -e RUNPATH"
done_testing
