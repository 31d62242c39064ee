/* A program that uses espeak-ng itself, beside Linnet: neither disturbs the other. */
#include "linnet.h"
#include "tests/support/recorder.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEXT "She reads the station's news with great joy."

/* The symbols of the text's first sentence, copied. */
static void phonemes(linnet_engine *engine, char copy[256])
{
    const linnet_sentence *sentence;
    assert_int_equal(linnet_text(engine, TEXT, strlen(TEXT)), LINNET_OK);
    assert_int_equal(linnet_sentence_next(engine, &sentence), LINNET_OK);
    assert_non_null(sentence);
    snprintf(copy, 256, "%s", sentence->phonemes);
}

/* What the program itself gets from espeak-ng. */
static void ask_espeak(char copy[256])
{
    const void *text = TEXT;
    snprintf(copy, 256, "%s", espeak_TextToPhonemes(&text, espeakCHARS_UTF8, 2));
}

static void assert_voice(const char *identifier)
{
    assert_string_equal(espeak_GetCurrentVoice()->identifier, identifier);
}

/* First of all: once espeak-ng runs, it runs. */
static void host_starts_first(void **state)
{
    (void)state;
    char german[256], before[256], after[256], english[256];
    espeak_ng_ERROR_CONTEXT context = NULL;
    espeak_ng_InitializePath(NULL);
    assert_int_equal(espeak_ng_Initialize(&context), ENS_OK);
    assert_int_equal(espeak_SetParameter(espeakRATE, 320, 0), EE_OK);
    assert_int_equal(espeak_ng_SetVoiceByName("de"), ENS_OK);
    ask_espeak(german);
    linnet_engine *engine = open_engine(NULL);
    assert_voice("gmw/de");
    phonemes(engine, before);
    assert_voice("gmw/de");
    assert_int_equal(espeak_GetParameter(espeakRATE, 1), 320);
    ask_espeak(after);
    assert_string_equal(after, german);
    assert_int_equal(espeak_ng_SetVoiceByName("en-us"), ENS_OK);
    phonemes(engine, english);
    assert_string_equal(english, before);
    linnet_engine_close(&engine);
}

static void host_changes_the_voice(void **state)
{
    (void)state;
    static const struct {
        const char *name, *identifier;
    } voices[] = {
        {"de", "gmw/de"}, {"en-us+f3", "gmw/en-US+f3"}, {"fr", "roa/fr"}, {"en-us", "gmw/en-US"}, {"ru", "zle/ru"}};
    char first[256], now[256];
    linnet_engine *engine = open_engine(NULL);
    phonemes(engine, first);
    for (size_t i = 0; i < sizeof voices / sizeof *voices; i++) {
        assert_int_equal(espeak_ng_SetVoiceByName(voices[i].name), ENS_OK);
        for (int round = 0; round < 2; round++) {
            phonemes(engine, now);
            assert_string_equal(now, first);
            assert_voice(voices[i].identifier);
        }
    }
    linnet_engine_close(&engine);
}

/* Starting it again makes espeak-ng forget its voice. */
static void host_starts_it_again(void **state)
{
    (void)state;
    char first[256], now[256];
    espeak_ng_ERROR_CONTEXT context = NULL;
    linnet_engine *engine = open_engine(NULL);
    phonemes(engine, first);
    assert_int_equal(espeak_ng_Initialize(&context), ENS_OK);
    phonemes(engine, now);
    assert_string_equal(now, first);
    linnet_engine_close(&engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(host_starts_first),
        cmocka_unit_test(host_changes_the_voice),
        cmocka_unit_test(host_starts_it_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
