#!/bin/sh
# The man page, the completions and the README know every option that --help knows, and no others.
. "$(dirname "$0")/common.sh"

speak --help
grep -oE '(^|[ ,])--[a-z-]+' "$tmp/out" | tr -d ' ,' | sort -u >"$tmp/options"
check "there are options" test "$(wc -l <"$tmp/options")" -ge 15

compare() {
    sort -u | comm -3 "$tmp/options" - >"$tmp/differ"
    check "$1" test ! -s "$tmp/differ"
}
cd "$top" || exit 1
grep -E '^\.(BR?|BR) ' src/cli/linnet.1 | sed 's/\\-/-/g' | grep -oE -e '--[a-z-]+' | compare "man page"
for shell in bash zsh; do
    # options of other commands inside the completion don't count
    grep -v -E '^ *(voices=|_arguments)' src/cli/linnet.$shell | sed 's/linnet --list-voices 2/ /' |
        grep -oE -e '(^|[ (}{,'\''])--[a-z][a-z-]+' | grep -oE -e '--[a-z-]+' | compare "$shell completion"
done
sed -n 's/.* -l \([a-z-]*\).*/--\1/p' src/cli/linnet.fish | compare "fish completion"
sed -n '/^## Options/,/^## /p' README.md | grep -oE -e '`[^`]*--[a-z-]+' | grep -oE -e '--[a-z-]+' | compare "README"
check "bash completion loads" sh -c 'command -v bash >/dev/null || exit 0; bash -c ". src/cli/linnet.bash; complete -p linnet" | grep -q _linnet'
check "man page is well formed" sh -c 'command -v groff >/dev/null || exit 0; test -z "$(groff -man -Tutf8 -ww src/cli/linnet.1 2>&1 >/dev/null)"'

# Each file that the README names is there.
grep -oE '`(src|frontend|acoustic|vocoder|include|tests|voices)/[A-Za-z0-9_./-]*`' README.md | tr -d '`' | grep -v NAME | sort -u >"$tmp/files"
while read -r file; do
    [ -e "$file" ] || echo "$file"
done <"$tmp/files" >"$tmp/missing"
check "the README names no file that isn't there" test ! -s "$tmp/missing"
[ -s "$tmp/missing" ] && cat "$tmp/missing"
finish
