"""A voice's description -> the lines that its teacher speaks: training/NAME/lines.tsv (text, tab, phonemes), those whose durations
and F0 it only foretells, training/NAME/foretold.tsv, and sentences kept aside for testing, training/NAME/heldout.tsv.

A few lines that have every phoneme come first, so that a corpus that ends early has them, too; then letters and digits, since they are few
and every voice needs them; after them a corpus of any size has sentences, single words, clauses and what a screen reader says in the same
proportions, and English lines among them where the description wants them. One sentence in twenty and one word in twenty are never trained on
(lines.held_out)."""
import argparse
import collections
import itertools
import os
import random
import re
import sys

import data
import describe
import export
import front
import lines

LETTERS_OF = {"zh": "", "de": "äöüß", "es": "ñáéíóú", "fr": "éèêàçùôî", "pt": "ãõçéáí", "it": "àèéìòù"}
WORDS, PAIRS, CLAUSES = 600, 100, 150  # single words, pairs of words, loose clauses
LONGEST = 380                          # phonemes a line
FORETOLD = 9000                        # lines for the predictors
SPLICED_FROM = 35                      # phonemes, at least


def read(path):
    with open(path, encoding="utf-8") as f:
        return [line.strip() for line in f if line.strip()]


def sentences(source, shared):
    """One source of a description's `texts.sentences` -> lines."""
    if source == "ljspeech":
        rows = [r.split("|") for r in read(os.path.join(shared, "text/ljspeech_metadata.csv"))]
        return [r[-1] for r in rows if not r[0].startswith("LJ050")]
    if source == "kerstin":
        return [r.split("|")[-1] for r in read(os.path.join(shared, "corpora/kerstin_24k/metadata.csv"))]
    return read(source if os.path.exists(source) else os.path.join(shared, "text", source))


def interface(language):
    """What a screen reader says: the language's file in texts/."""
    rows = read(os.path.join(describe.HERE, "texts", language + ".txt"))
    return [x.strip() for row in rows if not row.startswith("#") for x in row.split(" | ")]


def spelled(language):
    """Letters and digits with several endings: only the melody differs."""
    names = [*lines.LETTERS, *LETTERS_OF[language].upper(), *"0123456789"]
    return [n + ending for ending in (".", "", ",") for n in names]


def mixed(*shares):
    """Lists -> one list in which each is spread evenly."""
    placed = [((k + 0.5) / len(s), n, text) for n, s in enumerate(shares) for k, text in enumerate(s)]
    return [text for _, _, text in sorted(placed, key=lambda p: p[:2])]


def chinese_words(pool):
    """Runs of two to four characters: there are no spaces between words."""
    return {run[k:k + n] for t in pool for run in re.findall(r"[\u4e00-\u9fff]+", t) for n in (2, 3, 4) for k in range(0, len(run) - n + 1, n)}


def every_syllable(shared):
    """A character for each Chinese syllable with its tone, the one that the table of phrases has most often: sentences have half of them."""
    rows = [line.split("\t")[:2] for line in read(os.path.join(shared, "text/zh/chars.tsv"))]
    used = collections.Counter("".join(line.split("\t")[0] for line in read(os.path.join(shared, "text/zh/phrases.tsv"))))
    best = {}
    for character, reading in rows:
        if used[character] > used[best.get(reading)]:
            best[reading] = character
    return [c + "。" for c in best.values()]


def own_lines(language, pool, r):
    """Sentences of a language -> all lines in it."""
    words = sorted(chinese_words(pool)) if language == "zh" else sorted({w for t in pool for w in re.findall(r"[^\W\d_]{3,}", t.lower())})
    words = [w for w in words if not lines.held_out(w)]
    single = [w.capitalize() + r.choice([".", ".", ".", "!", "?", ",", ""]) for w in r.sample(words, min(WORDS, len(words)))]
    single += [" ".join(r.sample(words, 2)).capitalize() + r.choice([".", "?", ""]) for _ in range(PAIRS if len(words) > 1 else 0)]
    clauses = [c for t in pool for c in re.split(r"(?<=[,;:])\s+|(?<=[，；：])", t) if c and c != t]
    said = interface(language)
    said += [t + "." for t in said if t[-1].isalnum()]
    r.shuffle(said)
    r.shuffle(single)
    return spelled(language) + mixed(pool, single, said, r.sample(clauses, min(CLAUSES, len(clauses))))


def all_lines(voice, shared):
    """-> [(text, language or "")], held-out sentences"""
    r, texts = random.Random(7), voice["texts"]
    pool = [t for source in texts["sentences"] for t in sentences(source, shared)]
    aside = [t for t in pool if lines.held_out(t)]
    pool = [t for t in pool if not lines.held_out(t)]
    if texts["lines"] == "en":
        first, rest = english(pool)
        return [(t, "") for t in first + rest], aside
    r.shuffle(pool)
    own = own_lines(texts["lines"], pool, r)
    own = [(t, "") for t in (mixed(own, every_syllable(shared)) if texts["lines"] == "zh" else own)]
    first, rest = english(sentences("ljspeech", shared))
    count = int(len(own) * texts.get("english", 0))
    return mixed(own, [(t, "en-US") for t in rest[:count]]), aside


def english(pool):
    """-> letters and digits; the other lines of lines.py, one sentence to three own."""
    writer = lines.Writer(pool)
    made = writer.all()
    count = len([*lines.LETTERS, *lines.DIGITS]) * 5 + 4 * len(lines.LETTERS)
    return made[:count], made[count:]


def alphabet_first(rows):
    """Lines as a voice needs them: first a few that together have each phoneme LEAST_SEEN times, as far as there are."""
    total, have, chosen = collections.Counter(c for _, phonemes in rows for c in phonemes), collections.Counter(), {}
    for c in sorted(data.IDS.keys() & total, key=lambda c: (total[c], c)):
        for n, (_, phonemes) in enumerate(rows):
            if have[c] >= export.LEAST_SEEN:
                break
            if c in phonemes and n not in chosen:
                chosen[n] = rows[n]
                have.update(phonemes)
    return [*chosen.values(), *(row for n, row in enumerate(rows) if n not in chosen)]


def spliced(rows, count, r):
    """Phonemes of lines -> other lines: the beginning of one and the end of another, cut between words. The teacher's durations and F0 of them
    teach the predictors (train_predictors.py) of a language that has few sentences."""
    pool, found = [p for _, p in rows if len(p) >= SPLICED_FROM and p.count(" ") >= 4], {}
    spaces = lambda p: [n for n, c in enumerate(p) if c == " "]
    for _ in range(count if len(pool) > 1 else 0):
        first, last = r.sample(pool, 2)
        found[first[:r.choice(spaces(first))] + last[r.choice(spaces(last)):]] = None
    return [("", p) for p in found if SPLICED_FROM <= len(p) <= LONGEST]


def foretold(rows):
    """Lines -> those whose durations and F0 the teacher foretells: a choice of them, or with splices of them as many."""
    r = random.Random(7)
    chosen = r.sample(rows, min(len(rows), FORETOLD))
    more = spliced(rows, FORETOLD - len(chosen), r)
    return mixed(chosen, more)


def write(path, rows):
    with open(path + ".tmp", "w", encoding="utf-8") as f:
        f.writelines("\t".join(row) + "\n" for row in rows)
    os.replace(path + ".tmp", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voice", help="name of a description in voices/train/voices, or its path")
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--out", required=True, help="folder")
    parser.add_argument("--limit", type=int, default=1 << 30)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    voice = describe.load(args.voice)
    end = front.FrontEnd(front.voice_file_of(voice, args.out))
    made, aside = all_lines(voice, args.shared)
    rows = ((t, end.phonemes(t, language)) for t, language in itertools.islice(made, args.limit))
    rows = [row for row in rows if 1 <= len(row[1]) <= LONGEST]
    write(os.path.join(args.out, "lines.tsv"), alphabet_first(rows))
    write(os.path.join(args.out, "foretold.tsv"), foretold(rows))
    write(os.path.join(args.out, "heldout.tsv"), [(t, end.phonemes(t)) for t in aside if not re.search(r"\d", t)])
    print(f"{len(rows)} lines, {len(aside)} kept aside")
    return 0


if __name__ == "__main__":
    sys.exit(main())
