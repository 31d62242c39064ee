/* The normalisers on their tables, and on random and mutated text: what normalize.h promises must hold.
 *
 * tests/data/normalize/LANGUAGE/CATEGORY.tsv has "written<TAB>spoken" a line; CATEGORY_gb is of that region. A line is
 * one sentence, for the normaliser alone and for the whole front end, unless '|' stands in what is spoken: there the
 * front end cuts. */
#include "frontend/language/normalize_lang.h"

#include <dirent.h>
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
#include "frontend/frontend.h"
#include "frontend/phonemize.h"
#include "tests/support/frontend_voice.h"
#include "tests/support/languages.h"

#define MAX_LINE 4096
#define MAX_FILES 128

/* ---- promises ---- */

static size_t invalid_bytes(const char *text, size_t size)
{
    size_t invalid;
    base_utf8_count(text, size, &invalid);
    return invalid;
}

static bool is_all_space(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] > ' ' && (unsigned char)text[i] < 0x7F)
            return false;
    return true;
}

/* Returns what is wrong with the result, NULL: nothing. */
static const char *broken_promise(const struct norm_output *out, const char *text, size_t size)
{
    size_t written = 0, read = 0;
    if (out->text.bytes.data[out->text.bytes.length] != '\0')
        return "no terminator";
    if (out->text.bytes.length > NORM_MAX_EXPANSION * size)
        return "too long";
    if (!invalid_bytes(text, size) && invalid_bytes(out->text.bytes.data, out->text.bytes.length))
        return "invalid UTF-8";
    for (size_t i = 0; i < out->text.n_pieces; i++) {
        const struct base_piece *const piece = &out->text.pieces[i];
        if (!piece->out_length || !piece->in_length)
            return "empty piece";
        if (piece->out_offset < written || piece->in_offset < read)
            return "pieces out of order";
        if (!is_all_space(out->text.bytes.data + written, piece->out_offset - written))
            return "text outside of pieces";
        if (!is_all_space(text + read, piece->in_offset - read))
            return "input that no piece speaks";
        written = piece->out_offset + piece->out_length;
        read = piece->in_offset + piece->in_length;
        if (written > out->text.bytes.length || read > size)
            return "piece outside of the text";
        if (!piece->rewritten &&
            (piece->in_length != piece->out_length ||
             memcmp(out->text.bytes.data + piece->out_offset, text + piece->in_offset, piece->in_length) != 0))
            return "unlike piece said to be unchanged";
    }
    if (!is_all_space(out->text.bytes.data + written, out->text.bytes.length - written) ||
        !is_all_space(text + read, size - read))
        return "text behind the last piece";
    return NULL;
}

/* ---- tables ---- */

/* Not punctuation, which the front end changes and drops. */
static bool is_word_char(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return c != 0xAB && c != 0xBB && c != 0xA1 && c != 0xBF && !(c >= 0x2000 && c < 0x2070);
}

/* Appends the words of text, one space between, and `end` behind them. */
static void add_words(char *words, const char *text, const char *end)
{
    const size_t size = strlen(text);
    size_t n = strlen(words);
    for (size_t i = 0, length; i < size; i += length) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        length = c.length;
        assert_true(n + 8 < MAX_LINE);
        if (is_word_char(c.value)) {
            memcpy(words + n, text + i, length);
            n += length;
        } else if (n && words[n - 1] != ' ') {
            words[n++] = ' ';
        }
    }
    n -= n && words[n - 1] == ' ';
    memcpy(words + n, end, strlen(end) + 1);
}

/* The words that the front end says, " | " between sentences. Parts of a long one show the same text. */
static void speak_all(struct frontend *fe, const char *text, char *words)
{
    char last[MAX_LINE] = "";
    struct base_error err = {""};
    const struct phone_seq *seq;
    words[0] = '\0';
    fe_set_text(fe, text, strlen(text));
    for (;;) {
        if (fe_next(fe, &seq, &err) != LINNET_OK)
            fail_msg("fe_next: %s", err.text);
        if (!seq)
            break;
        if (strcmp(last, seq->text) == 0)
            continue;
        if (last[0])
            strcat(words, " | ");
        snprintf(last, sizeof last, "%s", seq->text);
        add_words(words, last, "");
    }
}

/* The same for what a line of a table says, and takes the cuts out of it. */
static void expect_all(char *spoken, char *words)
{
    char *start = spoken;
    words[0] = '\0';
    for (char *cut; (cut = strchr(start, '|')) != NULL; start = cut) {
        *cut = '\0';
        add_words(words, start, " | ");
        const size_t length = 1 + (cut[1] == ' ');
        memmove(cut, cut + length, strlen(cut + length) + 1);
    }
    add_words(words, start, "");
}

/* Returns how many lines of the file fail. */
static int check_file(const char *path, const char *tag, int *n_lines)
{
    char line[MAX_LINE], expected[MAX_LINE], found[MAX_LINE];
    struct norm_output out = {0};
    const struct language *const lang = language_find(tag);
    char voice[FE_ESPEAK_NAME];
    const struct voice_meta meta = test_meta(voice);
    struct frontend *fe;
    struct base_error err = {""};
    FILE *const file = fopen(path, "r");
    int number = 0, failed = 0;
    if (!file)
        fail_msg("cannot open %s (run from the top folder)", path);
    if (!fe_espeak_find(tag, voice) || fe_open_meta(&fe, &meta, &err) != LINNET_OK)
        fail_msg("cannot open: %s", err.text);
    while (fgets(line, sizeof line, file)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        char *const tab = strchr(line, '\t');
        if (!tab)
            fail_msg("%s:%d: no tab", path, number);
        *tab = '\0';
        expect_all(tab + 1, expected);
        speak_all(fe, line, found);
        if (strcmp(found, expected) != 0) {
            print_error("%s:%d: '%s' through the front end\n  expected '%s'\n  got      '%s'\n", path, number, line,
                        expected, found);
            failed++;
        }
        assert_int_equal(norm_run(&out, lang, line, strlen(line), NULL), LINNET_OK);
        const char *const broken = broken_promise(&out, line, strlen(line));
        if (strcmp(out.text.bytes.data, tab + 1) != 0 || broken) {
            print_error("%s:%d: '%s'\n  expected '%s'\n  got      '%s'\n", path, number, line, tab + 1,
                        out.text.bytes.data);
            if (broken)
                print_error("  %s\n", broken);
            failed++;
        }
        ++*n_lines;
    }
    fclose(file);
    fe_close(&fe);
    norm_output_free(&out);
    return failed;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Writes the language of a file of the table of `one`: that, or the region at the end of the file's name. */
static void write_tag(char tag[32], const struct test_language *one, const char *name)
{
    const char *const region = strrchr(name, '_');
    if (!region)
        snprintf(tag, 32, "%s", one->tag);
    else
        snprintf(tag, 32, "%s-%.*s", one->name, (int)strcspn(region + 1, "."), region + 1);
}

/* Returns how many lines fail. */
static int check_language(const struct test_language *one)
{
    static char names[MAX_FILES][64];
    char folder[64];
    int n_names = 0, n_lines = 0, failed = 0;
    snprintf(folder, sizeof folder, "tests/data/normalize/%s", one->name);
    DIR *const dir = opendir(folder);
    if (!dir)
        fail_msg("cannot open %s (run from the top folder)", folder);
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (strstr(entry->d_name, ".tsv") && strlen(entry->d_name) < sizeof names[0] && n_names < MAX_FILES)
            memcpy(names[n_names++], entry->d_name, strlen(entry->d_name) + 1);
    closedir(dir);
    qsort(names, (size_t)n_names, sizeof names[0], by_name);
    for (int i = 0; i < n_names; i++) {
        char path[256], tag[32];
        write_tag(tag, one, names[i]);
        assert_in_range(snprintf(path, sizeof path, "%s/%s", folder, names[i]), 1, sizeof path - 1);
        failed += check_file(path, tag, &n_lines);
    }
    print_message("%s: %d lines, %d failed\n", folder, n_lines, failed);
    assert_true(n_lines >= 400);
    return failed;
}

/* Every language that has a normaliser has a table of at least 400 lines. */
static void test_tables(void **state)
{
    (void)state;
    struct test_language one;
    int failed = 0;
    for (size_t i = 0; i < LANGUAGE_ROWS; i++)
        if (test_language(i, &one) && one.language->normaliser)
            failed += check_language(&one);
    assert_int_equal(failed, 0);
}

/* ---- languages, abbreviations, errors ---- */

static void test_languages(void **state)
{
    (void)state;
    static const char *const german[] = {"de",          "DE",         "de-AT", "de_AT",    "De-at",
                                         "de_CH.UTF-8", "de_DE@euro", "de+f2", "de-x-mine"};
    static const char *const american[] = {"en-us",       "en-US",     "EN_US", "en-us+f2",
                                           "en_US.UTF-8", "en-us-nyc", "en-CA", "en-ph"};
    static const char *const british[] = {"en",    "EN",         "en-GB",  "en_gb", "en-AU",
                                          "en+f2", "en-gb-x-rp", "en-029", "en-zz"};
    static const char *const unknown[] = {"", "del", "den", "eng", "deu", "d", "e", "xx", "xx-de", "-de", "tlh"};
    const struct language *const none = language_find(NULL);
    for (size_t i = 0; i < sizeof german / sizeof *german; i++)
        assert_ptr_equal(language_find(german[i]), &language_de);
    for (size_t i = 0; i < sizeof american / sizeof *american; i++)
        assert_ptr_equal(language_find(american[i]), &language_en_us);
    for (size_t i = 0; i < sizeof british / sizeof *british; i++)
        assert_ptr_equal(language_find(british[i]), &language_en_gb);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_ptr_equal(language_find(unknown[i]), none);
    assert_null(none->normaliser);
    assert_null(none->names);
    assert_null(none->words);
}

static void test_same_language(void **state)
{
    (void)state;
    assert_true(language_same("en", "en"));
    assert_true(language_same("en-GB", "EN_us"));
    assert_true(language_same("en+f2", "en-us"));
    assert_false(language_same("en", "eng"));
    assert_false(language_same("de", "en"));
    assert_false(language_same("de-en", "en"));
    assert_false(language_same("", "en"));
}

/* A row has all that the front end asks of it without looking. */
static void test_every_language_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < LANGUAGE_ROWS; i++) {
        const struct language *const one = language_rows[i];
        assert_true(one->tags[0]);
        assert_true(one->digits && one->letter_a && one->decimal && one->group);
        assert_true(one->normaliser && one->sentences && one->names && one->words);
        assert_true(one->names->keys && one->names->chars && one->names->phonetic && one->names->capital &&
                    one->names->point);
        assert_true(one->names->times || one->names->plural);
        assert_non_null(fe_names_key(one->names, "kp", 2));
        const struct sentence_words *const words = one->sentences;
        assert_true(words->starters && words->unfinished && words->time_words && words->joints && words->no_names &&
                    words->letters);
        for (size_t k = 0; k < one->abbreviations->n_rows; k++) {
            const struct abbreviation *const row = &one->abbreviations->rows[k];
            assert_true(row->written[0] && row->written[strlen(row->written) - 1] != '.');
            assert_false(row->spoken && strchr(row->written, '|')); /* the normaliser compares one */
            assert_true(row->spoken || row->dot != DOT_NONE);
        }
        for (size_t m = 0; m < 12; m++)
            assert_non_null(one->words->months[m]);
        assert_true(one->words->minute && one->words->minutes && one->words->second && one->words->seconds);
        assert_true(one->words->plus && one->words->bleep);
    }
}

static void test_unknown_language_changes_nothing(void **state)
{
    (void)state;
    const char text[] = "  Dr. 5 kg\t\xFF \xC3\xA9 $3 ";
    struct norm_output out = {0};
    assert_int_equal(norm_run(&out, language_find(NULL), text, sizeof text - 1, NULL), LINNET_OK);
    assert_int_equal(out.text.bytes.length, sizeof text - 1);
    assert_memory_equal(out.text.bytes.data, text, sizeof text - 1);
    assert_int_equal(out.text.n_pieces, 6);
    norm_output_free(&out);
}

/* Each spoken part of a phrase knows its own bytes. */
static void test_pieces(void **state)
{
    (void)state;
    static const struct {
        const char *spoken, *written;
    } expected[] = {{"Pay", "Pay"}, {"twelve dollars", "$12"}, {"for", "for"}, {"five", "5"}, {"kilograms", "kg"}};
    const char text[] = "Pay $12 for 5 kg";
    struct norm_output out = {0};
    assert_int_equal(norm_run(&out, language_find("en-US"), text, sizeof text - 1, NULL), LINNET_OK);
    assert_int_equal(out.text.n_pieces, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < out.text.n_pieces; i++) {
        assert_int_equal(out.text.pieces[i].out_length, strlen(expected[i].spoken));
        assert_memory_equal(out.text.bytes.data + out.text.pieces[i].out_offset, expected[i].spoken,
                            out.text.pieces[i].out_length);
        assert_int_equal(out.text.pieces[i].in_length, strlen(expected[i].written));
        assert_memory_equal(text + out.text.pieces[i].in_offset, expected[i].written, out.text.pieces[i].in_length);
    }
    norm_output_free(&out);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    const char text[] = "It cost $12.50 on 3/4/2024 at 5 p.m. for 5 kg.";
    for (long n = 1; n < 8; n++) {
        struct norm_output out = {0};
        struct base_error err = {""};
        base_alloc_fail_at(n);
        const int status = norm_run(&out, language_find("en-US"), text, sizeof text - 1, &err);
        base_alloc_fail_at(0);
        assert_true(status == LINNET_OK ||
                    (status == LINNET_ERR_MEMORY && err.text[0] && !out.text.bytes.length && !out.text.n_pieces));
        assert_int_equal(norm_run(&out, language_find("en-US"), text, sizeof text - 1, &err), LINNET_OK);
        assert_null(broken_promise(&out, text, sizeof text - 1));
        norm_output_free(&out);
    }
}

/* Every sequence that has a name is spoken by it, alone and between words, in every language. */
static void test_emoji(void **state)
{
    (void)state;
    struct norm_output out = {0}, name = {0};
    for (size_t row = 0; row < LANGUAGE_ROWS; row++) {
        const struct language *const lang = language_rows[row];
        for (size_t k = 0; k < norm_n_emoji_keys; k++) {
            char text[128];
            const char *const key = norm_emoji_keys[k], *const expected = lang->normaliser->emoji->names[k];
            const bool alone = base_utf8_next(key, strlen(key)).value >= 0x1F000 && expected;
            snprintf(text, sizeof text, "x %s x", key);
            assert_int_equal(norm_run(&out, lang, text, strlen(text), NULL), LINNET_OK);
            if (strcmp(out.text.bytes.data, text) == 0 && strcmp(key, "\u20E3") != 0)
                fail_msg("%s: '%s' isn't spoken", lang->tags, text);
            assert_int_equal(norm_run(&out, lang, key, strlen(key), NULL), LINNET_OK);
            assert_int_equal(norm_run(&name, lang, alone ? expected : "", alone ? strlen(expected) : 0, NULL),
                             LINNET_OK);
            if (alone)
                assert_string_equal(out.text.bytes.data, name.text.bytes.data);
        }
    }
    norm_output_free(&out);
    norm_output_free(&name);
}

/* ---- random text ---- */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Bits of text that rules like, so that random text reaches them. */
static const char *const bits[] = {
    "1",
    "12",
    "1984",
    "2024",
    "007",
    "1,000",
    "3.5",
    ".",
    ",",
    ":",
    "-",
    "\xE2\x80\x93",
    "/",
    "$",
    "\xE2\x82\xAC",
    "\xC2\xA3",
    "%",
    " ",
    " ",
    " ",
    "  ",
    "kg",
    "km/h",
    "m²",
    "°C",
    "am",
    "p.m.",
    "Dr.",
    "St.",
    "Mr",
    "No.",
    "etc.",
    "Henry",
    "VIII",
    "I",
    "A",
    "FBI",
    "NASA",
    "U.S.",
    "J.",
    "March",
    "Mon",
    "3rd",
    "1st",
    "th",
    "s",
    "'s",
    "'",
    "\"",
    "(",
    ")",
    "#",
    "@",
    "&",
    "&amp;",
    "https://",
    "www.",
    "example.com",
    "a@b.co",
    "/usr/",
    "C:\\",
    "_",
    "camelCase",
    "x",
    "=",
    "+",
    "^2",
    "\xC2\xBD",
    "1/2",
    "\xF0\x9F\x91\x8D",
    "\xE2\x80\x8D",
    "\xEF\xB8\x8F",
    "\xF0\x9F\x87\xBA",
    "\xC2\xA0",
    "\xE2\x80\xAF",
    "\xFF",
    "\xE2\x82",
    "z\xC5\x82",
    "THE",
    "::",
    "192.168.0.1",
    "e6",
    "'90s",
    "v1.2",
    "million",
    "US$",
    "BC",
    "in",
    "\n",
    "\t",
    "\xCE\xA9",
    "#tag",
    "word",
    "and/or",
    "5'11\"",
    "+1",
    "(555)",
    "Uhr",
    "z. B.",
    "\xC3\xA4",
    "Mai",
    "zwei",
    "1er",
    "XIXe",
    "14h30",
    "h",
    "Mme",
    "av. J.-C.",
    "l'",
    "l\xE2\x80\x99",
    "M\xE2\x82\xAC",
    "000",
    "1\xC2\xBA",
    "\xC2\xAA",
    "\xC2\xB0",
    "\xC2\xB2",
    "R$",
    "p. m.",
    "p.",
    "de",
    "mayo",
    "personas",
    "habitants",
    "I.",
    "n\xC2\xB0",
    "01 23 45 67 89",
};

static size_t random_text(uint64_t *seed, char *text, size_t capacity)
{
    const size_t wanted = next_random(seed) % capacity;
    size_t size = 0;
    while (size < wanted) {
        const char *const bit = bits[next_random(seed) % (sizeof bits / sizeof *bits)];
        const size_t n = strlen(bit) < capacity - size ? strlen(bit) : capacity - size;
        memcpy(text + size, bit, n);
        size += n;
    }
    for (uint64_t k = next_random(seed) % 4; size && k > 1; k--)
        text[next_random(seed) % size] = (char)next_random(seed);
    return size;
}

static void test_promises_on_random_text(void **state)
{
    (void)state;
    const char *const given = getenv("SEED");
    struct norm_output out = {0};
    for (unsigned round = 0; round < 40000; round++) {
        const uint64_t start = given ? strtoull(given, NULL, 10) : 88172645463325252u + round * 0x9E3779B97F4A7C15u;
        uint64_t seed = start ? start : 1;
        char text[200];
        const size_t size = random_text(&seed, text, sizeof text);
        char *const exact = malloc(size ? size : 1); /* so that overreads show */
        const size_t row = round % (LANGUAGE_ROWS + 1);
        const struct language *const lang = row < LANGUAGE_ROWS ? language_rows[row] : language_find("xx");
        memcpy(exact, text, size);
        assert_int_equal(norm_run(&out, lang, exact, size, NULL), LINNET_OK);
        const char *const broken = broken_promise(&out, exact, size);
        free(exact);
        if (broken)
            fail_msg("%s: '%.*s' -> '%s'; repeat with SEED=%llu", broken, (int)size, text, out.text.bytes.data,
                     (unsigned long long)start);
    }
    norm_output_free(&out);
}

/* Long runs of what could make a rule look far, again and again. */
static void test_promises_on_long_text(void **state)
{
    (void)state;
    static const char *const runs[] = {
        "1", "a.", "1,", "1-", "I", "(", "a", "1.1.", "A ", ":1", "_a", "@a", "\xF0\x9F\x91\x8D", "1:", "#1"};
    const size_t size = 50000;
    char *const text = malloc(size);
    struct norm_output out = {0};
    assert_non_null(text);
    for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
        const size_t length = strlen(runs[r]);
        for (size_t i = 0; i < size; i++)
            text[i] = runs[r][i % length];
        const size_t whole = size - size % length;
        for (size_t k = 0; k < LANGUAGE_ROWS; k++) {
            assert_int_equal(norm_run(&out, language_rows[k], text, whole, NULL), LINNET_OK);
            const char *const broken = broken_promise(&out, text, whole);
            if (broken)
                fail_msg("%s: %s: many '%s'", language_rows[k]->tags, broken, runs[r]);
        }
    }
    free(text);
    norm_output_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_same_language),
        cmocka_unit_test(test_every_language_is_whole),
        cmocka_unit_test(test_unknown_language_changes_nothing),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_emoji),
        cmocka_unit_test(test_promises_on_random_text),
        cmocka_unit_test(test_promises_on_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
