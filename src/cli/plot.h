/* --plot: a picture of the speech, in the style of Praat's: waveform, spectrogram with F0, words and phonemes. A
 * sentence is a row of a PNG or SVG file, or a page of a PDF. */
#ifndef LINNET_PLOT_H
#define LINNET_PLOT_H

#include "base/compiler.h"
#include "base/status.h"
#include "cli/input.h"
#include "linnet.h"
#include <stdbool.h>

#define PLOT_MAX_PAGES 50

struct plot;

/* Whether a kind of picture has the path's ending. */
bool plot_known(const char *path);

/* The file appears under its name in plot_finish(). */
BASE_MUST_USE int plot_open(struct plot **out, const char *path, int sample_rate, struct base_error *err);

/* Notes an event of the speech of `chunk`: LINNET_ERR_MEMORY, or LINNET_ERR_ARGUMENT for over PLOT_MAX_PAGES
 * sentences. */
BASE_MUST_USE int plot_event(struct plot *plot, const linnet_event *event, const struct input_chunk *chunk,
                             struct base_error *err);

/* Draws; the engine, which speaks no longer, measures the F0. Both release it and set the pointer to NULL; NULL in it
 * is fine. */
BASE_MUST_USE int plot_finish(struct plot **plot, linnet_engine *engine, struct base_error *err);
void plot_cancel(struct plot **plot);

#endif
