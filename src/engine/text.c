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

/* For a voice of the cast: a recording that the engine's own front end has loaded. */
static bool copy_recording(void *context, const char *path, float **samples, size_t *n_samples)
{
    const linnet_engine *const engine = context;
    const float *const loaded = fe_recording(engine->fe, path, n_samples);
    *samples = loaded ? base_alloc(*n_samples, sizeof **samples) : NULL;
    if (*samples)
        memcpy(*samples, loaded, *n_samples * sizeof **samples);
    return *samples;
}

static size_t choose_voice(void *context, size_t current, const struct voice_wish *wish)
{
    return cast_choose(context, current, wish);
}

/* Nothing asks for the text as it is written. */
static bool takes_marks_out(const linnet_settings *s)
{
    return s->markdown == LINNET_MARKDOWN_AUTO && s->punctuation <= LINNET_PUNCTUATION_NONE &&
           s->spelling == LINNET_SPELLING_OFF && s->unit == LINNET_UNIT_TEXT;
}

/* The text of `engine`, as `voice`, which is it or one of its cast, reads it. */
static int read_text(linnet_engine *engine, linnet_engine *voice, const char *text, size_t size, bool cast,
                     struct base_error *err)
{
    const linnet_settings *const s = &engine->settings;
    const struct fe_markup markup = {.lenient = engine->settings.ssml == LINNET_SSML_LENIENT,
                                     .pitch_mean = voice->meta->pitch_mean,
                                     .pitch_std = voice->meta->pitch_std,
                                     .cancelled = engine->speaking ? &engine->cancelled : NULL,
                                     .folder = engine->folder,
                                     .load = voice == engine ? load_recording : copy_recording,
                                     .context = engine,
                                     .choose = cast ? choose_voice : NULL};
    if (s->ssml != LINNET_SSML_OFF && s->unit == LINNET_UNIT_TEXT)
        return fe_set_markup(voice->fe, text, size, &markup, err);
    if (s->inline_phonemes && s->unit == LINNET_UNIT_TEXT)
        return fe_set_inline(voice->fe, text, size, err);
    if (takes_marks_out(s) && size <= LINNET_SSML_MAX_BYTES && fe_is_html(text, size))
        return fe_set_html(voice->fe, text, size, &markup, err);
    if (cast && s->unit != LINNET_UNIT_KEY && size <= LINNET_SSML_MAX_BYTES && fe_has_scripts(text, size))
        return fe_set_scripts(voice->fe, text, size, &markup, err);
    fe_set_text(voice->fe, text, size);
    return LINNET_OK;
}

static void set_reading(const linnet_settings *s, struct frontend *fe)
{
    const struct reading_modes reading = {.punctuation = s->punctuation,
                                          .spelling = s->spelling,
                                          .capitals = s->capitals,
                                          .digits = s->digits,
                                          .unit = s->unit,
                                          .markdown = s->markdown};
    const struct fe_pauses pauses = {(float)s->sentence_pause_ms, (float)s->paragraph_pause_ms, (float)s->word_pause_ms,
                                     s->rate};
    fe_set_reading(fe, &reading);
    fe_set_pauses(fe, &pauses);
}

/* Every voice that the text has runs for reads it too. */
static int set_cast(linnet_engine *engine, const char *text, size_t size, struct base_error *err)
{
    int status = LINNET_OK;
    for (size_t i = 0; i < fe_runs(engine->fe) && status == LINNET_OK; i++) {
        const size_t number = fe_run_voice(engine->fe, i);
        linnet_engine *const voice = engine_voice(engine, number);
        if (!number || engine->cast.members[number - 1].reads)
            continue;
        engine->cast.members[number - 1].reads = true;
        set_reading(&engine->settings, voice->fe);
        status = fe_copy_punctuation(voice->fe, engine->fe, err);
        if (status == LINNET_OK)
            status = read_text(engine, voice, text, size, true, err);
    }
    return status;
}

int text_next(linnet_engine *engine, linnet_engine **voice, const struct phone_seq **seq, struct base_error *err)
{
    for (;;) {
        *voice = engine_voice(engine, fe_run_voice(engine->fe, engine->run));
        const int status = fe_next((*voice)->fe, seq, err);
        if (status != LINNET_OK || *seq || engine->run + 1 >= fe_runs(engine->fe))
            return status;
        engine->run++;
        fe_start_run(engine_voice(engine, fe_run_voice(engine->fe, engine->run))->fe, engine->run);
    }
}

void text_end(linnet_engine *engine)
{
    engine->warnings = fe_warnings(engine->fe);
    for (size_t i = 0; i < engine->cast.n_members; i++) {
        struct cast_member *const member = &engine->cast.members[i];
        if (!member->reads)
            continue;
        engine->warnings.unknown_phones += fe_warnings(member->engine->fe).unknown_phones;
        engine->warnings.invalid_utf8 += fe_warnings(member->engine->fe).invalid_utf8;
        fe_set_text(member->engine->fe, "", 0);
        member->reads = false;
    }
    fe_set_text(engine->fe, "", 0);
}

int text_set(linnet_engine *engine, const char *text, size_t size, bool cast, struct base_error *err)
{
    const linnet_settings *const s = &engine->settings;
    cast = cast && s->voices;
    engine->seq = NULL;
    engine->run = 0;
    set_reading(s, engine->fe);
    const int status = read_text(engine, engine, text, size, cast, err);
    return status == LINNET_OK ? set_cast(engine, text, size, err) : status;
}
