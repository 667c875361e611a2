#!/bin/sh
# hostile.sh -- whatever is in a file, in its name or around it, the program stays itself.
#
# hostile/make.py writes the inputs, hostile/run.py runs the program on them and judges.
# Arguments are parts of names (T04, braces): only those inputs are run.
. "$SRCDIR/tests/tap.sh"
needs "${PYTHON:-python3}"

folder=${TMPDIR:-/tmp}/hostile-$$
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -B "$SRCDIR/tests/hostile/make.py" "$folder" >/dev/null || exit 1
"${PYTHON:-python3}" -B "$SRCDIR/tests/hostile/run.py" "$folder" "$@"
