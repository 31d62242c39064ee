#!/bin/sh
# SSML that changes the voice: what each says is, sample for sample, what it says alone, and the time goes on.
. "$(dirname "$0")/common.sh"
prefix="several voices: "
voices=$top/voices
for needed in linnet-en linnet-en-michael linnet-de; do
    [ -e "$voices/$needed.gguf" ] || { echo "skip cast: there is no $needed"; exit 0; }
done
LINNET_VOICE_PATH=$voices
export LINNET_VOICE_PATH
VOICE=linnet-en

alone() { # FILE VOICE TEXT
    "$LINNET" -v "$2" --raw "$3" >"$tmp/$1" 2>/dev/null
}
says() { # MARKUP OPTIONS...: to $tmp/out
    markup=$1
    shift
    "$LINNET" -v linnet-en -m "$@" --raw "<speak>$markup</speak>" >"$tmp/out" 2>"$tmp/err"
}
like() { # NAME FILE...: $tmp/out is these, one behind the other, but for the dither, which goes on
    name=$1
    shift
    (cd "$tmp" && cat "$@") >"$tmp/wanted"
    check "$name" python3 -c 'import array, sys
a, b = (array.array("h", open(f, "rb").read()) for f in sys.argv[1:])
assert len(a) == len(b), (len(a), len(b))
assert max(abs(x - y) for x, y in zip(a, b)) <= 2' "$tmp/wanted" "$tmp/out"
}
alone hello linnet-en "Hello."
alone tag linnet-de "Guten Tag, 3 km."
alone bye linnet-en "Good bye."
alone male linnet-en-michael "Good bye."
german='<voice name="linnet-de">Guten Tag, 3 km.</voice>'

says "Hello. $german Good bye."
like "by name" hello tag bye
says "Hello. $german Good bye." --threads 1
like "on one thread" hello tag bye
says 'Hello. <s xml:lang="de-AT">Guten Tag, 3 km.</s> Good bye.'
like "by the text's language" hello tag bye
says 'Hello. <voice languages="xx de:de">Guten Tag, 3 km.</voice> Good bye.'
like "by the languages asked for" hello tag bye
says 'Hello. <voice gender="male">Good bye.</voice>'
like "by gender" hello male
says 'Hello. <voice name="nobody linnet-en-michael">Good bye.</voice>'
like "the first of the names that there is" hello male
says '<voice name="linnet-de">Guten Tag, 3 km. <s xml:lang="en-US">Good bye.</s></voice>'
like "back to the first voice inside another" tag bye
says 'Hello. <voice name="nobody">Good bye.</voice>'
like "a voice that isn't there" hello bye
says 'Hello. <voice name="linnet-en">Good bye.</voice>'
like "the voice that speaks already" hello bye
says "Hello. $german <voice gender='male'/> Good bye." --one-voice
check "not with --one-voice" sh -c '! cmp -s "$1" "$2"' - "$tmp/wanted" "$tmp/out"
says "$german"
like "nothing but another voice" tag

markup='<speak>Hello. <mark name="a"/><voice name="linnet-de"><mark name="b"/>Guten <mark name="c"/>Tag, 3 km.<mark name="d"/></voice><break time="500ms"/> Good bye.</speak>'
"$LINNET" -v linnet-en -m --timing "$tmp/t.json" -o "$tmp/t.wav" "$markup" 2>"$tmp/err"
check "timing" python3 - "$tmp" "$markup" <<'P'
import json, os, sys, wave
tmp, markup = sys.argv[1], sys.argv[2].encode()
t = json.load(open(tmp + "/t.json"))
size = lambda name: os.path.getsize(f"{tmp}/{name}") // 2
hello, tag, bye = size("hello"), size("tag"), size("bye")
total = wave.open(tmp + "/t.wav").getnframes()
assert total == hello + tag + 12000 + bye, (total, hello, tag, bye)
words = [w for s in t["sentences"] for w in s["words"]]
written = [markup[w["byte_offset"]:w["byte_offset"] + w["byte_length"]].decode() for w in words]
assert written == ["Hello", "Guten", "Tag", "3", "km", "Good", "bye"] or written == ["Hello", "Guten", "Tag", "3 km", "Good", "bye"], written
starts = [s["start"] for s in t["sentences"]]
assert len(starts) == 3 and abs(starts[1] - hello / 24000) < 1e-3, starts
marks = {m["name"]: m["time"] for m in t["marks"]}
assert list(marks) == ["a", "b", "c", "d"] and abs(marks["b"] - hello / 24000) < 0.3 and marks["b"] <= marks["c"] <= marks["d"], marks
P
finish
