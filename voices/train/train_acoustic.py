"""Trains the acoustic model (FastSpeech 2) on durations, pitch, energy, mel, F0 and voicing of the corpus."""
import dataclasses

import numpy as np
import torch
import torch.nn.functional as F

import data
import loop
import mel
from model import Acoustic, Config, length_regulator

FRAMES_A_BATCH = {"cpu": 3000, "cuda": 12000}  # padding included
MOST = {"cpu": 64, "cuda": 192}                # utterances a batch
LEAST_WEIGHT = 150     # frames: an utterance is drawn as if it had at least these, or single words would hardly be seen
SHORT = 12             # phonemes: with fewer, an utterance is drawn (SHORT / phonemes)^4 times as often, or letters wouldn't be
MOST_WEIGHT = 1500     # frames: where single sounds are few, they would be most of what is drawn
CUT_WEIGHT = 0.15      # of a word cut out of a recording (cut_words.py), of which there are many
WIDER = 1.3            # lengths in a bucket are alike up to this factor


def weight(item):
    """How often an utterance is drawn. One sound is all that tells P from T: what has no context must be known by heart."""
    whole = min(MOST_WEIGHT, max(item["mel"].shape[1], LEAST_WEIGHT) * max(1, SHORT / len(item["ids"])) ** 4)
    return CUT_WEIGHT * whole if item.get("word") else whole


class Bucket:
    """Utterances of nearly one length: `which` [K] in the store, their weights, and the shape that their batches have."""

    def __init__(self, which, items, weights, kind):
        self.which = np.array(which)
        self.frames, self.phones = (max(len(items[i][k]) for i in which) for k in ("lf0", "ids"))
        self.count = max(1, min(FRAMES_A_BATCH[kind] // self.frames, MOST[kind]))
        self.weight = float(weights[self.which].sum())
        self.shares = np.cumsum(weights[self.which]) / self.weight

    def draw(self, rng):
        """-> utterances [count]"""
        return torch.from_numpy(self.which[np.searchsorted(self.shares, rng.random(self.count)).clip(max=len(self.which) - 1)])


class Corpus:
    """The utterances on the device, in buckets by length."""

    def __init__(self, items, device):
        items = sorted(items, key=lambda i: i["mel"].shape[1])
        weights = np.array([weight(i) for i in items])
        self.store, self.buckets, k = data.Store(items, device), [], 0
        while k < len(items):
            end = next((j for j in range(k, len(items)) if len(items[j]["lf0"]) > WIDER * len(items[k]["lf0"])), len(items))
            self.buckets.append(Bucket(range(k, end), items, weights, device.type))
            k = end
        self.shares = np.cumsum([b.weight for b in self.buckets]) / weights.sum()

    def draw(self, rng):
        """-> bucket, utterances"""
        bucket = self.buckets[min(int(np.searchsorted(self.shares, rng.random())), len(self.buckets) - 1)]
        return bucket, bucket.draw(rng)


def collate(store, which, phones, frames, cfg):
    """Utterances [B] -> dict of tensors: ids, dur, pitch, energy [B, N] with mask; mel [B, T, M], lf0, voicing [B, T]; heard, timed [B]."""
    at, mask = store.places(which, store.first_phone, store.phones, phones)
    normal = lambda x, mean, std: (x - mean) / std
    out = {"mask": mask, "ids": store.ids[at] * mask, "dur": store.dur[at] * mask,
           "pitch": normal(store.pitch[at], cfg.pitch_mean, cfg.pitch_std) * mask,
           "energy": normal(store.energy[at], cfg.energy_mean, cfg.energy_std) * mask}
    at, _ = store.places(which, store.first, store.frames, frames)
    return out | {"mel": store.mel[at].float(), "lf0": normal(store.lf0[at], cfg.pitch_mean, cfg.pitch_std), "voicing": store.voicing[at],
                  "heard": store.heard[which], "timed": store.timed[which]}


def masked(x, mask, dim=None):
    """The mean where the mask is, weighted by it; of all or along a dimension."""
    return (x * mask).sum(dim) / mask.sum(dim).clamp(min=1)


def losses(net, b):
    """-> dict of scalar losses, raw decoder output [B, T, M+2]."""
    h, dur, pitch, energy = net.encode(b["ids"], b["mask"])
    index, position, frames = length_regulator(b["dur"], b["mel"].shape[1])
    y = net.decode(h, b["pitch"], b["energy"], index, position, b["mask"], frames)
    f = frames.float()
    heard, timed = f * b["heard"][:, None], b["mask"] * b["timed"][:, None]
    target = torch.log(b["dur"].clamp(min=0.5).float())
    difference = (y[..., :mel.N_MELS] - b["mel"]).abs()
    parts = {"mel": masked(difference.mean(2), heard),
             "lf0": masked((y[..., -2] - b["lf0"]).abs(), f * (0.1 + 0.9 * b["voicing"])),
             "voice": masked(F.binary_cross_entropy_with_logits(y[..., -1].float(), b["voicing"], reduction="none"), f),
             "dur": masked((dur - target) ** 2, timed), "pitch": masked((pitch - b["pitch"]) ** 2, timed),
             "energy": masked((energy - b["energy"]) ** 2, timed)}
    return parts, y


WEIGHTS = {"mel": 1.0, "lf0": 0.5, "voice": 0.3, "dur": 0.5, "pitch": 0.2, "energy": 0.1}
TABLE_MEANS = {"pitch_mean": 5.2, "pitch_std": 0.25, "energy_mean": -3.4, "energy_std": 2.2}  # of all voices, so that weights can move


def seen(items):
    """How often each phoneme of the table is in the corpus."""
    return np.bincount(np.concatenate([i["ids"] for i in items]), minlength=len(data.TABLE)).tolist()


def main():
    args = loop.arguments(__doc__, "acoustic").parse_args()
    device = loop.begin(args)
    corpus = loop.corpus(data.load_all, args)
    items = next(corpus)
    cfg = Config(phonemes=len(data.TABLE), **TABLE_MEANS)
    net = Acoustic(cfg).to(device)
    optimiser = loop.adamw(net, device, betas=(0.9, 0.98), weight_decay=0.01)
    run = loop.Loop(args, {"acoustic": net}, {"acoustic": optimiser},
                    {"config": dataclasses.asdict(cfg), "table": data.TABLE, "hours": data.hours(items), "seen": seen(items)})

    def update(drawn, phones, frames):
        with torch.autocast(device.type, torch.bfloat16, enabled=loop.has_bfloat16(device)):
            parts, _ = losses(net, collate(prepared.store, drawn, phones, frames, cfg))
        optimiser.zero_grad()
        sum(WEIGHTS[k] * v for k, v in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1)
        optimiser.step()
        return parts

    going, known = True, None
    while going:
        items = next(corpus)
        if items is not known:
            known, prepared = items, Corpus(items, device)
            step = loop.Step(update, device, args)
        run.rate()
        bucket, drawn = prepared.draw(run.rng)
        going = run.step(step(drawn, bucket.phones, bucket.frames))


if __name__ == "__main__":
    main()
