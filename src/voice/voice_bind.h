/* Binding of a model to a voice: tensors by name and exact shape, made into floats or bytes and packed for the kernels.
 *
 * A model writes one layout function that asks for all its tensors; voice_bind() runs it twice, once to count the
 * memory and once to read (base/plan.h). The first error sticks, so the layout function needs no error handling of its
 * own. */
#ifndef LINNET_VOICE_BIND_H
#define LINNET_VOICE_BIND_H

#include "base/plan.h"
#include "base/status.h"
#include "nn/nn.h"
#include "voice/voice_file.h"

struct voice_binder {
    const struct voice_file *file;
    struct base_error *err;
    struct base_plan plan;
    size_t largest; /* numbers of what is read at once to be packed */
    float *scratch; /* [largest] */
    int status;
};

typedef void voice_bind_layout(struct voice_binder *binder, void *model);

/* Runs the layout. On success *memory holds all weights: base_free() it after the model's last use. On error it is
 * NULL. */
BASE_MUST_USE int voice_bind(void **memory, const struct voice_file *file, voice_bind_layout *layout, void *model,
                             struct base_error *err);

/* For layout functions. Tensor names are prefix + name + ".weight" or ".bias", a vector's or matrix's prefix + name. */
void voice_bind_linear(struct voice_binder *binder, struct nn_weight *w, const char *prefix, const char *name,
                       size_t out, size_t in);
void voice_bind_conv(struct voice_binder *binder, struct nn_weight *w, const char *prefix, const char *name, size_t out,
                     size_t taps, size_t in);
/* As bytes. */
void voice_bind_linear8(struct voice_binder *binder, struct nn_weight8 *w, const char *prefix, const char *name,
                        size_t out, size_t in);
void voice_bind_conv8(struct voice_binder *binder, struct nn_weight8 *w, const char *prefix, const char *name,
                      size_t out, size_t taps, size_t in);
void voice_bind_norm(struct voice_binder *binder, const float **gain, const float **bias, const char *prefix,
                     const char *name, size_t n);
void voice_bind_matrix(struct voice_binder *binder, const float **m, const char *prefix, const char *name, size_t rows,
                       size_t width);

#endif
