"""Aligned recordings -> more utterances: the phrases between their pauses, NNNNNN-K.flac and .npz in the same folder.

Recorded sentences alone don't teach how a word or two sound that stand by themselves, which is most of what a screen reader says.
"""
import argparse
import glob
import os
import sys

import numpy as np
import soundfile

import data
import mel
import prepare

PAUSE = 6            # units that a pause has at least: 150 ms
QUIET = -28.0        # dB below the recording's level that it reaches
ROOM = 2             # units of a pause that stay on either side of a cut
MARK = 3             # units that the mark which closes a phrase has at most
FEWEST = 2           # phonemes that a phrase has at least
MARKS = " ,;:.!?—…"


def quiet_unit(samples, level):
    """Samples of a pause -> the unit to cut at, counted from its start; None if it isn't silent."""
    hops = np.sqrt((samples.reshape(-1, mel.HOP) ** 2).mean(1)) + 1e-9
    if 20 * np.log10(hops.min()) > level + QUIET:
        return None
    units = len(samples) // prepare.UNIT
    return int(np.clip(np.argmin(np.convolve(hops, np.ones(4), "same")) // 2, ROOM, units - ROOM))


def cuts(samples, tokens, dur):
    """-> [(token, unit of it)] where a recording can be cut; tokens and dur have a boundary at both ends."""
    ends, level, found = np.cumsum(dur), 10 * np.log10((samples.astype(float) ** 2).mean() + 1e-12), []
    for k in range(1, len(tokens) - 1):
        if tokens[k] in MARKS and dur[k] >= PAUSE:
            unit = quiet_unit(samples[(ends[k] - dur[k]) * prepare.UNIT:ends[k] * prepare.UNIT], level)
            found += [] if unit is None else [(k, unit)]
    return found


def between(tokens, dur, start, end):
    """Two cuts -> tokens and durations of the phrase between, with boundaries; the mark that it ends with is its own."""
    (first, into), (last, rest) = start, end
    inner, lengths = list(tokens[first + 1:last]), list(dur[first + 1:last])
    before = dur[first] - into
    while inner and inner[0] == " ":
        before, inner, lengths = before + lengths[0], inner[1:], lengths[1:]
    if last < len(tokens) - 1 and tokens[last] != " ":
        mark = min(MARK, rest - 1)
        inner, lengths, rest = [*inner, tokens[last]], [*lengths, mark], rest - mark
    return "".join(inner), np.array([before, *lengths, rest])


def phrases(samples, tokens, dur, f0):
    """One recording -> [(number, samples, phonemes, dur, f0)]; none if it has no pauses."""
    places = cuts(samples, tokens, dur)
    ends = np.cumsum(dur)
    places = [(0, 0), *places, (len(dur) - 1, dur[-1])] if places else []
    for start, end in zip(places, places[1:]):
        phonemes, lengths = between(tokens, dur, start, end)
        if sum(c not in data.PUNCTUATION for c in phonemes) >= FEWEST and lengths.min() > 0:
            a, b = ((ends[k] - dur[k] + unit) * prepare.UNIT for k, unit in (start, end))
            yield start[0], samples[a:b], phonemes, lengths, f0[a // mel.HOP:b // mel.HOP]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="corpus folder from prepare.py and align.py")
    args = parser.parse_args()
    count = 0
    for path in sorted(glob.glob(os.path.join(args.folder, "[0-9]*.npz"))):
        stem = path[:-len(".npz")]
        item = np.load(path)
        tokens = ["_", *(c for c in str(item["ph"]) if c in data.IDS), "_"]
        if "-" in os.path.basename(stem) or len(tokens) != len(item["dur"]):
            continue
        for number, samples, phonemes, dur, f0 in phrases(data.audio_of(stem)[0], tokens, item["dur"].astype(int), item["f0"]):
            longer = prepare.with_silence(samples, number)
            units = (len(longer) - len(samples)) // prepare.UNIT
            dur[-1] += units
            soundfile.write(f"{stem}-{number}.flac", longer, prepare.RATE)
            np.savez(f"{stem}-{number}.npz", ph=phonemes, dur=dur.astype(np.int16), f0=np.pad(f0, (0, 2 * units)))
            count += 1
    print(f"{count} phrases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
