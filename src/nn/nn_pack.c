/* Packing of weights into panels of NN_PANEL outputs, see struct nn_weight and nn_weight8 in nn.h. Runs once a weight, at load. */
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

/* ---- 8 bits; nn_body_pack.h makes them ---- */

size_t nn_packed8_bytes(size_t out, size_t taps, size_t in)
{
    size_t numbers, out_padded;
    if (in > SIZE_MAX / 8 || !panel_numbers(&numbers, &out_padded, out, taps, nn_padded8(in)) ||
        (taps && out_padded > SIZE_MAX / 16 / (taps + 2)) || numbers > SIZE_MAX / 2)
        return 0;
    return numbers + (taps + 2) * out_padded * sizeof(float);
}

void nn_lay8(struct nn_weight8 *packed, void *memory, const float *bias, size_t out, size_t taps, size_t in)
{
    const size_t depth = taps * nn_padded8(in), outputs = (out + NN_PANEL - 1) / NN_PANEL * NN_PANEL;
    int8_t *const data = memory;
    float *const sums = (float *)(void *)(data + outputs * depth), *const scale = sums + taps * outputs;
    if (out < outputs) /* outputs that there aren't, in the last panel */
        memset(data + (outputs - NN_PANEL) * depth, 0, NN_PANEL * depth);
    memset(sums, 0, (taps + 2) * outputs * sizeof *sums);
    if (bias)
        memcpy(scale + outputs, bias, out * sizeof *bias);
    *packed = (struct nn_weight8){
        .out = out, .taps = taps, .in = in, .data = data, .sums = sums, .scale = scale, .bias = scale + outputs};
}
