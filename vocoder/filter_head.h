/* The source-filter head (FORMAT.md section 5): a row of the stack's skip sums -> filters -> spectrum -> samples.
 *
 *     output = overlap-add of w * irfft(Ah e^{i ph} STFT(harmonic)) / D
 *            + envelope * overlap-add of w * irfft(An STFT(noise)) / D
 *
 * Positions here count from start_0 = hop/2 - n_fft/2, the first sample that frame 0 covers: frame t covers t*hop ...
 * t*hop + n_fft - 1, and sample n of the sentence is at n + edge. */
#ifndef LINNET_VOCODER_FILTER_HEAD_H
#define LINNET_VOCODER_FILTER_HEAD_H

#include "nn/history.h"
#include "nn/nn.h"
#include "vocoder/source.h"
#include "voice/voice_bind.h"

struct voc_head {
    size_t width, hidden, bins; /* W, hidden, B */
    size_t n_fft, hop, edge;    /* edge = n_fft/2 - hop/2 */
    size_t gains, outputs;      /* of the envelope, a frame; rows of the head: 3B + gains */
    uint32_t sample_rate;
    float skip_scale;               /* 2 / sqrt(layers) */
    const float *ln_gain, *ln_bias; /* [W] */
    struct nn_weight8 hidden_map;   /* [hidden, W] */
    struct nn_weight8 head_map;     /* [outputs, hidden] */
};

struct voc_head_state {
    struct nn_fft fft;
    float *tables;            /* of fft */
    float *frame_a, *frame_b; /* [n_fft]: harmonic and noise, or the transform of the one plus i times the other */
    float *scratch;           /* [2 n_fft] */
    float *window;            /* [n_fft] */
    float *scale;             /* [hop]: 1 / (D n_fft) by position */
    struct voc_source source;
    struct nn_history harmonic; /* [1]: by position */
    struct nn_history noise;    /* [1] */
    struct nn_history params;   /* [2]: log F0, voicing of the frames that came in */
    bool source_ended;
    struct nn_history gains;        /* [1]: of the envelope */
    float *overlap, *noise_overlap; /* [n_fft]: position p at p % n_fft, a power of two */
    float *noise_samples;           /* [n_fft]: most that become complete at once */
    size_t done;                    /* frames that have been added */
    float *rows, *rows8;            /* [tile, W]: skip sums; quantised */
    float *hidden, *hidden8;        /* [tile, hidden]; quantised */
    float *filters;                 /* [tile, outputs] */
    float *sines, *cosines;         /* [B] */
};

void voc_head_sizes(struct voc_head *head, const struct voice_meta *meta);
void voc_head_bind(struct voice_binder *binder, struct voc_head *head);

/* Frames beyond frame t that its sources need. */
size_t voc_head_lookahead(const struct voc_head *head);

/* tile: most rows of one voc_head_run(); waiting: most frames that wait in params. */
void voc_head_plan(struct voc_head_state *state, struct base_plan *plan, const struct voc_head *head, size_t tile,
                   size_t waiting);
/* Fills the tables. */
void voc_head_init(struct voc_head_state *state, const struct voc_head *head);
void voc_head_reset(struct voc_head_state *state, const struct voc_head *head);

/* A frame came in. Values must be bounded: log F0 0 ... 12, voicing 0 ... 1. */
void voc_head_frame(struct voc_head_state *state, float log_f0, float voicing);

/* Adds the next n frames, whose skip sums are in state->rows; every frame up to voc_head_lookahead() behind the last of
 * them has come in, or `ended`. Writes the samples that are complete to out and returns how many: at most n * hop. */
size_t voc_head_run(struct voc_head_state *state, float *out, size_t n, bool ended, const struct voc_head *head,
                    const struct nn_kernels *nn);

/* After the last frame: the samples that are left, at most n_fft. */
size_t voc_head_tail(struct voc_head_state *state, float *out, const struct voc_head *head,
                     const struct nn_kernels *nn);

#endif
