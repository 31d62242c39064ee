/* F0 and voicing of a recording, one value a mel frame. */
#ifndef LINNET_DSP_F0_H
#define LINNET_DSP_F0_H

#include "base/compiler.h"
#include <stddef.h>

#define DSP_F0_MIN 60.0f /* Hz */
#define DSP_F0_MAX 500.0f

/* For frame t < ceil(n_samples / hop), centred at sample t * hop + hop/2: log_f0[t * stride] = natural log of F0 in Hz,
 * continued linearly through unvoiced stretches and held at the ends (`fallback` everywhere if nothing is voiced);
 * voicing[t * stride] = 1 or 0. sample_rate 8000 ... 48000. LINNET_ERR_ARGUMENT or LINNET_ERR_MEMORY on failure. */
BASE_MUST_USE int dsp_f0_track(float *log_f0, float *voicing, size_t stride, const float *samples, size_t n_samples,
                               size_t sample_rate, size_t hop, float fallback);

#endif
