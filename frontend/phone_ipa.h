/* The voice's own characters -> IPA as people read it. */
#ifndef LINNET_FRONTEND_PHONE_IPA_H
#define LINNET_FRONTEND_PHONE_IPA_H

#include "base/compiler.h"
#include "utterance.h"
#include "voice/voice_file.h"

/* Appends the IPA of `phones`, a sentence in the voice's characters, to *ipa: what the voice has one character for,
 * diphthongs and affricates, with the letters that the voice's own rewrite pairs make it from. false: out of memory. */
BASE_MUST_USE bool fe_phone_ipa(const struct voice_meta *meta, const char *phones, struct base_buffer *ipa);

/* The same for each entry of the voice's phoneme table alone: (*out)[n_phonemes], to be base_free()d, point into *text.
 * false: out of memory. */
BASE_MUST_USE bool fe_phone_ipa_table(const struct voice_meta *meta, struct base_buffer *text, const char ***out);

#endif
