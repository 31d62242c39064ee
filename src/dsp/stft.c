/* FFT by FFTW in single precision, see stft.h. The only file that includes fftw3.h. */
#include "dsp/stft.h"

#include "base/alloc.h"
#include "linnet.h"
#include <fftw3.h>
#include <math.h>
#include <pthread.h>

struct dsp_fft {
    size_t n;
    float *samples; /* [n] */
    float *bins;    /* [n/2 + 1][2] */
    fftwf_plan forward, inverse;
};

/* FFTW's planner keeps global tables. */
static pthread_mutex_t planner_lock = PTHREAD_MUTEX_INITIALIZER;

int dsp_fft_open(struct dsp_fft **out, size_t n)
{
    *out = NULL;
    if (n < 2 || n > 65536 || n % 2 != 0)
        return LINNET_ERR_ARGUMENT;
    struct dsp_fft *fft = base_alloc(1, sizeof *fft);
    if (!fft)
        return LINNET_ERR_MEMORY;
    fft->n = n;
    fft->samples = base_alloc(n, sizeof *fft->samples);
    fft->bins = base_alloc(n / 2 + 1, 2 * sizeof *fft->bins);
    if (!fft->samples || !fft->bins)
        goto fail;
    fftwf_complex *const bins = (fftwf_complex *)(void *)fft->bins;
    pthread_mutex_lock(&planner_lock);
    fft->forward = fftwf_plan_dft_r2c_1d((int)n, fft->samples, bins, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    fft->inverse = fftwf_plan_dft_c2r_1d((int)n, bins, fft->samples, FFTW_ESTIMATE | FFTW_DESTROY_INPUT);
    pthread_mutex_unlock(&planner_lock);
    if (!fft->forward || !fft->inverse)
        goto fail;
    *out = fft;
    return LINNET_OK;
fail:
    dsp_fft_close(&fft);
    return LINNET_ERR_MEMORY;
}

void dsp_fft_close(struct dsp_fft **fft)
{
    if (!fft || !*fft)
        return;
    pthread_mutex_lock(&planner_lock);
    if ((*fft)->forward)
        fftwf_destroy_plan((*fft)->forward);
    if ((*fft)->inverse)
        fftwf_destroy_plan((*fft)->inverse);
    pthread_mutex_unlock(&planner_lock);
    base_free((*fft)->samples);
    base_free((*fft)->bins);
    base_free(*fft);
    *fft = NULL;
}

float *dsp_fft_samples(struct dsp_fft *fft)
{
    return fft->samples;
}

float *dsp_fft_bins(struct dsp_fft *fft)
{
    return fft->bins;
}

void dsp_fft_forward(struct dsp_fft *fft)
{
    fftwf_execute(fft->forward);
}

void dsp_fft_inverse(struct dsp_fft *fft)
{
    fft->bins[1] = 0.0f;
    fft->bins[fft->n + 1] = 0.0f;
    fftwf_execute(fft->inverse);
    const float scale = 1.0f / (float)fft->n;
    for (size_t j = 0; j < fft->n; j++)
        fft->samples[j] *= scale;
}

void dsp_hann(float *w, size_t n)
{
    const double step = 2.0 * 3.14159265358979323846 / (double)n;
    for (size_t j = 0; j < n; j++)
        w[j] = (float)(0.5 - 0.5 * cos(step * (double)j));
}

void dsp_frame_cut(float *frame, const float *signal, size_t n_signal, ptrdiff_t start, const float *window, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        const ptrdiff_t at = start + (ptrdiff_t)j;
        frame[j] = at >= 0 && (size_t)at < n_signal ? window[j] * signal[at] : 0.0f;
    }
}
