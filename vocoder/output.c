/* Gain and limiter, see output.h. */
#include "vocoder/output.h"

#include <math.h>

#define KNEE 0.7f
#define CEILING 0.89f

static float limit(float x)
{
    const float size = fabsf(x);
    if (size <= KNEE)
        return x;
    if (!(size > KNEE)) /* NaN */
        return 0.0f;
    return copysignf(KNEE + (CEILING - KNEE) * tanhf((size - KNEE) / (CEILING - KNEE)), x);
}

void voc_output(float *x, size_t n, float gain)
{
    for (size_t i = 0; i < n; i++)
        x[i] = limit(gain * x[i]);
}
