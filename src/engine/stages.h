/* The stages one by one, behind the functions of that name in linnet.h. Arguments are checked for NULL already; on
 * failure nothing is allocated and *out... are NULL and 0. Private to src/engine. */
#ifndef LINNET_ENGINE_STAGES_H
#define LINNET_ENGINE_STAGES_H

#include "base/status.h"
#include "linnet.h"
#include <stdbool.h>

BASE_MUST_USE int stage_sentence(linnet_engine *engine, const linnet_sentence **out, struct base_error *err);
BASE_MUST_USE int stage_predict(linnet_engine *engine, const int32_t *ids, size_t n, linnet_prosody *out,
                                struct base_error *err);
BASE_MUST_USE int stage_mel(linnet_engine *engine, const int32_t *ids, size_t n, const int32_t *dur_frames,
                            const float *pitch_hz, const float *energy, float **frames, size_t *n_frames,
                            struct base_error *err);
BASE_MUST_USE int stage_analyse(linnet_engine *engine, const float *samples, size_t n_samples, float **frames,
                                size_t *n_frames, struct base_error *err);
BASE_MUST_USE int stage_vocode(linnet_engine *engine, const float *frames, size_t n_frames, bool griffin_lim,
                               float **samples, size_t *n_samples, struct base_error *err);
BASE_MUST_USE int stage_pace(linnet_engine *engine, double *words_per_minute, struct base_error *err);

#endif
