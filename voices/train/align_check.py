"""Compares alignments with TextGrids: word starts and ends, in milliseconds. Part of `align.py --check`.

espeak-ng says some neighbours as one word ("of the"), so that text words and phoneme words are first matched in order,
one or two text words to a phoneme word; the border inside such a pair is not judged.
"""
import os
import re

import numpy as np

SOUNDS = {"c": "ksʧ", "g": "ɡʤ", "j": "ʤ", "q": "k", "x": "zk", "t": "tθðʧ", "s": "sʃ", "p": "pf", "w": "wɹhʌ",
          "k": "kn", "h": "hɑɔI"}


def read_words(path):
    """-> list of (start, end, word) of the tier `words`, pauses left out; seconds."""
    with open(path, encoding="utf-8") as f:
        tier = re.split(r'name = "', f.read())[1:]
    tier = next(t for t in tier if t.startswith("words"))
    found = re.findall(r'xmin = ([\d.]+)\s+xmax = ([\d.]+)\s+text = "([^"]*)"', tier)
    return [(float(a), float(b), w) for a, b, w in found if w not in ("", "sil", "sp", "spn")]


def phoneme_words(item, ends, seconds):
    """-> list of (start, end, phonemes): runs of groups between pauses."""
    out, start = [], 0
    for (name, _), end in zip(item["groups"], ends):
        if name == "_":
            out.append(None)
        elif out and out[-1]:
            out[-1] = (out[-1][0], end * seconds, out[-1][2] + name)
        else:
            out.append((start * seconds, end * seconds, name))
        start = end
    return [w for w in out if w]


def unlike(text, sounds):
    """How badly a text word fits a phoneme word: length and first consonant."""
    first = SOUNDS.get(text[0], text[0])
    wrong = text[0] not in "aeiouy" and sounds[0] not in first
    return abs(0.8 * len(text) - len(sounds)) + 3 * wrong


def match(texts, sounds):
    """Monotonic match of text words to phoneme words, 1 or 2 to 1 -> list of (first, last text word) or None."""
    cost, back = np.full((len(texts) + 1, len(sounds) + 1), np.inf), {}
    cost[0, 0] = 0
    for j in range(1, len(sounds) + 1):
        for i in range(1, len(texts) + 1):
            for n in (1, 2):
                if i < n:
                    continue
                total = cost[i - n, j - 1] + unlike("".join(texts[i - n:i]), sounds[j - 1]) + 2 * (n - 1)
                if total < cost[i, j]:
                    cost[i, j], back[i, j] = total, n
    i, pairs = len(texts), []
    if not np.isfinite(cost[-1, -1]):
        return None
    for j in range(len(sounds), 0, -1):
        pairs.append((i - back[i, j], i - 1))
        i -= back[i, j]
    return pairs[::-1]


def errors(words, spoken):
    """-> signed errors (ours - TextGrid) of starts and of ends in seconds; empty lists when the words don't match."""
    pairs = match([w for _, _, w in words], [p for _, _, p in spoken]) or []
    return ([s[0] - words[a][0] for s, (a, _) in zip(spoken, pairs)],
            [s[1] - words[b][1] for s, (_, b) in zip(spoken, pairs)])


def report(folder, aligned, seconds):
    """aligned: list of (item, ends in frames of `seconds`)."""
    starts, ends, used = [], [], 0
    for item, borders in aligned:
        path = os.path.join(folder, f"{item['name']}.TextGrid")
        if not os.path.exists(path):
            continue
        a, b = errors(read_words(path), phoneme_words(item, borders, seconds))
        starts, ends, used = starts + a, ends + b, used + bool(a)
    print(f"{used} recordings, {len(starts)} words")
    for name, e in (("starts", starts), ("ends", ends), ("all", starts + ends)):
        e = 1000 * np.array(e)
        within = [100 * np.mean(np.abs(e) <= ms) for ms in (25, 50)]
        print(f"word {name}: median error {np.median(np.abs(e)):.1f} ms, median shift {np.median(e):+.1f} ms, "
              f"within 25 ms {within[0]:.1f} %, within 50 ms {within[1]:.1f} %")
