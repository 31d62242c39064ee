/* What the files of the Spanish normaliser share. */
#ifndef LINNET_FRONTEND_NORMALIZE_ES_H
#define LINNET_FRONTEND_NORMALIZE_ES_H

#include "frontend/language/romance/romance.h"

extern const struct romance es_normaliser, es_419_normaliser;
extern const struct norm_bible es_bible;
extern const struct norm_emoji es_emoji;
extern const struct abbreviations es_abbreviations;
extern const struct sentence_words es_sentences;
extern const struct fe_names es_names;

/* normalize_es_number.c */
extern const char *const es_scales[][2];
void es_below_million(struct norm_pass *pass, unsigned value, enum ro_form form);
void es_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form);
void es_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form);
bool es_is_feminine(const struct norm_pass *pass, size_t i);
bool es_is_noun(const struct norm_pass *pass, size_t i);
size_t es_rule_ordinal(struct norm_pass *pass, size_t i);

#endif
