/* Opening and closing of an engine, and its settings. */
#include "engine/engine.h"

#include "base/alloc.h"
#include "engine/stream.h"
#include "voice/voice_find.h"
#include <math.h>
#include <string.h>

#define MAX_PATH 4096

void engine_default_settings(linnet_settings *settings)
{
    *settings = (linnet_settings){ .size = sizeof *settings, .rate = 1.0f, .pitch_range = 1.0f, .volume = 1.0f };
}

static bool in_range(float value, float least, float most)
{
    return value >= least && value <= most; /* false for NaN */
}

/* A larger struct is one of a later version: fine as long as nothing that this version doesn't know is set. */
static bool only_known_fields(const linnet_settings *settings)
{
    for (size_t i = 0; i < sizeof settings->reserved / sizeof settings->reserved[0]; i++)
        if (settings->reserved[i] != 0)
            return false;
    const unsigned char *const bytes = (const unsigned char *)settings;
    for (size_t i = sizeof *settings; i < settings->size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

int engine_take_settings(linnet_settings *out, const linnet_settings *settings, struct base_error *err)
{
    const struct {
        const char *name;
        float value, least, most;
    } ranges[] = {
        { "rate", settings->rate, 0.25f, 6.0f },
        { "pitch_semitones", settings->pitch_semitones, -12.0f, 12.0f },
        { "pitch_range", settings->pitch_range, 0.0f, 2.0f },
        { "volume", settings->volume, 0.0f, 4.0f },
    };
    const struct {
        const char *name;
        int value, most;
    } choices[] = {
        { "threads", settings->threads, 2 },
        { "block_frames", settings->block_frames, ENGINE_MAX_BLOCK },
        { "punctuation", settings->punctuation, LINNET_PUNCTUATION_ALL },
        { "spelling", settings->spelling, LINNET_SPELLING_PHONETIC },
        { "capitals", settings->capitals, LINNET_CAPITALS_ICON },
        { "digits", settings->digits, 1 },
        { "unit", settings->unit, LINNET_UNIT_KEY },
        { "ssml", settings->ssml, LINNET_SSML_LENIENT },
    };
    if (settings->size < sizeof *settings || settings->size > 4096)
        return base_fail(err, LINNET_ERR_ARGUMENT, "settings: size %zu: not filled by linnet_settings_init()",
                         settings->size);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (!in_range(ranges[i].value, ranges[i].least, ranges[i].most))
            return base_fail(err, LINNET_ERR_ARGUMENT, "settings: %s %g: must be %g ... %g", ranges[i].name,
                             (double)ranges[i].value, (double)ranges[i].least, (double)ranges[i].most);
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++)
        if (choices[i].value < 0 || choices[i].value > choices[i].most)
            return base_fail(err, LINNET_ERR_ARGUMENT, "settings: %s %d: must be 0 ... %d", choices[i].name,
                             choices[i].value, choices[i].most);
    if (!only_known_fields(settings))
        return base_fail(err, LINNET_ERR_ARGUMENT, "settings: fields of a later version are set: this one is %s",
                         linnet_version());
    *out = *settings;
    out->size = sizeof *out;
    return LINNET_OK;
}

/* The stages, in the order of the pipeline. */
static int open_stages(linnet_engine *e, struct base_error *err)
{
    int status = fe_open(&e->fe, e->voice, err);
    if (status == LINNET_OK)
        status = am_bind(&e->acoustic_model, e->voice, err);
    for (size_t i = 0; i < 2 && status == LINNET_OK; i++)
        status = am_stream_open(&e->acoustic[i], e->acoustic_model, err);
    if (status == LINNET_OK)
        status = voc_bind(&e->vocoder_model, e->voice, err);
    if (status == LINNET_OK)
        status = voc_stream_open(&e->vocoder, e->vocoder_model, err);
    if (status == LINNET_OK)
        status = stream_open(&e->stream, e, err);
    return status;
}

int engine_open(linnet_engine **out, const char *voice, const linnet_settings *settings, struct base_error *err)
{
    char path[MAX_PATH];
    linnet_engine *engine = base_alloc(1, sizeof *engine);
    *out = NULL;
    if (!engine)
        return base_fail(err, LINNET_ERR_MEMORY, "engine: out of memory");
    atomic_init(&engine->cancelled, false);
    engine_default_settings(&engine->settings);
    int status = settings ? engine_take_settings(&engine->settings, settings, err) : LINNET_OK;
    if (status == LINNET_OK)
        status = voice_find(path, sizeof path, voice, err);
    if (status == LINNET_OK)
        status = voice_file_open(&engine->voice, path, err);
    if (status == LINNET_OK) {
        engine->meta = voice_file_meta(engine->voice);
        status = open_stages(engine, err);
        voice_file_leave(engine->voice);
    }
    if (status != LINNET_OK) {
        engine_close(&engine);
        return status;
    }
    *out = engine;
    return LINNET_OK;
}

void engine_close(linnet_engine **engine)
{
    linnet_engine *const e = *engine;
    if (!e)
        return;
    stream_close(&e->stream);
    voc_stream_close(&e->vocoder);
    voc_unbind(&e->vocoder_model);
    for (size_t i = 0; i < 2; i++)
        am_stream_close(&e->acoustic[i]);
    am_unbind(&e->acoustic_model);
    fe_close(&e->fe);
    voice_file_close(&e->voice);
    base_free(e->folder);
    base_free(e);
    *engine = NULL;
}

int engine_set_files(linnet_engine *engine, const char *folder, linnet_audio_callback load, void *user,
                     struct base_error *err)
{
    char *copy = NULL;
    if (folder) {
        const size_t size = strlen(folder) + 1;
        copy = base_alloc(size, 1);
        if (!copy)
            return base_fail(err, LINNET_ERR_MEMORY, "linnet_set_files: out of memory");
        memcpy(copy, folder, size);
    }
    base_free(engine->folder);
    engine->folder = copy;
    engine->load = load;
    engine->load_user = user;
    return LINNET_OK;
}

static bool load_recording(void *context, const char *path, float **samples, size_t *n_samples)
{
    const linnet_engine *const engine = context;
    *samples = NULL;
    return engine->load &&
           engine->load(engine->load_user, path, (int)engine->meta->sample_rate, samples, n_samples) == 0 && *samples;
}

static int set_markup(linnet_engine *engine, const char *text, size_t size, struct base_error *err)
{
    const struct fe_markup markup = { .lenient = engine->settings.ssml == LINNET_SSML_LENIENT,
                                      .pitch_mean = engine->meta->pitch_mean,
                                      .pitch_std = engine->meta->pitch_std,
                                      .cancelled = engine->speaking ? &engine->cancelled : NULL,
                                      .folder = engine->folder,
                                      .load = load_recording,
                                      .context = engine };
    return fe_set_markup(engine->fe, text, size, &markup, err);
}

int engine_set_text(linnet_engine *engine, const char *text, size_t size, struct base_error *err)
{
    const linnet_settings *const s = &engine->settings;
    const struct fe_reading reading = { .punctuation = s->punctuation,
                                        .spelling = s->spelling,
                                        .capitals = s->capitals,
                                        .digits = s->digits,
                                        .unit = s->unit };
    engine->seq = NULL;
    fe_set_reading(engine->fe, &reading);
    if (s->ssml != LINNET_SSML_OFF && s->unit == LINNET_UNIT_TEXT)
        return set_markup(engine, text, size, err);
    fe_set_text(engine->fe, text, size);
    return LINNET_OK;
}

struct prosody engine_prosody(const linnet_engine *engine)
{
    const linnet_settings *const s = &engine->settings;
    return (struct prosody){ .rate = fminf(fmaxf(s->rate, ENGINE_MIN_NETWORK_RATE), ENGINE_MAX_NETWORK_RATE),
                             .pitch_semitones = s->pitch_semitones,
                             .pitch_range = s->pitch_range };
}

float engine_tempo(const linnet_engine *engine)
{
    return engine->settings.rate / engine_prosody(engine).rate;
}

void engine_voice_info(linnet_voice_info *info, const struct voice_file *file)
{
    const struct voice_meta *const m = voice_file_meta(file);
    *info = (linnet_voice_info){ .path = voice_file_path(file),
                                 .name = m->name,
                                 .language = m->language,
                                 .speaker = m->speaker,
                                 .gender = m->gender,
                                 .license = m->license,
                                 .description = m->description,
                                 .teacher = m->teacher,
                                 .data_license = m->data_license,
                                 .scores = m->scores,
                                 .data_hours = m->data_hours,
                                 .sample_rate = (int)m->sample_rate,
                                 .hop_samples = (int)m->hop,
                                 .n_mels = (int)m->n_mels,
                                 .n_phonemes = (int)m->n_phonemes,
                                 .has_vocoder = m->has_vocoder,
                                 .n_parameters = voice_file_parameter_count(file) };
}
