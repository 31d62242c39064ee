/* The voice that somebody means: a file, a name, a language, or a kind of speaker. */
#ifndef LINNET_VOICE_CHOOSE_H
#define LINNET_VOICE_CHOOSE_H

#include "base/status.h"
#include <stddef.h>

/* Writes the path of a voice into path[size]: what voice_find() finds; else, when `wish` is a BCP 47 tag or a locale ("de", "en-GB",
 * "pt_BR"), "male" or "female", or a tag with a variant as espeak-ng has them ("en+f3": female, "+m1": male), the voice that fits best:
 * the more of the tag agrees the better, then the gender, then VOICE_DEFAULT_NAME, then the names' order. Voices that can't be opened
 * don't count. LINNET_ERR_NOT_FOUND, LINNET_ERR_ARGUMENT, LINNET_ERR_MEMORY. */
BASE_MUST_USE int voice_choose(char *path, size_t size, const char *wish, struct base_error *err);

#endif
