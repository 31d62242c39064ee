/* Speed beyond what the network's durations give: libsonic, one sentence at a time. Hides sonic.h.
 *
 * The output's length is exact: round(samples in / speed). libsonic comes out a few pitch periods shorter or longer;
 * the end of a sentence, which is silence, is cut or filled. So time maps linearly. */
#ifndef LINNET_ENGINE_TEMPO_H
#define LINNET_ENGINE_TEMPO_H

#include "base/status.h"
#include <stddef.h>

struct tempo;

/* For a sentence of total_in samples. speed > 0. */
BASE_MUST_USE int tempo_open(struct tempo **out, int sample_rate, float speed, size_t total_in, struct base_error *err);
void tempo_close(struct tempo **tempo);

/* Samples must be within -1 ... 1. */
BASE_MUST_USE int tempo_write(struct tempo *tempo, const float *samples, size_t n, struct base_error *err);
/* No more samples come: what is left can be read. */
BASE_MUST_USE int tempo_finish(struct tempo *tempo, struct base_error *err);
/* Returns how many of at most `max` samples it wrote; 0: none now (after tempo_finish(): none any more). */
size_t tempo_read(struct tempo *tempo, float *out, size_t max);

/* Where sample `time` of the sentence comes out at this speed; also its total length. */
size_t tempo_map(size_t time, float speed);

#endif
