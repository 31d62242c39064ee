/* A progress bar with the time left, when the text is long and it is shown on a terminal. */
#ifndef LINNET_PROGRESS_H
#define LINNET_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

struct progress {
    FILE *out;
    bool shown;
    uint64_t total;              /* bytes of the whole text, or items */
    struct timespec start, last; /* first call, last drawing */
};

/* Draws on `out`, standard error. Nothing is shown when there are fewer than `least` to do: that is over before one has
 * looked. total 0: unknown. */
void progress_start(struct progress *progress, FILE *out, uint64_t total, uint64_t least, bool quiet);

/* `done` of them have been spoken, which gave `seconds` of speech. Draws a few times a second. */
void progress_update(struct progress *progress, uint64_t done, double seconds);

/* Empties its line for a message; the next update draws it again. */
void progress_pause(const struct progress *progress);

/* Removes the bar, so that a message or the prompt finds an empty line. */
void progress_clear(struct progress *progress);

#endif
