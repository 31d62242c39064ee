/* The installed voices: listed, chosen by SET's parameters, opened when they are needed. */
#ifndef LINNET_SD_VOICES_H
#define LINNET_SD_VOICES_H

#include "base/compiler.h"
#include "linnet.h"
#include "speechd/sd_config.h"
#include "speechd/sd_lexicon.h"
#include "speechd/sd_log.h"
#include "speechd/sd_params.h"

struct sd_voice {
    char *name, *language, *gender, *path;
    linnet_engine *engine;       /* NULL: not open */
    double pace;                 /* words a minute at rate 1; of an open one */
    struct sd_lexicons lexicons; /* of an open one */
    unsigned long used;          /* when, in counts of sd_voices_engine() */
    bool broken;                 /* opening it has failed */
};

struct sd_voices {
    struct sd_voice *items; /* [count] */
    size_t count;
    struct sd_voice *usual; /* the default voice */
    unsigned long clock;
    const struct sd_config *config;
    struct sd_log *log;
};

/* Lists what is installed; what can't be used is skipped with a line in the log. The list and the names don't change
 * afterwards, so any thread may read them. `config` is borrowed. false: no voice at all, or out of memory; *why says
 * what. */
BASE_MUST_USE bool sd_voices_open(struct sd_voices *voices, const struct sd_config *config, struct sd_log *log,
                                  const char **why);
void sd_voices_close(struct sd_voices *voices);

/* linnet_voice_fits() of it. */
int sd_voice_fits(const struct sd_voice *voice, const char *wish);

/* The voice for the parameters; the default one when nothing fits. *semitones: what tells its type apart when the same
 * voice has to serve for several. */
struct sd_voice *sd_voices_choose(struct sd_voices *voices, const struct sd_params *params, double *semitones);

/* Its engine, opened if it isn't; the one used least recently is closed for it. NULL: it can't be opened (a line in
 * the log says why). One thread only. */
linnet_engine *sd_voices_engine(struct sd_voices *voices, struct sd_voice *voice);

#endif
