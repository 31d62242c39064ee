"""Learned aligner: recordings and their phonemes -> durations (no labels needed), for the corpus that prepare.py began.

A small convolutional network gives each frame (6.25 ms) a distribution over sub-phoneme states. Training alternates
between the posterior of the monotonic paths through each sentence's states (forward-backward: the sum over alignments
that RAD-TTS and One TTS Alignment, arXiv 2108.10447, train on) and cross-entropy towards it. Dividing by the states'
frequency keeps silence and other common classes from swallowing the rest. Durations come from the best path (monotonic
alignment search).

Letters: T frames of STEP samples, G groups (a phoneme with its stress and length marks, or a pause), J states of a
sentence (STATES for each phoneme, one for a pause, which may be skipped), K states of the network.
"""
import argparse
import glob
import json
import os
import random
import signal
import sys
import time

import numba
import numpy as np
import soundfile
import torch
import torch.nn as nn
import torch.nn.functional as F

import mel

STEP, N_FFT, BANDS = 150, 512, 64   # samples, samples, mel bands of the aligner's own features
STATES = 3                          # beginning, middle, end of a phoneme
UNIT = 4 * STEP                     # samples that `dur` counts in
BEFORE, AFTER = "ˈˌ", "ːˑʲ̩̃̚"       # marks that belong to the phoneme after them, before them
PAUSES = set("_ ;:,.!?—…\"()“”")
FRAMES_A_BATCH = 8000


def groups(ph):
    """Phoneme string without marks at its ends -> list of (core character or '_', places of its tokens)."""
    tokens, out, waiting = "_" + ph + "_", [], []
    for place, c in enumerate(tokens):
        if c in BEFORE:
            waiting.append(place)
        elif c in PAUSES and out and out[-1][0] == "_" and not waiting:
            out[-1][1].append(place)
        elif c in AFTER and out:
            out[-1][1].append(place)
        else:
            out.append(("_" if c in PAUSES else c, waiting + [place]))
            waiting = []
    return out


def states_of(names, table):
    """Group names -> network state [J], group of each state [J], whether it may be skipped [J]."""
    states, owner = [], []
    for g, name in enumerate(names):
        first = 0 if name == "_" else 1 + STATES * table.index(name)
        count = 1 if name == "_" else STATES
        states += range(first, first + count)
        owner += [g] * count
    return np.array(states), np.array(owner), np.array([names[g] == "_" for g in owner])


@numba.njit(cache=True)
def log_add(a, b):
    if a < b:
        a, b = b, a
    return a if b == -np.inf else a + np.log1p(np.exp(b - a))


@numba.njit(cache=True)
def path_posterior(score, skip):
    """score [T, J] -> probability [T, J] that frame t is in state j, over all monotonic paths; zeros if none fits."""
    t_count, j_count = score.shape
    a, b = np.full((t_count, j_count), -np.inf), np.full((t_count, j_count), -np.inf)
    a[0, 0], b[-1, -1] = score[0, 0], 0.0
    if skip[0] and j_count > 1:
        a[0, 1] = score[0, 1]
    if skip[-1] and j_count > 1:
        b[-1, -2] = 0.0
    for t in range(1, t_count):
        for j in range(j_count):
            v = a[t - 1, j]
            if j > 0:
                v = log_add(v, a[t - 1, j - 1])
            if j > 1 and skip[j - 1]:
                v = log_add(v, a[t - 1, j - 2])
            a[t, j] = v + score[t, j]
    for t in range(t_count - 2, -1, -1):
        for j in range(j_count):
            v = b[t + 1, j] + score[t + 1, j]
            if j + 1 < j_count:
                v = log_add(v, b[t + 1, j + 1] + score[t + 1, j + 1])
            if j + 2 < j_count and skip[j + 1]:
                v = log_add(v, b[t + 1, j + 2] + score[t + 1, j + 2])
            b[t, j] = v
    total = a[-1, -1]
    if skip[-1] and j_count > 1:
        total = log_add(total, a[-1, -2])
    return np.exp(a + b - total) if total > -np.inf else np.zeros((t_count, j_count))


@numba.njit(cache=True)
def best_path(score, skip):
    """score [T, J] -> state of each frame on the best monotonic path [T], or -1s if none fits."""
    t_count, j_count = score.shape
    best, back = np.full((t_count, j_count), -np.inf), np.zeros((t_count, j_count), np.int8)
    best[0, 0] = score[0, 0]
    if skip[0] and j_count > 1:
        best[0, 1] = score[0, 1]
    for t in range(1, t_count):
        for j in range(j_count):
            v, step = best[t - 1, j], 0
            if j > 0 and best[t - 1, j - 1] > v:
                v, step = best[t - 1, j - 1], 1
            if j > 1 and skip[j - 1] and best[t - 1, j - 2] > v:
                v, step = best[t - 1, j - 2], 2
            best[t, j], back[t, j] = v + score[t, j], step
    path = np.full(t_count, -1)
    j = j_count - 1
    if skip[-1] and j_count > 1 and best[-1, -2] > best[-1, -1]:
        j = j_count - 2
    if best[-1, j] == -np.inf:
        return path
    for t in range(t_count - 1, -1, -1):
        path[t] = j
        j -= back[t, j]
    return path


class Aligner(nn.Module):
    """Log-mel [B, BANDS, T] -> log probabilities [B, T, K]; sees 8 frames to either side."""

    def __init__(self, classes, width=160):
        super().__init__()
        sizes = [(BANDS, 5, 1), (width, 5, 1), (width, 3, 2), (width, 3, 2)]
        self.convs = nn.ModuleList(nn.Conv1d(n, width, k, dilation=d, padding=d * (k // 2)) for n, k, d in sizes)
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in sizes)
        self.drop, self.out = nn.Dropout(0.1), nn.Conv1d(width, classes, 1)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = self.drop(torch.relu(norm(conv(x))))
        return torch.log_softmax(self.out(x).transpose(1, 2), 2)


BANK, WINDOW = mel.mel_bank(N_FFT, BANDS, 8000), torch.hann_window(N_FFT)


def spectrum(samples):
    """[S] -> log-mel [BANDS, S/STEP], frame t centred in its own STEP samples."""
    edge = N_FFT // 2 - STEP // 2
    spec = torch.stft(F.pad(samples[None], (edge, edge)), N_FFT, STEP, N_FFT, WINDOW, center=False, return_complex=True)
    return torch.log((BANK @ spec[0].abs()).clamp(min=1e-4))


def load(folder):
    """-> list of dicts: number, text, ph, name, f0, groups, frames [BANDS, T] standardised in each utterance."""
    items = []
    for path in sorted(glob.glob(os.path.join(folder, "unaligned", "[0-9]*.npz"))):
        if path.endswith(".tmp.npz"):
            continue
        item = {k: v[()] for k, v in np.load(path).items()}
        item["number"] = os.path.basename(path)[:-4]
        samples, _ = soundfile.read(os.path.join(folder, item["number"] + ".flac"), dtype="float32")
        x = spectrum(torch.from_numpy(samples))
        item["frames"] = ((x - x.mean(1, keepdim=True)) / (x.std(1, keepdim=True) + 0.1)).half()
        item["groups"] = groups(str(item["ph"]))
        items.append(item)
    return items


class Trainer:
    """The network, its optimiser and the states' running frequencies; one checkpoint file."""

    def __init__(self, items, path, lr):
        self.path = path
        saved = torch.load(path, weights_only=False) if os.path.exists(path) else None
        self.table = saved["table"] if saved else sorted({name for i in items for name, _ in i["groups"]} - {"_"})
        classes = 1 + STATES * len(self.table)
        self.net, self.prior, self.epoch = Aligner(classes), torch.full((classes,), 1 / classes), 0
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr)
        if saved:
            self.net.load_state_dict(saved["net"])
            self.optimiser.load_state_dict(saved["optimiser"])
            self.prior, self.epoch = saved["prior"], saved["epoch"]
        for i in items:
            i["states"], i["owner"], i["skip"] = states_of([name for name, _ in i["groups"]], self.table)

    def save(self):
        torch.save({"table": self.table, "net": self.net.state_dict(), "optimiser": self.optimiser.state_dict(),
                    "prior": self.prior, "epoch": self.epoch}, self.path + ".tmp")
        os.replace(self.path + ".tmp", self.path)

    def score(self, log_p, item):
        """[T, K] -> scaled likelihood of the sentence's states [T, J]."""
        return (log_p - torch.log(self.prior.clamp(min=1e-4)))[:, item["states"]].double().numpy()

    def flat(self, item, frames):
        """First epochs: states of equal length, so that the network has something to start from. -> target [T, K]"""
        length = np.where(item["skip"], 0.5, 1.0)
        ends = np.cumsum(length) / length.sum() * frames
        state = np.minimum(np.searchsorted(ends, np.arange(frames) + 0.5), len(ends) - 1)
        return F.one_hot(torch.from_numpy(item["states"][state]), len(self.prior)).float()

    def target(self, log_p, item):
        """Posterior of the paths, folded onto the network's states. -> [T, K]"""
        gamma = torch.from_numpy(path_posterior(self.score(log_p, item), item["skip"])).float()
        return torch.zeros(len(gamma), len(self.prior)).index_add_(1, torch.from_numpy(item["states"]), gamma)

    def step(self, batch):
        """One update on a list of items -> mean cross-entropy a frame."""
        lengths = [i["frames"].shape[1] for i in batch]
        x = torch.zeros(len(batch), BANDS, max(lengths))
        for row, i in zip(x, batch):
            row[:, :i["frames"].shape[1]] = i["frames"].float()
        log_p, loss = self.net(x), 0.0
        for row, i, n in zip(log_p, batch, lengths):
            with torch.no_grad():
                wanted = self.flat(i, n) if self.epoch < 2 else self.target(row[:n], i)
                self.prior.lerp_(row[:n].exp().mean(0), 0.01)
            loss = loss - (wanted * row[:n]).sum()
        loss = loss / sum(lengths)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 5)
        self.optimiser.step()
        return loss.item()

    def train(self, items, minutes, seed):
        """Whole epochs of shuffled batches of similar length, until the time is over. SIGTERM: saves and leaves."""
        end, saved, rng = time.time() + 60 * minutes, time.time(), random.Random(seed + self.epoch)
        stopping = []
        signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
        while time.time() < end and not stopping:
            self.net.train()
            batches, losses = batched(items), []
            rng.shuffle(batches)
            for batch in batches:
                losses.append(self.step(batch))
                if time.time() > end or stopping:
                    break
            self.epoch += 1
            print(json.dumps({"epoch": self.epoch, "loss": round(float(np.mean(losses)), 4)}), flush=True)
            if time.time() - saved > 300:
                self.save()
                saved = time.time()
        self.save()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if stopping:
            raise SystemExit("align: stopped; the same command goes on from here")

    def boundaries(self, item):
        """-> end of each group in frames [G], or None when the sentence doesn't fit into the recording."""
        self.net.eval()
        with torch.no_grad():
            log_p = self.net(item["frames"].float()[None])[0]
        path = best_path(self.score(log_p, item), item["skip"])
        if path[0] < 0:
            return None
        return np.searchsorted(item["owner"][path], np.arange(len(item["groups"])), side="right")


def batched(items):
    """Neighbours in length, FRAMES_A_BATCH a batch."""
    out, size = [[]], 0
    for i in sorted(items, key=lambda i: i["frames"].shape[1]):
        if size + i["frames"].shape[1] > FRAMES_A_BATCH and out[-1]:
            out.append([])
            size = 0
        out[-1].append(i)
        size += i["frames"].shape[1]
    return out


def share(total, count):
    """Splits `total` into `count` nearly equal whole numbers, the larger ones last."""
    return [(total * (k + 1)) // count - (total * k) // count for k in range(count)]


def token_durations(item, ends, unit_frames, total):
    """Group ends in frames -> durations of the tokens in units [N], all at least 1; `total` units, None if too few."""
    ends = np.floor(np.asarray(ends) / unit_frames + 0.5).astype(int)
    ends[-1] = total
    out = []
    for (name, places), n in zip(item["groups"], np.diff(np.concatenate([[0], ends]))):
        # The first of several pause tokens (the punctuation mark) gets the pause, the space after it the least.
        pause = [max(n - len(places) + 1, 0)] + [1] * (len(places) - 1)
        out += pause if name == "_" else share(n, len(places))
    return at_least_one(np.array(out), total)


def at_least_one(dur, total):
    """Takes what short tokens lack from the nearest token that can spare it."""
    if len(dur) > total:
        return None
    while (dur < 1).any() or dur.sum() > total:
        lacking = np.nonzero(dur < 1)[0]
        place = lacking[0] if len(lacking) else int(dur.argmax())
        spare = np.nonzero(dur > 1)[0]
        donor = spare[np.abs(spare - place).argmin()]
        if len(lacking):
            dur[place] += 1
        if dur.sum() > total:
            dur[donor] -= 1
    dur[-1] += total - dur.sum()
    return dur


def write(folder, item, ends):
    """The aligned item as the trainers read it: `dur` in units of 2 hops, `dur_hops` in hops. -> whether it fitted"""
    hops = len(item["f0"])
    dur, fine = (token_durations(item, ends, unit, total) for unit, total in ((4, hops // 2), (2, hops)))
    if dur is None:
        return False
    target = os.path.join(folder, item["number"] + ".npz")
    np.savez(target + ".tmp.npz", text=item["text"], ph=item["ph"], name=item["name"], f0=item["f0"],
             dur=dur.astype(np.int16), dur_hops=fine.astype(np.int16))
    os.replace(target + ".tmp.npz", target)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="training/recordings", help="folder that prepare.py made")
    parser.add_argument("--out", default="training/aligner.pt", help="checkpoint: resumed when it exists")
    parser.add_argument("--minutes", type=float, default=20, help="0: only write the durations")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", metavar="TEXTGRIDS", help="folder of TextGrids: print the words' boundary error")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    items = load(args.folder)
    trainer = Trainer(items, args.out, args.lr)
    trainer.train(items, args.minutes, args.seed)
    ends = [trainer.boundaries(i) for i in items]
    written = sum(e is not None and write(args.folder, i, e) for i, e in zip(items, ends))
    print(f"{written} of {len(items)} recordings aligned")
    if args.check:
        import align_check
        align_check.report(args.check, [(i, e) for i, e in zip(items, ends) if e is not None], STEP / mel.SAMPLE_RATE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
