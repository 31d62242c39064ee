/* Everything in a document is sorted by position and so are sentences: points are walked once, the rest is found by
 * bisection. See placement.h. */
#include "placement.h"

#include "base/alloc.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define REST_MS 100.0f /* a shorter pause leaves the phrase whole */
#define REST_RATE 5.0f /* of the comma that ends it: the silence comes from the pause */

static const struct phone_style neutral = {1.0f, 0.0f, 1.0f, 1.0f};

void fe_placement_start(struct fe_placement *place, const struct fe_document *doc)
{
    place->doc = doc;
    place->next_point = place->end_point = place->piece = 0;
    if (doc)
        fe_placement_run(place, 0);
}

void fe_placement_run(struct fe_placement *place, size_t run)
{
    place->next_point = fe_document_run(place->doc, run).first_point;
    place->end_point = fe_document_run_end(place->doc, run).first_point;
}

void fe_placement_free(struct fe_placement *place)
{
    base_free(place->styles);
    base_free(place->pauses);
    base_free(place->marks);
    *place = (struct fe_placement){0};
}

static int out_of_memory(struct base_error *err)
{
    return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

_Static_assert(offsetof(struct fe_language, position) == 0 && offsetof(struct fe_style, position) == 0,
               "for bisection");

/* How many of items[n], structs of this size that start with their position, start at this one or before. */
static size_t count_before(const void *items, size_t n, size_t size, size_t position)
{
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        size_t start;
        memcpy(&start, (const char *)items + middle * size, sizeof start);
        if (start <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *fe_place_language(const struct fe_placement *place, size_t position)
{
    const struct fe_document *const doc = place->doc;
    const size_t n = doc ? count_before(doc->languages, doc->n_languages, sizeof *doc->languages, position) : 0;
    const size_t voice = n ? doc->languages[n - 1].voice : 0;
    return voice ? doc->strings.data + voice : NULL;
}

size_t fe_place_language_end(const struct fe_placement *place, size_t position)
{
    const struct fe_document *const doc = place->doc;
    const size_t n = doc ? count_before(doc->languages, doc->n_languages, sizeof *doc->languages, position) : 0;
    return doc && n < doc->n_languages ? doc->languages[n].position : SIZE_MAX;
}

/* ---- pauses and marks ---- */

void fe_place_rests(const struct fe_placement *place, struct utterance *utt)
{
    const struct fe_document *const doc = place->doc;
    size_t next = place->next_point;
    utt->rests = false;
    for (size_t i = 0; doc && i < utt->n_tokens; i++) {
        struct fe_token *const token = &utt->tokens[i];
        bool paused = false;
        for (; next < place->end_point && doc->points[next].position <= token->byte_offset; next++)
            paused = paused || (doc->points[next].kind == FE_POINT_BREAK && doc->points[next].ms >= REST_MS);
        token->rest = paused && i > 0 && token->kind == FE_WORD && token[-1].kind == FE_WORD;
        utt->rests = utt->rests || token->rest;
    }
}

/* Adds silence before a phoneme. */
static bool put_pause(struct fe_placement *place, float ms, size_t phone)
{
    void *pauses = place->pauses;
    if (place->n_pauses && place->pauses[place->n_pauses - 1].phone == phone) {
        place->pauses[place->n_pauses - 1].ms += ms;
        return true;
    }
    if (!base_reserve(&pauses, &place->pause_capacity, place->n_pauses, sizeof *place->pauses))
        return false;
    place->pauses = pauses;
    place->pauses[place->n_pauses++] = (struct phone_pause){phone, ms};
    return true;
}

/* Adds a break or mark at a phoneme. */
static bool put_point(struct fe_placement *place, const struct fe_point *point, size_t phone)
{
    const struct phone_pause *pause = place->n_pauses ? &place->pauses[place->n_pauses - 1] : NULL;
    void *marks = place->marks;
    const bool paused = pause && pause->phone == phone;
    if (point->kind == FE_POINT_MARK) {
        if (!base_reserve(&marks, &place->mark_capacity, place->n_marks, sizeof *place->marks))
            return false;
        place->marks = marks;
        place->marks[place->n_marks++] =
            (struct phone_mark){phone, paused ? pause->ms : 0.0f, place->doc->strings.data + point->value};
        return true;
    }
    return put_pause(place, point->ms, phone);
}

static void start_points(struct fe_placement *place)
{
    place->n_pauses = place->n_marks = 0;
}

static void show_points(const struct fe_placement *place, struct phone_seq *seq)
{
    seq->pauses = place->pauses;
    seq->n_pauses = place->n_pauses;
    seq->marks = place->marks;
    seq->n_marks = place->n_marks;
}

/* Each is reached with the first token that doesn't start before it. */
static bool place_points(struct fe_placement *place, const struct utterance *utt, size_t first,
                         const struct fe_part *part, size_t n_tokens, struct phone_seq *seq)
{
    const struct fe_document *const doc = place->doc;
    start_points(place);
    for (size_t k = 0; k < n_tokens; k++) {
        const size_t start = part->spans[k].start, phone = start < seq->n_phones ? start : seq->n_phones - 1;
        const float pause_ms = utt->tokens[first + k].pause_ms;
        if (k > 0 && pause_ms > 0.0f && !put_pause(place, pause_ms, part->spans[k - 1].end))
            return false;
        for (; doc && place->next_point < place->end_point; place->next_point++) {
            const struct fe_point *const point = &doc->points[place->next_point];
            if (point->position > utt->tokens[first + k].byte_offset)
                break;
            if (point->kind != FE_POINT_AUDIO && !put_point(place, point, phone))
                return false;
        }
    }
    if (part->next_token == utt->n_tokens && utt->pause_ms > 0.0f &&
        !put_pause(place, utt->pause_ms, seq->n_phones - 1))
        return false;
    show_points(place, seq);
    return true;
}

int fe_place_interlude(struct fe_placement *place, size_t position, bool last, struct phone_seq *seq, bool *due,
                       struct base_error *err)
{
    const struct fe_document *const doc = place->doc;
    size_t end = place->next_point;
    *due = false;
    if (!doc || end == place->end_point)
        return LINNET_OK;
    while (end < place->end_point && (last || doc->points[end].position <= position) &&
           doc->points[end].kind != FE_POINT_AUDIO)
        end++;
    const bool audio = end < place->end_point && doc->points[end].kind == FE_POINT_AUDIO &&
                       (last || doc->points[end].position <= position);
    if (!audio && !last)
        return LINNET_OK;
    *seq = (struct phone_seq){.ipa = "", .text = ""};
    start_points(place);
    for (; place->next_point < end; place->next_point++)
        if (!put_point(place, &doc->points[place->next_point], 0))
            return out_of_memory(err);
    show_points(place, seq);
    if (audio) {
        const struct fe_recording *const recording = &doc->recordings[doc->points[place->next_point++].value];
        seq->samples = recording->samples;
        seq->n_samples = recording->n_samples;
    }
    *due = true;
    return LINNET_OK;
}

/* ---- styles ---- */

static bool is_neutral(const struct phone_style *style)
{
    return style->rate == 1.0f && style->semitones == 0.0f && style->range == 1.0f && style->volume == 1.0f;
}

/* The style at a position; NULL: none yet. */
static const struct fe_style *find_style(const struct fe_placement *place, size_t position)
{
    const struct fe_document *const doc = place->doc;
    const size_t n = doc ? count_before(doc->styles, doc->n_styles, sizeof *doc->styles, position) : 0;
    return n ? &doc->styles[n - 1] : NULL;
}

/* Phonemes [ids.start, ids.end), which come from these bytes of the text. A contour goes over them as it would over the
 * bytes. */
static void style_phones(struct fe_placement *place, struct base_range ids, struct base_range bytes)
{
    const struct fe_style *const found = find_style(place, bytes.start);
    for (size_t i = ids.start; i < ids.end; i++) {
        place->styles[i] = found ? found->style : neutral;
        if (!found || !found->contour)
            continue;
        const float inside = ((float)(i - ids.start) + 0.5f) / (float)(ids.end - ids.start);
        const float position = (float)bytes.start + inside * (float)(bytes.end - bytes.start);
        place->styles[i].semitones = fe_document_contour(place->doc, found->contour, position);
    }
}

static bool place_styles(struct fe_placement *place, const struct utterance *utt, size_t first,
                         const struct fe_part *part, size_t n_tokens, struct phone_seq *seq)
{
    const size_t n = seq->n_phones;
    void *styles = place->styles;
    bool needed = false;
    if (!n_tokens || !((place->doc && place->doc->n_styles) || utt->raise != 0.0f || utt->rests))
        return true;
    if (!base_reserve(&styles, &place->style_capacity, n, sizeof *place->styles))
        return false;
    place->styles = styles;
    for (size_t k = 0; k < n_tokens;
         k++) { /* a token and the space behind it; the boundaries go with the first and last one */
        const struct fe_token *const token = &utt->tokens[first + k];
        const bool last = k + 1 == n_tokens;
        const size_t byte = token->byte_offset + token->byte_length, begin = k ? part->spans[k].start : 0,
                     end = last ? n : part->spans[k].end, next = last ? n : part->spans[k + 1].start;
        style_phones(place, (struct base_range){begin, end}, (struct base_range){token->byte_offset, byte});
        style_phones(place, (struct base_range){end, next}, (struct base_range){byte, byte});
        for (size_t i = end; i < next && token[1].rest; i++)
            place->styles[i].rate = REST_RATE;
    }
    for (size_t i = 0; i < n; i++) {
        place->styles[i].semitones += part->semitones[i];
        needed = needed || !is_neutral(&place->styles[i]);
    }
    seq->styles = needed ? place->styles : NULL;
    return true;
}

/* ---- bytes ---- */

/* Words never overlap: those of one piece of the caller's text are one. */
static void place_words(const struct fe_placement *place, struct fe_part *part, struct phone_seq *seq)
{
    size_t piece = place->piece, n = 0;
    for (size_t i = 0; i < part->n_words; i++) {
        struct phone_word word = part->words[i];
        struct phone_word *const last = n ? &part->words[n - 1] : NULL;
        const size_t last_end = last ? last->byte_offset + last->byte_length : 0;
        struct base_range bytes = base_text_source(
            &place->doc->text, &piece, (struct base_range){word.byte_offset, word.byte_offset + word.byte_length});
        if (last && bytes.end <= last_end) {
            last->end_phone = word.end_phone;
            last->icon = last->icon || word.icon;
            continue;
        }
        bytes.start = bytes.start < last_end ? last_end : bytes.start;
        word.byte_offset = bytes.start;
        word.byte_length = bytes.end - bytes.start;
        part->words[n++] = word;
    }
    part->n_words = seq->n_words = n;
}

static void place_bytes(struct fe_placement *place, struct fe_part *part, struct phone_seq *seq)
{
    const struct base_range text = {seq->byte_offset, seq->byte_offset + seq->byte_length};
    const struct base_range bytes = base_text_source(&place->doc->text, &place->piece, text);
    seq->byte_offset = bytes.start;
    seq->byte_length = bytes.end - bytes.start;
    place_words(place, part, seq);
}

int fe_place_part(struct fe_placement *place, const struct utterance *utt, size_t first, struct fe_part *part,
                  struct phone_seq *seq, struct base_error *err)
{
    const size_t n_tokens = part->next_token + (part->next_byte > 0) - first;
    if (!place_styles(place, utt, first, part, n_tokens, seq))
        return out_of_memory(err);
    if (!place_points(place, utt, first, part, n_tokens, seq))
        return out_of_memory(err);
    if (place->doc)
        place_bytes(place, part, seq);
    return LINNET_OK;
}
