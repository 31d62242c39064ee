/* GGUF v3 container, see voice_gguf.h and voices/FORMAT.md section 1 for the limits. The file is hostile input: each
 * number is checked where it is read, before it is used, and the message names what it belongs to. */
#include "voice/voice_gguf.h"

#include "base/alloc.h"
#include "linnet.h"
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_KEYS 4096
#define MAX_TENSORS 4096
#define MAX_STRING 65536
#define MAX_ARRAY 65536
#define MAX_DIM ((uint64_t)1 << 20)
#define MAX_NUMBERS ((uint64_t)1 << 26)
#define DEFAULT_ALIGNMENT 32
#define MAX_ALIGNMENT 4096

struct value_type {
    const char *name;
    size_t size; /* bytes; 0: variable */
};

static const struct value_type value_types[VOICE_N_VALUE_TYPES] = {
    [VOICE_U8] = {"u8", 1},       [VOICE_I8] = {"i8", 1},   [VOICE_U16] = {"u16", 2}, [VOICE_I16] = {"i16", 2},
    [VOICE_U32] = {"u32", 4},     [VOICE_I32] = {"i32", 4}, [VOICE_F32] = {"f32", 4}, [VOICE_BOOL] = {"bool", 1},
    [VOICE_U64] = {"u64", 8},     [VOICE_I64] = {"i64", 8}, [VOICE_F64] = {"f64", 8}, [VOICE_STRING] = {"string", 0},
    [VOICE_ARRAY] = {"array", 0},
};

struct tensor_type {
    uint32_t type;
    const char *name;
    size_t block, block_bytes; /* numbers and bytes of a block */
};

static const struct tensor_type tensor_types[] = {
    {VOICE_TENSOR_F32, "F32", 1, 4},
    {VOICE_TENSOR_F16, "F16", 1, 2},
    {VOICE_TENSOR_Q8_0, "Q8_0", 32, 34},
};

/* ---- bytes ---- */

uint32_t voice_load_u32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

uint64_t voice_load_u64(const uint8_t *bytes)
{
    return voice_load_u32(bytes) | (uint64_t)voice_load_u32(bytes + 4) << 32;
}

float voice_load_f32(const uint8_t *bytes)
{
    const uint32_t bits = voice_load_u32(bytes);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The bytes of the file that haven't been read. */
struct cursor {
    const uint8_t *at, *end;
    const char *part; /* "header", "key", "tensor": what is being read, for messages */
    uint64_t index;   /* which key or tensor */
    bool at_end;      /* more was wanted than there is */
};

static int truncated(const struct cursor *c, struct base_error *err)
{
    return base_fail(err, LINNET_ERR_VOICE, "%s %" PRIu64 ": the file ends inside it", c->part, c->index);
}

static bool take(struct cursor *c, const uint8_t **bytes, uint64_t n)
{
    c->at_end = n > (uint64_t)(c->end - c->at);
    if (c->at_end)
        return false;
    *bytes = c->at;
    c->at += n;
    return true;
}

static bool take_u32(struct cursor *c, uint32_t *value)
{
    const uint8_t *bytes;
    if (!take(c, &bytes, 4))
        return false;
    *value = voice_load_u32(bytes);
    return true;
}

static bool take_u64(struct cursor *c, uint64_t *value)
{
    const uint8_t *bytes;
    if (!take(c, &bytes, 8))
        return false;
    *value = voice_load_u64(bytes);
    return true;
}

static int take_name(struct cursor *c, char name[VOICE_MAX_NAME + 1], struct base_error *err)
{
    uint64_t length;
    const uint8_t *bytes;
    if (!take_u64(c, &length))
        return truncated(c, err);
    if (length == 0 || length > VOICE_MAX_NAME)
        return base_fail(err, LINNET_ERR_VOICE, "%s %" PRIu64 ": name of %" PRIu64 " bytes, 1 to %d are allowed",
                         c->part, c->index, length, VOICE_MAX_NAME);
    if (!take(c, &bytes, length))
        return truncated(c, err);
    for (size_t i = 0; i < length; i++) /* names go into messages, so nothing may hide in them */
        if (bytes[i] <= ' ' || bytes[i] > '~')
            return base_fail(err, LINNET_ERR_VOICE,
                             "%s %" PRIu64 ": name has byte 0x%02x, only visible ASCII is allowed", c->part, c->index,
                             (unsigned)bytes[i]);
    memcpy(name, bytes, length);
    name[length] = '\0';
    return LINNET_OK;
}

/* ---- keys ---- */

const char *voice_value_type_name(uint32_t type)
{
    return type < VOICE_N_VALUE_TYPES ? value_types[type].name : "unknown";
}

static int take_string(struct cursor *c, const char *name, const uint8_t **bytes, uint64_t *length,
                       struct base_error *err)
{
    if (!take_u64(c, length))
        return truncated(c, err);
    if (*length > MAX_STRING)
        return base_fail(err, LINNET_ERR_VOICE, "key '%s': string of %" PRIu64 " bytes, at most %d are allowed", name,
                         *length, MAX_STRING);
    return take(c, bytes, *length) ? LINNET_OK : truncated(c, err);
}

static int take_array(struct cursor *c, struct voice_key *key, struct base_error *err)
{
    uint64_t count;
    if (!take_u32(c, &key->element_type) || !take_u64(c, &count))
        return truncated(c, err);
    if (key->element_type >= VOICE_N_VALUE_TYPES || key->element_type == VOICE_ARRAY)
        return base_fail(err, LINNET_ERR_VOICE, "key '%s': array of type %" PRIu32 ", which isn't allowed", key->name,
                         key->element_type);
    if (count > MAX_ARRAY)
        return base_fail(err, LINNET_ERR_VOICE, "key '%s': array of %" PRIu64 " elements, at most %d are allowed",
                         key->name, count, MAX_ARRAY);
    key->count = (size_t)count;
    key->bytes = c->at;
    const uint8_t *ignored;
    if (key->element_type != VOICE_STRING)
        return take(c, &ignored, count * value_types[key->element_type].size) ? LINNET_OK : truncated(c, err);
    for (size_t i = 0; i < key->count; i++) {
        uint64_t length;
        const int status = take_string(c, key->name, &ignored, &length, err);
        if (status != LINNET_OK)
            return status;
    }
    return LINNET_OK;
}

static int take_key(struct cursor *c, struct voice_key *key, struct base_error *err)
{
    int status = take_name(c, key->name, err);
    if (status != LINNET_OK)
        return status;
    if (!take_u32(c, &key->type))
        return truncated(c, err);
    if (key->type >= VOICE_N_VALUE_TYPES)
        return base_fail(err, LINNET_ERR_VOICE, "key '%s': unknown type %" PRIu32, key->name, key->type);
    if (key->type == VOICE_ARRAY)
        return take_array(c, key, err);
    if (key->type == VOICE_STRING) {
        uint64_t length = 0;
        status = take_string(c, key->name, &key->bytes, &length, err);
        key->count = (size_t)length;
        return status;
    }
    key->count = 1;
    return take(c, &key->bytes, value_types[key->type].size) ? LINNET_OK : truncated(c, err);
}

/* Both structs begin with their name, so one comparison sorts both tables and finds in both. */
_Static_assert(offsetof(struct voice_key, name) == 0 && offsetof(struct voice_tensor, name) == 0, "name comes first");

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Sorts a table of keys or tensors; an error names the first duplicate. */
static int sort_unique(void *table, size_t count, size_t size, const char *part, struct base_error *err)
{
    if (count > 1)
        qsort(table, count, size, compare_names);
    const char *name = table;
    for (size_t i = 1; i < count; i++, name += size)
        if (strcmp(name, name + size) == 0)
            return base_fail(err, LINNET_ERR_VOICE, "%s '%s': appears twice", part, name);
    return LINNET_OK;
}

static int parse_keys(struct voice_gguf *gguf, struct cursor *c, struct base_error *err)
{
    c->part = "key";
    for (c->index = 0; c->index < gguf->n_keys; c->index++) {
        const int status = take_key(c, &gguf->keys[c->index], err);
        if (status != LINNET_OK)
            return status;
    }
    return sort_unique(gguf->keys, gguf->n_keys, sizeof *gguf->keys, "key", err);
}

static int read_alignment(const struct voice_gguf *gguf, size_t *alignment, struct base_error *err)
{
    *alignment = DEFAULT_ALIGNMENT;
    const struct voice_key *const key = voice_gguf_key(gguf, "general.alignment");
    if (!key)
        return LINNET_OK;
    if (key->type != VOICE_U32)
        return base_fail(err, LINNET_ERR_VOICE, "key '%s': type %s, u32 is expected", key->name,
                         voice_value_type_name(key->type));
    const uint32_t value = voice_load_u32(key->bytes);
    if (value < DEFAULT_ALIGNMENT || value > MAX_ALIGNMENT || (value & (value - 1)) != 0)
        return base_fail(err, LINNET_ERR_VOICE, "key '%s': %" PRIu32 " isn't a power of two from %d to %d", key->name,
                         value, DEFAULT_ALIGNMENT, MAX_ALIGNMENT);
    *alignment = value;
    return LINNET_OK;
}

/* ---- tensors ---- */

static const struct tensor_type *find_tensor_type(uint32_t type)
{
    for (size_t i = 0; i < sizeof tensor_types / sizeof tensor_types[0]; i++)
        if (tensor_types[i].type == type)
            return &tensor_types[i];
    return NULL;
}

const char *voice_tensor_type_name(uint32_t type)
{
    const struct tensor_type *const found = find_tensor_type(type);
    return found ? found->name : "unknown";
}

size_t voice_tensor_type_bytes(uint32_t type, size_t n_numbers)
{
    const struct tensor_type *const found = find_tensor_type(type);
    return n_numbers / found->block * found->block_bytes;
}

static int take_dims(struct cursor *c, struct voice_tensor *tensor, struct base_error *err)
{
    uint32_t n_dims;
    if (!take_u32(c, &n_dims))
        return truncated(c, err);
    if (n_dims < 1 || n_dims > VOICE_MAX_DIMS)
        return base_fail(err, LINNET_ERR_VOICE, "tensor '%s': %" PRIu32 " dimensions, 1 to %d are allowed",
                         tensor->name, n_dims, VOICE_MAX_DIMS);
    uint64_t numbers = 1;
    for (uint32_t i = 0; i < n_dims; i++) {
        uint64_t dim;
        if (!take_u64(c, &dim))
            return truncated(c, err);
        if (dim < 1 || dim > MAX_DIM)
            return base_fail(err, LINNET_ERR_VOICE,
                             "tensor '%s': dimension %" PRIu32 " is %" PRIu64 ", 1 to %" PRIu64 " are allowed",
                             tensor->name, i, dim, MAX_DIM);
        numbers *= dim; /* at most 2^26 * 2^20 before the next check */
        if (numbers > MAX_NUMBERS)
            return base_fail(err, LINNET_ERR_VOICE, "tensor '%s': more than %" PRIu64 " numbers", tensor->name,
                             MAX_NUMBERS);
        tensor->dims[n_dims - 1 - i] = (size_t)dim; /* the file has the innermost first */
    }
    tensor->n_dims = n_dims;
    tensor->n_numbers = (size_t)numbers;
    return LINNET_OK;
}

static int take_tensor(struct cursor *c, struct voice_tensor *tensor, struct base_error *err)
{
    int status = take_name(c, tensor->name, err);
    if (status == LINNET_OK)
        status = take_dims(c, tensor, err);
    if (status != LINNET_OK)
        return status;
    if (!take_u32(c, &tensor->type) || !take_u64(c, &tensor->offset))
        return truncated(c, err);
    const struct tensor_type *const type = find_tensor_type(tensor->type);
    if (!type)
        return base_fail(err, LINNET_ERR_VOICE, "tensor '%s': type %" PRIu32 " isn't F32, F16 or Q8_0", tensor->name,
                         tensor->type);
    const size_t innermost = tensor->dims[tensor->n_dims - 1];
    if (innermost % type->block != 0)
        return base_fail(err, LINNET_ERR_VOICE,
                         "tensor '%s': innermost dimension %zu isn't a multiple of %zu, as %s needs", tensor->name,
                         innermost, type->block, type->name);
    tensor->n_bytes = voice_tensor_type_bytes(tensor->type, tensor->n_numbers);
    return LINNET_OK;
}

/* The data section are the `size` bytes from `start` on. */
static int place_tensors(struct voice_gguf *gguf, uint64_t start, uint64_t size, size_t alignment,
                         struct base_error *err)
{
    for (size_t i = 0; i < gguf->n_tensors; i++) {
        struct voice_tensor *const tensor = &gguf->tensors[i];
        if (tensor->offset % alignment != 0)
            return base_fail(err, LINNET_ERR_VOICE, "tensor '%s': offset %" PRIu64 " isn't a multiple of %zu",
                             tensor->name, tensor->offset, alignment);
        if (tensor->offset > size || tensor->n_bytes > size - tensor->offset)
            return base_fail(err, LINNET_ERR_VOICE,
                             "tensor '%s': %zu bytes at offset %" PRIu64 " don't fit into %" PRIu64 " bytes of data",
                             tensor->name, tensor->n_bytes, tensor->offset, size);
        tensor->place = start + tensor->offset;
    }
    return LINNET_OK;
}

static int compare_offsets(const void *a, const void *b)
{
    const struct voice_tensor *const *const left = a, *const *const right = b;
    return ((*left)->offset > (*right)->offset) - ((*left)->offset < (*right)->offset);
}

static int check_overlap(const struct voice_gguf *gguf, struct base_error *err)
{
    const struct voice_tensor **const order = base_alloc(gguf->n_tensors, sizeof *order);
    if (!order)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < gguf->n_tensors; i++)
        order[i] = &gguf->tensors[i];
    qsort(order, gguf->n_tensors, sizeof *order, compare_offsets);
    int status = LINNET_OK;
    for (size_t i = 1; i < gguf->n_tensors && status == LINNET_OK; i++)
        if (order[i]->offset - order[i - 1]->offset < order[i - 1]->n_bytes)
            status = base_fail(err, LINNET_ERR_VOICE, "tensor '%s': overlaps tensor '%s' at offset %" PRIu64,
                               order[i]->name, order[i - 1]->name, order[i]->offset);
    base_free(order);
    return status;
}

static int parse_tensors(struct voice_gguf *gguf, struct cursor *c, struct base_error *err)
{
    c->part = "tensor";
    for (c->index = 0; c->index < gguf->n_tensors; c->index++) {
        const int status = take_tensor(c, &gguf->tensors[c->index], err);
        if (status != LINNET_OK)
            return status;
    }
    return sort_unique(gguf->tensors, gguf->n_tensors, sizeof *gguf->tensors, "tensor", err);
}

/* ---- the whole ---- */

static int parse_header(struct voice_gguf *gguf, struct cursor *c, struct base_error *err)
{
    const uint8_t *magic;
    uint32_t version;
    uint64_t n_tensors, n_keys;
    if (!take(c, &magic, 4) || memcmp(magic, "GGUF", 4) != 0)
        return base_fail(err, LINNET_ERR_VOICE, "header: not a GGUF file, it doesn't begin with 'GGUF'");
    if (!take_u32(c, &version))
        return base_fail(err, LINNET_ERR_VOICE, "header: the file ends inside it");
    if (version != 3)
        return base_fail(err, LINNET_ERR_VOICE, "header: GGUF version %" PRIu32 ", only 3 can be read", version);
    if (!take_u64(c, &n_tensors) || !take_u64(c, &n_keys))
        return base_fail(err, LINNET_ERR_VOICE, "header: the file ends inside it");
    if (n_tensors > MAX_TENSORS)
        return base_fail(err, LINNET_ERR_VOICE, "header: %" PRIu64 " tensors, at most %d are allowed", n_tensors,
                         MAX_TENSORS);
    if (n_keys > MAX_KEYS)
        return base_fail(err, LINNET_ERR_VOICE, "header: %" PRIu64 " keys, at most %d are allowed", n_keys, MAX_KEYS);
    gguf->n_tensors = (size_t)n_tensors;
    gguf->n_keys = (size_t)n_keys;
    gguf->keys = base_alloc(gguf->n_keys, sizeof *gguf->keys);
    gguf->tensors = base_alloc(gguf->n_tensors, sizeof *gguf->tensors);
    if (!gguf->keys || !gguf->tensors)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    return LINNET_OK;
}

static int parse_data_section(struct voice_gguf *gguf, uint64_t file_size, struct base_error *err)
{
    size_t alignment;
    int status = read_alignment(gguf, &alignment, err);
    if (status != LINNET_OK || gguf->n_tensors == 0)
        return status;
    const size_t padding = (alignment - gguf->header_bytes % alignment) % alignment;
    if (padding > file_size - gguf->header_bytes)
        return base_fail(err, LINNET_ERR_VOICE, "tensor data: the file ends before it");
    const size_t start = gguf->header_bytes + padding;
    status = place_tensors(gguf, start, file_size - start, alignment, err);
    return status == LINNET_OK ? check_overlap(gguf, err) : status;
}

int voice_gguf_parse(struct voice_gguf *gguf, const void *data, size_t size, uint64_t file_size, bool *more,
                     struct base_error *err)
{
    const uint8_t *const bytes = data;
    struct cursor c = {.at = bytes, .end = bytes + size, .part = "header"};
    *gguf = (struct voice_gguf){0};
    int status = parse_header(gguf, &c, err);
    if (status == LINNET_OK)
        status = parse_keys(gguf, &c, err);
    if (status == LINNET_OK)
        status = parse_tensors(gguf, &c, err);
    if (status == LINNET_OK) {
        gguf->header_bytes = (size_t)(c.at - bytes);
        status = parse_data_section(gguf, file_size, err);
    }
    if (more)
        *more = c.at_end && size < file_size;
    if (status != LINNET_OK)
        voice_gguf_clear(gguf);
    return status;
}

void voice_gguf_clear(struct voice_gguf *gguf)
{
    base_free(gguf->keys);
    base_free(gguf->tensors);
    *gguf = (struct voice_gguf){0};
}

const struct voice_key *voice_gguf_key(const struct voice_gguf *gguf, const char *name)
{
    return gguf->n_keys ? bsearch(name, gguf->keys, gguf->n_keys, sizeof *gguf->keys, compare_names) : NULL;
}

const struct voice_tensor *voice_gguf_tensor(const struct voice_gguf *gguf, const char *name)
{
    return gguf->n_tensors ? bsearch(name, gguf->tensors, gguf->n_tensors, sizeof *gguf->tensors, compare_names) : NULL;
}
