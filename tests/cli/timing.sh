#!/bin/sh
# Timing files: well-formed, in order, and as long as the sound.
. "$(dirname "$0")/common.sh"

text='He said: "Tom & Jerry <b>run</b> --> home", back\slash. Then, at twenty-one past seven, the very old grandfather clock in the hall struck again and again until everybody in the house was wide awake! Really?'
printf '%s\n\nSecond paragraph, caf\303\251.\n' "$text" >"$tmp/a.txt"
for ending in json srt vtt TextGrid; do
    expect "$ending" 0 "" -f "$tmp/a.txt" -o "$tmp/a.wav" --timing "$tmp/a.$ending"
    check "$ending is right" python3 "$here/check_timing.py" "$tmp/a.$ending" "$tmp/a.wav" "$tmp/a.txt"
done
expect "ending in capitals" 0 "" -f "$tmp/a.txt" -o "$tmp/a.wav" --timing "$tmp/b.JSON"
check "the same file" cmp "$tmp/a.json" "$tmp/b.JSON"

# Subtitles end at a comma that is near, and leave no word alone.
cut() { speak "$1" -o "$tmp/c.wav" --timing - --timing-format srt; grep -v -e '-->' "$tmp/out" | grep -v '^[0-9]*$' >"$tmp/lines"; }
cut "The first part has eleven words that fill a good many columns, and then the second part goes on and on to the very end of it."
check "a line ends at the comma" grep -q "columns,\$" "$tmp/lines"
cut "This sentence has no comma at all and is just so long that its end needs another line of one short word, or no."
check "no word is left alone" sh -c 'test "$(tail -n 1 "$1" | wc -c)" -ge 16' - "$tmp/lines"
check "at most 42 columns a line" sh -c '! grep -qE "^.{43}" "$1"' - "$tmp/lines"

speak -f "$tmp/a.txt" -o "$tmp/a.wav" --timing -
check "JSON on standard output" cmp "$tmp/out" "$tmp/a.json"
speak -f "$tmp/a.txt" -o "$tmp/a.wav" --timing - --timing-format TextGrid
check "another format there" cmp "$tmp/out" "$tmp/a.TextGrid"
expect "a format whatever the ending" 0 "" -f "$tmp/a.txt" -o "$tmp/a.wav" --timing "$tmp/a.sub" --timing-format srt
check "is that format" cmp "$tmp/a.sub" "$tmp/a.srt"
expect "standard output twice" 2 "taken by the sound" -o - --timing - Hello
expect "unknown format" 2 "isn't json" -o "$tmp/x.wav" --timing - --timing-format xml Hello

if [ -r "$top/voices/linnet-en.gguf" ]; then
    "$LINNET" -v "$top/voices/linnet-en.gguf" -o "$tmp/v.wav" --timing "$tmp/v.json" "My boy." 2>"$tmp/err"
    check "phonemes in the voice's alphabet and in IPA" grep -q '"name": "ˈY", "ipa": "ˈɔɪ"' "$tmp/v.json"
fi

# Over several chunks of the input.
python3 -c '
for i in range(2500): print("Sentence %d ends here." % i, end="\n\n" if i % 10 == 9 else " ")' | head -c 70000 >"$tmp/long.txt"
head -c 66500 "$tmp/long.txt" | tail -c 2500 >"$tmp/short.txt"
cat "$tmp/short.txt" | "$LINNET" -v "$VOICE" -r 6 -o "$tmp/long.wav" --timing "$tmp/long.json" 2>"$tmp/err"
check "a longer text" python3 "$here/check_timing.py" "$tmp/long.json" "$tmp/long.wav" "$tmp/short.txt"
(cat "$tmp/a.txt"; sleep 0.3; cat "$tmp/short.txt") | "$LINNET" -v "$VOICE" -o "$tmp/two.wav" --timing "$tmp/two.json" 2>"$tmp/err"
cat "$tmp/a.txt" "$tmp/short.txt" >"$tmp/two.txt"
check "a text in two chunks" python3 "$here/check_timing.py" "$tmp/two.json" "$tmp/two.wav" "$tmp/two.txt"

for ending in json srt vtt TextGrid; do
    expect "empty text, $ending" 0 "" -o "$tmp/e.wav" --timing "$tmp/e.$ending" ""
done
check "empty text: JSON has nothing in it" python3 -c 'import json, sys
t = json.load(open(sys.argv[1])); assert t["sentences"] == [] and t["samples"] == 0' "$tmp/e.json"
printf 'Bad \377 byte.\n' >"$tmp/bad.txt"
speak -q -f "$tmp/bad.txt" -o "$tmp/bad.wav" --timing "$tmp/bad.json"
check "bytes that aren't UTF-8 don't spoil the JSON" python3 -c 'import json, sys
json.load(open(sys.argv[1], encoding="utf-8"))' "$tmp/bad.json"
expect "unwritable timing file" 1 "can't write" -o "$tmp/x.wav" --timing "$tmp/none/x.json" "$text"
check "then there is no sound file either" test ! -e "$tmp/x.wav"
expect "unwritable sound file" 1 "can't write" -o "$tmp/none/x.wav" --timing "$tmp/x.json" "$text"
check "then there is no timing file either" test ! -e "$tmp/x.json"
check "no partial files" no_parts "$tmp"
finish
