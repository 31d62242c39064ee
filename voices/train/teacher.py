"""Renders the training corpus with the teacher: phonemes -> teacher -> audio, durations, F0, energy.

    teacher.py build                                         the float32 teacher network, from the installed packages
    teacher.py render --lines training/NAME/lines.tsv ...    the next hour of rendering; stops and resumes anywhere
    teacher.py foretell --lines ... --cache ...              durations and F0 alone, which the teacher has before it speaks: twenty times as fast

The lines are those of texts.py. On a GPU the network runs in PyTorch (onnx_torch.py), on a CPU in onnxruntime.
"""
import argparse
import functools
import glob
import json
import multiprocessing
import os
import sys
import time

import numpy as np
import onnx
import soundfile

import teacher_graph

RATE, MAX_TOKENS = 24000, 400
OUTPUTS = {"render": ["audio", "durations", "f0", "energy"], "foretell": ["durations", "f0"]}  # of the network
MEMORY = 2.5e9  # bytes that a process may keep on the GPU for the next line
state = {}


@functools.cache
def style(folder, names):
    """a+b -> the mean of two style tables, a better teacher than either [510, 1, 256]. A name is a file of `folder`, or a path."""
    path = lambda n: n if os.path.exists(n) else os.path.join(folder, "voices", n.removesuffix(".bin") + ".bin")
    try:
        return np.mean([np.fromfile(path(n), np.float32).reshape(510, 1, 256) for n in names.split("+")], 0, dtype=np.float32)
    except FileNotFoundError as e:
        raise SystemExit(f"--style {names}: {e.filename}: no such style") from None


@functools.cache
def vocabulary(folder):
    """-> character -> token"""
    with open(os.path.join(folder, "kokoro_config.json"), encoding="utf-8") as f:
        return json.load(f)["vocab"]


def open_teacher(args):
    """One network a process, one thread each: two processes use two cores better than two threads do."""
    state["style"], state["speed"] = style(args.teacher, args.style), np.full(1, args.speed, np.float32)
    state["vocab"] = vocabulary(args.teacher)
    state["outputs"] = OUTPUTS[args.what]
    state["net"] = network(args.network, state["outputs"], args.device)


def network(path, outputs, device="cpu"):
    """-> the network at `path`, or what these outputs need of it where that is less; on a CPU one thread."""
    if device == "cuda":
        import onnx_torch
        return onnx_torch.Graph(part(path, outputs).graph, "cuda")
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    return onnxruntime.InferenceSession(path if "audio" in outputs else part(path, outputs).SerializeToString(), options)


def part(path, outputs):
    model = onnx.load(path)
    teacher_graph.cut(model, outputs)
    return model


def speak(phonemes):
    """Phoneme string -> what OUTPUTS names: audio [S], durations [N] with a boundary mark at both ends, f0 and energy [2 * frames]."""
    ids = [state["vocab"][c] for c in phonemes]
    feed = {"tokens": np.array([[0, *ids, 0]]), "style": state["style"][len(ids) - 1], "speed": state["speed"]}
    return [a.ravel() for a in state["net"].run(state["outputs"], feed)]


def render(args, number, text, phonemes):
    """One line into the corpus folder; the .npz comes last and under its final name only when it is whole. -> seconds."""
    audio, durations, f0, energy = speak(phonemes)
    stem = os.path.join(args.out, f"{number:06d}")
    audio = np.clip(audio, -1, 1)
    soundfile.write(stem + ".flac", audio, RATE)
    np.savez(stem + ".tmp.npz", text=text, ph=phonemes, dur=durations.astype(np.int16), f0=f0.astype(np.float32),
             energy=energy.astype(np.float16))
    if args.cache:
        import data
        audio = np.round(audio * 32767).astype(np.float32) / 32768  # as it will be read
        data.append(args.cache, os.path.basename(stem), data.features_of(os.path.basename(stem), audio, phonemes, durations, f0))
    os.replace(stem + ".tmp.npz", stem + ".npz")
    return len(audio) / RATE


def foretell(args, number, text, phonemes):
    """Durations and F0 of one line into the cache. -> seconds."""
    import data
    durations, f0 = speak(phonemes)
    data.append(args.cache, f"{number:06d}", data.prosody_of(phonemes, durations, f0))
    return durations.sum() * 2 * data.mel.HOP / RATE


def known(args):
    """-> numbers of the lines that need nothing any more"""
    if args.what == "foretell":
        import data
        with data.locked(args.cache) as f:
            return {int(stem) for stem, _ in data.whole(f)}
    return {int(os.path.basename(p)[:-4]) for p in glob.glob(os.path.join(args.out, "[0-9]*.npz")) if not p.endswith(".tmp.npz")}


def free_memory():
    """Many processes share a GPU, and lines of all lengths make PyTorch keep more and more."""
    import torch
    if torch.cuda.memory_reserved() > MEMORY:
        torch.cuda.empty_cache()


def work(args, job, total):
    """Every jobs-th missing line from `job` on, until the time is over."""
    os.nice(19)
    if args.cache:
        import torch
        torch.set_num_threads(1)
    open_teacher(args)
    end, done = time.time() + 60 * args.minutes, known(args)
    with open(args.lines, encoding="utf-8") as f:
        lines = [row.rstrip("\n").split("\t") for row in f]
    for number in range(job, min(len(lines), args.most), args.jobs):
        if time.time() > end:
            break
        text, phonemes = lines[number]
        phonemes = "".join(c for c in phonemes if c in state["vocab"])
        if number not in done and 1 <= len(phonemes) <= MAX_TOKENS:
            seconds = (foretell if args.what == "foretell" else render)(args, number, text, phonemes)
            with total.get_lock():
                total.value += seconds
            if args.device == "cuda":
                free_memory()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("build", "render", "foretell"))
    parser.add_argument("--network", default="training/teacher.onnx")
    parser.add_argument("--teacher", default="../shared/teacher", help="folder with kokoro_config.json and voices/")
    parser.add_argument("--style", default="af_heart", help="name or path of a style table; A+B: the mean of two")
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--lines", default="training/lines.tsv", help="text, tab, phonemes")
    parser.add_argument("--most", type=int, default=1 << 30, help="only the first so many lines")
    parser.add_argument("--out", default="training/corpus")
    parser.add_argument("--cache", default="", help="write the features there, too: trainers can begin at once")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60)
    args = parser.parse_args()
    if args.what == "build":
        os.makedirs(os.path.dirname(args.network) or ".", exist_ok=True)
        teacher_graph.build(args.network)
        return 0
    import loop
    args.device = loop.device_of(args.device).type
    style(args.teacher, args.style)
    if args.what == "render":
        os.makedirs(args.out, exist_ok=True)
    elif not args.cache:
        parser.error("foretell: --cache: not given")
    context = multiprocessing.get_context("spawn")  # a GPU can't be shared by forking
    total = context.Value("d", 0.0)
    jobs = [context.Process(target=work, args=(args, job, total)) for job in range(args.jobs)]
    for j in jobs:
        j.start()
    for j in jobs:
        j.join()
    print(f"{total.value / 60:.1f} minutes of speech {'foretold' if args.what == 'foretell' else 'rendered'}")
    return max(j.exitcode for j in jobs)


if __name__ == "__main__":
    sys.exit(main())
