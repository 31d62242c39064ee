/* vo-aacenc behind sv_aac.h: the only file that includes it. */
#include "server/sv_aac.h"

#include "audio/pcm.h"
#include "linnet.h"
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <vo-aacenc/cmnMemory.h>
#include <vo-aacenc/voAAC.h>

#define FRAME 1024     /* samples that become a frame */
#define DELAY 2        /* frames that the encoder is behind */
#define MAX_BYTES 8192 /* more than a frame can have */
#define BIT_RATE 64000

struct sv_aac {
    VO_AUDIO_CODECAPI codec;
    VO_HANDLE handle;
    VO_MEM_OPERATOR memory;
    int (*put)(void *user, const void *data, size_t size);
    void *user;
    int16_t frame[FRAME];
    size_t filled;
    uint64_t n_samples; /* taken; the dither goes by it */
};

static bool start(struct sv_aac *aac, int sample_rate)
{
    VO_CODEC_INIT_USERDATA user = {.memflag = VO_IMF_USERMEMOPERATOR, .memData = &aac->memory};
    AACENC_PARAM wanted = {.sampleRate = sample_rate, .bitRate = BIT_RATE, .nChannels = 1, .adtsUsed = 1};
    aac->memory = (VO_MEM_OPERATOR){
        .Alloc = cmnMemAlloc, .Copy = cmnMemCopy, .Free = cmnMemFree, .Set = cmnMemSet, .Check = cmnMemCheck};
    return voGetAACEncAPI(&aac->codec) == VO_ERR_NONE &&
           aac->codec.Init(&aac->handle, VO_AUDIO_CodingAAC, &user) == VO_ERR_NONE &&
           aac->codec.SetParam(aac->handle, VO_PID_AAC_ENCPARAM, &wanted) == VO_ERR_NONE;
}

int sv_aac_open(struct sv_aac **out, int sample_rate, int (*put)(void *user, const void *data, size_t size), void *user,
                struct base_error *err)
{
    struct sv_aac *aac = calloc(1, sizeof *aac);
    *out = NULL;
    if (!aac)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    aac->put = put;
    aac->user = user;
    if (!start(aac, sample_rate)) {
        sv_aac_close(&aac);
        return base_fail(err, LINNET_ERR_ARGUMENT, "can't write AAC at %d Hz", sample_rate);
    }
    *out = aac;
    return LINNET_OK;
}

void sv_aac_close(struct sv_aac **aac)
{
    if (*aac && (*aac)->handle)
        (*aac)->codec.Uninit((*aac)->handle);
    free(*aac);
    *aac = NULL;
}

static int encode(struct sv_aac *aac)
{
    unsigned char bytes[MAX_BYTES];
    VO_CODECBUFFER in = {.Buffer = (VO_PBYTE)aac->frame, .Length = sizeof aac->frame},
                   made = {.Buffer = bytes, .Length = sizeof bytes};
    VO_AUDIO_OUTPUTINFO info;
    aac->filled = 0;
    if (aac->codec.SetInputData(aac->handle, &in) != VO_ERR_NONE ||
        aac->codec.GetOutputData(aac->handle, &made, &info) != VO_ERR_NONE)
        return EIO;
    return aac->put(aac->user, bytes, made.Length);
}

int sv_aac_write(struct sv_aac *aac, const float *samples, size_t n_samples)
{
    int error = 0;
    while (n_samples > 0 && !error) {
        const size_t room = FRAME - aac->filled, n = n_samples < room ? n_samples : room;
        pcm16(aac->frame + aac->filled, samples, n, aac->n_samples);
        aac->filled += n;
        aac->n_samples += n;
        samples += n;
        n_samples -= n;
        if (aac->filled == FRAME)
            error = encode(aac);
    }
    return error;
}

int sv_aac_finish(struct sv_aac *aac)
{
    int error = 0;
    if (aac->n_samples == 0)
        return 0;
    for (int i = 0; i < DELAY && !error; i++) {
        memset(aac->frame + aac->filled, 0, (FRAME - aac->filled) * sizeof *aac->frame);
        error = encode(aac);
    }
    return error;
}
