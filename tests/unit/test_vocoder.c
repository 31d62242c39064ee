/* The vocoder against a direct double-precision rendering of FORMAT.md sections 5 and 6, and its promises: cuts,
 * lengths, pitch. */
#include "base/alloc.h"
#include "tests/support/direct8.h"
#include "linnet.h"
#include "tests/support/tiny_voice.h"
#include "vocoder/output.h"
#include "vocoder/source.h"
#include "vocoder/vocoder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define PI 3.14159265358979323846
#define MOST_FRAMES 100

struct fixture {
    struct tiny_sizes sizes;
    struct tiny_voice voice;
    struct vocoder_model *model;
    struct vocoder_stream *stream;
    size_t row;    /* floats a frame */
    float *frames; /* [MOST_FRAMES, row] */
};

static void open_fixture(struct fixture *f, struct tiny_sizes sizes)
{
    struct base_error err = {""};
    f->sizes = sizes;
    tiny_voice_open(&f->voice, &f->sizes);
    if (voc_bind(&f->model, f->voice.file, &err) != LINNET_OK)
        fail_msg("%s", err.text);
    assert_int_equal(voc_stream_open(&f->stream, f->model, VOC_OWN, &err), LINNET_OK);
    f->row = sizes.n_mels + MEL_EXTRA;
    f->frames = malloc(MOST_FRAMES * f->row * sizeof(float));
    assert_non_null(f->frames);
    uint32_t random = 7;
    for (size_t t = 0; t < MOST_FRAMES; t++) {
        float *const frame = f->frames + t * f->row;
        for (size_t i = 0; i < sizes.n_mels; i++)
            frame[i] = -3.0f + 2.0f * tiny_random(&random);
        frame[sizes.n_mels] = 5.2f + 0.5f * sinf(0.3f * (float)t);
        frame[sizes.n_mels + 1] = 0.5f + 0.5f * tiny_random(&random);
    }
}

static void close_fixture(struct fixture *f)
{
    free(f->frames);
    voc_stream_close(&f->stream);
    voc_unbind(&f->model);
    tiny_voice_close(&f->voice);
}

static int setup(void **state)
{
    *state = malloc(sizeof(struct fixture));
    assert_non_null(*state);
    open_fixture(*state, tiny_sizes_small());
    return 0;
}

static int teardown(void **state)
{
    close_fixture(*state);
    free(*state);
    return 0;
}

/* Samples [T * hop] of T frames given in calls of `chunk`; the caller frees. Checks every promise about lengths. */
static float *run_on(const struct fixture *f, const float *frames, size_t total, size_t chunk)
{
    const size_t most = voc_max_samples(f->model, chunk), length = total * f->sizes.hop;
    float *const samples = malloc((length + 1) * sizeof *samples), *const block = malloc(most * sizeof *block);
    assert_non_null(samples);
    assert_non_null(block);
    size_t made = 0, got;
    for (size_t t = 0; t < total; t += chunk) {
        got = voc_run(f->stream, frames + t * f->row, chunk < total - t ? chunk : total - t, block);
        assert_true(got <= most && made + got <= length);
        memcpy(samples + made, block, got * sizeof *block);
        made += got;
    }
    while ((got = voc_flush(f->stream, block)) > 0) {
        assert_true(got <= voc_max_samples(f->model, 0) && made + got <= length);
        memcpy(samples + made, block, got * sizeof *block);
        made += got;
    }
    assert_int_equal(made, length);
    assert_int_equal(voc_flush(f->stream, block), 0);
    free(block);
    return samples;
}

static float *run_all(const struct fixture *f, const float *frames, size_t total, size_t chunk)
{
    voc_reset(f->stream);
    return run_on(f, frames, total, chunk);
}

/* ---- the direct rendering ---- */

static double *direct_zeros(size_t n)
{
    double *const x = calloc(n + 1, sizeof *x);
    assert_non_null(x);
    return x;
}

static double *direct_tensor(const struct fixture *f, const char *name, size_t n_dims, size_t d0, size_t d1, size_t d2)
{
    struct base_error err = {""};
    const size_t dims[3] = {d0, d1, d2}, n = d0 * d1 * d2;
    float *const read = malloc(n * sizeof *read);
    double *const wide = direct_zeros(n);
    assert_non_null(read);
    if (voice_tensor_read(f->voice.file, name, dims, n_dims, read, &err) != LINNET_OK)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < n; i++)
        wide[i] = (double)read[i];
    free(read);
    return wide;
}

/* y [rows, out] on bytes; taps 0: linear. */
static double *direct_conv(const struct fixture *f, const char *name, const double *input, size_t rows, size_t out,
                           size_t taps, size_t in, size_t dilation, size_t ahead)
{
    char full[64];
    const size_t k_taps = taps ? taps : 1;
    snprintf(full, sizeof full, "%s.weight", name);
    double *const w = taps ? direct_tensor(f, full, 3, out, taps, in) : direct_tensor(f, full, 2, out, in, 1);
    snprintf(full, sizeof full, "%s.bias", name);
    double *const b = direct_tensor(f, full, 1, out, 1, 1), *const y = direct_zeros(rows * out);
    double *const x = direct_zeros(rows * in);
    memcpy(x, input, rows * in * sizeof *x);
    direct8_rows(x, rows, in);
    direct8_weights(w, out, k_taps, in);
    for (size_t t = 0; t < rows; t++) {
        for (size_t o = 0; o < out; o++) {
            double sum = b[o];
            for (size_t k = 0; k < k_taps; k++) {
                const long at = (long)(t + ahead) - (long)((k_taps - 1 - k) * dilation);
                for (size_t i = 0; i < in && at >= 0 && at < (long)rows; i++)
                    sum += w[(o * k_taps + k) * in + i] * x[(size_t)at * in + i];
            }
            y[t * out + o] = sum;
        }
    }
    free(x);
    free(w);
    free(b);
    return y;
}

/* Skip sums [T, W] of the stack. */
static double *direct_stack(const struct fixture *f, size_t total)
{
    const struct tiny_sizes *const s = &f->sizes;
    const size_t width = s->voc_width;
    double *const input = direct_zeros(total * f->row), *const skip = direct_zeros(total * width);
    for (size_t i = 0; i < total * f->row; i++)
        input[i] = (double)f->frames[i];
    for (size_t t = 0; t < total; t++)
        input[t * f->row + s->n_mels] = (input[t * f->row + s->n_mels] - (double)5.2f) / 0.25;
    double *const x = direct_conv(f, "voc.in", input, total, width, s->voc_in_kernel, f->row, 1, s->voc_in_ahead);
    for (size_t i = 0; i < s->voc_layers; i++) {
        char name[32];
        const size_t out = i + 1 < s->voc_layers ? 2 * width : width;
        snprintf(name, sizeof name, "voc.%zu.gate", i);
        double *const g = direct_conv(f, name, x, total, 2 * width, 3, width, s->voc_dilations[i], s->voc_ahead[i]);
        double *const z = direct_zeros(total * width);
        for (size_t t = 0; t < total; t++)
            for (size_t c = 0; c < width; c++)
                z[t * width + c] = tanh(g[t * 2 * width + c]) / (1.0 + exp(-g[t * 2 * width + width + c]));
        snprintf(name, sizeof name, "voc.%zu.out", i);
        double *const r = direct_conv(f, name, z, total, out, 0, width, 1, 0);
        for (size_t t = 0; t < total; t++) {
            for (size_t c = 0; c < width; c++) {
                skip[t * width + c] += r[t * out + out - width + c];
                if (out > width)
                    x[t * width + c] = (x[t * width + c] + r[t * out + c]) * sqrt(0.5);
            }
        }
        free(g);
        free(z);
        free(r);
    }
    free(input);
    free(x);
    return skip;
}

/* Head's raw output [T, 3B + envelope] from skip sums. */
static double *direct_head(const struct fixture *f, double *skip, size_t total)
{
    const size_t width = f->sizes.voc_width, hidden = f->sizes.voc_hidden, bins = f->sizes.n_fft / 2 + 1;
    double *const gain = direct_tensor(f, "voc.ln.weight", 1, width, 1, 1);
    double *const bias = direct_tensor(f, "voc.ln.bias", 1, width, 1, 1);
    for (size_t t = 0; t < total; t++) {
        double *const x = skip + t * width, mean = 0.0, var = 0.0;
        for (size_t c = 0; c < width; c++)
            x[c] *= 2.0 / sqrt((double)f->sizes.voc_layers);
        for (size_t c = 0; c < width; c++)
            mean += x[c] / (double)width;
        for (size_t c = 0; c < width; c++)
            var += (x[c] - mean) * (x[c] - mean) / (double)width;
        for (size_t c = 0; c < width; c++)
            x[c] = (x[c] - mean) / sqrt(var + 1e-5) * gain[c] + bias[c];
    }
    double *const u = direct_conv(f, "voc.hidden", skip, total, hidden, 0, width, 1, 0);
    for (size_t i = 0; i < total * hidden; i++)
        u[i] = u[i] / 2.0 * (1.0 + erf(u[i] / sqrt(2.0)));
    double *const o = direct_conv(f, "voc.head", u, total, 3 * bins + f->sizes.voc_envelope, 0, hidden, 1, 0);
    free(gain);
    free(bias);
    free(u);
    return o;
}

static double direct_uniform(uint64_t n)
{
    uint64_t x = n * UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(0x6C696E6E65740001);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    x ^= x >> 31;
    return (double)(x >> 40) / 8388608.0 - 1.0;
}

/* Frame parameter `which` (0 log F0, 1 voicing) at sample n. */
static double direct_between(const struct fixture *f, size_t which, size_t total, size_t n)
{
    const double place = ((double)n - (double)(f->sizes.hop / 2)) / (double)f->sizes.hop;
    const double inside = fmin(fmax(place, 0.0), (double)(total - 1));
    const size_t a = (size_t)inside, b = a + 1 < total ? a + 1 : a, at = f->sizes.n_mels + which;
    const double part = inside - (double)a;
    return (double)f->frames[a * f->row + at] * (1.0 - part) + (double)f->frames[b * f->row + at] * part;
}

static void direct_sources(const struct fixture *f, size_t total, double *harmonic, double *noise)
{
    const double rate = (double)f->sizes.sample_rate;
    double phase = 0.0;
    for (size_t n = 0; n < total * f->sizes.hop; n++) {
        const double hz = fmin(fmax(exp(direct_between(f, 0, total, n)), 40.0), 1000.0);
        const int harmonics = (int)floor(0.48 * rate / hz);
        double sum = 0.0;
        phase += hz / rate;
        for (int k = 1; k <= harmonics; k++)
            sum += cos(2.0 * PI * k * phase);
        harmonic[n] = direct_between(f, 1, total, n) * 0.1 * sqrt(2.0 / harmonics) * sum;
        noise[n] = 0.1 * sqrt(3.0) * direct_uniform(n);
    }
}

/* bins [B, 2] of the frame at `start`, by the sum that defines them. */
static void direct_dft(double *bins, const double *signal, size_t length, long start, size_t n_fft)
{
    for (size_t k = 0; k <= n_fft / 2; k++) {
        bins[2 * k] = bins[2 * k + 1] = 0.0;
        for (size_t j = 0; j < n_fft; j++) {
            const long at = start + (long)j;
            if (at < 0 || at >= (long)length)
                continue;
            const double x = signal[at] * (0.5 - 0.5 * cos(2.0 * PI * (double)j / (double)n_fft));
            const double angle = 2.0 * PI * (double)(j * k % n_fft) / (double)n_fft;
            bins[2 * k] += x * cos(angle);
            bins[2 * k + 1] -= x * sin(angle);
        }
    }
}

/* Adds w * irfft(gain e^{i phase} STFT(source)) of the frame at `start` to out; log_gain and phase [B], phase NULL:
 * 0. */
static void direct_frame(double *out, const double *log_gain, const double *phase, const double *source, size_t length,
                         long start, size_t n_fft)
{
    const size_t bins = n_fft / 2 + 1;
    double *const x = direct_zeros(2 * bins), *const y = direct_zeros(2 * bins);
    direct_dft(x, source, length, start, n_fft);
    for (size_t k = 0; k < bins; k++) {
        const double gain = exp(fmin(log_gain[k], 4.0) - 2.0), angle = phase ? phase[k] : 0.0;
        const double c = gain * cos(angle), s = gain * sin(angle);
        y[2 * k] = c * x[2 * k] - s * x[2 * k + 1];
        y[2 * k + 1] = c * x[2 * k + 1] + s * x[2 * k];
    }
    for (size_t j = 0; j < n_fft; j++) {
        double sum = 0.0;
        for (size_t k = 0; k < bins; k++) {
            const double angle = 2.0 * PI * (double)(j * k % n_fft) / (double)n_fft;
            sum += (k == 0 || k == bins - 1 ? 1.0 : 2.0) *
                   (y[2 * k] * cos(angle) - (k == 0 || k == bins - 1 ? 0.0 : y[2 * k + 1]) * sin(angle));
        }
        const long at = start + (long)j;
        if (at >= 0 && at < (long)length)
            out[at] += sum / (double)n_fft * (0.5 - 0.5 * cos(2.0 * PI * (double)j / (double)n_fft));
    }
    free(x);
    free(y);
}

/* The noise's gain at sample n; o [T, outputs] is the head's output. */
static double direct_envelope(const struct fixture *f, const double *o, size_t total, size_t n)
{
    const size_t gains = f->sizes.voc_envelope, span = f->sizes.hop / gains, first = 3 * (f->sizes.n_fft / 2 + 1);
    const double place = ((double)n - (double)(span / 2)) / (double)span;
    const double inside = fmin(fmax(place, 0.0), (double)(total * gains - 1));
    double sum = 0.0;
    for (size_t i = 0; i < total * gains; i++) {
        const double part = fmax(0.0, 1.0 - fabs(inside - (double)i));
        sum += part * exp(fmin(o[i / gains * (first + gains) + first + i % gains], 2.0));
    }
    return sum;
}

/* Samples [T * hop], before gain and limiter. */
static double *direct_vocoder(const struct fixture *f, size_t total)
{
    const size_t hop = f->sizes.hop, n_fft = f->sizes.n_fft, length = total * hop;
    double *const skip = direct_stack(f, total), *const o = direct_head(f, skip, total);
    double *const harmonic = direct_zeros(length), *const noise = direct_zeros(length),
                  *const out = direct_zeros(length), *const hiss = direct_zeros(length);
    const size_t bins = n_fft / 2 + 1, outputs = 3 * bins + f->sizes.voc_envelope;
    direct_sources(f, total, harmonic, noise);
    for (size_t t = 0; t < total; t++) {
        const long start = (long)(t * hop + hop / 2) - (long)(n_fft / 2);
        const double *const row = o + t * outputs;
        direct_frame(out, row, row + bins, harmonic, length, start, n_fft);
        direct_frame(hiss, row + 2 * bins, NULL, noise, length, start, n_fft);
    }
    for (size_t n = 0; n < length; n++) {
        double d = 0.0;
        for (long t = -100; t < (long)total + 100; t++) {
            const long j = (long)n - (t * (long)hop + (long)(hop / 2) - (long)(n_fft / 2));
            const double w = j >= 0 && j < (long)n_fft ? 0.5 - 0.5 * cos(2.0 * PI * (double)j / (double)n_fft) : 0.0;
            d += w * w;
        }
        out[n] = (out[n] + direct_envelope(f, o, total, n) * hiss[n]) / d;
    }
    free(skip);
    free(o);
    free(harmonic);
    free(noise);
    free(hiss);
    return out;
}

static void assert_close(const float *got, const double *expected, size_t n, double limit)
{
    double error = 0.0, power = 1e-30;
    for (size_t i = 0; i < n; i++) {
        error += ((double)got[i] - expected[i]) * ((double)got[i] - expected[i]);
        power += expected[i] * expected[i];
    }
    if (!(error / power <= limit))
        fail_msg("NMSE %g, at most %g expected", error / power, limit);
}

static void test_against_direct_formula(void **state)
{
    const struct fixture *const f = *state;
    static const size_t lengths[] = {1, 2, 5, 24};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        double *const expected = direct_vocoder(f, lengths[i]);
        float *const samples = run_all(f, f->frames, lengths[i], 8);
        /* Between two bytes float and double may choose differently, as in test_acoustic.c. */
        assert_close(samples, expected, lengths[i] * f->sizes.hop, 2e-4);
        free(expected);
        free(samples);
    }
}

/* ---- promises ---- */

static void test_cuts_are_bit_equal(void **state)
{
    const struct fixture *const f = *state;
    static const size_t lengths[] = {0, 1, 3, MOST_FRAMES}, chunks[] = {1, 7, 32, 33};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        float *const whole = run_all(f, f->frames, lengths[i], MOST_FRAMES);
        for (size_t k = 0; k < sizeof chunks / sizeof *chunks; k++) {
            float *const cut = run_all(f, f->frames, lengths[i], chunks[k]);
            assert_memory_equal(cut, whole, lengths[i] * f->sizes.hop * sizeof *cut);
            free(cut);
        }
        free(whole);
    }
}

static void test_odd_shapes(void **state)
{
    (void)state;
    static const struct {
        uint32_t hop, n_fft, envelope, in_kernel, in_ahead, layers, dilations[3], ahead[3];
    } shapes[] = {
        {64, 256, 1, 1, 0, 1, {1}, {0}},
        {101, 512, 101, 3, 2, 2, {64, 3}, {128, 0}},
        {128, 256, 2, 9, 8, 3, {5, 1, 20}, {5, 2, 40}},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct fixture f;
        struct tiny_sizes sizes = tiny_sizes_small();
        sizes.hop = shapes[i].hop;
        sizes.n_fft = shapes[i].n_fft;
        sizes.voc_envelope = shapes[i].envelope;
        sizes.voc_in_kernel = shapes[i].in_kernel;
        sizes.voc_in_ahead = shapes[i].in_ahead;
        sizes.voc_layers = shapes[i].layers;
        memcpy(sizes.voc_dilations, shapes[i].dilations, sizeof shapes[i].dilations);
        memcpy(sizes.voc_ahead, shapes[i].ahead, sizeof shapes[i].ahead);
        open_fixture(&f, sizes);
        void *fixture = &f;
        test_against_direct_formula(&fixture);
        test_cuts_are_bit_equal(&fixture);
        close_fixture(&f);
    }
}

static void test_lookahead_is_as_stated(void **state)
{
    const struct fixture *const f = *state;
    float *const block = malloc(voc_max_samples(f->model, 1) * sizeof *block);
    assert_non_null(block);
    const size_t lookahead = voc_lookahead_frames(f->model);
    voc_reset(f->stream);
    for (size_t t = 0; t < lookahead - 1; t++)
        assert_int_equal(voc_run(f->stream, f->frames + t * f->row, 1, block), 0);
    assert_true(voc_run(f->stream, f->frames, 1, block) > 0);
    free(block);
}

static double autocorrelation(const float *x, size_t n, size_t lag)
{
    double sum = 0.0;
    for (size_t i = 0; i + lag < n; i++)
        sum += (double)x[i] * (double)x[i + lag];
    return sum;
}

/* From the shortest lag between those of 500 and 60 Hz whose autocorrelation comes near the highest: multiples of the
 * period come as near. */
static double measured_f0(const float *x, size_t n, double rate)
{
    const size_t shortest = (size_t)(rate / 500.0), longest = (size_t)(rate / 60.0);
    double highest = 0.0;
    for (size_t lag = shortest; lag < longest; lag++)
        highest = fmax(highest, autocorrelation(x, n, lag));
    size_t lag = shortest;
    while (autocorrelation(x, n, lag) < 0.85 * highest)
        lag++;
    while (autocorrelation(x, n, lag + 1) > autocorrelation(x, n, lag))
        lag++;
    return rate / (double)lag;
}

static void test_pitch_moves_the_source(void **state)
{
    const struct fixture *const f = *state;
    static const double pitches[] = {100.0, 160.0, 250.0};
    for (size_t i = 0; i < sizeof pitches / sizeof *pitches; i++) {
        float *const frames = malloc(MOST_FRAMES * f->row * sizeof *frames);
        assert_non_null(frames);
        for (size_t t = 0; t < MOST_FRAMES; t++) { /* the same mel all the time, voiced */
            memcpy(frames + t * f->row, f->frames, f->row * sizeof *frames);
            frames[t * f->row + f->row - 2] = (float)log(pitches[i]);
            frames[t * f->row + f->row - 1] = 1.0f;
        }
        float *const samples = run_all(f, frames, MOST_FRAMES, 16);
        const double rate = (double)f->sizes.sample_rate;
        const double f0 = measured_f0(samples, MOST_FRAMES * f->sizes.hop, rate);
        if (fabs(rate / f0 - rate / pitches[i]) > 1.0)
            fail_msg("%g Hz measured, %g expected to within a sample of lag", f0, pitches[i]);
        free(frames);
        free(samples);
    }
}

static void test_bad_frames_and_weights(void **state)
{
    const struct fixture *const ordinary = *state;
    static const float scales[] = {1.0f, 1e3f, 1e18f, 3e37f};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        struct fixture f;
        struct tiny_sizes sizes = ordinary->sizes;
        sizes.weight_scale = scales[i];
        open_fixture(&f, sizes);
        for (size_t t = 0; t < MOST_FRAMES; t += 3) {
            f.frames[t * f.row + t % f.row] = t % 2 ? INFINITY : NAN;
            f.frames[t * f.row + f.row - 2] = t % 2 ? NAN : -INFINITY;
            f.frames[t * f.row + f.row - 1] = t % 2 ? -5.0f : 1e30f;
        }
        float *const samples = run_all(&f, f.frames, MOST_FRAMES, 16);
        for (size_t n = 0; n < MOST_FRAMES * sizes.hop; n++)
            assert_true(fabsf(samples[n]) <= 0.89f); /* and so not NaN */
        free(samples);
        close_fixture(&f);
    }
}

static void test_volume(void **state)
{
    const struct fixture *const f = *state;
    float *const plain = run_all(f, f->frames, 20, 8);
    voc_set_volume(f->stream, 0.5f);
    float *const quiet = run_all(f, f->frames, 20, 8);
    voc_set_volume(f->stream, 1.0f);
    for (size_t n = 0; n < 20 * f->sizes.hop; n++)
        if (fabsf(plain[n]) < 0.7f)
            assert_true(quiet[n] == 0.5f * plain[n]);
    free(plain);
    free(quiet);
}

static void test_volume_curve(void **state)
{
    const struct fixture *const f = *state;
    static const struct voc_volume_point points[] = {{100, 0.5f}, {200, 0.25f}, {200, 0.0f}, {300, 0.0f}, {700, 1.0f}};
    static const size_t chunks[] = {1, 7, 20};
    float *const plain = run_all(f, f->frames, 20, 8);
    assert_true(20 * f->sizes.hop > 700);
    for (size_t c = 0; c < sizeof chunks / sizeof *chunks; c++) {
        voc_reset(f->stream);
        voc_set_volume_curve(f->stream, points, sizeof points / sizeof *points);
        float *const shaped = run_on(f, f->frames, 20, chunks[c]);
        for (size_t n = 0; n < 20 * f->sizes.hop; n++) {
            const double factor = n < 100   ? 0.5
                                  : n < 200 ? 0.5 - 0.25 * (double)(n - 100) / 100
                                  : n < 300 ? 0
                                  : n < 700 ? (double)(n - 300) / 400
                                            : 1;
            if (fabsf(plain[n]) < 0.7f)
                assert_true(fabs((double)shaped[n] - factor * (double)plain[n]) < 1e-6);
        }
        free(shaped);
    }
    float *const again = run_all(f, f->frames, 20, 8); /* the curve was for one sentence */
    assert_memory_equal(again, plain, 20 * f->sizes.hop * sizeof *plain);
    free(plain);
    free(again);
}

static void test_limiter(void **state)
{
    (void)state;
    float previous = 0.0f;
    for (int i = 0; i <= 1000; i++) {
        float pair[2] = {0.01f * (float)i, -0.01f * (float)i};
        const float in = pair[0];
        voc_output(pair, 2, 1.0f);
        assert_true(pair[0] == -pair[1]);
        assert_true(pair[0] >= previous && pair[0] - previous <= 0.0101f && pair[0] <= 0.89f);
        if (in <= 0.7f)
            assert_true(pair[0] == in);
        previous = pair[0];
    }
    float odd[3] = {NAN, INFINITY, -INFINITY};
    voc_output(odd, 3, 1.0f);
    assert_true(odd[0] == 0.0f && odd[1] == 0.89f && odd[2] == -0.89f);
}

/* The noise is part of the format: these numbers were computed by another program. */
static void test_noise_numbers(void **state)
{
    const struct fixture *const f = *state;
    struct voc_source source = {0};
    struct base_plan plan = {0};
    voc_source_plan(&source, &plan, f->sizes.sample_rate, 64);
    void *const memory = plan.memory = base_alloc(plan.used, 1);
    assert_non_null(memory);
    plan.used = 0;
    voc_source_plan(&source, &plan, f->sizes.sample_rate, 64);
    voc_source_init(&source);
    float harmonic[64], noise[64];
    assert_int_equal(voc_source_frame(&source, harmonic, noise, 5.0f, 0.0f, nn_kernels()), 32);
    static const double expected[3] = {0.3440127372741699, -0.3485870361328125, -0.3740084171295166};
    for (size_t n = 0; n < 3; n++)
        assert_true(fabs((double)noise[n] - 0.1 * sqrt(3.0) * expected[n]) < 1e-7);
    for (size_t n = 0; n < 32; n++)
        assert_true(harmonic[n] == 0.0f); /* unvoiced */
    base_free(memory);
}

static void test_out_of_memory(void **state)
{
    const struct fixture *const f = *state;
    struct vocoder_model *model = NULL;
    struct vocoder_stream *stream = NULL;
    struct base_error err = {""};
    int status = LINNET_ERR_MEMORY;
    for (long n = 1; status != LINNET_OK; n++) {
        base_alloc_fail_at(n);
        status = voc_bind(&model, f->voice.file, &err);
        base_alloc_fail_at(0);
        assert_true(status == LINNET_OK ? model != NULL && n > 3 : status == LINNET_ERR_MEMORY && model == NULL);
    }
    status = LINNET_ERR_MEMORY;
    for (long n = 1; status != LINNET_OK; n++) {
        base_alloc_fail_at(n);
        status = voc_stream_open(&stream, model, VOC_OWN, &err);
        base_alloc_fail_at(0);
        assert_true(status == LINNET_OK ? stream != NULL && n > 1 : status == LINNET_ERR_MEMORY && stream == NULL);
    }
    float *const block = malloc(voc_max_samples(model, MOST_FRAMES) * sizeof *block);
    assert_non_null(block);
    base_alloc_fail_at(1); /* running allocates nothing */
    const size_t made = voc_run(stream, f->frames, MOST_FRAMES, block);
    base_alloc_fail_at(0);
    assert_true(made > 0);
    free(block);
    voc_stream_close(&stream);
    voc_unbind(&model);
}

/* Griffin-Lim has the whole mel before it starts, so cuts can't matter; what is told apart here is the plumbing. */
static void test_without_a_vocoder(void **state)
{
    const struct fixture *const ordinary = *state;
    struct fixture f;
    struct tiny_sizes sizes = ordinary->sizes;
    sizes.voc_width = 0;
    open_fixture(&f, sizes);
    assert_int_equal(voc_lookahead_frames(f.model), 0);
    free(run_all(&f, f.frames, 0, 8));
    free(run_all(&f, f.frames, 1, 8));
    float *const whole = run_all(&f, f.frames, MOST_FRAMES, MOST_FRAMES), *const cut =
                                                                              run_all(&f, f.frames, MOST_FRAMES, 7);
    assert_memory_equal(whole, cut, MOST_FRAMES * sizes.hop * sizeof *cut);
    double power = 0.0;
    for (size_t n = 0; n < MOST_FRAMES * sizes.hop; n++)
        power += (double)whole[n] * (double)whole[n];
    assert_true(power > 0.0);
    struct vocoder_stream *forced = NULL; /* a voice with a vocoder, heard without it */
    assert_int_equal(voc_stream_open(&forced, ordinary->model, VOC_GRIFFIN_LIM, NULL), LINNET_OK);
    struct fixture swapped = f;
    swapped.model = ordinary->model;
    swapped.stream = forced;
    float *const again = run_all(&swapped, f.frames, MOST_FRAMES, 32);
    assert_memory_equal(whole, again, MOST_FRAMES * sizes.hop * sizeof *again);
    voc_stream_close(&forced);
    free(whole);
    free(cut);
    free(again);
    close_fixture(&f);
}

/* Out of memory in the middle of a sentence: silence of the right length, and said so. */
static void test_griffin_lim_out_of_memory(void **state)
{
    const struct fixture *const ordinary = *state;
    for (long n = 1; n <= 12; n++) {
        struct fixture f = *ordinary;
        assert_int_equal(voc_stream_open(&f.stream, f.model, VOC_GRIFFIN_LIM, NULL), LINNET_OK);
        base_alloc_fail_at(n);
        float *const samples = run_all(&f, f.frames, 20, 8);
        base_alloc_fail_at(0);
        assert_true(n >= 4 || voc_status(f.stream) == LINNET_ERR_MEMORY);
        for (size_t i = 0; i < 20 * f.sizes.hop && n < 4; i++)
            assert_true(samples[i] == 0.0f);
        free(samples);
        voc_stream_close(&f.stream);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_direct_formula),
        cmocka_unit_test(test_cuts_are_bit_equal),
        cmocka_unit_test(test_odd_shapes),
        cmocka_unit_test(test_lookahead_is_as_stated),
        cmocka_unit_test(test_pitch_moves_the_source),
        cmocka_unit_test(test_bad_frames_and_weights),
        cmocka_unit_test(test_volume),
        cmocka_unit_test(test_volume_curve),
        cmocka_unit_test(test_limiter),
        cmocka_unit_test(test_noise_numbers),
        cmocka_unit_test(test_without_a_vocoder),
        cmocka_unit_test(test_griffin_lim_out_of_memory),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
