/* Samples to a sound file that gets its name when it is whole; or, of kinds that a pipe can take as well, to standard
 * output. */
#include "audio/sink_classes.h"
#include "audio/whole_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Standard output, which can be mended only when it is a file of its own from its start on. */
static struct sound_target target_stdout(void)
{
    struct stat info;
    const int flags = fcntl(STDOUT_FILENO, F_GETFL);
    const bool seekable = flags >= 0 && !(flags & O_APPEND) && fstat(STDOUT_FILENO, &info) == 0 &&
                          S_ISREG(info.st_mode) && lseek(STDOUT_FILENO, 0, SEEK_CUR) == 0;
    return (struct sound_target){.fd = STDOUT_FILENO, .seekable = seekable};
}

static int start_file(struct file_sink *sink, const struct sink_options *options, struct base_error *err)
{
    const struct sound_kind *const kind = options->kind ? options->kind : sound_kind_of(options->path);
    const bool is_stdout = !strcmp(options->path, "-");
    if (!kind)
        return base_fail(err, LINNET_ERR_ARGUMENT, "%s: unknown ending", options->path);
    sink->path = strdup(is_stdout ? "standard output" : options->path);
    if (!sink->path)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", options->path);
    int status = is_stdout ? LINNET_OK : whole_file_open(&sink->file, options->path, err);
    if (status != LINNET_OK)
        return status;
    const struct sound_target target =
        is_stdout ? target_stdout()
                  : (struct sound_target){.fd = sink->file.fd, .seekable = sink->file.temp_path != NULL};
    status = sound_writer_open(&sink->writer, kind, sink->path, &target, options->sample_rate, &options->tags, err);
    if (status == LINNET_OK && sound_is_lossy(kind) && options->quality >= 0)
        status = sound_writer_set_quality(sink->writer, options->quality, err);
    return status;
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
    if (status == LINNET_OK && sink->file.fd >= 0)
        status = whole_file_commit(&sink->file, err);
    file_cancel(base);
    return status;
}

const struct sink_class sink_file_class = {.name = "file",
                                           .takes_path = takes_path,
                                           .open = file_open,
                                           .write = file_write,
                                           .finish = file_finish,
                                           .cancel = file_cancel};
