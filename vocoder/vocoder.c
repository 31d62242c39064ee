/* The vocoder as its callers see it: binds the WaveNet stack and the source-filter head to a voice and runs them block
 * by block, or collects the mel for Griffin-Lim when the voice has no vocoder.
 *
 *     frames -> voc_stack (skip sums) -> voc_head (filters x sources, overlap-add) -> voc_output (gain, limiter)
 */
#include "vocoder/vocoder.h"

#include "base/alloc.h"
#include "linnet.h"
#include "vocoder/filter_head.h"
#include "vocoder/output.h"
#include "vocoder/vocoder_internal.h"
#include "vocoder/wavenet.h"
#include "vocoder/whole_mel.h"
#include <string.h>

/* Bounds of what comes in; only a damaged voice or a caller's own frames get there. */
#define MOST_MEL 100.0f
#define MOST_LOG_F0 12.0f

struct vocoder_model {
    bool neural; /* false: no network in this voice, stack and head are empty */
    struct dsp_mel_settings mel;
    struct voc_stack stack;
    struct voc_head head;
    size_t n_mels, hop, n_fft;
    float pitch_mean, pitch_std, gain;
    const struct nn_kernels *nn;
    void *memory;
};

struct vocoder_stream {
    const struct vocoder_model *model;
    bool neural;
    float volume;
    const struct voc_volume_point *points; /* [n_points] */
    size_t n_points, next_point;
    struct voc_whole_mel whole; /* used when not neural */
    struct voc_stack_state stack;
    struct voc_head_state head;
    void *memory;
    size_t n_frames;     /* that came in */
    size_t n_samples;    /* that went out */
    bool ended, drained; /* voc_flush() was called; has given the last samples */
};

static float bound(float x, float least, float most)
{
    return x > least ? (x < most ? x : most) : least; /* NaN: least */
}

static void layout_model(struct voice_binder *binder, void *memory)
{
    struct vocoder_model *const model = memory;
    voc_stack_bind(binder, &model->stack);
    voc_head_bind(binder, &model->head);
}

int voc_bind(struct vocoder_model **out, const struct voice_file *voice, struct base_error *err)
{
    *out = NULL;
    const struct voice_meta *const meta = voice_file_meta(voice);
    struct vocoder_model *model = base_alloc(1, sizeof *model);
    if (!model)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: vocoder: out of memory", voice_file_path(voice));
    model->nn = nn_kernels();
    model->n_mels = meta->n_mels;
    model->hop = meta->hop;
    model->n_fft = meta->n_fft;
    model->pitch_mean = meta->pitch_mean;
    model->pitch_std = meta->pitch_std;
    model->gain = meta->gain;
    model->mel = (struct dsp_mel_settings){ .sample_rate = meta->sample_rate,
                                            .hop = meta->hop,
                                            .n_fft = meta->n_fft,
                                            .n_mels = meta->n_mels,
                                            .fmin = meta->mel_fmin,
                                            .fmax = meta->mel_fmax,
                                            .floor = meta->mel_floor };
    model->neural = meta->has_vocoder;
    int status = LINNET_OK;
    if (model->neural) {
        voc_stack_sizes(&model->stack, meta);
        voc_head_sizes(&model->head, meta);
        status = voice_bind(&model->memory, voice, layout_model, model, err);
    }
    if (status != LINNET_OK)
        voc_unbind(&model);
    *out = model;
    return status;
}

void voc_unbind(struct vocoder_model **model)
{
    if (!model || !*model)
        return;
    base_free((*model)->memory);
    base_free(*model);
    *model = NULL;
}

static void layout_stream(struct vocoder_stream *s, struct base_plan *plan)
{
    const struct vocoder_model *const m = s->model;
    const size_t keep = voc_head_lookahead(&m->head) + VOC_TILE;
    voc_stack_plan(&s->stack, plan, &m->stack, keep);
    voc_head_plan(&s->head, plan, &m->head, VOC_TILE, voc_stack_lookahead(&m->stack) + keep + VOC_TILE);
}

/* Memory and tables of the network's part of a stream. */
static bool open_neural(struct vocoder_stream *s)
{
    struct base_plan plan = { 0 };
    layout_stream(s, &plan);
    s->memory = plan.overflow ? NULL : base_alloc(plan.used, 1);
    if (!s->memory)
        return false;
    plan = (struct base_plan){ .memory = s->memory };
    layout_stream(s, &plan);
    return voc_head_init(&s->head, &s->model->head) == LINNET_OK;
}

static int open_stream(struct vocoder_stream **out, const struct vocoder_model *model, bool neural,
                       struct base_error *err)
{
    *out = NULL;
    struct vocoder_stream *s = base_alloc(1, sizeof *s);
    if (!s)
        goto fail;
    s->model = model;
    s->neural = neural;
    s->volume = 1.0f;
    s->whole.settings = model->mel;
    if (neural && !open_neural(s))
        goto fail;
    voc_reset(s);
    *out = s;
    return LINNET_OK;
fail:
    voc_stream_close(&s);
    return base_fail(err, LINNET_ERR_MEMORY, "vocoder stream: out of memory");
}

int voc_stream_open(struct vocoder_stream **out, const struct vocoder_model *model, struct base_error *err)
{
    return open_stream(out, model, model->neural, err);
}

int voc_stream_open_griffin_lim(struct vocoder_stream **out, const struct vocoder_model *model, struct base_error *err)
{
    return open_stream(out, model, false, err);
}

void voc_stream_close(struct vocoder_stream **stream)
{
    if (!stream || !*stream)
        return;
    voc_whole_mel_close(&(*stream)->whole);
    voc_head_close(&(*stream)->head);
    base_free((*stream)->memory);
    base_free(*stream);
    *stream = NULL;
}

void voc_reset(struct vocoder_stream *stream)
{
    if (stream->neural) {
        voc_stack_reset(&stream->stack, &stream->model->stack);
        voc_head_reset(&stream->head, &stream->model->head);
    } else {
        voc_whole_mel_reset(&stream->whole);
    }
    stream->n_frames = stream->n_samples = 0;
    voc_set_volume_curve(stream, NULL, 0);
    stream->ended = stream->drained = false;
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
    if (!model->neural)
        return 0;
    const size_t stack = voc_stack_lookahead(&model->stack), sources = voc_head_lookahead(&model->head);
    /* Frame t completes the positions before (t + 1) * hop, and the first sample is at position `edge`. */
    return model->head.edge / model->hop + 1 + (stack > sources ? stack : sources);
}

/* Frames -> rows of the stack's input, and the sources' parameters. */
static void take_frames(struct vocoder_stream *s, const float *frames, size_t n)
{
    const struct vocoder_model *const m = s->model;
    const size_t row = m->n_mels + MEL_EXTRA;
    float *const x = voc_stack_frames(&s->stack);
    for (size_t r = 0; r < n; r++) {
        const float *const frame = frames + r * row;
        const float log_f0 = bound(frame[m->n_mels], 0.0f, MOST_LOG_F0);
        const float voicing = bound(frame[m->n_mels + 1], 0.0f, 1.0f);
        for (size_t i = 0; i < m->n_mels; i++)
            x[r * row + i] = bound(frame[i], -MOST_MEL, MOST_MEL);
        x[r * row + m->n_mels] = (log_f0 - m->pitch_mean) / m->pitch_std;
        x[r * row + m->n_mels + 1] = voicing;
        voc_head_frame(&s->head, log_f0, voicing);
    }
    s->n_frames += n;
}

/* Runs stack and head on n frames, at most VOC_TILE, and returns the samples that became complete. */
static size_t step(struct vocoder_stream *s, const float *frames, size_t n, float *out)
{
    const struct vocoder_model *const m = s->model;
    take_frames(s, frames, n);
    voc_stack_step(&s->stack, n, s->ended ? s->n_frames : VOC_UNKNOWN, &m->stack, m->nn);

    const size_t wait = s->ended ? 0 : voc_head_lookahead(&m->head);
    const size_t sourced = s->n_frames > wait ? s->n_frames - wait : 0;
    const size_t stacked = voc_stack_done(&s->stack, &m->stack), first = s->head.done;
    const size_t ready = (stacked < sourced ? stacked : sourced) - first, rows = ready < VOC_TILE ? ready : VOC_TILE;
    for (size_t r = 0; r < rows; r++)
        memcpy(s->head.rows + r * m->stack.width, voc_stack_skip(&s->stack, &m->stack, first + r),
               m->stack.width * sizeof(float));
    return voc_head_run(&s->head, out, rows, s->ended, &m->head, m->nn);
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
    const struct vocoder_model *const m = stream->model;
    if (stream->ended)
        voc_reset(stream);
    if (!stream->neural) {
        voc_whole_mel_push(&stream->whole, frames, m->n_mels + MEL_EXTRA, n_frames);
        return 0;
    }
    size_t made = 0;
    for (size_t done = 0; done < n_frames;) {
        const size_t n = n_frames - done < VOC_TILE ? n_frames - done : VOC_TILE;
        made += step(stream, frames + done * (m->n_mels + MEL_EXTRA), n, out + made);
        done += n;
    }
    finish(stream, out, made);
    return made;
}

/* The network's next samples after the last frame, 0 when there are no more. */
static size_t drain(struct vocoder_stream *s, float *out)
{
    size_t made = 0;
    while (made == 0 && !s->drained) {
        if (s->head.done < s->n_frames) {
            made = step(s, NULL, 0, out);
        } else {
            made = voc_head_tail(&s->head, out, &s->model->head);
            s->drained = true;
        }
    }
    return made;
}

size_t voc_flush(struct vocoder_stream *stream, float *out)
{
    const struct vocoder_model *const m = stream->model;
    stream->ended = true;
    const size_t made =
        stream->neural ? drain(stream, out) : voc_whole_mel_pull(&stream->whole, out, VOC_TILE * m->hop);
    finish(stream, out, made);
    return made;
}

size_t voc_cost(const struct vocoder_model *model)
{
    const struct voc_stack *const stack = &model->stack;
    if (!model->neural)
        return 0;
    size_t cost = stack->width * stack->in_kernel * stack->inputs;
    for (size_t i = 0; i < stack->n_layers; i++)
        cost += 3 * stack->width * 2 * stack->width + stack->layers[i].out.out * stack->width;
    return cost + model->head.hidden * (stack->width + model->head.outputs);
}
