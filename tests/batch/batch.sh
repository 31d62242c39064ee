#!/bin/sh
# linnet-batch: manifests, what is wrong in them, and runs that are killed and go on.
. "$(dirname "$0")/../support/checks.sh"
cd "$top" || exit 1
LINNET_BATCH=${LINNET_BATCH:-$PWD/build/linnet-batch}
LINNET=${LINNET:-$PWD/build/linnet}
VOICE=${VOICE:-$PWD/voices/linnet-en.gguf}
prefix="batch: "
run() { # NAME STATUS OPTIONS...
    name=$1 wanted=$2
    shift 2
    exits "$name" "$wanted" "$LINNET_BATCH" -v "$VOICE" "$@"
}
said() { check "$1" grep -q -- "$2" "$tmp/$3"; }
sums() { (cd "$1" && find . -type f ! -name '.*' | LC_ALL=C sort | xargs sha256sum); }

# ---- kinds of manifests
printf 'id\ttext\trate\toutput\nfirst\tHello, world.\t\t\nsecond\tIt is faster.\t2\tsub/folder/fast.flac\n' >"$tmp/a.tsv"
run "a table" 0 -o "$tmp/a" "$tmp/a.tsv"
said "it says what was done" "^2 done, 0 were done before, 0 failed, 0 left; .* times real time" out
"$LINNET" -q -v "$VOICE" -o "$tmp/first.wav" "Hello, world."
check "the file is what the command makes" cmp "$tmp/first.wav" "$tmp/a/first.wav"
"$LINNET" -q -v "$VOICE" -r 2 -o "$tmp/fast.flac" "It is faster."
check "with its settings, in its folder" cmp "$tmp/fast.flac" "$tmp/a/sub/folder/fast.flac"

cat >"$tmp/b.jsonl" <<'J'
{"id": "first", "text": "Hello, world."}

{"text": "<speak>One <break time='1s'/> two.</speak>", "ssml": true, "volume": 0.5}
J
run "JSON lines" 0 -o "$tmp/b" "$tmp/b.jsonl"
check "they are the same" cmp "$tmp/first.wav" "$tmp/b/first.wav"
check "an item without a name has its line's" test -s "$tmp/b/000003.wav"

mkdir "$tmp/texts"
echo "Hello, world." >"$tmp/texts/first.txt"
echo "<speak>Hello.</speak>" >"$tmp/texts/second.ssml"
echo "no text" >"$tmp/texts/ignored.md"
run "a folder" 0 -o "$tmp/c" --summary "$tmp/summary.json" "$tmp/texts/"
check "its texts, and only they" test "$(ls "$tmp/c")" = "$(printf 'first.wav\nsecond.wav')"
check "the journal stands beside it" test -s "$tmp/texts.journal"
check "the summary is JSON" python3 -c 'import json, sys
s = json.load(open(sys.argv[1])); assert s["items"] == s["done"] == 2 and s["complete"] and s["failures"] == [] and s["speech_seconds"] > 1' "$tmp/summary.json"
printf 'Hello, world.\r\nA second line.\r\n' >"$tmp/d.txt"
run "plain text" 0 -o "$tmp/d" --format flac "$tmp/d.txt"
check "a file a line" test "$(ls "$tmp/d")" = "$(printf '000001.flac\n000002.flac')"

# ---- again
run "a second run" 0 -o "$tmp/a" "$tmp/a.tsv"
said "does nothing" "^0 done, 2 were done before" out
rm "$tmp/a/first.wav"
run "a run after a file was lost" 0 -o "$tmp/a" "$tmp/a.tsv"
said "makes that one" "^1 done, 1 were done before" out
sed -i 's/faster/much faster/' "$tmp/a.tsv"
run "a run after a text has changed" 0 -o "$tmp/a" "$tmp/a.tsv"
said "makes that one again" "^1 done, 1 were done before" out
sed -i 's/much faster/faster/' "$tmp/a.tsv"
run "a run after it has changed back" 0 -o "$tmp/a" "$tmp/a.tsv"
said "doesn't take the other text's file for this one's" "^1 done, 1 were done before" out
run "a run after that" 0 -o "$tmp/a" "$tmp/a.tsv"
said "has nothing to do" "^0 done, 2 were done before" out

# ---- what is wrong with one item
cat >"$tmp/bad.jsonl" <<'J'
{"id": "good", "text": "Good."}
{"id": "both", "text": "x", "file": "y"}
{"id": "neither"}
{"id": "../escape", "text": "x"}
{"id": "up", "text": "x", "output": "../../x.wav"}
{"id": "root", "text": "x", "output": "/tmp/x.wav"}
{"id": "missing", "file": "no-such-file.txt"}
{"id": "fast", "text": "x", "rate": 99}
{"id": "word", "text": "x", "rate": "quick"}
{"id": "ending", "text": "x", "output": "x.doc"}
{"id": "markup", "text": "<speak>x", "ssml": true}
{"id": "voice", "text": "x", "voice": "no-such-voice"}
{"id": "column", "text": "x", "colour": "red"}
{"id": "same", "text": "x", "output": "good.wav"}
not json
{"id": "last", "text": "The last."}
J
run "bad items" 1 -o "$tmp/bad" --summary "$tmp/summary.json" "$tmp/bad.jsonl"
check "the good ones are done" test "$(ls "$tmp/bad")" = "$(printf 'good.wav\nlast.wav')"
check "a line for each of the others" test "$(grep -c '^linnet-batch: ' "$tmp/err")" = 14
check "which says where and why" grep -q "bad.jsonl:8: fast: .*rate" "$tmp/err"
check "and stands in the summary" python3 -c 'import json, sys
s = json.load(open(sys.argv[1])); assert (s["done"], s["failed"], s["complete"]) == (2, 14, False)
assert {f["line"] for f in s["failures"]} == set(range(2, 16)) and all(f["error"] for f in s["failures"])' "$tmp/summary.json"

printf '\357\273\277id\ttext\toutput\trate\r\none\tOne.\tx.wav\t\r\ntwo\tTwo.\t.//x.wav\t\r\nb\377d\tThree.\t\tno\r\nnl\tFour.\ta\001.wav\t\r\n' >"$tmp/odd.tsv"
run "a byte order mark, one file under two names, bytes that are no text" 1 -q -o "$tmp/odd" --summary "$tmp/odd.json" "$tmp/odd.tsv"
check "the good one is done" test "$(ls "$tmp/odd")" = x.wav
check "the others stand in the summary" python3 -c 'import json, sys
assert [f["id"] for f in sorted(json.load(open(sys.argv[1]))["failures"], key=lambda f: f["line"])] == ["two", "b?d", "nl"]' "$tmp/odd.json"
printf '{"id": "n\\nl", "text": "Five."}\n' >"$tmp/newline.jsonl"
run "an id of two lines" 1 -q -o "$tmp/odd" "$tmp/newline.jsonl"
said "is told in one" "^linnet-batch: .*newline.jsonl:1: n?l: id: can't be a file's name$" err
run "a shard" 1 -q -o "$tmp/odd2" --journal "$tmp/odd2.journal" --shard 2/4 "$tmp/odd.tsv"
said "knows what items of others write" "odd.tsv:3: two: output: an earlier item has the same" err

# ---- what is wrong with the whole
for case in "no manifest|1|$tmp/none.tsv" "an unknown column|1|$tmp/col.tsv" "no text at all|1|$tmp/binary.tsv" "no worker|2|-j 0 $tmp/a.tsv" \
    "a shard of none|2|--shard 0/3 $tmp/a.tsv" "a shard beyond|2|--shard 4/3 $tmp/a.tsv" "an unknown format|2|-F doc $tmp/a.tsv" \
    "an unknown option|2|--nonsense" "two manifests|2|a b" "none|2|"; do
    printf 'id\tcolour\n' >"$tmp/col.tsv"
    printf 'id\ttext\nx\t\000\n' >"$tmp/binary.tsv"
    # shellcheck disable=SC2086
    run "${case%%|*}" "$(echo "$case" | cut -d '|' -f 2)" ${case##*|}
    check "${case%%|*}: one line" test "$(wc -l <"$tmp/err")" = 1
done
run "no such voice" 1 -v no-such-voice -o "$tmp/voice" --journal "$tmp/voice.journal" "$tmp/b.jsonl"
check "is said once" test "$(wc -l <"$tmp/err")" = 1
run "no such folder" 1 -o "$tmp/none/none" "$tmp/b.jsonl"
check "no such folder: one line" grep -q "can't make the folder" "$tmp/err"
# A disk of its own: eight files of 100 kB don't fit. What fits is there, and the journal, which has room, knows it.
mkdir "$tmp/disk"
awk 'BEGIN { for (i = 1; i <= 8; i++) print "This is prompt number " i " of them." }' >"$tmp/disk.txt"
if unshare -rm mount -t tmpfs tmpfs "$tmp/disk" 2>/dev/null; then
    # shellcheck disable=SC2016
    unshare -rm sh -c 'mount -t tmpfs -o size=400k tmpfs "$1/disk"
        "$2" -q -v "$3" -o "$1/disk/out" "$1/disk.txt" 2>"$1/err" | grep -q "^[1-5] done, 0 were done before, 1 failed, [1-9] left" &&
        test "$(find "$1/disk/out" -type f | wc -l)" = "$(wc -l <"$1/disk.txt.journal")"' - "$tmp" "$LINNET_BATCH" "$VOICE"
    check "a full disk ends it, and keeps what is done" test $? = 0
    check "a full disk: one line" test "$(grep -c 'No space left' "$tmp/err")" = 1 -a "$(wc -l <"$tmp/err")" = 1
else
    echo "skip batch: a full disk: needs unshare and mount"
fi
if [ -e /dev/full ]; then
    ln -s /dev/full "$tmp/full.journal"
    run "a full disk under the journal" 1 -j 1 -o "$tmp/full" --journal "$tmp/full.journal" "$tmp/b.jsonl"
    said "is said once, and the rest isn't done for nothing" "full.journal: can't write" err
    check "an item, then it ends" test "$(grep -c '^linnet-batch: ' "$tmp/err")" = 1
fi

# ---- killed and gone on
# A hundred and twenty, of all kinds of files.
awk 'BEGIN { split("wav flac ogg opus mp3", kinds, " ")
    for (i = 1; i <= 120; i++)
        printf "{\"id\": \"item-%03d\", \"text\": \"This is number %d of a batch.\", \"output\": \"item-%03d.%s\"}\n", i, i, i, kinds[i % 5 + 1] }' \
    >"$tmp/many.jsonl"
run "a run in one go" 0 -q -o "$tmp/whole" --journal "$tmp/whole.journal" "$tmp/many.jsonl"
for n in 1 2 3; do
    "$LINNET_BATCH" -q -v "$VOICE" -o "$tmp/killed" "$tmp/many.jsonl" >/dev/null 2>&1 &
    until [ -e "$tmp/many.jsonl.journal" ] && [ "$(wc -l <"$tmp/many.jsonl.journal")" -ge $((n * 25)) ]; do sleep 0.01; done
    kill -9 $!
    wait $! 2>/dev/null
done
check "it was killed midway" test "$(wc -l <"$tmp/many.jsonl.journal")" -lt 120
printf 'done\t0123' >>"$tmp/many.jsonl.journal" # as a full disk leaves it
run "it goes on" 0 -q -o "$tmp/killed" "$tmp/many.jsonl"
said "where it was" "^[1-9][0-9]* done, [1-9][0-9]* were done before, 0 failed, 0 left" out
check "the files are those of the run in one go" test "$(sums "$tmp/killed")" = "$(sums "$tmp/whole")"

# ---- shards, which read each other's journals
for n in 1 2 3; do
    run "shard $n of 3" 0 -q -o "$tmp/shards" --journal "$tmp/shards.journal" --shard "$n/3" "$tmp/many.jsonl"
done
check "together they are the whole" test "$(sums "$tmp/shards")" = "$(sums "$tmp/whole")"
run "a run over all shards" 0 -q -o "$tmp/shards" --journal "$tmp/shards.journal" "$tmp/many.jsonl"
said "has nothing to do" "^0 done, 120 were done before" out

# ---- signals, and two at once
exits "a file beyond the limit of its size fails, the run doesn't end" 1 sh -c 'ulimit -f 16; exec "$@"' - \
    "$LINNET_BATCH" -v "$VOICE" -o "$tmp/limit" --journal "$tmp/limit.journal" "$tmp/a.tsv"
said "and says why" "File too large" err
"$LINNET_BATCH" -q -v "$VOICE" -o "$tmp/signal" --journal "$tmp/signal.journal" "$tmp/many.jsonl" >"$tmp/out" 2>"$tmp/err" &
until [ -s "$tmp/signal.journal" ]; do sleep 0.01; done
run "a second run on one journal is refused" 1 -o "$tmp/signal" --journal "$tmp/signal.journal" "$tmp/many.jsonl"
kill -TERM $!
wait $!
check "SIGTERM ends it with 143" test $? = 143
check "no partial file stays" test -z "$(find "$tmp/signal" -name '.linnet*')"
finish
