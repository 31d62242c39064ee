"""Trains the vocoder on the corpus's own audio and mels: spectral losses, then discriminators too (--adversarial)."""
import dataclasses

import numpy as np
import torch

import data
import losses
import loop
import mel
import pulses
from model import Config, Vocoder
from train_acoustic import LEAST_WEIGHT

CLIPS, FRAMES = 16, 36
SHIFT_EVERY = 8  # every so many steps the source's F0 is scaled, so that pitch control stays clean
RAMP = 500       # steps from the start of a run until the discriminators have their whole weight


def batch(items, weights, rng):
    """-> log-mel [B, M, T], log F0, voicing, turns [B, T], audio [B, T*hop]."""
    out = []
    for item in rng.choices(items, weights, k=CLIPS):
        t = rng.randrange(item["mel"].shape[1] - FRAMES + 1)
        span = slice(t, t + FRAMES)
        audio = item["audio"][t * mel.HOP:(t + FRAMES) * mel.HOP].astype(np.float32) / 32767
        out.append((item["mel"][:, span].astype(np.float32), item["lf0"][span], item["voicing"][span], item["turns"][span], audio))
    return [torch.from_numpy(np.stack(x)) for x in zip(*out)]


def shifted_loss(net, log_mel, log_f0, voicing, audio):
    """The envelope must stay when the pitch moves: a window too short for harmonics compares with the recording."""
    fake = net(log_mel, log_f0 + torch.empty(len(log_f0), 1).uniform_(-0.6, 0.6), voicing)
    mels = [losses.log_mels(losses.spectrum(x, 256).abs(), 256) for x in (fake, audio)]
    return (mels[0] - mels[1]).abs().mean()


def load(args):
    items = [i for i in data.load(args.corpus, args.cache) if i["mel"].shape[1] >= FRAMES]
    return items, [max(i["mel"].shape[1], LEAST_WEIGHT) for i in items]


def main():
    parser = loop.arguments(__doc__, "vocoder")
    parser.add_argument("--adversarial", type=float, default=0, help="weight of the discriminators' losses; 0: none")
    args = parser.parse_args()
    loop.begin(args)
    corpus = loop.corpus(load, args)
    items, _ = next(corpus)
    cfg = Config(phonemes=len(data.TABLE), pitch_mean=5.2, pitch_std=0.25)
    modules = {"vocoder": Vocoder(cfg)}
    if args.adversarial:
        modules["disc"] = losses.Discriminators()
    optimisers = {k: torch.optim.AdamW(m.parameters(), args.lr, betas=(0.8, 0.99)) for k, m in modules.items()}
    net, disc = modules["vocoder"], modules.get("disc")
    hours = sum(i["mel"].shape[1] for i in items) * mel.HOP / mel.SAMPLE_RATE / 3600
    run = loop.Loop(args, modules, optimisers, {"config": dataclasses.asdict(cfg), "table": data.TABLE, "hours": hours},
                    {"disc": 3})
    first, going = run.n, True
    while going:
        items, weights = next(corpus)
        run.rate()
        log_mel, lf0, voicing, turns, audio = batch(items, weights, run.rng)
        if run.n % SHIFT_EVERY == SHIFT_EVERY - 1:
            loss, report = shifted_loss(net, log_mel, lf0, voicing, audio), {}
        else:
            source = mel.harmonic_source(lf0, voicing, turns=pulses.follow(lf0, turns))
            harmonic, noise = net.parts(log_mel, lf0, voicing, source, mel.noise_source(source.shape))
            report = losses.spectral_losses(harmonic, harmonic + noise, audio)
            loss = sum(report.values())
            if disc:
                with losses.learning(disc, optimisers["disc"]):
                    report["disc"] = losses.discriminator_loss(disc, audio, harmonic + noise)
                    report["disc"].backward()
                report["adv"], report["fm"] = losses.generator_loss(disc, audio, harmonic + noise)
                loss = loss + args.adversarial * min(1, (run.n - first) / RAMP) * (report["adv"] + report["fm"])
        optimisers["vocoder"].zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimisers["vocoder"].step()
        going = run.step({k: v.item() for k, v in report.items()}, 50)


if __name__ == "__main__":
    main()
