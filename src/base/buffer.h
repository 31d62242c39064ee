/* Strings and arrays that grow. */
#ifndef LINNET_BASE_BUFFER_H
#define LINNET_BASE_BUFFER_H

#include "compiler.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A string that grows; data is NUL-terminated after the first successful call, and NULL before it. Starts as {0}. */
struct base_buffer {
    char *data;
    size_t length, capacity;
};

/* false: out of memory, the buffer is as before. */
BASE_MUST_USE bool base_buffer_add(struct base_buffer *buffer, const char *bytes, size_t size);
/* Appends one code point as UTF-8. */
BASE_MUST_USE bool base_buffer_put(struct base_buffer *buffer, uint32_t codepoint);
/* Shortens to `length`, which is at most buffer->length. */
void base_buffer_cut(struct base_buffer *buffer, size_t length);
void base_buffer_free(struct base_buffer *buffer);

/* Grows an array so that it can hold one element more than `count`; *capacity and *array change together or not at
 * all. */
BASE_MUST_USE bool base_reserve(void **array, size_t *capacity, size_t count, size_t element_size);

#endif
