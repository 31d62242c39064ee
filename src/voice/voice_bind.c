/* Binding, see voice_bind.h. Shapes come from the voice's keys, so they are hostile: they are limited here before
 * memory is taken, and compared with the tensors' own shapes by voice_tensor_read(). */
#include "voice/voice_bind.h"

#include "base/alloc.h"
#include "linnet.h"
#include <stdio.h>

#define MAX_TENSOR_NUMBERS ((size_t)1 << 26) /* FORMAT.md section 1 */
#define MAX_MODEL_BYTES ((size_t)1 << 30)

struct tensor_name {
    char text[128];
};

static struct tensor_name join(const char *prefix, const char *name, const char *suffix)
{
    struct tensor_name joined;
    snprintf(joined.text, sizeof joined.text, "%s%s%s", prefix, name, suffix);
    return joined;
}

/* Checks the shape against the format's limit. */
static bool check_shape(struct voice_binder *binder, const char *prefix, const char *name, size_t rows, size_t width)
{
    size_t numbers, total;
    if (binder->status != LINNET_OK)
        return false;
    if (!base_mul(&numbers, rows, width) || numbers > MAX_TENSOR_NUMBERS || !base_add(&total, numbers, rows)) {
        binder->status = base_fail(binder->err, LINNET_ERR_VOICE, "%s%s: more than %zu numbers expected", prefix, name,
                                   MAX_TENSOR_NUMBERS);
        return false;
    }
    return true;
}

static void need_scratch(struct voice_binder *binder, size_t numbers)
{
    if (numbers > binder->largest)
        binder->largest = numbers;
}

/* Whether tensors are to be read now. */
static bool is_reading(const struct voice_binder *binder)
{
    return binder->plan.memory;
}

static void read_tensor(struct voice_binder *binder, struct tensor_name name, const size_t *dims, size_t n_dims,
                        float *out)
{
    if (binder->status == LINNET_OK)
        binder->status = voice_tensor_read(binder->file, name.text, dims, n_dims, out, binder->err);
}

/* A weight's tensor: of a linear map [out, in], of a convolution [out, taps, in]. */
struct shape {
    size_t out, taps, in;
    size_t dims[3], n_dims;
};

static struct shape linear_shape(size_t out, size_t in)
{
    return (struct shape){out, 1, in, {out, in}, 2};
}

static struct shape conv_shape(size_t out, size_t taps, size_t in)
{
    return (struct shape){out, taps, in, {out, taps, in}, 3};
}

/* Numbers of an output's weights; SIZE_MAX, which check_shape() refuses, on overflow. */
static size_t depth_of(const struct shape *shape)
{
    size_t depth;
    return base_mul(&depth, shape->taps, shape->in) ? depth : SIZE_MAX;
}

static void bind_floats(struct voice_binder *binder, struct nn_weight *w, const char *prefix, const char *name,
                        struct shape shape)
{
    const size_t out = shape.out, depth = depth_of(&shape);
    if (!check_shape(binder, prefix, name, out, depth))
        return;
    need_scratch(binder, out * depth + out);
    void *const memory = base_plan_take(&binder->plan, nn_packed_bytes(out, shape.taps, shape.in), 1);
    if (!is_reading(binder))
        return;
    float *const bias = binder->scratch + out * depth;
    read_tensor(binder, join(prefix, name, ".weight"), shape.dims, shape.n_dims, binder->scratch);
    read_tensor(binder, join(prefix, name, ".bias"), &out, 1, bias);
    if (binder->status == LINNET_OK)
        nn_pack(w, memory, binder->scratch, bias, out, shape.taps, shape.in);
}

/* A few outputs after another: what is read and packed stays in the cache. */
static void bind_bytes(struct voice_binder *binder, struct nn_weight8 *w, const char *prefix, const char *name,
                       struct shape shape)
{
    const size_t out = shape.out, depth = depth_of(&shape);
    if (!check_shape(binder, prefix, name, out, depth))
        return;
    need_scratch(binder, (out < VOICE_TENSOR_ROWS ? out : VOICE_TENSOR_ROWS) * depth);
    void *const memory = base_plan_take(&binder->plan, nn_packed8_bytes(out, shape.taps, shape.in), 1);
    if (!is_reading(binder))
        return;
    nn_lay8(w, memory, NULL, out, shape.taps, shape.in);
    read_tensor(binder, join(prefix, name, ".bias"), &out, 1, w->bias);
    const struct tensor_name weight = join(prefix, name, ".weight");
    for (size_t o = 0, n; o < out && binder->status == LINNET_OK; o += n) {
        n = out - o < VOICE_TENSOR_ROWS ? out - o : VOICE_TENSOR_ROWS;
        binder->status = voice_tensor_read_rows(binder->file, weight.text, shape.dims, shape.n_dims, o, n,
                                                binder->scratch, binder->err);
        if (binder->status == LINNET_OK)
            nn_kernels()->pack8(w, o, binder->scratch, n);
    }
}

void voice_bind_linear(struct voice_binder *binder, struct nn_weight *w, const char *prefix, const char *name,
                       size_t out, size_t in)
{
    bind_floats(binder, w, prefix, name, linear_shape(out, in));
}

void voice_bind_linear8(struct voice_binder *binder, struct nn_weight8 *w, const char *prefix, const char *name,
                        size_t out, size_t in)
{
    bind_bytes(binder, w, prefix, name, linear_shape(out, in));
}

void voice_bind_conv(struct voice_binder *binder, struct nn_weight *w, const char *prefix, const char *name, size_t out,
                     size_t taps, size_t in)
{
    bind_floats(binder, w, prefix, name, conv_shape(out, taps, in));
}

void voice_bind_conv8(struct voice_binder *binder, struct nn_weight8 *w, const char *prefix, const char *name,
                      size_t out, size_t taps, size_t in)
{
    bind_bytes(binder, w, prefix, name, conv_shape(out, taps, in));
}

/* A tensor that is used as it is. */
static void bind_plain(struct voice_binder *binder, const float **array, struct tensor_name name, const size_t *dims,
                       size_t n_dims)
{
    const size_t width = n_dims > 1 ? dims[1] : 1;
    if (!check_shape(binder, name.text, "", dims[0], width))
        return;
    float *const numbers = base_plan_floats(&binder->plan, dims[0], width);
    if (is_reading(binder))
        read_tensor(binder, name, dims, n_dims, numbers);
    *array = numbers;
}

void voice_bind_norm(struct voice_binder *binder, const float **gain, const float **bias, const char *prefix,
                     const char *name, size_t n)
{
    bind_plain(binder, gain, join(prefix, name, ".weight"), &n, 1);
    bind_plain(binder, bias, join(prefix, name, ".bias"), &n, 1);
}

void voice_bind_matrix(struct voice_binder *binder, const float **m, const char *prefix, const char *name, size_t rows,
                       size_t width)
{
    bind_plain(binder, m, join(prefix, name, ""), (const size_t[2]){rows, width}, 2);
}

int voice_bind(void **memory, const struct voice_file *file, voice_bind_layout *layout, void *model,
               struct base_error *err)
{
    struct voice_binder binder = {.file = file, .err = err, .status = LINNET_OK};
    *memory = NULL;
    layout(&binder, model);
    if (binder.status != LINNET_OK)
        return binder.status;
    if (binder.plan.overflow || binder.plan.used > MAX_MODEL_BYTES)
        return base_fail(err, LINNET_ERR_VOICE, "%s: model: larger than %zu bytes", voice_file_path(file),
                         MAX_MODEL_BYTES);
    unsigned char *const block = base_alloc(binder.plan.used, 1);
    binder.scratch = base_alloc(binder.largest, sizeof(float));
    if (!block || !binder.scratch) {
        binder.status = base_fail(err, LINNET_ERR_MEMORY, "%s: model: out of memory", voice_file_path(file));
    } else {
        binder.plan = (struct base_plan){.memory = block};
        layout(&binder, model);
    }
    base_free(binder.scratch);
    if (binder.status != LINNET_OK) {
        base_free(block);
        return binder.status;
    }
    *memory = block;
    return LINNET_OK;
}
