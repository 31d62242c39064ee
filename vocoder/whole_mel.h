/* The vocoder without a network: collects the mel of a sentence and makes samples of it by Griffin-Lim at the end. */
#ifndef LINNET_VOCODER_WHOLE_MEL_H
#define LINNET_VOCODER_WHOLE_MEL_H

#include "dsp/griffin_lim.h"
#include <stdbool.h>
#include <stddef.h>

struct voc_whole_mel {
    struct dsp_mel_settings settings;
    float *frames;         /* [room, M] */
    size_t n_frames, room; /* frames that came in; that fit */
    float *samples;        /* [n_frames * hop], once made */
    size_t given;          /* samples handed out */
    bool made, failed;     /* Griffin-Lim has run; memory ran out, so the sentence is silence of the right length */
};

void voc_whole_mel_reset(struct voc_whole_mel *mel);
void voc_whole_mel_close(struct voc_whole_mel *mel);

/* Appends n frames, rows `stride` floats apart. */
void voc_whole_mel_push(struct voc_whole_mel *mel, const float *frames, size_t stride, size_t n);

/* The next samples of the whole, at most `most`; 0 at the end. */
size_t voc_whole_mel_pull(struct voc_whole_mel *mel, float *out, size_t most);

#endif
