#!/bin/sh
# examples.sh -- every plugin that ships keeps what its own examples promise, and its table is
# in order: `alliance plugin test`, in both languages.
set -u
number=0
for lang in en fr; do
    for plugin in "$SRCDIR"/plugins/checks/*.lua "$SRCDIR"/plugins/views/*.lua \
        "$SRCDIR"/plugins/exporters/*.lua; do
        "$ALLIANCE" plugin test --lang "$lang" "$plugin" > "$TMPDIR/out" 2>&1
        while IFS= read -r line; do
            case $line in
            ok\ * | not\ ok\ *)
                number=$((number + 1))
                case $line in
                ok\ *) printf 'ok %d - %s (%s)\n' "$number" "${line#ok }" "$lang" ;;
                *) printf 'not ok %d - %s (%s)\n' "$number" "${line#not ok }" "$lang" ;;
                esac ;;
            *" passed, "* | *" en échec") ;;
            "# divergence: "*"'too-many'" | "# divergence: "*"« too-many »") ;;     # it takes a thousand partners
            *)
                number=$((number + 1))
                printf 'not ok %d - %s: %s\n' "$number" "${plugin##*/}" "$line" ;;
            esac
        done < "$TMPDIR/out"
    done
done
echo "1..$number"
