/* The pipeline of linnet_speak(): sentences through all stages, blocks and events to the callback. Private to
 * src/engine. */
#ifndef LINNET_ENGINE_STREAM_H
#define LINNET_ENGINE_STREAM_H

#include "base/status.h"
#include "linnet.h"

struct stream;

/* Work space for the engine, whose stages exist already. */
BASE_MUST_USE int stream_open(struct stream **out, linnet_engine *engine, struct base_error *err);
void stream_close(struct stream **stream);

/* Arguments are checked. The front end keeps no pointer to the text afterwards. */
BASE_MUST_USE int stream_speak(struct stream *stream, const char *text, size_t size, linnet_callback callback,
                               void *user, struct base_error *err);

#endif
