/* libsndfile behind sound_file.h. The only file that includes sndfile.h.
 *
 * It writes through our own callbacks, because it swallows errors of its last writes (header, index) when it closes;
 * the first one is kept here and reported. */
#include "audio/sound_file.h"

#include "audio/ogg_pages.h"
#include "audio/pcm.h"
#include "audio/resample.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SAMPLES 4096
#define MAX_CHANNELS 32 /* of a file that is read */

/* SF_FORMAT_MPEG and SF_FORMAT_MPEG_LAYER_III, which libsndfile has from 1.1 on; an older one says that it can't. */
enum { FORMAT_MP3 = 0x230000 | 0x0082 };

struct sound_kind {
    const char *ending;
    int format;           /* of libsndfile */
    bool integer;         /* we quantise to 16 bits; else the codec takes floats */
    uint64_t max_samples; /* 0: no limit */
};

/* A WAV file's sizes have 32 bits; some room is left for the header. */
static const struct sound_kind kinds[] = {
    {".wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, true, (0xFFFFFFFFu - 4096) / 2},
    {".flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, true, 0},
    {".ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, false, 0},
    {".oga", SF_FORMAT_OGG | SF_FORMAT_VORBIS, false, 0},
    {".opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, false, 0},
    {".mp3", FORMAT_MP3, false, 0},
};

#define N_KINDS (sizeof kinds / sizeof *kinds)

struct sound_writer {
    const struct sound_kind *kind;
    const char *path; /* as the caller names it, for messages */
    SNDFILE *file;
    uint64_t n_samples; /* written */
    struct sound_target target;
    struct ogg_pages *pages; /* of an Ogg file; else NULL */
    int error;               /* errno of the first failed write or seek, 0: none */
    sf_count_t end;          /* bytes in the file */
    sf_count_t at;           /* where the codec believes to be, when it can't seek */
    int16_t pcm[BLOCK_SAMPLES];
};

const struct sound_kind *sound_kind_of(const char *path)
{
    const size_t length = strlen(path);
    for (size_t i = 0; i < N_KINDS; i++) {
        const size_t n = strlen(kinds[i].ending);
        if (length > n && !strcasecmp(path + length - n, kinds[i].ending))
            return &kinds[i];
    }
    struct stat info; /* a device or named pipe has no ending: WAV */
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode) ? &kinds[0] : NULL;
}

const struct sound_kind *sound_kind_named(const char *name)
{
    for (size_t i = 0; i < N_KINDS; i++)
        if (!strcasecmp(name, kinds[i].ending + 1))
            return &kinds[i];
    return NULL;
}

bool sound_is_lossy(const struct sound_kind *kind)
{
    return !kind->integer;
}

/* Opus is the strictest about rates: 24 kHz is one that all kinds take. */
static bool can_write(const struct sound_kind *kind)
{
    const SF_INFO info = {.samplerate = 24000, .channels = 1, .format = kind->format};
    return sf_format_check(&info);
}

void sound_endings(char *out, size_t size, const char *between)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < N_KINDS && used < size; i++)
        if (can_write(&kinds[i]))
            used += (size_t)snprintf(out + used, size - used, "%s%s", used ? between : "", kinds[i].ending);
}

/* ---- libsndfile's way to the file -------------------------------------------------------------------------------- */

static sf_count_t io_length(void *user)
{
    const struct sound_writer *const w = user;
    return w->end;
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *user)
{
    struct sound_writer *const w = user;
    if (!w->target.seekable) {
        w->at = offset + (whence == SEEK_CUR ? w->at : whence == SEEK_END ? w->end : 0);
        return w->at;
    }
    const off_t at = lseek(w->target.fd, (off_t)offset, whence);
    if (at < 0 && !w->error)
        w->error = errno;
    return at;
}

static sf_count_t io_read(void *data, sf_count_t size, void *user)
{
    const struct sound_writer *const w = user;
    return w->target.seekable ? read(w->target.fd, data, (size_t)size) : 0;
}

static int put_out(void *user, const void *data, size_t size)
{
    struct sound_writer *const w = user;
    return w->target.put ? w->target.put(w->target.user, data, size) : base_write(w->target.fd, data, size);
}

static void put_bytes(struct sound_writer *w, const void *data, size_t size)
{
    if (!w->error)
        w->error = w->pages ? ogg_pages_put(w->pages, data, size, put_out, w) : put_out(w, data, size);
}

static sf_count_t io_write(const void *data, sf_count_t size, void *user)
{
    struct sound_writer *const w = user;
    if (!w->target.seekable) {
        if (w->at == w->end) { /* else a header is mended at the end: what went out can't be */
            put_bytes(w, data, (size_t)size);
            w->end += size;
        }
        w->at += size;
        return w->error ? 0 : size;
    }
    put_bytes(w, data, (size_t)size);
    const off_t at = lseek(w->target.fd, 0, SEEK_CUR);
    if (at > w->end)
        w->end = at;
    return w->error ? 0 : size;
}

static sf_count_t io_tell(void *user)
{
    const struct sound_writer *const w = user;
    return w->target.seekable ? lseek(w->target.fd, 0, SEEK_CUR) : w->at;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static int write_error(const struct sound_writer *w, struct base_error *err)
{
    const char *const why = w->error == EPIPE ? "its reader has closed it"
                            : w->error        ? strerror(w->error)
                                              : sf_strerror(w->file);
    return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", w->path, why);
}

static int start_codec(struct sound_writer *w, int sample_rate, struct base_error *err)
{
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {.samplerate = sample_rate, .channels = 1, .format = w->kind->format};
    if (!sf_format_check(&info))
        return base_fail(err, LINNET_ERR_IO, "%s: this libsndfile can't write %s files at %d Hz", w->path,
                         w->kind->ending, sample_rate);
    w->file = sf_open_virtual(&io, SFM_WRITE, &info, w);
    if (!w->file && w->error)
        return write_error(w, err);
    if (!w->file)
        return base_fail(err, LINNET_ERR_IO, "%s: can't write %s at %d Hz: %s", w->path, w->kind->ending, sample_rate,
                         sf_strerror(NULL));
    return LINNET_OK;
}

/* libsndfile's WAV needs its header mended: where that can't be, the header is ours and says "until the end". */
static bool is_open_wav(const struct sound_writer *w)
{
    return !w->target.seekable && (w->kind->format & SF_FORMAT_TYPEMASK) == SF_FORMAT_WAV;
}

static int start_open_wav(struct sound_writer *w, int sample_rate, struct base_error *err)
{
    unsigned char header[PCM_WAV_HEADER];
    pcm_wav_header(header, sample_rate, PCM_WAV_OPEN);
    put_bytes(w, header, sizeof header);
    return w->error ? write_error(w, err) : LINNET_OK;
}

static int set_tags(struct sound_writer *w, const struct sound_tags *tags, struct base_error *err)
{
    const struct {
        int key;
        const char *text;
    } strings[] = {{SF_STR_TITLE, tags->title},
                   {SF_STR_ARTIST, tags->artist},
                   {SF_STR_ALBUM, tags->album},
                   {SF_STR_TRACKNUMBER, tags->track}};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (strings[i].text && *strings[i].text && sf_set_string(w->file, strings[i].key, strings[i].text) != 0)
            return base_fail(err, LINNET_ERR_IO, "%s: can't write \"%s\" into it: %s", w->path, strings[i].text,
                             sf_strerror(w->file));
    return LINNET_OK;
}

/* Files whose tags differ, such as the chapters of a book, may be joined to one stream: their serial numbers differ,
 * too. */
static uint32_t serial_of(const struct sound_tags *tags)
{
    const char *const texts[] = {tags->title, tags->artist, tags->album, tags->track};
    uint32_t hash = 0x811C9DC5u; /* FNV-1a */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (const char *c = texts[i] ? texts[i] : ""; *c; c++)
            hash = (hash ^ (unsigned char)*c) * 0x01000193u;
    return hash;
}

/* Ogg goes through our pages, one behind the other: nothing in it is mended at the end. */
static int start_pages(struct sound_writer *w, const struct sound_tags *tags, struct base_error *err)
{
    if ((w->kind->format & SF_FORMAT_TYPEMASK) != SF_FORMAT_OGG)
        return LINNET_OK;
    w->target.seekable = false;
    w->pages = ogg_pages_open(serial_of(tags));
    return w->pages ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", w->path);
}

int sound_writer_open(struct sound_writer **out, const struct sound_kind *kind, const char *path,
                      const struct sound_target *target, int sample_rate, const struct sound_tags *tags,
                      struct base_error *err)
{
    struct sound_writer *w = calloc(1, sizeof *w);
    *out = NULL;
    if (!w)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    w->kind = kind;
    w->path = path;
    w->target = *target;
    int status = start_pages(w, tags, err);
    if (status == LINNET_OK)
        status = is_open_wav(w) ? start_open_wav(w, sample_rate, err) : start_codec(w, sample_rate, err);
    if (status == LINNET_OK && w->file)
        status = set_tags(w, tags, err);
    if (status == LINNET_OK)
        *out = w;
    else
        sound_writer_abandon(&w);
    return status;
}

int sound_writer_set_quality(struct sound_writer *w, double quality, struct base_error *err)
{
    double level = fmax(quality / 10, 0.001); /* the worst of all is refused by some versions for MP3 */
    return sf_command(w->file, SFC_SET_VBR_ENCODING_QUALITY, &level, sizeof level) == SF_TRUE
               ? LINNET_OK
               : base_fail(err, LINNET_ERR_IO, "%s: this libsndfile can't set the quality of %s files", w->path,
                           w->kind->ending);
}

/* A block of at most BLOCK_SAMPLES. false: w->error or libsndfile knows why not. */
static bool write_block(struct sound_writer *w, const float *samples, size_t n)
{
    if (!w->kind->integer)
        return sf_write_float(w->file, samples, (sf_count_t)n) == (sf_count_t)n && !w->error;
    if (!w->file) { /* an open WAV: little-endian bytes */
        pcm16_bytes((unsigned char *)w->pcm, samples, n, w->n_samples);
        put_bytes(w, w->pcm, 2 * n);
        return !w->error;
    }
    pcm16(w->pcm, samples, n, w->n_samples);
    return sf_write_short(w->file, w->pcm, (sf_count_t)n) == (sf_count_t)n && !w->error;
}

int sound_writer_write(struct sound_writer *w, const float *samples, size_t n_samples, struct base_error *err)
{
    if (w->file && w->kind->max_samples && n_samples > w->kind->max_samples - w->n_samples)
        return base_fail(err, LINNET_ERR_IO, "%s: longer than a %s file can be (4 GB); use .flac", w->path,
                         w->kind->ending);
    while (n_samples > 0) {
        const size_t n = n_samples < BLOCK_SAMPLES ? n_samples : BLOCK_SAMPLES;
        if (!write_block(w, samples, n))
            return write_error(w, err);
        samples += n;
        n_samples -= n;
        w->n_samples += n;
    }
    return LINNET_OK;
}

int sound_writer_close(struct sound_writer **writer, struct base_error *err)
{
    struct sound_writer *const w = *writer;
    *writer = NULL;
    const int closed = w->file ? sf_close(w->file) : 0;
    int status = LINNET_OK;
    if (w->error)
        status = write_error(w, err);
    else if (closed != 0)
        status = base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", w->path, sf_error_number(closed));
    ogg_pages_close(&w->pages);
    free(w);
    return status;
}

void sound_writer_abandon(struct sound_writer **writer)
{
    struct sound_writer *const w = *writer;
    *writer = NULL;
    if (!w)
        return;
    if (!w->error)
        w->error = ECANCELED;
    if (w->file)
        sf_close(w->file);
    ogg_pages_close(&w->pages);
    free(w);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* A file on its way into memory. */
struct reading {
    const char *path;
    SNDFILE *file;
    SF_INFO info;
    struct resampler *resampler; /* NULL: the rate is right */
    float *samples;
    size_t n_samples, capacity, most;
    float frames[BLOCK_SAMPLES], mono[BLOCK_SAMPLES]; /* of all channels, of one */
};

static int too_long(const struct reading *r, struct base_error *err)
{
    return base_fail(err, LINNET_ERR_IO, "%s: can't read: longer than %d seconds", r->path, SOUND_MAX_SECONDS);
}

static int open_reading(struct reading *r, int sample_rate, struct base_error *err)
{
    struct stat info;
    const int fd = open(r->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a named pipe mustn't make us wait */
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        const char *const why = fd < 0 ? strerror(errno) : "not a file";
        if (fd >= 0)
            close(fd);
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", r->path, why);
    }
    r->file = sf_open_fd(fd, SFM_READ, &r->info, 1);
    if (!r->file) {
        close(fd); /* sf_open_fd() doesn't when it fails */
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", r->path, sf_strerror(NULL));
    }
    if (r->info.channels < 1 || r->info.channels > MAX_CHANNELS || r->info.samplerate < 1)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %d channels at %d Hz", r->path, r->info.channels,
                         r->info.samplerate);
    if (r->info.frames / r->info.samplerate >= SOUND_MAX_SECONDS) /* before any is decoded */
        return too_long(r, err);
    r->most = (size_t)sample_rate * SOUND_MAX_SECONDS;
    if (r->info.samplerate == sample_rate)
        return LINNET_OK;
    r->resampler = resample_open(r->info.samplerate, sample_rate);
    return r->resampler ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", r->path);
}

/* Room for `n` more samples; doubles. */
static int make_room(struct reading *r, size_t n, struct base_error *err)
{
    if (n > r->most + BLOCK_SAMPLES - r->n_samples)
        return too_long(r, err);
    if (r->n_samples + n <= r->capacity)
        return LINNET_OK;
    const size_t capacity = 2 * (r->n_samples + n);
    float *const grown = realloc(r->samples, capacity * sizeof *grown);
    if (!grown)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", r->path);
    r->samples = grown;
    r->capacity = capacity;
    return LINNET_OK;
}

/* Appends mono[n]. */
static int append(struct reading *r, const float *mono, size_t n, struct base_error *err)
{
    const int status = make_room(r, n, err);
    if (status != LINNET_OK)
        return status;
    memcpy(r->samples + r->n_samples, mono, n * sizeof *mono);
    r->n_samples += n;
    return LINNET_OK;
}

/* The same at the rate wanted; NULL: what the resampler still holds. */
static int convert(struct reading *r, const float *mono, size_t n, struct base_error *err)
{
    size_t taken, made;
    do {
        const int status = make_room(r, BLOCK_SAMPLES, err);
        if (status != LINNET_OK)
            return status;
        made = resample(r->resampler, r->samples + r->n_samples, BLOCK_SAMPLES, mono, n, &taken);
        r->n_samples += made;
        mono = mono ? mono + taken : NULL;
        n -= taken;
    } while (n > 0 || made > 0);
    return LINNET_OK;
}

static int read_all(struct reading *r, struct base_error *err)
{
    const size_t channels = (size_t)r->info.channels;
    int status = LINNET_OK;
    sf_count_t n;
    while (status == LINNET_OK &&
           (n = sf_readf_float(r->file, r->frames, (sf_count_t)(BLOCK_SAMPLES / channels))) > 0) {
        for (size_t i = 0; i < (size_t)n; i++) {
            float sum = 0;
            for (size_t c = 0; c < channels; c++)
                sum += r->frames[i * channels + c];
            r->mono[i] = fminf(fmaxf(sum / (float)channels, -1), 1); /* NaN: -1 */
        }
        status = r->resampler ? convert(r, r->mono, (size_t)n, err) : append(r, r->mono, (size_t)n, err);
    }
    if (status == LINNET_OK && sf_error(r->file) != SF_ERR_NO_ERROR)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", r->path, sf_strerror(r->file));
    return status == LINNET_OK && r->resampler ? convert(r, NULL, 0, err) : status;
}

int sound_read(const char *path, int sample_rate, float **samples, size_t *n_samples, struct base_error *err)
{
    struct reading *const r = calloc(1, sizeof *r);
    *samples = NULL;
    *n_samples = 0;
    if (!r)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
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
    resample_close(r->resampler);
    if (r->file)
        sf_close(r->file);
    free(r);
    return status;
}
