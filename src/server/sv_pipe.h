/* A bounded queue of bytes from the thread that synthesizes to the thread of a connection. Each side may leave
 * first. */
#ifndef LINNET_SV_PIPE_H
#define LINNET_SV_PIPE_H

#include "base/compiler.h"
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#define SV_PIPE_BYTES ((size_t)1 << 20) /* 22 s of 16-bit samples at 24 kHz: a writer waits when so many aren't taken */

struct sv_pipe {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned char *data; /* ring [SV_PIPE_BYTES], from the first byte on */
    size_t start, length;
    bool ended, left;
    int status;        /* of the writer when it ended: enum linnet_status */
    char message[256]; /* "" if it ended well */
};

BASE_MUST_USE bool sv_pipe_init(struct sv_pipe *pipe);
void sv_pipe_free(struct sv_pipe *pipe);

/* Writer. false: the reader left, or took nothing for `seconds`, or there is no memory: stop. */
BASE_MUST_USE bool sv_pipe_put(struct sv_pipe *pipe, const void *data, size_t size, unsigned seconds);
/* No more comes. A later call than the first changes nothing. */
void sv_pipe_end(struct sv_pipe *pipe, int status, const char *message);
bool sv_pipe_is_left(struct sv_pipe *pipe);

/* Reader. Waits for the first byte, or the end without one; the status of that end, LINNET_OK if there are bytes. */
int sv_pipe_wait(struct sv_pipe *pipe);
/* Waits for bytes; 0: the end, whose status is pipe->status. */
size_t sv_pipe_get(struct sv_pipe *pipe, void *data, size_t size);
void sv_pipe_leave(struct sv_pipe *pipe);

#endif
