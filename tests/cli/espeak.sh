#!/bin/sh
# The program as espeak-ng: what scripts that people have ask of it.
. "$(dirname "$0")/common.sh"

mkdir "$tmp/bin" "$tmp/voices"
ln -s "$LINNET" "$tmp/bin/espeak-ng"
ln -s "$LINNET" "$tmp/bin/espeak"
cp "$VOICE" "$tmp/voices/linnet-en.gguf"
LINNET_VOICE_PATH=$tmp/voices:- PATH=$tmp/bin:$PATH
export LINNET_VOICE_PATH PATH

# run STATUS COMMAND...: through a shell, as a script would; $tmp/out, $tmp/err.
run() {
    wanted=$1
    shift
    sh -c "$*" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    if [ "$status" -eq "$wanted" ]; then ok "$*"; else bad "$*" "exit status $status, expected $wanted"; fi
}
is_wav() { check "$1" test "$(samples "$2")" -gt 1000; }

echo "Hello from a file." >"$tmp/file.txt"
run 0 "espeak-ng -f $tmp/file.txt -w $tmp/out.wav"
is_wav "-f -w writes a WAV" "$tmp/out.wav"
run 0 "echo 'Hello there' | espeak-ng --stdin -w $tmp/stdin.dat"
is_wav "a WAV whatever the ending" "$tmp/stdin.dat"
run 0 "espeak 'Hello there' --stdout >$tmp/stdout.wav"
check "--stdout is what -w writes" cmp "$tmp/stdout.wav" "$tmp/stdin.dat"
run 0 "espeak-ng --stdout 'Hello there' | cat >$tmp/piped.wav"
check "and into a pipe" sh -c 'tail -c +45 "$1" >"$1.raw" && tail -c +45 "$2" | cmp - "$1.raw"' - "$tmp/piped.wav" "$tmp/stdout.wav"
if command -v aplay >/dev/null; then
    run 0 "espeak-ng --stdout 'Hello there' | aplay -q -D null"
fi
# speech-dispatcher's generic modules build such lines.
run 0 "DATA='It is \$5, <b>ok</b>?'; printf %s \"\$DATA\" | espeak-ng -v en-us -s 200 -a 80 -p 60 --punct='()[]{};:' -w $tmp/generic.wav -b 1 --stdin"
is_wav "speech-dispatcher's generic module" "$tmp/generic.wav"
run 0 "echo one | espeak -v en -s 350 -a 100 -p 50 -k 20 --punct --stdin --stdout >$tmp/x.wav"
# py-espeak-ng, phonemizer and pyttsx drivers.
run 0 "espeak-ng -b 1 -v en -s 160 -p 40 -a 120 -g 2 -k 1 -l 30 -z -w $tmp/py.wav --stdin <$tmp/file.txt"
is_wav "py-espeak-ng" "$tmp/py.wav"
run 0 "espeak-ng -q -b 1 --ipa -v en-us -f $tmp/file.txt --sep=_"
check "phonemizer: phonemes parted by _" grep -q "h_ə_l_ˈo" "$tmp/out"
run 0 "espeak-ng --voices=en"
check "voices in espeak-ng's columns" sh -c 'grep -q "^Pty Language " "$1" && grep -Eq "^ 5  en-us +--/[FM-] +linnet-en +linnet-en" "$1"' - "$tmp/out"
run 0 "espeak-ng --voices=en_US"
check "a locale is a language" grep -q "linnet-en" "$tmp/out"
run 0 "espeak-ng --voices=cs"
check "a language that none speaks: the head alone" test "$(wc -l <"$tmp/out")" -eq 1
run 0 "espeak-ng --version"
check "version" grep -q "text-to-speech.*: [0-9.]* *Data at: " "$tmp/out"
run 0 "espeak-ng --help"

run 0 "espeak-ng -q -x 'Hello, my friend'"
check "-x: a clause a line" test "$(wc -l <"$tmp/out")" -eq 2
check "-x: in mnemonics" grep -q "^h@l'o" "$tmp/out"
run 0 "espeak-ng -q --ipa Hello"
check "--ipa" grep -q "^həlˈo" "$tmp/out"
run 0 "espeak-ng -q --ipa --tie chair"
check "--tie" grep -q "t͡ʃ" "$tmp/out"
run 0 "espeak-ng -q --ipa=3 chair"
check "--ipa=3 parts phonemes" grep -q "tʃ_" "$tmp/out"
run 0 "espeak-ng -x -w $tmp/both.wav Hello"
check "-x beside speaking prints" grep -q "^h@l'o" "$tmp/out"
is_wav "and speaks" "$tmp/both.wav"
run 0 "espeak-ng -q --phonout=$tmp/phonemes --ipa Hello"
check "--phonout" grep -q "^həlˈo" "$tmp/phonemes"
run 0 "espeak-ng -q -w $tmp/none.wav Hello"
check "-q writes nothing" test ! -e "$tmp/none.wav"
printf 'caf\351\n' >"$tmp/latin.txt"
run 0 "espeak-ng -q --ipa café"
cp "$tmp/out" "$tmp/cafe"
run 0 "espeak-ng -q --ipa -b 2 -f $tmp/latin.txt"
check "-b 2: eight bits" cmp "$tmp/out" "$tmp/cafe"
printf 'c\0a\0f\0\351\0' | cat >"$tmp/wide.txt"
run 0 "espeak-ng -q --ipa -b 4 --stdin <$tmp/wide.txt"
check "-b 4: sixteen bits" cmp "$tmp/out" "$tmp/cafe"
printf 'Title\nwords that go on in this line\nand on\n' >"$tmp/lines.txt"
run 0 "espeak-ng -q -x -l 10 -f $tmp/lines.txt"
check "-l: a short line ends a clause" test "$(wc -l <"$tmp/out")" -eq 2
run 0 "espeak-ng -m -q --ipa '<speak>Hello <b>there</b></speak>'"
check "-m: without the tags" test "$(wc -w <"$tmp/out")" -eq 2
run 0 "printf 'one\ntwo\n' | espeak-ng -q -x"
check "standard input line by line" test "$(wc -l <"$tmp/out")" -eq 2
run 0 "espeak-ng --split=1 -w $tmp/part.wav Hello"
check "--split numbers as espeak-ng does" test -s "$tmp/part_01.wav"
run 0 "espeak-ng -w $tmp/slow.wav -s 80 'Hello there'"
run 0 "espeak-ng -w $tmp/fast.wav -s 400 'Hello there'"
check "-s is a speed" test "$(samples "$tmp/slow.wav")" -gt "$(samples "$tmp/fast.wav")"
run 0 "espeak-ng -w $tmp/any.wav -s 9999 'Hello there'"
run 0 "espeak-ng -v en+f2 -w $tmp/f2.wav Hello"
run 0 "espeak-ng -v en+f5 -w $tmp/f5.wav Hello"
check "variants move the pitch" sh -c '! cmp -s "$1" "$2"' - "$tmp/f2.wav" "$tmp/f5.wav"

run 1 "espeak-ng -v nosuch Hello -w $tmp/no.wav"
run 1 "espeak-ng -f $tmp/nosuch -w $tmp/no.wav"
run 0 "espeak-ng --bogus -w $tmp/no.wav Hello"
check "with an unknown option nothing is said" test ! -e "$tmp/no.wav" -a -s "$tmp/err"
run 1 "espeak-ng --compile=en"
run 0 "espeak-ng -X -q Hello"
check "-X is ignored with a word" grep -q "no trace" "$tmp/err"
finish
