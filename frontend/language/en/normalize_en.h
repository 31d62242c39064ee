/* What the files of the English normaliser share. Each file has its tables and, at its end, its rules; the list of all
 * rules in their order is in normalize_en.c. */
#ifndef LINNET_FRONTEND_NORMALIZE_EN_H
#define LINNET_FRONTEND_NORMALIZE_EN_H

#include "frontend/language/normalize_lang.h"

/* Both kinds of English, as variants of the language. British: day before month, "and" behind hundreds, metres. */
enum { EN_US, EN_GB };

static inline bool en_is_british(const struct norm_pass *pass)
{
    return pass->lang->variant == EN_GB;
}

/* What language_en.c puts together. */
extern const struct normaliser en_normaliser;
extern const struct abbreviations en_abbreviations;
extern const struct sentence_words en_sentences;
extern const struct fe_names en_names;
extern const struct norm_bible en_bible;
extern const struct norm_emoji en_emoji;

/* ---- numbers (normalize_en_number.c) ---- */

void en_cardinal(struct norm_pass *pass, const char *digits, size_t n);
void en_ordinal(struct norm_pass *pass, const char *digits, size_t n);
void en_ordinal_value(struct norm_pass *pass, unsigned long value);
/* 1984 nineteen eighty-four, 1905 nineteen oh five, 2007 two thousand seven. */
void en_year(struct norm_pass *pass, unsigned long year);
/* Two digits behind a pair: "oh five", "forty-five"; nothing for 0. */
void en_pair(struct norm_pass *pass, unsigned long value);
void en_say_number(struct norm_pass *pass, const struct norm_number *number);
/* "thousand", "million" behind a number; token i is "million", "bn", "k" ...; NULL: none. `money` allows "m", "b",
 * "k". */
const char *en_magnitude(const struct norm_pass *pass, size_t i, bool money);
/* Reads a fraction character or "1/2"; returns tokens. */
size_t en_read_fraction(const struct norm_pass *pass, size_t i, unsigned long *above, unsigned long *below);
/* Reads a decade's end behind a year's digits: "s", "'s". */
size_t en_plural_end(const struct norm_pass *pass, size_t i);
/* "st", "nd's": the end of an ordinal, whatever its number. */
bool en_is_ordinal_end(const struct norm_pass *pass, size_t i);
/* Makes the number word that was said last a plural: "sixteens", "twenties". */
void en_join_plural(struct norm_pass *pass);
bool en_is_dash(const struct norm_pass *pass, size_t i);
/* Token i touches what stands before it, and that isn't an opening bracket, quote, dash between words or the like. */
bool en_is_glued_before(const struct norm_pass *pass, size_t i);
/* Token i is a letter or digit that touches a number's end: the number goes on as something else. */
bool en_is_glued_behind(const struct norm_pass *pass, size_t i);

/* The noun behind a number is counted, so the number is no year: "1500 people". */
bool en_counts(const struct norm_pass *pass, size_t i);
/* "a $20 bill", "a 45° angle": the number at token i, with what belongs to it up to token `next`, stands before a noun,
 * and its unit is singular. */
bool en_is_attribute(const struct norm_pass *pass, size_t i, size_t next);

/* The dash of "Q1-Q3", "A1-A10": a letter and a number on both sides, the second number is greater. */
bool en_is_between_labels(const struct norm_pass *pass, size_t i);

size_t en_rule_number(struct norm_pass *pass, size_t i);
size_t en_rule_ordinal(struct norm_pass *pass, size_t i);
size_t en_rule_fraction(struct norm_pass *pass, size_t i);
size_t en_rule_decade(struct norm_pass *pass, size_t i);
size_t en_rule_range(struct norm_pass *pass, size_t i);

/* ---- digits in groups (normalize_en_phone.c) ---- */

size_t en_rule_version(struct norm_pass *pass, size_t i);
size_t en_rule_phone(struct norm_pass *pass, size_t i);

/* ---- dates and times (normalize_en_date.c) ---- */

size_t en_rule_date(struct norm_pass *pass, size_t i);
size_t en_rule_month(struct norm_pass *pass, size_t i);
size_t en_rule_duration(struct norm_pass *pass, size_t i);
size_t en_rule_weekday(struct norm_pass *pass, size_t i);
size_t en_rule_day_month(struct norm_pass *pass, size_t i);
size_t en_rule_time(struct norm_pass *pass, size_t i);
size_t en_rule_half(struct norm_pass *pass, size_t i);
/* 1 ... 12, 0: token i is no month. `dot`: an abbreviation's dot stands behind it. */
unsigned en_month(const struct norm_pass *pass, size_t i, bool *dot);
/* A weekday or a month cut short, with its dot. */
bool en_is_short_date(const struct norm_pass *pass, size_t i);

/* ---- beside the words (normalize_en_note.c) ---- */

size_t en_rule_section(struct norm_pass *pass, size_t i);
size_t en_rule_quoted_sign(struct norm_pass *pass, size_t i);
size_t en_rule_groups(struct norm_pass *pass, size_t i);
size_t en_rule_time_to(struct norm_pass *pass, size_t i);
size_t en_rule_dashed_date(struct norm_pass *pass, size_t i);

/* ---- money (normalize_en_money.c) ---- */

size_t en_rule_money(struct norm_pass *pass, size_t i);

/* ---- units (normalize_en_unit.c) ---- */

size_t en_rule_unit(struct norm_pass *pass, size_t i);
size_t en_rule_by(struct norm_pass *pass, size_t i);
/* Tokens of a unit at token i behind a number. */
size_t en_unit_length(const struct norm_pass *pass, size_t i);
size_t en_rule_picture(struct norm_pass *pass, size_t i);
size_t en_rule_feet(struct norm_pass *pass, size_t i);
size_t en_rule_per(struct norm_pass *pass, size_t i);
size_t en_rule_compass(struct norm_pass *pass, size_t i);

/* ---- words (normalize_en_word.c) ---- */

size_t en_rule_state(struct norm_pass *pass, size_t i);
size_t en_rule_dotted(struct norm_pass *pass, size_t i);
size_t en_rule_roman(struct norm_pass *pass, size_t i);
size_t en_rule_small_roman(struct norm_pass *pass, size_t i);
size_t en_rule_interjection(struct norm_pass *pass, size_t i);

/* ---- capitals (normalize_en_capitals.c) ---- */

size_t en_rule_acronym(struct norm_pass *pass, size_t i);
/* Says letters[n], n >= 2, with an "s" behind: "C.E.O's". */
void en_spell_plural(struct norm_pass *pass, const char *letters, size_t n);
size_t en_rule_serial(struct norm_pass *pass, size_t i);
size_t en_rule_hex(struct norm_pass *pass, size_t i);
size_t en_rule_formula(struct norm_pass *pass, size_t i);
size_t en_rule_letter(struct norm_pass *pass, size_t i);

/* ---- symbols (normalize_en_symbol.c) ---- */

size_t en_rule_symbol(struct norm_pass *pass, size_t i);
size_t en_rule_power(struct norm_pass *pass, size_t i);
size_t en_rule_operator(struct norm_pass *pass, size_t i);
size_t en_rule_slash(struct norm_pass *pass, size_t i);

#endif
