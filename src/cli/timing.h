/* The timing file: when each sentence, word and phoneme is heard. Written as the speech goes on, in constant memory;
 * appears under its name when it is whole. Standard output gets it sentence by sentence. */
#ifndef LINNET_TIMING_H
#define LINNET_TIMING_H

#include "base/compiler.h"
#include "base/status.h"
#include "cli/input.h"
#include "linnet.h"
#include <stdbool.h>

struct timing;

/* Whether there is a format of this name ("json", as an ending without its dot), or, when that is NULL, of the path's
 * ending. For "-", standard output, that is JSON. */
bool timing_known(const char *path, const char *format);
/* The endings, with `between` between them: to out[size], cut to fit. */
void timing_endings(char *out, size_t size, const char *between);

BASE_MUST_USE int timing_open(struct timing **out, const char *path, const char *format, int sample_rate,
                              struct base_error *err);

/* Notes an event of the speech of `chunk`, which starts `first_sample` samples into the whole. False: out of memory. */
BASE_MUST_USE bool timing_event(struct timing *timing, const linnet_event *event, const struct input_chunk *chunk,
                                uint64_t first_sample);

/* Ends the file after n_samples of speech. Both release it and set the pointer to NULL; NULL in it is fine. */
BASE_MUST_USE int timing_finish(struct timing **timing, uint64_t n_samples, struct base_error *err);
void timing_cancel(struct timing **timing);

#endif
