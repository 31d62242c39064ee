/* SET: a table of names and what each may be. */
#include "speechd/sd_params.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define OCTAVE_SEMITONES 12.0

enum kind { NUMBER, WORD, NAME };

struct param {
    const char *name;
    enum kind kind;
    size_t offset;            /* in struct sd_params */
    const char *const *words; /* WORD: the value is the index of the word */
};

static const char *const punctuation_words[] = {"none", "some", "most", "all", NULL};
static const char *const spelling_words[] = {"off", "on", NULL};
static const char *const capitals_words[] = {"none", "spell", "icon", NULL};
static const char *const voice_words[] = {"male1",   "male2",      "male3",        "female1", "female2",
                                          "female3", "child_male", "child_female", NULL};

#define PLACE(field) offsetof(struct sd_params, field)

static const struct param params_table[] = {
    {"rate", NUMBER, PLACE(rate), NULL},
    {"pitch", NUMBER, PLACE(pitch), NULL},
    {"pitch_range", NUMBER, PLACE(pitch_range), NULL},
    {"volume", NUMBER, PLACE(volume), NULL},
    {"punctuation_mode", WORD, PLACE(punctuation), punctuation_words},
    {"spelling_mode", WORD, PLACE(spelling), spelling_words},
    {"cap_let_recogn", WORD, PLACE(capitals), capitals_words},
    {"voice", WORD, PLACE(voice_type), voice_words},
    {"language", NAME, PLACE(language), NULL},
    {"synthesis_voice", NAME, PLACE(voice), NULL},
};

void sd_params_init(struct sd_params *params)
{
    *params = (struct sd_params){.volume = 100};
}

static enum sd_set set_number(int *place, const char *value)
{
    char *end;
    const long number = strtol(value, &end, 10);
    if (end == value || *end)
        return SD_SET_WRONG;
    *place = number < -100 ? -100 : number > 100 ? 100 : (int)number;
    return SD_SET_FINE;
}

static enum sd_set set_word(int *place, const char *const *words, const char *value)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], value) == 0) {
            *place = i;
            return SD_SET_FINE;
        }
    return SD_SET_WRONG;
}

static enum sd_set set_name(char *place, const char *value)
{
    if (strlen(value) >= SD_MAX_NAME)
        return SD_SET_WRONG;
    strcpy(place, strcmp(value, "NULL") == 0 ? "" : value);
    return SD_SET_FINE;
}

enum sd_set sd_params_set(struct sd_params *params, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof params_table / sizeof *params_table; i++) {
        const struct param *const param = &params_table[i];
        char *const place = (char *)params + param->offset;
        if (strcmp(param->name, name) != 0)
            continue;
        switch (param->kind) {
        case NUMBER: return set_number((int *)(void *)place, value);
        case WORD: return set_word((int *)(void *)place, param->words, value);
        case NAME: return set_name(place, value);
        }
    }
    return SD_SET_UNKNOWN;
}

double sd_params_words_per_minute(const struct sd_params *params, const struct sd_config *config)
{
    const double far = params->rate < 0 ? config->min_rate : config->max_rate * config->rate_boost;
    return config->normal_rate + (far - config->normal_rate) * abs(params->rate) / 100;
}

static float within(double value, double low, double high)
{
    return (float)(value < low ? low : value > high ? high : value);
}

void sd_params_apply(const struct sd_params *params, const struct sd_config *config, double pace, double semitones,
                     linnet_settings *out)
{
    static const int capitals[] = {LINNET_CAPITALS_OFF, LINNET_CAPITALS_WORD, LINNET_CAPITALS_ICON};
    const double pitch = params->pitch * OCTAVE_SEMITONES / 100 + semitones;
    out->rate = within(sd_params_words_per_minute(params, config) / pace, LINNET_MIN_RATE, LINNET_MAX_RATE);
    out->pitch_semitones = within(pitch, -LINNET_MAX_PITCH, LINNET_MAX_PITCH);
    out->pitch_range = within(1 + params->pitch_range / 100.0, 0, LINNET_MAX_PITCH_RANGE);
    out->volume = within((params->volume + 100) / 200.0, 0, 1);
    out->punctuation = LINNET_PUNCTUATION_NONE + params->punctuation;
    out->spelling = params->spelling ? LINNET_SPELLING_LETTERS : LINNET_SPELLING_OFF;
    out->capitals = capitals[params->capitals];
}
