/* libsonic behind tempo.h. It is fed in pieces of one size, whatever the pieces that come in, so that the block size
 * can't change a sample. */
#include "engine/tempo.h"

#include "base/alloc.h"
#include <sonic.h>
#include <stdbool.h>
#include <string.h>

#define PIECE 256 /* samples */

struct tempo {
    sonicStream sonic;
    size_t left; /* samples still to come out */
    bool finished;
    size_t n_waiting;
    float piece[PIECE];
};

size_t tempo_map(size_t time, float speed)
{
    return (size_t)((double)time / (double)speed + 0.5);
}

int tempo_open(struct tempo **out, int sample_rate, float speed, size_t total_in, struct base_error *err)
{
    *out = NULL;
    struct tempo *tempo = base_alloc(1, sizeof *tempo);
    if (!tempo)
        return base_fail(err, LINNET_ERR_MEMORY, "tempo: out of memory");
    tempo->sonic = sonicCreateStream(sample_rate, 1);
    if (!tempo->sonic) {
        tempo_close(&tempo);
        return base_fail(err, LINNET_ERR_MEMORY, "tempo: out of memory");
    }
    sonicSetSpeed(tempo->sonic, speed);
    tempo->left = tempo_map(total_in, speed);
    *out = tempo;
    return LINNET_OK;
}

void tempo_close(struct tempo **tempo)
{
    if (!*tempo)
        return;
    if ((*tempo)->sonic)
        sonicDestroyStream((*tempo)->sonic);
    base_free(*tempo);
    *tempo = NULL;
}

static int send_piece(struct tempo *tempo, struct base_error *err)
{
    const int n = (int)tempo->n_waiting;
    tempo->n_waiting = 0;
    if (n > 0 && !sonicWriteFloatToStream(tempo->sonic, tempo->piece, n))
        return base_fail(err, LINNET_ERR_MEMORY, "tempo: out of memory");
    return LINNET_OK;
}

int tempo_write(struct tempo *tempo, const float *samples, size_t n, struct base_error *err)
{
    while (n > 0) {
        const size_t room = PIECE - tempo->n_waiting, take = n < room ? n : room;
        memcpy(tempo->piece + tempo->n_waiting, samples, take * sizeof *samples);
        tempo->n_waiting += take;
        samples += take;
        n -= take;
        if (tempo->n_waiting == PIECE) {
            const int status = send_piece(tempo, err);
            if (status != LINNET_OK)
                return status;
        }
    }
    return LINNET_OK;
}

int tempo_finish(struct tempo *tempo, struct base_error *err)
{
    const int status = send_piece(tempo, err);
    if (status != LINNET_OK)
        return status;
    tempo->finished = true;
    if (!sonicFlushStream(tempo->sonic))
        return base_fail(err, LINNET_ERR_MEMORY, "tempo: out of memory");
    return LINNET_OK;
}

size_t tempo_read(struct tempo *tempo, float *out, size_t max)
{
    size_t n = max < tempo->left ? max : tempo->left;
    const int ready = sonicSamplesAvailable(tempo->sonic);
    if ((size_t)ready < n && ready > 0)
        n = (size_t)ready;
    if (n > 0 && ready > 0)
        n = (size_t)sonicReadFloatFromStream(tempo->sonic, out, (int)n);
    else if (tempo->finished)
        memset(out, 0, n * sizeof *out);
    else
        n = 0;
    tempo->left -= n;
    return n;
}
