/* The settings: defaults, ranges, and what they mean to the network and to libsonic. */
#include "engine/settings.h"

#include <math.h>
#include <stdbool.h>

/* Beyond these libsonic does the rest. The network slurs sounds that are much shorter than those it learnt: at twice
 * the speed half of the words misheard would come from that. At more than 1.7 times it takes the cube root of the
 * speed, since libsonic, which then leaves out two periods of the voice in three, loses as much. */
#define MIN_NETWORK_RATE 0.5f
#define MAX_NETWORK_RATE 1.2f

void settings_init(linnet_settings *settings)
{
    *settings = (linnet_settings){.size = sizeof *settings, .rate = 1.0f, .pitch_range = 1.0f, .volume = 1.0f};
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

int settings_take(linnet_settings *out, const linnet_settings *settings, struct base_error *err)
{
    const struct {
        const char *name;
        float value, least, most;
    } ranges[] = {
        {"rate", settings->rate, LINNET_MIN_RATE, LINNET_MAX_RATE},
        {"pitch_semitones", settings->pitch_semitones, -LINNET_MAX_PITCH, LINNET_MAX_PITCH},
        {"pitch_range", settings->pitch_range, 0.0f, LINNET_MAX_PITCH_RANGE},
        {"volume", settings->volume, 0.0f, LINNET_MAX_VOLUME},
    };
    const struct {
        const char *name;
        int value, most;
    } choices[] = {
        {"threads", settings->threads, LINNET_MAX_THREADS},
        {"block_frames", settings->block_frames, SETTINGS_MAX_BLOCK},
        {"punctuation", settings->punctuation, LINNET_PUNCTUATION_ALL},
        {"spelling", settings->spelling, LINNET_SPELLING_PHONETIC},
        {"capitals", settings->capitals, LINNET_CAPITALS_ICON},
        {"digits", settings->digits, 1},
        {"unit", settings->unit, LINNET_UNIT_KEY},
        {"ssml", settings->ssml, LINNET_SSML_LENIENT},
        {"markdown", settings->markdown, LINNET_MARKDOWN_OFF},
        {"inline_phonemes", settings->inline_phonemes, 1},
        {"voices", settings->voices, 1},
        {"sentence_pause_ms", settings->sentence_pause_ms, LINNET_MAX_PAUSE_MS},
        {"paragraph_pause_ms", settings->paragraph_pause_ms, LINNET_MAX_PAUSE_MS},
        {"word_pause_ms", settings->word_pause_ms, LINNET_MAX_PAUSE_MS},
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
                         base_version());
    *out = *settings;
    out->size = sizeof *out;
    return LINNET_OK;
}

struct prosody settings_prosody(const linnet_settings *settings)
{
    const float most = fmaxf(MAX_NETWORK_RATE, cbrtf(settings->rate));
    return (struct prosody){.rate = fminf(fmaxf(settings->rate, MIN_NETWORK_RATE), most),
                            .speed = settings->rate,
                            .pitch_semitones = settings->pitch_semitones,
                            .pitch_range = settings->pitch_range};
}

float settings_tempo(const linnet_settings *settings, const struct phone_prediction *prediction)
{
    if (settings_prosody(settings).rate == settings->rate)
        return 1.0f;
    return (float)((double)settings->rate * (double)prediction->n_frames / prediction->usual_frames);
}
