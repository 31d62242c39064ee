/* Front end: text -> struct phone_seq, sentence by sentence. The only header of this folder that others
 * include.
 *
 * Exact and integer: no tensors. One front end belongs to one thread at a time; espeak-ng itself is one per process
 * and locked inside. */
#ifndef LINNET_FRONTEND_H
#define LINNET_FRONTEND_H

#include "base/records.h"
#include "base/status.h"
#include "voice/voice_file.h"
#include <stdatomic.h>

struct frontend;

/* Opens a front end for the voice's language and phoneme table. `voice` must outlive it. */
BASE_MUST_USE int fe_open(struct frontend **out, const struct voice_file *voice, struct base_error *err);
/* The same for keys that come from elsewhere than a file (tests). `meta` must outlive it. */
BASE_MUST_USE int fe_open_meta(struct frontend **out, const struct voice_meta *meta, struct base_error *err);
/* Does beforehand, on any thread, what takes long in fe_open(): starts espeak-ng with the voice's language. What goes wrong
 * then fe_open() says. */
void fe_prepare(const struct voice_meta *meta);
/* Sets *fe to NULL; pointer to NULL is fine. */
void fe_close(struct frontend **fe);

/* For what is made from now on. */
void fe_set_reading(struct frontend *fe, const struct reading_modes *reading);
/* Names these characters at a level of punctuation (LINNET_PUNCTUATION_SOME ...), instead of the usual ones; NULL:
 * those. LINNET_ERR_MEMORY. */
BASE_MUST_USE int fe_set_punctuation(struct frontend *fe, int level, const char *characters, struct base_error *err);

/* Silence that the caller asks for, in ms: behind sentences, in addition behind paragraphs, and between words; the
 * pauses of the text itself are divided by `rate`, the speed. At first there is none, and the speed is 1. For what is
 * made from now on. */
struct fe_pauses {
    float sentence_ms, paragraph_ms, word_ms;
    float rate;
};
void fe_set_pauses(struct frontend *fe, const struct fe_pauses *pauses);

/* Adds a dictionary (lexicon.h); ends markup that has some of its own. LINNET_ERR_SYNTAX: parts of it are in force all
 * the same. fe_lexicon_warning(): what was wrong when a file was read again at the last fe_set_text; "" if nothing. */
BASE_MUST_USE int fe_add_lexicon(struct frontend *fe, const char *path, struct base_error *err);
const char *fe_lexicon_warning(const struct frontend *fe);

/* Sets the text to speak: `size` bytes, need not be NUL-terminated, must stay valid and unchanged until the next
 * fe_set_text or fe_close. Bytes that aren't UTF-8 are spoken as U+FFFD (silently skipped), counted by fe_warnings.
 * Constant time in the text; dictionaries that have changed are read again. */
void fe_set_text(struct frontend *fe, const char *text, size_t size);

/* The same for markup (SSML 1.1), which is read as a whole: `text` needn't stay. LINNET_ERR_SYNTAX with a message that
 * names line and column, LINNET_ERR_MEMORY: the text is empty then. */
struct fe_markup {
    bool lenient;                 /* what isn't well-formed is read without its tags */
    float pitch_mean, pitch_std;  /* of the voice's log F0, for values in Hz */
    const atomic_bool *cancelled; /* true ends the reading with LINNET_CANCELLED; NULL: nothing does */
    const char *folder;           /* that relative paths of files start from; NULL: the current one */
    /* Reads a recording that the markup names; the front end frees the samples with base_free(). false: it can't be
     * played. NULL: none is. */
    bool (*load)(void *context, const char *path, float **samples, size_t *n_samples);
    void *context;
    /* Which voice is to speak what the markup has for others (records.h); NULL: one voice speaks it all. */
    size_t (*choose)(void *context, size_t current, const struct voice_wish *wish);
};
BASE_MUST_USE int fe_set_markup(struct frontend *fe, const char *text, size_t size, const struct fe_markup *markup,
                                struct base_error *err);

/* A text in several voices is read by the front end of each of them, which all get the same markup and the same choice,
 * and each speaks its runs: run `i` of the fe_runs() is of voice fe_run_voice(). fe_next() ends with the run in hand,
 * at first number 0. Other texts are one run. */
size_t fe_runs(const struct frontend *fe);
size_t fe_run_voice(const struct frontend *fe, size_t run);
void fe_start_run(struct frontend *fe, size_t run);
/* A recording that the markup in hand has loaded; NULL: there is none. It belongs to the front end. */
const float *fe_recording(const struct frontend *fe, const char *path, size_t *n_samples);

/* Has the same lists of characters for fe_set_punctuation() as another. LINNET_ERR_MEMORY. */
BASE_MUST_USE int fe_copy_punctuation(struct frontend *fe, const struct frontend *from, struct base_error *err);

/* The same for HTML, of which only the voices are chosen; LINNET_ERR_MEMORY: the text is empty then. fe_is_html():
 * whether a text surely is. */
BASE_MUST_USE int fe_set_html(struct frontend *fe, const char *text, size_t size, const struct fe_markup *markup,
                              struct base_error *err);
bool fe_is_html(const char *text, size_t size);

/* The same for plain text of which some is in scripts that other voices read; the choice must be given.
 * fe_has_scripts(): whether there is anything to choose. */
BASE_MUST_USE int fe_set_scripts(struct frontend *fe, const char *text, size_t size, const struct fe_markup *markup,
                                 struct base_error *err);
bool fe_has_scripts(const char *text, size_t size);

/* The same for plain text with phonemes in double brackets (inline.h), which is read as a whole: `text` needn't stay.
 * LINNET_ERR_MEMORY: the text is empty then. */
BASE_MUST_USE int fe_set_inline(struct frontend *fe, const char *text, size_t size, struct base_error *err);

/* Makes the next sentence, or interlude (records.h). LINNET_OK with *out set, or LINNET_OK with *out NULL at the end of
 * the text, or an error. Text without anything speakable in it is skipped. A sentence has at most FE_MAX_PHONES
 * phonemes: longer ones are cut at clause punctuation, else at word borders; the text's first piece is then of at most
 * FE_FIRST_PHONES, to be heard soon. *out is borrowed until the next call. */
#define FE_MAX_PHONES 400
#define FE_FIRST_PHONES 100
BASE_MUST_USE int fe_next(struct frontend *fe, const struct phone_seq **out, struct base_error *err);

/* The IPA of what fe_next() gave out last, which must not be an interlude, without what is the voice's own notation.
 * *out is borrowed until the next call. LINNET_OK or LINNET_ERR_MEMORY. */
BASE_MUST_USE int fe_ipa(struct frontend *fe, const char **out, struct base_error *err);

/* The IPA of each entry of the voice's phoneme table, [n_phonemes]; lives as long as the front end. */
const char *const *fe_phoneme_ipa(const struct frontend *fe);

/* What was odd about the text since fe_set_text. */
struct fe_warnings {
    size_t invalid_utf8;   /* bytes replaced */
    size_t unknown_phones; /* characters of IPA that the voice's table lacks */
};
struct fe_warnings fe_warnings(const struct frontend *fe);

#endif
