/* The GGUF v3 container as tables: views into the bytes of its header, and places of the data behind it, every count,
 * offset and size checked; no knowledge of the models. Private to src/voice. The header's bytes are borrowed and must
 * outlive the struct. */
#ifndef LINNET_VOICE_GGUF_H
#define LINNET_VOICE_GGUF_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VOICE_MAX_NAME 64
#define VOICE_MAX_DIMS 4

enum voice_value_type { /* numbers of the GGUF specification */
                        VOICE_U8,
                        VOICE_I8,
                        VOICE_U16,
                        VOICE_I16,
                        VOICE_U32,
                        VOICE_I32,
                        VOICE_F32,
                        VOICE_BOOL,
                        VOICE_STRING,
                        VOICE_ARRAY,
                        VOICE_U64,
                        VOICE_I64,
                        VOICE_F64,
                        VOICE_N_VALUE_TYPES
};

enum voice_tensor_type { VOICE_TENSOR_F32 = 0, VOICE_TENSOR_F16 = 1, VOICE_TENSOR_Q8_0 = 8 };

struct voice_key {
    char name[VOICE_MAX_NAME + 1];
    uint32_t type, element_type; /* enum voice_value_type; element_type for arrays only */
    size_t count;                /* bytes of a string, elements of an array, else 1 */
    const uint8_t *bytes;        /* the value; for an array its first element */
};

struct voice_tensor {
    char name[VOICE_MAX_NAME + 1];
    uint32_t type;                       /* enum voice_tensor_type */
    size_t n_dims, dims[VOICE_MAX_DIMS]; /* outermost first */
    size_t n_numbers, n_bytes;
    uint64_t offset; /* into the data section */
    uint64_t place;  /* of its n_bytes, from the start of the file */
};

struct voice_gguf {
    size_t n_keys, n_tensors;
    struct voice_key *keys;       /* [n_keys], sorted by name */
    struct voice_tensor *tensors; /* [n_tensors], sorted by name */
    size_t header_bytes;          /* everything before the padding */
};

/* Fills *gguf from the first `size` bytes of a file of `file_size`. On failure *gguf is empty and needs no closing;
 * *more (NULL when size is file_size): what failed is only that the header doesn't end within `size`. */
BASE_MUST_USE int voice_gguf_parse(struct voice_gguf *gguf, const void *data, size_t size, uint64_t file_size,
                                   bool *more, struct base_error *err);
void voice_gguf_clear(struct voice_gguf *gguf);

/* NULL if there is none of that name. */
const struct voice_key *voice_gguf_key(const struct voice_gguf *gguf, const char *name);
const struct voice_tensor *voice_gguf_tensor(const struct voice_gguf *gguf, const char *name);

/* "u32", "string" ...; "unknown" outside the enum. */
const char *voice_value_type_name(uint32_t type);
const char *voice_tensor_type_name(uint32_t type);
/* Bytes of so many numbers, whole blocks, of a type of the enum. */
size_t voice_tensor_type_bytes(uint32_t type, size_t n_numbers);

/* Little-endian numbers at any alignment. */
uint32_t voice_load_u32(const uint8_t *bytes);
uint64_t voice_load_u64(const uint8_t *bytes);
float voice_load_f32(const uint8_t *bytes);

#endif
