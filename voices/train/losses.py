"""Spectral losses and small discriminators (multi-period, multi-resolution) for the vocoder and the joint stage."""
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

import mel

BANKS = {n: (mel.mel_bank(n, m), torch.hann_window(n)) for n, m in ((256, 40), (512, 64), (1024, 100), (2048, 128))}
WINDOWS = {n: torch.hann_window(n) for n in (512, 1024, 2048)}


def spectrum(x, n, window):
    return torch.stft(x, n, n // 4, n, window, return_complex=True).abs()


def mel_loss(a, b, sizes=(256, 512, 1024, 2048)):
    """L1 of log-mels at several resolutions; a, b [B, S]."""
    total = 0
    for n in sizes:
        bank, window = BANKS[n]
        la, lb = (torch.log((bank @ spectrum(x, n, window)).clamp(min=1e-5)) for x in (a, b))
        total = total + (la - lb).abs().mean()
    return total / len(sizes)


def stft_loss(a, b):
    """Log-magnitude L1 and spectral convergence; sees the high harmonics that mels blur."""
    total = 0
    for n, window in WINDOWS.items():
        sa, sb = spectrum(a, n, window), spectrum(b, n, window)
        total = total + 0.5 * (torch.log(sa.clamp(min=1e-4)) - torch.log(sb.clamp(min=1e-4))).abs().mean()
        total = total + 0.5 * (sa - sb).norm() / sb.norm().clamp(min=1e-3)
    return total / len(WINDOWS)


class PeriodDiscriminator(nn.Module):
    """HiFi-GAN's multi-period discriminator at a fraction of its width: [B, S] -> feature maps, last one the score."""

    def __init__(self, period, width=24):
        super().__init__()
        self.period = period
        w = [1, width, 2 * width, 4 * width, 4 * width]
        self.convs = nn.ModuleList(nn.Conv2d(w[i], w[i + 1], (5, 1), (3, 1), (2, 0)) for i in range(4))
        self.out = nn.Conv2d(w[-1], 1, (3, 1), padding=(1, 0))

    def forward(self, x):
        x = F.pad(x, (0, -x.shape[1] % self.period)).unflatten(1, (-1, self.period))[:, None]
        maps = []
        for c in self.convs:
            x = F.leaky_relu(c(x), 0.1)
            maps.append(x)
        return maps + [self.out(x)]


class ResolutionDiscriminator(nn.Module):
    """Convolutions over a compressed magnitude spectrogram (UnivNet's, narrow): [B, S] -> feature maps, last the score."""

    def __init__(self, n_fft, width=12):
        super().__init__()
        self.n_fft, self.window = n_fft, torch.hann_window(n_fft)
        w = [1, width, width, 2 * width, 2 * width]
        self.convs = nn.ModuleList(nn.Conv2d(w[i], w[i + 1], (9, 3), (2, 1), (4, 1)) for i in range(4))
        self.out = nn.Conv2d(w[-1], 1, 3, padding=1)

    def forward(self, x):
        x = spectrum(x, self.n_fft, self.window).clamp(min=1e-5).pow(0.3)[:, None]
        maps = []
        for c in self.convs:
            x = F.leaky_relu(c(x), 0.1)
            maps.append(x)
        return maps + [self.out(x)]


class Discriminators(nn.Module):
    def __init__(self):
        super().__init__()
        self.all = nn.ModuleList([PeriodDiscriminator(p) for p in (2, 3, 5, 7, 11)]
                                 + [ResolutionDiscriminator(n) for n in (512, 1024, 2048)])

    def draw(self):
        """One of each kind, at random: a step costs a quarter of all."""
        return [self.all[random.randrange(5)], self.all[5 + random.randrange(3)]]


def discriminator_loss(drawn, real, fake):
    total = 0
    for d in drawn:
        total = total + ((1 - d(real)[-1]) ** 2).mean() + (d(fake.detach())[-1] ** 2).mean()
    return total / len(drawn)


def generator_loss(drawn, real, fake):
    """-> adversarial (least squares), feature matching."""
    adversarial, matching = 0, 0
    for d in drawn:
        with torch.no_grad():
            target = d(real)
        maps = d(fake)
        adversarial = adversarial + ((1 - maps[-1]) ** 2).mean()
        matching = matching + sum(((a - b).abs().mean() / b.abs().mean().clamp(min=1e-4)) for a, b in zip(maps[:-1], target[:-1]))
    return adversarial / len(drawn), matching / len(drawn)
