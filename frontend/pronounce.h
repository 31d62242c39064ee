/* The tokens of a sentence -> IPA of each word, in the voice's characters. */
#ifndef LINNET_FRONTEND_PRONOUNCE_H
#define LINNET_FRONTEND_PRONOUNCE_H

#include "base/status.h"
#include "phone_map.h"
#include "utterance.h"

struct pronouncer;

/* Starts espeak-ng and checks its voice. `voice` (name for espeak-ng) and `map` must outlive the pronouncer. */
BASE_MUST_USE int fe_pronounce_open(struct pronouncer **out, const char *voice, const struct phone_map *map,
                                    struct base_error *err);
void fe_pronounce_close(struct pronouncer **pronouncer);

/* Fills in utt->ipa and the tokens' IPA. */
BASE_MUST_USE int fe_pronounce(struct pronouncer *pronouncer, struct utterance *utt, struct base_error *err);

/* The IPA of a word on its own, in this voice of espeak-ng (NULL: the pronouncer's). *ipa is borrowed until the next
 * call. */
BASE_MUST_USE int fe_pronounce_alone(struct pronouncer *pronouncer, const char *voice, const char *text, size_t size,
                                     const char **ipa, size_t *length, struct base_error *err);

#endif
