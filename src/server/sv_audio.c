/* Sound formats of the server. */
#include "server/sv_audio.h"

#include "audio/pcm.h"
#include "linnet.h"
#include <string.h>

#define BLOCK_SAMPLES 2048

static const struct sv_format formats[] = {
    {"pcm", NULL, "audio/pcm"},
    {"wav", "speech.wav", "audio/wav"},
    {"mp3", "speech.mp3", "audio/mpeg"},
    {"opus", "speech.opus", "audio/ogg; codecs=opus"},
    {"flac", "speech.flac", "audio/flac"},
    {"ogg", "speech.ogg", "audio/ogg"},
};
const struct sv_format *const sv_format_pcm = &formats[0], *const sv_format_wav = &formats[1];

const struct sv_format *sv_format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (!strcmp(formats[i].name, name))
            return &formats[i];
    return NULL;
}

const char *sv_format_names(void)
{
    return "pcm, wav, mp3, opus, flac, ogg";
}

int sv_encoder_open(struct sv_encoder *encoder, const struct sv_format *format, int sample_rate,
                    int (*put)(void *user, const void *data, size_t size), void *user, struct base_error *err)
{
    static const struct sound_tags no_tags = {NULL, NULL, NULL, NULL};
    *encoder = (struct sv_encoder){.target = {.fd = -1, .put = put, .user = user}};
    if (!format->file)
        return LINNET_OK;
    return sound_writer_open(&encoder->writer, sound_kind_of(format->file), format->name, &encoder->target, sample_rate, &no_tags,
                             err);
}

static int write_bare(struct sv_encoder *encoder, const float *samples, size_t n_samples, struct base_error *err)
{
    unsigned char bytes[2 * BLOCK_SAMPLES];
    while (n_samples > 0) {
        const size_t n = n_samples < BLOCK_SAMPLES ? n_samples : BLOCK_SAMPLES;
        pcm16_bytes(bytes, samples, n, encoder->n_samples);
        const int error = encoder->target.put(encoder->target.user, bytes, 2 * n);
        if (error)
            return base_fail(err, LINNET_ERR_IO, "can't write: %s", strerror(error));
        encoder->n_samples += n;
        samples += n;
        n_samples -= n;
    }
    return LINNET_OK;
}

int sv_encoder_write(struct sv_encoder *encoder, const float *samples, size_t n_samples, struct base_error *err)
{
    return encoder->writer ? sound_writer_write(encoder->writer, samples, n_samples, err)
                           : write_bare(encoder, samples, n_samples, err);
}

int sv_encoder_finish(struct sv_encoder *encoder, struct base_error *err)
{
    return encoder->writer ? sound_writer_close(&encoder->writer, err) : LINNET_OK;
}

void sv_encoder_cancel(struct sv_encoder *encoder)
{
    sound_writer_abandon(&encoder->writer);
}
