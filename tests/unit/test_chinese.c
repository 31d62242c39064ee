/* Readings of Chinese: sentences dense with characters of several readings, and what hostile text does. */
#include "frontend/language/zh/readings_zh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "frontend/clause.h"
#include "frontend/frontend.h"
#include "frontend/language/language.h"
#include "frontend/language/normalize.h"
#include "tests/support/frontend_voice.h"

#define MAX_LINE 4096
#define MAX_SYLLABLES 400

/* The pinyin of a sentence, syllables with a space between; words of other scripts are left out. */
static void read_sentence(const char *text, char *pinyin)
{
    static struct norm_output out;
    static struct clause_reader reader;
    static struct utterance utt;
    zh_reading readings[ZH_MAX_RUN];
    reader.language = language_find("zh");
    assert_int_equal(norm_run(&out, reader.language, text, strlen(text), NULL), 0);
    fe_clause_start(&reader, out.text.bytes.data, out.text.bytes.length);
    assert_true(fe_clause_all(&reader, &utt));
    const struct sentence sentence = fe_utterance_sentence(&utt);
    *pinyin = '\0';
    for (size_t t = 0; t < utt.n_tokens; t++) {
        const size_t n = utt.tokens[t].kind == FE_WORD ? zh_read(&sentence, t, readings) : 0;
        for (size_t i = 0; i < n; i++)
            if (readings[i])
                pinyin += sprintf(pinyin, "%s%s%u", t || i ? " " : "", zh_syllable_of(readings[i])->pinyin,
                                  zh_tone(readings[i]));
            else
                pinyin += sprintf(pinyin, " ?");
    }
}

static size_t split(char *line, char **words)
{
    size_t n = 0;
    for (char *word = strtok(line, " "); word && n < MAX_SYLLABLES; word = strtok(NULL, " "))
        words[n++] = word;
    return n;
}

/* Syllables of a table that are read as it says, per thousand; the others are printed. */
static unsigned right_of(const char *path)
{
    char line[MAX_LINE], pinyin[MAX_LINE], shown[MAX_LINE];
    char *wanted[MAX_SYLLABLES], *found[MAX_SYLLABLES];
    size_t right = 0, all = 0;
    FILE *const file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *const tab = strchr(line, '\t');
        if (!tab || line[0] == '#')
            continue;
        *tab = '\0';
        read_sentence(line, pinyin);
        strcpy(shown, pinyin);
        const size_t n = split(tab + 1, wanted), m = split(pinyin, found);
        size_t here = 0;
        for (size_t i = 0; i < n && i < m; i++)
            here += strcmp(wanted[i], found[i]) == 0;
        if (here < n || m != n)
            printf("%s: %s\n  read as %s\n", path, line, shown);
        right += here;
        all += n;
    }
    fclose(file);
    assert_true(all > 0);
    printf("%s: %zu of %zu syllables\n", path, right, all);
    return (unsigned)(1000 * right / all);
}

static void sentences_that_rules_were_made_from(void **state)
{
    (void)state;
    assert_true(right_of("tests/data/zh/readings.tsv") == 1000);
}

static void sentences_kept_aside(void **state)
{
    (void)state;
    assert_true(right_of("tests/data/zh/readings_aside.tsv") >= 970);
}

static void characters_are_told_apart(void **state)
{
    (void)state;
    char words[64];
    const struct fe_names *const names = language_find("zh")->names;
    assert_true(names->describe(0x4E2D, words, sizeof words));
    assert_string_equal(words, "中国的中");
    assert_true(names->describe(0x7684, words, sizeof words));
    assert_false(names->describe('a', words, sizeof words));
    assert_false(names->describe(0x20000, words, sizeof words));
    assert_false(names->describe(0x4E2D, words, 5));
}

/* Called unknown once a word, and counted. */
static void unknown_characters_are_named(void **state)
{
    (void)state;
    struct voice_meta meta = test_meta("zh");
    const struct phone_seq *seq;
    struct frontend *fe;
    static const char text[] = "𠀀𠀀𠀀是字。";
    assert_int_equal(fe_open_meta(&fe, &meta, NULL), 0);
    fe_set_text(fe, text, sizeof text - 1);
    assert_int_equal(fe_next(fe, &seq, NULL), 0);
    assert_non_null(seq);
    assert_int_equal(fe_warnings(fe).unknown_phones, 3);
    fe_close(&fe);
}

static void hostile_text_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\xED\xA0\x80中",
        "\xF4\x8F\xBF\xBF中文",
        "\xE4\xB8",
        "中\xE4\xB8",
        "一一一一一一一一一一一一一一一一",
        "\xEF\xBF\xBE",
        "不",
        "不一不一",
        "的的的",
        "\xF0\xB2\x8E\xB0",
        "零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零零"};
    struct voice_meta meta = test_meta("zh");
    const struct phone_seq *seq;
    struct frontend *fe;
    assert_int_equal(fe_open_meta(&fe, &meta, NULL), 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fe_set_text(fe, texts[i], strlen(texts[i]));
        do
            assert_int_equal(fe_next(fe, &seq, NULL), 0);
        while (seq);
    }
    fe_close(&fe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_that_rules_were_made_from),
        cmocka_unit_test(sentences_kept_aside),
        cmocka_unit_test(characters_are_told_apart),
        cmocka_unit_test(unknown_characters_are_named),
        cmocka_unit_test(hostile_text_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
