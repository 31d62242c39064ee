/* The WaveNet stack, see wavenet.h. Per layer i with dilation d and look-ahead a:
 *
 *     g[t] = b + sum_k W[:, k, :] x[t + a - (2-k) d];   z = tanh(g[:W]) * sigmoid(g[W:])
 *     r = out z;   x = (x + r[:W]) sqrt(1/2);   skip += r[W:]                                         */
#include "vocoder/wavenet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TAPS 3
#define SQRT_HALF 0.70710678f

void voc_stack_sizes(struct voc_stack *stack, const struct voice_meta *meta)
{
    stack->inputs = meta->n_mels + 2;
    stack->width = meta->voc_width;
    stack->in_kernel = meta->voc_in_kernel;
    stack->in_ahead = meta->voc_in_ahead;
    stack->n_layers = meta->voc_layers;
    for (size_t i = 0; i < stack->n_layers; i++) {
        stack->layers[i].dilation = meta->voc_dilations[i];
        stack->layers[i].ahead = meta->voc_ahead[i];
    }
}

void voc_stack_bind(struct voice_binder *binder, struct voc_stack *stack)
{
    const size_t width = stack->width;
    voice_bind_conv8(binder, &stack->in, "voc.", "in", width, stack->in_kernel, stack->inputs);
    for (size_t i = 0; i < stack->n_layers; i++) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, "voc.%zu.", i);
        const bool last = i + 1 == stack->n_layers;
        voice_bind_conv8(binder, &stack->layers[i].gate, prefix, "gate", 2 * width, TAPS, width);
        voice_bind_linear8(binder, &stack->layers[i].out, prefix, "out", last ? width : 2 * width, width);
    }
}

size_t voc_stack_lookahead(const struct voc_stack *stack)
{
    size_t ahead = stack->in_ahead;
    for (size_t i = 0; i < stack->n_layers; i++)
        ahead += stack->layers[i].ahead;
    return ahead;
}

void voc_stack_plan(struct voc_stack_state *state, struct base_plan *plan, const struct voc_stack *stack, size_t keep)
{
    const size_t width = stack->width;
    nn_history_plan(&state->stages[0].in, plan, stack->in_kernel + VOC_TILE, nn_row8(stack->inputs));
    for (size_t i = 0; i < stack->n_layers; i++) {
        struct voc_stage *const stage = &state->stages[i + 1];
        nn_history_plan(&stage->in, plan, (TAPS - 1) * stack->layers[i].dilation + VOC_TILE, nn_row8(width));
        nn_history_plan(&stage->exact, plan, stack->layers[i].ahead + VOC_TILE, width);
    }
    state->frames = base_plan_floats(plan, VOC_TILE, stack->inputs);
    state->skip_rows = voc_stack_lookahead(stack) + VOC_TILE + keep; /* from the first layer's row to the reader's */
    state->skip = base_plan_floats(plan, state->skip_rows, width);
    state->gate = base_plan_floats(plan, VOC_TILE, 2 * width);
    state->gated = base_plan_floats(plan, VOC_TILE, width);
    state->gated8 = base_plan_floats(plan, VOC_TILE, nn_row8(width));
    state->out = base_plan_floats(plan, VOC_TILE, 2 * width);
}

static void reset_stage(struct voc_stage *stage, size_t span, size_t ahead)
{
    stage->span = span;
    stage->ahead = ahead;
    stage->done = 0;
    stage->in.count = stage->exact.count = 0;
    nn_history_zeros(&stage->in, span - ahead);
}

void voc_stack_reset(struct voc_stack_state *state, const struct voc_stack *stack)
{
    reset_stage(&state->stages[0], stack->in_kernel - 1, stack->in_ahead);
    for (size_t i = 0; i < stack->n_layers; i++)
        reset_stage(&state->stages[i + 1], (TAPS - 1) * stack->layers[i].dilation, stack->layers[i].ahead);
}

/* Rows that the stage can give now. fed: rows that have come in; when those are all there are, zeros follow. A step
 * takes all that is ready, and no more than VOC_TILE rows are ever made ready, so nothing piles up between the
 * layers. */
static size_t ready_rows(struct voc_stage *stage, size_t fed, size_t total)
{
    const size_t given = stage->span + stage->done; /* what `in` holds beyond this makes new rows */
    if (fed == total) {
        const size_t missing = stage->span + total - stage->in.count, room = given + VOC_TILE - stage->in.count;
        nn_history_zeros(&stage->in, missing < room ? missing : room);
    }
    return stage->in.count > given ? stage->in.count - given : 0;
}

float *voc_stack_frames(const struct voc_stack_state *state)
{
    return state->frames;
}

/* Rows for stage i, which are in its `exact` already, but not committed. */
static void pass_on(struct voc_stage *stage, size_t rows, size_t width, const struct nn_kernels *nn)
{
    nn->quantise(nn_history_push(&stage->in, rows), nn_history_push(&stage->exact, rows), rows, width);
    nn_history_commit(&stage->in, rows);
    nn_history_commit(&stage->exact, rows);
}

static void input_step(struct voc_stack_state *state, size_t fed, size_t total, const struct voc_stack *stack,
                       const struct nn_kernels *nn)
{
    struct voc_stage *const stage = &state->stages[0], *const next = &state->stages[1];
    const size_t rows = ready_rows(stage, fed, total);
    if (rows == 0)
        return;
    nn->linear8(nn_history_push(&next->exact, rows), stack->width,
                nn_history_rows(&stage->in, stage->done, rows + stage->span), 1, rows, &stack->in);
    pass_on(next, rows, stack->width, nn);
    stage->done += rows;
}

static void layer_step(struct voc_stack_state *state, size_t i, size_t total, const struct voc_stack *stack,
                       const struct nn_kernels *nn)
{
    const struct voc_layer *const layer = &stack->layers[i];
    struct voc_stage *const stage = &state->stages[i + 1];
    const size_t width = stack->width, out_width = layer->out.out;
    const size_t rows = ready_rows(stage, state->stages[i].done, total);
    if (rows == 0)
        return;
    const float *const window = nn_history_rows(&stage->in, stage->done, rows + stage->span);
    nn->linear8(state->gate, 2 * width, window, layer->dilation, rows, &layer->gate);
    for (size_t r = 0; r < rows; r++)
        nn->gated_step(state->gated + r * width, state->gate + r * 2 * width, width);
    nn->quantise(state->gated8, state->gated, rows, width);
    nn->linear8(state->out, out_width, state->gated8, 0, rows, &layer->out);

    for (size_t r = 0; r < rows; r++) {
        float *const skip = state->skip + (stage->done + r) % state->skip_rows * width;
        if (i == 0)
            memset(skip, 0, width * sizeof(float));
        nn->axpy(skip, 1.0f, state->out + r * out_width + (out_width - width), width);
    }
    if (i + 1 < stack->n_layers) {
        struct voc_stage *const next = &state->stages[i + 2];
        float *const y = nn_history_push(&next->exact, rows);
        const float *const x = nn_history_rows(&stage->exact, stage->done, rows);
        for (size_t r = 0; r < rows; r++)
            for (size_t c = 0; c < width; c++)
                y[r * width + c] = (x[r * width + c] + state->out[r * 2 * width + c]) * SQRT_HALF;
        pass_on(next, rows, width, nn);
    }
    stage->done += rows;
}

void voc_stack_step(struct voc_stack_state *state, size_t n, size_t total, const struct voc_stack *stack,
                    const struct nn_kernels *nn)
{
    struct voc_stage *const first = &state->stages[0];
    nn->quantise(nn_history_push(&first->in, n), state->frames, n, stack->inputs);
    nn_history_commit(&first->in, n);
    const size_t fed = total == VOC_UNKNOWN ? 0 : total; /* the length is known when all frames are in */
    input_step(state, fed, total, stack, nn);
    for (size_t i = 0; i < stack->n_layers; i++)
        layer_step(state, i, total, stack, nn);
}

size_t voc_stack_done(const struct voc_stack_state *state, const struct voc_stack *stack)
{
    return state->stages[stack->n_layers].done;
}

const float *voc_stack_skip(const struct voc_stack_state *state, const struct voc_stack *stack, size_t t)
{
    return state->skip + t % state->skip_rows * stack->width;
}
