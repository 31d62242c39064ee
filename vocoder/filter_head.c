/* The source-filter head, see filter_head.h. Related: neural homomorphic vocoder (Liu et al., Interspeech 2020), NSF
 * (arXiv 1810.11946), iSTFTNet (arXiv 2203.02395). */
#include "vocoder/filter_head.h"

#include "dsp/stft.h"
#include <math.h>
#include <string.h>

#define MOST_LOG 4.0f /* FORMAT.md: exp(min(o, 4) - 2) */
#define LOG_SHIFT 2.0f
#define MOST_LOG_GAIN 2.0f

void voc_head_sizes(struct voc_head *head, const struct voice_meta *meta)
{
    head->width = meta->voc_width;
    head->hidden = meta->voc_hidden;
    head->n_fft = meta->n_fft;
    head->hop = meta->hop;
    head->bins = head->n_fft / 2 + 1;
    head->edge = head->n_fft / 2 - head->hop / 2;
    head->gains = meta->voc_envelope;
    head->outputs = 3 * head->bins + head->gains;
    head->sample_rate = meta->sample_rate;
    head->skip_scale = 2.0f / sqrtf((float)meta->voc_layers);
}

void voc_head_bind(struct voice_binder *binder, struct voc_head *head)
{
    voice_bind_norm(binder, &head->ln_gain, &head->ln_bias, "voc.", "ln", head->width);
    voice_bind_linear8(binder, &head->hidden_map, "voc.", "hidden", head->hidden, head->width);
    voice_bind_linear8(binder, &head->head_map, "voc.", "head", head->outputs, head->hidden);
}

size_t voc_head_lookahead(const struct voc_head *head)
{
    return (head->n_fft / 2 + head->hop - 1) / head->hop;
}

void voc_head_plan(struct voc_head_state *state, struct base_plan *plan, const struct voc_head *head, size_t tile,
                   size_t waiting)
{
    state->tables = base_plan_floats(plan, nn_fft_floats(head->n_fft), 1);
    state->frame_a = base_plan_floats(plan, head->n_fft, 1);
    state->frame_b = base_plan_floats(plan, head->n_fft, 1);
    state->scratch = base_plan_floats(plan, head->n_fft, 2);
    state->window = base_plan_floats(plan, head->n_fft, 1);
    state->scale = base_plan_floats(plan, head->hop, 1);
    voc_source_plan(&state->source, plan, head->sample_rate, head->hop);
    nn_history_plan(&state->harmonic, plan, head->n_fft + 2 * head->hop, 1);
    nn_history_plan(&state->noise, plan, head->n_fft + 2 * head->hop, 1);
    nn_history_plan(&state->params, plan, waiting, 2);
    nn_history_plan(&state->gains, plan, (head->edge / head->hop + 2) * head->gains + 1, 1);
    state->overlap = base_plan_floats(plan, head->n_fft, 1);
    state->noise_overlap = base_plan_floats(plan, head->n_fft, 1);
    state->noise_samples = base_plan_floats(plan, head->n_fft, 1);
    state->rows = base_plan_floats(plan, tile, head->width);
    state->rows8 = base_plan_floats(plan, tile, nn_row8(head->width));
    state->hidden = base_plan_floats(plan, tile, head->hidden);
    state->hidden8 = base_plan_floats(plan, tile, nn_row8(head->hidden));
    state->filters = base_plan_floats(plan, tile, head->outputs);
    state->sines = base_plan_floats(plan, head->bins, 1);
    state->cosines = base_plan_floats(plan, head->bins, 1);
}

/* scale[p mod hop] = 1 / (D n_fft), where D is the sum of w^2 over all frames that cover position p, as if there were
 * frames without end. */
static void fill_scale(float *scale, const float *window, const struct voc_head *head)
{
    for (size_t k = 0; k < head->hop; k++) {
        double sum = 0.0;
        for (size_t p = k; p < head->n_fft; p += head->hop)
            sum += (double)window[p] * (double)window[p];
        scale[k] = (float)(1.0 / (sum * (double)head->n_fft));
    }
}

void voc_head_init(struct voc_head_state *state, const struct voc_head *head)
{
    nn_fft_fill(&state->fft, state->tables, head->n_fft);
    dsp_hann(state->window, head->n_fft);
    fill_scale(state->scale, state->window, head);
    voc_source_init(&state->source);
    voc_head_reset(state, head);
}

void voc_head_reset(struct voc_head_state *state, const struct voc_head *head)
{
    voc_source_reset(&state->source);
    state->source_ended = false;
    state->harmonic.count = state->noise.count = state->params.count = state->gains.count = 0;
    nn_history_zeros(&state->harmonic, head->edge);
    nn_history_zeros(&state->noise, head->edge);
    memset(state->overlap, 0, head->n_fft * sizeof(float));
    memset(state->noise_overlap, 0, head->n_fft * sizeof(float));
    state->done = 0;
}

void voc_head_frame(struct voc_head_state *state, float log_f0, float voicing)
{
    float *const row = nn_history_push(&state->params, 1);
    row[0] = log_f0;
    row[1] = voicing;
    nn_history_commit(&state->params, 1);
}

/* Makes the sources up to position `end`. */
static void extend_sources(struct voc_head_state *state, size_t end, bool ended, const struct voc_head *head,
                           const struct nn_kernels *nn)
{
    while (state->harmonic.count < end) {
        float *const harmonic = nn_history_push(&state->harmonic, head->hop);
        float *const noise = nn_history_push(&state->noise, head->hop);
        size_t n = head->hop;
        if (state->source.n_frames < state->params.count) {
            const float *const row = nn_history_rows(&state->params, state->source.n_frames, 1);
            n = voc_source_frame(&state->source, harmonic, noise, row[0], row[1], nn);
        } else if (ended && !state->source_ended) {
            n = voc_source_end(&state->source, harmonic, noise, nn);
            state->source_ended = true;
        } else { /* beyond the sentence */
            memset(harmonic, 0, n * sizeof(float));
            memset(noise, 0, n * sizeof(float));
        }
        nn_history_commit(&state->harmonic, n);
        nn_history_commit(&state->noise, n);
    }
}

/* Row of the head -> Ah, ph as sine and cosine, An, envelope, bounded. o [3B + gains]; Ah, An and the envelope replace
 * their logarithms. */
static void finish_filters(struct voc_head_state *state, float *o, const struct voc_head *head,
                           const struct nn_kernels *nn)
{
    const size_t bins = head->bins;
    nn->vsincos(state->sines, state->cosines, o + bins, bins);
    nn->vexp(o, o, MOST_LOG, LOG_SHIFT, bins);
    nn->vexp(o + 2 * bins, o + 2 * bins, MOST_LOG, LOG_SHIFT, bins);
    nn->vexp(o + 3 * bins, o + 3 * bins, MOST_LOG_GAIN, 0.0f, head->gains);
}

/* The sources of this frame, both at once as one complex signal, through their filters: w * irfft(...) n_fft, but for
 * the window. */
static void filter_sources(struct voc_head_state *state, const float *o, const struct voc_head *head,
                           const struct nn_kernels *nn)
{
    const size_t start = state->done * head->hop, n = head->n_fft;
    float *const a = state->frame_a, *const b = state->frame_b;
    nn->mul(a, state->window, nn_history_rows(&state->harmonic, start, n), n);
    nn->mul(b, state->window, nn_history_rows(&state->noise, start, n), n);
    nn->fft(a, b, state->scratch, &state->fft);
    nn->filter_pair(a, b, n, o, state->cosines, state->sines, o + 2 * head->bins);
    nn->fft(b, a, state->scratch, &state->fft); /* exchanged: the inverse */
}

/* overlap += w * frame, in the two runs that the ring makes of a frame. */
static void add_to_ring(struct voc_head_state *state, float *overlap, const float *frame, const struct voc_head *head,
                        const struct nn_kernels *nn)
{
    const size_t at = state->done * head->hop & (head->n_fft - 1), first = head->n_fft - at;
    nn->mul_add(overlap + at, state->window, frame, first);
    nn->mul_add(overlap, state->window + first, frame + first, at);
}

/* One frame: o [3B + gains] is its row of the head. */
static void add_frame(struct voc_head_state *state, float *o, const struct voc_head *head, const struct nn_kernels *nn)
{
    finish_filters(state, o, head, nn);
    filter_sources(state, o, head, nn);
    add_to_ring(state, state->overlap, state->frame_a, head, nn);
    add_to_ring(state, state->noise_overlap, state->frame_b, head, nn);
    memcpy(nn_history_push(&state->gains, head->gains), o + 3 * head->bins, head->gains * sizeof(float));
    nn_history_commit(&state->gains, head->gains);
    state->done++;
}

/* out += envelope * noise for the samples first ... first+n-1. The envelope is linear between the centres of the gains'
 * spans and held beyond the outer ones. */
static void mix_noise(float *restrict out, const float *restrict noise, size_t first, size_t n,
                      const struct voc_head_state *state, const struct voc_head *head)
{
    const size_t span = head->hop / head->gains, last = state->gains.count - 1;
    for (size_t at = first + span - span / 2, end = at + n; at < end;) { /* i * span is where gain i is centred */
        const size_t i = at / span - 1, rest = at % span, left = end - at;
        const size_t run = span - rest < left ? span - rest : left;
        const size_t low = at < span ? 0 : i < last ? i : last, high = i + 1 < last ? i + 1 : last;
        const float from = *nn_history_rows(&state->gains, low, 1), to = *nn_history_rows(&state->gains, high, 1);
        for (size_t k = 0; k < run; k++)
            out[k] += noise[k] * (from + (to - from) * ((float)(rest + k) / (float)span));
        out += run;
        noise += run;
        at += run;
    }
}

/* The n positions from `from` on, out of a ring that is left with zeros in their place. */
static void take(float *out, float *overlap, size_t from, size_t n, const float *scale, const struct voc_head *head,
                 const struct nn_kernels *nn)
{
    for (size_t p = from, run; p < from + n; p += run, out += run) {
        const size_t at = p & (head->n_fft - 1), phase = p % head->hop;
        run = from + n - p;
        run = run < head->n_fft - at ? run : head->n_fft - at;
        run = run < head->hop - phase ? run : head->hop - phase;
        nn->mul(out, overlap + at, scale + phase, run);
        memset(overlap + at, 0, run * sizeof *overlap);
    }
}

/* Takes the n positions from `from` on out of the rings. Returns the number of samples: those before the sentence
 * aren't any. */
static size_t emit(struct voc_head_state *state, float *out, size_t from, size_t n, const struct voc_head *head,
                   const struct nn_kernels *nn)
{
    const size_t mask = head->n_fft - 1, end = from + n;
    size_t p = from;
    for (; p < end && p < head->edge; p++)
        state->overlap[p & mask] = state->noise_overlap[p & mask] = 0.0f;
    const size_t made = end - p;
    if (made == 0)
        return 0;
    take(out, state->overlap, p, made, state->scale, head, nn);
    take(state->noise_samples, state->noise_overlap, p, made, state->scale, head, nn);
    mix_noise(out, state->noise_samples, p - head->edge, made, state, head);
    return made;
}

size_t voc_head_run(struct voc_head_state *state, float *out, size_t n, bool ended, const struct voc_head *head,
                    const struct nn_kernels *nn)
{
    const size_t width = head->width;
    for (size_t i = 0; i < n * width; i++)
        state->rows[i] *= head->skip_scale;
    for (size_t r = 0; r < n; r++)
        nn->layer_norm(state->rows + r * width, state->rows + r * width, head->ln_gain, head->ln_bias, width);
    nn->quantise(state->rows8, state->rows, n, width);
    nn->linear8(state->hidden, head->hidden, state->rows8, 0, n, &head->hidden_map);
    nn->gelu(state->hidden, n * head->hidden);
    nn->quantise(state->hidden8, state->hidden, n, head->hidden);
    nn->linear8(state->filters, head->outputs, state->hidden8, 0, n, &head->head_map);

    size_t made = 0;
    for (size_t r = 0; r < n; r++) {
        const size_t start = state->done * head->hop;
        extend_sources(state, start + head->n_fft, ended, head, nn);
        add_frame(state, state->filters + r * head->outputs, head, nn);
        made += emit(state, out + made, start, head->hop, head, nn);
    }
    return made;
}

size_t voc_head_tail(struct voc_head_state *state, float *out, const struct voc_head *head, const struct nn_kernels *nn)
{
    return emit(state, out, state->done * head->hop, head->edge, head, nn);
}
