#!/bin/sh
# Every fuzz target on its corpus: inputs that once were trouble, and some that never were. One "ok" line a target.
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build/$(cat build/current)}
status=0
for program in "$BUILD"/tests/fuzz/replay_*; do
    [ -x "$program" ] || continue
    case $program in *.[od]) continue ;; esac
    name=${program##*/replay_}
    corpus=$name
    [ "$name" != speak ] || corpus=voice
    files=$(find "tests/fuzz/corpus/$corpus" -type f 2>/dev/null)
    if output=$("$program" $files 2>&1 </dev/null); then
        echo "ok replay $name: $output"
    else
        echo "not ok replay $name"
        echo "$output"
        status=1
    fi
done
exit $status
