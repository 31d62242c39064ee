/* A bounded queue of bytes between two threads. */
#include "server/sv_pipe.h"

#include "linnet.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool sv_pipe_init(struct sv_pipe *pipe)
{
    pthread_condattr_t monotonic;
    *pipe = (struct sv_pipe){.start = 0};
    if (pthread_mutex_init(&pipe->lock, NULL) != 0)
        return false;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    const bool made = pthread_cond_init(&pipe->changed, &monotonic) == 0;
    pthread_condattr_destroy(&monotonic);
    if (!made)
        pthread_mutex_destroy(&pipe->lock);
    return made;
}

void sv_pipe_free(struct sv_pipe *pipe)
{
    pthread_cond_destroy(&pipe->changed);
    pthread_mutex_destroy(&pipe->lock);
    free(pipe->data);
}

/* Bytes that fit, at once or after waiting; 0: stop. Called with the lock held. */
static size_t wait_for_room(struct sv_pipe *pipe, unsigned seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)seconds;
    while (!pipe->left && pipe->length == SV_PIPE_BYTES)
        if (pthread_cond_timedwait(&pipe->changed, &pipe->lock, &until) == ETIMEDOUT)
            return 0;
    return pipe->left ? 0 : SV_PIPE_BYTES - pipe->length;
}

/* Copies between a ring and a plain block, in two steps where the ring ends. */
static void copy_in(struct sv_pipe *pipe, const unsigned char *from, size_t n)
{
    const size_t at = (pipe->start + pipe->length) % SV_PIPE_BYTES;
    const size_t first = n < SV_PIPE_BYTES - at ? n : SV_PIPE_BYTES - at;
    memcpy(pipe->data + at, from, first);
    memcpy(pipe->data, from + first, n - first);
    pipe->length += n;
}

static void copy_out(struct sv_pipe *pipe, unsigned char *to, size_t n)
{
    const size_t first = n < SV_PIPE_BYTES - pipe->start ? n : SV_PIPE_BYTES - pipe->start;
    memcpy(to, pipe->data + pipe->start, first);
    memcpy(to + first, pipe->data, n - first);
    pipe->start = (pipe->start + n) % SV_PIPE_BYTES;
    pipe->length -= n;
}

bool sv_pipe_put(struct sv_pipe *pipe, const void *data, size_t size, unsigned seconds)
{
    const unsigned char *from = data;
    pthread_mutex_lock(&pipe->lock);
    if (!pipe->data)
        pipe->data = malloc(SV_PIPE_BYTES);
    bool going = pipe->data != NULL;
    while (going && size > 0) {
        const size_t room = wait_for_room(pipe, seconds);
        const size_t n = size < room ? size : room;
        going = n > 0;
        if (going) {
            copy_in(pipe, from, n);
            from += n;
            size -= n;
            pthread_cond_broadcast(&pipe->changed);
        }
    }
    going = going && !pipe->left;
    pthread_mutex_unlock(&pipe->lock);
    return going;
}

void sv_pipe_end(struct sv_pipe *pipe, int status, const char *message)
{
    pthread_mutex_lock(&pipe->lock);
    if (!pipe->ended) {
        pipe->ended = true;
        pipe->status = status;
        snprintf(pipe->message, sizeof pipe->message, "%s", message);
        pthread_cond_broadcast(&pipe->changed);
    }
    pthread_mutex_unlock(&pipe->lock);
}

bool sv_pipe_is_left(struct sv_pipe *pipe)
{
    pthread_mutex_lock(&pipe->lock);
    const bool left = pipe->left;
    pthread_mutex_unlock(&pipe->lock);
    return left;
}

/* With the lock held. */
static void wait_for_bytes(struct sv_pipe *pipe)
{
    while (pipe->length == 0 && !pipe->ended)
        pthread_cond_wait(&pipe->changed, &pipe->lock);
}

int sv_pipe_wait(struct sv_pipe *pipe)
{
    pthread_mutex_lock(&pipe->lock);
    wait_for_bytes(pipe);
    const int status = pipe->length > 0 ? LINNET_OK : pipe->status;
    pthread_mutex_unlock(&pipe->lock);
    return status;
}

size_t sv_pipe_get(struct sv_pipe *pipe, void *data, size_t size)
{
    pthread_mutex_lock(&pipe->lock);
    wait_for_bytes(pipe);
    const size_t n = size < pipe->length ? size : pipe->length;
    if (n > 0) {
        copy_out(pipe, data, n);
        pthread_cond_broadcast(&pipe->changed);
    }
    pthread_mutex_unlock(&pipe->lock);
    return n;
}

void sv_pipe_leave(struct sv_pipe *pipe)
{
    pthread_mutex_lock(&pipe->lock);
    pipe->left = true;
    pthread_cond_broadcast(&pipe->changed);
    pthread_mutex_unlock(&pipe->lock);
}
