/* Builds small GGUF voices in memory for tests, right ones and wrong ones. */
#ifndef LINNET_TESTS_VOICE_BUILDER_H
#define LINNET_TESTS_VOICE_BUILDER_H

#include <stddef.h>
#include <stdint.h>

struct vb_bytes {
    uint8_t *data;
    size_t size, room;
};

struct voice_builder {
    struct vb_bytes keys, infos, data;
    uint64_t n_keys, n_tensors;
    size_t alignment; /* of the data, 32 at first; independent of the key */
};

void vb_init(struct voice_builder *b);
void vb_free(struct voice_builder *b);

void vb_u32(struct voice_builder *b, const char *key, uint32_t value);
void vb_f32(struct voice_builder *b, const char *key, float value);
void vb_string(struct voice_builder *b, const char *key, const char *value);
void vb_u32s(struct voice_builder *b, const char *key, const uint32_t *values, size_t count);
void vb_strings(struct voice_builder *b, const char *key, const char *const *values, size_t count);

/* A key of any type with any bytes as value. */
void vb_raw_key(struct voice_builder *b, const char *key, size_t key_length, uint32_t type, const void *value,
                size_t size);

/* dims outermost first. Appends padding and n_bytes of data. */
void vb_tensor(struct voice_builder *b, const char *name, uint32_t type, const uint64_t *dims, size_t n_dims,
               const void *data, size_t n_bytes);
/* An info alone, true or false. */
void vb_raw_tensor(struct voice_builder *b, const char *name, size_t name_length, uint32_t type, const uint64_t *dims,
                   uint32_t n_dims, uint64_t offset);

/* All keys of a valid voice except those that `skip` names, with spaces between them (NULL: none); general.alignment
 * and the optional ones aren't among them. */
void vb_valid_keys(struct voice_builder *b, const char *skip);

/* The file, in a malloc()ed block of exactly *size bytes. */
uint8_t *vb_finish(const struct voice_builder *b, size_t *size);

#endif
