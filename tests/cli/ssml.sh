#!/bin/sh
# SSML on the command line: strict and lenient, recordings, timing files, and markup that means harm.
. "$(dirname "$0")/common.sh"

# length NAME SAMPLES ARGUMENTS...: the speech has so many samples
length() {
    name=$1 wanted=$2
    shift 2
    speak -o "$tmp/length.wav" "$@"
    got=$(samples "$tmp/length.wav")
    if [ "$status" -eq 0 ] && [ "$got" = "$wanted" ]; then ok "$name"; else
        bad "$name" "expected $wanted samples, got $got, status $status"
    fi
}

# same NAME FILE FILE
same() { check "$1" cmp "$2" "$3"; }

speak -o "$tmp/plain.wav" "One, two. Three four."
hz=$(rate "$tmp/plain.wav")
n=$(samples "$tmp/plain.wav")
length "a second" "$hz" -m '<speak><break time="1s"/></speak>'
check "of nothing" python3 -c 'import sys, wave
w = wave.open(sys.argv[1]); assert not any(w.readframes(w.getnframes()))' "$tmp/length.wav"
length "a break between sentences" $((n + hz / 2)) -m '<speak>One, two. <break time="500ms"/>Three four.</speak>'
length "a break inside a sentence" $((n + hz / 2)) --ssml '<speak>One, <break time="500ms"/>two. Three four.</speak>'
length "the same from a file" $((n + hz / 2)) --ssml=strict -f /dev/fd/3 3<<'END'
<?xml version="1.0"?>
<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en">
  One, <break time="500ms"/>two.
  Three four.
</speak>
END
printf '<speak>One, <mark name="a"/>two.' >"$tmp/half1"
printf ' Three\n <mark name="b"/>four.</speak>' >"$tmp/half2"
(cat "$tmp/half1"; sleep 0.2; cat "$tmp/half2") | "$LINNET" -v "$VOICE" -m -o "$tmp/piped.wav" 2>"$tmp/err"
same "marks and a slow pipe change no sample" "$tmp/plain.wav" "$tmp/piped.wav"
expect "phonemes" 0 "" -m --phonemes '<speak><phoneme alphabet="x-sampa" ph="kat">dog</phoneme></speak>'
check "as prescribed" grep -q '^kat$' "$tmp/out"

expect "not well-formed" 1 "text: markup: line 1, column 10: mismatched tag" -m -o "$tmp/x.wav" '<speak></b>'
check "no file is left" test ! -e "$tmp/x.wav"
printf '<speak>\n\n  <break time="soon"/>\n</speak>\n' >"$tmp/bad.ssml"
expect "line and column" 1 "bad.ssml: markup: line 3, column 3: <break>: time=\"soon\"" -m -o "$tmp/x.wav" -f "$tmp/bad.ssml"
expect "they are told without speaking too" 1 "markup: line 3, column 3: " -m --phonemes -f "$tmp/bad.ssml"
expect "lenient" 0 "" --ssml=lenient -o "$tmp/lenient.wav" 'One, <b>two. Three four.'
same "what isn't well-formed is spoken" "$tmp/plain.wav" "$tmp/lenient.wav"
expect "lenient with strict markup" 0 "" --ssml=lenient -o "$tmp/lenient.wav" '<speak>One, <b>two</b>. Three four.</speak>'
same "what is well-formed too" "$tmp/plain.wav" "$tmp/lenient.wav"
expect "unknown mode" 2 "--ssml: \"loose\"" --ssml=loose x
expect "a character isn't markup" 2 "--ssml" -m --character x
for rate in 0% 0 0.0 -100% +-1 -5; do
    expect "no speed at all: $rate" 1 "rate" -m --phonemes "<speak><prosody rate='$rate'>x</prosody></speak>"
done
expect "audio without markup" 2 "--allow-audio" --allow-audio x

# Recordings: WAV, FLAC, Vorbis, at other rates and with two channels; relative to the file with the markup.
mkdir "$tmp/book"
for ending in wav flac ogg; do speak -o "$tmp/book/one.$ending" "One, two. Three four."; done
python3 - "$tmp/book/stereo.wav" <<'END'
import math, struct, sys, wave
w = wave.open(sys.argv[1], "wb")
w.setparams((2, 2, 44100, 0, "NONE", ""))
w.writeframes(b"".join(struct.pack("<hh", int(16000 * math.sin(i / 20)), 0) for i in range(44100)))
END
for ending in wav flac ogg; do
    printf '<speak><audio src="one.%s">text</audio></speak>' $ending >"$tmp/book/$ending.ssml"
    length "audio $ending" "$n" -m --allow-audio -f "$tmp/book/$ending.ssml"
    cp "$tmp/length.wav" "$tmp/$ending.wav"
done
check "a WAV file sounds as it is" python3 - "$tmp/wav.wav" "$tmp/plain.wav" <<'END'
import sys, wave, struct
a, b = (struct.unpack("<%dh" % wave.open(f).getnframes(), wave.open(f).readframes(10**9)) for f in sys.argv[1:])
assert len(a) == len(b) and max(abs(x - y) for x, y in zip(a, b)) <= 2 and max(map(abs, a)) > 1000
END
length "stereo at another rate" "$hz" -m --allow-audio "<speak><audio src='file://$tmp/book/stereo.wav'/></speak>"
check "at half its level, as one channel is silent" python3 - "$tmp/length.wav" <<'END'
import sys, wave, struct
w = wave.open(sys.argv[1])
a = struct.unpack("<%dh" % w.getnframes(), w.readframes(10**9))
assert 7900 < max(a[2000:-2000]) < 8100, max(a)
END
speak -o "$tmp/text.wav" "Text."
text=$(samples "$tmp/text.wav")
length "not allowed: its text" "$text" -m '<speak><audio src="one.wav">Text.</audio></speak>'
expect "can't be played: its text" 0 "warning: .*none.wav: " -m --allow-audio -o "$tmp/b.wav" '<speak><audio src="none.wav">Text.</audio></speak>'
same "as spoken" "$tmp/text.wav" "$tmp/b.wav"
expect "no sound file" 0 "warning: .*half1: can't read" -m --allow-audio -o "$tmp/b.wav" "<speak><audio src='$tmp/half1'>Text.</audio></speak>"
mkfifo "$tmp/pipe"
expect "nothing waits for a pipe" 0 "warning: .*pipe: can't read: not a file" -m --allow-audio -o "$tmp/b.wav" "<speak><audio src='$tmp/pipe'>Text.</audio></speak>"
length "nothing comes from the net" "$text" -m --allow-audio '<speak><audio src="https://example.org/a.wav">Text.</audio></speak>'

cat >"$tmp/book/words.pls" <<'END'
<?xml version="1.0"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
<lexeme><grapheme>nginx</grapheme><alias>engine x</alias></lexeme></lexicon>
END
printf '<speak><lexicon uri="words.pls"/>nginx</speak>' >"$tmp/book/words.ssml"
speak -m --explain -f "$tmp/book/words.ssml"
check "lexicon" grep -q '  spoken    engine x' "$tmp/out"
expect "no such lexicon" 1 "line 1, column 8: .*none.pls: " -m --phonemes '<speak><lexicon uri="none.pls"/>a</speak>'

# Timing files show the text without its tags, and the marks.
printf '<speak><s>One <mark name="a"/>two, R&amp;D<break/>caf&#233;</s><p>The <sub alias="end">E.</sub> is <![CDATA[<here>]]> <mark name="&lt;b&gt;"/></p></speak>' >"$tmp/t.ssml"
for ending in json srt vtt TextGrid; do
    expect "timing $ending" 0 "" -m -f "$tmp/t.ssml" -o "$tmp/t.wav" --timing "$tmp/t.$ending"
done
check "timing files are right" python3 - "$tmp/t" <<'END'
import html, json, re, sys, wave
path = sys.argv[1]
seconds = wave.open(path + ".wav").getnframes() / wave.open(path + ".wav").getframerate()
markup = open(path + ".ssml", "rb").read()
t = json.load(open(path + ".json"))
words = [w for s in t["sentences"] for w in s["words"]]
assert [w["text"] for w in words][:6] == ["One", "two", "R", "&", "D", "café"], words
assert markup[words[3]["byte_offset"]:][:words[3]["byte_length"]] == b"&amp;"
assert [m["name"] for m in t["marks"]] == ["a", "<b>"]
assert t["marks"][0]["time"] == words[1]["start"] and abs(t["marks"][1]["time"] - seconds) < 1e-5
said = lambda text: " ".join(re.sub(r"^(\d+|WEBVTT|.*-->.*)$", "", text, flags=re.M).split())
wanted = "One two, R&D café The E. is <here>"
assert said(open(path + ".srt").read()) == wanted, said(open(path + ".srt").read())
assert html.unescape(said(re.sub(r"<\d[^>]*>", "", open(path + ".vtt").read()))) == wanted
grid = open(path + ".TextGrid").read()
assert "size = 4" in grid and "points: size = 2" in grid and 'mark = "<b>"' in grid
END

# What would take for ever, all memory, or what isn't ours to read.
cat >"$tmp/laughs.ssml" <<'END'
<?xml version="1.0"?>
<!DOCTYPE speak [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;">]>
<speak>&f;</speak>
END
expect "a billion laughs" 1 "markup: line 2, column [0-9]*: entities can't be declared" -m --phonemes -f "$tmp/laughs.ssml"
printf '<!DOCTYPE s [<!ENTITY x SYSTEM "file://%s/plain.wav">]><speak>&x;</speak>' "$tmp" >"$tmp/external.ssml"
expect "an external entity" 1 "entities can't be declared" -m --phonemes -f "$tmp/external.ssml"
printf '<!DOCTYPE s SYSTEM "%s/none.dtd"><speak>a</speak>' "$tmp" >"$tmp/dtd.ssml"
expect "an external document type isn't looked for" 0 "" -m --phonemes -f "$tmp/dtd.ssml"
python3 -c 'print("<p>" * 100000)' >"$tmp/deep.ssml"
expect "deep nesting" 1 "column 301: elements are nested too deep" -m --phonemes -f "$tmp/deep.ssml"
python3 -c 'import sys
sys.stdout.write("<speak>")
for i in range(100): sys.stdout.write("<s>Hello.</s>" * 80660)
sys.stdout.write("</speak>")' >"$tmp/large.ssml"
check "it has 100 MB" test "$(bytes "$tmp/large.ssml")" -gt 104857600
for mode in strict lenient; do # in 512 MB of address space, but where a sanitizer needs more
    (case ${SAN:-} in *address* | *thread*) ;; *) ulimit -v 524288 ;; esac
     "$LINNET" -v "$VOICE" --ssml=$mode --phonemes -f "$tmp/large.ssml" >"$tmp/out" 2>"$tmp/err")
    status=$?
    judge "100 MB of markup, $mode" 1 "large.ssml: over 16777216 bytes"
done
finish
