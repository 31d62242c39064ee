"""Trains the vocoder on the corpus's own audio: spectral losses first, then (--adversarial) with small discriminators."""
import dataclasses
import random
import time

import numpy as np
import torch

import data
import losses
import loop
import mel
from model import Config, Vocoder

CLIPS, FRAMES = 16, 36
SHIFT_EVERY = 8  # every so many steps the source's F0 is scaled, so that pitch control stays clean


def batch(items, weights, rng):
    """-> log-mel [B, M, T], log F0 [B, T], voicing [B, T], audio [B, T*hop]."""
    out = []
    for item in rng.choices(items, weights, k=CLIPS):
        t = rng.randrange(item["mel"].shape[1] - FRAMES + 1)
        span = slice(t, t + FRAMES)
        audio = item["audio"][t * mel.HOP:(t + FRAMES) * mel.HOP].astype(np.float32) / 32767
        out.append((item["mel"][:, span].astype(np.float32), item["lf0"][span], item["voicing"][span], audio))
    return [torch.from_numpy(np.stack(x)) for x in zip(*out)]


def load(args):
    items = [i for i in data.load(args.corpus, args.cache) if i["mel"].shape[1] >= FRAMES]
    return items, [i["mel"].shape[1] for i in items]


def main():
    parser = loop.arguments(__doc__, "vocoder")
    parser.add_argument("--adversarial", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed + int(time.time()))
    rng = random.Random()
    items, weights = load(args)
    pitch_mean, pitch_std, energy_mean, energy_std = data.statistics(items)
    cfg = Config(phonemes=len(data.TABLE), pitch_mean=5.2, pitch_std=0.25)
    net, disc = Vocoder(cfg), losses.Discriminators()
    adam = lambda m, lr: torch.optim.AdamW(m.parameters(), lr, betas=(0.8, 0.99), weight_decay=0.01)
    optimisers = {"vocoder": adam(net, args.lr)}
    modules = {"vocoder": net}
    if args.adversarial:
        modules["disc"], optimisers["disc"] = disc, adam(disc, args.lr)
    run = loop.Loop(args, modules, optimisers, {"config": dataclasses.asdict(cfg), "table": data.TABLE,
                                                "hours": sum(weights) * mel.HOP / mel.SAMPLE_RATE / 3600})
    reload = time.time()
    going = True
    while going:
        if time.time() - reload > 600:
            (items, weights), reload = load(args), time.time()
        run.rate()
        log_mel, lf0, voicing, audio = batch(items, weights, rng)
        if run.n % SHIFT_EVERY == SHIFT_EVERY - 1:
            shift = torch.empty(len(lf0), 1).uniform_(-0.6, 0.6)
            loss = losses.mel_loss(net(log_mel, lf0 + shift, voicing), audio, (256,))
            report = {}
        else:
            fake = net(log_mel, lf0, voicing)
            m, s = losses.mel_loss(fake, audio), losses.stft_loss(fake, audio)
            loss, report = m + s, {"mel": m, "stft": s}
            if args.adversarial:
                drawn = disc.draw()
                d = losses.discriminator_loss(drawn, audio, fake)
                optimisers["disc"].zero_grad()
                d.backward()
                optimisers["disc"].step()
                adversarial, matching = losses.generator_loss(drawn, audio, fake)
                loss = 4 * loss + adversarial * 0.5 + matching * 0.5
                report.update(disc=d, adv=adversarial, fm=matching)
        optimisers["vocoder"].zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimisers["vocoder"].step()
        going = run.step({k: v.item() for k, v in report.items()} if report else {}, 50)


if __name__ == "__main__":
    main()
