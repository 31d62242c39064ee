/* Hands sentence by sentence to the file format. */
#include "cli/timing.h"
#include "audio/whole_file.h"
#include "base/alloc.h"
#include "base/buffer.h"
#include "cli/timing_collect.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const struct timing_format *const formats[] = {&timing_json, &timing_srt, &timing_vtt, &timing_textgrid};

#define N_FORMATS (sizeof formats / sizeof *formats)

struct timing {
    char *path;
    const struct timing_format *format;
    struct whole_file part;
    struct timing_file file;
    struct timing_collector collector;
    size_t marks_capacity;
};

static bool is_stdout(const char *path)
{
    return !strcmp(path, "-");
}

static const struct timing_format *format_of(const char *path, const char *format)
{
    const size_t length = strlen(path);
    if (!format && is_stdout(path))
        return &timing_json;
    for (size_t i = 0; i < N_FORMATS; i++) {
        const char *const ending = formats[i]->ending;
        const size_t n = strlen(ending);
        if (format ? !strcasecmp(format, ending + 1) : length > n && !strcasecmp(path + length - n, ending))
            return formats[i];
    }
    return NULL;
}

bool timing_known(const char *path, const char *format)
{
    return format_of(path, format) != NULL;
}

void timing_endings(char *out, size_t size, const char *between)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < N_FORMATS && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", used ? between : "", formats[i]->ending);
}

static int open_parts(struct timing *timing, const char *path, struct base_error *err)
{
    const int status = is_stdout(path) ? LINNET_OK : whole_file_open(&timing->part, path, err);
    if (status != LINNET_OK)
        return status;
    const int copy = dup(is_stdout(path) ? STDOUT_FILENO : timing->part.fd); /* the stream closes its own */
    timing->file.out = copy >= 0 ? fdopen(copy, "w") : NULL;
    if (!timing->file.out || !timing->format->begin(&timing->file)) {
        const int reason = errno;
        if (copy >= 0 && !timing->file.out)
            close(copy);
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(reason));
    }
    return LINNET_OK;
}

/* A sentence is whole. */
static void put_sentence(void *user, const struct timing_sentence *sentence)
{
    struct timing *const timing = user;
    timing->format->sentence(&timing->file, sentence);
    if (timing->part.fd < 0) /* a reader of standard output gets it now */
        fflush(timing->file.out);
}

int timing_open(struct timing **out, const char *path, const char *format, int sample_rate, struct base_error *err)
{
    struct timing *timing = calloc(1, sizeof *timing);
    *out = NULL;
    if (!timing)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    timing->part.fd = -1;
    timing->format = format_of(path, format);
    timing->file.sample_rate = sample_rate;
    timing->collector = (struct timing_collector){.sentence = put_sentence, .user = timing};
    timing->path = strdup(path);
    assert(timing->format); /* the options were checked by timing_known() */
    const int status =
        timing->path ? open_parts(timing, path, err) : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    if (status == LINNET_OK)
        *out = timing;
    else
        timing_cancel(&timing);
    return status;
}

static bool add_mark(struct timing *timing, const linnet_event *event, uint64_t time)
{
    struct timing_file *const file = &timing->file;
    void *marks = file->marks;
    if (!base_reserve(&marks, &timing->marks_capacity, file->n_marks, sizeof *file->marks))
        return false;
    file->marks = marks;
    char *const name = strdup(event->name);
    if (name)
        file->marks[file->n_marks++] = (struct timing_mark){.time = time, .name = name};
    return name != NULL;
}

bool timing_event(struct timing *timing, const linnet_event *event, const struct input_chunk *chunk,
                  uint64_t first_sample)
{
    if (event->type == LINNET_EVENT_MARK)
        return add_mark(timing, event, first_sample + event->time);
    return timing_collect(&timing->collector, event, chunk, first_sample);
}

static void release(struct timing *timing)
{
    if (timing->file.out)
        fclose(timing->file.out);
    if (timing->format->release)
        timing->format->release(&timing->file);
    whole_file_discard(&timing->part);
    for (size_t i = 0; i < timing->file.n_marks; i++)
        free(timing->file.marks[i].name);
    base_free(timing->file.marks);
    timing_collector_free(&timing->collector);
    free(timing->path);
    free(timing);
}

int timing_finish(struct timing **out, uint64_t n_samples, struct base_error *err)
{
    struct timing *const timing = *out;
    *out = NULL;
    if (!timing)
        return LINNET_OK;
    timing_collector_flush(&timing->collector);
    errno = 0;
    timing->format->finish(&timing->file, n_samples);
    bool written = !timing->file.failed && !ferror(timing->file.out);
    written = fclose(timing->file.out) == 0 && written;
    timing->file.out = NULL;
    const bool to_stdout = is_stdout(timing->path);
    const int status = !written    ? base_fail(err, LINNET_ERR_IO, "%s: can't write: %s",
                                            to_stdout ? "standard output" : timing->path, strerror(errno ? errno : EIO))
                       : to_stdout ? LINNET_OK
                                   : whole_file_commit(&timing->part, err);
    release(timing);
    return status;
}

void timing_cancel(struct timing **timing)
{
    if (*timing)
        release(*timing);
    *timing = NULL;
}
