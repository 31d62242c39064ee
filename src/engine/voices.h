/* What a voice is, and which there are. Private to src/engine. */
#ifndef LINNET_ENGINE_VOICES_H
#define LINNET_ENGINE_VOICES_H

#include "linnet.h"
#include "voice/voice_file.h"

/* Fills *info from a voice file alone; look-ahead 0. Strings belong to the file. */
void voices_describe(linnet_voice_info *info, const struct voice_file *file);

/* linnet_voice_fits(). */
int voices_fit(const linnet_voice_info *info, const char *wish);

/* linnet_list_voices(). */
BASE_MUST_USE int voices_list(linnet_voice_callback callback, void *user);

#endif
