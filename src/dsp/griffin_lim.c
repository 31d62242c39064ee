/* Griffin-Lim, see griffin_lim.h, in two steps:
 * 1. mel -> linear magnitude: non-negative least squares by multiplicative updates (Lee and Seung, "Algorithms for
 *    Non-negative Matrix Factorization", 2001): x <- x (W'm) / (W'W x), which stays positive and smooth.
 * 2. magnitude -> samples: the fast Griffin-Lim algorithm (Perraudin, Balazs, Soendergaard, WASPAA 2013): make the
 *    spectrogram consistent (samples and back), overshoot by ALPHA, keep the phase, put the magnitude back. */
#include "dsp/griffin_lim.h"

#include "base/alloc.h"
#include "dsp/stft.h"
#include "linnet.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

#define ALPHA 0.99f /* the paper's choice */
#define NNLS_STEPS 60
#define TINY 1e-12f

/* Spectrograms are [T][n_bins][2] for complex ones, [T][n_bins] for magnitudes. */
struct griffin_lim {
    const struct dsp_mel_settings *settings;
    size_t n_frames, n_bins, n_samples;
    struct dsp_melbank *bank;
    struct dsp_fft *fft;
    float *window;    /* [n_fft] */
    float *weight;    /* [n_samples], 1 / sum of the squared windows that cover a sample */
    float *magnitude; /* [T][n_bins] */
    float *spectrum;  /* [T][n_bins][2], the estimate */
    float *before;    /* [T][n_bins][2], the consistent spectrogram of the last round */
    float *work;      /* [3][n_bins] */
};

static void close_all(struct griffin_lim *g)
{
    dsp_melbank_close(&g->bank);
    dsp_fft_close(&g->fft);
    base_free(g->window);
    base_free(g->weight);
    base_free(g->magnitude);
    base_free(g->spectrum);
    base_free(g->before);
    base_free(g->work);
}

static ptrdiff_t frame_start(const struct griffin_lim *g, size_t t)
{
    const struct dsp_mel_settings *const s = g->settings;
    return (ptrdiff_t)(t * s->hop + s->hop / 2) - (ptrdiff_t)(s->n_fft / 2);
}

/* The part [*first, *end) of frame t that lies inside the samples, relative to the frame. */
static void frame_overlap(const struct griffin_lim *g, size_t t, size_t *first, size_t *end)
{
    const ptrdiff_t start = frame_start(g, t), left = (ptrdiff_t)g->n_samples - start;
    *first = start < 0 ? (size_t)-start : 0;
    *end = left < (ptrdiff_t)g->settings->n_fft ? (size_t)left : g->settings->n_fft;
}

/* Overlap-add weights for the least-squares inverse (Griffin and Lim 1984, eq. 6). With n_fft >= 2 hops every sample is
 * inside a window, away from its ends. */
static void fill_weights(struct griffin_lim *g)
{
    for (size_t t = 0; t < g->n_frames; t++) {
        size_t first, end;
        frame_overlap(g, t, &first, &end);
        for (size_t j = first; j < end; j++)
            g->weight[frame_start(g, t) + (ptrdiff_t)j] += g->window[j] * g->window[j];
    }
    for (size_t n = 0; n < g->n_samples; n++)
        g->weight[n] = 1.0f / (g->weight[n] + TINY);
}

static int open_all(struct griffin_lim *g, const struct dsp_mel_settings *settings, size_t n_frames)
{
    *g = (struct griffin_lim){.settings = settings, .n_frames = n_frames, .n_bins = settings->n_fft / 2 + 1};
    size_t n_cells;
    if (settings->n_fft < 2 * settings->hop)
        return LINNET_ERR_ARGUMENT;
    if (!base_mul(&g->n_samples, n_frames, settings->hop) || !base_mul(&n_cells, n_frames, g->n_bins))
        return LINNET_ERR_MEMORY;
    int status = dsp_melbank_open(&g->bank, settings);
    if (status == LINNET_OK)
        status = dsp_fft_open(&g->fft, settings->n_fft);
    if (status != LINNET_OK)
        return status;
    g->window = base_alloc(settings->n_fft, sizeof *g->window);
    g->weight = base_alloc(g->n_samples, sizeof *g->weight);
    g->magnitude = base_alloc(n_cells, sizeof *g->magnitude);
    g->spectrum = base_alloc(n_cells, 2 * sizeof *g->spectrum);
    g->before = base_alloc(n_cells, 2 * sizeof *g->before);
    g->work = base_alloc(g->n_bins, 3 * sizeof *g->work);
    if (!g->window || !g->weight || !g->magnitude || !g->spectrum || !g->before || !g->work)
        return LINNET_ERR_MEMORY;
    dsp_hann(g->window, settings->n_fft);
    fill_weights(g);
    return LINNET_OK;
}

/* ---- mel to magnitude ---- */

static void magnitude_of_frame(struct griffin_lim *g, float *x, const float *log_mel)
{
    const size_t n = g->n_bins, n_mels = g->settings->n_mels;
    float *const target = g->work, *const model = g->work + n;
    float *const mel = g->work + 2 * n; /* M <= n_bins, as dsp_griffin_lim() has checked */
    for (size_t m = 0; m < n_mels; m++)
        mel[m] = expf(fminf(log_mel[m], 20.0f));
    dsp_melbank_spread(g->bank, target, mel);
    for (size_t m = 0; m < n_mels; m++)
        mel[m] = 1.0f;
    dsp_melbank_spread(g->bank, model, mel);
    for (size_t k = 0; k < n; k++) /* start: the mels around, spread over the bins */
        x[k] = target[k] / (model[k] + TINY);
    for (int step = 0; step < NNLS_STEPS; step++) {
        dsp_melbank_apply(g->bank, mel, x);
        dsp_melbank_spread(g->bank, model, mel);
        for (size_t k = 0; k < n; k++)
            x[k] *= target[k] / (model[k] + TINY);
    }
}

/* ---- magnitude to samples ---- */

/* A fixed scatter of phases (splitmix64 of the cell's number): frames that start in phase would click at every hop. */
static float start_phase(size_t cell)
{
    uint64_t x = (uint64_t)cell * 0x9E3779B97F4A7C15u + 0x6C696E6E65740002u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    x ^= x >> 31;
    return (float)(x >> 40) * (6.28318531f / 16777216.0f);
}

static void start_spectrum(struct griffin_lim *g)
{
    for (size_t i = 0; i < g->n_frames * g->n_bins; i++) {
        const float phase = start_phase(i);
        g->spectrum[2 * i] = g->magnitude[i] * cosf(phase);
        g->spectrum[2 * i + 1] = g->magnitude[i] * sinf(phase);
    }
}

static void inverse(const struct griffin_lim *g, float *samples)
{
    const size_t row = 2 * g->n_bins;
    memset(samples, 0, g->n_samples * sizeof *samples);
    for (size_t t = 0; t < g->n_frames; t++) {
        memcpy(dsp_fft_bins(g->fft), g->spectrum + t * row, row * sizeof(float));
        dsp_fft_inverse(g->fft);
        const float *const frame = dsp_fft_samples(g->fft);
        size_t first, end;
        frame_overlap(g, t, &first, &end);
        for (size_t j = first; j < end; j++)
            samples[frame_start(g, t) + (ptrdiff_t)j] += g->window[j] * frame[j];
    }
    for (size_t n = 0; n < g->n_samples; n++)
        samples[n] *= g->weight[n];
}

/* Takes frame t of the samples' spectrogram, moves on from the last one and restores the magnitude. */
static void update_frame(struct griffin_lim *g, size_t t)
{
    const float *const now = dsp_fft_bins(g->fft), *const magnitude = g->magnitude + t * g->n_bins;
    float *const before = g->before + 2 * t * g->n_bins, *const out = g->spectrum + 2 * t * g->n_bins;
    const float momentum = ALPHA / (1.0f + ALPHA);
    for (size_t k = 0; k < g->n_bins; k++) {
        const float re = now[2 * k] - momentum * before[2 * k], im = now[2 * k + 1] - momentum * before[2 * k + 1];
        const float scale = magnitude[k] / (sqrtf(re * re + im * im) + TINY);
        out[2 * k] = re * scale;
        out[2 * k + 1] = im * scale;
    }
    memcpy(before, now, 2 * g->n_bins * sizeof *before);
}

static void forward_and_update(struct griffin_lim *g, const float *samples)
{
    for (size_t t = 0; t < g->n_frames; t++) {
        dsp_frame_cut(dsp_fft_samples(g->fft), samples, g->n_samples, frame_start(g, t), g->window, g->settings->n_fft);
        dsp_fft_forward(g->fft);
        update_frame(g, t);
    }
}

int dsp_griffin_lim(float *samples, const float *frames, size_t stride, size_t n_frames,
                    const struct dsp_mel_settings *settings, int iterations)
{
    struct griffin_lim g;
    if (settings->n_mels > settings->n_fft / 2 + 1) /* more filters than bins */
        return LINNET_ERR_ARGUMENT;
    const int status = open_all(&g, settings, n_frames);
    if (status == LINNET_OK) {
        for (size_t t = 0; t < n_frames; t++)
            magnitude_of_frame(&g, g.magnitude + t * g.n_bins, frames + t * stride);
        start_spectrum(&g);
        for (int i = 0; i < iterations; i++) {
            inverse(&g, samples);
            forward_and_update(&g, samples);
        }
        inverse(&g, samples);
    }
    close_all(&g);
    return status;
}
