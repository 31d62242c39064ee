/* Between plot.c, which collects sentences, and plot_draw.c, which draws them. */
#ifndef LINNET_PLOT_DRAW_H
#define LINNET_PLOT_DRAW_H

#include "base/compiler.h"
#include "base/status.h"
#include <stddef.h>

struct plot_span {
    double start, end; /* seconds from the sentence's start */
    char *text;        /* UTF-8, on one line */
};

struct plot_page {
    char *text;
    size_t n_samples, n_words, n_phones, n_f0;
    float *samples;                   /* [n_samples] */
    struct plot_span *words, *phones; /* [n_words], [n_phones] */
    float *f0;                        /* [n_f0] Hz; 0: unvoiced */
    double f0_step;                   /* seconds between two of them */
};

enum plot_kind { PLOT_PNG, PLOT_SVG, PLOT_PDF };

/* Loads cairo, before anything is drawn. */
BASE_MUST_USE int plot_draw_load(struct base_error *err);

/* Draws the pages and writes the file to fd, which stays open. `path` is for messages. */
BASE_MUST_USE int plot_draw(int fd, const char *path, enum plot_kind kind, const struct plot_page *pages,
                            size_t n_pages, int sample_rate, struct base_error *err);

#endif
