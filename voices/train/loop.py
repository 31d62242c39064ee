"""What every trainer shares: arguments, device, learning rate, moving average, checkpoints, time limit, log."""
import argparse
import contextlib
import copy
import json
import os
import signal
import time

import numpy as np
import torch

RELOAD_SECONDS = 600
WARM_STEPS = 4  # a step is run so often before it is recorded as a CUDA graph


def arguments(description, name):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--corpus", default="training/corpus", help="folder from teacher.py or align.py")
    parser.add_argument("--cache", default="training/features.pkl",
                        help="features of the corpus, made when missing; several, with commas between them: all of them")
    parser.add_argument("--out", default=f"training/{name}.pt", help="checkpoint: resumed when it exists")
    parser.add_argument("--start", default="", help="begin with this checkpoint's weights (voice_file.py makes one of a voice)")
    parser.add_argument("--minutes", type=float, default=60, help="stop after this long")
    parser.add_argument("--steps", type=int, default=1 << 30, help="stop at this step")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="on a CPU the same seed, corpus and --steps give the same checkpoint")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--save-every", type=float, default=5, help="minutes between checkpoints")
    parser.add_argument("--no-graphs", action="store_true", help="on a GPU: don't record steps as CUDA graphs")
    return parser


def device_of(name):
    """auto, cpu or cuda -> device; a clear line where there is no such."""
    if name == "cuda" and not torch.cuda.is_available():
        raise SystemExit("--device cuda: PyTorch finds no GPU here")
    return torch.device("cuda" if name != "cpu" and torch.cuda.is_available() else "cpu")


def has_bfloat16(device):
    """Whether bfloat16 is faster there: on a processor that has it two and a half times as fast, on another it takes eight times as long."""
    return device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()


def begin(args):
    """Settings of the process -> device; the networks made after this start from args.seed."""
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    device = device_of(args.device)
    if device.type == "cuda":
        torch.cuda.set_stream(torch.cuda.Stream())
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    return device


def corpus(load, args):
    """Yields load(args) without end, read anew now and then: a corpus may still be growing. The same list while it doesn't grow."""
    items = []
    while True:
        found, read = load(args), time.time()
        items = found if len(found) > len(items) else items
        while time.time() - read < RELOAD_SECONDS:
            yield items


def adamw(module, device, **options):
    """AdamW; on a GPU such that its steps can be recorded."""
    more = {"fused": True, "capturable": True, "lr": torch.tensor(1e-3, device=device)} if device.type == "cuda" else {}
    return torch.optim.AdamW(module.parameters(), **options, **more)


class Step:
    """f(tensor, *sizes) -> dict of losses, an update included. On a GPU it is recorded once for every shape and size and then
    replayed: networks as small as these cost more to start than to run."""

    def __init__(self, f, device, args):
        self.f, self.device, self.graphs, self.pool = f, device, {}, None
        self.record, self.warm = device.type == "cuda" and not args.no_graphs, 0

    def __call__(self, given, *sizes):
        given = given.to(self.device)
        if not self.record or self.warm < WARM_STEPS:
            self.warm += 1
            return self.f(given, *sizes)
        key = given.shape, sizes
        if key not in self.graphs:
            graph, fixed = torch.cuda.CUDAGraph(), given.clone()
            torch.cuda.synchronize()
            with torch.cuda.graph(graph, pool=self.pool, capture_error_mode="thread_local"):
                found = self.f(fixed, *sizes)
            self.pool = self.pool or graph.pool()
            self.graphs[key] = graph, fixed, found
        graph, fixed, found = self.graphs[key]
        fixed.copy_(given)
        graph.replay()
        return found


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
            self.resume(args.out)
        elif args.start:
            self.resume(args.start, afresh=True)
        # What a run draws follows from the seed and the step that it starts at, so that a resumed one draws other batches.
        torch.manual_seed(args.seed + self.n)
        self.rng = np.random.default_rng(args.seed + self.n)
        self.pairs = [[p for n in (self.ema[k], m) for p in n.state_dict().values()] for k, m in modules.items()]
        self.pairs = [(p[:len(p) // 2], p[len(p) // 2:]) for p in self.pairs]

    def stop(self, *_):
        """SIGTERM: finish the step, save, leave."""
        self.stopping = True

    def resume(self, path, afresh=False):
        """Modules and averages from a checkpoint; steps and optimisers too, unless training starts afresh from it."""
        state = torch.load(path, weights_only=False, map_location="cpu")
        for k in self.modules:
            if k in state["modules"]:
                self.modules[k].load_state_dict(state["ema" if afresh else "modules"][k])
                self.ema[k].load_state_dict(state["ema"][k])
        if not afresh:
            self.n = state["step"]
            for k, o in self.optimisers.items():
                if k in state["optimisers"]:
                    for old, new in zip(state["optimisers"][k]["param_groups"], o.param_groups):
                        old.update({name: v for name, v in new.items() if name != "params"})
                    o.load_state_dict(state["optimisers"][k])
        print(f"{'started from' if afresh else 'resumed'} {path} at step {self.n}", flush=True)

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
                if isinstance(g["lr"], torch.Tensor):
                    g["lr"].fill_(lr * self.scales.get(k, 1))
                else:
                    g["lr"] = lr * self.scales.get(k, 1)
        return lr

    @torch.no_grad()
    def step(self, losses, every=50):
        """losses: name -> scalar tensor. Returns False when time or steps are used up (the checkpoint is then saved)."""
        self.n += 1
        beta = min(0.999, (1 + self.n) / (10 + self.n))
        for average, now in self.pairs:
            torch._foreach_lerp_(average, now, 1 - beta)
        for k, v in losses.items():
            self.sums[k] = self.sums.get(k, 0) + v.detach()
        self.count += bool(losses)
        if self.n % every == 0 and self.count:
            self.log({k: float(v) / self.count for k, v in self.sums.items()})
            self.sums, self.count = {}, 0
        going = not self.stopping and self.left() > 0 and self.n < self.args.steps
        if not going or time.time() - self.saved > 60 * self.args.save_every:
            self.save()
        return going

    def log(self, values):
        line = {"step": self.n, "minutes": round((time.time() - self.start) / 60, 2)}
        line.update({k: round(v, 4) for k, v in values.items()})
        print(json.dumps(line), flush=True)
        with contextlib.suppress(OSError), open(os.path.splitext(self.args.out)[0] + ".log", "a", encoding="utf-8") as f:
            f.write(json.dumps(line) + "\n")
