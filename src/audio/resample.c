/* libsoxr behind resample.h. The only file that includes soxr.h. */
#include "audio/resample.h"

#include <soxr.h>

struct resampler; /* is a struct soxr */

struct resampler *resample_open(int rate_in, int rate_out)
{
    return (struct resampler *)soxr_create(rate_in, rate_out, 1, NULL, NULL, NULL, NULL);
}

void resample_close(struct resampler *resampler)
{
    soxr_delete((soxr_t)resampler);
}

size_t resample(struct resampler *resampler, float *out, size_t max_out, const float *in, size_t n_in, size_t *n_taken)
{
    size_t made = 0;
    *n_taken = 0;
    if (soxr_process((soxr_t)resampler, in, n_in, n_taken, out, max_out, &made) != NULL) {
        *n_taken = n_in; /* memory ran out: what comes in is lost, rather than offered again for ever */
        return 0;
    }
    return made;
}
