/* Jobs and the threads that do them: each worker has an engine of its own for every voice that it was asked for. Jobs
 * are taken in the order they came. */
#ifndef LINNET_SV_POOL_H
#define LINNET_SV_POOL_H

#include "server/sv_catalogue.h"
#include "server/sv_metrics.h"
#include "server/sv_pipe.h"
#include <stdatomic.h>
#include <stdint.h>

struct sv_format;

/* A text to speak. The connection makes it and fills it in, sv_pool_add() gives it to a worker, whose bytes come
 * through the pipe; each side lets go of it once, with sv_job_release(). */
struct sv_job {
    atomic_int owners;
    struct sv_pipe pipe;
    char *text; /* UTF-8 [size], owned */
    size_t size;
    const struct sv_voice *voice;
    const struct sv_format *format;
    float rate;
    bool is_ssml;
    bool is_open;      /* more text may follow: only sentences that are complete are spoken */
    size_t n_consumed; /* bytes of text that were spoken; when the pipe has ended */
    uint64_t n_samples;
    int64_t added_ns, deadline_ns; /* of the monotonic clock */
    struct sv_job *next;
};

/* Takes over `text`. NULL: out of memory; text is freed then, too. */
struct sv_job *sv_job_new(char *text, size_t size);
void sv_job_release(struct sv_job *job);

struct sv_pool_options {
    unsigned n_workers, max_queue;
    unsigned job_seconds;   /* a job that waits and works longer ends */
    unsigned stall_seconds; /* so does one whose bytes nobody takes */
};

struct sv_pool;

/* Starts the workers, each with the catalogue's default voice open. false, said in the log: that can't be done. */
bool sv_pool_open(struct sv_pool **out, const struct sv_pool_options *options, const struct sv_catalogue *catalogue,
                  struct sv_metrics *metrics);
/* Ends all jobs and the workers. */
void sv_pool_close(struct sv_pool **pool);

/* false: the queue is full, or the server ends; the job is still the caller's alone. */
bool sv_pool_add(struct sv_pool *pool, struct sv_job *job);
unsigned sv_pool_waiting(struct sv_pool *pool);

#endif
