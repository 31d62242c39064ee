"""Reads a voice file back: GGUF (voices/FORMAT.md) -> keys, arrays, networks. Also the start of fine-tuning from a published voice:

    voice_file.py voices/linnet-en.gguf --out training/mine.pt      a checkpoint for train_acoustic.py, train_vocoder.py

What export.py did to the networks (--contrast, --headroom) is undone in the checkpoint.
"""
import argparse
import dataclasses
import struct

import numpy as np
import torch

import data
import export
from model import Acoustic, Config, Vocoder

SCALARS = {export.U32_KEY: "<I", export.F32_KEY: "<f"}
KEYS = {"hidden": "linnet.acoustic.hidden", "pitch_mean": "linnet.pitch.mean", "pitch_std": "linnet.pitch.std",
        "energy_mean": "linnet.energy.mean", "energy_std": "linnet.energy.std", "voc_width": "linnet.vocoder.width"}


class Reader:
    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def number(self, form):
        self.at += struct.calcsize(form)
        return struct.unpack_from(form, self.raw, self.at - struct.calcsize(form))[0]

    def string(self):
        size = self.number("<Q")
        self.at += size
        return self.raw[self.at - size:self.at].decode()

    def value(self, kind):
        if kind == export.ARRAY_KEY:
            inner, count = self.number("<I"), self.number("<Q")
            return [self.value(inner) for _ in range(count)]
        return self.string() if kind == export.STRING_KEY else self.number(SCALARS[kind])

    def info(self):
        """-> name, (shape outermost first, type, offset)"""
        name, rank = self.string(), self.number("<I")
        shape = [self.number("<Q") for _ in range(rank)][::-1]
        return name, (shape, self.number("<I"), self.number("<Q"))


def array(raw, shape, kind):
    """Bytes that start with a tensor -> float32 array."""
    count = int(np.prod(shape))
    if kind != export.Q8_0:
        return np.frombuffer(raw, "<f4" if kind == export.F32 else "<f2", count).astype(np.float32).reshape(shape)
    blocks = np.frombuffer(raw, np.uint8, count // 32 * 34).reshape(-1, 34)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    return (blocks[:, 2:].copy().view(np.int8) * scale).reshape(shape).astype(np.float32)


def read(path):
    """-> keys (dict), arrays by tensor name."""
    with open(path, "rb") as f:
        r = Reader(f.read())
    if r.raw[:4] != b"GGUF":
        raise SystemExit(f"{path}: not a GGUF file")
    r.at = 8
    tensors, count = r.number("<Q"), r.number("<Q")
    keys = {}
    for _ in range(count):
        name = r.string()
        keys[name] = r.value(r.number("<I"))
    infos = dict(r.info() for _ in range(tensors))
    start = -(-r.at // export.ALIGNMENT) * export.ALIGNMENT
    return keys, {name: array(r.raw[start + at:], shape, kind) for name, (shape, kind, at) in infos.items()}


def config(keys):
    """A field's key is linnet.acoustic.FIELD or linnet.vocoder.FIELD, but for those in KEYS."""
    found = {"phonemes": len(keys["linnet.phonemes"])}
    for field in dataclasses.fields(Config):
        name = KEYS.get(field.name, ("linnet.vocoder." + field.name[4:]) if field.name.startswith("voc_") else
                        "linnet.acoustic." + field.name)
        if name in keys:
            found[field.name] = tuple(keys[name]) if isinstance(keys[name], list) else keys[name]
    return Config(**found)


def fill(net, arrays, prefix=""):
    """Puts the file's arrays into a network, undoing export.tensors()."""
    state = net.state_dict()
    for name, value in state.items():
        a = arrays[prefix + name + (".weight" if name.endswith(".rel") else "")]
        if value.dim() == 3:
            a = (a[:, None] if a.ndim == 2 else a).transpose(0, 2, 1)
        state[name] = torch.from_numpy(np.ascontiguousarray(a)).reshape(value.shape)
    net.load_state_dict(state)
    return net.eval()


def networks(path):
    """-> keys, acoustic model, vocoder with the file's weights."""
    keys, arrays = read(path)
    cfg = config(keys)
    return keys, fill(Acoustic(cfg), arrays), fill(Vocoder(cfg), arrays, "voc.")


def whole_table(vectors, table):
    """Vectors of a voice's phonemes -> of all that trainers know; those that the voice lacks start at random."""
    whole = 0.3 * torch.randn(len(data.TABLE), vectors.shape[1], generator=torch.Generator().manual_seed(1))
    for c, v in zip(table, vectors):
        whole[data.IDS[c]] = v
    return whole


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voice")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    keys, acoustic, vocoder = networks(args.voice)
    states = {"acoustic": acoustic.state_dict(), "vocoder": vocoder.state_dict()}
    export.contrast(states["acoustic"], keys["linnet.contrast"], undo=True)
    acoustic.cfg.voc_headroom = keys.get("linnet.headroom", 0.0)
    export.headroom(states["vocoder"], acoustic.cfg.voc_headroom, undo=True)
    states["acoustic"]["emb.weight"] = whole_table(states["acoustic"]["emb.weight"], keys["linnet.phonemes"])
    acoustic.cfg.phonemes = len(data.TABLE)
    torch.save({"step": 0, "modules": states, "ema": states, "optimisers": {},
                "meta": {"config": dataclasses.asdict(acoustic.cfg), "table": data.TABLE, "hours": keys.get("linnet.data_hours", 0.0),
                         "seen": [export.LEAST_SEEN * (c in keys["linnet.phonemes"]) for c in data.TABLE]}}, args.out)


if __name__ == "__main__":
    main()
