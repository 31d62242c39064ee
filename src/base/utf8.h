/* UTF-8 decoding that never fails: ill-formed bytes become U+FFFD, one for each maximal subpart of a well-formed
 * sequence (The Unicode Standard, section 3.9, "U+FFFD Substitution of Maximal Subparts"). */
#ifndef LINNET_BASE_UTF8_H
#define LINNET_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BASE_REPLACEMENT 0xFFFDu

struct base_codepoint {
    uint32_t value; /* a Unicode scalar value; BASE_REPLACEMENT when !valid */
    size_t length;  /* bytes taken, 1 ... 4 */
    bool valid;
};

/* Decodes the first code point of text[size], size >= 1. */
struct base_codepoint base_utf8_next(const char *text, size_t size);

/* Writes the UTF-8 form of a scalar value (others: of U+FFFD) to out[0 ... 3], no terminator; returns its length. */
size_t base_utf8_put(char *out, uint32_t value);

/* Code points of text[size] as base_utf8_next() would give them; *invalid (may be NULL) gets how many were replaced. */
size_t base_utf8_count(const char *text, size_t size, size_t *invalid);

#endif
