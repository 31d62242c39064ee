/* The two source signals of the vocoder (FORMAT.md sections 5 and 6): a band-limited pulse train that follows log F0
 * and voicing, and seeded noise. Made in order, a frame's worth at a time, so that any cut into calls gives the same
 * samples.
 *
 * Between frame centres log F0 is linear, so F0 is geometric: one multiplication a sample. The phase is accumulated in
 * double precision; K cosines are summed in closed form (Dirichlet kernel). */
#ifndef LINNET_VOCODER_SOURCE_H
#define LINNET_VOCODER_SOURCE_H

#include "base/plan.h"
#include "nn/nn.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct voc_source {
    double sample_rate;
    size_t hop, most_harmonics;
    float *amplitude; /* [most_harmonics + 1]: 0.1 sqrt(2/K) by K */
    float *scratch;   /* angles [2][hop], sines [2][hop], cosines [2][hop], harmonics K [hop], amplitude [hop] */

    double phase;  /* turns, -0.5 ... 0.5 */
    double log_f0; /* of the frame given last */
    float voicing;
    size_t n_frames;    /* given so far */
    uint64_t n_samples; /* made so far */
};

void voc_source_plan(struct voc_source *source, struct base_plan *plan, uint32_t sample_rate, size_t hop);
/* Fills the tables; call once, after the memory is there. */
void voc_source_init(struct voc_source *source);
void voc_source_reset(struct voc_source *source);

/* Gives the next frame; makes the samples up to its centre. Writes them to harmonic and noise and returns how many: at
 * most hop. */
size_t voc_source_frame(struct voc_source *source, float *harmonic, float *noise, float log_f0, float voicing,
                        const struct nn_kernels *nn);

/* After the last frame: the samples from its centre to the end of the sentence, fewer than hop. */
size_t voc_source_end(struct voc_source *source, float *harmonic, float *noise, const struct nn_kernels *nn);

#endif
