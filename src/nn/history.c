/* Rings, see history.h. */
#include "nn/history.h"

#include <assert.h>
#include <string.h>

void nn_history_plan(struct nn_history *history, struct base_plan *plan, size_t capacity, size_t width)
{
    history->width = width;
    history->capacity = capacity;
    history->count = 0;
    history->rows = base_plan_floats(plan, capacity, width * 2);
    if (width * 2 / 2 != width)
        plan->overflow = true;
}

float *nn_history_push(struct nn_history *history, size_t n)
{
    assert(n <= history->capacity);
    return history->rows + history->count % history->capacity * history->width;
}

void nn_history_commit(struct nn_history *history, size_t n)
{
    const size_t width = history->width, capacity = history->capacity;
    const size_t first = history->count % capacity;
    const size_t low = first + n <= capacity ? n : capacity - first; /* rows that were written into the lower half */
    memcpy(history->rows + (first + capacity) * width, history->rows + first * width, low * width * sizeof(float));
    memcpy(history->rows, history->rows + capacity * width, (n - low) * width * sizeof(float));
    history->count += n;
}

void nn_history_zeros(struct nn_history *history, size_t n)
{
    memset(nn_history_push(history, n), 0, n * history->width * sizeof(float));
    nn_history_commit(history, n);
}

const float *nn_history_rows(const struct nn_history *history, size_t first, size_t n)
{
    assert(n <= history->capacity && first + n <= history->count && first + history->capacity >= history->count);
    return history->rows + first % history->capacity * history->width;
}

/* ---- without the mirror ---- */

void nn_ring_plan(struct nn_ring *ring, struct base_plan *plan, size_t capacity, size_t width)
{
    ring->width = width;
    ring->capacity = capacity;
    ring->count = 0;
    ring->rows = base_plan_floats(plan, capacity, width);
}

static void cut_run(const struct nn_ring *ring, size_t first, size_t *n)
{
    const size_t left = ring->capacity - first % ring->capacity;
    *n = *n < left ? *n : left;
}

float *nn_ring_push(struct nn_ring *ring, size_t *n)
{
    float *const room = ring->rows + ring->count % ring->capacity * ring->width;
    cut_run(ring, ring->count, n);
    ring->count += *n;
    return room;
}

const float *nn_ring_rows(const struct nn_ring *ring, size_t first, size_t *n)
{
    assert(first < ring->count && first + ring->capacity >= ring->count);
    cut_run(ring, first, n);
    return ring->rows + first % ring->capacity * ring->width;
}
