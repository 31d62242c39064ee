#!/bin/sh
# Text that changes the voice, by SSML or by its script: what each says is, sample for sample, what it says alone, and the time goes on.
. "$(dirname "$0")/common.sh"
prefix="several voices: "
like() { # NAME FILE...: $tmp/out is these, one behind the other, but for the dither, which goes on
    name=$1
    shift
    (cd "$tmp" && cat "$@") >"$tmp/wanted"
    check "$name" python3 -c 'import array, sys
a, b = (array.array("h", open(f, "rb").read()) for f in sys.argv[1:])
assert len(a) == len(b), (len(a), len(b))
assert max(abs(x - y) for x, y in zip(a, b)) <= 2' "$tmp/wanted" "$tmp/out"
}

# Another script goes to a voice that reads it: a copy of the tiny voice, for Chinese, in another pitch.
python3 - "$VOICE" "$tmp/tiny-zh.gguf" <<'P'
import struct, sys
raw = bytearray(open(sys.argv[1], "rb").read().replace(b"en-US", b"zh-CN", 1).replace(b"en-us", b"zh-cn", 1))
key = b"linnet.pitch.mean"
at = raw.index(key) + len(key) + 4
raw[at:at + 4] = struct.pack("<f", struct.unpack_from("<f", raw, at)[0] + 0.3)
open(sys.argv[2], "wb").write(raw)
P
LINNET_VOICE_PATH=$tmp:-
export LINNET_VOICE_PATH
raw() { # FILE ARGUMENTS...
    file=$1
    shift
    "$LINNET" -v "$VOICE" --raw "$@" >"$tmp/$file" 2>"$tmp/err"
}
raw hello "Hello."
VOICE=$tmp/tiny-zh.gguf raw chinese "你好，世界。"
VOICE=$tmp/tiny-zh.gguf raw word "银行"
raw bye "Good bye."
raw out "Hello. 你好，世界。 Good bye."
like "a sentence in another script" hello chinese bye
raw out -m "<speak>Hello. 你好，世界。 Good bye.</speak>"
like "in markup" hello chinese bye
raw out "<i>Hello.</i> 你好，世界。 <b>Good bye.</b>"
like "in HTML" hello chinese bye
raw out --threads 1 "你好，世界。Good bye."
like "at the start, on one thread" chinese bye
raw out "银行 in a sentence of Latin words"
raw rest "in a sentence of Latin words"
like "words in a sentence" word rest
raw mixed --one-voice "Hello. 你好，世界。 Good bye."
raw out "Hello. 你好，世界。 Good bye."
check "not with --one-voice" sh -c '! cmp -s "$1" "$2"' - "$tmp/mixed" "$tmp/out"
"$LINNET" -v "$VOICE" --timing "$tmp/t.json" -o "$tmp/t.wav" "Hello. 你好，world。 Good bye." 2>"$tmp/err"
check "bytes of its words" python3 - "$tmp/t.json" <<'P'
import json, sys
text = "Hello. 你好，world。 Good bye.".encode()
t = json.load(open(sys.argv[1]))
written = [text[w["byte_offset"]:w["byte_offset"] + w["byte_length"]].decode() for s in t["sentences"] for w in s["words"]]
assert written == ["Hello", "你好", "world", "Good", "bye"], written
P

voices=$top/voices
for needed in linnet-en linnet-en-michael linnet-de; do
    [ -e "$voices/$needed.gguf" ] || { echo "skip cast: there is no $needed"; finish; }
done
LINNET_VOICE_PATH=$voices
VOICE=linnet-en

alone() { # FILE VOICE TEXT
    "$LINNET" -v "$2" --raw "$3" >"$tmp/$1" 2>/dev/null
}
says() { # MARKUP OPTIONS...: to $tmp/out
    markup=$1
    shift
    "$LINNET" -v linnet-en -m "$@" --raw "<speak>$markup</speak>" >"$tmp/out" 2>"$tmp/err"
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
