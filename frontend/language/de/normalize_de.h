/* What the files of the German normaliser share: numbers, and the rules of another file. */
#ifndef LINNET_FRONTEND_NORMALIZE_DE_H
#define LINNET_FRONTEND_NORMALIZE_DE_H

#include "frontend/language/normalize_lang.h"

/* What language_de.c puts together. */
extern const struct normaliser de_normaliser;
extern const struct abbreviations de_abbreviations;
extern const struct sentence_words de_sentences;
extern const struct fe_names de_names;
extern const struct norm_bible de_bible;
extern const struct norm_emoji de_emoji;

/* What ends a number's word. */
enum de_ending { DE_PLAIN, DE_ORDINAL, DE_BEFORE_NOUN }; /* "eins", "erst-", "ein" */

void de_cardinal(struct norm_pass *pass, const char *digits, size_t n);
void de_ordinal(struct norm_pass *pass, const char *digits, size_t n); /* "dritte" */
void de_say_whole(struct norm_pass *pass, const char *digits, size_t n, enum de_ending ending);
void de_say_value(struct norm_pass *pass, unsigned value, enum de_ending ending);
void de_say_number(struct norm_pass *pass, const struct norm_number *number, enum de_ending ending);
/* The stem of an ordinal from 1 on, "zwanzigst", joined to what is there. */
void de_join_ordinal(struct norm_pass *pass, unsigned value);
/* 1100 ... 1999 by hundreds: "neunzehnhundertvierundachtzig". */
void de_say_year(struct norm_pass *pass, unsigned year);
unsigned de_read_digits(const char *digits, size_t n);
/* "erst", "zweit", ... of 0 ... 19. */
const char *de_ordinal_stem(unsigned value);

/* ---- what stands around (normalize_de_ending.c) ---- */

/* The ending of an ordinal after the word before token i. */
const char *de_ordinal_ending(const struct norm_pass *pass, size_t i);
/* The same where no word before tells it: by the gender of the noun at token i; NULL: the noun isn't known. */
const char *de_gender_ending(const struct norm_pass *pass, size_t i);
/* The ending of the ordinal at token i, whose noun is token i + 2; NULL: it starts the text, and the noun isn't known. */
const char *de_noun_ending(const struct norm_pass *pass, size_t i);
bool de_is_dash(const struct norm_pass *pass, size_t i);
/* Token i touches what stands before it, and that isn't an opening bracket, quote or slash. */
bool de_is_glued(const struct norm_pass *pass, size_t i);

/* ---- dates and times (normalize_de_date.c) ---- */

void de_say_day(struct norm_pass *pass, unsigned day, const char *ending);
size_t de_rule_date(struct norm_pass *pass, size_t i);
size_t de_rule_ordinal(struct norm_pass *pass, size_t i);
size_t de_rule_duration(struct norm_pass *pass, size_t i);
size_t de_rule_time(struct norm_pass *pass, size_t i);
size_t de_rule_decade(struct norm_pass *pass, size_t i);
size_t de_rule_days(struct norm_pass *pass, size_t i);
size_t de_rule_weekday(struct norm_pass *pass, size_t i);

/* ---- units (normalize_de_unit.c) ---- */

/* `one`: "ein" or "eine" before it. */
struct de_unit {
    const char *written, *one, *single, *many;
};

/* At token i, and no more letters or digits behind it; NULL: none. */
const struct de_unit *de_find_unit(const struct norm_pass *pass, size_t i, size_t *taken);
const struct de_unit *de_find_currency(const struct norm_pass *pass, size_t i, size_t *taken);
/* The same with anything behind it: "$5". */
const struct de_unit *de_find_sign(const struct norm_pass *pass, size_t i, size_t *taken);

/* ---- money (normalize_de_money.c) ---- */

/* "Mio." behind a number; says it and returns its tokens. */
size_t de_say_magnitude(struct norm_pass *pass, size_t i);
/* "12,50 €" is "zwölf Euro fünfzig". */
void de_say_money(struct norm_pass *pass, const struct norm_number *number, const struct de_unit *currency);
size_t de_rule_money(struct norm_pass *pass, size_t i);

/* ---- quantities (normalize_de_quantity.c) ---- */

size_t de_rule_quantity(struct norm_pass *pass, size_t i);
size_t de_rule_fraction(struct norm_pass *pass, size_t i);
size_t de_rule_per(struct norm_pass *pass, size_t i);

/* ---- words and signs (normalize_de_word.c) ---- */

size_t de_rule_street(struct norm_pass *pass, size_t i);
size_t de_rule_roman(struct norm_pass *pass, size_t i);
size_t de_rule_symbol(struct norm_pass *pass, size_t i);
size_t de_rule_digits(struct norm_pass *pass, size_t i);

/* ---- numbers told by what stands around them (normalize_de_context.c) ---- */

size_t de_rule_code(struct norm_pass *pass, size_t i);
size_t de_rule_version(struct norm_pass *pass, size_t i);
size_t de_rule_times(struct norm_pass *pass, size_t i);
size_t de_rule_phone(struct norm_pass *pass, size_t i);
size_t de_rule_score(struct norm_pass *pass, size_t i);
size_t de_rule_years(struct norm_pass *pass, size_t i);
size_t de_rule_one(struct norm_pass *pass, size_t i);
size_t de_rule_power(struct norm_pass *pass, size_t i);
size_t de_rule_sign(struct norm_pass *pass, size_t i);
size_t de_rule_fold(struct norm_pass *pass, size_t i);

#endif
