/* The acoustic model against a direct double-precision rendering of FORMAT.md section 4, and its promises: chunks,
 * controls, edges. */
#include "acoustic/acoustic.h"
#include "acoustic/acoustic_internal.h"
#include "acoustic/fast_speech.h"
#include "acoustic/length_regulator.h"
#include "base/alloc.h"
#include "tests/support/direct8.h"
#include "linnet.h"
#include "tests/support/tiny_voice.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define N_PHONES 40
#define NEUTRAL_STYLE ((struct phone_style){1.0f, 0.0f, 1.0f, 1.0f})
#define NEUTRAL ((struct prosody){.rate = 1.0f, .pitch_semitones = 0.0f, .pitch_range = 1.0f})

struct fixture {
    struct tiny_sizes sizes;
    struct tiny_voice voice;
    struct acoustic_model *model;
    int32_t ids[N_PHONES];
};

static void assert_near(double got, double expected, double limit)
{
    if (!(fabs(got - expected) <= limit))
        fail_msg("%.9g, %.9g is expected to within %g", got, expected, limit);
}

static void open_fixture(struct fixture *f, struct tiny_sizes sizes)
{
    struct base_error err = {""};
    f->sizes = sizes;
    tiny_voice_open(&f->voice, &f->sizes);
    assert_int_equal(am_bind(&f->model, f->voice.file, &err), LINNET_OK);
    for (size_t i = 0; i < N_PHONES; i++)
        f->ids[i] = (int32_t)(i * 7 % sizes.n_phonemes);
}

static void close_fixture(struct fixture *f)
{
    am_unbind(&f->model);
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

static struct acoustic_stream *begin(const struct fixture *f, size_t n, struct prosody prosody)
{
    struct acoustic_stream *stream = NULL;
    assert_int_equal(am_stream_open(&stream, f->model, NULL), LINNET_OK);
    assert_int_equal(am_begin(stream, f->ids, n, &prosody, NULL), LINNET_OK);
    return stream;
}

/* All frames [T, M + 2], decoded in calls of `chunk`; the caller frees. */
static float *decode_all(const struct fixture *f, struct acoustic_stream *stream, size_t chunk)
{
    const size_t row = f->sizes.n_mels + MEL_EXTRA, total = am_prediction(stream)->n_frames;
    float *const frames = calloc(total * row, sizeof *frames);
    assert_non_null(frames);
    size_t done = 0, got;
    while ((got = am_decode(stream, frames + done * row, chunk < total - done ? chunk : total - done)) > 0)
        done += got;
    assert_int_equal(done, total);
    float extra[512];
    assert_true(row <= 512);
    assert_int_equal(am_decode(stream, extra, 1), 0);
    return frames;
}

/* ---- the direct rendering ---- */

static double *direct_tensor(const struct fixture *f, const char *prefix, const char *name, size_t n_dims, size_t d0,
                             size_t d1, size_t d2)
{
    char full[128];
    struct base_error err = {""};
    const size_t dims[3] = {d0, d1, d2};
    const size_t n = d0 * (n_dims > 1 ? d1 : 1) * (n_dims > 2 ? d2 : 1);
    float *const read = malloc(n * sizeof *read);
    double *const wide = malloc(n * sizeof *wide);
    assert_non_null(read);
    assert_non_null(wide);
    snprintf(full, sizeof full, "%s%s", prefix, name);
    if (voice_tensor_read(f->voice.file, full, dims, n_dims, read, &err) != LINNET_OK)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < n; i++)
        wide[i] = (double)read[i];
    free(read);
    return wide;
}

/* y [rows, out] = conv of x [rows, in]; taps 0: linear. What isn't exact is done on bytes. */
static double *direct_conv(const struct fixture *f, const char *prefix, const char *name, const double *input,
                           size_t rows, size_t out, size_t taps, size_t in, bool exact)
{
    char full[64];
    const size_t k_taps = taps ? taps : 1;
    snprintf(full, sizeof full, "%s.weight", name);
    double *const w =
        taps ? direct_tensor(f, prefix, full, 3, out, taps, in) : direct_tensor(f, prefix, full, 2, out, in, 1);
    snprintf(full, sizeof full, "%s.bias", name);
    double *const b = direct_tensor(f, prefix, full, 1, out, 1, 1);
    double *const y = malloc(rows * out * sizeof *y), *const x = malloc(rows * in * sizeof *x);
    assert_non_null(y);
    assert_non_null(x);
    memcpy(x, input, rows * in * sizeof *x);
    if (!exact) {
        direct8_rows(x, rows, in);
        direct8_weights(w, out, k_taps, in);
    }
    for (size_t t = 0; t < rows; t++) {
        for (size_t o = 0; o < out; o++) {
            double sum = b[o];
            for (size_t k = 0; k < k_taps; k++) {
                const long at = (long)t + (long)k - (long)(k_taps - 1) / 2;
                if (at < 0 || at >= (long)rows)
                    continue;
                for (size_t i = 0; i < in; i++)
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

static double *direct_norm(const struct fixture *f, const char *prefix, const char *name, const double *x, size_t rows,
                           size_t n)
{
    char full[64];
    snprintf(full, sizeof full, "%s.weight", name);
    double *const gain = direct_tensor(f, prefix, full, 1, n, 1, 1);
    snprintf(full, sizeof full, "%s.bias", name);
    double *const bias = direct_tensor(f, prefix, full, 1, n, 1, 1);
    double *const y = malloc(rows * n * sizeof *y);
    assert_non_null(y);
    for (size_t r = 0; r < rows; r++) {
        double mean = 0.0, var = 0.0;
        for (size_t i = 0; i < n; i++)
            mean += x[r * n + i] / (double)n;
        for (size_t i = 0; i < n; i++)
            var += (x[r * n + i] - mean) * (x[r * n + i] - mean) / (double)n;
        for (size_t i = 0; i < n; i++)
            y[r * n + i] = (x[r * n + i] - mean) / sqrt(var + 1e-5) * gain[i] + bias[i];
    }
    free(gain);
    free(bias);
    return y;
}

static void add_and_free(double *x, double *update, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] += update[i];
    free(update);
}

static void direct_relu(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] > 0.0 ? x[i] : 0.0;
}

/* One row and head of the attention: j from first to last, bias rel[clip(j - i, low, high) - low]. */
static void direct_attend(double *out, const double *qkv, size_t i, size_t first, size_t last, size_t c, size_t head,
                          size_t h, const double *rel, long low, long high)
{
    double scores[1024], sum = 0.0;
    assert_true(last - first < 1024);
    for (size_t j = first; j <= last; j++) {
        double s = 0.0;
        for (size_t k = 0; k < head; k++)
            s += qkv[i * 3 * c + h * head + k] * qkv[j * 3 * c + c + h * head + k];
        long offset = (long)j - (long)i;
        offset = offset < low ? low : offset > high ? high : offset;
        scores[j - first] = exp(s / sqrt((double)head) + rel[offset - low]);
        sum += scores[j - first];
    }
    for (size_t k = 0; k < head; k++) {
        out[k] = 0.0;
        for (size_t j = first; j <= last; j++)
            out[k] += scores[j - first] / sum * qkv[j * 3 * c + 2 * c + h * head + k];
    }
}

/* x [n, C] through block `prefix`; back < 0: the encoder's attention over everything. */
static void direct_block(const struct fixture *f, const char *prefix, double *x, size_t n, long back, long ahead)
{
    const size_t c = f->sizes.hidden, heads = f->sizes.heads, head = c / heads;
    const long low = back < 0 ? -(long)f->sizes.reach : -back, high = back < 0 ? (long)f->sizes.reach : ahead;
    const size_t positions = (size_t)(high - low + 1);
    double *const rel = direct_tensor(f, prefix, "rel.weight", 2, heads, positions, 1);
    double *const a = direct_norm(f, prefix, "ln1", x, n, c);
    double *const qkv = direct_conv(f, prefix, "qkv", a, n, 3 * c, 0, c, false);
    double *const attended = malloc(n * c * sizeof *attended);
    assert_non_null(attended);
    for (size_t i = 0; i < n; i++) {
        const size_t first = back < 0 || (long)i < back ? 0 : i - (size_t)back;
        const size_t last = back < 0 || i + (size_t)ahead >= n ? n - 1 : i + (size_t)ahead;
        for (size_t h = 0; h < heads; h++)
            direct_attend(attended + i * c + h * head, qkv, i, first, last, c, head, h, rel + h * positions, low, high);
    }
    add_and_free(x, direct_conv(f, prefix, "proj", attended, n, c, 0, c, false), n * c);
    double *const b = direct_norm(f, prefix, "ln2", x, n, c);
    double *const hidden = direct_conv(f, prefix, "ff1", b, n, f->sizes.filter, f->sizes.kernel, c, false);
    direct_relu(hidden, n * f->sizes.filter);
    add_and_free(x, direct_conv(f, prefix, "ff2", hidden, n, c, 0, f->sizes.filter, false), n * c);
    free(rel);
    free(a);
    free(qkv);
    free(attended);
    free(b);
    free(hidden);
}

static double *direct_encoder(const struct fixture *f, size_t n)
{
    const size_t c = f->sizes.hidden;
    double *const emb = direct_tensor(f, "", "emb.weight", 2, f->sizes.n_phonemes, c, 1);
    double *const x = malloc(n * c * sizeof *x);
    assert_non_null(x);
    for (size_t i = 0; i < n; i++)
        memcpy(x + i * c, emb + (size_t)f->ids[i] * c, c * sizeof *x);
    free(emb);
    for (uint32_t i = 0; i < f->sizes.encoder_layers; i++) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, "enc.%u.", (unsigned)i);
        direct_block(f, prefix, x, n, -1, 0);
    }
    double *const h = direct_norm(f, "enc.", "ln", x, n, c);
    free(x);
    return h;
}

static double *direct_predictor(const struct fixture *f, const char *prefix, const double *h, size_t n)
{
    const size_t c = f->sizes.hidden, p = f->sizes.predictor;
    double *a = direct_conv(f, prefix, "conv0", h, n, p, 3, c, false);
    direct_relu(a, n * p);
    double *b = direct_norm(f, prefix, "ln0", a, n, p);
    free(a);
    a = direct_conv(f, prefix, "conv1", b, n, p, 3, p, false);
    free(b);
    direct_relu(a, n * p);
    b = direct_norm(f, prefix, "ln1", a, n, p);
    free(a);
    double *const y = direct_conv(f, prefix, "out", b, n, 1, 0, p, true);
    free(b);
    return y;
}

/* h [n, C] with embeddings added, and the durations -> raw decoder output [T, M + 2]. */
static double *direct_decoder(const struct fixture *f, const double *h, const int32_t *durations, size_t n,
                              size_t total)
{
    const size_t c = f->sizes.hidden;
    double *const pos = direct_tensor(f, "", "pos.weight", 2, c, 2, 1);
    double *const x = malloc(total * c * sizeof *x);
    assert_non_null(x);
    size_t t = 0;
    for (size_t i = 0; i < n; i++)
        for (int32_t k = 0; k < durations[i]; k++, t++)
            for (size_t j = 0; j < c; j++)
                x[t * c + j] = h[i * c + j] + pos[2 * j] * ((double)k + 0.5) / (double)durations[i] +
                               pos[2 * j + 1] * log((double)durations[i]);
    assert_int_equal(t, total);
    for (uint32_t i = 0; i < f->sizes.decoder_layers; i++) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, "dec.%u.", (unsigned)i);
        direct_block(f, prefix, x, total, (long)f->sizes.back, (long)f->sizes.ahead);
    }
    double *const normed = direct_norm(f, "dec.", "ln", x, total, c);
    double *const y = direct_conv(f, "dec.", "out", normed, total, f->sizes.n_mels + 2, 0, c, false);
    free(pos);
    free(x);
    free(normed);
    return y;
}

static void assert_close(const float *got, const double *expected, size_t n, double limit, const char *what)
{
    double error = 0.0, power = 1e-30;
    for (size_t i = 0; i < n; i++) {
        error += ((double)got[i] - expected[i]) * ((double)got[i] - expected[i]);
        power += expected[i] * expected[i];
    }
    if (!(error / power <= limit))
        fail_msg("%s: NMSE %g, at most %g expected", what, error / power, limit);
}

/* Between two bytes float and double may choose differently; where that happened, in the small networks of these tests,
 * it made an error of up to 4e-4, in durations, which are exponentials. */
#define BYTES_LIMIT 8e-4

static void test_against_direct_formula(void **state)
{
    const struct fixture *const f = *state;
    const size_t n = N_PHONES, c = f->sizes.hidden, row = f->sizes.n_mels + 2;
    struct acoustic_stream *stream = begin(f, n, NEUTRAL);
    const struct am_inner inner = am_inspect(stream);
    double *const h = direct_encoder(f, n);
    assert_close(inner.encoded, h, n * c, BYTES_LIMIT, "encoder");

    double *const dur = direct_predictor(f, "dur.", h, n);
    for (size_t i = 0; i < n; i++)
        dur[i] = fmin(fmax(exp(dur[i]), 0.5), 200.0);
    double *const pitch = direct_predictor(f, "pitch.", h, n), *const energy = direct_predictor(f, "energy.", h, n);
    assert_close(inner.durations, dur, n, BYTES_LIMIT, "durations");
    assert_close(inner.pitch, pitch, n, BYTES_LIMIT, "pitch");
    for (size_t i = 0; i < n; i++)
        energy[i] = energy[i] > 0.5 ? 0.5 + 1.75 * (energy[i] - 0.5) : energy[i];
    assert_close(inner.energy, energy, n, BYTES_LIMIT, "energy");

    add_and_free(h, direct_conv(f, "pitch.", "emb", pitch, n, c, 3, 1, true), n * c);
    add_and_free(h, direct_conv(f, "energy.", "emb", energy, n, c, 3, 1, true), n * c);
    const size_t total = am_prediction(stream)->n_frames;
    assert_true(total > 64); /* more than two tiles, or the streaming isn't exercised */
    double *const y = direct_decoder(f, h, am_prediction(stream)->dur_frames, n, total);
    for (size_t t = 0; t < total; t++) {
        y[t * row + row - 2] = y[t * row + row - 2] * (double)0.25f + (double)5.2f;
        y[t * row + row - 1] = 1.0 / (1.0 + exp(-y[t * row + row - 1]));
    }
    float *const frames = decode_all(f, stream, 8);
    assert_close(frames, y, total * row, BYTES_LIMIT, "frames");
    free(frames);
    free(h);
    free(dur);
    free(pitch);
    free(energy);
    free(y);
    am_stream_close(&stream);
}

/* ---- promises ---- */

static void test_chunks_are_bit_equal(void **state)
{
    const struct fixture *const f = *state;
    static const size_t chunks[] = {1, 7, 32, 33};
    struct acoustic_stream *stream = begin(f, N_PHONES, NEUTRAL);
    const size_t total = am_prediction(stream)->n_frames, bytes = total * (f->sizes.n_mels + MEL_EXTRA) * sizeof(float);
    float *const whole = decode_all(f, stream, total);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        assert_int_equal(am_begin(stream, f->ids, N_PHONES, &NEUTRAL, NULL), LINNET_OK);
        float *const cut = decode_all(f, stream, chunks[i]);
        assert_memory_equal(cut, whole, bytes);
        free(cut);
    }
    free(whole);
    am_stream_close(&stream);
}

static void test_stream_can_be_used_again(void **state)
{
    const struct fixture *const f = *state;
    struct acoustic_stream *fresh = begin(f, N_PHONES, NEUTRAL);
    float *const expected = decode_all(f, fresh, 16);
    struct acoustic_stream *used = begin(f, 3, NEUTRAL);
    float first[64];
    assert_int_equal(am_decode(used, first, 1), 1); /* left in the middle */
    assert_int_equal(am_begin(used, f->ids, N_PHONES, &NEUTRAL, NULL), LINNET_OK);
    float *const frames = decode_all(f, used, 16);
    assert_memory_equal(frames, expected,
                        am_prediction(used)->n_frames * (f->sizes.n_mels + MEL_EXTRA) * sizeof(float));
    free(expected);
    free(frames);
    am_stream_close(&fresh);
    am_stream_close(&used);
}

static void test_pitch_controls_leave_the_mel(void **state)
{
    const struct fixture *const f = *state;
    const size_t mels = f->sizes.n_mels, row = mels + MEL_EXTRA;
    const struct prosody bent = {.rate = 1.0f, .pitch_semitones = 12.0f, .pitch_range = 0.5f};
    struct acoustic_stream *plain_stream = begin(f, N_PHONES, NEUTRAL), *bent_stream = begin(f, N_PHONES, bent);
    const struct phone_prediction *const p = am_prediction(plain_stream), *const q = am_prediction(bent_stream);
    assert_int_equal(p->n_frames, q->n_frames);
    for (size_t i = 0; i < N_PHONES; i++) {
        const double expected = 5.2 + 0.5 * (log((double)p->pitch_hz[i]) - 5.2) + log(2.0);
        assert_near(log((double)q->pitch_hz[i]), expected, 1e-5);
    }
    float *const a = decode_all(f, plain_stream, 16), *const b = decode_all(f, bent_stream, 16);
    for (size_t t = 0; t < p->n_frames; t++) {
        assert_memory_equal(a + t * row, b + t * row, mels * sizeof(float));
        assert_near((double)b[t * row + mels], 5.2 + 0.5 * ((double)a[t * row + mels] - 5.2) + log(2.0), 1e-5);
        assert_memory_equal(a + t * row + mels + 1, b + t * row + mels + 1, sizeof(float));
    }
    free(a);
    free(b);
    am_stream_close(&plain_stream);
    am_stream_close(&bent_stream);
}

#define STYLE(rate, semitones, range) ((struct phone_style){rate, semitones, range, 1.0f})

/* Pitch of a phoneme's style moves its frames, and nothing else. */
static void test_phonemes_can_be_raised(void **state)
{
    const struct fixture *const f = *state;
    const size_t mels = f->sizes.n_mels, row = mels + MEL_EXTRA;
    struct phone_style styles[N_PHONES];
    for (size_t i = 0; i < N_PHONES; i++)
        styles[i] = STYLE(1.0f, 0.0f, 1.0f);
    styles[3] = STYLE(1.0f, 6.0f, 1.0f);
    styles[4] = STYLE(1.0f, -3.0f, 0.25f);
    struct prosody raised = NEUTRAL;
    raised.styles = styles;
    struct acoustic_stream *plain_stream = begin(f, N_PHONES, NEUTRAL), *raised_stream = begin(f, N_PHONES, raised);
    const struct phone_prediction *const p = am_prediction(plain_stream), *const q = am_prediction(raised_stream);
    float *const a = decode_all(f, plain_stream, 16), *const b = decode_all(f, raised_stream, 3);
    size_t t = 0;
    for (size_t i = 0; i < N_PHONES; i++) {
        const double shift = (double)styles[i].semitones * log(2.0) / 12.0, range = (double)styles[i].range;
        assert_near(log((double)q->pitch_hz[i]), 5.2 + range * (log((double)p->pitch_hz[i]) - 5.2) + shift, 1e-5);
        assert_int_equal(p->dur_frames[i], q->dur_frames[i]);
        for (int32_t k = 0; k < p->dur_frames[i]; k++, t++) {
            assert_memory_equal(a + t * row, b + t * row, mels * sizeof(float));
            assert_near((double)b[t * row + mels], 5.2 + range * ((double)a[t * row + mels] - 5.2) + shift, 1e-5);
        }
    }
    assert_int_equal(t, p->n_frames);
    styles[5].semitones = NAN;
    assert_int_equal(am_begin(raised_stream, f->ids, N_PHONES, &raised, NULL), LINNET_ERR_ARGUMENT);
    free(a);
    free(b);
    am_stream_close(&plain_stream);
    am_stream_close(&raised_stream);
}

/* The rate of a phoneme's style is that of its duration; all else is predicted as without. */
static void test_phonemes_can_be_slowed(void **state)
{
    const struct fixture *const f = *state;
    struct phone_style styles[N_PHONES];
    for (size_t i = 0; i < N_PHONES; i++)
        styles[i] = STYLE(i >= 10 && i < 20 ? 0.25f : 1.0f, 0.0f, 1.0f);
    struct prosody slowed = NEUTRAL;
    slowed.styles = styles;
    struct acoustic_stream *plain_stream = begin(f, N_PHONES, NEUTRAL), *slow_stream = begin(f, N_PHONES, slowed);
    const struct am_inner p = am_inspect(plain_stream), q = am_inspect(slow_stream);
    for (size_t i = 0; i < N_PHONES; i++) {
        assert_near((double)q.durations[i], (double)(p.durations[i] / styles[i].rate), 1e-4);
        assert_near((double)q.pitch[i], (double)p.pitch[i], 1e-6);
    }
    styles[3].rate = 0.0f;
    assert_int_equal(am_begin(slow_stream, f->ids, N_PHONES, &slowed, NULL), LINNET_ERR_ARGUMENT);
    am_stream_close(&plain_stream);
    am_stream_close(&slow_stream);
}

static void test_given_prosody_is_used(void **state)
{
    const struct fixture *const f = *state;
    int32_t durations[5] = {2, 0, 7, 1, 3};
    float pitch_hz[5] = {100.0f, 150.0f, 200.0f, 250.0f, 120.0f}, energy[5] = {-4.0f, -3.0f, -2.0f, -5.5f, -4.0f};
    struct acoustic_stream *stream = NULL;
    assert_int_equal(am_stream_open(&stream, f->model, NULL), LINNET_OK);
    assert_int_equal(am_begin_with(stream, f->ids, 5, &NEUTRAL, durations, pitch_hz, energy, NULL), LINNET_OK);
    const struct phone_prediction *const p = am_prediction(stream);
    const struct am_inner inner = am_inspect(stream);
    assert_int_equal(p->n_frames, 13);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(p->dur_frames[i], durations[i]);
        assert_near((double)p->pitch_hz[i], (double)pitch_hz[i], 1e-2);
        assert_near((double)inner.pitch[i], (log((double)pitch_hz[i]) - 5.2) / 0.25, 1e-4);
        assert_near((double)inner.energy[i], ((double)energy[i] + 4.0) / 1.5, 1e-5);
    }
    const int32_t nothing[5] = {0};
    assert_int_equal(am_begin_with(stream, f->ids, 5, &NEUTRAL, nothing, NULL, NULL, NULL), LINNET_OK);
    assert_int_equal(am_prediction(stream)->n_frames, 1);
    free(decode_all(f, stream, 8));
    am_stream_close(&stream);
}

static void test_rejects_bad_arguments(void **state)
{
    const struct fixture *const f = *state;
    struct base_error err = {""};
    struct acoustic_stream *stream = NULL;
    struct prosody prosody = NEUTRAL;
    float out[64];
    assert_int_equal(am_stream_open(&stream, f->model, NULL), LINNET_OK);
    assert_int_equal(am_decode(stream, out, 1), 0); /* nothing begun */
    const int32_t too_high[2] = {0, (int32_t)f->sizes.n_phonemes}, negative[2] = {0, -1}, minus[2] = {1, -5};
    const float no_pitch[2] = {100.0f, NAN};
    assert_int_equal(am_begin(stream, f->ids, 0, &prosody, &err), LINNET_ERR_ARGUMENT);
    assert_int_equal(am_begin(stream, f->ids, 1000000, &prosody, &err), LINNET_ERR_ARGUMENT);
    assert_int_equal(am_begin(stream, too_high, 2, &prosody, &err), LINNET_ERR_ARGUMENT);
    assert_non_null(strstr(err.text, "12"));
    assert_int_equal(am_begin(stream, negative, 2, &prosody, &err), LINNET_ERR_ARGUMENT);
    assert_int_equal(am_begin_with(stream, f->ids, 2, &prosody, minus, NULL, NULL, &err), LINNET_ERR_ARGUMENT);
    assert_int_equal(am_begin_with(stream, f->ids, 2, &prosody, NULL, no_pitch, NULL, &err), LINNET_ERR_ARGUMENT);
    prosody.rate = 0.0f;
    assert_int_equal(am_begin(stream, f->ids, 2, &prosody, &err), LINNET_ERR_ARGUMENT);
    prosody.rate = NAN;
    assert_int_equal(am_begin(stream, f->ids, 2, &prosody, &err), LINNET_ERR_ARGUMENT);
    assert_int_equal(am_decode(stream, out, 1), 0);
    am_stream_close(&stream);
    am_stream_close(&stream);
}

/* Weights that overflow: whatever the numbers, it ends, and frames are finite. */
static void test_cancel_stops_the_encoder(void **state)
{
    const struct fixture *const f = *state;
    struct base_error err = {""};
    struct acoustic_stream *stream = NULL;
    atomic_bool cancel = true;
    float out[64];
    assert_int_equal(am_stream_open(&stream, f->model, NULL), LINNET_OK);
    am_watch(stream, &cancel);
    assert_int_equal(am_begin(stream, f->ids, N_PHONES, &NEUTRAL, &err), LINNET_CANCELLED);
    assert_int_equal(am_decode(stream, out, 1), 0);
    cancel = false;
    assert_int_equal(am_begin(stream, f->ids, N_PHONES, &NEUTRAL, &err), LINNET_OK);
    cancel = true;
    am_watch(stream, NULL);
    assert_int_equal(am_begin(stream, f->ids, N_PHONES, &NEUTRAL, &err), LINNET_OK);
    am_stream_close(&stream);
}

static void test_hostile_weights(void **state)
{
    (void)state;
    static const float scales[] = {1e3f, 1e18f, 3e37f};
    for (size_t k = 0; k < sizeof scales / sizeof *scales; k++) {
        struct fixture f;
        struct tiny_sizes sizes = tiny_sizes_small();
        sizes.weight_scale = scales[k];
        open_fixture(&f, sizes);
        struct acoustic_stream *stream = begin(&f, N_PHONES, NEUTRAL);
        const size_t numbers = am_prediction(stream)->n_frames * (sizes.n_mels + MEL_EXTRA);
        float *const frames = decode_all(&f, stream, 16);
        for (size_t i = 0; i < numbers; i++)
            assert_true(isfinite(frames[i]));
        for (size_t i = 0; i < N_PHONES; i++)
            assert_true(isfinite(am_prediction(stream)->pitch_hz[i]));
        free(frames);
        am_stream_close(&stream);
        close_fixture(&f);
    }
}

/* Bands and kernels at their edges: no look-ahead, no past, one tap, one layer, one head. */
static void test_odd_shapes(void **state)
{
    (void)state;
    static const uint32_t shapes[][5] = {
        /* back, ahead, kernel, layers, heads */
        {0, 0, 1, 1, 1},
        {0, 9, 5, 3, 4},
        {40, 0, 3, 2, 2},
        {3, 50, 9, 2, 1},
    };
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        struct fixture f;
        struct tiny_sizes sizes = tiny_sizes_small();
        sizes.back = shapes[k][0];
        sizes.ahead = shapes[k][1];
        sizes.kernel = shapes[k][2];
        sizes.decoder_layers = shapes[k][3];
        sizes.heads = shapes[k][4];
        open_fixture(&f, sizes);
        void *fixture = &f;
        test_against_direct_formula(&fixture);
        test_chunks_are_bit_equal(&fixture);
        close_fixture(&f);
    }
}

static void test_one_phoneme(void **state)
{
    const struct fixture *const f = *state;
    struct acoustic_stream *stream = begin(f, 1, (struct prosody){.rate = 6.0f, .pitch_range = 1.0f});
    assert_true(am_prediction(stream)->n_frames >= 1);
    free(decode_all(f, stream, 8));
    am_stream_close(&stream);
}

static void test_out_of_memory(void **state)
{
    const struct fixture *const f = *state;
    struct acoustic_model *model = NULL;
    struct acoustic_stream *stream = NULL;
    struct base_error err = {""};
    for (long n = 1; n <= 3; n++) {
        base_alloc_fail_at(n);
        const int status = am_bind(&model, f->voice.file, &err);
        base_alloc_fail_at(0);
        assert_int_equal(status, LINNET_ERR_MEMORY);
        assert_null(model);
    }
    for (long n = 1; n <= 2; n++) {
        base_alloc_fail_at(n);
        const int status = am_stream_open(&stream, f->model, &err);
        base_alloc_fail_at(0);
        assert_int_equal(status, LINNET_ERR_MEMORY);
        assert_null(stream);
    }
    assert_int_equal(am_stream_open(&stream, f->model, &err), LINNET_OK);
    base_alloc_fail_at(1);
    const int status = am_begin(stream, f->ids, N_PHONES, &NEUTRAL, &err);
    base_alloc_fail_at(0);
    assert_int_equal(status, LINNET_ERR_MEMORY);
    assert_int_equal(am_begin(stream, f->ids, N_PHONES, &NEUTRAL, &err), LINNET_OK);
    free(decode_all(f, stream, 8));
    am_stream_close(&stream);
}

/* ---- fast speech ---- */

#define FRAME_SECONDS 0.0125f

/* A stop, short and long vowels, a pause; speeds from hardly fast to the fastest. */
static void test_hurry_shortens_what_is_long(void **state)
{
    (void)state;
    enum { T, SHORT, LONG, FINAL, PAUSE, N };
    static const float usual[N] = {4.0f, 4.0f, 8.0f, 24.0f, 24.0f};
    static const float speeds[] = {1.001f, 1.2f, 1.7f, 2.0f, 3.0f, 6.0f};
    const float weights[N] = {am_fast_weight("t"), am_fast_weight("ɪ"), 1.0f, 1.0f, am_fast_weight(",")};
    const int32_t ids[N] = {T, SHORT, LONG, FINAL, PAUSE};
    const struct phone_style styles[N] = {NEUTRAL_STYLE, NEUTRAL_STYLE, NEUTRAL_STYLE, NEUTRAL_STYLE, NEUTRAL_STYLE};
    float ratio = usual[FINAL] / usual[SHORT];
    for (size_t k = 0; k < sizeof speeds / sizeof *speeds; k++) {
        float d[N], total = 0.0f;
        memcpy(d, usual, sizeof d);
        am_hurry(d, ids, styles, N, weights, speeds[k], FRAME_SECONDS);
        for (size_t i = 0; i < N; i++)
            total += d[i];
        assert_near((double)total, 64.0, 1e-3);
        assert_true(d[FINAL] / d[SHORT] < ratio);              /* ever more at higher speed */
        assert_true(d[SHORT] < d[LONG] && d[LONG] < d[FINAL]); /* the order stays */
        assert_true(d[T] > d[SHORT] && d[PAUSE] > d[FINAL]);
        assert_true(d[SHORT] >= usual[SHORT]);
        ratio = d[FINAL] / d[SHORT];
    }
}

/* What is slow because markup wants it so stays slow: no sound is long by that. */
static void test_hurry_keeps_what_markup_slows(void **state)
{
    (void)state;
    const float weights[1] = {1.0f};
    const int32_t ids[2] = {0, 0};
    struct phone_style styles[2] = {NEUTRAL_STYLE, NEUTRAL_STYLE};
    float d[2] = {5.0f, 20.0f};
    styles[1].rate = 0.25f;
    am_hurry(d, ids, styles, 2, weights, 4.0f, FRAME_SECONDS);
    assert_near((double)d[0], 5.0, 1e-4);
    assert_near((double)d[1], 20.0, 1e-4);
}

/* ---- length regulator ---- */

static void test_rounding_does_not_drift(void **state)
{
    (void)state;
    float durations[1000];
    int32_t frames[1000];
    uint32_t random = 1;
    static const float rates[] = {0.25f, 0.7f, 1.0f, 2.3f, 6.0f};
    for (size_t i = 0; i < 1000; i++)
        durations[i] = 0.5f + 5.0f * fabsf(tiny_random(&random));
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++) {
        const size_t total = am_round_durations(frames, durations, 1000, rates[k]);
        double exact = 0.0;
        size_t sum = 0;
        for (size_t i = 0; i < 1000; i++) {
            exact += (double)durations[i] / (double)rates[k];
            assert_true(frames[i] >= 0);
            sum += (size_t)frames[i];
            assert_true(fabs((double)sum - exact) <= 0.5 + 1e-6);
        }
        assert_int_equal(sum, total);
    }
}

static void test_a_sentence_has_a_frame(void **state)
{
    (void)state;
    const float durations[2] = {0.5f, 0.5f};
    int32_t frames[2];
    assert_int_equal(am_round_durations(frames, durations, 2, 6.0f), 1);
    assert_int_equal(frames[0] + frames[1], 1);
}

static void test_regulated_rows(void **state)
{
    (void)state;
    const int32_t durations[4] = {0, 3, 0, 2};
    const float h[4] = {10.0f, 20.0f, 30.0f, 40.0f}, pos[2] = {1.0f, 100.0f};
    float x[5];
    struct am_cursor cursor = {0};
    am_regulate(x, 2, &cursor, durations, h, pos, 1);
    am_regulate(x + 2, 3, &cursor, durations, h, pos, 1);
    for (int i = 0; i < 3; i++)
        assert_near((double)x[i], 20.0 + (i + 0.5) / 3.0 + 100.0 * log(3.0), 1e-4);
    for (int i = 0; i < 2; i++)
        assert_near((double)x[3 + i], 40.0 + (i + 0.5) / 2.0 + 100.0 * log(2.0), 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_direct_formula),
        cmocka_unit_test(test_chunks_are_bit_equal),
        cmocka_unit_test(test_stream_can_be_used_again),
        cmocka_unit_test(test_pitch_controls_leave_the_mel),
        cmocka_unit_test(test_phonemes_can_be_raised),
        cmocka_unit_test(test_phonemes_can_be_slowed),
        cmocka_unit_test(test_given_prosody_is_used),
        cmocka_unit_test(test_rejects_bad_arguments),
        cmocka_unit_test(test_hostile_weights),
        cmocka_unit_test(test_odd_shapes),
        cmocka_unit_test(test_one_phoneme),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_hurry_shortens_what_is_long),
        cmocka_unit_test(test_hurry_keeps_what_markup_slows),
        cmocka_unit_test(test_rounding_does_not_drift),
        cmocka_unit_test(test_cancel_stops_the_encoder),
        cmocka_unit_test(test_a_sentence_has_a_frame),
        cmocka_unit_test(test_regulated_rows),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
