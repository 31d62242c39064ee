/* Samples to nowhere: for timing files alone, and for measuring the engine without a disk. */
#include "audio/sink_classes.h"

static int null_open(struct sink **out, const struct sink_options *options, struct base_error *err)
{
    static struct sink nowhere = {&sink_null_class}; /* has no state, so one serves all */
    (void)options;
    (void)err;
    *out = &nowhere;
    return LINNET_OK;
}

static int null_write(struct sink *sink, const float *samples, size_t n_samples, struct base_error *err)
{
    (void)sink;
    (void)samples;
    (void)n_samples;
    (void)err;
    return LINNET_OK;
}

static int null_finish(struct sink *sink, struct base_error *err)
{
    (void)sink;
    (void)err;
    return LINNET_OK;
}

static void null_cancel(struct sink *sink)
{
    (void)sink;
}

const struct sink_class sink_null_class = {
    .name = "null", .open = null_open, .write = null_write, .finish = null_finish, .cancel = null_cancel};
