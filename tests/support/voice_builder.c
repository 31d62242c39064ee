/* See voice_builder.h. Out of memory ends the program: this is test code. */
#include "tests/support/voice_builder.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { U32 = 4, F32 = 6, STRING = 8, ARRAY = 9 };

static void put(struct vb_bytes *bytes, const void *data, size_t size)
{
    if (bytes->room - bytes->size < size) {
        bytes->room = 2 * (bytes->size + size);
        bytes->data = realloc(bytes->data, bytes->room);
        if (!bytes->data)
            abort();
    }
    if (size)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

static void put_number(struct vb_bytes *bytes, uint64_t value, size_t size)
{
    uint8_t little[8];
    for (size_t i = 0; i < size; i++)
        little[i] = (uint8_t)(value >> (8 * i));
    put(bytes, little, size);
}

static void put_string(struct vb_bytes *bytes, const char *text, size_t length)
{
    put_number(bytes, length, 8);
    put(bytes, text, length);
}

static void put_zeros(struct vb_bytes *bytes, size_t alignment)
{
    while (bytes->size % alignment != 0)
        put_number(bytes, 0, 1);
}

void vb_init(struct voice_builder *b)
{
    *b = (struct voice_builder){.alignment = 32};
}

void vb_free(struct voice_builder *b)
{
    free(b->keys.data);
    free(b->infos.data);
    free(b->data.data);
    vb_init(b);
}

void vb_raw_key(struct voice_builder *b, const char *key, size_t key_length, uint32_t type, const void *value,
                size_t size)
{
    put_string(&b->keys, key, key_length);
    put_number(&b->keys, type, 4);
    put(&b->keys, value, size);
    b->n_keys++;
}

void vb_u32(struct voice_builder *b, const char *key, uint32_t value)
{
    vb_raw_key(b, key, strlen(key), U32, NULL, 0);
    put_number(&b->keys, value, 4);
}

void vb_f32(struct voice_builder *b, const char *key, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    vb_raw_key(b, key, strlen(key), F32, NULL, 0);
    put_number(&b->keys, bits, 4);
}

void vb_string(struct voice_builder *b, const char *key, const char *value)
{
    vb_raw_key(b, key, strlen(key), STRING, NULL, 0);
    put_string(&b->keys, value, strlen(value));
}

void vb_u32s(struct voice_builder *b, const char *key, const uint32_t *values, size_t count)
{
    vb_raw_key(b, key, strlen(key), ARRAY, NULL, 0);
    put_number(&b->keys, U32, 4);
    put_number(&b->keys, count, 8);
    for (size_t i = 0; i < count; i++)
        put_number(&b->keys, values[i], 4);
}

void vb_strings(struct voice_builder *b, const char *key, const char *const *values, size_t count)
{
    vb_raw_key(b, key, strlen(key), ARRAY, NULL, 0);
    put_number(&b->keys, STRING, 4);
    put_number(&b->keys, count, 8);
    for (size_t i = 0; i < count; i++)
        put_string(&b->keys, values[i], strlen(values[i]));
}

void vb_raw_tensor(struct voice_builder *b, const char *name, size_t name_length, uint32_t type, const uint64_t *dims,
                   uint32_t n_dims, uint64_t offset)
{
    put_string(&b->infos, name, name_length);
    put_number(&b->infos, n_dims, 4);
    for (uint32_t i = 0; i < n_dims; i++)
        put_number(&b->infos, dims[n_dims - 1 - i], 8);
    put_number(&b->infos, type, 4);
    put_number(&b->infos, offset, 8);
    b->n_tensors++;
}

void vb_tensor(struct voice_builder *b, const char *name, uint32_t type, const uint64_t *dims, size_t n_dims,
               const void *data, size_t n_bytes)
{
    put_zeros(&b->data, b->alignment);
    vb_raw_tensor(b, name, strlen(name), type, dims, (uint32_t)n_dims, b->data.size);
    put(&b->data, data, n_bytes);
}

struct default_key {
    const char *name;
    uint32_t type; /* U32, F32 or STRING */
    double number;
    const char *text;
};

static const struct default_key default_keys[] = {
    {"general.architecture", STRING, 0, "linnet"},
    {"general.name", STRING, 0, "Testvoice"},
    {"general.license", STRING, 0, "CC0-1.0"},
    {"linnet.format", U32, 1, NULL},
    {"linnet.language", STRING, 0, "en-US"},
    {"linnet.espeak_voice", STRING, 0, "en-us"},
    {"linnet.speaker", STRING, 0, "Nobody"},
    {"linnet.gender", STRING, 0, "neutral"},
    {"linnet.sample_rate", U32, 24000, NULL},
    {"linnet.hop", U32, 300, NULL},
    {"linnet.n_fft", U32, 1024, NULL},
    {"linnet.mel.bins", U32, 80, NULL},
    {"linnet.mel.fmin", F32, 0, NULL},
    {"linnet.mel.fmax", F32, 12000, NULL},
    {"linnet.mel.floor", F32, 1e-5, NULL},
    {"linnet.acoustic.hidden", U32, 16, NULL},
    {"linnet.acoustic.heads", U32, 2, NULL},
    {"linnet.acoustic.filter", U32, 24, NULL},
    {"linnet.acoustic.encoder_layers", U32, 1, NULL},
    {"linnet.acoustic.decoder_layers", U32, 1, NULL},
    {"linnet.acoustic.kernel", U32, 3, NULL},
    {"linnet.acoustic.predictor", U32, 16, NULL},
    {"linnet.acoustic.encoder_reach", U32, 8, NULL},
    {"linnet.acoustic.decoder_back", U32, 8, NULL},
    {"linnet.acoustic.decoder_ahead", U32, 2, NULL},
    {"linnet.pitch.mean", F32, 5.2, NULL},
    {"linnet.pitch.std", F32, 0.25, NULL},
    {"linnet.energy.mean", F32, -3, NULL},
    {"linnet.energy.std", F32, 1.5, NULL},
    {"linnet.vocoder.width", U32, 16, NULL},
    {"linnet.vocoder.in_kernel", U32, 5, NULL},
    {"linnet.vocoder.in_ahead", U32, 2, NULL},
    {"linnet.vocoder.hidden", U32, 16, NULL},
    {"linnet.vocoder.envelope", U32, 6, NULL},
};

static void add_default(struct voice_builder *b, const struct default_key *key)
{
    if (key->type == STRING)
        vb_string(b, key->name, key->text);
    else if (key->type == U32)
        vb_u32(b, key->name, (uint32_t)key->number);
    else
        vb_f32(b, key->name, (float)key->number);
}

/* Whether a list with spaces between its words has one. */
static bool names(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at++)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

void vb_valid_keys(struct voice_builder *b, const char *skip)
{
    static const char *const phonemes[] = {"_", " ", "a", "\xC9\x99", "t", "."};
    static const char *const rewrites[] = {"a^I", "a", "x", ""};
    static const uint32_t dilations[] = {1, 2, 4}, ahead[] = {2, 2, 0};
    const char *const skipped = skip ? skip : "";
    for (size_t i = 0; i < sizeof default_keys / sizeof default_keys[0]; i++)
        if (!names(skipped, default_keys[i].name))
            add_default(b, &default_keys[i]);
    if (strcmp(skipped, "linnet.phonemes") != 0)
        vb_strings(b, "linnet.phonemes", phonemes, sizeof phonemes / sizeof phonemes[0]);
    if (strcmp(skipped, "linnet.phoneme_rewrite") != 0)
        vb_strings(b, "linnet.phoneme_rewrite", rewrites, sizeof rewrites / sizeof rewrites[0]);
    if (strcmp(skipped, "linnet.vocoder.dilations") != 0)
        vb_u32s(b, "linnet.vocoder.dilations", dilations, 3);
    if (strcmp(skipped, "linnet.vocoder.ahead") != 0)
        vb_u32s(b, "linnet.vocoder.ahead", ahead, 3);
}

uint8_t *vb_finish(const struct voice_builder *b, size_t *size)
{
    struct vb_bytes file = {0};
    put(&file, "GGUF", 4);
    put_number(&file, 3, 4);
    put_number(&file, b->n_tensors, 8);
    put_number(&file, b->n_keys, 8);
    put(&file, b->keys.data, b->keys.size);
    put(&file, b->infos.data, b->infos.size);
    if (b->n_tensors)
        put_zeros(&file, b->alignment);
    put(&file, b->data.data, b->data.size);
    uint8_t *const exact = malloc(file.size);
    if (!exact)
        abort();
    memcpy(exact, file.data, file.size);
    free(file.data);
    *size = file.size;
    return exact;
}
