#!/bin/sh
# Runs one fuzz target: run.sh TARGET SECONDS. Its corpus grows in build/fuzz, and so does what it finds. Seeds:
# tests/fuzz/corpus/NAME, and those of seeds.py; words: tests/fuzz/dict/NAME. How many inputs were run is noted in build/fuzz/counts.
target=$1 seconds=$2
name=$(basename "$target" | sed 's/^fuzz_//')
seeds=tests/fuzz/corpus/$name
# Most faults need few bytes, and most bytes cost time.
case $name in
speak) seeds="tests/fuzz/corpus/voice build/fuzz/voice/corpus" bytes=12000 ;;
voice | sound) bytes=12000 ;;
frontend | normalize | reading) bytes=200 ;;
ssml | lexicon) bytes=600 ;;
*) bytes=2000 ;;
esac
mkdir -p "build/fuzz/$name/corpus" || exit 1
# shellcheck disable=SC2086 # a list
set -- "build/fuzz/$name/corpus" $seeds
[ ! -f "tests/fuzz/dict/$name" ] || set -- "-dict=tests/fuzz/dict/$name" "$@"
export LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 # or a finding would be a line that nobody reads
# Weighing each input by how rare its features are takes more time than the short runs between.
"$target" -max_total_time="$seconds" -max_len=$bytes -entropic=0 -timeout=10 -rss_limit_mb=2048 -artifact_prefix="build/fuzz/$name/" \
    -print_final_stats=1 "$@" 2>&1 | tee "build/fuzz/$name/log" | grep -v -e '^#[0-9]*[[:space:]]*\(NEW\|REDUCE\|pulse\)' -e '^stat::'
echo "$name $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name/log")" >>build/fuzz/counts
! ls "build/fuzz/$name" | grep -q -e '^crash-' -e '^leak-' -e '^timeout-' -e '^oom-'
