/* Blocks, pauses and fades. See delivery.h. */
#include "engine/delivery.h"

#include <string.h>

static int send(struct delivery *d, const float *samples, size_t n)
{
    const linnet_event event = {.type = LINNET_EVENT_AUDIO, .time = d->time, .samples = samples, .n_samples = n};
    d->time += n;
    return n > 0 && d->callback(d->user, &event) != 0 ? LINNET_CANCELLED : LINNET_OK;
}

static bool is_cancelled(const struct delivery *d)
{
    return atomic_load_explicit(d->cancelled, memory_order_relaxed);
}

int delivery_recording(struct delivery *d, const float *samples, size_t n, float factor)
{
    int status = LINNET_OK;
    while (n > 0 && status == LINNET_OK) {
        const size_t step = n < d->block ? n : d->block;
        if (is_cancelled(d))
            return LINNET_CANCELLED;
        for (size_t i = 0; i < step; i++)
            d->scratch[i] = factor * samples[i];
        status = send(d, d->scratch, step);
        samples += step;
        n -= step;
    }
    return status;
}

static int send_silence(struct delivery *d, size_t n)
{
    int status = LINNET_OK;
    memset(d->scratch, 0, (n < d->block ? n : d->block) * sizeof *d->scratch);
    while (n > 0 && status == LINNET_OK) {
        const size_t step = n < d->block ? n : d->block;
        if (is_cancelled(d))
            return LINNET_CANCELLED;
        status = send(d, d->scratch, step);
        n -= step;
    }
    return status;
}

void delivery_begin(struct delivery *d, const struct delivery_pause *pauses, size_t n_pauses)
{
    d->pauses = pauses;
    d->n_pauses = n_pauses;
    d->next_pause = d->position = 0;
}

/* 0 at a pause, 1 where it is d->fade samples away. */
static float fade_at(const struct delivery *d, size_t distance)
{
    return distance < d->fade ? ((float)distance + 0.5f) / (float)d->fade : 1.0f;
}

/* samples[n] reach up to the next pause at most. */
static void fade(const struct delivery *d, float *samples, size_t n)
{
    const struct delivery_pause *const next = d->next_pause < d->n_pauses ? &d->pauses[d->next_pause] : NULL;
    const struct delivery_pause *const last = d->next_pause > 0 ? &d->pauses[d->next_pause - 1] : NULL;
    for (size_t i = 0; i < n; i++) {
        const size_t at = d->position + i;
        if (last)
            samples[i] *= fade_at(d, at - last->at);
        if (next)
            samples[i] *= fade_at(d, next->at - 1 - at);
    }
}

/* The pauses at the position. */
static int send_pauses(struct delivery *d)
{
    int status = LINNET_OK;
    while (status == LINNET_OK && d->next_pause < d->n_pauses && d->pauses[d->next_pause].at <= d->position)
        status = send_silence(d, d->pauses[d->next_pause++].n_samples);
    return status;
}

int delivery_samples(struct delivery *d, float *samples, size_t n)
{
    int status = LINNET_OK;
    while (n > 0 && status == LINNET_OK) {
        status = send_pauses(d);
        if (status != LINNET_OK)
            break;
        const size_t left = d->next_pause < d->n_pauses ? d->pauses[d->next_pause].at - d->position : n;
        const size_t step = n < left ? n : left;
        fade(d, samples, step);
        status = send(d, samples, step);
        d->position += step;
        samples += step;
        n -= step;
    }
    return status;
}

int delivery_end(struct delivery *d)
{
    return send_pauses(d);
}
