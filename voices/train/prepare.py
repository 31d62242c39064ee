"""Recordings -> unaligned corpus: audio, phonemes of the C front end, F0 by WORLD. align.py adds the durations.

The input is a folder in LJ Speech format: metadata.csv (`id|text` or `id|text|normalised text`), wavs/id.wav .flac or .opus.
The output has NNNNNN.flac (24 kHz mono, whole units of 600 samples) and unaligned/NNNNNN.npz with text, ph, name and f0
[hops] in Hz (0 where unvoiced); NNNNNN is the line of the metadata. Stops and resumes anywhere.
"""
import argparse
import functools
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np

RATE, HOP, UNIT = 24000, 300, 600   # samples; a unit is what corpus durations count in
ACTIVE_DB = 25.0                    # hops this far below the loudest one don't count for the level
LEVEL_DB = -21.3                    # RMS of the active hops of the default voice's teacher, dB below full scale
SOFTEST, FADE = 30, 240             # one hop in so many is room noise; samples that a recording's end is faded over
SHORTEST, LONGEST = 0.4, 20.0       # seconds; others are left out


def read_metadata(folder):
    """-> list of (name, text), text being the last column."""
    with open(os.path.join(folder, "metadata.csv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("|") for line in f if line.strip()]
    return [(r[0], r[-1]) for r in rows]


def find_audio(folder, name):
    """-> path, or None for a line without recording."""
    for place in (os.path.join(folder, "wavs", name + ending) for ending in (".wav", ".flac", ".opus")):
        if os.path.exists(place):
            return place
    return None


def read_audio(path, high_pass_hz):
    """-> float32 [S] at 24 kHz, mono, without rumble."""
    import scipy.signal
    import soundfile
    import soxr
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    samples = soxr.resample(samples.mean(1), rate, RATE)
    if high_pass_hz > 0:
        sections = scipy.signal.butter(4, high_pass_hz, "highpass", fs=RATE, output="sos")
        samples = scipy.signal.sosfiltfilt(sections, samples)
    return samples.astype(np.float32)


def active_level(samples):
    """RMS in dB of the hops that hold speech."""
    power = (samples[:len(samples) // HOP * HOP].reshape(-1, HOP).astype(np.float64) ** 2).mean(1) + 1e-12
    return 10 * np.log10(power[power > power.max() * 10 ** (-ACTIVE_DB / 10)].mean())


def corpus_gain(paths, high_pass_hz):
    """One factor for the whole corpus, so that loud and soft sentences keep their difference."""
    some = paths[::max(1, len(paths) // 50)]
    return 10 ** ((LEVEL_DB - np.median([active_level(read_audio(p, high_pass_hz)) for p in some])) / 20)


def whole_units(samples):
    """Pads with zeros to a multiple of 600 samples."""
    return np.pad(samples, (0, -len(samples) % UNIT))


def with_silence(samples, seed):
    """[S] -> the same, and behind it noise as soft as its softest hops until the silence at its end is as long as data.py keeps: where
    recordings end with their last sound a voice would, too."""
    import data
    hops = len(samples) // HOP
    lacking = -(-(data.CLOSED_TAIL - (hops - 1 - data.audible(samples)[1])) // 2) * UNIT
    if lacking <= 0:
        return samples
    power = np.sort((samples[:hops * HOP].reshape(-1, HOP) ** 2).mean(1))
    noise = np.random.default_rng(seed).standard_normal(lacking) * np.sqrt(power[:max(1, hops // SOFTEST)].mean())
    faded = samples.copy()
    faded[-FADE:] *= np.linspace(1, 0, FADE)
    return np.concatenate([faded, noise * np.linspace(1, 0.3, lacking)]).astype(np.float32)


def pitch(samples, method, floor_hz, ceiling_hz):
    """[S] -> F0 in Hz [S/300], 0 where unvoiced, at the centre of each hop."""
    import pyworld
    shifted = np.pad(samples[HOP // 2:], (0, HOP)).astype(np.float64)
    track = pyworld.harvest if method == "harvest" else pyworld.dio
    f0, times = track(shifted, RATE, floor_hz, ceiling_hz, frame_period=1000 * HOP / RATE)
    return pyworld.stonemask(shifted, f0, times, RATE)[:len(samples) // HOP].astype(np.float32)


def phonemes(linnet, voice, text):
    """The C front end's phonemes, so that training and speaking see the same string."""
    command = [linnet, "-q", "-v", voice, "--phonemes", "--", text]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(run.stdout.split("\n")).strip()


def prepare(args, gain, row):
    """One recording into the corpus folder; the .npz comes last and whole. row = (number, name, text) -> seconds."""
    import soundfile
    number, name, text = row
    stem, target = os.path.join(args.out, f"{number:06d}"), os.path.join(args.out, "unaligned", f"{number:06d}.npz")
    if os.path.exists(target):
        return 0.0
    samples = whole_units(np.clip(read_audio(find_audio(args.folder, name), args.high_pass) * gain, -0.99, 0.99))
    if not SHORTEST <= len(samples) / RATE <= LONGEST:
        return 0.0
    samples = with_silence(samples, number)
    f0 = pitch(samples, args.f0, args.f0_floor, args.f0_ceiling)
    spoken = phonemes(args.linnet, args.voice, text)
    soundfile.write(stem + ".flac", samples, RATE)
    np.savez(target + ".tmp.npz", text=text, ph=spoken, f0=f0, name=name)
    os.replace(target + ".tmp.npz", target)
    return len(samples) / RATE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="folder with metadata.csv and wavs/")
    parser.add_argument("--out", default="training/recordings")
    parser.add_argument("--linnet", default="build/linnet")
    parser.add_argument("--voice", default="voices/linnet-en.gguf", help="whose phonemes to use")
    parser.add_argument("--f0", choices=("harvest", "dio"), default="harvest", help="dio is faster, harvest sturdier")
    parser.add_argument("--f0-floor", type=float, default=65, help="Hz")
    parser.add_argument("--f0-ceiling", type=float, default=500, help="Hz")
    parser.add_argument("--high-pass", type=float, default=50, help="Hz; 0: none")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int, default=1 << 30, help="only the first so many recordings")
    args = parser.parse_args()
    os.makedirs(os.path.join(args.out, "unaligned"), exist_ok=True)
    rows = [(n, *r) for n, r in enumerate(read_metadata(args.folder))]
    missing = [r for r in rows if not find_audio(args.folder, r[1])]
    rows = [r for r in rows if r not in missing][:args.limit]
    if not rows:
        raise SystemExit(f"prepare: {args.folder}/wavs: holds none of the recordings of metadata.csv")
    gain = corpus_gain([find_audio(args.folder, name) for _, name, _ in rows], args.high_pass)
    with ProcessPoolExecutor(args.jobs) as pool:
        seconds = sum(pool.map(functools.partial(prepare, args, gain), rows, chunksize=8))
    print(f"{len(rows)} recordings, {len(missing)} lines without one, {seconds / 60:.1f} new minutes, "
          f"gain {20 * np.log10(gain):+.1f} dB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
