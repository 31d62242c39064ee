/* The only place for compiler extensions; everything else is C11 plus POSIX.1-2008. */
#ifndef LINNET_BASE_COMPILER_H
#define LINNET_BASE_COMPILER_H

#if defined(__GNUC__)
#define BASE_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define BASE_MUST_USE __attribute__((warn_unused_result))
#else
#define BASE_PRINTF(text, first)
#define BASE_MUST_USE
#endif

#endif
