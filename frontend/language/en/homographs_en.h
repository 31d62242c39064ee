/* Which of its pronunciations an English word has here: "read", "close", "record". */
#ifndef LINNET_FRONTEND_HOMOGRAPHS_EN_H
#define LINNET_FRONTEND_HOMOGRAPHS_EN_H

#include "base/buffer.h"
#include "frontend/language/sentence.h"

/* As in struct language. */
const char *en_reading(const struct sentence *sentence, size_t token, size_t *length, struct base_buffer *why);

/* homographs_en_table.c, made by voices/train/homographs_en.py */
extern const char
    en_homographs[]; /* "word reading class IPA mark\n": mark '*' is for the word alone, '~' a rare reading */
extern const size_t en_homographs_size;
extern const char en_parts[]; /* "word part-of-speech\n" */
extern const size_t en_parts_size;
extern const char en_weights[]; /* [2^17], each plus 'P' */

#endif
