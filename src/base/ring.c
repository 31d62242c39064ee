/* Single-producer, single-consumer ring, see ring.h. The numbers become visible before the position that covers them:
 * release on the side that moves a position, acquire on the side that reads it. */
#include "base/ring.h"

#include "base/alloc.h"
#include "linnet.h"
#include <stdatomic.h>
#include <string.h>

#define MAX_CAPACITY ((size_t)1 << 28)

struct base_ring {
    float *data; /* [capacity] */
    size_t capacity;
    _Alignas(BASE_ALIGNMENT) atomic_size_t written; /* by the producer; a cache line of its own */
    _Alignas(BASE_ALIGNMENT) atomic_size_t taken;   /* by the consumer */
};

int base_ring_open(struct base_ring **out, size_t capacity)
{
    *out = NULL;
    if (capacity < 1 || capacity > MAX_CAPACITY)
        return LINNET_ERR_ARGUMENT;
    struct base_ring *ring = base_alloc(1, sizeof *ring);
    if (!ring)
        return LINNET_ERR_MEMORY;
    ring->capacity = 1;
    while (ring->capacity < capacity)
        ring->capacity *= 2;
    atomic_init(&ring->written, 0);
    atomic_init(&ring->taken, 0);
    ring->data = base_alloc(ring->capacity, sizeof *ring->data);
    if (!ring->data) {
        base_ring_close(&ring);
        return LINNET_ERR_MEMORY;
    }
    *out = ring;
    return LINNET_OK;
}

void base_ring_close(struct base_ring **ring)
{
    if (!ring || !*ring)
        return;
    base_free((*ring)->data);
    base_free(*ring);
    *ring = NULL;
}

size_t base_ring_capacity(const struct base_ring *ring)
{
    return ring->capacity;
}

size_t base_ring_room(const struct base_ring *ring)
{
    const size_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    return ring->capacity - (written - atomic_load_explicit(&ring->taken, memory_order_acquire));
}

size_t base_ring_fill(const struct base_ring *ring)
{
    const size_t taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    return atomic_load_explicit(&ring->written, memory_order_acquire) - taken;
}

/* How many of n numbers from `position` on lie before the end of the block; the rest goes on at its start. */
static size_t before_end(const struct base_ring *ring, size_t position, size_t n)
{
    const size_t left = ring->capacity - (position & (ring->capacity - 1));
    return n < left ? n : left;
}

size_t base_ring_write(struct base_ring *ring, const float *from, size_t n)
{
    const size_t room = base_ring_room(ring);
    n = n < room ? n : room;
    if (n == 0)
        return 0;
    const size_t position = atomic_load_explicit(&ring->written, memory_order_relaxed);
    const size_t first = before_end(ring, position, n);
    memcpy(ring->data + (position & (ring->capacity - 1)), from, first * sizeof *from);
    memcpy(ring->data, from + first, (n - first) * sizeof *from);
    atomic_store_explicit(&ring->written, position + n, memory_order_release);
    return n;
}

size_t base_ring_read(struct base_ring *ring, float *to, size_t n)
{
    const size_t fill = base_ring_fill(ring);
    n = n < fill ? n : fill;
    if (n == 0)
        return 0;
    const size_t position = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    if (to) {
        const size_t first = before_end(ring, position, n);
        memcpy(to, ring->data + (position & (ring->capacity - 1)), first * sizeof *to);
        memcpy(to + first, ring->data, (n - first) * sizeof *to);
    }
    atomic_store_explicit(&ring->taken, position + n, memory_order_release);
    return n;
}
