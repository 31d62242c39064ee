/* The rest of linnet.h from outside: opening, settings, errors, stages, and memory that runs out. */
#define _DEFAULT_SOURCE /* usleep(), mkdtemp() */
#include "tests/support/recorder.h"

#include "base/alloc.h"
#include "engine/models.h"
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char text[] = "Hello, world. How are you?";

static int ignore(void *user, const linnet_event *event)
{
    (void)user;
    (void)event;
    return 0;
}

static void versions_and_status_texts(void **state)
{
    (void)state;
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", LINNET_VERSION_MAJOR, LINNET_VERSION_MINOR, LINNET_VERSION_PATCH);
    assert_string_equal(linnet_version(), expected);
    for (int status = LINNET_OK; status >= LINNET_CANCELLED; status--)
        assert_string_not_equal(linnet_status_text(status), linnet_status_text(1));
    assert_non_null(linnet_status_text(-1000));
}

static void open_errors_have_messages(void **state)
{
    (void)state;
    linnet_engine *engine = (linnet_engine *)&state;
    assert_int_equal(linnet_engine_open(&engine, "./no/such/voice.gguf", NULL), LINNET_ERR_NOT_FOUND);
    assert_null(engine);
    assert_non_null(strstr(linnet_last_open_error(), "no/such/voice.gguf"));
    assert_int_equal(linnet_engine_open(&engine, "no-such-name", NULL), LINNET_ERR_NOT_FOUND);
    assert_non_null(strstr(linnet_last_open_error(), "no-such-name"));
    assert_int_equal(linnet_engine_open(&engine, "./Makefile", NULL), LINNET_ERR_VOICE);
    assert_non_null(strstr(linnet_last_open_error(), "Makefile"));
    assert_int_equal(linnet_engine_open(NULL, TEST_VOICE, NULL), LINNET_ERR_ARGUMENT);
    assert_string_not_equal(linnet_last_open_error(), "");
    engine = open_engine(NULL);
    assert_string_equal(linnet_last_open_error(), "");
    assert_string_equal(linnet_error(engine), "");
    linnet_engine_close(&engine);
    assert_null(engine);
    linnet_engine_close(&engine);
    linnet_engine_close(NULL);
}

/* A copy of a file at `path`, which must not be there; its bytes are written anew when it is. */
static void copy_file(const char *from, const char *path)
{
    char block[4096];
    size_t n;
    FILE *const in = fopen(from, "rb"), *const out = fopen(path, "wb");
    assert_true(in && out);
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        assert_int_equal(fwrite(block, 1, n, out), n);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static void engines_of_one_file_share_its_weights(void **state)
{
    (void)state;
    char folder[] = "/tmp/linnet-test-XXXXXX", path[64], other[64];
    struct base_error err;
    struct models *a, *b, *c, *d;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/voice.gguf", folder);
    snprintf(other, sizeof other, "%s/link.gguf", folder);
    copy_file(TEST_VOICE, path);
    assert_int_equal(symlink("voice.gguf", other), 0);
    assert_int_equal(models_take(&a, path, &err), LINNET_OK);
    assert_int_equal(models_take(&b, other, &err), LINNET_OK);
    assert_ptr_equal(a, b);
    assert_int_equal(models_take(&c, TEST_VOICE, &err), LINNET_OK);
    assert_ptr_not_equal(a, c);

    linnet_engine *engine;
    linnet_voice_info info;
    assert_int_equal(linnet_engine_open(&engine, other, NULL), LINNET_OK);
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_string_equal(info.path, other);
    assert_int_equal(a->n_users, 3);
    linnet_engine_close(&engine);
    models_drop(&b);
    assert_int_equal(a->n_users, 1);

    usleep(20000); /* a file system's clock may have steps of 10 ms */
    copy_file(TEST_VOICE, path);
    assert_int_equal(models_take(&d, path, &err), LINNET_OK);
    assert_ptr_not_equal(a, d);
    models_drop(&c);
    models_drop(&a);
    models_drop(&d);
    models_drop(&d);
    assert_int_equal(models_take(&d, "/tmp", &err), LINNET_ERR_IO);
    assert_null(d);
    unlink(path);
    unlink(other);
    rmdir(folder);
}

static void *read_error(void *other)
{
    *(bool *)other = linnet_last_open_error()[0] == '\0';
    return NULL;
}

static void the_open_error_belongs_to_the_thread(void **state)
{
    (void)state;
    linnet_engine *engine;
    pthread_t thread;
    bool empty = false;
    assert_int_equal(linnet_engine_open(&engine, "./none.gguf", NULL), LINNET_ERR_NOT_FOUND);
    assert_int_equal(pthread_create(&thread, NULL, read_error, &empty), 0);
    pthread_join(thread, NULL);
    assert_true(empty);
    assert_string_not_equal(linnet_last_open_error(), "");
}

static void settings_are_checked(void **state)
{
    (void)state;
    linnet_settings good;
    linnet_settings_init(&good);
    linnet_settings bad[16];
    for (size_t i = 0; i < 16; i++)
        bad[i] = good;
    bad[0].rate = 0.24f;
    bad[1].rate = 6.1f;
    bad[2].rate = NAN;
    bad[3].pitch_semitones = 12.5f;
    bad[4].pitch_semitones = -INFINITY;
    bad[5].pitch_range = -0.1f;
    bad[6].pitch_range = 2.1f;
    bad[7].volume = 4.1f;
    bad[8].volume = -1.0f;
    bad[9].threads = LINNET_MAX_THREADS + 1;
    bad[10].threads = -1;
    bad[11].block_frames = 513;
    bad[12].block_frames = -1;
    bad[13].size = 0;
    bad[14].size = sizeof good - 1;
    bad[15].reserved[3] = 1;
    linnet_engine *engine = open_engine(NULL), *other;
    for (size_t i = 0; i < 16; i++) {
        assert_int_equal(linnet_set(engine, &bad[i]), LINNET_ERR_ARGUMENT);
        assert_non_null(strstr(linnet_error(engine), "settings: "));
        assert_int_equal(linnet_engine_open(&other, TEST_VOICE, &bad[i]), LINNET_ERR_ARGUMENT);
        assert_non_null(strstr(linnet_last_open_error(), "settings: "));
    }
    assert_int_equal(linnet_set(engine, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_set(engine, &good), LINNET_OK);
    assert_string_equal(linnet_error(engine), "");
    linnet_engine_close(&engine);
}

static void refused_settings_leave_the_old_ones(void **state)
{
    (void)state;
    struct recorder before = {0}, after = {0};
    linnet_settings s;
    linnet_settings_init(&s);
    s.rate = 1.5f;
    linnet_engine *engine = open_engine(&s);
    speak_into(&before, engine, text);
    s.rate = 0.5f;
    s.volume = 100.0f;
    assert_int_equal(linnet_set(engine, &s), LINNET_ERR_ARGUMENT);
    speak_into(&after, engine, text);
    assert_int_equal(before.n_samples, after.n_samples);
    recorder_clear(&before);
    recorder_clear(&after);
    linnet_engine_close(&engine);
}

/* A struct of a later version has more fields: fine while they are 0. */
static void settings_can_grow(void **state)
{
    (void)state;
    struct {
        linnet_settings now;
        uint32_t later[4];
    } s = {.later = {0}};
    linnet_settings_init(&s.now);
    s.now.size = sizeof s;
    linnet_engine *engine = open_engine(&s.now);
    s.later[2] = 7;
    assert_int_equal(linnet_set(engine, &s.now), LINNET_ERR_ARGUMENT);
    assert_non_null(strstr(linnet_error(engine), "later version"));
    linnet_engine_close(&engine);
}

/* The layout that programs are compiled against. A change here is a new soname. */
static void the_abi_stays(void **state)
{
    (void)state;
    assert_int_equal(offsetof(linnet_settings, rate), sizeof(size_t));
    assert_int_equal(offsetof(linnet_settings, block_frames), sizeof(size_t) + 20);
    assert_int_equal(offsetof(linnet_settings, punctuation), sizeof(size_t) + 24);
    assert_int_equal(offsetof(linnet_settings, unit), sizeof(size_t) + 40);
    assert_int_equal(sizeof(linnet_settings), sizeof(size_t) + 24 + 64);
    if (sizeof(size_t) == 8) {
        assert_int_equal(sizeof(linnet_voice_info), 184);
        assert_int_equal(offsetof(linnet_event, pitch_hz), 56);
        assert_int_equal(sizeof(linnet_prosody), 72);
    }
    assert_int_equal(LINNET_CANCELLED, -7);
    assert_int_equal(LINNET_ERR_SYNTAX, -8);
    assert_int_equal(LINNET_EVENT_END, 6);
}

static void null_pointers_are_arguments(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    linnet_voice_info info;
    const linnet_sentence *sentence;
    linnet_prosody prosody;
    float *array;
    size_t n;
    const int32_t ids[] = {0, 1, 0};
    assert_int_equal(linnet_speak(NULL, text, 1, ignore, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_speak(engine, NULL, 1, ignore, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_speak(engine, text, 1, NULL, NULL), LINNET_ERR_ARGUMENT);
    assert_non_null(strstr(linnet_error(engine), "linnet_speak"));
    assert_int_equal(linnet_voice(NULL, &info), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_voice(engine, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_list_voices(NULL, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_text(engine, NULL, 3), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_sentence_next(engine, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_sentence_next(NULL, &sentence), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_predict(engine, ids, 0, &prosody), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_predict(engine, NULL, 3, &prosody), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_mel(engine, ids, 3, NULL, NULL, NULL, NULL, &n), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_mel(engine, ids, 3, NULL, NULL, NULL, &array, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_analyse(engine, NULL, 10, &array, &n), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_vocode(engine, NULL, 10, 0, &array, &n), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_invalid_bytes(NULL), 0);
    assert_non_null(linnet_error(NULL));
    linnet_cancel(NULL);
    linnet_free(NULL);
    linnet_settings_init(NULL);
    linnet_engine_close(&engine);
}

static void the_voice_describes_itself(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    linnet_voice_info info;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_string_equal(info.path, TEST_VOICE);
    assert_string_equal(info.name, "tiny");
    assert_string_equal(info.language, "en-US");
    assert_int_equal(info.sample_rate, 24000);
    assert_int_equal(info.hop_samples, 300);
    assert_true(info.n_mels > 0 && info.n_phonemes > 10 && info.n_parameters > 1000 && info.lookahead_frames > 0);
    assert_int_equal(info.has_vocoder, 1);
    linnet_engine_close(&engine);
}

static void a_clean_stop(const char *spoken)
{
    struct recorder r = {0};
    linnet_engine *engine = open_engine(NULL);
    speak_into(&r, engine, spoken);
    assert_true(r.n_samples > 0);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

/* What the stages give one by one is what linnet_speak() gives, but for the silence that it cuts. */
static void stages_give_what_speak_gives(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    const linnet_sentence *sentence;
    linnet_voice_info info;
    linnet_prosody prosody;
    struct recorder r = {0};
    size_t total = 0, cut = 0, n_sentences = 0;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_int_equal(linnet_text(engine, text, strlen(text)), LINNET_OK);
    while (linnet_sentence_next(engine, &sentence) == LINNET_OK && sentence) {
        assert_int_equal(linnet_predict(engine, sentence->ids, sentence->n_phonemes, &prosody), LINNET_OK);
        assert_int_equal(prosody.n_phonemes, sentence->n_phonemes);
        size_t sum = 0;
        for (size_t i = 0; i < prosody.n_phonemes; i++)
            sum += (size_t)prosody.dur_frames[i];
        assert_int_equal(sum, prosody.n_frames);
        n_sentences++;
        if (prosody.dur_frames[prosody.n_phonemes - 1] > 40)
            cut += (size_t)prosody.dur_frames[prosody.n_phonemes - 1] - 40;
        total += prosody.n_frames;
    }
    assert_int_equal(n_sentences, 2);
    speak_into(&r, engine, text);
    assert_int_equal(r.n_samples, (total - cut) * (size_t)info.hop_samples);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

static void mel_and_vocoder_alone(void **state)
{
    (void)state;
    const int32_t ids[] = {0, 5, 9, 7, 11, 0}, durations[] = {2, 5, 8, 0, 3, 4};
    const float pitch[] = {100, 120, 140, 160, 180, 200};
    linnet_engine *engine = open_engine(NULL);
    linnet_voice_info info;
    float *frames, *samples, *again;
    size_t n_frames, n_samples, n_again;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_int_equal(linnet_mel(engine, ids, 6, durations, pitch, NULL, &frames, &n_frames), LINNET_OK);
    assert_int_equal(n_frames, 22);
    for (size_t i = 0; i < n_frames * ((size_t)info.n_mels + 2); i++)
        assert_true(isfinite(frames[i]));
    for (int griffin_lim = 0; griffin_lim < 2; griffin_lim++) {
        assert_int_equal(linnet_vocode(engine, frames, n_frames, griffin_lim, &samples, &n_samples), LINNET_OK);
        assert_int_equal(n_samples, 22 * info.hop_samples);
        assert_int_equal(linnet_vocode(engine, frames, n_frames, griffin_lim, &again, &n_again), LINNET_OK);
        assert_int_equal(n_again, n_samples);
        assert_memory_equal(samples, again, n_samples * sizeof *samples);
        linnet_free(samples);
        linnet_free(again);
    }
    for (size_t i = 0; i < n_frames * ((size_t)info.n_mels + 2); i++)
        frames[i] = i % ((size_t)info.n_mels + 2) < (size_t)info.n_mels ? 12 : frames[i]; /* far too loud */
    for (int griffin_lim = 0; griffin_lim < 2; griffin_lim++) {
        assert_int_equal(linnet_vocode(engine, frames, n_frames, griffin_lim, &samples, &n_samples), LINNET_OK);
        for (size_t i = 0; i < n_samples; i++)
            assert_true(fabsf(samples[i]) < 1);
        linnet_free(samples);
    }
    frames[7] = NAN;
    assert_int_equal(linnet_vocode(engine, frames, n_frames, 0, &samples, &n_samples), LINNET_ERR_ARGUMENT);
    assert_null(samples);
    linnet_free(frames);
    assert_int_equal(linnet_vocode(engine, pitch, SIZE_MAX / 2, 0, &samples, &n_samples), LINNET_ERR_ARGUMENT);
    linnet_engine_close(&engine);
}

/* Volume and limiter hold for both kinds of vocoder: twice is twice, and nothing passes -1 dBFS. */
static void volume_and_limiter_of_the_vocoder(void **state)
{
    (void)state;
    static const float recording[4800];
    linnet_settings settings;
    linnet_settings_init(&settings);
    linnet_engine *engine = open_engine(NULL);
    linnet_voice_info info;
    float *frames, *outs[3]; /* quiet, twice as loud, at the limit */
    size_t n_frames, n;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    assert_int_equal(linnet_analyse(engine, recording, 4800, &frames, &n_frames), LINNET_OK);
    for (size_t i = 0; i < n_frames * ((size_t)info.n_mels + 2); i++)
        if (i % ((size_t)info.n_mels + 2) < (size_t)info.n_mels)
            frames[i] = 2.0f; /* much louder than speech */
    for (int griffin_lim = 0; griffin_lim < 2; griffin_lim++) {
        static const float volumes[] = {0.001f, 0.002f, 4.0f};
        for (size_t i = 0; i < 3; i++) {
            settings.volume = volumes[i];
            assert_int_equal(linnet_set(engine, &settings), LINNET_OK);
            assert_int_equal(linnet_vocode(engine, frames, n_frames, griffin_lim, &outs[i], &n), LINNET_OK);
        }
        float peak = 0;
        for (size_t i = 0; i < n; i++) {
            assert_true(fabsf(outs[1][i] - 2 * outs[0][i]) <= 1e-5f);
            assert_true(fabsf(outs[2][i]) <= 0.891f);
            peak = fmaxf(peak, fabsf(outs[2][i]));
        }
        assert_true(peak > 0.8f || !griffin_lim); /* the tiny voice is no loud one */
        for (size_t i = 0; i < 3; i++)
            linnet_free(outs[i]);
    }
    linnet_free(frames);
    linnet_engine_close(&engine);
}

static void wrong_ids_and_durations(void **state)
{
    (void)state;
    const int32_t negative[] = {0, -1, 0}, large[] = {0, 100000, 0}, good[] = {0, 1, 0}, less[] = {1, -1, 1};
    const float nan_pitch[] = {100, NAN, 100};
    linnet_engine *engine = open_engine(NULL);
    linnet_prosody prosody;
    float *frames = (float *)&engine;
    size_t n = 1;
    assert_int_equal(linnet_predict(engine, negative, 3, &prosody), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_predict(engine, large, 3, &prosody), LINNET_ERR_ARGUMENT);
    assert_string_not_equal(linnet_error(engine), "");
    assert_int_equal(linnet_mel(engine, good, 3, less, NULL, NULL, &frames, &n), LINNET_ERR_ARGUMENT);
    assert_null(frames);
    assert_int_equal(n, 0);
    assert_int_equal(linnet_mel(engine, good, 3, NULL, nan_pitch, NULL, &frames, &n), LINNET_ERR_ARGUMENT);
    linnet_engine_close(&engine);
    a_clean_stop("Fine.");
}

/* Copy synthesis: a tone comes back with its F0. */
static void analysis_hears_the_pitch(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    linnet_voice_info info;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    const size_t n = (size_t)info.sample_rate / 2 + 1, width = (size_t)info.n_mels + 2;
    float *const tone = malloc(n * sizeof *tone), *frames;
    size_t n_frames;
    assert_non_null(tone);
    for (size_t i = 0; i < n; i++) {
        tone[i] = 0.0f;
        for (int k = 1; k <= 10; k++)
            tone[i] += 0.05f * sinf(6.2831853f * 150.0f * (float)k * (float)i / (float)info.sample_rate);
    }
    assert_int_equal(linnet_analyse(engine, tone, n, &frames, &n_frames), LINNET_OK);
    assert_int_equal(n_frames, (n + (size_t)info.hop_samples - 1) / (size_t)info.hop_samples);
    for (size_t t = 4; t + 4 < n_frames; t++) {
        assert_true(fabsf(expf(frames[t * width + width - 2]) / 150.0f - 1.0f) < 0.02f);
        assert_true(frames[t * width + width - 1] > 0.5f);
    }
    linnet_free(frames);
    for (size_t i = 0; i < n; i++)
        tone[i] *= 1e6f;
    assert_int_equal(linnet_analyse(engine, tone, n, &frames, &n_frames), LINNET_OK);
    for (size_t i = 0; i < n_frames * width; i++)
        assert_true(isfinite(frames[i]));
    linnet_free(frames);
    tone[3] = 1e30f;
    assert_int_equal(linnet_analyse(engine, tone, n, &frames, &n_frames), LINNET_ERR_ARGUMENT);
    tone[3] = INFINITY;
    assert_int_equal(linnet_analyse(engine, tone, n, &frames, &n_frames), LINNET_ERR_ARGUMENT);
    free(tone);
    linnet_engine_close(&engine);
}

static int count_voices(void *user, const char *path, const linnet_voice_info *info, const char *error)
{
    int *const counts = user; /* usable, broken */
    assert_non_null(strstr(path, ".gguf"));
    assert_true(!info == !!error);
    counts[info ? 0 : 1]++;
    return counts[0] + counts[1] == counts[2];
}

static void voices_are_listed(void **state)
{
    (void)state;
    char folder[] = "/tmp/linnet-test-XXXXXX", broken[64], whole[64], command[256];
    assert_non_null(mkdtemp(folder));
    snprintf(broken, sizeof broken, "%s/a.gguf", folder);
    snprintf(whole, sizeof whole, "%s/b.gguf", folder);
    snprintf(command, sizeof command, "echo nothing >%s && cp %s %s", broken, TEST_VOICE, whole);
    assert_int_equal(system(command), 0);
    assert_int_equal(setenv("LINNET_VOICE_PATH", folder, 1), 0);
    int counts[3] = {0, 0, -1}, one[3] = {0, 0, 1};
    assert_int_equal(linnet_list_voices(count_voices, counts), LINNET_OK);
    assert_true(counts[0] >= 1 && counts[1] == 1);
    assert_int_equal(linnet_list_voices(count_voices, one), LINNET_CANCELLED);
    linnet_engine *engine;
    assert_int_equal(linnet_engine_open(&engine, "b", NULL), LINNET_OK);
    linnet_engine_close(&engine);
    unsetenv("LINNET_VOICE_PATH");
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* Each allocation of opening and speaking fails once: an error, nothing leaks (under ASan), and afterwards all is
 * well. */
static void memory_that_runs_out(void **state)
{
    (void)state;
    linnet_engine *engine;
    linnet_settings s;
    linnet_settings_init(&s);
    s.rate = 3.0f; /* libsonic too */
    bool opened = false;
    for (long n = 1; !opened; n++) {
        base_alloc_fail_at(n);
        const int status = linnet_engine_open(&engine, TEST_VOICE, &s);
        base_alloc_fail_at(0);
        opened = status == LINNET_OK;
        if (!opened) {
            assert_int_equal(status, LINNET_ERR_MEMORY);
            assert_null(engine);
            assert_string_not_equal(linnet_last_open_error(), "");
        }
        assert_true(n < 10000);
    }
    int status = LINNET_ERR_MEMORY;
    for (long n = 1; status != LINNET_OK; n++) {
        base_alloc_fail_at(n);
        status = linnet_speak(engine, text, strlen(text), ignore, NULL);
        base_alloc_fail_at(0);
        assert_true(status == LINNET_OK || status == LINNET_ERR_MEMORY);
        assert_true(n < 10000);
    }
    linnet_engine_close(&engine);
    a_clean_stop("All is well again.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_and_status_texts),
        cmocka_unit_test(open_errors_have_messages),
        cmocka_unit_test(the_open_error_belongs_to_the_thread),
        cmocka_unit_test(settings_are_checked),
        cmocka_unit_test(refused_settings_leave_the_old_ones),
        cmocka_unit_test(settings_can_grow),
        cmocka_unit_test(the_abi_stays),
        cmocka_unit_test(null_pointers_are_arguments),
        cmocka_unit_test(the_voice_describes_itself),
        cmocka_unit_test(stages_give_what_speak_gives),
        cmocka_unit_test(mel_and_vocoder_alone),
        cmocka_unit_test(volume_and_limiter_of_the_vocoder),
        cmocka_unit_test(wrong_ids_and_durations),
        cmocka_unit_test(analysis_hears_the_pitch),
        cmocka_unit_test(voices_are_listed),
        cmocka_unit_test(engines_of_one_file_share_its_weights),
        cmocka_unit_test(memory_that_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
