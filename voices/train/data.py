"""Corpus cache -> training features, kept in one growing file per corpus.

A corpus folder holds NNNNNN.flac (24 kHz mono) and NNNNNN.npz (text, ph, dur, f0, energy) from teacher.py or prepare.py:
`dur` [N] in units of 2 hops for `ph` with a boundary mark at both ends, `f0` [2*sum(dur)] in Hz (<= 10 where unvoiced).
"""
import argparse
import contextlib
import fcntl
import glob
import os
import pickle

import numpy as np
import soundfile
import torch

import mel
import pulses

PUNCTUATION = ";:,.!?—…\"()“” "
LETTERS = "AIOTWYabdefhijklmnopstuvwxzæðŋɐɑɒɔəɚɛɜɡɪɬɹɾʃʊʌʒʔʤʧˈˌːθᵊᵻ"
MORE = "cgqryçðŋœøɕɖɟɣɥɨɯɰɳɲɴɸɻʁɽʂʈʋʎχʝβʣʥʦʨꭧᵝQS̃ʰʲ→↗↓↘ɤ"  # of the teacher's, for other languages; linnet-en's ids stay
TABLE = ["_"] + list(PUNCTUATION + LETTERS)
TABLE += [c for c in MORE if c not in TABLE]
IDS = {c: i for i, c in enumerate(TABLE)}
LEAD, TAIL = 3, 24  # hops of near-silence kept before the first and after the last audible frame
CLOSED_TAIL = 36    # hops of it kept after the last audible frame where a mark closes the utterance
SILENCE = -45.0     # dB below the loudest frame: quieter hops count as silent


def audible(samples):
    """First and last hop louder than the threshold."""
    level = np.sqrt((samples[: len(samples) // mel.HOP * mel.HOP].reshape(-1, mel.HOP) ** 2).mean(1) + 1e-12)
    loud = np.nonzero(level > level.max() * 10 ** (SILENCE / 20))[0]
    return int(loud[0]), int(loud[-1])


def trim(samples, dur, f0, closed):
    """Shortens the silence before an utterance to LEAD hops, that behind it to TAIL, or to what the mark that closes it takes of
    CLOSED_TAIL. The silence may be that of any of the last phonemes, each of which keeps a hop: where tones have characters the
    teacher gives it to the last tone. -> the same three, cut."""
    first, last = audible(samples)
    start = max(0, min(first - LEAD, dur[0] - LEAD))
    tail = np.clip(sum(dur) - dur[-1] + 2 - last, TAIL, CLOSED_TAIL) if closed else TAIL
    end = min(sum(dur), last + tail)
    ends = np.maximum(np.minimum(np.cumsum(dur), end - np.arange(len(dur))[::-1]), start)
    dur = np.diff(np.concatenate([[start], ends]))
    return samples[start * mel.HOP:end * mel.HOP], dur, f0[start:end]


def continuous_log_f0(f0):
    """Hz with unvoiced <= 10 -> log F0 interpolated through unvoiced frames, voicing 0/1."""
    voiced = f0 > 50
    if voiced.sum() < 2:
        return np.full(len(f0), np.log(180.0), np.float32), np.zeros(len(f0), np.float32)
    where = np.nonzero(voiced)[0]
    return np.interp(np.arange(len(f0)), where, np.log(f0[where])).astype(np.float32), voiced.astype(np.float32)


def phoneme_means(log_f0, voicing, log_mel, dur):
    """Per phoneme: mean log F0 over its voiced frames (all frames if it has none), energy as FORMAT.md defines it."""
    energy = 0.5 * np.log(np.exp(2 * log_mel).mean(0))
    pitch, level, t = [], [], 0
    for d in dur:
        d0, d1 = t, max(t + d, t + 1)
        v = voicing[d0:d1] > 0
        part = log_f0[d0:d1]
        pitch.append(part[v].mean() if v.any() else part.mean() if len(part) else 5.2)
        level.append(energy[d0:d1].mean() if len(part) else -8.0)
        t += d
    return np.array(pitch, np.float32), np.array(level, np.float32)


def audio_of(stem):
    """-> float32 samples of stem.flac or stem.opus, rate."""
    path = next((stem + e for e in (".flac", ".opus") if os.path.exists(stem + e)), stem + ".flac")
    return soundfile.read(path, dtype="float32")


def features(stem):
    """One utterance on disk -> features_of()'s dict; None if unusable."""
    item = np.load(stem + ".npz", allow_pickle=False)
    samples, rate = audio_of(stem)
    if rate != mel.SAMPLE_RATE:
        return None
    return features_of(os.path.basename(stem), samples, str(item["ph"]), item["dur"], item["f0"])


def features_of(stem, samples, phonemes, dur, f0):
    """-> dict of ids, dur, pitch, energy, mel [M, T] float16, lf0, voicing, turns, audio int16; None if unusable."""
    dur = dur.astype(np.int64) * 2
    ids = [0] + [IDS[c] for c in phonemes if c in IDS] + [0]
    if len(ids) != len(dur) or len(samples) != dur.sum() * mel.HOP or len(f0) != dur.sum():
        return None
    samples, dur, f0 = trim(samples, dur, f0, phonemes.endswith(tuple(".!?…;:,")))
    log_mel = mel.log_mel(torch.from_numpy(samples)[None])[0].numpy()
    log_f0, voicing = continuous_log_f0(f0)
    pitch, energy = phoneme_means(log_f0, voicing, log_mel, dur)
    return {"stem": stem, "ids": np.array(ids), "dur": dur, "pitch": pitch, "energy": energy,
            "mel": log_mel.astype(np.float16), "lf0": log_f0, "voicing": voicing, "turns": pulses.lock(samples, log_f0, voicing),
            "audio": np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)}


def prosody_of(phonemes, dur, f0):
    """What teacher.py foretells of a line -> dict of ids, dur in hops, pitch, voiced, told [N]; None if unusable. Not told are the ends, marks and
    tones, whose silence trim() would shorten."""
    dur = dur.astype(np.int64) * 2
    if not all(c in IDS for c in phonemes) or len(dur) != len(phonemes) + 2 or len(f0) != dur.sum():
        return None
    log_f0, voicing = continuous_log_f0(f0)
    pitch, _ = phoneme_means(log_f0, voicing, np.zeros((1, len(log_f0)), np.float32), dur)
    told, ends, voiced = np.zeros(len(dur), bool), np.cumsum(dur), np.concatenate([[0], np.cumsum(voicing)])
    told[1:2 + max((n for n, c in enumerate(phonemes) if c.isalpha()), default=-1)] = True
    return {"ids": np.array([0, *(IDS[c] for c in phonemes), 0]), "dur": dur, "pitch": pitch, "voiced": voiced[ends] > voiced[ends - dur], "told": told}


@contextlib.contextmanager
def locked(cache):
    """The cache, open for reading and appending, for this process alone."""
    with open(cache, "a+b") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        yield f


def append(cache, stem, item):
    """One utterance's features into the cache, by whoever made the utterance."""
    raw = pickle.dumps((stem, item))
    with locked(cache) as f:
        f.write(raw)


def whole(f):
    """A cache, open and locked -> [(stem, features or None)]. What a killed process left half written at its end is cut off."""
    found, end = [], 0
    f.seek(0)
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            found.append(pickle.load(f))
            end = f.tell()
    f.truncate(end)
    return found


def load(folder, cache):
    """All usable utterances of a corpus folder; features are appended to `cache` (pickles, one after another).

    Trainers may share a cache: it is locked meanwhile. An empty folder name: what the cache holds.
    """
    with locked(cache) as f:
        found = whole(f)
        seen, items = {stem for stem, _ in found}, [item for _, item in found if item]
        for stem in sorted(p[:-4] for p in glob.glob(os.path.join(folder, "[0-9]*.npz")) if folder and not p.endswith(".tmp.npz")):
            if os.path.basename(stem) not in seen:
                item = features(stem)
                pickle.dump((os.path.basename(stem), item), f)
                items += [item] if item else []
    return items


def load_all(args):
    """What a trainer's --corpus and --cache name. -> utterances; those of several caches have the corpora mixed."""
    caches = args.cache.split(",")
    items = [i for c in caches for i in load(args.corpus if len(caches) == 1 else "", c)]
    if not items:
        raise SystemExit(f"{args.corpus}: holds no usable utterance")
    return items


def has_sound(item):
    """Whether there are samples: not in what prosody.py and cut_words.py make."""
    return not (item.get("prosody") or item.get("word"))


def is_recording(item):
    """Whether an utterance is whole speech: neither a phrase or a word of another (phrases.py, cut_words.py) nor prosody alone (prosody.py)."""
    return "-" not in item["stem"] and has_sound(item)


def hours(items):
    return sum(i["mel"].shape[1] for i in items if is_recording(i)) * mel.HOP / mel.SAMPLE_RATE / 3600


class Store:
    """Utterances one behind the other on a device: what batches are gathered from by index.

    Of frames: mel [F, M], lf0, voicing, turns [F], audio [F, HOP]; of phonemes: ids, dur, pitch, energy [P]; heard, timed [U]: whether
    there is sound to learn (not in prosody.py's lines), and prosody (not in cut_words.py's words). Utterance i has frames
    first[i] ... first[i] + frames[i] - 1, phonemes first_phone[i] ... ."""

    def __init__(self, items, device):
        put = lambda arrays, kind: torch.from_numpy(np.concatenate(arrays).astype(kind)).to(device)
        starts = lambda counts: torch.tensor(np.cumsum([0, *counts[:-1]]), device=device)
        frames, phones = [i["mel"].shape[1] for i in items], [len(i["ids"]) for i in items]
        self.first, self.frames = starts(frames), torch.tensor(frames, device=device)
        self.first_phone, self.phones = starts(phones), torch.tensor(phones, device=device)
        self.mel = put([i["mel"].T for i in items], np.float16)
        self.audio = put([i["audio"].reshape(-1, mel.HOP) for i in items], np.int16)
        self.lf0, self.voicing, self.turns = (put([i[k] for i in items], np.float32) for k in ("lf0", "voicing", "turns"))
        self.ids, self.dur = (put([i[k] for i in items], np.int64) for k in ("ids", "dur"))
        self.pitch, self.energy = (put([i[k] for i in items], np.float32) for k in ("pitch", "energy"))
        self.heard, self.timed = (torch.tensor([not i.get(lacking, False) for i in items], device=device) for lacking in ("prosody", "word"))

    def places(self, which, first, counts, length):
        """Utterances [B] -> indices [B, length] and mask, of frames or of phonemes."""
        t = torch.arange(length, device=which.device)
        count = counts[which][:, None]
        return first[which][:, None] + torch.minimum(t, count - 1), t < count


def statistics(items):
    """-> pitch mean, std over voiced frames; energy mean, std over phonemes."""
    pitch = np.concatenate([i["lf0"][i["voicing"] > 0] for i in items])
    energy = np.concatenate([i["energy"] for i in items])
    return float(pitch.mean()), float(pitch.std()), float(energy.mean()), float(energy.std())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", default="training/corpus")
    parser.add_argument("--cache", default="training/features.pkl")
    args = parser.parse_args()
    torch.set_num_threads(1)
    utterances = load(args.corpus, args.cache)
    print(f"{len(utterances)} utterances, {sum(u['mel'].shape[1] for u in utterances) * mel.HOP / mel.SAMPLE_RATE / 3600:.2f} h",
          *statistics(utterances))
