/* Fast speech: which sounds give up more of their time. Private to acoustic/.
 *
 * Who speaks fast doesn't shorten everything alike: pauses, long vowels and the lengthening at the end of a phrase go
 * first, short consonants hardly. A sound of d seconds gets a share of the sentence's time that grows with d up to a
 * limit,
 *
 *     w d / (1 + d/limit),   limit = 150 ms / (speed - 1),
 *
 * w being the weight of its class. At the usual speed that is d itself; the sum stays what it was at any. */
#ifndef LINNET_ACOUSTIC_FAST_SPEECH_H
#define LINNET_ACOUSTIC_FAST_SPEECH_H

#include "base/records.h"
#include <stddef.h>
#include <stdint.h>

/* w of a phoneme of the voice's table (UTF-8), at twice the usual speed and beyond. */
float am_fast_weight(const char *phoneme);

/* Shares durations [N], frames at the usual speed under their styles, out anew for `speed` > 1. weights [V] by id, see
 * above. */
void am_hurry(float *durations, const int32_t *ids, const struct phone_style *styles, size_t n, const float *weights,
              float speed, float frame_seconds);

#endif
