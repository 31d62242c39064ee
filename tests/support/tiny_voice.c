/* A GGUF writer that knows just enough for a voice of FORMAT.md, see tiny_voice.h. */
#include "tests/support/tiny_voice.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 32
#define MAX_TENSORS 1024

enum { GGUF_U32 = 4, GGUF_F32 = 6, GGUF_STRING = 8, GGUF_ARRAY = 9 };

struct tensor {
    char name[64];
    uint32_t n_dims;
    size_t dims[3]; /* outermost first */
    float scale, offset;
};

struct writer {
    struct tiny_voice *voice;
    const struct tiny_sizes *sizes;
    uint64_t n_keys, n_tensors;
    struct tensor tensors[MAX_TENSORS];
};

float tiny_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(*state >> 8) / 8388608.0f - 1.0f;
}

struct tiny_sizes tiny_sizes_small(void)
{
    return (struct tiny_sizes){
        .sample_rate = 8000,
        .hop = 64,
        .n_fft = 256,
        .n_mels = 16,
        .n_phonemes = 12,
        .hidden = 16,
        .heads = 2,
        .filter = 24,
        .encoder_layers = 2,
        .decoder_layers = 2,
        .kernel = 3,
        .predictor = 16,
        .reach = 3,
        .back = 5,
        .ahead = 2,
        .voc_width = 8,
        .voc_in_kernel = 5,
        .voc_in_ahead = 2,
        .voc_hidden = 12,
        .voc_envelope = 4,
        .voc_layers = 4,
        .voc_dilations = {1, 2, 1, 4},
        .voc_ahead = {1, 4, 0, 4},
        .weight_scale = 1.0f,
    };
}

struct tiny_sizes tiny_sizes_real(void)
{
    return (struct tiny_sizes){
        .sample_rate = 24000,
        .hop = 300,
        .n_fft = 1024,
        .n_mels = 100,
        .n_phonemes = 90,
        .hidden = 192,
        .heads = 2,
        .filter = 512,
        .encoder_layers = 4,
        .decoder_layers = 4,
        .kernel = 3,
        .predictor = 192,
        .reach = 16,
        .back = 16,
        .ahead = 8,
        .voc_width = 128,
        .voc_in_kernel = 7,
        .voc_in_ahead = 3,
        .voc_hidden = 256,
        .voc_envelope = 6,
        .voc_layers = 6,
        .voc_dilations = {1, 2, 4, 1, 2, 4},
        .voc_ahead = {1, 2, 0, 1, 0, 0},
        .weight_scale = 1.0f,
    };
}

/* ---- bytes ---- */

static void put(struct tiny_voice *v, const void *bytes, size_t n)
{
    if (v->size + n > v->capacity) {
        v->capacity = 2 * (v->size + n);
        v->data = realloc(v->data, v->capacity);
        if (!v->data)
            abort();
    }
    memcpy(v->data + v->size, bytes, n);
    v->size += n;
}

static void put_little(struct tiny_voice *v, uint64_t x, size_t n)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < n; i++)
        bytes[i] = (unsigned char)(x >> (8 * i));
    put(v, bytes, n);
}

static void put_f32(struct tiny_voice *v, float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    put_little(v, bits, 4);
}

static void put_string(struct tiny_voice *v, const char *text)
{
    put_little(v, strlen(text), 8);
    put(v, text, strlen(text));
}

static void pad(struct tiny_voice *v)
{
    while (v->size % ALIGNMENT != 0)
        put_little(v, 0, 1);
}

/* ---- keys ---- */

static void key(struct writer *w, const char *name, uint32_t type)
{
    put_string(w->voice, name);
    put_little(w->voice, type, 4);
    w->n_keys++;
}

static void key_string(struct writer *w, const char *name, const char *value)
{
    key(w, name, GGUF_STRING);
    put_string(w->voice, value);
}

static void key_u32(struct writer *w, const char *name, uint32_t value)
{
    key(w, name, GGUF_U32);
    put_little(w->voice, value, 4);
}

static void key_f32(struct writer *w, const char *name, float value)
{
    key(w, name, GGUF_F32);
    put_f32(w->voice, value);
}

static void key_u32_array(struct writer *w, const char *name, const uint32_t *values, size_t n)
{
    key(w, name, GGUF_ARRAY);
    put_little(w->voice, GGUF_U32, 4);
    put_little(w->voice, n, 8);
    for (size_t i = 0; i < n; i++)
        put_little(w->voice, values[i], 4);
}

/* "_", then the letters from U+0100 on: single characters, all different. */
static void key_phonemes(struct writer *w)
{
    key(w, "linnet.phonemes", GGUF_ARRAY);
    put_little(w->voice, GGUF_STRING, 4);
    put_little(w->voice, w->sizes->n_phonemes, 8);
    put_string(w->voice, "_");
    for (uint32_t i = 1; i < w->sizes->n_phonemes; i++) {
        const uint32_t point = 0x100 + i;
        const char text[3] = {(char)(0xC0 | point >> 6), (char)(0x80 | (point & 0x3F)), 0};
        put_string(w->voice, text);
    }
    key(w, "linnet.phoneme_rewrite", GGUF_ARRAY);
    put_little(w->voice, GGUF_STRING, 4);
    put_little(w->voice, 0, 8);
}

static void write_keys(struct writer *w)
{
    const struct tiny_sizes *const s = w->sizes;
    key_string(w, "general.architecture", "linnet");
    key_string(w, "general.name", "Tiny");
    key_string(w, "general.license", "CC0-1.0");
    key_u32(w, "linnet.format", 1);
    key_string(w, "linnet.language", "en-US");
    key_string(w, "linnet.espeak_voice", "en-us");
    key_string(w, "linnet.speaker", "nobody");
    key_string(w, "linnet.gender", "neutral");
    key_u32(w, "linnet.sample_rate", s->sample_rate);
    key_u32(w, "linnet.hop", s->hop);
    key_u32(w, "linnet.n_fft", s->n_fft);
    key_u32(w, "linnet.mel.bins", s->n_mels);
    key_f32(w, "linnet.mel.fmin", 0.0f);
    key_f32(w, "linnet.mel.fmax", (float)s->sample_rate / 2.0f);
    key_f32(w, "linnet.mel.floor", 1e-5f);
    key_phonemes(w);
    key_u32(w, "linnet.acoustic.hidden", s->hidden);
    key_u32(w, "linnet.acoustic.heads", s->heads);
    key_u32(w, "linnet.acoustic.filter", s->filter);
    key_u32(w, "linnet.acoustic.encoder_layers", s->encoder_layers);
    key_u32(w, "linnet.acoustic.decoder_layers", s->decoder_layers);
    key_u32(w, "linnet.acoustic.kernel", s->kernel);
    key_u32(w, "linnet.acoustic.predictor", s->predictor);
    key_u32(w, "linnet.acoustic.encoder_reach", s->reach);
    key_u32(w, "linnet.acoustic.decoder_back", s->back);
    key_u32(w, "linnet.acoustic.decoder_ahead", s->ahead);
    key_f32(w, "linnet.pitch.mean", 5.2f);
    key_f32(w, "linnet.pitch.std", 0.25f);
    key_f32(w, "linnet.energy.mean", -4.0f);
    key_f32(w, "linnet.energy.std", 1.5f);
    key_f32(w, "linnet.energy.spread", 1.75f);
    if (s->voc_kind)
        key_string(w, "linnet.vocoder.kind", s->voc_kind);
    if (s->voc_width == 0)
        return;
    key_u32(w, "linnet.vocoder.width", s->voc_width);
    key_u32(w, "linnet.vocoder.in_kernel", s->voc_in_kernel);
    key_u32(w, "linnet.vocoder.in_ahead", s->voc_in_ahead);
    key_u32(w, "linnet.vocoder.hidden", s->voc_hidden);
    key_u32(w, "linnet.vocoder.envelope", s->voc_envelope);
    key_u32_array(w, "linnet.vocoder.dilations", s->voc_dilations, s->voc_layers);
    key_u32_array(w, "linnet.vocoder.ahead", s->voc_ahead, s->voc_layers);
}

/* ---- tensors ---- */

static void tensor(struct writer *w, const char *prefix, const char *name, uint32_t n_dims, size_t d0, size_t d1,
                   size_t d2, float scale, float offset)
{
    if (w->n_tensors == MAX_TENSORS)
        abort();
    struct tensor *const t = &w->tensors[w->n_tensors++];
    *t = (struct tensor){
        .n_dims = n_dims, .dims = {d0, d1, d2}, .scale = scale * w->sizes->weight_scale, .offset = offset};
    snprintf(t->name, sizeof t->name, "%s%s", prefix, name);
}

/* Weight of unit gain and a small bias. taps 0: a linear map. */
static void weight(struct writer *w, const char *prefix, const char *name, size_t out, size_t taps, size_t in)
{
    char full[64];
    const float scale = sqrtf(3.0f / (float)(in * (taps ? taps : 1)));
    snprintf(full, sizeof full, "%s.weight", name);
    if (taps)
        tensor(w, prefix, full, 3, out, taps, in, scale, 0.0f);
    else
        tensor(w, prefix, full, 2, out, in, 1, scale, 0.0f);
    snprintf(full, sizeof full, "%s.bias", name);
    tensor(w, prefix, full, 1, out, 1, 1, 0.1f, 0.0f);
}

static void norm(struct writer *w, const char *prefix, const char *name, size_t n)
{
    char full[64];
    snprintf(full, sizeof full, "%s.weight", name);
    tensor(w, prefix, full, 1, n, 1, 1, 0.2f, 1.0f);
    snprintf(full, sizeof full, "%s.bias", name);
    tensor(w, prefix, full, 1, n, 1, 1, 0.1f, 0.0f);
}

static void stack_tensors(struct writer *w, const char *stack, uint32_t layers, size_t positions)
{
    const struct tiny_sizes *const s = w->sizes;
    char prefix[32];
    for (uint32_t i = 0; i < layers; i++) {
        snprintf(prefix, sizeof prefix, "%s.%u.", stack, (unsigned)i);
        norm(w, prefix, "ln1", s->hidden);
        weight(w, prefix, "qkv", 3 * (size_t)s->hidden, 0, s->hidden);
        tensor(w, prefix, "rel.weight", 2, s->heads, positions, 1, 1.0f, 0.0f);
        weight(w, prefix, "proj", s->hidden, 0, s->hidden);
        norm(w, prefix, "ln2", s->hidden);
        weight(w, prefix, "ff1", s->filter, s->kernel, s->hidden);
        weight(w, prefix, "ff2", s->hidden, 0, s->filter);
    }
    snprintf(prefix, sizeof prefix, "%s.", stack);
    norm(w, prefix, "ln", s->hidden);
}

static void acoustic_tensors(struct writer *w)
{
    static const char *const predictors[] = {"dur.", "pitch.", "energy."};
    const struct tiny_sizes *const s = w->sizes;
    tensor(w, "", "emb.weight", 2, s->n_phonemes, s->hidden, 1, 1.0f, 0.0f);
    stack_tensors(w, "enc", s->encoder_layers, 2 * (size_t)s->reach + 1);
    for (size_t i = 0; i < 3; i++) {
        weight(w, predictors[i], "conv0", s->predictor, 3, s->hidden);
        norm(w, predictors[i], "ln0", s->predictor);
        weight(w, predictors[i], "conv1", s->predictor, 3, s->predictor);
        norm(w, predictors[i], "ln1", s->predictor);
        weight(w, predictors[i], "out", 1, 0, s->predictor);
        if (i == 0)
            w->tensors[w->n_tensors - 1].offset = 1.5f; /* dur.out.bias: about e^1.5 frames a phoneme */
    }
    weight(w, "pitch.", "emb", s->hidden, 3, 1);
    weight(w, "energy.", "emb", s->hidden, 3, 1);
    tensor(w, "", "pos.weight", 2, s->hidden, 2, 1, 0.5f, 0.0f);
    stack_tensors(w, "dec", s->decoder_layers, (size_t)s->back + s->ahead + 1);
    weight(w, "dec.", "out", s->n_mels + 2, 0, s->hidden);
}

static void vocoder_tensors(struct writer *w)
{
    const struct tiny_sizes *const s = w->sizes;
    const size_t width = s->voc_width;
    char prefix[32];
    weight(w, "voc.", "in", width, s->voc_in_kernel, s->n_mels + 2);
    for (uint32_t i = 0; i < s->voc_layers; i++) {
        snprintf(prefix, sizeof prefix, "voc.%u.", (unsigned)i);
        weight(w, prefix, "gate", 2 * width, 3, width);
        weight(w, prefix, "out", i + 1 < s->voc_layers ? 2 * width : width, 0, width);
    }
    norm(w, "voc.", "ln", width);
    weight(w, "voc.", "hidden", s->voc_hidden, 0, width);
    weight(w, "voc.", "head", 3 * (s->n_fft / 2 + 1) + s->voc_envelope, 0, s->voc_hidden);
}

static size_t tensor_numbers(const struct tensor *t)
{
    return t->dims[0] * t->dims[1] * t->dims[2];
}

static void write_tensors(struct writer *w)
{
    uint64_t offset = 0;
    for (size_t i = 0; i < w->n_tensors; i++) {
        const struct tensor *const t = &w->tensors[i];
        put_string(w->voice, t->name);
        put_little(w->voice, t->n_dims, 4);
        for (uint32_t d = t->n_dims; d-- > 0;)
            put_little(w->voice, t->dims[d], 8);
        put_little(w->voice, 0, 4); /* F32 */
        put_little(w->voice, offset, 8);
        offset += (tensor_numbers(t) * 4 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    uint32_t state = 12345;
    for (size_t i = 0; i < w->n_tensors; i++) {
        pad(w->voice);
        for (size_t k = 0; k < tensor_numbers(&w->tensors[i]); k++)
            put_f32(w->voice, w->tensors[i].offset + w->tensors[i].scale * tiny_random(&state));
    }
    pad(w->voice);
}

void tiny_voice_open(struct tiny_voice *voice, const struct tiny_sizes *sizes)
{
    struct writer *const w = calloc(1, sizeof *w);
    if (!w)
        abort();
    *voice = (struct tiny_voice){0};
    w->voice = voice;
    w->sizes = sizes;
    put(voice, "GGUF", 4);
    put_little(voice, 3, 4);
    put_little(voice, 0, 8); /* counts, filled in below */
    put_little(voice, 0, 8);
    write_keys(w);
    acoustic_tensors(w);
    if (sizes->voc_width)
        vocoder_tensors(w);
    write_tensors(w);
    const size_t size = voice->size;
    voice->size = 8;
    put_little(voice, w->n_tensors, 8);
    put_little(voice, w->n_keys, 8);
    voice->size = size;
    free(w);
    struct base_error err = {""};
    if (voice_file_open_memory(&voice->file, voice->data, voice->size, &err) != LINNET_OK) {
        fprintf(stderr, "tiny voice: %s\n", err.text);
        abort();
    }
}

void tiny_voice_close(struct tiny_voice *voice)
{
    voice_file_close(&voice->file);
    free(voice->data);
    *voice = (struct tiny_voice){0};
}
