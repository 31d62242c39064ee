/* Markup through the front end: phonemes, their styles, pauses, marks and bytes. What markup becomes before that is in
 * test_ssml.c. */
#include "frontend/frontend.h"

#include "base/alloc.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/marked.h"
#include "tests/support/frontend_voice.h"

static const struct fe_markup strict = {.pitch_mean = 5.3f, .pitch_std = 0.2f};

struct fixture {
    struct voice_meta meta;
    struct frontend *fe;
};

static int open_voice(void **state)
{
    static struct fixture fixture;
    struct base_error err = {""};
    fixture.meta = test_meta("en-us");
    if (fe_open_meta(&fixture.fe, &fixture.meta, &err) != LINNET_OK)
        fail_msg("cannot open: %s", err.text);
    *state = &fixture;
    return 0;
}

static int close_voice(void **state)
{
    struct fixture *const f = *state;
    fe_close(&f->fe);
    return 0;
}

static struct frontend *set(void **state, const char *markup)
{
    struct fixture *const f = *state;
    struct base_error err = {""};
    if (fe_set_markup(f->fe, markup, strlen(markup), &strict, &err) != LINNET_OK)
        fail_msg("%s: %s", markup, err.text);
    return f->fe;
}

static const struct phone_seq *next(struct frontend *fe)
{
    const struct phone_seq *seq;
    struct base_error err = {""};
    if (fe_next(fe, &seq, &err) != LINNET_OK)
        fail_msg("fe_next: %s", err.text);
    return seq;
}

/* The only sentence of this markup. */
static const struct phone_seq *only(void **state, const char *markup)
{
    const struct phone_seq *const seq = next(set(state, markup));
    assert_non_null(seq);
    return seq;
}

static bool is_word(const struct phone_seq *seq, size_t i, const char *markup, const char *bytes)
{
    return i < seq->n_words && seq->words[i].byte_length == strlen(bytes) &&
           memcmp(markup + seq->words[i].byte_offset, bytes, strlen(bytes)) == 0;
}

static const char *const passages[] = {
    "The quick brown fox, which was of course \"very\" quick, jumped over 12 lazy dogs at 12:05.",
    "Dr. Smith paid $12.50 (or so) on 3/4/2024; did he? St. John St. isn't far!",
    "e.g. this, that and the other: it's 5 km to New York -- or 20 °C. And the end of it",
};

static void marks_change_nothing(void **state)
{
    struct fixture *const f = *state;
    for (size_t i = 0; i < sizeof passages / sizeof *passages; i++) {
        char markup[8192];
        int32_t ids[2048];
        size_t n = 0, k = 0, words = 1, marks = 0, pauses = 0;
        add_marks(markup, sizeof markup, passages[i]);
        for (const char *p = passages[i]; *p; p++)
            words += *p == ' ';
        fe_set_text(f->fe, passages[i], strlen(passages[i]));
        for (const struct phone_seq *seq; (seq = next(f->fe));) {
            memcpy(ids + n, seq->ids, seq->n_phones * sizeof *ids);
            n += seq->n_phones;
            pauses += seq->n_pauses;
        }
        set(state, markup);
        for (const struct phone_seq *seq; (seq = next(f->fe)); k += seq->n_phones) {
            assert_true(k + seq->n_phones <= n);
            assert_memory_equal(ids + k, seq->ids, seq->n_phones * sizeof *ids);
            assert_null(seq->styles);
            pauses -= seq->n_pauses;
            marks += seq->n_marks;
        }
        assert_int_equal(k, n);
        assert_int_equal(marks, words);
        assert_int_equal(pauses, 0);
    }
}

static void marks_come_with_their_words(void **state)
{
    const char markup[] = "<speak>Hello<mark name='comma'/>, <mark name='b'/>big <mark name='w'/><mark name='x'/>world"
                          "<mark name='end'/></speak>";
    struct frontend *const fe = set(state, markup);
    const struct phone_seq *seq = next(fe);
    assert_int_equal(seq->n_marks, 4);
    assert_string_equal(seq->marks[0].name, "comma");
    assert_int_equal(seq->marks[0].phone, seq->words[0].end_phone);
    assert_int_equal(seq->marks[1].phone, seq->words[1].first_phone);
    assert_int_equal(seq->marks[2].phone, seq->words[2].first_phone);
    assert_string_equal(seq->marks[3].name, "x");
    seq = next(fe);
    assert_non_null(seq);
    assert_int_equal(seq->n_phones, 0);
    assert_int_equal(seq->n_marks, 1);
    assert_string_equal(seq->marks[0].name, "end");
    assert_null(next(fe));
    assert_null(next(fe));
}

static void breaks_come_before_words(void **state)
{
    const struct phone_seq *seq = only(state, "<speak>one <mark name='a'/><break time='200ms'/><mark name='b'/>"
                                              "<break time='1s'/> two <break strength='weak'/> three</speak>");
    assert_int_equal(seq->n_words, 3);
    assert_int_equal(seq->n_pauses, 2);
    assert_int_equal(seq->pauses[0].phone, seq->words[1].first_phone);
    assert_true(seq->pauses[0].ms == 1200.0f);
    assert_int_equal(seq->pauses[1].phone, seq->words[2].first_phone);
    assert_true(seq->marks[0].after_ms == 0.0f && seq->marks[1].after_ms == 200.0f);
}

/* A pause ends the phrase as a comma does, but for the comma's own length; one too short to be heard as such
 * doesn't. */
static void phrases_end_at_breaks(void **state)
{
    char comma[64];
    snprintf(comma, sizeof comma, "%s", only(state, "<speak>one, two</speak>")->ipa);
    const struct phone_seq *seq = only(state, "<speak>one <break/> two</speak>");
    assert_string_equal(seq->ipa, comma);
    assert_non_null(seq->styles);
    for (size_t i = 0; i < seq->n_phones; i++) {
        const bool between = i >= seq->words[0].end_phone && i < seq->words[1].first_phone;
        assert_true(seq->styles[i].rate == (between ? 5.0f : 1.0f));
    }
    seq = only(state, "<speak>one, <break/> two</speak>");
    assert_string_equal(seq->ipa, comma);
    assert_null(seq->styles);
    assert_null(strchr(only(state, "<speak>one <break time='50ms'/> two</speak>")->ipa, ','));
    assert_null(strchr(only(state, "<speak><break/>one two<break/></speak>")->ipa, ','));
}

static void breaks_alone_are_heard(void **state)
{
    struct frontend *const fe = set(state, "<speak><break time='2s'/><mark name='m'/> ... </speak>");
    const struct phone_seq *const seq = next(fe);
    assert_non_null(seq);
    assert_int_equal(seq->n_phones, 0);
    assert_true(seq->n_pauses == 1 && seq->pauses[0].ms == 2000.0f && seq->marks[0].after_ms == 2000.0f);
    assert_null(next(fe));
}

static void styles_hold_for_their_words_only(void **state)
{
    const struct phone_seq *const seq =
        only(state, "<speak>one <prosody rate='50%' pitch='+2st' volume='soft'>two three</prosody> four</speak>");
    assert_non_null(seq->styles);
    for (size_t w = 0; w < 4; w++)
        for (size_t i = seq->words[w].first_phone; i < seq->words[w].end_phone; i++) {
            const bool inside = w == 1 || w == 2;
            assert_true(seq->styles[i].rate == (inside ? 0.5f : 1.0f));
            assert_true(seq->styles[i].semitones == (inside ? 2.0f : 0.0f));
            assert_true(seq->styles[i].volume == (inside ? 0.5f : 1.0f));
        }
    assert_null(only(state, "<speak>one <prosody rate='100%'>two</prosody></speak>")->styles);
}

static void contours_go_up_and_down(void **state)
{
    const struct phone_seq *const seq = only(
        state, "<speak><prosody contour='(0%,+0st) (50%,+8st) (100%,+0st)'>banana banana banana</prosody></speak>");
    float most = 0.0f;
    for (size_t i = 1; i + 1 < seq->n_phones; i++)
        most = seq->styles[i].semitones > most ? seq->styles[i].semitones : most;
    assert_true(most > 7.0f && most <= 8.0f);
    assert_true(seq->styles[1].semitones < 1.0f && seq->styles[seq->n_phones - 2].semitones < 1.0f);
}

static void words_have_the_callers_bytes(void **state)
{
    const char markup[] = "<speak>R&amp;D <sub alias='World Wide Web Consortium'>W3C</sub> costs <say-as "
                          "interpret-as='cardinal'>1984</say-as> <mark name='x'/>caf&#233;s.</speak>";
    const struct phone_seq *const seq = only(state, markup);
    static const char *const words[] = {"R", "&amp;", "D", "W3C", "costs", "1984", "caf&#233;s"};
    assert_int_equal(seq->n_words, sizeof words / sizeof *words);
    for (size_t i = 0; i < seq->n_words; i++)
        assert_true(is_word(seq, i, markup, words[i]));
    assert_int_equal(seq->byte_offset, 7);
    assert_int_equal(markup[seq->byte_offset + seq->byte_length - 1], '.');
    assert_string_equal(seq->text,
                        "R and D World Wide Web Consortium costs one thousand nine hundred eighty-four cafés.");
}

static void given_phonemes_are_spoken(void **state)
{
    const struct phone_seq *seq = only(state, "<speak>a <phoneme ph='təˈmɑːtəʊ'>tomato</phoneme>, no</speak>");
    assert_non_null(strstr(seq->ipa, "təmˈɑtəʊ") ? seq->ipa : strstr(seq->ipa, "təˈmɑtəʊ"));
    assert_int_equal(seq->n_words, 3);
    struct fixture *const f = *state;
    seq = only(state, "<speak>Ask Dr.<phoneme ph='təˈmɑːtəʊ'>T</phoneme> now</speak>"); /* right behind a dot */
    assert_int_equal(seq->n_words, 4);
    seq = only(state, "<speak><phoneme ph='ǂ'>tomato</phoneme></speak>");
    assert_non_null(strstr(seq->ipa, "mˈA"));
    assert_int_equal(fe_warnings(f->fe).unknown_phones, 1);
}

static void languages_change_the_pronunciation(void **state)
{
    char english[256];
    snprintf(english, sizeof english, "%s", only(state, "<speak>Die Zeit ist gut</speak>")->ipa);
    const struct phone_seq *seq = only(state, "<speak><lang xml:lang='de-DE'>Die Zeit ist gut</lang></speak>");
    assert_string_not_equal(seq->ipa, english);
    assert_non_null(strstr(seq->ipa, "ts"));
    seq = only(state, "<speak><s xml:lang='de'>Um 5 km</s></speak>");
    assert_non_null(strstr(seq->text, "Kilometer"));
    seq = only(state, "<speak>At 5 km</speak>");
    assert_non_null(strstr(seq->text, "kilometers"));
    seq = only(state, "<speak><lang xml:lang='de'>sch\u00f6ne F\u00fc\u00dfe</lang></speak>");
    assert_int_equal(fe_warnings(((struct fixture *)*state)->fe).unknown_phones, 0); /* the nearest sounds */
    assert_string_equal(seq->ipa, "\u0283\u02c8\u025cn\u0259 f\u02c8ys\u0259");
    const char mixed[] = "<speak>It is 5 km, <lang xml:lang='de'>d.h. 5 km</lang>; or 5 km.</speak>";
    seq = only(state, mixed);
    assert_string_equal(seq->text, "It is five kilometers, das hei\u00dft f\u00fcnf Kilometer; or five kilometers.");
    assert_true(is_word(seq, 4, mixed, "d.h."));
    seq = only(state, "<speak>a<lang xml:lang='de'>b</lang>c <lang xml:lang='fr'> </lang>d</speak>");
    assert_string_equal(seq->text, "abc d");
}

static void sentences_end_where_markup_says(void **state)
{
    struct frontend *const fe = set(state, "<speak><s>One two</s><s>three</s><p>Mr. <s>Smith</s></p></speak>");
    size_t n = 0;
    while (next(fe))
        n++;
    assert_int_equal(n, 4);
}

static void errors_leave_nothing_to_say(void **state)
{
    struct fixture *const f = *state;
    struct base_error err = {""};
    assert_int_equal(fe_set_markup(f->fe, "<speak>a\n<b", 11, &strict, &err), LINNET_ERR_SYNTAX);
    assert_non_null(strstr(err.text, "line 2, column 1"));
    assert_null(next(f->fe));
    fe_set_text(f->fe, "Hello <b>.", 10);
    assert_non_null(next(f->fe));
}

/* What loaders were asked for, "path;path;". */
struct library {
    char asked[256];
};

/* A recording of as many samples as its name is long; none is called "missing". */
static bool load(void *context, const char *path, float **samples, size_t *n_samples)
{
    struct library *const library = context;
    const size_t n = strlen(library->asked);
    snprintf(library->asked + n, sizeof library->asked - n, "%s;", path);
    *n_samples = strlen(path);
    *samples = strstr(path, "missing") ? NULL : base_alloc(*n_samples, sizeof **samples);
    return *samples != NULL;
}

static void recordings_come_between_sentences(void **state)
{
    static const char markup[] = "<speak>One <mark name='a'/><break time='1s'/><audio src='x.wav'>two</audio> three "
                                 "<audio src='missing.wav'>four</audio><audio src='missing.wav'>five</audio>. "
                                 "<audio src='/y.wav'/><audio src='x.wav'/></speak>";
    struct fixture *const f = *state;
    struct library library = {""};
    struct base_error err = {""};
    struct fe_markup files = strict;
    files.folder = "folder";
    files.load = load;
    files.context = &library;
    assert_int_equal(fe_set_markup(f->fe, markup, strlen(markup), &files, &err), LINNET_OK);
    assert_string_equal(library.asked, "folder/x.wav;folder/missing.wav;/y.wav;"); /* each once */
    assert_string_equal(next(f->fe)->text, "One");
    const struct phone_seq *seq = next(f->fe);
    assert_true(seq->n_phones == 0 && seq->n_samples == strlen("folder/x.wav") && seq->samples);
    assert_true(seq->n_pauses == 1 && seq->pauses[0].ms == 1000.0f);
    assert_true(seq->n_marks == 1 && seq->marks[0].after_ms == 0.0f);
    assert_string_equal(next(f->fe)->text, "three four five.");
    assert_int_equal(next(f->fe)->n_samples, strlen("/y.wav"));
    assert_int_equal(next(f->fe)->n_samples, strlen("folder/x.wav"));
    assert_null(next(f->fe));
}

/* A file with this content; its name in path[64]. */
static void write_file(char *path, const char *content)
{
    snprintf(path, 64, "/tmp/linnet-markup-XXXXXX");
    FILE *const file = fdopen(mkstemp(path), "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

#define PLS_HEAD                                                                                                       \
    "<lexicon version='1.0' xmlns='http://www.w3.org/2005/01/pronunciation-lexicon' alphabet='ipa' xml:lang='en'>"

static void dictionaries_of_markup_end_with_it(void **state)
{
    struct fixture *const f = *state;
    char path[64], markup[256];
    struct base_error err = {""};
    write_file(path, PLS_HEAD "<lexeme><grapheme>nginx</grapheme><alias>engine x</alias></lexeme></lexicon>");
    snprintf(markup, sizeof markup, "<speak><lexicon uri='%s'/>nginx</speak>", path);
    for (int i = 0; i < 20; i++) /* more than there may be at once */
        assert_string_equal(only(state, markup)->text, "engine x");
    assert_string_not_equal(only(state, "<speak>nginx</speak>")->text, "engine x");
    unlink(path);
    assert_int_equal(fe_set_markup(f->fe, markup, strlen(markup), &strict, &err), LINNET_ERR_IO);
    assert_non_null(strstr(err.text, "markup: line 1, column 8: "));
    assert_non_null(strstr(err.text, path));
    struct fe_markup lenient = strict;
    lenient.lenient = true;
    assert_int_equal(fe_set_markup(f->fe, markup, strlen(markup), &lenient, &err), LINNET_OK);
    write_file(path, PLS_HEAD "\n<lexeme><grapheme>nginx</lexeme></lexicon>");
    snprintf(markup, sizeof markup, "<speak>\n <lexicon uri='%s'/>nginx</speak>", path);
    assert_int_equal(fe_set_markup(f->fe, markup, strlen(markup), &strict, &err), LINNET_ERR_SYNTAX);
    assert_non_null(strstr(err.text, "markup: line 2, column 2: "));
    assert_non_null(strstr(err.text, ":2:"));
    unlink(path);
}

static void running_out_of_memory_is_survived(void **state)
{
    static const char markup[] =
        "<speak>One <mark name='a'/><break/>two <prosody rate='slow'>three</prosody> <audio src='x'>"
        "</audio> <lang xml:lang='de'>vier</lang> <phoneme ph='f'>five</phoneme><break/></speak>";
    struct fixture *const f = *state;
    struct library library = {""};
    struct base_error err = {""};
    struct fe_markup files = strict;
    files.load = load;
    files.context = &library;
    int status = LINNET_ERR_MEMORY;
    for (long n = 1; status == LINNET_ERR_MEMORY; n++) {
        const struct phone_seq *seq = NULL;
        fe_close(&f->fe); /* what has grown needs no memory any more */
        assert_int_equal(fe_open_meta(&f->fe, &f->meta, &err), LINNET_OK);
        base_alloc_fail_at(n);
        status = fe_set_markup(f->fe, markup, strlen(markup), &files, &err);
        do {
            if (status == LINNET_OK)
                status = fe_next(f->fe, &seq, &err);
        } while (status == LINNET_OK && seq);
        base_alloc_fail_at(0);
        assert_true(status == LINNET_OK || (status == LINNET_ERR_MEMORY && strstr(err.text, "out of memory")));
        assert_true(n < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_change_nothing),
        cmocka_unit_test(marks_come_with_their_words),
        cmocka_unit_test(breaks_come_before_words),
        cmocka_unit_test(phrases_end_at_breaks),
        cmocka_unit_test(breaks_alone_are_heard),
        cmocka_unit_test(styles_hold_for_their_words_only),
        cmocka_unit_test(contours_go_up_and_down),
        cmocka_unit_test(words_have_the_callers_bytes),
        cmocka_unit_test(given_phonemes_are_spoken),
        cmocka_unit_test(languages_change_the_pronunciation),
        cmocka_unit_test(sentences_end_where_markup_says),
        cmocka_unit_test(errors_leave_nothing_to_say),
        cmocka_unit_test(recordings_come_between_sentences),
        cmocka_unit_test(dictionaries_of_markup_end_with_it),
        cmocka_unit_test(running_out_of_memory_is_survived),
    };
    return cmocka_run_group_tests_name("markup", tests, open_voice, close_voice);
}
