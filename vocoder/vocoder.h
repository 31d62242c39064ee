/* Vocoder: mel frames with F0 and voicing -> samples, in blocks. Which kind of vocoder, the voice says (kind.h): a
 * WaveNet stack at frame rate that drives a source-filter STFT head (FORMAT.md section 5), or Griffin-Lim, which needs
 * no network but the whole mel before the first sample. */
#ifndef LINNET_VOCODER_H
#define LINNET_VOCODER_H

#include "base/records.h"
#include "base/status.h"
#include "voice/voice_file.h"

struct vocoder_model;  /* weights: read-only, shared by threads */
struct vocoder_stream; /* one sentence in the making: one thread at a time */

BASE_MUST_USE int voc_bind(struct vocoder_model **out, const struct voice_file *voice, struct base_error *err);
void voc_unbind(struct vocoder_model **model);

enum voc_choice { VOC_OWN, VOC_GRIFFIN_LIM }; /* the voice's kind; Griffin-Lim, which goes with every voice */
BASE_MUST_USE int voc_stream_open(struct vocoder_stream **out, const struct vocoder_model *model,
                                  enum voc_choice choice, struct base_error *err);
void voc_stream_close(struct vocoder_stream **stream);

/* Forgets everything but the volume, curves excepted: the next frame is frame 0. Allocates nothing. */
void voc_reset(struct vocoder_stream *stream);

/* Factor on the samples on top of the voice's gain, before the limiter, which keeps peaks below -1 dBFS; from the next
 * sample on. 1 when the stream is opened. */
void voc_set_volume(struct vocoder_stream *stream, float factor);

/* Volume over a sentence, on top of that: linear between the points, which are in order, and constant before the first
 * and behind the last. For the sentence that starts after voc_reset(); points[n] are borrowed until it ends. n = 0:
 * none. */
struct voc_volume_point {
    size_t sample;
    float factor;
};
void voc_set_volume_curve(struct vocoder_stream *stream, const struct voc_volume_point *points, size_t n);

/* Most samples that one voc_run of n_frames, or one voc_flush, can return. */
size_t voc_max_samples(const struct vocoder_model *model, size_t n_frames);

/* Takes n_frames rows of M + MEL_EXTRA floats and writes the samples that are complete now (float, nominally -1 ...
 * 1, the voice's gain applied) to out; returns how many. The total over a sentence of T frames, voc_flush included,
 * is exactly T * hop, and doesn't depend on how the frames were cut into calls. Allocates nothing (but for
 * Griffin-Lim). */
size_t voc_run(struct vocoder_stream *stream, const float *frames, size_t n_frames, float *out);

/* Ends the sentence: the samples that were waiting for look-ahead. Call repeatedly until it returns 0. A voc_run()
 * after that starts the next sentence, as after voc_reset(). */
size_t voc_flush(struct vocoder_stream *stream, float *out);

/* LINNET_OK, or LINNET_ERR_MEMORY when memory ran out since voc_reset() (Griffin-Lim alone): the samples are silence
 * then. */
int voc_status(const struct vocoder_stream *stream);

/* Frames that must be in before the first sample comes out. 0 for Griffin-Lim, which waits for
 * voc_flush(). */
size_t voc_lookahead_frames(const struct vocoder_model *model);

#endif
