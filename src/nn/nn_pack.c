/* Packing of weights into panels of NN_PANEL outputs, see struct nn_weight and nn_weight8 in nn.h. Runs once a weight,
 * at load. */
#include "nn/nn.h"

#include <stdbool.h>
#include <string.h>

/* Numbers in the panels of [out, depth], bias excluded. */
static bool panel_numbers(size_t *numbers, size_t *out_padded, size_t out, size_t taps, size_t in)
{
    const size_t limit = SIZE_MAX / sizeof(float) / 4; /* leaves room for the bias */
    if (out > limit - NN_PANEL || (taps && in > limit / taps))
        return false;
    const size_t depth = taps * in;
    *out_padded = (out + NN_PANEL - 1) / NN_PANEL * NN_PANEL;
    if (depth != 0 && *out_padded > limit / depth)
        return false;
    *numbers = *out_padded * depth;
    return true;
}

size_t nn_packed_bytes(size_t out, size_t taps, size_t in)
{
    size_t numbers, out_padded;
    if (!panel_numbers(&numbers, &out_padded, out, taps, in))
        return 0;
    return (numbers + out_padded) * sizeof(float);
}

/* One panel: outputs `first` ... of W [out, depth], transposed, zeros beyond the last output. */
static void pack_panel(float *panel, const float *w, size_t first, size_t out, size_t depth)
{
    const size_t width = out - first < NN_PANEL ? out - first : NN_PANEL;
    const float *const rows = w + first * depth;
    if (width < NN_PANEL)
        memset(panel, 0, depth * NN_PANEL * sizeof *panel);
    for (size_t k = 0; k < depth; k++, panel += NN_PANEL)
        for (size_t j = 0; j < width; j++)
            panel[j] = rows[j * depth + k];
}

void nn_pack(struct nn_weight *packed, void *memory, const float *w, const float *bias, size_t out, size_t taps,
             size_t in)
{
    const size_t depth = taps * in;
    const size_t out_padded = (out + NN_PANEL - 1) / NN_PANEL * NN_PANEL;
    float *const data = memory;
    float *const packed_bias = data + out_padded * depth; /* panels are multiples of 64 bytes, so this is aligned too */
    for (size_t first = 0; first < out; first += NN_PANEL)
        pack_panel(data + first * depth, w, first, out, depth);
    memset(packed_bias, 0, out_padded * sizeof(float));
    if (bias && out)
        memcpy(packed_bias, bias, out * sizeof(float));
    *packed = (struct nn_weight){.out = out, .taps = taps, .in = in, .data = data, .bias = packed_bias};
}

/* ---- 8 bits ---- */

#define MOST_GROUP 258 /* of one sign, see nn_pack8() in nn.h */
#define ROUNDING 4     /* what rounding can add to the NN_GROUP / 2 weights of a lane */

size_t nn_packed8_bytes(size_t out, size_t taps, size_t in)
{
    size_t numbers, out_padded;
    if (in > SIZE_MAX / 8 || !panel_numbers(&numbers, &out_padded, out, taps, nn_padded8(in)) ||
        (taps && out_padded > SIZE_MAX / 16 / (taps + 2)) || numbers > SIZE_MAX / 2)
        return 0;
    return numbers + (taps + 2) * out_padded * sizeof(float);
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

/* Of NN_GROUP inputs' weights: the largest size, and the largest sum of one sign that one 16-bit lane collects: inputs
 * 4 i and 4 i + 1 go to one lane, 4 i + 2 and 4 i + 3 to another. Written for the compiler's vectoriser. */
static void measure_group(float *largest, float *most, const float *x)
{
    float above[4] = {0.0f}, below[4] = {0.0f}, size[4] = {0.0f};
    for (size_t i = 0; i < NN_GROUP; i += 4)
        for (size_t j = 0; j < 4; j++) {
            const float up = larger(x[i + j], 0.0f), down = larger(-x[i + j], 0.0f);
            above[j] += up;
            below[j] += down;
            size[j] = larger(size[j], up + down);
        }
    *largest = larger(*largest, larger(larger(size[0], size[1]), larger(size[2], size[3])));
    *most = larger(*most, larger(larger(above[0] + above[1], above[2] + above[3]),
                                 larger(below[0] + below[1], below[2] + below[3])));
}

/* What the weights w [taps, in] of one output must be multiplied by to become bytes: the largest is 127, and no lane's
 * sum of one sign exceeds its bound. */
static float factor_of(const float *w, size_t taps, size_t in)
{
    const float least = 1e-30f;
    float largest = least, most = least;
    for (size_t k = 0; k < taps; k++, w += in) {
        size_t i = 0;
        for (; i + NN_GROUP <= in; i += NN_GROUP)
            measure_group(&largest, &most, w + i);
        if (i < in) {
            float rest[NN_GROUP] = {0.0f};
            memcpy(rest, w + i, (in - i) * sizeof *w);
            measure_group(&largest, &most, rest);
        }
    }
    const float byte = 127.0f / largest, sum = (MOST_GROUP - ROUNDING) / most;
    return largest > least ? (byte < sum ? byte : sum) : 0.0f;
}

/* v [NN_GROUP] = w [NN_GROUP] times the factor, rounded; returns their sum. A float between 2^23 and 2^24 has its units
 * in the last bits. Written for the compiler's vectoriser. */
static int32_t round_group(int8_t *restrict v, const float *restrict w, float factor)
{
    const float units = 0x1.8p23f;
    int32_t sum = 0;
    for (size_t i = 0; i < NN_GROUP; i++) {
        union {
            float number;
            int32_t bits;
        } rounded = {.number = w[i] * factor + units};
        rounded.bits -= 0x4B400000; /* the units themselves */
        v[i] = (int8_t)rounded.bits;
        sum += rounded.bits;
    }
    return sum;
}

/* The bytes v of output o, and their sums by tap. data: its four weights for the first four inputs. */
static void pack_output(int8_t *data, float *sums, size_t outputs, const float *w, float factor, size_t taps, size_t in)
{
    int8_t v[NN_GROUP];
    for (size_t k = 0; k < taps; k++, w += in) {
        int32_t sum = 0;
        for (size_t first = 0; first < in; first += NN_GROUP, data += NN_GROUP * NN_PANEL) {
            float rest[NN_GROUP] = {0.0f};
            if (first + NN_GROUP > in)
                memcpy(rest, w + first, (in - first) * sizeof *w);
            sum += round_group(v, first + NN_GROUP > in ? rest : w + first, factor);
            for (size_t i = 0; i < NN_GROUP; i += 4)
                memcpy(data + i * NN_PANEL, v + i, 4);
        }
        sums[k * outputs] = (float)sum;
    }
}

void nn_pack8(struct nn_weight8 *packed, void *memory, const float *w, const float *bias, size_t out, size_t taps,
              size_t in)
{
    const size_t depth = taps * nn_padded8(in), outputs = (out + NN_PANEL - 1) / NN_PANEL * NN_PANEL;
    int8_t *const data = memory;
    float *const sums = (float *)(void *)(data + outputs * depth), *const scale = sums + taps * outputs;
    if (out < outputs) /* outputs that there aren't, in the last panel */
        memset(data + (outputs - NN_PANEL) * depth, 0, NN_PANEL * depth);
    memset(sums, 0, (taps + 2) * outputs * sizeof *sums);
    for (size_t o = 0; o < out; o++) {
        const float factor = factor_of(w + o * taps * in, taps, in);
        pack_output(data + o / NN_PANEL * NN_PANEL * depth + o % NN_PANEL * 4, sums + o, outputs, w + o * taps * in,
                    factor, taps, in);
        scale[o] = factor > 0.0f ? 1.0f / factor : 0.0f;
        scale[outputs + o] = bias ? bias[o] : 0.0f;
    }
    *packed = (struct nn_weight8){
        .out = out, .taps = taps, .in = in, .data = data, .sums = sums, .scale = scale, .bias = scale + outputs};
}
