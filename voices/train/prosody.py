"""Durations, pitch, energy and voicing of lines that recordings lack, letters and single words above all, as the voice that training
starts from says them: into the cache of features, without sound. The trainer of the acoustic model learns from them all but the mels.

Pitch, energy and tempo are brought to the recordings' own. Durations stay the voice's, though its teacher lets a phoneme begin where its
predecessor still sounds and the recordings' aligner doesn't: what the decoder knows of single words it knows with those (README, point 17).
"""
import argparse
import sys

import numpy as np
import torch

import data
import evaluate
import mel
from model import Acoustic, Config, length_regulator

MOST_PHONEMES = 34   # of a line; longer ones are what recordings have
COMPARED = 160       # recordings whose pitch, energy and tempo are compared with the voice's


class Speaker:
    """The acoustic model of a checkpoint."""

    def __init__(self, path):
        state = torch.load(path, weights_only=False, map_location="cpu")
        self.net = Acoustic(Config(**state["meta"]["config"])).eval()
        self.net.load_state_dict(state["ema"]["acoustic"])

    @torch.no_grad()
    def say(self, ids, tempo=1.0):
        """-> dur [N] in hops, log F0 [T], voicing [T], log-mel [M, T]"""
        cfg, x = self.net.cfg, torch.tensor([ids])
        mask = torch.ones_like(x, dtype=torch.bool)
        h, dur, pitch, energy = self.net.encode(x, mask)
        dur = (torch.exp(dur) * tempo).round().clamp(min=1).long()
        total = int(dur.sum())
        y = self.net.decode(h, pitch, energy, *length_regulator(dur, total)[:2], mask, torch.ones(1, total, dtype=torch.bool))[0].numpy()
        return dur[0].numpy(), y[:, -2] * cfg.pitch_std + cfg.pitch_mean, (y[:, -1] > 0).astype(np.float32), y[:, :mel.N_MELS].T


class Difference:
    """Between recordings and a speaker."""

    def __init__(self, speaker, items):
        own, theirs = ({"f0": [], "energy": [], "hops": []} for _ in range(2))
        for i in items:
            dur, f0, voicing, log_mel = speaker.say(i["ids"].tolist())
            spoken = ~np.isin(i["ids"], [data.IDS[c] for c in "_" + data.PUNCTUATION])
            own["f0"] += [*i["lf0"][i["voicing"] > 0]]
            own["energy"] += [*i["energy"][spoken]]
            own["hops"] += [*i["dur"][spoken]]
            theirs["f0"] += [*f0[voicing > 0]]
            theirs["energy"] += [*data.phoneme_means(f0, voicing, log_mel, dur)[1][spoken]]
            theirs["hops"] += [*dur[spoken]]
        self.own, self.theirs, self.tempo = own, theirs, sum(own["hops"]) / sum(theirs["hops"])

    def moved(self, kind, x):
        """Values of the speaker -> the recordings' mean and deviation."""
        old, new = self.theirs[kind], self.own[kind]
        return ((x - np.mean(old)) / np.std(old) * np.std(new) + np.mean(new)).astype(np.float32)


def item_of(stem, ids, speaker, difference):
    """-> features as data.features_of() has them, but for the sound."""
    dur, f0, voicing, log_mel = speaker.say(ids, difference.tempo)
    pitch, energy = data.phoneme_means(f0, voicing, log_mel, dur)
    return {"stem": stem, "prosody": True, "ids": np.array(ids), "dur": dur, "pitch": difference.moved("f0", pitch),
            "energy": difference.moved("energy", energy), "mel": log_mel.astype(np.float16), "lf0": difference.moved("f0", f0), "voicing": voicing,
            "turns": np.zeros_like(f0), "audio": np.zeros(len(f0) * mel.HOP, np.int16)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", help="lines.tsv of texts.py")
    parser.add_argument("--start", required=True, help="checkpoint of voice_file.py")
    parser.add_argument("--corpus", default="training/recordings")
    parser.add_argument("--cache", default="training/features.pkl")
    args = parser.parse_args()
    torch.set_num_threads(1)
    items = data.load(args.corpus, args.cache)
    whole = [i for i in items if data.is_recording(i)]
    there = {i["stem"] for i in items}
    speaker = Speaker(args.start)
    difference = Difference(speaker, whole[:COMPARED])
    count = 0
    for n, (_, phonemes) in enumerate(evaluate.read_rows(args.lines, "\t")):
        ids, stem = [0, *(data.IDS[c] for c in phonemes if c in data.IDS), 0], f"prosody{n}"
        if len(ids) <= MOST_PHONEMES and stem not in there:
            data.append(args.cache, stem, item_of(stem, ids, speaker, difference))
            count += 1
    print(f"{count} short lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
