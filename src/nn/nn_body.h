/* The kernels of nn.h, written once in the operations of nn_vec.h. The including file has set the instruction set and
 * NN_TABLE (the table's identifier) and NN_NAME. All steps are operations that IEEE 754 rounds in one way, in an order
 * that doesn't depend on the width of a vector, so that every table gives the same bits.
 *
 * Relative error against the exact result, for any argument in range: vexp 3e-7, gelu 1e-6 (|x| < 5; its far negative
 * tail 1e-5 of a number below 1e-6). Absolute error: vsincos 2e-7, gated_step 3e-7. tests/kernels checks these. */

#include "base/compiler.h"
#include "nn/nn_tables.h"
#include "nn/nn_vec.h"

#include <math.h>

/* ---- linear ----
 *
 * The outputs of a row are columns of VEC_WIDTH each. A tile is some rows times 2 or 4 columns; each of its sums sits
 * in a register of its own. All are spelled out, and `rows` is a literal at every call, so any compiler at any level
 * keeps them there. Each output is bias + w[0] x[0] + w[1] x[1] + ... in this order, fused, in every shape of tile:
 * that is why the bits of a row don't depend on the rows beside it. */

#define PANEL_COLUMNS (NN_PANEL / VEC_WIDTH)

struct linear_args {
    float *y;
    size_t ldy;
    const float *x;
    size_t ldx, tap_stride;
    const struct nn_weight *w;
    size_t n_columns;
};

/* Weights of a column at tap `k`; successive inputs are NN_PANEL apart. Columns beyond the last stand for the last:
 * computed once more and not stored. */
static BASE_ALWAYS_INLINE const float *column_weights(const struct linear_args *a, size_t column, size_t k)
{
    const size_t real = column < a->n_columns ? column : a->n_columns - 1;
    const size_t depth = a->w->taps * a->w->in;
    return a->w->data + (real / PANEL_COLUMNS * depth + k * a->w->in) * NN_PANEL + real % PANEL_COLUMNS * VEC_WIDTH;
}

static BASE_ALWAYS_INLINE vf column_bias(const struct linear_args *a, size_t column)
{
    const size_t real = column < a->n_columns ? column : a->n_columns - 1;
    return v_load(a->w->bias + real * VEC_WIDTH);
}

static BASE_ALWAYS_INLINE void store_column(const struct linear_args *a, size_t row, size_t column, vf sum)
{
    const size_t first = column * VEC_WIDTH;
    float *const y = a->y + row * a->ldy + first;
    if (first + VEC_WIDTH <= a->w->out)
        v_store(y, sum);
    else if (first < a->w->out)
        v_store_part(y, sum, a->w->out - first);
}

/* 1 to 6 rows times 2 columns: 12 sums, 2 weights and an input fill 15 registers. */
static BASE_ALWAYS_INLINE void tile_2(const struct linear_args *a, size_t row, size_t column, const size_t rows)
{
    const vf bias_a = column_bias(a, column), bias_b = column_bias(a, column + 1);
    vf a0 = bias_a, a1 = bias_a, a2 = bias_a, a3 = bias_a, a4 = bias_a, a5 = bias_a;
    vf b0 = bias_b, b1 = bias_b, b2 = bias_b, b3 = bias_b, b4 = bias_b, b5 = bias_b;
    for (size_t k = 0; k < a->w->taps; k++) {
        const float *const x0 = a->x + row * a->ldx + k * a->tap_stride, *const x1 = x0 + (rows > 1 ? a->ldx : 0);
        const float *const x2 = x1 + (rows > 2 ? a->ldx : 0), *const x3 = x2 + (rows > 3 ? a->ldx : 0);
        const float *const x4 = x3 + (rows > 4 ? a->ldx : 0), *const x5 = x4 + (rows > 5 ? a->ldx : 0);
        const float *wa = column_weights(a, column, k), *wb = column_weights(a, column + 1, k);
        for (size_t i = 0; i < a->w->in; i++, wa += NN_PANEL, wb += NN_PANEL) {
            const vf weight_a = v_load(wa), weight_b = v_load(wb);
#define STEP(r)                                                                                                        \
    if (rows > r) {                                                                                                    \
        const vf input = v_set(x##r[i]);                                                                               \
        a##r = v_fma(input, weight_a, a##r);                                                                           \
        b##r = v_fma(input, weight_b, b##r);                                                                           \
    }
            STEP(0) STEP(1) STEP(2) STEP(3) STEP(4) STEP(5)
#undef STEP
        }
    }
#define STORE(r)                                                                                                       \
    if (rows > r) {                                                                                                    \
        store_column(a, row + r, column, a##r);                                                                        \
        store_column(a, row + r, column + 1, b##r);                                                                    \
    }
    STORE(0) STORE(1) STORE(2) STORE(3) STORE(4) STORE(5)
#undef STORE
}

/* 1 to 3 rows times 4 columns: a sum has to wait for the one before, so fewer than 8 of them leave the units idle. */
static BASE_ALWAYS_INLINE void tile_4(const struct linear_args *a, size_t row, size_t column, const size_t rows)
{
    const vf bias_a = column_bias(a, column), bias_b = column_bias(a, column + 1);
    const vf bias_c = column_bias(a, column + 2), bias_d = column_bias(a, column + 3);
    vf a0 = bias_a, a1 = bias_a, a2 = bias_a, b0 = bias_b, b1 = bias_b, b2 = bias_b;
    vf c0 = bias_c, c1 = bias_c, c2 = bias_c, d0 = bias_d, d1 = bias_d, d2 = bias_d;
    for (size_t k = 0; k < a->w->taps; k++) {
        const float *const x0 = a->x + row * a->ldx + k * a->tap_stride;
        const float *const x1 = x0 + (rows > 1 ? a->ldx : 0), *const x2 = x1 + (rows > 2 ? a->ldx : 0);
        const float *const wa = column_weights(a, column, k), *const wb = column_weights(a, column + 1, k);
        const float *const wc = column_weights(a, column + 2, k), *const wd = column_weights(a, column + 3, k);
        for (size_t i = 0; i < a->w->in; i++) {
            const vf weight_a = v_load(wa + i * NN_PANEL), weight_b = v_load(wb + i * NN_PANEL);
            const vf weight_c = v_load(wc + i * NN_PANEL), weight_d = v_load(wd + i * NN_PANEL);
#define STEP(r)                                                                                                        \
    if (rows > r) {                                                                                                    \
        const vf input = v_set(x##r[i]);                                                                               \
        a##r = v_fma(input, weight_a, a##r);                                                                           \
        b##r = v_fma(input, weight_b, b##r);                                                                           \
        c##r = v_fma(input, weight_c, c##r);                                                                           \
        d##r = v_fma(input, weight_d, d##r);                                                                           \
    }
            STEP(0) STEP(1) STEP(2)
#undef STEP
        }
    }
#define STORE(r)                                                                                                       \
    if (rows > r) {                                                                                                    \
        store_column(a, row + r, column, a##r);                                                                        \
        store_column(a, row + r, column + 1, b##r);                                                                    \
        store_column(a, row + r, column + 2, c##r);                                                                    \
        store_column(a, row + r, column + 3, d##r);                                                                    \
    }
    STORE(0) STORE(1) STORE(2)
#undef STORE
}

static void few_rows(const struct linear_args *a, size_t row, size_t rows)
{
    for (size_t column = 0; column < a->n_columns; column += 4) {
        if (rows == 1)
            tile_4(a, row, column, 1);
        else if (rows == 2)
            tile_4(a, row, column, 2);
        else
            tile_4(a, row, column, 3);
    }
}

/* Tiles of 4, 5 or 6 rows, as even as can be. A column stays in the first-level cache for all of them. */
static void many_rows(const struct linear_args *a, size_t rows)
{
    const size_t n_tiles = (rows + 5) / 6;
    for (size_t column = 0; column < a->n_columns; column += 2)
        for (size_t t = 0, row = 0, n; t < n_tiles; t++, row += n) {
            n = (rows - row) / (n_tiles - t);
            if (n == 4)
                tile_2(a, row, column, 4);
            else if (n == 5)
                tile_2(a, row, column, 5);
            else
                tile_2(a, row, column, 6);
        }
}

static void linear(float *y, size_t ldy, const float *x, size_t ldx, size_t tap_stride, size_t rows,
                   const struct nn_weight *w)
{
    const size_t n_columns = (w->out + NN_PANEL - 1) / NN_PANEL * PANEL_COLUMNS;
    const struct linear_args a = {y, ldy, x, ldx, tap_stride, w, n_columns};
    if (rows == 7) { /* the one number above 3 that tiles of 4 to 6 can't make */
        many_rows(&a, 4);
        few_rows(&a, 4, 3);
    } else if (rows > 3) {
        many_rows(&a, rows);
    } else if (rows > 0) {
        few_rows(&a, 0, rows);
    }
}

#include "nn/nn_body8.h"
#include "nn/nn_body_pack.h"

/* ---- sums ---- */

static void dots(float *y, const float *q, const float *k, size_t stride, size_t n, size_t width)
{
    for (size_t j = 0; j < n; j += 4) {
        const float *const k0 = k + j * stride, *const k1 = j + 1 < n ? k0 + stride : k0;
        const float *const k2 = j + 2 < n ? k1 + stride : k1, *const k3 = j + 3 < n ? k2 + stride : k2;
        vw s0 = w_set(0.0f), s1 = s0, s2 = s0, s3 = s0;
        size_t i = 0;
        for (; i + WIDE <= width; i += WIDE) {
            const vw x = w_load(q + i);
            s0 = w_fma(x, w_load(k0 + i), s0);
            s1 = w_fma(x, w_load(k1 + i), s1);
            s2 = w_fma(x, w_load(k2 + i), s2);
            s3 = w_fma(x, w_load(k3 + i), s3);
        }
        if (i < width) {
            const vw x = w_load_part(q + i, width - i, 0.0f);
            s0 = w_fma(x, w_load_part(k0 + i, width - i, 0.0f), s0);
            s1 = w_fma(x, w_load_part(k1 + i, width - i, 0.0f), s1);
            s2 = w_fma(x, w_load_part(k2 + i, width - i, 0.0f), s2);
            s3 = w_fma(x, w_load_part(k3 + i, width - i, 0.0f), s3);
        }
        const float sums[4] = {w_sum(s0), w_sum(s1), w_sum(s2), w_sum(s3)};
        for (size_t r = 0; r < 4 && j + r < n; r++)
            y[j + r] = sums[r];
    }
}

static void mix(float *y, const float *weights, const float *v, size_t stride, size_t n, size_t width)
{
    size_t i = 0;
    for (; i + 4 * VEC_WIDTH <= width; i += 4 * VEC_WIDTH) {
        vf y0 = v_load(y + i), y1 = v_load(y + i + VEC_WIDTH);
        vf y2 = v_load(y + i + 2 * VEC_WIDTH), y3 = v_load(y + i + 3 * VEC_WIDTH);
        const float *x = v + i;
        for (size_t j = 0; j < n; j++, x += stride) {
            const vf weight = v_set(weights[j]);
            y0 = v_fma(weight, v_load(x), y0);
            y1 = v_fma(weight, v_load(x + VEC_WIDTH), y1);
            y2 = v_fma(weight, v_load(x + 2 * VEC_WIDTH), y2);
            y3 = v_fma(weight, v_load(x + 3 * VEC_WIDTH), y3);
        }
        v_store(y + i, y0);
        v_store(y + i + VEC_WIDTH, y1);
        v_store(y + i + 2 * VEC_WIDTH, y2);
        v_store(y + i + 3 * VEC_WIDTH, y3);
    }
    for (; i < width; i += VEC_WIDTH) {
        const size_t left = width - i < VEC_WIDTH ? width - i : VEC_WIDTH;
        vf sum = left < VEC_WIDTH ? v_load_part(y + i, left) : v_load(y + i);
        for (size_t j = 0; j < n; j++) {
            const float *const x = v + j * stride + i;
            sum = v_fma(v_set(weights[j]), left < VEC_WIDTH ? v_load_part(x, left) : v_load(x), sum);
        }
        if (left < VEC_WIDTH)
            v_store_part(y + i, sum, left);
        else
            v_store(y + i, sum);
    }
}

static void axpy(float *y, float a, const float *x, size_t n)
{
    const vf factor = v_set(a);
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(y + i, v_fma(factor, v_load(x + i), v_load(y + i)));
    if (i < n)
        v_store_part(y + i, v_fma(factor, v_load_part(x + i, n - i), v_load_part(y + i, n - i)), n - i);
}

/* ---- functions of a vector ---- */

/* e^x for -87 <= x <= 88: x = k ln 2 + r, |r| <= ln(2)/2, then 1 + r + r^2 P(r), P fitted for relative error 3e-9. */
static BASE_ALWAYS_INLINE vf exp_of(vf x)
{
    x = v_min(v_max(x, v_set(-87.0f)), v_set(88.0f));
    const vf k = v_round(v_mul(x, v_set(1.44269504f)));
    vf r = v_fnma(k, v_set(0x1.62e4p-1f), x); /* ln 2 in two parts; the first has few bits, so k times it is exact */
    r = v_fnma(k, v_set(1.42860677e-6f), r);
    vf p = v_set(1.38146128e-3f);
    p = v_fma(p, r, v_set(8.36871006e-3f));
    p = v_fma(p, r, v_set(4.16683890e-2f));
    p = v_fma(p, r, v_set(1.66665211e-1f));
    p = v_fma(p, r, v_set(4.99999940e-1f));
    p = v_fma(v_mul(r, r), p, r);
    return v_mul(v_add(p, v_set(1.0f)), v_pow2(v_to_int(k)));
}

/* gelu(x) = max(x, 0) - t Q(t) with t = |x| and Q(t) = erfc(t / sqrt 2) / 2 = e^(-t^2/2) H(t). H is smooth and falls
 * slowly: a polynomial in u = 1 / (1 + 0.28 t) without constant term, fitted for relative error 6e-8 up to t = 14. */
static BASE_ALWAYS_INLINE vf gelu_of(vf x)
{
    static const float coefficients[9] = {2.27911975e-2f, -8.33648667e-2f, 6.97798878e-2f,
                                          2.08404083e-2f, 5.32637611e-2f,  9.20768231e-2f,
                                          1.00930758e-1f, 1.11994788e-1f,  1.11687265e-1f};
    const vf t = v_min(v_abs(x), v_set(14.0f));
    const vf u = v_div(v_set(1.0f), v_fma(v_set(0.28f), t, v_set(1.0f)));
    vf h = v_set(coefficients[0]);
    for (size_t i = 1; i < 9; i++)
        h = v_fma(h, u, v_set(coefficients[i]));
    const vf tail = v_mul(exp_of(v_mul(v_mul(t, t), v_set(-0.5f))), v_mul(h, u));
    return v_fnma(t, tail, v_max(x, v_set(0.0f)));
}

/* tanh(a) sigmoid(b) = (1 - e^-2a) / ((1 + e^-2a)(1 + e^-b)); the bounds keep the product finite and cost nothing:
 * tanh(10) is 1 in single precision. */
static BASE_ALWAYS_INLINE vf gate_of(vf a, vf b)
{
    const vf ea = exp_of(v_max(v_min(v_mul(a, v_set(-2.0f)), v_set(20.0f)), v_set(-20.0f)));
    const vf eb = exp_of(v_min(v_sub(v_set(0.0f), b), v_set(60.0f)));
    const vf one = v_set(1.0f);
    return v_div(v_sub(one, ea), v_mul(v_add(one, ea), v_add(one, eb)));
}

/* x = q pi/2 + r with |r| <= pi/4 and pi/2 in three parts (Cody and Waite); then short polynomials, swapped and signed
 * by q. */
static BASE_ALWAYS_INLINE void sincos_of(vf x, vf *s, vf *c)
{
    x = v_min(v_max(x, v_set(-9999.0f)), v_set(9999.0f));
    const vf turns = v_round(v_mul(x, v_set(0.636619772f)));
    const vi q = v_to_int(turns);
    vf r = v_fnma(turns, v_set(1.57079637f), x);
    r = v_fnma(turns, v_set(-4.37113883e-8f), r);
    r = v_fnma(turns, v_set(-1.71512451e-15f), r);
    const vf r2 = v_mul(r, r);
    vf ps = v_fma(v_set(-1.95152825e-4f), r2, v_set(8.33216030e-3f));
    ps = v_fma(v_mul(v_fma(ps, r2, v_set(-1.66666552e-1f)), r2), r, r);
    vf pc = v_fma(v_set(2.44331568e-5f), r2, v_set(-1.38873165e-3f));
    pc = v_fma(v_fma(pc, r2, v_set(4.16666456e-2f)), v_mul(r2, r2), v_fnma(v_set(0.5f), r2, v_set(1.0f)));
    *s = v_flip(v_odd(q, pc, ps), q);
    *c = v_flip(v_odd(q, ps, pc), v_add_int(q, 1));
}

static void relu(float *x, size_t n)
{
    const vf zero = v_set(0.0f);
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(x + i, v_max(v_load(x + i), zero));
    if (i < n)
        v_store_part(x + i, v_max(v_load_part(x + i, n - i), zero), n - i);
}

static void gelu(float *x, size_t n)
{
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(x + i, gelu_of(v_load(x + i)));
    if (i < n)
        v_store_part(x + i, gelu_of(v_load_part(x + i, n - i)), n - i);
}

static void vexp(float *y, const float *x, float most, float shift, size_t n)
{
    const vf top = v_set(most), less = v_set(shift);
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(y + i, exp_of(v_sub(v_min(v_load(x + i), top), less)));
    if (i < n)
        v_store_part(y + i, exp_of(v_sub(v_min(v_load_part(x + i, n - i), top), less)), n - i);
}

static void vsincos(float *s, float *c, const float *x, size_t n)
{
    vf sine, cosine;
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH) {
        sincos_of(v_load(x + i), &sine, &cosine);
        v_store(s + i, sine);
        v_store(c + i, cosine);
    }
    if (i < n) {
        sincos_of(v_load_part(x + i, n - i), &sine, &cosine);
        v_store_part(s + i, sine, n - i);
        v_store_part(c + i, cosine, n - i);
    }
}

static void gated_step(float *z, const float *g, size_t n)
{
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(z + i, gate_of(v_load(g + i), v_load(g + n + i)));
    if (i < n)
        v_store_part(z + i, gate_of(v_load_part(g + i, n - i), v_load_part(g + n + i, n - i)), n - i);
}

static void mul(float *y, const float *a, const float *b, size_t n)
{
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(y + i, v_mul(v_load(a + i), v_load(b + i)));
    if (i < n)
        v_store_part(y + i, v_mul(v_load_part(a + i, n - i), v_load_part(b + i, n - i)), n - i);
}

static void mul_add(float *y, const float *a, const float *b, size_t n)
{
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(y + i, v_fma(v_load(a + i), v_load(b + i), v_load(y + i)));
    if (i < n) {
        const size_t left = n - i;
        v_store_part(y + i, v_fma(v_load_part(a + i, left), v_load_part(b + i, left), v_load_part(y + i, left)), left);
    }
}

#include "nn/nn_body_fft.h"

/* ---- functions of a row ---- */

static float top_of(const float *x, size_t n)
{
    vf top = v_set(x[0]);
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        top = v_max(top, v_load(x + i));
    float result = v_top(top);
    for (; i < n; i++)
        result = x[i] > result ? x[i] : result;
    return result;
}

static float sum_of(const float *x, size_t n)
{
    vw sum = w_set(0.0f);
    size_t i = 0;
    for (; i + WIDE <= n; i += WIDE)
        sum = w_add(sum, w_load(x + i));
    if (i < n)
        sum = w_add(sum, w_load_part(x + i, n - i, 0.0f));
    return w_sum(sum);
}

/* sum of (x - mean)^2 */
static float squares_of(const float *x, float mean, size_t n)
{
    const vw centre = w_set(mean);
    vw sum = w_set(0.0f);
    size_t i = 0;
    for (; i < n; i += WIDE) {
        const vw d = w_sub(i + WIDE <= n ? w_load(x + i) : w_load_part(x + i, n - i, mean), centre);
        sum = w_fma(d, d, sum);
    }
    return w_sum(sum);
}

static void softmax(float *x, size_t n)
{
    const vf top = v_set(top_of(x, n));
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH)
        v_store(x + i, exp_of(v_sub(v_load(x + i), top)));
    if (i < n)
        v_store_part(x + i, exp_of(v_sub(v_load_part(x + i, n - i), top)), n - i);
    const float scale = 1.0f / sum_of(x, n);
    for (i = 0; i < n; i++) /* left to the compiler's vectoriser */
        x[i] *= scale;
}

static void layer_norm(float *y, const float *x, const float *gain, const float *bias, size_t n)
{
    const float mean = sum_of(x, n) / (float)n;
    const float deviation = sqrtf(squares_of(x, mean, n) / (float)n + 1e-5f);
    const vf centre = v_set(mean), scale = v_set(1.0f / deviation);
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH) {
        const vf normal = v_mul(v_sub(v_load(x + i), centre), scale);
        v_store(y + i, v_fma(normal, v_load(gain + i), v_load(bias + i)));
    }
    if (i < n) {
        const size_t left = n - i;
        const vf normal = v_mul(v_sub(v_load_part(x + i, left), centre), scale);
        v_store_part(y + i, v_fma(normal, v_load_part(gain + i, left), v_load_part(bias + i, left)), left);
    }
}

const struct nn_kernels NN_TABLE = {
    .name = NN_NAME,
    .linear = linear,
    .quantise = quantise,
    .linear8 = linear8,
    .pack8 = pack8,
    .dots = dots,
    .mix = mix,
    .axpy = axpy,
    .relu = relu,
    .gelu = gelu,
    .softmax = softmax,
    .layer_norm = layer_norm,
    .gated_step = gated_step,
    .vexp = vexp,
    .vsincos = vsincos,
    .mul = mul,
    .mul_add = mul_add,
    .fft = fft_in_place,
    .filter_pair = filter_pair,
};
