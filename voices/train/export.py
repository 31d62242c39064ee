"""Checkpoints -> one GGUF voice file (voices/FORMAT.md). The same input gives the same file, byte for byte."""
import argparse
import math
import struct

import numpy as np
import torch

import describe
import mel
from model import BINS

F32, F16, Q8_0 = 0, 1, 8
ALIGNMENT = 32
LEAST_SEEN = 5  # times that a phoneme must be in the corpus to be the voice's
U32_KEY, F32_KEY, STRING_KEY, ARRAY_KEY = 4, 6, 8, 9

def string(text):
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def value(v):
    """Python value -> GGUF type and bytes. int: u32, float: f32, str, list of int or str."""
    if isinstance(v, list):
        kind = STRING_KEY if isinstance(v[0], str) else U32_KEY
        body = b"".join(value(x)[4:] for x in v)
        return struct.pack("<IIQ", ARRAY_KEY, kind, len(v)) + body
    if isinstance(v, str):
        return struct.pack("<I", STRING_KEY) + string(v)
    return struct.pack("<If", F32_KEY, v) if isinstance(v, float) else struct.pack("<II", U32_KEY, v)


def q8_0(a):
    """float32 [..., 32 n] -> Q8_0 blocks: one half-precision scale and 32 signed bytes each."""
    blocks = a.reshape(-1, 32)
    scale = (np.abs(blocks).max(1) / 127).astype(np.float16)
    safe = np.where(scale == 0, np.float16(1), scale).astype(np.float32)
    q = np.clip(np.rint(blocks / safe[:, None]), -127, 127).astype(np.int8)
    out = np.empty((len(blocks), 34), np.uint8)
    out[:, :2] = scale.view(np.uint8).reshape(-1, 2)
    out[:, 2:] = q.view(np.uint8)
    return out.tobytes()


def encode(a, kind):
    """-> type, bytes. Vectors stay F32; matrices become `kind`, F16 where Q8_0's blocks don't fit."""
    a = np.ascontiguousarray(a, dtype=np.float32)
    if a.ndim < 2 or kind == "f32":
        return F32, a.tobytes()
    if kind == "q8_0" and a.shape[-1] % 32 == 0:
        return Q8_0, q8_0(a)
    return F16, a.astype(np.float16).tobytes()


def tensors(acoustic, vocoder):
    """State dicts -> name, array in FORMAT.md's layout (convolutions [out, tap, in])."""
    named = dict(acoustic)
    named.update({"voc." + k: v for k, v in vocoder.items()})
    for name in sorted(named):
        a = named[name].float().numpy()
        name += ".weight" if name.endswith(".rel") else ""
        if a.ndim == 3:
            a = a.transpose(0, 2, 1)
            if a.shape[1] == 1:
                a = a[:, 0]
        yield name, a


def write(path, keys, named, kind):
    """Writes the container: header, keys in the given order, tensor table, aligned data."""
    infos, data, offset = b"", [], 0
    count = 0
    for name, a in named:
        code, raw = encode(a, kind)
        raw += b"\0" * (-len(raw) % ALIGNMENT)
        infos += string(name) + struct.pack("<I", a.ndim) + struct.pack(f"<{a.ndim}Q", *reversed(a.shape))
        infos += struct.pack("<IQ", code, offset)
        offset += len(raw)
        count += 1
        data.append(raw)
    head = b"GGUF" + struct.pack("<IQQ", 3, count, len(keys))
    head += b"".join(string(k) + value(v) for k, v in keys) + infos
    with open(path, "wb") as f:
        f.write(head + b"\0" * (-len(head) % ALIGNMENT) + b"".join(data))


def contrast(state, factor, width=25, undo=False):
    """Mends the blur of regression: widens the decoder's log-mels around their moving mean over `width` bins of a frame.

    Linear in the mel, so it goes into the decoder's last layer and costs nothing when speaking (the global variance of HMM
    synthesis restored, Toda and Tokuda 2007, by its simplest means). `undo` takes it back, to train on."""
    offset = torch.arange(mel.N_MELS)[None] - torch.arange(mel.N_MELS)[:, None]
    mean = (offset.abs() <= width // 2).double()
    matrix = torch.eye(mel.N_MELS) * factor + (1 - factor) * mean / mean.sum(1, keepdim=True)
    matrix = (torch.linalg.inv(matrix) if undo else matrix).float()
    for name in ("dec.out.weight", "dec.out.bias"):
        state[name] = torch.cat([matrix @ state[name][:mel.N_MELS], state[name][mel.N_MELS:]])


def headroom(state, nats, undo=False):
    """Makes the vocoder's magnitudes smaller, so that the format's limit on them lies higher; the gain makes up for it. `undo` takes it back."""
    bias = state["head.bias"].clone()
    for first in (0, 2 * BINS):  # of the harmonics, of the noise
        bias[first:first + BINS] += nats if undo else -nats
    state["head.bias"] = bias


def model_keys(cfg, vocoder):
    """Configs (dicts) of the acoustic model and of the vocoder -> keys that say what the networks are."""
    a, cfg = "linnet.acoustic.", cfg | {k: v for k, v in vocoder.items() if k.startswith("voc_")}
    return [("linnet.sample_rate", mel.SAMPLE_RATE), ("linnet.hop", mel.HOP), ("linnet.n_fft", mel.N_FFT),
            ("linnet.mel.bins", mel.N_MELS), ("linnet.mel.fmin", mel.F_MIN), ("linnet.mel.fmax", mel.F_MAX),
            ("linnet.mel.floor", mel.FLOOR), (a + "hidden", cfg["hidden"]), (a + "heads", cfg["heads"]),
            (a + "filter", cfg["filter"]), (a + "encoder_layers", cfg["encoder_layers"]),
            (a + "decoder_layers", cfg["decoder_layers"]), (a + "kernel", cfg["kernel"]),
            (a + "predictor", cfg["predictor"]), (a + "encoder_reach", cfg["encoder_reach"]),
            (a + "decoder_back", cfg["decoder_back"]), (a + "decoder_ahead", cfg["decoder_ahead"]),
            ("linnet.pitch.mean", cfg["pitch_mean"]), ("linnet.pitch.std", cfg["pitch_std"]),
            ("linnet.energy.mean", cfg["energy_mean"]), ("linnet.energy.std", cfg["energy_std"]),
            ("linnet.vocoder.kind", "wavenet"), ("linnet.vocoder.width", cfg["voc_width"]), ("linnet.vocoder.in_kernel", cfg["voc_in_kernel"]),
            ("linnet.vocoder.in_ahead", cfg["voc_in_ahead"]), ("linnet.vocoder.dilations", list(cfg["voc_dilations"])),
            ("linnet.vocoder.ahead", list(cfg["voc_ahead"])), ("linnet.vocoder.hidden", cfg["voc_hidden"]),
            ("linnet.vocoder.envelope", cfg["voc_envelope"])]


def pruned(vectors, table, seen):
    """Only what the voice was trained on: of the front end's other characters the nearest of the table is spoken, an untrained vector
    would be noise. -> vectors, table"""
    kept = [i for i, c in enumerate(table) if i == 0 or seen[i] >= LEAST_SEEN]
    return vectors[kept], [table[i] for i in kept]


def voice_keys(voice, table, args):
    """A description and what only the command line knows -> keys about the voice."""
    return [("general.architecture", "linnet"), ("general.name", voice["name"]), ("general.license", voice["license"]),
            ("general.description", voice["description"]), ("linnet.format", 1), ("linnet.language", voice["language"]),
            ("linnet.espeak_voice", voice["espeak_voice"]), ("linnet.speaker", voice["speaker"]), ("linnet.gender", voice["gender"]),
            ("linnet.teacher", describe.teacher(voice)), ("linnet.data_license", voice["data_license"]), ("linnet.scores", args.scores),
            ("linnet.data_hours", args.hours), ("linnet.gain", args.gain), ("linnet.contrast", args.contrast),
            ("linnet.headroom", float(args.headroom)),
            ("linnet.energy.spread", float(voice["spread"])),
            ("linnet.phonemes", table), ("linnet.phoneme_rewrite", [x for pair in voice["pairs"] for x in pair])]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("voice", help="name of a description in voices/train/voices, or its path")
    parser.add_argument("--acoustic", default="training/acoustic.pt")
    parser.add_argument("--vocoder", default="training/vocoder.pt")
    parser.add_argument("--out", required=True)
    parser.add_argument("--type", choices=("f32", "f16", "q8_0"), default="q8_0")
    parser.add_argument("--scores", default="")
    parser.add_argument("--gain", type=float, default=1.0)
    parser.add_argument("--contrast", type=float, help="factor on the decoder's spectral contrast, see contrast(); the description's if not given")
    parser.add_argument("--headroom", type=float, help="of the vocoder's magnitudes, see headroom(); what it was trained with if not given")
    args = parser.parse_args()
    voice = describe.load(args.voice)
    acoustic, vocoder = (torch.load(p, weights_only=False, map_location="cpu") for p in (args.acoustic, args.vocoder))
    weights, meta = acoustic["ema"]["acoustic"], acoustic["meta"]
    if args.contrast is None:
        args.contrast = float(voice["contrast"])
    contrast(weights, args.contrast)
    weights["emb.weight"], table = pruned(weights["emb.weight"], meta["table"], meta["seen"])
    args.hours = float(meta["hours"])
    if args.headroom is None:
        args.headroom = vocoder["meta"]["config"].get("voc_headroom", 0.0)
    headroom(vocoder["ema"]["vocoder"], args.headroom)
    args.gain *= math.exp(args.headroom)
    write(args.out, voice_keys(voice, table, args) + model_keys(meta["config"], vocoder["meta"]["config"]),
          list(tensors(weights, vocoder["ema"]["vocoder"])), args.type)


if __name__ == "__main__":
    main()
