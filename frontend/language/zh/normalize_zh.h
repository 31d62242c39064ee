/* What the files of Chinese share. */
#ifndef LINNET_FRONTEND_LANGUAGE_ZH_NORMALIZE_ZH_H
#define LINNET_FRONTEND_LANGUAGE_ZH_NORMALIZE_ZH_H

#include "frontend/language/normalize_lang.h"
#include "words_zh.h"

extern const struct normaliser zh_normaliser;
extern const struct norm_emoji zh_emoji;
extern const struct fe_names zh_names;
extern const struct abbreviations zh_abbreviations;
extern const struct sentence_words zh_sentences;

/* ---- numbers (normalize_zh_number.c): words are joined to what is written, without spaces ---- */

/* "一百零五" of digits[n]; one by one if there are too many. `pair`: 2 alone is 两, as before measure words. */
void zh_join_cardinal(struct norm_pass *pass, const char *digits, size_t n, bool pair);
void zh_join_value(struct norm_pass *pass, unsigned long value, bool pair);
/* "二零二四"; `phone`: 1 is 幺, as in telephone numbers. */
void zh_join_digits(struct norm_pass *pass, const char *digits, size_t n, bool phone);
void zh_cardinal(struct norm_pass *pass, const char *digits, size_t n);
/* With sign, decimals, and what follows from its place. */
void zh_join_number(struct norm_pass *pass, const struct norm_number *number, bool pair);
/* A number at token i; a comma that isn't followed by three digits ends it. 0: none. */
size_t zh_read_number(const struct norm_pass *pass, size_t i, struct norm_number *number);
/* Token i stands where a minus is a sign, not a hyphen. */
bool zh_is_free(const struct norm_pass *pass, size_t i);
/* Tokens of a hyphen or tilde at i that touch numbers on both sides; 0: none. */
size_t zh_range_mark(const struct norm_pass *pass, size_t i);
/* One of the characters of a list stands at token i, touching what is before. */
bool zh_follows(const struct norm_pass *pass, size_t i, const char *list);
/* Tokens of the measure word at token i: "个", "小时"; 0: there is none. */
size_t zh_measure(const struct norm_pass *pass, size_t i);
/* Joins the `n` tokens from i on. */
void zh_join_tokens(struct norm_pass *pass, size_t i, size_t n);

/* ---- rules ---- */

size_t zh_rule_phone(struct norm_pass *pass, size_t i); /* normalize_zh_date.c */
size_t zh_rule_date(struct norm_pass *pass, size_t i);
size_t zh_rule_year(struct norm_pass *pass, size_t i);
size_t zh_rule_time(struct norm_pass *pass, size_t i);
size_t zh_rule_score(struct norm_pass *pass, size_t i);
size_t zh_rule_money(struct norm_pass *pass, size_t i); /* normalize_zh_unit.c */
size_t zh_rule_percent(struct norm_pass *pass, size_t i);
size_t zh_rule_unit(struct norm_pass *pass, size_t i);
size_t zh_rule_fraction(struct norm_pass *pass, size_t i); /* normalize_zh_number.c */
size_t zh_rule_range(struct norm_pass *pass, size_t i);
size_t zh_rule_english(struct norm_pass *pass, size_t i);
size_t zh_rule_number(struct norm_pass *pass, size_t i);

#endif
