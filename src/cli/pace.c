/* Measures a voice's words a minute. A fixed passage, so that the same --wpm gives the same speed with any text;
 * words count as they do for typists and screen readers, whatever the language of the voice. */
#include "cli/pace.h"
#include "cli/report.h"

#include <string.h>

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

/* Mel frames that the voice predicts for the passage, 0: failed, the engine has the message. */
static size_t count_frames(linnet_engine *engine)
{
    size_t n_frames = 0;
    const linnet_sentence *sentence = NULL;
    if (linnet_text(engine, passage, strlen(passage)) != LINNET_OK)
        return 0;
    while (linnet_sentence_next(engine, &sentence) == LINNET_OK && sentence) {
        linnet_prosody prosody;
        if (linnet_predict(engine, sentence->ids, sentence->n_phonemes, &prosody) != LINNET_OK)
            return 0;
        n_frames += prosody.n_frames;
    }
    return n_frames;
}

int pace_measure(linnet_engine *engine, const linnet_settings *settings, double *words_per_minute)
{
    linnet_settings plain = *settings;
    linnet_voice_info info;
    plain.rate = 1;
    if (linnet_set(engine, &plain) != LINNET_OK)
        return report_failure("--wpm: %s", linnet_error(engine));
    const size_t n_frames = count_frames(engine);
    if (n_frames == 0 || linnet_voice(engine, &info) != LINNET_OK)
        return report_failure("--wpm: can't measure the voice: %s", linnet_error(engine));
    const double minutes = (double)n_frames * info.hop_samples / info.sample_rate / 60;
    *words_per_minute = count_words(passage) / minutes;
    return 0;
}
