/* Shares of time at high speed, see fast_speech.h. The constants are those at which a recogniser followed 40 sentences
 * best, at 353, 503 and 700 words a minute (voices/train/fast.py); finer classes of sound made no difference beyond
 * chance. */
#include "acoustic/fast_speech.h"

#include <string.h>

#define LIMIT_SECONDS 0.15f /* at twice the usual speed */

/* Pauses have been long, and what is left of them must still tell clauses apart; a stop is silence and a burst, and
 * nothing without either. */
static const struct {
    const char *phonemes; /* one after another */
    float weight;
} classes[] = {
    {"_.,;:!?—…()“”\"", 1.25f},
    {"pbtdkɡgqcʔʈɖɟɢTɾʧʤʦʣʨʥ", 1.1f},
};

float am_fast_weight(const char *phoneme)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (*phoneme && strstr(classes[i].phonemes, phoneme))
            return classes[i].weight;
    return 1.0f;
}

void am_hurry(float *durations, const int32_t *ids, const struct phone_style *styles, size_t n, const float *weights,
              float speed, float frame_seconds)
{
    const float excess = speed - 1.0f, certain = excess < 1.0f ? excess : 1.0f;
    const float per_frame = excess * frame_seconds / LIMIT_SECONDS; /* 1/limit */
    double before = 0.0, after = 0.0;
    for (size_t i = 0; i < n; i++) {
        const float weight = 1.0f + certain * (weights[ids[i]] - 1.0f);
        before += (double)durations[i];
        durations[i] *= weight / (1.0f + durations[i] * styles[i].rate * per_frame);
        after += (double)durations[i];
    }
    for (size_t i = 0; i < n; i++)
        durations[i] = (float)((double)durations[i] * before / after);
}
