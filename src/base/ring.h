/* A ring of floats between one producer thread and one consumer thread, without locks: the consumer may be an audio
 * callback. Neither side waits, allocates or calls the system; each gets through as many numbers as there are or fit.
 *
 * Positions only grow (size_t wraps around consistently, the capacity being a power of two); their difference is the
 * fill. */
#ifndef LINNET_BASE_RING_H
#define LINNET_BASE_RING_H

#include "compiler.h"
#include <stddef.h>

struct base_ring;

/* A ring for at least `capacity` numbers (1 ... 2^28), rounded up to a power of two. LINNET_ERR_ARGUMENT or
 * LINNET_ERR_MEMORY; *out is NULL then. */
BASE_MUST_USE int base_ring_open(struct base_ring **out, size_t capacity);
/* Not while a side uses it. NULL and pointer to NULL are fine. */
void base_ring_close(struct base_ring **ring);

size_t base_ring_capacity(const struct base_ring *ring);

/* Producer: copies up to n numbers in; returns how many fitted. */
size_t base_ring_write(struct base_ring *ring, const float *from, size_t n);
/* Producer: how many fit now; the consumer can only make it more. */
size_t base_ring_room(const struct base_ring *ring);

/* Consumer: copies up to n numbers out; returns how many there were. `to` NULL: throws them away. */
size_t base_ring_read(struct base_ring *ring, float *to, size_t n);
/* Consumer: how many there are now; the producer can only make it more. */
size_t base_ring_fill(const struct base_ring *ring);

#endif
