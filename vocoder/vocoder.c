/* The vocoder as its callers see it: the kind that the voice names makes the samples, block by block; volume and
 * limiter (output.h) are the same for all kinds. */
#include "vocoder/vocoder.h"

#include "base/alloc.h"
#include "linnet.h"
#include "vocoder/kind.h"
#include "vocoder/output.h"
#include "vocoder/vocoder_internal.h"
#include <string.h>

static const struct voc_kind *const kinds[] = {&voc_wavenet_kind, &voc_griffin_lim_kind};

struct vocoder_model {
    struct voc_network *own;         /* of the kind that the voice names */
    struct voc_network *griffin_lim; /* the same when that is this kind */
    size_t n_mels, hop, n_fft;
    float gain;
};

struct vocoder_stream {
    const struct vocoder_model *model;
    struct voc_state *state;
    float volume;
    const struct voc_volume_point *points; /* [n_points] */
    size_t n_points, next_point;
    size_t n_samples; /* that went out */
    bool ended;       /* voc_flush() was called */
};

static int bind_kind(struct voc_network **out, const struct voc_kind *kind, const struct voice_file *voice,
                     struct base_error *err)
{
    *out = NULL;
    const int status = kind->bind(out, voice, err);
    if (status == LINNET_OK)
        (*out)->kind = kind;
    return status;
}

static int bind_networks(struct vocoder_model *model, const struct voice_file *voice, struct base_error *err)
{
    const char *const name = voice_file_meta(voice)->vocoder_kind;
    int status = bind_kind(&model->griffin_lim, &voc_griffin_lim_kind, voice, err);
    if (status != LINNET_OK)
        return status;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i]->name, name) != 0)
            continue;
        if (kinds[i] != &voc_griffin_lim_kind)
            return bind_kind(&model->own, kinds[i], voice, err);
        model->own = model->griffin_lim;
        return LINNET_OK;
    }
    return base_fail(err, LINNET_ERR_VOICE, "%s: vocoder: no such kind: '%s'", voice_file_path(voice), name);
}

int voc_bind(struct vocoder_model **out, const struct voice_file *voice, struct base_error *err)
{
    *out = NULL;
    const struct voice_meta *const meta = voice_file_meta(voice);
    struct vocoder_model *model = base_alloc(1, sizeof *model);
    if (!model)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: vocoder: out of memory", voice_file_path(voice));
    model->n_mels = meta->n_mels;
    model->hop = meta->hop;
    model->n_fft = meta->n_fft;
    model->gain = meta->gain;
    const int status = bind_networks(model, voice, err);
    if (status != LINNET_OK)
        voc_unbind(&model);
    *out = model;
    return status;
}

void voc_unbind(struct vocoder_model **model)
{
    struct vocoder_model *const m = model ? *model : NULL;
    if (!m)
        return;
    if (m->own && m->own != m->griffin_lim)
        m->own->kind->unbind(m->own);
    if (m->griffin_lim)
        m->griffin_lim->kind->unbind(m->griffin_lim);
    base_free(m);
    *model = NULL;
}

int voc_stream_open(struct vocoder_stream **out, const struct vocoder_model *model, enum voc_choice choice,
                    struct base_error *err)
{
    const struct voc_network *const network = choice == VOC_GRIFFIN_LIM ? model->griffin_lim : model->own;
    *out = NULL;
    struct vocoder_stream *s = base_alloc(1, sizeof *s);
    if (!s || !network->kind->open(&s->state, network)) {
        base_free(s);
        return base_fail(err, LINNET_ERR_MEMORY, "vocoder stream: out of memory");
    }
    s->state->kind = network->kind;
    s->model = model;
    s->volume = 1.0f;
    *out = s;
    return LINNET_OK;
}

void voc_stream_close(struct vocoder_stream **stream)
{
    if (!stream || !*stream)
        return;
    struct voc_state *const state = (*stream)->state;
    state->kind->close(state);
    base_free(*stream);
    *stream = NULL;
}

void voc_reset(struct vocoder_stream *stream)
{
    stream->state->kind->reset(stream->state);
    stream->n_samples = 0;
    voc_set_volume_curve(stream, NULL, 0);
    stream->ended = false;
}

void voc_set_volume(struct vocoder_stream *stream, float factor)
{
    stream->volume = factor;
}

void voc_set_volume_curve(struct vocoder_stream *stream, const struct voc_volume_point *points, size_t n)
{
    stream->points = points;
    stream->n_points = n;
    stream->next_point = 0;
}

size_t voc_max_samples(const struct vocoder_model *model, size_t n_frames)
{
    return (n_frames + VOC_TILE) * model->hop + model->n_fft;
}

size_t voc_lookahead_frames(const struct vocoder_model *model)
{
    return model->own->kind->lookahead(model->own);
}

/* Gives out[n] their volume. */
static void finish(struct vocoder_stream *s, float *out, size_t n)
{
    if (s->n_points)
        voc_output_curve(out, n, s->n_samples, s->points, s->n_points, &s->next_point);
    voc_output(out, n, s->model->gain * s->volume);
    s->n_samples += n;
}

size_t voc_run(struct vocoder_stream *stream, const float *frames, size_t n_frames, float *out)
{
    struct voc_state *const state = stream->state;
    const size_t row = stream->model->n_mels + MEL_EXTRA;
    if (stream->ended)
        voc_reset(stream);
    size_t made = 0;
    for (size_t done = 0; done < n_frames;) {
        const size_t n = n_frames - done < VOC_TILE ? n_frames - done : VOC_TILE;
        made += state->kind->push(state, frames + done * row, n, out + made);
        done += n;
    }
    finish(stream, out, made);
    return made;
}

size_t voc_flush(struct vocoder_stream *stream, float *out)
{
    stream->ended = true;
    const size_t made = stream->state->kind->pull(stream->state, out);
    finish(stream, out, made);
    return made;
}

int voc_status(const struct vocoder_stream *stream)
{
    return stream->state->kind->status(stream->state);
}

size_t voc_cost(const struct vocoder_model *model)
{
    return model->own->kind->cost(model->own);
}
