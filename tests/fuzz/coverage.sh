#!/bin/sh
# Which lines the corpora reach, those of the repository and what has grown in build/fuzz: a table of the front end and of what reads
# strangers' files and lines; what is missed stands in build/coverage.txt.
cd "$(dirname "$0")/../.." || exit 1
work=$BUILD/coverage
rm -rf "$work" && mkdir -p "$work" || exit 1
objects=
for program in "$BUILD"/tests/fuzz/replay_*; do
    case $program in *.[od]) continue ;; esac
    name=${program##*/replay_} corpus=$name
    [ "$name" != speak ] || corpus=voice
    find "tests/fuzz/corpus/$corpus" "build/fuzz/$corpus/corpus" "build/fuzz/$name/corpus" -type f 2>/dev/null |
        LLVM_PROFILE_FILE="$work/$name-%p.profraw" xargs -n 100000 "$program" >/dev/null 2>&1 || echo "replay $name: fails"
    objects="$objects ${objects:+-object} $program"
done
llvm-profdata merge -o "$work/all" "$work"/*.profraw || exit 1
# shellcheck disable=SC2086 # options
llvm-cov export -format=lcov $objects -instr-profile="$work/all" >"$work/lines" || exit 1
awk -v missed=build/coverage.txt '
/^SF:/ { file = substr($0, 4); sub(/^\.\//, "", file); room = ""
         if (file ~ /^frontend\//) room = "the front end"
         else if (file ~ /^src\/voice\/voice_(gguf|meta|file|bind)\.c/) room = "voices"
         else if (file ~ /^src\/cli\/timing/) room = "timing writers"
         else if (file ~ /^src\/speechd\/sd_(config|params|protocol)\.c/) room = "the module'"'"'s lines and settings"
         else if (file ~ /^src\/server\/sv_(json|wyoming)\.c/) room = "requests" }
room != "" && /^DA:/ { split(substr($0, 4), line, ","); n[file]++; all[room]++; of[file] = room
                       if (line[2] > 0) { hit[file]++; reached[room]++ } else print file ":" line[1] >missed }
END { for (file in n) printf "%5.1f %% of %4d lines  %s\n", 100 * hit[file] / n[file], n[file], file | "sort -n"
      close("sort -n")
      for (room in all) printf "%5.1f %% of %5d lines: %s\n", 100 * reached[room] / all[room], all[room], room }' "$work/lines"
