/* Allocation wrappers, see alloc.h. posix_memalign rather than aligned_alloc because its size needs no rounding, so
 * that AddressSanitizer sees the exact end of a block. */
#define _DEFAULT_SOURCE /* madvise() */
#include "base/alloc.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE ((size_t)1 << 18) /* bytes */
#define HUGE_PAGE ((size_t)1 << 21)
#define PAGE ((size_t)1 << 12)

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

/* Makes the whole pages of a block zeros again, which the system does when they are first touched. The answer is how many
 * bytes that are. */
static size_t renew_pages(void *block, size_t bytes)
{
#ifdef MADV_DONTNEED
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), whole = bytes / page * page;
    return madvise(block, whole, MADV_DONTNEED) == 0 ? whole : 0;
#else
    (void)block, (void)bytes;
    return 0;
#endif
}

/* Large blocks, which are weights and the states of streams, come as huge pages where little of the last one is wasted,
 * or with all their pages at once: to touch 12 MB page by page takes 7 ms of a cold start, to fill them with zeros that
 * they have another one. The advice is a wish; whether it is granted doesn't matter. */
static void *alloc_large(size_t bytes)
{
    void *block = NULL;
    const size_t huge = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    const bool whole = !BASE_SANITIZED && huge - bytes < huge / 5 * 2;
    if (posix_memalign(&block, whole || bytes > HUGE_PAGE ? HUGE_PAGE : PAGE, whole ? huge : bytes) != 0)
        return NULL;
    const size_t zeros = renew_pages(block, bytes);
#ifdef MADV_HUGEPAGE
    if (whole || bytes > HUGE_PAGE)
        madvise(block, whole ? huge : bytes, MADV_HUGEPAGE);
#endif
#ifdef MADV_POPULATE_WRITE
    madvise(block, bytes / PAGE * PAGE, MADV_POPULATE_WRITE);
#endif
    memset((char *)block + zeros, 0, bytes - zeros);
    return block;
}

/* Zero-filled. */
static void *alloc_bytes(size_t bytes)
{
    void *block = NULL;
    if (must_fail())
        return NULL;
    if (bytes >= LARGE)
        return alloc_large(bytes);
    if (posix_memalign(&block, BASE_ALIGNMENT, bytes ? bytes : 1) != 0)
        return NULL;
    memset(block, 0, bytes);
    return block;
}

void *base_alloc(size_t count, size_t size)
{
    size_t bytes;
    return base_mul(&bytes, count, size) ? alloc_bytes(bytes) : NULL;
}

void *base_resize(void *block, size_t old_count, size_t new_count, size_t size)
{
    size_t old_bytes, new_bytes;
    if (!base_mul(&old_bytes, old_count, size) || !base_mul(&new_bytes, new_count, size))
        return NULL;
    void *const grown = alloc_bytes(new_bytes);
    if (!grown)
        return NULL;
    const size_t kept = old_bytes < new_bytes ? old_bytes : new_bytes;
    if (block && kept)
        memcpy(grown, block, kept);
    free(block);
    return grown;
}

void base_free(void *block)
{
    free(block);
}
