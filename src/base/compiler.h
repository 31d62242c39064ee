/* The only place for compiler extensions; everything else is C11 plus POSIX.1-2008. */
#ifndef LINNET_BASE_COMPILER_H
#define LINNET_BASE_COMPILER_H

#if defined(__GNUC__)
#define BASE_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define BASE_MUST_USE __attribute__((warn_unused_result))
#define BASE_ALWAYS_INLINE inline __attribute__((always_inline))
/* Has the compiler take the vector x as it is here, in a register, and not reorder how it came about. */
#if defined(__x86_64__)
#define BASE_SETTLE(x) __asm__("" : "+v"(x))
#else
#define BASE_SETTLE(x) ((void)(x))
#endif
/* Vectors that the compiler maps to whatever the machine has: src/nn/nn_vec_plain.h. */
#define BASE_VECTOR(bytes) __attribute__((vector_size(bytes)))
#define BASE_CONVERT(type, x) __builtin_convertvector(x, type)
#else
#define BASE_PRINTF(text, first)
#define BASE_MUST_USE
#define BASE_ALWAYS_INLINE inline
#endif

#if defined(__x86_64__)
#include <stdint.h>
/* The register states that the operating system saves. Only where CPUID says OSXSAVE. */
static inline uint32_t base_read_xcr0(void)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}
#endif

/* Whether AddressSanitizer watches the ends of blocks. */
#if defined(__SANITIZE_ADDRESS__)
#define BASE_SANITIZED 1
#elif defined(__has_feature)
#define BASE_SANITIZED __has_feature(address_sanitizer)
#else
#define BASE_SANITIZED 0
#endif

/* A pointer to a function like this one. */
#define BASE_POINTER_TO(function) __typeof__(function) *

/* Asks for the cache line at p, which will be read soon. */
#define BASE_PREFETCH(p) __builtin_prefetch(p)

#endif
