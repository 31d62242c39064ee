"""Trains the acoustic model (FastSpeech 2) on durations, pitch, energy, mel, F0 and voicing of the corpus."""
import dataclasses

import numpy as np
import torch
import torch.nn.functional as F

import data
import loop
import mel
from model import Acoustic, Config, length_regulator

FRAMES_A_BATCH = 3000  # padding included
LEAST_WEIGHT = 150     # frames: an utterance is drawn as if it had at least these, or single words would hardly be seen
SHORT = 12             # phonemes: with fewer, an utterance is drawn (SHORT / phonemes)^4 times as often, or letters wouldn't be


def weight(item):
    """How often an utterance is drawn. One sound is all that tells P from T: what has no context must be known by heart."""
    return max(item["mel"].shape[1], LEAST_WEIGHT) * max(1, SHORT / len(item["ids"])) ** 4


def load(args):
    """Utterances with their weights, sorted by length, so that a batch is a neighbourhood."""
    items = data.load(args.corpus, args.cache)
    return sorted([i | {"weight": weight(i)} for i in items], key=lambda i: i["mel"].shape[1])


def pad(arrays, dtype, length):
    out = np.zeros((len(arrays), length), dtype)
    for row, a in zip(out, arrays):
        row[:len(a)] = a
    return torch.from_numpy(out)


def collate(items, cfg):
    """-> dict of tensors: ids, dur, pitch, energy [B, N] with mask; mel [B, T, M], lf0, voicing [B, T]."""
    n, t = max(len(i["ids"]) for i in items), max(i["mel"].shape[1] for i in items)
    out = {"ids": pad([i["ids"] for i in items], np.int64, n), "dur": pad([i["dur"] for i in items], np.int64, n),
           "pitch": pad([(i["pitch"] - cfg.pitch_mean) / cfg.pitch_std for i in items], np.float32, n),
           "energy": pad([(i["energy"] - cfg.energy_mean) / cfg.energy_std for i in items], np.float32, n),
           "lf0": pad([(i["lf0"] - cfg.pitch_mean) / cfg.pitch_std for i in items], np.float32, t),
           "voicing": pad([i["voicing"] for i in items], np.float32, t)}
    out["mask"] = torch.arange(n)[None] < torch.tensor([len(i["ids"]) for i in items])[:, None]
    out["mel"] = torch.zeros(len(items), t, mel.N_MELS)
    for row, i in zip(out["mel"], items):
        row[:i["mel"].shape[1]] = torch.from_numpy(i["mel"].astype(np.float32)).T
    return out


def draw(items, rng):
    """A batch of neighbours in length around a random utterance."""
    k = rng.choices(range(len(items)), [i["weight"] for i in items])[0]
    count = max(1, min(FRAMES_A_BATCH // items[k]["mel"].shape[1], 64))
    span = items[max(0, k - 3 * count):k + 1]
    return rng.choices(span, [i["weight"] for i in span], k=count)


def masked(x, mask):
    return (x * mask).sum() / mask.sum()


def losses(net, b):
    """-> dict of scalar losses, raw decoder output [B, T, M+2]."""
    h, dur, pitch, energy = net.encode(b["ids"], b["mask"])
    index, position, frames = length_regulator(b["dur"], b["mel"].shape[1])
    y = net.decode(h, b["pitch"], b["energy"], index, position, b["mask"], frames)
    m, f = b["mask"].float(), frames.float()
    target = torch.log(b["dur"].clamp(min=0.5).float())
    difference = (y[..., :mel.N_MELS] - b["mel"]).abs()
    parts = {"mel": masked(difference.mean(2), f),
             "lf0": masked((y[..., -2] - b["lf0"]).abs(), f * (0.1 + 0.9 * b["voicing"])),
             "voice": masked(F.binary_cross_entropy_with_logits(y[..., -1], b["voicing"], reduction="none"), f),
             "dur": masked((dur - target) ** 2, m), "pitch": masked((pitch - b["pitch"]) ** 2, m),
             "energy": masked((energy - b["energy"]) ** 2, m)}
    return parts, y


WEIGHTS = {"mel": 1.0, "lf0": 0.5, "voice": 0.3, "dur": 0.5, "pitch": 0.2, "energy": 0.1}


def main():
    args = loop.arguments(__doc__, "acoustic").parse_args()
    loop.begin(args)
    corpus = loop.corpus(load, args)
    items = next(corpus)
    cfg = Config(phonemes=len(data.TABLE), pitch_mean=5.2, pitch_std=0.25, energy_mean=-3.4, energy_std=2.2)
    net = Acoustic(cfg)
    optimiser = torch.optim.AdamW(net.parameters(), args.lr, betas=(0.9, 0.98), weight_decay=0.01)
    hours = sum(i["mel"].shape[1] for i in items) * mel.HOP / mel.SAMPLE_RATE / 3600
    run = loop.Loop(args, {"acoustic": net}, {"acoustic": optimiser},
                    {"config": dataclasses.asdict(cfg), "table": data.TABLE, "hours": hours})
    going = True
    while going:
        items = next(corpus)
        run.rate()
        with torch.autocast("cpu", torch.bfloat16):  # where the processor has it, two and a half times as fast
            parts, _ = losses(net, collate(draw(items, run.rng), cfg))
        optimiser.zero_grad()
        sum(WEIGHTS[k] * v for k, v in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1)
        optimiser.step()
        going = run.step({k: v.item() for k, v in parts.items()})


if __name__ == "__main__":
    main()
