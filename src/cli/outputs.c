/* Opens, fills and ends the files of the speech. See outputs.h. */
#include "cli/outputs.h"
#include "cli/interrupt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "folder/name-007.ending", to be free()d, or as espeak-ng has it, "name_07.ending"; with number 0 the path as it is.
 * NULL: out of memory. */
static char *numbered(const char *path, unsigned long number, bool as_espeak)
{
    const char *const slash = strrchr(path, '/'), *const dot = strrchr(slash ? slash : path, '.');
    const size_t stem = dot && dot > path && dot[-1] != '/' ? (size_t)(dot - path) : strlen(path),
                 size = strlen(path) + 32;
    char *const made = malloc(size);
    if (made && number)
        snprintf(made, size, "%.*s%c%0*lu%s", (int)stem, path, as_espeak ? '_' : '-', as_espeak ? 2 : 3, number,
                 path + stem);
    else if (made)
        memcpy(made, path, strlen(path) + 1);
    return made;
}

static const struct sink_class *sink_of(const struct options *options)
{
    if (options->plot && !options->raw && !options->output && !options->timing && !options->device)
        return sink_by_name("null"); /* the picture alone */
    if (options->raw || !options->output)
        return sink_by_name(options->raw ? "raw" : "portaudio");
    const bool is_wav = options->kind && options->kind == sound_kind_named("wav");
    return options->kind && !(is_wav && !strcmp(options->output, "-")) ? sink_by_name("file")
                                                                       : sink_by_path(options->output);
}

static bool has_tags(const struct sound_tags *tags)
{
    return tags->title || tags->artist || tags->album;
}

/* Numbered files with other tags get a track number too, so that players keep them in order. */
static int open_sink(struct outputs *outputs, const char *path, struct base_error *err)
{
    const struct options *const options = outputs->options;
    const struct sink_class *const type = sink_of(options);
    char track[32];
    struct sink_options wanted = {.sample_rate = outputs->sample_rate,
                                  .path = path,
                                  .kind = options->kind,
                                  .quality = options->quality,
                                  .tags = options->tags,
                                  .device = options->device,
                                  .stop = interrupt_flag()};
    snprintf(track, sizeof track, "%lu", outputs->part);
    if (outputs->part && has_tags(&wanted.tags) && !wanted.tags.track)
        wanted.tags.track = track;
    interrupt_end_at_once(type->devices); /* opening a sound card may wait for a server for long */
    const int status = interrupt_pending() ? LINNET_CANCELLED : sink_open(&outputs->sink, type, &wanted, err);
    interrupt_end_at_once(false);
    if (type->devices && !options->timing)
        interrupt_end_soon();
    return status;
}

/* The files of this part. */
static int open_part(struct outputs *outputs, struct base_error *err)
{
    const struct options *const options = outputs->options;
    char *const sound = options->output ? numbered(options->output, outputs->part, options->as_espeak) : NULL;
    char *const timing = options->timing ? numbered(options->timing, outputs->part, false) : NULL;
    int status = LINNET_OK;
    if ((options->output && !sound) || (options->timing && !timing))
        status = base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", sound ? options->timing : options->output);
    if (status == LINNET_OK)
        status = open_sink(outputs, sound, err);
    if (status == LINNET_OK && timing)
        status = timing_open(&outputs->timing, timing, options->timing_format, outputs->sample_rate, err);
    free(sound);
    free(timing);
    outputs->begun = false;
    outputs->part_start = outputs->n_samples;
    return status;
}

/* The sound first: a timing file without it would be worth nothing. */
static int finish_part(struct outputs *outputs, struct base_error *err)
{
    const int status = sink_finish(&outputs->sink, err);
    return status == LINNET_OK ? timing_finish(&outputs->timing, outputs->n_samples - outputs->part_start, err)
                               : status;
}

static int next_part(struct outputs *outputs, struct base_error *err)
{
    const int status = finish_part(outputs, err);
    outputs->part++;
    return status == LINNET_OK ? open_part(outputs, err) : status;
}

int outputs_open(struct outputs *outputs, const struct options *options, int sample_rate, struct base_error *err)
{
    *outputs = (struct outputs){.options = options, .sample_rate = sample_rate, .part = options->split != SPLIT_NOT};
    return open_part(outputs, err);
}

int outputs_begin(struct outputs *outputs, struct base_error *err)
{
    const enum split split = outputs->options->split;
    if (split != SPLIT_LINES && split != SPLIT_PARAGRAPHS)
        return LINNET_OK;
    const int status = outputs->begun ? next_part(outputs, err) : LINNET_OK;
    outputs->begun = true;
    return status;
}

/* Whether the sentence that begins now is one for the next files. */
static bool is_due(const struct outputs *outputs)
{
    const uint64_t limit = (uint64_t)(outputs->options->split_minutes * 60 * outputs->sample_rate);
    switch (outputs->options->split) {
    case SPLIT_SENTENCES: return outputs->begun;
    case SPLIT_MINUTES: return outputs->begun && outputs->n_samples - outputs->part_start >= limit;
    default: return false;
    }
}

static int begin_sentence(struct outputs *outputs, struct base_error *err)
{
    const int status = is_due(outputs) ? next_part(outputs, err) : LINNET_OK;
    outputs->begun = true;
    return status;
}

int outputs_event(struct outputs *outputs, const linnet_event *event, const struct input_chunk *chunk,
                  uint64_t chunk_start, struct base_error *err)
{
    const int status = event->type == LINNET_EVENT_SENTENCE ? begin_sentence(outputs, err) : LINNET_OK;
    if (status != LINNET_OK)
        return status;
    if (outputs->timing && !timing_event(outputs->timing, event, chunk, chunk_start - outputs->part_start))
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", outputs->options->timing);
    if (event->type != LINNET_EVENT_AUDIO)
        return LINNET_OK;
    outputs->n_samples += event->n_samples;
    return sink_write(outputs->sink, event->samples, event->n_samples, err);
}

int outputs_finish(struct outputs *outputs, struct base_error *err)
{
    return finish_part(outputs, err);
}

void outputs_cancel(struct outputs *outputs)
{
    sink_cancel(&outputs->sink);
    timing_cancel(&outputs->timing);
}
