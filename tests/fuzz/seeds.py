"""Inputs for fuzz targets, made of what the tests know already: rows of tests/data, and the tiny voice's header with one thing
wrong at a time. Names say where they come from, so making them again adds none.

  seeds.py FOLDER      FOLDER/NAME/corpus gets those of target NAME"""

import glob
import os
import struct
import sys

LONGEST = 150  # bytes of a text
# The numbers of languages in fuzz_normalize.c (rows of language.h) and fuzz_frontend.c.
NORMALIZE = {"en": 0, "en_gb": 1, "de": 2, "fr": 3, "es": 4, "es_419": 5, "it": 6, "pt": 7, "zh": 8}
FRONTEND = {"en": 0, "en_gb": 1, "de": 2, "fr": 3, "es": 4, "es_419": 4, "it": 5, "pt": 6, "zh": 7}
READING = {"en": 0, "de": 1, "en_gb": 2, "fr": 3, "es": 4, "it": 5, "pt": 6, "zh": 7}
SSML = {"en": 0, "de": 2, "en_gb": 4, "fr": 6, "es": 32, "it": 34, "pt": 36, "zh": 38}
ONE_VOICE, FOLDER = 64, 128
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY, U32, F32 = 8, 9, 4, 6


class Seeds:
    def __init__(self, folder):
        self.folder, self.counts = folder, {}

    def add(self, target, data):
        number = self.counts[target] = self.counts.get(target, 0) + 1
        folder = f"{self.folder}/{target}/corpus"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/seed-{number}", "wb") as file:
            file.write(data)


def rows(pattern):
    """(file's language, first column, its bytes) of tables; escapes as they are."""
    for path in sorted(glob.glob(pattern)):
        name = os.path.basename(path)[:-4]
        folder = os.path.basename(os.path.dirname(path))
        language = folder if folder in FRONTEND else name.split("_")[-1] if name.split("_")[-1] in FRONTEND else "en"
        language += "_gb" if name.endswith("_gb") and language == "en" else "_419" if name.endswith("_419") else ""
        for line in open(path, encoding="utf-8"):
            yield language, line.rstrip("\n").split("\t")


def texts(seeds):
    for i, (language, row) in enumerate(rows("tests/data/normalize/*/*.tsv")):
        text = row[0].encode()[:LONGEST]
        if text and not text.startswith(b"#"):
            seeds.add("normalize", bytes([NORMALIZE[language]]) + text)
            if i % 3 == 0:
                seeds.add("frontend", bytes([FRONTEND[language]]) + text)
    for pattern in ("tests/data/frontend/[hpsw]*.tsv", "tests/data/split/*.tsv"):
        for language, row in rows(pattern):
            for cell in row:
                seeds.add("frontend", bytes([FRONTEND[language]]) + cell.replace("\\n", "\n").encode()[:LONGEST])
    for i, (language, row) in enumerate(rows("tests/data/modes/*.tsv")):
        if len(row) > 1:
            seeds.add("reading", bytes([i % 15, i // 3 % 24, READING.get(language, 0) + i % 4 * 8]) + row[1].encode()[:LONGEST])
    for language, text in (("zh", "\u9f58\u6c49\u4e2d\u9f98\u3400"), ("fr", "l'\u00c9t\u00e9"), ("es", "\u00d1")):
        for mode in (5, 10):  # spelled, character by character
            seeds.add("reading", bytes([mode, 0, READING[language]]) + text.encode())
    for dictionary in ("Linnet ~ l\u026an\u026at", "Linnet = linnit", "Linnet ~ l\u026as", "/L(i+)n/ = \\1", "cafe ~ kafe\nnaive ~ na\u026aiv"):
        for text in ("The Linnet's wing. Linnets, LINNET's.", "caf\u00e9, na\u00efve"):
            seeds.add("reading", bytes([0, 0, 0]) + dictionary.encode() + b"\0" + text.encode())


def markup(seeds):
    for path in sorted(glob.glob("tests/data/ssml/*.ssml")):
        data = open(path, "rb").read()
        if len(data) < 1500:
            for way in (0, 1, 2):
                seeds.add("ssml", bytes([way]) + data)
    for path, way in (("html", 8), ("inline", 24), ("ipa", 24)):
        for _, row in rows(f"tests/data/frontend/{path}.tsv"):
            seeds.add("ssml", bytes([way]) + row[0].replace("\\n", "\n").encode())
    for text in ("Hello Привет мир. And 你好世界 too.", "日本語のテキスト。 English. ελληνικά.", "مرحبا and שלום", "नमस्ते. 한국어 문장이다."):
        seeds.add("ssml", bytes([16]) + text.encode())


def say_as(seeds):
    kinds = (("cardinal", "", ("12", "-3,5", "1.234", "x")), ("number", "digits", ("1234",)), ("number", "telephone", ("+49 (30) 1234-56",)),
             ("ordinal", "", ("3", "21st", "x")), ("digits", "", ("007", "a7")), ("characters", "", ("a1\u00e9", "AbC")),
             ("date", "dmy", ("3.12.2024", "3-12-24")), ("date", "mdy", ("12/3/2024",)), ("date", "ymd", ("2024-12-03", "20241203")),
             ("date", "dm", ("3.12.",)), ("date", "md", ("12/3",)), ("date", "my", ("12/2024",)), ("date", "ym", ("2024-12",)),
             ("date", "y", ("2024",)), ("date", "m", ("12",)), ("date", "d", ("3",)), ("date", "", ("2024-12-03", "x")),
             ("time", "hms24", ("14:30:05", "1430", "143005")), ("time", "hms12", ("2:30pm",)), ("time", "ms", ("1:21",)), ("time", "", ("1'21\"",)),
             ("telephone", "", ("+1 (555) 010-9999 ext. 7", "0800 LINNET")), ("currency", "USD", ("12.50", "1,5")), ("currency", "", ("$5", "x")),
             ("expletive", "", ("darn",)), ("verbatim", "", ("a b",)), ("unheard-of", "", ("5",)))
    for language, first in SSML.items():
        for kind, form, texts in kinds:
            for detail in ("", "punctuation"):
                marked = "".join(f'<say-as interpret-as="{kind}" format="{form}" detail="{detail}">{text}</say-as> ' for text in texts)
                seeds.add("ssml", bytes([first]) + f"<speak>{marked}</speak>".encode())


def mixed(seeds):
    """Markup of several languages, with and without a second voice; recordings, dictionaries, what is wrong with them."""
    for way in (0, ONE_VOICE, ONE_VOICE + FOLDER, 1 + FOLDER):
        for first in SSML.values():
            for text in ('One <lang xml:lang="de">zwei, drei</lang> four, <lang xml:lang="fr">cinq</lang>.',
                         '<s xml:lang="es">Uno dos</s> <p xml:lang="pt">Tr\u00eas <lang xml:lang="en">four</lang></p>',
                         '<voice gender="female" languages="de fr">Eins</voice><voice name="other">two</voice> three',
                         '<audio src="a.wav">instead</audio> then <audio src="b.wav">b</audio><audio/>',
                         '<lexicon uri="a"/><lookup ref="x">said</lookup><lexicon/>',
                         '<phoneme alphabet="ipa" ph="h\u0259l\u02c8o\u028a">hello</phoneme><phoneme ph="">x</phoneme>',
                         '<prosody contour="(0%,+20Hz) (50%,-2st) (100%,x)" rate="fast" pitch="high" volume="loud">now</prosody>',
                         '<sub alias="one two">12</sub><sub>3</sub><mark name="a"/><mark/><emphasis level="strong">so</emphasis>'):
                seeds.add("ssml", bytes([way + first]) + f"<speak>{text}</speak>".encode())
    seeds.add("ssml", b"\0<speak xml:base='sounds/'><audio src='a'/><audio src='../b'/></speak>")


class Header:
    """A GGUF file's keys [name, type, value] and tensors [name, dims, type, offset]; an array's value is (type, values)."""

    def __init__(self, data):
        self.data, self.at = data, 24
        n_tensors, n_keys = struct.unpack("<QQ", data[8:24])
        self.keys = [[self.string(), *self.typed()] for _ in range(n_keys)]
        self.tensors = []
        for _ in range(n_tensors):
            name = self.string()
            dims = [self.take("Q") for _ in range(self.take("I"))]
            self.tensors.append([name, dims, self.take("I"), self.take("Q")])
        del self.data

    def take(self, kind):
        (value,) = struct.unpack_from("<" + kind, self.data, self.at)
        self.at += struct.calcsize("<" + kind)
        return value

    def string(self):
        length = self.take("Q")
        self.at += length
        return self.data[self.at - length : self.at]

    def value(self, kind):
        if kind == ARRAY:
            of, n = self.take("I"), self.take("Q")
            return of, [self.value(of) for _ in range(n)]
        return self.string() if kind == STRING else self.take(SCALARS[kind])

    def typed(self):
        kind = self.take("I")
        return kind, self.value(kind)


def pack(kind, value):
    if kind == STRING:
        return struct.pack("<Q", len(value)) + value
    if kind == ARRAY:
        return struct.pack("<IQ", value[0], len(value[1])) + b"".join(pack(value[0], v) for v in value[1])
    return struct.pack("<" + SCALARS[kind], value)


def voice(keys, tensors, blocks=8):
    data = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(keys))
    for name, kind, value in keys:
        data += pack(STRING, name) + struct.pack("<I", kind) + pack(kind, value)
    for name, dims, kind, offset in tensors:
        data += pack(STRING, name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, kind, offset)
    return data + bytes(-len(data) % 32) + bytes([blocks])


def wrong_values(kind, value):
    if kind == STRING:
        return (b"", b"\xff", b"a\nb", value + b"x")
    if kind == ARRAY:
        of, values = value
        return ((of, []), (of, values[:-1]), (of, values + values[:1]), (of, values[:1] * len(values)),
                (STRING, [b"", b"ab"]), (of, [wrong_values(of, values[0])[0]] + values[1:]), (of, values * 2000))
    if kind == U32:
        return (0, 1, value + 1, 4 * value, 0xFFFFFFFF)
    return (float("nan"), -1.0, 1e30)


def voices(seeds):
    header = Header(open("tests/golden/tiny.gguf", "rb").read())
    keys, tensors = header.keys, header.tensors

    def with_key(i, key):
        seeds.add("voice", voice(keys[:i] + key + keys[i + 1 :], tensors))

    def with_tensor(i, tensor):
        seeds.add("voice", voice(keys, tensors[:i] + tensor + tensors[i + 1 :]))

    for i, (name, kind, value) in enumerate(keys):
        with_key(i, [])
        with_key(i, [[name, U32, 7] if kind != U32 else [name, STRING, b"x"]])
        for wrong in wrong_values(kind, value):
            with_key(i, [[name, kind, wrong]])
    for wrong in ([b"general.alignment", U32, 64], [b"general.alignment", U32, 33], [b"general.alignment", F32, 1.0], keys[0],
                  [b"a b", U32, 1], [b"", U32, 1], [b"x", ARRAY, (U32, [1] * 70000)]):
        seeds.add("voice", voice(keys + [wrong], tensors))
    name, dims, kind, offset = tensors[3]
    for wrong in ([name, dims + [1] * 4, kind, offset], [name, [0], kind, offset], [name, [1 << 60], kind, offset],
                  [name, [1 << 13] * 3, kind, offset], [name, dims, 99, offset], [name, dims, 8, offset], [name, dims, kind, offset + 1],
                  [name, dims, kind, 1 << 40], [name, dims, kind, 0], [tensors[0][0], dims, kind, offset], [name, [33], 8, offset]):
        with_tensor(3, [wrong])
    whole = voice(keys, tensors)
    for length in (0, 3, 7, 15, 23, 30, 60, 500, 2990, 3000, 5000):
        seeds.add("voice", whole[:length] + b"\0")
    for place, wrong in ((0, b"x"), (4, b"\2"), (8, b"\xff" * 4), (16, b"\xff" * 4)):
        seeds.add("voice", whole[:place] + wrong + whole[place + len(wrong) :])


def main():
    seeds = Seeds(sys.argv[1])
    texts(seeds)
    markup(seeds)
    say_as(seeds)
    mixed(seeds)
    voices(seeds)
    print("seeds:", ", ".join(f"{name} {n}" for name, n in seeds.counts.items()))


if __name__ == "__main__":
    main()
