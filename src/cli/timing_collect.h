/* Gathers the events of a sentence: its words, and its phonemes with their marks. For timing files and pictures. */
#ifndef LINNET_TIMING_COLLECT_H
#define LINNET_TIMING_COLLECT_H

#include "base/compiler.h"
#include "cli/input.h"
#include "cli/timing_format.h"
#include "linnet.h"

struct timing_collector {
    void (*sentence)(void *user, const struct timing_sentence *sentence); /* called when one is whole; borrowed */
    void *user;
    struct timing_sentence collected;
    size_t words_capacity, phones_capacity;
    bool has_sentence;
};

/* Notes an event of the speech of `chunk`, which starts `first_sample` samples into the whole. False: out of memory. */
BASE_MUST_USE bool timing_collect(struct timing_collector *c, const linnet_event *event,
                                  const struct input_chunk *chunk, uint64_t first_sample);
/* Ends the sentence that is collected. */
void timing_collector_flush(struct timing_collector *c);
void timing_collector_free(struct timing_collector *c);

#endif
