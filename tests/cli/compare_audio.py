"""Compares a recording with the WAV that should be heard in it: python3 compare_audio.py RECORDING.raw FILE.wav

Both mono, 16 bits, same rate. Finds the shift, first coarsely by loudness, then by cross-correlation, and prints
"shift N correlation R missing M": R over the whole length of the WAV, M its samples that the recording lacks at its end.
Standard library only."""
import array
import math
import operator
import sys
import wave

HOP = 240  # samples of the coarse step


def load(path):
    if path.endswith(".wav"):
        with wave.open(path) as f:
            data = f.readframes(f.getnframes())
    else:
        with open(path, "rb") as f:
            data = f.read()
    samples = array.array("h")
    samples.frombytes(data[: len(data) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def dot(a, b):
    return sum(map(operator.mul, a, b))


def correlation(a, b):
    n = min(len(a), len(b))
    a, b = a[:n], b[:n]
    return dot(a, b) / math.sqrt((dot(a, a) or 1) * (dot(b, b) or 1))


def envelope(x):
    return [sum(map(abs, x[i : i + HOP])) for i in range(0, len(x), HOP)]


def find_shift(recording, wanted):
    loud_rec, loud_want = envelope(recording), envelope(wanted)
    coarse = max(range(len(loud_rec)), key=lambda s: dot(loud_rec[s:], loud_want))
    # around the loudest part of the WAV, sample by sample
    at = HOP * max(range(len(loud_want)), key=lambda i: sum(loud_want[i : i + 10]))
    window = wanted[at : at + 10 * HOP]
    low = max(0, HOP * coarse - 2 * HOP)
    return max(range(low, HOP * coarse + 2 * HOP + 1), key=lambda s: dot(recording[s + at :], window))


def main():
    recording, wanted = load(sys.argv[1]), load(sys.argv[2])
    shift = find_shift(recording, wanted)
    part = recording[shift : shift + len(wanted)]
    missing = len(wanted) - len(part)
    print(f"shift {shift} correlation {correlation(part, wanted):.5f} missing {missing}")


main()
