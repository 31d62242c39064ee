/* A look inside an acoustic stream, for tests only: tensors of the sentence begun last. */
#ifndef LINNET_ACOUSTIC_INTERNAL_H
#define LINNET_ACOUSTIC_INTERNAL_H

#include "acoustic/acoustic.h"

struct am_inner {
    size_t n_phones, hidden;
    const float *encoded;   /* [N, C] encoder output, before the embeddings of pitch and energy */
    const float *durations; /* [N] frames at normal rate under their styles, not rounded */
    const float *pitch;     /* [N] normalised, as fed to its embedding */
    const float *energy;    /* [N] normalised, as fed to its embedding */
};

struct am_inner am_inspect(const struct acoustic_stream *stream);

/* Multiply-adds of the linear maps and convolutions of the decoder for one frame. */
size_t am_decoder_cost(const struct acoustic_model *model);

#endif
