# shellcheck shell=sh
# release.sh -- the archive of a release: it holds all it needs, builds in every variant, and comes
# out the same when it is made again.
# shellcheck source=tests/tap.sh
. "$SRCDIR/tests/tap.sh"
needs xz

SOURCE_DATE_EPOCH=1700000000
TAR_OPTIONS="--mtime=@$SOURCE_DATE_EPOCH --sort=name --owner=0 --group=0 --numeric-owner"
export SOURCE_DATE_EPOCH TAR_OPTIONS
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# quietly COMMAND...: says the end of what it printed, if it fails.
quietly() { "$@" >"$TMPDIR/log" 2>&1 || { tail -n 30 "$TMPDIR/log"; return 1; }; }

# build FOLDER SOURCE OPTION...
build() {
    folder=$TMPDIR/$1 source=$2
    shift 2
    mkdir -p "$folder"
    (cd "$folder" && quietly "$source/configure" -q "$@" && quietly make -s -j "$jobs")
}

# What is tested here is this folder of sources, in folders of its own.
check "it is configured" build main "$SRCDIR" CFLAGS=-O1
# The archive has every file of the project, as is said below; what it builds is tried a little.
check "make distcheck" quietly make -C "$TMPDIR/main" -j "$jobs" distcheck \
    SUITES="unit language vocabulary layers install"
archive=$(echo "$TMPDIR"/main/alliance-lang-*.tar.xz)
check "nothing is left out for the length of its name" sh -c "! grep 'not dumped' '$TMPDIR/log'"
first=$(cksum <"$archive")
quietly make -C "$TMPDIR/main" dist
is "$(cksum <"$archive")" "$first" "made again, the archive is the same"

tar -C "$TMPDIR" -xf "$archive"
sources=$(echo "$TMPDIR"/alliance-lang-*)
in_archive() { (cd "$sources" && find . -type f | sed 's|^\./||' | LC_ALL=C sort); }
if command -v git >/dev/null && git -C "$SRCDIR" rev-parse 2>/dev/null; then
    in_archive >"$TMPDIR/archived"
    is "$(git -C "$SRCDIR" ls-files -c -o --exclude-standard | grep -v '^\.git' | LC_ALL=C sort |
        LC_ALL=C comm -23 - "$TMPDIR/archived")" "" "the archive has every file of the project"
else
    skip "the archive has every file of the project" "these sources are in no repository"
fi

check "it builds with clang, warnings being errors" \
    build clang "$sources" CC=clang CFLAGS=-O1 --enable-werror
check "it builds without readline, and for debuggers" build plain "$sources" CFLAGS=-O1 --enable-werror \
    --without-readline --enable-isolate-debug
check "which the program then does not open" sh -c "! grep -q libreadline '$TMPDIR/plain/alliance'"
check "and runs" "$TMPDIR/plain/alliance" --version
check "its plugins in its own process, too" "$TMPDIR/plain/alliance" check --no-isolate --fail-on never \
    "$sources/examples/silver-geek.alliance"

check "it builds in one place" build here/deep/down "$sources" CFLAGS=-O2
check "and in another" build there "$sources" CFLAGS=-O2
is "$(cksum <"$TMPDIR/here/deep/down/alliance")" "$(cksum <"$TMPDIR/there/alliance")" \
    "into the same program"
done_testing
