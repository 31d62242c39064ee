/* A voice of any size with deterministic pseudo-random weights, written as GGUF into memory: for tests and benchmarks
 * that need the networks but no trained voice. */
#ifndef LINNET_TESTS_TINY_VOICE_H
#define LINNET_TESTS_TINY_VOICE_H

#include "voice/voice_file.h"

struct tiny_sizes {
    uint32_t sample_rate, hop, n_fft, n_mels, n_phonemes;
    uint32_t hidden, heads, filter, encoder_layers, decoder_layers, kernel, predictor;
    uint32_t reach, back, ahead;
    const char *voc_kind; /* NULL: no such key */
    uint32_t voc_width;   /* 0: no vocoder */
    uint32_t voc_in_kernel, voc_in_ahead, voc_hidden, voc_envelope, voc_layers;
    uint32_t voc_dilations[VOICE_MAX_VOCODER_LAYERS], voc_ahead[VOICE_MAX_VOCODER_LAYERS];
    float weight_scale; /* 1: activations of a trained network's size; 1e30: a hostile voice */
};

struct tiny_voice {
    unsigned char *data;
    size_t size, capacity;
    struct voice_file *file;
};

/* C = 16, 2 + 2 layers, M = 16, W = 8, hop 64, n_fft 256. */
struct tiny_sizes tiny_sizes_small(void);
/* Those of the default voice: ARCHITECTURE.md section 3. */
struct tiny_sizes tiny_sizes_real(void);

/* Writes and opens the voice; aborts with a message if that fails. */
void tiny_voice_open(struct tiny_voice *voice, const struct tiny_sizes *sizes);
void tiny_voice_close(struct tiny_voice *voice);

/* Pseudo-random number -1 ... 1, the next of the sequence. */
float tiny_random(uint32_t *state);

#endif
