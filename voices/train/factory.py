"""Makes a voice from its description, unattended: texts, rendering, both networks, voice file, measures, golden reference.

    factory.py linnet-de                            a voice of voices/train/voices/
    factory.py my.toml --recordings FOLDER          from recordings in LJ Speech format (metadata.csv, wavs/)

Everything goes to training/NAME/ and the voice to voices/NAME.gguf. Killed at any point, it goes on where it was. The speech is
rendered while training has begun; both networks start from a published voice and train side by side.
"""
import argparse
import collections
import contextlib
import fcntl
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import soundfile

import data
import describe
import evaluate
import export
import loop
import voice_file

FIRST_MINUTES = 60   # of speech, before training begins
# Of --minutes, overlapping; the rest is for measuring.
SHARES = {"foretell": 0.05, "render": 0.5, "acoustic": 0.65, "vocoder": 0.6, "predictors": 0.04, "align": 0.15}
TARGET_LUFS = -19.0
GAIN_SENTENCES = 12
FREE_BYTES = 3 << 30
KEEP_EVERY = 20      # of so many recordings one is kept aside, to measure with
MOST_LACKING = 0.1   # of the kinds of phonemes in the texts may be absent from the speech
PROGRAMS = {"ffmpeg": "measures loudness", "espeak-ng": "is measured beside the voice"}


class Factory:
    """Paths and options; one method a stage, each of which knows whether it is done."""

    def __init__(self, args):
        self.args, self.voice = args, describe.load(args.voice)
        self.name = self.voice["id"]
        self.folder = os.path.join("training", self.name)
        self.out = args.out or f"voices/{self.name}.gguf"
        self.device = loop.device_of(args.device).type
        self.running, self.said = {}, ""

    def path(self, name):
        return os.path.join(self.folder, name)

    def done(self, *names):
        return all(os.path.exists(self.path(n)) for n in names)

    def start_voice(self):
        return self.voice.get("start", "voices/linnet-en.gguf")

    # ---- what is missing is said before hours are spent ----

    def check(self):
        a, v = self.args, self.voice
        wanted = [("build/linnet", "build it first: make"), (self.start_voice(), "the voice to start from")]
        if a.recordings:
            wanted += [(os.path.join(a.recordings, n), "recordings come in LJ Speech format: metadata.csv, wavs/") for n in ("metadata.csv", "wavs")]
            if "teacher" in v:
                raise SystemExit(f"{describe.path_of(a.voice)}: [teacher]: recordings take its place, so leave it out")
            if v["data_license"] == describe.DEFAULTS["data_license"]:
                raise SystemExit(f"{describe.path_of(a.voice)}: data_license: missing: whose recordings they are, and under which licence")
        elif "teacher" in v and "texts" in v:
            wanted.append((os.path.join(a.shared, "teacher", "kokoro_config.json"), "the teacher's files, in SHARED/teacher"))
            wanted += [(os.path.join(a.shared, "teacher", "voices", s + ".bin"), "a style of the teacher") for s in v["teacher"]["styles"]]
        else:
            raise SystemExit(f"{describe.path_of(a.voice)}: has no [teacher] and [texts]: give RECORDINGS=FOLDER")
        for path, why in wanted:
            if not os.path.exists(path):
                raise SystemExit(f"{self.name}: {path}: not there ({why})")
        if "texts" in v and v["texts"]["lines"] != "en" and not os.path.exists(os.path.join(describe.HERE, "texts", v["texts"]["lines"] + ".txt")):
            raise SystemExit(f"{self.name}: voices/train/texts/{v['texts']['lines']}.txt: not there (what a screen reader says in that language)")
        for program, why in PROGRAMS.items():
            if not shutil.which(program):
                raise SystemExit(f"{self.name}: {program}: not there (apt install {program}; it {why})")
        os.makedirs(self.folder, exist_ok=True)
        self.lock = open(self.path("lock"), "w", encoding="utf-8")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SystemExit(f"{self.name}: is being made already, in {self.folder}") from None
        if shutil.disk_usage(self.folder).free < FREE_BYTES:
            raise SystemExit(f"{self.folder}: less than {FREE_BYTES >> 30} GiB free")

    # ---- stages ----

    def command(self, script, *args):
        return [sys.executable, os.path.join(describe.HERE, script), *map(str, args)]

    def launch(self, stage, script, *args):
        """A process, its output in NAME.out."""
        log = open(self.path(stage + ".out"), "a", encoding="utf-8")
        self.running[stage] = subprocess.Popen(self.command(script, *args), stdout=log, stderr=log, start_new_session=True)

    def run(self, stage, script, *args):
        """A stage that others wait for; a failure ends all with its last line."""
        self.say(stage)
        self.launch(stage, script, *args)
        self.wait(stage, lambda: stage not in self.running)

    def fail(self, stage, log):
        self.stop()
        with open(log, encoding="utf-8") as f:
            last = (f.read().strip().splitlines() or ["no output"])[-1]
        raise SystemExit(f"\n{self.name}: {stage}: {last} (all of it: {log})")

    def stop(self):
        """Trainers save what they have, which the next run must find whole; of the renderers every process must go."""
        for p in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(p.pid, signal.SIGTERM)
        for p in self.running.values():
            p.wait()
        self.running = {}

    def minutes(self, stage):
        """What is left of a stage's share after earlier runs."""
        return max(0.0, self.args.minutes * SHARES[stage] - self.spent().get(stage, 0))

    def spent(self):
        if not self.done("spent.json"):
            return {}
        with open(self.path("spent.json"), encoding="utf-8") as f:
            return json.load(f)

    def spend(self, minutes):
        """Books the time of the stages that run, and that of all runs."""
        spent = self.spent()
        for stage in (*self.running, "all"):
            spent[stage] = spent.get(stage, 0) + minutes
        self.book(spent)

    def book(self, spent):
        with open(self.path("spent.json") + ".tmp", "w", encoding="utf-8") as f:
            json.dump(spent, f)
        os.replace(self.path("spent.json") + ".tmp", self.path("spent.json"))

    def begin(self, stage, script, *args):
        left = self.minutes(stage)
        if left <= 0 or stage in self.running:
            return
        self.launch(stage, script, *args, "--minutes", f"{left:.3f}")

    def speech(self):
        """Minutes of speech so far, by the size of what there is: 24,000 samples a second, FLAC at half their size."""
        files = os.scandir(self.path("corpus")) if self.done("corpus") else []
        return sum(f.stat().st_size for f in files if f.name.endswith(".flac")) / 24000 / 60

    def say(self, stage):
        """The progress line."""
        last = ""
        for name in ("acoustic", "vocoder"):
            if self.done(name + ".log"):
                with open(self.path(name + ".log"), encoding="utf-8") as f:
                    found = json.loads(f.read().strip().splitlines()[-1])
                last += f", {name} step {found['step']} (mel loss {found['mel']:.3f})"
        if stage == "evaluate" and self.done("evaluate.out"):
            with open(self.path("evaluate.out"), encoding="utf-8") as f:
                last += "".join(f", {line}" for line in f.read().splitlines()[-1:] if evaluate.PROGRESS in line)
        line = f"{self.name}: {stage}, {self.speech():.1f} min of speech{last}, {self.spent().get('all', 0):.0f} min"
        end = "\r" if sys.stdout.isatty() else "\n"
        if line != self.said:
            print(line.ljust(len(self.said)), end=end, flush=True)
        self.said = line

    def wait(self, stage, until):
        """Watches what runs until `until()` or nothing runs any more."""
        booked, shown = time.time(), 0.0
        while self.running and not until():
            time.sleep(0.5)
            for name, p in list(self.running.items()):
                if p.poll() is not None:
                    del self.running[name]
                    if p.returncode:
                        self.fail(name, self.path(name + ".out"))
            if time.time() - booked > 15:
                self.spend((time.time() - booked) / 60)
                booked = time.time()
            if time.time() - shown > (1 if sys.stdout.isatty() else 60):
                shown = time.time()
                self.say(stage)
        self.spend((time.time() - booked) / 60)

    def texts(self, folder):
        if not all(os.path.exists(os.path.join(folder, n)) for n in ("lines.tsv", "foretold.tsv", "heldout.tsv")):
            self.run("texts", "texts.py", self.args.voice, "--shared", self.args.shared, "--out", folder, *self.limit())

    def limit(self):
        return ["--limit", self.args.lines] if self.args.lines else []

    def recordings(self):
        if not self.done("aligned"):
            import front
            self.run("recordings", "prepare.py", self.args.recordings, "--out", self.path("corpus"),
                     "--voice", front.voice_file_of(self.voice, self.folder))
            self.begin("align", "align.py", self.path("corpus"), "--out", self.path("aligner.pt"))
            self.wait("align", lambda: False)
            if not self.done("heldout.tsv"):
                self.keep_aside()
            self.run("phrases", "phrases.py", self.path("corpus"))
            with open(self.path("aligned"), "w", encoding="utf-8"):
                pass

    def keep_aside(self):
        """Some recordings leave the corpus: evaluate.py takes them for what the teacher says."""
        of = {npz: str(np.load(npz)["text"]) for npz in sorted(glob.glob(self.path("corpus/*.npz")))}
        fit = [npz for npz, text in of.items() if evaluate.whole_sentences([text], self.voice["language"])]
        os.makedirs(self.path("evaluation/teacher"), exist_ok=True)
        with open(self.path("heldout.tsv"), "a", encoding="utf-8") as f:
            for npz in fit[KEEP_EVERY // 2::KEEP_EVERY]:
                soundfile.write(self.path(f"evaluation/teacher/{evaluate.file_name(of[npz])}.wav"), *data.audio_of(npz[:-len(".npz")]))
                f.write(of[npz] + "\n")
                f.flush()
                os.remove(npz)

    def teach(self, stage, lines, cache, *more):
        """Begins a stage of the teacher's, of two processes on a CPU."""
        of, jobs = self.voice["teacher"], 4 if self.device == "cuda" else 2
        self.begin(stage, "teacher.py", stage, "--teacher", os.path.join(self.args.shared, "teacher"), "--style", "+".join(of["styles"]),
                   "--speed", of["speed"], "--lines", self.path(lines), "--cache", self.path(cache), "--jobs", jobs, "--device", self.device, *more)

    def render(self):
        """What the predictors learn from; then begins rendering, and goes on when there is something to train on."""
        if not os.path.exists("training/teacher.onnx"):
            self.run("teacher", "teacher.py", "build")
        self.teach("foretell", "foretold.tsv", "prosody.pkl")
        self.wait("foretelling", lambda: False)
        self.teach("render", "lines.tsv", "features.pkl", "--out", self.path("corpus"))
        self.wait("rendering", lambda: self.speech() >= FIRST_MINUTES)

    def enough(self):
        """A voice has the phonemes that it was trained on: ends with a clear line where many of the texts' are absent from the speech."""
        wanted, there = collections.Counter(), collections.Counter()
        for number, (_, phonemes) in enumerate(evaluate.read_rows(self.path("lines.tsv"), "\t")):
            wanted.update(phonemes)
            there.update(phonemes if self.done(f"corpus/{number:06d}.npz") else "")
        kinds = [c for c in wanted if c in data.IDS and wanted[c] >= export.LEAST_SEEN]
        lacking = [c for c in kinds if there[c] < export.LEAST_SEEN]
        if len(lacking) > MOST_LACKING * len(kinds):
            self.stop()
            raise SystemExit(f"\n{self.name}: only {self.speech():.1f} min of speech, which has hardly any of {len(lacking)} of the texts' {len(kinds)} phonemes "
                             f"({' '.join(lacking)}): start again with more MINUTES")

    def train(self):
        if not self.done("start.pt"):
            self.run("start", "voice_file.py", self.start_voice(), "--out", self.path("start.pt"))
        if self.args.recordings and "texts" in self.voice:
            self.run("prosody", "prosody.py", self.path("texts/lines.tsv"), "--start", self.path("start.pt"), "--corpus", self.path("corpus"),
                     "--cache", self.path("features.pkl"))
            self.run("words", "cut_words.py", "--corpus", self.path("corpus"), "--cache", self.path("features.pkl"))
        common = ["--corpus", self.path("corpus"), "--cache", self.path("features.pkl"), "--start", self.path("start.pt"), "--threads", 1,
                  "--device", self.device]
        rate = 3e-4 if self.args.recordings else 1e-3
        self.begin("acoustic", "train_acoustic.py", *common, "--out", self.path("acoustic.pt"), "--lr", rate)
        self.wait("training", lambda: self.done("acoustic.pt"))
        self.begin("vocoder", "train_vocoder.py", *common, "--out", self.path("vocoder.pt"), "--acoustic", self.path("acoustic.pt"),
                   "--adversarial", 0.4, "--lr", 4e-4)
        self.wait("training", lambda: False)

    def foretell(self):
        """Durations and pitch from many more lines; anew when the acoustic model has learnt more since."""
        made, of = self.path("predictors.pt"), self.path("acoustic.pt")
        if os.path.exists(made) and os.path.getmtime(made) < os.path.getmtime(of):
            os.remove(made)
            self.book(self.spent() | {"predictors": 0})
        self.begin("predictors", "train_predictors.py", "--cache", self.path("prosody.pkl"), "--start", self.path("acoustic.pt"), "--out",
                   self.path("predictors.pt"), "--threads", 1, "--device", self.device)
        self.wait("predictors", lambda: False)

    def export(self, out, *more):
        acoustic = "acoustic.pt" if self.args.recordings else "predictors.pt"
        self.run("export", "export.py", self.args.voice, "--acoustic", self.path(acoustic), "--vocoder", self.path("vocoder.pt"),
                 "--out", out, *more)

    def gain(self):
        """The factor that brings sentences to -19 LUFS."""
        self.export(self.path("raw.gguf"))
        files = []
        for n, text in enumerate(self.sentences()[:GAIN_SENTENCES]):
            files.append(self.path(f"level{n}.wav"))
            subprocess.run(["build/linnet", "-q", "-v", self.path("raw.gguf"), "-o", files[-1], "--", text], check=True)
        return 10 ** ((TARGET_LUFS - evaluate.loudness(files)[0]) / 20)

    def sentences(self):
        """Some that the voice wasn't trained on; of few recordings any."""
        return [r[0] for r in evaluate.read_rows(self.path("heldout.tsv"), "\t")] or \
            [r[-1] for r in evaluate.read_rows(os.path.join(self.args.recordings, "metadata.csv"), "|")]

    def measure(self):
        """-> the line for linnet.scores; evaluate.py's table and compare.py's pictures stay in the folder."""
        common = ["--voice", self.path("measured.gguf"), "--description", self.args.voice, "--heldout", self.path("heldout.tsv"), "--teacher",
                  os.path.join(self.args.shared, "teacher"), "--cache", self.path("evaluation"), "--sentences", self.args.sentences]
        shutil.copyfile(self.out, self.path("measured.gguf"))
        words, letters = (0, 0) if self.args.recordings else (3 * self.args.sentences, min(36, 2 * self.args.sentences))
        self.run("evaluate", "evaluate.py", *common, "--engines", "linnet,teacher,espeak-ng", "--words", words, "--letters", letters)
        if not self.args.recordings:
            self.run("compare", "compare.py", *common)
        tag = evaluate.voice_tag(self.path("measured.gguf"))
        with open(self.path(f"evaluation/{tag}.json"), encoding="utf-8") as f:
            found = json.load(f)
        print("\n" + evaluate.table(found))
        one = lambda r: f"WER {100 * r['wer']:.1f} %, DistillMOS {r['distillmos']:.2f}"
        whose = "the recordings" if self.args.recordings else "its teacher"
        count = sum(kind == "sentence" for kind, *_ in found["linnet"]["heard"])
        return f"{one(found['linnet'])} ({count} sentences); {whose}: {one(found['teacher'])}"

    def make(self):
        self.check()
        if self.args.recordings:
            if "texts" in self.voice:
                self.texts(self.path("texts"))
            self.recordings()
        else:
            self.texts(self.folder)
            self.render()
            self.enough()
        self.train()
        if not self.args.recordings:
            self.foretell()
        gain = f"{self.gain():.3f}"
        self.export(self.out, "--gain", gain)
        if os.path.getsize(self.path("heldout.tsv")):
            self.export(self.out, "--gain", gain, "--scores", self.measure())
        sounds = [c for c in voice_file.read(self.out)[0]["linnet.phonemes"] if c.isalpha()]
        self.run("golden", "golden.py", "--voice", self.out, "--phonemes", "".join(sounds[:3]), "--out", self.path("voice.golden"))
        self.say(f"made {self.out}")
        lost = [c for c in voice_file.read(self.start_voice())[0]["linnet.phonemes"] if c.isalpha() and c not in sounds]
        if lost:
            print(f"\nheard too seldom, so the nearest sounds will be spoken for them: {' '.join(lost)}")
        print(f"\n{self.row()}")

    def row(self):
        """For the table of voices/README.md."""
        import hashlib
        with open(self.out, "rb") as f:
            digest = hashlib.sha256(f.read()).hexdigest()
        size = os.path.getsize(self.out) / 1e6
        return f"| `{os.path.basename(self.out)}` | {self.voice['language']}, {self.voice['gender']} | 24 kHz | {size:.1f} MB | 6.3 M | {self.voice['license']} | `{digest}` |"


def positive(kind):
    """-> a type for argparse: a number of that kind, above 0."""
    def read(text):
        if not kind(text) > 0:
            raise argparse.ArgumentTypeError(f"{text}: must be above 0")
        return kind(text)
    read.__name__ = kind.__name__
    return read


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voice", help="name of a description in voices/train/voices, or its path")
    parser.add_argument("--recordings", default="", help="folder with metadata.csv and wavs/ in place of the teacher")
    parser.add_argument("--shared", default="../shared", help="folder with teacher/ and text/")
    parser.add_argument("--minutes", type=positive(float), default=120, help="of rendering and training on two cores; a GPU needs a tenth")
    parser.add_argument("--sentences", type=positive(int), default=40, help="to measure with")
    parser.add_argument("--lines", type=int, default=0, help="only so many lines; 0: all")
    parser.add_argument("--out", default="", help="voice file; voices/NAME.gguf without")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    factory = Factory(parser.parse_args())

    def stop(*_):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        factory.stop()
        raise SystemExit(f"\n{factory.name}: stopped; the same command goes on from here")
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    factory.make()


if __name__ == "__main__":
    main()
