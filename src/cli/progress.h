/* A progress bar with the time left, on standard error, when that is a terminal and the text is long. */
#ifndef LINNET_PROGRESS_H
#define LINNET_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool shown;
    uint64_t total;                /* bytes of the whole text */
    struct timespec start, last;   /* first call, last drawing */
};

/* total 0: unknown, nothing is shown. */
void progress_start(struct progress *progress, uint64_t total, bool quiet);

/* `done` bytes have been spoken, which gave `seconds` of speech. Draws a few times a second. */
void progress_update(struct progress *progress, uint64_t done, double seconds);

/* Removes the bar, so that a message or the prompt finds an empty line. */
void progress_clear(struct progress *progress);

#endif
