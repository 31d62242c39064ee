/* Reading modes on a table (tests/data/modes), and dictionaries: their formats, mistakes in them, and changes while
 * they are in use. */
#include "frontend/frontend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#define require(condition) assert_true(condition)
#include "tests/support/languages.h"
#include "tests/support/check_seq.h"

#define MAX_TEXT 4096

static struct frontend *open_voice(const char *espeak_voice, struct voice_meta *meta)
{
    struct frontend *fe;
    struct base_error err = {""};
    *meta = test_meta(espeak_voice);
    if (fe_open_meta(&fe, meta, &err) != LINNET_OK)
        fail_msg("cannot open: %s", err.text);
    return fe;
}

/* What is spoken, sentences with '|' between; what is pronounced, when `ipa` is set. */
static const char *spoken(struct frontend *fe, const char *text, size_t size, bool ipa)
{
    static char found[MAX_TEXT];
    const struct phone_seq *seq;
    struct base_error err = {""};
    size_t n = 0;
    found[0] = '\0';
    fe_set_text(fe, text, size);
    for (;;) {
        if (fe_next(fe, &seq, &err) != LINNET_OK)
            fail_msg("fe_next: %s", err.text);
        if (!seq)
            return found;
        const char *const part = ipa ? seq->ipa : seq->text;
        assert_true(n + strlen(part) + 2 < sizeof found);
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%s", n ? "|" : "", part);
    }
}

/* ---- modes ---- */

/* Undoes \n, \t, \| and \\ in place; returns the length. */
static size_t unescape(char *s)
{
    size_t n = 0;
    for (const char *p = s; *p; p++) {
        p += *p == '\\';
        s[n++] = p > s && p[-1] == '\\' ? *p == 'n' ? '\n' : *p == 't' ? '\t' : *p : *p;
    }
    s[n] = '\0';
    return n;
}

static struct reading_modes parse_settings(const char *settings)
{
    struct reading_modes reading = {0};
    for (const char *p = settings; p[0] && p[1]; p += 2) {
        int *const value = *p == 'p'   ? &reading.punctuation
                           : *p == 's' ? &reading.spelling
                           : *p == 'c' ? &reading.capitals
                           : *p == 'd' ? &reading.digits
                                       : &reading.unit;
        *value = p[1] - '0';
    }
    return reading;
}

static int check_modes(const char *path, const char *voice)
{
    char line[MAX_TEXT];
    struct voice_meta meta;
    struct frontend *fe = open_voice(voice, &meta);
    FILE *const file = fopen(path, "r");
    int number = 0, rows = 0, failed = 0;
    if (!file)
        fail_msg("cannot open %s (run from the top folder)", path);
    while (fgets(line, sizeof line, file)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !line[0])
            continue;
        char *const text = strchr(line, '\t') + 1, *const expected = strchr(text, '\t') + 1;
        text[-1] = expected[-1] = '\0';
        const struct reading_modes reading = parse_settings(line);
        const size_t size = unescape(text);
        fe_set_reading(fe, &reading);
        const char *const found = spoken(fe, text, size, false);
        if (strcmp(found, expected) != 0) {
            print_error("%s:%d: %s '%s'\n  expected '%s'\n  got      '%s'\n", path, number, line, text, expected,
                        found);
            failed++;
        }
        rows++;
    }
    fclose(file);
    fe_close(&fe);
    assert_int_equal(failed, 0);
    return rows;
}

static void modes_read_as_they_should(void **state)
{
    (void)state;
    struct test_language one;
    char path[64];
    for (size_t i = 0; i < LANGUAGE_ROWS; i++) {
        if (!test_language(i, &one))
            continue;
        snprintf(path, sizeof path, "tests/data/modes/%s.tsv", one.name);
        assert_true(check_modes(path, one.tag) >= 10);
    }
}

static void lists_of_punctuation_can_be_changed(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    struct reading_modes reading = {.punctuation = LINNET_PUNCTUATION_SOME};
    fe_set_reading(fe, &reading);
    assert_string_equal(spoken(fe, "a# b; c†", 10, false), "a hash b; c†");
    assert_int_equal(fe_set_punctuation(fe, LINNET_PUNCTUATION_SOME, ";†", NULL), LINNET_OK);
    assert_string_equal(spoken(fe, "b; c†", 7, false), "b semicolon; c †");
    assert_int_equal(fe_set_punctuation(fe, LINNET_PUNCTUATION_SOME, "", NULL), LINNET_OK);
    assert_string_equal(spoken(fe, "b; c%", 5, false), "b; c%");
    assert_int_equal(fe_set_punctuation(fe, LINNET_PUNCTUATION_SOME, NULL, NULL), LINNET_OK);
    assert_string_equal(spoken(fe, "b* c", 4, false), "b star c");
    fe_close(&fe);
}

/* Each thing said has the bytes that it stands for. */
static void names_keep_their_bytes(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    const struct reading_modes all = {.punctuation = LINNET_PUNCTUATION_ALL, .capitals = LINNET_CAPITALS_ICON};
    const struct phone_seq *seq;
    fe_set_reading(fe, &all);
    fe_set_text(fe, "> x of\n> Foo_bar, $12.", 22);
    assert_int_equal(fe_next(fe, &seq, NULL), LINNET_OK);
    static const struct phone_word expected[] = {{.byte_offset = 2, .byte_length = 1},
                                                 {.byte_offset = 4, .byte_length = 2},
                                                 {.byte_offset = 9, .byte_length = 3, .icon = true},
                                                 {.byte_offset = 12, .byte_length = 1},
                                                 {.byte_offset = 13, .byte_length = 3},
                                                 {.byte_offset = 16, .byte_length = 1},
                                                 {.byte_offset = 18, .byte_length = 1},
                                                 {.byte_offset = 19, .byte_length = 2},
                                                 {.byte_offset = 21, .byte_length = 1}};
    assert_int_equal(seq->n_words, TEST_COUNT(expected));
    for (size_t i = 0; i < seq->n_words; i++) {
        assert_int_equal(seq->words[i].byte_offset, expected[i].byte_offset);
        assert_int_equal(seq->words[i].byte_length, expected[i].byte_length);
        assert_int_equal(seq->words[i].icon, expected[i].icon);
    }
    fe_close(&fe);
}

/* Words with a capital are raised, and only they. */
static void capitals_are_raised(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    const struct reading_modes pitch = {.capitals = LINNET_CAPITALS_PITCH}, plain = {0};
    const struct phone_seq *seq;
    fe_set_reading(fe, &pitch);
    fe_set_text(fe, "a Big $5 Cat.", 13);
    assert_int_equal(fe_next(fe, &seq, NULL), LINNET_OK);
    assert_int_equal(seq->n_words, 4);
    assert_non_null(seq->styles);
    for (size_t w = 0; w < seq->n_words; w++)
        for (size_t i = seq->words[w].first_phone; i < seq->words[w].end_phone; i++)
            assert_true((seq->styles[i].semitones > 0.0f) == (w == 1 || w == 3));
    assert_true(seq->styles[0].semitones == 0.0f && seq->styles[seq->n_phones - 1].semitones == 0.0f);
    fe_set_reading(fe, &plain);
    fe_set_text(fe, "Big", 3);
    assert_int_equal(fe_next(fe, &seq, NULL), LINNET_OK);
    assert_null(seq->styles);
    fe_close(&fe);
}

/* ---- dictionaries ---- */

/* Writes a file with this content; `path` is a template for mkstemp(), or a file that is there. */
static void write_file(char *path, const char *content)
{
    if (strstr(path, "XXXXXX")) {
        const int fd = mkstemp(path);
        assert_true(fd >= 0);
        close(fd);
    }
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

#define TEMPLATE "/tmp/linnet-test-XXXXXX"

static void words_are_pronounced_as_told(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char path[] = TEMPLATE;
    struct base_error err = {""};
    write_file(path, "# words\n"
                     "GIF = dʒɪf\n"
                     "nginx ~ engine x\r\n"
                     "  new york   ~ big apple\n"
                     "york = ˈjɔːk\n"
                     "C++ ~ see plus plus\n"
                     "café = [ka.feɪ]\n"
                     "/([0-9]+)px/ ~ \\1 pixels\n"
                     "/colou?r/i ~ hue\n"
                     "/É+/ ~ accent\n");
    assert_int_equal(fe_add_lexicon(fe, path, &err), LINNET_OK);
    assert_string_equal(spoken(fe, "GIF gifs", 8, true), "ʤɪf ɡˈɪfs");
    assert_string_equal(spoken(fe, "The GIF's on.", 13, true), "ðə ʤɪfs ˈɔn.");
    assert_string_equal(spoken(fe, "The GIF's on.", 13, false), "The GIF's on.");
    assert_string_equal(spoken(fe, "Use NGINX, or xnginx.", 21, false), "Use engine x, or xnginx.");
    assert_string_equal(spoken(fe, "New \n york York", 15, false), "big apple york");
    assert_string_equal(spoken(fe, "York", 4, true), "jˈɔk");
    assert_string_equal(spoken(fe, "C++!", 4, false), "see plus plus!");
    assert_string_equal(spoken(fe, "Café", 5, true), "kafA");
    assert_string_equal(spoken(fe, "Set 20px to Colour.", 19, false), "Set twenty pixels to hue.");
    assert_string_equal(spoken(fe, "xÉÉy", 6, false), "x accent y");
    unlink(path);
    fe_close(&fe);
}

/* The ending "'s" sounds as the language has it. */
static void possessives_are_of_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *voice, *ipa;
    } rows[] = {{"en-us", "dɔɡz"}, {"de", "dɔɡs"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct voice_meta meta;
        struct frontend *fe = open_voice(rows[i].voice, &meta);
        char path[] = TEMPLATE;
        struct base_error err = {""};
        write_file(path, "Dog = dɔɡ\n");
        assert_int_equal(fe_add_lexicon(fe, path, &err), LINNET_OK);
        assert_string_equal(spoken(fe, "Dog's", 5, true), rows[i].ipa);
        unlink(path);
        fe_close(&fe);
    }
}

/* The bytes of the caller's text are those of the word, before and behind too. */
static void given_words_keep_their_bytes(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char path[] = TEMPLATE;
    const struct phone_seq *seq;
    write_file(path, "GIF = dʒɪf\nnew york ~ the big apple\n/([a-z])x/ ~ \\1 times\n");
    assert_int_equal(fe_add_lexicon(fe, path, NULL), LINNET_OK);
    fe_set_text(fe, "A GIF, New York 5 kg bx.", 24);
    assert_int_equal(fe_next(fe, &seq, NULL), LINNET_OK);
    static const size_t offsets[] = {0, 2, 7, 16, 18, 21}, lengths[] = {1, 3, 8, 1, 2, 2};
    assert_int_equal(seq->n_words, TEST_COUNT(offsets));
    for (size_t i = 0; i < seq->n_words; i++) {
        assert_int_equal(seq->words[i].byte_offset, offsets[i]);
        assert_int_equal(seq->words[i].byte_length, lengths[i]);
        assert_true(seq->words[i].end_phone > seq->words[i].first_phone);
    }
    unlink(path);
    fe_close(&fe);
}

/* A mistake names its place, and the rest is in force. */
static void mistakes_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *content, *told;
    } cases[] = {
        {"one two\n", ":1:1: expected"},
        {"a ~ b\n  foo = ʘʘ\n", ":2:9: 'ʘ' (U+0298) isn't a phoneme"},
        {"foo =\n", ":1:6: nothing behind '='"},
        {"\n\n/[a/ ~ b\n", ":3:1: "},
        {"/a ~ b\n", ":1:1: no '/'"},
        {"/a/ = b\n", ":1:5: expected '~'"},
        {"/(a)\\1/ ~ b\n", ":1:1: the expression: \\1 is only"},
        {"/a{3,2}/ ~ b\n", ":1:1: the expression: a repeat"},
        {"/(((x{1,99}){1,99}){1,99}){1,99}/ ~ b\n", ":1:1: the expression: "},
        {"// ~ b\n", ":1:1: no expression"},
        {"/(a)/ ~ \\1 \\2\n", ":1:1: \\2: the expression has 1 groups"},
        {"a\xFF ~ b\n", ":1:6: not UTF-8"},
        {"a = ..\n", ":1:5: no phonemes"},
        {"= a\n", ":1:"},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct voice_meta meta;
        struct frontend *fe = open_voice("en-us", &meta);
        char path[] = TEMPLATE, content[200];
        struct base_error err = {""};
        snprintf(content, sizeof content, "%sgood ~ fine\n", cases[i].content);
        write_file(path, content);
        if (fe_add_lexicon(fe, path, &err) != LINNET_ERR_SYNTAX || !strstr(err.text, cases[i].told) ||
            strncmp(err.text, path, strlen(path)) != 0)
            fail_msg("%s: '%s' isn't '%s'", cases[i].content, err.text, cases[i].told);
        assert_string_equal(spoken(fe, "good", 4, false), "fine");
        unlink(path);
        fe_close(&fe);
    }
}

#define PLS(attributes, content)                                                                                       \
    "<?xml version=\"1.0\"?>\n<lexicon version=\"1.0\" "                                                               \
    "xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\" " attributes ">" content "</lexicon>\n"
#define PLS_IPA "alphabet=\"ipa\" xml:lang=\"en-GB\""
#define PLS_GOOD "<lexeme><grapheme>good</grapheme><alias>fine</alias></lexeme>\n"

static void pls_is_read(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char path[] = TEMPLATE;
    struct base_error err = {""};
    write_file(path,
               PLS(PLS_IPA,
                   "<meta name=\"a\" content=\"b\"/><metadata><x>y</x></metadata>\n"
                   "<lexeme xml:id=\"gif\"><!-- two --><grapheme>GIF</grapheme><grapheme>JIF</grapheme>"
                   "<phoneme>ɡɪf</phoneme><phoneme prefer=\"true\"> dʒɪf </phoneme><example>a</example></lexeme>\n"
                   "<lexeme><grapheme>W3C &amp; co</grapheme><alias>World Wide</alias></lexeme>\n"
                   "<lexeme role=\"x\"><grapheme>York</grapheme><alias>city</alias><phoneme>jɔːk</phoneme></lexeme>"));
    if (fe_add_lexicon(fe, path, &err) != LINNET_OK)
        fail_msg("%s", err.text);
    assert_string_equal(spoken(fe, "GIF JIF", 7, true), "ʤɪf ʤɪf");
    assert_string_equal(spoken(fe, "The W3C & co.", 13, false), "The World Wide.");
    assert_string_equal(spoken(fe, "York", 4, true), "jɔk");
    unlink(path);
    fe_close(&fe);
}

static void mistakes_in_pls_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *content, *told;
    } cases[] = {
        {PLS(PLS_IPA, PLS_GOOD "<lexeme><grapheme>a</grapheme><phoneme>ʘ</phoneme></lexeme>"), ":3:41: 'ʘ' (U+0298)"},
        {PLS(PLS_IPA, PLS_GOOD "<lexeme><grapheme>a</grapheme></lexeme>"), ":3:31: a lexeme without phoneme"},
        {PLS(PLS_IPA, PLS_GOOD "<lexeme><alias>a</alias></lexeme>"), ":3:25: a lexeme without grapheme"},
        {PLS("alphabet=\"x-sampa\"", PLS_GOOD "<lexeme><grapheme>a</grapheme><phoneme>a</phoneme></lexeme>"),
         ":3:31: phonemes of another alphabet"},
        {PLS(PLS_IPA, PLS_GOOD "<lexeme>"), ":3:11: mismatched tag"},
        {PLS(PLS_IPA, PLS_GOOD "&foo;"), ":3:1: undefined entity"},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        struct voice_meta meta;
        struct frontend *fe = open_voice("en-us", &meta);
        char path[] = TEMPLATE;
        struct base_error err = {""};
        write_file(path, cases[i].content);
        if (fe_add_lexicon(fe, path, &err) != LINNET_ERR_SYNTAX || !strstr(err.text, cases[i].told))
            fail_msg("%s: '%s' isn't '%s'", cases[i].content, err.text, cases[i].told);
        assert_string_equal(spoken(fe, "good", 4, false), "fine");
        unlink(path);
        fe_close(&fe);
    }
}

/* Nothing is fetched or expanded, and depth is bounded. */
static void hostile_pls_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *content, *told;
    } cases[] = {
        {"<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n<lexicon>&b;</lexicon>",
         ":1:25: entities can't be declared"},
        {"<!DOCTYPE l [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<lexicon>&a;</lexicon>", ":1:52: entities can't"},
        {"<!DOCTYPE l SYSTEM \"http://example.org/l.dtd\">\n<lexicon>&a;</lexicon>", ":2:10: undefined entity"},
        {"<speak>a</speak>", ":1:1: expected <lexicon>, found <speak>"},
        {"<lexicon xml:lang=\"fr\">" PLS_GOOD "</lexicon>", ":1:1: this dictionary is for fr, the voice speaks en-us"},
        {"<lexicon>\xFF</lexicon>", ":1:10: not well-formed"},
        {"<", ":1:"},
    };
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char deep[8 * 2000 + 1] = "", path[] = TEMPLATE;
    struct base_error err = {""};
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        char one[] = TEMPLATE;
        write_file(one, cases[i].content);
        if (fe_add_lexicon(fe, one, &err) != LINNET_ERR_SYNTAX || !strstr(err.text, cases[i].told))
            fail_msg("%s: '%s' isn't '%s'", cases[i].content, err.text, cases[i].told);
        unlink(one);
    }
    for (int i = 0; i < 2000; i++)
        memcpy(deep + 8 * i, i ? "<a>     " : "<lexicon", 8);
    deep[8] = '>';
    write_file(path, deep);
    assert_int_equal(fe_add_lexicon(fe, path, &err), LINNET_ERR_SYNTAX);
    assert_non_null(strstr(err.text, "nested too deep"));
    unlink(path);
    fe_close(&fe);
}

static void files_that_cannot_be_read_are_told(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    struct base_error err = {""};
    assert_int_equal(fe_add_lexicon(fe, "/no/such/file", &err), LINNET_ERR_IO);
    assert_non_null(strstr(err.text, "/no/such/file: "));
    assert_int_equal(fe_add_lexicon(fe, "/", &err), LINNET_ERR_IO);
    assert_string_equal(spoken(fe, "good", 4, false), "good");
    for (int i = 0; i < 17; i++) {
        char path[] = TEMPLATE;
        write_file(path, "good ~ fine\n");
        assert_int_equal(fe_add_lexicon(fe, path, &err), i < 16 ? LINNET_OK : LINNET_ERR_ARGUMENT);
        unlink(path);
    }
    fe_close(&fe);
}

static void changed_files_are_read_again(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char path[] = TEMPLATE;
    write_file(path, "good ~ fine\n");
    assert_int_equal(fe_add_lexicon(fe, path, NULL), LINNET_OK);
    assert_string_equal(spoken(fe, "good", 4, false), "fine");
    write_file(path, "good ~ very fine\n");
    assert_string_equal(spoken(fe, "good", 4, false), "very fine");
    assert_string_equal(fe_lexicon_warning(fe), "");
    write_file(path, "good ~ splendid\nbad\n");
    assert_string_equal(spoken(fe, "good", 4, false), "splendid");
    assert_non_null(strstr(fe_lexicon_warning(fe), ":2:1: expected"));
    unlink(path);
    assert_string_equal(spoken(fe, "good", 4, false), "splendid");
    assert_non_null(strstr(fe_lexicon_warning(fe), path));
    fe_close(&fe);
}

/* The last file wins, a longer entry wins over a shorter one, one with a capital over one without. */
static void entries_win_in_order(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char first[] = TEMPLATE, second[] = TEMPLATE;
    write_file(first, "polish ~ shine\nPolish ~ from Poland\ngood day ~ hello\ngood ~ fine\ngood ~ better\n");
    write_file(second, "polish ~ rub\n");
    assert_int_equal(fe_add_lexicon(fe, first, NULL), LINNET_OK);
    assert_string_equal(spoken(fe, "Polish polish POLISH", 20, false), "from Poland shine shine");
    assert_string_equal(spoken(fe, "good day good", 13, false), "hello better");
    assert_int_equal(fe_add_lexicon(fe, second, NULL), LINNET_OK);
    assert_string_equal(spoken(fe, "polish good", 11, false), "rub better");
    unlink(first);
    unlink(second);
    fe_close(&fe);
}

/* Characters of private use in a text aren't taken for entries. */
static void private_characters_say_nothing(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char path[] = TEMPLATE;
    write_file(path, "GIF = dʒɪf\n");
    assert_int_equal(fe_add_lexicon(fe, path, NULL), LINNET_OK);
    assert_string_equal(spoken(fe, "a \U000F0000 b", 8, false), "a b");
    unlink(path);
    fe_close(&fe);
}

static uint32_t random_next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Pieces of which random text is made. */
static const char *const pieces[] = {
    "a",          "I",        "The",
    " ",          " ",        " ",
    "\n",         "\n> ",     "\n- ",
    "\t",         ".",        ",",
    "...",        "!",        "?",
    "-",          "--",       "----------",
    "(",          ")",        "\"",
    "'",          "_",        "@",
    "#",          "%",        "&",
    "*",          "=",        "/",
    "\\",         "|",        "~",
    "$",          "€",        "1",
    "42",         "3.14",     "12:05",
    "1984",       "GIF",      "'s",
    "nginx",      "New York", "20px",
    "é",          "É",        "ß",
    "日本",       "。",       "привет",
    "😀",          "\xCC\x81", "\xE2\x80\x8D",
    "\xFF",       "\xC3",     "\xF3\xB0\x80\x80",
    "http://a.b", "x@y.z",    "Dr.",
    "5 kg",       "½",        "²",
    "…",          "—",        "“",
    "”",          "kp-",      "shift",
    "\x01",       "\xC2\xAD", "\xC2\xA0",
};

/* Whatever the text and the modes, with a dictionary and without: valid UTF-8 of bounded length, bytes that increase
 * and lie inside the text, a seed that repeats it. */
static void random_text_keeps_the_rules(void **state)
{
    (void)state;
    char path[] = TEMPLATE;
    write_file(
        path,
        "GIF = dʒɪf\nnginx ~ engine x\n/([0-9]+)px/ ~ \\1 pixels\nnew york ~ big apple\n/_/ ~\n/(.)'/ ~ \\1\\1\\1\n");
    static const char *const voices[] = {"en-us", "de", "fr"};
    for (size_t v = 0; v < TEST_COUNT(voices); v++) {
        struct voice_meta meta;
        struct frontend *fe = open_voice(voices[v], &meta);
        for (uint32_t seed = 1; seed <= 1000; seed++) {
            uint32_t random = seed;
            char text[600];
            size_t size = 0;
            const size_t wanted = random_next(&random) % 120;
            const struct reading_modes reading = {.punctuation = (int)(random_next(&random) % 5),
                                                  .spelling = (int)(random_next(&random) % 12 / 10 * (1 + seed % 2)),
                                                  .capitals = (int)(random_next(&random) % 4),
                                                  .digits = (int)(random_next(&random) % 2),
                                                  .unit = (int)(random_next(&random) % 20 / 18 * (1 + seed % 2))};
            while (size < wanted) {
                const char *const piece = pieces[random_next(&random) % TEST_COUNT(pieces)];
                memcpy(text + size, piece, strlen(piece));
                size += strlen(piece);
            }
            fe_set_reading(fe, &reading);
            speak_all(fe, text, size, 200);
            if (seed == 500)
                assert_int_equal(fe_add_lexicon(fe, path, NULL), LINNET_OK);
        }
        fe_close(&fe);
    }
    unlink(path);
}

static void running_out_of_memory_is_survived(void **state)
{
    (void)state;
    static const char text[] = "The GIF's nginx, 20px (or so) of New York!";
    const struct reading_modes reading = {.punctuation = LINNET_PUNCTUATION_ALL};
    char path[] = TEMPLATE;
    write_file(path, "GIF = dʒɪf\nnginx ~ engine x\n/([0-9]+)px/ ~ \\1 pixels\nnew york ~ big apple\n");
    bool done = false;
    for (long n = 1; n < 500 && !done; n++) {
        struct voice_meta meta;
        struct frontend *fe = open_voice("en-us", &meta);
        const struct phone_seq *seq = NULL;
        base_alloc_fail_at(n);
        int status = fe_add_lexicon(fe, path, NULL);
        fe_set_reading(fe, &reading);
        fe_set_text(fe, text, sizeof text - 1);
        while (status == LINNET_OK && (status = fe_next(fe, &seq, NULL)) == LINNET_OK && seq)
            ;
        done = status == LINNET_OK;
        base_alloc_fail_at(0);
        if (!done)
            assert_int_equal(status, LINNET_ERR_MEMORY);
        fe_close(&fe);
    }
    assert_true(done);
    unlink(path);
}

/* Many entries that begin alike, each of which could be meant: looking doesn't get slow. */
static void large_dictionaries_are_fast(void **state)
{
    (void)state;
    enum { N = 100000 };
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char path[] = TEMPLATE;
    char *const content = malloc(N * 24),
                text[] = "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a x99999 a x7 b";
    size_t size = 0;
    assert_non_null(content);
    for (int i = 0; i < N; i++)
        size += (size_t)snprintf(content + size, 24, "a x%d ~ found\n", i);
    write_file(path, content);
    assert_int_equal(fe_add_lexicon(fe, path, NULL), LINNET_OK);
    const clock_t start = clock();
    const char *said = "";
    for (int i = 0; i < 60; i++)
        said = spoken(fe, text, sizeof text - 1, false);
    assert_non_null(strstr(said, " found found b"));
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 2); /* over 2 when each entry was looked at */
    free(content);
    unlink(path);
    fe_close(&fe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modes_read_as_they_should),
        cmocka_unit_test(lists_of_punctuation_can_be_changed),
        cmocka_unit_test(names_keep_their_bytes),
        cmocka_unit_test(capitals_are_raised),
        cmocka_unit_test(words_are_pronounced_as_told),
        cmocka_unit_test(possessives_are_of_the_language),
        cmocka_unit_test(given_words_keep_their_bytes),
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(pls_is_read),
        cmocka_unit_test(mistakes_in_pls_are_told),
        cmocka_unit_test(hostile_pls_is_refused),
        cmocka_unit_test(files_that_cannot_be_read_are_told),
        cmocka_unit_test(changed_files_are_read_again),
        cmocka_unit_test(entries_win_in_order),
        cmocka_unit_test(private_characters_say_nothing),
        cmocka_unit_test(random_text_keeps_the_rules),
        cmocka_unit_test(running_out_of_memory_is_survived),
        cmocka_unit_test(large_dictionaries_are_fast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
