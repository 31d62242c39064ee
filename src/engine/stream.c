/* The pipeline: text -> sentence -> prediction (a job) -> mel frames -> samples -> callback.
 *
 * A job holds one prepared sentence. There are two: while one is rendered on the caller's thread, a worker (if there is one) prepares
 * the other. Each job has its own acoustic stream, and preparing depends on the text alone, so the samples don't depend on
 * the threads. Cancelling is a flag that is looked at before every block, and between the steps of preparing and the layers of the encoder. */
#include "engine/stream.h"
#include "base/thread.h"

#include "base/alloc.h"
#include "engine/delivery.h"
#include "engine/engine.h"
#include "engine/settings.h"
#include "engine/text.h"
#include "engine/timetable.h"
#include "engine/tempo.h"
#include <assert.h>
#include <pthread.h>
#include <unistd.h>

#define FIRST_BLOCK 4     /* frames of a sentence's first block, look-ahead not counted; later ones double */
#define USUAL_BLOCK 32    /* up to this */
#define MAX_TAIL_S 0.5f   /* silence after a sentence, at normal rate */
#define TEMPO_BLOCK 8192  /* samples */
#define PAUSE_FADE_S 0.005f /* out before a pause inside a sentence, in behind it */

struct job {
    linnet_engine *voice; /* that speaks it: the engine, or one of its cast */
    struct acoustic_stream *acoustic; /* one of its two */
    struct timetable table;
    int status;
    bool end; /* the text has no more sentences */
    struct base_error err;
};

struct stream {
    linnet_engine *engine;
    struct job jobs[2];
    size_t block_capacity; /* frames that the largest block of any voice has */
    float *frames;         /* [frames_size]: rows of M + 2 */
    float *samples;        /* [samples_size] */
    size_t frames_size, samples_size; /* for the largest block of every voice that has spoken */
    float *stretched;      /* [TEMPO_BLOCK], after the change of tempo */

    struct delivery delivery;
    struct prosody prosody;

    pthread_t worker;
    bool has_worker;
    pthread_mutex_t lock;   /* guards ready and stop */
    pthread_cond_t changed;
    bool ready[2], stop;
};

static bool cancelled(const struct stream *s)
{
    return atomic_load_explicit(&s->engine->cancelled, memory_order_relaxed);
}

/* ---- preparing: front end, encoder, predictors ------------------------------------------------------------------- */

static int prepare_sentence(const struct stream *s, struct job *job)
{
    const struct phone_seq *seq;
    int status = cancelled(s) ? LINNET_CANCELLED : text_next(s->engine, &job->voice, &seq, &job->err);
    if (status != LINNET_OK)
        return status;
    job->end = !seq;
    if (job->end)
        return LINNET_OK;
    status = timetable_copy(&job->table, seq, &job->err);
    if (status == LINNET_OK && cancelled(s))
        status = LINNET_CANCELLED;
    if (status != LINNET_OK || !seq->n_phones)
        return status;
    struct prosody prosody = s->prosody;
    prosody.styles = seq->styles;
    job->acoustic = job->voice->acoustic[job - s->jobs];
    return am_begin(job->acoustic, seq->ids, seq->n_phones, &prosody, &job->err);
}

static void prepare(const struct stream *s, struct job *job)
{
    job->err.text[0] = '\0';
    job->end = false;
    job->status = prepare_sentence(s, job);
}

/* ---- rendering: decoder, vocoder, tempo ---------------------------------------------------------------------------- */

/* What the tempo changer has ready. */
static int deliver_stretched(struct stream *s, struct tempo *tempo)
{
    int status = LINNET_OK;
    while (status == LINNET_OK) {
        const size_t n = tempo_read(tempo, s->stretched, TEMPO_BLOCK);
        if (n == 0)
            break;
        status = delivery_samples(&s->delivery, s->stretched, n);
    }
    return status;
}

static int send_samples(struct stream *s, struct tempo *tempo, size_t n, struct base_error *err)
{
    if (!tempo)
        return delivery_samples(&s->delivery, s->samples, n);
    const int status = tempo_write(tempo, s->samples, n, err);
    return status == LINNET_OK ? deliver_stretched(s, tempo) : status;
}

static size_t least_block(const linnet_engine *voice)
{
    return FIRST_BLOCK + voc_lookahead_frames(voice->vocoder_model);
}

static size_t first_block(const struct stream *s, const linnet_engine *voice)
{
    const int asked = s->engine->settings.block_frames;
    const size_t block = least_block(voice);
    if (asked)
        return (size_t)asked;
    return block < s->block_capacity ? block : s->block_capacity;
}

static size_t next_block(const struct stream *s, size_t block)
{
    if (s->engine->settings.block_frames)
        return block;
    return 2 * block < USUAL_BLOCK ? 2 * block : USUAL_BLOCK;
}

static int render_audio(struct stream *s, const struct job *job, struct tempo *tempo, struct base_error *err)
{
    struct vocoder_stream *const vocoder = job->voice->vocoder;
    size_t left = job->table.end_frame;
    int status = LINNET_OK;
    voc_reset(vocoder);
    voc_set_volume(vocoder, s->engine->settings.volume);
    voc_set_volume_curve(vocoder, job->table.points, job->table.n_points);
    for (size_t block = first_block(s, job->voice); left > 0 && status == LINNET_OK; block = next_block(s, block)) {
        if (cancelled(s))
            return LINNET_CANCELLED;
        const size_t n = am_decode(job->acoustic, s->frames, block < left ? block : left);
        assert(n > 0);
        status = send_samples(s, tempo, voc_run(vocoder, s->frames, n, s->samples), err);
        left -= n;
    }
    while (status == LINNET_OK) {
        if (cancelled(s))
            return LINNET_CANCELLED;
        const size_t n = voc_flush(vocoder, s->samples);
        if (n == 0)
            break;
        status = send_samples(s, tempo, n, err);
    }
    if (status == LINNET_OK && voc_status(vocoder) != LINNET_OK)
        return base_fail(err, voc_status(vocoder), "vocoder: %s", base_status_text(voc_status(vocoder)));
    if (status == LINNET_OK && tempo)
        status = tempo_finish(tempo, err);
    return status == LINNET_OK && tempo ? deliver_stretched(s, tempo) : status;
}

static int render_sentence(struct stream *s, const struct job *job, struct base_error *err)
{
    struct tempo *tempo = NULL;
    int status = LINNET_OK;
    if (job->table.tempo != 1.0f)
        status = tempo_open(&tempo, (int)job->voice->meta->sample_rate, job->table.tempo, timetable_samples_in(&job->table), err);
    if (status == LINNET_OK)
        status = render_audio(s, job, tempo, err);
    tempo_close(&tempo);
    return status;
}

/* A recording is never made louder: it may be at its limit. */
static int render_recording(struct stream *s, const struct job *job)
{
    const float volume = s->engine->settings.volume;
    return delivery_recording(&s->delivery, job->table.recording, job->table.n_recording, volume < 1.0f ? volume : 1.0f);
}

static int render(struct stream *s, struct job *job, struct base_error *err)
{
    const struct phone_prediction *const prediction = am_prediction(job->acoustic);
    const struct voice_meta *const meta = job->voice->meta;
    const float tail = MAX_TAIL_S * (float)meta->sample_rate / ((float)meta->hop * s->prosody.rate);
    struct delivery *const delivery = &s->delivery;
    job->table.start = delivery->time;
    job->table.sample_rate = meta->sample_rate;
    job->table.hop = meta->hop;
    job->table.tempo = job->table.n_phones ? settings_tempo(&s->engine->settings, prediction) : 1.0f;
    timetable_trim(&job->table, prediction, (size_t)tail);
    int status = timetable_place(&job->table, prediction, err);
    if (status != LINNET_OK)
        return status;
    const struct phoneme_names names = { meta->phonemes, fe_phoneme_ipa(job->voice->fe) };
    if (timetable_send(&job->table, prediction, &names, delivery->callback, delivery->user) != 0)
        return LINNET_CANCELLED;
    delivery_begin(delivery, job->table.places, job->table.n_pauses);
    if (job->table.n_phones)
        status = render_sentence(s, job, err);
    if (status == LINNET_OK)
        status = delivery_end(delivery);
    return status == LINNET_OK ? render_recording(s, job) : status;
}

/* ---- the worker ------------------------------------------------------------------------------------------------------ */

/* Prepares jobs 1, 0, 1, 0 ... (job 0 of the first sentence is prepared by the caller) until the text ends. */
static void *work(void *context)
{
    struct stream *const s = context;
    for (size_t i = 1;; i ^= 1) {
        pthread_mutex_lock(&s->lock);
        while (s->ready[i] && !s->stop)
            pthread_cond_wait(&s->changed, &s->lock);
        const bool stop = s->stop;
        pthread_mutex_unlock(&s->lock);
        if (stop)
            break;
        prepare(s, &s->jobs[i]);
        const bool last = s->jobs[i].end || s->jobs[i].status != LINNET_OK;
        pthread_mutex_lock(&s->lock);
        s->ready[i] = true;
        pthread_cond_signal(&s->changed);
        pthread_mutex_unlock(&s->lock);
        if (last)
            break;
    }
    return NULL;
}

static bool wants_worker(const struct stream *s)
{
    const int threads = s->engine->settings.threads;
    return threads == 0 ? sysconf(_SC_NPROCESSORS_ONLN) > 1 : threads == 2;
}

/* Without a worker, because none is wanted or to be had, the caller prepares each sentence when it needs it. */
static void start_worker(struct stream *s)
{
    s->ready[0] = true;
    s->ready[1] = s->stop = false;
    s->has_worker = wants_worker(s) && base_thread_start(&s->worker, work, s);
}

static void stop_worker(struct stream *s)
{
    if (!s->has_worker)
        return;
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->worker, NULL);
    s->has_worker = false;
}

static void wait_for_job(struct stream *s, size_t i)
{
    if (!s->has_worker) {
        prepare(s, &s->jobs[i]);
        return;
    }
    pthread_mutex_lock(&s->lock);
    while (!s->ready[i])
        pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

static void give_back_job(struct stream *s, size_t i)
{
    if (!s->has_worker)
        return;
    pthread_mutex_lock(&s->lock);
    s->ready[i] = false;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

/* ---- the whole text --------------------------------------------------------------------------------------------------- */

static int send_end(struct stream *s)
{
    const linnet_event event = { .type = LINNET_EVENT_END, .time = s->delivery.time };
    if (cancelled(s))
        return LINNET_CANCELLED;
    return s->delivery.callback(s->delivery.user, &event) != 0 ? LINNET_CANCELLED : LINNET_OK;
}

static int speak_sentences(struct stream *s, struct base_error *err)
{
    int status = LINNET_OK;
    prepare(s, &s->jobs[0]);
    bool first = true;
    for (size_t i = 0; status == LINNET_OK; i ^= 1) {
        struct job *const job = &s->jobs[i];
        if (!first)
            wait_for_job(s, i);
        if (job->status != LINNET_OK) {
            *err = job->err;
            return job->status;
        }
        if (job->end)
            return send_end(s);
        if (first)
            start_worker(s);
        status = render(s, job, err);
        give_back_job(s, i);
        first = false;
    }
    return status;
}

/* Makes *array hold `size` floats, whose content is lost. */
static int grow(float **array, size_t *capacity, size_t size, struct base_error *err)
{
    if (size <= *capacity)
        return LINNET_OK;
    float *const grown = base_alloc(size, sizeof *grown);
    if (!grown)
        return base_fail(err, LINNET_ERR_MEMORY, "blocks: out of memory");
    base_free(*array);
    *array = grown;
    *capacity = size;
    return LINNET_OK;
}

/* For blocks of this voice, too. */
static int make_room(struct stream *s, const linnet_engine *voice, struct base_error *err)
{
    const size_t least = least_block(voice), asked = (size_t)s->engine->settings.block_frames;
    size_t block = USUAL_BLOCK;
    block = block < least ? least : block;
    block = block < asked ? asked : block;
    int status = grow(&s->frames, &s->frames_size, block * (voice->meta->n_mels + MEL_EXTRA), err);
    if (status == LINNET_OK)
        status = grow(&s->samples, &s->samples_size, voc_max_samples(voice->vocoder_model, block), err);
    if (status == LINNET_OK && block > s->block_capacity)
        s->block_capacity = block;
    return status;
}

/* For every voice of the text. */
static int make_room_for_all(struct stream *s, struct base_error *err)
{
    const struct cast *const cast = &s->engine->cast;
    int status = make_room(s, s->engine, err);
    for (size_t i = 0; i < cast->n_members && status == LINNET_OK; i++)
        if (cast->members[i].reads)
            status = make_room(s, cast->members[i].engine, err);
    return status;
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

static void watch_engine(linnet_engine *voice, const atomic_bool *cancel)
{
    for (size_t i = 0; i < 2; i++)
        am_watch(voice->acoustic[i], cancel);
}

static void watch_cancel(struct stream *s, const atomic_bool *cancel)
{
    const struct cast *const cast = &s->engine->cast;
    watch_engine(s->engine, cancel);
    for (size_t i = 0; i < cast->n_members; i++)
        if (cast->members[i].reads)
            watch_engine(cast->members[i].engine, cancel);
}

int stream_speak(struct stream *s, const char *text, size_t size, linnet_callback callback, void *user,
                 struct base_error *err)
{
    linnet_engine *const e = s->engine;
    start_delivery(s, callback, user);
    s->prosody = settings_prosody(&e->settings);
    int status = text_set(e, text, size, true, err);
    if (status == LINNET_OK)
        status = make_room_for_all(s, err);
    if (status != LINNET_OK) {
        text_end(e);
        return status;
    }
    watch_cancel(s, &e->cancelled);
    status = speak_sentences(s, err);
    if (status != LINNET_OK)
        atomic_store(&e->cancelled, true); /* nobody wants what the worker prepares */
    stop_worker(s);
    watch_cancel(s, NULL);
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
        return base_fail(err, LINNET_ERR_MEMORY, "stream: no mutex");
    }
    if (pthread_cond_init(&s->changed, NULL) != 0) {
        pthread_mutex_destroy(&s->lock);
        base_free(s);
        return base_fail(err, LINNET_ERR_MEMORY, "stream: no condition variable");
    }
    s->engine = engine;
    for (size_t i = 0; i < 2; i++) {
        s->jobs[i].voice = engine;
        s->jobs[i].acoustic = engine->acoustic[i];
    }
    s->stretched = base_alloc(TEMPO_BLOCK, sizeof *s->stretched);
    int status = s->stretched ? make_room(s, engine, err) : base_fail(err, LINNET_ERR_MEMORY, "stream: out of memory");
    if (status != LINNET_OK) {
        stream_close(&s);
        return status;
    }
    *out = s;
    return LINNET_OK;
}

void stream_close(struct stream **stream)
{
    struct stream *const s = *stream;
    if (!s)
        return;
    for (size_t i = 0; i < 2; i++)
        timetable_clear(&s->jobs[i].table);
    base_free(s->frames);
    base_free(s->samples);
    base_free(s->stretched);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    base_free(s);
    *stream = NULL;
}
