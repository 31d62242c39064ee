"""Distances between a voice (through the C program) and its teacher on the same phonemes, by class of sound.

Works on the sentences of evaluate.py whose teacher audio is in its cache already. Prints Markdown, writes the same as
JSON, and draws spectrograms, teacher above voice. Both signals are brought to one level first; frames are matched by
dynamic time warping.

Letters: T frames of the teacher, U frames of the voice, P pairs on the warping path, M mel bins.
"""
import json
import os
import subprocess
import sys

import numpy as np
import soundfile
import torch

import evaluate
import measures
import mel
from measures import DB, FRAME_MS

UNIT_MS = 2 * FRAME_MS         # of the teacher's durations
BRIGHT_HZ = 4000               # the column `bright` compares what lies above
CLASSES = {"vowels": "AIOQWYaeiouyæøœɐɑɒɔəɘɚɛɜɝɞɤɨɪɯʉʊʌʏᵊᵻ", "nasals": "mnŋɲɳ", "plosives": "pbtdkgɡTɾʔcqɟʈɖ",
           "sibilants": "szʃʒʤʧʦʣɕʑʂʐ", "fricatives": "fvθðhxçɣχβʁɸʝħ", "approximants": "lɹwjrʎʋɥɫɬɭ"}


def sound_class(phonemes):
    """Phoneme string -> class of each token, end marks included [N]; marks count with their phoneme."""
    of = {c: name for name, letters in CLASSES.items() for c in letters}
    tokens, out = "_" + phonemes + "_", []
    for place, c in enumerate(tokens):
        c = tokens[place + 1] if c in "ˈˌ" and place + 1 < len(tokens) else c
        out.append(out[-1] if c in "ːʲ" and out else of.get(c, "pauses"))
    return out


def pitch_errors(f0, path):
    """F0 tracks [T], [U] along a path through speech -> cents [.] where both are voiced, share of pairs that differ."""
    a, b = f0[0][path[:, 0]], f0[1][path[:, 1]]
    both = (a > 0) & (b > 0)
    return 1200 * np.log2(b[both] / a[both]), np.mean((a > 0) != (b > 0))


def class_errors(mels, path, classes):
    """-> class -> list of (mean absolute difference in dB, signed difference above BRIGHT_HZ in dB) for its pairs."""
    ends = mel.slaney_hz_to_mel([mel.F_MIN, mel.F_MAX])
    bright = mel.slaney_mel_to_hz(np.linspace(*ends, mel.N_MELS + 2))[1:-1] > BRIGHT_HZ
    delta = DB * (mels[1][path[:, 1]] - mels[0][path[:, 0]])
    out = {}
    for t, row in zip(path[:, 0], delta):
        out.setdefault(classes[t], []).append((np.abs(row).mean(), row[bright].mean()))
    return out


def longer(spoken, teacher_ms):
    """Sounds of the voice (ms, characters) and durations of the teacher's characters -> how much longer each sound is, ms: a
    length mark or a tone has a character of its own."""
    ends = np.cumsum([len(characters) for _, characters in spoken])
    return np.array([ms - sum(teacher_ms[end - len(characters):end]) for (ms, characters), end in zip(spoken, ends)])


def compare(teacher_wav, voice_wav, phonemes, teacher_ms, spoken):
    """One sentence -> its errors. Durations of all tokens [N]; `spoken`: render()'s, None if the phonemes differ."""
    sides = [measures.describe(wav) for wav in (teacher_wav, voice_wav)]
    signals, mels, ceps = ([side[key] for side in sides] for key in ("samples", "mels", "cepstra"))
    path = measures.warp(*ceps)
    ends = np.cumsum(teacher_ms) / FRAME_MS
    token = np.minimum(np.searchsorted(ends, np.arange(len(mels[0])) + 0.5), len(ends) - 1)
    classes = np.array(sound_class(phonemes))[token]
    speech = classes[path[:, 0]] != "pauses"
    cents, voicing = pitch_errors([side["f0"] for side in sides], path[speech])
    middle = None if spoken is None else longer(spoken, teacher_ms[1:-1])
    return {"mcd": measures.distances(*ceps, path)[speech].tolist(), "beside": measures.compare_with(*sides, path),
            "cents": cents.tolist(), "voicing": float(voicing), "durations": middle,
            "length": len(signals[1]) / len(signals[0]), "classes": class_errors(mels, path, classes),
            "silence": [evaluate.edges(s, mel.SAMPLE_RATE) for s in signals]}


def render(args, text, stem):
    """Voice -> stem.wav and stem.json (timing). -> its sounds: duration in ms, characters"""
    if not os.path.exists(stem + ".json"):
        command = [args.linnet, "-q", "-v", args.voice, "-o", stem + ".wav", "--timing", stem + ".tmp.json", "--", text]
        subprocess.run(command, check=True)
        os.replace(stem + ".tmp.json", stem + ".json")
    with open(stem + ".json", encoding="utf-8") as f:
        events = [p for s in json.load(f)["sentences"] for p in s["phonemes"]]
    return [(1000 * (p["end"] - p["start"]), p["name"]) for p in events]


def teacher_durations(args, phonemes, target):
    """The teacher's durations in ms, end marks included; only that part of the network runs. Kept in `target`."""
    if not os.path.exists(target):
        frames = evaluate.run_teacher(args, phonemes, "durations")
        with open(target, "w", encoding="utf-8") as f:
            json.dump([UNIT_MS * float(d) for d in frames], f)
    with open(target, encoding="utf-8") as f:
        return json.load(f)


def picture(path, title, wavs):
    """Spectrograms of the wavs (label -> path), one above the other, 0 ... 12 kHz, 80 dB."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(len(wavs), 1, figsize=(14, 4 * len(wavs)), squeeze=False)
    for axis, (label, wav) in zip(axes[:, 0], wavs.items()):
        samples = measures.read(wav)
        spec = DB * torch.log(mel.stft(torch.from_numpy(samples)[None])[0].abs() + 1e-5).numpy()
        axis.imshow(spec, origin="lower", aspect="auto", cmap="magma", vmin=-50, vmax=30,
                    extent=(0, len(samples) / mel.SAMPLE_RATE, 0, mel.SAMPLE_RATE / 2000))
        axis.set_ylabel(f"{label}: kHz")
    axes[0, 0].set_title(title)
    figure.tight_layout()
    figure.savefig(path, dpi=70)
    pyplot.close(figure)


def summary(found):
    """List of dicts of compare() -> figures by name, rows by class."""
    joined = lambda key: np.concatenate([np.ravel(f[key]) for f in found if f[key] is not None] or [np.zeros(0)])
    silence = 1000 * np.array([f["silence"] for f in found])
    durations = joined("durations")
    figures = {"sentences": len(found), "mel-cepstral distortion, dB": joined("mcd").mean(),
               "F0 RMSE, cents": np.sqrt((joined("cents") ** 2).mean()),
               "F0 median error, cents": np.median(np.abs(joined("cents"))),
               "F0 bias, cents": np.median(joined("cents")),
               "voicing error, %": 100 * joined("voicing").mean(),
               "phoneme duration RMSE, ms": np.sqrt((durations ** 2).mean()) if len(durations) else float("nan"),
               "phoneme duration bias, ms": durations.mean() if len(durations) else float("nan"),
               "length / teacher's": joined("length").mean(),
               "silence before, ms (teacher)": silence[:, 0, 0].mean(),
               "silence before, ms (voice)": silence[:, 1, 0].mean(),
               "silence after, ms (teacher)": silence[:, 0, 1].mean(),
               "silence after, ms (voice)": silence[:, 1, 1].mean()}
    classes = {}
    for name in [*CLASSES, "pauses"]:
        rows = np.array([r for f in found for r in f["classes"].get(name, [])])
        if len(rows):
            distance, bright = rows.mean(0).tolist()
            classes[name] = {"frames": len(rows), "distance": distance, "bright": bright}
    return {k: float(v) for k, v in figures.items()}, classes


def markdown(figures, classes, beside):
    lines = ["| against the teacher | |", "|---|---|"] + [f"| {k} | {v:.2f} |" for k, v in figures.items()]
    lines += ["", f"| sound class | frames | spectral distance, dB | level above {BRIGHT_HZ // 1000} kHz, dB |"]
    lines += ["|---|---|---|---|"]
    lines += [f"| {k} | {v['frames']} | {v['distance']:.2f} | {v['bright']:+.2f} |" for k, v in classes.items()]
    return "\n".join(lines) + "\n\n" + measures.table({"voice": beside})


def main():
    parser = evaluate.arguments(__doc__)
    parser.add_argument("--pictures", type=int, default=4)
    args = parser.parse_args()
    torch.set_num_threads(1)
    folder = os.path.join(args.cache, evaluate.voice_tag(args.voice) + "-compared")
    os.makedirs(folder, exist_ok=True)
    found = []
    for _, text in evaluate.test_set(args.metadata, args.sentences, 0, 0, args.heldout):
        name = evaluate.file_name(text)
        teacher = os.path.join(args.cache, "teacher", name + ".wav")
        if not os.path.exists(teacher):
            continue
        voice = os.path.join(folder, name + ".wav")
        spoken, phonemes = render(args, text, voice[:-4]), evaluate.phonemes_of(args, text)
        teacher_ms = teacher_durations(args, phonemes, os.path.join(args.cache, "teacher", name + ".durations.json"))
        if abs(sum(teacher_ms) - 1000 * soundfile.info(teacher).duration) > FRAME_MS:
            continue  # the teacher spoke other phonemes: the front end has changed since
        same = phonemes == "".join(characters for _, characters in spoken)
        found.append(compare(teacher, voice, phonemes, teacher_ms, spoken if same else None))
        if len(found) <= args.pictures:
            picture(os.path.join(folder, name + ".png"), text, {"teacher": teacher, "voice": voice})
    if not found:
        raise SystemExit(f"compare: {args.cache}/teacher: no teacher audio yet; run evaluate.py first")
    figures, classes = summary(found)
    beside = measures.summary([f["beside"] for f in found])
    with open(os.path.join(folder, "compare.json"), "w", encoding="utf-8") as f:
        json.dump({"figures": figures, "classes": classes, "beside": beside}, f, indent=1)
    print(markdown(figures, classes, beside) + f"\n\nPictures: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
