/* The vector operations that nn_body.h is written in, once for each instruction set; the including file says which by
 * NN_VEC_AVX2, NN_VEC_AVX512, NN_VEC_NEON or NN_VEC_PLAIN. Nothing here is known outside src/nn.
 *
 *   vf, vi            VEC_WIDTH floats; as many 32-bit integers
 *   v_fma(a, b, c)    a * b + c, one rounding         v_fnma(a, b, c)   c - a * b, one rounding
 *   v_load_part(p,n)  n < VEC_WIDTH numbers, then zeros; touches no others; v_store_part likewise
 *   v_round(x)        to the nearest integer, as float, |x| < 2^22; v_to_int(x) the same as integer
 *   v_to_float(i)     the integers as floats
 *   v_pow2(i)         2^i for -126 <= i <= 127
 *   v_odd(i, a, b)    a where i is odd, else b
 *   v_flip(x, i)      x with its sign flipped where bit 1 of i is set
 *   v_reverse(x)      the lanes in the other order
 *   v_swap(x)         each pair of lanes exchanged
 *   v_quad(x)         in each lane the sum over the lanes of its place in a group of four, halves first
 *   transpose_4(y, ldy, x, ldx)   4 rows of 4 floats become columns
 *   v_sum(x)          over the lanes: halves are folded onto each other */
#ifndef LINNET_NN_VEC_H
#define LINNET_NN_VEC_H

#include "base/compiler.h"
#include <stddef.h>
#include <stdint.h>

#if defined(NN_VEC_AVX2)

#if !defined(__AVX2__) || !defined(__FMA__)
#error "build this file with -mavx2 -mfma"
#endif
#include <immintrin.h>

#define VEC_WIDTH 8
typedef __m256 vf;
typedef __m256i vi;

#define v_load(p) _mm256_loadu_ps(p)
#define v_store(p, x) _mm256_storeu_ps(p, x)
#define v_set(x) _mm256_set1_ps(x)
#define v_add(a, b) _mm256_add_ps(a, b)
#define v_sub(a, b) _mm256_sub_ps(a, b)
#define v_mul(a, b) _mm256_mul_ps(a, b)
#define v_div(a, b) _mm256_div_ps(a, b)
#define v_fma(a, b, c) _mm256_fmadd_ps(a, b, c)
#define v_fnma(a, b, c) _mm256_fnmadd_ps(a, b, c)
#define v_max(a, b) _mm256_max_ps(a, b)
#define v_min(a, b) _mm256_min_ps(a, b)
#define v_abs(x) _mm256_andnot_ps(_mm256_set1_ps(-0.0f), x)
#define v_round(x) _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)
#define v_to_int(x) _mm256_cvtps_epi32(x)
#define v_to_float(i) _mm256_cvtepi32_ps(i)
#define v_add_int(i, k) _mm256_add_epi32(i, _mm256_set1_epi32(k))
#define v_pow2(i) _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(i, _mm256_set1_epi32(127)), 23))
#define v_odd(i, a, b) _mm256_blendv_ps(b, a, _mm256_castsi256_ps(_mm256_slli_epi32(i, 31)))
#define v_reverse(x) _mm256_permutevar8x32_ps(x, _mm256_set_epi32(0, 1, 2, 3, 4, 5, 6, 7))
#define v_swap(x) _mm256_permute_ps(x, 0xB1)
#define v_quad(x) _mm256_add_ps(x, _mm256_permute2f128_ps(x, x, 1))
#define v_flip(x, i) _mm256_xor_ps(x, _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_srli_epi32(i, 1), 31)))

static inline __m256i part_mask(size_t n)
{
    static const int32_t table[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
    return _mm256_loadu_si256((const __m256i *)(const void *)(table + 8 - n));
}

static inline vf v_load_part(const float *p, size_t n)
{
    return _mm256_maskload_ps(p, part_mask(n));
}

static inline void v_store_part(float *p, vf x, size_t n)
{
    _mm256_maskstore_ps(p, part_mask(n), x);
}

#elif defined(NN_VEC_AVX512)

#if !defined(__AVX512F__)
#error "build this file with -mavx512f"
#endif
#include <immintrin.h>

#define VEC_WIDTH 16
typedef __m512 vf;
typedef __m512i vi;

#define v_load(p) _mm512_loadu_ps(p)
#define v_store(p, x) _mm512_storeu_ps(p, x)
#define v_set(x) _mm512_set1_ps(x)
#define v_add(a, b) _mm512_add_ps(a, b)
#define v_sub(a, b) _mm512_sub_ps(a, b)
#define v_mul(a, b) _mm512_mul_ps(a, b)
#define v_div(a, b) _mm512_div_ps(a, b)
#define v_fma(a, b, c) _mm512_fmadd_ps(a, b, c)
#define v_fnma(a, b, c) _mm512_fnmadd_ps(a, b, c)
#define v_max(a, b) _mm512_max_ps(a, b)
#define v_min(a, b) _mm512_min_ps(a, b)
#define v_abs(x) _mm512_abs_ps(x)
#define v_round(x) _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)
#define v_to_int(x) _mm512_cvtps_epi32(x)
#define v_to_float(i) _mm512_cvtepi32_ps(i)
#define v_add_int(i, k) _mm512_add_epi32(i, _mm512_set1_epi32(k))
#define v_pow2(i) _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_add_epi32(i, _mm512_set1_epi32(127)), 23))
#define v_odd(i, a, b) _mm512_mask_blend_ps(_mm512_test_epi32_mask(i, _mm512_set1_epi32(1)), b, a)
#define v_reverse(x) _mm512_permutexvar_ps(_mm512_set_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), x)
#define v_swap(x) _mm512_permute_ps(x, 0xB1)
#define v_flip(x, i)                                                                                                   \
    _mm512_castsi512_ps(_mm512_xor_si512(_mm512_castps_si512(x), _mm512_slli_epi32(_mm512_srli_epi32(i, 1), 31)))

static inline vf v_load_part(const float *p, size_t n)
{
    return _mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
}

static inline void v_store_part(float *p, vf x, size_t n)
{
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), x);
}

static inline vf v_quad(vf x)
{
    x = _mm512_add_ps(x, _mm512_shuffle_f32x4(x, x, 0x4E));
    return _mm512_add_ps(x, _mm512_shuffle_f32x4(x, x, 0xB1));
}

#elif defined(NN_VEC_PLAIN)

#include "nn/nn_vec_plain.h"

#elif defined(NN_VEC_NEON)

#include <arm_neon.h>

#define VEC_WIDTH 4
typedef float32x4_t vf;
typedef int32x4_t vi;

#define v_load(p) vld1q_f32(p)
#define v_store(p, x) vst1q_f32(p, x)
#define v_set(x) vdupq_n_f32(x)
#define v_add(a, b) vaddq_f32(a, b)
#define v_sub(a, b) vsubq_f32(a, b)
#define v_mul(a, b) vmulq_f32(a, b)
#define v_div(a, b) vdivq_f32(a, b)
#define v_fma(a, b, c) vfmaq_f32(c, a, b)
#define v_fnma(a, b, c) vfmsq_f32(c, a, b)
#define v_max(a, b) vmaxq_f32(a, b)
#define v_min(a, b) vminq_f32(a, b)
#define v_abs(x) vabsq_f32(x)
#define v_round(x) vrndnq_f32(x)
#define v_to_int(x) vcvtnq_s32_f32(x)
#define v_to_float(i) vcvtq_f32_s32(i)
#define v_add_int(i, k) vaddq_s32(i, vdupq_n_s32(k))
#define v_pow2(i) vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(i, vdupq_n_s32(127)), 23))
#define v_odd(i, a, b) vbslq_f32(vtstq_s32(i, vdupq_n_s32(1)), a, b)
#define v_swap(x) vrev64q_f32(x)
#define v_flip(x, i)                                                                                                   \
    vreinterpretq_f32_u32(                                                                                             \
        veorq_u32(vreinterpretq_u32_f32(x), vshlq_n_u32(vshrq_n_u32(vreinterpretq_u32_s32(i), 1), 31)))

static inline vf v_reverse(vf x)
{
    const vf pairs = vrev64q_f32(x);
    return vextq_f32(pairs, pairs, 2);
}

static inline void transpose_4(float *y, size_t ldy, const float *x, size_t ldx)
{
    const float32x4x2_t ab = vtrnq_f32(vld1q_f32(x), vld1q_f32(x + ldx));
    const float32x4x2_t cd = vtrnq_f32(vld1q_f32(x + 2 * ldx), vld1q_f32(x + 3 * ldx));
    vst1q_f32(y, vcombine_f32(vget_low_f32(ab.val[0]), vget_low_f32(cd.val[0])));
    vst1q_f32(y + ldy, vcombine_f32(vget_low_f32(ab.val[1]), vget_low_f32(cd.val[1])));
    vst1q_f32(y + 2 * ldy, vcombine_f32(vget_high_f32(ab.val[0]), vget_high_f32(cd.val[0])));
    vst1q_f32(y + 3 * ldy, vcombine_f32(vget_high_f32(ab.val[1]), vget_high_f32(cd.val[1])));
}

/* Halves folded onto each other. */
static inline float v_sum(vf x)
{
    const float32x2_t pair = vadd_f32(vget_low_f32(x), vget_high_f32(x));
    return vget_lane_f32(pair, 0) + vget_lane_f32(pair, 1);
}

static inline vf v_load_part(const float *p, size_t n)
{
    float block[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (size_t i = 0; i < n; i++)
        block[i] = p[i];
    return vld1q_f32(block);
}

static inline void v_store_part(float *p, vf x, size_t n)
{
    float block[4];
    vst1q_f32(block, x);
    for (size_t i = 0; i < n; i++)
        p[i] = block[i];
}

#else
#error "say which instruction set"
#endif

#if defined(NN_VEC_AVX2) || defined(NN_VEC_AVX512)
static inline void transpose_4(float *y, size_t ldy, const float *x, size_t ldx)
{
    __m128 a = _mm_loadu_ps(x), b = _mm_loadu_ps(x + ldx), c = _mm_loadu_ps(x + 2 * ldx), d = _mm_loadu_ps(x + 3 * ldx);
    _MM_TRANSPOSE4_PS(a, b, c, d);
    _mm_storeu_ps(y, a);
    _mm_storeu_ps(y + ldy, b);
    _mm_storeu_ps(y + 2 * ldy, c);
    _mm_storeu_ps(y + 3 * ldy, d);
}

/* Over the lanes, in a fixed order: halves are folded onto each other. */
static inline float sum_of_8(__m256 x)
{
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}
#endif

#if VEC_WIDTH == 16
static inline float v_sum(vf x)
{
    const __m256 low = _mm512_castps512_ps256(x),
                 high = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(x), 1));
    return sum_of_8(_mm256_add_ps(low, high));
}
#elif VEC_WIDTH == 8
#define v_sum(x) sum_of_8(x)
#endif

/* 16 numbers, whatever the width of a vector: what is summed is summed in these lanes, so that its bits are the same
 * for every instruction set.
 *
 *   w_load_part(p, n, rest)  n < 16 numbers, then `rest`; touches no others
 *   w_sum(w)                 over the lanes, halves folded onto each other
 *   w_quad(w)                in each lane the sum over the lanes of its place in a group of four, added likewise
 *   w_size(w)                a vector in whose lanes the largest size of all numbers is */
#define WIDE 16
#if VEC_WIDTH == 16
typedef vf vw;
#define W_EACH(EXPRESSION) (EXPRESSION(, 0))
#define w_sum(w) v_sum(w)
#define w_quad(w) v_quad(w)
#define w_size(w) v_abs(w)
#elif VEC_WIDTH == 8
typedef struct {
    vf a, b;
} vw;
#define W_EACH(EXPRESSION) ((vw){EXPRESSION(.a, 0), EXPRESSION(.b, 1)})
#define w_sum(w) v_sum(v_add((w).a, (w).b))
#define w_quad(w) v_quad(v_add((w).a, (w).b))
#define w_size(w) v_max(v_abs((w).a), v_abs((w).b))
#else
typedef struct {
    vf a, b, c, d;
} vw;
#define W_EACH(EXPRESSION) ((vw){EXPRESSION(.a, 0), EXPRESSION(.b, 1), EXPRESSION(.c, 2), EXPRESSION(.d, 3)})
#define w_sum(w) v_sum(v_add(v_add((w).a, (w).c), v_add((w).b, (w).d)))
#define w_quad(w) v_add(v_add((w).a, (w).c), v_add((w).b, (w).d))
#define w_size(w) v_max(v_max(v_abs((w).a), v_abs((w).b)), v_max(v_abs((w).c), v_abs((w).d)))
#endif

static BASE_ALWAYS_INLINE vw w_set(float x)
{
#define SET(part, i) v_set(x)
    return W_EACH(SET);
#undef SET
}

static BASE_ALWAYS_INLINE vw w_load(const float *p)
{
#define LOAD(part, i) v_load(p + i * VEC_WIDTH)
    return W_EACH(LOAD);
#undef LOAD
}

static BASE_ALWAYS_INLINE vw w_load_part(const float *p, size_t n, float rest)
{
    float lanes[WIDE];
    for (size_t i = 0; i < WIDE; i++)
        lanes[i] = i < n ? p[i] : rest;
    return w_load(lanes);
}

static BASE_ALWAYS_INLINE vw w_add(vw x, vw y)
{
#define ADD(part, i) v_add(x part, y part)
    return W_EACH(ADD);
#undef ADD
}

static BASE_ALWAYS_INLINE vw w_max(vw x, vw y)
{
#define MAX(part, i) v_max(x part, y part)
    return W_EACH(MAX);
#undef MAX
}

static BASE_ALWAYS_INLINE vw w_sub(vw x, vw y)
{
#define SUB(part, i) v_sub(x part, y part)
    return W_EACH(SUB);
#undef SUB
}

static BASE_ALWAYS_INLINE vw w_fma(vw x, vw y, vw z)
{
#define FMA(part, i) v_fma(x part, y part, z part)
    return W_EACH(FMA);
#undef FMA
}

/* The largest lane. */
static inline float v_top(vf x)
{
    float lanes[VEC_WIDTH];
    v_store(lanes, x);
    for (size_t half = VEC_WIDTH / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++)
            lanes[i] = lanes[i] > lanes[i + half] ? lanes[i] : lanes[i + half];
    return lanes[0];
}

#endif
