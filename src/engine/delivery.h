/* The last step of the pipeline: samples to the caller's callback, with the pauses that markup asks for. Private to
 * src/engine.
 *
 * A pause is exact silence of its exact length inside the sentence; the voice fades out before and in behind it, so
 * that nothing clicks. Everything goes out in blocks, and a cancel is seen before each of silence and recordings
 * too. */
#ifndef LINNET_ENGINE_DELIVERY_H
#define LINNET_ENGINE_DELIVERY_H

#include "linnet.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#define DELIVERY_BLOCK 8192 /* samples of silence or a recording at a time, at most */

/* Silence before sample `at` of a sentence. */
struct delivery_pause {
    size_t at, n_samples;
};

struct delivery {
    linnet_callback callback;
    void *user;
    const atomic_bool *cancelled;
    uint64_t time;                       /* samples delivered */
    size_t block;                        /* samples of silence or a recording at a time */
    size_t fade;                         /* samples */
    const struct delivery_pause *pauses; /* [n_pauses] of the sentence, in order; borrowed */
    size_t n_pauses, next_pause;
    size_t position; /* in the sentence */
    float scratch[DELIVERY_BLOCK];
};

/* All return LINNET_OK or LINNET_CANCELLED. */

/* A sentence, or an interlude, with its pauses. */
void delivery_begin(struct delivery *delivery, const struct delivery_pause *pauses, size_t n_pauses);
/* Its next samples, which are faded in place. */
int delivery_samples(struct delivery *delivery, float *samples, size_t n);
/* All its samples have come: the pauses that are left. */
int delivery_end(struct delivery *delivery);
/* A recording, `factor` times. */
int delivery_recording(struct delivery *delivery, const float *samples, size_t n, float factor);

#endif
