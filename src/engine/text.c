/* The text to speak, plain or marked up, and the files that markup names. */
#include "engine/text.h"

#include "base/alloc.h"
#include <string.h>

int text_set_files(linnet_engine *engine, const char *folder, linnet_audio_callback load, void *user,
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

int text_set(linnet_engine *engine, const char *text, size_t size, struct base_error *err)
{
    const linnet_settings *const s = &engine->settings;
    const struct reading_modes reading = { .punctuation = s->punctuation,
                                        .spelling = s->spelling,
                                        .capitals = s->capitals,
                                        .digits = s->digits,
                                        .unit = s->unit,
                                        .markdown = s->markdown };
    engine->seq = NULL;
    fe_set_reading(engine->fe, &reading);
    const struct fe_pauses pauses = { (float)engine->settings.sentence_pause_ms, (float)engine->settings.paragraph_pause_ms,
                                      (float)engine->settings.word_pause_ms, engine->settings.rate };
    fe_set_pauses(engine->fe, &pauses);
    if (s->ssml != LINNET_SSML_OFF && s->unit == LINNET_UNIT_TEXT)
        return set_markup(engine, text, size, err);
    if (s->inline_phonemes && s->unit == LINNET_UNIT_TEXT)
        return fe_set_inline(engine->fe, text, size, err);
    fe_set_text(engine->fe, text, size);
    return LINNET_OK;
}
