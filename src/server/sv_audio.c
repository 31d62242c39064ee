/* Sound formats of the server. */
#include "server/sv_audio.h"

#include "audio/pcm.h"
#include "linnet.h"
#include "server/sv_aac.h"
#include <string.h>

#define BLOCK_SAMPLES 2048

static const struct sv_format formats[] = {
    {"pcm", NULL, "audio/pcm"},          {"wav", "speech.wav", "audio/wav"},
    {"mp3", "speech.mp3", "audio/mpeg"}, {"opus", "speech.opus", "audio/ogg; codecs=opus"},
    {"aac", NULL, "audio/aac"},          {"flac", "speech.flac", "audio/flac"},
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
    return "pcm, wav, mp3, opus, aac, flac, ogg";
}

int sv_encoder_open(struct sv_encoder *encoder, const struct sv_format *format, int sample_rate,
                    int (*put)(void *user, const void *data, size_t size), void *user, struct base_error *err)
{
    static const struct sound_tags no_tags = {NULL, NULL, NULL, NULL};
    *encoder = (struct sv_encoder){.target = {.fd = -1, .put = put, .user = user}};
    if (!strcmp(format->name, "aac"))
        return sv_aac_open(&encoder->aac, sample_rate, put, user, err);
    if (!format->file)
        return LINNET_OK;
    return sound_writer_open(&encoder->writer, sound_kind_of(format->file), format->name, &encoder->target, sample_rate,
                             &no_tags, err);
}

/* What `put` said. */
static int result(int error, struct base_error *err)
{
    return error ? base_fail(err, LINNET_ERR_IO, "can't write: %s", strerror(error)) : LINNET_OK;
}

static int write_bare(struct sv_encoder *encoder, const float *samples, size_t n_samples)
{
    unsigned char bytes[2 * BLOCK_SAMPLES];
    int error = 0;
    while (n_samples > 0 && !error) {
        const size_t n = n_samples < BLOCK_SAMPLES ? n_samples : BLOCK_SAMPLES;
        pcm16_bytes(bytes, samples, n, encoder->n_samples);
        error = encoder->target.put(encoder->target.user, bytes, 2 * n);
        encoder->n_samples += n;
        samples += n;
        n_samples -= n;
    }
    return error;
}

int sv_encoder_write(struct sv_encoder *encoder, const float *samples, size_t n_samples, struct base_error *err)
{
    if (encoder->writer)
        return sound_writer_write(encoder->writer, samples, n_samples, err);
    return result(
        encoder->aac ? sv_aac_write(encoder->aac, samples, n_samples) : write_bare(encoder, samples, n_samples), err);
}

int sv_encoder_finish(struct sv_encoder *encoder, struct base_error *err)
{
    const int error = encoder->aac ? sv_aac_finish(encoder->aac) : 0;
    sv_aac_close(&encoder->aac);
    return encoder->writer ? sound_writer_close(&encoder->writer, err) : result(error, err);
}

void sv_encoder_cancel(struct sv_encoder *encoder)
{
    sound_writer_abandon(&encoder->writer);
    sv_aac_close(&encoder->aac);
}
