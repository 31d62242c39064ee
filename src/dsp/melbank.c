/* Mel analysis, see melbank.h. The scale and the filters are those of Slaney's Auditory Toolbox (1998), which librosa
 * took over: 200/3 Hz a mel up to 1 kHz, then 27 mels for each factor of 6.4. */
#include "dsp/melbank.h"

#include "base/alloc.h"
#include "dsp/stft.h"
#include "linnet.h"
#include <math.h>

#define LINEAR_HZ_PER_MEL (200.0 / 3.0)
#define LOG_START_HZ 1000.0
#define LOG_START_MEL 15.0
#define LOG_STEP (log(6.4) / 27.0)

static double mel_of_hz(double hz)
{
    return hz < LOG_START_HZ ? hz / LINEAR_HZ_PER_MEL : LOG_START_MEL + log(hz / LOG_START_HZ) / LOG_STEP;
}

static double hz_of_mel(double mel)
{
    return mel < LOG_START_MEL ? mel * LINEAR_HZ_PER_MEL : LOG_START_HZ * exp(LOG_STEP * (mel - LOG_START_MEL));
}

/* Corner `i` of 0 ... M+1: filter m rises from corner m to m+1 and falls to m+2. */
static double corner_hz(const struct dsp_mel_settings *s, size_t i)
{
    const double low = mel_of_hz((double)s->fmin), high = mel_of_hz((double)s->fmax);
    return hz_of_mel(low + (high - low) * (double)i / (double)(s->n_mels + 1));
}

static double filter_weight(double hz, double left, double centre, double right)
{
    const double rise = (hz - left) / (centre - left), fall = (right - hz) / (right - centre);
    const double height = rise < fall ? rise : fall;
    return height > 0.0 ? height * 2.0 / (right - left) : 0.0;
}

/* Finds the run of filter m; with `weights` not NULL also fills it. Returns the length of the run. */
static size_t lay_filter(const struct dsp_mel_settings *s, size_t m, size_t *first, float *weights)
{
    const double left = corner_hz(s, m), centre = corner_hz(s, m + 1), right = corner_hz(s, m + 2);
    const double bin_hz = (double)s->sample_rate / (double)s->n_fft;
    size_t count = 0;
    for (size_t k = 0; k <= s->n_fft / 2; k++) {
        const double weight = filter_weight((double)k * bin_hz, left, centre, right);
        if (weight <= 0.0)
            continue;
        if (count == 0)
            *first = k;
        if (weights)
            weights[count] = (float)weight;
        count++;
    }
    return count;
}

static int check_settings(const struct dsp_mel_settings *s)
{
    if (s->n_mels < 1 || s->n_fft < 2 || s->n_fft % 2 != 0 || s->hop < 1 || s->sample_rate < 1)
        return LINNET_ERR_ARGUMENT;
    if (!(s->fmin >= 0.0f && s->fmin < s->fmax) || !(s->floor > 0.0f))
        return LINNET_ERR_ARGUMENT;
    return LINNET_OK;
}

int dsp_melbank_open(struct dsp_melbank **out, const struct dsp_mel_settings *settings)
{
    *out = NULL;
    if (check_settings(settings) != LINNET_OK)
        return LINNET_ERR_ARGUMENT;
    const size_t n_mels = settings->n_mels;
    struct dsp_melbank *bank = base_alloc(1, sizeof *bank);
    if (!bank)
        return LINNET_ERR_MEMORY;
    bank->n_mels = n_mels;
    bank->n_bins = settings->n_fft / 2 + 1;
    bank->first = base_alloc(n_mels, sizeof *bank->first);
    bank->count = base_alloc(n_mels, sizeof *bank->count);
    bank->start = base_alloc(n_mels, sizeof *bank->start);
    if (!bank->first || !bank->count || !bank->start)
        goto fail;
    size_t total = 0;
    for (size_t m = 0; m < n_mels; m++) {
        bank->count[m] = lay_filter(settings, m, &bank->first[m], NULL);
        bank->start[m] = total;
        total += bank->count[m];
    }
    bank->weights = base_alloc(total, sizeof *bank->weights);
    if (!bank->weights)
        goto fail;
    for (size_t m = 0; m < n_mels; m++)
        lay_filter(settings, m, &bank->first[m], bank->weights + bank->start[m]);
    *out = bank;
    return LINNET_OK;
fail:
    dsp_melbank_close(&bank);
    return LINNET_ERR_MEMORY;
}

void dsp_melbank_close(struct dsp_melbank **bank)
{
    if (!bank || !*bank)
        return;
    base_free((*bank)->first);
    base_free((*bank)->count);
    base_free((*bank)->start);
    base_free((*bank)->weights);
    base_free(*bank);
    *bank = NULL;
}

void dsp_melbank_apply(const struct dsp_melbank *bank, float *mel, const float *magnitude)
{
    for (size_t m = 0; m < bank->n_mels; m++) {
        const float *const weights = bank->weights + bank->start[m], *const bins = magnitude + bank->first[m];
        float sum = 0.0f;
        for (size_t i = 0; i < bank->count[m]; i++)
            sum += weights[i] * bins[i];
        mel[m] = sum;
    }
}

void dsp_melbank_spread(const struct dsp_melbank *bank, float *magnitude, const float *mel)
{
    for (size_t k = 0; k < bank->n_bins; k++)
        magnitude[k] = 0.0f;
    for (size_t m = 0; m < bank->n_mels; m++) {
        const float *const weights = bank->weights + bank->start[m];
        float *const bins = magnitude + bank->first[m];
        for (size_t i = 0; i < bank->count[m]; i++)
            bins[i] += weights[i] * mel[m];
    }
}

size_t dsp_mel_frame_count(const struct dsp_mel_settings *settings, size_t n_samples)
{
    return n_samples / settings->hop + (n_samples % settings->hop != 0);
}

/* What the analysis of a recording needs besides it. */
struct analysis {
    struct dsp_melbank *bank;
    struct dsp_fft *fft;
    float *window;    /* [n_fft] */
    float *magnitude; /* [n_bins] */
};

static void analysis_close(struct analysis *a)
{
    dsp_melbank_close(&a->bank);
    dsp_fft_close(&a->fft);
    base_free(a->window);
    base_free(a->magnitude);
}

static int analysis_open(struct analysis *a, const struct dsp_mel_settings *settings)
{
    *a = (struct analysis){0};
    int status = dsp_melbank_open(&a->bank, settings);
    if (status == LINNET_OK)
        status = dsp_fft_open(&a->fft, settings->n_fft);
    if (status != LINNET_OK)
        return status;
    a->window = base_alloc(settings->n_fft, sizeof *a->window);
    a->magnitude = base_alloc(a->bank->n_bins, sizeof *a->magnitude);
    if (!a->window || !a->magnitude)
        return LINNET_ERR_MEMORY;
    dsp_hann(a->window, settings->n_fft);
    return LINNET_OK;
}

static void analyse_frame(const struct analysis *a, float *mel, const float *samples, size_t n_samples, ptrdiff_t start,
                          const struct dsp_mel_settings *settings)
{
    const float *const bins = dsp_fft_bins(a->fft);
    dsp_frame_cut(dsp_fft_samples(a->fft), samples, n_samples, start, a->window, settings->n_fft);
    dsp_fft_forward(a->fft);
    for (size_t k = 0; k < a->bank->n_bins; k++)
        a->magnitude[k] = sqrtf(bins[2 * k] * bins[2 * k] + bins[2 * k + 1] * bins[2 * k + 1]);
    dsp_melbank_apply(a->bank, mel, a->magnitude);
    for (size_t m = 0; m < settings->n_mels; m++)
        mel[m] = logf(mel[m] > settings->floor ? mel[m] : settings->floor);
}

int dsp_mel_frames(float *frames, size_t stride, const float *samples, size_t n_samples,
                   const struct dsp_mel_settings *settings)
{
    struct analysis a;
    const int status = analysis_open(&a, settings);
    if (status == LINNET_OK) {
        const size_t n_frames = dsp_mel_frame_count(settings, n_samples);
        const ptrdiff_t to_start = (ptrdiff_t)(settings->hop / 2) - (ptrdiff_t)(settings->n_fft / 2);
        for (size_t t = 0; t < n_frames; t++)
            analyse_frame(&a, frames + t * stride, samples, n_samples, (ptrdiff_t)(t * settings->hop) + to_start,
                          settings);
    }
    analysis_close(&a);
    return status;
}
