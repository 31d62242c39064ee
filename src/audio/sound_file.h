/* Sound files, by libsndfile: written sample by sample, and read as a whole. Hides sndfile.h. */
#ifndef LINNET_SOUND_FILE_H
#define LINNET_SOUND_FILE_H

#include "base/compiler.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

/* ---- kinds of files ---------------------------------------------------------------------------------------------- */

struct sound_kind;

/* The kind that a path asks for: by its ending, in any case; a device or named pipe is WAV. NULL: none. */
const struct sound_kind *sound_kind_of(const char *path);

/* The kind of this name: "flac", as the ending without its dot. NULL: none. */
const struct sound_kind *sound_kind_named(const char *name);

/* Whether it throws away what is hard to hear, and so has a quality. */
bool sound_is_lossy(const struct sound_kind *kind);

/* The endings that the installed libsndfile can write, with `between` between them: to out[size], cut to fit. */
void sound_endings(char *out, size_t size, const char *between);

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* What players show, UTF-8; NULL or "": not given. */
struct sound_tags {
    const char *title, *artist, *album;
    const char *track; /* a number, or "3/12" */
};

struct sound_writer;

/* Where the bytes go: to `put`, which returns 0 or, to end it, an errno; or, when that is NULL, to fd, which is open
 * for reading too when it is seekable. What can't seek gets a file that needn't be mended at its end: WAV's sizes then
 * say "until the end". */
struct sound_target {
    int fd;
    bool seekable;
    int (*put)(void *user, const void *data, size_t size);
    void *user;
};

/* Begins a file of this kind. `path` is borrowed, for messages; the target's fd and user stay the caller's. LINNET_OK,
 * LINNET_ERR_IO, LINNET_ERR_MEMORY; *out is NULL then. */
BASE_MUST_USE int sound_writer_open(struct sound_writer **out, const struct sound_kind *kind, const char *path,
                                    const struct sound_target *target, int sample_rate, const struct sound_tags *tags,
                                    struct base_error *err);
/* Before the first samples: from 0 (small) to 10 (good), of a kind that is lossy. */
BASE_MUST_USE int sound_writer_set_quality(struct sound_writer *writer, double quality, struct base_error *err);
/* Mono, -1 ... 1. */
BASE_MUST_USE int sound_writer_write(struct sound_writer *writer, const float *samples, size_t n_samples,
                                     struct base_error *err);
/* Writes what is left (header, index) and releases. Sets *writer to NULL. */
BASE_MUST_USE int sound_writer_close(struct sound_writer **writer, struct base_error *err);
/* Releases; what the codec still wants to write is thrown away. NULL in it is fine. */
void sound_writer_abandon(struct sound_writer **writer);

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Any format that libsndfile knows, mixed down to one channel, at this rate. *samples [*n_samples] is to be free()d.
 * Shorter than SOUND_MAX_SECONDS. LINNET_OK, LINNET_ERR_IO, LINNET_ERR_MEMORY; "path: why". Only regular files are
 * opened. */
#define SOUND_MAX_SECONDS 600
BASE_MUST_USE int sound_read(const char *path, int sample_rate, float **samples, size_t *n_samples,
                             struct base_error *err);

#endif
