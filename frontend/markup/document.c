/* The lists of a document. See document.h. */
#include "document.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include <string.h>

void fe_document_forget_recordings(struct fe_document *doc)
{
    for (size_t i = 0; i < doc->n_recordings; i++)
        base_free(doc->recordings[i].samples);
    doc->n_recordings = doc->n_samples = 0;
}

bool fe_document_start(struct fe_document *doc)
{
    base_buffer_cut(&doc->strings, 0);
    fe_document_forget_recordings(doc);
    doc->n_points = doc->n_styles = doc->n_contours = doc->n_targets = doc->n_languages = doc->n_runs = 0;
    doc->n_givens = doc->unknown = 0;
    return base_text_start(&doc->text) && base_buffer_add(&doc->strings, "", 1);
}

void fe_document_free(struct fe_document *doc)
{
    fe_document_forget_recordings(doc);
    base_text_free(&doc->text);
    base_buffer_free(&doc->strings);
    base_free(doc->points);
    base_free(doc->styles);
    base_free(doc->contours);
    base_free(doc->targets);
    base_free(doc->languages);
    base_free(doc->runs);
    base_free(doc->givens);
    base_free(doc->recordings);
    *doc = (struct fe_document){0};
}

/* ---- building ---- */

bool fe_document_read(struct fe_document *doc, const char *bytes, size_t size, size_t offset)
{
    return base_text_keep(&doc->text, bytes, size, offset);
}

bool fe_document_say(struct fe_document *doc, const char *bytes, size_t size, size_t offset, size_t length)
{
    return base_text_say(&doc->text, bytes, size, offset, length);
}

bool fe_document_part(struct fe_document *doc, const char *bytes, size_t size)
{
    return base_buffer_add(&doc->text.bytes, bytes, size);
}

/* Keeps a string; *at is its offset. */
static bool keep(struct fe_document *doc, const char *string, size_t size, size_t *at)
{
    *at = doc->strings.length;
    return base_buffer_add(&doc->strings, string, size) && base_buffer_add(&doc->strings, "", 1);
}

static bool add_point(struct fe_document *doc, struct fe_point point)
{
    void *points = doc->points;
    if (!base_reserve(&points, &doc->point_capacity, doc->n_points, sizeof point))
        return false;
    doc->points = points;
    point.position = doc->text.bytes.length;
    doc->points[doc->n_points++] = point;
    return true;
}

bool fe_document_add_break(struct fe_document *doc, float ms)
{
    return add_point(doc, (struct fe_point){.kind = FE_POINT_BREAK, .ms = ms});
}

bool fe_document_add_mark(struct fe_document *doc, const char *name)
{
    size_t at;
    return keep(doc, name, strlen(name), &at) && add_point(doc, (struct fe_point){.kind = FE_POINT_MARK, .value = at});
}

bool fe_document_add_audio(struct fe_document *doc, const struct fe_recording *recording)
{
    return add_point(doc, (struct fe_point){.kind = FE_POINT_AUDIO, .value = (size_t)(recording - doc->recordings)});
}

bool fe_document_keep_recording(struct fe_document *doc, const char *path, float *samples, size_t n_samples)
{
    void *recordings = doc->recordings;
    struct fe_recording recording = {.samples = samples, .n_samples = n_samples};
    const bool fits = n_samples <= FE_DOCUMENT_MAX_SAMPLES - doc->n_samples;
    if (!fits) {
        base_free(samples);
        recording.samples = NULL;
    }
    if (!keep(doc, path, strlen(path), &recording.path) ||
        !base_reserve(&recordings, &doc->recording_capacity, doc->n_recordings, sizeof recording)) {
        base_free(recording.samples);
        return false;
    }
    doc->recordings = recordings;
    doc->recordings[doc->n_recordings++] = recording;
    doc->n_samples = fits ? doc->n_samples + n_samples : FE_DOCUMENT_MAX_SAMPLES; /* none is read any more */
    return true;
}

static bool add_target(struct fe_document *doc, struct fe_contour_target target)
{
    void *targets = doc->targets;
    if (!base_reserve(&targets, &doc->target_capacity, doc->n_targets, sizeof target))
        return false;
    doc->targets = targets;
    doc->targets[doc->n_targets++] = target;
    return true;
}

size_t fe_document_add_contour(struct fe_document *doc, const struct fe_contour_target *targets, size_t n)
{
    const struct fe_contour contour = {doc->text.bytes.length, doc->text.bytes.length, doc->n_targets, n};
    void *contours = doc->contours;
    for (size_t i = 0; i < n; i++)
        if (!add_target(doc, targets[i]))
            return 0;
    if (!base_reserve(&contours, &doc->contour_capacity, doc->n_contours, sizeof contour))
        return 0;
    doc->contours = contours;
    doc->contours[doc->n_contours++] = contour;
    return doc->n_contours;
}

void fe_document_end_contour(struct fe_document *doc, size_t contour)
{
    doc->contours[contour - 1].end = doc->text.bytes.length;
}

/* A change where the one before has had no text takes its place. */
bool fe_document_set_style(struct fe_document *doc, const struct phone_style *style, size_t contour)
{
    void *styles = doc->styles;
    if (doc->n_styles && doc->styles[doc->n_styles - 1].position == doc->text.bytes.length)
        doc->n_styles--;
    if (!base_reserve(&styles, &doc->style_capacity, doc->n_styles, sizeof *doc->styles))
        return false;
    doc->styles = styles;
    doc->styles[doc->n_styles++] = (struct fe_style){doc->text.bytes.length, *style, contour};
    return true;
}

bool fe_document_set_language(struct fe_document *doc, const char *voice)
{
    void *languages = doc->languages;
    size_t at = 0;
    if (*voice && !keep(doc, voice, strlen(voice), &at))
        return false;
    if (doc->n_languages && doc->languages[doc->n_languages - 1].position == doc->text.bytes.length)
        doc->n_languages--;
    if (!base_reserve(&languages, &doc->language_capacity, doc->n_languages, sizeof *doc->languages))
        return false;
    doc->languages = languages;
    doc->languages[doc->n_languages++] = (struct fe_language){doc->text.bytes.length, at};
    return true;
}

static bool add_run(struct fe_document *doc, size_t position, size_t first_point, size_t voice)
{
    void *runs = doc->runs;
    if (!base_reserve(&runs, &doc->run_capacity, doc->n_runs, sizeof *doc->runs))
        return false;
    doc->runs = runs;
    doc->runs[doc->n_runs++] = (struct fe_run){position, first_point, voice};
    return true;
}

bool fe_document_set_voice(struct fe_document *doc, size_t voice)
{
    if (!doc->n_runs && !add_run(doc, 0, 0, 0))
        return false;
    return add_run(doc, doc->text.bytes.length, doc->n_points, voice);
}

bool fe_document_give(struct fe_document *doc, const char *word, size_t word_size, const char *ipa, size_t offset,
                      size_t length)
{
    void *givens = doc->givens;
    struct fe_given given;
    char character[4];
    if (!base_reserve(&givens, &doc->given_capacity, doc->n_givens, sizeof given))
        return false;
    doc->givens = givens;
    if (!keep(doc, word, word_size, &given.word) || !keep(doc, ipa, strlen(ipa), &given.ipa))
        return false;
    const size_t size = base_utf8_put(character, given_character(GIVEN_BY_MARKUP, doc->n_givens));
    doc->givens[doc->n_givens++] = given;
    return fe_document_say(doc, character, size, offset, length);
}

/* ---- reading ---- */

bool fe_document_given(const void *document, size_t number, struct given_word *found)
{
    const struct fe_document *const doc = document;
    if (number >= doc->n_givens)
        return false;
    found->word = doc->strings.data + doc->givens[number].word;
    found->ipa = doc->strings.data + doc->givens[number].ipa;
    return true;
}

const struct fe_recording *fe_document_recording(const struct fe_document *doc, const char *path)
{
    for (size_t i = 0; i < doc->n_recordings; i++)
        if (strcmp(doc->strings.data + doc->recordings[i].path, path) == 0)
            return &doc->recordings[i];
    return NULL;
}

size_t fe_document_runs(const struct fe_document *doc)
{
    return doc->n_runs ? doc->n_runs : 1;
}

struct fe_run fe_document_run(const struct fe_document *doc, size_t i)
{
    return doc->n_runs ? doc->runs[i] : (struct fe_run){0, 0, 0};
}

struct fe_run fe_document_run_end(const struct fe_document *doc, size_t i)
{
    return i + 1 < doc->n_runs ? doc->runs[i + 1] : (struct fe_run){doc->text.bytes.length, doc->n_points, 0};
}

float fe_document_contour(const struct fe_document *doc, size_t contour, float position)
{
    const struct fe_contour *const c = &doc->contours[contour - 1];
    const struct fe_contour_target *const targets = doc->targets + c->first;
    const float place = c->end > c->start ? (position - (float)c->start) / (float)(c->end - c->start) : 0.0f;
    size_t i = 0;
    while (i < c->n_targets && targets[i].place < place)
        i++;
    if (i == 0)
        return targets[0].semitones;
    if (i == c->n_targets)
        return targets[i - 1].semitones;
    const float width = targets[i].place - targets[i - 1].place;
    const float part = width > 0.0f ? (place - targets[i - 1].place) / width : 1.0f;
    return targets[i - 1].semitones + part * (targets[i].semitones - targets[i - 1].semitones);
}
