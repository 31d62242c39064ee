/* A kind of vocoder: how mel frames become samples. Volume, limiter and counting are vocoder.c's. Private to vocoder/.
 *
 * To add a kind: one struct voc_kind in one new file, its line in the table of vocoder.c, its name in voices/FORMAT.md
 * (`linnet.vocoder.kind`). */
#ifndef LINNET_VOCODER_KIND_H
#define LINNET_VOCODER_KIND_H

#include "base/status.h"
#include "voice/voice_file.h"
#include <stdbool.h>
#include <stddef.h>

/* Every kind's own structs start with these. Both are made by the kind, which sets nothing in them. */
struct voc_network { /* what the voice file gives: read-only, shared by threads */
    const struct voc_kind *kind;
};
struct voc_state { /* one sentence in the making */
    const struct voc_kind *kind;
};

#define VOC_TILE 32 /* most frames that one push takes, and whose samples one pull gives */

struct voc_kind {
    const char *name; /* `linnet.vocoder.kind` */
    BASE_MUST_USE int (*bind)(struct voc_network **out, const struct voice_file *voice, struct base_error *err);
    void (*unbind)(struct voc_network *network);
    /* Frames that must be in before the first sample comes out; 0: all of them. */
    size_t (*lookahead)(const struct voc_network *network);
    /* Multiply-adds of a frame. */
    size_t (*cost)(const struct voc_network *network);
    /* A state that has been reset; false: out of memory. The network outlives it. */
    BASE_MUST_USE bool (*open)(struct voc_state **out, const struct voc_network *network);
    void (*close)(struct voc_state *state);
    /* The next frame is frame 0. */
    void (*reset)(struct voc_state *state);
    /* Takes n <= VOC_TILE frames, rows of M + MEL_EXTRA floats; returns how many samples are complete now, in out. */
    size_t (*push)(struct voc_state *state, const float *frames, size_t n, float *out);
    /* No more frames come: the samples of up to VOC_TILE frames and a window, in out; 0: no more. */
    size_t (*pull)(struct voc_state *state, float *out);
    /* What went wrong since the reset: LINNET_OK or LINNET_ERR_MEMORY, with silence of the right length. */
    int (*status)(const struct voc_state *state);
};

extern const struct voc_kind voc_wavenet_kind, voc_griffin_lim_kind;

#endif
