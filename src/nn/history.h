/* The past of a streaming layer: the last rows of a sequence, as a ring that is never shifted.
 *
 * The ring is mirrored: row r lies at slot r % capacity and again at slot r % capacity + capacity. So any run of up to
 * `capacity` rows that the ring still holds is contiguous in memory, and a convolution or an attention window reads it
 * as if the whole sequence were there; the price is that each row is written twice. */
#ifndef LINNET_NN_HISTORY_H
#define LINNET_NN_HISTORY_H

#include "base/plan.h"
#include <stddef.h>

struct nn_history {
    float *rows;     /* [2 * capacity, width] */
    size_t width;    /* floats a row */
    size_t capacity; /* rows that can be read back */
    size_t count;    /* rows pushed since the start */
};

/* Lays out an empty history. */
void nn_history_plan(struct nn_history *history, struct base_plan *plan, size_t capacity, size_t width);

/* Room for the next n <= capacity rows. They count from nn_history_commit() with the same n on. */
float *nn_history_push(struct nn_history *history, size_t n);
void nn_history_commit(struct nn_history *history, size_t n);

/* Pushes n <= capacity rows of zeros. */
void nn_history_zeros(struct nn_history *history, size_t n);

/* Rows first ... first+n-1, which must be among the last `capacity` rows pushed. */
const float *nn_history_rows(const struct nn_history *history, size_t first, size_t n);

/* The same without the mirror, for readers that take the rows in the two runs that a ring makes of them: half of the
 * memory, and no row is written twice. */
struct nn_ring {
    float *rows;     /* [capacity, width] */
    size_t width;    /* floats a row */
    size_t capacity; /* rows that can be read back */
    size_t count;    /* rows pushed since the start */
};

void nn_ring_plan(struct nn_ring *ring, struct base_plan *plan, size_t capacity, size_t width);

/* Room for the next rows, at most *n of them; *n becomes for how many. They count at once. */
float *nn_ring_push(struct nn_ring *ring, size_t *n);

/* Row `first` and those behind it, at most *n; *n becomes how many. All must be among the last `capacity` pushed. */
const float *nn_ring_rows(const struct nn_ring *ring, size_t first, size_t *n);

#endif
