/* Fuzz target of markup: the first byte chooses the language, whether reading is lenient, whether there is a second voice,
 * whether paths are of a folder, and how the rest is taken: as SSML, as HTML, as text of several scripts or as text with
 * phonemes in brackets. */
#include "tests/support/check_seq.h"

#include "base/alloc.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 40000 /* bytes spoken for a byte: an alias can hold a number of many digits */

/* Recordings whose name starts with "a" are there. */
static bool load(void *context, const char *path, float **samples, size_t *n_samples)
{
    (void)context;
    *n_samples = 1;
    *samples = *path == 'a' ? base_alloc(1, sizeof **samples) : NULL;
    return *samples != NULL;
}

/* Pauses, marks and styles of a sentence or an interlude. */
static void check_places(const struct phone_seq *seq)
{
    size_t phone = 0;
    const size_t n = seq->n_phones ? seq->n_phones : 1;
    for (size_t i = 0; i < seq->n_pauses; i++) {
        require(seq->pauses[i].phone < n && seq->pauses[i].phone >= phone && seq->pauses[i].ms >= 0.0f);
        phone = seq->pauses[i].phone + 1;
    }
    phone = 0;
    for (size_t i = 0; i < seq->n_marks; i++) {
        require(seq->marks[i].phone < n && seq->marks[i].phone >= phone && seq->marks[i].after_ms >= 0.0f);
        require(strlen(seq->marks[i].name) < 1u << 20);
        phone = seq->marks[i].phone;
    }
    for (size_t i = 0; seq->styles && i < seq->n_phones; i++) {
        const struct phone_style *const style = &seq->styles[i];
        require(style->rate >= 0.2f && style->rate <= 5.0f && fabsf(style->semitones) <= 60.0f);
        require(style->range >= 0.0f && style->range <= 4.0f && style->volume >= 0.0f && style->volume <= 4.0f);
    }
}

/* Voice 1 is for who asks by name, by gender or for a language other than English. */
static size_t choose(void *context, size_t current, const struct voice_wish *wish)
{
    (void)context;
    (void)current;
    return wish->names || wish->gender || (wish->languages && strncmp(wish->languages, "en", 2) != 0) ||
           (wish->spoken && strncmp(wish->spoken, "en", 2) != 0);
}

enum way { SSML, HTML, SCRIPTS, INLINE, WAYS };

static int read_text(struct frontend *fe, enum way way, const char *text, size_t size, const struct fe_markup *markup,
                     struct base_error *err)
{
    switch (way) {
    case HTML: (void)fe_is_html(text, size); return fe_set_html(fe, text, size, markup, err);
    case SCRIPTS: (void)fe_has_scripts(text, size); return fe_set_scripts(fe, text, size, markup, err);
    case INLINE: return fe_set_inline(fe, text, size, err);
    default: return fe_set_markup(fe, text, size, markup, err);
    }
}

static void speak_markup(struct frontend *fe, enum way way, const char *text, size_t size,
                         const struct fe_markup *markup)
{
    const struct phone_seq *seq;
    struct base_error err = {""};
    const int status = read_text(fe, way, text, size, markup, &err);
    require(status == LINNET_OK ||
            (way == SSML && (status == LINNET_ERR_SYNTAX || (status == LINNET_ERR_IO && !markup->lenient))));
    require((status == LINNET_OK) == (err.text[0] == '\0'));
    require(status == LINNET_OK || strstr(err.text, "markup: line ") || size > 1u << 20);
    require(fe_runs(fe) > 0);
    for (size_t run = 0; run < fe_runs(fe); run++) {
        require(fe_run_voice(fe, run) == 0 || markup->choose);
        if (run) /* the first is in hand */
            fe_start_run(fe, run);
        do {
            require(fe_next(fe, &seq, NULL) == LINNET_OK);
            if (seq)
                check_places(seq);
            if (seq && seq->n_phones)
                check_seq(fe, seq, size, MOST);
            else if (seq)
                require(seq->n_pauses || seq->n_marks || seq->n_samples);
        } while (seq);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const voices[] = {"en-us", "de", "en", "fr", "es", "it", "pt-br", "cmn"};
    static struct voice_meta metas[TEST_COUNT(voices)];
    static struct frontend *opened[TEST_COUNT(voices)]; /* once: that takes longer than most inputs */
    const unsigned chosen = size ? data[0] : 0;
    const size_t voice = chosen / 2 % 4 + chosen / 32 % 2 * 4;
    const enum way way = chosen / 8 % WAYS;
    const struct fe_markup markup = {.lenient = chosen % 2,
                                     .pitch_mean = 5.3f,
                                     .pitch_std = 0.2f,
                                     .folder = chosen / 128 ? "a/b" : NULL,
                                     .load = load,
                                     .choose = way != SCRIPTS && chosen / 64 % 2 ? NULL : choose};
    const size_t n = size ? size - 1 : 0;
    char *const copy = malloc(n ? n : 1); /* of the exact size, so that overreads show */
    require(copy != NULL);
    if (n)
        memcpy(copy, data + 1, n);
    if (!opened[voice]) {
        metas[voice] = test_meta(voices[voice]);
        require(fe_open_meta(&opened[voice], &metas[voice], NULL) == LINNET_OK);
    }
    speak_markup(opened[voice], way, copy, n, &markup);
    fe_set_text(opened[voice], "", 0);
    free(copy);
    return 0;
}
