/* Reading modes and dictionaries through linnet.h. */
#include "tests/support/recorder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *spoken(linnet_engine *engine, const char *text)
{
    const linnet_sentence *sentence;
    assert_int_equal(linnet_text(engine, text, strlen(text)), LINNET_OK);
    assert_int_equal(linnet_sentence_next(engine, &sentence), LINNET_OK);
    assert_non_null(sentence);
    return sentence->text;
}

static linnet_settings defaults(void)
{
    linnet_settings settings;
    linnet_settings_init(&settings);
    return settings;
}

static void settings_choose_the_mode(void **state)
{
    (void)state;
    linnet_settings settings = defaults();
    linnet_engine *engine = open_engine(&settings);
    assert_string_equal(spoken(engine, "Hi, you."), "Hi, you.");
    settings.punctuation = LINNET_PUNCTUATION_ALL;
    assert_int_equal(linnet_set(engine, &settings), LINNET_OK);
    assert_string_equal(spoken(engine, "Hi, you."), "Hi comma, you dot.");
    settings = defaults();
    settings.unit = LINNET_UNIT_KEY;
    assert_int_equal(linnet_set(engine, &settings), LINNET_OK);
    assert_string_equal(spoken(engine, "shift_a"), "shift eigh");
    double pace;
    assert_int_equal(linnet_pace(engine, &pace), LINNET_OK); /* whatever the mode */
    assert_string_equal(spoken(engine, "shift_a"), "shift eigh");
    linnet_engine_close(&engine);
}

static void wrong_modes_are_refused(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    static const int outside[] = {-1, 5};
    for (size_t i = 0; i < 2; i++) {
        linnet_settings settings = defaults();
        settings.punctuation = outside[i];
        assert_int_equal(linnet_set(engine, &settings), LINNET_ERR_ARGUMENT);
        assert_non_null(strstr(linnet_error(engine), "punctuation"));
        settings = defaults();
        settings.unit = outside[i];
        assert_int_equal(linnet_set(engine, &settings), LINNET_ERR_ARGUMENT);
    }
    assert_int_equal(linnet_set_punctuation(engine, LINNET_PUNCTUATION_NONE, "x"), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_set_punctuation(engine, 5, "x"), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_set_punctuation(NULL, LINNET_PUNCTUATION_ALL, "x"), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_set_punctuation(engine, LINNET_PUNCTUATION_ALL, "x"), LINNET_OK);
    linnet_engine_close(&engine);
}

/* An icon comes with its word and before it, and changes no sample. */
static void capitals_ask_for_icons(void **state)
{
    (void)state;
    linnet_settings settings = defaults();
    linnet_engine *engine = open_engine(&settings);
    struct recorder plain = {0}, icons = {0};
    speak_into(&plain, engine, "The Big cat.");
    settings.capitals = LINNET_CAPITALS_ICON;
    assert_int_equal(linnet_set(engine, &settings), LINNET_OK);
    speak_into(&icons, engine, "The Big cat.");
    size_t n = 0;
    for (size_t i = 0; i < icons.n_events; i++) {
        const linnet_event *const event = &icons.events[i].event, *const next = &icons.events[i + 1].event;
        if (event->type != LINNET_EVENT_ICON)
            continue;
        assert_string_equal(icons.events[i].name, "capital");
        assert_int_equal(next->type, LINNET_EVENT_WORD);
        assert_int_equal(next->time, event->time);
        assert_int_equal(event->byte_offset, n ? 4 : 0);
        n++;
    }
    assert_int_equal(n, 2);
    assert_int_equal(icons.n_events, plain.n_events + 2);
    assert_int_equal(icons.n_samples, plain.n_samples);
    assert_memory_equal(icons.samples, plain.samples, plain.n_samples * sizeof *plain.samples);
    recorder_clear(&plain);
    recorder_clear(&icons);
    linnet_engine_close(&engine);
}

static void dictionaries_are_added(void **state)
{
    (void)state;
    linnet_engine *engine = open_engine(NULL);
    char path[] = "/tmp/linnet-test-XXXXXX";
    FILE *const file = fdopen(mkstemp(path), "w");
    assert_non_null(file);
    fputs("nginx ~ engine x\nbroken\n", file);
    fclose(file);
    assert_int_equal(linnet_add_lexicon(engine, path), LINNET_ERR_SYNTAX);
    assert_non_null(strstr(linnet_error(engine), ":2:1: "));
    assert_string_equal(spoken(engine, "nginx"), "engine x");
    assert_string_equal(linnet_lexicon_error(engine), "");
    unlink(path);
    assert_string_equal(spoken(engine, "nginx"), "engine x");
    assert_non_null(strstr(linnet_lexicon_error(engine), path));
    assert_int_equal(linnet_add_lexicon(engine, path), LINNET_ERR_IO);
    assert_int_equal(linnet_add_lexicon(engine, NULL), LINNET_ERR_ARGUMENT);
    assert_int_equal(linnet_add_lexicon(NULL, path), LINNET_ERR_ARGUMENT);
    assert_string_equal(linnet_lexicon_error(NULL), "");
    linnet_engine_close(&engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_choose_the_mode),
        cmocka_unit_test(wrong_modes_are_refused),
        cmocka_unit_test(capitals_ask_for_icons),
        cmocka_unit_test(dictionaries_are_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
