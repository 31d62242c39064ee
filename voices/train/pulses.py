"""Where the glottal pulses of a recording fall, so that the vocoder's source can be laid over them in training.

A pulse train made from F0 alone runs at an arbitrary phase against the recording: then only magnitudes can be compared, and the
head's phases are learnt from hints. With the pulses on top of the recording's the complex spectra can be compared directly.
"""
import numpy as np
import torch

import mel

STATES, REACH = 64, 5      # phases a turn; how many of them the phase may drift in a frame
DRIFT_COST, WEIGHT = 0.02, 8.0
LAGS = 8192                # length of the correlation: 1/8 of a sample at n_fft 1024
BAND = (3, 192)            # bins that count: 70 Hz to 4.5 kHz


def correlation(samples, log_f0):
    """Partly whitened cross-correlation of recording and free-running pulse train: [T, LAGS]."""
    source = mel.harmonic_source(log_f0[None], torch.ones(1, len(log_f0)), torch.zeros(1, 1))
    emphasised = np.append(samples[:1], samples[1:] - 0.9 * samples[:-1]).astype(np.float32)
    s, a = (mel.stft(x)[0].numpy().T[:, BAND[0]:BAND[1]] for x in (source, torch.from_numpy(emphasised)[None]))
    cross = a * np.conj(s)
    level = np.sqrt(np.abs(a))
    spread = np.zeros((len(a), LAGS // 2 + 1), np.complex64)
    spread[:, BAND[0]:BAND[1]] = cross / (np.abs(cross) + 1e-9) * level
    return np.fft.irfft(spread, LAGS, axis=1) * (LAGS / 2) / (level.sum(1, keepdims=True) + 1e-6)


def best_path(score):
    """score [T, STATES] -> state a frame, by a circular Viterbi search."""
    frames = len(score)
    steps = np.arange(-REACH, REACH + 1)
    came, total = np.zeros((frames, STATES), np.int64), score[0].copy()
    for t in range(1, frames):
        options = np.stack([np.roll(total, s) - DRIFT_COST * s * s for s in steps])
        pick = options.argmax(0)
        came[t] = steps[pick]
        total = options[pick, np.arange(STATES)] + score[t]
    path = np.zeros(frames, np.int64)
    path[-1] = total.argmax()
    for t in range(frames - 1, 0, -1):
        path[t - 1] = (path[t] - came[t, path[t]]) % STATES
    return path


def lock(samples, log_f0, voicing):
    """[S], [T], [T] -> the source's phase in turns (0 ... 1) at the frame centres [T], float32."""
    shift = np.arange(STATES) / STATES - 0.5
    period = mel.SAMPLE_RATE / np.exp(log_f0)[:, None]
    lag = np.round(-shift[None] * period * (LAGS / mel.N_FFT)).astype(int) % LAGS
    score = np.take_along_axis(correlation(samples, torch.from_numpy(log_f0)), lag, 1) * voicing[:, None]
    centres = np.arange(len(log_f0)) * mel.HOP + mel.HOP // 2
    free = mel.free_turns(torch.from_numpy(log_f0)[None])[0].numpy()[centres]
    return ((free + shift[best_path(WEIGHT * score)]) % 1).astype(np.float32)


def follow(log_f0, turns):
    """[B, T] each -> turns at every sample [B, S], double: F0's own phase, bent to pass through `turns` at the frame centres."""
    free = mel.free_turns(log_f0)
    bend = turns.double() - free[:, mel.HOP // 2::mel.HOP]
    step = torch.diff(bend, dim=1)
    step = torch.cumsum(step - step.round(), 1)
    return free + mel.upsample(torch.cat([bend[:, :1], bend[:, :1] + step], 1))
