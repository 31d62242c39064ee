/* Collects what a picture shows: samples, words and phonemes of each sentence. See plot.h. */
#include "cli/plot.h"
#include "audio/whole_file.h"
#include "cli/plot_draw.h"
#include "cli/timing_collect.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct plot {
    char *path;
    enum plot_kind kind;
    int sample_rate;
    struct whole_file file;
    struct timing_collector collector;
    bool failed;   /* out of memory, inside the collector's callback */
    size_t wanted; /* samples that the page's sentence still lacks */
    size_t n_pages;
    struct plot_page pages[PLOT_MAX_PAGES];
};

static const char *const endings[] = {".png", ".svg", ".pdf"}; /* by enum plot_kind */

static int kind_of(const char *path)
{
    const size_t length = strlen(path);
    for (int i = 0; i < 3; i++)
        if (length > 4 && !strcasecmp(path + length - 4, endings[i]))
            return i;
    return -1;
}

bool plot_known(const char *path)
{
    return kind_of(path) >= 0;
}

/* ---- collecting -------------------------------------------------------------------------------------------------- */

/* A copy on one line, well-formed; NULL: out of memory. */
static char *copy_text(const char *text, size_t size)
{
    char *copy = NULL;
    size_t length;
    FILE *const out = open_memstream(&copy, &length);
    if (!out)
        return NULL;
    timing_put_text(out, ESCAPE_SRT, text, size);
    if (fclose(out) == 0)
        return copy;
    free(copy);
    return NULL;
}

static bool fill_span(struct plot_span *span, const struct plot *plot, const struct timing_sentence *s, uint64_t start,
                      uint64_t end, const char *text, size_t size)
{
    span->start = (double)(start - s->start) / plot->sample_rate;
    span->end = (double)(end - s->start) / plot->sample_rate;
    span->text = copy_text(text, size);
    return span->text != NULL;
}

/* The collector has the sentence's words and phonemes, the page its samples. */
static void end_page(void *user, const struct timing_sentence *s)
{
    struct plot *const plot = user;
    struct plot_page *const page = &plot->pages[plot->n_pages - 1];
    page->text = copy_text(s->text, s->size);
    page->words = calloc(s->n_words + 1, sizeof *page->words);
    page->phones = calloc(s->n_phones + 1, sizeof *page->phones);
    bool made = page->text && page->words && page->phones;
    for (size_t i = 0; i < s->n_words && made; i++, page->n_words++)
        made =
            fill_span(&page->words[i], plot, s, s->words[i].start, s->words[i].end, s->words[i].text, s->words[i].size);
    for (size_t i = 0; i < s->n_phones && made; i++, page->n_phones++)
        made = fill_span(&page->phones[i], plot, s, s->phones[i].start, s->phones[i].end, s->phones[i].ipa,
                         strlen(s->phones[i].ipa));
    plot->failed = plot->failed || !made;
}

int plot_open(struct plot **out, const char *path, int sample_rate, struct base_error *err)
{
    struct plot *plot = calloc(1, sizeof *plot);
    *out = NULL;
    if (!plot)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    plot->kind = (enum plot_kind)kind_of(path);
    plot->sample_rate = sample_rate;
    plot->file.fd = -1;
    plot->collector = (struct timing_collector){.sentence = end_page, .user = plot};
    plot->path = strdup(path);
    int status = plot->path ? plot_draw_load(err) : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    if (status == LINNET_OK)
        status = whole_file_open(&plot->file, path, err);
    if (status == LINNET_OK)
        *out = plot;
    else
        plot_cancel(&plot);
    return status;
}

static int begin_page(struct plot *plot, size_t n_samples, struct base_error *err)
{
    if (plot->n_pages == PLOT_MAX_PAGES)
        return base_fail(err, LINNET_ERR_ARGUMENT, "%s: the text has over %d sentences, too many for a picture",
                         plot->path, PLOT_MAX_PAGES);
    plot->pages[plot->n_pages].samples = calloc(n_samples ? n_samples : 1, sizeof(float));
    if (!plot->pages[plot->n_pages++].samples)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", plot->path);
    plot->wanted = n_samples;
    return LINNET_OK;
}

static void add_samples(struct plot *plot, const linnet_event *event)
{
    const size_t n = event->n_samples < plot->wanted ? event->n_samples : plot->wanted;
    if (n == 0)
        return;
    struct plot_page *const page = &plot->pages[plot->n_pages - 1];
    memcpy(page->samples + page->n_samples, event->samples, n * sizeof *page->samples);
    page->n_samples += n;
    plot->wanted -= n;
}

int plot_event(struct plot *plot, const linnet_event *event, const struct input_chunk *chunk, struct base_error *err)
{
    if (!timing_collect(&plot->collector, event, chunk, 0) || plot->failed) /* the page before ends here */
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", plot->path);
    if (event->type == LINNET_EVENT_AUDIO)
        add_samples(plot, event);
    return event->type == LINNET_EVENT_SENTENCE ? begin_page(plot, event->n_samples, err) : LINNET_OK;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

/* F0 of the samples, a value a mel frame. */
static int measure_f0(const struct plot *plot, struct plot_page *page, linnet_engine *engine, struct base_error *err)
{
    linnet_voice_info info;
    float *frames = NULL;
    size_t n_frames = 0;
    int status = linnet_voice(engine, &info);
    if (status == LINNET_OK && page->n_samples > 0)
        status = linnet_analyse(engine, page->samples, page->n_samples, &frames, &n_frames);
    page->f0 = status == LINNET_OK ? calloc(n_frames + 1, sizeof *page->f0) : NULL;
    if (!page->f0) {
        linnet_free(frames);
        return base_fail(err, status == LINNET_OK ? LINNET_ERR_MEMORY : status, "%s: can't measure the F0", plot->path);
    }
    const size_t columns = (size_t)info.n_mels + 2;
    for (size_t i = 0; i < n_frames; i++)
        page->f0[i] = frames[i * columns + columns - 1] > 0.5f ? expf(frames[i * columns + columns - 2]) : 0;
    page->n_f0 = n_frames;
    page->f0_step = (double)info.hop_samples / info.sample_rate;
    linnet_free(frames);
    return LINNET_OK;
}

static void free_spans(struct plot_span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(spans[i].text);
    free(spans);
}

void plot_cancel(struct plot **out)
{
    struct plot *const plot = *out;
    *out = NULL;
    if (!plot)
        return;
    for (size_t i = 0; i < plot->n_pages; i++) {
        struct plot_page *const page = &plot->pages[i];
        free_spans(page->words, page->n_words);
        free_spans(page->phones, page->n_phones);
        free(page->text);
        free(page->samples);
        free(page->f0);
    }
    timing_collector_free(&plot->collector);
    whole_file_discard(&plot->file);
    free(plot->path);
    free(plot);
}

int plot_finish(struct plot **out, linnet_engine *engine, struct base_error *err)
{
    struct plot *const plot = *out;
    int status = LINNET_OK;
    if (!plot)
        return LINNET_OK;
    for (size_t i = 0; i < plot->n_pages && status == LINNET_OK; i++)
        status = measure_f0(plot, &plot->pages[i], engine, err);
    if (status == LINNET_OK)
        status = plot_draw(plot->file.fd, plot->path, plot->kind, plot->pages, plot->n_pages, plot->sample_rate, err);
    if (status == LINNET_OK)
        status = whole_file_commit(&plot->file, err);
    plot_cancel(out);
    return status;
}
