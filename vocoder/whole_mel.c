/* Griffin-Lim over a collected sentence, see whole_mel.h. */
#include "vocoder/whole_mel.h"

#include "base/alloc.h"
#include "linnet.h"
#include <string.h>

void voc_whole_mel_reset(struct voc_whole_mel *mel)
{
    base_free(mel->samples);
    mel->samples = NULL;
    mel->n_frames = mel->given = 0;
    mel->made = mel->failed = false;
}

void voc_whole_mel_close(struct voc_whole_mel *mel)
{
    voc_whole_mel_reset(mel);
    base_free(mel->frames);
    mel->frames = NULL;
    mel->room = 0;
}

static bool make_room(struct voc_whole_mel *mel, size_t n)
{
    size_t floats, grown = mel->room;
    while (grown < mel->n_frames + n)
        grown = grown ? 2 * grown : 256;
    if (grown == mel->room)
        return true;
    if (!base_mul(&floats, grown, mel->settings.n_mels))
        return false;
    float *const frames = base_resize(mel->frames, mel->room * mel->settings.n_mels, floats, sizeof *frames);
    if (!frames)
        return false;
    mel->frames = frames;
    mel->room = grown;
    return true;
}

void voc_whole_mel_push(struct voc_whole_mel *mel, const float *frames, size_t stride, size_t n)
{
    const size_t n_mels = mel->settings.n_mels;
    mel->failed = mel->failed || !make_room(mel, n);
    for (size_t t = 0; t < n && !mel->failed; t++)
        memcpy(mel->frames + (mel->n_frames + t) * n_mels, frames + t * stride, n_mels * sizeof *frames);
    mel->n_frames += n;
}

static void make_samples(struct voc_whole_mel *mel)
{
    mel->made = true;
    if (!mel->failed)
        mel->samples = base_alloc(mel->n_frames, mel->settings.hop * sizeof *mel->samples);
    mel->failed = !mel->samples || dsp_griffin_lim(mel->samples, mel->frames, mel->settings.n_mels, mel->n_frames,
                                                   &mel->settings, DSP_GRIFFIN_LIM_ITERATIONS) != LINNET_OK;
}

size_t voc_whole_mel_pull(struct voc_whole_mel *mel, float *out, size_t most)
{
    if (!mel->made)
        make_samples(mel);
    const size_t left = mel->n_frames * mel->settings.hop - mel->given, n = left < most ? left : most;
    if (mel->failed)
        memset(out, 0, n * sizeof *out);
    else
        memcpy(out, mel->samples + mel->given, n * sizeof *out);
    mel->given += n;
    return n;
}
