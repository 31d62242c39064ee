#!/bin/sh
# The man page and the completions know every option that --help knows, and no others; the other pages what they are about.
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
check "bash completion loads" sh -c 'command -v bash >/dev/null || exit 0; bash -c ". src/cli/linnet.bash; complete -p linnet" | grep -q _linnet'
# completes WORDS-BEFORE-THE-CURSOR WANTED...: the last word, as bash cuts them.
cat >"$tmp/complete.bash" <<'EOF'
. src/cli/linnet.bash
read -r -a COMP_WORDS <<<"$1"
[ "${1% }" = "$1" ] || COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
PATH=${LINNET%/*}:$PATH
_linnet
printf '%s\n' "${COMPREPLY[@]}"
EOF
completes() {
    command -v bash >/dev/null || return 0
    LINNET=$LINNET LINNET_VOICE_PATH=$tmp/completed:- bash "$tmp/complete.bash" "$1" >"$tmp/out" 2>"$tmp/err"
    check "bash completes \"$1\"" grep -qx -e "$2" "$tmp/out"
}
mkdir "$tmp/completed"
cp "$VOICE" "$tmp/completed/mine.gguf"
completes "linnet --phon" --phonemes
completes "linnet --capitals p" pitch
completes "linnet --capitals = p" pitch
completes "linnet --capitals =" icon
completes "linnet --ssml = l" lenient
completes "linnet --capitals=w" --capitals=word
completes "linnet --voice = m" mine
completes "linnet --voice-info " mine
completes "linnet --list-voices e" en-US
if command -v fish >/dev/null; then
    fish --no-config -c "source src/cli/linnet.fish; complete -C 'linnet --capitals='" >"$tmp/out" 2>"$tmp/err"
    check "fish completes behind =" grep -q 'pitch' "$tmp/out"
fi
if command -v zsh >/dev/null; then check "zsh completion can be read" zsh -fn src/cli/linnet.zsh; fi
# The other programs' pages, where the programs are built.
for page in src/batch/linnet-batch.1 src/book/linnet-book.1 src/server/linnet-server.1; do
    which=$(basename "$page" .1)
    program=$(dirname "$LINNET")/$which
    [ -x "$program" ] || { echo "skip $which's page: there is no $program"; continue; }
    "$program" --help | grep -oE '(^|[ ,])--[a-z-]+' | tr -d ' ,' | sort -u >"$tmp/options"
    check "$which has options" test "$(wc -l <"$tmp/options")" -ge 7
    sed -n '/^\.SH OPTIONS/,/^\.SH [^O]/p' "$page" | grep -E '^\.(BR?|BR) ' | sed 's/\\-/-/g' | grep -oE -e '--[a-z-]+' | compare "$which's page"
done
for page in src/cli/linnet.1 src/*/linnet-*.1 src/doc/*.[1-8]; do
    check "$page is well formed" sh -c 'command -v groff >/dev/null || exit 0; test -z "$(groff -man -Tutf8 -ww "$1" 2>&1 >/dev/null)"' - "$page"
done

# same NAME FILE FILE: the same words in both.
same() {
    sort -u "$2" >"$tmp/one" && sort -u "$3" >"$tmp/two"
    check "$1" diff "$tmp/one" "$tmp/two"
}
sed -n 's/^#\{0,1\}\([A-Z][A-Za-z]*\) ["a-z0-9].*/\1/p' src/speechd/linnet.conf >"$tmp/known"
sed -n '/^\.SH OPTIONS/,/^\.SH VOICE/p' src/doc/linnet.conf.5 | sed -n '/^\.BI /p' | grep -oE '\b[A-Z][A-Za-z]+[a-z]\b' >"$tmp/told"
same "linnet.conf(5) has the options of linnet.conf" "$tmp/known" "$tmp/told"
grep -oE 'linnet_[a-z_]+' src/doc/liblinnet.3 | grep -vE '^linnet_status$' >"$tmp/told"
same "liblinnet(3) has every function" tests/api/symbols.txt "$tmp/told"
sed -n 's/^ *{\.name = "\([a-z-]*\)".*/\1/p' frontend/markup/ssml.c >"$tmp/known"
check "there are elements" test "$(wc -l <"$tmp/known")" -ge 10
sed 's/\\-/-/g' src/doc/linnet-ssml.7 >"$tmp/page"
while read -r element; do
    grep -qwF -e "$element" "$tmp/page" || echo "$element"
done <"$tmp/known" >"$tmp/missing"
check "linnet-ssml(7) has every element" test ! -s "$tmp/missing"

# Each file that the README names is there.
grep -oE '`(src|frontend|acoustic|vocoder|include|tests|voices)/[A-Za-z0-9_./-]*`' README.md | tr -d '`' | grep -v NAME | sort -u >"$tmp/files"
while read -r file; do
    [ -e "$file" ] || echo "$file"
done <"$tmp/files" >"$tmp/missing"
check "the README names no file that isn't there" test ! -s "$tmp/missing"
[ -s "$tmp/missing" ] && cat "$tmp/missing"
finish
