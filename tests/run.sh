#!/bin/sh
# Runs test programs (cmocka) and test scripts, counts their cases and closes on one line "N passed, N failed".
#
#   tests/run.sh PROGRAM-OR-SCRIPT ...
#
# A cmocka case counts as one; so does a line "ok NAME" or "not ok NAME". What prints neither counts as one test, by its exit
# status. Lines "skip NAME: why" are shown. Exit status 0: nothing failed. The output of what failed is printed in full.
set -u

passed=0
failed=0
output=$(mktemp) || exit 1
trap 'rm -f "$output"' EXIT
trap 'exit 130' INT TERM

# Under AddressSanitizer: what other libraries never free isn't ours. Whole stacks are needed to see whose it is.
ASAN_OPTIONS=fast_unwind_on_malloc=0 LSAN_OPTIONS=suppressions=$(cd "$(dirname "$0")" && pwd)/lsan.supp:print_suppressions=0
export ASAN_OPTIONS LSAN_OPTIONS

count() { grep -c "$1" "$output"; }

for test in "$@"; do
    case $test in
    *.sh) sh "$test" >"$output" 2>&1 </dev/null ;;
    *) "$test" >"$output" 2>&1 </dev/null ;;
    esac
    status=$?
    good=$(count '^\(\[       OK \]\|ok \)')
    # cmocka names a failed case twice: where it failed and in the list at the end.
    bad=$(($(count '^not ok ') + $(count '^\[  FAILED  \] [^0-9]') / 2))
    if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    elif [ $status -eq 0 ] && [ "$good" -eq 0 ] && ! grep -q '^skip ' "$output"; then
        good=1
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    if [ $status -ne 0 ] || [ "$bad" -ne 0 ]; then
        echo "FAIL $test (exit status $status)"
        cat "$output"
    else
        echo "pass $test ($good)"
        grep '^skip ' "$output"
    fi
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
