/* One linnet_speak() a chunk; its events go to the outputs and the progress bar. Times run on over chunks. */
#include "cli/speak.h"
#include "cli/dictionaries.h"
#include "cli/explain.h"
#include "cli/interrupt.h"
#include "cli/outputs.h"
#include "cli/plain.h"
#include "cli/plot.h"
#include "cli/progress.h"
#include "cli/recordings.h"
#include "cli/report.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define MIN_PROGRESS 2000 /* bytes: a text that takes long enough to look at a bar */

struct session {
    linnet_engine *engine;
    const struct options *options;
    struct input *input;
    struct outputs outputs;
    struct plot *plot; /* NULL: none */
    struct progress progress;
    struct input_chunk chunk;
    struct input_chunk shown; /* the chunk as timing files show it */
    uint64_t chunk_start;     /* samples before this chunk */
    size_t invalid_bytes, unknown_phonemes;
    bool told;             /* what is wrong with a dictionary */
    struct base_error err; /* why on_event() stopped; empty: it didn't */
};

/* What an output says went wrong; nothing after a signal. An exit status. */
static int report_output(const struct session *session, int status)
{
    if (status == LINNET_OK)
        return 0;
    return interrupt_pending() ? EXIT_FAILED : report_failure("%s", session->err.text);
}

static int open_outputs(struct session *session)
{
    linnet_voice_info info;
    const int status = linnet_voice(session->engine, &info);
    if (status != LINNET_OK)
        return report_failure("voice: %s", linnet_status_text(status));
    int opened = outputs_open(&session->outputs, session->options, info.sample_rate, &session->err);
    if (opened == LINNET_OK && session->options->plot)
        opened = plot_open(&session->plot, session->options->plot, info.sample_rate, &session->err);
    return report_output(session, opened);
}

/* Called by the engine. Anything but 0 stops the speech. */
static int on_event(void *user, const linnet_event *event)
{
    struct session *const session = user;
    if (interrupt_pending()) /* a signal just before linnet_speak() began has cancelled nothing */
        return LINNET_CANCELLED;
    if (event->type == LINNET_EVENT_SENTENCE)
        progress_update(&session->progress, session->chunk.offset + event->byte_offset,
                        (double)session->outputs.n_samples / session->outputs.sample_rate);
    const int status = session->plot ? plot_event(session->plot, event, &session->shown, &session->err) : LINNET_OK;
    return status == LINNET_OK
               ? outputs_event(&session->outputs, event, &session->shown, session->chunk_start, &session->err)
               : status;
}

/* 0, or an exit status; a signal is EXIT_FAILED without a message. */
static int speak_chunk(struct session *session)
{
    linnet_engine *const engine = session->engine;
    session->chunk_start = session->outputs.n_samples;
    session->err.text[0] = '\0';
    const int status = linnet_speak(engine, session->chunk.text, session->chunk.size, on_event, session);
    session->invalid_bytes += linnet_invalid_bytes(engine);
    session->unknown_phonemes += linnet_unknown_phonemes(engine);
    dictionaries_check(engine, session->options, &session->told);
    if (status == LINNET_OK)
        return 0;
    progress_clear(&session->progress);
    if (interrupt_pending())
        return EXIT_FAILED;
    if (status == LINNET_CANCELLED && session->err.text[0])
        return report_failure("%s", session->err.text);
    const char *const why = linnet_error(engine);
    return report_failure("%s: %s", input_name(session->input), *why ? why : linnet_status_text(status));
}

/* The same for markup: timing files show it without its tags. */
static int speak_markup(struct session *session)
{
    const bool is_shown = session->outputs.timing || session->plot;
    char *const plain = is_shown ? plain_copy(session->chunk.text, session->chunk.size) : NULL;
    if (is_shown && !plain)
        return report_failure("%s: out of memory", input_name(session->input));
    session->shown.text = plain;
    const int status = speak_chunk(session);
    free(plain);
    return status;
}

static int speak_input(struct session *session)
{
    unsigned long n_sentences = 0;
    int status;
    while ((status = input_next(session->input, &session->chunk)) == 0 && session->chunk.size > 0) {
        session->shown = session->chunk;
        if (session->chunk.begins)
            status = report_output(session, outputs_begin(&session->outputs, &session->err));
        if (status == 0)
            status = recordings_allow(session->engine, session->options, session->chunk.path);
        if (status == 0 && session->options->traced)
            status = explain_chunk(session->engine, &session->chunk, session->options, &n_sentences);
        if (status == 0)
            status = session->options->settings.ssml ? speak_markup(session) : speak_chunk(session);
        if (status != 0)
            return status;
    }
    return status == 0 && interrupt_pending() ? EXIT_FAILED : status;
}

/* The sound first: a picture without it would be worth less. */
static int finish_outputs(struct session *session)
{
    int status = outputs_finish(&session->outputs, &session->err);
    if (status == LINNET_OK)
        status = plot_finish(&session->plot, session->engine, &session->err);
    return report_output(session, status);
}

static void warn(const struct session *session)
{
    const char *const name = input_name(session->input);
    if (session->options->quiet)
        return;
    input_warn(session->input, session->invalid_bytes);
    if (session->unknown_phonemes)
        report_warning("%s: %zu phonemes that the voice hasn't were left out", name, session->unknown_phonemes);
}

int speak_all(linnet_engine *engine, const struct options *options, struct input *input)
{
    struct session session = {.engine = engine, .options = options, .input = input};
    int status = open_outputs(&session);
    progress_start(&session.progress, report_stream(), input_total(input), MIN_PROGRESS, options->quiet);
    if (status == 0)
        status = speak_input(&session);
    progress_clear(&session.progress);
    if (status == 0)
        status = finish_outputs(&session);
    if (status == 0)
        warn(&session);
    outputs_cancel(&session.outputs);
    plot_cancel(&session.plot);
    return status;
}
