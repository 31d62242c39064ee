"""Spectral losses and small discriminators (multi-period, multi-resolution) for the vocoder."""
import contextlib
import functools

import numpy as np
import scipy.signal
import torch
import torch.nn as nn
import torch.nn.functional as F

import loop
import mel
from measures import HNR_BANDS_HZ, HNR_WINDOW

WINDOWS = {n: torch.hann_window(n) for n in (256, 512, 1024, 2048)}
BANKS = {n: mel.mel_bank(n, m) for n, m in ((256, 40), (512, 64), (1024, 100), (2048, 128))}
LOG_SIZES, COMPLEX_SIZES = (512, 1024, 2048), (512, 1024)
NEAR_LAGS = 17    # that the period is looked for at, within 3 % of F0's
FRAMES_APART = 3  # between those that periodicity is compared at


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


@functools.cache
def band_responses(n):
    """-> those of measures.py's band filters, run forwards and backwards, for n samples [bands, n/2 + 1]."""
    at = np.fft.rfftfreq(n, 1 / mel.SAMPLE_RATE)
    sections = (scipy.signal.butter(4, band, "bandpass", fs=mel.SAMPLE_RATE, output="sos") for band in HNR_BANDS_HZ)
    return torch.tensor(np.array([np.abs(scipy.signal.sosfreqz(s, at, fs=mel.SAMPLE_RATE)[1]) ** 2 for s in sections]), dtype=torch.float32)


def likeness(windows, lags):
    """windows [B, bands, F, W], lags [B, F, K] -> how alike a window and itself a lag later are, -1 ... 1 [B, bands, F, K]."""
    size = windows.shape[3]
    product = torch.fft.irfft(torch.fft.rfft(windows, 2 * size).abs() ** 2, 2 * size)[..., :size]
    energy = F.pad(torch.cumsum(windows ** 2, 3), (1, 0))  # of the first 0, 1 ... W samples
    lags = lags[:, None].expand(-1, windows.shape[1], -1, -1)
    first, last = energy.gather(3, size - lags), energy[..., -1:] - energy.gather(3, lags)
    return product.gather(3, lags) / torch.sqrt(first * last + 1e-9)


def periodicity(x, log_f0, frames):
    """[B, S], [B, T] -> how alike neighbouring periods are at some of the frames, by band, as in measures.harmonics_to_noise() [B, bands, F]."""
    bands = torch.fft.irfft(torch.fft.rfft(x)[:, None] * mel.moved(band_responses(x.shape[1]), x.device), x.shape[1])
    windows = torch.stack([bands[..., t * mel.HOP - HNR_WINDOW // 2:][..., :HNR_WINDOW] for t in frames], 2)
    near = torch.linspace(0.97, 1.03, NEAR_LAGS, device=x.device)
    return likeness(windows, (mel.SAMPLE_RATE / torch.exp(log_f0[:, frames, None]) * near).round().long()).amax(3)


def periodicity_loss(fake, real, log_f0, voicing):
    """Clips [B, S], F0 and voicing [B, T] -> how far the clips' periodicities are from the recordings', squared, in units of what the recordings
    lack of 1. The spectral losses make too little noise between loud harmonics: where it can't be foretold, none is nearest. `fake` has a
    source of its own phase, as in speaking, since one that is locked to the recording's pulses takes their jitter from it."""
    edge = HNR_WINDOW // 2 // mel.HOP + 2  # the filters ring at the ends
    frames = list(range(edge, log_f0.shape[1] - edge, FRAMES_APART))
    with torch.no_grad():
        wanted = periodicity(real, log_f0, frames)
    voiced = (voicing[:, frames] > 0.5).float()[:, None]
    count = voiced.sum(2)
    lacking = ((1 - wanted) * voiced).sum((0, 2)) / count.sum().clamp(min=1)
    off = ((periodicity(fake, log_f0, frames) - wanted) * voiced).sum(2) / count.clamp(min=1) / lacking.clamp(min=1e-3)
    return (off ** 2 * count).mean(1).sum() / count.sum().clamp(min=1)


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
