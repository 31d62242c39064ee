"""Trains the duration and pitch predictors alone, on many more lines than were rendered (`teacher.py foretell`); all else is held.

Durations by the gamma deviance, whose optimum is the mean: the mean of logarithms is a median, and a voice that learns it speaks 2 % too
fast and pauses too briefly. What is foretold from text alone varies less than speech does, so the spread is a loss, too (the global
variance of HMM synthesis, Toda and Tokuda 2007).

    teacher.py foretell --lines training/NAME/foretold.tsv --cache training/NAME/prosody.pkl --minutes 4
    train_predictors.py --cache training/NAME/prosody.pkl --start training/NAME/acoustic.pt --out training/NAME/predictors.pt --minutes 4

Letters: B batch, N phonemes, P phonemes of all lines, C hidden width.
"""
import numpy as np
import torch

import data
import loop
from model import Acoustic, Config
from train_acoustic import masked

PHONEMES_A_BATCH = {"cpu": 3000, "cuda": 12000}
MOST = 64             # lines a batch
ENCODED = 64          # lines that are encoded at once
VOICELESS = 0.1       # weight of the pitch of phonemes without voice
PITCH_SPREAD = 4.0    # weights of the losses on the spread
TIME_SPREAD = 0.3
LEAST_VOICED = 10     # phonemes, for a line's spread of pitch to say something
PAUSES = [data.IDS[c] for c in data.PUNCTUATION]


class Lines:
    """What is foretold of the lines, shortest first, one behind the other: hidden [P, C] of the encoder, ids, dur in hops, pitch (normalised),
    voiced, told [P]; line i has phonemes first[i] ... first[i] + count[i] - 1."""

    def __init__(self, items, net, device):
        items = sorted(items, key=lambda i: len(i["ids"]))
        put = lambda name, kind: torch.from_numpy(np.concatenate([i[name] for i in items]).astype(kind)).to(device)
        self.count = torch.tensor([len(i["ids"]) for i in items], device=device)
        self.first = self.count.cumsum(0) - self.count
        self.ids, self.dur, self.voiced, self.told = put("ids", np.int64), put("dur", np.float32), put("voiced", np.float32), put("told", np.float32)
        self.pitch = (put("pitch", np.float32) - net.cfg.pitch_mean) / net.cfg.pitch_std
        self.shares = self.count.cumsum(0).cpu().numpy() / float(self.count.sum())
        self.hidden = torch.cat([self.encoded(net, torch.arange(n, min(n + ENCODED, len(items)), device=device)) for n in range(0, len(items), ENCODED)])

    def places(self, which):
        """Lines [B] -> places in what is kept [B, N], mask [B, N]."""
        t = torch.arange(int(self.count[which].max()), device=which.device)
        return self.first[which][:, None] + torch.minimum(t, self.count[which][:, None] - 1), t < self.count[which][:, None]

    @torch.no_grad()
    def encoded(self, net, which):
        at, mask = self.places(which)
        return net.enc(net.emb(self.ids[at]), mask)[mask].half()

    def draw(self, rng, most):
        """Lines of nearly one length; long ones as often as they have more phonemes. -> [B]"""
        start = min(int(np.searchsorted(self.shares, rng.random())), len(self.count) - 1)
        end = min(start + max(1, min(MOST, most // int(self.count[start]))), len(self.count))
        return torch.arange(start, end, device=self.count.device)


def deviation(x, weight, dim=None):
    """The weighted standard deviation, of all or along a dimension."""
    middle = masked(x, weight, dim) if dim is None else masked(x, weight, dim)[:, None]
    return torch.sqrt(masked((x - middle) ** 2, weight, dim) + 1e-6)


def duration_losses(found, dur, told, pause):
    """Predicted log durations [B, N] beside durations in hops."""
    wanted = torch.log(dur.clamp(min=0.5))
    pauses, sounds = told * pause, told * (1 - pause)
    pausing = (deviation(found.exp(), pauses) - deviation(dur, pauses)) / (deviation(dur, pauses) + 1)
    sounding = deviation(found, sounds) - deviation(wanted, sounds)
    return {"dur": 2 * masked(found + dur * torch.exp(-found) - 1 - wanted, told), "dur_spread": TIME_SPREAD * (pausing ** 2 + sounding ** 2)}


def pitch_losses(found, pitch, told, voiced):
    """Both [B, N], normalised."""
    heard = told * voiced
    spread = (deviation(found, heard, 1) - deviation(pitch, heard, 1)) ** 2
    return {"pitch": masked((found - pitch) ** 2, told * (VOICELESS + (1 - VOICELESS) * voiced)),
            "pitch_spread": PITCH_SPREAD * masked(spread, (heard.sum(1) >= LEAST_VOICED).float())}


class Trainer:
    """The acoustic model with all but two predictors held."""

    def __init__(self, cfg, device):
        self.net = Acoustic(cfg).to(device).eval().requires_grad_(False)
        for part in (self.net.dur, *(m for name, m in self.net.pitch.named_children() if name != "emb")):
            part.train().requires_grad_(True)
        self.optimiser = torch.optim.AdamW([p for p in self.net.parameters() if p.requires_grad], betas=(0.9, 0.98), weight_decay=0.01)

    def update(self, lines, which):
        at, mask = lines.places(which)
        h, told = lines.hidden[at].float(), lines.told[at] * mask
        pause = torch.isin(lines.ids[at], torch.tensor(PAUSES, device=at.device)).float()
        report = duration_losses(self.net.dur(h, mask), lines.dur[at], told, pause)
        report |= pitch_losses(self.net.pitch(h, mask), lines.pitch[at], told, lines.voiced[at])
        self.optimiser.zero_grad()
        sum(report.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1)
        self.optimiser.step()
        return report


def main():
    parser = loop.arguments(__doc__, "predictors")
    parser.set_defaults(corpus="", lr=5e-4)
    args = parser.parse_args()
    device = loop.begin(args)
    state = torch.load(args.start, weights_only=False, map_location="cpu")["meta"]
    trainer = Trainer(Config(**state["config"]), device)
    run = loop.Loop(args, {"acoustic": trainer.net}, {"acoustic": trainer.optimiser}, state)
    lines = Lines(data.load_all(args), trainer.net, device)
    going = True
    while going:
        run.rate()
        going = run.step(trainer.update(lines, lines.draw(run.rng, PHONEMES_A_BATCH[device.type])))


if __name__ == "__main__":
    main()
