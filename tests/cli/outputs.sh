#!/bin/sh
# Where samples go: files of each kind, standard output, and what happens when that fails.
. "$(dirname "$0")/common.sh"

text="The quick brown fox jumps over the lazy dog. It barks."
speak -o "$tmp/a.wav" "$text"
judge "wav" 0 ""
n=$(samples "$tmp/a.wav")
hz=$(rate "$tmp/a.wav")

expect "raw" 0 "" --raw "$text"
check "raw is the WAV's samples" sh -c 'tail -c +45 "$1" | cmp - "$2"' - "$tmp/a.wav" "$tmp/out"
expect "wav on standard output" 0 "" -o - "$text"
check "redirected to a file it is the same WAV" cmp "$tmp/out" "$tmp/a.wav"
"$LINNET" -v "$VOICE" -o - "$text" 2>"$tmp/err" | cat >"$tmp/piped.wav"
tail -c +45 "$tmp/piped.wav" >"$tmp/piped.raw"
tail -c +45 "$tmp/a.wav" >"$tmp/a.raw"
check "through a pipe the samples are the same" cmp "$tmp/piped.raw" "$tmp/a.raw"
check "a WAV through a pipe can be read" python3 -c 'import sys, wave
w = wave.open(sys.argv[1]); assert len(w.readframes(10**9)) == 2 * int(sys.argv[2])' "$tmp/piped.wav" "$n"

speak -o "$tmp/reference.flac" "$text"
# A file that can't seek gets a header that needn't be mended.
for ending in wav flac ogg opus mp3; do
    mkfifo "$tmp/fifo.$ending"
    cat "$tmp/fifo.$ending" >"$tmp/streamed.$ending" &
    expect "$ending into a named pipe" 0 "" -o "$tmp/fifo.$ending" "$text"
    wait $!
done
check "a WAV through a named pipe is that of standard output" cmp "$tmp/streamed.wav" "$tmp/piped.wav"
check "nothing follows a FLAC file through a named pipe" python3 -c 'import sys
a, b = (open(f, "rb").read() for f in sys.argv[1:]); assert len(a) == len(b) and a[42:] == b[42:]' \
    "$tmp/streamed.flac" "$tmp/reference.flac"

# The codecs, decoded back by ffmpeg or sox if one is there: length within a packet, same sound within what the codec loses.
decode() { ffmpeg -nostdin -v error -y -i "$1" -ac 1 -ar "$hz" -c:a pcm_s16le "$2" 2>/dev/null || sox "$1" -b 16 -r "$hz" "$2"; }
if command -v ffmpeg >/dev/null || command -v sox >/dev/null; then can_decode=1; else can_decode=; fi
for ending in flac ogg opus mp3; do
    if [ "$ending" = opus ]; then
        case $hz in 8000 | 12000 | 16000 | 24000 | 48000) ;; *)
            expect "opus refuses $hz Hz" 1 "Hz" -o "$tmp/a.opus" "$text"
            continue ;;
        esac
    fi
    expect "$ending" 0 "" -o "$tmp/a.$ending" "$text"
    case $ending in flac) magic=fLaC ;; mp3) magic=fff3 ;; *) magic=OggS ;; esac
    case $ending in mp3) start=$(od -An -tx1 -N2 "$tmp/a.mp3" | tr -d ' ') ;; *) start=$(head -c 4 "$tmp/a.$ending") ;; esac
    check "$ending is one" test "$start" = "$magic"
    speak -o "$tmp/b.$ending" "$text"
    check "$ending is the same file each time" cmp "$tmp/a.$ending" "$tmp/b.$ending"
    [ "$can_decode" ] || { echo "skip $ending decoded: neither ffmpeg nor sox"; continue; }
    decode "$tmp/a.$ending" "$tmp/$ending.wav"
    m=$(samples "$tmp/$ending.wav")
    case $ending in flac) slack=0 ;; mp3) slack=2304 ;; *) slack=1024 ;; esac
    check "$ending has the length" test "${m:-0}" -ge $((n - slack)) -a "${m:-0}" -le $((n + slack))
done
if [ "$can_decode" ]; then
    check "flac has the samples" python3 -c 'import sys, wave
a, b = (w.readframes(w.getnframes()) for w in map(wave.open, sys.argv[1:])); assert a == b' "$tmp/flac.wav" "$tmp/a.wav"
fi

# What players show.
set -- --title "Käse & Brot" --artist "A. Nonym" --album Reader --track 3/12
for ending in flac ogg oga mp3 wav; do
    expect "$ending with tags" 0 "" -o "$tmp/tags.$ending" "$@" "It barks."
    for tag in "Käse & Brot" "A. Nonym" Reader 3; do
        check "$ending has \"$tag\"" grep -aqF "$tag" "$tmp/tags.$ending"
    done
done
speak -o "$tmp/bare.wav" "It barks."
check "tags change no sample" sh -c 'python3 -c "import sys, wave
a, b = (w.readframes(w.getnframes()) for w in map(wave.open, sys.argv[1:])); assert a == b and a" "$@"' - "$tmp/tags.wav" "$tmp/bare.wav"
expect "no tags are no tags" 0 "" -o "$tmp/none.wav" --title "" "It barks."
check "an empty title is none" cmp "$tmp/none.wav" "$tmp/bare.wav"
expect "tags for a pipe" 2 "only with --output" -o - --title x "It barks."
expect "tags while playing" 2 "only with --output" --album x "It barks."
expect "a track that is none" 2 "isn't a number" -o "$tmp/x.wav" --track three "It barks."
expect "half a track" 2 "isn't a number" -o "$tmp/x.wav" --track 3/ "It barks."
expect "a title in Latin-1" 2 "isn't UTF-8" -o "$tmp/x.wav" --title "$(printf 'K\344se')" "It barks."

expect "empty text" 0 "" -o "$tmp/empty.wav" ""
check "empty text: valid and empty" test "$(samples "$tmp/empty.wav")" = 0
speak -o "$tmp/blank.wav" "   
  "
judge "blank text" 0 ""
check "blank text: valid and empty" test "$(samples "$tmp/blank.wav")" = 0
"$LINNET" -v "$VOICE" -o "$tmp/nothing.wav" </dev/null 2>"$tmp/err"
check "no input: valid and empty" test "$(samples "$tmp/nothing.wav")" = 0
"$LINNET" -v "$VOICE" -o - "" 2>"$tmp/err" | cat >"$tmp/empty2.wav"
check "empty through a pipe: valid and empty" test "$(samples "$tmp/empty2.wav")" = 0
for ending in flac ogg; do
    expect "empty $ending" 0 "" -o "$tmp/empty.$ending" ""
done

# Failures: one line, status 1, nothing under the name, nothing beside it.
mkdir "$tmp/d"
expect "folder that doesn't exist" 1 "No such file" -o "$tmp/d/none/a.wav" "$text"
mkdir "$tmp/folder.wav"
expect "a folder as target" 1 "directory" -o "$tmp/folder.wav" "$text"
expect "unwritable place" 1 "can't write" -o /proc/linnet.wav "$text"
if [ -c /dev/full ]; then
    expect "full device" 1 "No space left" -o /dev/full "$text"
    "$LINNET" -v "$VOICE" --raw "$text" >/dev/full 2>"$tmp/err"
    status=$?
    judge "full standard output, raw" 1 "standard output: .*No space left"
    "$LINNET" -v "$VOICE" --phonemes "$text" >/dev/full 2>"$tmp/err"
    status=$?
    judge "full standard output, phonemes" 1 "standard output: .*No space left"
    "$LINNET" --help >/dev/full 2>"$tmp/err"
    status=$?
    judge "full standard output, help" 1 "standard output: .*No space left"
    ln -s /dev/full "$tmp/full.json"
    expect "full timing device" 1 "full.json: .*No space left" -o "$tmp/d/t.wav" --timing "$tmp/full.json" "$text"
fi
(ulimit -f 8 && exec "$LINNET" -v "$VOICE" -o "$tmp/d/big.wav" "$text $text $text") >"$tmp/out" 2>"$tmp/err" </dev/null
status=$?
judge "file size limit" 1 "File too large"
check "no partial file under the name" test ! -e "$tmp/d/big.wav"
check "no partial file beside it" no_parts "$tmp/d"

echo "old" >"$tmp/d/keep.wav"
(ulimit -f 8 && exec "$LINNET" -v "$VOICE" -o "$tmp/d/keep.wav" "$text $text $text") >"$tmp/out" 2>"$tmp/err" </dev/null
check "a failure keeps the old file" test "$(cat "$tmp/d/keep.wav")" = old
ln -s keep.wav "$tmp/d/link.wav"
expect "through a symbolic link" 0 "" -o "$tmp/d/link.wav" "$text"
check "the link stays a link" test -L "$tmp/d/link.wav"
check "the file behind it is new" cmp "$tmp/d/keep.wav" "$tmp/a.wav"
(umask 027 && exec "$LINNET" -v "$VOICE" -o "$tmp/d/mode.wav" Hi) 2>"$tmp/err" </dev/null
check "the umask holds" test "$(ls -l "$tmp/d/mode.wav" | cut -c 1-10)" = "-rw-r-----"
expect "null device" 0 "" -o /dev/null "$text"

{ "$LINNET" -v "$VOICE" --raw "$text $text $text $text" 2>"$tmp/err"; echo $? >"$tmp/status"; } | head -c 100 >"$tmp/out"
status=$(cat "$tmp/status")
judge "closed pipe, raw" 1 "its reader has closed it"
check "what was read before" test "$(bytes "$tmp/out")" -eq 100
{ "$LINNET" -v "$VOICE" -o - "$text $text $text $text" 2>"$tmp/err"; echo $? >"$tmp/status"; } | head -c 100 >"$tmp/out"
status=$(cat "$tmp/status")
judge "closed pipe, wav" 1 "its reader has closed it"
"$LINNET" -v "$VOICE" --raw "$text" >&- 2>"$tmp/err"
status=$?
judge "closed standard output" 1 "standard output: "

# Kinds of sound on standard output: the same as in a file.
for kind in flac ogg opus mp3; do
    speak -o "$tmp/named.$kind" "Hello there."
    [ "$status" -eq 0 ] || { echo "skip $kind: this libsndfile can't"; continue; }
    speak -o - --format $kind "Hello there."
    judge "$kind on standard output" 0 ""
    check "$kind: of the same size as a file" test "$(bytes "$tmp/out")" -eq "$(bytes "$tmp/named.$kind")"
    "$LINNET" -v "$VOICE" -o - --format $kind "Hello there." 2>"$tmp/err" </dev/null | cat >"$tmp/piped"
    check "$kind through a pipe" python3 -c 'import sys
a, b = open(sys.argv[1], "rb").read(), open(sys.argv[2], "rb").read()
assert a[:4] == b[:4] and abs(len(a) - len(b)) < 200, (len(a), len(b))' "$tmp/piped" "$tmp/out"
done
expect "a kind whatever the ending" 0 "" -o "$tmp/odd.dat" --format flac "Hello there."
check "is of that kind" test "$(head -c 4 "$tmp/odd.dat")" = fLaC
expect "wav on standard output" 0 "" -o - --format wav "Hello there."
cp "$tmp/out" "$tmp/out.wav"
speak -o - "Hello there."
check "is what -o - gives" cmp "$tmp/out" "$tmp/out.wav"
size=0
for quality in 0 4 10; do
    expect "quality $quality" 0 "" -o "$tmp/q.ogg" --quality $quality "Hello there, this is a test."
    check "is larger than a lower one" test "$(bytes "$tmp/q.ogg")" -gt $size
    size=$(bytes "$tmp/q.ogg")
done
expect "quality of what has none" 2 "only with" -o "$tmp/q.flac" --quality 3 Hello
expect "quality out of range" 2 "outside 0 to 10" -o "$tmp/q.ogg" --quality 11 Hello
expect "unknown kind" 2 "isn't wav, flac" -o "$tmp/q.ogg" --format mp7 Hello

# Several files. Together they are as long as one.
printf 'One line here. Two sentences.\n\nSecond one\nand the third\n' >"$tmp/split.txt"
speak -f "$tmp/split.txt" -o "$tmp/whole.wav"
# parts WHERE COUNT: splits; so many files
parts() {
    rm -rf "$tmp/parts"
    mkdir "$tmp/parts"
    expect "split: $1" 0 "" -f "$tmp/split.txt" -o "$tmp/parts/x.wav" --timing "$tmp/parts/x.json" --split "$1"
    check "split: $1: files" test "$(ls "$tmp/parts" | wc -l)" -eq $((2 * $2)) -a -s "$tmp/parts/x-00$2.wav" -a -s "$tmp/parts/x-00$2.json"
    total=0
    for part in "$tmp/parts"/*.wav; do total=$((total + $(samples "$part"))); done
    check "split: $1: times start at each file's beginning" python3 -c 'import json, sys
for path in sys.argv[1:]:
    t = json.load(open(path))
    assert t["sentences"][0]["start"] == 0 and abs(t["sentences"][-1]["end"] - t["duration"]) < 1e-4, path' "$tmp/parts"/*.json
}
parts sentence 3
check "split at sentences: nothing is lost" test "$total" -eq "$(samples "$tmp/whole.wav")"
parts 0.01 2
check "split after minutes: nothing is lost" test "$total" -eq "$(samples "$tmp/whole.wav")"
parts paragraph 2
check "split at paragraphs: nothing is lost" test "$total" -eq "$(samples "$tmp/whole.wav")"
parts line 3
check "byte offsets stay those of the text" grep -q '"text": "and", .*"byte_offset": 42' "$tmp/parts/x-003.json"
expect "split of a name without an ending" 0 "" --format wav --split line -o "$tmp/parts/plain" Hello
check "the number stands at its end" test -s "$tmp/parts/plain-001"
expect "split: wrong" 2 "isn't sentence, line" --split word -o "$tmp/no.wav" Hello
expect "split: not into a pipe" 2 "only with" --split line -o - Hello
expect "split: SSML has no lines" 2 "SSML" --split line -m -o "$tmp/no.wav" '<speak>Hello</speak>'
if "$LINNET" -v "$VOICE" -o "$tmp/parts/t.mp3" --split sentence --title "A title" "One. Two." 2>"$tmp/err" && command -v ffprobe >/dev/null; then
    check "tagged files are numbered" test "$(ffprobe -v error -show_entries format_tags=track -of csv=p=0 "$tmp/parts/t-002.mp3")" = 2
fi
finish
