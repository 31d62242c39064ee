/* Real FFT of one frame, windows, and cutting of frames out of a signal. Hides FFTW.
 *
 * A struct dsp_fft is a plan with its own buffers: one thread at a time uses it, any number of plans run side by side.
 * Plans are estimated, not measured, so the same frame gives the same bits in every run on the same machine. */
#ifndef LINNET_DSP_STFT_H
#define LINNET_DSP_STFT_H

#include "base/compiler.h"
#include <stddef.h>

struct dsp_fft;

/* A plan for frames of n real samples (n even, 2 ... 65536) and n/2 + 1 bins. LINNET_ERR_ARGUMENT or LINNET_ERR_MEMORY
 * on failure, *out NULL then. Takes a process-wide lock (FFTW's planner isn't thread-safe). */
BASE_MUST_USE int dsp_fft_open(struct dsp_fft **out, size_t n);
/* NULL and pointer to NULL are fine. */
void dsp_fft_close(struct dsp_fft **fft);

/* The plan's buffers, 64-byte aligned, zero at first: samples [n]; bins [n/2 + 1][2], real and imaginary parts
 * interleaved. */
float *dsp_fft_samples(struct dsp_fft *fft);
float *dsp_fft_bins(struct dsp_fft *fft);

/* bins[k] = sum_j samples[j] e^{-2 pi i j k / n}. The samples stay. */
void dsp_fft_forward(struct dsp_fft *fft);
/* samples[j] = 1/n sum of the Hermitian spectrum bins e^{+2 pi i j k / n}. Destroys the bins. The imaginary parts of
 * the first and last bin count as zero. */
void dsp_fft_inverse(struct dsp_fft *fft);

/* Periodic Hann window: w[j] = 0.5 - 0.5 cos(2 pi j / n). */
void dsp_hann(float *w, size_t n);

/* frame[j] = window[j] * signal[start + j] for j < n; signal counts as zero outside 0 ... n_signal-1. */
void dsp_frame_cut(float *frame, const float *signal, size_t n_signal, ptrdiff_t start, const float *window, size_t n);

#endif
