/* Mel filter bank and mel frames of a recording, as voices/FORMAT.md section 4 defines them. */
#ifndef LINNET_DSP_MELBANK_H
#define LINNET_DSP_MELBANK_H

#include "base/compiler.h"
#include <stddef.h>

/* What a voice says about its mel frames. */
struct dsp_mel_settings {
    size_t sample_rate, hop, n_fft, n_mels;
    float fmin, fmax; /* Hz */
    float floor;      /* mels are clamped to this before the logarithm */
};

/* M triangular filters over n_fft/2 + 1 bins, each stored as the run of bins where it isn't zero. */
struct dsp_melbank {
    size_t n_mels, n_bins;
    size_t *first, *count; /* [M], of the run; count may be 0 where filters are narrower than a bin */
    size_t *start;         /* [M], of the filter's numbers in `weights` */
    float *weights;
};

/* Slaney's scale (linear below 1 kHz, logarithmic above), filters of unit area: librosa's default. LINNET_ERR_ARGUMENT
 * for settings that make no filters, LINNET_ERR_MEMORY; *out is NULL then. */
BASE_MUST_USE int dsp_melbank_open(struct dsp_melbank **out, const struct dsp_mel_settings *settings);
void dsp_melbank_close(struct dsp_melbank **bank);

/* mel[m] = sum over bins of filter m times magnitude; mel [M], magnitude [n_bins]. */
void dsp_melbank_apply(const struct dsp_melbank *bank, float *mel, const float *magnitude);
/* The transposed map: magnitude[k] = sum over m of filter m at bin k times mel[m]. */
void dsp_melbank_spread(const struct dsp_melbank *bank, float *magnitude, const float *mel);

/* Frames that `n_samples` samples make: the last one may be partly empty. */
size_t dsp_mel_frame_count(const struct dsp_mel_settings *settings, size_t n_samples);

/* Log-mel of a whole recording: row t of `frames` (rows `stride` floats apart, stride >= M) gets M natural logs. Rows:
 * dsp_mel_frame_count(). LINNET_ERR_ARGUMENT or LINNET_ERR_MEMORY on failure. */
BASE_MUST_USE int dsp_mel_frames(float *frames, size_t stride, const float *samples, size_t n_samples,
                                 const struct dsp_mel_settings *settings);

#endif
