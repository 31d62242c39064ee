/* The voice that somebody means: a file, a name, a language, or a kind of speaker. */
#ifndef LINNET_VOICE_CHOOSE_H
#define LINNET_VOICE_CHOOSE_H

#include "base/status.h"
#include <stddef.h>

/* What a choice goes by; no pointer is NULL. */
struct voice_traits {
    const char *path, *name, *language, *gender;
};

/* How well a voice is what a wish asks for: see linnet_voice_fits(). */
int voice_fits(const struct voice_traits *voice, const char *wish);

/* Writes the path of a voice into path[size]: what voice_find() finds; else, the voice that fits best, then
 * VOICE_DEFAULT_NAME, then the first by name. Voices that can't be opened don't count. LINNET_ERR_NOT_FOUND,
 * LINNET_ERR_ARGUMENT, LINNET_ERR_MEMORY. */
BASE_MUST_USE int voice_choose(char *path, size_t size, const char *wish, struct base_error *err);

#endif
