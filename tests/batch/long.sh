#!/bin/sh
# A folder of ITEMS (10000) texts, rendered in one go, and again by a run that is killed three times and goes on: the same files, byte for
# byte. FORMAT (flac). `make test-batch-long`: minutes.
. "$(dirname "$0")/../support/checks.sh"
cd "$top" || exit 1
LINNET_BATCH=${LINNET_BATCH:-$PWD/build/linnet-batch}
VOICE=$PWD/voices/linnet-en.gguf
ITEMS=${ITEMS:-10000}
FORMAT=${FORMAT:-flac}
prefix="long batch: "
batch() { # FOLDER
    exec "$LINNET_BATCH" -q -v "$VOICE" -F "$FORMAT" -o "$1" --journal "$1.journal" "$tmp/texts"
}
run() { (batch "$1"); }
lines() { [ -e "$1" ] && wc -l <"$1" || echo 0; }

mkdir "$tmp/texts"
awk -v folder="$tmp/texts" -v n="$ITEMS" 'BEGIN { for (i = 1; i <= n; i++) {
    file = sprintf("%s/%05d.txt", folder, i); printf "Text number %d.\n", i >file; close(file) } }'
check "a run in one go" run "$tmp/whole"
for n in 1 2 3; do
    batch "$tmp/killed" &
    until [ "$(lines "$tmp/killed.journal")" -ge $((n * ITEMS / 4)) ]; do sleep 0.05; done
    check "run $n is killed" kill -9 $!
    wait $! 2>/dev/null
    check "midway" test "$(lines "$tmp/killed.journal")" -lt "$ITEMS"
done
check "it goes on" run "$tmp/killed"
# shellcheck disable=SC2012 # names are known
check "$ITEMS files" test "$(ls "$tmp/killed" | wc -l)" = "$ITEMS"
check "byte for byte those of the run in one go" diff -rq --exclude='.linnet-*' "$tmp/whole" "$tmp/killed"
finish
