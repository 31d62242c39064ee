/* Fuzz target of sound files that markup names. */
#define _DEFAULT_SOURCE
#include "tests/fuzz/scratch.h"

#include "audio/sound_file.h"
#include "linnet.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    float *samples;
    size_t n;
    struct base_error err = {""};
    const int status = sound_read(scratch_file(data, size), 24000, &samples, &n, &err);
    require((status == LINNET_OK) == (samples != NULL) && (status == LINNET_OK) == (err.text[0] == '\0'));
    for (size_t i = 0; samples && i < n; i++)
        require(fabsf(samples[i]) <= 2); /* the resampler may overshoot */
    free(samples);
    return 0;
}
