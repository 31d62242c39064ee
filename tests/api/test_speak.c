/* linnet_speak() from outside: samples, blocks, threads, events, cancelling. */
#include "tests/support/recorder.h"

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char text[] =
    "Good morning! This is the first sentence, and it is a little longer. Is this the second one? "
    "Yes. A last sentence closes the text.";

static linnet_settings settings_of(float rate, int threads, int block_frames)
{
    linnet_settings s;
    linnet_settings_init(&s);
    s.rate = rate;
    s.threads = threads;
    s.block_frames = block_frames;
    return s;
}

static void assert_same_samples(const struct recorder *a, const struct recorder *b)
{
    assert_int_equal(a->n_samples, b->n_samples);
    for (size_t i = 0; i < a->n_samples; i++)
        if (a->samples[i] != b->samples[i])
            fail_msg("sample %zu of %zu: %.9g and %.9g", i, a->n_samples, (double)a->samples[i], (double)b->samples[i]);
}

static void assert_same_events(const struct recorder *a, const struct recorder *b)
{
    assert_int_equal(a->n_events, b->n_events);
    for (size_t i = 0; i < a->n_events; i++) {
        const linnet_event *const x = &a->events[i].event, *const y = &b->events[i].event;
        assert_int_equal(x->type, y->type);
        assert_int_equal(x->time, y->time);
        assert_int_equal(x->n_samples, y->n_samples);
        assert_int_equal(x->byte_offset, y->byte_offset);
        assert_string_equal(a->events[i].name, b->events[i].name);
    }
}

/* Rates: the network alone, and with libsonic on either side. */
static void blocks_and_threads_change_nothing(void **state)
{
    (void)state;
    static const float rates[] = {1.0f, 3.0f, 0.3f};
    static const int blocks[] = {1, 7, 32, 512};
    for (size_t r = 0; r < sizeof rates / sizeof rates[0]; r++) {
        struct recorder whole = {0}, other = {0};
        linnet_settings s = settings_of(rates[r], 1, 0);
        linnet_engine *engine = open_engine(&s);
        speak_into(&whole, engine, text);
        assert_true(whole.n_samples > 1000);
        for (size_t b = 0; b < sizeof blocks / sizeof blocks[0]; b++)
            for (int threads = 0; threads <= 4; threads++) {
                s = settings_of(rates[r], threads, blocks[b]);
                assert_int_equal(linnet_set(engine, &s), LINNET_OK);
                speak_into(&other, engine, text);
                assert_same_samples(&whole, &other);
                assert_same_events(&whole, &other);
            }
        recorder_clear(&whole);
        recorder_clear(&other);
        linnet_engine_close(&engine);
    }
}

static void speaking_again_gives_the_same(void **state)
{
    (void)state;
    struct recorder first = {0}, second = {0};
    linnet_engine *engine = open_engine(NULL);
    speak_into(&first, engine, text);
    speak_into(&second, engine, "Something else. Before it.");
    speak_into(&second, engine, text);
    assert_same_samples(&first, &second);
    recorder_clear(&first);
    recorder_clear(&second);
    linnet_engine_close(&engine);
}

static void block_frames_bound_the_blocks(void **state)
{
    (void)state;
    struct recorder r = {0};
    linnet_voice_info info;
    const linnet_settings s = settings_of(1.0f, 1, 2);
    linnet_engine *engine = open_engine(&s);
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    speak_into(&r, engine, text);
    assert_true(r.n_blocks > 10);
    /* The rest of a sentence, after its last frame, may be longer. */
    assert_true(r.largest_block <= (2 + (size_t)info.lookahead_frames) * (size_t)info.hop_samples);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

/* Checks the events of one speech; returns how many words there were. */
static size_t check_events(const struct recorder *r, const char *spoken)
{
    uint64_t last = 0, sentence_end = 0, phoneme_end = 0;
    size_t n_words = 0, byte = 0, samples_of_sentences = 0;
    for (size_t i = 0; i < r->n_events; i++) {
        const linnet_event *const e = &r->events[i].event;
        assert_true(e->time >= last);
        last = e->time;
        switch (e->type) {
        case LINNET_EVENT_SENTENCE:
            assert_int_equal(e->time, sentence_end);
            sentence_end = e->time + e->n_samples;
            samples_of_sentences += e->n_samples;
            phoneme_end = e->time;
            break;
        case LINNET_EVENT_WORD:
            assert_true(e->byte_offset >= byte && e->byte_offset + e->byte_length <= strlen(spoken));
            for (; byte < e->byte_offset; byte++) /* what is between words isn't a letter */
                assert_null(strchr("abcdefghijklmnopqrstuvwxyz", spoken[byte] | 0x20));
            byte = e->byte_offset + e->byte_length;
            assert_true(e->time + e->n_samples <= sentence_end);
            n_words++;
            break;
        case LINNET_EVENT_PHONEME:
            assert_true(e->time >= phoneme_end && e->time + e->n_samples <= sentence_end);
            phoneme_end = e->time + e->n_samples;
            assert_true(r->events[i].name[0] != '\0' && e->pitch_hz > 10.0f && e->pitch_hz < 2000.0f);
            break;
        default: assert_int_equal(e->type, LINNET_EVENT_END); assert_int_equal(e->time, r->n_samples);
        }
    }
    assert_int_equal(samples_of_sentences, r->n_samples);
    return n_words;
}

static void events_are_exact(void **state)
{
    (void)state;
    static const float rates[] = {1.0f, 1.7f, 2.0f, 4.5f, 6.0f, 0.5f, 0.25f};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct recorder r = {0};
        const linnet_settings s = settings_of(rates[i], 2, 0);
        linnet_engine *engine = open_engine(&s);
        speak_into(&r, engine, text);
        assert_int_equal(check_events(&r, text), 25);
        recorder_clear(&r);
        linnet_engine_close(&engine);
    }
}

static void rate_scales_the_length_without_a_jump(void **state)
{
    (void)state;
    static const float pairs[][2] = {{1.19f, 1.21f}, {1.99f, 2.01f}, {0.505f, 0.495f}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        double length[2];
        for (size_t side = 0; side < 2; side++) {
            struct recorder r = {0};
            const linnet_settings s = settings_of(pairs[i][side], 1, 0);
            linnet_engine *engine = open_engine(&s);
            speak_into(&r, engine, text);
            length[side] = (double)r.n_samples * (double)pairs[i][side];
            recorder_clear(&r);
            linnet_engine_close(&engine);
        }
        assert_true(fabs(length[0] / length[1] - 1.0) < 0.03);
    }
}

/* A sentence takes its time at rate 1 divided by the rate: to the sample where libsonic works, to the frame where it
 * doesn't. */
static void length_is_exact_and_falls_with_the_rate(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    linnet_voice_info info;
    double usual = 0.0;
    size_t last = SIZE_MAX;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    for (float rate = LINNET_MAX_RATE; rate >= LINNET_MIN_RATE; rate /= 1.07f) {
        const bool by_frames = rate >= 0.5f && rate <= 1.2f;
        const linnet_settings s = settings_of(rate, 1, 0);
        struct recorder r = {0};
        assert_int_equal(linnet_set(engine, &s), LINNET_OK);
        speak_into(&r, engine, "There is a little time left, but not much.");
        const double length = (double)r.n_samples * (double)rate;
        usual = usual > 0.0 ? usual : length;
        const double slack = by_frames ? 0.5 * info.hop_samples * (double)rate : 0.5 * (double)rate;
        if (fabs(length - usual) > slack + 0.5 * LINNET_MAX_RATE + 0.1)
            fail_msg("rate %g: %zu samples, at rate 1 they would be %.1f, expected are %.1f", (double)rate, r.n_samples,
                     length, usual);
        assert_true(last == SIZE_MAX || r.n_samples > last);
        last = r.n_samples;
        recorder_clear(&r);
    }
    linnet_engine_close(&engine);
}

static void nothing_to_say(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " \n\t ", "\x01\x02"};
    linnet_engine *engine = open_engine(NULL);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct recorder r = {0};
        speak_into(&r, engine, texts[i]);
        assert_int_equal(r.n_samples, 0);
        assert_int_equal(r.n_events, 1);
        recorder_clear(&r);
    }
    struct recorder r = {0};
    assert_int_equal(linnet_speak(engine, NULL, 0, record, &r), LINNET_OK);
    assert_int_equal(r.ended, 1);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

static void invalid_bytes_are_counted(void **state)
{
    (void)state;
    static const char bad[] = "Good \xFF\xC0 morning";
    struct recorder r = {0};
    linnet_engine *engine = open_engine(NULL);
    speak_into(&r, engine, bad);
    assert_int_equal(linnet_invalid_bytes(engine), 2);
    assert_true(r.n_samples > 0);
    speak_into(&r, engine, "Good morning");
    assert_int_equal(linnet_invalid_bytes(engine), 0);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

static void volume_scales_and_never_clips(void **state)
{
    (void)state;
    struct recorder plain = {0}, loud = {0};
    linnet_settings s = settings_of(1.0f, 1, 0);
    linnet_engine *engine = open_engine(&s);
    s.volume = 0.01f;
    assert_int_equal(linnet_set(engine, &s), LINNET_OK);
    speak_into(&plain, engine, text);
    s.volume = 0.02f;
    assert_int_equal(linnet_set(engine, &s), LINNET_OK);
    speak_into(&loud, engine, text);
    assert_int_equal(plain.n_samples, loud.n_samples);
    for (size_t i = 0; i < plain.n_samples; i++)
        assert_true(fabsf(2.0f * plain.samples[i] - loud.samples[i]) < 1e-5f);
    s.volume = 4.0f;
    assert_int_equal(linnet_set(engine, &s), LINNET_OK);
    speak_into(&loud, engine, text); /* record() checks the bound */
    recorder_clear(&plain);
    recorder_clear(&loud);
    linnet_engine_close(&engine);
}

static void cancel_from_the_callback(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++)
        for (int by_cancel = 0; by_cancel < 2; by_cancel++) {
            const linnet_settings s = settings_of(1.0f, threads, 2);
            linnet_engine *engine = open_engine(&s);
            struct recorder r = {.stop_after = 3, .cancel = by_cancel ? engine : NULL}, after = {0};
            assert_int_equal(linnet_speak(engine, text, strlen(text), record, &r), LINNET_CANCELLED);
            assert_int_equal(r.n_blocks, 3);
            assert_int_equal(r.ended, 0);
            assert_true(linnet_error(engine)[0] != '\0');
            speak_into(&after, engine, text);
            assert_true(after.n_samples > r.n_samples);
            recorder_clear(&r);
            recorder_clear(&after);
            linnet_engine_close(&engine);
        }
}

struct race {
    linnet_engine *engine;
    atomic_int started;
};

static int start_race(void *user, const linnet_event *event)
{
    struct race *const race = user;
    (void)event;
    atomic_store(&race->started, 1);
    return 0;
}

static void *cancel_when_started(void *user)
{
    struct race *const race = user;
    while (!atomic_load(&race->started))
        ;
    linnet_cancel(race->engine);
    return NULL;
}

/* The text is so long that it can't end before the cancel comes. */
static void cancel_from_another_thread(void **state)
{
    (void)state;
    const size_t copies = 2000, size = copies * (sizeof text - 1);
    char *const long_text = malloc(size);
    assert_non_null(long_text);
    for (size_t i = 0; i < copies; i++)
        memcpy(long_text + i * (sizeof text - 1), text, sizeof text - 1);
    for (int threads = 1; threads <= 2; threads++) {
        const linnet_settings s = settings_of(1.0f, threads, 0);
        struct race race = {.engine = open_engine(&s)};
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, cancel_when_started, &race), 0);
        assert_int_equal(linnet_speak(race.engine, long_text, size, start_race, &race), LINNET_CANCELLED);
        pthread_join(thread, NULL);
        struct recorder after = {0};
        speak_into(&after, race.engine, "Still there.");
        recorder_clear(&after);
        linnet_engine_close(&race.engine);
    }
    free(long_text);
}

static void a_cancel_before_has_no_effect(void **state)
{
    (void)state;
    struct recorder r = {0};
    linnet_engine *engine = open_engine(NULL);
    linnet_cancel(engine);
    speak_into(&r, engine, "Hello.");
    assert_true(r.n_samples > 0);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

static int call_back_in(void *user, const linnet_event *event)
{
    linnet_engine *const engine = user;
    linnet_settings s;
    linnet_prosody prosody;
    const int32_t ids[] = {0, 1, 0};
    (void)event;
    linnet_settings_init(&s);
    assert_int_equal(linnet_set(engine, &s), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_text(engine, "a", 1), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_predict(engine, ids, 3, &prosody), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_speak(engine, "a", 1, call_back_in, user), LINNET_ERR_ARGUMENT);
    assert_non_null(strstr(linnet_error(engine), "callback"));
    return 0;
}

static void calls_from_the_callback_are_refused(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    assert_int_equal(linnet_speak(engine, text, strlen(text), call_back_in, engine), LINNET_OK);
    linnet_engine_close(&engine);
}

static void *speak_alone(void *recorder)
{
    linnet_engine *engine = open_engine(NULL);
    speak_into(recorder, engine, text);
    linnet_engine_close(&engine);
    return NULL;
}

static void engines_are_independent(void **state)
{
    (void)state;
    struct recorder r[3] = {{0}};
    pthread_t threads[3];
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, speak_alone, &r[i]), 0);
    for (size_t i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    assert_same_samples(&r[0], &r[1]);
    assert_same_samples(&r[0], &r[2]);
    for (size_t i = 0; i < 3; i++)
        recorder_clear(&r[i]);
}

/* What the stages make of the first sentence: [*n_samples]. */
static float *by_stages(linnet_engine *engine, const char *sentence_text, size_t *n_samples)
{
    const linnet_sentence *sentence;
    float *frames, *samples;
    size_t n_frames;
    assert_int_equal(linnet_text(engine, sentence_text, strlen(sentence_text)), LINNET_OK);
    assert_int_equal(linnet_sentence_next(engine, &sentence), LINNET_OK);
    assert_int_equal(linnet_mel(engine, sentence->ids, sentence->n_phonemes, NULL, NULL, NULL, &frames, &n_frames),
                     LINNET_OK);
    assert_int_equal(linnet_vocode(engine, frames, n_frames, 0, &samples, n_samples), LINNET_OK);
    linnet_free(frames);
    return samples;
}

/* A voice may begin to speak inside of the pause that it predicts ahead of the first sound. */
static void the_start_is_whole(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    struct recorder r = {0};
    size_t n;
    float *const expected = by_stages(engine, "Thirty apples.", &n);
    speak_into(&r, engine, "Thirty apples.");
    assert_true(r.n_samples > 2000 && r.n_samples <= n);
    for (size_t i = 0; i < r.n_samples; i++)
        assert_float_equal(r.samples[i], expected[i], 1e-6);
    linnet_free(expected);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

static float largest(const float *samples, size_t n)
{
    float most = 0.0f;
    for (size_t i = 0; i < n; i++)
        most = fmaxf(most, fabsf(samples[i]));
    return most;
}

/* The default voice comes out of silence: its first consonant isn't cut. */
static void words_start_from_silence(void **state)
{
    (void)state;
    static const char *const words[] = {"this", "apple", "please", "f", "b", "zoo", "Good morning."};
    linnet_engine *engine;
    assert_int_equal(linnet_engine_open(&engine, "voices/linnet-en.gguf", NULL), LINNET_OK);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct recorder r = {0};
        speak_into(&r, engine, words[i]);
        assert_true(r.n_samples > 2000);
        const float start = largest(r.samples, 240), all = largest(r.samples, r.n_samples);
        if (!(start < 0.01f * all))
            fail_msg("%s: the first 10 ms reach %g of %g", words[i], (double)start, (double)all);
        recorder_clear(&r);
    }
    linnet_engine_close(&engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_and_threads_change_nothing),
        cmocka_unit_test(speaking_again_gives_the_same),
        cmocka_unit_test(block_frames_bound_the_blocks),
        cmocka_unit_test(events_are_exact),
        cmocka_unit_test(rate_scales_the_length_without_a_jump),
        cmocka_unit_test(length_is_exact_and_falls_with_the_rate),
        cmocka_unit_test(nothing_to_say),
        cmocka_unit_test(invalid_bytes_are_counted),
        cmocka_unit_test(volume_scales_and_never_clips),
        cmocka_unit_test(cancel_from_the_callback),
        cmocka_unit_test(cancel_from_another_thread),
        cmocka_unit_test(a_cancel_before_has_no_effect),
        cmocka_unit_test(calls_from_the_callback_are_refused),
        cmocka_unit_test(engines_are_independent),
        cmocka_unit_test(the_start_is_whole),
        cmocka_unit_test(words_start_from_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
