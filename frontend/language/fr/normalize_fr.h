/* What the files of the French normaliser share. */
#ifndef LINNET_FRONTEND_NORMALIZE_FR_H
#define LINNET_FRONTEND_NORMALIZE_FR_H

#include "frontend/language/romance/romance.h"

extern const struct romance fr_normaliser;
extern const struct norm_bible fr_bible;
extern const struct norm_emoji fr_emoji;
extern const struct abbreviations fr_abbreviations;
extern const struct sentence_words fr_sentences;
extern const struct fe_names fr_names;

/* normalize_fr_number.c */
extern const char *const fr_scales[][2];
void fr_below_million(struct norm_pass *pass, unsigned value, enum ro_form form);
void fr_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form);
void fr_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form);
bool fr_is_feminine(const struct norm_pass *pass, size_t i);
bool fr_is_noun(const struct norm_pass *pass, size_t i);
size_t fr_rule_ordinal(struct norm_pass *pass, size_t i);
size_t fr_rule_roman(struct norm_pass *pass, size_t i);

#endif
