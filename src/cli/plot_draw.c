/* Draws sentences with cairo. The only file that includes cairo.h.
 *
 * The spectrogram is Praat's standard one: Gaussian windows of 5 ms, up to 5 kHz, pre-emphasis of 6 dB an octave, 50 dB
 * from white to black. A discrete Fourier transform of its few rows, with tables, is fast enough. */
#include "cli/plot_draw.h"
#include "audio/library.h"
#include "base/write.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

#define PIXELS_A_SECOND 400.0
#define LEAST_WIDTH 480.0 /* of the panels */
#define MOST_WIDTH 12000.0
#define LEFT 70.0
#define RIGHT 70.0
#define TITLE 34.0
#define WAVE 110.0
#define SPECTRUM 230.0
#define TIER 34.0
#define AXIS 34.0
#define ROW (TITLE + WAVE + SPECTRUM + 2 * TIER + AXIS)
#define TEXT_SIZE 13.0

#define TOP_HZ 5000.0
#define STEP_HZ 25.0
#define N_BINS 200           /* TOP_HZ / STEP_HZ */
#define WINDOW_SECONDS 0.010 /* of a Gaussian whose effective length is half of it */
#define RANGE_DB 50.0
#define EMPHASIS_HZ 50.0
#define MIN_F0 50.0

/* What is called of cairo. */
#define FUNCTIONS(F)                                                                                                   \
    F(cairo_, create)                                                                                                  \
    F(cairo_, destroy)                                                                                                 \
    F(cairo_, font_extents) F(cairo_, image_surface_create) F(cairo_, image_surface_get_data)                          \
        F(cairo_, image_surface_get_stride) F(cairo_, line_to) F(cairo_, move_to) F(cairo_, paint)                     \
            F(cairo_, pdf_surface_create_for_stream) F(cairo_, pdf_surface_set_size) F(cairo_, rectangle)              \
                F(cairo_, restore) F(cairo_, save) F(cairo_, scale) F(cairo_, select_font_face) F(cairo_, set_dash)    \
                    F(cairo_, set_font_size) F(cairo_, set_line_cap) F(cairo_, set_line_join)                          \
                        F(cairo_, set_line_width) F(cairo_, set_source_rgb) F(cairo_, set_source_rgba)                 \
                            F(cairo_, set_source_surface) F(cairo_, show_page) F(cairo_, show_text) F(cairo_, status)  \
                                F(cairo_, status_to_string) F(cairo_, stroke) F(cairo_, surface_destroy)               \
                                    F(cairo_, surface_finish) F(cairo_, surface_mark_dirty) F(cairo_, surface_status)  \
                                        F(cairo_, surface_write_to_png_stream)                                         \
                                            F(cairo_, svg_surface_create_for_stream) F(cairo_, text_extents)           \
                                                F(cairo_, translate)
static struct {
    FUNCTIONS(LIBRARY_POINTER)
} cr;
static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};

int plot_draw_load(struct base_error *err)
{
    return LIBRARY_LOAD(&cr, names, "libcairo.so.2", err);
}

struct sheet {
    cairo_t *cairo;
    const struct plot_page *page;
    int sample_rate;
    double x, y, width; /* of the panels, the upper left corner */
    double seconds;
};

/* Where errors of writing are kept. */
struct writing {
    int fd, error;
};

static cairo_status_t write_bytes(void *user, const unsigned char *data, unsigned size)
{
    struct writing *const w = user;
    if (!w->error)
        w->error = base_write(w->fd, data, size);
    return w->error ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static double seconds_of(const struct plot_page *page, int sample_rate)
{
    return (double)page->n_samples / sample_rate;
}

static double width_of(const struct plot_page *page, int sample_rate)
{
    return fmin(fmax(seconds_of(page, sample_rate) * PIXELS_A_SECOND, LEAST_WIDTH), MOST_WIDTH);
}

static double x_of(const struct sheet *s, double seconds)
{
    return s->x + (s->seconds > 0 ? seconds / s->seconds : 0) * s->width;
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static void set_grey(cairo_t *cairo, double level)
{
    cr.set_source_rgb(cairo, level, level, level);
}

static void set_blue(cairo_t *cairo)
{
    cr.set_source_rgb(cairo, 0.05, 0.25, 0.85);
}

/* With its anchor at (x, y): align 0 is its left end, 0.5 its middle, 1 its right end; y is its middle. Shrinks to fit
 * `room`. */
static void put_text(cairo_t *cairo, const char *text, double x, double y, double align, double room)
{
    cairo_text_extents_t extents;
    cr.set_font_size(cairo, TEXT_SIZE);
    cr.text_extents(cairo, text, &extents);
    if (extents.x_advance > room && extents.x_advance > 0) {
        cr.set_font_size(cairo, fmax(TEXT_SIZE * room / extents.x_advance, 5));
        cr.text_extents(cairo, text, &extents);
    }
    cairo_font_extents_t font;
    cr.font_extents(cairo, &font);
    cr.move_to(cairo, x - align * extents.x_advance, y + (font.ascent - font.descent) / 2);
    cr.show_text(cairo, text);
}

static void put_number(cairo_t *cairo, double value, const char *unit, double x, double y, double align)
{
    char text[32];
    snprintf(text, sizeof text, "%g%s", value, unit);
    put_text(cairo, text, x, y, align, 1000);
}

static void line(cairo_t *cairo, double x0, double y0, double x1, double y1)
{
    cr.move_to(cairo, x0, y0);
    cr.line_to(cairo, x1, y1);
    cr.stroke(cairo);
}

static void frame(const struct sheet *s, double y, double height)
{
    set_grey(s->cairo, 0);
    cr.set_line_width(s->cairo, 1);
    cr.rectangle(s->cairo, s->x, y, s->width, height);
    cr.stroke(s->cairo);
}

/* ---- panels ------------------------------------------------------------------------------------------------------ */

static float peak_of(const struct plot_page *page)
{
    float peak = 1e-6f;
    for (size_t i = 0; i < page->n_samples; i++)
        peak = fmaxf(peak, fabsf(page->samples[i]));
    return peak;
}

/* A vertical stroke a pixel, from the smallest sample to the largest. */
static void draw_wave(const struct sheet *s, double y, double height)
{
    const struct plot_page *const page = s->page;
    const float peak = peak_of(page);
    const double middle = y + height / 2, scale = 0.46 * height / (double)peak;
    const size_t columns = (size_t)s->width;
    set_grey(s->cairo, 0.75);
    cr.set_line_width(s->cairo, 0.5);
    line(s->cairo, s->x, middle, s->x + s->width, middle);
    set_grey(s->cairo, 0);
    cr.set_line_width(s->cairo, 1);
    for (size_t i = 0; i < columns; i++) {
        const size_t first = i * page->n_samples / columns, end = (i + 1) * page->n_samples / columns;
        float low = 0, high = 0;
        for (size_t n = first; n < end; n++) {
            low = n == first ? page->samples[n] : fminf(low, page->samples[n]);
            high = n == first ? page->samples[n] : fmaxf(high, page->samples[n]);
        }
        cr.move_to(s->cairo, s->x + (double)i + 0.5, middle - (double)high * scale - 0.5);
        cr.line_to(s->cairo, s->x + (double)i + 0.5, middle - (double)low * scale + 0.5);
    }
    cr.stroke(s->cairo);
    frame(s, y, height);
    put_number(s->cairo, floor((double)peak * 1000 + 0.5) / 1000, "", s->x - 6, y + height * 0.04 + 6, 1);
    put_number(s->cairo, 0, "", s->x - 6, middle, 1);
    put_number(s->cairo, -floor((double)peak * 1000 + 0.5) / 1000, "", s->x - 6, y + height * 0.96 - 6, 1);
}

/* Tables of a windowed Fourier transform: cosine and sine, [N_BINS][n]. */
struct transform {
    size_t n;
    float *cosine, *sine;
};

static bool make_transform(struct transform *t, int sample_rate)
{
    t->n = (size_t)(WINDOW_SECONDS * sample_rate) | 1;
    t->cosine = calloc(N_BINS * t->n, sizeof *t->cosine);
    t->sine = calloc(N_BINS * t->n, sizeof *t->sine);
    for (size_t k = 0; t->cosine && t->sine && k < N_BINS; k++)
        for (size_t i = 0; i < t->n; i++) {
            const double x = ((double)i - (double)(t->n - 1) / 2) / (double)t->n; /* -0.5 ... 0.5 */
            const double window = (exp(-48 * x * x) - exp(-12)) / (1 - exp(-12)); /* as Praat has it */
            const double angle = 2 * PI * ((double)k + 0.5) * STEP_HZ * (double)i / sample_rate;
            t->cosine[k * t->n + i] = (float)(window * cos(angle));
            t->sine[k * t->n + i] = (float)(window * sin(angle));
        }
    return t->cosine && t->sine;
}

static void free_transform(struct transform *t)
{
    free(t->cosine);
    free(t->sine);
}

/* Power in dB of each row around the sample `centre`, emphasised: decibels[N_BINS]. */
static void transform_at(const struct transform *t, const struct plot_page *page, double emphasis, size_t centre,
                         float *decibels)
{
    float block[4096];
    const size_t n = t->n < 4096 ? t->n : 4096;
    for (size_t i = 0; i < n; i++) {
        const size_t at = centre + i;
        const bool inside = at > n / 2 && at - n / 2 < page->n_samples;
        block[i] = inside ? page->samples[at - n / 2] - (float)emphasis * page->samples[at - n / 2 - 1] : 0;
    }
    for (size_t k = 0; k < N_BINS; k++) {
        float re = 0, im = 0;
        for (size_t i = 0; i < n; i++) {
            re += block[i] * t->cosine[k * t->n + i];
            im += block[i] * t->sine[k * t->n + i];
        }
        decibels[k] = 10 * log10f(re * re + im * im + 1e-12f);
    }
}

/* Paints levels[columns][N_BINS] as a picture of this size. */
static bool paint_levels(const struct sheet *s, const float *levels, size_t columns, double y, double height)
{
    float most = -1000;
    for (size_t i = 0; i < columns * N_BINS; i++)
        most = fmaxf(most, levels[i]);
    cairo_surface_t *const image = cr.image_surface_create(CAIRO_FORMAT_RGB24, (int)columns, N_BINS);
    unsigned char *const pixels = cr.image_surface_get_data(image);
    const size_t stride = (size_t)cr.image_surface_get_stride(image);
    if (!pixels) {
        cr.surface_destroy(image);
        return false;
    }
    for (size_t i = 0; i < columns; i++)
        for (size_t k = 0; k < N_BINS; k++) {
            const double dark = 1 + ((double)levels[i * N_BINS + k] - (double)most) / RANGE_DB;
            const uint32_t grey = (uint32_t)(255 * (1 - fmin(fmax(dark, 0), 1)) + 0.5),
                           pixel = grey << 16 | grey << 8 | grey;
            memcpy(pixels + (N_BINS - 1 - k) * stride + 4 * i, &pixel, sizeof pixel);
        }
    cr.surface_mark_dirty(image);
    cr.save(s->cairo);
    cr.translate(s->cairo, s->x, y);
    cr.scale(s->cairo, s->width / (double)columns, height / N_BINS);
    cr.set_source_surface(s->cairo, image, 0, 0);
    cr.paint(s->cairo);
    cr.restore(s->cairo);
    cr.surface_destroy(image);
    return true;
}

static bool draw_spectrogram(const struct sheet *s, double y, double height)
{
    const struct plot_page *const page = s->page;
    const size_t columns = (size_t)(s->width / 2);
    struct transform t;
    float *const levels = calloc(columns * N_BINS, sizeof *levels);
    bool drawn = make_transform(&t, s->sample_rate) && levels;
    const double emphasis = exp(-2 * PI * EMPHASIS_HZ / s->sample_rate);
    for (size_t i = 0; i < columns && drawn; i++)
        transform_at(&t, page, emphasis, (2 * i + 1) * page->n_samples / (2 * columns), levels + i * N_BINS);
    drawn = drawn && paint_levels(s, levels, columns, y, height);
    free_transform(&t);
    free(levels);
    frame(s, y, height);
    for (int i = 0; i <= 4; i++)
        put_number(s->cairo, i * TOP_HZ / 5, "", s->x - 6, y + height * (1 - i / 5.0) - (i ? 0 : 7), 1);
    put_number(s->cairo, TOP_HZ, " Hz", s->x - 6, y + 8, 1);
    return drawn;
}

/* The upper end of the scale of F0. */
static double top_f0(const struct plot_page *page)
{
    double most = 0;
    for (size_t i = 0; i < page->n_f0; i++)
        most = fmax(most, (double)page->f0[i]);
    return most > 290 ? 500 : 300;
}

/* A blue line on white, broken where there is no voice. */
static void draw_f0(const struct sheet *s, double y, double height)
{
    const struct plot_page *const page = s->page;
    const double top = top_f0(page);
    cr.set_line_join(s->cairo, CAIRO_LINE_JOIN_ROUND);
    cr.set_line_cap(s->cairo, CAIRO_LINE_CAP_ROUND);
    for (int pass = 0; pass < 2; pass++) {
        bool drawing = false;
        for (size_t i = 0; i < page->n_f0; i++) {
            const double hz = (double)page->f0[i], x = x_of(s, ((double)i + 0.5) * page->f0_step);
            const double at = y + height * (1 - (hz - MIN_F0) / (top - MIN_F0));
            const bool shown = hz > MIN_F0 && hz < top && x < s->x + s->width;
            if (shown && drawing)
                cr.line_to(s->cairo, x, at);
            else if (shown)
                cr.move_to(s->cairo, x, at);
            if (shown && !drawing) /* a single one is a dot */
                cr.line_to(s->cairo, x, at);
            drawing = shown;
        }
        if (pass)
            set_blue(s->cairo);
        else
            set_grey(s->cairo, 1);
        cr.set_line_width(s->cairo, pass ? 2 : 4.5);
        cr.stroke(s->cairo);
    }
    set_blue(s->cairo);
    for (double hz = 100; hz < top; hz += 100)
        put_number(s->cairo, hz, "", s->x + s->width + 6, y + height * (1 - (hz - MIN_F0) / (top - MIN_F0)), 0);
    put_number(s->cairo, top, " Hz", s->x + s->width + 6, y + 8, 0);
    put_number(s->cairo, MIN_F0, "", s->x + s->width + 6, y + height - 8, 0);
}

static void draw_tier(const struct sheet *s, const struct plot_span *spans, size_t n, const char *name, double y)
{
    cr.set_line_width(s->cairo, 1);
    for (size_t i = 0; i < n; i++) {
        const double from = x_of(s, spans[i].start), to = x_of(s, spans[i].end);
        set_grey(s->cairo, 0);
        line(s->cairo, from, y, from, y + TIER);
        line(s->cairo, to, y, to, y + TIER);
        put_text(s->cairo, spans[i].text, (from + to) / 2, y + TIER / 2, 0.5, to - from - 2);
    }
    frame(s, y, TIER);
    put_text(s->cairo, name, s->x + s->width + 6, y + TIER / 2, 0, RIGHT - 8);
}

/* Word borders through the panels. */
static void draw_borders(const struct sheet *s, double y, double height)
{
    static const double dashes[] = {2, 3};
    cr.set_line_width(s->cairo, 0.8);
    cr.set_source_rgba(s->cairo, 0.8, 0.1, 0.1, 0.75);
    cr.set_dash(s->cairo, dashes, 2, 0);
    for (size_t i = 0; i < s->page->n_words; i++) {
        const double from = x_of(s, s->page->words[i].start), to = x_of(s, s->page->words[i].end);
        line(s->cairo, from, y, from, y + height);
        line(s->cairo, to, y, to, y + height);
    }
    cr.set_dash(s->cairo, NULL, 0, 0);
}

static void draw_axis(const struct sheet *s, double y)
{
    set_grey(s->cairo, 0);
    cr.set_line_width(s->cairo, 1);
    const double step = s->seconds > 20 ? 2 : s->seconds > 6 ? 1 : 0.5;
    for (double at = 0; at < s->seconds - 0.15 * step; at += step) {
        line(s->cairo, x_of(s, at), y, x_of(s, at), y + 5);
        put_number(s->cairo, at, "", x_of(s, at), y + 15, 0.5);
    }
    line(s->cairo, s->x + s->width, y, s->x + s->width, y + 5);
    put_number(s->cairo, floor(s->seconds * 1000 + 0.5) / 1000, " s", s->x + s->width, y + 15, 0);
}

static bool draw_page(struct sheet *s)
{
    double y = s->y;
    cr.select_font_face(s->cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    set_grey(s->cairo, 0);
    put_text(s->cairo, s->page->text, s->x, y + TITLE / 2, 0, s->width);
    y += TITLE;
    draw_wave(s, y, WAVE);
    const bool drawn = draw_spectrogram(s, y + WAVE, SPECTRUM);
    draw_borders(s, y, WAVE + SPECTRUM);
    draw_f0(s, y + WAVE, SPECTRUM);
    y += WAVE + SPECTRUM;
    draw_tier(s, s->page->words, s->page->n_words, "words", y);
    draw_tier(s, s->page->phones, s->page->n_phones, "phones", y + TIER);
    draw_axis(s, y + 2 * TIER);
    return drawn;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static cairo_surface_t *make_surface(enum plot_kind kind, struct writing *w, double width, double height)
{
    switch (kind) {
    case PLOT_SVG: return cr.svg_surface_create_for_stream(write_bytes, w, width, height);
    case PLOT_PDF: return cr.pdf_surface_create_for_stream(write_bytes, w, width, height);
    default: return cr.image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(width), (int)ceil(height));
    }
}

/* Pages of a PDF have each its own width. */
static bool draw_all(cairo_t *cairo, cairo_surface_t *surface, enum plot_kind kind, const struct plot_page *pages,
                     size_t n, int sample_rate)
{
    bool drawn = true;
    if (kind != PLOT_PDF) {
        set_grey(cairo, 1);
        cr.paint(cairo);
    }
    for (size_t i = 0; i < n && drawn; i++) {
        struct sheet s = {.cairo = cairo,
                          .page = &pages[i],
                          .sample_rate = sample_rate,
                          .x = LEFT,
                          .y = kind == PLOT_PDF ? 0 : ROW * (double)i,
                          .width = width_of(&pages[i], sample_rate),
                          .seconds = seconds_of(&pages[i], sample_rate)};
        if (kind == PLOT_PDF)
            cr.pdf_surface_set_size(surface, LEFT + s.width + RIGHT, ROW);
        drawn = draw_page(&s);
        if (kind == PLOT_PDF)
            cr.show_page(cairo);
    }
    return drawn;
}

int plot_draw(int fd, const char *path, enum plot_kind kind, const struct plot_page *pages, size_t n_pages,
              int sample_rate, struct base_error *err)
{
    struct writing w = {.fd = fd};
    double width = LEAST_WIDTH;
    for (size_t i = 0; i < n_pages; i++)
        width = fmax(width, width_of(&pages[i], sample_rate));
    const double height = kind == PLOT_PDF ? ROW : ROW * (double)(n_pages ? n_pages : 1);
    cairo_surface_t *const surface = make_surface(kind, &w, LEFT + width + RIGHT, height);
    cairo_t *const cairo = cr.create(surface);
    const bool drawn = draw_all(cairo, surface, kind, pages, n_pages, sample_rate);
    cairo_status_t status = cr.status(cairo);
    if (status == CAIRO_STATUS_SUCCESS && kind == PLOT_PNG)
        status = cr.surface_write_to_png_stream(surface, write_bytes, &w);
    cr.destroy(cairo);
    cr.surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cr.surface_status(surface);
    cr.surface_destroy(surface);
    if (w.error)
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(w.error));
    if (!drawn)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    return status == CAIRO_STATUS_SUCCESS
               ? LINNET_OK
               : base_fail(err, LINNET_ERR_IO, "%s: can't draw: %s", path, cr.status_to_string(status));
}
