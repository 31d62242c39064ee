/* Lines in, packets out. Audio is escaped so that a line end (0x0A) can't occur inside: it and the escape (0x7D)
 * become the escape followed by the byte XOR 0x20. */
#include "speechd/sd_protocol.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES 65536 /* the size of a pipe */
#define ESCAPE 0x7d
#define ESCAPE_XOR 0x20
#define AUDIO_HEADER_BYTES 128 /* at most, together with what follows the samples */

/* ---- lines in ------------------------------------------------------------------------------------------------- */

/* Room for one more read, of an empty start. */
static bool make_room(struct sd_reader *r)
{
    if (r->start > 0) {
        memmove(r->data, r->data + r->start, r->size - r->start);
        r->seen -= r->start;
        r->size -= r->start;
        r->start = 0;
    }
    if (r->capacity - r->size >= READ_BYTES)
        return true;
    const size_t capacity = 2 * r->capacity > r->size + READ_BYTES ? 2 * r->capacity : r->size + READ_BYTES;
    char *const data = realloc(r->data, capacity);
    if (!data)
        return false;
    r->data = data;
    r->capacity = capacity;
    return true;
}

enum sd_read sd_reader_fill(struct sd_reader *r)
{
    if (!make_room(r))
        return SD_READ_NO_MEMORY;
    const ssize_t n = read(r->fd, r->data + r->size, READ_BYTES);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN ? SD_READ_SOME : SD_READ_END;
    r->size += (size_t)n;
    return n > 0 ? SD_READ_SOME : SD_READ_END;
}

/* Takes data[start .. end) as a line and goes on at `next`. */
static char *take_line(struct sd_reader *r, size_t end, size_t next, size_t *size)
{
    char *const line = r->data + r->start;
    *size = end - r->start;
    r->data[end] = '\0';
    r->start = r->seen = next;
    return line;
}

char *sd_reader_line(struct sd_reader *r, size_t *size, bool *cut)
{
    for (;;) {
        char *const end = r->size > r->seen ? memchr(r->data + r->seen, '\n', r->size - r->seen) : NULL;
        const bool rest = r->cutting;
        r->seen = r->size;
        *cut = false;
        if (!end && !rest && r->size - r->start > SD_MAX_LINE) {
            r->cutting = *cut = true;
            return take_line(r, r->start + SD_MAX_LINE, r->size, size);
        }
        if (!end && rest)
            r->start = r->size;
        if (!end)
            return NULL;
        r->cutting = false;
        const size_t at = (size_t)(end - r->data);
        if (!rest)
            return take_line(r, at, at + 1, size);
        r->start = r->seen = at + 1;
    }
}

void sd_reader_clear(struct sd_reader *r)
{
    free(r->data);
    *r = (struct sd_reader){.fd = -1};
}

/* ---- packets out ---------------------------------------------------------------------------------------------- */

static bool needs_escape(unsigned char byte)
{
    return byte == '\n' || byte == ESCAPE;
}

static size_t escaped_size(int16_t sample)
{
    const uint16_t bits = (uint16_t)sample;
    return 2u + needs_escape((unsigned char)bits) + needs_escape((unsigned char)(bits >> 8));
}

static char *put_byte(char *out, unsigned char byte)
{
    if (needs_escape(byte)) {
        *out++ = ESCAPE;
        byte ^= ESCAPE_XOR;
    }
    *out++ = (char)byte;
    return out;
}

size_t sd_packet_audio(struct sd_packet *packet, const int16_t *samples, size_t n_samples, int sample_rate)
{
    size_t n = 0;
    for (size_t bytes = AUDIO_HEADER_BYTES; n < n_samples; n++) {
        bytes += escaped_size(samples[n]);
        if (bytes > SD_PACKET_BYTES)
            break;
    }
    sd_packet_text(packet,
                   "705-bits=16\n705-num_channels=1\n705-sample_rate=%d\n705-num_samples=%zu\n"
                   "705-big_endian=0\n705-AUDIO",
                   sample_rate, n);
    char *out = packet->bytes + packet->size;
    *out++ = '\0';
    for (size_t i = 0; i < n; i++) {
        const uint16_t bits = (uint16_t)samples[i];
        out = put_byte(out, (unsigned char)bits);
        out = put_byte(out, (unsigned char)(bits >> 8));
    }
    static const char close[] = "\n705 AUDIO\n";
    memcpy(out, close, sizeof close - 1);
    packet->size = (size_t)(out - packet->bytes) + sizeof close - 1;
    packet->n_samples = n;
    packet->last_sample = samples[n - 1];
    packet->sample_rate = sample_rate;
    return n;
}

void sd_packet_text(struct sd_packet *packet, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(packet->bytes, sizeof packet->bytes, format, args);
    va_end(args);
    packet->size = n < 0 ? 0 : (size_t)n < sizeof packet->bytes ? (size_t)n : sizeof packet->bytes - 1;
    packet->n_samples = 0;
    packet->last_sample = 0;
    packet->sample_rate = 0;
}

void sd_packet_mark(struct sd_packet *packet, const char *name)
{
    const int length = (int)strcspn(name, "\r\n");
    sd_packet_text(packet, "700-%.*s\n700 INDEX MARK\n", length < 2000 ? length : 2000, name);
}

/* ---- bytes out ------------------------------------------------------------------------------------------------ */

static bool writer_room(struct sd_writer *w, size_t more)
{
    if (w->sent == w->size)
        w->sent = w->size = 0;
    if (w->capacity - w->size >= more)
        return true;
    const size_t capacity = 2 * w->capacity > w->size + more ? 2 * w->capacity : w->size + more;
    char *const data = realloc(w->data, capacity);
    if (!data)
        return false;
    w->data = data;
    w->capacity = capacity;
    return true;
}

void sd_write(struct sd_writer *w, const void *data, size_t size)
{
    if (w->failed || !writer_room(w, size)) {
        w->failed = true;
        return;
    }
    memcpy(w->data + w->size, data, size);
    w->size += size;
}

void sd_reply(struct sd_writer *w, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(line, sizeof line - 1, format, args);
    va_end(args);
    const size_t size = n < 0 ? 0 : (size_t)n < sizeof line - 2 ? (size_t)n : sizeof line - 2;
    line[size] = '\n';
    sd_write(w, line, size + 1);
}

void sd_writer_flush(struct sd_writer *w)
{
    while (!w->failed && w->sent < w->size) {
        const ssize_t n = write(w->fd, w->data + w->sent, w->size - w->sent);
        if (n >= 0)
            w->sent += (size_t)n;
        else if (errno == EAGAIN)
            return;
        else if (errno != EINTR)
            w->failed = true;
    }
}

size_t sd_writer_waiting(const struct sd_writer *w)
{
    return w->size - w->sent;
}

void sd_writer_clear(struct sd_writer *w)
{
    free(w->data);
    *w = (struct sd_writer){.fd = -1};
}
