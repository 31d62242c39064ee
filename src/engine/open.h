/* Opening and closing of an engine: its stages, without what linnet_speak() works in. Private to src/engine. */
#ifndef LINNET_ENGINE_OPEN_H
#define LINNET_ENGINE_OPEN_H

#include "engine/engine.h"

BASE_MUST_USE int engine_open(linnet_engine **out, const char *voice, const linnet_settings *settings,
                              struct base_error *err);
void engine_close(linnet_engine **engine);

#endif
