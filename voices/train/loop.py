"""What every trainer shares: arguments, learning rate, moving average, checkpoints, time limit, log."""
import argparse
import copy
import json
import os
import random
import signal
import time

import torch

CHECKPOINT_SECONDS = 300
RELOAD_SECONDS = 600


def arguments(description, name):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--corpus", default="training/corpus", help="folder from teacher.py or align.py")
    parser.add_argument("--cache", default="training/features.pkl", help="features of the corpus, made when missing")
    parser.add_argument("--out", default=f"training/{name}.pt", help="checkpoint: resumed when it exists")
    parser.add_argument("--minutes", type=float, default=60, help="stop after this long")
    parser.add_argument("--steps", type=int, default=1 << 30, help="stop at this step")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="the same seed, corpus and --steps give the same checkpoint")
    return parser


def begin(args):
    """Settings of the process; the networks made after this start from args.seed."""
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)


def corpus(load, args):
    """Yields load(args) without end, read anew now and then: a corpus may still be growing."""
    while True:
        items, read = load(args), time.time()
        while time.time() - read < RELOAD_SECONDS:
            yield items


class Loop:
    """Holds modules, optimisers and EMA copies; `step()` after each update keeps the books and says whether to go on."""

    def __init__(self, args, modules, optimisers, meta, scales=None):
        """scales: optimiser name -> factor on the learning rate."""
        self.args, self.modules, self.optimisers, self.meta, self.scales = args, modules, optimisers, meta, scales or {}
        self.n, self.start, self.saved = 0, time.time(), time.time()
        self.sums, self.count = {}, 0
        self.stopping = False
        signal.signal(signal.SIGTERM, self.stop)
        self.ema = {k: copy.deepcopy(m).requires_grad_(False) for k, m in modules.items()}
        if os.path.exists(args.out):
            self.resume()
        # What a run draws follows from the seed and the step that it starts at, so that a resumed one draws other batches.
        torch.manual_seed(args.seed + self.n)
        self.rng = random.Random(args.seed + self.n)

    def stop(self, *_):
        """SIGTERM: finish the step, save, leave."""
        self.stopping = True

    def resume(self):
        state = torch.load(self.args.out, weights_only=False)
        self.n = state["step"]
        for k in self.modules:
            if k in state["modules"]:
                self.modules[k].load_state_dict(state["modules"][k])
                self.ema[k].load_state_dict(state["ema"][k])
        for k, o in self.optimisers.items():
            if k in state["optimisers"]:
                o.load_state_dict(state["optimisers"][k])
        print(f"resumed {self.args.out} at step {self.n}", flush=True)

    def save(self):
        state = {"step": self.n, "meta": self.meta,
                 "modules": {k: m.state_dict() for k, m in self.modules.items()},
                 "ema": {k: m.state_dict() for k, m in self.ema.items()},
                 "optimisers": {k: o.state_dict() for k, o in self.optimisers.items()}}
        torch.save(state, self.args.out + ".tmp")
        os.replace(self.args.out + ".tmp", self.args.out)
        self.saved = time.time()

    def left(self):
        """Fraction of the time that is left, 1 ... 0."""
        return max(0.0, 1 - (time.time() - self.start) / (60 * self.args.minutes))

    def rate(self, warmup=200, decay=0.3):
        """Warm-up over steps, then constant, then linear decay over the last `decay` of the time."""
        lr = self.args.lr * min(1.0, (self.n + 1) / warmup) * max(0.02, min(1.0, self.left() / decay))
        for k, o in self.optimisers.items():
            for g in o.param_groups:
                g["lr"] = lr * self.scales.get(k, 1)
        return lr

    def step(self, losses, every=50):
        """losses: name -> float. Returns False when time or steps are used up (the checkpoint is then saved)."""
        self.n += 1
        beta = min(0.999, (1 + self.n) / (10 + self.n))
        with torch.no_grad():
            for k, m in self.modules.items():
                for a, b in zip(self.ema[k].state_dict().values(), m.state_dict().values()):
                    a.lerp_(b, 1 - beta) if a.dtype.is_floating_point else a.copy_(b)
        for k, v in losses.items():
            self.sums[k] = self.sums.get(k, 0) + float(v)
        self.count += bool(losses)
        if self.n % every == 0 and self.count:
            self.log({k: v / self.count for k, v in self.sums.items()})
            self.sums, self.count = {}, 0
        going = not self.stopping and self.left() > 0 and self.n < self.args.steps
        if not going or time.time() - self.saved > CHECKPOINT_SECONDS:
            self.save()
        return going

    def log(self, values):
        line = {"step": self.n, "minutes": round((time.time() - self.start) / 60, 2)}
        line.update({k: round(v, 4) for k, v in values.items()})
        print(json.dumps(line), flush=True)
        with open(os.path.splitext(self.args.out)[0] + ".log", "a") as f:
            f.write(json.dumps(line) + "\n")
