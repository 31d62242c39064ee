/* Every exported symbol of linnet.h: checks arguments, then hands over. Nothing else of the library is visible. */
#include "linnet.h"

#include "engine/cast.h"
#include "engine/engine.h"
#include "engine/open.h"
#include "engine/settings.h"
#include "engine/stages.h"
#include "engine/stream.h"
#include "engine/text.h"
#include "engine/user_lexicons.h"
#include "engine/voices.h"

#include "base/alloc.h"

/* linnet_last_open_error() of each thread: a failed open leaves no engine that could hold it. */
static _Thread_local struct base_error last_open_error;

const char *linnet_version(void)
{
    return base_version();
}

const char *linnet_status_text(int status)
{
    return base_status_text(status);
}

void linnet_settings_init(linnet_settings *settings)
{
    if (settings)
        settings_init(settings);
}

int linnet_engine_open(linnet_engine **out, const char *voice, const linnet_settings *settings)
{
    last_open_error.text[0] = '\0';
    if (!out)
        return base_fail(&last_open_error, LINNET_ERR_ARGUMENT, "linnet_engine_open: out is NULL");
    int status = engine_open(out, voice, settings, &last_open_error);
    if (status == LINNET_OK)
        status = stream_open(&(*out)->stream, *out, &last_open_error);
    if (status != LINNET_OK)
        linnet_engine_close(out);
    return status;
}

void linnet_engine_close(linnet_engine **engine)
{
    if (!engine || !*engine)
        return;
    cast_free(&(*engine)->cast);
    stream_close(&(*engine)->stream);
    engine_close(engine);
}

const char *linnet_last_open_error(void)
{
    return last_open_error.text;
}

const char *linnet_error(const linnet_engine *engine)
{
    return engine ? engine->err.text : "no engine";
}

/* What every function that works on an engine starts with: clears its message; `fine` is what must hold for the
 * arguments. */
static int enter(linnet_engine *engine, bool fine, const char *function)
{
    if (!engine)
        return LINNET_ERR_ARGUMENT;
    engine->err.text[0] = '\0';
    if (engine->speaking)
        return base_fail(&engine->err, LINNET_ERR_ARGUMENT, "%s: called from the callback of linnet_speak()", function);
    if (!fine)
        return base_fail(&engine->err, LINNET_ERR_ARGUMENT, "%s: a pointer is NULL or a size is 0", function);
    return LINNET_OK;
}

int linnet_set(linnet_engine *engine, const linnet_settings *settings)
{
    const int status = enter(engine, settings, "linnet_set");
    return status == LINNET_OK ? settings_take(&engine->settings, settings, &engine->err) : status;
}

int linnet_set_punctuation(linnet_engine *engine, int level, const char *characters)
{
    const int status = enter(engine, true, "linnet_set_punctuation");
    if (status != LINNET_OK)
        return status;
    if (level < LINNET_PUNCTUATION_SOME || level > LINNET_PUNCTUATION_ALL)
        return base_fail(&engine->err, LINNET_ERR_ARGUMENT, "linnet_set_punctuation: level %d: must be %d ... %d",
                         level, LINNET_PUNCTUATION_SOME, LINNET_PUNCTUATION_ALL);
    return fe_set_punctuation(engine->fe, level, characters, &engine->err);
}

int linnet_add_lexicon(linnet_engine *engine, const char *path)
{
    const int status = enter(engine, path, "linnet_add_lexicon");
    return status == LINNET_OK ? fe_add_lexicon(engine->fe, path, &engine->err) : status;
}

int linnet_user_lexicons(const char *language, linnet_path_callback callback, void *user)
{
    return language && callback ? user_lexicons(language, callback, user) : LINNET_ERR_ARGUMENT;
}

int linnet_set_files(linnet_engine *engine, const char *folder, linnet_audio_callback callback, void *user)
{
    const int status = enter(engine, true, "linnet_set_files");
    return status == LINNET_OK ? text_set_files(engine, folder, callback, user, &engine->err) : status;
}

const char *linnet_lexicon_error(const linnet_engine *engine)
{
    return engine ? fe_lexicon_warning(engine->fe) : "";
}

int linnet_voice(const linnet_engine *engine, linnet_voice_info *info)
{
    if (!engine || !info)
        return LINNET_ERR_ARGUMENT;
    const struct models *const models = engine->models;
    voices_describe(info, models->voice);
    info->path = engine->path;
    info->lookahead_frames = (int)(am_lookahead_frames(models->acoustic) + voc_lookahead_frames(models->vocoder));
    return LINNET_OK;
}

int linnet_voice_fits(const linnet_voice_info *info, const char *wish)
{
    return info ? voices_fit(info, wish) : 0;
}

int linnet_list_voices(linnet_voice_callback callback, void *user)
{
    return callback ? voices_list(callback, user) : LINNET_ERR_ARGUMENT;
}

int linnet_speak(linnet_engine *engine, const char *text, size_t size, linnet_callback callback, void *user)
{
    int status = enter(engine, (text || size == 0) && callback, "linnet_speak");
    if (status != LINNET_OK)
        return status;
    atomic_store(&engine->cancelled, false);
    engine->speaking = true;
    status = stream_speak(engine->stream, text ? text : "", size, callback, user, &engine->err);
    engine->speaking = false;
    if (status == LINNET_CANCELLED)
        return base_fail(&engine->err, status, "cancelled");
    return status;
}

void linnet_cancel(linnet_engine *engine)
{
    if (engine)
        atomic_store(&engine->cancelled, true);
}

size_t linnet_invalid_bytes(const linnet_engine *engine)
{
    return engine ? engine->warnings.invalid_utf8 : 0;
}

size_t linnet_unknown_phonemes(const linnet_engine *engine)
{
    return engine ? engine->warnings.unknown_phones : 0;
}

int linnet_pace(linnet_engine *engine, double *words_per_minute)
{
    if (words_per_minute)
        *words_per_minute = 0;
    const int status = enter(engine, words_per_minute, "linnet_pace");
    return status == LINNET_OK ? stage_pace(engine, words_per_minute, &engine->err) : status;
}

int linnet_text(linnet_engine *engine, const char *text, size_t size)
{
    int status = enter(engine, text || size == 0, "linnet_text");
    if (status != LINNET_OK)
        return status;
    status = text_set(engine, text ? text : "", size, false, &engine->err);
    engine->warnings = fe_warnings(engine->fe);
    return status;
}

int linnet_sentence_next(linnet_engine *engine, const linnet_sentence **out)
{
    if (out)
        *out = NULL;
    const int status = enter(engine, out, "linnet_sentence_next");
    return status == LINNET_OK ? stage_sentence(engine, out, &engine->err) : status;
}

int linnet_predict(linnet_engine *engine, const int32_t *ids, size_t n, linnet_prosody *out)
{
    if (out)
        *out = (linnet_prosody){0};
    const int status = enter(engine, ids && n > 0 && out, "linnet_predict");
    return status == LINNET_OK ? stage_predict(engine, ids, n, out, &engine->err) : status;
}

/* Results are NULL and 0 until there are some. */
static bool clear_result(float **array, size_t *count)
{
    if (array)
        *array = NULL;
    if (count)
        *count = 0;
    return array && count;
}

int linnet_mel(linnet_engine *engine, const int32_t *ids, size_t n, const int32_t *dur_frames, const float *pitch_hz,
               const float *energy, float **frames, size_t *n_frames)
{
    const bool fine = clear_result(frames, n_frames) && ids && n > 0;
    const int status = enter(engine, fine, "linnet_mel");
    return status == LINNET_OK ? stage_mel(engine, ids, n, dur_frames, pitch_hz, energy, frames, n_frames, &engine->err)
                               : status;
}

int linnet_analyse(linnet_engine *engine, const float *samples, size_t n_samples, float **frames, size_t *n_frames)
{
    const bool fine = clear_result(frames, n_frames) && samples && n_samples > 0;
    const int status = enter(engine, fine, "linnet_analyse");
    return status == LINNET_OK ? stage_analyse(engine, samples, n_samples, frames, n_frames, &engine->err) : status;
}

int linnet_vocode(linnet_engine *engine, const float *frames, size_t n_frames, int griffin_lim, float **samples,
                  size_t *n_samples)
{
    const bool fine = clear_result(samples, n_samples) && frames && n_frames > 0;
    const int status = enter(engine, fine, "linnet_vocode");
    return status == LINNET_OK
               ? stage_vocode(engine, frames, n_frames, griffin_lim != 0, samples, n_samples, &engine->err)
               : status;
}

void linnet_free(void *memory)
{
    base_free(memory);
}
