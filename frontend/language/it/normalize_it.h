/* What the files of the Italian normaliser share. */
#ifndef LINNET_FRONTEND_NORMALIZE_IT_H
#define LINNET_FRONTEND_NORMALIZE_IT_H

#include "frontend/language/romance/romance.h"

extern const struct romance it_normaliser;
extern const struct norm_bible it_bible;
extern const struct norm_emoji it_emoji;
extern const struct abbreviations it_abbreviations;
extern const struct sentence_words it_sentences;
extern const struct fe_names it_names;

/* normalize_it_number.c */
extern const char *const it_scales[][2];
void it_below_million(struct norm_pass *pass, unsigned value, enum ro_form form);
void it_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form);
void it_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form);
const char *it_one_before(const char *noun, size_t length, bool feminine);
bool it_is_feminine(const struct norm_pass *pass, size_t i);
bool it_is_noun(const struct norm_pass *pass, size_t i);

#endif
