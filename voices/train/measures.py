"""Measures of speech that need no network to judge: of a recording beside the teacher's of the same sentence, with intervals.

A quality network can be pleased by what no one wants: formants too sharp, a buzz, flat stress. These say what differs. Both signals are
brought to one level first; frames are matched by dynamic time warping.

Letters: S samples, T, U frames, P pairs on the warping path, M mel bins, N sentences.
"""
import numpy as np
import scipy.fft
import scipy.signal
import soundfile
import torch

import mel
import prepare

CEPSTRA = 13                  # coefficients 1 ... 13 in the distance; the 0th is the level
DB = 20 / np.log(10)          # natural log of a magnitude -> dB
FRAME_MS = 1000 * mel.HOP / mel.SAMPLE_RATE
DEEP_DB = 70.0                # differences further below the loudest mel value than this aren't heard and don't count
ACTIVE_DB = 40.0              # frames further below the loudest one are pauses
BREAK_MS = 120                # a pause of so much inside a sentence is a break between phrases; closures are shorter
CEPSTRAL_BANDS = ((1, 4), (5, 12), (13, 24))
HNR_BANDS_HZ = ((80, 1000), (1000, 3000), (3000, 8000))
HNR_WINDOW = 2 * mel.HOP + 2 * mel.SAMPLE_RATE // 65
LOUDNESS_FRAMES = 4           # 50 ms
RESAMPLES = 2000              # of the bootstrap


def read(path):
    """-> samples at 24 kHz, brought to the corpus level [S], whole hops."""
    samples, rate = soundfile.read(path, dtype="float32")
    if rate != mel.SAMPLE_RATE:
        import soxr
        samples = soxr.resample(samples, rate, mel.SAMPLE_RATE)
    samples = samples[:len(samples) // mel.HOP * mel.HOP]
    return samples * np.float32(10 ** ((prepare.LEVEL_DB - prepare.active_level(samples)) / 20))


def log_mel(samples):
    """[S] -> [T, M]"""
    found = mel.log_mel(torch.from_numpy(samples)[None])[0].T.numpy()
    return np.maximum(found, found.max() - DEEP_DB / DB)


def cepstra(log_mels, last=CEPSTRA):
    """[T, M] -> coefficients 1 ... last [T, last] by the orthonormal cosine transform."""
    return scipy.fft.dct(log_mels, norm="ortho", axis=1)[:, 1:last + 1]


def warp(a, b):
    """Cepstra [T, .], [U, .] -> path [P, 2] of frame pairs."""
    import librosa
    return librosa.sequence.dtw(a.T, b.T)[1][::-1]


def distances(a, b, path):
    """Mel-cepstral distortion in dB of each pair [P]; orthonormal -> cosine series: 2/M."""
    return 10 / np.log(10) * np.sqrt(4 / mel.N_MELS * ((a[path[:, 0]] - b[path[:, 1]]) ** 2).sum(1))


def f0_track(samples):
    """[S] -> Hz [T], 0 where unvoiced. Not `dio`: that hears voice in noise."""
    padded = np.pad(samples, (0, -len(samples) % prepare.UNIT))
    return prepare.pitch(padded, "harvest", 65, 500)[:len(samples) // mel.HOP]


def frame_levels(samples, hops=1):
    """[S] -> dB [T / hops]"""
    size = hops * mel.HOP
    return 10 * np.log10((samples[:len(samples) // size * size].reshape(-1, size) ** 2).mean(1) + 1e-10)


def breaks(level):
    """Levels of frames [T] -> pauses inside the sentence."""
    loud = np.nonzero(level > level.max() - ACTIVE_DB)[0]
    return int((np.diff(loud) - 1 >= BREAK_MS / FRAME_MS).sum())


def loudness_range(samples):
    """The loudest 50 ms above the median one of those that hold speech, dB."""
    level = frame_levels(samples, LOUDNESS_FRAMES)
    return level.max() - np.median(level[level > level.max() - ACTIVE_DB])


def harmonics_to_noise(samples, f0, band):
    """dB over the voiced frames' mean: how alike a band's neighbouring periods are (Boersma 1993, at the F0 known)."""
    sections = scipy.signal.butter(4, band, "bandpass", fs=mel.SAMPLE_RATE, output="sos")
    x = np.pad(scipy.signal.sosfiltfilt(sections, samples), HNR_WINDOW)
    alike = []
    for t in np.nonzero(f0)[0]:
        start, lag = HNR_WINDOW // 2 + t * mel.HOP, mel.SAMPLE_RATE / f0[t]
        window = x[start:start + HNR_WINDOW]
        near = range(int(0.97 * lag), int(1.03 * lag) + 2)
        alike.append(max(np.dot(window[:-n], window[n:]) /
                         np.sqrt(np.dot(window[:-n], window[:-n]) * np.dot(window[n:], window[n:]) + 1e-12) for n in near))
    r = np.clip(np.mean(alike), 0.01, 0.9999) if alike else np.nan
    return 10 * np.log10(r / (1 - r))


def describe(path):
    """A recording -> what compare_with() needs of it."""
    samples = read(path)
    level, mels, f0 = frame_levels(samples), log_mel(samples), f0_track(samples)
    active = level > level.max() - ACTIVE_DB
    wide = cepstra(mels, CEPSTRAL_BANDS[-1][1])
    semitones = 12 * np.log2(f0[f0 > 0] / 100)
    return {"samples": samples, "mels": mels, "cepstra": wide[:, :CEPSTRA], "active": active, "f0": f0, "variances": wide[active].var(0),
            "hnr": [harmonics_to_noise(samples, f0, band) for band in HNR_BANDS_HZ],
            "loudness": loudness_range(samples), "movement": semitones.std() if len(semitones) > 1 else np.nan,
            "breaks": breaks(level)}


def pitch_correlation(teacher, voice, path):
    a, b = teacher["f0"][path[:, 0]], voice["f0"][path[:, 1]]
    both = (a > 0) & (b > 0)
    return np.corrcoef(np.log(a[both]), np.log(b[both]))[0, 1] if both.sum() > 2 else np.nan


def compare_with(teacher, voice, path):
    """describe() of both, the path between their cepstra -> measure's name -> number of one sentence."""
    speech = teacher["active"][path[:, 0]]
    row = {"MCD, dB": distances(teacher["cepstra"], voice["cepstra"], path)[speech].mean(),
           "F0 correlation": pitch_correlation(teacher, voice, path),
           "F0 movement, semitones": voice["movement"] - teacher["movement"],
           "loudness, max - median, dB": voice["loudness"] - teacher["loudness"],
           "phrase breaks": voice["breaks"] - teacher["breaks"]}
    for low, high in CEPSTRAL_BANDS:
        ratio = voice["variances"][low - 1:high] / teacher["variances"][low - 1:high]
        row[f"variance of cepstra {low}-{high}, ratio"] = ratio.mean()
    for band, ours, theirs in zip(HNR_BANDS_HZ, voice["hnr"], teacher["hnr"]):
        row[f"HNR {band[0] / 1000:g}-{band[1] / 1000:g} kHz, dB"] = ours - theirs
    return {name: float(value) for name, value in row.items()}


def interval(values, weights=None, seed=0):
    """-> sum(values) / sum(weights) of N sentences (their mean without weights), and the middle 95 % of it over sets drawn anew
    from them. Sentences without a value (NaN) don't count."""
    values = np.asarray(values, dtype=float)
    weights = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=float)
    values, weights = values[~np.isnan(values)], weights[~np.isnan(values)]
    if not len(values):
        return float("nan"), float("nan"), float("nan")
    draws = np.random.default_rng(seed).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].sum(1) / weights[draws].sum(1), [2.5, 97.5])
    return float(values.sum() / weights.sum()), float(low), float(high)


def summary(rows):
    """List of dicts of compare_with() -> measure's name -> (mean, low, high)."""
    return {name: interval([r[name] for r in rows]) for name in rows[0]}


def written(figure, factor=1.0, digits=2):
    """(mean, low, high) or (mean,) -> '3.66 (3.41 to 3.90)' or '3.66'"""
    mean, *ends = (f"{factor * x:.{digits}f}" for x in figure)
    return f"{mean} ({' to '.join(ends)})" if ends else mean


def table(summaries):
    """Engine's name -> summary(), as Markdown: differences from the teacher, or ratios to it."""
    names = list(next(iter(summaries.values())))
    out = ["| beside the teacher | " + " | ".join(summaries) + " |", "|" + "---|" * (len(summaries) + 1)]
    return "\n".join(out + [f"| {n} | " + " | ".join(written(s[n]) for s in summaries.values()) + " |" for n in names])
