#!/bin/sh
# Runs one fuzz target: run.sh TARGET SECONDS. Its corpus grows in build/fuzz, and so does what it finds.
# Seeds: tests/fuzz/corpus/NAME and, for voices, the test voices. How many inputs were run is noted in build/fuzz/counts.
target=$1
name=$(basename "$target" | sed 's/^fuzz_//')
golden=
case $name in voice | speak) golden=tests/golden ;; esac
mkdir -p "build/fuzz/$name/corpus" || exit 1
for seeds in "tests/fuzz/corpus/$name" $golden; do
    [ -d "$seeds" ] && set -- "$@" "$seeds"
done
shift
seconds=$1
shift
export LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0
"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="build/fuzz/$name/" -print_final_stats=1 \
    "build/fuzz/$name/corpus" "$@" 2>&1 | tee "build/fuzz/$name/log" | grep -v -e '^#[0-9]*[[:space:]]*\(NEW\|REDUCE\|pulse\)' -e '^stat::'
echo "$name $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name/log")" >>build/fuzz/counts
! ls "build/fuzz/$name" | grep -q -e '^crash-' -e '^leak-' -e '^timeout-' -e '^oom-'
