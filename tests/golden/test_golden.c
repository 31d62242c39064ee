/* Both networks against PyTorch, layer by layer: a voice and the tensors that voices/train/golden.py computed from that
 * voice's own (quantised) weights. Usage: test_golden [VOICE.gguf DUMP.golden]; the tiny random voice beside this file
 * by default.
 *
 * A dump is text lines "name d0 d1 ...", an empty line, then all tensors as little-endian float32 in that order.
 * Tolerances are normalised mean square errors: 1e-3 is 30 dB. PyTorch computes in floats, the engine on bytes, whose
 * steps are noise 40 dB below the signal at each layer. No tighter comparison of a whole network can be had: what
 * differs in the last bit of a float falls to another byte somewhere, and a few layers later that is as much noise
 * again. The tests of the parts (test_acoustic, test_vocoder) do the same on the same bytes, to 90 dB or so. */
#include "acoustic/acoustic.h"
#include "acoustic/acoustic_internal.h"
#include "linnet.h"
#include "vocoder/vocoder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define MOST_TENSORS 16
#define ACOUSTIC_LIMIT 2e-3
#define WAVE_LIMIT 3e-3

struct dump_tensor {
    char name[32];
    size_t dims[2], n_dims, n; /* n: numbers */
    float *data;
};

struct dump {
    struct dump_tensor tensors[MOST_TENSORS];
    size_t n_tensors;
};

struct fixture {
    struct voice_file *voice;
    struct dump dump;
    int32_t *ids;
    size_t n; /* phonemes */
};

static const char *voice_path = "tests/golden/tiny.gguf", *dump_path = "tests/golden/tiny.golden";

/* ---- the dump ---- */

static void read_header(struct dump *dump, FILE *file)
{
    char line[256];
    while (fgets(line, sizeof line, file) && line[0] != '\n') {
        struct dump_tensor *const t = &dump->tensors[dump->n_tensors++];
        assert_true(dump->n_tensors <= MOST_TENSORS);
        const int fields = sscanf(line, "%31s %zu %zu", t->name, &t->dims[0], &t->dims[1]);
        assert_true(fields == 2 || fields == 3);
        t->n_dims = (size_t)fields - 1;
        t->n = t->dims[0] * (t->n_dims == 2 ? t->dims[1] : 1);
    }
}

static void read_numbers(struct dump_tensor *t, FILE *file)
{
    t->data = malloc(t->n * sizeof *t->data);
    assert_non_null(t->data);
    for (size_t i = 0; i < t->n; i++) {
        unsigned char b[4];
        assert_int_equal(fread(b, 1, 4, file), 4);
        const uint32_t bits = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
        memcpy(&t->data[i], &bits, sizeof bits);
    }
}

static void read_dump(struct dump *dump, const char *path)
{
    FILE *const file = fopen(path, "rb");
    if (!file)
        fail_msg("%s: can't be opened", path);
    *dump = (struct dump){0};
    read_header(dump, file);
    for (size_t i = 0; i < dump->n_tensors; i++)
        read_numbers(&dump->tensors[i], file);
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
}

static const struct dump_tensor *golden(const struct fixture *f, const char *name)
{
    for (size_t i = 0; i < f->dump.n_tensors; i++)
        if (strcmp(f->dump.tensors[i].name, name) == 0)
            return &f->dump.tensors[i];
    fail_msg("%s: no tensor '%s'", dump_path, name);
    return NULL;
}

static void compare(const struct fixture *f, const char *name, const float *got, size_t n, double limit)
{
    const struct dump_tensor *const expected = golden(f, name);
    double error = 0.0, power = 1e-30;
    assert_int_equal(n, expected->n);
    for (size_t i = 0; i < n; i++) {
        const double difference = (double)got[i] - (double)expected->data[i];
        error += difference * difference;
        power += (double)expected->data[i] * (double)expected->data[i];
    }
    printf("%s: %s: NMSE %.2g\n", dump_path, name, error / power);
    if (!(error / power <= limit))
        fail_msg("%s: '%s': NMSE %g, at most %g expected", dump_path, name, error / power, limit);
}

/* ---- tests ---- */

static int setup(void **state)
{
    struct base_error err = {""};
    struct fixture *const f = calloc(1, sizeof *f);
    assert_non_null(f);
    if (voice_file_open(&f->voice, voice_path, &err) != LINNET_OK)
        fail_msg("%s", err.text);
    read_dump(&f->dump, dump_path);
    const struct dump_tensor *const ids = golden(f, "ids");
    f->n = ids->n;
    f->ids = malloc(f->n * sizeof *f->ids);
    assert_non_null(f->ids);
    for (size_t i = 0; i < f->n; i++)
        f->ids[i] = (int32_t)ids->data[i];
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *const f = *state;
    for (size_t i = 0; i < f->dump.n_tensors; i++)
        free(f->dump.tensors[i].data);
    voice_file_close(&f->voice);
    free(f->ids);
    free(f);
    return 0;
}

static void test_acoustic(void **state)
{
    const struct fixture *const f = *state;
    struct acoustic_model *model = NULL;
    struct acoustic_stream *stream = NULL;
    struct base_error err = {""};
    const struct prosody neutral = {.rate = 1.0f, .pitch_semitones = 0.0f, .pitch_range = 1.0f};
    if (am_bind(&model, f->voice, &err) != LINNET_OK || am_stream_open(&stream, model, &err) != LINNET_OK ||
        am_begin(stream, f->ids, f->n, &neutral, &err) != LINNET_OK)
        fail_msg("%s", err.text);
    const struct am_inner inner = am_inspect(stream);
    compare(f, "enc", inner.encoded, f->n * inner.hidden, ACOUSTIC_LIMIT);
    compare(f, "dur", inner.durations, f->n, ACOUSTIC_LIMIT);
    compare(f, "pitch", inner.pitch, f->n, ACOUSTIC_LIMIT);
    compare(f, "energy", inner.energy, f->n, ACOUSTIC_LIMIT);
    int32_t durations[64]; /* given, so that there are as many frames */
    assert_true(f->n <= 64);
    for (size_t i = 0; i < f->n; i++)
        durations[i] = (int32_t)golden(f, "dur_frames")->data[i];
    assert_int_equal(am_begin_with(stream, f->ids, f->n, &neutral, durations, NULL, NULL, &err), LINNET_OK);
    const struct phone_prediction *const prediction = am_prediction(stream);

    const size_t numbers = golden(f, "frames")->n;
    assert_int_equal(numbers, prediction->n_frames * golden(f, "frames")->dims[1]);
    float *const frames = malloc(numbers * sizeof *frames);
    assert_non_null(frames);
    assert_int_equal(am_decode(stream, frames, prediction->n_frames), prediction->n_frames);
    compare(f, "frames", frames, numbers, ACOUSTIC_LIMIT);
    free(frames);
    am_stream_close(&stream);
    am_unbind(&model);
}

/* On PyTorch's own frames, so that errors don't add up. */
static void test_vocoder(void **state)
{
    const struct fixture *const f = *state;
    const struct dump_tensor *const frames = golden(f, "frames"), *const wave = golden(f, "wave");
    struct vocoder_model *model = NULL;
    struct vocoder_stream *stream = NULL;
    struct base_error err = {""};
    if (voc_bind(&model, f->voice, &err) != LINNET_OK || voc_stream_open(&stream, model, VOC_OWN, &err) != LINNET_OK)
        fail_msg("%s", err.text);
    voc_set_volume(stream, 1.0f / voice_file_meta(f->voice)->gain); /* the dump is before the gain */
    float *const samples = malloc((voc_max_samples(model, frames->dims[0]) + wave->n) * sizeof *samples);
    assert_non_null(samples);
    size_t made = voc_run(stream, frames->data, frames->dims[0], samples), got;
    while ((got = voc_flush(stream, samples + made)) > 0)
        made += got;
    assert_int_equal(made, frames->dims[0] * voice_file_meta(f->voice)->hop);
    compare(f, "wave", samples, made, WAVE_LIMIT);
    free(samples);
    voc_stream_close(&stream);
    voc_unbind(&model);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_acoustic),
        cmocka_unit_test(test_vocoder),
    };
    if (argc == 3) {
        voice_path = argv[1];
        dump_path = argv[2];
    }
    return cmocka_run_group_tests(tests, setup, teardown);
}
