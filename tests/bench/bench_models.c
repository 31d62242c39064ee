/* What the two networks cost: multiply-adds and microseconds a frame, for the sizes of the default voice with random
 * weights, or for a voice given as argument. Best of several warm runs. Usage: bench_models [VOICE.gguf [RUNS]] */
#include "acoustic/acoustic.h"
#include "acoustic/acoustic_internal.h"
#include "linnet.h"
#include "nn/nn.h"
#include "tests/support/tiny_voice.h"
#include "vocoder/vocoder.h"
#include "vocoder/vocoder_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N_PHONES 60
#define RUNS 7 /* usually */

struct bench {
    const struct voice_meta *meta;
    struct acoustic_model *acoustic;
    struct acoustic_stream *acoustic_stream;
    struct vocoder_model *vocoder;
    struct vocoder_stream *vocoder_stream;
    int runs;
    int32_t ids[N_PHONES];
    float *frames, *samples;
};

/* CPU time: all here runs on one thread, and other programs shouldn't count. */
static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static void check(int status, const struct base_error *err)
{
    if (status == LINNET_OK)
        return;
    fprintf(stderr, "bench_models: %s\n", err->text);
    exit(1);
}

/* FNV-1a over the bits of x[n]: equal bits on every machine. */
static uint32_t hash_floats(uint32_t hash, const float *x, size_t n)
{
    const unsigned char *const bytes = (const unsigned char *)x;
    for (size_t i = 0; i < n * sizeof *x; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

static double keep_best(double best, double value)
{
    return best == 0.0 || value < best ? value : best;
}

/* One sentence from phonemes to samples in blocks of `block` frames. Prints what its parts cost at best. */
static void run_blocks(struct bench *b, size_t block)
{
    const size_t row = b->meta->n_mels + MEL_EXTRA;
    const struct prosody neutral = {.rate = 1.0f, .pitch_semitones = 0.0f, .pitch_range = 1.0f};
    double begin = 0.0, first = 0.0, decode = 0.0, vocode = 0.0;
    size_t total = 0, got;
    uint32_t hash = 0;
    for (int run = 0; run < b->runs; run++) {
        struct base_error err;
        double start = now_us();
        check(am_begin(b->acoustic_stream, b->ids, N_PHONES, &neutral, &err), &err);
        begin = keep_best(begin, now_us() - start);
        total = am_prediction(b->acoustic_stream)->n_frames;
        start = now_us();
        size_t done = am_decode(b->acoustic_stream, b->frames, block);
        first = keep_best(first, now_us() - start);
        while (done < total)
            done += am_decode(b->acoustic_stream, b->frames + done * row, block);
        decode = keep_best(decode, now_us() - start);
        start = now_us();
        voc_reset(b->vocoder_stream);
        for (size_t t = 0; t < total; t += block)
            voc_run(b->vocoder_stream, b->frames + t * row, block < total - t ? block : total - t, b->samples);
        while (voc_flush(b->vocoder_stream, b->samples) > 0)
            ;
        vocode = keep_best(vocode, now_us() - start);
    }
    voc_reset(b->vocoder_stream);
    for (size_t t = 0; t < total; t += block) {
        got = voc_run(b->vocoder_stream, b->frames + t * row, block < total - t ? block : total - t, b->samples);
        hash = hash_floats(hash, b->samples, got);
    }
    const double frames = (double)total, frame_us = 1e6 * (double)b->meta->hop / (double)b->meta->sample_rate;
    printf("block %3zu: begin %5.0f us, first block %5.0f us, decoder %6.1f us/frame, vocoder %6.1f us/frame, "
           "%.0f times real time; bits of frames %08x, samples %08x\n",
           block, begin, first, decode / frames, vocode / frames, frame_us * frames / (begin + decode + vocode),
           (unsigned)hash_floats(0, b->frames, total * row), (unsigned)hash);
}

static void open_models(struct bench *b, const struct voice_file *voice)
{
    struct base_error err = {""};
    b->meta = voice_file_meta(voice);
    check(am_bind(&b->acoustic, voice, &err), &err);
    check(am_stream_open(&b->acoustic_stream, b->acoustic, &err), &err);
    check(voc_bind(&b->vocoder, voice, &err), &err);
    check(voc_stream_open(&b->vocoder_stream, b->vocoder, VOC_OWN, &err), &err);
    for (size_t i = 0; i < N_PHONES; i++)
        b->ids[i] = (int32_t)(i * 7 % b->meta->n_phonemes);
    const size_t most_frames = N_PHONES * 400;
    b->frames = malloc(most_frames * (b->meta->n_mels + MEL_EXTRA) * sizeof *b->frames);
    b->samples = malloc(voc_max_samples(b->vocoder, 1024) * sizeof *b->samples);
    if (!b->frames || !b->samples)
        exit(1);
}

static void close_models(struct bench *b)
{
    free(b->frames);
    free(b->samples);
    voc_stream_close(&b->vocoder_stream);
    voc_unbind(&b->vocoder);
    am_stream_close(&b->acoustic_stream);
    am_unbind(&b->acoustic);
}

int main(int argc, char **argv)
{
    struct bench b = {.runs = argc > 2 ? atoi(argv[2]) : RUNS};
    struct base_error err = {""};
    struct tiny_voice made = {0};
    struct voice_file *voice = NULL;
    const struct tiny_sizes sizes = tiny_sizes_real();
    if (argc > 1) {
        check(voice_file_open(&voice, argv[1], &err), &err);
    } else {
        tiny_voice_open(&made, &sizes);
    }
    const double start = now_us();
    open_models(&b, voice ? voice : made.file);
    printf("binding both models %.1f ms\n", (now_us() - start) * 1e-3);
    const double decoder = (double)am_decoder_cost(b.acoustic) * 1e-6, vocoder = (double)voc_cost(b.vocoder) * 1e-6;
    printf("kernels %s; a frame: decoder %.2f M, vocoder %.2f M, together %.2f M multiply-adds\n", nn_kernels()->name,
           decoder, vocoder, decoder + vocoder);
    run_blocks(&b, 8);
    run_blocks(&b, 32);
    run_blocks(&b, 128);
    close_models(&b);
    voice_file_close(&voice);
    if (made.file)
        tiny_voice_close(&made);
    return 0;
}
