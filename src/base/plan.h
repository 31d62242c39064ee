/* Plan, then run: memory for a set of arrays is counted first and taken as one block afterwards.
 *
 * A layout function takes its arrays from a plan, one after another. It runs twice: with plan.memory NULL it only
 * counts (every array is NULL then), and once more with the block in plan.memory it hands out the arrays. So sizes
 * stand in one place. */
#ifndef LINNET_BASE_PLAN_H
#define LINNET_BASE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

struct base_plan {
    unsigned char *memory; /* NULL while counting, then a block of `used` bytes, aligned to BASE_ALIGNMENT */
    size_t used;           /* bytes so far, a multiple of BASE_ALIGNMENT */
    bool overflow;         /* some size didn't fit into size_t */
};

/* Room for count * size bytes, aligned to BASE_ALIGNMENT. */
void *base_plan_take(struct base_plan *plan, size_t count, size_t size);

/* The same for floats [rows, width]. */
float *base_plan_floats(struct base_plan *plan, size_t rows, size_t width);

#endif
