"""Trains the vocoder on the corpus's own audio and mels: spectral losses, and discriminators too (--adversarial)."""
import dataclasses
import os

import numpy as np
import torch

import data
import losses
import loop
import mel
import pulses
from model import Acoustic, Config, Vocoder, length_regulator
from train_acoustic import LEAST_WEIGHT, collate

CLIPS, FRAMES = {"cpu": 16, "cuda": 48}, 36
SHIFT_EVERY = 8  # every so many steps the source's F0 is scaled, so that pitch control stays clean
HEADROOM = 3.0   # a loud voice's low harmonics need more than the format's limit on magnitudes: without it they are cut, by 2 dB in all
RAMP = 500       # steps from the start of a run until the discriminators have their whole weight


class Clips:
    """The utterances on the device; clips of FRAMES are drawn from them."""

    def __init__(self, items, device, predicting):
        items = sorted((i for i in items if i["mel"].shape[1] >= FRAMES and data.has_sound(i)), key=lambda i: i["mel"].shape[1])
        self.store, self.device = data.Store(items, device), device
        self.first, self.frames = self.store.first.cpu().numpy(), self.store.frames.cpu().numpy()
        self.shares = np.cumsum(np.maximum(self.frames, LEAST_WEIGHT))
        self.predicted = self.store.mel.clone() if predicting else self.store.mel
        self.acoustic, self.stale = None, np.zeros(len(self.frames), bool)

    def draw(self, rng, count, share):
        """-> frames that clips start at [count], the first `share` of them with the acoustic model's mels."""
        which = np.searchsorted(self.shares, rng.random(count) * self.shares[-1]).clip(max=len(self.frames) - 1)
        drawn = np.unique(which[:int(count * share)])
        if self.stale[drawn].any():
            self.predict(drawn[self.stale[drawn]])
        return torch.from_numpy(self.first[which] + rng.integers(0, self.frames[which] - FRAMES + 1))

    def gather(self, starts, share):
        """-> log-mel [B, M, T], log F0, voicing, turns [B, T], audio [B, T*hop]. The first `share` of the clips have the acoustic
        model's mels."""
        at, s = starts[:, None] + torch.arange(FRAMES, device=self.device), self.store
        split = int(len(starts) * share)
        log_mel = torch.cat([self.predicted[at[:split]], s.mel[at[split:]]]).float().transpose(1, 2)
        return log_mel, s.lf0[at], s.voicing[at], s.turns[at], s.audio[at].flatten(1).float() / 32767

    def follow(self, path):
        """The acoustic model at `path` predicts from now on."""
        state = torch.load(path, weights_only=False, map_location=self.device)
        self.acoustic = Acoustic(Config(**state["meta"]["config"])).to(self.device).eval()
        self.acoustic.load_state_dict(state["ema"]["acoustic"])
        self.stale[:] = True

    @torch.no_grad()
    def predict(self, utterances):
        """Fills `predicted` for these with the acoustic model's mels, given the true durations, pitch and energy: when they are drawn,
        since the model changes more often than a large corpus has been drawn from."""
        which, net, s = torch.from_numpy(utterances).to(self.device), self.acoustic, self.store
        longest = int(self.frames[utterances].max())
        b = collate(s, which, int(s.phones[which].max()), longest, net.cfg)
        index, position, frames = length_regulator(b["dur"], longest)
        h = net.encode(b["ids"], b["mask"])[0]
        y = net.decode(h, b["pitch"], b["energy"], index, position, b["mask"], frames)[..., :mel.N_MELS]
        at, inside = s.places(which, s.first, s.frames, longest)
        self.predicted[at[inside]] = y[inside].half()
        self.stale[utterances] = False


def shifted_loss(net, log_mel, log_f0, voicing, audio):
    """The envelope must stay when the pitch moves: a window too short for harmonics compares with the recording."""
    fake = net(log_mel, log_f0 + torch.empty(len(log_f0), 1, device=log_f0.device).uniform_(-0.6, 0.6), voicing)
    mels = [losses.log_mels(losses.spectrum(x, 256).abs(), 256) for x in (fake, audio)]
    return (mels[0] - mels[1]).abs().mean()


class Trainer:
    """The networks and the two kinds of update."""

    def __init__(self, args, cfg, device):
        self.args, self.net, self.disc = args, Vocoder(cfg).to(device), None
        self.modules = {"vocoder": self.net}
        if args.adversarial:
            self.disc = self.modules["disc"] = losses.Discriminators().to(device)
        self.optimisers = {k: loop.adamw(m, device, betas=(0.8, 0.99)) for k, m in self.modules.items()}
        self.weight = torch.zeros((), device=device)  # of the discriminators

    def learn(self, loss):
        self.optimisers["vocoder"].zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5)
        self.optimisers["vocoder"].step()

    def shifted(self, starts):
        log_mel, lf0, voicing, _, audio = self.clips.gather(starts, self.args.predicted)
        self.learn(shifted_loss(self.net, log_mel, lf0, voicing, audio))
        return {}

    def spoken(self, log_mel, lf0, voicing, turns):
        """Clips -> their harmonic part and noise part, on top of the recordings' pulses."""
        source = mel.harmonic_source(lf0, voicing, turns=pulses.follow(lf0, turns))
        return self.net.parts(log_mel, lf0, voicing, source, mel.noise_source(source.shape, source.device))

    def usual(self, starts):
        *clips, audio = self.clips.gather(starts, self.args.predicted)
        harmonic, noise = self.spoken(*clips)
        report = losses.spectral_losses(harmonic, harmonic + noise, audio)
        loss = sum(report.values())
        if self.disc:
            with losses.learning(self.disc, self.optimisers["disc"]):
                report["disc"] = losses.discriminator_loss(self.disc, audio, harmonic + noise)
                report["disc"].backward()
            report["adv"], report["fm"] = losses.generator_loss(self.disc, audio, harmonic + noise)
            loss = loss + self.weight * (report["adv"] + report["fm"])
        self.learn(loss)
        return report


def changed(path):
    return os.path.getmtime(path) if path and os.path.exists(path) else 0


def main():
    parser = loop.arguments(__doc__, "vocoder")
    parser.add_argument("--adversarial", type=float, default=0, help="weight of the discriminators' losses; 0: none")
    parser.add_argument("--acoustic", default="", help="checkpoint of an acoustic model whose mels are learnt from, too; read anew when it changes")
    parser.add_argument("--predicted", type=float, default=0.5, help="share of the clips with the acoustic model's mels")
    args = parser.parse_args()
    device = loop.begin(args)
    corpus = loop.corpus(data.load_all, args)
    items = next(corpus)
    cfg = Config(phonemes=len(data.TABLE), pitch_mean=5.2, pitch_std=0.25, voc_headroom=HEADROOM)
    trainer = Trainer(args, cfg, device)
    run = loop.Loop(args, trainer.modules, trainer.optimisers,
                    {"config": dataclasses.asdict(cfg), "table": data.TABLE, "hours": data.hours(items)}, {"disc": 3})
    first, going, known, read = run.n, True, None, 0
    while going:
        items = next(corpus)
        if items is not known:
            known, trainer.clips, read = items, Clips(items, device, bool(args.acoustic)), 0
            usual, shifted = (loop.Step(f, device, args) for f in (trainer.usual, trainer.shifted))
        if changed(args.acoustic) > read:
            read = changed(args.acoustic)
            trainer.clips.follow(args.acoustic)
        run.rate()
        trainer.weight.fill_(args.adversarial * min(1, (run.n - first) / RAMP))
        step = shifted if run.n % SHIFT_EVERY == SHIFT_EVERY - 1 else usual
        going = run.step(step(trainer.clips.draw(run.rng, CLIPS[device.type], args.predicted)))


if __name__ == "__main__":
    main()
