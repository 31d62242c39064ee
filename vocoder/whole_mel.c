/* The kind "griffin-lim", without a network (Griffin and Lim, IEEE ASSP 1984): collects the mel of a sentence and makes
 * samples of it at the end. */
#include "base/alloc.h"
#include "base/records.h"
#include "dsp/griffin_lim.h"
#include "linnet.h"
#include "vocoder/kind.h"
#include <string.h>

struct network {
    struct voc_network base;
    struct dsp_mel_settings mel;
};

struct state {
    struct voc_state base;
    const struct dsp_mel_settings *mel;
    float *frames;         /* [room, M] */
    size_t n_frames, room; /* frames that came in; that fit */
    float *samples;        /* [n_frames * hop], once made */
    size_t given;          /* samples handed out */
    bool made, failed;     /* Griffin-Lim has run; memory ran out, so the sentence is silence of the right length */
};

static int bind(struct voc_network **out, const struct voice_file *voice, struct base_error *err)
{
    const struct voice_meta *const meta = voice_file_meta(voice);
    struct network *const network = base_alloc(1, sizeof *network);
    if (!network)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: vocoder: out of memory", voice_file_path(voice));
    network->mel = (struct dsp_mel_settings){.sample_rate = meta->sample_rate,
                                             .hop = meta->hop,
                                             .n_fft = meta->n_fft,
                                             .n_mels = meta->n_mels,
                                             .fmin = meta->mel_fmin,
                                             .fmax = meta->mel_fmax,
                                             .floor = meta->mel_floor};
    *out = &network->base;
    return LINNET_OK;
}

static void unbind(struct voc_network *network)
{
    base_free(network);
}

static size_t nothing(const struct voc_network *network)
{
    (void)network;
    return 0;
}

static void reset(struct voc_state *base)
{
    struct state *const s = (struct state *)base;
    base_free(s->samples);
    s->samples = NULL;
    s->n_frames = s->given = 0;
    s->made = s->failed = false;
}

static bool open(struct voc_state **out, const struct voc_network *network)
{
    struct state *const s = base_alloc(1, sizeof *s);
    if (!s)
        return false;
    s->mel = &((const struct network *)network)->mel;
    *out = &s->base;
    return true;
}

static void close(struct voc_state *base)
{
    struct state *const s = (struct state *)base;
    base_free(s->samples);
    base_free(s->frames);
    base_free(s);
}

static bool make_room(struct state *s, size_t n)
{
    size_t floats, grown = s->room;
    while (grown < s->n_frames + n)
        grown = grown ? 2 * grown : 256;
    if (grown == s->room)
        return true;
    if (!base_mul(&floats, grown, s->mel->n_mels))
        return false;
    float *const frames = base_resize(s->frames, s->room * s->mel->n_mels, floats, sizeof *frames);
    if (!frames)
        return false;
    s->frames = frames;
    s->room = grown;
    return true;
}

static size_t push(struct voc_state *base, const float *frames, size_t n, float *out)
{
    struct state *const s = (struct state *)base;
    const size_t n_mels = s->mel->n_mels;
    (void)out;
    s->failed = s->failed || !make_room(s, n);
    for (size_t t = 0; t < n && !s->failed; t++)
        memcpy(s->frames + (s->n_frames + t) * n_mels, frames + t * (n_mels + MEL_EXTRA), n_mels * sizeof *frames);
    s->n_frames += n;
    return 0;
}

static void make_samples(struct state *s)
{
    s->made = true;
    if (!s->failed)
        s->samples = base_alloc(s->n_frames, s->mel->hop * sizeof *s->samples);
    s->failed = !s->samples || dsp_griffin_lim(s->samples, s->frames, s->mel->n_mels, s->n_frames, s->mel,
                                               DSP_GRIFFIN_LIM_ITERATIONS) != LINNET_OK;
}

static size_t pull(struct voc_state *base, float *out)
{
    struct state *const s = (struct state *)base;
    if (!s->made)
        make_samples(s);
    const size_t left = s->n_frames * s->mel->hop - s->given, most = VOC_TILE * s->mel->hop,
                 n = left < most ? left : most;
    if (s->failed)
        memset(out, 0, n * sizeof *out);
    else
        memcpy(out, s->samples + s->given, n * sizeof *out);
    s->given += n;
    return n;
}

static int status(const struct voc_state *base)
{
    return ((const struct state *)base)->failed ? LINNET_ERR_MEMORY : LINNET_OK;
}

const struct voc_kind voc_griffin_lim_kind = {.name = "griffin-lim",
                                              .bind = bind,
                                              .unbind = unbind,
                                              .lookahead = nothing,
                                              .cost = nothing,
                                              .open = open,
                                              .close = close,
                                              .reset = reset,
                                              .push = push,
                                              .pull = pull,
                                              .status = status};
