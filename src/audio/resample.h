/* Changes the sample rate of a stream, by libsoxr: for sound cards that refuse the voice's, and recordings of another.
 * Flat to nine tenths of the lower half rate, linear phase; the first sample out is the first one in. Hides soxr.h. */
#ifndef LINNET_RESAMPLE_H
#define LINNET_RESAMPLE_H

#include "base/compiler.h"
#include <stddef.h>

struct resampler;

/* From rate_in to rate_out Hz. NULL: out of memory. Free with resample_close(). */
BASE_MUST_USE struct resampler *resample_open(int rate_in, int rate_out);
void resample_close(struct resampler *resampler); /* NULL is fine */

/* Takes up to n_in samples and makes up to max_out; returns how many were made, *n_taken how many were used. Call again
 * with the rest until all is taken. `in` NULL: no more come; call until it returns 0. The same samples come out,
 * however they are cut into calls. */
size_t resample(struct resampler *resampler, float *out, size_t max_out, const float *in, size_t n_in, size_t *n_taken);

#endif
