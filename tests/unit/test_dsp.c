/* FFT, mel analysis, Griffin-Lim and F0 against direct sums, values worked out by hand, and signals whose answer is
 * known. */
#include "base/alloc.h"
#include "dsp/f0.h"
#include "dsp/griffin_lim.h"
#include "dsp/melbank.h"
#include "dsp/stft.h"
#include "linnet.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PI 3.14159265358979323846

static const struct dsp_mel_settings settings = {
    .sample_rate = 24000, .hop = 300, .n_fft = 1024, .n_mels = 80, .fmin = 0.0f, .fmax = 12000.0f, .floor = 1e-5f};

static float noise(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (float)(*seed >> 8) / 8388608.0f - 1.0f;
}

static float *new_floats(size_t n)
{
    float *const block = base_alloc(n, sizeof *block);
    assert_non_null(block);
    return block;
}

/* ---- FFT ---- */

static double snr_db(double signal, double error)
{
    return 10.0 * log10(signal / (error + 1e-300));
}

/* A direct sum in double precision of the plan's samples, compared with its bins. */
static double forward_snr(const float *samples, const float *bins, size_t n)
{
    double signal = 0.0, error = 0.0;
    for (size_t k = 0; k <= n / 2; k++) {
        double re = 0.0, im = 0.0;
        for (size_t j = 0; j < n; j++) {
            const double angle = -2.0 * PI * (double)(j * k % n) / (double)n;
            re += (double)samples[j] * cos(angle);
            im += (double)samples[j] * sin(angle);
        }
        signal += re * re + im * im;
        error += (re - (double)bins[2 * k]) * (re - (double)bins[2 * k]);
        error += (im - (double)bins[2 * k + 1]) * (im - (double)bins[2 * k + 1]);
    }
    return snr_db(signal, error);
}

static void fft_equals_direct_sum(void **state)
{
    (void)state;
    static const size_t sizes[] = {2, 6, 256, 600, 1024};
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const size_t n = sizes[i];
        struct dsp_fft *fft;
        assert_int_equal(dsp_fft_open(&fft, n), LINNET_OK);
        float *const samples = dsp_fft_samples(fft), *const copy = new_floats(n);
        assert_int_equal((uintptr_t)samples % 64, 0);
        assert_int_equal((uintptr_t)dsp_fft_bins(fft) % 64, 0);
        for (size_t j = 0; j < n; j++)
            copy[j] = samples[j] = noise(&seed);
        dsp_fft_forward(fft);
        assert_memory_equal(samples, copy, n * sizeof *copy);
        const double snr = forward_snr(copy, dsp_fft_bins(fft), n);
        if (snr < 100.0)
            fail_msg("n=%zu: forward SNR %g dB", n, snr);
        double error = 0.0, signal = 0.0;
        memset(samples, 0, n * sizeof *samples);
        dsp_fft_inverse(fft);
        for (size_t j = 0; j < n; j++) {
            error += ((double)samples[j] - (double)copy[j]) * ((double)samples[j] - (double)copy[j]);
            signal += (double)copy[j] * (double)copy[j];
        }
        if (snr_db(signal, error) < 100.0)
            fail_msg("n=%zu: there and back SNR %g dB", n, snr_db(signal, error));
        base_free(copy);
        dsp_fft_close(&fft);
        assert_null(fft);
    }
}

static void fft_ignores_imaginary_ends(void **state)
{
    (void)state;
    struct dsp_fft *fft;
    assert_int_equal(dsp_fft_open(&fft, 8), LINNET_OK);
    float *const bins = dsp_fft_bins(fft);
    bins[0] = 8.0f;
    bins[1] = 5.0f;
    bins[9] = -7.0f;
    dsp_fft_inverse(fft);
    for (size_t j = 0; j < 8; j++)
        assert_true(fabsf(dsp_fft_samples(fft)[j] - 1.0f) < 1e-6f);
    dsp_fft_close(&fft);
}

static void fft_refuses_sizes(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 7, 65538};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct dsp_fft *fft;
        assert_int_equal(dsp_fft_open(&fft, sizes[i]), LINNET_ERR_ARGUMENT);
        assert_null(fft);
    }
    dsp_fft_close(NULL);
}

static void cuts_frames_with_zeros_outside(void **state)
{
    (void)state;
    const float signal[3] = {1.0f, 2.0f, 3.0f};
    float window[4], frame[4];
    dsp_hann(window, 4);
    assert_true(window[0] == 0.0f && fabsf(window[1] - 0.5f) < 1e-7f && window[2] == 1.0f &&
                fabsf(window[3] - 0.5f) < 1e-7f);
    dsp_frame_cut(frame, signal, 3, -2, window, 4);
    assert_true(frame[0] == 0.0f && frame[1] == 0.0f && frame[2] == 1.0f && fabsf(frame[3] - 1.0f) < 1e-6f);
    dsp_frame_cut(frame, signal, 3, 1, window, 4);
    assert_true(frame[0] == 0.0f && fabsf(frame[1] - 1.5f) < 1e-6f && frame[2] == 0.0f && frame[3] == 0.0f);
}

/* ---- mel ---- */

static float bank_weight(const struct dsp_melbank *bank, size_t m, size_t k)
{
    const bool inside = k >= bank->first[m] && k < bank->first[m] + bank->count[m];
    return inside ? bank->weights[bank->start[m] + k - bank->first[m]] : 0.0f;
}

/* fmin 0, fmax 1000 and 4 filters: corners at 0, 200, 400, 600, 800, 1000 Hz (the scale is linear there); bins of 50
 * Hz. A filter of 400 Hz width has height 2/400 = 0.005. */
static void bank_has_hand_values_below_1_khz(void **state)
{
    (void)state;
    const struct dsp_mel_settings s = {
        .sample_rate = 3200, .hop = 16, .n_fft = 64, .n_mels = 4, .fmin = 0.0f, .fmax = 1000.0f, .floor = 1e-5f};
    static const struct {
        size_t m, k;
        float weight;
    } cases[] = {{0, 0, 0.0f}, {0, 1, 0.00125f}, {0, 4, 0.005f},    {0, 6, 0.0025f}, {0, 8, 0.0f},
                 {1, 4, 0.0f}, {1, 8, 0.005f},   {3, 15, 0.00375f}, {3, 16, 0.005f}, {3, 20, 0.0f}};
    struct dsp_melbank *bank;
    assert_int_equal(dsp_melbank_open(&bank, &s), LINNET_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (fabsf(bank_weight(bank, cases[i].m, cases[i].k) - cases[i].weight) > 1e-7f)
            fail_msg("filter %zu at bin %zu: %g, expected %g", cases[i].m, cases[i].k,
                     (double)bank_weight(bank, cases[i].m, cases[i].k), (double)cases[i].weight);
    dsp_melbank_close(&bank);
}

/* fmin 1000, fmax 6400 and 2 filters: 27 mels in three equal steps make corners 1000 * 6.4^(i/3), i.e. 1000, 1856.6,
 * 3447.1, 6400 Hz. At 2000 Hz the first filter falls: (3447.1 - 2000) / (3447.1 - 1856.6) * 2 / (3447.1 - 1000)
 * = 7.4363e-4. */
static void bank_has_hand_values_above_1_khz(void **state)
{
    (void)state;
    const struct dsp_mel_settings s = {
        .sample_rate = 12800, .hop = 32, .n_fft = 128, .n_mels = 2, .fmin = 1000.0f, .fmax = 6400.0f, .floor = 1e-5f};
    struct dsp_melbank *bank;
    assert_int_equal(dsp_melbank_open(&bank, &s), LINNET_OK);
    assert_true(fabsf(bank_weight(bank, 0, 20) - 7.4363e-4f) < 1e-7f);
    assert_true(bank_weight(bank, 0, 10) == 0.0f && bank_weight(bank, 0, 35) == 0.0f &&
                bank_weight(bank, 1, 64) < 1e-9f);
    dsp_melbank_close(&bank);
}

/* <W x, m> = <x, W' m> for random x and m. */
static void bank_spread_is_transposed(void **state)
{
    (void)state;
    struct dsp_melbank *bank;
    assert_int_equal(dsp_melbank_open(&bank, &settings), LINNET_OK);
    float x[513], m[80], wx[80], wm[513];
    uint32_t seed = 5;
    for (size_t i = 0; i < 513; i++)
        x[i] = noise(&seed);
    for (size_t i = 0; i < 80; i++)
        m[i] = noise(&seed);
    dsp_melbank_apply(bank, wx, x);
    dsp_melbank_spread(bank, wm, m);
    double left = 0.0, right = 0.0;
    for (size_t i = 0; i < 80; i++)
        left += (double)wx[i] * (double)m[i];
    for (size_t i = 0; i < 513; i++)
        right += (double)wm[i] * (double)x[i];
    assert_true(fabs(left) > 1e-4 && fabs(left - right) < 1e-6);
    dsp_melbank_close(&bank);
}

static void bank_refuses_settings(void **state)
{
    (void)state;
    struct dsp_mel_settings s = settings;
    struct dsp_melbank *bank;
    s.n_mels = 0;
    assert_int_equal(dsp_melbank_open(&bank, &s), LINNET_ERR_ARGUMENT);
    s = settings;
    s.fmax = 0.0f;
    assert_int_equal(dsp_melbank_open(&bank, &s), LINNET_ERR_ARGUMENT);
    s = settings;
    s.floor = 0.0f;
    assert_int_equal(dsp_melbank_open(&bank, &s), LINNET_ERR_ARGUMENT);
    assert_null(bank);
}

/* A sine of amplitude A in a long Hann window has magnitude A n/4 at its bin; with the window's neighbours (half of it)
 * in the same filters, the mels at the sine follow. Far away there is only the floor. */
static void mel_of_a_sine(void **state)
{
    (void)state;
    const size_t n = 3000;
    float *const samples = new_floats(n), *const frames = new_floats(10 * 82);
    const size_t bin = 128; /* 3000 Hz */
    for (size_t i = 0; i < n; i++)
        samples[i] = 0.5f * (float)sin(2.0 * PI * (double)(bin * i) / 1024.0);
    assert_int_equal(dsp_mel_frame_count(&settings, n), 10);
    assert_int_equal(dsp_mel_frames(frames, 82, samples, n, &settings), LINNET_OK);
    struct dsp_melbank *bank;
    assert_int_equal(dsp_melbank_open(&bank, &settings), LINNET_OK);
    size_t checked = 0;
    for (size_t m = 0; m < 80; m++) {
        const float expected = 128.0f * bank_weight(bank, m, bin) +
                               64.0f * (bank_weight(bank, m, bin - 1) + bank_weight(bank, m, bin + 1));
        if (expected < 1e-3f)
            continue;
        checked++;
        assert_true(fabsf(frames[5 * 82 + m] - logf(expected)) < 1e-3f);
    }
    assert_true(checked >= 2);
    assert_true(frames[5 * 82 + 2] < -6.0f && frames[5 * 82 + 80] == 0.0f);
    dsp_melbank_close(&bank);
    base_free(samples);
    base_free(frames);
}

static void mel_of_silence_is_the_floor(void **state)
{
    (void)state;
    const float silence[301] = {0.0f};
    float frames[160];
    assert_int_equal(dsp_mel_frame_count(&settings, 301), 2);
    assert_int_equal(dsp_mel_frames(frames, 80, silence, 301, &settings), LINNET_OK);
    for (size_t i = 0; i < 160; i++)
        assert_true(frames[i] == logf(1e-5f));
}

/* ---- Griffin-Lim ---- */

/* Harmonics of `hz` falling by 1/k, below 6 kHz. */
static void harmonic_tone(float *samples, size_t n, double hz)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (int k = 1; (double)k * hz < 6000.0; k++)
            sum += cos(2.0 * PI * (double)k * hz * (double)i / 24000.0) / (double)k;
        samples[i] = (float)(0.1 * sum);
    }
}

static void griffin_lim_recovers_mel(void **state)
{
    (void)state;
    const size_t n_frames = 40, n = n_frames * 300;
    float *const samples = new_floats(n), *const again = new_floats(n);
    float *const wanted = new_floats(n_frames * 80), *const got = new_floats(n_frames * 80);
    harmonic_tone(samples, n, 250.0);
    assert_int_equal(dsp_mel_frames(wanted, 80, samples, n, &settings), LINNET_OK);
    assert_int_equal(dsp_griffin_lim(samples, wanted, 80, n_frames, &settings, DSP_GRIFFIN_LIM_ITERATIONS), LINNET_OK);
    assert_int_equal(dsp_mel_frames(got, 80, samples, n, &settings), LINNET_OK);
    double error = 0.0;
    size_t counted = 0;
    for (size_t t = 3; t + 3 < n_frames; t++)
        for (size_t m = 0; m < 80; m++)
            if (wanted[t * 80 + m] > -4.0f) {
                error += fabs((double)wanted[t * 80 + m] - (double)got[t * 80 + m]);
                counted++;
            }
    assert_true(counted > 500);
    if (error / (double)counted > 0.1)
        fail_msg("mean mel error %g nepers over %zu values", error / (double)counted, counted);
    assert_int_equal(dsp_griffin_lim(again, wanted, 80, n_frames, &settings, DSP_GRIFFIN_LIM_ITERATIONS), LINNET_OK);
    assert_memory_equal(samples, again, n * sizeof *samples);
    base_free(samples);
    base_free(again);
    base_free(wanted);
    base_free(got);
}

static void griffin_lim_takes_short_and_odd_input(void **state)
{
    (void)state;
    float frame[80], samples[300];
    for (size_t m = 0; m < 80; m++)
        frame[m] = logf(1e-5f);
    assert_int_equal(dsp_griffin_lim(samples, frame, 80, 1, &settings, 4), LINNET_OK);
    for (size_t i = 0; i < 300; i++)
        assert_true(fabsf(samples[i]) < 1e-2f);
    assert_int_equal(dsp_griffin_lim(samples, frame, 80, 0, &settings, 4), LINNET_OK);
    struct dsp_mel_settings s = settings;
    s.hop = 600;
    assert_int_equal(dsp_griffin_lim(samples, frame, 80, 1, &s, 4), LINNET_ERR_ARGUMENT);
}

/* ---- F0 ---- */

/* Pulses through a decaying resonance, with phase accumulated from a moving F0. */
static void pulse_train(float *samples, size_t n, double hz_start, double hz_end, double rate)
{
    double phase = 0.0, y1 = 0.0, y2 = 0.0;
    for (size_t i = 0; i < n; i++) {
        phase += (hz_start + (hz_end - hz_start) * (double)i / (double)n) / rate;
        const double pulse = phase >= 1.0 ? 1.0 : 0.0;
        phase -= pulse;
        const double y = pulse + 1.8 * cos(2.0 * PI * 700.0 / rate) * y1 - 0.81 * y2;
        y2 = y1;
        y1 = y;
        samples[i] = (float)(0.3 * y);
    }
}

static void f0_of_pulse_trains(void **state)
{
    (void)state;
    static const struct {
        double from, to;
        size_t rate, hop;
    } cases[] = {{65, 65, 24000, 300},   {100, 100, 24000, 300}, {123.4, 123.4, 22050, 256}, {220, 220, 24000, 300},
                 {330, 330, 16000, 200}, {480, 480, 48000, 600}, {100, 200, 24000, 300},     {300, 150, 24000, 300}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t n_frames = 60, n = n_frames * cases[i].hop;
        float *const samples = new_floats(n), *const rows = new_floats(n_frames * 2);
        pulse_train(samples, n, cases[i].from, cases[i].to, (double)cases[i].rate);
        assert_int_equal(dsp_f0_track(rows, rows + 1, 2, samples, n, cases[i].rate, cases[i].hop, 5.0f), LINNET_OK);
        for (size_t t = 4; t + 4 < n_frames; t++) {
            const double exact = cases[i].from + (cases[i].to - cases[i].from) * ((double)t + 0.5) / (double)n_frames;
            const double got = exp((double)rows[2 * t]);
            if (fabs(got / exact - 1.0) > 0.01 || rows[2 * t + 1] != 1.0f)
                fail_msg("case %zu frame %zu: %g Hz voicing %g, expected %g Hz", i, t, got, (double)rows[2 * t + 1],
                         exact);
        }
        base_free(samples);
        base_free(rows);
    }
}

/* Tone, noise, tone, silence: unvoiced between, log F0 on a straight line there and held at the end. */
static void f0_continues_through_gaps(void **state)
{
    (void)state;
    const size_t part = 30 * 300, n_frames = 120;
    float *const samples = new_floats(4 * part);
    float *const log_f0 = new_floats(n_frames), *const voicing = new_floats(n_frames);
    uint32_t seed = 9;
    pulse_train(samples, part, 120, 120, 24000);
    for (size_t i = 0; i < part; i++)
        samples[part + i] = 0.05f * noise(&seed);
    pulse_train(samples + 2 * part, part, 200, 200, 24000);
    assert_int_equal(dsp_f0_track(log_f0, voicing, 1, samples, 4 * part, 24000, 300, 5.0f), LINNET_OK);
    for (size_t t = 34; t < 56; t++)
        assert_true(voicing[t] == 0.0f);
    for (size_t t = 94; t < 120; t++)
        assert_true(voicing[t] == 0.0f && fabsf(log_f0[t] - log_f0[119]) < 1e-6f);
    for (size_t t = 36; t < 54; t++)
        assert_true(fabsf(log_f0[t] - 0.5f * (log_f0[t - 1] + log_f0[t + 1])) < 1e-4f && log_f0[t + 1] > log_f0[t]);
    assert_true(fabsf(log_f0[10] - logf(120.0f)) < 0.01f && fabsf(log_f0[119] - logf(200.0f)) < 0.02f);
    base_free(samples);
    base_free(log_f0);
    base_free(voicing);
}

static void f0_of_nothing_is_the_fallback(void **state)
{
    (void)state;
    float silence[900] = {0.0f}, log_f0[4] = {0.0f}, voicing[4];
    assert_int_equal(dsp_f0_track(log_f0, voicing, 1, silence, 900, 24000, 300, 5.25f), LINNET_OK);
    for (size_t t = 0; t < 3; t++)
        assert_true(log_f0[t] == 5.25f && voicing[t] == 0.0f);
    assert_true(log_f0[3] == 0.0f);
    assert_int_equal(dsp_f0_track(log_f0, voicing, 1, silence, 0, 24000, 300, 5.25f), LINNET_OK);
    assert_int_equal(dsp_f0_track(log_f0, voicing, 1, silence, 900, 4000, 300, 5.25f), LINNET_ERR_ARGUMENT);
}

/* ---- memory ---- */

static int everything_once(void)
{
    float *const samples = calloc(600, sizeof *samples), frames[160] = {0.0f}, log_f0[2], voicing[2];
    assert_non_null(samples);
    struct dsp_fft *fft;
    int status = dsp_fft_open(&fft, 64);
    dsp_fft_close(&fft);
    if (status == LINNET_OK)
        status = dsp_mel_frames(frames, 80, samples, 600, &settings);
    if (status == LINNET_OK)
        status = dsp_griffin_lim(samples, frames, 80, 2, &settings, 1);
    if (status == LINNET_OK)
        status = dsp_f0_track(log_f0, voicing, 1, samples, 600, 24000, 300, 5.0f);
    free(samples);
    return status;
}

static void survives_failing_allocations(void **state)
{
    (void)state;
    int status = LINNET_ERR_MEMORY;
    long n = 0;
    while (status != LINNET_OK) {
        base_alloc_fail_at(++n);
        status = everything_once();
        base_alloc_fail_at(0);
        assert_true(status == LINNET_OK || status == LINNET_ERR_MEMORY);
    }
    assert_true(n > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fft_equals_direct_sum),
        cmocka_unit_test(fft_ignores_imaginary_ends),
        cmocka_unit_test(fft_refuses_sizes),
        cmocka_unit_test(cuts_frames_with_zeros_outside),
        cmocka_unit_test(bank_has_hand_values_below_1_khz),
        cmocka_unit_test(bank_has_hand_values_above_1_khz),
        cmocka_unit_test(bank_spread_is_transposed),
        cmocka_unit_test(bank_refuses_settings),
        cmocka_unit_test(mel_of_a_sine),
        cmocka_unit_test(mel_of_silence_is_the_floor),
        cmocka_unit_test(griffin_lim_recovers_mel),
        cmocka_unit_test(griffin_lim_takes_short_and_odd_input),
        cmocka_unit_test(f0_of_pulse_trains),
        cmocka_unit_test(f0_continues_through_gaps),
        cmocka_unit_test(f0_of_nothing_is_the_fallback),
        cmocka_unit_test(survives_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
