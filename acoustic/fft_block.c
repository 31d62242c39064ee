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
    voice_bind_linear(binder, &block->qkv, prefix, "qkv", 3 * c, c);
    voice_bind_matrix(binder, &block->rel, prefix, "rel.weight", shape->heads, positions);
    voice_bind_linear(binder, &block->proj, prefix, "proj", c, c);
    voice_bind_norm(binder, &block->ln2_gain, &block->ln2_bias, prefix, "ln2", c);
    voice_bind_conv(binder, &block->ff1, prefix, "ff1", shape->filter, shape->kernel, c);
    voice_bind_linear(binder, &block->ff2, prefix, "ff2", c, shape->filter);
}

void am_feed_forward(float *update, float *filtered, const float *normed, size_t rows, const struct am_block *block,
                     const struct nn_kernels *nn)
{
    const size_t c = block->ff2.out, f = block->ff1.out;
    nn->linear(filtered, f, normed, c, c, rows, &block->ff1);
    nn->relu(filtered, rows * f);
    nn->linear(update, c, filtered, f, 0, rows, &block->ff2);
}

void am_block_work_plan(struct am_block_work *work, struct base_plan *plan, const struct am_shape *shape, size_t n)
{
    const size_t c = shape->hidden, head = c / shape->heads;
    work->normed = base_plan_floats(plan, n + shape->kernel - 1, c);
    work->qkv = base_plan_floats(plan, n, 3 * c);
    work->attended = base_plan_floats(plan, n, c);
    work->slice = base_plan_floats(plan, n, head);
    work->keys = base_plan_take(plan, nn_packed_bytes(n, 1, head), 1);
    work->values = base_plan_take(plan, nn_packed_bytes(head, 1, n), 1);
    work->scores = base_plan_floats(plan, AM_TILE, n);
    work->filtered = base_plan_floats(plan, AM_TILE, shape->filter);
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

void am_block_run(float *x, size_t n, const struct am_block *block, const struct am_shape *shape, size_t reach,
                  struct am_block_work *work, const struct nn_kernels *nn)
{
    const size_t c = shape->hidden, half = shape->kernel / 2;
    float *const normed = work->normed + half * c;
    for (size_t i = 0; i < n; i++)
        nn->layer_norm(normed + i * c, x + i * c, block->ln1_gain, block->ln1_bias, c);
    nn->linear(work->qkv, 3 * c, normed, c, 0, n, &block->qkv);
    attend(block, shape, n, reach, work, nn);

    memset(work->normed, 0, half * c * sizeof(float));
    memset(normed + n * c, 0, half * c * sizeof(float));
    for (size_t i = 0; i < n; i += AM_TILE) {
        const size_t rows = n - i < AM_TILE ? n - i : AM_TILE;
        nn->linear(work->update, c, work->attended + i * c, c, 0, rows, &block->proj);
        nn->axpy(x + i * c, 1.0f, work->update, rows * c);
        for (size_t r = i; r < i + rows; r++)
            nn->layer_norm(normed + r * c, x + r * c, block->ln2_gain, block->ln2_bias, c);
    }
    for (size_t i = 0; i < n; i += AM_TILE) {
        const size_t rows = n - i < AM_TILE ? n - i : AM_TILE;
        am_feed_forward(work->update, work->filtered, work->normed + i * c, rows, block, nn);
        nn->axpy(x + i * c, 1.0f, work->update, rows * c);
    }
}
