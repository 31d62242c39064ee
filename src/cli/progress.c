/* The progress bar: share of the text's bytes, time left at the pace so far. */
#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REDRAW_SECONDS 0.2
#define WIDTH 30

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + 1e-9 * (double)(now.tv_nsec - then->tv_nsec);
}

void progress_start(struct progress *progress, FILE *out, uint64_t total, uint64_t least, bool quiet)
{
    *progress = (struct progress){
        .out = out, .shown = !quiet && total > 0 && total >= least && isatty(fileno(out)), .total = total};
    clock_gettime(CLOCK_MONOTONIC, &progress->start);
    progress->last = progress->start;
}

void progress_update(struct progress *progress, uint64_t done, double seconds)
{
    if (!progress->shown || seconds_since(&progress->last) < REDRAW_SECONDS)
        return;
    clock_gettime(CLOCK_MONOTONIC, &progress->last);
    const double share = done < progress->total ? (double)done / (double)progress->total : 1.0;
    const double elapsed = seconds_since(&progress->start);
    const long left = share > 0 ? (long)(elapsed * (1 - share) / share + 0.5) : 0;
    const long spoken = (long)seconds;
    char bar[WIDTH + 1];
    memset(bar, '.', WIDTH);
    memset(bar, '#', (size_t)(share * WIDTH));
    bar[WIDTH] = '\0';
    fprintf(progress->out, "\r[%s] %3.0f %%  %ld:%02ld of speech, %ld:%02ld left \033[K", bar, 100 * share, spoken / 60,
            spoken % 60, left / 60, left % 60);
    fflush(progress->out);
}

void progress_pause(const struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", progress->out);
}

void progress_clear(struct progress *progress)
{
    progress_pause(progress);
    progress->shown = false;
}
