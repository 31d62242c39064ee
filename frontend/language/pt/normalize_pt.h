/* What the files of the Portuguese normaliser share. */
#ifndef LINNET_FRONTEND_NORMALIZE_PT_H
#define LINNET_FRONTEND_NORMALIZE_PT_H

#include "frontend/language/romance/romance.h"

extern const struct romance pt_normaliser;
extern const struct norm_bible pt_bible;
extern const struct norm_emoji pt_emoji;
extern const struct abbreviations pt_abbreviations;
extern const struct sentence_words pt_sentences;
extern const struct fe_names pt_names;

/* normalize_pt_number.c */
extern const char *const pt_scales[][2];
void pt_below_million(struct norm_pass *pass, unsigned value, enum ro_form form);
void pt_ordinal(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form);
void pt_fraction(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form);
bool pt_is_feminine(const struct norm_pass *pass, size_t i);
bool pt_is_noun(const struct norm_pass *pass, size_t i);

#endif
