/* Where speech goes: the sink and the timing file; with --split a pair of files after the other, numbered. */
#ifndef LINNET_OUTPUTS_H
#define LINNET_OUTPUTS_H

#include "audio/sink.h"
#include "cli/options.h"
#include "cli/timing.h"

struct outputs {
    const struct options *options;
    int sample_rate;
    struct sink *sink;
    struct timing *timing; /* NULL: none */
    unsigned long part;    /* the number of these files; 0: they have none */
    bool begun;            /* what these files are for has: a sentence, a line, a paragraph */
    uint64_t n_samples;    /* written, of all parts */
    uint64_t part_start;   /* of these, before this part */
};

/* *options is borrowed. Each returns a status with its message; LINNET_CANCELLED when a signal came. */
BASE_MUST_USE int outputs_open(struct outputs *outputs, const struct options *options, int sample_rate,
                               struct base_error *err);
/* A line or paragraph begins: the next files, when the options split there. */
BASE_MUST_USE int outputs_begin(struct outputs *outputs, struct base_error *err);
/* Takes an event of the speech of `chunk`, which starts when `chunk_start` samples of all parts have been written. */
BASE_MUST_USE int outputs_event(struct outputs *outputs, const linnet_event *event, const struct input_chunk *chunk,
                                uint64_t chunk_start, struct base_error *err);
BASE_MUST_USE int outputs_finish(struct outputs *outputs, struct base_error *err);
/* Gives up the files that aren't finished; those before stay. After outputs_finish() it does nothing. */
void outputs_cancel(struct outputs *outputs);

#endif
