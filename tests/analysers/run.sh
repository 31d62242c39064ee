#!/bin/sh
# run.sh FILE...: the static analysers there are on these sources. What they say beyond tests/analysers/known is printed and fails.
cd "$(dirname "$0")/../.." || exit 1
found=$(mktemp) || exit 1
trap 'rm -f "$found"' EXIT
flags="-std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -I."
{
    if command -v cppcheck >/dev/null; then
        cppcheck -q --std=c11 --enable=warning,portability --inline-suppr --suppress=missingInclude -D_POSIX_C_SOURCE=200809L \
            -Iinclude -Isrc -I. --template='cppcheck {file} {id}' "$@" 2>&1
    fi
    for file in "$@"; do
        # shellcheck disable=SC2086 # options
        gcc $flags -O1 -fanalyzer -c -o /dev/null "$file" 2>&1 |
            sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: warning: .*\[\(-Wanalyzer[^]]*\)\]$/analyzer \1 \2/p'
    done
    if command -v clang-tidy >/dev/null; then
        # shellcheck disable=SC2086
        clang-tidy --quiet --checks='-*,bugprone-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier' \
            "$@" -- $flags 2>/dev/null | sed -n "s|^$PWD/\([^:]*\):[0-9]*:[0-9]*: warning: .*\[\([^]]*\)\]\$|tidy \1 \2|p"
    fi
} | sort | uniq -c | sed 's/^ *//' >"$found"
new=$(grep -vxFf tests/analysers/known "$found")
echo "$(wc -l <"$found") kinds of findings, $(grep -cxFf tests/analysers/known "$found") of them known to be false"
[ -z "$new" ] || { echo "$new"; exit 1; }
