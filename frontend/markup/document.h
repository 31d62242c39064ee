/* What is to be read, parted from what says how: markup as the rest of the front end sees it.
 *
 * The text is what is read aloud, in the order in which it is read; each byte of it comes from bytes of the caller's
 * text. Beside it stand lists sorted by position in the text, none of which alters the text around: so a mark between
 * two words can't change their sound.
 *   points     breaks, marks and recordings;
 *   styles     prosody and emphasis, and where they change;
 *   languages  the voice of espeak-ng, and where it changes;
 *   runs       the voice, and where it changes;
 *   givens     words with prescribed phonemes: each is one character of private use in the text.
 * Sentences and paragraphs of the markup are blank lines in the text, where the sentence split ends a sentence. */
#ifndef LINNET_FRONTEND_DOCUMENT_H
#define LINNET_FRONTEND_DOCUMENT_H

#include "base/records.h"
#include "frontend/edit.h"
#include "frontend/given.h"
#include "frontend/utterance.h"

#define FE_DOCUMENT_MAX_TEXT ((size_t)48 << 20) /* bytes to read: say-as makes them more than the markup has */
#define FE_DOCUMENT_MAX_RECORDINGS 256
#define FE_DOCUMENT_MAX_SAMPLES ((size_t)1 << 24) /* of all recordings: 11 minutes at 24 kHz */

enum fe_point_kind { FE_POINT_BREAK, FE_POINT_MARK, FE_POINT_AUDIO };

struct fe_point {
    size_t position;
    enum fe_point_kind kind;
    float ms;     /* BREAK */
    size_t value; /* MARK: its name in strings; AUDIO: its number in recordings */
};

/* Pitch over a range: piecewise linear between its targets. */
struct fe_contour {
    size_t start, end; /* in the text */
    size_t first, n_targets;
};

struct fe_contour_target {
    float place; /* in the range, 0 ... 1 */
    float semitones;
};

/* Holds from `position` on, up to the next one. */
struct fe_style {
    size_t position;
    struct phone_style style;
    size_t contour; /* its number + 1; 0: none */
};

struct fe_language {
    size_t position;
    size_t voice; /* espeak-ng's name for it, in strings; "" is the voice's own */
};

/* A run of the text in one voice: from `position` and points[first_point] on, up to the next one. */
struct fe_run {
    size_t position, first_point;
    size_t voice; /* the caller's number for it; 0: the voice that the front end belongs to */
};

/* A word with prescribed phonemes; both in strings. */
struct fe_given {
    size_t word, ipa;
};

struct fe_recording {
    size_t path;    /* in strings */
    float *samples; /* [n_samples], owned; freed by base_free(). NULL: it can't be played */
    size_t n_samples;
};

/* Starts as {0}; all of it grows and is reused. */
struct fe_document {
    struct base_text text;      /* made from the caller's */
    struct base_buffer strings; /* NUL-terminated ones, by offset; 0 is "" */
    struct fe_point *points;
    size_t n_points, point_capacity;
    struct fe_style *styles;
    size_t n_styles, style_capacity;
    struct fe_contour *contours;
    size_t n_contours, contour_capacity;
    struct fe_contour_target *targets;
    size_t n_targets, target_capacity;
    struct fe_language *languages;
    size_t n_languages, language_capacity;
    struct fe_run *runs; /* none: all is in voice 0 */
    size_t n_runs, run_capacity;
    struct fe_given *givens;
    size_t n_givens, given_capacity;
    struct fe_recording *recordings; /* each path once */
    size_t n_recordings, recording_capacity, n_samples;
    size_t unknown; /* prescribed phonemes that the voice lacks: their words are read as text */
};

/* ---- building; false: out of memory ---- */

BASE_MUST_USE bool fe_document_start(struct fe_document *doc);
void fe_document_free(struct fe_document *doc);
/* Frees the recordings, which are large, before the rest. */
void fe_document_forget_recordings(struct fe_document *doc);

/* Reads bytes[size], which are those of the caller's text at `offset`. */
BASE_MUST_USE bool fe_document_read(struct fe_document *doc, const char *bytes, size_t size, size_t offset);
/* Reads bytes[size] in place of `length` bytes of the caller's text at `offset`. */
BASE_MUST_USE bool fe_document_say(struct fe_document *doc, const char *bytes, size_t size, size_t offset,
                                   size_t length);
/* Bytes that part what stands around and come from nothing: a space, a blank line. */
BASE_MUST_USE bool fe_document_part(struct fe_document *doc, const char *bytes, size_t size);
/* These hold at the end of the text as it is now. */
BASE_MUST_USE bool fe_document_add_break(struct fe_document *doc, float ms);
BASE_MUST_USE bool fe_document_add_mark(struct fe_document *doc, const char *name);
BASE_MUST_USE bool fe_document_add_audio(struct fe_document *doc, const struct fe_recording *recording);
/* Keeps a recording under its path. It takes over the samples, also when it fails; beyond FE_DOCUMENT_MAX_SAMPLES in
 * all they are dropped. */
BASE_MUST_USE bool fe_document_keep_recording(struct fe_document *doc, const char *path, float *samples,
                                              size_t n_samples);
/* The recording kept under a path; NULL: none. */
const struct fe_recording *fe_document_recording(const struct fe_document *doc, const char *path);
/* Begins a range with a contour, whose number + 1 is the result; 0: out of memory. It ends where
 * fe_document_end_contour() says. */
BASE_MUST_USE size_t fe_document_add_contour(struct fe_document *doc, const struct fe_contour_target *targets,
                                             size_t n);
void fe_document_end_contour(struct fe_document *doc, size_t contour);
BASE_MUST_USE bool fe_document_set_style(struct fe_document *doc, const struct phone_style *style, size_t contour);
BASE_MUST_USE bool fe_document_set_language(struct fe_document *doc, const char *voice);
/* Begins a run, which may stay empty: another front end that reads the same markup for the same voices has as many. */
BASE_MUST_USE bool fe_document_set_voice(struct fe_document *doc, size_t voice);
/* Reads a word by its phonemes. */
BASE_MUST_USE bool fe_document_give(struct fe_document *doc, const char *word, size_t word_size, const char *ipa,
                                    size_t offset, size_t length);

/* ---- reading ---- */

/* A given word by its number: what the register asks (given.h). */
bool fe_document_given(const void *doc, size_t number, struct given_word *found);

/* Run number i: where it ends in the text, and which point is the first behind it. A document without runs is one. */
size_t fe_document_runs(const struct fe_document *doc);
struct fe_run fe_document_run(const struct fe_document *doc, size_t i);
struct fe_run fe_document_run_end(const struct fe_document *doc, size_t i);

/* Semitones of the contour at a position of the text. */
float fe_document_contour(const struct fe_document *doc, size_t contour, float position);

#endif
