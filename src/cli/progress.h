/* A progress bar with the time left, on standard error, when that is a terminal and the text is long. */
#ifndef LINNET_PROGRESS_H
#define LINNET_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool shown;
    uint64_t total;                /* bytes of the whole text, or items */
    struct timespec start, last;   /* first call, last drawing */
};

/* Nothing is shown when there are fewer than `least` to do: that is over before one has looked. total 0: unknown. */
void progress_start(struct progress *progress, uint64_t total, uint64_t least, bool quiet);

/* `done` of them have been spoken, which gave `seconds` of speech. Draws a few times a second. */
void progress_update(struct progress *progress, uint64_t done, double seconds);

/* Empties its line for a message; the next update draws it again. */
void progress_pause(const struct progress *progress);

/* Removes the bar, so that a message or the prompt finds an empty line. */
void progress_clear(struct progress *progress);

#endif
