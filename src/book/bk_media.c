/* Audiobooks, by libavformat and libavcodec: the only file that includes them.
 *
 * The MPEG-4 muxer takes chapters at its end; Ogg has them in its head, as comments
 * (https://wiki.xiph.org/Chapter_Extension), so an Opus book's packets wait in a temporary file until all is spoken.
 * These comments are written here: libavformat 59 rounds their seconds. */
#define _XOPEN_SOURCE 700 /* strdup(), lseek() */

#include "book/bk_media.h"

#include "base/base64.h"
#include "linnet.h"
#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define IO_BYTES 65536
#define BIT_RATE_AAC 64000
#define BIT_RATE_OPUS 32000

struct bk_media {
    const char *path; /* borrowed */
    const struct bk_book *book;
    int fd;
    bool is_ogg;
    AVFormatContext *format;
    AVCodecContext *encoder;
    AVStream *stream;
    AVFrame *frame;
    AVPacket *packet;
    int filled;      /* samples in the frame */
    int64_t n_given; /* samples that the encoder has */
    FILE *spool;     /* Ogg: packets that wait */
    unsigned n_chapters;
};

static int fail(const struct bk_media *m, int code, struct base_error *err)
{
    char why[AV_ERROR_MAX_STRING_SIZE] = "";
    av_strerror(code, why, sizeof why);
    return base_fail(err, code == AVERROR(ENOMEM) ? LINNET_ERR_MEMORY : LINNET_ERR_IO, "%s: can't write: %s", m->path,
                     why);
}

static bool ends_in(const char *path, const char *ending)
{
    const size_t n = strlen(path), m = strlen(ending);
    return n > m && !strcasecmp(path + n - m, ending);
}

bool bk_media_takes(const char *path)
{
    return ends_in(path, ".m4b") || ends_in(path, ".m4a") || ends_in(path, ".opus");
}

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

#if LIBAVFORMAT_VERSION_MAJOR < 61
typedef uint8_t io_byte;
#else
typedef const uint8_t io_byte;
#endif

static int io_write(void *user, io_byte *data, int size)
{
    const struct bk_media *const m = user;
    int done = 0;
    while (done < size) {
        const ssize_t n = write(m->fd, data + done, (size_t)(size - done));
        if (n < 0 && errno != EINTR)
            return AVERROR(errno);
        done += n > 0 ? (int)n : 0;
    }
    return size;
}

static int64_t io_seek(void *user, int64_t offset, int whence)
{
    const struct bk_media *const m = user;
    if (whence & AVSEEK_SIZE)
        return AVERROR(ENOSYS);
    const off_t at = lseek(m->fd, (off_t)offset, whence & 3);
    return at < 0 ? AVERROR(errno) : at;
}

static int open_io(struct bk_media *m)
{
    unsigned char *const buffer = av_malloc(IO_BYTES);
    m->format->pb = buffer ? avio_alloc_context(buffer, IO_BYTES, 1, m, NULL, io_write, io_seek) : NULL;
    return m->format->pb ? 0 : AVERROR(ENOMEM);
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

static int open_encoder(struct bk_media *m, int sample_rate)
{
    const AVCodec *const codec =
        m->is_ogg ? avcodec_find_encoder_by_name("libopus") : avcodec_find_encoder(AV_CODEC_ID_AAC);
    if (!codec)
        return AVERROR_ENCODER_NOT_FOUND;
    m->encoder = avcodec_alloc_context3(codec);
    if (!m->encoder)
        return AVERROR(ENOMEM);
    m->encoder->sample_rate = sample_rate;
    m->encoder->ch_layout = (AVChannelLayout)AV_CHANNEL_LAYOUT_MONO;
    m->encoder->sample_fmt = m->is_ogg ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;
    m->encoder->bit_rate = m->is_ogg ? BIT_RATE_OPUS : BIT_RATE_AAC;
    m->encoder->time_base = (AVRational){1, sample_rate};
    m->encoder->flags |=
        (m->format->oformat->flags & AVFMT_GLOBALHEADER ? AV_CODEC_FLAG_GLOBAL_HEADER : 0) | AV_CODEC_FLAG_BITEXACT;
    AVDictionary *options = NULL;
    if (!m->is_ogg) /* nearer to the samples than the usual coder, of the same size, and nearly three times as fast */
        av_dict_set(&options, "aac_coder", "fast", 0);
    const int status = avcodec_open2(m->encoder, codec, &options);
    av_dict_free(&options);
    return status;
}

static int open_frame(struct bk_media *m)
{
    m->frame = av_frame_alloc();
    m->packet = av_packet_alloc();
    if (!m->frame || !m->packet)
        return AVERROR(ENOMEM);
    m->frame->nb_samples = m->encoder->frame_size;
    m->frame->format = m->encoder->sample_fmt;
    m->frame->sample_rate = m->encoder->sample_rate;
    const int status = av_channel_layout_copy(&m->frame->ch_layout, &m->encoder->ch_layout);
    return status < 0 ? status : av_frame_get_buffer(m->frame, 0);
}

static void set_tag(struct bk_media *m, const char *name, const char *value)
{
    if (value && *value)
        av_dict_set(&m->format->metadata, name, value, 0);
}

static unsigned be16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* Width and height of a JPEG (its start-of-frame segment) or PNG picture; 1 where they can't be told. */
static void picture_size(const unsigned char *data, size_t size, int *width, int *height)
{
    *width = *height = 1;
    if (data[0] == 0x89 && size >= 24) {
        *width = (int)be16(data + 18);
        *height = (int)be16(data + 22);
        return;
    }
    for (size_t at = 2; at + 9 < size && data[at] == 0xFF; at += 2 + be16(data + at + 2)) {
        const unsigned char marker = data[at + 1];
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            *height = (int)be16(data + at + 5);
            *width = (int)be16(data + at + 7);
            return;
        }
    }
}

static const char *picture_type(const unsigned char *data)
{
    return data[0] == 0x89 ? "image/png" : "image/jpeg";
}

static void put_be32(unsigned char **at, size_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        *(*at)++ = (unsigned char)(value >> shift & 0xFF);
}

/* METADATA_BLOCK_PICTURE, as FLAC has it (RFC 9639, 8.8), in base64. */
static int set_ogg_cover(struct bk_media *m)
{
    const struct bk_book *const b = m->book;
    const char *const type = picture_type(b->cover);
    const size_t n = strlen(type), size = 32 + n + b->cover_size;
    int width, height;
    unsigned char *const block = malloc(size), *at = block;
    char *const text = malloc(BASE64_SIZE(size));
    if (block && text) {
        picture_size(b->cover, b->cover_size, &width, &height);
        put_be32(&at, 3); /* front cover */
        put_be32(&at, n);
        memcpy(at, type, n);
        at += n;
        put_be32(&at, 0); /* description */
        put_be32(&at, (size_t)width);
        put_be32(&at, (size_t)height);
        put_be32(&at, 24);
        put_be32(&at, 0);
        put_be32(&at, b->cover_size);
        memcpy(at, b->cover, b->cover_size);
        base64_encode(text, block, size);
        set_tag(m, "METADATA_BLOCK_PICTURE", text);
    }
    free(block);
    free(text);
    return block && text ? 0 : AVERROR(ENOMEM);
}

static int add_cover_stream(struct bk_media *m)
{
    AVStream *const stream = avformat_new_stream(m->format, NULL);
    if (!stream)
        return AVERROR(ENOMEM);
    stream->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
    stream->codecpar->codec_id = m->book->cover[0] == 0x89 ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG;
    picture_size(m->book->cover, m->book->cover_size, &stream->codecpar->width, &stream->codecpar->height);
    stream->disposition = AV_DISPOSITION_ATTACHED_PIC;
    return 0;
}

static int write_cover(struct bk_media *m)
{
    AVPacket *packet = av_packet_alloc();
    int status = packet ? av_new_packet(packet, (int)m->book->cover_size) : AVERROR(ENOMEM);
    if (status == 0) {
        memcpy(packet->data, m->book->cover, m->book->cover_size);
        packet->stream_index = 1;
        packet->pts = packet->dts = 0;
        packet->flags |= AV_PKT_FLAG_KEY;
        status = av_write_frame(m->format, packet);
    }
    av_packet_free(&packet);
    return status < 0 ? status : 0;
}

static int write_header(struct bk_media *m)
{
    int status = avformat_write_header(m->format, NULL);
    if (status >= 0 && m->format->nb_streams > 1)
        status = write_cover(m);
    return status < 0 ? status : 0;
}

static int begin(struct bk_media *m, int sample_rate)
{
    const struct bk_book *const b = m->book;
    int status = avformat_alloc_output_context2(&m->format, NULL, m->is_ogg ? "opus" : "ipod", NULL);
    if (status >= 0)
        status = open_io(m);
    if (status >= 0)
        status = open_encoder(m, sample_rate);
    if (status >= 0)
        status = open_frame(m);
    if (status < 0)
        return status;
    m->format->flags |= AVFMT_FLAG_BITEXACT;
    m->stream = avformat_new_stream(m->format, NULL);
    if (!m->stream)
        return AVERROR(ENOMEM);
    m->stream->time_base = m->encoder->time_base;
    status = avcodec_parameters_from_context(m->stream->codecpar, m->encoder);
    set_tag(m, "title", b->title);
    set_tag(m, "album", b->title);
    set_tag(m, "artist", b->author);
    set_tag(m, "genre", "Audiobook");
    if (status >= 0 && b->cover)
        status = m->is_ogg ? set_ogg_cover(m) : add_cover_stream(m);
    if (status >= 0 && m->is_ogg && !(m->spool = tmpfile()))
        status = AVERROR(errno);
    return status < 0 || m->is_ogg ? status : write_header(m);
}

int bk_media_open(struct bk_media **out, const char *path, int fd, int sample_rate, const struct bk_book *book,
                  struct base_error *err)
{
    struct bk_media *m = calloc(1, sizeof *m);
    *out = NULL;
    if (!m)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    av_log_set_level(AV_LOG_QUIET);
    *m = (struct bk_media){.path = path, .book = book, .fd = fd, .is_ogg = ends_in(path, ".opus")};
    const int status = begin(m, sample_rate);
    if (status < 0) {
        const int code = fail(m, status, err);
        bk_media_abandon(&m);
        return code;
    }
    *out = m;
    return LINNET_OK;
}

/* ---- sound ------------------------------------------------------------------------------------------------------- */

/* A packet in the spool: what stands before its bytes. */
struct waiting {
    int64_t pts, duration;
    int size;
};

static int spool_packet(struct bk_media *m)
{
    const struct waiting head = {m->packet->pts, m->packet->duration, m->packet->size};
    const bool written = fwrite(&head, sizeof head, 1, m->spool) == 1 &&
                         fwrite(m->packet->data, 1, (size_t)head.size, m->spool) == (size_t)head.size;
    return written ? 0 : AVERROR(errno ? errno : EIO);
}

static int mux_packet(struct bk_media *m)
{
    m->packet->stream_index = 0;
    av_packet_rescale_ts(m->packet, m->encoder->time_base, m->stream->time_base);
    return av_interleaved_write_frame(m->format, m->packet);
}

/* Gives the encoder a frame (NULL: the end) and takes what it has made. */
static int encode(struct bk_media *m, AVFrame *frame)
{
    int status = avcodec_send_frame(m->encoder, frame);
    while (status >= 0 && (status = avcodec_receive_packet(m->encoder, m->packet)) >= 0) {
        status = m->is_ogg ? spool_packet(m) : mux_packet(m);
        av_packet_unref(m->packet);
    }
    return status == AVERROR(EAGAIN) || status == AVERROR_EOF ? 0 : status;
}

static int encode_filled(struct bk_media *m)
{
    m->frame->nb_samples = m->filled;
    m->frame->pts = m->n_given;
    m->n_given += m->filled;
    m->filled = 0;
    const int status = encode(m, m->frame);
    const int writable = av_frame_make_writable(m->frame);
    m->frame->nb_samples = m->encoder->frame_size;
    return status < 0 ? status : writable;
}

int bk_media_write(struct bk_media *m, const float *samples, size_t n, struct base_error *err)
{
    while (n > 0) {
        const size_t room = (size_t)(m->encoder->frame_size - m->filled), take = n < room ? n : room;
        memcpy((float *)(void *)m->frame->data[0] + m->filled, samples, take * sizeof *samples);
        m->filled += (int)take;
        samples += take;
        n -= take;
        const int status = m->filled == m->encoder->frame_size ? encode_filled(m) : 0;
        if (status < 0)
            return fail(m, status, err);
    }
    return LINNET_OK;
}

static void set_ogg_chapter(struct bk_media *m, const char *title, uint64_t ms)
{
    char name[32], value[32];
    snprintf(name, sizeof name, "CHAPTER%03u", m->n_chapters);
    snprintf(value, sizeof value, "%02u:%02u:%02u.%03u", (unsigned)(ms / 3600000), (unsigned)(ms / 60000 % 60),
             (unsigned)(ms / 1000 % 60), (unsigned)(ms % 1000));
    set_tag(m, name, value);
    snprintf(name, sizeof name, "CHAPTER%03uNAME", m->n_chapters++);
    set_tag(m, name, title);
}

int bk_media_chapter(struct bk_media *m, const char *title, uint64_t start, uint64_t end, struct base_error *err)
{
    AVFormatContext *const f = m->format;
    const uint64_t rate = (uint64_t)m->encoder->sample_rate;
    if (m->is_ogg) {
        set_ogg_chapter(m, title, start * 1000 / rate);
        return LINNET_OK;
    }
    AVChapter **const grown = av_realloc_array(f->chapters, f->nb_chapters + 1, sizeof *grown);
    AVChapter *const chapter = grown ? av_mallocz(sizeof *chapter) : NULL;
    if (grown)
        f->chapters = grown;
    if (!chapter)
        return fail(m, AVERROR(ENOMEM), err);
    chapter->id = f->nb_chapters;
    chapter->time_base = (AVRational){1, 1000};
    chapter->start = (int64_t)(start * 1000 / rate);
    chapter->end = (int64_t)(end * 1000 / rate);
    av_dict_set(&chapter->metadata, "title", title, 0);
    f->chapters[f->nb_chapters++] = chapter;
    return LINNET_OK;
}

/* The packets that wait, behind a header that knows the chapters. */
static int mux_spool(struct bk_media *m)
{
    struct waiting head;
    int status = write_header(m);
    rewind(m->spool);
    while (status >= 0 && fread(&head, sizeof head, 1, m->spool) == 1) {
        status = av_new_packet(m->packet, head.size);
        if (status >= 0 && fread(m->packet->data, 1, (size_t)head.size, m->spool) != (size_t)head.size)
            status = AVERROR(EIO);
        m->packet->pts = m->packet->dts = head.pts;
        m->packet->duration = head.duration;
        if (status >= 0)
            status = mux_packet(m);
        av_packet_unref(m->packet);
    }
    return status;
}

int bk_media_close(struct bk_media **media, struct base_error *err)
{
    struct bk_media *const m = *media;
    int status = m->filled > 0 ? encode_filled(m) : 0;
    if (status >= 0)
        status = encode(m, NULL);
    if (status >= 0 && m->is_ogg)
        status = mux_spool(m);
    if (status >= 0)
        status = av_write_trailer(m->format);
    avio_flush(m->format->pb);
    if (status >= 0 && m->format->pb->error < 0)
        status = m->format->pb->error;
    const int code = status < 0 ? fail(m, status, err) : LINNET_OK;
    bk_media_abandon(media);
    return code;
}

void bk_media_abandon(struct bk_media **media)
{
    struct bk_media *const m = *media;
    *media = NULL;
    if (!m)
        return;
    if (m->spool)
        fclose(m->spool);
    av_frame_free(&m->frame);
    av_packet_free(&m->packet);
    avcodec_free_context(&m->encoder);
    if (m->format && m->format->pb) {
        av_freep(&m->format->pb->buffer);
        avio_context_free(&m->format->pb);
    }
    avformat_free_context(m->format);
    free(m);
}
