/* The kernels of nn.h in plain C: always built, the fallback on other CPUs and the oracle of the tests. Built with
 * -ffp-contract=off, so that it means the same on every machine. Clear rather than fast. */
#include "nn/nn_tables.h"

#include <math.h>

static void ref_linear(float *y, size_t ldy, const float *x, size_t ldx, size_t tap_stride, size_t rows,
                       const struct nn_weight *w)
{
    const size_t depth = w->taps * w->in;
    for (size_t first = 0; first < w->out; first += NN_PANEL) {
        const float *const panel = w->data + first * depth; /* [depth, NN_PANEL] */
        const size_t width = w->out - first < NN_PANEL ? w->out - first : NN_PANEL;
        for (size_t r = 0; r < rows; r++) {
            float sum[NN_PANEL];
            for (size_t j = 0; j < NN_PANEL; j++)
                sum[j] = w->bias[first + j];
            for (size_t k = 0; k < w->taps; k++) {
                const float *const row = x + r * ldx + k * tap_stride;
                const float *const weights = panel + k * w->in * NN_PANEL;
                for (size_t i = 0; i < w->in; i++)
                    for (size_t j = 0; j < NN_PANEL; j++)
                        sum[j] += row[i] * weights[i * NN_PANEL + j];
            }
            for (size_t j = 0; j < width; j++)
                y[r * ldy + first + j] = sum[j];
        }
    }
}

static void quantise_row(float *row, const float *x, size_t n)
{
    float low = x[0], high = x[0];
    for (size_t i = 1; i < n; i++) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    low += 0.0f; /* never -0 */
    const float range = high - low, steps = range > 0.0f ? 127.0f / range : 0.0f;
    unsigned char *const bytes = (unsigned char *)(row + 2);
    for (size_t i = 0; i < nn_padded8(n); i++) {
        const float level = i < n ? (x[i] - low) * steps : 0.0f;
        bytes[i] = level > 0.0f ? (unsigned char)lrintf(fminf(level, 127.0f)) : 0; /* NaN: 0 */
    }
    row[0] = range * (1.0f / 127.0f);
    row[1] = low;
}

static void ref_quantise(float *rows, const float *x, size_t n_rows, size_t n)
{
    for (size_t r = 0; r < n_rows; r++)
        quantise_row(rows + r * nn_row8(n), x + r * n, n);
}

/* sum_i v byte of one output and one tap; v: its weights, four and four. */
static int32_t exact_sum(const int8_t *v, const unsigned char *bytes, size_t n)
{
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i / 4 * 4 * NN_PANEL + i % 4] * bytes[i];
    return sum;
}

static void ref_linear8(float *y, size_t ldy, const float *x, size_t tap_rows, size_t rows, const struct nn_weight8 *w)
{
    const size_t ldx = nn_row8(w->in), depth = nn_padded8(w->in);
    const size_t outputs = (w->out + NN_PANEL - 1) / NN_PANEL * NN_PANEL;
    for (size_t o = 0; o < w->out; o++)
        for (size_t r = 0; r < rows; r++) {
            float sum = 0.0f;
            for (size_t k = 0; k < w->taps; k++) {
                const float *const row = x + (r + k * tap_rows) * ldx;
                const int8_t *const v = w->data + (o / NN_PANEL * w->taps + k) * depth * NN_PANEL + o % NN_PANEL * 4;
                sum = fmaf(row[0], (float)exact_sum(v, (const unsigned char *)(row + 2), depth), sum);
                sum = fmaf(row[1], w->sums[k * outputs + o], sum);
            }
            y[r * ldy + o] = fmaf(sum, w->scale[o], w->bias[o]);
        }
}

static float ref_dot(const float *a, const float *b, size_t n)
{
    float sum = 0.0f;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void ref_axpy(float *y, float a, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] += a * x[i];
}

static void ref_relu(float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] > 0.0f ? x[i] : 0.0f;
}

static void ref_gelu(float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = 0.5f * x[i] * (float)erfc(-0.70710678118654752 * (double)x[i]); /* erfc: no cancellation at the left */
}

static float clamped_exp(float x)
{
    return expf(fminf(fmaxf(x, -87.0f), 88.0f));
}

static void ref_vexp(float *y, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = clamped_exp(x[i]);
}

static void ref_softmax(float *x, size_t n)
{
    float peak = x[0];
    for (size_t i = 1; i < n; i++)
        peak = x[i] > peak ? x[i] : peak;
    float sum = 0.0f;
    for (size_t i = 0; i < n; i++) {
        x[i] = clamped_exp(x[i] - peak);
        sum += x[i];
    }
    for (size_t i = 0; i < n; i++)
        x[i] /= sum;
}

static void ref_layer_norm(float *y, const float *x, const float *gain, const float *bias, size_t n)
{
    float sum = 0.0f, squares = 0.0f;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    const float mean = sum / (float)n;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    const float scale = 1.0f / sqrtf(squares / (float)n + 1e-5f);
    for (size_t i = 0; i < n; i++)
        y[i] = (x[i] - mean) * scale * gain[i] + bias[i];
}

static void ref_gated_step(float *z, const float *g, size_t n)
{
    for (size_t c = 0; c < n; c++)
        z[c] = tanhf(g[c]) / (1.0f + clamped_exp(-g[n + c]));
}

static void ref_vsincos(float *s, float *c, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float angle = x[i];
        s[i] = sinf(angle);
        c[i] = cosf(angle);
    }
}

const struct nn_kernels nn_table_ref = {
    .name = "ref",
    .linear = ref_linear,
    .quantise = ref_quantise,
    .linear8 = ref_linear8,
    .dot = ref_dot,
    .axpy = ref_axpy,
    .relu = ref_relu,
    .gelu = ref_gelu,
    .softmax = ref_softmax,
    .layer_norm = ref_layer_norm,
    .gated_step = ref_gated_step,
    .vexp = ref_vexp,
    .vsincos = ref_vsincos,
};
