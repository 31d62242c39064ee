/* Acoustic model: struct phone_seq -> mel frames, in chunks. FastSpeech 2, arXiv 2006.04558; FORMAT.md
 * section 4. */
#ifndef LINNET_ACOUSTIC_H
#define LINNET_ACOUSTIC_H

#include "base/records.h"
#include "base/status.h"
#include "voice/voice_file.h"
#include <stdatomic.h>

struct acoustic_model;  /* weights: read-only, shared by threads */
struct acoustic_stream; /* one sentence in the making: one thread at a time */

BASE_MUST_USE int am_bind(struct acoustic_model **out, const struct voice_file *voice, struct base_error *err);
void am_unbind(struct acoustic_model **model);

BASE_MUST_USE int am_stream_open(struct acoustic_stream **out, const struct acoustic_model *model,
                                 struct base_error *err);
void am_stream_close(struct acoustic_stream **stream);

/* From now on am_begin() looks at *cancel before every layer of the encoder, and returns LINNET_CANCELLED once it is
 * true. NULL: no more. */
void am_watch(struct acoustic_stream *stream, const atomic_bool *cancel);

/* Runs encoder, predictors and length regulator on one sentence. n_phones up to a few thousand; ids are checked against
 * the table. The stream keeps no pointer into ids. Grows its memory when a sentence is longer than any before. */
BASE_MUST_USE int am_begin(struct acoustic_stream *stream, const int32_t *ids, size_t n_phones,
                           const struct prosody *prosody, struct base_error *err);

/* As am_begin, but with durations (frames, used as they are whatever the rate), pitch (Hz) and energy given, each
 * [n_phones] or NULL for "predict". The controls of pitch act on given pitch too. */
BASE_MUST_USE int am_begin_with(struct acoustic_stream *stream, const int32_t *ids, size_t n_phones,
                                const struct prosody *prosody, const int32_t *dur_frames, const float *pitch_hz,
                                const float *energy, struct base_error *err);

/* The predictions of the sentence begun last. */
const struct phone_prediction *am_prediction(const struct acoustic_stream *stream);

/* Decodes the next frames, at most max_frames, into out [frames][M + MEL_EXTRA]. Returns how many; 0 at the end of the
 * sentence. The same frames whatever the max_frames of each call. Allocates nothing. */
size_t am_decode(struct acoustic_stream *stream, float *out, size_t max_frames);

/* Frames that the decoder looks ahead of the one it returns. */
size_t am_lookahead_frames(const struct acoustic_model *model);

#endif
