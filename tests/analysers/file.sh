#!/bin/sh
# file.sh FILE: what gcc -fanalyzer and clang-tidy say of one source, a line "TOOL FILE KIND" each. ANALYSER_FLAGS: compiler options.
file=$1
case $file in
src/nn/nn_avx*) ANALYSER_FLAGS="$ANALYSER_FLAGS -mavx512vnni -mavx512f -mavx512bw -mavxvnni -mavx2 -mfma" ;;
esac
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
# The kernels hold nothing that could leak, and -fanalyzer follows each way through their unrolled loops: it comes to no end there.
case $file in
src/nn/nn_*) ;;
*)
    # shellcheck disable=SC2086 # options
    LC_ALL=C timeout 300 gcc $ANALYSER_FLAGS -O1 -fanalyzer -c -o /dev/null "$file" >"$log" 2>&1 || echo "analyzer $file fails"
    sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: warning: .*\[\(-Wanalyzer[^]]*\)\]$/analyzer \1 \2/p' "$log"
    ;;
esac
if command -v clang-tidy >/dev/null; then
    # Without matters of taste, what -Wconversion says better, and Annex K, which no C library here has.
    checks='-*,bugprone-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier'
    checks="$checks,-bugprone-branch-clone,-bugprone-narrowing-conversions,-bugprone-sizeof-expression"
    checks="$checks,-bugprone-suspicious-string-compare"
    checks="$checks,-clang-analyzer-optin.*,-clang-analyzer-security.FloatLoopCounter"
    checks="$checks,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-clang-analyzer-security.insecureAPI.strcpy"
    # shellcheck disable=SC2086
    timeout 600 clang-tidy --quiet --checks="$checks" "$file" -- $ANALYSER_FLAGS >"$log" 2>/dev/null || echo "tidy $file fails"
    sed -n "s|^$PWD/\([^:]*\):[0-9]*:[0-9]*: warning: .*\[\([^]]*\)\]\$|tidy \1 \2|p" "$log"
fi
