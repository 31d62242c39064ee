/* Rate conversion by a windowed sinc (linear phase), tabulated at PHASES fractions of a sample with linear
 * interpolation between them, so that any pair of rates works. Kaiser window, beta 9: 90 dB stop band. Output sample
 * m sits at input time m * rate_in / rate_out, counted in exact integers: nothing drifts over hours. */
#include "audio/resample.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define TAPS 48    /* at the input's rate, centred */
#define PHASES 256
#define BETA 9.0
#define PI 3.14159265358979323846

struct resampler {
    uint64_t rate_in, rate_out;
    uint64_t time;         /* of the next output, in 1/rate_out input samples after history[TAPS/2 - 1] */
    float history[TAPS];   /* the last inputs, oldest first */
    float table[PHASES + 1][TAPS];
};

/* Modified Bessel function of the first kind, order 0, by its series. */
static double bessel_i0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; k < 40; k++) {
        term *= x / 2 / k * (x / 2 / k);
        sum += term;
    }
    return sum;
}

/* Filter value at t input samples from the centre; cutoff as a share of the input's half rate. */
static double filter(double t, double cutoff)
{
    const double edge = t / (TAPS / 2);
    if (fabs(edge) >= 1)
        return 0;
    const double window = bessel_i0(BETA * sqrt(1 - edge * edge)) / bessel_i0(BETA);
    const double x = PI * cutoff * t;
    return window * cutoff * (fabs(x) < 1e-9 ? 1 : sin(x) / x);
}

struct resampler *resample_open(int rate_in, int rate_out)
{
    struct resampler *const r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->rate_in = (uint64_t)rate_in;
    r->rate_out = (uint64_t)rate_out;
    /* the transition band of this window is 5.7 / (TAPS/2) half rates wide; half of it lies below the lower Nyquist
     * frequency */
    const double cutoff = (rate_out < rate_in ? (double)rate_out / rate_in : 1.0) * 0.92;
    for (int p = 0; p <= PHASES; p++) {
        double sum = 0;
        for (int k = 0; k < TAPS; k++)
            sum += filter(k - (TAPS / 2 - 1) - (double)p / PHASES, cutoff);
        for (int k = 0; k < TAPS; k++) /* every phase passes a constant unchanged */
            r->table[p][k] = (float)(filter(k - (TAPS / 2 - 1) - (double)p / PHASES, cutoff) / sum);
    }
    r->time = r->rate_out; /* the first output waits for the first input to reach the centre */
    r->time *= TAPS / 2 + 1;
    return r;
}

void resample_close(struct resampler *resampler)
{
    free(resampler);
}

size_t resample_tail(const struct resampler *resampler)
{
    (void)resampler;
    return TAPS / 2;
}

/* The output at `fraction` (0 ... 1) of a sample after the centre. */
static float interpolate(const struct resampler *r, double fraction)
{
    const double position = fraction * PHASES;
    const int phase = (int)position < PHASES ? (int)position : PHASES - 1;
    const float share = (float)(position - phase);
    float low = 0, high = 0;
    for (int k = 0; k < TAPS; k++) {
        low += r->history[k] * r->table[phase][k];
        high += r->history[k] * r->table[phase + 1][k];
    }
    return low + share * (high - low);
}

size_t resample(struct resampler *r, float *out, size_t max_out, const float *in, size_t n_in,
                     size_t *n_taken)
{
    size_t n_out = 0;
    *n_taken = 0;
    for (;;) {
        while (r->time < r->rate_out && n_out < max_out) {
            out[n_out++] = interpolate(r, (double)r->time / (double)r->rate_out);
            r->time += r->rate_in;
        }
        if (r->time < r->rate_out || *n_taken == n_in)
            return n_out;
        memmove(r->history, r->history + 1, (TAPS - 1) * sizeof *r->history);
        r->history[TAPS - 1] = in[(*n_taken)++];
        r->time -= r->rate_out;
    }
}
