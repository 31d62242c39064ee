/* SSML through linnet.h: what markup does to samples and events, and what it leaves alone. */
#include "tests/support/recorder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/marked.h"

static linnet_settings settings_of(int ssml, float rate, int threads, int block_frames)
{
    linnet_settings s;
    linnet_settings_init(&s);
    s.ssml = ssml;
    s.rate = rate;
    s.threads = threads;
    s.block_frames = block_frames;
    return s;
}

static linnet_engine *open_ssml(int ssml, float rate)
{
    const linnet_settings s = settings_of(ssml, rate, 1, 0);
    return open_engine(&s);
}

static size_t sample_rate_of(const linnet_engine *engine)
{
    linnet_voice_info info;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    return (size_t)info.sample_rate;
}

/* The how-many-th event of a type; NULL: there are fewer. */
static const linnet_event *find(const struct recorder *r, int type, size_t number)
{
    for (size_t i = 0; i < r->n_events; i++)
        if (r->events[i].event.type == type && number-- == 0)
            return &r->events[i].event;
    return NULL;
}

static size_t count(const struct recorder *r, int type)
{
    size_t n = 0;
    while (find(r, type, n))
        n++;
    return n;
}

static const linnet_event *mark(const struct recorder *r, const char *name)
{
    for (size_t i = 0; i < r->n_events; i++)
        if (r->events[i].event.type == LINNET_EVENT_MARK && strcmp(r->events[i].name, name) == 0)
            return &r->events[i].event;
    fail_msg("no mark %s", name);
    return NULL;
}

static void assert_same_samples(const struct recorder *a, const struct recorder *b)
{
    assert_int_equal(a->n_samples, b->n_samples);
    for (size_t i = 0; i < a->n_samples; i++)
        if (a->samples[i] != b->samples[i])
            fail_msg("sample %zu of %zu: %.9g and %.9g", i, a->n_samples, (double)a->samples[i], (double)b->samples[i]);
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

static const char passage[] =
    "The quick \"brown\" fox, which cost $12.50 (or so), jumped over 3 lazy dogs at 12:05. Didn't it? "
    "Dr. Smith says it did, on the third of April; and St. John St. isn't far.";

static void marks_cost_nothing(void **state)
{
    (void)state;
    static const float rates[] = {1.0f, 3.5f, 0.4f};
    char markup[4096];
    add_marks(markup, sizeof markup, passage);
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct recorder plain = {0}, marked = {0};
        linnet_settings s = settings_of(LINNET_SSML_OFF, rates[i], 2, 0);
        linnet_engine *engine = open_engine(&s);
        speak_into(&plain, engine, passage);
        s.ssml = LINNET_SSML_STRICT;
        assert_int_equal(linnet_set(engine, &s), LINNET_OK);
        speak_into(&marked, engine, markup);
        assert_same_samples(&plain, &marked);
        assert_int_equal(marked.n_events - plain.n_events, count(&marked, LINNET_EVENT_MARK));
        size_t k = 0;
        for (size_t n = 0; n < marked.n_events; n++) { /* all else happens when it did */
            if (marked.events[n].event.type == LINNET_EVENT_MARK)
                continue;
            assert_int_equal(marked.events[n].event.type, plain.events[k].event.type);
            assert_int_equal(marked.events[n].event.time, plain.events[k].event.time);
            assert_int_equal(marked.events[n].event.n_samples, plain.events[k].event.n_samples);
            k++;
        }
        recorder_clear(&plain);
        recorder_clear(&marked);
        linnet_engine_close(&engine);
    }
}

static void marks_come_when_their_words_do(void **state)
{
    (void)state;
    static const char markup[] = "<speak>One <mark name='two'/>two, <mark name='three'/>three. <mark name='four'/>Four "
                                 "five<mark name='end'/></speak>";
    static const float rates[] = {1.0f, 4.0f};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct recorder r = {0};
        linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, rates[i]);
        speak_into(&r, engine, markup);
        assert_int_equal(count(&r, LINNET_EVENT_WORD), 5);
        assert_int_equal(mark(&r, "two")->time, find(&r, LINNET_EVENT_WORD, 1)->time);
        assert_int_equal(mark(&r, "three")->time, find(&r, LINNET_EVENT_WORD, 2)->time);
        assert_int_equal(mark(&r, "four")->time, find(&r, LINNET_EVENT_WORD, 3)->time);
        assert_int_equal(mark(&r, "end")->time, r.n_samples);
        uint64_t last = 0;
        for (size_t n = 0; n < r.n_events; n++) {
            assert_true(r.events[n].event.time >= last);
            last = r.events[n].event.time;
        }
        recorder_clear(&r);
        linnet_engine_close(&engine);
    }
}

/* ---- breaks ------------------------------------------------------------------------------------------------------ */

/* Samples are the same on [from, end) of a and, `later` samples later, of b. */
static void assert_same_part(const struct recorder *a, const struct recorder *b, size_t from, size_t end, size_t later)
{
    assert_true(end <= a->n_samples && end + later <= b->n_samples);
    for (size_t i = from; i < end; i++)
        if (a->samples[i] != b->samples[i + later])
            fail_msg("sample %zu: %.9g and %.9g", i, (double)a->samples[i], (double)b->samples[i + later]);
}

static void assert_silent(const struct recorder *r, size_t from, size_t end)
{
    assert_true(end <= r->n_samples);
    for (size_t i = from; i < end; i++)
        assert_true(r->samples[i] == 0.0f);
}

/* Silence of just that length, before the word behind it; all else is as without, but for the fades. */
static void breaks_are_exact_silence(void **state)
{
    (void)state;
    static const float rates[] = {1.0f, 1.7f, 4.0f, 0.3f};
    static const char *const texts[][2] = {
        {"<speak>One two, <mark name='m'/>three four. Five.</speak>",
         "<speak>One two, <mark name='m'/><break time='1234ms'/>three four. Five.</speak>"},
        {"<speak>One two. <mark name='m'/>three four.</speak>",
         "<speak>One two. <mark name='m'/><break time='1234ms'/>three four.</speak>"},
    };
    for (size_t t = 0; t < 2; t++)
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
            struct recorder without = {0}, with = {0};
            linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, rates[i]);
            const size_t rate = sample_rate_of(engine), pause = (rate * 1234 + 500) / 1000, fade = rate / 100;
            speak_into(&without, engine, texts[t][0]);
            speak_into(&with, engine, texts[t][1]);
            const size_t at = (size_t)mark(&with, "m")->time;
            assert_int_equal(at, mark(&without, "m")->time);
            assert_int_equal(with.n_samples, without.n_samples + pause);
            assert_silent(&with, at, at + pause);
            assert_same_part(&without, &with, 0, at > fade ? at - fade : 0, 0);
            assert_same_part(&without, &with, at + fade, without.n_samples, pause);
            assert_int_equal(find(&with, LINNET_EVENT_WORD, 2)->time, at + pause);
            assert_int_equal(find(&with, LINNET_EVENT_WORD, 3)->time,
                             find(&without, LINNET_EVENT_WORD, 3)->time + pause);
            recorder_clear(&without);
            recorder_clear(&with);
            linnet_engine_close(&engine);
        }
}

static void breaks_stand_alone(void **state)
{
    (void)state;
    struct recorder r = {0};
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    const size_t rate = sample_rate_of(engine);
    speak_into(&r, engine, "<speak><break time='500ms'/><mark name='m'/><break time='1s'/><mark name='n'/></speak>");
    assert_int_equal(r.n_samples, rate * 3 / 2);
    assert_silent(&r, 0, r.n_samples);
    assert_int_equal(mark(&r, "m")->time, rate / 2);
    assert_int_equal(mark(&r, "n")->time, rate * 3 / 2);
    speak_into(&r, engine, "<speak><break strength='none'/><break time='0s'/></speak>");
    assert_int_equal(r.n_samples, 0);
    struct recorder word = {0};
    speak_into(&word, engine, "<speak>Word.</speak>");
    speak_into(&r, engine, "<speak>Word.<break time='1s'/></speak>");
    assert_int_equal(r.n_samples, word.n_samples + rate);
    assert_silent(&r, word.n_samples, r.n_samples);
    recorder_clear(&r);
    recorder_clear(&word);
    linnet_engine_close(&engine);
}

/* ---- prosody ----------------------------------------------------------------------------------------------------- */

static bool in_word(const struct recorder *r, size_t word, const linnet_event *event)
{
    const linnet_event *const w = find(r, LINNET_EVENT_WORD, word);
    return event->time >= w->time && event->time < w->time + w->n_samples;
}

static void prosody_acts_on_its_phonemes(void **state)
{
    (void)state;
    struct recorder plain = {0}, bent = {0};
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    linnet_voice_info info;
    assert_int_equal(linnet_voice(engine, &info), LINNET_OK);
    const double frame = info.hop_samples;
    speak_into(&plain, engine, "<speak>One two three four.</speak>");
    speak_into(&bent, engine, "<speak>One <prosody rate='50%' pitch='+12st'>two</prosody> three four.</speak>");
    const size_t n = count(&plain, LINNET_EVENT_PHONEME);
    size_t inside = 0;
    assert_int_equal(count(&bent, LINNET_EVENT_PHONEME), n);
    for (size_t i = 0; i < n; i++) {
        const linnet_event *const a = find(&plain, LINNET_EVENT_PHONEME, i), *const b =
                                                                                 find(&bent, LINNET_EVENT_PHONEME, i);
        const bool bends = in_word(&plain, 1, a);
        inside += bends;
        assert_true(fabs((double)b->pitch_hz / (double)a->pitch_hz - (bends ? 2 : 1)) < 1e-4);
        assert_true(fabs((double)b->n_samples - (bends ? 2 : 1) * (double)a->n_samples) <= (bends ? 2 : 1) * frame);
    }
    assert_true(inside >= 2);
    const uint64_t a = find(&plain, LINNET_EVENT_WORD, 1)->n_samples, b = find(&bent, LINNET_EVENT_WORD, 1)->n_samples;
    assert_true(fabs((double)b - 2 * (double)a) <= 2 * frame);
    recorder_clear(&plain);
    recorder_clear(&bent);
    linnet_engine_close(&engine);
}

/* Outside: the same samples; inside: half of them; the step between is a ramp of 10 ms at most. */
static void volume_acts_on_its_samples(void **state)
{
    (void)state;
    struct recorder plain = {0}, soft = {0};
    linnet_settings s = settings_of(LINNET_SSML_STRICT, 1.0f, 1, 0);
    s.volume = 0.05f; /* far from the limiter */
    linnet_engine *engine = open_engine(&s);
    const size_t ramp = sample_rate_of(engine) / 200 + 1;
    speak_into(&plain, engine, "<speak>One two three four.</speak>");
    speak_into(&soft, engine, "<speak>One two <prosody volume='-50%'>three</prosody> four.</speak>");
    assert_int_equal(plain.n_samples, soft.n_samples);
    const linnet_event *const word = find(&plain, LINNET_EVENT_WORD, 2), *const behind =
                                                                             find(&plain, LINNET_EVENT_WORD, 3);
    const size_t begin = (size_t)word->time, end = begin + (size_t)word->n_samples, rest = (size_t)behind->time;
    assert_same_part(&plain, &soft, 0, begin - ramp, 0);
    assert_same_part(&plain, &soft, rest + ramp, plain.n_samples, 0);
    assert_true(end - begin > 2 * ramp);
    for (size_t i = begin + ramp; i < end - ramp; i++)
        assert_true(fabsf(soft.samples[i] - 0.5f * plain.samples[i]) < 1e-6f);
    for (size_t i = begin - ramp; i < begin + ramp; i++) { /* the factor falls, and never jumps */
        const float x = plain.samples[i];
        if (fabsf(x) > 1e-4f)
            assert_true(soft.samples[i] / x > 0.499f && soft.samples[i] / x < 1.001f);
    }
    recorder_clear(&plain);
    recorder_clear(&soft);
    linnet_engine_close(&engine);
}

static void loud_words_do_not_clip(void **state)
{
    (void)state;
    struct recorder r = {0};
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    speak_into(&r, engine, "<speak><prosody volume='+200dB'>One two</prosody> three.</speak>");
    for (size_t i = 0; i < r.n_samples; i++)
        assert_true(fabsf(r.samples[i]) <= 0.9f);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

static void silent_words_are_silent(void **state)
{
    (void)state;
    struct recorder r = {0};
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    speak_into(&r, engine, "<speak><prosody volume='silent'>One two three.</prosody></speak>");
    assert_true(r.n_samples > 0);
    assert_silent(&r, 0, r.n_samples);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

/* The inner one counts on top of the outer one. */
static void elements_nest(void **state)
{
    (void)state;
    struct recorder nested = {0}, flat = {0};
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    speak_into(&nested, engine,
               "<speak><p><s>One <prosody pitch='+2st' rate='80%'>two <prosody pitch='+3st' volume='50'><emphasis "
               "level='none'>three</emphasis></prosody></prosody></s></p></speak>");
    speak_into(&flat, engine,
               "<speak>One <prosody pitch='+2st' rate='80%'>two </prosody><prosody pitch='+5st' rate='80%' "
               "volume='50'>three</prosody></speak>");
    assert_same_samples(&nested, &flat);
    recorder_clear(&nested);
    recorder_clear(&flat);
    linnet_engine_close(&engine);
}

/* ---- what is said ------------------------------------------------------------------------------------------------ */

static void phonemes_of(char *out, size_t size, linnet_engine *engine, const char *markup)
{
    const linnet_sentence *sentence;
    size_t n = 0;
    if (linnet_text(engine, markup, strlen(markup)) != LINNET_OK)
        fail_msg("%s: %s", markup, linnet_error(engine));
    out[0] = '\0';
    while (linnet_sentence_next(engine, &sentence) == LINNET_OK && sentence)
        n += (size_t)snprintf(out + n, size - n, "%s|", sentence->phonemes);
}

static void markup_changes_the_phonemes(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"<speak><sub alias='World Wide Web'>WWW</sub> page</speak>", "<speak>World Wide Web page</speak>"},
        {"<speak><say-as interpret-as='cardinal'>1984</say-as></speak>",
         "<speak>one thousand nine hundred eighty-four</speak>"},
        {"<speak><say-as interpret-as='spell-out'>cat</say-as></speak>", "<speak><say-as interpret-as='characters'>cat"
                                                                         "</say-as></speak>"},
        {"<speak>a <phoneme alphabet='x-sampa' ph='kIt'>cat</phoneme></speak>",
         "<speak>a <phoneme ph='k&#x26A;t'>cat</phoneme></speak>"},
        {"<speak>Hi. <audio src='x.wav'>You.</audio></speak>", "<speak>Hi. You.</speak>"},
        {"<speak><lang xml:lang='en-GB'>good</lang> day</speak>", "<speak>good day</speak>"},
    };
    static const char *const different[][2] = {
        {"<speak>a <phoneme alphabet='x-sampa' ph='kIt'>cat</phoneme></speak>", "<speak>a cat</speak>"},
        {"<speak><lang xml:lang='de'>die Zeit</lang></speak>", "<speak>die Zeit</speak>"},
        {"<speak><say-as interpret-as='cardinal'>1984</say-as></speak>", "<speak>1984</speak>"},
    };
    char a[512], b[512];
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        phonemes_of(a, sizeof a, engine, same[i][0]);
        phonemes_of(b, sizeof b, engine, same[i][1]);
        assert_true(strlen(a) > 2);
        assert_string_equal(a, b);
    }
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        phonemes_of(a, sizeof a, engine, different[i][0]);
        phonemes_of(b, sizeof b, engine, different[i][1]);
        assert_string_not_equal(a, b);
    }
    linnet_engine_close(&engine);
}

/* Stage by stage, a sentence is predicted as its markup says. */
static void predictions_follow_the_markup(void **state)
{
    (void)state;
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    static const char *const texts[] = {"<speak>One two three four five six.</speak>",
                                        "<speak><prosody rate='50%'>One two three four five six.</prosody></speak>"};
    size_t frames[2];
    for (size_t i = 0; i < 2; i++) {
        const linnet_sentence *sentence;
        linnet_prosody prosody;
        assert_int_equal(linnet_text(engine, texts[i], strlen(texts[i])), LINNET_OK);
        assert_int_equal(linnet_sentence_next(engine, &sentence), LINNET_OK);
        assert_int_equal(linnet_predict(engine, sentence->ids, sentence->n_phonemes, &prosody), LINNET_OK);
        frames[i] = prosody.n_frames;
        const int32_t copied[] = {0, sentence->ids[1], 0}; /* ids of the caller's own have no style */
        assert_int_equal(linnet_predict(engine, copied, 3, &prosody), LINNET_OK);
    }
    assert_true(frames[1] >= 2 * frames[0] - 2 && frames[1] <= 2 * frames[0] + 2);
    linnet_engine_close(&engine);
}

/* ---- recordings -------------------------------------------------------------------------------------------------- */

#define RECORDED 20000

/* Counts up: 20000 samples; files called "missing" can't be played. */
static int load(void *user, const char *path, int sample_rate, float **samples, size_t *n_samples)
{
    int *const calls = user;
    assert_true(sample_rate > 0);
    ++*calls;
    if (strstr(path, "missing"))
        return 1;
    assert_string_equal(path, "some folder/bell.wav");
    *samples = malloc(RECORDED * sizeof **samples);
    assert_non_null(*samples);
    for (size_t i = 0; i < RECORDED; i++)
        (*samples)[i] = (float)i / RECORDED;
    *n_samples = RECORDED;
    return 0;
}

static const char ringing[] =
    "<speak>One.<mark name='a'/><audio src='bell.wav'>bell</audio><mark name='b'/> Two <audio "
    "src='missing.wav'>lost</audio>. <audio src='http://example.org/bell.wav'>web</audio></speak>";

/* Whatever an address is written like, its recording is read once. */
static void recordings_are_read_once(void **state)
{
    (void)state;
    struct recorder r = {0};
    int calls = 0;
    linnet_settings s = settings_of(LINNET_SSML_STRICT, 1.0f, 1, 0);
    linnet_engine *engine = open_engine(&s);
    assert_int_equal(linnet_set_files(engine, "some folder", load, &calls), LINNET_OK);
    speak_into(&r, engine,
               "<speak><audio src='bell.wav'/><audio src='./bell.wav'/><audio src='.//./bell.wav'/><audio "
               "src='x/../bell.wav'/>"
               "<audio src='x/y/../../%62ell.wav'/><audio src='../some folder/bell.wav'/></speak>");
    assert_int_equal(calls, 1);
    assert_int_equal(r.n_samples, 6 * RECORDED);
    calls = 0;
    speak_into(&r, engine,
               "<speak><audio src='../../missing'/><audio src='../x/../../missing'/>"
               "<audio src='/a/../../missing'/><audio src='/missing'/></speak>");
    assert_int_equal(calls, 2);
    recorder_clear(&r);
    linnet_engine_close(&engine);
}

static void recordings_are_played(void **state)
{
    (void)state;
    static const float volumes[] = {1.0f, 0.5f, 3.0f};
    struct recorder r = {0}, without = {0};
    int calls = 0;
    linnet_settings s = settings_of(LINNET_SSML_STRICT, 1.0f, 2, 0);
    linnet_engine *engine = open_engine(&s);
    speak_into(&without, engine, ringing); /* not allowed: the text */
    assert_int_equal(count(&without, LINNET_EVENT_WORD), 5);
    assert_int_equal(linnet_set_files(engine, "some folder", load, &calls), LINNET_OK);
    for (size_t v = 0; v < sizeof volumes / sizeof *volumes; v++) {
        s.volume = volumes[v];
        const float factor = volumes[v] < 1.0f ? volumes[v] : 1.0f;
        assert_int_equal(linnet_set(engine, &s), LINNET_OK);
        calls = 0;
        speak_into(&r, engine, ringing);
        assert_int_equal(calls, 2); /* the net isn't asked */
        assert_int_equal(count(&r, LINNET_EVENT_WORD), 4);
        const size_t at = (size_t)mark(&r, "a")->time;
        assert_true(at > 0 && at == find(&r, LINNET_EVENT_SENTENCE, 0)->n_samples);
        for (size_t i = 0; i < RECORDED; i++)
            assert_true(r.samples[at + i] == factor * ((float)i / RECORDED));
        assert_true(mark(&r, "b")->time >= at + RECORDED);
        assert_int_equal(mark(&r, "b")->time, find(&r, LINNET_EVENT_WORD, 1)->time);
        assert_int_equal(find(&r, LINNET_EVENT_SENTENCE, 1)->time, at + RECORDED);
    }
    assert_int_equal(linnet_set_files(engine, NULL, NULL, NULL), LINNET_OK);
    s.volume = 1.0f;
    assert_int_equal(linnet_set(engine, &s), LINNET_OK);
    speak_into(&r, engine, ringing);
    assert_same_samples(&r, &without);
    assert_int_equal(linnet_set_files(NULL, NULL, NULL, NULL), LINNET_ERR_ARGUMENT);
    recorder_clear(&r);
    recorder_clear(&without);
    linnet_engine_close(&engine);
}

/* ---- promises ---------------------------------------------------------------------------------------------------- */

static const char everything[] =
    "<speak>One <mark name='m'/>two <break time='150ms'/>three <prosody rate='slow' volume='+3dB' contour='(0%,+0st) "
    "(100%,+5st)'>four five,</prosody> six. <audio src='bell.wav'/> <p>Seven <emphasis>eight</emphasis>.</p>"
    "<break time='300ms'/><mark name='n'/> <lang xml:lang='de'>neun</lang> ten. Eleven.<break time='2s'/></speak>";

static void blocks_and_threads_change_nothing(void **state)
{
    (void)state;
    static const float rates[] = {1.0f, 3.0f};
    static const int blocks[] = {1, 7, 512};
    int calls = 0;
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        struct recorder whole = {0}, other = {0};
        linnet_settings s = settings_of(LINNET_SSML_STRICT, rates[r], 1, 0);
        linnet_engine *engine = open_engine(&s);
        assert_int_equal(linnet_set_files(engine, "some folder", load, &calls), LINNET_OK);
        speak_into(&whole, engine, everything);
        for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++)
            for (int threads = 1; threads <= 2; threads++) {
                s = settings_of(LINNET_SSML_STRICT, rates[r], threads, blocks[b]);
                assert_int_equal(linnet_set(engine, &s), LINNET_OK);
                speak_into(&other, engine, everything);
                assert_same_samples(&whole, &other);
                assert_int_equal(whole.n_events, other.n_events);
                for (size_t i = 0; i < whole.n_events; i++) {
                    assert_int_equal(whole.events[i].event.type, other.events[i].event.type);
                    assert_int_equal(whole.events[i].event.time, other.events[i].event.time);
                    assert_int_equal(whole.events[i].event.n_samples, other.events[i].event.n_samples);
                    assert_string_equal(whole.events[i].name, other.events[i].name);
                }
            }
        recorder_clear(&whole);
        recorder_clear(&other);
        linnet_engine_close(&engine);
    }
}

/* Within a block, inside a break or a recording too. */
static void cancelling_stops_silence_and_recordings(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "<speak><break time='600s'/>One.</speak>",
        "<speak><audio src='bell.wav'/><audio src='bell.wav'/><audio src='bell.wav'/><audio src='bell.wav'/></speak>",
        "<speak>One <break time='600s'/> two.</speak>",
    };
    int calls = 0;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        for (int by_cancel = 0; by_cancel < 2; by_cancel++) {
            const linnet_settings s = settings_of(LINNET_SSML_STRICT, 1.0f, 2, 8);
            linnet_engine *engine = open_engine(&s);
            struct recorder r = {.stop_after = 15, .cancel = by_cancel ? engine : NULL};
            assert_int_equal(linnet_set_files(engine, "some folder", load, &calls), LINNET_OK);
            assert_int_equal(linnet_speak(engine, texts[t], strlen(texts[t]), record, &r), LINNET_CANCELLED);
            assert_int_equal(r.n_blocks, 15);
            assert_true(r.largest_block <= 16384);
            speak_into(&r, engine, "<speak>Still there.</speak>");
            assert_true(r.n_samples > 0);
            recorder_clear(&r);
            linnet_engine_close(&engine);
        }
}

/* Cancels while the markup is still being read. */
static int cancel_and_fail(void *user, const char *path, int sample_rate, float **samples, size_t *n_samples)
{
    (void)path, (void)sample_rate, (void)samples, (void)n_samples;
    linnet_cancel(user);
    return 1;
}

static void cancelling_stops_the_reading(void **state)
{
    (void)state;
    static const char markup[] =
        "<speak>One <audio src='x'/> two. <break time='long'/></speak>"; /* an error further on */
    struct recorder r = {0};
    for (int ssml = LINNET_SSML_STRICT; ssml <= LINNET_SSML_LENIENT; ssml++) {
        linnet_engine *engine = open_ssml(ssml, 1.0f);
        assert_int_equal(linnet_set_files(engine, NULL, cancel_and_fail, engine), LINNET_OK);
        assert_int_equal(linnet_speak(engine, markup, sizeof markup - 1, record, &r), LINNET_CANCELLED);
        assert_true(r.n_events == 0 && r.n_blocks == 0);
        linnet_engine_close(&engine);
    }
}

/* What random markup is made of: words, empty elements, and elements with something inside, whose end tag is the
 * second. */
static const char *const words[] = {"one ",  "two, ",   "three. ", "$12.50 ", "Dr.",   "Smith? ", "5 km; ",
                                    "(in) ", "\"so\" ", "... ",    "e.g. ",   "&amp;", "\n",      "12:05 "};
static const char *const empties[] = {"<break time='99ms'/>",
                                      "<break/>",
                                      "<break time='2s'/>",
                                      "<mark name='m'/>",
                                      "<audio src='bell.wav'/>",
                                      "<sub alias='World Wide Web'>WWW</sub>",
                                      "<phoneme alphabet='x-sampa' ph='t@m'>x</phoneme>",
                                      "<say-as interpret-as='date'>3/4/2024</say-as>",
                                      "<say-as interpret-as='characters'>a-B</say-as>"};
static const char *const elements[][2] = {
    {"<prosody rate='20%' volume='+20dB' pitch='+36st' range='400%'>", "</prosody>"},
    {"<prosody rate='500%' volume='silent' pitch='10Hz' range='0%'>", "</prosody>"},
    {"<prosody contour='(0%,-36st) (50%,+36st)'>", "</prosody>"},
    {"<emphasis level='strong'>", "</emphasis>"},
    {"<lang xml:lang='de'>", "</lang>"},
    {"<voice gender='male' age='5'>", "</voice>"},
    {"<p>", "</p>"},
    {"<s xml:lang='fr'>", "</s>"},
};

struct author {
    char text[8192];
    size_t size;
    uint32_t seed;
};

static size_t choose(struct author *author, size_t n)
{
    author->seed = author->seed * 1664525u + 1013904223u;
    return (author->seed >> 8) % n;
}

static void write_piece(struct author *author, const char *piece)
{
    assert_true(author->size + strlen(piece) < sizeof author->text);
    author->size += (size_t)sprintf(author->text + author->size, "%s", piece);
}

static void write_something(struct author *author, int depth)
{
    for (size_t n = 1 + choose(author, 4); n > 0; n--) {
        const size_t kind = choose(author, depth > 0 ? 3 : 2),
                     element = choose(author, sizeof elements / sizeof *elements);
        if (kind == 0)
            write_piece(author, words[choose(author, sizeof words / sizeof *words)]);
        else if (kind == 1)
            write_piece(author, empties[choose(author, sizeof empties / sizeof *empties)]);
        if (kind < 2)
            continue;
        write_piece(author, elements[element][0]);
        write_something(author, depth - 1);
        write_piece(author, elements[element][1]);
    }
}

/* Of whatever nests: events in order, words within their sentence and the markup, and an end. */
static void random_markup_keeps_the_rules(void **state)
{
    (void)state;
    static const float rates[] = {1.0f, 6.0f, 0.25f};
    int calls = 0;
    for (size_t n = 0; n < 90; n++) {
        struct author author = {.seed = (uint32_t)n};
        struct recorder r = {0};
        const linnet_settings s = settings_of(LINNET_SSML_STRICT, rates[n % 3], 1 + (int)(n % 2), 0);
        linnet_engine *engine = open_engine(&s);
        assert_int_equal(linnet_set_files(engine, "some folder", load, &calls), LINNET_OK);
        write_piece(&author, "<speak>");
        write_something(&author, 4);
        write_piece(&author, "</speak>");
        speak_into(&r, engine, author.text);
        uint64_t last = 0, end = 0;
        size_t byte = 0;
        for (size_t i = 0; i < r.n_events; i++) {
            const linnet_event *const e = &r.events[i].event;
            bool fine = e->time >= last && e->time + e->n_samples <= r.n_samples;
            if (e->type == LINNET_EVENT_SENTENCE)
                end = e->time + e->n_samples;
            if (e->type == LINNET_EVENT_WORD) {
                fine = fine && e->time + e->n_samples <= end && e->byte_offset >= byte &&
                       e->byte_offset + e->byte_length <= author.size;
                byte = e->byte_offset + e->byte_length;
            }
            if (!fine)
                fail_msg("seed %zu, event %zu: %s", n, i, author.text);
            last = e->time;
        }
        recorder_clear(&r);
        linnet_engine_close(&engine);
    }
}

static void errors_name_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *markup, *told;
    } cases[] = {
        {"<speak>One\n<b>two</speak>", "line 2, column 9"},
        {"One", "line 1, column 1"},
        {"", "line 1, column 1"},
        {"<speak>\n\n  <break time='long'/></speak>", "line 3, column 3: <break>: time=\"long\""},
        {"<!DOCTYPE s [<!ENTITY a 'aa'>\n<!ENTITY b '&a;&a;'>]><speak>&b;</speak>", "line 1, column 25: entities"},
        {"<!DOCTYPE s [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><speak>&a;</speak>", "line 1, column 52: entities"},
        {"<speak>&nbsp;</speak>", "line 1, column 8: undefined entity"},
        {"<speak>\xff</speak>", "line 1, column 8"},
    };
    struct recorder r = {0};
    linnet_engine *strict = open_ssml(LINNET_SSML_STRICT, 1.0f), *lenient = open_ssml(LINNET_SSML_LENIENT, 1.0f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const markup = cases[i].markup;
        assert_int_equal(linnet_speak(strict, markup, strlen(markup), record, &r), LINNET_ERR_SYNTAX);
        if (!strstr(linnet_error(strict), cases[i].told))
            fail_msg("%s: \"%s\" isn't in \"%s\"", markup, cases[i].told, linnet_error(strict));
        assert_int_equal(linnet_text(strict, markup, strlen(markup)), LINNET_ERR_SYNTAX);
        assert_true(r.n_samples == 0 && r.n_events == 0);
        struct recorder spoken = {0};
        speak_into(&spoken, lenient, markup);
        recorder_clear(&spoken);
    }
    recorder_clear(&r);
    linnet_engine_close(&strict);
    linnet_engine_close(&lenient);
}

static void lenient_reading_speaks_the_text(void **state)
{
    (void)state;
    static const char broken[] = "<speak>One <mark name='m'/>two <b>three & four < five";
    struct recorder r = {0}, plain = {0};
    linnet_settings s = settings_of(LINNET_SSML_LENIENT, 1.0f, 1, 0);
    linnet_engine *engine = open_engine(&s);
    speak_into(&r, engine, broken);
    assert_int_equal(mark(&r, "m")->time, find(&r, LINNET_EVENT_WORD, 1)->time);
    speak_into(&plain, engine, "One two three & four < five"); /* no markup at all */
    assert_same_samples(&r, &plain);
    recorder_clear(&r);
    recorder_clear(&plain);
    linnet_engine_close(&engine);
}

static void only_texts_are_markup(void **state)
{
    (void)state;
    const linnet_sentence *sentence;
    linnet_settings s = settings_of(LINNET_SSML_STRICT, 1.0f, 1, 0);
    s.unit = LINNET_UNIT_CHARACTER;
    linnet_engine *engine = open_engine(&s);
    assert_int_equal(linnet_text(engine, "<", 1), LINNET_OK);
    assert_int_equal(linnet_sentence_next(engine, &sentence), LINNET_OK);
    assert_string_equal(sentence->text, "less");
    s.ssml = 3;
    assert_int_equal(linnet_set(engine, &s), LINNET_ERR_ARGUMENT);
    assert_non_null(strstr(linnet_error(engine), "ssml"));
    linnet_engine_close(&engine);
}

/* What would take for ever or all memory is refused at once. */
static void sizes_are_bounded(void **state)
{
    (void)state;
    const size_t size = (size_t)100 << 20;
    char *const markup = malloc(size);
    struct recorder r = {0};
    assert_non_null(markup);
    memset(markup, 'a', size);
    memcpy(markup, "<speak>", 7);
    memcpy(markup + size - 8, "</speak>", 8);
    for (int ssml = LINNET_SSML_STRICT; ssml <= LINNET_SSML_LENIENT; ssml++) {
        linnet_engine *engine = open_ssml(ssml, 1.0f);
        assert_int_equal(linnet_speak(engine, markup, size, record, &r), LINNET_ERR_SYNTAX);
        assert_non_null(strstr(linnet_error(engine), "at most 16777216"));
        linnet_engine_close(&engine);
    }
    for (size_t i = 0; i + 3 <= 16 << 20; i += 3)
        memcpy(markup + i, "<p>", 3);
    linnet_engine *engine = open_ssml(LINNET_SSML_STRICT, 1.0f);
    assert_int_equal(linnet_speak(engine, markup, 16 << 20, record, &r), LINNET_ERR_SYNTAX);
    assert_non_null(strstr(linnet_error(engine), "line 1, column 301: elements are nested too deep"));
    linnet_engine_close(&engine);
    free(markup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_cost_nothing),
        cmocka_unit_test(marks_come_when_their_words_do),
        cmocka_unit_test(breaks_are_exact_silence),
        cmocka_unit_test(breaks_stand_alone),
        cmocka_unit_test(prosody_acts_on_its_phonemes),
        cmocka_unit_test(volume_acts_on_its_samples),
        cmocka_unit_test(loud_words_do_not_clip),
        cmocka_unit_test(silent_words_are_silent),
        cmocka_unit_test(elements_nest),
        cmocka_unit_test(markup_changes_the_phonemes),
        cmocka_unit_test(predictions_follow_the_markup),
        cmocka_unit_test(recordings_are_read_once),
        cmocka_unit_test(recordings_are_played),
        cmocka_unit_test(blocks_and_threads_change_nothing),
        cmocka_unit_test(cancelling_stops_silence_and_recordings),
        cmocka_unit_test(cancelling_stops_the_reading),
        cmocka_unit_test(random_markup_keeps_the_rules),
        cmocka_unit_test(errors_name_line_and_column),
        cmocka_unit_test(lenient_reading_speaks_the_text),
        cmocka_unit_test(only_texts_are_markup),
        cmocka_unit_test(sizes_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
