/* The last step of the vocoder: gain and limiter, sample by sample without memory. */
#ifndef LINNET_VOCODER_OUTPUT_H
#define LINNET_VOCODER_OUTPUT_H

#include <stddef.h>

/* x = limit(gain x). Samples up to 0.7 pass unchanged, larger ones bend smoothly towards 0.89 (-1 dBFS), which is never
 * passed. What isn't a number becomes silence. */
void voc_output(float *x, size_t n, float gain);

#endif
