/* Samples -> bytes of a sound file, as they come: the formats that requests may ask for. */
#ifndef LINNET_SV_AUDIO_H
#define LINNET_SV_AUDIO_H

#include "audio/sound_file.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sv_format {
    const char *name; /* in requests */
    const char
        *file; /* a name whose ending is its kind of sound file; NULL: AAC, or bare samples, 16-bit little-endian */
    const char *type; /* Content-Type */
};

/* By name; NULL: there is none. */
const struct sv_format *sv_format_find(const char *name);
/* "wav, mp3, ..." for messages. */
const char *sv_format_names(void);
extern const struct sv_format *const sv_format_pcm, *const sv_format_wav;

/* One encoder is used by one thread. Start it with {0}. */
struct sv_encoder {
    struct sound_target target;
    struct sound_writer *writer; /* of a sound file */
    struct sv_aac *aac;          /* of AAC; neither: bare samples */
    uint64_t n_samples;
};

/* Its bytes go to `put`, which returns 0 or, to stop, an errno. Statuses are enum linnet_status. */
int sv_encoder_open(struct sv_encoder *encoder, const struct sv_format *format, int sample_rate,
                    int (*put)(void *user, const void *data, size_t size), void *user, struct base_error *err);
int sv_encoder_write(struct sv_encoder *encoder, const float *samples, size_t n_samples, struct base_error *err);
int sv_encoder_finish(struct sv_encoder *encoder, struct base_error *err);
void sv_encoder_cancel(struct sv_encoder *encoder);

#endif
