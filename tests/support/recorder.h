/* Records what linnet_speak() delivers, and checks on the way what must hold for any text. */
#ifndef LINNET_TESTS_RECORDER_H
#define LINNET_TESTS_RECORDER_H

#include "linnet.h"

#define TEST_VOICE "tests/golden/tiny.gguf"

struct recorded_event {
    linnet_event event; /* without samples */
    char name[16];
};

struct recorder {
    float *samples;
    size_t n_samples, samples_capacity;
    struct recorded_event *events; /* all but AUDIO */
    size_t n_events, events_capacity;
    size_t n_blocks, largest_block;
    int ended;             /* END events */
    size_t stop_after;     /* blocks after which the callback returns 1; 0: never */
    linnet_engine *cancel; /* cancelled after as many blocks instead of returning 1 */
};

int record(void *recorder, const linnet_event *event);
void recorder_clear(struct recorder *recorder);

/* Opens the test voice; the settings that `settings` (may be NULL) holds. Fails the test if it can't. */
linnet_engine *open_engine(const linnet_settings *settings);

/* Speaks with a fresh recorder; fails the test if that fails. */
void speak_into(struct recorder *recorder, linnet_engine *engine, const char *text);

#endif
