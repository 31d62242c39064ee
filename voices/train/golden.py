"""Golden tensors for the C tests: what PyTorch makes of a voice file's own (quantised) weights.

`--tiny` writes a tiny random voice first. `wave` is what comes before gain and limiter.
Format: text lines "name d0 d1 ...", an empty line, then all tensors as little-endian float32 in that order.
"""
import argparse
import dataclasses

import torch

import data
import export
import mel
import rewrites
import voice_file
from model import Acoustic, Config, Vocoder, length_regulator, spread_energy

TINY_TABLE = data.TABLE[:data.TABLE.index(data.MORE[0])]
TINY = Config(phonemes=len(TINY_TABLE), hidden=32, heads=2, filter=64, encoder_layers=2, decoder_layers=2, predictor=32,
              encoder_reach=4, decoder_back=3, decoder_ahead=2, voc_width=32, voc_hidden=32, voc_dilations=(1, 2, 4),
              voc_ahead=(1, 2, 0))


@torch.no_grad()
def dump(acoustic, vocoder, ids, spread):
    """One sentence through both networks -> name: float32 array."""
    cfg = acoustic.cfg
    ids = torch.tensor([ids])
    mask = torch.ones_like(ids, dtype=torch.bool)
    h, dur, pitch, energy = acoustic.encode(ids, mask)
    energy = spread_energy(energy, spread)
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


def tiny(path, kind):
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
            ("linnet.gender", "neutral"), ("linnet.phonemes", TINY_TABLE),
            ("linnet.phoneme_rewrite", [x for pair in rewrites.SETS["american"] for x in pair])]
    export.write(path, keys + export.model_keys(meta, meta),
                 list(export.tensors(acoustic.state_dict(), vocoder.state_dict())), kind)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--type", choices=("f32", "f16", "q8_0"), default="q8_0", help="of the tiny voice's matrices")
    parser.add_argument("--voice", default="voices/linnet-en.gguf")
    parser.add_argument("--out", default="tests/golden/linnet-en.golden")
    parser.add_argument("--phonemes", default="həlˈO.", help="shorter makes a smaller file")
    args = parser.parse_args()
    if args.tiny:
        tiny(args.voice, args.type)
    keys, acoustic, vocoder = voice_file.networks(args.voice)
    named = dump(acoustic, vocoder, [0] + [keys["linnet.phonemes"].index(c) for c in args.phonemes] + [0],
                 keys.get("linnet.energy.spread", 1.0))
    save(args.out, named)
    print({k: list(v.shape) for k, v in named.items()})


if __name__ == "__main__":
    main()
