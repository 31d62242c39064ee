/* The kernels of nn.h on 8-bit rows, written once in the operations of nn_vec8.h; included by nn_body.h.
 *
 * A tile is some rows times 2 columns of VEC_WIDTH outputs, as in nn_body.h. Sums of a tap are exact integers, so how
 * they are added doesn't matter; what follows in floats is the same few fused steps for every output, tap after tap. So
 * every instruction set gives the same bits. */

#include "nn/nn_vec8.h"

#define CACHE_LINE 64

struct linear8_args {
    float *y;
    size_t ldy;
    const float *x;
    size_t ldx, tap_stride; /* in floats */
    const struct nn_weight8 *w;
    size_t n_columns, padded; /* of VEC_WIDTH outputs; inputs rounded up to NN_GROUP */
};

static BASE_ALWAYS_INLINE size_t real_column(const struct linear8_args *a, size_t column)
{
    return column < a->n_columns ? column : a->n_columns - 1;
}

static BASE_ALWAYS_INLINE const int8_t *column_weights8(const struct linear8_args *a, size_t column, size_t k)
{
    const size_t real = real_column(a, column), panel = real / PANEL_COLUMNS, at = real % PANEL_COLUMNS;
    return a->w->data + (panel * a->w->taps + k) * a->padded * NN_PANEL + at * VEC_WIDTH * 4;
}

static BASE_ALWAYS_INLINE vf column_sums(const struct linear8_args *a, size_t column, size_t k)
{
    return v_load(a->w->sums + (k * a->n_columns + real_column(a, column)) * VEC_WIDTH);
}

/* y = bias + scale * sum */
static BASE_ALWAYS_INLINE void finish_column(const struct linear8_args *a, size_t row, size_t column, vf sum)
{
    const size_t real = real_column(a, column), first = column * VEC_WIDTH;
    const vf y = v_fma(sum, v_load(a->w->scale + real * VEC_WIDTH), v_load(a->w->bias + real * VEC_WIDTH));
    if (first + VEC_WIDTH <= a->w->out)
        v_store(a->y + row * a->ldy + first, y);
    else if (first < a->w->out)
        v_store_part(a->y + row * a->ldy + first, y, a->w->out - first);
}

/* sum + step * integers + low * sums of the weights: a tap's part of the product with step * byte + low */
static BASE_ALWAYS_INLINE vf add_tap(vf sum, vi integers, vf weights, const float *row)
{
    return v_fma(v_set(row[1]), weights, v_fma(v_set(row[0]), v_to_float(integers), sum));
}

/* 1 to 6 rows times 2 columns */
static BASE_ALWAYS_INLINE void tile8(const struct linear8_args *a, size_t row, size_t column, const size_t rows)
{
    const vf zero = v_set(0.0f);
    vf a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
    vf b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero;
    for (size_t k = 0; k < a->w->taps; k++) {
        const float *const x0 = a->x + row * a->ldx + k * a->tap_stride, *const x1 = x0 + (rows > 1 ? a->ldx : 0);
        const float *const x2 = x1 + (rows > 2 ? a->ldx : 0), *const x3 = x2 + (rows > 3 ? a->ldx : 0);
        const float *const x4 = x3 + (rows > 4 ? a->ldx : 0), *const x5 = x4 + (rows > 5 ? a->ldx : 0);
        const int8_t *wa = column_weights8(a, column, k), *wb = column_weights8(a, column + 1, k);
        const vi none = v_to_int(zero);
        vi i0 = none, i1 = none, i2 = none, i3 = none, i4 = none, i5 = none;
        vi j0 = none, j1 = none, j2 = none, j3 = none, j4 = none, j5 = none;
#if defined(NN_MATRIX_PRODUCT)
        v8_pair p = v8_pair_none(), q = p, r = p;
        for (size_t i = 0; i < a->padded; i += 8, wa += 8 * NN_PANEL, wb += 8 * NN_PANEL) {
            const v8_matrices w = v8_matrices_load(wa, wb);
#define PAIR(pair, n, first, second)                                                                                   \
    if (rows > n)                                                                                                      \
        pair = v8_pair_step(pair, (const unsigned char *)(first + 2) + i, (const unsigned char *)(second + 2) + i, w);
            PAIR(p, 0, x0, x1) PAIR(q, 2, x2, x3) PAIR(r, 4, x4, x5)
#undef PAIR
        }
        v8_pair_end(&p, &i0, &i1, &j0, &j1);
        v8_pair_end(&q, &i2, &i3, &j2, &j3);
        v8_pair_end(&r, &i4, &i5, &j4, &j5);
#else
        for (size_t i = 0; i < a->padded; i += NN_GROUP, wa += NN_GROUP * NN_PANEL, wb += NN_GROUP * NN_PANEL) {
            vq p0 = v8_begin(i0), p1 = v8_begin(i1), p2 = v8_begin(i2), p3 = v8_begin(i3), p4 = v8_begin(i4),
               p5 = v8_begin(i5);
            vq q0 = v8_begin(j0), q1 = v8_begin(j1), q2 = v8_begin(j2), q3 = v8_begin(j3), q4 = v8_begin(j4),
               q5 = v8_begin(j5);
#define STEP(r, four)                                                                                                  \
    if (rows > r) {                                                                                                    \
        p##r = v8_step(p##r, (const unsigned char *)(x##r + 2) + i + 4 * four, weight_a);                              \
        q##r = v8_step(q##r, (const unsigned char *)(x##r + 2) + i + 4 * four, weight_b);                              \
    }
#define FOUR(four)                                                                                                     \
    {                                                                                                                  \
        const v8_weights weight_a = v8_load(wa + four * 4 * NN_PANEL);                                                 \
        const v8_weights weight_b = v8_load(wb + four * 4 * NN_PANEL);                                                 \
        STEP(0, four) STEP(1, four) STEP(2, four) STEP(3, four) STEP(4, four) STEP(5, four)                            \
    }
            FOUR(0)
            FOUR(1)
            FOUR(2)
            FOUR(3)
#undef FOUR
#undef STEP
#define END(r)                                                                                                         \
    if (rows > r) {                                                                                                    \
        i##r = v8_end(i##r, p##r);                                                                                     \
        j##r = v8_end(j##r, q##r);                                                                                     \
    }
            END(0) END(1) END(2) END(3) END(4) END(5)
#undef END
        }
#endif
        const vf sums_a = column_sums(a, column, k), sums_b = column_sums(a, column + 1, k);
#define TAP(r)                                                                                                         \
    if (rows > r) {                                                                                                    \
        a##r = add_tap(a##r, i##r, sums_a, x##r);                                                                      \
        b##r = add_tap(b##r, j##r, sums_b, x##r);                                                                      \
    }
        TAP(0) TAP(1) TAP(2) TAP(3) TAP(4) TAP(5)
#undef TAP
    }
#define STORE(r)                                                                                                       \
    if (rows > r) {                                                                                                    \
        finish_column(a, row + r, column, a##r);                                                                       \
        finish_column(a, row + r, column + 1, b##r);                                                                   \
    }
    STORE(0) STORE(1) STORE(2) STORE(3) STORE(4) STORE(5)
#undef STORE
}

/* Asks for part t of n of the weights of a column pair that isn't needed yet. All weights together are larger than the
 * second-level cache, so without this the first tile of each pair waits for the third. */
static BASE_ALWAYS_INLINE void fetch_weights(const struct linear8_args *a, size_t column, size_t t, size_t n)
{
    const size_t lines = column < a->n_columns ? 2 * VEC_WIDTH * a->w->taps * a->padded / CACHE_LINE : 0;
    const int8_t *const weights = column_weights8(a, column, 0);
    for (size_t i = lines * t / n, end = lines * (t + 1) / n; i < end; i++)
        BASE_PREFETCH(weights + i * CACHE_LINE);
}

/* Tiles of up to NN_ROWS8 rows, as even as can be. A column stays in the first-level cache for all of them. */
static void linear8(float *y, size_t ldy, const float *x, size_t tap_rows, size_t rows, const struct nn_weight8 *w)
{
    const size_t n_columns = (w->out + NN_PANEL - 1) / NN_PANEL * PANEL_COLUMNS, ldx = nn_row8(w->in);
    const struct linear8_args a = {y, ldy, x, ldx, tap_rows * ldx, w, n_columns, nn_padded8(w->in)};
    const size_t n_tiles = (rows + NN_ROWS8 - 1) / NN_ROWS8;
    for (size_t column = 0; column < n_columns; column += 2)
        for (size_t t = 0, row = 0, n; t < n_tiles; t++, row += n) {
            n = (rows - row) / (n_tiles - t);
            fetch_weights(&a, column + 2, t, n_tiles);
            switch (n) {
            case 1: tile8(&a, row, column, 1); break;
            case 2: tile8(&a, row, column, 2); break;
#if NN_ROWS8 == 3
            default: tile8(&a, row, column, 3); break;
#else
            case 3: tile8(&a, row, column, 3); break;
            case 4: tile8(&a, row, column, 4); break;
            case 5: tile8(&a, row, column, 5); break;
            default: tile8(&a, row, column, 6); break;
#endif
            }
        }
}

static void quantise_row(float *row, const float *x, size_t n)
{
    vf least = v_set(x[0]), most = least;
    size_t i = 0;
    for (; i + VEC_WIDTH <= n; i += VEC_WIDTH) {
        least = v_min(least, v_load(x + i));
        most = v_max(most, v_load(x + i));
    }
    float low = -v_top(v_sub(v_set(0.0f), least)), high = v_top(most);
    for (; i < n; i++) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    low += 0.0f; /* -0 would show in the sign of a sum that is zero */
    const float range = high - low;
    const vf centre = v_set(low), steps = v_set(range > 0.0f ? 127.0f / range : 0.0f), zero = v_set(0.0f);
    unsigned char *const bytes = (unsigned char *)(row + 2);
    for (i = 0; i + VEC_WIDTH <= n; i += VEC_WIDTH) {
        const vf level = v_mul(v_sub(v_load(x + i), centre), steps);
        v8_store(bytes + i, v_to_int(v_min(v_max(level, zero), v_set(127.0f))));
    }
    if (i < n) {
        const vf level = v_mul(v_sub(v_load_part(x + i, n - i), centre), steps);
        v8_store(bytes + i, v_to_int(v_min(v_max(level, zero), v_set(127.0f))));
    }
    memset(bytes + n, 0, nn_padded8(n) - n);
    row[0] = range * (1.0f / 127.0f);
    row[1] = low;
}

static void quantise(float *rows, const float *x, size_t n_rows, size_t n)
{
    for (size_t r = 0; r < n_rows; r++)
        quantise_row(rows + r * nn_row8(n), x + r * n, n);
}
