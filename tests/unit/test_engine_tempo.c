/* libsonic behind tempo.h: exact length, pieces of any size, and how far its time strays from the linear map. */
#include "engine/tempo.h"

#include "linnet.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE 24000
#define LENGTH (8 * RATE) /* samples */
#define BURST (RATE / 2)  /* a burst starts every so many samples, and lasts half as long */
#define MAX_OUT (5 * LENGTH)

/* Bursts of a 120 Hz pulse train with a little noise: the noise matters, or pitch periods would be exact. */
static float *make_bursts(void)
{
    float *const x = malloc(LENGTH * sizeof *x);
    assert_non_null(x);
    uint32_t seed = 1;
    for (size_t i = 0; i < LENGTH; i++) {
        seed = seed * 1664525u + 1013904223u;
        const float noise = 0.02f * ((float)(seed >> 8) / 8388608.0f - 1.0f);
        const float phase = (float)(i % (RATE / 120)) / (RATE / 120.0f);
        x[i] = i % BURST < BURST / 2 ? 0.6f * expf(-6.0f * phase) * cosf(60.0f * phase) + noise : 0.0f;
    }
    return x;
}

/* Runs x through a tempo changer in pieces; returns the number of samples out. */
static size_t stretch(float *y, const float *x, float speed, size_t piece)
{
    struct tempo *tempo;
    size_t n = 0, got;
    assert_int_equal(tempo_open(&tempo, RATE, speed, LENGTH, NULL), LINNET_OK);
    for (size_t i = 0; i < LENGTH; i += piece) {
        assert_int_equal(tempo_write(tempo, x + i, piece < LENGTH - i ? piece : LENGTH - i, NULL), LINNET_OK);
        while ((got = tempo_read(tempo, y + n, 1000)) > 0)
            n += got;
    }
    assert_int_equal(tempo_finish(tempo, NULL), LINNET_OK);
    while ((got = tempo_read(tempo, y + n, 1000)) > 0)
        n += got;
    tempo_close(&tempo);
    assert_null(tempo);
    return n;
}

static const float speeds[] = {0.5f, 0.7f, 0.99f, 1.005f, 1.3f, 2.0f, 3.0f};

static void length_is_exact_and_pieces_dont_matter(void **state)
{
    (void)state;
    float *const x = make_bursts(), *const y = malloc(MAX_OUT * sizeof *y), *const z = malloc(MAX_OUT * sizeof *z);
    assert_true(y && z);
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        const size_t n = stretch(y, x, speeds[i], LENGTH);
        assert_int_equal(n, tempo_map(LENGTH, speeds[i]));
        assert_int_equal(stretch(z, x, speeds[i], 301), n);
        assert_memory_equal(y, z, n * sizeof *y);
    }
    free(x);
    free(y);
    free(z);
}

/* The first loud sample after `from`. */
static size_t onset(const float *y, size_t n, size_t from)
{
    while (from < n && fabsf(y[from]) < 0.3f)
        from++;
    return from;
}

static void time_maps_linearly(void **state)
{
    (void)state;
    float *const x = make_bursts(), *const y = malloc(MAX_OUT * sizeof *y);
    assert_non_null(y);
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        const size_t n = stretch(y, x, speeds[i], 300);
        double worst = 0.0;
        for (size_t burst = 0; burst < LENGTH; burst += BURST) {
            const size_t expected = tempo_map(burst, speeds[i]);
            const size_t pause = tempo_map(BURST / 4, speeds[i]); /* look from the middle of the pause before */
            const size_t found = onset(y, n, expected > pause ? expected - pause : 0);
            worst = fmax(worst, fabs((double)found - (double)expected) / RATE);
        }
        if (worst > 0.04)
            fail_msg("speed %g: %.0f ms off", (double)speeds[i], 1e3 * worst);
    }
    free(x);
    free(y);
}

static void silence_fills_what_is_missing(void **state)
{
    (void)state;
    struct tempo *tempo;
    float y[64];
    assert_int_equal(tempo_open(&tempo, RATE, 2.0f, 100, NULL), LINNET_OK);
    assert_int_equal(tempo_read(tempo, y, 64), 0); /* nothing came in */
    assert_int_equal(tempo_finish(tempo, NULL), LINNET_OK);
    memset(y, 1, sizeof y);
    assert_int_equal(tempo_read(tempo, y, 64), 50);
    for (size_t i = 0; i < 50; i++)
        assert_true(y[i] == 0.0f);
    assert_int_equal(tempo_read(tempo, y, 64), 0);
    tempo_close(&tempo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(length_is_exact_and_pieces_dont_matter),
        cmocka_unit_test(time_maps_linearly),
        cmocka_unit_test(silence_fills_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
