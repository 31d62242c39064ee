/* What a linnet_engine is. Private to src/engine. */
#ifndef LINNET_ENGINE_H
#define LINNET_ENGINE_H

#include "acoustic/acoustic.h"
#include "base/records.h"
#include "base/status.h"
#include "frontend/frontend.h"
#include "linnet.h"
#include "vocoder/vocoder.h"
#include "voice/voice_file.h"
#include <stdatomic.h>
#include <stdbool.h>

/* Beyond these the network's durations stay and libsonic does the rest. The network slurs sounds that are much shorter than those
 * it learnt: at twice the speed half of the words misheard would come from that. */
#define ENGINE_MIN_NETWORK_RATE 0.5f
#define ENGINE_MAX_NETWORK_RATE 1.2f
#define ENGINE_MAX_BLOCK 512         /* frames */

struct linnet_engine {
    struct voice_file *voice;
    const struct voice_meta *meta; /* of voice */
    struct frontend *fe;
    struct acoustic_model *acoustic_model;
    struct vocoder_model *vocoder_model;
    struct acoustic_stream *acoustic[2]; /* one renders while the other one prepares */
    struct vocoder_stream *vocoder;
    struct stream *stream;               /* work space of linnet_speak() */
    linnet_settings settings;
    linnet_sentence sentence;            /* the last one given out */
    const struct phone_seq *seq;         /* what that was made from; NULL: none */
    char *folder;                        /* of files that markup names; owned; NULL: the current one */
    linnet_audio_callback load;          /* NULL: recordings aren't played */
    void *load_user;
    struct fe_warnings warnings;         /* of the last text */
    struct base_error err;
    bool speaking;                       /* in linnet_speak(): guards against calls from its callback */
    atomic_bool cancelled;
};

void engine_default_settings(linnet_settings *settings);
/* Checks *settings, and copies it to *out when all is well. */
BASE_MUST_USE int engine_take_settings(linnet_settings *out, const linnet_settings *settings, struct base_error *err);

BASE_MUST_USE int engine_open(linnet_engine **out, const char *voice, const linnet_settings *settings,
                              struct base_error *err);
void engine_close(linnet_engine **engine);

/* Sets the text to speak, to be read as the settings say. Only markup can be in error, or memory run out. */
BASE_MUST_USE int engine_set_text(linnet_engine *engine, const char *text, size_t size, struct base_error *err);

/* Keeps what linnet_set_files() is given. */
BASE_MUST_USE int engine_set_files(linnet_engine *engine, const char *folder, linnet_audio_callback load, void *user,
                                   struct base_error *err);

/* What the network is asked for; engine_tempo() is the factor that is left for libsonic. */
struct prosody engine_prosody(const linnet_engine *engine);
float engine_tempo(const linnet_engine *engine);

/* Fills *info from a voice file alone; look-ahead 0. Strings belong to the file. */
void engine_voice_info(linnet_voice_info *info, const struct voice_file *file);

#endif
