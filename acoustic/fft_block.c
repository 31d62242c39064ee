/* FFT block over a whole sentence (encoder), and the feed-forward part, see fft_block.h.
 * Vaswani et al., arXiv 1706.03762, with the convolutional feed-forward of FastSpeech, arXiv 1905.09263. */
#include "acoustic/fft_block.h"

#include <math.h>
#include <string.h>

void am_block_bind(struct voice_binder *binder, struct am_block *block, const char *prefix,
                   const struct am_shape *shape, size_t positions)
{
    const size_t c = shape->hidden;
    voice_bind_norm(binder, &block->ln1_gain, &block->ln1_bias, prefix, "ln1", c);
    voice_bind_linear8(binder, &block->qkv, prefix, "qkv", 3 * c, c);
    voice_bind_matrix(binder, &block->rel, prefix, "rel.weight", shape->heads, positions);
    voice_bind_linear8(binder, &block->proj, prefix, "proj", c, c);
    voice_bind_norm(binder, &block->ln2_gain, &block->ln2_bias, prefix, "ln2", c);
    voice_bind_conv8(binder, &block->ff1, prefix, "ff1", shape->filter, shape->kernel, c);
    voice_bind_linear8(binder, &block->ff2, prefix, "ff2", c, shape->filter);
}

void am_feed_forward(float *update, float *filtered, float *filtered8, const float *normed, size_t rows,
                     const struct am_block *block, const struct nn_kernels *nn)
{
    const size_t c = block->ff2.out, f = block->ff1.out;
    nn->linear8(filtered, f, normed, 1, rows, &block->ff1);
    nn->relu(filtered, rows * f);
    nn->quantise(filtered8, filtered, rows, f);
    nn->linear8(update, c, filtered8, 0, rows, &block->ff2);
}

void am_block_work_plan(struct am_block_work *work, struct base_plan *plan, const struct am_shape *shape, size_t n)
{
    const size_t c = shape->hidden, head = c / shape->heads;
    work->row = base_plan_floats(plan, c, 1);
    work->normed = base_plan_floats(plan, n + shape->kernel - 1, nn_row8(c));
    work->qkv = base_plan_floats(plan, n, 3 * c);
    work->attended = base_plan_floats(plan, n, c);
    work->attended8 = base_plan_floats(plan, AM_TILE, nn_row8(c));
    work->slice = base_plan_floats(plan, n, head);
    work->keys = base_plan_take(plan, nn_packed_bytes(n, 1, head), 1);
    work->values = base_plan_take(plan, nn_packed_bytes(head, 1, n), 1);
    work->scores = base_plan_floats(plan, AM_TILE, n);
    work->filtered = base_plan_floats(plan, AM_TILE, shape->filter);
    work->filtered8 = base_plan_floats(plan, AM_TILE, nn_row8(shape->filter));
    work->update = base_plan_floats(plan, AM_TILE, c);
}

/* Keys and values of one head as weights, so that the widest linear kernel does the two products of the attention. */
static void pack_head(struct nn_weight *keys, struct nn_weight *values, const float *k, const float *v, size_t n,
                      size_t head, size_t stride, struct am_block_work *work)
{
    for (size_t j = 0; j < n; j++)
        memcpy(work->slice + j * head, k + j * stride, head * sizeof(float));
    nn_pack(keys, work->keys, work->slice, NULL, n, 1, head);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < head; i++)
            work->slice[i * n + j] = v[j * stride + i];
    nn_pack(values, work->values, work->slice, NULL, head, 1, n);
}

/* s[j] = s[j] / sqrt(C/H) + rel[clip(j - i, -reach, reach) + reach] for row i. */
static void scale_and_bias(float *s, size_t n, size_t i, size_t reach, float scale, const float *rel)
{
    const size_t near = i > reach ? i - reach : 0; /* first j with a bias of its own, but for the clip */
    const size_t far = n - i > reach ? i + reach + 1 : n;
    for (size_t j = 0; j < near; j++)
        s[j] = s[j] * scale + rel[0];
    for (size_t j = near; j < far; j++)
        s[j] = s[j] * scale + rel[j + reach - i];
    for (size_t j = far; j < n; j++)
        s[j] = s[j] * scale + rel[2 * reach];
}

static void attend(const struct am_block *block, const struct am_shape *shape, size_t n, size_t reach,
                   struct am_block_work *work, const struct nn_kernels *nn)
{
    const size_t c = shape->hidden, head = c / shape->heads, stride = 3 * c;
    const float scale = 1.0f / sqrtf((float)head);
    for (size_t h = 0; h < shape->heads; h++) {
        const float *const q = work->qkv + h * head;
        struct nn_weight keys, values;
        pack_head(&keys, &values, q + c, q + 2 * c, n, head, stride, work);
        for (size_t i = 0; i < n; i += AM_TILE) {
            const size_t rows = n - i < AM_TILE ? n - i : AM_TILE;
            nn->linear(work->scores, n, q + i * stride, stride, 0, rows, &keys);
            for (size_t r = 0; r < rows; r++) {
                scale_and_bias(work->scores + r * n, n, i + r, reach, scale, block->rel + h * (2 * reach + 1));
                nn->softmax(work->scores + r * n, n);
            }
            nn->linear(work->attended + i * c + h * head, c, work->scores, n, 0, rows, &values);
        }
    }
}

/* normed [n, C] = ln(x [n, C]) quantised; row [C] is scratch. */
static void norm_rows(float *normed, float *row, const float *x, const float *gain, const float *bias, size_t n,
                      size_t c, const struct nn_kernels *nn)
{
    for (size_t i = 0; i < n; i++) {
        nn->layer_norm(row, x + i * c, gain, bias, c);
        nn->quantise(normed + i * nn_row8(c), row, 1, c);
    }
}

void am_block_run(float *x, size_t n, const struct am_block *block, const struct am_shape *shape, size_t reach,
                  struct am_block_work *work, const struct nn_kernels *nn)
{
    const size_t c = shape->hidden, width = nn_row8(c), half = shape->kernel / 2;
    norm_rows(work->normed, work->row, x, block->ln1_gain, block->ln1_bias, n, c, nn);
    nn->linear8(work->qkv, 3 * c, work->normed, 0, n, &block->qkv);
    attend(block, shape, n, reach, work, nn);

    for (size_t i = 0; i < n; i += AM_TILE) {
        const size_t rows = n - i < AM_TILE ? n - i : AM_TILE;
        nn->quantise(work->attended8, work->attended + i * c, rows, c);
        nn->linear8(work->update, c, work->attended8, 0, rows, &block->proj);
        nn->axpy(x + i * c, 1.0f, work->update, rows * c);
    }
    memset(work->normed, 0, half * width * sizeof(float));
    memset(work->normed + (half + n) * width, 0, half * width * sizeof(float));
    norm_rows(work->normed + half * width, work->row, x, block->ln2_gain, block->ln2_bias, n, c, nn);
    for (size_t i = 0; i < n; i += AM_TILE) {
        const size_t rows = n - i < AM_TILE ? n - i : AM_TILE;
        am_feed_forward(work->update, work->filtered, work->filtered8, work->normed + i * width, rows, block, nn);
        nn->axpy(x + i * c, 1.0f, work->update, rows * c);
    }
}
