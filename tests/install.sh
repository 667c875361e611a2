# shellcheck shell=sh
# install.sh -- what make install puts on a machine: it works alone, and goes away again.
# shellcheck source=tests/tap.sh
. "$SRCDIR/tests/tap.sh"

place=$TMPDIR/place
installs() { make -s -C "$BUILDDIR" "$@" DESTDIR="$place"; }
setting() { sed -n "s/^$1 = //p" "$BUILDDIR/Makefile"; }
prefix=$(setting prefix)
version=$(sed -n 's/^AC_INIT(\[Alliance\], \[\([0-9.]*\)\].*/\1/p' "$SRCDIR/configure.ac")

check "make install" installs install
mv "$place" "$TMPDIR/elsewhere"
is "$(cd / && "$TMPDIR/elsewhere$prefix/bin/alliance" --version | head -n 1)" "alliance $version" \
    "the program runs from anywhere, and has the version of configure.ac"

cat >"$TMPDIR/embedder.c" <<'END'
#include <stdio.h>

#include "lang/lang.h"

int main(void)
{
    puts(lang_version());
    return 0;
}
END
links_alone() {
    PKG_CONFIG_PATH=$TMPDIR/elsewhere$prefix/lib/pkgconfig
    PKG_CONFIG_SYSROOT_DIR=$TMPDIR/elsewhere
    export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
    # shellcheck disable=SC2046 # flags, one word each
    "${CC:-cc}" $(setting INSTRUMENT_CFLAGS) -Wall -Wextra -Werror -o "$TMPDIR/embedder" \
        "$TMPDIR/embedder.c" $(pkg-config --static --cflags --libs liballiance)
}
# The sanitizers of another compiler than cc would not link.
case $(setting CC) in
    *clang*) CC=clang ;;
esac
check "a program can be built with the installed library alone" links_alone
is "$("$TMPDIR/embedder")" "$version" "and runs"

mv "$TMPDIR/elsewhere" "$place"
check "make uninstall" installs uninstall
is "$(find "$place" -type f)" "" "nothing is left behind"

rm -rf "$place"
installs install program_transform_name='s/$$/-lang/' >/dev/null 2>&1
is "$(ls "$place$prefix/bin")" "alliance-lang" "the program can have another name"

done_testing
