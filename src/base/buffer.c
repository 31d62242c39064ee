/* Growing. See buffer.h. */
#include "base/buffer.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include <string.h>

#define FIRST_CAPACITY 64

bool base_reserve(void **array, size_t *capacity, size_t count, size_t element_size)
{
    if (count < *capacity)
        return true;
    size_t wanted = count + 1 > FIRST_CAPACITY ? count + 1 : FIRST_CAPACITY;
    if (!base_add(&wanted, wanted, *capacity))
        return false;
    void *const grown = base_resize(*array, *capacity, wanted, element_size);
    if (!grown)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

bool base_buffer_add(struct base_buffer *buffer, const char *bytes, size_t size)
{
    size_t end = buffer->length + size;
    if (buffer->capacity - buffer->length <= size) { /* there is always room for a terminator */
        void *data = buffer->data;
        if (!base_add(&end, buffer->length, size) || !base_reserve(&data, &buffer->capacity, end, 1))
            return false;
        buffer->data = data;
    }
    if (size)
        memcpy(buffer->data + buffer->length, bytes, size);
    buffer->length = end;
    buffer->data[end] = '\0';
    return true;
}

bool base_buffer_put(struct base_buffer *buffer, uint32_t codepoint)
{
    char bytes[4];
    return base_buffer_add(buffer, bytes, base_utf8_put(bytes, codepoint));
}

void base_buffer_cut(struct base_buffer *buffer, size_t length)
{
    if (buffer->data)
        buffer->data[length] = '\0';
    buffer->length = length;
}

void base_buffer_free(struct base_buffer *buffer)
{
    base_free(buffer->data);
    *buffer = (struct base_buffer){0};
}
