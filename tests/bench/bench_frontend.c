/* What the front end costs, espeak-ng included: microseconds for sentences of about 100 characters, the best of several
 * rounds, on words that it has seen (warm) and on new ones. The bound is 500. */
#include "frontend/frontend.h"

#include "tests/support/frontend_voice.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 50

/* 100 characters each. */
static const char *const sentences[] = {
    "The morning train was late again, so we walked along the river and talked about the coming summers..",
    "It costs $12.50 on 3/4/2024 at 12:05, i.e. 5 kg for Dr. Smith of 12 Elm Dr., or 20 °C in No. 5 there.",
    "See https://example.com/a_b?x=1 or mail bob@example.org; NASA's 192.168.0.1 is v2.4.1 of fooBar 50%.",
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static void fail(const struct base_error *err)
{
    fprintf(stderr, "bench_frontend: %s\n", err->text);
    exit(1);
}

static double speak(struct frontend *fe, const char *text)
{
    struct base_error err = {""};
    const struct phone_seq *seq;
    const double start = now_us();
    fe_set_text(fe, text, strlen(text));
    do
        if (fe_next(fe, &seq, &err) != LINNET_OK)
            fail(&err);
    while (seq);
    return now_us() - start;
}

static struct frontend *open_frontend(const struct voice_meta *meta)
{
    struct base_error err = {""};
    struct frontend *fe;
    if (fe_open_meta(&fe, meta, &err) != LINNET_OK)
        fail(&err);
    return fe;
}

int main(void)
{
    const struct voice_meta meta = test_meta("en-us");
    for (size_t i = 0; i < TEST_COUNT(sentences); i++) {
        double warm = 1e9, fresh = 1e9;
        for (int round = 0; round < ROUNDS; round++) {
            struct frontend *fe = open_frontend(&meta);
            const double first = speak(fe, sentences[i]), second = speak(fe, sentences[i]);
            fresh = first < fresh ? first : fresh;
            warm = second < warm ? second : warm;
            fe_close(&fe);
        }
        printf("front end: 100 characters, sentence %zu   %5.0f us, %5.0f us on words not met before\n", i + 1, warm,
               fresh);
    }
    return 0;
}
