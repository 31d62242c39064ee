/* Ten megabytes of text without a full stop: spoken from the start at once, cut between words, in memory that doesn't
 * grow. */
#include "tests/support/recorder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#define TEXT_BYTES ((size_t)10000000)
#define SETTLED 5        /* pieces after which all that is kept from piece to piece has been allocated */
#define PIECES 50        /* spoken: 20 kB of the text */
#define MOST_GROWTH 1024 /* kB; the samples of one piece are as much */

struct listener {
    const char *text;
    size_t n_pieces, byte; /* where the last piece ended */
    long settled_kb;
};

static char *make_text(void)
{
    static const char *const words[] = {"river", "stone", "a", "walking", "under", "yellow", "houses", "seldom"};
    char *const text = malloc(TEXT_BYTES + 16);
    uint32_t random = 1;
    size_t n = 0;
    assert_non_null(text);
    while (n < TEXT_BYTES) {
        random = random * 1664525u + 1013904223u;
        n += (size_t)sprintf(text + n, "%s ", words[random >> 29]);
    }
    return text;
}

static long resident_kb(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static int listen(void *user, const linnet_event *event)
{
    struct listener *const l = user;
    if (event->type != LINNET_EVENT_SENTENCE)
        return 0;
    const size_t start = event->byte_offset, end = start + event->byte_length;
    assert_true(start == 0 || (l->text[start - 1] == ' ' && l->text[start] != ' '));
    assert_true(event->byte_length > 0 && l->text[end] == ' ' && l->text[end - 1] != ' ');
    assert_true(l->n_pieces == 0 ? start == 0 : start == l->byte + 1); /* nothing is left out */
    l->byte = end;
    l->n_pieces++;
    if (l->n_pieces == SETTLED)
        l->settled_kb = resident_kb();
    return l->n_pieces == PIECES;
}

static void ten_megabytes_without_a_stop(void **state)
{
    (void)state;
    const char *const sanitizer = getenv("SAN");
    const bool measures = !sanitizer || !*sanitizer; /* a sanitizer keeps freed memory */
    char *const text = make_text();
    for (int threads = 1; threads <= 2; threads++) {
        struct listener l = {.text = text};
        linnet_settings settings;
        linnet_settings_init(&settings);
        settings.threads = threads;
        settings.rate = 2.0f;
        linnet_engine *engine = open_engine(&settings);
        assert_int_equal(linnet_speak(engine, text, TEXT_BYTES, listen, &l), LINNET_CANCELLED);
        assert_int_equal(l.n_pieces, PIECES);
        const long grown_kb = resident_kb() - l.settled_kb;
        if (measures && grown_kb > MOST_GROWTH)
            fail_msg("%ld kB more after %d pieces than after %d: at most %d", grown_kb, PIECES, SETTLED, MOST_GROWTH);
        linnet_engine_close(&engine);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ten_megabytes_without_a_stop)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
