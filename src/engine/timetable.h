/* The time table of a sentence: from durations in frames to events in samples. Private to src/engine. */
#ifndef LINNET_ENGINE_TIMETABLE_H
#define LINNET_ENGINE_TIMETABLE_H

#include "base/records.h"
#include "base/status.h"
#include "engine/delivery.h"
#include "linnet.h"
#include "vocoder/vocoder.h"
#include <stdbool.h>

/* A sentence, or an interlude (records.h: no phonemes), between prediction and rendering: what its events are made
 * of. */
struct timetable {
    uint64_t start;     /* samples from the start of the speech */
    size_t end_frame;   /* the frames before it are heard, see timetable_trim() */
    size_t sample_rate; /* Hz */
    size_t hop;         /* samples a frame */
    float tempo;        /* factor on speed after the vocoder */
    size_t byte_offset, byte_length;
    size_t n_words, words_capacity;
    struct phone_word *words; /* [n_words], owned */
    size_t n_phones, ids_capacity;
    int32_t *ids; /* [N], owned */
    size_t n_pauses, n_marks, pauses_capacity, marks_capacity;
    struct phone_pause *pauses; /* [n_pauses], owned */
    struct phone_mark *marks;   /* [n_marks], owned; names are the front end's, which keeps them as long as the text */
    size_t n_styles, styles_capacity;
    struct phone_style *styles; /* [n_styles], owned: N, or none when all are neutral */
    const float *recording;     /* [n_recording], the front end's too */
    size_t n_recording;
    /* Made by timetable_place(): */
    size_t places_capacity, n_points, points_capacity;
    struct delivery_pause *places;   /* [n_pauses], owned */
    struct voc_volume_point *points; /* [n_points], owned: the volume, before the change of tempo */
};

/* Copies what is needed of the sentence, which is only borrowed. */
BASE_MUST_USE int timetable_copy(struct timetable *table, const struct phone_seq *seq, struct base_error *err);
void timetable_clear(struct timetable *table);

/* Chooses the frames that are heard. The only place where silence is cut: the boundary mark that closes a sentence
 * keeps at most `most_tail` frames. The one that opens it stays whole: a voice may begin to speak well inside of what
 * it predicts for it. */
void timetable_trim(struct timetable *table, const struct phone_prediction *prediction, size_t most_tail);

/* Where in its samples the pauses and changes of volume are. After timetable_trim(). */
BASE_MUST_USE int timetable_place(struct timetable *table, const struct phone_prediction *prediction,
                                  struct base_error *err);

/* Samples of the sentence before the change of tempo; pauses don't count. */
size_t timetable_samples_in(const struct timetable *table);

/* The voice's phonemes by id: as its characters, and in IPA. */
struct phoneme_names {
    const char *const *own, *const *ipa;
};

/* Sends SENTENCE (not for an interlude), MARK, WORD and PHONEME events in order of time. Returns 0, or what the
 * callback returned. */
int timetable_send(const struct timetable *table, const struct phone_prediction *prediction,
                   const struct phoneme_names *names, linnet_callback callback, void *user);

#endif
