/* The products of bytes that nn_body8.h is written in, once for each instruction set. The including file may ask for
 * more than NN_VEC_... of nn_vec.h stands for, by NN_DOT_VNNI (x86), NN_DOT_PRODUCT or NN_MATRIX_PRODUCT (ARM).
 * Nothing here is known outside src/nn.
 *
 *   vq                what a sum of VEC_WIDTH outputs is kept in while a group of NN_GROUP inputs is added to it
 *   v8_weights        VEC_WIDTH outputs times 4 inputs, from a packed weight
 *   v8_begin(sum)     starts a group; sum is a vi
 *   v8_step(q, x, w)  adds 4 inputs: x points at their bytes
 *   v8_end(sum, q)    the sum with the group in it
 *   v8_store(p, i)    VEC_WIDTH integers from -128 to 127 as bytes
 *
 * Where bytes are multiplied as matrices, two rows at a time and 8 inputs (NN_MATRIX_PRODUCT), instead of all but the last:
 *
 *   v8_pair                            sums of two rows times 2 columns, a and b, of VEC_WIDTH outputs
 *   v8_pair_step(p, first, second, w)  adds 8 inputs: first and second point at their bytes, w is v8_matrices
 *   v8_pair_end(p, ...)                the sums of each row
 *
 * Sums of 16 bits overflow nowhere: nn_pack8() sees to it. GCC would reorder them and then run out of registers, so
 * each is settled as it comes. */
#ifndef LINNET_NN_VEC8_H
#define LINNET_NN_VEC8_H

#include "nn/nn_vec.h"
#include <string.h>

static inline int32_t four_bytes(const unsigned char *p)
{
    int32_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

#if defined(NN_VEC_AVX2)

typedef __m256i vq;
typedef __m256i v8_weights;
#define v8_load(p) _mm256_load_si256((const __m256i *)(const void *)(p))

#if defined(NN_DOT_VNNI)
#define NN_ROWS8 6
#define v8_begin(sum) (sum)
#define v8_step(q, x, w) _mm256_dpbusd_avx_epi32(q, _mm256_set1_epi32(four_bytes(x)), w)
#define v8_end(sum, q) (q)
#else
#define NN_ROWS8 3 /* 6 sums of 32 bits, 6 of 16, 2 weights, an input and the ones: 16 registers */
#define v8_begin(sum) _mm256_setzero_si256()
#define v8_end(sum, q) _mm256_add_epi32(sum, _mm256_madd_epi16(q, _mm256_set1_epi16(1)))

static BASE_ALWAYS_INLINE vq v8_step(vq q, const unsigned char *x, v8_weights w)
{
    q = _mm256_add_epi16(q, _mm256_maddubs_epi16(_mm256_set1_epi32(four_bytes(x)), w));
    BASE_SETTLE(q);
    return q;
}
#endif

static inline void v8_store(void *p, vi i)
{
    const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(i), _mm256_extracti128_si256(i, 1));
    _mm_storel_epi64(p, _mm_packs_epi16(words, words));
}

#elif defined(NN_VEC_AVX512)

typedef __m512i vq;
typedef __m512i v8_weights;
#define NN_ROWS8 6
#define v8_load(p) _mm512_load_si512((const void *)(p))

#if defined(NN_DOT_VNNI)
#define v8_begin(sum) (sum)
#define v8_step(q, x, w) _mm512_dpbusd_epi32(q, _mm512_set1_epi32(four_bytes(x)), w)
#define v8_end(sum, q) (q)
#else
#define v8_begin(sum) _mm512_setzero_si512()
#define v8_end(sum, q) _mm512_add_epi32(sum, _mm512_madd_epi16(q, _mm512_set1_epi16(1)))

static BASE_ALWAYS_INLINE vq v8_step(vq q, const unsigned char *x, v8_weights w)
{
    q = _mm512_add_epi16(q, _mm512_maddubs_epi16(_mm512_set1_epi32(four_bytes(x)), w));
    BASE_SETTLE(q);
    return q;
}
#endif

static inline void v8_store(void *p, vi i)
{
    _mm_storeu_si128(p, _mm512_cvtepi32_epi8(i));
}

#elif defined(NN_VEC_NEON)

#if defined(NN_MATRIX_PRODUCT)
#define NN_ROWS8 6
typedef struct {
    int32x4_t a01, a23, b01, b23; /* of each: two outputs of the first row, then of the second */
} v8_pair;
typedef struct {
    int8x16_t a01, a23, b01, b23; /* two outputs times 8 inputs */
} v8_matrices;

/* Of four outputs times 4 inputs twice: the first two outputs times 8 inputs, and the other two. */
static BASE_ALWAYS_INLINE void pair_outputs(int8x16_t *first, int8x16_t *last, const int8_t *w)
{
    const int32x4_t x = vreinterpretq_s32_s8(vld1q_s8(w)), y = vreinterpretq_s32_s8(vld1q_s8(w + 4 * NN_PANEL));
    *first = vreinterpretq_s8_s32(vzip1q_s32(x, y));
    *last = vreinterpretq_s8_s32(vzip2q_s32(x, y));
}

static BASE_ALWAYS_INLINE v8_matrices v8_matrices_load(const int8_t *a, const int8_t *b)
{
    v8_matrices w;
    pair_outputs(&w.a01, &w.a23, a);
    pair_outputs(&w.b01, &w.b23, b);
    return w;
}

static BASE_ALWAYS_INLINE v8_pair v8_pair_none(void)
{
    const int32x4_t none = vdupq_n_s32(0);
    return (v8_pair){none, none, none, none};
}

static BASE_ALWAYS_INLINE v8_pair v8_pair_step(v8_pair p, const unsigned char *first, const unsigned char *second,
                                               v8_matrices w)
{
    const int8x16_t x = vreinterpretq_s8_u8(vcombine_u8(vld1_u8(first), vld1_u8(second)));
    return (v8_pair){vmmlaq_s32(p.a01, x, w.a01), vmmlaq_s32(p.a23, x, w.a23), vmmlaq_s32(p.b01, x, w.b01),
                     vmmlaq_s32(p.b23, x, w.b23)};
}

static BASE_ALWAYS_INLINE void v8_pair_end(const v8_pair *p, vi *a_first, vi *a_second, vi *b_first, vi *b_second)
{
    *a_first = vcombine_s32(vget_low_s32(p->a01), vget_low_s32(p->a23));
    *a_second = vcombine_s32(vget_high_s32(p->a01), vget_high_s32(p->a23));
    *b_first = vcombine_s32(vget_low_s32(p->b01), vget_low_s32(p->b23));
    *b_second = vcombine_s32(vget_high_s32(p->b01), vget_high_s32(p->b23));
}

#else
typedef int8x16_t v8_weights;
#define v8_load(p) vld1q_s8(p)

#if defined(NN_DOT_PRODUCT)
typedef int32x4_t vq;
#define NN_ROWS8 6
#define v8_begin(sum) (sum)
#define v8_step(q, x, w) vdotq_s32(q, w, vreinterpretq_s8_s32(vdupq_n_s32(four_bytes(x))))
#define v8_end(sum, q) (q)
#else
typedef struct {
    int16x8_t low, high; /* sums of two outputs each, 4 lanes an output */
} vq;
#define NN_ROWS8 3

static inline vq v8_begin(vi sum)
{
    (void)sum;
    return (vq){vdupq_n_s16(0), vdupq_n_s16(0)};
}

static inline vq v8_step(vq q, const unsigned char *x, v8_weights w)
{
    const int8x8_t input = vreinterpret_s8_s32(vdup_n_s32(four_bytes(x)));
    return (vq){vmlal_s8(q.low, vget_low_s8(w), input), vmlal_s8(q.high, vget_high_s8(w), input)};
}

static inline vi v8_end(vi sum, vq q)
{
    return vaddq_s32(sum, vpaddq_s32(vpaddlq_s16(q.low), vpaddlq_s16(q.high)));
}
#endif
#endif

static inline void v8_store(void *p, vi i)
{
    const int16x4_t words = vqmovn_s32(i);
    const uint32x2_t bytes = vreinterpret_u32_s8(vqmovn_s16(vcombine_s16(words, words)));
    const uint32_t four = vget_lane_u32(bytes, 0);
    memcpy(p, &four, sizeof four);
}

#elif defined(NN_VEC_PLAIN)

typedef int8_t v_bytes BASE_VECTOR(8), v_bytes4 BASE_VECTOR(4);
typedef int16_t v_shorts BASE_VECTOR(16);
typedef struct {
    v_shorts low, high; /* sums of two outputs each, 4 lanes an output */
} vq, v8_weights;
#define NN_ROWS8 3

static BASE_ALWAYS_INLINE v_shorts load_shorts(const void *p)
{
    v_bytes bytes;
    memcpy(&bytes, p, sizeof bytes);
    return BASE_CONVERT(v_shorts, bytes);
}

static BASE_ALWAYS_INLINE v8_weights v8_load(const int8_t *p)
{
    return (v8_weights){load_shorts(p), load_shorts(p + 8)};
}

static BASE_ALWAYS_INLINE vq v8_begin(vi sum)
{
    (void)sum;
    const v_shorts none = {0};
    return (vq){none, none};
}

static BASE_ALWAYS_INLINE vq v8_step(vq q, const unsigned char *x, v8_weights w)
{
    const int32_t twice[2] = {four_bytes(x), four_bytes(x)};
    const v_shorts input = load_shorts(twice);
    return (vq){q.low + w.low * input, q.high + w.high * input};
}

/* Sums of neighbouring shorts. */
static BASE_ALWAYS_INLINE vi pair_sums(v_shorts x)
{
    const vi pairs = (vi)x;
    return (pairs >> 16) + ((pairs << 16) >> 16);
}

static BASE_ALWAYS_INLINE vi v8_end(vi sum, vq q)
{
    const vi low = pair_sums(q.low), high = pair_sums(q.high);
    return sum + (vi){low[0] + low[1], low[2] + low[3], high[0] + high[1], high[2] + high[3]};
}

static BASE_ALWAYS_INLINE void v8_store(void *p, vi i)
{
    const v_bytes4 bytes = BASE_CONVERT(v_bytes4, i);
    memcpy(p, &bytes, sizeof bytes);
}

#endif
#endif
