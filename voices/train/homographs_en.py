"""Weights for English homographs -> frontend/language/en/homographs_en_table.c, and how good they are.

homographs_en.tsv has the words and their readings. A reading's score is a sum of weights, one for each feature of the words around
(words, parts of speech, ends) with the reading itself, and with its class, noun or verb or participle, which all words share. All
is hashed into one table of small whole numbers, so that C gets the same sum on every machine (homographs.c has the same
features). Learnt from sentences with homographs marked (Gorman, Mazovetskiy, Nikolaev, LREC 2018; --marked), from English with
parts of speech (Universal Dependencies EWT, --tagged) and from the phrases of homographs_en_screens.txt.

    python voices/train/homographs_en.py --marked train.tsv --tagged train.txt.xz             # writes the table
    python voices/train/homographs_en.py --marked train.tsv --tagged train.txt.xz --measure 5
"""
import argparse
import collections
import csv
import lzma
import os
import re

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
BITS = 17
LOWEST, HIGHEST = -45, 45  # a weight is one printed character
EPOCHS, RATE, DECAY, ORDERS = 6, 0.1, 0.02, 4
STEP = 0.05                # what one is worth while learning

# ---- words around ----------------------------------------------------------------------------------------------------

COARSE = {"DT": "D", "PDT": "D", "PRP$": "S", "WP$": "S", "IN": "I", "RP": "I", "TO": "T", "MD": "M", "PRP": "P", "EX": "P", "VB": "V",
          "VBP": "V", "VBZ": "Z", "VBD": "E", "VBN": "E", "VBG": "G", "NN": "N", "NNS": "K", "NNP": "X", "NNPS": "X", "JJ": "J",
          "JJR": "J", "JJS": "J", "RB": "R", "RBR": "R", "RBS": "R", "CC": "C", "WP": "W", "WRB": "W", "WDT": "W", "CD": "0"}
ENDS = [("ing", "G"), ("ed", "E"), ("ly", "R"), ("ous", "J"), ("ful", "J"), ("able", "J"), ("ible", "J"), ("less", "J"), ("ic", "J"),
        ("ive", "J"), ("al", "J"), ("ss", "N"), ("us", "N"), ("s", "K")]
NUMBERS = set("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion""".split())


def tokens(text):
    """Words and marks, as the front end has them."""
    text = text.replace("’", "'").replace("‘", "'")
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*'?|[^\w\s]", text)


def plain(token):
    """The form of a token that features have."""
    low = token.lower()
    return "#" if low[0].isdigit() or low in NUMBERS else low


def guess(token):
    """Part of speech of a word that isn't in the lexicon, by its looks."""
    low = plain(token)
    if low == "#":
        return "0"
    if not low[0].isalpha():
        return low[0]
    if token[0].isupper():
        return "X"
    for end, tag in ENDS:
        if low.endswith(end) and len(low) > len(end) + 2:
            return tag
    return "N"


class Context:
    """The words of a sentence with their likely parts of speech."""

    def __init__(self, words, lexicon):
        self.words = ["^"] * 3 + [plain(w) for w in words] + ["$"] * 3
        self.tags = ["^"] * 3 + [lexicon.get(plain(w)) or guess(w) for w in words] + ["$"] * 3
        self.capital = [w[0].isupper() for w in words]
        self.shouted = [len(w) > 1 and w.isupper() for w in words]


def skip(tags, i, step, passed):
    while tags[i] in passed:
        i += step
    return tags[i]


def verb(tags, i, step):
    """The nearest verb on one side, within ten words."""
    for n in range(1, 11):
        if tags[i + n * step] in "VZEM^$":
            return tags[i + n * step]
    return "-"


def features(context, at):
    """Those that both readings and classes see, and those that readings alone see."""
    w, t, i = context.words, context.tags, at + 3
    first = w[i - 1] in "^\"“'(" and not any(x[0].isalnum() for x in w[3:i])
    shape = ("S" if context.shouted[at] else "C" if context.capital[at] else "c") + ("1" if first else "0")
    shared = [
        "a" + w[i - 1], "b" + w[i + 1], "c" + w[i - 2], "d" + w[i + 2],
        "e" + t[i - 1], "f" + t[i + 1], "g" + t[i - 2] + t[i - 1], "h" + t[i - 1] + t[i + 1], "i" + t[i + 1] + t[i + 2],
        "j" + t[i - 1] + t[i + 1] + t[i + 2], "k" + t[i - 3] + t[i - 2] + t[i - 1], "l" + t[i - 2] + t[i - 1] + t[i + 1],
        "m" + w[i - 1] + " " + w[i + 1], "n" + w[i - 2] + " " + w[i - 1], "o" + w[i + 1] + " " + w[i + 2],
        "p" + w[i - 1] + t[i + 1], "q" + t[i - 1] + w[i + 1], "r" + shape, "s" + shape + t[i + 1], "t" + shape + t[i - 1],
        "u" + skip(t, i - 1, -1, "R"), "v" + skip(t, i - 1, -1, "RJ"), "w" + skip(t, i + 1, 1, "RJ"),
        "x" + skip(t, i - 1, -1, "RJNX") + skip(t, i + 1, 1, "RJ"), "y" + w[i + 1][-3:], "z" + w[i - 1][-3:], "A",
        "D" + verb(t, i, -1) + verb(t, i, 1),
    ]
    near = sorted({x for x in w[max(3, i - 8):i] + w[i + 1:i + 9] if len(x) > 2 and x[0].isalpha()})
    return shared, ["B" + x for x in near]


def fnv(text, value=2166136261):
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def slot(feature, target):
    value = fnv(target, feature)
    return (value ^ value >> BITS) & ((1 << BITS) - 1)


# ---- examples --------------------------------------------------------------------------------------------------------

def read_lexicon(path):
    """-> {word: [(reading, class, IPA, alone)]}."""
    words = collections.OrderedDict()
    with open(path, encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                word, reading, kind, ipa, alone = line.rstrip("\n").split("\t")
                words.setdefault(word, []).append((reading, kind, ipa, alone == "*"))
    return words


def read_tagged(path):
    """-> sentences, lists of (word, tag); "n't" and "'s" belong to the word before."""
    with lzma.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            out = []
            for item in line.split():
                word, tag = item.rsplit("/", 1)
                word = word.replace("’", "'").replace("‘", "'")
                if out and (word.lower() == "n't" or (word.startswith("'") and tag in ("POS", "VBZ", "VBP", "MD", "VBD"))):
                    out[-1] = (out[-1][0] + word, out[-1][1])
                else:
                    out.append((word, tag))
            yield out


def make_parts(sentences):
    """Lexicon of parts of speech: the words that don't look like what they are."""
    counts = collections.defaultdict(collections.Counter)
    for sentence in sentences:
        for word, tag in sentence:
            if word[0].isalpha():
                counts[plain(word)][COARSE.get(tag, "O")] += 1
    best = {w: c.most_common(1)[0][0] for w, c in counts.items() if sum(c.values()) >= 4}
    return {w: t for w, t in best.items() if t != guess(w) and w != "#" and w.isascii() and t != "X"}, counts


class Example:
    def __init__(self, context, at, options, right, weight, group):
        """options: the targets of each reading, a list of strings each; right: index."""
        self.shared, self.own = features(context, at)
        self.options, self.right, self.weight, self.group = options, right, weight, group

    def slots(self):
        """[option] -> indices of the table."""
        shared = [fnv(f) for f in self.shared]
        own = [fnv(f) for f in self.own]
        rows = []
        for kind, name in self.options:
            row = [slot(f, kind) for f in shared] if kind != "-" else []
            rows.append(row + ([slot(f, name) for f in shared + own] if name else []))
        return rows


def options_of(word, entries):
    return [(kind, reading) for reading, kind, _, _ in entries]


def marked_examples(path, lexicon, parts):
    with open(path, encoding="utf-8", newline="") as f:
        for number, (word, reading, sentence, start, end) in enumerate(csv.reader(f, delimiter="\t")):
            entries = lexicon[word]
            names = [e[0] for e in entries]
            if reading not in names:
                continue
            raw = sentence.encode()
            before, token = tokens(raw[:int(start)].decode(errors="ignore")), raw[int(start):int(end)].decode()
            words = before + [token] + tokens(raw[int(end):].decode(errors="ignore"))
            yield Example(Context(words, parts), len(before), options_of(word, entries), names.index(reading), 1.0, word)


def screen_examples(path, lexicon, parts, weight):
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            reading, text = line.rstrip("\n").split("\t")
            word = next(w for w, entries in lexicon.items() if any(e[0] == reading for e in entries))
            words = tokens(text)
            at = [plain(w) for w in words].index(word)
            names = [e[0] for e in lexicon[word]]
            yield Example(Context(words, parts), at, options_of(word, lexicon[word]), names.index(reading), weight, "screens")


CLASS = {"NN": "N", "JJ": "N", "NNS": "N", "NNP": "N", "VB": "V", "VBP": "V", "VBZ": "V", "VBD": "P", "VBN": "P"}


def tagged_examples(sentences, lexicon, parts, counts):
    """Words that are nouns and verbs, for the classes alone; homographs for their readings, where the tag tells."""
    letter = {"N": "NJKX", "V": "VZ", "P": "E"}
    for sentence in sentences:
        context = None
        for at, (word, tag) in enumerate(sentence):
            low, kind = plain(word), CLASS.get(tag)
            if not kind:
                continue
            entries = lexicon.get(low)
            if entries:
                match = [k for k, e in enumerate(entries) if e[1] == kind]
                if len(match) != 1 or len({e[1] for e in entries}) != len(entries) or "-" in [e[1] for e in entries]:
                    continue
                options, right = options_of(low, entries), match[0]
            else:
                seen = [k for k in "NVP" if sum(counts[low][c] for c in letter[k]) >= 2]
                if len(seen) < 2 or kind not in seen:
                    continue
                options, right = [(k, "") for k in seen], seen.index(kind)
            context = context or Context([w for w, _ in sentence], parts)
            yield Example(context, at, options, right, 1.0 if entries else 0.5, "tagged")


# ---- learning --------------------------------------------------------------------------------------------------------

class Rows:
    """The table's indices of all examples, flat."""

    def __init__(self, examples):
        slots = [e.slots() for e in examples]
        self.right = np.array([e.right for e in examples])
        self.weight = np.array([e.weight for e in examples])
        self.n_options = np.array([len(s) for s in slots])
        self.rows = [[np.array(r, dtype=np.int64) for r in s] for s in slots]

    def batch(self, chosen):
        """-> indices, start of each row, row's (example, option)."""
        rows = [r for k in chosen for r in self.rows[k]]
        lengths = np.array([len(r) for r in rows])
        example = np.repeat(np.arange(len(chosen)), self.n_options[chosen])
        option = np.concatenate([np.arange(n) for n in self.n_options[chosen]])
        return np.concatenate(rows), lengths, example, option


def learn_once(rows, chosen, seed, epochs=EPOCHS, rate=RATE, decay=DECAY):
    """Logistic regression by Adagrad on these examples, in an order that `seed` gives -> weights [2^BITS]."""
    random = np.random.default_rng(seed)
    weights, squares = np.zeros(1 << BITS), np.full(1 << BITS, 1e-6)
    for _ in range(epochs):
        for batch in np.array_split(random.permutation(chosen), max(1, len(chosen) // 200)):
            indices, lengths, example, option = rows.batch(batch)
            scores = np.add.reduceat(weights[indices], np.concatenate([[0], lengths[:-1].cumsum()]))
            logits = np.full((len(batch), rows.n_options.max()), -1e9)
            logits[example, option] = scores
            share = np.exp(logits - logits.max(1, keepdims=True))
            share /= share.sum(1, keepdims=True)
            share[np.arange(len(batch)), rows.right[batch]] -= 1
            slope = (share * rows.weight[batch][:, None])[example, option]
            gradient = np.bincount(indices, np.repeat(slope, lengths), minlength=1 << BITS)
            touched = np.bincount(indices, minlength=1 << BITS) > 0
            gradient[touched] += decay * weights[touched]
            squares += gradient ** 2
            weights -= rate * gradient / np.sqrt(squares)
    return weights


def learn(rows, chosen):
    """The mean of several orders, in which chance counts less -> weights [2^BITS], whole numbers."""
    weights = np.mean([learn_once(rows, chosen, seed) for seed in range(ORDERS)], 0)
    return np.clip(np.round(weights / STEP), LOWEST, HIGHEST).astype(np.int64)


RARE, SURE = 4, 35  # a reading that so few sentences have is taken only when it is ahead by so much


def rare_readings(marked):
    counts = collections.Counter((e.group, e.options[e.right][1]) for e in marked)
    words = {e.group: [name for _, name in e.options] for e in marked}
    return {name for word, names in words.items() for name in names
            if counts[word, name] <= RARE and counts[word, name] < max(counts[word, n] for n in names)}


def choose(weights, rows, rare):
    """-> index of the best reading; rare: which readings are rare."""
    scores = [int(weights[r].sum()) - SURE * rare[k] if len(r) else 0 for k, r in enumerate(rows)]
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    return best


def report(results):
    """results: {word: [(right, chosen)]}."""
    shares, below = [], []
    for word, pairs in results.items():
        share = np.mean([r == c for r, c in pairs])
        most = collections.Counter(r for r, _ in pairs).most_common(1)[0][1] / len(pairs)
        shares.append(share)
        if share < most:
            below.append(f"{word} {share:.2f}<{most:.2f}")
    print(f"mean over {len(shares)} words: {100 * np.mean(shares):.2f} %; below the commoner reading: {', '.join(below) or 'none'}")
    worst = sorted((np.mean([r == c for r, c in p]), w) for w, p in results.items())[:25]
    print("worst:", ", ".join(f"{w} {s:.2f}" for s, w in worst))


def measure(marked, others, folds):
    results = collections.defaultdict(list)
    rows = Rows(marked + others)
    numbers = np.arange(len(rows.right))
    for fold in range(folds):
        aside = (numbers < len(marked)) & (numbers % 5 == fold)
        weights = learn(rows, numbers[~aside])
        scarce = rare_readings([e for e, out in zip(marked, aside) if not out])
        for n in numbers[aside]:
            rare = [name in scarce for _, name in marked[n].options]
            results[marked[n].group].append((rows.right[n], choose(weights, rows.rows[n], rare)))
    report(results)


def c_string(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")


def write(path, lexicon, parts, weights, rare):
    with open(path, "w", encoding="utf-8") as f:
        f.write("/* Made by voices/train/homographs_en.py from homographs_en.tsv, marked sentences and English with parts of speech; don't\n"
                " * edit. */\n#include \"homographs_en.h\"\n\n")
        f.write("const char en_homographs[] =\n")
        for word, entries in sorted(lexicon.items()):
            for reading, kind, ipa, alone in entries:
                f.write(f'    "{word} {reading} {kind} {ipa} {"*" if alone else "~" if reading in rare else "-"}\\n"\n')
        f.write("    ;\nconst size_t en_homographs_size = sizeof en_homographs - 1;\n\n")
        f.write("/* word and part of speech */\nconst char en_parts[] =\n")
        for word, tag in sorted(parts.items()):
            f.write(f'    "{word} {tag}\\n"\n')
        f.write("    ;\nconst size_t en_parts_size = sizeof en_parts - 1;\n\n")
        f.write(f"/* [{1 << BITS}], each less 'P' */\nconst char en_weights[] =\n")
        text = "".join(chr(ord("P") + int(w)) for w in weights)
        for i in range(0, len(text), 100):
            f.write(f'    "{c_string(text[i:i + 100])}"\n')
        f.write("    ;\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marked", required=True)
    parser.add_argument("--tagged", required=True)
    parser.add_argument("--out", default="frontend/language/en/homographs_en_table.c")
    parser.add_argument("--measure", type=int, metavar="FOLDS", help="of five: learn without it, measure on it")
    args = parser.parse_args()
    lexicon = read_lexicon(os.path.join(HERE, "homographs_en.tsv"))
    sentences = list(read_tagged(args.tagged))
    parts, counts = make_parts(sentences)
    marked = list(marked_examples(args.marked, lexicon, parts))
    others = list(tagged_examples(sentences, lexicon, parts, counts))
    others += screen_examples(os.path.join(HERE, "homographs_en_screens.txt"), lexicon, parts, 2.0)
    print(f"{len(marked)} marked, {len(others)} others, {len(parts)} words with parts of speech")
    if args.measure:
        measure(marked, others, args.measure)
    else:
        rows = Rows(marked + others)
        write(args.out, lexicon, parts, learn(rows, np.arange(len(rows.right))), rare_readings(marked))


if __name__ == "__main__":
    main()
