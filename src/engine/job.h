/* A sentence in work: front end, prediction, samples. Private to src/engine.
 *
 * Jobs of a stream may be at work on threads of their own, each at a sentence of its own; only the front end, which all
 * share, is one's at a time. What a job makes depends on its text alone. */
#ifndef LINNET_ENGINE_JOB_H
#define LINNET_ENGINE_JOB_H

#include "base/ring.h"
#include "engine/engine.h"
#include "engine/timetable.h"

struct job {
    linnet_engine *engine;
    linnet_engine *voice;             /* that speaks the sentence: the engine, or one of its cast */
    bool borrows;                     /* the voice's own streams; else the job has some */
    struct acoustic_stream *acoustic; /* NULL before the first sentence */
    struct vocoder_stream *vocoder;
    const struct models *models;      /* that these are made for */
    float *frames;                    /* [frames_size]: rows of M + 2 */
    float *samples;                   /* [samples_size] */
    size_t frames_size, samples_size; /* for the largest block of every voice that has spoken */
    float *stretched;                 /* after the change of tempo */
    struct base_ring *ring;           /* of samples on their way to the caller's thread; NULL: not needed so far */

    struct timetable table;
    int status;
    bool end; /* the text has no more sentences */
    struct base_error err;
    bool placed, done; /* the stream's, under its lock: the table is complete; nothing more comes */
};

/* Takes samples[n], which it may change. LINNET_OK, or a status that ends the job. */
typedef int (*job_send)(void *context, float *samples, size_t n);

/* All leave the outcome in status and err; nothing is done once status isn't LINNET_OK. */

/* The next sentence of the front end: table, or end. */
void job_take(struct job *job);
/* Its prediction, and where in it everything is. */
void job_predict(struct job *job);
/* Its samples. */
void job_render(struct job *job, job_send send, void *context);

void job_clear(struct job *job);

#endif
