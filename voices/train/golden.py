"""Golden tensors for the C tests: what PyTorch makes of a voice file's own (quantised) weights.

`--tiny` writes a tiny random voice and its golden file; otherwise a checkpoint pair is exported with the given type and dumped.
Format: text lines "name d0 d1 ...", an empty line, then all tensors as little-endian float32 in that order.
"""
import argparse
import dataclasses

import numpy as np
import torch

import data
import export
import mel
from model import Acoustic, Config, Vocoder, length_regulator

TINY = Config(phonemes=len(data.TABLE), hidden=32, heads=2, filter=64, encoder_layers=2, decoder_layers=2, predictor=32,
              encoder_reach=4, decoder_back=3, decoder_ahead=2, voc_width=32, voc_hidden=32, voc_dilations=(1, 2, 4),
              voc_ahead=(1, 2, 0))


def stored(a, kind):
    """An array as the file gives it back."""
    code, raw = export.encode(a, kind)
    if code == export.F32:
        return a
    if code == export.F16:
        return np.frombuffer(raw, np.float16).astype(np.float32).reshape(a.shape)
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 34)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    return (blocks[:, 2:].copy().view(np.int8) * scale).reshape(a.shape).astype(np.float32)


def requantise(net, kind):
    """Puts a network's weights through the file's number formats, in FORMAT.md's layout."""
    state = net.state_dict()
    for name, value in state.items():
        a = value.float().numpy()
        turned = a.ndim == 3
        a = a.transpose(0, 2, 1) if turned else a
        flat = a[:, 0] if turned and a.shape[1] == 1 else a
        back = stored(np.ascontiguousarray(flat), kind).reshape(a.shape)
        state[name] = torch.from_numpy(np.ascontiguousarray(back.transpose(0, 2, 1) if turned else back))
    net.load_state_dict(state)
    return net.eval()


@torch.no_grad()
def dump(acoustic, vocoder, ids):
    """One sentence through both networks -> name: float32 array."""
    cfg = acoustic.cfg
    ids = torch.tensor([ids])
    mask = torch.ones_like(ids, dtype=torch.bool)
    h, dur, pitch, energy = acoustic.encode(ids, mask)
    frames = torch.exp(dur).clamp(0.5, 200)
    ends = torch.floor(torch.cumsum(frames.double(), 1) + 0.5).long()
    counts = torch.diff(ends, dim=1, prepend=torch.zeros(1, 1, dtype=torch.long))
    index, position, inside = length_regulator(counts, int(ends[0, -1]))
    y = acoustic.decode(h, pitch, energy, index, position, mask, inside)[0]
    lf0 = y[:, -2] * cfg.pitch_std + cfg.pitch_mean
    rows = torch.cat([y[:, :-2], lf0[:, None], torch.sigmoid(y[:, -1:])], 1)
    harmonic = mel.harmonic_source(lf0[None], rows[None, :, -1], torch.zeros(1, 1))
    noise = torch.from_numpy(mel.counter_noise(harmonic.shape[1]))[None] * 0.1 * 3 ** 0.5
    wave = vocoder(rows[None, :, :-2].transpose(1, 2), lf0[None], rows[None, :, -1], harmonic=harmonic, noise=noise)[0]
    return {"ids": ids[0].float(), "enc": h[0], "dur": frames[0], "pitch": pitch[0], "energy": energy[0],
            "dur_frames": counts[0].float(), "frames": rows, "wave": wave}


def save(path, named):
    with open(path, "wb") as f:
        for name, a in named.items():
            f.write((name + "".join(f" {d}" for d in a.shape) + "\n").encode())
        f.write(b"\n")
        for a in named.values():
            f.write(a.contiguous().numpy().astype("<f4").tobytes())


def tiny(out, kind):
    torch.manual_seed(20)
    acoustic, vocoder = Acoustic(TINY), Vocoder(TINY)
    for p in list(acoustic.parameters()) + list(vocoder.parameters()):
        if p.dim() == 1 or p.shape[0] == TINY.heads:
            p.data += 0.1 * torch.randn_like(p)
    acoustic.dur.out.bias.data += 1.3
    acoustic.dec.out.bias.data[:-2] -= 3
    meta = dataclasses.asdict(TINY)
    keys = [("general.architecture", "linnet"), ("general.name", "tiny"), ("general.license", "CC0-1.0"),
            ("linnet.format", 1), ("linnet.language", "en-US"), ("linnet.espeak_voice", "en-us"), ("linnet.speaker", "nobody"),
            ("linnet.gender", "neutral"), ("linnet.phonemes", data.TABLE),
            ("linnet.phoneme_rewrite", [x for pair in export.REWRITES_EN_US for x in pair])]
    export.write(out + ".gguf", keys + export.model_keys(meta),
                 list(export.tensors(acoustic.state_dict(), vocoder.state_dict())), kind)
    return acoustic, vocoder


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--out", default="tests/golden/tiny", help="writes OUT.golden (and OUT.gguf with --tiny)")
    parser.add_argument("--acoustic", default="training/acoustic.pt")
    parser.add_argument("--vocoder", default="training/vocoder.pt")
    parser.add_argument("--type", choices=("f32", "f16", "q8_0"), default="q8_0")
    parser.add_argument("--phonemes", default="həlˈO, wˈɜɹld. ðɪs ɪz ə tˈɛst!")
    args = parser.parse_args()
    if args.tiny:
        acoustic, vocoder = tiny(args.out, args.type)
    else:
        states = torch.load(args.acoustic, weights_only=False), torch.load(args.vocoder, weights_only=False)
        acoustic, vocoder = (net(Config(**s["meta"]["config"])) for net, s in zip((Acoustic, Vocoder), states))
        acoustic.load_state_dict(states[0]["ema"]["acoustic"])
        vocoder.load_state_dict(states[1]["ema"]["vocoder"])
    ids = [0] + [data.IDS[c] for c in args.phonemes] + [0]
    named = dump(requantise(acoustic, args.type), requantise(vocoder, args.type), ids)
    save(args.out + ".golden", named)
    print({k: list(v.shape) for k, v in named.items()})


if __name__ == "__main__":
    main()
