"""Renders the training corpus with the teacher: text -> `linnet --phonemes` -> teacher -> audio, durations, F0, energy.

    teacher.py build                     the float32 teacher network, from the installed packages
    teacher.py render --minutes 60       the next hour of rendering; stops and resumes anywhere
"""
import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import soundfile

RATE, MAX_TOKENS = 24000, 400
state = {}


def open_teacher(args):
    """One network a process, one thread each: two processes use two cores better than two threads do."""
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    state["net"] = onnxruntime.InferenceSession(args.network, options)
    state["style"] = np.fromfile(args.style, np.float32).reshape(510, 1, 256)
    with open(os.path.join(args.teacher, "kokoro_config.json"), encoding="utf-8") as f:
        state["vocab"] = json.load(f)["vocab"]


def speak(phonemes):
    """Phoneme string -> audio [S], durations [N] with a boundary mark at both ends, f0 and energy [2 * frames]."""
    ids = [state["vocab"][c] for c in phonemes]
    feed = {"tokens": np.array([[0, *ids, 0]]), "style": state["style"][len(ids) - 1], "speed": np.ones(1, np.float32)}
    return [a.ravel() for a in state["net"].run(["audio", "durations", "f0", "energy"], feed)]


def render(args, number, text, phonemes):
    """One line into the corpus folder; the .npz comes last and under its final name only when it is whole. -> seconds."""
    phonemes = "".join(c for c in phonemes if c in state["vocab"])
    if not 1 <= len(phonemes) <= MAX_TOKENS:
        return 0.0
    audio, durations, f0, energy = speak(phonemes)
    stem = os.path.join(args.out, f"{number:06d}")
    soundfile.write(stem + ".flac", np.clip(audio, -1, 1), RATE)
    np.savez(stem + ".tmp.npz", text=text, ph=phonemes, dur=durations.astype(np.int16), f0=f0.astype(np.float32),
             energy=energy.astype(np.float16))
    os.replace(stem + ".tmp.npz", stem + ".npz")
    return len(audio) / RATE


def phonemes_of(args, lines):
    """Each line's phonemes from the C front end, so that training and speaking see the same strings."""
    for text in lines:
        run = subprocess.run([args.linnet, "-v", args.voice, "--phonemes", text], capture_output=True, text=True, check=True)
        yield " ".join(run.stdout.split("\n")).strip()


def work(args, job):
    """Every jobs-th missing line from `job` on, until the time is over."""
    os.nice(19)
    open_teacher(args)
    end, seconds = time.time() + 60 * args.minutes, 0.0
    with open(args.lines, encoding="utf-8") as f:
        lines = f.read().splitlines()
    for number in range(job, len(lines), args.jobs):
        if time.time() > end:
            break
        if not os.path.exists(os.path.join(args.out, f"{number:06d}.npz")):
            seconds += render(args, number, lines[number], next(phonemes_of(args, [lines[number]])))
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("build", "render"))
    parser.add_argument("--network", default="training/teacher.onnx")
    parser.add_argument("--teacher", default="../shared/teacher", help="folder with kokoro_config.json and voices/")
    parser.add_argument("--style", default="../shared/teacher/voices/af_heart.bin")
    parser.add_argument("--lines", default="training/lines.txt")
    parser.add_argument("--out", default="training/corpus")
    parser.add_argument("--linnet", default="build/linnet")
    parser.add_argument("--voice", default="voices/linnet-en.gguf", help="whose phoneme table and rewriting rules to use")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60)
    args = parser.parse_args()
    if args.what == "build":
        import teacher_graph
        os.makedirs(os.path.dirname(args.network) or ".", exist_ok=True)
        teacher_graph.build(args.network)
        return 0
    os.makedirs(args.out, exist_ok=True)
    with ProcessPoolExecutor(args.jobs) as pool:
        total = sum(pool.map(work, [args] * args.jobs, range(args.jobs)))
    print(f"{total / 60:.1f} minutes of speech rendered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
