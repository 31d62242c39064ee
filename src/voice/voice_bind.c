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

/* Checks the shape against the format's limit and says whether the tensor is to be read now. */
static bool wants_read(struct voice_binder *binder, const char *prefix, const char *name, size_t rows, size_t width)
{
    size_t numbers, total;
    if (binder->status != LINNET_OK)
        return false;
    if (!base_mul(&numbers, rows, width) || numbers > MAX_TENSOR_NUMBERS || !base_add(&total, numbers, rows)) {
        binder->status = base_fail(binder->err, LINNET_ERR_VOICE, "%s%s: more than %zu numbers expected", prefix, name,
                                   MAX_TENSOR_NUMBERS);
        return false;
    }
    if (total > binder->largest)
        binder->largest = total;
    return binder->plan.memory != NULL;
}

static void read_tensor(struct voice_binder *binder, struct tensor_name name, const size_t *dims, size_t n_dims,
                        float *out)
{
    if (binder->status == LINNET_OK)
        binder->status = voice_tensor_read(binder->file, name.text, dims, n_dims, out, binder->err);
}

/* To be packed as floats or as bytes: one of the two is NULL. */
struct packed {
    struct nn_weight *floats;
    struct nn_weight8 *bytes;
};

static void bind_weight(struct voice_binder *binder, struct packed w, const char *prefix, const char *name,
                        const size_t dims[3], bool linear)
{
    const size_t out = dims[0], taps = dims[1], in = dims[2];
    size_t depth;
    if (!base_mul(&depth, taps, in))
        depth = SIZE_MAX; /* refused by wants_read() */
    const bool read = wants_read(binder, prefix, name, out, depth);
    if (binder->status != LINNET_OK)
        return;
    const size_t size = w.bytes ? nn_packed8_bytes(out, taps, in) : nn_packed_bytes(out, taps, in);
    void *const memory = base_plan_take(&binder->plan, size, 1);
    if (!read)
        return;
    float *const bias = binder->scratch + out * depth;
    const size_t linear_dims[2] = {out, in};
    read_tensor(binder, join(prefix, name, ".weight"), linear ? linear_dims : dims, linear ? 2 : 3, binder->scratch);
    read_tensor(binder, join(prefix, name, ".bias"), &out, 1, bias);
    if (binder->status != LINNET_OK)
        return;
    if (w.bytes)
        nn_pack8(w.bytes, memory, binder->scratch, bias, out, taps, in);
    else
        nn_pack(w.floats, memory, binder->scratch, bias, out, taps, in);
}

void voice_bind_linear(struct voice_binder *binder, struct nn_weight *w, const char *prefix, const char *name,
                       size_t out, size_t in)
{
    bind_weight(binder, (struct packed){.floats = w}, prefix, name, (const size_t[3]){out, 1, in}, true);
}

void voice_bind_linear8(struct voice_binder *binder, struct nn_weight8 *w, const char *prefix, const char *name,
                        size_t out, size_t in)
{
    bind_weight(binder, (struct packed){.bytes = w}, prefix, name, (const size_t[3]){out, 1, in}, true);
}

void voice_bind_conv(struct voice_binder *binder, struct nn_weight *w, const char *prefix, const char *name, size_t out,
                     size_t taps, size_t in)
{
    bind_weight(binder, (struct packed){.floats = w}, prefix, name, (const size_t[3]){out, taps, in}, false);
}

void voice_bind_conv8(struct voice_binder *binder, struct nn_weight8 *w, const char *prefix, const char *name,
                      size_t out, size_t taps, size_t in)
{
    bind_weight(binder, (struct packed){.bytes = w}, prefix, name, (const size_t[3]){out, taps, in}, false);
}

/* A tensor that is used as it is. */
static void bind_plain(struct voice_binder *binder, const float **array, struct tensor_name name, const size_t *dims,
                       size_t n_dims)
{
    const size_t width = n_dims > 1 ? dims[1] : 1;
    const bool read = wants_read(binder, name.text, "", dims[0], width);
    if (binder->status != LINNET_OK)
        return;
    float *const numbers = base_plan_floats(&binder->plan, dims[0], width);
    if (read)
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
