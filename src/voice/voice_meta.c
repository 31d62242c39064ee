/* The keys of a voice, see voice_meta.h: tables of plain keys with their ranges, then the few that hang together. Sizes
 * get an upper bound here so that no later product of them can overflow. */
#include "voice/voice_meta.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "linnet.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WIDTH 8192 /* of any layer */
#define MAX_KERNEL 63
#define MAX_FRAMES 1024 /* of reach, in phonemes or frames */
#define FORMAT_VERSION 1

struct string_field {
    const char *key;
    size_t offset; /* of a const char * in struct voice_meta */
    bool required, multiline;
};

struct u32_field {
    const char *key;
    size_t offset;
    uint32_t low, high, multiple_of;
};

struct f32_field {
    const char *key;
    size_t offset;
    float low, high; /* inclusive */
    bool required;
    float fallback;
};

#define AT(member) offsetof(struct voice_meta, member)
#define TINY 1e-30f /* stands for "> 0" */

static const struct string_field string_fields[] = {
    {"general.name", AT(name), true, false},
    {"general.license", AT(license), true, false},
    {"general.description", AT(description), false, true},
    {"linnet.language", AT(language), true, false},
    {"linnet.espeak_voice", AT(espeak_voice), true, false},
    {"linnet.speaker", AT(speaker), true, false},
    {"linnet.gender", AT(gender), true, false},
    {"linnet.teacher", AT(teacher), false, true},
    {"linnet.data_license", AT(data_license), false, true},
    {"linnet.scores", AT(scores), false, true},
    {"linnet.vocoder.kind", AT(vocoder_kind), false, false},
};

static const struct u32_field u32_fields[] = {
    {"linnet.sample_rate", AT(sample_rate), 8000, 48000, 1},
    {"linnet.hop", AT(hop), 64, 1024, 1},
    {"linnet.n_fft", AT(n_fft), 256, 4096, 1},
    {"linnet.mel.bins", AT(n_mels), 16, 256, 1},
    {"linnet.acoustic.hidden", AT(hidden), 8, MAX_WIDTH, 8},
    {"linnet.acoustic.heads", AT(heads), 1, MAX_WIDTH, 1},
    {"linnet.acoustic.filter", AT(filter), 1, MAX_WIDTH, 1},
    {"linnet.acoustic.encoder_layers", AT(encoder_layers), 1, 16, 1},
    {"linnet.acoustic.decoder_layers", AT(decoder_layers), 1, 16, 1},
    {"linnet.acoustic.kernel", AT(kernel), 1, MAX_KERNEL, 1},
    {"linnet.acoustic.predictor", AT(predictor), 1, MAX_WIDTH, 1},
    {"linnet.acoustic.encoder_reach", AT(encoder_reach), 0, MAX_FRAMES, 1},
    {"linnet.acoustic.decoder_back", AT(decoder_back), 0, MAX_FRAMES, 1},
    {"linnet.acoustic.decoder_ahead", AT(decoder_ahead), 0, MAX_FRAMES, 1},
};

static const struct u32_field vocoder_fields[] = {
    {"linnet.vocoder.width", AT(voc_width), 1, MAX_WIDTH, 1},
    {"linnet.vocoder.in_kernel", AT(voc_in_kernel), 1, MAX_KERNEL, 1},
    {"linnet.vocoder.in_ahead", AT(voc_in_ahead), 0, MAX_KERNEL - 1, 1},
    {"linnet.vocoder.hidden", AT(voc_hidden), 1, MAX_WIDTH, 1},
    {"linnet.vocoder.envelope", AT(voc_envelope), 1, MAX_FRAMES, 1},
};

static const struct f32_field f32_fields[] = {
    {"linnet.data_hours", AT(data_hours), 0.0f, 1e9f, false, 0.0f},
    {"linnet.mel.fmin", AT(mel_fmin), 0.0f, 24000.0f, true, 0.0f},
    {"linnet.mel.fmax", AT(mel_fmax), 0.0f, 24000.0f, true, 0.0f},
    {"linnet.mel.floor", AT(mel_floor), TINY, 1.0f, true, 0.0f},
    {"linnet.pitch.mean", AT(pitch_mean), 2.0f, 8.0f, true, 0.0f}, /* 7 Hz ... 3 kHz */
    {"linnet.pitch.std", AT(pitch_std), TINY, 10.0f, true, 0.0f},
    {"linnet.energy.mean", AT(energy_mean), -1000.0f, 1000.0f, true, 0.0f},
    {"linnet.energy.std", AT(energy_std), TINY, 1000.0f, true, 0.0f},
    {"linnet.energy.spread", AT(energy_spread), 0.0f, 10.0f, false, 1.0f},
    {"linnet.gain", AT(gain), TINY, 1000.0f, false, 1.0f},
};

/* What the readers share. */
struct reader {
    struct voice_meta *meta;
    struct voice_meta_memory *memory;
    const struct voice_gguf *gguf;
    struct base_error *err;
};

/* Finds a key and checks its type (`element_type` for arrays). *out is NULL if it is absent and not required. */
static int find(const struct reader *r, const struct voice_key **out, const char *name, uint32_t type,
                uint32_t element_type, bool required)
{
    const struct voice_key *const key = voice_gguf_key(r->gguf, name);
    *out = key;
    if (!key)
        return required ? base_fail(r->err, LINNET_ERR_VOICE, "key '%s': is missing", name) : LINNET_OK;
    if (key->type != type)
        return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': type %s, %s is expected", name,
                         voice_value_type_name(key->type), voice_value_type_name(type));
    if (type == VOICE_ARRAY && key->element_type != element_type)
        return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': array of %s, array of %s is expected", name,
                         voice_value_type_name(key->element_type), voice_value_type_name(element_type));
    return LINNET_OK;
}

/* ---- numbers ---- */

static int read_u32(const struct reader *r, const char *name, uint32_t *out)
{
    const struct voice_key *key;
    const int status = find(r, &key, name, VOICE_U32, 0, true);
    if (status == LINNET_OK)
        *out = voice_load_u32(key->bytes);
    return status;
}

static int read_u32_field(const struct reader *r, const struct u32_field *field)
{
    uint32_t value;
    const int status = read_u32(r, field->key, &value);
    if (status != LINNET_OK)
        return status;
    if (value < field->low || value > field->high)
        return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': %" PRIu32 " is outside %" PRIu32 " to %" PRIu32,
                         field->key, value, field->low, field->high);
    if (value % field->multiple_of != 0)
        return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': %" PRIu32 " isn't a multiple of %" PRIu32, field->key,
                         value, field->multiple_of);
    memcpy((char *)r->meta + field->offset, &value, sizeof value);
    return LINNET_OK;
}

static int read_u32_fields(const struct reader *r, const struct u32_field *fields, size_t count)
{
    int status = LINNET_OK;
    for (size_t i = 0; i < count && status == LINNET_OK; i++)
        status = read_u32_field(r, &fields[i]);
    return status;
}

static int read_f32_field(const struct reader *r, const struct f32_field *field)
{
    const struct voice_key *key;
    const int status = find(r, &key, field->key, VOICE_F32, 0, field->required);
    if (status != LINNET_OK)
        return status;
    const float value = key ? voice_load_f32(key->bytes) : field->fallback;
    if (!(value >= field->low && value <= field->high)) /* a NaN isn't */
        return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': %g is outside %g to %g", field->key, (double)value,
                         (double)field->low, (double)field->high);
    memcpy((char *)r->meta + field->offset, &value, sizeof value);
    return LINNET_OK;
}

static int read_f32_fields(const struct reader *r)
{
    int status = LINNET_OK;
    for (size_t i = 0; i < sizeof f32_fields / sizeof f32_fields[0] && status == LINNET_OK; i++)
        status = read_f32_field(r, &f32_fields[i]);
    return status;
}

/* ---- strings ---- */

/* A checked copy in the text block, which is as long as the header and so has room for every string of it. Control
 * characters are refused because these strings reach terminals. */
static int copy_string(const struct reader *r, const char **out, const char *key, const uint8_t *bytes, size_t length,
                       bool multiline)
{
    for (size_t at = 0; at < length;) {
        const struct base_codepoint c = base_utf8_next((const char *)bytes + at, length - at);
        const bool control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0);
        if (!c.valid)
            return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': byte %zu isn't UTF-8", key, at);
        if (control && !(multiline && (c.value == '\n' || c.value == '\t')))
            return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': control character 0x%02x at byte %zu", key,
                             (unsigned)c.value, at);
        at += c.length;
    }
    char *const copy = r->memory->text + r->memory->text_used;
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    r->memory->text_used += length + 1;
    *out = copy;
    return LINNET_OK;
}

static int read_string_field(const struct reader *r, const struct string_field *field)
{
    const struct voice_key *key;
    int status = find(r, &key, field->key, VOICE_STRING, 0, field->required);
    if (status != LINNET_OK)
        return status;
    const char *text = "";
    if (key)
        status = copy_string(r, &text, field->key, key->bytes, key->count, field->multiline);
    if (status == LINNET_OK && field->required && text[0] == '\0')
        status = base_fail(r->err, LINNET_ERR_VOICE, "key '%s': is empty", field->key);
    if (status == LINNET_OK)
        memcpy((char *)r->meta + field->offset, &text, sizeof text);
    return status;
}

static int read_string_fields(const struct reader *r)
{
    int status = LINNET_OK;
    for (size_t i = 0; i < sizeof string_fields / sizeof string_fields[0] && status == LINNET_OK; i++)
        status = read_string_field(r, &string_fields[i]);
    if (status != LINNET_OK)
        return status;
    const char *const gender = r->meta->gender;
    if (strcmp(gender, "female") != 0 && strcmp(gender, "male") != 0 && strcmp(gender, "neutral") != 0)
        return base_fail(r->err, LINNET_ERR_VOICE, "key 'linnet.gender': isn't female, male or neutral");
    return LINNET_OK;
}

static int read_string_array(const struct reader *r, const char *name, const char ***out, size_t *count)
{
    const struct voice_key *key;
    int status = find(r, &key, name, VOICE_ARRAY, VOICE_STRING, true);
    if (status != LINNET_OK)
        return status;
    const char **const strings = base_alloc(key->count, sizeof *strings);
    if (!strings)
        return base_fail(r->err, LINNET_ERR_MEMORY, "out of memory");
    *out = strings; /* the caller's from here */
    *count = key->count;
    const uint8_t *at = key->bytes; /* lengths were checked by the container's parser */
    for (size_t i = 0; i < key->count && status == LINNET_OK; i++) {
        const size_t length = (size_t)voice_load_u64(at);
        status = copy_string(r, &strings[i], name, at + 8, length, false);
        at += 8 + length;
    }
    return status;
}

static int compare_codepoints(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Fills codes[n] with the table's characters, each of which must be exactly one. */
static int decode_phonemes(const struct reader *r, uint32_t *codes)
{
    for (size_t i = 0; i < r->meta->n_phonemes; i++) {
        const char *const text = r->memory->phonemes[i];
        const size_t length = strlen(text);
        const struct base_codepoint c = length ? base_utf8_next(text, length) : (struct base_codepoint){0};
        if (c.length != length || c.value == 0)
            return base_fail(r->err, LINNET_ERR_VOICE, "key 'linnet.phonemes': entry %zu isn't one character", i);
        codes[i] = c.value;
    }
    return LINNET_OK;
}

static int check_phonemes(const struct reader *r)
{
    const size_t n = r->meta->n_phonemes;
    if (n < 2 || strcmp(r->memory->phonemes[0], "_") != 0)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'linnet.phonemes': needs the boundary mark '_' and then phonemes");
    uint32_t *const codes = base_alloc(n, sizeof *codes);
    if (!codes)
        return base_fail(r->err, LINNET_ERR_MEMORY, "out of memory");
    int status = decode_phonemes(r, codes);
    if (status == LINNET_OK)
        qsort(codes, n, sizeof *codes, compare_codepoints);
    for (size_t i = 1; i < n && status == LINNET_OK; i++)
        if (codes[i] == codes[i - 1])
            status =
                base_fail(r->err, LINNET_ERR_VOICE, "key 'linnet.phonemes': U+%04" PRIX32 " appears twice", codes[i]);
    base_free(codes);
    return status;
}

static int check_rewrites(const struct reader *r, size_t n_strings)
{
    static const char key[] = "key 'linnet.phoneme_rewrite'";
    if (n_strings % 2 != 0)
        return base_fail(r->err, LINNET_ERR_VOICE, "%s: %zu strings aren't pairs", key, n_strings);
    if (n_strings / 2 > VOICE_MAX_REWRITES)
        return base_fail(r->err, LINNET_ERR_VOICE, "%s: %zu pairs, at most %d", key, n_strings / 2, VOICE_MAX_REWRITES);
    for (size_t i = 0; i < n_strings; i++) {
        const size_t length = strlen(r->memory->rewrites[i]);
        if (length == 0 && i % 2 == 0)
            return base_fail(r->err, LINNET_ERR_VOICE, "%s: pair %zu replaces nothing", key, i / 2);
        if (length > VOICE_MAX_REWRITE)
            return base_fail(r->err, LINNET_ERR_VOICE, "%s: pair %zu: a side longer than %d bytes", key, i / 2,
                             VOICE_MAX_REWRITE);
    }
    return LINNET_OK;
}

static int read_phonemes(const struct reader *r)
{
    int status = read_string_array(r, "linnet.phonemes", &r->memory->phonemes, &r->meta->n_phonemes);
    r->meta->phonemes = r->memory->phonemes;
    if (status == LINNET_OK)
        status = check_phonemes(r);
    size_t n_strings = 0;
    if (status == LINNET_OK)
        status = read_string_array(r, "linnet.phoneme_rewrite", &r->memory->rewrites, &n_strings);
    if (status != LINNET_OK)
        return status;
    r->meta->rewrites = r->memory->rewrites;
    r->meta->n_rewrites = n_strings / 2;
    return check_rewrites(r, n_strings);
}

/* ---- what hangs together ---- */

static int check_relations(const struct reader *r)
{
    const struct voice_meta *const m = r->meta;
    if ((m->n_fft & (m->n_fft - 1)) != 0 || m->n_fft < 2 * m->hop)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'linnet.n_fft': %" PRIu32 " isn't a power of two of at least 2 hops (%" PRIu32 ")",
                         m->n_fft, 2 * m->hop);
    if (!(m->mel_fmin < m->mel_fmax) || m->mel_fmax > (float)m->sample_rate / 2.0f)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'linnet.mel.fmax': %g isn't above fmin (%g) and up to half the rate", (double)m->mel_fmax,
                         (double)m->mel_fmin);
    if (m->hidden % m->heads != 0)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'linnet.acoustic.heads': %" PRIu32 " doesn't divide hidden (%" PRIu32 ")", m->heads,
                         m->hidden);
    if (m->kernel % 2 == 0)
        return base_fail(r->err, LINNET_ERR_VOICE, "key 'linnet.acoustic.kernel': %" PRIu32 " isn't odd", m->kernel);
    return LINNET_OK;
}

static int read_layer_array(const struct reader *r, const char *name, uint32_t values[VOICE_MAX_VOCODER_LAYERS],
                            size_t *count)
{
    const struct voice_key *key;
    const int status = find(r, &key, name, VOICE_ARRAY, VOICE_U32, true);
    if (status != LINNET_OK)
        return status;
    if (key->count < 1 || key->count > VOICE_MAX_VOCODER_LAYERS)
        return base_fail(r->err, LINNET_ERR_VOICE, "key '%s': %zu elements, 1 to %d are allowed", name, key->count,
                         VOICE_MAX_VOCODER_LAYERS);
    for (size_t i = 0; i < key->count; i++)
        values[i] = voice_load_u32(key->bytes + 4 * i);
    *count = key->count;
    return LINNET_OK;
}

static int read_vocoder_layers(const struct reader *r)
{
    struct voice_meta *const m = r->meta;
    size_t n_dilations = 0, n_ahead = 0;
    int status = read_layer_array(r, "linnet.vocoder.dilations", m->voc_dilations, &n_dilations);
    if (status == LINNET_OK)
        status = read_layer_array(r, "linnet.vocoder.ahead", m->voc_ahead, &n_ahead);
    if (status != LINNET_OK)
        return status;
    if (n_ahead != n_dilations)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'linnet.vocoder.ahead': %zu elements, as many as dilations (%zu) are expected", n_ahead,
                         n_dilations);
    m->voc_layers = (uint32_t)n_dilations;
    for (size_t i = 0; i < n_dilations; i++) {
        const uint32_t d = m->voc_dilations[i], ahead = m->voc_ahead[i];
        if (d < 1 || d > 64)
            return base_fail(r->err, LINNET_ERR_VOICE,
                             "key 'linnet.vocoder.dilations': element %zu is %" PRIu32 ", 1 to 64 are allowed", i, d);
        if (ahead != 0 && ahead != d && ahead != 2 * d)
            return base_fail(r->err, LINNET_ERR_VOICE,
                             "key 'linnet.vocoder.ahead': element %zu is %" PRIu32
                             ", 0, 1 or 2 times the dilation %" PRIu32 " is expected",
                             i, ahead, d);
    }
    return LINNET_OK;
}

static int read_vocoder(const struct reader *r)
{
    if (!*r->meta->vocoder_kind)
        r->meta->vocoder_kind = voice_gguf_key(r->gguf, "linnet.vocoder.width") ? "wavenet" : "griffin-lim";
    if (strcmp(r->meta->vocoder_kind, "wavenet") != 0)
        return LINNET_OK;
    const int status = read_u32_fields(r, vocoder_fields, sizeof vocoder_fields / sizeof vocoder_fields[0]);
    if (status != LINNET_OK)
        return status;
    if (r->meta->voc_in_ahead >= r->meta->voc_in_kernel)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'linnet.vocoder.in_ahead': %" PRIu32 " isn't below in_kernel (%" PRIu32 ")",
                         r->meta->voc_in_ahead, r->meta->voc_in_kernel);
    if (r->meta->hop % r->meta->voc_envelope != 0)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'linnet.vocoder.envelope': %" PRIu32 " doesn't divide hop (%" PRIu32 ")",
                         r->meta->voc_envelope, r->meta->hop);
    return read_vocoder_layers(r);
}

/* First of all, so that a file of another program or format is called just that. */
static int check_kind(const struct reader *r)
{
    const struct voice_key *key;
    int status = find(r, &key, "general.architecture", VOICE_STRING, 0, true);
    if (status != LINNET_OK)
        return status;
    if (key->count != strlen("linnet") || memcmp(key->bytes, "linnet", key->count) != 0)
        return base_fail(r->err, LINNET_ERR_VOICE,
                         "key 'general.architecture': isn't 'linnet', so this is no Linnet voice");
    uint32_t format;
    status = read_u32(r, "linnet.format", &format);
    if (status == LINNET_OK && format != FORMAT_VERSION)
        status = base_fail(r->err, LINNET_ERR_VOICE, "key 'linnet.format': %" PRIu32 ", only %d can be read", format,
                           FORMAT_VERSION);
    return status;
}

int voice_meta_read(struct voice_meta *meta, struct voice_meta_memory *memory, const struct voice_gguf *gguf,
                    struct base_error *err)
{
    static int (*const steps[])(const struct reader *) = {read_string_fields, read_phonemes, read_f32_fields};
    const struct reader r = {meta, memory, gguf, err};
    *meta = (struct voice_meta){0};
    *memory = (struct voice_meta_memory){.text = base_alloc(gguf->header_bytes, 1)};
    if (!memory->text)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    int status = check_kind(&r);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == LINNET_OK; i++)
        status = steps[i](&r);
    if (status == LINNET_OK)
        status = read_u32_fields(&r, u32_fields, sizeof u32_fields / sizeof u32_fields[0]);
    if (status == LINNET_OK)
        status = check_relations(&r);
    return status == LINNET_OK ? read_vocoder(&r) : status;
}

void voice_meta_clear(struct voice_meta_memory *memory)
{
    base_free(memory->text);
    base_free(memory->phonemes);
    base_free(memory->rewrites);
    *memory = (struct voice_meta_memory){0};
}
