#!/bin/sh
# Each option, and each way to get one wrong.
. "$(dirname "$0")/common.sh"

text="Hello there, this is a test."

expect "help" 0 "" --help
check "help names every option" sh -c 'for o in output raw device list-devices timing file voice list-voices voice-info rate wpm \
    pitch pitch-range volume threads phonemes explain quiet version help; do grep -q -e "--$o" "$1" || exit 1; done' - "$tmp/out"
expect "version" 0 "" --version
check "version is a number" grep -Eq '^linnet [0-9]+\.[0-9]+\.[0-9]+$' "$tmp/out"
expect "version short" 0 "" -V
expect "help short" 0 "" -h

expect "unknown long option" 2 "--nonsense: unknown option" --nonsense
expect "unknown short option" 2 "-Z: unknown option" -Z
expect "missing value" 2 "--rate: needs a value" --rate
expect "missing value, short" 2 "-r: needs a value" -r
for option in raw quiet help version list-devices digits; do
    expect "value not wanted: $option" 2 "--$option: takes no value" --$option=1
done
expect "value not wanted, behind another option" 2 "--quiet: takes no value" --raw --quiet=yes
expect "unknown letter behind a long option" 2 "-Z: unknown option" --raw -Zq
expect "ambiguous" 2 "--pi: ambiguous; it may be --pitch, --pitch-range$" --pi 3
expect "ambiguous, with a value" 2 "--li=3: \|--li: ambiguous; it may be .*--list-voices" --li=3
expect "an abbreviation that isn't" 0 "" --phon Hello
for wrong in "rate 0.2" "rate 6.1" "rate fast" "rate 1x" "rate nan" "rate inf" "pitch -12.5" "pitch 13" "pitch-range 2.1" \
    "pitch-range -0.1" "volume -1" "volume 4.5" "threads 1.5" "threads -1" "wpm 0" "wpm many"; do
    expect "wrong $wrong" 2 "--${wrong% *}: " --${wrong% *} "${wrong#* }" -o "$tmp/never.wav" "$text"
done
check "a wrong option writes nothing" test ! -e "$tmp/never.wav"
expect "raw and output" 2 "only one" --raw -o "$tmp/never.wav" "$text"
expect "device and output" 2 "only for playing" --device x -o "$tmp/never.wav" "$text"
expect "phonemes and output" 2 "only when speaking" --phonemes -o "$tmp/never.wav" "$text"
expect "phonemes and explain" 2 "combined" --phonemes --explain "$text"
expect "file and text" 2 "twice" -f "$tmp/x" -o "$tmp/never.wav" "$text"
expect "unknown sound ending" 2 "unknown ending" -o "$tmp/never.mp7" "$text"
expect "unknown timing ending" 2 "unknown ending" --timing "$tmp/never.xyz" -o "$tmp/never.wav" "$text"

speak -o "$tmp/plain.wav" "$text"
judge "output" 0 ""
plain=$(samples "$tmp/plain.wav")
check "output has samples" test "${plain:-0}" -gt 1000
speak -o "$tmp/again.wav" "$text"
check "the same text gives the same file" cmp "$tmp/plain.wav" "$tmp/again.wav"

# longer NAME FILE FACTOR-LOW FACTOR-HIGH: the file's length against the plain one's, in percent.
length() {
    n=$(samples "$2")
    check "$1" test "$((n * 100))" -ge "$((plain * $3))" -a "$((n * 100))" -le "$((plain * $4))"
}
speak -r 2 -o "$tmp/fast.wav" "$text"
length "rate 2 halves the time" "$tmp/fast.wav" 40 62
speak --rate=0.5 -o "$tmp/slow.wav" "$text"
length "rate 0.5 doubles the time" "$tmp/slow.wav" 180 220
speak --wpm 200 -o "$tmp/wpm200.wav" "$text"
judge "wpm" 0 ""
speak --wpm 100 -o "$tmp/wpm100.wav" "$text"
slow=$(samples "$tmp/wpm100.wav")
fast=$(samples "$tmp/wpm200.wav")
check "wpm 100 takes twice as long as 200" test "$((slow * 100))" -ge "$((fast * 175))" -a "$((slow * 100))" -le "$((fast * 225))"
expect "wpm out of reach" 2 "what this voice can do" --wpm 2000 -o "$tmp/never.wav" "$text"

speak -p 4 -o "$tmp/high.wav" "$text"
judge "pitch" 0 ""
speak --pitch-range 0 -o "$tmp/flat.wav" "$text"
judge "pitch-range" 0 ""
speak -g 0 -o "$tmp/mute.wav" "$text"
judge "volume" 0 ""
check "volume 0 is silent but for dither" python3 -c 'import array, sys, wave
w = wave.open(sys.argv[1]); a = array.array("h", w.readframes(w.getnframes())); assert len(a) and max(map(abs, a)) <= 1' \
    "$tmp/mute.wav"
for threads in 0 1 2 5; do
    speak --threads $threads -o "$tmp/threads.wav" "$text And another sentence."
    [ $threads -eq 0 ] && cp "$tmp/threads.wav" "$tmp/threads0.wav"
    check "threads $threads gives the same samples" cmp "$tmp/threads.wav" "$tmp/threads0.wav"
done

expect "voice-info" 0 "" --voice-info
check "voice-info tells the language and rate" sh -c 'grep -q "^Language " "$1" && grep -q "^Sample rate .* Hz" "$1"' - "$tmp/out"
mkdir "$tmp/voices"
cp "$VOICE" "$tmp/voices/mine.gguf"
echo "not a voice" >"$tmp/voices/broken.gguf"
LINNET_VOICE_PATH=$tmp/voices:- speak --list-voices
judge "list-voices" 0 ""
check "list-voices has the good one" grep -q '^mine .*mine\.gguf$' "$tmp/out"
cp "$top/voices/linnet-de.gguf" "$tmp/voices/" 2>/dev/null
LINNET_VOICE_PATH=$tmp/voices:- speak --list-voices de
check "list-voices of a language" sh -c 'grep -q "^linnet-de " "$1" && ! grep -q "^mine " "$1"' - "$tmp/out"
LINNET_VOICE_PATH=$tmp/voices:- speak --list-voices=en-us
check "list-voices of a language and country" sh -c 'grep -q "^mine " "$1" && ! grep -q "^linnet-de " "$1"' - "$tmp/out"
LINNET_VOICE_PATH=$tmp/voices:- expect "list-voices of a language that none speaks" 1 "none speaks" --list-voices tlh
LINNET_VOICE_PATH=$tmp/voices:- "$LINNET" --voice-info mine >"$tmp/out" 2>"$tmp/err"
check "voice-info of a name" grep -q "^File .*/mine\.gguf$" "$tmp/out"
expect "voice-info: the voice twice" 2 "given twice" --voice-info mine
expect "voice-info: too many" 2 "one argument too many" --voice-info a b
LINNET_VOICE_PATH=$tmp/voices:- speak --list-voices
check "list-voices says that one is broken" grep -q "^broken .*can't be used: " "$tmp/out"
LINNET_VOICE_PATH=$tmp/voices:- "$LINNET" -v mine -o "$tmp/byname.wav" "$text" 2>"$tmp/err"
check "voice by name" cmp "$tmp/byname.wav" "$tmp/plain.wav"


# Beside the program, and only then in the current folder.
mkdir -p "$tmp/prefix/bin" "$tmp/prefix/share/linnet/voices" "$tmp/here/voices"
cp "$LINNET" "$tmp/prefix/bin/linnet"
cp "$VOICE" "$tmp/prefix/share/linnet/voices/linnet-en.gguf"
echo "not a voice" >"$tmp/here/voices/linnet-en.gguf"
(cd "$tmp/here" && XDG_DATA_HOME=$tmp/none "$tmp/prefix/bin/linnet" --voice-info >"$tmp/out" 2>"$tmp/err")
check "a voice in ../share/linnet/voices, not what lies in ./voices" grep -q "prefix/share/linnet/voices/linnet-en.gguf" "$tmp/out"
mkdir "$tmp/prefix/voices"
cp "$VOICE" "$tmp/prefix/voices/linnet-en.gguf"
ln -s "$tmp/prefix/bin/linnet" "$tmp/link"
(cd "$tmp/here" && XDG_DATA_HOME=$tmp/none "$tmp/link" --voice-info >"$tmp/out" 2>"$tmp/err")
check "a voice in ../voices, called through a link" grep -q "prefix/voices/linnet-en.gguf" "$tmp/out"

expect "phonemes" 0 "" --phonemes "Hello world. How are you?"
check "phonemes: one sentence a line" test "$(wc -l <"$tmp/out")" -eq 2
expect "ipa" 0 "" --ipa "my boy"
check "ipa: no letters of the voice's own" grep -q "^m.*aɪ b.*ɔɪ$" "$tmp/out"
expect "ipa and phonemes" 0 "" --ipa --phonemes "my boy"
expect "ipa and explain" 2 "combined" --ipa --explain "my boy"
expect "phonemes in the text" 0 "" --inline-phonemes --ipa "[[ uːə ]]"
check "phonemes in the text: said" grep -q "u.*ə" "$tmp/out"
expect "explain" 0 "" --explain "Hello world."
check "explain adds up" python3 -c 'import re, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
head = re.match(r"Sentence 1, bytes 0 to 12, (\d+) phonemes, (\d+) ms", lines[0])
rows = [l.split() for l in lines[5:] if l.strip()]
assert head and len(rows) == int(head.group(1)), (head, len(rows))
assert abs(sum(float(r[-3]) for r in rows) - int(head.group(2))) < 1 + 0.06 * len(rows)
assert all(float(r[-2]) > 0 for r in rows)' "$tmp/out"
expect "explain shows what is spoken" 0 "" --explain 'It costs $5.'
check "explain: written and spoken" sh -c 'grep -q "^  written   It costs \$5\.$" "$1" && grep -q "^  spoken    It costs five dollars\.$" "$1"' - "$tmp/out"
expect "several words are one text" 0 "" --phonemes Hello world
check "several words are one sentence" test "$(wc -l <"$tmp/out")" -eq 1
expect "text after --" 0 "" --phonemes -- "-5 degrees"
expect "option after text" 0 "" "Hello" --phonemes
finish
