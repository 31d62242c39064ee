/* The only way to the heap inside Linnet: aligned for kernels, checked for overflow, and able to fail on request in
 * tests. */
#ifndef LINNET_BASE_ALLOC_H
#define LINNET_BASE_ALLOC_H

#include "compiler.h"
#include <stdbool.h>
#include <stddef.h>

#define BASE_ALIGNMENT 64 /* bytes: a cache line, and the widest vector register */

/* count * size bytes, zero-filled, aligned to BASE_ALIGNMENT. NULL when out of memory or when the product overflows;
 * never NULL for a product of 0. Free with base_free(). */
BASE_MUST_USE void *base_alloc(size_t count, size_t size);

/* Grows or shrinks `block` (NULL: allocates) from old_count to new_count elements of `size` bytes; new elements are
 * zero. Returns the new block; on failure NULL, and the old block stays valid. */
BASE_MUST_USE void *base_resize(void *block, size_t old_count, size_t new_count, size_t size);

/* NULL is fine. */
void base_free(void *block);

/* *out = a * b or a + b; false (and *out untouched) on overflow. */
BASE_MUST_USE bool base_mul(size_t *out, size_t a, size_t b);
BASE_MUST_USE bool base_add(size_t *out, size_t a, size_t b);

/* For tests: the n-th allocation from now (1 = the next), in any thread, and all after it fail. 0: none fails. */
void base_alloc_fail_at(long n);

#endif
