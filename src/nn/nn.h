/* Tensor kernels behind one table of function pointers.
 *
 * Kernels take plain pointers and sizes: no context, no allocation, no I/O, any thread. Rows of the output depend on
 * their own input rows only, and the order of additions for one output element depends on the weight's shape alone,
 * never on how many rows are computed together. So the same row gives the same bits in blocks of 1, 7, 32 or all rows.
 * And all tables give the same bits: nothing but operations that IEEE 754 defines, fused where the code says so, in an
 * order of its own and not the machine's.
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

/* Rows and weights of 8 bits, for the products that cost most.
 *
 * A row of n numbers is quantised as it comes: x = step * byte + low with bytes from 0 to 127, so that the smallest
 * number of the row is 0 and the largest 127. It takes nn_row8(n) floats: step, low, then the bytes, zeros up to a
 * multiple of NN_GROUP.
 *
 * A weight has a scale for each output: W[o,k,i] = scale[o] * v[o,k,i] with v from -127 to 127. A product is
 *
 *     y[o] = bias[o] + scale[o] * sum_k (step_k * sum_i v[o,k,i] byte_k[i]  +  low_k * sum_i v[o,k,i])
 *
 * whose sums over i are exact in 32 bits, and whose other steps are fused multiply-adds in this order: every table
 * gives the same bits.
 *
 * Why 7 bits for a row: a product of bytes of 7 and 8 bits, and the sum of the NN_GROUP / 2 of them that one lane of a
 * maddubs kernel (AVX2) collects, fit in 16 bits if the weights keep to a bound that costs them little; and such a byte
 * is the same number with and without a sign, which suits the products of every instruction set. */
#define NN_GROUP 16
struct nn_weight8 {
    size_t out, taps, in; /* W is [out, taps, in] */
    /* Panels of NN_PANEL outputs; in each, for each tap, for each four inputs (up to in rounded up to NN_GROUP), for
     * each output of the panel, its four weights. 64-byte aligned. */
    int8_t *data;
    float *sums;  /* [taps, outputs]: sum_i v; outputs: out rounded up to NN_PANEL */
    float *scale; /* [outputs] */
    float *bias;  /* [outputs] */
};

/* Tables of a Fourier transform of n points: a power of two, 256 ... 65536. Made by nn_fft_fill(). */
struct nn_fft {
    size_t n, rows, columns; /* rows * columns = n, both at least 16 */
    const float *cosines;    /* [n]: of 2 pi j / n */
    const float *sines;      /* [n] */
    const float *twist_cos;  /* [rows, columns]: of 2 pi r c / n */
    const float *twist_sin;
};

struct nn_kernels {
    const char *name; /* LINNET_CPU's name of it */

    /* y[r*ldy + o] = bias[o] + sum_{k,i} W[o,k,i] * x[r*ldx + k*tap_stride + i]   for r < rows, o < out.
     * A convolution of dilation d over rows of width `in` has ldx = row stride and tap_stride = d * ldx, and x points
     * at the first tap's row; a linear map has taps = 1. */
    void (*linear)(float *y, size_t ldy, const float *x, size_t ldx, size_t tap_stride, size_t rows,
                   const struct nn_weight *w);

    /* rows [n_rows, nn_row8(n)] = x [n_rows, n], n >= 1. The bytes of a row that isn't finite mean nothing. */
    void (*quantise)(float *rows, const float *x, size_t n_rows, size_t n);

    /* The product above for r < rows, o < out, of quantised rows x: tap k of row r is row r + k * tap_rows of x. */
    void (*linear8)(float *y, size_t ldy, const float *x, size_t tap_rows, size_t rows, const struct nn_weight8 *w);

    /* Makes rows w [n, taps, in] the outputs first ... first + n - 1 of a weight that nn_lay8() has laid out; in < 2^17.
     * NN_GROUP consecutive inputs' weights are scaled down, all of an output's by one factor, where the sum of those of
     * one sign that a 16-bit lane collects would exceed 258: 258 * 127 < 2^15. */
    void (*pack8)(const struct nn_weight8 *packed, size_t first, const float *w, size_t n);

    /* Attention: y[j] = q . k_j for j < n, and y += sum_j weights[j] v_j; k_j = k + j * stride, vectors of `width`. */
    void (*dots)(float *y, const float *q, const float *k, size_t stride, size_t n, size_t width);
    void (*mix)(float *y, const float *weights, const float *v, size_t stride, size_t n, size_t width);
    void (*axpy)(float *y, float a, const float *x, size_t n); /* y += a x */
    void (*relu)(float *x, size_t n);                          /* in place */
    /* In place, the erf form; relative error 1e-6 for |x| < 5, absolute error 5e-7 beyond */
    void (*gelu)(float *x, size_t n);
    void (*softmax)(float *x, size_t n); /* in place, n >= 1, shifted by the maximum */
    /* y = (x - mean) / sqrt(var + 1e-5) * gain + bias over n; y may be x */
    void (*layer_norm)(float *y, const float *x, const float *gain, const float *bias, size_t n);
    /* WaveNet's gate: z[c] = tanh(g[c]) * sigmoid(g[n + c]) for c < n; z may be g; absolute error 3e-7 */
    void (*gated_step)(float *z, const float *g, size_t n);
    /* y = e^(min(x, most) - shift), the exponent clamped to -87 ... 88; y may be x; relative error 3e-7 */
    void (*vexp)(float *y, const float *x, float most, float shift, size_t n);
    /* x clamped to -9999 ... 9999; absolute error 2e-7 */
    void (*vsincos)(float *s, float *c, const float *x, size_t n);
    void (*mul)(float *y, const float *a, const float *b, size_t n);     /* y = a b */
    void (*mul_add)(float *y, const float *a, const float *b, size_t n); /* y += a b */

    /* z[k] = sum_j z[j] e^{-2 pi i j k / n}, z = re + i im, in place. With re and im exchanged: the inverse, times n.
     * scratch: [2 n]. */
    void (*fft)(float *re, float *im, float *scratch, const struct nn_fft *fft);
    /* z [n] is the transform of a + i b, a and b real. It becomes that of a' + i b', where a' is a filtered by
     * gain_a (cosine + i sine) and b' is b filtered by gain_b, [n/2 + 1] each; bins 0 and n/2 keep no imaginary
     * part. */
    void (*filter_pair)(float *re, float *im, size_t n, const float *gain_a, const float *cosine, const float *sine,
                        const float *gain_b);
};

/* The table of the widest instruction set that this CPU and OS support and that LINNET_CPU (a table's name)
 * allows. Chosen once, thread-safe. An unknown or unsupported LINNET_CPU value is reported by nn_select below; here it
 * means auto. */
const struct nn_kernels *nn_kernels(void);

/* The table of that name, or NULL if this build or machine hasn't it. */
const struct nn_kernels *nn_select(const char *name);

/* The i-th table that this build has and this machine supports, widest first; NULL beyond the last. */
const struct nn_kernels *nn_table(size_t i);

/* Floats of the tables of n points, and their filling; memory must outlive *fft. */
size_t nn_fft_floats(size_t n);
void nn_fft_fill(struct nn_fft *fft, float *memory, size_t n);

/* Bytes of the packed form (weights and bias) of a [out, taps, in] weight; 0 on overflow. */
size_t nn_packed_bytes(size_t out, size_t taps, size_t in);

/* Packs w [out, taps, in] and bias [out] (NULL: zeros) into `memory` (64-byte aligned, nn_packed_bytes() long), which
 * must outlive *packed. */
void nn_pack(struct nn_weight *packed, void *memory, const float *w, const float *bias, size_t out, size_t taps,
             size_t in);

/* The same for 8-bit weights: the bytes, and a weight of zeros with that bias, which pack8 fills output by output. */
size_t nn_packed8_bytes(size_t out, size_t taps, size_t in);
void nn_lay8(struct nn_weight8 *packed, void *memory, const float *bias, size_t out, size_t taps, size_t in);

/* n rounded up to NN_GROUP, for n far from SIZE_MAX. */
static inline size_t nn_padded8(size_t n)
{
    return (n + NN_GROUP - 1) / NN_GROUP * NN_GROUP;
}

/* Floats of a quantised row of n numbers. */
static inline size_t nn_row8(size_t n)
{
    return 2 + nn_padded8(n) / sizeof(float);
}

#endif
