/* Allocation wrappers, see alloc.h. posix_memalign rather than aligned_alloc because its size needs no rounding, so
 * that AddressSanitizer sees the exact end of a block. */
#define _DEFAULT_SOURCE /* madvise() */
#include "base/alloc.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)1 << 21) /* bytes */

/* Allocations left until failure, 0: never. The one mutable global of base; only tests write it. */
static atomic_long fail_countdown;

static bool must_fail(void)
{
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) == 0)
        return false;
    if (atomic_fetch_sub(&fail_countdown, 1) > 1)
        return false;
    atomic_store(&fail_countdown, 1); /* and all after it */
    return true;
}

void base_alloc_fail_at(long n)
{
    atomic_store(&fail_countdown, n);
}

bool base_mul(size_t *out, size_t a, size_t b)
{
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *out = a * b;
    return true;
}

bool base_add(size_t *out, size_t a, size_t b)
{
    if (a > SIZE_MAX - b)
        return false;
    *out = a + b;
    return true;
}

/* Large blocks, which are weights and the states of streams, ask for huge pages: touching 24 MB page by page takes 10
 * ms of a cold start. */
static void *alloc_bytes(size_t bytes)
{
    void *block = NULL;
    const bool large = bytes >= HUGE_PAGE;
    if (must_fail() || posix_memalign(&block, large ? HUGE_PAGE : BASE_ALIGNMENT, bytes ? bytes : 1) != 0)
        return NULL;
#ifdef MADV_HUGEPAGE
    if (large)
        madvise(block, bytes, MADV_HUGEPAGE); /* a wish: whether it is granted doesn't matter */
#endif
    return block;
}

void *base_alloc(size_t count, size_t size)
{
    size_t bytes;
    if (!base_mul(&bytes, count, size))
        return NULL;
    void *const block = alloc_bytes(bytes);
    if (block)
        memset(block, 0, bytes);
    return block;
}

void *base_resize(void *block, size_t old_count, size_t new_count, size_t size)
{
    size_t old_bytes, new_bytes;
    if (!base_mul(&old_bytes, old_count, size) || !base_mul(&new_bytes, new_count, size))
        return NULL;
    char *const grown = alloc_bytes(new_bytes);
    if (!grown)
        return NULL;
    const size_t kept = old_bytes < new_bytes ? old_bytes : new_bytes;
    if (block && kept)
        memcpy(grown, block, kept);
    memset(grown + (block ? kept : 0), 0, new_bytes - (block ? kept : 0));
    free(block);
    return grown;
}

void base_free(void *block)
{
    free(block);
}
