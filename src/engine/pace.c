/* A voice's words a minute, by its own predictions for a fixed passage: the same figure then gives the same speed with
 * any text. Words count as they do for typists and screen readers. */
#include "engine/engine.h"
#include "engine/stages.h"

static const char passage[] =
    "The morning train was late again, so we walked along the river and talked about the summer. "
    "Nobody seemed to mind the rain. When the bridge came into view, my brother stopped, pointed at the water, "
    "and asked whether anyone had ever seen it so high. The old man at the gate only shook his head.";

static int count_words(const char *text)
{
    int n = 1;
    for (; *text; text++)
        n += *text == ' ';
    return n;
}

static int count_frames(linnet_engine *engine, size_t *n_frames, struct base_error *err)
{
    *n_frames = 0;
    const struct reading_modes plain = {0};
    fe_set_reading(engine->fe, &plain);
    fe_set_text(engine->fe, passage, sizeof passage - 1);
    for (;;) {
        const linnet_sentence *sentence = NULL;
        linnet_prosody prosody;
        int status = stage_sentence(engine, &sentence, err);
        if (status != LINNET_OK || !sentence)
            return status;
        status = stage_predict(engine, sentence->ids, sentence->n_phonemes, &prosody, err);
        if (status != LINNET_OK)
            return status;
        *n_frames += prosody.n_frames;
    }
}

int stage_pace(linnet_engine *engine, double *words_per_minute, struct base_error *err)
{
    const float rate = engine->settings.rate;
    size_t n_frames;
    engine->settings.rate = 1.0f;
    const int status = count_frames(engine, &n_frames, err);
    engine->settings.rate = rate;
    if (status != LINNET_OK)
        return status;
    if (n_frames == 0)
        return base_fail(err, LINNET_ERR_VOICE, "the voice says nothing for English text");
    const double minutes = (double)n_frames * engine->meta->hop / engine->meta->sample_rate / 60;
    *words_per_minute = count_words(passage) / minutes;
    return LINNET_OK;
}
