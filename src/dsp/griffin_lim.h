/* Samples from log-mel frames without any network: for voices without a vocoder, and to hear mels as they are. */
#ifndef LINNET_DSP_GRIFFIN_LIM_H
#define LINNET_DSP_GRIFFIN_LIM_H

#include "dsp/melbank.h"

#define DSP_GRIFFIN_LIM_ITERATIONS 48 /* more bring little */

/* frames: T rows of M natural-log mels, `stride` floats apart. Writes T * hop samples; T = 0 writes none. The same
 * frames give the same samples. Needs memory for 3 spectrograms. LINNET_ERR_ARGUMENT (settings; n_fft under 2 hops) or
 * LINNET_ERR_MEMORY. */
BASE_MUST_USE int dsp_griffin_lim(float *samples, const float *frames, size_t stride, size_t n_frames,
                                  const struct dsp_mel_settings *settings, int iterations);

#endif
