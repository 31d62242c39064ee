/* Samples -> AAC (LC) in ADTS frames (ISO/IEC 13818-7), a stream that can begin and end anywhere. */
#ifndef LINNET_SV_AAC_H
#define LINNET_SV_AAC_H

#include "base/compiler.h"
#include "base/status.h"
#include <stddef.h>

struct sv_aac;

/* Frames go to `put`, which returns 0 or an errno. LINNET_ERR_MEMORY; LINNET_ERR_ARGUMENT: AAC doesn't have this
 * rate. */
BASE_MUST_USE int sv_aac_open(struct sv_aac **out, int sample_rate,
                              int (*put)(void *user, const void *data, size_t size), void *user,
                              struct base_error *err);
/* 0, or an errno. */
BASE_MUST_USE int sv_aac_write(struct sv_aac *aac, const float *samples, size_t n_samples);
/* The last samples, with silence behind them until the encoder has said all. */
BASE_MUST_USE int sv_aac_finish(struct sv_aac *aac);
/* NULL in it is fine. */
void sv_aac_close(struct sv_aac **aac);

#endif
