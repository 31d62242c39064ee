/* The text to speak, plain or marked up, and the files that markup names. Private to src/engine. */
#ifndef LINNET_ENGINE_TEXT_H
#define LINNET_ENGINE_TEXT_H

#include "engine/engine.h"

/* Sets the text to speak, to be read as the settings say; `cast`: they may bring in other voices. Only markup can be in
 * error, or memory run out. */
BASE_MUST_USE int text_set(linnet_engine *engine, const char *text, size_t size, bool cast, struct base_error *err);

/* fe_next() of the text, with the voice that is to speak it. */
BASE_MUST_USE int text_next(linnet_engine *engine, linnet_engine **voice, const struct phone_seq **seq,
                            struct base_error *err);

/* Lets go of the text; engine->warnings has what was odd about it. */
void text_end(linnet_engine *engine);

/* Keeps what linnet_set_files() is given. */
BASE_MUST_USE int text_set_files(linnet_engine *engine, const char *folder, linnet_audio_callback load, void *user,
                                 struct base_error *err);

#endif
