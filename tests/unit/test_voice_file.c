/* The voice loader: a right file is read right, and each kind of damage gets its own message. Files are built in
 * memory. */
#include "voice/voice_file.h"

#include "base/alloc.h"
#include "linnet.h"
#include "tests/support/voice_builder.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { T_U8 = 0, T_I32 = 5, T_U32 = 4, T_F32 = 6, T_STRING = 8, T_ARRAY = 9, T_U64 = 10 };

/* ---- a right file ---- */

static const float plain[6] = {1.0f, -2.5f, 0.0f, 1e-20f, 3e10f, -0.0f};
static const uint16_t halves[4] = {0x3C00, 0xC100, 0x0001, 0x7BFF}; /* 1, -2.5, 2^-24, 65504 */

static void add_tensors(struct voice_builder *b)
{
    uint8_t block[34] = {0x00, 0x38}; /* scale 0.5 */
    for (int i = 0; i < 32; i++)
        block[2 + i] = (uint8_t)(i * 8 - 128);
    vb_tensor(b, "plain", 0, (const uint64_t[]){2, 3}, 2, plain, sizeof plain);
    vb_tensor(b, "half", 1, (const uint64_t[]){4}, 1, halves, sizeof halves);
    vb_tensor(b, "byte", 8, (const uint64_t[]){1, 1, 32}, 3, block, sizeof block);
}

static uint8_t *valid_file(size_t *size)
{
    struct voice_builder b;
    vb_init(&b);
    vb_valid_keys(&b, NULL);
    add_tensors(&b);
    uint8_t *const data = vb_finish(&b, size);
    vb_free(&b);
    return data;
}

static void reads_meta(void **state)
{
    (void)state;
    size_t size;
    uint8_t *const data = valid_file(&size);
    struct voice_file *file;
    struct base_error err = {""};
    assert_int_equal(voice_file_open_memory(&file, data, size, &err), LINNET_OK);
    assert_string_equal(err.text, "");
    const struct voice_meta *const meta = voice_file_meta(file);
    assert_string_equal(meta->name, "Testvoice");
    assert_string_equal(meta->description, "");
    assert_int_equal(meta->sample_rate, 24000);
    assert_int_equal(meta->n_phonemes, 6);
    assert_string_equal(meta->phonemes[3], "\xC9\x99");
    assert_int_equal(meta->n_rewrites, 2);
    assert_string_equal(meta->rewrites[0], "a^I");
    assert_string_equal(meta->rewrites[3], "");
    assert_string_equal(meta->vocoder_kind, "wavenet");
    assert_int_equal(meta->voc_layers, 3);
    assert_int_equal(meta->voc_dilations[2], 4);
    assert_int_equal(meta->voc_ahead[1], 2);
    assert_true(meta->gain == 1.0f && meta->data_hours == 0.0f && meta->pitch_std == 0.25f);
    assert_int_equal(voice_file_tensor_count(file), 3);
    assert_int_equal(voice_file_parameter_count(file), 6 + 4 + 32);
    assert_string_equal(voice_file_tensor(file, 0).name, "byte");
    assert_string_equal(voice_file_tensor(file, 0).type, "Q8_0");
    assert_int_equal(voice_file_tensor(file, 0).dims[2], 32);
    assert_string_equal(voice_file_path(file), "(memory)");
    voice_file_close(&file);
    assert_null(file);
    free(data);
}

static void reads_tensors(void **state)
{
    (void)state;
    size_t size;
    uint8_t *const data = valid_file(&size);
    struct voice_file *file;
    assert_int_equal(voice_file_open_memory(&file, data, size, NULL), LINNET_OK);
    float out[32];
    assert_int_equal(voice_tensor_read(file, "plain", (const size_t[]){2, 3}, 2, out, NULL), LINNET_OK);
    assert_memory_equal(out, plain, sizeof plain);
    assert_int_equal(voice_tensor_read(file, "half", (const size_t[]){4}, 1, out, NULL), LINNET_OK);
    assert_true(out[0] == 1.0f && out[1] == -2.5f && out[2] == 0x1p-24f && out[3] == 65504.0f);
    assert_int_equal(voice_tensor_read(file, "byte", (const size_t[]){1, 1, 32}, 3, out, NULL), LINNET_OK);
    assert_true(out[0] == -64.0f && out[16] == 0.0f && out[31] == 60.0f);
    voice_file_close(&file);
    free(data);
}

static void names_wrong_shape(void **state)
{
    (void)state;
    size_t size;
    uint8_t *const data = valid_file(&size);
    struct voice_file *file;
    struct base_error err = {""};
    float out[32];
    assert_int_equal(voice_file_open_memory(&file, data, size, NULL), LINNET_OK);
    assert_int_equal(voice_tensor_read(file, "plain", (const size_t[]){3, 2}, 2, out, &err), LINNET_ERR_VOICE);
    assert_non_null(strstr(err.text, "tensor 'plain': shape [2, 3], [3, 2] is expected"));
    assert_int_equal(voice_tensor_read(file, "plain", (const size_t[]){6}, 1, out, &err), LINNET_ERR_VOICE);
    assert_int_equal(voice_tensor_read(file, "nothing", (const size_t[]){7}, 1, out, &err), LINNET_ERR_VOICE);
    assert_non_null(strstr(err.text, "tensor 'nothing': is missing, [7] is expected"));
    voice_file_close(&file);
    free(data);
}

static void opens_without_vocoder_and_unknown_things(void **state)
{
    (void)state;
    struct voice_builder b;
    vb_init(&b);
    vb_valid_keys(&b, "linnet.vocoder.width");
    vb_raw_key(&b, "other.u8", 8, T_U8, "\x07", 1);
    vb_string(&b, "linnet.description.of.the.future", "x");
    vb_tensor(&b, "unknown", 0, (const uint64_t[]){1}, 1, plain, 4);
    size_t size;
    uint8_t *const data = vb_finish(&b, &size);
    struct voice_file *file;
    assert_int_equal(voice_file_open_memory(&file, data, size, NULL), LINNET_OK);
    assert_string_equal(voice_file_meta(file)->vocoder_kind, "griffin-lim");
    voice_file_close(&file);
    free(data);
    vb_free(&b);
}

/* ---- damage ---- */

static void expect_refusal(const uint8_t *data, size_t size, const char *message)
{
    struct voice_file *file = NULL;
    struct base_error err = {""};
    const int status = voice_file_open_memory(&file, data, size, &err);
    if (status != LINNET_ERR_VOICE || !strstr(err.text, message))
        fail_msg("expected \"%s\", got status %d \"%s\"", message, status, err.text);
    assert_null(file);
}

struct key_damage {
    const char *key;
    uint32_t type; /* of the key that replaces the right one; T_U8: none does */
    double number;
    const char *text, *message;
};

static const struct key_damage key_damages[] = {
    {"general.architecture", T_STRING, 0, "llama", "isn't 'linnet'"},
    {"general.architecture", T_U8, 0, NULL, "'general.architecture': is missing"},
    {"general.name", T_U8, 0, NULL, "'general.name': is missing"},
    {"general.name", T_STRING, 0, "", "'general.name': is empty"},
    {"general.name", T_STRING, 0, "a\x1b[31m", "control character 0x1b at byte 1"},
    {"general.name", T_STRING, 0, "ab\xff", "byte 2 isn't UTF-8"},
    {"general.name", T_U32, 5, NULL, "type u32, string is expected"},
    {"linnet.format", T_U32, 2, NULL, "'linnet.format': 2, only 1"},
    {"linnet.gender", T_STRING, 0, "other", "'linnet.gender'"},
    {"linnet.sample_rate", T_U32, 7999, NULL, "7999 is outside 8000 to 48000"},
    {"linnet.sample_rate", T_U32, 48001, NULL, "48001 is outside"},
    {"linnet.sample_rate", T_F32, 24000, NULL, "type f32, u32 is expected"},
    {"linnet.hop", T_U32, 0, NULL, "'linnet.hop': 0 is outside"},
    {"linnet.hop", T_U32, 513, NULL, "at least 2 hops (1026)"},
    {"linnet.n_fft", T_U32, 1000, NULL, "isn't a power of two"},
    {"linnet.mel.bins", T_U32, 257, NULL, "'linnet.mel.bins': 257"},
    {"linnet.mel.fmin", T_F32, 12000, NULL, "isn't above fmin (12000)"},
    {"linnet.mel.fmin", T_F32, -1, NULL, "'linnet.mel.fmin': -1"},
    {"linnet.mel.fmax", T_F32, 12001, NULL, "half the rate"},
    {"linnet.mel.floor", T_F32, 0, NULL, "'linnet.mel.floor': 0"},
    {"linnet.acoustic.hidden", T_U32, 12, NULL, "12 isn't a multiple of 8"},
    {"linnet.acoustic.hidden", T_U32, 4294967288.0, NULL, "'linnet.acoustic.hidden': 4294967288 is outside"},
    {"linnet.acoustic.heads", T_U32, 3, NULL, "3 doesn't divide hidden (16)"},
    {"linnet.acoustic.heads", T_U32, 0, NULL, "'linnet.acoustic.heads': 0 is outside"},
    {"linnet.vocoder.envelope", T_U32, 7, NULL, "7 doesn't divide hop (300)"},
    {"linnet.vocoder.envelope", T_U32, 0, NULL, "'linnet.vocoder.envelope': 0 is outside"},
    {"linnet.acoustic.kernel", T_U32, 4, NULL, "4 isn't odd"},
    {"linnet.acoustic.encoder_layers", T_U32, 17, NULL, "17 is outside 1 to 16"},
    {"linnet.acoustic.decoder_back", T_U32, 1e9, NULL, "'linnet.acoustic.decoder_back'"},
    {"linnet.pitch.std", T_F32, 0, NULL, "'linnet.pitch.std': 0 is outside"},
    {"linnet.energy.std", T_F32, -1, NULL, "'linnet.energy.std'"},
    {"linnet.vocoder.in_ahead", T_U32, 5, NULL, "isn't below in_kernel (5)"},
    {"linnet.vocoder.dilations", T_U8, 0, NULL, "'linnet.vocoder.dilations': is missing"},
    {"linnet.vocoder.dilations", T_U32, 1, NULL, "type u32, array is expected"},
    {"linnet.phonemes", T_U8, 0, NULL, "'linnet.phonemes': is missing"},
    {"linnet.phonemes", T_STRING, 0, "_ab", "type string, array is expected"},
};

static void refuses_wrong_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof key_damages / sizeof key_damages[0]; i++) {
        const struct key_damage *const damage = &key_damages[i];
        struct voice_builder b;
        vb_init(&b);
        vb_valid_keys(&b, damage->key);
        if (damage->type == T_STRING)
            vb_string(&b, damage->key, damage->text);
        else if (damage->type == T_U32)
            vb_u32(&b, damage->key, (uint32_t)damage->number);
        else if (damage->type == T_F32)
            vb_f32(&b, damage->key, (float)damage->number);
        size_t size;
        uint8_t *const data = vb_finish(&b, &size);
        expect_refusal(data, size, damage->message);
        free(data);
        vb_free(&b);
    }
}

struct array_damage {
    const char *key;
    const char *strings[4];
    uint32_t numbers[3];
    size_t count;
    const char *message;
};

#define LONG_SIDE "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef!"

static const struct array_damage array_damages[] = {
    {"linnet.phonemes", {"_"}, {0}, 1, "needs the boundary mark '_' and then phonemes"},
    {"linnet.phonemes", {"a", "_"}, {0}, 2, "needs the boundary mark"},
    {"linnet.phonemes", {"_", "ab"}, {0}, 2, "entry 1 isn't one character"},
    {"linnet.phonemes", {"_", ""}, {0}, 2, "entry 1 isn't one character"},
    {"linnet.phonemes", {"_", "\xC9"}, {0}, 2, "isn't UTF-8"},
    {"linnet.phonemes", {"_", "a", "\xC9\x99", "a"}, {0}, 4, "U+0061 appears twice"},
    {"linnet.phoneme_rewrite", {"a", "b", "c"}, {0}, 3, "3 strings aren't pairs"},
    {"linnet.phoneme_rewrite", {"a", "b", "", "d"}, {0}, 4, "pair 1 replaces nothing"},
    {"linnet.phoneme_rewrite", {"a", "b", "c", LONG_SIDE}, {0}, 4, "pair 1: a side longer than 64 bytes"},
    {"linnet.phoneme_rewrite", {NULL}, {1, 2}, 2, "array of u32, array of string is expected"},
    {"linnet.vocoder.dilations", {NULL}, {1, 65, 1}, 3, "element 1 is 65, 1 to 64"},
    {"linnet.vocoder.dilations", {NULL}, {0, 1, 1}, 3, "element 0 is 0"},
    {"linnet.vocoder.dilations", {NULL}, {1, 1}, 2, "3 elements, as many as dilations (2)"},
    {"linnet.vocoder.dilations", {NULL}, {0}, 0, "0 elements, 1 to 32"},
    {"linnet.vocoder.ahead", {NULL}, {1, 2, 3}, 3, "element 2 is 3, 0, 1 or 2 times the dilation 4"},
};

static void refuses_wrong_arrays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof array_damages / sizeof array_damages[0]; i++) {
        const struct array_damage *const damage = &array_damages[i];
        struct voice_builder b;
        vb_init(&b);
        vb_valid_keys(&b, damage->key);
        if (damage->strings[0])
            vb_strings(&b, damage->key, damage->strings, damage->count);
        else
            vb_u32s(&b, damage->key, damage->numbers, damage->count);
        size_t size;
        uint8_t *const data = vb_finish(&b, &size);
        expect_refusal(data, size, damage->message);
        free(data);
        vb_free(&b);
    }
}

struct header_damage {
    size_t offset, size;
    uint64_t value;
    const char *message;
};

static const struct header_damage header_damages[] = {
    {0, 1, 'g', "doesn't begin with 'GGUF'"},
    {4, 4, 2, "GGUF version 2, only 3"},
    {4, 4, 0x03000000, "GGUF version 50331648"}, /* big endian */
    {8, 8, 4097, "4097 tensors, at most 4096"},
    {8, 8, UINT64_MAX, "18446744073709551615 tensors"},
    {16, 8, 4097, "4097 keys, at most 4096"},
    {16, 8, UINT64_MAX, "18446744073709551615 keys"},
    {24, 8, 0, "key 0: name of 0 bytes"},
    {24, 8, 65, "key 0: name of 65 bytes"},
    {24, 8, UINT64_MAX, "key 0: name of 18446744073709551615 bytes"},
    {32, 1, 0x1b, "key 0: name has byte 0x1b"},
    {32, 1, 0, "key 0: name has byte 0x00"},
    {52, 4, 13, "key 'general.architecture': unknown type 13"},
    {52, 4, UINT32_MAX, "unknown type 4294967295"},
    {56, 8, 65537, "string of 65537 bytes"},
    {56, 8, UINT64_MAX - 7, "string of 18446744073709551608 bytes"},
    {56, 8, 60000, "key 0: the file ends inside it"},
};

static void refuses_wrong_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof header_damages / sizeof header_damages[0]; i++) {
        const struct header_damage *const damage = &header_damages[i];
        size_t size;
        uint8_t *const data = valid_file(&size);
        for (size_t j = 0; j < damage->size; j++)
            data[damage->offset + j] = (uint8_t)(damage->value >> (8 * j));
        expect_refusal(data, size, damage->message);
        free(data);
    }
}

struct tensor_damage {
    const char *name;
    uint32_t type;
    uint64_t dims[5];
    uint32_t n_dims;
    uint64_t offset;
    const char *message;
};

#define BIG ((uint64_t)1 << 20)
static const struct tensor_damage tensor_damages[] = {
    {"t", 2, {4}, 1, 0, "tensor 't': type 2 isn't F32, F16 or Q8_0"},
    {"t", 0, {4}, 0, 0, "tensor 't': 0 dimensions"},
    {"t", 0, {1, 1, 1, 1, 1}, 5, 0, "tensor 't': 5 dimensions"},
    {"t", 0, {0}, 1, 0, "tensor 't': dimension 0 is 0"},
    {"t", 0, {BIG + 1}, 1, 0, "tensor 't': dimension 0 is 1048577"},
    {"t", 0, {UINT64_MAX, 2}, 2, 0, "tensor 't': dimension 1 is 18446744073709551615"},
    {"t", 0, {BIG, BIG, BIG, BIG}, 4, 0, "tensor 't': more than 67108864 numbers"},
    {"t", 8, {32, 31}, 2, 0, "tensor 't': innermost dimension 31 isn't a multiple of 32"},
    {"t", 0, {4}, 1, 16, "tensor 't': offset 16 isn't a multiple of 32"},
    {"t", 0, {4}, 1, 1 << 20, "tensor 't': 16 bytes at offset 1048576 don't fit"},
    {"t", 0, {4}, 1, UINT64_MAX - 31, "tensor 't': 16 bytes at offset 18446744073709551584 don't fit"},
    {"t", 0, {1000}, 1, 0, "tensor 't': 4000 bytes at offset 0 don't fit"},
    {"t", 0, {4}, 1, 0, "overlaps tensor"},
    {"plain", 0, {4}, 1, 0, "tensor 'plain': appears twice"},
    {"a b", 0, {4}, 1, 0, "tensor 3: name has byte 0x20"},
};

static void refuses_wrong_tensors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tensor_damages / sizeof tensor_damages[0]; i++) {
        const struct tensor_damage *const damage = &tensor_damages[i];
        struct voice_builder b;
        vb_init(&b);
        vb_valid_keys(&b, NULL);
        add_tensors(&b);
        vb_raw_tensor(&b, damage->name, strlen(damage->name), damage->type, damage->dims, damage->n_dims,
                      damage->offset);
        size_t size;
        uint8_t *const data = vb_finish(&b, &size);
        expect_refusal(data, size, damage->message);
        free(data);
        vb_free(&b);
    }
}

static void refuses_numbers_not_finite(void **state)
{
    (void)state;
    static const uint32_t bad_float[2] = {0x3F800000, 0x7F800000};
    static const uint16_t bad_half[3] = {0, 0, 0xFE00};
    uint8_t bad_block[34] = {0x00, 0x7C};
    struct voice_builder b;
    vb_init(&b);
    vb_valid_keys(&b, NULL);
    vb_tensor(&b, "float", 0, (const uint64_t[]){2}, 1, bad_float, sizeof bad_float);
    vb_tensor(&b, "half", 1, (const uint64_t[]){3}, 1, bad_half, sizeof bad_half);
    vb_tensor(&b, "block", 8, (const uint64_t[]){32}, 1, bad_block, sizeof bad_block);
    size_t size;
    uint8_t *const data = vb_finish(&b, &size);
    struct voice_file *file;
    struct base_error err;
    float out[32];
    assert_int_equal(voice_file_open_memory(&file, data, size, NULL), LINNET_OK);
    assert_int_equal(voice_tensor_read(file, "float", (const size_t[]){2}, 1, out, &err), LINNET_ERR_VOICE);
    assert_non_null(strstr(err.text, "tensor 'float': number 1 isn't finite"));
    assert_int_equal(voice_tensor_read(file, "half", (const size_t[]){3}, 1, out, &err), LINNET_ERR_VOICE);
    assert_non_null(strstr(err.text, "tensor 'half': number 2 isn't finite"));
    assert_int_equal(voice_tensor_read(file, "block", (const size_t[]){32}, 1, out, &err), LINNET_ERR_VOICE);
    assert_non_null(strstr(err.text, "tensor 'block': number 0 isn't finite"));
    voice_file_close(&file);
    free(data);
    vb_free(&b);
}

static float exact_half(unsigned half)
{
    const int exponent = (int)(half >> 10 & 31);
    const float mantissa = (float)(half & 1023);
    const float magnitude = exponent ? ldexpf(1024.0f + mantissa, exponent - 25) : ldexpf(mantissa, -24);
    return half & 0x8000 ? -magnitude : magnitude;
}

/* Every finite half-precision number, then the same with an infinity at places around the ends of blocks. */
static void reads_all_halves(void **state)
{
    (void)state;
    enum { N = 2 * 31 * 1024 };
    uint16_t *const halves_in = malloc(N * sizeof *halves_in);
    float *const out = malloc(N * sizeof *out);
    assert_true(halves_in && out);
    for (unsigned i = 0; i < N; i++)
        halves_in[i] = (uint16_t)(i < N / 2 ? i : 0x8000 + (i - N / 2));
    static const unsigned places[] = {N, 0, 31, 32, 1000, N - 1};
    for (size_t c = 0; c < sizeof places / sizeof places[0]; c++) {
        struct voice_builder b;
        vb_init(&b);
        vb_valid_keys(&b, NULL);
        const uint16_t kept = places[c] < N ? halves_in[places[c]] : 0;
        if (places[c] < N)
            halves_in[places[c]] = 0x7C00;
        vb_tensor(&b, "half", 1, (const uint64_t[]){N}, 1, halves_in, N * sizeof *halves_in);
        if (places[c] < N)
            halves_in[places[c]] = kept;
        size_t size;
        uint8_t *const data = vb_finish(&b, &size);
        struct voice_file *file;
        struct base_error err;
        char message[64];
        snprintf(message, sizeof message, "number %u isn't finite", places[c]);
        assert_int_equal(voice_file_open_memory(&file, data, size, NULL), LINNET_OK);
        const int status = voice_tensor_read(file, "half", (const size_t[]){N}, 1, out, &err);
        assert_true(places[c] < N ? status == LINNET_ERR_VOICE && strstr(err.text, message) : status == LINNET_OK);
        for (unsigned i = 0; status == LINNET_OK && i < N; i++)
            assert_true(out[i] == exact_half(halves_in[i]));
        voice_file_close(&file);
        free(data);
        vb_free(&b);
    }
    free(halves_in);
    free(out);
}

static void refuses_odd_containers(void **state)
{
    (void)state;
    static const struct {
        uint32_t type;
        const char *value;
        size_t size;
        const char *message;
    } values[] = {
        {T_ARRAY, "\x09\0\0\0\1\0\0\0\0\0\0\0", 12, "key 'odd': array of type 9"},
        {T_ARRAY, "\x63\0\0\0\1\0\0\0\0\0\0\0", 12, "key 'odd': array of type 99"},
        {T_ARRAY, "\x04\0\0\0\1\0\1\0\0\0\0\0", 12, "key 'odd': array of 65537 elements"},
        {T_ARRAY, "\x0a\0\0\0\0\0\1\0\0\0\0\0", 12, "the file ends inside it"},
        {T_ARRAY, "\x08\0\0\0\1\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", 20, "key 'odd': string of 1844"},
        {T_U64, "1234567", 7, "the file ends inside it"},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct voice_builder b;
        vb_init(&b);
        vb_valid_keys(&b, NULL);
        vb_raw_key(&b, "odd", 3, values[i].type, values[i].value, values[i].size);
        size_t size;
        uint8_t *const data = vb_finish(&b, &size);
        expect_refusal(data, size, values[i].message);
        free(data);
        vb_free(&b);
    }
}

static void obeys_alignment(void **state)
{
    (void)state;
    static const struct {
        uint32_t value;
        size_t real;
        const char *message; /* NULL: right */
    } cases[] = {{64, 64, NULL},
                 {4096, 4096, NULL},
                 {16, 32, "16 isn't a power of two from 32 to 4096"},
                 {8192, 32, "8192 isn't"},
                 {48, 32, "48 isn't"},
                 {0, 32, "0 isn't"},
                 {4096, 32, "the file ends before it"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct voice_builder b;
        vb_init(&b);
        b.alignment = cases[i].real;
        vb_valid_keys(&b, NULL);
        vb_u32(&b, "general.alignment", cases[i].value);
        add_tensors(&b);
        size_t size;
        uint8_t *const data = vb_finish(&b, &size);
        struct voice_file *file = NULL;
        if (cases[i].message)
            expect_refusal(data, size, cases[i].message);
        else
            assert_int_equal(voice_file_open_memory(&file, data, size, NULL), LINNET_OK);
        voice_file_close(&file);
        free(data);
        vb_free(&b);
    }
}

static void refuses_duplicate_keys(void **state)
{
    (void)state;
    struct voice_builder b;
    vb_init(&b);
    vb_valid_keys(&b, NULL);
    vb_string(&b, "general.name", "Second");
    size_t size;
    uint8_t *const data = vb_finish(&b, &size);
    expect_refusal(data, size, "key 'general.name': appears twice");
    free(data);
    vb_free(&b);
}

/* ---- broad damage ---- */

/* Opens an exact-size copy, and reads every tensor if that went well. */
static int open_copy(const uint8_t *data, size_t size)
{
    uint8_t *const copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, data, size);
    struct voice_file *file;
    struct base_error err = {""};
    float out[64];
    const int status = voice_file_open_memory(&file, copy, size, &err);
    assert_true(status == LINNET_OK || err.text[0] != '\0');
    for (uint64_t i = 0; status == LINNET_OK && i < voice_file_tensor_count(file); i++) {
        const struct voice_tensor_info info = voice_file_tensor(file, i);
        size_t n = 1;
        for (size_t d = 0; d < info.n_dims; d++)
            n *= info.dims[d];
        if (n <= 64)
            (void)!voice_tensor_read(file, info.name, info.dims, info.n_dims, out, NULL);
    }
    voice_file_close(&file);
    free(copy);
    return status;
}

static void survives_truncation_everywhere(void **state)
{
    (void)state;
    size_t size;
    uint8_t *const data = valid_file(&size);
    for (size_t cut = 0; cut < size; cut++)
        if (open_copy(data, cut) != LINNET_ERR_VOICE)
            fail_msg("cut at byte %zu of %zu was accepted", cut, size);
    assert_int_equal(open_copy(data, size), LINNET_OK);
    free(data);
}

static void survives_flipped_bits(void **state)
{
    (void)state;
    size_t size;
    uint8_t *const data = valid_file(&size);
    size_t refused = 0;
    for (size_t bit = 0; bit < 8 * size; bit++) {
        data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        refused += open_copy(data, size) == LINNET_ERR_VOICE;
        data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
    assert_true(refused > 4 * size); /* most bits of this file are structure and names */
    free(data);
}

static void survives_failing_allocations(void **state)
{
    (void)state;
    size_t size;
    uint8_t *const data = valid_file(&size);
    long n = 1;
    for (int status = LINNET_ERR_MEMORY; status != LINNET_OK; n++) {
        struct voice_file *file;
        struct base_error err = {""};
        base_alloc_fail_at(n);
        status = voice_file_open_memory(&file, data, size, &err);
        base_alloc_fail_at(0);
        if (status != LINNET_OK) {
            assert_int_equal(status, LINNET_ERR_MEMORY);
            assert_non_null(strstr(err.text, "out of memory"));
            assert_null(file);
        }
        voice_file_close(&file);
    }
    assert_true(n > 6);
    free(data);
}

/* ---- files ---- */

static void opens_files(void **state)
{
    (void)state;
    char path[] = "/tmp/linnet-test-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    struct voice_file *file;
    struct base_error err;
    assert_int_equal(voice_file_open(&file, path, &err), LINNET_ERR_VOICE);
    assert_non_null(strstr(err.text, "the file is empty"));
    size_t size;
    uint8_t *const data = valid_file(&size);
    assert_int_equal(write(fd, data, size), (ssize_t)size);
    close(fd);
    assert_int_equal(voice_file_open(&file, path, &err), LINNET_OK);
    assert_string_equal(voice_file_path(file), path);
    assert_int_equal(voice_file_meta(file)->hop, 300);
    voice_file_close(&file);
    unlink(path);
    assert_int_equal(voice_file_open(&file, path, &err), LINNET_ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, path));
    assert_null(file);
    assert_int_equal(voice_file_open(&file, "/", &err), LINNET_ERR_IO);
    assert_non_null(strstr(err.text, "not a regular file"));
    free(data);
}

/* A mapped file that shrinks ends the program with SIGBUS; a disk that fails as well. */
static void survives_a_file_that_shrinks(void **state)
{
    (void)state;
    char path[] = "/tmp/linnet-test-XXXXXX";
    size_t size;
    uint8_t *const data = valid_file(&size);
    const int fd = mkstemp(path);
    assert_int_equal(write(fd, data, size), (ssize_t)size);
    struct voice_file *file;
    struct base_error err;
    float out[32];
    assert_int_equal(voice_file_open(&file, path, &err), LINNET_OK);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_string_equal(voice_file_meta(file)->name, "Testvoice");
    assert_int_equal(voice_tensor_read(file, "plain", (const size_t[]){2, 3}, 2, out, &err), LINNET_ERR_IO);
    assert_non_null(strstr(err.text, "it became shorter meanwhile"));
    assert_int_equal(pwrite(fd, data, size, 0), (ssize_t)size);
    assert_int_equal(voice_tensor_read(file, "plain", (const size_t[]){2, 3}, 2, out, &err), LINNET_OK);
    assert_memory_equal(out, plain, sizeof plain);
    voice_file_leave(file);
    assert_int_equal(voice_tensor_read(file, "plain", (const size_t[]){2, 3}, 2, out, &err), LINNET_ERR_IO);
    voice_file_close(&file);
    close(fd);
    unlink(path);
    free(data);
}

/* The header is read piece by piece. */
static void opens_files_with_long_headers(void **state)
{
    (void)state;
    char path[] = "/tmp/linnet-test-XXXXXX";
    char text[50001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct voice_builder b;
    vb_init(&b);
    for (int i = 0; i < 20; i++) {
        char key[24];
        snprintf(key, sizeof key, "other.%d", i);
        vb_string(&b, key, text);
    }
    vb_valid_keys(&b, NULL);
    add_tensors(&b);
    size_t size;
    uint8_t *const data = vb_finish(&b, &size);
    vb_free(&b);
    const int fd = mkstemp(path);
    assert_int_equal(write(fd, data, size), (ssize_t)size);
    struct voice_file *file;
    struct base_error err;
    float out[32];
    assert_int_equal(voice_file_open(&file, path, &err), LINNET_OK);
    assert_int_equal(voice_tensor_read(file, "plain", (const size_t[]){2, 3}, 2, out, &err), LINNET_OK);
    assert_memory_equal(out, plain, sizeof plain);
    voice_file_close(&file);
    assert_int_equal(ftruncate(fd, 900000), 0);
    assert_int_equal(voice_file_open(&file, path, &err), LINNET_ERR_VOICE);
    assert_non_null(strstr(err.text, "the file ends inside it"));
    close(fd);
    unlink(path);
    free(data);
}

/* Every type, over the ends of the pieces in which numbers are read. */
static void reads_long_tensors(void **state)
{
    (void)state;
    enum { N = 3 * 2048 + 64 };
    static float floats[N], out[N];
    static uint16_t half[N];
    static uint8_t blocks[N / 32][34];
    for (size_t i = 0; i < N; i++) {
        floats[i] = (float)i;
        half[i] = (uint16_t)(i % 0x7C00);
        blocks[i / 32][1] = 0x3C; /* scale 1 */
        blocks[i / 32][2 + i % 32] = (uint8_t)(i / 32 * 7 + i);
    }
    struct voice_builder b;
    vb_init(&b);
    vb_valid_keys(&b, NULL);
    vb_tensor(&b, "floats", 0, (const uint64_t[]){N}, 1, floats, sizeof floats);
    vb_tensor(&b, "half", 1, (const uint64_t[]){N}, 1, half, sizeof half);
    vb_tensor(&b, "bytes", 8, (const uint64_t[]){N}, 1, blocks, sizeof blocks);
    size_t size;
    uint8_t *const data = vb_finish(&b, &size);
    vb_free(&b);
    struct voice_file *file;
    assert_int_equal(voice_file_open_memory(&file, data, size, NULL), LINNET_OK);
    const size_t dims[] = {N};
    assert_int_equal(voice_tensor_read(file, "floats", dims, 1, out, NULL), LINNET_OK);
    assert_memory_equal(out, floats, sizeof floats);
    assert_int_equal(voice_tensor_read(file, "half", dims, 1, out, NULL), LINNET_OK);
    for (size_t i = 1; i < 1024; i++)
        assert_true(out[i] == (float)i * 0x1p-24f);
    assert_true(out[4096] == 0x1p-11f); /* 0x1000: exponent 4 */
    assert_int_equal(voice_tensor_read(file, "bytes", dims, 1, out, NULL), LINNET_OK);
    for (size_t i = 0; i < N; i++)
        assert_true(out[i] == (float)(int8_t)(uint8_t)(i / 32 * 7 + i));
    voice_file_close(&file);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_meta),
        cmocka_unit_test(reads_tensors),
        cmocka_unit_test(names_wrong_shape),
        cmocka_unit_test(opens_without_vocoder_and_unknown_things),
        cmocka_unit_test(refuses_wrong_keys),
        cmocka_unit_test(refuses_wrong_arrays),
        cmocka_unit_test(refuses_wrong_header),
        cmocka_unit_test(refuses_wrong_tensors),
        cmocka_unit_test(refuses_numbers_not_finite),
        cmocka_unit_test(reads_all_halves),
        cmocka_unit_test(refuses_odd_containers),
        cmocka_unit_test(obeys_alignment),
        cmocka_unit_test(refuses_duplicate_keys),
        cmocka_unit_test(survives_truncation_everywhere),
        cmocka_unit_test(survives_flipped_bits),
        cmocka_unit_test(survives_failing_allocations),
        cmocka_unit_test(opens_files),
        cmocka_unit_test(survives_a_file_that_shrinks),
        cmocka_unit_test(opens_files_with_long_headers),
        cmocka_unit_test(reads_long_tensors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
