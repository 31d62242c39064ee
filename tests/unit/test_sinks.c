/* Sinks: quantisation, rate conversion, and files that appear only when whole. */
#include "audio/pcm.h"
#include "audio/resample.h"
#include "audio/sink.h"
#include "audio/whole_file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define PI 3.14159265358979323846

/* Dither keeps the mean of a level between two steps, and is the same in blocks of any size. */
static void test_pcm_keeps_the_mean(void **state)
{
    enum { N = 100000 };
    (void)state;
    float *const in = malloc(N * sizeof *in);
    int16_t *const whole = malloc(N * sizeof *whole), *const parts = malloc(N * sizeof *parts);
    assert_true(in && whole && parts);
    for (int i = 0; i < N; i++)
        in[i] = 100.3f / 32767;
    pcm16(whole, in, N, 5);
    for (int i = 0; i < N; i += 7)
        pcm16(parts + i, in + i, (size_t)(N - i < 7 ? N - i : 7), 5 + (uint64_t)i);
    assert_memory_equal(whole, parts, N * sizeof *whole);
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        sum += whole[i];
        squares += (whole[i] - 100.3) * (whole[i] - 100.3);
    }
    assert_float_equal(sum / N, 100.3, 0.01);
    assert_float_equal(squares / N, 0.25, 0.01); /* TPDF: dither 1/6 + rounding 1/12, in steps squared */
    free(in);
    free(whole);
    free(parts);
}

static void test_pcm_clamps(void **state)
{
    const float in[] = {1.5f, -1.5f, INFINITY, -INFINITY, NAN, 0};
    int16_t out[6];
    unsigned char bytes[12];
    (void)state;
    pcm16(out, in, 6, 0);
    assert_int_equal(out[0], INT16_MAX);
    assert_int_equal(out[1], INT16_MIN);
    assert_int_equal(out[2], INT16_MAX);
    assert_int_equal(out[3], INT16_MIN);
    assert_int_equal(out[5], 0); /* exact silence stays so */
    pcm16_bytes(bytes, in, 6, 0);
    for (int i = 0; i < 6; i++)
        assert_int_equal((int16_t)(uint16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8), out[i]);
}

/* Resamples n_in samples of a sine in blocks; returns how many came out of the n_in * rate_out / rate_in expected. */
static size_t resample_sine(float *out, size_t max_out, size_t n_in, double hz, int rate_in, int rate_out, size_t block)
{
    struct resampler *const r = resample_open(rate_in, rate_out);
    assert_non_null(r);
    size_t n_out = 0, made = 0, n = 0;
    for (size_t i = 0; i < n_in || n > 0 || made > 0;) {
        float in[64];
        size_t taken;
        n = block < n_in - i ? block : n_in - i;
        for (size_t k = 0; k < n; k++)
            in[k] = (float)sin(2 * PI * hz * (double)(i + k) / rate_in);
        made = resample(r, out + n_out, max_out - n_out < 50 ? max_out - n_out : 50, n ? in : NULL, n, &taken);
        n_out += made;
        i += taken;
    }
    resample_close(r);
    return n_out;
}

/* A sine stays this sine: at least 90 dB away from the border, where the window still fills. */
static void check_rates(int rate_in, int rate_out, double hz)
{
    enum { N = 9600, MAX = 40000 };
    float *const out = malloc(MAX * sizeof *out), *const again = malloc(MAX * sizeof *again);
    assert_true(out && again);
    const size_t n = resample_sine(out, MAX, N, hz, rate_in, rate_out, 64);
    const size_t expected = (size_t)((double)N * rate_out / rate_in);
    assert_in_range(n, expected - 1, expected + 2);
    assert_int_equal(resample_sine(again, MAX, N, hz, rate_in, rate_out, 5), n);
    assert_memory_equal(out, again, n * sizeof *out);
    double noise = 0, signal = 0;
    for (size_t i = 200; i + 200 < expected; i++) {
        const double wanted = sin(2 * PI * hz * (double)i / rate_out);
        noise += (out[i] - wanted) * (out[i] - wanted);
        signal += wanted * wanted;
    }
    const double snr = 10 * log10(signal / noise);
    if (snr < 90)
        fail_msg("%d -> %d Hz, %g Hz: %.1f dB", rate_in, rate_out, hz, snr);
    free(out);
    free(again);
}

static void test_resample_sines(void **state)
{
    (void)state;
    check_rates(24000, 48000, 1000);
    check_rates(24000, 44100, 440);
    check_rates(24000, 44100, 8000);
    check_rates(24000, 48000, 10900); /* nine tenths of the way to the top are flat */
    check_rates(22050, 48000, 3000);
    check_rates(48000, 44100, 10000);
    check_rates(48000, 16000, 2500);
    check_rates(24000, 24001, 5000);
}

/* What lies above the new half rate is gone. */
static void test_resample_suppresses_aliases(void **state)
{
    enum { N = 9600, MAX = 4000 };
    float out[MAX];
    (void)state;
    const size_t n = resample_sine(out, MAX, N, 12000, 48000, 16000, 64);
    double energy = 0;
    for (size_t i = 100; i + 100 < n; i++)
        energy += (double)out[i] * (double)out[i];
    assert_true(10 * log10(energy / (double)(n - 200) / 0.5) < -90);
}

/* A whole_file gets its name at commit, and leaves nothing after discard. */
static void test_whole_file(void **state)
{
    char folder[] = "/tmp/linnet-test-XXXXXX", path[64];
    struct whole_file file;
    struct base_error err;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.txt", folder);
    assert_int_equal(whole_file_open(&file, path, &err), LINNET_OK);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(write(file.fd, "abc", 3), 3);
    whole_file_discard(&file);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(rmdir(folder), 0); /* is empty */

    assert_int_equal(whole_file_open(&file, path, &err), LINNET_ERR_IO);
    assert_non_null(strstr(err.text, path));
    whole_file_discard(&file); /* harmless */
}

static void test_table(void **state)
{
    (void)state;
    assert_string_equal(sink_by_path("-")->name, "wav");
    assert_string_equal(sink_by_path("a/b.FLAC")->name, "file");
    assert_null(sink_by_path("a.mp7"));
    assert_null(sink_by_path(".wav")); /* a hidden file without ending */
    assert_non_null(sink_by_name("null"));
    assert_null(sink_by_name("nothing"));
    assert_non_null(sink_by_name("portaudio")->devices);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pcm_keeps_the_mean), cmocka_unit_test(test_pcm_clamps),
        cmocka_unit_test(test_resample_sines),     cmocka_unit_test(test_resample_suppresses_aliases),
        cmocka_unit_test(test_whole_file),         cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
