/* What the files of the German normaliser share: numbers, and the rules of another file. */
#ifndef LINNET_FRONTEND_NORMALIZE_DE_H
#define LINNET_FRONTEND_NORMALIZE_DE_H

#include "frontend/language/normalize_lang.h"

/* What language_de.c puts together. */
extern const struct normaliser de_normaliser;
extern const struct abbreviations de_abbreviations;
extern const struct sentence_words de_sentences;
extern const struct fe_names de_names;
extern const struct norm_emoji de_emoji;

/* What ends a number's word. */
enum de_ending { DE_PLAIN, DE_ORDINAL, DE_BEFORE_NOUN }; /* "eins", "erst-", "ein" */

void de_cardinal(struct norm_pass *pass, const char *digits, size_t n);
void de_ordinal(struct norm_pass *pass, const char *digits, size_t n); /* "dritte" */
void de_say_whole(struct norm_pass *pass, const char *digits, size_t n, enum de_ending ending);
void de_say_value(struct norm_pass *pass, unsigned value, enum de_ending ending);
void de_say_number(struct norm_pass *pass, const struct norm_number *number, enum de_ending ending);
/* 1100 ... 1999 by hundreds: "neunzehnhundertvierundachtzig". */
void de_say_year(struct norm_pass *pass, unsigned year);
unsigned de_read_digits(const char *digits, size_t n);
/* "erst", "zweit", ... of 0 ... 19. */
const char *de_ordinal_stem(unsigned value);

/* The ending of an ordinal after the word before token i. */
const char *de_ordinal_ending(const struct norm_pass *pass, size_t i);

/* Rules of normalize_de_context.c */
size_t de_rule_days(struct norm_pass *pass, size_t i);
size_t de_rule_code(struct norm_pass *pass, size_t i);
size_t de_rule_version(struct norm_pass *pass, size_t i);
size_t de_rule_weekday(struct norm_pass *pass, size_t i);
size_t de_rule_times(struct norm_pass *pass, size_t i);
size_t de_rule_phone(struct norm_pass *pass, size_t i);
size_t de_rule_score(struct norm_pass *pass, size_t i);
size_t de_rule_years(struct norm_pass *pass, size_t i);
size_t de_rule_one(struct norm_pass *pass, size_t i);
size_t de_rule_power(struct norm_pass *pass, size_t i);
size_t de_rule_sign(struct norm_pass *pass, size_t i);
size_t de_rule_fold(struct norm_pass *pass, size_t i);

#endif
