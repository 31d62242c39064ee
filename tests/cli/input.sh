#!/bin/sh
# What goes in: files and pipes, odd bytes, long texts; and what is wrong with voices.
. "$(dirname "$0")/common.sh"

printf 'One sentence. Another one.\n' >"$tmp/a.txt"
expect "file" 0 "" -f "$tmp/a.txt" -o "$tmp/a.wav"
speak -o "$tmp/b.wav" "One sentence. Another one."
check "a file is spoken as its text" cmp "$tmp/a.wav" "$tmp/b.wav"
"$LINNET" -v "$VOICE" -o "$tmp/c.wav" <"$tmp/a.txt" 2>"$tmp/err"
check "standard input" cmp "$tmp/c.wav" "$tmp/b.wav"
"$LINNET" -v "$VOICE" -f - -o "$tmp/c.wav" <"$tmp/a.txt" 2>"$tmp/err"
check "standard input as -f -" cmp "$tmp/c.wav" "$tmp/b.wav"
cat "$tmp/a.txt" | "$LINNET" -v "$VOICE" -o "$tmp/c.wav" 2>"$tmp/err"
check "pipe" cmp "$tmp/c.wav" "$tmp/b.wav"

# Several files follow each other; each ends its last sentence.
printf 'Last words' >"$tmp/1.txt"
printf '\357\273\277Three more words.\n' >"$tmp/2.txt"
printf 'Last words\n\nThree more words.\n' >"$tmp/12.txt"
speak --phonemes -f "$tmp/12.txt"
cp "$tmp/out" "$tmp/12.ipa"
expect "several files" 0 "" --phonemes -f "$tmp/1.txt" --file="$tmp/2.txt"
check "are spoken one after the other" cmp "$tmp/out" "$tmp/12.ipa"
"$LINNET" -v "$VOICE" --phonemes -f "$tmp/1.txt" -f - <"$tmp/2.txt" >"$tmp/out" 2>"$tmp/err"
check "standard input among them" cmp "$tmp/out" "$tmp/12.ipa"
speak -f "$tmp/1.txt" -f "$tmp/2.txt" -o "$tmp/12.wav" --timing "$tmp/12.json"
check "byte offsets count through all files" grep -q '"text": "Three", .*"byte_offset": 13' "$tmp/12.json"
expect "one of several is missing: told before any is spoken" 1 "none.txt: can't read" -f "$tmp/1.txt" -f "$tmp/none.txt" -o "$tmp/no.wav"
check "then there is no file" test ! -e "$tmp/no.wav"
(cd "$tmp" && "$LINNET" -v "$VOICE" -o "$tmp/hint.wav" 1.txt 2>"$tmp/err")
status=$?
judge "a file's name as the text: a hint at -f" 0 "-f 1.txt"
(cd "$tmp" && "$LINNET" -v "$VOICE" -q -o "$tmp/hint.wav" 1.txt 2>"$tmp/err")
status=$?
judge "no hint when quiet" 0 ""

expect "missing file" 1 "none.txt: can't read: No such file" -f "$tmp/none.txt" -o "$tmp/no.wav"
expect "a folder as file" 1 "can't read: Is a directory" -f "$tmp" -o "$tmp/no.wav"
check "nothing is left of it" test ! -e "$tmp/no.wav"
check "nor a partial file" no_parts "$tmp"
"$LINNET" -v "$VOICE" -o "$tmp/no.wav" <&- 2>"$tmp/err"
status=$?
judge "closed standard input" 1 "standard input: can't read"

# phonemes FILE: of its text, for comparing
phonemes() { speak --phonemes -f "$1"; cp "$tmp/out" "$1.ipa"; }
printf 'First line.\nSecond line.\n' >"$tmp/unix.txt"
printf 'First line.\r\nSecond line.\r\n' >"$tmp/dos.txt"
printf 'First line.\rSecond line.\r' >"$tmp/mac.txt"
printf '\357\273\277First line.\nSecond line.\n' >"$tmp/bom.txt"
printf 'First\000line.\nSecond line.\000\n' >"$tmp/nul.txt"
phonemes "$tmp/unix.txt"
check "two lines have two sentences" test "$(wc -l <"$tmp/out")" -eq 2
for kind in dos mac bom nul; do
    phonemes "$tmp/$kind.txt"
    judge "$kind text" 0 ""
    check "$kind text reads as plain" cmp "$tmp/$kind.txt.ipa" "$tmp/unix.txt.ipa"
done
# The same text in other encodings.
for encoding in UTF-16 UTF-16LE UTF-16BE; do
    iconv -f UTF-8 -t "$encoding" "$tmp/dos.txt" >"$tmp/$encoding.txt"
    phonemes "$tmp/$encoding.txt"
    judge "$encoding" 0 ""
    check "$encoding reads as plain" cmp "$tmp/$encoding.txt.ipa" "$tmp/unix.txt.ipa"
done
printf '\377\376H\000i\000' >"$tmp/short.txt"
expect "two letters of UTF-16" 0 "" --phonemes -f "$tmp/short.txt"
printf '\303\234ber caf\303\251 \342\200\234na\303\257ve\342\200\235 \342\202\2545.\n' >"$tmp/utf8.txt"
phonemes "$tmp/utf8.txt"
iconv -f UTF-8 -t CP1252 "$tmp/utf8.txt" >"$tmp/1252.txt"
expect "Windows-1252: one warning" 0 "warning: .*1252.txt: 6 bytes that aren't UTF-8 were read as Windows-1252" --phonemes -f "$tmp/1252.txt"
check "Windows-1252 reads as plain" cmp "$tmp/out" "$tmp/utf8.txt.ipa"
iconv -f UTF-8 -t UTF-16 "$tmp/utf8.txt" >"$tmp/wide.txt"
expect "UTF-16 with more than ASCII" 0 "" --phonemes -f "$tmp/wide.txt"
check "reads as plain too" cmp "$tmp/out" "$tmp/utf8.txt.ipa"
python3 -c 'import sys; sys.stdout.buffer.write(("\U0001F600 and \u00e9t\u00e9. " * 20000).encode(sys.argv[1]))' UTF-16 >"$tmp/big16.txt"
python3 -c 'import sys; sys.stdout.buffer.write(("\U0001F600 and \u00e9t\u00e9. " * 20000).encode(sys.argv[1]))' UTF-8 >"$tmp/big8.txt"
speak --phonemes -f "$tmp/big8.txt"
cp "$tmp/out" "$tmp/big8.ipa"
(cat "$tmp/big16.txt") | "$LINNET" -v "$VOICE" --phonemes >"$tmp/out" 2>"$tmp/err"
check "characters are whole where reads end" cmp "$tmp/out" "$tmp/big8.ipa"
{ printf '<!DOCTYPE html>\n<html><head><script>'; python3 -c 'print("var a = 1; " * 20000)'; printf '</script></head><body><p>First line.</p><p>Second line.</p></body></html>'; } >"$tmp/a.html"
phonemes "$tmp/a.html"
judge "HTML" 0 ""
check "HTML without its tags and scripts" cmp "$tmp/a.html.ipa" "$tmp/unix.txt.ipa"
printf 'PK\003\004\024\000' >"$tmp/a.zip"
expect "a ZIP archive" 1 "a ZIP archive" -f "$tmp/a.zip" -o "$tmp/no.wav"
printf '%%PDF-1.4\n' >"$tmp/a.pdf"
expect "a PDF file" 1 "pdftotext" -f "$tmp/a.pdf" -o "$tmp/no.wav"
printf '\037\213\010' >"$tmp/a.gz"
expect "gzip" 1 "zcat" -f "$tmp/a.gz" -o "$tmp/no.wav"
expect "a program" 1 "a program" -f "$LINNET" -o "$tmp/no.wav"
printf 'Bad \377 bytes \300\200 here. More \376 of them.\n' >"$tmp/bad.txt"
expect "bytes that aren't UTF-8: one warning with the count" 0 "warning: .*bad.txt: 4 bytes" -f "$tmp/bad.txt" -o "$tmp/bad.wav"
check "and it is spoken on" test "$(samples "$tmp/bad.wav")" -gt 1000
expect "quiet doesn't warn" 0 "" -q -f "$tmp/bad.txt" -o "$tmp/bad.wav"
printf '\001\002\033[31m\177 control \b\a characters \f\v here.\n' >"$tmp/control.txt"
speak -f "$tmp/control.txt" -o "$tmp/control.wav"
judge "control characters, without a warning" 0 ""
printf '\360\237\230\200 emoji, \327\251\327\234\327\225\327\235, \346\227\245\346\234\254, caf\303\251, \342\200\256x.\n' >"$tmp/mixed.txt"
speak -f "$tmp/mixed.txt" -o "$tmp/mixed.wav"
check "emoji and mixed scripts" test "$status" -eq 0

# 10 MB without a full stop: cut at word borders, in memory that doesn't grow with the text.
python3 -c 'print("abc de " * 1500000, end="")' >"$tmp/long.txt"
head -c 200000 "$tmp/long.txt" >"$tmp/part.txt"
if [ -z "${SAN:-}" ]; then
    (ulimit -v 400000 && "$LINNET" -v "$VOICE" --phonemes -f "$tmp/part.txt") >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    judge "200 kB without a full stop in bounded memory" 0 ""
    check "no word is cut in two" python3 -c 'import collections, sys
words = open(sys.argv[1], encoding="utf-8").read().split()
assert 57000 <= len(words) <= 57300, len(words)
assert len(set(words)) <= 8, collections.Counter(words).most_common(12)' "$tmp/out"
    (ulimit -v 400000 && "$LINNET" -v "$VOICE" --phonemes -f "$tmp/long.txt" 2>"$tmp/err") </dev/null | head -c 300000 >"$tmp/out"
    check "10 MB: begins at once, in bounded memory" test "$(bytes "$tmp/out")" -eq 300000
    tr -d ' ' <"$tmp/part.txt" >"$tmp/solid.txt"
    (ulimit -v 400000 && "$LINNET" -v "$VOICE" --phonemes -f "$tmp/solid.txt") >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    judge "a text without any space" 0 ""
fi

# Byte offsets go on over chunks of a long file.
python3 -c '
for i in range(6000): print("Sentence number %d ends here." % i, end="\n\n" if i % 10 == 9 else " ")' >"$tmp/many.txt"
speak --explain -f "$tmp/many.txt"
check "byte offsets of a long file" python3 -c 'import re, sys
text = open(sys.argv[1], "rb").read()
spans = re.findall(r"^Sentence (\d+), bytes (\d+) to (\d+),", open(sys.argv[2], encoding="utf-8").read(), re.M)
assert len(spans) == 6000, len(spans)
for n, a, b in spans:
    said = text[int(a):int(b)].strip()
    assert said == b"Sentence number %d ends here." % (int(n) - 1), (n, said)' "$tmp/many.txt" "$tmp/out"

# Voices.
"$LINNET" -v no-such-voice -o "$tmp/no.wav" Hi >"$tmp/out" 2>"$tmp/err" </dev/null
status=$?
judge "missing voice, by name" 1 "no-such-voice"
"$LINNET" -v "$tmp/no-such.gguf" -o "$tmp/no.wav" Hi >"$tmp/out" 2>"$tmp/err" </dev/null
status=$?
judge "missing voice, by path" 1 "no-such.gguf"
head -c 5000 "$VOICE" >"$tmp/short.gguf"
: >"$tmp/empty.gguf"
echo "hello" >"$tmp/text.gguf"
for voice in short empty text; do
    "$LINNET" -v "$tmp/$voice.gguf" -o "$tmp/no.wav" Hi >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    judge "damaged voice: $voice" 1 "$voice.gguf"
done
check "no voice, no file" test ! -e "$tmp/no.wav"
finish
