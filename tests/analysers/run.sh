#!/bin/sh
# run.sh FILE...: the static analysers there are on these sources, compiled with ANALYSER_FLAGS. What they say beyond
# tests/analysers/known (findings that are false, and how often each is said) is printed and fails.
cd "$(dirname "$0")/../.." || exit 1
found=$(mktemp) || exit 1
trap 'rm -f "$found"' EXIT
{
    if command -v cppcheck >/dev/null; then
        cppcheck -q --std=c11 --enable=warning,portability --inline-suppr --suppress=missingInclude -D_POSIX_C_SOURCE=200809L \
            -Iinclude -Isrc -I. --template='cppcheck {file} {id}' "$@" 2>&1
    fi
    printf '%s\n' "$@" | xargs -n 1 -P "$(nproc)" sh tests/analysers/file.sh
} | sort | uniq -c | sed 's/^ *//' >"$found"
new=$(grep -vxFf tests/analysers/known "$found")
echo "$# sources, $(wc -l <"$found") kinds of findings, $(grep -cxFf tests/analysers/known "$found") of them known to be false"
[ -z "$new" ] || { echo "$new"; exit 1; }
