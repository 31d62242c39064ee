"""Spectral losses and small discriminators (multi-period, multi-resolution) for the vocoder."""
import contextlib

import torch
import torch.nn as nn
import torch.nn.functional as F

import loop
import mel

WINDOWS = {n: torch.hann_window(n) for n in (256, 512, 1024, 2048)}
BANKS = {n: mel.mel_bank(n, m) for n, m in ((256, 40), (512, 64), (1024, 100), (2048, 128))}
LOG_SIZES, COMPLEX_SIZES = (512, 1024, 2048), (512, 1024)


def spectrum(x, n):
    """[B, S] -> complex [B, n/2 + 1, frames] at a hop of n/4."""
    return torch.stft(x, n, n // 4, n, mel.moved(WINDOWS[n], x.device), return_complex=True)


def log_mels(magnitude, n):
    return torch.log((mel.moved(BANKS[n], magnitude.device) @ magnitude).clamp(min=1e-5))


def magnitude_loss(fake, real):
    """Log-magnitude L1 and spectral convergence: sees the high harmonics that mels blur."""
    logs = (torch.log(fake.clamp(min=1e-4)) - torch.log(real.clamp(min=1e-4))).abs().mean()
    return 0.5 * logs + 0.5 * (fake - real).norm() / real.norm().clamp(min=1e-3)


def envelope(magnitude):
    """What is usual around a bin: its neighbourhood's mean, with a floor: a clip may be a pause of zeros."""
    around = F.avg_pool2d(magnitude[:, None], (17, 5), 1, (8, 2), count_include_pad=False)[:, 0]
    return around + 1e-3 * magnitude.amax((1, 2), keepdim=True) + 1e-2


def spectral_losses(harmonic, fake, real):
    """Waveforms [B, S]: the harmonic part of the output, the whole output, the recording -> dict of losses.

    mel: L1 of log-mels, stft: magnitude_loss, both of the whole output at several resolutions. complex: distance of the harmonic
    part alone from the recording in the complex plane, relative to the envelope. It needs a source that is locked to the
    recording's pulses (pulses.py). Where a bin can't be foretold it shrinks the harmonics, and the noise fills up.
    """
    found = {"mel": 0, "stft": 0, "complex": 0}
    for n in WINDOWS:
        with torch.no_grad():
            target = spectrum(real, n)
            level = target.abs()
            mels = log_mels(level, n)
        own = spectrum(fake, n).abs()
        found["mel"] = found["mel"] + (log_mels(own, n) - mels).abs().mean() / len(WINDOWS)
        if n in LOG_SIZES:
            found["stft"] = found["stft"] + magnitude_loss(own, level) / len(LOG_SIZES)
        if n in COMPLEX_SIZES:
            distance = (spectrum(harmonic, n) - target).abs() / envelope(level)
            found["complex"] = found["complex"] + distance.mean() / len(COMPLEX_SIZES)
    return found


class Discriminator(nn.Module):
    """Four strided convolutions and a score -> feature maps, the score last. In bfloat16 where there is, channels last: the same in half the time."""

    def __init__(self, widths, kernel, stride, score_kernel):
        super().__init__()
        half = [k // 2 for k in kernel]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, kernel, stride, half) for a, b in zip([1] + widths, widths))
        self.out = nn.Conv2d(widths[-1], 1, score_kernel, padding=[k // 2 for k in score_kernel])
        for c in self.convs:
            nn.init.kaiming_normal_(c.weight, 0.1)
            nn.init.zeros_(c.bias)
        nn.init.normal_(self.out.weight, std=0.01)

    def forward(self, x):
        maps, x = [], self.view(x)[:, None].contiguous(memory_format=torch.channels_last)
        with torch.autocast(x.device.type, torch.bfloat16, enabled=loop.has_bfloat16(x.device)):
            for c in self.convs:
                x = F.leaky_relu(c(x), 0.1)
                maps.append(x)
            return [m.float() for m in maps + [self.out(x)]]


class PeriodDiscriminator(Discriminator):
    """HiFi-GAN's multi-period discriminator at a fraction of its width: [B, S]."""

    def __init__(self, period, width=16):
        super().__init__([width, 2 * width, 4 * width, 4 * width], (5, 1), (3, 1), (3, 1))
        self.period = period

    def view(self, x):
        return 10 * F.pad(x, (0, -x.shape[1] % self.period)).unflatten(1, (-1, self.period))


class ResolutionDiscriminator(Discriminator):
    """Convolutions over a log-magnitude spectrogram (UnivNet's, narrow): [B, S]."""

    def __init__(self, n_fft, width=16):
        super().__init__([width, 2 * width, 2 * width, 2 * width], (5, 5), (2, 2), (3, 3))
        self.n_fft = n_fft

    def view(self, x):
        return (torch.log(spectrum(x, self.n_fft).abs().clamp(min=1e-4)) + 4) / 3


class Discriminators(nn.Module):
    """Few, so that all of them learn at every step."""

    def __init__(self):
        super().__init__()
        self.all = nn.ModuleList([PeriodDiscriminator(p) for p in (2, 5, 11)]
                                 + [ResolutionDiscriminator(n) for n in (512, 1024, 2048)])


def discriminator_loss(discriminators, real, fake):
    total = 0
    for d in discriminators.all:
        total = total + ((1 - d(real)[-1]) ** 2).mean() + (d(fake.detach())[-1] ** 2).mean()
    return total / len(discriminators.all)


@contextlib.contextmanager
def learning(discriminators, optimiser):
    """An update of the discriminators, which otherwise stand still, with the gradients that the block leaves."""
    discriminators.requires_grad_(True)
    optimiser.zero_grad()
    yield
    optimiser.step()
    discriminators.requires_grad_(False)


def generator_loss(discriminators, real, fake):
    """-> adversarial (least squares), feature matching."""
    adversarial, matching = 0, 0
    for d in discriminators.all:
        with torch.no_grad():
            target = d(real)
        maps = d(fake)
        adversarial = adversarial + ((1 - maps[-1]) ** 2).mean()
        matching = matching + sum(((a - b).abs().mean() / b.abs().mean().clamp(min=1e-4)) for a, b in zip(maps[:-1], target[:-1]))
    return adversarial / len(discriminators.all), matching / len(discriminators.all)
