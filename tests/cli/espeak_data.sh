#!/bin/sh
# espeak-ng's dictionary, missing or damaged: an error that names it, not other words or none.
. "$(dirname "$0")/common.sh"

data=$(dirname "$(find -L /usr/lib /usr/share /usr/local/share -path '*espeak-ng-data/en_dict' 2>/dev/null | head -n 1)")
[ -r "$data/en_dict" ] || { echo "skip espeak-ng's data: not found"; exit 0; }
mkdir "$tmp/data"
cp -Rs "$data" "$tmp/data/espeak-ng-data"
dict=$tmp/data/espeak-ng-data/en_dict
size=$(bytes "$data/en_dict")
rules=$(od -An -t u4 -j 4 -N 4 "$data/en_dict" | tr -d ' ')
ESPEAK_DATA_PATH=$tmp/data
export ESPEAK_DATA_PATH

speak --phonemes "Hello world"
judge "whole" 0 ""
cp "$tmp/out" "$tmp/whole"

# told NAME WHY: the dictionary as it stands is refused.
told() {
    speak --phonemes "Hello world"
    if [ "$status" -ne 1 ] || [ -s "$tmp/out" ]; then bad "$1" "exit status $status" "$(cat "$tmp/out")"
    elif ! grep -q "^linnet: .*$2.*en_dict" "$tmp/err"; then bad "$1" "no \"$2\" in the message"
    else ok "$1"; fi
}

rm "$dict"
told "missing" "can't be read"
: >"$dict"
told "empty" "damaged"
for part in 4 8 1000 $((rules / 2)) $((rules - 1)) "$rules" $((rules + 10)) $((size / 2 + rules / 2)) $((size - 1)); do
    head -c "$part" "$data/en_dict" >"$dict"
    told "cut to $part bytes" "damaged"
done
head -c "$size" /dev/zero >"$dict"
told "nothing but zeros" "damaged"
{ head -c 5000 "$data/en_dict"; head -c 4096 /dev/zero; tail -c +9097 "$data/en_dict"; } >"$dict"
told "a block of zeros" "damaged"
{ head -c 5000 "$data/en_dict"; tail -c +5002 "$data/en_dict"; } >"$dict"
told "a byte lost" "damaged"
rm "$dict"
cp "$data/en_dict" "$dict"
speak --phonemes "Hello world"
check "whole again" cmp "$tmp/out" "$tmp/whole"

# The form that is asked for is that of every dictionary there is.
cat >"$tmp/all.c" <<'C'
#include "frontend/espeak_dictionary.h"
#include <stdio.h>
int main(int n, char **words)
{
    struct base_error err;
    for (int i = 2; i < n; i++)
        if (fe_espeak_dictionary_check(words[1], words[i], &err) != 0)
            puts(err.text);
    return 0;
}
C
if ${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -I"$top" -I"$top/src" -I"$top/include" "$tmp/all.c" \
    "$top/frontend/espeak_dictionary.c" "$top/src/base/alloc.c" "$top/src/base/status.c" -o "$tmp/all" 2>"$tmp/err"; then
    # shellcheck disable=SC2046 # words
    "$tmp/all" "$data" $(cd "$data/lang" && find . -type f | sed 's|^\./||' | sort) >"$tmp/checked"
    check "every dictionary of this espeak-ng is fine" test ! -s "$tmp/checked"
else
    bad "every dictionary of this espeak-ng is fine" "doesn't compile"
fi
finish
