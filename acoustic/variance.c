/* Predictors, embeddings and controls, see variance.h. */
#include "acoustic/variance.h"

#include <math.h>
#include <string.h>

#define PREDICTOR_TAPS 3

void am_predictor_bind(struct voice_binder *binder, struct am_predictor *predictor, const char *prefix, size_t hidden,
                       size_t width)
{
    voice_bind_conv8(binder, &predictor->conv0, prefix, "conv0", width, PREDICTOR_TAPS, hidden);
    voice_bind_norm(binder, &predictor->ln0_gain, &predictor->ln0_bias, prefix, "ln0", width);
    voice_bind_conv8(binder, &predictor->conv1, prefix, "conv1", width, PREDICTOR_TAPS, width);
    voice_bind_norm(binder, &predictor->ln1_gain, &predictor->ln1_bias, prefix, "ln1", width);
    voice_bind_linear(binder, &predictor->out, prefix, "out", 1, width);
}

void am_predictor_work_plan(struct am_predictor_work *work, struct base_plan *plan, size_t n, size_t width)
{
    work->rows8 = base_plan_floats(plan, n + 2, nn_row8(width));
    work->rows = base_plan_floats(plan, n, width);
}

/* x [rows, P] = ln(relu(x)) */
static void relu_norm(float *x, size_t rows, size_t width, const float *gain, const float *bias,
                      const struct nn_kernels *nn)
{
    nn->relu(x, rows * width);
    for (size_t r = 0; r < rows; r++)
        nn->layer_norm(x + r * width, x + r * width, gain, bias, width);
}

void am_predict(float *y, const float *padded8, size_t n, const struct am_predictor *predictor,
                struct am_predictor_work *work, const struct nn_kernels *nn)
{
    const size_t p = predictor->conv0.out, width = nn_row8(p);
    memset(work->rows8, 0, width * sizeof(float));
    memset(work->rows8 + (n + 1) * width, 0, width * sizeof(float));
    nn->linear8(work->rows, p, padded8, 1, n, &predictor->conv0);
    relu_norm(work->rows, n, p, predictor->ln0_gain, predictor->ln0_bias, nn);
    nn->quantise(work->rows8 + width, work->rows, n, p);
    nn->linear8(work->rows, p, work->rows8, 1, n, &predictor->conv1);
    relu_norm(work->rows, n, p, predictor->ln1_gain, predictor->ln1_bias, nn);
    nn->linear(y, 1, work->rows, p, 0, n, &predictor->out);
}

void am_embed(float *h, const float *padded, size_t n, const struct nn_weight *emb, float *update,
              const struct nn_kernels *nn)
{
    nn->linear(update, emb->out, padded, 1, 1, n, emb);
    nn->axpy(h, 1.0f, update, n * emb->out);
}

float am_duration(float y)
{
    const float least = 0.5f, most = 200.0f, frames = expf(y);
    return frames > least ? (frames < most ? frames : most) : least;
}

float am_spread_energy(float y, float spread)
{
    const float loud = 0.5f;
    return y > loud ? loud + spread * (y - loud) : y;
}

float am_bend_pitch(float log_f0, float mean, const struct prosody *prosody, const struct phone_style *style)
{
    const float least = 0.0f, most = 12.0f; /* 1 Hz ... 163 kHz: only a damaged voice gets there */
    const float octave = 0.69314718f;       /* natural log of 2 */
    const float bent = mean + prosody->pitch_range * style->range * (log_f0 - mean) +
                       (prosody->pitch_semitones + style->semitones) * (octave / 12.0f);
    return bent > least ? (bent < most ? bent : most) : least;
}
