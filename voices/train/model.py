"""The networks of voices/FORMAT.md, in PyTorch. Parameter names are the file's tensor names.

Letters: B batch, N phonemes, T frames, C hidden width, H heads, F filter, P predictor width, M mel bins, W vocoder width.
Everything between layers is [B, T, C] (channels last) in the acoustic model, [B, C, T] in the vocoder.
"""
import dataclasses
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

import mel

BINS = mel.N_FFT // 2 + 1
MOST_LOG = 4.0  # of the vocoder's magnitudes, in a voice file
BLOCK = 32  # frames a block of the banded attention; a matter of speed only


@dataclasses.dataclass
class Config:
    phonemes: int = 64
    hidden: int = 192
    heads: int = 2
    filter: int = 512
    encoder_layers: int = 4
    decoder_layers: int = 4
    kernel: int = 3
    predictor: int = 192
    encoder_reach: int = 16
    decoder_back: int = 16
    decoder_ahead: int = 8
    dropout: float = 0.1
    voc_width: int = 128
    voc_in_kernel: int = 7
    voc_in_ahead: int = 3
    voc_dilations: tuple = (1, 2, 4, 1, 2, 4)
    voc_ahead: tuple = (1, 2, 0, 1, 0, 0)
    voc_hidden: int = 256
    voc_envelope: int = 6
    voc_headroom: float = 0.0  # nats above FORMAT.md's limit on the magnitudes; export.py moves it into the gain
    pitch_mean: float = 5.2
    pitch_std: float = 0.25
    energy_mean: float = 0.0
    energy_std: float = 1.0


def conv(layer, x):
    """Conv1d (same length, stride 1) on channels-last [B, T, C], as one matrix product: faster than Conv1d on a CPU."""
    k = layer.kernel_size[0]
    wide = F.pad(x, (0, 0, k // 2, k // 2))
    columns = torch.cat([wide[:, i:i + x.shape[1]] for i in range(k)], 2)
    return F.linear(columns, layer.weight.permute(0, 2, 1).flatten(1), layer.bias)


class Block(nn.Module):
    """FFT block of FastSpeech 2, pre-norm, with learned relative-position bias. `band` = None (encoder) or (back, ahead)."""

    def __init__(self, cfg, band):
        super().__init__()
        c = cfg.hidden
        self.heads, self.band, self.reach = cfg.heads, band, cfg.encoder_reach
        self.ln1, self.ln2 = nn.LayerNorm(c), nn.LayerNorm(c)
        self.qkv, self.proj = nn.Linear(c, 3 * c), nn.Linear(c, c)
        self.rel = nn.Parameter(torch.zeros(cfg.heads, sum(band) + 1 if band else 2 * cfg.encoder_reach + 1))
        self.ff1 = nn.Conv1d(c, cfg.filter, cfg.kernel, padding=cfg.kernel // 2)
        self.ff2 = nn.Linear(cfg.filter, c)
        self.drop = nn.Dropout(cfg.dropout)

    def forward(self, x, mask):
        """x [B, T, C], mask [B, T] True inside the sentence -> [B, T, C]."""
        q, k, v = (z.unflatten(2, (self.heads, -1)).transpose(1, 2) for z in self.qkv(self.ln1(x)).chunk(3, 2))
        a = self.full(q, k, v, mask) if self.band is None else self.banded(q, k, v, mask)
        x = x + self.drop(self.proj(a.transpose(1, 2).flatten(2)))
        a = torch.relu(conv(self.ff1, self.ln2(x) * mask[..., None]))
        return x + self.drop(self.ff2(a))

    def full(self, q, k, v, mask):
        n = q.shape[2]
        place = torch.arange(n, device=q.device)
        offset = (place[None] - place[:, None]).clamp(-self.reach, self.reach) + self.reach
        s = q @ k.transpose(2, 3) / math.sqrt(q.shape[3]) + self.rel[:, offset]
        return torch.softmax(s.masked_fill(~mask[:, None, None], -1e9), 3) @ v

    def banded(self, q, k, v, mask):
        """Attention from i to i-back ... i+ahead, block by block: keys of a block are its own frames and their margins."""
        back, ahead = self.band
        n, blocks = q.shape[2], -(-q.shape[2] // BLOCK)
        pad = blocks * BLOCK - n
        wide = lambda z: F.pad(z, (0, 0, back, pad + ahead)).unfold(2, BLOCK + back + ahead, BLOCK).transpose(3, 4)
        q = F.pad(q, (0, 0, 0, pad)).unflatten(2, (blocks, BLOCK))
        inside = F.pad(mask, (back, pad + ahead)).unfold(1, BLOCK + back + ahead, BLOCK)  # [B, blocks, keys]
        offset = torch.arange(BLOCK + back + ahead, device=q.device) - torch.arange(BLOCK, device=q.device)[:, None]  # j - i + back
        near = (offset >= 0) & (offset <= back + ahead)
        s = q @ wide(k).transpose(3, 4) / math.sqrt(q.shape[-1]) + self.rel[:, offset.clamp(0, back + ahead)][:, None]
        s = s.masked_fill(~(near & inside[:, None, :, None]), -1e9)
        return (torch.softmax(s, 4) @ wide(v)).flatten(2, 3)[:, :, :n]


class Predictor(nn.Module):
    """Two convolutions and a linear map on phoneme level: [B, N, C] -> [B, N]."""

    def __init__(self, cfg):
        super().__init__()
        self.conv0 = nn.Conv1d(cfg.hidden, cfg.predictor, 3, padding=1)
        self.conv1 = nn.Conv1d(cfg.predictor, cfg.predictor, 3, padding=1)
        self.ln0, self.ln1 = nn.LayerNorm(cfg.predictor), nn.LayerNorm(cfg.predictor)
        self.out, self.drop = nn.Linear(cfg.predictor, 1), nn.Dropout(0.3 if cfg.dropout else 0.0)

    def forward(self, h, mask):
        m = mask[..., None]
        a = self.drop(self.ln0(torch.relu(conv(self.conv0, h * m))))
        a = self.drop(self.ln1(torch.relu(conv(self.conv1, a * m))))
        return self.out(a)[..., 0]


class Stack(nn.Module):
    """Blocks 0 ... n-1 and a closing layer norm `ln`."""

    def __init__(self, cfg, layers, band):
        super().__init__()
        for i in range(layers):
            self.add_module(str(i), Block(cfg, band))
        self.ln, self.layers = nn.LayerNorm(cfg.hidden), layers

    def forward(self, x, mask):
        for i in range(self.layers):
            x = getattr(self, str(i))(x, mask)
        return self.ln(x)


LOUD = 0.5  # energies above are spread


def spread_energy(energy, factor):
    """Predicted energies, normalised -> those that speaking uses: linnet.energy.spread of FORMAT.md."""
    return energy + (factor - 1) * (energy - LOUD).clamp(min=0)


class Acoustic(nn.Module):
    """FastSpeech 2 with phoneme-level pitch and energy on continuous values (FastPitch), banded decoder."""

    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        self.emb = nn.Embedding(cfg.phonemes, cfg.hidden)
        self.enc = Stack(cfg, cfg.encoder_layers, None)
        self.dec = Stack(cfg, cfg.decoder_layers, (cfg.decoder_back, cfg.decoder_ahead))
        self.dec.out = nn.Linear(cfg.hidden, mel.N_MELS + 2)
        self.dur, self.pitch, self.energy = Predictor(cfg), Predictor(cfg), Predictor(cfg)
        self.pitch.emb = nn.Conv1d(1, cfg.hidden, 3, padding=1)
        self.energy.emb = nn.Conv1d(1, cfg.hidden, 3, padding=1)
        self.pos = nn.Linear(2, cfg.hidden, bias=False)
        nn.init.normal_(self.emb.weight, std=0.3)

    def encode(self, ids, mask):
        """ids [B, N] -> h [B, N, C], log durations, pitch, energy (each [B, N], the last two normalised)."""
        h = self.enc(self.emb(ids), mask)
        return h, self.dur(h, mask), self.pitch(h, mask), self.energy(h, mask)

    def decode(self, h, pitch, energy, index, position, mask, frame_mask):
        """index [B, T] phoneme of a frame, position [B, T, 2] -> [B, T, M+2] raw decoder output."""
        m = mask[..., None]
        h = h + conv(self.pitch.emb, (pitch * mask)[..., None]) + conv(self.energy.emb, (energy * mask)[..., None])
        x = torch.gather(h * m, 1, index[..., None].expand(-1, -1, h.shape[2])) + self.pos(position)
        return self.dec.out(self.dec(x, frame_mask))


def length_regulator(durations, frames):
    """durations [B, N] (int) -> index [B, frames], position [B, frames, 2], frame mask [B, frames]."""
    ends = torch.cumsum(durations, 1)
    t = torch.arange(frames, device=durations.device)[None].expand(durations.shape[0], -1)
    mask = t < ends[:, -1:]
    index = torch.searchsorted(ends, t.contiguous(), right=True).clamp(max=durations.shape[1] - 1)
    d = torch.gather(durations, 1, index).clamp(min=1).float()
    i = t - torch.gather(ends - durations, 1, index)
    return index, torch.stack([((i + 0.5) / d).clamp(0, 1), torch.log(d)], 2), mask


class Vocoder(nn.Module):
    """WaveNet stack at frame rate and source-filter STFT head."""

    def __init__(self, cfg):
        super().__init__()
        self.cfg, w, last = cfg, cfg.voc_width, len(cfg.voc_dilations) - 1
        setattr(self, "in", nn.Conv1d(mel.N_MELS + 2, w, cfg.voc_in_kernel))
        for i, d in enumerate(cfg.voc_dilations):
            layer = nn.Module()
            layer.gate = nn.Conv1d(w, 2 * w, 3, dilation=d)
            layer.out = nn.Conv1d(w, 2 * w if i < last else w, 1)
            self.add_module(str(i), layer)
        self.ln = nn.LayerNorm(w)
        self.hidden, self.head = nn.Linear(w, cfg.voc_hidden), nn.Linear(cfg.voc_hidden, 3 * BINS + cfg.voc_envelope)
        for m in self.modules():
            if isinstance(m, (nn.Conv1d, nn.Linear)):
                fan = m.weight[0].numel()
                nn.init.trunc_normal_(m.weight, std=0.5 / math.sqrt(fan))
                nn.init.zeros_(m.bias)
        self.head.weight.data *= 0.3

    def filters(self, frames):
        """frames [B, M+2, T] (normalised log F0) -> harmonic magnitude, phase, noise magnitude [B, K, T], envelope [B, E, T]."""
        cfg, last = self.cfg, len(self.cfg.voc_dilations) - 1
        k, a = cfg.voc_in_kernel, cfg.voc_in_ahead
        x, skip = getattr(self, "in")(F.pad(frames, (k - 1 - a, a))), 0
        for i, (d, a) in enumerate(zip(cfg.voc_dilations, cfg.voc_ahead)):
            layer = getattr(self, str(i))
            u, v = layer.gate(F.pad(x, (2 * d - a, a))).chunk(2, 1)
            r = layer.out(torch.tanh(u) * torch.sigmoid(v))
            if i < last:
                residual, r = r.chunk(2, 1)
                x = (x + residual) * math.sqrt(0.5)
            skip = skip + r
        s = self.ln((skip * 2 / math.sqrt(last + 1)).transpose(1, 2))
        o = self.head(F.gelu(self.hidden(s))).transpose(1, 2)
        harmonic, phase, noise, envelope = o.split([BINS, BINS, BINS, cfg.voc_envelope], 1)
        most = MOST_LOG + cfg.voc_headroom
        return torch.exp(harmonic.clamp(max=most) - 2), phase, torch.exp(noise.clamp(max=most) - 2), torch.exp(envelope.clamp(max=2))

    def parts(self, log_mel, log_f0, voicing, harmonic, noise):
        """The same with given sources [B, S] -> harmonic part and noise part of the samples."""
        norm = (log_f0 - self.cfg.pitch_mean) / self.cfg.pitch_std
        mag_h, phase, mag_n, envelope = self.filters(torch.cat([log_mel, norm[:, None], voicing[:, None]], 1))
        envelope = mel.upsample(envelope.transpose(1, 2).flatten(1), mel.HOP // self.cfg.voc_envelope)
        return mel.istft(mel.stft(harmonic) * torch.polar(mag_h, phase)), envelope * mel.istft(mel.stft(noise) * mag_n)

    def forward(self, log_mel, log_f0, voicing, harmonic=None, noise=None):
        """log_mel [B, M, T], log_f0 [B, T] (log Hz), voicing [B, T] -> samples [B, T*hop]."""
        harmonic = mel.harmonic_source(log_f0, voicing) if harmonic is None else harmonic
        noise = mel.noise_source(harmonic.shape, harmonic.device) if noise is None else noise
        return sum(self.parts(log_mel, log_f0, voicing, harmonic, noise))
