/* FFT block of FastSpeech 2 (pre-norm, FORMAT.md section 4): weights, and its two ways of running.
 *
 *     a = ln(x; ln1);  x = x + proj(attention(qkv(a)))
 *     a = ln(x; ln2);  x = x + ff2(relu(conv(a; ff1)))
 *
 * The encoder sees the whole sentence (am_block_run). The decoder's attention is banded, so a block of it runs along
 * the frames as they come (am_band_*): each layer keeps only the rows that its own band and convolution can still ask
 * for. */
#ifndef LINNET_ACOUSTIC_FFT_BLOCK_H
#define LINNET_ACOUSTIC_FFT_BLOCK_H

#include "nn/history.h"
#include "nn/nn.h"
#include "voice/voice_bind.h"

#define AM_TILE 32 /* rows that pass through a linear map together; the most frames of one decoder step */

struct am_shape {
    size_t hidden, heads, filter, kernel; /* C, H, F, K (odd) */
};

struct am_block {
    const float *ln1_gain, *ln1_bias, *ln2_gain, *ln2_bias; /* [C] */
    struct nn_weight8 qkv;                                  /* [3C, C]: rows q, k, v */
    struct nn_weight8 proj;                                 /* [C, C] */
    struct nn_weight8 ff1;                                  /* [F, K, C] */
    struct nn_weight8 ff2;                                  /* [C, F] */
    const float *rel;                                       /* [H, L] bias by relative position */
};

/* Binds tensors `prefix`*; positions is L. */
void am_block_bind(struct voice_binder *binder, struct am_block *block, const char *prefix,
                   const struct am_shape *shape, size_t positions);

/* The feed-forward part: update [rows, C] = ff2(relu(conv(normed; ff1))). normed is quantised and points at the first
 * tap of the first row; filtered [rows, F] and filtered8, the same quantised, are scratch. */
void am_feed_forward(float *update, float *filtered, float *filtered8, const float *normed, size_t rows,
                     const struct am_block *block, const struct nn_kernels *nn);

/* ---- whole sentence ---- */

struct am_block_work {
    float *row;       /* [C]: before it is quantised */
    float *normed;    /* [N + K - 1, C] quantised, (K-1)/2 rows of zeros at both ends */
    float *qkv;       /* [N, 3C] */
    float *attended;  /* [N, C] */
    float *attended8; /* [AM_TILE, C] quantised */
    float *slice;     /* [N * C/H]: keys or values of one head, contiguous */
    void *keys;       /* one head's keys packed as a weight [N, C/H] */
    void *values;     /* one head's values packed as a weight [C/H, N] */
    float *scores;    /* [AM_TILE, N] */
    float *filtered;  /* [AM_TILE, F] */
    float *filtered8; /* the same quantised */
    float *update;    /* [AM_TILE, C] */
};

void am_block_work_plan(struct am_block_work *work, struct base_plan *plan, const struct am_shape *shape, size_t n);

/* x [N, C] in place. Relative positions beyond `reach` share a bias: L = 2 reach + 1. */
void am_block_run(float *x, size_t n, const struct am_block *block, const struct am_shape *shape, size_t reach,
                  struct am_block_work *work, const struct nn_kernels *nn);

/* ---- along the frames ---- */

struct am_band {
    size_t back, ahead; /* frame i attends to i-back ... i+ahead, inside the sentence */
};

struct am_band_state {
    struct nn_history in;     /* x [C]: what came in */
    struct nn_ring qkv;       /* [3C] */
    struct nn_history mid;    /* x after the attention [C] */
    struct nn_history normed; /* ln2 of it [C] quantised, (K-1)/2 zero rows before frame 0 and after the last one */
};

/* Scratch that the layers of a stream share. */
struct am_band_work {
    float *normed;    /* [AM_TILE, C] */
    float *attended;  /* [AM_TILE, C] */
    float *rows8;     /* [AM_TILE, C] quantised: the one or the other */
    float *filtered;  /* [AM_TILE, F] */
    float *filtered8; /* the same quantised */
    float *scores;    /* [back + ahead + 1] */
};

void am_band_plan(struct am_band_state *state, struct base_plan *plan, const struct am_shape *shape,
                  const struct am_band *band);
void am_band_work_plan(struct am_band_work *work, struct base_plan *plan, const struct am_shape *shape,
                       const struct am_band *band);
void am_band_reset(struct am_band_state *state, const struct am_shape *shape);

/* Frames of look-ahead of one layer. */
size_t am_band_lookahead(const struct am_shape *shape, const struct am_band *band);

/* Advances the layer as far as its `in` allows: appends up to AM_TILE rows to `out`, no more than make it `wanted`
 * rows. total: T. At most AM_TILE rows may have come into `in` since the last call. */
void am_band_advance(struct am_band_state *state, struct nn_history *out, size_t wanted, size_t total,
                     const struct am_block *block, const struct am_shape *shape, const struct am_band *band,
                     struct am_band_work *work, const struct nn_kernels *nn);

#endif
