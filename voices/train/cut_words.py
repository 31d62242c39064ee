"""Single words cut out of recordings, slower and with silence around them: into the cache of features, without sound. The decoder learns
from them how a word sounds that stands alone, of which recordings have few; how long and how high it is said it learns from
prosody.py's lines, for a word within a sentence is neither.
"""
import argparse
import collections
import sys

import numpy as np
import torch

import data
import mel

FEWEST = 3               # phonemes that a word has at least
SHORTEST = 20            # frames
MOST_ALIKE = 3           # cuttings of one word
SLOWER = (1.05, 1.4)     # so much longer, drawn
LEAD, MARK, TAIL = (6, 12), (8, 16), (10, 20)  # frames of silence before, of the full stop and behind, drawn
FADE = {0: -2.5, 1: -1.0, -1: -3.0, -2: -1.5, -3: -0.6}  # frame of a word -> its log-mel, so that its neighbours don't sound


def words(ids):
    """-> [first, end) of the words of an utterance."""
    inside, first = np.array([data.TABLE[i] not in data.PUNCTUATION + "_" for i in ids]), None
    for k, is_inside in enumerate([*inside, False]):
        if is_inside and first is None:
            first = k
        elif not is_inside and first is not None:
            yield first, k
            first = None


def places(durations, longer):
    """Durations [N], new ones [N] -> where each new frame lies among the old ones."""
    starts = np.cumsum(durations) - durations
    return np.concatenate([start + np.linspace(0, max(old - 1, 0), new) for start, old, new in zip(starts, durations, longer)])


def at(x, where):
    """x [..., T] between its frames."""
    low = where.astype(int)
    high = np.minimum(low + 1, x.shape[-1] - 1)
    return x[..., low] * (1 - where + low) + x[..., high] * (where - low)


def cut(item, first, end, rng):
    """-> features of the word at phonemes [first, end) as data.features_of() has them, but for the sound."""
    dur = item["dur"][first:end]
    start = item["dur"][:first].sum()
    log_mel, lf0, voicing = (item[k][..., start:start + dur.sum()].astype(np.float32) for k in ("mel", "lf0", "voicing"))
    longer = np.maximum(1, np.diff(np.round(np.cumsum(dur) * rng.uniform(*SLOWER)), prepend=0)).astype(int)
    where = places(dur, longer)
    log_mel, lf0, voicing = at(log_mel, where), at(lf0, where), np.round(at(voicing, where))
    quiet = item["mel"][:, :max(4, item["dur"][0] // 2)].astype(np.float32)
    for frame, fall in FADE.items():
        log_mel[:, frame] = np.maximum(log_mel[:, frame] + fall, quiet.mean(1))
    lead, mark, tail = (int(rng.integers(*span)) for span in (LEAD, MARK, TAIL))
    silence = lambda n: quiet[:, rng.integers(quiet.shape[1], size=n)]
    log_mel = np.hstack([silence(lead), log_mel, silence(mark + tail)])
    lf0, voicing = np.pad(lf0, (lead, mark + tail), "edge"), np.pad(voicing, (lead, mark + tail)).astype(np.float32)
    dur = np.array([lead, *longer, mark, tail])
    pitch, energy = data.phoneme_means(lf0, voicing, log_mel, dur)
    return {"word": True, "ids": np.array([0, *item["ids"][first:end], data.IDS["."], 0]), "dur": dur, "pitch": pitch, "energy": energy,
            "mel": log_mel.astype(np.float16), "lf0": lf0, "voicing": voicing, "turns": np.zeros_like(lf0),
            "audio": np.zeros(len(lf0) * mel.HOP, np.int16)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="training/recordings")
    parser.add_argument("--cache", default="training/features.pkl")
    args = parser.parse_args()
    torch.set_num_threads(1)
    items, count, alike = data.load(args.corpus, args.cache), 0, collections.Counter()
    there = {i["stem"] for i in items}
    for item in filter(data.is_recording, items):
        for first, end in words(item["ids"]):
            word = tuple(item["ids"][first:end])
            sounds = sum(data.TABLE[i] not in "ˈˌː" for i in word)
            if sounds < FEWEST or item["dur"][first:end].sum() < SHORTEST or alike[word] == MOST_ALIKE:
                continue
            alike[word] += 1
            count += 1
            stem = f"word-{count}"
            if stem not in there:
                data.append(args.cache, stem, {"stem": stem, **cut(item, first, end, np.random.default_rng(count))})
    print(f"{count} words, {len(alike)} different")
    return 0


if __name__ == "__main__":
    sys.exit(main())
