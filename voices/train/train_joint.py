"""Joint adversarial fine-tuning: the vocoder learns to live on predicted mels, the decoder to predict mels that sound right.

Starts from the checkpoints of train_acoustic.py and train_vocoder.py; writes one checkpoint that holds both, for export.py.
"""
import random
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

import data
import losses
import loop
import mel
import pulses
import train_acoustic
from model import Acoustic, Config, Vocoder

FRAMES = 36  # of a clip
NATURAL = 0.25  # share of clips whose mel is the recording's own, so that copy synthesis stays possible


def clips(items, batch, y, rng, count):
    """Cuts clips out of a decoded batch -> log-mel [B, M, T], log F0, voicing, turns [B, T], audio [B, S]."""
    rows, lf0, voicing, turns, audio = [], [], [], [], []
    long = [k for k, i in enumerate(items) if i["mel"].shape[1] >= FRAMES]
    for k in rng.choices(long, [items[k]["mel"].shape[1] for k in long], k=count):
        t = rng.randrange(items[k]["mel"].shape[1] - FRAMES + 1)
        natural = rng.random() < NATURAL
        rows.append((batch["mel"] if natural else y[..., :mel.N_MELS])[k, t:t + FRAMES].T)
        voicing.append(batch["voicing"][k, t:t + FRAMES] if natural else torch.sigmoid(y[k, t:t + FRAMES, -1]))
        lf0.append(torch.from_numpy(items[k]["lf0"][t:t + FRAMES]))
        turns.append(torch.from_numpy(items[k]["turns"][t:t + FRAMES]))
        audio.append(torch.from_numpy(items[k]["audio"][t * mel.HOP:(t + FRAMES) * mel.HOP].astype(np.float32) / 32767))
    return [torch.stack(x) for x in (rows, lf0, voicing, turns, audio)]


class Job:
    """One worker's share of a step: forward at construction, then the two backward passes. Gradients add up in the networks:
    autograd locks each accumulation, and two single-threaded workers use two cores far better than two threads in each operation."""

    def __init__(self, args, acoustic, vocoder, items, rng):
        self.args = args
        drawn = train_acoustic.draw(items, rng)
        batch = train_acoustic.collate(drawn, acoustic.cfg)
        self.parts, y = train_acoustic.losses(acoustic, batch)
        log_mel, lf0, voicing, turns, self.audio = clips(drawn, batch, y, rng, args.clips // args.workers)
        source = mel.harmonic_source(lf0, voicing, turns=pulses.follow(lf0, turns))
        self.harmonic, noise = vocoder.parts(log_mel, lf0, voicing, source, mel.noise_source(source.shape))
        self.fake = self.harmonic + noise
        self.report = {}

    def discriminate(self, disc):
        loss = losses.discriminator_loss(disc, self.audio, self.fake)
        (loss / self.args.workers).backward()
        self.report["disc"] = loss

    def generate(self, disc):
        spectral = losses.spectral_losses(self.harmonic, self.fake, self.audio)
        loss = 4 * sum(spectral.values()) + 2 * sum(train_acoustic.WEIGHTS[k] * v for k, v in self.parts.items())
        self.report.update(**spectral, **{"am_" + k: v for k, v in self.parts.items()})
        if disc:
            adversarial, matching = losses.generator_loss(disc, self.audio, self.fake)
            loss = loss + self.args.adversarial * (adversarial + matching)
            self.report.update(adv=adversarial, fm=matching)
        (loss / self.args.workers).backward()


def main():
    parser = loop.arguments(__doc__, "joint")
    parser.add_argument("--acoustic", default="training/acoustic.pt")
    parser.add_argument("--vocoder", default="training/vocoder.pt")
    parser.add_argument("--adversarial", type=float, default=2, help="weight of the discriminators' losses; 0: none")
    parser.add_argument("--clips", type=int, default=16, help="clips a step, all workers together")
    parser.add_argument("--workers", type=int, default=2, help="batches made side by side, one core each")
    parser.set_defaults(lr=3e-4, threads=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed + int(time.time()))
    rng = random.Random()
    train_acoustic.FRAMES_A_BATCH = 1600 // args.workers
    items = [i for i in train_acoustic.load(args) if i["mel"].shape[1] >= FRAMES]
    states = torch.load(args.acoustic, weights_only=False), torch.load(args.vocoder, weights_only=False)
    cfg = Config(**states[0]["meta"]["config"])
    acoustic, vocoder, disc = Acoustic(cfg), Vocoder(cfg), losses.Discriminators()
    acoustic.load_state_dict(states[0]["ema"]["acoustic"])
    vocoder.load_state_dict(states[1]["ema"]["vocoder"])
    if "disc" in states[1]["modules"]:
        disc.load_state_dict(states[1]["modules"]["disc"])
    del states
    adam = lambda modules: torch.optim.AdamW([p for m in modules for p in m.parameters()], args.lr, betas=(0.8, 0.99))
    optimisers = {"generator": adam([acoustic, vocoder]), "disc": adam([disc])}
    hours = sum(i["mel"].shape[1] for i in items) * mel.HOP / mel.SAMPLE_RATE / 3600
    run = loop.Loop(args, {"acoustic": acoustic, "vocoder": vocoder, "disc": disc}, optimisers,
                    {"config": vars(cfg), "table": data.TABLE, "hours": hours}, {"disc": 3})
    pool = ThreadPoolExecutor(args.workers)
    going = True
    while going:
        run.rate()
        jobs = list(pool.map(lambda _: Job(args, acoustic, vocoder, items, rng), range(args.workers)))
        if args.adversarial:
            with losses.learning(disc, optimisers["disc"]):
                list(pool.map(lambda job: job.discriminate(disc), jobs))
        optimisers["generator"].zero_grad()
        list(pool.map(lambda job: job.generate(disc if args.adversarial else None), jobs))
        torch.nn.utils.clip_grad_norm_(list(acoustic.parameters()) + list(vocoder.parameters()), 5)
        optimisers["generator"].step()
        going = run.step({k: sum(job.report[k].item() for job in jobs) / len(jobs) for k in jobs[0].report})


if __name__ == "__main__":
    main()
