/* Harmonic and noise sources, see source.h. */
#include "vocoder/source.h"

#include <math.h>

#define LOWEST_F0 40.0
#define HIGHEST_F0 1000.0
#define BAND 0.48 /* harmonics reach up to this fraction of the sample rate */
#define LEVEL 0.1
#define PI 3.14159265358979323846
#define SQRT_3 1.7320508075688772
#define SMALL_ANGLE 1e-6f /* below, the sum of K cosines is K to the last bit of a float */

void voc_source_plan(struct voc_source *source, struct base_plan *plan, uint32_t sample_rate, size_t hop)
{
    source->sample_rate = (double)sample_rate;
    source->hop = hop;
    source->most_harmonics = (size_t)(BAND * source->sample_rate / LOWEST_F0);
    source->amplitude = base_plan_floats(plan, source->most_harmonics + 1, 1);
    source->scratch = base_plan_floats(plan, 8, hop);
}

void voc_source_init(struct voc_source *source)
{
    source->amplitude[0] = 0.0f;
    for (size_t k = 1; k <= source->most_harmonics; k++)
        source->amplitude[k] = (float)(LEVEL * sqrt(2.0 / (double)k));
    voc_source_reset(source);
}

void voc_source_reset(struct voc_source *source)
{
    source->phase = 0.0;
    source->n_frames = 0;
    source->n_samples = 0;
}

/* u[n] of FORMAT.md section 6, -1 ... 1: splitmix64 of a counter. */
static float uniform(uint64_t n)
{
    uint64_t x = n * UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(0x6C696E6E65740001);
    x ^= x >> 30;
    x *= UINT64_C(0xBF58476D1CE4E5B9);
    x ^= x >> 27;
    x *= UINT64_C(0x94D049BB133111EB);
    x ^= x >> 31;
    return (float)(int32_t)(x >> 40) * (1.0f / 8388608.0f) - 1.0f;
}

/* x minus the nearest integer, for |x| < 4096: without a call of floor(). */
static double centred(double x)
{
    return x - (double)((int32_t)(x + 4096.5) - 4096);
}

/* The phases of n samples. half [n]: theta/2; whole [n]: (K + 1/2) theta, reduced to -pi ... pi in double precision;
 * count [n]: K. */
static void run_phase(struct voc_source *source, float *half, float *whole, float *count, float *amplitude, size_t n,
                      double f, double ratio)
{
    const double turns_a_hz = 1.0 / source->sample_rate, band = BAND * source->sample_rate;
    double phase = source->phase;
    for (size_t i = 0; i < n; i++, f *= ratio) {
        const double hz = f > LOWEST_F0 ? (f < HIGHEST_F0 ? f : HIGHEST_F0) : LOWEST_F0;
        const int32_t k = (int32_t)(band / hz);
        phase += hz * turns_a_hz;
        phase = phase >= 0.5 ? phase - 1.0 : phase;
        half[i] = (float)(PI * phase);
        whole[i] = (float)(2.0 * PI * centred(((double)k + 0.5) * phase));
        count[i] = (float)k;
        amplitude[i] = source->amplitude[k];
    }
    source->phase = phase;
}

/* n samples from log F0 `from` at the first one towards `to` a hop later; voicing likewise. */
static void make_samples(struct voc_source *source, float *harmonic, float *noise, size_t n, double from, double to,
                         float voicing_from, float voicing_to, const struct nn_kernels *nn)
{
    const size_t hop = source->hop;
    float *const half = source->scratch, *const whole = half + n;
    float *const sin_half = source->scratch + 2 * hop, *const sin_whole = sin_half + n;
    float *const cosines = source->scratch + 4 * hop; /* not needed */
    float *const count = source->scratch + 6 * hop, *const amplitude = count + hop;
    run_phase(source, half, whole, count, amplitude, n, exp(from), exp((to - from) / (double)hop));
    nn->vsincos(sin_half, cosines, half, 2 * n);

    const float slope = (voicing_to - voicing_from) / (float)hop;
    for (size_t i = 0; i < n; i++) {
        /* sum_{k=1..K} cos(k theta) = sin((K + 1/2) theta) / (2 sin(theta/2)) - 1/2 */
        const float sum = fabsf(half[i]) < SMALL_ANGLE ? count[i] : sin_whole[i] / (2.0f * sin_half[i]) - 0.5f;
        harmonic[i] = (voicing_from + slope * (float)i) * amplitude[i] * sum;
    }
    for (size_t i = 0; i < n; i++)
        noise[i] = (float)(LEVEL * SQRT_3) * uniform(source->n_samples + i);
    source->n_samples += n;
}

size_t voc_source_frame(struct voc_source *source, float *harmonic, float *noise, float log_f0, float voicing,
                        const struct nn_kernels *nn)
{
    const double now = (double)log_f0;
    const size_t n = source->n_frames == 0 ? source->hop / 2 : source->hop;
    if (source->n_frames == 0) /* held before the first centre */
        make_samples(source, harmonic, noise, n, now, now, voicing, voicing, nn);
    else
        make_samples(source, harmonic, noise, n, source->log_f0, now, source->voicing, voicing, nn);
    source->log_f0 = now;
    source->voicing = voicing;
    source->n_frames++;
    return n;
}

size_t voc_source_end(struct voc_source *source, float *harmonic, float *noise, const struct nn_kernels *nn)
{
    const size_t n = source->n_frames == 0 ? 0 : source->hop - source->hop / 2;
    make_samples(source, harmonic, noise, n, source->log_f0, source->log_f0, source->voicing, source->voicing, nn);
    return n;
}
