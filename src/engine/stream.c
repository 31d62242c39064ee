/* The pipeline: text -> sentences -> samples -> callback, on one thread or on several.
 *
 * A job (job.h) is one sentence. The first one is made on the caller's thread, straight into the callback. With more
 * threads than one, workers make those behind it at the same time, each a sentence of its own; what they make waits in
 * rings of a fixed size until the caller's thread has delivered all sentences before it. Sentences are taken from the
 * front end one after another, and what a sentence becomes depends on its text alone: so the samples don't depend on
 * the threads. */
#include "engine/stream.h"

#include "base/alloc.h"
#include "base/thread.h"
#include "engine/delivery.h"
#include "engine/job.h"
#include "engine/text.h"
#include <assert.h>
#include <pthread.h>
#include <unistd.h>

#define USUAL_BLOCK 32      /* frames, of silence and of what waits in a ring */
#define RING_SAMPLES 262144 /* 11 s at 24 kHz */
#define USUAL_WORKERS 2     /* when the engine chooses */
#define MAX_JOBS (LINNET_MAX_THREADS + 1)
#define PAUSE_FADE_S 0.005f /* out before a pause inside a sentence, in behind it */

struct stream {
    linnet_engine *engine;
    struct job jobs[MAX_JOBS]; /* sentence k is job k % n_jobs */
    size_t n_jobs;             /* one more than workers: what is delivered is a job too */
    struct delivery delivery;
    float samples[DELIVERY_BLOCK]; /* on their way from a ring into it */

    pthread_t workers[LINNET_MAX_THREADS];
    size_t n_workers, most_workers;
    pthread_mutex_t lock; /* guards what follows, n_workers, and what job.h says */
    pthread_cond_t changed;
    size_t taken, delivered;  /* sentences */
    bool taking, ended, stop; /* a worker has the front end; no more sentences come; all shall end */
};

static bool cancelled(const struct stream *s)
{
    return atomic_load_explicit(&s->engine->cancelled, memory_order_relaxed);
}

/* ---- delivery, on the caller's thread ---------------------------------------------------------------------------- */

static int deliver(void *context, float *samples, size_t n)
{
    struct stream *const s = context;
    return delivery_samples(&s->delivery, samples, n);
}

/* What comes before the samples of a sentence whose table is complete. */
static int begin_sentence(struct stream *s, struct job *job)
{
    struct delivery *const delivery = &s->delivery;
    const struct phoneme_names names = {job->voice->meta->phonemes, fe_phoneme_ipa(job->voice->fe)};
    job->table.start = delivery->time;
    if (timetable_send(&job->table, am_prediction(job->acoustic), &names, delivery->callback, delivery->user) != 0)
        return LINNET_CANCELLED;
    delivery_begin(delivery, job->table.places, job->table.n_pauses);
    return LINNET_OK;
}

/* What comes behind them. A recording is never made louder: it may be at its limit. */
static int end_sentence(struct stream *s, const struct job *job)
{
    const float volume = s->engine->settings.volume;
    const int status = delivery_end(&s->delivery);
    return status == LINNET_OK ? delivery_recording(&s->delivery, job->table.recording, job->table.n_recording,
                                                    volume < 1.0f ? volume : 1.0f)
                               : status;
}

static int send_end(struct stream *s)
{
    const linnet_event event = {.type = LINNET_EVENT_END, .time = s->delivery.time};
    if (cancelled(s))
        return LINNET_CANCELLED;
    return s->delivery.callback(s->delivery.user, &event) != 0 ? LINNET_CANCELLED : LINNET_OK;
}

/* ---- workers ----------------------------------------------------------------------------------------------------- */

/* A worker's job, which puts its samples into its ring. */
struct work {
    struct stream *stream;
    struct job *job;
};

static void tell(struct stream *s, bool *what)
{
    pthread_mutex_lock(&s->lock);
    *what = true;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static int put(void *context, float *samples, size_t n)
{
    const struct work *const work = context;
    struct stream *const s = work->stream;
    struct base_ring *const ring = work->job->ring;
    bool stop = false;
    while (n > 0 && !stop) {
        const size_t written = base_ring_write(ring, samples, n);
        samples += written;
        n -= written;
        pthread_mutex_lock(&s->lock);
        pthread_cond_broadcast(&s->changed);
        while (n > 0 && !s->stop && base_ring_room(ring) == 0)
            pthread_cond_wait(&s->changed, &s->lock);
        stop = s->stop;
        pthread_mutex_unlock(&s->lock);
    }
    return stop ? LINNET_CANCELLED : LINNET_OK;
}

static void *work(void *context);

/* Under the lock. One starts the next, so that a text of one sentence costs one at most. */
static void start_worker(struct stream *s)
{
    if (s->n_workers < s->most_workers && base_thread_start(&s->workers[s->n_workers], work, s))
        s->n_workers++;
}

/* The job of the next sentence, or NULL when there is no more to do. */
static struct job *take_job(struct stream *s)
{
    pthread_mutex_lock(&s->lock);
    while (!s->stop && !s->ended && (s->taking || s->taken >= s->delivered + s->n_jobs))
        pthread_cond_wait(&s->changed, &s->lock);
    const bool over = s->stop || s->ended;
    struct job *const job = &s->jobs[s->taken % s->n_jobs];
    if (!over)
        s->taking = true;
    pthread_mutex_unlock(&s->lock);
    if (over)
        return NULL;

    job_take(job);
    pthread_mutex_lock(&s->lock);
    s->taking = false;
    s->taken++;
    s->ended = job->end || job->status != LINNET_OK;
    job->placed = job->done = s->ended;
    if (!s->ended)
        start_worker(s);
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    return job;
}

/* The table is complete, or there will be none: returns whether the job is done with that. */
static bool tell_placed(struct stream *s, struct job *job)
{
    const bool done = job->status != LINNET_OK;
    pthread_mutex_lock(&s->lock);
    job->placed = true;
    job->done = done;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    return done;
}

static void *work(void *context)
{
    struct stream *const s = context;
    struct job *job;
    while ((job = take_job(s)) && !job->done) {
        struct work own = {s, job};
        if (!job->ring)
            job->status = base_ring_open(&job->ring, RING_SAMPLES);
        job_predict(job);
        if (!tell_placed(s, job)) {
            job_render(job, put, &own);
            tell(s, &job->done);
        }
    }
    return NULL;
}

static size_t wanted_workers(const struct stream *s)
{
    const int threads = s->engine->settings.threads;
    if (threads)
        return threads == 1 ? 0 : (size_t)threads;
    return sysconf(_SC_NPROCESSORS_ONLN) > 1 ? USUAL_WORKERS : 0;
}

/* Returns whether there are any. */
static bool start_workers(struct stream *s)
{
    pthread_mutex_lock(&s->lock);
    start_worker(s);
    const bool started = s->n_workers > 0;
    pthread_mutex_unlock(&s->lock);
    return started;
}

static void stop_workers(struct stream *s)
{
    tell(s, &s->stop);
    for (size_t i = 0;; i++) {
        pthread_mutex_lock(&s->lock); /* a worker may have started another one, but only while it ran itself */
        const bool started = i < s->n_workers;
        pthread_mutex_unlock(&s->lock);
        if (!started)
            break;
        pthread_join(s->workers[i], NULL);
    }
    s->n_workers = 0;
}

/* ---- the whole text ---------------------------------------------------------------------------------------------- */

static int failed(const struct job *job, struct base_error *err)
{
    if (job->status != LINNET_CANCELLED)
        *err = job->err;
    return job->status;
}

/* Sentences made here. Returns after the first one when workers could be started for the others. *end: there are no
 * more. */
static int speak_here(struct stream *s, bool *end, struct base_error *err)
{
    struct job *const job = &s->jobs[0];
    for (bool helped = false; !helped;) {
        job_take(job);
        job_predict(job);
        *end = job->end;
        if (job->status != LINNET_OK)
            return failed(job, err);
        if (job->end)
            break;
        if (s->taken++ == 0)
            helped = start_workers(s);
        int status = begin_sentence(s, job);
        if (status != LINNET_OK)
            return status;
        job_render(job, deliver, s);
        if (job->status != LINNET_OK)
            return failed(job, err);
        status = end_sentence(s, job);
        if (status != LINNET_OK)
            return status;
    }
    return LINNET_OK;
}

/* Waits until the next samples of the job, or its end, are there, and reads a block of them; returns how many. */
static size_t get(struct stream *s, struct job *job)
{
    pthread_mutex_lock(&s->lock);
    while (!job->done && base_ring_fill(job->ring) == 0)
        pthread_cond_wait(&s->changed, &s->lock);
    const size_t n = job->ring ? base_ring_read(job->ring, s->samples, s->delivery.block) : 0;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    return n;
}

/* A sentence that a worker makes. */
static int pass_on(struct stream *s, struct job *job, struct base_error *err)
{
    int status = begin_sentence(s, job);
    while (status == LINNET_OK) {
        if (cancelled(s))
            return LINNET_CANCELLED;
        const size_t n = get(s, job);
        if (n == 0)
            break;
        status = delivery_samples(&s->delivery, s->samples, n);
    }
    if (status == LINNET_OK && job->status != LINNET_OK)
        return failed(job, err);
    return status == LINNET_OK ? end_sentence(s, job) : status;
}

static int speak_rest(struct stream *s, struct base_error *err)
{
    int status = LINNET_OK;
    while (status == LINNET_OK) {
        pthread_mutex_lock(&s->lock);
        struct job *const job = &s->jobs[++s->delivered % s->n_jobs];
        pthread_cond_broadcast(&s->changed);
        while (s->taken <= s->delivered || !job->placed)
            pthread_cond_wait(&s->changed, &s->lock);
        const bool done = job->done;
        pthread_mutex_unlock(&s->lock);
        if (done && job->status != LINNET_OK && !(job->ring && base_ring_fill(job->ring)))
            return failed(job, err);
        if (job->end)
            break;
        status = pass_on(s, job, err);
    }
    return status;
}

static int speak_sentences(struct stream *s, struct base_error *err)
{
    bool end;
    int status = speak_here(s, &end, err);
    if (status == LINNET_OK && !end)
        status = speak_rest(s, err);
    return status == LINNET_OK ? send_end(s) : status;
}

static void start_delivery(struct stream *s, linnet_callback callback, void *user)
{
    const struct voice_meta *const meta = s->engine->meta;
    const int asked = s->engine->settings.block_frames;
    const size_t block = (size_t)(asked ? asked : USUAL_BLOCK) * meta->hop;
    struct delivery *const d = &s->delivery;
    d->callback = callback;
    d->user = user;
    d->cancelled = &s->engine->cancelled;
    d->time = 0;
    d->block = block < DELIVERY_BLOCK ? block : DELIVERY_BLOCK;
    d->fade = (size_t)(PAUSE_FADE_S * (float)meta->sample_rate);
    delivery_begin(d, NULL, 0);
}

/* No worker runs. */
static void start_jobs(struct stream *s)
{
    s->most_workers = wanted_workers(s);
    s->n_jobs = s->most_workers + 1;
    s->taken = s->delivered = 0;
    s->taking = s->ended = s->stop = false;
    for (size_t i = 0; i < s->n_jobs; i++) {
        s->jobs[i].placed = s->jobs[i].done = false;
        if (s->jobs[i].ring)
            base_ring_read(s->jobs[i].ring, NULL, RING_SAMPLES);
    }
}

int stream_speak(struct stream *s, const char *text, size_t size, linnet_callback callback, void *user,
                 struct base_error *err)
{
    linnet_engine *const e = s->engine;
    start_delivery(s, callback, user);
    start_jobs(s);
    int status = text_set(e, text, size, true, err);
    if (status == LINNET_OK)
        status = speak_sentences(s, err);
    if (status != LINNET_OK)
        atomic_store(&e->cancelled, true); /* nobody wants what the workers make */
    stop_workers(s);
    text_end(e);
    return status;
}

int stream_open(struct stream **out, linnet_engine *engine, struct base_error *err)
{
    struct stream *s = base_alloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return base_fail(err, LINNET_ERR_MEMORY, "stream: out of memory");
    if (pthread_mutex_init(&s->lock, NULL) != 0) {
        base_free(s);
        return base_fail(err, LINNET_ERR_MEMORY, "stream: out of memory");
    }
    if (pthread_cond_init(&s->changed, NULL) != 0) {
        pthread_mutex_destroy(&s->lock);
        base_free(s);
        return base_fail(err, LINNET_ERR_MEMORY, "stream: out of memory");
    }
    s->engine = engine;
    for (size_t i = 0; i < MAX_JOBS; i++)
        s->jobs[i].engine = engine;
    s->jobs[0].borrows = true;
    *out = s;
    return LINNET_OK;
}

void stream_close(struct stream **stream)
{
    struct stream *const s = *stream;
    if (!s)
        return;
    for (size_t i = 0; i < MAX_JOBS; i++)
        job_clear(&s->jobs[i]);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    base_free(s);
    *stream = NULL;
}
