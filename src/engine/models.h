/* What the engines of a voice share: its keys and its two networks' weights, read once a process. Private to
 * src/engine. */
#ifndef LINNET_ENGINE_MODELS_H
#define LINNET_ENGINE_MODELS_H

#include "acoustic/acoustic.h"
#include "base/status.h"
#include "vocoder/vocoder.h"
#include "voice/voice_file.h"

struct models { /* read-only */
    struct voice_file *voice;
    struct acoustic_model *acoustic;
    struct vocoder_model *vocoder;
    size_t n_users;
    struct models *next;
};

/* Those of the voice file at `path`: of an engine that is open, when the file is still the same and unchanged, or else
 * read from it. Any thread. */
BASE_MUST_USE int models_take(struct models **out, const char *path, struct base_error *err);
/* Sets *models to NULL; pointer to NULL is fine. The last user frees them. */
void models_drop(struct models **models);

#endif
