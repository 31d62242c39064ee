/* A document as text, for comparison with tests/data/ssml/NAME.expected. */
#ifndef LINNET_TEST_SSML_DUMP_H
#define LINNET_TEST_SSML_DUMP_H

#include "base/utf8.h"
#include "frontend/phone_map.h"
#include "frontend/markup/ssml.h"
#include "tests/support/frontend_voice.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dump {
    char text[16384];
    size_t length;
};

static inline void dump_line(struct dump *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(out->text + out->length, sizeof out->text - out->length, format, arguments);
    va_end(arguments);
    out->length = out->length + (size_t)n < sizeof out->text ? out->length + (size_t)n : sizeof out->text - 1;
}

/* Blank lines as "|", given words as "[word=ipa]". */
static inline void dump_text(struct dump *out, const struct fe_document *doc, const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        const struct given_source sources[GIVEN_OWNERS] = {[GIVEN_BY_MARKUP] = {fe_document_given, doc}};
        struct given_word given;
        if (given_find(sources, c.value, &given))
            dump_line(out, "[%s=%s]", given.word, given.ipa);
        else if (text[i] == '\n')
            dump_line(out, "|");
        else
            dump_line(out, "%.*s", (int)c.length, text + i);
        i += c.length;
    }
}

static inline void dump_points(struct dump *out, const struct fe_document *doc)
{
    for (size_t i = 0; i < doc->n_points; i++) {
        const struct fe_point *const point = &doc->points[i];
        if (point->kind == FE_POINT_BREAK)
            dump_line(out, "%zu break %g ms\n", point->position, (double)point->ms);
        else if (point->kind == FE_POINT_MARK)
            dump_line(out, "%zu mark %s\n", point->position, doc->strings.data + point->value);
        else
            dump_line(out, "%zu audio %zu samples\n", point->position, doc->recordings[point->value].n_samples);
    }
}

static inline void dump_styles(struct dump *out, const struct fe_document *doc)
{
    for (size_t i = 0; i < doc->n_styles; i++) {
        const struct fe_style *const s = &doc->styles[i];
        dump_line(out, "%zu rate %.3g pitch %+.3g range %.3g volume %.3g", s->position, (double)s->style.rate,
                  (double)s->style.semitones, (double)s->style.range, (double)s->style.volume);
        if (s->contour) {
            const struct fe_contour *const c = &doc->contours[s->contour - 1];
            dump_line(out, " contour %zu-%zu", c->start, c->end);
            for (size_t k = 0; k < c->n_targets; k++)
                dump_line(out, " %.3g:%+.3g", (double)doc->targets[c->first + k].place,
                          (double)doc->targets[c->first + k].semitones);
        }
        dump_line(out, "\n");
    }
    for (size_t i = 0; i < doc->n_languages; i++)
        dump_line(out, "%zu language %s\n", doc->languages[i].position, doc->strings.data + doc->languages[i].voice);
}

/* Where what isn't the caller's own bytes comes from. */
static inline void dump_sources(struct dump *out, const struct fe_document *doc, const char *markup)
{
    for (size_t i = 0; i < doc->text.n_pieces; i++) {
        const struct base_piece *const piece = &doc->text.pieces[i];
        if (!piece->rewritten)
            continue;
        dump_line(out, "%zu ", piece->out_offset);
        dump_text(out, doc, doc->text.bytes.data + piece->out_offset, piece->out_length);
        dump_line(out, " <- %.*s\n", (int)piece->in_length, markup + piece->in_offset);
    }
}

/* Three samples stand for any recording whose name has "bird" in it. */
static inline bool dump_load(void *context, const char *path, float **samples, size_t *n_samples)
{
    (void)context;
    *n_samples = 3;
    *samples = strstr(path, "bird") ? calloc(3, sizeof **samples) : NULL;
    return *samples != NULL;
}

/* Parses markup[size] for an English voice of 200 Hz and writes what comes of it. */
static inline void dump_markup(struct dump *out, struct fe_document *doc, const char *markup, size_t size, bool lenient)
{
    const struct voice_meta meta = test_meta("en-us");
    struct phone_map *map = NULL;
    struct base_error err = {""};
    out->length = 0;
    out->text[0] = '\0';
    if (fe_map_open(&map, &meta, &err) != LINNET_OK)
        abort();
    const struct ssml_settings settings = {.map = map,
                                           .espeak_voice = "en-us",
                                           .gender = "female",
                                           .pitch = {200, 12},
                                           .lenient = lenient,
                                           .load = dump_load};
    const int status = ssml_parse(doc, markup, size, &settings, &err);
    fe_map_close(&map);
    if (status != LINNET_OK) {
        dump_line(out, "error %d: %s\n", status, err.text);
        return;
    }
    dump_line(out, "text ");
    dump_text(out, doc, doc->text.bytes.data, doc->text.bytes.length);
    dump_line(out, "\n");
    dump_points(out, doc);
    dump_styles(out, doc);
    dump_sources(out, doc, markup);
    if (doc->unknown)
        dump_line(out, "%zu unknown\n", doc->unknown);
}

#endif
