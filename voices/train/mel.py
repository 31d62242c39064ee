"""Mel spectrogram, STFT and source signals exactly as voices/FORMAT.md defines them, in PyTorch.

Letters: B batch, T mel frames, S = T*hop samples, M mel bins, K = n_fft/2+1 frequency bins.
"""
import functools
import math

import numpy as np
import torch
import torch.nn.functional as F

SAMPLE_RATE, HOP, N_FFT, N_MELS = 24000, 300, 1024, 100
F_MIN, F_MAX, FLOOR = 0.0, 12000.0, 1e-5
EDGE = N_FFT // 2 - HOP // 2  # samples that a frame reaches beyond its own hop, on either side
WINDOW = torch.hann_window(N_FFT)


@functools.cache
def moved(constant, device):
    """A constant on the device, copied there once."""
    return constant.to(device)


def slaney_hz_to_mel(hz):
    hz = np.asarray(hz, dtype=np.float64)
    linear = hz / (200.0 / 3)
    return np.where(hz >= 1000, 15 + np.log(np.maximum(hz, 1e-9) / 1000) / (np.log(6.4) / 27), linear)


def slaney_mel_to_hz(mel):
    mel = np.asarray(mel, dtype=np.float64)
    return np.where(mel >= 15, 1000 * np.exp((np.log(6.4) / 27) * (mel - 15)), mel * 200.0 / 3)


def mel_bank(n_fft=N_FFT, n_mels=N_MELS, f_max=F_MAX):
    """Slaney-scale triangles of unit area -> float tensor [n_mels, n_fft/2+1]."""
    freqs = np.linspace(0, SAMPLE_RATE / 2, n_fft // 2 + 1)
    edges = slaney_mel_to_hz(np.linspace(slaney_hz_to_mel(F_MIN), slaney_hz_to_mel(f_max), n_mels + 2))
    up = (freqs[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    down = (edges[2:, None] - freqs[None]) / (edges[2:] - edges[1:-1])[:, None]
    bank = np.maximum(0, np.minimum(up, down)) * (2 / (edges[2:] - edges[:-2]))[:, None]
    return torch.tensor(bank, dtype=torch.float32)


BANK = mel_bank()


def stft(x):
    """[B, S] -> complex [B, K, T]: frames centred at t*hop + hop/2, zeros outside the signal."""
    return torch.stft(F.pad(x, (EDGE, EDGE)), N_FFT, HOP, N_FFT, moved(WINDOW, x.device), center=False, return_complex=True)


def _normaliser():
    """[HOP]: what the squared windows of all frames add up to, by the sample's place in its hop."""
    square = F.pad(WINDOW ** 2, (HOP - EDGE % HOP, 0))
    return F.pad(square, (0, -len(square) % HOP)).reshape(-1, HOP).sum(0)


NORMALISER = _normaliser()


def istft(spec):
    """Complex [B, K, T] -> [B, T*hop] by overlap-add under the steady-state window normaliser."""
    frames = torch.fft.irfft(spec, N_FFT, dim=1) * moved(WINDOW, spec.device)[:, None]
    length = (spec.shape[-1] - 1) * HOP + N_FFT
    out = F.fold(frames, (1, length), (1, N_FFT), stride=(1, HOP))[:, 0, 0]
    return out[:, EDGE:-EDGE] / moved(NORMALISER, spec.device).repeat(spec.shape[-1])


def log_mel(x):
    """[B, S] -> natural-log mel [B, M, T]."""
    return torch.log((moved(BANK, x.device) @ stft(x).abs()).clamp(min=FLOOR))


def upsample(x, hop=HOP):
    """[B, T] values at frame centres t*hop + hop/2 -> [B, T*hop], linear between centres, held beyond the outer ones."""
    place = ((torch.arange(x.shape[1] * hop, device=x.device) - hop // 2) / hop).clamp(0, x.shape[1] - 1)
    low = place.long().clamp(max=max(x.shape[1] - 2, 0))
    part = (place - low).to(x.dtype)
    return x[:, low] * (1 - part) + x[:, (low + 1).clamp(max=x.shape[1] - 1)] * part


def free_turns(log_f0):
    """[B, T] -> phase of the fundamental in turns at every sample [B, S], double, not wrapped."""
    return torch.cumsum((torch.exp(upsample(log_f0)).clamp(40, 1000) / SAMPLE_RATE).double(), 1)


def harmonic_source(log_f0, voicing, phase=None, turns=None):
    """[B, T], [B, T] -> band-limited pulse train [B, S]; `phase` in turns [B, 1], random if None, or `turns` [B, S] outright."""
    f = torch.exp(upsample(log_f0)).clamp(40, 1000)
    if turns is None:
        turns = free_turns(log_f0) + (torch.rand(f.shape[0], 1, device=f.device) if phase is None else phase)
    angle = 2 * math.pi * (turns % 1.0).float()
    k = torch.floor(0.48 * SAMPLE_RATE / f)
    low = 2 * torch.sin(angle / 2)
    near = low.abs() < 1e-3
    pulse = torch.where(near, k, torch.sin((k + 0.5) * angle) / torch.where(near, torch.ones_like(low), low) - 0.5)
    return pulse * torch.sqrt(2 / k) * 0.1 * upsample(voicing)


def noise_source(shape, device=None):
    return 0.1 * math.sqrt(3) * (2 * torch.rand(shape, device=device) - 1)


def counter_noise(n):
    """The noise of FORMAT.md section 6 for samples 0 ... n-1, without the factor: numpy float32 [n]."""
    with np.errstate(over="ignore"):
        x = np.arange(n, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0x6C696E6E65740001)
        x ^= x >> np.uint64(30)
        x *= np.uint64(0xBF58476D1CE4E5B9)
        x ^= x >> np.uint64(27)
        x *= np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    return ((x >> np.uint64(40)).astype(np.float64) / 2 ** 23 - 1).astype(np.float32)
