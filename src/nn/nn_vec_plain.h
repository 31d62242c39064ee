/* The operations of nn_vec.h on the compiler's own vectors of 4 floats, for any machine. Included by nn_vec.h.
 *
 * A fused multiply-add is made of double precision, exactly: the product is exact there, and the sum is rounded to odd
 * (Boldo and Melquiond, IEEE Transactions on Computers 57, 2008), so that rounding it once more to a float gives what
 * one rounding would have given. */
#ifndef LINNET_NN_VEC_PLAIN_H
#define LINNET_NN_VEC_PLAIN_H

#include "base/compiler.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define VEC_WIDTH 4
typedef float vf BASE_VECTOR(16);
typedef int32_t vi BASE_VECTOR(16);
typedef double v_double BASE_VECTOR(32);
typedef int64_t v_long BASE_VECTOR(32);

static BASE_ALWAYS_INLINE vf v_load(const float *p)
{
    vf x;
    memcpy(&x, p, sizeof x);
    return x;
}

static BASE_ALWAYS_INLINE void v_store(float *p, vf x)
{
    memcpy(p, &x, sizeof x);
}

static BASE_ALWAYS_INLINE vf v_load_part(const float *p, size_t n)
{
    vf x = {0.0f, 0.0f, 0.0f, 0.0f};
    memcpy(&x, p, n * sizeof *p);
    return x;
}

static BASE_ALWAYS_INLINE void v_store_part(float *p, vf x, size_t n)
{
    memcpy(p, &x, n * sizeof *p);
}

static BASE_ALWAYS_INLINE vf v_set(float x)
{
    return (vf){x, x, x, x};
}

#define v_add(a, b) ((a) + (b))
#define v_sub(a, b) ((a) - (b))
#define v_mul(a, b) ((a) * (b))
#define v_div(a, b) ((a) / (b))

static BASE_ALWAYS_INLINE vf v_fma(vf a, vf b, vf c)
{
    const v_double product = BASE_CONVERT(v_double, a) * BASE_CONVERT(v_double, b), addend = BASE_CONVERT(v_double, c);
    const v_double sum = product + addend, part = sum - product;
    const v_double error = (product - (sum - part)) + (addend - part); /* exact */
    const v_long bits = (v_long)sum, towards = (((v_long)error ^ bits) >> 63) | 1;
    const v_long inexact = (v_long)(error > 0.0) | (v_long)(error < 0.0);
    const v_long odd = bits + (towards & inexact & ((bits & 1) - 1));
    return BASE_CONVERT(vf, (v_double)odd);
}

#define v_fnma(a, b, c) v_fma(-(a), b, c)

/* a where the mask is set, else b */
static BASE_ALWAYS_INLINE vf v_choose(vi mask, vf a, vf b)
{
    return (vf)((mask & (vi)a) | (~mask & (vi)b));
}

#define v_max(a, b) v_choose((a) > (b), a, b)
#define v_min(a, b) v_choose((a) < (b), a, b)

#define SIGN INT32_MIN

static BASE_ALWAYS_INLINE vf v_abs(vf x)
{
    return (vf)((vi)x & ~(vi){SIGN, SIGN, SIGN, SIGN});
}

static BASE_ALWAYS_INLINE vf v_round(vf x)
{
    const vi sign = (vi)x & (vi){SIGN, SIGN, SIGN, SIGN};
    const vf big = v_set(0x1p23f), size = (v_abs(x) + big) - big;
    return (vf)((vi)size | sign);
}

#define v_to_int(x) BASE_CONVERT(vi, v_round(x))
#define v_to_float(i) BASE_CONVERT(vf, i)
#define v_add_int(i, k) ((i) + (k))
#define v_pow2(i) ((vf)(((i) + 127) << 23))
#define v_odd(i, a, b) v_choose(-((i)&1), a, b)
#define v_flip(x, i) ((vf)((vi)(x) ^ (((i)&2) << 30)))
#define v_swap(x) ((vf){(x)[1], (x)[0], (x)[3], (x)[2]})
#define v_reverse(x) ((vf){(x)[3], (x)[2], (x)[1], (x)[0]})

static BASE_ALWAYS_INLINE void transpose_4(float *y, size_t ldy, const float *x, size_t ldx)
{
    for (size_t r = 0; r < 4; r++)
        for (size_t c = 0; c < 4; c++)
            y[c * ldy + r] = x[r * ldx + c];
}

#define v_sum(x) (((x)[0] + (x)[2]) + ((x)[1] + (x)[3]))

#endif
