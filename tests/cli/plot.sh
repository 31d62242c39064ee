#!/bin/sh
# Pictures: well-formed, of the right size, with what was said in them.
. "$(dirname "$0")/common.sh"

text="Hello, my friend. How are you?"
for kind in png svg pdf; do
    expect "plot: $kind" 0 "" --plot "$tmp/a.$kind" "$text"
    expect "plot: $kind again" 0 "" --plot "$tmp/b.$kind" "$text"
    check "$kind has a picture" test "$(bytes "$tmp/a.$kind")" -gt 5000
done
check "the same text gives the same picture" cmp "$tmp/a.png" "$tmp/b.png"
cat >"$tmp/png.py" <<'EOF'
import struct, sys, zlib
data = open(sys.argv[1], "rb").read()
assert data[:8] == b"\x89PNG\r\n\x1a\n"
width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
at, packed = 8, b""
while at < len(data):
    n, name = struct.unpack(">I4s", data[at : at + 8])
    packed += data[at + 8 : at + 8 + n] if name == b"IDAT" else b""
    at += 12 + n
raw = zlib.decompress(packed)
row, rows, before = 3 * width + 1, [], bytearray(3 * width)
for y in range(height):
    kind, line = raw[y * row], bytearray(raw[y * row + 1 : (y + 1) * row])
    for i in range(len(line)):
        a, b, c = line[i - 3] if i >= 3 else 0, before[i], before[i - 3] if i >= 3 else 0
        p = a + b - c
        paeth = a if abs(p - a) <= abs(p - b) and abs(p - a) <= abs(p - c) else b if abs(p - b) <= abs(p - c) else c
        line[i] = (line[i] + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
    rows.append(line)
    before = line
assert height == 2 * 476, height
pixels = [tuple(line[i : i + 3]) for line in rows for i in range(0, len(line), 3)]
dark = sum(max(p) < 60 for p in pixels) / len(pixels)
blue = sum(p[2] > 150 and p[0] < 90 for p in pixels)
assert 0.02 < dark < 0.5, dark   # a waveform, and a spectrogram that is neither white nor black
assert blue > 200, blue          # F0
EOF
check "PNG: a row a sentence, with waveform, spectrogram and F0" python3 "$tmp/png.py" "$tmp/a.png"
check "SVG is well-formed" python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$tmp/a.svg"
if command -v pdftotext >/dev/null; then
    pdftotext "$tmp/a.pdf" "$tmp/a.txt"
    check "PDF: a page a sentence" test "$(tr -dc '\f' <"$tmp/a.txt" | wc -c)" -eq 2
    check "PDF: words and phonemes" sh -c 'grep -q friend "$1" && grep -q "ˈ" "$1"' - "$tmp/a.txt"
fi
expect "plot beside the sound" 0 "" --plot "$tmp/c.png" -o "$tmp/c.wav" "$text"
check "both are there" test -s "$tmp/c.png" -a "$(samples "$tmp/c.wav")" -gt 1000
expect "plot of markup" 0 "" -m --plot "$tmp/m.png" '<speak>Hello <break time="1s"/> <mark name="x"/>there.</speak>'
expect "plot of nothing" 0 "" --plot "$tmp/n.png" ""
expect "plot: unknown ending" 2 "known are .png" --plot "$tmp/a.gif" "$text"
expect "plot: only when speaking" 2 "only when speaking" --phonemes --plot "$tmp/a.png" "$text"
expect "plot: can't write" 1 "can't write" --plot "$tmp/none/a.png" "$text"
expect "plot: too long" 1 "over 50 sentences" --plot "$tmp/long.png" "$(yes 'Hi there.' | head -n 60 | tr '\n' ' ')"
check "then there is no picture" test ! -e "$tmp/long.png"
check "no partial files" no_parts "$tmp"
finish
