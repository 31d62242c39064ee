#!/bin/sh
# Runs one fuzz target: run.sh TARGET SECONDS. Its corpus grows in build/fuzz, and so does what it finds.
# Seeds: tests/fuzz/corpus/NAME and, for voices, the test voices.
target=$1
name=$(basename "$target" | sed 's/^fuzz_//')
golden=; [ "$name" = voice ] && golden=tests/golden
mkdir -p "build/fuzz/$name/corpus" || exit 1
for seeds in "tests/fuzz/corpus/$name" $golden; do
    [ -d "$seeds" ] && set -- "$@" "$seeds"
done
shift
seconds=$1
shift
export LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0 ASAN_OPTIONS=fast_unwind_on_malloc=0
exec "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="build/fuzz/$name/" \
    "build/fuzz/$name/corpus" "$@"
