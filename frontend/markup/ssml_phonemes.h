/* Phonemes as people type them -> IPA. */
#ifndef LINNET_FRONTEND_SSML_PHONEMES_H
#define LINNET_FRONTEND_SSML_PHONEMES_H

#include "frontend/utterance.h"

enum ssml_alphabet { SSML_IPA, SSML_X_SAMPA, SSML_ESPEAK };

/* "ipa", "x-sampa", "espeak"; NULL is IPA. false: another one. */
bool ssml_alphabet(const char *name, enum ssml_alphabet *alphabet);

/* Rewrites phonemes into *ipa. *known is false when some of them aren't in the alphabet. false: out of memory. */
BASE_MUST_USE bool ssml_to_ipa(enum ssml_alphabet alphabet, const char *phonemes, struct base_buffer *ipa, bool *known);

#endif
