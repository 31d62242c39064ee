/* Variance adaptor of FastSpeech 2 on phoneme level (FORMAT.md section 4): hidden rows -> duration, pitch and energy,
 * and the embeddings of the last two. Continuous values, as in FastPitch (arXiv 2006.06873), so that a caller can bend
 * any phoneme. */
#ifndef LINNET_ACOUSTIC_VARIANCE_H
#define LINNET_ACOUSTIC_VARIANCE_H

#include "base/records.h"
#include "nn/nn.h"
#include "voice/voice_bind.h"

struct am_predictor {
    struct nn_weight8 conv0;          /* [P, 3, C] */
    struct nn_weight8 conv1;          /* [P, 3, P] */
    struct nn_weight out;             /* [1, P] */
    const float *ln0_gain, *ln0_bias; /* [P] */
    const float *ln1_gain, *ln1_bias; /* [P] */
};

struct am_predictor_work {
    float *rows8; /* [N + 2, P] quantised, a row of zeros at both ends */
    float *rows;  /* [N, P] */
};

void am_predictor_bind(struct voice_binder *binder, struct am_predictor *predictor, const char *prefix, size_t hidden,
                       size_t width);
void am_predictor_work_plan(struct am_predictor_work *work, struct base_plan *plan, size_t n, size_t width);

/* y [N] of h [N, C] quantised; padded8 points at the row of zeros before h, and another one follows h. */
void am_predict(float *y, const float *padded8, size_t n, const struct am_predictor *predictor,
                struct am_predictor_work *work, const struct nn_kernels *nn);

/* h [N, C] += conv(values; emb [C, 3, 1]); padded [N + 2] has a zero at both ends; update [N, C] is scratch. */
void am_embed(float *h, const float *padded, size_t n, const struct nn_weight *emb, float *update,
              const struct nn_kernels *nn);

/* Frames at normal rate from the duration predictor's output: exp(y) clamped to 0.5 ... 200; NaN counts as the
 * least. */
float am_duration(float y);

/* A predicted energy, normalised, with the loud end of the scale spread: what a decoder that learnt by regression makes of
 * loud phonemes falls short of them. */
float am_spread_energy(float y, float spread);

/* The caller's control of pitch on natural log Hz, with what one phoneme adds: mean + ranges * (log F0 - mean) +
 * semitones. Bounded, so that any input gives an F0 that is finite and positive. */
float am_bend_pitch(float log_f0, float mean, const struct prosody *prosody, const struct phone_style *style);

#endif
