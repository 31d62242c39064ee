/* The settings: defaults, ranges, and what they mean to the network and to libsonic. Private to src/engine. */
#ifndef LINNET_ENGINE_SETTINGS_H
#define LINNET_ENGINE_SETTINGS_H

#include "base/records.h"
#include "base/status.h"
#include "linnet.h"

#define SETTINGS_MAX_BLOCK 512 /* frames */

void settings_init(linnet_settings *settings);
/* Checks *settings, and copies it to *out when all is well. */
BASE_MUST_USE int settings_take(linnet_settings *out, const linnet_settings *settings, struct base_error *err);

/* What the network is asked for. */
struct prosody settings_prosody(const linnet_settings *settings);
/* The factor on speed that is left for libsonic, so that the sentence takes exactly its time at rate 1 / rate; 1: none
 * is needed. */
float settings_tempo(const linnet_settings *settings, const struct phone_prediction *prediction);

#endif
