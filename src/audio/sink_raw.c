/* Samples to standard output, block by block without buffering, so that a reader hears them as soon as they exist:
 * bare 16-bit little endian ("raw"), or behind a WAV header ("wav").
 *
 * The header is written before the length is known. Into a pipe its sizes say 0xFFFFFFFF, which readers take as
 * "until the end"; when standard output turns out to be a file, they are put right at the end. */
#include "audio/sink_classes.h"
#include "audio/pcm.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SAMPLES 4096

struct raw_sink {
    struct sink base;
    bool with_header;
    bool header_done;
    int sample_rate;
    uint64_t n_samples; /* written */
    off_t start;        /* where the header stands in a file, -1: not a file that can be mended */
    unsigned char bytes[2 * BLOCK_SAMPLES];
};

static const char where[] = "standard output";

/* Writes all of it to standard output. */
static int write_all(const void *data, size_t size, struct base_error *err)
{
    const int code = base_write(STDOUT_FILENO, data, size);
    return code == 0 ? LINNET_OK
                     : base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", where,
                                 code == EPIPE ? "its reader has closed it" : strerror(code));
}

static int write_header(struct raw_sink *sink, uint32_t data_bytes, struct base_error *err)
{
    unsigned char header[PCM_WAV_HEADER];
    pcm_wav_header(header, sink->sample_rate, data_bytes);
    sink->header_done = true;
    return write_all(header, sizeof header, err);
}

static int open_stdout(struct sink **out, const struct sink_class *type, const struct sink_options *options,
                       struct base_error *err)
{
    struct raw_sink *const sink = calloc(1, sizeof *sink);
    if (!sink)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", where);
    *sink = (struct raw_sink){
        .base = {type}, .with_header = type == &sink_wav_class, .sample_rate = options->sample_rate, .start = -1};
    struct stat info;
    const int flags = fcntl(STDOUT_FILENO, F_GETFL);
    if (flags < 0) {
        free(sink);
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", where, strerror(errno));
    }
    if (!(flags & O_APPEND) && fstat(STDOUT_FILENO, &info) == 0 && S_ISREG(info.st_mode))
        sink->start = lseek(STDOUT_FILENO, 0, SEEK_CUR);
    *out = &sink->base;
    return LINNET_OK;
}

static int raw_open(struct sink **out, const struct sink_options *options, struct base_error *err)
{
    return open_stdout(out, &sink_raw_class, options, err);
}

static int wav_open(struct sink **out, const struct sink_options *options, struct base_error *err)
{
    return open_stdout(out, &sink_wav_class, options, err);
}

static int raw_write(struct sink *base, const float *samples, size_t n_samples, struct base_error *err)
{
    struct raw_sink *const sink = (struct raw_sink *)base;
    if (sink->with_header && !sink->header_done) {
        const int status = write_header(sink, PCM_WAV_OPEN, err);
        if (status != LINNET_OK)
            return status;
    }
    while (n_samples > 0) {
        const size_t n = n_samples < BLOCK_SAMPLES ? n_samples : BLOCK_SAMPLES;
        pcm16_bytes(sink->bytes, samples, n, sink->n_samples);
        const int status = write_all(sink->bytes, 2 * n, err);
        if (status != LINNET_OK)
            return status;
        samples += n;
        n_samples -= n;
        sink->n_samples += n;
    }
    return LINNET_OK;
}

/* Puts the true sizes into the header of a regular file. Longer than 4 GB stays "until the end". */
static int mend_header(const struct raw_sink *sink, struct base_error *err)
{
    unsigned char header[PCM_WAV_HEADER];
    if (sink->start < 0 || sink->n_samples > (PCM_WAV_OPEN - PCM_WAV_HEADER) / 2)
        return LINNET_OK;
    pcm_wav_header(header, sink->sample_rate, (uint32_t)(2 * sink->n_samples));
    if (pwrite(STDOUT_FILENO, header, sizeof header, sink->start) != (ssize_t)sizeof header)
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", where, strerror(errno));
    return LINNET_OK;
}

static int raw_finish(struct sink *base, struct base_error *err)
{
    struct raw_sink *const sink = (struct raw_sink *)base;
    int status = LINNET_OK;
    if (sink->with_header)
        status = sink->header_done ? mend_header(sink, err) : write_header(sink, 0, err);
    free(sink);
    return status;
}

static void raw_cancel(struct sink *base)
{
    free(base);
}

static bool is_dash(const char *path)
{
    return !strcmp(path, "-");
}

const struct sink_class sink_raw_class = {
    .name = "raw", .open = raw_open, .write = raw_write, .finish = raw_finish, .cancel = raw_cancel};

const struct sink_class sink_wav_class = {.name = "wav",
                                          .takes_path = is_dash,
                                          .open = wav_open,
                                          .write = raw_write,
                                          .finish = raw_finish,
                                          .cancel = raw_cancel};
