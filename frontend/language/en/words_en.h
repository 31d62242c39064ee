/* English words that espeak-ng says wrong. */
#ifndef LINNET_FRONTEND_WORDS_EN_H
#define LINNET_FRONTEND_WORDS_EN_H

#include "frontend/language/language.h"

extern const struct language_words_said en_us_words, en_gb_words;

/* Articles and "used to", as in struct language. */
const char *en_fit(const struct sentence *sentence, size_t token);

/* words_en_table.c, made by voices/train/words_en.py */
extern const char en_words[];
extern const size_t en_words_size;

#endif
