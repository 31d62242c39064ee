/* Voices that aren't like the others: without a vocoder, and with weights that are far out of scale. */
#include "tests/support/tiny_voice.h"
#include "tests/support/recorder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Writes a voice of these sizes to a file and opens an engine with it. */
static int try_tiny(linnet_engine **engine, const struct tiny_sizes *sizes)
{
    char folder[] = "/tmp/linnet-test-XXXXXX", path[64];
    struct tiny_voice voice;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/odd.gguf", folder);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    tiny_voice_open(&voice, sizes);
    assert_int_equal(fwrite(voice.data, 1, voice.size, file), voice.size);
    assert_int_equal(fclose(file), 0);
    tiny_voice_close(&voice);
    const int status = linnet_engine_open(engine, path, NULL);
    unlink(path);
    rmdir(folder);
    return status;
}

static linnet_engine *open_tiny(const struct tiny_sizes *sizes)
{
    linnet_engine *engine;
    if (try_tiny(&engine, sizes) != LINNET_OK)
        fail_msg("%s", linnet_last_open_error());
    return engine;
}

/* Through all stages behind the front end: finite samples of the right number. */
static void say_ids(linnet_engine *engine)
{
    static const int32_t ids[] = {0, 3, 7, 1, 11, 4, 0}, durations[] = {1, 6, 5, 9, 2, 7, 3};
    linnet_voice_info info;
    float *frames, *samples;
    size_t n_frames, n_samples;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_int_equal(linnet_mel(engine, ids, 7, durations, NULL, NULL, &frames, &n_frames), LINNET_OK);
    assert_int_equal(n_frames, 33);
    assert_int_equal(linnet_vocode(engine, frames, n_frames, 0, &samples, &n_samples), LINNET_OK);
    assert_int_equal(n_samples, 33 * info.hop_samples);
    for (size_t i = 0; i < n_samples; i++)
        assert_true(fabsf(samples[i]) <= 1.0f); /* false for NaN */
    linnet_free(frames);
    linnet_free(samples);
}

static void a_voice_without_vocoder_is_heard(void **state)
{
    (void)state;
    struct tiny_sizes sizes = tiny_sizes_small();
    sizes.voc_width = 0;
    linnet_engine *engine = open_tiny(&sizes);
    linnet_voice_info info;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_int_equal(info.has_vocoder, 0);
    say_ids(engine);
    linnet_engine_close(&engine);
}

/* The key says what the sizes would else. */
static void the_kind_of_vocoder_is_named(void **state)
{
    (void)state;
    struct tiny_sizes sizes = tiny_sizes_small();
    linnet_engine *engine;
    linnet_voice_info info;
    sizes.voc_kind = "wavenet";
    engine = open_tiny(&sizes);
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_int_equal(info.has_vocoder, 1);
    const int lookahead = info.lookahead_frames;
    linnet_engine_close(&engine);
    sizes.voc_kind = "griffin-lim";
    engine = open_tiny(&sizes);
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_int_equal(info.has_vocoder, 0);
    assert_true(info.lookahead_frames < lookahead); /* the decoder's alone */
    say_ids(engine);
    linnet_engine_close(&engine);
    sizes.voc_kind = "of the future";
    assert_int_equal(try_tiny(&engine, &sizes), LINNET_ERR_VOICE);
    assert_non_null(strstr(linnet_last_open_error(), "no such kind: 'of the future'"));
}

static void a_hostile_voice_gives_finite_samples(void **state)
{
    (void)state;
    static const float scales[] = {100.0f, 1e10f, 1e30f};
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        struct tiny_sizes sizes = tiny_sizes_small();
        sizes.weight_scale = scales[i];
        linnet_engine *engine = open_tiny(&sizes);
        struct recorder r = {0};
        say_ids(engine);
        /* Its table has none of the phonemes: whatever is left is spoken, and what was dropped is counted. */
        speak_into(&r, engine, "Nothing of this is known.");
        assert_true(linnet_unknown_phonemes(engine) > 10);
        recorder_clear(&r);
        linnet_engine_close(&engine);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_voice_without_vocoder_is_heard),
        cmocka_unit_test(the_kind_of_vocoder_is_named),
        cmocka_unit_test(a_hostile_voice_gives_finite_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
