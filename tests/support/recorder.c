/* See recorder.h. */
#include "tests/support/recorder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void *grow(void *array, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity)
        return array;
    *capacity = 2 * wanted;
    void *const grown = realloc(array, *capacity * size);
    assert_non_null(grown);
    return grown;
}

static void record_audio(struct recorder *r, const linnet_event *event)
{
    assert_int_equal(event->time, r->n_samples); /* blocks follow each other without a gap */
    assert_true(event->n_samples > 0);
    r->samples = grow(r->samples, &r->samples_capacity, r->n_samples + event->n_samples, sizeof *r->samples);
    memcpy(r->samples + r->n_samples, event->samples, event->n_samples * sizeof *event->samples);
    for (size_t i = 0; i < event->n_samples; i++)
        assert_true(event->samples[i] >= -1.0f && event->samples[i] <= 1.0f);
    r->n_samples += event->n_samples;
    r->n_blocks++;
    if (event->n_samples > r->largest_block)
        r->largest_block = event->n_samples;
}

int record(void *recorder, const linnet_event *event)
{
    struct recorder *const r = recorder;
    assert_int_equal(r->ended, 0); /* nothing comes after the end */
    if (event->type != LINNET_EVENT_AUDIO) {
        r->events = grow(r->events, &r->events_capacity, r->n_events + 1, sizeof *r->events);
        struct recorded_event *const e = &r->events[r->n_events++];
        e->event = *event;
        snprintf(e->name, sizeof e->name, "%s", event->name ? event->name : "");
        r->ended += event->type == LINNET_EVENT_END;
        return 0;
    }
    record_audio(r, event);
    if (r->stop_after == 0 || r->n_blocks < r->stop_after)
        return 0;
    if (r->cancel)
        linnet_cancel(r->cancel);
    return !r->cancel;
}

void recorder_clear(struct recorder *recorder)
{
    free(recorder->samples);
    free(recorder->events);
    *recorder = (struct recorder){0};
}

linnet_engine *open_engine(const linnet_settings *settings)
{
    linnet_engine *engine;
    if (linnet_engine_open(&engine, TEST_VOICE, settings) != LINNET_OK)
        fail_msg("%s", linnet_last_open_error());
    return engine;
}

void speak_into(struct recorder *recorder, linnet_engine *engine, const char *text)
{
    recorder_clear(recorder);
    if (linnet_speak(engine, text, strlen(text), record, recorder) != LINNET_OK)
        fail_msg("linnet_speak: %s", linnet_error(engine));
    assert_int_equal(recorder->ended, 1);
}
