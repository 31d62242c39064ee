/* The WaveNet stack (arXiv 1609.03499) at mel-frame rate, streaming (FORMAT.md section 5): frames in, skip sums out.
 *
 * Each convolution keeps its own past in a ring and runs as soon as its look-ahead is in. Inputs outside the sentence
 * count as zero for every layer: zeros are pushed before the first row, and after the last one once it is known. */
#ifndef LINNET_VOCODER_WAVENET_H
#define LINNET_VOCODER_WAVENET_H

#include "nn/history.h"
#include "nn/nn.h"
#include "vocoder/kind.h"
#include "voice/voice_bind.h"

#define VOC_UNKNOWN ((size_t)-1) /* length of a sentence that hasn't ended yet */

struct voc_layer {
    struct nn_weight8 gate; /* [2W, 3, W] */
    struct nn_weight8 out;  /* [2W, W]: residual, skip; the last layer: [W, W], skip */
    size_t dilation, ahead;
};

struct voc_stack {
    size_t inputs, width; /* M + 2, W */
    size_t in_kernel, in_ahead;
    struct nn_weight8 in; /* [W, in_kernel, M + 2] */
    size_t n_layers;
    struct voc_layer layers[VOICE_MAX_VOCODER_LAYERS];
};

/* One convolution along the frames: row t reads rows t ... t + span of `in`, which has span - ahead zeros in front. */
struct voc_stage {
    struct nn_history in;    /* quantised */
    struct nn_history exact; /* the same rows as they came, without the zeros in front: a layer adds to them */
    size_t span, ahead;
    size_t done; /* rows that have come out */
};

struct voc_stack_state {
    struct voc_stage stages[VOICE_MAX_VOCODER_LAYERS + 1]; /* the input convolution, then the layers */
    float *skip;                                           /* [skip_rows, W]: row t at t % skip_rows */
    size_t skip_rows;
    float *frames; /* [VOC_TILE, M + 2] */
    float *gate;   /* [VOC_TILE, 2W] */
    float *gated;  /* [VOC_TILE, W] */
    float *gated8; /* the same quantised */
    float *out;    /* [VOC_TILE, 2W] */
};

/* Reads sizes from the keys, then tensors. */
void voc_stack_sizes(struct voc_stack *stack, const struct voice_meta *meta);
void voc_stack_bind(struct voice_binder *binder, struct voc_stack *stack);

/* Frames of look-ahead of all layers together. */
size_t voc_stack_lookahead(const struct voc_stack *stack);

/* keep: skip rows that the reader may leave waiting. */
void voc_stack_plan(struct voc_stack_state *state, struct base_plan *plan, const struct voc_stack *stack, size_t keep);
void voc_stack_reset(struct voc_stack_state *state, const struct voc_stack *stack);

/* Room for the next frames, up to VOC_TILE rows [M + 2]; voc_stack_step() takes them. */
float *voc_stack_frames(const struct voc_stack_state *state);

/* Takes n frames and runs every layer by up to VOC_TILE rows. total: frames of the sentence or VOC_UNKNOWN. */
void voc_stack_step(struct voc_stack_state *state, size_t n, size_t total, const struct voc_stack *stack,
                    const struct nn_kernels *nn);

/* Rows of skip sums that are complete, and row t of them [W]. */
size_t voc_stack_done(const struct voc_stack_state *state, const struct voc_stack *stack);
const float *voc_stack_skip(const struct voc_stack_state *state, const struct voc_stack *stack, size_t t);

#endif
