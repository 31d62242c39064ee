/* Samples to a sound file that gets its name when it is whole. */
#include "audio/sink_classes.h"
#include "audio/whole_file.h"

#include <stdlib.h>
#include <string.h>

struct file_sink {
    struct sink base;
    struct whole_file file;
    struct sound_writer *writer;
    char *path; /* as the caller named it, for messages */
};

static bool takes_path(const char *path)
{
    return sound_kind_of(path) != NULL;
}

static void file_cancel(struct sink *base)
{
    struct file_sink *const sink = (struct file_sink *)base;
    sound_writer_abandon(&sink->writer);
    whole_file_discard(&sink->file);
    free(sink->path);
    free(sink);
}

static int start_file(struct file_sink *sink, const struct sink_options *options, struct base_error *err)
{
    const struct sound_kind *const kind = sound_kind_of(options->path);
    if (!kind)
        return base_fail(err, LINNET_ERR_ARGUMENT, "%s: unknown ending", options->path);
    sink->path = strdup(options->path);
    if (!sink->path)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", options->path);
    const int status = whole_file_open(&sink->file, options->path, err);
    if (status != LINNET_OK)
        return status;
    const struct sound_target target = {.fd = sink->file.fd, .seekable = sink->file.temp_path != NULL};
    return sound_writer_open(&sink->writer, kind, sink->path, &target, options->sample_rate, &options->tags, err);
}

static int file_open(struct sink **out, const struct sink_options *options, struct base_error *err)
{
    struct file_sink *const sink = calloc(1, sizeof *sink);
    if (!sink)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", options->path);
    sink->base.type = &sink_file_class;
    sink->file.fd = -1;
    const int status = start_file(sink, options, err);
    if (status == LINNET_OK)
        *out = &sink->base;
    else
        file_cancel(&sink->base);
    return status;
}

static int file_write(struct sink *base, const float *samples, size_t n_samples, struct base_error *err)
{
    struct file_sink *const sink = (struct file_sink *)base;
    return sound_writer_write(sink->writer, samples, n_samples, err);
}

static int file_finish(struct sink *base, struct base_error *err)
{
    struct file_sink *const sink = (struct file_sink *)base;
    int status = sound_writer_close(&sink->writer, err);
    if (status == LINNET_OK)
        status = whole_file_commit(&sink->file, err);
    file_cancel(base);
    return status;
}

const struct sink_class sink_file_class = {.name = "file", .takes_path = takes_path, .open = file_open,
                                           .write = file_write, .finish = file_finish, .cancel = file_cancel};
