/* What SET sets, and how it turns into the library's settings. */
#ifndef LINNET_SD_PARAMS_H
#define LINNET_SD_PARAMS_H

#include "base/compiler.h"
#include "linnet.h"
#include "speechd/sd_config.h"

#define SD_MAX_NAME 256

enum sd_voice_type { SD_MALE1, SD_MALE2, SD_MALE3, SD_FEMALE1, SD_FEMALE2, SD_FEMALE3, SD_CHILD_MALE, SD_CHILD_FEMALE };

struct sd_params {
    int rate, pitch, pitch_range, volume; /* -100 ... 100 */
    int punctuation;                      /* none, some, most, all: 0 ... 3 */
    int spelling;                         /* off, on: 0, 1 */
    int capitals;                         /* none, spell, icon: 0 ... 2 */
    int voice_type;                       /* enum sd_voice_type */
    char language[SD_MAX_NAME];           /* "en-US"; "": any */
    char voice[SD_MAX_NAME];              /* a voice's name; "": by language and type */
};

void sd_params_init(struct sd_params *params);

enum sd_set { SD_SET_FINE, SD_SET_UNKNOWN, SD_SET_WRONG };

/* Sets one. Numbers beyond -100 ... 100 are cut to it. SD_SET_UNKNOWN: no such name; SD_SET_WRONG: it can't have this
 * value, and keeps the one it has. */
BASE_MUST_USE enum sd_set sd_params_set(struct sd_params *params, const char *name, const char *value);

/* Words a minute at speech-dispatcher's rate, -100 ... 100. Monotonic, without a jump. */
double sd_params_words_per_minute(const struct sd_params *params, const struct sd_config *config);

/* The library's settings. `pace`: words a minute of the voice at rate 1; `semitones`: what the voice type adds to the
 * pitch. */
void sd_params_apply(const struct sd_params *params, const struct sd_config *config, double pace, double semitones,
                     linnet_settings *out);

#endif
