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

static float factor_at(size_t sample, const struct voc_volume_point *before, const struct voc_volume_point *after)
{
    const float part = (float)(sample - before->sample) / (float)(after->sample - before->sample);
    return before->factor + part * (after->factor - before->factor);
}

void voc_output_curve(float *x, size_t n, size_t first, const struct voc_volume_point *points, size_t n_points,
                      size_t *next)
{
    for (size_t i = 0; i < n; i++) {
        while (*next < n_points && points[*next].sample <= first + i)
            (*next)++;
        if (*next == 0)
            x[i] *= points[0].factor;
        else if (*next == n_points)
            x[i] *= points[n_points - 1].factor;
        else
            x[i] *= factor_at(first + i, &points[*next - 1], &points[*next]);
    }
}

void voc_output(float *x, size_t n, float gain)
{
    for (size_t i = 0; i < n; i++)
        x[i] = limit(gain * x[i]);
}
