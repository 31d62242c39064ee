/* Where samples go: a file, standard output, a sound card or nowhere (layer 5). The only header of this folder that
 * programs include.
 *
 * A sink takes mono floats, -1 ... 1, at the rate that it was opened with. Its life is sink_open(), any number of
 * sink_write(), then exactly one of sink_finish() (all was said: a file gets its name, a sound card is heard to the
 * end) and sink_cancel() (stop now: a file disappears, a sound card falls silent). Both release it. One thread at a
 * time.
 *
 * To add a sink: one struct sink_class in one new file, and its line in the table of sink.c. */
#ifndef LINNET_SINK_H
#define LINNET_SINK_H

#include "base/compiler.h"
#include "linnet.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct sink_error {
    char text[512]; /* UTF-8, "what: why"; empty when there was no error */
};

/* Formats a message into *err (NULL: nowhere) and returns `status`. */
BASE_PRINTF(3, 4)
int sink_fail(struct sink_error *err, int status, const char *format, ...);

struct sink_options {
    int sample_rate;         /* Hz */
    const char *path;        /* file sinks: the target; "-" is standard output */
    const char *device;      /* sound card: name, part of a name, or index; NULL: the system's default */
    const atomic_bool *stop; /* polled while a sink waits; true makes it return LINNET_CANCELLED. NULL: never */
};

/* Every sink's own struct starts with this. */
struct sink {
    const struct sink_class *type;
};

/* One playback device of a sink that has such. */
struct sink_device {
    int index;
    const char *name, *system; /* valid during the callback */
    int channels;
    double sample_rate;        /* Hz, its default */
    bool is_default;
};

struct sink_class {
    const char *name;
    /* A path that this sink writes by its ending or form; NULL: a sink that has no path. */
    bool (*takes_path)(const char *path);
    int (*open)(struct sink **out, const struct sink_options *options, struct sink_error *err);
    int (*write)(struct sink *sink, const float *samples, size_t n_samples, struct sink_error *err);
    int (*finish)(struct sink *sink, struct sink_error *err);
    void (*cancel)(struct sink *sink);
    /* Calls back for each device; NULL: a sink that has none. */
    int (*devices)(void (*callback)(void *user, const struct sink_device *device), void *user, struct sink_error *err);
};

/* The sink called `name` ("sndfile", "wav", "raw", "portaudio", "null"), or NULL. */
const struct sink_class *sink_by_name(const char *name);

/* The sink that writes `path`, or NULL when nothing knows its ending. */
const struct sink_class *sink_by_path(const char *path);

/* File name endings that sink_by_path() knows, for messages. */
const char *sink_path_endings(void);

BASE_MUST_USE int sink_open(struct sink **out, const struct sink_class *type, const struct sink_options *options,
                            struct sink_error *err);
BASE_MUST_USE int sink_write(struct sink *sink, const float *samples, size_t n_samples, struct sink_error *err);
/* Both set *sink to NULL, and accept NULL in it. */
BASE_MUST_USE int sink_finish(struct sink **sink, struct sink_error *err);
void sink_cancel(struct sink **sink);

/* ---- A sound file read as a whole -------------------------------------------------------------------------------- */

/* Any format that libsndfile knows, mixed down to one channel, at this rate. *samples [*n_samples] is to be free()d; at most
 * SINK_MAX_READ samples. LINNET_OK, LINNET_ERR_IO, LINNET_ERR_MEMORY; "path: why". Only regular files are opened. */
#define SINK_MAX_READ ((size_t)1 << 26)
BASE_MUST_USE int sink_read_file(const char *path, int sample_rate, float **samples, size_t *n_samples,
                                 struct sink_error *err);

/* ---- A file that appears under its name only when it is whole ---------------------------------------------------- */

/* Bytes go to a hidden file beside the target, which takes the target's name at the end. A target that exists and is no
 * regular file (a device, a named pipe) is written directly. */
struct sink_part {
    int fd;           /* open for reading and writing, or -1 */
    char *final_path; /* symbolic links resolved */
    char *temp_path;  /* NULL: written directly */
};

BASE_MUST_USE int sink_part_open(struct sink_part *part, const char *path, struct sink_error *err);
/* Closes and renames. On failure nothing is left behind. */
BASE_MUST_USE int sink_part_commit(struct sink_part *part, struct sink_error *err);
/* Closes and removes. After commit or a failed open it does nothing. */
void sink_part_discard(struct sink_part *part);

/* Writes all of it, or reports `what` and why not. */
BASE_MUST_USE int sink_write_fd(int fd, const void *data, size_t size, const char *what, struct sink_error *err);

#endif
