/* FFT block with banded attention, run along the frames (decoder), see fft_block.h.
 *
 * Three fronts move through the sentence, each behind the one before: q, k, v as soon as a frame is in; the attention
 * of frame i when frame i + ahead is in; the feed-forward of frame i when the attention of frame i + (K-1)/2 is done.
 * Nothing is computed twice, and each row is computed from its own inputs only, so the cut into calls can't change a
 * bit. */
#include "acoustic/fft_block.h"

#include <math.h>
#include <string.h>

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t am_band_lookahead(const struct am_shape *shape, const struct am_band *band)
{
    return band->ahead + shape->kernel / 2;
}

void am_band_plan(struct am_band_state *state, struct base_plan *plan, const struct am_shape *shape,
                  const struct am_band *band)
{
    /* The rows before a front that still wait, and one tile that comes in. */
    const size_t waiting = am_band_lookahead(shape, band) + 2 * AM_TILE;
    nn_history_plan(&state->in, plan, waiting, shape->hidden);
    nn_ring_plan(&state->qkv, plan, band->back + waiting, 3 * shape->hidden);
    nn_history_plan(&state->mid, plan, waiting, shape->hidden);
    nn_history_plan(&state->normed, plan, shape->kernel + waiting, nn_row8(shape->hidden));
}

void am_band_work_plan(struct am_band_work *work, struct base_plan *plan, const struct am_shape *shape,
                       const struct am_band *band)
{
    work->normed = base_plan_floats(plan, AM_TILE, shape->hidden);
    work->attended = base_plan_floats(plan, AM_TILE, shape->hidden);
    work->rows8 = base_plan_floats(plan, AM_TILE, nn_row8(shape->hidden));
    work->filtered = base_plan_floats(plan, AM_TILE, shape->filter);
    work->filtered8 = base_plan_floats(plan, AM_TILE, nn_row8(shape->filter));
    work->scores = base_plan_floats(plan, band->back + band->ahead + 1, 1);
}

void am_band_reset(struct am_band_state *state, const struct am_shape *shape)
{
    state->in.count = state->qkv.count = state->mid.count = state->normed.count = 0;
    nn_history_zeros(&state->normed, shape->kernel / 2);
}

/* q, k, v of the frames that came in, at most AM_TILE. */
static void project(struct am_band_state *state, const struct am_block *block, size_t c, struct am_band_work *work,
                    const struct nn_kernels *nn)
{
    const size_t rows = state->in.count - state->qkv.count;
    const float *const x = nn_history_rows(&state->in, state->qkv.count, rows);
    for (size_t r = 0; r < rows; r++)
        nn->layer_norm(work->normed + r * c, x + r * c, block->ln1_gain, block->ln1_bias, c);
    nn->quantise(work->rows8, work->normed, rows, c);
    for (size_t done = 0, run; done < rows; done += run) {
        run = rows - done;
        float *const qkv = nn_ring_push(&state->qkv, &run);
        nn->linear8(qkv, 3 * c, work->rows8 + done * nn_row8(c), 0, run, &block->qkv);
    }
}

/* attended [C] of frame i: softmax over the band, inside the sentence. */
static void attend(float *attended, size_t i, size_t total, const struct am_band_state *state,
                   const struct am_block *block, const struct am_shape *shape, const struct am_band *band,
                   float *scores, const struct nn_kernels *nn)
{
    const size_t c = shape->hidden, head = c / shape->heads, stride = 3 * c;
    const size_t first = i > band->back ? i - band->back : 0;
    const size_t n = min_size(total, i + band->ahead + 1) - first;
    size_t one = 1;
    const float *const q = nn_ring_rows(&state->qkv, i, &one);
    const float scale = 1.0f / sqrtf((float)head);
    memset(attended, 0, c * sizeof *attended);
    for (size_t h = 0; h < shape->heads; h++) {
        const float *const rel = block->rel + h * (band->back + band->ahead + 1) + (first + band->back - i);
        for (size_t done = 0, run; done < n; done += run) {
            run = n - done;
            const float *const k = nn_ring_rows(&state->qkv, first + done, &run) + c;
            nn->dots(scores + done, q + h * head, k + h * head, stride, run, head);
        }
        for (size_t j = 0; j < n; j++)
            scores[j] = scores[j] * scale + rel[j];
        nn->softmax(scores, n);
        for (size_t done = 0, run; done < n; done += run) {
            run = n - done;
            const float *const v = nn_ring_rows(&state->qkv, first + done, &run) + 2 * c;
            nn->mix(attended + h * head, scores + done, v + h * head, stride, run, head);
        }
    }
}

/* mid = x + proj(attention), for the next `rows` frames. */
static void attention_front(struct am_band_state *state, size_t rows, size_t total, const struct am_block *block,
                            const struct am_shape *shape, const struct am_band *band, struct am_band_work *work,
                            const struct nn_kernels *nn)
{
    const size_t c = shape->hidden, first = state->mid.count;
    for (size_t r = 0; r < rows; r++)
        attend(work->attended + r * c, first + r, total, state, block, shape, band, work->scores, nn);
    float *const mid = nn_history_push(&state->mid, rows);
    nn->quantise(work->rows8, work->attended, rows, c);
    nn->linear8(mid, c, work->rows8, 0, rows, &block->proj);
    nn->axpy(mid, 1.0f, nn_history_rows(&state->in, first, rows), rows * c);
    for (size_t r = 0; r < rows; r++)
        nn->layer_norm(work->normed + r * c, mid + r * c, block->ln2_gain, block->ln2_bias, c);
    nn->quantise(nn_history_push(&state->normed, rows), work->normed, rows, c);
    nn_history_commit(&state->mid, rows);
    nn_history_commit(&state->normed, rows);
    if (state->mid.count == total)
        nn_history_zeros(&state->normed, shape->kernel / 2);
}

void am_band_advance(struct am_band_state *state, struct nn_history *out, size_t wanted, size_t total,
                     const struct am_block *block, const struct am_shape *shape, const struct am_band *band,
                     struct am_band_work *work, const struct nn_kernels *nn)
{
    const size_t c = shape->hidden;
    if (state->in.count > state->qkv.count)
        project(state, block, c, work, nn);

    const size_t in = state->in.count;
    const size_t attendable = in == total ? total : in > band->ahead ? in - band->ahead : 0;
    while (state->mid.count < attendable)
        attention_front(state, min_size(attendable - state->mid.count, AM_TILE), total, block, shape, band, work, nn);

    const size_t normed = state->normed.count;
    const size_t filterable = normed >= shape->kernel ? normed - shape->kernel + 1 : 0;
    const size_t end = min_size(filterable, min_size(wanted, out->count + AM_TILE));
    if (end <= out->count)
        return;
    const size_t first = out->count, rows = end - first;
    float *const y = nn_history_push(out, rows);
    const float *const normed_rows = nn_history_rows(&state->normed, first, rows + shape->kernel - 1);
    am_feed_forward(y, work->filtered, work->filtered8, normed_rows, rows, block, nn);
    nn->axpy(y, 1.0f, nn_history_rows(&state->mid, first, rows), rows * c);
    nn_history_commit(out, rows);
}
