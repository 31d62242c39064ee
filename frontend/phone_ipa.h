/* The voice's own characters -> IPA as people read it. */
#ifndef LINNET_FRONTEND_PHONE_IPA_H
#define LINNET_FRONTEND_PHONE_IPA_H

#include "base/compiler.h"
#include "utterance.h"
#include "voice/voice_file.h"

/* Appends the IPA of `phones`, a sentence in the voice's characters, to *ipa: what the voice has one character for, diphthongs and
 * affricates, with the letters that the voice's own rewrite pairs make it from. false: out of memory. */
BASE_MUST_USE bool fe_phone_ipa(const struct voice_meta *meta, const char *phones, struct fe_buffer *ipa);

#endif
