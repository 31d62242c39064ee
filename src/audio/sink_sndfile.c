/* Samples to a sound file: WAV, FLAC, OGG Vorbis or Opus by the name's ending; and from one. The only file that includes sndfile.h.
 *
 * libsndfile writes through our own callbacks, because it swallows errors of its last writes (header, index) when it
 * closes; the first one is kept here and reported. */
#include "audio/sink_classes.h"
#include "audio/sink_pcm.h"
#include "audio/sink_resample.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SAMPLES 4096
#define MAX_CHANNELS 32 /* of a file that is read */

struct file_kind {
    const char *ending;
    int format;              /* of libsndfile */
    bool integer;            /* we quantise to 16 bits; else the codec takes floats */
    uint64_t max_samples;    /* 0: no limit */
};

/* A WAV file's sizes have 32 bits; some room is left for the header. */
static const struct file_kind kinds[] = {
    {".wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, true, (0xFFFFFFFFu - 4096) / 2},
    {".flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, true, 0},
    {".ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, false, 0},
    {".oga", SF_FORMAT_OGG | SF_FORMAT_VORBIS, false, 0},
    {".opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, false, 0},
};

struct file_sink {
    struct sink base;
    struct sink_part part;
    char *path; /* as the caller named it, for messages */
    SNDFILE *file;
    const struct file_kind *kind;
    uint64_t n_samples; /* written */
    int error;          /* errno of the first failed write or seek, 0: none */
    bool seekable;
    sf_count_t end;     /* bytes in the file; position when it isn't seekable */
    int16_t pcm[BLOCK_SAMPLES];
};

static const struct file_kind *kind_of(const char *path)
{
    const size_t length = strlen(path);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const size_t n = strlen(kinds[i].ending);
        if (length > n && !strcasecmp(path + length - n, kinds[i].ending))
            return &kinds[i];
    }
    struct stat info; /* a device or named pipe has no ending: WAV */
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode) ? &kinds[0] : NULL;
}

static bool takes_path(const char *path)
{
    return kind_of(path) != NULL;
}

/* ---- libsndfile's way to the file -------------------------------------------------------------------------------- */

static sf_count_t io_length(void *user)
{
    const struct file_sink *const sink = user;
    return sink->end;
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *user)
{
    struct file_sink *const sink = user;
    if (!sink->seekable) /* a pipe: the final header can't be mended, and the data has gone out already */
        return whence == SEEK_SET ? offset : sink->end;
    const off_t at = lseek(sink->part.fd, (off_t)offset, whence);
    if (at < 0 && !sink->error)
        sink->error = errno;
    return at;
}

static sf_count_t io_read(void *data, sf_count_t size, void *user)
{
    const struct file_sink *const sink = user;
    return sink->seekable ? read(sink->part.fd, data, (size_t)size) : 0;
}

static sf_count_t io_write(const void *data, sf_count_t size, void *user)
{
    struct file_sink *const sink = user;
    const char *from = data;
    sf_count_t left = size;
    while (left > 0 && !sink->error) {
        const ssize_t n = write(sink->part.fd, from, (size_t)left);
        if (n < 0 && errno != EINTR)
            sink->error = errno;
        if (n > 0) {
            from += n;
            left -= n;
        }
    }
    const off_t at = sink->seekable ? lseek(sink->part.fd, 0, SEEK_CUR) : sink->end + (size - left);
    if (at > sink->end)
        sink->end = at;
    return size - left;
}

static sf_count_t io_tell(void *user)
{
    const struct file_sink *const sink = user;
    return sink->seekable ? lseek(sink->part.fd, 0, SEEK_CUR) : sink->end;
}

/* ---- the sink ---------------------------------------------------------------------------------------------------- */

static int write_error(const struct file_sink *sink, struct sink_error *err)
{
    const char *const why = sink->error == EPIPE ? "its reader has closed it"
                            : sink->error        ? strerror(sink->error)
                                                 : sf_strerror(sink->file);
    return sink_fail(err, LINNET_ERR_IO, "%s: can't write: %s", sink->path, why);
}

static void release(struct file_sink *sink)
{
    if (sink->file)
        sf_close(sink->file);
    sink_part_discard(&sink->part);
    free(sink->path);
    free(sink);
}

static void file_cancel(struct sink *base)
{
    struct file_sink *const sink = (struct file_sink *)base;
    if (!sink->error)
        sink->error = ECANCELED; /* what the closing codec still wants to write is thrown away */
    release(sink);
}

static int start_codec(struct file_sink *sink, const struct sink_options *options, struct sink_error *err)
{
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {.samplerate = options->sample_rate, .channels = 1, .format = sink->kind->format};
    sink->seekable = sink->part.temp_path != NULL;
    if (!sf_format_check(&info))
        return sink_fail(err, LINNET_ERR_IO, "%s: this libsndfile can't write %s files at %d Hz", sink->path,
                         sink->kind->ending, options->sample_rate);
    sink->file = sf_open_virtual(&io, SFM_WRITE, &info, sink);
    if (!sink->file && sink->error)
        return write_error(sink, err);
    if (!sink->file)
        return sink_fail(err, LINNET_ERR_IO, "%s: can't write %s at %d Hz: %s", sink->path, sink->kind->ending,
                         options->sample_rate, sf_strerror(NULL));
    return LINNET_OK;
}

static int file_open(struct sink **out, const struct sink_options *options, struct sink_error *err)
{
    struct file_sink *const sink = calloc(1, sizeof *sink);
    if (!sink)
        return sink_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", options->path);
    sink->base.type = &sink_sndfile_class;
    sink->part.fd = -1;
    sink->kind = kind_of(options->path);
    sink->path = strdup(options->path);
    int status = LINNET_OK;
    if (!sink->path)
        status = sink_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", options->path);
    else if (!sink->kind)
        status = sink_fail(err, LINNET_ERR_ARGUMENT, "%s: unknown ending; known are %s", options->path,
                           sink_path_endings());
    if (status == LINNET_OK)
        status = sink_part_open(&sink->part, options->path, err);
    if (status == LINNET_OK)
        status = start_codec(sink, options, err);
    if (status == LINNET_OK)
        *out = &sink->base;
    else
        file_cancel(&sink->base);
    return status;
}

static int file_write(struct sink *base, const float *samples, size_t n_samples, struct sink_error *err)
{
    struct file_sink *const sink = (struct file_sink *)base;
    if (sink->kind->max_samples && n_samples > sink->kind->max_samples - sink->n_samples)
        return sink_fail(err, LINNET_ERR_IO, "%s: longer than a %s file can be (4 GB); use .flac", sink->path,
                         sink->kind->ending);
    while (n_samples > 0) {
        const size_t n = n_samples < BLOCK_SAMPLES ? n_samples : BLOCK_SAMPLES;
        sf_count_t done;
        if (sink->kind->integer) {
            sink_pcm16(sink->pcm, samples, n, sink->n_samples);
            done = sf_write_short(sink->file, sink->pcm, (sf_count_t)n);
        } else {
            done = sf_write_float(sink->file, samples, (sf_count_t)n);
        }
        if (sink->error || done != (sf_count_t)n)
            return write_error(sink, err);
        samples += n;
        n_samples -= n;
        sink->n_samples += n;
    }
    return LINNET_OK;
}

static int file_finish(struct sink *base, struct sink_error *err)
{
    struct file_sink *const sink = (struct file_sink *)base;
    const int closed = sf_close(sink->file);
    int status = LINNET_OK;
    sink->file = NULL;
    if (sink->error)
        status = write_error(sink, err);
    else if (closed != 0)
        status = sink_fail(err, LINNET_ERR_IO, "%s: can't write: %s", sink->path, sf_error_number(closed));
    else
        status = sink_part_commit(&sink->part, err);
    release(sink);
    return status;
}

const struct sink_class sink_sndfile_class = {.name = "sndfile", .takes_path = takes_path, .open = file_open,
                                              .write = file_write, .finish = file_finish, .cancel = file_cancel};

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* A file on its way into memory. */
struct reading {
    const char *path;
    SNDFILE *file;
    SF_INFO info;
    struct sink_resampler *resampler; /* NULL: the rate is right */
    float *samples;
    size_t n_samples, capacity;
    float frames[BLOCK_SAMPLES], mono[BLOCK_SAMPLES]; /* of all channels, of one */
};

static int open_reading(struct reading *r, int sample_rate, struct sink_error *err)
{
    struct stat info;
    const int fd = open(r->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a named pipe mustn't make us wait */
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        const char *const why = fd < 0 ? strerror(errno) : "not a file";
        if (fd >= 0)
            close(fd);
        return sink_fail(err, LINNET_ERR_IO, "%s: can't read: %s", r->path, why);
    }
    r->file = sf_open_fd(fd, SFM_READ, &r->info, 1);
    if (!r->file) {
        close(fd); /* sf_open_fd() doesn't when it fails */
        return sink_fail(err, LINNET_ERR_IO, "%s: can't read: %s", r->path, sf_strerror(NULL));
    }
    if (r->info.channels < 1 || r->info.channels > MAX_CHANNELS || r->info.samplerate < 1)
        return sink_fail(err, LINNET_ERR_IO, "%s: can't read: %d channels at %d Hz", r->path, r->info.channels,
                         r->info.samplerate);
    if (r->info.samplerate == sample_rate)
        return LINNET_OK;
    r->resampler = sink_resample_open(r->info.samplerate, sample_rate);
    return r->resampler ? LINNET_OK : sink_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", r->path);
}

/* Room for `n` more samples; doubles. */
static int make_room(struct reading *r, size_t n, struct sink_error *err)
{
    if (n > SINK_MAX_READ - r->n_samples)
        return sink_fail(err, LINNET_ERR_IO, "%s: can't read: over %zu samples", r->path, SINK_MAX_READ);
    if (r->n_samples + n <= r->capacity)
        return LINNET_OK;
    const size_t capacity = 2 * (r->n_samples + n);
    float *const grown = realloc(r->samples, capacity * sizeof *grown);
    if (!grown)
        return sink_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", r->path);
    r->samples = grown;
    r->capacity = capacity;
    return LINNET_OK;
}

/* Appends mono[n] at the rate wanted. */
static int append(struct reading *r, size_t n, struct sink_error *err)
{
    for (size_t done = 0, taken, made = 1; done < n || made > 0; done += taken) {
        const int status = make_room(r, BLOCK_SAMPLES, err);
        if (status != LINNET_OK)
            return status;
        if (r->resampler) {
            made = sink_resample(r->resampler, r->samples + r->n_samples, BLOCK_SAMPLES, r->mono + done, n - done, &taken);
        } else {
            taken = made = n - done;
            memcpy(r->samples + r->n_samples, r->mono + done, made * sizeof *r->mono);
        }
        r->n_samples += made;
    }
    return LINNET_OK;
}

static int read_all(struct reading *r, struct sink_error *err)
{
    const size_t channels = (size_t)r->info.channels;
    int status = LINNET_OK;
    sf_count_t n;
    while (status == LINNET_OK && (n = sf_readf_float(r->file, r->frames, (sf_count_t)(BLOCK_SAMPLES / channels))) > 0) {
        for (size_t i = 0; i < (size_t)n; i++) {
            float sum = 0;
            for (size_t c = 0; c < channels; c++)
                sum += r->frames[i * channels + c];
            r->mono[i] = fminf(fmaxf(sum / (float)channels, -1), 1); /* NaN: -1 */
        }
        status = append(r, (size_t)n, err);
    }
    if (status == LINNET_OK && sf_error(r->file) != SF_ERR_NO_ERROR)
        return sink_fail(err, LINNET_ERR_IO, "%s: can't read: %s", r->path, sf_strerror(r->file));
    if (status != LINNET_OK || !r->resampler)
        return status;
    memset(r->mono, 0, sizeof r->mono);
    return append(r, sink_resample_tail(r->resampler), err);
}

int sink_read_file(const char *path, int sample_rate, float **samples, size_t *n_samples, struct sink_error *err)
{
    struct reading *const r = calloc(1, sizeof *r);
    *samples = NULL;
    *n_samples = 0;
    if (!r)
        return sink_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    r->path = path;
    int status = open_reading(r, sample_rate, err);
    if (status == LINNET_OK)
        status = read_all(r, err);
    if (status == LINNET_OK)
        status = make_room(r, 1, err); /* an empty file too has a place in memory */
    if (status == LINNET_OK) {
        *samples = r->samples;
        *n_samples = r->n_samples;
        r->samples = NULL;
    }
    free(r->samples);
    sink_resample_close(r->resampler);
    if (r->file)
        sf_close(r->file);
    free(r);
    return status;
}
