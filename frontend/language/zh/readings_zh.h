/* How the Chinese words of a sentence are read. */
#ifndef LINNET_FRONTEND_LANGUAGE_ZH_READINGS_ZH_H
#define LINNET_FRONTEND_LANGUAGE_ZH_READINGS_ZH_H

#include "base/buffer.h"
#include "frontend/language/sentence.h"
#include "words_zh.h"

/* The readings of a word of Chinese characters as it stands in its sentence, third tones as they are alone. Returns how
 * many; 0: it has something else in it, or too many. */
size_t zh_read(const struct sentence *sentence, size_t token, zh_reading readings[ZH_MAX_RUN]);
/* Appends the IPA of a word of Chinese characters, with '^' as tie and Chao's tone letters behind each syllable.
 * Characters that have no reading are called "unknown character", once a word, and counted in *unread. false: the word
 * has something else in it; or, with *failed, out of memory. */
bool zh_say(const struct sentence *sentence, size_t token, struct base_buffer *ipa, size_t *unread, bool *failed);

#endif
