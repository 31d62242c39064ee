/* Samples and marks on their way from the library to packets. */
#include "speechd/sd_render.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AUDIBLE 0.001f /* -60 dB: less is silence */
#define LEAD_S 0.01    /* of it stays ahead of the first sound, so that a soft consonant keeps its start */
#define MAX_TRIM_S 0.3 /* silence longer than this was asked for */
#define MAX_LEAD 1024  /* samples */
#define TONE_HZ 1600.0 /* for a capital letter */
#define TONE_S 0.04
#define TONE_LEVEL 0.2
#define PI 3.14159265358979323846
#define BLOCK 1900 /* samples at most that go out together: what a packet holds when little has to be escaped */

/* What happens at a sample. */
struct mark {
    uint64_t time; /* samples from the start of the message */
    char *name;    /* NULL: no mark, but a capital letter's sound */
};

struct render {
    const struct sd_render_job *job;
    struct sd_packet packet;
    int sample_rate;
    uint64_t time;        /* samples that came from the library */
    bool audible;         /* the first sound has come */
    float lead[MAX_LEAD]; /* what was last heard before it; [n_lead] */
    size_t n_lead, most_lead;
    int16_t pcm[BLOCK]; /* [n_pcm]: on the way to a packet */
    size_t n_pcm;
    struct mark *marks; /* [n_marks], in order of time; marks[n_sent ..) wait */
    size_t n_marks, n_sent;
};

/* ---- samples -------------------------------------------------------------------------------------------------- */

static bool send(struct render *r, const struct sd_packet *packet)
{
    return r->job->send(r->job->user, packet);
}

static bool flush(struct render *r)
{
    for (size_t done = 0; done < r->n_pcm;) {
        done += sd_packet_audio(&r->packet, r->pcm + done, r->n_pcm - done, r->sample_rate);
        if (!send(r, &r->packet))
            return false;
    }
    r->n_pcm = 0;
    return true;
}

static bool put_samples(struct render *r, const float *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (r->n_pcm == BLOCK && !flush(r))
            return false;
        r->pcm[r->n_pcm++] = (int16_t)lrintf(fminf(fmaxf(samples[i], -1), 1) * INT16_MAX);
    }
    return true;
}

/* ---- marks ---------------------------------------------------------------------------------------------------- */

static bool add_mark(struct render *r, uint64_t time, const char *name)
{
    struct mark *const marks = realloc(r->marks, (r->n_marks + 1) * sizeof *marks);
    if (!marks)
        return false;
    r->marks = marks;
    marks[r->n_marks] = (struct mark){time, name ? strdup(name) : NULL};
    return marks[r->n_marks++].name || !name;
}

/* A short high tone. */
static bool put_tone(struct render *r)
{
    const size_t n = (size_t)(TONE_S * r->sample_rate);
    bool fine = true;
    for (size_t i = 0; i < n && fine; i++) {
        const double swell = 0.5 - 0.5 * cos(2 * PI * (double)i / (double)n);
        const float sample = (float)(TONE_LEVEL * swell * sin(2 * PI * TONE_HZ * (double)i / r->sample_rate));
        fine = put_samples(r, &sample, 1);
    }
    return fine;
}

static bool send_mark(struct render *r, const struct mark *mark)
{
    if (!mark->name && !r->job->icon)
        return put_tone(r);
    if (!flush(r))
        return false;
    if (!mark->name)
        return send(r, r->job->icon);
    sd_packet_mark(&r->packet, mark->name);
    return send(r, &r->packet);
}

/* Those that have been reached at `time`. */
static bool send_marks(struct render *r, uint64_t time)
{
    for (; r->n_sent < r->n_marks && r->marks[r->n_sent].time <= time; r->n_sent++)
        if (!send_mark(r, &r->marks[r->n_sent]))
            return false;
    return true;
}

/* ---- from the library ----------------------------------------------------------------------------------------- */

/* The voice's own silence. That of a break is exact, and kept. */
static size_t count_silent(const float *samples, size_t n)
{
    size_t i = 0;
    while (i < n && fabsf(samples[i]) < AUDIBLE && (samples[i] != 0 || (i + 1 < n && samples[i + 1] != 0)))
        i++;
    return i;
}

/* Keeps the last of the silence. */
static void keep_lead(struct render *r, const float *samples, size_t n)
{
    const size_t more = n < r->most_lead ? n : r->most_lead;
    const size_t kept = r->n_lead < r->most_lead - more ? r->n_lead : r->most_lead - more;
    memmove(r->lead, r->lead + r->n_lead - kept, kept * sizeof *r->lead);
    memcpy(r->lead + kept, samples + n - more, more * sizeof *r->lead);
    r->n_lead = kept + more;
}

/* The silence before the first sound goes no further than the lead. The first sample is zero: what swallows the start
 * of a sound swallows that. */
static bool trim(struct render *r, const float **samples, size_t *n)
{
    const size_t silent = count_silent(*samples, *n);
    keep_lead(r, *samples, silent);
    *samples += silent;
    *n -= silent;
    r->time += silent;
    r->audible = *n > 0 || (double)r->time > MAX_TRIM_S * r->sample_rate;
    if (!r->audible)
        return true;
    if (r->n_lead == 0)
        r->n_lead = 1;
    r->lead[0] = 0;
    return send_marks(r, r->time) && put_samples(r, r->lead, r->n_lead);
}

static bool take_audio(struct render *r, const float *samples, size_t n)
{
    if (!r->audible && !trim(r, &samples, &n))
        return false;
    while (n > 0) {
        if (!send_marks(r, r->time))
            return false;
        size_t some = n;
        if (r->n_sent < r->n_marks && r->marks[r->n_sent].time - r->time < n)
            some = (size_t)(r->marks[r->n_sent].time - r->time);
        if (!put_samples(r, samples, some))
            return false;
        samples += some;
        n -= some;
        r->time += some;
    }
    return flush(r);
}

static int on_event(void *user, const linnet_event *event)
{
    struct render *const r = user;
    switch (event->type) {
    case LINNET_EVENT_MARK: return !add_mark(r, event->time, event->name);
    case LINNET_EVENT_ICON: return !add_mark(r, event->time, NULL);
    case LINNET_EVENT_AUDIO: return !take_audio(r, event->samples, event->n_samples);
    case LINNET_EVENT_END: r->job->hold(r->job->user); return !send_marks(r, UINT64_MAX) || !flush(r);
    default: return 0;
    }
}

int sd_render(linnet_engine *engine, const struct sd_render_job *job)
{
    linnet_voice_info info;
    int status = linnet_voice(engine, &info);
    if (status != LINNET_OK)
        return status;
    struct render *const r = calloc(1, sizeof *r);
    if (!r)
        return LINNET_ERR_MEMORY;
    r->job = job;
    r->sample_rate = info.sample_rate;
    const size_t lead = (size_t)(LEAD_S * info.sample_rate);
    r->most_lead = lead < MAX_LEAD ? lead : MAX_LEAD;
    status = linnet_speak(engine, job->text, job->size, on_event, r);
    for (size_t i = 0; i < r->n_marks; i++)
        free(r->marks[i].name);
    free(r->marks);
    free(r);
    return status;
}
