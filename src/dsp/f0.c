/* F0 by autocorrelation, see f0.h, after Boersma, "Accurate short-term analysis of the fundamental frequency ..."
 * (1993): the autocorrelation of a windowed frame over that of the window, whose peaks are candidates; "unvoiced" is
 * one more. Then the cheapest path through the candidates of all frames (Viterbi). */
#include "dsp/f0.h"

#include "base/alloc.h"
#include "dsp/stft.h"
#include "linnet.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define N_CANDIDATES 12 /* number 0 is "unvoiced" */
#define SHORTEST_MS 30  /* of a voiced stretch */
#define PERIODS 3.0f    /* of the lowest F0, in the window */

/* The costs are the paper's, but for jumps (0.35 there): at the end of a voiced stretch the tail of a formant's ringing
 * can look periodic at some other pitch, and a vocoder's source must not follow it. */
#define VOICING_THRESHOLD 0.45f
#define SILENCE_THRESHOLD 0.03f
#define OCTAVE_COST 0.01f
#define OCTAVE_JUMP_COST 1.0f
#define VOICING_CHANGE_COST 0.14f

struct candidate {
    float hz;       /* 0: unvoiced */
    float strength; /* more is better */
};

struct frame {
    struct candidate list[N_CANDIDATES];
    int count;
    float score[N_CANDIDATES]; /* of the best path that ends here */
    int from[N_CANDIDATES];
};

struct tracker {
    const float *samples;
    size_t n_samples, sample_rate, hop;
    size_t n_window, min_lag, max_lag, n_frames;
    float peak; /* of the whole recording */
    struct dsp_fft *fft;
    float *window;      /* [n_window] */
    float *window_auto; /* [max_lag + 2], normalised autocorrelation of the window */
    float *frame_auto;  /* [max_lag + 2] */
    size_t n_fft;
    struct frame *frames; /* [n_frames] */
};

static void close_all(struct tracker *k)
{
    dsp_fft_close(&k->fft);
    base_free(k->window);
    base_free(k->window_auto);
    base_free(k->frame_auto);
    base_free(k->frames);
}

/* ---- autocorrelation ---- */

/* Normalised autocorrelation of the plan's samples for lags 0 ... max_lag + 1 (Wiener and Khinchin; the frame is
 * zero-padded, so nothing wraps around). False for a silent frame. */
static bool autocorrelate(const struct tracker *k, float *out)
{
    float *const bins = dsp_fft_bins(k->fft);
    dsp_fft_forward(k->fft);
    for (size_t i = 0; i <= k->n_fft / 2; i++) {
        bins[2 * i] = bins[2 * i] * bins[2 * i] + bins[2 * i + 1] * bins[2 * i + 1];
        bins[2 * i + 1] = 0.0f;
    }
    dsp_fft_inverse(k->fft);
    const float *const sums = dsp_fft_samples(k->fft);
    if (!(sums[0] > 1e-20f))
        return false;
    for (size_t lag = 0; lag < k->max_lag + 2; lag++)
        out[lag] = sums[lag] / sums[0];
    return true;
}

static int open_all(struct tracker *k)
{
    const float rate = (float)k->sample_rate;
    if (k->sample_rate < 8000 || k->sample_rate > 48000 || k->hop < 1)
        return LINNET_ERR_ARGUMENT;
    k->n_frames = k->n_samples / k->hop + (k->n_samples % k->hop != 0);
    k->n_window = (size_t)(PERIODS * rate / DSP_F0_MIN) & ~(size_t)1;
    k->min_lag = (size_t)(rate / DSP_F0_MAX);
    k->max_lag = (size_t)(rate / DSP_F0_MIN) + 1;
    k->n_fft = 1024;
    while (k->n_fft < k->n_window + k->max_lag + 2)
        k->n_fft *= 2;
    const int status = dsp_fft_open(&k->fft, k->n_fft);
    if (status != LINNET_OK)
        return status;
    k->window = base_alloc(k->n_window, sizeof *k->window);
    k->window_auto = base_alloc(k->max_lag + 2, sizeof *k->window_auto);
    k->frame_auto = base_alloc(k->max_lag + 2, sizeof *k->frame_auto);
    k->frames = base_alloc(k->n_frames, sizeof *k->frames);
    if (!k->window || !k->window_auto || !k->frame_auto || !k->frames)
        return LINNET_ERR_MEMORY;
    dsp_hann(k->window, k->n_window);
    memcpy(dsp_fft_samples(k->fft), k->window, k->n_window * sizeof *k->window);
    autocorrelate(k, k->window_auto);
    for (size_t n = 0; n < k->n_samples; n++)
        k->peak = fmaxf(k->peak, fabsf(k->samples[n]));
    return LINNET_OK;
}

/* ---- candidates ---- */

/* Puts the windowed frame, its mean removed, into the plan; returns its loudest sample. */
static float load_frame(const struct tracker *k, size_t t)
{
    float *const frame = dsp_fft_samples(k->fft);
    const ptrdiff_t start = (ptrdiff_t)(t * k->hop + k->hop / 2) - (ptrdiff_t)(k->n_window / 2);
    float mean = 0.0f, peak = 0.0f;
    memset(frame, 0, k->n_fft * sizeof *frame);
    for (size_t j = 0; j < k->n_window; j++) {
        const ptrdiff_t at = start + (ptrdiff_t)j;
        frame[j] = at >= 0 && (size_t)at < k->n_samples ? k->samples[at] : 0.0f;
        mean += frame[j] / (float)k->n_window;
    }
    for (size_t j = 0; j < k->n_window; j++) {
        peak = fmaxf(peak, fabsf(frame[j] - mean));
        frame[j] = (frame[j] - mean) * k->window[j];
    }
    return peak;
}

/* Keeps the strongest; candidate 0 stays. */
static void add_candidate(struct frame *f, struct candidate c)
{
    int at = f->count;
    if (f->count < N_CANDIDATES) {
        f->count++;
    } else {
        at = 1;
        for (int i = 2; i < N_CANDIDATES; i++)
            if (f->list[i].strength < f->list[at].strength)
                at = i;
        if (f->list[at].strength >= c.strength)
            return;
    }
    f->list[at] = c;
}

static void find_peaks(const struct tracker *k, struct frame *f)
{
    const float *const r = k->frame_auto;
    for (size_t lag = k->min_lag > 1 ? k->min_lag : 2; lag <= k->max_lag; lag++) {
        const float left = r[lag - 1] / k->window_auto[lag - 1], mid = r[lag] / k->window_auto[lag];
        const float right = r[lag + 1] / k->window_auto[lag + 1];
        if (mid <= 0.5f * VOICING_THRESHOLD || mid < left || mid <= right)
            continue;
        const float bend = left - 2.0f * mid + right; /* < 0: a parabola through the three */
        const float shift = 0.5f * (left - right) / bend;
        const float hz = (float)k->sample_rate / ((float)lag + shift);
        float height = mid - 0.25f * (left - right) * shift;
        height = height > 1.0f ? 1.0f / height : height; /* interpolation overshot; the paper does the same */
        if (hz >= DSP_F0_MIN && hz <= DSP_F0_MAX)
            add_candidate(f, (struct candidate){hz, height - OCTAVE_COST * log2f(DSP_F0_MIN / hz)});
    }
}

static void find_candidates(struct tracker *k, size_t t)
{
    struct frame *const f = &k->frames[t];
    const float loudness = k->peak > 0.0f ? load_frame(k, t) / k->peak : 0.0f;
    const float quiet = 2.0f - loudness / (SILENCE_THRESHOLD / (1.0f + VOICING_THRESHOLD));
    f->list[0] = (struct candidate){0.0f, VOICING_THRESHOLD + fmaxf(0.0f, quiet)};
    f->count = 1;
    if (loudness > 0.0f && autocorrelate(k, k->frame_auto))
        find_peaks(k, f);
}

/* ---- path ---- */

static float step_cost(const struct tracker *k, struct candidate a, struct candidate b)
{
    const float per_step = 0.01f * (float)k->sample_rate / (float)k->hop; /* the costs are for steps of 10 ms */
    if ((a.hz > 0.0f) != (b.hz > 0.0f))
        return VOICING_CHANGE_COST * per_step;
    return a.hz > 0.0f ? OCTAVE_JUMP_COST * per_step * fabsf(log2f(a.hz / b.hz)) : 0.0f;
}

static void extend_paths(const struct tracker *k, const struct frame *before, struct frame *f)
{
    for (int j = 0; j < f->count; j++) {
        f->score[j] = -INFINITY;
        for (int i = 0; i < before->count; i++) {
            const float score = before->score[i] - step_cost(k, before->list[i], f->list[j]);
            if (score > f->score[j]) {
                f->score[j] = score;
                f->from[j] = i;
            }
        }
        f->score[j] += f->list[j].strength;
    }
}

/* Writes the best path: log F0 (0 where unvoiced) and voicing. */
static void write_path(struct tracker *k, float *log_f0, float *voicing, size_t stride)
{
    for (int j = 0; j < k->frames[0].count; j++)
        k->frames[0].score[j] = k->frames[0].list[j].strength;
    for (size_t t = 1; t < k->n_frames; t++)
        extend_paths(k, &k->frames[t - 1], &k->frames[t]);
    const struct frame *const last = &k->frames[k->n_frames - 1];
    int at = 0;
    for (int j = 1; j < last->count; j++)
        at = last->score[j] > last->score[at] ? j : at;
    for (size_t t = k->n_frames; t-- > 0; at = k->frames[t].from[at]) {
        const float hz = k->frames[t].list[at].hz;
        voicing[t * stride] = hz > 0.0f ? 1.0f : 0.0f;
        log_f0[t * stride] = hz > 0.0f ? logf(hz) : 0.0f;
    }
}

/* A voice doesn't sound for a moment only; what looks so is ringing at an edge. */
static void drop_short_stretches(const struct tracker *k, float *voicing, size_t stride)
{
    size_t length = 0;
    for (size_t t = 0; t <= k->n_frames; t++) {
        if (t < k->n_frames && voicing[t * stride] > 0.0f) {
            length++;
            continue;
        }
        for (size_t i = 1; i <= length && length * k->hop < k->sample_rate * SHORTEST_MS / 1000; i++)
            voicing[(t - i) * stride] = 0.0f;
        length = 0;
    }
}

static void fill_gap(float *log_f0, size_t stride, size_t from, size_t to, float left, float right)
{
    for (size_t t = from; t < to; t++) {
        const float share = (float)(t - from + 1) / (float)(to - from + 1);
        log_f0[t * stride] = left + (right - left) * share;
    }
}

static void continue_f0(float *log_f0, const float *voicing, size_t stride, size_t n_frames, float fallback)
{
    float left = fallback;
    size_t gap = 0; /* first frame of the gap */
    bool seen = false;
    for (size_t t = 0; t < n_frames; t++) {
        if (voicing[t * stride] == 0.0f)
            continue;
        const float here = log_f0[t * stride];
        fill_gap(log_f0, stride, gap, t, seen ? left : here, here);
        left = here;
        seen = true;
        gap = t + 1;
    }
    fill_gap(log_f0, stride, gap, n_frames, left, left);
}

int dsp_f0_track(float *log_f0, float *voicing, size_t stride, const float *samples, size_t n_samples,
                 size_t sample_rate, size_t hop, float fallback)
{
    struct tracker k = {.samples = samples, .n_samples = n_samples, .sample_rate = sample_rate, .hop = hop};
    const int status = open_all(&k);
    if (status == LINNET_OK && k.n_frames > 0) {
        for (size_t t = 0; t < k.n_frames; t++)
            find_candidates(&k, t);
        write_path(&k, log_f0, voicing, stride);
        drop_short_stretches(&k, voicing, stride);
        continue_f0(log_f0, voicing, stride, k.n_frames, fallback);
    }
    close_all(&k);
    return status;
}
