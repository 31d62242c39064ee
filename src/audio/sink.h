/* Where samples go: a file, standard output, a sound card or nowhere.
 *
 * A sink takes mono floats, -1 ... 1, at the rate that it was opened with. Its life is sink_open(), any number of
 * sink_write(), then exactly one of sink_finish() (all was said: a file gets its name, a sound card is heard to the
 * end) and sink_cancel() (stop now: a file disappears, a sound card falls silent). Both release it. One thread at a
 * time.
 *
 * To add a sink: one struct sink_class in one new file, and its line in the table of sink.c. */
#ifndef LINNET_SINK_H
#define LINNET_SINK_H

#include "audio/sound_file.h"
#include "base/compiler.h"
#include "base/status.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct sink_options {
    int sample_rate;               /* Hz */
    const char *path;              /* file sinks: the target; "-" is standard output */
    const struct sound_kind *kind; /* file sinks: NULL: by the path's ending */
    double quality;                /* lossy kinds: 0 ... 10; negative: their own */
    struct sound_tags tags;        /* file sinks: what players show */
    const char *device;            /* sound card: name, part of a name, or index; NULL: the system's default */
    const atomic_bool *stop;       /* polled while a sink waits; true makes it return LINNET_CANCELLED. NULL: never */
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
    double sample_rate; /* Hz, its default */
    bool is_default;
};

struct sink_class {
    const char *name;
    /* A path that this sink writes by its ending or form; NULL: a sink that has no path. */
    bool (*takes_path)(const char *path);
    int (*open)(struct sink **out, const struct sink_options *options, struct base_error *err);
    int (*write)(struct sink *sink, const float *samples, size_t n_samples, struct base_error *err);
    int (*finish)(struct sink *sink, struct base_error *err);
    void (*cancel)(struct sink *sink);
    /* Calls back for each device; NULL: a sink that has none. */
    int (*devices)(void (*callback)(void *user, const struct sink_device *device), void *user, struct base_error *err);
};

/* The sink called `name` ("file", "wav", "raw", "portaudio", "null"), or NULL. */
const struct sink_class *sink_by_name(const char *name);

/* The sink that writes `path`, or NULL when nothing knows its ending. */
const struct sink_class *sink_by_path(const char *path);

BASE_MUST_USE int sink_open(struct sink **out, const struct sink_class *type, const struct sink_options *options,
                            struct base_error *err);
BASE_MUST_USE int sink_write(struct sink *sink, const float *samples, size_t n_samples, struct base_error *err);
/* Both set *sink to NULL, and accept NULL in it. */
BASE_MUST_USE int sink_finish(struct sink **sink, struct base_error *err);
void sink_cancel(struct sink **sink);

#endif
