/* --wpm: how fast a voice speaks by itself. */
#ifndef LINNET_PACE_H
#define LINNET_PACE_H

#include "linnet.h"

/* Words a minute of the engine's voice on a passage of everyday English at rate 1, by its own predictions. Leaves the
 * engine at the settings given, with rate 1. 0, or an exit status after a message. */
int pace_measure(linnet_engine *engine, const linnet_settings *settings, double *words_per_minute);

#endif
