#!/bin/sh
# linnet-book: EPUBs made by pandoc, Markdown, what is damaged or hostile.
. "$(dirname "$0")/../support/checks.sh"
cd "$top" || exit 1
LINNET_BOOK=${LINNET_BOOK:-$PWD/build/linnet-book}
VOICE=${VOICE:-$PWD/voices/linnet-en.gguf}
for program in "$LINNET_BOOK" pandoc ffprobe; do
    command -v "$program" >/dev/null || { echo "skip book: needs $program"; exit 0; }
done
prefix="book: "
run() { # NAME STATUS OPTIONS...
    name=$1 wanted=$2
    shift 2
    exits "$name" "$wanted" timeout 120 "$LINNET_BOOK" "$@"
}
probe() { ffprobe -v error -of default=noprint_wrappers=1 "$@"; }

python3 - "$tmp" <<'P'
import struct, sys, zipfile, zlib
d = sys.argv[1]
def chunk(t, data): return struct.pack(">I", len(data)) + t + data + struct.pack(">I", zlib.crc32(t + data))
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 40, 8, 2, 0, 0, 0)) + \
    chunk(b"IDAT", zlib.compress((b"\0" + b"\0\0\x80" * 30) * 40)) + chunk(b"IEND", b"")
open(d + "/cat.png", "wb").write(png)
container = '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>' \
    '<rootfile full-path="%s" media-type="application/oebps-package+xml"/></rootfiles></container>'
package = '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title>' \
    '<dc:language>%s</dc:language></metadata><manifest><item id="a" href="%s" media-type="application/xhtml+xml"/></manifest>' \
    '<spine><itemref idref="a"/></spine></package>'
def book(name, files):
    with zipfile.ZipFile(d + "/" + name, "w", zipfile.ZIP_DEFLATED) as z:
        for path, data in files: z.writestr(path, data)
page = "<html><body><p>Hello there.</p></body></html>"
good = [("META-INF/container.xml", container % "o/p.opf"), ("o/p.opf", package % ("en", "a%20b.xhtml")), ("o/a b.xhtml", page)]
book("plain.epub", good)
book("traversal.epub", good + [("../../escape.txt", "x")])
book("outside.epub", [good[0], ("o/p.opf", package % ("en", "../../../etc/passwd"))])
book("bomb.epub", good + [("zeros", b"\0" * (80 << 20))])
book("nothing.epub", good[:2] + [("o/a b.xhtml", "<html><body></body></html>")])
book("no-package.epub", [("META-INF/container.xml", container % "missing.opf")])
book("no-container.epub", [("x", "y")])
book("entities.epub", good[:2] + [("o/a b.xhtml", '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">' +
    "".join('<!ENTITY x%d "%s">' % (i, "&x%d;" % (i - 1) * 10 if i else "lol") for i in range(12)) +
    "]><html><body><p>Hello. &b; &x11;</p></body></html>")])
book("deep.epub", good[:2] + [("o/a b.xhtml", "<html><body><p>Hello.</p>" + "<div>" * 100000 + "deep" + "</div>" * 100000 + "</body></html>")])
book("tags.epub", good[:2] + [("o/a b.xhtml", "<html><body><p>Unclosed <b>tags & signs<p>Hello.</body>")])
book("encrypted.epub", good + [("META-INF/encryption.xml", '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>' +
    '<e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></e:EncryptedData></encryption>')])
book("fonts.epub", good + [("META-INF/encryption.xml", '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>' +
    '<e:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></e:EncryptedData></encryption>')])
book("missing.epub", [good[0], ("o/p.opf", (package % ("en", "a%20b.xhtml")).replace("</manifest>",
    '<item id="b" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest>').replace("</spine>", '<itemref idref="b"/></spine>')), good[2]])
book("formula.epub", good[:2] + [("o/a b.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Hello, <math xmlns="http://www.w3.org/1998/Math/MathML">' +
    '<semantics><mrow><mi>a</mi><mo>=</mo><mn>41</mn></mrow><annotation encoding="application/x-tex">tex</annotation></semantics></math>.</p></body></html>')])
book("foreign.epub", [good[0], ("o/p.opf", package % ("xx", "a%20b.xhtml")), good[2]])
data = open(d + "/plain.epub", "rb").read()
open(d + "/cut.epub", "wb").write(data[: len(data) * 2 // 3])
broken = bytearray(data)
at = data.index(b"o/a b.xhtml") + 20
broken[at:at + 20] = b"\xff" * 20
open(d + "/broken.epub", "wb").write(broken)
P
cat >"$tmp/notes.md" <<'M'
---
title: A small book
author: Jane Doe
lang: en
---

# The first chapter

It was a *fine* day.[^1] The **sun** shone & the birds sang.

[^1]: This note must not be heard.

| cat | dog |
|-----|-----|
| red | blue |

## A section of it

![A picture of a cat](cat.png)

# The second chapter

- The end.
M
(cd "$tmp" && pandoc notes.md -o notes.epub --epub-cover-image=cat.png && pandoc notes.md -t epub2 -o two.epub &&
    pandoc --toc --toc-depth 3 notes.md -o nested.epub) || bad "pandoc"

# ---- what is read
run "chapters" 0 -l "$tmp/notes.epub"
check "are those of headings, in order" test "$(sed -n 's/^ *[0-9]*  \(.*\) (.*/\1/p' "$tmp/out")" = "$(printf 'A small book\nThe first chapter\nA section of it\nThe second chapter')"
check "title and author are known" grep -q "^A small book, by Jane Doe$" "$tmp/out"
for book in two nested; do
    run "$book" 0 -l "$tmp/$book.epub"
    check "$book: the chapters" grep -q "^  3  A section of it" "$tmp/out"
done
run "Markdown" 0 -l "$tmp/notes.md"
check "Markdown: title, author, chapters" test "$(head -c 60 "$tmp/out" | head -n 2 | cut -d '(' -f 1)" = "$(printf 'A small book, by Jane Doe\n  1  The first chapter ')"

# ---- one file
for ending in m4b opus; do
    run "$ending" 0 -q -v "$VOICE" -o "$tmp/book.$ending" "$tmp/notes.epub"
    probe -show_chapters "$tmp/book.$ending" >"$tmp/chapters"
    check "$ending: its chapters" test "$(sed -n 's/^TAG:title=//p' "$tmp/chapters")" = "$(printf 'A small book\nThe first chapter\nA section of it\nThe second chapter')"
    check "$ending: they follow one another" python3 -c 'import re, sys
t = open(sys.argv[1]).read()
s, e = ([float(x) for x in re.findall(k + r"_time=(\S+)", t)] for k in ("start", "end"))
assert s[0] == 0 and all(abs(a - b) < 0.002 for a, b in zip(s[1:], e)) and s == sorted(s), t' "$tmp/chapters"
    check "$ending: title and artist" test "$(probe -show_entries format_tags=title,artist:stream_tags=title,artist "$tmp/book.$ending" | grep -ci 'A small book\|Jane Doe')" -ge 2
    check "$ending: the cover" test "$(probe -select_streams v -show_entries stream=codec_name,width,height "$tmp/book.$ending" | tr '\n' ' ')" = "codec_name=png width=30 height=40 "
    check "$ending: it plays to its end" sh -c 'ffmpeg -v error -i "$1" -vn -f null - 2>&1 | (! grep .)' - "$tmp/book.$ending"
    cp "$tmp/book.vtt" "$tmp/$ending.vtt"
done
check "the subtitles are the same" cmp "$tmp/m4b.vtt" "$tmp/opus.vtt"
check "they have what is read" test "$(grep -c -e 'The sun shone &amp; the birds sang' -e '^red, blue$' -e 'A picture of a cat' "$tmp/m4b.vtt")" = 3
check "notes aren't read" sh -c '! grep -q "must not\|\[" "$1"' - "$tmp/m4b.vtt"
check "the times of a chapter are its subtitles'" python3 -c 'import re, sys
c = [float(x) for x in re.findall(r"start_time=(\S+)", open(sys.argv[1]).read())]
v = open(sys.argv[2]).read()
at = lambda t: re.search(r"00:00:(\S+) --> \S+\n" + t, v)[1]
assert abs(float(at("The second chapter")) - c[3]) < 0.01' "$tmp/chapters" "$tmp/m4b.vtt"
run "again" 0 -q -v "$VOICE" -o "$tmp/again.m4b" "$tmp/notes.epub"
check "the same book, byte for byte" cmp "$tmp/again.m4b" "$tmp/book.m4b"

# ---- a folder
run "a folder" 0 -q -v "$VOICE" -o "$tmp/folder/" "$tmp/notes.md"
check "a file and its subtitles a chapter" test "$(ls "$tmp/folder")" = "$(printf '01 The first chapter.opus\n01 The first chapter.vtt\n02 A section of it.opus\n02 A section of it.vtt\n03 The second chapter.opus\n03 The second chapter.vtt')"
check "with its tags" test "$(probe -show_entries stream_tags "$tmp/folder/02 A section of it.opus" | grep -ci 'A section of it\|Jane Doe\|A small book\|2/3')" -ge 3

# ---- odd and hostile books
for book in plain tags deep entities fonts missing formula; do
    run "$book is read" 0 -q -v "$VOICE" -o "$tmp/$book.m4b" "$tmp/$book.epub"
    check "$book: Hello" grep -q "Hello" "$tmp/$book.vtt"
done
check "no entity brings a file or a bomb" sh -c '! grep -q "root:\|lollol" "$1"' - "$tmp/entities.vtt"
check "a formula is read, once" grep -q "Hello, a = 41" "$tmp/formula.vtt"
run "a book that lacks a page" 0 -l "$tmp/missing.epub"
check "is a warning" grep -q "missing.epub: warning: 1 of its pages isn't in it" "$tmp/err"
run "a language without a voice" 0 -q -o "$tmp/foreign.m4b" "$tmp/foreign.epub"
check "is a warning" grep -q "warning: no voice speaks the book's language, xx" "$tmp/err"
for case in "traversal|leaves the archive" "bomb|too much" "cut|." "broken|." "nothing|nothing in it" "outside|nothing in it" \
    "no-package|no EPUB" "no-container|no EPUB" "none|can't read" "encrypted|is encrypted"; do
    run "${case%%|*} is refused" 1 -q -v "$VOICE" -o "$tmp/refused.m4b" "$tmp/${case%%|*}.epub"
    check "${case%%|*}: in one line" test "$(wc -l <"$tmp/err")" = 1
    check "${case%%|*}: which says why" grep -q "^linnet-book: .*${case##*|}" "$tmp/err"
done
check "and nothing is left of it" test -z "$(find "$tmp" -name 'refused*' -o -name '.linnet*')"
run "a wrong ending" 2 -o "$tmp/x.doc" "$tmp/plain.epub"
run "a wrong rate" 2 -r 9 "$tmp/plain.epub"
run "no book" 2
run "no such voice" 1 -v no-such-voice -o "$tmp/x.m4b" "$tmp/plain.epub"
exits "a file beyond the limit of its size" 1 sh -c 'ulimit -f 16; exec "$@"' - "$LINNET_BOOK" -q -v "$VOICE" -o "$tmp/limit.m4b" "$tmp/plain.epub"
check "is an error, not a signal" grep -q "^linnet-book: .*File too large" "$tmp/err"
if [ -e /dev/full ]; then
    run "a full disk" 1 -q -v "$VOICE" -o /dev/full/x.m4b "$tmp/plain.epub"
fi
finish
