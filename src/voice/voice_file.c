/* A voice file, see voice_file.h: its header in memory, checked, and tensors as F32. Nothing is mapped: a file that
 * shrinks, or whose disk fails, is an error of reading and no SIGBUS; models copy what they want, packed for their
 * kernels. */
#include "voice/voice_file.h"

#include "base/alloc.h"
#include "linnet.h"
#include "voice/voice_gguf.h"
#include "voice/voice_meta.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_BYTES ((size_t)1 << 16) /* read at first */

struct voice_file {
    char *path;
    int fd;              /* -1: a block of the caller's, or no tensor is read any more */
    const uint8_t *data; /* the caller's block; NULL: it is a file */
    struct stat info;    /* of the file when it was opened */
    uint8_t *header;     /* of the file, what the tables point into */
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

/* Reads file bytes place ... place + size - 1. */
static int read_at(const struct voice_file *file, uint64_t place, void *out, size_t size, struct base_error *err)
{
    char *to = out;
    if (file->data) {
        memcpy(to, file->data + place, size);
        return LINNET_OK;
    }
    while (size > 0) {
        const ssize_t n = pread(file->fd, to, size, (off_t)place);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(err, "cannot read");
        if (n == 0)
            return base_fail(err, LINNET_ERR_IO, "cannot read: it became shorter meanwhile");
        to += n;
        place += (uint64_t)n;
        size -= (size_t)n;
    }
    return LINNET_OK;
}

static int open_path(struct voice_file *file, const char *path, uint64_t *size, struct base_error *err)
{
    file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not block us */
    if (file->fd < 0)
        return fail_errno(err, "cannot read");
    if (fstat(file->fd, &file->info) != 0)
        return fail_errno(err, "cannot get its size");
    if (!S_ISREG(file->info.st_mode))
        return base_fail(err, LINNET_ERR_IO, "not a regular file");
    if (file->info.st_size == 0)
        return base_fail(err, LINNET_ERR_VOICE, "the file is empty");
    *size = (uint64_t)file->info.st_size;
    return LINNET_OK;
}

/* Reads the start of the file, more and more of it until the header is whole. */
static int read_header(struct voice_file *file, uint64_t file_size, struct base_error *err)
{
    bool more = true;
    int status = LINNET_OK;
    for (size_t done = 0, size = HEADER_BYTES; more; size *= 2) {
        size = size < file_size ? size : (size_t)file_size;
        uint8_t *const grown = base_resize(file->header, done, size, 1);
        if (!grown)
            return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
        file->header = grown;
        status = read_at(file, done, grown + done, size - done, err);
        if (status != LINNET_OK)
            return status;
        done = size;
        status = voice_gguf_parse(&file->gguf, grown, size, file_size, &more, err);
    }
    return status;
}

static int open_container(struct voice_file *file, const char *path, size_t size, struct base_error *err)
{
    uint64_t file_size = 0;
    if (file->data)
        return voice_gguf_parse(&file->gguf, file->data, size, size, NULL, err);
    const int status = open_path(file, path, &file_size, err);
    return status == LINNET_OK ? read_header(file, file_size, err) : status;
}

/* data NULL: reads the file at `path`. */
static int open_any(struct voice_file **out, const char *path, const void *data, size_t size, struct base_error *err)
{
    *out = NULL;
    struct base_error detail = {"out of memory"};
    int status = LINNET_ERR_MEMORY;
    struct voice_file *file = base_alloc(1, sizeof *file);
    if (!file)
        goto fail;
    file->fd = -1;
    file->data = data;
    file->path = base_alloc(strlen(path) + 1, 1);
    if (!file->path)
        goto fail;
    memcpy(file->path, path, strlen(path) + 1);
    status = open_container(file, path, size, &detail);
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
    voice_file_leave(*file);
    base_free((*file)->header);
    base_free((*file)->path);
    base_free(*file);
    *file = NULL;
}

bool voice_file_same(const struct voice_file *a, const struct voice_file *b)
{
    const struct stat *const x = &a->info, *const y = &b->info;
    return !a->data && !b->data && x->st_dev == y->st_dev && x->st_ino == y->st_ino && x->st_size == y->st_size &&
           x->st_ctim.tv_sec == y->st_ctim.tv_sec && x->st_ctim.tv_nsec == y->st_ctim.tv_nsec;
}

void voice_file_leave(struct voice_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
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
    struct voice_tensor_info info = {
        .name = tensor->name, .type = voice_tensor_type_name(tensor->type), .n_dims = tensor->n_dims};
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

/* Numbers that are read in one go: of every type a whole number of blocks. */
#define PIECE 32768
_Static_assert(PIECE % BLOCK == 0, "a piece ends with a block");

/* Numbers first ... first + n - 1; `first` begins a block. */
static int read_pieces(const struct voice_file *file, const struct voice_tensor *tensor, size_t first, size_t n,
                       float *out, uint8_t *bytes, struct base_error *err)
{
    uint64_t place = tensor->place + voice_tensor_type_bytes(tensor->type, first);
    for (size_t done = 0, piece; done < n; done += piece) {
        piece = n - done < PIECE ? n - done : PIECE;
        const size_t size = voice_tensor_type_bytes(tensor->type, piece);
        const int status = read_at(file, place, bytes, size, err);
        if (status != LINNET_OK)
            return status;
        place += size;
        const size_t finite = tensor->type == VOICE_TENSOR_F32   ? read_f32(out + done, bytes, piece)
                              : tensor->type == VOICE_TENSOR_F16 ? read_f16(out + done, bytes, piece)
                                                                 : read_q8_0(out + done, bytes, piece);
        if (finite != piece)
            return base_fail(err, LINNET_ERR_VOICE, "tensor '%s': number %zu isn't finite", tensor->name,
                             first + done + finite);
    }
    return LINNET_OK;
}

static int read_numbers(const struct voice_file *file, const struct voice_tensor *tensor, size_t first, size_t n,
                        float *out, struct base_error *err)
{
    uint8_t *const bytes = base_alloc(voice_tensor_type_bytes(tensor->type, n < PIECE ? n : PIECE), 1);
    if (!bytes)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    const int status = read_pieces(file, tensor, first, n, out, bytes, err);
    base_free(bytes);
    return status;
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

int voice_tensor_read_rows(const struct voice_file *file, const char *name, const size_t *dims, size_t n_dims,
                           size_t first, size_t n, float *out, struct base_error *err)
{
    struct base_error detail = {""};
    const struct voice_tensor *tensor;
    const int status = find_tensor(&tensor, file, name, dims, n_dims, &detail);
    if (status != LINNET_OK)
        return fail_with_path(err, status, file->path, &detail);
    const size_t row = tensor->n_numbers / dims[0];
    const int read = read_numbers(file, tensor, first * row, n * row, out, &detail);
    return read == LINNET_OK ? read : fail_with_path(err, read, file->path, &detail);
}

int voice_tensor_read(const struct voice_file *file, const char *name, const size_t *dims, size_t n_dims, float *out,
                      struct base_error *err)
{
    return voice_tensor_read_rows(file, name, dims, n_dims, 0, dims[0], out, err);
}
