/* The table of sinks, and what they share. */
#include "audio/sink.h"
#include "audio/sink_classes.h"

#include <assert.h>
#include <string.h>

/* Order matters to sink_by_path() only: the first that takes the path has it. */
static const struct sink_class *const classes[] = {
    &sink_wav_class, &sink_file_class, &sink_raw_class, &sink_portaudio_class, &sink_null_class,
};

#define N_CLASSES (sizeof classes / sizeof *classes)

const struct sink_class *sink_by_name(const char *name)
{
    for (size_t i = 0; i < N_CLASSES; i++)
        if (!strcmp(classes[i]->name, name))
            return classes[i];
    return NULL;
}

const struct sink_class *sink_by_path(const char *path)
{
    for (size_t i = 0; i < N_CLASSES; i++)
        if (classes[i]->takes_path && classes[i]->takes_path(path))
            return classes[i];
    return NULL;
}

int sink_open(struct sink **out, const struct sink_class *type, const struct sink_options *options,
              struct base_error *err)
{
    *out = NULL;
    const int status = type->open(out, options, err);
    assert((status == LINNET_OK) == (*out != NULL));
    return status;
}

int sink_write(struct sink *sink, const float *samples, size_t n_samples, struct base_error *err)
{
    return sink->type->write(sink, samples, n_samples, err);
}

int sink_finish(struct sink **sink, struct base_error *err)
{
    struct sink *const last = *sink;
    *sink = NULL;
    return last ? last->type->finish(last, err) : LINNET_OK;
}

void sink_cancel(struct sink **sink)
{
    struct sink *const last = *sink;
    *sink = NULL;
    if (last)
        last->type->cancel(last);
}
