/* One sentence through all stages. See job.h. Cancelling is a flag that is looked at before every block, and between
 * the steps of preparing and the layers of the encoder. */
#include "engine/job.h"

#include "base/alloc.h"
#include "engine/settings.h"
#include "engine/tempo.h"
#include "engine/text.h"
#include <assert.h>

#define FIRST_BLOCK 4    /* frames of a sentence's first block, look-ahead not counted; later ones double */
#define USUAL_BLOCK 32   /* up to this */
#define MAX_TAIL_S 0.5f  /* silence after a sentence, at normal rate */
#define TEMPO_BLOCK 8192 /* samples */

static bool cancelled(const struct job *job)
{
    return atomic_load_explicit(&job->engine->cancelled, memory_order_relaxed);
}

/* ---- preparing: front end, encoder, predictors ------------------------------------------------------------------- */

static int take(struct job *job)
{
    const struct phone_seq *seq;
    const int status = cancelled(job) ? LINNET_CANCELLED : text_next(job->engine, &job->voice, &seq, &job->err);
    if (status != LINNET_OK)
        return status;
    job->end = !seq;
    return seq ? timetable_copy(&job->table, seq, &job->err) : LINNET_OK;
}

void job_take(struct job *job)
{
    job->err.text[0] = '\0';
    job->end = false;
    job->status = take(job);
}

static void close_streams(struct job *job)
{
    if (!job->borrows) {
        voc_stream_close(&job->vocoder);
        am_stream_close(&job->acoustic);
    }
    job->models = NULL;
}

/* For the voice of the sentence. */
static int make_streams(struct job *job)
{
    const struct models *const models = job->voice->models;
    if (job->borrows) {
        job->acoustic = job->voice->acoustic;
        job->vocoder = job->voice->vocoder;
        return LINNET_OK;
    }
    if (job->models == models)
        return LINNET_OK;
    close_streams(job);
    int status = am_stream_open(&job->acoustic, models->acoustic, &job->err);
    if (status == LINNET_OK)
        status = voc_stream_open(&job->vocoder, models->vocoder, VOC_OWN, &job->err);
    if (status == LINNET_OK)
        job->models = models;
    else
        close_streams(job);
    return status;
}

static size_t least_block(const struct job *job)
{
    return FIRST_BLOCK + voc_lookahead_frames(job->voice->models->vocoder);
}

static size_t most_block(const struct job *job)
{
    const size_t least = least_block(job), asked = (size_t)job->engine->settings.block_frames;
    const size_t usual = least > USUAL_BLOCK ? least : USUAL_BLOCK;
    return asked > usual ? asked : usual;
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

static int make_room(struct job *job)
{
    const linnet_engine *const voice = job->voice;
    const size_t block = most_block(job);
    const int status = grow(&job->frames, &job->frames_size, block * (voice->meta->n_mels + MEL_EXTRA), &job->err);
    return status == LINNET_OK
               ? grow(&job->samples, &job->samples_size, voc_max_samples(voice->models->vocoder, block), &job->err)
               : status;
}

static int predict(struct job *job)
{
    const linnet_engine *const e = job->engine;
    struct timetable *const table = &job->table;
    struct prosody prosody = settings_prosody(&e->settings);
    int status = make_streams(job);
    if (status == LINNET_OK)
        status = make_room(job);
    if (status == LINNET_OK && cancelled(job))
        status = LINNET_CANCELLED;
    if (status == LINNET_OK && table->n_phones) {
        prosody.styles = table->n_styles ? table->styles : NULL;
        am_watch(job->acoustic, &e->cancelled);
        status = am_begin(job->acoustic, table->ids, table->n_phones, &prosody, &job->err);
        am_watch(job->acoustic, NULL);
    }
    return status;
}

void job_predict(struct job *job)
{
    if (job->status != LINNET_OK || job->end)
        return;
    job->status = predict(job);
    if (job->status != LINNET_OK)
        return;
    const linnet_engine *const e = job->engine;
    const struct voice_meta *const meta = job->voice->meta;
    const struct phone_prediction *const prediction = am_prediction(job->acoustic);
    const float rate = settings_prosody(&e->settings).rate;
    const float tail = MAX_TAIL_S * (float)meta->sample_rate / ((float)meta->hop * rate);
    job->table.sample_rate = meta->sample_rate;
    job->table.hop = meta->hop;
    job->table.tempo = job->table.n_phones ? settings_tempo(&e->settings, prediction) : 1.0f;
    timetable_trim(&job->table, prediction, (size_t)tail);
    job->status = timetable_place(&job->table, prediction, &job->err);
}

/* ---- rendering: decoder, vocoder, tempo -------------------------------------------------------------------------- */

/* Where samples go. */
struct outlet {
    job_send send;
    void *context;
    struct tempo *tempo; /* NULL: as they are */
};

/* What the tempo changer has ready. */
static int send_stretched(const struct job *job, const struct outlet *outlet)
{
    int status = LINNET_OK;
    while (status == LINNET_OK) {
        const size_t n = tempo_read(outlet->tempo, job->stretched, TEMPO_BLOCK);
        if (n == 0)
            break;
        status = outlet->send(outlet->context, job->stretched, n);
    }
    return status;
}

static int send_samples(struct job *job, const struct outlet *outlet, size_t n)
{
    if (!outlet->tempo)
        return n ? outlet->send(outlet->context, job->samples, n) : LINNET_OK;
    const int status = tempo_write(outlet->tempo, job->samples, n, &job->err);
    return status == LINNET_OK ? send_stretched(job, outlet) : status;
}

static size_t first_block(const struct job *job)
{
    const int asked = job->engine->settings.block_frames;
    return asked ? (size_t)asked : least_block(job);
}

static size_t next_block(const struct job *job, size_t block)
{
    if (job->engine->settings.block_frames)
        return block;
    return 2 * block < USUAL_BLOCK ? 2 * block : USUAL_BLOCK;
}

static int render_audio(struct job *job, const struct outlet *outlet)
{
    struct vocoder_stream *const vocoder = job->vocoder;
    size_t left = job->table.end_frame;
    int status = LINNET_OK;
    voc_reset(vocoder);
    voc_set_volume(vocoder, job->engine->settings.volume);
    voc_set_volume_curve(vocoder, job->table.points, job->table.n_points);
    for (size_t block = first_block(job); left > 0 && status == LINNET_OK; block = next_block(job, block)) {
        if (cancelled(job))
            return LINNET_CANCELLED;
        const size_t n = am_decode(job->acoustic, job->frames, block < left ? block : left);
        assert(n > 0);
        status = send_samples(job, outlet, voc_run(vocoder, job->frames, n, job->samples));
        left -= n;
    }
    while (status == LINNET_OK) {
        if (cancelled(job))
            return LINNET_CANCELLED;
        const size_t n = voc_flush(vocoder, job->samples);
        if (n == 0)
            break;
        status = send_samples(job, outlet, n);
    }
    if (status == LINNET_OK && voc_status(vocoder) != LINNET_OK)
        return base_fail(&job->err, voc_status(vocoder), "vocoder: %s", base_status_text(voc_status(vocoder)));
    if (status == LINNET_OK && outlet->tempo)
        status = tempo_finish(outlet->tempo, &job->err);
    return status == LINNET_OK && outlet->tempo ? send_stretched(job, outlet) : status;
}

static int render(struct job *job, job_send send, void *context)
{
    const struct timetable *const table = &job->table;
    struct outlet outlet = {send, context, NULL};
    int status = LINNET_OK;
    if (table->tempo != 1.0f) {
        if (!job->stretched)
            job->stretched = base_alloc(TEMPO_BLOCK, sizeof *job->stretched);
        status = job->stretched ? tempo_open(&outlet.tempo, (int)table->sample_rate, table->tempo,
                                             timetable_samples_in(table), &job->err)
                                : base_fail(&job->err, LINNET_ERR_MEMORY, "change of tempo: out of memory");
    }
    if (status == LINNET_OK)
        status = render_audio(job, &outlet);
    tempo_close(&outlet.tempo);
    return status;
}

void job_render(struct job *job, job_send send, void *context)
{
    if (job->status == LINNET_OK && !job->end && job->table.n_phones)
        job->status = render(job, send, context);
}

void job_clear(struct job *job)
{
    close_streams(job);
    timetable_clear(&job->table);
    base_ring_close(&job->ring);
    base_free(job->frames);
    base_free(job->samples);
    base_free(job->stretched);
}
