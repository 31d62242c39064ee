/* The kind "wavenet": a WaveNet stack at frame rate that steers a source-filter head (FORMAT.md section 5), block by
 * block.
 *
 *     frames -> voc_stack (skip sums) -> voc_head (filters x sources, overlap-add) */
#include "base/alloc.h"
#include "base/records.h"
#include "linnet.h"
#include "vocoder/filter_head.h"
#include "vocoder/kind.h"
#include "vocoder/wavenet.h"
#include <string.h>

/* Bounds of what comes in; only a damaged voice or a caller's own frames get there. */
#define MOST_MEL 100.0f
#define MOST_LOG_F0 12.0f

struct network {
    struct voc_network base;
    struct voc_stack stack;
    struct voc_head head;
    size_t n_mels;
    float pitch_mean, pitch_std;
    const struct nn_kernels *nn;
    void *memory;
};

struct state {
    struct voc_state base;
    const struct network *network;
    struct voc_stack_state stack;
    struct voc_head_state head;
    void *memory;
    size_t n_frames;     /* that came in */
    bool ended, drained; /* pull() was called; has given the last samples */
};

static float bound(float x, float least, float most)
{
    return x > least ? (x < most ? x : most) : least; /* NaN: least */
}

/* ---- the network ------------------------------------------------------------------------------------------------- */

static void layout_network(struct voice_binder *binder, void *memory)
{
    struct network *const network = memory;
    voc_stack_bind(binder, &network->stack);
    voc_head_bind(binder, &network->head);
}

static void unbind(struct voc_network *base)
{
    struct network *const network = (struct network *)base;
    base_free(network->memory);
    base_free(network);
}

static int bind(struct voc_network **out, const struct voice_file *voice, struct base_error *err)
{
    const struct voice_meta *const meta = voice_file_meta(voice);
    struct network *const network = base_alloc(1, sizeof *network);
    if (!network)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: vocoder: out of memory", voice_file_path(voice));
    network->nn = nn_kernels();
    network->n_mels = meta->n_mels;
    network->pitch_mean = meta->pitch_mean;
    network->pitch_std = meta->pitch_std;
    voc_stack_sizes(&network->stack, meta);
    voc_head_sizes(&network->head, meta);
    const int status = voice_bind(&network->memory, voice, layout_network, network, err);
    if (status == LINNET_OK)
        *out = &network->base;
    else
        unbind(&network->base);
    return status;
}

static size_t lookahead(const struct voc_network *base)
{
    const struct network *const network = (const struct network *)base;
    const size_t stack = voc_stack_lookahead(&network->stack), sources = voc_head_lookahead(&network->head);
    /* Frame t completes the positions before (t + 1) * hop, and the first sample is at position `edge`. */
    return network->head.edge / network->head.hop + 1 + (stack > sources ? stack : sources);
}

static size_t cost(const struct voc_network *base)
{
    const struct network *const network = (const struct network *)base;
    const struct voc_stack *const stack = &network->stack;
    size_t sum = stack->width * stack->in_kernel * stack->inputs;
    for (size_t i = 0; i < stack->n_layers; i++)
        sum += 3 * stack->width * 2 * stack->width + stack->layers[i].out.out * stack->width;
    return sum + network->head.hidden * (stack->width + network->head.outputs);
}

/* ---- a sentence -------------------------------------------------------------------------------------------------- */

static void layout_state(struct state *s, struct base_plan *plan)
{
    const struct network *const n = s->network;
    const size_t keep = voc_head_lookahead(&n->head) + VOC_TILE;
    voc_stack_plan(&s->stack, plan, &n->stack, keep);
    voc_head_plan(&s->head, plan, &n->head, VOC_TILE, voc_stack_lookahead(&n->stack) + keep + VOC_TILE);
}

/* Memory and tables. */
static bool prepare(struct state *s)
{
    struct base_plan plan = {0};
    layout_state(s, &plan);
    s->memory = plan.overflow ? NULL : base_alloc(plan.used, 1);
    if (!s->memory)
        return false;
    plan = (struct base_plan){.memory = s->memory};
    layout_state(s, &plan);
    voc_head_init(&s->head, &s->network->head);
    return true;
}

static void close(struct voc_state *base)
{
    struct state *const s = (struct state *)base;
    base_free(s->memory);
    base_free(s);
}

static void reset(struct voc_state *base)
{
    struct state *const s = (struct state *)base;
    voc_stack_reset(&s->stack, &s->network->stack);
    voc_head_reset(&s->head, &s->network->head);
    s->n_frames = 0;
    s->ended = s->drained = false;
}

static bool open(struct voc_state **out, const struct voc_network *network)
{
    struct state *const s = base_alloc(1, sizeof *s);
    if (!s)
        return false;
    s->network = (const struct network *)network;
    const bool fine = prepare(s);
    if (fine) {
        reset(&s->base);
        *out = &s->base;
    } else {
        close(&s->base);
    }
    return fine;
}

/* Frames -> rows of the stack's input, and the sources' parameters. */
static void take_frames(struct state *s, const float *frames, size_t n)
{
    const struct network *const net = s->network;
    const size_t row = net->n_mels + MEL_EXTRA;
    float *const x = voc_stack_frames(&s->stack);
    for (size_t r = 0; r < n; r++) {
        const float *const frame = frames + r * row;
        const float log_f0 = bound(frame[net->n_mels], 0.0f, MOST_LOG_F0);
        const float voicing = bound(frame[net->n_mels + 1], 0.0f, 1.0f);
        for (size_t i = 0; i < net->n_mels; i++)
            x[r * row + i] = bound(frame[i], -MOST_MEL, MOST_MEL);
        x[r * row + net->n_mels] = (log_f0 - net->pitch_mean) / net->pitch_std;
        x[r * row + net->n_mels + 1] = voicing;
        voc_head_frame(&s->head, log_f0, voicing);
    }
    s->n_frames += n;
}

/* Runs stack and head on n frames, at most VOC_TILE, and returns the samples that became complete. */
static size_t push(struct voc_state *base, const float *frames, size_t n, float *out)
{
    struct state *const s = (struct state *)base;
    const struct network *const net = s->network;
    take_frames(s, frames, n);
    voc_stack_step(&s->stack, n, s->ended ? s->n_frames : VOC_UNKNOWN, &net->stack, net->nn);

    const size_t wait = s->ended ? 0 : voc_head_lookahead(&net->head);
    const size_t sourced = s->n_frames > wait ? s->n_frames - wait : 0;
    const size_t stacked = voc_stack_done(&s->stack, &net->stack), first = s->head.done;
    const size_t ready = (stacked < sourced ? stacked : sourced) - first, rows = ready < VOC_TILE ? ready : VOC_TILE;
    for (size_t r = 0; r < rows; r++)
        memcpy(s->head.rows + r * net->stack.width, voc_stack_skip(&s->stack, &net->stack, first + r),
               net->stack.width * sizeof(float));
    return voc_head_run(&s->head, out, rows, s->ended, &net->head, net->nn);
}

static size_t pull(struct voc_state *base, float *out)
{
    struct state *const s = (struct state *)base;
    size_t made = 0;
    s->ended = true;
    while (made == 0 && !s->drained) {
        if (s->head.done < s->n_frames) {
            made = push(base, NULL, 0, out);
        } else {
            made = voc_head_tail(&s->head, out, &s->network->head, s->network->nn);
            s->drained = true;
        }
    }
    return made;
}

static int status(const struct voc_state *base)
{
    (void)base;
    return LINNET_OK;
}

const struct voc_kind voc_wavenet_kind = {.name = "wavenet",
                                          .bind = bind,
                                          .unbind = unbind,
                                          .lookahead = lookahead,
                                          .cost = cost,
                                          .open = open,
                                          .close = close,
                                          .reset = reset,
                                          .push = push,
                                          .pull = pull,
                                          .status = status};
