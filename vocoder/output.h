/* The last step of the vocoder: gain and limiter, sample by sample without memory. */
#ifndef LINNET_VOCODER_OUTPUT_H
#define LINNET_VOCODER_OUTPUT_H

#include "vocoder/vocoder.h"
#include <stddef.h>

/* x = limit(gain x). Samples up to 0.7 pass unchanged, larger ones bend smoothly towards 0.89 (-1 dBFS), which is never
 * passed. What isn't a number becomes silence. */
void voc_output(float *x, size_t n, float gain);

/* x = curve(first), curve(first + 1) ... times x. *next is the first point that isn't behind, and moves on. n_points >
 * 0. */
void voc_output_curve(float *x, size_t n, size_t first, const struct voc_volume_point *points, size_t n_points,
                      size_t *next);

#endif
