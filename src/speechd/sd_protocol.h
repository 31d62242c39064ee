/* The line protocol between speech-dispatcher and its modules, as bytes: lines in, packets and replies out. What the
 * commands mean is sd_main.c's business.
 *
 * Nothing here blocks: the reader takes what there is, the writer keeps what the server doesn't take yet. */
#ifndef LINNET_SD_PROTOCOL_H
#define LINNET_SD_PROTOCOL_H

#include "base/compiler.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SD_MAX_LINE (4u << 20) /* bytes; what is longer is cut */

/* ---- lines in ------------------------------------------------------------------------------------------------- */

struct sd_reader {
    int fd;
    char *data;                   /* [capacity] */
    size_t start, size, capacity; /* bytes not taken yet: data[start .. size) */
    size_t seen;                  /* data[start .. seen) has no line end */
    bool cutting;                 /* the rest of an over-long line is still to come */
};

enum sd_read { SD_READ_SOME, SD_READ_END, SD_READ_NO_MEMORY };

/* Reads once what is there (the descriptor should be readable). An interrupted read is SD_READ_SOME. */
BASE_MUST_USE enum sd_read sd_reader_fill(struct sd_reader *reader);

/* The next whole line without its line end, NUL-terminated; NULL when there is none yet. It may have NULs inside.
 * Valid until the next call of either function. *cut: it was too long and has lost its end. */
char *sd_reader_line(struct sd_reader *reader, size_t *size, bool *cut);

void sd_reader_clear(struct sd_reader *reader);

/* ---- packets out ---------------------------------------------------------------------------------------------- */

/* What goes out in one piece. Not larger than what a pipe takes at once (PIPE_BUF of Linux), so a block of audio that
 * has begun never waits half-way, and 703 never waits behind one. */
#define SD_PACKET_BYTES 4096

struct sd_packet {
    size_t size;
    size_t n_samples;    /* of audio; 0: it is text */
    int16_t last_sample; /* audio: where the wave stands after it */
    int sample_rate;
    char bytes[SD_PACKET_BYTES];
};

/* Fills *packet with as many of the samples as it holds (at least 900) and returns how many. n_samples > 0. */
size_t sd_packet_audio(struct sd_packet *packet, const int16_t *samples, size_t n_samples, int sample_rate);

/* Fills *packet with text; what doesn't fit is left out. */
BASE_PRINTF(2, 3)
void sd_packet_text(struct sd_packet *packet, const char *format, ...);

/* "700-name", "700 INDEX MARK". Line ends in the name become spaces. */
void sd_packet_mark(struct sd_packet *packet, const char *name);

/* ---- bytes out ------------------------------------------------------------------------------------------------ */

struct sd_writer {
    int fd;                      /* non-blocking */
    char *data;                  /* [capacity] */
    size_t sent, size, capacity; /* bytes that wait: data[sent .. size) */
    bool failed;                 /* out of memory, or the server has gone */
};

void sd_write(struct sd_writer *writer, const void *data, size_t size);
BASE_PRINTF(2, 3)
void sd_reply(struct sd_writer *writer, const char *format, ...); /* one line; the line end is added */

/* Sends what the server takes now. */
void sd_writer_flush(struct sd_writer *writer);
size_t sd_writer_waiting(const struct sd_writer *writer);
void sd_writer_clear(struct sd_writer *writer);

#endif
