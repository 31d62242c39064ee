/* Tensor kernels behind one table of function pointers (layer 1).
 *
 * Kernels take plain pointers and sizes: no context, no allocation, no I/O, any thread. Rows of the output depend on
 * their own input rows only, and the order of additions for one output element depends on the weight's shape alone,
 * never on how many rows are computed together. So the same row gives the same bits in blocks of 1, 7, 32 or all rows.
 * (Different instruction sets may differ in the last bits.)
 *
 * Unless stated otherwise pointers need no alignment, outputs don't alias inputs, and nothing is read or written
 * outside the stated ranges. */
#ifndef LINNET_NN_H
#define LINNET_NN_H

#include <stddef.h>
#include <stdint.h>

/* Weights of a linear map or convolution, packed once at load for the widest kernel of this machine.
 * Layout: panels of NN_PANEL outputs; panel p holds for each k in 0 ... taps*in-1 the NN_PANEL weights of outputs
 * p*NN_PANEL ... , the last panel zero-padded: data[(p * depth + k) * NN_PANEL + j] = W[p*NN_PANEL + j][k]. */
#define NN_PANEL 16
struct nn_weight {
    size_t out, taps, in; /* W is [out, taps, in] */
    const float *data;    /* packed, 64-byte aligned */
    const float *bias;    /* [out rounded up to NN_PANEL], zero-padded, 64-byte aligned; never NULL */
};

struct nn_kernels {
    const char *name; /* "ref", "avx2", "avx512", "neon" */

    /* y[r*ldy + o] = bias[o] + sum_{k,i} W[o,k,i] * x[r*ldx + k*tap_stride + i]   for r < rows, o < out.
     * A convolution of dilation d over rows of width `in` has ldx = row stride and tap_stride = d * ldx, and x points
     * at the first tap's row; a linear map has taps = 1. */
    void (*linear)(float *y, size_t ldy, const float *x, size_t ldx, size_t tap_stride, size_t rows,
                   const struct nn_weight *w);

    float (*dot)(const float *a, const float *b, size_t n);
    void (*axpy)(float *y, float a, const float *x, size_t n);      /* y += a x */
    void (*relu)(float *x, size_t n);                                /* in place */
    /* In place, the erf form; relative error 1e-6 for |x| < 5, absolute error 5e-7 beyond */
    void (*gelu)(float *x, size_t n);
    void (*softmax)(float *x, size_t n);                             /* in place, n >= 1, shifted by the maximum */
    /* y = (x - mean) / sqrt(var + 1e-5) * gain + bias over n; y may be x */
    void (*layer_norm)(float *y, const float *x, const float *gain, const float *bias, size_t n);
    /* WaveNet's gate: z[c] = tanh(g[c]) * sigmoid(g[n + c]) for c < n; z may be g; absolute error 3e-7 */
    void (*gated_step)(float *z, const float *g, size_t n);
    /* y = e^x, x clamped to -87 ... 88; y may be x; relative error 3e-7 */
    void (*vexp)(float *y, const float *x, size_t n);
    void (*vsincos)(float *s, float *c, const float *x, size_t n);   /* |x| < 1e4; absolute error 2e-7 */
};

/* The table of the widest instruction set that this CPU and OS support and that LINNET_CPU (ref|avx2|avx512|neon)
 * allows. Chosen once, thread-safe. An unknown or unsupported LINNET_CPU value is reported by nn_select below; here it
 * means auto. */
const struct nn_kernels *nn_kernels(void);

/* The table of that name, or NULL if this build or machine hasn't it. */
const struct nn_kernels *nn_select(const char *name);

/* Bytes of the packed form (weights and bias) of a [out, taps, in] weight; 0 on overflow. */
size_t nn_packed_bytes(size_t out, size_t taps, size_t in);

/* Packs w [out, taps, in] and bias [out] (NULL: zeros) into `memory` (64-byte aligned, nn_packed_bytes() long), which
 * must outlive *packed. */
void nn_pack(struct nn_weight *packed, void *memory, const float *w, const float *bias, size_t out, size_t taps,
             size_t in);

#endif
