/* The front end on tables (tests/data/frontend) and on hostile text. */
#include "frontend/frontend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "tests/support/frontend_voice.h"
#include "tests/support/languages.h"

#define MAX_FIELDS 32

static struct frontend *open_voice(const char *espeak_voice, struct voice_meta *meta)
{
    struct frontend *fe;
    struct base_error err = {""};
    *meta = test_meta(espeak_voice);
    const int status = fe_open_meta(&fe, meta, &err);
    if (status != LINNET_OK)
        fail_msg("cannot open: %s", err.text);
    return fe;
}

static const struct phone_seq *next(struct frontend *fe)
{
    const struct phone_seq *seq;
    struct base_error err = {""};
    if (fe_next(fe, &seq, &err) != LINNET_OK)
        fail_msg("fe_next: %s", err.text);
    return seq;
}

/* ---- tables -------------------------------------------------------------------------------------------------------
 * */

/* Undoes \n, \r, \t, \f, \\, \| and \xHH in place; returns the length. */
static size_t unescape(char *s)
{
    size_t n = 0;
    for (const char *p = s; *p; p++) {
        if (*p != '\\') {
            s[n++] = *p;
            continue;
        }
        p++;
        if (*p == 'x') {
            const char hex[3] = {p[1], p[2], '\0'};
            s[n++] = (char)strtol(hex, NULL, 16);
            p += 2;
        } else {
            s[n++] = *p == 'n' ? '\n' : *p == 'r' ? '\r' : *p == 't' ? '\t' : *p == 'f' ? '\f' : *p;
        }
    }
    s[n] = '\0';
    return n;
}

struct row {
    const char *path;
    int line;
    size_t n;
    char *field[MAX_FIELDS];
    size_t length[MAX_FIELDS];
};

/* The field that starts at `text`: cut at the separator that has no '\\' before it; NULL: it was the last. */
static char *next_field(char *text, char separator)
{
    while (*text && *text != separator)
        text += text[0] == '\\' && text[1] ? 2 : 1;
    if (!*text)
        return NULL;
    *text = '\0';
    return text + 1;
}

static void cut_fields(struct row *row, char *text, char separator)
{
    row->n = 0;
    for (char *field = text, *next; field && row->n < MAX_FIELDS; field = next) {
        next = next_field(field, row->n ? separator : '\t');
        row->field[row->n++] = field;
    }
    for (size_t i = 0; i < row->n; i++)
        row->length[i] = unescape(row->field[i]);
}

/* Calls check() for each row of tests/data/NAME, whose fields have `separator` between from the second on. */
static void each_row(const char *name, const char *voice, char separator, int least_rows,
                     bool (*check)(struct frontend *fe, const struct row *row))
{
    char path[128], text[4096];
    snprintf(path, sizeof path, "tests/data/%s", name);
    FILE *const file = fopen(path, "r");
    if (!file)
        fail_msg("cannot open %s (run from the top folder)", path);
    struct voice_meta meta;
    struct frontend *fe = open_voice(voice, &meta);
    struct row row = {.path = path};
    int rows = 0, failed = 0;
    while (fgets(text, sizeof text, file)) {
        row.line++;
        text[strcspn(text, "\n")] = '\0';
        if (text[0] == '#' || text[0] == '\0')
            continue;
        cut_fields(&row, text, separator);
        failed += !check(fe, &row);
        rows++;
    }
    fclose(file);
    fe_close(&fe);
    assert_int_equal(failed, 0);
    assert_true(rows >= least_rows);
}

static bool check_sentences(struct frontend *fe, const struct row *row)
{
    fe_set_text(fe, row->field[0], row->length[0]);
    size_t i = 1;
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe), i++) {
        const char *const found = row->field[0] + seq->byte_offset;
        if (i < row->n && seq->byte_length == row->length[i] && memcmp(found, row->field[i], seq->byte_length) == 0)
            continue;
        print_error("%s:%d: sentence %zu is \"%.*s\", expected \"%s\"\n", row->path, row->line, i,
                    (int)seq->byte_length, found, i < row->n ? row->field[i] : "(none)");
        return false;
    }
    if (i != row->n)
        print_error("%s:%d: %zu sentences, expected %zu\n", row->path, row->line, i - 1, row->n - 1);
    return i == row->n;
}

/* A language that isn't known has the abbreviations that many languages share, and none of English. */
static void unknown_languages_are_not_english(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t sentences;
    } rows[] = {{"Pytam dr. Annę.", 1},    {"Pytam prof. Annę.", 1}, {"Jest nr. 5.", 1},
                {"Pan J. Nowak je.", 1},   {"Ma to z.B. Anna.", 1},  {"To jest mt. Anna.", 2},
                {"To jest sen. Anna.", 2}, {"Kupuje fig. Anna.", 2}, {"Tam stoi st. Anna nie.", 2}};
    struct voice_meta meta;
    struct frontend *fe = open_voice("pl", &meta);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t found = 0;
        fe_set_text(fe, rows[i].text, strlen(rows[i].text));
        while (next(fe))
            found++;
        if (found != rows[i].sentences)
            fail_msg("'%s' has %zu sentences", rows[i].text, found);
    }
    fe_close(&fe);
}

static void sentences_are_split(void **state)
{
    (void)state;
    struct test_language one;
    char name[64];
    for (size_t i = 0; i < LANGUAGE_ROWS; i++) {
        if (!test_language(i, &one))
            continue;
        snprintf(name, sizeof name, "split/%s.tsv", one.name);
        each_row(name, one.tag, '|', 20, check_sentences);
    }
}

static bool check_ipa(struct frontend *fe, const struct row *row)
{
    char found[4096] = "";
    fe_set_text(fe, row->field[0], row->length[0]);
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe)) {
        if (found[0])
            strcat(found, " | ");
        assert_true(strlen(found) + strlen(seq->ipa) + 4 < sizeof found);
        strcat(found, seq->ipa);
    }
    if (strcmp(found, row->field[1]) != 0)
        print_error("%s:%d: \"%s\", expected \"%s\"\n", row->path, row->line, found, row->field[1]);
    return strcmp(found, row->field[1]) == 0;
}

static bool check_spoken(struct frontend *fe, const struct row *row)
{
    char found[4096] = "";
    fe_set_text(fe, row->field[0], row->length[0]);
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe)) {
        if (found[0])
            strcat(found, " | ");
        assert_true(strlen(found) + strlen(seq->text) + 4 < sizeof found);
        strcat(found, seq->text);
    }
    if (strcmp(found, row->field[1]) != 0)
        print_error("%s:%d: \"%s\", expected \"%s\"\n", row->path, row->line, found, row->field[1]);
    return strcmp(found, row->field[1]) == 0;
}

static void looks_are_left_out(void **state)
{
    (void)state;
    each_row("frontend/plain_en.tsv", "en-us", '\t', 10, check_spoken);
}

static void text_becomes_phonemes(void **state)
{
    (void)state;
    each_row("frontend/ipa.tsv", "en-us", '\t', 10, check_ipa);
}

static bool check_html(struct frontend *fe, const struct row *row)
{
    char found[4096] = "";
    const bool html = row->field[0][0] != '-';
    const char *const text = row->field[0] + !html;
    const size_t size = row->length[0] - !html;
    if (fe_is_html(text, size) != html)
        fail_msg("%s:%d: taken for %s", row->path, row->line, html ? "text" : "HTML");
    if (html)
        assert_int_equal(fe_set_html(fe, text, size, &(struct fe_markup){0}, NULL), LINNET_OK);
    else
        fe_set_text(fe, text, size);
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe)) {
        assert_true(seq->byte_offset + seq->byte_length <= size);
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", found[0] ? " | " : "", seq->text);
    }
    if (strcmp(found, row->field[1]) != 0)
        print_error("%s:%d: \"%s\", expected \"%s\"\n", row->path, row->line, found, row->field[1]);
    return strcmp(found, row->field[1]) == 0;
}

static void tags_are_not_read(void **state)
{
    (void)state;
    each_row("frontend/html.tsv", "en-us", '\t', 20, check_html);
}

static bool check_inline(struct frontend *fe, const struct row *row)
{
    char found[4096] = "";
    const char *ipa;
    assert_int_equal(fe_set_inline(fe, row->field[0], row->length[0], NULL), LINNET_OK);
    while (next(fe)) {
        assert_int_equal(fe_ipa(fe, &ipa, NULL), LINNET_OK);
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", found[0] ? " | " : "", ipa);
    }
    if (strcmp(found, row->field[1]) != 0)
        print_error("%s:%d: \"%s\", expected \"%s\"\n", row->path, row->line, found, row->field[1]);
    return strcmp(found, row->field[1]) == 0;
}

static void phonemes_in_brackets_are_said(void **state)
{
    (void)state;
    each_row("frontend/inline.tsv", "en-us", '\t', 10, check_inline);
}

/* What --ipa prints, put back in brackets, is said alike. */
static void ipa_says_the_same(void **state)
{
    (void)state;
    static const char *const words[] = {"hello",  "judge",  "church", "water", "boy", "about",
                                        "button", "little", "fire",   "sure",  "bird"};
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char phones[256], text[256];
        const char *ipa;
        fe_set_text(fe, words[i], strlen(words[i]));
        snprintf(phones, sizeof phones, "%s", next(fe)->ipa);
        assert_int_equal(fe_ipa(fe, &ipa, NULL), LINNET_OK);
        assert_int_equal(strcspn(ipa, "AIOTWY"), strlen(ipa));
        snprintf(text, sizeof text, "[[ %s ]]", ipa);
        assert_int_equal(fe_set_inline(fe, text, strlen(text), NULL), LINNET_OK);
        assert_string_equal(next(fe)->ipa, phones);
        assert_int_equal(fe_warnings(fe).unknown_phones, 0);
    }
    fe_close(&fe);
}

/* A caller's own characters of private use aren't taken for words of the brackets. */
static void private_characters_stay_silent(void **state)
{
    (void)state;
    static const char text[] = "one \xF4\x80\x80\x80 two [[h@l'oU]]";
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    assert_int_equal(fe_set_inline(fe, text, sizeof text - 1, NULL), LINNET_OK);
    assert_string_equal(next(fe)->ipa, "wˈʌn tˈu həlˈO");
    fe_close(&fe);
}

static void wrong_words_are_corrected(void **state)
{
    (void)state;
    each_row("frontend/said_en.tsv", "en-us", '\t', 10, check_ipa);
    each_row("frontend/homographs_en.tsv", "en-us", '\t', 10, check_ipa);
    each_row("frontend/said_en_gb.tsv", "en", '\t', 3, check_ipa);
    each_row("frontend/said_de.tsv", "de", '\t', 3, check_ipa);
}

/* Byte of seq->ipa where id number `phone` starts. */
static size_t ipa_byte(const struct phone_seq *seq, size_t phone)
{
    size_t byte = 0;
    for (size_t i = 1; i < phone; i++)
        byte += base_utf8_next(seq->ipa + byte, strlen(seq->ipa + byte) + 1).length;
    return byte;
}

static bool check_words(struct frontend *fe, const struct row *row)
{
    char found[512];
    fe_set_text(fe, row->field[0], row->length[0]);
    size_t i = 1;
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe)) {
        for (size_t w = 0; w < seq->n_words; w++, i++) {
            const struct phone_word *const word = &seq->words[w];
            const size_t from = ipa_byte(seq, word->first_phone), to = ipa_byte(seq, word->end_phone);
            snprintf(found, sizeof found, "%.*s=%.*s", (int)word->byte_length, row->field[0] + word->byte_offset,
                     (int)(to - from), seq->ipa + from);
            if (i < row->n && strcmp(found, row->field[i]) == 0)
                continue;
            print_error("%s:%d: word %zu is \"%s\", expected \"%s\"\n", row->path, row->line, i, found,
                        i < row->n ? row->field[i] : "(none)");
            return false;
        }
    }
    if (i != row->n)
        print_error("%s:%d: %zu words, expected %zu\n", row->path, row->line, i - 1, row->n - 1);
    return i == row->n;
}

static void words_keep_their_bytes(void **state)
{
    (void)state;
    each_row("frontend/words.tsv", "en-us", '\t', 10, check_words);
}

/* Silence that is added in this text, in ms. */
static float paused(struct frontend *fe, const char *text)
{
    float ms = 0.0f;
    fe_set_text(fe, text, strlen(text));
    for (const struct phone_seq *seq; (seq = next(fe));)
        for (size_t i = 0; i < seq->n_pauses; i++)
            ms += seq->pauses[i].ms;
    return ms;
}

static void text_has_its_pauses(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    assert_true(paused(fe, "One, two; three. Four: five!") == 0.0f);
    assert_true(paused(fe, "It's 3-4 (x).") > 0.0f);
    const float dash = paused(fe, "One \u2014 two."), ellipsis = paused(fe, "One\u2026 two."),
                bracket = paused(fe, "One (two) three."), quoted = paused(fe, "\"Come in,\" she said."),
                said = paused(fe, "She said, \"come in\"."), heading = paused(fe, "Heading\n\nText."),
                paragraph = paused(fe, "Text.\n\nText."), item = paused(fe, "- one\n- two");
    assert_true(dash > 50 && ellipsis > 150 && bracket > 150 && quoted > 50 && said > 50);
    assert_true(heading > paragraph && paragraph > item && item > 0.0f);
    assert_true(paused(fe, "Heading?!\n\nText.") == paragraph && paused(fe, "\"Yes?\"\n\nText.") == paragraph);
    assert_true(paused(fe, "(Heading)\n\nText.") == heading && paused(fe, "Heading:\n\nText.") == paragraph);
    const char text[] = "One \u2014 two.";
    fe_set_text(fe, text, sizeof text - 1);
    const struct phone_seq *const seq = next(fe);
    assert_true(seq->n_pauses == 1 && seq->pauses[0].phone == seq->words[0].end_phone);
    const struct fe_pauses fast = {.rate = 2.0f}, asked = {100.0f, 1000.0f, 10.0f, 1.0f};
    fe_set_pauses(fe, &fast);
    assert_true(paused(fe, "One \u2014 two.") == dash / 2);
    fe_set_pauses(fe, &asked);
    assert_true(paused(fe, "One two. Three.") == 210.0f);
    assert_true(paused(fe, "Text.\n\nText.") == paragraph + 1200.0f);
    fe_close(&fe);
}

/* ---- properties ---------------------------------------------------------------------------------------------------
 * */

static void check_seq(const struct phone_seq *seq, size_t size, size_t *last_end)
{
    assert_in_range(seq->n_phones, 3, FE_MAX_PHONES + 2);
    assert_int_equal(seq->ids[0], 0);
    assert_int_equal(seq->ids[seq->n_phones - 1], 0);
    size_t byte = 0;
    for (size_t i = 1; i + 1 < seq->n_phones; i++) {
        assert_in_range(seq->ids[i], 1, TEST_COUNT(test_phonemes) - 1);
        const char *const name = test_phonemes[seq->ids[i]];
        assert_memory_equal(seq->ipa + byte, name, strlen(name));
        byte += strlen(name);
    }
    assert_int_equal(seq->ipa[byte], '\0');
    assert_true(seq->byte_offset <= size && seq->byte_length <= size - seq->byte_offset);
    assert_true(seq->byte_offset >= *last_end || seq->byte_offset + seq->byte_length >= *last_end);
    size_t end_phone = 1, end_byte = seq->byte_offset;
    for (size_t w = 0; w < seq->n_words; w++) {
        const struct phone_word *const word = &seq->words[w];
        assert_true(word->byte_offset >= end_byte && word->byte_length > 0);
        end_byte = word->byte_offset + word->byte_length;
        assert_true(word->first_phone >= end_phone && word->end_phone >= word->first_phone);
        end_phone = word->end_phone;
    }
    assert_true(end_byte <= seq->byte_offset + seq->byte_length);
    assert_true(end_phone < seq->n_phones);
    size_t invalid;
    base_utf8_count(seq->text, strlen(seq->text), &invalid);
    assert_int_equal(invalid, 0);
    *last_end = seq->byte_offset + seq->byte_length;
}

/* Speaks text[size], copied to a block of just that size, and checks all of it. Returns the number of sentences. */
static size_t check_text(struct frontend *fe, const char *text, size_t size)
{
    char *const copy = malloc(size ? size : 1);
    assert_non_null(copy);
    if (size)
        memcpy(copy, text, size);
    fe_set_text(fe, copy, size);
    size_t n = 0, last_end = 0;
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe), n++)
        check_seq(seq, size, &last_end);
    assert_true(fe_warnings(fe).invalid_utf8 <= size);
    free(copy);
    return n;
}

static uint32_t random_next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Alphabets from which random texts are drawn. */
static const char *const alphabets[][16] = {
    {"a", "e", "t", "s", " ", " ", ".", ",", "!", "\n", "\"", "(", ")", "-", "'", "1"},
    {"Mr.", " ", "of the", " 21 ", "...", "--", "U.S.", "\n\n", "\n- ", "—", "“", "”", "😀", "\xC2\xAD", "\x01",
     "no. 5"},
    {"日本", "。", "привет", "\xFF", "\xC3", "\xE2\x80", "é", " ", "？", "«", "»", "नम", "।", "ش", "؟", "[["},
};

static void random_text_keeps_the_rules(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        char text[2048];
        size_t size = 0;
        const size_t wanted = random_next(&seed) % 1000;
        while (size < wanted) {
            const char *const piece = alphabets[round % 3][random_next(&seed) % 16];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        check_text(fe, text, size);
    }
    fe_close(&fe);
}

static void random_bytes_keep_the_rules(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    uint32_t seed = 7;
    char text[3000];
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (char)random_next(&seed);
        check_text(fe, text, sizeof text);
    }
    for (int c = 0; c < 256; c++) {
        char two[3] = {(char)c, 'a', (char)c};
        check_text(fe, two, 1);
        assert_true(check_text(fe, two, 3) <= 2);
    }
    fe_close(&fe);
}

static void repeat(char *out, size_t size, const char *piece)
{
    const size_t length = strlen(piece);
    for (size_t i = 0; i < size; i++)
        out[i] = piece[i % length];
}

static void endless_texts_are_cut(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        size_t size;
        bool silent;
    } cases[] = {
        {"a", 100000, false},         {"word and of the ", 100000, false},
        {"1234567890", 20000, false}, {"😀", 4000, false},
        {"(", 100000, true},          {"!?", 100000, true},
        {"\"", 100000, true},         {",.;", 100000, true},
        {" ", 1000000, true},         {"\n", 1000000, true},
        {"- ", 100000, true},         {"\xC2\xAD", 100000, true},
        {"\xFF", 100000, true},       {"日本語", 6000, false},
        {"a\n\n", 3000, false},       {"a--", 3000, false},
    };
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        char *const text = malloc(cases[i].size);
        assert_non_null(text);
        repeat(text, cases[i].size, cases[i].piece);
        const size_t n = check_text(fe, text, cases[i].size);
        if ((n == 0) != cases[i].silent)
            fail_msg("\"%s\" repeated: %zu sentences", cases[i].piece, n);
        free(text);
    }
    fe_close(&fe);
}

/* A sentence of 600 phonemes is cut behind a comma, else before "and", else between words; nothing is lost. Its first
 * piece is short, to be heard soon; the rest isn't. */
static void check_piece(const struct phone_seq *seq, size_t index)
{
    if (index == 0)
        assert_in_range(seq->n_phones, FE_FIRST_PHONES / 2, FE_FIRST_PHONES + 2);
    else if (index == 1)
        assert_in_range(seq->n_phones, FE_MAX_PHONES / 2, FE_MAX_PHONES + 2);
}

static void long_sentences_are_cut_at_good_places(void **state)
{
    (void)state;
    static const char with_commas[] = "seven green bottles hang, ", without[] = "seven green bottles hang ",
                      joined[] = "bottles hang and ";
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    char text[30 * sizeof with_commas];
    repeat(text, 30 * (sizeof with_commas - 1), with_commas);
    fe_set_text(fe, text, 30 * (sizeof with_commas - 1));
    size_t words = 0, parts = 0;
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe), parts++) {
        assert_int_equal(seq->ipa[strlen(seq->ipa) - 1], ',');
        check_piece(seq, parts);
        words += seq->n_words;
    }
    assert_int_equal(words, 120);
    assert_true(parts >= 2);

    repeat(text, 30 * (sizeof without - 1), without);
    fe_set_text(fe, text, 30 * (sizeof without - 1));
    words = parts = 0;
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe), parts++) {
        assert_true(seq->words[seq->n_words - 1].end_phone == seq->n_phones - 1);
        check_piece(seq, parts);
        words += seq->n_words;
    }
    assert_int_equal(words, 120);
    assert_true(parts >= 2);

    repeat(text, 30 * (sizeof joined - 1), joined);
    fe_set_text(fe, text, 30 * (sizeof joined - 1));
    parts = 0;
    for (const struct phone_seq *seq = next(fe); seq; seq = next(fe), parts++)
        assert_memory_equal(text + seq->byte_offset, parts ? "and" : "bot", 3);
    assert_true(parts >= 2);
    fe_close(&fe);
}

/* ---- other ------------------------------------------------------------------------------------------------------- */

static void odd_bytes_are_counted(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    static const char text[] = "One\xFF two\x01\x00 three \xC3.";
    fe_set_text(fe, text, sizeof text - 1);
    const struct phone_seq *seq;
    while ((seq = next(fe)))
        assert_true(seq->n_words > 0);
    assert_int_equal(fe_warnings(fe).invalid_utf8, 2); /* control characters are UTF-8 */
    fe_set_text(fe, "Fine.", 5);
    while (next(fe))
        ;
    assert_int_equal(fe_warnings(fe).invalid_utf8, 0);
    assert_int_equal(fe_warnings(fe).unknown_phones, 0);
    fe_close(&fe);
}

static void unknown_phones_are_counted(void **state)
{
    (void)state;
    static const char *const few[] = {"_", "a", "."};
    struct voice_meta meta = test_meta("en-us");
    meta.phonemes = few;
    meta.n_phonemes = 3;
    struct frontend *fe;
    assert_int_equal(fe_open_meta(&fe, &meta, NULL), LINNET_OK);
    fe_set_text(fe, "Cat!", 4);
    assert_null(next(fe));
    assert_true(fe_warnings(fe).unknown_phones > 0);
    fe_set_text(fe, "My!", 3);
    assert_null(next(fe));
    fe_close(&fe);
}

/* espeak-ng says a letter that stands alone three times at most. */
static void repeated_letters_are_all_said(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
    } cases[] = {{"b b b", 3}, {"b b b b", 4}, {"b b b b b b b b b", 9}, {"a x x x x c", 6}, {"no no no no no", 5}};
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fe_set_text(fe, cases[i].text, strlen(cases[i].text));
        const struct phone_seq *const seq = next(fe);
        assert_non_null(seq);
        assert_int_equal(seq->n_words, cases[i].n);
        size_t words = 1;
        for (const char *p = seq->ipa; *p; p++)
            words += *p == ' ';
        if (words != cases[i].n)
            fail_msg("%s: %s", cases[i].text, seq->ipa);
    }
    fe_close(&fe);
}

/* Another language: espeak-ng marks words of a third one with "(en)", which mustn't be spoken; voices take turns. */
static void other_languages_work(void **state)
{
    (void)state;
    struct voice_meta german_meta, english_meta;
    struct frontend *german = open_voice("de", &german_meta), *english = open_voice("en-us", &english_meta);
    static const char text[] = "Das Meeting ist im File.";
    for (int round = 0; round < 3; round++) {
        fe_set_text(german, text, sizeof text - 1);
        const struct phone_seq *seq = next(german);
        assert_non_null(seq);
        assert_null(strchr(seq->ipa, '('));
        assert_int_equal(seq->n_words, 5);
        fe_set_text(english, "Hello.", 6);
        seq = next(english);
        assert_non_null(seq);
        assert_string_equal(seq->ipa, "həlˈO.");
    }
    fe_close(&german);
    fe_close(&english);
}

/* Numbers that espeak-ng says wrong in letters. */
static void respellings_are_heard(void **state)
{
    (void)state;
    static const struct {
        const char *language, *text, *silent;
    } cases[] = {{"fr", "84", "\u025B\u0303t"},  {"fr", "Quatre-vingt-deux ans", "\u025B\u0303t"},
                 {"fr", "82e", "\u025B\u0303t"}, {"it", "67", "z"},
                 {"it", "ventisei", "z"},        {"it", "1977", "z"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct voice_meta meta;
        struct frontend *fe = open_voice(cases[i].language, &meta);
        fe_set_text(fe, cases[i].text, strlen(cases[i].text));
        const struct phone_seq *const seq = next(fe);
        assert_non_null(seq);
        if (strstr(seq->ipa, cases[i].silent))
            fail_msg("%s: %s", cases[i].text, seq->ipa);
        fe_close(&fe);
    }
}

/* Each of these made espeak-ng 1.51 read freed memory when it got them as they stand (AddressSanitizer shows it). */
static void mixed_scripts_are_safe(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\u00B6_ #~\u00B53'\u0985}\u0986|",
        "\u10D3\u10D31\u00A98\u00A7.(~0> 0",
        "g@c \u0A6F = \u0173,E",
        "\u0964\u0986abc\u0938\u0924",
        "\u1CB1",
        "\u10C0\u10D5",
        "\u0D00",
        "\u11EE",
        "Fş\u00E9 \u0142\u00B5f \u2019 mg,",
        "\u0564\u0564 \u00DF \u00B3 \u0564 \u2018",
    };
    static const char *const voices[] = {"en-us", "de", "fr"};
    for (size_t v = 0; v < TEST_COUNT(voices); v++) {
        struct voice_meta meta;
        struct frontend *fe = open_voice(voices[v], &meta);
        for (size_t i = 0; i < TEST_COUNT(texts); i++)
            check_text(fe, texts[i], strlen(texts[i]));
        fe_close(&fe);
    }
}

/* The same text gives the same phonemes whatever was spoken before. */
static void foreign_text_leaves_no_traces(void **state)
{
    (void)state;
    static const char *const foreign[] = {
        "\u13E3\u13B3\u13A9", "\uA992\uA9A9\uA9BC\uA9AD", "\uA840", "привет", "नमस्ते", "日本語"};
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    for (size_t i = 0; i < TEST_COUNT(foreign); i++) {
        check_text(fe, foreign[i], strlen(foreign[i]));
        fe_set_text(fe, "The better bird.", 16);
        const struct phone_seq *const seq = next(fe);
        assert_non_null(seq);
        assert_string_equal(seq->ipa, "ðə bˈɛTəɹ bˈɜɹd.");
    }
    fe_close(&fe);
}

static void bad_voices_are_refused(void **state)
{
    (void)state;
    static const char *const voices[] = {
        "no-such-voice", "", "../../../etc/passwd", "en-us\n",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < TEST_COUNT(voices); i++) {
        const struct voice_meta meta = test_meta(voices[i]);
        struct frontend *fe = (struct frontend *)&fe;
        struct base_error err = {""};
        assert_int_equal(fe_open_meta(&fe, &meta, &err), LINNET_ERR_ESPEAK);
        assert_null(fe);
        assert_true(strncmp(err.text, "espeak-ng: ", 11) == 0);
    }
}

static void growing_rewrites_are_refused(void **state)
{
    (void)state;
    static const char *const growing[] = {"ə", "əəəəəəəəəəəəəəəəəəə", "ə", "əəəəəəəəəəəəəəəəəəə",
                                          "ə", "əəəəəəəəəəəəəəəəəəə", "ə", "əəəəəəəəəəəəəəəəəəə",
                                          "ə", "əəəəəəəəəəəəəəəəəəə", "ə", "əəəəəəəəəəəəəəəəəəə"};
    struct frontend *fe;
    struct voice_meta meta = test_meta("en-us");
    meta.rewrites = growing;
    meta.n_rewrites = TEST_COUNT(growing) / 2;
    assert_int_equal(fe_open_meta(&fe, &meta, NULL), LINNET_OK);
    fe_set_text(fe, "Banana.", 7);
    const struct phone_seq *seq;
    assert_int_equal(fe_next(fe, &seq, NULL), LINNET_ERR_VOICE);
    assert_null(seq);
    assert_int_equal(fe_next(fe, &seq, NULL), LINNET_OK);
    assert_null(seq);
    fe_close(&fe);
}

static void empty_text_has_no_sentence(void **state)
{
    (void)state;
    struct voice_meta meta;
    struct frontend *fe = open_voice("en-us", &meta);
    assert_null(next(fe));
    fe_set_text(fe, NULL, 0);
    assert_null(next(fe));
    fe_set_text(fe, " \n ", 3);
    assert_null(next(fe));
    fe_close(&fe);
    fe_close(&fe);
}

/* Whichever allocation fails, the answer is LINNET_ERR_MEMORY, and afterwards the front end works again. */
static void running_out_of_memory_is_survived(void **state)
{
    (void)state;
    static const char text[] = "Mr. Smith of the 21 cats (really) said: \"hello, world!\" Then he left.";
    struct voice_meta meta = test_meta("en-us");
    bool done = false;
    for (long n = 1; n < 500 && !done; n++) {
        struct frontend *fe = NULL;
        const struct phone_seq *seq = NULL;
        base_alloc_fail_at(n);
        int status = fe_open_meta(&fe, &meta, NULL);
        if (status == LINNET_OK) {
            fe_set_text(fe, text, sizeof text - 1);
            do
                status = fe_next(fe, &seq, NULL);
            while (status == LINNET_OK && seq);
        }
        done = status == LINNET_OK;
        base_alloc_fail_at(0);
        if (!done)
            assert_int_equal(status, LINNET_ERR_MEMORY);
        if (fe)
            assert_int_equal(check_text(fe, text, sizeof text - 1), 2);
        fe_close(&fe);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_are_split),
        cmocka_unit_test(unknown_languages_are_not_english),
        cmocka_unit_test(text_becomes_phonemes),
        cmocka_unit_test(wrong_words_are_corrected),
        cmocka_unit_test(looks_are_left_out),
        cmocka_unit_test(tags_are_not_read),
        cmocka_unit_test(phonemes_in_brackets_are_said),
        cmocka_unit_test(ipa_says_the_same),
        cmocka_unit_test(private_characters_stay_silent),
        cmocka_unit_test(text_has_its_pauses),
        cmocka_unit_test(words_keep_their_bytes),
        cmocka_unit_test(random_text_keeps_the_rules),
        cmocka_unit_test(random_bytes_keep_the_rules),
        cmocka_unit_test(endless_texts_are_cut),
        cmocka_unit_test(long_sentences_are_cut_at_good_places),
        cmocka_unit_test(odd_bytes_are_counted),
        cmocka_unit_test(unknown_phones_are_counted),
        cmocka_unit_test(repeated_letters_are_all_said),
        cmocka_unit_test(other_languages_work),
        cmocka_unit_test(respellings_are_heard),
        cmocka_unit_test(mixed_scripts_are_safe),
        cmocka_unit_test(foreign_text_leaves_no_traces),
        cmocka_unit_test(bad_voices_are_refused),
        cmocka_unit_test(growing_rewrites_are_refused),
        cmocka_unit_test(empty_text_has_no_sentence),
        cmocka_unit_test(running_out_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
