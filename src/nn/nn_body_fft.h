/* The Fourier transform of nn.h and the filter on its bins, written once in the operations of nn_vec.h; included by
 * nn_body.h.
 *
 * Four steps (Bailey, Journal of Supercomputing 4, 1990): the n points are a matrix; its columns are transformed,
 * turned by e^{-2 pi i r c / n}, the matrix is transposed, and its columns are transformed again. So all steps but the
 * transposition run along whole rows. The columns go through Stockham's passes, which leave them in order. */

struct complex_rows {
    float *re, *im;
};

/* One pass of radix 2 over `length` rows of `stride` points: y[2p] = x[p] + x[p + length/2], y[2p + 1] = their
 * difference times e^{-2 pi i p / length}. step: n / length, from one of these angles to the next. */
static void fft_pass(struct complex_rows y, struct complex_rows x, size_t length, size_t stride, size_t step,
                     const struct nn_fft *fft)
{
    const size_t half = length / 2 * stride;
    for (size_t p = 0; p < length / 2; p++) {
        const vf c = v_set(fft->cosines[p * step]), s = v_set(fft->sines[p * step]);
        const float *const ar = x.re + p * stride, *const ai = x.im + p * stride;
        float *const yr = y.re + 2 * p * stride, *const yi = y.im + 2 * p * stride;
        for (size_t q = 0; q < stride; q += VEC_WIDTH) {
            const vf a_re = v_load(ar + q), a_im = v_load(ai + q), b_re = v_load(ar + half + q),
                     b_im = v_load(ai + half + q);
            const vf d_re = v_sub(a_re, b_re), d_im = v_sub(a_im, b_im);
            v_store(yr + q, v_add(a_re, b_re));
            v_store(yi + q, v_add(a_im, b_im));
            v_store(yr + stride + q, v_fma(d_im, s, v_mul(d_re, c)));
            v_store(yi + stride + q, v_fnma(d_re, s, v_mul(d_im, c)));
        }
    }
}

/* Transforms the columns of a matrix of `rows` rows. *at is where it lies, *other the other buffer; exchanged each
 * pass. */
static void fft_columns(struct complex_rows *at, struct complex_rows *other, size_t rows, size_t columns,
                        const struct nn_fft *fft)
{
    for (size_t length = rows, stride = columns; length > 1; length /= 2, stride *= 2) {
        const struct complex_rows made = *other;
        fft_pass(made, *at, length, stride, fft->n / length, fft);
        *other = *at;
        *at = made;
    }
}

/* x [rows, columns] *= e^{-2 pi i r c / n} */
static void fft_turn(struct complex_rows x, const struct nn_fft *fft)
{
    for (size_t i = 0; i < fft->n; i += VEC_WIDTH) {
        const vf c = v_load(fft->twist_cos + i), s = v_load(fft->twist_sin + i), re = v_load(x.re + i),
                 im = v_load(x.im + i);
        v_store(x.re + i, v_fma(im, s, v_mul(re, c)));
        v_store(x.im + i, v_fnma(re, s, v_mul(im, c)));
    }
}

/* y [columns, rows] = x [rows, columns] transposed, by squares of 4. */
static void fft_transpose(float *restrict y, const float *restrict x, size_t rows, size_t columns)
{
    for (size_t r = 0; r < rows; r += 4)
        for (size_t c = 0; c < columns; c += 4)
            transpose_4(y + c * rows + r, rows, x + r * columns + c, columns);
}

static void fft_in_place(float *re, float *im, float *scratch, const struct nn_fft *fft)
{
    struct complex_rows at = {re, im}, other = {scratch, scratch + fft->n};
    fft_columns(&at, &other, fft->rows, fft->columns, fft);
    fft_turn(at, fft);
    fft_transpose(other.re, at.re, fft->rows, fft->columns);
    fft_transpose(other.im, at.im, fft->rows, fft->columns);
    fft_columns(&other, &at, fft->columns, fft->rows, fft);
    if (other.re != re) {
        memcpy(re, other.re, fft->n * sizeof *re);
        memcpy(im, other.im, fft->n * sizeof *im);
    }
}

/* VEC_WIDTH bins k ... of a pair and their mirror images n - k: near and far; each in the order of k. */
static BASE_ALWAYS_INLINE void filter_bins(vf near[2], vf far[2], vf gain_a, vf cosine, vf sine, vf gain_b)
{
    const vf half = v_set(0.5f), c = v_mul(v_mul(gain_a, cosine), half), s = v_mul(v_mul(gain_a, sine), half);
    const vf g = v_mul(gain_b, half);
    const vf a_re = v_add(near[0], far[0]), a_im = v_sub(near[1], far[1]);                     /* twice a's bin */
    const vf b_re = v_mul(v_add(near[1], far[1]), g), b_im = v_mul(v_sub(far[0], near[0]), g); /* b' */
    const vf y_re = v_fnma(s, a_im, v_mul(c, a_re)), y_im = v_fma(s, a_re, v_mul(c, a_im));    /* a' */
    near[0] = v_sub(y_re, b_im);
    near[1] = v_add(y_im, b_re);
    far[0] = v_add(y_re, b_im);
    far[1] = v_sub(b_re, y_im);
}

/* Bins that are their own mirror image: 0 and n/2. */
static void filter_real(float *re, float *im, float gain_a, float cosine, float gain_b)
{
    *re *= gain_a * cosine;
    *im *= gain_b;
}

static void filter_pair(float *re, float *im, size_t n, const float *gain_a, const float *cosine, const float *sine,
                        const float *gain_b)
{
    const size_t half = n / 2;
    filter_real(re, im, gain_a[0], cosine[0], gain_b[0]);
    filter_real(re + half, im + half, gain_a[half], cosine[half], gain_b[half]);
    for (size_t k = 1; k < half; k += VEC_WIDTH) {
        const size_t left = half - k < VEC_WIDTH ? half - k : VEC_WIDTH, mirror = n - k - left + 1;
        if (left == VEC_WIDTH) {
            vf near[2] = {v_load(re + k), v_load(im + k)};
            vf far[2] = {v_reverse(v_load(re + mirror)), v_reverse(v_load(im + mirror))};
            filter_bins(near, far, v_load(gain_a + k), v_load(cosine + k), v_load(sine + k), v_load(gain_b + k));
            v_store(re + k, near[0]);
            v_store(im + k, near[1]);
            v_store(re + mirror, v_reverse(far[0]));
            v_store(im + mirror, v_reverse(far[1]));
        } else {
            float mirrored[2][VEC_WIDTH] = {{0}, {0}};
            for (size_t i = 0; i < left; i++) {
                mirrored[0][i] = re[n - k - i];
                mirrored[1][i] = im[n - k - i];
            }
            vf near[2] = {v_load_part(re + k, left), v_load_part(im + k, left)};
            vf far[2] = {v_load(mirrored[0]), v_load(mirrored[1])};
            filter_bins(near, far, v_load_part(gain_a + k, left), v_load_part(cosine + k, left),
                        v_load_part(sine + k, left), v_load_part(gain_b + k, left));
            v_store_part(re + k, near[0], left);
            v_store_part(im + k, near[1], left);
            v_store(mirrored[0], far[0]);
            v_store(mirrored[1], far[1]);
            for (size_t i = 0; i < left; i++) {
                re[n - k - i] = mirrored[0][i];
                im[n - k - i] = mirrored[1][i];
            }
        }
    }
}
