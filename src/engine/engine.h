/* What a linnet_engine is. Private to src/engine. */
#ifndef LINNET_ENGINE_H
#define LINNET_ENGINE_H

#include "base/records.h"
#include "base/status.h"
#include "engine/cast.h"
#include "engine/models.h"
#include "frontend/frontend.h"
#include "linnet.h"
#include <stdatomic.h>
#include <stdbool.h>

struct linnet_engine {
    struct models *models;
    const struct voice_meta *meta; /* of the voice */
    char *path;                    /* of its file, as this engine found it; owned */
    struct frontend *fe;
    struct acoustic_stream *acoustic; /* for the stages one by one, and for what the caller's thread speaks */
    struct vocoder_stream *vocoder;
    struct stream *stream; /* work space of linnet_speak() */
    struct cast cast;      /* others that markup may ask for */
    size_t run;            /* of the text (fe_runs) that is being spoken */
    linnet_settings settings;
    linnet_sentence sentence;    /* the last one given out */
    const struct phone_seq *seq; /* what that was made from; NULL: none */
    char *folder;                /* of files that markup names; owned; NULL: the current one */
    linnet_audio_callback load;  /* NULL: recordings aren't played */
    void *load_user;
    struct fe_warnings warnings; /* of the last text */
    struct base_error err;
    bool speaking; /* in linnet_speak(): guards against calls from its callback */
    atomic_bool cancelled;
};

/* Voice number `number` of the text. */
static inline linnet_engine *engine_voice(linnet_engine *engine, size_t number)
{
    return number ? engine->cast.members[number - 1].engine : engine;
}

#endif
