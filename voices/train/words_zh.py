"""Tables of Chinese words and readings -> frontend/language/zh/words_zh_table.c.

Readings: SHARED/text/zh (characters and phrases of mozillazg's pinyin-data and phrase-pinyin-data, MIT, the commonest reading by the CPP
data set of g2pM, Apache-2.0), and words_zh.tsv, written for Linnet, whose rows come before theirs. Words and how common they are: the
dictionary of jieba (MIT). Traditional characters: OpenCC's TSCharacters (Apache-2.0).

    apt install python3-jieba opencc
    python voices/train/words_zh.py                 # writes the table

Sounds are written as IPA with ties, tones as Chao's letters behind the syllable; voices rewrite them (rewrites.py, "mandarin").
"""
import argparse
import math
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FIRST, LAST = 0x3400, 0x9FFF     # of the array of readings
COMMON = {2: 60, 3: 150}          # words of so many characters (or more) that are seldomer in jieba's dictionary are left out
LONGEST = 8                      # characters a word
STEP, LEVELS = 0.75, 26          # natural logarithms a letter of cost
ALONE = 23                       # ZH_UNKNOWN_COST of words_zh.h: of characters that are seldom alone
TONES = ("˥", "˧˥", "˨˩˦", "˥˩", "")
TIED = (("ʦ", "t^s"), ("ʨ", "t^ɕ"), ("ꭧ", "ʈ^ʂ"), ("ɚ", "ɑɻ"))  # the teacher's letters -> IPA


def rows(path):
    with open(path, encoding="utf-8") as f:
        return dict(line.rstrip("\n").split("\t") for line in f if not line.startswith("#"))


def ipa(teachers):
    for one, tied in TIED:
        teachers = teachers.replace(one, tied)
    return teachers


def frequencies(path):
    """-> word -> how often it was counted"""
    with open(path, encoding="utf-8") as f:
        split = (line.split() for line in f)
        return {r[0]: int(r[1]) for r in split}


def simplified(path):
    """OpenCC's table -> (traditional, simplified) pairs, of the first choice where it has several."""
    dump = subprocess.run(["opencc_dict", "-i", path, "-o", "/dev/stdout", "-f", "ocd2", "-t", "text"], check=True, capture_output=True)
    pairs = (line.split("\t") for line in dump.stdout.decode().splitlines())
    pairs = [(a, b.split()[0]) for a, b in pairs]
    return sorted((a, b) for a, b in pairs if a != b and len(a.encode()) == len(b.encode()) == 3)


def cost(share):
    return min(LEVELS - 1, max(0, round(-math.log(share) / STEP)))


def lexicon(chars, phrases, counts):
    """-> word -> (cost, readings or None). Words of one character have only costs."""
    total = sum(f for w, f in counts.items() if all(c in chars for c in w))
    alone = {c: min(ALONE, cost(counts.get(c, 1) / total)) for c in chars}
    words = {c: (alone[c], None) for c in chars if alone[c] < ALONE}
    for w, f in counts.items():
        if 2 <= len(w) <= LONGEST and f >= COMMON[min(len(w), 3)] and all(c in chars for c in w):
            words[w] = cost(f / total), None
    for w, reading in phrases.items():
        if len(w) > LONGEST or not all(c in chars for c in w):
            continue
        here = words[w][0] if w in words else LEVELS - 1
        # What is listed for its reading must not lose against its own characters.
        words[w] = min(here, max(0, sum(alone[c] for c in w) - 2)), reading
    return words


def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def table_of_words(words, chars):
    """A line a first character: its own cost, then what follows it in words, with cost and, if they differ from the characters' own, readings."""
    by_first = {}
    for w in sorted(words):
        by_first.setdefault(w[0], []).append(w)
    for first in sorted(by_first):
        line = first
        for w in sorted(by_first[first], key=lambda w: (len(w) > 1, w)):
            level, reading = words[w]
            own = " ".join(chars[c] for c in w)
            line += w[1:] + chr(ord("A") + level) + ("" if reading is None or reading == own else reading.replace(" ", ""))
        yield line


# Words in which 子 is a child, a master or a particle: elsewhere, at the end of two characters, it is a suffix without a tone.
CHILDREN = set("原子 分子 电子 女子 男子 弟子 孔子 孟子 老子 庄子 荀子 墨子 王子 太子 公子 君子 天子 因子 量子 质子 粒子 离子 莲子 瓜子 鱼子 父子 母子 才子 "
               "游子 学子 浪子 赤子 亲子 夫子 精子 卵子 孢子 光子 中子 核子 长子 次子 独子 养子 童子 臣子 骄子 棋子 西子 甲子 逆子 犬子 之子 诸子 士子 孝子 "
               "虎子 松子 菜子 内子 处子 仙子 世子 幼子 爱子 义子 生子 得子 有子".split())


def suffixes(chars, phrases, counts):
    """Readings of words with the suffix 子 that the tables don't have."""
    return {w: f"{chars[w[0]]} zi5" for w in counts if len(w) == 2 and w[1] == "子" and w[0] in chars and w not in phrases and w not in CHILDREN}


def citation(word, reading):
    """一 and 不 change by what follows, which the front end sees to; but for those without a tone."""
    return " ".join("yi1" if c == "一" and s[:2] == "yi" and s[-1] != "5" else "bu4" if c == "不" and s[:2] == "bu" and s[-1] != "5" else s
                    for c, s in zip(word, reading.split()))


def write(path, chars, syllables, words, pairs):
    names = sorted(syllables)
    number = {name: i for i, name in enumerate(names)}
    reading = lambda c: 0 if c not in chars else 1 + 5 * number[chars[c][:-1]] + int(chars[c][-1]) - 1
    with open(path, "w", encoding="utf-8") as f:
        put = lambda text: f.write(text + "\n")
        put("/* Made by voices/train/words_zh.py from pinyin-data, phrase-pinyin-data (MIT), CPP of g2pM (Apache-2.0), jieba (MIT), OpenCC "
            "(Apache-2.0)\n * and words_zh.tsv; don't edit. */")
        put('#include "words_zh.h"\n')
        put(f"const struct zh_syllable zh_syllables[{len(names)}] = {{")
        for name in names:
            put(f'    {{"{name}", "{ipa(syllables[name])}"}},')
        put(f"}};\nconst size_t zh_n_syllables = {len(names)};\n")
        put(f"const uint16_t zh_char_readings[ZH_LAST_CHAR - ZH_FIRST_CHAR + 1] = {{")
        numbers = [str(reading(chr(c))) for c in range(FIRST, LAST + 1)]
        while len(numbers) and numbers[-1] == "0":
            numbers.pop()
        for k in range(0, len(numbers), 24):
            put("    " + ",".join(numbers[k:k + 24]) + ",")
        put("};\n")
        put("const char zh_simple_pairs[] =")
        flat = [a + b for a, b in pairs]
        for k in range(0, len(flat), 16):
            put("    " + c_string("".join(flat[k:k + 16])))
        put("    ;\nconst size_t zh_n_simple_pairs = " + str(len(flat)) + ";\n")
        put("const char zh_words[] =")
        starts, at = [], 0
        for line in table_of_words(words, chars):
            starts.append((ord(line[0]), at))
            at += len(line.encode()) + 1
            pieces = [line[k:k + 100] for k in range(0, len(line), 100)]
            f.writelines(f'    "{piece}"\n' for piece in pieces[:-1])
            put(f'    "{pieces[-1]}\\n"')
        put("    ;\n")
        put(f"const struct zh_line zh_lines[{len(starts)}] = {{")
        for k in range(0, len(starts), 10):
            put("    " + "".join(f"{{{c},{at}}}," for c, at in starts[k:k + 10]))
        put(f"}};\nconst size_t zh_n_lines = {len(starts)};")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default="../shared/text/zh", help="folder with chars.tsv, phrases.tsv, syllables.tsv")
    parser.add_argument("--jieba", default="/usr/lib/python3/dist-packages/jieba/dict.txt")
    parser.add_argument("--opencc", default="/usr/share/opencc/TSCharacters.ocd2")
    parser.add_argument("--out", default="frontend/language/zh/words_zh_table.c")
    args = parser.parse_args()
    chars, phrases, syllables = (rows(os.path.join(args.shared, n + ".tsv")) for n in ("chars", "phrases", "syllables"))
    own = rows(os.path.join(HERE, "words_zh.tsv"))
    chars |= {w: r for w, r in own.items() if len(w) == 1}
    phrases |= {w: r for w, r in own.items() if len(w) > 1}
    counts = frequencies(args.jieba)
    phrases = {w: citation(w, r) for w, r in phrases.items()} | suffixes(chars, phrases, {w: f for w, f in counts.items() if f >= COMMON[2]})
    bad = [w for w, r in phrases.items() if len(w) != len(r.split()) or any(s[:-1] not in syllables for s in r.split())]
    if bad:
        raise SystemExit(f"words_zh.py: readings that aren't: {' '.join(bad)}")
    words = lexicon(chars, phrases, counts)
    write(args.out, chars, syllables, words, simplified(args.opencc))
    print(f"{len(words)} words, {sum(r is not None for _, r in words.values())} with readings; {len(chars)} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
