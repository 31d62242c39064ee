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

/* What the network is asked for; settings_tempo() is the factor on speed that is left for libsonic. */
struct prosody settings_prosody(const linnet_settings *settings);
float settings_tempo(const linnet_settings *settings);

#endif
