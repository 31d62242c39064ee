/* Text in other scripts: which voice gets which part of it. */
#include "frontend/markup/by_script.h"

#include "base/alloc.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* There are voices for Chinese and for Russian. */
static size_t choose(void *context, size_t current, const struct voice_wish *wish)
{
    (void)context;
    return !strcmp(wish->spoken, "cmn") ? 1 : !strcmp(wish->spoken, "ru") ? 2 : current;
}

/* The runs of a document: "N:" where another voice goes on. */
static void write_runs(const struct fe_document *doc, char *out, size_t size)
{
    size_t length = 0, last = SIZE_MAX;
    *out = '\0';
    for (size_t i = 0; i < fe_document_runs(doc); i++) {
        const struct fe_run run = fe_document_run(doc, i), end = fe_document_run_end(doc, i);
        const int n = (int)(end.position - run.position);
        if (n && run.voice != last)
            length += (size_t)snprintf(out + length, size - length, "%zu:", run.voice);
        length += (size_t)snprintf(out + length, size - length, "%.*s", n, doc->text.bytes.data + run.position);
        last = n ? run.voice : last;
    }
}

struct row {
    const char *text, *wanted;
};

static void text_goes_to_who_reads_it(void **state)
{
    static const struct row rows[] = {
        {"Hello, world.", "0:Hello, world."},
        {"你好，世界。", "1:你好，世界。"},
        {"今天是2024年3月5日，气温3.5度。", "1:今天是2024年3月5日，气温3.5度。"},
        {"Hello. 你好。 Good bye.", "0:Hello. 1:你好。0: Good bye."},
        {"我用 iPhone 打电话。", "1:我用 iPhone 打电话。"},
        {"我用Python写程序。Then I run it.", "1:我用Python写程序。0:Then I run it."},
        {"The Chinese word 银行 means a bank.", "0:The Chinese word 1:银行0: means a bank."},
        {"They met again on 3月5日 in 北京、上海 and 广州.",
         "0:They met again on 1:3月5日0: in 1:北京、上海0: and 1:广州0:."},
        {"She said \"你好\" and left for the day.", "0:She said \"1:你好0:\" and left for the day."},
        {"Привет, мир! Hello.", "2:Привет, мир! 0:Hello."},
        {"The Russian word Привет greets people.", "0:The Russian word 2:Привет0: greets people."},
        {"你好 Привет", "1:你好0: 2:Привет"},
        {"The letter я ends it, π and α are numbers.", "0:The letter я ends it, π and α are numbers."},
        {"The character 好 means good in Chinese.", "0:The character 1:好0: means good in Chinese."},
        {"東京タワーへ行きます。", "0:東京タワーへ行きます。"}, /* Japanese: no voice */
        {"Γειά σου, κόσμε. Hello.", "0:Γειά σου, κόσμε. Hello."},
        {"One line\n第二行\nThree lines", "0:One line\n1:第二行\n0:Three lines"},
        {"Ünïcödé straße naïve", "0:Ünïcödé straße naïve"},
        {"\xff\xfe 你好\xe4\xbd", "1:\xff\xfe 你好\xe4\xbd"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct by_script who = {.choose = choose, .language = "", .plain = true};
        struct fe_document doc = {0};
        char found[512];
        assert_true(fe_document_start(&doc));
        assert_true(by_script_read(&doc, &who, rows[i].text, strlen(rows[i].text), 0));
        write_runs(&doc, found, sizeof found);
        assert_string_equal(found, rows[i].wanted);
        fe_document_free(&doc);
    }
}

static void one_voice_reads_it_all_where_there_is_no_choice(void **state)
{
    const struct by_script who = {.language = ""};
    const char *const text = "Hello.\n你好。";
    struct fe_document doc = {0};
    (void)state;
    assert_true(fe_document_start(&doc));
    assert_true(by_script_read(&doc, &who, text, strlen(text), 0));
    assert_int_equal(doc.n_runs, 0);
    assert_string_equal(doc.text.bytes.data, "Hello. 你好。");
    fe_document_free(&doc);
}

/* What is in force around it, voice and language, is so again behind it. */
static void what_is_in_force_stays(void **state)
{
    const struct by_script who = {.choose = choose, .number = 7, .language = "de"};
    const char *const text = "Guten Tag. 你好。 Ende.";
    struct fe_document doc = {0};
    (void)state;
    assert_true(fe_document_start(&doc) && fe_document_set_language(&doc, "de") && fe_document_set_voice(&doc, 7));
    assert_true(by_script_read(&doc, &who, text, strlen(text), 0));
    assert_int_equal(fe_document_run(&doc, fe_document_runs(&doc) - 1).voice, 7);
    assert_int_equal(doc.n_languages, 3);
    assert_string_equal(doc.strings.data + doc.languages[1].voice, "");
    assert_int_equal(doc.languages[1].position, strlen("Guten Tag. "));
    assert_string_equal(doc.strings.data + doc.languages[2].voice, "de");
    fe_document_free(&doc);
}

static void running_out_of_memory_is_survived(void **state)
{
    const struct by_script who = {.choose = choose, .language = "de", .plain = true};
    const char *const text = "Hello. 你好。 The word Привет.";
    bool fine = false;
    (void)state;
    for (long n = 1; !fine; n++) {
        struct fe_document doc = {0};
        base_alloc_fail_at(n);
        fine = fe_document_start(&doc) && by_script_read(&doc, &who, text, strlen(text), 0);
        base_alloc_fail_at(0);
        fe_document_free(&doc);
        assert_true(n < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_goes_to_who_reads_it),
        cmocka_unit_test(one_voice_reads_it_all_where_there_is_no_choice),
        cmocka_unit_test(what_is_in_force_stays),
        cmocka_unit_test(running_out_of_memory_is_survived),
    };
    return cmocka_run_group_tests_name("other scripts", tests, NULL, NULL);
}
