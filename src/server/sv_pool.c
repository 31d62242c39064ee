/* Workers and their queue. */
#include "server/sv_pool.h"
#include "base/thread.h"
#include "server/sv_audio.h"
#include "server/sv_log.h"

#include "linnet.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct worker {
    struct sv_pool *pool;
    pthread_t thread;
    linnet_engine **engines; /* [n_voices], NULL until asked for */
};

struct sv_pool {
    struct sv_pool_options options;
    const struct sv_catalogue *catalogue;
    struct sv_metrics *metrics;
    pthread_mutex_t lock;
    pthread_cond_t added;
    struct sv_job *first, *last; /* queue */
    unsigned n_waiting;
    atomic_bool ending;
    struct worker *workers;
    unsigned n_workers; /* that run */
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ---- jobs -------------------------------------------------------------------------------------------------------- */

struct sv_job *sv_job_new(char *text, size_t size)
{
    struct sv_job *const job = calloc(1, sizeof *job);
    if (!job || !sv_pipe_init(&job->pipe)) {
        free(job);
        free(text);
        return NULL;
    }
    atomic_init(&job->owners, 1);
    job->text = text;
    job->size = size;
    job->rate = 1;
    job->added_ns = now_ns();
    return job;
}

void sv_job_release(struct sv_job *job)
{
    if (!job || atomic_fetch_sub(&job->owners, 1) != 1)
        return;
    sv_pipe_free(&job->pipe);
    free(job->text);
    free(job);
}

/* ---- speaking ---------------------------------------------------------------------------------------------------- */

/* One job with the worker that does it. */
struct speaking {
    struct sv_pool *pool;
    struct sv_job *job;
    struct sv_encoder encoder;
    struct base_error error; /* of the encoder; "" */
    bool is_late;
};

static int put(void *user, const void *data, size_t size)
{
    struct speaking *const s = user;
    return sv_pipe_put(&s->job->pipe, data, size, s->pool->options.stall_seconds) ? 0 : EPIPE;
}

static void count_first_block(struct speaking *s)
{
    const int64_t waited = now_ns() - s->job->added_ns;
    atomic_fetch_add(&s->pool->metrics->first_blocks, 1);
    atomic_fetch_add(&s->pool->metrics->first_block_us, (unsigned long long)(waited / 1000));
}

static int on_event(void *user, const linnet_event *event)
{
    struct speaking *const s = user;
    s->is_late = now_ns() > s->job->deadline_ns;
    if (s->is_late || atomic_load(&s->pool->ending) || sv_pipe_is_left(&s->job->pipe))
        return 1;
    if (event->type != LINNET_EVENT_AUDIO)
        return 0;
    if (s->job->n_samples == 0)
        count_first_block(s);
    s->job->n_samples += event->n_samples;
    return sv_encoder_write(&s->encoder, event->samples, event->n_samples, &s->error) == LINNET_OK ? 0 : 1;
}

/* How many bytes of an open text are complete sentences: all up to the start of its last one. */
static size_t complete_part(linnet_engine *engine, const struct sv_job *job)
{
    const linnet_sentence *sentence;
    size_t start = 0;
    if (linnet_text(engine, job->text, job->size) != LINNET_OK)
        return 0;
    while (linnet_sentence_next(engine, &sentence) == LINNET_OK && sentence)
        start = sentence->byte_offset;
    return start;
}

static int speak_into(struct speaking *s, linnet_engine *engine)
{
    struct sv_job *const job = s->job;
    linnet_settings settings;
    linnet_settings_init(&settings);
    settings.rate = job->rate;
    settings.threads = 1;
    settings.voices = 1;
    settings.ssml = job->is_ssml ? LINNET_SSML_STRICT : LINNET_SSML_OFF;
    int status = linnet_set(engine, &settings);
    job->n_consumed = job->is_open ? complete_part(engine, job) : job->size;
    if (status == LINNET_OK)
        status = sv_encoder_open(&s->encoder, job->format, job->voice->sample_rate, put, s, &s->error);
    if (status == LINNET_OK)
        status = linnet_speak(engine, job->text, job->n_consumed, on_event, s);
    if (status == LINNET_OK)
        return sv_encoder_finish(&s->encoder, &s->error);
    sv_encoder_cancel(&s->encoder);
    return status;
}

static linnet_engine *engine_of(struct worker *worker, const struct sv_voice *voice)
{
    linnet_engine **const engine = &worker->engines[voice - worker->pool->catalogue->voices];
    linnet_settings settings;
    linnet_settings_init(&settings);
    settings.threads = 1;
    if (!*engine && linnet_engine_open(engine, voice->path, &settings) != LINNET_OK)
        sv_log("%s", linnet_last_open_error());
    return *engine;
}

static void end_job(struct speaking *s, linnet_engine *engine, int status)
{
    const char *why = "";
    if (s->is_late)
        why = "the time for one text is over";
    else if (s->error.text[0])
        why = s->error.text;
    else if (status == LINNET_CANCELLED)
        why = "the server ends";
    else if (status != LINNET_OK)
        why = engine && *linnet_error(engine) ? linnet_error(engine) : linnet_status_text(status);
    sv_pipe_end(&s->job->pipe, status, why);
}

static void do_job(struct worker *worker, struct sv_job *job)
{
    struct sv_metrics *const metrics = worker->pool->metrics;
    struct speaking s = {.pool = worker->pool, .job = job};
    const int64_t started = now_ns();
    linnet_engine *engine = NULL;
    int status = LINNET_CANCELLED;
    s.is_late = started > job->deadline_ns;
    atomic_fetch_add(&metrics->working, 1);
    if (!s.is_late && !atomic_load(&worker->pool->ending) && !sv_pipe_is_left(&job->pipe)) {
        engine = engine_of(worker, job->voice);
        status = engine ? speak_into(&s, engine) : LINNET_ERR_VOICE;
    }
    end_job(&s, engine, status);
    atomic_fetch_sub(&metrics->working, 1);
    atomic_fetch_add(&metrics->synthesis_us, (unsigned long long)((now_ns() - started) / 1000));
    atomic_fetch_add(&metrics->samples, job->n_samples);
    atomic_fetch_add(&metrics->characters, job->n_consumed);
    sv_job_release(job);
}

/* ---- the queue --------------------------------------------------------------------------------------------------- */

static struct sv_job *take(struct sv_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->first && !atomic_load(&pool->ending))
        pthread_cond_wait(&pool->added, &pool->lock);
    struct sv_job *const job = pool->first;
    if (job) {
        pool->first = job->next;
        pool->n_waiting--;
    }
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void *work(void *user)
{
    struct worker *const worker = user;
    struct sv_job *job;
    while ((job = take(worker->pool)))
        do_job(worker, job);
    return NULL;
}

bool sv_pool_add(struct sv_pool *pool, struct sv_job *job)
{
    job->deadline_ns = job->added_ns + (int64_t)pool->options.job_seconds * 1000000000;
    pthread_mutex_lock(&pool->lock);
    const bool taken = pool->n_waiting < pool->options.max_queue && !atomic_load(&pool->ending);
    if (taken) {
        atomic_fetch_add(&job->owners, 1);
        *(pool->first ? &pool->last->next : &pool->first) = job;
        pool->last = job;
        pool->n_waiting++;
        pthread_cond_signal(&pool->added);
    }
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

unsigned sv_pool_waiting(struct sv_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    const unsigned n = pool->n_waiting;
    pthread_mutex_unlock(&pool->lock);
    return n;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

static bool start_worker(struct sv_pool *pool)
{
    struct worker *const worker = &pool->workers[pool->n_workers];
    worker->pool = pool;
    worker->engines = calloc(pool->catalogue->n_voices, sizeof(linnet_engine *));
    if (!worker->engines || !engine_of(worker, &pool->catalogue->voices[0])) {
        free(worker->engines);
        return false;
    }
    if (!base_thread_start(&worker->thread, work, worker)) {
        linnet_engine_close(&worker->engines[0]);
        free(worker->engines);
        sv_log("can't start a thread");
        return false;
    }
    pool->n_workers++;
    return true;
}

bool sv_pool_open(struct sv_pool **out, const struct sv_pool_options *options, const struct sv_catalogue *catalogue,
                  struct sv_metrics *metrics)
{
    struct sv_pool *pool = calloc(1, sizeof *pool);
    *out = NULL;
    if (!pool)
        return false;
    pool->options = *options;
    pool->catalogue = catalogue;
    pool->metrics = metrics;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->added, NULL);
    pool->workers = calloc(options->n_workers, sizeof *pool->workers);
    while (pool->workers && pool->n_workers < options->n_workers && start_worker(pool)) {
    }
    if (!pool->workers || pool->n_workers < options->n_workers)
        sv_pool_close(&pool);
    *out = pool;
    return pool != NULL;
}

static void stop_worker(struct worker *worker)
{
    pthread_join(worker->thread, NULL);
    for (size_t i = 0; i < worker->pool->catalogue->n_voices; i++)
        linnet_engine_close(&worker->engines[i]);
    free(worker->engines);
}

void sv_pool_close(struct sv_pool **pool)
{
    struct sv_pool *const p = *pool;
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    atomic_store(&p->ending, true);
    pthread_cond_broadcast(&p->added);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n_workers; i++)
        stop_worker(&p->workers[i]);
    free(p->workers);
    pthread_cond_destroy(&p->added);
    pthread_mutex_destroy(&p->lock);
    free(p);
    *pool = NULL;
}
