/* The border to espeak-ng: text -> IPA. espeak-ng keeps one voice and its state in globals, so there is one lock for
 * the process; all that the rest of Linnet sees is this header. */
#ifndef LINNET_FRONTEND_PHONEMIZE_H
#define LINNET_FRONTEND_PHONEMIZE_H

#include "base/status.h"
#include "utterance.h"

/* Starts espeak-ng (once a process) and checks that it has this voice. LINNET_ERR_ESPEAK with message if not. */
BASE_MUST_USE int fe_espeak_check(const char *voice, struct base_error *err);

/* The voice for a BCP 47 tag or a locale: "de-AT" and "de_AT.UTF-8" are "de", "en-GB" is "en-gb". Writes
 * voice[FE_ESPEAK_NAME]; false: there is none. */
#define FE_ESPEAK_NAME 64
bool fe_espeak_find(const char *tag, char *voice);

/* Appends the IPA of `text` (UTF-8, NUL-terminated, one clause) to *ipa, with '^' as tie between the letters of one
 * phoneme and one space between words. */
BASE_MUST_USE int fe_espeak_ipa(const char *voice, const char *text, struct base_buffer *ipa, struct base_error *err);

#endif
