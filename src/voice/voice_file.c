/* A voice file in memory, see voice_file.h: mapping, checks, and tensors as F32. The mapping lives as long as the
 * voice; models copy what they want (packed for their kernels), so the system can drop its pages afterwards. */
#include "voice/voice_file.h"

#include "base/alloc.h"
#include "linnet.h"
#include "voice/voice_gguf.h"
#include "voice/voice_meta.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct voice_file {
    char *path;
    void *mapping; /* NULL for a block of the caller's */
    size_t mapping_size;
    struct voice_gguf gguf;
    struct voice_meta meta;
    struct voice_meta_memory memory;
};

/* ---- opening ---- */

/* Puts the path before the message of a step; of a long path the end says more. */
static int fail_with_path(struct base_error *err, int status, const char *path, const struct base_error *detail)
{
    const size_t length = strlen(path), shown = 200;
    return base_fail(err, status, "cannot open voice: %s%s: %s", length > shown ? "..." : "",
                     length > shown ? path + length - shown : path, detail->text);
}

static int fail_errno(struct base_error *err, const char *what)
{
    const int code = errno;
    char reason[128];
    if (strerror_r(code, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", code);
    return base_fail(err, code == ENOENT || code == ENOTDIR ? LINNET_ERR_NOT_FOUND : LINNET_ERR_IO, "%s: %s", what,
                     reason);
}

static int map_open_file(struct voice_file *file, int fd, struct base_error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return fail_errno(err, "cannot get its size");
    if (!S_ISREG(info.st_mode))
        return base_fail(err, LINNET_ERR_IO, "not a regular file");
    if (info.st_size == 0)
        return base_fail(err, LINNET_ERR_VOICE, "the file is empty");
    void *const mapping = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (mapping == MAP_FAILED)
        return fail_errno(err, "cannot map it");
    file->mapping = mapping;
    file->mapping_size = (size_t)info.st_size;
    return LINNET_OK;
}

static int map_file(struct voice_file *file, const char *path, struct base_error *err)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not block us */
    if (fd < 0)
        return fail_errno(err, "cannot read");
    const int status = map_open_file(file, fd, err);
    close(fd);
    return status;
}

/* data NULL: maps the file at `path`. */
static int open_any(struct voice_file **out, const char *path, const void *data, size_t size, struct base_error *err)
{
    *out = NULL;
    struct base_error detail = { "out of memory" };
    int status = LINNET_ERR_MEMORY;
    struct voice_file *file = base_alloc(1, sizeof *file);
    if (!file)
        goto fail;
    file->path = base_alloc(strlen(path) + 1, 1);
    if (!file->path)
        goto fail;
    memcpy(file->path, path, strlen(path) + 1);
    status = LINNET_OK;
    if (!data) {
        status = map_file(file, path, &detail);
        data = file->mapping;
        size = file->mapping_size;
    }
    if (status == LINNET_OK)
        status = voice_gguf_parse(&file->gguf, data, size, &detail);
    if (status == LINNET_OK)
        status = voice_meta_read(&file->meta, &file->memory, &file->gguf, &detail);
    if (status != LINNET_OK)
        goto fail;
    *out = file;
    return LINNET_OK;
fail:
    voice_file_close(&file);
    return fail_with_path(err, status, path, &detail);
}

int voice_file_open(struct voice_file **out, const char *path, struct base_error *err)
{
    return open_any(out, path, NULL, 0, err);
}

int voice_file_open_memory(struct voice_file **out, const void *data, size_t size, struct base_error *err)
{
    return open_any(out, "(memory)", data ? data : "", data ? size : 0, err);
}

void voice_file_close(struct voice_file **file)
{
    if (!file || !*file)
        return;
    voice_meta_clear(&(*file)->memory);
    voice_gguf_clear(&(*file)->gguf);
    if ((*file)->mapping)
        munmap((*file)->mapping, (*file)->mapping_size);
    base_free((*file)->path);
    base_free(*file);
    *file = NULL;
}

const struct voice_meta *voice_file_meta(const struct voice_file *file)
{
    return &file->meta;
}

const char *voice_file_path(const struct voice_file *file)
{
    return file->path;
}

uint64_t voice_file_tensor_count(const struct voice_file *file)
{
    return file->gguf.n_tensors;
}

uint64_t voice_file_parameter_count(const struct voice_file *file)
{
    uint64_t count = 0;
    for (size_t i = 0; i < file->gguf.n_tensors; i++)
        count += file->gguf.tensors[i].n_numbers;
    return count;
}

struct voice_tensor_info voice_file_tensor(const struct voice_file *file, uint64_t index)
{
    const struct voice_tensor *const tensor = &file->gguf.tensors[index];
    struct voice_tensor_info info = { .name = tensor->name, .type = voice_tensor_type_name(tensor->type),
                                      .n_dims = tensor->n_dims };
    memcpy(info.dims, tensor->dims, sizeof info.dims);
    return info;
}

/* ---- tensors ---- */

/* Half precision (IEEE 754 binary16) to float: the exponent field moves into place and one multiplication corrects the
 * bias, for subnormal numbers too. Infinities and NaNs come out as large finite numbers; the readers look for
 * them. */
static float float_of_f16(uint16_t half)
{
    const uint32_t bits = (uint32_t)(half & 0x7FFF) << 13;
    const uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    float magnitude;
    memcpy(&magnitude, &bits, sizeof magnitude);
    magnitude *= 0x1p112f;
    uint32_t result;
    memcpy(&result, &magnitude, sizeof result);
    result |= sign;
    memcpy(&magnitude, &result, sizeof magnitude);
    return magnitude;
}

static uint16_t load_u16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

/* The readers return the index of the first number that isn't finite, or n. They work in blocks of a fixed size without
 * branches, which compilers vectorise: a voice is read at every start of the program. */
#define BLOCK 32

#define EXPONENT_F16 0x7C00u
#define EXPONENT_F32 0x7F800000u

static size_t read_f32(float *out, const uint8_t *data, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t bits = voice_load_u32(data + 4 * i);
        memcpy(&out[i], &bits, sizeof bits);
        if ((bits & EXPONENT_F32) == EXPONENT_F32)
            return i;
    }
    return n;
}

/* Converts a block; the answer is its largest exponent field. */
static unsigned convert_f16_block(float *restrict out, const uint16_t *restrict halves)
{
    unsigned largest = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        const unsigned exponent = halves[i] & EXPONENT_F16;
        largest = exponent > largest ? exponent : largest;
        out[i] = float_of_f16(halves[i]);
    }
    return largest;
}

static size_t read_f16(float *out, const uint8_t *data, size_t n)
{
    size_t i = 0;
    for (; i + BLOCK <= n; i += BLOCK) {
        uint16_t halves[BLOCK];
        for (size_t j = 0; j < BLOCK; j++)
            halves[j] = load_u16(data + 2 * (i + j));
        if (convert_f16_block(out + i, halves) == EXPONENT_F16)
            break; /* the loop below finds which */
    }
    for (; i < n; i++) {
        const uint16_t half = load_u16(data + 2 * i);
        if ((half & EXPONENT_F16) == EXPONENT_F16)
            return i;
        out[i] = float_of_f16(half);
    }
    return n;
}

/* Blocks of 32: a half-precision scale, then 32 signed bytes. */
static size_t read_q8_0(float *restrict out, const uint8_t *restrict data, size_t n)
{
    for (size_t i = 0; i < n; i += BLOCK, data += 2 + BLOCK) {
        const uint16_t half = load_u16(data);
        if ((half & EXPONENT_F16) == EXPONENT_F16)
            return i;
        const float scale = float_of_f16(half);
        for (size_t j = 0; j < BLOCK; j++)
            out[i + j] = scale * (float)(int8_t)data[2 + j];
    }
    return n;
}

static void print_dims(char text[64], const size_t *dims, size_t n_dims)
{
    size_t used = (size_t)snprintf(text, 64, "[");
    for (size_t i = 0; i < n_dims && used < 48; i++)
        used += (size_t)snprintf(text + used, 64 - used, "%s%zu", i ? ", " : "", dims[i]);
    snprintf(text + used, 64 - used, "]");
}

static int find_tensor(const struct voice_tensor **out, const struct voice_file *file, const char *name,
                       const size_t *dims, size_t n_dims, struct base_error *err)
{
    char wanted[64], found[64];
    print_dims(wanted, dims, n_dims);
    *out = voice_gguf_tensor(&file->gguf, name);
    if (!*out)
        return base_fail(err, LINNET_ERR_VOICE, "tensor '%s': is missing, %s is expected", name, wanted);
    if ((*out)->n_dims == n_dims && memcmp((*out)->dims, dims, n_dims * sizeof *dims) == 0)
        return LINNET_OK;
    print_dims(found, (*out)->dims, (*out)->n_dims);
    return base_fail(err, LINNET_ERR_VOICE, "tensor '%s': shape %s, %s is expected", name, found, wanted);
}

int voice_tensor_read(const struct voice_file *file, const char *name, const size_t *dims, size_t n_dims, float *out,
                      struct base_error *err)
{
    struct base_error detail = { "" };
    const struct voice_tensor *tensor;
    const int status = find_tensor(&tensor, file, name, dims, n_dims, &detail);
    if (status != LINNET_OK)
        return fail_with_path(err, status, file->path, &detail);
    const size_t n = tensor->n_numbers;
    const size_t finite = tensor->type == VOICE_TENSOR_F32 ? read_f32(out, tensor->data, n)
                        : tensor->type == VOICE_TENSOR_F16 ? read_f16(out, tensor->data, n)
                                                           : read_q8_0(out, tensor->data, n);
    if (finite == n)
        return LINNET_OK;
    base_fail(&detail, LINNET_ERR_VOICE, "tensor '%s': number %zu isn't finite", name, finite);
    return fail_with_path(err, LINNET_ERR_VOICE, file->path, &detail);
}
